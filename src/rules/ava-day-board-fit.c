/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-day-board.h"

#include "ava-conflict.h"

/* Whether an appointment that is made longer still fits into what the board knows, by the engine's own rule. */

static void
take (GPtrArray      *busy,
      AvaAppointment *appointment)
{
  AvaBusy *one = ava_busy_new ();

  one->id = g_strdup (appointment->id);
  one->provider_id = g_strdup (appointment->provider_id);
  one->room_id = g_strdup (appointment->room_id);
  one->device_id = g_strdup (appointment->device_id);
  one->service_id = g_strdup (appointment->service_id);
  one->session_us = appointment->start_us;
  one->start_us = appointment->busy_start_us;
  one->end_us = appointment->busy_end_us;
  if (appointment->active_end_us > appointment->start_us && appointment->active_end_us < appointment->end_us) {
    one->free_from_us = appointment->active_end_us;
    one->free_to_us = appointment->end_us;
  }
  g_ptr_array_add (busy, one);
}

static const AvaBusy *
find_conflict (AvaDayBoard    *self,
               GPtrArray      *busy,
               AvaAppointment *one,
               gint64          end_us,
               AvaResource     resource)
{
  const char *const ids[] = { one->provider_id, one->room_id, one->device_id };
  AvaRoom *room = resource == AVA_RESOURCE_PROVIDER || ids[resource] == NULL ? NULL
                : resource == AVA_RESOURCE_ROOM ? ava_spa_find_room (self->spa, ids[resource]) : ava_spa_find_device (self->spa, ids[resource]);
  AvaService *service = ava_spa_find_service (self->spa, one->service_id);
  gint64 longer_us = end_us - one->end_us;
  AvaSlot slot = {
    .service_id = one->service_id, .provider_id = one->provider_id, .room_id = one->room_id, .start_us = one->start_us,
    .busy_start_us = one->busy_start_us, .end_us = end_us, .busy_end_us = one->busy_end_us + longer_us,
    .active_end_us = one->active_end_us != 0 ? one->active_end_us + longer_us : 0,
  };

  return ids[resource] != NULL ? ava_conflict_find (busy, &slot, resource, ids[resource], room != NULL ? room->capacity : 1,
                                                    service != NULL ? service->group_size : 1) : NULL;
}

static AvaAppointment *
find_appointment (AvaDayBoard *self,
                  const char  *id)
{
  for (guint i = 0; i < self->appointments->len; i++) {
    AvaAppointment *appointment = self->appointments->pdata[i];

    if (g_strcmp0 (appointment->id, id) == 0)
      return appointment;
  }
  return NULL;
}

/**
 * ava_day_board_find_in_way:
 * @end_us: [us] UTC: the end that is wanted
 *
 * Returns: (transfer none) (nullable): what it would run into, and does not already
 */
AvaAppointment *
ava_day_board_find_in_way (AvaDayBoard    *self,
                           AvaAppointment *one,
                           gint64          end_us)
{
  g_autoptr (GPtrArray) busy = g_ptr_array_new_with_free_func ((GDestroyNotify) ava_busy_free);

  for (guint i = 0; i < self->appointments->len; i++) {
    AvaAppointment *other = self->appointments->pdata[i];

    if (other->status != AVA_APPOINTMENT_CANCELLED && other->status != AVA_APPOINTMENT_NO_SHOW && g_strcmp0 (other->id, one->id) != 0)
      take (busy, other);
  }
  for (AvaResource resource = AVA_RESOURCE_PROVIDER; resource <= AVA_RESOURCE_DEVICE; resource++) {
    const AvaBusy *found = find_conflict (self, busy, one, end_us, resource);

    if (found != NULL && find_conflict (self, busy, one, one->end_us, resource) == NULL)
      return find_appointment (self, found->id);
  }
  return NULL;
}
