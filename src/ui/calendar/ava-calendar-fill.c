/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-calendar-page-private.h"

#include "ava-calendar-words.h"
#include "ava-display.h"
#include "ava-wall-time.h"

#include <glib/gi18n.h>
#include <langinfo.h>

/* From the rows of the book to what stands on the page: boards, cells, headers and titles. */

#define MAX_CELLS 42

/* --- which days --- */

/* As the locale has it: 1 Monday … 7 Sunday. */
static int
get_first_weekday (void)
{
  guint base = (guint) (gsize) nl_langinfo (_NL_TIME_WEEK_1STDAY);
  int first = nl_langinfo (_NL_TIME_FIRST_WEEKDAY)[0];
  /* The base is a date whose weekday is number 1: a Sunday, or a Monday. */
  int offset = base == 19971201 ? 0 : 6;

  return (first - 1 + offset) % 7 + 1;
}

static void
go_to_week_start (GDate *day)
{
  g_date_subtract_days (day, ((int) g_date_get_weekday (day) - get_first_weekday () + 7) % 7);
}

void
ava_calendar_page_get_days (AvaCalendarPage *self,
                            GDate           *first,
                            GDate           *last)
{
  *first = *last = self->day;
  if (self->kind == AVA_CALENDAR_WEEK) {
    go_to_week_start (first);
    *last = *first;
    g_date_add_days (last, 6);
  } else if (self->kind == AVA_CALENDAR_MONTH) {
    g_date_set_day (first, 1);
    g_date_set_day (last, g_date_get_days_in_month (g_date_get_month (last), g_date_get_year (last)));
    go_to_week_start (first);
    go_to_week_start (last);
    g_date_add_days (last, 6);
  }
}

/* --- day, rooms, a provider's week --- */

/* Where there is room for one column, all the others are hidden. */
static GHashTable *
hide_others (AvaCalendarPage *self)
{
  GHashTable *hidden = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *owners = self->kind == AVA_CALENDAR_ROOMS ? self->spa->rooms : self->spa->providers;

  for (guint i = 0; i < owners->len; i++) {
    const char *id = self->kind == AVA_CALENDAR_ROOMS ? AVA_ROOM (owners->pdata[i])->id : AVA_PROVIDER (owners->pdata[i])->id;

    if (g_strcmp0 (id, self->person_id) != 0)
      g_hash_table_add (hidden, (char *) id);
  }
  return hidden;
}

static AvaDayBoard *
build_board (AvaCalendarPage *self)
{
  g_autoptr (GHashTable) others = NULL;
  GDate last;
  AvaBoardQuery query = {
    .spa = self->spa,
    .kind = self->kind == AVA_CALENDAR_ROOMS ? AVA_BOARD_BY_ROOM : self->kind == AVA_CALENDAR_WEEK ? AVA_BOARD_BY_DAY : AVA_BOARD_BY_PROVIDER,
    .n_days = 7,
    .provider_id = self->week_provider_id,
    .appointments = ava_book_range_get_appointments (self->range),
    .holds = ava_book_range_get_holds (self->range),
    .hidden_ids = ava_calendar_filter_get_hidden (self->filter),
    .statuses = ava_calendar_filter_get_statuses (self->filter),
    .only_working = ava_calendar_filter_get_only_working (self->filter),
  };
  AvaDayBoard *board;

  ava_calendar_page_get_days (self, &query.first_day, &last);
  board = ava_day_board_build (&query);
  if (!self->narrow || self->kind == AVA_CALENDAR_WEEK || board->columns->len <= 1)
    return board;
  /* The chosen one may have no column that day: then the first who has. */
  for (guint i = 0; i <= board->columns->len; i++) {
    AvaBoardColumn *column = ava_day_board_get (board, i < board->columns->len ? i : 0);
    const char *id = column->room_id != NULL ? column->room_id : column->provider_id;

    if (i == board->columns->len) {
      g_free (self->person_id);
      self->person_id = g_strdup (id);
    } else if (g_strcmp0 (id, self->person_id) == 0) {
      break;
    }
  }
  ava_day_board_free (board);
  others = hide_others (self);
  query.hidden_ids = others;
  return ava_day_board_build (&query);
}

static gboolean
is_today (AvaCalendarPage *self,
          const GDate     *day)
{
  GDate today;

  ava_wall_time_of (ava_calendar_page_get_now (self), self->spa->zone, &today);
  return g_date_compare (&today, day) == 0;
}

static void
place_of_view (gpointer view,
               guint    index,
               int      width,
               int     *x,
               int     *column_width)
{
  ava_day_view_get_column (view, index, width, x, column_width);
}

static void
place_of_grid (gpointer view,
               guint    index,
               int      width,
               int     *x,
               int     *column_width)
{
  ava_cell_grid_get_column (view, index, width, x, column_width);
}

