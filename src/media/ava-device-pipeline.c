/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-device-pipeline.h"

#include "ava-audio-file.h"
#include "ava-device-choice.h"
#include "ava-echo-aligner.h"

#include <glib/gi18n.h>

/*
 *  microphone ! convert ! resample ! webrtcdsp ! appsink
 *                                       |
 *                                    (probe)          echo of what is played is taken out
 *                                       |
 *  speaker ! volume ! convert ! webrtcechoprobe ! appsrc
 */

#define START_TIMEOUT (3 * GST_SECOND)

static void
align_echo (GstElement *pipeline)
{
  g_autoptr (GstElement) canceller = gst_bin_get_by_name (GST_BIN (pipeline), "ava-canceller");
  g_autoptr (GstElement) probe = gst_bin_get_by_name (GST_BIN (pipeline), "ava-probe");

  ava_echo_aligner_attach (canceller, probe);
}

/**
 * ava_device_pipeline_make:
 * @source: description of the element that records
 * @sink: description of the element that plays
 *
 * Returns: (transfer full) (nullable): what stands between the two and "microphone", an appsink, and
 *   "speaker", an appsrc; %NULL with @error set
 */
GstElement *
ava_device_pipeline_make (const char  *source,
                          const char  *sink,
                          GError     **error)
{
  gboolean cancels_echo = ava_device_has_plugin ("webrtcdsp") && ava_device_has_plugin ("webrtcechoprobe");
  g_autofree char *description = NULL;
  GstElement *pipeline;

  if (!cancels_echo)
    g_message ("Echo cancellation is not installed: use a headset");
  description = g_strdup_printf (
    "%s ! audioconvert ! audioresample ! audio/x-raw,format=S16LE,rate=16000,channels=1 %s ! "
    "appsink name=microphone sync=false max-buffers=50 drop=false emit-signals=false "
    "appsrc name=speaker is-live=false format=time max-bytes=640 "
    "caps=audio/x-raw,format=S16LE,rate=16000,channels=1,layout=interleaved %s ! "
    "audioconvert ! audioresample ! volume name=volume ! %s",
    source, cancels_echo ? "! webrtcdsp name=ava-canceller probe=ava-probe gain-control=false echo-suppression-level=high" : "",
    cancels_echo ? "! webrtcechoprobe name=ava-probe" : "", sink);
  pipeline = gst_parse_launch_full (description, NULL, GST_PARSE_FLAG_FATAL_ERRORS, error);
  if (pipeline == NULL)
    return NULL;
  gst_object_ref_sink (pipeline);
  if (cancels_echo)
    align_echo (pipeline);
  return pipeline;
}

/**
 * ava_device_pipeline_open:
 * @source: (nullable): description of an element in the place of the microphone
 * @sink: (nullable): and of the speaker
 *
 * Looks for devices and opens them. Blocks for as long as the sound server takes: for the device worker.
 *
 * Returns: (transfer full) (nullable): a pipeline that streams from and to @stream, or %NULL with @error set
 *   (AVA_MEDIA_ERROR_DEVICE)
 */
GstElement *
ava_device_pipeline_open (AvaDeviceStream  *stream,
                          const char       *source,
                          const char       *sink,
                          GError          **error)
{
  GstElement *pipeline;

  if (!gst_init_check (NULL, NULL, error))
    return NULL;
  source = ava_device_choose_source (source, error);
  sink = source != NULL ? ava_device_choose_sink (sink, error) : NULL;
  pipeline = sink != NULL ? ava_device_pipeline_make (source, sink, error) : NULL;
  if (pipeline == NULL)
    return NULL;
  ava_device_stream_join (stream, pipeline);
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  if (gst_element_get_state (pipeline, NULL, NULL, START_TIMEOUT) != GST_STATE_CHANGE_FAILURE) {
    GST_DEBUG_BIN_TO_DOT_FILE (GST_BIN (pipeline), GST_DEBUG_GRAPH_SHOW_ALL, "ava-desk");
    return pipeline;
  }
  gst_element_set_state (pipeline, GST_STATE_NULL);
  gst_object_unref (pipeline);
  g_set_error_literal (error, AVA_MEDIA_ERROR, AVA_MEDIA_ERROR_DEVICE,
                       _("The microphone or the speaker could not be opened. Another program may be using it."));
  return NULL;
}
