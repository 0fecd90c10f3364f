/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-calendar-page-private.h"

#include "ava-calendar-words.h"
#include "ava-compat.h"
#include "ava-wall-time.h"

#include <glib/gi18n.h>

/* Keys of the book, the moves they make, and the hints at closed times. */

#define STEP_US ((gint64) AVA_AXIS_STEP_MIN * 60 * G_USEC_PER_SEC)
#define HINT_MSEC 350       /* of a pointer that rests */
#define SAY_SECONDS 8

static GtkWidget *
get_focus (AvaCalendarPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *shown = ava_calendar_page_get_shown (self);

  return focus != NULL && gtk_widget_is_ancestor (focus, shown) ? focus : NULL;
}

/* --- moving an appointment by keys --- */

static void
moved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (AvaCalendarPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaAppointment) moved = ava_book_change_finish (AVA_BOOK (source), result, NULL, &error);

  if (moved == NULL && self->context != NULL)
    ava_calendar_page_say (self, error->message);
}

/* As a pointer does it: what speaks against the new end is said, or asked about. */
static void
resize_by_key (AvaCalendarPage *self,
               AvaAppointment  *appointment,
               guint            column,
               gint64           end_us)
{
  if (ava_appointment_drag_begin (self->drag, appointment, TRUE)) {
    ava_appointment_drag_to (self->drag, column, end_us);
    ava_appointment_drag_drop (self->drag);
  } else if (!ava_appointment_drag_is_active (self->drag)) {
    ava_calendar_page_say (self, ava_calendar_words_for_over ());
  }
}

static void
move_by_key (AvaCalendarPage *self,
             AvaAppointment  *appointment,
             guint            key,
             gboolean         resize)
{
  AvaDayBoard *board = ava_day_view_get_board (self->view);
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  int by = key == GDK_KEY_Up || key == GDK_KEY_Left ? -1 : 1;
  AvaBookWish to = { .start_us = appointment->start_us };
  guint column;
  gint64 at_us;

  if ((key == GDK_KEY_Up || key == GDK_KEY_Down) && !resize) {
    to.start_us += by * STEP_US;
    ava_book_move_async (self->book, appointment, &to, moved_cb, g_object_ref (self));
    return;
  }
  if (!ava_day_view_get_focused (self->view, &column, &at_us))
    return;
  if (resize) {
    if (key == GDK_KEY_Up || key == GDK_KEY_Down)
      resize_by_key (self, appointment, column, appointment->end_us + by * STEP_US);
    return;
  }
  column += rtl ? -by : by;
  if (column >= board->columns->len)
    return;
  to.provider_id = ava_day_board_get (board, column)->provider_id;
  to.room_id = ava_day_board_get (board, column)->room_id;
  if (self->kind == AVA_CALENDAR_WEEK)
    to.start_us = ava_day_axis_time (board->axis, ava_day_board_get (board, column)->axis_day,
                                     ava_day_axis_place (board->axis, ava_day_board_get (board, column - (rtl ? -by : by))->axis_day,
                                                         appointment->start_us));
  ava_book_move_async (self->book, appointment, &to, moved_cb, g_object_ref (self));
}

static void
moved_in_grid_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (AvaCalendarPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaAppointment) moved = ava_book_change_finish (AVA_BOOK (source), result, NULL, &error);

  if (self->context == NULL)
    return;
  if (moved == NULL)
    ava_calendar_page_say (self, error->message);
  else
    ava_calendar_page_show_moved (self, moved->id);
}

/* Who has the row @by rows below that of @cell; NULL: there is none. */
static const char *
find_row (AvaCellGrid *grid,
          AvaDayCell  *cell,
          int          by)
{
  int n = ava_cell_grid_get_n_cells (grid);
  int at = 0;

  while (at < n && ava_cell_grid_get_cell (grid, at) != cell)
    at++;
  at += by * AVA_CELL_GRID_COLUMNS;
  return at >= 0 && at < n ? ava_day_cell_get_provider (ava_cell_grid_get_cell (grid, at)) : NULL;
}

