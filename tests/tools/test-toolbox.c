/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ava-slot-id.h"
#include "ava-toolbox.h"

#include <glib/gstdio.h>
#include <string.h>

/* Every tool against a real store in a folder of its own, filled with the demo spa. The demo's own
 * appointments are all in the weeks around now; the tests book in February, where the book is empty. */

#define NOW "2026-11-25T10:07:00"
#define PHONE "+12125550177"

typedef struct {
  char *dir;
  AvaClock *clock;
  AvaStore *store;
  AvaSpa *spa;
  AvaToolbox *toolbox;
} Fixture;

static gint64
at (AvaSpa     *spa,
    const char *text)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (text, spa->zone);

  g_assert_nonnull (time);
  return g_date_time_to_unix (time) * G_USEC_PER_SEC;
}

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *json = NULL;

  self->dir = g_dir_make_tmp ("ava-tools-XXXXXX", &error);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (g_getenv ("AVA_DEMO_SPA"), &json, NULL, &error));
  self->spa = ava_spa_load (g_getenv ("AVA_DEMO_SPA"), &error);
  g_assert_no_error (error);
  self->clock = ava_virtual_clock_new (at (self->spa, NOW), FALSE);
  self->store = ava_store_open (self->dir, self->clock, &error);
  g_assert_no_error (error);
  ava_store_fill_demo (self->store, json, 7, 10, 3, 0, &error);
  g_assert_no_error (error);
  self->toolbox = ava_toolbox_new (self->store, self->clock);
  ava_toolbox_set_spa (self->toolbox, self->spa);
}

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *child = g_build_filename (path, name, NULL);

    if (g_file_test (child, G_FILE_TEST_IS_DIR))
      remove_folder (child);
    else
      g_unlink (child);
  }
  g_rmdir (path);
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  g_clear_object (&self->toolbox);
  ava_store_close (self->store);
  g_clear_object (&self->store);
  g_clear_object (&self->clock);
  g_clear_object (&self->spa);
  remove_folder (self->dir);
  g_free (self->dir);
}

static void
count_done_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  guint *left = user_data;

  g_assert_true (ava_toolbox_run_finish (AVA_TOOLBOX (source), result, NULL));
  (*left)--;
}

static void
wait_for (guint *left)
{
  while (*left > 0)
    g_main_context_iteration (NULL, TRUE);
}

static AvaToolCall *
make_call (const char *tool,
           const char *key,
           const char *args)
{
  g_autoptr (JsonNode) node = json_from_string (args, NULL);
  AvaToolCall *call;

  g_assert_nonnull (node);
  call = ava_tool_call_new (tool, json_node_dup_object (node));
  call->key = g_strdup (key);
  return call;
}

/* Runs one call to its end; the answer belongs to the call. */
static AvaToolCall *
run_as (Fixture    *self,
        const char *call_id,
        const char *tool,
        const char *key,
        const char *args)
{
  AvaToolCall *call = make_call (tool, key, args);
  guint left = 1;

  ava_toolbox_run_async (self->toolbox, call, "ava", call_id, NULL, count_done_cb, &left);
  wait_for (&left);
  g_assert_nonnull (call->result);
  if (ava_tool_call_get_error (call) != NULL)
    g_assert_cmpint (strlen (json_object_get_string_member (call->result, "message")), >, 5);
  return call;
}

static AvaToolCall *run_format (Fixture    *self,
                                const char *call_id,
                                const char *tool,
                                const char *key,
                                const char *format,
                                ...) G_GNUC_PRINTF (5, 6);

static AvaToolCall *
run_format (Fixture    *self,
            const char *call_id,
            const char *tool,
            const char *key,
            const char *format,
            ...)
{
  g_autofree char *args = NULL;
  va_list list;

  va_start (list, format);
  args = g_strdup_vprintf (format, list);
  va_end (list);
  return run_as (self, call_id, tool, key, args);
}

static void
assert_error (AvaToolCall *call,
              const char  *code)
{
  if (g_strcmp0 (ava_tool_call_get_error (call), code) != 0 && call->result != NULL) {
    g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), call->result);
    g_autofree char *text = json_to_string (node, FALSE);

    g_test_message ("%s answered %s", call->name, text);
  }
  g_assert_cmpstr (ava_tool_call_get_error (call), ==, code);
}

static JsonObject *
get_slot (AvaToolCall *call,
          const char  *member,
          guint        place)
{
  JsonArray *slots = json_object_get_array_member (call->result, member);

  g_assert_cmpuint (json_array_get_length (slots), >, place);
  return json_array_get_object_element (slots, place);
}

static char *
make_slot_id (Fixture    *self,
              const char *service,
              const char *provider,
              const char *start)
{
  AvaSlot slot = {
    .service_id = (char *) service, .provider_id = (char *) provider, .room_id = (char *) "room-1",
    .start_us = at (self->spa, start),
  };

  return ava_slot_id_new (&slot);
}

static AvaToolCall *
book (Fixture    *self,
      const char *call_id,
      const char *key,
      const char *slot_id)
{
  return run_format (self, call_id, "book_appointment", key,
                     "{\"slot_id\": \"%s\", \"customer_name\": \"Kate Rowan\", \"phone\": \"" PHONE "\"}", slot_id);
}

