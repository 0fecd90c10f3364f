/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-appointment-panel.h"

#include "ava-amends.h"
#include "ava-book-step.h"
#include "ava-calendar-rows.h"
#include "ava-cancel-box.h"
#include "ava-display.h"
#include "ava-history-list.h"
#include "ava-move-entry.h"
#include "ava-reason-box.h"
#include "ava-rebook-box.h"
#include "ava-verdict-box.h"

#include <glib/gi18n.h>

struct _AvaAppointmentPanel {
  AdwBin parent_instance;

  /* Template Widgets */
  GtkLabel *name;
  GtkLabel *when;
  GtkLabel *flags;
  GtkWidget *flags_box;
  GtkLabel *state;
  GtkWidget *steps;
  GtkButton *next;
  GtkWidget *move;
  GtkWidget *no_show;
  GtkWidget *cancel;
  GtkWidget *open_customer;
  GtkLabel *trouble;
  AvaVerdictBox *verdict;      /* of the safety gate, on who has come */
  AdwBin *place;               /* of what asks: move, cancel, rebook */
  GtkGrid *grid;
  GtkTextView *notes;
  AvaHistoryList *history;

  /* Owned References */
  AvaBook *book;
  AvaAppointment *appointment; /* nullable */
  char *notes_seen;            /* nullable: what the notes were before they are typed over */
  GCancellable *cancellable;   /* of what is read about it */
  guint timer_id;
};

enum { CLOSED, SHOWN_ELSEWHERE, SPEAKS, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AvaAppointmentPanel, ava_appointment_panel, ADW_TYPE_BIN)

static AvaContext *
get_context (AvaAppointmentPanel *self)
{
  return ava_book_get_context (self->book);
}

static AvaSpa *
get_spa (AvaAppointmentPanel *self)
{
  return ava_context_get_spa (get_context (self));
}

static gint64
get_now (AvaAppointmentPanel *self)
{
  return ava_clock_now_us (ava_context_get_clock (get_context (self)));
}

/* --- What is shown --------------------------------------------------------------------------- */

static void
on_waive (AvaAppointmentPanel *self)
{
  ava_appointment_panel_run (self, "waive");
}

/* Lets a fee go that stands already. */
static void
add_waiver (AvaAppointmentPanel *self,
            int                 *row)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (_("Let the _Fee Go…"));
  g_autofree char *refusal = ava_staff_refuse (ava_context_get_staff (get_context (self)), AVA_RIGHT_WAIVE_FEES);

  gtk_widget_add_css_class (button, "compact");
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_widget_set_sensitive (button, refusal == NULL);
  gtk_widget_set_tooltip_text (button, refusal);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_waive), self, G_CONNECT_SWAPPED);
  gtk_grid_attach (self->grid, button, 1, (*row)++, 1, 1);
}

static void
fill_grid (AvaAppointmentPanel *self)
{
  AvaAppointment *one = self->appointment;
  const char *currency = get_spa (self)->currency;
  g_autofree char *phone = ava_display_phone (one->customer_phone);
  g_autofree char *price = one->price_cents > 0 ? ava_display_money (one->price_cents, currency) : NULL;
  g_autofree char *deposit = ava_display_deposit (one, currency);
  g_autofree char *fee = one->fee_cents > 0 ? ava_display_money (one->fee_cents, currency) : NULL;
  GtkWidget *child;
  int row = 0;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->grid))) != NULL)
    gtk_grid_remove (self->grid, child);
  ava_calendar_rows_add_fact (self->grid, &row, _("Service"), one->service_name);
  ava_calendar_rows_add_fact (self->grid, &row, _("Provider"), one->provider_name);
  ava_calendar_rows_add_fact (self->grid, &row, _("Room"), one->room_name);
  ava_calendar_rows_add_fact (self->grid, &row, _("Device"), one->device_name);
  ava_calendar_rows_add_fact (self->grid, &row, _("Phone"), phone);
  ava_calendar_rows_add_fact (self->grid, &row, _("Price"), price);
  ava_calendar_rows_add_fact (self->grid, &row, _("Package"), one->package_name);
  ava_calendar_rows_add_fact (self->grid, &row, _("Deposit"), deposit);
  ava_calendar_rows_add_fact (self->grid, &row, _("Fee"), fee);
  if (one->fee_cents > 0)
    add_waiver (self, &row);
  ava_calendar_rows_add_fact (self->grid, &row, _("Fee let go"), one->fee_waiver);
  ava_calendar_rows_add_fact (self->grid, &row, _("Booked by"), ava_calendar_rows_word_source (one->source));
  ava_calendar_rows_add_fact (self->grid, &row, _("Cancelled"), one->cancel_reason);
  ava_calendar_rows_add_fact (self->grid, &row, _("Overridden"), one->override_reason);
}

