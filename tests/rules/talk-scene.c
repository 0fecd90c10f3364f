/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "talk-scene.h"

#include "ava-wall-time.h"
#include "talk-desk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NOW "2026-11-24 10:00"

typedef struct {
  TalkDesk *desk;
  GArray *costs_us; /* nullable: gets what each turn of the caller took */
  AvaDialogue *dialogue;
  char *caller_id;
  GString *reply;
  GString *transcript;
  gboolean safety;
  gboolean person;
  gboolean ends;
  char *outcome;
  gboolean failed;
} Scene;

static void
fail_line (Scene      *scene,
           const char *line,
           const char *got)
{
  scene->failed = TRUE;
  g_string_append_printf (scene->transcript, ">>> not so: %s\n    but: %s\n", line, got != NULL ? got : "nothing");
}

static gint64
read_time (Scene      *scene,
           const char *words)
{
  int year = 0;
  int month = 0;
  int day = 0;
  int hour = 0;
  int minute = 0;
  GDate date;

  if (sscanf (words, "%d-%d-%d %d:%d", &year, &month, &day, &hour, &minute) != 5 || !g_date_valid_dmy (day, month, year))
    return 0;
  g_date_clear (&date, 1);
  g_date_set_dmy (&date, day, month, year);
  return ava_wall_time_first (&date, hour * 60 + minute, scene->desk->spa->zone);
}

static void
take_turn (Scene           *scene,
           AvaDialogueTurn *first)
{
  g_autoptr (GQueue) calls = g_queue_new ();
  AvaDialogueTurn *turn = first;

  g_string_truncate (scene->reply, 0);
  scene->safety = scene->person = scene->ends = FALSE;
  for (;;) {
    if (turn->reply != NULL)
      g_string_append_printf (scene->reply, "%s%s", scene->reply->len > 0 ? " " : "", turn->reply);
    scene->safety |= turn->safety_stop;
    scene->person |= turn->wants_person;
    scene->ends |= turn->ends_call;
    g_free (scene->outcome);
    scene->outcome = g_strdup (turn->outcome);
    for (guint i = 0; i < turn->tool_calls->len; i++)
      g_queue_push_tail (calls, g_object_ref (turn->tool_calls->pdata[i]));
    ava_dialogue_turn_free (turn);
    if (g_queue_is_empty (calls))
      break;
    {
      g_autoptr (AvaToolCall) call = g_queue_pop_head (calls);

      talk_desk_run (scene->desk, call);
      turn = ava_dialogue_tool_done (scene->dialogue, call, scene->desk->now_us);
    }
  }
  g_string_append_printf (scene->transcript, "    Ava: %s\n", scene->reply->str);
}

static void
start (Scene *scene)
{
  AvaDialogueCaller caller = { .phone = scene->caller_id, .call_id = "call-1" };
  guint known = 0;

  if (scene->dialogue != NULL)
    return;
  for (guint i = 0; i < scene->desk->customers->len && caller.phone != NULL; i++) {
    JsonObject *customer = scene->desk->customers->pdata[i];

    if (g_str_equal (json_object_get_string_member (customer, "phone"), caller.phone)) {
      known++;
      caller.customer_id = json_object_get_string_member (customer, "customer_id");
      caller.name = json_object_get_string_member (customer, "name");
    }
  }
  if (known != 1)
    caller.customer_id = caller.name = NULL;
  scene->dialogue = ava_dialogue_new (scene->desk->spa, &caller);
  take_turn (scene, ava_dialogue_greet (scene->dialogue, scene->desk->now_us));
}

static gboolean
has_parts (const char *reply,
           const char *pattern)
{
  g_autofree char *low = g_utf8_strdown (reply, -1);
  g_auto (GStrv) parts = g_strsplit (pattern, "...", -1);
  const char *at = low;

  for (guint i = 0; parts[i] != NULL; i++) {
    g_autofree char *part = g_utf8_strdown (g_strstrip (parts[i]), -1);

    at = strstr (at, part);
    if (at == NULL)
      return FALSE;
    at += strlen (part);
  }
  return TRUE;
}

