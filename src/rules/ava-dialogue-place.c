/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-dialogue-private.h"

/* An appointment stands at a location: what is said about it is meant by the clock of that place. */

/**
 * ava_dialogue_see:
 * @appointment: (nullable): of the caller; %NULL when none is meant yet
 *
 * Returns: (transfer full): the spa as seen from where @appointment stands, or else from where Ava answers
 */
AvaSpa *
ava_dialogue_see (AvaDialogue *self,
                  JsonObject  *appointment)
{
  return ava_spa_see (self->spa, appointment != NULL ? json_object_get_string_member_with_default (appointment, "location_id", NULL) : NULL);
}

/**
 * ava_dialogue_read_there:
 *
 * Now that it is known which appointment moves: "tomorrow" is tomorrow where it stands.
 */
void
ava_dialogue_read_there (AvaDialogue *self)
{
  g_autoptr (AvaSpa) here = ava_dialogue_see (self, self->appointment);
  AvaDatePhrase *there;

  if (self->when == NULL || self->when->zone == NULL ||
      g_strcmp0 (g_time_zone_get_identifier (self->when->zone), g_time_zone_get_identifier (here->zone)) == 0)
    return;
  there = ava_date_phrase_read_at (self->when, here->zone);
  ava_date_phrase_free (self->when);
  self->when = there;
  ava_dialogue_drop_times (self);
}
