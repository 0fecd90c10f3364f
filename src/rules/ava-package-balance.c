/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-package-balance.h"

#include "ava-date-phrase.h"
#include "ava-wall-time.h"

#include <string.h>

/* What is left of a package that was sold. The balance is never stored: it is what was sold less what
 * was used, so a visit that is taken back is there again by itself. */

static guint
count (GStrv       ids,
       const char *service_id)
{
  guint found = 0;

  for (guint i = 0; ids != NULL && ids[i] != NULL; i++)
    found += strcmp (ids[i], service_id) == 0;
  return found;
}

/**
 * ava_package_balance:
 *
 * Returns: visits of that service that are left
 */
guint
ava_package_balance (AvaCustomerPackage *package,
                     const char         *service_id)
{
  guint sold = count (package->service_ids, service_id);
  guint used = count (package->used_ids, service_id);

  return sold > used ? sold - used : 0;
}

/**
 * ava_package_expiry:
 * @zone: of the location: a package of 30 days ends with the 30th day after the sale, not amid it
 *
 * Returns: [us] UTC, exclusive; 0 for never
 */
gint64
ava_package_expiry (AvaPackage *package,
                    gint64      sold_us,
                    GTimeZone  *zone)
{
  GDate day;

  if (package->valid_days == 0)
    return 0;
  ava_wall_time_of (sold_us, zone, &day);
  g_date_add_days (&day, package->valid_days);
  return ava_wall_time_first (&day, 1440, zone);
}

/**
 * ava_package_choose:
 * @packages: (element-type AvaCustomerPackage): of one customer
 * @at_us: when the treatment is
 *
 * Returns: (transfer none) (nullable): the one to use: of those that hold the service, the first to expire
 */
AvaCustomerPackage *
ava_package_choose (GPtrArray  *packages,
                    const char *service_id,
                    gint64      at_us)
{
  AvaCustomerPackage *best = NULL;

  for (guint i = 0; i < packages->len; i++) {
    AvaCustomerPackage *package = packages->pdata[i];

    if (ava_package_balance (package, service_id) == 0 || package->sold_us > at_us ||
        (package->expires_us != 0 && at_us >= package->expires_us))
      continue;
    if (best == NULL || (package->expires_us != 0 && (best->expires_us == 0 || package->expires_us < best->expires_us)) ||
        (package->expires_us == best->expires_us && package->sold_us < best->sold_us))
      best = package;
  }
  return best;
}

/**
 * ava_package_speak_balance:
 *
 * Returns: (transfer full): "3 of 5 Botox, 1 of 1 Chemical Peel, until Thursday, December 31st"
 */
char *
ava_package_speak_balance (AvaCustomerPackage *package,
                           AvaSpa             *spa,
                           gint64              now_us)
{
  g_autoptr (GString) words = g_string_new (NULL);
  g_autofree char *last = NULL;
  GDate day;
  GDate today;

  for (guint i = 0; package->service_ids != NULL && package->service_ids[i] != NULL; i++) {
    const char *id = package->service_ids[i];
    AvaService *service = ava_spa_find_service (spa, id);
    gboolean told = FALSE;

    for (guint j = 0; j < i && !told; j++)
      told = strcmp (package->service_ids[j], id) == 0;
    if (!told)
      g_string_append_printf (words, "%s%u of %u %s", words->len > 0 ? ", " : "", ava_package_balance (package, id),
                              count (package->service_ids, id), service != NULL ? service->name : id);
  }
  if (package->expires_us == 0)
    return g_string_free (g_steal_pointer (&words), FALSE);
  ava_wall_time_of (package->expires_us - 1, spa->zone, &day);
  last = ava_date_speak_day (&day);
  ava_wall_time_of (now_us, spa->zone, &today);
  if (g_date_get_year (&day) != g_date_get_year (&today)) {
    g_autofree char *without_year = last;

    last = g_strdup_printf ("%s, %d", without_year, g_date_get_year (&day));
  }
  g_string_append_printf (words, now_us < package->expires_us ? ", until %s" : ", expired on %s", last);
  return g_string_free (g_steal_pointer (&words), FALSE);
}
