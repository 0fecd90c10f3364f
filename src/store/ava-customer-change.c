/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-customer-change.h"

#include "ava-customer-table.h"
#include "ava-customer-words.h"
#include "ava-fold.h"
#include "ava-journal.h"
#include "ava-region.h"

#include <glib/gi18n.h>
#include <string.h>

/* What all changes of customers share: columns are written by name, the journal is told once a row,
 * and whoever asked gets the customer as it is now with the token for undo. */

typedef struct {
  AvaCustomer *customer;
  gint64 token;           /* the batch in the journal, 0 when nothing was changed */
} Change;

static void
change_free (Change *change)
{
  g_clear_object (&change->customer);
  g_free (change);
}

/* Answers the customer as it is now, for a job to answer. */
gpointer
ava_customer_change_done (AvaStore    *self,
                          const char  *id,
                          GError     **error)
{
  AvaCustomer *customer = ava_customer_table_get (self, id, error);
  Change *change;

  if (customer == NULL)
    return NULL;
  change = g_new0 (Change, 1);
  change->customer = customer;
  change->token = self->worker.batch;
  return change;
}

/* Answers NULL, with the error. */
gpointer
ava_customer_change_refuse (GError     **error,
                            int          code,
                            const char  *format,
                            ...)
{
  g_autofree char *words = NULL;
  va_list args;

  va_start (args, format);
  words = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error_literal (error, AVA_STORE_ERROR, code, words);
  return NULL;
}

/* Whether the actor has that right. One whose rights are not known - an import, a command - has what its
 * role brings, and may do what can be undone. */
gboolean
ava_customer_change_allow (AvaStoreArgs    *args,
                           AvaStaffRights   right,
                           GError         **error)
{
  const char *words = right == AVA_RIGHT_ERASE_CUSTOMERS ? _("Erasing a customer needs the right to it: an owner or a manager has it.")
                    : right == AVA_RIGHT_MERGE_CUSTOMERS ? _("Merging and archiving customers needs the right to it.")
                                                         : _("Only who may book anyway can change or take back “do not book”.");

  if (args->rights != 0 ? (args->rights & right) != 0 : args->role >= AVA_STAFF_ROLE_MANAGER || right == AVA_RIGHT_MERGE_CUSTOMERS)
    return TRUE;
  ava_customer_change_refuse (error, AVA_STORE_ERROR_FORBIDDEN, "%s", words);
  return FALSE;
}

/* Returns: (transfer full) (nullable): where phone numbers without a country code are */
char *
ava_customer_change_region (AvaStore  *self,
                            GError   **error)
{
  g_autofree char *zone = NULL;

  if (!ava_sqlite_get_text (self->worker.db, &zone, error,
                            "SELECT zone FROM locations WHERE archived_us = 0 ORDER BY rank, id LIMIT 1", ""))
    return NULL;
  return g_strdup (ava_region_of_zone (zone));
}

static gboolean
write_search (AvaStore    *self,
              const char  *id,
              GError     **error)
{
  g_autoptr (AvaCustomer) customer = ava_customer_table_get (self, id, error);
  g_autofree char *sort_name = NULL;
  g_autofree char *search = NULL;

  if (customer == NULL)
    return FALSE;
  sort_name = ava_fold_text (customer->name);
  search = ava_customer_words_for_row (customer->name, customer->phone, customer->email);
  return ava_sqlite_run (self->worker.db, error, "UPDATE customers SET sort_name = ?1, search = ?2 WHERE id = ?3"
                         " AND (sort_name <> ?1 OR search <> ?2)", "sss", sort_name, search, id);
}

/* Writes @columns by their names, what is searched with them, and the journal. */
gboolean
ava_customer_change_set (AvaStore      *self,
                         AvaStoreArgs  *args,
                         const char    *what,
                         const char    *id,
                         JsonObject    *columns,
                         GError       **error)
{
  g_autoptr (GString) sql = g_string_new ("UPDATE customers SET ");
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), columns);
  g_autofree char *values = json_to_string (node, FALSE);
  g_autofree char *before = NULL;
  JsonObjectIter iter;
  const char *name;

  g_assert (self->thread == g_thread_self ());

  before = ava_journal_snapshot (self, "customers", id, error);
  if (before == NULL)
    return FALSE;
  json_object_iter_init_ordered (&iter, columns);
  while (json_object_iter_next_ordered (&iter, &name, NULL))
    g_string_append_printf (sql, "%s = json_extract (?1, '$.%s'), ", name, name);
  g_string_append (sql, "version = version + 1 WHERE id = ?2");
  return ava_sqlite_run (self->worker.db, error, sql->str, "ss", values, id) &&
         write_search (self, id, error) &&
         ava_journal_row (self, args, what, "customers", id, before, error);
}

/* --- Any thread ------------------------------------------------------------------------------ */

/* @args: (transfer full) */
void
ava_customer_change_run (AvaStore             *self,
                         AvaStoreFunc          func,
                         AvaStoreArgs         *args,
                         GAsyncReadyCallback   callback,
                         gpointer              user_data)
{
  ava_store_run_async (self, AVA_STORE_WRITE, func, args, (GDestroyNotify) change_free,
                       ava_store_customer_change_finish, NULL, callback, user_data);
}

/**
 * ava_store_customer_change_finish:
 * @token: (out) (optional): for undo; 0 when nothing was changed
 *
 * Returns: (transfer full) (nullable): the customer as it is now
 */
AvaCustomer *
ava_store_customer_change_finish (AvaStore      *self,
                                  GAsyncResult  *result,
                                  gint64        *token,
                                  GError       **error)
{
  Change *change = ava_store_run_finish (self, result, ava_store_customer_change_finish, error);
  AvaCustomer *customer;

  if (token != NULL)
    *token = change != NULL ? change->token : 0;
  if (change == NULL)
    return NULL;
  customer = g_steal_pointer (&change->customer);
  change_free (change);
  return customer;
}
