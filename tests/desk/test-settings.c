/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ava-chat.h"
#include "ava-settings.h"
#include "ava-store-changes.h"
#include "demo-desk.h"

#include <string.h>

typedef struct {
  char *folder;
  AvaClock *clock;
  AvaContext *context;
} Desk;

static void
desk_set_up (Desk          *desk,
             gconstpointer  data)
{
  desk->context = demo_desk_open (&desk->folder, &desk->clock, TRUE);
}

static void
desk_tear_down (Desk          *desk,
                gconstpointer  data)
{
  demo_desk_close (&desk->context, &desk->clock, &desk->folder);
}

static JsonObject *
load (Desk *desk)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  AvaStore *store = ava_context_get_store (desk->context);
  JsonObject *settings;

  ava_store_load_settings_async (store, NULL, test_result_cb, &result);
  settings = ava_store_load_settings_finish (store, test_result_wait (&result), &error);
  g_assert_no_error (error);
  return settings;
}

static AvaImpact *
rehearse (Desk        *desk,
          JsonObject  *after,
          GError     **error)
{
  g_autoptr (JsonObject) before = load (desk);
  g_autoptr (JsonArray) changes = ava_settings_diff (before, after, NOW_US);
  g_autoptr (GAsyncResult) result = NULL;

  ava_settings_rehearse_async (desk->context, changes, NULL, test_result_cb, &result);
  return ava_settings_rehearse_finish (desk->context, test_result_wait (&result), error);
}

/* Saves and waits until the desk uses it. */
static gboolean
save (Desk        *desk,
      JsonObject  *after,
      GError     **error)
{
  const AvaActor actor = { .who = "staff:desk" };
  g_autoptr (JsonObject) before = load (desk);
  g_autoptr (JsonArray) changes = ava_settings_diff (before, after, NOW_US);
  g_autoptr (GAsyncResult) result = NULL;
  AvaStore *store = ava_context_get_store (desk->context);
  AvaSpa *spa = ava_context_get_spa (desk->context);
  gboolean saved;

  ava_store_save_settings_async (store, &actor, changes, NULL, test_result_cb, &result);
  saved = ava_store_save_settings_finish (store, test_result_wait (&result), error);
  while (saved && json_array_get_length (changes) > 0 && ava_context_get_spa (desk->context) == spa)
    g_main_context_iteration (NULL, TRUE);
  return saved;
}

static void
turn_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  *(AvaDialogueTurn **) user_data = ava_chat_hear_finish (AVA_CHAT (source), result, NULL);
}

static char *
say (AvaChat    *chat,
     const char *text)
{
  AvaDialogueTurn *turn = NULL;
  char *reply;

  ava_chat_hear_async (chat, text, 1, turn_cb, &turn);
  while (turn == NULL)
    g_main_context_iteration (NULL, TRUE);
  reply = g_utf8_strdown (turn->reply, -1);
  ava_dialogue_turn_free (turn);
  return reply;
}

static void
add_cupping (JsonObject *settings)
{
  g_autoptr (JsonNode) service = json_from_string (
    "{\"id\":\"svc-cupping\",\"name\":\"Cupping\",\"spoken\":[\"cupping\"],\"category\":\"Body\",\"price_cents\":9000,"
    "\"active_min\":45,\"room_kind\":\"treatment\",\"rank\":50}", NULL);
  JsonObject *provider = ava_settings_find_row (settings, "providers", "prov-park");

  json_array_add_element (json_object_get_array_member (settings, "services"), g_steal_pointer (&service));
  json_array_add_string_element (json_object_get_array_member (provider, "service_ids"), "svc-cupping");
}