static gboolean
is_open (Fixture    *self,
         const char *call_id,
         const char *service,
         const char *provider,
         const char *date,
         const char *time)
{
  g_autoptr (AvaToolCall) call = run_format (self, call_id, "check_availability", NULL,
    "{\"service\": \"%s\", \"provider\": \"%s\", \"from_date\": \"%s\", \"from_time\": \"%s\", \"exact\": true}",
    service, provider, date, time);

  assert_error (call, NULL);
  return json_object_get_boolean_member (call->result, "matched");
}

static void
slot_id_names_its_slot_or_is_refused (void)
{
  AvaSlot slot = { (char *) "svc-botox", (char *) "prov-ortiz", (char *) "room-1", 1796000000000000 };
  g_autofree char *id = ava_slot_id_new (&slot);
  g_autoptr (AvaSlot) back = ava_slot_id_parse (id);
  gsize length = strlen (id);

  g_assert_cmpstr (back->service_id, ==, slot.service_id);
  g_assert_cmpstr (back->provider_id, ==, slot.provider_id);
  g_assert_cmpstr (back->room_id, ==, slot.room_id);
  g_assert_cmpint (back->start_us, ==, slot.start_us);
  for (gsize i = 0; i < length; i++) {
    g_autofree char *damaged = g_strdup (id);
    g_autofree char *shorter = g_strndup (id, i);

    damaged[i] = damaged[i] == 'A' ? 'B' : 'A';
    g_assert_null (ava_slot_id_parse (damaged));
    g_assert_null (ava_slot_id_parse (shorter));
  }
  g_assert_null (ava_slot_id_parse (NULL));
  g_assert_null (ava_slot_id_parse (""));
  g_assert_null (ava_slot_id_parse ("slot-1"));
  g_assert_null (ava_slot_id_parse ("slot-.000000000000"));
  g_assert_null (ava_slot_id_parse ("2026-12-01T15:30"));
}

static void
ten_tools_describe_their_parameters (Fixture       *self,
                                      gconstpointer  data)
{
  static const char *const names[] = {
    "find_customer", "check_availability", "hold_slot", "book_appointment", "reschedule_appointment",
    "cancel_appointment", "list_services", "get_hours", "take_message", "join_waitlist",
  };
  GPtrArray *specs = ava_toolbox_list_specs (self->toolbox);

  g_assert_cmpuint (specs->len, ==, G_N_ELEMENTS (names));
  for (guint i = 0; i < specs->len; i++) {
    const AvaToolSpec *spec = specs->pdata[i];
    g_autoptr (JsonNode) node = json_from_string (spec->parameters, NULL);

    g_assert_cmpstr (spec->name, ==, names[i]);
    g_assert_nonnull (node);
    g_assert_cmpstr (json_object_get_string_member (json_node_get_object (node), "type"), ==, "object");
    g_assert_cmpint (strlen (spec->description), >, 20);
  }
}

