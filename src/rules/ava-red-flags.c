/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-dialogue.h"
#include "ava-red-flags-private.h"

/**
 * ava_dialogue_find_red_flag:
 * @text: (nullable): what was said or written so far; may be half a sentence
 *
 * Words that stop everything, in speech (also half a sentence) and in messages.
 *
 * Returns: (nullable): the red flag in words, or %NULL when there is none
 */
const char *
ava_dialogue_find_red_flag (const char *text)
{
  g_autoptr (GPtrArray) clauses = NULL;

  if (text == NULL || *text == '\0')
    return NULL;
  clauses = ava_danger_hear (text);
  return ava_danger_find (clauses);
}
