/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-book-judge.h"
#include "ava-calendar-desk.h"
#include "ava-move-entry.h"
#include "ava-slot-cell.h"
#include "ava-store-calls.h"
#include "ava-store-customers.h"
#include "ava-store-outbox.h"
#include "ava-window-private.h"
#include "stage.h"

#include <string.h>

/* Working in the calendar of the real window: the entry on a slot, the panel, undo, the day's flow. */

#define HOUR_US ((gint64) 3600 * G_USEC_PER_SEC)
/* Tuesday, December 29, 2026, 11:00 in New York: Elena Ortiz is free. */
#define FREE_US (G_GINT64_CONSTANT (1798560000) * G_USEC_PER_SEC)

typedef struct {
  Stage stage;
  AvaCalendarDesk *desk;
  AvaAppointmentPanel *panel;
  AvaBook *book;
} Scene;

static void
set_up (Scene         *scene,
        gconstpointer  data)
{
  stage_set_up (&scene->stage);
  stage_resize (&scene->stage, 1200, 760);
  ava_window_show_page (scene->stage.window, "calendar");
  scene->desk = ava_window_get_desk (scene->stage.window);
  scene->panel = ava_calendar_desk_get_panel (scene->desk);
  scene->book = ava_calendar_page_get_book (ava_calendar_desk_get_page (scene->desk));
  ava_calendar_page_show_time (ava_calendar_desk_get_page (scene->desk), FREE_US);
  stage_settle ();
}

static void
tear_down (Scene         *scene,
           gconstpointer  data)
{
  stage_tear_down (&scene->stage);
}

/* The one that stands at FREE_US in Elena Ortiz's column; others are there from the demo. */
static AvaAppointmentChip *
find_chip (Scene *scene)
{
  GtkWidget *view = GTK_WIDGET (ava_calendar_page_get_view (ava_calendar_desk_get_page (scene->desk)));

  for (GtkWidget *child = gtk_widget_get_first_child (view); child != NULL; child = gtk_widget_get_next_sibling (child)) {
    AvaAppointment *one = AVA_IS_APPOINTMENT_CHIP (child) ? ava_appointment_chip_get_appointment (AVA_APPOINTMENT_CHIP (child)) : NULL;

    if (one != NULL && one->start_us == FREE_US && g_str_equal (one->provider_id, "prov-ortiz"))
      return AVA_APPOINTMENT_CHIP (child);
  }
  return NULL;
}

static gboolean
has_chip (gpointer user_data)
{
  return find_chip (user_data) != NULL;
}

static gboolean
has_no_chip (gpointer user_data)
{
  return find_chip (user_data) == NULL;
}

static gboolean
has_first (gpointer user_data)
{
  return ava_booking_entry_get_first (ava_calendar_desk_get_entry (((Scene *) user_data)->desk)) != NULL;
}

/* As a receptionist does it: a letter into the slot, the rest into the entry, Enter twice. */
static AvaAppointment *
book (Scene *scene)
{
  AvaBookingEntry *entry = ava_calendar_desk_get_entry (scene->desk);

  g_signal_emit_by_name (ava_calendar_desk_get_page (scene->desk), "slot-activated", "prov-ortiz", NULL, FREE_US, "s");
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (entry)) || stage_wait (has_first, scene, 10));
  gtk_editable_set_text (ava_booking_entry_get_field (entry), "sm b");
  ava_booking_entry_press (entry);
  ava_booking_entry_press (entry);
  g_assert_true (stage_wait (has_chip, scene, 10));
  stage_settle ();
  return ava_appointment_chip_get_appointment (find_chip (scene));
}

static void
entry_lies_on_the_slot_and_books (Scene         *scene,
                                  gconstpointer  data)
{
  g_autoptr (AvaAppointment) booked = g_object_ref (book (scene));   /* its chip is filled anew */

  g_assert_cmpstr (booked->service_id, ==, "svc-botox");
  g_assert_cmpint (booked->start_us, ==, FREE_US);
  g_assert_null (gtk_widget_get_parent (GTK_WIDGET (ava_calendar_desk_get_entry (scene->desk))));
  g_assert_true (ava_undo_bar_is_shown (scene->stage.window->undo_bar));
  g_assert_true (g_str_has_prefix (ava_undo_bar_get_words (scene->stage.window->undo_bar), "Booked · "));
}

static void
escape_gives_the_slot_back (Scene         *scene,
                            gconstpointer  data)
{
  AvaBookingEntry *entry = ava_calendar_desk_get_entry (scene->desk);

  g_signal_emit_by_name (ava_calendar_desk_get_page (scene->desk), "slot-activated", "prov-ortiz", NULL, FREE_US, "s");
  stage_settle ();
  g_assert_nonnull (gtk_widget_get_parent (GTK_WIDGET (entry)));
  g_signal_emit_by_name (entry, "closed");
  g_assert_null (gtk_widget_get_parent (GTK_WIDGET (entry)));
  g_assert_true (AVA_IS_SLOT_CELL (gtk_window_get_focus (GTK_WINDOW (scene->stage.window))));
}

/* --- Who waits for what came free --- */

