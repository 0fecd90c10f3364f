/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ava-migration.h"
#include "ava-store-private.h"
#include "book-replay.h"
#include "store-fixture.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

/* Opening what is damaged, newer, foreign, locked, read-only or full; migrating what is older. */

static void
exec_on (const char *path,
         const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaSqlite) db = ava_sqlite_open (path, &error);

  g_assert_no_error (error);
  ava_sqlite_exec (db, sql, &error);
  g_assert_no_error (error);
}

static GBytes *
read_file (const char *path)
{
  g_autoptr (GError) error = NULL;
  char *data;
  gsize size;

  g_file_get_contents (path, &data, &size, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (data, size);
}

static void
expect_refused (StoreFixture  *self,
                AvaStoreError  code,
                const char    *word)
{
  g_autofree char *path = store_fixture_get_path (self);
  g_autoptr (GBytes) before = read_file (path);
  g_autoptr (GBytes) after = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaStore) store = ava_store_open (self->dir, self->clock, &error);

  g_assert_null (store);
  g_assert_error (error, AVA_STORE_ERROR, (int) code);
  g_assert_nonnull (strstr (error->message, word));
  after = read_file (path);
  g_assert_true (g_bytes_equal (before, after));
}

static void
close_store (StoreFixture *self)
{
  ava_store_close (self->store);
  g_clear_object (&self->store);
  book_replay_forget (self->dir);   /* what follows writes past the store */
}

static void
newer_database_is_refused_untouched (StoreFixture  *self,
                                     gconstpointer  data)
{
  g_autofree char *path = store_fixture_get_path (self);
  g_autofree char *backups = g_build_filename (self->dir, "backups", NULL);
  g_autofree char *wal = g_strconcat (path, "-wal", NULL);

  close_store (self);
  exec_on (path, "PRAGMA user_version = 99");
  expect_refused (self, AVA_STORE_ERROR_NEWER, "newer version");
  g_assert_false (g_file_test (backups, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (wal, G_FILE_TEST_EXISTS));
}

/* The version may still stand in the log only. */
static void
newer_log_is_refused_untouched (StoreFixture  *self,
                                gconstpointer  data)
{
  g_autofree char *path = store_fixture_get_path (self);
  g_autofree char *wal = g_strconcat (path, "-wal", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) file = NULL;
  g_autoptr (GBytes) log = NULL;
  g_autoptr (GBytes) log_after = NULL;
  AvaSqlite *db;

  close_store (self);
  db = ava_sqlite_open (path, &error);
  g_assert_no_error (error);
  g_assert_true (ava_sqlite_exec (db, "PRAGMA user_version = 99", &error));
  file = read_file (path);
  log = read_file (wal);
  g_assert_cmpuint (g_bytes_get_size (log), >, 0);
  ava_sqlite_close (db);
  g_assert_true (g_file_set_contents (path, g_bytes_get_data (file, NULL), g_bytes_get_size (file), NULL));
  g_assert_true (g_file_set_contents (wal, g_bytes_get_data (log, NULL), g_bytes_get_size (log), NULL));
  expect_refused (self, AVA_STORE_ERROR_NEWER, "newer version");
  log_after = read_file (wal);
  g_assert_true (g_bytes_equal (log, log_after));
}

static void
file_that_is_no_database_is_refused_untouched (StoreFixture  *self,
                                               gconstpointer  data)
{
  g_autofree char *path = store_fixture_get_path (self);
  g_autofree char *text = g_strnfill (5000, 'x');

  close_store (self);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  expect_refused (self, AVA_STORE_ERROR_DAMAGED, "damaged");
  g_assert_true (g_file_set_contents (path, "short", -1, NULL));
  expect_refused (self, AVA_STORE_ERROR_DAMAGED, "damaged");
}

static void
database_of_another_program_is_refused_untouched (StoreFixture  *self,
                                                  gconstpointer  data)
{
  g_autofree char *path = store_fixture_get_path (self);

  close_store (self);
  g_assert_cmpint (g_unlink (path), ==, 0);
  exec_on (path, "CREATE TABLE photos (name TEXT)");
  expect_refused (self, AVA_STORE_ERROR_DAMAGED, "damaged");
}

/* As a program leaves it that died: what it wrote stands in the log. */
static void
exec_keeping_log (const char *path,
                  const char *sql)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaSqlite) db = ava_sqlite_open (path, &error);

  g_assert_no_error (error);
  sqlite3_db_config (ava_sqlite_get_handle (db), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
  ava_sqlite_exec (db, sql, &error);
  g_assert_no_error (error);
}

