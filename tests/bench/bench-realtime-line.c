/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE   /* memmem */
#include "bench-realtime-line.h"

#include <stdlib.h>
#include <string.h>

#define BENCH_TYPE_LINE (bench_line_get_type ())
G_DECLARE_FINAL_TYPE (BenchLine, bench_line, BENCH, LINE, GObject)

struct _BenchLine {
  GObject parent_instance;
  AvaRealtimeTransport *line;
  BenchWatch *watch;
};

static gboolean
holds (const char *text, gsize size, const char *words)
{
  return memmem (text, size, words, strlen (words)) != NULL;
}

/* The stamp is the last member of an event. */
static gint64
find_stamp (const char *text, gsize size)
{
  static const char key[] = "\"sent_us\":";
  gsize from = size > 48 ? size - 48 : 0;
  const char *at = memmem (text + from, size - from, key, strlen (key));

  return at != NULL ? strtoll (at + strlen (key), NULL, 10) : 0;
}

static void
on_message (AvaRealtimeTransport *line, GBytes *frame, BenchLine *self)
{
  gsize size;
  const char *text = g_bytes_get_data (frame, &size);

  if (self->watch->delta_us == 0 && holds (text, MIN (size, 80), "audio.delta\""))
    self->watch->delta_us = find_stamp (text, size);
  if (holds (text, MIN (size, 80), "speech_started\""))
    self->watch->started_us = find_stamp (text, size);
  g_signal_emit_by_name (self, "message", frame);
}

static void on_opened (AvaRealtimeTransport *line, BenchLine *self) { g_signal_emit_by_name (self, "opened"); }
static void on_ended (AvaRealtimeTransport *line, gpointer how, BenchLine *self) { g_signal_emit_by_name (self, "ended", how); }

static void
bench_line_open (AvaRealtimeTransport *line, const AvaRealtimeSettings *settings)
{
  ava_realtime_transport_open (BENCH_LINE (line)->line, settings);
}

static void
bench_line_send (AvaRealtimeTransport *line, const char *text, gsize size)
{
  BenchWatch *watch = BENCH_LINE (line)->watch;

  ava_realtime_transport_send (BENCH_LINE (line)->line, text, size);
  if (!holds (text, MIN (size, 60), "buffer.append"))
    return;
  for (guint i = 0; i < watch->due_us->len; i++) {
    gint64 waited = g_get_monotonic_time () - g_array_index (watch->due_us, gint64, i);

    g_array_append_val (watch->frame_waits, waited);
  }
  g_array_set_size (watch->due_us, 0);
}

static gboolean
bench_line_is_ready (AvaRealtimeTransport *line)
{
  return ava_realtime_transport_is_ready (BENCH_LINE (line)->line);
}

static void
bench_line_close (AvaRealtimeTransport *line)
{
  ava_realtime_transport_close (BENCH_LINE (line)->line);
}

static void
bench_line_iface_init (AvaRealtimeTransportInterface *iface)
{
  iface->open = bench_line_open;
  iface->send = bench_line_send;
  iface->is_ready = bench_line_is_ready;
  iface->close = bench_line_close;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (BenchLine, bench_line, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (AVA_TYPE_REALTIME_TRANSPORT, bench_line_iface_init))

static void
bench_line_finalize (GObject *object)
{
  g_object_unref (BENCH_LINE (object)->line);
  G_OBJECT_CLASS (bench_line_parent_class)->finalize (object);
}

static void
bench_line_class_init (BenchLineClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bench_line_finalize;
}

static void bench_line_init (BenchLine *self) { }

AvaRealtimeTransport *
bench_line_new (gpointer watch)
{
  BenchLine *self = g_object_new (BENCH_TYPE_LINE, NULL);

  self->watch = watch;
  self->line = ava_realtime_socket_new (NULL);
  g_signal_connect_object (self->line, "opened", G_CALLBACK (on_opened), self, 0);
  g_signal_connect_object (self->line, "message", G_CALLBACK (on_message), self, 0);
  g_signal_connect_object (self->line, "ended", G_CALLBACK (on_ended), self, 0);
  return AVA_REALTIME_TRANSPORT (self);
}
