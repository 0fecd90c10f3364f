/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-availability-private.h"
#include "ava-clock.h"
#include "ava-wall-time.h"

#include <string.h>

/* One day of the search: who is there and what is taken is worked out once, then each start is a few
 * comparisons. Rules run on wall time, all that is compared are instants. */

#define NO_LANE -1

static int
find_lane (GArray     *lanes,
           const char *id)
{
  for (guint i = 0; id != NULL && i < lanes->len; i++) {
    AvaLane *lane = &g_array_index (lanes, AvaLane, i);
    const char *own = AVA_IS_PROVIDER (lane->object) ? AVA_PROVIDER (lane->object)->id : AVA_ROOM (lane->object)->id;

    if (strcmp (own, id) == 0)
      return i;
  }
  return NO_LANE;
}

static void
clear_lane (AvaLane *lane)
{
  g_ptr_array_unref (lane->busy);
}

static GArray *
make_lanes (AvaSpa    *spa,
            GPtrArray *objects,
            gboolean   here)
{
  GArray *lanes = g_array_new (FALSE, TRUE, sizeof (AvaLane));

  g_array_set_clear_func (lanes, (GDestroyNotify) clear_lane);
  for (guint i = 0; i < objects->len; i++) {
    AvaLane lane = { .object = objects->pdata[i], .busy = NULL };

    if (here && !ava_spa_is_here (spa, ((AvaRoom *) lane.object)->location_id))
      continue;
    lane.busy = g_ptr_array_new ();
    g_array_append_val (lanes, lane);
  }
  return lanes;
}

static void
assign_lanes (AvaDayPlan *self)
{
  self->lanes_of = g_array_new (FALSE, FALSE, sizeof (int));
  for (guint i = 0; self->busy != NULL && i < self->busy->len; i++) {
    const AvaBusy *busy = self->busy->pdata[i];
    const char *ids[3] = { busy->provider_id, busy->room_id, busy->device_id };

    for (guint j = 0; j < 3; j++) {
      int lane = find_lane (self->lanes[j], ids[j]);

      g_array_append_val (self->lanes_of, lane);
    }
  }
}

/* With a service that is not offered, self->service is NULL and nothing else may be asked. */
void
ava_day_plan_init (AvaDayPlan         *self,
                   AvaSpa             *spa,
                   const AvaSlotQuery *query,
                   GPtrArray          *busy)
{
  AvaService *service;

  memset (self, 0, sizeof *self);
  self->spa = ava_spa_at (spa, query->location_id);
  self->telling = query->telling;
  service = self->spa != NULL ? ava_spa_find_service (self->spa, query->service_id) : NULL;
  if (service == NULL || service->archived)
    return;
  self->service = service;
  self->busy = busy;
  self->lanes[AVA_RESOURCE_PROVIDER] = make_lanes (self->spa, self->spa->providers, FALSE);
  self->lanes[AVA_RESOURCE_ROOM] = make_lanes (self->spa, self->spa->rooms, TRUE);
  self->lanes[AVA_RESOURCE_DEVICE] = make_lanes (self->spa, self->spa->devices, TRUE);
  assign_lanes (self);
}

void
ava_day_plan_clear (AvaDayPlan *self)
{
  g_clear_object (&self->spa);
  g_clear_pointer (&self->lanes_of, g_array_unref);
  for (guint i = 0; i < G_N_ELEMENTS (self->lanes); i++)
    g_clear_pointer (&self->lanes[i], g_array_unref);
}

static void
read_shift (AvaDayPlan *self,
            const char *owner_id,
            AvaShift   *shift)
{
  shift->count = ava_spa_list_hours (self->spa, owner_id, &self->day, shift->spans, AVA_SPA_MAX_SPANS, &shift->why);
  for (guint i = 0; i < shift->count; i++) {
    shift->parts[i].from_us = ava_wall_time_first (&self->day, shift->spans[i].open_min, self->spa->zone);
    shift->parts[i].to_us = ava_wall_time_first (&self->day, shift->spans[i].close_min, self->spa->zone);
  }
}

static gboolean
is_in (const char *const *list,
       const char        *text)
{
  return list != NULL && text != NULL && g_strv_contains (list, text);
}

static gboolean
is_able (AvaDayPlan  *self,
         AvaProvider *provider)
{
  return !provider->archived && is_in ((const char *const *) provider->service_ids, self->service->id) &&
         ava_provider_holds (provider, self->service->licence, &self->day, NULL);
}

static gboolean
fits (const AvaRoom *room,
      const char    *kind)
{
  return !room->archived && (kind == NULL || *kind == '\0' || is_in ((const char *const *) room->kinds, kind));
}

