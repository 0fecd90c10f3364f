/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ava-call-supervision.h"

#include <glib/gstdio.h>

/* What is shown beside a call, with no call: the card changes as an agent would change it. */

typedef struct {
  char *folder;
  AvaStore *store;
  AvaCallJournal *journal;
  GListStore *transcript;
  AvaBookingCard *card;
  AvaCallSupervision *supervision;
} Desk;

static void
desk_open (Desk *desk)
{
  g_autoptr (AvaClock) clock = ava_system_clock_new ();
  g_autoptr (GError) error = NULL;

  desk->folder = g_dir_make_tmp ("ava-supervision-XXXXXX", NULL);
  desk->store = ava_store_open (desk->folder, clock, &error);
  g_assert_no_error (error);
  desk->journal = ava_call_journal_new (desk->store, clock, "call-a");
  desk->transcript = g_list_store_new (AVA_TYPE_TRANSCRIPT_ITEM);
  desk->card = ava_booking_card_new ();
  desk->supervision = ava_call_supervision_new (G_LIST_MODEL (desk->transcript), desk->card, desk->journal, NULL);
}

static void
desk_close (Desk *desk)
{
  const char *files[] = { "ava.db", "ava.db-wal", "ava.db-shm" };

  g_assert_finalize_object (desk->supervision);
  while (!ava_call_journal_is_idle (desk->journal))
    g_main_context_iteration (NULL, TRUE);
  g_object_unref (desk->journal);
  g_object_unref (desk->transcript);
  g_object_unref (desk->card);
  ava_store_close (desk->store);
  g_object_unref (desk->store);
  for (guint i = 0; i < G_N_ELEMENTS (files); i++) {
    g_autofree char *path = g_build_filename (desk->folder, files[i], NULL);

    g_unlink (path);
  }
  g_rmdir (desk->folder);
  g_free (desk->folder);
}

/* As agents do: the item comes first, then grows, then is settled. */
static AvaTranscriptItem *
say (Desk       *desk,
     AvaRole     role,
     const char *text,
     gint64      start_ms)
{
  g_autofree char *id = g_strdup_printf ("item-%04u", g_list_model_get_n_items (G_LIST_MODEL (desk->transcript)) + 1);
  g_autoptr (AvaTranscriptItem) item = ava_transcript_item_new (id, NULL, role, "local");

  item->start_us = start_ms * 1000;
  item->end_us = item->start_us + 1500000;
  g_list_store_append (desk->transcript, item);
  ava_transcript_item_set_text (item, text, FALSE);
  return item;   /* kept by the transcript */
}

static void
tell (Desk       *desk,
      const char *kind,
      const char *data)
{
  g_autoptr (JsonNode) node = json_from_string (data, NULL);

  ava_call_supervision_note_event (desk->supervision, kind, json_node_get_object (node));
}

static const char *
get_words (Desk         *desk,
           AvaCardField  field)
{
  return desk->card->evidence[field] != NULL ? desk->card->evidence[field]->words : NULL;
}

static void
a_field_keeps_the_words_it_came_from (void)
{
  Desk desk = { 0 };

  desk_open (&desk);
  ava_booking_card_set_field (desk.card, AVA_CARD_PHONE, "(212) 555-0147", AVA_CARD_HEARD);   /* of the line */
  g_assert_null (get_words (&desk, AVA_CARD_PHONE));
  say (&desk, AVA_ROLE_AVA, "How can I help you?", 0);
  say (&desk, AVA_ROLE_CALLER, "botox please", 3000);
  ava_booking_card_set_field (desk.card, AVA_CARD_SERVICE, "Botox", AVA_CARD_HEARD);
  say (&desk, AVA_ROLE_CALLER, "my name is sam carter", 9000);
  ava_booking_card_set_field (desk.card, AVA_CARD_NAME, "Sam Carter", AVA_CARD_HEARD);
  say (&desk, AVA_ROLE_CALLER, "yes", 15000);
  ava_booking_card_set_field (desk.card, AVA_CARD_SERVICE, "Botox", AVA_CARD_CONFIRMED);
  ava_booking_card_set_field (desk.card, AVA_CARD_NAME, "Sam Carter", AVA_CARD_CONFIRMED);
  g_assert_cmpstr (get_words (&desk, AVA_CARD_SERVICE), ==, "botox please");
  g_assert_cmpstr (get_words (&desk, AVA_CARD_NAME), ==, "my name is sam carter");
  g_assert_null (get_words (&desk, AVA_CARD_PHONE));

  say (&desk, AVA_ROLE_CALLER, "no i meant filler", 20000);
  ava_booking_card_set_field (desk.card, AVA_CARD_SERVICE, "Dermal Filler", AVA_CARD_HEARD);
  g_assert_cmpstr (get_words (&desk, AVA_CARD_SERVICE), ==, "no i meant filler");
  ava_booking_card_set_field (desk.card, AVA_CARD_SERVICE, NULL, AVA_CARD_EMPTY);
  g_assert_null (get_words (&desk, AVA_CARD_SERVICE));
  desk_close (&desk);
}

