/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-calendar-page.h"

#include "ava-appointment-popover.h"
#include "ava-calendar-files.h"
#include "ava-compat.h"
#include "ava-day-header.h"
#include "ava-display.h"

#include <glib/gi18n.h>

#define NOW_SECONDS 20    /* between two moves of the line of the present */

struct _AvaCalendarPage {
  AdwBin parent_instance;

  /* Template Widgets */
  AdwFlap *flap;
  GtkOverlay *overlay;
  GtkLabel *title;
  GtkLabel *subtitle;
  GtkCalendar *picker;
  GtkWidget *picker_button;
  GtkWidget *files_button;
  GtkPopover *picker_popover;
  GtkScrolledWindow *header_scroller;
  GtkScrolledWindow *scroller;
  AvaDayHeader *header;
  AvaDayView *view;

  /* Owned References */
  AvaContext *context;
  AvaBook *book;
  char *selected_id;             /* nullable: of the appointment */
  GListModel *model;             /* AvaAppointment of the day */
  GDateTime *day;                /* local midnight */
  AvaAppointmentPopover *details;
  GCancellable *cancellable;
  char *wanted;                  /* nullable: an appointment to be pointed at once it is read */
  guint now_id;
  guint scroll_id;
  gboolean picking;              /* we set the picker, not the user */
};

enum { SLOT_ACTIVATED, APPOINTMENT_SELECTED, APPOINTMENT_COMMAND, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AvaCalendarPage, ava_calendar_page, ADW_TYPE_BIN)

static gint64
get_now (AvaCalendarPage *self)
{
  return ava_clock_now_us (ava_context_get_clock (self->context));
}

static char *
word_day_state (AvaCalendarPage *self)
{
  AvaSpa *spa = ava_context_get_spa (self->context);
  guint n = ava_day_view_get_n_chips (self->view);
  const char *reason = NULL;
  int open_min = 0;
  int close_min = 0;
  g_autofree char *count = g_strdup_printf (ngettext ("%u appointment", "%u appointments", n), n);
  g_autofree char *open = NULL;
  g_autofree char *close = NULL;

  if (!ava_spa_get_hours (spa, NULL, self->day, &open_min, &close_min, &reason))
    return reason != NULL ? g_strdup_printf (_("Closed: %s · %s"), reason, count)
                          : g_strdup_printf (_("Closed · %s"), count);
  open = ava_display_minute (open_min);
  close = ava_display_minute (close_min);
  return g_strdup_printf (_("Open %s to %s · %s"), open, close, count);
}

static void
update_title (AvaCalendarPage *self)
{
  GTimeZone *zone = ava_context_get_spa (self->context)->zone;
  gint64 day_us = g_date_time_to_unix (self->day) * G_USEC_PER_SEC;
  g_autofree char *near = ava_display_day (day_us, get_now (self), zone);
  g_autofree char *date = g_date_time_format (self->day, _("%A, %B %-e"));
  g_autofree char *state = word_day_state (self);
  /* A day far off is worded as its date already. */
  g_autofree char *title = g_str_has_prefix (near, date) ? g_strdup (near)
                                                         : g_strdup_printf ("%s · %s", near, date);

  gtk_label_set_text (self->title, title);
  gtk_label_set_text (self->subtitle, state);
}

static gboolean
scroll_cb (gpointer user_data)
{
  AvaCalendarPage *self = user_data;
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);

  self->scroll_id = 0;
  gtk_adjustment_set_value (adjustment, ava_day_view_get_focus_y (self->view));
  return G_SOURCE_REMOVE;
}

/* After the new day was laid out. */
static void
queue_scroll (AvaCalendarPage *self)
{
  if (self->scroll_id == 0)
    self->scroll_id = g_timeout_add_full (G_PRIORITY_LOW, 60, scroll_cb, self, NULL);
}

static void
show_details (AvaCalendarPage    *self,
              AvaAppointmentChip *chip)
{
  graphene_rect_t bounds;

  if (!gtk_widget_compute_bounds (GTK_WIDGET (chip), GTK_WIDGET (self), &bounds))
    return;
  ava_appointment_popover_set_appointment (self->details, ava_appointment_chip_get_appointment (chip),
                                           ava_context_get_spa (self->context));
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
  g_signal_emit (self, signals[APPOINTMENT_SELECTED], 0, appointment);
  if (adw_flap_get_flap (self->flap) == NULL)
    show_details (self, chip);
}

