/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

#include "book-replay.h"

#include <glib/gstdio.h>

void
store_fixture_remove (const char *dir)
{
  g_autoptr (GDir) entries = g_dir_open (dir, 0, NULL);
  const char *name;

  while (entries != NULL && (name = g_dir_read_name (entries)) != NULL) {
    g_autofree char *path = g_build_filename (dir, name, NULL);

    if (g_file_test (path, G_FILE_TEST_IS_DIR))
      store_fixture_remove (path);
    else
      g_remove (path);
  }
  g_rmdir (dir);
}

char *
store_demo_json (void)
{
  g_autoptr (GError) error = NULL;
  char *json = NULL;

  g_file_get_contents (g_getenv ("AVA_DEMO_SPA"), &json, NULL, &error);
  g_assert_no_error (error);
  return json;
}

void
store_fixture_set_up (StoreFixture  *self,
                      gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  self->dir = g_dir_make_tmp ("ava-store-XXXXXX", &error);
  g_assert_no_error (error);
  self->clock = ava_virtual_clock_new (FIXTURE_NOW_US, FALSE);
  self->store = ava_store_open (self->dir, self->clock, &error);
  g_assert_no_error (error);
}

/* With the spa and a few customers, and no appointments near now. */
void
store_fixture_set_up_demo (StoreFixture  *self,
                           gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *json = store_demo_json ();

  store_fixture_set_up (self, data);
  ava_store_fill_demo (self->store, json, 7, 20, 1, 1, &error);
  g_assert_no_error (error);
  book_replay_begin (self->dir);
}

void
store_fixture_reopen (StoreFixture *self)
{
  g_autoptr (GError) error = NULL;

  ava_store_close (self->store);
  g_clear_object (&self->store);
  self->store = ava_store_open (self->dir, self->clock, &error);
  g_assert_no_error (error);
}

void
store_fixture_tear_down (StoreFixture  *self,
                         gconstpointer  data)
{
  if (self->store != NULL)
    ava_store_close (self->store);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  if (self->store != NULL)
    g_assert_finalize_object (self->store);
  g_clear_object (&self->clock);
  book_replay_end (self->dir);
  store_fixture_remove (self->dir);
  g_free (self->dir);
}

char *
store_fixture_get_path (StoreFixture *self)
{
  return g_build_filename (self->dir, "ava.db", NULL);
}

char *
store_fixture_text (StoreFixture *self,
                    const char   *sql)
{
  g_autofree char *path = store_fixture_get_path (self);
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaSqlite) db = ava_sqlite_open (path, &error);
  char *text = NULL;

  g_assert_no_error (error);
  ava_sqlite_get_text (db, &text, &error, sql, "");
  g_assert_no_error (error);
  return text;
}

gint64
store_fixture_count (StoreFixture *self,
                     const char   *sql)
{
  g_autofree char *text = store_fixture_text (self, sql);

  g_assert_nonnull (text);
  return g_ascii_strtoll (text, NULL, 10);
}

AvaSlot *
store_fixture_slot (int hours)
{
  AvaSlot *slot = ava_slot_new ();

  slot->service_id = g_strdup ("svc-botox");
  slot->provider_id = g_strdup ("prov-ortiz");
  slot->room_id = g_strdup ("room-1");
  slot->start_us = FIXTURE_NOW_US + (100 + hours) * 60 * AVA_USEC_PER_MIN;
  slot->end_us = slot->start_us + 30 * AVA_USEC_PER_MIN;
  slot->busy_start_us = slot->start_us;
  slot->busy_end_us = slot->end_us + 10 * AVA_USEC_PER_MIN;
  return slot;
}

AvaAppointment *
store_fixture_book (AvaStore       *store,
                    const char     *call_id,
                    const char     *key,
                    const AvaSlot  *slot,
                    const char     *name,
                    const char     *phone,
                    GError        **error)
{
  const AvaActor actor = { .who = "ava", .why = "test", .call_id = call_id, .key = key };
  const AvaBooking booking = {
    .slot = slot, .customer_name = name, .phone = phone, .price_cents = 36000
  };
  g_autoptr (GAsyncResult) result = NULL;

  ava_store_book_async (store, &actor, &booking, NULL, test_result_cb, &result);
  return ava_store_book_finish (store, test_result_wait (&result), error);
}

char *
store_fixture_hold (AvaStore       *store,
                    const char     *call_id,
                    const AvaSlot  *slot,
                    gint64          expires_us,
                    GError        **error)
{
  const AvaActor actor = { .who = "ava", .call_id = call_id };
  g_autoptr (GAsyncResult) result = NULL;

  ava_store_hold_async (store, &actor, slot, expires_us, NULL, test_result_cb, &result);
  return ava_store_hold_finish (store, test_result_wait (&result), error);
}

GPtrArray *
store_fixture_find (AvaStore   *store,
                    const char *text,
                    guint       limit)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *found;

  ava_store_find_customers_async (store, text, limit, NULL, test_result_cb, &result);
  found = ava_store_find_customers_finish (store, test_result_wait (&result), &error);
  g_assert_no_error (error);
  return found;
}
