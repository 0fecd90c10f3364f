/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-tool-wish.h"

#include "ava-wall-time.h"

#include <stdio.h>
#include <string.h>

#define SPAN_DAYS 14      /* looked through when no day was said */
#define MAX_SPAN_DAYS 120
#define NEAR_DAYS_BEFORE 3
#define APART_US (30 * AVA_USEC_PER_MIN)
#define LAST_MIN 1439

/**
 * ava_tool_wish_clear:
 *
 * Frees what @self holds.
 */
void
ava_tool_wish_clear (AvaToolWish *self)
{
  g_clear_pointer (&self->assumption, g_free);
}

static gboolean
read_date (const char *text,
           GDate      *date)
{
  int year = 0;
  int month = 0;
  int day = 0;
  int used = 0;

  if (sscanf (text, "%4d-%2d-%2d%n", &year, &month, &day, &used) != 3 || text[used] != '\0' || used != 10 ||
      year < 2000 || !g_date_valid_dmy (day, month, year))
    return FALSE;
  g_date_clear (date, 1);
  g_date_set_dmy (date, day, month, year);
  return TRUE;
}

static gboolean
read_minute (const char *text,
             int        *minute)
{
  int hour = 0;
  int rest = 0;
  int used = 0;

  if (sscanf (text, "%2d:%2d%n", &hour, &rest, &used) != 2 || text[used] != '\0' || hour < 0 || hour > 23 ||
      rest < 0 || rest > 59)
    return FALSE;
  *minute = hour * 60 + rest;
  return TRUE;
}

static JsonObject *
read_phrase (AvaToolWish *self,
             AvaToolRun  *run,
             const char  *phrase,
             gboolean    *has_day)
{
  g_autoptr (AvaDatePhrase) when = ava_date_phrase_parse (phrase, ava_tool_run_now_us (run), run->spa->zone);

  if (when->problem != NULL)
    return ava_tool_refuse (strstr (when->problem, "past") != NULL ? "past" : "invalid", "%s", when->problem);
  if (when->question != NULL)
    return ava_tool_refuse ("ambiguous", "%s", when->question);
  if (ava_date_phrase_is_empty (when) || (when->has_shift && !when->has_date && !when->has_time))
    return ava_tool_refuse ("invalid", "I did not catch a day or a time in that.");
  if (when->has_date) {
    self->first = when->first_day;
    self->last = when->last_day;
    *has_day = TRUE;
  }
  self->weekdays = when->weekdays;
  if (when->has_time) {
    self->from_min = when->from_min;
    self->to_min = when->to_min;
    self->exact = when->exact_time;
  }
  self->soonest = when->first_available;
  self->assumption = g_strdup (when->assumption);
  return NULL;
}

static JsonObject *
read_plain (AvaToolWish *self,
            AvaToolRun  *run,
            gboolean    *has_day)
{
  const char *from = ava_tool_run_get_text (run, "from_date");
  const char *to = ava_tool_run_get_text (run, "to_date");
  const char *from_time = ava_tool_run_get_text (run, "from_time");
  const char *to_time = ava_tool_run_get_text (run, "to_time");
  const char *weekdays = ava_tool_run_get_text (run, "weekdays");

  if (weekdays != NULL && (self->weekdays = ava_date_weekdays_read (weekdays)) == 0)
    return ava_tool_refuse ("invalid", "Weekdays must be written as mon,tue.");
  if (from == NULL && to != NULL && !*has_day)
    return ava_tool_refuse ("invalid", "“to_date” needs “from_date”.");
  if (from != NULL && !*has_day) {
    if (!read_date (from, &self->first) || !read_date (to != NULL ? to : from, &self->last))
      return ava_tool_refuse ("invalid", "A date must be written as 2026-12-05, and exist.");
    *has_day = TRUE;
  }
  if ((from_time != NULL && !read_minute (from_time, &self->from_min)) ||
      (to_time != NULL && !read_minute (to_time, &self->to_min)))
    return ava_tool_refuse ("invalid", "A time must be written as 15:30.");
  if (json_object_get_boolean_member_with_default (run->args, "exact", FALSE) && from_time != NULL) {
    self->exact = TRUE;
    self->to_min = self->from_min;
  }
  if (self->from_min > self->to_min)
    return ava_tool_refuse ("invalid", "The earliest time must not be after the latest.");
  return NULL;
}

/**
 * ava_tool_wish_read:
 * @self: empty
 * @run: with the arguments of check_availability
 *
 * Returns: (transfer full) (nullable): a refusal when the wish is unclear or impossible
 */
