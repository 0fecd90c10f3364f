/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ava-clock.h"
#include "ava-safety.h"

#include <string.h>

/* The gate as a matrix: each kind of rule with a case on either side of it. */

#define START_US ((gint64) 1796133600 * AVA_USEC_PER_SEC)   /* 1 December 2026, 9:00 at the demo spa */

static AvaSpa *
load_demo (void)
{
  AvaSpa *spa = ava_spa_load (g_getenv ("AVA_DEMO_SPA"), NULL);

  g_assert_nonnull (spa);
  return spa;
}

static guint
count_refusals (AvaSpa              *spa,
                const AvaSafetyCase *wanted)
{
  g_autoptr (GPtrArray) findings = ava_safety_judge (spa, wanted);
  guint count = 0;

  for (guint i = 0; i < findings->len; i++)
    count += ((AvaSafetyFinding *) findings->pdata[i])->action == AVA_SAFETY_REFUSE;
  g_assert_cmpint (count > 0, ==, ava_safety_refuses (findings, AVA_STAFF_ROLE_NONE, NULL));
  return count;
}

static void
conditions_refuse_their_services_and_no_others (void)
{
  static const struct { gboolean pregnant; const char *allergies, *medicines, *service, *provider; guint refusals; } cases[] = {
    { TRUE, NULL, NULL, "svc-botox", "prov-ortiz", 1 },
    { TRUE, NULL, NULL, "svc-laser", "prov-park", 1 },
    { TRUE, NULL, NULL, "svc-facial", "prov-park", 0 },
    { FALSE, NULL, "Isotretinoin 20 mg", "svc-laser", "prov-park", 1 },
    { FALSE, NULL, "vitamin D, ACCUTANE", "svc-peel", "prov-park", 1 },
    { FALSE, NULL, "isotretinoin", "svc-botox", "prov-ortiz", 0 },
    { TRUE, NULL, "isotretinoin", "svc-laser", "prov-park", 2 },
    { FALSE, "Lidocaine", NULL, "svc-filler", "prov-ortiz", 1 },
    { FALSE, "lidocaine", NULL, "svc-facial", "prov-park", 0 },
    { FALSE, NULL, "blood thinner", "svc-filler", "prov-ortiz", 0 },
    { FALSE, NULL, NULL, "svc-filler", "prov-ortiz", 0 },
  };
  g_autoptr (AvaSpa) spa = load_demo ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (AvaCustomer) customer = ava_customer_new ();
    AvaSafetyCase wanted = { .service_id = cases[i].service, .provider_id = cases[i].provider, .start_us = START_US, .customer = customer };

    customer->pregnant = cases[i].pregnant;
    customer->allergies = g_strdup (cases[i].allergies);
    customer->medicines = g_strdup (cases[i].medicines);
    g_assert_cmpuint (count_refusals (spa, &wanted), ==, cases[i].refusals);
  }
}

static void
override_needs_both_the_role_and_a_reason (void)
{
  g_autoptr (AvaSpa) spa = load_demo ();
  g_autoptr (AvaCustomer) customer = ava_customer_new ();
  AvaSafetyCase wanted = { .service_id = "svc-botox", .provider_id = "prov-ortiz", .start_us = START_US, .customer = customer };
  g_autoptr (GPtrArray) findings = NULL;
  g_autofree char *words = NULL;

  customer->pregnant = TRUE;
  findings = ava_safety_judge (spa, &wanted);
  words = ava_safety_speak (findings);
  g_assert_cmpstr (words, ==, "We do not offer injectables during pregnancy.");
  g_assert_true (ava_safety_refuses (findings, AVA_STAFF_ROLE_MANAGER, "she insists"));
  g_assert_true (ava_safety_refuses (findings, AVA_STAFF_ROLE_MEDICAL_DIRECTOR, NULL));
  g_assert_true (ava_safety_refuses (findings, AVA_STAFF_ROLE_MEDICAL_DIRECTOR, "  "));
  g_assert_false (ava_safety_refuses (findings, AVA_STAFF_ROLE_MEDICAL_DIRECTOR, "examined today"));
}

