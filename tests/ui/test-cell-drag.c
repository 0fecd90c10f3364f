/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stage.h"

#include "ava-calendar-page.h"
#include "ava-calendar-words.h"
#include "ava-drag-gesture.h"
#include "ava-move-entry.h"
#include "ava-wall-time.h"

#include <string.h>

/* Dragging from day to day in a month and in the week of everyone, on the real desk: Tuesday, December 1, 2026,
 * 10:20 in New York. */

#define DAY_US ((gint64) 24 * 3600 * G_USEC_PER_SEC)

typedef struct {
  Stage stage;
  AvaCalendarPage *page;
  AvaCellGrid *grid;
  AvaCellDrag *drag;
  AvaAppointment *appointment;   /* owned: one that is to come */
  guint from;                    /* its cell */
} Desk;

typedef struct {
  Desk *desk;
  gint64 start_us;
  const char *provider_id;
} Wish;

static gboolean
has_cells (gpointer user_data)
{
  AvaCellGrid *grid = user_data;
  guint n = 0;

  for (guint i = 0; i < ava_cell_grid_get_n_cells (grid); i++)
    n += ava_day_cell_get_n_chips (ava_cell_grid_get_cell (grid, i));
  return n > 0;
}

static gboolean
is_checked (gpointer user_data)
{
  return ava_cell_drag_is_checked (user_data);
}

/* The first cell, other than its own, of which the book says that; left dragged there. */
static gboolean
find_cell (Desk           *desk,
           AvaVerdictKind  kind,
           guint          *found)
{
  g_assert_true (ava_cell_drag_begin (desk->drag, desk->appointment));
  for (guint i = 0; i < ava_cell_grid_get_n_cells (desk->grid); i++) {
    if (i == desk->from)
      continue;
    ava_cell_drag_to (desk->drag, i);
    g_assert_true (stage_wait (is_checked, desk->drag, 10));
    if (ava_cell_drag_get_kind (desk->drag) == kind) {
      *found = i;
      return TRUE;
    }
  }
  ava_cell_drag_cancel (desk->drag);
  return FALSE;
}

/* The cells that Alt with an arrow leads to. */
static gboolean
is_near (Desk  *desk,
         guint  index)
{
  int by = (int) index - (int) desk->from;

  return ABS (by) == 7 || (ABS (by) == 1 && index / 7 == desk->from / 7);
}

static gboolean
can_go_near (Desk *desk)
{
  gboolean can = FALSE;

  g_assert_true (ava_cell_drag_begin (desk->drag, desk->appointment));
  for (guint i = 0; i < ava_cell_grid_get_n_cells (desk->grid) && !can; i++) {
    if (!is_near (desk, i))
      continue;
    ava_cell_drag_to (desk->drag, i);
    g_assert_true (stage_wait (is_checked, desk->drag, 10));
    can = ava_cell_drag_get_kind (desk->drag) == AVA_VERDICT_FREE;
  }
  ava_cell_drag_cancel (desk->drag);
  return can;
}

/* One that is shown, to come, and can go to another day; @near: to one beside it. */
static void
choose (Desk     *desk,
        gboolean  near)
{
  gint64 now_us = ava_clock_now_us (desk->stage.clock);

  for (desk->from = 0; desk->from < ava_cell_grid_get_n_cells (desk->grid); desk->from++) {
    GtkWidget *cell = GTK_WIDGET (ava_cell_grid_get_cell (desk->grid, desk->from));

    for (GtkWidget *child = gtk_widget_get_first_child (cell); child != NULL; child = gtk_widget_get_next_sibling (child)) {
      AvaAppointment *appointment = AVA_IS_APPOINTMENT_CHIP (child) && gtk_widget_get_child_visible (child)
                                      ? ava_appointment_chip_get_appointment (AVA_APPOINTMENT_CHIP (child)) : NULL;
      guint to;

      if (appointment == NULL || appointment->start_us < now_us + DAY_US || appointment->status >= AVA_APPOINTMENT_ARRIVED)
        continue;
      g_set_object (&desk->appointment, appointment);
      if (near && !can_go_near (desk))
        continue;
      if (find_cell (desk, AVA_VERDICT_FREE, &to)) {
        ava_cell_drag_cancel (desk->drag);
        return;
      }
    }
  }
  g_error ("Nothing can be moved");
}

