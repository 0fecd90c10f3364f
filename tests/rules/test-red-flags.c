/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ava-dialogue.h"

#include <string.h>

/*
 * A danger that is missed fails, a false alarm is printed and counted. The sets were written one after the other and
 * each was first measured unseen (its head says with what result), then learnt from. Only the last is still unseen:
 * it tells how the rules do on what nobody thought of, and no change of the rules may be tried on it.
 */

#define MOST_FALSE_ALARMS 2   /* of a hundred phrases without danger */
#define MOST_UNSEEN_MISSES 25 /* of a hundred dangers */
#define MOST_UNSEEN_ALARMS 15
#define MOST_MISSED_SLIPS 12

static const char *const sets[] = { "red-flags.txt", "red-flags-unseen.txt", "red-flags-callers.txt", "red-flags-neighbours.txt", "red-flags-strangers.txt", "red-flags-blind.txt", "red-flags-waiting.txt" };

typedef struct {
  guint dangers;
  guint misses;
  guint others;
  guint alarms;
} Figures;

static GStrv
load_set (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "rules", name, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return g_strsplit (text, "\n", -1);
}

static Figures
measure (const char *name,
         gboolean    telling)
{
  g_auto (GStrv) lines = load_set (name);
  Figures figures = { 0 };

  for (guint i = 0; lines[i] != NULL; i++) {
    gboolean danger = *lines[i] == '!';
    const char *flag;

    if (!danger && *lines[i] != '-')
      continue;
    flag = ava_dialogue_find_red_flag (lines[i] + 2);
    *(danger ? &figures.dangers : &figures.others) += 1;
    figures.misses += danger && flag == NULL;
    figures.alarms += !danger && flag != NULL;
    if (telling && danger && flag == NULL)
      g_test_message ("missed: %s", lines[i] + 2);
    if (telling && !danger && flag != NULL)
      g_test_message ("false alarm (%s): %s", flag, lines[i] + 2);
  }
  g_test_message ("%s: %u dangers, %u missed; %u without danger, %u false alarms", name, figures.dangers, figures.misses, figures.others, figures.alarms);
  return figures;
}

static void
no_danger_is_missed_and_false_alarms_are_few (void)
{
  Figures all = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (sets); i++) {
    Figures figures = measure (sets[i], TRUE);

    all.dangers += figures.dangers;
    all.misses += figures.misses;
    all.others += figures.others;
    all.alarms += figures.alarms;
  }
  g_assert_cmpuint (all.dangers, >=, 550);
  g_assert_cmpuint (all.others, >=, 500);
  g_assert_cmpuint (all.misses, ==, 0);
  g_assert_cmpuint (all.alarms * 100, <=, all.others * MOST_FALSE_ALARMS);
}

/* The honest figure: printed without its phrases, so that nobody learns them, and bounded so that it does not become worse unnoticed. */
static void
unseen_phrases_are_measured_apart (void)
{
  Figures figures = measure ("red-flags-sealed.txt", FALSE);

  g_assert_cmpuint (figures.dangers, >=, 80);
  g_assert_cmpuint (figures.others, >=, 80);
  g_assert_cmpuint (figures.misses * 100, <=, figures.dangers * MOST_UNSEEN_MISSES);
  g_assert_cmpuint (figures.alarms * 100, <=, figures.others * MOST_UNSEEN_ALARMS);
}

/* (transfer full): as a recogniser writes it, without a mark or a capital */
static char *
as_heard (const char *phrase)
{
  g_autofree char *lower = g_utf8_strdown (phrase, -1);

  return g_strdelimit (g_steal_pointer (&lower), ",.!?;:", ' ');
}

