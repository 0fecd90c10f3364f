/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stage.h"

#include "ava-calendar-page.h"
#include "ava-drag-gesture.h"
#include "ava-move-entry.h"
#include "ava-store-customers.h"

#include <string.h>

/* Moving appointments, and looking back, on the real desk: Tuesday, December 1, 2026, 10:20 in New York. */

#define QUARTER_US ((gint64) 15 * 60 * G_USEC_PER_SEC)

typedef struct {
  Stage stage;
  AvaCalendarPage *page;
  AvaDayView *view;
  AvaAppointmentDrag *drag;
  AvaAppointment *appointment;   /* owned: one that is to come */
  AvaAppointment *next;          /* owned: the one after it, with the same provider */
  guint column;
} Desk;

typedef struct {
  Desk *desk;
  gint64 start_us;
  gint64 end_us;
  const char *words;
} Wish;

static gboolean
has_chips (gpointer user_data)
{
  return ava_day_view_get_n_chips (user_data) > 0;
}

/* The nth appointment that is to come, column by column. */
static AvaBoardItem *
find_nth (Desk   *desk,
          gint64  after_us,
          guint   number)
{
  AvaDayBoard *board = ava_day_view_get_board (desk->view);

  for (guint i = 0; i < board->items->len; i++) {
    AvaBoardItem *item = &g_array_index (board->items, AvaBoardItem, i);

    if (item->kind == AVA_ITEM_APPOINTMENT && item->start_us > after_us &&
        AVA_APPOINTMENT (item->subject)->status < AVA_APPOINTMENT_ARRIVED && number-- == 0)
      return item;
  }
  return NULL;
}

static void
open_desk (Desk *desk)
{
  AvaBoardItem *item;
  gint64 after_us;

  memset (desk, 0, sizeof *desk);
  stage_set_up (&desk->stage);
  ava_window_show_page (desk->stage.window, "calendar");
  desk->page = AVA_CALENDAR_PAGE (ava_window_find_page (desk->stage.window, "calendar"));
  desk->view = ava_calendar_page_get_view (desk->page);
  desk->drag = ava_calendar_page_get_drag (desk->page);
  g_assert_true (stage_wait (has_chips, desk->view, 10));
  /* A short one, for which there is room elsewhere, and with another after it. */
  after_us = ava_clock_now_us (desk->stage.clock) + QUARTER_US;
  for (guint i = 0; (item = find_nth (desk, after_us, i)) != NULL; i++) {
    AvaBoardItem *next = find_nth (desk, after_us, i + 1);

    if (next == NULL || next->column != item->column || item->end_us - item->start_us > 2 * QUARTER_US)
      continue;
    desk->appointment = g_object_ref (item->subject);
    desk->next = g_object_ref (next->subject);
    desk->column = item->column;
    break;
  }
  g_assert_nonnull (desk->appointment);
}

static void
close_desk (Desk *desk)
{
  g_clear_object (&desk->appointment);
  g_clear_object (&desk->next);
  stage_tear_down (&desk->stage);
}

static gboolean
press (Desk            *desk,
       guint            key,
       GdkModifierType  state)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (desk->page));
  gboolean handled = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers) && !handled; i++) {
    g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

    if (GTK_IS_EVENT_CONTROLLER_KEY (controller))
      g_signal_emit_by_name (controller, "key-pressed", key, 0, state, &handled);
  }
  return handled;
}

static AvaAppointment *
get_shown (Desk *desk)
{
  AvaAppointmentChip *chip = ava_day_view_find_chip (desk->view, desk->appointment->id);

  return chip != NULL ? ava_appointment_chip_get_appointment (chip) : NULL;
}

static gboolean
stands_at (gpointer user_data)
{
  Wish *wish = user_data;
  AvaAppointment *shown = get_shown (wish->desk);

  return shown != NULL && shown->start_us == wish->start_us && shown->end_us == wish->end_us;
}

static gboolean
is_checked (gpointer user_data)
{
  return ava_appointment_drag_is_checked (user_data);
}

static gboolean
has_hint (gpointer user_data)
{
  return ava_day_view_get_hint (user_data) != NULL;
}

