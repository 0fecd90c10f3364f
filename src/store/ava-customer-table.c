/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-customer-table.h"

#include "ava-id.h"
#include "ava-journal.h"
#include "ava-phone.h"

#include <string.h>

/* More fragments than this are left out of a search. */
#define MAX_FRAGMENTS 6
/* The trigram index finds fragments from this length on. */
#define MIN_INDEXED_CHARS 3
/* With more matches than this it is quicker to walk the customers by name until enough are found. */
#define MAX_SORTED_MATCHES 2000

#define SELECT_CUSTOMER \
  "SELECT c.id, c.name, c.phone, c.email, c.born, c.allergies, c.medicines, c.contraindications," \
  "  c.pregnant, c.notes, c.household_id, c.created_us, c.archived_us, c.version," \
  "  count(a.id) FILTER (WHERE a.status = 'done')," \
  "  coalesce(max(a.start_us) FILTER (WHERE a.status = 'done'), 0)," \
  "  coalesce(min(a.start_us) FILTER (WHERE a.status IN ('scheduled', 'confirmed')" \
  "                                     AND a.start_us >= ?1), 0)," \
  "  coalesce(sum(a.price_cents) FILTER (WHERE a.status = 'done'), 0)" \
  " FROM customers c LEFT JOIN appointments a ON a.customer_id = c.id "
#define ORDER_CUSTOMER " GROUP BY c.rid ORDER BY c.sort_name, c.rid"
#define HAS_FRAGMENTS \
  " instr(c.search, ?2) AND instr(c.search, ?3) AND instr(c.search, ?4)" \
  " AND instr(c.search, ?5) AND instr(c.search, ?6) AND instr(c.search, ?7)"

/* Plain lower case without accents, so that "Núñez" and "nunez" are the same to a search. */
char *
ava_customer_table_fold (const char *text)
{
  static const struct { gunichar from; const char *to; } plain[] = {
    { 0xf8, "o" }, { 0x142, "l" }, { 0x111, "d" }, { 0xe6, "ae" }, { 0x153, "oe" }, { 0x131, "i" },
    { 0x2019, "'" },
  };
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autofree char *folded = g_utf8_casefold (valid, -1);
  g_autofree char *apart = g_utf8_normalize (folded, -1, G_NORMALIZE_ALL);
  GString *out = g_string_new (NULL);

  for (const char *p = apart; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);
    const char *to = NULL;

    for (guint i = 0; i < G_N_ELEMENTS (plain); i++)
      to = plain[i].from == c ? plain[i].to : to;
    if (to != NULL)
      g_string_append (out, to);
    else if (!g_unichar_ismark (c))
      g_string_append_unichar (out, c);
  }
  return g_string_free (out, FALSE);
}

static char *
make_search_text (const char *name,
                  const char *phone,
                  const char *email)
{
  g_autofree char *text = g_strconcat (name, " ", email != NULL ? email : "", " ",
                                       phone != NULL ? phone : "", NULL);

  return ava_customer_table_fold (text);
}

/* "(212) 555-01" is what people type for 21255501. */
static void
strip_phone_marks (char *fragment)
{
  char *to = fragment;

  if (strspn (fragment, "0123456789()+-./") != strlen (fragment) ||
      strpbrk (fragment, "0123456789") == NULL)
    return;
  for (const char *from = fragment; *from != '\0'; from++) {
    if (g_ascii_isdigit (*from))
      *to++ = *from;
  }
  *to = '\0';
}

typedef struct {
  char *texts[MAX_FRAGMENTS];  /* "" when there are fewer */
  guint n;
  char *match;                 /* for the trigram index; NULL when all are too short */
} Fragments;

static void
fragments_clear (Fragments *self)
{
  for (guint i = 0; i < MAX_FRAGMENTS; i++)
    g_free (self->texts[i]);
  g_free (self->match);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Fragments, fragments_clear)

