/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-cloud-reserve.h"

#include "ava-store-calls.h"

/*
 *   on duty, or it rings --> spare --take--> call        settings change, off duty: closed, noted
 *         ^                    |
 *         +---- 5 s, 10 s … ---+ lost: noted, tried again
 */

#define TICK_MS 500
#define PAUSE_US (2 * G_USEC_PER_SEC)          /* [us] before the next one is opened: settings are still being typed, a call begins */
#define FIRST_WAIT_US (5 * G_USEC_PER_SEC)     /* [us] after the first failure, then twice as long, up to the next */
#define LONGEST_WAIT_US (300 * G_USEC_PER_SEC)
#define UNANSWERED_US (60 * G_USEC_PER_SEC)    /* [us] after which a call that rang is not waited for any more */
#define STRIKES 2                              /* failures in a row before it is said */

struct _AvaCloudReserve {
  GObject parent_instance;

  AvaCloudVoice *voice;
  AvaStore *store;
  AvaRealtimeSpare *spare;          /* nullable */
  AvaRealtimeSettings *settings;    /* nullable: of the spare, or of the last one that was lost */
  char *trouble;                    /* nullable */
  char *told;                       /* nullable: why it is absent, as it was said last */
  gint64 opened_us;                 /* [us] monotonic: when the spare was */
  gint64 next_us;                   /* [us] monotonic: no other one before */
  guint tick_id;
  guint tell_id;                    /* idle */
  guint strikes;                    /* failures in a row */
  guint noting;                     /* that the journal does not have yet */
  gboolean on_duty, ringing, ready, closed;
};

enum { PROP_0, PROP_TROUBLE, PROP_READY, N_PROPS };
enum { ABSENT, N_SIGNALS };

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AvaCloudReserve, ava_cloud_reserve, G_TYPE_OBJECT)

/* Who chose the cloud voice learns before the next call that it cannot answer, once for each reason. */
static gboolean
tell_cb (gpointer user_data)
{
  AvaCloudReserve *self = user_data;
  g_autofree char *why = NULL;

  self->tell_id = 0;
  if (self->closed || ava_cloud_voice_is_looking (self->voice))
    return G_SOURCE_REMOVE;
  if (self->on_duty && ava_cloud_voice_get_answered_by (self->voice) == AVA_ANSWERED_BY_REALTIME)
    why = ava_cloud_voice_is_used (self->voice) ? g_strdup (self->trouble) : ava_cloud_voice_explain_absence (self->voice);
  if (g_strcmp0 (self->told, why) == 0)
    return G_SOURCE_REMOVE;
  g_free (self->told);
  self->told = g_strdup (why);
  if (why != NULL)
    g_signal_emit (self, signals[ABSENT], 0, why);
  return G_SOURCE_REMOVE;
}

/* All that changes together has changed by then. */
static void
consider_telling (AvaCloudReserve *self)
{
  if (self->tell_id == 0)
    self->tell_id = g_idle_add (tell_cb, self);
}

/* What was known stays until something else is. */
static void
tell (AvaCloudReserve *self,
      gboolean         ready,
      const char      *trouble)
{
  if (g_strcmp0 (self->trouble, trouble) != 0) {
    g_free (self->trouble);
    self->trouble = g_strdup (trouble);
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_TROUBLE]);
    consider_telling (self);
  }
  if (self->ready != ready) {
    self->ready = ready;
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_READY]);
  }
}

/* --- the ledger --- */

static void
noted_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (AvaCloudReserve) self = user_data;
  g_autoptr (GError) error = NULL;

  self->noting--;
  if (!ava_store_add_event_finish (AVA_STORE (source), result, &error))
    g_warning ("A line of the cloud voice is not in the journal: %s", error->message);
}

/* What a call has taken over stands with the call. */
static void
drop (AvaCloudReserve *self)
{
  AvaActor actor = { .who = "system" };
  g_autoptr (AvaRealtimeSpare) spare = g_steal_pointer (&self->spare);
  g_autoptr (JsonObject) egress = NULL;

  if (spare == NULL)
    return;
  g_signal_handlers_disconnect_by_data (spare, self);
  egress = ava_realtime_spare_close (spare);
  if (egress == NULL)
    return;
  self->noting++;
  ava_store_add_event_async (self->store, &actor, "egress", egress, NULL, noted_cb, g_object_ref (self));
}

