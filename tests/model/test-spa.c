/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ava-spa.h"

#include <gio/gio.h>

static AvaSpa *
load_demo (void)
{
  g_autoptr (GError) error = NULL;
  AvaSpa *spa = ava_spa_load (g_getenv ("AVA_DEMO_SPA"), &error);

  g_assert_no_error (error);
  return spa;
}

static void
demo_has_nine_services_three_providers_two_rooms (void)
{
  g_autoptr (AvaSpa) spa = load_demo ();

  g_assert_cmpuint (spa->services->len, ==, 9);
  g_assert_cmpuint (spa->providers->len, ==, 3);
  g_assert_cmpuint (spa->rooms->len, ==, 2);
  g_assert_nonnull (ava_spa_find_service (spa, "svc-botox"));
  g_assert_null (ava_spa_find_service (spa, "svc-none"));
}

static void
every_service_has_a_provider_and_a_room (void)
{
  g_autoptr (AvaSpa) spa = load_demo ();

  for (guint i = 0; i < spa->services->len; i++) {
    AvaService *service = spa->services->pdata[i];
    guint providers = 0;
    guint rooms = 0;

    for (guint j = 0; j < spa->providers->len; j++) {
      AvaProvider *provider = spa->providers->pdata[j];

      providers += g_strv_contains ((const char *const *) provider->service_ids, service->id) &&
                   (service->licence == NULL ||
                    g_strv_contains ((const char *const *) provider->licences, service->licence));
    }
    for (guint j = 0; j < spa->rooms->len; j++) {
      AvaRoom *room = spa->rooms->pdata[j];

      rooms += g_strv_contains ((const char *const *) room->kinds, service->room_kind);
    }
    g_assert_cmpuint (providers, >, 0);
    g_assert_cmpuint (rooms, >, 0);
  }
}

static void
exception_wins_over_weekly_hours (void)
{
  g_autoptr (AvaSpa) spa = load_demo ();
  g_autoptr (GDateTime) tuesday = g_date_time_new (spa->zone, 2026, 12, 1, 12, 0, 0);
  const char *reason = NULL;
  int open_min = 0;
  int close_min = 0;

  g_assert_true (ava_spa_get_hours (spa, NULL, tuesday, &open_min, &close_min, &reason));
  g_assert_cmpint (open_min, ==, 9 * 60);
  g_assert_cmpint (close_min, ==, 19 * 60);
  g_assert_null (reason);

  ava_spa_add_exception (spa, NULL, "2026-12-01", 0, 0, "Inventory day");
  g_assert_false (ava_spa_get_hours (spa, NULL, tuesday, &open_min, &close_min, &reason));
  g_assert_cmpstr (reason, ==, "Inventory day");
}

static void
broken_hours_are_refused_in_words (void)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  const char *text = "{\"location\": {\"zone\": \"Europe/Vienna\"}, \"services\": [], \"providers\": [], "
                     "\"rooms\": [], \"hours\": [{\"day\": 1, \"open\": \"19:00\", \"close\": \"09:00\"}]}";

  g_assert_true (json_parser_load_from_data (parser, text, -1, NULL));
  g_assert_null (ava_spa_new_from_json (json_node_get_object (json_parser_get_root (parser)), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/spa/demo-has-nine-services", demo_has_nine_services_three_providers_two_rooms);
  g_test_add_func ("/spa/every-service-can-be-had", every_service_has_a_provider_and_a_room);
  g_test_add_func ("/spa/exception-wins", exception_wins_over_weekly_hours);
  g_test_add_func ("/spa/broken-hours", broken_hours_are_refused_in_words);
  return g_test_run ();
}
