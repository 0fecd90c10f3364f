/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-customer.h"
#include "ava-spa.h"

G_BEGIN_DECLS

/* One way to read what was typed onto a free time: which fragments are about whom. */
typedef struct {
  char *customer;            /* the fragments about the customer; of a new one the name; "" for none */
  char *typed;               /* the same with its accents and capitals: how a new one is called */
  const char *service_id;    /* of the spa, nullable: none was typed */
  const char *provider_id;   /* of the spa, nullable: none was typed */
  double score;              /* the more the likelier; only good for comparing */
} AvaBookReading;

/* "sm jo bot" or "new: Jane Roe 555 0142 bot" */
typedef struct {
  gboolean is_new;           /* a new customer is meant */
  char *phone;               /* of a new customer, E.164; nullable */
  char *digits;              /* of a new customer, as typed; nullable */
  GPtrArray *readings;       /* AvaBookReading, likeliest first; never empty */
} AvaBookPhrase;

AvaBookPhrase *ava_book_phrase_read (AvaSpa        *spa,
                                     const char    *text);
void           ava_book_phrase_free (AvaBookPhrase *self);
double         ava_book_phrase_rate (const char    *fragments,
                                     AvaCustomer   *customer,
                                     gint64         now_us);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AvaBookPhrase, ava_book_phrase_free)

G_END_DECLS
