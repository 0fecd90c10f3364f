/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "talk-desk.h"

#include "ava-date-phrase.h"
#include "ava-words.h"

#include <string.h>

/* Words of the tests' own phrases and dialogues, thrown together: whatever comes out of it may make no sense, but it
 * must never crash, wish for what is past, or book without a yes. */

#define SALADS 20000
#define MOST_WORDS 12
#define TURNS 25
#define LAST_MIN 1439
#define FIRST_US (G_GINT64_CONSTANT (1767225600) * G_USEC_PER_SEC)   /* 2026-01-01, UTC */

static AvaSpa *demo;

static void
collect (GHashTable *seen,
         GPtrArray  *words,
         const char *text)
{
  g_autoptr (AvaWords) said = ava_words_new (text);

  for (guint i = 0; i < said->words->len; i++) {
    if (g_hash_table_add (seen, g_strdup (said->words->pdata[i])))
      g_ptr_array_add (words, g_strdup (said->words->pdata[i]));
  }
}

/* Of "Caller: words" only the words are said; of a table of phrases all is. */
static void
collect_file (GHashTable *seen,
              GPtrArray  *words,
              const char *path)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) lines = NULL;
  gboolean talk = g_str_has_suffix (path, ".talk");

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++) {
    if (!talk && *lines[i] != '#')
      collect (seen, words, lines[i]);
    else if (g_str_has_prefix (lines[i], "Caller: ") && strlen (lines[i]) < 300)
      collect (seen, words, lines[i] + strlen ("Caller: "));
  }
}

static int
compare_words (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* (transfer full) (element-type utf8) */
static GPtrArray *
load_words (void)
{
  GPtrArray *words = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *phrases = g_test_build_filename (G_TEST_DIST, "rules", "date-phrases.txt", NULL);
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "rules", "dialogues", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  collect_file (seen, words, phrases);
  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);

    if (g_str_has_suffix (name, ".talk"))
      collect_file (seen, words, path);
  }
  g_ptr_array_sort (words, compare_words);   /* a folder is read in any order */
  return words;
}

static char *
toss (GRand     *rand,
      GPtrArray *words)
{
  GString *salad = g_string_new (NULL);
  int count = g_rand_int_range (rand, 1, MOST_WORDS + 1);

  for (int i = 0; i < count; i++)
    g_string_append_printf (salad, "%s%s", i > 0 ? " " : "", (char *) words->pdata[g_rand_int_range (rand, 0, words->len)]);
  return g_string_free (salad, FALSE);
}

static GDate
get_today (gint64 now_us)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (now_us / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, demo->zone);
  GDate today;

  g_date_clear (&today, 1);
  g_date_set_dmy (&today, g_date_time_get_day_of_month (local), g_date_time_get_month (local), g_date_time_get_year (local));
  return today;
}

/* What a phrase wishes is a time of the day and a day to come, or it says what is wrong. */
static void
check_phrase (const char *salad,
              gint64      now_us)
{
  g_autoptr (AvaDatePhrase) phrase = ava_date_phrase_parse (salad, now_us, demo->zone);
  GDate today = get_today (now_us);

  g_assert_nonnull (phrase);
  if (phrase->has_time) {
    g_assert_cmpint (phrase->from_min, >=, 0);
    g_assert_cmpint (phrase->to_min, <=, LAST_MIN);
    g_assert_cmpint (phrase->from_min, <=, phrase->to_min);
  }
  if (!phrase->has_date || phrase->problem != NULL)
    return;
  g_assert_true (g_date_valid (&phrase->first_day));
  g_assert_cmpint (g_date_compare (&phrase->first_day, &phrase->last_day), <=, 0);
  if (g_date_compare (&phrase->last_day, &today) < 0)
    g_test_message ("past: %s", salad);
  g_assert_cmpint (g_date_compare (&phrase->last_day, &today), >=, 0);
}

static void
no_salad_wishes_for_the_past (void)
{
  g_autoptr (GPtrArray) words = load_words ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (20261126);
  gint64 slowest_us = 0;

  g_assert_cmpuint (words->len, >, 500);
  for (guint i = 0; i < SALADS; i++) {
    g_autofree char *salad = toss (rand, words);
    gint64 now_us = FIRST_US + g_rand_int_range (rand, 0, 365 * 24 * 60) * 60 * (gint64) G_USEC_PER_SEC;
    gint64 start_us = g_get_monotonic_time ();

    check_phrase (salad, now_us);
    slowest_us = MAX (slowest_us, g_get_monotonic_time () - start_us);
  }
  g_test_message ("%u phrases of %u words, slowest %" G_GINT64_FORMAT " us", SALADS, words->len, slowest_us);
}

typedef struct {
  TalkDesk *desk;
  AvaDialogue *dialogue;
  gboolean read_back;
  guint commits;
} Call;