static void
fill_view_header (AvaCalendarPage *self)
{
  AvaDayBoard *board = ava_day_view_get_board (self->view);
  g_autoptr (GArray) columns = g_array_new (FALSE, TRUE, sizeof (AvaHeaderColumn));
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < board->columns->len; i++) {
    AvaBoardColumn *column = ava_day_board_get (board, i);
    AvaHeaderColumn one = { .title = column->name, .tooltip = column->title };

    one.subtitle = ava_calendar_words_for_hours (board, column);
    g_ptr_array_add (words, (char *) one.subtitle);
    if (self->kind == AVA_CALENDAR_WEEK) {
      one.title = ava_calendar_words_for_date (&column->day, _("%a %-e"));
      one.today = is_today (self, &column->day);
      g_ptr_array_add (words, (char *) one.title);
    }
    g_array_append_val (columns, one);
  }
  ava_day_header_set_columns (self->header, GTK_WIDGET (self->view), place_of_view, (AvaHeaderColumn *) columns->data, columns->len);
}

static void
fill_view (AvaCalendarPage *self,
           gboolean         announce)
{
  AvaDayBoard *board = build_board (self);
  AvaBoardColumn *only = self->narrow && self->kind != AVA_CALENDAR_WEEK && board->columns->len == 1
                           ? ava_day_board_get (board, 0) : NULL;

  ava_day_view_set_now (self->view, ava_calendar_page_get_now (self));
  ava_day_view_set_board (self->view, board, announce);
  fill_view_header (self);
  gtk_widget_set_visible (self->person_bar, only != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->header_scroller), only == NULL);
  if (only != NULL)
    gtk_label_set_text (self->person, only->name);
}

/* --- week of everyone, month --- */

static gboolean
is_shown (AvaCalendarPage *self,
          AvaAppointment  *appointment)
{
  return appointment->id != NULL && (ava_calendar_filter_get_statuses (self->filter) & (1u << appointment->status)) != 0 &&
         g_strcmp0 (appointment->location_id, self->spa->location_id) == 0 &&
         (appointment->provider_id == NULL ||
          !g_hash_table_contains (ava_calendar_filter_get_hidden (self->filter), appointment->provider_id));
}

static void
word_cell (AvaCalendarPage   *self,
           AvaDayCellContent *cell,
           const char        *name,
           GPtrArray         *words)
{
  g_autofree char *date = ava_calendar_words_for_date (&cell->day, _("%A, %B %-e"));
  g_autofree char *count = g_strdup_printf (ngettext ("%u appointment", "%u appointments", cell->appointments->len),
                                            cell->appointments->len);
  g_autofree char *who = name != NULL ? g_strdup_printf ("%s, %s", name, date) : g_strdup (date);
  char *label = cell->note != NULL ? g_strdup_printf ("%s, %s, %s", who, cell->note, count) : g_strdup_printf ("%s, %s", who, count);

  g_ptr_array_add (words, label);
  cell->label = label;
}

/* Whether anyone is there, and if not why. */
static void
note_hours (AvaCalendarPage   *self,
            AvaDayCellContent *cell,
            GPtrArray         *words)
{
  AvaSpan spans[AVA_SPA_MAX_SPANS];
  const char *here = NULL;
  const char *there = NULL;
  gboolean open = ava_spa_list_hours (self->spa, NULL, &cell->day, spans, AVA_SPA_MAX_SPANS, &here) > 0;
  gboolean works = cell->provider_id == NULL ||
                   ava_spa_list_hours (self->spa, cell->provider_id, &cell->day, spans, AVA_SPA_MAX_SPANS, &there) > 0;

  cell->closed = !open || !works;
  if (open && works)
    return;
  cell->note = !open ? (here != NULL && *here != '\0' ? here : _("Closed"))
                     : (there != NULL && *there != '\0' ? there : cell->appointments->len > 0 ? _("Not working") : NULL);
}

static void
share_out (AvaCalendarPage   *self,
           AvaDayCellContent *cells,
           const GDate       *first,
           GHashTable        *rows,
           guint              n_cells)
{
  GPtrArray *appointments = ava_book_range_get_appointments (self->range);

  for (guint i = 0; i < appointments->len; i++) {
    AvaAppointment *appointment = appointments->pdata[i];
    GDate day;
    int offset;
    gpointer row = NULL;

    if (!is_shown (self, appointment))
      continue;
    ava_wall_time_of (appointment->start_us, self->spa->zone, &day);
    offset = g_date_days_between (first, &day);
    if (rows != NULL && (offset >= AVA_CELL_GRID_COLUMNS || !g_hash_table_lookup_extended (rows, appointment->provider_id, NULL, &row)))
      continue;
    offset += GPOINTER_TO_INT (row) * AVA_CELL_GRID_COLUMNS;
    if (offset >= 0 && offset < (int) n_cells)
      g_ptr_array_add (cells[offset].appointments, appointment);
  }
}

