/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-customer-table.h"

#include "ava-customer-filter.h"
#include "ava-customer-words.h"
#include "ava-fold.h"
#include "ava-id.h"
#include "ava-journal.h"
#include "ava-store-customers.h"

#include <glib/gi18n.h>

#define SELECT_CUSTOMER \
  "SELECT c.id, c.name, c.phone, c.email, c.born, c.allergies, c.medicines, c.contraindications," \
  "  c.pregnant, c.notes, c.household_id, c.created_us, c.archived_us, c.version," \
  "  coalesce (f.visits, 0), coalesce (f.last_visit_us, 0)," \
  "  CASE WHEN f.booked_us >= ?1 THEN (SELECT min (a.start_us) FROM appointments a WHERE a.customer_id = c.id" \
  "    AND a.start_us >= ?1 AND a.status IN ('scheduled', 'confirmed')) ELSE 0 END," \
  "  coalesce (f.spent_cents, 0), c.tags, c.provider_id, c.vip, c.do_not_book, c.merged_into, c.erased_us," \
  "  c.screened_us, c.screened_by" \
  " FROM customers c LEFT JOIN customer_figures f ON f.customer_id = c.id "
#define ORDER_CUSTOMER " ORDER BY c.sort_name, c.rid"

static GStrv
read_tags (const char *json)
{
  g_autoptr (JsonNode) node = json != NULL ? json_from_string (json, NULL) : NULL;
  g_autoptr (GStrvBuilder) tags = g_strv_builder_new ();
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    g_strv_builder_add (tags, json_array_get_string_element (array, i));
  return g_strv_builder_end (tags);
}

/* Returns: (transfer full): @tags as the column keeps them; @tags: (nullable) */
char *
ava_customer_table_print_tags (GStrv tags)
{
  g_autoptr (JsonArray) array = json_array_new ();
  g_autoptr (JsonNode) node = NULL;

  for (guint i = 0; tags != NULL && tags[i] != NULL; i++)
    json_array_add_string_element (array, tags[i]);
  node = json_node_init_array (json_node_alloc (), array);
  return json_to_string (node, FALSE);
}

/* One row of SELECT_CUSTOMER. */
static gpointer
read_customer (AvaRow *row)
{
  AvaCustomer *customer = ava_customer_new ();

  customer->id = ava_row_dup (row, 0);
  customer->name = ava_row_dup (row, 1);
  customer->phone = ava_row_dup (row, 2);
  customer->email = ava_row_dup (row, 3);
  customer->born = ava_row_dup (row, 4);
  customer->allergies = ava_row_dup (row, 5);
  customer->medicines = ava_row_dup (row, 6);
  customer->contraindications = ava_row_dup (row, 7);
  customer->pregnant = ava_row_int (row, 8) != 0;
  customer->notes = ava_row_dup (row, 9);
  customer->household_id = ava_row_dup (row, 10);
  customer->created_us = ava_row_int (row, 11);
  customer->archived_us = ava_row_int (row, 12);
  customer->version = ava_row_int (row, 13);
  customer->visits = ava_row_int (row, 14);
  customer->last_visit_us = ava_row_int (row, 15);
  customer->next_visit_us = ava_row_int (row, 16);
  customer->spent_cents = ava_row_int (row, 17);
  customer->tags = read_tags (ava_row_text (row, 18));
  customer->provider_id = ava_row_dup (row, 19);
  customer->vip = ava_row_int (row, 20) != 0;
  customer->do_not_book = ava_row_dup (row, 21);
  customer->merged_into = ava_row_dup (row, 22);
  customer->erased_us = ava_row_int (row, 23);
  customer->screened_us = ava_row_int (row, 24);
  customer->screened_by = ava_row_dup (row, 25);
  return customer;
}

/* @args: text is what was typed, kind the words of a filter. */
static GArray *
find_rids (AvaStore      *self,
           AvaSqlite     *db,
           AvaStoreArgs  *args,
           GError       **error)
{
  AvaCustomerFilter filter;

  g_assert (self->thread == g_thread_self ());

  if (!ava_customer_filter_parse (args->kind, &filter, error))
    return NULL;
  return ava_customer_index_find (self->worker.customers, db, args->text, &filter,
                                  ava_clock_now_us (self->clock), error);
}

