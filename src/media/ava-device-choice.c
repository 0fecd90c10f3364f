/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-device-choice.h"

#include "ava-audio-file.h"

#include <glib/gi18n.h>
#include <gst/gst.h>

#define DEFAULT_SINK "pulsesink buffer-time=40000 latency-time=10000"

/**
 * ava_device_has_plugin:
 *
 * Returns: whether GStreamer has an element of that name
 */
gboolean
ava_device_has_plugin (const char *name)
{
  g_autoptr (GstElementFactory) factory = gst_element_factory_find (name);

  return factory != NULL;
}

static gboolean
has_device (const char *class)
{
  g_autoptr (GstDeviceMonitor) monitor = gst_device_monitor_new ();
  GList *devices;
  gboolean found;

  gst_device_monitor_add_filter (monitor, class, NULL);
  gst_device_monitor_start (monitor);
  devices = gst_device_monitor_get_devices (monitor);
  gst_device_monitor_stop (monitor);
  found = devices != NULL;
  g_list_free_full (devices, gst_object_unref);
  return found;
}

static const char *
choose_element (const char  *wanted,
                const char  *class,
                const char  *element,
                const char  *words,
                GError     **error)
{
  if (wanted != NULL && *wanted != '\0')
    return wanted;
  if (has_device (class))
    return element;
  g_set_error_literal (error, AVA_MEDIA_ERROR, AVA_MEDIA_ERROR_DEVICE, words);
  return NULL;
}

/**
 * ava_device_choose_source:
 * @wanted: (nullable): what stands for the microphone, see AVA_AUDIO_SRC
 *
 * Looks for a microphone: blocks for as long as the sound server takes.
 *
 * Returns: (nullable): the microphone in gst-launch form, or %NULL with @error set (AVA_MEDIA_ERROR)
 */
const char *
ava_device_choose_source (const char  *wanted,
                          GError     **error)
{
  return choose_element (wanted, "Audio/Source", "autoaudiosrc",
                         _("No microphone was found. Plug one in, or choose it in the system's "
                           "sound settings, and try again."), error);
}

/**
 * ava_device_choose_sink:
 * @wanted: (nullable): what stands for the speaker, see AVA_AUDIO_SINK
 *
 * Looks for a speaker: blocks for as long as the sound server takes.
 *
 * Returns: (nullable): the speaker in gst-launch form, or %NULL with @error set (AVA_MEDIA_ERROR)
 */
const char *
ava_device_choose_sink (const char  *wanted,
                        GError     **error)
{
  return choose_element (wanted, "Audio/Sink",
                         ava_device_has_plugin ("pulsesink") ? DEFAULT_SINK : "autoaudiosink",
                         _("No speaker was found. Plug in a headset, or choose a speaker in the "
                           "system's sound settings, and try again."), error);
}
