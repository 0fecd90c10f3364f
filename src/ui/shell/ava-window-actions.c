/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-window-private.h"

#include "ava-compat.h"
#include "ava-hearing-window.h"

#include <glib/gi18n.h>

/* The commands of the window: win.* and call.*; which of them can be used is decided in one place,
 * ava_window_update_actions(). */

static AvaCallSession *
get_session (AvaWindow *self)
{
  return self->live != NULL ? ava_live_page_get_session (self->live) : NULL;
}

static void
on_page (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  ava_window_show_page (user_data, g_variant_get_string (parameter, NULL));
}

static void
on_search (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  AvaWindow *self = user_data;

  ava_window_show_page (self, "customers");
  ava_customers_page_focus_search (self->customers);
}

static void
on_steer (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       user_data)
{
  AvaWindow *self = user_data;

  ava_window_show_page (self, "live");
  ava_live_page_focus_steer (self->live);
}

static void
on_step_call (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  AvaWindow *self = user_data;

  ava_window_show_page (self, "live");
  ava_live_page_step (self->live, g_variant_get_int32 (parameter));
}

static const char *
find_practice_path (AvaWindow  *self,
                    const char *name)
{
  GPtrArray *callers = ava_context_list_practice (self->context);

  for (guint i = 0; i < callers->len; i++) {
    AvaPracticeCaller *caller = callers->pdata[i];
    g_autofree char *base = g_path_get_basename (caller->path);

    if (g_str_equal (name, base) || g_str_equal (name, caller->path))
      return caller->path;
  }
  return NULL;
}

static void
tell_no_call (AvaWindow  *self,
              const char *words)
{
  ava_compat_show_trouble (GTK_WINDOW (self), _("The call could not start"), words);
}

/* A microphone that cannot be opened leaves no call behind. */
static void
on_practice_state (AvaCallSession *session,
                   GParamSpec     *pspec,
                   AvaWindow      *self)
{
  g_autofree char *outcome = NULL;
  g_autofree char *notice = NULL;
  g_autofree char *words = NULL;

  g_object_get (session, "outcome", &outcome, "notice", &notice, NULL);
  if (ava_call_session_get_state (session) != AVA_CALL_ENDED || g_strcmp0 (outcome, "not-started") != 0 || notice == NULL)
    return;
  if (ava_live_page_get_session (self->live) == session)
    ava_live_page_dismiss (self->live);
  words = g_strdup_printf (_("%s\n\nA simulated caller needs no microphone: choose one in the "
                             "menu beside “Practice Call”."), notice);
  tell_no_call (self, words);
}

/* The parameter is the file name of a simulated caller; "" is the microphone. */
static void
on_practice (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  AvaWindow *self = user_data;
  const char *name = g_variant_get_string (parameter, NULL);
  const char *path = find_practice_path (self, name);
  AvaCallSession *session;
  g_autoptr (GError) error = NULL;

  if (*name != '\0' && path == NULL)
    return;
  ava_window_show_page (self, "live");
  session = ava_context_start_call (self->context, path, &error);
  if (session == NULL)
    tell_no_call (self, error->message);
  else if (path == NULL)
    g_signal_connect_object (session, "notify::state", G_CALLBACK (on_practice_state), self, 0);
}

static void
on_today (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       user_data)
{
  AvaWindow *self = user_data;

  ava_calendar_page_show_time (ava_window_get_calendar (self),
                               ava_clock_now_us (ava_context_get_clock (self->context)));
  ava_window_show_page (self, "calendar");
}

static void
on_move_days (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  AvaWindow *self = user_data;

  ava_calendar_page_move (ava_window_get_calendar (self), g_variant_get_int32 (parameter));
}

static void
on_show_appointment (GSimpleAction *action,
                     GVariant      *parameter,
                     gpointer       user_data)
{
  AvaWindow *self = user_data;

  ava_calendar_page_show_appointment (ava_window_get_calendar (self), g_variant_get_string (parameter, NULL));
  ava_window_show_page (self, "calendar");
}

