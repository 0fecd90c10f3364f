/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ava-dialogue.h"
#include "ava-grammar-private.h"

#include <string.h>

/* What the recognizer can hear of a danger must be one to the rules, and its ordinary talk must not. */

#define SENTENCES 20000

static GHashTable *
read_rules (void)
{
  GHashTable *rules = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_auto (GStrv) lines = g_strsplit (ava_grammar_dangers, "\n", -1);

  for (guint i = 0; lines[i] != NULL && *lines[i] != '\0'; i++) {
    const char *end = strstr (lines[i], "> = ");

    g_assert_true (lines[i][0] == '<' && end != NULL && g_str_has_suffix (lines[i], ";"));
    g_assert_true (g_hash_table_insert (rules, g_strndup (lines[i] + 1, end - lines[i] - 1),
                                        g_strndup (end + 4, strlen (end + 4) - 1)));
  }
  return rules;
}

/* The end of what begins with a bracket at @at. */
static const char *
find_end (const char *at)
{
  int depth = 0;

  do {
    depth += *at == '(' || *at == '[';
    depth -= *at == ')' || *at == ']';
    at++;
  } while (depth > 0);
  return at - 1;
}

/* (transfer full): one of the alternatives of @choice */
static char *
pick (const char *choice)
{
  g_autoptr (GPtrArray) starts = g_ptr_array_new ();
  guint at;

  g_ptr_array_add (starts, (char *) choice);
  for (const char *c = choice; *c != '\0'; c++) {
    if (*c == '(' || *c == '[')
      c = find_end (c);
    else if (*c == '|')
      g_ptr_array_add (starts, (char *) c + 1);
  }
  g_ptr_array_add (starts, (char *) choice + strlen (choice) + 1);
  at = g_random_int_range (0, starts->len - 1);
  return g_strndup (starts->pdata[at], (const char *) starts->pdata[at + 1] - (const char *) starts->pdata[at] - 1);
}

static void
say (GHashTable *rules,
     const char *choice,
     GString    *words)
{
  g_autofree char *picked = pick (choice);

  for (const char *at = picked; *at != '\0'; at++) {
    const char *end = at;

    if (*at == '/' || *at == '<')
      end = strchr (at + 1, *at == '/' ? '/' : '>');
    else if (*at == '(' || *at == '[')
      end = find_end (at);
    if (end == at) {
      g_string_append_c (words, *at);
    } else if (*at != '/' && (*at != '[' || g_random_boolean ())) {
      g_autofree char *inner = g_strndup (at + 1, end - at - 1);
      const char *rule = *at == '<' ? g_hash_table_lookup (rules, inner) : inner;

      g_assert_true (rule != NULL || g_str_equal (inner, "NULL"));
      if (rule != NULL)
        say (rules, rule, words);
    }
    at = end;
  }
}

static void
check_sentences (const char *rule,
                 gboolean    dangerous)
{
  g_autoptr (GHashTable) rules = read_rules ();

  for (guint i = 0; i < SENTENCES; i++) {
    g_autoptr (GString) words = g_string_new (NULL);

    say (rules, g_hash_table_lookup (rules, rule), words);
    if ((ava_dialogue_find_red_flag (words->str) != NULL) != dangerous)
      g_error ("<%s>: “%s” is %s", rule, words->str, dangerous ? "no red flag" : "a red flag");
  }
}

static void
every_danger_is_a_red_flag (void)
{
  check_sentences ("flag", TRUE);
}

static void
ordinary_talk_is_none (void)
{
  check_sentences ("aside", FALSE);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_random_set_seed (7);
  g_test_add_func ("/grammar/dangers", every_danger_is_a_red_flag);
  g_test_add_func ("/grammar/asides", ordinary_talk_is_none);
  return g_test_run ();
}
