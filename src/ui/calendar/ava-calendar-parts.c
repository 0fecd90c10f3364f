/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-calendar-page-private.h"

/* What others put on the page, and what they ask of it. */

/**
 * ava_calendar_page_get_view:
 *
 * Returns: (transfer none): the columns of a day or of a provider's week
 */
AvaDayView *
ava_calendar_page_get_view (AvaCalendarPage *self)
{
  return self->view;
}

/**
 * ava_calendar_page_get_day:
 *
 * Returns: (transfer none): local midnight of the day that is shown
 */
GDateTime *
ava_calendar_page_get_day (AvaCalendarPage *self)
{
  return self->midnight;
}

/**
 * ava_calendar_page_get_details:
 *
 * Returns: (transfer none): the popover with an appointment's details
 */
GtkPopover *
ava_calendar_page_get_details (AvaCalendarPage *self)
{
  return GTK_POPOVER (self->details);
}

AvaContext *
ava_calendar_page_get_context (AvaCalendarPage *self)
{
  return self->context;
}

/**
 * ava_calendar_page_get_book:
 *
 * Returns: (transfer none): through which the page changes the book
 */
AvaBook *
ava_calendar_page_get_book (AvaCalendarPage *self)
{
  return self->book;
}

/**
 * ava_calendar_page_get_spa:
 *
 * Returns: (transfer none): the spa seen from the location that is shown
 */
AvaSpa *
ava_calendar_page_get_spa (AvaCalendarPage *self)
{
  return self->spa;
}

/**
 * ava_calendar_page_get_selected:
 *
 * Returns: (transfer none) (nullable): the appointment that was selected last, when it is still shown
 */
AvaAppointment *
ava_calendar_page_get_selected (AvaCalendarPage *self)
{
  AvaAppointmentChip *chip = self->selected_id != NULL ? ava_calendar_page_find_chip (self, self->selected_id) : NULL;

  return chip != NULL ? ava_appointment_chip_get_appointment (chip) : NULL;
}

/**
 * ava_calendar_page_set_side:
 * @side: the panel at the end side; hidden until it is revealed
 */
void
ava_calendar_page_set_side (AvaCalendarPage *self,
                            GtkWidget       *side)
{
  g_return_if_fail (AVA_IS_CALENDAR_PAGE (self));

  adw_flap_set_separator (self->flap, gtk_separator_new (GTK_ORIENTATION_VERTICAL));
  adw_flap_set_flap (self->flap, side);
}

/**
 * ava_calendar_page_reveal_side:
 */
void
ava_calendar_page_reveal_side (AvaCalendarPage *self,
                               gboolean         revealed)
{
  g_return_if_fail (AVA_IS_CALENDAR_PAGE (self));

  adw_flap_set_reveal_flap (self->flap, revealed && adw_flap_get_flap (self->flap) != NULL);
}

gboolean
ava_calendar_page_is_side_revealed (AvaCalendarPage *self)
{
  return adw_flap_get_reveal_flap (self->flap);
}

/**
 * ava_calendar_page_add_bar:
 * @bar: lies over the lower edge
 */
void
ava_calendar_page_add_bar (AvaCalendarPage *self,
                           GtkWidget       *bar)
{
  g_return_if_fail (AVA_IS_CALENDAR_PAGE (self));

  gtk_widget_set_valign (bar, GTK_ALIGN_END);
  gtk_overlay_add_overlay (self->overlay, bar);
}

/**
 * ava_calendar_page_put_on_slot:
 * @widget: (transfer floating): lies there until it is taken off, or another is put
 *
 * Returns: %FALSE when that time is not shown: @widget was not taken
 */
gboolean
ava_calendar_page_put_on_slot (AvaCalendarPage *self,
                               GtkWidget       *widget,
                               const char      *provider_id,
                               const char      *room_id,
                               gint64           start_us)
{
  g_return_val_if_fail (AVA_IS_CALENDAR_PAGE (self), FALSE);

  return ava_calendar_page_get_shown (self) == GTK_WIDGET (self->view) &&
         ava_day_view_put (self->view, widget, provider_id, room_id, start_us);
}

/**
 * ava_calendar_page_take_off_slot:
 */
void
ava_calendar_page_take_off_slot (AvaCalendarPage *self,
                                 GtkWidget       *widget)
{
  g_return_if_fail (AVA_IS_CALENDAR_PAGE (self));

  ava_day_view_take_off (self->view, widget);
}

/**
 * ava_calendar_page_focus_slot:
 *
 * Returns: %FALSE when that time is not shown, or an appointment stands there
 */
gboolean
ava_calendar_page_focus_slot (AvaCalendarPage *self,
                              const char      *provider_id,
                              const char      *room_id,
                              gint64           start_us)
{
  AvaSlotCell *cell;

  g_return_val_if_fail (AVA_IS_CALENDAR_PAGE (self), FALSE);

  cell = ava_day_view_find_slot (self->view, provider_id, room_id, start_us);
  return cell != NULL && gtk_widget_grab_focus (GTK_WIDGET (cell));
}

AvaCalendarFilter *
ava_calendar_page_get_filter (AvaCalendarPage *self)
{
  return self->filter;
}

AvaAppointmentDrag *
ava_calendar_page_get_drag (AvaCalendarPage *self)
{
  return self->drag;
}

/* Returns: (transfer none): that of ava_calendar_page_get_grid() */
AvaCellDrag *
ava_calendar_page_get_cell_drag (AvaCalendarPage *self)
{
  return self->kind == AVA_CALENDAR_MONTH ? self->month_drag : self->week_drag;
}

AvaPastBar *
ava_calendar_page_get_past (AvaCalendarPage *self)
{
  return self->past;
}

AvaDateJump *
ava_calendar_page_get_jump (AvaCalendarPage *self)
{
  return self->jump;
}

AvaCellGrid *
ava_calendar_page_get_grid (AvaCalendarPage *self)
{
  return self->kind == AVA_CALENDAR_MONTH ? self->month : self->week;
}

const char *
ava_calendar_page_get_title (AvaCalendarPage *self)
{
  return gtk_label_get_text (self->title);
}

const char *
ava_calendar_page_get_subtitle (AvaCalendarPage *self)
{
  return gtk_label_get_text (self->subtitle);
}
