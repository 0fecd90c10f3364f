/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ava-resampler.h"

#include <math.h>

/* Tones through the resampler: what can be heard stays, what would fold back is gone, and pieces make one stream. */

static gint16 *
make_tone (guint  rate,
           double hertz,
           gsize  n)
{
  gint16 *pcm = g_new (gint16, n);

  for (gsize i = 0; i < n; i++)
    pcm[i] = lrint (12000 * sin (2 * G_PI * hertz * i / rate));
  return pcm;
}

static gsize
convert (guint         from,
         guint         to,
         const gint16 *in,
         gsize         n,
         gsize         piece,
         gint16      **out)
{
  g_autoptr (AvaResampler) resampler = ava_resampler_new (from, to);
  gsize made = 0;

  *out = g_new0 (gint16, ava_resampler_get_max (resampler, n) + n / piece * 2 + 4);
  for (gsize at = 0; at < n; at += piece)
    made += ava_resampler_process (resampler, in + at, MIN (piece, n - at), *out + made);
  return made;
}

/* How loud @hertz is in @pcm, as a share of the tone that went in. */
static double
measure (const gint16 *pcm,
         gsize         n,
         guint         rate,
         double        hertz)
{
  double re = 0, im = 0;
  gsize half = rate / 2;   /* whole periods of every tone */

  g_assert_cmpuint (n, >=, rate / 4 + half);
  for (gsize i = rate / 4; i < rate / 4 + half; i++) {
    re += pcm[i] * cos (2 * G_PI * hertz * i / rate);
    im += pcm[i] * sin (2 * G_PI * hertz * i / rate);
  }
  return 2 * sqrt (re * re + im * im) / half / 12000;
}

static double
level (const gint16 *pcm,
       gsize         n)
{
  double sum = 0;

  for (gsize i = 200; i < n - 200; i++)
    sum += (double) pcm[i] * pcm[i];
  return sqrt (2 * sum / (n - 400)) / 12000;
}

static void
tones_pass_both_ways (void)
{
  static const guint rates[][2] = { { 16000, 24000 }, { 24000, 16000 }, { 8000, 16000 }, { 16000, 8000 }, { 44100, 16000 }, { 48000, 16000 } };
  static const double tones[] = { 100, 440, 1000, 3000 };

  for (guint r = 0; r < G_N_ELEMENTS (rates); r++) {
    for (guint t = 0; t < G_N_ELEMENTS (tones); t++) {
      g_autofree gint16 *in = make_tone (rates[r][0], tones[t], rates[r][0]);
      g_autofree gint16 *out = NULL;
      gsize n = convert (rates[r][0], rates[r][1], in, rates[r][0], 480, &out);

      g_assert_cmpint (ABS ((gint64) n - rates[r][1]), <=, 1);
      g_assert_cmpfloat_with_epsilon (measure (out, n, rates[r][1], tones[t]), 1.0, 0.01);
      g_assert_cmpfloat_with_epsilon (level (out, n), 1.0, 0.02);
    }
  }
}

static void
what_would_fold_back_is_gone (void)
{
  g_autofree gint16 *in = make_tone (24000, 10500, 24000);
  g_autofree gint16 *out = NULL;
  gsize n = convert (24000, 16000, in, 24000, 480, &out);

  g_assert_cmpfloat (level (out, n), <, 0.01);
}

static void
pieces_make_one_stream (void)
{
  static const gsize pieces[] = { 1, 7, 320, 480, 16000 };
  g_autofree gint16 *in = make_tone (16000, 700, 16000);
  g_autofree gint16 *whole = NULL;
  gsize n = convert (16000, 24000, in, 16000, 16000, &whole);

  for (guint p = 0; p < G_N_ELEMENTS (pieces); p++) {
    g_autofree gint16 *out = NULL;

    g_assert_cmpuint (convert (16000, 24000, in, 16000, pieces[p], &out), ==, n);
    g_assert_cmpmem (out, n * 2, whole, n * 2);
  }
}

static void
full_scale_does_not_wrap (void)
{
  gint16 in[4800];
  g_autofree gint16 *out = NULL;
  gsize n;

  for (gsize i = 0; i < G_N_ELEMENTS (in); i++)
    in[i] = (i / 40) % 2 == 0 ? G_MAXINT16 : G_MININT16;
  n = convert (24000, 16000, in, G_N_ELEMENTS (in), 480, &out);
  for (gsize i = 200; i < n - 200; i++) {
    double turn = (i - 21.3) / (80.0 / 3 * 2);   /* the period, and the filter's delay */

    if (fabs (turn - floor (turn) - 0.25) < 0.15)
      g_assert_cmpint (out[i], >, 20000);
  }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/resampler/tones", tones_pass_both_ways);
  g_test_add_func ("/resampler/aliases", what_would_fold_back_is_gone);
  g_test_add_func ("/resampler/pieces", pieces_make_one_stream);
  g_test_add_func ("/resampler/full-scale", full_scale_does_not_wrap);
  return g_test_run ();
}
