/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-realtime-agent-private.h"

#include "ava-persona.h"

/* What the service is asked to be: the session object, from the settings and the spa as they are now. */

static const char bye_parameters[] = "{\"type\": \"object\", \"properties\": {}}";

static JsonObject *
write_format (void)
{
  JsonObject *format = json_object_new ();

  json_object_set_string_member (format, "type", "audio/pcm");
  json_object_set_int_member (format, "rate", 24000);
  return format;
}

static JsonObject *
write_tool (const char *name,
            const char *description,
            const char *parameters)
{
  JsonObject *tool = json_object_new ();

  json_object_set_string_member (tool, "type", "function");
  json_object_set_string_member (tool, "name", name);
  json_object_set_string_member (tool, "description", description);
  json_object_set_member (tool, "parameters", json_from_string (parameters, NULL));
  return tool;
}

static JsonArray *
write_tools (AvaRealtimeAgent *self)
{
  JsonArray *tools = json_array_new ();

  for (guint i = 0; i < self->specs->len; i++) {
    const AvaToolSpec *spec = self->specs->pdata[i];

    json_array_add_object_element (tools, write_tool (spec->name, spec->description, spec->parameters));
  }
  json_array_add_object_element (tools, write_tool (AVA_END_CALL, "Hang up. Only after the caller has said goodbye, or has nothing "
                                                    "more to ask, and after you have said goodbye yourself.", bye_parameters));
  return tools;
}

static JsonNode *
write_detection (AvaRealtimeAgent *self,
                 guint             silence_ms)
{
  JsonNode *node;
  JsonObject *detection;
  gboolean server = self->turn.mode == AVA_TURN_MODE_SERVER_VAD;

  if (!server && self->turn.mode != AVA_TURN_MODE_SEMANTIC_VAD)
    return json_node_new (JSON_NODE_NULL);
  detection = json_object_new ();
  json_object_set_string_member (detection, "type", server ? "server_vad" : "semantic_vad");
  if (server) {
    json_object_set_double_member (detection, "threshold", self->settings->vad_threshold);
    json_object_set_int_member (detection, "prefix_padding_ms", self->settings->vad_prefix_ms);
    json_object_set_int_member (detection, "silence_duration_ms", silence_ms);
  } else {
    json_object_set_string_member (detection, "eagerness", silence_ms > self->settings->vad_silence_ms ? "low" : "auto");
  }
  /* A muted Ava listens and fills the card: nobody answers the caller but the person who took over. */
  json_object_set_boolean_member (detection, "create_response", !self->muted);
  json_object_set_boolean_member (detection, "interrupt_response", TRUE);
  node = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (node, detection);
  return node;
}

static JsonObject *
write_input (AvaRealtimeAgent *self)
{
  JsonObject *input = json_object_new ();

  json_object_set_object_member (input, "format", write_format ());
  if (*self->settings->transcription_model != '\0') {
    JsonObject *transcription = json_object_new ();

    json_object_set_string_member (transcription, "model", self->settings->transcription_model);
    if (*self->settings->language != '\0')
      json_object_set_string_member (transcription, "language", self->settings->language);
    json_object_set_object_member (input, "transcription", transcription);
  }
  if (*self->settings->noise_reduction != '\0') {
    JsonObject *reduction = json_object_new ();

    json_object_set_string_member (reduction, "type", self->settings->noise_reduction);
    json_object_set_object_member (input, "noise_reduction", reduction);
  }
  json_object_set_member (input, "turn_detection", write_detection (self, self->settings->vad_silence_ms));
  return input;
}

static JsonObject *
write_session (void)
{
  JsonObject *session = json_object_new ();

  json_object_set_string_member (session, "type", "realtime");
  return session;
}

/**
 * ava_realtime_config_write:
 *
 * Returns: (transfer full): the whole session object
 */
JsonObject *
ava_realtime_config_write (AvaRealtimeAgent *self)
{
  JsonObject *session = write_session ();
  JsonArray *modalities = json_array_new ();
  JsonObject *audio = json_object_new ();
  JsonObject *output = json_object_new ();

  json_array_add_string_element (modalities, "audio");
  json_object_set_array_member (session, "output_modalities", modalities);
  json_object_set_string_member (session, "instructions", self->instructions);
  json_object_set_array_member (session, "tools", write_tools (self));
  json_object_set_string_member (session, "tool_choice", "auto");
  json_object_set_object_member (output, "format", write_format ());
  json_object_set_string_member (output, "voice", self->settings->voice);
  json_object_set_object_member (audio, "input", write_input (self));
  json_object_set_object_member (audio, "output", output);
  json_object_set_object_member (session, "audio", audio);
  return session;
}

/**
 * ava_realtime_config_write_turns:
 * @silence_ms: that ends the caller's turn from now on
 *
 * Returns: (transfer full): the part of the session object that says who ends turns
 */
JsonObject *
ava_realtime_config_write_turns (AvaRealtimeAgent *self,
                                 guint             silence_ms)
{
  JsonObject *session = write_session ();
  JsonObject *audio = json_object_new ();
  JsonObject *input = json_object_new ();

  json_object_set_member (input, "turn_detection", write_detection (self, silence_ms));
  json_object_set_object_member (audio, "input", input);
  json_object_set_object_member (session, "audio", audio);
  return session;
}

/**
 * ava_realtime_config_write_words:
 *
 * Returns: (transfer full): the part that a change of the spa's settings changes
 */
JsonObject *
ava_realtime_config_write_words (AvaRealtimeAgent *self)
{
  JsonObject *session = write_session ();

  json_object_set_string_member (session, "instructions", self->instructions);
  json_object_set_array_member (session, "tools", write_tools (self));
  return session;
}

/**
 * ava_realtime_config_instruct:
 * @extra: (nullable): for this response only
 *
 * A response's instructions replace those of the session, so they carry all of them, and who she is once more.
 *
 * Returns: (transfer full): the instructions of one response
 */
char *
ava_realtime_config_instruct (AvaRealtimeAgent *self,
                              const char       *extra)
{
  g_autofree char *identity = ava_persona_write_identity (self->spa);

  return g_strdup_printf ("%s\n%s%s%s", self->instructions, identity, extra != NULL ? "Now: " : "", extra != NULL ? extra : "");
}
