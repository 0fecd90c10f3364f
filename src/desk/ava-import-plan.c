/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-import-plan.h"

#include "ava-csv.h"
#include "ava-ics.h"
#include "ava-phone.h"
#include "ava-wall-time.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

/* Files of appointments and calendars become items for the store. What a line or event lacks, or has that
 * cannot be, is said at once; the rest is the store's to judge, by the rules for everyone. */

#define AT_ONCE 100   /* items of one transaction */

static char *
make_print (const char *first,
            ...)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  va_list args;

  va_start (args, first);
  for (const char *text = first; text != NULL; text = va_arg (args, const char *)) {
    g_checksum_update (sum, (const guchar *) text, -1);
    g_checksum_update (sum, (const guchar *) "\x1f", 1);
  }
  va_end (args);
  return g_strndup (g_checksum_get_string (sum), 32);
}

static void
set_broken (AvaImportItem *item,
            char          *words)
{
  item->verdict = AVA_IMPORT_BROKEN;
  g_free (item->words);
  item->words = words;
}

/* --- Calendars --------------------------------------------------------------------------------- */

static AvaService *
find_service (AvaSpa     *spa,
              const char *text)
{
  g_autofree char *folded = g_utf8_casefold (text, -1);

  for (guint i = 0; i < spa->services->len; i++) {
    AvaService *service = spa->services->pdata[i];
    g_autofree char *name = g_utf8_casefold (service->name, -1);

    if (!service->archived && (strcmp (name, folded) == 0 || g_strcmp0 (service->id, text) == 0))
      return service;
  }
  return NULL;
}

/* "Botox: Zora Quill", "Botox – Zora Quill", "Zora Quill - Botox": a treatment of somebody. */
static void
match_summary (AvaSpa        *spa,
               const char    *summary,
               const char    *provider_id,
               gint64         start_us,
               AvaImportItem *item)
{
  static const char *const marks[] = { ": ", " – ", " — ", " - ", ", " };

  for (guint i = 0; i < G_N_ELEMENTS (marks) && summary != NULL && item->slot == NULL; i++) {
    g_auto (GStrv) parts = g_strsplit (summary, marks[i], 2);

    if (g_strv_length (parts) != 2)
      continue;
    for (guint j = 0; j < 2; j++) {
      AvaService *service = find_service (spa, g_strstrip (parts[j]));

      if (service == NULL || *g_strstrip (parts[1 - j]) == '\0')
        continue;
      item->slot = ava_slot_new ();
      item->slot->service_id = g_strdup (service->id);
      item->slot->provider_id = g_strdup (provider_id);
      item->slot->start_us = start_us;
      item->location_id = g_strdup (spa->location_id);
      item->customer_name = g_strdup (parts[1 - j]);
      item->price_cents = service->price_cents;
      break;
    }
  }
}

static void
plan_block (AvaImportItem     *item,
            const AvaIcsEvent *event,
            const char        *provider_id)
{
  item->block = ava_time_block_new ();
  item->block->provider_id = g_strdup (provider_id);
  item->block->start_us = event->start_us;
  item->block->end_us = event->end_us;
  item->block->reason = event->summary != NULL ? g_utf8_substring (event->summary, 0, MIN (g_utf8_strlen (event->summary, -1), 500)) : NULL;
}

static AvaImportItem *
plan_event (AvaSpa            *spa,
            const AvaIcsEvent *event,
            const char        *provider_id)
{
  AvaImportItem *item = ava_import_item_new ();
  g_autofree char *times = g_strdup_printf ("%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %d%s", event->start_us, event->end_us, event->cancelled,
                                            event->free ? " free" : "");
  gboolean ours = event->uid != NULL && g_str_has_suffix (event->uid, AVA_ICS_UID_SUFFIX);

  item->where = event->uid != NULL ? g_strdup_printf (_("line %u, UID %s"), event->line, event->uid) : g_strdup_printf (_("line %u"), event->line);
  item->id = g_strdup_printf ("ics:%s|%" G_GINT64_FORMAT, event->uid != NULL ? event->uid : "", event->instance_us);
  item->print = make_print (times, event->summary != NULL ? event->summary : "", provider_id != NULL ? provider_id : "", NULL);
  if (event->uid != NULL && provider_id != NULL)
    item->block_id = g_strdup_printf ("%s|%s", item->id, provider_id);
  item->gone = event->cancelled;
  item->free = event->free;
  if (event->problem != NULL) {
    set_broken (item, g_strdup (event->problem));
    return item;
  }
  plan_block (item, event, provider_id);
  if (ours) {
    item->own_id = g_strndup (event->uid, strlen (event->uid) - strlen (AVA_ICS_UID_SUFFIX));
    item->slot = ava_slot_new ();
    item->slot->start_us = event->start_us;
  } else if (!event->all_day && !event->free) {
    match_summary (spa, event->summary, provider_id, event->start_us, item);
  }
  return item;
}