static void
check_slots (Scene      *scene,
             const char *line,
             const char *value)
{
  g_autoptr (JsonObject) state = ava_dialogue_describe (scene->dialogue);
  JsonObject *slots = json_object_get_object_member (state, "slots");
  g_auto (GStrv) pairs = g_strsplit (value, ";", -1);

  for (guint i = 0; pairs[i] != NULL; i++) {
    g_auto (GStrv) pair = g_strsplit (pairs[i], "=", 2);
    const char *name = g_strstrip (pair[0]);
    const char *got;

    if (pair[1] == NULL || !json_object_has_member (slots, name)) {
      fail_line (scene, line, "no such slot");
      return;
    }
    got = json_object_get_string_member_with_default (slots, name, "-");
    g_strstrip (pair[1]);
    if (g_str_equal (name, "when") || g_str_equal (name, "notes") ? !has_parts (got != NULL ? got : "-", pair[1])
                                                                  : g_strcmp0 (got != NULL ? got : "-", pair[1]) != 0)
      fail_line (scene, line, got);
  }
}

/* "Botox | Elena Ortiz | 2026-12-01 15:00 | Dana Whitfield", from the left as much as is given */
static void
check_written (Scene      *scene,
               const char *line,
               const char *value,
               guint       count,
               const char *const *members)
{
  g_auto (GStrv) parts = g_strsplit (value, "|", -1);

  if (g_str_equal (value, "nothing") ? count > 0 : count == 0 || scene->desk->last == NULL) {
    fail_line (scene, line, count == 0 ? "nothing was written" : "something was written");
    return;
  }
  for (guint i = 0; parts[i] != NULL && members[i] != NULL && !g_str_equal (value, "nothing"); i++) {
    g_autofree char *got = g_strdup (json_object_get_string_member_with_default (scene->desk->last, members[i], ""));

    g_strstrip (parts[i]);
    if (g_str_equal (members[i], "start") && strlen (got) > 16) {
      got[10] = ' ';
      got[16] = '\0';
    }
    if (!g_str_equal (got, parts[i]) && !g_str_equal (parts[i], "-"))
      fail_line (scene, line, got);
  }
}

static gboolean
set_scene (Scene      *scene,
           const char *word,
           const char *value)
{
  g_auto (GStrv) parts = g_strsplit (value, "|", -1);
  const char *plus = strchr (value, '+');

  for (guint i = 0; parts[i] != NULL; i++)
    g_strstrip (parts[i]);
  if (g_str_equal (word, "Now")) {
    scene->desk->now_us = read_time (scene, value);
    return scene->desk->now_us != 0;
  }
  if (g_str_equal (word, "Caller id")) {
    scene->caller_id = g_strdup (value);
    return TRUE;
  }
  if (g_str_equal (word, "Customer") && plus != NULL) {
    g_autofree char *name = g_strndup (value, plus - value);

    talk_desk_add_customer (scene->desk, g_strstrip (name), plus);
    return TRUE;
  }
  if (g_str_equal (word, "Cancelling") && g_strv_length (parts) == 3)
    return talk_desk_set_fee (scene->desk, parts[0], atoi (parts[1]), atoi (parts[2]));
  if (g_str_equal (word, "Do not book") && g_strv_length (parts) == 2)
    return talk_desk_bar_customer (scene->desk, parts[0], parts[1]);
  if (g_str_equal (word, "Appointment") && g_strv_length (parts) == 4)
    return talk_desk_add_appointment (scene->desk, parts[0], parts[1], parts[2], read_time (scene, parts[3]));
  if (g_str_equal (word, "Busy") && g_strv_length (parts) == 3)
    return talk_desk_add_busy (scene->desk, parts[0], read_time (scene, parts[1]), read_time (scene, parts[2]));
  return FALSE;
}

