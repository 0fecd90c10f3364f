/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-calendar-page.h"
#include "ava-hearing-window.h"
#include "ava-live-page.h"
#include "ava-customers-page.h"
#include "shots-customers.h"
#include "stage.h"

/* Pictures of every page, light and dark, wide and narrow, during a real simulated call.
 * Usage: shots FOLDER [calendar|customers] */

static const struct { const char *name; int width; int height; } sizes[] = {
  { "wide", 1200, 760 }, { "narrow", 600, 760 }, { "phone", 360, 680 },
};
static const struct { const char *name; AdwColorScheme scheme; } looks[] = {
  { "light", ADW_COLOR_SCHEME_FORCE_LIGHT }, { "dark", ADW_COLOR_SCHEME_FORCE_DARK },
};

static void
shoot (Stage      *stage,
       const char *folder,
       const char *page,
       const char *look,
       const char *size)
{
  g_autofree char *name = g_strdup_printf ("%s-%s-%s.png", page, look, size);
  g_autofree char *path = g_build_filename (folder, name, NULL);

  if (stage_shoot (stage->window, path))
    g_print ("%s\n", path);
  else
    g_printerr ("shots: %s stayed empty\n", name);
}

static void
shoot_all (Stage      *stage,
           const char *folder,
           const char *page)
{
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++) {
    stage_resize (stage, sizes[i].width, sizes[i].height);
    for (guint j = 0; j < G_N_ELEMENTS (looks); j++) {
      adw_style_manager_set_color_scheme (adw_style_manager_get_default (), looks[j].scheme);
      shoot (stage, folder, page, looks[j].name, sizes[i].name);
    }
  }
  stage_resize (stage, sizes[0].width, sizes[0].height);
}

/* Wide and light only, in looks that show whether sizes and sides were assumed. */
static void
shoot_looks (Stage      *stage,
             const char *folder)
{
  static const char *const names[] = { "live", "calendar", "customers", "settings" };

  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), ADW_COLOR_SCHEME_FORCE_LIGHT);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    ava_window_show_page (stage->window, names[i]);
    g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", 96 * 1024 * 3 / 2, NULL);
    shoot (stage, folder, names[i], "light", "large");
    gtk_settings_reset_property (gtk_settings_get_default (), "gtk-xft-dpi");
    gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
    shoot (stage, folder, names[i], "light", "rtl");
    gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
  }
}

/* With large text, where there is room and where there is little. */
static void
shoot_large (Stage      *stage,
             const char *folder,
             const char *page)
{
  static const struct { const char *name; int width; int height; } larges[] = { { "large", 1200, 760 }, { "large-narrow", 600, 760 } };

  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", 96 * 1024 * 3 / 2, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (larges); i++) {
    stage_resize (stage, larges[i].width, larges[i].height);
    for (guint j = 0; j < G_N_ELEMENTS (looks); j++) {
      adw_style_manager_set_color_scheme (adw_style_manager_get_default (), looks[j].scheme);
      shoot (stage, folder, page, looks[j].name, larges[i].name);
    }
  }
  gtk_settings_reset_property (gtk_settings_get_default (), "gtk-xft-dpi");
  stage_resize (stage, sizes[0].width, sizes[0].height);
}

/* --- the calendar --- */

static void
shoot_drag (Stage           *stage,
            const char      *folder,
            AvaCalendarPage *page)
{
  AvaDayView *view = ava_calendar_page_get_view (page);
  AvaAppointmentDrag *drag = ava_calendar_page_get_drag (page);
  AvaDayBoard *board = ava_day_view_get_board (view);
  AvaAppointment *first = NULL;
  AvaAppointment *last = NULL;

  for (guint i = 0; i < board->items->len; i++) {
    AvaBoardItem *item = &g_array_index (board->items, AvaBoardItem, i);

    if (item->kind != AVA_ITEM_APPOINTMENT || AVA_APPOINTMENT (item->subject)->status >= AVA_APPOINTMENT_DONE)
      continue;
    if (first == NULL && item->start_us > ava_clock_now_us (stage->clock) + (gint64) 3600 * G_USEC_PER_SEC)
      first = item->subject;
    last = item->subject;
  }
  if (first == NULL || !ava_appointment_drag_begin (drag, last, FALSE))
    return;
  ava_appointment_drag_to (drag, 0, first->start_us);
  shoot (stage, folder, "calendar-refused", "light", "wide");
  ava_appointment_drag_cancel (drag);
}

