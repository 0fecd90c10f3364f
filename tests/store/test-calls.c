/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

static void
start_call (AvaStore   *store,
            const char *id)
{
  g_autoptr (AvaCall) call = ava_call_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  call->id = g_strdup (id);
  call->line = g_strdup ("desk");
  call->agent = g_strdup ("local");
  call->phone = g_strdup ("+12125550142");
  call->start_us = FIXTURE_NOW_US;
  ava_store_start_call_async (store, call, NULL, test_result_cb, &result);
  g_assert_true (ava_store_start_call_finish (store, test_result_wait (&result), &error));
  g_assert_no_error (error);
}

static void
end_call_of (AvaStore   *store,
             const char *id,
             const char *outcome,
             const char *name,
             const char *phone)
{
  g_autoptr (AvaCall) call = ava_call_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  call->id = g_strdup (id);
  call->line = g_strdup ("desk");
  call->agent = g_strdup ("local");
  call->phone = g_strdup ("+12125550142");
  call->start_us = FIXTURE_NOW_US;
  call->end_us = FIXTURE_NOW_US + AVA_USEC_PER_MIN;
  call->outcome = g_strdup (outcome);
  ava_store_end_call_async (store, call, name, phone, NULL, test_result_cb, &result);
  g_assert_true (ava_store_end_call_finish (store, test_result_wait (&result), &error));
  g_assert_no_error (error);
}

static void
end_call (AvaStore   *store,
          const char *id,
          const char *outcome)
{
  end_call_of (store, id, outcome, NULL, NULL);
}

static gboolean
say (AvaStore    *store,
     const char  *call_id,
     const char  *item_id,
     const char  *text,
     GError     **error)
{
  g_autoptr (AvaTranscriptItem) item = ava_transcript_item_new (item_id, NULL, AVA_ROLE_CALLER, "local");
  g_autoptr (GAsyncResult) result = NULL;

  ava_transcript_item_set_text (item, text, FALSE);
  ava_store_add_item_async (store, call_id, item, NULL, test_result_cb, &result);
  /* What is written is the item as it was when it was handed over. */
  ava_transcript_item_set_text (item, "changed after", FALSE);
  return ava_store_add_item_finish (store, test_result_wait (&result), error);
}

static int
recover (AvaStore *store)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  int n;

  ava_store_recover_calls_async (store, NULL, test_result_cb, &result);
  n = ava_store_recover_calls_finish (store, test_result_wait (&result), &error);
  g_assert_no_error (error);
  return n;
}

static void
items_keep_their_place_when_they_grow (StoreFixture  *self,
                                       gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  start_call (self->store, "call-a");
  start_call (self->store, "call-b");
  g_assert_true (say (self->store, "call-a", "item-1", "hel", &error));
  g_assert_true (say (self->store, "call-a", "item-2", "I would like Botox", &error));
  g_assert_true (say (self->store, "call-b", "item-1", "another call", &error));
  g_assert_true (say (self->store, "call-a", "item-1", "hello", &error));
  g_assert_no_error (error);
  text = store_fixture_text (self, "SELECT group_concat(text, '/') FROM (SELECT text FROM transcript_items"
                                   " WHERE call_id = 'call-a' ORDER BY position)");
  g_assert_cmpstr (text, ==, "hello/I would like Botox");
  g_assert_false (say (self->store, "call-nowhere", "item-1", "lost", &error));
  g_assert_nonnull (error);
}

static void
ended_call_has_its_outcome_and_releases_its_holds (StoreFixture  *self,
                                                   gconstpointer  data)
{
  g_autoptr (AvaSlot) slot = store_fixture_slot (0);
  g_autoptr (GError) error = NULL;
  g_autofree char *hold = NULL;
  g_autofree char *row = NULL;

  start_call (self->store, "call-a");
  hold = store_fixture_hold (self->store, "call-a", slot, FIXTURE_NOW_US + AVA_USEC_PER_MIN, &error);
  g_assert_no_error (error);
  end_call (self->store, "call-a", "answered");
  row = store_fixture_text (self, "SELECT status || ' ' || outcome || ' ' || phone FROM conversations"
                                  " WHERE id = 'call-a'");
  g_assert_cmpstr (row, ==, "closed answered +12125550142");
  g_assert_cmpint (store_fixture_count (self, "SELECT count(*) FROM holds"), ==, 0);
  g_assert_cmpint (recover (self->store), ==, 0);
}

