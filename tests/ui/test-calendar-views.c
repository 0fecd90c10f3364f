/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stage.h"

#include "ava-calendar-page.h"
#include "ava-hold-ghost.h"
#include "ava-store-customers.h"
#include "ava-wall-time.h"

#include <string.h>

/* The views of the calendar page, on the real desk: Tuesday, December 1, 2026, 10:20 in New York. */

typedef struct {
  Stage stage;
  AvaCalendarPage *page;
  AvaDayView *view;
  AvaSpa *spa;
} Desk;

typedef struct {
  Desk *desk;
  const char *text;
  guint count;
} Wish;

static gboolean
has_chips (gpointer user_data)
{
  return ava_day_view_get_n_chips (user_data) > 0;
}

static void
open_desk (Desk *desk)
{
  memset (desk, 0, sizeof *desk);
  stage_set_up (&desk->stage);
  ava_window_show_page (desk->stage.window, "calendar");
  desk->page = AVA_CALENDAR_PAGE (ava_window_find_page (desk->stage.window, "calendar"));
  desk->view = ava_calendar_page_get_view (desk->page);
  desk->spa = ava_context_get_spa (desk->stage.context);
  g_assert_true (stage_wait (has_chips, desk->view, 10));
  stage_settle ();
}

static void
close_desk (Desk *desk)
{
  stage_tear_down (&desk->stage);
}

static gint64
at (const char *text)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (text, NULL);

  g_assert_nonnull (time);
  return g_date_time_to_unix (time) * G_USEC_PER_SEC;
}

/* As a key that is pressed on the page, before any widget of it gets to see it. */
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

static AvaBoardItem *
find_item (Desk             *desk,
           AvaBoardItemKind  kind,
           guint             number)
{
  AvaDayBoard *board = ava_day_view_get_board (desk->view);

  for (guint i = 0; i < board->items->len; i++) {
    AvaBoardItem *item = &g_array_index (board->items, AvaBoardItem, i);

    if (item->kind == kind && number-- == 0)
      return item;
  }
  return NULL;
}

static int
get_day (Desk *desk)
{
  return g_date_time_get_day_of_year (ava_calendar_page_get_day (desk->page));
}

/* --- views and dates --- */

static gboolean
has_week (gpointer data)
{
  Desk *desk = data;

  return ava_cell_grid_get_n_cells (ava_calendar_page_get_grid (desk->page)) == 7 * desk->spa->providers->len;
}

static void
keys_and_switches_change_the_view (void)
{
  Desk desk;

  open_desk (&desk);
  g_assert_cmpstr (ava_calendar_page_get_title (desk.page), ==, "Today · Tuesday, December 1");
  g_assert_cmpuint (ava_day_view_get_board (desk.view)->columns->len, ==, desk.spa->providers->len);
  gtk_widget_grab_focus (GTK_WIDGET (ava_day_view_step (desk.view, GTK_DIR_DOWN, TRUE)));

  g_assert_true (press (&desk, GDK_KEY_2, 0));
  stage_settle ();
  g_assert_cmpint (ava_calendar_page_get_view_kind (desk.page), ==, AVA_CALENDAR_ROOMS);
  g_assert_cmpuint (ava_day_view_get_board (desk.view)->columns->len, ==, desk.spa->rooms->len);
  g_assert_nonnull (ava_day_board_get (ava_day_view_get_board (desk.view), 0)->room_id);

  ava_day_view_step (desk.view, GTK_DIR_RIGHT, TRUE);
  g_assert_true (press (&desk, GDK_KEY_3, 0));
  g_assert_true (stage_wait (has_week, &desk, 10));
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (ava_calendar_page_get_grid (desk.page))));

  g_assert_true (press (&desk, GDK_KEY_4, 0));   /* the keyboard went to a day of the week */
  stage_settle ();
  g_assert_cmpstr (ava_calendar_page_get_title (desk.page), ==, "December 2026");
  g_assert_cmpuint (ava_cell_grid_get_n_cells (ava_calendar_page_get_grid (desk.page)) % 7, ==, 0);

  g_signal_emit_by_name (stage_find (GTK_WIDGET (desk.page), GTK_TYPE_TOGGLE_BUTTON, "_Day"), "clicked");
  stage_settle ();
  g_assert_cmpint (ava_calendar_page_get_view_kind (desk.page), ==, AVA_CALENDAR_DAY);
  close_desk (&desk);
}

