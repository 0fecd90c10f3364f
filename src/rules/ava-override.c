/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-override.h"

#include "ava-availability-private.h"
#include "ava-wall-time.h"

#include <string.h>

/**
 * ava_override_is_soft:
 *
 * Returns: whether it only warns: whoever has seen it may go on
 */
gboolean
ava_override_is_soft (AvaBlock block)
{
  return block == AVA_BLOCKED_PAST || block == AVA_BLOCKED_CLOSED || block == AVA_BLOCKED_PROVIDER_OFF ||
         block == AVA_BLOCKED_CUSTOMER;
}

/**
 * ava_override_least_role:
 *
 * Returns: the least role that may go on; AVA_STAFF_ROLE_NONE when nobody may
 */
AvaStaffRole
ava_override_least_role (AvaBlock block)
{
  if (ava_override_is_soft (block))
    return AVA_STAFF_ROLE_FRONT_DESK;
  return block == AVA_BLOCKED_PROVIDER_BUSY || block == AVA_BLOCKED_BARRED ? AVA_STAFF_ROLE_MANAGER : AVA_STAFF_ROLE_NONE;
}

/**
 * ava_override_bar:
 * @do_not_book: (nullable): what the customer's record says
 *
 * The words are for the staff: a caller is never told.
 *
 * Returns: (transfer full) (nullable): the reason that speaks against any booking; %NULL without one
 */
AvaReason *
ava_override_bar (const char *do_not_book)
{
  if (do_not_book == NULL || strspn (do_not_book, " \t\n") == strlen (do_not_book))
    return NULL;
  return ava_reason_new (AVA_BLOCKED_BARRED, NULL,
                         g_strdup_printf ("This customer is marked “do not book”: %s%s", do_not_book,
                                          g_str_has_suffix (do_not_book, ".") ? "" : "."));
}

/**
 * ava_override_allows:
 * @reasons: (element-type AvaReason): all that speaks against it
 * @reason: (nullable): why @role goes on
 * @goes_on: the warnings were seen
 *
 * Returns: whether @role may go on against all of them
 */
gboolean
ava_override_allows (GPtrArray    *reasons,
                     AvaStaffRole  role,
                     const char   *reason,
                     gboolean      goes_on)
{
  gboolean reasoned = reason != NULL && strspn (reason, " \t\n") < strlen (reason);

  for (guint i = 0; i < reasons->len; i++) {
    AvaBlock block = ((AvaReason *) reasons->pdata[i])->block;
    AvaStaffRole least = ava_override_least_role (block);

    if (least == AVA_STAFF_ROLE_NONE || role < least)
      return FALSE;
    if (!(reasoned || (goes_on && ava_override_is_soft (block))))
      return FALSE;
  }
  return TRUE;
}

/* The free fitting one with the fewest other uses. */
static AvaRoom *
find_place (AvaDayPlan    *plan,
            AvaResource    resource,
            const char    *wanted_id,
            const AvaSlot *slot)
{
  AvaRoom *best = NULL;

  for (guint i = 0; i < plan->lanes[resource]->len; i++) {
    AvaLane *lane = &g_array_index (plan->lanes[resource], AvaLane, i);
    AvaRoom *room = lane->object;

    if (lane->able && (wanted_id == NULL || strcmp (room->id, wanted_id) == 0) &&
        (best == NULL || g_strv_length (room->kinds) < g_strv_length (best->kinds)) &&
        ava_conflict_find (lane->busy, slot, resource, room->id, room->capacity, plan->service->group_size) == NULL)
      best = room;
  }
  return best;
}

static int
find_lane (AvaDayPlan *plan,
           const char *provider_id)
{
  for (guint i = 0; i < plan->lanes[AVA_RESOURCE_PROVIDER]->len; i++) {
    if (g_strcmp0 (AVA_PROVIDER (g_array_index (plan->lanes[AVA_RESOURCE_PROVIDER], AvaLane, i).object)->id, provider_id) == 0)
      return i;
  }
  return -1;
}

static void
list_reasons (AvaDayPlan         *plan,
              guint               provider,
              const AvaSlotQuery *query,
              const AvaSlot      *slot,
              GPtrArray          *reasons)
{
  AvaReason *not_able = ava_day_plan_why_not_able (plan, provider);

  ava_day_plan_add_reason (reasons, ava_day_plan_why_past (slot, query->now_us));
  ava_day_plan_add_reason (reasons, ava_day_plan_why_closed (plan, slot));
  ava_day_plan_add_reason (reasons, not_able);
  if (not_able == NULL)
    ava_day_plan_add_reason (reasons, ava_day_plan_why_off (plan, provider, slot));
  ava_day_plan_add_reason (reasons, ava_day_plan_why_busy (plan, provider, slot));
  ava_day_plan_add_reason (reasons, ava_day_plan_why_full (plan, provider, slot));
  ava_day_plan_add_reason (reasons, ava_day_plan_why_no_place (plan, AVA_RESOURCE_ROOM, query->room_id, slot));
  ava_day_plan_add_reason (reasons, ava_day_plan_why_no_place (plan, AVA_RESOURCE_DEVICE, NULL, slot));
}

