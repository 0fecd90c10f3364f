/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ava-redact.h"

#include "ava-log.h"

#include <string.h>

/* Each text with a piece of it that must not be seen, or NULL when all of it stays. */
static const struct {
  const char *text;
  const char *secret;
} cases[] = {
  { "call from +12125550142 answered", "2125550142" },
  { "call from (212) 555-0142 answered", "555-0142" },
  { "212-555-0142", "0142" },
  { "212.555.0142", "0142" },
  { "212 555 0142", "0142" },
  { "1 212 555 0142", "0142" },
  { "5550142", "5550142" },
  { "+44 20 7946 0958", "7946" },
  { "+33.1.42.68.53.00", "68.53" },
  { "card 4111 1111 1111 1111 refused", "1111" },
  { "my number is two one two five five five oh one four two", "five five" },
  { "it's five five five, zero one four two", "zero one" },
  { "double five five oh one four seven thanks", "oh one" },
  { "triple five zero one four two", "zero one" },
  { "Five-Five-Five-Oh-One", "Five-Oh" },
  { "mail to sam.carter@example.com failed", "sam.carter" },
  { "SAM+spa@EXAMPLE.CO.UK", "EXAMPLE" },
  { "sam dot jones at gmail dot com", "jones" },
  { "my email is anna at example dot org", "anna" },
  { "key sk-proj-abcdefghijklmnop1234567890", "abcdefgh" },
  { "OpenAI key=sk-1234567890abcdefghijkl rejected", "1234567890abc" },
  { "Authorization: Bearer abc.def-ghi_jkl", "abc.def" },
  { "Authorization: Basic QUNhYmM6c2VjcmV0", "QUNhYm" },
  { "SG.abcdefghijklmnop.qrstuvwxyz", "abcdefgh" },
  { "ACabcdef0123456789abcdef0123456789", "abcdef0123" },
  { "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIi", "hbGciOi" },
  { "api_key: hunter2hunter2", "hunter2" },
  { "password=\"correct horse\"", "correct" },
  { "token = abc123", "abc123" },
  { "apikey=xyz", "xyz" },
  { "postgres://ava:s3cret@db.local/spa", "s3cret" },
  { "https://user:pass@example.com/", "pass" },
  { "a 40 character thing 0123456789abcdef0123456789abcdef01234567", "89abcdef" },
  { "dial 911 now", NULL },
  { "12 frames late, 480 samples", NULL },
  { "the 3 pm slot on 2026-12-01 is taken", NULL },
  { "call 019361a0-7b3c-7def-8123-456789abcdef ended", NULL },
  { "one two three", NULL },
  { "took 1234 ms at 16000 Hz", NULL },
  { "service svc-botox is not offered", NULL },
  { "database version 12 is newer than 3", NULL },
  { "", NULL },
  { "one moment please, at four or five", NULL },
};

static void
every_case (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *redacted = ava_redact (cases[i].text);

    g_test_message ("%s", redacted);
    if (cases[i].secret == NULL)
      g_assert_cmpstr (redacted, ==, cases[i].text);
    else
      g_assert_null (strstr (redacted, cases[i].secret));
  }
  g_assert_cmpuint (G_N_ELEMENTS (cases), >=, 40);
}

static void
broken_text_is_survived (void)
{
  g_autofree char *redacted = ava_redact ("\xff\xfe 212-555-0142 \xc3");

  g_assert_null (strstr (redacted, "0142"));
  g_assert_true (g_utf8_validate (redacted, -1, NULL));
}

static void
long_text_is_survived (void)
{
  g_autofree char *text = g_strnfill (200000, '7');
  g_autofree char *redacted = ava_redact (text);

  g_assert_nonnull (redacted);
}

static void
the_log_is_redacted (void)
{
  if (g_test_subprocess ()) {
    ava_log_init ();
    g_message ("The caller +12125550142 hung up");
    return;
  }
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_passed ();
  g_test_trap_assert_stderr ("*hung up*");
  g_test_trap_assert_stderr_unmatched ("*5550142*");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/redact/every-case", every_case);
  g_test_add_func ("/redact/broken-text", broken_text_is_survived);
  g_test_add_func ("/redact/long-text", long_text_is_survived);
  g_test_add_func ("/redact/the-log", the_log_is_redacted);
  return g_test_run ();
}