/* To another day at the same time of day: across by a day, up and down by a week, or from row to row where rows are people. */
static void
move_in_grid (AvaCalendarPage *self,
              AvaDayCell      *cell,
              AvaAppointment  *appointment,
              guint            key,
              gboolean         resize)
{
  AvaCellGrid *grid = AVA_CELL_GRID (ava_calendar_page_get_shown (self));
  GTimeZone *zone = ava_cell_grid_get_zone (grid);
  gboolean across = key == GDK_KEY_Left || key == GDK_KEY_Right;
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  int by = key == GDK_KEY_Up || key == (rtl ? GDK_KEY_Right : GDK_KEY_Left) ? -1 : 1;
  AvaBookWish to = { .start_us = appointment->start_us };
  GDate day;

  if (resize) {
    ava_calendar_page_say (self, _("How long it takes is changed where the hours are shown: press 1 for the day."));
    return;
  }
  if (!across && ava_day_cell_get_provider (cell) != NULL) {
    to.provider_id = find_row (grid, cell, by);
    if (to.provider_id == NULL) {
      ava_calendar_page_say (self, by < 0 ? _("This is the first row.") : _("This is the last row."));
      return;
    }
  } else {
    day = *ava_day_cell_get_day (cell);
    g_date_set_julian (&day, g_date_get_julian (&day) + by * (across ? 1 : AVA_CELL_GRID_COLUMNS));
    to.start_us = ava_wall_time_first (&day, ava_wall_time_of (appointment->start_us, zone, NULL), zone);
  }
  ava_book_move_async (self->book, appointment, &to, moved_in_grid_cb, g_object_ref (self));
}

static guint
unify_key (guint key)
{
  switch (key) {
  case GDK_KEY_KP_Up: return GDK_KEY_Up;
  case GDK_KEY_KP_Down: return GDK_KEY_Down;
  case GDK_KEY_KP_Left: return GDK_KEY_Left;
  case GDK_KEY_KP_Right: return GDK_KEY_Right;
  case GDK_KEY_KP_Delete: return GDK_KEY_Delete;
  case GDK_KEY_KP_Space: return GDK_KEY_space;
  default: return gdk_keyval_to_lower (key);
  }
}

static const char *
find_command (guint key)
{
  return key == GDK_KEY_m ? "move" : key == GDK_KEY_space ? "next-status" : key == GDK_KEY_Delete ? "cancel" : NULL;
}

static gboolean
is_arrow (guint key)
{
  return key == GDK_KEY_Up || key == GDK_KEY_Down || key == GDK_KEY_Left || key == GDK_KEY_Right;
}

static gboolean
handle_chip_key (AvaCalendarPage    *self,
                 AvaAppointmentChip *chip,
                 guint               key,
                 GdkModifierType     state)
{
  AvaAppointment *appointment = ava_appointment_chip_get_appointment (chip);
  GtkWidget *cell = gtk_widget_get_ancestor (GTK_WIDGET (chip), AVA_TYPE_DAY_CELL);

  if (self->at_us != 0 && ((state & GDK_ALT_MASK) != 0 ? is_arrow (key) : find_command (key) != NULL)) {
    ava_calendar_page_say (self, _("This is the past: it can be looked at, not changed. Escape goes back to now."));
    return GDK_EVENT_STOP;
  }
  if ((state & GDK_ALT_MASK) != 0 && is_arrow (key) && cell != NULL) {
    move_in_grid (self, AVA_DAY_CELL (cell), appointment, key, (state & GDK_SHIFT_MASK) != 0);
    return GDK_EVENT_STOP;
  }
  if ((state & GDK_ALT_MASK) != 0 && is_arrow (key) && gtk_widget_get_parent (GTK_WIDGET (chip)) == GTK_WIDGET (self->view)) {
    move_by_key (self, appointment, key, (state & GDK_SHIFT_MASK) != 0);
    return GDK_EVENT_STOP;
  }
  if (state != 0 || find_command (key) == NULL)
    return GDK_EVENT_PROPAGATE;
  g_signal_emit_by_name (self, "appointment-command", appointment, find_command (key));
  return GDK_EVENT_STOP;
}