typedef struct {
  AvaWaitlistEntry *entry;
} Joined;

static void
joined_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  ((Joined *) user_data)->entry = ava_store_join_waitlist_finish (AVA_STORE (source), result, NULL);
}

static gboolean
is_joined (gpointer user_data)
{
  return ((Joined *) user_data)->entry != NULL;
}

static char *
join_waitlist (Scene      *scene,
               const char *name,
               const char *phone,
               const char *service_id,
               const char *provider_id)
{
  const AvaActor actor = { .who = "ava" };
  const AvaWaitlistWish wish = { .customer_name = name, .phone = phone, .service_id = service_id, .provider_id = provider_id };
  Joined joined = { NULL };
  char *id;

  ava_store_join_waitlist_async (ava_context_get_store (ava_book_get_context (scene->book)), &actor, &wish, NULL, joined_cb, &joined);
  g_assert_true (stage_wait (is_joined, &joined, 10));
  id = g_strdup (joined.entry->id);
  g_object_unref (joined.entry);
  return id;
}

static gboolean
strip_is_shown (gpointer user_data)
{
  return ava_freed_strip_is_shown (ava_calendar_desk_get_freed (((Scene *) user_data)->desk));
}

static gboolean
strip_is_hidden (gpointer user_data)
{
  return !strip_is_shown (user_data);
}

static gboolean
has_name (gpointer user_data)
{
  AvaAppointmentChip *chip = find_chip (user_data);

  return chip != NULL && g_str_has_prefix (ava_appointment_chip_get_appointment (chip)->customer_name, "Wanda");
}

static void
cancel (Scene      *scene,
        const char *id)
{
  ava_book_cancel_async (scene->book, id, "Client is ill", NULL, NULL);
}

/* Cancelled: who waits is told; W and a digit book; undo gives both back, and then the cancellation too. */
static void
who_waits_is_offered_what_came_free (Scene         *scene,
                                     gconstpointer  data)
{
  AvaFreedStrip *strip = ava_calendar_desk_get_freed (scene->desk);
  g_autoptr (AvaAppointment) booked = g_object_ref (book (scene));   /* its chip is filled anew */
  g_autofree char *id = g_strdup (booked->id);
  g_autofree char *other = join_waitlist (scene, "Otto Wait", "+12125550171", "svc-laser", NULL);
  g_autofree char *one = join_waitlist (scene, "Wanda Wait", "+12125550172", "svc-botox", "prov-ortiz");
  g_autofree char *two = join_waitlist (scene, "Walt Wait", "+12125550173", "svc-botox", NULL);

  g_assert_false (strip_is_shown (scene));
  cancel (scene, id);
  g_assert_true (stage_wait (strip_is_shown, scene, 10));
  g_assert_cmpuint (ava_freed_strip_get_count (strip), ==, 2);   /* nobody with a laser */
  g_assert_true (g_str_has_prefix (ava_freed_strip_get_words (strip), "2 people wait for a time like this: Elena Ortiz, "));
  g_assert_true (ava_freed_strip_open (strip));
  stage_settle ();
  g_assert_true (gtk_widget_is_ancestor (gtk_root_get_focus (GTK_ROOT (scene->stage.window)), GTK_WIDGET (strip)));
  ava_freed_strip_take (strip, 0);   /* she asked for Elena */
  g_assert_true (stage_wait (has_name, scene, 10));
  g_assert_true (stage_wait (strip_is_hidden, scene, 10));
  g_assert_true (g_str_has_prefix (ava_undo_bar_get_words (scene->stage.window->undo_bar), "Booked from the waitlist · Wanda Wait"));
  gtk_widget_activate_action (GTK_WIDGET (scene->stage.window), "win.undo", NULL);
  g_assert_true (stage_wait (has_no_chip, scene, 10));
  gtk_widget_activate_action (GTK_WIDGET (scene->stage.window), "win.undo", NULL);
  g_assert_true (stage_wait (has_chip, scene, 10));
  g_assert_cmpstr (ava_appointment_chip_get_appointment (find_chip (scene))->id, ==, id);
}

/* What Ava cancels on the phone is told as well; taken back, the strip goes. */
static void
what_ava_cancels_is_offered_too (Scene         *scene,
                                 gconstpointer  data)
{
  const AvaActor ava = { .who = "ava", .call_id = NULL, .why = "caller is ill" };
  g_autoptr (AvaAppointment) booked = g_object_ref (book (scene));   /* its chip is filled anew */
  g_autofree char *id = g_strdup (booked->id);
  g_autofree char *one = join_waitlist (scene, "Wanda Wait", "+12125550172", "svc-botox", NULL);
  AvaStore *store = ava_context_get_store (ava_book_get_context (scene->book));

  ava_store_set_status_async (store, &ava, id, AVA_APPOINTMENT_CANCELLED, NULL, NULL, NULL);
  g_assert_true (stage_wait (strip_is_shown, scene, 10));
  g_assert_true (g_str_has_prefix (ava_freed_strip_get_words (ava_calendar_desk_get_freed (scene->desk)), "1 person waits"));
  ava_store_set_status_async (store, &ava, id, AVA_APPOINTMENT_SCHEDULED, NULL, NULL, NULL);
  g_assert_true (stage_wait (strip_is_hidden, scene, 10));
}