JsonObject *
ava_tool_wish_read (AvaToolWish *self,
                    AvaToolRun  *run)
{
  const char *provider = ava_tool_run_get_text (run, "provider");
  const char *phrase = ava_tool_run_get_text (run, "when");
  JsonObject *refusal = NULL;
  gboolean has_day = FALSE;
  GDate today;

  self->to_min = LAST_MIN;
  self->limit = json_object_get_int_member_with_default (run->args, "limit", 3);
  self->service = ava_tool_find_service (run->spa, json_object_get_string_member (run->args, "service"), &refusal);
  if (refusal == NULL && provider != NULL)
    self->provider = ava_tool_find_provider (run->spa, provider, &refusal);
  if (refusal == NULL && phrase != NULL)
    refusal = read_phrase (self, run, phrase, &has_day);
  if (refusal == NULL)
    refusal = read_plain (self, run, &has_day);
  if (refusal != NULL)
    return refusal;

  ava_wall_time_of (ava_tool_run_now_us (run), run->spa->zone, &today);
  if (!has_day) {
    self->soonest = self->soonest || phrase == NULL;
    self->first = self->last = today;
    g_date_add_days (&self->last, SPAN_DAYS - 1);
  }
  if (g_date_compare (&self->first, &self->last) > 0)
    return ava_tool_refuse ("invalid", "The first day must not be after the last.");
  if (g_date_compare (&self->last, &today) < 0)
    return ava_tool_refuse ("past", "That day is already past.");
  if (g_date_compare (&self->first, &today) < 0)
    self->first = today;
  if (g_date_days_between (&self->first, &self->last) > MAX_SPAN_DAYS) {
    self->last = self->first;
    g_date_add_days (&self->last, MAX_SPAN_DAYS);
  }
  return NULL;
}

/**
 * ava_tool_wish_set_slot:
 *
 * Makes @self the wish for exactly @slot.
 */
void
ava_tool_wish_set_slot (AvaToolWish   *self,
                        AvaSpa        *spa,
                        const AvaSlot *slot)
{
  self->service = ava_spa_find_service (spa, slot->service_id);
  self->provider = ava_spa_find_provider (spa, slot->provider_id);
  self->from_min = self->to_min = ava_wall_time_of (slot->start_us, spa->zone, &self->first);
  self->last = self->first;
  self->exact = TRUE;
  self->limit = 3;
}

/**
 * ava_tool_wish_get_span:
 * @from_us: (out): microseconds since 1970 UTC
 * @to_us: (out): microseconds since 1970 UTC
 *
 * Which part of the book the wish, and what is near it, can touch.
 */
void
ava_tool_wish_get_span (AvaToolWish *self,
                        AvaSpa      *spa,
                        gint64       now_us,
                        gint64      *from_us,
                        gint64      *to_us)
{
  GDate first = self->first;
  GDate last = self->last;

  g_date_subtract_days (&first, NEAR_DAYS_BEFORE + 1);
  g_date_add_days (&last, SPAN_DAYS + 2);
  *from_us = MAX (ava_wall_time_first (&first, 0, spa->zone), now_us - AVA_USEC_PER_DAY);
  *to_us = MAX (ava_wall_time_first (&last, 0, spa->zone), *from_us + 1);
}

static guint
get_step (AvaToolWish *self)
{
  if (!self->exact || self->from_min % 15 == 0)
    return 15;
  return self->from_min % 5 == 0 ? 5 : 1;
}

static GPtrArray *
search (AvaToolWish *self,
        AvaSpa      *spa,
        GPtrArray   *busy,
        gint64       now_us,
        const GDate *first,
        const GDate *last,
        gboolean     any_time,
        gboolean     anyone)
{
  GDate after = *last;
  GPtrArray *slots;
  AvaSlotQuery query = {
    .service_id = self->service->id,
    .provider_id = anyone || self->provider == NULL ? NULL : self->provider->id,
    .now_us = now_us,
    .from_us = ava_wall_time_first (first, 0, spa->zone),
    .from_min = any_time ? 0 : self->from_min,
    .to_min = any_time ? LAST_MIN : self->to_min,
    .step_min = any_time ? 15 : get_step (self),
  };

  g_date_add_days (&after, 1);
  query.to_us = ava_wall_time_first (&after, 0, spa->zone) - 1;
  slots = ava_availability_find (spa, busy, &query);
  for (guint i = slots->len; self->weekdays != 0 && i-- > 0;) {
    GDate day;

    ava_wall_time_of (((AvaSlot *) slots->pdata[i])->start_us, spa->zone, &day);
    if ((self->weekdays & 1u << g_date_get_weekday (&day)) == 0)
      g_ptr_array_remove_index (slots, i);
  }
  return slots;
}

