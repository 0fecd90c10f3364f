/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-realtime-settings.h"

G_BEGIN_DECLS

/* Who decides in a mode. There is exactly one for each thing. */
typedef enum { AVA_TURN_OWNER_SERVICE, AVA_TURN_OWNER_CLIENT, AVA_TURN_OWNER_PERSON } AvaTurnOwner;
typedef struct {
  AvaTurnOwner commit;      /* the caller has finished */
  AvaTurnOwner respond;     /* answer the caller; answers to tools are always the client's */
  AvaTurnOwner cancel;      /* the caller speaks over Ava */
} AvaTurnOwners;

/* Everything in [ms] of audio. */
typedef struct {
  guint onset_ms, barge_in_ms, window_ms;   /* speech needed within the window, as in AvaTurnTaker */
  guint fast_ms;            /* of silence after which speech is committed once the detector saw the caller stop (V-04) */
  guint normal_ms;          /* after the last chunk that may hold speech, seen or not */
  guint end_ms;             /* of silence that ends a turn */
  guint least_ms;           /* of speech below which it is noise */
  guint alarm_ms;           /* without words after which an interruption was a false alarm */
  guint filler_ms, retry_ms, give_up_ms;    /* of waiting for Ava */
  guint tool_ms;            /* of a tool that runs, until it is believed stuck */
  guint stall_ms;           /* in the middle of what she says, with nothing to hear and no event */
  guint silence_ms;         /* of nobody speaking until a prompt */
  guint music_ms;           /* of sound without a word after which nobody is there */
} AvaRealtimeTurnSettings;

extern const AvaRealtimeTurnSettings ava_realtime_turn_defaults;

const AvaTurnOwners *ava_turn_mode_get_owners (AvaTurnMode mode);

G_END_DECLS
