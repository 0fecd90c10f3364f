/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-booking-entry.h"

#include "ava-compat.h"
#include "ava-display.h"
#include "ava-fold.h"
#include "ava-match-row.h"
#include "ava-verdict-box.h"

#include <glib/gi18n.h>
#include <string.h>

#define MOST_MATCHES 5

struct _AvaBookingEntry {
  AdwBin parent_instance;

  /* Template Widgets */
  GtkLabel *when;
  GtkEditable *field;
  GtkListBox *list;
  AvaVerdictBox *verdict_box;
  GtkLabel *hint;

  /* Owned References */
  AvaBook *book;
  GPtrArray *matches;          /* AvaBookMatch, in the order of the rows */
  AvaVerdict *verdict;         /* of the row that is selected; NULL while it is asked for */
  GCancellable *searching;     /* NULL while nothing is looked up */
  GCancellable *judging;

  AvaSpa *here;                /* the spa seen from where the calendar is */
  char *provider_id;           /* nullable: the column is a room */
  char *room_id;               /* nullable */
  gint64 start_us;             /* [us] UTC */
  gboolean accepted;           /* the first Enter: the next one books */
  guint enters;                /* pressed before the answer was there */
  gboolean setting;            /* we set the text, not the user */
  gboolean booking;            /* on its way to the book */
};

enum { BOOKED, MOVED, CLOSED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AvaBookingEntry, ava_booking_entry, ADW_TYPE_BIN)

static void press (AvaBookingEntry *self);

static AvaContext *
get_context (AvaBookingEntry *self)
{
  return ava_book_get_context (self->book);
}

static AvaSpa *
get_spa (AvaBookingEntry *self)
{
  return self->here;
}

static gint64
get_now (AvaBookingEntry *self)
{
  return ava_clock_now_us (ava_context_get_clock (get_context (self)));
}

static AvaBookMatch *
get_match (AvaBookingEntry *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  int index = row != NULL ? gtk_list_box_row_get_index (row) : -1;

  return index >= 0 && self->matches != NULL && (guint) index < self->matches->len ? self->matches->pdata[index] : NULL;
}

static void
stop (GCancellable **cancellable)
{
  if (*cancellable != NULL)
    g_cancellable_cancel (*cancellable);
  g_clear_object (cancellable);
}

/* --- Words ----------------------------------------------------------------------------------- */

static void
update_when (AvaBookingEntry *self)
{
  AvaSpa *spa = get_spa (self);
  AvaProvider *provider = ava_spa_find_provider (spa, self->provider_id);
  AvaRoom *room = ava_spa_find_room (spa, self->room_id);
  g_autofree char *day = ava_display_day (self->start_us, get_now (self), spa->zone);
  g_autofree char *time = ava_display_time (self->start_us, spa->zone);
  g_autofree char *text = provider != NULL ? g_strdup_printf (_("%s, %s · %s"), day, time, provider->name)
                        : room != NULL ? g_strdup_printf (_("%s, %s · %s"), day, time, room->name)
                        : g_strdup_printf (_("%s, %s"), day, time);

  gtk_label_set_text (self->when, text);
}

/* "10:30 to 11:00 with Elena Ortiz, Linden Room, $360. " */
static char *
word_slot (AvaBookingEntry *self,
           AvaBookMatch    *match)
{
  AvaSpa *spa = get_spa (self);
  const AvaSlot *slot = self->verdict != NULL ? self->verdict->slot : NULL;
  AvaService *service = ava_spa_find_service (spa, match->service_id);
  AvaProvider *provider;
  AvaRoom *room;
  g_autofree char *span = NULL;
  g_autofree char *price = NULL;

  if (slot == NULL || service == NULL)
    return g_strdup ("");
  provider = ava_spa_find_provider (spa, slot->provider_id);
  room = ava_spa_find_room (spa, slot->room_id);
  span = ava_display_span (slot->start_us, slot->end_us, spa->zone);
  price = ava_display_money (service->price_cents, spa->currency);
  return g_strdup_printf (_("%s with %s, %s, %s. "), span, provider != NULL ? provider->name : "", room != NULL ? room->name : "", price);
}

