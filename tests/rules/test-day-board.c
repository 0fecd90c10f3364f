/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ava-conflict.h"
#include "ava-day-board.h"
#include "ava-wall-time.h"

#include <string.h>

/* What a calendar shows of a day, against the engine that books. */

#define MINUTE_US ((gint64) 60 * G_USEC_PER_SEC)
#define RANDOM_DAYS 600

static const struct { const char *zone; int year; int month; int day; guint steps; } changes[] = {
  { "America/New_York", 2026, 3, 8, 92 },   { "America/New_York", 2026, 11, 1, 100 },
  { "Europe/Berlin", 2026, 3, 29, 92 },     { "Europe/Berlin", 2026, 10, 25, 100 },
  { "Australia/Sydney", 2026, 10, 4, 92 },  { "Australia/Sydney", 2027, 4, 4, 100 },
  { "Australia/Lord_Howe", 2026, 10, 4, 94 }, { "Australia/Lord_Howe", 2027, 4, 4, 98 },
  { "America/Havana", 2026, 3, 8, 92 },     { "America/New_York", 2026, 12, 1, 96 },
};

static void
axis_has_the_quarters_that_the_clock_shows (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++) {
    g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (changes[i].zone);
    GDate day;
    g_autoptr (AvaDayAxis) axis = NULL;
    gint64 last_us = 0;

    g_date_clear (&day, 1);
    g_date_set_dmy (&day, changes[i].day, changes[i].month, changes[i].year);
    axis = ava_day_axis_new (&day, 1, zone);
    g_assert_cmpuint (axis->steps->len, ==, changes[i].steps);
    for (guint step = 0; step < axis->steps->len; step++) {
      gint64 at_us = ava_day_axis_time (axis, 0, step);

      g_assert_cmpint (at_us, >, last_us);
      g_assert_cmpfloat (ava_day_axis_place (axis, 0, at_us), ==, step);
      g_assert_cmpfloat_with_epsilon (ava_day_axis_place (axis, 0, at_us + 5 * MINUTE_US), step + 1 / 3.0, 1e-6);
      g_assert_cmpint (ava_wall_time_of (at_us, zone, NULL), ==, g_array_index (axis->steps, AvaAxisStep, step).minute);
      if (last_us != 0)
        g_assert_cmpint (at_us - last_us, ==, 15 * MINUTE_US);
      last_us = at_us;
    }
    g_assert_cmpint (ava_day_axis_end (axis, 0), ==, last_us + 15 * MINUTE_US);
    g_assert_cmpfloat (ava_day_axis_place (axis, 0, last_us + 16 * MINUTE_US), ==, changes[i].steps);
    g_assert_cmpfloat (ava_day_axis_place (axis, 0, ava_day_axis_start (axis, 0) - MINUTE_US), ==, 0);
  }
}

static void
week_in_which_the_clocks_change_lines_up (void)
{
  static const struct { int day, month; guint steps; guint odd_day; } weeks[] = { { 26, 10, 100, 6 }, { 2, 3, 96, 6 } };
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("America/New_York");

  for (guint i = 0; i < G_N_ELEMENTS (weeks); i++) {
    GDate days[7];
    g_autoptr (AvaDayAxis) axis = NULL;

    for (guint j = 0; j < 7; j++) {
      g_date_clear (&days[j], 1);
      g_date_set_dmy (&days[j], weeks[i].day, weeks[i].month, 2026);
      g_date_add_days (&days[j], j);
    }
    axis = ava_day_axis_new (days, 7, zone);
    g_assert_cmpuint (axis->steps->len, ==, weeks[i].steps);
    for (guint j = 0; j < 7; j++) {
      double noon = ava_day_axis_place (axis, j, ava_wall_time_first (&days[j], 12 * 60, zone));

      /* Noon is on one line, whatever the night was. */
      g_assert_cmpfloat (noon, ==, weeks[i].steps == 100 ? 52 : 48);
      g_assert_cmpint (ava_day_axis_time (axis, j, noon), ==, ava_wall_time_first (&days[j], 12 * 60, zone));
      for (guint step = 0; step < axis->steps->len; step++) {
        gboolean odd = g_array_index (axis->steps, AvaAxisStep, step).fold == 1 ||
                       (weeks[i].steps == 96 && j == weeks[i].odd_day && step >= 8 && step < 12);

        g_assert_cmpint (ava_day_axis_has (axis, j, step), ==,
                         !odd || (weeks[i].steps == 100 && j == weeks[i].odd_day));
      }
    }
  }
}

