/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ava-clock.h"
#include "ava-day-sheet-pages.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

/* The printed day: everything stands on it once, whatever it is called. Pages are read back with pdftotext. */

#define NOW_US ((gint64) 1795532400 * AVA_USEC_PER_SEC)   /* Tuesday 24 November 2026, 10:00 at the demo spa */

static AvaSpa *
load_demo (void)
{
  AvaSpa *spa = ava_spa_load (g_getenv ("AVA_DEMO_SPA"), NULL);

  g_assert_nonnull (spa);
  return spa;
}

static GDate
today (void)
{
  GDate day;

  g_date_clear (&day, 1);
  g_date_set_dmy (&day, 24, 11, 2026);
  return day;
}

static AvaAppointment *
add (GPtrArray  *appointments,
     guint       number,
     const char *provider,
     const char *name,
     int         minutes)
{
  AvaAppointment *a = ava_appointment_new ();

  a->id = g_strdup_printf ("a%u", number);
  a->provider_id = g_strdup (provider);
  a->customer_name = g_strdup (name);
  a->customer_phone = g_strdup ("+12125550123");
  a->service_name = g_strdup ("Botox");
  a->room_name = g_strdup ("Linden Room");
  a->start_us = NOW_US + minutes * AVA_USEC_PER_MIN;
  a->end_us = a->start_us + 30 * AVA_USEC_PER_MIN;
  g_ptr_array_add (appointments, a);
  return a;
}

static char *
run (const char *program,
     const char *option,
     const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) child = NULL;
  char *text = NULL;

  child = option != NULL ? g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, program, option, path, "-", NULL)
                         : g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, program, path, NULL);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_communicate_utf8 (child, NULL, NULL, &text, NULL, &error));
  g_assert_true (g_subprocess_get_successful (child));
  return text;
}

