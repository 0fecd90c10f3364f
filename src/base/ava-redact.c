/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-redact.h"

#include <string.h>

/*
 * Takes out of a text what must not stand in a log (Q-40): phone numbers in digits or in spoken
 * digits, card numbers, email addresses, keys and tokens, passwords in addresses. Errs on the side
 * of taking out too much.
 */

static const struct {
  const char *pattern;
  const char *replacement;
} rules[] = {
  /* user:password@host */
  { "://[^/\\s:@]+:[^/\\s@]+@", "://[login]@" },
  { "[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)+", "[email]" },
  { "\\b[a-z0-9]+(\\s+dot\\s+[a-z0-9]+)*\\s+at\\s+[a-z0-9]+\\s+dot\\s+(com|net|org|edu|io)\\b", "[email]" },
  /* Authorization: Bearer …, Basic … */
  { "\\b(bearer|basic)\\s+[A-Za-z0-9._~+/=-]{6,}", "\\1 [key]" },
  { "\\b(sk|pk|rk|SG|AC|SK|xox[a-z]|ghp|ya29|eyJ)[-_.A-Za-z0-9]{12,}", "[key]" },
  { "\\b((api[-_ ]?key|apikey|token|secret|password|passwd|pwd)\\b[\"']?\\s*[=:]\\s*[\"']?)[^\\s\"',;&]+",
    "\\1[key]" },
  { "\\b(?=[A-Za-z0-9_-]*\\d)(?=[A-Za-z0-9_-]*[A-Za-z])(?![0-9a-f]{8}-[0-9a-f]{4}-)[A-Za-z0-9_]{32,}\\b", "[key]" },
  /* A UUID or a date stays; any other run of seven or more digits goes. */
  { "(?<![0-9a-f]-)(?<![0-9A-Za-z-])(?!(?:19|20)\\d\\d-[01]\\d-[0-3]\\d)\\+?\\(?\\d(?:[\\s().-]{0,2}\\d){6,18}(?![0-9a-f]*-[0-9a-f]{4})(?![0-9A-Za-z])",
    "[number]" },
  { "\\b(?:(?:double|triple)\\s+)?(?:zero|oh|one|two|three|four|five|six|seven|eight|nine)"
    "(?:[\\s,.-]+(?:(?:double|triple)\\s+)?(?:zero|oh|one|two|three|four|five|six|seven|eight|nine)){4,}\\b",
    "[number]" },
};

static GRegex *
get_rule (guint i)
{
  static GRegex *compiled[G_N_ELEMENTS (rules)];
  static gsize ready = 0;

  if (g_once_init_enter (&ready)) {
    for (guint j = 0; j < G_N_ELEMENTS (rules); j++)
      compiled[j] = g_regex_new (rules[j].pattern, G_REGEX_CASELESS | G_REGEX_OPTIMIZE, 0, NULL);
    g_once_init_leave (&ready, 1);
  }
  return compiled[i];
}

/**
 * ava_redact:
 * @text: anything, valid UTF-8 or not
 *
 * Any thread.
 *
 * Returns: (transfer full): @text with persons' numbers, addresses and keys taken out
 */
char *
ava_redact (const char *text)
{
  char *redacted = g_utf8_make_valid (text, -1);

  for (guint i = 0; i < G_N_ELEMENTS (rules); i++) {
    char *next = g_regex_replace (get_rule (i), redacted, -1, 0, rules[i].replacement, 0, NULL);

    g_free (redacted);
    redacted = next != NULL ? next : g_strdup ("[not shown]");
  }
  return redacted;
}