static void
wrong_arguments_are_refused_in_words (Fixture       *self,
                                      gconstpointer  data)
{
  static const struct { const char *tool; const char *args; const char *words; } cases[] = {
    { "make_coffee", "{}", "no tool" },
    { "", "{}", "no tool" },
    { "check_availability", "{}", "“service” is missing" },
    { "check_availability", "{\"service\": null}", "“service” is missing" },
    { "check_availability", "{\"service\": 7}", "must be text" },
    { "check_availability", "{\"service\": \"botox\", \"limit\": \"three\"}", "whole number" },
    { "check_availability", "{\"service\": \"botox\", \"limit\": 0}", "from 1 to 200" },
    { "check_availability", "{\"service\": \"botox\", \"exact\": 1}", "true or false" },
    { "check_availability", "{\"service\": \"botox\", \"colour\": \"red\"}", "no argument “colour”" },
    { "check_availability", "{\"service\": \"botox\", \"from_date\": \"tomorrow\"}", "written as" },
    { "check_availability", "{\"service\": \"botox\", \"from_date\": \"2027-02-30\"}", "exist" },
    { "check_availability", "{\"service\": \"botox\", \"from_time\": \"25:00\"}", "written as" },
    { "check_availability", "{\"service\": \"botox\", \"from_time\": \"15:00\", \"to_time\": \"14:00\"}", "not be after" },
    { "check_availability", "{\"service\": \"botox\", \"when\": \"whatever you like\"}", "day or a time" },
    { "hold_slot", "{\"slot_id\": \"slot-abc.def\"}", "not a time that was offered" },
    { "hold_slot", "{\"slot_id\": \"x\", \"minutes\": 600}", "from 1 to 30" },
    { "book_appointment", "{\"slot_id\": \"x\", \"customer_name\": \"Kate\"}", "“phone” is missing" },
    { "book_appointment", "{\"slot_id\": \"x\", \"customer_name\": \"  \", \"phone\": \"" PHONE "\"}", "name" },
    { "book_appointment", "{\"slot_id\": \"x\", \"customer_name\": \"123\", \"phone\": \"" PHONE "\"}", "name" },
    { "book_appointment", "{\"slot_id\": \"x\", \"customer_name\": \"Kate\", \"phone\": \"5550177\"}", "phone number" },
    { "book_appointment", "{\"slot_id\": \"x\", \"customer_name\": \"Kate\", \"phone\": \"+0125550177\"}", "phone number" },
    { "book_appointment", "{\"slot_id\": \"x\", \"customer_name\": \"Kate\", \"phone\": \"+1 212 555 0177\"}", "phone number" },
    { "book_appointment", "{\"slot_id\": \"x\", \"customer_name\": \"Kate\", \"phone\": \"" PHONE "\", \"email\": \"kate at home\"}", "email" },
    { "join_waitlist", "{\"service\": \"botox\", \"customer_name\": \"Kate\", \"phone\": \"12\"}", "phone number" },
    { "join_waitlist", "{\"service\": \"botox\", \"customer_name\": \"Kate\", \"phone\": \"" PHONE "\", \"when\": \"whatever you like\"}", "day or a time" },
    { "take_message", "{\"text\": \"hello\", \"kind\": \"poem\"}", "must be one of" },
    { "take_message", "{\"text\": \"  \", \"kind\": \"message\"}", "nothing in the message" },
    { "take_message", "{\"text\": \"hello\", \"kind\": \"callback\", \"phone\": \"12\"}", "phone number" },
    { "find_customer", "{}", "phone number or a name" },
    { "find_customer", "{\"phone\": \"2125550177\"}", "phone number" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (AvaToolCall) call = run_as (self, "call-1", cases[i].tool, NULL, cases[i].args);
    const char *message;

    assert_error (call, "invalid");
    message = json_object_get_string_member (call->result, "message");
    if (strstr (message, cases[i].words) == NULL)
      g_test_message ("%s: %s", cases[i].args, message);
    g_assert_nonnull (strstr (message, cases[i].words));
  }
}

static void
open_time_is_offered_as_wished (Fixture       *self,
                                gconstpointer  data)
{
  g_autoptr (AvaToolCall) exact = run_as (self, "call-1", "check_availability", NULL,
    "{\"service\": \"botox\", \"provider\": \"nurse ortiz\", \"when\": \"february second at three thirty\"}");
  g_autoptr (AvaToolCall) spread = run_as (self, "call-1", "check_availability", NULL,
    "{\"service\": \"svc-botox\", \"from_date\": \"2027-02-01\", \"to_date\": \"2027-02-05\"}");
  JsonObject *slot;

  assert_error (exact, NULL);
  g_assert_true (json_object_get_boolean_member (exact->result, "matched"));
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (exact->result, "slots")), ==, 1);
  slot = get_slot (exact, "slots", 0);
  g_assert_cmpint (json_object_get_int_member (slot, "start_us"), ==, at (self->spa, "2027-02-02T15:30:00"));
  g_assert_cmpstr (json_object_get_string_member (slot, "start"), ==, "2027-02-02T15:30:00-05:00");
  g_assert_cmpstr (json_object_get_string_member (slot, "end"), ==, "2027-02-02T16:00:00-05:00");
  g_assert_cmpstr (json_object_get_string_member (slot, "spoken"), ==, "Tuesday, February 2nd at 3:30 PM");
  g_assert_cmpstr (json_object_get_string_member (slot, "spoken_time"), ==, "3:30 PM");
  g_assert_cmpstr (json_object_get_string_member (slot, "provider"), ==, "Elena Ortiz");
  g_assert_cmpstr (json_object_get_string_member (exact->result, "assumption"), ==, "3:30 PM, not 3:30 AM");
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (spread->result, "slots")), ==, 3);
  g_assert_cmpint (json_object_get_int_member (get_slot (spread, "slots", 2), "start_us") -
                   json_object_get_int_member (get_slot (spread, "slots", 0), "start_us"), >, 20 * 60 * AVA_USEC_PER_MIN);
}

static void
closed_wish_gets_reasons_and_the_nearest_others (Fixture       *self,
                                                 gconstpointer  data)
{
  g_autoptr (AvaToolCall) sunday = run_as (self, "call-1", "check_availability", NULL,
    "{\"service\": \"botox\", \"from_date\": \"2027-02-07\"}");
  g_autoptr (AvaToolCall) early = run_as (self, "call-1", "check_availability", NULL,
    "{\"service\": \"botox\", \"provider\": \"elena\", \"when\": \"february second at nine\"}");
  g_autoptr (AvaToolCall) other = run_as (self, "call-1", "check_availability", NULL,
    "{\"service\": \"laser hair removal\", \"provider\": \"elena\", \"from_date\": \"2027-02-02\"}");

  g_assert_false (json_object_get_boolean_member (sunday->result, "matched"));
  g_assert_cmpstr (json_array_get_string_element (json_object_get_array_member (sunday->result, "reasons"), 0), ==,
                   "We are closed on Sunday, February 7th.");
  get_slot (sunday, "slots", 2);
  g_assert_false (json_object_get_boolean_member (early->result, "matched"));
  g_assert_nonnull (strstr (json_array_get_string_element (json_object_get_array_member (early->result, "reasons"), 0),
                            "Elena Ortiz works from 10 AM to 7 PM"));
  g_assert_cmpint (json_object_get_int_member (get_slot (early, "slots", 0), "start_us"), ==, at (self->spa, "2027-02-02T10:00:00"));
  g_assert_cmpstr (json_array_get_string_element (json_object_get_array_member (other->result, "reasons"), 0), ==,
                   "Elena Ortiz does not do Laser Hair Removal.");
  g_assert_cmpstr (json_object_get_string_member (get_slot (other, "slots", 0), "provider_id"), ==, "prov-park");
}

