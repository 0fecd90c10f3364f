/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-tool-commit.h"

static const AvaToolSpec spec = {
  "hold_slot",
  "Keep an open time for this caller for a few minutes while they decide.",
  "{\"type\": \"object\", \"properties\": {"
  "\"slot_id\": {\"type\": \"string\"},"
  "\"minutes\": {\"type\": \"integer\", \"minimum\": 1, \"maximum\": 30}},"
  "\"required\": [\"slot_id\"]}",
};

#define DEFAULT_MINUTES 5

static void
hold_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  GTask *task = user_data;
  AvaToolRun *run = g_task_get_task_data (task);
  AvaToolCommit *commit = AVA_TOOL_COMMIT (run->scratch);
  g_autoptr (GError) error = NULL;
  g_autofree char *id = ava_store_hold_finish (AVA_STORE (source), result, &error);
  JsonObject *answer;

  if (id == NULL) {
    ava_tool_commit_fail (task, error);
    return;
  }
  answer = json_object_new ();
  ava_tool_put_slot (run->spa, commit->slot, answer);
  json_object_set_string_member (answer, "hold_id", id);
  json_object_set_int_member (answer, "expires_us", commit->expires_us);
  ava_tool_answer (task, answer);
}

static void
write_hold (AvaToolRun *run,
            AvaSlot    *slot,
            GTask      *task)
{
  AvaActor actor = ava_tool_run_get_actor (run, "hold");
  gint64 minutes = json_object_get_int_member_with_default (run->args, "minutes", DEFAULT_MINUTES);
  gint64 expires_us = ava_tool_run_now_us (run) + minutes * AVA_USEC_PER_MIN;

  /* Held again means held longer, not the first answer once more; the store lets go of the first. */
  actor.key = NULL;
  AVA_TOOL_COMMIT (run->scratch)->expires_us = expires_us;
  ava_store_hold_async (run->store, &actor, slot, expires_us, NULL, hold_cb, task);
}

static void
hold_slot (AvaTool    *self,
           AvaToolRun *run,
           GTask      *task)
{
  ava_tool_commit_start (run, NULL, write_hold, task);
}

AVA_DEFINE_TOOL (AvaHoldSlotTool, ava_hold_slot_tool, spec, hold_slot)
