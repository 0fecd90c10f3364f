/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-booking-entry.h"
#include "ava-move-entry.h"
#include "ava-undo-bar.h"
#include "stage.h"

#include <string.h>

/* What one types onto the calendar, each in a window of its own, on the demo spa. */

#define HOUR_US ((gint64) 3600 * G_USEC_PER_SEC)
/* Tuesday, December 29, 2026, 11:00 in New York: Elena Ortiz is free. */
#define FREE_US (G_GINT64_CONSTANT (1798560000) * G_USEC_PER_SEC)

typedef struct {
  Stage stage;
  AvaBook *book;
  GtkWidget *window;
  AvaBookingEntry *entry;
  AvaAppointment *booked;
  guint closed;
} Scene;

static void
on_booked (Scene          *scene,
           AvaAppointment *appointment)
{
  g_set_object (&scene->booked, appointment);
}

static void
on_closed (Scene *scene)
{
  scene->closed++;
}

static void
set_up (Scene         *scene,
        gconstpointer  data)
{
  stage_set_up (&scene->stage);
  scene->book = ava_book_new (scene->stage.context);
  scene->entry = ava_booking_entry_new (scene->book);
  g_signal_connect_swapped (scene->entry, "booked", G_CALLBACK (on_booked), scene);
  g_signal_connect_swapped (scene->entry, "closed", G_CALLBACK (on_closed), scene);
  scene->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (scene->window), 360, 420);
  gtk_window_set_child (GTK_WINDOW (scene->window), GTK_WIDGET (scene->entry));
  gtk_window_present (GTK_WINDOW (scene->window));
  stage_settle ();
}

static void
tear_down (Scene         *scene,
           gconstpointer  data)
{
  gtk_window_destroy (GTK_WINDOW (scene->window));
  stage_settle ();
  g_clear_object (&scene->booked);
  g_assert_finalize_object (g_steal_pointer (&scene->book));
  stage_tear_down (&scene->stage);
}

static gboolean
has_booked (gpointer user_data)
{
  return ((Scene *) user_data)->booked != NULL;
}

static gboolean
has_first (gpointer user_data)
{
  return ava_booking_entry_get_first (((Scene *) user_data)->entry) != NULL;
}

static gboolean
has_words (gpointer user_data)
{
  return *ava_booking_entry_get_words (((Scene *) user_data)->entry) != '\0';
}

static void
type (Scene      *scene,
      const char *text)
{
  gtk_editable_set_text (ava_booking_entry_get_field (scene->entry), text);
}

static void
start (Scene      *scene,
       const char *provider_id,
       gint64      start_us,
       const char *text)
{
  ava_booking_entry_start (scene->entry, NULL, provider_id, NULL, start_us, "");
  type (scene, text);
  g_assert_true (stage_wait (has_first, scene, 10));
  stage_settle ();
}

static void
press (Scene *scene)
{
  ava_booking_entry_press (scene->entry);
  stage_settle ();
}

static void
fragments_in_any_order_book_with_two_enters (Scene         *scene,
                                             gconstpointer  data)
{
  start (scene, "prov-ortiz", FREE_US, "bot sm da");
  g_assert_true (g_str_has_prefix (ava_booking_entry_get_first (scene->entry), "Dawn Smith · Botox, "));
  g_assert_nonnull (strstr (ava_booking_entry_get_first (scene->entry), "…0100"));
  press (scene);
  g_assert_null (scene->booked);
  press (scene);
  g_assert_true (stage_wait (has_booked, scene, 10));
  g_assert_cmpstr (scene->booked->customer_name, ==, "Dawn Smith");
  g_assert_cmpstr (scene->booked->service_id, ==, "svc-botox");
  g_assert_cmpstr (scene->booked->provider_id, ==, "prov-ortiz");
  g_assert_cmpint (scene->booked->start_us, ==, FREE_US);
}

static gboolean
has_groups (gpointer user_data)
{
  return ava_spa_find_service (ava_context_get_spa (((Scene *) user_data)->stage.context), "svc-botox")->group_size == 2;
}

