/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-spa.h"

G_BEGIN_DECLS

/* When the clocks of a zone change. */
typedef struct {
  gint64 at_us;         /* [us] UTC, the first instant with the new offset */
  int before_sec;       /* [s] offset before it, east of Greenwich */
  int after_sec;        /* [s] offset from it on */
  GDate day;            /* local day on which it happens */
  int from_min;         /* [min] of that day: what the clock shows as it is changed */
  int to_min;           /* [min] what it is changed to; of the next day above 1440 */
} AvaClockChange;

typedef enum {
  AVA_WALL_PLAIN,       /* comes once */
  AVA_WALL_SKIPPED,     /* the clock never shows it that day */
  AVA_WALL_TWICE,       /* the clock shows it twice that day */
} AvaWallKind;

/* Hours of the location or of somebody that the change touches. */
typedef struct {
  const char *owner_id; /* of AvaSpa, nullable: the location */
  char *words;          /* "Elena Ortiz begins at 2:30 AM, which the clock skips: 3:30 AM it is then." */
} AvaClockNote;

gboolean    ava_clock_change_next       (GTimeZone            *zone,
                                         gint64                from_us,
                                         AvaClockChange       *change);
AvaWallKind ava_clock_change_judge      (const AvaClockChange *change,
                                         const GDate          *day,
                                         int                   minute);
char       *ava_clock_change_speak      (const AvaClockChange *change);
GPtrArray  *ava_clock_change_list_hours (AvaSpa               *spa,
                                         const AvaClockChange *change);
void        ava_clock_note_free         (AvaClockNote         *self);

G_END_DECLS
