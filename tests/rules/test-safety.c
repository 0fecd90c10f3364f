/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ava-clock.h"
#include "ava-safety.h"
#include "ava-wall-time.h"

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

/* What people really write: brands, spellings, accents, and what plainly says no. In doubt it refuses. */
static void
records_are_read_as_people_write_them (void)
{
  static const struct { const char *allergies, *medicines, *contraindications, *service; guint findings; } cases[] = {
    { NULL, "Roaccutane 20 mg", "Pregnancy, second trimester", "svc-laser", 2 },
    { NULL, "Roaccutane 20 mg", NULL, "svc-laser", 1 },
    { NULL, "roacutan", NULL, "svc-peel", 1 },
    { NULL, "isotr\xc3\xa9tino\xc3\xafne 10mg", NULL, "svc-laser", 1 },
    { NULL, "ISOTR\xc3\x89TINO\xc3\x8fNE", NULL, "svc-laser", 1 },
    { NULL, "Absorica LD", NULL, "svc-laser", 1 },
    { NULL, "claravis", NULL, "svc-laser", 1 },
    { NULL, "Amnesteem, Myorisan", NULL, "svc-laser", 1 },
    { NULL, "acutane", NULL, "svc-laser", 1 },
    { NULL, "13-cis-retinoic acid", NULL, "svc-laser", 1 },
    { NULL, NULL, "on Curacn\xc3\xa9 since May", "svc-laser", 1 },
    { NULL, "tretinoin cream", NULL, "svc-laser", 0 },
    { NULL, NULL, "pregnant", "svc-laser", 1 },
    { NULL, NULL, "Expecting a baby in June", "svc-laser", 1 },
    { NULL, NULL, "embarazada", "svc-laser", 1 },
    { NULL, NULL, "expects a good result", "svc-laser", 0 },
    { NULL, NULL, "Not pregnant", "svc-laser", 0 },
    { NULL, NULL, "not currently pregnant", "svc-laser", 0 },
    { NULL, NULL, "She isn\xe2\x80\x99t pregnant.", "svc-laser", 0 },
    { NULL, NULL, "Pregnant: no", "svc-laser", 0 },
    { NULL, NULL, "Pregnancy test negative", "svc-laser", 0 },
    { NULL, NULL, "denies pregnancy", "svc-laser", 0 },
    { NULL, NULL, "not sure whether pregnant", "svc-laser", 1 },
    { NULL, NULL, "maybe not pregnant", "svc-laser", 1 },
    { NULL, NULL, "Not pregnant?", "svc-laser", 1 },
    { NULL, NULL, "Pregnant, no laser", "svc-laser", 1 },
    { NULL, NULL, "Pregnant. No", "svc-laser", 1 },
    { NULL, NULL, "Not pregnant in May. Pregnant in June", "svc-laser", 1 },
    { NULL, "stopped Accutane in 2019", NULL, "svc-laser", 0 },
    { NULL, "stopped Accutane in 2026", NULL, "svc-laser", 1 },
    { NULL, "stopped Accutane", NULL, "svc-laser", 1 },
    { NULL, "stopped Accutane in 2019, restarted in 2026", NULL, "svc-laser", 1 },
    { NULL, "stopped Accutane in 2019, on it since May 2026", NULL, "svc-laser", 1 },
    { NULL, "no longer on Accutane", NULL, "svc-laser", 1 },
    { NULL, "never stopped Accutane", NULL, "svc-laser", 1 },
    { NULL, "never took it before: Accutane", NULL, "svc-laser", 1 },
    { NULL, "never without Accutane", NULL, "svc-laser", 1 },
    { NULL, "not taking Accutane", NULL, "svc-laser", 0 },
    { NULL, "not taking Accutane today", NULL, "svc-laser", 1 },
    { NULL, "no improvement on Accutane", NULL, "svc-laser", 1 },
    { "Xylocaine", NULL, NULL, "svc-filler", 1 },
    { "lignocaine (dentist)", NULL, NULL, "svc-filler", 1 },
    { "all -caine drugs, Novocaine", NULL, NULL, "svc-filler", 1 },
    { "lidoca\xc3\xadna", NULL, NULL, "svc-filler", 1 },
    { "no known allergies", NULL, NULL, "svc-filler", 0 },
    { "not allergic to lidocaine", NULL, NULL, "svc-filler", 0 },
    { "No known allergy to latex or lidocaine.", NULL, NULL, "svc-filler", 0 },
    { "no lidocaine allergy", NULL, NULL, "svc-filler", 0 },
    { "no lidocaine!", NULL, NULL, "svc-filler", 1 },
    { "never lidocaine", NULL, NULL, "svc-filler", 1 },
    { "no allergies except lidocaine", NULL, NULL, "svc-filler", 1 },
    { "No allergies. Lidocaine", NULL, NULL, "svc-filler", 1 },
    { NULL, "Eliquis 5 mg", NULL, "svc-filler", 1 },
    { NULL, "blood-thinners", NULL, "svc-filler", 1 },
    { NULL, "Coumadin", NULL, "svc-filler", 1 },
    { NULL, "baby aspirin", NULL, "svc-filler", 1 },
    { NULL, "denies blood thinners", NULL, "svc-filler", 0 },
    { NULL, "denies blood thinners; Xarelto", NULL, "svc-filler", 1 },
    { NULL, "no warfarin or aspirin", NULL, "svc-filler", 0 },
    { NULL, "no warfarin, takes aspirin", NULL, "svc-filler", 1 },
    { "\xff\xfe", "(:;?!=-", "\xf0\x9f\x98\x80", "svc-filler", 0 },
  };
  g_autoptr (AvaSpa) spa = load_demo ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (AvaCustomer) customer = ava_customer_new ();
    AvaSafetyCase wanted = { .service_id = cases[i].service, .provider_id = "prov-bennett", .start_us = START_US, .customer = customer };
    g_autoptr (GPtrArray) findings = NULL;

    customer->allergies = g_strdup (cases[i].allergies);
    customer->medicines = g_strdup (cases[i].medicines);
    customer->contraindications = g_strdup (cases[i].contraindications);
    findings = ava_safety_judge (spa, &wanted);
    g_test_message ("case %u: %u", i, findings->len);
    g_assert_cmpuint (findings->len, ==, cases[i].findings);
  }
}