static gboolean
is_known (gpointer user_data)
{
  return ava_cell_drag_is_checked (user_data);
}

/* Dragged in the month, or the week of everyone, to a day that can be had, and to one that cannot. */
static void
shoot_cell_drag (Stage           *stage,
                 const char      *folder,
                 AvaCalendarPage *page,
                 const char      *name)
{
  AvaCellGrid *grid = ava_calendar_page_get_grid (page);
  AvaCellDrag *drag = ava_calendar_page_get_cell_drag (page);
  GPtrArray *shown = ava_day_view_get_board (ava_calendar_page_get_view (page))->appointments;
  gboolean done[2] = { FALSE, FALSE };
  guint at = 0;

  while (at < shown->len && !ava_cell_drag_begin (drag, shown->pdata[at]))
    at++;
  for (guint i = 10; i < ava_cell_grid_get_n_cells (grid) && !(done[0] && done[1]); i++) {
    gboolean refused;
    g_autofree char *full = NULL;

    ava_cell_drag_to (drag, i);
    if (!stage_wait (is_known, drag, 5))
      continue;
    refused = ava_cell_drag_get_words (drag) != NULL;
    full = g_strconcat (name, refused ? "-refused" : "-drag", NULL);
    if (!done[refused])
      shoot (stage, folder, full, "light", "wide");
    done[refused] = TRUE;
  }
  ava_cell_drag_cancel (drag);
}

static gboolean
is_for_two (gpointer user_data)
{
  Stage *stage = user_data;

  return ava_spa_find_room (ava_context_get_spa (stage->context), "room-1")->capacity == 2;
}

static void
make_for_two (Stage      *stage,
              const char *room_id)
{
  g_autofree char *json = g_strdup_printf ("[{\"table\":\"rooms\",\"id\":\"%s\",\"before\":{\"version\":1},\"values\":{\"capacity\":2}}]", room_id);

  stage_change_settings (stage, json);
  stage_wait (is_for_two, stage, 5);
  stage_settle ();
}

static void
shoot_calendar (Stage      *stage,
                const char *folder)
{
  AvaSpa *spa = ava_context_get_spa (stage->context);
  AvaCalendarPage *page;

  ava_window_show_page (stage->window, "calendar");
  page = AVA_CALENDAR_PAGE (ava_window_find_page (stage->window, "calendar"));
  /* A time that Ava holds for a caller, as it happens while she offers it. */
  stage_hold (stage, spa->providers->len - 1, ava_clock_now_us (stage->clock) + (gint64) 2 * 3600 * G_USEC_PER_SEC, 600);
  shoot_all (stage, folder, "calendar");
  shoot_large (stage, folder, "calendar");
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), ADW_COLOR_SCHEME_FORCE_LIGHT);
  shoot_drag (stage, folder, page);
  ava_day_view_step (ava_calendar_page_get_view (page), GTK_DIR_DOWN, TRUE);
  ava_day_view_step_to_end (ava_calendar_page_get_view (page), FALSE);
  shoot (stage, folder, "calendar-hint", "light", "wide");
  ava_calendar_page_set_view (page, AVA_CALENDAR_ROOMS);
  shoot_all (stage, folder, "calendar-rooms");
  shoot_large (stage, folder, "calendar-rooms");
  make_for_two (stage, "room-1");
  spa = ava_context_get_spa (stage->context);
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), ADW_COLOR_SCHEME_FORCE_LIGHT);
  shoot (stage, folder, "calendar-places", "light", "wide");
  ava_calendar_page_set_view (page, AVA_CALENDAR_WEEK);
  shoot_all (stage, folder, "calendar-week");
  shoot_large (stage, folder, "calendar-week");
  ava_calendar_page_set_week_provider (page, AVA_PROVIDER (spa->providers->pdata[1])->id);
  shoot_all (stage, folder, "calendar-person");
  shoot_large (stage, folder, "calendar-person");
  ava_calendar_page_set_week_provider (page, NULL);
  ava_calendar_page_set_view (page, AVA_CALENDAR_MONTH);
  shoot_all (stage, folder, "calendar-month");
  shoot_large (stage, folder, "calendar-month");
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), ADW_COLOR_SCHEME_FORCE_LIGHT);
  shoot_cell_drag (stage, folder, page, "calendar-month");
  ava_calendar_page_set_view (page, AVA_CALENDAR_WEEK);
  stage_settle ();
  shoot_cell_drag (stage, folder, page, "calendar-week");
  ava_calendar_page_set_view (page, AVA_CALENDAR_DAY);
  stage_settle ();
  ava_calendar_page_set_moment (page, ava_clock_now_us (stage->clock) - (gint64) 3600 * G_USEC_PER_SEC);
  shoot_all (stage, folder, "calendar-past");
  ava_calendar_page_set_moment (page, 0);
}