/* --- A spa ----------------------------------------------------------------------------------- */

static AvaSpa *
make_spa (const char *zone,
          GRand      *rand,
          guint       n_providers)
{
  AvaSpa *spa = ava_spa_new ();
  AvaService *service = ava_service_new ();
  AvaRoom *room = ava_room_new ();

  ava_spa_set_zone (spa, zone);
  spa->location_id = g_strdup ("here");
  service->id = g_strdup ("touch");
  service->name = g_strdup ("Touch");
  service->active_min = 5;
  service->room_kind = g_strdup ("");
  g_ptr_array_add (spa->services, service);
  room->id = g_strdup ("hall");
  room->name = g_strdup ("Hall");
  room->capacity = 1000;
  g_ptr_array_add (spa->rooms, room);
  for (guint i = 0; i < n_providers; i++) {
    AvaProvider *provider = ava_provider_new ();

    provider->id = g_strdup_printf ("p%u", i);
    provider->name = g_strdup_printf ("Provider %u", i);
    provider->service_ids = g_strsplit ("touch", " ", -1);
    g_ptr_array_add (spa->providers, provider);
  }
  for (int weekday = 1; weekday <= 7; weekday++) {
    int open_min = g_rand_int_range (rand, 0, 40) * 15;
    int lunch_min = open_min + g_rand_int_range (rand, 4, 20) * 15;

    if (g_rand_int_range (rand, 0, 6) > 0)
      ava_spa_add_hours (spa, NULL, weekday, open_min, MIN (open_min + 40 * 15, 1440));
    for (guint i = 0; i < n_providers; i++) {
      g_autofree char *id = g_strdup_printf ("p%u", i);

      if (g_rand_int_range (rand, 0, 5) == 0)
        continue;
      ava_spa_add_hours (spa, id, weekday, MAX (open_min - 30, 0), lunch_min);
      ava_spa_add_hours (spa, id, weekday, lunch_min + 45, MIN (lunch_min + 300, 1440));
    }
  }
  return spa;
}

static AvaAppointment *
make_appointment (AvaSpa *spa,
                  gint64  start_us,
                  guint   number,
                  GRand  *rand)
{
  AvaAppointment *appointment = ava_appointment_new ();
  AvaProvider *provider = spa->providers->pdata[g_rand_int_range (rand, 0, spa->providers->len)];

  appointment->id = g_strdup_printf ("a%u", number);
  appointment->provider_id = g_strdup (provider->id);
  appointment->room_id = g_strdup ("hall");
  appointment->location_id = g_strdup ("here");
  appointment->service_id = g_strdup ("touch");
  appointment->start_us = start_us;
  appointment->active_end_us = start_us + g_rand_int_range (rand, 2, 13) * 5 * MINUTE_US;
  appointment->end_us = appointment->active_end_us + (g_rand_boolean (rand) ? 0 : 30 * MINUTE_US);
  appointment->busy_start_us = start_us - g_rand_int_range (rand, 0, 3) * 5 * MINUTE_US;
  appointment->busy_end_us = appointment->end_us + g_rand_int_range (rand, 0, 3) * 5 * MINUTE_US;
  return appointment;
}

static GPtrArray *
make_appointments (AvaSpa      *spa,
                   const GDate *day,
                   guint        count,
                   GRand       *rand)
{
  GPtrArray *appointments = g_ptr_array_new_with_free_func (g_object_unref);
  gint64 midnight_us = ava_wall_time_first (day, 0, spa->zone);

  for (guint i = 0; i < count; i++)
    g_ptr_array_add (appointments, make_appointment (spa, midnight_us + g_rand_int_range (rand, 72, 240) * 5 * MINUTE_US, i, rand));
  return appointments;
}