static void
unclear_wishes_are_asked (Fixture       *self,
                          gconstpointer  data)
{
  static const struct { const char *args; const char *code; } cases[] = {
    { "{\"service\": \"botox\", \"when\": \"next friday\"}", "ambiguous" },
    { "{\"service\": \"botox\", \"when\": \"yesterday\"}", "past" },
    { "{\"service\": \"botox\", \"when\": \"february 30th\"}", "invalid" },
    { "{\"service\": \"botox\", \"from_date\": \"2026-11-20\"}", "past" },
    { "{\"service\": \"skin\"}", "ambiguous" },
    { "{\"service\": \"haircut\"}", "not_found" },
    { "{\"service\": \"botox\", \"provider\": \"doctor who\"}", "not_found" },
    { "{\"service\": \"bo tox\"}", NULL },
    { "{\"service\": \"Microneedeling\"}", NULL },
    { "{\"service\": \"i would like a chemical peel please\"}", NULL },
    { "{\"service\": \"botox\", \"provider\": \"Bennett\"}", NULL },
    { "{\"service\": \"botox\", \"provider\": null, \"when\": \"as soon as possible\"}", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (AvaToolCall) call = run_as (self, "call-1", "check_availability", NULL, cases[i].args);

    g_test_message ("%s", cases[i].args);
    assert_error (call, cases[i].code);
    if (g_strcmp0 (cases[i].code, "not_found") == 0 || strstr (cases[i].args, "skin") != NULL)
      g_assert_cmpuint (json_array_get_length (json_object_get_array_member (call->result, "choices")), >, 1);
  }
}

static void
hold_keeps_others_away_until_it_ends (Fixture       *self,
                                      gconstpointer  data)
{
  g_autofree char *slot = make_slot_id (self, "svc-botox", "prov-ortiz", "2027-02-02T15:00:00");
  g_autoptr (AvaToolCall) hold = run_format (self, "call-1", "hold_slot", "call-1 hold", "{\"slot_id\": \"%s\"}", slot);
  g_autoptr (AvaToolCall) other = NULL;

  assert_error (hold, NULL);
  g_assert_cmpint (strlen (json_object_get_string_member (hold->result, "hold_id")), >, 3);
  g_assert_cmpint (json_object_get_int_member (hold->result, "expires_us"), ==, at (self->spa, NOW) + 5 * AVA_USEC_PER_MIN);
  g_assert_true (is_open (self, "call-1", "botox", "elena", "2027-02-02", "15:00"));
  g_assert_false (is_open (self, "call-2", "botox", "elena", "2027-02-02", "15:00"));
  other = book (self, "call-2", "call-2 book", slot);
  assert_error (other, "taken");
  get_slot (other, "alternates", 0);
  ava_virtual_clock_advance (AVA_VIRTUAL_CLOCK (self->clock), 6 * AVA_USEC_PER_MIN);
  g_assert_true (is_open (self, "call-2", "botox", "elena", "2027-02-02", "15:00"));
}

static void
booking_is_made_found_and_in_the_way (Fixture       *self,
                                      gconstpointer  data)
{
  g_autofree char *slot = make_slot_id (self, "svc-botox", "prov-ortiz", "2027-02-02T15:00:00");
  g_autoptr (AvaToolCall) hold = run_format (self, "call-1", "hold_slot", "k0", "{\"slot_id\": \"%s\"}", slot);
  g_autoptr (AvaToolCall) first = book (self, "call-1", "k1", slot);
  g_autoptr (AvaToolCall) second = book (self, "call-2", "k2", slot);
  g_autoptr (AvaToolCall) found = run_as (self, "call-3", "find_customer", NULL, "{\"phone\": \"" PHONE "\"}");
  g_autoptr (AvaToolCall) named = run_as (self, "call-3", "find_customer", NULL, "{\"name\": \"kate rowan\"}");
  JsonObject *customer;
  JsonObject *appointment;

  assert_error (hold, NULL);
  assert_error (first, NULL);
  g_assert_cmpint (json_object_get_int_member (first->result, "price_cents"), ==, 36000);
  g_assert_cmpstr (json_object_get_string_member (first->result, "spoken_price"), ==, "360 dollars");
  g_assert_cmpstr (json_object_get_string_member (first->result, "spoken"), ==, "Tuesday, February 2nd at 3 PM");
  assert_error (second, "taken");
  for (guint i = 0; i < json_array_get_length (json_object_get_array_member (second->result, "alternates")); i++) {
    JsonObject *other = get_slot (second, "alternates", i);
    gint64 start_us = json_object_get_int_member (other, "start_us");

    g_assert_true (g_strcmp0 (json_object_get_string_member (other, "provider_id"), "prov-ortiz") != 0 ||
                   start_us >= at (self->spa, "2027-02-02T15:40:00") || start_us <= at (self->spa, "2027-02-02T14:20:00"));
  }
  g_assert_false (is_open (self, "call-3", "botox", "elena", "2027-02-02", "15:00"));
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (found->result, "customers")), ==, 1);
  customer = json_array_get_object_element (json_object_get_array_member (found->result, "customers"), 0);
  g_assert_cmpstr (json_object_get_string_member (customer, "name"), ==, "Kate Rowan");
  appointment = json_array_get_object_element (json_object_get_array_member (customer, "appointments"), 0);
  g_assert_cmpstr (json_object_get_string_member (appointment, "appointment_id"), ==,
                   json_object_get_string_member (first->result, "appointment_id"));
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (named->result, "customers")), ==, 1);
}

