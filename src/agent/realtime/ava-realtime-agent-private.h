/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-claims.h"
#include "ava-dialogue-follow.h"
#include "ava-realtime-agent.h"
#include "ava-realtime-items.h"
#include "ava-realtime-playout.h"
#include "ava-realtime-session.h"
#include "ava-realtime-tools.h"
#include "ava-realtime-turn.h"

G_BEGIN_DECLS

struct _AvaRealtimeAgent {
  GObject parent_instance;

  /* Owned */
  AvaRealtimeSettings *settings;
  AvaSpa *spa;
  AvaClock *clock;
  AvaBookingCard *card;
  AvaSynthesizer *synthesizer;      /* nullable */
  GPtrArray *specs;                 /* AvaToolSpec */
  AvaRealtimeSession *session;
  AvaRealtimeItems *items;
  AvaRealtimePlayout *playout;
  AvaRealtimeTools *tools;
  AvaDialogue *dialogue;            /* follows */
  AvaDialogue *before;              /* nullable: as it was before what is unanswered */
  GString *unanswered;              /* words of the caller that were neither answered nor acted on */
  GHashTable *dead;                 /* response ids that nobody wants any more */
  GCancellable *filling;            /* of the local voice */
  char *caller_phone, *call_id;     /* nullable */
  char *instructions;               /* of the session */
  char *extra;                      /* nullable: of the next response only */
  char *asked_extra;                /* nullable: the same, of the response that was asked for and has not begun to speak */
  char *active;                     /* nullable: id of the response under way */
  char *committed;                  /* nullable: id of the caller's last item */
  char *noise;                      /* nullable: the same, if it cut Ava short and may be nothing but a noise */
  char *rest_id;                    /* nullable: our item for what is said after a false alarm */

  AvaRealtimeTurn turn;
  AvaRealtimeUsage usage;
  AvaAgentState state;
  gint64 done_us[AVA_N_CLAIMS];     /* [us] when a tool last did what may be claimed; 0: none did */
  gint64 wished_us[AVA_N_CLAIMS];   /* [us] when that was last asked for, or failed */
  gint64 wordless_us;               /* [us] since when audio waits for its first words; 0: none does */
  gboolean claiming;                /* the sentence that is being told may become a false claim */
  const char *outcome;              /* static, nullable */
  guint respond_serial;             /* of the last response.create */
  guint ids;                        /* of our items */
  guint fillers, lies, fruitless, limited;
  gint64 now_us;                    /* [us] since the call began */
  gint64 played;                    /* [samples] */
  gint64 speech_end_us;             /* [us]; 0: first audio was noted */
  gint64 barge_in_us;               /* [us]; 0: silence was noted */
  gint64 answered_us;               /* [us] when Ava last began to answer */
  gint64 again_us;                  /* [us] when a response may be asked for that the account's limit refused; 0: none */
  gint64 bye_us;                    /* [us] when the last goodbye was said; 0: none */
  gboolean cancel_next;             /* the response that is asked for is not wanted any more */
  gboolean go_on;                   /* after a false alarm: the sentence was not complete */
  gboolean waited;                  /* the session, for this call */
  gboolean away;                    /* the line was lost, and is not back */
  gboolean cut_off;                 /* by that, in the middle of an answer */
  gboolean unheard;                 /* by that, what the caller said */
  gboolean greeted, muted, leaving, ending, stopped, lost;
};

/* ava-realtime-config.c */
JsonObject *ava_realtime_config_write        (AvaRealtimeAgent *self);
JsonObject *ava_realtime_config_write_turns  (AvaRealtimeAgent *self,
                                              guint             silence_ms);
JsonObject *ava_realtime_config_write_words  (AvaRealtimeAgent *self);
char       *ava_realtime_config_instruct     (AvaRealtimeAgent *self,
                                              const char       *extra);
#define AVA_END_CALL "end_call"   /* the agent's own tool */

/* ava-realtime-agent-events.c */
void        ava_realtime_agent_take_event    (AvaRealtimeAgent *self,
                                              AvaRealtimeEvent *event);

/* ava-realtime-agent.c */
void        ava_realtime_agent_emit          (AvaRealtimeAgent *self,
                                              const char       *kind,
                                              JsonObject       *data);
void        ava_realtime_agent_note_text     (AvaRealtimeAgent *self,
                                              const char       *kind,
                                              const char       *member,
                                              const char       *text);
void        ava_realtime_agent_update_state  (AvaRealtimeAgent *self);
void        ava_realtime_agent_lose          (AvaRealtimeAgent *self,
                                              const char       *words);

/* ava-realtime-agent-do.c */
guint       ava_realtime_agent_send          (AvaRealtimeAgent *self,
                                              JsonObject       *event,
                                              AvaRealtimeKind   kind);
void        ava_realtime_agent_flush         (AvaRealtimeAgent *self);
void        ava_realtime_agent_cancel        (AvaRealtimeAgent *self);
void        ava_realtime_agent_ask           (AvaRealtimeAgent *self,
                                              const char       *extra);
void        ava_realtime_agent_leave         (AvaRealtimeAgent *self);
void        ava_realtime_agent_drain         (AvaRealtimeAgent *self);

/* ava-realtime-agent-session.c, -tools.c, -voice.c */
void        ava_realtime_agent_follow_session (AvaRealtimeAgent *self);
void        ava_realtime_agent_open          (AvaRealtimeAgent *self);
void        ava_realtime_agent_greet         (AvaRealtimeAgent *self);
void        ava_realtime_agent_run_tools     (AvaRealtimeAgent *self);
void        ava_realtime_agent_excuse        (AvaRealtimeAgent *self);
void        ava_realtime_agent_tool_done     (AvaAgent         *agent,
                                              AvaToolCall      *call);
void        ava_realtime_agent_say_here      (AvaRealtimeAgent *self,
                                              const char       *text);
void        ava_realtime_agent_say_filler    (AvaRealtimeAgent *self);

G_END_DECLS