/* (transfer full): @phrase with a letter of its longest word doubled, left out or turned, by @kind; %NULL if all are short */
static char *
with_slip (const char *phrase,
           guint       kind)
{
  g_auto (GStrv) words = g_strsplit (phrase, " ", -1);
  char *longest = words[0];
  gsize length;
  gsize at;

  for (guint i = 1; words[i] != NULL; i++)
    longest = strlen (words[i]) > strlen (longest) ? words[i] : longest;
  length = strlen (longest);
  if (length < 7)
    return NULL;
  at = length / 2;
  if (kind == 0)
    memmove (longest + at, longest + at + 1, length - at);
  else if (kind == 1)
    longest[at] = 'o';
  else {
    char c = longest[at];

    longest[at] = longest[at + 1];
    longest[at + 1] = c;
  }
  return g_strjoinv (" ", words);
}

/* What is said before and after it, marks that nobody hears and letters that slip hide no danger. */
static void
a_danger_is_found_however_it_is_written (void)
{
  guint slips = 0;
  guint missed_slips = 0;

  for (guint set = 0; set < G_N_ELEMENTS (sets); set++) {
    g_auto (GStrv) lines = load_set (sets[set]);

    for (guint i = 0; lines[i] != NULL; i++) {
      g_autofree char *heard = *lines[i] == '!' ? as_heard (lines[i] + 2) : NULL;
      g_autofree char *late = heard != NULL ? g_strconcat ("hi this is sam jones i was in on monday for my appointment and everything was great ", heard, NULL) : NULL;
      g_autofree char *early = heard != NULL ? g_strconcat (heard, " and also i wanted to know what time you close today", NULL) : NULL;

      if (heard == NULL)
        continue;
      if (ava_dialogue_find_red_flag (heard) == NULL || ava_dialogue_find_red_flag (late) == NULL || ava_dialogue_find_red_flag (early) == NULL)
        g_test_message ("missed in talk: %s", heard);
      g_assert_nonnull (ava_dialogue_find_red_flag (heard));
      g_assert_nonnull (ava_dialogue_find_red_flag (late));
      g_assert_nonnull (ava_dialogue_find_red_flag (early));
      for (guint kind = 0; kind < 3; kind++) {
        g_autofree char *slip = with_slip (heard, kind);

        slips += slip != NULL;
        missed_slips += slip != NULL && ava_dialogue_find_red_flag (slip) == NULL;
      }
    }
  }
  g_test_message ("%u dangers with a slip in their longest word, %u missed", slips, missed_slips);
  g_assert_cmpuint (missed_slips * 100, <=, slips * MOST_MISSED_SLIPS);
}

/* A slip of the hand or of the recogniser hides nothing; an ordinary word a letter away is none. */
static void
slips_are_mended_and_ordinary_words_are_left_alone (void)
{
  static const char *const slips[] = { "my throut is swolen", "i cant breahte", "I think its an alergic reaction", "my vison is blury",
                                       "there are blsters all over my legs from the laser", "she is unconcious", "i feel suicidial" };
  static const char *const ordinary[] = { "my name is spelled with a y", "are you selling the filter cream for my face", "I am consulting with my husband",
                                          "fewer people on fridays please", "I'm overjoyed with my lips", "what's the occasion for the discount" };

  for (guint i = 0; i < G_N_ELEMENTS (slips); i++) {
    g_test_message ("%s", slips[i]);
    g_assert_nonnull (ava_dialogue_find_red_flag (slips[i]));
  }
  for (guint i = 0; i < G_N_ELEMENTS (ordinary); i++) {
    g_test_message ("%s", ordinary[i]);
    g_assert_null (ava_dialogue_find_red_flag (ordinary[i]));
  }
}

