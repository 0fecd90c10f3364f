/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-appointment-table.h"
#include "ava-availability.h"
#include "ava-block-table.h"
#include "ava-booking.h"
#include "ava-customer-table.h"
#include "ava-fold.h"
#include "ava-journal.h"
#include "ava-spa-table.h"

#include <glib/gi18n.h>
#include <string.h>

/*
 * What comes from files. Each item is a savepoint of its own within one transaction: a broken one leaves
 * nothing, the others stay, and the whole import is one change that can be undone.
 *
 *    item --known by its id?--no--> write it            new
 *              |  yes
 *              +--same print-----> nothing              unchanged
 *              +--other print----> move, cancel, write  changed
 */

AvaImportItem *
ava_import_item_new (void)
{
  return g_new0 (AvaImportItem, 1);
}

static void
ava_import_sweep_free (AvaImportSweep *self)
{
  if (self == NULL)
    return;
  g_free (self->provider_id);
  g_hash_table_unref (self->uids);
  g_hash_table_unref (self->kept);
  g_free (self);
}

/**
 * ava_import_item_free:
 * @self: (transfer full) (nullable):
 */
void
ava_import_item_free (AvaImportItem *self)
{
  if (self == NULL)
    return;
  g_free (self->id);
  g_free (self->print);
  g_free (self->where);
  g_free (self->block_id);
  g_free (self->own_id);
  g_free (self->location_id);
  g_free (self->customer_name);
  g_free (self->phone);
  g_free (self->email);
  g_free (self->notes);
  g_free (self->words);
  ava_slot_free (self->slot);
  ava_time_block_free (self->block);
  ava_import_sweep_free (self->sweep);
  g_free (self);
}

/* What the same item became before. */
typedef struct {
  char *table;     /* nullable: it is new */
  char *row_id;
  char *print;
} Earlier;

static void
earlier_clear (Earlier *self)
{
  g_free (self->table);
  g_free (self->row_id);
  g_free (self->print);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Earlier, earlier_clear)

/* Where a file does not say whose calendar it is, an event that one person has is theirs. */
#define OWNED "id > ?1 || '|' AND id < ?1 || '}'"
#define ONLY_OWNED "?1 LIKE 'ics:%' AND " OWNED " AND (SELECT count(*) FROM imported WHERE " OWNED ") = 1"

/* A row that was undone or removed since counts as one that never was, and the time of another one is theirs. */
static gboolean
find_earlier (AvaStore             *self,
              const AvaImportItem  *item,
              Earlier              *earlier,
              GError              **error)
{
  g_autoptr (GError) local_error = NULL;
  AvaRow *row = ava_sqlite_query (self->worker.db, error,
                                  "SELECT tbl, row_id, print FROM imported i WHERE (id IN (?1, ?2) OR (?2 IS NULL AND " ONLY_OWNED ")) AND"
                                  " (EXISTS (SELECT 1 FROM appointments WHERE id = row_id)"
                                  "  OR EXISTS (SELECT 1 FROM blocks b WHERE b.id = row_id AND (?2 IS NULL OR i.id = ?2 OR b.provider_id IS ?3)))"
                                  " ORDER BY id IS NOT ?2 LIMIT 1", "sss", item->id, item->block_id,
                                  item->block != NULL ? item->block->provider_id : NULL);

  if (row == NULL)
    return FALSE;
  if (ava_row_next (row, &local_error)) {
    earlier->table = ava_row_dup (row, 0);
    earlier->row_id = ava_row_dup (row, 1);
    earlier->print = ava_row_dup (row, 2);
    ava_row_end (row);
  }
  if (local_error != NULL) {
    g_propagate_error (error, g_steal_pointer (&local_error));
    return FALSE;
  }
  if (earlier->table != NULL || item->own_id == NULL)
    return TRUE;
  earlier->row_id = g_strdup (item->own_id);
  if (!ava_sqlite_get_text (self->worker.db, &earlier->table, error,
                            "SELECT CASE WHEN EXISTS (SELECT 1 FROM appointments WHERE id = ?1) THEN 'appointments'"
                            " WHEN EXISTS (SELECT 1 FROM blocks WHERE id = ?1) THEN 'blocks' END", "s", item->own_id))
    return FALSE;
  if (earlier->table == NULL)
    g_set_error_literal (error, AVA_STORE_ERROR, AVA_STORE_ERROR_NOT_FOUND, _("It came from this book, but is not in it any more."));
  return earlier->table != NULL;
}

