/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-safety-alerts.h"

#define KEPT_DAYS 7   /* an older one that nobody acknowledged is history */

struct _AvaSafetyAlerts {
  GObject parent_instance;

  AvaContext *context;
  GPtrArray *alerts;        /* AvaSafetyAlert, by time */
  GHashTable *seen;         /* calls that were acknowledged here: later words of them raise nothing */
  GCancellable *cancellable;
};

enum { CHANGED, FAILED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AvaSafetyAlerts, ava_safety_alerts, G_TYPE_OBJECT)

static AvaSafetyAlert *
find (AvaSafetyAlerts *self,
      const char      *call_id)
{
  for (guint i = 0; i < self->alerts->len; i++) {
    AvaSafetyAlert *alert = self->alerts->pdata[i];

    if (g_strcmp0 (alert->call_id, call_id) == 0)
      return alert;
  }
  return NULL;
}

static void
on_safety_stop (AvaSafetyAlerts *self,
                AvaCallSession  *session,
                const char      *words)
{
  const char *call_id = ava_call_session_get_id (session);
  const char *flag = ava_call_session_get_card (session)->alert;
  AvaSafetyAlert *alert;

  if (g_hash_table_contains (self->seen, call_id) || find (self, call_id) != NULL)
    return;
  alert = g_new0 (AvaSafetyAlert, 1);
  alert->call_id = g_strdup (call_id);
  alert->at_us = ava_clock_now_us (ava_context_get_clock (self->context));
  alert->words = g_strdup (flag != NULL && *flag != '\0' ? flag : words);
  g_object_get (session, "caller", &alert->caller, NULL);
  g_ptr_array_add (self->alerts, alert);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (AvaSafetyAlerts) self = user_data;
  g_autoptr (GPtrArray) alerts = ava_store_list_alerts_finish (AVA_STORE (source), result, NULL);

  if (alerts == NULL || g_cancellable_is_cancelled (self->cancellable))
    return;
  for (guint i = 0; i < alerts->len; i++) {
    AvaSafetyAlert *alert = alerts->pdata[i];

    if (find (self, alert->call_id) == NULL && !g_hash_table_contains (self->seen, alert->call_id))
      g_ptr_array_add (self->alerts, g_memdup2 (&(AvaSafetyAlert) { g_strdup (alert->call_id), g_strdup (alert->caller),
                                                                    g_strdup (alert->words), alert->at_us }, sizeof *alert));
  }
  g_signal_emit (self, signals[CHANGED], 0);
}

typedef struct {
  AvaSafetyAlerts *self;   /* owned */
  AvaSafetyAlert *alert;   /* owned: put back when it cannot be written */
} Acknowledgement;

static void
acknowledged_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  Acknowledgement *done = user_data;
  g_autoptr (AvaSafetyAlerts) self = done->self;
  g_autoptr (GError) error = NULL;

  if (ava_store_add_event_finish (AVA_STORE (source), result, &error)) {
    ava_safety_alert_free (done->alert);
  } else {
    g_hash_table_remove (self->seen, done->alert->call_id);
    g_ptr_array_insert (self->alerts, 0, done->alert);
    g_signal_emit (self, signals[CHANGED], 0);
    g_signal_emit (self, signals[FAILED], 0, error->message);
  }
  g_free (done);
}

/**
 * ava_safety_alerts_acknowledge:
 *
 * Somebody has seen it: noted with the person at this desk.
 */
void
ava_safety_alerts_acknowledge (AvaSafetyAlerts *self,
                               const char      *call_id)
{
  AvaActor actor = { .why = "red flag acknowledged", .call_id = call_id };
  g_autoptr (JsonObject) data = json_object_new ();
  Acknowledgement *done;
  guint at;

  g_return_if_fail (AVA_IS_SAFETY_ALERTS (self));

  if (find (self, call_id) == NULL || !g_ptr_array_find (self->alerts, find (self, call_id), &at))
    return;
  done = g_new0 (Acknowledgement, 1);
  done->self = g_object_ref (self);
  done->alert = g_ptr_array_steal_index (self->alerts, at);
  actor.call_id = done->alert->call_id;
  ava_staff_fill_actor (ava_context_get_staff (self->context), &actor);
  json_object_set_string_member (data, "who", actor.who);
  json_object_set_string_member (data, "flag", done->alert->words);
  g_hash_table_add (self->seen, g_strdup (done->alert->call_id));
  ava_store_add_event_async (ava_context_get_store (self->context), &actor, AVA_SAFETY_ACKNOWLEDGED, data, NULL, acknowledged_cb, done);
  g_signal_emit (self, signals[CHANGED], 0);
}

guint
ava_safety_alerts_get_count (AvaSafetyAlerts *self)
{
  return self->alerts->len;
}

const AvaSafetyAlert *
ava_safety_alerts_get (AvaSafetyAlerts *self,
                       guint            at)
{
  return at < self->alerts->len ? self->alerts->pdata[at] : NULL;
}

static void
ava_safety_alerts_dispose (GObject *object)
{
  AvaSafetyAlerts *self = AVA_SAFETY_ALERTS (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->context);

  G_OBJECT_CLASS (ava_safety_alerts_parent_class)->dispose (object);
}

static void
ava_safety_alerts_finalize (GObject *object)
{
  AvaSafetyAlerts *self = AVA_SAFETY_ALERTS (object);

  g_clear_object (&self->cancellable);
  g_ptr_array_unref (self->alerts);
  g_hash_table_unref (self->seen);

  G_OBJECT_CLASS (ava_safety_alerts_parent_class)->finalize (object);
}

static void
ava_safety_alerts_class_init (AvaSafetyAlertsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GType type = AVA_TYPE_SAFETY_ALERTS;

  object_class->dispose = ava_safety_alerts_dispose;
  object_class->finalize = ava_safety_alerts_finalize;
  signals[CHANGED] = g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[FAILED] = g_signal_new ("failed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
ava_safety_alerts_init (AvaSafetyAlerts *self)
{
  self->alerts = g_ptr_array_new_with_free_func ((GDestroyNotify) ava_safety_alert_free);
  self->seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->cancellable = g_cancellable_new ();
}

/**
 * ava_safety_alerts_new:
 *
 * Returns: (transfer full): those that wait since before are listed soon
 */
AvaSafetyAlerts *
ava_safety_alerts_new (AvaContext *context)
{
  AvaSafetyAlerts *self = g_object_new (AVA_TYPE_SAFETY_ALERTS, NULL);
  gint64 now_us = ava_clock_now_us (ava_context_get_clock (context));

  self->context = g_object_ref (context);
  g_signal_connect_object (context, "safety-stop", G_CALLBACK (on_safety_stop), self, G_CONNECT_SWAPPED);
  ava_store_list_alerts_async (ava_context_get_store (context), now_us - KEPT_DAYS * AVA_USEC_PER_DAY, self->cancellable, listed_cb,
                               g_object_ref (self));
  return self;
}