static void
letters_in_a_free_time_are_no_commands (void)
{
  Desk desk;
  AvaBoardItem *free_time;

  open_desk (&desk);
  free_time = find_item (&desk, AVA_ITEM_FREE, 0);
  g_assert_nonnull (ava_day_view_focus (desk.view, free_time->column, free_time->start_us));
  g_assert_false (press (&desk, GDK_KEY_3, 0));
  g_assert_false (press (&desk, GDK_KEY_t, 0));
  g_assert_false (press (&desk, GDK_KEY_m, 0));
  g_assert_cmpint (ava_calendar_page_get_view_kind (desk.page), ==, AVA_CALENDAR_DAY);
  close_desk (&desk);
}

static void
pages_are_days_weeks_or_months (void)
{
  Desk desk;
  int day;

  open_desk (&desk);
  day = get_day (&desk);
  gtk_widget_activate_action (GTK_WIDGET (desk.stage.window), "win.move-days", "i", 1);
  g_assert_cmpint (get_day (&desk), ==, day + 1);
  ava_calendar_page_set_view (desk.page, AVA_CALENDAR_WEEK);
  gtk_widget_activate_action (GTK_WIDGET (desk.stage.window), "win.move-days", "i", -1);
  g_assert_cmpint (get_day (&desk), ==, day - 6);
  ava_calendar_page_set_view (desk.page, AVA_CALENDAR_MONTH);
  gtk_widget_activate_action (GTK_WIDGET (desk.stage.window), "win.move-days", "i", 1);
  g_assert_cmpint (g_date_time_get_month (ava_calendar_page_get_day (desk.page)), ==, 12);
  gtk_widget_activate_action (GTK_WIDGET (desk.stage.window), "win.today", NULL);
  g_assert_cmpint (get_day (&desk), ==, day);
  close_desk (&desk);
}

static void
days_are_gone_to_by_what_people_say (void)
{
  static const struct { const char *phrase; int day; int month; } said[] = {
    { "thu", 3, 12 }, { "dec 5", 5, 12 }, { "in two weeks", 15, 12 }, { "tomorrow", 2, 12 }, { "yesterday", 30, 11 },
  };
  static const char *const nonsense[] = { "february 30", "blue", "<b>", "🙂", "   " };
  Desk desk;
  AvaDateJump *jump;

  open_desk (&desk);
  jump = ava_calendar_page_get_jump (desk.page);
  for (guint i = 0; i < G_N_ELEMENTS (said); i++) {
    ava_date_jump_set_phrase (jump, said[i].phrase);
    if (!ava_date_jump_go (jump))
      g_error ("“%s” is no day: %s", said[i].phrase, ava_date_jump_get_words (jump));
    g_assert_cmpint (g_date_time_get_day_of_month (ava_calendar_page_get_day (desk.page)), ==, said[i].day);
    g_assert_cmpint (g_date_time_get_month (ava_calendar_page_get_day (desk.page)), ==, said[i].month);
    ava_calendar_page_show_time (desk.page, ava_clock_now_us (desk.stage.clock));
  }
  for (guint i = 0; i < G_N_ELEMENTS (nonsense); i++) {
    ava_date_jump_set_phrase (jump, nonsense[i]);
    g_assert_false (ava_date_jump_go (jump));
    g_assert_cmpstr (ava_date_jump_get_words (jump), !=, "");
  }
  g_assert_cmpint (g_date_time_get_day_of_month (ava_calendar_page_get_day (desk.page)), ==, 1);
  close_desk (&desk);
}

