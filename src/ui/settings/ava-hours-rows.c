/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-hours-rows.h"

#include "ava-holidays.h"

#include <string.h>

static gboolean
is_same (const char *a,
         const char *b)
{
  return g_strcmp0 (a != NULL ? a : "", b != NULL ? b : "") == 0;
}

static const char *
get_first_location (AvaSettingsDraft *draft)
{
  JsonArray *rows = ava_settings_draft_list (draft, "locations");

  for (guint i = 0; i < json_array_get_length (rows); i++) {
    JsonObject *row = json_array_get_object_element (rows, i);

    if (ava_settings_get_int (row, "archived_us") == 0)
      return ava_settings_get_text (row, "id");
  }
  return "";
}

/* No location stands for the first one. */
static gboolean
is_at (AvaSettingsDraft *draft,
       JsonObject       *row,
       const char       *location_id)
{
  const char *first = get_first_location (draft);
  const char *at = ava_settings_get_text (row, "location_id");

  return is_same (*at != '\0' ? at : first, location_id != NULL ? location_id : first);
}

static int
compare_rows (gconstpointer a,
              gconstpointer b)
{
  return ava_settings_get_int (*(JsonObject *const *) a, "open_min") - ava_settings_get_int (*(JsonObject *const *) b, "open_min");
}

static GPtrArray *
list_rows (AvaSettingsDraft *draft,
           const char       *owner_id,
           const char       *location_id,
           int               weekday)
{
  JsonArray *rows = ava_settings_draft_list (draft, "hours");
  GPtrArray *found = g_ptr_array_new ();

  for (guint i = 0; i < json_array_get_length (rows); i++) {
    JsonObject *row = json_array_get_object_element (rows, i);

    if (is_same (ava_settings_get_text (row, "owner_id"), owner_id) && ava_settings_get_int (row, "weekday") == weekday &&
        is_at (draft, row, location_id))
      g_ptr_array_add (found, row);
  }
  g_ptr_array_sort (found, compare_rows);
  return found;
}

guint
ava_hours_rows_read (AvaSettingsDraft *draft,
                     const char       *owner_id,
                     const char       *location_id,
                     int               weekday,
                     AvaSpan          *spans)
{
  g_autoptr (GPtrArray) rows = list_rows (draft, owner_id, location_id, weekday);
  guint count = 0;

  for (guint i = 0; i < rows->len; i++)
    ava_spans_add (spans, &count, (AvaSpan) { ava_settings_get_int (rows->pdata[i], "open_min"),
                                              ava_settings_get_int (rows->pdata[i], "close_min") });
  return count;
}

static void
add_row (AvaSettingsDraft *draft,
         const char       *owner_id,
         const char       *location_id,
         int               weekday,
         const AvaSpan    *span)
{
  const char *first = get_first_location (draft);
  const char *place = location_id != NULL ? location_id : first;
  JsonObject *row = json_object_new ();
  g_autofree char *id = NULL;

  /* The same id whenever the same hours come back: closed and opened again is no change. */
  for (guint n = 0; id == NULL || ava_settings_draft_find (draft, "hours", id) != NULL; n++) {
    g_free (id);
    id = n == 0 ? g_strdup_printf ("%s-day-%d", owner_id != NULL ? owner_id : place, weekday)
                : g_strdup_printf ("%s-day-%d-%u", owner_id != NULL ? owner_id : place, weekday, n);
  }
  json_object_set_string_member (row, "id", id);
  if (owner_id != NULL)
    json_object_set_string_member (row, "owner_id", owner_id);
  else
    json_object_set_null_member (row, "owner_id");
  if (is_same (place, first))
    json_object_set_null_member (row, "location_id");
  else
    json_object_set_string_member (row, "location_id", place);
  json_object_set_int_member (row, "weekday", weekday);
  json_object_set_int_member (row, "open_min", span->open_min);
  json_object_set_int_member (row, "close_min", span->close_min);
  ava_settings_draft_add (draft, "hours", row);
}

void
ava_hours_rows_write (AvaSettingsDraft *draft,
                      const char       *owner_id,
                      const char       *location_id,
                      int               weekday,
                      const AvaSpan    *spans,
                      guint             count)
{
  g_autoptr (GPtrArray) rows = list_rows (draft, owner_id, location_id, weekday);
  g_autoptr (GPtrArray) gone = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < rows->len; i++) {
    const char *id = ava_settings_get_text (rows->pdata[i], "id");

    if (i >= count) {
      g_ptr_array_add (gone, g_strdup (id));
      continue;
    }
    ava_settings_draft_set_int (draft, "hours", id, "open_min", spans[i].open_min);
    ava_settings_draft_set_int (draft, "hours", id, "close_min", spans[i].close_min);
  }
  for (guint i = 0; i < gone->len; i++)
    ava_settings_draft_remove (draft, "hours", gone->pdata[i]);
  for (guint i = rows->len; i < count; i++)
    add_row (draft, owner_id, location_id, weekday, &spans[i]);
}

