/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-spa.h"

#include <gio/gio.h>
#include <stdlib.h>
#include <string.h>

G_DEFINE_FINAL_TYPE (AvaSpa, ava_spa, G_TYPE_OBJECT)

static void
clear_hours (AvaHours *hours)
{
  g_free (hours->owner_id);
  g_free (hours->location_id);
}

static void
clear_exception (AvaHoursException *exception)
{
  g_free (exception->owner_id);
  g_free (exception->location_id);
  g_free (exception->date);
  g_free (exception->last_date);
  g_free (exception->reason);
}

static void
ava_spa_finalize (GObject *object)
{
  AvaSpa *self = AVA_SPA (object);

  g_free (self->location_id);
  g_free (self->name);
  g_free (self->spoken_name);
  g_free (self->zone_name);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_free (self->currency);
  g_free (self->phone);
  g_free (self->address);
  g_free (self->directions);
  g_free (self->greeting);
  g_ptr_array_unref (self->services);
  g_ptr_array_unref (self->providers);
  g_ptr_array_unref (self->rooms);
  g_ptr_array_unref (self->devices);
  g_ptr_array_unref (self->locations);
  g_ptr_array_unref (self->packages);
  g_ptr_array_unref (self->safety_rules);
  g_ptr_array_unref (self->room_blocks);
  g_ptr_array_unref (self->roles);
  g_ptr_array_unref (self->people);
  g_free (self->persona);
  g_array_unref (self->hours);
  g_array_unref (self->exceptions);

  G_OBJECT_CLASS (ava_spa_parent_class)->finalize (object);
}

static void
ava_spa_class_init (AvaSpaClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ava_spa_finalize;
}

static void
ava_spa_init (AvaSpa *self)
{
  self->services = g_ptr_array_new_with_free_func (g_object_unref);
  self->providers = g_ptr_array_new_with_free_func (g_object_unref);
  self->rooms = g_ptr_array_new_with_free_func (g_object_unref);
  self->devices = g_ptr_array_new_with_free_func (g_object_unref);
  self->locations = g_ptr_array_new_with_free_func (g_object_unref);
  self->packages = g_ptr_array_new_with_free_func (g_object_unref);
  self->safety_rules = g_ptr_array_new_with_free_func (g_object_unref);
  self->room_blocks = g_ptr_array_new_with_free_func ((GDestroyNotify) ava_busy_free);
  self->roles = g_ptr_array_new_with_free_func ((GDestroyNotify) ava_person_role_free);
  self->people = g_ptr_array_new_with_free_func ((GDestroyNotify) ava_person_free);
  self->hours = g_array_new (FALSE, TRUE, sizeof (AvaHours));
  g_array_set_clear_func (self->hours, (GDestroyNotify) clear_hours);
  self->exceptions = g_array_new (FALSE, TRUE, sizeof (AvaHoursException));
  g_array_set_clear_func (self->exceptions, (GDestroyNotify) clear_exception);
}

/**
 * ava_spa_new:
 *
 * Returns: (transfer full): an empty one, to be filled before it is shared
 */
AvaSpa *
ava_spa_new (void)
{
  return g_object_new (AVA_TYPE_SPA, NULL);
}

/**
 * ava_spa_set_zone:
 * @zone_name: an IANA zone
 *
 * Returns: whether this machine knows the zone; if not, nothing is changed
 */
gboolean
ava_spa_set_zone (AvaSpa     *self,
                  const char *zone_name)
{
  g_autoptr (GTimeZone) zone = NULL;

  g_return_val_if_fail (AVA_IS_SPA (self), FALSE);

  zone = g_time_zone_new_identifier (zone_name);
  if (zone == NULL)
    return FALSE;
  g_free (self->zone_name);
  self->zone_name = g_strdup (zone_name);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  self->zone = g_steal_pointer (&zone);
  return TRUE;
}

/**
 * ava_spa_find_service:
 *
 * Returns: (nullable) (transfer none): the service with that id
 */
AvaService *
ava_spa_find_service (AvaSpa     *self,
                      const char *id)
{
  for (guint i = 0; i < self->services->len; i++) {
    AvaService *service = self->services->pdata[i];

    if (g_strcmp0 (service->id, id) == 0)
      return service;
  }
  return NULL;
}

/**
 * ava_spa_find_provider:
 *
 * Returns: (nullable) (transfer none): the provider with that id
 */
