/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-appointment-table.h"
#include "ava-journal.h"

#include <glib/gi18n.h>
#include <string.h>

#define MOST_NOTES 8000        /* [bytes]; what is longer belongs into the customer's record */

/* What somebody else wrote since the editor was filled is not overwritten unseen: both stand there. */
static char *
join_notes (const char *seen,
            const char *now,
            const char *notes)
{
  if (seen == NULL || now == NULL || strcmp (seen, now) == 0)
    return g_strdup (notes);
  if (notes == NULL || strstr (now, notes) != NULL)
    return g_strdup (now);
  return strstr (notes, now) != NULL ? g_strdup (notes) : g_strconcat (now, "\n", notes, NULL);
}

static gpointer
set_notes (AvaStore      *self,
           AvaSqlite     *db,
           AvaStoreArgs  *args,
           GError       **error)
{
  g_autoptr (AvaAppointment) appointment = NULL;
  g_autofree char *before = NULL;
  g_autofree char *notes = NULL;

  g_assert (self->thread == g_thread_self ());

  appointment = ava_appointment_table_get (self, args->id, error);
  if (appointment == NULL)
    return NULL;
  notes = join_notes (args->kind, appointment->notes, args->text != NULL && *args->text != '\0' ? args->text : NULL);
  if (notes != NULL && (!g_utf8_validate (notes, -1, NULL) || strlen (notes) > MOST_NOTES)) {
    g_set_error_literal (error, AVA_STORE_ERROR, AVA_STORE_ERROR_INVALID,
                         _("These notes are too long to be kept with an appointment."));
    return NULL;
  }
  if (g_strcmp0 (appointment->notes, notes) == 0)
    return g_steal_pointer (&appointment);
  before = ava_journal_snapshot (self, "appointments", args->id, error);
  if (before == NULL ||
      !ava_sqlite_run (db, error, "UPDATE appointments SET notes = ?, version = version + 1 WHERE id = ?", "ss", notes, args->id) ||
      !ava_journal_row (self, args, "appointment-edited", "appointments", args->id, before, error))
    return NULL;
  return ava_appointment_table_get (self, args->id, error);
}

/* --- Any thread ------------------------------------------------------------------------------ */

/**
 * ava_store_set_notes_async:
 * @seen: (nullable): what stood there when @notes was begun; what others wrote since is kept beside it
 */
void
ava_store_set_notes_async (AvaStore            *self,
                           const AvaActor      *actor,
                           const char          *appointment_id,
                           const char          *seen,
                           const char          *notes,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  AvaStoreArgs *args = ava_store_args_new (actor);

  args->id = g_strdup (appointment_id);
  args->kind = seen != NULL ? g_strstrip (g_strdup (seen)) : NULL;
  args->text = notes != NULL ? g_strstrip (g_strdup (notes)) : NULL;
  ava_store_run_async (self, AVA_STORE_WRITE, set_notes, args, g_object_unref, ava_store_set_notes_async,
                       cancellable, callback, user_data);
}

/* Returns: (transfer full) (nullable): the appointment as it is now */
AvaAppointment *
ava_store_set_notes_finish (AvaStore      *self,
                            GAsyncResult  *result,
                            GError       **error)
{
  return ava_store_run_finish (self, result, ava_store_set_notes_async, error);
}
