/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ava-store-packages.h"
#include "store-fixture.h"

static char *
digest_rows (StoreFixture *self)
{
  return store_fixture_text (self, "SELECT group_concat(id || name || phone || coalesce(email, '')) ||"
                                   " (SELECT group_concat(id || customer_id || start_us || status)"
                                   "  FROM (SELECT * FROM appointments ORDER BY id)) ||"
                                   " (SELECT group_concat(id || text) FROM (SELECT * FROM"
                                   "  transcript_items ORDER BY id))"
                                   "|| (SELECT group_concat(id || customer_id || sold_us) FROM (SELECT * FROM customer_packages ORDER BY id)) ||"
                                   " (SELECT group_concat(id || used_us) FROM (SELECT * FROM package_uses ORDER BY id))"
                                   " FROM (SELECT * FROM customers ORDER BY rid)");
}

static void
fill (StoreFixture *self,
      guint         seed,
      guint         customers,
      guint         days,
      guint         appointments)
{
  g_autofree char *json = store_demo_json ();
  g_autoptr (GError) error = NULL;

  g_assert_true (ava_store_is_empty (self->store));
  ava_store_fill_demo (self->store, json, seed, customers, days, appointments, &error);
  g_assert_no_error (error);
  g_assert_false (ava_store_is_empty (self->store));
}

static char *
digest_of_seed (guint seed)
{
  StoreFixture other = { 0 };
  char *digest;

  store_fixture_set_up (&other, NULL);
  fill (&other, seed, 40, 9, 0);
  digest = digest_rows (&other);
  store_fixture_tear_down (&other, NULL);
  return digest;
}

static void
same_seed_makes_the_same_spa_and_another_a_different_one (void)
{
  g_autofree char *one = digest_of_seed (5);
  g_autofree char *same = digest_of_seed (5);
  g_autofree char *other = digest_of_seed (6);

  g_assert_cmpuint (strlen (one), >, 1000);
  g_assert_cmpstr (one, ==, same);
  g_assert_cmpstr (one, !=, other);
}

/* No two that count may share a provider or a room; cancelled ones were made beside others too. */
static void
expect_no_overlap (StoreFixture *self)
{
  g_assert_cmpint (store_fixture_count (self,
    "SELECT count(*) FROM (SELECT busy_start_us < lag(busy_end_us) OVER"
    " (PARTITION BY provider_id ORDER BY busy_start_us) AS clash FROM appointments) WHERE clash"), ==, 0);
  g_assert_cmpint (store_fixture_count (self,
    "SELECT count(*) FROM (SELECT busy_start_us < lag(busy_end_us) OVER"
    " (PARTITION BY room_id ORDER BY busy_start_us) AS clash FROM appointments) WHERE clash"), ==, 0);
}

/* Two are sold, a few customers hold them, some have come since, and each has a visit left and time to use it. */
static void
expect_packages (StoreFixture *self)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) holders = NULL;

  g_assert_cmpint (store_fixture_count (self, "SELECT count(*) FROM packages"), ==, 2);
  g_assert_cmpint (store_fixture_count (self, "SELECT count(DISTINCT customer_id) FROM customer_packages"), >=, 6);
  g_assert_cmpint (store_fixture_count (self, "SELECT count(*) FROM package_uses"), >, 8);
  g_assert_cmpint (store_fixture_count (self, "SELECT count(*) FROM package_uses u JOIN customer_packages k ON k.id = u.customer_package_id"
                                              " JOIN appointments a ON a.id = u.appointment_id WHERE a.status <> 'done' OR u.used_us < k.sold_us"
                                              " OR a.customer_id <> k.customer_id OR u.used_us >= k.expires_us"), ==, 0);
  ava_store_list_package_holders_async (self->store, NULL, test_result_cb, &result);
  holders = ava_store_list_package_holders_finish (self->store, test_result_wait (&result), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (holders->len, ==, store_fixture_count (self, "SELECT count(*) FROM customer_packages"));
}

