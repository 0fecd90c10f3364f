/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stage.h"

#include "ava-calendar-files.h"
#include "ava-import-window.h"
#include "ava-store-changes.h"
#include "ava-store-import.h"
#include "ava-store-waitlist.h"
#include "ava-undo-bar.h"
#include "ava-waitlist-window.h"
#include "ava-window-private.h"

#include <glib/gstdio.h>
#include <string.h>

/* The day on paper, and a table that is looked at before it is taken, in the real window. */

typedef struct {
  const char *path;
  GtkWidget *widget;
  const char *text;
} Wish;

static gboolean
is_written (gpointer user_data)
{
  g_autofree char *text = NULL;
  gsize length;

  return g_file_get_contents (((Wish *) user_data)->path, &text, &length, NULL) && length > 10 && memcmp (text + length - 6, "%%EOF", 5) == 0;
}

static gboolean
has_text (gpointer user_data)
{
  Wish *wish = user_data;

  return stage_has_text (wish->widget, wish->text);
}

static void
open_calendar (Stage            *stage,
               AvaCalendarPage **page)
{
  stage_set_up (stage);
  ava_window_show_page (stage->window, "calendar");
  *page = AVA_CALENDAR_PAGE (ava_window_find_page (stage->window, "calendar"));
  stage_settle ();
}

static void
day_is_printed_as_the_pdf_is (void)
{
  g_autofree char *folder = g_dir_make_tmp ("ava-print-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "day.pdf", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GSubprocess) reader = NULL;
  g_autoptr (GError) error = NULL;
  Stage stage = { 0 };
  Wish wish = { .path = path };
  AvaCalendarPage *page;

  open_calendar (&stage, &page);
  ava_calendar_files_print (page, stage.context, GTK_PRINT_OPERATION_ACTION_EXPORT, path);
  g_assert_true (stage_wait (is_written, &wish, 20));
  reader = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, "pdftotext", "-layout", path, "-", NULL);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_communicate_utf8 (reader, NULL, NULL, &text, NULL, &error));
  g_assert_nonnull (strstr (text, "Tuesday, December 1, 2026"));
  g_assert_nonnull (strstr (text, "Willow & Sage Med Spa"));
  g_assert_nonnull (strstr (text, "Page 1 of"));
  g_unlink (path);
  g_rmdir (folder);
  stage_tear_down (&stage);
}

