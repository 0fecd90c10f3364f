/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "talk-desk.h"

#include "ava-cancel-policy.h"
#include "ava-date-phrase.h"
#include "ava-wall-time.h"

#include <stdio.h>
#include <string.h>

#define DAY_US ((gint64) 24 * 3600 * G_USEC_PER_SEC)
#define SPAN_DAYS 14

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

static void
forget_fees (TalkDesk *self)
{
  for (guint i = 0; i < self->spa->services->len; i++) {
    AvaService *one = self->spa->services->pdata[i];

    one->cancel_hours = one->cancel_fee_cents = 0;
  }
}

TalkDesk *
talk_desk_new (AvaSpa *spa)
{
  TalkDesk *self = g_new0 (TalkDesk, 1);

  self->spa = g_object_ref (spa);
  self->busy = g_ptr_array_new_with_free_func ((GDestroyNotify) ava_busy_free);
  self->slots = g_ptr_array_new_with_free_func ((GDestroyNotify) ava_slot_free);
  self->customers = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  self->appointments = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  self->keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
talk_desk_free (TalkDesk *self)
{
  forget_fees (self);
  g_ptr_array_unref (self->busy);
  g_ptr_array_unref (self->slots);
  g_ptr_array_unref (self->customers);
  g_ptr_array_unref (self->appointments);
  g_hash_table_unref (self->keys);
  g_clear_pointer (&self->last, json_object_unref);
  g_free (self->last_message);
  g_object_unref (self->spa);
  g_free (self);
}

static const char *
text (JsonObject *object,
      const char *member)
{
  return json_object_get_string_member_with_default (object, member, "");
}

static JsonObject *
refuse (const char *code,
        const char *words)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "error", code);
  json_object_set_string_member (object, "message", words);
  return object;
}

char *
talk_desk_write_local (TalkDesk *self,
                       gint64    at_us)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (at_us / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, self->spa->zone);

  return g_date_time_format (local, "%Y-%m-%dT%H:%M:%S%:z");
}

static void
put_slot (TalkDesk      *self,
          const AvaSlot *slot,
          JsonObject    *object)
{
  g_autofree char *id = g_strdup_printf ("slot-%u", self->slots->len);
  g_autofree char *start = talk_desk_write_local (self, slot->start_us);
  g_autofree char *spoken = ava_date_speak_start (slot->start_us, self->spa->zone);
  g_autofree char *spoken_time = ava_date_speak_time (slot->start_us, self->spa->zone);

  /* The same time has the same id, as in the product. */
  for (guint i = 0; i < self->slots->len; i++) {
    AvaSlot *known = self->slots->pdata[i];

    if (known->start_us == slot->start_us && g_str_equal (known->service_id, slot->service_id) &&
        g_str_equal (known->provider_id, slot->provider_id) && g_str_equal (known->room_id, slot->room_id)) {
      g_free (id);
      id = g_strdup_printf ("slot-%u", i);
    }
  }
  if ((guint) g_ascii_strtoull (id + 5, NULL, 10) == self->slots->len)
    g_ptr_array_add (self->slots, ava_slot_copy (slot));
  json_object_set_string_member (object, "slot_id", id);
  json_object_set_string_member (object, "service_id", slot->service_id);
  json_object_set_string_member (object, "service", ava_spa_find_service (self->spa, slot->service_id)->name);
  json_object_set_string_member (object, "provider_id", slot->provider_id);
  json_object_set_string_member (object, "provider", ava_spa_find_provider (self->spa, slot->provider_id)->name);
  json_object_set_string_member (object, "room_id", slot->room_id);
  json_object_set_string_member (object, "start", start);
  json_object_set_int_member (object, "start_us", slot->start_us);
  json_object_set_string_member (object, "spoken", spoken);
  json_object_set_string_member (object, "spoken_time", spoken_time);
}

static AvaSlot *
get_slot (TalkDesk   *self,
          JsonObject *args)
{
  const char *id = text (args, "slot_id");
  guint at = g_str_has_prefix (id, "slot-") ? g_ascii_strtoull (id + 5, NULL, 10) : G_MAXUINT;

  return at < self->slots->len ? self->slots->pdata[at] : NULL;
}

JsonObject *
talk_desk_add_customer (TalkDesk   *self,
                        const char *name,
                        const char *phone)
{
  JsonObject *customer = json_object_new ();
  g_autofree char *id = g_strdup_printf ("cust-%u", self->customers->len);

  json_object_set_string_member (customer, "customer_id", id);
  json_object_set_string_member (customer, "name", name);
  json_object_set_string_member (customer, "phone", phone);
  g_ptr_array_add (self->customers, customer);
  return customer;
}

