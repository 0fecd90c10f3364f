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
buyer_free (Buyer *buyer)
{
  g_free (buyer->customer_id);
  g_free (buyer);
}

static gpointer
read_buyer (AvaRow *row)
{
  Buyer *buyer = g_new0 (Buyer, 1);

  buyer->customer_id = ava_row_dup (row, 0);
  buyer->first_us = ava_row_int (row, 1);
  return buyer;
}

static GPtrArray *
list_buyers (AvaDemo     *self,
             AvaPackage  *package,
             GError     **error)
{
  const char *service_id = package->service_ids[g_strv_length (package->service_ids) - 1];

  return ava_row_read_all (
    ava_sqlite_query (self->db, error, "SELECT customer_id, min(start_us) FROM appointments WHERE service_id = ?1 AND status = 'done'"
                      " GROUP BY customer_id ORDER BY count(*) DESC, min(start_us) DESC, customer_id LIMIT ?2", "si", service_id,
                      (gint64) HOLDERS), read_buyer, (GDestroyNotify) buyer_free, error);
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
    g_autoptr (GPtrArray) buyers = list_buyers (self, package, error);

    for (guint j = 0; buyers != NULL && j < buyers->len; j++) {
      if (!sell (self, package, buyers->pdata[j], error))
        return FALSE;
    }
    if (buyers == NULL)
      return FALSE;
  }
  return TRUE;
}