static void
day_of_the_month_opens_and_arrows_go_through_the_days (void)
{
  Desk desk;
  AvaCellGrid *month;
  GDate day;

  open_desk (&desk);
  ava_calendar_page_set_view (desk.page, AVA_CALENDAR_MONTH);
  stage_settle ();
  month = ava_calendar_page_get_grid (desk.page);
  g_date_clear (&day, 1);
  g_date_set_dmy (&day, 10, 12, 2026);
  ava_cell_grid_focus_day (month, &day);
  g_assert_nonnull (ava_cell_grid_step (month, GTK_DIR_RIGHT));
  g_assert_true (AVA_IS_DAY_CELL (gtk_root_get_focus (GTK_ROOT (desk.stage.window))));
  g_assert_true (AVA_IS_APPOINTMENT_CHIP (ava_cell_grid_step (month, GTK_DIR_DOWN)));
  g_assert_true (AVA_IS_DAY_CELL (ava_cell_grid_step (month, GTK_DIR_UP)));
  g_assert_true (gtk_widget_activate_action (gtk_root_get_focus (GTK_ROOT (desk.stage.window)), "day.open", NULL));
  stage_settle ();
  g_assert_cmpint (ava_calendar_page_get_view_kind (desk.page), ==, AVA_CALENDAR_DAY);
  g_assert_cmpint (g_date_time_get_day_of_month (ava_calendar_page_get_day (desk.page)), ==, 11);
  close_desk (&desk);
}

/* --- what is shown --- */

static gboolean
has_subtitle (gpointer user_data)
{
  Wish *wish = user_data;

  return strstr (ava_calendar_page_get_subtitle (wish->desk->page), wish->text) != NULL;
}

static void
filters_leave_out_people_and_states (void)
{
  Desk desk;
  AvaCalendarFilter *filter;
  guint all;
  guint few;
  Wish wish = { &desk, "filtered" };

  open_desk (&desk);
  filter = ava_calendar_page_get_filter (desk.page);
  all = ava_day_view_get_n_chips (desk.view);
  ava_calendar_filter_show_status (filter, AVA_APPOINTMENT_CONFIRMED, FALSE);
  stage_settle ();
  few = ava_day_view_get_n_chips (desk.view);
  g_assert_cmpuint (few, <, all);
  g_assert_true (has_subtitle (&wish));
  /* A time is not free because its appointment is not shown. */
  for (guint i = 0; find_item (&desk, AVA_ITEM_CLOSED, i) != NULL; i++) {
    AvaAppointment *hidden = find_item (&desk, AVA_ITEM_CLOSED, i)->subject;

    g_assert_true (hidden == NULL || hidden->status == AVA_APPOINTMENT_CONFIRMED);
  }
  ava_calendar_filter_show_owner (filter, AVA_PROVIDER (desk.spa->providers->pdata[0])->id, FALSE);
  stage_settle ();
  g_assert_cmpuint (ava_day_view_get_board (desk.view)->columns->len, ==, desk.spa->providers->len - 1);
  ava_calendar_filter_reset (filter);
  stage_settle ();
  g_assert_cmpuint (ava_day_view_get_n_chips (desk.view), ==, all);
  g_assert_false (has_subtitle (&wish));
  close_desk (&desk);
}

static gboolean
is_drawn_only (GtkWidget *widget)
{
  return !gtk_widget_get_focusable (widget) || gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (widget)) == GTK_ACCESSIBLE_ROLE_WIDGET;
}

static GtkWidget *
find_child (Desk         *desk,
            AvaBoardItem *item)
{
  AvaBoardColumn *column = ava_day_board_get (ava_day_view_get_board (desk->view), item->column);

  if (item->kind == AVA_ITEM_APPOINTMENT)
    return GTK_WIDGET (ava_day_view_find_chip (desk->view, AVA_APPOINTMENT (item->subject)->id));
  return GTK_WIDGET (ava_day_view_find_slot (desk->view, column->provider_id, column->room_id, item->start_us));
}

static guint
count_labels (GtkWidget *chip)
{
  guint n = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (chip); child != NULL; child = gtk_widget_get_next_sibling (child))
    n += GTK_IS_LABEL (child) && gtk_widget_get_mapped (child);
  return n;
}

