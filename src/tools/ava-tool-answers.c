/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-tool-answers.h"

#include "ava-date-phrase.h"
#include "ava-slot-id.h"

/**
 * ava_tool_refuse:
 * @code: one of those of README.md
 * @format: (nullable): words for the caller
 *
 * Returns: (transfer full): a refusal
 */
JsonObject *
ava_tool_refuse (const char *code,
                 const char *format,
                 ...)
{
  JsonObject *answer = json_object_new ();
  g_autofree char *words = NULL;
  va_list args;

  va_start (args, format);
  words = g_strdup_vprintf (format, args);
  va_end (args);
  json_object_set_string_member (answer, "error", code);
  json_object_set_string_member (answer, "message", words);
  return answer;
}

/**
 * ava_tool_refuse_store:
 *
 * Returns: (transfer full): the refusal that a fault of the store is for the caller
 */
JsonObject *
ava_tool_refuse_store (const GError *error)
{
  if (g_error_matches (error, AVA_STORE_ERROR, AVA_STORE_ERROR_TAKEN))
    return ava_tool_refuse ("taken", "That time has just been taken.");
  if (g_error_matches (error, AVA_STORE_ERROR, AVA_STORE_ERROR_NOT_FOUND))
    return ava_tool_refuse ("not_found", "%s", error->message);
  if (g_error_matches (error, AVA_STORE_ERROR, AVA_STORE_ERROR_INVALID))
    return ava_tool_refuse ("invalid", "%s", error->message);
  if (g_error_matches (error, AVA_STORE_ERROR, AVA_STORE_ERROR_FORBIDDEN))
    return ava_tool_refuse ("invalid", "%s", error->message);
  if (g_error_matches (error, AVA_STORE_ERROR, AVA_STORE_ERROR_UNSAFE))
    return ava_tool_refuse ("unsafe", "%s", error->message);
  if (g_error_matches (error, AVA_STORE_ERROR, AVA_STORE_ERROR_WARNING))
    return ava_tool_refuse ("elsewhere", "%s", error->message);
  if (g_error_matches (error, AVA_STORE_ERROR, AVA_STORE_ERROR_BARRED))
    return ava_tool_refuse ("ask_staff", "I am not able to arrange that myself. I will have someone from our team call you back.");
  g_warning ("Store: code %d", error->code);
  return ava_tool_refuse ("unavailable", "The appointment book cannot be used just now. %s", error->message);
}

/**
 * ava_tool_refuse_run:
 *
 * As ava_tool_refuse_store(), but the staff hear what a caller does not: why a customer is not to be booked.
 *
 * Returns: (transfer full): the refusal
 */
JsonObject *
ava_tool_refuse_run (AvaToolRun   *run,
                     const GError *error)
{
  if (g_error_matches (error, AVA_STORE_ERROR, AVA_STORE_ERROR_BARRED) && g_str_has_prefix (run->who, "staff:"))
    return ava_tool_refuse ("ask_staff", "%s", error->message);
  return ava_tool_refuse_store (error);
}

static char *
write_local (gint64     at_us,
             GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (at_us / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);

  return g_date_time_format (local, "%Y-%m-%dT%H:%M:%S%:z");
}

static void
put_time (AvaSpa     *spa,
          gint64      start_us,
          gint64      end_us,
          JsonObject *object)
{
  g_autofree char *start = write_local (start_us, spa->zone);
  g_autofree char *end = write_local (end_us, spa->zone);
  g_autofree char *spoken = ava_date_speak_start (start_us, spa->zone);
  g_autofree char *spoken_time = ava_date_speak_time (start_us, spa->zone);

  json_object_set_string_member (object, "start", start);
  json_object_set_string_member (object, "end", end);
  json_object_set_int_member (object, "start_us", start_us);
  json_object_set_string_member (object, "spoken", spoken);
  json_object_set_string_member (object, "spoken_time", spoken_time);
}

static void
put_names (AvaSpa     *spa,
           const char *service_id,
           const char *provider_id,
           const char *room_id,
           JsonObject *object)
{
  AvaService *service = ava_spa_find_service (spa, service_id);
  AvaProvider *provider = ava_spa_find_provider (spa, provider_id);
  const char *location = ava_spa_name_of (spa, ava_spa_place_of (spa, room_id));

  json_object_set_string_member (object, "service_id", service_id);
  json_object_set_string_member (object, "service", service != NULL ? service->name : "");
  json_object_set_string_member (object, "provider_id", provider_id);
  json_object_set_string_member (object, "provider", provider != NULL ? provider->name : "");
  json_object_set_string_member (object, "room_id", room_id);
  if (location != NULL)
    json_object_set_string_member (object, "location", location);
}

