/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-customer-change.h"
#include "ava-customer-fields.h"
#include "ava-customer-table.h"
#include "ava-fold.h"
#include "ava-id.h"
#include "ava-journal.h"
#include "ava-time-of-day.h"

#include <glib/gi18n.h>
#include <string.h>

/* Making and editing customers, one or many; archiving them; households. */

#define MOST_LISTED 5      /* appointments that stand in the way, in words */

/* --- Fields ---------------------------------------------------------------------------------- */

/* All of @values cleaned, by field; NULL when one is wrong. */
static GHashTable *
clean_values (AvaStore    *self,
              JsonObject  *values,
              GError     **error)
{
  g_autoptr (GHashTable) texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autofree char *region = ava_customer_change_region (self, error);
  g_autoptr (GError) local_error = NULL;
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  if (region == NULL)
    return NULL;
  json_object_iter_init_ordered (&iter, values);
  while (json_object_iter_next_ordered (&iter, &name, &node)) {
    const char *text = json_node_get_string (node);
    char *clean = ava_customer_clean (name, text != NULL ? text : "", region, ava_clock_now_us (self->clock), &local_error);

    if (clean == NULL)
      return ava_customer_change_refuse (error, AVA_STORE_ERROR_INVALID, "%s", local_error->message);
    g_hash_table_insert (texts, g_strdup (name), clean);
  }
  return g_steal_pointer (&texts);
}

/* A field as its column keeps it. */
static void
set_column (JsonObject *columns,
            const char *name,
            const char *text)
{
  if (strcmp (name, "pregnant") == 0 || strcmp (name, "vip") == 0) {
    json_object_set_int_member (columns, name, *text != '\0');
  } else if (strcmp (name, "tags") == 0) {
    g_auto (GStrv) list = *text != '\0' ? g_strsplit (text, ", ", -1) : NULL;
    g_autofree char *tags = ava_customer_table_print_tags (list);

    json_object_set_string_member (columns, name, tags);
  } else if (*text != '\0' || strcmp (name, "name") == 0 || strcmp (name, "phone") == 0) {
    json_object_set_string_member (columns, name, text);
  } else {
    json_object_set_null_member (columns, name);
  }
}

/* The columns that differ from what the customer has. */
static JsonObject *
make_columns (AvaStore      *self,
              AvaStoreArgs  *args,
              AvaCustomer   *customer,
              GHashTable    *texts)
{
  JsonObject *columns = json_object_new ();
  GHashTableIter iter;
  gpointer name, text;
  gboolean medical = FALSE;

  g_hash_table_iter_init (&iter, texts);
  while (g_hash_table_iter_next (&iter, &name, &text)) {
    g_autofree char *now = ava_customer_get_field (customer, name);

    if (strcmp (now, text) == 0)
      continue;
    set_column (columns, name, text);
    medical |= ava_customer_is_medical (name);
  }
  if (medical) {
    json_object_set_int_member (columns, "screened_us", ava_clock_now_us (self->clock));
    json_object_set_string_member (columns, "screened_by", args->who);
  }
  return columns;
}

static gboolean
check_provider (AvaStore    *self,
                GHashTable  *texts,
                GError     **error)
{
  const char *id = g_hash_table_lookup (texts, "provider_id");
  gint64 found = 0;

  if (id == NULL || *id == '\0')
    return TRUE;
  if (!ava_sqlite_get_int (self->worker.db, &found, error, "SELECT count(*) FROM providers WHERE id = ?", "s", id))
    return FALSE;
  if (found == 0)
    ava_customer_change_refuse (error, AVA_STORE_ERROR_INVALID, _("The preferred provider is not in the settings."));
  return found > 0;
}

/* What the editor saw must still be there: who changed it meanwhile is not overwritten unseen. */
static gboolean
check_before (AvaCustomer  *customer,
              JsonObject   *before,
              GError      **error)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  if (before == NULL)
    return TRUE;
  json_object_iter_init_ordered (&iter, before);
  while (json_object_iter_next_ordered (&iter, &name, &node)) {
    g_autofree char *now = ava_customer_get_field (customer, name);

    if (g_strcmp0 (now, json_node_get_string (node)) != 0) {
      if (*now != '\0')
        ava_customer_change_refuse (error, AVA_STORE_ERROR_CONFLICT, _("Somebody changed this meanwhile to “%s”. Look again before you change it."), now);
      else
        ava_customer_change_refuse (error, AVA_STORE_ERROR_CONFLICT, _("Somebody emptied this meanwhile. Look again before you change it."));
      return FALSE;
    }
  }
  return TRUE;
}

/* --- One ------------------------------------------------------------------------------------- */