static void
open_desk (Desk            *desk,
           AvaCalendarView  view)
{
  memset (desk, 0, sizeof *desk);
  stage_set_up (&desk->stage);
  ava_window_show_page (desk->stage.window, "calendar");
  desk->page = AVA_CALENDAR_PAGE (ava_window_find_page (desk->stage.window, "calendar"));
  ava_calendar_page_set_view (desk->page, view);
  desk->grid = ava_calendar_page_get_grid (desk->page);
  desk->drag = ava_calendar_page_get_cell_drag (desk->page);
  g_assert_true (stage_wait (has_cells, desk->grid, 10));
  stage_settle ();
  choose (desk, FALSE);
}

static void
close_desk (Desk *desk)
{
  g_clear_object (&desk->appointment);
  stage_tear_down (&desk->stage);
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  *(AvaAppointment **) user_data = ava_store_get_appointment_finish (AVA_STORE (source), result, NULL);
}

static gboolean
is_read (gpointer user_data)
{
  return *(AvaAppointment **) user_data != NULL;
}

/* In the book; a day with many appointments shows only some of them. Those that are shown must agree. */
static gboolean
stands_at (gpointer user_data)
{
  Wish *wish = user_data;
  Desk *desk = wish->desk;
  AvaAppointmentChip *chip = ava_cell_grid_find_chip (desk->grid, desk->appointment->id);
  AvaAppointment *shown = chip != NULL ? ava_appointment_chip_get_appointment (chip) : NULL;
  AvaAppointment *found = NULL;
  gboolean right;

  ava_store_get_appointment_async (ava_context_get_store (desk->stage.context), desk->appointment->id, NULL, read_cb, &found);
  g_assert_true (stage_wait (is_read, &found, 10));
  right = found->start_us == wish->start_us && g_strcmp0 (found->provider_id, wish->provider_id) == 0 &&
          (shown == NULL || shown->start_us == found->start_us);
  g_object_unref (found);
  return right;
}

static Wish
wish_for (Desk  *desk,
          guint  index)
{
  GTimeZone *zone = ava_cell_grid_get_zone (desk->grid);
  AvaDayCell *cell = ava_cell_grid_get_cell (desk->grid, index);
  const char *provider_id = ava_day_cell_get_provider (cell);

  return (Wish) { desk,
                  ava_wall_time_first (ava_day_cell_get_day (cell), ava_wall_time_of (desk->appointment->start_us, zone, NULL), zone),
                  g_intern_string (provider_id != NULL ? provider_id : desk->appointment->provider_id) };   /* cells are filled anew */
}

/* --- by the object --- */

static gboolean
says_why (gpointer user_data)
{
  return *ava_move_entry_get_words (user_data) != '\0';
}

static void
drop_moves_to_the_day_and_is_undone (gconstpointer data)
{
  Desk desk;
  guint to;
  Wish there;
  Wish back;

  open_desk (&desk, GPOINTER_TO_INT (data));
  back = (Wish) { &desk, desk.appointment->start_us, desk.appointment->provider_id };
  g_assert_true (stands_at (&back));
  g_assert_true (find_cell (&desk, AVA_VERDICT_FREE, &to));
  there = wish_for (&desk, to);
  g_assert_nonnull (strstr (ava_cell_grid_get_ghost (desk.grid), " to "));
  ava_cell_drag_drop (desk.drag);
  g_assert_false (ava_cell_drag_is_active (desk.drag));
  g_assert_null (ava_cell_grid_get_ghost (desk.grid));
  g_assert_true (stage_wait (stands_at, &there, 10));
  /* As Ctrl+Z does. */
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (desk.stage.window), "win.undo", NULL));
  g_assert_true (stage_wait (stands_at, &back, 10));
  close_desk (&desk);
}

