/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ava-dialogue.h"
#include "ava-expect.h"
#include "ava-frame.h"
#include "ava-grammar.h"
#include "ava-recognizer.h"
#include "ava-spa.h"
#include "ava-spoken-text.h"
#include "ava-synthesizer.h"
#include "ava-utterance-audio.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* What a synthesizer gave. */
typedef struct {
  GByteArray *pcm;
  gsize last_offset;
  guint chunks;
  gboolean done;
  gboolean in_order;
  GError *error;
} Spoken;

static void
take_chunk (const gint16 *pcm,
            gsize         n_samples,
            gsize         text_offset,
            gpointer      user_data)
{
  Spoken *spoken = user_data;

  spoken->in_order &= text_offset >= spoken->last_offset && !spoken->done;
  spoken->last_offset = text_offset;
  spoken->chunks++;
  g_byte_array_append (spoken->pcm, (const guint8 *) pcm, n_samples * sizeof (gint16));
}

static void
spoken_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Spoken *spoken = user_data;

  ava_synthesizer_speak_finish (AVA_SYNTHESIZER (source), result, &spoken->error);
  spoken->done = TRUE;
}

static void
speak (AvaSynthesizer *synthesizer,
       const char     *text,
       Spoken         *spoken)
{
  *spoken = (Spoken) { .pcm = g_byte_array_new (), .in_order = TRUE };
  ava_synthesizer_speak_async (synthesizer, text, take_chunk, spoken, NULL, spoken_cb, spoken);
  while (!spoken->done)
    g_main_context_iteration (NULL, TRUE);
}

static void
spoken_clear (Spoken *spoken)
{
  g_byte_array_unref (spoken->pcm);
  g_clear_error (&spoken->error);
}

static AvaSynthesizer *
make_voice (void)
{
  g_autoptr (GError) error = NULL;
  AvaSynthesizer *voice = ava_flite_synthesizer_new (&error);

  g_assert_no_error (error);
  return voice;
}

/* The worker may hold the last reference for a moment after its answer has come. */
static void
assert_goes_away (gpointer object)
{
  GWeakRef weak;
  gpointer left = object;

  g_weak_ref_init (&weak, object);
  for (guint i = 0; i < 500 && left != NULL; i++) {
    g_object_unref (left);
    g_usleep (10000);
    left = g_weak_ref_get (&weak);
  }
  g_assert_null (left);
  g_weak_ref_clear (&weak);
}

static void
every_word_is_placed (void)
{
  g_autoptr (AvaSynthesizer) voice = make_voice ();
  const char *text = "Your Botox with Dr. Bennett is on Tuesday, December 1st at 3:30 PM. It costs $360. Shall I book it?";
  Spoken spoken;

  speak (voice, text, &spoken);
  g_assert_no_error (spoken.error);
  g_assert_true (spoken.in_order);
  g_assert_cmpuint (spoken.last_offset, ==, strlen (text));
  g_assert_cmpuint (spoken.chunks, >, 15);
  g_assert_cmpuint (spoken.pcm->len, >, 4 * AVA_RATE * 2);
  g_assert_cmpuint (spoken.pcm->len, <, 15 * AVA_RATE * 2);
  spoken_clear (&spoken);
  assert_goes_away (g_steal_pointer (&voice));
}

static void
speech_begins_at_once (void)
{
  g_autoptr (AvaSynthesizer) voice = make_voice ();
  Spoken spoken;
  double loud = 0;

  speak (voice, "Hello there.", &spoken);
  /* No silence is heard as delay: the voice is loud within 150 ms. */
  for (guint i = 0; i < AVA_RATE * 150 / 1000; i++)
    loud = MAX (loud, ABS (((gint16 *) spoken.pcm->data)[i]));
  g_assert_cmpfloat (loud, >, 1000);
  spoken_clear (&spoken);
}

