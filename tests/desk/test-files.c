/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ava-backfill.h"
#include "ava-book.h"
#include "ava-ics.h"
#include "ava-import-plan.h"
#include "ava-wall-time.h"
#include "demo-desk.h"

#include <stdio.h>
#include <string.h>

/* Calendars and tables, in and out, on the demo spa. Nothing is booked on the days used here. */

typedef struct {
  char *folder;
  AvaClock *clock;
  AvaContext *context;
  AvaSpa *spa;
  gint64 token;    /* of the last import */
} Desk;

static void
set_up (Desk          *desk,
        gconstpointer  data)
{
  desk->context = demo_desk_open (&desk->folder, &desk->clock, FALSE);
  desk->spa = g_object_ref (ava_context_get_spa (desk->context));
}

static void
tear_down (Desk          *desk,
           gconstpointer  data)
{
  g_clear_object (&desk->spa);
  demo_desk_close (&desk->context, &desk->clock, &desk->folder);
}

static gint64
at (Desk       *desk,
    const char *text)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (text, desk->spa->zone);

  g_assert_nonnull (time);
  return g_date_time_to_unix (time) * G_USEC_PER_SEC;
}

static AvaImportCount
take (Desk      *desk,
      GPtrArray *items,
      gboolean   dry)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  AvaImportCount count;
  gint64 token;

  ava_import_run_async (desk->context, items, "staff:desk", dry, NULL, test_result_cb, &result);
  g_assert_true (ava_import_run_finish (desk->context, test_result_wait (&result), &count, &token, &error));
  g_assert_no_error (error);
  g_assert_cmpint (token != 0, ==, !dry && count.added + count.changed > 0);
  desk->token = token;
  return count;
}

static AvaBookSpan *
load (Desk       *desk,
      const char *first,
      const char *last)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GDate days[2];
  AvaBookSpan *span;

  for (guint i = 0; i < 2; i++) {
    int year, month, day;

    g_assert_cmpint (sscanf (i == 0 ? first : last, "%d-%d-%d", &year, &month, &day), ==, 3);
    g_date_clear (&days[i], 1);
    g_date_set_dmy (&days[i], day, month, year);
  }
  ava_book_span_load_async (desk->context, NULL, &days[0], &days[1], NULL, test_result_cb, &result);
  span = ava_book_span_load_finish (desk->context, test_result_wait (&result), &error);
  g_assert_no_error (error);
  return span;
}

static GPtrArray *
plan_table (Desk       *desk,
            const char *text)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *items = ava_import_plan_table (desk->spa, text, -1, &error);

  g_assert_no_error (error);
  return items;
}

static GPtrArray *
plan_calendar (Desk       *desk,
               const char *text,
               const char *provider)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *items = ava_import_plan_calendar (desk->spa, text, -1, provider, at (desk, "2026-12-01T00:00:00"),
                                               at (desk, "2027-02-01T00:00:00"), &error);

  g_assert_no_error (error);
  return items;
}

static char *
wrap (const char *events)
{
  return g_strconcat ("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//y//EN\r\n", events, "END:VCALENDAR\r\n", NULL);
}

/* --- Tables ------------------------------------------------------------------------------------ */

static void
broken_rows_are_told_by_line_and_good_ones_taken_once (Desk          *desk,
                                                       gconstpointer  data)
{
  static const char table[] =
    "\xEF\xBB\xBF" "Date,Time,Service,Provider,Client,Phone,Email,Notes\r\n"
    "2026-12-29,11:00,Botox,Elena Ortiz,Zora Quill,+1 212 555 0123,zora@example.com,\"first, \"\"real\"\"\nvisit\"\r\n"
    "12/29/2026,2:15 PM,botox,,Max Quill,(212) 555-0124,,\r\n"
    "\r\n"
    "2026-02-31,11:00,Botox,,Ann Lee,+12125550125,,\r\n"
    "2026-12-29,25:00,Botox,,Ann Lee,+12125550125,,\r\n"
    "2026-12-29,11:00,Hovercraft,,Ann Lee,+12125550125,,\r\n"
    "2026-12-29,11:00,Botox,Nobody,Ann Lee,+12125550125,,\r\n"
    "2026-12-29,11:00,Botox,,,+12125550125,,\r\n"
    "2026-12-29,11:00,Botox,,Ann Lee,123,,\r\n"
    "2026-12-29,11:00,Botox,,Ann Nobody Knows,,,\r\n"
    "2026-12-29,11:15,Botox,Elena Ortiz,Too Late,+12125550126,,\r\n"
    "2026-12-27,11:00,Botox,,Sun Day,+12125550127,,\r\n"
    "2027-03-14,02:30,Botox,,No Such Hour,+12125550128,,\r\n"
    "2026-11-01,01:30,Botox,,Twice Hour,+12125550128,,\r\n"
    "short\r\n";
  static const struct { guint line; const char *words; } broken[] = {
    { 6, "is no day" }, { 7, "is no time of day" }, { 8, "no service “Hovercraft”" }, { 9, "no provider “Nobody”" },
    { 10, "name is missing" }, { 11, "no whole phone number" }, { 12, "give a phone number" }, { 13, "Elena Ortiz is booked until" },
    { 14, "We are closed on Sunday" }, { 15, "does not exist" }, { 16, "comes twice" }, { 17, "" },
  };
  g_autoptr (GPtrArray) rehearsed = plan_table (desk, table);
  g_autoptr (GPtrArray) items = plan_table (desk, table);
  g_autoptr (GPtrArray) again = plan_table (desk, table);
  AvaImportCount dry = take (desk, rehearsed, TRUE);
  g_autoptr (AvaBookSpan) before = load (desk, "2026-12-29", "2026-12-29");
  AvaImportCount count = take (desk, items, FALSE);
  AvaImportCount second;
  g_autoptr (AvaBookSpan) after = NULL;
  AvaAppointment *first;

  g_assert_cmpuint (items->len, ==, 14);
  g_assert_cmpuint (dry.added, ==, 2);
  g_assert_cmpuint (before->appointments->len, ==, 0);
  g_assert_cmpuint (count.added, ==, 2);
  g_assert_cmpuint (count.broken, ==, 12);
  for (guint i = 0; i < G_N_ELEMENTS (broken); i++) {
    AvaImportItem *item = items->pdata[i + 2];
    g_autofree char *where = g_strdup_printf ("line %u", broken[i].line);

    g_assert_cmpint (item->verdict, ==, AVA_IMPORT_BROKEN);
    g_assert_cmpstr (item->where, ==, where);
    if (strstr (item->words, broken[i].words) == NULL)
      g_error ("line %u: %s", broken[i].line, item->words);
  }
  after = load (desk, "2026-12-29", "2026-12-29");
  g_assert_cmpuint (after->appointments->len, ==, 2);
  first = after->appointments->pdata[0];
  g_assert_cmpint (first->start_us, ==, at (desk, "2026-12-29T11:00:00"));
  g_assert_cmpstr (first->customer_name, ==, "Zora Quill");
  g_assert_cmpstr (first->notes, ==, "first, \"real\"\nvisit");
  g_assert_cmpstr (first->source, ==, "import");
  second = take (desk, again, FALSE);
  g_assert_cmpuint (second.added + second.changed, ==, 0);
  g_assert_cmpuint (second.unchanged, ==, 2);
}