/* The state in words, with the clock of whoever waits. */
static void
update_state (AvaAppointmentPanel *self)
{
  gint64 now_us = get_now (self);
  gint64 waiting_us = ava_book_get_waiting_us (self->appointment, now_us);
  gint64 in_room_us = ava_book_get_in_room_us (self->appointment, now_us);
  gint64 late_us = now_us - self->appointment->start_us;
  g_autofree char *span = ava_display_duration (waiting_us > 0 ? waiting_us : in_room_us > 0 ? in_room_us : MAX (late_us, 0));
  g_autofree char *text = NULL;

  if (self->appointment->status == AVA_APPOINTMENT_ARRIVED)
    text = g_strdup_printf (_("Arrived, waiting for %s"), span);
  else if (self->appointment->status == AVA_APPOINTMENT_IN_ROOM)
    text = g_strdup_printf (_("In the room for %s"), span);
  else if (self->appointment->status <= AVA_APPOINTMENT_CONFIRMED && late_us > 0 && now_us < self->appointment->end_us)
    text = g_strdup_printf (_("State: %s, late by %s"), ava_display_status (self->appointment->status), span);
  else
    text = g_strdup_printf (_("State: %s"), ava_display_status (self->appointment->status));
  gtk_label_set_text (self->state, text);
}

static const char *
word_next (AvaAppointmentStatus next)
{
  const char *const words[] = { "", _("_Confirm"), _("Has _Arrived"), _("To the _Room"), _("_Done") };

  return words[MIN (next, G_N_ELEMENTS (words) - 1)];
}

static void
update_steps (AvaAppointmentPanel *self)
{
  AvaAppointmentStatus status = self->appointment->status;
  AvaAppointmentStatus next;
  gboolean goes_on = ava_book_get_next_status (status, &next);
  gboolean open = status < AVA_APPOINTMENT_DONE;

  gtk_widget_set_visible (self->steps, status < AVA_APPOINTMENT_DONE);
  if (goes_on)
    gtk_button_set_label (self->next, word_next (next));
  gtk_widget_set_sensitive (self->move, open);
  gtk_widget_set_sensitive (self->no_show, status <= AVA_APPOINTMENT_CONFIRMED);
  gtk_widget_set_sensitive (self->cancel, open);
}

static void
show_notes (AvaAppointmentPanel *self)
{
  const char *notes = self->appointment->notes != NULL ? self->appointment->notes : "";
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->notes);
  GtkTextIter start;
  GtkTextIter end;
  g_autofree char *shown = NULL;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  shown = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  if (g_strcmp0 (shown, notes) != 0)
    gtk_text_buffer_set_text (buffer, notes, -1);
  gtk_text_buffer_set_modified (buffer, FALSE);
  g_free (self->notes_seen);
  self->notes_seen = g_strdup (notes);
}

static void
show_appointment (AvaAppointmentPanel *self)
{
  AvaAppointment *one = self->appointment;
  g_autoptr (AvaSpa) spa = ava_spa_see (get_spa (self), one->location_id);
  g_autofree char *day = ava_display_day (one->start_us, get_now (self), spa->zone);
  g_autofree char *span = ava_display_span (one->start_us, one->end_us, spa->zone);
  g_autofree char *when = g_strdup_printf (_("%s, %s"), day, span);

  gtk_label_set_text (self->name, one->customer_name);
  gtk_label_set_text (self->when, when);
  gtk_label_set_text (self->flags, one->flags != NULL ? one->flags : "");
  gtk_widget_set_visible (self->flags_box, one->flags != NULL && *one->flags != '\0');
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->open_customer), "s", one->customer_id != NULL ? one->customer_id : "");
  fill_grid (self);
  update_state (self);
  update_steps (self);
  if (!gtk_text_buffer_get_modified (gtk_text_view_get_buffer (self->notes)))
    show_notes (self);
}