static void
an_utterance_that_is_taken_back_brings_the_earlier_words_again (void)
{
  Desk desk = { 0 };

  desk_open (&desk);
  say (&desk, AVA_ROLE_CALLER, "on tuesday please", 3000);
  ava_booking_card_set_field (desk.card, AVA_CARD_WHEN, "Tuesday", AVA_CARD_HEARD);
  say (&desk, AVA_ROLE_CALLER, "or wednesday", 9000);
  ava_booking_card_set_field (desk.card, AVA_CARD_WHEN, "Wednesday", AVA_CARD_HEARD);
  g_assert_cmpstr (get_words (&desk, AVA_CARD_WHEN), ==, "or wednesday");
  tell (&desk, "withdraw", "{}");
  ava_booking_card_set_field (desk.card, AVA_CARD_WHEN, "Tuesday", AVA_CARD_HEARD);
  g_assert_cmpstr (get_words (&desk, AVA_CARD_WHEN), ==, "on tuesday please");
  say (&desk, AVA_ROLE_CALLER, "or wednesday no thursday", 9000);
  ava_booking_card_set_field (desk.card, AVA_CARD_WHEN, "Thursday", AVA_CARD_HEARD);
  g_assert_cmpstr (get_words (&desk, AVA_CARD_WHEN), ==, "or wednesday no thursday");
  desk_close (&desk);
}

static void
wish_mood_and_answer_time_follow_the_call (void)
{
  Desk desk = { 0 };
  g_autofree char *intent = NULL;
  AvaTranscriptItem *answer;

  desk_open (&desk);
  say (&desk, AVA_ROLE_CALLER, "i want to book botox", 3000);
  tell (&desk, "turn", "{\"intent\": \"book\"}");
  answer = say (&desk, AVA_ROLE_AVA, "Let me look.", 5100);
  say (&desk, AVA_ROLE_AVA, "I have three times.", 5100);
  tell (&desk, "answered", "{\"speech_end_us\": 4500000, \"first_audio_us\": 5300000}");
  g_assert_cmpint (answer->latency_ms, ==, 800);
  tell (&desk, "turn", "{\"intent\": \"yes\"}");
  g_object_get (desk.supervision, "intent", &intent, NULL);
  g_assert_cmpstr (intent, ==, "book");
  g_assert_cmpint (ava_call_supervision_get_mood (desk.supervision), ==, AVA_MOOD_CALM);
  say (&desk, AVA_ROLE_AVA, "This is ridiculous", 8000);   /* only the caller counts */
  g_assert_cmpint (ava_call_supervision_get_mood (desk.supervision), ==, AVA_MOOD_CALM);
  say (&desk, AVA_ROLE_CALLER, "this is ridiculous", 9000);
  g_assert_cmpint (ava_call_supervision_get_mood (desk.supervision), ==, AVA_MOOD_ANGRY);
  desk_close (&desk);
}

static char *
read_words (Desk       *desk,
            const char *property)
{
  char *words = NULL;

  g_object_get (desk->supervision, property, &words, NULL);
  return words;
}

