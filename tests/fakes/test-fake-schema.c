/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-schema.h"

#include <string.h>

/* A fake that accepts anything proves nothing: these are client events that it must refuse, and some it must take. */

static const struct {
  const char *event;
  const char *wrong;   /* part of the complaint; NULL: it is right */
} samples[] = {
  { "{\"type\": \"session.update\", \"event_id\": \"a\", \"session\": {\"type\": \"realtime\", \"output_modalities\": [\"audio\"]}}", NULL },
  { "{\"type\": \"session.update\", \"event_id\": \"a\", \"session\": {\"voice\": \"alloy\"}}", "session.update" },
  { "{\"type\": \"session.update\", \"session\": {\"type\": \"realtime\", \"temperature\": 0.8}}", "temperature" },
  { "{\"type\": \"session.update\", \"session\": {\"type\": \"realtime\", \"audio\": {\"output\": {\"speed\": 3}}}}", "speed" },
  { "{\"type\": \"session.update\", \"session\": {\"type\": \"realtime\", \"audio\": {\"input\": {\"turn_detection\": null}}}}", NULL },
  { "{\"type\": \"session.update\", \"session\": {\"type\": \"realtime\", \"audio\": {\"input\": {\"turn_detection\": {\"type\": \"none\"}}}}}", "turn_detection" },
  { "{\"type\": \"input_audio_buffer.append\", \"audio\": \"AAAA\"}", NULL },
  { "{\"type\": \"input_audio_buffer.append\"}", "audio" },
  { "{\"type\": \"input_audio_buffer.append\", \"audio\": 1}", "string" },
  { "{\"type\": \"conversation.item.truncate\", \"item_id\": \"i\", \"content_index\": 0, \"audio_end_ms\": 1200}", NULL },
  { "{\"type\": \"conversation.item.truncate\", \"item_id\": \"i\", \"content_index\": 0, \"audio_end_ms\": 1200.5}", "audio_end_ms" },
  { "{\"type\": \"conversation.item.create\", \"item\": {\"type\": \"message\", \"role\": \"assistant\", \"content\": [{\"type\": \"output_text\", \"text\": \"x\"}]}}", NULL },
  { "{\"type\": \"conversation.item.create\", \"item\": {\"role\": \"assistant\", \"content\": [{\"type\": \"output_text\", \"text\": \"x\"}]}}", "item" },
  { "{\"type\": \"conversation.item.create\", \"item\": {\"type\": \"function_call_output\", \"call_id\": \"c\", \"output\": {}}}", "item" },
  { "{\"type\": \"response.create\", \"response\": {\"output_modalities\": [\"audio\"], \"instructions\": \"x\"}}", NULL },
  { "{\"type\": \"response.create\", \"response\": {\"modalities\": [\"audio\"]}}", "modalities" },
  { "{\"type\": \"response.cancelled\"}", "no client event" },
};

static void
check_sample (gconstpointer data)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "realtime-client.schema.json", NULL);
  FakeSchema *schema = fake_schema_load (path);
  guint i = GPOINTER_TO_UINT (data);
  g_autoptr (JsonNode) node = json_from_string (samples[i].event, NULL);
  g_autofree char *wrong = fake_schema_check (schema, json_node_get_object (node));

  if (samples[i].wrong == NULL)
    g_assert_cmpstr (wrong, ==, NULL);
  else if (wrong == NULL || strstr (wrong, samples[i].wrong) == NULL)
    g_error ("%s: expected a complaint about “%s”, got “%s”", samples[i].event, samples[i].wrong, wrong);
  fake_schema_free (schema);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (samples); i++) {
    g_autofree char *name = g_strdup_printf ("/fakes/schema/%02u", i);

    g_test_add_data_func (name, GUINT_TO_POINTER (i), check_sample);
  }
  return g_test_run ();
}