static void
on_slot_activated (AvaCalendarPage *self,
                   AvaSlotCell     *cell,
                   const char      *typed)
{
  const AvaSlotPlace *place = ava_slot_cell_get_place (cell);

  g_signal_emit (self, signals[SLOT_ACTIVATED], 0, place->provider_id, place->room_id, place->start_us, typed);
}

static GtkWidget *
find_focused (AvaCalendarPage *self,
              GType            type)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && G_OBJECT_TYPE (focus) == type && gtk_widget_is_ancestor (focus, GTK_WIDGET (self)) ? focus : NULL;
}

static const char *
find_command (guint key)
{
  switch (key) {
  case GDK_KEY_m:
  case GDK_KEY_M:
    return "move";
  case GDK_KEY_space:
  case GDK_KEY_KP_Space:
    return "next-status";
  case GDK_KEY_Delete:
  case GDK_KEY_KP_Delete:
    return "cancel";
  default:
    return NULL;
  }
}

/* Keys of the book; letters that are typed into a free time or an entry are not ours. */
static gboolean
on_key_pressed (AvaCalendarPage *self,
                guint            key,
                guint            code,
                GdkModifierType  state)
{
  GtkWidget *chip = find_focused (self, AVA_TYPE_APPOINTMENT_CHIP);

  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK | GDK_SHIFT_MASK)) != 0 || chip == NULL)
    return GDK_EVENT_PROPAGATE;
  if (find_command (key) != NULL) {
    g_signal_emit (self, signals[APPOINTMENT_COMMAND], 0,
                   ava_appointment_chip_get_appointment (AVA_APPOINTMENT_CHIP (chip)), find_command (key));
    return GDK_EVENT_STOP;
  }
  if (key == GDK_KEY_t) {
    ava_calendar_page_show_time (self, get_now (self));
    return GDK_EVENT_STOP;
  }
  return GDK_EVENT_PROPAGATE;
}

/* The appointment that was asked for is on the page now: point at it. */
static gboolean
point_cb (gpointer user_data)
{
  AvaCalendarPage *self = user_data;
  AvaAppointmentChip *chip = self->wanted != NULL && self->view != NULL
    ? ava_day_view_find_chip (self->view, self->wanted) : NULL;

  if (chip != NULL) {
    g_clear_handle_id (&self->scroll_id, g_source_remove);
    gtk_widget_grab_focus (GTK_WIDGET (chip));
    ava_appointment_chip_highlight (chip);
    g_clear_pointer (&self->wanted, g_free);
  }
  return G_SOURCE_REMOVE;
}

static gboolean
refresh_cb (gpointer user_data)
{
  AvaCalendarPage *self = user_data;

  if (self->context == NULL)
    return G_SOURCE_REMOVE;
  update_title (self);
  point_cb (self);
  return G_SOURCE_REMOVE;
}

/* The view takes the rows in its own idle, before this one. */
static void
on_items_changed (AvaCalendarPage *self)
{
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, refresh_cb, g_object_ref (self), g_object_unref);
}

static void
set_day (AvaCalendarPage *self,
         GDateTime       *local)
{
  AvaSpa *spa = ava_context_get_spa (self->context);
  g_autoptr (GDateTime) next = NULL;

  gtk_popover_popdown (GTK_POPOVER (self->details));
  g_clear_pointer (&self->day, g_date_time_unref);
  self->day = g_date_time_new (spa->zone, g_date_time_get_year (local), g_date_time_get_month (local),
                               g_date_time_get_day_of_month (local), 0, 0, 0);
  next = g_date_time_add_days (self->day, 1);
  ava_store_appointments_set_range (self->model, g_date_time_to_unix (self->day) * G_USEC_PER_SEC,
                                    g_date_time_to_unix (next) * G_USEC_PER_SEC);
  ava_day_view_set_now (self->view, get_now (self));
  ava_day_view_set_day (self->view, spa, self->day);
  ava_day_header_set_day (self->header, self->view, spa, self->day);
  self->picking = TRUE;
  gtk_calendar_select_day (self->picker, self->day);
  self->picking = FALSE;
  update_title (self);
  queue_scroll (self);
}