/* Comes last, and is left out of the items when nothing was left behind. */
static AvaImportItem *
plan_sweep (GPtrArray  *items,
            GHashTable *uids,
            const char *provider_id,
            gint64      from_us,
            gint64      to_us)
{
  AvaImportItem *item = ava_import_item_new ();

  item->where = g_strdup (_("no longer in the file"));
  item->sweep = g_new0 (AvaImportSweep, 1);
  item->sweep->provider_id = g_strdup (provider_id);
  item->sweep->from_us = from_us;
  item->sweep->to_us = to_us;
  item->sweep->uids = g_hash_table_ref (uids);
  item->sweep->kept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < items->len; i++) {
    const AvaImportItem *kept = items->pdata[i];

    g_hash_table_add (item->sweep->kept, g_strdup (kept->id));
    if (kept->block_id != NULL)
      g_hash_table_add (item->sweep->kept, g_strdup (kept->block_id));
  }
  return item;
}

/**
 * ava_import_plan_calendar:
 * @spa: seen from the location that the calendar belongs to
 * @provider_id: (nullable): whose calendar it is
 * @from_us: [us] UTC: what is over before is left out
 *
 * Returns: (transfer full) (nullable) (element-type AvaImportItem):
 */
GPtrArray *
ava_import_plan_calendar (AvaSpa      *spa,
                          const char  *text,
                          gssize       length,
                          const char  *provider_id,
                          gint64       from_us,
                          gint64       to_us,
                          GError     **error)
{
  GPtrArray *items;
  g_autoptr (GPtrArray) events = NULL;
  g_autoptr (GHashTable) uids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  if (provider_id != NULL && ava_spa_find_provider (spa, provider_id) == NULL) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _("There is no provider “%s”."), provider_id);
    return NULL;
  }
  events = ava_ics_parse (text, length, spa->zone, from_us, to_us, uids, error);
  if (events == NULL)
    return NULL;
  items = g_ptr_array_new_with_free_func ((GDestroyNotify) ava_import_item_free);
  for (guint i = 0; i < events->len; i++)
    g_ptr_array_add (items, plan_event (spa, events->pdata[i], provider_id));
  if (provider_id != NULL)
    g_ptr_array_add (items, plan_sweep (items, uids, provider_id, from_us, to_us));
  return items;
}

/* --- Tables ------------------------------------------------------------------------------------ */

#define MOST_ROWS 100000

typedef enum { DATE, TIME, SERVICE, PROVIDER, NAME, PHONE, EMAIL, NOTES, ID, LOCATION, N_COLUMNS } Column;

static const char *const column_names[N_COLUMNS][5] = {
  [DATE] = { "date", "day", "appointment date" },
  [TIME] = { "time", "start", "start time" },
  [SERVICE] = { "service", "treatment" },
  [PROVIDER] = { "provider", "staff", "with" },
  [NAME] = { "name", "customer", "client", "customer name", "client name" },
  [PHONE] = { "phone", "mobile", "telephone", "phone number" },
  [EMAIL] = { "email", "e-mail", "email address" },
  [NOTES] = { "notes", "note", "comment" },
  [ID] = { "id", "appointment id", "reference" },
  [LOCATION] = { "location", "site", "branch" },
};