static gint64
end_call_at (StoreFixture *self,
             const char   *id,
             gint64        end_us)
{
  g_autoptr (AvaCall) call = ava_call_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *sql = g_strdup_printf ("SELECT end_us - start_us FROM conversations WHERE id = '%s' AND status = 'closed'", id);

  call->id = g_strdup (id);
  call->line = g_strdup ("desk");
  call->agent = g_strdup ("local");
  call->end_us = end_us;
  call->outcome = g_strdup ("answered");
  ava_store_end_call_async (self->store, call, NULL, NULL, NULL, test_result_cb, &result);
  g_assert_true (ava_store_end_call_finish (self->store, test_result_wait (&result), &error));
  g_assert_no_error (error);
  return store_fixture_count (self, sql);
}

/* The clock of the computer was set back while they talked. */
static void
call_never_ends_before_it_began (StoreFixture  *self,
                                 gconstpointer  data)
{
  start_call (self->store, "call-a");
  start_call (self->store, "call-b");
  start_call (self->store, "call-c");
  g_assert_cmpint (end_call_at (self, "call-a", FIXTURE_NOW_US - 60 * AVA_USEC_PER_MIN), ==, 0);
  g_assert_cmpint (end_call_at (self, "call-b", FIXTURE_NOW_US + AVA_USEC_PER_MIN), ==, AVA_USEC_PER_MIN);
  ava_virtual_clock_advance (AVA_VIRTUAL_CLOCK (self->clock), -60 * AVA_USEC_PER_MIN);
  g_assert_cmpint (end_call_at (self, "call-c", 0), ==, 0);
}

static void
crashed_call_is_recovered_once_with_a_callback (StoreFixture  *self,
                                                gconstpointer  data)
{
  g_autoptr (AvaSlot) slot = store_fixture_slot (0);
  g_autoptr (GError) error = NULL;
  g_autofree char *hold = NULL;
  g_autofree char *outcome = NULL;
  g_autofree char *task = NULL;
  gint64 tasks = store_fixture_count (self, "SELECT count(*) FROM tasks");

  start_call (self->store, "call-a");
  g_assert_true (say (self->store, "call-a", "item-1", "I would like", &error));
  hold = store_fixture_hold (self->store, "call-a", slot, FIXTURE_NOW_US + 60 * AVA_USEC_PER_MIN, &error);
  g_assert_no_error (error);
  store_fixture_reopen (self);
  g_assert_cmpint (recover (self->store), ==, 1);
  g_assert_cmpint (recover (self->store), ==, 0);
  outcome = store_fixture_text (self, "SELECT outcome FROM conversations WHERE id = 'call-a'");
  g_assert_cmpstr (outcome, ==, "interrupted");
  task = store_fixture_text (self, "SELECT kind || ' ' || phone || ' ' || status FROM tasks"
                                   " WHERE call_id = 'call-a'");
  g_assert_cmpstr (task, ==, "callback +12125550142 open");
  g_assert_cmpint (store_fixture_count (self, "SELECT count(*) FROM tasks"), ==, tasks + 1);
  g_assert_cmpint (store_fixture_count (self, "SELECT count(*) FROM holds"), ==, 0);
  g_assert_cmpint (store_fixture_count (self, "SELECT count(*) FROM transcript_items"
                                              " WHERE call_id = 'call-a'"), ==, 1);
}

static char *
list_debts (StoreFixture *self,
            const char   *call_id)
{
  g_autofree char *sql = g_strdup_printf ("SELECT coalesce (group_concat (kind || ' ' || coalesce (name, '-') || ' ' || phone), 'none')"
                                          " FROM tasks WHERE call_id = '%s'", call_id);

  return store_fixture_text (self, sql);
}