static void
hear (Scene              *scene,
      const AvaUtterance *utterance)
{
  gint64 from_us = g_get_monotonic_time ();
  gint64 cost_us;

  take_turn (scene, ava_dialogue_hear (scene->dialogue, utterance));
  cost_us = g_get_monotonic_time () - from_us;
  if (scene->costs_us != NULL)
    g_array_append_val (scene->costs_us, cost_us);
}

static gboolean
say_line (Scene      *scene,
          const char *word,
          const char *value)
{
  double confidence = 1;
  g_autofree char *huge = NULL;

  if (g_str_has_prefix (word, "Caller (")) {
    confidence = g_ascii_strtod (word + strlen ("Caller ("), NULL);
  } else if (g_str_equal (word, "Silence")) {
    start (scene);
    take_turn (scene, ava_dialogue_silence (scene->dialogue, atoi (value), scene->desk->now_us));
    return TRUE;
  } else if (g_str_equal (word, "Staff")) {
    start (scene);
    ava_dialogue_turn_free (ava_dialogue_steer (scene->dialogue, value, scene->desk->now_us));
    return TRUE;
  } else if (!g_str_equal (word, "Caller")) {
    return FALSE;
  }
  start (scene);
  if (g_str_has_prefix (value, "10,000 times ")) {
    GString *text = g_string_new (NULL);

    for (guint i = 0; i < 10000; i++)
      g_string_append (text, value + strlen ("10,000 times "));
    value = huge = g_string_free (text, FALSE);
  }
  hear (scene, &(AvaUtterance) { value, confidence, scene->desk->now_us });
  return TRUE;
}

static gboolean
check_flag (Scene      *scene,
            const char *line,
            const char *word,
            const char *value)
{
  const struct { const char *word; gboolean is; } flags[] = {
    { "Safety", scene->safety }, { "Person", scene->person }, { "Ends", scene->ends },
  };

  for (guint i = 0; i < G_N_ELEMENTS (flags); i++) {
    if (!g_str_equal (word, flags[i].word))
      continue;
    if (flags[i].is != g_str_equal (value, "yes"))
      fail_line (scene, line, flags[i].is ? "yes" : "no");
    return TRUE;
  }
  return FALSE;
}

static gboolean
check_line (Scene      *scene,
            const char *line,
            const char *word,
            const char *value)
{
  static const char *const booked[] = { "service", "provider", "start", "customer_name", "phone", "email", NULL };
  static const char *const moved[] = { "start", "service", "provider", NULL };
  TalkDesk *desk = scene->desk;

  if (g_str_equal (word, "Ava") || g_str_equal (word, "Not")) {
    if (has_parts (scene->reply->str, value) != g_str_equal (word, "Ava"))
      fail_line (scene, line, scene->reply->str);
  } else if (g_str_equal (word, "Slots")) {
    check_slots (scene, line, value);
  } else if (g_str_equal (word, "Booked")) {
    check_written (scene, line, value, desk->books, booked);
  } else if (g_str_equal (word, "Moved")) {
    check_written (scene, line, value, desk->moves, moved);
  } else if (g_str_equal (word, "Cancelled")) {
    check_written (scene, line, value, desk->cancels, booked);
  } else if (g_str_equal (word, "Message")) {
    if (g_strcmp0 (desk->last_message != NULL ? desk->last_message : "nothing", value) != 0)
      fail_line (scene, line, desk->last_message);
  } else if (g_str_equal (word, "Notes")) {
    if (desk->last == NULL || !has_parts (json_object_get_string_member_with_default (desk->last, "notes", ""), value))
      fail_line (scene, line, desk->last != NULL ? json_object_get_string_member_with_default (desk->last, "notes", "") : NULL);
  } else if (g_str_equal (word, "Outcome")) {
    if (g_strcmp0 (scene->outcome, value) != 0)
      fail_line (scene, line, scene->outcome);
  } else if (g_str_equal (word, "Taken")) {
    desk->take_next = TRUE;
  } else if (g_str_equal (word, "Wait")) {
    desk->now_us += atoi (value) * 60 * G_USEC_PER_SEC;
  } else {
    return check_flag (scene, line, word, value);
  }
  return TRUE;
}