AvaProvider *
ava_spa_find_provider (AvaSpa     *self,
                       const char *id)
{
  for (guint i = 0; i < self->providers->len; i++) {
    AvaProvider *provider = self->providers->pdata[i];

    if (g_strcmp0 (provider->id, id) == 0)
      return provider;
  }
  return NULL;
}

/**
 * ava_spa_find_room:
 *
 * Returns: (nullable) (transfer none): the room with that id
 */
AvaRoom *
ava_spa_find_room (AvaSpa     *self,
                   const char *id)
{
  for (guint i = 0; i < self->rooms->len; i++) {
    AvaRoom *room = self->rooms->pdata[i];

    if (g_strcmp0 (room->id, id) == 0)
      return room;
  }
  return NULL;
}

/**
 * ava_spa_add_hours:
 * @owner_id: (nullable): a provider, or %NULL for the location
 */
void
ava_spa_add_hours (AvaSpa     *self,
                   const char *owner_id,
                   int         weekday,
                   int         open_min,
                   int         close_min)
{
  AvaHours hours = { g_strdup (owner_id), NULL, weekday, open_min, close_min };

  g_array_append_val (self->hours, hours);
}

/**
 * ava_spa_add_exception:
 * @owner_id: (nullable): a provider, or %NULL for the location
 */
void
ava_spa_add_exception (AvaSpa     *self,
                       const char *owner_id,
                       const char *date,
                       int         open_min,
                       int         close_min,
                       const char *reason)
{
  AvaHoursException exception = {
    g_strdup (owner_id), NULL, g_strdup (date), NULL, open_min, close_min, g_strdup (reason)
  };

  g_array_append_val (self->exceptions, exception);
}

/**
 * ava_spa_add_leave:
 * @owner_id: (nullable): a provider, or %NULL for a holiday of the spa
 * @first_date: YYYY-MM-DD
 * @last_date: YYYY-MM-DD, inclusive
 *
 * Off for whole days.
 */
void
ava_spa_add_leave (AvaSpa     *self,
                   const char *owner_id,
                   const char *first_date,
                   const char *last_date,
                   const char *reason)
{
  AvaHoursException exception = {
    g_strdup (owner_id), NULL, g_strdup (first_date), g_strdup (last_date), 0, 0, g_strdup (reason)
  };

  g_array_append_val (self->exceptions, exception);
}

/**
 * ava_spa_find_device:
 *
 * Returns: (nullable) (transfer none): the device with that id
 */
AvaRoom *
ava_spa_find_device (AvaSpa     *self,
                     const char *id)
{
  for (guint i = 0; i < self->devices->len; i++) {
    AvaRoom *device = self->devices->pdata[i];

    if (g_strcmp0 (device->id, id) == 0)
      return device;
  }
  return NULL;
}

/**
 * ava_spa_find_person:
 *
 * Returns: (nullable) (transfer none): the one with that id who works here, not archived
 */
AvaPerson *
ava_spa_find_person (AvaSpa     *self,
                     const char *id)
{
  for (guint i = 0; i < self->people->len; i++) {
    AvaPerson *person = self->people->pdata[i];

    if (g_strcmp0 (person->id, id) == 0)
      return person;
  }
  return NULL;
}

/**
 * ava_spa_find_role:
 *
 * Returns: (nullable) (transfer none): the role with that id
 */
AvaPersonRole *
ava_spa_find_role (AvaSpa     *self,
                   const char *id)
{
  for (guint i = 0; i < self->roles->len; i++) {
    AvaPersonRole *role = self->roles->pdata[i];

    if (g_strcmp0 (role->id, id) == 0)
      return role;
  }
  return NULL;
}

/**
 * ava_spa_is_here:
 * @location_id: (nullable): of a room, a device or hours; %NULL for the first location
 *
 * Returns: whether that is the location which @self is seen from
 */
gboolean
ava_spa_is_here (AvaSpa     *self,
                 const char *location_id)
{
  const AvaLocation *first = self->locations->len > 0 ? self->locations->pdata[0] : NULL;

  if (location_id == NULL)
    return first == NULL || g_strcmp0 (first->id, self->location_id) == 0;
  return g_strcmp0 (location_id, self->location_id) == 0;
}

static void
share (GPtrArray *from,
       GPtrArray *to)
{
  for (guint i = 0; i < from->len; i++)
    g_ptr_array_add (to, g_object_ref (from->pdata[i]));
}