static void
live_book_decides_whatever_the_id_says (Fixture       *self,
                                        gconstpointer  data)
{
  static const struct { const char *service; const char *provider; const char *start; const char *code; } cases[] = {
    { "svc-botox", "prov-ortiz", "2027-02-02T03:00:00", "closed" },
    { "svc-botox", "prov-ortiz", "2027-02-07T12:00:00", "closed" },
    { "svc-botox", "prov-ortiz", "2026-11-24T12:00:00", "past" },
    { "svc-laser", "prov-ortiz", "2027-02-02T12:00:00", "invalid" },
    { "svc-gone", "prov-ortiz", "2027-02-02T12:00:00", "not_found" },
    { "svc-botox", "prov-gone", "2027-02-02T12:00:00", "not_found" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *slot = make_slot_id (self, cases[i].service, cases[i].provider, cases[i].start);
    g_autofree char *key = g_strdup_printf ("k-%u", i);
    g_autoptr (AvaToolCall) call = book (self, "call-1", key, slot);

    g_test_message ("%s %s", cases[i].service, cases[i].start);
    assert_error (call, cases[i].code);
  }
}

static guint count_appointments (Fixture *self);

static void
cancelled_time_can_be_booked_anew (Fixture       *self,
                                   gconstpointer  data)
{
  g_autofree char *slot = make_slot_id (self, "svc-botox", "prov-ortiz", "2027-02-02T15:00:00");
  g_autoptr (AvaToolCall) first = book (self, "call-1", "k1", slot);
  g_autoptr (AvaToolCall) cancelled = NULL;
  g_autoptr (AvaToolCall) anew = NULL;
  g_autoptr (AvaToolCall) repeated = NULL;

  assert_error (first, NULL);
  cancelled = run_format (self, "call-1", "cancel_appointment", "k2", "{\"appointment_id\": \"%s\"}",
                          json_object_get_string_member (first->result, "appointment_id"));
  assert_error (cancelled, NULL);
  anew = book (self, "call-1", "k1", slot);
  assert_error (anew, NULL);
  g_assert_cmpstr (json_object_get_string_member (anew->result, "appointment_id"), !=,
                   json_object_get_string_member (first->result, "appointment_id"));
  repeated = book (self, "call-1", "k1", slot);
  g_assert_cmpstr (json_object_get_string_member (repeated->result, "appointment_id"), ==,
                   json_object_get_string_member (anew->result, "appointment_id"));
  g_assert_cmpuint (count_appointments (self), ==, 1);
}

static void
expired_hold_can_be_renewed (Fixture       *self,
                             gconstpointer  data)
{
  g_autofree char *slot = make_slot_id (self, "svc-botox", "prov-ortiz", "2027-02-02T15:00:00");
  const char format[] = "{\"slot_id\": \"%s\"}";
  g_autoptr (AvaToolCall) first = run_format (self, "call-1", "hold_slot", "k1", format, slot);
  g_autoptr (AvaToolCall) renewed = NULL;

  assert_error (first, NULL);
  ava_virtual_clock_advance (AVA_VIRTUAL_CLOCK (self->clock), 6 * AVA_USEC_PER_MIN);
  renewed = run_format (self, "call-1", "hold_slot", "k1", format, slot);
  assert_error (renewed, NULL);
  g_assert_false (is_open (self, "call-2", "botox", "elena", "2027-02-02", "15:00"));
}

static guint
count_appointments (Fixture *self)
{
  g_autoptr (AvaToolCall) found = run_as (self, NULL, "find_customer", NULL, "{\"phone\": \"" PHONE "\"}");
  JsonArray *customers = json_object_get_array_member (found->result, "customers");
  guint count = 0;

  for (guint i = 0; i < json_array_get_length (customers); i++)
    count += json_array_get_length (json_object_get_array_member (json_array_get_object_element (customers, i), "appointments"));
  return count;
}

static void
same_key_books_once (Fixture       *self,
                     gconstpointer  data)
{
  g_autofree char *slot = make_slot_id (self, "svc-botox", "prov-ortiz", "2027-02-02T15:00:00");
  g_autofree char *args = g_strdup_printf ("{\"slot_id\": \"%s\", \"customer_name\": \"Kate Rowan\", \"phone\": \"" PHONE "\"}", slot);
  AvaToolCall *calls[4];
  guint left = G_N_ELEMENTS (calls);
  const char *id;
  g_autoptr (AvaToolCall) later = NULL;
  g_autoptr (AvaToolCall) restarted = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (calls); i++) {
    calls[i] = make_call ("book_appointment", "call-1 book", args);
    ava_toolbox_run_async (self->toolbox, calls[i], "ava", "call-1", NULL, count_done_cb, &left);
  }
  wait_for (&left);
  assert_error (calls[0], NULL);
  id = json_object_get_string_member (calls[0]->result, "appointment_id");
  for (guint i = 1; i < G_N_ELEMENTS (calls); i++)
    g_assert_cmpstr (json_object_get_string_member (calls[i]->result, "appointment_id"), ==, id);
  later = run_as (self, "call-1", "book_appointment", "call-1 book", args);
  g_assert_cmpstr (json_object_get_string_member (later->result, "appointment_id"), ==, id);

  /* A program started anew knows the key from the store. */
  g_clear_object (&self->toolbox);
  self->toolbox = ava_toolbox_new (self->store, self->clock);
  restarted = run_as (self, "call-1", "book_appointment", "call-1 book", args);
  assert_error (restarted, NULL);
  g_assert_cmpstr (json_object_get_string_member (restarted->result, "appointment_id"), ==, id);
  g_assert_cmpuint (count_appointments (self), ==, 1);
  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    g_object_unref (calls[i]);
}

