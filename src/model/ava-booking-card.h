/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-evidence.h"

G_BEGIN_DECLS

/* The fields of the card, in the order in which it shows them. */
typedef enum {
  AVA_CARD_SERVICE,
  AVA_CARD_PROVIDER,
  AVA_CARD_WHEN,
  AVA_CARD_NAME,
  AVA_CARD_PHONE,
  AVA_CARD_EMAIL,
  AVA_CARD_N_FIELDS,
} AvaCardField;

typedef enum {
  AVA_CARD_EMPTY,      /* not known */
  AVA_CARD_HEARD,      /* heard, not yet read back */
  AVA_CARD_CONFIRMED,  /* the caller said yes to it, or it was certain */
} AvaCardState;

/**
 * AvaBookingCard:
 *
 * What Ava has understood of a booking so far, in words; "changed" is emitted with each change.
 * @status says where the booking stands: "collecting", "offered", "confirming", "booked",
 * "cancelled", "moved", "message". Main thread.
 */
#define AVA_TYPE_BOOKING_CARD (ava_booking_card_get_type ())
G_DECLARE_FINAL_TYPE (AvaBookingCard, ava_booking_card, AVA, BOOKING_CARD, GObject)

struct _AvaBookingCard {
  GObject parent_instance;

  char *values[AVA_CARD_N_FIELDS];             /* in words, nullable */
  AvaCardState states[AVA_CARD_N_FIELDS];
  AvaEvidence *evidence[AVA_CARD_N_FIELDS];    /* where each value comes from, nullable */
  char *status;
  char *appointment_id;                        /* once booked, nullable */
  char *alert;                                 /* safety stop in words, nullable */
};

AvaBookingCard *ava_booking_card_new         (void);
void            ava_booking_card_set_field   (AvaBookingCard *self,
                                              AvaCardField    field,
                                              const char     *value,
                                              AvaCardState    state);
void            ava_booking_card_set_evidence(AvaBookingCard *self,
                                              AvaCardField    field,
                                              AvaEvidence    *evidence);
void            ava_booking_card_set_status  (AvaBookingCard *self,
                                              const char     *status,
                                              const char     *appointment_id);
void            ava_booking_card_set_alert   (AvaBookingCard *self,
                                              const char     *alert);
const char     *ava_card_field_to_string     (AvaCardField    field);

G_END_DECLS
