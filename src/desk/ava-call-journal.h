/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-booking-card.h"
#include "ava-call.h"
#include "ava-store.h"
#include "ava-tool-call.h"
#include "ava-transcript-item.h"

G_BEGIN_DECLS

/**
 * AvaCallJournal:
 *
 * Writes down each fact of a call as it happens: transcript items, tool calls, events. What is
 * written survives a crash of this program. Main thread; never waits.
 *
 * Signals: "event" (JsonObject*): as a line of events.jsonl; "failed" (const char *words): something
 * could not be saved.
 */
#define AVA_TYPE_CALL_JOURNAL (ava_call_journal_get_type ())
G_DECLARE_FINAL_TYPE (AvaCallJournal, ava_call_journal, AVA, CALL_JOURNAL, GObject)

AvaCallJournal *ava_call_journal_new     (AvaStore          *store,
                                          AvaClock          *clock,
                                          const char        *call_id);
void            ava_call_journal_start   (AvaCallJournal    *self,
                                          AvaCall           *call);
void            ava_call_journal_event   (AvaCallJournal    *self,
                                          const char        *kind,
                                          JsonObject        *data);
void            ava_call_journal_item    (AvaCallJournal    *self,
                                          AvaTranscriptItem *item);
void            ava_call_journal_end     (AvaCallJournal    *self,
                                          AvaCall           *call,
                                          AvaBookingCard    *card);
void            ava_call_journal_tool    (AvaCallJournal    *self,
                                          AvaToolCall       *call);
gboolean        ava_call_journal_is_idle (AvaCallJournal    *self);

G_END_DECLS
