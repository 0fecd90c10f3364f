/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-calendar-page-private.h"

#include "ava-calendar-files.h"
#include "ava-compat.h"
#include "ava-wall-time.h"

#include <glib/gi18n.h>

#define TICK_SECONDS 1    /* the line of the present, and what is left of holds */
#define NARROW_PX 700     /* [px] of width below which one column is shown */
#define NARROW_CHARS 56   /* [characters] the same, where text is large */
#define LEAST_PX 340      /* [px] of width that are enough with usual text */
#define TIGHT_CHARS 112   /* [characters] below which the bar has two rows */

enum { SLOT_ACTIVATED, APPOINTMENT_SELECTED, APPOINTMENT_COMMAND, PLACE_WANTED, SPA_TAKEN, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AvaCalendarPage, ava_calendar_page, ADW_TYPE_BIN)

gint64
ava_calendar_page_get_now (AvaCalendarPage *self)
{
  return ava_clock_now_us (ava_context_get_clock (self->context));
}

/* Returns: (transfer none): what fills the page: columns, the week of everyone, or the month */
GtkWidget *
ava_calendar_page_get_shown (AvaCalendarPage *self)
{
  if (self->kind == AVA_CALENDAR_MONTH)
    return GTK_WIDGET (self->month);
  return self->kind == AVA_CALENDAR_WEEK && self->week_provider_id == NULL ? GTK_WIDGET (self->week) : GTK_WIDGET (self->view);
}

AvaAppointmentChip *
ava_calendar_page_find_chip (AvaCalendarPage *self,
                             const char      *appointment_id)
{
  GtkWidget *shown = ava_calendar_page_get_shown (self);

  return AVA_IS_DAY_VIEW (shown) ? ava_day_view_find_chip (self->view, appointment_id)
                                 : ava_cell_grid_find_chip (AVA_CELL_GRID (shown), appointment_id);
}

/* --- what is asked of the book --- */

static void
events_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (AvaCalendarPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) events = ava_book_range_history_finish (AVA_BOOK (source), result, &error);

  if (events != NULL && self->context != NULL)
    ava_past_bar_set_events (self->past, events, ava_calendar_page_get_now (self), self->spa->zone);
}

static void
get_range (AvaCalendarPage *self,
           gint64          *from_us,
           gint64          *to_us)
{
  GDate first;
  GDate last;

  ava_calendar_page_get_days (self, &first, &last);
  *from_us = ava_wall_time_first (&first, 0, self->spa->zone);
  *to_us = ava_wall_time_first (&last, 24 * 60, self->spa->zone);
}

void
ava_calendar_page_ask_for_events (AvaCalendarPage *self)
{
  gint64 from_us;
  gint64 to_us;

  if (!gtk_widget_get_visible (GTK_WIDGET (self->past)))
    return;
  get_range (self, &from_us, &to_us);
  ava_book_range_history_async (self->book, from_us, to_us, self->cancellable, events_cb, g_object_ref (self));
}

static void
update_midnight (AvaCalendarPage *self)
{
  g_clear_pointer (&self->midnight, g_date_time_unref);
  self->midnight = g_date_time_new (self->spa->zone, g_date_get_year (&self->day), g_date_get_month (&self->day),
                                    g_date_get_day (&self->day), 0, 0, 0);
}

/* The keyboard follows to the day that is shown now. */
static void
take_focus (AvaCalendarPage *self)
{
  GtkWidget *shown = ava_calendar_page_get_shown (self);

  if (!self->focus_wanted)
    return;
  self->focus_wanted = FALSE;
  if (AVA_IS_CELL_GRID (shown))
    ava_cell_grid_focus_day (AVA_CELL_GRID (shown), &self->day);
  else
    ava_day_view_step (self->view, GTK_DIR_DOWN, FALSE);
}

