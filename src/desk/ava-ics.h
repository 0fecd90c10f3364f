/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-book-span.h"

G_BEGIN_DECLS

#define AVA_ICS_UID_SUFFIX "@frontdesk.getevaai.com"

/* How much a calendar file tells. */
typedef enum {
  AVA_ICS_BUSY,       /* that somebody is busy, nothing else */
  AVA_ICS_SERVICE,    /* the treatment, provider and room; nobody's name */
  AVA_ICS_CUSTOMER,   /* the customer's name too; never phone, flags or notes */
} AvaIcsPrivacy;

/* One event of a calendar, or one time of an event that repeats. */
typedef struct {
  char *uid;          /* nullable when it has none */
  gint64 instance_us; /* [us] UTC, which time of one that repeats; 0 of one that does not */
  guint line;         /* where it begins in the file */
  char *summary;      /* nullable */
  gint64 start_us;    /* [us] UTC */
  gint64 end_us;      /* [us] UTC, exclusive */
  gboolean all_day;
  gboolean cancelled;
  gboolean free;      /* it is only noted: whose calendar it is can be booked meanwhile */
  char *problem;      /* why it cannot be taken, in words; nullable */
} AvaIcsEvent;

char      *ava_ics_print      (const AvaBookSpan *span,
                               const char        *provider_id,
                               AvaIcsPrivacy      privacy,
                               gint64             now_us);
GPtrArray *ava_ics_parse      (const char        *text,
                               gssize             length,
                               GTimeZone         *zone,
                               gint64             from_us,
                               gint64             to_us,
                               GHashTable        *whole_uids,
                               GError           **error);
void       ava_ics_event_free (AvaIcsEvent       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AvaIcsEvent, ava_ics_event_free)

G_END_DECLS