static gboolean
remember (AvaStore             *self,
          const AvaImportItem  *item,
          const char           *table,
          const char           *row_id,
          GError              **error)
{
  const char *id = item->block_id != NULL && strcmp (table, "blocks") == 0 ? item->block_id : item->id;

  return ava_sqlite_run (self->worker.db, error, "INSERT OR REPLACE INTO imported VALUES (?, ?, ?, ?, ?)", "ssssi", id, table,
                         row_id, item->print, ava_clock_now_us (self->clock));
}

static AvaStoreArgs *
make_args (const AvaStoreArgs  *actor,
           const AvaImportItem *item)
{
  const AvaActor same = {
    .who = actor->who, .why = item->where, .role = actor->role, .override_reason = actor->override_reason, .goes_on = actor->goes_on,
  };
  AvaStoreArgs *args = ava_store_args_new (&same);

  args->slot = item->slot != NULL ? ava_slot_copy (item->slot) : NULL;
  args->name = g_strdup (item->customer_name);
  args->phone = g_strdup (item->phone);
  args->email = g_strdup (item->email);
  args->text = g_strdup (item->notes);
  args->kind = g_strdup (item->location_id);
  args->price_cents = item->price_cents;
  return args;
}

static void
drop_own (GPtrArray  *busy,
          const char *id)
{
  for (guint i = busy->len; i > 0; i--) {
    if (g_strcmp0 (((AvaBusy *) busy->pdata[i - 1])->id, id) == 0)
      g_ptr_array_remove_index (busy, i - 1);
  }
}

/* Anyone who does it, when nobody was named. */
static gboolean
choose_provider (AvaStore      *self,
                 AvaSpa        *spa,
                 AvaStoreArgs  *args,
                 const char    *own_id,
                 GError       **error)
{
  AvaSlotQuery query = {
    .service_id = args->slot->service_id, .from_us = args->slot->start_us, .to_us = args->slot->start_us, .to_min = 1440,
    .step_min = 1, .limit = 1, .telling = AVA_WRITTEN,
  };
  g_autoptr (GPtrArray) busy = NULL;
  g_autoptr (GPtrArray) slots = NULL;
  g_autoptr (GPtrArray) reasons = NULL;

  if (spa == NULL)
    return FALSE;
  if (args->slot->provider_id != NULL)
    return TRUE;
  busy = ava_appointment_table_busy (self, query.from_us - AVA_USEC_PER_DAY, query.from_us + AVA_USEC_PER_DAY, NULL, error);
  if (busy == NULL)
    return FALSE;
  drop_own (busy, own_id);
  slots = ava_availability_find (spa, busy, &query);
  if (slots->len > 0) {
    args->slot->provider_id = g_strdup (((AvaSlot *) slots->pdata[0])->provider_id);
    return TRUE;
  }
  reasons = ava_availability_explain (spa, busy, &query, query.from_us);
  g_set_error_literal (error, AVA_STORE_ERROR, AVA_STORE_ERROR_INVALID,
                       reasons->len > 0 ? ((AvaReason *) reasons->pdata[0])->words : _("This cannot be had then."));
  return FALSE;
}

/* Hours, leave, licences, rooms and what is booked: what the search would not offer is not imported
 * either. Chooses the room, at the location @args->kind. */