/**
 * ava_calendar_page_show_time:
 * @time_us: [us] UTC
 *
 * Shows the day, in the spa's zone, in which that time lies.
 */
void
ava_calendar_page_show_time (AvaCalendarPage *self,
                             gint64           time_us)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time_us / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = NULL;

  g_return_if_fail (AVA_IS_CALENDAR_PAGE (self));

  local = g_date_time_to_timezone (utc, ava_context_get_spa (self->context)->zone);
  set_day (self, local);
}

/**
 * ava_calendar_page_move:
 * @days: forth, or back when negative
 */
void
ava_calendar_page_move (AvaCalendarPage *self,
                        int              days)
{
  g_autoptr (GDateTime) day = NULL;

  g_return_if_fail (AVA_IS_CALENDAR_PAGE (self));

  day = g_date_time_add_days (self->day, days);
  if (day != NULL)
    set_day (self, day);
}

static void
found_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (AvaCalendarPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = ava_store_list_appointments_finish (AVA_STORE (source), result, &error);

  if (self->cancellable == NULL || g_cancellable_is_cancelled (self->cancellable))
    return;
  for (guint i = 0; found != NULL && i < found->len; i++) {
    AvaAppointment *appointment = found->pdata[i];

    if (g_strcmp0 (appointment->id, self->wanted) == 0) {
      ava_calendar_page_show_time (self, appointment->start_us);
      on_items_changed (self);
      return;
    }
  }
}

/**
 * ava_calendar_page_show_appointment:
 *
 * Turns to the day of an appointment of the last or next year and points at it.
 */
void
ava_calendar_page_show_appointment (AvaCalendarPage *self,
                                    const char      *appointment_id)
{
  gint64 year_us = (gint64) 366 * 24 * 3600 * G_USEC_PER_SEC;
  gint64 now_us;

  g_return_if_fail (AVA_IS_CALENDAR_PAGE (self));

  now_us = get_now (self);
  g_free (self->wanted);
  self->wanted = g_strdup (appointment_id);
  if (ava_day_view_find_chip (self->view, appointment_id) != NULL)
    on_items_changed (self);
  else
    ava_store_list_appointments_async (ava_context_get_store (self->context), now_us - year_us,
                                       now_us + year_us, FALSE, self->cancellable, found_cb,
                                       g_object_ref (self));
}

/**
 * ava_calendar_page_get_view:
 *
 * Returns: (transfer none): the columns
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
  return self->day;
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
 * ava_calendar_page_get_selected:
 *
 * Returns: (transfer none) (nullable): the appointment that was selected last, when it is still shown
 */
AvaAppointment *
ava_calendar_page_get_selected (AvaCalendarPage *self)
{
  AvaAppointmentChip *chip = self->selected_id != NULL ? ava_day_view_find_chip (self->view, self->selected_id) : NULL;

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

  return ava_day_view_put (self->view, widget, provider_id, room_id, start_us);
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

static void
on_today (AvaCalendarPage *self)
{
  ava_calendar_page_show_time (self, get_now (self));
}

static void
on_previous (AvaCalendarPage *self)
{
  ava_calendar_page_move (self, -1);
}

static void
on_next (AvaCalendarPage *self)
{
  ava_calendar_page_move (self, 1);
}

static void
on_day_picked (AvaCalendarPage *self)
{
  g_autoptr (GDateTime) day = NULL;

  if (self->picking || self->context == NULL)
    return;
  day = gtk_calendar_get_date (self->picker);
  set_day (self, day);
  gtk_popover_popdown (self->picker_popover);
}

static gboolean
move_now_cb (gpointer user_data)
{
  AvaCalendarPage *self = user_data;

  ava_day_view_set_now (self->view, get_now (self));
  return G_SOURCE_CONTINUE;
}

static void
on_spa_changed (AvaCalendarPage *self)
{
  g_autoptr (GDateTime) day = g_date_time_ref (self->day);

  set_day (self, day);
}

static void
ava_calendar_page_dispose (GObject *object)
{
  AvaCalendarPage *self = AVA_CALENDAR_PAGE (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->now_id, g_source_remove);
  g_clear_handle_id (&self->scroll_id, g_source_remove);
  g_clear_pointer ((GtkWidget **) &self->details, gtk_widget_unparent);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->model);
  g_clear_pointer (&self->day, g_date_time_unref);
  g_clear_pointer (&self->wanted, g_free);
  g_clear_pointer (&self->selected_id, g_free);
  g_clear_object (&self->book);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (ava_calendar_page_parent_class)->dispose (object);
}

