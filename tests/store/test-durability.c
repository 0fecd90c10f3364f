/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

/* Confirmed writes outlive kill -9, and of many who want one time exactly one gets it. This
 * program runs itself again as the process that is killed, or that competes. */

#define ROUNDS 50
#define RACES 4
#define THREADS 64
#define VISITS 300          /* of each thread, each with a context of its own */
#define PATIENCE_SEC 90     /* for one step, which takes a moment: whoever waits longer waits for ever */

static char *program;

/* A step that never ends must fail as loudly as one that goes wrong. */
static void
on_alarm (int number)
{
  static const char words[] = "Bail out! a step of the durability test never ended\n";

  if (write (STDERR_FILENO, words, sizeof words - 1) < 0)
    _exit (1);
  abort ();
}

static void
begin_step (void)
{
  signal (SIGALRM, on_alarm);
  alarm (PATIENCE_SEC);
}

/* --- In the child --------------------------------------------------------------------------- */

static AvaStore *
open_in_child (const char *dir)
{
  g_autoptr (AvaClock) clock = ava_virtual_clock_new (FIXTURE_NOW_US, FALSE);
  g_autoptr (GError) error = NULL;
  AvaStore *store = ava_store_open (dir, clock, &error);

  g_assert_no_error (error);
  return store;
}

/* Books without end; says each id once it is confirmed. */
static int
write_until_killed (const char *dir,
                    int         round)
{
  g_autoptr (AvaStore) store = open_in_child (dir);

  for (int i = 0; i < 100000; i++) {
    g_autoptr (AvaSlot) slot = store_fixture_slot (round * 2000 + i);
    g_autofree char *name = g_strdup_printf ("Killed %d", i % 7);
    g_autofree char *line = NULL;
    g_autoptr (GError) error = NULL;
    g_autoptr (AvaAppointment) a = NULL;

    begin_step ();
    a = store_fixture_book (store, NULL, NULL, slot, name, "+12125550142", &error);
    g_assert_no_error (error);
    line = g_strdup_printf ("%s\n", a->id);
    g_assert_cmpint (write (STDOUT_FILENO, line, strlen (line)), ==, strlen (line));
  }
  return 1;
}

typedef struct {
  AvaStore *store;
  int hours;
  int number;
  gboolean same_customer;   /* each has a provider and a room of its own: only the customer is in two places */
} Racer;

/* Of those who want the same customer, every other one wants another provider and room. */
static AvaSlot *
make_slot (Racer *racer)
{
  AvaSlot *slot = store_fixture_slot (racer->hours);

  if (racer->same_customer && racer->number % 2 == 1) {
    g_free (slot->provider_id);
    g_free (slot->room_id);
    slot->provider_id = g_strdup ("prov-bennett");
    slot->room_id = g_strdup ("room-2");
  }
  return slot;
}

/* Answers 1 for the time, 0 for "taken", or for the warning that the customer is elsewhere. */
static gpointer
race (gpointer user_data)
{
  Racer *racer = user_data;
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (AvaSlot) slot = make_slot (racer);
  g_autofree char *call_id = g_strdup_printf ("racer-%d-%d", getpid (), racer->number);
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaAppointment) a = NULL;

  g_main_context_push_thread_default (context);
  a = store_fixture_book (racer->store, call_id, NULL, slot, "Racer", "+12125550142", &error);
  g_main_context_pop_thread_default (context);
  if (a == NULL && !(racer->same_customer && g_error_matches (error, AVA_STORE_ERROR, AVA_STORE_ERROR_WARNING)))
    g_assert_error (error, AVA_STORE_ERROR, AVA_STORE_ERROR_TAKEN);
  return GINT_TO_POINTER (a != NULL);
}

static int
race_with_threads (AvaStore *store,
                   int       hours,
                   gboolean  same_customer)
{
  GThread *threads[THREADS];
  Racer racers[THREADS];
  int won = 0;

  begin_step ();
  for (int i = 0; i < THREADS; i++) {
    racers[i] = (Racer) { store, hours, i, same_customer };
    threads[i] = g_thread_new ("racer", race, &racers[i]);
  }
  for (int i = 0; i < THREADS; i++)
    won += GPOINTER_TO_INT (g_thread_join (threads[i]));
  return won;
}

