/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-demo-private.h"

#include <glib/gi18n.h>

/* The demo's appointment book: within opening and working hours, licences, fitting rooms, lengths;
 * nobody and no room twice. Only when more are wanted than fit, hours and lengths give way. */

#define STEP_MIN 15

typedef struct {
  gint64 start_us, end_us;  /* [us] UTC */
} Span;

typedef struct {
  GDateTime *day;           /* local midnight */
  GArray **rooms;           /* of Span, one array a room */
  double fill;              /* share of the day that is booked */
} Day;

static gboolean
can_treat (AvaProvider *provider,
           AvaService  *service)
{
  return provider->service_ids != NULL &&
         g_strv_contains ((const char *const *) provider->service_ids, service->id) &&
         (service->licence == NULL || (provider->licences != NULL &&
          g_strv_contains ((const char *const *) provider->licences, service->licence)));
}

static gboolean
fits_room (AvaRoom    *room,
           AvaService *service)
{
  return service->room_kind == NULL ||
         g_strv_contains ((const char *const *) room->kinds, service->room_kind);
}

/* Any service of theirs; the consultation and the first ones of the catalogue more often. */
static AvaService *
pick_service (AvaDemo     *self,
              AvaProvider *provider)
{
  AvaService *found = NULL;
  guint n = 0;

  for (guint i = 0; i < self->spa->services->len; i++) {
    AvaService *service = self->spa->services->pdata[i];

    if (can_treat (provider, service) && g_rand_int_range (self->rand, 0, ++n) == 0)
      found = service;
  }
  return found;
}

static AvaRoom *
find_room (AvaDemo    *self,
           Day        *day,
           AvaService *service,
           Span        span)
{
  for (guint i = 0; i < self->spa->rooms->len; i++) {
    gboolean free = fits_room (self->spa->rooms->pdata[i], service);

    for (guint j = 0; free && j < day->rooms[i]->len; j++) {
      Span *other = &g_array_index (day->rooms[i], Span, j);

      free = other->end_us <= span.start_us || other->start_us >= span.end_us;
    }
    if (free) {
      g_array_append_val (day->rooms[i], span);
      return self->spa->rooms->pdata[i];
    }
  }
  return NULL;
}

/* What became of it by now. */
static AvaAppointmentStatus
choose_status (AvaDemo *self,
               gint64   start_us,
               gint64   end_us)
{
  double dice = g_rand_double (self->rand);

  if (dice < 0.06)
    return AVA_APPOINTMENT_CANCELLED;
  if (end_us <= self->now_us)
    return dice < 0.11 ? AVA_APPOINTMENT_NO_SHOW : AVA_APPOINTMENT_DONE;
  if (start_us <= self->now_us)
    return AVA_APPOINTMENT_IN_ROOM;
  if (start_us - self->now_us < 20 * AVA_USEC_PER_MIN)
    return AVA_APPOINTMENT_ARRIVED;
  return dice < 0.65 ? AVA_APPOINTMENT_CONFIRMED : AVA_APPOINTMENT_SCHEDULED;
}

static gboolean
insert (AvaDemo         *self,
        AvaAppointment  *a,
        GError         **error)
{
  self->made++;
  return ava_sqlite_run (self->db, error,
                         "INSERT INTO appointments (id, customer_id, service_id, provider_id, room_id,"
                         " location_id, call_id, start_us, end_us, busy_start_us, busy_end_us,"
                         " price_cents, status, source, notes, created_us)"
                         " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", "sssssssiiiiisssi",
                         a->id, a->customer_id, a->service_id, a->provider_id, a->room_id,
                         self->spa->location_id, a->call_id, a->start_us, a->end_us, a->busy_start_us,
                         a->busy_end_us, a->price_cents, ava_appointment_status_to_string (a->status),
                         a->source, a->notes, a->created_us);
}

/* Some customers come often, most come now and then. */
static AvaCustomer *
pick_customer (AvaDemo *self)
{
  double dice = g_rand_double (self->rand);

  return self->customers->pdata[(guint) (dice * dice * self->n_customers)];
}

