/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-availability.h"
#include "ava-date-phrase.h"
#include "ava-wall-time.h"

#include <string.h>

/*
 *           busy_start      start                         end          busy_end
 *   room        |== set-up ==|== active ==|== processing ==|== clean-up ==|
 *   provider    |============|============|================|==============|
 *   customer                 |############|################|
 *
 * A start is open when the customer's part lies within the hours of the location, the whole of it
 * within the hours of the provider, the provider does the service and holds its licence, and
 * provider and a fitting room have nothing else in it, holds included. Hours are wall times and are
 * turned into instants day by day; durations are real minutes. Of a wall time that comes twice only
 * the first is offered, as nobody could tell them apart; one that is skipped is not offered.
 *
 * Two things are kept simple on purpose, just as the store's transaction does: the provider counts
 * as busy while the treatment processes, and a room takes one customer whatever its capacity. Both
 * would be lifted in check_provider() and find_room(), together with the store.
 */

#define STEP_MIN 15
#define MAX_SPREAD 12  /* nobody is offered more: a longer list is read, so it is kept in order */

typedef struct {
  AvaSpa *spa;
  GPtrArray *busy;        /* AvaBusy, all */
  GPtrArray *near;        /* AvaBusy that may touch the day, owned array of borrowed */
  AvaService *service;
  gint64 now_us;
  GDate day;
  GDateTime *noon;        /* owned: of that day, for hours */
  gboolean open;
  gint64 open_us;
  gint64 close_us;
  int open_min;
  int close_min;
  const char *why;        /* the hours differ from the week's, nullable */
} Day;

typedef struct {
  gint64 start_us;
  gint64 end_us;
  gint64 busy_start_us;
  gint64 busy_end_us;
} Parts;

static AvaReason *
make_reason (AvaBlock    block,
             const char *subject_id,
             char       *words)
{
  AvaReason *self = g_new0 (AvaReason, 1);

  self->block = block;
  self->subject_id = g_strdup (subject_id);
  self->words = words;
  return self;
}

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

static GPtrArray *
make_slots (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) ava_slot_free);
}

static void
read_hours (AvaSpa      *spa,
            const char  *owner_id,
            const Day   *day,
            gboolean    *open,
            gint64      *open_us,
            gint64      *close_us,
            int         *open_min,
            int         *close_min,
            const char **why)
{
  *open = ava_spa_get_hours (spa, owner_id, day->noon, open_min, close_min, why);
  if (!*open)
    return;
  *open_us = ava_wall_time_first (&day->day, *open_min, spa->zone);
  *close_us = ava_wall_time_first (&day->day, *close_min, spa->zone);
}

/* A search of weeks compares each start with a day's appointments only. */
static void
choose_near (Day *self)
{
  gint64 hours = (gint64) 60 * 60 * G_USEC_PER_SEC;
  gint64 midnight_us = ava_wall_time_first (&self->day, 0, self->spa->zone);

  if (self->near == NULL)
    self->near = g_ptr_array_new ();
  g_ptr_array_set_size (self->near, 0);
  for (guint i = 0; self->busy != NULL && i < self->busy->len; i++) {
    AvaBusy *busy = self->busy->pdata[i];

    if (busy->end_us > midnight_us - 24 * hours && busy->start_us < midnight_us + 72 * hours)
      g_ptr_array_add (self->near, busy);
  }
}

static void
set_day (Day         *self,
         const GDate *date)
{
  self->day = *date;
  g_clear_pointer (&self->noon, g_date_time_unref);
  self->noon = g_date_time_new (self->spa->zone, g_date_get_year (date), g_date_get_month (date),
                                g_date_get_day (date), 12, 0, 0);
  read_hours (self->spa, NULL, self, &self->open, &self->open_us, &self->close_us, &self->open_min,
              &self->close_min, &self->why);
  choose_near (self);
}