/* Shows what is there, and asks for what is not. */
static void
ask (AvaCalendarPage *self)
{
  gint64 from_us;
  gint64 to_us;

  gtk_popover_popdown (GTK_POPOVER (self->details));
  update_midnight (self);
  get_range (self, &from_us, &to_us);
  ava_book_range_ask (self->range, from_us, to_us, self->at_us, self->kind != AVA_CALENDAR_MONTH);
  ava_date_jump_set_day (self->jump, &self->day);
  ava_date_jump_set_now (self->jump, ava_calendar_page_get_now (self), self->spa->zone);
  self->scroll_wanted = !ava_book_range_is_loaded (self->range);
  /* What was read before is of other days: it stays until the answer comes, a moment later. */
  if (ava_book_range_is_loaded (self->range) || ava_day_view_get_board (self->view) == NULL)
    ava_calendar_page_fill (self, FALSE);
  else
    ava_calendar_page_update_title (self);
  if (ava_book_range_is_loaded (self->range))
    take_focus (self);
  ava_calendar_page_ask_for_events (self);
}

static void
on_range_changed (AvaCalendarPage *self,
                  gboolean         same)
{
  ava_calendar_page_fill (self, same && self->at_us == 0);
  /* Where nothing is pointed at. */
  if (self->scroll_wanted && self->pointed == NULL && !ava_appointment_drag_is_active (self->drag))
    ava_calendar_page_queue_scroll (self);
  self->scroll_wanted = FALSE;
  take_focus (self);
  ava_calendar_page_point (self);
  if (same)
    ava_calendar_page_ask_for_events (self);
}

static void
on_range_failed (AvaCalendarPage *self,
                 const char      *words)
{
  ava_calendar_page_say (self, words);
}

/* --- which day, which view --- */

void
ava_calendar_page_set_date (AvaCalendarPage *self,
                            const GDate     *day)
{
  if (!g_date_valid (day) || g_date_get_year (day) > 9990)
    return;
  /* Who goes on to another day does not want to be taken back. */
  g_clear_pointer (&self->wanted, g_free);
  self->day = *day;
  ask (self);
}

/**
 * ava_calendar_page_show_time:
 * @time_us: [us] UTC
 *
 * Shows the day, in the location's zone, in which that time lies.
 */
void
ava_calendar_page_show_time (AvaCalendarPage *self,
                             gint64           time_us)
{
  GDate day;

  g_return_if_fail (AVA_IS_CALENDAR_PAGE (self));

  ava_wall_time_of (time_us, self->spa->zone, &day);
  ava_calendar_page_set_date (self, &day);
}

/**
 * ava_calendar_page_move:
 * @by: days, weeks or months forth, or back when negative
 */
void
ava_calendar_page_move (AvaCalendarPage *self,
                        int              by)
{
  GDate day = self->day;
  int months = self->kind == AVA_CALENDAR_MONTH ? by : 0;
  int days = self->kind == AVA_CALENDAR_MONTH ? 0 : self->kind == AVA_CALENDAR_WEEK ? 7 * by : by;

  g_return_if_fail (AVA_IS_CALENDAR_PAGE (self));

  if (months > 0)
    g_date_add_months (&day, months);
  else if (months < 0)
    g_date_subtract_months (&day, -months);
  if (days > 0)
    g_date_add_days (&day, days);
  else if (days < 0)
    g_date_subtract_days (&day, -days);
  ava_calendar_page_set_date (self, &day);
}

/**
 * ava_calendar_page_set_view:
 */
void
ava_calendar_page_set_view (AvaCalendarPage *self,
                            AvaCalendarView  view)
{
  g_return_if_fail (AVA_IS_CALENDAR_PAGE (self) && view < AVA_CALENDAR_N_VIEWS);

  if (self->kind == view)
    return;
  ava_calendar_page_say (self, NULL);
  self->focus_wanted = gtk_widget_get_focus_child (GTK_WIDGET (self->stack)) != NULL;
  self->kind = view;
  self->setting = TRUE;
  gtk_toggle_button_set_active (self->switches[view], TRUE);
  self->setting = FALSE;
  ava_calendar_page_show_choices (self);
  ava_calendar_page_name_steps (self);
  ask (self);
}

AvaCalendarView
ava_calendar_page_get_view_kind (AvaCalendarPage *self)
{
  return self->kind;
}

/**
 * ava_calendar_page_set_week_provider:
 * @provider_id: (nullable): whose week is shown; %NULL: everyone's
 */
