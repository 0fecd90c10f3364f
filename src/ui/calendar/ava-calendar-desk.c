/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-calendar-desk.h"

#include <glib/gi18n.h>

struct _AvaCalendarDesk {
  AdwBin parent_instance;

  /* Borrowed References, of the tree */
  AvaCalendarPage *page;
  AvaFlowStrip *strip;
  AvaFreedStrip *freed;

  /* Owned References */
  AvaAppointmentPanel *panel;  /* the page may be given another */
  AvaBookingEntry *entry;      /* on a slot only while something is booked */
  char *provider_id;           /* where it lies, nullable */
  char *room_id;               /* nullable */
  gint64 start_us;             /* [us] UTC; 0: nowhere */
  int entry_height;            /* [px] when it was scrolled to last */
  int view_height;             /* [px] the same, of what it lies on */
  int frame_height;            /* [px] and of what is seen of that */
  guint watch_id;
  char *customer;              /* nullable: whose name the next entry begins with */
};

G_DEFINE_FINAL_TYPE (AvaCalendarDesk, ava_calendar_desk, ADW_TYPE_BIN)

/* --- The entry stays in sight ----------------------------------------------------------------- */

static void
scroll_to (GtkWidget *widget)
{
  GtkWidget *scroller = gtk_widget_get_ancestor (widget, GTK_TYPE_SCROLLED_WINDOW);
  GtkAdjustment *adjustment;
  graphene_rect_t bounds;

  if (scroller == NULL || !gtk_widget_compute_bounds (widget, scroller, &bounds))
    return;
  adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));
  if (bounds.origin.y < 0 || bounds.size.height > gtk_widget_get_height (scroller))
    gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) + bounds.origin.y);
  else if (bounds.origin.y + bounds.size.height > gtk_widget_get_height (scroller))
    gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) + bounds.origin.y + bounds.size.height -
                                            gtk_widget_get_height (scroller));
}

/* It grows with what is found and with the text, and less is seen when the bar needs two rows; what is found must be read. */
static gboolean
watch_size_cb (GtkWidget     *entry,
               GdkFrameClock *clock,
               gpointer       user_data)
{
  AvaCalendarDesk *self = user_data;
  int height = gtk_widget_get_height (entry);
  int below = gtk_widget_get_height (gtk_widget_get_parent (entry));
  GtkWidget *scroller = gtk_widget_get_ancestor (entry, GTK_TYPE_SCROLLED_WINDOW);
  int seen = scroller != NULL ? gtk_widget_get_height (scroller) : 0;

  if (height > 0 && (height != self->entry_height || below != self->view_height || seen != self->frame_height)) {
    self->entry_height = height;
    self->view_height = below;
    self->frame_height = seen;
    scroll_to (entry);
  }
  return G_SOURCE_CONTINUE;
}

static void
watch_size (AvaCalendarDesk *self)
{
  self->entry_height = 0;
  if (self->watch_id == 0)
    self->watch_id = gtk_widget_add_tick_callback (GTK_WIDGET (self->entry), watch_size_cb, self, NULL);
}

static void
stop_watching (AvaCalendarDesk *self)
{
  if (self->watch_id != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self->entry), self->watch_id);
  self->watch_id = 0;
}

/* --- Booking --------------------------------------------------------------------------------- */

static void
take_off (AvaCalendarDesk *self)
{
  if (self->start_us == 0)
    return;
  self->start_us = 0;
  stop_watching (self);
  ava_calendar_page_take_off_slot (self->page, GTK_WIDGET (self->entry));
}

static void
on_slot_activated (AvaCalendarDesk *self,
                   const char      *provider_id,
                   const char      *room_id,
                   gint64           start_us,
                   const char      *typed)
{
  g_autofree char *text = self->customer != NULL ? g_strdup_printf ("%s %s", self->customer, typed) : g_strdup (typed);

  if (!ava_calendar_page_put_on_slot (self->page, GTK_WIDGET (self->entry), provider_id, room_id, start_us))
    return;
  g_free (self->provider_id);
  g_free (self->room_id);
  self->provider_id = g_strdup (provider_id);
  self->room_id = g_strdup (room_id);
  self->start_us = start_us;
  ava_booking_entry_start (self->entry, ava_calendar_page_get_spa (self->page)->location_id, provider_id, room_id, start_us, text);
  watch_size (self);
}

static void
on_booked (AvaCalendarDesk *self,
           AvaAppointment  *appointment)
{
  g_clear_pointer (&self->customer, g_free);
  take_off (self);
  ava_calendar_page_show_appointment (self->page, appointment->id);
}

/* Another time near it was chosen: the entry goes there, with what was typed. */
static void
on_entry_moved (AvaCalendarDesk *self,
                gint64           start_us)
{
  if (!ava_calendar_page_put_on_slot (self->page, GTK_WIDGET (self->entry), self->provider_id, self->room_id, start_us))
    return;
  self->start_us = start_us;
  watch_size (self);
  gtk_widget_grab_focus (GTK_WIDGET (ava_booking_entry_get_field (self->entry)));
}