static void
consultation_is_valid_for_its_days_only (void)
{
  g_autoptr (AvaSpa) spa = load_demo ();
  AvaTreatment consult = { "svc-consult", START_US - 10 * AVA_USEC_PER_DAY, TRUE };
  AvaSafetyCase wanted = { .service_id = "svc-botox", .provider_id = "prov-ortiz", .start_us = START_US };

  ava_spa_find_service (spa, "svc-botox")->consult_first = TRUE;
  ava_spa_find_service (spa, "svc-botox")->consult_valid_days = 30;
  g_assert_cmpuint (count_refusals (spa, &wanted), ==, 1);
  wanted.treatments = &consult;
  wanted.n_treatments = 1;
  g_assert_cmpuint (count_refusals (spa, &wanted), ==, 0);
  consult.done = FALSE;
  g_assert_cmpuint (count_refusals (spa, &wanted), ==, 1);
  consult.done = TRUE;
  consult.start_us = START_US - 31 * AVA_USEC_PER_DAY;
  g_assert_cmpuint (count_refusals (spa, &wanted), ==, 1);
}

static void
interval_counts_before_and_after (void)
{
  g_autoptr (AvaSpa) spa = load_demo ();
  AvaSafetyRule *rule = ava_safety_rule_new ();
  AvaTreatment other = { "svc-peel", START_US - 13 * AVA_USEC_PER_DAY, TRUE };
  AvaSafetyCase wanted = { .service_id = "svc-laser", .provider_id = "prov-park", .start_us = START_US, .treatments = &other, .n_treatments = 1 };

  rule->kind = AVA_SAFETY_INTERVAL;
  rule->action = AVA_SAFETY_REFUSE;
  rule->service_id = g_strdup ("svc-laser");
  rule->other_service_id = g_strdup ("svc-peel");
  rule->days = 14;
  rule->say = g_strdup ("A peel and a laser need 14 days between them.");
  g_ptr_array_add (spa->safety_rules, rule);
  g_assert_cmpuint (count_refusals (spa, &wanted), ==, 1);
  other.start_us = START_US + 13 * AVA_USEC_PER_DAY;
  g_assert_cmpuint (count_refusals (spa, &wanted), ==, 1);
  other.start_us = START_US + 14 * AVA_USEC_PER_DAY;
  g_assert_cmpuint (count_refusals (spa, &wanted), ==, 0);
}

static void
licence_that_has_run_out_cannot_be_overridden (void)
{
  g_autoptr (AvaSpa) spa = load_demo ();
  AvaProvider *ortiz = ava_spa_find_provider (spa, "prov-ortiz");
  AvaSafetyCase wanted = { .service_id = "svc-botox", .provider_id = "prov-ortiz", .start_us = START_US };
  g_autoptr (GPtrArray) findings = NULL;

  g_strfreev (ortiz->licence_expiry);
  ortiz->licence_expiry = g_strsplit ("2026-12-01", " ", -1);
  g_assert_cmpuint (count_refusals (spa, &wanted), ==, 0);
  wanted.start_us += AVA_USEC_PER_DAY;
  findings = ava_safety_judge (spa, &wanted);
  g_assert_true (ava_safety_refuses (findings, AVA_STAFF_ROLE_MEDICAL_DIRECTOR, "she renews it"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/safety/conditions-refuse-their-services-and-no-others", conditions_refuse_their_services_and_no_others);
  g_test_add_func ("/safety/override-needs-both-the-role-and-a-reason", override_needs_both_the_role_and_a_reason);
  g_test_add_func ("/safety/consultation-is-valid-for-its-days-only", consultation_is_valid_for_its_days_only);
  g_test_add_func ("/safety/interval-counts-before-and-after", interval_counts_before_and_after);
  g_test_add_func ("/safety/licence-that-has-run-out-cannot-be-overridden", licence_that_has_run_out_cannot_be_overridden);
  return g_test_run ();
}
