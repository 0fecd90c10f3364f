/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "ava-provider.h"
#include "ava-room.h"
#include "ava-service.h"

G_BEGIN_DECLS

/* Opening hours of one weekday of the location (owner_id NULL) or of a provider. */
typedef struct {
  char *owner_id;   /* provider, or NULL for the location */
  int weekday;      /* 1 Monday … 7 Sunday, as in GDateTime */
  int open_min;     /* [min] since local midnight */
  int close_min;    /* [min] since local midnight, <= 1440 */
} AvaHours;

/* A date on which the hours differ: closed, a holiday, leave, or other hours. */
typedef struct {
  char *owner_id;   /* provider, or NULL for the location */
  char *date;       /* YYYY-MM-DD, local */
  int open_min;     /* [min]; open_min == close_min: closed all day */
  int close_min;    /* [min] */
  char *reason;     /* in words: "Thanksgiving", "on leave" */
} AvaHoursException;

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
  GPtrArray *rooms;      /* AvaRoom */
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
gboolean     ava_spa_get_hours       (AvaSpa      *self,
                                      const char  *owner_id,
                                      GDateTime   *day,
                                      int         *open_min,
                                      int         *close_min,
                                      const char **reason);

G_END_DECLS
