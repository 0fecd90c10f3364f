/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-cloud-voice.h"

#include <glib/gi18n.h>
#include <libsecret/secret.h>
#include <string.h>

#define LONGEST_LOOK_S 5   /* [s] that anybody waits for the keyring */

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
  char *keyring_trouble;         /* nullable */
  char *forgotten;               /* secret, nullable: what was taken out of the keyring last */
  gboolean kept;                 /* the secret is in the keyring */
  gboolean locked;               /* the keyring: what it has cannot be read */
  gboolean absent;               /* the keyring: there can be no key */
  gboolean looking;              /* the keyring is being asked, and waited for */
  guint bound_id;                /* of the wait */
};

enum { PROP_0, PROP_TROUBLE, PROP_KEY_PLACE, PROP_KEYRING_TROUBLE, PROP_LOOKING, N_PROPS };
enum { CHANGED, N_SIGNALS };

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AvaCloudVoice, ava_cloud_voice, G_TYPE_OBJECT)

static void
look_for_trouble (AvaCloudVoice *self)
{
  g_autoptr (GError) error = NULL;

  ava_cloud_voice_check (self, &error);
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

/* Returns: whether @text says yes; what says neither yes nor no changes nothing */
static gboolean
read_choice (const char *text,
             gboolean    usual)
{
  static const char *const yes[] = { "1", "yes", "true", "on", NULL };
  static const char *const no[] = { "0", "no", "false", "off", NULL };
  g_autofree char *lower = g_ascii_strdown (text, -1);

  return g_strv_contains (yes, lower) || (usual && !g_strv_contains (no, lower));
}

/* The environment comes last: it overrides the setting of the same name. */
static void
read_environment (AvaCloudVoice *self)
{
  const char *key = g_getenv ("AVA_OPENAI_KEY");
  const char *mode = g_getenv ("AVA_REALTIME_MODE");
  const char *headers = g_getenv ("AVA_REALTIME_HEADERS");
  const char *reconnects = g_getenv ("AVA_REALTIME_RECONNECTS");

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
  if (reconnects != NULL)
    self->settings->reconnects = read_choice (reconnects, self->settings->reconnects);
  look_for_trouble (self);
  g_signal_emit (self, signals[CHANGED], 0);
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
  self->settings->reconnects = g_settings_get_boolean (self->followed, "realtime-reconnects");
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

/* @words: (transfer full) (nullable) */
static void
set_keyring_words (AvaCloudVoice *self,
                   char          *words)
{
  g_autofree char *before = g_steal_pointer (&self->keyring_trouble);

  self->keyring_trouble = words;
  if (g_strcmp0 (before, words) == 0)
    return;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_KEYRING_TROUBLE]);
  look_for_trouble (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static char *
explain (AvaCloudVoice *self,
         const GError  *error)
{
  self->absent = g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_SERVICE_UNKNOWN) || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  if (self->absent)
    return g_strdup (_("There is no keyring on this computer, so no key can be kept and Ava speaks with her own voice."));
  if (error != NULL)
    return g_strdup_printf (_("The keyring of this computer is locked or cannot be read, so Ava speaks with her own voice: %s. Unlock it and "
                              "try the connection in Settings, Ava’s Voice."), error->message);
  if (self->locked)
    return g_strdup (_("The keyring is locked, so the key of the cloud voice cannot be read and Ava speaks with her own voice. Unlock it and "
                       "try the connection in Settings, Ava’s Voice."));
  return NULL;
}

static void
set_looking (AvaCloudVoice *self,
             gboolean       looking)
{
  g_clear_handle_id (&self->bound_id, g_source_remove);
  if (self->looking == looking)
    return;
  self->looking = looking;
  look_for_trouble (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_LOOKING]);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* Nobody waits any longer; if an answer comes after all, it counts. */
static gboolean
bound_cb (gpointer user_data)
{
  g_autoptr (AvaCloudVoice) self = g_object_ref (user_data);

  self->bound_id = 0;
  set_keyring_words (self, self->locked ? explain (self, NULL)
                     : g_strdup (_("The keyring of this computer does not answer, so the key of the cloud voice cannot be read and Ava speaks with "
                                   "her own voice. Try the connection in Settings, Ava’s Voice, once it is there.")));
  set_looking (self, FALSE);
  return G_SOURCE_REMOVE;
}

/* @key: (nullable): as the keyring has it now. What the environment names goes before it. */
static void
take_key (AvaCloudVoice *self,
          const char    *key)
{
  self->kept = key != NULL;
  g_clear_pointer (&self->settings->key, secret_password_free);
  self->settings->key = g_strdup (key);
  read_environment (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_KEY_PLACE]);
}

