/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-backfill.h"

#include "ava-availability.h"
#include "ava-waitlist-rank.h"

/* Looks for times for those who wait: each is shown the first one that fits, the best placed first. Days are looked
 * through at each location that will do, by its own clock. */

#define DAYS_AHEAD 45
#define NOTICE_US (60 * AVA_USEC_PER_MIN)   /* nobody can come at once */

/**
 * ava_backfill_free:
 * @self: (transfer full) (nullable):
 */
void
ava_backfill_free (AvaBackfill *self)
{
  if (self == NULL)
    return;
  g_clear_object (&self->entry);
  ava_slot_free (self->slot);
  g_free (self->words);
  g_free (self);
}

/**
 * ava_backfill_see:
 *
 * Returns: (transfer full): @spa seen from where the time is that is free or held for them; without one, from where they wait
 */
AvaSpa *
ava_backfill_see (AvaBackfill *self,
                  AvaSpa      *spa)
{
  const char *room_id = self->slot != NULL ? self->slot->room_id : self->entry->offer_room_id;

  return ava_spa_see (spa, room_id != NULL ? ava_spa_place_of (spa, room_id) : self->entry->location_id);
}

/* The first time at one location that is not after @to_us; @location_id: (nullable): the one that @spa is seen from */
static AvaSlot *
find_slot_at (AvaSpa           *spa,
              const char       *location_id,
              AvaWaitlistEntry *entry,
              GPtrArray        *busy,
              gint64            now_us,
              gint64            to_us)
{
  const AvaSlotQuery query = {
    .service_id = entry->service_id,
    .provider_id = entry->provider_id,
    .location_id = location_id,
    .now_us = now_us + NOTICE_US,
    .from_us = MAX (entry->from_us, now_us + NOTICE_US),
    .to_us = to_us,
    .from_min = entry->from_min,
    .to_min = entry->to_min,
    .limit = 1,
  };
  g_autoptr (GPtrArray) slots = ava_availability_find (spa, busy, &query);

  return slots->len > 0 ? ava_slot_copy (slots->pdata[0]) : NULL;
}

/* The first time at a location that will do; of two at once that at the first location. */
static AvaSlot *
find_slot (AvaSpa           *spa,
           AvaWaitlistEntry *entry,
           GPtrArray        *busy,
           gint64            now_us)
{
  gint64 to_us = now_us + DAYS_AHEAD * AVA_USEC_PER_DAY;
  AvaSlot *first = NULL;

  if (entry->to_us != 0)
    to_us = MIN (to_us, entry->to_us);
  if (spa->locations->len == 0)
    return find_slot_at (spa, NULL, entry, busy, now_us, to_us);
  for (guint i = 0; i < spa->locations->len; i++) {
    AvaLocation *location = spa->locations->pdata[i];
    AvaSlot *slot = NULL;

    if (entry->location_id == NULL || g_strcmp0 (entry->location_id, location->id) == 0)
      slot = find_slot_at (spa, location->id, entry, busy, now_us, to_us);
    if (slot == NULL)
      continue;
    ava_slot_free (first);
    first = slot;
    to_us = slot->start_us - 1;   /* elsewhere only what is earlier counts */
  }
  return first;
}

static void
take_rank (AvaBackfill *backfill,
           GPtrArray   *ranks)
{
  for (guint i = 0; i < ranks->len; i++) {
    AvaWaitlistRank *rank = ranks->pdata[i];

    if (rank->entry != backfill->entry)
      continue;
    backfill->score = rank->score;
    g_free (backfill->words);
    backfill->words = g_strdup (rank->words);
    return;
  }
}

/* Where the entry stands among all who could have that time. */
static void
set_rank (AvaBackfill *backfill,
          AvaSpa      *spa,
          GPtrArray   *entries,
          gint64       now_us)
{
  g_autoptr (AvaSpa) here = ava_backfill_see (backfill, spa);
  g_autoptr (GPtrArray) ranks = ava_waitlist_rank (entries, backfill->slot, here, now_us);

  take_rank (backfill, ranks);
}

static int
compare (gconstpointer a,
         gconstpointer b)
{
  const AvaBackfill *one = *(const AvaBackfill *const *) a;
  const AvaBackfill *two = *(const AvaBackfill *const *) b;

  if ((one->slot == NULL) != (two->slot == NULL))
    return one->slot == NULL ? 1 : -1;
  if (one->score != two->score)
    return one->score > two->score ? -1 : 1;
  return one->entry->created_us < two->entry->created_us ? -1 : one->entry->created_us > two->entry->created_us;
}

