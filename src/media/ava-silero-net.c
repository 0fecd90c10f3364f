/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-silero-net-private.h"

#include <math.h>
#include <string.h>

/*
 * One step of the Silero network. README.md beside this file draws it; here it is in one line:
 *
 *   64 + 512 samples -> 4 spectra of 129 -> conv 128 -> conv 64 /2 -> conv 64 /2 -> conv 128
 *                    -> LSTM 128 -> dot product -> probability
 *
 * Everything that is multiplied passes through one kernel, which multiplies up to four vectors with
 * one matrix while the matrix is in registers. Frames lie one after the other with a frame of zeros
 * on either side: so the three taps of a convolution are one stretch of memory, and a convolution
 * is that product with overlapping vectors.
 */

#define FRAMES 4
#define WINDOW 256
#define HOP 128
#define HALF (WINDOW / 2)
#define SPAN (AVA_SILERO_CONTEXT + AVA_SILERO_CHUNK)
#define TAIL 64                        /* reflected behind the chunk: the last window needs it */

/*
 * GNU C's vectors of eight floats: one register where there is AVX, two where there is not. They may
 * lie anywhere in memory.
 */
typedef float Eight __attribute__ ((vector_size (32), aligned (4)));

/* Vectors that overlap, times a matrix, plus a bias. */
typedef struct {
  const float *in;                     /* the first vector; the next begins @step after it */
  int step;
  int n_in;
  const float *weights;                /* n_in rows of n_out */
  const float *bias;
  int n_out;                           /* a multiple of 64 */
} Product;

typedef void (*Multiply) (const Product *p, int vectors, float *out);

typedef struct {
  float window[WINDOW];
  float cosine[HALF];                  /* of 2 pi n / 256 */
  float sine[HALF];
  guint8 reversed[HALF];               /* bit reversal of 7 bits */
  Multiply multiply;                   /* what suits this processor */
} Tables;

/* Real and imaginary parts of the four windows side by side. */
typedef struct {
  float re[HALF][FRAMES];
  float im[HALF][FRAMES];
} Spectra;

/* In place; the input is in bit-reversed order. */
static inline __attribute__ ((always_inline)) void
transform (const Tables *tables,
           Spectra      *s)
{
  for (int half = 1; half < HALF; half *= 2) {
    int stride = WINDOW / (2 * half);        /* the tables are for 256 points, this is of 128 */

    for (int start = 0; start < HALF; start += 2 * half) {
      for (int k = 0; k < half; k++) {
        float c = tables->cosine[k * stride];
        float d = -tables->sine[k * stride];
        float *a_re = s->re[start + k];
        float *a_im = s->im[start + k];
        float *b_re = s->re[start + k + half];
        float *b_im = s->im[start + k + half];

        for (int t = 0; t < FRAMES; t++) {
          float re = b_re[t] * c - b_im[t] * d;
          float im = b_re[t] * d + b_im[t] * c;

          b_re[t] = a_re[t] - re;
          b_im[t] = a_im[t] - im;
          a_re[t] += re;
          a_im[t] += im;
        }
      }
    }
  }
}

/*
 * The 256 real samples of a window are 128 complex numbers; their transform, untangled, is the
 * spectrum. @out: FRAMES rows of BINS magnitudes.
 */
