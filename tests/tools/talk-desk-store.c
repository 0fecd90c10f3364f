/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "talk-desk.h"

#include "async-result.h"
#include "ava-slot-id.h"
#include "ava-toolbox.h"

#include <glib/gstdio.h>
#include <string.h>

/* The desk of the scripted dialogues on the real store and the real tools: the same interface as
 * the one in memory (tests/rules/talk-desk.c), so the same files run on both. */

#define LONG_AGO_US G_GINT64_CONSTANT (1577880000000000)   /* [us] 2020-01-01 */
#define HOUR_US ((gint64) 3600 * G_USEC_PER_SEC)

typedef struct {
  char *folder;
  AvaClock *clock;
  AvaStore *store;
  AvaToolbox *toolbox;
  guint strangers;
} Real;

static GHashTable *reals;   /* TalkDesk -> Real */

static Real *
get_real (TalkDesk *self)
{
  return g_hash_table_lookup (reals, self);
}

TalkDesk *
talk_desk_new (AvaSpa *spa)
{
  TalkDesk *self = g_new0 (TalkDesk, 1);
  Real *real = g_new0 (Real, 1);
  g_autofree char *json = NULL;
  g_autoptr (GError) error = NULL;

  if (reals == NULL)
    reals = g_hash_table_new (g_direct_hash, g_direct_equal);
  self->spa = g_object_ref (spa);
  self->customers = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  self->appointments = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  self->keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  real->folder = g_dir_make_tmp ("ava-talk-XXXXXX", NULL);
  real->clock = ava_virtual_clock_new (LONG_AGO_US, FALSE);
  real->store = ava_store_open (real->folder, real->clock, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (g_getenv ("AVA_DEMO_SPA"), &json, NULL, NULL));
  g_assert_true (ava_store_fill_demo (real->store, json, 1, 1, 1, 0, &error));
  real->toolbox = ava_toolbox_new (real->store, real->clock);
  ava_toolbox_set_spa (real->toolbox, spa);
  g_hash_table_insert (reals, self, real);
  return self;
}

static void
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);

    g_unlink (path);
  }
  g_rmdir (folder);
}

static void
forget_fees (TalkDesk *self)
{
  for (guint i = 0; i < self->spa->services->len; i++) {
    AvaService *one = self->spa->services->pdata[i];

    one->cancel_hours = one->cancel_fee_cents = 0;
  }
}

void
talk_desk_free (TalkDesk *self)
{
  Real *real = get_real (self);

  forget_fees (self);
  ava_store_close (real->store);
  g_object_unref (real->toolbox);
  g_object_unref (real->store);
  g_object_unref (real->clock);
  remove_folder (real->folder);
  g_free (real->folder);
  g_hash_table_remove (reals, self);
  g_free (real);
  g_ptr_array_unref (self->customers);
  g_ptr_array_unref (self->appointments);
  g_hash_table_unref (self->keys);
  g_clear_pointer (&self->last, json_object_unref);
  g_free (self->last_message);
  g_object_unref (self->spa);
  g_free (self);
}

char *
talk_desk_write_local (TalkDesk *self,
                       gint64    at_us)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (at_us / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, self->spa->zone);

  return g_date_time_format (local, "%Y-%m-%dT%H:%M:%S%:z");
}

/* Straight into the book, past the rules: what stood there before the call. */
static AvaAppointment *
book (TalkDesk      *self,
      const AvaSlot *slot,
      const char    *name,
      const char    *phone)
{
  AvaActor actor = { .who = "import", .why = "scene" };
  AvaBooking booking = { .slot = slot, .customer_name = name, .phone = phone };
  g_autoptr (GAsyncResult) result = NULL;

  ava_store_book_async (get_real (self)->store, &actor, &booking, NULL, test_result_cb, &result);
  return ava_store_book_finish (get_real (self)->store, test_result_wait (&result), NULL);
}

static AvaSlot
make_slot (const char *service,
           const char *provider,
           const char *room,
           gint64      from_us,
           gint64      to_us)
{
  return (AvaSlot) {
    .service_id = (char *) service, .provider_id = (char *) provider, .room_id = (char *) room,
    .start_us = from_us, .end_us = to_us, .busy_start_us = from_us, .busy_end_us = to_us,
  };
}

