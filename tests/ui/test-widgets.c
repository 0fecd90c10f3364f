/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-adaptive-box.h"
#include "ava-card-view.h"
#include "ava-day-view.h"
#include "ava-display.h"
#include "ava-error-window.h"
#include "ava-level-meter.h"
#include "ava-transcript-row.h"
#include "ava-transcript-view.h"
#include "stage.h"

#include <glib/gstdio.h>
#include <string.h>

static GtkWidget *
show (GtkWidget *widget)
{
  GtkWidget *window = gtk_window_new ();

  gtk_window_set_default_size (GTK_WINDOW (window), 420, 300);
  gtk_window_set_child (GTK_WINDOW (window), widget);
  gtk_window_present (GTK_WINDOW (window));
  stage_settle ();
  return window;
}

static void
hide (GtkWidget *window)
{
  gtk_window_destroy (GTK_WINDOW (window));
}

/* --- words --- */

static gint64
at (const char *text)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (text, NULL);

  return g_date_time_to_unix (time) * G_USEC_PER_SEC;
}

static void
times_are_shown_in_the_zone_of_the_spa (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("America/New_York");
  g_autofree char *span = ava_display_span (at ("2026-12-01T13:00:00Z"), at ("2026-12-01T13:30:00Z"), zone);
  g_autofree char *today = ava_display_day (at ("2026-12-02T03:00:00Z"), at ("2026-12-01T15:00:00Z"), zone);
  g_autofree char *tomorrow = ava_display_day (at ("2026-12-02T15:00:00Z"), at ("2026-12-01T15:00:00Z"), zone);
  g_autofree char *far = ava_display_day (at ("2026-12-08T15:00:00Z"), at ("2026-12-01T15:00:00Z"), zone);
  g_autofree char *next_year = ava_display_day (at ("2027-01-05T15:00:00Z"), at ("2026-12-01T15:00:00Z"), zone);

  g_assert_cmpstr (span, ==, "8:00 to 8:30");
  g_assert_cmpstr (today, ==, "Today");
  g_assert_cmpstr (tomorrow, ==, "Tomorrow");
  g_assert_cmpstr (far, ==, "Tuesday, December 8");
  g_assert_cmpstr (next_year, ==, "Tuesday, January 5, 2027");
}