gboolean
ava_day_plan_needs_device (AvaDayPlan *self)
{
  return self->service->device_kind != NULL && *self->service->device_kind != '\0';
}

/* A search of weeks compares each start with what may touch the day only. */
static void
share_busy (AvaDayPlan *self)
{
  const AvaService *service = self->service;
  gint64 length_us = (gint64) (service->active_min + service->processing_min + service->post_min) * 60 * G_USEC_PER_SEC;
  gint64 from_us = self->midnight_us - (gint64) service->pre_min * 60 * G_USEC_PER_SEC;
  gint64 to_us = self->midnight_us + (gint64) 26 * 60 * 60 * G_USEC_PER_SEC + length_us;

  for (guint i = 0; self->busy != NULL && i < self->busy->len; i++) {
    AvaBusy *busy = self->busy->pdata[i];

    if (busy->end_us <= from_us || busy->start_us >= to_us)
      continue;
    for (guint j = 0; j < 3; j++) {
      int at = g_array_index (self->lanes_of, int, i * 3 + j);

      if (at != NO_LANE)
        g_ptr_array_add (g_array_index (self->lanes[j], AvaLane, at).busy, busy);
    }
  }
}

void
ava_day_plan_set_day (AvaDayPlan  *self,
                      const GDate *day)
{
  self->day = *day;
  self->midnight_us = ava_wall_time_first (day, 0, self->spa->zone);
  self->even = ava_wall_time_first (day, 1440, self->spa->zone) - self->midnight_us == (gint64) 24 * 60 * 60 * G_USEC_PER_SEC;
  read_shift (self, NULL, &self->shift);
  for (guint j = 0; j < 3; j++) {
    for (guint i = 0; i < self->lanes[j]->len; i++) {
      AvaLane *lane = &g_array_index (self->lanes[j], AvaLane, i);

      g_ptr_array_set_size (lane->busy, 0);
      if (j == AVA_RESOURCE_PROVIDER) {
        lane->able = is_able (self, lane->object);
        lane->shift.count = 0;
        if (lane->able)
          read_shift (self, AVA_PROVIDER (lane->object)->id, &lane->shift);
      } else {
        lane->able = fits (lane->object, j == AVA_RESOURCE_ROOM ? self->service->room_kind : self->service->device_kind) &&
                     (j == AVA_RESOURCE_ROOM || ava_day_plan_needs_device (self));
      }
    }
  }
  share_busy (self);
}

/* Fills the times of @slot; its strings are borrowed. */
void
ava_day_plan_measure (AvaDayPlan *self,
                      gint64      start_us,
                      AvaSlot    *slot)
{
  const AvaService *service = self->service;
  gint64 minute = 60 * G_USEC_PER_SEC;

  memset (slot, 0, sizeof *slot);
  slot->service_id = service->id;
  slot->start_us = start_us;
  slot->active_end_us = start_us + minute * service->active_min;
  slot->end_us = slot->active_end_us + minute * service->processing_min;
  slot->busy_start_us = start_us - minute * service->pre_min;
  slot->busy_end_us = slot->end_us + minute * service->post_min;
}

static gboolean
is_within (const AvaShift *shift,
           gint64          from_us,
           gint64          to_us)
{
  for (guint i = 0; i < shift->count; i++) {
    if (from_us >= shift->parts[i].from_us && to_us <= shift->parts[i].to_us)
      return TRUE;
  }
  return FALSE;
}

gboolean
ava_day_plan_is_open (AvaDayPlan    *self,
                      const AvaSlot *slot)
{
  return is_within (&self->shift, slot->start_us, slot->end_us);
}

/* The session that the slot would join, and how many are in it. */
static const AvaBusy *
find_session (AvaDayPlan    *self,
              const AvaLane *lane,
              const AvaSlot *slot,
              guint         *places)
{
  const AvaBusy *session = NULL;

  *places = 0;
  for (guint i = 0; self->service->group_size > 1 && i < lane->busy->len; i++) {
    if (!ava_conflict_is_session (lane->busy->pdata[i], slot))
      continue;
    session = lane->busy->pdata[i];
    (*places)++;
  }
  return session;
}

static const AvaBusy *
find_taken (AvaDayPlan    *self,
            AvaResource    resource,
            const AvaLane *lane,
            const AvaSlot *slot)
{
  if (resource == AVA_RESOURCE_PROVIDER)
    return ava_conflict_find (lane->busy, slot, resource, AVA_PROVIDER (lane->object)->id, 1, self->service->group_size);
  return ava_conflict_find (lane->busy, slot, resource, AVA_ROOM (lane->object)->id, AVA_ROOM (lane->object)->capacity,
                            self->service->group_size);
}

