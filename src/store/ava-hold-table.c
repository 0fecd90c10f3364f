/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-hold-table.h"

#include "ava-id.h"
#include "ava-journal.h"
#include "ava-slot-check.h"

#include <glib/gi18n.h>

/* Lets go of the holds of that owner and of those that lapsed by @now_us; 0 for none of them. */
static gboolean
let_go (AvaStore            *self,
        const AvaStoreArgs  *actor,
        const char          *owner,
        gint64               now_us,
        const char          *what,
        GError             **error)
{
  g_autoptr (GPtrArray) ids = ava_row_read_texts (
    ava_sqlite_query (self->worker.db, error, "SELECT id FROM holds WHERE call_id = ? OR expires_us <= ? ORDER BY id", "si",
                      owner, now_us), error);

  if (ids == NULL)
    return FALSE;
  for (guint i = 0; i < ids->len; i++) {
    const char *id = ids->pdata[i];
    g_autofree char *before = ava_journal_snapshot (self, "holds", id, error);

    if (before == NULL ||
        !ava_sqlite_run (self->worker.db, error, "DELETE FROM holds WHERE id = ?", "s", id) ||
        !ava_journal_row (self, actor, what, "holds", id, before, error))
      return FALSE;
  }
  return TRUE;
}

/* Inside a transaction: lets go of all that the actor's call holds. */
gboolean
ava_hold_table_release (AvaStore            *self,
                        const AvaStoreArgs  *actor,
                        GError             **error)
{
  g_assert (self->thread == g_thread_self ());

  return let_go (self, actor, ava_hold_table_owner (actor), 0, "hold-released", error);
}

/* The same key again: its hold, when it still stands. */
static char *
find_earlier (AvaStore      *self,
              AvaStoreArgs  *args,
              GError       **error)
{
  char *id = NULL;

  if (args->key != NULL)
    ava_sqlite_get_text (self->worker.db, &id, error,
                         "SELECT h.id FROM answers a JOIN holds h ON h.id = a.row_id"
                         " WHERE a.key = ? AND a.what = 'hold' AND h.expires_us > ?", "si", args->key,
                         ava_clock_now_us (self->clock));
  return id;
}

static gboolean
insert_hold (AvaStore      *self,
             AvaStoreArgs  *args,
             const char    *id,
             GError       **error)
{
  gint64 now_us = ava_clock_now_us (self->clock);
  const AvaSlot *slot = args->slot;

  return let_go (self, args, NULL, now_us, "hold-lapsed", error) &&
         ava_sqlite_run (self->worker.db, error,
                         "INSERT INTO holds (id, call_id, service_id, provider_id, room_id, start_us, end_us, busy_start_us,"
                         " busy_end_us, expires_us, created_us, device_id, active_end_us)"
                         " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", "sssssiiiiiisi",
                         id, ava_hold_table_owner (args), slot->service_id, slot->provider_id,
                         slot->room_id, slot->start_us, slot->end_us, slot->busy_start_us,
                         slot->busy_end_us, args->to_us, now_us, slot->device_id, slot->active_end_us) &&
         ava_journal_row (self, args, "slot-held", "holds", id, NULL, error) &&
         (args->key == NULL ||
          ava_sqlite_run (self->worker.db, error, "INSERT OR REPLACE INTO answers VALUES (?, 'hold', ?, ?)",
                          "ssi", args->key, id, now_us));
}

char *
ava_hold_table_take (AvaStore      *self,
                     AvaStoreArgs  *args,
                     GError       **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *id = NULL;
  char *earlier;

  g_assert (self->thread == g_thread_self ());

  earlier = find_earlier (self, args, &local_error);
  if (local_error != NULL) {
    g_propagate_error (error, g_steal_pointer (&local_error));
    return NULL;
  }
  if (earlier != NULL)
    return earlier;
  if (args->to_us <= ava_clock_now_us (self->clock)) {
    g_set_error_literal (error, AVA_STORE_ERROR, AVA_STORE_ERROR_INVALID,
                         _("A time cannot be held until a moment that has passed."));
    return NULL;
  }
  id = ava_id_new (ava_clock_now_us (self->clock));
  if (!ava_slot_check_whole (self, args->slot, error) ||
      !ava_slot_check_free (self, args->slot, ava_hold_table_owner (args), NULL, args, error) ||
      !ava_hold_table_release (self, args, error) || !insert_hold (self, args, id, error))
    return NULL;
  return g_steal_pointer (&id);
}

static gpointer
hold (AvaStore      *self,
      AvaSqlite     *db,
      AvaStoreArgs  *args,
      GError       **error)
{
  return ava_hold_table_take (self, args, error);
}

static gpointer
release_holds (AvaStore      *self,
               AvaSqlite     *db,
               AvaStoreArgs  *args,
               GError       **error)
{
  return GINT_TO_POINTER (ava_hold_table_release (self, args, error));
}

/* --- Any thread ------------------------------------------------------------------------------ */

/**
 * ava_store_hold_async:
 * @expires_us: when it lapses by itself
 *
 * Keeps a slot from everyone else; an earlier hold of that call is released.
 */
void
ava_store_hold_async (AvaStore            *self,
                      const AvaActor      *actor,
                      const AvaSlot       *slot,
                      gint64               expires_us,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  AvaStoreArgs *args = ava_store_args_new (actor);

  args->slot = slot != NULL ? ava_slot_copy (slot) : NULL;
  args->to_us = expires_us;
  ava_store_run_async (self, AVA_STORE_WRITE, hold, args, g_free, ava_store_hold_async, cancellable,
                       callback, user_data);
}

/* Returns: (transfer full) (nullable): the id of the hold; AVA_STORE_ERROR_TAKEN when it is gone */
char *
ava_store_hold_finish (AvaStore      *self,
                       GAsyncResult  *result,
                       GError       **error)
{
  return ava_store_run_finish (self, result, ava_store_hold_async, error);
}

void
ava_store_release_holds_async (AvaStore            *self,
                               const AvaActor      *actor,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  ava_store_run_async (self, AVA_STORE_WRITE, release_holds, ava_store_args_new (actor), NULL,
                       ava_store_release_holds_async, cancellable, callback, user_data);
}

gboolean
ava_store_release_holds_finish (AvaStore      *self,
                                GAsyncResult  *result,
                                GError       **error)
{
  return ava_store_run_finish (self, result, ava_store_release_holds_async, error) != NULL;
}
