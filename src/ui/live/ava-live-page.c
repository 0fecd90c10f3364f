/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-live-page.h"

#include "ava-idle-view.h"
#include "ava-display.h"

#include <glib/gi18n.h>

struct _AvaLivePage {
  AdwBin parent_instance;

  /* Template Widgets */
  GtkStack *stack;
  GtkScrolledWindow *bar;
  GtkBox *tabs;
  AdwBin *idle;
  AvaCallView *view;

  /* Owned References */
  AvaContext *context;
  GPtrArray *sessions;        /* AvaCallSession that last or wait to be dismissed */
  AvaCallSession *focused;    /* nullable */
};

enum { SESSION_CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AvaLivePage, ava_live_page, ADW_TYPE_BIN)

static gboolean
is_over (AvaCallSession *session)
{
  return ava_call_session_get_state (session) == AVA_CALL_ENDED;
}

static void focus (AvaLivePage *self, AvaCallSession *session);

static void
on_tab_toggled (GtkToggleButton *tab,
                AvaLivePage     *self)
{
  if (gtk_toggle_button_get_active (tab))
    focus (self, g_object_get_data (G_OBJECT (tab), "session"));
}

static void
add_tab (AvaLivePage    *self,
         AvaCallSession *session)
{
  GtkWidget *tab = gtk_toggle_button_new ();
  GtkWidget *first = gtk_widget_get_first_child (GTK_WIDGET (self->tabs));
  g_autofree char *caller = NULL;
  g_autofree char *words = NULL;
  g_autofree char *label = NULL;

  g_object_get (session, "caller", &caller, NULL);
  words = caller != NULL ? ava_display_phone (caller) : g_strdup (_("Unknown caller"));
  label = is_over (session) ? g_strdup_printf (_("%s (ended)"), words) : g_steal_pointer (&words);
  gtk_button_set_label (GTK_BUTTON (tab), label);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (tab), session == self->focused);
  if (first != NULL)
    gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (tab), GTK_TOGGLE_BUTTON (first));
  g_object_set_data_full (G_OBJECT (tab), "session", g_object_ref (session), g_object_unref);
  g_signal_connect_object (tab, "toggled", G_CALLBACK (on_tab_toggled), self, 0);
  gtk_box_append (self->tabs, tab);
}

static void
update_tabs (AvaLivePage *self)
{
  GtkWidget *tab;

  while ((tab = gtk_widget_get_first_child (GTK_WIDGET (self->tabs))) != NULL)
    gtk_box_remove (self->tabs, tab);
  gtk_widget_set_visible (GTK_WIDGET (self->bar), self->sessions->len > 1);
  for (guint i = 0; self->sessions->len > 1 && i < self->sessions->len; i++)
    add_tab (self, self->sessions->pdata[i]);
}

static void
focus (AvaLivePage    *self,
       AvaCallSession *session)
{
  if (!g_set_object (&self->focused, session))
    return;
  ava_call_view_set_session (self->view, session);
  gtk_stack_set_visible_child_name (self->stack, session != NULL ? "call" : "idle");
  g_signal_emit (self, signals[SESSION_CHANGED], 0);
}

static void
on_session_notify (AvaLivePage *self)
{
  update_tabs (self);
  g_signal_emit (self, signals[SESSION_CHANGED], 0);
}

/* What has ended and was seen makes room for a new call. */
static void
drop_ended (AvaLivePage *self)
{
  for (guint i = self->sessions->len; i > 0; i--) {
    if (is_over (self->sessions->pdata[i - 1]))
      g_ptr_array_remove_index (self->sessions, i - 1);
  }
}

/**
 * ava_live_page_add:
 * @session: a call that began
 *
 * Shows it, unless another call lasts: then it waits in the row above.
 */
void
ava_live_page_add (AvaLivePage    *self,
                   AvaCallSession *session)
{
  g_return_if_fail (AVA_IS_LIVE_PAGE (self));

  if (g_ptr_array_find (self->sessions, session, NULL))
    return;
  if (self->focused != NULL && is_over (self->focused))
    focus (self, NULL);
  drop_ended (self);
  g_ptr_array_add (self->sessions, g_object_ref (session));
  g_signal_connect_object (session, "notify::state", G_CALLBACK (on_session_notify), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::muted", G_CALLBACK (on_session_notify), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::caller", G_CALLBACK (on_session_notify), self, G_CONNECT_SWAPPED);
  if (self->focused == NULL)
    focus (self, session);
  update_tabs (self);
}

/**
 * ava_live_page_get_session:
 *
 * Returns: (transfer none) (nullable): the call in focus
 */
AvaCallSession *
ava_live_page_get_session (AvaLivePage *self)
{
  return self->focused;
}

/**
 * ava_live_page_get_view:
 *
 * Returns: (transfer none): the view of the call in focus
 */
AvaCallView *
ava_live_page_get_view (AvaLivePage *self)
{
  return self->view;
}

/**
 * ava_live_page_dismiss:
 *
 * Puts the ended call in focus away.
 */
void
ava_live_page_dismiss (AvaLivePage *self)
{
  g_return_if_fail (AVA_IS_LIVE_PAGE (self));

  if (self->focused == NULL || !is_over (self->focused))
    return;
  g_ptr_array_remove (self->sessions, self->focused);
  focus (self, self->sessions->len > 0 ? self->sessions->pdata[0] : NULL);
  update_tabs (self);
}

/**
 * ava_live_page_focus_steer:
 *
 * Moves the keyboard to where Ava can be told something.
 */
void
ava_live_page_focus_steer (AvaLivePage *self)
{
  if (self->focused != NULL)
    ava_call_view_focus_steer (self->view);
}

static void
ava_live_page_dispose (GObject *object)
{
  AvaLivePage *self = AVA_LIVE_PAGE (object);

  g_clear_pointer (&self->sessions, g_ptr_array_unref);
  g_clear_object (&self->focused);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (ava_live_page_parent_class)->dispose (object);
}

static void
ava_live_page_class_init (AvaLivePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ava_live_page_dispose;
  g_type_ensure (AVA_TYPE_CALL_VIEW);
  signals[SESSION_CHANGED] = g_signal_new ("session-changed", AVA_TYPE_LIVE_PAGE, G_SIGNAL_RUN_LAST,
                                           0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, "/com/getevaai/FrontDesk/ava-live-page.ui");
  gtk_widget_class_bind_template_child (widget_class, AvaLivePage, stack);
  gtk_widget_class_bind_template_child (widget_class, AvaLivePage, bar);
  gtk_widget_class_bind_template_child (widget_class, AvaLivePage, tabs);
  gtk_widget_class_bind_template_child (widget_class, AvaLivePage, idle);
  gtk_widget_class_bind_template_child (widget_class, AvaLivePage, view);
}

static void
ava_live_page_init (AvaLivePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->sessions = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * ava_live_page_new:
 *
 * Returns: (transfer floating): the page, with the calls that last already
 */
AvaLivePage *
ava_live_page_new (AvaContext *context)
{
  AvaLivePage *self = g_object_new (AVA_TYPE_LIVE_PAGE, NULL);
  GListModel *calls = ava_context_get_calls (context);

  self->context = g_object_ref (context);
  adw_bin_set_child (self->idle, GTK_WIDGET (ava_idle_view_new (context)));
  for (guint i = 0; i < g_list_model_get_n_items (calls); i++) {
    g_autoptr (AvaCallSession) session = g_list_model_get_item (calls, i);

    ava_live_page_add (self, session);
  }
  return self;
}
