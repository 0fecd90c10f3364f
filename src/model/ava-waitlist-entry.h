/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* Stored by the names that ava_waitlist_status_to_string() gives: append only. */
typedef enum {
  AVA_WAITLIST_WAITING,
  AVA_WAITLIST_OFFERED,  /* a freed time is held for them */
  AVA_WAITLIST_BOOKED,
  AVA_WAITLIST_LEFT,     /* wants nothing any more */
} AvaWaitlistStatus;

/**
 * AvaWaitlistEntry:
 *
 * A customer who waits for a time to become free.
 * Filled by its maker before it is shared, never changed after: safe to read from any thread.
 */
#define AVA_TYPE_WAITLIST_ENTRY (ava_waitlist_entry_get_type ())
G_DECLARE_FINAL_TYPE (AvaWaitlistEntry, ava_waitlist_entry, AVA, WAITLIST_ENTRY, GObject)

struct _AvaWaitlistEntry {
  GObject parent_instance;

  char *id;  /* UUIDv7 */
  char *customer_id;
  char *service_id;
  char *provider_id;  /* nullable: anyone */
  char *location_id;  /* nullable: any */
  char *customer_name;  /* joined */
  char *customer_phone;  /* joined */
  char *service_name;  /* joined */
  char *provider_name;  /* joined, nullable */
  char *location_name;  /* joined, nullable */
  char *notes;  /* nullable */
  gint64 from_us;  /* [us] UTC, earliest start, 0: any */
  gint64 to_us;  /* [us] UTC, latest start, 0: any */
  int from_min;  /* [min] of the day where the time is, earliest start */
  int to_min;  /* [min] of that day, latest start; 1440: any */
  gint64 created_us;  /* [us] UTC */
  AvaWaitlistStatus status;
  gint64 offer_start_us;  /* [us] UTC, the time that is held for them, 0: none */
  gint64 offer_until_us;  /* [us] UTC, how long it is held */
  char *offer_room_id;  /* joined, nullable: in which room it is, and so at which location */
  char *appointment_id;  /* what they got, nullable */
  guint visits;  /* of the customer: appointments done */
  guint no_shows;
  gint64 spent_cents;  /* over appointments done */
  gint64 version;
};

AvaWaitlistEntry *ava_waitlist_entry_new (void);

const char        *ava_waitlist_status_to_string   (AvaWaitlistStatus status);
AvaWaitlistStatus  ava_waitlist_status_from_string (const char       *text);

G_END_DECLS