static gboolean
tick_cb (gpointer user_data)
{
  AvaAppointmentPanel *self = user_data;

  if (self->appointment != NULL && gtk_widget_get_mapped (GTK_WIDGET (self)))
    update_state (self);
  return G_SOURCE_CONTINUE;
}

/* --- Following the book ---------------------------------------------------------------------- */

static void
history_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (AvaAppointmentPanel) self = user_data;
  g_autoptr (GPtrArray) events = ava_book_history_finish (AVA_BOOK (source), result, NULL);

  if (self->book != NULL && events != NULL) {
    g_autoptr (AvaSpa) here = ava_spa_see (get_spa (self), self->appointment != NULL ? self->appointment->location_id : NULL);

    ava_history_list_set_events (self->history, events, here->zone);
  }
}

static void
read_history (AvaAppointmentPanel *self)
{
  ava_book_history_async (self->book, self->appointment->id, history_cb, g_object_ref (self));
}

/* Nobody is anywhere else, so that the calendar may follow: after an undo the keyboard is nowhere. */
static gboolean
has_keyboard (AvaAppointmentPanel *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return root != NULL && gtk_widget_get_mapped (GTK_WIDGET (self)) &&
         (focus == NULL || gtk_widget_is_ancestor (focus, GTK_WIDGET (self)));
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (AvaAppointmentPanel) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaAppointment) appointment = ava_store_get_appointment_finish (AVA_STORE (source), result, &error);
  gboolean moved;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->book == NULL || self->appointment == NULL)
    return;
  if (appointment == NULL) {   /* taken out of the book: its booking was undone */
    g_signal_emit (self, signals[CLOSED], 0);
    return;
  }
  if (g_strcmp0 (appointment->id, self->appointment->id) != 0)
    return;
  moved = appointment->start_us != self->appointment->start_us;
  g_set_object (&self->appointment, appointment);
  show_appointment (self);
  read_history (self);
  if (moved && has_keyboard (self))
    g_signal_emit (self, signals[SHOWN_ELSEWHERE], 0, appointment);
}

static void
on_store_changed (AvaAppointmentPanel *self,
                  const char *const   *tables)
{
  if (self->appointment != NULL && (g_strv_contains (tables, "appointments") || g_strv_contains (tables, "customers")))
    ava_store_get_appointment_async (ava_context_get_store (get_context (self)), self->appointment->id, self->cancellable,
                                     read_cb, g_object_ref (self));
}

/* --- Changes --------------------------------------------------------------------------------- */

static void
changed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (AvaAppointmentPanel) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaAppointment) appointment = ava_book_change_finish (AVA_BOOK (source), result, NULL, &error);

  ava_calendar_rows_say (self->trouble, appointment == NULL ? error->message : "");
}

static void
amended_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (AvaAppointmentPanel) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaAmends) amends = ava_amends_make_finish (AVA_BOOK (source), result, &error);

  ava_calendar_rows_say (self->trouble, amends == NULL ? error->message : "");
}

static void
set_status (AvaAppointmentPanel  *self,
            AvaAppointmentStatus  status)
{
  ava_book_set_status_async (self->book, self->appointment->id, status, changed_cb, g_object_ref (self));
}

/* --- The gate at check-in and at the room ----------------------------------------------------- */

/* A step that the gate is asked about; the panel may show another appointment when it answers. */
typedef struct {
  AvaAppointmentPanel *panel;
  AvaAppointment *appointment;
  gboolean enters;             /* the room, once nothing speaks against it */
} Step;

static void
step_free (Step *step)
{
  g_object_unref (step->panel);
  g_object_unref (step->appointment);
  g_free (step);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Step, step_free)