/* Letters and digits are commands wherever they do not begin a booking. */
static gboolean
handle_letter (AvaCalendarPage *self,
               guint            key)
{
  if (key >= GDK_KEY_1 && key < GDK_KEY_1 + AVA_CALENDAR_N_VIEWS) {
    ava_calendar_page_set_view (self, key - GDK_KEY_1);
  } else if (key == GDK_KEY_t) {
    ava_calendar_page_show_time (self, ava_calendar_page_get_now (self));
  } else if (key == GDK_KEY_g) {
    gtk_menu_button_popup (self->picker_button);
  } else {
    return GDK_EVENT_PROPAGATE;
  }
  return GDK_EVENT_STOP;
}

static gboolean
handle_escape (AvaCalendarPage *self)
{
  if (ava_appointment_drag_is_active (self->drag)) {
    ava_appointment_drag_cancel (self->drag);
    return GDK_EVENT_STOP;
  }
  if (ava_cell_drag_is_active (ava_calendar_page_get_cell_drag (self))) {
    ava_cell_drag_cancel (ava_calendar_page_get_cell_drag (self));
    return GDK_EVENT_STOP;
  }
  if (self->at_us == 0)
    return GDK_EVENT_PROPAGATE;
  gtk_toggle_button_set_active (self->past_button, FALSE);
  ava_calendar_page_set_moment (self, 0);
  return GDK_EVENT_STOP;
}

gboolean
ava_calendar_page_on_key (AvaCalendarPage *self,
                          guint            raw_key,
                          guint            code,
                          GdkModifierType  raw_state)
{
  GdkModifierType state = raw_state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK | GDK_SHIFT_MASK);
  guint key = unify_key (raw_key);
  GtkWidget *focus = get_focus (self);

  ava_calendar_page_say (self, NULL);
  if (key == GDK_KEY_Escape)
    return handle_escape (self);
  if (focus == NULL)
    return GDK_EVENT_PROPAGATE;
  if (AVA_IS_APPOINTMENT_CHIP (focus) && handle_chip_key (self, AVA_APPOINTMENT_CHIP (focus), key, state))
    return GDK_EVENT_STOP;
  if (AVA_IS_SLOT_CELL (focus) && ava_slot_cell_get_place (AVA_SLOT_CELL (focus))->why == NULL)
    return GDK_EVENT_PROPAGATE;
  /* What stands over the columns, such as an entry, keeps its letters. */
  if (!AVA_IS_APPOINTMENT_CHIP (focus) && !AVA_IS_SLOT_CELL (focus) && !AVA_IS_DAY_CELL (focus))
    return GDK_EVENT_PROPAGATE;
  return state == 0 ? handle_letter (self, key) : GDK_EVENT_PROPAGATE;
}

/* --- hints --- */

static void
forget_hint (AvaCalendarPage *self)
{
  g_clear_handle_id (&self->hint_id, g_source_remove);
  self->saying = FALSE;
  ava_day_view_set_hint (self->view, 0, 0, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->said), FALSE);
}

static gboolean
forget_hint_cb (gpointer user_data)
{
  AvaCalendarPage *self = user_data;

  self->hint_id = 0;
  forget_hint (self);
  return G_SOURCE_REMOVE;
}

/**
 * ava_calendar_page_say_at:
 * @words: for a moment, at that time of the column; of a week or a month over the lower edge
 */
void
ava_calendar_page_say_at (AvaCalendarPage *self,
                          guint            column,
                          gint64           at_us,
                          const char      *words)
{
  forget_hint (self);
  if (ava_calendar_page_get_shown (self) == GTK_WIDGET (self->view)) {
    ava_day_view_set_hint (self->view, column, at_us, words);
  } else {
    gtk_label_set_text (self->said, words);
    gtk_widget_set_visible (GTK_WIDGET (self->said), TRUE);
  }
  ava_compat_announce (GTK_WIDGET (self), words);
  /* The pointer, which seldom rests, does not take it away; a press, a key or another view does. */
  self->saying = TRUE;
  self->hint_id = g_timeout_add_seconds (SAY_SECONDS, forget_hint_cb, self);
}

/**
 * ava_calendar_page_say:
 * @words: (nullable): for a moment, where the keyboard is; %NULL: what was said is over
 */