/* Both a torn page in the middle and a file that lost its end. */
static void
damaged_pages_are_found_on_opening (StoreFixture  *self,
                                    gconstpointer  data)
{
  g_autofree char *path = store_fixture_get_path (self);
  g_autoptr (GBytes) whole = NULL;
  g_autofree guint8 *torn = NULL;
  gsize size;

  close_store (self);
  whole = read_file (path);
  size = g_bytes_get_size (whole);
  torn = g_memdup2 (g_bytes_get_data (whole, NULL), size);
  for (gsize i = 4096; i < size; i += 4096)
    memset (torn + i, 0x5a, 64);
  g_assert_true (g_file_set_contents (path, (char *) torn, size, NULL));
  expect_refused (self, AVA_STORE_ERROR_DAMAGED, "backup");
  g_assert_true (g_file_set_contents (path, g_bytes_get_data (whole, NULL), size / 2 / 4096 * 4096, NULL));
  expect_refused (self, AVA_STORE_ERROR_DAMAGED, "backup");
}

/* What was written last stands in the log alone. A book whose damage is there must not be poured together by looking at it. */
static void
damage_with_a_log_leaves_both_as_they_are (StoreFixture  *self,
                                           gconstpointer  data)
{
  g_autofree char *path = store_fixture_get_path (self);
  g_autofree char *log_path = g_strconcat (path, "-wal", NULL);
  g_autofree guint8 *torn = NULL;
  g_autoptr (GBytes) whole = NULL;
  g_autoptr (GBytes) log = NULL;
  g_autoptr (GBytes) log_after = NULL;
  gsize size;

  close_store (self);
  exec_keeping_log (path, "CREATE TABLE scratch (x); INSERT INTO scratch VALUES (zeroblob (60000));");
  whole = read_file (path);
  size = g_bytes_get_size (whole);
  torn = g_memdup2 (g_bytes_get_data (whole, NULL), size);
  for (gsize i = 4096; i < size; i += 4096)
    memset (torn + i, 0x5a, 64);
  g_assert_true (g_file_set_contents (path, (char *) torn, size, NULL));
  log = read_file (log_path);
  g_assert_cmpuint (g_bytes_get_size (log), >, 60000);
  expect_refused (self, AVA_STORE_ERROR_DAMAGED, "backup");
  log_after = read_file (log_path);
  g_assert_true (g_bytes_equal (log, log_after));
}

/* The log is poured into the file page by page, the first one in front: it already tells of pages that are not there. */
static void
file_half_poured_together_is_no_damage (StoreFixture  *self,
                                        gconstpointer  data)
{
  g_autofree char *path = store_fixture_get_path (self);
  g_autofree char *other = g_build_filename (self->dir, "other.db", NULL);
  g_autofree char *log_path = g_strconcat (path, "-wal", NULL);
  g_autofree char *other_log_path = g_strconcat (other, "-wal", NULL);
  g_autofree guint8 *half = NULL;
  g_autoptr (GBytes) file = NULL;
  g_autoptr (GBytes) log = NULL;
  g_autoptr (GBytes) poured = NULL;
  g_autoptr (GError) error = NULL;

  close_store (self);
  exec_keeping_log (path, "CREATE TABLE scratch (x); INSERT INTO scratch VALUES (zeroblob (600000));");
  file = read_file (path);
  log = read_file (log_path);
  g_assert_true (g_file_set_contents (other, g_bytes_get_data (file, NULL), g_bytes_get_size (file), NULL));
  g_assert_true (g_file_set_contents (other_log_path, g_bytes_get_data (log, NULL), g_bytes_get_size (log), NULL));
  exec_on (other, "PRAGMA wal_checkpoint (TRUNCATE)");
  poured = read_file (other);
  g_assert_cmpuint (g_bytes_get_size (poured), >, g_bytes_get_size (file) + 500000);
  half = g_memdup2 (g_bytes_get_data (file, NULL), g_bytes_get_size (file));
  memcpy (half, g_bytes_get_data (poured, NULL), 4096);
  g_assert_true (g_file_set_contents (path, (char *) half, g_bytes_get_size (file), NULL));
  g_assert_true (g_file_set_contents (log_path, g_bytes_get_data (log, NULL), g_bytes_get_size (log), NULL));
  self->store = ava_store_open (self->dir, self->clock, &error);
  g_assert_no_error (error);
  g_assert_cmpint (store_fixture_count (self, "SELECT count(*) FROM scratch"), ==, 1);
  g_assert_cmpint (store_fixture_count (self, "SELECT count(*) FROM customers"), ==, 20);
}

