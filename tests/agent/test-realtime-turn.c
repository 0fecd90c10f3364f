/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ava-realtime-turn.h"

#include "ava-frame.h"

/* Plays patterns of sound to the state machine and writes down what is to be done, with when: 's' 100 ms of speech, 'f' 100 ms
 * that may hold speech, '.' 100 ms of silence, 'p' the same while Ava is heard, 'P' speech over her, '_' silence in the middle
 * of what she says. Other letters are what the service says. */

static const char letters[] = {
  [AVA_RT_DO_FLUSH] = 'F', [AVA_RT_DO_CANCEL] = 'X', [AVA_RT_DO_COMMIT] = 'C', [AVA_RT_DO_CLEAR] = 'L', [AVA_RT_DO_RESPOND] = 'R',
  [AVA_RT_DO_RESUME] = 'E', [AVA_RT_DO_SETTLE] = 'S', [AVA_RT_DO_FILLER] = 'I', [AVA_RT_DO_PROMPT] = 'Q', [AVA_RT_DO_LEAVE] = 'B',
  [AVA_RT_DO_GIVE_UP] = 'G', [AVA_RT_DO_EXCUSE] = 'U',
};

static void
say (AvaRealtimeTurn *turn,
     char             what)
{
  double speech = what == 's' || what == 'P' ? 0.9 : what == 'f' ? 0.3 : 0.05;

  switch (what) {
  case '<': ava_realtime_turn_started (turn); return;
  case '>': ava_realtime_turn_stopped (turn); return;
  case 'w': ava_realtime_turn_words (turn, turn->now_us); return;
  case 'W': ava_realtime_turn_words (turn, 0); return;
  case 'n': ava_realtime_turn_no_words (turn); return;
  case 'c': ava_realtime_turn_created (turn); return;
  case 'a': ava_realtime_turn_audio (turn); return;
  case 'd': ava_realtime_turn_done (turn, TRUE, FALSE); return;
  case 'e': ava_realtime_turn_done (turn, FALSE, FALSE); return;
  case 'r': ava_realtime_turn_refused (turn); return;
  case '?': ava_realtime_turn_ask (turn); return;
  case 't': ava_realtime_turn_tool_started (turn); return;
  case 'T': ava_realtime_turn_tool_done (turn, TRUE); return;
  case 'm': ava_realtime_turn_set_muted (turn, TRUE); return;
  case 'u': ava_realtime_turn_set_muted (turn, FALSE); return;
  case 'i': ava_realtime_turn_note_sign (turn); return;
  case '[': ava_realtime_turn_press (turn); return;
  case ']': ava_realtime_turn_release (turn); return;
  default: break;
  }
  for (guint i = 0; i < 5; i++)
    ava_realtime_turn_step (turn, speech, what == 'p' || what == 'P', what == '_');
}

static char *
play (AvaTurnMode  mode,
      const char  *pattern)
{
  g_autoptr (GString) done = g_string_new (NULL);
  AvaRealtimeTurn turn;
  AvaRealtimeDo what;

  ava_realtime_turn_init (&turn, mode, &ava_realtime_turn_defaults);
  for (const char *at = pattern; *at != '\0'; at++) {
    say (&turn, *at);
    while ((what = ava_realtime_turn_take (&turn)) != AVA_RT_DO_NOTHING)
      g_string_append_c (done, letters[what]);
  }
  return g_string_free (g_steal_pointer (&done), FALSE);
}

