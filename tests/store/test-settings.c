/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

#include <string.h>

static JsonObject *
load (StoreFixture *self)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  JsonObject *all;

  ava_store_load_settings_async (self->store, NULL, test_result_cb, &result);
  all = ava_store_load_settings_finish (self->store, test_result_wait (&result), &error);
  g_assert_no_error (error);
  return all;
}

static JsonObject *
find_row (JsonObject *all,
          const char *table,
          const char *id)
{
  JsonArray *rows = json_object_get_array_member (all, table);

  for (guint i = 0; i < json_array_get_length (rows); i++) {
    JsonObject *row = json_array_get_object_element (rows, i);

    if (strcmp (json_object_get_string_member (row, "id"), id) == 0)
      return row;
  }
  return NULL;
}

/* @changes: JSON with ' for ". Members without "before" get the row as it is now. */
static gboolean
save (StoreFixture  *self,
      const char    *changes,
      GError       **error)
{
  const AvaActor actor = { .who = "staff:desk", .why = "test" };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (JsonObject) all = load (self);
  g_autofree char *text = g_strdelimit (g_strdup (changes), "'", '"');
  g_autoptr (JsonNode) node = json_from_string (text, NULL);
  JsonArray *array;

  g_assert_nonnull (node);
  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++) {
    JsonObject *change = json_array_get_object_element (array, i);
    JsonObject *row = find_row (all, json_object_get_string_member (change, "table"),
                                json_object_get_string_member (change, "id"));

    if (row != NULL && !json_object_has_member (change, "before"))
      json_object_set_object_member (change, "before", json_object_ref (row));
  }
  ava_store_save_settings_async (self->store, &actor, array, NULL, test_result_cb, &result);
  return ava_store_save_settings_finish (self->store, test_result_wait (&result), error);
}

static AvaSpa *
load_spa (StoreFixture *self)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  AvaSpa *spa;

  ava_store_load_spa_async (self->store, NULL, test_result_cb, &result);
  spa = ava_store_load_spa_finish (self->store, test_result_wait (&result), &error);
  g_assert_no_error (error);
  return spa;
}

static void
a_new_service_with_its_provider_is_one_change (StoreFixture  *self,
                                               gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaSpa) spa = NULL;
  g_autofree char *ops = NULL;
  AvaService *service;
  gint64 lines = store_fixture_count (self, "SELECT count(*) FROM journal");

  save (self, "[{'table':'providers','id':'prov-park','values':{'service_ids':['svc-cupping','svc-facial']}},"
              "{'table':'services','id':'svc-cupping','values':{'name':'Cupping','spoken':['cupping'],"
              "'price_cents':9000,'active_min':45,'post_min':5,'room_kind':'treatment','licence':null}}]", &error);
  g_assert_no_error (error);
  spa = load_spa (self);
  service = ava_spa_find_service (spa, "svc-cupping");
  g_assert_nonnull (service);
  g_assert_cmpstr (service->spoken[0], ==, "cupping");
  g_assert_cmpint (service->active_min, ==, 45);
  g_assert_cmpint (service->price_cents, ==, 9000);
  g_assert_true (g_strv_contains ((const char *const *) ava_spa_find_provider (spa, "prov-park")->service_ids,
                                  "svc-cupping"));
  g_assert_cmpuint (g_strv_length (ava_spa_find_provider (spa, "prov-park")->service_ids), ==, 2);
  g_assert_cmpint (store_fixture_count (self, "SELECT count(*) FROM journal"), ==, lines + 3);
  g_assert_cmpint (store_fixture_count (self, "SELECT count(*) FROM sync_outbox"), ==, 1);
  ops = store_fixture_text (self, "SELECT json_extract(value, '$.op') FROM sync_outbox, json_each(ops)"
                                  " WHERE json_extract(value, '$.id') = 'prov-park/svc-cupping'");
  g_assert_cmpstr (ops, ==, "put");
}