/* What denies, doubts or only supposes reaches as far as a listener would let it, and no further. */
static void
a_denial_reaches_to_the_next_thought (void)
{
  static const struct {
    const char *text;
    gboolean danger;
  } said[] = {
    { "no swelling no pain just wanted to book", FALSE },
    { "no swelling my throat just closes", TRUE },
    { "I'm scared I'll go blind from it", FALSE },
    { "I'm scared, I can't see out of my eye", TRUE },
    { "if my lips swell can I still work", FALSE },
    { "if I stand up I almost pass out", TRUE },
    { "I'd like my face less puffy", FALSE },
    { "I'd like to come in, my face is all puffy since the shot", TRUE },
    { "my lip turned white is that okay", TRUE },
    { "I had filler an hour ago and my throat was closing", TRUE },
    { "I had filler years ago and my lips were swollen", FALSE },
    { "what does it cost and I can't breathe", TRUE },
    { "my lip will not stop swelling", TRUE },
    { "why won't my lips stop swelling", TRUE },
    { "the bleeding hasn't really let up", TRUE },
    { "the swelling in my face isn't going down at all", TRUE },
    { "my throat doesn't feel any better, it's tight", TRUE },
    { "no swelling it stopped", FALSE },
    { "it didn't bleed and the redness stopped", FALSE },
    { "I don't want to stop my Botox", FALSE },
    { "will my lips swell", FALSE },
    { "will the hives on my legs go away", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (said); i++) {
    g_test_message ("%s", said[i].text);
    g_assert_cmpint (ava_dialogue_find_red_flag (said[i].text) != NULL, ==, said[i].danger);
  }
}

static void
odd_input_is_read_without_harm (void)
{
  g_autofree char *much = g_strnfill (100000, 'a');
  g_autoptr (GString) words = g_string_new (NULL);

  g_assert_null (ava_dialogue_find_red_flag (NULL));
  g_assert_null (ava_dialogue_find_red_flag (""));
  g_assert_null (ava_dialogue_find_red_flag ("\xff\xfe \xc3"));
  g_assert_null (ava_dialogue_find_red_flag (much));
  g_assert_nonnull (ava_dialogue_find_red_flag ("I CAN’T BREATHE!!! 😱"));
  for (guint i = 0; i < 3000; i++)
    g_string_append (words, "no not but ");
  ava_dialogue_find_red_flag (words->str);
}

/* A figure, not a verdict: the machine may be busy. */
static void
one_check_is_quick (void)
{
  g_auto (GStrv) lines = load_set (sets[0]);
  g_autofree char *talk = g_strjoinv (" ", lines);   /* as long as one utterance is read */
  gint64 slowest_us = 0;
  gint64 long_us;
  gint64 start_us = g_get_monotonic_time ();
  guint n = 0;

  for (guint round = 0; round < 5; round++) {
    for (guint i = 0; lines[i] != NULL; i++, n++) {
      gint64 before_us = g_get_monotonic_time ();

      ava_dialogue_find_red_flag (lines[i]);
      slowest_us = MAX (slowest_us, g_get_monotonic_time () - before_us);
    }
  }
  long_us = g_get_monotonic_time ();
  ava_dialogue_find_red_flag (talk);
  long_us = g_get_monotonic_time () - long_us;
  g_test_message ("one check of the longest talk: %" G_GINT64_FORMAT " us", long_us);
  g_test_message ("one check: %.1f us, slowest of %u: %" G_GINT64_FORMAT " us; the aim is 1000 us",
                  (double) (g_get_monotonic_time () - start_us) / n, n, slowest_us);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/red-flags/no-danger-is-missed-and-false-alarms-are-few", no_danger_is_missed_and_false_alarms_are_few);
  g_test_add_func ("/red-flags/unseen-phrases-are-measured-apart", unseen_phrases_are_measured_apart);
  g_test_add_func ("/red-flags/a-danger-is-found-however-it-is-written", a_danger_is_found_however_it_is_written);
  g_test_add_func ("/red-flags/slips-are-mended-and-ordinary-words-are-left-alone", slips_are_mended_and_ordinary_words_are_left_alone);
  g_test_add_func ("/red-flags/a-denial-reaches-to-the-next-thought", a_denial_reaches_to_the_next_thought);
  g_test_add_func ("/red-flags/odd-input-is-read-without-harm", odd_input_is_read_without_harm);
  g_test_add_func ("/red-flags/one-check-is-quick", one_check_is_quick);
  return g_test_run ();
}