static void
voice_service_and_cost_are_shown_while_they_are_used (void)
{
  Desk desk = { 0 };
  g_autofree char *nothing = NULL;
  g_autofree char *voice = NULL;
  g_autofree char *cost = NULL;
  g_autofree char *tokens = NULL;
  g_autofree char *local = NULL;

  desk_open (&desk);
  nothing = read_words (&desk, "cost");
  g_assert_null (nothing);
  tell (&desk, "cloud-voice", "{\"model\": \"some-model\", \"voice\": \"x\"}");
  voice = read_words (&desk, "connection");
  g_assert_cmpstr (voice, ==, "Cloud voice (some-model)");
  tell (&desk, "usage", "{\"text_in\": 10, \"audio_in\": 20, \"cost_micros\": 12500}");
  cost = read_words (&desk, "cost");
  g_assert_cmpstr (cost, ==, "$0.013");
  tell (&desk, "usage", "{\"text_in\": 10, \"audio_in\": 20, \"cost_micros\": null}");
  tokens = read_words (&desk, "cost");
  g_assert_cmpstr (tokens, ==, "30 tokens");
  tell (&desk, "agent-changed", "{\"from\": \"realtime\", \"to\": \"local\", \"why\": \"gone\"}");
  local = read_words (&desk, "connection");
  g_assert_nonnull (strstr (local, "cloud was lost"));
  desk_close (&desk);
}

static void
on_connection (guint *changes)
{
  (*changes)++;
}

/* One blink changes nothing; a line that does not come back does; and there is always something to read. */
static void
connection_does_not_flicker (void)
{
  static const struct { const char *kind; const char *words; guint changes; } steps[] = {
    { "cloud-voice", "Cloud voice (some-model)", 1 }, { "cloud-away", "Cloud voice (some-model)", 1 },
    { "cloud-renewed", "Cloud voice (some-model)", 1 }, { "cloud-away", "Cloud voice (some-model)", 1 },
    { "cloud-renewed", "Cloud voice (some-model)", 1 }, { "cloud-away", "Cloud voice (some-model)", 1 },
    { "cloud-away", "Cloud voice (some-model), connecting again", 2 }, { "usage", "Cloud voice (some-model), connecting again", 2 },
    { "cloud-renewed", "Cloud voice (some-model)", 3 }, { "agent-changed", "Local voice, the cloud was lost", 4 },
  };
  Desk desk = { 0 };
  guint changes = 0;

  desk_open (&desk);
  g_signal_connect_swapped (desk.supervision, "notify::connection", G_CALLBACK (on_connection), &changes);
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++) {
    g_autofree char *words = NULL;

    tell (&desk, steps[i].kind, i == 0 ? "{\"model\": \"some-model\"}" : "{\"words\": \"x\", \"cost_micros\": 1}");
    words = read_words (&desk, "connection");
    g_assert_cmpstr (words, ==, steps[i].words);
    g_assert_cmpuint (changes, ==, steps[i].changes);
  }
  desk_close (&desk);
}

static void
what_cannot_be_heard_or_understood_is_said (void)
{
  Desk desk = { 0 };
  g_autofree char *nothing = NULL;
  g_autofree char *silent = NULL;
  g_autofree char *advice = NULL;
  g_autofree char *none = NULL;

  desk_open (&desk);
  ava_call_supervision_play (desk.supervision, AVA_CARD_SERVICE);
  g_object_get (desk.supervision, "trouble", &nothing, NULL);
  g_assert_nonnull (strstr (nothing, "nothing about this"));
  say (&desk, AVA_ROLE_CALLER, "botox please", 3000);
  ava_booking_card_set_field (desk.card, AVA_CARD_SERVICE, "Botox", AVA_CARD_HEARD);
  ava_call_supervision_play (desk.supervision, AVA_CARD_SERVICE);
  g_object_get (desk.supervision, "trouble", &silent, NULL);
  g_assert_nonnull (strstr (silent, "not recorded"));

  tell (&desk, "turn", "{\"intent\": \"book\", \"acts\": [\"steer:unknown\"]}");
  g_object_get (desk.supervision, "advice", &advice, NULL);
  g_assert_nonnull (strstr (advice, "did not understand"));
  tell (&desk, "turn", "{\"intent\": \"book\", \"acts\": [\"steer:times\"]}");
  g_object_get (desk.supervision, "advice", &none, NULL);
  g_assert_null (none);
  desk_close (&desk);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/supervision/evidence", a_field_keeps_the_words_it_came_from);
  g_test_add_func ("/supervision/withdraw", an_utterance_that_is_taken_back_brings_the_earlier_words_again);
  g_test_add_func ("/supervision/wish-and-mood", wish_mood_and_answer_time_follow_the_call);
  g_test_add_func ("/supervision/voice-and-cost", voice_service_and_cost_are_shown_while_they_are_used);
  g_test_add_func ("/supervision/steady", connection_does_not_flicker);
  g_test_add_func ("/supervision/told", what_cannot_be_heard_or_understood_is_said);
  return g_test_run ();
}