static void
two_editors_of_one_row_do_not_overwrite_each_other (StoreFixture  *self,
                                                    gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;

  save (self, "[{'table':'services','id':'svc-botox','before':{'version':1},'values':{'price_cents':1}}]", &error);
  g_assert_no_error (error);
  g_assert_false (save (self, "[{'table':'services','id':'svc-facial','values':{'name':'Changed'}},"
                              "{'table':'services','id':'svc-botox','before':{'version':1},"
                              "'values':{'price_cents':2}}]", &error));
  g_assert_error (error, AVA_STORE_ERROR, AVA_STORE_ERROR_CONFLICT);
  g_clear_error (&error);
  g_assert_cmpint (store_fixture_count (self, "SELECT price_cents FROM services WHERE id = 'svc-botox'"), ==, 1);
  name = store_fixture_text (self, "SELECT name FROM services WHERE id = 'svc-facial'");
  g_assert_cmpstr (name, !=, "Changed");   /* the first change went back with the second */
  g_assert_false (save (self, "[{'table':'services','id':'svc-botox','before':null,"
                              "'values':{'name':'Again','active_min':5}}]", &error));
  g_assert_error (error, AVA_STORE_ERROR, AVA_STORE_ERROR_CONFLICT);
}

static void
hours_are_compared_with_what_the_editor_saw (StoreFixture  *self,
                                             gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *id = store_fixture_text (self, "SELECT id FROM hours WHERE owner_id IS NULL AND weekday = 5");
  g_autofree char *change = g_strdup_printf ("[{'table':'hours','id':'%s','values':"
                                             "{'open_min':600,'close_min':840}}]", id);
  g_autofree char *late = g_strdup_printf ("[{'table':'hours','id':'%s','before':{'open_min':1,'close_min':2},"
                                           "'values':{'open_min':60}}]", id);
  g_autofree char *remove = g_strdup_printf ("[{'table':'hours','id':'%s','values':null}]", id);

  save (self, change, &error);
  g_assert_no_error (error);
  g_assert_cmpint (store_fixture_count (self, "SELECT close_min FROM hours WHERE owner_id IS NULL"
                                              " AND weekday = 5"), ==, 840);
  g_assert_false (save (self, late, &error));
  g_assert_error (error, AVA_STORE_ERROR, AVA_STORE_ERROR_CONFLICT);
  g_clear_error (&error);
  save (self, remove, &error);
  g_assert_no_error (error);
  g_assert_cmpint (store_fixture_count (self, "SELECT count(*) FROM hours WHERE owner_id IS NULL"
                                              " AND weekday = 5"), ==, 0);
}