/**
 * ava_tool_put_slot:
 *
 * Puts the members of a slot into @object.
 */
void
ava_tool_put_slot (AvaSpa        *spa,
                   const AvaSlot *slot,
                   JsonObject    *object)
{
  g_autofree char *id = ava_slot_id_new (slot);

  json_object_set_string_member (object, "slot_id", id);
  put_names (spa, slot->service_id, slot->provider_id, slot->room_id, object);
  put_time (spa, slot->start_us, slot->end_us, object);
}

/**
 * ava_tool_write_slots:
 * @slots: (element-type AvaSlot):
 *
 * Returns: (transfer full): an array of slots
 */
JsonArray *
ava_tool_write_slots (AvaSpa    *spa,
                      GPtrArray *slots)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < slots->len; i++) {
    JsonObject *object = json_object_new ();

    ava_tool_put_slot (spa, slots->pdata[i], object);
    json_array_add_object_element (array, object);
  }
  return array;
}

/**
 * ava_tool_write_appointment:
 *
 * Returns: (transfer full): one of a customer's appointments
 */
JsonObject *
ava_tool_write_appointment (AvaSpa         *spa,
                            AvaAppointment *appointment)
{
  JsonObject *object = json_object_new ();
  g_autoptr (AvaSpa) here = ava_spa_see (spa, appointment->location_id);

  json_object_set_string_member (object, "appointment_id", appointment->id);
  put_names (spa, appointment->service_id, appointment->provider_id, appointment->room_id, object);
  put_time (here, appointment->start_us, appointment->end_us, object);
  if (appointment->location_id != NULL)
    json_object_set_string_member (object, "location_id", appointment->location_id);
  json_object_set_string_member (object, "status", ava_appointment_status_to_string (appointment->status));
  return object;
}

/**
 * ava_tool_write_booking:
 *
 * Returns: (transfer full): what booking and moving answer
 */
JsonObject *
ava_tool_write_booking (AvaSpa         *spa,
                        AvaAppointment *appointment)
{
  JsonObject *object = ava_tool_write_appointment (spa, appointment);
  g_autofree char *price = ava_tool_speak_price (appointment->price_cents, spa->currency);
  AvaSlot slot = {
    .service_id = appointment->service_id, .provider_id = appointment->provider_id,
    .room_id = appointment->room_id, .start_us = appointment->start_us,
  };
  g_autofree char *slot_id = ava_slot_id_new (&slot);

  json_object_set_string_member (object, "slot_id", slot_id);
  json_object_set_string_member (object, "customer_id", appointment->customer_id);
  json_object_set_int_member (object, "price_cents", appointment->price_cents);
  json_object_set_string_member (object, "spoken_price", price);
  return object;
}

/**
 * ava_tool_speak_price:
 * @currency: ISO 4217
 *
 * Returns: (transfer full): "360 dollars", "145 dollars and 50 cents", "no charge"
 */
char *
ava_tool_speak_price (gint64      cents,
                      const char *currency)
{
  gboolean dollars = g_strcmp0 (currency, "USD") == 0 || g_strcmp0 (currency, "CAD") == 0 || g_strcmp0 (currency, "AUD") == 0;
  gboolean euros = g_strcmp0 (currency, "EUR") == 0;
  const char *unit = dollars ? "dollar" : euros ? "euro" : currency;
  const char *plural = dollars || euros ? "s" : "";
  gint64 whole = cents / 100;
  gint64 rest = cents % 100;

  if (cents <= 0)
    return g_strdup ("no charge");
  if (rest == 0)
    return g_strdup_printf ("%" G_GINT64_FORMAT " %s%s", whole, unit, whole == 1 ? "" : plural);
  return g_strdup_printf ("%" G_GINT64_FORMAT " %s%s and %" G_GINT64_FORMAT " cent%s", whole, unit,
                          whole == 1 ? "" : plural, rest, rest == 1 ? "" : "s");
}
