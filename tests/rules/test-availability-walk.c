/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ava-availability.h"
#include "ava-clock.h"
#include "ava-conflict.h"
#include "ava-date-phrase.h"
#include "ava-wall-time.h"
#include "spa-parts.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Open times against a search that walks through each minute of the day and asks the C library, not
 * GLib, what the clock on the wall shows. */

#define RANDOM_DAYS 20800  /* each with a spa and a book of its own */
#define WEST "west"        /* the second location, with a clock, rooms and hours of its own */
#define MAX_MINUTES (26 * 60)
#define MARGIN 180

typedef struct {
  gint16 minute;   /* of the local day */
  guint8 day;      /* of the month */
  guint8 second;   /* the clock showed this before on this day */
} Wall;

/* One local day, minute by minute, from three hours before it. */
typedef struct {
  AvaSpa *spa;
  AvaSpa *here;            /* seen from the location that is asked for */
  const char *location;    /* nullable: the first */
  GPtrArray *busy;
  AvaService *service;
  const char *room;        /* nullable: the only one that will do */
  GDate date;
  gint64 start_us;
  int count;
  const Wall *walls;       /* of a zone and a date, read once */
  guint8 there[4][1440];   /* location, ann, bea, cyd by minute of the clock on the wall */
  const char *mine;        /* nullable: provider whose group session does not stand in its own way */
  gint64 mine_us;          /* [us] UTC, its start */
  guint joined, full;      /* how often a session was joined, or was full: the test must have seen both */
} World;

#define N_WALLS (MAX_MINUTES + 2 * MARGIN)

static const char *const zones[] = { "America/New_York", "America/Santiago", "Australia/Lord_Howe", "Australia/Sydney" };

static void
use_zone (const char *name)
{
  g_setenv ("TZ", name, TRUE);
  tzset ();
}

static Wall
read_wall (gint64 at_us)
{
  time_t seconds = at_us / G_USEC_PER_SEC;
  struct tm tm;

  localtime_r (&seconds, &tm);
  return (Wall){ tm.tm_hour * 60 + tm.tm_min, tm.tm_mday, FALSE };
}

static AvaService *
add_service (AvaSpa     *spa,
             const char *id,
             guint       pre,
             guint       active,
             guint       processing,
             guint       post,
             const char *licence,
             const char *kind)
{
  AvaService *service = ava_service_new ();

  service->id = g_strdup (id);
  service->name = g_strdup (id);
  service->pre_min = pre;
  service->active_min = active;
  service->processing_min = processing;
  service->post_min = post;
  service->licence = g_strdup (licence);
  service->room_kind = g_strdup (kind);
  g_ptr_array_add (spa->services, service);
  return service;
}

static void
add_hours (AvaSpa     *spa,
           const char *owner,
           const char *location,
           int         weekday,
           int         open,
           int         close)
{
  AvaHours hours = { g_strdup (owner), g_strdup (location), weekday, open, close };

  g_array_append_val (spa->hours, hours);
}

static void
add_random_hours (AvaSpa     *spa,
                  const char *owner,
                  const char *location,
                  GRand      *rand)
{
  for (int weekday = 1; weekday <= 7; weekday++) {
    int open = g_rand_int_range (rand, 0, 5) == 0 ? 0 : g_rand_int_range (rand, 20, 50) * 15;
    int close = g_rand_int_range (rand, 0, 5) == 0 ? 1440 : g_rand_int_range (rand, 54, 90) * 15;

    if (g_rand_int_range (rand, 0, 8) == 0)
      continue;
    if (open < 720 && close > 840 && g_rand_int_range (rand, 0, 3) == 0) {  /* a break at noon */
      add_hours (spa, owner, location, weekday, 780, close);
      close = 735;
    }
    add_hours (spa, owner, location, weekday, open, close);
  }
}

static void
add_locations (AvaSpa     *spa,
               const char *zone)
{
  const char *const ids[] = { "main", WEST };

  spa->location_id = g_strdup ("main");
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++) {
    AvaLocation *location = ava_location_new ();

    location->id = g_strdup (ids[i]);
    location->zone_name = g_strdup (zone);
    g_ptr_array_add (spa->locations, location);
  }
}

