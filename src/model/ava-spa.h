/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "ava-hours.h"
#include "ava-location.h"
#include "ava-package.h"
#include "ava-provider.h"
#include "ava-room.h"
#include "ava-safety-rule.h"
#include "ava-service.h"
#include "ava-slot.h"

G_BEGIN_DECLS

/**
 * AvaSpa:
 *
 * One location with its catalogue, people, rooms and hours at one moment: everything that the
 * rules, the dialogue and the grammars need to know. A settings change makes a new one.
 * Filled by its maker before it is shared, never changed after: safe to read from any thread.
 */
#define AVA_TYPE_SPA (ava_spa_get_type ())
G_DECLARE_FINAL_TYPE (AvaSpa, ava_spa, AVA, SPA, GObject)

struct _AvaSpa {
  GObject parent_instance;

  char *location_id;
  char *name;            /* as written */
  char *spoken_name;     /* as Ava says it */
  char *zone_name;       /* IANA */
  GTimeZone *zone;
  char *currency;        /* ISO 4217 */
  char *phone;           /* E.164 */
  char *address;
  char *directions;      /* as Ava says them */
  char *greeting;        /* Ava's first words */
  GPtrArray *services;   /* AvaService, in catalogue order */
  GPtrArray *providers;  /* AvaProvider, in rank order */
  GPtrArray *rooms;      /* AvaRoom of every location, see ava_spa_is_here() */
  GPtrArray *devices;    /* AvaRoom with is_device, the same */
  GPtrArray *locations;  /* AvaLocation by rank; the first is described by the fields above */
  GPtrArray *packages;   /* AvaPackage */
  GPtrArray *safety_rules; /* AvaSafetyRule by rank */
  GPtrArray *room_blocks; /* AvaBusy: when a room or device cannot be used */
  GPtrArray *roles;      /* AvaPersonRole by rank */
  GPtrArray *people;     /* AvaPerson by name */
  char *persona;         /* how Ava speaks, in words for a language model; nullable */
  GArray *hours;         /* AvaHours */
  GArray *exceptions;    /* AvaHoursException */
};

AvaSpa      *ava_spa_new             (void);
AvaSpa      *ava_spa_new_from_json   (JsonObject  *object,
                                      GError     **error);
AvaSpa      *ava_spa_load            (const char  *path,
                                      GError     **error);
gboolean     ava_spa_set_zone        (AvaSpa      *self,
                                      const char  *zone_name);
AvaService  *ava_spa_find_service    (AvaSpa      *self,
                                      const char  *id);
AvaProvider *ava_spa_find_provider   (AvaSpa      *self,
                                      const char  *id);
AvaRoom     *ava_spa_find_room       (AvaSpa      *self,
                                      const char  *id);
void         ava_spa_add_hours       (AvaSpa      *self,
                                      const char  *owner_id,
                                      int          weekday,
                                      int          open_min,
                                      int          close_min);
void         ava_spa_add_exception   (AvaSpa      *self,
                                      const char  *owner_id,
                                      const char  *date,
                                      int          open_min,
                                      int          close_min,
                                      const char  *reason);
void         ava_spa_add_leave       (AvaSpa      *self,
                                      const char  *owner_id,
                                      const char  *first_date,
                                      const char  *last_date,
                                      const char  *reason);
AvaSpa      *ava_spa_at              (AvaSpa      *self,
                                      const char  *location_id);
AvaSpa      *ava_spa_see             (AvaSpa      *self,
                                      const char  *location_id);
const char  *ava_spa_place_of        (AvaSpa      *self,
                                      const char  *room_id);
const char  *ava_spa_name_of         (AvaSpa      *self,
                                      const char  *location_id);
AvaPerson   *ava_spa_find_person     (AvaSpa      *self,
                                      const char  *id);
AvaPersonRole *ava_spa_find_role     (AvaSpa      *self,
                                      const char  *id);
gboolean     ava_spa_is_here         (AvaSpa      *self,
                                      const char  *location_id);
AvaRoom     *ava_spa_find_device     (AvaSpa      *self,
                                      const char  *id);
guint        ava_spa_list_hours      (AvaSpa      *self,
                                      const char  *owner_id,
                                      const GDate *day,
                                      AvaSpan     *spans,
                                      guint        size,
                                      const char **reason);
gboolean     ava_spa_get_hours       (AvaSpa      *self,
                                      const char  *owner_id,
                                      GDateTime   *day,
                                      int         *open_min,
                                      int         *close_min,
                                      const char **reason);

G_END_DECLS
