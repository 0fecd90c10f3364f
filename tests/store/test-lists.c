/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store-fixture.h"

/* Until the list rests. A blocking question waits for all that were asked before it, so some
 * rounds of those end each chain of "changed", count and pages, however slow the machine. */
static void
settle (StoreFixture *self,
        GListModel   *model)
{
  gboolean pending = TRUE;

  for (int rounds = 0; rounds < 5 || pending; rounds++) {
    ava_store_is_empty (self->store);
    while (g_main_context_iteration (NULL, FALSE))
      ;
    g_object_get (model, "pending", &pending, NULL);
  }
}

static AvaCustomer *
wait_for_customer (GListModel *model,
                   guint       position)
{
  for (;;) {
    g_autoptr (AvaCustomer) customer = g_list_model_get_item (model, position);

    g_assert_nonnull (customer);
    if (customer->id != NULL)
      return g_steal_pointer (&customer);
    g_main_context_iteration (NULL, TRUE);
  }
}

/* Follows items-changed as a list view does, and so finds a model that tells wrongly. */
typedef struct {
  GPtrArray *items;
  guint signals;
} Follower;

static void
on_items_changed (GListModel *model,
                  guint       position,
                  guint       removed,
                  guint       added,
                  Follower   *self)
{
  self->signals++;
  g_assert_cmpuint (position + removed, <=, self->items->len);
  if (removed > 0)
    g_ptr_array_remove_range (self->items, position, removed);
  for (guint i = 0; i < added; i++)
    g_ptr_array_insert (self->items, position + i, g_list_model_get_item (model, position + i));
  g_assert_cmpuint (self->items->len, ==, g_list_model_get_n_items (model));
}

static void
follow (GListModel *model,
        Follower   *self)
{
  *self = (Follower) { g_ptr_array_new_with_free_func (g_object_unref), 0 };
  g_signal_connect (model, "items-changed", G_CALLBACK (on_items_changed), self);
  on_items_changed (model, 0, 0, g_list_model_get_n_items (model), self);
}

static void
expect_followed (GListModel *model,
                 Follower   *self)
{
  for (guint i = 0; i < self->items->len; i++) {
    g_autoptr (GObject) item = g_list_model_get_item (model, i);

    g_assert_true (item == self->items->pdata[i]);
  }
  g_signal_handlers_disconnect_by_data (model, self);
  g_ptr_array_unref (self->items);
}

static void
fill_customers (StoreFixture *self,
                guint         n)
{
  g_autofree char *json = store_demo_json ();
  g_autoptr (GError) error = NULL;

  ava_store_fill_demo (self->store, json, 3, n, 1, 1, &error);
  g_assert_no_error (error);
}

static AvaAppointment *
book (StoreFixture *self,
      int           hours,
      const char   *name)
{
  g_autoptr (AvaSlot) slot = store_fixture_slot (hours);
  g_autoptr (GError) error = NULL;
  AvaAppointment *a = store_fixture_book (self->store, NULL, NULL, slot, name, "+12125550142", &error);

  g_assert_no_error (error);
  return a;
}

static void
rows_come_when_they_are_asked_for (StoreFixture  *self,
                                   gconstpointer  data)
{
  g_autoptr (GListModel) model = NULL;
  g_autoptr (AvaCustomer) placeholder = NULL;
  g_autoptr (AvaCustomer) middle = NULL;
  g_autoptr (AvaCustomer) last = NULL;
  g_autoptr (GPtrArray) all = NULL;

  fill_customers (self, 500);
  model = ava_store_customers_model (self->store);
  g_assert_true (g_list_model_get_item_type (model) == AVA_TYPE_CUSTOMER);
  settle (self, model);
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, 500);
  placeholder = g_list_model_get_item (model, 300);
  g_assert_true (AVA_IS_CUSTOMER (placeholder));
  g_assert_null (placeholder->id);
  all = store_fixture_find (self->store, NULL, 1000);
  middle = wait_for_customer (model, 300);
  last = wait_for_customer (model, 499);
  g_assert_cmpstr (middle->id, ==, ((AvaCustomer *) all->pdata[300])->id);
  g_assert_cmpstr (last->id, ==, ((AvaCustomer *) all->pdata[499])->id);
  g_assert_null (g_list_model_get_item (model, 500));
}

static void
search_narrows_and_widens_the_list (StoreFixture  *self,
                                    gconstpointer  data)
{
  g_autoptr (GListModel) model = NULL;
  g_autoptr (AvaAppointment) a = NULL;
  g_autoptr (AvaCustomer) found = NULL;
  Follower follower;

  fill_customers (self, 300);
  a = book (self, 0, "Zora Quillfeather");
  model = ava_store_customers_model (self->store);
  settle (self, model);
  follow (model, &follower);
  g_object_set (model, "search", "feather zora", NULL);
  settle (self, model);
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, 1);
  found = wait_for_customer (model, 0);
  g_assert_cmpstr (found->name, ==, "Zora Quillfeather");
  /* Typed quickly: only the last search counts. */
  g_object_set (model, "search", "zz", NULL);
  g_object_set (model, "search", "nobody of that name", NULL);
  g_object_set (model, "search", "", NULL);
  settle (self, model);
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, 301);
  expect_followed (model, &follower);
}