static gboolean
says_undone (gpointer user_data)
{
  return g_str_has_prefix (ava_undo_bar_get_words (((Scene *) user_data)->stage.window->undo_bar), "Undone: ");
}

static gboolean
says_redone (gpointer user_data)
{
  return g_str_has_prefix (ava_undo_bar_get_words (((Scene *) user_data)->stage.window->undo_bar), "Redone: ");
}

static void
undo_and_redo_work_anywhere (Scene         *scene,
                             gconstpointer  data)
{
  book (scene);
  ava_window_show_page (scene->stage.window, "live");
  gtk_widget_activate_action (GTK_WIDGET (scene->stage.window), "win.undo", NULL);
  g_assert_true (stage_wait (says_undone, scene, 10));
  ava_window_show_page (scene->stage.window, "calendar");
  g_assert_true (stage_wait (has_no_chip, scene, 10));
  gtk_widget_activate_action (GTK_WIDGET (scene->stage.window), "win.redo", NULL);
  g_assert_true (stage_wait (says_redone, scene, 10));
  g_assert_true (stage_wait (has_chip, scene, 10));
}

/* In a field Ctrl+Z takes back the typing, and the book's change only when there is none of it. */
static void
typing_is_taken_back_before_the_book (Scene         *scene,
                                      gconstpointer  data)
{
  GtkTextView *notes;
  GtkTextBuffer *buffer;

  g_signal_emit_by_name (ava_calendar_desk_get_page (scene->desk), "appointment-selected", book (scene));
  stage_settle ();
  notes = GTK_TEXT_VIEW (stage_find (GTK_WIDGET (scene->panel), GTK_TYPE_TEXT_VIEW, NULL));
  gtk_widget_grab_focus (GTK_WIDGET (notes));
  buffer = gtk_text_view_get_buffer (notes);
  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_insert_at_cursor (buffer, "abc", -1);
  gtk_text_buffer_end_user_action (buffer);
  gtk_widget_activate_action (GTK_WIDGET (scene->stage.window), "win.undo", NULL);
  stage_settle ();
  g_assert_cmpint (gtk_text_buffer_get_char_count (buffer), ==, 0);
  g_assert_nonnull (find_chip (scene));
  gtk_widget_activate_action (GTK_WIDGET (scene->stage.window), "win.undo", NULL);
  g_assert_true (stage_wait (has_no_chip, scene, 10));
}

static gboolean
has_arrived (gpointer user_data)
{
  AvaAppointment *shown = ava_appointment_panel_get_appointment (((Scene *) user_data)->panel);

  return shown != NULL && shown->status == AVA_APPOINTMENT_ARRIVED;
}

static gboolean
is_confirmed (gpointer user_data)
{
  AvaAppointment *shown = ava_appointment_panel_get_appointment (((Scene *) user_data)->panel);

  return shown != NULL && shown->status == AVA_APPOINTMENT_CONFIRMED;
}

static void
space_goes_through_the_day (Scene         *scene,
                            gconstpointer  data)
{
  g_autoptr (AvaAppointment) booked = g_object_ref (book (scene));   /* its chip is filled anew */

  g_signal_emit_by_name (ava_calendar_desk_get_page (scene->desk), "appointment-selected", booked);
  g_signal_emit_by_name (ava_calendar_desk_get_page (scene->desk), "appointment-command", booked, "next-status");
  g_assert_true (stage_wait (is_confirmed, scene, 10));
  /* The page still has the old object: the panel's counts. */
  g_signal_emit_by_name (ava_calendar_desk_get_page (scene->desk), "appointment-command", booked, "next-status");
  g_assert_true (stage_wait (has_arrived, scene, 10));
  stage_settle ();
  g_assert_nonnull (stage_find (GTK_WIDGET (scene->panel), GTK_TYPE_BUTTON, "To the _Room"));
  g_assert_false (ava_appointment_panel_run (scene->panel, "no-show"));
}

static gboolean
is_refused (gpointer user_data)
{
  return strstr (ava_appointment_panel_get_verdict (((Scene *) user_data)->panel), "during pregnancy") != NULL;
}

static gboolean
asks_reason (gpointer user_data)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (((Scene *) user_data)->stage.window));

  return focus != NULL && GTK_IS_TEXT (focus) && is_refused (user_data);
}

static gboolean
is_in_room (gpointer user_data)
{
  AvaAppointment *shown = ava_appointment_panel_get_appointment (((Scene *) user_data)->panel);

  return shown != NULL && shown->status == AVA_APPOINTMENT_IN_ROOM;
}

