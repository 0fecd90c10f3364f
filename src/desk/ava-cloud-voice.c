/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-cloud-voice.h"

#include <libsecret/secret.h>

/* The settings that are texts: key of the app's settings, variable of the environment, place. */
static const struct {
  const char *key;
  const char *variable;
  gsize offset;
} texts[] = {
  { "realtime-url", "AVA_REALTIME_URL", G_STRUCT_OFFSET (AvaRealtimeSettings, url) },
  { "realtime-model", "AVA_REALTIME_MODEL", G_STRUCT_OFFSET (AvaRealtimeSettings, model) },
  { "realtime-voice", "AVA_REALTIME_VOICE", G_STRUCT_OFFSET (AvaRealtimeSettings, voice) },
  { "realtime-transcription-model", "AVA_REALTIME_TRANSCRIPTION_MODEL", G_STRUCT_OFFSET (AvaRealtimeSettings, transcription_model) },
  { "realtime-language", "AVA_REALTIME_LANGUAGE", G_STRUCT_OFFSET (AvaRealtimeSettings, language) },
  { "realtime-noise-reduction", "AVA_REALTIME_NOISE_REDUCTION", G_STRUCT_OFFSET (AvaRealtimeSettings, noise_reduction) },
};

static const SecretSchema key_schema = {
  AVA_APP_ID ".CloudVoice", SECRET_SCHEMA_NONE, { { "service", SECRET_SCHEMA_ATTRIBUTE_STRING }, { NULL, 0 } },
};

struct _AvaCloudVoice {
  GObject parent_instance;

  AvaRealtimeSettings *settings;
  GSettings *followed;           /* nullable */
  GCancellable *cancellable;
  AvaAnsweredBy by;
  gboolean chosen;               /* for this run: settings of the app do not change it */
  char *trouble;                 /* nullable */
};

enum { PROP_0, PROP_TROUBLE, N_PROPS };

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (AvaCloudVoice, ava_cloud_voice, G_TYPE_OBJECT)

static void
look_for_trouble (AvaCloudVoice *self)
{
  g_autoptr (GError) error = NULL;

  ava_realtime_settings_check (self->settings, &error);
  if (g_strcmp0 (self->trouble, error != NULL ? error->message : NULL) == 0)
    return;
  g_free (self->trouble);
  self->trouble = error != NULL ? g_strdup (error->message) : NULL;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_TROUBLE]);
}

static void
set_text (char       **place,
          const char  *text)
{
  g_free (*place);
  *place = g_strdup (text);
}

/* The environment comes last: it overrides the setting of the same name. */
static void
read_environment (AvaCloudVoice *self)
{
  const char *key = g_getenv ("AVA_OPENAI_KEY");
  const char *mode = g_getenv ("AVA_REALTIME_MODE");
  const char *headers = g_getenv ("AVA_REALTIME_HEADERS");

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    if (g_getenv (texts[i].variable) != NULL)
      set_text (G_STRUCT_MEMBER_P (self->settings, texts[i].offset), g_getenv (texts[i].variable));
  }
  if (key != NULL)
    set_text (&self->settings->key, key);
  if (g_getenv ("AVA_CA_FILE") != NULL)
    set_text (&self->settings->ca_file, g_getenv ("AVA_CA_FILE"));
  if (mode != NULL)
    ava_turn_mode_from_string (mode, &self->settings->mode);
  if (headers != NULL) {
    g_strfreev (self->settings->headers);
    self->settings->headers = g_strsplit (headers, "\n", -1);
  }
  look_for_trouble (self);
}

static void
read_settings (AvaCloudVoice *self)
{
  g_autofree char *mode = g_settings_get_string (self->followed, "realtime-turn-mode");
  g_autofree char *by = g_settings_get_string (self->followed, "answered-by");

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autofree char *text = g_settings_get_string (self->followed, texts[i].key);

    set_text (G_STRUCT_MEMBER_P (self->settings, texts[i].offset), text);
  }
  ava_turn_mode_from_string (mode, &self->settings->mode);
  g_strfreev (self->settings->headers);
  self->settings->headers = g_settings_get_strv (self->followed, "realtime-headers");
  self->settings->cap_micros = g_settings_get_double (self->followed, "realtime-cost-limit") * 1e6;
  if (!self->chosen)
    ava_answered_by_from_string (by, &self->by);
  read_environment (self);
}

/**
 * ava_cloud_voice_follow:
 * @settings: of the app
 */
void
ava_cloud_voice_follow (AvaCloudVoice *self,
                        GSettings     *settings)
{
  g_return_if_fail (AVA_IS_CLOUD_VOICE (self));

  g_set_object (&self->followed, settings);
  g_signal_connect_object (settings, "changed", G_CALLBACK (read_settings), self, G_CONNECT_SWAPPED);
  read_settings (self);
}

static void
looked_up_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (AvaCloudVoice) self = user_data;
  g_autoptr (GError) error = NULL;
  char *key = secret_password_lookup_finish (result, &error);

  if (key != NULL) {
    set_text (&self->settings->key, key);
    read_environment (self);
  } else if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    g_message ("The keyring cannot be asked: %s", error->message);
  }
  secret_password_free (key);
}

