/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-journal.h"
#include "ava-spa-table.h"
#include "ava-store-settings.h"

#include <string.h>

/* Reads and writes the rows of the settings tables as JSON. The table of columns below says what a
 * row may hold; reading, validation and the SQL all follow it. */

#define MOST_LETTERS 2000    /* of any text */
#define MOST_IN_NAME 200
#define MOST_ENTRIES 100     /* of any list */
#define MOST_MINUTES 720     /* of one part of a treatment */

typedef enum {
  NAME,        /* text, never blank */
  TEXT,        /* nullable */
  PLAIN,       /* text, may be blank */
  LIST,        /* array of text */
  COUNT,       /* integer from min to max */
  CURRENCY,
  ZONE,
  DATE,
  DAY,         /* nullable date */
  COLOUR,      /* nullable */
  DATES,       /* array of dates and "" */
  CHOICE,      /* one of @more, separated by "|" */
  CHOICES,     /* array of those */
  REF,         /* nullable: a row of the table @more */
} Kind;

static const struct {
  const char *table;
  const char *name;
  Kind kind;
  const char *words;   /* what a receptionist calls it */
  gint64 min, max;
  const char *more;
} columns[] = {
  { "settings", "value", TEXT, "value" },
  { "locations", "name", NAME, "name" },
  { "locations", "spoken_name", NAME, "spoken name" },
  { "locations", "zone", ZONE, "time zone" },
  { "locations", "currency", CURRENCY, "currency" },
  { "locations", "phone", TEXT, "phone" },
  { "locations", "address", TEXT, "address" },
  { "locations", "directions", TEXT, "directions" },
  { "locations", "greeting", TEXT, "greeting" },
  { "locations", "rank", COUNT, "order", 0, 100000 },
  { "locations", "archived_us", COUNT, "archive date", 0, G_MAXINT64 },
  { "services", "name", NAME, "name" },
  { "services", "spoken", LIST, "ways to say it" },
  { "services", "category", TEXT, "category" },
  { "services", "description", TEXT, "description" },
  { "services", "prep", TEXT, "preparation" },
  { "services", "price_cents", COUNT, "price", 0, 100000000 },
  { "services", "pre_min", COUNT, "set-up time", 0, MOST_MINUTES },
  { "services", "active_min", COUNT, "treatment time", 1, MOST_MINUTES },
  { "services", "processing_min", COUNT, "processing time", 0, MOST_MINUTES },
  { "services", "post_min", COUNT, "clean-up time", 0, MOST_MINUTES },
  { "services", "licence", TEXT, "licence" },
  { "services", "room_kind", TEXT, "kind of room" },
  { "services", "device_kind", TEXT, "kind of device" },
  { "services", "group_size", COUNT, "size of the group", 1, 100 },
  { "services", "deposit_cents", COUNT, "deposit", 0, 100000000 },
  { "services", "cancel_hours", COUNT, "time for free cancellation", 0, 8760 },
  { "services", "cancel_fee_cents", COUNT, "fee for a late cancellation", 0, 100000000 },
  { "services", "no_show_fee_cents", COUNT, "fee for not coming", 0, 100000000 },
  { "services", "consult_first", COUNT, "consultation first", 0, 1 },
  { "services", "consult_valid_days", COUNT, "validity of a consultation", 0, 3650 },
  { "services", "next_visit_days", COUNT, "time until the next visit", 0, 3650 },
  { "services", "rank", COUNT, "order", 0, 100000 },
  { "services", "archived_us", COUNT, "archive date", 0, G_MAXINT64 },
  { "providers", "name", NAME, "name" },
  { "providers", "spoken", LIST, "ways to say it" },
  { "providers", "title", TEXT, "title" },
  { "providers", "colour", COLOUR, "colour" },
  { "providers", "licences", LIST, "licences" },
  { "providers", "licence_expiry", DATES, "last days of the licences" },
  { "providers", "specialties", LIST, "specialties" },
  { "providers", "rank", COUNT, "order", 0, 100000 },
  { "providers", "archived_us", COUNT, "archive date", 0, G_MAXINT64 },
  { "rooms", "name", NAME, "name" },
  { "rooms", "location_id", REF, "location", .more = "locations" },
  { "rooms", "kinds", LIST, "kinds" },
  { "rooms", "capacity", COUNT, "capacity", 1, 100 },
  { "rooms", "is_device", COUNT, "whether it is a device", 0, 1 },
  { "rooms", "archived_us", COUNT, "archive date", 0, G_MAXINT64 },
  { "blocks", "room_id", REF, "room", .min = 1, .more = "rooms" },
  { "blocks", "start_us", COUNT, "start", 1, G_MAXINT64 },
  { "blocks", "end_us", COUNT, "end", 1, G_MAXINT64 },
  { "blocks", "reason", TEXT, "reason" },
  { "blocks", "created_us", COUNT, "date of the entry", 0, G_MAXINT64 },
  { "hours", "owner_id", REF, "provider", .more = "providers" },
  { "hours", "location_id", REF, "location", .more = "locations" },
  { "hours", "weekday", COUNT, "weekday", 1, 7 },
  { "hours", "open_min", COUNT, "opening time", 0, 1440 },
  { "hours", "close_min", COUNT, "closing time", 0, 1440 },
  { "hours_exceptions", "owner_id", REF, "provider", .more = "providers" },
  { "hours_exceptions", "location_id", REF, "location", .more = "locations" },
  { "hours_exceptions", "date", DATE, "date" },
  { "hours_exceptions", "last_date", DAY, "last day" },
  { "hours_exceptions", "open_min", COUNT, "opening time", 0, 1440 },
  { "hours_exceptions", "close_min", COUNT, "closing time", 0, 1440 },
  { "hours_exceptions", "reason", TEXT, "reason" },
  { "packages", "name", NAME, "name" },
  { "packages", "service_ids", LIST, "visits" },
  { "packages", "price_cents", COUNT, "price", 0, 100000000 },
  { "packages", "valid_days", COUNT, "validity", 0, 3650 },
  { "packages", "rank", COUNT, "order", 0, 100000 },
  { "packages", "archived_us", COUNT, "archive date", 0, G_MAXINT64 },
  { "safety_rules", "name", NAME, "name" },
  { "safety_rules", "kind", CHOICE, "kind", .more = "condition|interval|consult|licence" },
  { "safety_rules", "condition", PLAIN, "condition" },
  { "safety_rules", "service_id", REF, "service", .more = "services" },
  { "safety_rules", "category", TEXT, "category" },
  { "safety_rules", "other_service_id", REF, "other service", .more = "services" },
  { "safety_rules", "other_category", TEXT, "other category" },
  { "safety_rules", "days", COUNT, "number of days", 0, 3650 },
  { "safety_rules", "licence", TEXT, "licence" },
  { "safety_rules", "action", CHOICE, "action", .more = "warn|refuse|consult" },
  { "safety_rules", "override_role", CHOICE, "role that may override", .more = "none|front-desk|provider|manager|medical-director" },
  { "safety_rules", "say", TEXT, "sentence" },
  { "safety_rules", "approved_by", TEXT, "approval" },
  { "safety_rules", "rank", COUNT, "order", 0, 100000 },
  { "safety_rules", "archived_us", COUNT, "archive date", 0, G_MAXINT64 },
  { "roles", "name", NAME, "name" },
  { "roles", "acts_as", CHOICE, "rank", .more = "none|front-desk|provider|manager|medical-director" },
  { "roles", "rights", CHOICES, "rights", .more = "override-safety|book-anyway|edit-settings|approve-rules|erase-customers|merge-customers|waive-fees" },
  { "roles", "rank", COUNT, "order", 0, 100000 },
  { "roles", "archived_us", COUNT, "archive date", 0, G_MAXINT64 },
  { "people", "name", NAME, "name" },
  { "people", "role_id", REF, "role", .min = 1, .more = "roles" },
  { "people", "provider_id", REF, "provider", .more = "providers" },
  { "people", "archived_us", COUNT, "archive date", 0, G_MAXINT64 },
};