static gboolean
is_same_name (const char *one,
              const char *other)
{
  g_autofree char *folded = ava_fold_text (one);
  g_autofree char *folded_other = ava_fold_text (other);

  return strcmp (folded, folded_other) == 0;
}

/* Somebody else in the list has the same name: which of them is meant must be read. */
static gboolean
has_namesake (AvaBookingEntry *self,
              AvaBookMatch    *match)
{
  for (guint i = 0; match->customer != NULL && i < self->matches->len; i++) {
    AvaCustomer *other = ((AvaBookMatch *) self->matches->pdata[i])->customer;

    if (other != NULL && strcmp (other->id, match->customer->id) != 0 && is_same_name (other->name, match->customer->name))
      return TRUE;
  }
  return FALSE;
}

static const char *
word_next (AvaBookingEntry *self,
           AvaBookMatch    *match)
{
  if (match == NULL && self->searching != NULL)
    return _("Looking…");
  if (match == NULL)
    return *gtk_editable_get_text (self->field) == '\0' ? _("“new: Jane Roe 555 0142” makes a new client. Esc gives up.")
                                                        : _("Nobody is found. “new: Jane Roe 555 0142” makes a new client.");
  if (self->booking)
    return _("Booking…");
  if (match->missing != NULL || self->verdict == NULL)
    return "";
  switch (self->verdict->kind) {
  case AVA_VERDICT_REFUSED:
    return _("This cannot be booked here.");
  case AVA_VERDICT_NEEDS_REASON:
    return self->accepted ? _("Give the reason, then Enter books it anyway.") : _("Enter takes it; it needs a reason.");
  case AVA_VERDICT_WARNED:
    return self->accepted ? _("Enter books it all the same.") : _("Enter takes it, Enter again books it all the same.");
  case AVA_VERDICT_FREE:
  default:
    return self->accepted ? _("Enter books it.") : _("Enter takes it, Enter again books it.");
  }
}

static void
update_hint (AvaBookingEntry *self)
{
  AvaBookMatch *match = get_match (self);
  g_autofree char *slot = match != NULL ? word_slot (self, match) : g_strdup ("");
  const char *group = self->verdict != NULL && self->verdict->group != NULL ? self->verdict->group : "";
  const char *which = match != NULL && has_namesake (self, match) ? _("Others have this name: Up and Down choose. ") : "";
  g_autofree char *text = g_strconcat (which, slot, group, *group != '\0' ? " " : "", word_next (self, match), NULL);

  gtk_label_set_text (self->hint, text);
  gtk_widget_set_visible (GTK_WIDGET (self->hint), *text != '\0');
}

/* --- What speaks against it ------------------------------------------------------------------ */

static void
fill_wish (AvaBookingEntry *self,
           AvaBookMatch    *match,
           AvaBookWish     *wish)
{
  wish->service_id = match->service_id;
  wish->provider_id = match->provider_id != NULL ? match->provider_id : self->provider_id;
  wish->room_id = self->room_id;
  wish->location_id = self->here->location_id;
  wish->start_us = self->start_us;
  wish->customer_id = match->customer != NULL ? match->customer->id : NULL;
  wish->customer_name = match->new_name;
  wish->phone = match->new_phone;
}

static void
judged_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (AvaBookingEntry) self = user_data;
  g_autoptr (GError) error = NULL;
  AvaVerdict *verdict = ava_book_judge_finish (AVA_BOOK (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->judging);
  if (verdict == NULL) {
    ava_verdict_box_set_words (self->verdict_box, error->message);
    return;
  }
  self->verdict = verdict;
  ava_verdict_box_set_verdict (self->verdict_box, verdict, get_spa (self)->zone, get_now (self));
  update_hint (self);
  if (self->enters > 0)
    press (self);
}

static void
judge (AvaBookingEntry *self)
{
  AvaBookMatch *match = get_match (self);
  AvaBookWish wish = { 0 };

  stop (&self->judging);
  g_clear_pointer (&self->verdict, ava_verdict_free);
  ava_verdict_box_set_words (self->verdict_box, "");
  if (match != NULL && match->service_id != NULL) {
    fill_wish (self, match, &wish);
    self->judging = g_cancellable_new ();
    ava_book_judge_async (self->book, &wish, NULL, self->judging, judged_cb, g_object_ref (self));
  }
  update_hint (self);
}

