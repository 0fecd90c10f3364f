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
  "\"when\": {\"type\": \"string\", \"description\": \"the caller's words about the day\"},"
  "\"location\": {\"type\": \"string\", \"description\": \"id or the caller's words; else the one that answers the phone\"}}}",
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

static gboolean
is_like (JsonObject *day,
         JsonObject *other)
{
  return !json_object_has_member (day, "reason") && !json_object_has_member (other, "reason") &&
         g_strcmp0 (json_object_get_string_member (day, "hours"), json_object_get_string_member (other, "hours")) == 0;
}

/* A week is told from Monday on, whatever today is. */
static JsonObject *
get_day (JsonArray *days,
         guint      place)
{
  guint count = json_array_get_length (days);
  guint monday = 0;

  while (count == 7 && !g_str_has_prefix (json_object_get_string_member (json_array_get_object_element (days, monday),
                                                                         "spoken_day"), "Monday"))
    monday++;
  return json_array_get_object_element (days, (place + monday) % count);
}

/* "Monday to Wednesday from 9 AM to 7 PM" or "Sunday"; answers the place after the days so told. */
static guint
speak_group (JsonArray *days,
             guint      place,
             char     **words)
{
  guint count = json_array_get_length (days);
  JsonObject *first = get_day (days, place);
  const char *reason = json_object_get_string_member_with_default (first, "reason", NULL);
  guint next = place + 1;
  char name[64];
  char last[64];
  g_autofree char *hours = NULL;

  while (next < count && is_like (first, get_day (days, next)))
    next++;
  get_name (first, count == 7, name, sizeof name);
  get_name (get_day (days, next - 1), count == 7, last, sizeof last);
  if (json_object_get_boolean_member (first, "open"))
    hours = g_strdup_printf (" from %s", json_object_get_string_member (first, "hours"));
  *words = g_strdup_printf ("%s%s%s%s%s%s", name, next - place == 1 ? "" : next - place == 2 ? " and " : " to ",
                            next - place == 1 ? "" : last, hours != NULL ? hours : "", reason != NULL ? " for " : "",
                            reason != NULL ? reason : "");
  return next;
}

static GStrv
speak_groups (JsonArray *days,
              gboolean   open)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; i < json_array_get_length (days);) {
    gboolean is_open = json_object_get_boolean_member (get_day (days, i), "open");
    g_autofree char *words = NULL;

    i = speak_group (days, i, &words);
    if (is_open == open)
      g_strv_builder_add (builder, words);
  }
  return g_strv_builder_end (builder);
}

static char *
join_words (GStrv words)
{
  GString *joined = g_string_new (NULL);
  guint count = g_strv_length (words);

  for (guint i = 0; i < count; i++)
    g_string_append_printf (joined, "%s%s", i == 0 ? "" : i + 1 < count ? ", " : count == 2 ? " and " : ", and ", words[i]);
  return g_string_free (joined, FALSE);
}

/* "We are open Monday to Friday from 9 AM to 7 PM. We are closed on Sunday." */
static char *
speak_hours (JsonArray *days)
{
  g_auto (GStrv) open = speak_groups (days, TRUE);
  g_auto (GStrv) closed = speak_groups (days, FALSE);
  g_autofree char *opens = join_words (open);
  g_autofree char *closes = join_words (closed);
  const char *on = json_array_get_length (days) == 7 ? "" : "on ";

  if (*opens == '\0')
    return g_strdup_printf ("We are closed on %s.", closes);
  if (*closes == '\0')
    return g_strdup_printf ("We are open %s%s.", on, opens);
  return g_strdup_printf ("We are open %s%s. We are closed on %s.", on, opens, closes);
}

static void
get_hours (AvaTool    *self,
           AvaToolRun *run,
           GTask      *task)
{
  const char *words = ava_tool_run_get_text (run, "when");
  JsonObject *refusal = ava_tool_see_location (run);
  g_autoptr (AvaDatePhrase) when = ava_date_phrase_parse (words, ava_tool_run_now_us (run), run->spa->zone);
  g_autofree char *spoken = NULL;
  JsonArray *days;
  JsonObject *answer;
  GDate date;
  GDate last;

  if (refusal != NULL) {
    ava_tool_answer (task, refusal);
    return;
  }
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
  for (guint i = 0; i < MAX_DAYS && g_date_compare (&date, &last) <= 0; i++, g_date_add_days (&date, 1)) {
    if (ava_date_phrase_has_day (when, &date))
      json_array_add_object_element (days, write_day (run->spa, &date));
  }
  spoken = speak_hours (days);
  answer = json_object_new ();
  json_object_set_array_member (answer, "days", days);
  json_object_set_string_member (answer, "spoken", spoken);
  ava_tool_answer (task, answer);
}

AVA_DEFINE_TOOL (AvaGetHoursTool, ava_get_hours_tool, spec, get_hours)
