/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-book-range.h"

#include "ava-store-changes.h"

struct _AvaBookRange {
  GObject parent_instance;

  AvaContext *context;
  AvaBook *book;
  GCancellable *cancellable;   /* of the queries that are on their way, nullable */
  GPtrArray *appointments;     /* AvaAppointment */
  GPtrArray *holds;            /* AvaBusy: holds and blocks */
  gint64 from_us, to_us;       /* [us] UTC */
  gint64 at_us;                /* [us] UTC, 0: now */
  gboolean with_holds;
  gboolean loaded;             /* what is there answers the question that was asked last */
  gboolean again;              /* something changed while it was read */
};

enum { CHANGED, FAILED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AvaBookRange, ava_book_range, G_TYPE_OBJECT)

static void load (AvaBookRange *self);

static gboolean
is_same (AvaAppointment *one,
         AvaAppointment *two)
{
  return one->version == two->version && one->status == two->status && one->start_us == two->start_us &&
         g_strcmp0 (one->customer_name, two->customer_name) == 0 && g_strcmp0 (one->flags, two->flags) == 0 &&
         g_strcmp0 (one->service_name, two->service_name) == 0 && g_strcmp0 (one->provider_name, two->provider_name) == 0 &&
         g_strcmp0 (one->room_name, two->room_name) == 0 && g_strcmp0 (one->provider_colour, two->provider_colour) == 0;
}

static void
keep_what_is_same (GPtrArray *old,
                   GPtrArray *rows)
{
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < old->len; i++)
    g_hash_table_insert (known, AVA_APPOINTMENT (old->pdata[i])->id, old->pdata[i]);
  for (guint i = 0; i < rows->len; i++) {
    AvaAppointment *before = g_hash_table_lookup (known, AVA_APPOINTMENT (rows->pdata[i])->id);

    if (before == NULL || before == rows->pdata[i] || !is_same (before, rows->pdata[i]))
      continue;
    g_object_unref (rows->pdata[i]);
    rows->pdata[i] = g_object_ref (before);
  }
}

static void
finish (AvaBookRange *self)
{
  gboolean same = self->loaded;

  self->loaded = TRUE;
  g_clear_object (&self->cancellable);
  g_signal_emit (self, signals[CHANGED], 0, same);
  if (self->again)
    load (self);
}

static void
fail (AvaBookRange *self,
      GError       *error)
{
  g_clear_object (&self->cancellable);
  self->again = FALSE;
  g_warning ("The calendar could not be read: %s", error->message);
  g_signal_emit (self, signals[FAILED], 0, error->message);
}

static void
busy_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (AvaBookRange) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) busy = ava_store_busy_finish (AVA_STORE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (busy == NULL) {
    fail (self, error);
    return;
  }
  for (guint i = busy->len; i > 0; i--) {
    AvaBusy *one = busy->pdata[i - 1];

    if (!one->is_hold && !one->is_block)
      g_ptr_array_remove_index_fast (busy, i - 1);
  }
  g_ptr_array_unref (self->holds);
  self->holds = g_steal_pointer (&busy);
  finish (self);
}

static void
blocks_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (AvaBookRange) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) blocks = ava_store_blocks_at_finish (AVA_STORE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (blocks == NULL) {
    fail (self, error);
    return;
  }
  g_ptr_array_unref (self->holds);
  self->holds = g_steal_pointer (&blocks);
  finish (self);
}

static void
take_rows (AvaBookRange *self,
           GPtrArray    *rows,
           GError       *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (rows == NULL) {
    fail (self, error);
    return;
  }
  keep_what_is_same (self->appointments, rows);
  g_ptr_array_unref (self->appointments);
  self->appointments = g_ptr_array_ref (rows);
  if (self->with_holds && self->at_us == 0) {
    ava_store_busy_async (ava_context_get_store (self->context), self->from_us, self->to_us, NULL, self->cancellable,
                          busy_cb, g_object_ref (self));
    return;
  }
  /* What was held for a caller then is not known any more. */
  if (self->with_holds) {
    ava_store_blocks_at_async (ava_context_get_store (self->context), self->from_us, self->to_us, self->at_us, self->cancellable,
                               blocks_cb, g_object_ref (self));
    return;
  }
  /* A board may still show the old ones. */
  g_ptr_array_unref (self->holds);
  self->holds = g_ptr_array_new_with_free_func ((GDestroyNotify) ava_busy_free);
  finish (self);
}

