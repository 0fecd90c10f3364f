/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

#include <string.h>

/* What the front desk needs beside: short names, notes. */

static void
add (StoreFixture *self,
     int           hours,
     const char   *name,
     const char   *phone)
{
  g_autoptr (AvaSlot) slot = store_fixture_slot (hours);
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaAppointment) a = store_fixture_book (self->store, NULL, NULL, slot, name, phone, &error);

  g_assert_no_error (error);
}

static void
expect (StoreFixture *self,
        const char   *text,
        const char   *names)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GString) all = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  ava_store_match_customers_async (self->store, text, 10, NULL, test_result_cb, &result);
  found = ava_store_match_customers_finish (self->store, test_result_wait (&result), &error);
  g_assert_no_error (error);
  for (guint i = 0; i < found->len; i++)
    g_string_append_printf (all, "%s%s", i > 0 ? "|" : "", ((AvaCustomer *) found->pdata[i])->name);
  g_assert_cmpstr (all->str, ==, names);
}

static void
beginnings_of_words_are_found_and_middles_are_not (StoreFixture  *self,
                                                   gconstpointer  data)
{
  add (self, 0, "Mónica Zuñiga-Qxuist", "+17185550142");
  add (self, 1, "Björn Zxångström", "+17185550143");
  add (self, 2, "Zxara Bxell", "+17185550144");
  expect (self, "zx", "Zxara Bxell|Björn Zxångström");       /* who comes last is in front */
  expect (self, "zx bj", "Björn Zxångström");
  expect (self, "bj zx", "Björn Zxångström");
  expect (self, "zx bx", "Zxara Bxell");
  expect (self, "b zx", "Zxara Bxell|Björn Zxångström");
  expect (self, "xara", "");
  expect (self, "zuniga mon", "Mónica Zuñiga-Qxuist");
  expect (self, "5550143", "Björn Zxångström");
  expect (self, "0144 zx", "Zxara Bxell");
  expect (self, "", "");
  expect (self, "\"zx OR (", "");
  expect (self, "zx%", "");
}

static void
notes_are_kept_and_taken_back (StoreFixture  *self,
                               gconstpointer  data)
{
  const AvaActor actor = { .who = "staff:desk" };
  g_autoptr (AvaSlot) slot = store_fixture_slot (0);
  g_autoptr (AvaAppointment) booked = store_fixture_book (self->store, NULL, NULL, slot, "Sam Lee", "+17185550142", NULL);
  g_autoptr (GAsyncResult) set = NULL;
  g_autoptr (GAsyncResult) undone = NULL;
  g_autoptr (GAsyncResult) long_set = NULL;
  g_autoptr (AvaAppointment) changed = NULL;
  g_autoptr (AvaChange) change = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *endless = g_strnfill (9000, 'n');

  ava_store_set_notes_async (self->store, &actor, booked->id, NULL, " Brings her sister \n", NULL, test_result_cb, &set);
  changed = ava_store_set_notes_finish (self->store, test_result_wait (&set), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (changed->notes, ==, "Brings her sister");
  ava_store_undo_async (self->store, &actor, 0, NULL, test_result_cb, &undone);
  change = ava_store_undo_finish (self->store, test_result_wait (&undone), &error);
  g_assert_no_error (error);
  g_assert_cmpint (store_fixture_count (self, "SELECT count(*) FROM appointments WHERE notes IS NOT NULL"), ==, 0);
  ava_store_set_notes_async (self->store, &actor, booked->id, NULL, endless, NULL, test_result_cb, &long_set);
  g_assert_null (ava_store_set_notes_finish (self->store, test_result_wait (&long_set), &error));
  g_assert_error (error, AVA_STORE_ERROR, AVA_STORE_ERROR_INVALID);
}

/* Two windows have the same appointment open, and somebody types in each. */
static void
notes_of_two_are_both_kept (StoreFixture  *self,
                            gconstpointer  data)
{
  static const struct { const char *seen, *written, *kept; } steps[] = {
    { "", "Brings her sister", "Brings her sister" },
    { "", "Parks behind", "Brings her sister\nParks behind" },             /* the other window has not seen the first */
    { "Brings her sister\nParks behind", "Parks behind", "Parks behind" },  /* seen, and shortened */
    { "", "", "Parks behind" },                                             /* nobody takes away what they have not seen */
  };
  const AvaActor actor = { .who = "staff:desk" };
  g_autoptr (AvaSlot) slot = store_fixture_slot (0);
  g_autoptr (AvaAppointment) booked = store_fixture_book (self->store, NULL, NULL, slot, "Sam Lee", "+17185550142", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++) {
    g_autoptr (GAsyncResult) set = NULL;
    g_autoptr (AvaAppointment) changed = NULL;
    g_autoptr (GError) error = NULL;

    ava_store_set_notes_async (self->store, &actor, booked->id, steps[i].seen, steps[i].written, NULL, test_result_cb, &set);
    changed = ava_store_set_notes_finish (self->store, test_result_wait (&set), &error);
    g_assert_no_error (error);
    g_assert_cmpstr (changed->notes, ==, steps[i].kept);
  }
}

#define ADD(name) g_test_add ("/store/desk/" #name, StoreFixture, NULL, store_fixture_set_up_demo, name, store_fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD (beginnings_of_words_are_found_and_middles_are_not);
  ADD (notes_are_kept_and_taken_back);
  ADD (notes_of_two_are_both_kept);
  return g_test_run ();
}