static void
write_waits_then_says_who_holds_it (StoreFixture  *self,
                                    gconstpointer  data)
{
  g_autofree char *path = store_fixture_get_path (self);
  g_autoptr (AvaSlot) slot = store_fixture_slot (0);
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaSqlite) other = ava_sqlite_open (path, &error);
  g_autoptr (AvaAppointment) none = NULL;
  g_autoptr (AvaAppointment) a = NULL;

  g_assert_no_error (error);
  g_assert_true (ava_sqlite_exec (other, "BEGIN IMMEDIATE", &error));
  none = store_fixture_book (self->store, NULL, NULL, slot, "Zora Quill", "+12125550142", &error);
  g_assert_error (error, AVA_STORE_ERROR, AVA_STORE_ERROR_LOCKED);
  g_assert_nonnull (strstr (error->message, "Another program"));
  g_clear_error (&error);
  g_assert_true (ava_sqlite_exec (other, "ROLLBACK", &error));
  a = store_fixture_book (self->store, NULL, NULL, slot, "Zora Quill", "+12125550142", &error);
  g_assert_no_error (error);
}

static gpointer
limit_pages (AvaStore      *self,
             AvaSqlite     *db,
             AvaStoreArgs  *args,
             GError       **error)
{
  g_autofree char *sql = g_strdup_printf ("PRAGMA max_page_count = %u", args->limit);

  return GINT_TO_POINTER (ava_sqlite_exec (db, sql, error));
}

static void
set_page_limit (StoreFixture *self,
                guint         pages)
{
  AvaStoreArgs *args = ava_store_args_new (NULL);
  g_autoptr (GError) error = NULL;

  args->limit = pages;
  ava_store_run_sync (self->store, AVA_STORE_READ, limit_pages, args, &error);
  g_assert_no_error (error);
}

static void
full_disk_loses_nothing_that_was_confirmed (StoreFixture  *self,
                                            gconstpointer  data)
{
  g_autoptr (AvaSlot) again = store_fixture_slot (5000);
  g_autoptr (AvaAppointment) after = NULL;
  g_autoptr (GError) error = NULL;
  gint64 before = store_fixture_count (self, "SELECT count(*) FROM appointments");
  int booked = 0;

  set_page_limit (self, 1);   /* no page more than there is */
  for (;;) {
    g_autoptr (AvaSlot) slot = store_fixture_slot (booked);
    g_autoptr (AvaAppointment) a = store_fixture_book (self->store, NULL, NULL, slot, "Zora Quill",
                                                       "+12125550142", &error);

    if (a == NULL)
      break;
    g_assert_cmpint (++booked, <, 4000);
  }
  g_assert_error (error, AVA_STORE_ERROR, AVA_STORE_ERROR_FULL);
  g_assert_nonnull (strstr (error->message, "disk is full"));
  g_clear_error (&error);
  g_assert_cmpint (store_fixture_count (self, "SELECT count(*) FROM appointments"), ==, before + booked);
  g_assert_cmpint (store_fixture_count (self, "SELECT count(*) FROM sync_outbox"), ==, booked);
  set_page_limit (self, 1000000);
  after = store_fixture_book (self->store, NULL, NULL, again, "Zora Quill", "+12125550142", &error);
  g_assert_no_error (error);
}