static void
one_of_many_gets_the_slot (Fixture       *self,
                           gconstpointer  data)
{
  g_autofree char *slot = make_slot_id (self, "svc-botox", "prov-ortiz", "2027-02-02T15:00:00");
  AvaToolCall *calls[12];
  guint left = G_N_ELEMENTS (calls);
  guint booked = 0;

  for (guint i = 0; i < G_N_ELEMENTS (calls); i++) {
    g_autofree char *key = g_strdup_printf ("call-%u book", i);
    g_autofree char *call_id = g_strdup_printf ("call-%u", i);
    g_autofree char *args = g_strdup_printf ("{\"slot_id\": \"%s\", \"customer_name\": \"Guest Number\", \"phone\": \"+1212555%04u\"}",
                                             slot, 100 + i);

    calls[i] = make_call ("book_appointment", key, args);
    ava_toolbox_run_async (self->toolbox, calls[i], "ava", call_id, NULL, count_done_cb, &left);
  }
  wait_for (&left);
  for (guint i = 0; i < G_N_ELEMENTS (calls); i++) {
    if (ava_tool_call_get_error (calls[i]) == NULL) {
      booked++;
    } else {
      assert_error (calls[i], "taken");
      get_slot (calls[i], "alternates", 0);
    }
    g_object_unref (calls[i]);
  }
  g_assert_cmpuint (booked, ==, 1);
}

static void
appointment_moves_over_itself_but_not_over_others (Fixture       *self,
                                                   gconstpointer  data)
{
  g_autofree char *three = make_slot_id (self, "svc-botox", "prov-ortiz", "2027-02-02T15:00:00");
  g_autofree char *later = make_slot_id (self, "svc-botox", "prov-ortiz", "2027-02-02T15:15:00");
  g_autofree char *five = make_slot_id (self, "svc-botox", "prov-ortiz", "2027-02-02T17:00:00");
  g_autofree char *peel = make_slot_id (self, "svc-peel", "prov-ortiz", "2027-02-02T12:00:00");
  g_autoptr (AvaToolCall) mine = book (self, "call-1", "k1", three);
  g_autoptr (AvaToolCall) theirs = book (self, "call-2", "k2", five);
  const char *id = json_object_get_string_member (mine->result, "appointment_id");
  const char format[] = "{\"appointment_id\": \"%s\", \"slot_id\": \"%s\"}";
  g_autoptr (AvaToolCall) moved = NULL;
  g_autoptr (AvaToolCall) again = NULL;
  g_autoptr (AvaToolCall) taken = NULL;
  g_autoptr (AvaToolCall) wrong = NULL;
  g_autoptr (AvaToolCall) none = NULL;

  assert_error (theirs, NULL);
  moved = run_format (self, "call-1", "reschedule_appointment", "k3", format, id, later);
  assert_error (moved, NULL);
  g_assert_cmpint (json_object_get_int_member (moved->result, "start_us"), ==, at (self->spa, "2027-02-02T15:15:00"));
  again = run_format (self, "call-1", "reschedule_appointment", "k3", format, id, later);
  assert_error (again, NULL);
  taken = run_format (self, "call-1", "reschedule_appointment", "k4", format, id, five);
  assert_error (taken, "taken");
  get_slot (taken, "alternates", 0);
  wrong = run_format (self, "call-1", "reschedule_appointment", "k5", format, id, peel);
  assert_error (wrong, "invalid");
  none = run_format (self, "call-1", "reschedule_appointment", "k6", format, "nothing", five);
  assert_error (none, "not_found");
  g_assert_cmpuint (count_appointments (self), ==, 2);
  g_assert_true (is_open (self, "call-3", "botox", "elena", "2027-02-02", "14:30"));
}

static void
cancelling_frees_the_time_and_may_be_said_twice (Fixture       *self,
                                                 gconstpointer  data)
{
  g_autofree char *slot = make_slot_id (self, "svc-botox", "prov-ortiz", "2027-02-02T15:00:00");
  g_autofree char *soon = make_slot_id (self, "svc-consult", "prov-ortiz", "2027-02-03T09:00:00");
  g_autoptr (AvaToolCall) mine = book (self, "call-1", "k1", slot);
  g_autoptr (AvaToolCall) next = book (self, "call-1", "k2", soon);
  const char format[] = "{\"appointment_id\": \"%s\", \"reason\": \"ill\"}";
  const char *id = json_object_get_string_member (mine->result, "appointment_id");
  g_autoptr (AvaToolCall) cancelled = run_format (self, "call-1", "cancel_appointment", "k3", format, id);
  g_autoptr (AvaToolCall) again = run_format (self, "call-1", "cancel_appointment", "k4", format, id);
  g_autoptr (AvaToolCall) none = run_format (self, "call-1", "cancel_appointment", "k5", format, "nothing");
  g_autoptr (AvaToolCall) late = NULL;
  g_autoptr (AvaToolCall) dead = NULL;

  assert_error (cancelled, NULL);
  g_assert_cmpstr (json_object_get_string_member (cancelled->result, "status"), ==, "cancelled");
  g_assert_cmpstr (json_object_get_string_member (cancelled->result, "spoken"), ==, "Tuesday, February 2nd at 3 PM");
  assert_error (again, NULL);
  assert_error (none, "not_found");
  g_assert_cmpuint (count_appointments (self), ==, 1);
  g_assert_true (is_open (self, "call-2", "botox", "elena", "2027-02-02", "15:00"));
  dead = run_format (self, "call-1", "reschedule_appointment", "k6", "{\"appointment_id\": \"%s\", \"slot_id\": \"%s\"}", id, slot);
  assert_error (dead, "not_found");
  ava_virtual_clock_advance (AVA_VIRTUAL_CLOCK (self->clock),
                             at (self->spa, "2027-02-03T09:05:00") - ava_clock_now_us (self->clock));
  late = run_format (self, "call-1", "cancel_appointment", "k7", format,
                     json_object_get_string_member (next->result, "appointment_id"));
  assert_error (late, "past");
}

