/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-availability-private.h"
#include "ava-wall-time.h"

#include <string.h>

/*
 *            busy_start     start      active_end        end        busy_end
 *   room       |== set-up ==|== active ==|== processing ==|== clean-up ==|
 *   provider   |============|============|      free      |==============|
 *   customer                |############|################|
 *
 * A start is open when the customer's part lies within the hours of the location, the whole of it
 * within the hours of the provider, the provider does the service and holds its licence on that day,
 * and provider, a fitting room and, where one is needed, a fitting device have nothing else in it,
 * holds included (ava-conflict.c). Hours are wall times and are turned into instants day by day;
 * durations are real minutes. Of a wall time that comes twice only the first is offered, as nobody
 * could tell them apart; one that is skipped is not offered.
 */

#define STEP_MIN 15

/**
 * ava_reason_free:
 * @self: (transfer full) (nullable):
 */
void
ava_reason_free (AvaReason *self)
{
  if (self == NULL)
    return;
  g_free (self->subject_id);
  g_free (self->words);
  g_free (self);
}

/**
 * ava_reason_new:
 * @subject_id: (nullable): whom or what it is about
 * @words: (transfer full):
 */
AvaReason *
ava_reason_new (AvaBlock    block,
                const char *subject_id,
                char       *words)
{
  AvaReason *self = g_new0 (AvaReason, 1);

  self->block = block;
  self->subject_id = g_strdup (subject_id);
  self->words = words;
  return self;
}

static const char *
get_provider_id (AvaDayPlan *plan,
                 guint       provider)
{
  return AVA_PROVIDER (g_array_index (plan->lanes[AVA_RESOURCE_PROVIDER], AvaLane, provider).object)->id;
}

static gboolean
is_meant (AvaDayPlan         *plan,
          const AvaSlotQuery *query,
          guint               provider)
{
  return query->provider_id == NULL || strcmp (query->provider_id, get_provider_id (plan, provider)) == 0;
}

/* Whether enough slots are there. */
static gboolean
add_slots (AvaDayPlan         *plan,
           const AvaSlotQuery *query,
           gint64              start_us,
           GPtrArray          *slots)
{
  AvaSlot slot;

  ava_day_plan_measure (plan, start_us, &slot);
  if (!ava_day_plan_is_open (plan, &slot))
    return FALSE;
  for (guint i = 0; i < plan->lanes[AVA_RESOURCE_PROVIDER]->len; i++) {
    if (!is_meant (plan, query, i) || !ava_day_plan_try (plan, i, query, &slot))
      continue;
    g_ptr_array_add (slots, ava_slot_copy (&slot));
    if (query->limit > 0 && slots->len >= query->limit)
      return TRUE;
  }
  return FALSE;
}

static gboolean
find_start (AvaDayPlan *plan,
            int         minute,
            gint64     *start_us)
{
  gint64 starts_us[2];

  *start_us = plan->midnight_us + (gint64) minute * 60 * G_USEC_PER_SEC;
  if (plan->even)
    return TRUE;
  if (ava_wall_time_find (&plan->day, minute, plan->spa->zone, starts_us) == 0)
    return FALSE;
  *start_us = starts_us[0];
  return TRUE;
}

static gboolean
find_in_day (AvaDayPlan         *plan,
             const AvaSlotQuery *query,
             GPtrArray          *slots)
{
  int step = query->step_min > 0 ? (int) query->step_min : STEP_MIN;
  int from;
  int to;

  if (plan->shift.count == 0)
    return FALSE;
  from = MAX (query->from_min, plan->shift.spans[0].open_min);
  to = MIN (query->to_min, plan->shift.spans[plan->shift.count - 1].close_min);
  for (int minute = (MAX (from, 0) + step - 1) / step * step; minute <= to && minute < 1440; minute += step) {
    gint64 start_us;

    if (!find_start (plan, minute, &start_us) || start_us < MAX (query->from_us, query->now_us) || start_us > query->to_us)
      continue;
    if (add_slots (plan, query, start_us, slots))
      return TRUE;
  }
  return FALSE;
}

/**
 * ava_availability_find:
 * @busy: (element-type AvaBusy) (nullable): every appointment and hold that touches the span
 *
 * Returns: (transfer full) (element-type AvaSlot): by start, then in the order of the providers;
 *   for each provider one room is chosen
 */