/* Who is found to be pregnant after it was booked: told when they arrive, and into the room only with a reason of who may. */
static void
the_gate_speaks_when_they_come (Scene         *scene,
                                gconstpointer  data)
{
  const AvaActor actor = { .who = "staff:desk" };
  AvaCalendarPage *page = ava_calendar_desk_get_page (scene->desk);
  g_autoptr (AvaAppointment) booked = g_object_ref (book (scene));
  g_autoptr (JsonObject) values = json_object_new ();

  json_object_set_string_member (values, "pregnant", "1");
  ava_store_save_customer_async (ava_context_get_store (ava_book_get_context (scene->book)), &actor, booked->customer_id, values, NULL,
                                 NULL, NULL);
  ava_book_set_role (scene->book, AVA_STAFF_ROLE_MANAGER);
  g_signal_emit_by_name (page, "appointment-selected", booked);
  g_signal_emit_by_name (page, "appointment-command", booked, "next-status");
  g_assert_true (stage_wait (is_confirmed, scene, 10));
  g_assert_cmpstr (ava_appointment_panel_get_verdict (scene->panel), ==, "");
  g_signal_emit_by_name (page, "appointment-command", booked, "next-status");
  g_assert_true (stage_wait (has_arrived, scene, 10));
  g_assert_true (stage_wait (is_refused, scene, 10));
  g_signal_emit_by_name (page, "appointment-command", booked, "next-status");
  g_assert_cmpstr (ava_appointment_panel_get_verdict (scene->panel), ==, "");
  g_assert_true (stage_wait (is_refused, scene, 10));
  stage_settle ();
  g_assert_true (has_arrived (scene));
  ava_book_set_role (scene->book, AVA_STAFF_ROLE_MEDICAL_DIRECTOR);
  g_signal_emit_by_name (page, "appointment-command", booked, "next-status");
  g_assert_true (stage_wait (asks_reason, scene, 10));
  gtk_editable_set_text (GTK_EDITABLE (gtk_window_get_focus (GTK_WINDOW (scene->stage.window))), "examined today");
  g_signal_emit_by_name (gtk_window_get_focus (GTK_WINDOW (scene->stage.window)), "activate");
  g_assert_true (stage_wait (is_in_room, scene, 10));
  g_assert_cmpstr (ava_appointment_panel_get_appointment (scene->panel)->override_reason, ==, "examined today");
  g_assert_cmpstr (ava_appointment_panel_get_verdict (scene->panel), ==, "");
}

static gboolean
is_cancelled (gpointer user_data)
{
  AvaAppointment *shown = ava_appointment_panel_get_appointment (((Scene *) user_data)->panel);

  return shown != NULL && shown->status == AVA_APPOINTMENT_CANCELLED;
}

static gboolean
tells_of_cancelling (gpointer user_data)
{
  Scene *scene = user_data;

  return stage_has_text (GTK_WIDGET (scene->panel), "Changed from scheduled to cancelled") &&
         stage_has_text (GTK_WIDGET (scene->panel), "Why: Client is ill");
}

static void
cancelling_asks_why_and_history_tells (Scene         *scene,
                                       gconstpointer  data)
{
  GtkWidget *list;

  g_signal_emit_by_name (ava_calendar_desk_get_page (scene->desk), "appointment-selected", book (scene));
  g_assert_true (ava_appointment_panel_run (scene->panel, "cancel"));
  stage_settle ();
  list = stage_find (GTK_WIDGET (scene->panel), GTK_TYPE_LIST_BOX, NULL);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), 6))));
  g_signal_emit_by_name (list, "row-activated", gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), 0));
  g_assert_true (stage_wait (is_cancelled, scene, 10));
  g_assert_cmpstr (ava_appointment_panel_get_appointment (scene->panel)->cancel_reason, ==, "Client is ill");
  g_assert_true (stage_wait (tells_of_cancelling, scene, 10));
  g_assert_false (ava_appointment_panel_run (scene->panel, "move"));
  gtk_widget_activate_action (GTK_WIDGET (scene->stage.window), "win.undo", NULL);
  g_assert_true (stage_wait (has_chip, scene, 10));
}

/* --- What Ava misheard --- */

#define CALL "019aa000-0000-7000-8000-000000000001"

static void
finished_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static gboolean
is_finished (gpointer user_data)
{
  return *(GAsyncResult **) user_data != NULL;
}

/* Booked by Ava in a call. */
static AvaAppointment *
book_by_call (Scene *scene)
{
  const AvaActor actor = { .who = "ava", .call_id = CALL };
  const AvaBookWish wish = { .service_id = "svc-botox", .provider_id = "prov-ortiz", .start_us = FREE_US };
  AvaStore *store = ava_context_get_store (ava_book_get_context (scene->book));
  g_autoptr (AvaCall) call = ava_call_new ();
  g_autoptr (GAsyncResult) judged = NULL, started = NULL, booked = NULL;
  g_autoptr (AvaVerdict) verdict = NULL;
  AvaBooking booking = { .customer_name = "Zora Quill", .phone = "+12125550123" };

  call->id = g_strdup (CALL);
  call->line = g_strdup ("simulated");
  call->agent = g_strdup ("local");
  call->start_us = FREE_US - 24 * HOUR_US;
  ava_store_start_call_async (store, call, NULL, finished_cb, &started);
  ava_book_judge_async (scene->book, &wish, NULL, NULL, finished_cb, &judged);
  g_assert_true (stage_wait (is_finished, &started, 10) && stage_wait (is_finished, &judged, 10));
  g_assert_true (ava_store_start_call_finish (store, started, NULL));
  verdict = ava_book_judge_finish (scene->book, judged, NULL);
  booking.slot = verdict->slot;
  ava_store_book_async (store, &actor, &booking, NULL, finished_cb, &booked);
  g_assert_true (stage_wait (is_finished, &booked, 10) && stage_wait (has_chip, scene, 10));
  return ava_store_book_finish (store, booked, NULL);
}