static void
ava_calendar_page_class_init (AvaCalendarPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ava_calendar_page_dispose;
  g_type_ensure (AVA_TYPE_DAY_HEADER);
  g_type_ensure (AVA_TYPE_DAY_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/com/getevaai/FrontDesk/ava-calendar-page.ui");
  gtk_widget_class_bind_template_child (widget_class, AvaCalendarPage, flap);
  gtk_widget_class_bind_template_child (widget_class, AvaCalendarPage, overlay);
  gtk_widget_class_bind_template_child (widget_class, AvaCalendarPage, title);
  gtk_widget_class_bind_template_child (widget_class, AvaCalendarPage, subtitle);
  gtk_widget_class_bind_template_child (widget_class, AvaCalendarPage, picker);
  gtk_widget_class_bind_template_child (widget_class, AvaCalendarPage, picker_button);
  gtk_widget_class_bind_template_child (widget_class, AvaCalendarPage, files_button);
  gtk_widget_class_bind_template_child (widget_class, AvaCalendarPage, picker_popover);
  gtk_widget_class_bind_template_child (widget_class, AvaCalendarPage, header_scroller);
  gtk_widget_class_bind_template_child (widget_class, AvaCalendarPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, AvaCalendarPage, header);
  gtk_widget_class_bind_template_child (widget_class, AvaCalendarPage, view);
  gtk_widget_class_bind_template_callback (widget_class, on_today);
  gtk_widget_class_bind_template_callback (widget_class, on_previous);
  gtk_widget_class_bind_template_callback (widget_class, on_next);
  gtk_widget_class_bind_template_callback (widget_class, on_day_picked);
  gtk_widget_class_bind_template_callback (widget_class, on_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_slot_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_key_pressed);
  signals[SLOT_ACTIVATED] = g_signal_new ("slot-activated", AVA_TYPE_CALENDAR_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 4, G_TYPE_STRING, G_TYPE_STRING, G_TYPE_INT64, G_TYPE_STRING);
  signals[APPOINTMENT_SELECTED] = g_signal_new ("appointment-selected", AVA_TYPE_CALENDAR_PAGE, G_SIGNAL_RUN_LAST, 0, NULL,
                                                NULL, NULL, G_TYPE_NONE, 1, AVA_TYPE_APPOINTMENT);
  signals[APPOINTMENT_COMMAND] = g_signal_new ("appointment-command", AVA_TYPE_CALENDAR_PAGE, G_SIGNAL_RUN_LAST, 0, NULL,
                                               NULL, NULL, G_TYPE_NONE, 2, AVA_TYPE_APPOINTMENT, G_TYPE_STRING);
}

static void
ava_calendar_page_init (AvaCalendarPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  ava_compat_name_menus (self->picker_button, _("Choose a Date"));
  ava_compat_name_menus (self->files_button, _("Print and Files"));
  gtk_scrolled_window_set_hadjustment (self->header_scroller, gtk_scrolled_window_get_hadjustment (self->scroller));
  self->details = g_object_new (AVA_TYPE_APPOINTMENT_POPOVER, NULL);
  gtk_widget_set_parent (GTK_WIDGET (self->details), GTK_WIDGET (self));
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
  self->model = ava_store_appointments_model (ava_context_get_store (context));
  ava_day_view_set_model (self->view, self->model);
  g_signal_connect_object (self->model, "items-changed", G_CALLBACK (on_items_changed), self, G_CONNECT_SWAPPED);
  ava_calendar_page_show_time (self, get_now (self));
  g_signal_connect_object (context, "notify::spa", G_CALLBACK (on_spa_changed), self, G_CONNECT_SWAPPED);
  self->now_id = g_timeout_add_seconds (NOW_SECONDS, move_now_cb, self);
  return self;
}
