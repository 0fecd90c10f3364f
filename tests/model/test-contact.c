/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-contact.h"

static void
uri_holds_the_address_and_nothing_else (void)
{
  static const struct {
    AvaContact contact;
    const char *address, *subject, *uri;
  } cases[] = {
    { AVA_CONTACT_CALL, "+12125550142", NULL, "tel:+12125550142" },
    { AVA_CONTACT_CALL, "+1 (212) 555-0142;ext=9", "Spa", "tel:+121255501429" },
    { AVA_CONTACT_TEXT, "+12125550142?body=hi&x+1", NULL, "sms:+121255501421" },
    { AVA_CONTACT_EMAIL, "una@example.com", NULL, "mailto:una@example.com" },
    { AVA_CONTACT_EMAIL, "una+spa@example.com", "Lumen Æsthetics & Co", "mailto:una%2Bspa@example.com?subject=Lumen%20%C3%86sthetics%20%26%20Co" },
    { AVA_CONTACT_EMAIL, "a?bcc=all@example.com,b c", "", "mailto:a%3Fbcc%3Dall@example.com%2Cb%20c" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *uri = ava_contact_make_uri (cases[i].contact, cases[i].address, cases[i].subject);

    g_assert_cmpstr (uri, ==, cases[i].uri);
    g_assert_true (g_uri_is_valid (uri, G_URI_FLAGS_NONE, NULL));
  }
}

static void
a_refused_reminder_speaks_for_texts (void)
{
  g_assert_true (g_strv_contains (ava_contact_list_consents (AVA_CONTACT_TEXT), "reminders"));
  g_assert_false (g_strv_contains (ava_contact_list_consents (AVA_CONTACT_CALL), "reminders"));
  g_assert_false (g_strv_contains (ava_contact_list_consents (AVA_CONTACT_EMAIL), "marketing"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/contact/uri", uri_holds_the_address_and_nothing_else);
  g_test_add_func ("/model/contact/consents", a_refused_reminder_speaks_for_texts);
  return g_test_run ();
}