static void
everything_drawn_is_in_the_tree_with_a_name (void)
{
  Desk desk;
  AvaDayBoard *board;
  guint n_flags = 0;

  open_desk (&desk);
  board = ava_day_view_get_board (desk.view);
  for (guint i = 0; i < board->items->len; i++) {
    AvaBoardItem *item = &g_array_index (board->items, AvaBoardItem, i);
    GtkWidget *child = find_child (&desk, item);

    g_assert_nonnull (child);
    g_assert_false (is_drawn_only (child));
    gtk_test_accessible_assert_role (child, GTK_ACCESSIBLE_ROLE_BUTTON);
    g_assert_true (gtk_test_accessible_has_property (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_PROPERTY_LABEL));
    if (item->kind == AVA_ITEM_APPOINTMENT && AVA_APPOINTMENT (item->subject)->flags != NULL) {
      /* What must be known of the customer is a child of its own, and part of the sentence. */
      g_assert_cmpuint (count_labels (child), >=, 1);
      g_assert_nonnull (strstr (ava_appointment_chip_get_label (AVA_APPOINTMENT_CHIP (child)), AVA_APPOINTMENT (item->subject)->flags));
      n_flags++;
    }
  }
  g_assert_cmpuint (n_flags, >, 0);
  close_desk (&desk);
}

static void
closed_time_says_why_when_the_keyboard_is_on_it (void)
{
  Desk desk;

  open_desk (&desk);
  /* Elena Ortiz comes at ten, the spa opens at nine. */
  g_assert_nonnull (ava_day_view_focus (desk.view, 1, at ("2026-12-01T09:30:00-05:00")));
  g_assert_cmpstr (ava_day_view_get_hint (desk.view), ==, "Elena Ortiz works from 10:00");
  g_assert_nonnull (ava_day_view_focus (desk.view, 1, at ("2026-12-01T08:30:00-05:00")));
  g_assert_cmpstr (ava_day_view_get_hint (desk.view), ==, "The spa opens at 9:00");
  g_assert_nonnull (ava_day_view_focus (desk.view, 2, at ("2026-12-01T14:00:00-05:00")));
  g_assert_null (ava_day_view_get_hint (desk.view));   /* free */
  g_assert_nonnull (ava_day_view_focus (desk.view, 2, at ("2026-12-01T09:15:00-05:00")));
  g_assert_cmpstr (ava_day_view_get_hint (desk.view), ==, "This time is past");
  close_desk (&desk);
}

static void
change_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaAppointment) changed = ava_book_change_finish (AVA_BOOK (source), result, NULL, &error);

  g_assert_no_error (error);
}

static gboolean
has_arrived (gpointer user_data)
{
  Wish *wish = user_data;
  AvaAppointmentChip *chip = ava_day_view_find_chip (wish->desk->view, wish->text);

  return chip != NULL && ava_appointment_chip_get_appointment (chip)->status == AVA_APPOINTMENT_ARRIVED;
}

static void
what_did_not_change_is_not_made_again (void)
{
  Desk desk;
  g_autofree char *id = NULL;
  AvaBoardItem *item = NULL;
  GtkWidget *other;
  guint n_made;
  Wish wish = { &desk };

  open_desk (&desk);
  for (guint i = 0; item == NULL || AVA_APPOINTMENT (item->subject)->status != AVA_APPOINTMENT_CONFIRMED; i++)
    item = find_item (&desk, AVA_ITEM_APPOINTMENT, i);
  wish.text = id = g_strdup (AVA_APPOINTMENT (item->subject)->id);
  other = find_child (&desk, find_item (&desk, AVA_ITEM_APPOINTMENT, 0));
  n_made = ava_day_view_get_n_made (desk.view);
  ava_book_set_status_async (ava_calendar_page_get_book (desk.page), id, AVA_APPOINTMENT_ARRIVED, change_cb, NULL);
  g_assert_true (stage_wait (has_arrived, &wish, 10));
  g_assert_cmpuint (ava_day_view_get_n_made (desk.view), ==, n_made);
  g_assert_true (find_child (&desk, find_item (&desk, AVA_ITEM_APPOINTMENT, 0)) == other);
  /* Of another day the widgets serve again, as far as there are enough. */
  ava_calendar_page_move (desk.page, 1);
  stage_settle ();
  g_assert_cmpuint (ava_day_view_get_n_made (desk.view), <, n_made + ava_day_view_get_board (desk.view)->items->len / 2);
  close_desk (&desk);
}

/* --- holds --- */

static AvaHoldGhost *
find_ghost (AvaDayView *view)
{
  return AVA_HOLD_GHOST (stage_find (GTK_WIDGET (view), AVA_TYPE_HOLD_GHOST, NULL));
}

static gboolean
has_ghost (gpointer user_data)
{
  return find_ghost (user_data) != NULL;
}