static const struct {
  const char *name;
  AvaTurnMode mode;
  const char *pattern;
  const char *done;
} samples[] = {
  /* the service is the owner: the client answers nothing by itself */
  { "server/answers", AVA_TURN_MODE_SERVER_VAD, "<ssss......>wcapppd", "" },
  { "server/barge-in", AVA_TURN_MODE_SERVER_VAD, "capppp<PPPw...>ca", "FS" },
  { "server/cough", AVA_TURN_MODE_SERVER_VAD, "cadpppp<P......>c..n", "FXE" },
  { "server/cough-answered", AVA_TURN_MODE_SERVER_VAD, "cadpppp<P......>c...........", "FXE" },
  { "server/speech-answered", AVA_TURN_MODE_SERVER_VAD, "cadpppp<PP......>c...........", "FS" },
  { "server/phantom-in-thought", AVA_TURN_MODE_SERVER_VAD, "<ssss>wc..<...........d...", "FXER" },
  { "server/phantom-and-late-words", AVA_TURN_MODE_SERVER_VAD, "<ssss>c..<W...........d...", "FXER" },
  { "server/phantom-before-thought", AVA_TURN_MODE_SERVER_VAD, "<ssss>w..<...........", "ER" },
  { "server/phantom-as-it-begins", AVA_TURN_MODE_SERVER_VAD, "<ssss>w..<c..a..........pppp", "S" },
  { "server/phantom-in-tool", AVA_TURN_MODE_SERVER_VAD, "<ssss>wctd..<...T..........", "ER" },
  { "server/phantom-in-slow-tool", AVA_TURN_MODE_SERVER_VAD, "<ssss>wctd..<...........T", "ER" },
  { "server/cough-in-thought", AVA_TURN_MODE_SERVER_VAD, "<ssss>wc..<s......d>c...a.............", "FS" },
  { "server/held-until-words", AVA_TURN_MODE_SERVER_VAD, "cadpppp<P......>c..ad..w" "pppppppppppppppppppppppppppppppppppppppppppppppppppp", "FS" },
  { "server/goes-on-in-thought", AVA_TURN_MODE_SERVER_VAD, "<ssss>wc..<ssssd......>cwa", "FS" },
  { "client/cough-in-thought", AVA_TURN_MODE_CLIENT_VAD, "ssss.....c..ss.....d......................", "CRFXCERI" },
  { "server/phantom", AVA_TURN_MODE_SERVER_VAD, "cadpppp<............", "FE" },
  { "server/never-answers", AVA_TURN_MODE_SERVER_VAD,
    "<ssss>................................................................................", "IRG" },
  { "server/deaf", AVA_TURN_MODE_SERVER_VAD, "<ssss............................................................................................................", "IR" },
  { "server/failed-twice", AVA_TURN_MODE_SERVER_VAD, "<ssss>c.e.c.e", "RG" },
  { "server/tools", AVA_TURN_MODE_SERVER_VAD, "<ssss>ctdT", "R" },
  { "server/tools-while-speaking", AVA_TURN_MODE_SERVER_VAD, "<ssss>ctd<ssT", "" },
  { "server/slow-tool", AVA_TURN_MODE_SERVER_VAD, "<ssss>ctd....................T", "IR" },
  { "server/silent-in-an-answer", AVA_TURN_MODE_SERVER_VAD, "capp___________________________", "G" },
  { "server/hesitates-in-an-answer", AVA_TURN_MODE_SERVER_VAD, "capp_______________ippp_______________id", "" },
  { "server/end-untold", AVA_TURN_MODE_SERVER_VAD, "capp................................................................"
    "..................................................................................", "Q" },
  { "server/muted", AVA_TURN_MODE_SERVER_VAD, "m<ssss>w............................................................................................................", "" },
  { "server/muted-while-asked", AVA_TURN_MODE_SERVER_VAD, "?m..............................<ssss>..................................................................e?.....................", "RF" },
  { "client/muted", AVA_TURN_MODE_CLIENT_VAD, "mssss...............................................................................................ussss.....", "CCR" },
  { "server/slow-tool-after-words", AVA_TURN_MODE_SERVER_VAD, "<ssss>capptdppppppppppp.............ppp......T", "IR" },
  { "server/quick-tool-after-words", AVA_TURN_MODE_SERVER_VAD, "<ssss>capptdppppppppppppppp...T", "R" },
  { "server/stuck-tool", AVA_TURN_MODE_SERVER_VAD, "<ssss>ctd............" "............................................................"
    "......................................................", "IU" },
  /* the arbiter */
  { "arbiter/one", AVA_TURN_MODE_SERVER_VAD, "???", "R" },
  { "arbiter/after", AVA_TURN_MODE_SERVER_VAD, "?ca?pd", "RR" },
  { "arbiter/refused", AVA_TURN_MODE_SERVER_VAD, "?rd", "RR" },
  { "arbiter/refused-lost", AVA_TURN_MODE_SERVER_VAD, ".?r...................................................", "RIR" },
  /* the client is the owner: 120 ms to commit, 500 to answer */
  { "client/answers", AVA_TURN_MODE_CLIENT_VAD, "ssss..", "C" },
  { "client/answers-later", AVA_TURN_MODE_CLIENT_VAD, "ssss.....", "CR" },
  { "client/goes-on", AVA_TURN_MODE_CLIENT_VAD, "ssss..ssss.....", "CCR" },
  { "client/click", AVA_TURN_MODE_CLIENT_VAD, "..........", "" },
  { "client/yes", AVA_TURN_MODE_CLIENT_VAD, "ss.....", "CR" },
  { "client/barge-in", AVA_TURN_MODE_CLIENT_VAD, "?capppPPPPPd.....w", "RFXCSR" },
  { "client/cough", AVA_TURN_MODE_CLIENT_VAD, "?capdpppPP.....n", "RFCE" },
  { "client/cough-untold", AVA_TURN_MODE_CLIENT_VAD, "?capdpppPP................", "RFCE" },
  { "client/cough-was-yes", AVA_TURN_MODE_CLIENT_VAD, "?capdpppPP.....w", "RFCSR" },
  { "client/faint-words", AVA_TURN_MODE_CLIENT_VAD, "fff....w", "CR" },
  { "client/faint-noise", AVA_TURN_MODE_CLIENT_VAD, "fff....n...............", "C" },
  /* a person is the owner */
  { "button/answers", AVA_TURN_MODE_PUSH_TO_TALK, "[ssss..ssss]", "LCR" },
  { "button/too-short", AVA_TURN_MODE_PUSH_TO_TALK, "[]", "LE" },
  { "button/tap-over-her", AVA_TURN_MODE_PUSH_TO_TALK, "?capppd[]", "RFLE" },
  { "button/tap-in-thought", AVA_TURN_MODE_PUSH_TO_TALK, "[sss]c.[]d", "LCRFXLXER" },
  { "button/late-words", AVA_TURN_MODE_PUSH_TO_TALK, "..[sssW]", "LCR" },
  { "button/over-her", AVA_TURN_MODE_PUSH_TO_TALK, "?cappp[sss]", "RFXLC" },
  { "button/open", AVA_TURN_MODE_PUSH_TO_TALK, "ssss..........", "" },
};

