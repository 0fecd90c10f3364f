/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Someone's or some room's time that is taken: an appointment or a hold. */
typedef struct {
  char *id;              /* of the appointment or hold */
  char *provider_id;
  char *room_id;
  char *device_id;       /* nullable */
  char *service_id;      /* nullable: unknown */
  char *customer_id;     /* nullable for a hold */
  gint64 start_us;       /* [us] UTC */
  gint64 end_us;         /* [us] UTC, exclusive */
  gint64 session_us;     /* [us] UTC, start of the treatment: a group shares it; 0 unknown */
  gint64 free_from_us;   /* [us] UTC: while it processes the provider is free, 0 for never */
  gint64 free_to_us;     /* [us] UTC, exclusive */
  gboolean is_hold;
  gboolean is_block;     /* no appointment: the provider is away, or the room out of use */
  gint64 expires_us;     /* [us] UTC, when a hold lapses, 0 for an appointment */
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
  gint64 active_end_us;  /* [us] UTC, from here to end_us the provider is free; 0: end_us */
  char *device_id;       /* nullable */
} AvaSlot;

AvaBusy *ava_busy_new  (void);
void     ava_busy_free (AvaBusy *self);
AvaSlot *ava_slot_new  (void);
AvaSlot *ava_slot_copy (const AvaSlot *self);
void     ava_slot_free (AvaSlot *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AvaBusy, ava_busy_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AvaSlot, ava_slot_free)

G_END_DECLS