static gboolean
has_part (GtkWidget  *from,
          const char *words)
{
  if (GTK_IS_LABEL (from) && strstr (gtk_label_get_text (GTK_LABEL (from)), words) != NULL)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (from); child != NULL; child = gtk_widget_get_next_sibling (child)) {
    if (has_part (child, words))
      return TRUE;
  }
  return FALSE;
}

static gboolean
tells_of_the_group (gpointer user_data)
{
  Scene *scene = user_data;
  const char *words = g_object_get_data (G_OBJECT (scene->window), "words");

  return has_part (GTK_WIDGET (scene->entry), words);
}

static void
expect_told (Scene      *scene,
             const char *words)
{
  g_object_set_data (G_OBJECT (scene->window), "words", (gpointer) words);
  if (!stage_wait (tells_of_the_group, scene, 10))
    g_error ("“%s” is not told", words);
}

/* A second customer joins the group of the first, at the same time with the same provider; a third finds it full. */
static void
a_group_is_begun_joined_and_full (Scene         *scene,
                                  gconstpointer  data)
{
  g_autofree char *first = NULL;

  stage_change_settings (&scene->stage, "[{\"table\":\"services\",\"id\":\"svc-botox\",\"before\":{\"version\":1},"
                                        "\"values\":{\"group_size\":2}}]");
  g_assert_true (stage_wait (has_groups, scene, 10));
  start (scene, "prov-ortiz", FREE_US, "bot sm da");
  expect_told (scene, "Begins a group of up to 2.");
  press (scene);
  press (scene);
  g_assert_true (stage_wait (has_booked, scene, 10));
  first = g_strdup (scene->booked->id);
  g_clear_object (&scene->booked);
  start (scene, "prov-ortiz", FREE_US, "new: Jane Roe 212 555 0142 bot");
  expect_told (scene, "Joins the group: 1 of 2 places are taken.");
  press (scene);
  press (scene);
  g_assert_true (stage_wait (has_booked, scene, 10));
  g_assert_cmpstr (scene->booked->id, !=, first);
  g_assert_cmpint (scene->booked->start_us, ==, FREE_US);
  g_clear_object (&scene->booked);
  start (scene, "prov-ortiz", FREE_US, "new: Joe Doe 212 555 0143 bot");
  g_assert_true (stage_wait (has_words, scene, 10));
  g_assert_nonnull (strstr (ava_booking_entry_get_words (scene->entry), "2 of 2 places are taken"));
}

/* "dsm b" and Enter twice come within milliseconds from a practised hand. */
static void
enters_that_are_faster_than_the_answers_are_kept (Scene         *scene,
                                                  gconstpointer  data)
{
  ava_booking_entry_start (scene->entry, NULL, "prov-ortiz", NULL, FREE_US, "s");
  type (scene, "sm");
  type (scene, "sm b");
  ava_booking_entry_press (scene->entry);
  ava_booking_entry_press (scene->entry);
  g_assert_true (stage_wait (has_booked, scene, 10));
  g_assert_nonnull (strstr (scene->booked->customer_name, "Sm"));
  g_assert_cmpstr (scene->booked->service_id, ==, "svc-botox");
}

static void
safety_refuses_and_says_who_may (Scene         *scene,
                                 gconstpointer  data)
{
  start (scene, "prov-ortiz", FREE_US, "em ph fil");
  g_assert_true (stage_wait (has_words, scene, 10));
  g_assert_nonnull (strstr (ava_booking_entry_get_first (scene->entry), "Allergic: lidocaine"));
  g_assert_nonnull (strstr (ava_booking_entry_get_words (scene->entry), "lidocaine"));
  g_assert_nonnull (strstr (ava_booking_entry_get_words (scene->entry), "The medical director may"));
  for (guint i = 0; i < 4; i++)
    press (scene);
  g_assert_null (scene->booked);
}