void
ava_calendar_page_set_week_provider (AvaCalendarPage *self,
                                     const char      *provider_id)
{
  g_autofree char *id = g_strdup (provider_id);

  g_return_if_fail (AVA_IS_CALENDAR_PAGE (self));

  g_free (self->week_provider_id);
  self->week_provider_id = g_steal_pointer (&id);
  self->setting = TRUE;
  gtk_drop_down_set_selected (self->provider_choice, ava_calendar_page_find_choice (self, self->week_provider_id));
  self->setting = FALSE;
  if (self->kind == AVA_CALENDAR_WEEK)
    ask (self);
}

static void
take_spa (AvaCalendarPage *self,
          const char      *location_id)
{
  AvaSpa *spa = ava_spa_at (ava_context_get_spa (self->context), location_id);

  g_clear_object (&self->spa);
  self->spa = spa != NULL ? spa : g_object_ref (ava_context_get_spa (self->context));
  ava_calendar_page_fill_choices (self);
  g_signal_emit (self, signals[SPA_TAKEN], 0);
}

/**
 * ava_calendar_page_set_location:
 * @location_id: (nullable): %NULL: the first
 */
void
ava_calendar_page_set_location (AvaCalendarPage *self,
                                const char      *location_id)
{
  g_return_if_fail (AVA_IS_CALENDAR_PAGE (self));

  take_spa (self, location_id);
  g_clear_pointer (&self->person_id, g_free);
  ask (self);
  ava_calendar_page_fill (self, FALSE);
}

/**
 * ava_calendar_page_set_moment:
 * @at_us: [us] UTC: the book as it stood then, to be read only; 0: as it is
 */
void
ava_calendar_page_set_moment (AvaCalendarPage *self,
                              gint64           at_us)
{
  g_return_if_fail (AVA_IS_CALENDAR_PAGE (self));

  self->at_us = at_us;
  ava_appointment_drag_set_enabled (self->drag, at_us == 0);
  ava_cell_drag_set_enabled (self->week_drag, at_us == 0);
  ava_cell_drag_set_enabled (self->month_drag, at_us == 0);
  if (at_us != 0)
    gtk_widget_add_css_class (GTK_WIDGET (self->stack), "past-book");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->stack), "past-book");
  gtk_widget_set_visible (GTK_WIDGET (self->past), at_us != 0 || gtk_toggle_button_get_active (self->past_button));
  ava_past_bar_set_moment (self->past, at_us);
  ask (self);
  self->scroll_wanted = FALSE;
}

/* --- one appointment --- */

static void
show_details (AvaCalendarPage    *self,
              AvaAppointmentChip *chip)
{
  graphene_rect_t bounds;

  if (!gtk_widget_compute_bounds (GTK_WIDGET (chip), GTK_WIDGET (self), &bounds))
    return;
  ava_appointment_popover_set_appointment (self->details, ava_appointment_chip_get_appointment (chip), self->spa);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->details),
                               &(GdkRectangle) { bounds.origin.x, bounds.origin.y,
                                                 bounds.size.width, bounds.size.height });
  gtk_popover_popup (GTK_POPOVER (self->details));
}

static void
on_chosen (AvaCalendarPage    *self,
           AvaAppointmentChip *chip)
{
  AvaAppointment *appointment = ava_appointment_chip_get_appointment (chip);

  g_free (self->selected_id);
  self->selected_id = g_strdup (appointment->id);
  /* What others do with it would change the book as it is now. */
  if (self->at_us == 0)
    g_signal_emit (self, signals[APPOINTMENT_SELECTED], 0, appointment);
  if (adw_flap_get_flap (self->flap) == NULL || self->at_us != 0)
    show_details (self, chip);
}

static void
on_slot_activated (AvaCalendarPage *self,
                   AvaSlotCell     *cell,
                   const char      *typed)
{
  const AvaSlotPlace *place = ava_slot_cell_get_place (cell);

  if (self->at_us != 0)
    ava_calendar_page_say (self, _("This is the past: it can be looked at, not changed. Escape goes back to now."));
  else
    g_signal_emit (self, signals[SLOT_ACTIVATED], 0, place->provider_id, place->room_id, place->start_us, typed);
}