static int
count_waiting (Scene      *scene,
               const char *id)
{
  AvaStore *store = ava_context_get_store (ava_book_get_context (scene->book));
  g_autoptr (GAsyncResult) counted = NULL;

  ava_store_count_waiting_async (store, id, NULL, finished_cb, &counted);
  g_assert_true (stage_wait (is_finished, &counted, 10));
  return ava_store_count_waiting_finish (store, counted, NULL);
}

static gboolean
tells_of_apology (gpointer user_data)
{
  const char *words = ava_undo_bar_get_words (((Scene *) user_data)->stage.window->undo_bar);

  return words != NULL && g_str_has_prefix (words, "Put right. An apology waits to be sent");
}

/* Delete and 7 (BD-03); a booking of the desk has no 7. One undo takes all of it back. */
static void
what_ava_misheard_is_put_right (Scene         *scene,
                                gconstpointer  data)
{
  g_autoptr (AvaAppointment) ours = NULL;
  GtkWidget *list;

  ours = book_by_call (scene);
  g_assert_nonnull (ours);
  g_signal_emit_by_name (ava_calendar_desk_get_page (scene->desk), "appointment-selected", ours);
  g_assert_true (ava_appointment_panel_run (scene->panel, "cancel"));
  stage_settle ();
  list = stage_find (GTK_WIDGET (scene->panel), GTK_TYPE_LIST_BOX, NULL);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), 6))));
  g_signal_emit_by_name (list, "row-activated", gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), 6));
  g_assert_true (stage_wait (tells_of_apology, scene, 10));
  g_assert_true (stage_wait (has_no_chip, scene, 10));
  g_assert_cmpint (count_waiting (scene, ours->id), ==, 1);
  gtk_widget_activate_action (GTK_WIDGET (scene->stage.window), "win.undo", NULL);
  g_assert_true (stage_wait (has_chip, scene, 10));
  g_assert_cmpint (count_waiting (scene, ours->id), ==, 0);
}

static gboolean
has_notes (gpointer user_data)
{
  AvaAppointment *shown = ava_appointment_panel_get_appointment (((Scene *) user_data)->panel);

  return shown != NULL && g_strcmp0 (shown->notes, "Brings her sister") == 0;
}

static gboolean
has_policy (gpointer user_data)
{
  AvaSpa *spa = ava_context_get_spa (ava_book_get_context (((Scene *) user_data)->book));

  return ava_spa_find_service (spa, "svc-botox")->cancel_fee_cents == 5000;
}

/* Whatever is cancelled is late, and not coming costs more. */
static void
set_policy (Scene *scene)
{
  const AvaActor actor = { .who = "staff:desk" };
  g_autoptr (JsonNode) node = json_from_string ("[{\"table\":\"services\",\"id\":\"svc-botox\",\"before\":{\"version\":1},"
                                                "\"values\":{\"cancel_hours\":4800,\"cancel_fee_cents\":5000,"
                                                "\"no_show_fee_cents\":7550}}]", NULL);

  ava_store_save_settings_async (ava_context_get_store (ava_book_get_context (scene->book)), &actor, json_node_get_array (node), NULL,
                                 NULL, NULL);
  g_assert_true (stage_wait (has_policy, scene, 10));
}

/* Late: the fee is told before anything is chosen, and is let go only with a reason of its own. */
static void
a_fee_is_told_and_let_go_with_a_reason (Scene         *scene,
                                        gconstpointer  data)
{
  GtkWidget *waive;
  GtkWidget *waiver;
  GtkWidget *list;
  AvaAppointment *gone;

  set_policy (scene);
  g_signal_emit_by_name (ava_calendar_desk_get_page (scene->desk), "appointment-selected", book (scene));
  g_assert_true (ava_appointment_panel_run (scene->panel, "cancel"));
  stage_settle ();
  g_assert_true (stage_has_text (GTK_WIDGET (scene->panel), "Cancelling was free until Fri Jun 12, 11:00; now the fee is $50."));
  waive = stage_find (GTK_WIDGET (scene->panel), GTK_TYPE_CHECK_BUTTON, NULL);
  g_assert_true (gtk_widget_get_mapped (waive) && gtk_widget_is_sensitive (waive));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (waive), TRUE);
  list = stage_find (GTK_WIDGET (scene->panel), GTK_TYPE_LIST_BOX, NULL);
  g_signal_emit_by_name (list, "row-activated", gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), 0));
  stage_settle ();
  g_assert_true (ava_appointment_panel_is_asking (scene->panel));   /* no reason for the fee yet */
  waiver = gtk_widget_get_next_sibling (waive);
  g_assert_true (GTK_IS_ENTRY (waiver));
  gtk_editable_set_text (GTK_EDITABLE (waiver), "her first time");
  g_signal_emit_by_name (list, "row-activated", gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), 0));
  g_assert_true (stage_wait (is_cancelled, scene, 10));
  gone = ava_appointment_panel_get_appointment (scene->panel);
  g_assert_cmpint (gone->fee_cents, ==, 0);
  g_assert_cmpstr (gone->fee_waiver, ==, "manager: her first time");
  g_assert_cmpstr (gone->cancel_reason, ==, "Client is ill");
}