/* In the order in which rows may refer to one another. */
static const struct {
  const char *table;
  const char *words;
  gboolean versioned;
  const char *order;
  const char *where;   /* nullable: which rows are settings */
} tables[] = {
  { "settings", "setting", TRUE, "id" },
  { "locations", "location", TRUE, "rank, id" },
  { "services", "service", TRUE, "rank, id" },
  { "providers", "provider", TRUE, "rank, id" },
  { "rooms", "room", TRUE, "id" },
  { "blocks", "time out of use", FALSE, "start_us, id", "provider_id IS NULL" },
  { "hours", "opening hours", FALSE, "id" },
  { "hours_exceptions", "other hours", FALSE, "date, id" },
  { "packages", "package", TRUE, "rank, id" },
  { "safety_rules", "safety rule", TRUE, "rank, id" },
  { "roles", "role", TRUE, "rank, id" },
  { "people", "person", TRUE, "name, id" },
};

static int
find_table (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++) {
    if (g_strcmp0 (tables[i].table, name) == 0)
      return i;
  }
  return -1;
}

static int
find_column (const char *table,
             const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++) {
    if (strcmp (columns[i].table, table) == 0 && strcmp (columns[i].name, name) == 0)
      return i;
  }
  return -1;
}

/* --- Reading --------------------------------------------------------------------------------- */

