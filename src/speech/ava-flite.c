/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-flite.h"

#include "ava-frame.h"

#include <flite/flite.h>

/* The libraries declare these in no header. */
cst_voice *register_cmu_us_rms (const char *voxdir);
void       usenglish_init      (cst_voice *voice);
cst_lexicon *cmu_lex_init      (void);

static GMutex lock;
static cst_voice *voice;       /* nullable */
static cst_lexicon *lexicon;   /* nullable */

/**
 * ava_flite_init:
 *
 * Returns: whether the voice cmu_us_rms is there
 */
gboolean
ava_flite_init (void)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);

  if (voice == NULL) {
    flite_init ();
    voice = register_cmu_us_rms (NULL);
    lexicon = cmu_lex_init ();
  }
  return voice != NULL && lexicon != NULL;
}

static GArray *
list_tokens (cst_utterance *utterance)
{
  GArray *tokens = g_array_new (FALSE, FALSE, sizeof (AvaFliteToken));
  guint number = 0;

  for (cst_item *item = relation_head (utt_relation (utterance, "Token")); item != NULL;
       item = item_next (item), number++) {
    float end_s = flite_ffeature_float (item, "daughtern.R:SylStructure.daughtern.daughtern.R:Segment.end");
    AvaFliteToken token = { end_s * AVA_RATE, number };

    g_array_append_val (tokens, token);
  }
  return tokens;
}

/**
 * ava_flite_speak:
 * @text: plain words
 * @pcm: (out) (transfer full): S16 samples at 16 kHz
 *
 * Returns: (transfer full) (nullable): AvaFliteToken of each token of @text; %NULL when it failed
 */
GArray *
ava_flite_speak (const char  *text,
                 GArray     **pcm)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);
  cst_utterance *utterance;
  cst_wave *wave;
  GArray *tokens;

  g_return_val_if_fail (voice != NULL, NULL);

  utterance = flite_synth_text (text, voice);
  if (utterance == NULL)
    return NULL;
  tokens = list_tokens (utterance);
  wave = utt_wave (utterance);
  *pcm = g_array_new (FALSE, FALSE, sizeof (gint16));
  if (wave != NULL && wave->sample_rate != AVA_RATE)
    cst_wave_resample (wave, AVA_RATE);
  if (wave != NULL)
    g_array_append_vals (*pcm, wave->samples, wave->num_samples);
  delete_utterance (utterance);
  return tokens;
}

/* flite's phones are those of the recognizer's dictionary in lower case, with two more. */
static void
append_phone (GString    *phones,
              const char *name)
{
  g_autofree char *phone = g_ascii_strup (name, -1);
  gsize length = strlen (phone);

  if (length > 1 && g_ascii_isdigit (phone[length - 1]))
    phone[length - 1] = '\0';
  if (g_str_equal (phone, "PAU") || *phone == '\0')
    return;
  if (phones->len > 0)
    g_string_append_c (phones, ' ');
  g_string_append (phones, g_str_equal (phone, "AX") ? "AH" : phone);
}

/**
 * ava_flite_pronounce:
 * @word: lower case letters
 *
 * By the CMU lexicon and, beyond it, letter-to-sound rules.
 *
 * Returns: (transfer full) (nullable): phones parted by blanks, as the recognizer names them
 */
char *
ava_flite_pronounce (const char *word)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&lock);
  g_autoptr (GString) phones = g_string_new (NULL);
  cst_val *list;

  g_return_val_if_fail (lexicon != NULL, NULL);

  list = lex_lookup (lexicon, word, NULL, NULL);
  for (const cst_val *rest = list; rest != NULL; rest = val_cdr (rest))
    append_phone (phones, val_string (val_car (rest)));
  delete_val (list);
  return phones->len > 0 ? g_string_free (g_steal_pointer (&phones), FALSE) : NULL;
}
