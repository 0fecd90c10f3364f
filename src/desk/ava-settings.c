/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-settings.h"

#include "ava-availability.h"

#include <stdio.h>
#include <string.h>

/* Settings between the store and who edits them: differences, impact, and the file. */

#define FORMAT "ava-front-desk-settings"
#define FORMAT_VERSION 1
#define LOOK_AHEAD_DAYS 730   /* bookings beyond are not looked at */

static const char *const tables[] = {
  "settings", "locations", "services", "providers", "rooms", "hours", "hours_exceptions",
};

G_DEFINE_QUARK (ava-settings-error-quark, ava_settings_error)

/* --- Differences ----------------------------------------------------------------------------- */

/* Returns: (transfer full): a deep copy */
JsonObject *
ava_settings_copy (JsonObject *settings)
{
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), settings);
  g_autofree char *text = json_to_string (node, FALSE);
  g_autoptr (JsonNode) copy = json_from_string (text, NULL);

  return json_node_dup_object (copy);
}

/* Returns: (transfer none) (nullable): the row of that id */
JsonObject *
ava_settings_find_row (JsonObject *settings,
                       const char *table,
                       const char *id)
{
  JsonArray *rows = json_object_has_member (settings, table) ? json_object_get_array_member (settings, table) : NULL;

  for (guint i = 0; rows != NULL && i < json_array_get_length (rows); i++) {
    JsonObject *row = json_array_get_object_element (rows, i);

    if (g_strcmp0 (json_object_get_string_member (row, "id"), id) == 0)
      return row;
  }
  return NULL;
}

static gboolean
is_removable (const char *table)
{
  return g_str_has_prefix (table, "hours");
}

static void
add_change (JsonArray  *changes,
            const char *table,
            const char *id,
            JsonObject *before,
            JsonObject *values)
{
  JsonObject *change = json_object_new ();

  json_object_set_string_member (change, "table", table);
  json_object_set_string_member (change, "id", id);
  if (before != NULL)
    json_object_set_object_member (change, "before", json_object_ref (before));
  else
    json_object_set_null_member (change, "before");
  if (values != NULL)
    json_object_set_object_member (change, "values", json_object_ref (values));
  else
    json_object_set_null_member (change, "values");
  json_array_add_object_element (changes, change);
}

static void
compare_row (JsonArray  *changes,
             const char *table,
             JsonObject *before,
             JsonObject *after)
{
  g_autoptr (JsonObject) values = json_object_new ();
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init_ordered (&iter, after);
  while (json_object_iter_next_ordered (&iter, &name, &node)) {
    JsonNode *old = before != NULL ? json_object_get_member (before, name) : NULL;

    if (strcmp (name, "id") != 0 && strcmp (name, "version") != 0 &&
        (old == NULL || !json_node_equal (old, node)))
      json_object_set_member (values, name, json_node_copy (node));
  }
  if (before == NULL || json_object_get_size (values) > 0)
    add_change (changes, table, json_object_get_string_member (after, "id"), before, values);
}

/* A row that is gone: hours end, everything else is archived, so that old bookings keep its name. */
static void
drop_row (JsonArray  *changes,
          const char *table,
          JsonObject *before,
          gint64      now_us)
{
  g_autoptr (JsonObject) values = json_object_new ();
  const char *id = json_object_get_string_member (before, "id");

  if (is_removable (table)) {
    add_change (changes, table, id, before, NULL);
  } else if (json_object_get_int_member_with_default (before, "archived_us", 1) == 0) {
    json_object_set_int_member (values, "archived_us", MAX (now_us, 1));
    add_change (changes, table, id, before, values);
  }
}

/**
 * ava_settings_diff:
 * @now_us: when rows that are gone were archived
 *
 * Returns: (transfer full): the changes that lead from @before to @after, for the store
 */