static void
line_with_an_id_is_moved_when_it_changes (Desk          *desk,
                                          gconstpointer  data)
{
  g_autoptr (GPtrArray) first = plan_table (desk, "id;date;time;service;name;phone\n7;2026-12-29;11:00;Botox;Zora Quill;+12125550123\n");
  g_autoptr (GPtrArray) later = plan_table (desk, "id;date;time;service;name;phone\n7;2026-12-29;15:00;Botox;Zora Quill;+12125550123\n");
  AvaImportCount count = take (desk, first, FALSE);
  g_autoptr (AvaBookSpan) span = NULL;

  g_assert_cmpuint (count.added, ==, 1);
  count = take (desk, later, FALSE);
  g_assert_cmpuint (count.changed, ==, 1);
  span = load (desk, "2026-12-29", "2026-12-29");
  g_assert_cmpuint (span->appointments->len, ==, 1);
  g_assert_cmpint (AVA_APPOINTMENT (span->appointments->pdata[0])->start_us, ==, at (desk, "2026-12-29T15:00:00"));
}

static void
table_without_its_columns_is_refused_in_words (Desk          *desk,
                                               gconstpointer  data)
{
  static const char *const files[] = { "", "a,b,c\n1,2,3\n", "date,time,service\n", "\xff\xfe\x00", "date,time,name\n" };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_null (ava_import_plan_table (desk->spa, files[i], -1, &error));
    g_assert_cmpint (strlen (error->message), >, 10);
  }
}

/* --- Calendars --------------------------------------------------------------------------------- */

static void
calendar_goes_out_and_comes_back_unchanged (Desk          *desk,
                                            gconstpointer  data)
{
  g_autoptr (GPtrArray) items = plan_table (desk, "date,time,service,name,phone,notes\n2026-12-29,11:00,Botox,Zora Quill,+12125550123,shy\n");
  AvaImportCount count = take (desk, items, FALSE);
  g_autoptr (AvaBookSpan) span = load (desk, "2026-12-01", "2026-12-31");
  AvaAppointment *appointment = span->appointments->pdata[span->appointments->len - 1];
  g_autofree char *uid = g_strconcat ("UID:", appointment->id, AVA_ICS_UID_SUFFIX, NULL);

  g_assert_cmpuint (count.added, ==, 1);
  for (AvaIcsPrivacy privacy = AVA_ICS_BUSY; privacy <= AVA_ICS_CUSTOMER; privacy++) {
    g_autofree char *text = ava_ics_print (span, NULL, privacy, NOW_US);
    g_autoptr (GPtrArray) back = plan_calendar (desk, text, NULL);

    g_assert_nonnull (strstr (text, "BEGIN:VTIMEZONE"));
    g_assert_nonnull (strstr (text, "DTSTART;TZID=America/New_York:20261229T110000"));
    g_assert_nonnull (strstr (text, uid));
    g_assert_cmpint (strstr (text, "Zora") != NULL, ==, privacy == AVA_ICS_CUSTOMER);
    g_assert_cmpint (strstr (text, "Botox") != NULL, ==, privacy != AVA_ICS_BUSY);
    g_assert_null (strstr (text, "5550123"));
    g_assert_null (strstr (text, "shy"));
    count = take (desk, back, FALSE);
    g_assert_cmpuint (count.unchanged, ==, back->len);
  }
}