static void
fragments_init (Fragments  *self,
                const char *text)
{
  g_autofree char *folded = ava_customer_table_fold (text != NULL ? text : "");
  g_auto (GStrv) words = g_strsplit_set (folded, " \t\n,;", -1);
  g_autoptr (GString) match = g_string_new (NULL);

  self->n = 0;
  for (char **word = words; *word != NULL && self->n < MAX_FRAGMENTS; word++) {
    strip_phone_marks (*word);
    if (**word == '\0')
      continue;
    if (g_utf8_strlen (*word, -1) >= MIN_INDEXED_CHARS) {
      g_auto (GStrv) parts = g_strsplit (*word, "\"", -1);
      g_autofree char *quoted = g_strjoinv ("\"\"", parts);

      g_string_append_printf (match, "%s\"%s\"", match->len > 0 ? " AND " : "", quoted);
    }
    self->texts[self->n++] = g_strdup (*word);
  }
  for (guint i = self->n; i < MAX_FRAGMENTS; i++)
    self->texts[i] = g_strdup ("");
  self->match = match->len > 0 ? g_strdup (match->str) : NULL;
}

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
  return customer;
}

/* Reads to the end; @row may be NULL after an error. Returns: (transfer full): a GPtrArray */
GPtrArray *
ava_store_read_rows (AvaRow       *row,
                     gpointer    (*read) (AvaRow *row),
                     GError      **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) local_error = NULL;

  if (row == NULL)
    return NULL;
  while (ava_row_next (row, &local_error))
    g_ptr_array_add (rows, read (row));
  if (local_error == NULL)
    return g_steal_pointer (&rows);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

static gboolean
count_matches (AvaSqlite   *db,
               const char  *match,
               gint64      *count,
               GError     **error)
{
  return ava_sqlite_get_int (db, count, error,
                             "SELECT count(*) FROM (SELECT 1 FROM customers_fts"
                             " WHERE customers_fts MATCH ? LIMIT ?)", "si", match,
                             (gint64) MAX_SORTED_MATCHES + 1);
}

/* Those of the page @args->offset, @args->limit that have all fragments of @args->text. */
gpointer
ava_customer_table_page (AvaStore      *self,
                         AvaSqlite     *db,
                         AvaStoreArgs  *args,
                         GError       **error)
{
  g_auto (Fragments) f = { 0 };
  gint64 now_us = ava_clock_now_us (self->clock);
  gint64 matches = MAX_SORTED_MATCHES + 1;
  AvaRow *row;

  g_assert (self->thread == g_thread_self ());

  fragments_init (&f, args->text);
  if (f.match != NULL && !count_matches (db, f.match, &matches, error))
    return NULL;
  if (matches <= MAX_SORTED_MATCHES)
    row = ava_sqlite_query (db, error, SELECT_CUSTOMER
                            "WHERE c.rid IN (SELECT c.rid FROM customers_fts f"
                            " JOIN customers c ON c.rid = f.rowid WHERE customers_fts MATCH ?10 AND "
                            HAS_FRAGMENTS " AND c.archived_us = 0"
                            " ORDER BY c.sort_name, c.rid LIMIT ?8 OFFSET ?9)" ORDER_CUSTOMER,
                            "issssssiis", now_us, f.texts[0], f.texts[1], f.texts[2], f.texts[3],
                            f.texts[4], f.texts[5], (gint64) args->limit, (gint64) args->offset, f.match);
  else if (f.n > 0)
    row = ava_sqlite_query (db, error, SELECT_CUSTOMER
                            "WHERE c.rid IN (SELECT c.rid FROM customers c INDEXED BY customers_by_name"
                            " WHERE " HAS_FRAGMENTS " AND c.archived_us = 0"
                            " ORDER BY c.sort_name, c.rid LIMIT ?8 OFFSET ?9)" ORDER_CUSTOMER,
                            "issssssii", now_us, f.texts[0], f.texts[1], f.texts[2], f.texts[3],
                            f.texts[4], f.texts[5], (gint64) args->limit, (gint64) args->offset);
  else
    row = ava_sqlite_query (db, error, SELECT_CUSTOMER
                            "WHERE c.rid IN (SELECT rid FROM customers INDEXED BY customers_by_name"
                            " WHERE archived_us = 0 ORDER BY sort_name, rid LIMIT ?2 OFFSET ?3)"
                            ORDER_CUSTOMER, "iii", now_us, (gint64) args->limit, (gint64) args->offset);
  return ava_store_read_rows (row, read_customer, error);
}