static void
the_cache_gives_the_same (void)
{
  g_autoptr (AvaSynthesizer) voice = make_voice ();
  Spoken first;
  Spoken again;

  ava_synthesizer_prepare (voice, "Thank you for calling.");
  speak (voice, "Thank you for calling.", &first);
  speak (voice, "Thank you for calling.", &again);
  g_assert_cmpmem (first.pcm->data, first.pcm->len, again.pcm->data, again.pcm->len);
  spoken_clear (&first);
  spoken_clear (&again);
}

static void
cancelled_speech_stays_silent (void)
{
  g_autoptr (AvaSynthesizer) voice = make_voice ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Spoken spoken = { .pcm = g_byte_array_new (), .in_order = TRUE };

  ava_synthesizer_speak_async (voice, "This is never heard by anybody.", take_chunk, &spoken,
                               cancellable, spoken_cb, &spoken);
  g_cancellable_cancel (cancellable);
  while (!spoken.done)
    g_main_context_iteration (NULL, TRUE);
  g_assert_error (spoken.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (spoken.pcm->len, ==, 0);
  spoken_clear (&spoken);
}

static void
odd_text_is_survived (void)
{
  static const char *const texts[] = { "", "   ", "...", "\xff\xfe", "🙂", "-- ?! ,", "a", "12:99 99th +++" };
  g_autoptr (AvaSynthesizer) voice = make_voice ();

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    Spoken spoken;

    speak (voice, texts[i], &spoken);
    g_assert_no_error (spoken.error);
    spoken_clear (&spoken);
  }
}

static void
assert_split (const char *text,
              const char *expected)
{
  g_autoptr (GPtrArray) parts = ava_spoken_text_split (text);
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; i < parts->len; i++)
    g_string_append_printf (words, "%s%s", i > 0 ? " / " : "", ((AvaSpokenPart *) parts->pdata[i])->words);
  g_assert_cmpstr (words->str, ==, expected);
}

static void
text_is_written_as_it_is_spoken (void)
{
  assert_split ("Tuesday, December 1st at 3:30 PM.", "Tuesday, December first at three thirty P M.");
  assert_split ("With Dr. Bennett. Yes?", "With Doctor Bennett. / Yes.");
  assert_split ("At 12:00 or 9:05 AM", "At twelve or nine oh five A M");
  assert_split ("I am Ava.", "I am Ava.");
  assert_split ("Call 2 1 2, 5 5 5.", "Call 2 1 2, 5 5 5.");
  assert_split ("The 22nd & 31st", "The twenty second and thirty first");
}

/* --- hearing --- */

typedef struct {
  AvaHypothesis *hypothesis;
  GError *error;
  gboolean done;
} Heard;

static void
heard_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  Heard *heard = user_data;

  heard->hypothesis = ava_recognizer_recognize_finish (AVA_RECOGNIZER (source), result, &heard->error);
  heard->done = TRUE;
}

static AvaHypothesis *
recognize (AvaRecognizer *recognizer,
           GBytes        *pcm,
           const char    *grammar)
{
  Heard heard = { 0 };

  ava_recognizer_recognize_async (recognizer, pcm, grammar, NULL, heard_cb, &heard);
  while (!heard.done)
    g_main_context_iteration (NULL, TRUE);
  g_assert_no_error (heard.error);
  return heard.hypothesis;
}

static AvaRecognizer *
make_ear (void)
{
  static AvaRecognizer *shared = NULL;
  g_autoptr (AvaSpa) spa = NULL;

  if (shared != NULL)
    return shared;
  shared = ava_sphinx_recognizer_new (NULL);
  g_assert_nonnull (shared);
  spa = ava_spa_load (g_getenv ("AVA_DEMO_SPA"), NULL);
  for (AvaExpect expect = AVA_EXPECT_OPEN; expect < AVA_EXPECT_NOTHING; expect++) {
    static const char *const names[] = { "zbigniew", "okonkwo", "xanthippe", NULL };
    g_autofree char *jsgf = ava_grammar_build (spa, expect, names);

    ava_recognizer_set_grammar (shared, ava_expect_to_string (expect), jsgf);
  }
  return shared;
}