static void
measure_spectra (const Tables *tables,
                 const float  *samples,
                 float        *out)
{
  Spectra s;

  for (int n = 0; n < HALF; n++) {
    int to = tables->reversed[n];

    for (int t = 0; t < FRAMES; t++) {
      s.re[to][t] = samples[t * HOP + 2 * n] * tables->window[2 * n];
      s.im[to][t] = samples[t * HOP + 2 * n + 1] * tables->window[2 * n + 1];
    }
  }
  transform (tables, &s);
  for (int t = 0; t < FRAMES; t++) {
    out[t * BINS] = fabsf (s.re[0][t] + s.im[0][t]);
    out[t * BINS + HALF] = fabsf (s.re[0][t] - s.im[0][t]);
  }
  for (int f = 1; f < HALF; f++) {
    float c = tables->cosine[f];
    float d = tables->sine[f];

    for (int t = 0; t < FRAMES; t++) {
      float even_re = (s.re[f][t] + s.re[HALF - f][t]) / 2;
      float even_im = (s.im[f][t] - s.im[HALF - f][t]) / 2;
      float odd_re = (s.im[f][t] + s.im[HALF - f][t]) / 2;
      float odd_im = (s.re[HALF - f][t] - s.re[f][t]) / 2;
      float re = even_re + odd_re * c + odd_im * d;
      float im = even_im + odd_im * c - odd_re * d;

      out[t * BINS + f] = sqrtf (re * re + im * im);
    }
  }
}

/*
 * out[v][o] = bias[o] + sum over i of in[v * step + i] * weights[i][o], for @vectors vectors.
 * @vectors is a constant where it is called; then eight sums stay in registers.
 */
static inline __attribute__ ((always_inline)) void
multiply (const Product *p,
          int            vectors,
          float         *out)
{
  const int wide = 8 / vectors;          /* sums of each vector at a time, in eights */

  for (int first = 0; first < p->n_out; first += 8 * wide) {
    Eight sums[8];

    for (int v = 0; v < vectors; v++) {
      for (int o = 0; o < wide; o++)
        sums[v * wide + o] = *(const Eight *) (p->bias + first + 8 * o);
    }
    for (int i = 0; i < p->n_in; i++) {
      const float *row = p->weights + (gsize) i * p->n_out + first;

      for (int o = 0; o < wide; o++) {
        Eight weights = *(const Eight *) (row + 8 * o);

        for (int v = 0; v < vectors; v++)
          sums[v * wide + o] += weights * p->in[v * p->step + i];
      }
    }
    for (int v = 0; v < vectors; v++) {
      for (int o = 0; o < wide; o++)
        *(Eight *) (out + v * p->n_out + first + 8 * o) = sums[v * wide + o];
    }
  }
}

static inline __attribute__ ((always_inline)) void
multiply_any (const Product *p,
              int            vectors,
              float         *out)
{
  if (vectors == 4)
    multiply (p, 4, out);
  else if (vectors == 2)
    multiply (p, 2, out);
  else
    multiply (p, 1, out);
}

static void
multiply_plain (const Product *p,
                int            vectors,
                float         *out)
{
  multiply_any (p, vectors, out);
}

#ifdef __x86_64__
/* The same code for processors since 2013: twice as wide, and adds while it multiplies. */
__attribute__ ((target ("avx2,fma"))) static void
multiply_avx2 (const Product *p,
               int            vectors,
               float         *out)
{
  multiply_any (p, vectors, out);
}
#endif

static Multiply
choose_multiply (void)
{
#ifdef __x86_64__
  if (__builtin_cpu_supports ("avx2") && __builtin_cpu_supports ("fma"))
    return multiply_avx2;
#endif
  return multiply_plain;
}

static const Tables *
get_tables (void)
{
  static Tables tables;
  static gsize ready;

  if (g_once_init_enter (&ready)) {
    for (int n = 0; n < WINDOW; n++)
      tables.window[n] = 0.5 - 0.5 * cos (2 * G_PI * n / WINDOW);
    for (int n = 0; n < HALF; n++) {
      tables.cosine[n] = cos (2 * G_PI * n / WINDOW);
      tables.sine[n] = sin (2 * G_PI * n / WINDOW);
      for (int bit = 0; bit < 7; bit++)
        tables.reversed[n] |= (n >> bit & 1) << (6 - bit);
    }
    tables.multiply = choose_multiply ();
    g_once_init_leave (&ready, 1);
  }
  return &tables;
}