static gint64
find_time (AvaSpa *spa,
           int     year,
           int     month,
           int     day,
           int     minute)
{
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, day, month, year);
  return ava_wall_time_first (&date, minute, spa->zone);
}

/* Two weeks on at the same time of day, or a little earlier, are 14 days, whatever the clocks do between. */
static void
days_are_those_of_the_calendar (void)
{
  static const struct { const char *zone; int month, day, month_on, day_on; } changes[] = {
    { "America/New_York", 10, 20, 11, 3 }, { "America/New_York", 3, 2, 3, 16 }, { "Europe/Berlin", 10, 14, 10, 28 },
    { "Europe/Berlin", 3, 20, 4, 3 }, { "Australia/Sydney", 4, 1, 4, 15 }, { "Australia/Sydney", 9, 27, 10, 11 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (changes); i++) {
    g_autoptr (AvaSpa) spa = load_demo ();
    AvaSafetyRule *rule = ava_safety_rule_new ();
    AvaService *botox = ava_spa_find_service (spa, "svc-botox");
    AvaTreatment other;
    AvaSafetyCase wanted = { .provider_id = "prov-bennett", .treatments = &other, .n_treatments = 1 };

    g_assert_true (ava_spa_set_zone (spa, changes[i].zone));
    rule->kind = AVA_SAFETY_INTERVAL;
    rule->action = AVA_SAFETY_REFUSE;
    rule->service_id = g_strdup ("svc-laser");
    rule->other_service_id = g_strdup ("svc-peel");
    rule->days = 14;
    g_ptr_array_add (spa->safety_rules, rule);
    botox->consult_first = TRUE;
    botox->consult_valid_days = 14;
    for (int later = -1; later <= 1; later++) {
      other = (AvaTreatment) { "svc-peel", find_time (spa, 2026, changes[i].month, changes[i].day, 645), TRUE };
      wanted.service_id = "svc-laser";
      wanted.start_us = find_time (spa, 2026, changes[i].month_on, changes[i].day_on + later, 600);
      g_assert_cmpuint (count_refusals (spa, &wanted), ==, later < 0);
      other.start_us = wanted.start_us;
      wanted.start_us = find_time (spa, 2026, changes[i].month, changes[i].day, 645);
      g_assert_cmpuint (count_refusals (spa, &wanted), ==, later < 0);
      other = (AvaTreatment) { "svc-consult", wanted.start_us, TRUE };
      wanted.service_id = "svc-botox";
      wanted.start_us = find_time (spa, 2026, changes[i].month_on, changes[i].day_on + later, 1020);
      g_assert_cmpuint (count_refusals (spa, &wanted), ==, later > 0);
    }
  }
}

static void
consultations_are_known_by_their_category (void)
{
  static const struct { const char *category; gboolean is; } cases[] = {
    { "Consultation", TRUE }, { "consultations", TRUE }, { "Free Consults", TRUE }, { "CONSULT", TRUE }, { "Skin consultations", TRUE },
    { "Consultaci\xc3\xb3n", TRUE }, { "Laser", FALSE }, { "", FALSE }, { NULL, FALSE }, { "Nonconsult", FALSE },
  };
  g_autoptr (AvaSpa) spa = load_demo ();
  AvaTreatment other = { "svc-consult", START_US - 10 * AVA_USEC_PER_DAY, TRUE };
  AvaSafetyCase wanted = { .service_id = "svc-botox", .provider_id = "prov-ortiz", .start_us = START_US, .treatments = &other, .n_treatments = 1 };

  ava_spa_find_service (spa, "svc-botox")->consult_first = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    AvaService *service = ava_spa_find_service (spa, "svc-consult");

    g_free (service->category);
    service->category = g_strdup (cases[i].category);
    g_assert_cmpint (ava_safety_is_consultation (service), ==, cases[i].is);
    g_assert_cmpuint (count_refusals (spa, &wanted), ==, !cases[i].is);
  }
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
  g_test_add_func ("/safety/records-are-read-as-people-write-them", records_are_read_as_people_write_them);
  g_test_add_func ("/safety/days-are-those-of-the-calendar", days_are_those_of_the_calendar);
  g_test_add_func ("/safety/consultations-are-known-by-their-category", consultations_are_known_by_their_category);
  return g_test_run ();
}
