/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-spa-table.h"

#include "ava-id.h"

#include <glib/gi18n.h>

/* The settings of the spa: location, catalogue, people, rooms, hours. */

typedef gboolean (*ReadFunc) (AvaSpa *spa, AvaRow *row);

static GStrv
read_list (AvaRow *row,
           int     column)
{
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  g_autoptr (JsonNode) node = json_from_string (ava_row_text (row, column), NULL);

  if (node != NULL && JSON_NODE_HOLDS_ARRAY (node)) {
    JsonArray *array = json_node_get_array (node);

    for (guint i = 0; i < json_array_get_length (array); i++)
      g_strv_builder_add (words, json_array_get_string_element (array, i));
  }
  return g_strv_builder_end (words);
}

static char *
print_list (GStrv words)
{
  g_autoptr (JsonArray) array = json_array_new ();
  g_autoptr (JsonNode) node = NULL;

  for (guint i = 0; words != NULL && words[i] != NULL; i++)
    json_array_add_string_element (array, words[i]);
  node = json_node_init_array (json_node_alloc (), array);
  return json_to_string (node, FALSE);
}

static gboolean
read_location (AvaSpa *spa,
               AvaRow *row)
{
  spa->location_id = ava_row_dup (row, 0);
  spa->name = ava_row_dup (row, 1);
  spa->spoken_name = ava_row_dup (row, 2);
  spa->currency = ava_row_dup (row, 4);
  spa->phone = ava_row_dup (row, 5);
  spa->address = ava_row_dup (row, 6);
  spa->directions = ava_row_dup (row, 7);
  spa->greeting = ava_row_dup (row, 8);
  return ava_spa_set_zone (spa, ava_row_text (row, 3));
}

static gboolean
read_service (AvaSpa *spa,
              AvaRow *row)
{
  AvaService *service = ava_service_new ();

  service->id = ava_row_dup (row, 0);
  service->name = ava_row_dup (row, 1);
  service->spoken = read_list (row, 2);
  service->category = ava_row_dup (row, 3);
  service->description = ava_row_dup (row, 4);
  service->price_cents = ava_row_int (row, 5);
  service->pre_min = ava_row_int (row, 6);
  service->active_min = ava_row_int (row, 7);
  service->processing_min = ava_row_int (row, 8);
  service->post_min = ava_row_int (row, 9);
  service->licence = ava_row_dup (row, 10);
  service->room_kind = ava_row_dup (row, 11);
  service->consult_first = ava_row_int (row, 12) != 0;
  service->consult_valid_days = ava_row_int (row, 13);
  service->rank = ava_row_int (row, 14);
  service->archived = ava_row_int (row, 15) != 0;
  service->device_kind = ava_row_dup (row, 16);
  service->group_size = ava_row_int (row, 17);
  service->deposit_cents = ava_row_int (row, 18);
  service->cancel_hours = ava_row_int (row, 19);
  service->cancel_fee_cents = ava_row_int (row, 20);
  service->no_show_fee_cents = ava_row_int (row, 21);
  service->prep = ava_row_dup (row, 22);
  service->next_visit_days = ava_row_int (row, 23);
  g_ptr_array_add (spa->services, service);
  return TRUE;
}

static gboolean
read_provider (AvaSpa *spa,
               AvaRow *row)
{
  AvaProvider *provider = ava_provider_new ();

  provider->id = ava_row_dup (row, 0);
  provider->name = ava_row_dup (row, 1);
  provider->spoken = read_list (row, 2);
  provider->title = ava_row_dup (row, 3);
  provider->colour = ava_row_dup (row, 4);
  provider->licences = read_list (row, 5);
  provider->rank = ava_row_int (row, 6);
  provider->archived = ava_row_int (row, 7) != 0;
  provider->service_ids = read_list (row, 8);
  provider->licence_expiry = read_list (row, 9);
  provider->specialties = read_list (row, 10);
  g_ptr_array_add (spa->providers, provider);
  return TRUE;
}

