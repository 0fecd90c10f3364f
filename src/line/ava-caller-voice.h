/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Voices of simulated callers: synthesizers that are not Ava's, run as programs. */
gboolean  ava_caller_voice_check  (const char  *voice,
                                   GError     **error);
GBytes   *ava_caller_voice_render (const char  *voice,
                                   const char  *text,
                                   GError     **error);
void      ava_caller_voice_colour (gint16      *pcm,
                                   gsize        n_samples,
                                   gboolean     telephone);
double    ava_caller_voice_level  (const gint16 *pcm,
                                   gsize         n_samples);

G_END_DECLS
