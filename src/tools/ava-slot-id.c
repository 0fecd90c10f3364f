/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-slot-id.h"

#include <string.h>

/* A slot as opaque text: "slot-" base64url "." checksum. The checksum keeps damaged ids, and ids that
 * a language model made up, from naming a time; it is no secret, and need not be one: what an id names
 * is checked against live availability whenever it is used. */

#define PREFIX "slot-"
#define CHECK_LENGTH 12
#define MAX_LENGTH 1024

static char *
make_check (const char *payload)
{
  g_autofree char *sum = g_compute_hmac_for_string (G_CHECKSUM_SHA256, (const guchar *) "ava-slot-id-1", 13, payload, -1);

  return g_strndup (sum, CHECK_LENGTH);
}

/**
 * ava_slot_id_new:
 *
 * Returns: (transfer full): an id that names service, provider, room and start of @slot
 */
char *
ava_slot_id_new (const AvaSlot *slot)
{
  g_autofree char *plain = g_strdup_printf ("%s\n%s\n%s\n%" G_GINT64_FORMAT, slot->service_id, slot->provider_id,
                                            slot->room_id != NULL ? slot->room_id : "", slot->start_us);
  g_autofree char *payload = g_base64_encode ((const guchar *) plain, strlen (plain));
  g_autofree char *check = NULL;

  g_strdelimit (payload, "+", '-');
  g_strdelimit (payload, "/", '_');
  payload[strcspn (payload, "=")] = '\0';
  check = make_check (payload);
  return g_strdup_printf (PREFIX "%s.%s", payload, check);
}

static char *
decode (const char *payload)
{
  g_autoptr (GString) padded = g_string_new (payload);
  g_autofree guchar *bytes = NULL;
  gsize length;

  g_string_replace (padded, "-", "+", 0);
  g_string_replace (padded, "_", "/", 0);
  while (padded->len % 4 != 0)
    g_string_append_c (padded, '=');
  bytes = g_base64_decode (padded->str, &length);
  return g_strndup ((const char *) bytes, length);
}

/**
 * ava_slot_id_parse:
 * @text: (nullable): from ava_slot_id_new()
 *
 * Returns: (transfer full) (nullable): service, provider, room and start; the other times are 0. %NULL
 *   when @text is damaged or made up
 */
AvaSlot *
ava_slot_id_parse (const char *text)
{
  g_autofree char *payload = NULL;
  g_autofree char *check = NULL;
  g_autofree char *plain = NULL;
  g_auto (GStrv) fields = NULL;
  g_autoptr (AvaSlot) slot = NULL;
  const char *dot;
  char *end;

  if (text == NULL || strlen (text) > MAX_LENGTH || !g_str_has_prefix (text, PREFIX))
    return NULL;
  dot = strrchr (text, '.');
  if (dot == NULL)
    return NULL;
  payload = g_strndup (text + strlen (PREFIX), dot - text - strlen (PREFIX));
  check = make_check (payload);
  if (strcmp (check, dot + 1) != 0)
    return NULL;

  plain = decode (payload);
  fields = g_strsplit (plain, "\n", -1);
  if (g_strv_length (fields) != 4)
    return NULL;
  slot = ava_slot_new ();
  slot->service_id = g_strdup (fields[0]);
  slot->provider_id = g_strdup (fields[1]);
  slot->room_id = *fields[2] != '\0' ? g_strdup (fields[2]) : NULL;
  slot->start_us = g_ascii_strtoll (fields[3], &end, 10);
  if (*end != '\0' || end == fields[3])
    return NULL;
  return g_steal_pointer (&slot);
}
