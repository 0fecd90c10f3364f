/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-date-phrase.h"
#include "ava-tool-answers.h"
#include "ava-wall-time.h"

#include <string.h>

static const AvaToolSpec spec = {
  "get_hours",
  "Tell when the spa is open: this week, or on the days that the caller asks about.",
  "{\"type\": \"object\", \"properties\": {"
  "\"when\": {\"type\": \"string\", \"description\": \"the caller's words about the day\"}}}",
};

#define MAX_DAYS 14

static JsonObject *
write_day (AvaSpa      *spa,
           const GDate *date)
{
  JsonObject *object = json_object_new ();
  g_autoptr (GDateTime) noon = g_date_time_new (spa->zone, g_date_get_year (date), g_date_get_month (date),
                                                g_date_get_day (date), 12, 0, 0);
  g_autofree char *spoken = ava_date_speak_day (date);
  g_autofree char *iso = g_date_time_format (noon, "%Y-%m-%d");
  const char *reason = NULL;
  int open_min = 0;
  int close_min = 0;
  gboolean open = ava_spa_get_hours (spa, NULL, noon, &open_min, &close_min, &reason);
  g_autofree char *from = ava_date_speak_minutes (open_min);
  g_autofree char *to = ava_date_speak_minutes (close_min);
  g_autofree char *hours = open ? g_strdup_printf ("%s to %s", from, to) : g_strdup ("closed");

  json_object_set_string_member (object, "date", iso);
  json_object_set_string_member (object, "spoken_day", spoken);
  json_object_set_boolean_member (object, "open", open);
  json_object_set_string_member (object, "hours", hours);
  if (reason != NULL && *reason != '\0')
    json_object_set_string_member (object, "reason", reason);
  return object;
}

static const char *
get_name (JsonObject *day,
          gboolean    weekday,
          char       *buffer,
          gsize       length)
{
  const char *spoken = json_object_get_string_member (day, "spoken_day");

  g_strlcpy (buffer, spoken, length);
  if (weekday)
    buffer[strcspn (buffer, ",")] = '\0';
  return buffer;
}

/* "Monday to Wednesday 9 AM to 7 PM, Thursday 9 AM to 8 PM and Sunday closed". */
static char *
speak_days (JsonArray *days)
{
  GString *words = g_string_new (NULL);
  guint count = json_array_get_length (days);
  gboolean week = count == 7;

  for (guint i = 0; i < count;) {
    JsonObject *first = json_array_get_object_element (days, i);
    const char *hours = json_object_get_string_member (first, "hours");
    const char *reason = json_object_get_string_member_with_default (first, "reason", NULL);
    char name[64];
    char last[64];
    guint j = i + 1;

    while (j < count && reason == NULL) {
      JsonObject *next = json_array_get_object_element (days, j);

      if (json_object_has_member (next, "reason") ||
          g_strcmp0 (json_object_get_string_member (next, "hours"), hours) != 0)
        break;
      j++;
    }
    g_string_append (words, i == 0 ? "" : j == count ? " and " : ", ");
    get_name (first, week, name, sizeof name);
    get_name (json_array_get_object_element (days, j - 1), week, last, sizeof last);
    if (j - i == 1)
      g_string_append_printf (words, "%s %s", name, hours);
    else
      g_string_append_printf (words, "%s %s %s %s", name, j - i == 2 ? "and" : "to", last, hours);
    if (reason != NULL)
      g_string_append_printf (words, " for %s", reason);
    i = j;
  }
  return g_string_free (words, FALSE);
}

static char *
speak_hours (JsonArray *days)
{
  g_autofree char *list = NULL;

  if (json_array_get_length (days) == 1) {
    JsonObject *day = json_array_get_object_element (days, 0);
    const char *name = json_object_get_string_member (day, "spoken_day");
    const char *reason = json_object_get_string_member_with_default (day, "reason", NULL);

    if (json_object_get_boolean_member (day, "open"))
      return g_strdup_printf ("On %s we are open from %s.", name, json_object_get_string_member (day, "hours"));
    return reason != NULL ? g_strdup_printf ("On %s we are closed for %s.", name, reason)
                          : g_strdup_printf ("On %s we are closed.", name);
  }
  list = speak_days (days);
  return g_strdup_printf ("Our hours are %s.", list);
}

static void
get_hours (AvaTool    *self,
           AvaToolRun *run,
           GTask      *task)
{
  const char *words = ava_tool_run_get_text (run, "when");
  g_autoptr (AvaDatePhrase) when = ava_date_phrase_parse (words, ava_tool_run_now_us (run), run->spa->zone);
  g_autofree char *spoken = NULL;
  JsonArray *days;
  JsonObject *answer;
  GDate date;
  GDate last;

  if (when->problem != NULL || when->question != NULL) {
    const char *past = when->problem != NULL && strstr (when->problem, "past") != NULL ? "past" : "invalid";

    ava_tool_answer (task, when->problem != NULL ? ava_tool_refuse (past, "%s", when->problem)
                                                 : ava_tool_refuse ("ambiguous", "%s", when->question));
    return;
  }
  ava_wall_time_of (ava_tool_run_now_us (run), run->spa->zone, &date);
  last = date;
  g_date_add_days (&last, 6);
  if (when->has_date) {
    date = when->first_day;
    last = when->last_day;
  }
  days = json_array_new ();
  for (guint i = 0; i < MAX_DAYS && g_date_compare (&date, &last) <= 0; i++, g_date_add_days (&date, 1))
    json_array_add_object_element (days, write_day (run->spa, &date));
  spoken = speak_hours (days);
  answer = json_object_new ();
  json_object_set_array_member (answer, "days", days);
  json_object_set_string_member (answer, "spoken", spoken);
  ava_tool_answer (task, answer);
}

AVA_DEFINE_TOOL (AvaGetHoursTool, ava_get_hours_tool, spec, get_hours)