static gboolean
is_half_way (gpointer user_data)
{
  AvaCallSession *session = user_data;

  return ava_call_session_get_state (session) == AVA_CALL_ENDED ||
         (ava_call_session_get_card (session)->values[AVA_CARD_NAME] != NULL &&
          ava_call_session_get_agent_state (session) == AVA_AGENT_SPEAKING);
}

static gboolean
has_customers (gpointer user_data)
{
  GListModel *rows = G_LIST_MODEL (ava_customers_page_get_selection (user_data));
  g_autoptr (AvaCustomer) second = g_list_model_get_item (rows, 1);

  return second != NULL && second->name != NULL;
}

static void
wait_seconds (guint seconds)
{
  gint64 until_us = g_get_monotonic_time () + seconds * G_USEC_PER_SEC;

  while (g_get_monotonic_time () < until_us)
    g_main_context_iteration (NULL, TRUE);
}

static void
shoot_panel (GtkWidget  *panel,
             const char *folder,
             const char *what)
{
  for (guint i = 0; i < G_N_ELEMENTS (looks); i++) {
    g_autofree char *name = g_strdup_printf ("hearing-%s-%s.png", what, looks[i].name);
    g_autofree char *path = g_build_filename (folder, name, NULL);

    adw_style_manager_set_color_scheme (adw_style_manager_get_default (), looks[i].scheme);
    if (stage_shoot_widget (panel, path))
      g_print ("%s\n", path);
  }
}

/* The panel of speech detection, while a call is heard. */
static void
shoot_hearing (Stage      *stage,
               const char *folder)
{
  AvaHearingWindow *panel = ava_hearing_window_new (GTK_WINDOW (stage->window), ava_context_get_hearing (stage->context));

  gtk_window_present (GTK_WINDOW (panel));
  wait_seconds (6);
  shoot_panel (GTK_WIDGET (panel), folder, "call");
  gtk_window_close (GTK_WINDOW (panel));
}

static void
scroll_down (GtkWidget *scrolled)
{
  GtkAdjustment *place = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled));

  gtk_adjustment_set_value (place, gtk_adjustment_get_upper (place));
  wait_seconds (1);
}