static void
moved_and_cancelled_in_a_calendar_is_so_in_the_book (Desk          *desk,
                                                     gconstpointer  data)
{
  g_autoptr (GPtrArray) items = plan_table (desk, "date,time,service,name,phone\n2026-12-29,11:00,Botox,Zora Quill,+12125550123\n");
  AvaImportCount count = take (desk, items, FALSE);
  g_autoptr (AvaBookSpan) span = load (desk, "2026-12-29", "2026-12-29");
  g_autofree char *id = g_strdup (AVA_APPOINTMENT (span->appointments->pdata[0])->id);
  static const struct { const char *start, *end, *more; guint changed, broken; } steps[] = {
    { "20261229T153000", "20261229T160000", "", 1, 0 },
    { "20261229T153000", "20261229T160000", "", 0, 0 },
    { "20261229T033000", "20261229T040000", "", 0, 1 },      /* closed then */
    { "20261229T153000", "20261229T160000", "STATUS:CANCELLED\r\n", 1, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++) {
    g_autofree char *event = g_strdup_printf ("BEGIN:VEVENT\r\nUID:%s" AVA_ICS_UID_SUFFIX "\r\nDTSTART;TZID=America/New_York:%s\r\n"
                                              "DTEND;TZID=America/New_York:%s\r\nSUMMARY:Busy\r\n%sEND:VEVENT\r\n", id, steps[i].start,
                                              steps[i].end, steps[i].more);
    g_autofree char *text = wrap (event);
    g_autoptr (GPtrArray) back = plan_calendar (desk, text, NULL);

    count = take (desk, back, FALSE);
    g_assert_cmpuint (count.changed, ==, steps[i].changed);
    g_assert_cmpuint (count.broken, ==, steps[i].broken);
  }
  g_clear_pointer (&span, ava_book_span_free);
  span = load (desk, "2026-12-29", "2026-12-29");
  g_assert_cmpint (AVA_APPOINTMENT (span->appointments->pdata[0])->status, ==, AVA_APPOINTMENT_CANCELLED);
}

static void
foreign_events_become_time_away_once (Desk          *desk,
                                      gconstpointer  data)
{
  g_autofree char *text = wrap (
    "BEGIN:VEVENT\r\nUID:away-1\r\nDTSTART;VALUE=DATE:20261229\r\nDTEND;VALUE=DATE:20261231\r\nSUMMARY:Conference\\, Boston\r\nEND:VEVENT\r\n"
    "BEGIN:VEVENT\r\nUID:away-2\r\nDTSTART:20261223T120000\r\nDURATION:PT1H\r\nSUMMARY:Lunch\r\nEND:VEVENT\r\n");
  g_autofree char *moved = wrap ("BEGIN:VEVENT\r\nUID:away-2\r\nDTSTART:20261223T130000\r\nDURATION:PT1H\r\nSUMMARY:Lunch\r\nEND:VEVENT\r\n");
  g_autofree char *gone = wrap ("BEGIN:VEVENT\r\nUID:away-2\r\nDTSTART:20261223T130000\r\nDURATION:PT1H\r\nSTATUS:CANCELLED\r\nEND:VEVENT\r\n");
  g_autoptr (GPtrArray) items = plan_calendar (desk, text, "prov-ortiz");
  g_autoptr (GPtrArray) again = plan_calendar (desk, text, "prov-ortiz");
  g_autoptr (GPtrArray) nobody = plan_calendar (desk, moved, NULL);
  g_autoptr (GPtrArray) other = plan_calendar (desk, moved, "prov-ortiz");
  g_autoptr (GPtrArray) cancelled = plan_calendar (desk, gone, "prov-ortiz");
  g_autoptr (GPtrArray) booking = plan_table (desk, "date,time,service,provider,name,phone\n2026-12-29,11:00,Botox,Elena Ortiz,Zora Quill,+12125550123\n");
  g_autoptr (AvaBookSpan) span = NULL;
  const AvaTimeBlock *block;

  g_assert_cmpuint (take (desk, items, FALSE).added, ==, 2);
  g_assert_cmpuint (take (desk, again, FALSE).unchanged, ==, 2);
  span = load (desk, "2026-12-29", "2026-12-29");
  g_assert_cmpuint (span->blocks->len, ==, 1);
  block = span->blocks->pdata[0];
  g_assert_cmpstr (block->reason, ==, "Conference, Boston");
  g_assert_cmpint (block->start_us, ==, at (desk, "2026-12-29T00:00:00"));
  g_assert_cmpint (block->end_us, ==, at (desk, "2026-12-31T00:00:00"));
  g_assert_cmpuint (take (desk, booking, FALSE).broken, ==, 1);
  g_assert_cmpstr (((AvaImportItem *) booking->pdata[0])->words, ==, "Elena Ortiz is away through Wednesday, December 30.");
  g_assert_cmpuint (take (desk, other, FALSE).changed, ==, 1);
  g_assert_cmpuint (take (desk, cancelled, FALSE).changed, ==, 1);
  g_assert_cmpuint (take (desk, nobody, FALSE).broken, ==, 1);
}

static void
event_that_names_service_and_customer_is_booked (Desk          *desk,
                                                 gconstpointer  data)
{
  g_autoptr (GPtrArray) person = plan_table (desk, "date,time,service,name,phone\n2026-12-30,11:00,Botox,Zora Quill,+12125550123\n");
  g_autofree char *text = wrap (
    "BEGIN:VEVENT\r\nUID:b-1\r\nDTSTART;TZID=America/New_York:20261229T110000\r\nDTEND;TZID=America/New_York:20261229T113000\r\n"
    "SUMMARY:Zora Quill - Botox\r\nEND:VEVENT\r\n"
    "BEGIN:VEVENT\r\nUID:b-2\r\nDTSTART;TZID=America/New_York:20261229T150000\r\nDTEND;TZID=America/New_York:20261229T153000\r\n"
    "SUMMARY:Botox: Somebody Unknown\r\nEND:VEVENT\r\n");
  g_autoptr (GPtrArray) items = plan_calendar (desk, text, "prov-ortiz");
  g_autoptr (AvaBookSpan) span = NULL;

  g_assert_cmpuint (take (desk, person, FALSE).added, ==, 1);
  g_assert_cmpuint (take (desk, items, FALSE).added, ==, 2);
  span = load (desk, "2026-12-29", "2026-12-29");
  g_assert_cmpuint (span->appointments->len, ==, 1);
  g_assert_cmpstr (AVA_APPOINTMENT (span->appointments->pdata[0])->customer_phone, ==, "+12125550123");
  g_assert_cmpuint (span->blocks->len, ==, 1);
  g_assert_cmpstr (((AvaTimeBlock *) span->blocks->pdata[0])->reason, ==, "Botox: Somebody Unknown");
}

#define LUNCH(uid, day, from, more) \
  "BEGIN:VEVENT\r\nUID:" uid "\r\nDTSTART;TZID=America/New_York:" day "T" from "\r\nDURATION:PT1H\r\nSUMMARY:Lunch\r\n" more "END:VEVENT\r\n"

static AvaImportCount
take_calendar (Desk       *desk,
               const char *events,
               const char *provider)
{
  g_autofree char *text = wrap (events);
  g_autoptr (GPtrArray) items = plan_calendar (desk, text, provider);

  return take (desk, items, FALSE);
}

static int
compare_words (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* "12-23 12:00 prov-ortiz" for each block of the two months that are imported */
static char *
list_blocks (Desk *desk)
{
  g_autoptr (AvaBookSpan) span = load (desk, "2026-12-01", "2027-01-31");
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < span->blocks->len; i++) {
    const AvaTimeBlock *block = span->blocks->pdata[i];
    g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (block->start_us / AVA_USEC_PER_SEC);
    g_autoptr (GDateTime) start = g_date_time_to_timezone (utc, desk->spa->zone);
    g_autofree char *when = g_date_time_format (start, "%m-%d %H:%M");

    g_ptr_array_add (words, g_strconcat (when, " ", block->provider_id, NULL));
  }
  g_ptr_array_sort (words, compare_words);
  g_ptr_array_add (words, NULL);
  return g_strjoinv (", ", (char **) words->pdata);
}

static void
expect_blocks (Desk       *desk,
               const char *wanted)
{
  g_autofree char *blocks = list_blocks (desk);

  g_assert_cmpstr (blocks, ==, wanted);
}

/* Birthdays and notes for the day stand in a calendar, and take nobody's time. */
static void
free_events_take_no_time (Desk          *desk,
                          gconstpointer  data)
{
  AvaImportCount count = take_calendar (desk,
    LUNCH ("a", "20261223", "120000", "TRANSP:TRANSPARENT\r\n") LUNCH ("b", "20261223", "150000", "X-MICROSOFT-CDO-BUSYSTATUS:FREE\r\n")
    LUNCH ("c", "20261224", "120000", "TRANSP:OPAQUE\r\n"), "prov-ortiz");

  g_assert_cmpuint (count.added, ==, 1);
  g_assert_cmpuint (count.unchanged, ==, 2);
  expect_blocks (desk, "12-24 12:00 prov-ortiz");
  count = take_calendar (desk, LUNCH ("c", "20261224", "120000", "TRANSP:TRANSPARENT\r\n"), "prov-ortiz");
  g_assert_cmpuint (count.changed, ==, 1);
  expect_blocks (desk, "");
}

/* The same UID is in the calendars of all who come. */
static void
meeting_of_two_takes_the_time_of_both (Desk          *desk,
                                       gconstpointer  data)
{
  static const char meeting[] = LUNCH ("m", "20261223", "120000", "");
  static const char moved[] = LUNCH ("m", "20261223", "130000", "");

  g_assert_cmpuint (take_calendar (desk, meeting, "prov-ortiz").added, ==, 1);
  g_assert_cmpuint (take_calendar (desk, meeting, "prov-park").added, ==, 1);
  expect_blocks (desk, "12-23 12:00 prov-ortiz, 12-23 12:00 prov-park");
  g_assert_cmpuint (take_calendar (desk, meeting, "prov-ortiz").unchanged, ==, 1);
  g_assert_cmpuint (take_calendar (desk, moved, "prov-park").changed, ==, 1);
  expect_blocks (desk, "12-23 12:00 prov-ortiz, 12-23 13:00 prov-park");
}

static void
series_that_moves_or_ends_leaves_nothing_behind (Desk          *desk,
                                                 gconstpointer  data)
{
  static const char weekly[] = LUNCH ("w", "20261201", "120000", "RRULE:FREQ=WEEKLY;COUNT=3\r\n") LUNCH ("other", "20261202", "120000", "");
  static const char later[] = LUNCH ("w", "20261201", "130000", "RRULE:FREQ=WEEKLY;COUNT=3\r\n");
  static const char one_time[] =
    "BEGIN:VEVENT\r\nUID:w\r\nRECURRENCE-ID;TZID=America/New_York:20261208T130000\r\nDTSTART;TZID=America/New_York:20261208T150000\r\n"
    "DURATION:PT1H\r\nSUMMARY:Lunch\r\nEND:VEVENT\r\n";
  static const char ended[] = LUNCH ("w", "20261103", "130000", "RRULE:FREQ=WEEKLY;UNTIL=20261130T000000Z\r\n");
  AvaImportCount count;

  g_assert_cmpuint (take_calendar (desk, weekly, "prov-ortiz").added, ==, 4);
  count = take_calendar (desk, later, "prov-ortiz");
  g_assert_cmpuint (count.added, ==, 3);
  g_assert_cmpuint (count.changed, ==, 1);
  expect_blocks (desk, "12-01 13:00 prov-ortiz, 12-02 12:00 prov-ortiz, 12-08 13:00 prov-ortiz, 12-15 13:00 prov-ortiz");
  /* A file with one time only says nothing about the others. */
  g_assert_cmpuint (take_calendar (desk, one_time, "prov-ortiz").changed, ==, 1);
  expect_blocks (desk, "12-01 13:00 prov-ortiz, 12-02 12:00 prov-ortiz, 12-08 15:00 prov-ortiz, 12-15 13:00 prov-ortiz");
  g_assert_cmpuint (take_calendar (desk, ended, "prov-ortiz").changed, ==, 1);
  expect_blocks (desk, "12-02 12:00 prov-ortiz");
  g_assert_cmpuint (take_calendar (desk, ended, "prov-ortiz").changed, ==, 0);
}

static void
newest_version_in_a_file_counts (Desk          *desk,
                                 gconstpointer  data)
{
  static const char both[] = LUNCH ("v", "20261224", "130000", "SEQUENCE:2\r\n") LUNCH ("v", "20261224", "120000", "SEQUENCE:1\r\n");
  AvaImportCount count = take_calendar (desk, both, "prov-ortiz");

  g_assert_cmpuint (count.added, ==, 1);
  g_assert_cmpuint (count.broken, ==, 1);
  expect_blocks (desk, "12-24 13:00 prov-ortiz");
  count = take_calendar (desk, both, "prov-ortiz");
  g_assert_cmpuint (count.unchanged, ==, 1);
  count = take_calendar (desk, "METHOD:CANCEL\r\n" LUNCH ("v", "20261224", "130000", "SEQUENCE:3\r\n"), "prov-ortiz");
  g_assert_cmpuint (count.changed, ==, 1);
  expect_blocks (desk, "");
}

/* Times that are listed, a last day, days that are left out. */
static void
listed_days_are_read_as_meant (Desk          *desk,
                               gconstpointer  data)
{
  AvaImportCount count = take_calendar (desk,
    LUNCH ("r", "20261201", "120000", "RDATE;TZID=America/New_York:20261203T120000,20261204T130000\r\n")
    LUNCH ("u", "20261207", "120000", "RRULE:FREQ=DAILY;UNTIL=20261209\r\nEXDATE;VALUE=DATE:20261208\r\n"), "prov-ortiz");

  g_assert_cmpuint (count.broken, ==, 0);
  expect_blocks (desk, "12-01 12:00 prov-ortiz, 12-03 12:00 prov-ortiz, 12-04 13:00 prov-ortiz, 12-07 12:00 prov-ortiz, 12-09 12:00 prov-ortiz");
}

/* However many parts a file is taken in. */
static void
whole_import_is_taken_back_at_once (Desk          *desk,
                                    gconstpointer  data)
{
  g_autoptr (AvaBook) book = ava_book_new (desk->context);
  g_autoptr (GString) events = g_string_new (NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *words = NULL;

  for (guint i = 0; i < 230; i++)
    g_string_append_printf (events, LUNCH ("n%u", "202612%02u", "%02u0000", ""), i, 1 + i % 30, 7 + i / 30);
  g_assert_cmpuint (take_calendar (desk, events->str, "prov-ortiz").added, ==, 230);
  ava_book_undo_async (book, 0, test_result_cb, &result);
  words = ava_book_undo_finish (book, test_result_wait (&result), &error);
  g_assert_no_error (error);
  expect_blocks (desk, "");
  g_assert_cmpuint (take_calendar (desk, events->str, "prov-ortiz").added, ==, 230);
}

/* Whoever takes leave in has to know whom it leaves without a provider, before and after. */
static void
leave_tells_which_appointments_it_breaks (Desk          *desk,
                                          gconstpointer  data)
{
  g_autoptr (GPtrArray) booking = plan_table (desk, "date,time,service,provider,name,phone\n2026-12-29,11:00,Botox,Elena Ortiz,Zora Quill,+12125550123\n");
  g_autofree char *text = wrap ("BEGIN:VEVENT\r\nUID:leave\r\nDTSTART;VALUE=DATE:20261228\r\nDTEND;VALUE=DATE:20270101\r\nSUMMARY:Leave\r\nEND:VEVENT\r\n");
  g_autoptr (GPtrArray) items = plan_calendar (desk, text, "prov-ortiz");
  g_autoptr (GPtrArray) others = plan_calendar (desk, text, "prov-park");
  AvaImportItem *item = items->pdata[0];

  g_assert_cmpuint (take (desk, booking, FALSE).added, ==, 1);
  g_assert_cmpuint (take (desk, items, TRUE).added, ==, 1);
  g_assert_cmpstr (item->words, ==, "An appointment stands in this time. It is not cancelled: move it, or cancel it.");
  g_assert_cmpuint (take (desk, others, TRUE).added, ==, 1);
  g_assert_null (((AvaImportItem *) others->pdata[0])->words);
}

static GPtrArray *
parse (Desk       *desk,
       const char *events)
{
  g_autofree char *text = wrap (events);
  g_autoptr (GError) error = NULL;
  GPtrArray *parsed = ava_ics_parse (text, -1, desk->spa->zone, at (desk, "2026-10-01T00:00:00"), at (desk, "2027-04-01T00:00:00"), NULL, &error);

  g_assert_no_error (error);
  return parsed;
}

/* A weekly event keeps its wall time over the change of the clocks, less what is left out, with what differs. */
static void
repeating_events_are_written_out_on_the_wall_clock (Desk          *desk,
                                                    gconstpointer  data)
{
  g_autoptr (GPtrArray) events = parse (desk,
    "BEGIN:VEVENT\r\nUID:w\r\nDTSTART;TZID=America/New_York:20261005T090000\r\nDTEND;TZID=America/New_York:20261005T100000\r\n"
    "RRULE:FREQ=WEEKLY;UNTIL=20261123T140000Z\r\nEXDATE;TZID=America/New_York:20261012T090000\r\nSUMMARY:Team\r\nEND:VEVENT\r\n"
    "BEGIN:VEVENT\r\nUID:w\r\nRECURRENCE-ID;TZID=America/New_York:20261019T090000\r\nDTSTART;TZID=America/New_York:20261020T170000\r\n"
    "DTEND;TZID=America/New_York:20261020T180000\r\nSUMMARY:Team\\, moved\r\nEND:VEVENT\r\n");
  static const char *const starts[] = {
    "2026-10-05T09:00:00", "2026-10-26T09:00:00", "2026-11-02T09:00:00", "2026-11-09T09:00:00", "2026-11-16T09:00:00", "2026-11-23T09:00:00",
    "2026-10-20T17:00:00",
  };

  g_assert_cmpuint (events->len, ==, G_N_ELEMENTS (starts));
  for (guint i = 0; i < events->len; i++) {
    AvaIcsEvent *event = events->pdata[i];

    g_assert_null (event->problem);
    g_assert_cmpint (event->start_us, ==, at (desk, starts[i]));
    g_assert_cmpint (event->end_us - event->start_us, ==, 60 * AVA_USEC_PER_MIN);
  }
  g_assert_cmpint (((AvaIcsEvent *) events->pdata[6])->instance_us, ==, at (desk, "2026-10-19T09:00:00"));
}

static void
times_mean_what_their_zone_says (Desk          *desk,
                                 gconstpointer  data)
{
  static const struct { const char *start, *instant; } cases[] = {
    { "DTSTART:20261229T160000Z", "2026-12-29T11:00:00" },
    { "DTSTART:20261229T110000", "2026-12-29T11:00:00" },                              /* floating */
    { "DTSTART;TZID=Europe/Berlin:20261229T170000", "2026-12-29T11:00:00" },
    { "DTSTART;TZID=/softwarestudio.org/Tzfile/Europe/Berlin:20261229T170000", "2026-12-29T11:00:00" },
    { "DTSTART;TZID=Local Rules:20261229T180000", "2026-12-29T11:00:00" },             /* the file's own zone */
    { "DTSTART;VALUE=DATE:20261229", "2026-12-29T00:00:00" },
    { "DTSTART;TZID=America/New_York:20270314T023000", "2027-03-14T03:00:00" },        /* skipped: when it is over */
    { "DTSTART;TZID=America/New_York:20261101T013000", "2026-11-01T01:30:00-04:00" },  /* twice: the first */
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *event = g_strdup_printf (
      "BEGIN:VTIMEZONE\r\nTZID:Local Rules\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0200\r\n"
      "END:STANDARD\r\nEND:VTIMEZONE\r\nBEGIN:VEVENT\r\nUID:%u\r\n%s\r\nDURATION:%s\r\nSUMMARY:x\r\nEND:VEVENT\r\n", i, cases[i].start,
      strstr (cases[i].start, "VALUE=DATE") != NULL ? "P1D" : "PT30M");
    g_autoptr (GPtrArray) events = parse (desk, event);
    AvaIcsEvent *one = events->pdata[0];

    g_assert_cmpuint (events->len, ==, 1);
    g_assert_cmpstr (one->problem, ==, NULL);
    g_assert_cmpint (one->start_us, ==, at (desk, cases[i].instant));
  }
}

static void
broken_events_are_told_and_the_others_read (Desk          *desk,
                                            gconstpointer  data)
{
  g_autoptr (GPtrArray) events = parse (desk,
    "BEGIN:VEVENT\r\nDTSTART:20261229T110000\r\nDURATION:PT1H\r\nEND:VEVENT\r\n"
    "BEGIN:VEVENT\r\nUID:no-start\r\nSUMMARY:x\r\nEND:VEVENT\r\n"
    "BEGIN:VEVENT\r\nUID:no-day\r\nDTSTART:20260231T110000\r\nDURATION:PT1H\r\nEND:VEVENT\r\n"
    "BEGIN:VEVENT\r\nUID:no-zone\r\nDTSTART;TZID=Moon/Base:20261229T110000\r\nDURATION:PT1H\r\nEND:VEVENT\r\n"
    "BEGIN:VEVENT\r\nUID:backwards\r\nDTSTART:20261229T110000\r\nDTEND:20261229T100000\r\nEND:VEVENT\r\n"
    "BEGIN:VEVENT\r\nUID:no-length\r\nDTSTART:20261229T110000\r\nEND:VEVENT\r\n"
    "BEGIN:VEVENT\r\nUID:too-often\r\nDTSTART:20261229T110000\r\nDURATION:PT1S\r\nRRULE:FREQ=SECONDLY\r\nEND:VEVENT\r\n"
    "BEGIN:VEVENT\r\nUID:fold\r\nDTSTART:20261229T110000\r\nDURATION:PT1H\r\nSUMMARY:Long\\, fol\r\n ded \\; \\\\ line\\nand Ł\r\n"
    "\tucja 🌸\r\nEND:VEVENT\r\n");
  guint broken = 0;
  AvaIcsEvent *last = events->pdata[events->len - 1];

  for (guint i = 0; i < events->len; i++) {
    AvaIcsEvent *event = events->pdata[i];

    broken += event->problem != NULL;
    g_assert_cmpuint (event->line, >, 3);
  }
  g_assert_cmpuint (broken, ==, 7);
  g_assert_null (last->problem);
  g_assert_cmpstr (last->uid, ==, "fold");
  g_assert_cmpstr (last->summary, ==, "Long, folded ; \\ line\nand Łucja 🌸");
}

static void
what_is_no_calendar_is_refused_in_words (Desk          *desk,
                                         gconstpointer  data)
{
  static const char *const files[] = { "", "hello", "PK\x03\x04", "date,time\n", "BEGIN:VCARD\nEND:VCARD\n" };
  g_autoptr (GError) binary = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (files); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_null (ava_ics_parse (files[i], -1, desk->spa->zone, 0, G_MAXINT64, NULL, &error));
    g_assert_cmpint (strlen (error->message), >, 20);
  }
  g_assert_null (ava_ics_parse ("BEGIN:VCALENDAR\0x", 17, desk->spa->zone, 0, G_MAXINT64, NULL, &binary));
  g_assert_nonnull (binary);
}

/* --- Bad input --------------------------------------------------------------------------------- */

static JsonObject *
run_tool (Desk       *desk,
          const char *name,
          JsonObject *args)
{
  g_autoptr (AvaToolCall) call = ava_tool_call_new (name, args);
  g_autoptr (GAsyncResult) result = NULL;

  ava_toolbox_run_async (ava_context_get_toolbox (desk->context), call, "staff:test", NULL, NULL, test_result_cb, &result);
  ava_toolbox_run_finish (ava_context_get_toolbox (desk->context), test_result_wait (&result), NULL);
  return json_object_ref (call->result);
}

static char *
make_csv_cell (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, "\"", -1);
  g_autofree char *joined = g_strjoinv ("\"\"", parts);

  return g_strdup_printf ("\"%s\"", joined);
}

