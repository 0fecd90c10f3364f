/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ava-dialogue.h"
#include "ava-expect.h"
#include "ava-frame.h"
#include "ava-grammar.h"
#include "ava-recognizer.h"
#include "ava-spa.h"

#include "bench-ear.h"
#include "flags-said.h"

#include <stdlib.h>
#include <string.h>

/*
 * How many dangers the local ear hears, whatever Ava has just asked, and how often it hears one where none was spoken of.
 * A danger is heard when the dialogue would stop for it: a red flag in words that are sure enough. Rows: name value unit
 * reference ratio; the reference of a danger is what the matcher finds in the same sentences as text. Usage: bench-flags PHRASES [here|strangers]
 *
 * The sentences of flags-said.h are by the grammar's author. PHRASES (tests/rules/red-flags-blind.txt) are by others: what
 * is printed of its short ones is the honest figure. AVA_BENCH_SHOW=1 prints what was missed, but never of theirs.
 */

#define SURE 0.45            /* as in ava-dialogue.c: whole utterances */
#define SURE_OF_HALF 0.5     /* as in ava-local-agent-turn.c: words that are not finished */
#define MOST_WORDS 8         /* of a phrase of PHRASES that is tried */
#define VOICES_EACH 3        /* of the voices say each danger; all of them say what is ordinary */

static const char *const voices[] = {
  "flite slt", "festival kal_diphone", "espeak-ng en-us", "flite awb", "festival cmu_us_slt_arctic_hts", "flite kal16",
};

static const char *const lines[] = { "clean", "telephone" };

/* Questions whose answers are alike; a danger is tried in one of each. */
static const struct { const char *name; const char *expects[4]; guint n; } classes[] = {
  { "open", { "open" }, 1 },
  { "answers", { "when", "offer", "service", "yes-no" }, 4 },
  { "names", { "name", "phone", "spell", "digits" }, 4 },
};

typedef struct {
  guint all;
  guint heard;
  guint words;
  guint words_right;
  gint64 cost_us;
  gint64 audio_us;
} Count;

static gboolean
is_danger (const AvaHypothesis *heard,
           double               sure)
{
  return heard->confidence >= sure && ava_dialogue_find_red_flag (heard->text) != NULL;
}

static void
try_danger (Count         *count,
            AvaRecognizer *ear,
            GBytes        *pcm,
            const char    *expect,
            const char    *text,
            gboolean       seen)
{
  g_autoptr (AvaHypothesis) heard = bench_ear_hear (ear, pcm, expect);
  gboolean found = is_danger (heard, SURE);

  count->all++;
  count->heard += found;
  if (!found && seen && g_getenv ("AVA_BENCH_SHOW") != NULL)
    g_printerr ("missed [%s] %s -> %s (%.2f)\n", expect, text, heard->text, heard->confidence);
}

static void
show_alarm (const char          *what,
            const char          *voice,
            const char          *text,
            const AvaHypothesis *heard)
{
  if (g_getenv ("AVA_BENCH_SHOW") != NULL)
    g_printerr ("%s %s: %s -> %s (%.2f)\n", what, voice, text, heard->text, heard->confidence);
}

/* What is heard while the caller still speaks can stop a call too. */
static void
try_halves (Count         *halves,
            AvaRecognizer *ear,
            GBytes        *pcm,
            const char    *voice,
            const char    *expect,
            const char    *text,
            gboolean       seen)
{
  gsize samples = g_bytes_get_size (pcm) / 2;

  for (guint quarter = 2; quarter <= 3; quarter++) {
    g_autoptr (GBytes) part = g_bytes_new_from_bytes (pcm, 0, samples * quarter / 4 * 2);
    g_autoptr (AvaHypothesis) heard = bench_ear_hear (ear, part, expect);
    gboolean alarm = is_danger (heard, SURE_OF_HALF);

    halves->all++;
    halves->heard += alarm;
    if (alarm && seen)
      show_alarm ("false alarm, unfinished:", voice, text, heard);
  }
}

static void
try_ordinary (Count         *count,
              Count         *halves,
              AvaRecognizer *ear,
              const char    *voice,
              guint          line,
              const char    *expect,
              const char    *text,
              gboolean       seen)
{
  g_autoptr (GBytes) pcm = bench_ear_speak (voice, text, line == 1);
  g_autoptr (AvaHypothesis) heard = bench_ear_hear (ear, pcm, expect);
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  gboolean alarm = is_danger (heard, SURE);

  count->all++;
  count->heard += alarm;
  count->words += g_strv_length (words);
  count->words_right += bench_ear_count_right (text, heard->text);
  count->cost_us += heard->cost_us;
  count->audio_us += g_bytes_get_size (pcm) / 2 * G_USEC_PER_SEC / AVA_RATE;
  if (alarm && seen)
    show_alarm ("false alarm:", voice, text, heard);
  try_halves (halves, ear, pcm, voice, expect, text, seen);
}

static void
print_row (const char *name,
           double      value,
           const char *unit,
           double      reference)
{
  g_print ("flags/%s %.3f %s %.3f %.2f\n", name, value, unit, reference, reference != 0 ? value / reference : 0);
}

static void
print_dangers (const char        *set,
               Count              counts[][G_N_ELEMENTS (lines)],
               const char *const *texts,
               guint              n_texts)
{
  guint known = 0;

  for (guint i = 0; i < n_texts; i++)
    known += ava_dialogue_find_red_flag (texts[i]) != NULL;
  for (guint c = 0; c < G_N_ELEMENTS (classes); c++) {
    for (guint line = 0; line < G_N_ELEMENTS (lines); line++) {
      g_autofree char *name = g_strdup_printf ("%s/%s/%s/heard", set, classes[c].name, lines[line]);

      print_row (name, (double) counts[c][line].heard / counts[c][line].all, "share", (double) known / n_texts);
    }
  }
}