/* In a process of its own, since a limit and an account cannot be taken back. Answers its exit. */
static int
run_in_child (int       (*func) (StoreFixture *self),
              StoreFixture *self)
{
  int status;
  pid_t pid = fork ();

  if (pid == 0)
    _exit (func (self));
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  return WIFEXITED (status) ? WEXITSTATUS (status) : -1;
}

static int
open_as_nobody (StoreFixture *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaStore) store = NULL;

  if (getuid () == 0 && (setgid (65534) != 0 || setuid (65534) != 0))
    return 2;
  store = ava_store_open (self->dir, self->clock, &error);
  return store == NULL && g_error_matches (error, AVA_STORE_ERROR, AVA_STORE_ERROR_READ_ONLY) &&
         strstr (error->message, "cannot be written") != NULL ? 0 : 1;
}

/* While the fixture has the book open. */
static int
put_back_meanwhile (StoreFixture *self)
{
  g_autofree char *copy = g_build_filename (self->dir, "good.db", NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *kept = NULL;

  return !ava_store_put_back (self->dir, copy, self->clock, &kept, &error) &&
         g_error_matches (error, AVA_STORE_ERROR, AVA_STORE_ERROR_LOCKED) ? 0 : 1;
}

static void
folder_that_cannot_be_written_is_said (StoreFixture  *self,
                                       gconstpointer  data)
{
#ifdef __SANITIZE_THREAD__
  g_test_skip ("the thread sanitizer follows no fork");
  return;
#endif
  close_store (self);
  g_assert_cmpint (g_chmod (self->dir, 0555), ==, 0);
  g_assert_cmpint (run_in_child (open_as_nobody, self), ==, 0);
  g_assert_cmpint (g_chmod (self->dir, 0755), ==, 0);
}

static void
second_instance_reads_and_writes_beside_the_first (StoreFixture  *self,
                                                   gconstpointer  data)
{
  g_autoptr (AvaSlot) one = store_fixture_slot (0);
  g_autoptr (AvaSlot) two = store_fixture_slot (1);
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaStore) other = ava_store_open (self->dir, self->clock, &error);
  g_autoptr (AvaAppointment) a = NULL;
  g_autoptr (AvaAppointment) b = NULL;
  g_autoptr (GPtrArray) seen = NULL;

  g_assert_no_error (error);
  a = store_fixture_book (other, NULL, NULL, one, "Zora Quillfeather", "+12125550142", &error);
  g_assert_no_error (error);
  b = store_fixture_book (self->store, NULL, NULL, two, "Zora Quillfeather", "+12125550142", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (a->customer_id, ==, b->customer_id);
  seen = store_fixture_find (other, "quillfeather", 5);
  g_assert_cmpuint (seen->len, ==, 1);
  ava_store_close (other);
}

static void
queued_writes_are_finished_before_closing (StoreFixture  *self,
                                           gconstpointer  data)
{
  const AvaActor actor = { .who = "ava" };
  GAsyncResult *results[20] = { NULL };
  g_autoptr (GError) error = NULL;
  gint64 before = store_fixture_count (self, "SELECT count(*) FROM tasks");

  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    ava_store_add_task_async (self->store, &actor, "message", "Zora", NULL, "Call", NULL, test_result_cb,
                              &results[i]);
  ava_store_close (self->store);
  g_assert_cmpint (store_fixture_count (self, "SELECT count(*) FROM tasks"), ==,
                   before + G_N_ELEMENTS (results));
  for (guint i = 0; i < G_N_ELEMENTS (results); i++) {
    g_autofree char *id = ava_store_add_task_finish (self->store, test_result_wait (&results[i]), &error);

    g_assert_no_error (error);
    g_object_unref (results[i]);
  }
}

/* --- Migrations --------------------------------------------------------------------------------- */

static char *
describe_schema (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaSqlite) db = ava_sqlite_open (path, &error);
  char *text = NULL;

  g_assert_no_error (error);
  ava_sqlite_get_text (db, &text, &error, "SELECT group_concat(type || ' ' || name || ' ' || sql, char(10))"
                       " FROM (SELECT * FROM sqlite_schema WHERE sql <> '' ORDER BY type, name)", "");
  g_assert_no_error (error);
  return text;
}