JsonArray *
ava_settings_diff (JsonObject *before,
                   JsonObject *after,
                   gint64      now_us)
{
  JsonArray *changes = json_array_new ();

  for (guint t = 0; t < G_N_ELEMENTS (tables); t++) {
    JsonArray *old = json_object_has_member (before, tables[t]) ? json_object_get_array_member (before, tables[t]) : NULL;
    JsonArray *new = json_object_has_member (after, tables[t]) ? json_object_get_array_member (after, tables[t]) : NULL;

    for (guint i = 0; new != NULL && i < json_array_get_length (new); i++) {
      JsonObject *row = json_array_get_object_element (new, i);

      compare_row (changes, tables[t], ava_settings_find_row (before, tables[t], json_object_get_string_member (row, "id")), row);
    }
    for (guint i = 0; old != NULL && i < json_array_get_length (old); i++) {
      JsonObject *row = json_array_get_object_element (old, i);

      if (ava_settings_find_row (after, tables[t], json_object_get_string_member (row, "id")) == NULL)
        drop_row (changes, tables[t], row, now_us);
    }
  }
  return changes;
}

/* --- Impact ---------------------------------------------------------------------------------- */

static void
broken_free (AvaBrokenBooking *broken)
{
  g_object_unref (broken->appointment);
  g_free (broken->why);
  g_free (broken);
}

void
ava_impact_free (AvaImpact *self)
{
  g_clear_object (&self->spa);
  g_ptr_array_unref (self->broken);
  g_ptr_array_unref (self->sentences);
  g_free (self);
}

/* Why this spa has no place for a booking that is in the book, other bookings aside; %NULL: it has. */
static char *
find_obstacle (AvaSpa         *spa,
               AvaAppointment *appointment)
{
  g_autoptr (GPtrArray) nobody = g_ptr_array_new ();
  const AvaSlotQuery query = {
    .service_id = appointment->service_id,
    .provider_id = appointment->provider_id,
    .room_id = appointment->room_id,
  };
  g_autoptr (GPtrArray) why = ava_availability_explain (spa, nobody, &query, appointment->start_us);

  return why->len > 0 ? g_strdup (((AvaReason *) why->pdata[0])->words) : NULL;
}

static gboolean
is_ahead (AvaAppointment *appointment)
{
  return appointment->status != AVA_APPOINTMENT_CANCELLED && appointment->status != AVA_APPOINTMENT_NO_SHOW &&
         appointment->status != AVA_APPOINTMENT_DONE;
}

/* Only what this change breaks: what was out of place before is no fault of it. */
static void
list_broken (AvaImpact *impact,
             AvaSpa    *now,
             GPtrArray *appointments)
{
  for (guint i = 0; i < appointments->len; i++) {
    AvaAppointment *appointment = appointments->pdata[i];
    g_autofree char *why = is_ahead (appointment) ? find_obstacle (impact->spa, appointment) : NULL;
    g_autofree char *already = why != NULL ? find_obstacle (now, appointment) : NULL;
    AvaBrokenBooking *broken;

    if (why == NULL || already != NULL)
      continue;
    broken = g_new0 (AvaBrokenBooking, 1);
    broken->appointment = g_object_ref (appointment);
    broken->why = g_steal_pointer (&why);
    g_ptr_array_add (impact->broken, broken);
  }
}

static char *
name_price (AvaSpa     *spa,
            AvaService *service)
{
  return g_strdup_printf ("%.2f %s", service->price_cents / 100.0, spa->currency);
}

static void
compare_service (AvaImpact  *impact,
                 AvaSpa     *now,
                 AvaService *service)
{
  AvaService *old = ava_spa_find_service (now, service->id);
  gboolean offered = old != NULL && !old->archived;
  g_autofree char *before = old != NULL ? name_price (now, old) : NULL;
  g_autofree char *after = name_price (impact->spa, service);

  if (offered && service->archived)
    g_ptr_array_add (impact->sentences, g_strdup_printf ("Ava no longer offers %s.", service->name));
  else if (!offered && !service->archived)
    g_ptr_array_add (impact->sentences, g_strdup_printf ("Ava offers %s, for %s.", service->name, after));
  if (!offered || service->archived)
    return;
  if (g_strcmp0 (old->name, service->name) != 0)
    g_ptr_array_add (impact->sentences, g_strdup_printf ("Ava calls %s “%s”.", old->name, service->name));
  if (strcmp (before, after) != 0)
    g_ptr_array_add (impact->sentences, g_strdup_printf ("Ava says that %s costs %s, not %s.", service->name, after, before));
  if (old->active_min != service->active_min)
    g_ptr_array_add (impact->sentences, g_strdup_printf ("Ava says that %s takes %u minutes, not %u.", service->name,
                                                        service->active_min, old->active_min));
}

