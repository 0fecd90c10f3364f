/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-transcript-item.h"

G_BEGIN_DECLS

/**
 * AvaSpoken:
 *
 * One thing that Ava says: its text, where its audio lies in all that she has said, and so how
 * much of it was heard. Positions are [samples] of written audio since the call began;
 * what was flushed is not counted.
 */
typedef struct _AvaSpoken AvaSpoken;

AvaSpoken         *ava_spoken_new            (AvaTranscriptItem *item,
                                              const char        *text,
                                              gint64             start);
AvaSpoken         *ava_spoken_new_rest       (AvaSpoken         *interrupted);
void               ava_spoken_free           (AvaSpoken         *self);
void               ava_spoken_add            (AvaSpoken         *self,
                                              gsize              n_samples,
                                              gsize              text_offset);
void               ava_spoken_close          (AvaSpoken         *self);
void               ava_spoken_place          (AvaSpoken         *self,
                                              gint64             start);
gboolean           ava_spoken_hear           (AvaSpoken         *self,
                                              gint64             played,
                                              gint64             now_us);
void               ava_spoken_interrupt      (AvaSpoken         *self,
                                              gint64             played,
                                              gint64             now_us);
gboolean           ava_spoken_has_rest       (AvaSpoken         *self);
gboolean           ava_spoken_has_audio      (AvaSpoken         *self);
const char        *ava_spoken_get_text       (AvaSpoken         *self);
AvaTranscriptItem *ava_spoken_get_item       (AvaSpoken         *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AvaSpoken, ava_spoken_free)

G_END_DECLS