/* Those of the page @args->offset, @args->limit that were found. */
gpointer
ava_customer_table_page (AvaStore      *self,
                         AvaSqlite     *db,
                         AvaStoreArgs  *args,
                         GError       **error)
{
  GArray *rids = find_rids (self, db, args, error);
  g_autoptr (GString) list = g_string_new ("[");

  if (rids == NULL)
    return NULL;
  for (guint i = 0; i < args->limit && (gsize) args->offset + i < rids->len; i++)
    g_string_append_printf (list, "%s%" G_GINT64_FORMAT, i > 0 ? "," : "",
                            g_array_index (rids, gint64, args->offset + i));
  g_string_append_c (list, ']');
  return ava_row_read_all (ava_sqlite_query (db, error, SELECT_CUSTOMER
                                             " JOIN json_each (?2) wanted ON wanted.value = c.rid"
                                             " ORDER BY wanted.key", "is", ava_clock_now_us (self->clock),
                                             list->str),
                           read_customer, g_object_unref, error);
}

/* Answers how many are found, as GUINT_TO_POINTER. */
gpointer
ava_customer_table_count (AvaStore      *self,
                          AvaSqlite     *db,
                          AvaStoreArgs  *args,
                          GError       **error)
{
  GArray *rids = find_rids (self, db, args, error);

  return rids != NULL ? GUINT_TO_POINTER (rids->len) : NULL;
}

/**
 * ava_customer_table_list:
 * @where: SQL of a condition on c and f; its first place ?1 is now, ?2 is @value
 *
 * Returns: (transfer full) (nullable): AvaCustomer by name
 */
GPtrArray *
ava_customer_table_list (AvaStore    *self,
                         const char  *where,
                         const char  *value,
                         GError     **error)
{
  g_autofree char *sql = g_strconcat (SELECT_CUSTOMER "WHERE ", where, ORDER_CUSTOMER, NULL);

  g_assert (self->thread == g_thread_self ());

  return ava_row_read_all (ava_sqlite_query (self->worker.db, error, sql, "is", ava_clock_now_us (self->clock), value),
                           read_customer, g_object_unref, error);
}

/* Returns: (transfer full) (nullable): with AVA_STORE_ERROR_NOT_FOUND when there is none */
AvaCustomer *
ava_customer_table_get (AvaStore    *self,
                        const char  *id,
                        GError     **error)
{
  g_autoptr (GPtrArray) rows = ava_customer_table_list (self, "c.id = ?2", id, error);

  if (rows == NULL)
    return NULL;
  if (rows->len == 1)
    return g_object_ref (rows->pdata[0]);
  g_set_error_literal (error, AVA_STORE_ERROR, AVA_STORE_ERROR_NOT_FOUND,
                       _("This customer is not in the book."));
  return NULL;
}

/**
 * ava_customer_table_resolve:
 *
 * Returns: (transfer full) (nullable): the id of the record that has all that is known of them: that which @id was merged
 *   into, over however many others, or @id itself
 */
char *
ava_customer_table_resolve (AvaStore    *self,
                            const char  *id,
                            GError     **error)
{
  g_autoptr (AvaCustomer) customer = ava_customer_table_get (self, id, error);

  while (customer != NULL && customer->merged_into != NULL) {
    g_autofree char *next = g_strdup (customer->merged_into);

    g_clear_object (&customer);
    customer = ava_customer_table_get (self, next, error);
  }
  return customer != NULL ? g_strdup (customer->id) : NULL;
}

static gpointer
list_by_phone (AvaStore      *self,
               AvaSqlite     *db,
               AvaStoreArgs  *args,
               GError       **error)
{
  return ava_customer_table_list (self, "c.phone = ?2 AND c.phone <> '' AND c.archived_us = 0", args->phone, error);
}

static gpointer
get_customer (AvaStore      *self,
              AvaSqlite     *db,
              AvaStoreArgs  *args,
              GError       **error)
{
  return ava_customer_table_get (self, args->id, error);
}

/* Writes a new row without journal; the demo filler's way too. */
gboolean
ava_customer_table_insert_row (AvaStore     *self,
                               AvaCustomer  *customer,
                               GError      **error)
{
  g_autofree char *sort_name = ava_fold_text (customer->name);
  g_autofree char *search = ava_customer_words_for_row (customer->name, customer->phone, customer->email);
  g_autofree char *tags = ava_customer_table_print_tags (customer->tags);

  g_assert (self->thread == g_thread_self ());

  return ava_sqlite_run (self->worker.db, error,
                         "INSERT INTO customers (id, name, sort_name, search, phone, email, born,"
                         " allergies, medicines, contraindications, pregnant, notes, household_id,"
                         " created_us, tags, provider_id, vip, do_not_book, screened_us, screened_by)"
                         " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                         "ssssssssss" "i" "ss" "i" "ss" "i" "s" "i" "s", customer->id, customer->name, sort_name, search,
                         customer->phone != NULL ? customer->phone : "", customer->email,
                         customer->born, customer->allergies, customer->medicines,
                         customer->contraindications, (gint64) customer->pregnant, customer->notes,
                         customer->household_id, customer->created_us, tags, customer->provider_id,
                         (gint64) customer->vip, customer->do_not_book, customer->screened_us, customer->screened_by);
}