static void
names_are_shortened_but_never_lost (void)
{
  static const struct { const char *name; const char *forms[3]; } names[] = {
    { "Anna Adams", { "Anna Adams", "A. Adams", "Adams" } },
    { "Zoë Maria Ångström", { "Zoë Maria Ångström", "Z. Ångström", "Ångström" } },
    { "Élodie Roux", { "Élodie Roux", "É. Roux", "Roux" } },
    { "Cher", { "Cher", "Cher", "Cher" } }, { "Cher ", { "Cher ", "Cher ", "Cher " } }, { "", { "", "", "" } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    for (guint form = 0; form < 3; form++) {
      g_autofree char *shown = ava_display_name (names[i].name, form);

      g_assert_cmpstr (shown, ==, names[i].forms[form]);
    }
  }
}

static void
numbers_are_shown_as_people_write_them (void)
{
  g_autofree char *short_call = ava_display_duration ((gint64) 7 * G_USEC_PER_SEC);
  g_autofree char *no_call = ava_display_duration (-7 * (gint64) G_USEC_PER_SEC);
  g_autofree char *long_call = ava_display_duration ((gint64) 3723 * G_USEC_PER_SEC);
  g_autofree char *phone = ava_display_phone ("+12125550147");
  g_autofree char *odd_phone = ava_display_phone ("Sam");
  g_autofree char *no_phone = ava_display_phone ("");
  g_autofree char *dollars = ava_display_money (36000, "USD");
  g_autofree char *euros = ava_display_money (9950, "EUR");

  g_assert_cmpstr (short_call, ==, "0:07");
  g_assert_cmpstr (no_call, ==, "0:00");
  g_assert_cmpstr (long_call, ==, "1:02:03");
  g_assert_cmpstr (phone, ==, "(212) 555-0147");
  g_assert_cmpstr (odd_phone, ==, "Sam");
  g_assert_cmpstr (no_phone, ==, "No phone");
  g_assert_cmpstr (dollars, ==, "$360");
  g_assert_cmpstr (euros, ==, "99.50 EUR");
}

/* --- level meter --- */

static void
meter_hears_as_ears_do_and_tells_screen_readers (void)
{
  AvaLevelMeter *meter = g_object_ref_sink (g_object_new (AVA_TYPE_LEVEL_METER, NULL));

  gtk_test_accessible_assert_role (meter, GTK_ACCESSIBLE_ROLE_METER);
  ava_level_meter_set_level (meter, 0.4);
  g_assert_cmpfloat (ava_level_meter_get_fraction (meter), >, 0.95);
  g_assert_true (gtk_test_accessible_has_property (GTK_ACCESSIBLE (meter), GTK_ACCESSIBLE_PROPERTY_VALUE_NOW));
  ava_level_meter_set_level (meter, 0.01);
  g_assert_cmpfloat (ava_level_meter_get_fraction (meter), >, 0.4);
  for (guint i = 0; i < 30; i++)
    ava_level_meter_set_level (meter, 0);
  g_assert_cmpfloat (ava_level_meter_get_fraction (meter), ==, 0);
  g_assert_finalize_object (meter);
}

/* --- transcript --- */

static AvaTranscriptItem *
say (GListStore *items,
     AvaRole     role,
     const char *text,
     gboolean    interim)
{
  g_autofree char *id = g_strdup_printf ("i%u", g_list_model_get_n_items (G_LIST_MODEL (items)));
  AvaTranscriptItem *item = ava_transcript_item_new (id, NULL, role, "local");

  ava_transcript_item_set_text (item, text, interim);
  g_list_store_append (items, item);
  g_object_unref (item);
  return item;
}

static void
row_grows_with_the_words_and_says_when_it_was_interrupted (void)
{
  g_autoptr (AvaTranscriptItem) item = ava_transcript_item_new ("a", NULL, AVA_ROLE_AVA, "local");
  AvaTranscriptRow *row;
  GtkWidget *list;
  GtkWidget *window;
  GtkWidget *label;

  ava_transcript_item_set_text (item, "Thank", TRUE);
  row = ava_transcript_row_new (item);
  list = gtk_list_box_new ();
  gtk_list_box_append (GTK_LIST_BOX (list), GTK_WIDGET (row));
  window = show (list);
  label = stage_find (window, GTK_TYPE_LABEL, "Thank");
  g_assert_nonnull (label);
  g_assert_true (gtk_widget_has_css_class (label, "interim"));

  ava_transcript_item_set_text (item, "Thank you for calling", FALSE);
  g_assert_cmpstr (ava_transcript_row_get_text (row), ==, "Thank you for calling");
  g_assert_false (gtk_widget_has_css_class (label, "interim"));
  g_assert_false (stage_has_text (window, "interrupted"));

  ava_transcript_item_set_interrupted (item, "Thank you", 700);
  stage_settle ();
  g_assert_cmpstr (ava_transcript_row_get_text (row), ==, "Thank you");
  g_assert_true (stage_has_text (window, "interrupted"));
  hide (window);
}

static GtkAdjustment *
find_adjustment (GtkWidget *from)
{
  return gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (stage_find (from, GTK_TYPE_SCROLLED_WINDOW, NULL)));
}

static gboolean
is_at_end (GtkAdjustment *adjustment)
{
  return gtk_adjustment_get_value (adjustment) + gtk_adjustment_get_page_size (adjustment) >=
         gtk_adjustment_get_upper (adjustment) - 2;
}

static void
transcript_follows_until_the_reader_scrolls_up (void)
{
  g_autoptr (GListStore) items = g_list_store_new (AVA_TYPE_TRANSCRIPT_ITEM);
  AvaTranscriptView *view = g_object_new (AVA_TYPE_TRANSCRIPT_VIEW, NULL);
  GtkWidget *window = show (GTK_WIDGET (view));
  GtkAdjustment *adjustment;

  ava_transcript_view_set_model (view, G_LIST_MODEL (items));
  for (guint i = 0; i < 20; i++)
    say (items, i % 2, "Some words that were said", FALSE);
  stage_settle ();
  adjustment = find_adjustment (window);
  g_assert_cmpfloat (gtk_adjustment_get_upper (adjustment), >, gtk_adjustment_get_page_size (adjustment));
  g_assert_true (is_at_end (adjustment));

  gtk_adjustment_set_value (adjustment, 0);
  g_assert_false (ava_transcript_view_is_following (view));
  say (items, AVA_ROLE_AVA, "More words", FALSE);
  stage_settle ();
  g_assert_cmpfloat (gtk_adjustment_get_value (adjustment), ==, 0);

  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment));
  g_assert_true (ava_transcript_view_is_following (view));
  say (items, AVA_ROLE_CALLER, "The last words", FALSE);
  stage_settle ();
  g_assert_true (is_at_end (adjustment));
  hide (window);
}