static void
judged_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (Step) step = user_data;
  AvaAppointmentPanel *self = step->panel;
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaVerdict) verdict = ava_book_judge_step_finish (AVA_BOOK (source), result, &error);
  gboolean shown = self->appointment != NULL && g_strcmp0 (self->appointment->id, step->appointment->id) == 0;
  g_autoptr (AvaSpa) here = NULL;

  if (self->book == NULL)
    return;
  if (verdict == NULL) {
    ava_calendar_rows_say (self->trouble, error->message);
    return;
  }
  if (step->enters && verdict->kind <= AVA_VERDICT_WARNED)
    ava_book_set_status_async (self->book, step->appointment->id, AVA_APPOINTMENT_IN_ROOM, changed_cb, g_object_ref (self));
  if (!shown)
    return;
  here = ava_spa_see (get_spa (self), step->appointment->location_id);
  ava_verdict_box_set_verdict (self->verdict, verdict, here->zone, get_now (self));
  if (!step->enters && verdict->kind == AVA_VERDICT_NEEDS_REASON)   /* asked at the room, not at the desk */
    ava_verdict_box_set_words (self->verdict, verdict->reasons[0]);
  if (verdict->kind != AVA_VERDICT_FREE)
    g_signal_emit (self, signals[SPEAKS], 0);
  if (step->enters)
    ava_verdict_box_ask_reason (self->verdict);
}

/* Who stands at the desk has arrived, whatever the gate says; into the room it is asked first. */
static void
take_step (AvaAppointmentPanel  *self,
           AvaAppointmentStatus  next)
{
  Step *step;

  ava_verdict_box_set_words (self->verdict, "");
  if (next != AVA_APPOINTMENT_IN_ROOM)
    set_status (self, next);
  if (next != AVA_APPOINTMENT_IN_ROOM && next != AVA_APPOINTMENT_ARRIVED)
    return;
  step = g_new0 (Step, 1);
  step->panel = g_object_ref (self);
  step->appointment = g_object_ref (self->appointment);
  step->enters = next == AVA_APPOINTMENT_IN_ROOM;
  ava_book_judge_step_async (self->book, self->appointment, NULL, judged_cb, step);
}

static void
on_step_reason (AvaAppointmentPanel *self,
                const char          *reason)
{
  g_autofree char *copy = g_strdup (reason);

  ava_verdict_box_set_words (self->verdict, "");
  ava_book_enter_room_async (self->book, self->appointment->id, copy, changed_cb, g_object_ref (self));
  g_signal_emit (self, signals[SHOWN_ELSEWHERE], 0, self->appointment);
}

static void
save_notes (AvaAppointmentPanel *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->notes);
  GtkTextIter start;
  GtkTextIter end;
  g_autofree char *text = NULL;

  if (self->appointment == NULL || !gtk_text_buffer_get_modified (buffer))
    return;
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  gtk_text_buffer_set_modified (buffer, FALSE);
  if (g_strcmp0 (text, self->appointment->notes != NULL ? self->appointment->notes : "") != 0)
    ava_book_set_notes_async (self->book, self->appointment->id, self->notes_seen, text, changed_cb, g_object_ref (self));
  g_free (self->notes_seen);
  self->notes_seen = g_steal_pointer (&text);
}

/* --- What asks ------------------------------------------------------------------------------- */

static void
stop_asking (AvaAppointmentPanel *self)
{
  adw_bin_set_child (self->place, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->place), FALSE);
}

static void
give_up_asking (AvaAppointmentPanel *self)
{
  stop_asking (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->next));
  g_signal_emit (self, signals[SHOWN_ELSEWHERE], 0, self->appointment);
}

static void
on_shown_elsewhere (AvaAppointmentPanel *self,
                    AvaAppointment      *appointment)
{
  g_autoptr (AvaAppointment) kept = g_object_ref (appointment);

  stop_asking (self);
  g_signal_emit (self, signals[SHOWN_ELSEWHERE], 0, kept);
}

/* @reason: (nullable): of one who did not come */
static void
on_reason (AvaAppointmentPanel *self,
           const char          *reason)
{
  GtkWidget *box = adw_bin_get_child (self->place);
  g_autofree char *waiver = AVA_IS_CANCEL_BOX (box) ? g_strdup (ava_cancel_box_get_waiver (AVA_CANCEL_BOX (box))) : NULL;
  g_autofree char *copy = g_strdup (reason);

  stop_asking (self);
  if (reason == NULL && waiver != NULL)
    ava_book_no_show_waived_async (self->book, self->appointment->id, waiver, changed_cb, g_object_ref (self));
  else if (reason == NULL)
    set_status (self, AVA_APPOINTMENT_NO_SHOW);
  else if (g_str_equal (reason, AVA_AMENDS_REASON) && ava_amends_fits (self->appointment))
    ava_amends_make_async (self->book, self->appointment, NULL, amended_cb, g_object_ref (self));
  else if (waiver != NULL)
    ava_book_cancel_waived_async (self->book, self->appointment->id, copy, waiver, changed_cb, g_object_ref (self));
  else
    ava_book_cancel_async (self->book, self->appointment->id, copy, changed_cb, g_object_ref (self));
  g_signal_emit (self, signals[SHOWN_ELSEWHERE], 0, self->appointment);
}