/* The fitting free one with the fewest other uses, so that the laser suite stays free for lasers. */
static AvaRoom *
choose_place (AvaDayPlan    *self,
              AvaResource    resource,
              const char    *wanted_id,
              const AvaSlot *slot)
{
  AvaRoom *best = NULL;

  for (guint i = 0; i < self->lanes[resource]->len; i++) {
    AvaLane *lane = &g_array_index (self->lanes[resource], AvaLane, i);
    AvaRoom *room = lane->object;

    if (!lane->able || (wanted_id != NULL && strcmp (room->id, wanted_id) != 0) ||
        (best != NULL && g_strv_length (room->kinds) >= g_strv_length (best->kinds)) ||
        find_taken (self, resource, lane, slot) != NULL)
      continue;
    best = room;
  }
  return best;
}

/* Whether provider number @provider can have the slot; fills its provider, room and device, borrowed. */
gboolean
ava_day_plan_try (AvaDayPlan         *self,
                  guint               provider,
                  const AvaSlotQuery *query,
                  AvaSlot            *slot)
{
  AvaLane *lane = &g_array_index (self->lanes[AVA_RESOURCE_PROVIDER], AvaLane, provider);
  const AvaBusy *session;
  AvaRoom *room;
  AvaRoom *device = NULL;
  guint places;

  if (!lane->able || !is_within (&lane->shift, slot->busy_start_us, slot->busy_end_us))
    return FALSE;
  slot->provider_id = AVA_PROVIDER (lane->object)->id;
  if (find_taken (self, AVA_RESOURCE_PROVIDER, lane, slot) != NULL)
    return FALSE;
  session = find_session (self, lane, slot, &places);
  if (session != NULL && (places >= self->service->group_size ||
                          (query->room_id != NULL && g_strcmp0 (query->room_id, session->room_id) != 0)))
    return FALSE;
  room = choose_place (self, AVA_RESOURCE_ROOM, session != NULL ? session->room_id : query->room_id, slot);
  if (room != NULL && ava_day_plan_needs_device (self))
    device = choose_place (self, AVA_RESOURCE_DEVICE, session != NULL ? session->device_id : query->device_id, slot);
  if (room == NULL || (ava_day_plan_needs_device (self) && device == NULL))
    return FALSE;
  slot->room_id = room->id;
  slot->device_id = device != NULL ? device->id : NULL;
  return TRUE;
}

/* --- Why not ---------------------------------------------------------------------------------- */

/* Returns: whether there was one */
gboolean
ava_day_plan_add_reason (GPtrArray *reasons,
                         AvaReason *reason)
{
  if (reason != NULL)
    g_ptr_array_add (reasons, reason);
  return reason != NULL;
}

/* NULL when it is still to come. */
AvaReason *
ava_day_plan_why_past (const AvaSlot *slot,
                       gint64         now_us)
{
  return slot->start_us < now_us ? ava_reason_new (AVA_BLOCKED_PAST, NULL, g_strdup ("That time is already past.")) : NULL;
}

/* "from 9 AM to 1 PM and from 2 PM to 6 PM" */
static char *
speak_hours (AvaDayPlan     *self,
             const AvaShift *shift)
{
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; i < shift->count; i++) {
    g_autofree char *from = ava_tell_minute (self->telling, shift->spans[i].open_min);
    g_autofree char *to = ava_tell_minute (self->telling, shift->spans[i].close_min);

    g_string_append_printf (words, "%sfrom %s to %s", i > 0 ? " and " : "", from, to);
  }
  return g_string_free (g_steal_pointer (&words), FALSE);
}

static gboolean
begins_within (const AvaShift *shift,
               gint64          start_us)
{
  for (guint i = 0; i < shift->count; i++) {
    if (start_us >= shift->parts[i].from_us && start_us < shift->parts[i].to_us)
      return TRUE;
  }
  return FALSE;
}

