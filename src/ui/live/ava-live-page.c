/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-live-page.h"

#include "ava-call-tile.h"
#include "ava-idle-view.h"

struct _AvaLivePage {
  AdwBin parent_instance;

  /* Template Widgets */
  GtkStack *stack;
  GtkScrolledWindow *bar;
  GtkBox *tiles;
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
on_tile_toggled (GtkToggleButton *tile,
                 AvaLivePage     *self)
{
  if (gtk_toggle_button_get_active (tile))
    focus (self, ava_call_tile_get_session (AVA_CALL_TILE (tile)));
}

static void
add_tile (AvaLivePage    *self,
          AvaCallSession *session)
{
  AvaCallTile *tile = ava_call_tile_new (session);
  GtkWidget *first = gtk_widget_get_first_child (GTK_WIDGET (self->tiles));

  if (first != NULL)
    gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (tile), GTK_TOGGLE_BUTTON (first));
  g_signal_connect_object (tile, "toggled", G_CALLBACK (on_tile_toggled), self, 0);
  gtk_box_append (self->tiles, GTK_WIDGET (tile));
}

/* A tile for each call, in their order; with one call there is nothing to choose. */
static void
update_tiles (AvaLivePage *self)
{
  GtkWidget *tile = gtk_widget_get_first_child (GTK_WIDGET (self->tiles));

  while (tile != NULL) {
    GtkWidget *next = gtk_widget_get_next_sibling (tile);

    if (!g_ptr_array_find (self->sessions, ava_call_tile_get_session (AVA_CALL_TILE (tile)), NULL))
      gtk_box_remove (self->tiles, tile);
    tile = next;
  }
  tile = gtk_widget_get_first_child (GTK_WIDGET (self->tiles));
  for (guint i = 0; i < self->sessions->len; i++) {
    if (tile == NULL)
      add_tile (self, self->sessions->pdata[i]);
    else
      tile = gtk_widget_get_next_sibling (tile);
  }
  gtk_widget_set_visible (GTK_WIDGET (self->bar), self->sessions->len > 1);
  ava_call_view_set_named (self->view, self->sessions->len > 1);
}

static GtkWidget *
find_tile (AvaLivePage    *self,
           AvaCallSession *session)
{
  for (GtkWidget *tile = gtk_widget_get_first_child (GTK_WIDGET (self->tiles)); tile != NULL;
       tile = gtk_widget_get_next_sibling (tile)) {
    if (ava_call_tile_get_session (AVA_CALL_TILE (tile)) == session)
      return tile;
  }
  return NULL;
}

static void
focus (AvaLivePage    *self,
       AvaCallSession *session)
{
  if (!g_set_object (&self->focused, session))
    return;
  ava_call_view_set_session (self->view, session);
  if (session != NULL && find_tile (self, session) != NULL)
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (find_tile (self, session)), TRUE);
  gtk_stack_set_visible_child_name (self->stack, session != NULL ? "call" : "idle");
  g_signal_emit (self, signals[SESSION_CHANGED], 0);
}

static void
on_session_notify (AvaLivePage *self)
{
  g_signal_emit (self, signals[SESSION_CHANGED], 0);
}

/* Arrows go from card to card, and bring the call that they reach. */
static gboolean
on_key_pressed (AvaLivePage *self,
                guint        key)
{
  gboolean mirrored = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  int by = key == GDK_KEY_Right ? 1 : key == GDK_KEY_Left ? -1 : 0;

  if (by == 0)
    return GDK_EVENT_PROPAGATE;
  ava_live_page_step (self, mirrored ? -by : by);
  gtk_widget_grab_focus (find_tile (self, self->focused));
  return GDK_EVENT_STOP;
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
  update_tiles (self);
  if (self->focused == NULL)
    focus (self, session);
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
  update_tiles (self);
  focus (self, self->sessions->len > 0 ? self->sessions->pdata[0] : NULL);
}

/**
 * ava_live_page_step:
 * @by: 1 for the next call, -1 for the one before; round and round
 *
 * Puts another call in focus.
 */
void
ava_live_page_step (AvaLivePage *self,
                    int          by)
{
  guint at = 0;

  g_return_if_fail (AVA_IS_LIVE_PAGE (self));

  if (self->sessions->len < 2 || !g_ptr_array_find (self->sessions, self->focused, &at))
    return;
  focus (self, self->sessions->pdata[(at + self->sessions->len + by) % self->sessions->len]);
}

/**
 * ava_live_page_count:
 *
 * Returns: how many calls there are to choose from
 */
guint
ava_live_page_count (AvaLivePage *self)
{
  return self->sessions->len;
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
  gtk_widget_class_bind_template_child (widget_class, AvaLivePage, tiles);
  gtk_widget_class_bind_template_child (widget_class, AvaLivePage, idle);
  gtk_widget_class_bind_template_child (widget_class, AvaLivePage, view);
  gtk_widget_class_bind_template_callback (widget_class, on_key_pressed);
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