gboolean
talk_desk_set_fee (TalkDesk   *self,
                   const char *service,
                   guint       hours,
                   guint       dollars)
{
  AvaService *one = find_service (self, service);

  if (one == NULL)
    return FALSE;
  one->cancel_hours = hours;
  one->cancel_fee_cents = dollars * 100;
  return TRUE;
}

gboolean
talk_desk_bar_customer (TalkDesk   *self,
                        const char *name,
                        const char *why)
{
  for (guint i = 0; i < self->customers->len; i++) {
    if (g_str_equal (text (self->customers->pdata[i], "name"), name)) {
      json_object_set_string_member (self->customers->pdata[i], "do_not_book", why);
      return TRUE;
    }
  }
  return FALSE;
}

/* Returns: (nullable): a refusal, when that customer is not to be booked */
static JsonObject *
check_bar (TalkDesk   *self,
           const char *phone,
           const char *name,
           const char *id)
{
  for (guint i = 0; i < self->customers->len; i++) {
    JsonObject *one = self->customers->pdata[i];

    if (json_object_has_member (one, "do_not_book") &&
        (g_strcmp0 (text (one, "customer_id"), id) == 0 ||
         (g_strcmp0 (text (one, "phone"), phone) == 0 && g_ascii_strcasecmp (text (one, "name"), name) == 0)))
      return refuse ("ask_staff", "Our team will call you.");
  }
  return NULL;
}

static void
occupy (TalkDesk      *self,
        const char    *id,
        const AvaSlot *slot)
{
  AvaBusy *busy = ava_busy_new ();

  busy->id = g_strdup (id);
  busy->provider_id = g_strdup (slot->provider_id);
  busy->room_id = g_strdup (slot->room_id);
  busy->start_us = slot->busy_start_us;
  busy->end_us = slot->busy_end_us;
  busy->what = g_strdup ("another appointment");
  g_ptr_array_add (self->busy, busy);
}

static void
release (TalkDesk   *self,
         const char *id)
{
  for (guint i = self->busy->len; i > 0; i--) {
    if (g_strcmp0 (((AvaBusy *) self->busy->pdata[i - 1])->id, id) == 0)
      g_ptr_array_remove_index (self->busy, i - 1);
  }
}

static JsonObject *
add_appointment (TalkDesk      *self,
                 const char    *customer_id,
                 const AvaSlot *slot)
{
  JsonObject *object = json_object_new ();
  g_autofree char *id = g_strdup_printf ("appt-%u", self->appointments->len);

  put_slot (self, slot, object);
  json_object_set_string_member (object, "appointment_id", id);
  json_object_set_string_member (object, "customer_id", customer_id);
  json_object_set_string_member (object, "status", "scheduled");
  g_ptr_array_add (self->appointments, object);
  occupy (self, id, slot);
  return object;
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

gboolean
talk_desk_add_busy (TalkDesk   *self,
                    const char *provider,
                    gint64      from_us,
                    gint64      to_us)
{
  AvaSlot slot = { .provider_id = (char *) find_provider (self, provider), .busy_start_us = from_us, .busy_end_us = to_us };

  if (slot.provider_id == NULL)
    return FALSE;
  occupy (self, "busy", &slot);
  return TRUE;
}

gboolean
talk_desk_add_appointment (TalkDesk   *self,
                           const char *customer,
                           const char *service,
                           const char *provider,
                           gint64      start_us)
{
  const char *service_id = NULL;
  g_autoptr (GPtrArray) found = NULL;
  AvaSlotQuery query = { .provider_id = find_provider (self, provider), .from_us = start_us, .to_us = start_us, .to_min = 1440 };

  for (guint i = 0; i < self->spa->services->len; i++) {
    AvaService *one = self->spa->services->pdata[i];

    if (g_str_equal (one->name, service))
      service_id = one->id;
  }
  query.service_id = service_id;
  if (service_id == NULL || query.provider_id == NULL)
    return FALSE;
  found = ava_availability_find (self->spa, self->busy, &query);
  for (guint i = 0; i < self->customers->len && found->len > 0; i++) {
    if (g_str_equal (text (self->customers->pdata[i], "name"), customer)) {
      add_appointment (self, text (self->customers->pdata[i], "customer_id"), found->pdata[0]);
      return TRUE;
    }
  }
  return FALSE;
}

/* --- tools --- */

static int
read_minute (JsonObject *args,
             const char *member,
             int         otherwise)
{
  int hour;
  int minute;

  return sscanf (text (args, member), "%d:%d", &hour, &minute) == 2 ? hour * 60 + minute : otherwise;
}

static gint64
read_day (TalkDesk   *self,
          const char *words,
          int         minute,
          gint64      otherwise)
{
  int year;
  int month;
  int day;
  GDate date;

  if (sscanf (words, "%d-%d-%d", &year, &month, &day) != 3)
    return otherwise;
  g_date_clear (&date, 1);
  g_date_set_dmy (&date, day, month, year);
  return ava_wall_time_first (&date, minute, self->spa->zone);
}

static void
put_slots (TalkDesk   *self,
           JsonObject *result,
           const char *member,
           GPtrArray  *found)
{
  g_autoptr (GPtrArray) best = ava_availability_spread (found, self->spa->zone, 3);
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < best->len; i++) {
    JsonObject *object = json_object_new ();

    put_slot (self, best->pdata[i], object);
    json_array_add_object_element (array, object);
  }
  json_object_set_array_member (result, member, array);
}

