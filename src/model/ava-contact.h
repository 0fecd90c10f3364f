/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How the desk reaches a customer. Stored by name: append only. */
typedef enum {
  AVA_CONTACT_CALL,
  AVA_CONTACT_TEXT,
  AVA_CONTACT_EMAIL,
} AvaContact;

#define AVA_N_CONTACTS 3

/* A way that the customer does not want. */
typedef struct {
  AvaContact contact;
  gint64 at_us;        /* [us] UTC: when it was refused or withdrawn */
  char *who;           /* who noted that: "staff:<id>", "ava" …; nullable */
} AvaRefusal;

const char        *ava_contact_to_string     (AvaContact  contact);
const char *const *ava_contact_list_consents (AvaContact  contact);
const char        *ava_contact_get_scheme    (AvaContact  contact);
char              *ava_contact_make_uri      (AvaContact  contact,
                                              const char *address,
                                              const char *subject);
void               ava_refusal_free          (AvaRefusal *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AvaRefusal, ava_refusal_free)

G_END_DECLS