static gboolean
read_room (AvaSpa *spa,
           AvaRow *row)
{
  AvaRoom *room = ava_room_new ();

  room->id = ava_row_dup (row, 0);
  room->name = ava_row_dup (row, 1);
  room->kinds = read_list (row, 2);
  room->capacity = ava_row_int (row, 3);
  room->archived = ava_row_int (row, 4) != 0;
  room->location_id = ava_row_dup (row, 5);
  room->is_device = ava_row_int (row, 6) != 0;
  g_ptr_array_add (room->is_device ? spa->devices : spa->rooms, room);
  return TRUE;
}

static gboolean
read_place (AvaSpa *spa,
            AvaRow *row)
{
  AvaLocation *location = ava_location_new ();

  location->id = ava_row_dup (row, 0);
  location->name = ava_row_dup (row, 1);
  location->spoken_name = ava_row_dup (row, 2);
  location->zone_name = ava_row_dup (row, 3);
  location->phone = ava_row_dup (row, 4);
  location->address = ava_row_dup (row, 5);
  location->directions = ava_row_dup (row, 6);
  g_ptr_array_add (spa->locations, location);
  return TRUE;
}

static gboolean
read_package (AvaSpa *spa,
              AvaRow *row)
{
  AvaPackage *package = ava_package_new ();

  package->id = ava_row_dup (row, 0);
  package->name = ava_row_dup (row, 1);
  package->service_ids = read_list (row, 2);
  package->price_cents = ava_row_int (row, 3);
  package->valid_days = ava_row_int (row, 4);
  g_ptr_array_add (spa->packages, package);
  return TRUE;
}

/* A kind or an action of a newer version refuses rather than being passed over. */
static gboolean
read_rule (AvaSpa *spa,
           AvaRow *row)
{
  AvaSafetyRule *rule = ava_safety_rule_new ();

  rule->kind = G_MAXINT;
  rule->action = AVA_SAFETY_REFUSE;
  rule->id = ava_row_dup (row, 0);
  rule->name = ava_row_dup (row, 1);
  ava_safety_kind_from_string (ava_row_text (row, 2), &rule->kind);
  rule->condition = ava_row_dup (row, 3);
  rule->service_id = ava_row_dup (row, 4);
  rule->category = ava_row_dup (row, 5);
  rule->other_service_id = ava_row_dup (row, 6);
  rule->other_category = ava_row_dup (row, 7);
  rule->days = ava_row_int (row, 8);
  rule->licence = ava_row_dup (row, 9);
  ava_safety_action_from_string (ava_row_text (row, 10), &rule->action);
  rule->override_role = ava_staff_role_from_string (ava_row_text (row, 11));
  rule->say = ava_row_dup (row, 12);
  rule->approved_by = ava_row_dup (row, 13);
  rule->rank = ava_row_int (row, 14);
  g_ptr_array_add (spa->safety_rules, rule);
  return TRUE;
}

static gboolean
read_hours (AvaSpa *spa,
            AvaRow *row)
{
  ava_spa_add_hours (spa, ava_row_text (row, 0), ava_row_int (row, 1), ava_row_int (row, 2),
                     ava_row_int (row, 3));
  g_array_index (spa->hours, AvaHours, spa->hours->len - 1).location_id = ava_row_dup (row, 4);
  return TRUE;
}

static gboolean
read_exception (AvaSpa *spa,
                AvaRow *row)
{
  ava_spa_add_exception (spa, ava_row_text (row, 0), ava_row_text (row, 1), ava_row_int (row, 2),
                         ava_row_int (row, 3), ava_row_text (row, 4));
  g_array_index (spa->exceptions, AvaHoursException, spa->exceptions->len - 1).last_date = ava_row_dup (row, 5);
  g_array_index (spa->exceptions, AvaHoursException, spa->exceptions->len - 1).location_id = ava_row_dup (row, 6);
  return TRUE;
}