GPtrArray *
ava_availability_find (AvaSpa             *spa,
                       GPtrArray          *busy,
                       const AvaSlotQuery *query)
{
  GPtrArray *slots = g_ptr_array_new_with_free_func ((GDestroyNotify) ava_slot_free);
  g_auto (AvaDayPlan) plan = { 0 };
  GDate date;
  GDate last;

  g_return_val_if_fail (AVA_IS_SPA (spa), slots);

  ava_day_plan_init (&plan, spa, query, busy);
  if (plan.service == NULL || query->to_us < MAX (query->from_us, query->now_us))
    return slots;
  ava_wall_time_of (MAX (query->from_us, query->now_us), plan.spa->zone, &date);
  ava_wall_time_of (query->to_us, plan.spa->zone, &last);
  for (; g_date_compare (&date, &last) <= 0; g_date_add_days (&date, 1)) {
    ava_day_plan_set_day (&plan, &date);
    if (find_in_day (&plan, query, slots))
      break;
  }
  return slots;
}

/* Somebody who cannot do it at all is named when asked for, or when a licence has run out. */
static void
explain_not_able (const AvaSlotQuery *query,
                  AvaReason          *reason,
                  GPtrArray          *reasons)
{
  if (query->provider_id != NULL || strstr (reason->words, "runs out") != NULL)
    g_ptr_array_add (reasons, reason);
  else
    ava_reason_free (reason);
}

/* What stands in the way of each who could do it, first one reason each, then what else does. Those in whose
 * way nothing stands are added to @free_ones. */
static void
explain_providers (AvaDayPlan         *plan,
                   const AvaSlotQuery *query,
                   const AvaSlot      *slot,
                   GArray             *free_ones,
                   GPtrArray          *reasons)
{
  g_autoptr (GPtrArray) more = g_ptr_array_new ();

  for (guint i = 0; i < plan->lanes[AVA_RESOURCE_PROVIDER]->len; i++) {
    AvaReason *reason = is_meant (plan, query, i) ? ava_day_plan_why_not_able (plan, i) : NULL;
    gboolean blocked;

    if (!is_meant (plan, query, i))
      continue;
    if (reason != NULL) {
      explain_not_able (query, reason, reasons);
      continue;
    }
    blocked = ava_day_plan_add_reason (reasons, ava_day_plan_why_off (plan, i, slot));
    blocked |= ava_day_plan_add_reason (blocked ? more : reasons, ava_day_plan_why_busy (plan, i, slot));
    blocked |= ava_day_plan_add_reason (blocked ? more : reasons, ava_day_plan_why_full (plan, i, slot));
    if (!blocked)
      g_array_append_val (free_ones, i);
  }
  g_ptr_array_extend_and_steal (reasons, g_steal_pointer (&more));
  if (free_ones->len == 0 && reasons->len == 0)
    g_ptr_array_add (reasons, ava_reason_new (AVA_BLOCKED_NO_PROVIDER, NULL, g_strdup_printf ("Nobody here does %s.", plan->service->name)));
}

static gboolean
is_said (GPtrArray  *reasons,
         const char *words)
{
  for (guint i = 0; i < reasons->len; i++) {
    if (strcmp (((AvaReason *) reasons->pdata[i])->words, words) == 0)
      return TRUE;
  }
  return FALSE;
}

static void
explain_place (AvaDayPlan    *plan,
               AvaResource    resource,
               const char    *wanted_id,
               const AvaSlot *slot,
               GPtrArray     *reasons)
{
  AvaReason *reason = ava_day_plan_why_no_place (plan, resource, wanted_id, slot);

  if (reason != NULL && is_said (reasons, reason->words))
    ava_reason_free (reason);
  else
    ava_day_plan_add_reason (reasons, reason);
}

/* What is missing around a provider who is free: whoever joins a group joins it where it is. */
static void
explain_places (AvaDayPlan         *plan,
                const AvaSlotQuery *query,
                const AvaBusy      *session,
                const AvaSlot      *wanted,
                GPtrArray          *reasons)
{
  AvaSlot slot = *wanted;
  gboolean elsewhere = session != NULL && query->room_id != NULL && g_strcmp0 (query->room_id, session->room_id) != 0;
  g_autofree char *words = elsewhere ? g_strdup_printf ("The group of %s has another room then.", plan->service->name) : NULL;

  slot.provider_id = session != NULL ? session->provider_id : NULL;
  if (elsewhere && !is_said (reasons, words))
    g_ptr_array_add (reasons, ava_reason_new (AVA_BLOCKED_ROOM_BUSY, session->room_id, g_strdup (words)));
  explain_place (plan, AVA_RESOURCE_ROOM, session != NULL ? session->room_id : query->room_id, &slot, reasons);
  explain_place (plan, AVA_RESOURCE_DEVICE, session != NULL ? session->device_id : query->device_id, &slot, reasons);
}