static char *
print (const AvaDaySheet *sheet,
       AvaPaper           paper,
       char             **info,
       char             **fonts)
{
  g_autofree char *dir = g_dir_make_tmp ("ava-print-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (dir, "day.pdf", NULL);
  g_autoptr (GError) error = NULL;
  char *text;

  g_assert_true (ava_day_sheet_write_pdf (sheet, path, paper, &error));
  g_assert_no_error (error);
  text = run ("pdftotext", "-layout", path);
  if (info != NULL)
    *info = run ("pdfinfo", NULL, path);
  if (fonts != NULL)
    *fonts = run ("pdffonts", NULL, path);
  g_unlink (path);
  g_rmdir (dir);
  return text;
}

static guint
count (const char *text,
       const char *word)
{
  guint found = 0;

  for (const char *at = text; (at = strstr (at, word)) != NULL; at += strlen (word))
    found++;
  return found;
}

static void
each_appointment_stands_on_paper_once (void)
{
  g_autoptr (AvaSpa) spa = load_demo ();
  g_autoptr (GPtrArray) appointments = g_ptr_array_new_with_free_func (g_object_unref);
  static const char *const providers[] = { "prov-ortiz", "prov-bennett", "prov-park" };
  GDate day = today ();

  for (guint i = 0; i < 90; i++) {
    g_autofree char *name = g_strdup_printf ("Client%03u Row", i);
    AvaAppointment *a = add (appointments, i, providers[i % 3], name, i * 5);

    if (i % 7 == 0)
      a->clinical = g_strdup_printf ("Pregnant%03u; Allergic: latex", i);
    if (i % 11 == 0)
      a->notes = g_strdup_printf ("Note%03u: likes the window.", i);
  }
  add (appointments, 900, "prov-ortiz", "Cancelled Person", 60)->status = AVA_APPOINTMENT_CANCELLED;
  add (appointments, 901, "prov-ortiz", "Tomorrow Person", 60 + 1440);
  for (AvaPaper paper = AVA_PAPER_A4; paper <= AVA_PAPER_LETTER; paper++) {
    g_autoptr (AvaDaySheet) sheet = ava_day_sheet_new (spa, appointments, NULL, &day, NULL, NOW_US);
    g_autofree char *info = NULL;
    g_autofree char *text = print (sheet, paper, &info, NULL);
    guint pages = 0;

    for (guint i = 0; i < 90; i++) {
      g_autofree char *name = g_strdup_printf ("Client%03u Row", i);
      g_autofree char *flag = g_strdup_printf ("Pregnant%03u", i);
      g_autofree char *note = g_strdup_printf ("Note%03u", i);

      g_assert_cmpuint (count (text, name), ==, 1);
      g_assert_cmpuint (count (text, flag), ==, i % 7 == 0);
      g_assert_cmpuint (count (text, note), ==, i % 11 == 0);
    }
    g_assert_null (strstr (text, "Cancelled Person"));
    g_assert_null (strstr (text, "Tomorrow Person"));
    g_assert_nonnull (strstr (text, "90 appointments, 3 providers"));
    g_assert_nonnull (strstr (info, paper == AVA_PAPER_A4 ? "A4" : "letter"));
    g_assert_nonnull (strstr (info, "Willow & Sage Med Spa, Tuesday, November 24, 2026"));
    for (guint page = 1; ; page++) {
      g_autofree char *number = g_strdup_printf ("Page %u of", page);

      if (count (text, number) == 0)
        break;
      g_assert_cmpuint (count (text, number), ==, 1);
      pages = page;
    }
    g_assert_cmpuint (pages, >, 5);
    g_assert_cmpuint (count (text, "Tuesday, November 24, 2026"), ==, pages);
    g_assert_cmpuint (count (text, "Elena Ortiz"), ==, 1 + count (text, "Elena Ortiz, continued"));
  }
}

static void
fonts_are_embedded_and_any_script_is_written (void)
{
  g_autoptr (AvaSpa) spa = load_demo ();
  g_autoptr (GPtrArray) appointments = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (AvaDaySheet) sheet = NULL;
  g_autofree char *fonts = NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  GDate day = today ();

  add (appointments, 1, "prov-ortiz", "שרה כהן", 60);
  add (appointments, 2, "prov-ortiz", "Łucja Świątek 🌸 <b>&amp;</b>", 120);
  add (appointments, 3, "prov-ortiz", "'; DROP TABLE customers; --", 180);
  sheet = ava_day_sheet_new (spa, appointments, NULL, &day, "prov-ortiz", NOW_US);
  text = print (sheet, AVA_PAPER_A4, NULL, &fonts);
  g_assert_nonnull (strstr (text, "Łucja Świątek"));
  g_assert_nonnull (strstr (text, "<b>&amp;</b>"));
  g_assert_nonnull (strstr (text, "DROP TABLE"));
  g_assert_nonnull (strstr (text, "כהן"));
  lines = g_strsplit (fonts, "\n", -1);
  for (guint i = 2; lines[i] != NULL && *lines[i] != '\0'; i++)
    g_assert_nonnull (strstr (lines[i], " yes "));   /* "emb" is the first of three */
}

/* Where on the page a word begins, as pdftotext measures it; -1 when it is not there. */
static double
find_x (const char *boxes,
        const char *word)
{
  g_autofree char *end = g_strdup_printf (">%s</word>", word);
  const char *found = strstr (boxes, end);
  const char *start = found != NULL ? g_strrstr_len (boxes, found - boxes, "xMin=\"") : NULL;

  return start != NULL ? g_ascii_strtod (start + strlen ("xMin=\""), NULL) : -1;
}

static void
names_keep_to_one_edge_whichever_way_they_run (void)
{
  g_autoptr (AvaSpa) spa = load_demo ();
  g_autoptr (GPtrArray) appointments = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *dir = g_dir_make_tmp ("ava-print-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (dir, "day.pdf", NULL);
  g_autoptr (AvaDaySheet) sheet = NULL;
  g_autofree char *boxes = NULL;
  GDate day = today ();

  add (appointments, 1, "prov-ortiz", "שרה", 60);
  add (appointments, 2, "prov-ortiz", "Dawn", 120);
  sheet = ava_day_sheet_new (spa, appointments, NULL, &day, "prov-ortiz", NOW_US);
  g_assert_true (ava_day_sheet_write_pdf (sheet, path, AVA_PAPER_A4, NULL));
  boxes = run ("pdftotext", "-bbox", path);
  g_assert_cmpfloat (find_x (boxes, "Dawn"), >, 0);
  g_assert_cmpfloat_with_epsilon (find_x (boxes, "ה"), find_x (boxes, "Dawn"), 3);   /* her last letter: letters come one by one */
  g_unlink (path);
  g_rmdir (dir);
}

static void
endless_names_and_notes_stay_on_the_paper (void)
{
  g_autoptr (AvaSpa) spa = load_demo ();
  g_autoptr (GPtrArray) appointments = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GString) notes = g_string_new (NULL);
  g_autoptr (AvaDaySheet) sheet = NULL;
  g_autofree char *name = g_strnfill (200, 'W');
  g_autofree char *text = NULL;
  GDate day = today ();

  for (guint i = 0; i < 2000; i++)
    g_string_append (notes, "word ");
  add (appointments, 1, "prov-ortiz", name, 60)->notes = g_strdup (notes->str);
  add (appointments, 2, "prov-ortiz", "After That", 120);
  sheet = ava_day_sheet_new (spa, appointments, NULL, &day, "prov-ortiz", NOW_US);
  text = print (sheet, AVA_PAPER_LETTER, NULL, NULL);
  g_assert_nonnull (strstr (text, "After That"));
  g_assert_cmpuint (count (text, "W"), >=, 200);
  g_assert_cmpuint (count (text, "Page 1 of 1"), ==, 1);
}

static void
empty_day_and_time_away_are_said (void)
{
  g_autoptr (AvaSpa) spa = load_demo ();
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (GPtrArray) blocks = g_ptr_array_new ();
  AvaTimeBlock dentist = { .provider_id = (char *) "prov-ortiz", .reason = (char *) "Dentist", .start_us = NOW_US, .end_us = NOW_US + 60 * AVA_USEC_PER_MIN };
  AvaTimeBlock leave = { .provider_id = (char *) "prov-park", .start_us = NOW_US - 3 * AVA_USEC_PER_DAY, .end_us = NOW_US + 3 * AVA_USEC_PER_DAY };
  g_autoptr (AvaDaySheet) sheet = NULL;
  g_autofree char *text = NULL;
  GDate day = today ();

  g_ptr_array_add (blocks, &dentist);
  g_ptr_array_add (blocks, &leave);
  sheet = ava_day_sheet_new (spa, none, blocks, &day, NULL, NOW_US);
  text = print (sheet, AVA_PAPER_A4, NULL, NULL);
  g_assert_nonnull (strstr (text, "0 appointments, 3 providers"));
  g_assert_cmpuint (count (text, "No appointments"), ==, 1);
  g_assert_nonnull (strstr (text, "Away: Dentist"));
  g_assert_nonnull (strstr (text, "All day"));
}

/* What must be known at the treatment is on paper; what the office thinks of a client is not left lying about. */
static void
paper_tells_what_is_clinical_and_no_more (void)
{
  g_autoptr (AvaSpa) spa = load_demo ();
  g_autoptr (GPtrArray) appointments = g_ptr_array_new_with_free_func (g_object_unref);
  GDate day = today ();
  AvaAppointment *a = add (appointments, 1, "prov-ortiz", "Ada Client", 60);
  g_autoptr (AvaDaySheet) sheet = NULL;
  g_autofree char *text = NULL;

  a->flags = g_strdup ("Do not book: owes us money; Pregnant; Allergic: lidocaine; Takes: isotretinoin; Keloids; VIP");
  a->clinical = g_strdup ("Pregnant; Allergic: lidocaine; Takes: isotretinoin; Keloids");
  sheet = ava_day_sheet_new (spa, appointments, NULL, &day, NULL, NOW_US);
  text = print (sheet, AVA_PAPER_A4, NULL, NULL);
  g_assert_cmpuint (count (text, "Pregnant; Allergic: lidocaine; Takes: isotretinoin; Keloids"), ==, 1);
  g_assert_null (strstr (text, "VIP"));
  g_assert_null (strstr (text, "ot book"));
  g_assert_null (strstr (text, "owes"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define TEST(name) g_test_add_func ("/day-sheet/" #name, name)
  TEST (each_appointment_stands_on_paper_once);
  TEST (paper_tells_what_is_clinical_and_no_more);
  TEST (fonts_are_embedded_and_any_script_is_written);
  TEST (names_keep_to_one_edge_whichever_way_they_run);
  TEST (endless_names_and_notes_stay_on_the_paper);
  TEST (empty_day_and_time_away_are_said);
  return g_test_run ();
}
