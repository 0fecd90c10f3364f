/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-resampler.h"

#include <math.h>
#include <string.h>

/*
 *  in  ... x x x x x x x x x          one input every `up` steps of a fine grid, one output every `down`
 *            |<-- taps -->|
 *  out          phase p of the filter, p = position on the grid modulo `up`
 *
 * Every `up`th output has the same phase, and looks at inputs that are `down` further on. With the inputs dealt out to
 * `down` rows these lie side by side, so that many outputs are computed at once, tap by tap.
 */

#define TAPS 32             /* inputs that one output looks at, times the ratio going down: 1 ms of delay at 16 kHz */
#define EDGE 0.92           /* of the lower Nyquist frequency that is kept */

/* BLOCK outputs at once, in lanes side by side. */
#define LANES 8
#define BLOCK 32
typedef float Lanes __attribute__ ((vector_size (LANES * sizeof (float))));
typedef gint32 Ints __attribute__ ((vector_size (LANES * sizeof (gint32))));

/* The outputs of one phase in one piece of input. */
typedef struct {
  const float *rows;
  gsize room;               /* of a row */
  guint down;
  gsize start;              /* the first input that the first output looks at */
  const float *taps;
  guint n_taps;
  guint step;               /* between outputs */
  gsize n;                  /* outputs */
} Phase;

typedef void (*FilterFunc) (const Phase *phase, gint16 *out);

struct _AvaResampler {
  FilterFunc filter;        /* for this processor */
  guint up;
  guint down;
  guint position;           /* [steps] of the next output after the newest input but taps */
  guint taps;
  float *phases;            /* up x taps */
  float *past;              /* the newest inputs, oldest first */
  float *line;              /* past and present inputs in one; grows */
  float *rows;              /* the same dealt out; grows */
  gsize line_room, rows_room;
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

/* Rounded, and no louder than S16 can be. */
__attribute__ ((always_inline)) static inline void
put_samples (const Lanes *sums,
             gint32      *made)
{
  const Lanes most = (Lanes) { 0 } + G_MAXINT16, least = (Lanes) { 0 } + G_MININT16;
  Lanes value = *sums;
  Ints too_much = value > most, too_little = value < least;
  Ints samples;

  value = (Lanes) (((Ints) most & too_much) | ((Ints) least & too_little) | ((Ints) value & ~(too_much | too_little)));
  samples = __builtin_convertvector (value + 32768.5f, Ints) - 32768;
  memcpy (made, &samples, sizeof samples);
}

/* Always inline: built once for each kind of processor. */
__attribute__ ((always_inline)) static inline void
filter_any (const Phase *phase,
            gint16      *out)
{
  for (gsize done = 0; done < phase->n; done += BLOCK) {
    Lanes sums[BLOCK / LANES] = { 0 };
    gint32 made[BLOCK];
    gsize row = phase->start % phase->down;
    const float *at = phase->rows + row * phase->room + phase->start / phase->down + done;

    for (guint t = 0; t < phase->n_taps; t++) {
#pragma GCC unroll 4
      for (guint i = 0; i < BLOCK / LANES; i++) {
        Lanes inputs;

        memcpy (&inputs, at + i * LANES, sizeof inputs);
        sums[i] += inputs * phase->taps[t];
      }
      at += phase->room;
      if (++row == phase->down) {
        row = 0;
        at -= phase->down * phase->room - 1;
      }
    }
#pragma GCC unroll 4
    for (guint i = 0; i < BLOCK / LANES; i++)
      put_samples (&sums[i], made + i * LANES);
    for (gsize i = 0; i < MIN (BLOCK, phase->n - done); i++)
      out[(done + i) * phase->step] = made[i];
  }
}

static void
filter_plain (const Phase *phase,
              gint16      *out)
{
  filter_any (phase, out);
}

#ifdef __x86_64__
/* The same code for processors since 2013. */
__attribute__ ((target ("avx2,fma"))) static void
filter_avx2 (const Phase *phase,
             gint16      *out)
{
  filter_any (phase, out);
}
#endif

static FilterFunc
choose_filter (void)
{
#ifdef __x86_64__
  if (__builtin_cpu_supports ("avx2") && __builtin_cpu_supports ("fma"))
    return filter_avx2;
#endif
  return filter_plain;
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

  self->filter = choose_filter ();
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
  g_free (self->line);
  g_free (self->rows);
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

static float *
make_room (float **buffer,
           gsize  *room,
           gsize   needed)
{
  if (*room < needed) {
    g_free (*buffer);
    *buffer = g_new (float, needed);
    *room = needed;
  }
  return *buffer;
}

/* Returns: the room of a row, behind whose end there is silence for a whole block */
static gsize
deal_out (AvaResampler *self,
          const gint16 *in,
          gsize         n_samples)
{
  gsize length = self->taps + n_samples;
  gsize room = length / self->down + 1 + BLOCK;
  float *line = make_room (&self->line, &self->line_room, length);
  float *row = make_room (&self->rows, &self->rows_room, room * self->down);

  memcpy (line, self->past, self->taps * sizeof (float));
  for (gsize i = 0; i < n_samples; i++)
    line[self->taps + i] = in[i];
  memcpy (self->past, line + n_samples, self->taps * sizeof (float));
  for (gsize first = 0; first < self->down; first++, row += room) {
    gsize n = 0;

    for (gsize i = first; i < length; i += self->down)
      row[n++] = line[i];
    memset (row + n, 0, (room - n) * sizeof (float));
  }
  return room;
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
  gsize end = n_samples * self->up;
  gsize n = end > self->position ? (end - self->position + self->down - 1) / self->down : 0;
  Phase phase = { .room = deal_out (self, in, n_samples), .down = self->down, .n_taps = self->taps, .step = self->up };

  phase.rows = self->rows;
  for (gsize first = 0; first < MIN (self->up, n); first++) {
    gsize position = self->position + first * self->down;

    phase.start = position / self->up + 1;
    phase.taps = self->phases + position % self->up * self->taps;
    phase.n = (n - first + self->up - 1) / self->up;
    self->filter (&phase, out + first);
  }
  self->position += n * self->down - end;
  return n;
}
