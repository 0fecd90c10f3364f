/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-customer-change.h"
#include "ava-customer-table.h"
#include "ava-id.h"
#include "ava-journal.h"
#include "ava-undo.h"

#include <glib/gi18n.h>
#include <string.h>

/*
 * Two records of one person become one. Everything of the second one is moved to the first, row by row
 * and each noted in the journal; the second stays as a pointer. So a merge is a change like any other: undo
 * takes it back, and a split takes it back at any later time, whatever else was changed since.
 */

static const char *const tables[] = {
  "appointments", "conversations", "tasks", "consultations", "consents", "waitlist", "message_outbox",
  "customer_packages",
};

static GPtrArray *
list_rows (AvaStore    *self,
           const char  *table,
           const char  *customer_id,
           GError     **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT id FROM %s WHERE customer_id = ?", table);

  return ava_row_read_texts (ava_sqlite_query (self->worker.db, error, sql, "s", customer_id), error);
}

static gboolean
move_rows (AvaStore      *self,
           AvaStoreArgs  *args,
           const char    *table,
           GError       **error)
{
  g_autoptr (GPtrArray) ids = list_rows (self, table, args->kind, error);
  g_autofree char *sql = g_strdup_printf ("UPDATE %s SET customer_id = ? WHERE id = ?", table);

  for (guint i = 0; ids != NULL && i < ids->len; i++) {
    g_autofree char *before = ava_journal_snapshot (self, table, ids->pdata[i], error);

    if (before == NULL || !ava_sqlite_run (self->worker.db, error, sql, "ss", args->id, ids->pdata[i]) ||
        !ava_journal_row (self, args, "customer-merged", table, ids->pdata[i], before, error))
      return FALSE;
  }
  return ids != NULL;
}

static gboolean
is_set (const char *text)
{
  return text != NULL && *text != '\0';
}

/* Nothing that may be dangerous is lost: what both say is put side by side. */
static void
join_texts (JsonObject *columns,
            const char *name,
            const char *mine,
            const char *theirs,
            const char *between)
{
  g_autofree char *both = NULL;

  if (!is_set (theirs) || (is_set (mine) && strstr (mine, theirs) != NULL))
    return;
  both = is_set (mine) ? g_strconcat (mine, between, theirs, NULL) : g_strdup (theirs);
  json_object_set_string_member (columns, name, both);
}

static void
fill_gap (JsonObject *columns,
          const char *name,
          const char *mine,
          const char *theirs)
{
  if (!is_set (mine) && is_set (theirs))
    json_object_set_string_member (columns, name, theirs);
}

static void
join_tags (JsonObject  *columns,
           AvaCustomer *mine,
           AvaCustomer *theirs)
{
  g_autoptr (GStrvBuilder) all = g_strv_builder_new ();
  g_auto (GStrv) tags = NULL;
  g_autofree char *text = NULL;

  if (theirs->tags == NULL || theirs->tags[0] == NULL)
    return;
  for (guint i = 0; mine->tags != NULL && mine->tags[i] != NULL; i++)
    g_strv_builder_add (all, mine->tags[i]);
  for (guint i = 0; theirs->tags[i] != NULL; i++) {
    if (mine->tags == NULL || !g_strv_contains ((const char *const *) mine->tags, theirs->tags[i]))
      g_strv_builder_add (all, theirs->tags[i]);
  }
  tags = g_strv_builder_end (all);
  text = ava_customer_table_print_tags (tags);
  json_object_set_string_member (columns, "tags", text);
}

static gboolean
join_fields (AvaStore      *self,
             AvaStoreArgs  *args,
             AvaCustomer   *mine,
             AvaCustomer   *theirs,
             GError       **error)
{
  g_autoptr (JsonObject) columns = json_object_new ();

  fill_gap (columns, "phone", mine->phone, theirs->phone);
  fill_gap (columns, "email", mine->email, theirs->email);
  fill_gap (columns, "born", mine->born, theirs->born);
  fill_gap (columns, "provider_id", mine->provider_id, theirs->provider_id);
  fill_gap (columns, "household_id", mine->household_id, theirs->household_id);
  join_texts (columns, "allergies", mine->allergies, theirs->allergies, "; ");
  join_texts (columns, "medicines", mine->medicines, theirs->medicines, "; ");
  join_texts (columns, "contraindications", mine->contraindications, theirs->contraindications, "; ");
  join_texts (columns, "do_not_book", mine->do_not_book, theirs->do_not_book, "; ");
  join_texts (columns, "notes", mine->notes, theirs->notes, "\n");
  join_tags (columns, mine, theirs);
  if (theirs->pregnant && !mine->pregnant)
    json_object_set_int_member (columns, "pregnant", 1);
  if (theirs->vip && !mine->vip)
    json_object_set_int_member (columns, "vip", 1);
  if (theirs->screened_us > mine->screened_us) {
    json_object_set_int_member (columns, "screened_us", theirs->screened_us);
    json_object_set_string_member (columns, "screened_by", theirs->screened_by != NULL ? theirs->screened_by : args->who);
  }
  return json_object_get_size (columns) == 0 ||
         ava_customer_change_set (self, args, "customer-merged", args->id, columns, error);
}

