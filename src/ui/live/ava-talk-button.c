/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-talk-button.h"

#include <glib/gi18n.h>

#define KEY GDK_KEY_F8

struct _AvaTalkButton {
  AdwBin parent_instance;

  GtkButton *button;
  GtkLabel *label;
  GtkEventController *keys;    /* of the window, while it is shown; borrowed */
  GtkWindow *window;           /* borrowed, the same */
  GSignalGroup *signals;       /* of the session */
  gboolean held;
  gboolean pointed;            /* the click that follows was a hold */
  gboolean keyed;              /* held by a key that only the button hears */
};

G_DEFINE_FINAL_TYPE (AvaTalkButton, ava_talk_button, ADW_TYPE_BIN)

static void
set_held (AvaTalkButton *self,
          gboolean       held)
{
  g_autoptr (AvaCallSession) session = g_signal_group_dup_target (self->signals);

  if (self->held == held)
    return;
  self->held = held;
  self->keyed = self->keyed && held;
  gtk_label_set_text (self->label, held ? _("Ava Hears the Caller") : _("Hold to Let Ava Hear the Caller (F8)"));
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_STATE_PRESSED,
                               held ? GTK_ACCESSIBLE_TRISTATE_TRUE : GTK_ACCESSIBLE_TRISTATE_FALSE, -1);
  if (held)
    gtk_widget_add_css_class (GTK_WIDGET (self->button), "suggested-action");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->button), "suggested-action");
  if (session != NULL)
    ava_call_session_set_pressed (session, held);
}

static void
on_pressed (AvaTalkButton *self)
{
  self->pointed = TRUE;
  set_held (self, TRUE);
}

/* Let go beside the button, no click follows. */
static void
on_released (AvaTalkButton *self,
             int            n_press,
             double         x,
             double         y)
{
  self->pointed = self->pointed && gtk_widget_contains (GTK_WIDGET (self->button), x, y);
  set_held (self, FALSE);
}

static void
on_cancelled (AvaTalkButton *self)
{
  self->pointed = FALSE;
  set_held (self, FALSE);
}

/* A hold ends in a click of its own; one without a hold comes from assistive technology. */
static void
on_clicked (AvaTalkButton *self)
{
  if (!self->pointed)
    set_held (self, !self->held);
  self->pointed = FALSE;
}

static gboolean
is_key (guint keyval)
{
  return keyval == GDK_KEY_space || keyval == GDK_KEY_KP_Space || keyval == GDK_KEY_Return || keyval == GDK_KEY_KP_Enter;
}

static gboolean
on_own_key (AvaTalkButton *self,
            guint          keyval)
{
  if (is_key (keyval)) {
    self->keyed = TRUE;
    set_held (self, TRUE);
  }
  return is_key (keyval);
}

static void
on_own_key_released (AvaTalkButton *self,
                     guint          keyval)
{
  if (is_key (keyval))
    set_held (self, FALSE);
}

/* The key goes up where the keyboard has gone meanwhile. */
static void
on_focus_left (AvaTalkButton *self)
{
  if (self->keyed)
    set_held (self, FALSE);
}

static gboolean
on_key (AvaTalkButton *self,
        guint          keyval)
{
  if (keyval == KEY)
    set_held (self, TRUE);
  return keyval == KEY;
}

static void
on_key_released (AvaTalkButton *self,
                 guint          keyval)
{
  if (keyval == KEY)
    set_held (self, FALSE);
}

/* Who looks at another window does not hold it any more, whatever key was down. */
static void
on_active (AvaTalkButton *self)
{
  if (!gtk_window_is_active (self->window))
    set_held (self, FALSE);
}

static void
ava_talk_button_map (GtkWidget *widget)
{
  AvaTalkButton *self = AVA_TALK_BUTTON (widget);

  GTK_WIDGET_CLASS (ava_talk_button_parent_class)->map (widget);
  self->window = GTK_WINDOW (gtk_widget_get_root (widget));
  self->keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (self->keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (self->keys, "key-pressed", G_CALLBACK (on_key), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->keys, "key-released", G_CALLBACK (on_key_released), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->window), self->keys);
  g_signal_connect_object (self->window, "notify::is-active", G_CALLBACK (on_active), self, G_CONNECT_SWAPPED);
}

