/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * AvaResampler:
 *
 * Changes the rate of a stream of mono S16 by a fixed ratio, with one windowed-sinc filter whose phases are laid
 * out beforehand. It keeps what it needs of the past, so that a stream may come in pieces of any length. Not
 * thread-safe: one for each stream.
 */
typedef struct _AvaResampler AvaResampler;

AvaResampler *ava_resampler_new     (guint          from_rate,
                                     guint          to_rate);
void          ava_resampler_free    (AvaResampler  *self);
void          ava_resampler_reset   (AvaResampler  *self);
gsize         ava_resampler_get_max (AvaResampler  *self,
                                     gsize          n_samples);
gsize         ava_resampler_process (AvaResampler  *self,
                                     const gint16  *in,
                                     gsize          n_samples,
                                     gint16        *out);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AvaResampler, ava_resampler_free)

G_END_DECLS