/* --- one line after the other --- */

static void
lose (AvaCloudReserve *self)
{
  g_autofree char *words = g_strdup (ava_realtime_spare_get_words (self->spare));

  self->next_us = g_get_monotonic_time () + MIN (LONGEST_WAIT_US, FIRST_WAIT_US << MIN (self->strikes, 8));
  self->strikes++;
  drop (self);
  if (self->strikes >= STRIKES)
    tell (self, FALSE, words);
}

static void
on_spare_changed (AvaCloudReserve *self)
{
  if (self->spare == NULL || ava_realtime_spare_get_state (self->spare) != AVA_SPARE_READY)
    return;   /* a lost one is dropped by the next tick: it is still telling why */
  self->strikes = 0;
  tell (self, TRUE, NULL);
}

static void
open_spare (AvaCloudReserve *self)
{
  ava_realtime_settings_free (self->settings);
  self->settings = ava_realtime_settings_copy (ava_cloud_voice_get_settings (self->voice));
  self->opened_us = g_get_monotonic_time ();
  self->spare = ava_realtime_spare_new (self->settings, NULL, NULL);
  g_signal_connect_swapped (self->spare, "changed", G_CALLBACK (on_spare_changed), self);
}

static gboolean
is_wanted (AvaCloudReserve *self)
{
  return !self->closed && (self->on_duty || self->ringing) && ava_cloud_voice_is_used (self->voice);
}

static void consider (AvaCloudReserve *self);

static gboolean
tick_cb (gpointer user_data)
{
  g_autoptr (AvaCloudReserve) self = g_object_ref (user_data);
  gint64 waited_us = g_get_monotonic_time () - self->opened_us;

  if (self->spare != NULL)
    ava_realtime_spare_tick (self->spare, waited_us);
  if (self->spare != NULL && ava_realtime_spare_get_state (self->spare) == AVA_SPARE_LOST)
    lose (self);
  if (!self->on_duty && waited_us > UNANSWERED_US)
    self->ringing = FALSE;
  consider (self);
  return self->tick_id != 0;
}

static void
consider (AvaCloudReserve *self)
{
  gboolean wanted = is_wanted (self);

  if (!wanted)
    drop (self);
  else if (self->spare == NULL && g_get_monotonic_time () >= self->next_us)
    open_spare (self);
  if (wanted && self->tick_id == 0)
    self->tick_id = g_timeout_add (TICK_MS, tick_cb, self);
  else if (!wanted)
    g_clear_handle_id (&self->tick_id, g_source_remove);
}

/* Any setting, or the secret: most changes are of no concern to it. */
static void
on_voice_changed (AvaCloudReserve *self)
{
  if (self->settings != NULL && !ava_realtime_settings_equal (self->settings, ava_cloud_voice_get_settings (self->voice))) {
    drop (self);
    g_clear_pointer (&self->settings, ava_realtime_settings_free);
    self->strikes = 0;
    self->next_us = g_get_monotonic_time () + PAUSE_US;
    tell (self, FALSE, NULL);
  }
  consider (self);
  if (!ava_cloud_voice_is_used (self->voice))
    tell (self, FALSE, NULL);
  consider_telling (self);
}

/**
 * ava_cloud_reserve_set_on_duty:
 * @on_duty: whether a line is kept open for the next call, as far as the cloud voice answers calls
 */
void
ava_cloud_reserve_set_on_duty (AvaCloudReserve *self,
                               gboolean         on_duty)
{
  g_return_if_fail (AVA_IS_CLOUD_RESERVE (self));

  self->on_duty = on_duty;
  consider (self);
  consider_telling (self);
}