/* The whole panel after a test, for which a recorded call is the microphone, and a measurement. */
static void
shoot_hearing_test (Stage      *stage,
                    const char *folder,
                    AvaCall    *record)
{
  AvaHearing *hearing = ava_context_get_hearing (stage->context);
  AvaHearingWindow *panel = ava_hearing_window_new (GTK_WINDOW (stage->window), hearing);
  g_autofree char *source = g_strdup_printf ("filesrc location=%s/recordings/%s ! wavparse ! identity sync=true",
                                             stage->folder, record->recording);

  g_setenv ("AVA_AUDIO_SRC", source, TRUE);
  g_setenv ("AVA_AUDIO_SINK", "fakesink sync=true", TRUE);
  gtk_window_set_default_size (GTK_WINDOW (panel), 640, 1380);
  gtk_window_present (GTK_WINDOW (panel));
  gtk_widget_activate (stage_find (GTK_WIDGET (panel), GTK_TYPE_BUTTON, "_Measure"));
  gtk_widget_activate (stage_find (GTK_WIDGET (panel), GTK_TYPE_BUTTON, "_Test the Microphone"));
  wait_seconds (12);
  ava_hearing_stop_test (hearing);
  shoot_panel (GTK_WIDGET (panel), folder, "test");
  gtk_window_set_default_size (GTK_WINDOW (panel), 360, 680);
  wait_seconds (1);
  shoot_panel (GTK_WIDGET (panel), folder, "phone");
  scroll_down (stage_find (GTK_WIDGET (panel), GTK_TYPE_SCROLLED_WINDOW, NULL));
  shoot_panel (GTK_WIDGET (panel), folder, "phone-end");
  gtk_window_close (GTK_WINDOW (panel));
  g_unsetenv ("AVA_AUDIO_SRC");
  g_unsetenv ("AVA_AUDIO_SINK");
}

static gboolean
is_over (gpointer user_data)
{
  return ava_call_session_get_state (user_data) == AVA_CALL_ENDED;
}

static int
shoot_call (Stage      *stage,
            const char *folder)
{
  g_autofree char *path = stage_find_caller ("01-sam-books-botox.caller");
  g_autoptr (GError) error = NULL;
  AvaCallSession *borrowed = ava_context_start_call (stage->context, path, &error);
  g_autoptr (AvaCallSession) session = borrowed != NULL ? g_object_ref (borrowed) : NULL;
  const char *booked;

  if (session == NULL) {
    g_printerr ("shots: %s\n", error->message);
    return 1;
  }
  ava_window_show_page (stage->window, "live");
  stage_wait (is_half_way, session, 120);
  shoot_all (stage, folder, "call");
  shoot_hearing (stage, folder);
  if (!stage_wait (is_over, session, 180))
    ava_call_session_end (session);
  shoot_all (stage, folder, "summary");
  shoot_hearing_test (stage, folder, ava_call_session_get_record (session));
  booked = ava_call_session_get_card (session)->appointment_id;
  if (booked != NULL)
    gtk_widget_activate_action (GTK_WIDGET (stage->window), "win.show-appointment", "s", booked);
  shoot_all (stage, folder, "booked");
  return booked != NULL ? 0 : 1;
}

static void
shoot_customers (Stage      *stage,
                 const char *folder)
{
  AvaCustomersPage *customers;

  ava_window_show_page (stage->window, "customers");
  customers = AVA_CUSTOMERS_PAGE (ava_window_find_page (stage->window, "customers"));
  stage_wait (has_customers, customers, 20);
  gtk_selection_model_select_item (ava_customers_page_get_selection (customers), 1, TRUE);
  shoot_all (stage, folder, "customers");
  shots_customers (stage, customers, folder);
}

static const struct {
  const char *name;
  void (*shoot) (Stage      *stage,
                 const char *folder);
} parts[] = {
  { "calendar", shoot_calendar },
  { "customers", shoot_customers },
};

int
main (int   argc,
      char *argv[])
{
  Stage stage = { 0 };
  const char *folder = argc > 1 ? argv[1] : NULL;
  const char *only = argc > 2 ? argv[2] : NULL;
  int status = 0;

  if (folder == NULL || g_mkdir_with_parents (folder, 0755) != 0) {
    g_printerr ("Usage: shots FOLDER [calendar|customers]\n");
    return 2;
  }
  argc = 1;
  stage_init (&argc, &argv);
  stage_set_up (&stage);
  if (only == NULL)
    shoot_all (&stage, folder, "live");
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++) {
    if (only == NULL || g_str_equal (only, parts[i].name))
      parts[i].shoot (&stage, folder);
  }
  if (only == NULL) {
    shoot_looks (&stage, folder);
    status = shoot_call (&stage, folder);
  }
  stage_tear_down (&stage);
  return status;
}