static AvaAppointment *
make_appointment (AvaDemo     *self,
                  AvaService  *service,
                  AvaProvider *provider,
                  AvaRoom     *room,
                  gint64       start_us,
                  gint64       end_us)
{
  AvaAppointment *a = ava_appointment_new ();
  gint64 ahead_us = g_rand_double_range (self->rand, 0.5, 30) * AVA_USEC_PER_DAY;

  a->created_us = MIN (start_us, self->now_us) - ahead_us;
  a->id = ava_demo_make_id (self, a->created_us);
  a->service_id = g_strdup (service->id);
  a->provider_id = g_strdup (provider->id);
  a->room_id = g_strdup (room->id);
  a->service_name = g_strdup (service->name);
  a->provider_name = g_strdup (provider->name);
  a->start_us = start_us;
  a->end_us = end_us;
  a->busy_start_us = start_us;
  a->busy_end_us = end_us;
  a->price_cents = service->price_cents;
  a->status = choose_status (self, start_us, end_us);
  a->source = g_strdup (ava_demo_chance (self, 0.55) ? "ava" : "staff");
  return a;
}

/* The appointment, and sometimes the call that made it and the text that reminds of it. */
static gboolean
add_appointment (AvaDemo         *self,
                 AvaAppointment  *a,
                 GError         **error)
{
  AvaCustomer *customer = pick_customer (self);
  gboolean called = g_str_equal (a->source, "ava") && ava_demo_chance (self, 0.4);
  gboolean reminded = ABS (a->start_us - self->now_us) < 7 * AVA_USEC_PER_DAY &&
                      a->start_us - self->now_us < AVA_USEC_PER_DAY && ava_demo_chance (self, 0.5);

  a->customer_id = g_strdup (customer->id);
  if (called)
    a->call_id = ava_demo_make_id (self, a->created_us);
  return (!called || ava_demo_fill_call (self, a, customer, error)) && insert (self, a, error) &&
         (!reminded || ava_demo_fill_reminder (self, a, customer, error));
}

static gint64
make_instant (GDateTime *day,
              int        minute)
{
  g_autoptr (GDateTime) at = NULL;
  int year, month, day_of_month;

  g_date_time_get_ymd (day, &year, &month, &day_of_month);
  at = g_date_time_new (g_date_time_get_timezone (day), year, month, day_of_month, minute / 60,
                        minute % 60, 0);
  return at != NULL ? g_date_time_to_unix (at) * AVA_USEC_PER_SEC : 0;
}

/* Tries one service at @minute. Answers the minutes that are gone. */
static int
fill_moment (AvaDemo      *self,
             Day          *day,
             AvaProvider  *provider,
             int           minute,
             int           close_min,
             GError      **error)
{
  AvaService *service = pick_service (self, provider);
  g_autoptr (AvaAppointment) a = NULL;
  AvaRoom *room;
  int length, told;
  Span span;

  if (service == NULL || !ava_demo_chance (self, day->fill))
    return STEP_MIN * g_rand_int_range (self->rand, 1, 4);
  told = service->active_min + service->processing_min;
  length = service->pre_min + told + service->post_min;
  if (minute + length > close_min)
    return STEP_MIN;
  span.start_us = make_instant (day->day, minute);
  span.end_us = span.start_us + length * AVA_USEC_PER_MIN;
  room = span.start_us > 0 ? find_room (self, day, service, span) : NULL;
  if (room == NULL)
    return STEP_MIN;
  a = make_appointment (self, service, provider, room,
                        span.start_us + service->pre_min * AVA_USEC_PER_MIN,
                        span.start_us + (service->pre_min + told) * AVA_USEC_PER_MIN);
  a->busy_start_us = span.start_us;
  a->busy_end_us = span.end_us;
  if (!add_appointment (self, a, error))
    return -1;
  return (length + STEP_MIN - 1) / STEP_MIN * STEP_MIN;
}

static gboolean
fill_provider_day (AvaDemo      *self,
                   Day          *day,
                   AvaProvider  *provider,
                   GError      **error)
{
  int open_min, close_min, from_min, to_min;

  if (!ava_spa_get_hours (self->spa, NULL, day->day, &open_min, &close_min, NULL) ||
      !ava_spa_get_hours (self->spa, provider->id, day->day, &from_min, &to_min, NULL))
    return TRUE;
  open_min = MAX (open_min, from_min);
  close_min = MIN (close_min, to_min);
  for (int minute = open_min; minute < close_min;) {
    int gone;

    if (self->n_appointments > 0 && self->made >= self->n_appointments)
      return TRUE;
    gone = fill_moment (self, day, provider, minute, close_min, error);
    if (gone < 0)
      return FALSE;
    minute += gone;
  }
  return TRUE;
}