/* --- booking card --- */

static void
card_says_in_words_what_is_missing_heard_and_confirmed (void)
{
  g_autoptr (AvaBookingCard) card = ava_booking_card_new ();
  AvaCardView *view = g_object_new (AVA_TYPE_CARD_VIEW, NULL);
  GtkWidget *window = show (GTK_WIDGET (view));

  ava_card_view_set_card (view, card);
  g_assert_cmpstr (ava_card_view_get_mark (view, AVA_CARD_SERVICE), ==, "missing");
  g_assert_cmpstr (ava_card_view_get_mark (view, AVA_CARD_EMAIL), ==, "optional");
  ava_booking_card_set_field (card, AVA_CARD_SERVICE, "Botox", AVA_CARD_HEARD);
  ava_booking_card_set_field (card, AVA_CARD_PHONE, "+12125550147", AVA_CARD_CONFIRMED);
  g_assert_cmpstr (ava_card_view_get_value (view, AVA_CARD_SERVICE), ==, "Botox");
  g_assert_cmpstr (ava_card_view_get_mark (view, AVA_CARD_SERVICE), ==, "heard");
  g_assert_cmpstr (ava_card_view_get_value (view, AVA_CARD_PHONE), ==, "(212) 555-0147");
  g_assert_cmpstr (ava_card_view_get_mark (view, AVA_CARD_PHONE), ==, "confirmed");
  g_assert_true (stage_has_text (window, "Nothing booked yet"));
  ava_booking_card_set_status (card, "booked", "appt-1");
  g_assert_true (stage_has_text (window, "Booked"));

  ava_card_view_set_card (view, NULL);
  g_assert_cmpstr (ava_card_view_get_mark (view, AVA_CARD_SERVICE), ==, "missing");
  hide (window);
}

/* --- day view --- */

static AvaAppointment *
book (GPtrArray  *appointments,
      const char *id,
      const char *provider_id,
      const char *start,
      const char *end)
{
  AvaAppointment *appointment = ava_appointment_new ();

  appointment->id = g_strdup (id);
  appointment->provider_id = g_strdup (provider_id);
  appointment->customer_name = g_strdup ("Anna Adams");
  appointment->service_name = g_strdup ("Botox");
  appointment->provider_name = g_strdup ("Elena Ortiz");
  appointment->start_us = at (start);
  appointment->end_us = at (end);
  appointment->status = AVA_APPOINTMENT_CONFIRMED;
  appointment->location_id = g_strdup ("loc-main");
  g_ptr_array_add (appointments, appointment);
  return appointment;
}

typedef struct {
  AvaSpa *spa;
  GPtrArray *appointments;
  AvaDayView *view;
  GtkWidget *window;
} Day;

static void
day_show (Day      *day,
          gboolean  announce)
{
  AvaBoardQuery query = { .spa = day->spa, .statuses = ~(1u << AVA_APPOINTMENT_CANCELLED) };

  g_date_clear (&query.first_day, 1);
  g_date_set_dmy (&query.first_day, 1, 12, 2026);
  /* A board keeps the rows that it was built of. */
  query.appointments = g_ptr_array_copy (day->appointments, (GCopyFunc) g_object_ref, NULL);
  g_ptr_array_set_free_func (query.appointments, g_object_unref);
  ava_day_view_set_board (day->view, ava_day_board_build (&query), announce);
  g_ptr_array_unref (query.appointments);
  stage_settle ();
}

static void
day_set_up (Day *day)
{
  g_autoptr (GError) error = NULL;
  GtkWidget *scroller = gtk_scrolled_window_new ();

  day->spa = ava_spa_load (g_getenv ("AVA_DEMO_SPA"), &error);
  g_assert_no_error (error);
  g_free (day->spa->location_id);
  day->spa->location_id = g_strdup ("loc-main");
  day->appointments = g_ptr_array_new_with_free_func (g_object_unref);
  day->view = g_object_new (AVA_TYPE_DAY_VIEW, NULL);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), GTK_WIDGET (day->view));
  day->window = show (scroller);
  day_show (day, FALSE);
}

static void
day_tear_down (Day *day)
{
  hide (day->window);
  g_clear_pointer (&day->appointments, g_ptr_array_unref);
  g_clear_object (&day->spa);
}