/* @more: what is in it beside what is frozen */
static void
open_golden (StoreFixture *self,
             const char   *name,
             const char   *more)
{
  g_autofree char *path = store_fixture_get_path (self);
  g_autofree char *golden = g_test_build_filename (G_TEST_DIST, "store", "golden", name, NULL);
  g_autofree char *sql = NULL;
  g_autoptr (GError) error = NULL;

  close_store (self);
  g_assert_cmpint (g_unlink (path), ==, 0);
  g_file_get_contents (golden, &sql, NULL, &error);
  g_assert_no_error (error);
  exec_on (path, sql);
  exec_on (path, more);
  self->store = ava_store_open (self->dir, self->clock, &error);
  g_assert_no_error (error);
}

/* Opens the golden database of one version, which must then be as a new one is. */
static void
expect_golden_opens (StoreFixture *self,
                     const char   *name,
                     const char   *fresh)
{
  g_autofree char *path = store_fixture_get_path (self);
  g_autofree char *migrated = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (AvaSpa) spa = NULL;

  open_golden (self, name, "");
  migrated = describe_schema (path);
  g_assert_cmpstr (migrated, ==, fresh);
  found = store_fixture_find (self->store, "INES", 5);
  g_assert_cmpuint (found->len, ==, 1);
  g_assert_cmpstr (((AvaCustomer *) found->pdata[0])->name, ==, "Inès Gold");
  g_assert_cmpuint (((AvaCustomer *) found->pdata[0])->visits, ==, 1);
  ava_store_load_spa_async (self->store, NULL, test_result_cb, &result);
  spa = ava_store_load_spa_finish (self->store, test_result_wait (&result), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (spa->name, ==, "Golden Spa");
}

static void
golden_database_of_each_version_opens_as_the_newest (StoreFixture  *self,
                                                     gconstpointer  data)
{
  g_autofree char *path = store_fixture_get_path (self);
  g_autofree char *fresh = describe_schema (path);
  g_auto (GStrv) steps = ava_migration_load_steps ();

  for (guint version = 1; version <= g_strv_length (steps); version++) {
    g_autofree char *name = g_strdup_printf ("v%u.sql", version);

    expect_golden_opens (self, name, fresh);
  }
}

/* Condition of a rule in the demo spa of today. */
static char *
find_shipped (const char *id)
{
  g_autofree char *json = store_demo_json ();
  g_autoptr (JsonNode) node = json_from_string (json, NULL);
  JsonArray *rules = json_object_get_array_member (json_node_get_object (node), "safety_rules");

  for (guint i = 0; i < json_array_get_length (rules); i++) {
    JsonObject *rule = json_array_get_object_element (rules, i);

    if (g_str_equal (json_object_get_string_member (rule, "id"), id))
      return g_strdup (json_object_get_string_member (rule, "condition"));
  }
  g_assert_not_reached ();
}

static void
expect_condition (StoreFixture *self,
                  const char   *id,
                  const char   *condition)
{
  g_autofree char *sql = g_strdup_printf ("SELECT condition FROM safety_rules WHERE id = '%s'", id);
  g_autofree char *found = store_fixture_text (self, sql);

  g_assert_cmpstr (found, ==, condition);
}

/* As an earlier version shipped them; one had its words edited, one its name, one was approved, one taken away. */
static void
short_lists_of_shipped_rules_grow_unless_somebody_edited_them (StoreFixture  *self,
                                                               gconstpointer  data)
{
  static const char *const ids[] = { "rule-pregnant-injectables", "rule-isotretinoin-laser" };

  open_golden (self, "v8.sql",
    "INSERT INTO safety_rules (id, name, kind, condition, action, version, approved_by, archived_us) VALUES"
    " ('rule-pregnant-injectables', 'Example', 'condition', 'pregnant', 'refuse', 1, NULL, 0),"
    " ('rule-isotretinoin-laser', 'Example', 'condition', 'isotretinoin|accutane', 'refuse', 1, NULL, 0),"
    " ('rule-isotretinoin-peel', 'Example', 'condition', 'accutane', 'refuse', 1, NULL, 0),"
    " ('rule-lidocaine-filler', 'Renamed', 'condition', 'lidocaine', 'refuse', 2, NULL, 0),"
    " ('rule-thinner-filler', 'Example', 'condition', 'blood thinner', 'warn', 1, 'Dr. Gold', 0),"
    " ('rule-pregnant-laser', 'Example', 'condition', 'pregnant', 'refuse', 1, NULL, 5),"
    " ('rule-own', 'Own', 'condition', 'pregnant', 'refuse', 1, NULL, 0)");
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++) {
    g_autofree char *shipped = find_shipped (ids[i]);

    expect_condition (self, ids[i], shipped);
  }
  expect_condition (self, "rule-isotretinoin-peel", "accutane");
  expect_condition (self, "rule-lidocaine-filler", "lidocaine");
  expect_condition (self, "rule-thinner-filler", "blood thinner");
  expect_condition (self, "rule-pregnant-laser", "pregnant");
  expect_condition (self, "rule-own", "pregnant");
  g_assert_cmpint (store_fixture_count (self, "SELECT sum (version) FROM safety_rules"), ==, 2 + 2 + 1 + 2 + 1 + 1 + 1);
  g_assert_cmpint (store_fixture_count (self, "SELECT count(*) FROM journal WHERE who = 'system' AND what = 'setting-changed'"
                                              " AND tbl = 'safety_rules' AND batch = (SELECT min(id) FROM journal WHERE who = 'system')"), ==, 2);
  g_assert_cmpint (store_fixture_count (self, "SELECT count(*) FROM journal j JOIN safety_rules r ON r.id = j.row_id WHERE j.who = 'system'"
                                              " AND json_extract (j.after, '$.condition') = r.condition"
                                              " AND json_extract (j.after, '$.version') = r.version"
                                              " AND json_extract (j.before, '$.condition') IN ('pregnant', 'isotretinoin|accutane')"), ==, 2);
}

