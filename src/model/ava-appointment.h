/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-slot.h"

#include <glib-object.h>

G_BEGIN_DECLS

/* Stored by the names that ava_appointment_status_to_string() gives: append only. */
typedef enum {
  AVA_APPOINTMENT_SCHEDULED,
  AVA_APPOINTMENT_CONFIRMED,
  AVA_APPOINTMENT_ARRIVED,
  AVA_APPOINTMENT_IN_ROOM,
  AVA_APPOINTMENT_DONE,
  AVA_APPOINTMENT_NO_SHOW,
  AVA_APPOINTMENT_CANCELLED,
} AvaAppointmentStatus;

/* What the desk must know of the customer before anything else, gravest first. */
typedef enum {
  AVA_WARNING_DO_NOT_BOOK = 1 << 0,
  AVA_WARNING_PREGNANT = 1 << 1,
  AVA_WARNING_ALLERGY = 1 << 2,
  AVA_WARNING_MEDICINE = 1 << 3,
  AVA_WARNING_CAUTION = 1 << 4,   /* something speaks against some treatments */
  AVA_WARNING_VIP = 1 << 5,
} AvaWarning;

/**
 * AvaAppointment:
 *
 * One customer, one service, one provider, one room, one time.
 * Filled by its maker before it is shared, never changed after: safe to read from any thread.
 */
#define AVA_TYPE_APPOINTMENT (ava_appointment_get_type ())
G_DECLARE_FINAL_TYPE (AvaAppointment, ava_appointment, AVA, APPOINTMENT, GObject)

struct _AvaAppointment {
  GObject parent_instance;

  char *id;  /* UUIDv7 */
  char *customer_id;
  char *service_id;
  char *provider_id;
  char *room_id;
  char *location_id;
  char *call_id;  /* the call that booked it, nullable */
  char *customer_name;  /* joined, for lists */
  char *customer_phone;  /* joined */
  char *service_name;  /* joined */
  char *provider_name;  /* joined */
  char *room_name;  /* joined */
  char *flags;  /* joined: the warnings in words, nullable */
  char *clinical;  /* joined: those that matter to the treatment, without VIP and "do not book"; nullable */
  AvaWarning warnings;  /* joined: their kinds */
  gint64 start_us;  /* [us] UTC, start of the active part */
  gint64 end_us;  /* [us] UTC, end of active + processing */
  gint64 busy_start_us;  /* [us] UTC, start_us - pre */
  gint64 busy_end_us;  /* [us] UTC, end_us + post */
  gint64 active_end_us;  /* [us] UTC, from here to end_us it processes and the provider is free */
  char *device_id;  /* nullable */
  char *device_name;  /* joined, nullable */
  char *provider_colour;  /* joined, #rrggbb, nullable */
  char *override_role;  /* who booked it against a rule, nullable */
  char *override_reason;  /* and why, nullable */
  gint64 deposit_cents;  /* asked for */
  gint64 fee_cents;  /* charged for a late cancellation or a no-show */
  gint64 deposit_paid_cents;  /* of the deposit */
  gint64 deposit_refunded_cents;  /* given back of what was paid */
  char *fee_waiver;  /* who let the fee go and why, nullable */
  char *package_name;  /* joined: of the package that it was taken from, nullable */
  gint64 price_cents;
  AvaAppointmentStatus status;
  char *source;  /* "ava", "staff", "import" */
  char *notes;  /* nullable */
  char *cancel_reason;  /* nullable */
  gint64 arrived_us;  /* [us] UTC, 0 while it is not so */
  gint64 in_room_us;  /* [us] UTC, 0 while it is not so */
  gint64 done_us;  /* [us] UTC, 0 while it is not so */
  gint64 created_us;  /* [us] UTC */
  gint64 version;
};

AvaAppointment *ava_appointment_new (void);
AvaSlot        *ava_appointment_get_slot (AvaAppointment *self,
                                          gint64          end_us);

const char           *ava_appointment_status_to_string   (AvaAppointmentStatus  status);
gboolean              ava_appointment_status_from_string (const char           *text,
                                                          AvaAppointmentStatus *status);

G_END_DECLS