#define SERVICES_OF_PROVIDER \
  ", 'service_ids', json ((SELECT json_group_array (service_id) FROM (SELECT service_id" \
  " FROM provider_services WHERE provider_id = t.id ORDER BY service_id)))"

static gboolean
is_array (Kind kind)
{
  return kind == LIST || kind == DATES || kind == CHOICES;
}

static char *
print_query (guint table)
{
  g_autoptr (GString) sql = g_string_new ("SELECT json_group_array (json_object ('id', id");

  if (tables[table].versioned)
    g_string_append (sql, ", 'version', version");
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++) {
    if (strcmp (columns[i].table, tables[table].table) != 0)
      continue;
    g_string_append_printf (sql, is_array (columns[i].kind) ? ", '%s', json (%s)" : ", '%s', %s",
                            columns[i].name, columns[i].name);
  }
  if (strcmp (tables[table].table, "providers") == 0)
    g_string_append (sql, SERVICES_OF_PROVIDER);
  g_string_append_printf (sql, ")) FROM (SELECT * FROM %s WHERE %s ORDER BY %s) t", tables[table].table,
                          tables[table].where != NULL ? tables[table].where : "1", tables[table].order);
  return g_string_free (g_steal_pointer (&sql), FALSE);
}

static gpointer
load_settings (AvaStore      *self,
               AvaSqlite     *db,
               AvaStoreArgs  *args,
               GError       **error)
{
  g_autoptr (JsonObject) all = json_object_new ();

  g_assert (self->thread == g_thread_self ());

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++) {
    g_autofree char *sql = print_query (i);
    g_autofree char *text = NULL;
    JsonNode *rows;

    if (!ava_sqlite_get_text (db, &text, error, sql, ""))
      return NULL;
    rows = json_from_string (text, error);
    if (rows == NULL)
      return NULL;
    json_object_set_member (all, tables[i].table, rows);
  }
  return g_steal_pointer (&all);
}

/* --- Validation ------------------------------------------------------------------------------ */

static gboolean
is_blank (const char *text)
{
  return text == NULL || strspn (text, " \t\n") == strlen (text);
}

/* The row in the words of the desk: 'service “Botox”'. An id says nothing to people; it stands in for a name
 * only where rows have none. */
static char *
name_row (guint       table,
          const char *id,
          JsonObject *values)
{
  JsonNode *name = values != NULL ? json_object_get_member (values, "name") : NULL;
  const char *text = name != NULL && JSON_NODE_HOLDS_VALUE (name) ? json_node_get_string (name) : NULL;
  g_autofree char *start = is_blank (text) ? NULL : g_utf8_substring (text, 0, MIN (60, g_utf8_strlen (text, -1)));

  if (start == NULL && name != NULL)
    return g_strdup_printf ("a %s without a name", tables[table].words);
  return g_strdup_printf ("%s “%s”", tables[table].words, start != NULL ? start : id);
}

static gboolean
is_text (JsonNode *node)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING;
}

static gboolean
is_list (JsonNode *node)
{
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  if (array == NULL || json_array_get_length (array) > MOST_ENTRIES)
    return FALSE;
  for (guint i = 0; i < json_array_get_length (array); i++) {
    JsonNode *element = json_array_get_element (array, i);

    if (!is_text (element) || is_blank (json_node_get_string (element)) ||
        g_utf8_strlen (json_node_get_string (element), -1) > MOST_IN_NAME)
      return FALSE;
  }
  return TRUE;
}