static void
check_sample (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autofree char *done = play (samples[i].mode, samples[i].pattern);

  g_assert_cmpstr (done, ==, samples[i].done);
}

static void
nobody_is_asked_twice_and_left (void)
{
  g_autoptr (GString) pattern = g_string_new (NULL);
  g_autofree char *done = NULL;

  for (guint i = 0; i < 300; i++)
    g_string_append_c (pattern, '.');
  done = play (AVA_TURN_MODE_SERVER_VAD, pattern->str);
  g_assert_cmpstr (done, ==, "QQB");
}

static void
digits_are_waited_for (void)
{
  AvaRealtimeTurn turn;
  guint asked = 0;

  ava_realtime_turn_init (&turn, AVA_TURN_MODE_CLIENT_VAD, &ava_realtime_turn_defaults);
  ava_realtime_turn_set_patience (&turn, 1000);
  for (const char *at = "ssss........ssss........"; *at != '\0'; at++) {
    AvaRealtimeDo what;

    say (&turn, *at);
    while ((what = ava_realtime_turn_take (&turn)) != AVA_RT_DO_NOTHING)
      asked += what == AVA_RT_DO_RESPOND;
  }
  g_assert_cmpuint (asked, ==, 0);
}

/* In every mode exactly one decides each thing, and for no mode somebody is missing. */
static void
each_decision_has_one_owner (void)
{
  for (AvaTurnMode mode = AVA_TURN_MODE_SERVER_VAD; mode <= AVA_TURN_MODE_PUSH_TO_TALK; mode++) {
    const AvaTurnOwners *owners = ava_turn_mode_get_owners (mode);
    AvaTurnMode same;

    g_assert_true (ava_turn_mode_from_string (ava_turn_mode_to_string (mode), &same));
    g_assert_cmpint (same, ==, mode);
    g_assert_cmpint (owners->commit == AVA_TURN_OWNER_SERVICE, ==, owners->cancel == AVA_TURN_OWNER_SERVICE);
  }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (samples); i++) {
    g_autofree char *name = g_strdup_printf ("/realtime-turn/%s", samples[i].name);

    g_test_add_data_func (name, GUINT_TO_POINTER (i), check_sample);
  }
  g_test_add_func ("/realtime-turn/silence", nobody_is_asked_twice_and_left);
  g_test_add_func ("/realtime-turn/patience", digits_are_waited_for);
  g_test_add_func ("/realtime-turn/owners", each_decision_has_one_owner);
  return g_test_run ();
}