static void
refused_day_says_why_and_moves_nothing (gconstpointer data)
{
  Desk desk;
  guint to;
  g_autofree char *words = NULL;
  Wish same;

  open_desk (&desk, GPOINTER_TO_INT (data));
  same = (Wish) { &desk, desk.appointment->start_us, desk.appointment->provider_id };
  g_assert_true (find_cell (&desk, AVA_VERDICT_REFUSED, &to));
  words = g_strdup (ava_cell_drag_get_words (desk.drag));
  g_assert_cmpuint (strlen (words), >, 10);
  g_assert_nonnull (strstr (ava_cell_grid_get_ghost (desk.grid), words));
  ava_cell_drag_drop (desk.drag);
  g_assert_null (ava_cell_grid_get_ghost (desk.grid));
  stage_settle ();
  g_assert_true (stage_has_text (GTK_WIDGET (desk.page), words));
  g_assert_true (stands_at (&same));
  close_desk (&desk);
}

/* Who drops it there is asked beside the book, with the reasons; Enter moves it. */
static void
warned_day_is_asked_about_and_enter_moves (gconstpointer data)
{
  Desk desk;
  guint to;
  Wish there;
  Wish same;
  AvaMoveEntry *entry;
  g_autofree char *words = NULL;

  open_desk (&desk, GPOINTER_TO_INT (data));
  same = (Wish) { &desk, desk.appointment->start_us, desk.appointment->provider_id };
  g_assert_true (find_cell (&desk, AVA_VERDICT_WARNED, &to));
  there = wish_for (&desk, to);
  words = g_strdup (ava_cell_drag_get_words (desk.drag));
  g_assert_nonnull (strstr (ava_cell_grid_get_ghost (desk.grid), words));
  g_assert_nonnull (strstr (ava_cell_grid_get_ghost (desk.grid), "Enter"));
  ava_cell_drag_drop (desk.drag);
  g_assert_false (ava_cell_drag_is_active (desk.drag));
  stage_settle ();
  g_assert_true (stands_at (&same));
  entry = AVA_MOVE_ENTRY (stage_find (GTK_WIDGET (desk.page), AVA_TYPE_MOVE_ENTRY, NULL));
  g_assert_nonnull (ava_move_entry_get_choice (entry));
  g_assert_true (gtk_widget_is_ancestor (gtk_window_get_focus (GTK_WINDOW (desk.stage.window)), GTK_WIDGET (entry)));
  g_assert_true (stage_wait (says_why, entry, 10));
  g_assert_nonnull (strstr (ava_move_entry_get_words (entry), words));
  ava_move_entry_press (entry);
  g_assert_true (stage_wait (stands_at, &there, 10));
  close_desk (&desk);
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

/* The keyboard is on the appointment where it went, or on its day when that has no room for it. */
static gboolean
has_keyboard (gpointer user_data)
{
  Wish *wish = user_data;
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (wish->desk->stage.window));
  GTimeZone *zone = ava_cell_grid_get_zone (wish->desk->grid);
  GtkWidget *cell = focus == NULL || AVA_IS_DAY_CELL (focus) ? focus : gtk_widget_get_ancestor (focus, AVA_TYPE_DAY_CELL);
  GDate day;

  ava_wall_time_of (wish->start_us, zone, &day);
  return cell != NULL && g_date_compare (ava_day_cell_get_day (AVA_DAY_CELL (cell)), &day) == 0 &&
         (ava_day_cell_get_provider (AVA_DAY_CELL (cell)) == NULL ||
          g_str_equal (ava_day_cell_get_provider (AVA_DAY_CELL (cell)), wish->provider_id));
}

