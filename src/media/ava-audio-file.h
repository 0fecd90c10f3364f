/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum {
  AVA_MEDIA_ERROR_FILE,      /* missing, unreadable, empty, no sound file */
  AVA_MEDIA_ERROR_TOO_LONG,
  AVA_MEDIA_ERROR_DEVICE,    /* no microphone or speaker, or it is gone */
} AvaMediaError;

#define AVA_MEDIA_ERROR (ava_media_error_quark ())
GQuark ava_media_error_quark (void);

#define AVA_AUDIO_FILE_LONGEST_MIN 60   /* [min] */

/* Both block on the file: not for the main thread of a window while a call runs. */
GBytes   *ava_audio_file_load (const char    *path,
                               GError       **error);
gboolean  ava_audio_file_save (const char    *path,
                               const gint16  *pcm,
                               gsize          n_samples,
                               GError       **error);

G_END_DECLS