/* A time of which the book says that, in the first column that has one. */
static gint64
find_time (Desk           *desk,
           AvaVerdictKind  kind)
{
  AvaDayBoard *board = ava_day_view_get_board (desk->view);

  g_assert_true (ava_appointment_drag_begin (desk->drag, desk->appointment, FALSE));
  for (desk->column = 0; desk->column < board->columns->len; desk->column++) {
    for (guint step = board->first_step; step < board->last_step; step++) {
      gint64 start_us = ava_day_axis_time (board->axis, ava_day_board_get (board, desk->column)->axis_day, step);

      if (ABS (start_us - desk->appointment->start_us) < 2 * QUARTER_US || start_us < ava_clock_now_us (desk->stage.clock))
        continue;
      ava_appointment_drag_to (desk->drag, desk->column, start_us);
      g_assert_true (stage_wait (is_checked, desk->drag, 10));
      if (ava_appointment_drag_get_kind (desk->drag) == kind)
        return start_us;
    }
  }
  g_error ("There is no such time on this day");
}

/* --- drag --- */

static void
drag_needs_eight_pixels_and_a_moment (void)
{
  g_assert_false (ava_drag_gesture_passes (0, G_USEC_PER_SEC));
  g_assert_false (ava_drag_gesture_passes (7.9, G_USEC_PER_SEC));
  g_assert_false (ava_drag_gesture_passes (200, 149 * 1000));
  g_assert_true (ava_drag_gesture_passes (8, 150 * 1000));
}

static void
drop_moves_and_can_be_undone (void)
{
  Desk desk;
  gint64 length_us;
  gint64 to_us;
  Wish moved;
  Wish back;

  open_desk (&desk);
  length_us = desk.appointment->end_us - desk.appointment->start_us;
  to_us = find_time (&desk, AVA_VERDICT_FREE);
  g_assert_nonnull (stage_find (GTK_WIDGET (desk.view), GTK_TYPE_LABEL, NULL));
  ava_appointment_drag_drop (desk.drag);
  g_assert_false (ava_appointment_drag_is_active (desk.drag));
  moved = (Wish) { &desk, to_us, to_us + length_us };
  g_assert_true (stage_wait (stands_at, &moved, 10));
  ava_book_undo_async (ava_calendar_page_get_book (desk.page), 0, NULL, NULL);
  back = (Wish) { &desk, desk.appointment->start_us, desk.appointment->end_us };
  g_assert_true (stage_wait (stands_at, &back, 10));
  close_desk (&desk);
}

static void
assert_hint_is_at (Desk   *desk,
                   guint   column,
                   gint64  start_us)
{
  GtkWidget *hint = stage_find (GTK_WIDGET (desk->view), GTK_TYPE_LABEL, ava_day_view_get_hint (desk->view));
  graphene_rect_t place;
  guint found;
  gint64 at_us;

  g_assert_nonnull (hint);
  g_assert_true (gtk_widget_compute_bounds (hint, GTK_WIDGET (desk->view), &place));
  g_assert_true (ava_day_view_locate (desk->view, place.origin.x + 8, place.origin.y + 2, &found, &at_us));
  g_assert_cmpuint (found, ==, column);
  g_assert_cmpint (ABS (at_us - start_us), <=, 2 * QUARTER_US);
}

static void
move_pointer (Desk *desk)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (desk->view));

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++) {
    g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

    if (GTK_IS_EVENT_CONTROLLER_MOTION (controller)) {
      g_signal_emit_by_name (controller, "motion", 300.0, 300.0);
      g_signal_emit_by_name (controller, "leave");
    }
  }
}

static void
ghost_says_why_a_place_is_refused_and_nothing_moves (void)
{
  Desk desk;
  g_autofree char *words = NULL;
  Wish same;
  gint64 refused_us;

  open_desk (&desk);
  refused_us = find_time (&desk, AVA_VERDICT_REFUSED);
  words = g_strdup (ava_appointment_drag_get_words (desk.drag));
  g_assert_cmpuint (strlen (words), >, 10);
  ava_appointment_drag_drop (desk.drag);
  g_assert_true (stage_wait (has_hint, desk.view, 10));
  g_assert_cmpstr (ava_day_view_get_hint (desk.view), ==, words);
  stage_settle ();
  assert_hint_is_at (&desk, desk.column, refused_us);
  /* It stays whatever the pointer does, until something else is done. */
  move_pointer (&desk);
  g_assert_cmpstr (ava_day_view_get_hint (desk.view), ==, words);
  g_assert_false (press (&desk, GDK_KEY_Shift_L, 0));
  g_assert_null (ava_day_view_get_hint (desk.view));
  same = (Wish) { &desk, desk.appointment->start_us, desk.appointment->end_us };
  g_assert_true (stands_at (&same));
  close_desk (&desk);
}