/* To the cell that is @by further: it goes there, or the book says why not and nothing is moved. */
static gboolean
try_key (Desk  *desk,
         guint  key,
         int    by)
{
  gboolean possible;
  Wish there = wish_for (desk, desk->from + by);
  Wish back = wish_for (desk, desk->from);

  g_assert_true (ava_cell_drag_begin (desk->drag, desk->appointment));
  ava_cell_drag_to (desk->drag, desk->from + by);
  g_assert_true (stage_wait (is_checked, desk->drag, 10));
  possible = ava_cell_drag_get_kind (desk->drag) == AVA_VERDICT_FREE;
  ava_cell_drag_cancel (desk->drag);
  gtk_widget_grab_focus (GTK_WIDGET (ava_cell_grid_find_chip (desk->grid, desk->appointment->id)));
  g_assert_true (press (desk, key, GDK_ALT_MASK));
  if (!possible) {
    stage_settle ();
    g_assert_true (stands_at (&back));
    return FALSE;
  }
  g_assert_true (stage_wait (stands_at, &there, 10));
  g_assert_true (stage_wait (has_keyboard, &there, 10));
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (desk->stage.window), "win.undo", NULL));
  g_assert_true (stage_wait (stands_at, &back, 10));
  stage_settle ();
  return TRUE;
}

static void
alt_arrows_move_by_days_and_rows (gconstpointer data)
{
  static const struct { guint key; int by; } keys[] = {
    { GDK_KEY_Left, -1 }, { GDK_KEY_Right, 1 }, { GDK_KEY_Up, -7 }, { GDK_KEY_Down, 7 },
  };
  guint n_moved = 0;
  Desk desk;
  Wish same;

  open_desk (&desk, GPOINTER_TO_INT (data));
  choose (&desk, TRUE);
  same = (Wish) { &desk, desk.appointment->start_us, desk.appointment->provider_id };
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++) {
    int to = (int) desk.from + keys[i].by;

    if (to >= 0 && to < (int) ava_cell_grid_get_n_cells (desk.grid) && is_near (&desk, to))
      n_moved += try_key (&desk, keys[i].key, keys[i].by);
  }
  g_assert_cmpuint (n_moved, >, 0);
  gtk_widget_grab_focus (GTK_WIDGET (ava_cell_grid_find_chip (desk.grid, desk.appointment->id)));
  g_assert_true (press (&desk, GDK_KEY_Down, GDK_ALT_MASK | GDK_SHIFT_MASK));
  g_assert_true (stage_has_text (GTK_WIDGET (desk.page), "How long it takes is changed where the hours are shown: press 1 for the day."));
  g_assert_true (stands_at (&same));
  close_desk (&desk);
}

static void
own_day_escape_and_the_past_move_nothing (void)
{
  Desk desk;
  guint to;
  Wish same;

  open_desk (&desk, AVA_CALENDAR_MONTH);
  same = (Wish) { &desk, desk.appointment->start_us, desk.appointment->provider_id };
  g_assert_true (ava_cell_drag_begin (desk.drag, desk.appointment));
  g_assert_false (ava_cell_drag_begin (desk.drag, desk.appointment));
  ava_cell_drag_to (desk.drag, desk.from);
  ava_cell_drag_drop (desk.drag);
  g_assert_false (ava_cell_drag_is_active (desk.drag));
  g_assert_true (find_cell (&desk, AVA_VERDICT_FREE, &to));
  ava_cell_drag_cancel (desk.drag);
  g_assert_null (ava_cell_grid_get_ghost (desk.grid));
  stage_settle ();
  g_assert_true (stands_at (&same));
  /* A page that turns to the past lets go. */
  g_assert_true (find_cell (&desk, AVA_VERDICT_FREE, &to));
  ava_calendar_page_set_moment (desk.page, ava_clock_now_us (desk.stage.clock) - G_USEC_PER_SEC);
  g_assert_false (ava_cell_drag_is_active (desk.drag));
  g_assert_false (ava_cell_drag_begin (desk.drag, desk.appointment));
  close_desk (&desk);
}

