/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-realtime-upstream.h"

#include "ava-frame.h"
#include "ava-realtime-base64.h"
#include "ava-resampler.h"

#include <string.h>

#define SERVICE_RATE 24000
#define MOST_BYTES (SERVICE_RATE * sizeof (gint16))   /* that are kept: 1 s */

struct _AvaRealtimeUpstream {
  AvaResampler *resampler;
  GByteArray *waiting;     /* S16, at the rate of the service */
  GString *event;          /* the last one: its room is used again */
};

AvaRealtimeUpstream *
ava_realtime_upstream_new (void)
{
  AvaRealtimeUpstream *self = g_new0 (AvaRealtimeUpstream, 1);

  self->resampler = ava_resampler_new (AVA_RATE, SERVICE_RATE);
  self->waiting = g_byte_array_new ();
  self->event = g_string_new (NULL);
  return self;
}

void
ava_realtime_upstream_free (AvaRealtimeUpstream *self)
{
  if (self == NULL)
    return;
  ava_resampler_free (self->resampler);
  g_byte_array_unref (self->waiting);
  g_string_free (self->event, TRUE);
  g_free (self);
}

void
ava_realtime_upstream_add (AvaRealtimeUpstream *self,
                           const gint16        *pcm,
                           gsize                n_samples)
{
  gsize before = self->waiting->len;
  gsize made;

  g_byte_array_set_size (self->waiting, before + ava_resampler_get_max (self->resampler, n_samples) * sizeof (gint16));
  made = ava_resampler_process (self->resampler, pcm, n_samples, (gint16 *) (self->waiting->data + before));
  g_byte_array_set_size (self->waiting, before + made * sizeof (gint16));
  if (self->waiting->len > MOST_BYTES)
    g_byte_array_remove_range (self->waiting, 0, self->waiting->len - MOST_BYTES);
}

gboolean
ava_realtime_upstream_is_empty (AvaRealtimeUpstream *self)
{
  return self->waiting->len == 0;
}

/* Fifty a second and call: written by hand, straight into its place. */
const char *
ava_realtime_upstream_take (AvaRealtimeUpstream *self,
                            guint                serial,
                            gsize               *size)
{
  static const char head[] = "{\"type\":\"input_audio_buffer.append\",\"event_id\":\"ava-";
  static const char middle[] = "\",\"audio\":\"";
  static const char end[] = "\"}";
  char number[12];
  int digits = g_snprintf (number, sizeof number, "%u", serial);
  gsize length = AVA_BASE64_LENGTH (self->waiting->len);
  gsize before;

  g_string_truncate (self->event, 0);
  g_string_append_len (self->event, head, strlen (head));
  g_string_append_len (self->event, number, digits);
  g_string_append_len (self->event, middle, strlen (middle));
  before = self->event->len;
  g_string_set_size (self->event, before + length);
  ava_base64_encode (self->waiting->data, self->waiting->len, self->event->str + before);
  g_string_append_len (self->event, end, strlen (end));
  g_byte_array_set_size (self->waiting, 0);
  *size = self->event->len;
  return self->event->str;
}
