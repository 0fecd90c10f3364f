/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-customer-table.h"
#include "ava-same-person.h"
#include "ava-store-customers.h"
#include "ava-store-private.h"

#include <string.h>

/* Records that may be of one person, and those that share a household. The database finds those with
 * something in common; whether that is enough is decided by rules/ava-same-person.c. */

#define MOST_PAIRS 300

#define ALIVE(c) c ".archived_us = 0 AND " c ".merged_into IS NULL AND " c ".erased_us = 0"
#define NOT_KNOWN_APART(a, b) \
  " NOT EXISTS (SELECT 1 FROM customer_pairs p WHERE (p.one_id = " a ".id AND p.other_id = " b ".id)" \
  "   OR (p.one_id = " b ".id AND p.other_id = " a ".id))"

static int
compare_pairs (gconstpointer a,
               gconstpointer b)
{
  const AvaDuplicate *one = *(AvaDuplicate *const *) a;
  const AvaDuplicate *two = *(AvaDuplicate *const *) b;
  int more = __builtin_popcount (two->reasons) - __builtin_popcount (one->reasons);

  return more != 0 ? more : g_strcmp0 (one->one->name, two->one->name);
}

static void
add_if_likely (GPtrArray   *pairs,
               AvaCustomer *one,
               AvaCustomer *other)
{
  AvaSame reasons = ava_same_person_compare (one, other);

  if (ava_same_person_likely (reasons))
    g_ptr_array_add (pairs, ava_duplicate_new (one, other, reasons));
}

/* Those with the phone, the address or the birthday of one. */
static GPtrArray *
list_of_one (AvaStore    *self,
             const char  *id,
             GError     **error)
{
  g_autoptr (GPtrArray) pairs = g_ptr_array_new_with_free_func ((GDestroyNotify) ava_duplicate_free);
  g_autoptr (AvaCustomer) customer = ava_customer_table_get (self, id, error);
  g_autoptr (GPtrArray) others = NULL;

  if (customer == NULL)
    return NULL;
  others = ava_customer_table_list (self, "c.id IN ("
    "SELECT o.id FROM customers me JOIN customers o ON o.phone = me.phone AND me.phone <> '' WHERE me.id = ?2"
    " UNION SELECT o.id FROM customers me JOIN customers o ON lower (o.email) = lower (me.email) AND o.email IS NOT NULL WHERE me.id = ?2"
    " UNION SELECT o.id FROM customers me JOIN customers o ON o.born = me.born AND o.born IS NOT NULL WHERE me.id = ?2)"
    " AND c.id <> ?2 AND " ALIVE ("c") " AND NOT EXISTS (SELECT 1 FROM customer_pairs p WHERE"
    " (p.one_id = c.id AND p.other_id = ?2) OR (p.one_id = ?2 AND p.other_id = c.id))", id, error);
  if (others == NULL)
    return NULL;
  for (guint i = 0; i < others->len && customer->archived_us == 0; i++)
    add_if_likely (pairs, customer, others->pdata[i]);
  g_ptr_array_sort (pairs, compare_pairs);
  return g_steal_pointer (&pairs);
}

/* Just what is compared, so that a large book need not be read whole. */
static AvaCustomer *
read_side (AvaRow *row,
           int     first)
{
  AvaCustomer *customer = ava_customer_new ();

  customer->id = ava_row_dup (row, first);
  customer->name = ava_row_dup (row, first + 1);
  customer->phone = ava_row_dup (row, first + 2);
  customer->email = ava_row_dup (row, first + 3);
  customer->born = ava_row_dup (row, first + 4);
  return customer;
}

static gboolean
add_whole_pair (AvaStore     *self,
                GPtrArray    *pairs,
                AvaCustomer  *one,
                AvaCustomer  *other,
                GError      **error)
{
  g_autoptr (AvaCustomer) whole = ava_customer_table_get (self, one->id, error);
  g_autoptr (AvaCustomer) other_whole = whole != NULL ? ava_customer_table_get (self, other->id, error) : NULL;

  if (other_whole != NULL)
    add_if_likely (pairs, whole, other_whole);
  return other_whole != NULL;
}

#define SIDES "a.id, a.name, a.phone, a.email, a.born, b.id, b.name, b.phone, b.email, b.born"
#define SOUND_PAIR " AND " ALIVE ("a") " AND " ALIVE ("b") " AND" NOT_KNOWN_APART ("a", "b")