static void
try_dangers (const char        *set,
             AvaRecognizer     *ear,
             const char *const *texts,
             guint              n_texts,
             gboolean           seen)
{
  Count counts[G_N_ELEMENTS (classes)][G_N_ELEMENTS (lines)] = { 0 };

  for (guint i = 0; i < n_texts * VOICES_EACH; i++) {
    guint text = i / VOICES_EACH;
    /* Even sentences go to one half of the voices, odd ones to the other. */
    const char *voice = voices[(text % 2 + 2 * (i % VOICES_EACH)) % G_N_ELEMENTS (voices)];

    for (guint line = 0; line < G_N_ELEMENTS (lines); line++) {
      g_autoptr (GBytes) pcm = bench_ear_speak (voice, texts[text], line == 1);

      for (guint c = 0; c < G_N_ELEMENTS (classes); c++)
        try_danger (&counts[c][line], ear, pcm, classes[c].expects[i % classes[c].n], texts[text], seen);
    }
  }
  print_dangers (set, counts, texts, n_texts);
}

static void
print_alarms (const char  *set,
              const Count *count)
{
  g_autofree char *name = g_strconcat (set, "/false-alarms", NULL);
  g_autofree char *tried = g_strconcat (set, "/tried", NULL);

  print_row (name, count->heard, "times", 0);
  print_row (tried, count->all, "times", 0);
}

static void
try_all_ordinary (AvaRecognizer *ear)
{
  Count held = { 0 };
  Count outside = { 0 };
  Count halves = { 0 };

  for (guint v = 0; v < G_N_ELEMENTS (voices) * G_N_ELEMENTS (lines); v++) {
    for (guint i = 0; i < G_N_ELEMENTS (ordinary); i++)
      try_ordinary (ordinary[i].held ? &held : &outside, &halves, ear, voices[v / G_N_ELEMENTS (lines)],
                    v % G_N_ELEMENTS (lines), ordinary[i].expect, ordinary[i].text, TRUE);
  }
  print_alarms ("ordinary", &held);
  print_row ("ordinary/words", (double) held.words_right / held.words, "share", 1);
  print_row ("ordinary/real-time-factor", (double) held.cost_us / held.audio_us, "cpu/audio", 1);
  print_alarms ("outside-the-grammar", &outside);
  print_alarms ("unfinished", &halves);
}

/* --- what others wrote --- */

/* (transfer full): the short phrases of @path, as a recognizer writes; dangers begin with "! ", others with "- " */
static GPtrArray *
read_phrases (const char *path,
              char        mark)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) rows = NULL;
  GPtrArray *phrases = g_ptr_array_new_with_free_func (g_free);

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  rows = g_strsplit (text, "\n", -1);
  for (guint i = 0; rows[i] != NULL; i++) {
    g_auto (GStrv) words = g_strsplit (rows[i], " ", -1);
    g_autofree char *phrase = NULL;

    if (rows[i][0] != mark || g_strv_length (words) > MOST_WORDS + 1)
      continue;
    phrase = g_ascii_strdown (rows[i] + 2, -1);
    g_strdelimit (phrase, ",.?!", ' ');
    if (phrase[strspn (phrase, "abcdefghijklmnopqrstuvwxyz' ")] == '\0')
      g_ptr_array_add (phrases, g_strdup (g_strstrip (phrase)));
  }
  return phrases;
}

static void
try_strangers (AvaRecognizer *ear,
               const char    *path)
{
  g_autoptr (GPtrArray) bad = read_phrases (path, '!');
  g_autoptr (GPtrArray) good = read_phrases (path, '-');
  Count count = { 0 };
  Count halves = { 0 };

  try_dangers ("strangers", ear, (const char *const *) bad->pdata, bad->len, FALSE);
  for (guint i = 0; i < good->len * VOICES_EACH; i++) {
    for (guint line = 0; line < G_N_ELEMENTS (lines); line++)
      try_ordinary (&count, &halves, ear, voices[(i + i / VOICES_EACH) % G_N_ELEMENTS (voices)], line, "open",
                    good->pdata[i / VOICES_EACH], FALSE);
  }
  print_row ("strangers/dangers", bad->len, "phrases", 0);
  print_alarms ("strangers", &count);
}

static AvaRecognizer *
make_ear (void)
{
  g_autoptr (GError) error = NULL;
  AvaRecognizer *ear = ava_sphinx_recognizer_new (&error);
  g_autoptr (AvaSpa) spa = ava_spa_load (g_getenv ("AVA_DEMO_SPA"), &error);

  g_assert_no_error (error);
  for (AvaExpect expect = AVA_EXPECT_OPEN; expect < AVA_EXPECT_NOTHING; expect++) {
    g_autofree char *jsgf = ava_grammar_build (spa, expect, NULL);

    ava_recognizer_set_grammar (ear, ava_expect_to_string (expect), jsgf);
  }
  return ear;
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (AvaRecognizer) ear = NULL;
  const char *part = argc > 2 ? argv[2] : "all";
  gboolean all = g_str_equal (part, "all");

  if (argc < 2) {
    g_printerr ("Usage: bench-flags PHRASES [here|strangers]\n");
    return 2;
  }
  ear = make_ear ();
  if (all || g_str_equal (part, "here")) {
    try_dangers ("here", ear, dangers, G_N_ELEMENTS (dangers), TRUE);
    try_all_ordinary (ear);
  }
  if (all || g_str_equal (part, "strangers"))
    try_strangers (ear, argv[1]);
  return 0;
}
