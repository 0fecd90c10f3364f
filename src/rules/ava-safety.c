/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-safety.h"
#include "ava-fold.h"
#include "ava-record-words.h"
#include "ava-wall-time.h"

#include <string.h>

/* The safety gate: each rule of the spa is a row of data, and every channel asks here. Days are those of the calendar
 * where the treatment is: @spa is seen from there. */

/**
 * ava_safety_finding_free:
 * @self: (transfer full) (nullable):
 */
void
ava_safety_finding_free (AvaSafetyFinding *self)
{
  if (self == NULL)
    return;
  g_clear_object (&self->rule);
  g_free (self->words);
  g_free (self);
}

static gboolean
is_set (const char *text)
{
  return text != NULL && *text != '\0';
}

static gboolean
is_meant (AvaSpa     *spa,
          const char *rule_service_id,
          const char *rule_category,
          const char *service_id)
{
  AvaService *service = ava_spa_find_service (spa, service_id);

  if (is_set (rule_service_id))
    return g_strcmp0 (rule_service_id, service_id) == 0;
  return !is_set (rule_category) || (service != NULL && g_strcmp0 (service->category, rule_category) == 0);
}

static gboolean
has_condition (AvaSpa              *spa,
               const AvaSafetyCase *wanted,
               const char          *condition)
{
  AvaCustomer *customer = wanted->customer;
  GDate day;
  int year;

  if (customer == NULL)
    return FALSE;
  if (customer->pregnant && ava_record_words_pregnancy (condition))
    return TRUE;
  ava_wall_time_of (wanted->start_us, spa->zone, &day);
  year = g_date_get_year (&day);
  return ava_record_words_have (customer->allergies, AVA_RECORD_AGAINST, condition, year) ||
         ava_record_words_have (customer->medicines, AVA_RECORD_TAKEN, condition, year) ||
         ava_record_words_have (customer->contraindications, AVA_RECORD_AGAINST, condition, year);
}

/* [d] of the calendar from one to the other: the same time of day two weeks on is 14 days, also when the clocks
 * change between. */
static int
count_days (AvaSpa *spa,
            gint64  from_us,
            gint64  to_us)
{
  GDate from;
  GDate to;

  ava_wall_time_of (from_us, spa->zone, &from);
  ava_wall_time_of (to_us, spa->zone, &to);
  return g_date_days_between (&from, &to);
}

/* Another treatment that lies too near, before or after. */
static gboolean
is_too_near (AvaSpa              *spa,
             const AvaSafetyCase *wanted,
             const AvaSafetyRule *rule)
{
  for (guint i = 0; i < wanted->n_treatments; i++) {
    int days = count_days (spa, wanted->start_us, wanted->treatments[i].start_us);

    if (ABS (days) < (int) rule->days &&
        is_meant (spa, rule->other_service_id, rule->other_category, wanted->treatments[i].service_id))
      return TRUE;
  }
  return FALSE;
}

/**
 * ava_safety_is_consultation:
 *
 * Returns: whether a visit for @service is a consultation: its category says so, "Consultations" as "consult"
 */
gboolean
ava_safety_is_consultation (AvaService *service)
{
  g_autofree char *category = service->category != NULL ? ava_fold_text (service->category) : g_strdup ("");

  for (const char *at = strstr (category, "consult"); at != NULL; at = strstr (at + 1, "consult")) {
    if (at == category || !g_unichar_isalpha (g_utf8_get_char (g_utf8_prev_char (at))))
      return TRUE;
  }
  return FALSE;
}

/* One that took place before the treatment and not too long before it. One that is only booked does not count: it may
 * find that the treatment is not right. */
static gboolean
has_consult (AvaSpa              *spa,
             const AvaSafetyCase *wanted,
             guint                days)
{
  for (guint i = 0; i < wanted->n_treatments; i++) {
    const AvaTreatment *other = &wanted->treatments[i];
    AvaService *service = ava_spa_find_service (spa, other->service_id);

    if (other->done && service != NULL && ava_safety_is_consultation (service) && other->start_us < wanted->start_us &&
        (days == 0 || count_days (spa, other->start_us, wanted->start_us) <= (int) days))
      return TRUE;
  }
  return FALSE;
}

static gboolean
lacks_licence (AvaSpa              *spa,
               const AvaSafetyCase *wanted,
               const char          *licence)
{
  AvaProvider *provider = ava_spa_find_provider (spa, wanted->provider_id);
  GDate day;

  ava_wall_time_of (wanted->start_us, spa->zone, &day);
  return provider == NULL || !ava_provider_holds (provider, licence, &day, NULL);
}