/* --- Days that differ ------------------------------------------------------------------------- */

static void
get_today (AvaSettingsDraft *draft,
           GDate            *date)
{
  AvaContext *context = ava_settings_draft_get_context (draft);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (ava_clock_now_us (ava_context_get_clock (context)) / G_USEC_PER_SEC);
  g_autoptr (GDateTime) here = g_date_time_to_timezone (utc, ava_context_get_spa (context)->zone);

  g_date_clear (date, 1);
  g_date_set_dmy (date, g_date_time_get_day_of_month (here), g_date_time_get_month (here), g_date_time_get_year (here));
}

static int
compare_dates (gconstpointer a,
               gconstpointer b)
{
  return strcmp (ava_settings_get_text (*(JsonObject *const *) a, "date"), ava_settings_get_text (*(JsonObject *const *) b, "date"));
}

GPtrArray *
ava_hours_rows_list_days (AvaSettingsDraft *draft,
                          const char       *owner_id,
                          const char       *location_id)
{
  JsonArray *rows = ava_settings_draft_list (draft, "hours_exceptions");
  GPtrArray *found = g_ptr_array_new ();
  char today[16];
  GDate date;

  get_today (draft, &date);
  g_date_strftime (today, sizeof today, "%Y-%m-%d", &date);
  for (guint i = 0; i < json_array_get_length (rows); i++) {
    JsonObject *row = json_array_get_object_element (rows, i);
    const char *last = ava_settings_get_text (row, "last_date");

    if (is_same (ava_settings_get_text (row, "owner_id"), owner_id) &&
        (*ava_settings_get_text (row, "location_id") == '\0' || is_at (draft, row, location_id)) &&
        strcmp (*last != '\0' ? last : ava_settings_get_text (row, "date"), today) >= 0)
      g_ptr_array_add (found, row);
  }
  g_ptr_array_sort (found, compare_dates);
  return found;
}

/* @location_id: of several, only that one is closed; with one location all of them are meant. */
static gboolean
is_only_location (AvaSettingsDraft *draft)
{
  JsonArray *rows = ava_settings_draft_list (draft, "locations");
  guint n = 0;

  for (guint i = 0; i < json_array_get_length (rows); i++)
    n += ava_settings_get_int (json_array_get_object_element (rows, i), "archived_us") == 0;
  return n <= 1;
}

void
ava_hours_rows_add_day (AvaSettingsDraft *draft,
                        const char       *owner_id,
                        const char       *location_id,
                        const GDate      *date,
                        const char       *reason)
{
  JsonObject *row = json_object_new ();
  char text[16];
  GDate today;

  get_today (draft, &today);
  g_date_strftime (text, sizeof text, "%Y-%m-%d", date != NULL ? date : &today);
  if (owner_id != NULL)
    json_object_set_string_member (row, "owner_id", owner_id);
  else
    json_object_set_null_member (row, "owner_id");
  if (owner_id != NULL || location_id == NULL || is_only_location (draft))
    json_object_set_null_member (row, "location_id");
  else
    json_object_set_string_member (row, "location_id", location_id);
  json_object_set_string_member (row, "date", text);
  json_object_set_null_member (row, "last_date");
  json_object_set_int_member (row, "open_min", 0);
  json_object_set_int_member (row, "close_min", 0);
  json_object_set_string_member (row, "reason", reason);
  ava_settings_draft_add (draft, "hours_exceptions", row);
}

static gboolean
is_planned (GPtrArray  *days,
            const char *date)
{
  for (guint i = 0; i < days->len; i++) {
    const char *first = ava_settings_get_text (days->pdata[i], "date");
    const char *last = ava_settings_get_text (days->pdata[i], "last_date");

    if (strcmp (date, first) >= 0 && strcmp (date, *last != '\0' ? last : first) <= 0)
      return TRUE;
  }
  return FALSE;
}

guint
ava_hours_rows_add_holidays (AvaSettingsDraft *draft,
                             const char       *location_id)
{
  guint added = 0;
  GDate today;
  GDate end;

  get_today (draft, &today);
  end = today;
  g_date_add_years (&end, 1);
  for (int year = g_date_get_year (&today); year <= g_date_get_year (&end); year++) {
    AvaHoliday holidays[AVA_FEDERAL_HOLIDAYS];

    ava_holidays_list_federal (year, holidays);
    for (guint i = 0; i < G_N_ELEMENTS (holidays); i++) {
      g_autoptr (GPtrArray) days = ava_hours_rows_list_days (draft, NULL, location_id);
      char text[16];

      g_date_strftime (text, sizeof text, "%Y-%m-%d", &holidays[i].date);
      if (g_date_compare (&holidays[i].date, &today) < 0 || g_date_compare (&holidays[i].date, &end) >= 0 || is_planned (days, text))
        continue;
      ava_hours_rows_add_day (draft, NULL, location_id, &holidays[i].date, holidays[i].name);
      added++;
    }
  }
  return added;
}
