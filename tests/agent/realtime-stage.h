/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-realtime-agent.h"
#include "ava-realtime-transport.h"
#include "ava-recognizer.h"
#include "fake-realtime.h"

G_BEGIN_DECLS

/* The realtime agent on a stage: the fake service with no socket, a caller of tones and silence, a playout of 320
 * samples a frame, tools that answer what the test says. All of it on virtual time. */
typedef struct _Stage Stage;

struct _Stage {
  AvaAgent *agent;
  AvaAgent *(*make_agent) (Stage *stage, const AvaRealtimeParts *parts);   /* NULL: the realtime agent alone */
  AvaRealtimeTransport *(*make_line) (gpointer stage);                     /* NULL: the fake with no socket */
  void (*run_tool) (Stage *stage, AvaToolCall *call);                      /* NULL: what the tools would say */
  gpointer user_data;
  GPtrArray *specs;        /* AvaToolSpec */
  AvaRealtimeSettings *settings;
  AvaSpa *spa;
  AvaClock *clock;
  AvaBookingCard *card;
  FakeSchema *schema;
  GPtrArray *scripts;      /* JsonObject: of one line after the other, the last for all later ones */
  GPtrArray *lines;        /* FakeRealtime, of all lines so far */
  GPtrArray *rows;         /* AvaTranscriptItem, in the order of the transcript */
  GPtrArray *calls;        /* AvaToolCall that were asked for */
  GPtrArray *captions;     /* char * */
  GPtrArray *record;       /* nullable: GBytes, what the service sent, for whoever wants to keep it */
  GString *events;         /* kinds, each with a blank behind */
  GString *troubles;       /* words, a line each */
  JsonObject *egress;      /* nullable: the last */
  AvaRealtimeSpare *spare; /* nullable: a line that has waited, see stage_wait() */
  gint64 time_us;
  gint64 begun_us;         /* when the call began */
  gint64 played, queued;   /* [samples] */
  guint flushes, tools_done;
  guint tool_delay_ms;     /* until tools answer */
  gint64 tool_due_us;
  gboolean lost;
  char *lost_words;
  char *outcome;
  gint64 speech_end_us, first_audio_us;   /* of the last answer */
};

void               stage_init       (Stage        *stage,
                                     const char   *script,
                                     AvaTurnMode   mode);
/* Another line will find another script. Before stage_start(). */
void               stage_add_script (Stage        *stage,
                                     const char   *script);
/* A line waits for the call. Before stage_start(). @ms: how long */
void               stage_wait       (Stage        *stage,
                                     guint         ms);
void               stage_start      (Stage        *stage);
void               stage_clear      (Stage        *stage);   /* asserts that the client did nothing wrong */
void               stage_play       (Stage        *stage,
                                     gboolean      speech,
                                     guint         ms);
void               stage_say        (Stage        *stage,
                                     guint         ms);      /* and wait for the answer to be heard */
void               stage_hear_out   (Stage        *stage);
FakeRealtime      *stage_get_line   (Stage        *stage);   /* the newest */
AvaTranscriptItem *stage_get_row    (Stage        *stage,
                                     guint         i);
JsonObject        *stage_find_sent  (Stage        *stage,
                                     const char   *type,
                                     guint         nth);     /* client event, from 0; NULL: there is none */
guint              stage_count      (Stage        *stage,
                                     const char   *type);

/* An ear of the local agent, which hears what it was told last; @text: static. */
AvaRecognizer     *stage_ear_new    (void);
void               stage_ear_hear   (AvaRecognizer *ear,
                                     const char    *text);

G_END_DECLS