/* A day of a month or of the week was entered: look at it closely. */
static void
on_opened (AvaCalendarPage *self,
           AvaDayCell      *cell)
{
  GDate day = *ava_day_cell_get_day (cell);
  const char *provider_id = ava_day_cell_get_provider (cell);

  g_free (self->person_id);
  self->person_id = g_strdup (provider_id);
  self->day = day;
  ava_calendar_page_set_view (self, AVA_CALENDAR_DAY);
}

static void
on_left_grid (AvaCalendarPage *self,
              int              by)
{
  GDate day = self->day;

  if (self->kind != AVA_CALENDAR_MONTH)
    return;
  if (by > 0)
    g_date_add_months (&day, 1);
  else
    g_date_subtract_months (&day, 1);
  self->focus_wanted = TRUE;
  ava_calendar_page_set_date (self, &day);
}

void
ava_calendar_page_step_person (AvaCalendarPage *self,
                               int              by)
{
  GPtrArray *owners = self->kind == AVA_CALENDAR_ROOMS ? self->spa->rooms : self->spa->providers;
  GHashTable *hidden = ava_calendar_filter_get_hidden (self->filter);
  int at = -1;

  for (guint i = 0; i < owners->len; i++) {
    if (g_strcmp0 (self->kind == AVA_CALENDAR_ROOMS ? AVA_ROOM (owners->pdata[i])->id : AVA_PROVIDER (owners->pdata[i])->id,
                   self->person_id) == 0)
      at = i;
  }
  for (guint i = 0; i < owners->len; i++) {
    const char *id;

    at = (at + by + (int) owners->len) % (int) owners->len;
    id = self->kind == AVA_CALENDAR_ROOMS ? AVA_ROOM (owners->pdata[at])->id : AVA_PROVIDER (owners->pdata[at])->id;
    if ((self->kind == AVA_CALENDAR_ROOMS ? AVA_ROOM (owners->pdata[at])->archived || !ava_spa_is_here (self->spa, AVA_ROOM (owners->pdata[at])->location_id)
                                          : AVA_PROVIDER (owners->pdata[at])->archived) || g_hash_table_contains (hidden, id))
      continue;
    g_free (self->person_id);
    self->person_id = g_strdup (id);
    break;
  }
  ava_calendar_page_fill (self, FALSE);
}

static void
on_previous_person (AvaCalendarPage *self)
{
  ava_calendar_page_step_person (self, -1);
}

static void
on_next_person (AvaCalendarPage *self)
{
  ava_calendar_page_step_person (self, 1);
}

/* The keyboard went over the side: to the next week, or where there is one column to the next of them. */
static void
on_left (AvaCalendarPage *self,
         int              by)
{
  if (self->kind == AVA_CALENDAR_WEEK)
    ava_calendar_page_move (self, by);
  else if (self->narrow)
    ava_calendar_page_step_person (self, by);
}

static void
on_edge (AvaCalendarPage *self,
         int              by)
{
  ava_calendar_page_move (self, by);
}

static void
on_drag_ended (AvaCalendarPage *self,
               const char      *words)
{
  guint column;
  gint64 start_us;

  if (words == NULL || self->context == NULL)
    return;
  ava_appointment_drag_get_place (self->drag, &column, &start_us);
  ava_calendar_page_say_at (self, column, start_us, words);
}

static void
on_cell_drag_ended (AvaCalendarPage *self,
                    const char      *words)
{
  if (words != NULL && self->context != NULL)
    ava_calendar_page_say (self, words);
}

static void
on_drag_asked (AvaCalendarPage   *self,
               AvaAppointment    *appointment,
               const AvaBookWish *to)
{
  if (self->context != NULL)
    g_signal_emit (self, signals[PLACE_WANTED], 0, appointment, to);
}

