/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-call-session-fields.h"

/* What others may know of a call. */

/**
 * ava_call_session_is_idle:
 *
 * Returns: whether it has ended and everything of it is written down
 */
gboolean
ava_call_session_is_idle (AvaCallSession *self)
{
  return self->state == AVA_CALL_ENDED && self->tools_running == 0 &&
         ava_call_journal_is_idle (self->journal);
}

/**
 * ava_call_session_get_stats:
 * @stats: (out): counters of the audio port
 */
void
ava_call_session_get_stats (AvaCallSession *self,
                            AvaPortStats   *stats)
{
  ava_call_audio_get_stats (self->audio, stats);
}

/**
 * ava_call_session_get_id:
 *
 * Returns: the call's UUIDv7
 */
const char *
ava_call_session_get_id (AvaCallSession *self)
{
  return self->record->id;
}

/**
 * ava_call_session_get_hearing:
 *
 * Returns: (transfer none): how it tells speech from noise
 */
AvaHearing *
ava_call_session_get_hearing (AvaCallSession *self)
{
  return self->hearing;
}

/**
 * ava_call_session_get_supervision:
 *
 * Returns: (transfer none): the words behind the card, what the caller wants and how it goes
 */
AvaCallSupervision *
ava_call_session_get_supervision (AvaCallSession *self)
{
  return self->supervision;
}

/**
 * ava_call_session_get_state:
 *
 * Returns: whether it rings, lasts or has ended
 */
AvaCallState
ava_call_session_get_state (AvaCallSession *self)
{
  return self->state;
}

/**
 * ava_call_session_get_agent_state:
 *
 * Returns: what Ava does now
 */
AvaAgentState
ava_call_session_get_agent_state (AvaCallSession *self)
{
  return self->agent_state;
}

/**
 * ava_call_session_get_transcript:
 *
 * Returns: (transfer none): AvaTranscriptItem in the order in which they began
 */
GListModel *
ava_call_session_get_transcript (AvaCallSession *self)
{
  return G_LIST_MODEL (self->transcript);
}

/**
 * ava_call_session_get_card:
 *
 * Returns: (transfer none): what is understood of the booking, live
 */
AvaBookingCard *
ava_call_session_get_card (AvaCallSession *self)
{
  return self->card;
}

/**
 * ava_call_session_get_record:
 *
 * Returns: (transfer none): the call as it is written down
 */
AvaCall *
ava_call_session_get_record (AvaCallSession *self)
{
  return self->record;
}

/**
 * ava_call_session_get_kind:
 *
 * Returns: the kind of its line: "desk", "file", "simulated"
 */
const char *
ava_call_session_get_kind (AvaCallSession *self)
{
  return self->record->line;
}

/**
 * ava_call_session_get_timings:
 *
 * Returns: (transfer none): AvaTurnTiming of each turn so far
 */
GArray *
ava_call_session_get_timings (AvaCallSession *self)
{
  return self->timings;
}

/**
 * ava_call_session_get_greeting_us:
 *
 * Returns: [us] from the answer to Ava's first sound; 0 before
 */
gint64
ava_call_session_get_greeting_us (AvaCallSession *self)
{
  return self->greeting_us;
}