static void
demo_spa_is_believable (StoreFixture  *self,
                        gconstpointer  data)
{
  g_autofree char *now = g_strdup_printf ("%" G_GINT64_FORMAT, FIXTURE_NOW_US);
  g_autofree char *past = g_strdup_printf ("SELECT count(*) FROM appointments WHERE start_us < %s", now);
  g_autofree char *open_past = g_strdup_printf ("SELECT count(*) FROM appointments WHERE end_us < %s"
                                                " AND status NOT IN ('done', 'no-show', 'cancelled')", now);
  g_autofree char *done_future = g_strdup_printf ("SELECT count(*) FROM appointments WHERE start_us > %s"
                                                  " AND status IN ('done', 'no-show')", now);
  gint64 all, before;

  fill (self, 1, 400, 90, 0);
  all = store_fixture_count (self, "SELECT count(*) FROM appointments");
  before = store_fixture_count (self, past);
  g_assert_cmpint (store_fixture_count (self, "SELECT count(*) FROM customers"), ==, 400);
  g_assert_cmpint (all, >, 600);
  g_assert_cmpint (before, >, all / 2);
  g_assert_cmpint (before, <, all);
  g_assert_cmpint (store_fixture_count (self, open_past), ==, 0);
  g_assert_cmpint (store_fixture_count (self, done_future), ==, 0);
  g_assert_cmpint (store_fixture_count (self, "SELECT count(*) FROM customers WHERE phone NOT GLOB"
                                              " '+1[2-9][0-9][0-9]55501[0-9][0-9]'"), ==, 0);
  g_assert_cmpint (store_fixture_count (self, "SELECT count(*) FROM customers WHERE email NOT LIKE"
                                              " '%@example.com'"), ==, 0);
  g_assert_cmpint (store_fixture_count (self, "SELECT count(*) - count(DISTINCT phone) FROM customers"), >, 5);
  g_assert_cmpint (store_fixture_count (self, "SELECT count(*) FROM customers WHERE allergies <> ''"), >, 5);
  g_assert_cmpint (store_fixture_count (self, "SELECT count(*) FROM customers WHERE pregnant"), >, 0);
  g_assert_cmpint (store_fixture_count (self, "SELECT count(DISTINCT outcome) FROM conversations"), >=, 5);
  g_assert_cmpint (store_fixture_count (self, "SELECT count(*) FROM conversations v WHERE channel = 'voice'"
                                              " AND NOT EXISTS (SELECT 1 FROM transcript_items t"
                                              " WHERE t.call_id = v.id)"), ==, 0);
  g_assert_cmpint (store_fixture_count (self, "SELECT count(*) FROM communication_messages"), >, 10);
  g_assert_cmpint (store_fixture_count (self, "SELECT count(*) FROM appointments a WHERE NOT EXISTS"
                                              " (SELECT 1 FROM provider_services ps WHERE"
                                              " ps.provider_id = a.provider_id AND"
                                              " ps.service_id = a.service_id)"), ==, 0);
  g_assert_cmpint (store_fixture_count (self, "SELECT count(*) FROM appointments a"
                                              " JOIN services s ON s.id = a.service_id"
                                              " JOIN rooms r ON r.id = a.room_id WHERE NOT EXISTS"
                                              " (SELECT 1 FROM json_each(r.kinds)"
                                              "  WHERE value = s.room_kind)"), ==, 0);
  g_assert_cmpint (store_fixture_count (self, "SELECT count(*) FROM pragma_foreign_key_check"), ==, 0);
  expect_no_overlap (self);
  expect_packages (self);
}