static void
edge_turns_to_another_month (void)
{
  Desk desk;
  g_autofree char *before = NULL;

  open_desk (&desk, AVA_CALENDAR_MONTH);
  before = g_strdup (ava_calendar_page_get_title (desk.page));
  g_assert_true (ava_cell_drag_begin (desk.drag, desk.appointment));
  ava_cell_drag_to (desk.drag, 41 % ava_cell_grid_get_n_cells (desk.grid));
  g_signal_emit_by_name (desk.drag, "edge", 1);
  stage_settle ();
  g_assert_true (ava_cell_drag_is_active (desk.drag));
  g_assert_cmpstr (ava_calendar_page_get_title (desk.page), !=, before);
  /* Nobody knows yet what stands there: the drop waits for the answer. */
  ava_cell_drag_to (desk.drag, 10);
  g_assert_true (stage_wait (is_checked, desk.drag, 10));
  ava_cell_drag_cancel (desk.drag);
  close_desk (&desk);
}

/* --- by the pointer --- */

static gboolean
is_active (gpointer user_data)
{
  return ava_cell_drag_is_active (user_data);
}

/* The ghost tells of that day, and whether it can be had is known. */
static gboolean
is_over (gpointer user_data)
{
  Wish *wish = user_data;
  AvaCellGrid *grid = wish->desk->grid;
  GDate day;
  g_autofree char *words = NULL;

  ava_wall_time_of (wish->start_us, ava_cell_grid_get_zone (grid), &day);
  words = ava_calendar_words_for_date (&day, "%a, %b %-e");
  return ava_cell_grid_get_ghost (grid) != NULL && g_str_has_prefix (ava_cell_grid_get_ghost (grid), words) &&
         ava_cell_drag_is_checked (wish->desk->drag);
}

static void
pointer_drags_from_day_to_day (gconstpointer data)
{
  Desk desk;
  guint to;
  Wish there;
  GtkWidget *chip;
  GtkWidget *cell;

  open_desk (&desk, GPOINTER_TO_INT (data));
  g_assert_true (find_cell (&desk, AVA_VERDICT_FREE, &to));
  ava_cell_drag_cancel (desk.drag);
  there = wish_for (&desk, to);
  chip = GTK_WIDGET (ava_cell_grid_find_chip (desk.grid, desk.appointment->id));
  cell = GTK_WIDGET (ava_cell_grid_get_cell (desk.grid, to));
  /* A click, even one that lasts, moves nothing. */
  stage_move_pointer (&desk.stage, chip, 0.3, 0.5);
  stage_point ("mousedown", "1", NULL);
  stage_pause (AVA_DRAG_DELAY_US / 1000 + 50);
  stage_move_pointer (&desk.stage, chip, 0.3, 0.6);
  g_assert_false (ava_cell_drag_is_active (desk.drag));
  /* Then it goes on, and comes to another day. */
  stage_move_pointer (&desk.stage, cell, 0.4, 0.5);
  stage_move_pointer (&desk.stage, cell, 0.5, 0.5);
  g_assert_true (stage_wait (is_active, desk.drag, 10));
  g_assert_true (stage_wait (is_over, &there, 10));
  stage_point ("mouseup", "1", NULL);
  g_assert_true (stage_wait (stands_at, &there, 10));
  g_assert_false (ava_cell_drag_is_active (desk.drag));
  close_desk (&desk);
}

typedef struct {
  AvaCalendarPage *page;
  char *title;
} Turn;

static gboolean
has_turned (gpointer user_data)
{
  Turn *turn = user_data;

  return g_strcmp0 (ava_calendar_page_get_title (turn->page), turn->title) != 0;
}

/* Well inside a cell, whether the month has four, five or six weeks. */
#define AIM_X 0.64
#define AIM_Y 0.55

/* What the cell under the aim stands for: a slow machine may turn one month more before the pointer leaves the edge. */
static gboolean
is_over_its_cell (gpointer user_data)
{
  Wish *there = user_data;
  GtkWidget *grid = GTK_WIDGET (there->desk->grid);

  *there = wish_for (there->desk, ava_cell_grid_locate (there->desk->grid, gtk_widget_get_width (grid) * AIM_X,
                                                        gtk_widget_get_height (grid) * AIM_Y));
  return is_over (there);
}