static void
run_line (Scene      *scene,
          const char *line)
{
  const char *colon = strchr (line, ':');
  g_autofree char *word = colon != NULL ? g_strndup (line, colon - line) : NULL;
  g_autofree char *value = colon != NULL ? g_strstrip (g_strdup (colon + 1)) : NULL;
  guint questions = 0;

  if (word == NULL) {
    fail_line (scene, line, "a line needs a word and a colon");
    return;
  }
  if (g_str_has_prefix (word, "Caller") && !g_str_equal (word, "Caller id"))
    g_string_append_printf (scene->transcript, "%s\n", strlen (line) < 200 ? line : "Caller: (long)");
  if (scene->dialogue == NULL && set_scene (scene, word, value))
    return;
  if (!say_line (scene, word, value)) {
    start (scene);
    if (!check_line (scene, line, word, value))
      fail_line (scene, line, "nothing in the README is written like this");
  }
  for (const char *at = scene->reply->str; *at != '\0'; at++)
    questions += *at == '?';
  if (questions > 1)
    fail_line (scene, "at most one question", scene->reply->str);
}

/**
 * talk_run:
 * @spa: whose demo it is
 * @costs_us: (nullable): gint64, gets how long each turn of the caller took, tools included
 *
 * Returns: (transfer full) (nullable): the conversation with what was not as it is written; %NULL when all was
 */
char *
talk_run (const Talk *talk,
          AvaSpa     *spa,
          GArray     *costs_us)
{
  Scene scene = { .desk = talk_desk_new (spa), .costs_us = costs_us, .reply = g_string_new (NULL), .transcript = g_string_new ("\n") };

  scene.desk->now_us = read_time (&scene, NOW);
  for (guint i = 0; i < talk->lines->len; i++)
    run_line (&scene, talk->lines->pdata[i]);
  if (scene.desk->repeated_keys > 0)
    fail_line (&scene, "a key was written twice", "");
  g_clear_pointer (&scene.dialogue, ava_dialogue_free);
  talk_desk_free (scene.desk);
  g_string_free (scene.reply, TRUE);
  g_free (scene.caller_id);
  g_free (scene.outcome);
  return g_string_free (scene.transcript, !scene.failed);
}

/* --- the files --- */

static void
free_talk (gpointer data)
{
  Talk *talk = data;

  g_free (talk->path);
  g_ptr_array_unref (talk->lines);
  g_free (talk);
}

static void
read_file (const char *folder,
           const char *name,
           GPtrArray  *talks)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GError) error = NULL;
  Talk *talk = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++) {
    g_strchomp (lines[i]);
    if (g_str_has_prefix (lines[i], "# ")) {
      g_autofree char *title = g_strdup (lines[i] + 2);

      talk = g_new0 (Talk, 1);
      talk->lines = g_ptr_array_new_with_free_func (g_free);
      talk->path = g_strdup_printf ("/dialogues/%.*s/%s", (int) strcspn (name, "."), name, g_strdelimit (title, "/", ' '));
      g_ptr_array_add (talks, talk);
    } else if (*lines[i] != '\0') {
      g_assert_nonnull (talk);
      g_ptr_array_add (talk->lines, g_strdup (lines[i]));
    }
  }
}

/**
 * talk_read_folder:
 *
 * Returns: (transfer full): Talk of all .talk files
 */
GPtrArray *
talk_read_folder (const char *folder)
{
  GPtrArray *talks = g_ptr_array_new_with_free_func (free_talk);
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, &error);
  const char *name;

  g_assert_no_error (error);
  while ((name = g_dir_read_name (dir)) != NULL) {
    if (g_str_has_suffix (name, ".talk"))
      read_file (folder, name, talks);
  }
  return talks;
}