static AvaSpa *
make_spa (const char *zone,
          const char *other_zone,
          GRand      *rand)
{
  static const char *const providers[] = { "ann", "bea", "cyd" };
  static const char *const places[] = { NULL, WEST };
  AvaSpa *spa = ava_spa_new ();

  g_assert_true (ava_spa_set_zone (spa, zone));
  add_locations (spa, other_zone);
  add_service (spa, "short", 0, 15, 0, 0, NULL, "treatment");
  add_service (spa, "botox", 5, 30, 0, 10, "injector", "treatment");
  add_service (spa, "peel", 10, 20, 25, 15, NULL, "treatment");
  add_service (spa, "laser", 0, 45, 0, 20, "laser", "laser");
  add_service (spa, "none", 0, 30, 0, 0, "surgeon", "treatment");
  add_service (spa, "pool", 0, 30, 0, 0, NULL, "pool");
  add_service (spa, "class", 5, 30, 0, 10, NULL, "treatment");
  AVA_SERVICE (spa->services->pdata[spa->services->len - 1])->group_size = 3;
  add_provider (spa, "ann", "Ann Lee", "injector laser", "short botox laser none pool class");
  add_provider (spa, "bea", "Bea Fox", "injector", "short botox peel class");
  add_provider (spa, "cyd", "Cyd Roe", "", "peel botox laser");
  g_clear_pointer (&AVA_PROVIDER (spa->providers->pdata[1])->licence_expiry, g_strfreev);
  AVA_PROVIDER (spa->providers->pdata[1])->licence_expiry = g_strsplit ("2026-09-30", " ", -1);
  AVA_SERVICE (spa->services->pdata[3])->device_kind = g_strdup ("diode");
  add_room (spa, "r1", "laser treatment", g_rand_int_range (rand, 1, 4));
  add_room (spa, "r2", "treatment", g_rand_int_range (rand, 1, 3));
  add_room (spa, "d1", "diode", g_rand_int_range (rand, 1, 3));
  add_room (spa, "r1w", "treatment", g_rand_int_range (rand, 1, 3))->location_id = g_strdup (WEST);
  add_room (spa, "r2w", "laser", 1)->location_id = g_strdup (WEST);
  add_room (spa, "d1w", "diode", 1)->location_id = g_strdup (WEST);
  for (guint i = 0; i < G_N_ELEMENTS (places); i++) {
    add_random_hours (spa, NULL, places[i], rand);
    for (guint j = 0; j < G_N_ELEMENTS (providers); j++)
      add_random_hours (spa, providers[j], places[i], rand);
  }
  return spa;
}

/* What the clock on the wall shows, minute by minute. */
static Wall *
make_walls (gint64 first)
{
  Wall *walls = g_new (Wall, N_WALLS);
  int again = 0;

  for (int i = 0; i < N_WALLS; i++) {
    Wall wall = read_wall (first + i * AVA_USEC_PER_MIN);

    /* Only where clocks go back does a wall time come again. */
    if (i > 0 && (wall.minute < walls[i - 1].minute || again > 0) && (again > 0 || walls[i - 1].day == wall.day)) {
      for (int back = 1; back <= 65 && back <= i; back++) {
        Wall *before = &walls[i - back];

        wall.second = wall.second || (before->day == wall.day && before->minute == wall.minute);
      }
      again = again > 0 ? again - 1 : 65;
    }
    walls[i] = wall;
  }
  return walls;
}

/* @known: of each zone and first instant what was read before */
static void
fill_walls (World      *world,
            const char *zone,
            GHashTable *known)
{
  gint64 first = ava_wall_time_first (&world->date, 0, world->here->zone) - MARGIN * AVA_USEC_PER_MIN;
  char *key = g_strdup_printf ("%s %" G_GINT64_FORMAT, zone, first);

  world->start_us = first;
  world->count = N_WALLS;
  world->walls = g_hash_table_lookup (known, key);
  if (world->walls == NULL) {
    world->walls = make_walls (first);
    g_hash_table_insert (known, g_steal_pointer (&key), (gpointer) world->walls);
  }
  g_free (key);
}

