/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-calendar-desk.h"
#include "ava-store-customers.h"
#include "ava-window-private.h"
#include "stage.h"

/* Pictures of what is said before something is done all the same: ghosts over places that warn or refuse, the
 * entry that asks after the drop, the safety gate when somebody comes, the book as it was. Usage: shots-asked FOLDER */

#define HOUR_US ((gint64) 3600 * G_USEC_PER_SEC)

static const struct { const char *name; AdwColorScheme scheme; } looks[] = {
  { "light", ADW_COLOR_SCHEME_FORCE_LIGHT }, { "dark", ADW_COLOR_SCHEME_FORCE_DARK },
};
static const struct { const char *name; int width; gboolean large; } sizes[] = {
  { "wide", 1200, FALSE }, { "narrow", 600, FALSE }, { "large", 1200, TRUE },
};

static const char *folder;

static void
settle (void)
{
  for (guint i = 0; i < 3; i++)
    stage_settle ();
}

/* The ghost lies where the appointment would go, which may be below what is seen. */
static void
scroll_to_ghost (Stage *stage)
{
  GtkWidget *view = GTK_WIDGET (ava_calendar_page_get_view (ava_window_get_calendar (stage->window)));
  GtkWidget *scrolled = gtk_widget_get_ancestor (view, GTK_TYPE_SCROLLED_WINDOW);
  GtkWidget *ghost = gtk_widget_get_last_child (view);
  graphene_rect_t place;

  while (ghost != NULL && !gtk_widget_has_css_class (ghost, "ghost-warned") && !gtk_widget_has_css_class (ghost, "ghost-refused"))
    ghost = gtk_widget_get_prev_sibling (ghost);
  if (ghost == NULL || !gtk_widget_compute_bounds (ghost, view, &place))
    return;
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled)), place.origin.y - 150);
  settle ();
}

static void
shoot (Stage      *stage,
       const char *what)
{
  for (guint i = 0; i < G_N_ELEMENTS (sizes) * G_N_ELEMENTS (looks); i++) {
    guint size = i / G_N_ELEMENTS (looks);
    guint look = i % G_N_ELEMENTS (looks);
    g_autofree char *name = g_strdup_printf ("asked-%s-%s-%s.png", what, looks[look].name, sizes[size].name);
    g_autofree char *path = g_build_filename (folder, name, NULL);

    if (sizes[size].large)
      g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", 96 * 1024 * 3 / 2, NULL);
    if (look == 0) {
      stage_resize (stage, sizes[size].width, 760);
      settle ();   /* what unfolds takes its time */
    }
    scroll_to_ghost (stage);
    adw_style_manager_set_color_scheme (adw_style_manager_get_default (), looks[look].scheme);
    if (stage_shoot (stage->window, path))
      g_print ("%s\n", path);
    else
      g_printerr ("shots-asked: %s stayed empty\n", name);
    gtk_settings_reset_property (gtk_settings_get_default (), "gtk-xft-dpi");
  }
  stage_resize (stage, sizes[0].width, 760);
}

/* --- ghosts --- */

static gboolean
is_checked (gpointer user_data)
{
  return ava_appointment_drag_is_checked (user_data);
}

/* The last of the day that may still be moved. */
static AvaAppointment *
find_last (Stage *stage)
{
  AvaDayBoard *board = ava_day_view_get_board (ava_calendar_page_get_view (ava_window_get_calendar (stage->window)));
  AvaAppointment *last = NULL;

  for (guint i = 0; i < board->items->len; i++) {
    AvaBoardItem *item = &g_array_index (board->items, AvaBoardItem, i);
    AvaAppointment *one = item->kind == AVA_ITEM_APPOINTMENT ? item->subject : NULL;

    if (one != NULL && one->status < AVA_APPOINTMENT_ARRIVED && one->start_us > ava_clock_now_us (stage->clock) + HOUR_US)
      last = one;
  }
  return last;
}

/* Drags on until the book says that of a place. */
static gboolean
drag_to (Stage          *stage,
         AvaVerdictKind  kind)
{
  AvaCalendarPage *page = ava_window_get_calendar (stage->window);
  AvaAppointmentDrag *drag = ava_calendar_page_get_drag (page);
  AvaDayBoard *board = ava_day_view_get_board (ava_calendar_page_get_view (page));

  for (guint column = 0; column < board->columns->len; column++) {
    for (guint step = board->first_step; step < board->last_step; step++) {
      gint64 at_us = ava_day_axis_time (board->axis, ava_day_board_get (board, column)->axis_day, step);

      if (at_us < ava_clock_now_us (stage->clock))
        continue;
      ava_appointment_drag_to (drag, column, at_us);
      if (stage_wait (is_checked, drag, 10) && ava_appointment_drag_get_kind (drag) == kind)
        return TRUE;
    }
  }
  g_printerr ("shots-asked: no place of this day is such that it could be shown\n");
  return FALSE;
}

