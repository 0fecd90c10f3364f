/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-call-tile.h"

#include "ava-display.h"

#include <glib/gi18n.h>

struct _AvaCallTile {
  GtkToggleButton parent_instance;

  /* Template Widgets */
  GtkLabel *caller;
  GtkLabel *timer;
  GtkWidget *dot;
  GtkLabel *state;
  GtkWidget *alert;

  AvaCallSession *session;   /* owned */
  gboolean wanted;           /* a person should take over */
};

G_DEFINE_FINAL_TYPE (AvaCallTile, ava_call_tile, GTK_TYPE_TOGGLE_BUTTON)

static void
update (AvaCallTile *self)
{
  AvaCallState state = ava_call_session_get_state (self->session);
  AvaAgentState agent_state = ava_call_session_get_agent_state (self->session);
  const char *const classes[] = { "state-dot", ava_display_state_class (state, agent_state), NULL };
  AvaBookingCard *card = ava_call_session_get_card (self->session);
  gboolean alert = card->alert != NULL || (self->wanted && state != AVA_CALL_ENDED);
  gboolean muted = FALSE;
  g_autofree char *caller = NULL;
  g_autofree char *words = NULL;
  g_autofree char *spoken = NULL;
  const char *doing;

  g_object_get (self->session, "caller", &caller, "muted", &muted, NULL);
  words = caller == NULL || *caller == '\0' ? g_strdup (_("Unknown caller")) : ava_display_phone (caller);
  doing = ava_display_state (state, agent_state, muted);
  spoken = g_strdup_printf (alert ? _("%s, %s, a person is wanted") : "%s, %s", words, doing);
  gtk_label_set_text (self->caller, words);
  gtk_label_set_text (self->state, doing);
  gtk_widget_set_css_classes (self->dot, (const char **) classes);
  gtk_widget_set_visible (self->alert, alert);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

static void
update_timer (AvaCallTile *self)
{
  gint64 elapsed_us = 0;
  g_autofree char *text = NULL;

  g_object_get (self->session, "elapsed", &elapsed_us, NULL);
  text = ava_display_duration (elapsed_us);
  gtk_label_set_text (self->timer, text);
}

static void
on_wants_person (AvaCallTile *self)
{
  self->wanted = TRUE;
  update (self);
}

static void
ava_call_tile_dispose (GObject *object)
{
  g_clear_object (&AVA_CALL_TILE (object)->session);

  G_OBJECT_CLASS (ava_call_tile_parent_class)->dispose (object);
}

static void
ava_call_tile_class_init (AvaCallTileClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ava_call_tile_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/com/getevaai/FrontDesk/ava-call-tile.ui");
  gtk_widget_class_bind_template_child (widget_class, AvaCallTile, caller);
  gtk_widget_class_bind_template_child (widget_class, AvaCallTile, timer);
  gtk_widget_class_bind_template_child (widget_class, AvaCallTile, dot);
  gtk_widget_class_bind_template_child (widget_class, AvaCallTile, state);
  gtk_widget_class_bind_template_child (widget_class, AvaCallTile, alert);
}

static void
ava_call_tile_init (AvaCallTile *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * ava_call_tile_new:
 *
 * Returns: (transfer floating): the card of @session
 */
AvaCallTile *
ava_call_tile_new (AvaCallSession *session)
{
  static const char *const watched[] = { "notify::state", "notify::agent-state", "notify::caller", "notify::muted" };
  AvaCallTile *self = g_object_new (AVA_TYPE_CALL_TILE, NULL);

  self->session = g_object_ref (session);
  for (guint i = 0; i < G_N_ELEMENTS (watched); i++)
    g_signal_connect_object (session, watched[i], G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::elapsed", G_CALLBACK (update_timer), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "wants-person", G_CALLBACK (on_wants_person), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (ava_call_session_get_card (session), "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  update_timer (self);
  return self;
}

/**
 * ava_call_tile_get_session:
 *
 * Returns: (transfer none): its call
 */
AvaCallSession *
ava_call_tile_get_session (AvaCallTile *self)
{
  return self->session;
}