/* Whatever is written into whatever field of a tool, a table or a calendar: it is taken as the text that it is,
 * or refused in a sentence; the book stays whole. */
static void
any_text_in_any_field_is_text_or_refused (Desk          *desk,
                                          gconstpointer  data)
{
  g_autofree char *endless = g_strnfill (10000, 'x');
  const char *const texts[] = {
    "'; DROP TABLE customers; --", "Robert\"); DELETE FROM appointments; --", "<b>bold</b> & <script>alert(1)</script>", "%s%n%d%999999x",
    "🌸👩🏽‍⚕️ emoji", "محمد الأنصاري", "שרה כהן", "e\xCC\x81\xCC\x81\xCC\x81 zalgo", "line\nbreak\ttab", "../../etc/passwd", "\xE2\x80\xAE" "reversed",
    "2026-13-45", "0000-00-00", "99999999999999999999", "-1", "NaN", "null", "\"quoted\"", "=HYPERLINK(\"x\")", endless, " ", "",
  };
  static const struct { const char *tool; const char *fields[7]; } tools[] = {
    { "find_customer", { "name", "phone" } },
    { "check_availability", { "service", "provider", "when", "from_date", "to_date", "from_time", "to_time" } },
    { "book_appointment", { "slot_id", "customer_name", "phone", "email", "customer_id", "notes" } },
    { "reschedule_appointment", { "appointment_id", "slot_id" } },
    { "cancel_appointment", { "appointment_id", "reason" } },
    { "hold_slot", { "slot_id" } },
    { "list_services", { "service" } },
    { "get_hours", { "when" } },
    { "take_message", { "name", "phone", "text", "kind" } },
  };
  static const char *const columns[] = { "date", "time", "service", "provider", "name", "phone", "email", "notes", "id" };
  static const char *const good[] = { "2026-12-29", "11:00", "Botox", "", "Zora Quill", "+12125550123", "", "", "" };
  g_autoptr (GHashTable) defaults = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (AvaBookSpan) span = NULL;
  g_autoptr (GPtrArray) proof = NULL;

  g_hash_table_insert (defaults, (gpointer) "service", (gpointer) "Botox");
  g_hash_table_insert (defaults, (gpointer) "slot_id", (gpointer) "svc-botox.prov-ortiz.room-1.1798560000");
  g_hash_table_insert (defaults, (gpointer) "customer_name", (gpointer) "Zora Quill");
  g_hash_table_insert (defaults, (gpointer) "phone", (gpointer) "+12125550123");
  g_hash_table_insert (defaults, (gpointer) "appointment_id", (gpointer) "nothing");
  g_hash_table_insert (defaults, (gpointer) "text", (gpointer) "hello");
  g_hash_table_insert (defaults, (gpointer) "kind", (gpointer) "message");
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    for (guint j = 0; j < G_N_ELEMENTS (tools); j++) {
      for (guint k = 0; k < 7 && tools[j].fields[k] != NULL; k++) {
        JsonObject *args = json_object_new ();
        g_autoptr (JsonObject) answer = NULL;

        for (guint l = 0; l < 7 && tools[j].fields[l] != NULL; l++) {
          const char *value = l == k ? texts[i] : g_hash_table_lookup (defaults, tools[j].fields[l]);

          if (value != NULL)
            json_object_set_string_member (args, tools[j].fields[l], value);
        }
        answer = run_tool (desk, tools[j].tool, args);
        if (json_object_has_member (answer, "error"))
          g_assert_cmpint (strlen (json_object_get_string_member (answer, "message")), >, 8);
      }
    }
    for (guint j = 0; j < G_N_ELEMENTS (columns); j++) {
      g_autoptr (GString) table = g_string_new ("date,time,service,provider,name,phone,email,notes,id\n");
      g_autoptr (GPtrArray) items = NULL;

      for (guint k = 0; k < G_N_ELEMENTS (columns); k++) {
        g_autofree char *cell = make_csv_cell (j == k ? texts[i] : good[k]);

        g_string_append_printf (table, "%s%s", k > 0 ? "," : "", cell);
      }
      items = plan_table (desk, table->str);
      g_assert_cmpuint (items->len, ==, 1);
      take (desk, items, FALSE);
      if (((AvaImportItem *) items->pdata[0])->verdict == AVA_IMPORT_BROKEN)
        g_assert_cmpint (strlen (((AvaImportItem *) items->pdata[0])->words), >, 8);
    }
  }
  span = load (desk, "2026-12-29", "2026-12-29");
  g_assert_cmpuint (span->appointments->len, >, 0);
  proof = plan_table (desk, "date,time,service,name,phone\n2026-12-30,11:00,Botox,\"'; DROP TABLE customers; --\",+12125550199\n");
  g_assert_cmpuint (take (desk, proof, FALSE).added, ==, 1);
  g_clear_pointer (&span, ava_book_span_free);
  span = load (desk, "2026-12-30", "2026-12-30");
  g_assert_cmpstr (AVA_APPOINTMENT (span->appointments->pdata[0])->customer_name, ==, "'; DROP TABLE customers; --");
}