static gboolean
speaks_against (AvaSpa              *spa,
                const AvaSafetyCase *wanted,
                const AvaSafetyRule *rule)
{
  if (rule->archived || !is_meant (spa, rule->service_id, rule->category, wanted->service_id))
    return FALSE;
  if (is_set (rule->condition) && !has_condition (spa, wanted, rule->condition))
    return FALSE;
  switch (rule->kind) {
  case AVA_SAFETY_CONDITION:
    return is_set (rule->condition);
  case AVA_SAFETY_INTERVAL:
    return is_too_near (spa, wanted, rule);
  case AVA_SAFETY_CONSULT:
    return !has_consult (spa, wanted, rule->days);
  case AVA_SAFETY_LICENCE:
    return lacks_licence (spa, wanted, rule->licence);
  default:
    return TRUE;  /* a kind of a newer version: rather once too often */
  }
}

/* A rule that only asks for a consultation is content with one. Days of an interval are its own. */
static gboolean
is_consulted (AvaSpa              *spa,
              const AvaSafetyCase *wanted,
              const AvaSafetyRule *rule)
{
  return rule->action == AVA_SAFETY_NEED_CONSULT &&
         has_consult (spa, wanted, rule->kind == AVA_SAFETY_INTERVAL ? 0 : rule->days);
}

static void
add_finding (GPtrArray       *findings,
             AvaSafetyRule   *rule,
             AvaSafetyAction  action,
             AvaStaffRole     role,
             char            *words)
{
  AvaSafetyFinding *finding = g_new0 (AvaSafetyFinding, 1);

  finding->rule = rule != NULL ? g_object_ref (rule) : NULL;
  finding->action = action;
  finding->override_role = role;
  finding->words = words;
  g_ptr_array_add (findings, finding);
}

/**
 * ava_safety_judge:
 *
 * The verdict of all rules: the same for Ava, the staff and an import.
 *
 * Returns: (transfer full) (element-type AvaSafetyFinding): what speaks against it, empty when nothing does
 */
GPtrArray *
ava_safety_judge (AvaSpa              *spa,
                  const AvaSafetyCase *wanted)
{
  GPtrArray *findings = g_ptr_array_new_with_free_func ((GDestroyNotify) ava_safety_finding_free);
  AvaService *service = ava_spa_find_service (spa, wanted->service_id);

  if (service != NULL && service->consult_first && !has_consult (spa, wanted, service->consult_valid_days))
    add_finding (findings, NULL, AVA_SAFETY_REFUSE, AVA_STAFF_ROLE_PROVIDER,
                 g_strdup_printf ("%s needs a consultation first%s.", service->name,
                                  service->consult_valid_days > 0 ? ", and an earlier one has run out or there was none" : ""));
  if (service != NULL && lacks_licence (spa, wanted, service->licence))
    add_finding (findings, NULL, AVA_SAFETY_REFUSE, AVA_STAFF_ROLE_NONE,
                 g_strdup_printf ("The provider does not hold the licence that %s needs on that day.", service->name));
  for (guint i = 0; i < spa->safety_rules->len; i++) {
    AvaSafetyRule *rule = spa->safety_rules->pdata[i];

    if (!speaks_against (spa, wanted, rule) || is_consulted (spa, wanted, rule))
      continue;
    add_finding (findings, rule, rule->action == AVA_SAFETY_WARN ? AVA_SAFETY_WARN : AVA_SAFETY_REFUSE, rule->override_role,
                 g_strdup (is_set (rule->say) ? rule->say : is_set (rule->name) ? rule->name : "A safety rule speaks against this."));
  }
  return findings;
}

/**
 * ava_safety_refuses:
 * @findings: (element-type AvaSafetyFinding):
 * @reason: (nullable): why the role goes on
 *
 * Returns: whether one of them stands in the way of @role with that @reason
 */
gboolean
ava_safety_refuses (GPtrArray    *findings,
                    AvaStaffRole  role,
                    const char   *reason)
{
  gboolean reasoned = reason != NULL && strspn (reason, " \t\n") < strlen (reason);

  for (guint i = 0; i < findings->len; i++) {
    const AvaSafetyFinding *finding = findings->pdata[i];

    if (finding->action == AVA_SAFETY_REFUSE &&
        (!reasoned || finding->override_role == AVA_STAFF_ROLE_NONE || role < finding->override_role))
      return TRUE;
  }
  return FALSE;
}

/**
 * ava_safety_speak:
 * @findings: (element-type AvaSafetyFinding):
 *
 * Returns: (transfer full) (nullable): the refusals in words, each once; %NULL when none refuses
 */
char *
ava_safety_speak (GPtrArray *findings)
{
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; i < findings->len; i++) {
    const AvaSafetyFinding *finding = findings->pdata[i];

    if (finding->action == AVA_SAFETY_REFUSE && strstr (words->str, finding->words) == NULL)
      g_string_append_printf (words, "%s%s", words->len > 0 ? " " : "", finding->words);
  }
  return words->len > 0 ? g_string_free (g_steal_pointer (&words), FALSE) : NULL;
}