static void
appointment_being_moved_is_not_in_its_own_way (Fixture       *self,
                                               gconstpointer  data)
{
  g_autofree char *slot = make_slot_id (self, "svc-botox", "prov-ortiz", "2027-02-02T15:00:00");
  g_autoptr (AvaToolCall) mine = book (self, "call-1", "k1", slot);
  g_autoptr (AvaToolCall) found = run_format (self, "call-1", "check_availability", NULL,
    "{\"service\": \"botox\", \"provider\": \"elena\", \"from_date\": \"2027-02-02\", \"from_time\": \"15:15\", \"exact\": true, "
    "\"except_appointment\": \"%s\"}", json_object_get_string_member (mine->result, "appointment_id"));

  g_assert_true (json_object_get_boolean_member (found->result, "matched"));
  g_assert_false (is_open (self, "call-1", "botox", "elena", "2027-02-02", "15:15"));
}

static void
services_and_hours_are_told (Fixture       *self,
                             gconstpointer  data)
{
  g_autoptr (AvaToolCall) all = run_as (self, NULL, "list_services", NULL, "{}");
  g_autoptr (AvaToolCall) facial = run_as (self, NULL, "list_services", NULL, "{\"service\": \"the facial\"}");
  g_autoptr (AvaToolCall) none = run_as (self, NULL, "list_services", NULL, "{\"service\": \"tattoo\"}");
  g_autoptr (AvaToolCall) week = run_as (self, NULL, "get_hours", NULL, "{}");
  g_autoptr (AvaToolCall) day = run_as (self, NULL, "get_hours", NULL, "{\"when\": \"are you open on december third\"}");
  g_autoptr (AvaToolCall) sunday = run_as (self, NULL, "get_hours", NULL, "{\"when\": \"sunday\"}");
  g_autoptr (AvaToolCall) asked = run_as (self, NULL, "get_hours", NULL, "{\"when\": \"next friday\"}");
  JsonObject *service = json_array_get_object_element (json_object_get_array_member (facial->result, "services"), 0);

  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (all->result, "services")), ==, 9);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (facial->result, "services")), ==, 1);
  g_assert_cmpstr (json_object_get_string_member (service, "spoken_name"), ==, "signature facial");
  g_assert_cmpstr (json_object_get_string_member (service, "spoken_price"), ==, "145 dollars");
  g_assert_cmpint (json_object_get_int_member (service, "duration_min"), ==, 60);
  assert_error (none, "not_found");
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (week->result, "days")), ==, 7);
  g_assert_cmpstr (json_object_get_string_member (week->result, "spoken"), ==,
                   "We are open Monday to Wednesday from 9 AM to 7 PM, Thursday from 9 AM to 8 PM, Friday from 9 AM to 6 PM, "
                   "and Saturday from 10 AM to 4 PM. We are closed on Sunday.");
  g_assert_cmpstr (json_object_get_string_member (day->result, "spoken"), ==,
                   "We are open on Thursday, December 3rd from 9 AM to 8 PM.");
  g_assert_cmpstr (json_object_get_string_member (sunday->result, "spoken"), ==, "We are closed on Sunday, November 29th.");
  assert_error (asked, "ambiguous");
}

static void
messages_become_tasks_once (Fixture       *self,
                            gconstpointer  data)
{
  const char *args = "{\"name\": \"Kate Rowan\", \"phone\": \"" PHONE "\", \"text\": \"please call me\", \"kind\": \"callback\"}";
  g_autoptr (AvaToolCall) first = run_as (self, "call-1", "take_message", "k1", args);
  g_autoptr (AvaToolCall) again = run_as (self, "call-1", "take_message", "k1", args);
  g_autoptr (AvaToolCall) other = run_as (self, "call-1", "take_message", "k2", args);
  g_autoptr (AvaToolCall) urgent = run_as (self, "call-1", "take_message", "k3", "{\"text\": \"\", \"kind\": \"escalation\"}");

  assert_error (first, NULL);
  assert_error (urgent, NULL);
  g_assert_cmpstr (json_object_get_string_member (again->result, "task_id"), ==,
                   json_object_get_string_member (first->result, "task_id"));
  g_assert_cmpstr (json_object_get_string_member (other->result, "task_id"), !=,
                   json_object_get_string_member (first->result, "task_id"));
}

