/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-day-sheet.h"

#include "ava-phone.h"
#include "ava-telling.h"
#include "ava-time-of-day.h"
#include "ava-wall-time.h"

#include <glib/gi18n.h>
#include <string.h>

/* What stands on the sheet of a day, in words; where it stands is the business of ava-day-sheet-pages.c. */

static void
row_free (AvaDaySheetRow *row)
{
  g_free (row->time);
  g_free (row->until);
  g_free (row->title);
  g_free (row->phone);
  g_free (row->service);
  g_free (row->place);
  g_free (row->status);
  g_free (row->flags);
  g_free (row->notes);
  g_free (row->money);
  g_free (row);
}

static void
section_free (AvaDaySheetSection *section)
{
  g_free (section->name);
  g_free (section->detail);
  g_free (section->colour);
  g_ptr_array_unref (section->rows);
  g_free (section);
}

/**
 * ava_day_sheet_free:
 * @self: (transfer full) (nullable):
 */
void
ava_day_sheet_free (AvaDaySheet *self)
{
  if (self == NULL)
    return;
  g_free (self->spa);
  g_free (self->address);
  g_free (self->date);
  g_free (self->summary);
  g_free (self->printed);
  g_ptr_array_unref (self->sections);
  g_free (self);
}

static void
set_span (AvaDaySheetRow *row,
          gint64          from_us,
          gint64          to_us,
          GTimeZone      *zone)
{
  g_autofree char *end = ava_tell_time (AVA_WRITTEN, to_us, zone);

  row->time = ava_tell_time (AVA_WRITTEN, from_us, zone);
  row->until = g_strdup_printf (_("to %s"), end);
}

static const char *
say_status (AvaAppointmentStatus status)
{
  switch (status) {
  case AVA_APPOINTMENT_CONFIRMED:
    return _("Confirmed");
  case AVA_APPOINTMENT_ARRIVED:
    return _("Arrived");
  case AVA_APPOINTMENT_IN_ROOM:
    return _("In room");
  case AVA_APPOINTMENT_DONE:
    return _("Done");
  case AVA_APPOINTMENT_NO_SHOW:
    return _("No-show");
  case AVA_APPOINTMENT_CANCELLED:
    return _("Cancelled");
  default:
    return _("Not confirmed");
  }
}

static char *
say_money (AvaAppointment *appointment,
           const char     *currency)
{
  gint64 due = appointment->deposit_cents - appointment->deposit_paid_cents;

  if (appointment->package_name != NULL)
    return g_strdup_printf (_("From package “%s”"), appointment->package_name);
  if (due <= 0 || appointment->status == AVA_APPOINTMENT_NO_SHOW)
    return NULL;
  return g_strdup_printf (_("Deposit due: %d.%02d %s"), (int) (due / 100), (int) (due % 100), currency != NULL ? currency : "USD");
}

static AvaDaySheetRow *
make_row (AvaSpa         *spa,
          AvaAppointment *appointment)
{
  AvaDaySheetRow *row = g_new0 (AvaDaySheetRow, 1);

  row->start_us = appointment->start_us;
  set_span (row, appointment->start_us, appointment->end_us, spa->zone);
  row->title = g_strdup (appointment->customer_name);
  row->phone = appointment->customer_phone != NULL && *appointment->customer_phone != '\0' ? ava_phone_format (appointment->customer_phone) : NULL;
  row->service = g_strdup (appointment->service_name);
  row->place = appointment->device_name != NULL ? g_strdup_printf ("%s, %s", appointment->room_name, appointment->device_name)
                                                : g_strdup (appointment->room_name);
  row->status = g_strdup (say_status (appointment->status));
  /* Paper lies around: what matters to the treatment must be on it, what the office thinks of a client must not. */
  row->flags = g_strdup (appointment->clinical);
  row->notes = appointment->notes != NULL && *appointment->notes != '\0' ? g_strdup (appointment->notes) : NULL;
  row->money = say_money (appointment, spa->currency);
  return row;
}

static AvaDaySheetRow *
make_away (AvaSpa             *spa,
           const AvaTimeBlock *block,
           gint64              from_us,
           gint64              to_us)
{
  AvaDaySheetRow *row = g_new0 (AvaDaySheetRow, 1);

  row->away = TRUE;
  row->start_us = MAX (block->start_us, from_us);
  if (block->start_us <= from_us && block->end_us >= to_us)
    row->time = g_strdup (_("All day"));
  else
    set_span (row, row->start_us, MIN (block->end_us, to_us), spa->zone);
  row->title = block->reason != NULL && *block->reason != '\0' ? g_strdup_printf (_("Away: %s"), block->reason) : g_strdup (_("Away"));
  return row;
}