/* NULL when the location is open for the customer's part. */
AvaReason *
ava_day_plan_why_closed (AvaDayPlan    *self,
                         const AvaSlot *slot)
{
  g_autofree char *spoken = ava_tell_day (self->telling, &self->day);
  g_autofree char *hours = NULL;
  const char *why = self->shift.why;

  if (ava_day_plan_is_open (self, slot))
    return NULL;
  if (self->shift.count == 0)
    return ava_reason_new (AVA_BLOCKED_CLOSED, NULL,
                           why != NULL && *why != '\0' ? g_strdup_printf ("We are closed on %s: %s.", spoken, why)
                                                       : g_strdup_printf ("We are closed on %s.", spoken));
  hours = speak_hours (self, &self->shift);
  if (begins_within (&self->shift, slot->start_us))
    return ava_reason_new (AVA_BLOCKED_CLOSED, NULL,
                           g_strdup_printf ("On %s we are open %s, and %s takes %u minutes.", spoken, hours, self->service->name,
                                            (guint) ((slot->end_us - slot->start_us) / AVA_USEC_PER_MIN)));
  return ava_reason_new (AVA_BLOCKED_CLOSED, NULL, g_strdup_printf ("On %s we are open %s.", spoken, hours));
}

/* NULL when they work here, do the service and hold its licence that day. */
AvaReason *
ava_day_plan_why_not_able (AvaDayPlan *self,
                           guint       provider_number)
{
  AvaProvider *provider = g_array_index (self->lanes[AVA_RESOURCE_PROVIDER], AvaLane, provider_number).object;
  const AvaService *service = self->service;
  const char *expired = NULL;

  if (provider->archived)
    return ava_reason_new (AVA_BLOCKED_NO_PROVIDER, provider->id, g_strdup_printf ("%s no longer works here.", provider->name));
  if (!is_in ((const char *const *) provider->service_ids, service->id))
    return ava_reason_new (AVA_BLOCKED_NO_PROVIDER, provider->id,
                           g_strdup_printf ("%s does not do %s.", provider->name, service->name));
  if (ava_provider_holds (provider, service->licence, &self->day, &expired))
    return NULL;
  return ava_reason_new (AVA_BLOCKED_LICENCE, provider->id,
                         expired != NULL
                           ? g_strdup_printf ("The licence that %s needs for %s runs out on %s.", provider->name, service->name, expired)
                           : g_strdup_printf ("%s does not hold the licence that %s needs.", provider->name, service->name));
}

/* NULL when they work all through the slot. */
AvaReason *
ava_day_plan_why_off (AvaDayPlan    *self,
                      guint          provider_number,
                      const AvaSlot *slot)
{
  AvaLane *lane = &g_array_index (self->lanes[AVA_RESOURCE_PROVIDER], AvaLane, provider_number);
  AvaProvider *provider = lane->object;
  g_autofree char *spoken = NULL;
  g_autofree char *hours = NULL;

  if (is_within (&lane->shift, slot->busy_start_us, slot->busy_end_us))
    return NULL;
  spoken = ava_tell_day (self->telling, &self->day);
  if (lane->shift.count == 0)
    return ava_reason_new (AVA_BLOCKED_PROVIDER_OFF, provider->id,
                           g_strdup_printf ("%s does not work on %s.", provider->name, spoken));
  hours = speak_hours (self, &lane->shift);
  if (begins_within (&lane->shift, slot->start_us))
    return ava_reason_new (AVA_BLOCKED_PROVIDER_OFF, provider->id,
                           g_strdup_printf ("On %s %s works %s, which leaves too little time for %s.", spoken, provider->name, hours,
                                            self->service->name));
  return ava_reason_new (AVA_BLOCKED_PROVIDER_OFF, provider->id,
                         g_strdup_printf ("On %s %s works %s.", spoken, provider->name, hours));
}

/* "until 3 PM", of more than the day "through Wednesday, December 30th" */
static char *
say_until (AvaDayPlan    *self,
           const AvaBusy *busy)
{
  g_autofree char *spoken = NULL;
  GDate last;

  ava_wall_time_of (busy->end_us - 1, self->spa->zone, &last);
  if (!busy->is_block || g_date_compare (&last, &self->day) <= 0) {
    spoken = ava_tell_time (self->telling, busy->end_us, self->spa->zone);
    return g_strdup_printf ("until %s", spoken);
  }
  spoken = ava_tell_day (self->telling, &last);
  return g_strdup_printf ("through %s", spoken);
}

/* NULL when they have nothing else then. */
AvaReason *
ava_day_plan_why_busy (AvaDayPlan    *self,
                       guint          provider_number,
                       const AvaSlot *wanted)
{
  AvaLane *lane = &g_array_index (self->lanes[AVA_RESOURCE_PROVIDER], AvaLane, provider_number);
  AvaProvider *provider = lane->object;
  AvaSlot slot = *wanted;
  const AvaBusy *busy;
  g_autofree char *until = NULL;

  slot.provider_id = provider->id;
  busy = find_taken (self, AVA_RESOURCE_PROVIDER, lane, &slot);
  if (busy == NULL)
    return NULL;
  until = say_until (self, busy);
  return ava_reason_new (AVA_BLOCKED_PROVIDER_BUSY, provider->id,
                         g_strdup_printf (busy->is_hold ? "%s is held for someone else %s." : busy->is_block ? "%s is away %s." : "%s is booked %s.",
                                          provider->name, until));
}