static void
add_random_busy (World *world,
                 GRand *rand)
{
  static const char *const providers[] = { "ann", "bea", "cyd" };
  static const char *const rooms[] = { "r1", "r2", "r1w", "r2w" };
  guint count = g_rand_int_range (rand, 0, 14);
  guint here = world->location != NULL ? 2 : 0;

  for (guint i = 0; i < count; i++) {
    AvaBusy *busy = ava_busy_new ();

    busy->id = g_strdup_printf ("busy-%u", i);
    busy->provider_id = g_strdup (providers[g_rand_int_range (rand, 0, 3)]);
    /* Some are at the other location: they take the provider, and no room of this one. */
    busy->room_id = g_strdup (rooms[(here + g_rand_int_range (rand, 0, g_rand_int_range (rand, 0, 4) == 0 ? 4 : 2)) % 4]);
    busy->start_us = world->start_us + g_rand_int_range (rand, 30, 1500) * AVA_USEC_PER_MIN;
    busy->end_us = busy->start_us + g_rand_int_range (rand, 5, 120) * AVA_USEC_PER_MIN;
    busy->is_hold = g_rand_int_range (rand, 0, 4) == 0;
    if (g_rand_int_range (rand, 0, 3) == 0)
      busy->device_id = g_strdup (g_str_has_suffix (busy->room_id, "w") ? "d1w" : "d1");
    if (g_rand_int_range (rand, 0, 3) == 0) {
      busy->free_from_us = busy->start_us + (busy->end_us - busy->start_us) / (3 * AVA_USEC_PER_MIN) * AVA_USEC_PER_MIN;
      busy->free_to_us = busy->free_from_us + (busy->end_us - busy->free_from_us) / (2 * AVA_USEC_PER_MIN) * AVA_USEC_PER_MIN;
    }
    g_ptr_array_add (world->busy, busy);
  }
}

/* Groups of one to three, on the grid on which they are looked for; each has its room. */
static void
add_random_sessions (World *world,
                     GRand *rand)
{
  guint count = g_rand_int_range (rand, 0, 6);

  for (guint i = 0; i < count; i++) {
    const char *provider = g_rand_boolean (rand) ? "ann" : "bea";
    const char *room = world->location != NULL ? "r1w" : g_rand_boolean (rand) ? "r1" : "r2";
    gint64 start_us = world->start_us + (MARGIN + g_rand_int_range (rand, 30, 90) * 15) * AVA_USEC_PER_MIN;
    guint places = g_rand_int_range (rand, 1, 4);

    for (guint j = 0; j < places; j++) {
      AvaBusy *busy = ava_busy_new ();

      busy->id = g_strdup_printf ("session-%u-%u", i, j);
      busy->provider_id = g_strdup (provider);
      busy->room_id = g_strdup (room);
      busy->service_id = g_strdup ("class");
      busy->session_us = start_us;
      busy->start_us = start_us - 5 * AVA_USEC_PER_MIN;
      busy->end_us = start_us + 40 * AVA_USEC_PER_MIN;
      g_ptr_array_add (world->busy, busy);
    }
  }
}

static gboolean
is_mine (World         *world,
         const AvaBusy *busy)
{
  return world->mine != NULL && world->service->group_size > 1 && busy->session_us == world->mine_us && busy->session_us != 0 &&
         g_strcmp0 (busy->service_id, world->service->id) == 0 && g_str_equal (busy->provider_id, world->mine);
}

/* The last of those in the session, and how many they are. */
static const AvaBusy *
find_mine (World *world,
           guint *places)
{
  const AvaBusy *last = NULL;

  *places = 0;
  for (guint i = 0; i < world->busy->len; i++) {
    if (is_mine (world, world->busy->pdata[i])) {
      last = world->busy->pdata[i];
      (*places)++;
    }
  }
  return last;
}

static gboolean
work_out_there (World      *world,
                const char *owner,
                int         minute)
{
  char iso[16];
  gboolean there = FALSE;

  g_date_strftime (iso, sizeof iso, "%Y-%m-%d", &world->date);
  for (guint i = 0; i < world->spa->exceptions->len; i++) {
    AvaHoursException *exception = &g_array_index (world->spa->exceptions, AvaHoursException, i);
    const char *last = exception->last_date != NULL ? exception->last_date : exception->date;

    if (g_strcmp0 (exception->owner_id, owner) == 0 && strcmp (exception->date, iso) <= 0 && strcmp (iso, last) <= 0)
      return minute >= exception->open_min && minute < exception->close_min;
  }
  for (guint i = 0; i < world->spa->hours->len; i++) {
    AvaHours *hours = &g_array_index (world->spa->hours, AvaHours, i);

    there = there || (g_strcmp0 (hours->owner_id, owner) == 0 && hours->weekday == (int) g_date_get_weekday (&world->date) &&
                      minute >= hours->open_min && minute < hours->close_min &&
                      g_strcmp0 (hours->location_id, world->location) == 0);
  }
  return there;
}

static void
fill_there (World *world)
{
  static const char *const owners[] = { NULL, "ann", "bea", "cyd" };

  for (guint i = 0; i < G_N_ELEMENTS (owners); i++)
    for (int minute = 0; minute < 1440; minute++)
      world->there[i][minute] = minute % 15 > 0 ? world->there[i][minute - 1] : work_out_there (world, owners[i], minute);
}

