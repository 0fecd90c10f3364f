/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-caller-script.h"

#include "ava-line-call.h"

#include <glib/gi18n.h>
#include <string.h>

static void
caller_rule_free (AvaCallerRule *rule)
{
  g_free (rule->expect);
  g_free (rule->words);
  g_free (rule->without);
  g_strfreev (rule->answers);
  g_free (rule);
}

/**
 * ava_caller_script_free:
 * @self: (transfer full) (nullable):
 */
void
ava_caller_script_free (AvaCallerScript *self)
{
  if (self == NULL)
    return;
  g_free (self->title);
  g_free (self->phone);
  g_free (self->voice);
  g_free (self->opening);
  g_ptr_array_unref (self->rules);
  g_free (self);
}

static GStrv
split_answers (const char *text)
{
  GStrv answers = g_strsplit (text, "|", -1);

  for (guint i = 0; answers[i] != NULL; i++)
    g_strstrip (answers[i]);
  return answers;
}

static void
replace (char       **field,
         const char  *value)
{
  g_free (*field);
  *field = g_strdup (value);
}

/* The quoted words that begin at @text, in lower case. */
static char *
read_quoted (const char *text)
{
  const char *end = *text == '"' ? strchr (text + 1, '"') : NULL;
  g_autofree char *words = end != NULL ? g_strndup (text + 1, end - text - 1) : NULL;

  return words != NULL ? g_utf8_strdown (words, -1) : NULL;
}

/* “on name”, “on "book it" without "botox"”, “interrupt "parking" after 1.5 s” */
static gboolean
add_rule (AvaCallerScript *self,
          const char      *key,
          const char      *value)
{
  AvaCallerRule *rule = g_new0 (AvaCallerRule, 1);
  const char *subject = strchr (key, ' ') + 1;
  const char *after = strstr (key, " after ");
  const char *without = strstr (key, " without ");

  rule->interrupt_s = -1;
  rule->answers = split_answers (value);
  g_ptr_array_add (self->rules, rule);
  rule->words = read_quoted (subject);
  if (without != NULL)
    rule->without = read_quoted (without + strlen (" without "));
  if (*subject != '"')
    rule->expect = g_strdup (subject);
  else if (rule->words == NULL || (without != NULL && rule->without == NULL))
    return FALSE;
  if (g_str_has_prefix (key, "interrupt ")) {
    if (after == NULL || rule->words == NULL)
      return FALSE;
    rule->interrupt_s = g_ascii_strtod (after + strlen (" after "), NULL);
  }
  return TRUE;
}

static gboolean
set_key (AvaCallerScript *self,
         const char      *key,
         const char      *value)
{
  if (g_str_equal (key, "title"))
    replace (&self->title, value);
  else if (g_str_equal (key, "phone"))
    replace (&self->phone, value);
  else if (g_str_equal (key, "voice"))
    replace (&self->voice, value);
  else if (g_str_equal (key, "opening"))
    replace (&self->opening, value);
  else if (g_str_equal (key, "noise"))
    self->noise_db = g_ascii_strtod (value, NULL);
  else if (g_str_equal (key, "band"))
    self->telephone = g_str_equal (value, "telephone");
  else if (g_str_equal (key, "hang up after"))
    self->hang_up_s = g_ascii_strtod (value, NULL);
  else if (g_str_has_prefix (key, "on ") || g_str_has_prefix (key, "interrupt "))
    return add_rule (self, key, value);
  else
    return FALSE;
  return TRUE;
}

static gboolean
parse_line (AvaCallerScript *self,
            char            *line)
{
  char *colon;

  g_strstrip (line);
  if (*line == '\0' || *line == '#')
    return TRUE;
  colon = strchr (line, ':');
  if (colon == NULL)
    return FALSE;
  *colon = '\0';
  return set_key (self, g_strstrip (line), g_strstrip (colon + 1));
}

/**
 * ava_caller_script_parse:
 * @text: of a .caller file
 *
 * Returns: (transfer full) (nullable): the script, or %NULL with @error set
 *   (AVA_LINE_ERROR_SCRIPT), naming the line
 */
AvaCallerScript *
ava_caller_script_parse (const char  *text,
                         GError     **error)
{
  g_autoptr (AvaCallerScript) self = g_new0 (AvaCallerScript, 1);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  self->rules = g_ptr_array_new_with_free_func ((GDestroyNotify) caller_rule_free);
  for (guint i = 0; lines[i] != NULL; i++) {
    if (!parse_line (self, lines[i])) {
      g_set_error (error, AVA_LINE_ERROR, AVA_LINE_ERROR_SCRIPT,
                   _("Line %u of the caller script is not understood"), i + 1);
      return NULL;
    }
  }
  if (self->opening == NULL || self->voice == NULL) {
    g_set_error_literal (error, AVA_LINE_ERROR, AVA_LINE_ERROR_SCRIPT,
                         _("A caller script needs a voice and an opening"));
    return NULL;
  }
  return g_steal_pointer (&self);
}

/**
 * ava_caller_script_find:
 * @caption: what Ava says
 * @expect: what she asks for
 *
 * Returns: (nullable) (transfer none): what the caller does then
 */
AvaCallerRule *
ava_caller_script_find (AvaCallerScript *self,
                        const char      *caption,
                        const char      *expect)
{
  g_autofree char *lower = g_utf8_strdown (caption, -1);

  for (guint i = 0; i < self->rules->len; i++) {
    AvaCallerRule *rule = self->rules->pdata[i];

    if (rule->without != NULL && strstr (lower, rule->without) != NULL)
      continue;
    if ((rule->words != NULL && strstr (lower, rule->words) != NULL) ||
        g_strcmp0 (rule->expect, expect) == 0)
      return rule;
  }
  return NULL;
}

/**
 * ava_caller_rule_take:
 *
 * Returns: (nullable) (transfer none): the next answer; the last one again and again
 */
const char *
ava_caller_rule_take (AvaCallerRule *rule)
{
  guint count = g_strv_length (rule->answers);
  guint turn = rule->next++;

  if (count == 0)
    return NULL;
  return rule->answers[MIN (turn, count - 1)];
}