static void
on_entry_closed (AvaCalendarDesk *self)
{
  gint64 start_us = self->start_us;

  g_clear_pointer (&self->customer, g_free);
  take_off (self);
  if (start_us != 0)
    ava_calendar_page_focus_slot (self->page, self->provider_id, self->room_id, start_us);
}

/**
 * ava_calendar_desk_book_for:
 * @name: of the customer
 */
void
ava_calendar_desk_book_for (AvaCalendarDesk *self,
                            const char      *name)
{
  g_return_if_fail (AVA_IS_CALENDAR_DESK (self));

  g_free (self->customer);
  self->customer = g_strdup (name);
}

/* --- The appointment that is selected -------------------------------------------------------- */

static void
show_panel (AvaCalendarDesk *self,
            AvaAppointment  *appointment)
{
  ava_appointment_panel_set_appointment (self->panel, appointment);
  ava_calendar_page_reveal_side (self->page, TRUE);
}

static void
hide_panel (AvaCalendarDesk *self)
{
  ava_appointment_panel_set_appointment (self->panel, NULL);
  ava_calendar_page_reveal_side (self->page, FALSE);
}

static void
on_selected (AvaCalendarDesk *self,
             AvaAppointment  *appointment)
{
  if (self->panel == NULL)   /* going */
    return;
  if (appointment != NULL)
    show_panel (self, appointment);
  else
    hide_panel (self);
}

/* The page may know it later than the panel does. */
static void
have_in_panel (AvaCalendarDesk *self,
               AvaAppointment  *appointment)
{
  AvaAppointment *shown = ava_appointment_panel_get_appointment (self->panel);

  if (shown == NULL || g_strcmp0 (shown->id, appointment->id) != 0)
    ava_appointment_panel_set_appointment (self->panel, appointment);
}

static void
run (AvaCalendarDesk *self,
     AvaAppointment  *appointment,
     const char      *command)
{
  have_in_panel (self, appointment);
  if (!ava_appointment_panel_run (self->panel, command)) {
    gtk_widget_error_bell (GTK_WIDGET (self));
    return;
  }
  if (ava_appointment_panel_is_asking (self->panel))
    ava_calendar_page_reveal_side (self->page, TRUE);
}

static void
on_command (AvaCalendarDesk *self,
            AvaAppointment  *appointment,
            const char      *command)
{
  run (self, appointment, command);
}

/* What the safety gate says is not said to a panel that nobody sees. */
static void
on_panel_speaks (AvaCalendarDesk *self)
{
  ava_calendar_page_reveal_side (self->page, TRUE);
}

static void
on_place_wanted (AvaCalendarDesk   *self,
                 AvaAppointment    *appointment,
                 const AvaBookWish *to)
{
  have_in_panel (self, appointment);
  ava_appointment_panel_move_to (self->panel, to);
  ava_calendar_page_reveal_side (self->page, TRUE);
}

static void
on_panel_closed (AvaCalendarDesk *self)
{
  AvaAppointment *appointment = ava_appointment_panel_get_appointment (self->panel);
  g_autofree char *id = appointment != NULL ? g_strdup (appointment->id) : NULL;
  AvaAppointmentChip *chip = id != NULL ? ava_day_view_find_chip (ava_calendar_page_get_view (self->page), id) : NULL;

  hide_panel (self);
  if (chip != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (chip));
}

static void
on_shown_elsewhere (AvaCalendarDesk *self,
                    AvaAppointment  *appointment)
{
  ava_calendar_page_show_appointment (self->page, appointment->id);
}

static void
on_waiting_booked (AvaCalendarDesk *self,
                   AvaAppointment  *appointment)
{
  show_panel (self, appointment);
  ava_calendar_page_show_appointment (self->page, appointment->id);
}

/* The people of the location that is shown. */
static void
on_spa_taken (AvaCalendarDesk *self)
{
  ava_flow_strip_set_spa (self->strip, ava_calendar_page_get_spa (self->page));
}

static void
on_guest_chosen (AvaCalendarDesk *self,
                 AvaAppointment  *appointment)
{
  show_panel (self, appointment);
  ava_calendar_page_show_appointment (self->page, appointment->id);
}

/* --- Keys ------------------------------------------------------------------------------------ */