static gboolean
check_offer (AvaStore       *self,
             AvaStoreArgs   *args,
             const char     *own_id,
             GError        **error)
{
  g_autoptr (AvaSpa) book = ava_spa_table_load (self, error);
  g_autoptr (AvaSpa) spa = book != NULL ? ava_spa_see (book, args->kind) : NULL;
  g_autoptr (GPtrArray) busy = NULL;
  g_autoptr (GPtrArray) reasons = NULL;
  g_autoptr (AvaSlot) slot = NULL;

  if (!choose_provider (self, spa, args, own_id, error))
    return FALSE;
  busy = spa != NULL ? ava_appointment_table_busy (self, args->slot->start_us - AVA_USEC_PER_DAY, args->slot->start_us + AVA_USEC_PER_DAY,
                                                   NULL, error) : NULL;
  if (busy == NULL)
    return FALSE;
  drop_own (busy, own_id);
  /* What has been is written down as it was. */
  slot = ava_availability_check (spa, busy, args->slot, MIN (args->slot->start_us, ava_clock_now_us (self->clock)), AVA_WRITTEN, &reasons);
  if (slot == NULL) {
    g_set_error_literal (error, AVA_STORE_ERROR, AVA_STORE_ERROR_INVALID,
                         reasons->len > 0 ? ((AvaReason *) reasons->pdata[0])->words : _("This cannot be had then."));
    return FALSE;
  }
  ava_slot_free (args->slot);
  args->slot = g_steal_pointer (&slot);
  return TRUE;
}

/* A file that tells only the time means the rest as it is. */
static void
complete_slot (AvaSlot        *slot,
               AvaAppointment *appointment)
{
  if (slot->service_id == NULL)
    slot->service_id = g_strdup (appointment->service_id);
  if (slot->provider_id == NULL)
    slot->provider_id = g_strdup (appointment->provider_id);
  if (slot->room_id == NULL)
    slot->room_id = g_strdup (appointment->room_id);
}

static gboolean
is_where_it_should (AvaAppointment *appointment,
                    const AvaSlot  *slot)
{
  return appointment->start_us == slot->start_us && g_strcmp0 (appointment->provider_id, slot->provider_id) == 0 &&
         g_strcmp0 (appointment->service_id, slot->service_id) == 0;
}

static gboolean
change_appointment (AvaStore       *self,
                    AvaStoreArgs   *actor,
                    AvaImportItem  *item,
                    const char     *id,
                    GError        **error)
{
  g_autoptr (AvaStoreArgs) args = make_args (actor, item);
  g_autoptr (AvaAppointment) appointment = ava_appointment_table_get (self, id, error);
  g_autoptr (AvaAppointment) changed = NULL;

  if (appointment == NULL)
    return FALSE;
  if ((args->slot == NULL && !item->gone) || item->free) {
    item->verdict = AVA_IMPORT_UNCHANGED;
    return TRUE;
  }
  if (args->slot != NULL)
    complete_slot (args->slot, appointment);
  args->id = g_strdup (id);
  args->status = AVA_APPOINTMENT_CANCELLED;
  if (item->gone ? appointment->status == AVA_APPOINTMENT_CANCELLED : is_where_it_should (appointment, args->slot)) {
    item->verdict = AVA_IMPORT_UNCHANGED;
    return TRUE;
  }
  item->verdict = AVA_IMPORT_CHANGED;
  if (item->gone)
    changed = ava_booking_set_status (self, self->worker.db, args, error);
  else if (check_offer (self, args, id, error))
    changed = ava_booking_move (self, self->worker.db, args, error);
  return changed != NULL;
}

/* Who is known only by name must be the only one of that name. Sets @found to how many there are. */
static gboolean
find_by_name (AvaStore             *self,
              const AvaImportItem  *item,
              char                **id,
              gint64               *found,
              GError              **error)
{
  g_autofree char *stripped = g_strstrip (g_strdup (item->customer_name != NULL ? item->customer_name : ""));
  g_autofree char *sort_name = ava_fold_text (stripped);

  *found = 0;
  *id = NULL;
  return ava_sqlite_get_int (self->worker.db, found, error, "SELECT count(*) FROM customers WHERE sort_name = ? AND archived_us = 0", "s",
                             sort_name) &&
         (*found != 1 ||
          ava_sqlite_get_text (self->worker.db, id, error, "SELECT id FROM customers WHERE sort_name = ? AND archived_us = 0", "s", sort_name));
}

/* A file of ours comes back: its words may be fewer than ours, its times count. */
static gboolean
is_same_block (AvaStore             *self,
               const AvaImportItem  *item,
               const Earlier        *earlier,
               gboolean             *same,
               GError              **error)
{
  gint64 found = 0;

  *same = FALSE;
  if (item->own_id == NULL || item->gone)
    return TRUE;
  if (!ava_sqlite_get_int (self->worker.db, &found, error, "SELECT count(*) FROM blocks WHERE id = ? AND start_us = ? AND end_us = ?", "sii",
                           earlier->row_id, item->block->start_us, item->block->end_us))
    return FALSE;
  *same = found > 0;
  return TRUE;
}

