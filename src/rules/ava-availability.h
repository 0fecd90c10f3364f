/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-slot.h"
#include "ava-spa.h"
#include "ava-telling.h"

G_BEGIN_DECLS

typedef struct {
  const char *service_id;
  const char *provider_id;  /* nullable: anyone who does the service */
  const char *room_id;      /* nullable: any fitting room */
  const char *device_id;    /* nullable: any fitting device */
  gint64 now_us;            /* [us] UTC: nothing before it is offered */
  gint64 from_us;           /* [us] UTC, earliest start */
  gint64 to_us;             /* [us] UTC, latest start, inclusive */
  int from_min;             /* [min] of the local day: earliest start each day; 0 for no limit */
  int to_min;               /* [min] of the local day: latest start each day; 1440 for no limit */
  guint step_min;           /* [min] grid of starts, counted from local midnight; 0 means 15 */
  guint limit;              /* at most so many, 0 for all */
  const char *location_id;  /* nullable: the one that the spa is seen from */
  AvaTelling telling;       /* of the times in reasons */
} AvaSlotQuery;

/* Why a start is closed. */
typedef enum {
  AVA_BLOCKED_PAST,
  AVA_BLOCKED_CLOSED,         /* the location is closed then */
  AVA_BLOCKED_NO_PROVIDER,    /* nobody who does the service */
  AVA_BLOCKED_PROVIDER_OFF,   /* provider does not work then */
  AVA_BLOCKED_PROVIDER_BUSY,
  AVA_BLOCKED_LICENCE,
  AVA_BLOCKED_NO_ROOM,        /* no room of that kind exists */
  AVA_BLOCKED_ROOM_BUSY,
  AVA_BLOCKED_NO_DEVICE,      /* no device of that kind exists */
  AVA_BLOCKED_DEVICE_BUSY,
  AVA_BLOCKED_GROUP_FULL,     /* the group session has no place left */
  AVA_BLOCKED_CUSTOMER,       /* soft: the customer is somewhere else then */
  AVA_BLOCKED_BARRED,         /* the customer is not to be booked */
} AvaBlock;

typedef struct {
  AvaBlock block;
  char *subject_id;           /* provider, room or appointment, nullable */
  char *words;                /* "Elena Ortiz is booked until 3:30 PM." */
} AvaReason;

GPtrArray *ava_availability_find     (AvaSpa             *spa,
                                      GPtrArray          *busy,
                                      const AvaSlotQuery *query);
GPtrArray *ava_availability_explain  (AvaSpa             *spa,
                                      GPtrArray          *busy,
                                      const AvaSlotQuery *query,
                                      gint64              start_us);
GPtrArray *ava_availability_explain_slot (AvaSpa          *spa,
                                      GPtrArray          *busy,
                                      const AvaSlot      *slot,
                                      const char         *location_id,
                                      AvaTelling          telling);
AvaSlot   *ava_availability_check    (AvaSpa             *spa,
                                      GPtrArray          *busy,
                                      const AvaSlot      *wanted,
                                      gint64              now_us,
                                      AvaTelling          telling,
                                      GPtrArray         **reasons);
GPtrArray *ava_availability_warn     (AvaSpa             *spa,
                                      GPtrArray          *busy,
                                      const AvaSlot      *wanted,
                                      const char         *customer_id,
                                      AvaTelling          telling);
GPtrArray *ava_availability_spread   (GPtrArray          *slots,
                                      GTimeZone          *zone,
                                      guint               count);
AvaReason *ava_reason_new            (AvaBlock            block,
                                      const char         *subject_id,
                                      char               *words);
void       ava_reason_free           (AvaReason          *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AvaReason, ava_reason_free)

G_END_DECLS
