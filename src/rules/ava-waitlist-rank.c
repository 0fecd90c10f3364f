/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-waitlist-rank.h"

#include "ava-wall-time.h"

/* Ranks those who wait for a time that became free. The score is a sum of four parts, so that the desk can
 * be told why somebody comes first; how long they have waited weighs as much as how well it fits. */

#define FIT_WEIGHT 35.0
#define WAITING_WEIGHT 35.0
#define SHOWS_WEIGHT 20.0
#define VALUE_WEIGHT 10.0

/* A new customer is taken to come as often as most do: 4 of 5. */
#define USUAL_VISITS 4.0
#define USUAL_NO_SHOWS 1.0

#define DAY_US ((gint64) 24 * 3600 * G_USEC_PER_SEC)

/**
 * ava_waitlist_rank_free:
 * @self: (transfer full) (nullable):
 */
void
ava_waitlist_rank_free (AvaWaitlistRank *self)
{
  if (self == NULL)
    return;
  g_clear_object (&self->entry);
  g_free (self->words);
  g_free (self);
}

/**
 * ava_waitlist_fits:
 * @here: seen from the location of @slot: by its clock times of day are meant
 *
 * Returns: whether @slot is something that @entry waits for
 */
gboolean
ava_waitlist_fits (AvaWaitlistEntry *entry,
                   const AvaSlot    *slot,
                   AvaSpa           *here)
{
  int minute = ava_wall_time_of (slot->start_us, here->zone, NULL);

  return g_strcmp0 (entry->service_id, slot->service_id) == 0 &&
         (entry->location_id == NULL || ava_spa_is_here (here, entry->location_id)) &&
         (entry->provider_id == NULL || g_strcmp0 (entry->provider_id, slot->provider_id) == 0) &&
         (entry->from_us == 0 || slot->start_us >= entry->from_us) &&
         (entry->to_us == 0 || slot->start_us <= entry->to_us) &&
         minute >= entry->from_min && minute <= entry->to_min;
}

/* Who can only come at few times gets one of them: the narrower the wish, the better the fit. */
static double
measure_fit (AvaWaitlistEntry *entry)
{
  double fit = 0.4;

  if (entry->provider_id != NULL)
    fit += 0.2;
  if (entry->to_min - entry->from_min < 12 * 60)
    fit += 0.2;
  if (entry->to_us != 0 && entry->to_us - MAX (entry->from_us, entry->created_us) <= 7 * DAY_US)
    fit += 0.2;
  return fit;
}

static double
measure_shows (AvaWaitlistEntry *entry)
{
  return (entry->visits + USUAL_VISITS) / (entry->visits + entry->no_shows + USUAL_VISITS + USUAL_NO_SHOWS);
}

static char *
explain (AvaWaitlistEntry *entry,
         gint64            now_us)
{
  g_autoptr (GString) words = g_string_new (NULL);
  gint64 days = MAX (now_us - entry->created_us, 0) / DAY_US;

  if (entry->provider_id != NULL)
    g_string_append_printf (words, "asked for %s; ", entry->provider_name != NULL ? entry->provider_name : "this provider");
  if (entry->to_min - entry->from_min < 12 * 60)
    g_string_append (words, "can only come at this time of day; ");
  if (entry->to_us != 0 && entry->to_us - MAX (entry->from_us, entry->created_us) <= 7 * DAY_US)
    g_string_append (words, "can only come in these days; ");
  if (days == 0)
    g_string_append (words, "waiting since today; ");
  else
    g_string_append_printf (words, "waiting %d %s; ", (int) days, days == 1 ? "day" : "days");
  if (entry->visits + entry->no_shows == 0)
    g_string_append (words, "has not been here yet");
  else
    g_string_append_printf (words, "came to %u of %u visits", entry->visits, entry->visits + entry->no_shows);
  if (entry->spent_cents > 0)
    g_string_append_printf (words, "; spent %" G_GINT64_FORMAT, entry->spent_cents / 100);
  words->str[0] = g_ascii_toupper (words->str[0]);
  return g_string_free (g_steal_pointer (&words), FALSE);
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  const AvaWaitlistRank *one = *(const AvaWaitlistRank *const *) a;
  const AvaWaitlistRank *two = *(const AvaWaitlistRank *const *) b;

  if (one->score != two->score)
    return one->score > two->score ? -1 : 1;
  if (one->entry->created_us != two->entry->created_us)
    return one->entry->created_us < two->entry->created_us ? -1 : 1;
  return g_strcmp0 (one->entry->id, two->entry->id);
}

/**
 * ava_waitlist_rank:
 * @entries: (element-type AvaWaitlistEntry): who waits; those who do not fit, or do not wait, are left out
 * @here: seen from the location of @slot
 *
 * Returns: (transfer full) (element-type AvaWaitlistRank): whom to ask, best first
 */
GPtrArray *
ava_waitlist_rank (GPtrArray     *entries,
                   const AvaSlot *slot,
                   AvaSpa        *here,
                   gint64         now_us)
{
  GPtrArray *ranks = g_ptr_array_new_with_free_func ((GDestroyNotify) ava_waitlist_rank_free);
  gint64 longest_us = DAY_US;
  gint64 most_cents = 1;

  for (guint i = 0; i < entries->len; i++) {
    AvaWaitlistEntry *entry = entries->pdata[i];
    AvaWaitlistRank *rank;

    if (entry->status != AVA_WAITLIST_WAITING || !ava_waitlist_fits (entry, slot, here))
      continue;
    rank = g_new0 (AvaWaitlistRank, 1);
    rank->entry = g_object_ref (entry);
    longest_us = MAX (longest_us, now_us - entry->created_us);
    most_cents = MAX (most_cents, entry->spent_cents);
    g_ptr_array_add (ranks, rank);
  }
  for (guint i = 0; i < ranks->len; i++) {
    AvaWaitlistRank *rank = ranks->pdata[i];

    rank->fit = FIT_WEIGHT * measure_fit (rank->entry);
    rank->waiting = WAITING_WEIGHT * MAX (now_us - rank->entry->created_us, 0) / longest_us;
    rank->shows = SHOWS_WEIGHT * measure_shows (rank->entry);
    rank->value = VALUE_WEIGHT * rank->entry->spent_cents / most_cents;
    rank->score = rank->fit + rank->waiting + rank->shows + rank->value;
    rank->words = explain (rank->entry, now_us);
  }
  g_ptr_array_sort (ranks, compare);
  return ranks;
}