static gboolean
has_no_ghost (gpointer user_data)
{
  return find_ghost (user_data) == NULL;
}

static void
what_ava_holds_is_a_ghost_that_counts_down (void)
{
  Desk desk;
  g_autofree char *before = NULL;

  open_desk (&desk);
  stage_hold (&desk.stage, 2, at ("2026-12-01T12:00:00-05:00"), 90);
  g_assert_true (stage_wait (has_ghost, desk.view, 10));
  before = g_strdup (ava_hold_ghost_get_text (find_ghost (desk.view)));
  g_assert_true (g_str_has_prefix (before, "1:"));
  g_assert_true (gtk_widget_get_focusable (GTK_WIDGET (find_ghost (desk.view))));
  ava_virtual_clock_advance (AVA_VIRTUAL_CLOCK (desk.stage.clock), 50 * G_USEC_PER_SEC);
  ava_day_view_set_now (desk.view, ava_clock_now_us (desk.stage.clock));
  g_assert_true (g_str_has_prefix (ava_hold_ghost_get_text (find_ghost (desk.view)), "0:"));
  /* It goes by itself, though nobody touched the book. */
  ava_virtual_clock_advance (AVA_VIRTUAL_CLOCK (desk.stage.clock), 60 * G_USEC_PER_SEC);
  g_assert_true (stage_wait (has_no_ghost, desk.view, 10));
  close_desk (&desk);
}

/* --- clocks and places --- */

static void
days_on_which_the_clocks_change_have_23_and_25_hours (void)
{
  Desk desk;
  AvaDayBoard *board;

  open_desk (&desk);
  ava_calendar_page_show_time (desk.page, at ("2026-11-01T12:00:00-05:00"));
  stage_settle ();
  board = ava_day_view_get_board (desk.view);
  g_assert_cmpuint (board->axis->steps->len, ==, 100);
  ava_calendar_page_show_time (desk.page, at ("2027-03-14T12:00:00-04:00"));
  stage_settle ();
  board = ava_day_view_get_board (desk.view);
  g_assert_cmpuint (board->axis->steps->len, ==, 92);
  /* The week around it: noon is on one line. */
  ava_calendar_page_set_week_provider (desk.page, AVA_PROVIDER (desk.spa->providers->pdata[0])->id);
  ava_calendar_page_set_view (desk.page, AVA_CALENDAR_WEEK);
  stage_settle ();
  board = ava_day_view_get_board (desk.view);
  g_assert_cmpuint (board->columns->len, ==, 7);
  for (guint i = 1; i < 7; i++) {
    gint64 first_us = ava_wall_time_first (&ava_day_board_get (board, 0)->day, 720, desk.spa->zone);
    gint64 noon_us = ava_wall_time_first (&ava_day_board_get (board, i)->day, 720, desk.spa->zone);

    g_assert_cmpfloat (ava_day_axis_place (board->axis, i, noon_us), ==, ava_day_axis_place (board->axis, 0, first_us));
  }
  close_desk (&desk);
}

static gboolean
has_two_places (gpointer user_data)
{
  return ava_context_get_spa (((Desk *) user_data)->stage.context)->locations->len == 2;
}

/* Another location, three hours behind, with a room and an hour in the morning. */
static void
open_second_location (Desk *desk)
{
  static const char changes[] =
    "[" STAGE_WEST ","
    " {\"table\": \"hours\", \"id\": \"west-tue\", \"before\": null, \"values\": {\"location_id\": \"west\", \"weekday\": 2,"
    "  \"open_min\": 480, \"close_min\": 720}}]";

  stage_change_settings (&desk->stage, changes);
  g_assert_true (stage_wait (has_two_places, desk, 10));
  stage_settle ();
}

