/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-slot-cell.h"

struct _AvaSlotCell {
  GtkWidget parent_instance;

  AvaSlotPlace place;     /* its strings are owned */
};

enum { ACTIVATED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AvaSlotCell, ava_slot_cell, GTK_TYPE_WIDGET)

static void
activate_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  g_signal_emit (widget, signals[ACTIVATED], 0, "");
}

static gboolean
activate_cb (GtkWidget *widget,
             GVariant  *args,
             gpointer   user_data)
{
  g_signal_emit (widget, signals[ACTIVATED], 0, "");
  return GDK_EVENT_STOP;
}

/* What is typed into a free time begins a booking; a closed one leaves the letters to the shortcuts. */
static gboolean
on_key_pressed (AvaSlotCell     *self,
                guint            key,
                guint            code,
                GdkModifierType  state)
{
  gunichar character = gdk_keyval_to_unicode (key);
  char typed[8] = "";

  if (self->place.why != NULL || (state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)) != 0 ||
      !g_unichar_isalnum (character))
    return GDK_EVENT_PROPAGATE;
  g_unichar_to_utf8 (character, typed);
  g_signal_emit (self, signals[ACTIVATED], 0, typed);
  return GDK_EVENT_STOP;
}

static void
ava_slot_cell_finalize (GObject *object)
{
  AvaSlotCell *self = AVA_SLOT_CELL (object);

  g_free ((char *) self->place.provider_id);
  g_free ((char *) self->place.room_id);
  g_free ((char *) self->place.why);
  g_free ((char *) self->place.label);
  G_OBJECT_CLASS (ava_slot_cell_parent_class)->finalize (object);
}

static void
ava_slot_cell_class_init (AvaSlotCellClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = ava_slot_cell_finalize;
  gtk_widget_class_set_css_name (widget_class, "slot");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_BUTTON);
  gtk_widget_class_install_action (widget_class, "slot.activate", NULL, activate_action);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Return, 0, activate_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_KP_Enter, 0, activate_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_ISO_Enter, 0, activate_cb, NULL);
  signals[ACTIVATED] = g_signal_new ("activated", AVA_TYPE_SLOT_CELL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                     G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
ava_slot_cell_init (AvaSlotCell *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (on_key_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
}

/**
 * ava_slot_cell_new:
 *
 * Returns: (transfer floating): a cell that is nowhere yet
 */
AvaSlotCell *
ava_slot_cell_new (void)
{
  return g_object_new (AVA_TYPE_SLOT_CELL, NULL);
}

static void
set_text (const char **place,
          const char  *text)
{
  if (g_strcmp0 (*place, text) == 0)
    return;
  g_free ((char *) *place);
  *place = g_strdup (text);
}

/**
 * ava_slot_cell_set_place:
 *
 * Cells are used again as days change: what is the same is left alone.
 */
void
ava_slot_cell_set_place (AvaSlotCell        *self,
                         const AvaSlotPlace *place)
{
  g_return_if_fail (AVA_IS_SLOT_CELL (self));

  if (g_strcmp0 (self->place.label, place->label) != 0)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, place->label, -1);
  set_text (&self->place.provider_id, place->provider_id);
  set_text (&self->place.room_id, place->room_id);
  set_text (&self->place.why, place->why);
  set_text (&self->place.label, place->label);
  self->place.start_us = place->start_us;
  self->place.end_us = place->end_us;
  if (place->why != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self), "closed");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "closed");
}

/**
 * ava_slot_cell_get_place:
 *
 * Returns: (transfer none): where it is
 */
const AvaSlotPlace *
ava_slot_cell_get_place (AvaSlotCell *self)
{
  return &self->place;
}