static GPtrArray *
make_busy (GPtrArray *appointments)
{
  GPtrArray *busy = g_ptr_array_new_with_free_func ((GDestroyNotify) ava_busy_free);

  for (guint i = 0; i < appointments->len; i++) {
    AvaAppointment *appointment = appointments->pdata[i];
    AvaBusy *one = ava_busy_new ();

    one->id = g_strdup (appointment->id);
    one->provider_id = g_strdup (appointment->provider_id);
    one->room_id = g_strdup (appointment->room_id);
    one->service_id = g_strdup (appointment->service_id);
    one->session_us = appointment->start_us;
    one->start_us = appointment->busy_start_us;
    one->end_us = appointment->busy_end_us;
    if (appointment->active_end_us < appointment->end_us) {
      one->free_from_us = appointment->active_end_us;
      one->free_to_us = appointment->end_us;
    }
    g_ptr_array_add (busy, one);
  }
  return busy;
}

/* --- Against the engine ---------------------------------------------------------------------- */

static gboolean
has_block (GPtrArray *reasons,
           AvaBlock   block)
{
  for (guint i = 0; i < reasons->len; i++) {
    if (((AvaReason *) reasons->pdata[i])->block == block)
      return TRUE;
  }
  return FALSE;
}

static void
check_item (AvaDayBoard  *board,
            AvaBoardItem *item,
            GPtrArray    *busy)
{
  AvaBoardColumn *column = ava_day_board_get (board, item->column);
  AvaSlotQuery query = { .service_id = "touch", .provider_id = column->provider_id, .from_us = item->start_us,
                         .to_us = item->start_us, .to_min = 1440, .step_min = 1 };
  /* Asked for that very instant: of an hour that comes twice a search offers the first only. */
  AvaSlot wanted = { .service_id = (char *) "touch", .provider_id = (char *) column->provider_id, .start_us = item->start_us };
  g_autoptr (AvaSlot) slot = ava_availability_check (board->spa, busy, &wanted, 0, AVA_SPOKEN, NULL);

  g_assert_cmpint (item->end_us, >, item->start_us);
  if (item->kind == AVA_ITEM_FREE) {
    g_assert_nonnull (slot);
  } else if (item->kind == AVA_ITEM_CLOSED) {
    g_autoptr (GPtrArray) reasons = ava_availability_explain (board->spa, busy, &query, item->start_us);

    g_assert_null (slot);
    g_assert_true (has_block (reasons, item->block));
  }
}

/* No time is told of twice, and none of the working day is left out. */
static void
check_cover (AvaDayBoard *board,
             guint        column,
             GPtrArray   *busy)
{
  guint day = ava_day_board_get (board, column)->axis_day;
  gint64 from_us = ava_day_axis_time (board->axis, day, board->first_step);
  gint64 to_us = ava_day_axis_time (board->axis, day, board->last_step);
  const char *provider_id = ava_day_board_get (board, column)->provider_id;

  for (gint64 at_us = from_us; at_us < to_us; at_us += 5 * MINUTE_US) {
    guint told = 0;
    gboolean taken = FALSE;

    for (guint i = 0; i < board->items->len; i++) {
      AvaBoardItem *item = &g_array_index (board->items, AvaBoardItem, i);

      told += item->column == column && item->kind >= AVA_ITEM_FREE && item->start_us <= at_us && at_us < item->end_us;
    }
    for (guint i = 0; i < busy->len && !taken; i++) {
      AvaBusy *one = busy->pdata[i];

      taken = strcmp (one->provider_id, provider_id) == 0 && one->start_us <= at_us && at_us < one->end_us &&
              !(one->free_from_us <= at_us && at_us < one->free_to_us);
    }
    g_assert_cmpuint (told, ==, taken ? 0 : 1);
  }
}