static void
bad_values_are_refused_with_row_and_field (StoreFixture  *self,
                                           gconstpointer  data)
{
  static const struct { const char *change; const char *words; } bad[] = {
    { "[{'table':'services','id':'svc-botox','values':{'name':' '}}]", "A service has no name yet" },
    { "[{'table':'services','id':'svc-botox','values':{'price_cents':-1}}]", "the price must be from 0" },
    { "[{'table':'services','id':'svc-botox','values':{'price_cents':'12'}}]", "the price must be a whole number" },
    { "[{'table':'services','id':'svc-botox','values':{'active_min':0}}]", "the treatment time must be from 1" },
    { "[{'table':'services','id':'svc-botox','values':{'spoken':['a',3]}}]", "ways to say it must be a list" },
    { "[{'table':'services','id':'svc-botox','values':{'id; DROP':1}}]", "is no field" },
    { "[{'table':'locations','id':'loc-main','before':null,'values':{'zone':'Mars/Base'}}]", "time zone is not known" },
    { "[{'table':'rooms','id':'room-1','values':{'capacity':0}}]", "the capacity must be from 1" },
    { "[{'table':'providers','id':'prov-park','values':{'service_ids':['svc-none']}}]", "does not exist" },
    { "[{'table':'providers','id':'prov-park','values':{'colour':'red'}}]", "the colour must look like" },
    { "[{'table':'hours','id':'h','values':{'weekday':1,'open_min':600,'close_min':600}}]", "must be after" },
    { "[{'table':'hours_exceptions','id':'e','values':{'date':'2026-02-30','open_min':0,'close_min':0}}]",
      "is not a day of the calendar" },
    { "[{'table':'services','id':'svc-botox','values':null}]", "archived, not removed" },
    { "[{'table':'customers','id':'x','values':{'name':'y'}}]", "no row of a settings table" },
  };
  g_autofree char *before = store_fixture_text (self, "SELECT (SELECT count(*) FROM journal) || ' ' ||"
                                                      " (SELECT count(*) FROM sync_outbox)");

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *now = NULL;

    /* The unknown table is asked for by hand: the configuration has no such member. */
    if (strstr (bad[i].change, "customers") != NULL || strstr (bad[i].change, "before") != NULL) {
      const AvaActor actor = { .who = "staff:desk" };
      g_autofree char *text = g_strdelimit (g_strdup (bad[i].change), "'", '"');
      g_autoptr (JsonNode) node = json_from_string (text, NULL);
      g_autoptr (GAsyncResult) result = NULL;

      if (strstr (bad[i].change, "locations") != NULL)
        json_object_set_string_member (json_array_get_object_element (json_node_get_array (node), 0), "id", "loc-new");
      ava_store_save_settings_async (self->store, &actor, json_node_get_array (node), NULL, test_result_cb, &result);
      g_assert_false (ava_store_save_settings_finish (self->store, test_result_wait (&result), &error));
    } else {
      g_assert_false (save (self, bad[i].change, &error));
    }
    g_assert_error (error, AVA_STORE_ERROR, AVA_STORE_ERROR_INVALID);
    g_test_message ("%s", error->message);
    g_assert_nonnull (strstr (error->message, bad[i].words));
    now = store_fixture_text (self, "SELECT (SELECT count(*) FROM journal) || ' ' ||"
                                    " (SELECT count(*) FROM sync_outbox)");
    g_assert_cmpstr (now, ==, before);
  }
}

static void
markup_and_sql_in_a_name_are_only_a_name (StoreFixture  *self,
                                          gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;

  save (self, "[{'table':'services','id':'svc-botox','values':{'name':'<b>; DROP TABLE services; -- \\u05d0 😀'}}]",
        &error);
  g_assert_no_error (error);
  name = store_fixture_text (self, "SELECT name FROM services WHERE id = 'svc-botox'");
  g_assert_cmpstr (name, ==, "<b>; DROP TABLE services; -- א 😀");
}

static void
an_archived_service_is_kept_and_marked (StoreFixture  *self,
                                        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaSpa) spa = NULL;
  g_autoptr (JsonObject) all = NULL;

  save (self, "[{'table':'services','id':'svc-botox','values':{'archived_us':5}}]", &error);
  g_assert_no_error (error);
  spa = load_spa (self);
  g_assert_true (ava_spa_find_service (spa, "svc-botox")->archived);
  all = load (self);
  g_assert_cmpint (json_object_get_int_member (find_row (all, "services", "svc-botox"), "version"), ==, 2);
}

