/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-spa.h"

#include <gio/gio.h>
#include <stdio.h>

/* Reads an AvaSpa from the JSON form that data/demo/spa.json shows. */

static char *
dup_string (JsonObject *object,
            const char *member)
{
  return g_strdup (json_object_get_string_member_with_default (object, member, ""));
}

static char *
dup_nullable (JsonObject *object,
              const char *member)
{
  return g_strdup (json_object_get_string_member_with_default (object, member, NULL));
}

static GStrv
dup_strings (JsonObject *object,
             const char *member)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  if (json_object_has_member (object, member)) {
    JsonArray *array = json_object_get_array_member (object, member);

    for (guint i = 0; i < json_array_get_length (array); i++)
      g_strv_builder_add (builder, json_array_get_string_element (array, i));
  }
  return g_strv_builder_end (builder);
}

static int
parse_minutes (const char *text)
{
  int hour = 0;
  int minute = 0;

  if (text == NULL || sscanf (text, "%2d:%2d", &hour, &minute) != 2)
    return -1;
  return hour * 60 + minute;
}

static gboolean
read_hours (AvaSpa      *self,
            const char  *owner_id,
            JsonObject  *object,
            GError     **error)
{
  JsonArray *array;

  if (!json_object_has_member (object, "hours"))
    return TRUE;
  array = json_object_get_array_member (object, "hours");
  for (guint i = 0; i < json_array_get_length (array); i++) {
    JsonObject *hours = json_array_get_object_element (array, i);
    int weekday = json_object_get_int_member_with_default (hours, "day", 0);
    int open_min = parse_minutes (json_object_get_string_member_with_default (hours, "open", NULL));
    int close_min = parse_minutes (json_object_get_string_member_with_default (hours, "close", NULL));

    if (weekday < 1 || weekday > 7 || open_min < 0 || close_min <= open_min || close_min > 1440) {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                   "Opening hours %u of “%s” are not a day and two times", i + 1,
                   owner_id != NULL ? owner_id : "the location");
      return FALSE;
    }
    ava_spa_add_hours (self, owner_id, weekday, open_min, close_min);
  }
  return TRUE;
}

static void
read_service (AvaSpa     *self,
              JsonObject *object)
{
  AvaService *service = ava_service_new ();

  service->id = dup_string (object, "id");
  service->name = dup_string (object, "name");
  service->spoken = dup_strings (object, "spoken");
  service->category = dup_string (object, "category");
  service->description = dup_string (object, "description");
  service->price_cents = json_object_get_int_member_with_default (object, "price_cents", 0);
  service->pre_min = json_object_get_int_member_with_default (object, "pre_min", 0);
  service->active_min = json_object_get_int_member_with_default (object, "active_min", 30);
  service->processing_min = json_object_get_int_member_with_default (object, "processing_min", 0);
  service->post_min = json_object_get_int_member_with_default (object, "post_min", 0);
  service->licence = dup_nullable (object, "licence");
  service->room_kind = dup_string (object, "room_kind");
  service->consult_first = json_object_get_boolean_member_with_default (object, "consult_first", FALSE);
  service->consult_valid_days = json_object_get_int_member_with_default (object, "consult_valid_days", 0);
  service->rank = json_object_get_int_member_with_default (object, "rank", 0);
  g_ptr_array_add (self->services, service);
}

static gboolean
read_provider (AvaSpa      *self,
               JsonObject  *object,
               GError     **error)
{
  AvaProvider *provider = ava_provider_new ();

  provider->id = dup_string (object, "id");
  provider->name = dup_string (object, "name");
  provider->spoken = dup_strings (object, "spoken");
  provider->title = dup_string (object, "title");
  provider->colour = dup_string (object, "colour");
  provider->licences = dup_strings (object, "licences");
  provider->service_ids = dup_strings (object, "services");
  provider->rank = self->providers->len + 1;
  g_ptr_array_add (self->providers, provider);
  return read_hours (self, provider->id, object, error);
}

static void
read_room (AvaSpa     *self,
           JsonObject *object)
{
  AvaRoom *room = ava_room_new ();

  room->id = dup_string (object, "id");
  room->name = dup_string (object, "name");
  room->kinds = dup_strings (object, "kinds");
  room->capacity = json_object_get_int_member_with_default (object, "capacity", 1);
  g_ptr_array_add (self->rooms, room);
}

static gboolean
read_location (AvaSpa      *self,
               JsonObject  *object,
               GError     **error)
{
  const char *zone = json_object_get_string_member_with_default (object, "zone", "UTC");

  if (!ava_spa_set_zone (self, zone)) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "Unknown time zone “%s”", zone);
    return FALSE;
  }
  self->location_id = dup_string (object, "id");
  self->name = dup_string (object, "name");
  self->spoken_name = dup_string (object, "spoken_name");
  self->currency = dup_string (object, "currency");
  self->phone = dup_string (object, "phone");
  self->address = dup_string (object, "address");
  self->directions = dup_string (object, "directions");
  return TRUE;
}

/**
 * ava_spa_new_from_json:
 * @object: as in data/demo/spa.json
 *
 * Returns: (transfer full) (nullable): the spa, or %NULL with @error set (G_IO_ERROR_INVALID_DATA)
 */
AvaSpa *
ava_spa_new_from_json (JsonObject  *object,
                       GError     **error)
{
  g_autoptr (AvaSpa) self = ava_spa_new ();
  JsonArray *services;
  JsonArray *providers;
  JsonArray *rooms;

  if (!json_object_has_member (object, "location") || !json_object_has_member (object, "services") ||
      !json_object_has_member (object, "providers") || !json_object_has_member (object, "rooms")) {
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                         "A spa needs a location, services, providers and rooms");
    return NULL;
  }
  services = json_object_get_array_member (object, "services");
  providers = json_object_get_array_member (object, "providers");
  rooms = json_object_get_array_member (object, "rooms");

  if (!read_location (self, json_object_get_object_member (object, "location"), error) ||
      !read_hours (self, NULL, object, error))
    return NULL;
  self->greeting = dup_string (object, "greeting");
  for (guint i = 0; i < json_array_get_length (services); i++)
    read_service (self, json_array_get_object_element (services, i));
  for (guint i = 0; i < json_array_get_length (rooms); i++)
    read_room (self, json_array_get_object_element (rooms, i));
  for (guint i = 0; i < json_array_get_length (providers); i++) {
    if (!read_provider (self, json_array_get_object_element (providers, i), error))
      return NULL;
  }
  return g_steal_pointer (&self);
}

/**
 * ava_spa_load:
 * @path: a file in the form of data/demo/spa.json
 *
 * Blocks on the file: for start-up, tests and tools.
 *
 * Returns: (transfer full) (nullable): the spa, or %NULL with @error set
 */
AvaSpa *
ava_spa_load (const char  *path,
              GError     **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();

  if (!json_parser_load_from_file (parser, path, error))
    return NULL;
  if (!JSON_NODE_HOLDS_OBJECT (json_parser_get_root (parser))) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s does not hold an object", path);
    return NULL;
  }
  return ava_spa_new_from_json (json_node_get_object (json_parser_get_root (parser)), error);
}
