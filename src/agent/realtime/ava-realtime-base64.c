/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-realtime-base64.h"

#include <string.h>

#define NONE 0x80   /* no digit */

static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

static struct {
  char pairs[4096][2];   /* of twelve bits */
  guint8 values[256];
} tables;

static void
fill_tables (void)
{
  static gsize filled;

  if (!g_once_init_enter (&filled))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (tables.pairs); i++) {
    tables.pairs[i][0] = digits[i >> 6];
    tables.pairs[i][1] = digits[i & 63];
  }
  memset (tables.values, NONE, sizeof tables.values);
  for (guint i = 0; i < 64; i++)
    tables.values[(guint8) digits[i]] = i;
  g_once_init_leave (&filled, 1);
}

void
ava_base64_encode (const guint8 *in,
                   gsize         n,
                   char         *out)
{
  int state = 0, save = 0;

  fill_tables ();
  for (; n >= 3; n -= 3, in += 3, out += 4) {
    guint bits = in[0] << 16 | in[1] << 8 | in[2];

    memcpy (out, tables.pairs[bits >> 12], 2);
    memcpy (out + 2, tables.pairs[bits & 4095], 2);
  }
  if (n > 0) {
    out += g_base64_encode_step (in, n, FALSE, out, &state, &save);
    g_base64_encode_close (FALSE, out, &state, &save);
  }
}

/**
 * ava_base64_decode:
 * @in: not terminated
 *
 * Returns: (transfer full) (nullable): the bytes; %NULL when @in is not base64, padded, and nothing else
 */
GBytes *
ava_base64_decode (const char *in,
                   gsize       n)
{
  const guint8 *at = (const guint8 *) in;
  gsize padding = n > 0 && in[n - 1] == '=' ? (n > 1 && in[n - 2] == '=' ? 2 : 1) : 0;
  gsize whole = (n - (padding > 0 ? 4 : 0)) / 4;
  const guint8 *last = at + whole * 4;
  guint8 *out, *to;
  guint8 wrong = 0;

  if (n % 4 != 0)
    return NULL;
  fill_tables ();
  to = out = g_malloc (n / 4 * 3 + 1);
  for (; at < last; at += 4, to += 3) {
    guint8 a = tables.values[at[0]], b = tables.values[at[1]], c = tables.values[at[2]], d = tables.values[at[3]];

    wrong |= a | b | c | d;
    to[0] = a << 2 | b >> 4;
    to[1] = b << 4 | c >> 2;
    to[2] = c << 6 | d;
  }
  if (padding > 0) {
    guint8 a = tables.values[at[0]], b = tables.values[at[1]], c = padding == 1 ? tables.values[at[2]] : 0;

    wrong |= a | b | c;
    *to++ = a << 2 | b >> 4;
    if (padding == 1)
      *to++ = b << 4 | c >> 2;
  }
  if (wrong & NONE) {
    g_free (out);
    return NULL;
  }
  return g_bytes_new_take (out, to - out);
}
