/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-log.h"

#include "ava-redact.h"

#include <stdio.h>
#include <string.h>

/* The one way out for log messages: every one passes the redactor. */

static const char *
get_level_name (GLogLevelFlags level)
{
  switch (level & G_LOG_LEVEL_MASK) {
  case G_LOG_LEVEL_ERROR:
    return "error";
  case G_LOG_LEVEL_CRITICAL:
    return "critical";
  case G_LOG_LEVEL_WARNING:
    return "warning";
  case G_LOG_LEVEL_MESSAGE:
    return "message";
  case G_LOG_LEVEL_INFO:
    return "info";
  default:
    return "debug";
  }
}

static const char *
find_field (const GLogField *fields,
            gsize            n_fields,
            const char      *key)
{
  for (gsize i = 0; i < n_fields; i++) {
    if (g_str_equal (fields[i].key, key))
      return fields[i].length < 0 ? fields[i].value : NULL;
  }
  return NULL;
}

static gboolean
is_wanted (GLogLevelFlags  level,
           const char     *domain)
{
  const char *debug = g_getenv ("AVA_DEBUG");

  if ((level & (G_LOG_LEVEL_INFO | G_LOG_LEVEL_DEBUG)) == 0)
    return TRUE;
  return debug != NULL && (g_str_equal (debug, "all") ||
                           (domain != NULL && strstr (debug, domain) != NULL));
}

static GLogWriterOutput
write_redacted (GLogLevelFlags   level,
                const GLogField *fields,
                gsize            n_fields,
                gpointer         user_data)
{
  const char *domain = find_field (fields, n_fields, "GLIB_DOMAIN");
  const char *message = find_field (fields, n_fields, "MESSAGE");
  g_autofree char *redacted = NULL;

  if (!is_wanted (level, domain))
    return G_LOG_WRITER_HANDLED;
  redacted = ava_redact (message != NULL ? message : "");
  fprintf (stderr, "%s: %s: %s\n", domain != NULL ? domain : "ava", get_level_name (level), redacted);
  fflush (stderr);
  return G_LOG_WRITER_HANDLED;
}

/**
 * ava_log_init:
 *
 * From here on messages go to standard error, redacted. Debug messages are shown of the log domains
 * that the environment variable AVA_DEBUG names, or of "all". Once, at the start of a program.
 */
void
ava_log_init (void)
{
  g_log_set_writer_func (write_redacted, NULL, NULL);
}