/* Answers how many have all fragments of @args->text, as GUINT_TO_POINTER. */
gpointer
ava_customer_table_count (AvaStore      *self,
                          AvaSqlite     *db,
                          AvaStoreArgs  *args,
                          GError       **error)
{
  g_auto (Fragments) f = { 0 };
  gint64 matches = MAX_SORTED_MATCHES + 1;
  gint64 count = 0;

  g_assert (self->thread == g_thread_self ());

  fragments_init (&f, args->text);
  if (f.match != NULL && !count_matches (db, f.match, &matches, error))
    return NULL;
  if (matches <= MAX_SORTED_MATCHES)
    ava_sqlite_get_int (db, &count, error,
                        "SELECT count(*) FROM customers_fts f JOIN customers c ON c.rid = f.rowid"
                        " WHERE customers_fts MATCH ?1 AND " HAS_FRAGMENTS " AND c.archived_us = 0",
                        "sssssss", f.match, f.texts[0], f.texts[1], f.texts[2], f.texts[3],
                        f.texts[4], f.texts[5]);
  else
    ava_sqlite_get_int (db, &count, error,
                        "SELECT count(*) FROM customers c INDEXED BY customers_by_name"
                        " WHERE ?1 = '' AND c.archived_us = 0 AND " HAS_FRAGMENTS, "sssssss", "",
                        f.texts[0], f.texts[1], f.texts[2], f.texts[3], f.texts[4], f.texts[5]);
  return GUINT_TO_POINTER ((guint) count);
}

static gpointer
list_by_phone (AvaStore      *self,
               AvaSqlite     *db,
               AvaStoreArgs  *args,
               GError       **error)
{
  g_assert (self->thread == g_thread_self ());

  return ava_store_read_rows (ava_sqlite_query (db, error, SELECT_CUSTOMER
                                                "WHERE c.phone = ?2 AND c.phone <> ''"
                                                " AND c.archived_us = 0" ORDER_CUSTOMER,
                                                "is", ava_clock_now_us (self->clock), args->phone),
                              read_customer, error);
}

static gpointer
get_customer (AvaStore      *self,
              AvaSqlite     *db,
              AvaStoreArgs  *args,
              GError       **error)
{
  g_autoptr (GPtrArray) rows = NULL;

  g_assert (self->thread == g_thread_self ());

  rows = ava_store_read_rows (ava_sqlite_query (db, error, SELECT_CUSTOMER
                                                "WHERE c.id = ?2" ORDER_CUSTOMER,
                                                "is", ava_clock_now_us (self->clock), args->id),
                              read_customer, error);
  if (rows == NULL)
    return NULL;
  if (rows->len == 1)
    return g_object_ref (rows->pdata[0]);
  g_set_error_literal (error, AVA_STORE_ERROR, AVA_STORE_ERROR_NOT_FOUND,
                       "This customer is not in the book.");
  return NULL;
}

/* Writes a new row without journal; the demo filler's way too. */
gboolean
ava_customer_table_insert_row (AvaStore     *self,
                               AvaCustomer  *customer,
                               GError      **error)
{
  g_autofree char *sort_name = ava_customer_table_fold (customer->name);
  g_autofree char *search = make_search_text (customer->name, customer->phone, customer->email);

  g_assert (self->thread == g_thread_self ());

  return ava_sqlite_run (self->worker.db, error,
                         "INSERT INTO customers (id, name, sort_name, search, phone, email, born,"
                         " allergies, medicines, contraindications, pregnant, notes, household_id,"
                         " created_us) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                         "ssssssssssissi", customer->id, customer->name, sort_name, search,
                         customer->phone != NULL ? customer->phone : "", customer->email,
                         customer->born, customer->allergies, customer->medicines,
                         customer->contraindications, (gint64) customer->pregnant, customer->notes,
                         customer->household_id, customer->created_us);
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
  g_autofree char *sort_name = ava_customer_table_fold (stripped);
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