/* --- Matches --------------------------------------------------------------------------------- */

static void
clear_rows (AvaBookingEntry *self)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, row);
}

static void
show_matches (AvaBookingEntry *self)
{
  clear_rows (self);
  for (guint i = 0; i < self->matches->len; i++)
    gtk_list_box_append (self->list, GTK_WIDGET (ava_match_row_new (self->matches->pdata[i], get_spa (self), get_now (self))));
  gtk_widget_set_visible (GTK_WIDGET (self->list), self->matches->len > 0);
  if (self->matches->len > 0)
    gtk_list_box_select_row (self->list, gtk_list_box_get_row_at_index (self->list, 0));
  else
    judge (self);
}

static void
found_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (AvaBookingEntry) self = user_data;
  g_autoptr (GError) error = NULL;
  GPtrArray *matches = ava_book_search_finish (AVA_BOOK (source), result, &error);

  if (matches == NULL && self->searching != NULL && g_cancellable_is_cancelled (self->searching))
    return;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->searching);
  if (matches == NULL) {
    ava_verdict_box_set_words (self->verdict_box, error->message);
    return;
  }
  g_clear_pointer (&self->matches, g_ptr_array_unref);
  self->matches = matches;
  show_matches (self);
  if (self->enters > 0)
    press (self);
}

static void
on_changed (AvaBookingEntry *self)
{
  const char *text = gtk_editable_get_text (self->field);

  if (self->setting || self->book == NULL)
    return;
  stop (&self->searching);
  self->accepted = FALSE;
  self->enters = 0;
  gtk_widget_remove_css_class (GTK_WIDGET (self->list), "accepted");
  if (*text == '\0') {
    g_clear_pointer (&self->matches, g_ptr_array_unref);
    self->matches = g_ptr_array_new ();
    show_matches (self);
    return;
  }
  self->searching = g_cancellable_new ();
  ava_book_search_async (self->book, text, self->provider_id, MOST_MATCHES, self->searching, found_cb, g_object_ref (self));
  update_hint (self);
}

static void
on_row_selected (AvaBookingEntry *self)
{
  if (self->book == NULL)   /* going */
    return;
  self->accepted = FALSE;
  gtk_widget_remove_css_class (GTK_WIDGET (self->list), "accepted");
  judge (self);
}

static void
on_row_activated (AvaBookingEntry *self)
{
  press (self);
}

/* --- Booking --------------------------------------------------------------------------------- */

static void
booked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (AvaBookingEntry) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaAppointment) appointment = ava_book_change_finish (AVA_BOOK (source), result, NULL, &error);

  self->booking = FALSE;
  gtk_widget_set_sensitive (GTK_WIDGET (self->field), TRUE);
  if (appointment != NULL) {
    g_signal_emit (self, signals[BOOKED], 0, appointment);
    return;
  }
  /* Somebody was faster, or the rules have changed: the verdict is asked for anew. */
  gtk_widget_grab_focus (GTK_WIDGET (self->field));
  judge (self);
  ava_verdict_box_set_words (self->verdict_box, error->message);
  update_hint (self);
}

static void
book (AvaBookingEntry *self,
      const char      *reason)
{
  AvaBookMatch *match = get_match (self);
  AvaBookWish wish = { 0 };

  if (match == NULL || self->booking || self->verdict == NULL || self->verdict->slot == NULL)
    return;
  fill_wish (self, match, &wish);
  wish.provider_id = self->verdict->slot->provider_id;
  wish.room_id = self->verdict->slot->room_id;
  wish.goes_on = self->verdict->kind != AVA_VERDICT_FREE;
  wish.override_reason = reason;
  self->booking = TRUE;
  self->enters = 0;
  ava_book_make_async (self->book, &wish, booked_cb, g_object_ref (self));
  update_hint (self);
}

