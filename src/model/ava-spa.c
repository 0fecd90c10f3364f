/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-spa.h"

#include <gio/gio.h>

G_DEFINE_FINAL_TYPE (AvaSpa, ava_spa, G_TYPE_OBJECT)

static void
clear_hours (AvaHours *hours)
{
  g_free (hours->owner_id);
}

static void
clear_exception (AvaHoursException *exception)
{
  g_free (exception->owner_id);
  g_free (exception->date);
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
  AvaHours hours = { g_strdup (owner_id), weekday, open_min, close_min };

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
    g_strdup (owner_id), g_strdup (date), open_min, close_min, g_strdup (reason)
  };

  g_array_append_val (self->exceptions, exception);
}

static gboolean
find_exception (AvaSpa      *self,
                const char  *owner_id,
                GDateTime   *day,
                int         *open_min,
                int         *close_min,
                const char **reason)
{
  g_autofree char *date = g_date_time_format (day, "%Y-%m-%d");

  for (guint i = 0; i < self->exceptions->len; i++) {
    AvaHoursException *exception = &g_array_index (self->exceptions, AvaHoursException, i);

    if (g_strcmp0 (exception->owner_id, owner_id) != 0 || g_strcmp0 (exception->date, date) != 0)
      continue;
    *open_min = exception->open_min;
    *close_min = exception->close_min;
    if (reason != NULL)
      *reason = exception->reason;
    return TRUE;
  }
  return FALSE;
}

/**
 * ava_spa_get_hours:
 * @owner_id: (nullable): a provider, or %NULL for the location
 * @day: any instant of the day, in the location's zone
 * @open_min: (out): minutes since local midnight
 * @close_min: (out): minutes since local midnight
 * @reason: (out) (optional) (nullable): why that date differs from the week's hours
 *
 * A provider's hours are theirs alone: intersect them with the location's.
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
  g_return_val_if_fail (AVA_IS_SPA (self), FALSE);

  if (reason != NULL)
    *reason = NULL;
  if (find_exception (self, owner_id, day, open_min, close_min, reason))
    return *close_min > *open_min;

  for (guint i = 0; i < self->hours->len; i++) {
    AvaHours *hours = &g_array_index (self->hours, AvaHours, i);

    if (g_strcmp0 (hours->owner_id, owner_id) == 0 &&
        hours->weekday == g_date_time_get_day_of_week (day)) {
      *open_min = hours->open_min;
      *close_min = hours->close_min;
      return *close_min > *open_min;
    }
  }
  *open_min = *close_min = 0;
  return FALSE;
}
