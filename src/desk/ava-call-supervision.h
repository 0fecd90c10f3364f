/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-booking-card.h"
#include "ava-call-journal.h"
#include "ava-mood.h"

G_BEGIN_DECLS

/**
 * AvaCallSupervision:
 *
 * What a receptionist needs beyond the words of a call: which words each field of the card comes from,
 * and how they sounded; what the caller wants and in which mood; how the agent is connected and what it
 * costs. Watches transcript, card and agent; says nothing to the caller. Main thread.
 *
 * Properties: "intent" (string, nullable: as ava_intent_to_string(), the last that is a wish),
 *   "mood" (int AvaMood), "connection", "cost" (string, nullable: in words, while a voice service is used),
 *   "playing" (int AvaCardField, -1 while nothing is played), "trouble" (string, nullable: why the last
 *   clip was not heard), "advice" (string, nullable: that Ava did not understand what she was told).
 */
#define AVA_TYPE_CALL_SUPERVISION (ava_call_supervision_get_type ())
G_DECLARE_FINAL_TYPE (AvaCallSupervision, ava_call_supervision, AVA, CALL_SUPERVISION, GObject)

AvaCallSupervision *ava_call_supervision_new         (GListModel         *transcript,
                                                      AvaBookingCard     *card,
                                                      AvaCallJournal     *journal,
                                                      const char         *recording);
void                ava_call_supervision_note_event  (AvaCallSupervision *self,
                                                      const char         *kind,
                                                      JsonObject         *data);
void                ava_call_supervision_play        (AvaCallSupervision *self,
                                                      AvaCardField        field);
void                ava_call_supervision_stop        (AvaCallSupervision *self);
AvaMood             ava_call_supervision_get_mood    (AvaCallSupervision *self);

G_END_DECLS
