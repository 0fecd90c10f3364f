/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-appointment.h"
#include "ava-availability.h"
#include "ava-day-axis.h"

G_BEGIN_DECLS

typedef enum {
  AVA_BOARD_BY_PROVIDER,      /* one day, a column for each provider */
  AVA_BOARD_BY_ROOM,          /* one day, a column for each room */
  AVA_BOARD_BY_DAY,           /* one provider, a column for each day */
} AvaBoardKind;

typedef struct {
  AvaSpa *spa;                /* seen from the location that is shown */
  AvaBoardKind kind;
  GDate first_day;
  guint n_days;               /* of AVA_BOARD_BY_DAY */
  const char *provider_id;    /* of AVA_BOARD_BY_DAY */
  GPtrArray *appointments;    /* AvaAppointment that touch those days, of every location */
  GPtrArray *holds;           /* nullable: AvaBusy with is_hold or is_block */
  GHashTable *hidden_ids;     /* nullable: providers or rooms that get no column */
  guint statuses;             /* bit 1 << AvaAppointmentStatus of those to be shown */
  gboolean only_working;      /* no column for who is off all day and has nothing */
} AvaBoardQuery;

typedef struct {
  GDate day;
  guint axis_day;             /* number of the day on the axis */
  const char *provider_id;    /* borrowed of the spa or an appointment; NULL: a room */
  const char *room_id;        /* NULL: a provider */
  const char *name;           /* of the provider or room */
  const char *title;          /* "Nurse injector", nullable */
  const char *colour;         /* #rrggbb, nullable */
  guint capacity;             /* how much goes on at the same time */
  AvaSpan spans[AVA_SPA_MAX_SPANS]; /* when they are there */
  guint n_spans;
  const char *note;           /* why that day differs, nullable */
} AvaBoardColumn;

typedef enum {
  AVA_ITEM_APPOINTMENT,
  AVA_ITEM_HOLD,
  AVA_ITEM_FREE,
  AVA_ITEM_CLOSED,
} AvaBoardItemKind;

/* A rectangle of a column. */
typedef struct {
  AvaBoardItemKind kind;
  guint column;
  gint64 start_us;            /* [us] UTC */
  gint64 end_us;              /* [us] UTC, exclusive; of a provider's appointment the end of the active part */
  gint64 busy_start_us;       /* [us] UTC, with set-up */
  gint64 busy_end_us;         /* [us] UTC, with processing and clean-up */
  guint lane;                 /* side by side where two overlap */
  guint n_lanes;
  gpointer subject;           /* AvaAppointment, or AvaBusy of a hold: borrowed; of a closed time who is in the way */
  AvaBlock block;             /* of a closed time */
  gboolean is_break;          /* closed between two spans of work */
  const char *note;           /* of a closed time: "Thanksgiving", nullable, borrowed */
} AvaBoardItem;

/* What a calendar of a day or of a provider's week shows, and where. */
typedef struct {
  AvaSpa *spa;
  GPtrArray *appointments;
  GPtrArray *holds;           /* nullable */
  AvaDayAxis *axis;
  guint first_step;           /* of the axis, that is shown */
  guint last_step;            /* exclusive */
  GArray *columns;            /* AvaBoardColumn */
  GArray *items;              /* AvaBoardItem by column and start */
} AvaDayBoard;

AvaDayBoard    *ava_day_board_build (const AvaBoardQuery *query);
void            ava_day_board_free  (AvaDayBoard         *self);
AvaBoardColumn *ava_day_board_get   (AvaDayBoard         *self,
                                     guint                column);
/* The item of a column at that time; an appointment or hold rather than what is under it; nullable. */
AvaBoardItem   *ava_day_board_find  (AvaDayBoard         *self,
                                     guint                column,
                                     gint64               at_us);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AvaDayBoard, ava_day_board_free)

G_END_DECLS