static void
copy_hours (AvaSpa *self,
            AvaSpa *from)
{
  for (guint i = 0; i < from->hours->len; i++) {
    AvaHours hours = g_array_index (from->hours, AvaHours, i);

    hours.owner_id = g_strdup (hours.owner_id);
    hours.location_id = g_strdup (hours.location_id);
    g_array_append_val (self->hours, hours);
  }
  for (guint i = 0; i < from->exceptions->len; i++) {
    AvaHoursException exception = g_array_index (from->exceptions, AvaHoursException, i);

    exception.owner_id = g_strdup (exception.owner_id);
    exception.location_id = g_strdup (exception.location_id);
    exception.date = g_strdup (exception.date);
    exception.last_date = g_strdup (exception.last_date);
    exception.reason = g_strdup (exception.reason);
    g_array_append_val (self->exceptions, exception);
  }
}

/**
 * ava_spa_at:
 * @location_id: (nullable): one of the locations; %NULL for the one that @self is seen from
 *
 * The same spa seen from another of its locations: its clock, rooms, devices and hours.
 *
 * Returns: (transfer full) (nullable): %NULL when there is no such location
 */
AvaSpa *
ava_spa_at (AvaSpa     *self,
            const char *location_id)
{
  g_autoptr (AvaSpa) there = NULL;
  AvaLocation *location = NULL;

  if (location_id == NULL || g_strcmp0 (location_id, self->location_id) == 0)
    return g_object_ref (self);
  for (guint i = 0; i < self->locations->len && location == NULL; i++) {
    if (g_strcmp0 (((AvaLocation *) self->locations->pdata[i])->id, location_id) == 0)
      location = self->locations->pdata[i];
  }
  there = ava_spa_new ();
  if (location == NULL || !ava_spa_set_zone (there, location->zone_name))
    return NULL;
  there->location_id = g_strdup (location->id);
  there->name = g_strdup (location->name);
  there->spoken_name = g_strdup (location->spoken_name);
  there->currency = g_strdup (self->currency);
  there->phone = g_strdup (location->phone);
  there->address = g_strdup (location->address);
  there->directions = g_strdup (location->directions);
  there->greeting = g_strdup (self->greeting);
  share (self->locations, there->locations);
  share (self->services, there->services);
  share (self->providers, there->providers);
  share (self->packages, there->packages);
  share (self->safety_rules, there->safety_rules);
  share (self->rooms, there->rooms);
  share (self->devices, there->devices);
  copy_hours (there, self);
  g_ptr_array_unref (there->room_blocks);
  there->room_blocks = g_ptr_array_ref (self->room_blocks);
  g_ptr_array_unref (there->roles);
  there->roles = g_ptr_array_ref (self->roles);
  g_ptr_array_unref (there->people);
  there->people = g_ptr_array_ref (self->people);
  there->persona = g_strdup (self->persona);
  return g_steal_pointer (&there);
}

/**
 * ava_spa_see:
 * @location_id: (nullable): of an appointment
 *
 * As ava_spa_at(), for what must be shown or judged though its location may be closed by now.
 *
 * Returns: (transfer full): @self when there is no such location any more
 */
AvaSpa *
ava_spa_see (AvaSpa     *self,
             const char *location_id)
{
  AvaSpa *there = ava_spa_at (self, location_id);

  return there != NULL ? there : g_object_ref (self);
}

/**
 * ava_spa_place_of:
 * @room_id: (nullable): a room or a device
 *
 * Returns: (nullable) (transfer none): the location that it stands in; %NULL when there is no such room
 */
const char *
ava_spa_place_of (AvaSpa     *self,
                  const char *room_id)
{
  AvaRoom *room = room_id != NULL ? ava_spa_find_room (self, room_id) : NULL;

  if (room == NULL && room_id != NULL)
    room = ava_spa_find_device (self, room_id);
  if (room == NULL)
    return NULL;
  if (room->location_id != NULL || self->locations->len == 0)
    return room->location_id;
  return AVA_LOCATION (self->locations->pdata[0])->id;
}

/**
 * ava_spa_name_of:
 * @location_id: (nullable):
 *
 * For what says where: nobody needs to be told when there is but one location.
 *
 * Returns: (nullable) (transfer none): the name of one of several locations
 */