static char *
name_hours (AvaSpa *spa,
            GDate  *day)
{
  AvaSpan spans[8];
  guint n = ava_spa_list_hours (spa, NULL, day, spans, G_N_ELEMENTS (spans), NULL);
  GString *words = g_string_new (n == 0 ? "closed" : NULL);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (words, "%s%02d:%02d–%02d:%02d", i > 0 ? ", " : "", spans[i].open_min / 60,
                            spans[i].open_min % 60, spans[i].close_min / 60, spans[i].close_min % 60);
  return g_string_free (words, FALSE);
}

/* Two weeks are enough to see each weekday, and the holidays that are near. */
static void
compare_hours (AvaImpact *impact,
               AvaSpa    *now,
               gint64     now_us)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (now_us / G_USEC_PER_SEC);
  g_autoptr (GDateTime) here = g_date_time_to_timezone (utc, impact->spa->zone);
  guint seen = 0;

  for (guint i = 0; i < 14; i++) {
    g_autoptr (GDateTime) day = g_date_time_add_days (here, i);
    guint weekday = 1u << g_date_time_get_day_of_week (day);
    g_autofree char *name = g_date_time_format (day, "%A");
    g_autofree char *before = NULL;
    g_autofree char *after = NULL;
    GDate date;

    g_date_clear (&date, 1);
    g_date_set_dmy (&date, g_date_time_get_day_of_month (day), g_date_time_get_month (day), g_date_time_get_year (day));
    before = name_hours (now, &date);
    after = name_hours (impact->spa, &date);
    if ((seen & weekday) != 0 || strcmp (before, after) == 0)
      continue;
    seen |= weekday;
    g_ptr_array_add (impact->sentences, g_strdup_printf ("Ava says for %s: %s, not %s.", name, after, before));
  }
}

static void
list_sentences (AvaImpact *impact,
                AvaSpa    *now,
                gint64     now_us)
{
  if (g_strcmp0 (now->greeting, impact->spa->greeting) != 0)
    g_ptr_array_add (impact->sentences, g_strdup_printf ("Ava greets with “%s”", impact->spa->greeting));
  for (guint i = 0; i < impact->spa->services->len; i++)
    compare_service (impact, now, impact->spa->services->pdata[i]);
  compare_hours (impact, now, now_us);
}

static void
appointments_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  AvaContext *context = g_task_get_source_object (task);
  AvaImpact *impact = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) appointments = ava_store_list_appointments_finish (AVA_STORE (source), result, &error);
  AvaImpact *answer;

  if (appointments == NULL) {
    g_task_return_error (task, error);
    return;
  }
  list_broken (impact, ava_context_get_spa (context), appointments);
  list_sentences (impact, ava_context_get_spa (context), ava_clock_now_us (ava_context_get_clock (context)));
  answer = g_new0 (AvaImpact, 1);
  answer->spa = g_object_ref (impact->spa);
  answer->broken = g_ptr_array_ref (impact->broken);
  answer->sentences = g_ptr_array_ref (impact->sentences);
  g_task_return_pointer (task, answer, (GDestroyNotify) ava_impact_free);
}

static void
rehearsed_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  AvaContext *context = g_task_get_source_object (task);
  AvaImpact *impact = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  gint64 now_us = ava_clock_now_us (ava_context_get_clock (context));
  GError *error = NULL;

  impact->spa = ava_store_rehearse_settings_finish (AVA_STORE (source), result, &error);
  if (impact->spa == NULL) {
    g_task_return_error (task, error);
    return;
  }
  ava_store_list_appointments_async (AVA_STORE (source), now_us, now_us + LOOK_AHEAD_DAYS * 1440 * AVA_USEC_PER_MIN, FALSE,
                                     cancellable, appointments_cb, g_steal_pointer (&task));
}

/**
 * ava_settings_rehearse_async:
 * @changes: from ava_settings_diff()
 *
 * Finds what the changes would break and what Ava would say otherwise. Nothing is written.
 */