/* Returns: (nullable) (transfer none): one of the group that the slot would join */
const AvaBusy *
ava_day_plan_find_session (AvaDayPlan    *self,
                           guint          provider_number,
                           const AvaSlot *wanted)
{
  AvaLane *lane = &g_array_index (self->lanes[AVA_RESOURCE_PROVIDER], AvaLane, provider_number);
  AvaSlot slot = *wanted;
  guint places;

  slot.provider_id = AVA_PROVIDER (lane->object)->id;
  return find_session (self, lane, &slot, &places);
}

/* NULL when they have no group then, or a place is left in it. */
AvaReason *
ava_day_plan_why_full (AvaDayPlan    *self,
                       guint          provider_number,
                       const AvaSlot *wanted)
{
  AvaLane *lane = &g_array_index (self->lanes[AVA_RESOURCE_PROVIDER], AvaLane, provider_number);
  AvaProvider *provider = lane->object;
  AvaSlot slot = *wanted;
  guint places;

  slot.provider_id = provider->id;
  if (find_session (self, lane, &slot, &places) == NULL || places < self->service->group_size)
    return NULL;
  return ava_reason_new (AVA_BLOCKED_GROUP_FULL, provider->id,
                         g_strdup_printf ("The group of %s for %s is full: %u of %u places are taken.", provider->name,
                                          self->service->name, places, self->service->group_size));
}

static AvaReason *
say_no_place (AvaDayPlan  *self,
              AvaResource  resource,
              const char  *wanted_id)
{
  return resource == AVA_RESOURCE_ROOM
           ? ava_reason_new (AVA_BLOCKED_NO_ROOM, wanted_id, g_strdup_printf ("There is no room for %s.", self->service->name))
           : ava_reason_new (AVA_BLOCKED_NO_DEVICE, wanted_id, g_strdup_printf ("There is no device for %s.", self->service->name));
}

/* NULL when a fitting room (or device, when one is needed) is free. */
AvaReason *
ava_day_plan_why_no_place (AvaDayPlan    *self,
                           AvaResource    resource,
                           const char    *wanted_id,
                           const AvaSlot *slot)
{
  AvaRoom *taken = NULL;
  const AvaBusy *first = NULL;
  guint fitting = 0;
  g_autofree char *until = NULL;

  if ((resource == AVA_RESOURCE_DEVICE && !ava_day_plan_needs_device (self)) || choose_place (self, resource, wanted_id, slot) != NULL)
    return NULL;
  for (guint i = 0; i < self->lanes[resource]->len; i++) {
    AvaLane *lane = &g_array_index (self->lanes[resource], AvaLane, i);
    AvaRoom *room = lane->object;
    const AvaBusy *busy = lane->able && (wanted_id == NULL || strcmp (room->id, wanted_id) == 0)
                            ? find_taken (self, resource, lane, slot) : NULL;

    if (busy == NULL)
      continue;
    fitting++;
    if (first == NULL || busy->end_us < first->end_us) {
      first = busy;
      taken = room;
    }
  }
  if (fitting == 0)
    return say_no_place (self, resource, wanted_id);
  if (fitting == 1 && first->is_block)
    return ava_reason_new (resource == AVA_RESOURCE_ROOM ? AVA_BLOCKED_ROOM_BUSY : AVA_BLOCKED_DEVICE_BUSY, taken->id,
                           g_strdup_printf ("The %s is out of use then%s%s.", taken->name, *first->what != '\0' ? ": " : "", first->what));
  until = ava_tell_time (self->telling, first->end_us, self->spa->zone);
  return ava_reason_new (resource == AVA_RESOURCE_ROOM ? AVA_BLOCKED_ROOM_BUSY : AVA_BLOCKED_DEVICE_BUSY, taken->id,
                         fitting > 1 ? g_strdup_printf ("Every %s for %s is taken until %s.",
                                                        resource == AVA_RESOURCE_ROOM ? "room" : "device", self->service->name, until)
                         : taken->capacity > 1 ? g_strdup_printf ("All %u places of the %s are taken until %s.", taken->capacity, taken->name, until)
                                               : g_strdup_printf ("The %s is taken until %s.", taken->name, until));
}