static void
table_is_shown_before_it_is_taken (void)
{
  static const char table[] =
    "date,time,service,provider,name,phone\n"
    "2027-02-02,11:00,Botox,Elena Ortiz,Zora Quill,+12125550123\n"
    "2027-02-02,14:00,Botox,Elena Ortiz,<b>Max</b> & Co,+12125550124\n"
    "2026-02-31,11:00,Botox,,Ann Lee,+12125550125\n";
  g_autoptr (GBytes) contents = g_bytes_new_static (table, sizeof table - 1);
  Stage stage = { 0 };
  Wish wish = { 0 };
  AvaCalendarPage *page;
  GtkWindow *window;
  GtkWidget *button;

  open_calendar (&stage, &page);
  window = ava_import_window_new (stage.context, "bookings.csv", contents, FALSE, NULL);
  gtk_window_present (window);
  wish.widget = GTK_WIDGET (window);
  wish.text = "2 new, 0 changed, 0 unchanged, 1 left out. Nothing is written yet.";
  g_assert_true (stage_wait (has_text, &wish, 10));
  g_assert_true (stage_has_text (wish.widget, "Zora Quill"));
  g_assert_true (stage_has_text (wish.widget, "<b>Max</b> & Co"));
  g_assert_true (stage_has_text (wish.widget, "line 4: “2026-02-31” is no day; write it like 2026-12-01."));
  button = stage_find (wish.widget, GTK_TYPE_BUTTON, "_Import");
  g_assert_nonnull (button);
  g_assert_true (gtk_widget_get_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
  wish.text = "Imported: 2 new, 0 changed, 0 unchanged, 1 left out.";
  g_assert_true (stage_wait (has_text, &wish, 10));
  gtk_window_destroy (window);
  stage_settle ();
  stage_tear_down (&stage);
}

/* --- taken back --- */

static GtkWindow *
rehearse (Stage      *stage,
          Wish       *wish,
          const char *file,
          gboolean    calendar,
          const char *words)
{
  g_autoptr (GBytes) contents = g_bytes_new_static (file, strlen (file));
  GtkWindow *window = ava_import_window_new (stage->context, calendar ? "leave.ics" : "bookings.csv", contents, calendar, NULL);

  gtk_window_present (window);
  wish->widget = GTK_WIDGET (window);
  if (calendar)
    adw_combo_row_set_selected (ADW_COMBO_ROW (stage_find (wish->widget, ADW_TYPE_COMBO_ROW, NULL)), 2);
  wish->text = words;
  if (!stage_wait (has_text, wish, 10))
    g_error ("“%s” is not told", words);
  return window;
}

static gboolean
says_undone (gpointer user_data)
{
  return g_str_has_prefix (ava_undo_bar_get_words (user_data), "Undone: ");
}

/* By keyboard: the window goes with Escape, Ctrl+U goes to the offer, Enter takes it; then all of the file is new again. */
static void
import_and_take_back (Stage      *stage,
                      const char *file,
                      gboolean    calendar,
                      const char *words,
                      const char *told)
{
  Wish wish = { 0 };
  GtkWindow *window = rehearse (stage, &wish, file, calendar, words);
  AvaUndoBar *bar = stage->window->undo_bar;

  gtk_widget_activate (stage_find (wish.widget, GTK_TYPE_BUTTON, "_Import"));
  wish.text = told;
  g_assert_true (stage_wait (has_text, &wish, 10));
  g_assert_true (gtk_widget_activate_action (wish.widget, "window.close", NULL));
  stage_settle ();
  g_assert_true (ava_undo_bar_is_shown (bar));
  g_assert_true (g_str_has_prefix (ava_undo_bar_get_words (bar), "Imported: "));
  gtk_widget_activate_action (GTK_WIDGET (stage->window), "win.focus-undo", NULL);
  window = GTK_WINDOW (stage->window);
  g_assert_true (gtk_window_get_focus (window) == stage_find (GTK_WIDGET (bar), GTK_TYPE_BUTTON, "_Undo"));
  gtk_widget_activate (gtk_window_get_focus (window));
  g_assert_true (stage_wait (says_undone, bar, 10));
  window = rehearse (stage, &wish, file, calendar, words);
  gtk_window_destroy (window);
  stage_settle ();
}

static void
import_is_taken_back_at_once_by_keyboard (void)
{
  static const char table[] =
    "date,time,service,provider,name,phone\n"
    "2027-02-02,11:00,Botox,Elena Ortiz,Zora Quill,+12125550123\n"
    "2027-02-02,12:00,Botox,Elena Ortiz,Zora Quill,+12125550123\n"
    "2027-02-02,14:00,Botox,Elena Ortiz,Max Co,+12125550124\n";
  static const char leave[] =
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test\r\n"
    "BEGIN:VEVENT\r\nUID:a@x\r\nDTSTAMP:20261201T000000Z\r\nDTSTART:20270202T150000Z\r\nDTEND:20270202T160000Z\r\nSUMMARY:Dentist\r\nEND:VEVENT\r\n"
    "BEGIN:VEVENT\r\nUID:b@x\r\nDTSTAMP:20261201T000000Z\r\nDTSTART:20270203T150000Z\r\nDTEND:20270203T160000Z\r\nSUMMARY:School\r\nEND:VEVENT\r\n"
    "END:VCALENDAR\r\n";
  Stage stage = { 0 };
  AvaCalendarPage *page;

  open_calendar (&stage, &page);
  import_and_take_back (&stage, table, FALSE, "3 new, 0 changed, 0 unchanged, 0 left out. Nothing is written yet.",
                        "Imported: 3 new, 0 changed, 0 unchanged, 0 left out.");
  import_and_take_back (&stage, leave, TRUE, "2 new, 0 changed, 0 unchanged, 0 left out. Nothing is written yet.",
                        "Imported: 2 new, 0 changed, 0 unchanged, 0 left out.");
  stage_tear_down (&stage);
}

static void
result_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static gboolean
is_there (gpointer user_data)
{
  return *(GAsyncResult **) user_data != NULL;
}

static AvaWaitlistEntry *
join (Stage      *stage,
      const char *location_id)
{
  const AvaActor actor = { .who = "ava" };
  const AvaWaitlistWish wish = {
    .customer_name = "Zora <Quill>", .phone = "+12125550123", .service_id = "svc-botox", .provider_id = "prov-ortiz", .location_id = location_id,
  };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  AvaWaitlistEntry *entry;

  ava_store_join_waitlist_async (ava_context_get_store (stage->context), &actor, &wish, NULL, result_cb, &result);
  g_assert_true (stage_wait (is_there, &result, 10));
  entry = ava_store_join_waitlist_finish (ava_context_get_store (stage->context), result, &error);
  g_assert_no_error (error);
  return entry;
}

static gboolean
has_button (gpointer user_data)
{
  Wish *wish = user_data;

  return stage_find (wish->widget, GTK_TYPE_BUTTON, wish->text) != NULL;
}

static void
press (Wish       *wish,
       const char *label)
{
  wish->text = label;
  g_assert_true (stage_wait (has_button, wish, 10));
  g_signal_emit_by_name (stage_find (wish->widget, GTK_TYPE_BUTTON, label), "clicked");
}

static void
who_waits_is_offered_a_time_and_booked (void)
{
  Stage stage = { 0 };
  Wish wish = { 0 };
  AvaCalendarPage *page;
  GtkWindow *window;
  g_autoptr (AvaWaitlistEntry) entry = NULL;

  open_calendar (&stage, &page);
  entry = join (&stage, NULL);
  window = ava_waitlist_window_new (stage.context);
  gtk_window_present (window);
  wish.widget = GTK_WIDGET (window);
  wish.text = "Zora <Quill> · Botox";
  g_assert_true (stage_wait (has_text, &wish, 10));
  stage_settle ();
  if (g_getenv ("AVA_PICTURE") != NULL)   /* somebody wants to look at it */
    stage_shoot_widget (wish.widget, g_getenv ("AVA_PICTURE"));
  press (&wish, "_Offer");
  press (&wish, "_Book");
  wish.text = "Nobody Waits";
  g_assert_true (stage_wait (has_text, &wish, 10));
  gtk_window_destroy (window);
  stage_settle ();
  stage_tear_down (&stage);
}

/* Of several lines and sentences only a part is known. */
static gboolean
has_part (GtkWidget  *from,
          const char *part)
{
  gboolean found = GTK_IS_LABEL (from) && gtk_widget_get_mapped (from) && strstr (gtk_label_get_text (GTK_LABEL (from)), part) != NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (from); child != NULL && !found; child = gtk_widget_get_next_sibling (child))
    found = has_part (child, part);
  return found;
}

