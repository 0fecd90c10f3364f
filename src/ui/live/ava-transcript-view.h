/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * AvaTranscriptView:
 *
 * What both sides say. Stays at the newest words unless the reader has scrolled up; then a button
 * leads back down.
 */
#define AVA_TYPE_TRANSCRIPT_VIEW (ava_transcript_view_get_type ())
G_DECLARE_FINAL_TYPE (AvaTranscriptView, ava_transcript_view, AVA, TRANSCRIPT_VIEW, AdwBin)

void     ava_transcript_view_set_model    (AvaTranscriptView *self,
                                           GListModel        *model);
gboolean ava_transcript_view_is_following (AvaTranscriptView *self);

G_END_DECLS
