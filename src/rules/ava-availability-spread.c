/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-availability.h"
#include "ava-wall-time.h"

/* Which of many open times are offered. */

#define MAX_SPREAD 12  /* nobody is offered more: a longer list is read, so it is kept in order */

static int
part_of_day (int minute)
{
  return minute < 720 ? 0 : minute < 1020 ? 1 : 2;
}

static int
compare_starts (gconstpointer a,
                gconstpointer b)
{
  const AvaSlot *one = *(const AvaSlot *const *) a;
  const AvaSlot *other = *(const AvaSlot *const *) b;

  return one->start_us < other->start_us ? -1 : one->start_us > other->start_us;
}

/* A new day counts most, then a new part of the day; the same start is never offered twice. */
static int
rate (const AvaSlot *slot,
      GPtrArray     *chosen,
      GTimeZone     *zone)
{
  GDate day;
  int part = part_of_day (ava_wall_time_of (slot->start_us, zone, &day));
  gboolean new_day = TRUE;
  gboolean new_part = TRUE;

  for (guint i = 0; i < chosen->len; i++) {
    const AvaSlot *other = chosen->pdata[i];
    GDate other_day;
    int other_part = part_of_day (ava_wall_time_of (other->start_us, zone, &other_day));

    if (other->start_us == slot->start_us)
      return -1;
    new_day = new_day && g_date_compare (&day, &other_day) != 0;
    new_part = new_part && part != other_part;
  }
  return new_day * 4 + new_part * 2;
}

static GPtrArray *
take_first (GPtrArray *slots,
            guint      count)
{
  GPtrArray *taken = g_ptr_array_new_with_free_func ((GDestroyNotify) ava_slot_free);

  for (guint i = 0; i < slots->len && taken->len < count; i++) {
    const AvaSlot *slot = slots->pdata[i];

    if (i == 0 || slot->start_us != ((AvaSlot *) slots->pdata[i - 1])->start_us)
      g_ptr_array_add (taken, ava_slot_copy (slot));
  }
  return taken;
}

/**
 * ava_availability_spread:
 * @slots: (element-type AvaSlot): by start
 * @count: how many to offer
 *
 * Chooses offers that differ: the first, then other days and other parts of the day. When more than a
 * dozen are asked for, the first ones are taken.
 *
 * Returns: (transfer full) (element-type AvaSlot): at most @count copies, by start
 */
GPtrArray *
ava_availability_spread (GPtrArray *slots,
                         GTimeZone *zone,
                         guint      count)
{
  GPtrArray *chosen;

  if (count > MAX_SPREAD)
    return take_first (slots, count);
  chosen = g_ptr_array_new_with_free_func ((GDestroyNotify) ava_slot_free);
  while (chosen->len < count) {
    const AvaSlot *best = NULL;
    int best_rate = -1;

    for (guint i = 0; i < slots->len && best_rate < 6; i++) {
      int rated = rate (slots->pdata[i], chosen, zone);

      if (rated > best_rate) {
        best = slots->pdata[i];
        best_rate = rated;
      }
    }
    if (best == NULL)
      break;
    g_ptr_array_add (chosen, ava_slot_copy (best));
  }
  g_ptr_array_sort (chosen, compare_starts);
  return chosen;
}
