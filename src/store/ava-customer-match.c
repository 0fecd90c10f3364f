/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-customer-table.h"

#include "ava-fold.h"

#include <string.h>

/*
 * Customers by the beginnings of their words: "sm jo" is John Smith. A beginning inside the search
 * text follows a space, and a space with two letters is a trigram, so the index finds it; the first
 * word of all has no space before it and is found in the index of names.
 */

#define MAX_FRAGMENTS 6
#define MAX_CANDIDATES 400     /* of whom the visits are looked up */
#define LEAST_INDEXED 2        /* letters after the space; digits need no space and one more */

typedef struct {
  char *texts[MAX_FRAGMENTS];  /* folded */
  gboolean digits[MAX_FRAGMENTS];
  guint n;
} Beginnings;

static gboolean
is_digits (const char *text)
{
  return *text != '\0' && strspn (text, "0123456789") == strlen (text);
}

static void
read_beginnings (Beginnings *self,
                 const char *text)
{
  g_autofree char *folded = ava_fold_text (text);
  g_auto (GStrv) words = g_strsplit_set (folded, " \t\n,;\"", -1);

  self->n = 0;
  for (guint i = 0; words[i] != NULL && self->n < MAX_FRAGMENTS; i++) {
    if (*words[i] == '\0')
      continue;
    self->digits[self->n] = is_digits (words[i]);
    self->texts[self->n++] = g_strdup (words[i]);
  }
}

static void
beginnings_clear (Beginnings *self)
{
  for (guint i = 0; i < self->n; i++)
    g_free (self->texts[i]);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Beginnings, beginnings_clear)

/* What the trigram index can find of them; %NULL when all are too short. */
static char *
write_match (const Beginnings *self,
             int               except)
{
  g_autoptr (GString) match = g_string_new (NULL);

  for (guint i = 0; i < self->n; i++) {
    glong length = g_utf8_strlen (self->texts[i], -1);

    if ((int) i == except || length < LEAST_INDEXED + self->digits[i])
      continue;
    g_string_append_printf (match, "%s\"%s%s\"", match->len > 0 ? " AND " : "", self->digits[i] ? "" : " ", self->texts[i]);
  }
  return match->len > 0 ? g_string_free (g_steal_pointer (&match), FALSE) : NULL;
}

/* Every fragment must begin a word; of digits anywhere. Those that are bound are ?1 to ?6. */
static void
append_conditions (GString          *sql,
                   const Beginnings *self)
{
  for (guint i = 0; i < self->n; i++)
    g_string_append_printf (sql, self->digits[i] ? " AND instr(c.search, ?%u)" : " AND instr(' ' || c.search, ' ' || ?%u)", i + 1);
}

static char *
write_sql (const Beginnings *self,
           gboolean          indexed)
{
  g_autoptr (GString) sql = g_string_new ("SELECT id FROM (");

  if (indexed)
    g_string_append (sql, "SELECT c.id, c.sort_name FROM customers_fts f JOIN customers c ON c.rid = f.rowid"
                          " WHERE customers_fts MATCH ?7");
  else   /* too short for the index: whoever is called so first */
    g_string_append (sql, "SELECT c.id, c.sort_name FROM customers c INDEXED BY customers_by_name WHERE ?7 IS NULL");
  append_conditions (sql, self);
  g_string_append_printf (sql, " AND c.archived_us = 0 LIMIT %d)", MAX_CANDIDATES);
  for (guint i = 0; indexed && i < self->n; i++) {
    if (self->digits[i])
      continue;
    g_string_append_printf (sql, " UNION SELECT id FROM (SELECT c.id FROM customers c INDEXED BY customers_by_name"
                                 " WHERE c.sort_name >= ?%u AND c.sort_name < ?%u || char(1114111)", i + 1, i + 1);
    append_conditions (sql, self);
    g_string_append_printf (sql, " AND c.archived_us = 0 LIMIT %d)", MAX_CANDIDATES);
  }
  g_string_prepend (sql, "SELECT m.id FROM (");
  g_string_append (sql, ") m ORDER BY (SELECT max(a.start_us) FROM appointments a WHERE a.customer_id = m.id) DESC, m.id LIMIT ?8");
  return g_string_free (g_steal_pointer (&sql), FALSE);
}

static GPtrArray *
list_ids (AvaStore          *self,
          const Beginnings  *b,
          guint              limit,
          GError           **error)
{
  g_autofree char *match = write_match (b, -1);
  g_autofree char *sql = write_sql (b, match != NULL);
  const char *texts[MAX_FRAGMENTS] = { NULL };

  for (guint i = 0; i < b->n; i++)
    texts[i] = b->texts[i];
  return ava_row_read_texts (ava_sqlite_query (self->worker.db, error, sql, "sssssssi", texts[0], texts[1], texts[2], texts[3], texts[4],
                                               texts[5], match, (gint64) limit), error);
}

static gpointer
match_customers (AvaStore      *self,
                 AvaSqlite     *db,
                 AvaStoreArgs  *args,
                 GError       **error)
{
  g_auto (Beginnings) b = { 0 };
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) ids = NULL;

  g_assert (self->thread == g_thread_self ());

  read_beginnings (&b, args->text);
  if (b.n == 0)
    return g_steal_pointer (&found);
  ids = list_ids (self, &b, args->limit, error);
  for (guint i = 0; ids != NULL && i < ids->len; i++) {
    AvaCustomer *customer = ava_customer_table_get (self, ids->pdata[i], error);

    if (customer == NULL)
      return NULL;
    g_ptr_array_add (found, customer);
  }
  return ids != NULL ? g_steal_pointer (&found) : NULL;
}

/* --- Any thread ------------------------------------------------------------------------------ */

/**
 * ava_store_match_customers_async:
 * @text: fragments, each the beginning of a word or digits of the phone
 */
void
ava_store_match_customers_async (AvaStore            *self,
                                 const char          *text,
                                 guint                limit,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  AvaStoreArgs *args = ava_store_args_new (NULL);

  args->text = g_strdup (text);
  args->limit = limit;
  ava_store_run_async (self, AVA_STORE_READ, match_customers, args, (GDestroyNotify) g_ptr_array_unref,
                       ava_store_match_customers_async, cancellable, callback, user_data);
}

/* Returns: (transfer full) (nullable): AvaCustomer, those who come next or were here last in front */
GPtrArray *
ava_store_match_customers_finish (AvaStore      *self,
                                  GAsyncResult  *result,
                                  GError       **error)
{
  return ava_store_run_finish (self, result, ava_store_match_customers_async, error);
}
