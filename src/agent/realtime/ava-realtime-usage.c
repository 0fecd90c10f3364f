/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-realtime-usage.h"

#include "ava-realtime-wire.h"

/* USD for a million tokens, which is 1e-6 USD for one. */
static const struct {
  const char *model;   /* the longest prefix counts */
  double audio_in, audio_cached, audio_out, text_in, text_cached, text_out;
} prices[] = {
  { "gpt-realtime-2.1-mini", 10, 0.30, 20, 0.60, 0.06, 2.40 },
  { "gpt-realtime-2", 32, 0.40, 64, 4, 0.40, 24 },
  { "gpt-realtime-1.5", 32, 0.40, 64, 4, 0.40, 16 },
};

/* USD for a minute of audio. */
static const struct { const char *model; double minute; } transcribers[] = {
  { "gpt-transcribe", 0.0045 },
  { "gpt-realtime-whisper", 0.017 },
};

#define DEAREST 1   /* of the prices: what a model without one is counted at, so that the limit of a call holds */

static gssize
find_price (const char *model)
{
  for (guint i = 0; i < G_N_ELEMENTS (prices); i++) {
    if (g_str_has_prefix (model, prices[i].model))
      return i;
  }
  return -1;
}

static double
find_minute_price (const char *model)
{
  double dearest = 0;

  for (guint i = 0; i < G_N_ELEMENTS (transcribers); i++) {
    if (g_str_has_prefix (model, transcribers[i].model))
      return transcribers[i].minute;
    dearest = MAX (dearest, transcribers[i].minute);
  }
  return dearest;
}

void
ava_realtime_usage_init (AvaRealtimeUsage *self,
                         const char       *model)
{
  *self = (AvaRealtimeUsage) { .priced = find_price (model) >= 0 };
}

/**
 * ava_realtime_usage_add:
 * @usage: (nullable): of a response, a cancelled one included
 */
void
ava_realtime_usage_add (AvaRealtimeUsage *self,
                        const char       *model,
                        JsonObject       *usage)
{
  JsonObject *in = ava_wire_get_object (usage, "input_token_details");
  JsonObject *out = ava_wire_get_object (usage, "output_token_details");
  JsonObject *cached = ava_wire_get_object (in, "cached_tokens_details");
  gint64 cached_text = ava_wire_get_int (cached, "text_tokens", 0);
  gint64 cached_audio = ava_wire_get_int (cached, "audio_tokens", 0);
  /* Cached tokens are a part of the input, at a lower price. */
  gint64 text_in = MAX (0, ava_wire_get_int (in, "text_tokens", 0) - cached_text);
  gint64 audio_in = MAX (0, ava_wire_get_int (in, "audio_tokens", 0) - cached_audio);
  gint64 text_out = ava_wire_get_int (out, "text_tokens", 0);
  gint64 audio_out = ava_wire_get_int (out, "audio_tokens", 0);
  gssize known = find_price (model);
  guint at = known >= 0 ? known : DEAREST;

  /* Some servers do not say what the tokens were: the dearer. */
  if (in == NULL)
    audio_in = MAX (0, ava_wire_get_int (usage, "input_tokens", 0));
  if (out == NULL)
    audio_out = MAX (0, ava_wire_get_int (usage, "output_tokens", 0));
  self->text_in += text_in;
  self->audio_in += audio_in;
  self->cached_in += cached_text + cached_audio;
  self->text_out += text_out;
  self->audio_out += audio_out;
  self->micros += text_in * prices[at].text_in + audio_in * prices[at].audio_in + cached_text * prices[at].text_cached +
                  cached_audio * prices[at].audio_cached + text_out * prices[at].text_out + audio_out * prices[at].audio_out;
}

/**
 * ava_realtime_usage_add_heard:
 * @model: that transcribes
 * @usage: (nullable): of a transcription
 */
void
ava_realtime_usage_add_heard (AvaRealtimeUsage *self,
                              const char       *model,
                              JsonObject       *usage)
{
  JsonNode *node = usage != NULL ? json_object_get_member (usage, "seconds") : NULL;
  double seconds = node != NULL && JSON_NODE_HOLDS_VALUE (node) ? CLAMP (json_node_get_double (node), 0, 3600) : 0;

  self->heard_s += seconds;
  self->micros += seconds / 60 * find_minute_price (model) * 1e6;
}

/**
 * ava_realtime_usage_describe:
 *
 * Returns: (transfer full): for the journal
 */
JsonObject *
ava_realtime_usage_describe (const AvaRealtimeUsage *self)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "text_in", self->text_in);
  json_object_set_int_member (object, "audio_in", self->audio_in);
  json_object_set_int_member (object, "cached_in", self->cached_in);
  json_object_set_int_member (object, "text_out", self->text_out);
  json_object_set_int_member (object, "audio_out", self->audio_out);
  json_object_set_double_member (object, "transcribed_s", self->heard_s);
  if (self->priced)
    json_object_set_int_member (object, "cost_micros", self->micros);
  else
    json_object_set_null_member (object, "cost_micros");
  if (!self->priced)
    json_object_set_int_member (object, "cost_at_most_micros", self->micros);
  return object;
}
