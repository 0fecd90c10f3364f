/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-dialogue-private.h"

#include <string.h>

/*
 *  a name corrected twice --> spell a part --> letters --> "is that right?" --yes--> the part is known
 *                                 ^                               |
 *                                 +-------------- no -------------+
 */

#define MOST_CORRECTIONS 2   /* of a name, then it is spelled */
#define MOST_MISSPELLED 3    /* spellings refused, then a person helps */

static const char *
find_last_name (const char *name)
{
  const char *space = name != NULL ? strchr (name, ' ') : NULL;

  return space != NULL ? space + 1 : NULL;
}

/* Parts in which two names differ. */
static guint
compare_names (const char *one,
               const char *other)
{
  const char *last = find_last_name (one);
  const char *other_last = find_last_name (other);
  gsize length = last != NULL ? (gsize) (last - one) : strlen (one);
  gsize other_length = other_last != NULL ? (gsize) (other_last - other) : strlen (other);
  guint parts = 0;

  if (length != other_length || g_ascii_strncasecmp (one, other, length) != 0)
    parts |= AVA_NAME_FIRST;
  if ((last == NULL) != (other_last == NULL) || (last != NULL && g_ascii_strcasecmp (last, other_last) != 0))
    parts |= AVA_NAME_LAST;
  return parts;
}

/**
 * ava_dialogue_spell_name:
 * @parts: of the name
 *
 * Asks for them letter by letter from now on.
 */
void
ava_dialogue_spell_name (AvaDialogue *self,
                         guint        parts)
{
  self->spelling.wanted = parts;
  self->spelling.doubted = 0;
  self->spelling.corrections = 0;
}

/**
 * ava_dialogue_doubt_name:
 * @heard: (nullable): what the name was corrected to; %NULL when it was only refused
 *
 * What was heard in two ways is spelled after the second correction; when it was heard the same way
 * again, it could be any part. Whoever is known by their phone need not spell.
 */
void
ava_dialogue_doubt_name (AvaDialogue *self,
                         const char  *heard)
{
  if (self->name == NULL || self->identified)
    return;
  if (heard != NULL)
    self->spelling.doubted |= compare_names (self->name, heard);
  if (++self->spelling.corrections >= MOST_CORRECTIONS)
    ava_dialogue_spell_name (self, self->spelling.doubted != 0 ? self->spelling.doubted : AVA_NAME_FIRST | AVA_NAME_LAST);
}

/* The part that is asked for now. */
guint
ava_dialogue_get_spelled (AvaDialogue *self)
{
  return (self->spelling.wanted & AVA_NAME_FIRST) != 0 ? AVA_NAME_FIRST : AVA_NAME_LAST;
}

/* Puts the confirmed part in its place. */
static void
put_part (AvaDialogue *self,
          const char  *part)
{
  const char *last = find_last_name (self->name);
  g_autofree char *name = NULL;

  if (ava_dialogue_get_spelled (self) == AVA_NAME_FIRST)
    name = last != NULL ? g_strconcat (part, " ", last, NULL) : g_strdup (part);
  else if (last != NULL)
    name = g_strdup_printf ("%.*s%s", (int) (last - self->name), self->name, part);
  else
    name = self->name != NULL ? g_strconcat (self->name, " ", part, NULL) : g_strdup (part);
  ava_dialogue_set_text (&self->name, name);
  self->spelling.wanted &= ~ava_dialogue_get_spelled (self);
  self->identity_asked = TRUE;
}

/**
 * ava_dialogue_keep_letters:
 *
 * Keeps letters that were asked for until they are confirmed. A name that was never heard may be said instead.
 *
 * Returns: whether there was either
 */
gboolean
ava_dialogue_keep_letters (AvaDialogue *self,
                           AvaHeard    *heard)
{
  if (heard->spelled != NULL) {
    ava_dialogue_set_text (&self->spelling.letters, heard->spelled);
    return TRUE;
  }
  if (heard->name == NULL || self->name != NULL || self->asked != AVA_ASK_SPELL)
    return FALSE;
  ava_dialogue_set_text (&self->name, heard->name);
  self->identity_asked = TRUE;
  self->spelling.wanted = 0;
  return TRUE;
}

/**
 * ava_dialogue_spell:
 *
 * Returns: whether the next question is about the spelling of the name
 */
gboolean
ava_dialogue_spell (AvaDialogue     *self,
                    AvaDialogueTurn *turn)
{
  if (self->spelling.wanted == 0)
    return FALSE;
  ava_dialogue_ask (self, turn, self->spelling.letters != NULL ? AVA_ASK_SPELL_OK : AVA_ASK_SPELL);
  return TRUE;
}

/**
 * ava_dialogue_answer_letters:
 *
 * "Is that right?" was asked of the letters.
 *
 * Returns: whether that was answered
 */
gboolean
ava_dialogue_answer_letters (AvaDialogue     *self,
                             AvaDialogueTurn *turn,
                             AvaHeard        *heard)
{
  if (ava_heard_has (heard, AVA_INTENT_YES)) {
    put_part (self, self->spelling.letters);
    self->spelling.refused = 0;
  } else if (!ava_heard_has (heard, AVA_INTENT_NO)) {
    return FALSE;
  } else if (++self->spelling.refused >= MOST_MISSPELLED) {
    g_clear_pointer (&self->spelling.letters, g_free);
    self->spelling.refused = self->spelling.wanted = 0;
    self->spelling.given_up = TRUE;
    ava_dialogue_ask (self, turn, AVA_ASK_CALL_BACK);
    return TRUE;
  } else {
    AVA_LEAD (self, AVA_SAY_SPELL_AGAIN);
  }
  g_clear_pointer (&self->spelling.letters, g_free);
  ava_dialogue_advance (self, turn);
  return TRUE;
}

/* The part that is spelled, as Ava says it. */
const char *
ava_dialogue_say_part (AvaDialogue *self)
{
  return ava_dialogue_get_spelled (self) == AVA_NAME_FIRST ? "first" : "last";
}

/* "L, A, U, R, A": letter by letter. */
char *
ava_dialogue_say_letters (AvaDialogue *self)
{
  g_autoptr (GString) words = g_string_new (NULL);

  for (const char *at = self->spelling.letters; at != NULL && *at != '\0'; at = g_utf8_next_char (at)) {
    if (words->len > 0)
      g_string_append (words, ", ");
    g_string_append_unichar (words, g_unichar_toupper (g_utf8_get_char (at)));
  }
  return g_string_free (g_steal_pointer (&words), FALSE);
}
