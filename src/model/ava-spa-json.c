/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-spa.h"

#include "ava-json-shape.h"

#include <gio/gio.h>
#include <stdio.h>
#include <string.h>

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
    g_array_index (self->hours, AvaHours, self->hours->len - 1).location_id = dup_nullable (hours, "location");
  }
  return TRUE;
}

/* "leave" of a provider, "holidays" of the spa: whole days off. */
static gboolean
read_leave (AvaSpa      *self,
            const char  *owner_id,
            JsonObject  *object,
            const char  *member,
            GError     **error)
{
  JsonArray *array = json_object_has_member (object, member) ? json_object_get_array_member (object, member) : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++) {
    JsonObject *leave = json_array_get_object_element (array, i);
    const char *first = json_object_get_string_member_with_default (leave, "from", "");
    const char *last = json_object_get_string_member_with_default (leave, "to", first);

    if (strlen (first) != 10 || strlen (last) != 10 || strcmp (first, last) > 0) {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "Days off %u of “%s” are not two dates in order", i + 1,
                   owner_id != NULL ? owner_id : "the location");
      return FALSE;
    }
    ava_spa_add_leave (self, owner_id, first, last, json_object_get_string_member_with_default (leave, "reason", ""));
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
  service->prep = dup_nullable (object, "prep");
  service->price_cents = json_object_get_int_member_with_default (object, "price_cents", 0);
  service->pre_min = json_object_get_int_member_with_default (object, "pre_min", 0);
  service->active_min = json_object_get_int_member_with_default (object, "active_min", 30);
  service->processing_min = json_object_get_int_member_with_default (object, "processing_min", 0);
  service->post_min = json_object_get_int_member_with_default (object, "post_min", 0);
  service->licence = dup_nullable (object, "licence");
  service->room_kind = dup_string (object, "room_kind");
  service->device_kind = dup_nullable (object, "device_kind");
  service->group_size = json_object_get_int_member_with_default (object, "group_size", 1);
  service->deposit_cents = json_object_get_int_member_with_default (object, "deposit_cents", 0);
  service->cancel_hours = json_object_get_int_member_with_default (object, "cancel_hours", 0);
  service->cancel_fee_cents = json_object_get_int_member_with_default (object, "cancel_fee_cents", 0);
  service->no_show_fee_cents = json_object_get_int_member_with_default (object, "no_show_fee_cents", 0);
  service->consult_first = json_object_get_boolean_member_with_default (object, "consult_first", FALSE);
  service->consult_valid_days = json_object_get_int_member_with_default (object, "consult_valid_days", 0);
  service->next_visit_days = json_object_get_int_member_with_default (object, "next_visit_days", 0);
  service->rank = json_object_get_int_member_with_default (object, "rank", 0);
  g_ptr_array_add (self->services, service);
}

/* A licence is a name, or a name and its last day. */
static void
read_licences (AvaProvider *provider,
               JsonObject  *object)
{
  JsonArray *array = json_object_has_member (object, "licences") ? json_object_get_array_member (object, "licences") : NULL;
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_autoptr (GStrvBuilder) days = g_strv_builder_new ();

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++) {
    JsonNode *node = json_array_get_element (array, i);
    JsonObject *licence = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

    g_strv_builder_add (names, licence != NULL ? json_object_get_string_member_with_default (licence, "name", "") : json_node_get_string (node));
    g_strv_builder_add (days, licence != NULL ? json_object_get_string_member_with_default (licence, "expires", "") : "");
  }
  provider->licences = g_strv_builder_end (names);
  provider->licence_expiry = g_strv_builder_end (days);
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
  read_licences (provider, object);
  provider->specialties = dup_strings (object, "specialties");
  provider->service_ids = dup_strings (object, "services");
  provider->rank = self->providers->len + 1;
  g_ptr_array_add (self->providers, provider);
  return read_hours (self, provider->id, object, error) && read_leave (self, provider->id, object, "leave", error);
}

static void
read_room (AvaSpa     *self,
           JsonObject *object,
           gboolean    is_device)
{
  AvaRoom *room = ava_room_new ();

  room->id = dup_string (object, "id");
  room->name = dup_string (object, "name");
  room->kinds = dup_strings (object, "kinds");
  room->capacity = json_object_get_int_member_with_default (object, "capacity", 1);
  room->location_id = dup_nullable (object, "location");
  room->is_device = is_device;
  g_ptr_array_add (is_device ? self->devices : self->rooms, room);
}

static void
read_package (AvaSpa     *self,
              JsonObject *object)
{
  AvaPackage *package = ava_package_new ();

  package->id = dup_string (object, "id");
  package->name = dup_string (object, "name");
  package->service_ids = dup_strings (object, "services");
  package->price_cents = json_object_get_int_member_with_default (object, "price_cents", 0);
  package->valid_days = json_object_get_int_member_with_default (object, "valid_days", 0);
  g_ptr_array_add (self->packages, package);
}

