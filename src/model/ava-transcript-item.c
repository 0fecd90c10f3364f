/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-transcript-item.h"

enum { PROP_0, PROP_TEXT, PROP_INTERIM, PROP_INTERRUPTED, PROP_LATENCY_MS, N_PROPS };

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (AvaTranscriptItem, ava_transcript_item, G_TYPE_OBJECT)

static void
ava_transcript_item_get_property (GObject    *object,
                                  guint       prop_id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  AvaTranscriptItem *self = AVA_TRANSCRIPT_ITEM (object);

  switch (prop_id) {
  case PROP_TEXT:
    g_value_set_string (value, self->text);
    break;
  case PROP_INTERIM:
    g_value_set_boolean (value, self->interim);
    break;
  case PROP_INTERRUPTED:
    g_value_set_boolean (value, self->interrupted);
    break;
  case PROP_LATENCY_MS:
    g_value_set_int (value, self->latency_ms);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
ava_transcript_item_finalize (GObject *object)
{
  AvaTranscriptItem *self = AVA_TRANSCRIPT_ITEM (object);

  g_free (self->id);
  g_free (self->previous_id);
  g_free (self->text);
  g_free (self->source);

  G_OBJECT_CLASS (ava_transcript_item_parent_class)->finalize (object);
}

static void
ava_transcript_item_class_init (AvaTranscriptItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = ava_transcript_item_get_property;
  object_class->finalize = ava_transcript_item_finalize;
  props[PROP_TEXT] = g_param_spec_string ("text", NULL, NULL, "", flags);
  props[PROP_INTERIM] = g_param_spec_boolean ("interim", NULL, NULL, FALSE, flags);
  props[PROP_INTERRUPTED] = g_param_spec_boolean ("interrupted", NULL, NULL, FALSE, flags);
  props[PROP_LATENCY_MS] = g_param_spec_int ("latency-ms", NULL, NULL, 0, G_MAXINT, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
ava_transcript_item_init (AvaTranscriptItem *self)
{
  self->text = g_strdup ("");
  self->interim = TRUE;
  self->confidence = 1.0;
}

/**
 * ava_transcript_item_new:
 * @previous_id: (nullable): the item before it
 * @source: "local", "realtime" or "typed"
 *
 * Returns: (transfer full): an empty item
 */
AvaTranscriptItem *
ava_transcript_item_new (const char *id,
                         const char *previous_id,
                         AvaRole     role,
                         const char *source)
{
  AvaTranscriptItem *self = g_object_new (AVA_TYPE_TRANSCRIPT_ITEM, NULL);

  self->id = g_strdup (id);
  self->previous_id = g_strdup (previous_id);
  self->role = role;
  self->source = g_strdup (source);
  return self;
}

/**
 * ava_transcript_item_set_text:
 * @interim: whether the words may still change
 */
void
ava_transcript_item_set_text (AvaTranscriptItem *self,
                              const char        *text,
                              gboolean           interim)
{
  g_return_if_fail (AVA_IS_TRANSCRIPT_ITEM (self));

  if (g_strcmp0 (self->text, text) != 0) {
    g_free (self->text);
    self->text = g_strdup (text);
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_TEXT]);
  }
  if (self->interim != interim) {
    self->interim = interim;
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_INTERIM]);
  }
}

/**
 * ava_transcript_item_set_interrupted:
 * @heard_text: the words that were heard before the caller spoke
 * @heard_ms: how much of its audio was played, in milliseconds
 */
void
ava_transcript_item_set_interrupted (AvaTranscriptItem *self,
                                     const char        *heard_text,
                                     gint64             heard_ms)
{
  g_return_if_fail (AVA_IS_TRANSCRIPT_ITEM (self));

  self->heard_ms = heard_ms;
  ava_transcript_item_set_text (self, heard_text, FALSE);
  if (!self->interrupted) {
    self->interrupted = TRUE;
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_INTERRUPTED]);
  }
}

/**
 * ava_transcript_item_resume:
 *
 * The interruption was a false alarm: the sentence goes on where it stopped.
 */
void
ava_transcript_item_resume (AvaTranscriptItem *self)
{
  g_return_if_fail (AVA_IS_TRANSCRIPT_ITEM (self));

  ava_transcript_item_set_text (self, self->text, TRUE);
  if (self->interrupted) {
    self->interrupted = FALSE;
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_INTERRUPTED]);
  }
}

/**
 * ava_transcript_item_set_latency:
 * @latency_ms: [ms] that the caller waited for this answer
 */
void
ava_transcript_item_set_latency (AvaTranscriptItem *self,
                                 int                latency_ms)
{
  g_return_if_fail (AVA_IS_TRANSCRIPT_ITEM (self));

  self->latency_ms = MAX (0, latency_ms);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_LATENCY_MS]);
}

/**
 * ava_role_to_string:
 *
 * Returns: the stored name of @role
 */
const char *
ava_role_to_string (AvaRole role)
{
  static const char *const names[] = { "caller", "ava", "staff", "system" };

  g_return_val_if_fail (role < G_N_ELEMENTS (names), "system");

  return names[role];
}

/**
 * ava_transcript_item_to_json:
 *
 * Returns: (transfer full): a row of transcript.json
 */
JsonObject *
ava_transcript_item_to_json (AvaTranscriptItem *self)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "id", self->id);
  if (self->previous_id != NULL)
    json_object_set_string_member (object, "previous_id", self->previous_id);
  else
    json_object_set_null_member (object, "previous_id");
  json_object_set_string_member (object, "role", ava_role_to_string (self->role));
  json_object_set_string_member (object, "text", self->text);
  json_object_set_int_member (object, "heard_ms", self->heard_ms);
  json_object_set_int_member (object, "start_us", self->start_us);
  json_object_set_int_member (object, "end_us", self->end_us);
  json_object_set_boolean_member (object, "interrupted", self->interrupted);
  json_object_set_double_member (object, "confidence", self->confidence);
  json_object_set_string_member (object, "source", self->source);
  return object;
}
