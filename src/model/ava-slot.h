/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Someone's or some room's time that is taken: an appointment or a hold. */
typedef struct {
  char *id;              /* of the appointment or hold */
  char *provider_id;
  char *room_id;
  char *customer_id;     /* nullable for a hold */
  gint64 start_us;       /* [us] UTC */
  gint64 end_us;         /* [us] UTC, exclusive */
  gboolean is_hold;
  char *what;            /* in words, for reasons: "Botox with Elena Ortiz" */
} AvaBusy;

/* A time at which a service can be had. */
typedef struct {
  char *service_id;
  char *provider_id;
  char *room_id;
  gint64 start_us;       /* [us] UTC, what the customer is told */
  gint64 end_us;         /* [us] UTC */
  gint64 busy_start_us;  /* [us] UTC, with set-up */
  gint64 busy_end_us;    /* [us] UTC, with clean-up */
} AvaSlot;

AvaBusy *ava_busy_new  (void);
void     ava_busy_free (AvaBusy *self);
AvaSlot *ava_slot_new  (void);
AvaSlot *ava_slot_copy (const AvaSlot *self);
void     ava_slot_free (AvaSlot *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AvaBusy, ava_busy_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AvaSlot, ava_slot_free)

G_END_DECLS
