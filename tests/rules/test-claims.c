/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-claims.h"

#include <string.h>

/* A model may say that something was done only after a tool did it: what counts as saying so. */

static AvaClaims
read_claims (const char *names)
{
  static const struct { const char *name; AvaClaims claim; } known[] = {
    { "booked", AVA_CLAIM_BOOKED }, { "moved", AVA_CLAIM_MOVED }, { "cancelled", AVA_CLAIM_CANCELLED }, { "noted", AVA_CLAIM_NOTED },
  };
  AvaClaims claims = AVA_CLAIM_NONE;

  for (guint i = 0; i < G_N_ELEMENTS (known); i++) {
    if (strstr (names, known[i].name) != NULL)
      claims |= known[i].claim;
  }
  return claims;
}

static char **
read_corpus (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "rules", "claims.txt", NULL);
  g_autofree char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return g_strsplit (text, "\n", -1);
}

static void
each_sentence_claims_what_it_says (void)
{
  g_auto (GStrv) lines = read_corpus ();
  guint n = 0;
  guint wrong = 0;

  for (guint i = 0; lines[i] != NULL; i++) {
    char *colon = strchr (lines[i], ':');
    g_autofree char *names = NULL;
    AvaClaims found;

    if (*lines[i] == '#' || colon == NULL)
      continue;
    names = g_strndup (lines[i], colon - lines[i]);
    found = ava_claims_find (colon + 1);
    n++;
    if (found == read_claims (names))
      continue;
    wrong++;
    g_test_message ("“%s” is found to claim %u, not %u", g_strstrip (colon + 1), found, read_claims (names));
  }
  g_assert_cmpuint (n, >=, 45);
  g_assert_cmpuint (wrong, ==, 0);
}

/* It is told piece by piece: nothing is claimed before the sentence has ended. */
static void
open_sentence_claims_nothing (void)
{
  const char *text = "Wonderful. You are booked for Tuesday at three. See you then.";

  for (gsize n = 0; n <= strlen (text); n++) {
    g_autofree char *part = g_strndup (text, n);

    g_assert_cmpint (ava_claims_find (part), ==, n >= strlen ("Wonderful. You are booked for Tuesday at three.") ? AVA_CLAIM_BOOKED
                                                                                                                 : AVA_CLAIM_NONE);
  }
}

static void
only_the_tool_that_does_it_allows_it (void)
{
  g_assert_cmpint (ava_claims_of_tool ("book_appointment"), ==, AVA_CLAIM_BOOKED);
  g_assert_cmpint (ava_claims_of_tool ("reschedule_appointment"), ==, AVA_CLAIM_BOOKED | AVA_CLAIM_MOVED);
  g_assert_cmpint (ava_claims_of_tool ("cancel_appointment"), ==, AVA_CLAIM_CANCELLED);
  g_assert_cmpint (ava_claims_of_tool ("take_message"), ==, AVA_CLAIM_NOTED);
  g_assert_cmpint (ava_claims_of_tool ("check_availability"), ==, AVA_CLAIM_NONE);
  g_assert_cmpint (ava_claims_of_tool ("hold_slot"), ==, AVA_CLAIM_NONE);
  g_assert_cmpint (ava_claims_of_tool ("no_such_tool"), ==, AVA_CLAIM_NONE);
}

static void
each_lie_is_denied_in_its_own_words (void)
{
  g_assert_nonnull (strstr (ava_claims_deny (AVA_CLAIM_BOOKED), "booked"));
  g_assert_nonnull (strstr (ava_claims_deny (AVA_CLAIM_MOVED), "moved"));
  g_assert_nonnull (strstr (ava_claims_deny (AVA_CLAIM_CANCELLED), "cancelled"));
  g_assert_nonnull (strstr (ava_claims_deny (AVA_CLAIM_NOTED), "message"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/claims/corpus", each_sentence_claims_what_it_says);
  g_test_add_func ("/claims/open", open_sentence_claims_nothing);
  g_test_add_func ("/claims/tools", only_the_tool_that_does_it_allows_it);
  g_test_add_func ("/claims/denials", each_lie_is_denied_in_its_own_words);
  return g_test_run ();
}
