/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * AvaCustomer:
 *
 * A client of the spa.
 * Filled by its maker before it is shared, never changed after: safe to read from any thread.
 */
#define AVA_TYPE_CUSTOMER (ava_customer_get_type ())
G_DECLARE_FINAL_TYPE (AvaCustomer, ava_customer, AVA, CUSTOMER, GObject)

struct _AvaCustomer {
  GObject parent_instance;

  char *id;  /* UUIDv7 */
  char *name;
  char *phone;  /* E.164, "" when unknown */
  char *email;  /* nullable */
  char *born;  /* YYYY-MM-DD, nullable */
  char *allergies;  /* words, nullable */
  char *medicines;  /* words, nullable */
  char *contraindications;  /* words, nullable */
  gboolean pregnant;
  char *notes;  /* nullable */
  char *household_id;  /* nullable; same phone does not mean same household */
  GStrv tags;  /* nullable */
  char *provider_id;  /* whom they prefer, nullable */
  gboolean vip;
  char *do_not_book;  /* the reason, nullable: may be booked */
  char *merged_into;  /* id of the customer whose second record this was, nullable */
  gint64 erased_us;  /* [us] UTC, 0: not erased on request */
  gint64 screened_us;  /* [us] UTC: the last change of what the safety gate reads, 0 when never */
  char *screened_by;  /* "staff:<id>", "ava" …, nullable */
  gint64 created_us;  /* [us] UTC */
  gint64 archived_us;  /* [us] UTC, 0 when active */
  gint64 version;  /* row version, grows by one a change */
  guint visits;  /* appointments done */
  gint64 last_visit_us;  /* [us] UTC, 0 when none */
  gint64 next_visit_us;  /* [us] UTC, 0 when none */
  gint64 spent_cents;  /* over appointments done */
};

AvaCustomer *ava_customer_new (void);

G_END_DECLS
