/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-transcript-item.h"

G_BEGIN_DECLS

guint ava_transcript_find_place (AvaTranscriptItem *const *items,
                                 guint                     n_items,
                                 AvaTranscriptItem        *item);

G_END_DECLS
