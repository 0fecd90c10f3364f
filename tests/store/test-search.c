/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "book-replay.h"
#include "store-fixture.h"

#include "ava-customer-index.h"
#include "ava-fold.h"
#include "ava-store-customers.h"

#include <string.h>

static void
add (StoreFixture *self,
     int           hours,
     const char   *name,
     const char   *phone)
{
  g_autoptr (AvaSlot) slot = store_fixture_slot (hours);
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaAppointment) a = store_fixture_book (self->store, NULL, NULL, slot, name, phone, &error);

  g_assert_no_error (error);
}

static void
add_people (StoreFixture *self)
{
  add (self, 0, "Mónica Zuñiga-Quist", "+17185550142");
  add (self, 1, "Björn Ångströmqx", "+17185550143");
  add (self, 2, "Kwame Quistgaard", "+17185550144");
}

static void
expect (StoreFixture *self,
        const char   *text,
        const char   *names)
{
  g_autoptr (GPtrArray) found = store_fixture_find (self->store, text, 10);
  g_autoptr (GString) all = g_string_new (NULL);

  for (guint i = 0; i < found->len; i++)
    g_string_append_printf (all, "%s%s", i > 0 ? "|" : "", ((AvaCustomer *) found->pdata[i])->name);
  g_assert_cmpstr (all->str, ==, names);
}

static void
any_fragments_in_any_order_without_accents (StoreFixture  *self,
                                            gconstpointer  data)
{
  add_people (self);
  expect (self, "monica quist", "Mónica Zuñiga-Quist");
  expect (self, "quist MONICA", "Mónica Zuñiga-Quist");
  expect (self, "uñig", "Mónica Zuñiga-Quist");
  expect (self, "quist", "Kwame Quistgaard|Mónica Zuñiga-Quist");
  expect (self, "angstromqx", "Björn Ångströmqx");
  expect (self, "qx", "Björn Ångströmqx");
  expect (self, "quist kw", "Kwame Quistgaard");
  expect (self, "quist monica bjorn", "");
}

static void
phone_is_found_however_it_is_written (StoreFixture  *self,
                                      gconstpointer  data)
{
  add_people (self);
  expect (self, "(718) 555-0142", "Mónica Zuñiga-Quist");
  expect (self, "718.555.0143", "Björn Ångströmqx");
  expect (self, "+17185550144", "Kwame Quistgaard");
  expect (self, "50144 kwame", "Kwame Quistgaard");
}

static void
search_takes_anything_as_words (StoreFixture  *self,
                                gconstpointer  data)
{
  add_people (self);
  expect (self, "\"quist", "");
  expect (self, "'; DROP TABLE customers; --", "");
  expect (self, "quist* OR monica", "");
  expect (self, "%", "");
  expect (self, "\xff\xfe", "");
}

static void
blank_search_lists_all_by_name_up_to_the_limit (StoreFixture  *self,
                                                gconstpointer  data)
{
  g_autoptr (GPtrArray) all = store_fixture_find (self->store, NULL, 1000);
  g_autoptr (GPtrArray) blank = store_fixture_find (self->store, "  ", 1000);
  g_autoptr (GPtrArray) some = store_fixture_find (self->store, "", 5);

  g_assert_cmpuint (all->len, ==, 20);
  g_assert_cmpuint (blank->len, ==, 20);
  g_assert_cmpuint (some->len, ==, 5);
  for (guint i = 0; i < some->len; i++)
    g_assert_cmpstr (((AvaCustomer *) some->pdata[i])->id, ==, ((AvaCustomer *) all->pdata[i])->id);
}