/**
 * ava_customer_table_insert:
 * @values: name, phone and email of the new customer
 *
 * Returns: (transfer full) (nullable): the new id
 */
char *
ava_customer_table_insert (AvaStore            *self,
                           const AvaStoreArgs  *actor,
                           const AvaStoreArgs  *values,
                           GError             **error)
{
  g_autoptr (AvaCustomer) customer = ava_customer_new ();
  gint64 now_us = ava_clock_now_us (self->clock);

  customer->id = ava_id_new (now_us);
  customer->name = g_strstrip (g_strdup (values->name));
  customer->phone = g_strdup (values->phone);
  customer->email = g_strdup (values->email);
  customer->created_us = now_us;
  if (!ava_customer_table_insert_row (self, customer, error) ||
      !ava_journal_row (self, actor, "customer-added", "customers", customer->id, NULL, error))
    return NULL;
  return g_strdup (customer->id);
}

/* Returns: (transfer full) (nullable): who has that phone and that name, in whatever case */
char *
ava_customer_table_match (AvaStore    *self,
                          const char  *name,
                          const char  *phone,
                          GError     **error)
{
  g_autofree char *stripped = g_strstrip (g_strdup (name));
  g_autofree char *sort_name = ava_fold_text (stripped);
  char *id = NULL;

  g_assert (self->thread == g_thread_self ());

  ava_sqlite_get_text (self->worker.db, &id, error,
                       "SELECT id FROM customers WHERE phone = ? AND sort_name = ?"
                       " AND archived_us = 0 ORDER BY created_us LIMIT 1", "ss", phone, sort_name);
  return id;
}

/* --- Any thread ------------------------------------------------------------------------------ */

/**
 * ava_store_find_customers_async:
 * @text: (nullable): any fragments of name, phone or email, in any order; %NULL for all
 */
void
ava_store_find_customers_async (AvaStore            *self,
                                const char          *text,
                                guint                limit,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  AvaStoreArgs *args = ava_store_args_new (NULL);

  args->text = g_strdup (text);
  args->limit = limit;
  ava_store_run_async (self, AVA_STORE_READ, ava_customer_table_page, args,
                       (GDestroyNotify) g_ptr_array_unref, ava_store_find_customers_async,
                       cancellable, callback, user_data);
}

/**
 * ava_store_choose_customers_async:
 * @filter: (nullable): words, see ava_customer_filter_parse(); ends in ava_store_find_customers_finish()
 */
void
ava_store_choose_customers_async (AvaStore            *self,
                                  const char          *text,
                                  const char          *filter,
                                  guint                limit,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  AvaStoreArgs *args = ava_store_args_new (NULL);

  args->text = g_strdup (text);
  args->kind = g_strdup (filter);
  args->limit = limit;
  ava_store_run_async (self, AVA_STORE_READ, ava_customer_table_page, args,
                       (GDestroyNotify) g_ptr_array_unref, ava_store_find_customers_async,
                       cancellable, callback, user_data);
}

/* Returns: (transfer full) (nullable): AvaCustomer by name */
GPtrArray *
ava_store_find_customers_finish (AvaStore      *self,
                                 GAsyncResult  *result,
                                 GError       **error)
{
  return ava_store_run_finish (self, result, ava_store_find_customers_async, error);
}

void
ava_store_customers_by_phone_async (AvaStore            *self,
                                    const char          *e164,
                                    GCancellable        *cancellable,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data)
{
  AvaStoreArgs *args = ava_store_args_new (NULL);

  args->phone = g_strdup (e164);
  ava_store_run_async (self, AVA_STORE_READ, list_by_phone, args,
                       (GDestroyNotify) g_ptr_array_unref, ava_store_customers_by_phone_async,
                       cancellable, callback, user_data);
}

/* Returns: (transfer full) (nullable): AvaCustomer by name; several may share a phone */
GPtrArray *
ava_store_customers_by_phone_finish (AvaStore      *self,
                                     GAsyncResult  *result,
                                     GError       **error)
{
  return ava_store_run_finish (self, result, ava_store_customers_by_phone_async, error);
}

void
ava_store_get_customer_async (AvaStore            *self,
                              const char          *id,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  AvaStoreArgs *args = ava_store_args_new (NULL);

  args->id = g_strdup (id);
  ava_store_run_async (self, AVA_STORE_READ, get_customer, args, g_object_unref,
                       ava_store_get_customer_async, cancellable, callback, user_data);
}

/* Returns: (transfer full) (nullable): the customer, archived or not */
AvaCustomer *
ava_store_get_customer_finish (AvaStore      *self,
                               GAsyncResult  *result,
                               GError       **error)
{
  return ava_store_run_finish (self, result, ava_store_get_customer_async, error);
}
