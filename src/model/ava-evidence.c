/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-evidence.h"

#include <string.h>

#define MARGIN_US (200 * 1000)     /* [us] kept before and after, so that no sound is cut */
#define SHORTEST_WORD 3            /* letters of a word worth looking for */

/* Where in @text the first telling word of @value stands, 0..1 of its length; negative when none does. */
static double
find_place (const char *text,
            const char *value)
{
  g_autofree char *said = g_utf8_strdown (text, -1);
  g_autofree char *wanted = g_utf8_strdown (value != NULL ? value : "", -1);
  g_auto (GStrv) words = g_strsplit_set (wanted, " ,.-()", -1);

  for (guint i = 0; words[i] != NULL; i++) {
    const char *found = strlen (words[i]) >= SHORTEST_WORD ? strstr (said, words[i]) : NULL;

    if (found != NULL)
      return (found - said + strlen (words[i]) / 2.0) / strlen (said);
  }
  return -1;
}

/* A long utterance is heard around the word that counts, else at its end: there numbers stand. */
static void
cut_clip (AvaEvidence *self,
          gint64       start_us,
          gint64       end_us,
          const char  *value)
{
  double place = find_place (self->words, value);
  gint64 middle_us;

  self->from_us = MAX (0, start_us - MARGIN_US);
  self->to_us = MAX (end_us, start_us) + MARGIN_US;
  if (self->to_us - self->from_us <= AVA_EVIDENCE_CLIP_US)
    return;
  if (place < 0) {
    self->from_us = self->to_us - AVA_EVIDENCE_CLIP_US;
    return;
  }
  middle_us = start_us + (gint64) (place * (end_us - start_us));
  self->from_us = CLAMP (middle_us - AVA_EVIDENCE_CLIP_US / 2, self->from_us, self->to_us - AVA_EVIDENCE_CLIP_US);
  self->to_us = self->from_us + AVA_EVIDENCE_CLIP_US;
}

/**
 * ava_evidence_new:
 * @item: what the caller said
 * @value: (nullable): what was understood of it, to find its place
 *
 * Returns: (transfer full): the evidence
 */
AvaEvidence *
ava_evidence_new (const AvaTranscriptItem *item,
                  const char              *value)
{
  AvaEvidence *self = g_new0 (AvaEvidence, 1);

  self->item_id = g_strdup (item->id);
  self->words = g_strdup (item->text);
  self->confidence = item->confidence;
  self->said_us = item->start_us;
  cut_clip (self, item->start_us, item->end_us, value);
  return self;
}

/**
 * ava_evidence_copy:
 *
 * Returns: (transfer full): the same once more
 */
AvaEvidence *
ava_evidence_copy (const AvaEvidence *self)
{
  AvaEvidence *copy = g_memdup2 (self, sizeof *self);

  copy->item_id = g_strdup (self->item_id);
  copy->words = g_strdup (self->words);
  return copy;
}

/**
 * ava_evidence_free:
 *
 * Frees it.
 */
void
ava_evidence_free (AvaEvidence *self)
{
  g_free (self->item_id);
  g_free (self->words);
  g_free (self);
}