static void
a_new_service_is_offered_in_a_conversation_under_way (Desk          *desk,
                                                      gconstpointer  data)
{
  g_autoptr (JsonObject) settings = load (desk);
  g_autoptr (AvaChat) chat = ava_chat_new (desk->context, NULL, NULL, NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *greeting = say (chat, NULL);
  g_autofree char *before = say (chat, "how much is cupping");
  g_autofree char *after = NULL;
  g_autofree char *offer = NULL;

  g_assert_null (strstr (before, "cupping"));
  add_cupping (settings);
  save (desk, settings, &error);
  g_assert_no_error (error);
  after = say (chat, "how much is cupping");
  g_test_message ("%s / %s", before, after);
  g_assert_nonnull (strstr (after, "cupping"));
  g_assert_nonnull (strstr (after, "90"));
  offer = say (chat, "i'd like to book it for next tuesday afternoon");
  g_test_message ("%s", offer);
  g_assert_nonnull (strstr (offer, "tuesday, december 1st at"));
}

static AvaAppointment *
find_broken (AvaImpact  *impact,
             const char *id)
{
  for (guint i = 0; i < impact->broken->len; i++) {
    AvaBrokenBooking *broken = impact->broken->pdata[i];

    if (strcmp (broken->appointment->id, id) == 0)
      return broken->appointment;
  }
  return NULL;
}

static GPtrArray *
list_booked (Desk *desk)
{
  g_autoptr (GAsyncResult) result = NULL;
  AvaStore *store = ava_context_get_store (desk->context);

  ava_store_list_appointments_async (store, NOW_US, NOW_US + 100 * 1440 * AVA_USEC_PER_MIN, FALSE, NULL, test_result_cb, &result);
  return ava_store_list_appointments_finish (store, test_result_wait (&result), NULL);
}

static void
closing_a_weekday_lists_exactly_its_bookings_and_cancels_none (Desk          *desk,
                                                               gconstpointer  data)
{
  g_autoptr (JsonObject) settings = load (desk);
  g_autoptr (GPtrArray) booked = list_booked (desk);
  g_autoptr (AvaImpact) impact = NULL;
  g_autoptr (GPtrArray) kept = NULL;
  g_autoptr (GError) error = NULL;
  JsonArray *hours = json_object_get_array_member (settings, "hours");
  guint wednesdays = 0;

  for (guint i = json_array_get_length (hours); i > 0; i--) {
    JsonObject *row = json_array_get_object_element (hours, i - 1);

    if (json_object_get_null_member (row, "owner_id") && json_object_get_int_member (row, "weekday") == 3)
      json_array_remove_element (hours, i - 1);
  }
  impact = rehearse (desk, settings, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < booked->len; i++) {
    AvaAppointment *appointment = booked->pdata[i];
    g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (appointment->start_us / G_USEC_PER_SEC);
    g_autoptr (GDateTime) here = g_date_time_to_timezone (utc, impact->spa->zone);
    gboolean wednesday = g_date_time_get_day_of_week (here) == 3;

    g_assert_cmpint (find_broken (impact, appointment->id) != NULL, ==, wednesday);
    wednesdays += wednesday;
  }
  g_assert_cmpuint (wednesdays, >, 0);
  g_assert_cmpuint (impact->broken->len, ==, wednesdays);
  g_assert_nonnull (((AvaBrokenBooking *) impact->broken->pdata[0])->why);
  g_assert_cmpuint (impact->sentences->len, ==, 1);
  g_assert_nonnull (strstr (impact->sentences->pdata[0], "Wednesday: closed"));

  save (desk, settings, &error);
  g_assert_no_error (error);
  kept = list_booked (desk);
  g_assert_cmpuint (kept->len, ==, booked->len);
}

static void
an_unsaved_change_breaks_nothing_when_nothing_changed (Desk          *desk,
                                                       gconstpointer  data)
{
  g_autoptr (JsonObject) settings = load (desk);
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaImpact) impact = rehearse (desk, settings, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (impact->broken->len, ==, 0);
  g_assert_cmpuint (impact->sentences->len, ==, 0);
}

static void
what_is_missing_is_named_until_it_is_there (Desk          *desk,
                                            gconstpointer  data)
{
  g_autoptr (JsonObject) settings = load (desk);
  g_autoptr (AvaImpact) impact = NULL;
  g_autoptr (AvaImpact) whole = NULL;
  g_autoptr (AvaImpact) consulting = NULL;
  g_autoptr (AvaImpact) talking = NULL;
  g_auto (GStrv) missing = NULL;
  g_auto (GStrv) nothing = NULL;
  g_auto (GStrv) known = NULL;
  g_auto (GStrv) unknown = NULL;

  add_cupping (settings);
  whole = rehearse (desk, settings, NULL);
  json_object_set_string_member (ava_settings_find_row (settings, "services", "svc-cupping"), "licence", "acupuncture");
  json_object_set_string_member (ava_settings_find_row (settings, "services", "svc-cupping"), "room_kind", "pool");
  impact = rehearse (desk, settings, NULL);
  missing = ava_settings_list_missing (impact->spa, "svc-cupping");
  nothing = ava_settings_list_missing (whole->spa, "svc-cupping");
  g_assert_cmpuint (g_strv_length (missing), ==, 2);
  g_assert_cmpstr (missing[0], ==, "a provider with the licence");
  g_assert_cmpstr (missing[1], ==, "a room of its kind");
  g_assert_cmpuint (g_strv_length (nothing), ==, 0);
  json_object_set_int_member (ava_settings_find_row (settings, "services", "svc-cupping"), "consult_first", 1);
  consulting = rehearse (desk, settings, NULL);
  known = ava_settings_list_missing (consulting->spa, "svc-cupping");
  g_assert_cmpuint (g_strv_length (known), ==, 2);
  json_object_set_string_member (ava_settings_find_row (settings, "services", "svc-consult"), "category", "Talks");
  talking = rehearse (desk, settings, NULL);
  unknown = ava_settings_list_missing (talking->spa, "svc-cupping");
  g_assert_cmpuint (g_strv_length (unknown), ==, 3);
  g_assert_nonnull (strstr (unknown[1], "Consultation"));
}

static void
a_file_brings_back_exactly_what_was_exported (Desk          *desk,
                                              gconstpointer  data)
{
  g_autoptr (JsonObject) settings = load (desk);
  g_autofree char *text = ava_settings_print (settings);
  g_autofree char *again = NULL;
  g_autoptr (JsonObject) changed = ava_settings_copy (settings);
  g_autoptr (JsonObject) file = NULL;
  g_autoptr (JsonObject) back = NULL;
  g_autoptr (JsonArray) none = NULL;
  g_autoptr (GError) error = NULL;

  json_object_set_string_member (ava_settings_find_row (changed, "locations", json_object_get_string_member (
    json_array_get_object_element (json_object_get_array_member (changed, "locations"), 0), "id")), "greeting", "Hi.");
  json_array_remove_element (json_object_get_array_member (changed, "hours"), 0);
  save (desk, changed, &error);
  g_assert_no_error (error);
  file = ava_settings_parse (text, &error);
  g_assert_no_error (error);
  save (desk, file, &error);
  g_assert_no_error (error);
  back = load (desk);
  again = ava_settings_print (back);
  g_assert_cmpstr (again, ==, text);
  none = ava_settings_diff (back, file, NOW_US);
  g_assert_cmpuint (json_array_get_length (none), ==, 0);
}

static void
a_bad_file_says_where_and_changes_nothing (Desk          *desk,
                                           gconstpointer  data)
{
  static const struct { const char *text; const char *words; } bad[] = {
    { "", "holds no settings" },
    { "[]", "holds no settings" },
    { "{\n \"format\": \n oops }", "line 3" },
    { "{\n 'format': 1}", "line 2 is not JSON" },
    { "{\"format\": 3}", "does not hold settings" },
    { "{\"format\":\"ava-front-desk-settings\",\"format_version\":9}", "another version" },
    { "{\"format\":\"ava-front-desk-settings\",\"format_version\":1,\"settings\":[]}", "“locations” is missing" },
    { "{\"format\":\"ava-front-desk-settings\",\"format_version\":1,\"settings\":{}}", "is not a list" },
    { "{\"format\":\"ava-front-desk-settings\",\"format_version\":1,\"settings\":[{}]}", "Entry 1 of “settings” has no id" },
    { "{\"format\":\"ava-front-desk-settings\",\"format_version\":1,\"settings\":[{\"id\":\"a\"},{\"id\":\"a\"}]}", "two entries" },
  };
  g_autoptr (JsonObject) settings = load (desk);
  g_autoptr (JsonObject) after = NULL;
  g_autofree char *before_text = ava_settings_print (settings);
  g_autofree char *after_text = NULL;
  g_autoptr (GError) refused = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_null (ava_settings_parse (bad[i].text, &error));
    g_assert_error (error, AVA_SETTINGS_ERROR, AVA_SETTINGS_ERROR_FILE);
    g_test_message ("%s", error->message);
    g_assert_nonnull (strstr (error->message, bad[i].words));
  }
  {
    g_autoptr (GError) error = NULL;
    g_autofree char *deep = g_strnfill (300000, '[');

    /* json-glib alone crashes on it. */
    g_assert_null (ava_settings_parse (deep, &error));
    g_assert_nonnull (strstr (error->message, "nested more deeply"));
  }
  json_object_set_int_member (ava_settings_find_row (settings, "services", "svc-botox"), "price_cents", 7);
  json_object_set_int_member (ava_settings_find_row (settings, "rooms", "room-1"), "capacity", -3);
  g_assert_null (rehearse (desk, settings, &refused));
  g_assert_error (refused, AVA_STORE_ERROR, AVA_STORE_ERROR_INVALID);
  g_assert_nonnull (strstr (refused->message, "Linden Room"));
  g_assert_false (save (desk, settings, NULL));
  after = load (desk);
  after_text = ava_settings_print (after);
  g_assert_cmpstr (after_text, ==, before_text);
}