const char *
ava_spa_name_of (AvaSpa     *self,
                 const char *location_id)
{
  for (guint i = 0; self->locations->len > 1 && i < self->locations->len; i++) {
    AvaLocation *location = self->locations->pdata[i];

    if (g_strcmp0 (location->id, location_id) == 0)
      return location->name;
  }
  return NULL;
}

/* Leave wins over other hours, the later row over the earlier one. */
static AvaHoursException *
find_exception (AvaSpa      *self,
                const char  *owner_id,
                const char  *date)
{
  AvaHoursException *found = NULL;

  for (guint i = 0; i < self->exceptions->len; i++) {
    AvaHoursException *exception = &g_array_index (self->exceptions, AvaHoursException, i);
    const char *last = exception->last_date != NULL ? exception->last_date : exception->date;

    if (g_strcmp0 (exception->owner_id, owner_id) != 0 || strcmp (date, exception->date) < 0 || strcmp (date, last) > 0 ||
        (exception->location_id != NULL && !ava_spa_is_here (self, exception->location_id)))
      continue;
    if (found == NULL || found->close_min > found->open_min)
      found = exception;
  }
  return found;
}

static int
compare_spans (gconstpointer a,
               gconstpointer b)
{
  return ((const AvaSpan *) a)->open_min - ((const AvaSpan *) b)->open_min;
}

/**
 * ava_spa_list_hours:
 * @owner_id: (nullable): a provider, or %NULL for the location
 * @spans: (out caller-allocates) (array length=size): in order, touching ones joined
 * @reason: (out) (optional) (nullable): why that date differs from the week's hours
 *
 * Returns: how many spans they are there that day at this location, at most @size; 0 when off
 */
guint
ava_spa_list_hours (AvaSpa      *self,
                    const char  *owner_id,
                    const GDate *day,
                    AvaSpan     *spans,
                    guint        size,
                    const char **reason)
{
  AvaHoursException *exception;
  char date[16];
  guint count = 0;
  guint kept = 0;

  g_date_strftime (date, sizeof date, "%Y-%m-%d", day);
  exception = find_exception (self, owner_id, date);
  if (reason != NULL)
    *reason = exception != NULL ? exception->reason : NULL;
  if (exception != NULL) {
    spans[0] = (AvaSpan) { exception->open_min, exception->close_min };
    return exception->close_min > exception->open_min ? 1 : 0;
  }
  for (guint i = 0; i < self->hours->len && count < size; i++) {
    AvaHours *hours = &g_array_index (self->hours, AvaHours, i);

    if (g_strcmp0 (hours->owner_id, owner_id) == 0 && hours->weekday == (int) g_date_get_weekday (day) &&
        hours->close_min > hours->open_min && ava_spa_is_here (self, hours->location_id))
      spans[count++] = (AvaSpan) { hours->open_min, hours->close_min };
  }
  qsort (spans, count, sizeof *spans, compare_spans);
  for (guint i = 0; i < count; i++) {
    if (kept > 0 && spans[i].open_min <= spans[kept - 1].close_min)
      spans[kept - 1].close_min = MAX (spans[kept - 1].close_min, spans[i].close_min);
    else
      spans[kept++] = spans[i];
  }
  return kept;
}

/**
 * ava_spa_get_hours:
 * @owner_id: (nullable): a provider, or %NULL for the location
 * @day: any instant of the day, in the location's zone
 * @open_min: (out): minutes since local midnight
 * @close_min: (out): minutes since local midnight
 * @reason: (out) (optional) (nullable): why that date differs from the week's hours
 *
 * From the first to the last minute of the day, breaks included. A provider's hours are theirs alone:
 * intersect them with the location's.
 *
 * Returns: whether they are open at all that day
 */
gboolean
ava_spa_get_hours (AvaSpa      *self,
                   const char  *owner_id,
                   GDateTime   *day,
                   int         *open_min,
                   int         *close_min,
                   const char **reason)
{
  AvaSpan spans[AVA_SPA_MAX_SPANS];
  GDate date;
  guint count;

  g_return_val_if_fail (AVA_IS_SPA (self), FALSE);

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, g_date_time_get_day_of_month (day), g_date_time_get_month (day), g_date_time_get_year (day));
  count = ava_spa_list_hours (self, owner_id, &date, spans, AVA_SPA_MAX_SPANS, reason);
  *open_min = count > 0 ? spans[0].open_min : 0;
  *close_min = count > 0 ? spans[count - 1].close_min : 0;
  return count > 0;
}