static gboolean
find_columns (const AvaCsvRow  *head,
              int               columns[N_COLUMNS],
              GError          **error)
{
  for (guint i = 0; i < N_COLUMNS; i++) {
    columns[i] = -1;
    for (guint j = 0; head->fields[j] != NULL && columns[i] < 0; j++) {
      for (guint k = 0; k < G_N_ELEMENTS (column_names[i]) && column_names[i][k] != NULL; k++) {
        if (g_ascii_strcasecmp (g_strstrip (head->fields[j]), column_names[i][k]) == 0)
          columns[i] = j;
      }
    }
    if (columns[i] < 0 && (i == DATE || i == TIME || i == SERVICE || i == NAME)) {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                   _("The first line must name the columns; “%s” is missing. Needed are date, time, service and name; phone, provider, email, "
                     "notes, id and location may follow."), column_names[i][0]);
      return FALSE;
    }
  }
  return TRUE;
}

static const char *
get_cell (const AvaCsvRow *row,
          const int        columns[N_COLUMNS],
          Column           column)
{
  if (columns[column] < 0 || (guint) columns[column] >= g_strv_length (row->fields))
    return "";
  return g_strstrip (row->fields[columns[column]]);
}

/* 2026-12-01; where money is in dollars 12/1/2026, elsewhere 1.12.2026 and 1/12/2026. */
static gboolean
read_date (const char *text,
           AvaSpa     *spa,
           GDate      *day)
{
  int year, month, date, used = 0;

  if (sscanf (text, "%4d-%2d-%2d%n", &year, &month, &date, &used) != 3 || text[used] != '\0') {
    gboolean month_first = g_strcmp0 (spa->currency, "USD") == 0 && strchr (text, '/') != NULL;

    if ((sscanf (text, "%2d/%2d/%4d%n", &month, &date, &year, &used) != 3 && sscanf (text, "%2d.%2d.%4d%n", &month, &date, &year, &used) != 3) ||
        text[used] != '\0')
      return FALSE;
    if (!month_first) {
      int other = month;

      month = date;
      date = other;
    }
  }
  if (year < 1990 || year > 2200 || month < 1 || date < 1 || !g_date_valid_dmy (date, month, year))
    return FALSE;
  g_date_clear (day, 1);
  g_date_set_dmy (day, date, month, year);
  return TRUE;
}

/* "15:30", "3:30 PM", "3pm". Answers -1 when it is none. */
static int
read_time (const char *text)
{
  g_autofree char *lower = g_ascii_strdown (text, -1);
  int hour, minute = 0, used = 0;
  const char *rest;

  if (sscanf (lower, "%2d:%2d%n", &hour, &minute, &used) != 2 && sscanf (lower, "%2d%n", &hour, &used) != 1)
    return -1;
  rest = g_strchug (lower + used);
  if (minute < 0 || minute > 59 || hour < 0)
    return -1;
  if (strcmp (rest, "am") == 0 || strcmp (rest, "pm") == 0)
    return hour < 1 || hour > 12 ? -1 : hour % 12 * 60 + minute + (*rest == 'p' ? 720 : 0);
  return *rest != '\0' || hour > 23 || strchr (text, ':') == NULL ? -1 : hour * 60 + minute;
}

static AvaProvider *
find_provider (AvaSpa     *spa,
               const char *text)
{
  g_autofree char *folded = g_utf8_casefold (text, -1);

  for (guint i = 0; i < spa->providers->len; i++) {
    AvaProvider *provider = spa->providers->pdata[i];
    g_autofree char *name = g_utf8_casefold (provider->name, -1);

    if (!provider->archived && (strcmp (name, folded) == 0 || g_strcmp0 (provider->id, text) == 0))
      return provider;
  }
  return NULL;
}

static gboolean
plan_start (AvaImportItem *item,
            AvaSpa        *spa,
            const char    *date,
            const char    *time)
{
  gint64 starts_us[2];
  GDate day;
  int minute;
  guint count;

  if (!read_date (date, spa, &day)) {
    set_broken (item, g_strdup_printf (_("“%.40s” is no day; write it like 2026-12-01."), date));
    return FALSE;
  }
  minute = read_time (time);
  if (minute < 0) {
    set_broken (item, g_strdup_printf (_("“%.40s” is no time of day; write it like 15:30 or 3:30 PM."), time));
    return FALSE;
  }
  count = ava_wall_time_find (&day, minute, spa->zone, starts_us);
  if (count == 0)
    set_broken (item, g_strdup_printf (_("%s %s does not exist: the clocks go forward then."), date, time));
  else if (count == 2)
    set_broken (item, g_strdup_printf (_("%s %s comes twice, as the clocks go back then: choose another time."), date, time));
  else
    item->slot->start_us = starts_us[0];
  return count == 1;
}