static gboolean
did_not_come (gpointer user_data)
{
  AvaAppointment *shown = ava_appointment_panel_get_appointment (((Scene *) user_data)->panel);

  return shown != NULL && shown->status == AVA_APPOINTMENT_NO_SHOW;
}

static gboolean
is_scheduled (gpointer user_data)
{
  AvaAppointment *shown = ava_appointment_panel_get_appointment (((Scene *) user_data)->panel);

  return shown != NULL && shown->status == AVA_APPOINTMENT_SCHEDULED;
}

static void
not_coming_without_a_fee_is_one_key (Scene         *scene,
                                     gconstpointer  data)
{
  g_signal_emit_by_name (ava_calendar_desk_get_page (scene->desk), "appointment-selected", book (scene));
  g_assert_true (ava_appointment_panel_run (scene->panel, "no-show"));
  g_assert_false (ava_appointment_panel_is_asking (scene->panel));
  g_assert_true (stage_wait (did_not_come, scene, 10));
  g_assert_cmpint (ava_appointment_panel_get_appointment (scene->panel)->fee_cents, ==, 0);
}

/* What has the keyboard is pressed, as Enter does. */
static void
press_focused (Scene *scene)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (scene->stage.window));

  g_assert_true (GTK_IS_BUTTON (focus));
  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (focus)), ==, "_Did Not Come");
  gtk_widget_activate (focus);
}

static void
a_fee_for_not_coming_is_told_first_and_undone (Scene         *scene,
                                               gconstpointer  data)
{
  AvaAppointment *missed;

  set_policy (scene);
  g_signal_emit_by_name (ava_calendar_desk_get_page (scene->desk), "appointment-selected", book (scene));
  g_assert_true (ava_appointment_panel_run (scene->panel, "no-show"));
  stage_settle ();
  g_assert_true (ava_appointment_panel_is_asking (scene->panel));
  g_assert_true (stage_has_text (GTK_WIDGET (scene->panel), "For not coming the fee is $75.50."));
  g_assert_true (stage_has_text (GTK_WIDGET (scene->panel), "Did the client not come?"));
  g_assert_true (is_scheduled (scene));
  press_focused (scene);
  g_assert_true (stage_wait (did_not_come, scene, 10));
  missed = ava_appointment_panel_get_appointment (scene->panel);
  g_assert_cmpint (missed->fee_cents, ==, 7550);
  g_assert_false (ava_appointment_panel_is_asking (scene->panel));
  gtk_widget_activate_action (GTK_WIDGET (scene->stage.window), "win.undo", NULL);
  g_assert_true (stage_wait (is_scheduled, scene, 10));
  g_assert_cmpint (ava_appointment_panel_get_appointment (scene->panel)->fee_cents, ==, 0);
}

static void
a_fee_for_not_coming_is_let_go_with_a_reason (Scene         *scene,
                                              gconstpointer  data)
{
  GtkWidget *waive;
  GtkWidget *waiver;
  AvaAppointment *missed;

  set_policy (scene);
  g_signal_emit_by_name (ava_calendar_desk_get_page (scene->desk), "appointment-selected", book (scene));
  g_assert_true (ava_appointment_panel_run (scene->panel, "no-show"));
  stage_settle ();
  waive = stage_find (GTK_WIDGET (scene->panel), GTK_TYPE_CHECK_BUTTON, NULL);
  waiver = gtk_widget_get_next_sibling (waive);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (waive), TRUE);
  gtk_widget_activate (stage_find (GTK_WIDGET (scene->panel), GTK_TYPE_BUTTON, "_Did Not Come"));
  stage_settle ();
  g_assert_true (ava_appointment_panel_is_asking (scene->panel));   /* no reason yet */
  gtk_editable_set_text (GTK_EDITABLE (waiver), "was in hospital");
  g_signal_emit_by_name (waiver, "activate");
  press_focused (scene);
  g_assert_true (stage_wait (did_not_come, scene, 10));
  missed = ava_appointment_panel_get_appointment (scene->panel);
  g_assert_cmpint (missed->fee_cents, ==, 0);
  g_assert_cmpstr (missed->fee_waiver, ==, "manager: was in hospital");
}