static void
escape_and_a_click_move_nothing (void)
{
  Desk desk;
  Wish same;

  open_desk (&desk);
  same = (Wish) { &desk, desk.appointment->start_us, desk.appointment->end_us };
  find_time (&desk, AVA_VERDICT_FREE);
  g_assert_true (press (&desk, GDK_KEY_Escape, 0));
  g_assert_false (ava_appointment_drag_is_active (desk.drag));
  stage_settle ();
  g_assert_true (stands_at (&same));
  g_signal_emit_by_name (ava_day_view_find_chip (desk.view, desk.appointment->id), "clicked");
  stage_settle ();
  g_assert_true (stands_at (&same));
  /* Dropped where it stood. */
  g_assert_true (ava_appointment_drag_begin (desk.drag, desk.appointment, FALSE));
  ava_appointment_drag_to (desk.drag, desk.column, desk.appointment->start_us);
  ava_appointment_drag_drop (desk.drag);
  stage_settle ();
  g_assert_true (stands_at (&same));
  close_desk (&desk);
}

static void
end_is_dragged_until_the_next_appointment (void)
{
  Desk desk;
  Wish shorter;

  open_desk (&desk);
  g_assert_true (ava_appointment_drag_begin (desk.drag, desk.appointment, TRUE));
  ava_appointment_drag_to (desk.drag, desk.column, desk.next->start_us + QUARTER_US);
  g_assert_true (stage_wait (is_checked, desk.drag, 10));
  g_assert_cmpint (ava_appointment_drag_get_kind (desk.drag), >=, AVA_VERDICT_NEEDS_REASON);
  g_assert_nonnull (strstr (ava_appointment_drag_get_words (desk.drag), desk.next->provider_name));
  ava_appointment_drag_to (desk.drag, desk.column, desk.appointment->start_us + QUARTER_US);
  ava_appointment_drag_drop (desk.drag);
  shorter = (Wish) { &desk, desk.appointment->start_us, desk.appointment->start_us + QUARTER_US };
  g_assert_true (stage_wait (stands_at, &shorter, 10));
  close_desk (&desk);
}

static gboolean
says_why (gpointer user_data)
{
  return *ava_move_entry_get_words (user_data) != '\0';
}

/* The entry beside the book, which has the keyboard, the place and the reasons. */
static AvaMoveEntry *
find_entry (Desk       *desk,
            const char *words)
{
  AvaMoveEntry *entry;

  stage_settle ();
  entry = AVA_MOVE_ENTRY (stage_find (GTK_WIDGET (desk->page), AVA_TYPE_MOVE_ENTRY, NULL));
  g_assert_true (ava_calendar_page_is_side_revealed (desk->page));
  g_assert_nonnull (ava_move_entry_get_choice (entry));
  g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (desk->stage.window)), GTK_WIDGET (entry)));
  g_assert_true (stage_wait (says_why, entry, 10));
  g_assert_nonnull (strstr (ava_move_entry_get_words (entry), words));
  return entry;
}

