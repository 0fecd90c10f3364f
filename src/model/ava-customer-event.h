/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* Bits, for choosing several. */
typedef enum {
  AVA_CUSTOMER_EVENT_APPOINTMENT = 1 << 0,
  AVA_CUSTOMER_EVENT_CALL = 1 << 1,
  AVA_CUSTOMER_EVENT_MESSAGE = 1 << 2,       /* text or e-mail, sent, received or waiting */
  AVA_CUSTOMER_EVENT_CONSULTATION = 1 << 3,
  AVA_CUSTOMER_EVENT_TASK = 1 << 4,
} AvaCustomerEventKind;

#define AVA_CUSTOMER_EVENT_ALL 31

/* The status of a call or message that somebody at the desk began: title is "customer-called", "customer-texted" or
 * "customer-mailed", with is the actor, "staff:<id>". Nothing was said or written here. */
#define AVA_CUSTOMER_EVENT_TRIED "tried"

/**
 * AvaCustomerEvent:
 *
 * Something that happened with a customer, on whatever channel.
 * Filled by its maker before it is shared, never changed after: safe to read from any thread.
 */
#define AVA_TYPE_CUSTOMER_EVENT (ava_customer_event_get_type ())
G_DECLARE_FINAL_TYPE (AvaCustomerEvent, ava_customer_event, AVA, CUSTOMER_EVENT, GObject)

struct _AvaCustomerEvent {
  GObject parent_instance;

  AvaCustomerEventKind kind;
  char *id;  /* of the appointment, conversation, message, consultation or task */
  gint64 at_us;  /* [us] UTC */
  char *title;  /* what it was: the service, the subject, nullable */
  char *with;  /* the provider, or who spoke, nullable */
  char *text;  /* summary, note or message, nullable */
  char *status;  /* stored name, nullable */
  char *outcome;  /* of a call or a consultation, nullable */
  gint64 cents;  /* price, 0 for none */
};

AvaCustomerEvent *ava_customer_event_new (void);

G_END_DECLS
