/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

#include "ava-store-contacts.h"

#include <string.h>

/* Reaching for customers from the desk: refusals are kept, tries are told, nothing else changes. */

static const AvaActor desk = { .who = "staff:rosa" };

static AvaCustomer *
finish (StoreFixture  *self,
        GAsyncResult **result,
        gint64        *token,
        GError       **error)
{
  AvaCustomer *customer = ava_store_customer_change_finish (self->store, test_result_wait (result), token, error);

  g_clear_object (result);
  return customer;
}

static AvaCustomer *
add (StoreFixture *self,
     const char   *name,
     const char   *phone)
{
  g_autoptr (JsonObject) values = json_object_new ();
  g_autoptr (GError) error = NULL;
  GAsyncResult *result = NULL;
  AvaCustomer *customer;

  json_object_set_string_member (values, "name", name);
  json_object_set_string_member (values, "phone", phone);
  ava_store_save_customer_async (self->store, &desk, NULL, values, NULL, test_result_cb, &result);
  customer = finish (self, &result, NULL, &error);
  g_assert_no_error (error);
  return customer;
}

/* @withdrawn_us: 0 while it stands. Answers nothing: what it is called is found by its kind. */
static void
say (StoreFixture *self,
     const char   *customer_id,
     const char   *consent_id,
     const char   *kind,
     gboolean      given,
     gint64        at_us,
     gint64        withdrawn_us)
{
  g_autoptr (AvaConsent) consent = ava_consent_new ();
  g_autoptr (AvaCustomer) customer = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *result = NULL;

  consent->kind = g_strdup (kind);
  consent->given = given;
  consent->signed_us = at_us;
  consent->withdrawn_us = withdrawn_us;
  ava_store_save_consent_async (self->store, &desk, customer_id, consent_id, consent, test_result_cb, &result);
  customer = finish (self, &result, NULL, &error);
  g_assert_no_error (error);
}

static GPtrArray *
list_refusals (StoreFixture *self,
               const char   *id)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *refusals;

  ava_store_list_refusals_async (self->store, id, NULL, test_result_cb, &result);
  refusals = ava_store_list_refusals_finish (self->store, test_result_wait (&result), &error);
  g_assert_no_error (error);
  return refusals;
}

static gint64
reach (StoreFixture  *self,
       const char    *id,
       AvaContact     contact,
       const char    *remark,
       GError       **error)
{
  AvaActor actor = { .who = "staff:rosa", .why = remark };
  g_autoptr (AvaCustomer) customer = NULL;
  GAsyncResult *result = NULL;
  gint64 token = 0;

  ava_store_note_contact_async (self->store, &actor, id, contact, test_result_cb, &result);
  customer = finish (self, &result, &token, error);
  g_assert_true ((customer == NULL) == (error != NULL && *error != NULL));
  return token;
}

static GPtrArray *
read_timeline (StoreFixture     *self,
               const char       *id,
               guint             kinds,
               AvaCustomerEvent *before,
               guint             limit)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *events;

  ava_store_timeline_async (self->store, id, kinds, before, limit, NULL, test_result_cb, &result);
  events = ava_store_timeline_finish (self->store, test_result_wait (&result), &error);
  g_assert_no_error (error);
  return events;
}

static void
latest_word_decides_and_nothing_is_opened_against_it (StoreFixture  *self,
                                                      gconstpointer  data)
{
  g_autoptr (AvaCustomer) customer = add (self, "Una Quux", "212 555 0142");
  g_autoptr (GPtrArray) none = list_refusals (self, customer->id);
  g_autoptr (GPtrArray) one = NULL;
  g_autoptr (GPtrArray) again = NULL;
  g_autoptr (GPtrArray) withdrawn = NULL;
  g_autofree char *id = NULL;
  g_autoptr (GError) error = NULL;
  AvaRefusal *refusal;

  g_assert_cmpuint (none->len, ==, 0);
  say (self, customer->id, NULL, "marketing", FALSE, FIXTURE_NOW_US, 0);   /* offers are not this call */
  say (self, customer->id, NULL, "reminders", FALSE, FIXTURE_NOW_US - 5, 0);
  one = list_refusals (self, customer->id);
  g_assert_cmpuint (one->len, ==, 1);
  refusal = one->pdata[0];
  g_assert_cmpint (refusal->contact, ==, AVA_CONTACT_TEXT);
  g_assert_cmpint (refusal->at_us, ==, FIXTURE_NOW_US - 5);
  g_assert_cmpstr (refusal->who, ==, "staff:rosa");
  g_assert_cmpint (reach (self, customer->id, AVA_CONTACT_TEXT, NULL, &error), ==, 0);
  g_assert_error (error, AVA_STORE_ERROR, AVA_STORE_ERROR_FORBIDDEN);
  g_clear_error (&error);
  say (self, customer->id, NULL, "texts", TRUE, FIXTURE_NOW_US - 4, 0);
  again = list_refusals (self, customer->id);
  g_assert_cmpuint (again->len, ==, 0);
  g_assert_cmpint (reach (self, customer->id, AVA_CONTACT_TEXT, NULL, &error), >, 0);
  g_assert_no_error (error);
  id = store_fixture_text (self, "SELECT id FROM consents ORDER BY rowid DESC LIMIT 1");
  say (self, customer->id, id, "texts", TRUE, FIXTURE_NOW_US - 4, FIXTURE_NOW_US - 1);
  withdrawn = list_refusals (self, customer->id);
  g_assert_cmpuint (withdrawn->len, ==, 1);
  g_assert_cmpint (((AvaRefusal *) withdrawn->pdata[0])->at_us, ==, FIXTURE_NOW_US - 1);
  g_assert_cmpint (reach (self, customer->id, AVA_CONTACT_CALL, NULL, &error), >, 0);
  g_assert_no_error (error);
  g_assert_cmpint (reach (self, customer->id, AVA_CONTACT_EMAIL, NULL, &error), ==, 0);
  g_assert_error (error, AVA_STORE_ERROR, AVA_STORE_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "No e-mail address"));
}