/**
 * ava_override_slot:
 * @query: its provider is the one who would do it
 * @reasons: (out) (transfer full) (element-type AvaReason): all that speaks against it
 *
 * A slot against the hours or the time of its provider, in a place that is free.
 *
 * Returns: (transfer full) (nullable): %NULL when provider, service or place cannot be had at all
 */
AvaSlot *
ava_override_slot (AvaSpa             *spa,
                   GPtrArray          *busy,
                   const AvaSlotQuery *query,
                   gint64              start_us,
                   GPtrArray         **reasons)
{
  g_auto (AvaDayPlan) plan = { 0 };
  AvaSlot slot;
  AvaRoom *room;
  AvaRoom *device = NULL;
  GDate day;
  int provider;

  *reasons = g_ptr_array_new_with_free_func ((GDestroyNotify) ava_reason_free);
  ava_day_plan_init (&plan, spa, query, busy);
  if (plan.service == NULL)
    return NULL;
  ava_wall_time_of (start_us, plan.spa->zone, &day);
  ava_day_plan_set_day (&plan, &day);
  ava_day_plan_measure (&plan, start_us, &slot);
  provider = find_lane (&plan, query->provider_id);
  if (provider < 0)
    return NULL;
  slot.provider_id = (char *) query->provider_id;
  list_reasons (&plan, provider, query, &slot, *reasons);
  room = find_place (&plan, AVA_RESOURCE_ROOM, query->room_id, &slot);
  if (ava_day_plan_needs_device (&plan))
    device = find_place (&plan, AVA_RESOURCE_DEVICE, NULL, &slot);
  if (room == NULL || (device == NULL && ava_day_plan_needs_device (&plan)))
    return NULL;
  slot.room_id = room->id;
  slot.device_id = device != NULL ? device->id : NULL;
  return ava_slot_copy (&slot);
}

/* A room or device that no longer fits the service is no news to who stands in it: only that it is taken counts. */
static void
add_taken (GPtrArray *reasons,
           AvaReason *reason)
{
  if (reason != NULL && (reason->block == AVA_BLOCKED_ROOM_BUSY || reason->block == AVA_BLOCKED_DEVICE_BUSY))
    g_ptr_array_add (reasons, reason);
  else
    ava_reason_free (reason);
}

/**
 * ava_override_list:
 * @busy: (element-type AvaBusy): without the appointment that is looked at
 * @slot: whole, and of whatever length
 *
 * What speaks against somebody who is in a place already to be there that long: hours, shift, what else is
 * booked, held or blocked.
 *
 * Returns: (transfer full) (element-type AvaReason): empty when nothing does
 */
GPtrArray *
ava_override_list (AvaSpa             *spa,
                   GPtrArray          *busy,
                   const AvaSlotQuery *query,
                   const AvaSlot      *slot)
{
  g_auto (AvaDayPlan) plan = { 0 };
  GPtrArray *reasons = g_ptr_array_new_with_free_func ((GDestroyNotify) ava_reason_free);
  GDate day;
  int provider;

  ava_day_plan_init (&plan, spa, query, busy);
  if (plan.service == NULL)
    return reasons;
  ava_wall_time_of (slot->start_us, plan.spa->zone, &day);
  ava_day_plan_set_day (&plan, &day);
  provider = find_lane (&plan, slot->provider_id);
  ava_day_plan_add_reason (reasons, ava_day_plan_why_closed (&plan, slot));
  if (provider >= 0) {
    ava_day_plan_add_reason (reasons, ava_day_plan_why_off (&plan, provider, slot));
    ava_day_plan_add_reason (reasons, ava_day_plan_why_busy (&plan, provider, slot));
  }
  add_taken (reasons, ava_day_plan_why_no_place (&plan, AVA_RESOURCE_ROOM, slot->room_id, slot));
  if (slot->device_id != NULL)
    add_taken (reasons, ava_day_plan_why_no_place (&plan, AVA_RESOURCE_DEVICE, slot->device_id, slot));
  return reasons;
}

/**
 * ava_override_time_role:
 * @role: how far the overrides of safety rules reach
 * @rights: of the person, 0: those that @role brings by itself
 *
 * Returns: the role that counts where hours and others' time speak against it
 */
AvaStaffRole
ava_override_time_role (AvaStaffRole   role,
                        AvaStaffRights rights)
{
  if (rights == 0)
    return role;
  return (rights & AVA_RIGHT_BOOK_ANYWAY) != 0 ? AVA_STAFF_ROLE_MANAGER : AVA_STAFF_ROLE_FRONT_DESK;
}