static void
on_show_customer (GSimpleAction *action,
                  GVariant      *parameter,
                  gpointer       user_data)
{
  AvaWindow *self = user_data;

  ava_customers_page_show_customer (ava_window_get_customers (self), g_variant_get_string (parameter, NULL));
  ava_window_show_page (self, "customers");
}

static void
book_for_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (AvaWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaCustomer) customer = ava_store_get_customer_finish (AVA_STORE (source), result, &error);
  g_autofree char *words = NULL;

  if (self->calendar == NULL)   /* closed */
    return;
  if (customer == NULL) {
    ava_undo_bar_tell (self->undo_bar, error->message);
    return;
  }
  words = g_strdup_printf (_("Choose a free time for %s and press Enter."), customer->name);
  ava_calendar_desk_book_for (self->calendar, customer->name);
  ava_undo_bar_tell (self->undo_bar, words);
}

/* The time is chosen first; the entry then begins with the name. */
static void
on_book_for (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  AvaWindow *self = user_data;

  ava_window_show_page (self, "calendar");
  ava_store_get_customer_async (ava_context_get_store (self->context), g_variant_get_string (parameter, NULL), NULL,
                                book_for_cb, g_object_ref (self));
}

/* --- call.* --- */

static void
on_end (GSimpleAction *action,
        GVariant      *parameter,
        gpointer       user_data)
{
  ava_call_session_end (get_session (user_data));
}

static void
on_change_mute (GSimpleAction *action,
                GVariant      *value,
                gpointer       user_data)
{
  AvaCallSession *session = get_session (user_data);

  if (session == NULL)
    return;
  ava_call_session_set_muted (session, g_variant_get_boolean (value));
  g_simple_action_set_state (action, value);
}

static void
on_restart_greeting (GSimpleAction *action,
                     GVariant      *parameter,
                     gpointer       user_data)
{
  ava_call_session_restart_greeting (get_session (user_data));
}

static void
on_dismiss (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  ava_live_page_dismiss (AVA_WINDOW (user_data)->live);
}

static void
on_steer_call (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  ava_call_session_steer (get_session (user_data), g_variant_get_string (parameter, NULL));
}

/* BD-03: what this call booked, in the calendar, where it is moved or cancelled. */
static void
on_show_booking (GSimpleAction *action,
                 GVariant      *parameter,
                 gpointer       user_data)
{
  AvaWindow *self = user_data;
  AvaCallSession *session = get_session (self);
  const char *id = session != NULL ? ava_call_session_get_card (session)->appointment_id : NULL;

  if (id != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.show-appointment", "s", id);
}

/* The parameter is an AvaCardField: what the caller said about it is heard on the speaker. */
static void
on_play_field (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  AvaCallSession *session = get_session (user_data);
  int field = g_variant_get_int32 (parameter);

  if (session != NULL && field >= 0 && field < AVA_CARD_N_FIELDS)
    ava_call_supervision_play (ava_call_session_get_supervision (session), field);
}

static void
on_speech_detection (GSimpleAction *action,
                     GVariant      *parameter,
                     gpointer       user_data)
{
  AvaWindow *self = user_data;

  gtk_window_present (GTK_WINDOW (ava_hearing_window_new (GTK_WINDOW (self), ava_context_get_hearing (self->context))));
}

static void
on_change_vad_mode (GSimpleAction *action,
                    GVariant      *state,
                    gpointer       user_data)
{
  AvaWindow *self = user_data;

  ava_hearing_set_mode (ava_context_get_hearing (self->context), g_variant_get_string (state, NULL));
}

/* Not a GPropertyAction: GTK keeps actions for longer than their window. */
static void
update_vad_mode (AvaWindow *self)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), "vad-mode");

  if (self->context == NULL)   /* closed */
    return;
  g_simple_action_set_state (G_SIMPLE_ACTION (action),
                             g_variant_new_string (ava_hearing_get_mode (ava_context_get_hearing (self->context))));
}

