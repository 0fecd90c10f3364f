/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fake-realtime.h"

G_BEGIN_DECLS

#define FAKE_RATE 24000
#define FAKE_BYTES_PER_MS 48

typedef struct {
  char *id;
  char *role;           /* "user", "assistant", "function_call", … */
  gint64 audio_ms;      /* of an assistant's audio */
} FakeItem;

/* A response under way. */
typedef struct {
  char *id;
  gboolean in_band;
  gboolean over;
  JsonObject *step;     /* borrowed of the script; NULL: nothing but a word */
  JsonObject *metadata; /* nullable */
  GPtrArray *items;     /* char *: ids it has begun */
  gint64 text_tokens, audio_ms;
} FakeResponse;

struct _FakeRealtime {
  JsonObject *script;
  FakeSchema *schema;
  FakeWire wire;
  gpointer user_data;
  gint64 now_ms;
  gboolean silent;              /* sends nothing any more */
  gboolean closed;

  GQueue due;                   /* Due, by time */
  GHashTable *counts;           /* what -> how often */
  GPtrArray *wrong;             /* char * */
  GPtrArray *received;          /* JsonObject */
  guint ids;                    /* made so far */
  guint sent;
  guint appends;                /* that might have been trusted */

  JsonObject *session;          /* as updated */
  gboolean audio_made;          /* the voice is locked */
  char *last_item;              /* nullable */
  GPtrArray *items;             /* FakeItem */
  GHashTable *outputs;          /* tool name -> JsonNode of its last output */
  GHashTable *calls;            /* call_id -> tool name */
  GHashTable *answered;         /* call_ids */
  GHashTable *tones;            /* [ms] -> base64 */

  gint64 buffer_ms;             /* appended and not committed */
  gint64 total_ms;              /* appended ever */
  gint64 speech_ms, quiet_ms;   /* of the end of the buffer */
  gboolean hearing;
  gboolean spoken;              /* the buffer holds something louder than silence */
  char *coming_item;            /* nullable: id of the item to come */

  guint turn;                   /* turns begun: 0 is the greeting */
  guint step;                   /* of the turn */
  gboolean again;               /* what is being said was said before, and not answered to the end */
  FakeResponse *response;       /* nullable: the one of the conversation */
  GPtrArray *aside;             /* FakeResponse out of band */
};

/* fake-realtime.c */
char       *fake_id         (FakeRealtime *self, const char *prefix);
JsonObject *fake_event      (const char *type);
void        fake_send_at    (FakeRealtime *self, gint64 due_ms, JsonObject *event, FakeResponse *of);
void        fake_send       (FakeRealtime *self, JsonObject *event);
void        fake_error      (FakeRealtime *self, JsonObject *cause, const char *type, const char *code, const char *message);
void        fake_wrong      (FakeRealtime *self, const char *format, ...) G_GNUC_PRINTF (2, 3);
void        fake_drop_due   (FakeRealtime *self, FakeResponse *of, guint keep);
FakeItem   *fake_add_item   (FakeRealtime *self, const char *id, const char *role);
FakeItem   *fake_find_item  (FakeRealtime *self, const char *id);
gint64      fake_script_int (FakeRealtime *self, const char *name, gint64 usual);
const char *fake_text       (JsonObject *object, const char *member, const char *usual);
JsonObject *fake_dig        (JsonObject *object, ...) G_GNUC_NULL_TERMINATED;

/* fake-realtime-ear.c */
void        fake_append     (FakeRealtime *self, JsonObject *event);
void        fake_hear       (FakeRealtime *self, const char *base64, gsize size);
void        fake_commit     (FakeRealtime *self, JsonObject *cause);

/* fake-realtime-model.c */
void        fake_respond    (FakeRealtime *self, JsonObject *params, JsonObject *cause);
void        fake_cancel     (FakeRealtime *self, const char *reason);
void        fake_response_free (FakeResponse *response);
JsonObject *fake_get_turn   (FakeRealtime *self);
void        fake_next_turn  (FakeRealtime *self);
gboolean    fake_has_steps  (FakeRealtime *self);
void        fake_note_sent  (FakeRealtime *self, JsonObject *event, FakeResponse *of);

G_END_DECLS