static void
each_location_is_shown_in_its_own_zone (void)
{
  Desk desk;
  AvaDayBoard *board;
  Wish wish = { &desk, "PST" };

  open_desk (&desk);
  open_second_location (&desk);
  ava_calendar_page_set_location (desk.page, "west");
  stage_settle ();
  g_assert_true (has_subtitle (&wish));
  ava_calendar_page_set_view (desk.page, AVA_CALENDAR_ROOMS);
  stage_settle ();
  board = ava_day_view_get_board (desk.view);
  g_assert_cmpuint (board->columns->len, ==, 1);
  g_assert_cmpstr (ava_day_board_get (board, 0)->name, ==, "Hill Room");
  /* It opens at eight of its own clock. */
  g_assert_cmpint (ava_day_board_find (board, 0, at ("2026-12-01T08:00:00-08:00"))->kind, ==, AVA_ITEM_FREE);
  g_assert_cmpint (ava_day_board_find (board, 0, at ("2026-12-01T07:45:00-08:00"))->block, ==, AVA_BLOCKED_CLOSED);
  g_assert_cmpuint (ava_day_view_get_n_chips (desk.view), ==, 0);
  ava_calendar_page_set_location (desk.page, NULL);
  ava_calendar_page_set_view (desk.page, AVA_CALENDAR_DAY);
  stage_settle ();
  g_assert_cmpuint (ava_day_view_get_n_chips (desk.view), >, 0);
  close_desk (&desk);
}

static gboolean
has_one_column (gpointer user_data)
{
  AvaDayBoard *board = ava_day_view_get_board (user_data);

  return board != NULL && board->columns->len == 1;
}

static void
narrow_page_shows_one_column_with_a_switcher (void)
{
  Desk desk;
  g_autofree char *first = NULL;

  open_desk (&desk);
  stage_resize (&desk.stage, 600, 700);
  stage_resize (&desk.stage, 600, 700);   /* the bar takes two rows, then the window can be as narrow */
  g_assert_true (stage_wait (has_one_column, desk.view, 10));
  first = g_strdup (ava_day_board_get (ava_day_view_get_board (desk.view), 0)->name);
  g_assert_true (stage_has_text (GTK_WIDGET (desk.page), first));
  ava_day_view_step_to_end (desk.view, FALSE);
  ava_day_view_focus (desk.view, 0, at ("2026-12-01T12:00:00-05:00"));
  ava_day_view_step (desk.view, GTK_DIR_RIGHT, FALSE);
  stage_settle ();
  g_assert_cmpuint (ava_day_view_get_board (desk.view)->columns->len, ==, 1);
  g_assert_cmpstr (ava_day_board_get (ava_day_view_get_board (desk.view), 0)->name, !=, first);
  stage_resize (&desk.stage, 1200, 760);
  stage_settle ();
  g_assert_cmpuint (ava_day_view_get_board (desk.view)->columns->len, ==, desk.spa->providers->len);
  close_desk (&desk);
}

/* --- one that is asked for --- */

static gboolean
is_pointed_at (gpointer user_data)
{
  Wish *wish = user_data;
  AvaAppointmentChip *chip = ava_day_view_find_chip (wish->desk->view, wish->text);
  GtkWidget *scroller = gtk_widget_get_ancestor (GTK_WIDGET (wish->desk->view), GTK_TYPE_SCROLLED_WINDOW);
  graphene_rect_t place;

  return chip != NULL && gtk_widget_has_focus (GTK_WIDGET (chip)) &&
         gtk_widget_compute_bounds (GTK_WIDGET (chip), scroller, &place) && place.origin.y >= 0 && place.origin.x >= 0 &&
         place.origin.y + MIN (place.size.height, 40) <= gtk_widget_get_height (scroller) &&
         place.origin.x + place.size.width <= gtk_widget_get_width (scroller) + 1;
}