/* A new client is named in full: the name is put before the cursor, the phone comes after it. */
static void
ask_new (AvaBookingEntry *self,
         AvaBookMatch    *match)
{
  g_autofree char *text = g_strdup_printf (_("new: %s "), match->new_name);

  gtk_editable_set_text (self->field, text);
  gtk_editable_set_position (self->field, -1);
}

static gboolean
is_new_named (AvaBookingEntry *self)
{
  return g_ascii_strncasecmp (gtk_editable_get_text (self->field), "new", 3) == 0;
}

static void
accept (AvaBookingEntry *self,
        AvaBookMatch    *match)
{
  if (match->missing != NULL) {
    self->enters = 0;
    if (match->customer == NULL && !is_new_named (self))
      ask_new (self, match);
    else
      ava_verdict_box_set_words (self->verdict_box, match->missing);
    return;
  }
  self->accepted = TRUE;
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "accepted");
  if (self->verdict != NULL && self->verdict->kind == AVA_VERDICT_NEEDS_REASON)
    ava_verdict_box_ask_reason (self->verdict_box);
  update_hint (self);
}

/* Enter that came before its answer is kept, but nothing is gone over that nobody could have read. */
static void
go_on (AvaBookingEntry *self,
       gboolean         was_kept)
{
  switch (self->verdict->kind) {
  case AVA_VERDICT_FREE:
    if (!was_kept || !has_namesake (self, get_match (self)))
      book (self, NULL);
    break;
  case AVA_VERDICT_WARNED:
    if (!was_kept)
      book (self, NULL);
    break;
  case AVA_VERDICT_NEEDS_REASON:
    ava_verdict_box_ask_reason (self->verdict_box);
    break;
  case AVA_VERDICT_REFUSED:
  default:
    gtk_widget_error_bell (GTK_WIDGET (self));
  }
}

static void
press (AvaBookingEntry *self)
{
  AvaBookMatch *match = get_match (self);
  gboolean was_kept = self->enters > 0;

  if (self->booking)
    return;
  if (self->searching != NULL || (match != NULL && self->accepted && self->verdict == NULL))
    return;   /* kept in "enters" */
  if (was_kept)
    self->enters--;
  if (match == NULL)
    return;
  if (!self->accepted)
    accept (self, match);
  else
    go_on (self, was_kept);
  if (self->enters > 0)
    press (self);
}

/**
 * ava_booking_entry_press:
 *
 * Enter: takes the booking that is chosen, then books it. Typing may be faster than the answers; then
 * it waits for them.
 */
void
ava_booking_entry_press (AvaBookingEntry *self)
{
  g_return_if_fail (AVA_IS_BOOKING_ENTRY (self));

  if (self->searching != NULL || (self->accepted && self->verdict == NULL && self->judging != NULL))
    self->enters = MIN (self->enters + 1, 2);
  else
    press (self);
}

static void
on_time_chosen (AvaBookingEntry *self,
                gint64           start_us)
{
  self->start_us = start_us;
  update_when (self);
  judge (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->field));
  gtk_editable_set_position (self->field, -1);
  g_signal_emit (self, signals[MOVED], 0, start_us);
}

static void
on_reason_given (AvaBookingEntry *self,
                 const char      *reason)
{
  g_autofree char *copy = g_strdup (reason);

  book (self, copy);
}

static void
step (AvaBookingEntry *self,
      int              by)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  GtkListBoxRow *next = gtk_list_box_get_row_at_index (self->list, row != NULL ? gtk_list_box_row_get_index (row) + by : 0);

  if (next != NULL)
    gtk_list_box_select_row (self->list, next);
}

static gboolean
on_key (AvaBookingEntry *self,
        guint            key)
{
  switch (key) {
  case GDK_KEY_Up:
  case GDK_KEY_KP_Up:
    step (self, -1);
    return TRUE;
  case GDK_KEY_Down:
  case GDK_KEY_KP_Down:
    step (self, 1);
    return TRUE;
  case GDK_KEY_Escape:
    g_signal_emit (self, signals[CLOSED], 0);
    return TRUE;
  default:
    return FALSE;
  }
}