static char *
add_one (AvaStore      *self,
         AvaStoreArgs  *args,
         GHashTable    *texts,
         GError       **error)
{
  g_autoptr (AvaCustomer) customer = ava_customer_new ();
  GHashTableIter iter;
  gpointer name, text;

  if (!g_hash_table_contains (texts, "name"))
    return ava_customer_change_refuse (error, AVA_STORE_ERROR_INVALID, _("The name is missing."));
  if (!check_provider (self, texts, error))
    return NULL;
  customer->created_us = ava_clock_now_us (self->clock);
  customer->id = ava_id_new (customer->created_us);
  g_hash_table_iter_init (&iter, texts);
  while (g_hash_table_iter_next (&iter, &name, &text))
    ava_customer_set_field (customer, name, text);
  if (ava_customer_has_flags (customer)) {
    customer->screened_us = customer->created_us;
    customer->screened_by = g_strdup (args->who);
  }
  if (!ava_customer_table_insert_row (self, customer, error) ||
      !ava_journal_row (self, args, "customer-added", "customers", customer->id, NULL, error))
    return NULL;
  return g_strdup (customer->id);
}

static gboolean
check_alive (AvaCustomer  *customer,
             GError      **error)
{
  if (customer->merged_into != NULL)
    ava_customer_change_refuse (error, AVA_STORE_ERROR_INVALID, _("This record was merged into another one. Change that one."));
  else if (customer->erased_us != 0)
    ava_customer_change_refuse (error, AVA_STORE_ERROR_INVALID, _("What was known of this customer was erased on request."));
  return customer->merged_into == NULL && customer->erased_us == 0;
}

static gpointer
save (AvaStore      *self,
      AvaSqlite     *db,
      AvaStoreArgs  *args,
      GError       **error)
{
  JsonObject *before = json_object_has_member (args->data, "before") ? json_object_get_object_member (args->data, "before") : NULL;
  g_autoptr (GHashTable) texts = clean_values (self, json_object_get_object_member (args->data, "values"), error);
  g_autoptr (AvaCustomer) customer = NULL;
  g_autoptr (JsonObject) columns = NULL;
  g_autofree char *id = NULL;

  g_assert (self->thread == g_thread_self ());

  if (texts == NULL)
    return NULL;
  if (args->id == NULL) {
    id = add_one (self, args, texts, error);
    return id != NULL ? ava_customer_change_done (self, id, error) : NULL;
  }
  customer = ava_customer_table_get (self, args->id, error);
  if (customer == NULL || !check_alive (customer, error) || !check_before (customer, before, error) ||
      !check_provider (self, texts, error))
    return NULL;
  columns = make_columns (self, args, customer, texts);
  /* To take the mark away is to go over it. */
  if (customer->do_not_book != NULL && *customer->do_not_book != '\0' && json_object_has_member (columns, "do_not_book") &&
      !ava_customer_change_allow (args, AVA_RIGHT_BOOK_ANYWAY, error))
    return NULL;
  if (json_object_get_size (columns) > 0 &&
      !ava_customer_change_set (self, args, "customer-edited", args->id, columns, error))
    return NULL;
  return ava_customer_change_done (self, args->id, error);
}

/* --- Many ------------------------------------------------------------------------------------ */

typedef struct {
  int added;
  int completed;
  gint64 token;
} Added;

/* Somebody of that name with that phone or address; with neither, somebody of that name and birthday.
 * @id: (out) (nullable): of the record that has all that is known of them */
static gboolean
find_known (AvaStore    *self,
            GHashTable  *texts,
            char       **id,
            GError     **error)
{
  const char *texts_of[3] = { "phone", "email", "born" };
  g_autofree char *sort_name = ava_fold_text (g_hash_table_lookup (texts, "name"));
  g_autofree char *found = NULL;

  for (int i = 0; i < 3; i++) {
    const char *text = g_hash_table_lookup (texts, texts_of[i]);

    texts_of[i] = text != NULL ? text : "";
  }
  *id = NULL;
  if (!ava_sqlite_get_text (self->worker.db, &found, error,
                            "SELECT coalesce ((SELECT id FROM customers WHERE phone = ?2 AND ?2 <> '' AND sort_name = ?1 ORDER BY archived_us, rid),"
                            " (SELECT id FROM customers WHERE lower (email) = lower (?3) AND email IS NOT NULL AND ?3 <> '' AND sort_name = ?1"
                            "  ORDER BY archived_us, rid),"
                            " (SELECT id FROM customers INDEXED BY customers_by_name WHERE sort_name = ?1 AND ?2 = '' AND ?3 = ''"
                            "  AND coalesce (born, '') = ?4 ORDER BY archived_us, rid))", "ssss", sort_name, texts_of[0], texts_of[1], texts_of[2]))
    return FALSE;
  *id = found != NULL ? ava_customer_table_resolve (self, found, error) : NULL;
  return found == NULL || *id != NULL;
}

