/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-slot-check.h"

/* Whether a slot may be written. Worker thread, inside the transaction that writes it. */

#define MAX_BUSY_US AVA_USEC_PER_DAY

/* The live time of others that touches ?1..?2: appointments but ?3, holds but those of ?4. */
#define TAKEN \
  "SELECT provider_id, room_id FROM appointments WHERE %s = ?5" \
  " AND busy_start_us >= ?1 - 86400000000 AND busy_start_us < ?2 AND busy_end_us > ?1" \
  " AND status NOT IN ('cancelled', 'no-show') AND id <> ?3" \
  " UNION ALL SELECT provider_id, room_id FROM holds WHERE %s = ?5" \
  " AND busy_start_us < ?2 AND busy_end_us > ?1 AND expires_us > ?6 AND call_id <> ?4"

static gboolean
refuse (GError     **error,
        const char  *words)
{
  g_set_error_literal (error, AVA_STORE_ERROR, AVA_STORE_ERROR_INVALID, words);
  return FALSE;
}

static gboolean
is_known (AvaSqlite   *db,
          const char  *sql,
          const char  *id,
          const char  *words,
          GError     **error)
{
  gint64 found = 0;

  if (!ava_sqlite_get_int (db, &found, error, sql, "s", id))
    return FALSE;
  return found > 0 || refuse (error, words);
}

/* Refuses a slot that makes no sense, in words that name the field. */
gboolean
ava_slot_check_whole (AvaStore       *self,
                      const AvaSlot  *slot,
                      GError        **error)
{
  AvaSqlite *db = self->worker.db;

  g_assert (self->thread == g_thread_self ());

  if (slot == NULL)
    return refuse (error, "Choose a time first.");
  if (slot->start_us <= 0)
    return refuse (error, "The start time is missing.");
  if (slot->end_us <= slot->start_us)
    return refuse (error, "The end time must be after the start time.");
  if (slot->busy_start_us > slot->start_us || slot->busy_end_us < slot->end_us)
    return refuse (error, "Set-up and clean-up must lie around the treatment.");
  if (slot->busy_end_us - slot->busy_start_us > MAX_BUSY_US)
    return refuse (error, "An appointment cannot last longer than a day.");
  return is_known (db, "SELECT count(*) FROM services WHERE id = ?", slot->service_id,
                   "Choose a service from the catalogue.", error) &&
         is_known (db, "SELECT count(*) FROM providers WHERE id = ?", slot->provider_id,
                   "Choose a provider of the spa.", error) &&
         is_known (db, "SELECT count(*) FROM rooms WHERE id = ?", slot->room_id,
                   "Choose a room of the spa.", error);
}

static gboolean
count_taken (AvaStore       *self,
             const AvaSlot  *slot,
             const char     *owner,
             const char     *except_id,
             gboolean        of_room,
             gint64         *count,
             GError        **error)
{
  static const char pattern[] = "SELECT count(*) FROM (" TAKEN ")";
  const char *column = of_room ? "room_id" : "provider_id";
  g_autofree char *sql = g_strdup_printf (pattern, column, column);

  return ava_sqlite_get_int (self->worker.db, count, error, sql, "iisssi", slot->busy_start_us,
                             slot->busy_end_us, except_id != NULL ? except_id : "", owner,
                             of_room ? slot->room_id : slot->provider_id,
                             ava_clock_now_us (self->clock));
}

/**
 * ava_slot_check_free:
 * @owner: the call (or person) whose own holds do not count
 * @except_id: (nullable): an appointment that does not count, when it is moved
 *
 * Returns: %FALSE with AVA_STORE_ERROR_TAKEN when the provider or the room is busy then
 */
gboolean
ava_slot_check_free (AvaStore       *self,
                     const AvaSlot  *slot,
                     const char     *owner,
                     const char     *except_id,
                     GError        **error)
{
  g_autofree char *name = NULL;
  gint64 capacity = 1;
  gint64 count = 0;

  g_assert (self->thread == g_thread_self ());

  if (!count_taken (self, slot, owner, except_id, FALSE, &count, error))
    return FALSE;
  if (count > 0) {
    if (ava_sqlite_get_text (self->worker.db, &name, error, "SELECT name FROM providers WHERE id = ?",
                             "s", slot->provider_id))
      g_set_error (error, AVA_STORE_ERROR, AVA_STORE_ERROR_TAKEN,
                   "%s is busy at that time. Choose another time or provider.", name);
    return FALSE;
  }
  if (!ava_sqlite_get_int (self->worker.db, &capacity, error,
                           "SELECT max(capacity, 1) FROM rooms WHERE id = ?", "s", slot->room_id) ||
      !count_taken (self, slot, owner, except_id, TRUE, &count, error))
    return FALSE;
  if (count < capacity)
    return TRUE;
  if (ava_sqlite_get_text (self->worker.db, &name, error, "SELECT name FROM rooms WHERE id = ?", "s",
                           slot->room_id))
    g_set_error (error, AVA_STORE_ERROR, AVA_STORE_ERROR_TAKEN,
                 "%s is in use at that time. Choose another time or room.", name);
  return FALSE;
}
