/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef enum {
  AVA_ROLE_CALLER,
  AVA_ROLE_AVA,
  AVA_ROLE_STAFF,
  AVA_ROLE_SYSTEM,
} AvaRole;

/**
 * AvaTranscriptItem:
 *
 * One utterance of a call. It grows while it is spoken (properties "text", "interim", "interrupted"
 * and "latency-ms" notify), so a list row binds to it. Main thread.
 */
#define AVA_TYPE_TRANSCRIPT_ITEM (ava_transcript_item_get_type ())
G_DECLARE_FINAL_TYPE (AvaTranscriptItem, ava_transcript_item, AVA, TRANSCRIPT_ITEM, GObject)

struct _AvaTranscriptItem {
  GObject parent_instance;

  char *id;
  char *previous_id;     /* nullable for the first */
  AvaRole role;
  char *text;            /* only what was heard, once interrupted */
  gboolean interim;      /* still growing: the words may change */
  gboolean interrupted;  /* the caller spoke over it */
  gint64 heard_ms;       /* [ms] of its audio that was played or spoken */
  gint64 start_us;       /* [us] since the call began */
  gint64 end_us;         /* [us] since the call began */
  double confidence;     /* 0..1, of the recognizer; 1 for Ava and staff */
  int latency_ms;        /* [ms] from the end of the caller's speech to this answer; 0 when it is none */
  char *source;          /* "local", "realtime", "typed" */
};

AvaTranscriptItem *ava_transcript_item_new             (const char        *id,
                                                        const char        *previous_id,
                                                        AvaRole            role,
                                                        const char        *source);
void               ava_transcript_item_set_text        (AvaTranscriptItem *self,
                                                        const char        *text,
                                                        gboolean           interim);
void               ava_transcript_item_set_interrupted (AvaTranscriptItem *self,
                                                        const char        *heard_text,
                                                        gint64             heard_ms);
void               ava_transcript_item_resume          (AvaTranscriptItem *self);
void               ava_transcript_item_set_latency     (AvaTranscriptItem *self,
                                                        int                latency_ms);
JsonObject        *ava_transcript_item_to_json         (AvaTranscriptItem *self);
const char        *ava_role_to_string                  (AvaRole            role);

G_END_DECLS