/* Botox with Elena Ortiz on a Tuesday, 14:00, made to last until 15:30 instead of 14:30. */
static AvaAppointment *
book_longer (Desk *desk)
{
  const AvaActor actor = { .who = "staff:desk", .role = AVA_STAFF_ROLE_MANAGER };
  AvaStore *store = ava_context_get_store (desk->context);
  AvaSpa *spa = ava_context_get_spa (desk->context);
  g_autoptr (GDateTime) start = g_date_time_new (spa->zone, 2027, 2, 2, 14, 0, 0);
  gint64 start_us = g_date_time_to_unix (start) * G_USEC_PER_SEC;
  AvaSlot slot = {
    .service_id = (char *) "svc-botox", .provider_id = (char *) "prov-ortiz", .room_id = (char *) "room-1", .start_us = start_us,
    .end_us = start_us + 30 * AVA_USEC_PER_MIN, .active_end_us = start_us + 30 * AVA_USEC_PER_MIN, .busy_start_us = start_us,
    .busy_end_us = start_us + 40 * AVA_USEC_PER_MIN,
  };
  AvaBooking booking = { .slot = &slot, .customer_name = "Long Visit", .phone = "+12125550199" };
  g_autoptr (GAsyncResult) booked = NULL;
  g_autoptr (GAsyncResult) resized = NULL;
  g_autoptr (AvaAppointment) appointment = NULL;
  g_autoptr (GError) error = NULL;
  AvaAppointment *longer;

  ava_store_book_async (store, &actor, &booking, NULL, test_result_cb, &booked);
  appointment = ava_store_book_finish (store, test_result_wait (&booked), &error);
  g_assert_no_error (error);
  ava_store_resize_async (store, &actor, appointment->id, start_us + 90 * AVA_USEC_PER_MIN, NULL, test_result_cb, &resized);
  longer = ava_store_resize_finish (store, test_result_wait (&resized), &error);
  g_assert_no_error (error);
  return longer;
}