JsonObject *
talk_desk_add_customer (TalkDesk   *self,
                        const char *name,
                        const char *phone)
{
  gint64 at_us = LONG_AGO_US - (self->customers->len + 1) * 24 * HOUR_US;
  AvaSlot slot = make_slot ("svc-consult", "prov-ortiz", "room-1", at_us, at_us + HOUR_US / 2);
  g_autoptr (AvaAppointment) appointment = book (self, &slot, name, phone);
  JsonObject *customer = json_object_new ();

  g_assert_nonnull (appointment);
  json_object_set_string_member (customer, "customer_id", appointment->customer_id);
  json_object_set_string_member (customer, "name", name);
  json_object_set_string_member (customer, "phone", phone);
  g_ptr_array_add (self->customers, customer);
  return customer;
}

static AvaService *
find_service (TalkDesk   *self,
              const char *name)
{
  for (guint i = 0; i < self->spa->services->len; i++) {
    AvaService *one = self->spa->services->pdata[i];

    if (g_str_equal (one->name, name))
      return one;
  }
  return NULL;
}

gboolean
talk_desk_set_fee (TalkDesk   *self,
                   const char *service,
                   guint       hours,
                   guint       dollars)
{
  const AvaActor actor = { .who = "staff:desk" };
  AvaService *one = find_service (self, service);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *json = NULL;

  if (one == NULL)
    return FALSE;
  one->cancel_hours = hours;
  one->cancel_fee_cents = dollars * 100;
  json = g_strdup_printf ("[{\"table\":\"services\",\"id\":\"%s\",\"before\":{\"version\":1},"
                          "\"values\":{\"cancel_hours\":%u,\"cancel_fee_cents\":%u}}]", one->id, hours, dollars * 100);
  node = json_from_string (json, NULL);
  ava_store_save_settings_async (get_real (self)->store, &actor, json_node_get_array (node), NULL, test_result_cb, &result);
  return ava_store_save_settings_finish (get_real (self)->store, test_result_wait (&result), NULL);
}

gboolean
talk_desk_bar_customer (TalkDesk   *self,
                        const char *name,
                        const char *why)
{
  const AvaActor actor = { .who = "staff:desk" };

  for (guint i = 0; i < self->customers->len; i++) {
    JsonObject *one = self->customers->pdata[i];
    g_autoptr (JsonObject) values = json_object_new ();
    g_autoptr (GAsyncResult) result = NULL;
    g_autoptr (AvaCustomer) customer = NULL;

    if (!g_str_equal (json_object_get_string_member (one, "name"), name))
      continue;
    json_object_set_string_member (values, "do_not_book", why);
    ava_store_save_customer_async (get_real (self)->store, &actor, json_object_get_string_member (one, "customer_id"), values, NULL,
                                   test_result_cb, &result);
    customer = ava_store_customer_change_finish (get_real (self)->store, test_result_wait (&result), NULL, NULL);
    return customer != NULL;
  }
  return FALSE;
}

static const char *
find_provider (TalkDesk   *self,
               const char *name)
{
  for (guint i = 0; i < self->spa->providers->len; i++) {
    AvaProvider *provider = self->spa->providers->pdata[i];

    if (g_str_equal (provider->name, name))
      return provider->id;
  }
  return NULL;
}

static gboolean
hold (TalkDesk   *self,
      const char *provider,
      const char *room,
      gint64      from_us,
      gint64      to_us)
{
  g_autofree char *call_id = g_strdup_printf ("elsewhere-%u", ++get_real (self)->strangers);
  AvaActor actor = { .who = "system", .call_id = call_id };
  AvaSlot slot = make_slot ("svc-consult", find_provider (self, provider), room, from_us, to_us);
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *id = NULL;

  ava_store_hold_async (get_real (self)->store, &actor, &slot, to_us + 1000 * HOUR_US, NULL, test_result_cb, &result);
  id = ava_store_hold_finish (get_real (self)->store, test_result_wait (&result), NULL);
  return id != NULL;
}

/* Whoever is busy sits in some room as well: the one that is less wanted, if it is free. */
gboolean
talk_desk_add_busy (TalkDesk   *self,
                    const char *provider,
                    gint64      from_us,
                    gint64      to_us)
{
  return hold (self, provider, "room-2", from_us, to_us) || hold (self, provider, "room-1", from_us, to_us);
}

