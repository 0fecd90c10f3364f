/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Who ends the caller's turn, answers it, and cuts Ava short; see realtime/README.md. */
typedef enum {
  AVA_TURN_MODE_SERVER_VAD,
  AVA_TURN_MODE_SEMANTIC_VAD,
  AVA_TURN_MODE_CLIENT_VAD,
  AVA_TURN_MODE_PUSH_TO_TALK,
} AvaTurnMode;

typedef enum {
  AVA_REALTIME_ERROR_URL,      /* not a WebSocket address, or not a safe one */
  AVA_REALTIME_ERROR_KEY,      /* none */
  AVA_REALTIME_ERROR_MODEL,    /* none, or one that is known to be gone */
  AVA_REALTIME_ERROR_HEADER,   /* an extra header that is none */
  AVA_REALTIME_ERROR_REFUSED,  /* the service, or the way to it, does not let us in */
} AvaRealtimeError;

#define AVA_REALTIME_ERROR (ava_realtime_error_quark ())
GQuark ava_realtime_error_quark (void);

/* How to reach the cloud voice and what to ask of it. Every name of a model is a setting: models end. */
typedef struct {
  char *url;                   /* wss://host/v1/realtime; ws:// for a loopback address only */
  char *key;                   /* secret; sent as a bearer, or as api-key to Azure */
  char *model;
  char *voice;
  char *transcription_model;   /* "" for no transcripts of the caller */
  char *language;              /* ISO 639-1 hint, "" for none */
  char *noise_reduction;       /* "near_field", "far_field" or "" */
  char *ca_file;               /* nullable: one more trusted root, PEM */
  GStrv headers;               /* nullable: "Name: value" */
  AvaTurnMode mode;
  double vad_threshold;        /* 0..1, of the service (V-02) */
  guint vad_prefix_ms;
  guint vad_silence_ms;
  guint connect_ms;            /* [ms] until a service that does not answer is given up */
  guint rotate_s;              /* [s] after which a session is renewed between turns: the service ends it at 3600 */
  gint64 cap_micros;           /* [1e-6 USD] a call may cost; 0: no limit */
  gboolean reconnects;         /* after a lost line; else only when a session has run out */
} AvaRealtimeSettings;

AvaRealtimeSettings *ava_realtime_settings_new     (void);
AvaRealtimeSettings *ava_realtime_settings_copy    (const AvaRealtimeSettings *self);
void                 ava_realtime_settings_free    (AvaRealtimeSettings       *self);
gboolean             ava_realtime_settings_equal   (const AvaRealtimeSettings *a,
                                                    const AvaRealtimeSettings *b);
gboolean             ava_realtime_settings_check   (const AvaRealtimeSettings *self,
                                                    GError                   **error);
char                *ava_realtime_settings_get_url (const AvaRealtimeSettings *self);
GStrv                ava_realtime_settings_list_headers (const AvaRealtimeSettings *self);
gboolean             ava_turn_mode_from_string     (const char                *text,
                                                    AvaTurnMode               *mode);
const char          *ava_turn_mode_to_string       (AvaTurnMode                mode);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AvaRealtimeSettings, ava_realtime_settings_free)

G_END_DECLS