static void
appointment_is_shown_wherever_the_page_is (void)
{
  Desk desk;
  AvaAppointment *last = NULL;
  AvaBoardItem *item;
  g_autofree char *provider_id = NULL;
  g_autofree char *id = NULL;
  Wish wish;

  open_desk (&desk);
  stage_resize (&desk.stage, 800, 420);   /* room for one column */
  for (guint i = 0; (item = find_item (&desk, AVA_ITEM_APPOINTMENT, i)) != NULL; i++)
    last = last == NULL || AVA_APPOINTMENT (item->subject)->start_us > last->start_us ? item->subject : last;
  id = g_strdup (last->id);
  provider_id = g_strdup (last->provider_id);
  wish = (Wish) { &desk, id, 0 };
  /* On the day itself, below what is seen. */
  ava_calendar_page_show_appointment (desk.page, id);
  g_assert_true (stage_wait (is_pointed_at, &wish, 10));
  g_assert_cmpstr (ava_calendar_page_get_selected (desk.page)->id, ==, id);
  /* From another month, whose view has no room for it, with its provider left out. */
  ava_calendar_page_set_view (desk.page, AVA_CALENDAR_MONTH);
  ava_calendar_page_move (desk.page, 3);
  ava_calendar_filter_show_owner (ava_calendar_page_get_filter (desk.page), provider_id, FALSE);
  stage_settle ();
  ava_calendar_page_show_appointment (desk.page, id);
  g_assert_true (stage_wait (is_pointed_at, &wish, 10));
  /* Who went on meanwhile is not taken back. */
  ava_calendar_page_show_appointment (desk.page, id);
  ava_calendar_page_move (desk.page, 7);
  stage_settle ();
  stage_settle ();
  g_assert_cmpint (get_day (&desk), ==, 342);
  close_desk (&desk);
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaCustomer) saved = ava_store_customer_change_finish (AVA_STORE (source), result, NULL, &error);

  g_assert_no_error (error);
  *(gboolean *) user_data = TRUE;
}

static gboolean
is_set (gpointer user_data)
{
  return *(gboolean *) user_data;
}

static gboolean
warns (gpointer user_data)
{
  Wish *wish = user_data;
  AvaAppointmentChip *chip = ava_day_view_find_chip (wish->desk->view, wish->text);
  const char *label = chip != NULL ? ava_appointment_chip_get_label (chip) : "";

  return strstr (label, "Do not book: Unpaid fee") != NULL && strstr (label, "Takes: warfarin") != NULL && strstr (label, "VIP") != NULL;
}

/* Whether that word stands on the chip, or a sign for what finds no room. */
static gboolean
bears (Desk       *desk,
       const char *id,
       const char *word)
{
  GtkWidget *chip = GTK_WIDGET (ava_day_view_find_chip (desk->view, id));

  return stage_find (chip, GTK_TYPE_LABEL, word) != NULL;
}

static void
warnings_stand_on_the_appointment_now_and_in_the_past (void)
{
  const AvaActor actor = { .who = "staff:desk" };
  g_autoptr (JsonObject) values = json_object_new ();
  Desk desk;
  AvaAppointment *shown;
  g_autofree char *id = NULL;
  gboolean saved = FALSE;
  Wish wish;

  open_desk (&desk);
  shown = find_item (&desk, AVA_ITEM_APPOINTMENT, 0)->subject;
  id = g_strdup (shown->id);
  wish = (Wish) { &desk, id, 0 };
  json_object_set_string_member (values, "medicines", "warfarin");
  json_object_set_string_member (values, "do_not_book", "Unpaid fee");
  json_object_set_string_member (values, "vip", "1");
  ava_store_save_customer_async (ava_context_get_store (desk.stage.context), &actor, shown->customer_id, values, NULL, saved_cb, &saved);
  g_assert_true (stage_wait (is_set, &saved, 10));
  g_assert_true (stage_wait (warns, &wish, 10));
  stage_settle ();
  g_assert_true (bears (&desk, id, "Do not book") || bears (&desk, id, "!"));
  shown = ava_appointment_chip_get_appointment (ava_day_view_find_chip (desk.view, id));
  g_assert_nonnull (strstr (shown->clinical, "Takes: warfarin"));
  g_assert_null (strstr (shown->clinical, "VIP"));
  g_assert_null (strstr (shown->clinical, "Do not book"));
  ava_virtual_clock_advance (AVA_VIRTUAL_CLOCK (desk.stage.clock), 60 * G_USEC_PER_SEC);
  ava_calendar_page_set_moment (desk.page, ava_clock_now_us (desk.stage.clock) - G_USEC_PER_SEC);
  stage_settle ();
  g_assert_nonnull (strstr (ava_calendar_page_get_subtitle (desk.page), "read only"));
  g_assert_true (stage_wait (warns, &wish, 10));
  close_desk (&desk);
}

/* --- Little room, large text --- */