/* MS-16: in the same transaction, since a crash may come at any moment: an ended call is not recovered. */
static void
whoever_is_owed_a_call_is_noted_with_its_end (StoreFixture  *self,
                                              gconstpointer  data)
{
  static const struct { const char *id, *outcome, *phone, *debt; } calls[] = {
    { "call-a", "callback", NULL, "callback Zora +12125550142" },
    { "call-b", "interrupted", "+12125550177", "callback Zora +12125550177" },   /* another number than they called from */
    { "call-c", "booked", NULL, "none" },
    { "call-d", "answered", NULL, "none" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (calls); i++) {
    g_autofree char *debt = NULL;

    start_call (self->store, calls[i].id);
    end_call_of (self->store, calls[i].id, calls[i].outcome, "Zora", calls[i].phone);
    debt = list_debts (self, calls[i].id);
    g_assert_cmpstr (debt, ==, calls[i].debt);
  }
  g_assert_cmpint (store_fixture_count (self, "SELECT count(*) FROM journal j JOIN journal k ON k.batch = j.batch"
                                              " WHERE j.what = 'call-ended' AND k.what = 'task-added'"), ==, 2);
}

static void
whoever_left_a_message_is_on_the_list_once (StoreFixture  *self,
                                            gconstpointer  data)
{
  const AvaActor actor = { .who = "ava", .call_id = "call-a", .key = "message-key" };
  g_autoptr (GAsyncResult) added = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;
  g_autofree char *debt = NULL;

  start_call (self->store, "call-a");
  ava_store_add_task_async (self->store, &actor, "message", "Zora", "+12125550142", "Call me", NULL, test_result_cb, &added);
  id = ava_store_add_task_finish (self->store, test_result_wait (&added), &error);
  g_assert_no_error (error);
  end_call_of (self->store, "call-a", "callback", "Zora", NULL);
  debt = list_debts (self, "call-a");
  g_assert_cmpstr (debt, ==, "message Zora +12125550142");
}

/* A hold that ran out goes when the next one comes, and the journal says so. */
static void
lapsed_hold_leaves_with_a_line (StoreFixture  *self,
                                gconstpointer  data)
{
  g_autoptr (AvaSlot) slot = store_fixture_slot (0);
  g_autoptr (AvaSlot) other = store_fixture_slot (3);
  g_autoptr (GError) error = NULL;
  g_autofree char *first = store_fixture_hold (self->store, "call-a", slot, FIXTURE_NOW_US + 1, &error);
  g_autofree char *second = NULL;

  g_assert_no_error (error);
  ava_virtual_clock_advance (AVA_VIRTUAL_CLOCK (self->clock), AVA_USEC_PER_MIN);
  second = store_fixture_hold (self->store, "call-b", other, FIXTURE_NOW_US + 60 * AVA_USEC_PER_MIN, &error);
  g_assert_no_error (error);
  g_assert_cmpint (store_fixture_count (self, "SELECT count(*) FROM holds"), ==, 1);
  g_assert_cmpint (store_fixture_count (self, "SELECT count(*) FROM journal WHERE what = 'hold-lapsed' AND before IS NOT NULL"
                                              " AND after IS NULL"), ==, 1);
}

static void
call_of_another_open_window_is_not_recovered (StoreFixture  *self,
                                              gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaStore) other = ava_store_open (self->dir, self->clock, &error);

  g_assert_no_error (error);
  start_call (other, "call-other");
  g_assert_cmpint (recover (self->store), ==, 0);
  ava_store_close (other);
  g_assert_cmpint (recover (self->store), ==, 1);
}

static void
events_and_tasks_are_noted_and_a_key_makes_one_task (StoreFixture  *self,
                                                     gconstpointer  data)
{
  const AvaActor actor = { .who = "ava", .call_id = "call-a", .key = "task-key" };
  g_autoptr (JsonObject) details = json_object_new ();
  g_autoptr (GAsyncResult) event = NULL;
  g_autoptr (GAsyncResult) one = NULL;
  g_autoptr (GAsyncResult) two = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *noted = NULL;

  start_call (self->store, "call-a");
  json_object_set_string_member (details, "state", "greeting");
  ava_store_add_event_async (self->store, &actor, "state-changed", details, NULL, test_result_cb, &event);
  g_assert_true (ava_store_add_event_finish (self->store, test_result_wait (&event), &error));
  ava_store_add_task_async (self->store, &actor, "message", "Zora", "+12125550142", "Call me", NULL,
                            test_result_cb, &one);
  first = ava_store_add_task_finish (self->store, test_result_wait (&one), &error);
  ava_store_add_task_async (self->store, &actor, "message", "Zora", "+12125550142", "Call me", NULL,
                            test_result_cb, &two);
  second = ava_store_add_task_finish (self->store, test_result_wait (&two), &error);
  g_assert_no_error (error);
  g_assert_nonnull (first);
  g_assert_cmpstr (first, ==, second);
  noted = store_fixture_text (self, "SELECT json_extract(json_extract(after, '$.data'), '$.state')"
                                    " FROM journal WHERE what = 'state-changed' AND call_id = 'call-a'");
  g_assert_cmpstr (noted, ==, "greeting");
}