static void
ava_booking_entry_dispose (GObject *object)
{
  AvaBookingEntry *self = AVA_BOOKING_ENTRY (object);

  stop (&self->searching);
  stop (&self->judging);
  g_clear_pointer (&self->matches, g_ptr_array_unref);
  g_clear_pointer (&self->verdict, ava_verdict_free);
  g_clear_object (&self->here);
  g_clear_object (&self->book);
  G_OBJECT_CLASS (ava_booking_entry_parent_class)->dispose (object);
}

static void
ava_booking_entry_finalize (GObject *object)
{
  AvaBookingEntry *self = AVA_BOOKING_ENTRY (object);

  g_free (self->provider_id);
  g_free (self->room_id);
  G_OBJECT_CLASS (ava_booking_entry_parent_class)->finalize (object);
}

static void
ava_booking_entry_class_init (AvaBookingEntryClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GType type = AVA_TYPE_BOOKING_ENTRY;

  G_OBJECT_CLASS (klass)->dispose = ava_booking_entry_dispose;
  G_OBJECT_CLASS (klass)->finalize = ava_booking_entry_finalize;
  g_type_ensure (AVA_TYPE_VERDICT_BOX);
  gtk_widget_class_set_template_from_resource (widget_class, "/com/getevaai/FrontDesk/ava-booking-entry.ui");
  gtk_widget_class_bind_template_child (widget_class, AvaBookingEntry, when);
  gtk_widget_class_bind_template_child (widget_class, AvaBookingEntry, field);
  gtk_widget_class_bind_template_child (widget_class, AvaBookingEntry, list);
  gtk_widget_class_bind_template_child (widget_class, AvaBookingEntry, verdict_box);
  gtk_widget_class_bind_template_child (widget_class, AvaBookingEntry, hint);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_row_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_time_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_reason_given);
  gtk_widget_class_bind_template_callback (widget_class, on_key);
  gtk_widget_class_bind_template_callback (widget_class, ava_booking_entry_press);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  signals[BOOKED] = g_signal_new ("booked", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, AVA_TYPE_APPOINTMENT);
  signals[MOVED] = g_signal_new ("moved", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
  signals[CLOSED] = g_signal_new ("closed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
ava_booking_entry_init (AvaBookingEntry *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

AvaBookingEntry *
ava_booking_entry_new (AvaBook *book)
{
  AvaBookingEntry *self = g_object_new (AVA_TYPE_BOOKING_ENTRY, NULL);

  self->book = g_object_ref (book);
  return self;
}

/**
 * ava_booking_entry_start:
 * @location_id: (nullable): where; %NULL: the first location
 * @provider_id: (nullable): of the column
 * @room_id: (nullable): of the column
 * @start_us: [us] UTC
 * @typed: what was typed already, "" for nothing
 *
 * Begins anew at that time and takes the keyboard.
 */
void
ava_booking_entry_start (AvaBookingEntry *self,
                         const char      *location_id,
                         const char      *provider_id,
                         const char      *room_id,
                         gint64           start_us,
                         const char      *typed)
{
  g_return_if_fail (AVA_IS_BOOKING_ENTRY (self));

  g_free (self->provider_id);
  g_free (self->room_id);
  g_clear_object (&self->here);
  self->here = ava_spa_see (ava_context_get_spa (get_context (self)), location_id);
  self->provider_id = g_strdup (provider_id);
  self->room_id = g_strdup (room_id);
  self->start_us = start_us;
  update_when (self);
  self->setting = TRUE;
  gtk_editable_set_text (self->field, typed);
  self->setting = FALSE;
  on_changed (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->field));
  gtk_editable_set_position (self->field, -1);
}

GtkEditable *
ava_booking_entry_get_field (AvaBookingEntry *self)
{
  return self->field;
}

const char *
ava_booking_entry_get_words (AvaBookingEntry *self)
{
  return ava_verdict_box_get_words (self->verdict_box);
}

const char *
ava_booking_entry_get_first (AvaBookingEntry *self)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, 0);

  return row != NULL ? ava_match_row_get_label (AVA_MATCH_ROW (row)) : NULL;
}