static void
drop_weekdays (TalkDesk  *self,
               GPtrArray *slots,
               guint      weekdays)
{
  for (guint i = slots->len; weekdays != 0 && i-- > 0;) {
    GDate day;

    ava_wall_time_of (((AvaSlot *) slots->pdata[i])->start_us, self->spa->zone, &day);
    if ((weekdays & 1u << g_date_get_weekday (&day)) == 0)
      g_ptr_array_remove_index (slots, i);
  }
}

static JsonObject *
check_availability (TalkDesk   *self,
                    JsonObject *args)
{
  JsonObject *result = json_object_new ();
  AvaSlotQuery query = {
    .service_id = text (args, "service"), .now_us = self->now_us,
    .provider_id = json_object_get_string_member_with_default (args, "provider", NULL),
    .from_us = read_day (self, text (args, "from_date"), 0, self->now_us),
    .to_us = read_day (self, text (args, "to_date"), 1439, self->now_us + SPAN_DAYS * DAY_US),
    .from_min = read_minute (args, "from_time", 0), .to_min = read_minute (args, "to_time", 1439),
  };
  g_autoptr (GPtrArray) busy = g_ptr_array_new ();
  g_autoptr (GPtrArray) found = NULL;

  for (guint i = 0; i < self->busy->len; i++) {
    if (g_strcmp0 (((AvaBusy *) self->busy->pdata[i])->id, text (args, "except_appointment")) != 0)
      g_ptr_array_add (busy, self->busy->pdata[i]);
  }
  found = ava_availability_find (self->spa, busy, &query);
  drop_weekdays (self, found, ava_date_weekdays_read (text (args, "weekdays")));
  json_object_set_boolean_member (result, "matched", found->len > 0);
  if (found->len == 0) {
    query.from_us = MAX (self->now_us, query.from_us);
    query.to_us = query.from_us + SPAN_DAYS * DAY_US;
    query.from_min = 0;
    query.to_min = 1440;
    query.limit = 3;
    g_ptr_array_unref (found);
    found = ava_availability_find (self->spa, busy, &query);
  }
  put_slots (self, result, "slots", found);
  return result;
}

static gint64
get_fee (TalkDesk   *self,
         JsonObject *appointment)
{
  return ava_cancel_policy_fee (ava_spa_find_service (self->spa, text (appointment, "service_id")),
                                json_object_get_int_member (appointment, "start_us"), self->now_us, self->spa->zone, AVA_CANCEL_BY_CUSTOMER);
}

static void
put_fee (JsonObject *object,
         gint64      cents,
         const char *spoken_member)
{
  g_autofree char *spoken = g_strdup_printf ("%d dollars", (int) (cents / 100));

  json_object_set_int_member (object, "cancel_fee_cents", cents);
  json_object_set_string_member (object, spoken_member, spoken);
}

/* Returns: (transfer full): the appointment with what cancelling it costs now */
static JsonObject *
with_fee (TalkDesk   *self,
          JsonObject *appointment)
{
  JsonObject *copy = json_object_new ();
  g_autoptr (GList) names = json_object_get_members (appointment);

  for (GList *item = names; item != NULL; item = item->next)
    json_object_set_member (copy, item->data, json_node_copy (json_object_get_member (appointment, item->data)));
  if (get_fee (self, appointment) > 0)
    put_fee (copy, get_fee (self, appointment), "spoken_cancel_fee");
  return copy;
}

