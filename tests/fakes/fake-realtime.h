/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fake-schema.h"

G_BEGIN_DECLS

/*
 * One session of a fake Realtime service, with no socket and no clock: client events and the time go in, server
 * events come out. A script says what the caller is heard to say, what the model answers, and what goes wrong:
 *
 *  {"think_ms": 300, "pace": 5, "transcribe_ms": 250, "ms_per_char": 60,
 *   "greeting": [{"say": "…"}],
 *   "turns": [{"hear": "…", "transcription": "empty|failed|missing", "transcribe_ms": 250,
 *              "steps": [{"say": "…"}, {"calls": [{"name": "…", "arguments": {…}}]}, {"say": "…"}]}],
 *   "faults": [{"on": "response.output_audio.delta", "nth": 3, "do": "close", "code": 1006}]}
 *
 * A step is one response; one with "status": "failed" and an "error": {"code", "message"} fails. In arguments and in "say", "{tool.path.0.to}" is filled from that tool's last output.
 * "words_early": what Ava says is told before its audio is made. "late_deltas": how many deltas come after a cancel.
 * "insists": whoever speaks before a turn has had all its steps says the same again: its steps begin anew.
 * "trusting": audio is looked at whole only once in fifty times; "stamps": each event has "sent_us", monotonic.
 * "on" names a server event about to be sent, "client:…" one just received, "*" any server event. "do" is one of
 * close, error, text, huge, deep, silent, drop, twice, delay (ms; of a client event: it arrives later), late (deltas after a
 * cancel), stall (ms).
 */
typedef struct _FakeRealtime FakeRealtime;

typedef struct {
  void (*send)  (const char *text, gsize size, gpointer user_data);
  /* @code 1006: the line is cut with no goodbye */
  void (*close) (guint code, const char *reason, gpointer user_data);
  /* nullable: reads nothing for a while */
  void (*stall) (guint ms, gpointer user_data);
} FakeWire;

FakeRealtime *fake_realtime_new           (JsonObject     *script,
                                           FakeSchema     *schema,
                                           const FakeWire *wire,
                                           gpointer        user_data);
void          fake_realtime_free          (FakeRealtime   *self);
void          fake_realtime_open          (FakeRealtime   *self,
                                           gint64          now_ms);
void          fake_realtime_receive       (FakeRealtime   *self,
                                           const char     *text,
                                           gsize           size);
void          fake_realtime_tick          (FakeRealtime   *self,
                                           gint64          now_ms);
GPtrArray    *fake_realtime_get_wrong     (FakeRealtime   *self);   /* char *: what a client must not do */
GPtrArray    *fake_realtime_get_received  (FakeRealtime   *self);   /* JsonObject, without appended audio */
guint         fake_realtime_count         (FakeRealtime   *self,
                                           const char     *type);   /* client events of that type */
guint         fake_realtime_count_sent    (FakeRealtime   *self);
gint64        fake_realtime_get_think_ms  (FakeRealtime   *self);
JsonObject   *fake_realtime_get_session   (FakeRealtime   *self);

G_END_DECLS