/* The first of @slots that lie half an hour apart or more, then any others, up to the limit. */
static GPtrArray *
take_apart (GPtrArray *slots,
            guint      limit)
{
  GPtrArray *taken = g_ptr_array_new_with_free_func ((GDestroyNotify) ava_slot_free);

  for (int pass = 0; pass < 2; pass++) {
    for (guint i = 0; i < slots->len && taken->len < limit; i++) {
      const AvaSlot *slot = slots->pdata[i];
      gint64 nearest = G_MAXINT64;

      for (guint j = 0; j < taken->len; j++)
        nearest = MIN (nearest, ABS (((AvaSlot *) taken->pdata[j])->start_us - slot->start_us));
      if (nearest >= (pass == 0 ? APART_US : 1))
        g_ptr_array_add (taken, ava_slot_copy (slot));
    }
  }
  return taken;
}

/**
 * ava_tool_wish_find:
 * @busy: (element-type AvaBusy):
 *
 * Returns: (transfer full) (element-type AvaSlot): what to offer; empty when the wish is closed
 */
GPtrArray *
ava_tool_wish_find (AvaToolWish *self,
                    AvaSpa      *spa,
                    GPtrArray   *busy,
                    gint64       now_us)
{
  g_autoptr (GPtrArray) slots = search (self, spa, busy, now_us, &self->first, &self->last, FALSE, FALSE);

  return self->soonest ? take_apart (slots, self->limit) : ava_availability_spread (slots, spa->zone, self->limit);
}

typedef struct {
  AvaToolWish *wish;
  GTimeZone *zone;
} Sorting;

/* Another time of the day costs its minutes, another day or provider as much as a few hours. */
static int
measure (const AvaSlot *slot,
         const Sorting *sorting)
{
  const AvaToolWish *wish = sorting->wish;
  GDate day;
  int minute = ava_wall_time_of (slot->start_us, sorting->zone, &day);
  int cost = MAX (wish->from_min - minute, 0) + MAX (minute - wish->to_min, 0);

  cost += 200 * MAX (g_date_days_between (&day, &wish->first), 0);
  cost += 200 * MAX (g_date_days_between (&wish->last, &day), 0);
  if (wish->provider != NULL && g_strcmp0 (slot->provider_id, wish->provider->id) != 0)
    cost += 150;
  return cost;
}

static int
compare_distance (gconstpointer a,
                  gconstpointer b,
                  gpointer      user_data)
{
  const AvaSlot *one = *(const AvaSlot *const *) a;
  const AvaSlot *other = *(const AvaSlot *const *) b;
  int near = measure (one, user_data);
  int far = measure (other, user_data);

  if (near != far)
    return near < far ? -1 : 1;
  return one->start_us < other->start_us ? -1 : one->start_us > other->start_us;
}

/**
 * ava_tool_wish_find_others:
 *
 * Returns: (transfer full) (element-type AvaSlot): what comes nearest to a wish that is closed, the
 *   nearest first: another time, day or provider
 */
GPtrArray *
ava_tool_wish_find_others (AvaToolWish *self,
                           AvaSpa      *spa,
                           GPtrArray   *busy,
                           gint64       now_us)
{
  g_autoptr (GPtrArray) slots = NULL;
  Sorting sorting = { self, spa->zone };
  GDate first = self->first;
  GDate last = self->last;

  g_date_subtract_days (&first, NEAR_DAYS_BEFORE);
  g_date_add_days (&last, SPAN_DAYS);
  slots = search (self, spa, busy, now_us, &first, &last, TRUE, TRUE);
  g_ptr_array_sort_with_data (slots, compare_distance, &sorting);
  return take_apart (slots, self->limit);
}

static void
add_words (JsonArray  *array,
           const char *words)
{
  for (guint i = 0; i < json_array_get_length (array); i++) {
    if (g_strcmp0 (json_array_get_string_element (array, i), words) == 0)
      return;
  }
  json_array_add_string_element (array, words);
}

/* Then nobody asks who else would not have been there. */
static gboolean
is_shut (GPtrArray *reasons)
{
  AvaBlock first = reasons->len > 0 ? ((AvaReason *) reasons->pdata[0])->block : AVA_BLOCKED_BARRED;

  return first == AVA_BLOCKED_PAST || first == AVA_BLOCKED_CLOSED;
}