static void
household_shares_a_phone (StoreFixture  *self,
                          gconstpointer  data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) got = NULL;
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (AvaCustomer) customer = NULL;
  g_autoptr (GError) error = NULL;

  add (self, 0, "Uma Quist", "+17185550142");
  add (self, 1, "Abe Quist", "+17185550142");
  ava_store_customers_by_phone_async (self->store, "+17185550142", NULL, test_result_cb, &result);
  found = ava_store_customers_by_phone_finish (self->store, test_result_wait (&result), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (found->len, ==, 2);
  g_assert_cmpstr (((AvaCustomer *) found->pdata[0])->name, ==, "Abe Quist");
  ava_store_get_customer_async (self->store, ((AvaCustomer *) found->pdata[1])->id, NULL, test_result_cb,
                                &got);
  customer = ava_store_get_customer_finish (self->store, test_result_wait (&got), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (customer->name, ==, "Uma Quist");
  g_assert_cmpint (customer->next_visit_us, ==, FIXTURE_NOW_US + 100 * 60 * AVA_USEC_PER_MIN);
}

/* --- Against a search that cannot be wrong --------------------------------------------------- */

#define PEOPLE 300
#define QUESTIONS 400

static char *
make_word (GRand *rand,
           guint  most)
{
  static const char *const letters[] = { "a", "b", "n", "an", "na", "é", "É", "ø", "ß", "م", "😀", "'", "q", "5", "0" };
  GString *word = g_string_new (NULL);

  for (guint n = g_rand_int_range (rand, 1, most + 1); n > 0; n--)
    g_string_append (word, letters[g_rand_int_range (rand, 0, G_N_ELEMENTS (letters))]);
  return g_string_free (word, FALSE);
}

/* Straight to the file, as another program would write: this one must notice. */
static void
scribble (StoreFixture *self,
          GRand        *rand)
{
  g_autofree char *path = store_fixture_get_path (self);
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaSqlite) db = ava_sqlite_open (path, &error);
  g_autofree char *name = make_word (rand, 9);
  g_autofree char *folded = ava_fold_text (name);
  gint64 what = g_rand_int_range (rand, 0, 5);
  const char *sql = what == 0 ? "UPDATE customers SET archived_us = 1 - archived_us WHERE ?1 = ?2 OR rid ="
                      " (SELECT rid FROM customers ORDER BY random() LIMIT 1)"
                    : what == 1 ? "DELETE FROM customers WHERE (?1 <> '' OR ?2 <> '') AND id ="
                      " (SELECT id FROM customers WHERE id LIKE 'r%' ORDER BY random() LIMIT 1)"
                    : "UPDATE customers SET name = ?1, sort_name = ?2, search = ?2 || '  ' || phone WHERE rid ="
                      " (SELECT rid FROM customers ORDER BY random() LIMIT 1)";

  g_assert_no_error (error);
  book_replay_forget (self->dir);
  ava_sqlite_run (db, &error, sql, "ss", name, folded);
  g_assert_no_error (error);
}

static char *
list_naively (StoreFixture *self,
              const char   *text)
{
  g_autofree char *path = store_fixture_get_path (self);
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaSqlite) db = ava_sqlite_open (path, &error);
  g_autofree char *folded = ava_fold_text (text);
  g_auto (GStrv) words = g_strsplit (folded, " ", -1);
  GString *ids = g_string_new (NULL);
  AvaRow *row = ava_sqlite_query (db, &error, "SELECT id, search FROM customers WHERE archived_us = 0 AND merged_into IS NULL"
                                  " ORDER BY sort_name, rid", "");

  g_assert_no_error (error);
  while (ava_row_next (row, &error)) {
    gboolean all = TRUE;

    for (guint i = 0; words[i] != NULL; i++)
      all = all && strstr (ava_row_text (row, 1), words[i]) != NULL;
    if (all)
      g_string_append_printf (ids, "%s ", ava_row_text (row, 0));
  }
  g_assert_no_error (error);
  return g_string_free (ids, FALSE);
}

static char *
list_found (StoreFixture *self,
            const char   *text)
{
  g_autoptr (GPtrArray) found = store_fixture_find (self->store, text, 100000);
  GString *ids = g_string_new (NULL);

  for (guint i = 0; i < found->len; i++)
    g_string_append_printf (ids, "%s ", ((AvaCustomer *) found->pdata[i])->id);
  return g_string_free (ids, FALSE);
}

/* As another program would. */
static void
run_sql (StoreFixture *self,
         const char   *sql)
{
  g_autofree char *path = store_fixture_get_path (self);
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaSqlite) db = ava_sqlite_open (path, &error);

  g_assert_no_error (error);
  book_replay_forget (self->dir);
  ava_sqlite_exec (db, sql, &error);
  g_assert_no_error (error);
}

static void
add_many (StoreFixture *self,
          guint         n)
{
  g_autofree char *sql = g_strdup_printf ("WITH n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %u)"
    " INSERT INTO customers (id, name, sort_name, search, phone, created_us) SELECT 'r' || i, 'x', 'x', 'x', '+1555' || i, i FROM n", n);

  run_sql (self, sql);
}