static void
looked_up_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (AvaCloudVoice) self = user_data;
  g_autoptr (GError) error = NULL;
  char *key = secret_password_lookup_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  /* Whoever closes the question for the password leaves it locked: there is no error then, and no key. */
  if (key != NULL)
    self->locked = FALSE;
  if (error != NULL)
    g_message ("The keyring cannot be asked: %s", error->message);
  else
    take_key (self, key);
  set_keyring_words (self, explain (self, error));
  set_looking (self, FALSE);
  secret_password_free (key);
}

static gboolean
is_locked (GList *items)
{
  for (GList *at = items; at != NULL; at = at->next) {
    if (SECRET_IS_ITEM (at->data) && secret_item_get_locked (at->data))
      return TRUE;
  }
  return FALSE;
}

/* It is asked for even so: the system may now show its own question for the password, and wait for the answer. */
static void
searched_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (AvaCloudVoice) self = user_data;
  g_autoptr (GError) error = NULL;
  GList *items = secret_password_search_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  self->locked = error == NULL && is_locked (items);
  /* Nobody waits for the one who knows the password. */
  if (error != NULL || self->locked) {
    set_keyring_words (self, explain (self, error));
    set_looking (self, FALSE);
  }
  if (error == NULL)
    secret_password_lookup (&key_schema, self->cancellable, looked_up_cb, g_object_ref (self), "service", "openai", NULL);
  g_list_free_full (items, g_object_unref);
}

/* Without a bus libsecret would start one of its own. */
static gboolean
has_keyring (void)
{
  g_autofree char *bus = g_build_filename (g_get_user_runtime_dir (), "bus", NULL);

  return g_getenv ("SECRET_BACKEND") != NULL || g_getenv ("DBUS_SESSION_BUS_ADDRESS") != NULL || g_file_test (bus, G_FILE_TEST_EXISTS);
}

static gboolean
check_keyring (GError **error)
{
  if (has_keyring ())
    return TRUE;
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, _("there is none in this session."));
  return FALSE;
}

/**
 * ava_cloud_voice_unlock:
 *
 * Asks the keyring for the secret, for a few seconds ("looking"); where there is no keyring there is no secret.
 */
void
ava_cloud_voice_unlock (AvaCloudVoice *self)
{
  g_autoptr (GError) error = NULL;

  g_return_if_fail (AVA_IS_CLOUD_VOICE (self));

  if (self->looking)
    return;
  if (!check_keyring (&error)) {
    set_keyring_words (self, explain (self, error));
    return;
  }
  /* Another question for the password would come on top of the first. */
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->locked = FALSE;
  set_looking (self, TRUE);
  self->bound_id = g_timeout_add_seconds (LONGEST_LOOK_S, bound_cb, self);
  secret_password_search (&key_schema, SECRET_SEARCH_ALL, self->cancellable, searched_cb, g_object_ref (self), "service", "openai", NULL);
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
    g_prefix_error (&error, _("The key could not be put into the keyring: "));
    g_task_return_error (task, error);
    return;
  }
  self->locked = FALSE;
  set_keyring_words (self, NULL);
  g_clear_pointer (&self->forgotten, secret_password_free);
  take_key (self, g_task_get_task_data (task));
  g_task_return_boolean (task, TRUE);
}