/* Whether somebody has all that is needed: a group may have its room, when others find none. */
static gboolean
is_possible (AvaDayPlan         *plan,
             const AvaSlotQuery *query,
             AvaSlot            *slot)
{
  for (guint i = 0; i < plan->lanes[AVA_RESOURCE_PROVIDER]->len; i++) {
    if (is_meant (plan, query, i) && ava_day_plan_try (plan, i, query, slot))
      return TRUE;
  }
  return FALSE;
}

/* All that stands in the way, what weighs most first: hours of the house, people, places. */
static void
explain_start (AvaDayPlan         *plan,
               const AvaSlotQuery *query,
               AvaSlot            *slot,
               GPtrArray          *reasons)
{
  g_autoptr (GPtrArray) people = g_ptr_array_new_with_free_func ((GDestroyNotify) ava_reason_free);
  g_autoptr (GArray) free_ones = g_array_new (FALSE, FALSE, sizeof (guint));

  ava_day_plan_add_reason (reasons, ava_day_plan_why_past (slot, query->now_us));
  ava_day_plan_add_reason (reasons, ava_day_plan_why_closed (plan, slot));
  if (is_possible (plan, query, slot))
    return;
  slot->provider_id = NULL;
  explain_providers (plan, query, slot, free_ones, people);
  if (free_ones->len == 0) {
    g_ptr_array_extend_and_steal (reasons, g_steal_pointer (&people));
    explain_places (plan, query, NULL, slot, reasons);
  }
  for (guint i = 0; i < free_ones->len; i++)
    explain_places (plan, query, ava_day_plan_find_session (plan, g_array_index (free_ones, guint, i), slot), slot, reasons);
}

/* @own: (nullable): the times that count, instead of those of the service */
static GPtrArray *
explain (AvaSpa             *spa,
         GPtrArray          *busy,
         const AvaSlotQuery *query,
         gint64              start_us,
         const AvaSlot      *own)
{
  GPtrArray *reasons = g_ptr_array_new_with_free_func ((GDestroyNotify) ava_reason_free);
  g_auto (AvaDayPlan) plan = { 0 };
  AvaSlot slot;
  GDate date;

  ava_day_plan_init (&plan, spa, query, busy);
  if (plan.service == NULL) {
    g_ptr_array_add (reasons, ava_reason_new (AVA_BLOCKED_NO_PROVIDER, query->service_id, g_strdup ("We do not offer that service.")));
    return reasons;
  }
  ava_wall_time_of (start_us, plan.spa->zone, &date);
  ava_day_plan_set_day (&plan, &date);
  ava_day_plan_measure (&plan, start_us, &slot);
  if (own != NULL) {
    slot.active_end_us = own->active_end_us;
    slot.end_us = own->end_us;
    slot.busy_start_us = own->busy_start_us;
    slot.busy_end_us = own->busy_end_us;
  }
  explain_start (&plan, query, &slot, reasons);
  return reasons;
}

/**
 * ava_availability_explain:
 * @start_us: microseconds since 1970 UTC; need not be on the grid
 *
 * Why @query cannot be had at @start_us: of the hours of the query only location, service, provider,
 * room, device and now count. Every rule that blocks it is named, what weighs most first; of providers only
 * while none of them is free.
 *
 * Returns: (transfer full) (element-type AvaReason): empty when it is free
 */
GPtrArray *
ava_availability_explain (AvaSpa             *spa,
                          GPtrArray          *busy,
                          const AvaSlotQuery *query,
                          gint64              start_us)
{
  g_return_val_if_fail (AVA_IS_SPA (spa), NULL);

  return explain (spa, busy, query, start_us, NULL);
}

/**
 * ava_availability_explain_slot:
 * @slot: a booking that is in the book, with its own times, which may be others than the service's
 * @location_id: (nullable): where it is
 *
 * Returns: (transfer full) (element-type AvaReason): why it has no place there; that it may be past does not count
 */