static void
close_tuesdays_at (JsonObject *settings,
                   int         close_min)
{
  JsonArray *hours = json_object_get_array_member (settings, "hours");

  for (guint i = 0; i < json_array_get_length (hours); i++) {
    JsonObject *row = json_array_get_object_element (hours, i);

    if (json_object_get_null_member (row, "owner_id") && json_object_get_int_member (row, "weekday") == 2)
      json_object_set_int_member (row, "close_min", close_min);
  }
}

static const char *
find_why (AvaImpact  *impact,
          const char *id)
{
  for (guint i = 0; i < impact->broken->len; i++) {
    AvaBrokenBooking *broken = impact->broken->pdata[i];

    if (strcmp (broken->appointment->id, id) == 0)
      return broken->why;
  }
  return NULL;
}

/* A booking that was made longer is judged by the time it takes, not by what its service takes. */
static void
a_booking_is_judged_by_its_own_times (Desk          *desk,
                                      gconstpointer  data)
{
  static const struct { int close_min; int active_min; gboolean broken; } tries[] = {
    { 15 * 60, 30, TRUE },          /* the service would fit, the visit does not */
    { 15 * 60 + 30, 30, FALSE },    /* the visit just fits */
    { 15 * 60, 15, TRUE },          /* what the service takes from now on does not shorten it */
    { 15 * 60 + 30, 240, FALSE },   /* nor lengthen it */
    { 19 * 60, 240, FALSE },
  };
  g_autoptr (AvaAppointment) visit = book_longer (desk);

  for (guint i = 0; i < G_N_ELEMENTS (tries); i++) {
    g_autoptr (JsonObject) settings = load (desk);
    g_autoptr (AvaImpact) impact = NULL;
    g_autoptr (GError) error = NULL;

    close_tuesdays_at (settings, tries[i].close_min);
    json_object_set_int_member (ava_settings_find_row (settings, "services", "svc-botox"), "active_min", tries[i].active_min);
    impact = rehearse (desk, settings, &error);
    g_assert_no_error (error);
    g_assert_cmpint (find_broken (impact, visit->id) != NULL, ==, tries[i].broken);
    if (tries[i].broken)
      g_assert_nonnull (strstr (find_why (impact, visit->id), "and Botox takes 90 minutes"));
    if (tries[i].close_min == 19 * 60)
      g_assert_cmpuint (impact->broken->len, ==, 0);
  }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define TEST(name) g_test_add ("/settings/" #name, Desk, NULL, desk_set_up, name, desk_tear_down)
  TEST (a_new_service_is_offered_in_a_conversation_under_way);
  TEST (closing_a_weekday_lists_exactly_its_bookings_and_cancels_none);
  TEST (an_unsaved_change_breaks_nothing_when_nothing_changed);
  TEST (a_booking_is_judged_by_its_own_times);
  TEST (what_is_missing_is_named_until_it_is_there);
  TEST (a_file_brings_back_exactly_what_was_exported);
  TEST (a_bad_file_says_where_and_changes_nothing);
  return g_test_run ();
}
