/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-agent.h"
#include "ava-booking-card.h"
#include "ava-call.h"
#include "ava-call-supervision.h"
#include "ava-hearing.h"

G_BEGIN_DECLS

typedef struct _AvaContext AvaContext;

typedef enum {
  AVA_CALL_RINGING,
  AVA_CALL_OPENING,   /* answered, but the microphone is not open yet */
  AVA_CALL_ACTIVE,
  AVA_CALL_ENDED,
} AvaCallState;

/* Timing of one turn, [us] since the call began; 0 when it did not happen. */
typedef struct {
  gint64 speech_end_us;
  gint64 first_audio_us;
  gint64 barge_in_us;
  gint64 silence_us;
} AvaTurnTiming;

/**
 * AvaCallSession:
 *
 * One live call: wires line, VAD, recorder, agent, tools and journal together. Main thread.
 * The window is a view of it: properties notify, nothing is polled.
 *
 * Properties: "state" (int AvaCallState), "agent-state" (int AvaAgentState), "muted" (boolean),
 *   "caller" (string: name or phone in words), "elapsed" (int64 us, notified each second),
 *   "caller-level", "ava-level" (double 0..1 of full scale RMS, notified about ten times a second),
 *   "latency-ms" (int, of the last turn), "notice" (string, nullable: trouble in words),
 *   "outcome" (string, nullable; "not-started": nobody was ever heard, and nothing of it is written down), "push-to-talk" (boolean: a button says when the caller is heard).
 * Signals: "event" (JsonObject*): a line of the journal; "booked" (const char *appointment_id);
 *   "safety-stop" (const char *words); "wants-person": the caller asks for one, or is angry (BD-05).
 */
#define AVA_TYPE_CALL_SESSION (ava_call_session_get_type ())
G_DECLARE_FINAL_TYPE (AvaCallSession, ava_call_session, AVA, CALL_SESSION, GObject)

const char     *ava_call_session_get_id           (AvaCallSession *self);
AvaCallState    ava_call_session_get_state        (AvaCallSession *self);
AvaAgentState   ava_call_session_get_agent_state  (AvaCallSession *self);
GListModel     *ava_call_session_get_transcript   (AvaCallSession *self);   /* AvaTranscriptItem, in order */
AvaBookingCard *ava_call_session_get_card         (AvaCallSession *self);
AvaCall        *ava_call_session_get_record       (AvaCallSession *self);
const char     *ava_call_session_get_kind         (AvaCallSession *self);   /* of the line: "desk", "file", "simulated" */
GArray         *ava_call_session_get_timings      (AvaCallSession *self);   /* AvaTurnTiming */
AvaCallSupervision *ava_call_session_get_supervision (AvaCallSession *self);   /* words behind the card, intent, mood, cost */
AvaHearing     *ava_call_session_get_hearing      (AvaCallSession *self);   /* how it tells speech from noise */
gint64          ava_call_session_get_greeting_us  (AvaCallSession *self);
void            ava_call_session_end              (AvaCallSession *self);
void            ava_call_session_set_muted        (AvaCallSession *self,
                                                   gboolean        muted);
void            ava_call_session_set_pressed      (AvaCallSession *self,
                                                   gboolean        pressed);
void            ava_call_session_restart_greeting (AvaCallSession *self);
void            ava_call_session_steer            (AvaCallSession *self,
                                                   const char     *words);

G_END_DECLS