static gboolean
is_currency (const char *text)
{
  return strlen (text) == 3 && strspn (text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == 3;
}

static gboolean
is_zone (const char *text)
{
  g_autoptr (GTimeZone) zone = *text != '\0' ? g_time_zone_new_identifier (text) : NULL;

  return zone != NULL;
}

static gboolean
is_date (const char *text)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autofree char *full = g_strconcat (text, "T00:00:00Z", NULL);
  g_autoptr (GDateTime) day = strlen (text) == 10 ? g_date_time_new_from_iso8601 (full, utc) : NULL;

  return day != NULL;
}

static gboolean
is_colour (const char *text)
{
  return strlen (text) == 7 && text[0] == '#' && strspn (text + 1, "0123456789abcdefABCDEF") == 6;
}

static gboolean
is_choice (const char *text,
           const char *choices)
{
  g_auto (GStrv) known = g_strsplit (choices, "|", -1);

  return text != NULL && g_strv_contains ((const char *const *) known, text);
}

/* Each element is a text that @column allows. */
static gboolean
is_list_of (JsonNode *node,
            guint     column)
{
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  if (array == NULL || json_array_get_length (array) > MOST_ENTRIES)
    return FALSE;
  for (guint i = 0; i < json_array_get_length (array); i++) {
    JsonNode *element = json_array_get_element (array, i);
    const char *text = is_text (element) ? json_node_get_string (element) : NULL;

    if (text == NULL || (columns[column].kind == CHOICES ? !is_choice (text, columns[column].more) : *text != '\0' && !is_date (text)))
      return FALSE;
  }
  return TRUE;
}

/* The same of a list. */
static char *
find_list_fault (guint     column,
                 JsonNode *node)
{
  if (JSON_NODE_HOLDS_ARRAY (node) && json_array_get_length (json_node_get_array (node)) > MOST_ENTRIES)
    return g_strdup_printf ("are more than %d", MOST_ENTRIES);
  if (columns[column].kind == LIST)
    return is_list (node) ? NULL : g_strdup ("must be a list of short texts");
  if (is_list_of (node, column))
    return NULL;
  if (columns[column].kind == DATES)
    return g_strdup ("must be days of the calendar like 2026-12-25, or empty");
  return g_strdup_printf ("must be some of %s", columns[column].more);
}

/* What is wrong with a value, in words that follow "the price ", or %NULL. */
static char *
find_fault (guint     column,
            JsonNode *node)
{
  const char *text = is_text (node) ? json_node_get_string (node) : NULL;
  Kind kind = columns[column].kind;
  gint64 value;

  if (is_array (kind))
    return find_list_fault (column, node);
  if (kind == COUNT) {
    if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_INT64)
      return g_strdup ("must be a whole number");
    value = json_node_get_int (node);
    if (value >= columns[column].min && value <= columns[column].max)
      return NULL;
    return g_strdup_printf ("must be from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT,
                            columns[column].min, columns[column].max);
  }
  if (JSON_NODE_HOLDS_NULL (node) && (kind == TEXT || kind == COLOUR || kind == DAY || (kind == REF && columns[column].min == 0)))
    return NULL;
  if (text == NULL)
    return g_strdup ("must be a text");
  if (g_utf8_strlen (text, -1) > (kind == NAME ? MOST_IN_NAME : MOST_LETTERS))
    return g_strdup_printf ("is too long: at most %d letters", kind == NAME ? MOST_IN_NAME : MOST_LETTERS);
  if (kind == NAME && is_blank (text))
    return g_strdup ("is missing");
  if (kind == CURRENCY && !is_currency (text))
    return g_strdup ("must be three capital letters, like USD");
  if (kind == ZONE && !is_zone (text))
    return g_strdup ("is not known to this computer; choose one like America/New_York");
  if (kind == CHOICE && !is_choice (text, columns[column].more))
    return g_strdup_printf ("must be one of %s", columns[column].more);
  if ((kind == DATE || kind == DAY) && !is_date (text))
    return g_strdup ("is not a day of the calendar like 2026-12-25");
  if (kind == COLOUR && *text != '\0' && !is_colour (text))
    return g_strdup ("must look like #3584e4");
  return NULL;
}