static void
who_may_books_against_safety_with_a_reason (Scene         *scene,
                                            gconstpointer  data)
{
  GtkWidget *reason;

  ava_book_set_role (scene->book, AVA_STAFF_ROLE_MEDICAL_DIRECTOR);
  start (scene, "prov-ortiz", FREE_US, "em ph fil");
  g_assert_true (stage_wait (has_words, scene, 10));
  press (scene);
  press (scene);
  g_assert_null (scene->booked);
  reason = GTK_WIDGET (gtk_window_get_focus (GTK_WINDOW (scene->window)));
  g_assert_true (GTK_IS_TEXT (reason));
  g_assert_true (reason != GTK_WIDGET (gtk_editable_get_delegate (ava_booking_entry_get_field (scene->entry))));
  gtk_editable_set_text (GTK_EDITABLE (reason), "Patch test was negative");
  gtk_widget_activate (stage_find (scene->window, GTK_TYPE_BUTTON, "Book _Anyway"));
  g_assert_true (stage_wait (has_booked, scene, 10));
  g_assert_cmpstr (scene->booked->override_reason, ==, "Patch test was negative");
  g_assert_cmpstr (scene->booked->override_role, ==, "medical-director");
}

/* Elena Ortiz works from 10; the spa is open from 9. */
static void
soft_conflict_is_read_and_gone_over (Scene         *scene,
                                     gconstpointer  data)
{
  start (scene, "prov-ortiz", FREE_US - 2 * HOUR_US, "da sm bot");
  g_assert_true (stage_wait (has_words, scene, 10));
  g_assert_nonnull (strstr (ava_booking_entry_get_words (scene->entry), "Elena Ortiz works"));
  g_assert_nonnull (stage_find (scene->window, GTK_TYPE_BUTTON, "Free: Tuesday, December 29, 10:00"));
  press (scene);
  press (scene);
  g_assert_true (stage_wait (has_booked, scene, 10));
  g_assert_cmpint (scene->booked->start_us, ==, FREE_US - 2 * HOUR_US);
}

/* An Enter that was pressed before the warning could be read does not go over it. */
static void
warning_is_not_gone_over_unread (Scene         *scene,
                                 gconstpointer  data)
{
  ava_booking_entry_start (scene->entry, NULL, "prov-ortiz", NULL, FREE_US - 2 * HOUR_US, "");
  type (scene, "da sm bot");
  ava_booking_entry_press (scene->entry);
  ava_booking_entry_press (scene->entry);
  g_assert_true (stage_wait (has_words, scene, 10));
  stage_settle ();
  stage_settle ();
  g_assert_null (scene->booked);
}

static void
new_client_is_booked_in_one_line (Scene         *scene,
                                  gconstpointer  data)
{
  start (scene, "prov-ortiz", FREE_US, "new: jane roe 555 0142 bot");
  g_assert_true (g_str_has_prefix (ava_booking_entry_get_first (scene->entry), "New client: Jane Roe · Botox, (212) 555-0142"));
  press (scene);
  press (scene);
  g_assert_true (stage_wait (has_booked, scene, 10));
  g_assert_cmpstr (scene->booked->customer_name, ==, "Jane Roe");
  g_assert_cmpstr (scene->booked->customer_phone, ==, "+12125550142");
}

static void
nobody_found_becomes_a_new_client_whose_phone_is_asked (Scene         *scene,
                                                        gconstpointer  data)
{
  start (scene, "prov-ortiz", FREE_US, "xander quux bot");
  press (scene);
  g_assert_cmpstr (gtk_editable_get_text (ava_booking_entry_get_field (scene->entry)), ==, "new: Xander Quux ");
  stage_settle ();
  press (scene);
  g_assert_null (scene->booked);
  g_assert_nonnull (strstr (ava_booking_entry_get_words (scene->entry), "phone"));
}

static void
service_that_was_not_typed_is_the_usual_one (Scene         *scene,
                                             gconstpointer  data)
{
  start (scene, "prov-park", FREE_US, "andre gom");
  g_assert_nonnull (strstr (ava_booking_entry_get_first (scene->entry), "Andre Gomez · "));
  g_assert_nonnull (strstr (ava_booking_entry_get_first (scene->entry), "the usual"));
}