/* All released steps and one more. */
static GStrv
load_steps_and (const char *sql)
{
  g_autoptr (GStrvBuilder) steps = g_strv_builder_new ();
  g_auto (GStrv) released = ava_migration_load_steps ();

  g_strv_builder_addv (steps, (const char **) released);
  g_strv_builder_add (steps, sql);
  return g_strv_builder_end (steps);
}

static void
older_database_is_copied_then_migrated (StoreFixture  *self,
                                        gconstpointer  data)
{
  g_autofree char *path = store_fixture_get_path (self);
  g_autofree char *backup = g_build_filename (self->dir, "backups", "copy.db", NULL);
  g_auto (GStrv) more = load_steps_and ("CREATE TABLE added (x); INSERT INTO added VALUES (42);");
  gint64 newest = g_strv_length (more) - 1;
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaSqlite) db = NULL;
  g_autoptr (AvaSqlite) copy = NULL;
  gint64 value = 0;

  close_store (self);
  db = ava_sqlite_open (path, &error);
  g_assert_true (ava_migration_run (db, (const char *const *) more, backup, &error));
  g_assert_no_error (error);
  g_assert_true (ava_sqlite_get_int (db, &value, &error, "SELECT x FROM added", ""));
  g_assert_cmpint (value, ==, 42);
  g_assert_true (ava_sqlite_get_int (db, &value, &error, "PRAGMA user_version", ""));
  g_assert_cmpint (value, ==, newest + 1);
  copy = ava_sqlite_open (backup, &error);
  g_assert_true (ava_sqlite_get_int (copy, &value, &error, "PRAGMA user_version", ""));
  g_assert_cmpint (value, ==, newest);
  g_assert_true (ava_sqlite_get_int (copy, &value, &error, "SELECT count(*) FROM customers", ""));
  g_assert_cmpint (value, ==, 20);
  g_assert_false (ava_sqlite_get_int (copy, &value, NULL, "SELECT count(*) FROM added", ""));
}