static void
clear_day (Day *self)
{
  g_clear_pointer (&self->noon, g_date_time_unref);
  g_clear_pointer (&self->near, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Day, clear_day)

static Parts
measure (const AvaService *service,
         gint64            start_us)
{
  gint64 minute = 60 * G_USEC_PER_SEC;
  Parts parts = { .start_us = start_us };

  parts.end_us = start_us + minute * (service->active_min + service->processing_min);
  parts.busy_start_us = start_us - minute * service->pre_min;
  parts.busy_end_us = parts.end_us + minute * service->post_min;
  return parts;
}

static gboolean
is_in (const char *const *list,
       const char        *text)
{
  return list != NULL && text != NULL && g_strv_contains (list, text);
}

static char *
speak_hours (int open_min,
             int close_min)
{
  g_autofree char *from = ava_date_speak_minutes (open_min);
  g_autofree char *to = ava_date_speak_minutes (close_min);

  return g_strdup_printf ("from %s to %s", from, to);
}

static AvaReason *
check_location (const Day   *day,
                const Parts *parts)
{
  g_autofree char *spoken = ava_date_speak_day (&day->day);
  g_autofree char *hours = NULL;

  if (!day->open)
    return make_reason (AVA_BLOCKED_CLOSED, NULL,
                        day->why != NULL && *day->why != '\0'
                          ? g_strdup_printf ("We are closed on %s: %s.", spoken, day->why)
                          : g_strdup_printf ("We are closed on %s.", spoken));
  if (parts->start_us >= day->open_us && parts->end_us <= day->close_us)
    return NULL;
  hours = speak_hours (day->open_min, day->close_min);
  if (parts->start_us >= day->open_us && parts->start_us < day->close_us)
    return make_reason (AVA_BLOCKED_CLOSED, NULL,
                        g_strdup_printf ("On %s we are open %s, and %s takes %u minutes.", spoken, hours,
                                         day->service->name, day->service->active_min + day->service->processing_min));
  return make_reason (AVA_BLOCKED_CLOSED, NULL, g_strdup_printf ("On %s we are open %s.", spoken, hours));
}

static AvaReason *
check_skills (const Day         *day,
              const AvaProvider *provider)
{
  const AvaService *service = day->service;

  if (provider->archived || !is_in ((const char *const *) provider->service_ids, service->id))
    return make_reason (AVA_BLOCKED_NO_PROVIDER, provider->id,
                        g_strdup_printf ("%s does not do %s.", provider->name, service->name));
  if (service->licence != NULL && *service->licence != '\0' &&
      !is_in ((const char *const *) provider->licences, service->licence))
    return make_reason (AVA_BLOCKED_LICENCE, provider->id,
                        g_strdup_printf ("%s does not hold the licence that %s needs.", provider->name, service->name));
  return NULL;
}

static AvaReason *
check_shift (const Day         *day,
             const AvaProvider *provider,
             const Parts       *parts)
{
  g_autofree char *spoken = NULL;
  g_autofree char *hours = NULL;
  const char *why = NULL;
  gboolean open;
  gint64 open_us = 0;
  gint64 close_us = 0;
  int open_min;
  int close_min;

  read_hours (day->spa, provider->id, day, &open, &open_us, &close_us, &open_min, &close_min, &why);
  if (open && parts->busy_start_us >= open_us && parts->busy_end_us <= close_us)
    return NULL;
  spoken = ava_date_speak_day (&day->day);
  if (!open)
    return make_reason (AVA_BLOCKED_PROVIDER_OFF, provider->id,
                        g_strdup_printf ("%s does not work on %s.", provider->name, spoken));
  hours = speak_hours (open_min, close_min);
  if (parts->start_us >= open_us && parts->start_us < close_us)
    return make_reason (AVA_BLOCKED_PROVIDER_OFF, provider->id,
                        g_strdup_printf ("On %s %s works %s, which leaves too little time for %s.", spoken,
                                         provider->name, hours, day->service->name));
  return make_reason (AVA_BLOCKED_PROVIDER_OFF, provider->id,
                      g_strdup_printf ("On %s %s works %s.", spoken, provider->name, hours));
}

static gboolean
overlaps (const AvaBusy *busy,
          const Parts   *parts)
{
  return busy->start_us < parts->busy_end_us && parts->busy_start_us < busy->end_us;
}

/* The last one to end of those in the way, NULL when none is. */
static const AvaBusy *
find_busy (const Day   *day,
           const char  *provider_id,
           const char  *room_id,
           const Parts *parts)
{
  const AvaBusy *found = NULL;

  for (guint i = 0; i < day->near->len; i++) {
    const AvaBusy *busy = day->near->pdata[i];

    if (!overlaps (busy, parts) ||
        g_strcmp0 (provider_id != NULL ? busy->provider_id : busy->room_id, provider_id != NULL ? provider_id : room_id) != 0)
      continue;
    if (found == NULL || busy->end_us > found->end_us)
      found = busy;
  }
  return found;
}

static AvaReason *
check_busy (const Day         *day,
            const AvaProvider *provider,
            const Parts       *parts)
{
  const AvaBusy *busy = find_busy (day, provider->id, NULL, parts);
  g_autofree char *until = NULL;

  if (busy == NULL)
    return NULL;
  until = ava_date_speak_time (busy->end_us, day->spa->zone);
  return make_reason (AVA_BLOCKED_PROVIDER_BUSY, provider->id,
                      g_strdup_printf (busy->is_hold ? "%s is held for someone else until %s."
                                                     : "%s is booked until %s.", provider->name, until));
}

static AvaReason *
check_provider (const Day         *day,
                const AvaProvider *provider,
                const Parts       *parts)
{
  AvaReason *reason = check_skills (day, provider);

  if (reason == NULL)
    reason = check_shift (day, provider, parts);
  if (reason == NULL)
    reason = check_busy (day, provider, parts);
  return reason;
}

static gboolean
fits (const AvaRoom    *room,
      const AvaService *service)
{
  return !room->archived && (service->room_kind == NULL || *service->room_kind == '\0' ||
                             is_in ((const char *const *) room->kinds, service->room_kind));
}

/* The fitting free room with the fewest other uses, so that the laser suite stays free for lasers. */
static AvaRoom *
find_room (const Day   *day,
           const char  *room_id,
           const Parts *parts,
           AvaReason  **reason)
{
  AvaRoom *best = NULL;
  AvaRoom *taken = NULL;
  const AvaBusy *first = NULL;
  guint fitting = 0;
  g_autofree char *until = NULL;

  for (guint i = 0; i < day->spa->rooms->len; i++) {
    AvaRoom *room = day->spa->rooms->pdata[i];
    const AvaBusy *busy;

    if (!fits (room, day->service) || (room_id != NULL && g_strcmp0 (room->id, room_id) != 0))
      continue;
    fitting++;
    busy = find_busy (day, NULL, room->id, parts);
    if (busy != NULL && (first == NULL || busy->end_us < first->end_us)) {
      first = busy;
      taken = room;
    }
    if (busy == NULL && (best == NULL || g_strv_length (room->kinds) < g_strv_length (best->kinds)))
      best = room;
  }
  if (best != NULL || reason == NULL)
    return best;
  if (fitting == 0) {
    *reason = make_reason (AVA_BLOCKED_NO_ROOM, room_id,
                           g_strdup_printf ("There is no room for %s.", day->service->name));
    return NULL;
  }
  until = ava_date_speak_time (first->end_us, day->spa->zone);
  *reason = make_reason (AVA_BLOCKED_ROOM_BUSY, taken->id,
                         fitting == 1 ? g_strdup_printf ("The %s is taken until %s.", taken->name, until)
                                      : g_strdup_printf ("Every room for %s is taken until %s.", day->service->name, until));
  return NULL;
}

static AvaSlot *
make_slot (const Day   *day,
           const char  *provider_id,
           const char  *room_id,
           const Parts *parts)
{
  AvaSlot *slot = ava_slot_new ();

  slot->service_id = g_strdup (day->service->id);
  slot->provider_id = g_strdup (provider_id);
  slot->room_id = g_strdup (room_id);
  slot->start_us = parts->start_us;
  slot->end_us = parts->end_us;
  slot->busy_start_us = parts->busy_start_us;
  slot->busy_end_us = parts->busy_end_us;
  return slot;
}

/* Whether enough slots are there. */
static gboolean
add_slots (const Day          *day,
           const AvaSlotQuery *query,
           const Parts        *parts,
           GPtrArray          *slots)
{
  g_autoptr (AvaReason) closed = check_location (day, parts);
  AvaRoom *room;

  if (closed != NULL)
    return FALSE;
  room = find_room (day, query->room_id, parts, NULL);
  for (guint i = 0; room != NULL && i < day->spa->providers->len; i++) {
    AvaProvider *provider = day->spa->providers->pdata[i];
    g_autoptr (AvaReason) reason = NULL;

    if (query->provider_id != NULL && g_strcmp0 (provider->id, query->provider_id) != 0)
      continue;
    reason = check_provider (day, provider, parts);
    if (reason != NULL)
      continue;
    g_ptr_array_add (slots, make_slot (day, provider->id, room->id, parts));
    if (query->limit > 0 && slots->len >= query->limit)
      return TRUE;
  }
  return FALSE;
}

static gboolean
find_in_day (const Day          *day,
             const AvaSlotQuery *query,
             GPtrArray          *slots)
{
  int step = query->step_min > 0 ? (int) query->step_min : STEP_MIN;
  int from = MAX (query->from_min, day->open_min);
  int to = MIN (query->to_min, day->close_min);

  if (!day->open)
    return FALSE;
  for (int minute = (MAX (from, 0) + step - 1) / step * step; minute <= to && minute < 1440; minute += step) {
    gint64 starts_us[2];
    Parts parts;

    if (ava_wall_time_find (&day->day, minute, day->spa->zone, starts_us) == 0)
      continue;
    parts = measure (day->service, starts_us[0]);
    if (parts.start_us < MAX (query->from_us, query->now_us) || parts.start_us > query->to_us)
      continue;
    if (add_slots (day, query, &parts, slots))
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
  GPtrArray *slots = make_slots ();
  g_auto (Day) day = { .spa = spa, .busy = busy, .now_us = query->now_us };
  GDate date;
  GDate last;

  g_return_val_if_fail (AVA_IS_SPA (spa), slots);

  day.service = ava_spa_find_service (spa, query->service_id);
  if (day.service == NULL || day.service->archived || query->to_us < MAX (query->from_us, query->now_us))
    return slots;
  ava_wall_time_of (MAX (query->from_us, query->now_us), spa->zone, &date);
  ava_wall_time_of (query->to_us, spa->zone, &last);
  for (; g_date_compare (&date, &last) <= 0; g_date_add_days (&date, 1)) {
    set_day (&day, &date);
    if (find_in_day (&day, query, slots))
      break;
  }
  return slots;
}

static void
explain_providers (const Day          *day,
                   const AvaSlotQuery *query,
                   const Parts        *parts,
                   GPtrArray          *reasons,
                   gboolean           *someone)
{
  for (guint i = 0; i < day->spa->providers->len; i++) {
    AvaProvider *provider = day->spa->providers->pdata[i];
    AvaReason *reason;

    if (query->provider_id != NULL && g_strcmp0 (provider->id, query->provider_id) != 0)
      continue;
    reason = check_provider (day, provider, parts);
    if (reason == NULL)
      *someone = TRUE;
    else if (query->provider_id == NULL &&
             (reason->block == AVA_BLOCKED_NO_PROVIDER || reason->block == AVA_BLOCKED_LICENCE))
      ava_reason_free (reason);
    else
      g_ptr_array_add (reasons, reason);
  }
  if (!*someone && reasons->len == 0)
    g_ptr_array_add (reasons, make_reason (AVA_BLOCKED_NO_PROVIDER, NULL,
                                           g_strdup_printf ("Nobody here does %s.", day->service->name)));
}

/**
 * ava_availability_explain:
 * @start_us: microseconds since 1970 UTC; need not be on the grid
 *
 * Why @query cannot be had at @start_us: of the hours of the query only service, provider, room and
 * now count.
 *
 * Returns: (transfer full) (element-type AvaReason): empty when it is free
 */
GPtrArray *
ava_availability_explain (AvaSpa             *spa,
                          GPtrArray          *busy,
                          const AvaSlotQuery *query,
                          gint64              start_us)
{
  g_autoptr (GPtrArray) reasons = g_ptr_array_new_with_free_func ((GDestroyNotify) ava_reason_free);
  g_auto (Day) day = { .spa = spa, .busy = busy, .now_us = query->now_us };
  AvaReason *reason;
  AvaReason *no_room = NULL;
  gboolean someone = FALSE;
  GDate date;
  Parts parts;

  g_return_val_if_fail (AVA_IS_SPA (spa), NULL);

  day.service = ava_spa_find_service (spa, query->service_id);
  if (day.service == NULL || day.service->archived) {
    g_ptr_array_add (reasons, make_reason (AVA_BLOCKED_NO_PROVIDER, query->service_id,
                                           g_strdup ("We do not offer that service.")));
    return g_steal_pointer (&reasons);
  }
  parts = measure (day.service, start_us);
  ava_wall_time_of (start_us, spa->zone, &date);
  set_day (&day, &date);
  if (start_us < query->now_us) {
    g_ptr_array_add (reasons, make_reason (AVA_BLOCKED_PAST, NULL, g_strdup ("That time is already past.")));
    return g_steal_pointer (&reasons);
  }
  reason = check_location (&day, &parts);
  if (reason != NULL) {
    g_ptr_array_add (reasons, reason);
    return g_steal_pointer (&reasons);
  }
  explain_providers (&day, query, &parts, reasons, &someone);
  if (find_room (&day, query->room_id, &parts, &no_room) != NULL) {
    if (someone)
      g_ptr_array_set_size (reasons, 0);
  } else if (someone || no_room->block == AVA_BLOCKED_NO_ROOM) {
    g_ptr_array_set_size (reasons, 0);
    g_ptr_array_add (reasons, no_room);
  } else {
    ava_reason_free (no_room);
  }
  return g_steal_pointer (&reasons);
}

/**
 * ava_availability_check:
 * @busy: (element-type AvaBusy) (nullable):
 * @wanted: service, provider, room (nullable) and start
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
                        GPtrArray    **reasons)
{
  AvaSlotQuery query = {
    .service_id = wanted->service_id, .provider_id = wanted->provider_id, .room_id = wanted->room_id, .now_us = now_us,
  };
  g_autoptr (GPtrArray) why = ava_availability_explain (spa, busy, &query, wanted->start_us);
  g_auto (Day) day = { .spa = spa, .busy = busy, .now_us = now_us };
  AvaRoom *room;
  GDate date;
  Parts parts;

  if (reasons != NULL)
    *reasons = NULL;
  if (why->len > 0 && query.room_id != NULL) {
    query.room_id = NULL;
    g_clear_pointer (&why, g_ptr_array_unref);
    why = ava_availability_explain (spa, busy, &query, wanted->start_us);
  }
  if (why->len == 0 && ava_spa_find_provider (spa, wanted->provider_id) == NULL)
    g_ptr_array_add (why, make_reason (AVA_BLOCKED_NO_PROVIDER, wanted->provider_id, g_strdup ("That provider is not here.")));
  if (why->len > 0) {
    if (reasons != NULL)
      *reasons = g_steal_pointer (&why);
    return NULL;
  }
  day.service = ava_spa_find_service (spa, wanted->service_id);
  parts = measure (day.service, wanted->start_us);
  ava_wall_time_of (wanted->start_us, spa->zone, &date);
  set_day (&day, &date);
  room = find_room (&day, query.room_id, &parts, NULL);
  return make_slot (&day, wanted->provider_id, room->id, &parts);
}

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
  GPtrArray *taken = make_slots ();

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
  chosen = make_slots ();
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
