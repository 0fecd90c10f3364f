/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-demo-private.h"

#include "ava-package-balance.h"

#include <string.h>

/* Who has bought the packages of the demo's catalogue: some of those who come for such treatments, on the day of a visit.
 * What was done since then has used it. */

#define HOLDERS 6          /* of each package, where so many come */
#define SALE_US (5 * AVA_USEC_PER_MIN)   /* before the first visit */

typedef struct {
  char *customer_id;
  gint64 first_us;         /* [us] UTC, of their first such visit */
} Buyer;

static void
clear_buyer (Buyer *buyer)
{
  g_free (buyer->customer_id);
}

static GArray *
list_buyers (AvaDemo     *self,
             AvaPackage  *package,
             GError     **error)
{
  const char *service_id = package->service_ids[g_strv_length (package->service_ids) - 1];
  g_autoptr (GArray) buyers = g_array_new (FALSE, TRUE, sizeof (Buyer));
  g_autoptr (GError) local_error = NULL;
  AvaRow *row = ava_sqlite_query (self->db, error, "SELECT customer_id, min(start_us) FROM appointments WHERE service_id = ?1 AND status = 'done'"
                                  " GROUP BY customer_id ORDER BY count(*) DESC, min(start_us) DESC, customer_id LIMIT ?2", "si", service_id,
                                  (gint64) HOLDERS);

  if (row == NULL)
    return NULL;
  g_array_set_clear_func (buyers, (GDestroyNotify) clear_buyer);
  while (ava_row_next (row, &local_error)) {
    Buyer buyer = { ava_row_dup (row, 0), ava_row_int (row, 1) };

    g_array_append_val (buyers, buyer);
  }
  if (local_error == NULL)
    return g_steal_pointer (&buyers);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

/* Each visit since the sale uses one, as long as there is one more: nobody of the demo has used up all. */
static gboolean
use (AvaDemo      *self,
     AvaPackage   *package,
     const char   *sold_id,
     const Buyer  *buyer,
     const char   *service_id,
     GError      **error)
{
  gint64 most = -1;

  for (char **held = package->service_ids; *held != NULL; held++)
    most += strcmp (*held, service_id) == 0;
  return ava_sqlite_run (self->db, error, "INSERT INTO package_uses (id, customer_package_id, appointment_id, service_id, used_us)"
                         " SELECT 'use-' || id, ?1, id, service_id, end_us FROM appointments WHERE customer_id = ?2 AND service_id = ?3"
                         " AND status = 'done' AND start_us >= ?4 ORDER BY start_us, id LIMIT ?5", "sssii", sold_id, buyer->customer_id,
                         service_id, buyer->first_us, MAX (most, 0));
}

static gboolean
sell (AvaDemo      *self,
      AvaPackage   *package,
      const Buyer  *buyer,
      GError      **error)
{
  gint64 sold_us = buyer->first_us - SALE_US;
  g_autofree char *id = ava_demo_make_id (self, sold_us);
  g_autoptr (GHashTable) done = g_hash_table_new (g_str_hash, g_str_equal);

  if (!ava_sqlite_run (self->db, error, "INSERT INTO customer_packages (id, customer_id, package_id, name, service_ids, price_cents, sold_us,"
                       " expires_us) SELECT ?1, ?2, id, name, service_ids, price_cents, ?4, ?5 FROM packages WHERE id = ?3", "sssii", id,
                       buyer->customer_id, package->id, sold_us, ava_package_expiry (package, sold_us, self->spa->zone)))
    return FALSE;
  for (char **held = package->service_ids; *held != NULL; held++) {
    if (g_hash_table_add (done, *held) && !use (self, package, id, buyer, *held, error))
      return FALSE;
  }
  return TRUE;
}

gboolean
ava_demo_fill_packages (AvaDemo  *self,
                        GError  **error)
{
  for (guint i = 0; i < self->spa->packages->len; i++) {
    AvaPackage *package = self->spa->packages->pdata[i];
    g_autoptr (GArray) buyers = list_buyers (self, package, error);

    for (guint j = 0; buyers != NULL && j < buyers->len; j++) {
      if (!sell (self, package, &g_array_index (buyers, Buyer, j), error))
        return FALSE;
    }
    if (buyers == NULL)
      return FALSE;
  }
  return TRUE;
}