/* Nothing is cancelled: the appointments that the block leaves without their place are told. */
static gboolean
tell_broken (AvaStore       *self,
             AvaImportItem  *item,
             GError        **error)
{
  gint64 found = 0;

  if (!ava_sqlite_get_int (self->worker.db, &found, error,
                           "SELECT count(*) FROM appointments WHERE busy_start_us >= ?1 - 86400000000 AND busy_start_us < ?2"
                           " AND busy_end_us > ?1 AND status IN ('scheduled', 'confirmed')"
                           " AND (provider_id = ?3 OR room_id = ?4 OR device_id = ?4)", "iiss", item->block->start_us,
                           item->block->end_us, item->block->provider_id, item->block->room_id))
    return FALSE;
  if (found == 0)
    return TRUE;
  g_free (item->words);
  item->words = g_strdup_printf (ngettext ("An appointment stands in this time. It is not cancelled: move it, or cancel it.",
                                           "%d appointments stand in this time. None is cancelled: move them, or cancel them.", found), (int) found);
  return TRUE;
}

static gboolean
write_block (AvaStore       *self,
             AvaStoreArgs   *actor,
             AvaImportItem  *item,
             const Earlier  *earlier,
             GError        **error)
{
  gboolean there = g_strcmp0 (earlier->table, "blocks") == 0;
  gboolean same = FALSE;
  g_autofree char *id = NULL;

  if (there && item->block != NULL && !is_same_block (self, item, earlier, &same, error))
    return FALSE;
  item->verdict = there ? AVA_IMPORT_CHANGED : AVA_IMPORT_NEW;
  if (same || ((item->gone || item->free) && !there)) {
    item->verdict = AVA_IMPORT_UNCHANGED;
    return TRUE;
  }
  if (item->gone || item->free)
    return ava_block_table_remove (self, actor, earlier->row_id, error);
  if (item->block == NULL)
    return TRUE;
  /* A file of ours does not say whose time it is. */
  if (there && (item->own_id != NULL || (item->block->provider_id == NULL && item->block->room_id == NULL)) &&
      !(ava_sqlite_get_text (self->worker.db, &item->block->provider_id, error, "SELECT provider_id FROM blocks WHERE id = ?", "s", earlier->row_id) &&
        ava_sqlite_get_text (self->worker.db, &item->block->room_id, error, "SELECT room_id FROM blocks WHERE id = ?", "s", earlier->row_id)))
    return FALSE;
  id = ava_block_table_write (self, actor, there ? earlier->row_id : NULL, item->block, error);
  return id != NULL && remember (self, item, "blocks", id, error) && tell_broken (self, item, error);
}

static gboolean
add_appointment (AvaStore       *self,
                 AvaStoreArgs   *actor,
                 AvaImportItem  *item,
                 const Earlier  *earlier,
                 GError        **error)
{
  g_autoptr (AvaStoreArgs) args = make_args (actor, item);
  g_autoptr (AvaAppointment) made = NULL;
  gint64 found = 0;

  item->verdict = AVA_IMPORT_NEW;
  if (item->phone == NULL && !find_by_name (self, item, &args->id, &found, error))
    return FALSE;
  if (item->phone == NULL && args->id == NULL && item->block != NULL)
    return write_block (self, actor, item, earlier, error);
  if (item->phone == NULL && args->id == NULL) {
    g_set_error (error, AVA_STORE_ERROR, AVA_STORE_ERROR_INVALID,
                 found == 0 ? _("Nobody of this name is in the book: give a phone number.") : _("Several customers have this name: give a phone number."));
    return FALSE;
  }
  if (ava_booking_check_person (args, error) && check_offer (self, args, NULL, error))
    made = ava_booking_book (self, self->worker.db, args, error);
  return made != NULL && remember (self, item, "appointments", made->id, error);
}

/* --- What a calendar has no more -------------------------------------------------------------- */

