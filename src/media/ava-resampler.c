/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-resampler.h"

#include <math.h>
#include <string.h>

/*
 *  in  ... x x x x x x x x x          one input every `up` steps of a fine grid, one output every `down`
 *            |<-- taps -->|
 *  out          phase p of the filter, p = position on the grid modulo `up`
 */

#define TAPS 32             /* inputs that one output looks at, times the ratio going down: 1 ms of delay at 16 kHz */
#define EDGE 0.92           /* of the lower Nyquist frequency that is kept */

struct _AvaResampler {
  guint up;
  guint down;
  guint position;           /* [steps] of the next output after the newest input but taps */
  guint taps;
  float *phases;            /* up x taps */
  float *past;              /* the newest inputs, oldest first */
};

static guint
find_common (guint a,
             guint b)
{
  return b == 0 ? a : find_common (b, a % b);
}

static double
filter_at (double x,
           double width,
           double cut)
{
  double window = 0.42 + 0.5 * cos (2 * G_PI * x / width) + 0.08 * cos (4 * G_PI * x / width);
  double sinc = fabs (x) < 1e-9 ? cut : sin (G_PI * cut * x) / (G_PI * x);

  return fabs (x) >= width / 2 ? 0 : sinc * window;
}

static void
lay_out_phases (AvaResampler *self,
                double        cut)
{
  for (guint phase = 0; phase < self->up; phase++) {
    float *taps = self->phases + phase * self->taps;
    double sum = 0;

    for (guint i = 0; i < self->taps; i++)
      sum += taps[i] = filter_at (self->taps / 2.0 - 1 - i + (double) phase / self->up, self->taps, cut);
    for (guint i = 0; i < self->taps; i++)
      taps[i] /= sum;
  }
}

/**
 * ava_resampler_new:
 * @from_rate: [Hz] of what comes in
 * @to_rate: [Hz] of what goes out
 *
 * Returns: (transfer full): a stream that begins in silence
 */
AvaResampler *
ava_resampler_new (guint from_rate,
                   guint to_rate)
{
  AvaResampler *self = g_new0 (AvaResampler, 1);
  guint common = find_common (from_rate, to_rate);

  g_return_val_if_fail (from_rate > 0 && to_rate > 0, NULL);

  self->up = to_rate / common;
  self->down = from_rate / common;
  self->taps = TAPS * ((from_rate + to_rate - 1) / to_rate);
  self->phases = g_new0 (float, self->up * self->taps);
  self->past = g_new0 (float, self->taps);
  lay_out_phases (self, EDGE * MIN (1.0, (double) to_rate / from_rate));
  return self;
}

/**
 * ava_resampler_free:
 * @self: (transfer full) (nullable):
 */
void
ava_resampler_free (AvaResampler *self)
{
  if (self == NULL)
    return;
  g_free (self->phases);
  g_free (self->past);
  g_free (self);
}

/**
 * ava_resampler_reset:
 *
 * A new stream begins: the past is silence.
 */
void
ava_resampler_reset (AvaResampler *self)
{
  memset (self->past, 0, self->taps * sizeof (float));
  self->position = 0;
}

/**
 * ava_resampler_get_max:
 *
 * Returns: the most samples that @n_samples more of input can give
 */
gsize
ava_resampler_get_max (AvaResampler *self,
                       gsize         n_samples)
{
  return n_samples * self->up / self->down + 2;
}

/* Four lanes side by side: taps are a multiple of them. */
typedef float Lanes __attribute__ ((vector_size (4 * sizeof (float))));

static gint16
apply (AvaResampler *self,
       const float  *window,
       guint         phase)
{
  const float *taps = self->phases + phase * self->taps;
  Lanes sums = { 0 };

  for (guint i = 0; i < self->taps; i += 4) {
    Lanes a, b;

    memcpy (&a, taps + i, sizeof a);
    memcpy (&b, window + i, sizeof b);
    sums += a * b;
  }
  return CLAMP (lrintf (sums[0] + sums[1] + sums[2] + sums[3]), G_MININT16, G_MAXINT16);
}

/**
 * ava_resampler_process:
 * @out: (out caller-allocates): room for ava_resampler_get_max() samples
 *
 * Returns: how many samples were written to @out
 */
gsize
ava_resampler_process (AvaResampler *self,
                       const gint16 *in,
                       gsize         n_samples,
                       gint16       *out)
{
  g_autofree float *line = g_new (float, self->taps + n_samples);
  gsize n = 0;

  memcpy (line, self->past, self->taps * sizeof (float));
  for (gsize i = 0; i < n_samples; i++)
    line[self->taps + i] = in[i];
  for (gsize i = 0; i < n_samples; i++) {
    for (; self->position < self->up; self->position += self->down)
      out[n++] = apply (self, line + i + 1, self->position);
    self->position -= self->up;
  }
  memcpy (self->past, line + n_samples, self->taps * sizeof (float));
  return n;
}
