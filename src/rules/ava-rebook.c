/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-rebook.h"

#include <stdlib.h>

#define DAY_US ((gint64) 24 * 3600 * G_USEC_PER_SEC)
#define USUAL_DAYS 28          /* where nobody knows better */
#define LEAST_DAYS 5           /* nearer visits are parts of one treatment */
#define MOST_VISITS 8          /* earlier ones say little of today's habits */

static int
compare_days (gconstpointer a,
              gconstpointer b)
{
  return *(const int *) a - *(const int *) b;
}

/* The middle of the gaps between visits, latest first; 0 when there are none. */
static int
find_habit (const gint64 *visits_us,
            guint         n_visits)
{
  int gaps[MOST_VISITS];
  guint n = 0;

  for (guint i = 1; i < n_visits && n < MOST_VISITS; i++) {
    int days = (int) ((visits_us[i - 1] - visits_us[i]) / DAY_US);

    if (days >= LEAST_DAYS)
      gaps[n++] = days;
  }
  if (n == 0)
    return 0;
  qsort (gaps, n, sizeof *gaps, compare_days);
  return gaps[n / 2];
}

/* What the safety rules keep between two of them. */
static guint
find_least (AvaSpa     *spa,
            AvaService *service)
{
  guint days = 0;

  for (guint i = 0; i < spa->safety_rules->len; i++) {
    AvaSafetyRule *rule = spa->safety_rules->pdata[i];
    gboolean here = g_strcmp0 (rule->service_id, service->id) == 0 ||
                    (rule->service_id == NULL && g_strcmp0 (rule->category, service->category) == 0);
    gboolean after = g_strcmp0 (rule->other_service_id, service->id) == 0 ||
                     (rule->other_service_id == NULL && g_strcmp0 (rule->other_category, service->category) == 0);

    if (!rule->archived && rule->kind == AVA_SAFETY_INTERVAL && here && after)
      days = MAX (days, rule->days);
  }
  return days;
}

/**
 * ava_rebook_days:
 * @visits_us: [us] UTC: the customer's visits for that service, latest first
 * @is_own: (out): the interval is this customer's habit
 *
 * Returns: [days] after which the next visit is due: as this customer is used to, else as the catalogue says, never
 *   sooner than the safety rules allow, four weeks where nothing is known
 */
guint
ava_rebook_days (AvaSpa       *spa,
                 const char   *service_id,
                 const gint64 *visits_us,
                 guint         n_visits,
                 gboolean     *is_own)
{
  AvaService *service = ava_spa_find_service (spa, service_id);
  guint least = service != NULL ? find_least (spa, service) : 0;
  guint habit = find_habit (visits_us, n_visits);

  *is_own = habit > 0 && habit >= least;
  if (habit > 0)
    return MAX (habit, least);
  return MAX (least, service != NULL && service->next_visit_days > 0 ? service->next_visit_days : USUAL_DAYS);
}