static void
search_finds_what_a_naive_one_finds (StoreFixture  *self,
                                     gconstpointer  data)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);

  add_many (self, PEOPLE);
  for (guint i = 0; i < PEOPLE; i++)
    scribble (self, rand);
  for (guint i = 0; i < QUESTIONS; i++) {
    g_autofree char *one = make_word (rand, 3);
    g_autofree char *other = make_word (rand, 2);
    g_autofree char *text = g_rand_boolean (rand) ? g_strdup (one) : g_strconcat (other, " ", one, NULL);
    g_autofree char *expected = NULL;
    g_autofree char *found = NULL;

    if (i % 4 == 0)
      scribble (self, rand);
    expected = list_naively (self, text);
    found = list_found (self, text);
    g_assert_cmpstr (found, ==, expected);
  }
}

/* --- Read ahead ------------------------------------------------------------------------------ */

/* An index of its own, so that the test says what comes between two steps. */
typedef struct {
  AvaSqlite *db;
  AvaCustomerIndex *index;
  gboolean whole;
} Ahead;

static void
ahead_init (Ahead        *ahead,
            StoreFixture *self)
{
  g_autofree char *path = store_fixture_get_path (self);
  g_autoptr (GError) error = NULL;

  ahead->db = ava_sqlite_open (path, &error);
  g_assert_no_error (error);
  ahead->index = ava_customer_index_new ();
  ahead->whole = FALSE;
}

static void
ahead_clear (Ahead *ahead)
{
  ava_customer_index_free (ahead->index);
  ava_sqlite_close (ahead->db);
}

static void
ahead_read (Ahead *ahead,
            guint  most)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (ava_customer_index_read_some (ahead->index, ahead->db, most, &ahead->whole, &error));
  g_assert_no_error (error);
}

static char *
ahead_list (Ahead      *ahead,
            const char *text)
{
  AvaCustomerFilter filter;
  g_autoptr (GError) error = NULL;
  GString *ids = g_string_new (NULL);
  GArray *rids;

  g_assert_true (ava_customer_filter_parse (NULL, &filter, &error));
  rids = ava_customer_index_find (ahead->index, ahead->db, text, &filter, FIXTURE_NOW_US, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < rids->len; i++) {
    g_autofree char *id = NULL;

    g_assert_true (ava_sqlite_get_text (ahead->db, &id, &error, "SELECT id FROM customers WHERE rid = ?", "i",
                                        g_array_index (rids, gint64, i)));
    g_assert_no_error (error);
    g_string_append_printf (ids, "%s ", id);
  }
  return g_string_free (ids, FALSE);
}

static void
ahead_expect (Ahead      *ahead,
              const char *text,
              const char *ids)
{
  g_autofree char *found = ahead_list (ahead, text);

  g_assert_cmpstr (found, ==, ids);
}

#define MOVE(id, name) \
  run_sql (self, "UPDATE customers SET name = '" name "', sort_name = '" name "', search = '" name "' WHERE id = '" id "'")

static void
changes_between_two_steps_are_seen (StoreFixture  *self,
                                    gconstpointer  data)
{
  Ahead ahead;

  add_many (self, 100);
  MOVE ("r1", "zoezoe");
  MOVE ("r100", "yanyan");
  ahead_init (&ahead, self);
  ahead_read (&ahead, 60);   /* the 20 of the demo, and r1 to r40 */
  g_assert_false (ahead.whole);
  MOVE ("r2", "wimwim");
  MOVE ("r99", "wamwam");
  run_sql (self, "DELETE FROM customers WHERE id IN ('r1', 'r98')");
  add (self, 0, "Adaada Quist", "+17185550142");   /* through the store */
  ahead_read (&ahead, 1000);
  g_assert_true (ahead.whole);
  ahead_read (&ahead, 1000);   /* nothing is left to do */
  g_assert_true (ahead.whole);
  ahead_expect (&ahead, "wimwim", "r2 ");
  ahead_expect (&ahead, "w", "r99 r2 ");
  ahead_expect (&ahead, "yanyan", "r100 ");
  ahead_expect (&ahead, "zoezoe", "");
  {
    g_autofree char *found = ahead_list (&ahead, "adaada");
    g_autofree char *id = store_fixture_text (self, "SELECT id || ' ' FROM customers WHERE name = 'Adaada Quist'");

    g_assert_cmpstr (found, ==, id);
  }
  ahead_clear (&ahead);
}