static void
place_that_warns_is_asked_about_and_enter_moves (void)
{
  Desk desk;
  AvaMoveEntry *entry;
  GtkWidget *ghost;
  Wish same;
  Wish moved;
  gint64 to_us;
  g_autofree char *words = NULL;

  open_desk (&desk);
  same = (Wish) { &desk, desk.appointment->start_us, desk.appointment->end_us };
  to_us = find_time (&desk, AVA_VERDICT_WARNED);
  words = g_strdup (ava_appointment_drag_get_words (desk.drag));
  ghost = gtk_widget_get_last_child (GTK_WIDGET (desk.view));
  while (ghost != NULL && !gtk_widget_has_css_class (ghost, "ghost-warned"))
    ghost = gtk_widget_get_prev_sibling (ghost);
  g_assert_true (GTK_IS_LABEL (ghost));
  g_assert_nonnull (strstr (gtk_label_get_text (GTK_LABEL (ghost)), words));
  g_assert_nonnull (strstr (gtk_label_get_text (GTK_LABEL (ghost)), "Let go, then Enter moves it all the same."));
  ava_appointment_drag_drop (desk.drag);
  g_assert_false (ava_appointment_drag_is_active (desk.drag));
  entry = find_entry (&desk, words);
  g_assert_true (stands_at (&same));
  ava_move_entry_press (entry);
  moved = (Wish) { &desk, to_us, to_us + same.end_us - same.start_us };
  g_assert_true (stage_wait (stands_at, &moved, 10));
  ava_book_undo_async (ava_calendar_page_get_book (desk.page), 0, NULL, NULL);
  g_assert_true (stage_wait (stands_at, &same, 10));
  close_desk (&desk);
}

/* By pointer and by keys: the end goes past the hours of the day. */
static void
end_past_the_hours_is_asked_about (void)
{
  Desk desk;
  Wish longer;
  AvaDayBoard *board;
  AvaBoardColumn *column;
  gint64 closing_us;

  open_desk (&desk);
  board = ava_day_view_get_board (desk.view);
  for (guint i = 0; i < board->items->len; i++) {   /* the last of a day that somebody has */
    AvaBoardItem *item = &g_array_index (board->items, AvaBoardItem, i);

    if (item->kind == AVA_ITEM_APPOINTMENT && AVA_APPOINTMENT (item->subject)->status < AVA_APPOINTMENT_ARRIVED) {
      g_set_object (&desk.appointment, item->subject);
      desk.column = item->column;
    }
  }
  column = ava_day_board_get (board, desk.column);
  closing_us = ava_day_axis_time (board->axis, column->axis_day, column->spans[column->n_spans - 1].close_min / AVA_AXIS_STEP_MIN);
  g_assert_true (ava_appointment_drag_begin (desk.drag, desk.appointment, TRUE));
  ava_appointment_drag_to (desk.drag, desk.column, closing_us + QUARTER_US);
  g_assert_true (stage_wait (is_checked, desk.drag, 10));
  g_assert_cmpint (ava_appointment_drag_get_kind (desk.drag), ==, AVA_VERDICT_WARNED);
  ava_appointment_drag_drop (desk.drag);
  ava_move_entry_press (find_entry (&desk, ava_appointment_drag_get_words (desk.drag)));
  longer = (Wish) { &desk, desk.appointment->start_us, closing_us + QUARTER_US };
  g_assert_true (stage_wait (stands_at, &longer, 10));
  close_desk (&desk);
}