/**
 * ava_cloud_voice_store_key_async:
 * @key: the secret; it replaces the one before
 */
void
ava_cloud_voice_store_key_async (AvaCloudVoice       *self,
                                 const char          *key,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  char *plain = g_strstrip (g_strdup (key));
  GError *error = NULL;

  g_task_set_source_tag (task, ava_cloud_voice_store_key_async);
  g_task_set_task_data (task, plain, (GDestroyNotify) secret_password_free);
  if (*plain == '\0' || strpbrk (plain, "\r\n\t ") != NULL)
    g_set_error_literal (&error, AVA_REALTIME_ERROR, AVA_REALTIME_ERROR_KEY,
                         *plain == '\0' ? _("There is no key to keep.") :
                         _("This is no key: it has a blank or a line break in it. Copy it once more, whole."));
  else if (!check_keyring (&error))
    g_prefix_error (&error, _("The key could not be put into the keyring: "));
  if (error != NULL) {
    g_task_return_error (task, error);
    g_object_unref (task);
    return;
  }
  secret_password_store (&key_schema, SECRET_COLLECTION_DEFAULT, _("Ava Front Desk: cloud voice"), plain, cancellable, stored_cb, task,
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

static void
forgotten_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  AvaCloudVoice *self = g_task_get_source_object (task);
  GError *error = NULL;

  secret_password_clear_finish (result, &error);
  if (error != NULL) {
    g_prefix_error (&error, _("The key could not be taken out of the keyring: "));
    g_task_return_error (task, error);
    return;
  }
  if (ava_cloud_voice_get_key_place (self) == AVA_KEY_PLACE_KEYRING) {
    g_clear_pointer (&self->forgotten, secret_password_free);
    self->forgotten = g_strdup (g_task_get_task_data (task));
  }
  take_key (self, NULL);
  g_task_return_boolean (task, TRUE);
}

/**
 * ava_cloud_voice_forget_key_async:
 *
 * The next call is answered by this computer, unless the environment names a key.
 */
void
ava_cloud_voice_forget_key_async (AvaCloudVoice       *self,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, ava_cloud_voice_forget_key_async);
  g_task_set_task_data (task, g_strdup (self->settings->key), (GDestroyNotify) secret_password_free);
  secret_password_clear (&key_schema, cancellable, forgotten_cb, task, "service", "openai", NULL);
}