static void
odd_input_harms_nothing (Scene         *scene,
                         gconstpointer  data)
{
  g_autofree char *long_name = g_strnfill (10000, 'x');
  const char *odd[] = { long_name, "'; DROP TABLE customers; --", "<b>bold</b> \"quoted\" %s %n", "😀 🎉 bot", "علي bot", "new:", "new: 555", "+", "   ", "\" OR 1" };

  for (guint i = 0; i < G_N_ELEMENTS (odd); i++) {
    ava_booking_entry_start (scene->entry, NULL, "prov-ortiz", NULL, FREE_US, odd[i]);
    stage_settle ();
    ava_booking_entry_press (scene->entry);
    stage_settle ();
    g_assert_null (scene->booked);
  }
  start (scene, "prov-ortiz", FREE_US, "da sm bot");
  g_assert_true (g_str_has_prefix (ava_booking_entry_get_first (scene->entry), "Dawn Smith"));
}

/* --- odd names --- */

static void
added_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GError) error = NULL;
  AvaCustomer *customer = ava_store_customer_change_finish (AVA_STORE (source), result, NULL, &error);

  g_assert_no_error (error);
  *(AvaCustomer **) user_data = customer;
}

static gboolean
is_set (gpointer user_data)
{
  return *(gpointer *) user_data != NULL;
}

static AvaCustomer *
add_customer (Scene      *scene,
              const char *name,
              const char *phone)
{
  const AvaActor actor = { .who = "staff", .role = AVA_STAFF_ROLE_FRONT_DESK };
  JsonObject *values = json_object_new ();
  AvaCustomer *added = NULL;

  json_object_set_string_member (values, "name", name);
  json_object_set_string_member (values, "phone", phone);
  ava_store_save_customer_async (ava_context_get_store (scene->stage.context), &actor, NULL, values, NULL, added_cb, &added);
  json_object_unref (values);
  g_assert_true (stage_wait (is_set, &added, 10));
  return added;
}

typedef struct {
  Scene *scene;
  const char *wanted;
} Wanted;

static gboolean
is_first (gpointer user_data)
{
  Wanted *wanted = user_data;
  const char *first = ava_booking_entry_get_first (wanted->scene->entry);

  return first != NULL && strstr (first, wanted->wanted) != NULL;
}

static void
press_key (Scene *scene,
           guint  key)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (scene->entry));
  gboolean handled = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers) && !handled; i++) {
    g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

    if (GTK_IS_EVENT_CONTROLLER_KEY (controller))
      g_signal_emit_by_name (controller, "key-pressed", key, 0, 0, &handled);
  }
  g_assert_true (handled);
}

