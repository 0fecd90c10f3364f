/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-calendar-words.h"

#include "ava-display.h"
#include "ava-wall-time.h"

#include <glib/gi18n.h>

#define MOST_REASONS 3         /* that a ghost has room for */

/**
 * ava_calendar_words_for_date:
 * @format: as for g_date_time_format()
 */
char *
ava_calendar_words_for_date (const GDate *day,
                             const char  *format)
{
  g_autoptr (GDateTime) time = g_date_time_new_utc (g_date_get_year (day), g_date_get_month (day), g_date_get_day (day), 0, 0, 0);

  return g_date_time_format (time, format);
}

/**
 * ava_calendar_words_for_hours:
 *
 * "9:00 to 12:00, 13:00 to 18:00", or why they are not there
 */
char *
ava_calendar_words_for_hours (AvaDayBoard    *board,
                              AvaBoardColumn *column)
{
  g_autoptr (GString) words = g_string_new (NULL);

  if (column->n_spans == 0)
    return g_strdup (column->note != NULL && *column->note != '\0' ? column->note
                     : column->room_id != NULL ? _("Closed") : _("Not working"));
  for (guint i = 0; i < column->n_spans; i++) {
    g_autofree char *open = ava_display_minute (column->spans[i].open_min);
    g_autofree char *close = ava_display_minute (column->spans[i].close_min);

    if (i > 0)
      g_string_append (words, ", ");
    /* Translators: from one time of day to another. */
    g_string_append_printf (words, _("%s to %s"), open, close);
  }
  return g_string_free (g_steal_pointer (&words), FALSE);
}

/* --- why --- */

static char *
word_closed (AvaDayBoard        *board,
             AvaBoardColumn     *column,
             const AvaBoardItem *item)
{
  AvaSpan spans[AVA_SPA_MAX_SPANS];
  guint n = ava_spa_list_hours (board->spa, NULL, &column->day, spans, AVA_SPA_MAX_SPANS, NULL);
  int minute = ava_wall_time_of (item->start_us, board->spa->zone, NULL);
  g_autofree char *time = NULL;

  if (item->note != NULL && *item->note != '\0')
    return g_strdup_printf (_("Closed: %s"), item->note);
  if (n == 0)
    return g_strdup (_("The spa is closed that day"));
  for (guint i = 0; i < n && time == NULL; i++) {
    if (minute < spans[i].open_min)
      time = ava_display_minute (spans[i].open_min);
  }
  if (time != NULL)
    return item->is_break ? g_strdup_printf (_("The spa is closed until %s"), time)
                          : g_strdup_printf (_("The spa opens at %s"), time);
  time = ava_display_minute (spans[n - 1].close_min);
  return g_strdup_printf (_("The spa closes at %s"), time);
}

static char *
word_off (AvaBoardColumn     *column,
          AvaDayBoard        *board,
          const AvaBoardItem *item)
{
  int minute = ava_wall_time_of (item->start_us, board->spa->zone, NULL);
  g_autofree char *time = NULL;

  /* Translators: a provider, and why they are away. */
  if (item->note != NULL && *item->note != '\0')
    return g_strdup_printf (_("%s: %s"), column->name, item->note);
  if (column->n_spans == 0)
    return g_strdup_printf (_("%s does not work that day"), column->name);
  for (guint i = 0; i < column->n_spans && time == NULL; i++) {
    if (minute < column->spans[i].open_min)
      time = ava_display_minute (column->spans[i].open_min);
  }
  if (time != NULL)
    return item->is_break ? g_strdup_printf (_("%s has a break until %s"), column->name, time)
                          : g_strdup_printf (_("%s works from %s"), column->name, time);
  time = ava_display_minute (column->spans[column->n_spans - 1].close_min);
  return g_strdup_printf (_("%s works until %s"), column->name, time);
}

static const char *
name_location (AvaSpa     *spa,
               const char *id)
{
  for (guint i = 0; i < spa->locations->len; i++) {
    AvaLocation *location = spa->locations->pdata[i];

    if (g_strcmp0 (location->id, id) == 0)
      return location->name;
  }
  return _("another location");
}

static char *
word_busy (AvaDayBoard        *board,
           AvaBoardColumn     *column,
           const AvaBoardItem *item)
{
  AvaAppointment *appointment = item->subject;
  g_autofree char *until = ava_display_time (MAX (item->busy_end_us, item->end_us), board->spa->zone);

  if (appointment == NULL)
    return item->note != NULL && *item->note != '\0'
             ? g_strdup_printf (_("%s, until %s: %s"), column->name, until, item->note)
             : g_strdup_printf (_("%s is not to be had until %s"), column->name, until);
  if (g_strcmp0 (appointment->location_id, board->spa->location_id) != 0)
    return g_strdup_printf (_("%s is at %s until %s"), column->name, name_location (board->spa, appointment->location_id), until);
  return g_strdup_printf (_("%s is booked until %s, which the filter hides"), column->name, until);
}

/* Set-up and clean-up are told to nobody else, and yet they take their time. */
static char *
word_buffer (AvaDayBoard *board,
             guint        column,
             gint64       at_us)
{
  for (guint i = 0; i < board->items->len; i++) {
    AvaBoardItem *item = &g_array_index (board->items, AvaBoardItem, i);
    AvaAppointment *appointment = item->kind == AVA_ITEM_APPOINTMENT ? item->subject : NULL;
    g_autofree char *until = NULL;

    if (appointment == NULL || item->column != column || at_us < item->busy_start_us || at_us >= item->busy_end_us)
      continue;
    until = ava_display_time (at_us < item->start_us ? item->start_us : item->busy_end_us, board->spa->zone);
    /* Translators: a customer, a time of day. */
    return at_us < item->start_us
             ? g_strdup_printf (_("Set-up for %s until %s"), appointment->customer_name, until)
             : g_strdup_printf (_("Clean-up after %s until %s"), appointment->customer_name, until);
  }
  return NULL;
}