static graphene_rect_t
get_place (Day        *day,
           const char *id)
{
  AvaAppointmentChip *chip = ava_day_view_find_chip (day->view, id);
  graphene_rect_t bounds;

  g_assert_nonnull (chip);
  g_assert_true (gtk_widget_compute_bounds (GTK_WIDGET (chip), GTK_WIDGET (day->view), &bounds));
  return bounds;
}

static void
appointment_is_a_button_that_reads_as_a_sentence (void)
{
  Day day;
  AvaAppointmentChip *chip;

  day_set_up (&day);
  book (day.appointments, "a", "prov-ortiz", "2026-12-01T15:00:00Z", "2026-12-01T15:30:00Z");
  day_show (&day, FALSE);
  chip = ava_day_view_find_chip (day.view, "a");
  g_assert_nonnull (chip);
  gtk_test_accessible_assert_role (chip, GTK_ACCESSIBLE_ROLE_BUTTON);
  g_assert_true (gtk_widget_get_focusable (GTK_WIDGET (chip)));
  g_assert_cmpstr (ava_appointment_chip_get_label (chip), ==,
                   "Anna Adams, Botox with Elena Ortiz, 10:00 to 10:30, confirmed");
  gtk_test_accessible_assert_property (chip, GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Anna Adams, Botox with Elena Ortiz, 10:00 to 10:30, confirmed");
  day_tear_down (&day);
}

static void
later_is_lower_and_overlaps_stand_side_by_side (void)
{
  Day day;
  graphene_rect_t first, second, third, other;

  day_set_up (&day);
  book (day.appointments, "a", "prov-ortiz", "2026-12-01T15:00:00Z", "2026-12-01T16:00:00Z");
  book (day.appointments, "b", "prov-ortiz", "2026-12-01T15:30:00Z", "2026-12-01T16:30:00Z");
  book (day.appointments, "c", "prov-ortiz", "2026-12-01T17:00:00Z", "2026-12-01T18:00:00Z");
  book (day.appointments, "d", "prov-park", "2026-12-01T15:00:00Z", "2026-12-01T16:00:00Z");
  day_show (&day, FALSE);
  first = get_place (&day, "a");
  second = get_place (&day, "b");
  third = get_place (&day, "c");
  other = get_place (&day, "d");
  g_assert_cmpfloat (second.origin.y, >, first.origin.y);
  g_assert_cmpfloat (second.origin.x, >=, first.origin.x + first.size.width);
  g_assert_cmpfloat (third.size.width, >, first.size.width * 1.7);
  g_assert_cmpfloat (third.origin.y, >, second.origin.y + second.size.height);
  g_assert_cmpfloat (other.origin.x, >, second.origin.x + second.size.width);
  g_assert_cmpfloat_with_epsilon (other.origin.y, first.origin.y, 0.5);
  day_tear_down (&day);
}

static void
new_booking_is_highlighted_and_what_stays_is_not_made_again (void)
{
  Day day;
  AvaAppointment *second;
  AvaAppointmentChip *chip;
  guint n_made;

  day_set_up (&day);
  book (day.appointments, "a", "prov-ortiz", "2026-12-01T15:00:00Z", "2026-12-01T15:30:00Z");
  day_show (&day, FALSE);
  chip = ava_day_view_find_chip (day.view, "a");
  g_assert_false (gtk_widget_has_css_class (GTK_WIDGET (chip), "fresh"));
  second = book (day.appointments, "b", "prov-park", "2026-12-01T15:00:00Z", "2026-12-01T15:30:00Z");
  n_made = ava_day_view_get_n_made (day.view);
  day_show (&day, TRUE);
  g_assert_cmpuint (ava_day_view_get_n_made (day.view), ==, n_made + 1);   /* the new chip, and no slot */
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (ava_day_view_find_chip (day.view, "b")), "fresh"));
  g_assert_true (ava_day_view_find_chip (day.view, "a") == chip);
  g_assert_false (gtk_widget_has_css_class (GTK_WIDGET (chip), "fresh"));
  second->status = AVA_APPOINTMENT_CANCELLED;
  day_show (&day, FALSE);
  g_assert_null (ava_day_view_find_chip (day.view, "b"));
  g_assert_cmpuint (ava_day_view_get_n_chips (day.view), ==, 1);
  day_tear_down (&day);
}