static gboolean
is_there (World      *world,
          const char *owner,
          int         minute)
{
  return world->there[owner == NULL ? 0 : *owner - 'a' + 1][minute];
}

/* Whether each minute from @from to @to (exclusive) lies in the hours of @owner. */
static gboolean
all_open (World      *world,
          const char *owner,
          int         from,
          int         to)
{
  for (int i = from; i < to; i++) {
    if (i < 0 || i >= world->count || world->walls[i].day != (int) g_date_get_day (&world->date) ||
        !is_there (world, owner, world->walls[i].minute))
      return FALSE;
  }
  return TRUE;
}

static gboolean
provider_free (World      *world,
               const char *provider,
               int         from,
               int         to)
{
  for (int i = from; i < to; i++) {
    gint64 at = world->start_us + i * AVA_USEC_PER_MIN;

    for (guint j = 0; j < world->busy->len; j++) {
      AvaBusy *busy = world->busy->pdata[j];

      if (at >= busy->start_us && at < busy->end_us && !(at >= busy->free_from_us && at < busy->free_to_us) &&
          g_str_equal (busy->provider_id, provider) && !is_mine (world, busy))
        return FALSE;
    }
  }
  return TRUE;
}

/* The provider may leave while it processes. */
static gboolean
provider_free_for (World      *world,
                   const char *provider,
                   int         at)
{
  AvaService *service = world->service;
  int end = at + service->active_min + service->processing_min;

  return provider_free (world, provider, at - service->pre_min, at + service->active_min) &&
         provider_free (world, provider, end, end + service->post_min);
}

/* A group takes its room once, however many are in it. */
static gboolean
is_first_of_session (World *world,
                     guint  at)
{
  const AvaBusy *one = world->busy->pdata[at];

  for (guint i = 0; one->session_us != 0 && i < at; i++) {
    const AvaBusy *other = world->busy->pdata[i];

    if (other->session_us == one->session_us && g_str_equal (other->provider_id, one->provider_id) && g_str_equal (other->room_id, one->room_id))
      return FALSE;
  }
  return TRUE;
}

static gboolean
all_free (World      *world,
          const char *place,
          int         from,
          int         to)
{
  AvaRoom *room = *place == 'd' ? ava_spa_find_device (world->spa, place) : ava_spa_find_room (world->spa, place);

  for (int i = from; i < to; i++) {
    gint64 at = world->start_us + i * AVA_USEC_PER_MIN;
    guint count = 0;

    for (guint j = 0; j < world->busy->len; j++) {
      AvaBusy *busy = world->busy->pdata[j];

      count += at >= busy->start_us && at < busy->end_us &&
               g_strcmp0 (room->is_device ? busy->device_id : busy->room_id, place) == 0 && !is_mine (world, busy) &&
               is_first_of_session (world, j);
    }
    if (count >= room->capacity)
      return FALSE;
  }
  return TRUE;
}

static gboolean
has_room (World *world,
          int    from,
          int    to)
{
  for (guint i = 0; i < world->spa->rooms->len; i++) {
    AvaRoom *room = world->spa->rooms->pdata[i];

    if ((world->room == NULL || g_str_equal (room->id, world->room)) && g_strcmp0 (room->location_id, world->location) == 0 &&
        g_strv_contains ((const char *const *) room->kinds, world->service->room_kind) && all_free (world, room->id, from, to))
      return TRUE;
  }
  return FALSE;
}

static const char *
get_device (World *world)
{
  return world->location != NULL ? "d1w" : "d1";
}

static gboolean
can_do (World       *world,
        AvaProvider *provider)
{
  return g_strv_contains ((const char *const *) provider->service_ids, world->service->id) &&
         (world->service->licence == NULL ||
          (g_strv_contains ((const char *const *) provider->licences, world->service->licence) &&
           !(g_str_equal (provider->id, "bea") && (g_date_get_year (&world->date) > 2026 || g_date_get_month (&world->date) > 9))));
}