static void
check_call (Call        *call,
            AvaToolCall *tool,
            const char  *salad)
{
  static const char yes[] = "yes|yeah|yep|yup|sure|correct|ok|okay|right|great|please|perfect|fine|good|book|go|absolutely|definitely|confirm|works|alright|"
                            "wonderful|lovely|cool|awesome|excellent|exactly|affirmative|certainly|indeed|totally|agreed|course|way|uh|move|cancel|ill|do|"
                            "why|all|that|this|you|k|yea|y|it|sounds";
  g_autoptr (AvaWords) said = ava_words_new (salad);
  const char *from = json_object_get_string_member_with_default (tool->args, "from_date", NULL);

  if (g_str_equal (tool->name, "check_availability") && from != NULL) {
    GDate today = get_today (call->desk->now_us);
    g_autofree char *day = g_strdup_printf ("%04d-%02d-%02d", g_date_get_year (&today), g_date_get_month (&today), g_date_get_day (&today));

    if (strcmp (json_object_get_string_member_with_default (tool->args, "to_date", from), day) < 0)
      g_test_message ("looks in the past: %s", salad);
    g_assert_cmpstr (json_object_get_string_member_with_default (tool->args, "to_date", from), >=, day);
  }
  if (!g_str_equal (tool->name, "book_appointment") && !g_str_equal (tool->name, "reschedule_appointment") && !g_str_equal (tool->name, "cancel_appointment"))
    return;
  call->commits++;
  g_assert_true (call->read_back);
  if (!ava_words_have (said, yes))
    g_test_message ("booked on: %s", salad);
  g_assert_true (ava_words_have (said, yes));
}

static void
take_turn (Call            *call,
           AvaDialogueTurn *first,
           const char      *salad)
{
  g_autoptr (AvaDialogueTurn) turn = first;

  while (turn->tool_calls->len > 0) {
    g_autoptr (AvaToolCall) tool = g_object_ref (turn->tool_calls->pdata[0]);

    check_call (call, tool, salad);
    talk_desk_run (call->desk, tool);
    ava_dialogue_turn_free (turn);
    turn = ava_dialogue_tool_done (call->dialogue, tool, call->desk->now_us);
  }
  if (turn->reply != NULL)
    g_assert_true (g_utf8_validate (turn->reply, -1, NULL));
  if (turn->reply != NULL)
    call->read_back = g_strv_contains ((const char *const *) turn->acts, "confirm") ||
                      (call->read_back && (g_strv_contains ((const char *const *) turn->acts, "repeat") || g_strv_contains ((const char *const *) turn->acts, "wait")));
}

/* A quarter of the turns answers what was asked, so that calls get as far as the read-back. */
static char *
answer (GRand     *rand,
        GPtrArray *words,
        AvaExpect  expect)
{
  static const char *const fitting[AVA_EXPECT_N] = {
    [AVA_EXPECT_OPEN] = "book a facial", [AVA_EXPECT_YES_NO] = "yes", [AVA_EXPECT_SERVICE] = "botox", [AVA_EXPECT_WHEN] = "friday afternoon",
    [AVA_EXPECT_OFFER] = "the first one", [AVA_EXPECT_NAME] = "sam jones", [AVA_EXPECT_PHONE] = "two one two five five five oh one four two",
  };

  if (fitting[expect] != NULL && g_rand_int_range (rand, 0, 4) > 0)
    return g_strdup (fitting[expect]);
  return toss (rand, words);
}

static void
no_salad_books_without_a_yes (void)
{
  g_autoptr (GPtrArray) words = load_words ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (20261127);
  gint64 slowest_us = 0;
  guint commits = 0;

  for (guint i = 0; i < SALADS / TURNS; i++) {
    AvaDialogueCaller caller = { .call_id = "call-1", .phone = g_rand_boolean (rand) ? "+12125550142" : NULL };
    Call call = { .desk = talk_desk_new (demo) };

    call.desk->now_us = FIRST_US + g_rand_int_range (rand, 0, 300 * 24) * (gint64) G_TIME_SPAN_HOUR;
    call.dialogue = ava_dialogue_new (demo, &caller);
    take_turn (&call, ava_dialogue_greet (call.dialogue, call.desk->now_us), "");
    for (guint turn = 0; turn < TURNS; turn++) {
      g_autofree char *salad = answer (rand, words, ava_dialogue_get_expect (call.dialogue));
      gint64 start_us = g_get_monotonic_time ();
      AvaDialogueTurn *heard;

      call.desk->now_us += 5 * (gint64) G_USEC_PER_SEC;
      heard = ava_dialogue_hear (call.dialogue, &(AvaUtterance) { salad, 1, call.desk->now_us });
      slowest_us = MAX (slowest_us, g_get_monotonic_time () - start_us);
      take_turn (&call, heard, salad);
    }
    commits += call.commits;
    ava_dialogue_free (call.dialogue);
    talk_desk_free (call.desk);
  }
  g_test_message ("%u turns, %u bookings, moves and cancellations, slowest turn %" G_GINT64_FORMAT " us", SALADS, commits, slowest_us);
  g_assert_cmpuint (commits, >, 20);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (GError) error = NULL;
  int failed;

  g_test_init (&argc, &argv, NULL);
  demo = ava_spa_load (g_getenv ("AVA_DEMO_SPA"), &error);
  g_assert_no_error (error);
  g_test_add_func ("/word-salad/no salad wishes for the past", no_salad_wishes_for_the_past);
  g_test_add_func ("/word-salad/no salad books without a yes", no_salad_books_without_a_yes);
  failed = g_test_run ();
  g_clear_object (&demo);
  return failed;
}