void
ava_cloud_reserve_ring (AvaCloudReserve *self)
{
  g_return_if_fail (AVA_IS_CLOUD_RESERVE (self));

  self->ringing = TRUE;
  if (self->spare == NULL && self->strikes == 0)
    self->next_us = 0;
  consider (self);
}

/**
 * ava_cloud_reserve_take:
 *
 * Another one is opened for the call after this one if the desk is on duty.
 *
 * Returns: (transfer full) (nullable): a line that is open or opens; %NULL: the call opens its own
 */
AvaRealtimeSpare *
ava_cloud_reserve_take (AvaCloudReserve *self)
{
  AvaRealtimeSpare *spare;

  g_return_val_if_fail (AVA_IS_CLOUD_RESERVE (self), NULL);

  self->ringing = FALSE;
  if (self->spare != NULL && ava_realtime_spare_get_state (self->spare) == AVA_SPARE_LOST)
    lose (self);
  spare = ava_cloud_voice_is_used (self->voice) ? g_steal_pointer (&self->spare) : NULL;
  if (spare != NULL) {
    g_signal_handlers_disconnect_by_data (spare, self);
    self->next_us = g_get_monotonic_time () + PAUSE_US;
  }
  consider (self);
  return spare;
}

void
ava_cloud_reserve_close (AvaCloudReserve *self)
{
  g_return_if_fail (AVA_IS_CLOUD_RESERVE (self));

  self->closed = TRUE;
  consider (self);
}

gboolean
ava_cloud_reserve_is_ready (AvaCloudReserve *self)
{
  return self->ready;
}

gboolean
ava_cloud_reserve_is_noting (AvaCloudReserve *self)
{
  return self->noting > 0;
}

const char *
ava_cloud_reserve_get_trouble (AvaCloudReserve *self)
{
  return self->trouble;
}

static void
ava_cloud_reserve_get_property (GObject    *object,
                                guint       prop_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  AvaCloudReserve *self = AVA_CLOUD_RESERVE (object);

  switch (prop_id) {
  case PROP_TROUBLE:
    g_value_set_string (value, self->trouble);
    break;
  case PROP_READY:
    g_value_set_boolean (value, self->ready);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
ava_cloud_reserve_dispose (GObject *object)
{
  AvaCloudReserve *self = AVA_CLOUD_RESERVE (object);

  g_clear_handle_id (&self->tick_id, g_source_remove);
  g_clear_handle_id (&self->tell_id, g_source_remove);
  if (self->spare != NULL)
    g_signal_handlers_disconnect_by_data (self->spare, self);
  g_clear_object (&self->spare);
  g_clear_object (&self->voice);
  g_clear_object (&self->store);
  g_clear_pointer (&self->settings, ava_realtime_settings_free);
  g_clear_pointer (&self->trouble, g_free);
  g_clear_pointer (&self->told, g_free);

  G_OBJECT_CLASS (ava_cloud_reserve_parent_class)->dispose (object);
}

static void
ava_cloud_reserve_class_init (AvaCloudReserveClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = ava_cloud_reserve_get_property;
  object_class->dispose = ava_cloud_reserve_dispose;
  props[PROP_TROUBLE] = g_param_spec_string ("trouble", NULL, NULL, NULL, flags);
  props[PROP_READY] = g_param_spec_boolean ("ready", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
  signals[ABSENT] = g_signal_new ("absent", AVA_TYPE_CLOUD_RESERVE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
ava_cloud_reserve_init (AvaCloudReserve *self)
{
}

/**
 * ava_cloud_reserve_new:
 * @voice: whose settings and secret it uses
 * @store: of the journal
 *
 * Returns: (transfer full): a reserve without a line, off duty
 */
AvaCloudReserve *
ava_cloud_reserve_new (AvaCloudVoice *voice,
                       AvaStore      *store)
{
  AvaCloudReserve *self = g_object_new (AVA_TYPE_CLOUD_RESERVE, NULL);

  self->voice = g_object_ref (voice);
  self->store = g_object_ref (store);
  g_signal_connect_object (voice, "changed", G_CALLBACK (on_voice_changed), self, G_CONNECT_SWAPPED);
  return self;
}