static void
pointer_that_waits_at_the_edge_turns_the_month (void)
{
  Desk desk;
  Turn turn;
  Wish there = { &desk };

  open_desk (&desk, AVA_CALENDAR_MONTH);
  turn = (Turn) { desk.page, g_strdup (ava_calendar_page_get_title (desk.page)) };
  stage_move_pointer (&desk.stage, GTK_WIDGET (ava_cell_grid_find_chip (desk.grid, desk.appointment->id)), 0.3, 0.5);
  stage_point ("mousedown", "1", NULL);
  stage_pause (AVA_DRAG_DELAY_US / 1000 + 50);
  stage_move_pointer (&desk.stage, GTK_WIDGET (desk.grid), 0.8, 0.5);
  stage_move_pointer (&desk.stage, GTK_WIDGET (desk.grid), 0.995, 0.5);
  g_assert_true (stage_wait (has_turned, &turn, 20));
  g_assert_true (ava_cell_drag_is_active (desk.drag));
  /* Away from the edge, over a day of the other month; which one says the ghost. */
  stage_move_pointer (&desk.stage, GTK_WIDGET (desk.grid), AIM_X, AIM_Y);
  g_assert_true (stage_wait (is_over_its_cell, &there, 10));
  g_assert_cmpint (there.start_us - desk.appointment->start_us, >, 20 * DAY_US);
  if (ava_cell_drag_get_kind (desk.drag) != AVA_VERDICT_FREE)
    there = (Wish) { &desk, desk.appointment->start_us, desk.appointment->provider_id };
  stage_point ("mouseup", "1", NULL);
  g_assert_true (stage_wait (stands_at, &there, 10));
  g_free (turn.title);
  close_desk (&desk);
}

int
main (int   argc,
      char *argv[])
{
  stage_init (&argc, &argv);
  g_test_add_data_func ("/cell-drag/month/drop", GINT_TO_POINTER (AVA_CALENDAR_MONTH), drop_moves_to_the_day_and_is_undone);
  g_test_add_data_func ("/cell-drag/week/drop", GINT_TO_POINTER (AVA_CALENDAR_WEEK), drop_moves_to_the_day_and_is_undone);
  g_test_add_data_func ("/cell-drag/month/refused", GINT_TO_POINTER (AVA_CALENDAR_MONTH), refused_day_says_why_and_moves_nothing);
  g_test_add_data_func ("/cell-drag/week/refused", GINT_TO_POINTER (AVA_CALENDAR_WEEK), refused_day_says_why_and_moves_nothing);
  g_test_add_data_func ("/cell-drag/month/warned", GINT_TO_POINTER (AVA_CALENDAR_MONTH), warned_day_is_asked_about_and_enter_moves);
  g_test_add_data_func ("/cell-drag/week/warned", GINT_TO_POINTER (AVA_CALENDAR_WEEK), warned_day_is_asked_about_and_enter_moves);
  g_test_add_data_func ("/cell-drag/month/alt-arrows", GINT_TO_POINTER (AVA_CALENDAR_MONTH), alt_arrows_move_by_days_and_rows);
  g_test_add_data_func ("/cell-drag/week/alt-arrows", GINT_TO_POINTER (AVA_CALENDAR_WEEK), alt_arrows_move_by_days_and_rows);
  g_test_add_func ("/cell-drag/nothing", own_day_escape_and_the_past_move_nothing);
  g_test_add_func ("/cell-drag/edge", edge_turns_to_another_month);
  g_test_add_func ("/cell-drag/month/pointer-edge", pointer_that_waits_at_the_edge_turns_the_month);
  g_test_add_data_func ("/cell-drag/month/pointer", GINT_TO_POINTER (AVA_CALENDAR_MONTH), pointer_drags_from_day_to_day);
  g_test_add_data_func ("/cell-drag/week/pointer", GINT_TO_POINTER (AVA_CALENDAR_WEEK), pointer_drags_from_day_to_day);
  return g_test_run ();
}
