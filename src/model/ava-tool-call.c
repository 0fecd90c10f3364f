/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-tool-call.h"

G_DEFINE_FINAL_TYPE (AvaToolCall, ava_tool_call, G_TYPE_OBJECT)

static void
ava_tool_call_finalize (GObject *object)
{
  AvaToolCall *self = AVA_TOOL_CALL (object);

  g_free (self->id);
  g_free (self->name);
  g_free (self->key);
  g_free (self->override_reason);
  g_clear_pointer (&self->args, json_object_unref);
  g_clear_pointer (&self->result, json_object_unref);

  G_OBJECT_CLASS (ava_tool_call_parent_class)->finalize (object);
}

static void
ava_tool_call_class_init (AvaToolCallClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ava_tool_call_finalize;
}

static void
ava_tool_call_init (AvaToolCall *self)
{
}

/**
 * ava_tool_call_new:
 * @name: of the tool
 * @args: (transfer full): its arguments
 *
 * Returns: (transfer full): a call with a fresh random id and no idempotency key
 */
AvaToolCall *
ava_tool_call_new (const char *name,
                   JsonObject *args)
{
  AvaToolCall *self = g_object_new (AVA_TYPE_TOOL_CALL, NULL);

  self->id = g_strdup_printf ("tool-%08x", g_random_int ());
  self->name = g_strdup (name);
  self->args = args;
  return self;
}

/**
 * ava_tool_call_get_error:
 *
 * Returns: (nullable): the code of the refusal, or %NULL when it is not refused
 */
const char *
ava_tool_call_get_error (AvaToolCall *self)
{
  g_return_val_if_fail (AVA_IS_TOOL_CALL (self), NULL);

  if (self->result == NULL)
    return NULL;
  return json_object_get_string_member_with_default (self->result, "error", NULL);
}