static void
fill_day_names (AvaDayHeader *header,
                AvaCellGrid  *grid,
                AvaCalendarPage *self,
                const GDate  *first,
                const char   *format)
{
  AvaHeaderColumn columns[AVA_CELL_GRID_COLUMNS] = { 0 };
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < AVA_CELL_GRID_COLUMNS; i++) {
    GDate day = *first;

    g_date_add_days (&day, i);
    columns[i].title = ava_calendar_words_for_date (&day, format);
    columns[i].today = header == self->grid_header && is_today (self, &day);
    g_ptr_array_add (words, (char *) columns[i].title);
  }
  ava_day_header_set_columns (header, GTK_WIDGET (grid), place_of_grid, columns, AVA_CELL_GRID_COLUMNS);
}

static void
fill_month (AvaCalendarPage *self)
{
  AvaDayCellContent cells[MAX_CELLS] = { 0 };
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  GDate first;
  GDate last;
  guint n;

  ava_calendar_page_get_days (self, &first, &last);
  n = MIN (g_date_days_between (&first, &last) + 1, MAX_CELLS);
  for (guint i = 0; i < n; i++) {
    char *title;

    cells[i].day = first;
    g_date_add_days (&cells[i].day, i);
    title = ava_calendar_words_for_date (&cells[i].day, g_date_get_day (&cells[i].day) == 1 ? _("%b %-e") : "%-e");
    g_ptr_array_add (words, title);
    cells[i].title = title;
    cells[i].outside = g_date_get_month (&cells[i].day) != g_date_get_month (&self->day);
    cells[i].today = is_today (self, &cells[i].day);
    cells[i].appointments = g_ptr_array_new ();
  }
  share_out (self, cells, &first, NULL, n);
  for (guint i = 0; i < n; i++) {
    note_hours (self, &cells[i], words);
    word_cell (self, &cells[i], NULL, words);
  }
  ava_cell_grid_set_cells (self->month, cells, n, NULL, self->spa->zone);
  fill_day_names (self->month_header, self->month, self, &first, self->narrow ? "%a" : "%A");
  for (guint i = 0; i < n; i++)
    g_ptr_array_unref (cells[i].appointments);
}

static void
fill_rows (AvaCalendarPage *self,
           const GDate     *first,
           GPtrArray       *people)
{
  guint n = people->len * AVA_CELL_GRID_COLUMNS;
  g_autofree AvaDayCellContent *cells = g_new0 (AvaDayCellContent, n + 1);
  g_autofree const char **names = g_new0 (const char *, people->len + 1);
  g_autoptr (GHashTable) rows = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < n; i++) {
    AvaProvider *provider = people->pdata[i / AVA_CELL_GRID_COLUMNS];

    cells[i].day = *first;
    g_date_add_days (&cells[i].day, i % AVA_CELL_GRID_COLUMNS);
    cells[i].provider_id = provider->id;
    cells[i].today = is_today (self, &cells[i].day);
    cells[i].appointments = g_ptr_array_new ();
    names[i / AVA_CELL_GRID_COLUMNS] = provider->name;
    g_hash_table_insert (rows, provider->id, GINT_TO_POINTER (i / AVA_CELL_GRID_COLUMNS));
  }
  share_out (self, cells, first, rows, n);
  for (guint i = 0; i < n; i++) {
    note_hours (self, &cells[i], words);
    word_cell (self, &cells[i], names[i / AVA_CELL_GRID_COLUMNS], words);
  }
  ava_cell_grid_set_cells (self->week, cells, n, names, self->spa->zone);
  for (guint i = 0; i < n; i++)
    g_ptr_array_unref (cells[i].appointments);
}

static void
fill_week (AvaCalendarPage *self)
{
  g_autoptr (GPtrArray) people = g_ptr_array_new ();
  g_autoptr (GHashTable) busy = g_hash_table_new (g_str_hash, g_str_equal);
  GPtrArray *appointments = ava_book_range_get_appointments (self->range);
  GDate first;
  GDate last;

  ava_calendar_page_get_days (self, &first, &last);
  for (guint i = 0; i < appointments->len; i++) {
    if (is_shown (self, appointments->pdata[i]) && AVA_APPOINTMENT (appointments->pdata[i])->provider_id != NULL)
      g_hash_table_add (busy, AVA_APPOINTMENT (appointments->pdata[i])->provider_id);
  }
  for (guint i = 0; i < self->spa->providers->len; i++) {
    AvaProvider *provider = self->spa->providers->pdata[i];

    if (!g_hash_table_contains (ava_calendar_filter_get_hidden (self->filter), provider->id) &&
        (g_hash_table_contains (busy, provider->id) ||
         (!provider->archived && !ava_calendar_filter_get_only_working (self->filter))))
      g_ptr_array_add (people, provider);
  }
  fill_rows (self, &first, people);
  fill_day_names (self->grid_header, self->week, self, &first, _("%a %-e"));
}