/* Of those with one birthday only names that begin alike are compared: there are too many others. */
static GPtrArray *
list_of_all (AvaStore  *self,
             GError   **error)
{
  g_autoptr (GPtrArray) pairs = g_ptr_array_new_with_free_func ((GDestroyNotify) ava_duplicate_free);
  g_autoptr (GPtrArray) sides = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) local_error = NULL;
  AvaRow *row = ava_sqlite_query (self->worker.db, error,
    "SELECT " SIDES " FROM customers a JOIN customers b ON b.phone = a.phone AND b.rid > a.rid"
    " WHERE a.phone <> ''" SOUND_PAIR
    " UNION SELECT " SIDES " FROM customers a JOIN customers b ON lower (b.email) = lower (a.email) AND b.rid > a.rid"
    " WHERE a.email IS NOT NULL AND b.email IS NOT NULL" SOUND_PAIR
    " UNION SELECT " SIDES " FROM customers a JOIN customers b ON b.born = a.born AND b.rid > a.rid"
    " WHERE a.born IS NOT NULL AND b.born IS NOT NULL AND substr (a.sort_name, 1, 2) = substr (b.sort_name, 1, 2)" SOUND_PAIR, "");

  if (row == NULL)
    return NULL;
  while (sides->len < 2 * MOST_PAIRS && ava_row_next (row, &local_error)) {
    g_autoptr (AvaCustomer) one = read_side (row, 0);
    g_autoptr (AvaCustomer) other = read_side (row, 5);

    if (!ava_same_person_likely (ava_same_person_compare (one, other)))
      continue;
    g_ptr_array_add (sides, g_steal_pointer (&one));
    g_ptr_array_add (sides, g_steal_pointer (&other));
  }
  ava_row_end (row);
  for (guint i = 0; local_error == NULL && i < sides->len; i += 2)
    add_whole_pair (self, pairs, sides->pdata[i], sides->pdata[i + 1], &local_error);
  if (local_error != NULL) {
    g_propagate_error (error, g_steal_pointer (&local_error));
    return NULL;
  }
  g_ptr_array_sort (pairs, compare_pairs);
  return g_steal_pointer (&pairs);
}

static gpointer
list_duplicates (AvaStore      *self,
                 AvaSqlite     *db,
                 AvaStoreArgs  *args,
                 GError       **error)
{
  g_assert (self->thread == g_thread_self ());

  return args->id != NULL ? list_of_one (self, args->id, error) : list_of_all (self, error);
}

static gpointer
list_household (AvaStore      *self,
                AvaSqlite     *db,
                AvaStoreArgs  *args,
                GError       **error)
{
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GPtrArray) phone = NULL;

  g_assert (self->thread == g_thread_self ());

  all = ava_customer_table_list (self, "c.household_id = (SELECT household_id FROM customers WHERE id = ?2)"
                                 " AND c.id <> ?2 AND " ALIVE ("c"), args->id, error);
  if (all == NULL)
    return NULL;
  phone = ava_customer_table_list (self, "c.phone = (SELECT phone FROM customers WHERE id = ?2) AND c.phone <> ''"
                                   " AND c.household_id IS NOT (SELECT coalesce (household_id, '-') FROM customers WHERE id = ?2)"
                                   " AND c.id <> ?2 AND " ALIVE ("c"), args->id, error);
  if (phone == NULL)
    return NULL;
  g_ptr_array_extend (all, phone, (GCopyFunc) g_object_ref, NULL);
  return g_steal_pointer (&all);
}

/* --- Any thread ------------------------------------------------------------------------------ */

/* @id: (nullable): of one customer; %NULL for the whole book */
void
ava_store_list_duplicates_async (AvaStore            *self,
                                 const char          *id,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  AvaStoreArgs *args = ava_store_args_new (NULL);

  args->id = g_strdup (id);
  ava_store_run_async (self, AVA_STORE_READ, list_duplicates, args, (GDestroyNotify) g_ptr_array_unref,
                       ava_store_list_duplicates_async, cancellable, callback, user_data);
}

/* Returns: (transfer full) (nullable): AvaDuplicate, the surest first */
GPtrArray *
ava_store_list_duplicates_finish (AvaStore      *self,
                                  GAsyncResult  *result,
                                  GError       **error)
{
  return ava_store_run_finish (self, result, ava_store_list_duplicates_async, error);
}

void
ava_store_list_household_async (AvaStore            *self,
                                const char          *id,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  AvaStoreArgs *args = ava_store_args_new (NULL);

  args->id = g_strdup (id);
  ava_store_run_async (self, AVA_STORE_READ, list_household, args, (GDestroyNotify) g_ptr_array_unref,
                       ava_store_list_household_async, cancellable, callback, user_data);
}

/* Returns: (transfer full) (nullable): AvaCustomer, those of the household first */
GPtrArray *
ava_store_list_household_finish (AvaStore      *self,
                                 GAsyncResult  *result,
                                 GError       **error)
{
  return ava_store_run_finish (self, result, ava_store_list_household_async, error);
}
