/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-contact.h"

/* The kinds of consent that speak for a way: who refuses one of them is not reached by it. */
static const char *const call_consents[] = { "calls", NULL };
static const char *const text_consents[] = { "texts", "reminders", NULL };
static const char *const email_consents[] = { "emails", NULL };

static const struct {
  const char *name;
  const char *scheme;
  const char *const *consents;
} ways[AVA_N_CONTACTS] = {
  [AVA_CONTACT_CALL] = { "call", "tel", call_consents },
  [AVA_CONTACT_TEXT] = { "text", "sms", text_consents },
  [AVA_CONTACT_EMAIL] = { "email", "mailto", email_consents },
};

/* Returns: the stored name */
const char *
ava_contact_to_string (AvaContact contact)
{
  g_return_val_if_fail ((guint) contact < AVA_N_CONTACTS, NULL);

  return ways[contact].name;
}

/* Returns: (transfer none): kinds of AvaConsent; of all that the customer said, the latest counts */
const char *const *
ava_contact_list_consents (AvaContact contact)
{
  g_return_val_if_fail ((guint) contact < AVA_N_CONTACTS, NULL);

  return ways[contact].consents;
}

/* Returns: "tel", "sms" or "mailto": what a program on this computer may be there for */
const char *
ava_contact_get_scheme (AvaContact contact)
{
  g_return_val_if_fail ((guint) contact < AVA_N_CONTACTS, NULL);

  return ways[contact].scheme;
}

/**
 * ava_contact_make_uri:
 * @address: an E.164 number, or an e-mail address
 * @subject: (nullable): of an e-mail
 *
 * Of a number its digits are taken, of an address every other sign is encoded: what somebody typed can
 * never become a second recipient, a text or a command.
 *
 * Returns: (transfer full): for the program that serves ava_contact_get_scheme()
 */
char *
ava_contact_make_uri (AvaContact  contact,
                      const char *address,
                      const char *subject)
{
  g_autoptr (GString) uri = g_string_new (ava_contact_get_scheme (contact));

  g_return_val_if_fail (address != NULL, NULL);

  g_string_append_c (uri, ':');
  if (contact != AVA_CONTACT_EMAIL) {
    for (const char *p = address; *p != '\0'; p++) {
      if (g_ascii_isdigit (*p) || (*p == '+' && p == address))
        g_string_append_c (uri, *p);
    }
    return g_string_free (g_steal_pointer (&uri), FALSE);
  }
  g_string_append_uri_escaped (uri, address, "@", FALSE);
  if (subject != NULL && *subject != '\0') {
    g_string_append (uri, "?subject=");
    g_string_append_uri_escaped (uri, subject, NULL, FALSE);
  }
  return g_string_free (g_steal_pointer (&uri), FALSE);
}

void
ava_refusal_free (AvaRefusal *self)
{
  g_free (self->who);
  g_free (self);
}
