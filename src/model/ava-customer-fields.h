/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-customer.h"

G_BEGIN_DECLS

typedef enum {
  AVA_CUSTOMER_ERROR_INVALID,   /* the message says what is wrong with the field */
} AvaCustomerError;

#define AVA_CUSTOMER_ERROR (ava_customer_error_quark ())
GQuark ava_customer_error_quark (void);

/* The fields that people write, each as text, whoever writes them: the card, a command, an import.
 * "name", "phone", "email", "born", "allergies", "medicines", "contraindications", "pregnant" (1 or empty),
 * "notes", "tags" (separated by commas), "provider_id", "vip" (1 or empty), "do_not_book" (the reason). */
const char *const *ava_customer_list_fields (void);
gboolean           ava_customer_is_medical  (const char   *field);
char              *ava_customer_get_field   (AvaCustomer  *self,
                                             const char   *field);
void               ava_customer_set_field   (AvaCustomer  *self,
                                             const char   *field,
                                             const char   *text);
char              *ava_customer_clean       (const char   *field,
                                             const char   *text,
                                             const char   *region,
                                             gint64        now_us,
                                             GError      **error);
gboolean           ava_customer_has_flags   (AvaCustomer  *self);

G_END_DECLS