static JsonObject *
find_customer (TalkDesk   *self,
               JsonObject *args)
{
  JsonObject *result = json_object_new ();
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < self->customers->len; i++) {
    JsonObject *customer = self->customers->pdata[i];
    JsonObject *found;
    JsonArray *appointments;

    if (!g_str_equal (text (customer, "phone"), text (args, "phone")))
      continue;
    found = json_object_new ();
    appointments = json_array_new ();
    json_object_set_string_member (found, "customer_id", text (customer, "customer_id"));
    json_object_set_string_member (found, "name", text (customer, "name"));
    json_object_set_string_member (found, "phone", text (customer, "phone"));
    for (guint j = 0; j < self->appointments->len; j++) {
      JsonObject *one = self->appointments->pdata[j];

      if (g_str_equal (text (one, "customer_id"), text (customer, "customer_id")) && g_str_equal (text (one, "status"), "scheduled"))
        json_array_add_object_element (appointments, with_fee (self, one));
    }
    json_object_set_array_member (found, "appointments", appointments);
    json_array_add_object_element (array, found);
  }
  json_object_set_array_member (result, "customers", array);
  return result;
}

/* Returns: (nullable): why the slot cannot be had */
static JsonObject *
check_slot (TalkDesk *self,
            AvaSlot  *slot)
{
  g_autoptr (AvaSlot) open = NULL;
  g_autoptr (GPtrArray) others = NULL;
  JsonObject *refusal;
  AvaSlotQuery query;

  if (slot == NULL)
    return refuse ("invalid", "That is not a time that was offered.");
  if (self->take_next) {
    self->take_next = FALSE;
    occupy (self, "rival", slot);
  }
  open = ava_availability_check (self->spa, self->busy, slot, self->now_us, AVA_SPOKEN, NULL);
  if (open != NULL)
    return NULL;
  refusal = refuse ("taken", "That time has just been taken.");
  query = (AvaSlotQuery) { .service_id = slot->service_id, .provider_id = slot->provider_id, .now_us = self->now_us,
                           .from_us = slot->start_us, .to_us = slot->start_us + SPAN_DAYS * DAY_US, .to_min = 1440, .limit = 3 };
  others = ava_availability_find (self->spa, self->busy, &query);
  put_slots (self, refusal, "alternates", others);
  return refusal;
}

static void
keep_last (TalkDesk   *self,
           JsonObject *appointment)
{
  g_clear_pointer (&self->last, json_object_unref);
  self->last = json_object_ref (appointment);
}

static JsonObject *
book (TalkDesk   *self,
      JsonObject *args)
{
  AvaSlot *slot = get_slot (self, args);
  JsonObject *refusal = check_slot (self, slot);
  JsonObject *customer = NULL;
  JsonObject *appointment;

  if (refusal != NULL)
    return refusal;
  if (*text (args, "customer_name") == '\0' || *text (args, "phone") != '+')
    return refuse ("invalid", "I need a name and a phone number.");
  refusal = check_bar (self, text (args, "phone"), text (args, "customer_name"), NULL);
  if (refusal != NULL)
    return refusal;
  for (guint i = 0; i < self->customers->len; i++) {
    if (g_str_equal (text (self->customers->pdata[i], "phone"), text (args, "phone")) &&
        g_ascii_strcasecmp (text (self->customers->pdata[i], "name"), text (args, "customer_name")) == 0)
      customer = self->customers->pdata[i];
  }
  if (customer == NULL)
    customer = talk_desk_add_customer (self, text (args, "customer_name"), text (args, "phone"));
  appointment = add_appointment (self, text (customer, "customer_id"), slot);
  json_object_set_string_member (appointment, "customer_name", text (args, "customer_name"));
  json_object_set_string_member (appointment, "phone", text (args, "phone"));
  json_object_set_string_member (appointment, "email", text (args, "email"));
  json_object_set_string_member (appointment, "notes", text (args, "notes"));
  keep_last (self, appointment);
  self->books++;
  return json_object_ref (appointment);
}

