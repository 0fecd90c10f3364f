/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-tool-answers.h"
#include "ava-tool-args.h"

static const AvaToolSpec spec = {
  "take_message",
  "Leave a message or a call-back for the people at the desk, or ask them to step in.",
  "{\"type\": \"object\", \"properties\": {"
  "\"name\": {\"type\": \"string\"},"
  "\"phone\": {\"type\": \"string\", \"description\": \"E.164\"},"
  "\"text\": {\"type\": \"string\"},"
  "\"kind\": {\"type\": \"string\", \"enum\": [\"message\", \"callback\", \"escalation\"]}},"
  "\"required\": [\"text\", \"kind\"]}",
};

static void
add_task_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  GTask *task = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = ava_store_add_task_finish (AVA_STORE (source), result, &error);
  JsonObject *answer;

  if (id == NULL) {
    ava_tool_answer (task, ava_tool_refuse_store (error));
    return;
  }
  answer = json_object_new ();
  json_object_set_string_member (answer, "task_id", id);
  ava_tool_answer (task, answer);
}

static void
take_message (AvaTool    *self,
              AvaToolRun *run,
              GTask      *task)
{
  const char *kind = json_object_get_string_member (run->args, "kind");
  const char *phone = ava_tool_run_get_text (run, "phone");
  const char *text = ava_tool_run_get_text (run, "text");
  AvaActor actor = ava_tool_run_get_actor (run, kind);

  /* An escalation never waits for a form to be filled in. */
  if (text == NULL && !g_str_equal (kind, "escalation"))
    ava_tool_answer (task, ava_tool_refuse ("invalid", "There is nothing in the message yet."));
  else if (phone != NULL && !ava_tool_args_is_e164 (phone))
    ava_tool_answer (task, ava_tool_refuse ("invalid", "I need a phone number with its area code."));
  else
    ava_store_add_task_async (run->store, &actor, kind, ava_tool_run_get_text (run, "name"), phone,
                              text != NULL ? text : "", NULL, add_task_cb, task);
}

AVA_DEFINE_TOOL (AvaTakeMessageTool, ava_take_message_tool, spec, take_message)