/* No file may grow beyond a part of the book: as when the disk is full. */
static int
migrate_without_room (StoreFixture *self)
{
  g_autofree char *path = store_fixture_get_path (self);
  g_autofree char *backup = g_build_filename (self->dir, "backups", "copy.db", NULL);
  g_auto (GStrv) more = load_steps_and ("CREATE TABLE added (x);");
  const struct rlimit limit = { 100000, 100000 };
  g_autoptr (AvaSqlite) db = ava_sqlite_open (path, NULL);
  g_autoptr (GError) error = NULL;

  signal (SIGXFSZ, SIG_IGN);
  if (db == NULL || setrlimit (RLIMIT_FSIZE, &limit) != 0)
    return 2;
  return !ava_migration_run (db, (const char *const *) more, backup, &error) &&
         g_error_matches (error, AVA_STORE_ERROR, AVA_STORE_ERROR_FULL) ? 0 : 1;
}

static void
copy_that_finds_no_room_leaves_none_of_itself (StoreFixture  *self,
                                               gconstpointer  data)
{
  g_autofree char *folder = g_build_filename (self->dir, "backups", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = NULL;

#ifdef __SANITIZE_THREAD__
  g_test_skip ("the thread sanitizer follows no fork");
  return;
#endif
  close_store (self);
  g_assert_cmpint (run_in_child (migrate_without_room, self), ==, 0);
  dir = g_dir_open (folder, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (g_dir_read_name (dir), ==, NULL);
  self->store = ava_store_open (self->dir, self->clock, &error);
  g_assert_no_error (error);
}

static char *
back_up (StoreFixture *self,
         const char   *name,
         GError      **error)
{
  char *copy = g_build_filename (self->dir, name, NULL);
  g_autoptr (GAsyncResult) result = NULL;

  ava_store_back_up_async (self->store, copy, NULL, test_result_cb, &result);
  ava_store_back_up_finish (self->store, test_result_wait (&result), error);
  return copy;
}

/* The copy comes in whole, whatever log the damaged book has left behind; and what stood there is kept. */
static void
copy_is_put_back_beside_an_old_log (StoreFixture  *self,
                                    gconstpointer  data)
{
  g_autofree char *path = store_fixture_get_path (self);
  g_autoptr (GError) error = NULL;
  g_autofree char *copy = back_up (self, "monday.db", &error);
  g_autofree char *again = back_up (self, "tuesday.db", &error);
  g_autofree char *taken = NULL;
  g_autofree char *kept = NULL;
  g_autofree char *kept_book = NULL;
  g_autofree char *log = g_strconcat (path, "-wal", NULL);

  g_assert_no_error (error);
  taken = back_up (self, "tuesday.db", &error);
  g_assert_error (error, AVA_STORE_ERROR, AVA_STORE_ERROR_INVALID);
  g_clear_error (&error);
  close_store (self);
  exec_keeping_log (path, "DELETE FROM communication_events; DELETE FROM journal; CREATE TABLE scratch (x); INSERT INTO scratch VALUES (zeroblob (90000));");
  g_assert_true (g_file_test (log, G_FILE_TEST_EXISTS));
  g_assert_true (ava_store_put_back (self->dir, copy, self->clock, &kept, &error));
  g_assert_no_error (error);
  self->store = ava_store_open (self->dir, self->clock, &error);
  g_assert_no_error (error);
  g_assert_cmpint (store_fixture_count (self, "SELECT count(*) FROM sqlite_schema WHERE name = 'scratch'"), ==, 0);
  g_assert_cmpint (store_fixture_count (self, "SELECT count(*) FROM customers"), ==, 20);
  kept_book = g_build_filename (kept, "ava.db", NULL);
  {
    g_autoptr (AvaSqlite) db = ava_sqlite_open (kept_book, &error);
    gint64 value = 0;

    g_assert_true (ava_sqlite_get_int (db, &value, &error, "SELECT count(*) FROM scratch", ""));
    g_assert_cmpint (value, ==, 1);
  }
}

/* Nothing is put in the place of a good book that could not be opened, nor while somebody works with it. */
static void
bad_copy_is_not_put_back (StoreFixture  *self,
                          gconstpointer  data)
{
  g_autofree char *path = store_fixture_get_path (self);
  g_autofree char *bad = g_build_filename (self->dir, "bad.db", NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *good = back_up (self, "good.db", &error);
  g_autoptr (GBytes) before = NULL;
  g_autoptr (GBytes) after = NULL;
  g_autofree char *kept = NULL;
  g_autofree char *torn = NULL;
  gsize size;

  g_assert_no_error (error);
#ifndef __SANITIZE_THREAD__   /* it follows no fork */
  g_assert_cmpint (run_in_child (put_back_meanwhile, self), ==, 0);
#endif
  close_store (self);
  before = read_file (path);
  g_assert_false (ava_store_put_back (self->dir, bad, self->clock, &kept, &error));
  g_assert_error (error, AVA_STORE_ERROR, AVA_STORE_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_true (g_file_set_contents (bad, "", 0, NULL));
  g_assert_false (ava_store_put_back (self->dir, bad, self->clock, &kept, &error));
  g_assert_error (error, AVA_STORE_ERROR, AVA_STORE_ERROR_DAMAGED);
  g_clear_error (&error);
  g_assert_true (g_file_get_contents (good, &torn, &size, NULL));
  memset (torn + 8192, 0x5a, size - 8192);
  g_assert_true (g_file_set_contents (bad, torn, size, NULL));
  g_assert_false (ava_store_put_back (self->dir, bad, self->clock, &kept, &error));
  g_assert_error (error, AVA_STORE_ERROR, AVA_STORE_ERROR_DAMAGED);
  g_clear_error (&error);
  exec_on (good, "PRAGMA user_version = 99");
  g_assert_false (ava_store_put_back (self->dir, good, self->clock, &kept, &error));
  g_assert_error (error, AVA_STORE_ERROR, AVA_STORE_ERROR_NEWER);
  g_assert_null (kept);
  after = read_file (path);
  g_assert_true (g_bytes_equal (before, after));
}

static void
failed_step_is_rolled_back_whole (StoreFixture  *self,
                                  gconstpointer  data)
{
  g_autofree char *path = store_fixture_get_path (self);
  g_autofree char *backup = g_build_filename (self->dir, "backups", "copy.db", NULL);
  g_auto (GStrv) more = load_steps_and ("CREATE TABLE added (x); INSERT INTO nowhere VALUES (1);");
  gint64 newest = g_strv_length (more) - 1;
  g_autoptr (GError) error = NULL;

  close_store (self);
  {
    g_autoptr (AvaSqlite) db = ava_sqlite_open (path, &error);
    gint64 value = 0;

    g_assert_false (ava_migration_run (db, (const char *const *) more, backup, &error));
    g_assert_error (error, AVA_STORE_ERROR, AVA_STORE_ERROR_FAILED);
    g_clear_error (&error);
    g_assert_true (ava_sqlite_get_int (db, &value, &error, "PRAGMA user_version", ""));
    g_assert_cmpint (value, ==, newest);
    g_assert_true (ava_sqlite_get_int (db, &value, &error,
                                       "SELECT count(*) FROM sqlite_schema WHERE name = 'added'", ""));
    g_assert_cmpint (value, ==, 0);
  }
  self->store = ava_store_open (self->dir, self->clock, &error);
  g_assert_no_error (error);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define TEST(name) \
  g_test_add ("/store/opening/" #name, StoreFixture, NULL, store_fixture_set_up_demo, name, \
              store_fixture_tear_down)
  TEST (newer_database_is_refused_untouched);
  TEST (newer_log_is_refused_untouched);
  TEST (file_that_is_no_database_is_refused_untouched);
  TEST (database_of_another_program_is_refused_untouched);
  TEST (damaged_pages_are_found_on_opening);
  TEST (damage_with_a_log_leaves_both_as_they_are);
  TEST (file_half_poured_together_is_no_damage);
  TEST (copy_that_finds_no_room_leaves_none_of_itself);
  TEST (write_waits_then_says_who_holds_it);
  TEST (full_disk_loses_nothing_that_was_confirmed);
  TEST (folder_that_cannot_be_written_is_said);
  TEST (second_instance_reads_and_writes_beside_the_first);
  TEST (queued_writes_are_finished_before_closing);
  TEST (golden_database_of_each_version_opens_as_the_newest);
  TEST (short_lists_of_shipped_rules_grow_unless_somebody_edited_them);
  TEST (older_database_is_copied_then_migrated);
  TEST (failed_step_is_rolled_back_whole);
  TEST (copy_is_put_back_beside_an_old_log);
  TEST (bad_copy_is_not_put_back);
  return g_test_run ();
}