static void
plan_person (AvaImportItem *item,
             const char    *name,
             const char    *phone,
             const char    *email,
             const char    *notes)
{
  if (*name == '\0') {
    set_broken (item, g_strdup (_("The customer's name is missing.")));
    return;
  }
  item->customer_name = g_strdup (name);
  item->phone = *phone != '\0' ? ava_phone_normalize (phone) : NULL;
  item->email = *email != '\0' ? g_strdup (email) : NULL;
  item->notes = *notes != '\0' ? g_strdup (notes) : NULL;
  if (*phone != '\0' && item->phone == NULL)
    set_broken (item, g_strdup_printf (_("“%.40s” is no whole phone number."), phone));
}

/* Returns: (transfer full) (nullable): @spa from where the line says that it is */
static AvaSpa *
see_location (AvaSpa     *spa,
              const char *text)
{
  g_autofree char *folded = g_utf8_casefold (text, -1);

  if (*text == '\0')
    return g_object_ref (spa);
  for (guint i = 0; i < spa->locations->len; i++) {
    AvaLocation *location = spa->locations->pdata[i];
    g_autofree char *name = g_utf8_casefold (location->name, -1);

    if (strcmp (name, folded) == 0 || g_strcmp0 (location->id, text) == 0)
      return ava_spa_at (spa, location->id);
  }
  return NULL;
}

static AvaImportItem *
plan_row (AvaSpa          *spa,
          const AvaCsvRow *row,
          const int        columns[N_COLUMNS])
{
  g_autoptr (AvaSpa) here = NULL;
  AvaImportItem *item = ava_import_item_new ();
  const char *cells[N_COLUMNS];
  AvaService *service;
  AvaProvider *provider;

  for (guint i = 0; i < N_COLUMNS; i++)
    cells[i] = get_cell (row, columns, i);
  item->where = g_strdup_printf (_("line %u"), row->line);
  if (row->trouble != NULL) {
    set_broken (item, g_strdup_printf (_("This line cannot be read: %s."), row->trouble));
    return item;
  }
  item->print = make_print (cells[DATE], cells[TIME], cells[SERVICE], cells[PROVIDER], cells[NAME], cells[PHONE], cells[EMAIL], cells[NOTES],
                            *cells[LOCATION] != '\0' ? cells[LOCATION] : NULL, NULL);
  item->id = *cells[ID] != '\0' ? g_strdup_printf ("csv:%.200s", cells[ID]) : g_strdup_printf ("csv#%s", item->print);
  item->slot = ava_slot_new ();
  here = see_location (spa, cells[LOCATION]);
  if (here == NULL) {
    set_broken (item, g_strdup_printf (_("There is no location “%.60s”."), cells[LOCATION]));
    return item;
  }
  item->location_id = g_strdup (here->location_id);
  plan_person (item, cells[NAME], cells[PHONE], cells[EMAIL], cells[NOTES]);
  if (item->verdict == AVA_IMPORT_BROKEN || !plan_start (item, here, cells[DATE], cells[TIME]))
    return item;
  service = find_service (spa, cells[SERVICE]);
  provider = *cells[PROVIDER] != '\0' ? find_provider (spa, cells[PROVIDER]) : NULL;
  if (service == NULL) {
    set_broken (item, g_strdup_printf (_("There is no service “%.60s”."), cells[SERVICE]));
  } else if (*cells[PROVIDER] != '\0' && provider == NULL) {
    set_broken (item, g_strdup_printf (_("There is no provider “%.60s”."), cells[PROVIDER]));
  } else {
    item->slot->service_id = g_strdup (service->id);
    item->slot->provider_id = provider != NULL ? g_strdup (provider->id) : NULL;
    item->price_cents = service->price_cents;
  }
  return item;
}

/**
 * ava_import_plan_table:
 * @spa: seen from where lines are that do not say where
 * @text: a table of appointments, its first line the names of the columns
 *
 * Returns: (transfer full) (nullable) (element-type AvaImportItem): one for each line
 */