static GPtrArray *
list_follow_ups (StoreFixture *self)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *follow_ups;

  ava_store_list_follow_ups_async (self->store, 500, NULL, test_result_cb, &result);
  follow_ups = ava_store_list_follow_ups_finish (self->store, test_result_wait (&result), &error);
  g_assert_no_error (error);
  return follow_ups;
}

static gboolean
set_follow_up_done (StoreFixture  *self,
                    const char    *id,
                    gboolean       done,
                    GError       **error)
{
  const AvaActor actor = { .who = "staff" };
  g_autoptr (GAsyncResult) result = NULL;

  ava_store_set_follow_up_done_async (self->store, &actor, id, done, NULL, test_result_cb, &result);
  return ava_store_set_follow_up_done_finish (self->store, test_result_wait (&result), error);
}

/* MS-16: who waits longest stands first, and leaves the list only when somebody says so. */
static void
follow_ups_stay_open_until_they_are_done (StoreFixture  *self,
                                          gconstpointer  data)
{
  const AvaActor actor = { .who = "ava" };
  g_autoptr (GPtrArray) before = list_follow_ups (self);
  g_autoptr (GPtrArray) with_one = NULL;
  g_autoptr (GPtrArray) without = NULL;
  g_autoptr (GPtrArray) again = NULL;
  g_autoptr (GAsyncResult) added = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *id = NULL;

  ava_store_add_task_async (self->store, &actor, "callback", "Zora", "+12125550142", "Asked for filler", NULL,
                            test_result_cb, &added);
  id = ava_store_add_task_finish (self->store, test_result_wait (&added), &error);
  g_assert_no_error (error);
  with_one = list_follow_ups (self);
  g_assert_cmpuint (with_one->len, ==, before->len + 1);
  for (guint i = 1; i < with_one->len; i++)
    g_assert_cmpint (((AvaFollowUp *) with_one->pdata[i - 1])->created_us, <=,
                     ((AvaFollowUp *) with_one->pdata[i])->created_us);
  g_assert_cmpstr (((AvaFollowUp *) with_one->pdata[with_one->len - 1])->text, ==, "Asked for filler");

  g_assert_true (set_follow_up_done (self, id, TRUE, &error));
  without = list_follow_ups (self);
  g_assert_cmpuint (without->len, ==, before->len);
  g_assert_cmpint (store_fixture_count (self, "SELECT count(*) FROM tasks WHERE status = 'done' AND done_us <> 0"
                                              " AND text = 'Asked for filler'"), ==, 1);
  g_assert_true (set_follow_up_done (self, id, FALSE, &error));
  again = list_follow_ups (self);
  g_assert_cmpuint (again->len, ==, before->len + 1);
  g_assert_cmpint (store_fixture_count (self, "SELECT count(*) FROM journal WHERE what IN ('task-done', 'task-reopened')"),
                   ==, 2);
  g_assert_false (set_follow_up_done (self, "no-such-task", TRUE, &error));
  g_assert_error (error, AVA_STORE_ERROR, AVA_STORE_ERROR_NOT_FOUND);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define TEST(name) \
  g_test_add ("/store/calls/" #name, StoreFixture, NULL, store_fixture_set_up_demo, name, \
              store_fixture_tear_down)
  TEST (items_keep_their_place_when_they_grow);
  TEST (ended_call_has_its_outcome_and_releases_its_holds);
  TEST (call_never_ends_before_it_began);
  TEST (crashed_call_is_recovered_once_with_a_callback);
  TEST (whoever_is_owed_a_call_is_noted_with_its_end);
  TEST (whoever_left_a_message_is_on_the_list_once);
  TEST (lapsed_hold_leaves_with_a_line);
  TEST (call_of_another_open_window_is_not_recovered);
  TEST (events_and_tasks_are_noted_and_a_key_makes_one_task);
  TEST (follow_ups_stay_open_until_they_are_done);
  return g_test_run ();
}