gboolean
talk_desk_add_appointment (TalkDesk   *self,
                           const char *customer,
                           const char *service,
                           const char *provider,
                           gint64      start_us)
{
  AvaSlotQuery query = { .provider_id = find_provider (self, provider), .from_us = start_us, .to_us = start_us, .to_min = 1440 };
  g_autoptr (GPtrArray) busy = g_ptr_array_new ();
  g_autoptr (GPtrArray) slots = NULL;

  for (guint i = 0; i < self->spa->services->len; i++) {
    AvaService *one = self->spa->services->pdata[i];

    if (g_str_equal (one->name, service))
      query.service_id = one->id;
  }
  if (query.service_id == NULL || query.provider_id == NULL)
    return FALSE;
  slots = ava_availability_find (self->spa, busy, &query);
  for (guint i = 0; i < self->customers->len; i++) {
    JsonObject *one = self->customers->pdata[i];

    if (!g_str_equal (json_object_get_string_member (one, "name"), customer))
      continue;
    for (guint j = 0; j < slots->len; j++) {
      g_autoptr (AvaAppointment) made = book (self, slots->pdata[j], customer, json_object_get_string_member (one, "phone"));

      if (made != NULL)
        return TRUE;
    }
  }
  return FALSE;
}

/* Someone else is faster. */
static void
take_slot (TalkDesk    *self,
           AvaToolCall *call)
{
  g_autoptr (AvaSlot) slot = ava_slot_id_parse (json_object_get_string_member_with_default (call->args, "slot_id", ""));
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (AvaAppointment) faster = NULL;
  AvaActor actor = { .who = "ava", .call_id = "call-1" };
  AvaService *service = slot != NULL ? ava_spa_find_service (self->spa, slot->service_id) : NULL;

  self->take_next = FALSE;
  if (service == NULL)
    return;
  slot->busy_start_us = slot->start_us;
  slot->end_us = slot->busy_end_us = slot->start_us + service->active_min * HOUR_US / 60;
  /* The time is held for this call: the hold has to be gone before anyone can be faster. */
  ava_store_release_holds_async (get_real (self)->store, &actor, NULL, test_result_cb, &result);
  ava_store_release_holds_finish (get_real (self)->store, test_result_wait (&result), NULL);
  faster = book (self, slot, "Someone Faster", "+12125550199");
}

static void
keep_last (TalkDesk    *self,
           AvaToolCall *call)
{
  static const char *const from_args[][2] = {
    { "customer_name", "customer_name" }, { "phone", "phone" }, { "email", "email" }, { "notes", "notes" },
  };
  JsonObject *last = json_object_ref (call->result);

  for (guint i = 0; i < G_N_ELEMENTS (from_args); i++) {
    if (!json_object_has_member (last, from_args[i][0]))
      json_object_set_string_member (last, from_args[i][0],
                                     json_object_get_string_member_with_default (call->args, from_args[i][1], ""));
  }
  g_clear_pointer (&self->last, json_object_unref);
  self->last = last;
}

static void
note_write (TalkDesk    *self,
            AvaToolCall *call)
{
  if (g_str_equal (call->name, "take_message")) {
    g_free (self->last_message);
    self->last_message = g_strdup (json_object_get_string_member_with_default (call->args, "kind", ""));
    return;
  }
  if (g_str_equal (call->name, "book_appointment"))
    self->books++;
  else if (g_str_equal (call->name, "reschedule_appointment"))
    self->moves++;
  else if (g_str_equal (call->name, "cancel_appointment"))
    self->cancels++;
  else
    return;
  keep_last (self, call);
}

void
talk_desk_run (TalkDesk    *self,
               AvaToolCall *call)
{
  Real *real = get_real (self);
  g_autoptr (GAsyncResult) result = NULL;
  gboolean writes = g_str_equal (call->name, "book_appointment") || g_str_equal (call->name, "reschedule_appointment");

  ava_virtual_clock_advance (AVA_VIRTUAL_CLOCK (real->clock), self->now_us - ava_clock_now_us (real->clock));
  if (self->take_next && writes)
    take_slot (self, call);
  if (call->key != NULL)
    self->repeated_keys += !g_hash_table_add (self->keys, g_strdup (call->key));
  ava_toolbox_run_async (real->toolbox, call, "ava", "call-1", NULL, test_result_cb, &result);
  ava_toolbox_run_finish (real->toolbox, test_result_wait (&result), NULL);
  if (ava_tool_call_get_error (call) == NULL)
    note_write (self, call);
}
