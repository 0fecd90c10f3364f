/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * AvaService:
 *
 * A treatment of the catalogue.
 * The provider is busy for pre + active + post minutes, the room for all four parts.
 * Filled by its maker before it is shared, never changed after: safe to read from any thread.
 */
#define AVA_TYPE_SERVICE (ava_service_get_type ())
G_DECLARE_FINAL_TYPE (AvaService, ava_service, AVA, SERVICE, GObject)

struct _AvaService {
  GObject parent_instance;

  char *id;
  char *name;
  GStrv spoken;  /* ways callers say it, lower case, first is what Ava says */
  char *category;
  char *description;
  char *prep;  /* what the customer does before it, as Ava and reminders say it; nullable */
  gint64 price_cents;
  guint pre_min;  /* [min] set-up */
  guint active_min;  /* [min] what the customer is told */
  guint processing_min;  /* [min] provider free, room busy */
  guint post_min;  /* [min] clean-up */
  char *licence;  /* needed of the provider, nullable */
  char *room_kind;  /* needed of the room */
  char *device_kind;  /* needed of a device, nullable: needs none */
  guint group_size;  /* customers who may share one session, 0 or 1: alone */
  gint64 deposit_cents;  /* asked for when it is booked */
  guint cancel_hours;  /* [h] before the start until which cancelling is free */
  gint64 cancel_fee_cents;  /* for cancelling later than that */
  gint64 no_show_fee_cents;
  gboolean consult_first;
  guint consult_valid_days;
  guint next_visit_days;  /* [d] after which it is usually due again, 0: nobody said */
  guint rank;  /* order of the catalogue */
  gboolean archived;
};

AvaService *ava_service_new (void);

G_END_DECLS
