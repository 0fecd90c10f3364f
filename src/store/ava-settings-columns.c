/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-settings-columns.h"

#include <glib/gi18n.h>
#include <string.h>

#define MOST_MINUTES 720     /* of one part of a treatment */

const AvaSettingsColumn ava_settings_columns[] = {
  { "settings", "value", AVA_SETTINGS_TEXT, N_("value") },
  { "locations", "name", AVA_SETTINGS_NAME, N_("name") },
  { "locations", "spoken_name", AVA_SETTINGS_NAME, N_("spoken name") },
  { "locations", "zone", AVA_SETTINGS_ZONE, N_("time zone") },
  { "locations", "currency", AVA_SETTINGS_CURRENCY, N_("currency") },
  { "locations", "phone", AVA_SETTINGS_TEXT, N_("phone") },
  { "locations", "address", AVA_SETTINGS_TEXT, N_("address") },
  { "locations", "directions", AVA_SETTINGS_TEXT, N_("directions") },
  { "locations", "greeting", AVA_SETTINGS_TEXT, N_("greeting") },
  { "locations", "rank", AVA_SETTINGS_COUNT, N_("order"), 0, 100000 },
  { "locations", "archived_us", AVA_SETTINGS_COUNT, N_("archive date"), 0, G_MAXINT64 },
  { "services", "name", AVA_SETTINGS_NAME, N_("name") },
  { "services", "spoken", AVA_SETTINGS_LIST, N_("ways to say it") },
  { "services", "category", AVA_SETTINGS_TEXT, N_("category") },
  { "services", "description", AVA_SETTINGS_TEXT, N_("description") },
  { "services", "prep", AVA_SETTINGS_TEXT, N_("preparation") },
  { "services", "price_cents", AVA_SETTINGS_COUNT, N_("price"), 0, 100000000 },
  { "services", "pre_min", AVA_SETTINGS_COUNT, N_("set-up time"), 0, MOST_MINUTES },
  { "services", "active_min", AVA_SETTINGS_COUNT, N_("treatment time"), 1, MOST_MINUTES },
  { "services", "processing_min", AVA_SETTINGS_COUNT, N_("processing time"), 0, MOST_MINUTES },
  { "services", "post_min", AVA_SETTINGS_COUNT, N_("clean-up time"), 0, MOST_MINUTES },
  { "services", "licence", AVA_SETTINGS_TEXT, N_("licence") },
  { "services", "room_kind", AVA_SETTINGS_TEXT, N_("kind of room") },
  { "services", "device_kind", AVA_SETTINGS_TEXT, N_("kind of device") },
  { "services", "group_size", AVA_SETTINGS_COUNT, N_("size of the group"), 1, 100 },
  { "services", "deposit_cents", AVA_SETTINGS_COUNT, N_("deposit"), 0, 100000000 },
  { "services", "cancel_hours", AVA_SETTINGS_COUNT, N_("time for free cancellation"), 0, 8760 },
  { "services", "cancel_fee_cents", AVA_SETTINGS_COUNT, N_("fee for a late cancellation"), 0, 100000000 },
  { "services", "no_show_fee_cents", AVA_SETTINGS_COUNT, N_("fee for not coming"), 0, 100000000 },
  { "services", "consult_first", AVA_SETTINGS_COUNT, N_("consultation first"), 0, 1 },
  { "services", "consult_valid_days", AVA_SETTINGS_COUNT, N_("validity of a consultation"), 0, 3650 },
  { "services", "next_visit_days", AVA_SETTINGS_COUNT, N_("time until the next visit"), 0, 3650 },
  { "services", "rank", AVA_SETTINGS_COUNT, N_("order"), 0, 100000 },
  { "services", "archived_us", AVA_SETTINGS_COUNT, N_("archive date"), 0, G_MAXINT64 },
  { "providers", "name", AVA_SETTINGS_NAME, N_("name") },
  { "providers", "spoken", AVA_SETTINGS_LIST, N_("ways to say it") },
  { "providers", "title", AVA_SETTINGS_TEXT, N_("title") },
  { "providers", "colour", AVA_SETTINGS_COLOUR, N_("colour") },
  { "providers", "licences", AVA_SETTINGS_LIST, N_("licences") },
  { "providers", "licence_expiry", AVA_SETTINGS_DATES, N_("last days of the licences") },
  { "providers", "specialties", AVA_SETTINGS_LIST, N_("specialties") },
  { "providers", "rank", AVA_SETTINGS_COUNT, N_("order"), 0, 100000 },
  { "providers", "archived_us", AVA_SETTINGS_COUNT, N_("archive date"), 0, G_MAXINT64 },
  { "rooms", "name", AVA_SETTINGS_NAME, N_("name") },
  { "rooms", "location_id", AVA_SETTINGS_REF, N_("location"), .more = "locations" },
  { "rooms", "kinds", AVA_SETTINGS_LIST, N_("kinds") },
  { "rooms", "capacity", AVA_SETTINGS_COUNT, N_("capacity"), 1, 100 },
  { "rooms", "is_device", AVA_SETTINGS_COUNT, N_("whether it is a device"), 0, 1 },
  { "rooms", "archived_us", AVA_SETTINGS_COUNT, N_("archive date"), 0, G_MAXINT64 },
  { "blocks", "room_id", AVA_SETTINGS_REF, N_("room"), .min = 1, .more = "rooms" },
  { "blocks", "start_us", AVA_SETTINGS_COUNT, N_("start"), 1, G_MAXINT64 },
  { "blocks", "end_us", AVA_SETTINGS_COUNT, N_("end"), 1, G_MAXINT64 },
  { "blocks", "reason", AVA_SETTINGS_TEXT, N_("reason") },
  { "blocks", "created_us", AVA_SETTINGS_COUNT, N_("date of the entry"), 0, G_MAXINT64 },
  { "hours", "owner_id", AVA_SETTINGS_REF, N_("provider"), .more = "providers" },
  { "hours", "location_id", AVA_SETTINGS_REF, N_("location"), .more = "locations" },
  { "hours", "weekday", AVA_SETTINGS_COUNT, N_("weekday"), 1, 7 },
  { "hours", "open_min", AVA_SETTINGS_COUNT, N_("opening time"), 0, 1440 },
  { "hours", "close_min", AVA_SETTINGS_COUNT, N_("closing time"), 0, 1440 },
  { "hours_exceptions", "owner_id", AVA_SETTINGS_REF, N_("provider"), .more = "providers" },
  { "hours_exceptions", "location_id", AVA_SETTINGS_REF, N_("location"), .more = "locations" },
  { "hours_exceptions", "date", AVA_SETTINGS_DATE, N_("date") },
  { "hours_exceptions", "last_date", AVA_SETTINGS_DAY, N_("last day") },
  { "hours_exceptions", "open_min", AVA_SETTINGS_COUNT, N_("opening time"), 0, 1440 },
  { "hours_exceptions", "close_min", AVA_SETTINGS_COUNT, N_("closing time"), 0, 1440 },
  { "hours_exceptions", "reason", AVA_SETTINGS_TEXT, N_("reason") },
  { "packages", "name", AVA_SETTINGS_NAME, N_("name") },
  { "packages", "service_ids", AVA_SETTINGS_LIST, N_("visits") },
  { "packages", "price_cents", AVA_SETTINGS_COUNT, N_("price"), 0, 100000000 },
  { "packages", "valid_days", AVA_SETTINGS_COUNT, N_("validity"), 0, 3650 },
  { "packages", "rank", AVA_SETTINGS_COUNT, N_("order"), 0, 100000 },
  { "packages", "archived_us", AVA_SETTINGS_COUNT, N_("archive date"), 0, G_MAXINT64 },
  { "safety_rules", "name", AVA_SETTINGS_NAME, N_("name") },
  { "safety_rules", "kind", AVA_SETTINGS_CHOICE, N_("kind"), .more = "condition|interval|consult|licence" },
  { "safety_rules", "condition", AVA_SETTINGS_PLAIN, N_("condition") },
  { "safety_rules", "service_id", AVA_SETTINGS_REF, N_("service"), .more = "services" },
  { "safety_rules", "category", AVA_SETTINGS_TEXT, N_("category") },
  { "safety_rules", "other_service_id", AVA_SETTINGS_REF, N_("other service"), .more = "services" },
  { "safety_rules", "other_category", AVA_SETTINGS_TEXT, N_("other category") },
  { "safety_rules", "days", AVA_SETTINGS_COUNT, N_("number of days"), 0, 3650 },
  { "safety_rules", "licence", AVA_SETTINGS_TEXT, N_("licence") },
  { "safety_rules", "action", AVA_SETTINGS_CHOICE, N_("action"), .more = "warn|refuse|consult" },
  { "safety_rules", "override_role", AVA_SETTINGS_CHOICE, N_("role that may override"), .more = "none|front-desk|provider|manager|medical-director" },
  { "safety_rules", "say", AVA_SETTINGS_TEXT, N_("sentence") },
  { "safety_rules", "approved_by", AVA_SETTINGS_TEXT, N_("approval") },
  { "safety_rules", "rank", AVA_SETTINGS_COUNT, N_("order"), 0, 100000 },
  { "safety_rules", "archived_us", AVA_SETTINGS_COUNT, N_("archive date"), 0, G_MAXINT64 },
  { "roles", "name", AVA_SETTINGS_NAME, N_("name") },
  { "roles", "acts_as", AVA_SETTINGS_CHOICE, N_("rank"), .more = "none|front-desk|provider|manager|medical-director" },
  { "roles", "rights", AVA_SETTINGS_CHOICES, N_("rights"),
    .more = "override-safety|book-anyway|edit-settings|approve-rules|erase-customers|merge-customers|waive-fees" },
  { "roles", "rank", AVA_SETTINGS_COUNT, N_("order"), 0, 100000 },
  { "roles", "archived_us", AVA_SETTINGS_COUNT, N_("archive date"), 0, G_MAXINT64 },
  { "people", "name", AVA_SETTINGS_NAME, N_("name") },
  { "people", "role_id", AVA_SETTINGS_REF, N_("role"), .min = 1, .more = "roles" },
  { "people", "provider_id", AVA_SETTINGS_REF, N_("provider"), .more = "providers" },
  { "people", "archived_us", AVA_SETTINGS_COUNT, N_("archive date"), 0, G_MAXINT64 },
};

