/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ava-booking-card.h"

/* MS-3: a field leads to an utterance, and that to a part of the recording. */

static AvaTranscriptItem *
make_item (const char *text,
           gint64      start_ms,
           gint64      end_ms)
{
  AvaTranscriptItem *item = ava_transcript_item_new ("item-0003", NULL, AVA_ROLE_CALLER, "local");

  item->start_us = start_ms * 1000;
  item->end_us = end_ms * 1000;
  item->confidence = 0.87;
  ava_transcript_item_set_text (item, text, FALSE);
  return item;
}

static void
a_short_utterance_is_heard_whole (void)
{
  g_autoptr (AvaTranscriptItem) item = make_item ("botox please", 5000, 6200);
  g_autoptr (AvaEvidence) evidence = ava_evidence_new (item, "Botox");
  g_autoptr (AvaEvidence) copy = ava_evidence_copy (evidence);

  g_assert_cmpstr (evidence->item_id, ==, "item-0003");
  g_assert_cmpstr (copy->words, ==, "botox please");
  g_assert_cmpfloat (copy->confidence, ==, 0.87);
  g_assert_cmpint (evidence->said_us, ==, 5000000);
  g_assert_cmpint (evidence->from_us, <=, 5000000);
  g_assert_cmpint (evidence->to_us, >=, 6200000);
}

static void
a_long_utterance_is_heard_where_the_word_is (void)
{
  const char *text = "hi there this is about my skin and i would like to book a chemical peel for my sister and then for me too";
  g_autoptr (AvaTranscriptItem) item = make_item (text, 10000, 20000);
  g_autoptr (AvaEvidence) early = ava_evidence_new (item, "skin");
  g_autoptr (AvaEvidence) late = ava_evidence_new (item, "Sister");
  g_autoptr (AvaEvidence) number = ava_evidence_new (item, "(212) 555-0147");

  g_assert_cmpint (early->to_us - early->from_us, ==, AVA_EVIDENCE_CLIP_US);
  g_assert_cmpint (early->from_us, <, late->from_us);
  g_assert_cmpint (early->from_us, <=, 12500000);
  g_assert_cmpint (late->to_us, >=, 17500000);
  g_assert_cmpint (number->to_us, >=, 20000000);   /* numbers stand at the end */
}

/* Whatever was said and understood: never before the call, never longer than a clip, never beside the utterance. */
static void
a_clip_never_leaves_its_utterance (void)
{
  static const char *const values[] = { NULL, "", "Botox", "a", "(212) 555-0147", "Sam Carter", "Tuesday, December 8th at 11:15 AM" };
  static const char *const texts[] = { "", "x", "botox", "my name is sam carter and i want botox on tuesday the eighth if that is fine" };

  for (guint i = 0; i < 2000; i++) {
    gint64 start_ms = g_test_rand_int_range (0, 600000);
    gint64 end_ms = start_ms + g_test_rand_int_range (-200, 30000);
    const char *text = texts[i % G_N_ELEMENTS (texts)];
    g_autoptr (AvaTranscriptItem) item = make_item (text, i % 7 == 0 ? 0 : start_ms, MAX (0, end_ms));
    g_autoptr (AvaEvidence) evidence = ava_evidence_new (item, values[i % G_N_ELEMENTS (values)]);

    g_assert_cmpint (evidence->from_us, >=, 0);
    g_assert_cmpint (evidence->to_us, >, evidence->from_us);
    g_assert_cmpint (evidence->to_us - evidence->from_us, <=, AVA_EVIDENCE_CLIP_US);
    g_assert_cmpint (evidence->from_us, >=, item->start_us - 200000);
    g_assert_cmpint (evidence->to_us, <=, MAX (item->end_us, item->start_us) + 200000);
  }
}

static void
count (guint *changes)
{
  (*changes)++;
}

static void
a_card_tells_when_its_evidence_changes (void)
{
  g_autoptr (AvaBookingCard) card = ava_booking_card_new ();
  g_autoptr (AvaTranscriptItem) item = make_item ("botox please", 5000, 6200);
  guint changes = 0;

  g_signal_connect_swapped (card, "changed", G_CALLBACK (count), &changes);
  ava_booking_card_set_evidence (card, AVA_CARD_SERVICE, NULL);
  g_assert_cmpuint (changes, ==, 0);
  ava_booking_card_set_evidence (card, AVA_CARD_SERVICE, ava_evidence_new (item, "Botox"));
  g_assert_cmpuint (changes, ==, 1);
  g_assert_cmpstr (card->evidence[AVA_CARD_SERVICE]->words, ==, "botox please");
  ava_booking_card_set_evidence (card, AVA_CARD_SERVICE, NULL);
  g_assert_cmpuint (changes, ==, 2);
  g_assert_null (card->evidence[AVA_CARD_SERVICE]);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/evidence/short", a_short_utterance_is_heard_whole);
  g_test_add_func ("/evidence/long", a_long_utterance_is_heard_where_the_word_is);
  g_test_add_func ("/evidence/invariants", a_clip_never_leaves_its_utterance);
  g_test_add_func ("/evidence/card", a_card_tells_when_its_evidence_changes);
  return g_test_run ();
}