static void
a_rehearsal_shows_the_spa_and_writes_nothing (StoreFixture  *self,
                                              gconstpointer  data)
{
  g_autoptr (JsonNode) node = json_from_string ("[{\"table\":\"services\",\"id\":\"svc-botox\",\"before\":{\"version\":1},"
                                                "\"values\":{\"price_cents\":1}}]", NULL);
  g_autoptr (JsonNode) bad = json_from_string ("[{\"table\":\"services\",\"id\":\"svc-botox\",\"before\":{\"version\":1},"
                                               "\"values\":{\"price_cents\":-1}}]", NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) refused = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaSpa) spa = NULL;
  gint64 lines = store_fixture_count (self, "SELECT count(*) FROM journal");

  ava_store_rehearse_settings_async (self->store, json_node_get_array (node), NULL, test_result_cb, &result);
  spa = ava_store_rehearse_settings_finish (self->store, test_result_wait (&result), &error);
  g_assert_no_error (error);
  g_assert_cmpint (ava_spa_find_service (spa, "svc-botox")->price_cents, ==, 1);
  ava_store_rehearse_settings_async (self->store, json_node_get_array (bad), NULL, test_result_cb, &refused);
  g_assert_null (ava_store_rehearse_settings_finish (self->store, test_result_wait (&refused), &error));
  g_assert_error (error, AVA_STORE_ERROR, AVA_STORE_ERROR_INVALID);
  g_clear_error (&error);

  g_assert_cmpint (store_fixture_count (self, "SELECT price_cents FROM services WHERE id = 'svc-botox'"), ==, 36000);
  g_assert_cmpint (store_fixture_count (self, "SELECT count(*) FROM journal"), ==, lines);
  save (self, "[{'table':'rooms','id':'room-1','values':{'name':'Oak'}}]", &error);
  g_assert_no_error (error);
  /* The rehearsed operations do not ride along with the next write. */
  g_assert_cmpint (store_fixture_count (self, "SELECT count(*) FROM sync_outbox, json_each(ops)"), ==, 1);
}

static void
expect_fault (StoreFixture *self,
              const char   *changes,
              const char   *words)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (save (self, changes, &error));
  g_assert_error (error, AVA_STORE_ERROR, AVA_STORE_ERROR_INVALID);
  g_assert_cmpstr (error->message, ==, words);
}

/* Its services are its visits, not what a provider does. */
static void
a_package_is_kept_in_order_and_checked (StoreFixture  *self,
                                        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaSpa) spa = NULL;
  gint64 links = store_fixture_count (self, "SELECT count(*) FROM provider_services");

  save (self, "[{'table':'packages','id':'pack-b','values':{'name':'Later','service_ids':['svc-botox','svc-botox'],'price_cents':60000,'rank':4}},"
              "{'table':'packages','id':'pack-c','values':{'name':'First','service_ids':['svc-peel'],'valid_days':90,'rank':3}}]", &error);
  g_assert_no_error (error);
  spa = load_spa (self);
  g_assert_cmpuint (spa->packages->len, ==, 4);   /* after the two of the demo spa */
  g_assert_cmpstr (AVA_PACKAGE (spa->packages->pdata[2])->name, ==, "First");
  g_assert_cmpuint (AVA_PACKAGE (spa->packages->pdata[2])->valid_days, ==, 90);
  g_assert_cmpuint (g_strv_length (AVA_PACKAGE (spa->packages->pdata[3])->service_ids), ==, 2);
  g_assert_cmpint (store_fixture_count (self, "SELECT count(*) FROM provider_services"), ==, links);
  expect_fault (self, "[{'table':'packages','id':'pack-b','values':{'service_ids':[]}}]",
                "In package “Later” the visits are missing: say what it holds.");
  expect_fault (self, "[{'table':'packages','id':'pack-b','values':{'service_ids':['svc-nothing']}}]",
                "In package “Later” the visits are for a service that does not exist.");
  expect_fault (self, "[{'table':'packages','id':'pack-d','values':{'name':'Long','service_ids':['svc-peel'],'valid_days':4000}}]",
                "In package “Long” the validity must be from 0 to 3650.");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define TEST(name) \
  g_test_add ("/store/settings/" #name, StoreFixture, NULL, store_fixture_set_up_demo, name, \
              store_fixture_tear_down)
  TEST (a_new_service_with_its_provider_is_one_change);
  TEST (two_editors_of_one_row_do_not_overwrite_each_other);
  TEST (hours_are_compared_with_what_the_editor_saw);
  TEST (bad_values_are_refused_with_row_and_field);
  TEST (markup_and_sql_in_a_name_are_only_a_name);
  TEST (an_archived_service_is_kept_and_marked);
  TEST (a_rehearsal_shows_the_spa_and_writes_nothing);
  TEST (a_package_is_kept_in_order_and_checked);
  return g_test_run ();
}