static void
ask (AvaAppointmentPanel *self,
     GtkWidget           *widget)
{
  ava_calendar_rows_say (self->trouble, "");
  adw_bin_set_child (self->place, widget);
  gtk_widget_set_visible (GTK_WIDGET (self->place), TRUE);
  g_signal_connect_object (widget, "closed", G_CALLBACK (give_up_asking), self, G_CONNECT_SWAPPED);
}

static AvaMoveEntry *
open_move (AvaAppointmentPanel *self)
{
  AvaMoveEntry *entry = ava_move_entry_new (self->book);

  g_signal_connect_object (entry, "moved", G_CALLBACK (on_shown_elsewhere), self, G_CONNECT_SWAPPED);
  ask (self, GTK_WIDGET (entry));
  return entry;
}

static void
ask_move (AvaAppointmentPanel *self)
{
  ava_move_entry_start (open_move (self), self->appointment);
}

/**
 * ava_appointment_panel_move_to:
 * @to: where it was let go: start, provider and room, or the end alone
 *
 * Asks whether it goes there in spite of what speaks against it.
 */
void
ava_appointment_panel_move_to (AvaAppointmentPanel *self,
                               const AvaBookWish   *to)
{
  g_return_if_fail (AVA_IS_APPOINTMENT_PANEL (self));

  if (self->appointment != NULL)
    ava_move_entry_start_at (open_move (self), self->appointment, to);
}

static void
ask_giving_up (AvaAppointmentPanel *self,
               AvaCancelKind        kind)
{
  AvaCancelBox *box = g_object_new (AVA_TYPE_CANCEL_BOX, NULL);

  g_signal_connect_object (box, "chosen", G_CALLBACK (on_reason), self, G_CONNECT_SWAPPED);
  ask (self, GTK_WIDGET (box));
  ava_cancel_box_start (box, kind, self->appointment, get_spa (self),
                        ava_staff_may (ava_context_get_staff (get_context (self)), AVA_RIGHT_WAIVE_FEES), get_now (self));
}

/* Nobody is charged unseen: what costs is asked, what costs nothing is done. */
static void
miss (AvaAppointmentPanel *self)
{
  if (ava_cancel_box_find_fee (AVA_CANCEL_NO_SHOW, self->appointment, get_spa (self), get_now (self)) > 0)
    ask_giving_up (self, AVA_CANCEL_NO_SHOW);
  else
    set_status (self, AVA_APPOINTMENT_NO_SHOW);
}

static void
on_waiver (AvaAppointmentPanel *self,
           const char          *reason)
{
  g_autofree char *copy = g_strdup (reason);

  stop_asking (self);
  ava_book_waive_fee_async (self->book, self->appointment->id, copy, changed_cb, g_object_ref (self));
  gtk_widget_grab_focus (GTK_WIDGET (self->next));
}

static void
ask_waiver (AvaAppointmentPanel *self)
{
  AvaReasonBox *box = ava_reason_box_new (_("Why is the fee let go?"), _("_Let It Go"));

  g_signal_connect_object (box, "given", G_CALLBACK (on_waiver), self, G_CONNECT_SWAPPED);
  ask (self, GTK_WIDGET (box));
  ava_reason_box_focus (box);
}

static void
ask_rebook (AvaAppointmentPanel *self)
{
  AvaRebookBox *box = g_object_new (AVA_TYPE_REBOOK_BOX, NULL);

  g_signal_connect_object (box, "booked", G_CALLBACK (on_shown_elsewhere), self, G_CONNECT_SWAPPED);
  ask (self, GTK_WIDGET (box));
  ava_rebook_box_start (box, self->book, self->appointment);
}