static gboolean
is_open (World       *world,
         AvaProvider *provider,
         int          at)
{
  AvaService *service = world->service;
  int end = at + service->active_min + service->processing_min;
  int from = at - service->pre_min;
  int to = end + service->post_min;
  const AvaBusy *session;
  guint places;

  world->mine = provider->id;
  world->mine_us = world->start_us + at * AVA_USEC_PER_MIN;
  session = find_mine (world, &places);
  if (session != NULL && (places >= service->group_size || !all_free (world, session->room_id, from, to) ||
                          (world->room != NULL && !g_str_equal (world->room, session->room_id)))) {
    world->full += places >= service->group_size;
    return FALSE;
  }
  world->joined += session != NULL;
  return can_do (world, provider) && all_open (world, NULL, at, end) && all_open (world, provider->id, from, to) &&
         provider_free_for (world, provider->id, at) &&
         (session != NULL || has_room (world, from, to)) && (service->device_kind == NULL || all_free (world, get_device (world), from, to));
}

static void
compare_day (World *world,
             guint  step)
{
  AvaSlotQuery query = {
    .service_id = world->service->id, .now_us = world->start_us, .from_us = world->start_us + MARGIN * AVA_USEC_PER_MIN,
    .to_min = 1440, .step_min = step, .room_id = world->room, .location_id = world->location,
  };
  g_autoptr (GPtrArray) slots = NULL;
  guint next = 0;

  query.to_us = ava_wall_time_first (&world->date, 1440, world->here->zone) - 1;
  slots = ava_availability_find (world->spa, world->busy, &query);
  for (int i = MARGIN; i < world->count - MARGIN; i++) {
    const Wall *wall = &world->walls[i];

    if (wall->day != (int) g_date_get_day (&world->date) || wall->second || wall->minute % step != 0)
      continue;
    for (guint j = 0; j < world->spa->providers->len; j++) {
      AvaProvider *provider = world->spa->providers->pdata[j];
      AvaSlot *slot;

      if (!is_open (world, provider, i))
        continue;
      g_assert_cmpuint (next, <, slots->len);
      slot = slots->pdata[next++];
      g_assert_cmpint (slot->start_us, ==, world->start_us + i * AVA_USEC_PER_MIN);
      g_assert_cmpstr (slot->provider_id, ==, provider->id);
      g_assert_true (world->room == NULL || g_str_equal (slot->room_id, world->room));
      g_assert_true (all_free (world, slot->room_id, i - world->service->pre_min,
                               i + world->service->active_min + world->service->processing_min + world->service->post_min));
    }
  }
  g_assert_cmpuint (next, ==, slots->len);
}

/* Whether the words tell when something ends that takes @kind of the one they are about. */
static gboolean
says_end_of_busy (World      *world,
                  AvaReason  *reason,
                  AvaResource kind,
                  int         from,
                  int         to)
{
  for (guint i = 0; i < world->busy->len; i++) {
    AvaBusy *busy = world->busy->pdata[i];
    const char *id = kind == AVA_RESOURCE_PROVIDER ? busy->provider_id : kind == AVA_RESOURCE_ROOM ? busy->room_id : busy->device_id;
    g_autofree char *end = NULL;
    g_autofree char *words = NULL;

    if (g_strcmp0 (id, reason->subject_id) != 0 || busy->start_us >= world->start_us + to * AVA_USEC_PER_MIN ||
        busy->end_us <= world->start_us + from * AVA_USEC_PER_MIN)
      continue;
    end = ava_date_speak_time (busy->end_us, world->here->zone);
    words = g_strdup_printf ("until %s.", end);
    if (g_str_has_suffix (reason->words, words))
      return TRUE;
  }
  return FALSE;
}

/* Whether each span in which @owner is there that day is told, and nothing else; none when off. */
static gboolean
says_hours (World      *world,
            AvaReason  *reason,
            const char *owner)
{
  g_autoptr (GString) words = g_string_new (NULL);

  for (int minute = 0; minute < 1440; minute++) {
    int end = minute;
    g_autofree char *from = NULL;
    g_autofree char *to = NULL;

    while (end < 1440 && is_there (world, owner, end))
      end++;
    if (end == minute)
      continue;
    from = ava_date_speak_minutes (minute);
    to = ava_date_speak_minutes (end);
    g_string_append_printf (words, "%sfrom %s to %s", words->len > 0 ? " and " : "", from, to);
    minute = end;
  }
  if (words->len == 0)
    return strstr (reason->words, " from ") == NULL;
  return strstr (reason->words, words->str) != NULL && strstr (strstr (reason->words, words->str) + words->len, " from ") == NULL;
}