/* Each is found by what one would type for it. */
static void
odd_names_are_found (Scene         *scene,
                     gconstpointer  data)
{
  static const struct { const char *name; const char *typed[3]; } odd[] = {
    { "Q", { "q bot", "bot Q", "0110 bot" } },
    { "Zoë Núñez", { "zoe nunez bot", "ZOË bot nú", "nuñez zoe bot" } },
    { "علي حسن", { "علي bot", "bot حسن علي", "حس bot" } },
    { "Emma Peel", { "emma peel bot", "peel bot", "pee em bot" } },
    { "😀 Smiley", { "😀 bot", "smiley bot", "bot 😀 smi" } },
    { "Søren O’Brien-Łuk", { "soren o'brien bot", "søren bot", "luk sor bot" } },
    { "李小龙", { "李小龙 bot", "李 bot", "0116 bot" } },
    { "Bo Tox", { "bo tox bot", "tox bo bot", "0117 bot" } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (odd); i++) {
    g_autofree char *phone = g_strdup_printf ("+1212555%04u", 110 + i);
    g_autofree char *title = g_strconcat (odd[i].name, " · Botox, Not here yet", NULL);
    g_autoptr (AvaCustomer) customer = add_customer (scene, odd[i].name, phone);

    for (guint j = 0; j < 3; j++) {
      Wanted wanted = { scene, title };

      start (scene, "prov-ortiz", FREE_US, odd[i].typed[j]);
      if (!stage_wait (is_first, &wanted, 5))
        g_error ("“%s” finds “%s”", odd[i].typed[j], ava_booking_entry_get_first (scene->entry));
    }
  }
}

/* "Peel" is a treatment and her name: with another treatment beside it, it is the name. */
static void
service_word_in_a_name_books_that_name (Scene         *scene,
                                        gconstpointer  data)
{
  g_autoptr (AvaCustomer) peel = add_customer (scene, "Emma Peel", "+12125550113");

  start (scene, "prov-ortiz", FREE_US, "emma peel bot");
  press (scene);
  press (scene);
  g_assert_true (stage_wait (has_booked, scene, 10));
  g_assert_cmpstr (scene->booked->customer_id, ==, peel->id);
  g_assert_cmpstr (scene->booked->service_id, ==, "svc-botox");
}

/* Of two with one name the phone tells which, and Enter that came before anybody could read it books neither. */
static void
namesakes_are_told_and_chosen (Scene         *scene,
                               gconstpointer  data)
{
  g_autoptr (AvaCustomer) one = add_customer (scene, "Anna Twin", "+12125550181");
  g_autoptr (AvaCustomer) other = add_customer (scene, "Anna Twin", "+12125550182");
  gboolean second;

  ava_booking_entry_start (scene->entry, NULL, "prov-ortiz", NULL, FREE_US, "");
  type (scene, "an tw bot");
  ava_booking_entry_press (scene->entry);
  ava_booking_entry_press (scene->entry);
  expect_told (scene, "Others have this name: Up and Down choose.");
  stage_settle ();
  stage_settle ();
  g_assert_null (scene->booked);
  second = strstr (ava_booking_entry_get_first (scene->entry), "…0181") != NULL;
  start (scene, "prov-ortiz", FREE_US, "an tw bot");
  press_key (scene, GDK_KEY_Down);
  stage_settle ();
  press (scene);
  press (scene);
  g_assert_true (stage_wait (has_booked, scene, 10));
  g_assert_cmpstr (scene->booked->customer_id, ==, second ? other->id : one->id);
}

static void
new_client_keeps_the_accents_that_were_typed (Scene         *scene,
                                              gconstpointer  data)
{
  start (scene, "prov-ortiz", FREE_US, "xóan quûx bot");
  press (scene);
  g_assert_cmpstr (gtk_editable_get_text (ava_booking_entry_get_field (scene->entry)), ==, "new: Xóan Quûx ");
}

static void
number_of_nobody_is_no_name (Scene         *scene,
                             gconstpointer  data)
{
  ava_booking_entry_start (scene->entry, NULL, "prov-ortiz", NULL, FREE_US, "");
  type (scene, "98760431 bot");
  expect_told (scene, "Nobody is found.");
  g_assert_null (ava_booking_entry_get_first (scene->entry));
}

/* --- moving --- */

typedef struct {
  Scene *scene;
  AvaMoveEntry *entry;
  AvaAppointment *moved;
} Move;

static void
on_moved (Move           *move,
          AvaAppointment *appointment)
{
  g_set_object (&move->moved, appointment);
}

static gboolean
has_moved (gpointer user_data)
{
  return ((Move *) user_data)->moved != NULL;
}

static void
begin_move (Scene *scene,
            Move  *move)
{
  start (scene, "prov-ortiz", FREE_US, "da sm bot");
  press (scene);
  press (scene);
  g_assert_true (stage_wait (has_booked, scene, 10));
  move->scene = scene;
  move->entry = ava_move_entry_new (scene->book);
  g_signal_connect_swapped (move->entry, "moved", G_CALLBACK (on_moved), move);
  gtk_window_set_child (GTK_WINDOW (scene->window), GTK_WIDGET (move->entry));
  ava_move_entry_start (move->entry, scene->booked);
}

static void
say (Move       *move,
     const char *text)
{
  gtk_editable_set_text (ava_move_entry_get_field (move->entry), text);
  stage_settle ();
}

static void
phrase_shows_where_it_goes_before_it_moves (Scene         *scene,
                                            gconstpointer  data)
{
  Move move = { 0 };

  begin_move (scene, &move);
  say (&move, "dec 31 3");
  g_assert_cmpstr (ava_move_entry_get_choice (move.entry), ==, "Thursday, December 31, 15:00 to 15:30");
  g_assert_null (move.moved);
  ava_move_entry_press (move.entry);
  g_assert_true (stage_wait (has_moved, &move, 10));
  g_assert_cmpint (move.moved->start_us, ==, FREE_US + 52 * HOUR_US);
  g_clear_object (&move.moved);
}

static void
shift_moves_by_minutes (Scene         *scene,
                        gconstpointer  data)
{
  Move move = { 0 };

  begin_move (scene, &move);
  say (&move, "+30m");
  g_assert_cmpstr (ava_move_entry_get_choice (move.entry), ==, "Tuesday, December 29, 11:30 to 12:00");
  ava_move_entry_press (move.entry);
  g_assert_true (stage_wait (has_moved, &move, 10));
  g_assert_cmpint (move.moved->start_us, ==, FREE_US + HOUR_US / 2);
  g_clear_object (&move.moved);
}

static void
ambiguous_day_is_asked_and_not_guessed (Scene         *scene,
                                        gconstpointer  data)
{
  Move move = { 0 };

  begin_move (scene, &move);
  say (&move, "tue");
  g_assert_nonnull (strstr (ava_move_entry_get_question (move.entry), "December 8th"));
  g_assert_null (ava_move_entry_get_choice (move.entry));
  ava_move_entry_press (move.entry);
  stage_settle ();
  g_assert_null (move.moved);
}

static void
impossible_day_is_told (Scene         *scene,
                        gconstpointer  data)
{
  Move move = { 0 };

  begin_move (scene, &move);
  say (&move, "feb 30");
  g_assert_cmpstr (ava_move_entry_get_words (move.entry), !=, "");
  g_assert_null (ava_move_entry_get_choice (move.entry));
  say (&move, "blah");
  g_assert_nonnull (strstr (ava_move_entry_get_words (move.entry), "thu 3"));
}

/* --- the undo bar --- */

static void
on_undo (gint64 *token,
         gint64  given)
{
  *token = given;
}

static gboolean
is_gone (gpointer user_data)
{
  return !ava_undo_bar_is_shown (user_data);
}

/* By its own count of the time that is left, however slow the machine is. */
static void
undo_bar_goes_when_its_time_is_over (void)
{
  AvaUndoBar *bar = ava_undo_bar_new ();
  GtkWidget *window = gtk_window_new ();

  gtk_window_set_child (GTK_WINDOW (window), GTK_WIDGET (bar));
  gtk_window_present (GTK_WINDOW (window));
  ava_undo_bar_offer (bar, 42, "Booked · Sam Lee: Botox");
  g_assert_true (stage_wait (is_gone, bar, 120));
  g_assert_cmpint (ava_undo_bar_get_left_us (bar), ==, 0);
  g_assert_cmpint (ava_undo_bar_get_token (bar), ==, 0);
  g_assert_false (ava_undo_bar_focus (bar));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
undo_bar_offers_says_and_gives_the_token_back (void)
{
  AvaUndoBar *bar = ava_undo_bar_new ();
  GtkWidget *window = gtk_window_new ();
  gint64 token = 0;

  gtk_window_set_child (GTK_WINDOW (window), GTK_WIDGET (bar));
  gtk_window_present (GTK_WINDOW (window));
  g_signal_connect_swapped (bar, "undo", G_CALLBACK (on_undo), &token);
  g_assert_false (ava_undo_bar_is_shown (bar));
  g_assert_false (ava_undo_bar_focus (bar));
  ava_undo_bar_offer (bar, 42, "Booked · Sam Lee: Botox");
  stage_settle ();
  g_assert_true (ava_undo_bar_is_shown (bar));
  g_assert_cmpint (ava_undo_bar_get_left_us (bar), >, 15 * G_USEC_PER_SEC);
  g_assert_cmpint (ava_undo_bar_get_left_us (bar), <=, 20 * G_USEC_PER_SEC);
  g_assert_true (ava_undo_bar_focus (bar));
  gtk_widget_activate (stage_find (window, GTK_TYPE_BUTTON, "_Undo"));
  stage_settle ();
  stage_settle ();
  g_assert_cmpint (token, ==, 42);
  g_assert_false (ava_undo_bar_is_shown (bar));
  ava_undo_bar_tell (bar, "Undone: Botox");
  stage_settle ();
  g_assert_cmpint (ava_undo_bar_get_token (bar), ==, 0);
  g_assert_null (stage_find (window, GTK_TYPE_BUTTON, "_Undo"));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Whoever goes to the offer by key, and takes it or lets it go, goes on where they were. */
static void
undo_bar_gives_the_keyboard_back (void)
{
  AvaUndoBar *bar = ava_undo_bar_new ();
  GtkWidget *window = gtk_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *before = gtk_button_new_with_label ("Before");

  gtk_box_append (GTK_BOX (box), before);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (bar));
  gtk_window_set_child (GTK_WINDOW (window), box);
  gtk_window_present (GTK_WINDOW (window));
  for (guint i = 0; i < 2; i++) {
    gtk_widget_grab_focus (before);
    ava_undo_bar_offer (bar, 42, "Imported: 3 new, 0 changed");
    stage_settle ();
    g_assert_true (ava_undo_bar_focus (bar));
    g_assert_true (ava_undo_bar_focus (bar));   /* once more changes nothing */
    if (i == 0)
      gtk_widget_activate (stage_find (window, GTK_TYPE_BUTTON, "_Undo"));
    else
      ava_undo_bar_hide (bar);
    stage_settle ();
    stage_settle ();
    g_assert_true (gtk_window_get_focus (GTK_WINDOW (window)) == before);
  }
  gtk_window_destroy (GTK_WINDOW (window));
}

#define ADD(name) g_test_add ("/ui/booking/" #name, Scene, NULL, set_up, name, tear_down)

int
main (int   argc,
      char *argv[])
{
  stage_init (&argc, &argv);
  ADD (fragments_in_any_order_book_with_two_enters);
  ADD (a_group_is_begun_joined_and_full);
  ADD (enters_that_are_faster_than_the_answers_are_kept);
  ADD (safety_refuses_and_says_who_may);
  ADD (who_may_books_against_safety_with_a_reason);
  ADD (soft_conflict_is_read_and_gone_over);
  ADD (warning_is_not_gone_over_unread);
  ADD (new_client_is_booked_in_one_line);
  ADD (nobody_found_becomes_a_new_client_whose_phone_is_asked);
  ADD (service_that_was_not_typed_is_the_usual_one);
  ADD (odd_input_harms_nothing);
  ADD (odd_names_are_found);
  ADD (service_word_in_a_name_books_that_name);
  ADD (namesakes_are_told_and_chosen);
  ADD (new_client_keeps_the_accents_that_were_typed);
  ADD (number_of_nobody_is_no_name);
  ADD (phrase_shows_where_it_goes_before_it_moves);
  ADD (shift_moves_by_minutes);
  ADD (ambiguous_day_is_asked_and_not_guessed);
  ADD (impossible_day_is_told);
  g_test_add_func ("/ui/booking/undo_bar_goes_when_its_time_is_over", undo_bar_goes_when_its_time_is_over);
  g_test_add_func ("/ui/booking/undo_bar_offers_says_and_gives_the_token_back", undo_bar_offers_says_and_gives_the_token_back);
  g_test_add_func ("/ui/booking/undo_bar_gives_the_keyboard_back", undo_bar_gives_the_keyboard_back);
  return g_test_run ();
}