static GBytes *
say (const char *text)
{
  static AvaSynthesizer *voice = NULL;
  Spoken spoken;

  if (voice == NULL)
    voice = make_voice ();
  speak (voice, text, &spoken);
  return g_byte_array_free_to_bytes (spoken.pcm);
}

static void
what_is_said_is_understood_in_each_state (void)
{
  static const struct { const char *grammar; const char *text; } cases[] = {
    { "open", "i would like to book a botox appointment" },
    { "open", "how much is a chemical peel" },
    { "open", "i need to cancel my appointment" },
    { "service", "laser hair removal" },
    { "when", "next tuesday afternoon" },
    { "when", "tomorrow at three thirty" },
    { "offer", "the first one please" },
    { "name", "my name is zbigniew okonkwo" },
    { "phone", "two one two five five five zero one four seven" },
    { "yes-no", "yes please" },
    { "yes-no", "no thank you" },
  };
  guint right = 0;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GBytes) pcm = say (cases[i].text);
    g_autoptr (AvaHypothesis) heard = recognize (make_ear (), pcm, cases[i].grammar);

    g_test_message ("%s -> %s (%.2f)", cases[i].text, heard->text, heard->confidence);
    right += g_str_equal (heard->text, cases[i].text);
  }
  /* The voice is Ava's own, the clearest: all but one must be right to the word. */
  g_assert_cmpuint (right, >=, G_N_ELEMENTS (cases) - 1);
}

static void
what_no_grammar_holds_is_doubted (void)
{
  static const char *const texts[] = {
    "purple elephants dance under moonlight quietly", "the newspaper was eaten by my neighbour's dog",
    "bring me seventeen boxes of chocolate", "we drove along a winding mountain road",
  };
  double doubted = 0;
  double sure;
  g_autoptr (GBytes) pcm = say ("next tuesday afternoon");
  g_autoptr (AvaHypothesis) right = recognize (make_ear (), pcm, "when");

  sure = right->confidence;
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (GBytes) odd = say (texts[i]);
    g_autoptr (AvaHypothesis) heard = recognize (make_ear (), odd, "when");

    g_test_message ("%s -> %s (%.2f)", texts[i], heard->text, heard->confidence);
    doubted += heard->confidence;
  }
  g_assert_cmpfloat (sure, >, 0.8);
  g_assert_cmpfloat (doubted / G_N_ELEMENTS (texts), <, 0.5);
}

/* Letters that sound alike are told apart by the tree of names. */
static void
spelled_names_are_understood (void)
{
  static const struct { const char *words; const char *letters; } cases[] = {
    { "z, b, i, g, n, i, e, w.", "z b i g n i e w" },
    { "o, k, o, n, k, w, o.", "o k o n k w o" },
    { "l, a, u, r, a.", "l a u r a" },
    { "s, a, m.", "s a m" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GBytes) pcm = say (cases[i].words);
    g_autoptr (AvaHypothesis) heard = recognize (make_ear (), pcm, "spell");

    g_test_message ("%s -> %s (%.2f)", cases[i].words, heard->text, heard->confidence);
    g_assert_cmpstr (heard->text, ==, cases[i].letters);
  }
}

static gboolean
is_danger_heard (const char *text,
                 const char *grammar)
{
  g_autoptr (GBytes) pcm = say (text);
  g_autoptr (AvaHypothesis) heard = recognize (make_ear (), pcm, grammar);

  g_test_message ("[%s] %s -> %s (%.2f)", grammar, text, heard->text, heard->confidence);
  return heard->confidence >= 0.45 && ava_dialogue_find_red_flag (heard->text) != NULL;
}