static gboolean
is_saved (gpointer user_data)
{
  return *(GAsyncResult **) user_data != NULL;
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

/* Where time and room are free: who is not to be booked is not moved either, and the ghost says so. */
static void
ghost_knows_what_the_record_says (void)
{
  const AvaActor actor = { .who = "staff:desk" };
  Desk desk;
  gint64 free_us;
  g_autoptr (JsonObject) values = json_object_new ();
  g_autoptr (GAsyncResult) saved = NULL;
  g_autoptr (AvaCustomer) customer = NULL;

  open_desk (&desk);
  free_us = find_time (&desk, AVA_VERDICT_FREE);
  ava_appointment_drag_cancel (desk.drag);
  json_object_set_string_member (values, "do_not_book", "chargeback in May");
  ava_store_save_customer_async (ava_context_get_store (desk.stage.context), &actor, desk.appointment->customer_id, values, NULL,
                                 saved_cb, &saved);
  g_assert_true (stage_wait (is_saved, &saved, 10));
  customer = ava_store_customer_change_finish (ava_context_get_store (desk.stage.context), saved, NULL, NULL);
  g_assert_nonnull (customer);
  g_assert_true (ava_appointment_drag_begin (desk.drag, desk.appointment, FALSE));
  ava_appointment_drag_to (desk.drag, desk.column, free_us);
  g_assert_true (stage_wait (is_checked, desk.drag, 10));
  g_assert_cmpint (ava_appointment_drag_get_kind (desk.drag), >=, AVA_VERDICT_NEEDS_REASON);
  g_assert_nonnull (strstr (ava_appointment_drag_get_words (desk.drag), "chargeback in May"));
  ava_appointment_drag_cancel (desk.drag);
  close_desk (&desk);
}

/* Where that time lies in that column, as shares of the view; FALSE when it is not in sight. */
static gboolean
find_point (Desk   *desk,
            guint   column,
            gint64  at_us,
            double *fx,
            double *fy)
{
  GtkWidget *view = GTK_WIDGET (desk->view);
  GtkWidget *frame = gtk_widget_get_ancestor (view, GTK_TYPE_SCROLLED_WINDOW);
  int width = gtk_widget_get_width (view);
  int height = gtk_widget_get_height (view);

  for (int y = 0; y < height; y++) {
    for (int x = 4; x < width; x += 16) {
      guint found;
      gint64 found_us;
      double fx_px, fy_px;

      if (!ava_day_view_locate (desk->view, x, y, &found, &found_us) || found != column || ABS (found_us - at_us) > QUARTER_US / 5 ||
          !gtk_widget_translate_coordinates (view, frame, x + 24, y, &fx_px, &fy_px) || fy_px < 64 ||
          fy_px > gtk_widget_get_height (frame) - 64 || fx_px < 64 || fx_px > gtk_widget_get_width (frame) - 64)
        continue;
      *fx = (x + 24.0) / width;
      *fy = (double) y / height;
      return TRUE;
    }
  }
  return FALSE;
}

static gboolean
is_active (gpointer user_data)
{
  return ava_appointment_drag_is_active (user_data);
}

/* The pointer takes hold of the chip at @fy of it, and goes on to the place, where it lets go. */
static void
drag_pointer (Desk   *desk,
              double  chip_fy,
              double  fx,
              double  fy)
{
  GtkWidget *chip = GTK_WIDGET (ava_day_view_find_chip (desk->view, desk->appointment->id));
  GtkWidget *view = GTK_WIDGET (desk->view);

  stage_move_pointer (&desk->stage, chip, 0.4, chip_fy);
  stage_point ("mousedown", "1", NULL);
  /* A press that lasts is no drag yet. */
  stage_pause (AVA_DRAG_DELAY_US / 1000 + 50);
  g_assert_false (ava_appointment_drag_is_active (desk->drag));
  stage_move_pointer (&desk->stage, view, fx - 0.005, fy);
  stage_move_pointer (&desk->stage, view, fx, fy);
  g_assert_true (stage_wait (is_active, desk->drag, 10));
  g_assert_true (stage_wait (is_checked, desk->drag, 10));
  stage_point ("mouseup", "1", NULL);
}

static gboolean
is_shown (gpointer user_data)
{
  return get_shown (user_data) != NULL;
}

/* Tuesday, December 29, at eleven. */
static void
book_on_an_empty_day (Desk *desk)
{
  const AvaBookWish wish = {
    .service_id = "svc-botox", .provider_id = "prov-ortiz", .start_us = G_GINT64_CONSTANT (1798560000) * G_USEC_PER_SEC,
    .customer_name = "Zora Quill", .phone = "+12125550123",
  };
  AvaBook *book = ava_calendar_page_get_book (desk->page);
  g_autoptr (GAsyncResult) made = NULL;

  ava_calendar_page_show_time (desk->page, wish.start_us);
  ava_book_make_async (book, &wish, saved_cb, &made);
  g_assert_true (stage_wait (is_saved, &made, 10));
  g_object_unref (desk->appointment);
  desk->appointment = ava_book_change_finish (book, made, NULL, NULL);
  g_assert_true (stage_wait (is_shown, desk, 10));
  stage_settle ();
}

/* To a time that is free and in sight. */
static void
pointer_moves_and_resizes_in_the_day (void)
{
  Desk desk;
  AvaDayBoard *board;
  gint64 length_us;
  gint64 to_us = 0;
  double fx = 0, fy = 0, px, py;
  Wish wish;
  GtkWidget *chip;

  open_desk (&desk);
  stage_resize (&desk.stage, 1200, 760);
  book_on_an_empty_day (&desk);
  board = ava_day_view_get_board (desk.view);
  length_us = desk.appointment->end_us - desk.appointment->start_us;
  g_assert_true (ava_appointment_drag_begin (desk.drag, desk.appointment, FALSE));
  for (guint column = 0; column < board->columns->len && to_us == 0; column++) {
    for (guint step = board->first_step; step < board->last_step && to_us == 0; step++) {
      gint64 start_us = ava_day_axis_time (board->axis, ava_day_board_get (board, column)->axis_day, step);

      if (ABS (start_us - desk.appointment->start_us) < 2 * QUARTER_US || !find_point (&desk, column, start_us, &px, &py))
        continue;
      ava_appointment_drag_to (desk.drag, column, start_us);
      g_assert_true (stage_wait (is_checked, desk.drag, 10));
      if (ava_appointment_drag_get_kind (desk.drag) != AVA_VERDICT_FREE)
        continue;
      to_us = start_us;
      desk.column = column;
      fx = px;
      fy = py;
    }
  }
  ava_appointment_drag_cancel (desk.drag);
  g_assert_cmpint (to_us, >, 0);
  chip = GTK_WIDGET (ava_day_view_find_chip (desk.view, desk.appointment->id));
  drag_pointer (&desk, 0.4, fx, fy + 0.4 * gtk_widget_get_height (chip) / gtk_widget_get_height (GTK_WIDGET (desk.view)));
  wish = (Wish) { &desk, to_us, to_us + length_us };
  g_assert_true (stage_wait (stands_at, &wish, 10));
  /* Then its lower edge, up by a quarter. */
  stage_settle ();
  stage_pause (300);
  chip = GTK_WIDGET (ava_day_view_find_chip (desk.view, desk.appointment->id));
  g_assert_true (find_point (&desk, desk.column, to_us + length_us - QUARTER_US, &fx, &fy));
  drag_pointer (&desk, 1 - 3.0 / gtk_widget_get_height (chip), fx, fy);
  wish.end_us -= QUARTER_US;
  g_assert_true (stage_wait (stands_at, &wish, 10));
  close_desk (&desk);
}

static void
edge_of_the_page_turns_to_another_day (void)
{
  Desk desk;
  gint64 start_us;
  Wish moved;
  guint column;

  open_desk (&desk);
  g_assert_true (ava_appointment_drag_begin (desk.drag, desk.appointment, FALSE));
  g_signal_emit_by_name (desk.drag, "edge", 1);
  stage_settle ();
  g_assert_true (ava_appointment_drag_is_active (desk.drag));
  g_assert_cmpint (g_date_time_get_day_of_month (ava_calendar_page_get_day (desk.page)), ==, 2);
  ava_appointment_drag_cancel (desk.drag);
  /* Anyone who can have it that day. */
  for (column = 0, start_us = 0; start_us == 0 && column < ava_day_view_get_board (desk.view)->columns->len; column++) {
    AvaDayBoard *board = ava_day_view_get_board (desk.view);

    g_assert_true (ava_appointment_drag_begin (desk.drag, desk.appointment, FALSE));
    for (guint step = board->first_step; step < board->last_step && start_us == 0; step += 2) {
      ava_appointment_drag_to (desk.drag, column, ava_day_axis_time (board->axis, 0, step));
      g_assert_true (stage_wait (is_checked, desk.drag, 10));
      if (ava_appointment_drag_get_kind (desk.drag) == AVA_VERDICT_FREE)
        start_us = ava_day_axis_time (board->axis, 0, step);
    }
    if (start_us == 0)
      ava_appointment_drag_cancel (desk.drag);
  }
  g_assert_cmpint (start_us, >, 0);
  ava_appointment_drag_drop (desk.drag);
  moved = (Wish) { &desk, start_us, start_us + desk.appointment->end_us - desk.appointment->start_us };
  g_assert_true (stage_wait (stands_at, &moved, 10));
  close_desk (&desk);
}

/* --- keys --- */

static void
alt_and_arrows_move_or_say_why_not (void)
{
  Desk desk;
  AvaAppointmentChip *chip;
  Wish later;
  Wish longer;

  open_desk (&desk);
  chip = ava_day_view_find_chip (desk.view, desk.appointment->id);
  gtk_widget_grab_focus (GTK_WIDGET (chip));
  /* Shorter first, so that there is room. */
  g_assert_true (press (&desk, GDK_KEY_Up, GDK_ALT_MASK | GDK_SHIFT_MASK));
  longer = (Wish) { &desk, desk.appointment->start_us, desk.appointment->end_us - QUARTER_US };
  g_assert_true (stage_wait (stands_at, &longer, 10));
  g_assert_true (gtk_widget_has_focus (GTK_WIDGET (ava_day_view_find_chip (desk.view, desk.appointment->id))));
  ava_book_undo_async (ava_calendar_page_get_book (desk.page), 0, NULL, NULL);
  later = (Wish) { &desk, desk.appointment->start_us, desk.appointment->end_us };
  g_assert_true (stage_wait (stands_at, &later, 10));
  /* Further down each quarter until something is in the way, which is told. */
  for (guint i = 0; i < 40 && ava_day_view_get_hint (desk.view) == NULL; i++) {
    AvaAppointment *shown = get_shown (&desk);

    g_assert_nonnull (shown);
    gtk_widget_grab_focus (GTK_WIDGET (ava_day_view_find_chip (desk.view, desk.appointment->id)));
    g_assert_true (press (&desk, GDK_KEY_Down, GDK_ALT_MASK));
    later = (Wish) { &desk, shown->start_us + QUARTER_US, shown->end_us + QUARTER_US };
    stage_settle ();
    g_assert_true (stands_at (&later) || ava_day_view_get_hint (desk.view) != NULL);
  }
  g_assert_nonnull (ava_day_view_get_hint (desk.view));
  close_desk (&desk);
}

static void
on_command (AvaCalendarPage  *page,
            AvaAppointment   *appointment,
            const char       *command,
            char            **heard)
{
  g_free (*heard);
  *heard = g_strdup (command);
}

static void
keys_on_an_appointment_are_told_of (void)
{
  static const struct { guint key; const char *command; } keys[] = {
    { GDK_KEY_m, "move" }, { GDK_KEY_space, "next-status" }, { GDK_KEY_Delete, "cancel" },
  };
  Desk desk;
  g_autofree char *heard = NULL;

  open_desk (&desk);
  g_signal_connect (desk.page, "appointment-command", G_CALLBACK (on_command), &heard);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++) {
    /* What asked for more after the key before has the keyboard. */
    gtk_widget_grab_focus (GTK_WIDGET (ava_day_view_find_chip (desk.view, desk.appointment->id)));
    g_assert_true (press (&desk, keys[i].key, 0));
    g_assert_cmpstr (heard, ==, keys[i].command);
  }
  close_desk (&desk);
}

