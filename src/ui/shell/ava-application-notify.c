/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-application-private.h"

#include <glib/gi18n.h>

/* Desktop notifications: only while the window is not in front, and with no names, since they can
 * be seen over the counter. */

static gboolean
is_watched (AvaApplication *self)
{
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next) {
    if (gtk_window_is_active (l->data))
      return TRUE;
  }
  return FALSE;
}

/* Each call has its own, so that the end of one does not take another's away. */
static char *
name_notification (AvaCallSession *session,
                   const char     *kind)
{
  return g_strconcat (kind, "-", ava_call_session_get_id (session), NULL);
}

static void
send (AvaApplication        *self,
      AvaCallSession        *session,
      const char            *kind,
      const char            *title,
      const char            *body,
      const char            *page,
      GNotificationPriority  priority)
{
  g_autofree char *id = name_notification (session, kind);
  g_autoptr (GNotification) notification = NULL;

  if (is_watched (self))
    return;
  notification = g_notification_new (title);
  if (body != NULL)
    g_notification_set_body (notification, body);
  g_notification_set_priority (notification, priority);
  g_notification_set_default_action_and_target (notification, "app.show-page", "s", page);
  g_application_send_notification (G_APPLICATION (self), id, notification);
}

static void
on_call_started (AvaApplication *self,
                 AvaCallSession *session)
{
  send (self, session, "call", _("Ava is taking a call"), NULL, "live", G_NOTIFICATION_PRIORITY_HIGH);
}

static void
on_call_ended (AvaApplication *self,
               AvaCallSession *session)
{
  g_autofree char *id = name_notification (session, "call");

  g_application_withdraw_notification (G_APPLICATION (self), id);
}

static void
on_booked (AvaApplication *self,
           AvaCallSession *session,
           const char     *appointment_id)
{
  AvaBookingCard *card = ava_call_session_get_card (session);
  g_autofree char *body = NULL;

  if (card->values[AVA_CARD_SERVICE] != NULL && card->values[AVA_CARD_WHEN] != NULL)
    /* Translators: a service and when. */
    body = g_strdup_printf (_("%s, %s"), card->values[AVA_CARD_SERVICE], card->values[AVA_CARD_WHEN]);
  send (self, session, "booked", _("Ava booked an appointment"), body, "calendar", G_NOTIFICATION_PRIORITY_NORMAL);
}

static void
on_safety_stop (AvaApplication *self,
                AvaCallSession *session,
                const char     *words)
{
  send (self, session, "safety", _("A caller needs a person now"), words, "live", G_NOTIFICATION_PRIORITY_URGENT);
}

/**
 * ava_application_watch_desk:
 *
 * Tells the desktop about calls, bookings and safety stops of @context.
 */
void
ava_application_watch_desk (AvaApplication *self,
                            AvaContext     *context)
{
  g_signal_connect_object (context, "call-started", G_CALLBACK (on_call_started), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (context, "call-ended", G_CALLBACK (on_call_ended), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (context, "booked", G_CALLBACK (on_booked), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (context, "safety-stop", G_CALLBACK (on_safety_stop), self, G_CONNECT_SWAPPED);
}