static AvaBusy *
block (const AvaSlot *slot)
{
  AvaBusy *busy = ava_busy_new ();

  busy->provider_id = g_strdup (slot->provider_id);
  busy->room_id = g_strdup (slot->room_id);
  busy->device_id = g_strdup (slot->device_id);
  busy->start_us = slot->busy_start_us;
  busy->end_us = slot->busy_end_us;
  return busy;
}

/**
 * ava_backfill_plan:
 * @entries: (element-type AvaWaitlistEntry):
 * @busy: (element-type AvaBusy): of the days ahead; times that are suggested are added
 *
 * Returns: (transfer full) (element-type AvaBackfill):
 */
GPtrArray *
ava_backfill_plan (AvaSpa    *spa,
                   GPtrArray *entries,
                   GPtrArray *busy,
                   gint64     now_us)
{
  GPtrArray *plan = g_ptr_array_new_with_free_func ((GDestroyNotify) ava_backfill_free);

  for (guint i = 0; i < entries->len; i++) {
    AvaBackfill *backfill = g_new0 (AvaBackfill, 1);

    backfill->entry = g_object_ref (entries->pdata[i]);
    g_ptr_array_add (plan, backfill);
    if (backfill->entry->status != AVA_WAITLIST_WAITING)
      continue;
    backfill->slot = find_slot (spa, backfill->entry, busy, now_us);
    if (backfill->slot != NULL)
      set_rank (backfill, spa, entries, now_us);
  }
  g_ptr_array_sort (plan, compare);
  for (guint i = 0; i < plan->len; i++) {
    AvaBackfill *backfill = plan->pdata[i];

    if (backfill->slot == NULL)
      continue;
    g_clear_pointer (&backfill->slot, ava_slot_free);
    backfill->slot = find_slot (spa, backfill->entry, busy, now_us);
    if (backfill->slot == NULL)
      continue;
    set_rank (backfill, spa, entries, now_us);
    g_ptr_array_add (busy, block (backfill->slot));
  }
  g_ptr_array_sort (plan, compare);
  return plan;
}

/* The times of a service that touch the freed one, of the same provider: it may have become longer than it was. */
static GPtrArray *
find_in_freed (AvaSpa         *spa,
               const char     *service_id,
               GPtrArray      *busy,
               AvaAppointment *freed,
               gint64          now_us)
{
  const AvaSlotQuery query = {
    .service_id = service_id,
    .provider_id = freed->provider_id,
    .location_id = freed->location_id,
    .now_us = now_us + NOTICE_US,
    .from_us = freed->busy_start_us,
    .to_us = freed->busy_end_us - 1,
    .to_min = 1440,
    .step_min = 5,
  };

  return ava_availability_find (spa, busy, &query);
}

/* The first of @slots that @entry waits for. */
static const AvaSlot *
choose_slot (AvaSpa           *here,
             AvaWaitlistEntry *entry,
             GPtrArray        *slots)
{
  for (guint i = 0; i < slots->len; i++) {
    if (ava_waitlist_fits (entry, slots->pdata[i], here))
      return slots->pdata[i];
  }
  return NULL;
}

static gpointer
look_up (GHashTable *known,
         const char *key,
         GPtrArray  *made)
{
  if (made != NULL)
    g_hash_table_insert (known, g_strdup (key), made);
  return g_hash_table_lookup (known, key);
}

/**
 * ava_backfill_rank_freed:
 * @entries: (element-type AvaWaitlistEntry):
 * @busy: (element-type AvaBusy): around the freed time, without @freed
 * @freed: was cancelled
 *
 * Each service is searched once and each time ranked once, however many wait.
 *
 * Returns: (transfer full) (element-type AvaBackfill):
 */