static guint
count_cut (GtkWidget *from,
           guint     *drawn)
{
  guint cut = 0;

  if (AVA_IS_APPOINTMENT_CHIP (from) && gtk_widget_get_mapped (from) && gtk_widget_get_child_visible (from)) {
    ++*drawn;
    cut = ava_appointment_chip_is_cut (AVA_APPOINTMENT_CHIP (from));
    if (cut > 0)
      g_test_message ("Cut: %s", ava_appointment_chip_get_label (AVA_APPOINTMENT_CHIP (from)));
  }
  for (GtkWidget *child = gtk_widget_get_first_child (from); child != NULL; child = gtk_widget_get_next_sibling (child))
    cut += count_cut (child, drawn);
  return cut;
}

static void
picture (Desk       *desk,
         const char *name)
{
  g_autofree char *path = g_getenv ("AVA_PICTURES") != NULL ? g_strdup_printf ("%s/%s.png", g_getenv ("AVA_PICTURES"), name) : NULL;

  if (path != NULL)   /* somebody wants to look at it */
    stage_shoot (desk->stage.window, path);
}

/* A surname stays whole beside the time and the sign, in each view; where not, the time makes room for it. */
static void
surnames_stay_whole_where_text_is_large (void)
{
  static const struct { const char *name; AvaCalendarView view; gboolean person; } views[] = {
    { "day", AVA_CALENDAR_DAY, FALSE }, { "rooms", AVA_CALENDAR_ROOMS, FALSE }, { "week", AVA_CALENDAR_WEEK, FALSE },
    { "person", AVA_CALENDAR_WEEK, TRUE },
  };
  Desk desk;

  open_desk (&desk);
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", 96 * 1024 * 3 / 2, NULL);
  stage_resize (&desk.stage, 600, 760);
  for (guint i = 0; i < G_N_ELEMENTS (views); i++) {
    guint drawn = 0;
    guint cut;

    ava_calendar_page_set_week_provider (desk.page, views[i].person ? "prov-ortiz" : NULL);
    ava_calendar_page_set_view (desk.page, views[i].view);
    stage_settle ();
    picture (&desk, views[i].name);
    g_assert_true (stage_has_text (GTK_WIDGET (desk.page), "Linden Room") == (views[i].view == AVA_CALENDAR_ROOMS));
    cut = count_cut (GTK_WIDGET (desk.page), &drawn);
    g_test_message ("%s: %u of %u are cut", views[i].name, cut, drawn);
    g_assert_cmpuint (drawn, >, 3);
    g_assert_cmpuint (cut, ==, 0);
  }
  gtk_settings_reset_property (gtk_settings_get_default (), "gtk-xft-dpi");
  close_desk (&desk);
}

int
main (int   argc,
      char *argv[])
{
  stage_init (&argc, &argv);
  g_test_add_func ("/calendar-views/switch", keys_and_switches_change_the_view);
  g_test_add_func ("/calendar-views/letters", letters_in_a_free_time_are_no_commands);
  g_test_add_func ("/calendar-views/pages", pages_are_days_weeks_or_months);
  g_test_add_func ("/calendar-views/phrases", days_are_gone_to_by_what_people_say);
  g_test_add_func ("/calendar-views/month", day_of_the_month_opens_and_arrows_go_through_the_days);
  g_test_add_func ("/calendar-views/filters", filters_leave_out_people_and_states);
  g_test_add_func ("/calendar-views/tree", everything_drawn_is_in_the_tree_with_a_name);
  g_test_add_func ("/calendar-views/why", closed_time_says_why_when_the_keyboard_is_on_it);
  g_test_add_func ("/calendar-views/reuse", what_did_not_change_is_not_made_again);
  g_test_add_func ("/calendar-views/holds", what_ava_holds_is_a_ghost_that_counts_down);
  g_test_add_func ("/calendar-views/clock-change", days_on_which_the_clocks_change_have_23_and_25_hours);
  g_test_add_func ("/calendar-views/locations", each_location_is_shown_in_its_own_zone);
  g_test_add_func ("/calendar-views/shown-by-id", appointment_is_shown_wherever_the_page_is);
  g_test_add_func ("/calendar-views/warnings", warnings_stand_on_the_appointment_now_and_in_the_past);
  g_test_add_func ("/calendar-views/large", surnames_stay_whole_where_text_is_large);
  g_test_add_func ("/calendar-views/narrow", narrow_page_shows_one_column_with_a_switcher);
  return g_test_run ();
}
