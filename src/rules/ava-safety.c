/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-safety.h"
#include "ava-wall-time.h"

#include <string.h>

/* The safety gate: each rule of the spa is a row of data, and every channel asks here. Words of a
 * condition are looked for in what the customer's record says, at the start of a word and in any
 * case; a rule that looks once too often is better than one that misses. */

#define DAY_US ((gint64) 24 * 60 * 60 * G_USEC_PER_SEC)

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
starts_a_word (const char *text,
               const char *word)
{
  for (const char *at = strstr (text, word); at != NULL && *word != '\0'; at = strstr (at + 1, word)) {
    if (at == text || !g_unichar_isalnum (g_utf8_get_char (g_utf8_prev_char (at))))
      return TRUE;
  }
  return FALSE;
}

static gboolean
has_condition (AvaCustomer *customer,
               const char  *condition)
{
  const char *records[] = { customer->allergies, customer->medicines, customer->contraindications };
  g_auto (GStrv) words = g_strsplit (condition, "|", -1);

  for (guint i = 0; words[i] != NULL; i++) {
    g_autofree char *word = g_utf8_casefold (g_strstrip (words[i]), -1);

    if (strcmp (word, "pregnant") == 0 && customer->pregnant)
      return TRUE;
    for (guint j = 0; j < G_N_ELEMENTS (records); j++) {
      g_autofree char *record = records[j] != NULL ? g_utf8_casefold (records[j], -1) : NULL;

      if (record != NULL && starts_a_word (record, word))
        return TRUE;
    }
  }
  return FALSE;
}

/* Another treatment that lies too near, before or after. */
static gboolean
is_too_near (AvaSpa              *spa,
             const AvaSafetyCase *wanted,
             const AvaSafetyRule *rule)
{
  for (guint i = 0; i < wanted->n_treatments; i++) {
    gint64 apart_us = wanted->treatments[i].start_us - wanted->start_us;

    if (ABS (apart_us) < rule->days * DAY_US &&
        is_meant (spa, rule->other_service_id, rule->other_category, wanted->treatments[i].service_id))
      return TRUE;
  }
  return FALSE;
}

/* One that took place, or will, before the treatment and not too long before it. */
static gboolean
has_consult (AvaSpa              *spa,
             const AvaSafetyCase *wanted,
             guint                days)
{
  for (guint i = 0; i < wanted->n_treatments; i++) {
    const AvaTreatment *other = &wanted->treatments[i];
    AvaService *service = ava_spa_find_service (spa, other->service_id);

    if (other->done && service != NULL && g_strcmp0 (service->category, "Consultation") == 0 && other->start_us < wanted->start_us &&
        (days == 0 || wanted->start_us - other->start_us <= days * DAY_US))
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
  if (is_set (rule->condition) && (wanted->customer == NULL || !has_condition (wanted->customer, rule->condition)))
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