/* The whole list in its order, asked at each turn of a reading while another program writes. */
static void
search_amid_reading_ahead_is_exact (StoreFixture  *self,
                                    gconstpointer  data)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (12);

  add_many (self, PEOPLE);
  for (guint steps = 0; steps < 14; steps++) {
    Ahead ahead;

    ahead_init (&ahead, self);
    for (guint i = 0; i < steps; i++) {
      ahead_read (&ahead, 30);
      for (guint turn = 0; turn < 5; turn++)
        scribble (self, rand);
    }
    for (guint turn = 0; turn < 2; turn++) {
      g_autofree char *text = turn > 0 ? make_word (rand, 2) : g_strdup ("");
      g_autofree char *expected = list_naively (self, text);

      ahead_expect (&ahead, text, expected);
    }
    ahead_clear (&ahead);
  }
}

/* More changes than it is worth to look at one by one. */
static void
many_changes_amid_reading_ahead_are_seen (StoreFixture  *self,
                                          gconstpointer  data)
{
  g_autofree char *expected = NULL;
  Ahead ahead;

  add_many (self, 5000);
  ahead_init (&ahead, self);
  ahead_read (&ahead, 1000);
  run_sql (self, "UPDATE customers SET search = 'many' || (9000 - rid), sort_name = 'many' || (9000 - rid) WHERE id LIKE 'r%'");
  expected = list_naively (self, "many");
  ahead_expect (&ahead, "many", expected);
  ahead_clear (&ahead);
}

/* The store's own: a search that is asked after the first step, then the rest. */
static void
store_reads_ahead_between_other_calls (StoreFixture  *self,
                                       gconstpointer  data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *expected = NULL;
  g_autofree char *found = NULL;
  g_autofree char *again = NULL;

  add_many (self, 3500);
  MOVE ("r3400", "aaron");
  expected = list_naively (self, "");
  ava_store_read_ahead_async (self->store, NULL, test_result_cb, &result);
  found = list_found (self, "");
  g_assert_cmpstr (found, ==, expected);
  g_assert_true (ava_store_read_ahead_finish (self->store, test_result_wait (&result), &error));
  g_assert_no_error (error);
  again = list_found (self, "aaron");
  g_assert_cmpstr (again, ==, "r3400 ");
}

static void
reading_ahead_ends_when_it_is_cancelled_or_the_store_closes (StoreFixture  *self,
                                                             gconstpointer  data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) cancelled = NULL;
  g_autoptr (GAsyncResult) closed = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *expected = NULL;
  g_autofree char *found = NULL;

  add_many (self, 3500);
  expected = list_naively (self, "");
  ava_store_read_ahead_async (self->store, cancellable, test_result_cb, &cancelled);
  g_cancellable_cancel (cancellable);
  g_assert_false (ava_store_read_ahead_finish (self->store, test_result_wait (&cancelled), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  found = list_found (self, "");
  g_assert_cmpstr (found, ==, expected);
  store_fixture_reopen (self);
  ava_store_read_ahead_async (self->store, NULL, test_result_cb, &closed);
  ava_store_close (self->store);
  g_assert_false (ava_store_read_ahead_finish (self->store, test_result_wait (&closed), &error));
  g_assert_error (error, AVA_STORE_ERROR, AVA_STORE_ERROR_FAILED);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define TEST(name) \
  g_test_add ("/store/search/" #name, StoreFixture, NULL, store_fixture_set_up_demo, name, \
              store_fixture_tear_down)
  TEST (any_fragments_in_any_order_without_accents);
  TEST (phone_is_found_however_it_is_written);
  TEST (search_takes_anything_as_words);
  TEST (blank_search_lists_all_by_name_up_to_the_limit);
  TEST (household_shares_a_phone);
  TEST (search_finds_what_a_naive_one_finds);
  TEST (changes_between_two_steps_are_seen);
  TEST (search_amid_reading_ahead_is_exact);
  TEST (many_changes_amid_reading_ahead_are_seen);
  TEST (store_reads_ahead_between_other_calls);
  TEST (reading_ahead_ends_when_it_is_cancelled_or_the_store_closes);
  return g_test_run ();
}
