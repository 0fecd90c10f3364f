/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-transcript-item.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * AvaTranscriptRow:
 *
 * One utterance as a bubble. It follows its item: words grow, and may be cut where they were heard.
 */
#define AVA_TYPE_TRANSCRIPT_ROW (ava_transcript_row_get_type ())
G_DECLARE_FINAL_TYPE (AvaTranscriptRow, ava_transcript_row, AVA, TRANSCRIPT_ROW, GtkListBoxRow)

AvaTranscriptRow *ava_transcript_row_new      (AvaTranscriptItem *item);
const char       *ava_transcript_row_get_text (AvaTranscriptRow  *self);

G_END_DECLS