gboolean
ava_cloud_voice_forget_key_finish (AvaCloudVoice  *self,
                                   GAsyncResult   *result,
                                   GError        **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

gboolean
ava_cloud_voice_can_put_back (AvaCloudVoice *self)
{
  return self->forgotten != NULL;
}

/**
 * ava_cloud_voice_put_back_async:
 *
 * Undoes the forgetting.
 */
void
ava_cloud_voice_put_back_async (AvaCloudVoice       *self,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  g_return_if_fail (AVA_IS_CLOUD_VOICE (self) && self->forgotten != NULL);

  ava_cloud_voice_store_key_async (self, self->forgotten, cancellable, callback, user_data);
}

/**
 * ava_cloud_voice_get_key_place:
 *
 * Returns: where the secret comes from that the next call uses
 */
AvaKeyPlace
ava_cloud_voice_get_key_place (AvaCloudVoice *self)
{
  if (g_getenv ("AVA_OPENAI_KEY") != NULL)
    return AVA_KEY_PLACE_ENVIRONMENT;
  return self->kept ? AVA_KEY_PLACE_KEYRING : AVA_KEY_PLACE_NONE;
}

const char *
ava_cloud_voice_get_keyring_trouble (AvaCloudVoice *self)
{
  return self->keyring_trouble;
}

gboolean
ava_cloud_voice_is_looking (AvaCloudVoice *self)
{
  return self->looking;
}

GSettings *
ava_cloud_voice_get_followed (AvaCloudVoice *self)
{
  return self->followed;
}

/**
 * ava_cloud_voice_find_override:
 * @key: of the app's settings
 *
 * Returns: (nullable): the variable of the environment that decides instead
 */
const char *
ava_cloud_voice_find_override (AvaCloudVoice *self,
                               const char    *key)
{
  const char *variable = g_str_equal (key, "realtime-turn-mode") ? "AVA_REALTIME_MODE"
                         : g_str_equal (key, "realtime-headers") ? "AVA_REALTIME_HEADERS"
                         : g_str_equal (key, "realtime-reconnects") ? "AVA_REALTIME_RECONNECTS" : NULL;

  for (guint i = 0; variable == NULL && i < G_N_ELEMENTS (texts); i++) {
    if (g_str_equal (texts[i].key, key))
      variable = texts[i].variable;
  }
  return variable != NULL && g_getenv (variable) != NULL ? variable : NULL;
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
  g_signal_emit (self, signals[CHANGED], 0);
}

AvaAnsweredBy
ava_cloud_voice_get_answered_by (AvaCloudVoice *self)
{
  return self->by;
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
 * ava_cloud_voice_explain_absence:
 *
 * Who chose the cloud voice is told whenever it cannot answer. Who leaves it to the program ("auto") and has no key, or
 * no keyring for one, is told nothing: that is how a desk without a service works.
 *
 * Returns: (transfer full) (nullable): why this machine answers although the cloud voice should; %NULL when it need not be said
 */
char *
ava_cloud_voice_explain_absence (AvaCloudVoice *self)
{
  gboolean no_key = self->settings->key == NULL || *self->settings->key == '\0';

  if (self->by == AVA_ANSWERED_BY_LOCAL || self->trouble == NULL)
    return NULL;
  if (self->by == AVA_ANSWERED_BY_AUTO && no_key && (self->keyring_trouble == NULL || self->absent))
    return NULL;
  return g_strdup (self->trouble);
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
  gboolean no_key = self->settings->key == NULL || *self->settings->key == '\0';

  if (no_key && (self->keyring_trouble != NULL || self->looking)) {
    g_set_error_literal (error, AVA_REALTIME_ERROR, AVA_REALTIME_ERROR_KEY,
                         self->keyring_trouble != NULL ? self->keyring_trouble : _("The keyring is still being asked for the key of the cloud voice."));
    return FALSE;
  }
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
  case PROP_KEY_PLACE:
    g_value_set_int (value, ava_cloud_voice_get_key_place (self));
    break;
  case PROP_KEYRING_TROUBLE:
    g_value_set_string (value, self->keyring_trouble);
    break;
  case PROP_LOOKING:
    g_value_set_boolean (value, self->looking);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
ava_cloud_voice_dispose (GObject *object)
{
  AvaCloudVoice *self = AVA_CLOUD_VOICE (object);

  g_clear_handle_id (&self->bound_id, g_source_remove);
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
  g_free (self->keyring_trouble);
  g_clear_pointer (&self->forgotten, secret_password_free);

  G_OBJECT_CLASS (ava_cloud_voice_parent_class)->finalize (object);
}

static void
ava_cloud_voice_class_init (AvaCloudVoiceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = ava_cloud_voice_get_property;
  object_class->dispose = ava_cloud_voice_dispose;
  object_class->finalize = ava_cloud_voice_finalize;
  props[PROP_TROUBLE] = g_param_spec_string ("trouble", NULL, NULL, NULL, flags);
  props[PROP_KEY_PLACE] = g_param_spec_int ("key-place", NULL, NULL, 0, AVA_KEY_PLACE_ENVIRONMENT, 0, flags);
  props[PROP_KEYRING_TROUBLE] = g_param_spec_string ("keyring-trouble", NULL, NULL, NULL, flags);
  props[PROP_LOOKING] = g_param_spec_boolean ("looking", NULL, NULL, FALSE, flags);
  signals[CHANGED] = g_signal_new ("changed", AVA_TYPE_CLOUD_VOICE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
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
