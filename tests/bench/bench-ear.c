/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench-ear.h"

#include "ava-caller-voice.h"

static void
heard_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  *(AvaHypothesis **) user_data = ava_recognizer_recognize_finish (AVA_RECOGNIZER (source), result, &error);
  g_assert_no_error (error);
}

/* Returns: (transfer full): what it makes of @pcm */
AvaHypothesis *
bench_ear_hear (AvaRecognizer *ear,
                GBytes        *pcm,
                const char    *expect)
{
  AvaHypothesis *heard = NULL;

  ava_recognizer_recognize_async (ear, pcm, expect, NULL, heard_cb, &heard);
  while (heard == NULL)
    g_main_context_iteration (NULL, TRUE);
  return heard;
}

/* Returns: (transfer full): as a caller says it */
GBytes *
bench_ear_speak (const char *voice,
                 const char *text,
                 gboolean    telephone)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) plain = ava_caller_voice_render (voice, text, &error);
  gsize size;
  gint16 *pcm;

  g_assert_no_error (error);
  pcm = g_bytes_unref_to_data (g_steal_pointer (&plain), &size);
  ava_caller_voice_colour (pcm, size / 2, telephone);
  return g_bytes_new_take (pcm, size);
}

/* Returns: how many words of @said stand in @heard, in their order */
guint
bench_ear_count_right (const char *said,
                       const char *heard)
{
  g_auto (GStrv) words = g_strsplit (said, " ", -1);
  g_auto (GStrv) others = g_strsplit (heard, " ", -1);
  guint n = g_strv_length (words);
  guint m = g_strv_length (others);
  g_autofree guint *row = g_new0 (guint, (n + 1) * (m + 1));

  /* The longest common subsequence. */
  for (guint i = 1; i <= n; i++) {
    for (guint j = 1; j <= m; j++)
      row[i * (m + 1) + j] = g_str_equal (words[i - 1], others[j - 1])
                             ? row[(i - 1) * (m + 1) + j - 1] + 1
                             : MAX (row[(i - 1) * (m + 1) + j], row[i * (m + 1) + j - 1]);
  }
  return row[n * (m + 1) + m];
}