static void
caller_joins_the_waitlist_once (Fixture       *self,
                                gconstpointer  data)
{
  const char *args = "{\"service\": \"botox\", \"provider\": \"elena\", \"when\": \"tuesday december 1st in the afternoon\","
                     " \"customer_name\": \"Kate Rowan\", \"phone\": \"" PHONE "\"}";
  g_autoptr (AvaToolCall) first = run_as (self, "call-1", "join_waitlist", "k1", args);
  g_autoptr (AvaToolCall) again = run_as (self, "call-2", "join_waitlist", "k2", args);

  assert_error (first, NULL);
  assert_error (again, NULL);
  g_assert_cmpstr (json_object_get_string_member (first->result, "service"), ==, "Botox");
  g_assert_cmpstr (json_object_get_string_member (first->result, "provider"), ==, "Elena Ortiz");
  g_assert_cmpstr (json_object_get_string_member (again->result, "entry_id"), ==, json_object_get_string_member (first->result, "entry_id"));
}

static void
stranger_is_no_error (Fixture       *self,
                      gconstpointer  data)
{
  g_autoptr (AvaToolCall) call = run_as (self, NULL, "find_customer", NULL, "{\"phone\": \"+12125559999\"}");

  assert_error (call, NULL);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (call->result, "customers")), ==, 0);
}

static void
set_random (JsonObject *args,
            const char *name,
            GRand      *rand)
{
  static const char *const texts[] = {
    "", " ", "botox", "svc-peel", "next tuesday", "at three", "2027-02-02", "15:00", "+12125550123", "slot-x.y", "💉", "a@b.co",
    "message", "elena", "%s%n", "tomorrow or never", "0000-00-00", "99:99", "the 5th of may at noon", "\n",
  };

  switch (g_rand_int_range (rand, 0, 8)) {
  case 0:
    json_object_set_int_member (args, name, g_rand_int (rand));
    break;
  case 1:
    json_object_set_boolean_member (args, name, g_rand_boolean (rand));
    break;
  case 2:
    json_object_set_null_member (args, name);
    break;
  case 3:
    json_object_set_array_member (args, name, json_array_new ());
    break;
  default:
    json_object_set_string_member (args, name, texts[g_rand_int_range (rand, 0, G_N_ELEMENTS (texts))]);
    break;
  }
}

static void
every_call_gets_an_answer (Fixture       *self,
                           gconstpointer  data)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (99);
  GPtrArray *specs = ava_toolbox_list_specs (self->toolbox);

  for (guint i = 0; i < 600; i++) {
    const AvaToolSpec *spec = specs->pdata[g_rand_int_range (rand, 0, specs->len)];
    g_autoptr (JsonNode) schema = json_from_string (spec->parameters, NULL);
    g_autoptr (GList) names = json_object_get_members (json_object_get_object_member (json_node_get_object (schema), "properties"));
    g_autoptr (AvaToolCall) call = ava_tool_call_new (spec->name, json_object_new ());
    guint left = 1;

    for (GList *item = names; item != NULL; item = item->next) {
      if (g_rand_int_range (rand, 0, 4) > 0)
        set_random (call->args, item->data, rand);
    }
    ava_toolbox_run_async (self->toolbox, call, "ava", "call-1", NULL, count_done_cb, &left);
    wait_for (&left);
    g_assert_nonnull (call->result);
    g_assert_true (ava_tool_call_get_error (call) == NULL || json_object_has_member (call->result, "message"));
  }
}

#define ADD(path, func) g_test_add ("/toolbox/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/slot-id/names-its-slot-or-is-refused", slot_id_names_its_slot_or_is_refused);
  ADD ("ten-tools-describe-their-parameters", ten_tools_describe_their_parameters);
  ADD ("wrong-arguments-are-refused-in-words", wrong_arguments_are_refused_in_words);
  ADD ("open-time-is-offered-as-wished", open_time_is_offered_as_wished);
  ADD ("closed-wish-gets-reasons-and-others", closed_wish_gets_reasons_and_the_nearest_others);
  ADD ("unclear-wishes-are-asked", unclear_wishes_are_asked);
  ADD ("hold-keeps-others-away", hold_keeps_others_away_until_it_ends);
  ADD ("booking-is-made-found-and-in-the-way", booking_is_made_found_and_in_the_way);
  ADD ("cancelled-time-can-be-booked-anew", cancelled_time_can_be_booked_anew);
  ADD ("expired-hold-can-be-renewed", expired_hold_can_be_renewed);
  ADD ("live-book-decides", live_book_decides_whatever_the_id_says);
  ADD ("same-key-books-once", same_key_books_once);
  ADD ("one-of-many-gets-the-slot", one_of_many_gets_the_slot);
  ADD ("appointment-moves", appointment_moves_over_itself_but_not_over_others);
  ADD ("cancelling-frees-the-time", cancelling_frees_the_time_and_may_be_said_twice);
  ADD ("moved-appointment-is-not-in-its-own-way", appointment_being_moved_is_not_in_its_own_way);
  ADD ("services-and-hours-are-told", services_and_hours_are_told);
  ADD ("messages-become-tasks-once", messages_become_tasks_once);
  ADD ("caller-joins-the-waitlist-once", caller_joins_the_waitlist_once);
  ADD ("stranger-is-no-error", stranger_is_no_error);
  ADD ("every-call-gets-an-answer", every_call_gets_an_answer);
  return g_test_run ();
}
