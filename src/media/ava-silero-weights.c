/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-silero-net-private.h"

#include "ava-audio-file.h"

#include <glib/gi18n.h>
#include <string.h>

#define MAGIC "AvaSilero\0\0\0\0v61"    /* 16 bytes, so that the floats are aligned */
#define MAGIC_BYTES 16

struct _AvaSileroWeights {
  GMappedFile *file;
  const AvaSileroTensors *tensors;   /* inside the file */
  gatomicrefcount refs;
};

/**
 * ava_silero_weights_load:
 * @path: what the build made of the published network
 *
 * Maps the file: streams and processes share its memory.
 *
 * Returns: (transfer full) (nullable): the weights, or %NULL with @error
 */
AvaSileroWeights *
ava_silero_weights_load (const char  *path,
                         GError     **error)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (GMappedFile) file = g_mapped_file_new (path, FALSE, &cause);
  AvaSileroWeights *self;
  const char *bytes;

  if (file == NULL) {
    g_set_error (error, AVA_MEDIA_ERROR, AVA_MEDIA_ERROR_FILE,
                 _("Silero's weights cannot be read: %s"), cause->message);
    return NULL;
  }
  bytes = g_mapped_file_get_contents (file);
  if (G_BYTE_ORDER != G_LITTLE_ENDIAN ||
      g_mapped_file_get_length (file) != MAGIC_BYTES + sizeof (AvaSileroTensors) ||
      memcmp (bytes, MAGIC, MAGIC_BYTES) != 0) {
    g_set_error (error, AVA_MEDIA_ERROR, AVA_MEDIA_ERROR_FILE,
                 _("Silero's weights in “%s” are damaged or of another version"), path);
    return NULL;
  }
  self = g_new0 (AvaSileroWeights, 1);
  self->file = g_steal_pointer (&file);
  self->tensors = (const AvaSileroTensors *) (bytes + MAGIC_BYTES);
  g_atomic_ref_count_init (&self->refs);
  return self;
}

/**
 * ava_silero_weights_find:
 *
 * Loads the weights from AVA_SILERO_WEIGHTS (a file; empty: do without), from where the program is
 * installed, or from the build tree, whichever comes first.
 *
 * Returns: (transfer full) (nullable): the weights, or %NULL with an @error that a receptionist can read
 */
AvaSileroWeights *
ava_silero_weights_find (GError **error)
{
  const char *given = g_getenv ("AVA_SILERO_WEIGHTS");
  const char *places[] = { AVA_PKG_DATA_DIR "/silero.weights", AVA_BUILD_DIR "/src/media/silero.weights" };

  if (given != NULL && *given != '\0')
    return ava_silero_weights_load (given, error);
  for (guint i = 0; given == NULL && i < G_N_ELEMENTS (places); i++) {
    if (g_file_test (places[i], G_FILE_TEST_EXISTS))
      return ava_silero_weights_load (places[i], error);
  }
  g_set_error (error, AVA_MEDIA_ERROR, AVA_MEDIA_ERROR_FILE,
               _("Silero's weights are not installed on this computer"));
  return NULL;
}

const AvaSileroTensors *
ava_silero_weights_get (const AvaSileroWeights *self)
{
  return self->tensors;
}

/**
 * ava_silero_weights_ref:
 *
 * Returns: (transfer full): @self
 */
AvaSileroWeights *
ava_silero_weights_ref (AvaSileroWeights *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

/**
 * ava_silero_weights_unref:
 *
 * Unmaps the file with the last reference.
 */
void
ava_silero_weights_unref (AvaSileroWeights *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_mapped_file_unref (self->file);
  g_free (self);
}
