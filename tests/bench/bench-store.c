/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "async-result.h"
#include "ava-sqlite.h"
#include "ava-store.h"
#include "ava-store-customers.h"

#include <glib/gstdio.h>
#include <string.h>

/* How long the store takes on a large book. Rows: name value unit reference ratio. The references
 * are the plainest thing that SQLite can do on the same file, measured in the same run: one row
 * read by its key, one row written and synced.
 *
 * Usage: bench-store [customers [appointments]] */

#define READS 400
#define WRITES 200
#define SEARCH_GOAL_US 10000   /* of a key, to its rows */
#define NOW_US ((gint64) 1795532400 * AVA_USEC_PER_SEC)

typedef struct {
  double p50, p99, most;  /* [us] */
} Times;

static AvaStore *store;

static void
stop_on (GError *error)
{
  if (error != NULL)
    g_error ("%s", error->message);
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  gint64 one = *(const gint64 *) a;
  gint64 two = *(const gint64 *) b;

  return one < two ? -1 : one > two;
}

/* Whole wait of the caller: queue, query, objects, way back. */
static Times
measure (void  (*func) (guint turn),
         guint   turns)
{
  g_autofree gint64 *taken = g_new (gint64, turns);

  for (guint i = 0; i < turns; i++) {
    gint64 began = g_get_monotonic_time ();

    func (i);
    taken[i] = g_get_monotonic_time () - began;
  }
  qsort (taken, turns, sizeof *taken, compare);
  return (Times) { taken[turns / 2], taken[turns * 99 / 100], taken[turns - 1] };
}

/* Somebody types these, a letter at a time. */
static void
type_letter (guint turn)
{
  static const char *const words[] = {
    "nguyen", "maria garcia", "son", "o'brien", "patel pri", "(212) 555-01", "quinn zoe", "wei zhang",
    "example.com", "xq",
  };
  const char *word = words[turn / 12 % G_N_ELEMENTS (words)];
  g_autofree char *text = g_strndup (word, MIN (turn % 12 + 1, strlen (word)));
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GError) error = NULL;

  ava_store_find_customers_async (store, text, 50, NULL, test_result_cb, &result);
  rows = ava_store_find_customers_finish (store, test_result_wait (&result), &error);
  stop_on (error);
}

static void
read_day (guint turn)
{
  gint64 day_us = NOW_US - (gint64) (turn * 37 % 1000) * AVA_USEC_PER_DAY;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (GError) error = NULL;

  ava_store_list_appointments_async (store, day_us, day_us + AVA_USEC_PER_DAY, TRUE, NULL, test_result_cb,
                                     &result);
  rows = ava_store_list_appointments_finish (store, test_result_wait (&result), &error);
  stop_on (error);
}

static void
book (guint turn)
{
  const AvaActor actor = { .who = "ava", .call_id = "bench" };
  AvaSlot slot = {
    .service_id = (char *) "svc-botox", .provider_id = (char *) "prov-ortiz", .room_id = (char *) "room-1",
    .start_us = NOW_US + (gint64) (2000 + turn) * 60 * AVA_USEC_PER_MIN,
  };
  AvaBooking booking = { .slot = &slot, .customer_name = "Bench Mark", .phone = "+12125550199" };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (AvaAppointment) made = NULL;
  g_autoptr (GError) error = NULL;

  slot.end_us = slot.busy_end_us = slot.start_us + 30 * AVA_USEC_PER_MIN;
  slot.busy_start_us = slot.start_us;
  ava_store_book_async (store, &actor, &booking, NULL, test_result_cb, &result);
  made = ava_store_book_finish (store, test_result_wait (&result), &error);
  stop_on (error);
}

static AvaSqlite *plain;
static GPtrArray *keys;

static void
select_by_key (guint turn)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;

  ava_sqlite_get_text (plain, &name, &error, "SELECT name FROM customers WHERE id = ?", "s",
                       keys->pdata[turn % keys->len]);
  stop_on (error);
}

static void
insert_row (guint turn)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *key = g_strdup_printf ("bench-%u", turn);

  ava_sqlite_run (plain, &error, "INSERT INTO settings (id, value) VALUES (?, 'x')", "s", key);
  stop_on (error);
}

static void
print_rows (const char *name,
            Times       times,
            const char *reference,
            Times       plain_times)
{
  g_print ("%s_p50 %.0f us %s_p50 %.1f\n", name, times.p50, reference,
           times.p50 / MAX (1, plain_times.p50));
  g_print ("%s_p99 %.0f us %s_p99 %.1f\n", name, times.p99, reference,
           times.p99 / MAX (1, plain_times.p99));
}

static void
print_goal (const char *name,
            double      us)
{
  g_print ("%s %.0f us goal_%d_us %.2f\n", name, us, SEARCH_GOAL_US, us / SEARCH_GOAL_US);
}