static void
rows_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (AvaBookRange) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = ava_store_list_appointments_finish (AVA_STORE (source), result, &error);

  take_rows (self, rows, error);
}

static void
past_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (AvaBookRange) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = ava_book_at_finish (AVA_BOOK (source), result, &error);

  take_rows (self, rows, error);
}

static void
load (AvaBookRange *self)
{
  self->again = FALSE;
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  if (self->at_us != 0)
    ava_book_at_async (self->book, self->from_us, self->to_us, self->at_us, self->cancellable, past_cb, g_object_ref (self));
  else
    ava_store_list_appointments_async (ava_context_get_store (self->context), self->from_us, self->to_us, TRUE,
                                       self->cancellable, rows_cb, g_object_ref (self));
}

static void
on_store_changed (AvaStore          *store,
                  const char *const *tables,
                  AvaBookRange      *self)
{
  static const char *const looked_at[] = { "appointments", "customers", "holds", "blocks", "services", "providers", "rooms" };
  gboolean ours = FALSE;

  /* The past does not change. */
  if (self->at_us != 0 || self->to_us == 0)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (looked_at); i++)
    ours = ours || g_strv_contains (tables, looked_at[i]);
  if (!ours)
    return;
  if (self->cancellable != NULL)
    self->again = TRUE;
  else
    load (self);
}

static void
stop (AvaBookRange *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
ava_book_range_dispose (GObject *object)
{
  AvaBookRange *self = AVA_BOOK_RANGE (object);

  stop (self);
  g_clear_pointer (&self->appointments, g_ptr_array_unref);
  g_clear_pointer (&self->holds, g_ptr_array_unref);
  g_clear_object (&self->book);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (ava_book_range_parent_class)->dispose (object);
}

static void
ava_book_range_class_init (AvaBookRangeClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ava_book_range_dispose;
  signals[CHANGED] = g_signal_new ("changed", AVA_TYPE_BOOK_RANGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
  signals[FAILED] = g_signal_new ("failed", AVA_TYPE_BOOK_RANGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
ava_book_range_init (AvaBookRange *self)
{
  self->appointments = g_ptr_array_new_with_free_func (g_object_unref);
  self->holds = g_ptr_array_new_with_free_func ((GDestroyNotify) ava_busy_free);
}

/**
 * ava_book_range_new:
 *
 * Returns: (transfer full): of no time yet
 */
AvaBookRange *
ava_book_range_new (AvaContext *context,
                    AvaBook    *book)
{
  AvaBookRange *self = g_object_new (AVA_TYPE_BOOK_RANGE, NULL);

  self->context = g_object_ref (context);
  self->book = g_object_ref (book);
  g_signal_connect_object (ava_context_get_store (context), "changed", G_CALLBACK (on_store_changed), self, 0);
  return self;
}

/**
 * ava_book_range_ask:
 * @from_us: [us] UTC
 * @to_us: [us] UTC, exclusive
 *
 * Asks, when that is another question than before; what is there stays until the answer comes.
 */
void
ava_book_range_ask (AvaBookRange *self,
                    gint64        from_us,
                    gint64        to_us,
                    gint64        at_us,
                    gboolean      with_holds)
{
  g_return_if_fail (AVA_IS_BOOK_RANGE (self));

  if (self->from_us == from_us && self->to_us == to_us && self->at_us == at_us && self->with_holds == with_holds)
    return;
  stop (self);
  self->from_us = from_us;
  self->to_us = to_us;
  self->at_us = at_us;
  self->with_holds = with_holds;
  self->loaded = FALSE;
  load (self);
}

/**
 * ava_book_range_reload:
 *
 * Asks again, such as when a hold has lapsed: nothing in the book changes then.
 */
void
ava_book_range_reload (AvaBookRange *self)
{
  g_return_if_fail (AVA_IS_BOOK_RANGE (self));

  if (self->cancellable != NULL)
    self->again = TRUE;
  else if (self->to_us != 0)
    load (self);
}

/* Returns: (transfer none): what was read last, which is of the earlier question until it is loaded */
GPtrArray *
ava_book_range_get_appointments (AvaBookRange *self)
{
  return self->appointments;
}

GPtrArray *
ava_book_range_get_holds (AvaBookRange *self)
{
  return self->holds;
}

gboolean
ava_book_range_is_loaded (AvaBookRange *self)
{
  return self->loaded;
}