static void
copy (AvaAppointmentPanel *self)
{
  AvaAppointment *one = self->appointment;
  g_autofree char *phone = ava_display_phone (one->customer_phone);
  g_autofree char *text = g_strdup_printf ("%s, %s\n%s\n%s, %s, %s", one->customer_name, phone, gtk_label_get_text (self->when),
                                           one->service_name, one->provider_name, one->room_name);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
}

/**
 * ava_appointment_panel_run:
 * @command: "next-status", "no-show", "move", "cancel", "rebook", "waive" or "copy"
 *
 * Returns: whether it fits the appointment as it is now
 */
gboolean
ava_appointment_panel_run (AvaAppointmentPanel *self,
                           const char          *command)
{
  AvaAppointmentStatus next;
  gboolean open;

  g_return_val_if_fail (AVA_IS_APPOINTMENT_PANEL (self), FALSE);

  if (self->appointment == NULL)
    return FALSE;
  open = self->appointment->status < AVA_APPOINTMENT_DONE;
  if (g_str_equal (command, "next-status") && ava_book_get_next_status (self->appointment->status, &next))
    take_step (self, next);
  else if (g_str_equal (command, "no-show") && self->appointment->status <= AVA_APPOINTMENT_CONFIRMED)
    miss (self);
  else if (g_str_equal (command, "move") && open)
    ask_move (self);
  else if (g_str_equal (command, "cancel") && open)
    ask_giving_up (self, AVA_CANCEL_BY_CUSTOMER);
  else if (g_str_equal (command, "waive") && self->appointment->fee_cents > 0)
    ask_waiver (self);
  else if (g_str_equal (command, "rebook"))
    ask_rebook (self);
  else if (g_str_equal (command, "copy"))
    copy (self);
  else
    return FALSE;
  return TRUE;
}

static void on_next (AvaAppointmentPanel *self) { ava_appointment_panel_run (self, "next-status"); }
static void on_no_show (AvaAppointmentPanel *self) { ava_appointment_panel_run (self, "no-show"); }
static void on_move (AvaAppointmentPanel *self) { ava_appointment_panel_run (self, "move"); }
static void on_cancel (AvaAppointmentPanel *self) { ava_appointment_panel_run (self, "cancel"); }
static void on_rebook (AvaAppointmentPanel *self) { ava_appointment_panel_run (self, "rebook"); }
static void on_copy (AvaAppointmentPanel *self) { ava_appointment_panel_run (self, "copy"); }

static void
on_close (AvaAppointmentPanel *self)
{
  save_notes (self);
  g_signal_emit (self, signals[CLOSED], 0);
}

static gboolean
on_key (AvaAppointmentPanel *self,
        guint                key)
{
  if (key != GDK_KEY_Escape)
    return FALSE;
  on_close (self);
  return TRUE;
}

static void
ava_appointment_panel_dispose (GObject *object)
{
  AvaAppointmentPanel *self = AVA_APPOINTMENT_PANEL (object);

  g_clear_handle_id (&self->timer_id, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->appointment);
  g_clear_pointer (&self->notes_seen, g_free);
  g_clear_object (&self->book);
  G_OBJECT_CLASS (ava_appointment_panel_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, AvaAppointmentPanel, name);
  gtk_widget_class_bind_template_child (widget_class, AvaAppointmentPanel, when);
  gtk_widget_class_bind_template_child (widget_class, AvaAppointmentPanel, flags);
  gtk_widget_class_bind_template_child (widget_class, AvaAppointmentPanel, flags_box);
  gtk_widget_class_bind_template_child (widget_class, AvaAppointmentPanel, state);
  gtk_widget_class_bind_template_child (widget_class, AvaAppointmentPanel, steps);
  gtk_widget_class_bind_template_child (widget_class, AvaAppointmentPanel, next);
  gtk_widget_class_bind_template_child (widget_class, AvaAppointmentPanel, move);
  gtk_widget_class_bind_template_child (widget_class, AvaAppointmentPanel, no_show);
  gtk_widget_class_bind_template_child (widget_class, AvaAppointmentPanel, cancel);
  gtk_widget_class_bind_template_child (widget_class, AvaAppointmentPanel, open_customer);
  gtk_widget_class_bind_template_child (widget_class, AvaAppointmentPanel, trouble);
  gtk_widget_class_bind_template_child (widget_class, AvaAppointmentPanel, place);
  gtk_widget_class_bind_template_child (widget_class, AvaAppointmentPanel, verdict);
  gtk_widget_class_bind_template_child (widget_class, AvaAppointmentPanel, grid);
  gtk_widget_class_bind_template_child (widget_class, AvaAppointmentPanel, notes);
  gtk_widget_class_bind_template_child (widget_class, AvaAppointmentPanel, history);
}