static void
undo_last (StoreFixture *self)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaChange) change = NULL;

  ava_store_undo_async (self->store, &desk, 0, NULL, test_result_cb, &result);
  change = ava_store_undo_finish (self->store, test_result_wait (&result), &error);
  g_assert_no_error (error);
}

/* Ctrl+Z after a call takes back what was changed before it; the outbox and the journal hold no number. */
static void
try_is_told_and_is_no_change (StoreFixture  *self,
                              gconstpointer  data)
{
  g_autoptr (AvaCustomer) customer = add (self, "Una Quux", "212 555 0142");
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GPtrArray) calls = NULL;
  g_autoptr (GPtrArray) page = NULL;
  g_autoptr (GError) error = NULL;
  gint64 waiting = store_fixture_count (self, "SELECT count(*) FROM sync_outbox");
  AvaCustomerEvent *event;

  reach (self, customer->id, AVA_CONTACT_CALL, "The number is copied.", &error);
  g_assert_no_error (error);
  reach (self, customer->id, AVA_CONTACT_TEXT, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (store_fixture_count (self, "SELECT count(*) FROM sync_outbox"), ==, waiting);
  g_assert_cmpint (store_fixture_count (self, "SELECT count(*) FROM journal WHERE what IN ('customer-called', 'customer-texted')"
                                              " AND (before || after || why LIKE '%555%' OR before IS NOT NULL OR after IS NOT NULL)"), ==, 0);
  all = read_timeline (self, customer->id, 0, NULL, 200);
  g_assert_cmpuint (all->len, ==, 2);
  page = read_timeline (self, customer->id, 0, all->pdata[0], 200);
  g_assert_cmpuint (page->len, ==, 1);
  calls = read_timeline (self, customer->id, AVA_CUSTOMER_EVENT_CALL, NULL, 200);
  g_assert_cmpuint (calls->len, ==, 1);
  event = calls->pdata[0];
  g_assert_cmpstr (event->status, ==, AVA_CUSTOMER_EVENT_TRIED);
  g_assert_cmpstr (event->title, ==, "customer-called");
  g_assert_cmpstr (event->with, ==, "staff:rosa");
  g_assert_cmpstr (event->text, ==, "The number is copied.");
  g_assert_cmpint (event->at_us, ==, FIXTURE_NOW_US);
  undo_last (self);
  g_assert_cmpint (store_fixture_count (self, "SELECT count(*) FROM customers WHERE name = 'Una Quux'"), ==, 0);
}

static void
merged_record_brings_its_tries (StoreFixture  *self,
                                gconstpointer  data)
{
  g_autoptr (AvaCustomer) customer = add (self, "Una Quux", "212 555 0142");
  g_autoptr (AvaCustomer) other = add (self, "Una Quuxx", "212 555 0142");
  g_autoptr (AvaCustomer) merged = NULL;
  g_autoptr (GPtrArray) events = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *result = NULL;

  reach (self, other->id, AVA_CONTACT_CALL, NULL, &error);
  g_assert_no_error (error);
  ava_store_merge_customers_async (self->store, &desk, customer->id, other->id, test_result_cb, &result);
  merged = finish (self, &result, NULL, &error);
  g_assert_no_error (error);
  events = read_timeline (self, customer->id, AVA_CUSTOMER_EVENT_CALL, NULL, 200);
  g_assert_cmpuint (events->len, ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define TEST(name) \
  g_test_add ("/store/contacts/" #name, StoreFixture, NULL, store_fixture_set_up_demo, name, store_fixture_tear_down)
  TEST (latest_word_decides_and_nothing_is_opened_against_it);
  TEST (try_is_told_and_is_no_change);
  TEST (merged_record_brings_its_tries);
  return g_test_run ();
}
