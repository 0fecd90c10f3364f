/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-audio-file.h"

#include "ava-frame.h"

#include <glib/gi18n.h>
#include <gst/app/gstappsink.h>
#include <gst/gst.h>
#include <string.h>

/*
 *  filesrc ! decodebin ! audioconvert ! audioresample ! appsink (16 kHz mono S16)
 */

G_DEFINE_QUARK (ava-media-error, ava_media_error)

#define LONGEST_BYTES ((gsize) AVA_AUDIO_FILE_LONGEST_MIN * 60 * AVA_RATE * 2)
#define LOOK_NS (GST_SECOND / 10)    /* between looks at whether the decoder has failed */
#define MOST_LOOKS 100               /* a decoder that gives nothing for 10 s has failed */

static gboolean
check_file (const char  *path,
            GError     **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) cause = NULL;
  g_autoptr (GFileInfo) info = NULL;

  info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_SIZE "," G_FILE_ATTRIBUTE_STANDARD_TYPE,
                            G_FILE_QUERY_INFO_NONE, NULL, &cause);
  if (info == NULL) {
    g_set_error (error, AVA_MEDIA_ERROR, AVA_MEDIA_ERROR_FILE,
                 _("The sound file “%s” cannot be read: %s"), path, cause->message);
    return FALSE;
  }
  if (g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR || g_file_info_get_size (info) == 0) {
    g_set_error (error, AVA_MEDIA_ERROR, AVA_MEDIA_ERROR_FILE,
                 g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR
                   ? _("“%s” is not a file") : _("The sound file “%s” is empty"), path);
    return FALSE;
  }
  return TRUE;
}

static GstElement *
make_pipeline (const char  *path,
               GError     **error)
{
  GstElement *pipeline;
  g_autoptr (GstElement) source = NULL;

  if (!gst_init_check (NULL, NULL, error))
    return NULL;
  pipeline = gst_parse_launch ("filesrc name=source ! decodebin ! audioconvert ! audioresample ! "
                               "audio/x-raw,format=S16LE,rate=16000,channels=1,layout=interleaved ! "
                               "appsink name=sink sync=false max-buffers=16", error);
  if (pipeline == NULL)
    return NULL;
  source = gst_bin_get_by_name (GST_BIN (pipeline), "source");
  g_object_set (source, "location", path, NULL);
  return pipeline;
}

static void
append_sample (GByteArray *pcm,
               GstSample  *sample)
{
  GstBuffer *buffer = gst_sample_get_buffer (sample);
  GstMapInfo map;

  if (!gst_buffer_map (buffer, &map, GST_MAP_READ))
    return;
  g_byte_array_append (pcm, map.data, map.size);
  gst_buffer_unmap (buffer, &map);
}

static gboolean
has_failed (GstElement *pipeline)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (pipeline);
  g_autoptr (GstMessage) message = gst_bus_pop_filtered (bus, GST_MESSAGE_ERROR);

  return message != NULL;
}

/* The next sample; NULL at the end, on a fault, or when nothing comes. The end is what the sink says: the bus may tell of it
 * while samples still wait. */
static GstSample *
pull_next (GstElement *pipeline,
           GstAppSink *sink)
{
  for (guint i = 0; i < MOST_LOOKS; i++) {
    GstSample *sample = gst_app_sink_try_pull_sample (sink, LOOK_NS);

    if (sample != NULL || gst_app_sink_is_eos (sink) || has_failed (pipeline))
      return sample;
  }
  return NULL;
}

/* What is too long by its own account need not be read to be refused. */
static gboolean
promises_too_much (GstElement *pipeline)
{
  gint64 length_ns = 0;

  return gst_element_query_duration (pipeline, GST_FORMAT_TIME, &length_ns) &&
         length_ns > AVA_AUDIO_FILE_LONGEST_MIN * 60 * GST_SECOND;
}

static gboolean
pull_all (GstElement  *pipeline,
          GByteArray  *pcm,
          const char  *path,
          GError     **error)
{
  g_autoptr (GstElement) sink = gst_bin_get_by_name (GST_BIN (pipeline), "sink");
  GstSample *sample;

  for (guint n = 0; (sample = pull_next (pipeline, GST_APP_SINK (sink))) != NULL; n++) {
    append_sample (pcm, sample);
    gst_sample_unref (sample);
    if (pcm->len > LONGEST_BYTES || (n == 0 && promises_too_much (pipeline))) {
      g_set_error (error, AVA_MEDIA_ERROR, AVA_MEDIA_ERROR_TOO_LONG,
                   _("The sound file “%s” is longer than %d minutes"), path, AVA_AUDIO_FILE_LONGEST_MIN);
      return FALSE;
    }
  }
  /* A recording that breaks off is used as far as it goes. */
  if (pcm->len < AVA_FRAME_BYTES) {
    g_set_error (error, AVA_MEDIA_ERROR, AVA_MEDIA_ERROR_FILE,
                 _("“%s” holds no sound that can be played"), path);
    return FALSE;
  }
  return TRUE;
}

/**
 * ava_audio_file_load:
 * @path: any kind of sound file
 *
 * Returns: (transfer full) (nullable): S16 mono samples at 16 kHz, or %NULL with @error set
 *   (AVA_MEDIA_ERROR)
 */
GBytes *
ava_audio_file_load (const char  *path,
                     GError     **error)
{
  g_autoptr (GByteArray) pcm = g_byte_array_new ();
  GstElement *pipeline;
  gboolean loaded;

  if (!check_file (path, error))
    return NULL;
  pipeline = make_pipeline (path, error);
  if (pipeline == NULL)
    return NULL;
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  loaded = pull_all (pipeline, pcm, path, error);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  gst_object_unref (pipeline);
  return loaded ? g_byte_array_free_to_bytes (g_steal_pointer (&pcm)) : NULL;
}

/**
 * ava_audio_file_save:
 * @pcm: S16 mono samples at 16 kHz
 *
 * Writes a WAV file.
 *
 * Returns: whether it was written; else @error is set (G_FILE_ERROR)
 */
gboolean
ava_audio_file_save (const char    *path,
                     const gint16  *pcm,
                     gsize          n_samples,
                     GError       **error)
{
  const guint32 data_bytes = n_samples * sizeof (gint16);
  g_autoptr (GByteArray) file = g_byte_array_sized_new (44 + data_bytes);
  const guint32 words[] = { 36 + data_bytes, 16, 1 | 1 << 16, AVA_RATE, AVA_RATE * 2, 2 | 16 << 16,
                            data_bytes };

  g_byte_array_append (file, (const guint8 *) "RIFF", 4);
  g_byte_array_append (file, (const guint8 *) &words[0], 4);
  g_byte_array_append (file, (const guint8 *) "WAVEfmt ", 8);
  g_byte_array_append (file, (const guint8 *) &words[1], 20);
  g_byte_array_append (file, (const guint8 *) "data", 4);
  g_byte_array_append (file, (const guint8 *) &words[6], 4);
  g_byte_array_append (file, (const guint8 *) pcm, data_bytes);
  return g_file_set_contents (path, (const char *) file->data, file->len, error);
}