static gboolean
fill_day (AvaDemo    *self,
          GDateTime  *date,
          int         offset,
          GError    **error)
{
  g_autofree GArray **rooms = g_new0 (GArray *, self->spa->rooms->len);
  Day day = { .day = date, .rooms = rooms };
  gboolean done = TRUE;

  /* Past days were well booked; the days to come fill up as they come nearer. */
  day.fill = offset <= 0 ? 0.75 : MAX (0.15, 0.7 - 0.02 * offset);
  if (self->n_appointments > 0)
    day.fill = 0.9;
  for (guint i = 0; i < self->spa->rooms->len; i++)
    rooms[i] = g_array_new (FALSE, FALSE, sizeof (Span));
  for (guint i = 0; done && i < self->spa->providers->len; i++) {
    guint turn = (i + (guint) ABS (offset)) % self->spa->providers->len;

    done = fill_provider_day (self, &day, self->spa->providers->pdata[turn], error);
  }
  for (guint i = 0; i < self->spa->rooms->len; i++)
    g_array_unref (rooms[i]);
  return done;
}

/* --- More than fit: round the clock ------------------------------------------------------------- */

static AvaService *
find_service_for (AvaDemo     *self,
                  AvaProvider *provider,
                  AvaRoom     *room)
{
  for (guint tries = 0; tries < 20; tries++) {
    AvaService *service = pick_service (self, provider);

    if (service != NULL && fits_room (room, service))
      return service;
  }
  return NULL;
}

/* One quarter of an hour: as many providers as there are rooms, each in a room of their own. */
static gboolean
pack_quarter (AvaDemo  *self,
              gint64    start_us,
              guint     turn,
              GError  **error)
{
  guint wide = MIN (self->spa->providers->len, self->spa->rooms->len);

  for (guint i = 0; i < wide && self->made < self->n_appointments; i++) {
    AvaProvider *provider = self->spa->providers->pdata[(turn + i) % self->spa->providers->len];
    AvaRoom *room = self->spa->rooms->pdata[i];
    AvaService *service = find_service_for (self, provider, room);
    g_autoptr (AvaAppointment) a = NULL;
    AvaCustomer *customer = self->customers->pdata[g_rand_int_range (self->rand, 0, self->n_customers)];

    if (service == NULL)
      continue;
    a = make_appointment (self, service, provider, room, start_us,
                          start_us + STEP_MIN * AVA_USEC_PER_MIN);
    a->customer_id = g_strdup (customer->id);
    if (!insert (self, a, error))
      return FALSE;
  }
  return TRUE;
}

/* Backwards from the end of the days to come, for as long as it takes. */
static gboolean
pack (AvaDemo  *self,
      GError  **error)
{
  gint64 quarter_us = STEP_MIN * AVA_USEC_PER_MIN;
  gint64 at_us = (self->now_us + (gint64) (self->days / 3) * AVA_USEC_PER_DAY) / quarter_us * quarter_us;

  for (guint turn = 0; self->made < self->n_appointments; turn++, at_us -= quarter_us) {
    guint before = self->made;

    if (!pack_quarter (self, at_us, turn, error))
      return FALSE;
    if (self->made == before && turn > 1000) {
      g_set_error_literal (error, AVA_STORE_ERROR, AVA_STORE_ERROR_INVALID,
                           _("Nobody of this spa can treat anyone in its rooms."));
      return FALSE;
    }
  }
  return TRUE;
}

gboolean
ava_demo_fill_appointments (AvaDemo  *self,
                            GError  **error)
{
  g_autoptr (GDateTime) now_utc = g_date_time_new_from_unix_utc (self->now_us / AVA_USEC_PER_SEC);
  g_autoptr (GDateTime) now = g_date_time_to_timezone (now_utc, self->spa->zone);
  int ahead = self->days / 3;
  int behind = self->days - ahead;
  guint usual = self->days * self->spa->rooms->len * 6;

  if (self->n_appointments > usual)
    return pack (self, error);
  for (int offset = -behind; offset < ahead; offset++) {
    g_autoptr (GDateTime) date = g_date_time_add_days (now, offset);

    if (!fill_day (self, date, offset, error))
      return FALSE;
  }
  return TRUE;
}