static char *
word_taken (AvaDayBoard  *board,
            AvaBoardItem *item)
{
  g_autofree char *until = ava_display_time (item->end_us, board->spa->zone);

  if (item->kind == AVA_ITEM_HOLD)
    return g_strdup_printf (_("Held for a caller until %s"), until);
  return g_strdup_printf (_("%s is booked until %s"), ava_day_board_get (board, item->column)->name, until);
}

/**
 * ava_calendar_words_for_why:
 * @now_us: [us] UTC
 */
char *
ava_calendar_words_for_why (AvaDayBoard *board,
                            guint        column_number,
                            gint64       at_us,
                            gint64       now_us)
{
  AvaBoardItem *item = ava_day_board_find (board, column_number, at_us);
  AvaBoardColumn *column = ava_day_board_get (board, column_number);

  if (item == NULL)
    return word_buffer (board, column_number, at_us);
  if (item->kind == AVA_ITEM_APPOINTMENT || item->kind == AVA_ITEM_HOLD)
    return word_taken (board, item);
  if (item->kind == AVA_ITEM_FREE)
    return item->end_us <= now_us ? g_strdup (_("This time is past")) : NULL;
  if (item->block == AVA_BLOCKED_CLOSED)
    return word_closed (board, column, item);
  return item->block == AVA_BLOCKED_PROVIDER_OFF ? word_off (column, board, item) : word_busy (board, column, item);
}

/**
 * ava_calendar_words_for_slot:
 * @why: (nullable): why nothing can be booked then
 */
char *
ava_calendar_words_for_slot (AvaDayBoard        *board,
                             const AvaBoardItem *item,
                             const char         *why)
{
  AvaBoardColumn *column = ava_day_board_get (board, item->column);
  g_autofree char *start = ava_display_time (item->start_us, board->spa->zone);
  g_autofree char *day = NULL;
  g_autofree char *who = NULL;

  if (board->columns->len > 1 && ava_day_board_get (board, 0)->axis_day != ava_day_board_get (board, 1)->axis_day) {
    day = ava_calendar_words_for_date (&column->day, "%A");
    who = g_strdup_printf ("%s, %s", column->name, day);
  }
  /* Translators: who, when. */
  if (why == NULL)
    return g_strdup_printf (_("%s, %s, free"), who != NULL ? who : column->name, start);
  return g_strdup_printf (_("%s, %s, closed: %s"), who != NULL ? who : column->name, start, why);
}

/**
 * ava_calendar_words_for_days:
 */
char *
ava_calendar_words_for_days (const GDate *first,
                             const GDate *last)
{
  gboolean same_year = g_date_get_year (first) == g_date_get_year (last);
  gboolean same_month = same_year && g_date_get_month (first) == g_date_get_month (last);
  const char *long_or_short = same_month ? _("%B %-e") : _("%b %-e");
  g_autofree char *from = ava_calendar_words_for_date (first, same_year ? long_or_short : _("%b %-e, %Y"));
  g_autofree char *to = ava_calendar_words_for_date (last, same_month ? _("%-e, %Y") : _("%b %-e, %Y"));

  /* Translators: the first and last day of a week. */
  return g_strdup_printf (_("%s to %s"), from, to);
}

/**
 * ava_calendar_words_for_place:
 */
char *
ava_calendar_words_for_place (AvaDayBoard *board,
                              guint        column_number,
                              gint64       start_us,
                              gint64       end_us)
{
  AvaBoardColumn *column = ava_day_board_get (board, column_number);
  g_autofree char *span = ava_display_span (start_us, end_us, board->spa->zone);
  g_autofree char *day = ava_calendar_words_for_date (&column->day, "%a");

  /* Translators: weekday, from-to, provider or room. */
  return g_strdup_printf (_("%s, %s, %s"), day, span, column->name);
}

/**
 * ava_calendar_words_for_verdict:
 *
 * Returns: (transfer full) (nullable): what speaks against a place, what weighs most in front; %NULL when it is free
 */
char *
ava_calendar_words_for_verdict (AvaVerdict *verdict)
{
  g_autoptr (GString) words = g_string_new (NULL);

  if (verdict->kind == AVA_VERDICT_FREE)
    return NULL;
  for (guint i = 0; verdict->reasons[i] != NULL && i < MOST_REASONS; i++)
    g_string_append_printf (words, "%s%s", i > 0 ? " " : "", verdict->reasons[i]);
  if (words->len == 0)
    g_string_append (words, _("This time cannot be had."));
  if (verdict->who_may != NULL)
    g_string_append_printf (words, " %s", verdict->who_may);
  return g_string_free (g_steal_pointer (&words), FALSE);
}

/**
 * ava_calendar_words_for_ghost:
 * @place: in words
 * @words: (nullable): of ava_calendar_words_for_verdict()
 *
 * Returns: (transfer full): what a ghost says of the place it lies over
 */
char *
ava_calendar_words_for_ghost (const char     *place,
                              AvaVerdictKind  kind,
                              const char     *words)
{
  if (words == NULL)
    return g_strdup (place);
  if (kind == AVA_VERDICT_REFUSED)
    return g_strdup_printf ("%s\n%s", place, words);
  return g_strdup_printf ("%s\n%s\n%s", place, words,
                          kind == AVA_VERDICT_WARNED ? _("Let go, then Enter moves it all the same.") : _("Let go, then say why."));
}

const char *
ava_calendar_words_for_over (void)
{
  return _("This appointment is over or was cancelled, so it cannot be moved. Book a new one.");
}