static void
ava_appointment_panel_class_init (AvaAppointmentPanelClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ava_appointment_panel_dispose;
  g_type_ensure (AVA_TYPE_HISTORY_LIST);
  g_type_ensure (AVA_TYPE_VERDICT_BOX);
  gtk_widget_class_set_template_from_resource (widget_class, "/com/getevaai/FrontDesk/ava-appointment-panel.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_next);
  gtk_widget_class_bind_template_callback (widget_class, on_no_show);
  gtk_widget_class_bind_template_callback (widget_class, on_move);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel);
  gtk_widget_class_bind_template_callback (widget_class, on_rebook);
  gtk_widget_class_bind_template_callback (widget_class, on_copy);
  gtk_widget_class_bind_template_callback (widget_class, on_close);
  gtk_widget_class_bind_template_callback (widget_class, on_key);
  gtk_widget_class_bind_template_callback (widget_class, on_step_reason);
  gtk_widget_class_bind_template_callback (widget_class, save_notes);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  signals[CLOSED] = g_signal_new ("closed", AVA_TYPE_APPOINTMENT_PANEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SPEAKS] = g_signal_new ("speaks", AVA_TYPE_APPOINTMENT_PANEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SHOWN_ELSEWHERE] = g_signal_new ("shown-elsewhere", AVA_TYPE_APPOINTMENT_PANEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                           NULL, G_TYPE_NONE, 1, AVA_TYPE_APPOINTMENT);
}

static void
ava_appointment_panel_init (AvaAppointmentPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  ava_verdict_box_set_step (self->verdict);
  self->timer_id = g_timeout_add_seconds (1, tick_cb, self);
}

AvaAppointmentPanel *
ava_appointment_panel_new (AvaBook *book)
{
  AvaAppointmentPanel *self = g_object_new (AVA_TYPE_APPOINTMENT_PANEL, NULL);

  self->book = g_object_ref (book);
  g_signal_connect_object (ava_context_get_store (get_context (self)), "changed", G_CALLBACK (on_store_changed), self,
                           G_CONNECT_SWAPPED);
  return self;
}

/**
 * ava_appointment_panel_set_appointment:
 * @appointment: (nullable): %NULL to forget the one that was shown
 *
 * Shows another appointment; what was written about the last one is kept.
 */
void
ava_appointment_panel_set_appointment (AvaAppointmentPanel *self,
                                       AvaAppointment      *appointment)
{
  gboolean other;

  g_return_if_fail (AVA_IS_APPOINTMENT_PANEL (self));

  other = appointment == NULL || self->appointment == NULL || g_strcmp0 (appointment->id, self->appointment->id) != 0;
  if (other) {
    save_notes (self);
    stop_asking (self);
    ava_verdict_box_set_words (self->verdict, "");
    ava_calendar_rows_say (self->trouble, "");
    ava_history_list_set_events (self->history, NULL, NULL);
  }
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_set_object (&self->appointment, appointment);
  if (appointment == NULL)
    return;
  self->cancellable = g_cancellable_new ();
  show_appointment (self);
  read_history (self);
}

AvaAppointment *
ava_appointment_panel_get_appointment (AvaAppointmentPanel *self)
{
  return self->appointment;
}

const char *
ava_appointment_panel_get_trouble (AvaAppointmentPanel *self)
{
  return gtk_label_get_text (self->trouble);
}

/* Returns: (transfer none): what the safety gate says of who has come, "" when nothing */
const char *
ava_appointment_panel_get_verdict (AvaAppointmentPanel *self)
{
  return ava_verdict_box_get_words (self->verdict);
}

gboolean
ava_appointment_panel_is_asking (AvaAppointmentPanel *self)
{
  return adw_bin_get_child (self->place) != NULL;
}
