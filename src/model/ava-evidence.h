/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-transcript-item.h"

G_BEGIN_DECLS

#define AVA_EVIDENCE_CLIP_US (3 * G_USEC_PER_SEC)     /* [us] a clip lasts at most */

/**
 * AvaEvidence:
 *
 * Why a field of the booking card says what it says: the caller's words, and where in the recording
 * they can be heard (MS-3).
 */
typedef struct {
  char *item_id;       /* of the transcript */
  char *words;         /* the whole utterance */
  double confidence;   /* 0..1, of the recognizer */
  gint64 said_us;      /* [us] since the call began */
  gint64 from_us;      /* [us] of the recording; never before the call, never longer than a clip */
  gint64 to_us;
} AvaEvidence;

AvaEvidence *ava_evidence_new  (const AvaTranscriptItem *item,
                                const char              *value);
AvaEvidence *ava_evidence_copy (const AvaEvidence       *self);
void         ava_evidence_free (AvaEvidence             *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AvaEvidence, ava_evidence_free)

G_END_DECLS