static gboolean
add_row (AvaStore      *self,
         AvaStoreArgs  *args,
         JsonObject    *row,
         Added         *answer,
         GError       **error)
{
  g_autoptr (GHashTable) texts = clean_values (self, row, error);
  g_autofree char *known = NULL;
  g_autofree char *id = NULL;
  gboolean completed;

  if (texts == NULL)
    return FALSE;
  if (!g_hash_table_contains (texts, "name")) {
    ava_customer_change_refuse (error, AVA_STORE_ERROR_INVALID, _("The name is missing."));
    return FALSE;
  }
  if (!find_known (self, texts, &known, error))
    return FALSE;
  if (known != NULL) {
    if (!ava_customer_complete (self, args, known, texts, &completed, error))
      return FALSE;
    answer->completed += completed;
    return TRUE;
  }
  id = add_one (self, args, texts, error);
  answer->added += id != NULL;
  return id != NULL;
}

static gpointer
add_many (AvaStore      *self,
          AvaSqlite     *db,
          AvaStoreArgs  *args,
          GError       **error)
{
  JsonArray *rows = json_object_get_array_member (args->data, "rows");
  g_autofree Added *answer = g_new0 (Added, 1);

  g_assert (self->thread == g_thread_self ());

  for (guint i = 0; i < json_array_get_length (rows); i++) {
    if (!add_row (self, args, json_array_get_object_element (rows, i), answer, error))
      return NULL;
  }
  answer->token = self->worker.batch;
  return g_steal_pointer (&answer);
}

/* --- Archive and household ------------------------------------------------------------------- */

/**
 * ava_customer_edit_check_future:
 * @refusal: what the list of them follows
 *
 * Returns: %FALSE with AVA_STORE_ERROR_UNSAFE and the list, when appointments are to come
 */
gboolean
ava_customer_edit_check_future (AvaStore    *self,
                                const char  *id,
                                const char  *refusal,
                                GError     **error)
{
  g_autoptr (GString) list = g_string_new (NULL);
  g_autofree char *zone_name = NULL;
  g_autoptr (GTimeZone) zone = NULL;
  g_autoptr (GError) local_error = NULL;
  guint n = 0;
  AvaRow *row;

  if (!ava_sqlite_get_text (self->worker.db, &zone_name, error, "SELECT zone FROM locations ORDER BY rank, id LIMIT 1", ""))
    return FALSE;
  zone = zone_name != NULL ? g_time_zone_new_identifier (zone_name) : NULL;
  row = ava_sqlite_query (self->worker.db, error, "SELECT a.start_us, s.name, p.name FROM appointments a"
                          " JOIN services s ON s.id = a.service_id JOIN providers p ON p.id = a.provider_id"
                          " WHERE a.customer_id = ? AND a.end_us > ? AND a.status NOT IN ('done', 'no-show', 'cancelled')"
                          " ORDER BY a.start_us", "si", id, ava_clock_now_us (self->clock));
  while (row != NULL && ava_row_next (row, &local_error)) {
    g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (ava_row_int (row, 0) / G_USEC_PER_SEC);
    g_autoptr (GDateTime) local = zone != NULL ? g_date_time_to_timezone (utc, zone) : g_date_time_ref (utc);
    g_autofree char *when = ava_time_of_day_print_date (local, _("%a %b %-d"));

    if (n++ < MOST_LISTED)
      /* Translators: when, a service, a provider. */
      g_string_append_printf (list, _("\n%s, %s with %s"), when, ava_row_text (row, 1), ava_row_text (row, 2));
  }
  if (n > MOST_LISTED)
    g_string_append_printf (list, ngettext ("\nand %u more", "\nand %u more", n - MOST_LISTED), n - MOST_LISTED);
  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  else if (row != NULL && n > 0)
    ava_customer_change_refuse (error, AVA_STORE_ERROR_UNSAFE, "%s%s", refusal, list->str);
  else
    return row != NULL;
  return FALSE;
}

static gpointer
archive (AvaStore      *self,
         AvaSqlite     *db,
         AvaStoreArgs  *args,
         GError       **error)
{
  g_autoptr (AvaCustomer) customer = ava_customer_table_get (self, args->id, error);
  g_autoptr (JsonObject) columns = json_object_new ();

  g_assert (self->thread == g_thread_self ());

  if (customer == NULL || !check_alive (customer, error) || !ava_customer_change_allow (args, AVA_RIGHT_MERGE_CUSTOMERS, error))
    return NULL;
  if ((customer->archived_us != 0) == args->flag)
    return ava_customer_change_done (self, args->id, error);
  if (args->flag &&
      !ava_customer_edit_check_future (self, args->id,
                                       _("This customer still has appointments to come. Move or cancel them before you archive them:"), error))
    return NULL;
  json_object_set_int_member (columns, "archived_us", args->flag ? ava_clock_now_us (self->clock) : 0);
  if (!ava_customer_change_set (self, args, args->flag ? "customer-archived" : "customer-restored", args->id, columns, error))
    return NULL;
  return ava_customer_change_done (self, args->id, error);
}

