/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-settings-impact-private.h"

#include "ava-store-packages.h"

#include <glib/gi18n.h>
#include <string.h>

/* What a change of the packages does: what is sold otherwise, and who keeps what they bought before. */

#define MOST_NAMES 5

static AvaPackage *
find_package (AvaSpa     *spa,
              const char *id)
{
  for (guint i = 0; i < spa->packages->len; i++) {
    AvaPackage *package = spa->packages->pdata[i];

    if (strcmp (package->id, id) == 0)
      return package;
  }
  return NULL;
}

static gboolean
same_visits (AvaPackage *a,
             AvaPackage *b)
{
  return g_strv_equal ((const char *const *) a->service_ids, (const char *const *) b->service_ids);
}

static gboolean
is_same (AvaPackage *a,
         AvaPackage *b)
{
  return strcmp (a->name, b->name) == 0 && a->price_cents == b->price_cents && a->valid_days == b->valid_days && same_visits (a, b);
}

/* "5 Botox, 1 Chemical Peel", in the order in which they stand first */
static char *
name_visits (AvaSpa *spa,
             GStrv   ids)
{
  GString *words = g_string_new (NULL);

  for (guint i = 0; ids[i] != NULL; i++) {
    AvaService *service = ava_spa_find_service (spa, ids[i]);
    guint count = 0;
    gboolean told = FALSE;

    for (guint j = 0; ids[j] != NULL; j++) {
      told = told || (j < i && strcmp (ids[j], ids[i]) == 0);
      count += strcmp (ids[j], ids[i]) == 0;
    }
    if (!told)
      g_string_append_printf (words, "%s%u %s", words->len > 0 ? ", " : "", count, service != NULL ? service->name : ids[i]);
  }
  return g_string_free (words, FALSE);
}

/* What was sold is a copy: nothing here changes it, and whoever saves should know whose it is. */
static void
say_who_keeps (AvaImpact  *impact,
               AvaPackage *package,
               GPtrArray  *holders)
{
  g_autoptr (GString) names = g_string_new (NULL);
  guint customers = 0;
  guint visits = 0;

  for (guint i = 0; i < holders->len; i++) {
    AvaPackageHolder *holder = holders->pdata[i];

    if (strcmp (holder->package_id, package->id) != 0)
      continue;
    customers++;
    visits += holder->visits;
    if (customers <= MOST_NAMES)
      g_string_append_printf (names, "%s%s (%u)", names->len > 0 ? ", " : "", holder->customer_name, holder->visits);
  }
  if (customers > MOST_NAMES)
    g_string_append_printf (names, ngettext (" and %u more", " and %u more", customers - MOST_NAMES), customers - MOST_NAMES);
  if (customers > 0)
    ava_impact_say (impact, ngettext ("%u visit left of “%s” stays as it was sold: %s.", "%u visits left of “%s” stay as they were sold: %s.", visits),
                    visits, package->name, names->str);
}

static void
compare_package (AvaImpact  *impact,
                 AvaPackage *old,
                 AvaPackage *package)
{
  g_autofree char *price = ava_impact_name_price (impact->spa, package->price_cents);
  g_autofree char *before = old != NULL ? ava_impact_name_price (impact->spa, old->price_cents) : NULL;
  g_autofree char *visits = name_visits (impact->spa, package->service_ids);

  if (old == NULL) {
    ava_impact_say (impact, _("The package “%s” is sold from now on: %s, for %s."), package->name, visits, price);
    return;
  }
  if (strcmp (old->name, package->name) != 0)
    ava_impact_say (impact, _("The package “%s” is called “%s”."), old->name, package->name);
  if (!same_visits (old, package))
    ava_impact_say (impact, _("The package “%s” holds %s."), package->name, visits);
  if (old->price_cents != package->price_cents)
    ava_impact_say (impact, _("The package “%s” costs %s, not %s."), package->name, price, before);
  if (old->valid_days != package->valid_days && package->valid_days > 0)
    ava_impact_say (impact, ngettext ("The package “%s” is valid for %u day after it is sold.", "The package “%s” is valid for %u days after it is sold.",
                                      package->valid_days), package->name, package->valid_days);
  if (old->valid_days != package->valid_days && package->valid_days == 0)
    ava_impact_say (impact, _("The package “%s” never runs out."), package->name);
}

/* A service that is no longer offered, in packages that are. */
static void
say_what_cannot_be_had (AvaImpact  *impact,
                        AvaSpa     *now,
                        AvaPackage *package)
{
  for (guint i = 0; package->service_ids[i] != NULL; i++) {
    AvaService *service = ava_spa_find_service (impact->spa, package->service_ids[i]);
    AvaService *old = ava_spa_find_service (now, package->service_ids[i]);

    if (service != NULL && service->archived && old != NULL && !old->archived) {
      ava_impact_say (impact, _("The package “%s” holds %s, which is no longer offered."), package->name, service->name);
      return;
    }
  }
}

static gboolean
services_go (AvaSpa *now,
             AvaSpa *then)
{
  for (guint i = 0; i < then->services->len; i++) {
    AvaService *service = then->services->pdata[i];
    AvaService *old = service->archived ? ava_spa_find_service (now, service->id) : NULL;

    if (old != NULL && !old->archived)
      return TRUE;
  }
  return FALSE;
}

/* Whether anything has to be said of packages: who holds them need not be read when not. */
gboolean
ava_impact_packages_differ (AvaSpa *now,
                            AvaSpa *then)
{
  if (now->packages->len != then->packages->len)
    return TRUE;
  for (guint i = 0; i < then->packages->len; i++) {
    AvaPackage *package = then->packages->pdata[i];
    AvaPackage *there = now->packages->pdata[i];

    if (strcmp (package->id, there->id) != 0 || !is_same (package, there))
      return TRUE;
  }
  return then->packages->len > 0 && services_go (now, then);
}

void
ava_impact_compare_packages (AvaImpact *impact,
                             AvaSpa    *now,
                             GPtrArray *holders)
{
  AvaPackage *first = impact->spa->packages->len > 0 ? impact->spa->packages->pdata[0] : NULL;

  for (guint i = 0; i < impact->spa->packages->len; i++) {
    AvaPackage *package = impact->spa->packages->pdata[i];
    AvaPackage *old = find_package (now, package->id);

    if (old == NULL || !is_same (old, package)) {
      compare_package (impact, old, package);
      say_who_keeps (impact, package, holders);
    }
    say_what_cannot_be_had (impact, now, package);
  }
  for (guint i = 0; i < now->packages->len; i++) {
    AvaPackage *old = now->packages->pdata[i];

    if (find_package (impact->spa, old->id) == NULL) {
      ava_impact_say (impact, _("The package “%s” is no longer sold."), old->name);
      say_who_keeps (impact, old, holders);
    }
  }
  if (first != NULL && now->packages->len > 0 && strcmp (first->id, AVA_PACKAGE (now->packages->pdata[0])->id) != 0)
    ava_impact_say (impact, _("“%s” is the first package to choose."), first->name);
}