static gboolean
has_words (gpointer user_data)
{
  Wish *wish = user_data;

  return has_part (wish->widget, wish->text);
}

static gboolean
has_two_places (gpointer user_data)
{
  return ava_context_get_spa (((Stage *) user_data)->context)->locations->len == 2;
}

/* West opens at eight of its clock, eleven in New York, with Elena Ortiz; nobody else is there. */
static void
who_waits_says_where_and_is_offered_a_time_there (void)
{
  Stage stage = { 0 };
  Wish wish = { 0 };
  AvaCalendarPage *page;
  GtkWindow *window;
  GtkWidget *place;
  g_autoptr (AvaWaitlistEntry) entry = NULL;

  open_calendar (&stage, &page);
  stage_change_settings (&stage, "[" STAGE_WEST ","
    " {\"table\": \"hours\", \"id\": \"w2\", \"before\": null, \"values\": {\"location_id\": \"west\", \"weekday\": 2, \"open_min\": 480, \"close_min\": 1020}},"
    " {\"table\": \"hours\", \"id\": \"o2\", \"before\": null, \"values\": {\"owner_id\": \"prov-ortiz\", \"location_id\": \"west\", \"weekday\": 2,"
    "  \"open_min\": 480, \"close_min\": 1020}}]");
  g_assert_true (stage_wait (has_two_places, &stage, 10));
  entry = join (&stage, "west");
  window = ava_waitlist_window_new (stage.context);
  gtk_window_present (window);
  wish.widget = GTK_WIDGET (window);
  wish.text = " at West with Elena Ortiz";
  g_assert_true (stage_wait (has_words, &wish, 10));
  stage_settle ();
  if (g_getenv ("AVA_PICTURE") != NULL)
    stage_shoot_widget (wish.widget, g_getenv ("AVA_PICTURE"));
  place = stage_find (wish.widget, GTK_TYPE_MENU_BUTTON, NULL);
  g_assert_nonnull (place);
  g_assert_true (stage_has_text (place, "West"));
  g_assert_true (gtk_widget_activate_action (place, "place.set", "s", ""));
  wish.text = "Anywhere";
  g_assert_true (stage_wait (has_text, &wish, 10));
  place = stage_find (wish.widget, GTK_TYPE_MENU_BUTTON, NULL);
  g_assert_true (gtk_widget_activate_action (place, "place.set", "s", "west"));
  wish.text = "West";
  g_assert_true (stage_wait (has_text, &wish, 10));
  press (&wish, "_Offer");
  wish.text = " at West is held for them until ";
  g_assert_true (stage_wait (has_words, &wish, 10));
  press (&wish, "_Book");
  wish.text = "Nobody Waits";
  g_assert_true (stage_wait (has_text, &wish, 10));
  gtk_window_destroy (window);
  stage_settle ();
  stage_tear_down (&stage);
}