/* The words of a reason are true. */
static void
check_words (World     *world,
             AvaReason *reason,
             int        at)
{
  AvaService *service = world->service;
  AvaProvider *provider = reason->subject_id != NULL ? ava_spa_find_provider (world->spa, reason->subject_id) : NULL;
  int from = at - service->pre_min;
  int to = at + service->active_min + service->processing_min + service->post_min;

  g_assert_cmpint (strlen (reason->words), >, 10);
  g_assert_true (provider == NULL || strstr (reason->words, provider->name) != NULL);
  switch (reason->block) {
  case AVA_BLOCKED_CLOSED:
    g_assert_true (says_hours (world, reason, NULL));
    break;
  case AVA_BLOCKED_PROVIDER_OFF:
    g_assert_true (says_hours (world, reason, provider->id));
    break;
  case AVA_BLOCKED_PROVIDER_BUSY:
    g_assert_true (says_end_of_busy (world, reason, AVA_RESOURCE_PROVIDER, from, to));
    break;
  case AVA_BLOCKED_ROOM_BUSY:
    if (strstr (reason->words, "has another room then") != NULL)
      g_assert_cmpstr (reason->subject_id, !=, world->room);
    else
      g_assert_true (says_end_of_busy (world, reason, AVA_RESOURCE_ROOM, from, to));
    break;
  case AVA_BLOCKED_DEVICE_BUSY:
    g_assert_cmpstr (reason->subject_id, ==, get_device (world));
    g_assert_true (says_end_of_busy (world, reason, AVA_RESOURCE_DEVICE, from, to));
    break;
  default:
    break;
  }
}

static void
expect (GHashTable *expected,
        AvaBlock    block,
        const char *subject)
{
  g_hash_table_add (expected, g_strdup_printf ("%d %s", block, subject != NULL ? subject : ""));
}

/* What is missing around somebody who is free, or around nobody (%NULL). */
static void
expect_places (World      *world,
               GHashTable *expected,
               const char *provider,
               int         at)
{
  AvaService *service = world->service;
  int from = at - service->pre_min;
  int to = at + service->active_min + service->processing_min + service->post_min;
  const AvaBusy *session;
  const char *kept = world->room;
  guint places;
  guint rooms = 0;

  world->mine = provider;
  world->mine_us = world->start_us + at * AVA_USEC_PER_MIN;
  session = find_mine (world, &places);
  if (session != NULL && world->room != NULL && !g_str_equal (world->room, session->room_id))
    expect (expected, AVA_BLOCKED_ROOM_BUSY, "another");
  if (session != NULL)
    world->room = session->room_id;
  for (guint i = 0; i < world->spa->rooms->len; i++) {
    AvaRoom *room = world->spa->rooms->pdata[i];

    rooms += g_strcmp0 (room->location_id, world->location) == 0 && (world->room == NULL || g_str_equal (room->id, world->room)) &&
             g_strv_contains ((const char *const *) room->kinds, service->room_kind);
  }
  if (!has_room (world, from, to))
    expect (expected, rooms == 0 ? AVA_BLOCKED_NO_ROOM : AVA_BLOCKED_ROOM_BUSY, NULL);
  if (service->device_kind != NULL && !all_free (world, get_device (world), from, to))
    expect (expected, AVA_BLOCKED_DEVICE_BUSY, NULL);
  world->room = kept;
}

/* Answers whether nothing stands in the way of them. */
static gboolean
expect_provider (World       *world,
                 GHashTable  *expected,
                 AvaProvider *provider,
                 int          at)
{
  AvaService *service = world->service;
  int to = at + service->active_min + service->processing_min + service->post_min;
  guint before = g_hash_table_size (expected);
  guint places;

  world->mine = provider->id;
  world->mine_us = world->start_us + at * AVA_USEC_PER_MIN;
  if (!can_do (world, provider)) {
    /* Bea's licence has run out. */
    if (g_str_equal (provider->id, "bea") && g_strcmp0 (service->licence, "injector") == 0)
      expect (expected, AVA_BLOCKED_LICENCE, provider->id);
    return FALSE;
  }
  if (!all_open (world, provider->id, at - service->pre_min, to))
    expect (expected, AVA_BLOCKED_PROVIDER_OFF, provider->id);
  if (!provider_free_for (world, provider->id, at))
    expect (expected, AVA_BLOCKED_PROVIDER_BUSY, provider->id);
  if (find_mine (world, &places) != NULL && places >= service->group_size)
    expect (expected, AVA_BLOCKED_GROUP_FULL, provider->id);
  return g_hash_table_size (expected) == before;
}