void
ava_calendar_page_say (AvaCalendarPage *self,
                       const char      *words)
{
  guint column = 0;
  gint64 at_us = ava_calendar_page_get_now (self);

  ava_day_view_get_focused (self->view, &column, &at_us);
  if (words != NULL)
    ava_calendar_page_say_at (self, column, at_us, words);
  else if (self->saying)
    forget_hint (self);
}

static void
on_any_press (AvaCalendarPage *self)
{
  ava_calendar_page_say (self, NULL);
}

static void
show_why (AvaCalendarPage *self,
          guint            column,
          gint64           at_us,
          gboolean         only_slots)
{
  AvaDayBoard *board = ava_day_view_get_board (self->view);
  AvaBoardItem *item = board != NULL && column < board->columns->len ? ava_day_board_find (board, column, at_us) : NULL;
  g_autofree char *why = NULL;

  if (board == NULL || column >= board->columns->len || (only_slots && item != NULL && item->kind < AVA_ITEM_FREE))
    return;
  why = ava_calendar_words_for_why (board, column, at_us, ava_calendar_page_get_now (self));
  ava_day_view_set_hint (self->view, column, item != NULL ? item->start_us : at_us, why);
}

static void
on_focus_changed (AvaCalendarPage *self)
{
  GtkWidget *focus = get_focus (self);
  guint column;
  gint64 at_us;

  if (self->context == NULL || focus == NULL)
    return;
  forget_hint (self);
  if (AVA_IS_SLOT_CELL (focus) && ava_day_view_get_focused (self->view, &column, &at_us))
    show_why (self, column, at_us, TRUE);
}

typedef struct {
  AvaCalendarPage *page;      /* borrowed: the source is removed with it */
  guint column;
  gint64 at_us;
} Rest;

static gboolean
rest_cb (gpointer user_data)
{
  Rest *rest = user_data;

  rest->page->hint_id = 0;
  show_why (rest->page, rest->column, rest->at_us, TRUE);
  return G_SOURCE_REMOVE;
}

static void
on_motion (AvaCalendarPage *self,
           double           x,
           double           y)
{
  Rest *rest;

  if (self->saying)
    return;
  forget_hint (self);
  rest = g_new0 (Rest, 1);
  rest->page = self;
  if (ava_appointment_drag_is_active (self->drag) || ava_day_view_get_board (self->view) == NULL ||
      !ava_day_view_locate (self->view, x, y, &rest->column, &rest->at_us)) {
    g_free (rest);
    return;
  }
  self->hint_id = g_timeout_add_full (G_PRIORITY_DEFAULT, HINT_MSEC, rest_cb, rest, g_free);
}

static void
on_leave (AvaCalendarPage *self)
{
  if (!self->saying)
    forget_hint (self);
}

static void
on_pressed (AvaCalendarPage *self,
            int              n_press,
            double           x,
            double           y)
{
  GtkWidget *widget = gtk_widget_pick (GTK_WIDGET (self->view), x, y, GTK_PICK_DEFAULT);

  if (!AVA_IS_SLOT_CELL (widget))
    return;
  gtk_widget_grab_focus (widget);
  if (n_press == 2)
    gtk_widget_activate_action (widget, "slot.activate", NULL);
}

static void
on_root_changed (AvaCalendarPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (root != NULL)
    g_signal_connect_object (root, "notify::focus-widget", G_CALLBACK (on_focus_changed), self, G_CONNECT_SWAPPED);
}

void
ava_calendar_page_add_keys (AvaCalendarPage *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *any = gtk_gesture_click_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (any), 0);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (any), GTK_PHASE_CAPTURE);
  g_signal_connect_object (any, "pressed", G_CALLBACK (on_any_press), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (any));
  g_signal_connect_object (motion, "motion", G_CALLBACK (on_motion), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (motion, "leave", G_CALLBACK (on_leave), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->view), motion);
  g_signal_connect_object (click, "pressed", G_CALLBACK (on_pressed), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self->view), GTK_EVENT_CONTROLLER (click));
  g_signal_connect (self, "notify::root", G_CALLBACK (on_root_changed), NULL);
}