static gboolean
read_block (AvaSpa *spa,
            AvaRow *row)
{
  AvaBusy *block = ava_busy_new ();

  block->id = ava_row_dup (row, 0);
  block->room_id = ava_row_int (row, 4) != 0 ? NULL : ava_row_dup (row, 1);
  block->device_id = ava_row_int (row, 4) != 0 ? ava_row_dup (row, 1) : NULL;
  block->start_us = ava_row_int (row, 2);
  block->end_us = ava_row_int (row, 3);
  block->what = ava_row_dup (row, 5);
  block->is_block = TRUE;
  g_ptr_array_add (spa->room_blocks, block);
  return TRUE;
}

static gboolean
read_role (AvaSpa *spa,
           AvaRow *row)
{
  AvaPersonRole *role = g_new0 (AvaPersonRole, 1);
  g_auto (GStrv) rights = read_list (row, 3);

  role->id = ava_row_dup (row, 0);
  role->name = ava_row_dup (row, 1);
  role->acts_as = ava_staff_role_from_string (ava_row_text (row, 2));
  for (guint i = 0; rights[i] != NULL; i++)
    role->rights |= ava_staff_right_from_string (rights[i]);
  g_ptr_array_add (spa->roles, role);
  return TRUE;
}

static gboolean
read_person (AvaSpa *spa,
             AvaRow *row)
{
  AvaPerson *person = g_new0 (AvaPerson, 1);

  person->id = ava_row_dup (row, 0);
  person->name = ava_row_dup (row, 1);
  person->role_id = ava_row_dup (row, 2);
  person->provider_id = ava_row_dup (row, 3);
  g_ptr_array_add (spa->people, person);
  return TRUE;
}

static gboolean
read_persona (AvaSpa *spa,
              AvaRow *row)
{
  g_free (spa->persona);
  spa->persona = ava_row_dup (row, 0);
  return TRUE;
}

static const struct { const char *sql; ReadFunc read; } reads[] = {
  { "SELECT id, name, spoken_name, zone, currency, phone, address, directions, greeting"
    " FROM locations WHERE archived_us = 0 ORDER BY rank, id LIMIT 1", read_location },
  { "SELECT id, name, spoken, category, description, price_cents, pre_min, active_min, processing_min,"
    " post_min, licence, room_kind, consult_first, consult_valid_days, rank, archived_us,"
    " device_kind, group_size, deposit_cents, cancel_hours, cancel_fee_cents, no_show_fee_cents, prep, next_visit_days"
    " FROM services ORDER BY rank, id", read_service },
  { "SELECT id, name, spoken, title, colour, licences, rank, archived_us,"
    " (SELECT json_group_array (service_id) FROM (SELECT service_id FROM provider_services ps"
    "  JOIN services s ON s.id = ps.service_id WHERE ps.provider_id = p.id ORDER BY s.rank, s.id)),"
    " licence_expiry, specialties"
    " FROM providers p ORDER BY rank, id", read_provider },
  { "SELECT id, name, kinds, capacity, archived_us, location_id, is_device FROM rooms ORDER BY id", read_room },
  { "SELECT id, name, spoken_name, zone, phone, address, directions FROM locations WHERE archived_us = 0"
    " ORDER BY rank, id", read_place },
  { "SELECT id, name, service_ids, price_cents, valid_days FROM packages WHERE archived_us = 0 ORDER BY rank, id", read_package },
  { "SELECT id, name, kind, condition, service_id, category, other_service_id, other_category, days, licence,"
    " action, override_role, say, approved_by, rank FROM safety_rules WHERE archived_us = 0 ORDER BY rank, id", read_rule },
  { "SELECT owner_id, weekday, open_min, close_min, location_id FROM hours ORDER BY id", read_hours },
  { "SELECT owner_id, date, open_min, close_min, reason, last_date, location_id FROM hours_exceptions ORDER BY date, id",
    read_exception },
  { "SELECT b.id, b.room_id, b.start_us, b.end_us, r.is_device, coalesce (b.reason, '') FROM blocks b"
    " JOIN rooms r ON r.id = b.room_id WHERE b.provider_id IS NULL ORDER BY b.start_us, b.id", read_block },
  { "SELECT id, name, acts_as, rights FROM roles WHERE archived_us = 0 ORDER BY rank, id", read_role },
  { "SELECT id, name, role_id, provider_id FROM people WHERE archived_us = 0 ORDER BY name, id", read_person },
  { "SELECT value FROM settings WHERE id = 'persona'", read_persona },
};