/* 10:00 in New York is 15:00 UTC in November, 14:00 in October: wall hours count. */
static void
demo_appointments_keep_the_hours_of_their_provider (StoreFixture  *self,
                                                    gconstpointer  data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) listed = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaSpa) spa = NULL;
  g_autoptr (GPtrArray) all = NULL;

  fill (self, 3, 50, 90, 0);
  ava_store_load_spa_async (self->store, NULL, test_result_cb, &result);
  spa = ava_store_load_spa_finish (self->store, test_result_wait (&result), &error);
  g_assert_no_error (error);
  ava_store_list_appointments_async (self->store, 0, G_MAXINT64, TRUE, NULL, test_result_cb, &listed);
  all = ava_store_list_appointments_finish (self->store, test_result_wait (&listed), &error);
  g_assert_no_error (error);
  g_assert_cmpuint (all->len, >, 300);
  for (guint i = 0; i < all->len; i++) {
    AvaAppointment *a = all->pdata[i];
    g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (a->busy_start_us / AVA_USEC_PER_SEC);
    g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, spa->zone);
    int minute = g_date_time_get_hour (local) * 60 + g_date_time_get_minute (local);
    int length = (a->busy_end_us - a->busy_start_us) / AVA_USEC_PER_MIN;
    int open_min, close_min;

    g_assert_true (ava_spa_get_hours (spa, NULL, local, &open_min, &close_min, NULL));
    g_assert_cmpint (minute, >=, open_min);
    g_assert_cmpint (minute + length, <=, close_min);
    g_assert_true (ava_spa_get_hours (spa, a->provider_id, local, &open_min, &close_min, NULL));
    g_assert_cmpint (minute, >=, open_min);
    g_assert_cmpint (minute + length, <=, close_min);
  }
}

static void
stored_spa_is_the_one_of_the_file (StoreFixture  *self,
                                   gconstpointer  data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaSpa) file = ava_spa_load (g_getenv ("AVA_DEMO_SPA"), &error);
  g_autoptr (AvaSpa) spa = NULL;

  fill (self, 1, 5, 1, 1);
  ava_store_load_spa_async (self->store, NULL, test_result_cb, &result);
  spa = ava_store_load_spa_finish (self->store, test_result_wait (&result), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (spa->name, ==, file->name);
  g_assert_cmpstr (spa->greeting, ==, file->greeting);
  g_assert_cmpstr (spa->zone_name, ==, file->zone_name);
  g_assert_cmpuint (spa->services->len, ==, file->services->len);
  g_assert_cmpuint (spa->hours->len, ==, file->hours->len);
  for (guint i = 0; i < file->services->len; i++) {
    AvaService *want = file->services->pdata[i];
    AvaService *have = spa->services->pdata[i];

    g_assert_cmpstr (have->id, ==, want->id);
    g_assert_cmpint (have->price_cents, ==, want->price_cents);
    g_assert_cmpuint (have->post_min, ==, want->post_min);
    g_assert_cmpstr (have->licence, ==, want->licence);
    g_assert_true (g_strv_equal ((const char *const *) have->spoken, (const char *const *) want->spoken));
  }
  for (guint i = 0; i < file->providers->len; i++) {
    AvaProvider *want = file->providers->pdata[i];
    AvaProvider *have = spa->providers->pdata[i];

    g_assert_cmpstr (have->id, ==, want->id);
    g_assert_cmpuint (g_strv_length (have->service_ids), ==, g_strv_length (want->service_ids));
  }
}

static void
more_appointments_than_fit_are_packed_without_overlap (StoreFixture  *self,
                                                       gconstpointer  data)
{
  fill (self, 1, 1000, 30, 5000);
  g_assert_cmpint (store_fixture_count (self, "SELECT count(*) FROM appointments"), ==, 5000);
  expect_no_overlap (self);
}

static void
profile_in_use_is_not_filled (StoreFixture  *self,
                              gconstpointer  data)
{
  g_autofree char *json = store_demo_json ();
  g_autoptr (GError) error = NULL;

  fill (self, 1, 5, 1, 1);
  g_assert_false (ava_store_fill_demo (self->store, json, 1, 5, 1, 1, &error));
  g_assert_error (error, AVA_STORE_ERROR, AVA_STORE_ERROR_INVALID);
  g_assert_cmpint (store_fixture_count (self, "SELECT count(*) FROM customers"), ==, 5);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/store/demo/same_seed_makes_the_same_spa_and_another_a_different_one",
                   same_seed_makes_the_same_spa_and_another_a_different_one);
#define TEST(name) \
  g_test_add ("/store/demo/" #name, StoreFixture, NULL, store_fixture_set_up, name, store_fixture_tear_down)
  TEST (demo_spa_is_believable);
  TEST (demo_appointments_keep_the_hours_of_their_provider);
  TEST (stored_spa_is_the_one_of_the_file);
  TEST (more_appointments_than_fit_are_packed_without_overlap);
  TEST (profile_in_use_is_not_filled);
  return g_test_run ();
}