static char *
say_hours (AvaSpa      *spa,
           AvaProvider *provider,
           const GDate *day)
{
  AvaSpan spans[AVA_SPA_MAX_SPANS];
  const char *why = NULL;
  guint count = ava_spa_list_hours (spa, provider->id, day, spans, AVA_SPA_MAX_SPANS, &why);
  g_autoptr (GString) words = g_string_new (provider->title);

  if (count == 0)
    g_string_append_printf (words, "%s%s", words->len > 0 ? ", " : "", why != NULL && *why != '\0' ? why : _("does not work today"));
  for (guint i = 0; i < count; i++) {
    g_autofree char *from = ava_tell_minute (AVA_WRITTEN, spans[i].open_min);
    g_autofree char *to = ava_tell_minute (AVA_WRITTEN, spans[i].close_min);

    g_string_append_printf (words, _("%s%s to %s"), i > 0 || words->len > 0 ? ", " : "", from, to);
  }
  return g_string_free (g_steal_pointer (&words), FALSE);
}

static int
compare_rows (gconstpointer a,
              gconstpointer b)
{
  const AvaDaySheetRow *one = *(const AvaDaySheetRow *const *) a;
  const AvaDaySheetRow *two = *(const AvaDaySheetRow *const *) b;

  return one->start_us != two->start_us ? (one->start_us < two->start_us ? -1 : 1) : g_strcmp0 (one->title, two->title);
}

static AvaDaySheetSection *
make_section (AvaSpa      *spa,
              AvaProvider *provider,
              GPtrArray   *appointments,
              GPtrArray   *blocks,
              const GDate *day,
              guint       *count)
{
  AvaDaySheetSection *section = g_new0 (AvaDaySheetSection, 1);
  gint64 from_us = ava_wall_time_first (day, 0, spa->zone);
  gint64 to_us = ava_wall_time_first (day, 1440, spa->zone);

  section->name = g_strdup (provider->name);
  section->detail = say_hours (spa, provider, day);
  section->colour = g_strdup (provider->colour);
  section->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) row_free);
  for (guint i = 0; i < appointments->len; i++) {
    AvaAppointment *appointment = appointments->pdata[i];

    if (g_strcmp0 (appointment->provider_id, provider->id) != 0 || appointment->status == AVA_APPOINTMENT_CANCELLED ||
        appointment->start_us < from_us || appointment->start_us >= to_us || !ava_spa_is_here (spa, appointment->location_id))
      continue;
    g_ptr_array_add (section->rows, make_row (spa, appointment));
    (*count)++;
  }
  for (guint i = 0; blocks != NULL && i < blocks->len; i++) {
    const AvaTimeBlock *block = blocks->pdata[i];

    if (g_strcmp0 (block->provider_id, provider->id) == 0 && block->start_us < to_us && block->end_us > from_us)
      g_ptr_array_add (section->rows, make_away (spa, block, from_us, to_us));
  }
  g_ptr_array_sort (section->rows, compare_rows);
  return section;
}

/* Whoever works or has something to do that day stands on the sheet. */
static gboolean
is_there (AvaSpa             *spa,
          AvaProvider        *provider,
          AvaDaySheetSection *section,
          const GDate        *day)
{
  AvaSpan spans[AVA_SPA_MAX_SPANS];

  return section->rows->len > 0 ||
         (!provider->archived && ava_spa_list_hours (spa, provider->id, day, spans, AVA_SPA_MAX_SPANS, NULL) > 0);
}

/**
 * ava_day_sheet_new:
 * @spa: seen from the location
 * @appointments: (element-type AvaAppointment): of the day; others and cancelled ones are left out
 * @blocks: (element-type AvaTimeBlock) (nullable):
 * @provider_id: (nullable): only that one
 * @now_us: [us] UTC, when it is printed
 *
 * Returns: (transfer full): the sheet
 */
AvaDaySheet *
ava_day_sheet_new (AvaSpa      *spa,
                   GPtrArray   *appointments,
                   GPtrArray   *blocks,
                   const GDate *day,
                   const char  *provider_id,
                   gint64       now_us)
{
  AvaDaySheet *self = g_new0 (AvaDaySheet, 1);
  guint count = 0;
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (now_us / G_USEC_PER_SEC);
  g_autoptr (GDateTime) now = g_date_time_to_timezone (utc, spa->zone);
  g_autoptr (GDateTime) date = g_date_time_new_utc (g_date_get_year (day), g_date_get_month (day), g_date_get_day (day), 0, 0, 0);
  g_autofree char *at = ava_time_of_day_print_date (now, "%B %-d, %Y");
  g_autofree char *number = NULL;

  self->spa = g_strdup (spa->name);
  self->address = g_strdup (spa->address);
  self->date = g_date_time_format (date, "%A, %B %-d, %Y");
  self->printed = g_strdup_printf (_("Printed %s"), at);
  self->sections = g_ptr_array_new_with_free_func ((GDestroyNotify) section_free);
  for (guint i = 0; i < spa->providers->len; i++) {
    AvaProvider *provider = spa->providers->pdata[i];
    AvaDaySheetSection *section;

    if (provider_id != NULL && strcmp (provider->id, provider_id) != 0)
      continue;
    section = make_section (spa, provider, appointments, blocks, day, &count);
    if (provider_id != NULL || is_there (spa, provider, section, day))
      g_ptr_array_add (self->sections, section);
    else
      section_free (section);
  }
  number = g_strdup_printf (ngettext ("%u appointment", "%u appointments", count), count);
  self->summary = g_strdup_printf (ngettext ("%s, %u provider", "%s, %u providers", self->sections->len), number, self->sections->len);
  return self;
}