GPtrArray *
ava_availability_explain_slot (AvaSpa        *spa,
                               GPtrArray     *busy,
                               const AvaSlot *slot,
                               const char    *location_id,
                               AvaTelling     telling)
{
  const AvaSlotQuery query = {
    .service_id = slot->service_id, .provider_id = slot->provider_id, .room_id = slot->room_id, .device_id = slot->device_id,
    .location_id = location_id, .telling = telling,
  };

  g_return_val_if_fail (AVA_IS_SPA (spa), NULL);

  return explain (spa, busy, &query, slot->start_us, slot);
}

static AvaSlot *
take (AvaSpa             *spa,
      GPtrArray          *busy,
      const AvaSlotQuery *query,
      gint64              start_us)
{
  g_auto (AvaDayPlan) plan = { 0 };
  AvaSlot slot;
  GDate date;

  ava_day_plan_init (&plan, spa, query, busy);
  if (plan.service == NULL || start_us < query->now_us)
    return NULL;
  ava_wall_time_of (start_us, plan.spa->zone, &date);
  ava_day_plan_set_day (&plan, &date);
  ava_day_plan_measure (&plan, start_us, &slot);
  return ava_day_plan_is_open (&plan, &slot) && is_possible (&plan, query, &slot) ? ava_slot_copy (&slot) : NULL;
}

/**
 * ava_availability_check:
 * @busy: (element-type AvaBusy) (nullable):
 * @wanted: service, provider, room (nullable) and start
 * @telling: of the times in the reasons
 * @reasons: (out) (optional) (nullable) (transfer full) (element-type AvaReason): why not
 *
 * Checks one slot anew. When only its room is taken, another fitting room is chosen: the customer
 * was promised the provider and the time.
 *
 * Returns: (transfer full) (nullable): the slot as it can be had, or %NULL
 */
AvaSlot *
ava_availability_check (AvaSpa        *spa,
                        GPtrArray     *busy,
                        const AvaSlot *wanted,
                        gint64         now_us,
                        AvaTelling     telling,
                        GPtrArray    **reasons)
{
  AvaRoom *room = wanted->room_id != NULL ? ava_spa_find_room (spa, wanted->room_id) : NULL;
  AvaSlotQuery query = {
    .service_id = wanted->service_id, .provider_id = wanted->provider_id, .room_id = wanted->room_id, .now_us = now_us,
    .location_id = room != NULL ? room->location_id : NULL, .telling = telling,
  };
  AvaSlot *slot;

  if (reasons != NULL)
    *reasons = NULL;
  slot = wanted->provider_id != NULL ? take (spa, busy, &query, wanted->start_us) : NULL;
  query.room_id = NULL;
  if (slot == NULL && wanted->provider_id != NULL && wanted->room_id != NULL)
    slot = take (spa, busy, &query, wanted->start_us);
  if (slot != NULL || reasons == NULL)
    return slot;
  *reasons = ava_availability_explain (spa, busy, &query, wanted->start_us);
  if (ava_spa_find_provider (spa, wanted->provider_id) == NULL)
    g_ptr_array_add (*reasons, ava_reason_new (AVA_BLOCKED_NO_PROVIDER, wanted->provider_id, g_strdup ("That provider is not here.")));
  return NULL;
}

/**
 * ava_availability_warn:
 * @busy: (element-type AvaBusy) (nullable):
 * @customer_id: (nullable):
 * @telling: of the times in the reasons
 *
 * What speaks against @wanted and yet may be done by who knows better: the customer is somewhere else.
 *
 * Returns: (transfer full) (element-type AvaReason): subject_id is the other appointment
 */
GPtrArray *
ava_availability_warn (AvaSpa        *spa,
                       GPtrArray     *busy,
                       const AvaSlot *wanted,
                       const char    *customer_id,
                       AvaTelling     telling)
{
  GPtrArray *reasons = g_ptr_array_new_with_free_func ((GDestroyNotify) ava_reason_free);

  for (guint i = 0; customer_id != NULL && busy != NULL && i < busy->len; i++) {
    const AvaBusy *other = busy->pdata[i];
    g_autofree char *when = NULL;

    if (g_strcmp0 (other->customer_id, customer_id) != 0 || other->start_us >= wanted->end_us || other->end_us <= wanted->start_us)
      continue;
    when = ava_tell_start (telling, other->session_us != 0 ? other->session_us : other->start_us, spa->zone);
    g_ptr_array_add (reasons, ava_reason_new (AVA_BLOCKED_CUSTOMER, other->id,
                                              g_strdup_printf ("This customer already has %s at that time (%s).",
                                                               other->what != NULL ? other->what : "an appointment", when)));
  }
  return reasons;
}