/**
 * ava_cloud_voice_unlock:
 *
 * Asks the keyring for the secret; where there is no keyring there is no secret.
 */
void
ava_cloud_voice_unlock (AvaCloudVoice *self)
{
  g_return_if_fail (AVA_IS_CLOUD_VOICE (self));

  if (g_getenv ("AVA_OPENAI_KEY") != NULL || g_getenv ("DBUS_SESSION_BUS_ADDRESS") == NULL)
    return;
  secret_password_lookup (&key_schema, self->cancellable, looked_up_cb, g_object_ref (self), "service", "openai", NULL);
}

static void
stored_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  AvaCloudVoice *self = g_task_get_source_object (task);
  GError *error = NULL;

  if (!secret_password_store_finish (result, &error)) {
    g_prefix_error (&error, "The key could not be put into the keyring: ");
    g_task_return_error (task, error);
    return;
  }
  set_text (&self->settings->key, g_task_get_task_data (task));
  read_environment (self);
  g_task_return_boolean (task, TRUE);
}

/**
 * ava_cloud_voice_store_key_async:
 * @key: the secret
 */
void
ava_cloud_voice_store_key_async (AvaCloudVoice       *self,
                                 const char          *key,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  g_autofree char *plain = g_strstrip (g_strdup (key));

  g_task_set_source_tag (task, ava_cloud_voice_store_key_async);
  g_task_set_task_data (task, g_strdup (plain), (GDestroyNotify) secret_password_free);
  secret_password_store (&key_schema, SECRET_COLLECTION_DEFAULT, "Ava Front Desk: cloud voice", plain, cancellable, stored_cb, task,
                         "service", "openai", NULL);
}

/**
 * ava_cloud_voice_store_key_finish:
 *
 * Returns: whether it is in the keyring now
 */
gboolean
ava_cloud_voice_store_key_finish (AvaCloudVoice  *self,
                                  GAsyncResult   *result,
                                  GError        **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * ava_cloud_voice_choose:
 * @by: who answers the calls of this run, whatever the settings say
 */
void
ava_cloud_voice_choose (AvaCloudVoice *self,
                        AvaAnsweredBy  by)
{
  g_return_if_fail (AVA_IS_CLOUD_VOICE (self));

  self->by = by;
  self->chosen = TRUE;
}

/**
 * ava_cloud_voice_is_used:
 *
 * Returns: whether the next call is answered by it
 */
gboolean
ava_cloud_voice_is_used (AvaCloudVoice *self)
{
  return self->by != AVA_ANSWERED_BY_LOCAL && self->trouble == NULL;
}

/**
 * ava_cloud_voice_check:
 *
 * Returns: whether it can be used; else @error says why not (AVA_REALTIME_ERROR)
 */
gboolean
ava_cloud_voice_check (AvaCloudVoice  *self,
                       GError        **error)
{
  return ava_realtime_settings_check (self->settings, error);
}

/**
 * ava_cloud_voice_get_settings:
 *
 * Returns: (transfer none): as they are now
 */
const AvaRealtimeSettings *
ava_cloud_voice_get_settings (AvaCloudVoice *self)
{
  return self->settings;
}

/**
 * ava_answered_by_from_string:
 * @by: (out):
 *
 * Returns: whether @text is "auto", "local" or "realtime"
 */
gboolean
ava_answered_by_from_string (const char    *text,
                             AvaAnsweredBy *by)
{
  static const char *const names[] = { "auto", "local", "realtime" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    if (g_strcmp0 (text, names[i]) == 0) {
      *by = i;
      return TRUE;
    }
  }
  return FALSE;
}

static void
ava_cloud_voice_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  AvaCloudVoice *self = AVA_CLOUD_VOICE (object);

  switch (prop_id) {
  case PROP_TROUBLE:
    g_value_set_string (value, self->trouble);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
ava_cloud_voice_dispose (GObject *object)
{
  AvaCloudVoice *self = AVA_CLOUD_VOICE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->followed);

  G_OBJECT_CLASS (ava_cloud_voice_parent_class)->dispose (object);
}

static void
ava_cloud_voice_finalize (GObject *object)
{
  AvaCloudVoice *self = AVA_CLOUD_VOICE (object);

  g_clear_object (&self->cancellable);
  ava_realtime_settings_free (self->settings);
  g_free (self->trouble);

  G_OBJECT_CLASS (ava_cloud_voice_parent_class)->finalize (object);
}

static void
ava_cloud_voice_class_init (AvaCloudVoiceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = ava_cloud_voice_get_property;
  object_class->dispose = ava_cloud_voice_dispose;
  object_class->finalize = ava_cloud_voice_finalize;
  props[PROP_TROUBLE] = g_param_spec_string ("trouble", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
ava_cloud_voice_init (AvaCloudVoice *self)
{
  self->settings = ava_realtime_settings_new ();
  self->cancellable = g_cancellable_new ();
}

/**
 * ava_cloud_voice_new:
 *
 * Returns: (transfer full): the usual settings with what the environment says
 */
AvaCloudVoice *
ava_cloud_voice_new (void)
{
  AvaCloudVoice *self = g_object_new (AVA_TYPE_CLOUD_VOICE, NULL);

  read_environment (self);
  return self;
}