/* --- titles --- */

static char *
word_day_state (AvaCalendarPage *self,
                guint            n)
{
  AvaSpan spans[AVA_SPA_MAX_SPANS];
  const char *reason = NULL;
  guint n_spans = ava_spa_list_hours (self->spa, NULL, &self->day, spans, AVA_SPA_MAX_SPANS, &reason);
  g_autofree char *count = g_strdup_printf (ngettext ("%u appointment", "%u appointments", n), n);
  g_autofree char *open = NULL;
  g_autofree char *close = NULL;

  if (n_spans == 0)
    return reason != NULL ? g_strdup_printf (_("Closed: %s · %s"), reason, count)
                          : g_strdup_printf (_("Closed · %s"), count);
  open = ava_display_minute (spans[0].open_min);
  close = ava_display_minute (spans[n_spans - 1].close_min);
  return g_strdup_printf (_("Open %s to %s · %s"), open, close, count);
}

static char *
word_zone (AvaCalendarPage *self)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (g_date_time_to_unix (self->midnight) + 12 * 3600);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, self->spa->zone);

  return g_strdup (g_date_time_get_timezone_abbreviation (local));
}

static guint
count_shown (AvaCalendarPage *self)
{
  GPtrArray *appointments = ava_book_range_get_appointments (self->range);
  guint n = 0;

  for (guint i = 0; i < appointments->len; i++)
    n += is_shown (self, appointments->pdata[i]) &&
         (self->kind != AVA_CALENDAR_WEEK || self->week_provider_id == NULL ||
          g_strcmp0 (AVA_APPOINTMENT (appointments->pdata[i])->provider_id, self->week_provider_id) == 0);
  return n;
}

static char *
word_title (AvaCalendarPage *self)
{
  g_autofree char *date = NULL;
  g_autofree char *near = NULL;
  GDate first;
  GDate last;

  ava_calendar_page_get_days (self, &first, &last);
  if (self->kind == AVA_CALENDAR_WEEK)
    return ava_calendar_words_for_days (&first, &last);
  if (self->kind == AVA_CALENDAR_MONTH)
    return ava_calendar_words_for_date (&self->day, _("%B %Y"));
  date = ava_calendar_words_for_date (&self->day, _("%A, %B %-e"));
  near = ava_display_day (g_date_time_to_unix (self->midnight) * G_USEC_PER_SEC, ava_calendar_page_get_now (self), self->spa->zone);
  /* A day far off is worded as its date already. */
  return g_str_has_prefix (near, date) ? g_steal_pointer (&near) : g_strdup_printf ("%s · %s", near, date);
}

/* Under the title: hours and how much there is; where there are several locations, whose time is shown. */
void
ava_calendar_page_update_title (AvaCalendarPage *self)
{
  g_autofree char *title = word_title (self);
  g_autoptr (GString) state = g_string_new (NULL);
  gboolean filtered = ava_calendar_filter_is_active (self->filter);
  guint n = count_shown (self);

  if (self->kind == AVA_CALENDAR_DAY || self->kind == AVA_CALENDAR_ROOMS) {
    g_autofree char *words = word_day_state (self, n);

    g_string_append (state, words);
  } else {
    g_string_append_printf (state, ngettext ("%u appointment", "%u appointments", n), n);
  }
  if (self->spa->locations->len > 1) {
    g_autofree char *zone = word_zone (self);

    g_string_append_printf (state, " · %s", zone);
  }
  if (filtered)
    g_string_append_printf (state, " · %s", _("filtered"));
  if (self->at_us != 0)
    g_string_append_printf (state, " · %s", _("as it was, read only"));
  gtk_label_set_text (self->title, title);
  gtk_label_set_text (self->subtitle, state->str);
}

void
ava_calendar_page_fill (AvaCalendarPage *self,
                        gboolean         announce)
{
  gboolean by_day = self->kind == AVA_CALENDAR_WEEK && self->week_provider_id == NULL;

  if (self->kind == AVA_CALENDAR_MONTH || by_day)   /* everybody is there: nobody is chosen */
    gtk_widget_set_visible (self->person_bar, FALSE);
  if (self->kind == AVA_CALENDAR_MONTH)
    fill_month (self);
  else if (by_day)
    fill_week (self);
  else
    fill_view (self, announce);
  gtk_stack_set_visible_child_name (self->stack, self->kind == AVA_CALENDAR_MONTH ? "month" : by_day ? "week" : "day");
  ava_calendar_page_update_title (self);
}
