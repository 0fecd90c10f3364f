/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-store-waitlist.h"
#include "ava-tool-answers.h"
#include "ava-tool-args.h"
#include "ava-tool-wish.h"
#include "ava-wall-time.h"

static const AvaToolSpec spec = {
  "join_waitlist",
  "Put a caller on the waitlist for a service when no time suits. Only after the caller said yes to it."
  " When it answers ask_staff, say its message, no reason, and take a message of kind callback.",
  "{\"type\": \"object\", \"properties\": {"
  "\"service\": {\"type\": \"string\", \"description\": \"id or words\"},"
  "\"provider\": {\"type\": \"string\", \"description\": \"id or words\"},"
  "\"when\": {\"type\": \"string\", \"description\": \"the caller's words for the days or times that suit\"},"
  "\"from_date\": {\"type\": \"string\", \"description\": \"YYYY-MM-DD, instead of when\"},"
  "\"to_date\": {\"type\": \"string\", \"description\": \"YYYY-MM-DD\"},"
  "\"from_time\": {\"type\": \"string\", \"description\": \"HH:MM\"},"
  "\"to_time\": {\"type\": \"string\", \"description\": \"HH:MM, latest start\"},"
  "\"location\": {\"type\": \"string\", \"description\": \"id or words; any: wherever a time opens first; else the place that was talked about\"},"
  "\"except_appointment\": {\"type\": \"string\", \"description\": \"id of an appointment that was to be moved: they wait where it is\"},"
  "\"customer_name\": {\"type\": \"string\"},"
  "\"phone\": {\"type\": \"string\", \"description\": \"E.164\"},"
  "\"email\": {\"type\": \"string\"},"
  "\"customer_id\": {\"type\": \"string\"},"
  "\"notes\": {\"type\": \"string\"}},"
  "\"required\": [\"service\", \"customer_name\", \"phone\"]}",
};

static void
join_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  GTask *task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaWaitlistEntry) entry = ava_store_join_waitlist_finish (AVA_STORE (source), result, &error);
  JsonObject *answer;

  if (entry == NULL) {
    ava_tool_answer (task, ava_tool_refuse_run (g_task_get_task_data (task), error));
    return;
  }
  answer = json_object_new ();
  json_object_set_string_member (answer, "entry_id", entry->id);
  json_object_set_string_member (answer, "customer_id", entry->customer_id);
  json_object_set_string_member (answer, "service_id", entry->service_id);
  json_object_set_string_member (answer, "service", entry->service_name);
  if (entry->provider_name != NULL)
    json_object_set_string_member (answer, "provider", entry->provider_name);
  if (entry->location_name != NULL)
    json_object_set_string_member (answer, "location", entry->location_name);
  ava_tool_answer (task, answer);
}

static gboolean
will_go_anywhere (AvaToolRun *run)
{
  const char *location = ava_tool_run_get_text (run, "location");

  return location != NULL && g_ascii_strcasecmp (location, "any") == 0;
}

static void
join (AvaToolRun        *run,
      const AvaToolWish *read,
      GTask             *task)
{
  AvaActor actor = ava_tool_run_get_actor (run, "waitlist");
  const char *phrase = ava_tool_run_get_text (run, "when");
  g_autoptr (AvaDatePhrase) when = phrase != NULL ? ava_date_phrase_parse (phrase, ava_tool_run_now_us (run), run->spa->zone) : NULL;
  AvaWaitlistWish wish = {
    .customer_id = ava_tool_run_get_text (run, "customer_id"),
    .customer_name = ava_tool_run_get_text (run, "customer_name"),
    .phone = ava_tool_run_get_text (run, "phone"),
    .email = ava_tool_run_get_text (run, "email"),
    .service_id = read->service->id,
    .provider_id = read->provider != NULL ? read->provider->id : NULL,
    .location_id = will_go_anywhere (run) ? NULL : run->spa->location_id,
    .notes = ava_tool_run_get_text (run, "notes"),
  };

  g_autofree char *weekdays = read->weekdays != 0 ? ava_date_weekdays_write (read->weekdays) : NULL;
  g_autofree char *notes = NULL;

  /* The list knows spans, and no weekdays: whoever calls reads of them. */
  if (weekdays != NULL)
    wish.notes = notes = g_strdup_printf ("Only on: %s. %s", weekdays, wish.notes != NULL ? wish.notes : "");
  /* Without words for it any day, or any time of day, will do. */
  if (ava_tool_run_get_text (run, "from_date") != NULL || ava_tool_run_get_text (run, "to_date") != NULL ||
      (when != NULL && when->has_date)) {
    wish.from_us = ava_wall_time_first (&read->first, 0, run->spa->zone);
    wish.to_us = ava_wall_time_first (&read->last, 1440, run->spa->zone) - 1;
  }
  if (ava_tool_run_get_text (run, "from_time") != NULL || ava_tool_run_get_text (run, "to_time") != NULL ||
      (when != NULL && when->has_time)) {
    wish.from_min = read->from_min;
    wish.to_min = read->to_min;
  }
  ava_store_join_waitlist_async (run->store, &actor, &wish, NULL, join_cb, task);
}

static void
read_and_join (GTask *task)
{
  AvaToolRun *run = g_task_get_task_data (task);
  g_auto (AvaToolWish) wish = { 0 };
  JsonObject *refusal = will_go_anywhere (run) ? NULL : ava_tool_see_location (run);

  if (refusal == NULL)
    refusal = ava_tool_wish_read (&wish, run);
  if (refusal != NULL)
    ava_tool_answer (task, refusal);
  else
    join (run, &wish, task);
}

/* Who could not be given a better time for an appointment waits where that is. */
static void
moved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  GTask *task = user_data;
  g_autoptr (AvaAppointment) moved = ava_store_get_appointment_finish (AVA_STORE (source), result, NULL);

  if (moved != NULL)
    ava_tool_run_see (g_task_get_task_data (task), moved->location_id);
  read_and_join (task);
}

static void
join_waitlist (AvaTool    *self,
               AvaToolRun *run,
               GTask      *task)
{
  const char *moved_id = ava_tool_run_get_text (run, "except_appointment");
  const char *email = ava_tool_run_get_text (run, "email");
  JsonObject *refusal = NULL;

  if (!ava_tool_args_is_name (ava_tool_run_get_text (run, "customer_name")))
    refusal = ava_tool_refuse ("invalid", "I need a name for the waitlist.");
  else if (!ava_tool_args_is_e164 (ava_tool_run_get_text (run, "phone")))
    refusal = ava_tool_refuse ("invalid", "I need a phone number with its area code.");
  else if (email != NULL && !ava_tool_args_is_email (email))
    refusal = ava_tool_refuse ("invalid", "That does not look like an email address.");
  if (refusal != NULL)
    ava_tool_answer (task, refusal);
  else if (moved_id != NULL)
    ava_store_get_appointment_async (run->store, moved_id, NULL, moved_cb, task);
  else
    read_and_join (task);
}

AVA_DEFINE_TOOL (AvaJoinWaitlistTool, ava_join_waitlist_tool, spec, join_waitlist)