static gboolean
refuse (GError     **error,
        guint        table,
        const char  *id,
        JsonObject  *values,
        const char  *field,
        const char  *fault)
{
  g_autofree char *row = name_row (table, id, values);

  if (strcmp (field, "name") == 0 && strcmp (fault, "is missing") == 0)
    g_set_error (error, AVA_STORE_ERROR, AVA_STORE_ERROR_INVALID, "A %s has no name yet.", tables[table].words);
  else
    g_set_error (error, AVA_STORE_ERROR, AVA_STORE_ERROR_INVALID, "In %s the %s %s.", row, field, fault);
  return FALSE;
}

static gboolean
check_values (guint        table,
              const char  *id,
              JsonObject  *values,
              JsonObject  *before,
              GError     **error)
{
  JsonObject *named = json_object_has_member (values, "name") ? values : before;
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  json_object_iter_init_ordered (&iter, values);
  while (json_object_iter_next_ordered (&iter, &name, &node)) {
    int column = find_column (tables[table].table, name);
    g_autofree char *fault = NULL;

    if (strcmp (name, "service_ids") == 0 && strcmp (tables[table].table, "providers") == 0) {
      if (!is_list (node))
        return refuse (error, table, id, named, "list of services", "must be a list of service ids");
      continue;
    }
    if (column < 0)
      return refuse (error, table, id, named, name, "is no field of this program");
    fault = find_fault (column, node);
    if (fault != NULL)
      return refuse (error, table, id, named, columns[column].words, fault);
  }
  return TRUE;
}

/* Rows that a row points at must be there. */
static gboolean
check_refs (AvaStore    *self,
            guint        table,
            const char  *id,
            JsonObject  *values,
            GError     **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++) {
    JsonNode *node = strcmp (columns[i].table, tables[table].table) == 0 && columns[i].kind == REF
                       ? json_object_get_member (values, columns[i].name) : NULL;
    g_autofree char *sql = NULL;
    gint64 found = 0;

    if (node == NULL || !is_text (node))
      continue;
    sql = g_strdup_printf ("SELECT count(*) FROM %s WHERE id = ?", columns[i].more);
    if (!ava_sqlite_get_int (self->worker.db, &found, error, sql, "s", json_node_get_string (node)))
      return FALSE;
    if (found == 0)
      return refuse (error, table, id, values, columns[i].words, "does not exist");
  }
  return TRUE;
}

/* Columns that depend on one another, read back from the row as it stands in the transaction. */
static gboolean
check_row (AvaStore    *self,
           guint        table,
           const char  *id,
           JsonObject  *named,
           GError     **error)
{
  static const struct { const char *table; const char *rule; const char *field; const char *fault; } rules[] = {
    { "hours", "close_min > open_min", "closing time", "must be after the opening time" },
    { "hours_exceptions", "close_min >= open_min", "closing time", "must be after the opening time" },
    { "hours_exceptions", "last_date IS NULL OR last_date >= date", "last day", "must not be before the first" },
    { "blocks", "end_us > start_us", "end", "must be after the start" },
    { "packages", "archived_us <> 0 OR json_array_length (service_ids) > 0", "visits", "are missing: say what it holds" },
    { "packages", "NOT EXISTS (SELECT 1 FROM json_each (service_ids) WHERE value NOT IN (SELECT id FROM services))",
      "visits", "are for a service that does not exist" },
    { "safety_rules", "kind <> 'condition' OR trim (condition) <> ''", "condition", "is missing" },
    { "safety_rules", "kind <> 'interval' OR days > 0", "number of days", "is missing" },
    { "safety_rules", "kind <> 'licence' OR coalesce (trim (licence), '') <> ''", "licence", "is missing" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rules); i++) {
    g_autofree char *sql = NULL;
    gint64 fine = 0;

    if (strcmp (rules[i].table, tables[table].table) != 0)
      continue;
    sql = g_strdup_printf ("SELECT %s FROM %s WHERE id = ?", rules[i].rule, rules[i].table);
    if (!ava_sqlite_get_int (self->worker.db, &fine, error, sql, "s", id))
      return FALSE;
    if (fine == 0)
      return refuse (error, table, id, named, rules[i].field, rules[i].fault);
  }
  return TRUE;
}

/* --- Writing --------------------------------------------------------------------------------- */

