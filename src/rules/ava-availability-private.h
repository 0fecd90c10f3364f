/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-availability.h"
#include "ava-conflict.h"

G_BEGIN_DECLS

/* When somebody is there, as instants. */
typedef struct {
  gint64 from_us;             /* [us] UTC */
  gint64 to_us;               /* [us] UTC, exclusive */
} AvaShiftPart;

typedef struct {
  AvaShiftPart parts[AVA_SPA_MAX_SPANS];
  AvaSpan spans[AVA_SPA_MAX_SPANS];
  guint count;
  const char *why;            /* the hours differ from the week's, nullable */
} AvaShift;

/* A resource and the time of it that is taken on the day, by start. */
typedef struct {
  gpointer object;            /* AvaProvider or AvaRoom */
  gboolean able;              /* does the service, or fits it, on that day */
  AvaShift shift;             /* of a provider */
  GPtrArray *busy;            /* AvaBusy, borrowed */
} AvaLane;

/* All that does not change between the starts of one day. */
typedef struct {
  AvaSpa *spa;                /* owned: seen from the location */
  AvaService *service;
  GPtrArray *busy;            /* AvaBusy, all; nullable */
  GArray *lanes_of;           /* per busy three lane numbers, -1 for none */
  AvaTelling telling;         /* of the times in reasons */
  GDate day;
  gint64 midnight_us;
  gboolean even;              /* no clock change: minutes are counted from midnight */
  AvaShift shift;             /* of the location */
  GArray *lanes[3];           /* AvaLane by AvaResource */
} AvaDayPlan;

void       ava_day_plan_init            (AvaDayPlan    *self,
                                         AvaSpa        *spa,
                                         const AvaSlotQuery *query,
                                         GPtrArray     *busy);
void       ava_day_plan_clear           (AvaDayPlan    *self);
void       ava_day_plan_set_day         (AvaDayPlan    *self,
                                         const GDate   *day);
void       ava_day_plan_measure         (AvaDayPlan    *self,
                                         gint64         start_us,
                                         AvaSlot       *slot);
gboolean   ava_day_plan_is_open         (AvaDayPlan    *self,
                                         const AvaSlot *slot);
gboolean   ava_day_plan_try             (AvaDayPlan    *self,
                                         guint          provider,
                                         const AvaSlotQuery *query,
                                         AvaSlot       *slot);
gboolean   ava_day_plan_needs_device    (AvaDayPlan    *self);
gboolean   ava_day_plan_add_reason      (GPtrArray     *reasons,
                                         AvaReason     *reason);   /* nullable */
AvaReason *ava_day_plan_why_past        (const AvaSlot *slot,
                                         gint64         now_us);
AvaReason *ava_day_plan_why_closed      (AvaDayPlan    *self,
                                         const AvaSlot *slot);
AvaReason *ava_day_plan_why_not_able    (AvaDayPlan    *self,
                                         guint          provider);
AvaReason *ava_day_plan_why_off         (AvaDayPlan    *self,
                                         guint          provider,
                                         const AvaSlot *slot);
AvaReason *ava_day_plan_why_busy        (AvaDayPlan    *self,
                                         guint          provider,
                                         const AvaSlot *slot);
AvaReason *ava_day_plan_why_full        (AvaDayPlan    *self,
                                         guint          provider,
                                         const AvaSlot *slot);
const AvaBusy *ava_day_plan_find_session (AvaDayPlan   *self,
                                         guint          provider,
                                         const AvaSlot *slot);
AvaReason *ava_day_plan_why_no_place    (AvaDayPlan    *self,
                                         AvaResource    resource,
                                         const char    *wanted_id,
                                         const AvaSlot *slot);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AvaDayPlan, ava_day_plan_clear)

G_END_DECLS