static void
new_customer_appears_in_place (StoreFixture  *self,
                               gconstpointer  data)
{
  g_autoptr (GListModel) model = NULL;
  g_autoptr (AvaCustomer) first = NULL;
  g_autoptr (AvaAppointment) a = NULL;
  Follower follower;

  fill_customers (self, 200);
  model = ava_store_customers_model (self->store);
  settle (self, model);
  follow (model, &follower);
  settle (self, model);
  a = book (self, 0, "Aaaron Aabbott");
  settle (self, model);
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, 201);
  first = wait_for_customer (model, 0);
  g_assert_cmpstr (first->name, ==, "Aaaron Aabbott");
  settle (self, model);
  expect_followed (model, &follower);
}

static void
day_follows_bookings_moves_and_unchanged_rows_stay (StoreFixture  *self,
                                                    gconstpointer  data)
{
  const AvaActor actor = { .who = "staff:test" };
  g_autoptr (GListModel) model = NULL;
  g_autoptr (AvaAppointment) one = NULL;
  g_autoptr (AvaAppointment) two = NULL;
  g_autoptr (AvaAppointment) changed = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GObject) kept = NULL;
  g_autoptr (GObject) still = NULL;
  Follower follower;

  fill_customers (self, 20);
  model = ava_store_appointments_model (self->store);
  ava_store_appointments_set_range (model, FIXTURE_NOW_US + 95 * 60 * AVA_USEC_PER_MIN,
                                    FIXTURE_NOW_US + 105 * 60 * AVA_USEC_PER_MIN);
  settle (self, model);
  follow (model, &follower);
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, 0);
  one = book (self, 0, "Zora Quill");
  two = book (self, 2, "Max Quill");
  settle (self, model);
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, 2);
  kept = g_list_model_get_item (model, 0);
  g_assert_cmpstr (((AvaAppointment *) kept)->id, ==, one->id);
  ava_store_set_status_async (self->store, &actor, two->id, AVA_APPOINTMENT_CANCELLED, NULL,
                              test_result_cb, &result);
  changed = ava_store_set_status_finish (self->store, test_result_wait (&result), NULL);
  g_assert_nonnull (changed);
  settle (self, model);
  still = g_list_model_get_item (model, 0);
  g_assert_true (still == kept);
  g_assert_cmpint (((AvaAppointment *) follower.items->pdata[1])->status, ==, AVA_APPOINTMENT_CANCELLED);
  expect_followed (model, &follower);
}

static guint alive;

static void
count_down (gpointer data,
            GObject *gone)
{
  alive--;
}

static void
memory_does_not_grow_with_the_rows_that_were_seen (StoreFixture  *self,
                                                   gconstpointer  data)
{
  g_autoptr (GListModel) model = NULL;

  fill_customers (self, 6000);
  model = ava_store_customers_model (self->store);
  settle (self, model);
  alive = 0;
  for (guint i = 0; i < 6000; i++) {
    AvaCustomer *customer = wait_for_customer (model, i);

    alive++;
    g_object_weak_ref (G_OBJECT (customer), count_down, NULL);
    g_object_unref (customer);
  }
  g_assert_cmpuint (alive, >, 0);
  g_assert_cmpuint (alive, <=, 2000);
}

static void
changed_is_told_once_for_many_writes (StoreFixture  *self,
                                      gconstpointer  data)
{
  const AvaActor actor = { .who = "ava" };
  GAsyncResult *results[30] = { NULL };
  guint told = 0;
  gulong id;

  while (g_main_context_iteration (NULL, FALSE))
    ;
  id = g_signal_connect_swapped (self->store, "changed", G_CALLBACK (g_atomic_int_inc), &told);
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    ava_store_add_task_async (self->store, &actor, "message", "Zora", NULL, "Call", NULL, test_result_cb,
                              &results[i]);
  /* All are done before the main context runs again. */
  ava_store_is_empty (self->store);
  for (guint i = 0; i < G_N_ELEMENTS (results); i++) {
    test_result_wait (&results[i]);
    g_object_unref (results[i]);
  }
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (told, ==, 1);
  g_signal_handler_disconnect (self->store, id);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define TEST(name) \
  g_test_add ("/store/lists/" #name, StoreFixture, NULL, store_fixture_set_up, name, store_fixture_tear_down)
  TEST (rows_come_when_they_are_asked_for);
  TEST (search_narrows_and_widens_the_list);
  TEST (new_customer_appears_in_place);
  TEST (day_follows_bookings_moves_and_unchanged_rows_stay);
  TEST (memory_does_not_grow_with_the_rows_that_were_seen);
  TEST (changed_is_told_once_for_many_writes);
  return g_test_run ();
}