/* Inserts or updates by the members of one JSON text: "?1" is that text, "?2" the id. */
static gboolean
write_values (AvaStore    *self,
              guint        table,
              const char  *id,
              JsonObject  *values,
              gboolean     fresh,
              GError     **error)
{
  g_autoptr (GString) names = g_string_new (NULL);
  g_autoptr (GString) picks = g_string_new (NULL);
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), values);
  g_autofree char *json = json_to_string (node, FALSE);
  g_autofree char *sql = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++) {
    if (strcmp (columns[i].table, tables[table].table) != 0 || !json_object_has_member (values, columns[i].name))
      continue;
    if (fresh) {
      g_string_append_printf (names, ", %s", columns[i].name);
      g_string_append_printf (picks, ", json_extract (?1, '$.%s')", columns[i].name);
    } else {
      g_string_append_printf (names, "%s%s = json_extract (?1, '$.%s')", names->len > 0 ? ", " : "",
                              columns[i].name, columns[i].name);
    }
  }
  if (!fresh && tables[table].versioned)
    g_string_append_printf (names, "%sversion = version + 1", names->len > 0 ? ", " : "");
  if (!fresh && names->len == 0)
    return TRUE;
  if (fresh)
    sql = g_strdup_printf ("INSERT INTO %s (id%s) SELECT ?2%s", tables[table].table, names->str, picks->str);
  else
    sql = g_strdup_printf ("UPDATE %s SET %s WHERE id = ?2", tables[table].table, names->str);
  return ava_sqlite_run (self->worker.db, error, sql, "ss", json, id);
}

static void
add_link_operation (AvaStore   *self,
                    const char *provider_id,
                    const char *service_id,
                    gboolean    linked)
{
  JsonObject *op = json_object_new ();
  JsonObject *fields = json_object_new ();
  g_autofree char *id = g_strdup_printf ("%s/%s", provider_id, service_id);

  json_object_set_string_member (op, "tbl", "provider_services");
  json_object_set_string_member (op, "id", id);
  json_object_set_string_member (op, "op", linked ? "put" : "del");
  if (linked) {
    json_object_set_string_member (fields, "provider_id", provider_id);
    json_object_set_string_member (fields, "service_id", service_id);
  }
  json_object_set_object_member (op, "fields", fields);
  json_object_set_int_member (op, "base_rev", 0);
  json_array_add_object_element (self->worker.ops, op);
}

static GStrv
list_links (AvaStore    *self,
            const char  *provider_id,
            GError     **error)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  g_autoptr (GError) local_error = NULL;
  AvaRow *row = ava_sqlite_query (self->worker.db, error, "SELECT service_id FROM provider_services"
                                  " WHERE provider_id = ? ORDER BY service_id", "s", provider_id);

  if (row == NULL)
    return NULL;
  while (ava_row_next (row, &local_error))
    g_strv_builder_add (ids, ava_row_text (row, 0));
  if (local_error != NULL) {
    g_propagate_error (error, g_steal_pointer (&local_error));
    return NULL;
  }
  return g_strv_builder_end (ids);
}

static gboolean
add_link (AvaStore    *self,
          guint        table,
          const char  *provider_id,
          const char  *service_id,
          JsonObject  *values,
          GError     **error)
{
  gint64 found = 0;

  if (!ava_sqlite_get_int (self->worker.db, &found, error, "SELECT count(*) FROM services WHERE id = ?",
                           "s", service_id))
    return FALSE;
  if (found == 0)
    return refuse (error, table, provider_id, values, "list of services", "names a service that does not exist");
  add_link_operation (self, provider_id, service_id, TRUE);
  return ava_sqlite_run (self->worker.db, error, "INSERT OR IGNORE INTO provider_services VALUES (?, ?)", "ss",
                         provider_id, service_id);
}

/* What a provider does: only links that differ are written, and the journal keeps both lists. */
static gboolean
write_links (AvaStore      *self,
             AvaStoreArgs  *args,
             guint          table,
             const char    *id,
             JsonObject    *values,
             GError       **error)
{
  g_auto (GStrv) before = list_links (self, id, error);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) after = NULL;
  g_autofree char *old = NULL;
  g_autofree char *new = NULL;
  g_autofree char *note = NULL;
  JsonArray *list;

  if (before == NULL)
    return FALSE;
  list = json_object_get_array_member (values, "service_ids");
  for (guint i = 0; i < json_array_get_length (list); i++)
    g_strv_builder_add (builder, json_array_get_string_element (list, i));
  after = g_strv_builder_end (builder);
  for (guint i = 0; before[i] != NULL; i++) {
    if (g_strv_contains ((const char *const *) after, before[i]))
      continue;
    add_link_operation (self, id, before[i], FALSE);
    if (!ava_sqlite_run (self->worker.db, error, "DELETE FROM provider_services WHERE provider_id = ?"
                         " AND service_id = ?", "ss", id, before[i]))
      return FALSE;
  }
  for (guint i = 0; after[i] != NULL; i++) {
    if (!g_strv_contains ((const char *const *) before, after[i]) &&
        !add_link (self, table, id, after[i], values, error))
      return FALSE;
  }
  old = g_strjoinv (" ", before);
  new = g_strjoinv (" ", after);
  note = g_strdup_printf ("%s: %s -> %s", id, old, new);
  return ava_journal_note (self, args, "provider-services", note, error);
}

