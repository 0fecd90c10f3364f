/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ava-availability.h"
#include "ava-clock.h"

#include <stdlib.h>

/* How long the availability engine takes on a large book. Rows: name value unit reference ratio; the
 * references are the budgets of 10 and 2 ms. */

#define DAYS 30
#define PROVIDERS 12
#define ROOMS 6
#define APPOINTMENTS 3000
#define TURNS 200

static int
compare (gconstpointer a,
         gconstpointer b)
{
  double one = *(const double *) a;
  double two = *(const double *) b;

  return one < two ? -1 : one > two;
}

static AvaSpa *
make_spa (void)
{
  g_autoptr (GError) error = NULL;
  AvaSpa *spa = ava_spa_load (g_getenv ("AVA_DEMO_SPA"), &error);

  if (spa == NULL)
    g_error ("%s", error->message);
  for (guint i = spa->providers->len; i < PROVIDERS; i++) {
    AvaProvider *provider = ava_provider_new ();

    provider->id = g_strdup_printf ("p%u", i);
    provider->name = g_strdup_printf ("Provider %u", i);
    provider->licences = g_strsplit ("injector", " ", -1);
    provider->service_ids = g_strsplit ("svc-botox", " ", -1);
    g_ptr_array_add (spa->providers, provider);
    for (int day = 1; day <= 7; day++)
      ava_spa_add_hours (spa, provider->id, day, 540, 1140);
  }
  for (guint i = spa->rooms->len; i < ROOMS; i++) {
    AvaRoom *room = ava_room_new ();

    room->id = g_strdup_printf ("r%u", i);
    room->name = g_strdup_printf ("Room %u", i);
    room->kinds = g_strsplit ("treatment", " ", -1);
    room->capacity = 1;
    g_ptr_array_add (spa->rooms, room);
  }
  return spa;
}

static GPtrArray *
make_busy (AvaSpa *spa,
           gint64  from_us)
{
  GPtrArray *busy = g_ptr_array_new_with_free_func ((GDestroyNotify) ava_busy_free);

  for (guint i = 0; i < APPOINTMENTS; i++) {
    AvaBusy *one = ava_busy_new ();

    one->id = g_strdup_printf ("a%u", i);
    one->provider_id = g_strdup (AVA_PROVIDER (spa->providers->pdata[i % PROVIDERS])->id);
    one->room_id = g_strdup (AVA_ROOM (spa->rooms->pdata[i % ROOMS])->id);
    one->start_us = from_us + (gint64) (i / 100) * AVA_USEC_PER_DAY + (540 + i % 100 / PROVIDERS * 72) * AVA_USEC_PER_MIN;
    one->end_us = one->start_us + (10 + i % 2 * 10) * AVA_USEC_PER_MIN;
    g_ptr_array_add (busy, one);
  }
  return busy;
}

static void
measure (const char         *name,
         AvaSpa             *spa,
         GPtrArray          *busy,
         const AvaSlotQuery *query,
         double              budget_ms)
{
  double taken[TURNS];
  guint found = 0;

  for (guint i = 0; i < TURNS; i++) {
    gint64 began = g_get_monotonic_time ();
    g_autoptr (GPtrArray) slots = ava_availability_find (spa, busy, query);

    taken[i] = (g_get_monotonic_time () - began) / 1000.0;
    found = slots->len;
  }
  qsort (taken, TURNS, sizeof *taken, compare);
  g_print ("%s_p50 %.2f ms budget_%.0f_ms %.2f\n", name, taken[TURNS / 2], budget_ms, taken[TURNS / 2] / budget_ms);
  g_print ("%s_p99 %.2f ms budget_%.0f_ms %.2f\n", name, taken[TURNS * 99 / 100], budget_ms, taken[TURNS * 99 / 100] / budget_ms);
  g_print ("%s_slots %u slots\n", name, found);
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (AvaSpa) spa = make_spa ();
  g_autoptr (GDateTime) first = g_date_time_new (spa->zone, 2026, 12, 1, 0, 0, 0);
  gint64 from_us = g_date_time_to_unix (first) * G_USEC_PER_SEC;
  g_autoptr (GPtrArray) busy = make_busy (spa, from_us);
  AvaSlotQuery query = {
    .service_id = "svc-botox", .from_us = from_us, .to_us = from_us + DAYS * AVA_USEC_PER_DAY - 1, .to_min = 1440,
  };

  measure ("engine_30_days", spa, busy, &query, 10);
  query.to_us = from_us + AVA_USEC_PER_DAY - 1;
  measure ("engine_day_view", spa, busy, &query, 2);
  return 0;
}