typedef struct {
  char *id;
  char *row_id;
} Trace;

static void
trace_free (Trace *trace)
{
  g_free (trace->id);
  g_free (trace->row_id);
  g_free (trace);
}

static gpointer
read_trace (AvaRow *row)
{
  Trace *trace = g_new0 (Trace, 1);

  trace->id = ava_row_dup (row, 0);
  trace->row_id = ava_row_dup (row, 1);
  return trace;
}

/* Of "ics:UID|instance", or that with the provider behind it. */
static char *
find_uid (const char *id,
          const char *provider_id)
{
  g_autofree char *whose = g_strconcat ("|", provider_id, NULL);
  gsize length = strlen (id) - (g_str_has_suffix (id, whose) ? strlen (whose) : 0);
  const char *bar = g_strrstr_len (id, length, "|");

  return g_str_has_prefix (id, "ics:") && bar != NULL ? g_strndup (id + 4, bar - id - 4) : NULL;
}

static gboolean
sweep (AvaStore       *self,
       AvaStoreArgs   *actor,
       AvaImportItem  *item,
       GError        **error)
{
  const AvaImportSweep *wanted = item->sweep;
  guint gone = 0;
  g_autoptr (GPtrArray) traces = ava_row_read_all (
    ava_sqlite_query (self->worker.db, error, "SELECT i.id, i.row_id FROM blocks b JOIN imported i ON i.row_id = b.id AND i.tbl = 'blocks'"
                      " WHERE b.end_us > ? AND b.start_us < ? AND b.provider_id = ? ORDER BY b.start_us", "iis", wanted->from_us,
                      wanted->to_us, wanted->provider_id), read_trace, (GDestroyNotify) trace_free, error);

  for (guint i = 0; traces != NULL && i < traces->len; i++) {
    const Trace *trace = traces->pdata[i];
    g_autofree char *uid = find_uid (trace->id, wanted->provider_id);

    if (uid == NULL || !g_hash_table_contains (wanted->uids, uid) || g_hash_table_contains (wanted->kept, trace->id))
      continue;
    if (!ava_block_table_remove (self, actor, trace->row_id, error))
      return FALSE;
    gone++;
  }
  item->verdict = gone > 0 ? AVA_IMPORT_CHANGED : AVA_IMPORT_UNCHANGED;
  if (gone > 0) {
    g_free (item->words);
    item->words = g_strdup_printf (ngettext ("A time that its event no longer has is free again.",
                                             "%u times that their events no longer have are free again.", gone), gone);
  }
  return traces != NULL;
}

static gboolean
take_item (AvaStore       *self,
           AvaStoreArgs   *actor,
           AvaImportItem  *item,
           GError        **error)
{
  g_auto (Earlier) earlier = { 0 };

  if (item->sweep != NULL)
    return sweep (self, actor, item, error);
  if (!find_earlier (self, item, &earlier, error))
    return FALSE;
  if (earlier.print != NULL && g_strcmp0 (earlier.print, item->print) == 0) {
    item->verdict = AVA_IMPORT_UNCHANGED;
    return TRUE;
  }
  if (g_strcmp0 (earlier.table, "blocks") == 0 || (item->slot == NULL && earlier.table == NULL))
    return write_block (self, actor, item, &earlier, error);
  if (g_strcmp0 (earlier.table, "appointments") == 0)
    return change_appointment (self, actor, item, earlier.row_id, error) &&
           remember (self, item, "appointments", earlier.row_id, error);
  if (item->gone) {
    item->verdict = AVA_IMPORT_UNCHANGED;
    return TRUE;
  }
  return add_appointment (self, actor, item, &earlier, error);
}

static void
drop_operations (AvaStore *self,
                 guint     keep)
{
  while (json_array_get_length (self->worker.ops) > keep)
    json_array_remove_element (self->worker.ops, json_array_get_length (self->worker.ops) - 1);
}