void
ava_settings_rehearse_async (AvaContext          *context,
                             JsonArray           *changes,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  GTask *task = g_task_new (context, cancellable, callback, user_data);
  AvaImpact *impact = g_new0 (AvaImpact, 1);

  g_task_set_source_tag (task, ava_settings_rehearse_async);
  impact->broken = g_ptr_array_new_with_free_func ((GDestroyNotify) broken_free);
  impact->sentences = g_ptr_array_new_with_free_func (g_free);
  g_task_set_task_data (task, impact, (GDestroyNotify) ava_impact_free);
  ava_store_rehearse_settings_async (ava_context_get_store (context), changes, cancellable, rehearsed_cb, task);
}

/* Returns: (transfer full) (nullable): the impact; AVA_STORE_ERROR_INVALID when it could not be saved */
AvaImpact *
ava_settings_rehearse_finish (AvaContext    *context,
                              GAsyncResult  *result,
                              GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* --- What is missing ------------------------------------------------------------------------- */

static gboolean
has_room (AvaSpa     *spa,
          AvaService *service)
{
  for (guint i = 0; i < spa->rooms->len; i++) {
    AvaRoom *room = spa->rooms->pdata[i];

    if (!room->archived && (service->room_kind == NULL || *service->room_kind == '\0' ||
                            (room->kinds != NULL && g_strv_contains ((const char *const *) room->kinds, service->room_kind))))
      return TRUE;
  }
  return FALSE;
}

/**
 * ava_settings_list_missing:
 *
 * Returns: (transfer full): what the service still needs before Ava can book it, in words; empty: nothing
 */
GStrv
ava_settings_list_missing (AvaSpa     *spa,
                           const char *service_id)
{
  g_autoptr (GStrvBuilder) missing = g_strv_builder_new ();
  AvaService *service = ava_spa_find_service (spa, service_id);
  gboolean done = FALSE;
  gboolean licensed = FALSE;

  for (guint i = 0; service != NULL && i < spa->providers->len; i++) {
    AvaProvider *provider = spa->providers->pdata[i];

    if (provider->archived || provider->service_ids == NULL ||
        !g_strv_contains ((const char *const *) provider->service_ids, service_id))
      continue;
    done = TRUE;
    licensed = licensed || service->licence == NULL || *service->licence == '\0' ||
               (provider->licences != NULL && g_strv_contains ((const char *const *) provider->licences, service->licence));
  }
  if (service == NULL)
    return g_strv_builder_end (missing);
  if (!done)
    g_strv_builder_add (missing, "a provider who does it");
  else if (!licensed)
    g_strv_builder_add (missing, "a provider with the licence");
  if (!has_room (spa, service))
    g_strv_builder_add (missing, "a room of its kind");
  if (service->spoken == NULL || service->spoken[0] == NULL)
    g_strv_builder_add (missing, "a way to say it");
  if (service->price_cents == 0)
    g_strv_builder_add (missing, "a price");
  return g_strv_builder_end (missing);
}

/* --- The file -------------------------------------------------------------------------------- */

/**
 * ava_settings_print:
 *
 * Returns: (transfer full): the text of a file with the whole configuration
 */
char *
ava_settings_print (JsonObject *settings)
{
  g_autoptr (JsonObject) file = ava_settings_copy (settings);
  g_autoptr (JsonObject) ordered = json_object_new ();
  g_autoptr (JsonNode) node = NULL;

  json_object_set_string_member (ordered, "format", FORMAT);
  json_object_set_int_member (ordered, "format_version", FORMAT_VERSION);
  for (guint t = 0; t < G_N_ELEMENTS (tables); t++) {
    JsonArray *rows = json_object_get_array_member (file, tables[t]);

    for (guint i = 0; i < json_array_get_length (rows); i++)
      json_object_remove_member (json_array_get_object_element (rows, i), "version");
    json_object_set_array_member (ordered, tables[t], json_array_ref (rows));
  }
  node = json_node_init_object (json_node_alloc (), ordered);
  return json_to_string (node, TRUE);
}

static gboolean
check_rows (const char  *table,
            JsonNode    *node,
            GError     **error)
{
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  JsonArray *rows = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  if (rows == NULL) {
    g_set_error (error, AVA_SETTINGS_ERROR, AVA_SETTINGS_ERROR_FILE, "“%s” in the file is not a list.", table);
    return FALSE;
  }
  for (guint i = 0; i < json_array_get_length (rows); i++) {
    JsonNode *row = json_array_get_element (rows, i);
    JsonNode *id = JSON_NODE_HOLDS_OBJECT (row) ? json_object_get_member (json_node_get_object (row), "id") : NULL;

    if (id == NULL || !JSON_NODE_HOLDS_VALUE (id) || json_node_get_string (id) == NULL) {
      g_set_error (error, AVA_SETTINGS_ERROR, AVA_SETTINGS_ERROR_FILE, "Entry %u of “%s” has no id.", i + 1, table);
      return FALSE;
    }
    if (!g_hash_table_add (ids, (gpointer) json_node_get_string (id))) {
      g_set_error (error, AVA_SETTINGS_ERROR, AVA_SETTINGS_ERROR_FILE, "“%s” has two entries with the id “%s”.", table,
                   json_node_get_string (id));
      return FALSE;
    }
  }
  return TRUE;
}

static gboolean
check_head (JsonObject  *file,
            GError     **error)
{
  JsonNode *format = json_object_get_member (file, "format");
  JsonNode *version = json_object_get_member (file, "format_version");

  if (format == NULL || !JSON_NODE_HOLDS_VALUE (format) || g_strcmp0 (json_node_get_string (format), FORMAT) != 0) {
    g_set_error_literal (error, AVA_SETTINGS_ERROR, AVA_SETTINGS_ERROR_FILE,
                         "This file does not hold settings of Ava Front Desk.");
    return FALSE;
  }
  if (version == NULL || !JSON_NODE_HOLDS_VALUE (version) || json_node_get_int (version) != FORMAT_VERSION) {
    g_set_error_literal (error, AVA_SETTINGS_ERROR, AVA_SETTINGS_ERROR_FILE,
                         "These settings were written by another version of Ava Front Desk.");
    return FALSE;
  }
  return TRUE;
}

/**
 * ava_settings_parse:
 * @text: of a file that ava_settings_print() made, perhaps edited by hand
 *
 * Values are checked when they are rehearsed or saved; here only the form of the file is.
 *
 * Returns: (transfer full) (nullable): the configuration, or %NULL with @error (AVA_SETTINGS_ERROR)
 */
JsonObject *
ava_settings_parse (const char  *text,
                    GError     **error)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) local_error = NULL;
  JsonObject *file;

  if (!json_parser_load_from_data (parser, text, -1, &local_error)) {
    guint line = 0;

    /* The parser tells the line only in its message: "<data>:3:1: …". */
    if (sscanf (local_error->message, "<data>:%u:", &line) == 1)
      g_set_error (error, AVA_SETTINGS_ERROR, AVA_SETTINGS_ERROR_FILE,
                   "The file cannot be read: line %u is not JSON.", line);
    else
      g_set_error_literal (error, AVA_SETTINGS_ERROR, AVA_SETTINGS_ERROR_FILE, "The file cannot be read: it is not JSON.");
    return NULL;
  }
  if (json_parser_get_root (parser) == NULL || !JSON_NODE_HOLDS_OBJECT (json_parser_get_root (parser))) {
    g_set_error_literal (error, AVA_SETTINGS_ERROR, AVA_SETTINGS_ERROR_FILE, "The file holds no settings.");
    return NULL;
  }
  file = json_node_get_object (json_parser_get_root (parser));
  if (!check_head (file, error))
    return NULL;
  for (guint t = 0; t < G_N_ELEMENTS (tables); t++) {
    if (!json_object_has_member (file, tables[t])) {
      g_set_error (error, AVA_SETTINGS_ERROR, AVA_SETTINGS_ERROR_FILE, "“%s” is missing in the file.", tables[t]);
      return NULL;
    }
    if (!check_rows (tables[t], json_object_get_member (file, tables[t]), error))
      return NULL;
  }
  return json_object_ref (file);
}