/* Opened anew, nothing of it is read yet. */
static void
open_again (const char *dir)
{
  g_autoptr (AvaClock) clock = ava_virtual_clock_new (NOW_US, FALSE);
  g_autoptr (GError) error = NULL;

  ava_store_close (store);
  g_object_unref (store);
  store = ava_store_open (dir, clock, &error);
  stop_on (error);
}

/* Meanwhile a customer is read again and again: who waits longest waited for a step. */
static Times
read_ahead (const char *dir)
{
  g_autoptr (GArray) waits = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gint64 began, wait;

  open_again (dir);
  ava_store_read_ahead_async (store, NULL, test_result_cb, &result);
  while (result == NULL) {
    g_autoptr (GAsyncResult) got = NULL;
    g_autoptr (AvaCustomer) customer = NULL;

    began = g_get_monotonic_time ();
    ava_store_get_customer_async (store, keys->pdata[waits->len % keys->len], NULL, test_result_cb, &got);
    customer = ava_store_get_customer_finish (store, test_result_wait (&got), &error);
    stop_on (error);
    wait = g_get_monotonic_time () - began;
    g_array_append_val (waits, wait);
  }
  ava_store_read_ahead_finish (store, result, &error);
  stop_on (error);
  g_array_sort (waits, compare);
  return (Times) {
    g_array_index (waits, gint64, waits->len / 2), g_array_index (waits, gint64, waits->len * 99 / 100),
    g_array_index (waits, gint64, waits->len - 1),
  };
}

static gint64
fill (const char *dir,
      guint       customers,
      guint       appointments)
{
  g_autoptr (AvaClock) clock = ava_virtual_clock_new (NOW_US, FALSE);
  g_autoptr (GError) error = NULL;
  g_autofree char *json = NULL;
  gint64 began = g_get_monotonic_time ();

  g_file_get_contents (g_getenv ("AVA_DEMO_SPA"), &json, NULL, &error);
  stop_on (error);
  store = ava_store_open (dir, clock, &error);
  stop_on (error);
  ava_store_fill_demo (store, json, 1, customers, 90, appointments, &error);
  stop_on (error);
  return g_get_monotonic_time () - began;
}

static void
open_plain (const char *path)
{
  g_autoptr (GError) error = NULL;
  AvaRow *row;

  plain = ava_sqlite_open (path, &error);
  stop_on (error);
  keys = g_ptr_array_new_with_free_func (g_free);
  row = ava_sqlite_query (plain, &error, "SELECT id FROM customers ORDER BY random() LIMIT 400", "");
  stop_on (error);
  while (ava_row_next (row, &error))
    g_ptr_array_add (keys, ava_row_dup (row, 0));
}

int
main (int   argc,
      char *argv[])
{
  guint customers = argc > 1 ? strtoul (argv[1], NULL, 10) : 100000;
  guint appointments = argc > 2 ? strtoul (argv[2], NULL, 10) : 1000000;
  g_autofree char *dir = g_dir_make_tmp ("ava-bench-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (dir, "ava.db", NULL);
  gint64 filled_us = fill (dir, customers, appointments);
  Times cold, steps, first, selected, inserted, searched;
  GStatBuf status;

  open_plain (path);
  /* The first key of a day reads the index, unless that was done ahead; it is no matter of a percentile. */
  cold = measure (type_letter, 1);
  steps = read_ahead (dir);
  first = measure (type_letter, 1);
  selected = measure (select_by_key, READS);
  inserted = measure (insert_row, WRITES);
  g_print ("fill %.1f s customers %u\n", filled_us / 1e6, customers);
  searched = measure (type_letter, READS);
  print_goal ("search_first_key", first.p99);
  print_goal ("search_first_key_cold", cold.p99);
  print_goal ("read_ahead_longest_step", steps.most);
  print_goal ("search_key_p99", searched.p99);
  print_goal ("search_key_most", searched.most);
  print_rows ("search_keystroke", searched, "sqlite_select_by_key", selected);
  print_rows ("day_read", measure (read_day, READS), "sqlite_select_by_key", selected);
  print_rows ("booking_write", measure (book, WRITES), "sqlite_insert_commit", inserted);
  ava_sqlite_close (plain);
  ava_store_close (store);
  g_object_unref (store);
  if (g_stat (path, &status) == 0)
    g_print ("file_size %.0f MB appointments %u\n", status.st_size / 1e6, appointments);
  g_ptr_array_unref (keys);
  for (const char *const *end = (const char *const[]) { "", "-wal", "-shm", NULL }; *end != NULL; end++) {
    g_autofree char *file = g_strconcat (path, *end, NULL);

    g_unlink (file);
  }
  g_rmdir (dir);
  return 0;
}