static void
board_agrees_with_the_engine (void)
{
  static const char *const zones[] = { "America/New_York", "Australia/Sydney", "Australia/Lord_Howe" };
  g_autoptr (GRand) rand = g_rand_new_with_seed (20261201);

  for (guint i = 0; i < RANDOM_DAYS; i++) {
    g_autoptr (AvaSpa) spa = make_spa (zones[i % G_N_ELEMENTS (zones)], rand, 3);
    AvaBoardQuery query = { .spa = spa, .kind = AVA_BOARD_BY_PROVIDER, .statuses = ~0u };
    g_autoptr (AvaDayBoard) board = NULL;
    g_autoptr (GPtrArray) busy = NULL;
    GPtrArray *appointments;

    g_date_clear (&query.first_day, 1);
    g_date_set_dmy (&query.first_day, 1, 1, 2026);
    g_date_add_days (&query.first_day, g_rand_int_range (rand, 0, 600));
    if (i % 5 == 0)   /* a day on which the clocks change */
      g_date_set_dmy (&query.first_day, changes[i / 5 % 6].day, changes[i / 5 % 6].month, changes[i / 5 % 6].year);
    appointments = make_appointments (spa, &query.first_day, g_rand_int_range (rand, 0, 12), rand);
    query.appointments = appointments;
    busy = make_busy (appointments);
    board = ava_day_board_build (&query);
    g_ptr_array_unref (appointments);
    g_assert_cmpuint (board->columns->len, ==, 3);
    for (guint j = 0; j < board->items->len; j++)
      check_item (board, &g_array_index (board->items, AvaBoardItem, j), busy);
    for (guint j = 0; j < 3; j++)
      check_cover (board, j, busy);
  }
}

/* A room is free where the engine has a place left in it, and closed or full everywhere else. */
static void
check_room (AvaDayBoard *board,
            guint        number,
            GPtrArray   *busy)
{
  AvaBoardColumn *column = ava_day_board_get (board, number);
  AvaRoom *room = ava_spa_find_room (board->spa, column->room_id);
  gint64 from_us = ava_day_axis_time (board->axis, 0, board->first_step);
  gint64 to_us = ava_day_axis_time (board->axis, 0, board->last_step);

  for (gint64 at_us = from_us; at_us < to_us; at_us += 5 * MINUTE_US) {
    AvaSlot slot = {
      .service_id = (char *) "touch", .provider_id = (char *) "somebody", .start_us = at_us, .busy_start_us = at_us,
      .end_us = at_us + 5 * MINUTE_US, .busy_end_us = at_us + 5 * MINUTE_US,
    };
    int minute = ava_wall_time_of (at_us, board->spa->zone, NULL);
    gboolean open = FALSE;
    guint free = 0;

    for (guint i = 0; i < column->n_spans; i++)
      open = open || (minute >= column->spans[i].open_min && minute < column->spans[i].close_min);
    for (guint i = 0; i < board->items->len; i++) {
      AvaBoardItem *item = &g_array_index (board->items, AvaBoardItem, i);

      if (item->column != number || item->kind != AVA_ITEM_FREE || item->start_us > at_us || at_us >= item->end_us)
        continue;
      g_assert_cmpuint (item->lane, <, item->n_lanes);
      free++;
    }
    g_assert_cmpuint (free, ==, open && ava_conflict_find (busy, &slot, AVA_RESOURCE_ROOM, room->id, room->capacity, 3) == NULL);
  }
}

/* What is free stands beside what is there, not under it. */
static void
check_lanes (AvaDayBoard *board)
{
  for (guint i = 0; i < board->items->len; i++) {
    AvaBoardItem *one = &g_array_index (board->items, AvaBoardItem, i);

    for (guint j = 0; j < board->items->len && one->kind == AVA_ITEM_FREE; j++) {
      AvaBoardItem *other = &g_array_index (board->items, AvaBoardItem, j);

      g_assert_false (other->kind <= AVA_ITEM_HOLD && other->column == one->column && other->start_us < one->end_us &&
                      one->start_us < other->end_us && other->lane == one->lane);
    }
  }
}