GPtrArray *
ava_import_plan_table (AvaSpa      *spa,
                       const char  *text,
                       gssize       length,
                       GError     **error)
{
  g_autoptr (GPtrArray) rows = ava_csv_read (text, length < 0 ? strlen (text) : (gsize) length);
  GPtrArray *items;
  int columns[N_COLUMNS];

  if (rows->len == 0 || rows->len > MOST_ROWS) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, rows->len == 0 ? _("This file is empty.")
                 : _("This file has %u rows. Please split it: at most %d are taken at once."), rows->len, MOST_ROWS);
    return NULL;
  }
  if (!find_columns (rows->pdata[0], columns, error))
    return NULL;
  items = g_ptr_array_new_with_free_func ((GDestroyNotify) ava_import_item_free);
  for (guint i = 1; i < rows->len; i++)
    g_ptr_array_add (items, plan_row (spa, rows->pdata[i], columns));
  return items;
}

/* --- Taking them ------------------------------------------------------------------------------- */

typedef struct {
  AvaStore *store;
  GPtrArray *items;
  GPtrArray *part;     /* under way: borrowed items */
  char *who;
  guint next;
  gint64 batch;        /* of what was written so far, 0 while nothing was */
  gboolean dry;
} Run;

static void
run_free (Run *run)
{
  g_clear_object (&run->store);
  g_clear_pointer (&run->items, g_ptr_array_unref);
  g_clear_pointer (&run->part, g_ptr_array_unref);
  g_free (run->who);
  g_free (run);
}

static void go_on (GTask *task);

static void
part_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Run *run = g_task_get_task_data (task);
  GError *error = NULL;
  gint64 batch;

  if (ava_store_import_finish (AVA_STORE (source), result, &batch, &error)) {
    run->batch = run->dry ? 0 : batch;
    go_on (task);
  } else {
    g_task_return_error (task, error);
  }
}

static void
drop_idle_sweep (GPtrArray *items)
{
  AvaImportItem *last = items->len > 0 ? items->pdata[items->len - 1] : NULL;

  if (last != NULL && last->sweep != NULL && last->verdict == AVA_IMPORT_UNCHANGED)
    g_ptr_array_remove_index (items, items->len - 1);
}

static void
go_on (GTask *task)
{
  Run *run = g_task_get_task_data (task);
  const AvaActor actor = { .who = run->who };

  if (g_task_return_error_if_cancelled (task))
    return;
  if (run->next >= run->items->len) {
    drop_idle_sweep (run->items);
    g_task_return_boolean (task, TRUE);
    return;
  }
  g_clear_pointer (&run->part, g_ptr_array_unref);
  run->part = g_ptr_array_new ();
  for (; run->part->len < AT_ONCE && run->next < run->items->len; run->next++)
    g_ptr_array_add (run->part, run->items->pdata[run->next]);
  ava_store_import_async (run->store, &actor, run->part, run->batch, run->dry, NULL, part_cb, g_object_ref (task));
}

/**
 * ava_import_run_async:
 * @who: (nullable): who has the file taken, "staff:…"
 */
void
ava_import_run_async (AvaContext          *context,
                      GPtrArray           *items,
                      const char          *who,
                      gboolean             dry,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (context, cancellable, callback, user_data);
  Run *run = g_new0 (Run, 1);

  run->store = g_object_ref (ava_context_get_store (context));
  run->items = g_ptr_array_ref (items);
  run->who = who != NULL ? g_strconcat ("import:", who, NULL) : g_strdup ("import");
  run->dry = dry;
  g_task_set_source_tag (task, ava_import_run_async);
  g_task_set_task_data (task, run, (GDestroyNotify) run_free);
  go_on (task);
}

/**
 * ava_import_run_finish:
 * @count: (out) (optional): how many of each verdict
 * @token: (out) (optional): for ava_book_undo_async(), of what was written, also when it failed on the way; 0 when nothing was
 */
gboolean
ava_import_run_finish (AvaContext      *context,
                       GAsyncResult    *result,
                       AvaImportCount  *count,
                       gint64          *token,
                       GError         **error)
{
  Run *run = g_task_get_task_data (G_TASK (result));

  if (count != NULL)
    memset (count, 0, sizeof *count);
  for (guint i = 0; count != NULL && i < run->items->len; i++) {
    guint *of[] = { &count->added, &count->changed, &count->unchanged, &count->broken };

    (*of[((AvaImportItem *) run->items->pdata[i])->verdict])++;
  }
  if (token != NULL)
    *token = run->batch;
  return g_task_propagate_boolean (G_TASK (result), error);
}