static void
notes_are_saved_when_they_are_left (Scene         *scene,
                                    gconstpointer  data)
{
  GtkWidget *notes;

  g_signal_emit_by_name (ava_calendar_desk_get_page (scene->desk), "appointment-selected", book (scene));
  stage_settle ();
  notes = stage_find (GTK_WIDGET (scene->panel), GTK_TYPE_TEXT_VIEW, NULL);
  gtk_widget_grab_focus (notes);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (notes)), "Brings her sister", -1);
  gtk_text_buffer_set_modified (gtk_text_view_get_buffer (GTK_TEXT_VIEW (notes)), TRUE);
  g_signal_emit_by_name (scene->panel, "closed");
  g_assert_true (stage_wait (has_notes, scene, 10) || ava_appointment_panel_get_appointment (scene->panel) == NULL);
}

static gboolean
strip_has_next (gpointer user_data)
{
  g_autofree char *words = ava_flow_strip_to_words (ava_calendar_desk_get_strip (((Scene *) user_data)->desk));

  return strstr (words, "Next: ") != NULL;
}

static void
strip_shows_today_whatever_day_is_shown (Scene         *scene,
                                         gconstpointer  data)
{
  g_assert_true (stage_wait (strip_has_next, scene, 10));
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (ava_calendar_desk_get_strip (scene->desk))));
}

/* --- A second location ---------------------------------------------------------------------------- */

static gboolean
has_two_places (gpointer user_data)
{
  return ava_context_get_spa (((Scene *) user_data)->stage.context)->locations->len == 2;
}

/* Three hours behind, open on Tuesdays and Thursdays from eight of its own clock, with Elena Ortiz. */
static void
open_west (Scene *scene)
{
  static const char changes[] =
    "[" STAGE_WEST ","
    " {\"table\": \"hours\", \"id\": \"w2\", \"before\": null, \"values\": {\"location_id\": \"west\", \"weekday\": 2, \"open_min\": 480, \"close_min\": 1020}},"
    " {\"table\": \"hours\", \"id\": \"w4\", \"before\": null, \"values\": {\"location_id\": \"west\", \"weekday\": 4, \"open_min\": 480, \"close_min\": 1020}},"
    " {\"table\": \"hours\", \"id\": \"o2\", \"before\": null, \"values\": {\"owner_id\": \"prov-ortiz\", \"location_id\": \"west\", \"weekday\": 2,"
    "  \"open_min\": 480, \"close_min\": 1020}},"
    " {\"table\": \"hours\", \"id\": \"o4\", \"before\": null, \"values\": {\"owner_id\": \"prov-ortiz\", \"location_id\": \"west\", \"weekday\": 4,"
    "  \"open_min\": 480, \"close_min\": 1020}}]";
  AvaCalendarPage *page = ava_calendar_desk_get_page (scene->desk);

  stage_change_settings (&scene->stage, changes);
  g_assert_true (stage_wait (has_two_places, scene, 10));
  ava_calendar_page_set_location (page, "west");
  ava_calendar_page_show_time (page, FREE_US);
  stage_settle ();
}

static gboolean
is_at_west (gpointer user_data)
{
  AvaAppointment *shown = ava_appointment_panel_get_appointment (((Scene *) user_data)->panel);

  return shown != NULL && g_strcmp0 (shown->room_id, "west-1") == 0;
}

static gboolean
is_at_three (gpointer user_data)
{
  AvaAppointment *shown = ava_appointment_panel_get_appointment (((Scene *) user_data)->panel);

  return is_at_west (user_data) && shown->start_us == FREE_US + 55 * HOUR_US &&
         stage_has_text (GTK_WIDGET (((Scene *) user_data)->panel), "Moved from Tue Dec 29, 8:00 to Thu Dec 31, 15:00");
}

static gboolean
strip_has_west (gpointer user_data)
{
  g_autofree char *words = ava_flow_strip_to_words (ava_calendar_desk_get_strip (((Scene *) user_data)->desk));

  return g_str_has_prefix (words, "Waiting: West Guest  ") && strchr (words, ';') == NULL;
}

static gboolean
strip_is_of_the_first (gpointer user_data)
{
  g_autofree char *words = ava_flow_strip_to_words (ava_calendar_desk_get_strip (((Scene *) user_data)->desk));

  return strip_has_next (user_data) && strstr (words, "West Guest") == NULL;
}

static void
booked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  *(AvaAppointment **) user_data = ava_store_book_finish (AVA_STORE (source), result, &error);
  g_assert_no_error (error);
}

static gboolean
is_booked (gpointer user_data)
{
  return *(AvaAppointment **) user_data != NULL;
}