static void
rooms_for_several_are_free_while_there_is_a_place (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (20261202);

  for (guint i = 0; i < RANDOM_DAYS; i++) {
    g_autoptr (AvaSpa) spa = make_spa ("America/New_York", rand, 6);
    AvaBoardQuery query = { .spa = spa, .kind = AVA_BOARD_BY_ROOM, .statuses = ~0u };
    g_autoptr (AvaDayBoard) board = NULL;
    g_autoptr (GPtrArray) busy = NULL;
    g_autoptr (GPtrArray) appointments = NULL;

    ((AvaRoom *) spa->rooms->pdata[0])->capacity = g_rand_int_range (rand, 1, 5);
    AVA_SERVICE (spa->services->pdata[0])->group_size = 3;
    g_date_clear (&query.first_day, 1);
    g_date_set_dmy (&query.first_day, 1, 1, 2026);
    g_date_add_days (&query.first_day, g_rand_int_range (rand, 0, 600));
    appointments = make_appointments (spa, &query.first_day, g_rand_int_range (rand, 0, 14), rand);
    for (guint j = 1; j < appointments->len; j++) {
      AvaAppointment *before = appointments->pdata[j - 1];
      AvaAppointment *one = appointments->pdata[j];

      if (g_rand_int_range (rand, 0, 4) > 0)
        continue;
      /* They come to the same group. */
      g_free (one->provider_id);
      one->provider_id = g_strdup (before->provider_id);
      one->start_us = before->start_us;
      one->active_end_us = before->active_end_us;
      one->end_us = before->end_us;
      one->busy_start_us = before->busy_start_us;
      one->busy_end_us = before->busy_end_us;
    }
    query.appointments = appointments;
    busy = make_busy (appointments);
    board = ava_day_board_build (&query);
    g_assert_cmpuint (board->columns->len, ==, 1);
    check_room (board, 0, busy);
    if (ava_day_board_get (board, 0)->capacity > 1)
      check_lanes (board);
  }
}

/* --- What is shown --------------------------------------------------------------------------- */

typedef struct {
  AvaSpa *spa;
  GPtrArray *appointments;
  AvaBoardQuery query;
} World;

static void
set_up (World *world)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);

  world->spa = make_spa ("America/New_York", rand, 2);
  g_array_set_size (world->spa->hours, 0);
  for (int weekday = 1; weekday <= 6; weekday++) {
    ava_spa_add_hours (world->spa, NULL, weekday, 540, 1080);
    ava_spa_add_hours (world->spa, "p0", weekday, 600, 720);
    ava_spa_add_hours (world->spa, "p0", weekday, 780, 1080);
    ava_spa_add_hours (world->spa, "p1", weekday, 540, 1080);
  }
  world->appointments = g_ptr_array_new_with_free_func (g_object_unref);
  world->query = (AvaBoardQuery) { .spa = world->spa, .appointments = world->appointments, .statuses = ~0u };
  g_date_clear (&world->query.first_day, 1);
  g_date_set_dmy (&world->query.first_day, 1, 12, 2026);   /* a Tuesday */
}

static void
tear_down (World *world)
{
  g_ptr_array_unref (world->appointments);
  g_object_unref (world->spa);
}

static AvaAppointment *
add (World      *world,
     const char *provider_id,
     int         start_min,
     int         end_min)
{
  AvaAppointment *appointment = ava_appointment_new ();

  appointment->id = g_strdup_printf ("a%u", world->appointments->len);
  appointment->provider_id = g_strdup (provider_id);
  appointment->room_id = g_strdup ("hall");
  appointment->location_id = g_strdup ("here");
  appointment->start_us = ava_wall_time_first (&world->query.first_day, start_min, world->spa->zone);
  appointment->end_us = appointment->start_us + (end_min - start_min) * MINUTE_US;
  appointment->active_end_us = appointment->end_us;
  appointment->busy_start_us = appointment->start_us;
  appointment->busy_end_us = appointment->end_us;
  g_ptr_array_add (world->appointments, appointment);
  return appointment;
}

static AvaBoardItem *
find (AvaDayBoard *board,
      World       *world,
      guint        column,
      int          minute)
{
  return ava_day_board_find (board, column, ava_wall_time_first (&world->query.first_day, minute, world->spa->zone));
}