static void
rectify (float *values,
         int    n)
{
  for (int i = 0; i < n; i++)
    values[i] = values[i] > 0 ? values[i] : 0;
}

/* @out: the 128 numbers that the chunk comes down to. */
static void
encode (const AvaSileroTensors *w,
        const float            *samples,
        float                  *out)
{
  const Tables *tables = get_tables ();
  float spectra[(FRAMES + 2) * BINS] = { 0 };
  float first[(FRAMES + 2) * 128] = { 0 };
  float second[2 * 64];
  float third[64];
  const Product conv1 = { spectra, BINS, TAPS * BINS, w->conv1, w->bias1, 128 };
  const Product conv2 = { first, 2 * 128, TAPS * 128, w->conv2, w->bias2, 64 };
  /* Two frames are left: the first tap would see only zeros. Then one: only the middle tap counts. */
  const Product conv3 = { second, 0, 2 * 64, w->conv3 + 64 * 64, w->bias3, 64 };
  const Product conv4 = { third, 0, 64, w->conv4 + 64 * 128, w->bias4, 128 };

  measure_spectra (tables, samples, spectra + BINS);
  tables->multiply (&conv1, FRAMES, first + 128);
  rectify (first + 128, FRAMES * 128);
  tables->multiply (&conv2, 2, second);
  rectify (second, 2 * 64);
  tables->multiply (&conv3, 1, third);
  rectify (third, 64);
  tables->multiply (&conv4, 1, out);
  rectify (out, 128);
}

static inline float
squash (float x)
{
  return 1 / (1 + expf (-x));
}

/* The hyperbolic tangent, by way of an exponential that is quicker than tanhf(). */
static inline float
bend (float x)
{
  return 1 - 2 / (1 + expf (2 * x));
}

/* @in: the encoded chunk, and behind it room for the hidden state. */
static float
remember (const AvaSileroTensors *w,
          AvaSileroState         *state,
          float                  *in)
{
  const Product product = { in, 0, 2 * AVA_SILERO_HIDDEN, w->gates, w->gate_bias, GATES };
  float gates[GATES];
  float sum = w->out_bias;

  memcpy (in + AVA_SILERO_HIDDEN, state->hidden, sizeof state->hidden);
  get_tables ()->multiply (&product, 1, gates);
  for (int i = 0; i < AVA_SILERO_HIDDEN; i++) {
    float admit = squash (gates[i]);
    float keep = squash (gates[AVA_SILERO_HIDDEN + i]);
    float fresh = bend (gates[2 * AVA_SILERO_HIDDEN + i]);
    float show = squash (gates[3 * AVA_SILERO_HIDDEN + i]);

    state->cell[i] = keep * state->cell[i] + admit * fresh;
    state->hidden[i] = show * bend (state->cell[i]);
    sum += MAX (state->hidden[i], 0) * w->out[i];
  }
  return squash (sum);
}

/**
 * ava_silero_step:
 * @state: of the stream; all zero before its first chunk
 * @pcm: the next AVA_SILERO_CHUNK samples
 *
 * Returns: the probability that the chunk holds speech, 0..1
 */
double
ava_silero_step (const AvaSileroWeights *weights,
                 AvaSileroState         *state,
                 const gint16           *pcm)
{
  const AvaSileroTensors *w = ava_silero_weights_get (weights);
  float samples[SPAN + TAIL];
  float encoded[2 * AVA_SILERO_HIDDEN];

  memcpy (samples, state->context, sizeof state->context);
  for (int i = 0; i < AVA_SILERO_CHUNK; i++)
    samples[AVA_SILERO_CONTEXT + i] = pcm[i] / 32768.0f;
  for (int i = 0; i < TAIL; i++)
    samples[SPAN + i] = samples[SPAN - 2 - i];
  memcpy (state->context, samples + AVA_SILERO_CHUNK, sizeof state->context);
  encode (w, samples, encoded);
  return remember (w, state, encoded);
}