/* --- the past --- */

static gboolean
has_events (gpointer user_data)
{
  return ava_past_bar_get_n_events (ava_calendar_page_get_past (user_data)) > 0;
}

static void
move_it (Desk   *desk,
         gint64 *to_us)
{
  gint64 length_us = desk->appointment->end_us - desk->appointment->start_us;
  Wish moved;

  *to_us = find_time (desk, AVA_VERDICT_FREE);
  ava_appointment_drag_drop (desk->drag);
  moved = (Wish) { desk, *to_us, *to_us + length_us };
  g_assert_true (stage_wait (stands_at, &moved, 10));
}

static void
scrubber_shows_the_book_as_it_was (void)
{
  Desk desk;
  gint64 to_us;
  Wish before;
  Wish after;

  open_desk (&desk);
  ava_virtual_clock_advance (AVA_VIRTUAL_CLOCK (desk.stage.clock), 60 * G_USEC_PER_SEC);
  move_it (&desk, &to_us);
  before = (Wish) { &desk, desk.appointment->start_us, desk.appointment->end_us };
  after = (Wish) { &desk, to_us, to_us + desk.appointment->end_us - desk.appointment->start_us };
  ava_virtual_clock_advance (AVA_VIRTUAL_CLOCK (desk.stage.clock), 60 * G_USEC_PER_SEC);
  ava_calendar_page_set_moment (desk.page, ava_clock_now_us (desk.stage.clock));
  g_assert_true (stage_wait (has_events, desk.page, 10));
  g_assert_nonnull (strstr (ava_past_bar_get_words (ava_calendar_page_get_past (desk.page)), "Moved"));
  g_assert_true (stage_wait (stands_at, &after, 10));
  ava_past_bar_scrub (ava_calendar_page_get_past (desk.page), 0);
  g_assert_true (stage_wait (stands_at, &before, 10));
  g_assert_nonnull (strstr (ava_calendar_page_get_subtitle (desk.page), "read only"));
  /* The past is looked at, not changed. */
  g_assert_false (ava_appointment_drag_begin (desk.drag, desk.appointment, FALSE));
  gtk_widget_grab_focus (GTK_WIDGET (ava_day_view_find_chip (desk.view, desk.appointment->id)));
  g_assert_true (press (&desk, GDK_KEY_Down, GDK_ALT_MASK));
  g_assert_nonnull (strstr (ava_day_view_get_hint (desk.view), "past"));
  /* After the last change it is now. */
  ava_past_bar_scrub (ava_calendar_page_get_past (desk.page), ava_past_bar_get_n_events (ava_calendar_page_get_past (desk.page)));
  g_assert_true (stage_wait (stands_at, &after, 10));
  g_assert_true (ava_appointment_drag_begin (desk.drag, desk.appointment, FALSE));
  ava_appointment_drag_cancel (desk.drag);
  close_desk (&desk);
}