/* @args->kind goes into @args->id. */
static gpointer
merge (AvaStore      *self,
       AvaSqlite     *db,
       AvaStoreArgs  *args,
       GError       **error)
{
  g_autoptr (AvaCustomer) mine = ava_customer_table_get (self, args->id, error);
  g_autoptr (AvaCustomer) theirs = mine != NULL ? ava_customer_table_get (self, args->kind, error) : NULL;
  g_autoptr (JsonObject) pointer = json_object_new ();

  g_assert (self->thread == g_thread_self ());

  if (theirs == NULL || !ava_customer_change_allow (args, AVA_RIGHT_MERGE_CUSTOMERS, error))
    return NULL;
  if (strcmp (args->id, args->kind) == 0)
    return ava_customer_change_refuse (error, AVA_STORE_ERROR_INVALID, _("These are not two records but one."));
  if (mine->merged_into != NULL || theirs->merged_into != NULL)
    return ava_customer_change_refuse (error, AVA_STORE_ERROR_INVALID, _("One of the two was merged already."));
  if (mine->erased_us != 0 || theirs->erased_us != 0)
    return ava_customer_change_refuse (error, AVA_STORE_ERROR_INVALID, _("One of the two was erased on request, so there is nothing to merge."));
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++) {
    if (!move_rows (self, args, tables[i], error))
      return NULL;
  }
  json_object_set_string_member (pointer, "merged_into", args->id);
  json_object_set_int_member (pointer, "archived_us", ava_clock_now_us (self->clock));
  if (!join_fields (self, args, mine, theirs, error) ||
      !ava_customer_change_set (self, args, "customer-merged", args->kind, pointer, error))
    return NULL;
  return ava_customer_change_done (self, args->id, error);
}

static gpointer
split (AvaStore      *self,
       AvaSqlite     *db,
       AvaStoreArgs  *args,
       GError       **error)
{
  g_autoptr (AvaCustomer) customer = ava_customer_table_get (self, args->id, error);
  gint64 batch = 0;

  g_assert (self->thread == g_thread_self ());

  if (customer == NULL || !ava_customer_change_allow (args, AVA_RIGHT_MERGE_CUSTOMERS, error))
    return NULL;
  if (customer->merged_into == NULL)
    return ava_customer_change_refuse (error, AVA_STORE_ERROR_INVALID, _("This record was not merged into another one."));
  if (customer->erased_us != 0)
    return ava_customer_change_refuse (error, AVA_STORE_ERROR_INVALID, _("What was known of this customer was erased on request."));
  if (!ava_sqlite_get_int (db, &batch, error, "SELECT coalesce (max (batch), 0) FROM journal WHERE tbl = 'customers' AND row_id = ?"
                           " AND json_extract (after, '$.merged_into') IS NOT NULL"
                           " AND json_extract (before, '$.merged_into') IS NULL", "s", args->id))
    return NULL;
  if (batch == 0)
    return ava_customer_change_refuse (error, AVA_STORE_ERROR_INVALID, _("It is no longer known what was merged, so it cannot be split."));
  if (!ava_undo_take_back (self, args, batch, error))
    return NULL;
  return ava_customer_change_done (self, args->id, error);
}

static gpointer
keep_apart (AvaStore      *self,
            AvaSqlite     *db,
            AvaStoreArgs  *args,
            GError       **error)
{
  g_autofree char *id = ava_id_new (ava_clock_now_us (self->clock));
  gboolean in_order = strcmp (args->id, args->kind) < 0;
  const char *one = in_order ? args->id : args->kind;
  const char *other = in_order ? args->kind : args->id;
  gint64 known = 0;

  g_assert (self->thread == g_thread_self ());

  if (!ava_customer_change_allow (args, AVA_RIGHT_MERGE_CUSTOMERS, error) ||
      !ava_sqlite_get_int (db, &known, error, "SELECT count(*) FROM customer_pairs WHERE one_id = ? AND other_id = ?", "ss", one, other))
    return NULL;
  if (known == 0 &&
      (!ava_sqlite_run (db, error, "INSERT INTO customer_pairs (id, one_id, other_id, at_us) VALUES (?, ?, ?, ?)", "sssi", id,
                        one, other, ava_clock_now_us (self->clock)) ||
       !ava_journal_row (self, args, "customers-apart", "customer_pairs", id, NULL, error)))
    return NULL;
  return ava_customer_change_done (self, args->id, error);
}

/* --- Any thread ------------------------------------------------------------------------------ */

static void
run_pair (AvaStore            *self,
          AvaStoreFunc         func,
          const AvaActor      *actor,
          const char          *id,
          const char          *other,
          GAsyncReadyCallback  callback,
          gpointer             user_data)
{
  AvaStoreArgs *args = ava_store_args_new (actor);

  args->id = g_strdup (id);
  args->kind = g_strdup (other);
  ava_customer_change_run (self, func, args, callback, user_data);
}

void
ava_store_merge_customers_async (AvaStore            *self,
                                 const AvaActor      *actor,
                                 const char          *id,
                                 const char          *other,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  run_pair (self, merge, actor, id, other, callback, user_data);
}

void
ava_store_split_customer_async (AvaStore            *self,
                                const AvaActor      *actor,
                                const char          *id,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  run_pair (self, split, actor, id, NULL, callback, user_data);
}

void
ava_store_keep_apart_async (AvaStore            *self,
                            const AvaActor      *actor,
                            const char          *id,
                            const char          *other,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  run_pair (self, keep_apart, actor, id, other, callback, user_data);
}