static void
ava_talk_button_unmap (GtkWidget *widget)
{
  AvaTalkButton *self = AVA_TALK_BUTTON (widget);

  set_held (self, FALSE);
  if (self->window != NULL) {
    g_signal_handlers_disconnect_by_data (self->window, self);
    gtk_widget_remove_controller (GTK_WIDGET (self->window), self->keys);
  }
  self->window = NULL;
  self->keys = NULL;
  GTK_WIDGET_CLASS (ava_talk_button_parent_class)->unmap (widget);
}

static void
update (AvaTalkButton *self)
{
  g_autoptr (AvaCallSession) session = g_signal_group_dup_target (self->signals);
  gboolean needed = FALSE;

  if (session != NULL)
    g_object_get (session, "push-to-talk", &needed, NULL);
  if (!needed)
    set_held (self, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self), needed);
}

static void
ava_talk_button_dispose (GObject *object)
{
  g_clear_object (&AVA_TALK_BUTTON (object)->signals);

  G_OBJECT_CLASS (ava_talk_button_parent_class)->dispose (object);
}

static void
ava_talk_button_class_init (AvaTalkButtonClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ava_talk_button_dispose;
  GTK_WIDGET_CLASS (klass)->map = ava_talk_button_map;
  GTK_WIDGET_CLASS (klass)->unmap = ava_talk_button_unmap;
}

static void
add_controllers (AvaTalkButton *self)
{
  GtkGesture *hold = gtk_gesture_click_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (hold), GTK_PHASE_CAPTURE);
  g_signal_connect_object (hold, "pressed", G_CALLBACK (on_pressed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (hold, "released", G_CALLBACK (on_released), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (hold, "unpaired-release", G_CALLBACK (on_cancelled), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (hold, "cancel", G_CALLBACK (on_cancelled), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->button), GTK_EVENT_CONTROLLER (hold));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (on_own_key), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (keys, "key-released", G_CALLBACK (on_own_key_released), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->button), keys);
  g_signal_connect_object (focus, "leave", G_CALLBACK (on_focus_left), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->button), focus);
}

static void
ava_talk_button_init (AvaTalkButton *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *icon = gtk_image_new_from_icon_name ("ava-microphone-symbolic");

  gtk_accessible_update_state (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  self->button = GTK_BUTTON (gtk_button_new ());
  self->label = GTK_LABEL (gtk_label_new (_("Hold to Let Ava Hear the Caller (F8)")));
  gtk_label_set_ellipsize (self->label, PANGO_ELLIPSIZE_END);
  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->label));
  gtk_button_set_child (self->button, box);
  gtk_widget_add_css_class (GTK_WIDGET (self->button), "talk");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->button), _("As long as it is held, or F8 is, the caller is heard; then Ava answers"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Hold to let Ava hear the caller"), -1);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_STATE_PRESSED, GTK_ACCESSIBLE_TRISTATE_FALSE, -1);
  g_signal_connect_object (self->button, "clicked", G_CALLBACK (on_clicked), self, G_CONNECT_SWAPPED);
  add_controllers (self);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->button));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  self->signals = g_signal_group_new (AVA_TYPE_CALL_SESSION);
  g_signal_group_connect_swapped (self->signals, "notify::push-to-talk", G_CALLBACK (update), self);
}

void
ava_talk_button_set_session (AvaTalkButton  *self,
                             AvaCallSession *session)
{
  g_return_if_fail (AVA_IS_TALK_BUTTON (self));

  set_held (self, FALSE);
  g_signal_group_set_target (self->signals, session);
  update (self);
}

/**
 * ava_talk_button_is_held:
 *
 * Returns: whether the caller is heard
 */
gboolean
ava_talk_button_is_held (AvaTalkButton *self)
{
  g_return_val_if_fail (AVA_IS_TALK_BUTTON (self), FALSE);

  return self->held;
}
