/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-echo-aligner.h"

#include "ava-echo-delay.h"

#include <string.h>

/*
 *  microphone ---[taken up]---> webrtcdsp ---[cleaned]--->   speaker --> webrtcechoprobe ---[played]--->
 *                    |  ^ times shifted                                                        |
 *                    v  |                                                                      v
 *                 AvaEchoDelay <----------------------------------------------------------------
 *
 * The canceller finds an echo within 50 ms of where the times of the pipeline say it is. So its times
 * are shifted once the true delay is known. Until then, for the first second or two that Ava speaks,
 * the microphone is silent while she does: she would hear herself.
 */

#define SETTLE_US 500000    /* [us] that the canceller takes after a shift */
#define EARLY_US 20000      /* [us] kept between the reference and its echo: an echo never comes first */

typedef struct {
  gint references;          /* atomic: the pads' probes */
  AvaEchoDelay *delay;
  gint latency_us;          /* atomic: [us] that the pipeline adds before the sound is heard */

  /* Streaming thread of the microphone */
  gboolean aligned;
  gint64 now_us;
  gint64 settled_us;        /* when the canceller works after the shift */
} Aligner;

static void
aligner_unref (gpointer data)
{
  Aligner *self = data;

  if (!g_atomic_int_dec_and_test (&self->references))
    return;
  ava_echo_delay_free (self->delay);
  g_free (self);
}

/* [us] of running time of @buffer on @pad, without the shift; -1 when it has none. */
static gint64
get_time (GstPad    *pad,
          GstBuffer *buffer)
{
  g_autoptr (GstEvent) event = gst_pad_get_sticky_event (pad, GST_EVENT_SEGMENT, 0);
  const GstSegment *segment = NULL;

  if (event == NULL || !GST_BUFFER_PTS_IS_VALID (buffer))
    return -1;
  gst_event_parse_segment (event, &segment);
  return (GST_BUFFER_PTS (buffer) - segment->start + segment->base) / 1000;
}

static void
align (Aligner *self,
       GstPad  *pad)
{
  g_autoptr (GstPad) upstream = gst_pad_get_peer (pad);
  gint64 delay_us;

  if (self->aligned || ava_echo_delay_get_state (self->delay, &delay_us) != AVA_ECHO_FOUND)
    return;
  self->aligned = TRUE;
  delay_us -= g_atomic_int_get (&self->latency_us) + EARLY_US;
  if (upstream == NULL || delay_us <= 0)
    return;
  gst_pad_set_offset (upstream, -delay_us * 1000);
  self->settled_us = self->now_us + delay_us + SETTLE_US;
}

static GstPadProbeReturn
on_taken_up (GstPad          *pad,
             GstPadProbeInfo *info,
             gpointer         user_data)
{
  Aligner *self = user_data;
  GstBuffer *buffer = GST_PAD_PROBE_INFO_BUFFER (info);
  gint64 time_us = get_time (pad, buffer);
  GstMapInfo map;

  if (time_us < 0)
    return GST_PAD_PROBE_OK;
  if (!self->aligned && gst_buffer_map (buffer, &map, GST_MAP_READ)) {
    ava_echo_delay_hear (self->delay, (gint16 *) map.data, map.size / sizeof (gint16), time_us);
    gst_buffer_unmap (buffer, &map);
  }
  self->now_us = time_us;
  align (self, pad);
  return GST_PAD_PROBE_OK;
}

/* The canceller hears what is silenced here, and learns from it. */
static GstPadProbeReturn
on_cleaned (GstPad          *pad,
            GstPadProbeInfo *info,
            gpointer         user_data)
{
  Aligner *self = user_data;
  GstBuffer *buffer;

  if (self->now_us >= self->settled_us && !ava_echo_delay_is_deaf (self->delay))
    return GST_PAD_PROBE_OK;
  buffer = gst_buffer_make_writable (GST_PAD_PROBE_INFO_BUFFER (info));
  GST_PAD_PROBE_INFO_DATA (info) = buffer;
  gst_buffer_memset (buffer, 0, 0, gst_buffer_get_size (buffer));
  return GST_PAD_PROBE_OK;
}

static GstPadProbeReturn
on_played (GstPad          *pad,
           GstPadProbeInfo *info,
           gpointer         user_data)
{
  Aligner *self = user_data;
  GstBuffer *buffer = GST_PAD_PROBE_INFO_BUFFER (info);
  gint64 time_us = get_time (pad, buffer);
  GstMapInfo map;

  if (time_us >= 0 && gst_buffer_map (buffer, &map, GST_MAP_READ)) {
    ava_echo_delay_play (self->delay, (gint16 *) map.data, map.size / sizeof (gint16), time_us);
    gst_buffer_unmap (buffer, &map);
  }
  return GST_PAD_PROBE_OK;
}

static GstPadProbeReturn
on_latency (GstPad          *pad,
            GstPadProbeInfo *info,
            gpointer         user_data)
{
  Aligner *self = user_data;
  GstEvent *event = GST_PAD_PROBE_INFO_EVENT (info);
  GstClockTime latency;

  if (GST_EVENT_TYPE (event) == GST_EVENT_LATENCY) {
    gst_event_parse_latency (event, &latency);
    g_atomic_int_set (&self->latency_us, latency / 1000);
  }
  return GST_PAD_PROBE_OK;
}

/**
 * ava_echo_aligner_attach:
 *
 * Lasts as long as the two elements.
 */
void
ava_echo_aligner_attach (GstElement *canceller,
                         GstElement *probe)
{
  g_autoptr (GstPad) taken_up = gst_element_get_static_pad (canceller, "sink");
  g_autoptr (GstPad) cleaned = gst_element_get_static_pad (canceller, "src");
  g_autoptr (GstPad) played = gst_element_get_static_pad (probe, "src");
  Aligner *self = g_new0 (Aligner, 1);

  self->references = 4;
  self->delay = ava_echo_delay_new ();
  gst_pad_add_probe (taken_up, GST_PAD_PROBE_TYPE_BUFFER, on_taken_up, self, aligner_unref);
  gst_pad_add_probe (cleaned, GST_PAD_PROBE_TYPE_BUFFER, on_cleaned, self, aligner_unref);
  gst_pad_add_probe (played, GST_PAD_PROBE_TYPE_BUFFER, on_played, self, aligner_unref);
  gst_pad_add_probe (played, GST_PAD_PROBE_TYPE_EVENT_UPSTREAM, on_latency, self, aligner_unref);
}