static gboolean
set_household (AvaStore      *self,
               AvaStoreArgs  *args,
               AvaCustomer   *customer,
               const char    *household,
               GError       **error)
{
  g_autoptr (JsonObject) columns = json_object_new ();

  if (g_strcmp0 (customer->household_id, household) == 0)
    return TRUE;
  if (household != NULL)
    json_object_set_string_member (columns, "household_id", household);
  else
    json_object_set_null_member (columns, "household_id");
  return ava_customer_change_set (self, args, "customer-household", customer->id, columns, error);
}

/* @args->id joins the household of @args->kind, which is made when there is none. */
static gpointer
join_household (AvaStore      *self,
                AvaSqlite     *db,
                AvaStoreArgs  *args,
                GError       **error)
{
  g_autoptr (AvaCustomer) customer = ava_customer_table_get (self, args->id, error);
  g_autoptr (AvaCustomer) other = NULL;
  const char *household = NULL;

  g_assert (self->thread == g_thread_self ());

  if (customer == NULL || !check_alive (customer, error))
    return NULL;
  if (args->kind != NULL) {
    other = ava_customer_table_get (self, args->kind, error);
    if (other == NULL || !check_alive (other, error))
      return NULL;
    household = other->household_id != NULL ? other->household_id : other->id;
    if (!set_household (self, args, other, household, error))
      return NULL;
  }
  if (!set_household (self, args, customer, household, error))
    return NULL;
  return ava_customer_change_done (self, args->id, error);
}

/* --- Any thread ------------------------------------------------------------------------------ */

/**
 * ava_store_save_customer_async:
 * @id: (nullable): %NULL makes a new one
 * @values: fields as text
 * @before: (nullable): what the editor saw in them
 */
void
ava_store_save_customer_async (AvaStore            *self,
                               const AvaActor      *actor,
                               const char          *id,
                               JsonObject          *values,
                               JsonObject          *before,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  AvaStoreArgs *args = ava_store_args_new (actor);

  args->id = g_strdup (id);
  args->data = json_object_new ();
  json_object_set_object_member (args->data, "values", json_object_ref (values));
  if (before != NULL)
    json_object_set_object_member (args->data, "before", json_object_ref (before));
  ava_customer_change_run (self, save, args, callback, user_data);
}

/* @rows: of objects of fields as text; a row that is wrong refuses all. */
void
ava_store_add_customers_async (AvaStore            *self,
                               const AvaActor      *actor,
                               JsonArray           *rows,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  AvaStoreArgs *args = ava_store_args_new (actor);

  args->data = json_object_new ();
  json_object_set_array_member (args->data, "rows", json_array_ref (rows));
  ava_store_run_async (self, AVA_STORE_WRITE, add_many, args, g_free, ava_store_add_customers_async, NULL,
                       callback, user_data);
}

/**
 * ava_store_add_customers_finish:
 * @completed: (out) (optional): how many were in the book and got what it lacked of them
 *
 * Returns: how many were new; -1 on failure, when none was added
 */
int
ava_store_add_customers_finish (AvaStore      *self,
                                GAsyncResult  *result,
                                int           *completed,
                                gint64        *token,
                                GError       **error)
{
  g_autofree Added *added = ava_store_run_finish (self, result, ava_store_add_customers_async, error);

  if (completed != NULL)
    *completed = added != NULL ? added->completed : 0;
  if (token != NULL)
    *token = added != NULL ? added->token : 0;
  return added != NULL ? added->added : -1;
}

void
ava_store_archive_customer_async (AvaStore            *self,
                                  const AvaActor      *actor,
                                  const char          *id,
                                  gboolean             archive_it,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  AvaStoreArgs *args = ava_store_args_new (actor);

  args->id = g_strdup (id);
  args->flag = archive_it;
  ava_customer_change_run (self, archive, args, callback, user_data);
}

/**
 * ava_store_set_household_async:
 * @other: (nullable): whose household it becomes; %NULL for none
 */
void
ava_store_set_household_async (AvaStore            *self,
                               const AvaActor      *actor,
                               const char          *id,
                               const char          *other,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  AvaStoreArgs *args = ava_store_args_new (actor);

  args->id = g_strdup (id);
  args->kind = g_strdup (other);
  ava_customer_change_run (self, join_household, args, callback, user_data);
}