/* What the page itself does not know: N did not come, B books the next visit, W who waits for what came free. */
static gboolean
on_key (AvaCalendarDesk *self,
        guint            key,
        guint            code,
        GdkModifierType  modifiers)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  const char *command = key == GDK_KEY_n ? "no-show" : key == GDK_KEY_b ? "rebook" : NULL;

  if (key == GDK_KEY_w && (modifiers & (GDK_CONTROL_MASK | GDK_ALT_MASK)) == 0 && !GTK_IS_EDITABLE (focus) && !GTK_IS_TEXT_VIEW (focus))
    return ava_freed_strip_open (self->freed);
  if (command == NULL || !AVA_IS_APPOINTMENT_CHIP (focus) || (modifiers & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return FALSE;
  run (self, ava_appointment_chip_get_appointment (AVA_APPOINTMENT_CHIP (focus)), command);
  return TRUE;
}

/* --- The object ------------------------------------------------------------------------------ */

static void
ava_calendar_desk_dispose (GObject *object)
{
  AvaCalendarDesk *self = AVA_CALENDAR_DESK (object);

  if (self->entry != NULL && self->page != NULL)
    take_off (self);
  g_clear_object (&self->entry);
  g_clear_object (&self->panel);
  self->page = NULL;
  self->strip = NULL;
  self->freed = NULL;
  G_OBJECT_CLASS (ava_calendar_desk_parent_class)->dispose (object);
}

static void
ava_calendar_desk_finalize (GObject *object)
{
  AvaCalendarDesk *self = AVA_CALENDAR_DESK (object);

  g_free (self->provider_id);
  g_free (self->room_id);
  g_free (self->customer);
  G_OBJECT_CLASS (ava_calendar_desk_parent_class)->finalize (object);
}

static void
ava_calendar_desk_class_init (AvaCalendarDeskClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ava_calendar_desk_dispose;
  G_OBJECT_CLASS (klass)->finalize = ava_calendar_desk_finalize;
}

static void
ava_calendar_desk_init (AvaCalendarDesk *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

static void
connect (AvaCalendarDesk *self)
{
  const GConnectFlags swapped = G_CONNECT_SWAPPED;

  g_signal_connect_object (self->page, "slot-activated", G_CALLBACK (on_slot_activated), self, swapped);
  g_signal_connect_object (self->page, "appointment-selected", G_CALLBACK (on_selected), self, swapped);
  g_signal_connect_object (self->page, "appointment-command", G_CALLBACK (on_command), self, swapped);
  g_signal_connect_object (self->page, "place-wanted", G_CALLBACK (on_place_wanted), self, swapped);
  g_signal_connect_object (self->entry, "booked", G_CALLBACK (on_booked), self, swapped);
  g_signal_connect_object (self->entry, "moved", G_CALLBACK (on_entry_moved), self, swapped);
  g_signal_connect_object (self->entry, "closed", G_CALLBACK (on_entry_closed), self, swapped);
  g_signal_connect_object (self->panel, "closed", G_CALLBACK (on_panel_closed), self, swapped);
  g_signal_connect_object (self->panel, "shown-elsewhere", G_CALLBACK (on_shown_elsewhere), self, swapped);
  g_signal_connect_object (self->panel, "speaks", G_CALLBACK (on_panel_speaks), self, swapped);
  g_signal_connect_object (self->page, "spa-taken", G_CALLBACK (on_spa_taken), self, swapped);
  g_signal_connect_object (self->strip, "chosen", G_CALLBACK (on_guest_chosen), self, swapped);
  g_signal_connect_object (self->freed, "booked", G_CALLBACK (on_waiting_booked), self, swapped);
}

/**
 * ava_calendar_desk_new:
 */
AvaCalendarDesk *
ava_calendar_desk_new (AvaContext *context)
{
  AvaCalendarDesk *self = g_object_new (AVA_TYPE_CALENDAR_DESK, NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  AvaBook *book;

  self->page = ava_calendar_page_new (context);
  book = ava_calendar_page_get_book (self->page);
  self->panel = g_object_ref_sink (ava_appointment_panel_new (book));
  self->strip = ava_flow_strip_new (book);
  self->freed = ava_freed_strip_new (book);
  self->entry = g_object_ref_sink (ava_booking_entry_new (book));
  gtk_widget_set_vexpand (GTK_WIDGET (self->page), TRUE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->strip));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->freed));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->page));
  adw_bin_set_child (ADW_BIN (self), box);
  ava_calendar_page_set_side (self->page, GTK_WIDGET (self->panel));
  connect (self);
  return self;
}

AvaCalendarPage *
ava_calendar_desk_get_page (AvaCalendarDesk *self)
{
  return self->page;
}

AvaAppointmentPanel *
ava_calendar_desk_get_panel (AvaCalendarDesk *self)
{
  return self->panel;
}

AvaBookingEntry *
ava_calendar_desk_get_entry (AvaCalendarDesk *self)
{
  return self->entry;
}

AvaFlowStrip *
ava_calendar_desk_get_strip (AvaCalendarDesk *self)
{
  return self->strip;
}

void
ava_calendar_desk_follow (AvaCalendarDesk *self)
{
  AvaAppointment *appointment = ava_appointment_panel_get_appointment (self->panel);

  if (appointment != NULL && gtk_widget_get_mapped (GTK_WIDGET (self)))
    ava_calendar_page_show_appointment (self->page, appointment->id);
}

AvaFreedStrip *
ava_calendar_desk_get_freed (AvaCalendarDesk *self)
{
  return self->freed;
}