/* A profile that nobody has set up yet: a spa without services, in the zone of this machine. */
static void
fill_blank (AvaSpa *spa)
{
  g_autoptr (GTimeZone) here = g_time_zone_new_local ();

  spa->location_id = g_strdup ("loc-main");
  spa->name = g_strdup ("My spa");
  spa->spoken_name = g_strdup ("My spa");
  spa->currency = g_strdup ("USD");
  spa->phone = g_strdup ("");
  spa->address = g_strdup ("");
  spa->directions = g_strdup ("");
  spa->greeting = g_strdup ("Thank you for calling. This is Ava. How can I help you today?");
  if (!ava_spa_set_zone (spa, g_time_zone_get_identifier (here)))
    ava_spa_set_zone (spa, "UTC");
}

/* Returns: (transfer full) (nullable): the spa as the tables say, also within a transaction */
AvaSpa *
ava_spa_table_load (AvaStore  *self,
                    GError   **error)
{
  AvaSqlite *db = self->worker.db;
  g_autoptr (AvaSpa) spa = ava_spa_new ();
  g_autoptr (GError) local_error = NULL;

  g_assert (self->thread == g_thread_self ());

  for (guint i = 0; i < G_N_ELEMENTS (reads); i++) {
    AvaRow *row = ava_sqlite_query (db, error, reads[i].sql, "");
    gboolean fine = TRUE;

    if (row == NULL)
      return NULL;
    while (ava_row_next (row, &local_error))
      fine = reads[i].read (spa, row) && fine;
    if (local_error != NULL) {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
    if (!fine) {
      g_set_error_literal (error, AVA_STORE_ERROR, AVA_STORE_ERROR_INVALID,
                           _("This computer does not know the time zone of the spa. Choose another "
                             "one in the settings."));
      return NULL;
    }
  }
  if (spa->location_id == NULL)
    fill_blank (spa);
  return g_steal_pointer (&spa);
}

static gpointer
load_spa (AvaStore      *self,
          AvaSqlite     *db,
          AvaStoreArgs  *args,
          GError       **error)
{
  return ava_spa_table_load (self, error);
}

/* --- Writing a whole spa into an empty profile ------------------------------------------------ */

static gboolean
insert_service (AvaSqlite   *db,
                AvaService  *service,
                GError     **error)
{
  g_autofree char *spoken = print_list (service->spoken);

  return ava_sqlite_run (db, error,
                         "INSERT INTO services (id, name, spoken, category, description, price_cents,"
                         " pre_min, active_min, processing_min, post_min, licence, room_kind,"
                         " consult_first, consult_valid_days, rank, device_kind, group_size, deposit_cents,"
                         " cancel_hours, cancel_fee_cents, no_show_fee_cents, prep, next_visit_days)"
                         " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", "sssssiiiiissiiisiiiiisi",
                         service->id, service->name, spoken, service->category, service->description,
                         service->price_cents, (gint64) service->pre_min, (gint64) service->active_min,
                         (gint64) service->processing_min, (gint64) service->post_min, service->licence,
                         service->room_kind, (gint64) service->consult_first,
                         (gint64) service->consult_valid_days, (gint64) service->rank, service->device_kind,
                         (gint64) service->group_size, service->deposit_cents, (gint64) service->cancel_hours,
                         service->cancel_fee_cents, service->no_show_fee_cents, service->prep, (gint64) service->next_visit_days);
}

static gboolean
insert_provider (AvaSqlite    *db,
                 AvaProvider  *provider,
                 GError      **error)
{
  g_autofree char *spoken = print_list (provider->spoken);
  g_autofree char *licences = print_list (provider->licences);
  g_autofree char *expiry = print_list (provider->licence_expiry);
  g_autofree char *specialties = print_list (provider->specialties);

  if (!ava_sqlite_run (db, error,
                       "INSERT INTO providers (id, name, spoken, title, colour, licences, rank, licence_expiry,"
                       " specialties) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", "ssssssiss", provider->id, provider->name, spoken,
                       provider->title, provider->colour, licences, (gint64) provider->rank, expiry, specialties))
    return FALSE;
  for (guint i = 0; provider->service_ids != NULL && provider->service_ids[i] != NULL; i++) {
    if (!ava_sqlite_run (db, error, "INSERT INTO provider_services VALUES (?, ?)", "ss", provider->id,
                         provider->service_ids[i]))
      return FALSE;
  }
  return TRUE;
}

static gboolean
insert_room (AvaSqlite  *db,
             AvaSpa     *spa,
             AvaRoom    *room,
             GError    **error)
{
  g_autofree char *kinds = print_list (room->kinds);

  return ava_sqlite_run (db, error,
                         "INSERT INTO rooms (id, location_id, name, kinds, capacity, is_device)"
                         " VALUES (?, ?, ?, ?, ?, ?)", "ssssii", room->id,
                         room->location_id != NULL ? room->location_id : spa->location_id, room->name,
                         kinds, (gint64) room->capacity, (gint64) room->is_device);
}

/* A break or another location: the id needs a number. */
static gboolean
has_row_before (AvaSpa *spa,
                guint   at)
{
  AvaHours *hours = &g_array_index (spa->hours, AvaHours, at);

  for (guint i = 0; i < at; i++) {
    AvaHours *other = &g_array_index (spa->hours, AvaHours, i);

    if (other->weekday == hours->weekday && g_strcmp0 (other->owner_id, hours->owner_id) == 0)
      return TRUE;
  }
  return FALSE;
}

static gboolean
insert_hours (AvaSqlite  *db,
              AvaSpa     *spa,
              GError    **error)
{
  for (guint i = 0; i < spa->hours->len; i++) {
    AvaHours *hours = &g_array_index (spa->hours, AvaHours, i);
    g_autofree char *day = g_strdup_printf ("%s-day-%d", hours->owner_id != NULL ? hours->owner_id : spa->location_id,
                                            hours->weekday);
    g_autofree char *id = has_row_before (spa, i) ? g_strdup_printf ("%s-%u", day, i) : g_strdup (day);

    if (!ava_sqlite_run (db, error, "INSERT INTO hours (id, owner_id, weekday, open_min, close_min, location_id)"
                         " VALUES (?, ?, ?, ?, ?, ?)", "ssiiis", id, hours->owner_id, (gint64) hours->weekday,
                         (gint64) hours->open_min, (gint64) hours->close_min, hours->location_id))
      return FALSE;
  }
  for (guint i = 0; i < spa->exceptions->len; i++) {
    AvaHoursException *exception = &g_array_index (spa->exceptions, AvaHoursException, i);
    g_autofree char *id = g_strdup_printf ("%s-on-%s", exception->owner_id != NULL ? exception->owner_id :
                                           spa->location_id, exception->date);

    if (!ava_sqlite_run (db, error, "INSERT INTO hours_exceptions (id, owner_id, date, open_min,"
                         " close_min, reason, last_date, location_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", "sssiisss", id,
                         exception->owner_id, exception->date, (gint64) exception->open_min,
                         (gint64) exception->close_min, exception->reason, exception->last_date, exception->location_id))
      return FALSE;
  }
  return TRUE;
}

static gboolean
insert_rule (AvaSqlite      *db,
             AvaSafetyRule  *rule,
             GError        **error)
{
  return ava_sqlite_run (db, error,
                         "INSERT INTO safety_rules (id, name, kind, condition, service_id, category, other_service_id,"
                         " other_category, days, licence, action, override_role, say, approved_by, rank)"
                         " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", "ssssssssisssssi", rule->id, rule->name,
                         ava_safety_kind_to_string (rule->kind), rule->condition != NULL ? rule->condition : "",
                         rule->service_id, rule->category, rule->other_service_id, rule->other_category,
                         (gint64) rule->days, rule->licence, ava_safety_action_to_string (rule->action),
                         ava_staff_role_to_string (rule->override_role), rule->say, rule->approved_by, (gint64) rule->rank);
}

static gboolean
insert_other_locations (AvaSqlite  *db,
                        AvaSpa     *spa,
                        GError    **error)
{
  for (guint i = 0; i < spa->locations->len; i++) {
    AvaLocation *location = spa->locations->pdata[i];

    if (g_strcmp0 (location->id, spa->location_id) != 0 &&
        !ava_sqlite_run (db, error, "INSERT INTO locations (id, name, spoken_name, zone, currency, phone, address, directions, rank)"
                         " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", "ssssssssi", location->id, location->name, location->spoken_name,
                         location->zone_name, spa->currency, location->phone, location->address, location->directions, (gint64) i))
      return FALSE;
  }
  return TRUE;
}

/* What a spa may have. */
static gboolean
insert_optional (AvaSqlite  *db,
                 AvaSpa     *spa,
                 GError    **error)
{
  gboolean done = TRUE;

  for (guint i = 0; done && i < spa->devices->len; i++)
    done = insert_room (db, spa, spa->devices->pdata[i], error);
  for (guint i = 0; done && i < spa->safety_rules->len; i++)
    done = insert_rule (db, spa->safety_rules->pdata[i], error);
  for (guint i = 0; done && i < spa->packages->len; i++) {
    AvaPackage *package = spa->packages->pdata[i];
    g_autofree char *services = print_list (package->service_ids);

    done = ava_sqlite_run (db, error, "INSERT INTO packages (id, name, service_ids, price_cents, valid_days, rank) VALUES (?, ?, ?, ?, ?, ?)",
                           "sssiii", package->id, package->name, services, package->price_cents, (gint64) package->valid_days, (gint64) i + 1);
  }
  return done;
}

/* Inside a transaction, on tables that are empty. */
gboolean
ava_spa_table_insert (AvaStore  *self,
                      AvaSpa    *spa,
                      GError   **error)
{
  AvaSqlite *db = self->worker.db;
  gboolean done;

  g_assert (self->thread == g_thread_self ());

  done = ava_sqlite_run (db, error,
                         "INSERT INTO locations (id, name, spoken_name, zone, currency, phone, address,"
                         " directions, greeting) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", "sssssssss",
                         spa->location_id, spa->name, spa->spoken_name, spa->zone_name, spa->currency,
                         spa->phone, spa->address, spa->directions, spa->greeting);
  done = done && insert_other_locations (db, spa, error);
  for (guint i = 0; done && i < spa->services->len; i++)
    done = insert_service (db, spa->services->pdata[i], error);
  for (guint i = 0; done && i < spa->providers->len; i++)
    done = insert_provider (db, spa->providers->pdata[i], error);
  for (guint i = 0; done && i < spa->rooms->len; i++)
    done = insert_room (db, spa, spa->rooms->pdata[i], error);
  return done && insert_hours (db, spa, error) && insert_optional (db, spa, error);
}

/* --- Any thread ------------------------------------------------------------------------------ */

void
ava_store_load_spa_async (AvaStore            *self,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  ava_store_run_async (self, AVA_STORE_READ, load_spa, ava_store_args_new (NULL), g_object_unref,
                       ava_store_load_spa_async, cancellable, callback, user_data);
}

/* Returns: (transfer full) (nullable): the spa as it is set up now */
AvaSpa *
ava_store_load_spa_finish (AvaStore      *self,
                           GAsyncResult  *result,
                           GError       **error)
{
  return ava_store_run_finish (self, result, ava_store_load_spa_async, error);
}