static gboolean
take_in_savepoint (AvaStore       *self,
                   AvaStoreArgs   *actor,
                   AvaImportItem  *item,
                   GError        **error)
{
  g_autoptr (GError) local_error = NULL;
  guint operations = json_array_get_length (self->worker.ops);

  if (item->verdict == AVA_IMPORT_BROKEN)
    return TRUE;
  if (!ava_sqlite_exec (self->worker.db, "SAVEPOINT item", error))
    return FALSE;
  if (take_item (self, actor, item, &local_error))
    return ava_sqlite_exec (self->worker.db, "RELEASE item", error);
  drop_operations (self, operations);
  item->verdict = AVA_IMPORT_BROKEN;
  g_free (item->words);
  item->words = g_strdup (local_error != NULL ? local_error->message : _("It could not be taken."));
  /* A full disk or a lost file is no fault of the item: everything stops. */
  if (g_error_matches (local_error, AVA_STORE_ERROR, AVA_STORE_ERROR_FULL) ||
      g_error_matches (local_error, AVA_STORE_ERROR, AVA_STORE_ERROR_DAMAGED) ||
      g_error_matches (local_error, AVA_STORE_ERROR, AVA_STORE_ERROR_READ_ONLY)) {
    g_propagate_error (error, g_steal_pointer (&local_error));
    return FALSE;
  }
  return ava_sqlite_exec (self->worker.db, "ROLLBACK TO item; RELEASE item", error);
}

typedef struct {
  GObject parent_instance;
  GPtrArray *items;   /* the caller's, who waits */
} AvaImportItems;

typedef struct { GObjectClass parent_class; } AvaImportItemsClass;

GType ava_import_items_get_type (void);
G_DEFINE_FINAL_TYPE (AvaImportItems, ava_import_items, G_TYPE_OBJECT)

static void
ava_import_items_finalize (GObject *object)
{
  g_clear_pointer (&((AvaImportItems *) object)->items, g_ptr_array_unref);
  G_OBJECT_CLASS (ava_import_items_parent_class)->finalize (object);
}

static void
ava_import_items_class_init (AvaImportItemsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ava_import_items_finalize;
}

static void
ava_import_items_init (AvaImportItems *self)
{
}

static gpointer
import (AvaStore      *self,
        AvaSqlite     *db,
        AvaStoreArgs  *args,
        GError       **error)
{
  GPtrArray *items = ((AvaImportItems *) args->object)->items;
  gboolean taken = TRUE;

  g_assert (self->thread == g_thread_self ());

  self->worker.batch = args->from_us;
  if (args->flag && !ava_sqlite_exec (db, "SAVEPOINT rehearsal", error))
    return NULL;
  for (guint i = 0; taken && i < items->len; i++)
    taken = take_in_savepoint (self, args, items->pdata[i], error);
  if (args->flag) {
    drop_operations (self, 0);
    g_hash_table_remove_all (self->worker.touched);
    taken = ava_sqlite_exec (db, "ROLLBACK TO rehearsal; RELEASE rehearsal", taken ? error : NULL) && taken;
  }
  return taken ? g_memdup2 (&self->worker.batch, sizeof self->worker.batch) : NULL;
}

/* --- Any thread ------------------------------------------------------------------------------ */

/**
 * ava_store_import_async:
 * @batch: of the part before, which this one belongs to: all parts are one change; 0 for the first
 * @dry: only say what would happen
 */
void
ava_store_import_async (AvaStore            *self,
                        const AvaActor      *actor,
                        GPtrArray           *items,
                        gint64               batch,
                        gboolean             dry,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  AvaStoreArgs *args = ava_store_args_new (actor);
  AvaImportItems *all = g_object_new (ava_import_items_get_type (), NULL);

  all->items = g_ptr_array_ref (items);
  args->object = G_OBJECT (all);
  args->from_us = batch;
  args->flag = dry;
  ava_store_run_async (self, AVA_STORE_WRITE, import, args, g_free, ava_store_import_async, cancellable, callback, user_data);
}

/**
 * ava_store_import_finish:
 * @batch: (out) (optional): of this part and those before: the token for undo; 0 while nothing was written
 */
gboolean
ava_store_import_finish (AvaStore      *self,
                         GAsyncResult  *result,
                         gint64        *batch,
                         GError       **error)
{
  g_autofree gint64 *written = ava_store_run_finish (self, result, ava_store_import_async, error);

  if (batch != NULL)
    *batch = written != NULL ? *written : 0;
  return written != NULL;
}