/* Says "ready", waits for a byte before each race, and says how many of its threads won. */
static int
race_in_child (const char *dir,
               gboolean    same_customer)
{
  g_autoptr (AvaStore) store = open_in_child (dir);
  char byte;

  g_assert_cmpint (write (STDOUT_FILENO, "r", 1), ==, 1);
  for (int i = 0; i < RACES; i++) {
    g_assert_cmpint (read (STDIN_FILENO, &byte, 1), ==, 1);
    byte = '0' + race_with_threads (store, i * 2, same_customer);
    g_assert_cmpint (write (STDOUT_FILENO, &byte, 1), ==, 1);
  }
  ava_store_close (store);
  return 0;
}

/* --- In the parent -------------------------------------------------------------------------- */

static GPid
spawn (const char *mode,
       const char *dir,
       int         round,
       int        *in_fd,
       int        *out_fd)
{
  g_autofree char *number = g_strdup_printf ("%d", round);
  char *args[] = { program, (char *) mode, (char *) dir, number, NULL };
  g_autoptr (GError) error = NULL;
  GPid pid;

  g_spawn_async_with_pipes (NULL, args, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &pid, in_fd, out_fd,
                            NULL, &error);
  g_assert_no_error (error);
  return pid;
}

static void
read_confirmed (int        fd,
                GPtrArray *confirmed)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_auto (GStrv) lines = NULL;
  char buffer[4096];
  ssize_t n;

  while ((n = read (fd, buffer, sizeof buffer)) > 0)
    g_string_append_len (text, buffer, n);
  lines = g_strsplit (text->str, "\n", -1);
  /* The last piece has no end of line: it is empty or was cut. */
  for (char **line = lines; *line != NULL && line[1] != NULL; line++)
    g_ptr_array_add (confirmed, g_strdup (*line));
}

static void
expect_all_there (StoreFixture *self,
                  GPtrArray    *confirmed)
{
  g_autofree char *path = store_fixture_get_path (self);
  g_autofree char *check = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaSqlite) db = ava_sqlite_open (path, &error);
  gint64 odd = -1;

  g_assert_no_error (error);
  g_assert_true (ava_sqlite_get_text (db, &check, &error, "PRAGMA integrity_check", ""));
  g_assert_cmpstr (check, ==, "ok");
  for (guint i = 0; i < confirmed->len; i++) {
    gint64 found = 0;

    g_assert_true (ava_sqlite_get_int (db, &found, &error, "SELECT count(*) FROM appointments a"
                                       " JOIN journal j ON j.row_id = a.id AND j.tbl = 'appointments'"
                                       " WHERE a.id = ?", "s", confirmed->pdata[i]));
    g_assert_cmpint (found, ==, 1);
  }
  /* One mutation for each booking, confirmed or not: they are one transaction. */
  g_assert_true (ava_sqlite_get_int (db, &odd, &error,
                                     "SELECT (SELECT count(*) FROM appointments WHERE source = 'ava'"
                                     " AND id IN (SELECT row_id FROM journal))"
                                     " - (SELECT count(*) FROM sync_outbox)", ""));
  g_assert_cmpint (odd, ==, 0);
}

static void
kill_minus_nine_loses_nothing_confirmed (StoreFixture  *self,
                                         gconstpointer  data)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (g_free);
  guint rounds_with_writes = 0;

  ava_store_close (self->store);
  for (int round = 0; round < ROUNDS; round++) {
    g_autoptr (GPtrArray) confirmed = g_ptr_array_new_with_free_func (g_free);
    int out_fd;
    GPid pid = spawn ("write", self->dir, round, NULL, &out_fd);
    char first;

    begin_step ();
    /* From its first confirmed write on it is in the middle of writing, at whatever point. */
    g_assert_cmpint (read (out_fd, &first, 1), ==, 1);
    g_usleep (g_random_int_range (0, 60000));
    g_assert_cmpint (kill (pid, SIGKILL), ==, 0);
    waitpid (pid, NULL, 0);
    read_confirmed (out_fd, confirmed);
    close (out_fd);
    if (confirmed->len > 0) {
      char *whole = g_strdup_printf ("%c%s", first, (char *) confirmed->pdata[0]);

      g_free (confirmed->pdata[0]);
      confirmed->pdata[0] = whole;
      rounds_with_writes++;
    }
    expect_all_there (self, confirmed);
    for (guint i = 0; i < confirmed->len; i++)
      g_ptr_array_add (all, g_strdup (confirmed->pdata[i]));
  }
  g_assert_cmpuint (rounds_with_writes, >=, ROUNDS - 2);
  expect_all_there (self, all);
  store_fixture_reopen (self);
  g_test_message ("%u confirmed writes outlived %d kills", all->len, ROUNDS);
}