/* All that blocks the start: hours; then people, while none of them is free; then places. */
static GHashTable *
expect_reasons (World *world,
                int    at)
{
  GHashTable *expected = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) people = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) places = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer key;
  gboolean someone = FALSE;

  if (!all_open (world, NULL, at, at + world->service->active_min + world->service->processing_min))
    expect (expected, AVA_BLOCKED_CLOSED, NULL);
  for (guint i = 0; i < world->spa->providers->len; i++) {
    AvaProvider *provider = world->spa->providers->pdata[i];
    g_autoptr (GHashTable) missing = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

    if (!expect_provider (world, people, provider, at))
      continue;
    someone = TRUE;
    expect_places (world, missing, provider->id, at);
    if (g_hash_table_size (missing) == 0)
      return expected;   /* she can be had, were it not for the hours */
    g_hash_table_iter_init (&iter, missing);
    while (g_hash_table_iter_next (&iter, &key, NULL))
      g_hash_table_add (places, g_strdup (key));
  }
  if (!someone && g_hash_table_size (people) == 0)
    expect (people, AVA_BLOCKED_NO_PROVIDER, NULL);
  if (!someone)
    expect_places (world, places, NULL, at);
  g_hash_table_iter_init (&iter, places);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    g_hash_table_add (expected, g_strdup (key));
  g_hash_table_iter_init (&iter, people);
  while (!someone && g_hash_table_iter_next (&iter, &key, NULL))
    g_hash_table_add (expected, g_strdup (key));
  return expected;
}

static void
check_reasons (World     *world,
               GPtrArray *reasons,
               int        at)
{
  g_autoptr (GHashTable) expected = expect_reasons (world, at);
  g_autoptr (GHashTable) told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer key;

  for (guint i = 0; i < reasons->len; i++) {
    AvaReason *reason = reasons->pdata[i];
    gboolean is_person = reason->block >= AVA_BLOCKED_PROVIDER_OFF && reason->block <= AVA_BLOCKED_LICENCE;

    check_words (world, reason, at);
    g_assert_true (reason->block != AVA_BLOCKED_CLOSED || i == 0);
    expect (told, reason->block, is_person || reason->block == AVA_BLOCKED_GROUP_FULL ? reason->subject_id
                                 : strstr (reason->words, "another room") != NULL ? "another" : NULL);
  }
  g_hash_table_iter_init (&iter, expected);
  while (g_hash_table_iter_next (&iter, &key, NULL)) {
    if (!g_hash_table_contains (told, key))
      g_error ("%s at %d: “%s” is not told", world->service->id, at, (char *) key);
  }
  g_hash_table_iter_init (&iter, told);
  while (g_hash_table_iter_next (&iter, &key, NULL)) {
    if (!g_hash_table_contains (expected, key))
      g_error ("%s at %d: “%s” is told and does not block", world->service->id, at, (char *) key);
  }
}

static void
explain_some (World *world,
              GRand *rand)
{
  for (guint i = 0; i < 2; i++) {
    int at = g_rand_int_range (rand, MARGIN, MARGIN + 1440);
    AvaSlotQuery query = { .service_id = world->service->id, .now_us = world->start_us, .room_id = world->room, .location_id = world->location };
    const char *room = world->room;
    gint64 start_us = world->start_us + at * AVA_USEC_PER_MIN;
    g_autoptr (GPtrArray) reasons = NULL;
    gboolean open = FALSE;

    if (world->walls[at].day != (int) g_date_get_day (&world->date))
      continue;
    reasons = ava_availability_explain (world->spa, world->busy, &query, start_us);
    for (guint j = 0; j < world->spa->providers->len; j++)
      open = open || is_open (world, world->spa->providers->pdata[j], at);
    g_assert_cmpint (open, ==, reasons->len == 0);
    check_reasons (world, reasons, at);
    world->room = NULL;   /* a check takes another one */
    for (guint j = 0; j < world->spa->providers->len; j++) {
      AvaProvider *provider = world->spa->providers->pdata[j];
      AvaSlot wanted = { .service_id = world->service->id, .provider_id = provider->id, .start_us = start_us,
                         .room_id = (char *) (world->location != NULL ? "r1w" : "r1") };
      g_autoptr (GPtrArray) why = NULL;
      g_autoptr (AvaSlot) slot = ava_availability_check (world->spa, world->busy, &wanted, world->start_us, AVA_SPOKEN, &why);

      g_assert_cmpint (slot != NULL, ==, is_open (world, provider, at));
      g_assert_cmpint (slot != NULL, ==, why == NULL);
    }
    world->room = room;
  }
}

static const struct { int month; int day; } changes[][2] = {
  { { 3, 8 }, { 11, 1 } }, { { 4, 4 }, { 9, 6 } }, { { 4, 5 }, { 10, 4 } }, { { 4, 5 }, { 10, 4 } },
};