/* Whether the row still is as the editor read it: by its version, or else column by column. */
static gboolean
check_before (guint         table,
              const char   *id,
              JsonObject   *before,
              const char   *snapshot,
              GError      **error)
{
  g_autoptr (JsonNode) node = snapshot != NULL ? json_from_string (snapshot, NULL) : NULL;
  JsonObject *now = node != NULL ? json_node_get_object (node) : NULL;
  gboolean same = (now == NULL) == (before == NULL);
  g_autofree char *row = name_row (table, id, before);

  if (same && now != NULL && tables[table].versioned) {
    same = json_object_get_int_member_with_default (before, "version", 0) ==
           json_object_get_int_member_with_default (now, "version", -1);
  } else if (same && now != NULL) {
    for (guint i = 0; i < G_N_ELEMENTS (columns); i++) {
      const char *name = columns[i].name;

      if (strcmp (columns[i].table, tables[table].table) == 0 && json_object_has_member (before, name))
        same = same && json_node_equal (json_object_get_member (before, name), json_object_get_member (now, name));
    }
  }
  if (!same)
    g_set_error (error, AVA_STORE_ERROR, AVA_STORE_ERROR_CONFLICT,
                 "Somebody else changed the %s meanwhile. Nothing was saved: look at it again.", row);
  return same;
}

