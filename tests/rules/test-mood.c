/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ava-mood.h"

/* Each row is a call: what the caller says, and the mood after the last of it. */
static const struct { AvaMood mood; const char *said[5]; } calls[] = {
  { AVA_MOOD_CALM, { "hi i would like to book a botox appointment" } },
  { AVA_MOOD_CALM, { "" } },
  { AVA_MOOD_PLEASED, { "oh that is wonderful thank you" } },
  { AVA_MOOD_CALM, { "oh that is wonderful", "tuesday at three would suit me" } },
  { AVA_MOOD_WORRIED, { "i am a little nervous does it hurt" } },
  { AVA_MOOD_UPSET, { "this is frustrating" } },
  { AVA_MOOD_UPSET, { "I'm not happy with the last treatment" } },
  { AVA_MOOD_ANGRY, { "this is frustrating", "i already told you my name" } },   /* a rising tone */
  { AVA_MOOD_ANGRY, { "this is ridiculous" } },
  { AVA_MOOD_ANGRY, { "I want my money back!" } },
  { AVA_MOOD_ANGRY, { "this is ridiculous", "yes" } },                            /* a short answer calms nobody */
  { AVA_MOOD_UPSET, { "this is ridiculous", "well alright then on tuesday" } },
  { AVA_MOOD_CALM, { "this is ridiculous", "well alright then on tuesday", "my name is sam carter" } },
  { AVA_MOOD_CALM, { "i am not angry at all you know" } },
  { AVA_MOOD_CALM, { "it was not great but that is fine for me" } },
  { AVA_MOOD_ANGRY, { "i hate this", "you are useless", "stupid machine" } },
  { AVA_MOOD_CALM, { "can i have the chemical peel for my complexion" } },        /* no complaint */
};

static void
each_call_ends_in_its_mood (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (calls); i++) {
    AvaMood mood = AVA_MOOD_CALM;
    guint n = 0;

    for (; n < G_N_ELEMENTS (calls[i].said) && calls[i].said[n] != NULL; n++)
      mood = ava_mood_hear (mood, calls[i].said[n]);
    if (mood != calls[i].mood)
      g_test_message ("row %u, “%s”: %s", i, calls[i].said[n - 1], ava_mood_to_string (mood));
    g_assert_cmpstr (ava_mood_to_string (mood), ==, ava_mood_to_string (calls[i].mood));
  }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mood/calls", each_call_ends_in_its_mood);
  return g_test_run ();
}