/* Grace Bennett at 18:00 of the day that is shown. */
typedef struct {
  AvaCalendarPage *page;
  gint64 start_us;
  gboolean away;
} Look;

static gboolean
shows_as_wished (gpointer user_data)
{
  Look *look = user_data;
  AvaDayBoard *board = ava_day_view_get_board (ava_calendar_page_get_view (look->page));

  for (guint i = 0; board != NULL && i < board->columns->len; i++) {
    AvaBoardItem *item = ava_day_board_find (board, i, look->start_us);

    if (g_strcmp0 (ava_day_board_get (board, i)->provider_id, "prov-bennett") != 0)
      continue;
    return item != NULL && (item->kind == AVA_ITEM_CLOSED && item->note != NULL && strcmp (item->note, "at a congress") == 0) == look->away;
  }
  return FALSE;
}

static void
take_leave (Stage  *stage,
            gint64  start_us)
{
  static const AvaActor actor = { .who = "staff:desk" };
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func ((GDestroyNotify) ava_import_item_free);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  AvaImportItem *item = ava_import_item_new ();

  item->id = g_strdup ("uid-leave");
  item->print = g_strdup ("1");
  item->block = ava_time_block_new ();
  item->block->provider_id = g_strdup ("prov-bennett");
  item->block->start_us = start_us;
  item->block->end_us = start_us + 60 * AVA_USEC_PER_MIN;
  item->block->reason = g_strdup ("at a congress");
  g_ptr_array_add (items, item);
  ava_store_import_async (ava_context_get_store (stage->context), &actor, items, 0, FALSE, NULL, result_cb, &result);
  g_assert_true (stage_wait (is_there, &result, 10));
  ava_store_import_finish (ava_context_get_store (stage->context), result, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (item->verdict, ==, AVA_IMPORT_NEW);
}

/* Nobody leaves the day meanwhile: it changes where it stands. */
static void
leave_closes_its_time_at_once_and_opens_it_when_undone (void)
{
  static const AvaActor actor = { .who = "staff:desk" };
  g_autoptr (GDateTime) start = g_date_time_new_from_iso8601 ("2026-12-01T18:00:00-05:00", NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (AvaChange) undone = NULL;
  g_autoptr (GError) error = NULL;
  Stage stage = { 0 };
  Look look = { .start_us = g_date_time_to_unix (start) * G_USEC_PER_SEC };
  gint64 now_us;

  open_calendar (&stage, &look.page);
  g_assert_true (stage_wait (shows_as_wished, &look, 10));
  take_leave (&stage, look.start_us);
  look.away = TRUE;
  g_assert_true (stage_wait (shows_as_wished, &look, 10));
  now_us = ava_clock_now_us (stage.clock);
  ava_store_undo_async (ava_context_get_store (stage.context), &actor, 0, NULL, result_cb, &result);
  g_assert_true (stage_wait (is_there, &result, 10));
  undone = ava_store_undo_finish (ava_context_get_store (stage.context), result, &error);
  g_assert_no_error (error);
  look.away = FALSE;
  g_assert_true (stage_wait (shows_as_wished, &look, 10));
  look.away = TRUE;
  ava_calendar_page_set_moment (look.page, now_us);   /* while she was away */
  g_assert_true (stage_wait (shows_as_wished, &look, 10));
  if (g_getenv ("AVA_PICTURE_PAST") != NULL)   /* somebody wants to look at it */
    stage_shoot (stage.window, g_getenv ("AVA_PICTURE_PAST"));
  look.away = FALSE;
  ava_calendar_page_set_moment (look.page, now_us - 60 * AVA_USEC_PER_MIN);
  g_assert_true (stage_wait (shows_as_wished, &look, 10));
  stage_tear_down (&stage);
}

int
main (int   argc,
      char *argv[])
{
  stage_init (&argc, &argv);
  g_test_add_func ("/calendar-files/day-is-printed-as-the-pdf-is", day_is_printed_as_the_pdf_is);
  g_test_add_func ("/calendar-files/table-is-shown-before-it-is-taken", table_is_shown_before_it_is_taken);
  g_test_add_func ("/calendar-files/import-is-taken-back-at-once", import_is_taken_back_at_once_by_keyboard);
  g_test_add_func ("/calendar-files/leave-closes-its-time-at-once", leave_closes_its_time_at_once_and_opens_it_when_undone);
  g_test_add_func ("/calendar-files/who-waits-is-offered-a-time-and-booked", who_waits_is_offered_a_time_and_booked);
  g_test_add_func ("/calendar-files/who-waits-says-where-and-is-offered-a-time-there", who_waits_says_where_and_is_offered_a_time_there);
  return g_test_run ();
}
