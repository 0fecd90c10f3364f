/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* flite has global state: everything that touches it goes through here, one thread at a time. */

/* One word as it is spoken. */
typedef struct {
  gsize end_sample;    /* [samples] of 16 kHz audio when it has been said */
  guint token;         /* number of the token of the text */
} AvaFliteToken;

gboolean  ava_flite_init      (void);
GArray   *ava_flite_speak     (const char  *text,
                               GArray     **pcm);
char     *ava_flite_pronounce (const char  *word);

G_END_DECLS