static void
enable (gpointer    map,
        const char *name,
        gboolean    enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (map), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

/**
 * ava_window_update_actions:
 *
 * The one place that decides which commands can be used now.
 */
void
ava_window_update_actions (AvaWindow *self)
{
  AvaCallSession *session = get_session (self);
  gboolean active = session != NULL && ava_call_session_get_state (session) == AVA_CALL_ACTIVE;
  gboolean ended = session != NULL && ava_call_session_get_state (session) == AVA_CALL_ENDED;
  gboolean muted = FALSE;
  GAction *mute;

  if (self->call_actions == NULL)
    return;
  if (session != NULL)
    g_object_get (session, "muted", &muted, NULL);
  enable (self->call_actions, "end", session != NULL && !ended);
  enable (self->call_actions, "mute", active);
  enable (self->call_actions, "restart-greeting", active);
  enable (self->call_actions, "steer", active);
  enable (self->call_actions, "dismiss", ended);
  enable (self->call_actions, "play-field", session != NULL);
  enable (self->call_actions, "show-booking", session != NULL);
  enable (self, "steer", active);
  mute = g_action_map_lookup_action (G_ACTION_MAP (self->call_actions), "mute");
  g_simple_action_set_state (G_SIMPLE_ACTION (mute), g_variant_new_boolean (muted));
  if (ava_window_get_page (self) != NULL) {
    GAction *page = g_action_map_lookup_action (G_ACTION_MAP (self), "page");

    g_simple_action_set_state (G_SIMPLE_ACTION (page), g_variant_new_string (ava_window_get_page (self)));
  }
}

/**
 * ava_window_add_actions:
 *
 * Adds win.* and call.*, by action maps: they can be seen and used on the bus.
 */
void
ava_window_add_actions (AvaWindow *self)
{
  static const GActionEntry window_entries[] = {
    { "page", on_page, "s", "'live'" }, { "search", on_search }, { "steer", on_steer },
    { "practice", on_practice, "s" }, { "today", on_today }, { "move-days", on_move_days, "i" },
    { "show-appointment", on_show_appointment, "s" }, { "show-customer", on_show_customer, "s" },
    { "book-for", on_book_for, "s" },
    { "speech-detection", on_speech_detection }, { "step-call", on_step_call, "i" },
    { "vad-mode", NULL, "s", "'hybrid'", on_change_vad_mode },
  };
  static const GActionEntry call_entries[] = {
    { "end", on_end }, { "mute", NULL, NULL, "false", on_change_mute },
    { "restart-greeting", on_restart_greeting }, { "dismiss", on_dismiss },
    { "steer", on_steer_call, "s" }, { "play-field", on_play_field, "i" },
    { "show-booking", on_show_booking },
  };

  AvaHearing *hearing = ava_context_get_hearing (self->context);

  g_action_map_add_action_entries (G_ACTION_MAP (self), window_entries, G_N_ELEMENTS (window_entries), self);
  g_signal_connect_object (hearing, "notify::mode", G_CALLBACK (update_vad_mode), self, G_CONNECT_SWAPPED);
  update_vad_mode (self);
  self->call_actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->call_actions), call_entries,
                                   G_N_ELEMENTS (call_entries), self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "call", G_ACTION_GROUP (self->call_actions));
}

/**
 * ava_window_export_actions:
 *
 * Shows call.* on the session bus beside the window's own; with no bus it does nothing.
 */
void
ava_window_export_actions (AvaWindow *self)
{
  GApplication *application = G_APPLICATION (gtk_window_get_application (GTK_WINDOW (self)));
  GDBusConnection *bus = application != NULL ? g_application_get_dbus_connection (application) : NULL;
  g_autofree char *path = NULL;

  if (bus == NULL || self->export_id != 0)
    return;
  path = g_strconcat (g_application_get_dbus_object_path (application), "/call", NULL);
  self->export_id = g_dbus_connection_export_action_group (bus, path, G_ACTION_GROUP (self->call_actions), NULL);
}