static void
race_two_processes (StoreFixture *self,
                    gboolean      same_customer)
{
  int in_fd, out_fd;
  GPid pid = spawn ("race", self->dir, same_customer, &in_fd, &out_fd);
  int status;
  char byte;

  g_assert_cmpint (read (out_fd, &byte, 1), ==, 1);
  for (int i = 0; i < RACES; i++) {
    int won;

    g_assert_cmpint (write (in_fd, "g", 1), ==, 1);
    won = race_with_threads (self->store, i * 2, same_customer);
    g_assert_cmpint (read (out_fd, &byte, 1), ==, 1);
    g_assert_cmpint (won + (byte - '0'), ==, 1);
  }
  begin_step ();
  waitpid (pid, &status, 0);
  g_assert_true (WIFEXITED (status) && WEXITSTATUS (status) == 0);
  close (in_fd);
  close (out_fd);
  g_assert_cmpint (store_fixture_count (self, "SELECT count(*) FROM appointments"
                                              " WHERE call_id LIKE 'racer-%'"), ==, RACES);
}

static void
of_two_processes_with_64_threads_each_one_wins (StoreFixture  *self,
                                                gconstpointer  data)
{
  race_two_processes (self, FALSE);
}

/* Two providers are free at the same time, and everybody books the same customer: one of them gets her. */
static void
a_customer_is_in_two_places_for_nobody (StoreFixture  *self,
                                        gconstpointer  data)
{
  race_two_processes (self, TRUE);
  g_assert_cmpint (store_fixture_count (self, "SELECT count(DISTINCT customer_id) FROM appointments WHERE call_id LIKE 'racer-%'"), ==, 1);
  g_assert_cmpint (store_fixture_count (self, "SELECT count(*) FROM appointments a JOIN appointments b ON a.customer_id = b.customer_id"
                                              " AND a.id < b.id AND a.start_us < b.end_us AND b.start_us < a.end_us"
                                              " WHERE a.call_id LIKE 'racer-%'"), ==, 0);
}

/* Asks again and again, each time in a context that ends with the answer. */
static gpointer
visit (gpointer user_data)
{
  AvaStore *store = user_data;

  for (int i = 0; i < VISITS; i++) {
    g_autoptr (GMainContext) context = g_main_context_new ();
    g_autoptr (GAsyncResult) result = NULL;
    g_autoptr (GPtrArray) busy = NULL;
    g_autoptr (GError) error = NULL;

    g_main_context_push_thread_default (context);
    ava_store_busy_async (store, FIXTURE_NOW_US, FIXTURE_NOW_US + 1, NULL, NULL, test_result_cb, &result);
    busy = ava_store_busy_finish (store, test_result_wait (&result), &error);
    g_main_context_pop_thread_default (context);
    g_assert_no_error (error);
  }
  return NULL;
}

static void
contexts_may_end_with_their_answer (StoreFixture  *self,
                                    gconstpointer  data)
{
  GThread *threads[THREADS];

  begin_step ();
  for (int i = 0; i < THREADS; i++)
    threads[i] = g_thread_new ("visitor", visit, self->store);
  for (int i = 0; i < THREADS; i++)
    g_thread_join (threads[i]);
}

int
main (int   argc,
      char *argv[])
{
  program = g_canonicalize_filename (argv[0], NULL);
  if (argc == 4 && g_str_equal (argv[1], "write"))
    return write_until_killed (argv[2], atoi (argv[3]));
  if (argc == 4 && g_str_equal (argv[1], "race"))
    return race_in_child (argv[2], atoi (argv[3]) != 0);
  g_test_init (&argc, &argv, NULL);
#define TEST(name) \
  g_test_add ("/store/durability/" #name, StoreFixture, NULL, store_fixture_set_up_demo, name, \
              store_fixture_tear_down)
  TEST (kill_minus_nine_loses_nothing_confirmed);
  TEST (of_two_processes_with_64_threads_each_one_wins);
  TEST (a_customer_is_in_two_places_for_nobody);
  TEST (contexts_may_end_with_their_answer);
  return g_test_run ();
}
