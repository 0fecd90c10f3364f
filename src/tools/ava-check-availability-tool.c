/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-tool-wish.h"

static const AvaToolSpec spec = {
  "check_availability",
  "Find open times for a service. Give the caller's own words about day and time as \"when\".",
  "{\"type\": \"object\", \"properties\": {"
  "\"service\": {\"type\": \"string\", \"description\": \"id or the caller's words\"},"
  "\"provider\": {\"type\": \"string\", \"description\": \"id or the caller's words\"},"
  "\"when\": {\"type\": \"string\", \"description\": \"the caller's words about day and time\"},"
  "\"from_date\": {\"type\": \"string\", \"description\": \"YYYY-MM-DD\"},"
  "\"to_date\": {\"type\": \"string\", \"description\": \"YYYY-MM-DD\"},"
  "\"from_time\": {\"type\": \"string\", \"description\": \"HH:MM, earliest start\"},"
  "\"to_time\": {\"type\": \"string\", \"description\": \"HH:MM, latest start\"},"
  "\"location\": {\"type\": \"string\", \"description\": \"id or the caller's words; else the one that answers the phone\"},"
  "\"weekdays\": {\"type\": \"string\", \"description\": \"only on these: mon,tue,wed,thu,fri,sat,sun\"},"
  "\"exact\": {\"type\": \"boolean\", \"description\": \"from_time is the one time that is wanted\"},"
  "\"except_appointment\": {\"type\": \"string\", \"description\": \"id of an appointment that is being moved\"},"
  "\"limit\": {\"type\": \"integer\", \"minimum\": 1, \"maximum\": 200}},"
  "\"required\": [\"service\"]}",
};

static void
load_busy_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  GTask *task = user_data;
  AvaToolRun *run = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) busy = ava_store_busy_finish (AVA_STORE (source), result, &error);
  g_autoptr (GPtrArray) slots = NULL;
  g_auto (AvaToolWish) wish = { 0 };
  gint64 now_us = ava_tool_run_now_us (run);
  JsonObject *answer;
  gboolean matched;

  answer = error != NULL ? ava_tool_refuse_store (error) : ava_tool_wish_read (&wish, run);
  if (answer != NULL) {
    ava_tool_answer (task, answer);
    return;
  }
  ava_tool_drop_busy (busy, ava_tool_run_get_text (run, "except_appointment"));
  slots = ava_tool_wish_find (&wish, run->spa, busy, now_us);
  matched = slots->len > 0;
  answer = json_object_new ();
  if (!matched) {
    json_object_set_array_member (answer, "reasons", ava_tool_wish_explain (&wish, run->spa, busy, now_us));
    g_clear_pointer (&slots, g_ptr_array_unref);
    slots = ava_tool_wish_find_others (&wish, run->spa, busy, now_us);
  }
  json_object_set_boolean_member (answer, "matched", matched);
  json_object_set_array_member (answer, "slots", ava_tool_write_slots (run->spa, slots));
  if (wish.assumption != NULL)
    json_object_set_string_member (answer, "assumption", wish.assumption);
  ava_tool_answer (task, answer);
}

static void
look (GTask *task)
{
  AvaToolRun *run = g_task_get_task_data (task);
  g_auto (AvaToolWish) wish = { 0 };
  JsonObject *refusal = ava_tool_wish_read (&wish, run);
  gint64 from_us;
  gint64 to_us;

  if (refusal != NULL) {
    ava_tool_answer (task, refusal);
    return;
  }
  ava_tool_wish_get_span (&wish, run->spa, ava_tool_run_now_us (run), &from_us, &to_us);
  ava_store_busy_async (run->store, from_us, to_us, run->call_id, NULL, load_busy_cb, task);
}

/* What is moved stays at its location, unless another one is asked for; one that is not there has no time to leave out either. */
static void
moved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  GTask *task = user_data;
  g_autoptr (AvaAppointment) moved = ava_store_get_appointment_finish (AVA_STORE (source), result, NULL);

  if (moved != NULL && ava_tool_run_get_text (g_task_get_task_data (task), "location") == NULL)
    ava_tool_run_see (g_task_get_task_data (task), moved->location_id);
  look (task);
}

static void
check_availability (AvaTool    *self,
                    AvaToolRun *run,
                    GTask      *task)
{
  const char *moved_id = ava_tool_run_get_text (run, "except_appointment");
  JsonObject *refusal = ava_tool_see_location (run);

  if (refusal != NULL)
    ava_tool_answer (task, refusal);
  else if (moved_id != NULL && run->spa->locations->len > 1)
    ava_store_get_appointment_async (run->store, moved_id, NULL, moved_cb, task);
  else
    look (task);
}

AVA_DEFINE_TOOL (AvaCheckAvailabilityTool, ava_check_availability_tool, spec, check_availability)