/* Each tenth day is one of the three around a change of clocks, by turns; closed dates come too. Answers which
 * change's own day it is, or -1. */
static int
choose_day (World *world,
            GRand *rand,
            guint  zone,
            guint  draw)
{
  int change = -1;

  g_date_clear (&world->date, 1);
  if (draw % 10 == 0) {
    guint which = draw / 10 % 2;
    int off = (int) (draw / 20 % 3) - 1;

    g_date_set_dmy (&world->date, changes[zone][which].day, changes[zone][which].month, 2026);
    if (off < 0)
      g_date_subtract_days (&world->date, 1);
    else
      g_date_add_days (&world->date, off);
    change = off == 0 ? (int) which : -1;
  } else {
    g_date_set_dmy (&world->date, 1, 1, 2026);
    g_date_add_days (&world->date, g_rand_int_range (rand, 0, 720));
  }
  if (g_rand_int_range (rand, 0, 6) == 0) {
    char iso[16];
    gboolean closed = g_rand_boolean (rand);

    g_date_strftime (iso, sizeof iso, "%Y-%m-%d", &world->date);
    if (closed)
      ava_spa_add_leave (world->spa, "bea", "2026-01-01", iso, "on leave");
    ava_spa_add_exception (world->spa, g_rand_boolean (rand) ? NULL : "ann", iso, closed ? 0 : 660, closed ? 0 : 900, "Inventory");
  }
  return change;
}

/* Answers which change of clocks the day was, or -1. */
static int
walk_day (GRand      *rand,
          guint       draw,
          GHashTable *walls,
          guint      *joined,
          guint      *full)
{
  static const char *const rooms[][4] = { { NULL, NULL, "r1", "r2" }, { NULL, NULL, "r1w", "r2w" } };
  guint zone = draw / 60 % G_N_ELEMENTS (zones);
  gboolean west = draw % 3 == 0;
  /* The zone that is asked about is that of the location; the other one's is another. */
  const char *other = zones[(zone + 1) % G_N_ELEMENTS (zones)];
  World world = { 0 };
  g_autoptr (AvaSpa) spa = make_spa (west ? other : zones[zone], west ? zones[zone] : other, rand);
  g_autoptr (AvaSpa) here = ava_spa_at (spa, west ? WEST : NULL);
  g_autoptr (GPtrArray) busy = g_ptr_array_new_with_free_func ((GDestroyNotify) ava_busy_free);
  int change;

  use_zone (zones[zone]);
  world.spa = spa;
  world.location = west ? WEST : NULL;
  world.busy = busy;
  change = choose_day (&world, rand, zone, draw);
  g_clear_object (&here);
  here = ava_spa_at (spa, world.location);   /* with the exceptions of the day */
  world.here = here;
  fill_walls (&world, zones[zone], walls);
  fill_there (&world);
  world.room = rooms[west][g_rand_int_range (rand, 0, 4)];
  world.service = spa->services->pdata[g_rand_int_range (rand, 0, spa->services->len)];
  add_random_busy (&world, rand);
  add_random_sessions (&world, rand);
  compare_day (&world, g_rand_boolean (rand) ? 15 : 20);
  explain_some (&world, rand);
  *joined += world.joined;
  *full += world.full;
  return change;
}

static void
same_as_walking_each_minute (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (4711);
  g_autoptr (GHashTable) walls = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  guint seen[G_N_ELEMENTS (zones)][2] = { { 0 } };
  guint joined = 0;
  guint full = 0;

  for (guint i = 0; i < RANDOM_DAYS; i++) {
    int change = walk_day (rand, i, walls, &joined, &full);

    if (change >= 0)
      seen[i / 60 % G_N_ELEMENTS (zones)][change]++;
  }
  use_zone ("UTC");
  g_test_message ("%u days, each with its book; groups were joined %u times and full %u times", RANDOM_DAYS, joined, full);
  for (guint i = 0; i < G_N_ELEMENTS (zones); i++) {
    g_test_message ("%s: clocks went forward or back on %u and %u of the days", zones[i], seen[i][0], seen[i][1]);
    g_assert_cmpuint (MIN (seen[i][0], seen[i][1]), >=, 50);
  }
  g_assert_cmpuint (joined, >, 1000);
  g_assert_cmpuint (full, >, 1000);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/availability-walk/same-as-walking-each-minute", same_as_walking_each_minute);
  return g_test_run ();
}