static AvaCellDrag *
make_cell_drag (AvaCalendarPage *self,
                AvaCellGrid     *grid)
{
  AvaCellDrag *drag = ava_cell_drag_new (grid, self->book);

  g_signal_connect_object (drag, "edge", G_CALLBACK (on_edge), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (drag, "ended", G_CALLBACK (on_cell_drag_ended), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (drag, "asked", G_CALLBACK (on_drag_asked), self, G_CONNECT_SWAPPED);
  return drag;
}

/* --- the page itself --- */

static gboolean
has_lapsed (AvaCalendarPage *self,
            gint64           now_us)
{
  GPtrArray *holds = ava_book_range_get_holds (self->range);

  for (guint i = 0; i < holds->len; i++) {
    AvaBusy *hold = holds->pdata[i];

    if (hold->is_hold && hold->expires_us <= now_us)
      return TRUE;
  }
  return FALSE;
}

static gboolean
tick_cb (gpointer user_data)
{
  AvaCalendarPage *self = user_data;
  gint64 now_us = ava_calendar_page_get_now (self);

  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return G_SOURCE_CONTINUE;
  ava_day_view_set_now (self->view, now_us);
  if (has_lapsed (self, now_us))
    ava_book_range_reload (self->range);
  return G_SOURCE_CONTINUE;
}

static void
on_spa_changed (AvaCalendarPage *self)
{
  g_autofree char *location_id = g_strdup (self->spa->location_id);

  take_spa (self, location_id);
  ask (self);
  ava_calendar_page_fill (self, FALSE);
}

static gboolean
narrow_cb (gpointer user_data)
{
  AvaCalendarPage *self = user_data;

  self->narrow_id = 0;
  if (self->tight)
    gtk_widget_add_css_class (GTK_WIDGET (self->bar), "tight");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->bar), "tight");
  gtk_widget_set_hexpand (self->switch_box, self->tight);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->bar), self->tight ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  ava_calendar_page_fill (self, FALSE);
  return G_SOURCE_REMOVE;
}

/* A page that is narrow has one column and a bar of two rows; that is seen only when it is given its place. */
static void
ava_calendar_page_size_allocate (GtkWidget *widget,
                                 int        width,
                                 int        height,
                                 int        baseline)
{
  AvaCalendarPage *self = AVA_CALENDAR_PAGE (widget);
  PangoFontMetrics *metrics = pango_context_get_metrics (gtk_widget_get_pango_context (widget), NULL, NULL);
  int character = PANGO_PIXELS (pango_font_metrics_get_approximate_char_width (metrics));
  gboolean narrow = width < MAX (NARROW_PX, NARROW_CHARS * character);
  gboolean tight = width < TIGHT_CHARS * character;
  int least;

  pango_font_metrics_unref (metrics);
  /* Until the bar has its rows, it is cut off for the moment. */
  gtk_widget_measure (adw_bin_get_child (ADW_BIN (self)), GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  gtk_widget_size_allocate (adw_bin_get_child (ADW_BIN (self)), &(GtkAllocation) { 0, 0, MAX (width, least), height }, baseline);
  gtk_popover_present (GTK_POPOVER (self->details));
  if (narrow == self->narrow && tight == self->tight)
    return;
  self->narrow = narrow;
  self->tight = tight;
  if (self->narrow_id == 0)
    self->narrow_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, narrow_cb, self, NULL);
}

static void
ava_calendar_page_measure (GtkWidget      *widget,
                           GtkOrientation  orientation,
                           int             for_size,
                           int            *minimum,
                           int            *natural,
                           int            *minimum_baseline,
                           int            *natural_baseline)
{
  AvaCalendarPage *self = AVA_CALENDAR_PAGE (widget);

  int least = 0;

  gtk_widget_measure (adw_bin_get_child (ADW_BIN (self)), orientation, for_size, minimum, natural, minimum_baseline, natural_baseline);
  if (orientation == GTK_ORIENTATION_VERTICAL)
    return;
  /* As narrow as the widest row of the bar, which then has several. */
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->bar)); row != NULL; row = gtk_widget_get_next_sibling (row)) {
    int width;

    gtk_widget_measure (row, orientation, -1, &width, NULL, NULL, NULL);
    least = MAX (least, width);
  }
  *minimum = MIN (*minimum, MIN (least, LEAST_PX));
}