static JsonObject *
change (TalkDesk   *self,
        JsonObject *args,
        gboolean    move)
{
  AvaSlot *slot = move ? get_slot (self, args) : NULL;
  JsonObject *appointment = NULL;
  JsonObject *refusal;

  for (guint i = 0; i < self->appointments->len; i++) {
    if (g_str_equal (text (self->appointments->pdata[i], "appointment_id"), text (args, "appointment_id")))
      appointment = self->appointments->pdata[i];
  }
  if (appointment == NULL || !g_str_equal (text (appointment, "status"), "scheduled"))
    return refuse ("not_found", "That appointment is no longer there.");
  if (!move && get_fee (self, appointment) > json_object_get_int_member_with_default (args, "accepted_fee_cents", 0)) {
    refusal = refuse ("fee", "That costs something.");
    put_fee (refusal, get_fee (self, appointment), "spoken_cancel_fee");
    return refusal;
  }
  if (!move) {
    if (get_fee (self, appointment) > 0)
      put_fee (appointment, get_fee (self, appointment), "spoken_fee");
    release (self, text (appointment, "appointment_id"));
    json_object_set_string_member (appointment, "status", "cancelled");
    self->cancels++;
  } else {
    refusal = check_bar (self, NULL, "", text (appointment, "customer_id"));
    if (refusal == NULL)
      refusal = check_slot (self, slot);
    if (refusal != NULL)
      return refusal;
    release (self, text (appointment, "appointment_id"));
    put_slot (self, slot, appointment);
    occupy (self, text (appointment, "appointment_id"), slot);
    self->moves++;
  }
  keep_last (self, appointment);
  return json_object_ref (appointment);
}

static JsonObject *
list_services (TalkDesk   *self,
               JsonObject *args)
{
  JsonObject *result = json_object_new ();
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < self->spa->services->len; i++) {
    AvaService *service = self->spa->services->pdata[i];
    JsonObject *object;
    g_autofree char *price = g_strdup_printf ("%d dollars", (int) (service->price_cents / 100));

    if (json_object_has_member (args, "service") && !g_str_equal (text (args, "service"), service->id))
      continue;
    object = json_object_new ();
    json_object_set_string_member (object, "service_id", service->id);
    json_object_set_string_member (object, "name", service->name);
    json_object_set_string_member (object, "spoken_price", price);
    json_object_set_int_member (object, "duration_min", service->active_min);
    json_array_add_object_element (array, object);
  }
  json_object_set_array_member (result, "services", array);
  return result;
}

static JsonObject *
get_hours (TalkDesk   *self,
           JsonObject *args)
{
  JsonObject *result = json_object_new ();

  json_object_set_string_member (result, "spoken", json_object_has_member (args, "when") ? "We are open that day from 10 AM to 4 PM." :
                                                                                         "We are open from 9 AM to 7 PM.");
  return result;
}

static JsonObject *
write_once (TalkDesk    *self,
            AvaToolCall *call)
{
  gboolean taken = FALSE;
  JsonObject *refusal;

  g_assert_nonnull (call->key);
  self->repeated_keys += !g_hash_table_add (self->keys, g_strdup (call->key));
  if (g_str_equal (call->name, "book_appointment"))
    return book (self, call->args);
  if (g_str_equal (call->name, "reschedule_appointment"))
    return change (self, call->args, TRUE);
  if (g_str_equal (call->name, "cancel_appointment"))
    return change (self, call->args, FALSE);
  if (g_str_equal (call->name, "hold_slot")) {
    taken = self->take_next;
    self->take_next = FALSE;
    refusal = check_slot (self, get_slot (self, call->args));
    self->take_next = taken;
    return refusal != NULL ? refusal : json_object_new ();
  }
  if (g_str_equal (call->name, "join_waitlist")) {
    JsonObject *answer;

    refusal = check_bar (self, text (call->args, "phone"), text (call->args, "customer_name"), NULL);
    if (refusal != NULL)
      return refusal;
    answer = json_object_new ();
    json_object_set_string_member (answer, "entry_id", "wait-1");
    json_object_set_string_member (answer, "service", ava_spa_find_service (self->spa, text (call->args, "service"))->name);
    g_assert_cmpstr (text (call->args, "customer_name"), !=, "");
    g_assert_cmpstr (text (call->args, "phone"), !=, "");
    return answer;
  }
  g_assert_cmpstr (call->name, ==, "take_message");
  g_free (self->last_message);
  self->last_message = g_strdup (text (call->args, "kind"));
  return json_object_new ();
}

void
talk_desk_run (TalkDesk    *self,
               AvaToolCall *call)
{
  if (g_str_equal (call->name, "check_availability"))
    call->result = check_availability (self, call->args);
  else if (g_str_equal (call->name, "find_customer"))
    call->result = find_customer (self, call->args);
  else if (g_str_equal (call->name, "list_services"))
    call->result = list_services (self, call->args);
  else if (g_str_equal (call->name, "get_hours"))
    call->result = get_hours (self, call->args);
  else
    call->result = write_once (self, call);
}