static void
moments_are_entered_in_words_and_escape_goes_back (void)
{
  static const char *const bad[] = { "", "blue", "tomorrow 10:15", "february 30", "🙂" };
  Desk desk;
  AvaPastBar *past;

  open_desk (&desk);
  past = ava_calendar_page_get_past (desk.page);
  ava_calendar_page_set_moment (desk.page, ava_clock_now_us (desk.stage.clock) - G_USEC_PER_SEC);
  stage_settle ();
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    if (ava_past_bar_enter (past, bad[i]))
      g_error ("“%s” is no moment of the past", bad[i]);
    g_assert_cmpuint (strlen (ava_past_bar_get_words (past)), >, 10);
  }
  g_assert_true (ava_past_bar_enter (past, "yesterday 10:15"));
  stage_settle ();
  g_assert_nonnull (strstr (ava_past_bar_get_words (past), "Yesterday, 10:15"));
  g_assert_true (ava_past_bar_enter (past, "9:05"));
  stage_settle ();
  g_assert_nonnull (strstr (ava_past_bar_get_words (past), "Today, 9:05"));
  g_assert_true (press (&desk, GDK_KEY_Escape, 0));
  stage_settle ();
  g_assert_null (strstr (ava_calendar_page_get_subtitle (desk.page), "read only"));
  g_assert_false (gtk_widget_get_mapped (GTK_WIDGET (past)));
  close_desk (&desk);
}