static JsonObject *
get_object (JsonObject *object,
            const char *member)
{
  JsonNode *node = json_object_get_member (object, member);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static gboolean
remove_row (AvaStore      *self,
            AvaStoreArgs  *args,
            guint          table,
            const char    *id,
            const char    *snapshot,
            GError       **error)
{
  g_autofree char *sql = g_strdup_printf ("DELETE FROM %s WHERE id = ?", tables[table].table);

  if (tables[table].versioned)
    return refuse (error, table, id, NULL, "row", "can be archived, not removed");
  return ava_sqlite_run (self->worker.db, error, sql, "s", id) &&
         ava_journal_row (self, args, "setting-removed", tables[table].table, id, snapshot, error);
}

static gboolean
apply (AvaStore      *self,
       AvaStoreArgs  *args,
       JsonObject    *change,
       GError       **error)
{
  const char *id = json_object_get_string_member_with_default (change, "id", "");
  int table = find_table (json_object_get_string_member_with_default (change, "table", NULL));
  JsonObject *values = get_object (change, "values");
  JsonObject *before = get_object (change, "before");
  g_autoptr (GError) local_error = NULL;
  g_autofree char *snapshot = NULL;

  if (table < 0 || is_blank (id) || strlen (id) > MOST_IN_NAME) {
    g_set_error_literal (error, AVA_STORE_ERROR, AVA_STORE_ERROR_INVALID,
                         "A change of the settings names no row of a settings table.");
    return FALSE;
  }
  snapshot = ava_journal_snapshot (self, tables[table].table, id, &local_error);
  if (local_error != NULL) {
    g_propagate_error (error, g_steal_pointer (&local_error));
    return FALSE;
  }
  if (!check_before (table, id, before, snapshot, error))
    return FALSE;
  if (values == NULL)
    return snapshot == NULL || remove_row (self, args, table, id, snapshot, error);
  return check_values (table, id, values, before, error) &&
         check_refs (self, table, id, values, error) &&
         write_values (self, table, id, values, snapshot == NULL, error) &&
         check_row (self, table, id, json_object_has_member (values, "name") ? values : before, error) &&
         (strcmp (tables[table].table, "providers") != 0 || !json_object_has_member (values, "service_ids") ||
          write_links (self, args, table, id, values, error)) &&
         ava_journal_row (self, args, snapshot == NULL ? "setting-added" : "setting-changed",
                          tables[table].table, id, snapshot, error);
}

static gpointer
save_settings (AvaStore      *self,
               AvaSqlite     *db,
               AvaStoreArgs  *args,
               GError       **error)
{
  g_autoptr (JsonNode) node = json_from_string (args->text, error);
  JsonArray *changes;

  g_assert (self->thread == g_thread_self ());

  if (node == NULL)
    return NULL;
  changes = json_node_get_array (node);
  /* Parents before children, whatever the order of the caller. */
  for (guint t = 0; t < G_N_ELEMENTS (tables); t++) {
    for (guint i = 0; i < json_array_get_length (changes); i++) {
      JsonObject *change = json_array_get_object_element (changes, i);
      int table = find_table (json_object_get_string_member_with_default (change, "table", NULL));

      if ((table == (int) t || (table < 0 && t == 0)) && !apply (self, args, change, error))
        return NULL;
    }
  }
  return GINT_TO_POINTER (TRUE);
}

/* Saves, looks, and takes it all back: what is checked here is what saving checks. */
static gpointer
rehearse_settings (AvaStore      *self,
                   AvaSqlite     *db,
                   AvaStoreArgs  *args,
                   GError       **error)
{
  AvaSpa *spa = NULL;

  if (!ava_sqlite_exec (db, "SAVEPOINT rehearsal", error))
    return NULL;
  if (save_settings (self, db, args, error) != NULL)
    spa = ava_spa_table_load (self, error);
  json_array_unref (self->worker.ops);
  self->worker.ops = json_array_new ();
  g_hash_table_remove_all (self->worker.touched);
  if (!ava_sqlite_exec (db, "ROLLBACK TO rehearsal; RELEASE rehearsal", spa != NULL ? error : NULL))
    g_clear_object (&spa);
  return spa;
}

/* --- Any thread ------------------------------------------------------------------------------ */

void
ava_store_load_settings_async (AvaStore            *self,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  ava_store_run_async (self, AVA_STORE_READ, load_settings, ava_store_args_new (NULL),
                       (GDestroyNotify) json_object_unref, ava_store_load_settings_async, cancellable,
                       callback, user_data);
}

/* Returns: (transfer full) (nullable): the configuration, rows by table */
JsonObject *
ava_store_load_settings_finish (AvaStore      *self,
                                GAsyncResult  *result,
                                GError       **error)
{
  return ava_store_run_finish (self, result, ava_store_load_settings_async, error);
}

/**
 * ava_store_save_settings_async:
 * @changes: of objects, see the header; copied
 *
 * Writes all changes in one transaction with journal and sync outbox, or none.
 */
void
ava_store_save_settings_async (AvaStore            *self,
                               const AvaActor      *actor,
                               JsonArray           *changes,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  AvaStoreArgs *args = ava_store_args_new (actor);
  g_autoptr (JsonNode) node = json_node_init_array (json_node_alloc (), changes);

  args->text = json_to_string (node, FALSE);
  ava_store_run_async (self, AVA_STORE_WRITE, save_settings, args, NULL, ava_store_save_settings_async,
                       cancellable, callback, user_data);
}

gboolean
ava_store_save_settings_finish (AvaStore      *self,
                                GAsyncResult  *result,
                                GError       **error)
{
  return ava_store_run_finish (self, result, ava_store_save_settings_async, error) != NULL;
}

/* As ava_store_save_settings_async(), but everything is taken back before it is committed. */
void
ava_store_rehearse_settings_async (AvaStore            *self,
                                   JsonArray           *changes,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  const AvaActor actor = { .who = "system", .why = "rehearsal" };
  AvaStoreArgs *args = ava_store_args_new (&actor);
  g_autoptr (JsonNode) node = json_node_init_array (json_node_alloc (), changes);

  args->text = json_to_string (node, FALSE);
  ava_store_run_async (self, AVA_STORE_READ, rehearse_settings, args, g_object_unref,
                       ava_store_rehearse_settings_async, cancellable, callback, user_data);
}

/* Returns: (transfer full) (nullable): the spa as it would be */
AvaSpa *
ava_store_rehearse_settings_finish (AvaStore      *self,
                                    GAsyncResult  *result,
                                    GError       **error)
{
  return ava_store_run_finish (self, result, ava_store_rehearse_settings_async, error);
}