static void
arrows_move_between_appointments_and_times (void)
{
  Day day;
  const AvaSlotPlace *place;

  day_set_up (&day);
  g_assert_null (ava_day_view_step (day.view, GTK_DIR_DOWN, TRUE));
  book (day.appointments, "a", "prov-ortiz", "2026-12-01T15:00:00Z", "2026-12-01T15:30:00Z");
  book (day.appointments, "b", "prov-ortiz", "2026-12-01T18:00:00Z", "2026-12-01T18:30:00Z");
  book (day.appointments, "c", "prov-park", "2026-12-01T18:30:00Z", "2026-12-01T19:00:00Z");
  day_show (&day, FALSE);
  g_assert_true (ava_day_view_step (day.view, GTK_DIR_DOWN, TRUE) == GTK_WIDGET (ava_day_view_find_chip (day.view, "a")));
  g_assert_true (ava_day_view_step (day.view, GTK_DIR_DOWN, TRUE) == GTK_WIDGET (ava_day_view_find_chip (day.view, "b")));
  g_assert_true (ava_day_view_step (day.view, GTK_DIR_RIGHT, TRUE) == GTK_WIDGET (ava_day_view_find_chip (day.view, "c")));
  g_assert_null (ava_day_view_step (day.view, GTK_DIR_RIGHT, TRUE));
  g_assert_true (ava_day_view_step (day.view, GTK_DIR_LEFT, TRUE) == GTK_WIDGET (ava_day_view_find_chip (day.view, "b")));
  g_assert_true (ava_day_view_step (day.view, GTK_DIR_UP, TRUE) == GTK_WIDGET (ava_day_view_find_chip (day.view, "a")));
  g_assert_null (ava_day_view_step (day.view, GTK_DIR_UP, TRUE));
  /* Without Control through each quarter of an hour. */
  place = ava_slot_cell_get_place (AVA_SLOT_CELL (ava_day_view_step (day.view, GTK_DIR_DOWN, FALSE)));
  g_assert_cmpint (place->start_us, ==, at ("2026-12-01T15:30:00Z"));
  g_assert_cmpstr (place->provider_id, ==, "prov-ortiz");
  place = ava_slot_cell_get_place (AVA_SLOT_CELL (ava_day_view_step (day.view, GTK_DIR_RIGHT, FALSE)));
  g_assert_cmpint (place->start_us, ==, at ("2026-12-01T15:30:00Z"));
  g_assert_cmpstr (place->provider_id, ==, "prov-park");
  g_assert_nonnull (ava_day_view_step_to_end (day.view, TRUE));
  g_assert_null (ava_day_view_step (day.view, GTK_DIR_DOWN, FALSE));
  day_tear_down (&day);
}

static void
columns_are_mirrored_where_text_runs_from_right_to_left (void)
{
  Day day;
  int first_x, last_x, width;

  day_set_up (&day);
  ava_day_view_get_column (day.view, 0, 600, &first_x, &width);
  ava_day_view_get_column (day.view, 2, 600, &last_x, &width);
  g_assert_cmpint (first_x, <, last_x);
  gtk_widget_set_direction (GTK_WIDGET (day.view), GTK_TEXT_DIR_RTL);
  ava_day_view_get_column (day.view, 0, 600, &first_x, &width);
  ava_day_view_get_column (day.view, 2, 600, &last_x, &width);
  g_assert_cmpint (first_x, >, last_x);
  g_assert_cmpint (last_x, ==, 0);
  day_tear_down (&day);
}

/* --- start-up errors --- */

