/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Audio as text and back: most of what a call sends and receives. It does what g_base64_encode_step() and
 * g_base64_decode_step() do, by tables and several times as fast, and takes nothing but proper base64.
 */
#define AVA_BASE64_LENGTH(n) (((n) + 2) / 3 * 4)   /* [chars] of @n bytes */

void    ava_base64_encode (const guint8 *in,
                           gsize         n,
                           char         *out);    /* room for AVA_BASE64_LENGTH() */
GBytes *ava_base64_decode (const char   *in,
                           gsize         n);      /* nullable: it is none */

G_END_DECLS