static void
closed_times_know_why (void)
{
  World world = { 0 };
  g_autoptr (AvaDayBoard) board = NULL;
  g_autoptr (AvaDayBoard) holiday = NULL;

  set_up (&world);
  board = ava_day_board_build (&world.query);
  g_assert_cmpint (find (board, &world, 0, 530)->block, ==, AVA_BLOCKED_CLOSED);
  g_assert_cmpint (find (board, &world, 0, 550)->block, ==, AVA_BLOCKED_PROVIDER_OFF);
  g_assert_false (find (board, &world, 0, 550)->is_break);
  g_assert_true (find (board, &world, 0, 730)->is_break);
  g_assert_cmpint (find (board, &world, 0, 600)->kind, ==, AVA_ITEM_FREE);
  g_assert_cmpint (find (board, &world, 1, 540)->kind, ==, AVA_ITEM_FREE);
  ava_spa_add_exception (world.spa, NULL, "2026-12-01", 0, 0, "Founders' Day");
  ava_spa_add_leave (world.spa, "p1", "2026-11-30", "2026-12-04", "on leave");
  holiday = ava_day_board_build (&world.query);
  g_assert_cmpstr (find (holiday, &world, 0, 610)->note, ==, "Founders' Day");
  g_assert_cmpint (find (holiday, &world, 0, 610)->block, ==, AVA_BLOCKED_CLOSED);
  g_assert_cmpstr (ava_day_board_get (holiday, 1)->note, ==, "on leave");
  tear_down (&world);
}

static void
provider_is_free_while_it_processes_but_the_room_is_not (void)
{
  World world = { 0 };
  AvaAppointment *appointment;
  g_autoptr (AvaDayBoard) board = NULL;
  g_autoptr (AvaDayBoard) rooms = NULL;

  set_up (&world);
  appointment = add (&world, "p1", 600, 660);
  appointment->active_end_us = appointment->start_us + 30 * MINUTE_US;
  appointment->busy_end_us = appointment->end_us + 10 * MINUTE_US;
  board = ava_day_board_build (&world.query);
  g_assert_cmpint (find (board, &world, 1, 615)->kind, ==, AVA_ITEM_APPOINTMENT);
  g_assert_cmpint (find (board, &world, 1, 635)->kind, ==, AVA_ITEM_FREE);
  g_assert_null (find (board, &world, 1, 665));                    /* clean-up */
  g_assert_cmpint (find (board, &world, 1, 670)->start_us, ==, appointment->busy_end_us);
  world.query.kind = AVA_BOARD_BY_ROOM;
  rooms = ava_day_board_build (&world.query);
  g_assert_cmpuint (rooms->columns->len, ==, 1);
  g_assert_cmpint (find (rooms, &world, 0, 635)->kind, ==, AVA_ITEM_APPOINTMENT);
  tear_down (&world);
}

static void
what_a_filter_hides_still_takes_its_time (void)
{
  World world = { 0 };
  g_autoptr (GHashTable) hidden = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (AvaDayBoard) board = NULL;
  g_autoptr (AvaDayBoard) one = NULL;
  AvaBoardItem *item;

  set_up (&world);
  add (&world, "p1", 600, 660)->status = AVA_APPOINTMENT_CONFIRMED;
  add (&world, "p1", 700, 760)->status = AVA_APPOINTMENT_CANCELLED;
  g_free (((AvaAppointment *) world.appointments->pdata[0])->room_id);
  ((AvaAppointment *) world.appointments->pdata[0])->room_id = NULL;
  world.query.statuses = 1u << AVA_APPOINTMENT_ARRIVED;
  board = ava_day_board_build (&world.query);
  item = find (board, &world, 1, 630);
  g_assert_cmpint (item->kind, ==, AVA_ITEM_CLOSED);
  g_assert_cmpint (item->block, ==, AVA_BLOCKED_PROVIDER_BUSY);
  g_assert_true (item->subject == world.appointments->pdata[0]);
  g_assert_cmpint (find (board, &world, 1, 720)->kind, ==, AVA_ITEM_FREE);
  g_hash_table_add (hidden, "p0");
  world.query.hidden_ids = hidden;
  one = ava_day_board_build (&world.query);
  g_assert_cmpuint (one->columns->len, ==, 1);
  g_assert_cmpstr (ava_day_board_get (one, 0)->provider_id, ==, "p1");
  tear_down (&world);
}