GPtrArray *
ava_backfill_rank_freed (AvaSpa         *spa,
                         GPtrArray      *entries,
                         GPtrArray      *busy,
                         AvaAppointment *freed,
                         gint64          now_us)
{
  GPtrArray *plan = g_ptr_array_new_with_free_func ((GDestroyNotify) ava_backfill_free);
  g_autoptr (AvaSpa) here = ava_spa_see (spa, freed->location_id);
  g_autoptr (GHashTable) slots = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  g_autoptr (GHashTable) ranks = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);

  for (guint i = 0; i < entries->len; i++) {
    AvaWaitlistEntry *entry = entries->pdata[i];
    g_autofree char *key = NULL;
    GPtrArray *found;
    const AvaSlot *slot;
    AvaBackfill *backfill;

    if (entry->status != AVA_WAITLIST_WAITING || (entry->provider_id != NULL && g_strcmp0 (entry->provider_id, freed->provider_id) != 0))
      continue;
    found = look_up (slots, entry->service_id, g_hash_table_contains (slots, entry->service_id) ? NULL
                                               : find_in_freed (spa, entry->service_id, busy, freed, now_us));
    slot = choose_slot (here, entry, found);
    if (slot == NULL)
      continue;
    key = g_strdup_printf ("%s/%" G_GINT64_FORMAT, slot->service_id, slot->start_us);
    backfill = g_new0 (AvaBackfill, 1);
    backfill->entry = g_object_ref (entry);
    backfill->slot = ava_slot_copy (slot);
    take_rank (backfill, look_up (ranks, key, g_hash_table_contains (ranks, key) ? NULL
                                              : ava_waitlist_rank (entries, slot, here, now_us)));
    g_ptr_array_add (plan, backfill);
  }
  g_ptr_array_sort (plan, compare);
  return plan;
}

/* What is looked for, and for whom. */
typedef struct {
  GPtrArray *entries;
  AvaAppointment *freed;
} Search;

static void
search_free (Search *self)
{
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  g_clear_object (&self->freed);
  g_free (self);
}

static void
freed_busy_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  AvaContext *context = g_task_get_source_object (task);
  Search *search = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) busy = ava_store_busy_finish (AVA_STORE (source), result, &error);

  if (busy == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, ava_backfill_rank_freed (ava_context_get_spa (context), search->entries, busy, search->freed,
                                                          ava_clock_now_us (ava_context_get_clock (context))),
                           (GDestroyNotify) g_ptr_array_unref);
}

static void
freed_entries_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Search *search = g_task_get_task_data (task);
  GError *error = NULL;

  search->entries = ava_store_list_waitlist_finish (AVA_STORE (source), result, &error);
  if (search->entries == NULL)
    g_task_return_error (task, error);
  else
    ava_store_busy_async (AVA_STORE (source), search->freed->busy_start_us - AVA_USEC_PER_DAY, search->freed->busy_end_us + AVA_USEC_PER_DAY,
                          NULL, g_task_get_cancellable (task), freed_busy_cb, g_object_ref (task));
}

/**
 * ava_backfill_freed_async:
 * @freed: was cancelled
 *
 * Ends in ava_backfill_load_finish().
 */
void
ava_backfill_freed_async (AvaContext          *context,
                          AvaAppointment      *freed,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  GTask *task = g_task_new (context, cancellable, callback, user_data);
  Search *search = g_new0 (Search, 1);

  search->freed = g_object_ref (freed);
  g_task_set_source_tag (task, ava_backfill_freed_async);
  g_task_set_task_data (task, search, (GDestroyNotify) search_free);
  ava_store_list_waitlist_async (ava_context_get_store (context), NULL, cancellable, freed_entries_cb, task);
}

static void
busy_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  AvaContext *context = g_task_get_source_object (task);
  GPtrArray *entries = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) busy = ava_store_busy_finish (AVA_STORE (source), result, &error);

  if (busy == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, ava_backfill_plan (ava_context_get_spa (context), entries, busy, ava_clock_now_us (ava_context_get_clock (context))),
                           (GDestroyNotify) g_ptr_array_unref);
}

static void
entries_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  AvaContext *context = g_task_get_source_object (task);
  gint64 now_us = ava_clock_now_us (ava_context_get_clock (context));
  GError *error = NULL;
  GPtrArray *entries = ava_store_list_waitlist_finish (AVA_STORE (source), result, &error);

  if (entries == NULL) {
    g_task_return_error (task, error);
    return;
  }
  g_task_set_task_data (task, entries, (GDestroyNotify) g_ptr_array_unref);
  ava_store_busy_async (AVA_STORE (source), now_us - AVA_USEC_PER_DAY, now_us + (DAYS_AHEAD + 1) * AVA_USEC_PER_DAY, NULL,
                        g_task_get_cancellable (task), busy_cb, g_object_ref (task));
}

void
ava_backfill_load_async (AvaContext          *context,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  GTask *task = g_task_new (context, cancellable, callback, user_data);

  g_task_set_source_tag (task, ava_backfill_load_async);
  ava_store_list_waitlist_async (ava_context_get_store (context), NULL, cancellable, entries_cb, task);
}

/* Returns: (transfer full) (nullable): AvaBackfill, best first */
GPtrArray *
ava_backfill_load_finish (AvaContext    *context,
                          GAsyncResult  *result,
                          GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