static void
ava_calendar_page_dispose (GObject *object)
{
  AvaCalendarPage *self = AVA_CALENDAR_PAGE (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->now_id, g_source_remove);
  g_clear_handle_id (&self->scroll_id, g_source_remove);
  g_clear_handle_id (&self->narrow_id, g_source_remove);
  g_clear_handle_id (&self->hint_id, g_source_remove);
  g_clear_pointer ((GtkWidget **) &self->details, gtk_widget_unparent);
  g_clear_object (&self->drag);
  g_clear_object (&self->week_drag);
  g_clear_object (&self->month_drag);
  g_clear_object (&self->range);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->midnight, g_date_time_unref);
  g_clear_pointer (&self->wanted, g_free);
  g_clear_pointer (&self->pointed, g_free);
  g_clear_object (&self->found);
  g_clear_pointer (&self->selected_id, g_free);
  g_clear_pointer (&self->week_provider_id, g_free);
  g_clear_pointer (&self->person_id, g_free);
  g_clear_object (&self->book);
  g_clear_object (&self->spa);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (ava_calendar_page_parent_class)->dispose (object);
}

#define BIND(name) gtk_widget_class_bind_template_child (widget_class, AvaCalendarPage, name)

static void
bind_children (GtkWidgetClass *widget_class)
{
  static const char *const switches[] = { "day_switch", "rooms_switch", "week_switch", "month_switch" };

  for (guint i = 0; i < G_N_ELEMENTS (switches); i++)
    gtk_widget_class_bind_template_child_full (widget_class, switches[i], FALSE, 0);
  BIND (flap);
  BIND (overlay);
  BIND (bar);
  BIND (choices);
  BIND (switch_box);
  BIND (title);
  BIND (subtitle);
  BIND (previous);
  BIND (next);
  BIND (location_choice);
  BIND (provider_choice);
  BIND (person_bar);
  BIND (person);
  BIND (filter_button);
  BIND (picker_button);
  BIND (files_button);
  BIND (past_button);
  BIND (filter);
  BIND (jump);
  BIND (past);
  BIND (stack);
  BIND (header_scroller);
  BIND (scroller);
  BIND (grid_scroller);
  BIND (week_scroller);
  BIND (header);
  BIND (grid_header);
  BIND (month_header);
  BIND (view);
  BIND (week);
  BIND (month);
}

#undef BIND