static gboolean
is_about_busy (GPtrArray *reasons)
{
  if (is_shut (reasons))
    return FALSE;
  for (guint i = 0; i < reasons->len; i++) {
    AvaReason *reason = reasons->pdata[i];

    if (reason->block == AVA_BLOCKED_PROVIDER_BUSY || reason->block == AVA_BLOCKED_ROOM_BUSY)
      return TRUE;
  }
  return FALSE;
}

/**
 * ava_tool_wish_explain:
 *
 * Returns: (transfer full): why there is nothing, in words
 */
JsonArray *
ava_tool_wish_explain (AvaToolWish *self,
                       AvaSpa      *spa,
                       GPtrArray   *busy,
                       gint64       now_us)
{
  JsonArray *array = json_array_new ();
  g_autoptr (GPtrArray) reasons = NULL;
  g_autoptr (GDateTime) noon = NULL;
  g_autofree char *day = ava_date_speak_day (&self->first);
  AvaSlotQuery query = {
    .service_id = self->service->id, .now_us = now_us,
    .provider_id = self->provider != NULL ? self->provider->id : NULL,
  };
  int open_min = 0;
  int close_min = 0;
  gint64 start_us;

  noon = g_date_time_new (spa->zone, g_date_get_year (&self->first), g_date_get_month (&self->first),
                          g_date_get_day (&self->first), 12, 0, 0);
  ava_spa_get_hours (spa, NULL, noon, &open_min, &close_min, NULL);
  start_us = ava_wall_time_first (&self->first, self->exact ? self->from_min : MAX (self->from_min, open_min), spa->zone);
  if (!self->exact && start_us < now_us && g_date_compare (&self->first, &self->last) <= 0)
    start_us = now_us;
  reasons = ava_availability_explain (spa, busy, &query, start_us);
  if (self->exact || !is_about_busy (reasons)) {
    for (guint i = 0; i < reasons->len && i < (is_shut (reasons) ? 1 : 3); i++)
      add_words (array, ((AvaReason *) reasons->pdata[i])->words);
  }
  if (json_array_get_length (array) == 0) {
    g_autofree char *words = g_strdup_printf ("There is nothing free for %s%s%s %s%s then.", self->service->name,
                                              self->provider != NULL ? " with " : "",
                                              self->provider != NULL ? self->provider->name : "",
                                              g_date_compare (&self->first, &self->last) == 0 ? "on " : "from ", day);

    add_words (array, words);
  }
  return array;
}

/**
 * ava_tool_drop_busy:
 * @appointment_id: (nullable): one that is being moved: it is not in its own way
 */
void
ava_tool_drop_busy (GPtrArray  *busy,
                    const char *appointment_id)
{
  for (guint i = busy->len; appointment_id != NULL && i-- > 0;) {
    if (g_strcmp0 (((AvaBusy *) busy->pdata[i])->id, appointment_id) == 0)
      g_ptr_array_remove_index (busy, i);
  }
}

static const char *
get_code (GPtrArray *reasons)
{
  AvaReason *first = reasons != NULL && reasons->len > 0 ? reasons->pdata[0] : NULL;

  if (first == NULL)
    return "taken";
  switch (first->block) {
  case AVA_BLOCKED_PAST:
    return "past";
  case AVA_BLOCKED_PROVIDER_BUSY:
  case AVA_BLOCKED_ROOM_BUSY:
    return "taken";
  case AVA_BLOCKED_CLOSED:
  case AVA_BLOCKED_PROVIDER_OFF:
    return "closed";
  default:
    return "invalid";
  }
}

/**
 * ava_tool_refuse_slot:
 * @busy: (element-type AvaBusy):
 * @reasons: (element-type AvaReason) (nullable): why not; %NULL when it was just taken
 *
 * Returns: (transfer full): a refusal with alternates, the nearest first
 */
JsonObject *
ava_tool_refuse_slot (AvaSpa        *spa,
                      GPtrArray     *busy,
                      const AvaSlot *slot,
                      GPtrArray     *reasons,
                      gint64         now_us)
{
  JsonObject *answer;
  g_auto (AvaToolWish) wish = { 0 };

  answer = ava_tool_refuse (get_code (reasons), "%s",
                            reasons != NULL && reasons->len > 0 ? ((AvaReason *) reasons->pdata[0])->words
                                                                : "That time has just been taken.");
  ava_tool_wish_set_slot (&wish, spa, slot);
  if (wish.service != NULL) {
    g_autoptr (GPtrArray) others = ava_tool_wish_find_others (&wish, spa, busy, now_us);

    json_object_set_array_member (answer, "alternates", ava_tool_write_slots (spa, others));
  }
  return answer;
}