static void
shoot_ghosts (Stage *stage)
{
  AvaAppointmentDrag *drag = ava_calendar_page_get_drag (ava_window_get_calendar (stage->window));
  AvaAppointment *last = find_last (stage);

  if (last == NULL || !ava_appointment_drag_begin (drag, last, FALSE))
    return;
  if (drag_to (stage, AVA_VERDICT_REFUSED))
    shoot (stage, "refused");
  if (drag_to (stage, AVA_VERDICT_WARNED)) {
    shoot (stage, "warned");
    ava_appointment_drag_drop (drag);
    settle ();
    shoot (stage, "move");
  }
  ava_appointment_drag_cancel (drag);
  g_signal_emit_by_name (ava_window_get_calendar (stage->window), "appointment-selected", NULL);
  settle ();
}

/* --- the safety gate --- */

static gboolean
is_told (gpointer user_data)
{
  return *ava_appointment_panel_get_verdict (user_data) != '\0';
}

static gboolean
has_arrived (gpointer user_data)
{
  AvaAppointment *shown = ava_appointment_panel_get_appointment (user_data);

  return shown != NULL && shown->status == AVA_APPOINTMENT_ARRIVED;
}

/* Who comes is found to be pregnant, and what was booked is not for her. */
static void
shoot_gate (Stage *stage)
{
  const AvaActor actor = { .who = "staff:desk" };
  AvaCalendarDesk *desk = ava_window_get_desk (stage->window);
  AvaCalendarPage *page = ava_calendar_desk_get_page (desk);
  AvaAppointmentPanel *panel = ava_calendar_desk_get_panel (desk);
  GPtrArray *shown = ava_day_view_get_board (ava_calendar_page_get_view (page))->appointments;
  g_autoptr (AvaAppointment) booked = NULL;
  g_autoptr (JsonObject) values = json_object_new ();

  for (guint i = 0; i < shown->len && booked == NULL; i++) {
    AvaAppointment *one = shown->pdata[i];

    if (one->status == AVA_APPOINTMENT_CONFIRMED && g_str_equal (one->service_id, "svc-botox"))
      booked = g_object_ref (one);
  }
  if (booked == NULL) {
    g_printerr ("shots-asked: nobody comes for what could be refused\n");
    return;
  }
  json_object_set_string_member (values, "pregnant", "1");
  ava_store_save_customer_async (ava_context_get_store (stage->context), &actor, booked->customer_id, values, NULL, NULL, NULL);
  ava_book_set_role (ava_calendar_page_get_book (page), AVA_STAFF_ROLE_MEDICAL_DIRECTOR);
  g_signal_emit_by_name (page, "appointment-selected", booked);
  g_signal_emit_by_name (page, "appointment-command", booked, "next-status");
  if (!stage_wait (has_arrived, panel, 10) || !stage_wait (is_told, panel, 10)) {
    g_printerr ("shots-asked: the gate says nothing\n");
    return;
  }
  settle ();
  shoot (stage, "arrived");
  g_signal_emit_by_name (page, "appointment-command", booked, "next-status");
  settle ();
  stage_wait (is_told, panel, 10);
  settle ();
  shoot (stage, "reason");
}

/* --- what has been done --- */

static void
shoot_past (Stage *stage)
{
  AvaCalendarPage *page = ava_window_get_calendar (stage->window);
  AvaPastBar *past = ava_calendar_page_get_past (page);

  g_signal_emit_by_name (page, "appointment-selected", NULL);
  ava_calendar_page_set_moment (page, ava_clock_now_us (stage->clock) - HOUR_US);
  settle ();
  ava_past_bar_scrub (past, ava_past_bar_get_n_events (past) / 2);
  settle ();
  shoot (stage, "past");
  ava_calendar_page_set_moment (page, 0);
}

int
main (int   argc,
      char *argv[])
{
  Stage stage = { 0 };

  folder = argc > 1 ? argv[1] : NULL;
  if (folder == NULL || g_mkdir_with_parents (folder, 0755) != 0) {
    g_printerr ("Usage: shots-asked FOLDER\n");
    return 2;
  }
  argc = 1;
  stage_init (&argc, &argv);
  stage_set_up (&stage);
  stage_resize (&stage, 1200, 760);
  ava_window_show_page (stage.window, "calendar");
  settle ();
  shoot_ghosts (&stage);
  shoot_gate (&stage);
  shoot_past (&stage);
  stage_tear_down (&stage);
  return 0;
}
