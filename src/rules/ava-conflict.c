/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-conflict.h"

/*
 *            busy_start     start      active_end        end        busy_end
 *   room       |== set-up ==|== active ==|== processing ==|== clean-up ==|
 *   device     |============|============|================|==============|
 *   provider   |============|============|      free      |==============|
 *
 * Whether a slot collides with what is taken: the one answer for the search, the store's transaction
 * and the import. A room and a device take as many treatments at a time as their capacity says. A
 * group session is one treatment: those who share service, provider and start share its room too.
 */

static gboolean
overlaps (gint64 from_us,
          gint64 to_us,
          gint64 other_from_us,
          gint64 other_to_us)
{
  return from_us < to_us && other_from_us < other_to_us && from_us < other_to_us && other_from_us < to_us;
}

static gboolean
part_touches (const AvaBusy *busy,
              gint64         from_us,
              gint64         to_us)
{
  if (busy->free_to_us <= busy->free_from_us)
    return overlaps (busy->start_us, busy->end_us, from_us, to_us);
  return overlaps (busy->start_us, busy->free_from_us, from_us, to_us) ||
         overlaps (busy->free_to_us, busy->end_us, from_us, to_us);
}

/**
 * ava_conflict_is_session:
 *
 * Returns: whether both are the same treatment at the same time by the same provider, as in a group
 */
gboolean
ava_conflict_is_session (const AvaBusy *busy,
                         const AvaSlot *slot)
{
  return busy->session_us != 0 && busy->session_us == slot->start_us &&
         g_strcmp0 (busy->service_id, slot->service_id) == 0 && g_strcmp0 (busy->provider_id, slot->provider_id) == 0;
}

/**
 * ava_conflict_touches:
 *
 * Returns: whether @busy takes some of the time in which @slot needs @resource, whoever's it is
 */
gboolean
ava_conflict_touches (const AvaBusy *busy,
                      const AvaSlot *slot,
                      AvaResource    resource)
{
  gint64 free_us = slot->active_end_us != 0 ? slot->active_end_us : slot->end_us;

  if (resource != AVA_RESOURCE_PROVIDER || free_us >= slot->end_us)
    return resource == AVA_RESOURCE_PROVIDER ? part_touches (busy, slot->busy_start_us, slot->busy_end_us)
                                             : overlaps (busy->start_us, busy->end_us, slot->busy_start_us, slot->busy_end_us);
  return part_touches (busy, slot->busy_start_us, free_us) || part_touches (busy, slot->end_us, slot->busy_end_us);
}

static const char *
get_id (const AvaBusy *busy,
        AvaResource    resource)
{
  return resource == AVA_RESOURCE_PROVIDER ? busy->provider_id : resource == AVA_RESOURCE_ROOM ? busy->room_id : busy->device_id;
}

static gboolean
is_in_way (const AvaBusy *busy,
           const AvaSlot *slot,
           AvaResource    resource,
           const char    *id,
           guint          group_size)
{
  return g_strcmp0 (get_id (busy, resource), id) == 0 && ava_conflict_touches (busy, slot, resource) &&
         !(group_size > 1 && ava_conflict_is_session (busy, slot));
}

/* Of a group only its first customer counts. */
static gboolean
is_counted (GPtrArray *busy,
            guint      at)
{
  const AvaBusy *one = busy->pdata[at];

  for (guint i = 0; one->session_us != 0 && i < at; i++) {
    const AvaBusy *other = busy->pdata[i];

    if (other->session_us == one->session_us && other->start_us == one->start_us && g_strcmp0 (other->service_id, one->service_id) == 0 &&
        g_strcmp0 (other->provider_id, one->provider_id) == 0 && g_strcmp0 (other->room_id, one->room_id) == 0)
      return FALSE;
  }
  return TRUE;
}

/* Those in the way at @at_us; @first gets the one that ends first. */
static guint
count_at (GPtrArray      *busy,
          const AvaSlot  *slot,
          AvaResource     resource,
          const char     *id,
          guint           group_size,
          gint64          at_us,
          const AvaBusy **first)
{
  guint count = 0;

  *first = NULL;
  for (guint i = 0; i < busy->len; i++) {
    const AvaBusy *other = busy->pdata[i];

    if (other->start_us > at_us || other->end_us <= at_us || !is_in_way (other, slot, resource, id, group_size) ||
        !is_counted (busy, i))
      continue;
    count++;
    if (*first == NULL || other->end_us < (*first)->end_us)
      *first = other;
  }
  return count;
}

/**
 * ava_conflict_find:
 * @busy: (element-type AvaBusy): may hold others' time too
 * @id: of the provider, room or device
 * @capacity: treatments at a time; of a provider it does not count
 * @group_size: customers who may share the slot's session, 0 or 1 for alone
 *
 * Returns: (nullable) (transfer none): what is in the way; of several the one that leaves it last (a
 *   provider) or first (a room or device with a capacity)
 */
const AvaBusy *
ava_conflict_find (GPtrArray     *busy,
                   const AvaSlot *slot,
                   AvaResource    resource,
                   const char    *id,
                   guint          capacity,
                   guint          group_size)
{
  const AvaBusy *last = NULL;

  for (guint i = 0; busy != NULL && i < busy->len; i++) {
    const AvaBusy *one = busy->pdata[i];
    const AvaBusy *first;

    if (!is_in_way (one, slot, resource, id, group_size))
      continue;
    if (resource == AVA_RESOURCE_PROVIDER || capacity <= 1 || one->is_block) {
      if (last == NULL || one->end_us > last->end_us)
        last = one;
    } else if (count_at (busy, slot, resource, id, group_size, MAX (one->start_us, slot->busy_start_us), &first) >= capacity) {
      return first;
    }
  }
  return last;
}