static gboolean
read_rule (AvaSpa      *self,
           JsonObject  *object,
           GError     **error)
{
  AvaSafetyRule *rule = ava_safety_rule_new ();

  g_ptr_array_add (self->safety_rules, rule);
  rule->id = dup_string (object, "id");
  rule->name = dup_string (object, "name");
  rule->condition = dup_nullable (object, "condition");
  rule->service_id = dup_nullable (object, "service");
  rule->category = dup_nullable (object, "category");
  rule->other_service_id = dup_nullable (object, "other_service");
  rule->other_category = dup_nullable (object, "other_category");
  rule->days = json_object_get_int_member_with_default (object, "days", 0);
  rule->licence = dup_nullable (object, "licence");
  rule->override_role = ava_staff_role_from_string (json_object_get_string_member_with_default (object, "override", NULL));
  rule->say = dup_string (object, "say");
  rule->approved_by = dup_nullable (object, "approved_by");
  rule->rank = self->safety_rules->len;
  if (ava_safety_kind_from_string (json_object_get_string_member_with_default (object, "kind", NULL), &rule->kind) &&
      ava_safety_action_from_string (json_object_get_string_member_with_default (object, "action", "refuse"), &rule->action))
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "Safety rule “%s” has no known kind and action", rule->id);
  return FALSE;
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

static void
share_location (AvaSpa *self)
{
  AvaLocation *first = ava_location_new ();

  first->id = g_strdup (self->location_id);
  first->name = g_strdup (self->name);
  first->spoken_name = g_strdup (self->spoken_name);
  first->zone_name = g_strdup (self->zone_name);
  first->phone = g_strdup (self->phone);
  first->address = g_strdup (self->address);
  first->directions = g_strdup (self->directions);
  g_ptr_array_add (self->locations, first);
}

/* The locations beside the first one. */
static gboolean
read_other_locations (AvaSpa      *self,
                      JsonObject  *object,
                      GError     **error)
{
  JsonArray *array = json_object_has_member (object, "locations") ? json_object_get_array_member (object, "locations") : NULL;

  share_location (self);
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++) {
    JsonObject *member = json_array_get_object_element (array, i);
    g_autoptr (AvaSpa) other = ava_spa_new ();
    guint first_hours = self->hours->len;

    if (!read_location (other, member, error) || !read_hours (self, NULL, member, error))
      return FALSE;
    for (guint j = first_hours; j < self->hours->len; j++) {
      AvaHours *hours = &g_array_index (self->hours, AvaHours, j);

      g_free (hours->location_id);
      hours->location_id = g_strdup (other->location_id);
    }
    share_location (other);
    g_ptr_array_add (self->locations, g_object_ref (other->locations->pdata[0]));
  }
  return TRUE;
}

/* What a spa may have, beside what it must have. */
static gboolean
read_optional (AvaSpa      *self,
               JsonObject  *object,
               GError     **error)
{
  JsonArray *devices = json_object_has_member (object, "devices") ? json_object_get_array_member (object, "devices") : NULL;
  JsonArray *packages = json_object_has_member (object, "packages") ? json_object_get_array_member (object, "packages") : NULL;
  JsonArray *rules = json_object_has_member (object, "safety_rules") ? json_object_get_array_member (object, "safety_rules") : NULL;

  for (guint i = 0; devices != NULL && i < json_array_get_length (devices); i++)
    read_room (self, json_array_get_object_element (devices, i), TRUE);
  for (guint i = 0; packages != NULL && i < json_array_get_length (packages); i++)
    read_package (self, json_array_get_object_element (packages, i));
  for (guint i = 0; rules != NULL && i < json_array_get_length (rules); i++) {
    if (!read_rule (self, json_array_get_object_element (rules, i), error))
      return FALSE;
  }
  return read_other_locations (self, object, error) && read_leave (self, NULL, object, "holidays", error);
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
    read_room (self, json_array_get_object_element (rooms, i), FALSE);
  for (guint i = 0; i < json_array_get_length (providers); i++) {
    if (!read_provider (self, json_array_get_object_element (providers, i), error))
      return NULL;
  }
  if (!read_optional (self, object, error))
    return NULL;
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
  g_autofree char *text = NULL;
  gsize size;

  if (!g_file_get_contents (path, &text, &size, error))
    return NULL;
  if (ava_json_look (text, size, NULL) != AVA_JSON_SHAPE_FINE) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s is not JSON", path);
    return NULL;
  }
  if (!json_parser_load_from_data (parser, text, size, error))
    return NULL;
  if (!JSON_NODE_HOLDS_OBJECT (json_parser_get_root (parser))) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s does not hold an object", path);
    return NULL;
  }
  return ava_spa_new_from_json (json_node_get_object (json_parser_get_root (parser)), error);
}
