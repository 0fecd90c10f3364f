/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-recorder.h"

#include "ava-frame.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/statvfs.h>
#include <unistd.h>

/*
 *  write() --interleaved chunk--> queue --> [writer thread] --> file
 *                                             room on the disk looked at each second
 *
 * Until the file is finished its header says that the sound goes on to the end of the file, whatever that is:
 * so a recording that is cut off at any byte can be played as far as it goes. A length that falls short would
 * have readers take the sound behind it for further chunks.
 */

#define HEADER_BYTES 44
#define CHANNELS 2
#define TO_THE_END G_MAXUINT32
#define BYTES_PER_SECOND (AVA_RATE * CHANNELS * 2)
#define RESERVE_BYTES (G_GUINT64_CONSTANT (32) << 20)   /* left to the appointment book */

struct _AvaRecorder {
  GObject parent_instance;

  GAsyncQueue *chunks;   /* GBytes; an empty one ends the file */
  GThread *thread;
  int trouble;           /* errno that stopped the file; atomic */

  struct {
    int fd;
    guint32 data_bytes;  /* [bytes] of samples written */
    guint32 looked_at;   /* [bytes] of samples when the room was last looked at */
  } writer;
};

G_DEFINE_FINAL_TYPE (AvaRecorder, ava_recorder, G_TYPE_OBJECT)

static void
put_u32 (guint8  *at,
         guint32  value)
{
  value = GUINT32_TO_LE (value);
  memcpy (at, &value, sizeof value);
}

static void
put_u16 (guint8  *at,
         guint16  value)
{
  value = GUINT16_TO_LE (value);
  memcpy (at, &value, sizeof value);
}

/* The canonical RIFF header of PCM, "WAVE" with one "fmt " and one "data" chunk of @data_bytes. */
static gboolean
write_header (AvaRecorder *self,
              guint32      data_bytes)
{
  guint8 header[HEADER_BYTES];
  guint32 riff_bytes = data_bytes == TO_THE_END ? TO_THE_END : HEADER_BYTES - 8 + data_bytes;

  memcpy (header, "RIFF", 4);
  put_u32 (header + 4, riff_bytes);
  memcpy (header + 8, "WAVEfmt ", 8);
  put_u32 (header + 16, 16);
  put_u16 (header + 20, 1);
  put_u16 (header + 22, CHANNELS);
  put_u32 (header + 24, AVA_RATE);
  put_u32 (header + 28, BYTES_PER_SECOND);
  put_u16 (header + 32, CHANNELS * 2);
  put_u16 (header + 34, 16);
  memcpy (header + 36, "data", 4);
  put_u32 (header + 40, data_bytes);
  return pwrite (self->writer.fd, header, HEADER_BYTES, 0) == HEADER_BYTES;
}

/* BD-22: recordings stop while there is still room for bookings. */
static gboolean
has_room (AvaRecorder *self)
{
  struct statvfs disk;

  if (fstatvfs (self->writer.fd, &disk) != 0 || (guint64) disk.f_bavail * disk.f_frsize >= RESERVE_BYTES)
    return TRUE;
  errno = ENOSPC;
  return FALSE;
}

static gboolean
write_chunk (AvaRecorder *self,
             GBytes      *chunk)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (chunk, &size);
  off_t offset = HEADER_BYTES + (off_t) self->writer.data_bytes;
  gssize written = pwrite (self->writer.fd, data, size, offset);

  if (written != (gssize) size) {
    if (written >= 0)
      errno = ENOSPC;   /* a part of it fitted */
    return FALSE;
  }
  self->writer.data_bytes += size;
  if (self->writer.data_bytes - self->writer.looked_at < BYTES_PER_SECOND)
    return TRUE;
  self->writer.looked_at = self->writer.data_bytes;
  return has_room (self);
}

/* Writer thread. */
static gpointer
write_file (gpointer data)
{
  AvaRecorder *self = data;

  while (TRUE) {
    g_autoptr (GBytes) chunk = g_async_queue_pop (self->chunks);

    if (g_bytes_get_size (chunk) == 0)
      break;
    /* The call goes on: what is recorded so far stays. */
    if (g_atomic_int_get (&self->trouble) == 0 && !write_chunk (self, chunk))
      g_atomic_int_set (&self->trouble, errno);
  }
  write_header (self, self->writer.data_bytes);
  close (self->writer.fd);
  return NULL;
}

static void
ava_recorder_finalize (GObject *object)
{
  AvaRecorder *self = AVA_RECORDER (object);

  if (self->thread != NULL) {
    g_async_queue_push (self->chunks, g_bytes_new (NULL, 0));
    g_thread_join (self->thread);
  }
  g_async_queue_unref (self->chunks);

  G_OBJECT_CLASS (ava_recorder_parent_class)->finalize (object);
}

static void
ava_recorder_class_init (AvaRecorderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ava_recorder_finalize;
}

static void
ava_recorder_init (AvaRecorder *self)
{
  self->chunks = g_async_queue_new_full ((GDestroyNotify) g_bytes_unref);
  self->writer.fd = -1;
}

/**
 * ava_recorder_new:
 * @path: made, or emptied; readable by its owner only
 *
 * Returns: (transfer full) (nullable): a recorder, or %NULL with @error set (G_FILE_ERROR)
 */
AvaRecorder *
ava_recorder_new (const char  *path,
                  GError     **error)
{
  g_autoptr (AvaRecorder) self = g_object_new (AVA_TYPE_RECORDER, NULL);
  int code;

  self->writer.fd = g_open (path, O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0600);
  if (self->writer.fd < 0 || !has_room (self) || !write_header (self, TO_THE_END)) {
    code = errno;
    if (self->writer.fd >= 0) {
      close (self->writer.fd);
      g_unlink (path);
    }
    g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (code), "%s",
                 code == ENOSPC ? _("the disk is nearly full") : g_strerror (code));
    return NULL;
  }
  self->thread = g_thread_new ("recorder", write_file, self);
  return g_steal_pointer (&self);
}

/**
 * ava_recorder_write:
 * @left: the caller
 * @right: Ava, as she was heard at the same time
 * @n_samples: of each
 */
void
ava_recorder_write (AvaRecorder  *self,
                    const gint16 *left,
                    const gint16 *right,
                    gsize         n_samples)
{
  gint16 *both = g_new (gint16, n_samples * CHANNELS);

  for (gsize i = 0; i < n_samples; i++) {
    both[i * 2] = GINT16_TO_LE (left[i]);
    both[i * 2 + 1] = GINT16_TO_LE (right[i]);
  }
  g_async_queue_push (self->chunks, g_bytes_new_take (both, n_samples * CHANNELS * sizeof (gint16)));
}

/**
 * ava_recorder_get_trouble:
 *
 * Returns: (nullable): why no more is recorded, in words; what was recorded before is kept
 */
const char *
ava_recorder_get_trouble (AvaRecorder *self)
{
  int trouble = g_atomic_int_get (&self->trouble);

  if (trouble == 0)
    return NULL;
  return trouble == ENOSPC ? _("the disk is nearly full") : g_strerror (trouble);
}