const AvaSettingsTable ava_settings_tables[] = {
  { "settings", N_("setting"), TRUE, "id" },
  { "locations", N_("location"), TRUE, "rank, id" },
  { "services", N_("service"), TRUE, "rank, id" },
  { "providers", N_("provider"), TRUE, "rank, id" },
  { "rooms", N_("room"), TRUE, "id" },
  { "blocks", N_("time out of use"), FALSE, "start_us, id", "provider_id IS NULL" },
  { "hours", N_("opening hours"), FALSE, "id" },
  { "hours_exceptions", N_("other hours"), FALSE, "date, id" },
  { "packages", N_("package"), TRUE, "rank, id" },
  { "safety_rules", N_("safety rule"), TRUE, "rank, id" },
  { "roles", N_("role"), TRUE, "rank, id" },
  { "people", N_("person"), TRUE, "name, id" },
};

const guint ava_settings_n_columns = G_N_ELEMENTS (ava_settings_columns);
const guint ava_settings_n_tables = G_N_ELEMENTS (ava_settings_tables);

int
ava_settings_find_table (const char *name)
{
  for (guint i = 0; i < ava_settings_n_tables; i++) {
    if (g_strcmp0 (ava_settings_tables[i].table, name) == 0)
      return i;
  }
  return -1;
}

int
ava_settings_find_column (const char *table,
                          const char *name)
{
  for (guint i = 0; i < ava_settings_n_columns; i++) {
    if (strcmp (ava_settings_columns[i].table, table) == 0 && strcmp (ava_settings_columns[i].name, name) == 0)
      return i;
  }
  return -1;
}

gboolean
ava_settings_is_array (AvaSettingsKind kind)
{
  return kind == AVA_SETTINGS_LIST || kind == AVA_SETTINGS_DATES || kind == AVA_SETTINGS_CHOICES;
}
