/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-tool.h"

G_DEFINE_INTERFACE (AvaTool, ava_tool, G_TYPE_OBJECT)

static void
ava_tool_default_init (AvaToolInterface *iface)
{
}

G_DEFINE_FINAL_TYPE (AvaToolRun, ava_tool_run, G_TYPE_OBJECT)

static void
ava_tool_run_finalize (GObject *object)
{
  AvaToolRun *self = AVA_TOOL_RUN (object);

  g_clear_object (&self->store);
  g_clear_object (&self->clock);
  g_clear_object (&self->spa);
  g_clear_pointer (&self->args, json_object_unref);
  g_free (self->key);
  g_free (self->who);
  g_free (self->call_id);
  g_free (self->override_reason);
  g_clear_object (&self->scratch);

  G_OBJECT_CLASS (ava_tool_run_parent_class)->finalize (object);
}

static void
ava_tool_run_class_init (AvaToolRunClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ava_tool_run_finalize;
}

static void
ava_tool_run_init (AvaToolRun *self)
{
}

/**
 * ava_tool_run_new:
 *
 * Returns: (transfer full): an empty one, to be filled before it is used
 */
AvaToolRun *
ava_tool_run_new (void)
{
  return g_object_new (AVA_TYPE_TOOL_RUN, NULL);
}

/**
 * ava_tool_run_get_actor:
 * @why: (nullable): in words
 *
 * Returns: (transfer none): who acts, for the journal; valid as long as @self
 */
AvaActor
ava_tool_run_get_actor (AvaToolRun *self,
                        const char *why)
{
  /* Why a rule was gone over says more than what every booking is. */
  return (AvaActor){
    .who = self->who, .why = self->override_reason != NULL ? self->override_reason : why, .call_id = self->call_id,
    .key = self->key, .role = self->role, .rights = self->rights, .override_reason = self->override_reason, .goes_on = self->goes_on,
  };
}

/**
 * ava_tool_run_get_text:
 * @name: of an argument
 *
 * Returns: (nullable) (transfer none): its text; %NULL when it is missing or blank
 */
const char *
ava_tool_run_get_text (AvaToolRun *self,
                       const char *name)
{
  const char *text = json_object_get_string_member_with_default (self->args, name, NULL);

  while (text != NULL && g_ascii_isspace (*text))
    text++;
  return text != NULL && *text != '\0' ? text : NULL;
}

/**
 * ava_tool_run_now_us:
 *
 * Returns: microseconds since 1970 UTC
 */
gint64
ava_tool_run_now_us (AvaToolRun *self)
{
  return ava_clock_now_us (self->clock);
}

/**
 * ava_tool_run_see:
 * @location_id: (nullable): of an appointment or a room; %NULL changes nothing
 *
 * From here on the run works at that location: its clock, its hours, its rooms. Until then it is at the first one,
 * which is the one that Ava answers the phone for.
 */
void
ava_tool_run_see (AvaToolRun *self,
                  const char *location_id)
{
  AvaSpa *there = ava_spa_see (self->spa, location_id);

  g_object_unref (self->spa);
  self->spa = there;
}

/**
 * ava_tool_get_spec:
 *
 * Returns: (transfer none): name, purpose and parameters
 */
const AvaToolSpec *
ava_tool_get_spec (AvaTool *self)
{
  g_return_val_if_fail (AVA_IS_TOOL (self), NULL);

  return AVA_TOOL_GET_IFACE (self)->get_spec (self);
}

/**
 * ava_tool_run_async:
 * @run: its arguments fit the tool's parameters
 *
 * Writes run to their end: there is nothing to cancel them with.
 */
void
ava_tool_run_async (AvaTool             *self,
                    AvaToolRun          *run,
                    GAsyncReadyCallback  callback,
                    gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (AVA_IS_TOOL (self));

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, ava_tool_run_async);
  g_task_set_task_data (task, g_object_ref (run), g_object_unref);
  AVA_TOOL_GET_IFACE (self)->run (self, run, task);
}

/**
 * ava_tool_run_finish:
 *
 * Returns: (transfer full): the answer, which may be a refusal
 */
JsonObject *
ava_tool_run_finish (AvaTool      *self,
                     GAsyncResult *result)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), NULL);
}

/**
 * ava_tool_answer:
 * @task: (transfer full): of the run
 * @answer: (transfer full):
 */
void
ava_tool_answer (GTask      *task,
                 JsonObject *answer)
{
  g_task_return_pointer (task, answer, (GDestroyNotify) json_object_unref);
  g_object_unref (task);
}
