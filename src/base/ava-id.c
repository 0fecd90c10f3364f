/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-id.h"

/**
 * ava_id_new:
 * @now_us: the present instant, microseconds since 1970 UTC
 *
 * Makes a UUID version 7 (RFC 9562 section 5.7): 48 bits of milliseconds, then random bits, so
 * that ids sort by the time they were made.
 *
 * Returns: (transfer full): 36 characters
 */
char *
ava_id_new (gint64 now_us)
{
  guint64 ms = (guint64) (now_us / 1000);
  guint32 a = g_random_int ();
  guint32 b = g_random_int ();
  guint32 c = g_random_int ();

  return g_strdup_printf ("%08x-%04x-7%03x-%04x-%04x%08x",
                          (guint32) (ms >> 16), (guint32) (ms & 0xffff), a & 0xfff,
                          0x8000 | ((a >> 12) & 0x3fff), b & 0xffff, c);
}