static void
ava_calendar_page_class_init (AvaCalendarPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ava_calendar_page_dispose;
  widget_class->measure = ava_calendar_page_measure;
  widget_class->size_allocate = ava_calendar_page_size_allocate;
  g_type_ensure (AVA_TYPE_CALENDAR_FILTER);
  g_type_ensure (AVA_TYPE_CELL_GRID);
  g_type_ensure (AVA_TYPE_DATE_JUMP);
  g_type_ensure (AVA_TYPE_DAY_HEADER);
  g_type_ensure (AVA_TYPE_DAY_VIEW);
  g_type_ensure (AVA_TYPE_PAST_BAR);
  gtk_widget_class_set_template_from_resource (widget_class, "/com/getevaai/FrontDesk/ava-calendar-page.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, ava_calendar_page_on_key);
  ava_calendar_page_bind_bar (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_left);
  gtk_widget_class_bind_template_callback (widget_class, on_left_grid);
  gtk_widget_class_bind_template_callback (widget_class, on_next_person);
  gtk_widget_class_bind_template_callback (widget_class, on_opened);
  gtk_widget_class_bind_template_callback (widget_class, on_previous_person);
  gtk_widget_class_bind_template_callback (widget_class, on_slot_activated);
  signals[SLOT_ACTIVATED] = g_signal_new ("slot-activated", AVA_TYPE_CALENDAR_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 4, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_INT64, G_TYPE_STRING);
  signals[APPOINTMENT_SELECTED] = g_signal_new ("appointment-selected", AVA_TYPE_CALENDAR_PAGE, G_SIGNAL_RUN_LAST, 0, NULL,
                                                NULL, NULL, G_TYPE_NONE, 1, AVA_TYPE_APPOINTMENT);
  signals[APPOINTMENT_COMMAND] = g_signal_new ("appointment-command", AVA_TYPE_CALENDAR_PAGE, G_SIGNAL_RUN_LAST, 0, NULL,
                                               NULL, NULL, G_TYPE_NONE, 2, AVA_TYPE_APPOINTMENT, G_TYPE_STRING);
  signals[PLACE_WANTED] = g_signal_new ("place-wanted", AVA_TYPE_CALENDAR_PAGE, G_SIGNAL_RUN_LAST, 0, NULL,
                                        NULL, NULL, G_TYPE_NONE, 2, AVA_TYPE_APPOINTMENT, G_TYPE_POINTER);
  signals[SPA_TAKEN] = g_signal_new ("spa-taken", AVA_TYPE_CALENDAR_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
ava_calendar_page_init (AvaCalendarPage *self)
{
  static const char *const switches[] = { "day_switch", "rooms_switch", "week_switch", "month_switch" };

  g_date_clear (&self->day, 1);
  gtk_widget_init_template (GTK_WIDGET (self));
  /* Ours: the layout manager of the parent would not tell how wide the page is. */
  gtk_widget_set_layout_manager (GTK_WIDGET (self), NULL);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  for (guint i = 0; i < G_N_ELEMENTS (switches); i++)
    self->switches[i] = GTK_TOGGLE_BUTTON (gtk_widget_get_template_child (GTK_WIDGET (self), AVA_TYPE_CALENDAR_PAGE, switches[i]));
  ava_compat_name_menus (GTK_WIDGET (self->picker_button), _("Choose a Date"));
  ava_compat_name_menus (GTK_WIDGET (self->filter_button), _("Filter"));
  ava_compat_name_menus (self->files_button, _("Waitlist, Print and Files"));
  gtk_scrolled_window_set_hadjustment (self->header_scroller, gtk_scrolled_window_get_hadjustment (self->scroller));
  gtk_scrolled_window_set_hadjustment (self->grid_scroller, gtk_scrolled_window_get_hadjustment (self->week_scroller));
  self->details = g_object_new (AVA_TYPE_APPOINTMENT_POPOVER, NULL);
  gtk_widget_set_parent (GTK_WIDGET (self->details), GTK_WIDGET (self));
  self->said = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->said, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->said), "hint");
  gtk_widget_set_halign (GTK_WIDGET (self->said), GTK_ALIGN_CENTER);
  gtk_widget_set_valign (GTK_WIDGET (self->said), GTK_ALIGN_END);
  gtk_widget_set_margin_bottom (GTK_WIDGET (self->said), 72);
  gtk_widget_set_can_target (GTK_WIDGET (self->said), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->said), FALSE);
  gtk_overlay_add_overlay (self->overlay, GTK_WIDGET (self->said));
  self->cancellable = g_cancellable_new ();
}

/**
 * ava_calendar_page_new:
 *
 * Returns: (transfer floating): the page, at today
 */
AvaCalendarPage *
ava_calendar_page_new (AvaContext *context)
{
  AvaCalendarPage *self = g_object_new (AVA_TYPE_CALENDAR_PAGE, NULL);

  self->context = g_object_ref (context);
  self->book = ava_book_new (context);
  ava_calendar_files_install (self, context);
  self->range = ava_book_range_new (context, self->book);
  g_signal_connect_object (self->range, "changed", G_CALLBACK (on_range_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->range, "failed", G_CALLBACK (on_range_failed), self, G_CONNECT_SWAPPED);
  self->drag = ava_appointment_drag_new (self->view, self->book);
  g_signal_connect_object (self->drag, "edge", G_CALLBACK (on_edge), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->drag, "ended", G_CALLBACK (on_drag_ended), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->drag, "asked", G_CALLBACK (on_drag_asked), self, G_CONNECT_SWAPPED);
  self->week_drag = make_cell_drag (self, self->week);
  self->month_drag = make_cell_drag (self, self->month);
  ava_calendar_page_add_keys (self);
  take_spa (self, NULL);
  ava_calendar_page_show_time (self, ava_calendar_page_get_now (self));
  g_signal_connect_object (context, "notify::spa", G_CALLBACK (on_spa_changed), self, G_CONNECT_SWAPPED);
  self->now_id = g_timeout_add_seconds (TICK_SECONDS, tick_cb, self);
  return self;
}