static void
each_start_up_error_is_explained_with_what_to_do (void)
{
  static const struct { AvaStoreError code; const char *title; } cases[] = {
    { AVA_STORE_ERROR_LOCKED, "The appointment book is already open" },
    { AVA_STORE_ERROR_DAMAGED, "The appointment book is damaged" },
    { AVA_STORE_ERROR_NEWER, "The appointment book is from a newer version" },
    { AVA_STORE_ERROR_READ_ONLY, "The appointment book cannot be written" },
    { AVA_STORE_ERROR_FULL, "The disk is full" },
    { AVA_STORE_ERROR_FAILED, "The appointment book cannot be opened" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = g_error_new (AVA_STORE_ERROR, cases[i].code, "detail <%u>", i);
    g_autofree char *details = g_strdup_printf ("detail <%u>\nFolder: the-profile", i);
    GtkWidget *window = GTK_WIDGET (ava_error_window_new (NULL, error, "the-profile"));

    gtk_window_present (GTK_WINDOW (window));
    stage_settle ();
    g_assert_true (stage_has_text (window, cases[i].title));
    g_assert_true (stage_has_text (window, details));
    g_assert_nonnull (stage_find (window, GTK_TYPE_BUTTON, "_Try Again"));
    g_assert_true ((stage_find (window, GTK_TYPE_BUTTON, "_Put Back a Copy…") != NULL) ==
                   (cases[i].code == AVA_STORE_ERROR_DAMAGED));
    hide (window);
  }
}

static void
copy_that_cannot_be_put_back_is_explained (void)
{
  g_autoptr (GError) error = g_error_new (AVA_STORE_ERROR, AVA_STORE_ERROR_DAMAGED, "torn");
  g_autofree char *profile = g_dir_make_tmp ("ava-error-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (profile, "copy.db", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  GtkWidget *window = GTK_WIDGET (ava_error_window_new (NULL, error, profile));
  g_autofree char *damaged = g_strdup_printf ("The appointment book is damaged, so it was not opened or changed. Put back a copy: your "
                                              "own backup, or one from the folder “backups” beside it.\nFolder: %s", profile);

  gtk_window_present (GTK_WINDOW (window));
  g_assert_true (g_file_set_contents (path, "no database at all, but long enough to be looked at", -1, NULL));
  ava_error_window_put_back (AVA_ERROR_WINDOW (window), file);
  stage_settle ();
  g_assert_true (stage_has_text (window, damaged));
  hide (window);
  g_unlink (path);
  g_rmdir (profile);
}

/* Each button is reached by Tab, one can read them, and they fit a narrow window with large letters. */
static void
copy_is_put_back_by_keyboard (void)
{
  g_autoptr (GError) error = g_error_new (AVA_STORE_ERROR, AVA_STORE_ERROR_DAMAGED, "torn");
  GtkWidget *window = GTK_WIDGET (ava_error_window_new (NULL, error, "the-profile"));
  GtkWidget *put_back;
  gboolean reached = FALSE;
  int width;

  gtk_window_present (GTK_WINDOW (window));
  stage_settle ();
  put_back = stage_find (window, GTK_TYPE_BUTTON, "_Put Back a Copy…");
  for (guint i = 0; i < 8 && !reached; i++) {
    gtk_widget_child_focus (window, GTK_DIR_TAB_FORWARD);
    reached = gtk_window_get_focus (GTK_WINDOW (window)) == put_back;
  }
  g_assert_true (reached);
  if (g_getenv ("AVA_PICTURE") != NULL)   /* somebody wants to look at it */
    stage_shoot_widget (window, g_getenv ("AVA_PICTURE"));
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", 96 * 1024 * 3 / 2, NULL);
  stage_settle ();
  gtk_widget_measure (window, GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
  gtk_settings_reset_property (gtk_settings_get_default (), "gtk-xft-dpi");
  g_assert_cmpint (width, <=, 600);
  hide (window);
}

int
main (int   argc,
      char *argv[])
{
  stage_init (&argc, &argv);
  g_test_add_func ("/display/times-in-the-zone-of-the-spa", times_are_shown_in_the_zone_of_the_spa);
  g_test_add_func ("/display/numbers-as-people-write-them", numbers_are_shown_as_people_write_them);
  g_test_add_func ("/display/names-are-shortened", names_are_shortened_but_never_lost);
  g_test_add_func ("/level-meter/as-ears-hear", meter_hears_as_ears_do_and_tells_screen_readers);
  g_test_add_func ("/transcript/row-grows-and-is-cut", row_grows_with_the_words_and_says_when_it_was_interrupted);
  g_test_add_func ("/transcript/follows-until-scrolled-up", transcript_follows_until_the_reader_scrolls_up);
  g_test_add_func ("/card/states-in-words", card_says_in_words_what_is_missing_heard_and_confirmed);
  g_test_add_func ("/day/appointment-is-a-button", appointment_is_a_button_that_reads_as_a_sentence);
  g_test_add_func ("/day/places", later_is_lower_and_overlaps_stand_side_by_side);
  g_test_add_func ("/day/new-and-cancelled", new_booking_is_highlighted_and_what_stays_is_not_made_again);
  g_test_add_func ("/day/arrows", arrows_move_between_appointments_and_times);
  g_test_add_func ("/day/right-to-left", columns_are_mirrored_where_text_runs_from_right_to_left);
  g_test_add_func ("/error/each-is-explained", each_start_up_error_is_explained_with_what_to_do);
  g_test_add_func ("/error/copy-is-refused", copy_that_cannot_be_put_back_is_explained);
  g_test_add_func ("/error/copy-by-keyboard", copy_is_put_back_by_keyboard);
  return g_test_run ();
}