/* Whatever Ava has asked: a caller in danger does not answer the question. */
static void
spoken_dangers_are_heard (void)
{
  static const char *const dangers[] = {
    "my lips are swelling up after the filler", "the skin went pale and it hurts a lot", "i can't swallow",
    "my daughter's face is swelling up", "i have hives all over my body", "she fainted after the treatment",
    "my nose is turning purple", "i'm in severe pain", "my vision is blurry", "i think i'm having an allergic reaction",
  };
  static const char *const grammars[] = { "open", "yes-no", "when", "name", "phone" };
  guint heard = 0;

  for (guint i = 0; i < G_N_ELEMENTS (dangers) * G_N_ELEMENTS (grammars); i++)
    heard += is_danger_heard (dangers[i / G_N_ELEMENTS (grammars)], grammars[i % G_N_ELEMENTS (grammars)]);
  /* Nine of ten, of the clearest voice. */
  g_assert_cmpuint (heard * 10, >=, 9 * G_N_ELEMENTS (dangers) * G_N_ELEMENTS (grammars));
}

static void
ordinary_talk_is_no_danger (void)
{
  static const struct { const char *grammar; const char *text; } cases[] = {
    { "open", "i would like to book a botox appointment" }, { "open", "i have to ask my husband" },
    { "open", "my skin is very dry" },                      { "service", "dermal filler" },
    { "when", "i can't do mornings" },                      { "when", "friday after four" },
    { "name", "i am helen white" },                         { "yes-no", "no thank you" },
    { "offer", "my daughter has school" },                  { "phone", "two one two five five five zero one four seven" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_false (is_danger_heard (cases[i].text, cases[i].grammar));
}

static void
add_tone (gint16 *pcm,
          gsize   from,
          gsize   to)
{
  for (gsize i = from; i < to; i++)
    pcm[i] += 8000 * sin (2 * G_PI * 440 * i / AVA_RATE);
}

static void
the_noise_around_an_utterance_is_cut_off (void)
{
  g_autofree gint16 *pcm = g_new0 (gint16, AVA_RATE * 3);
  g_autofree gint16 *quiet = g_new0 (gint16, AVA_RATE);
  g_autofree gint16 *framed = NULL;
  g_autofree gint16 *nothing = NULL;
  gsize n_framed;

  for (guint i = 0; i < AVA_RATE * 3; i++)
    pcm[i] = g_test_rand_int_range (-500, 500);
  add_tone (pcm, AVA_RATE, AVA_RATE * 2);
  framed = ava_utterance_audio_frame (pcm, AVA_RATE * 3, &n_framed);
  /* One second of sound, 160 ms of the line on each side and 200 ms of silence. */
  g_assert_cmpuint (n_framed, >=, AVA_RATE * 170 / 100);
  g_assert_cmpuint (n_framed, <=, AVA_RATE * 176 / 100);
  g_assert_cmpint (abs (framed[0]), <=, 2);
  /* Where there is no sound, nothing is lost. */
  nothing = ava_utterance_audio_frame (quiet, AVA_RATE, &n_framed);
  g_assert_cmpuint (n_framed, ==, AVA_RATE * 14 / 10);
}

static void
a_blur_is_as_loud_as_wished (void)
{
  g_autofree gint16 *pcm = g_new0 (gint16, AVA_RATE * 2);
  double power = 0;

  add_tone (pcm, 0, AVA_RATE);
  ava_utterance_audio_blur (pcm, AVA_RATE * 2, 20);
  for (guint i = AVA_RATE; i < AVA_RATE * 2; i++)
    power += (double) pcm[i] * pcm[i];
  /* The tone has 8000 / √2; 20 dB below it is a tenth. */
  g_assert_cmpfloat (fabs (20 * log10 (sqrt (power / AVA_RATE) / 565.7)), <, 1);
}

static void
silence_and_noise_say_nothing_for_sure (void)
{
  gint16 *silence = g_new0 (gint16, AVA_RATE * 2);
  gint16 *noise = g_new0 (gint16, AVA_RATE * 2);
  g_autoptr (GBytes) quiet = g_bytes_new_take (silence, AVA_RATE * 4);
  g_autoptr (GBytes) loud = NULL;
  g_autoptr (GBytes) none = g_bytes_new (NULL, 0);
  g_autoptr (AvaHypothesis) first = NULL;
  g_autoptr (AvaHypothesis) second = NULL;
  g_autoptr (AvaHypothesis) third = NULL;

  for (guint i = 0; i < AVA_RATE * 2; i++)
    noise[i] = g_test_rand_int_range (-2000, 2000);
  loud = g_bytes_new_take (noise, AVA_RATE * 4);
  first = recognize (make_ear (), quiet, "yes-no");
  second = recognize (make_ear (), loud, "yes-no");
  third = recognize (make_ear (), none, "yes-no");
  g_assert_true (*first->text == '\0' || first->confidence < 0.45);
  g_assert_true (*second->text == '\0' || second->confidence < 0.45);
  g_assert_cmpstr (third->text, ==, "");
}

static void
a_missing_or_broken_grammar_is_an_error (void)
{
  AvaRecognizer *ear = make_ear ();
  g_autoptr (GBytes) pcm = say ("yes");
  Heard heard = { 0 };

  /* The recognizer's thread warns of it: that is not a fault of this test. */
  g_log_set_fatal_mask (NULL, G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL);
  g_log_set_always_fatal (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL);
  ava_recognizer_set_grammar (ear, "broken", "#JSGF V1.0; grammar x; public <a> = <nowhere> (;");
  ava_recognizer_recognize_async (ear, pcm, "broken", NULL, heard_cb, &heard);
  while (!heard.done)
    g_main_context_iteration (NULL, TRUE);
  g_assert_error (heard.error, AVA_SPEECH_ERROR, AVA_SPEECH_ERROR_GRAMMAR);
  g_clear_error (&heard.error);
}

static void
cancelled_hearing_is_told_so (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GBytes) pcm = say ("yes please");
  Heard heard = { 0 };

  g_cancellable_cancel (cancellable);
  ava_recognizer_recognize_async (make_ear (), pcm, "yes-no", cancellable, heard_cb, &heard);
  while (!heard.done)
    g_main_context_iteration (NULL, TRUE);
  g_assert_error (heard.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&heard.error);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/voice/every-word-is-placed", every_word_is_placed);
  g_test_add_func ("/voice/begins-at-once", speech_begins_at_once);
  g_test_add_func ("/voice/cache", the_cache_gives_the_same);
  g_test_add_func ("/voice/cancelled", cancelled_speech_stays_silent);
  g_test_add_func ("/voice/odd-text", odd_text_is_survived);
  g_test_add_func ("/voice/as-spoken", text_is_written_as_it_is_spoken);
  g_test_add_func ("/ear/each-state", what_is_said_is_understood_in_each_state);
  g_test_add_func ("/ear/dangers", spoken_dangers_are_heard);
  g_test_add_func ("/ear/ordinary-talk", ordinary_talk_is_no_danger);
  g_test_add_func ("/ear/doubt", what_no_grammar_holds_is_doubted);
  g_test_add_func ("/recognizer/spelled", spelled_names_are_understood);
  g_test_add_func ("/audio/framed", the_noise_around_an_utterance_is_cut_off);
  g_test_add_func ("/audio/blurred", a_blur_is_as_loud_as_wished);
  g_test_add_func ("/ear/silence-and-noise", silence_and_noise_say_nothing_for_sure);
  g_test_add_func ("/ear/broken-grammar", a_missing_or_broken_grammar_is_an_error);
  g_test_add_func ("/ear/cancelled", cancelled_hearing_is_told_so);
  return g_test_run ();
}