static void
overlaps_share_the_width_and_the_week_has_a_column_a_day (void)
{
  World world = { 0 };
  g_autoptr (AvaDayBoard) board = NULL;
  g_autoptr (AvaDayBoard) week = NULL;

  set_up (&world);
  add (&world, "p1", 600, 660);
  add (&world, "p1", 630, 690);
  add (&world, "p1", 660, 720);   /* where the first was */
  add (&world, "p1", 720, 750);
  board = ava_day_board_build (&world.query);
  g_assert_cmpuint (find (board, &world, 1, 610)->n_lanes, ==, 2);
  g_assert_cmpuint (find (board, &world, 1, 690)->lane, ==, 0);
  g_assert_cmpuint (find (board, &world, 1, 730)->n_lanes, ==, 1);
  world.query.kind = AVA_BOARD_BY_DAY;
  world.query.n_days = 7;
  world.query.provider_id = "p1";
  week = ava_day_board_build (&world.query);
  g_assert_cmpuint (week->columns->len, ==, 7);
  g_assert_cmpint (find (week, &world, 0, 610)->kind, ==, AVA_ITEM_APPOINTMENT);
  g_assert_null (find (week, &world, 1, 610));
  g_assert_cmpuint (ava_day_board_get (week, 5)->n_spans, ==, 0);   /* Sunday */
  tear_down (&world);
}

static void
archived_provider_is_shown_on_days_with_work (void)
{
  World world = { 0 };
  g_autoptr (AvaDayBoard) before = NULL;
  g_autoptr (AvaDayBoard) after = NULL;

  set_up (&world);
  ((AvaProvider *) world.spa->providers->pdata[0])->archived = TRUE;
  before = ava_day_board_build (&world.query);
  g_assert_cmpuint (before->columns->len, ==, 1);
  add (&world, "p0", 600, 660);
  after = ava_day_board_build (&world.query);
  g_assert_cmpuint (after->columns->len, ==, 2);
  tear_down (&world);
}

static void
day_of_twelve_providers_is_built_between_two_frames (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (12);
  g_autoptr (AvaSpa) spa = make_spa ("America/New_York", rand, 12);
  AvaBoardQuery query = { .spa = spa, .statuses = ~0u };
  GPtrArray *appointments;
  gint64 best_us = G_MAXINT64;
  guint n_items = 0;

  g_date_clear (&query.first_day, 1);
  g_date_set_dmy (&query.first_day, 1, 12, 2026);
  appointments = make_appointments (spa, &query.first_day, 120, rand);
  query.appointments = appointments;
  for (guint i = 0; i < 20; i++) {
    gint64 from_us = g_get_monotonic_time ();
    g_autoptr (AvaDayBoard) board = ava_day_board_build (&query);

    best_us = MIN (best_us, g_get_monotonic_time () - from_us);
    n_items = board->items->len;
  }
  g_test_message ("12 providers, 120 appointments, %u items: %.3f ms", n_items, best_us / 1000.0);
  g_assert_cmpuint (n_items, >, 120);
  g_ptr_array_unref (appointments);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/day-axis/quarters", axis_has_the_quarters_that_the_clock_shows);
  g_test_add_func ("/day-axis/week", week_in_which_the_clocks_change_lines_up);
  g_test_add_func ("/day-board/engine", board_agrees_with_the_engine);
  g_test_add_func ("/day-board/why", closed_times_know_why);
  g_test_add_func ("/day-board/rooms-for-several", rooms_for_several_are_free_while_there_is_a_place);
  g_test_add_func ("/day-board/processing", provider_is_free_while_it_processes_but_the_room_is_not);
  g_test_add_func ("/day-board/filter", what_a_filter_hides_still_takes_its_time);
  g_test_add_func ("/day-board/lanes-and-week", overlaps_share_the_width_and_the_week_has_a_column_a_day);
  g_test_add_func ("/day-board/archived", archived_provider_is_shown_on_days_with_work);
  g_test_add_func ("/day-board/twelve", day_of_twelve_providers_is_built_between_two_frames);
  return g_test_run ();
}