int
main (int   argc,
      char *argv[])
{
  stage_init (&argc, &argv);
  g_test_add_func ("/calendar-moves/threshold", drag_needs_eight_pixels_and_a_moment);
  g_test_add_func ("/calendar-moves/drop", drop_moves_and_can_be_undone);
  g_test_add_func ("/calendar-moves/refused", ghost_says_why_a_place_is_refused_and_nothing_moves);
  g_test_add_func ("/calendar-moves/escape", escape_and_a_click_move_nothing);
  g_test_add_func ("/calendar-moves/resize", end_is_dragged_until_the_next_appointment);
  g_test_add_func ("/calendar-moves/pointer", pointer_moves_and_resizes_in_the_day);
  g_test_add_func ("/calendar-moves/warned", place_that_warns_is_asked_about_and_enter_moves);
  g_test_add_func ("/calendar-moves/late-end", end_past_the_hours_is_asked_about);
  g_test_add_func ("/calendar-moves/record", ghost_knows_what_the_record_says);
  g_test_add_func ("/calendar-moves/edge", edge_of_the_page_turns_to_another_day);
  g_test_add_func ("/calendar-moves/alt-arrows", alt_and_arrows_move_or_say_why_not);
  g_test_add_func ("/calendar-moves/commands", keys_on_an_appointment_are_told_of);
  g_test_add_func ("/calendar-moves/scrubber", scrubber_shows_the_book_as_it_was);
  g_test_add_func ("/calendar-moves/moments", moments_are_entered_in_words_and_escape_goes_back);
  return g_test_run ();
}