/* --- Who waits --------------------------------------------------------------------------------- */

static void
free_time_is_suggested_to_the_best_placed_and_only_once (Desk          *desk,
                                                         gconstpointer  data)
{
  static const struct { const char *id, *provider; int days; } waits[] = {
    { "new", "prov-ortiz", 1 }, { "old", "prov-ortiz", 30 }, { "never", "prov-park", 90 },   /* Grace Park does no Botox */
  };
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) busy = g_ptr_array_new_with_free_func ((GDestroyNotify) ava_busy_free);
  g_autoptr (GPtrArray) plan = NULL;
  AvaBackfill *rows[3];

  for (guint i = 0; i < G_N_ELEMENTS (waits); i++) {
    AvaWaitlistEntry *entry = ava_waitlist_entry_new ();

    entry->id = g_strdup (waits[i].id);
    entry->service_id = g_strdup ("svc-botox");
    entry->provider_id = g_strdup (waits[i].provider);
    entry->created_us = NOW_US - waits[i].days * AVA_USEC_PER_DAY;
    g_ptr_array_add (entries, entry);
  }
  plan = ava_backfill_plan (desk->spa, entries, busy, NOW_US);
  g_assert_cmpuint (plan->len, ==, 3);
  for (guint i = 0; i < 3; i++)
    rows[i] = plan->pdata[i];
  g_assert_cmpstr (rows[0]->entry->id, ==, "old");
  g_assert_cmpstr (rows[1]->entry->id, ==, "new");
  g_assert_cmpstr (rows[2]->entry->id, ==, "never");
  g_assert_null (rows[2]->slot);
  g_assert_cmpint (rows[1]->slot->start_us, >=, rows[0]->slot->busy_end_us);
  g_assert_cmpint (rows[0]->slot->start_us, >=, NOW_US + 60 * AVA_USEC_PER_MIN);
  g_assert_nonnull (strstr (rows[0]->words, "waiting 30 days"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define TEST(name) g_test_add ("/files/" #name, Desk, NULL, set_up, name, tear_down)
  TEST (broken_rows_are_told_by_line_and_good_ones_taken_once);
  TEST (line_with_an_id_is_moved_when_it_changes);
  TEST (table_without_its_columns_is_refused_in_words);
  TEST (calendar_goes_out_and_comes_back_unchanged);
  TEST (moved_and_cancelled_in_a_calendar_is_so_in_the_book);
  TEST (foreign_events_become_time_away_once);
  TEST (event_that_names_service_and_customer_is_booked);
  TEST (free_events_take_no_time);
  TEST (meeting_of_two_takes_the_time_of_both);
  TEST (series_that_moves_or_ends_leaves_nothing_behind);
  TEST (newest_version_in_a_file_counts);
  TEST (listed_days_are_read_as_meant);
  TEST (whole_import_is_taken_back_at_once);
  TEST (leave_tells_which_appointments_it_breaks);
  TEST (repeating_events_are_written_out_on_the_wall_clock);
  TEST (times_mean_what_their_zone_says);
  TEST (broken_events_are_told_and_the_others_read);
  TEST (what_is_no_calendar_is_refused_in_words);
  TEST (free_time_is_suggested_to_the_best_placed_and_only_once);
  TEST (any_text_in_any_field_is_text_or_refused);
  return g_test_run ();
}
