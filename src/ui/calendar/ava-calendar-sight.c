/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-calendar-page-private.h"

#include "ava-wall-time.h"

#include <glib/gi18n.h>

/* What is brought into sight: the time one looks for first, or the appointment that was asked for. */

/* As little as brings [@from, @to) into sight, with some room around it. */
static void
scroll_along (GtkAdjustment *adjustment,
              double         from,
              double         to)
{
  double page = gtk_adjustment_get_page_size (adjustment);
  double margin = MAX (MIN (page / 8, (page - (to - from)) / 2), 0);

  gtk_adjustment_clamp_page (adjustment, from - margin, MIN (to, from + page) + margin);
}

static void
scroll_to_pointed (AvaCalendarPage *self)
{
  GtkWidget *shown = ava_calendar_page_get_shown (self);
  GtkWidget *scroller = gtk_widget_get_ancestor (shown, GTK_TYPE_SCROLLED_WINDOW);
  AvaAppointmentChip *chip = ava_calendar_page_find_chip (self, self->pointed);
  graphene_rect_t place;

  g_clear_pointer (&self->pointed, g_free);
  if (chip == NULL || scroller == NULL || !gtk_widget_compute_bounds (GTK_WIDGET (chip), shown, &place))
    return;
  scroll_along (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller)), place.origin.y, place.origin.y + place.size.height);
  scroll_along (gtk_scrolled_window_get_hadjustment (GTK_SCROLLED_WINDOW (scroller)), place.origin.x, place.origin.x + place.size.width);
}

static gboolean
scroll_cb (gpointer user_data)
{
  AvaCalendarPage *self = user_data;

  /* A page that is not seen yet has no places. */
  if (self->pointed != NULL && !gtk_widget_get_mapped (GTK_WIDGET (self->stack)))
    return G_SOURCE_CONTINUE;
  self->scroll_id = 0;
  if (self->pointed != NULL)
    scroll_to_pointed (self);
  else
    gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), ava_day_view_get_focus_y (self->view));
  return G_SOURCE_REMOVE;
}

/* After the new day was laid out. */
void
ava_calendar_page_queue_scroll (AvaCalendarPage *self)
{
  if (self->scroll_id == 0)
    self->scroll_id = g_timeout_add_full (G_PRIORITY_LOW, 60, scroll_cb, self, NULL);
}

/* Where there is room for one column, that is its. */
static void
show_owner (AvaCalendarPage *self,
            AvaAppointment  *appointment)
{
  if (!self->narrow)
    return;
  g_free (self->person_id);
  self->person_id = g_strdup (self->kind == AVA_CALENDAR_ROOMS ? appointment->room_id : appointment->provider_id);
}

/* A day that has no room for it is where it is all the same. */
static void
focus_cell (AvaCalendarPage *self,
            AvaCellGrid     *grid)
{
  GDate day;

  ava_wall_time_of (self->found->start_us, self->spa->zone, &day);
  for (guint i = 0; i < ava_cell_grid_get_n_cells (grid); i++) {
    AvaDayCell *cell = ava_cell_grid_get_cell (grid, i);
    const char *provider_id = ava_day_cell_get_provider (cell);

    if (g_date_compare (ava_day_cell_get_day (cell), &day) == 0 &&
        (provider_id == NULL || g_strcmp0 (provider_id, self->found->provider_id) == 0))
      gtk_widget_grab_focus (GTK_WIDGET (cell));
  }
}

/* The days are there, and the appointment is not to be seen: as a day, with nobody left out, it must be. */
static void
look_further (AvaCalendarPage *self)
{
  GtkWidget *shown = ava_calendar_page_get_shown (self);

  if (self->keep_view && AVA_IS_CELL_GRID (shown)) {
    focus_cell (self, AVA_CELL_GRID (shown));
    g_clear_pointer (&self->wanted, g_free);
    return;
  }
  if (self->kind != AVA_CALENDAR_DAY) {
    ava_calendar_page_set_view (self, AVA_CALENDAR_DAY);
    show_owner (self, self->found);
  } else if (ava_calendar_filter_is_active (self->filter)) {
    ava_calendar_filter_reset (self->filter);
    show_owner (self, self->found);
    ava_calendar_page_fill (self, FALSE);
  } else {
    /* Such as one that was moved away a moment ago. */
    g_clear_pointer (&self->wanted, g_free);
    return;
  }
  ava_calendar_page_point (self);
}

/* The appointment that was asked for is on the page now: point at it. */
void
ava_calendar_page_point (AvaCalendarPage *self)
{
  AvaAppointmentChip *chip = self->wanted != NULL ? ava_calendar_page_find_chip (self, self->wanted) : NULL;
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (self->wanted == NULL || self->found == NULL || !ava_book_range_is_loaded (self->range))
    return;
  if (chip == NULL || !gtk_widget_get_child_visible (GTK_WIDGET (chip))) {
    look_further (self);
    return;
  }
  self->focus_wanted = FALSE;
  gtk_widget_grab_focus (GTK_WIDGET (chip));
  if (GTK_IS_WINDOW (root))
    gtk_window_set_focus_visible (GTK_WINDOW (root), TRUE);
  ava_appointment_chip_highlight (chip);
  g_free (self->selected_id);
  self->selected_id = g_strdup (self->wanted);
  g_free (self->pointed);
  self->pointed = g_steal_pointer (&self->wanted);
  ava_calendar_page_queue_scroll (self);
}

static void
found_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (AvaCalendarPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaAppointment) found = ava_store_get_appointment_finish (AVA_STORE (source), result, &error);
  g_autofree char *wanted = NULL;

  if (self->context == NULL || found == NULL || g_strcmp0 (found->id, self->wanted) != 0)
    return;
  if (g_strcmp0 (found->location_id, self->spa->location_id) != 0 && self->spa->locations->len > 1)
    ava_calendar_page_set_location (self, found->location_id);
  show_owner (self, found);
  wanted = g_steal_pointer (&self->wanted);
  ava_calendar_page_show_time (self, found->start_us);
  if (found->status == AVA_APPOINTMENT_CANCELLED && (ava_calendar_filter_get_statuses (self->filter) & (1u << found->status)) == 0) {
    ava_calendar_page_say (self, _("This appointment was cancelled."));
    return;
  }
  self->wanted = g_steal_pointer (&wanted);
  g_set_object (&self->found, found);
  ava_calendar_page_point (self);
}

/**
 * ava_calendar_page_show_appointment:
 *
 * Turns to the day of an appointment, scrolls to it and gives it the keyboard.
 */
void
ava_calendar_page_show_appointment (AvaCalendarPage *self,
                                    const char      *appointment_id)
{
  g_return_if_fail (AVA_IS_CALENDAR_PAGE (self));

  if (self->at_us != 0)
    ava_calendar_page_set_moment (self, 0);
  self->keep_view = FALSE;
  g_free (self->wanted);
  self->wanted = g_strdup (appointment_id);
  g_clear_object (&self->found);
  ava_store_get_appointment_async (ava_context_get_store (self->context), appointment_id, self->cancellable, found_cb,
                                   g_object_ref (self));
}

/* Follows an appointment that was moved by keys: into another week or month, never into another view. */
void
ava_calendar_page_show_moved (AvaCalendarPage *self,
                              const char      *appointment_id)
{
  ava_calendar_page_show_appointment (self, appointment_id);
  self->keep_view = TRUE;
}
