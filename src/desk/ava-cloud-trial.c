/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-cloud-trial.h"

#include "ava-realtime-trial.h"

#include <glib/gi18n.h>

struct _AvaCloudTrial {
  GObject parent_instance;

  AvaCloudVoice *voice;
  AvaStore *store;
  AvaStaff *staff;
  GCancellable *cancellable;    /* of the trial that runs; nullable */
  char *words;                  /* nullable */
  gboolean works;
};

enum { PROP_0, PROP_RUNNING, PROP_WORKS, PROP_WORDS, N_PROPS };

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (AvaCloudTrial, ava_cloud_trial, G_TYPE_OBJECT)

/* All three change together. @words: (transfer full) (nullable) */
static void
set (AvaCloudTrial *self,
     gboolean       works,
     char          *words)
{
  g_free (self->words);
  self->words = words;
  self->works = works;
  for (guint i = 1; i < N_PROPS; i++)
    g_object_notify_by_pspec (G_OBJECT (self), props[i]);
}

static void
noted_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  if (!ava_store_add_event_finish (AVA_STORE (source), result, &error))
    g_warning ("A trial of the cloud voice is not in the journal: %s", error->message);
}

static void
note (AvaCloudTrial    *self,
      AvaRealtimeTrial *trial,
      gboolean          works)
{
  AvaActor actor = { 0 };
  g_autoptr (JsonObject) data = NULL;

  if (trial->egress == NULL)   /* nothing left the machine */
    return;
  data = json_object_ref (trial->egress);
  ava_staff_fill_actor (self->staff, &actor);
  json_object_set_string_member (data, "why", "trial");
  json_object_set_boolean_member (data, "works", works);
  ava_store_add_event_async (self->store, &actor, "egress", data, NULL, noted_cb, NULL);
}

static void
tried_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (AvaCloudTrial) self = user_data;
  g_autoptr (AvaRealtimeTrial) trial = NULL;
  g_autoptr (GError) error = NULL;
  gboolean works = ava_realtime_try_finish (result, &trial, &error);

  note (self, trial, works);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->cancellable);
  set (self, works, works ? g_strdup_printf (_("It works: %s answered after %.1f seconds and accepts these settings."),
                                             ava_cloud_voice_get_settings (self->voice)->model, trial->took_us / 1e6)
                          : g_strdup (error->message));
}

static void
refuse (AvaCloudTrial *self,
        const GError  *error)
{
  g_clear_object (&self->cancellable);
  set (self, FALSE, g_strdup (error->message));
}

/* The keyring has answered, or nobody waits for it any more. */
static void
go_on (AvaCloudTrial *self)
{
  g_autoptr (GError) error = NULL;

  if (self->cancellable == NULL || ava_cloud_voice_is_looking (self->voice))
    return;
  g_signal_handlers_disconnect_by_func (self->voice, go_on, self);
  if (!ava_cloud_voice_check (self->voice, &error))
    refuse (self, error);
  else
    ava_realtime_try_async (ava_cloud_voice_get_settings (self->voice), self->cancellable, tried_cb, g_object_ref (self));
}

/**
 * ava_cloud_trial_start:
 *
 * Calls off the one that runs.
 */
void
ava_cloud_trial_start (AvaCloudTrial *self)
{
  g_return_if_fail (AVA_IS_CLOUD_TRIAL (self));

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  set (self, FALSE, NULL);
  if (ava_cloud_voice_get_keyring_trouble (self->voice) != NULL && ava_cloud_voice_get_key_place (self->voice) == AVA_KEY_PLACE_NONE)
    ava_cloud_voice_unlock (self->voice);
  g_signal_handlers_disconnect_by_func (self->voice, go_on, self);
  g_signal_connect_object (self->voice, "notify::looking", G_CALLBACK (go_on), self, G_CONNECT_SWAPPED);
  go_on (self);
}

/**
 * ava_cloud_trial_stop:
 *
 * Nobody waits for it any more.
 */
void
ava_cloud_trial_stop (AvaCloudTrial *self)
{
  g_return_if_fail (AVA_IS_CLOUD_TRIAL (self));

  if (self->cancellable == NULL)
    return;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  set (self, FALSE, NULL);
}

gboolean
ava_cloud_trial_is_running (AvaCloudTrial *self)
{
  return self->cancellable != NULL;
}

gboolean
ava_cloud_trial_works (AvaCloudTrial *self)
{
  return self->works;
}

const char *
ava_cloud_trial_get_words (AvaCloudTrial *self)
{
  return self->words;
}

static void
ava_cloud_trial_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  AvaCloudTrial *self = AVA_CLOUD_TRIAL (object);

  switch (prop_id) {
  case PROP_RUNNING:
    g_value_set_boolean (value, self->cancellable != NULL);
    break;
  case PROP_WORKS:
    g_value_set_boolean (value, self->works);
    break;
  case PROP_WORDS:
    g_value_set_string (value, self->words);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
ava_cloud_trial_dispose (GObject *object)
{
  AvaCloudTrial *self = AVA_CLOUD_TRIAL (object);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->voice);
  g_clear_object (&self->store);
  g_clear_object (&self->staff);
  g_clear_pointer (&self->words, g_free);

  G_OBJECT_CLASS (ava_cloud_trial_parent_class)->dispose (object);
}

static void
ava_cloud_trial_class_init (AvaCloudTrialClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = ava_cloud_trial_get_property;
  object_class->dispose = ava_cloud_trial_dispose;
  props[PROP_RUNNING] = g_param_spec_boolean ("running", NULL, NULL, FALSE, flags);
  props[PROP_WORKS] = g_param_spec_boolean ("works", NULL, NULL, FALSE, flags);
  props[PROP_WORDS] = g_param_spec_string ("words", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
ava_cloud_trial_init (AvaCloudTrial *self)
{
}

/**
 * ava_cloud_trial_new:
 * @store: of the journal
 * @staff: who tries
 *
 * Returns: (transfer full): a trial that has not begun
 */
AvaCloudTrial *
ava_cloud_trial_new (AvaCloudVoice *voice,
                     AvaStore      *store,
                     AvaStaff      *staff)
{
  AvaCloudTrial *self = g_object_new (AVA_TYPE_CLOUD_TRIAL, NULL);

  self->voice = g_object_ref (voice);
  self->store = g_object_ref (store);
  self->staff = g_object_ref (staff);
  return self;
}