/* Ten in the evening at West is tomorrow in New York; who is expected then came far too early. */
static void
strip_shows_the_guests_and_the_day_of_the_location (Scene         *scene,
                                                    gconstpointer  data)
{
  static const AvaActor actor = { .who = "staff:desk" };
  AvaStore *store = ava_context_get_store (scene->stage.context);
  gint64 start_us = FREE_US + (14 - 28 * 24) * HOUR_US;
  AvaSlot slot = {
    .service_id = (char *) "svc-botox", .provider_id = (char *) "prov-ortiz", .room_id = (char *) "west-1", .start_us = start_us,
    .end_us = start_us + HOUR_US / 2, .busy_start_us = start_us, .busy_end_us = start_us + HOUR_US / 2, .active_end_us = start_us + HOUR_US / 2,
  };
  const AvaBooking booking = { .slot = &slot, .customer_name = "West Guest", .phone = "+12125550181", .price_cents = 36000 };
  AvaCalendarPage *page = ava_calendar_desk_get_page (scene->desk);
  AvaAppointment *booked = NULL;

  open_west (scene);
  ava_store_book_async (store, &actor, &booking, NULL, booked_cb, &booked);
  g_assert_true (stage_wait (is_booked, &booked, 10));
  ava_store_set_status_async (store, &actor, booked->id, AVA_APPOINTMENT_ARRIVED, NULL, NULL, NULL);
  g_assert_true (stage_wait (strip_has_west, scene, 10));
  ava_calendar_page_set_location (page, NULL);
  g_assert_true (stage_wait (strip_is_of_the_first, scene, 10));
  ava_calendar_page_set_location (page, "west");
  g_assert_true (stage_wait (strip_has_west, scene, 10));
  g_object_unref (booked);
}

/* FREE_US is eight o'clock at West, where it opens. */
static void
book_at_west (Scene      *scene,
              const char *provider_id,
              const char *room_id,
              const char *title)
{
  AvaBookingEntry *entry = ava_calendar_desk_get_entry (scene->desk);
  AvaAppointment *shown;

  g_signal_emit_by_name (ava_calendar_desk_get_page (scene->desk), "slot-activated", provider_id, room_id, FREE_US, "s");
  g_assert_true (stage_wait (has_first, scene, 10));
  g_assert_true (stage_has_text (GTK_WIDGET (entry), title));
  gtk_editable_set_text (ava_booking_entry_get_field (entry), "sm b elena");
  ava_booking_entry_press (entry);
  ava_booking_entry_press (entry);
  g_assert_true (stage_wait (has_chip, scene, 10));
  stage_settle ();
  g_signal_emit_by_name (ava_calendar_desk_get_page (scene->desk), "appointment-selected",
                         ava_appointment_chip_get_appointment (find_chip (scene)));
  g_assert_true (stage_wait (is_at_west, scene, 10));
  shown = ava_appointment_panel_get_appointment (scene->panel);
  g_assert_cmpint (shown->start_us, ==, FREE_US);
  g_assert_cmpstr (shown->location_id, ==, "west");
  g_assert_true (stage_has_text (GTK_WIDGET (scene->panel), "Tuesday, December 29, 8:00 to 8:30"));
}

static void
day_of_another_location_books_and_moves_by_its_clock (Scene         *scene,
                                                      gconstpointer  data)
{
  AvaMoveEntry *move;

  open_west (scene);
  book_at_west (scene, "prov-ortiz", NULL, "Tuesday, December 29, 8:00 · Elena Ortiz");
  g_assert_true (ava_appointment_panel_run (scene->panel, "move"));
  stage_settle ();
  move = AVA_MOVE_ENTRY (stage_find (GTK_WIDGET (scene->panel), AVA_TYPE_MOVE_ENTRY, NULL));
  gtk_editable_set_text (ava_move_entry_get_field (move), "dec 31 3");
  stage_settle ();
  g_assert_cmpstr (ava_move_entry_get_choice (move), ==, "Thursday, December 31, 15:00 to 15:30");
  ava_move_entry_press (move);
  g_assert_true (stage_wait (is_at_three, scene, 10));
}

static void
rooms_of_another_location_book_by_its_clock (Scene         *scene,
                                             gconstpointer  data)
{
  open_west (scene);
  ava_calendar_page_set_view (ava_calendar_desk_get_page (scene->desk), AVA_CALENDAR_ROOMS);
  stage_settle ();
  book_at_west (scene, NULL, "west-1", "Tuesday, December 29, 8:00 · Hill Room");
}

#define ADD(name) g_test_add ("/ui/calendar-desk/" #name, Scene, NULL, set_up, name, tear_down)

int
main (int   argc,
      char *argv[])
{
  stage_init (&argc, &argv);
  ADD (entry_lies_on_the_slot_and_books);
  ADD (escape_gives_the_slot_back);
  ADD (undo_and_redo_work_anywhere);
  ADD (typing_is_taken_back_before_the_book);
  ADD (space_goes_through_the_day);
  ADD (the_gate_speaks_when_they_come);
  ADD (cancelling_asks_why_and_history_tells);
  ADD (what_ava_misheard_is_put_right);
  ADD (notes_are_saved_when_they_are_left);
  ADD (strip_shows_today_whatever_day_is_shown);
  ADD (strip_shows_the_guests_and_the_day_of_the_location);
  ADD (a_fee_is_told_and_let_go_with_a_reason);
  ADD (not_coming_without_a_fee_is_one_key);
  ADD (a_fee_for_not_coming_is_told_first_and_undone);
  ADD (a_fee_for_not_coming_is_let_go_with_a_reason);
  ADD (who_waits_is_offered_what_came_free);
  ADD (what_ava_cancels_is_offered_too);
  ADD (day_of_another_location_books_and_moves_by_its_clock);
  ADD (rooms_of_another_location_book_by_its_clock);
  return g_test_run ();
}
