/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  AVA_CUSTOMER_SORT_NAME,
  AVA_CUSTOMER_SORT_LAST_VISIT,   /* seen last first */
  AVA_CUSTOMER_SORT_VALUE,        /* spent most first */
  AVA_CUSTOMER_SORT_NEWEST,
} AvaCustomerSort;

/* Which customers a list shows, and in what order. Written as words: "flagged unseen=6 sort=value". */
typedef struct {
  gboolean archived;        /* the archived ones instead of the others */
  gboolean flagged;         /* something to be careful about: allergies, medicines, pregnancy … */
  gboolean vip;
  gboolean do_not_book;
  gboolean upcoming;        /* has an appointment to come */
  guint unseen_months;      /* was here, but not in so many months; 0: does not matter */
  const char *provider_id;  /* interned; whom they prefer; NULL: does not matter */
  AvaCustomerSort sort;
} AvaCustomerFilter;

gboolean  ava_customer_filter_parse (const char               *words,
                                     AvaCustomerFilter        *filter,
                                     GError                  **error);
char     *ava_customer_filter_print (const AvaCustomerFilter  *filter);

G_END_DECLS
