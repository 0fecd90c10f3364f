/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-rebook-box.h"

#include "ava-calendar-rows.h"
#include "ava-display.h"
#include "ava-rebook.h"
#include "ava-wall-time.h"

#include <glib/gi18n.h>

#define DAY_US ((gint64) 24 * 3600 * G_USEC_PER_SEC)
#define SEARCH_DAYS 7          /* from the day that it is due */
#define MOST_FOUND 40
#define OFFERS 3               /* a day apart, so that they differ */

struct _AvaRebookBox {
  AdwBin parent_instance;

  /* Template Widgets */
  GtkLabel *due;
  GtkListBox *list;
  GtkLabel *words;

  /* Owned References */
  AvaBook *book;
  AvaAppointment *appointment;
  AvaSpa *here;                /* the spa seen from where the visit was */
  GPtrArray *slots;            /* AvaSlot, in the order of the rows */
  GCancellable *cancellable;
};

enum { BOOKED, CLOSED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AvaRebookBox, ava_rebook_box, ADW_TYPE_BIN)

static AvaSpa *
get_spa (AvaRebookBox *self)
{
  return self->here;
}

static void
booked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (AvaRebookBox) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaAppointment) appointment = ava_book_change_finish (AVA_BOOK (source), result, NULL, &error);

  gtk_widget_set_sensitive (GTK_WIDGET (self->list), TRUE);
  if (appointment == NULL)
    ava_calendar_rows_say (self->words, error->message);
  else
    g_signal_emit (self, signals[BOOKED], 0, appointment);
}

static void
on_row_activated (AvaRebookBox  *self,
                  GtkListBoxRow *row)
{
  const AvaSlot *slot = self->slots->pdata[gtk_list_box_row_get_index (row)];
  AvaBookWish wish = {
    .service_id = slot->service_id, .provider_id = slot->provider_id, .room_id = slot->room_id, .start_us = slot->start_us,
    .customer_id = self->appointment->customer_id,
  };

  gtk_widget_set_sensitive (GTK_WIDGET (self->list), FALSE);
  ava_book_make_async (self->book, &wish, booked_cb, g_object_ref (self));
}

static void
on_close (AvaRebookBox *self)
{
  g_signal_emit (self, signals[CLOSED], 0);
}

static gboolean
on_key (AvaRebookBox *self,
        guint         key)
{
  if (key != GDK_KEY_Escape)
    return FALSE;
  on_close (self);
  return TRUE;
}

/* --- Offers ---------------------------------------------------------------------------------- */

static void
add_row (AvaRebookBox  *self,
         const AvaSlot *slot)
{
  AvaSpa *spa = get_spa (self);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (slot->start_us / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, spa->zone);
  g_autofree char *day = g_date_time_format (local, _("%A, %B %-e"));
  g_autofree char *time = ava_display_time (slot->start_us, spa->zone);
  g_autofree char *text = g_strdup_printf ("%s, %s", day, time);

  ava_calendar_rows_add_choice (self->list, text, text);
}

/* One a day, and of each day the time nearest to that of this visit. */
static GPtrArray *
choose (AvaRebookBox *self,
        GPtrArray    *found)
{
  GPtrArray *chosen = g_ptr_array_new_with_free_func ((GDestroyNotify) ava_slot_free);
  GTimeZone *zone = get_spa (self)->zone;
  int wanted = ava_wall_time_of (self->appointment->start_us, zone, NULL);
  const AvaSlot *best = NULL;
  int best_away = 0;
  GDate best_day;

  for (guint i = 0; i <= found->len && chosen->len < OFFERS; i++) {
    const AvaSlot *slot = i < found->len ? found->pdata[i] : NULL;
    GDate day;
    int away = slot != NULL ? ABS (ava_wall_time_of (slot->start_us, zone, &day) - wanted) : 0;

    if (best != NULL && (slot == NULL || g_date_compare (&day, &best_day) != 0)) {
      g_ptr_array_add (chosen, ava_slot_copy (best));
      best = NULL;
    }
    if (slot == NULL || (best != NULL && away >= best_away))
      continue;
    best = slot;
    best_away = away;
    best_day = day;
  }
  return chosen;
}

static void
found_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (AvaRebookBox) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = ava_book_find_finish (AVA_BOOK (source), result, &error);
  GtkListBoxRow *first;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (found == NULL) {
    ava_calendar_rows_say (self->words, error->message);
    return;
  }
  g_clear_pointer (&self->slots, g_ptr_array_unref);
  self->slots = choose (self, found);
  for (guint i = 0; i < self->slots->len; i++)
    add_row (self, self->slots->pdata[i]);
  ava_calendar_rows_say (self->words, self->slots->len == 0 ? _("Nothing is free in that week.") : "");
  first = gtk_list_box_get_row_at_index (self->list, 0);
  if (first != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (first));
}

static void
word_due (AvaRebookBox *self,
          guint         days,
          gboolean      is_own)
{
  g_autofree char *span = days % 7 == 0 ? g_strdup_printf (ngettext ("%u week", "%u weeks", days / 7), days / 7)
                                        : g_strdup_printf (ngettext ("%u day", "%u days", days), days);
  g_autofree char *text = is_own ? g_strdup_printf (_("Next visit in %s, as usual"), span)
                                 : g_strdup_printf (_("Next visit in %s"), span);

  gtk_label_set_text (self->due, text);
}

static void
visits_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (AvaRebookBox) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) visits = ava_store_customer_appointments_finish (AVA_STORE (source), result, &error);
  g_autoptr (GArray) starts = g_array_new (FALSE, FALSE, sizeof (gint64));
  AvaBookWish wish = { 0 };
  gboolean is_own;
  guint days;
  gint64 from_us;

  if (visits == NULL) {
    if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
      ava_calendar_rows_say (self->words, error->message);
    return;
  }
  for (guint i = 0; i < visits->len; i++) {
    AvaAppointment *visit = visits->pdata[i];

    if (g_strcmp0 (visit->service_id, self->appointment->service_id) == 0 && visit->status < AVA_APPOINTMENT_NO_SHOW &&
        visit->start_us <= self->appointment->start_us)
      g_array_append_val (starts, visit->start_us);
  }
  days = ava_rebook_days (get_spa (self), self->appointment->service_id, (const gint64 *) (gpointer) starts->data, starts->len, &is_own);
  word_due (self, days, is_own);
  wish.service_id = self->appointment->service_id;
  wish.provider_id = self->appointment->provider_id;
  wish.location_id = self->appointment->location_id;
  from_us = self->appointment->start_us + days * DAY_US;
  ava_book_find_async (self->book, &wish, NULL, from_us - DAY_US / 2, from_us + SEARCH_DAYS * DAY_US, 0, 1440, MOST_FOUND,
                       self->cancellable, found_cb, g_object_ref (self));
}

static void
ava_rebook_box_dispose (GObject *object)
{
  AvaRebookBox *self = AVA_REBOOK_BOX (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->slots, g_ptr_array_unref);
  g_clear_object (&self->appointment);
  g_clear_object (&self->here);
  g_clear_object (&self->book);
  G_OBJECT_CLASS (ava_rebook_box_parent_class)->dispose (object);
}

static void
ava_rebook_box_class_init (AvaRebookBoxClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ava_rebook_box_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/com/getevaai/FrontDesk/ava-rebook-box.ui");
  gtk_widget_class_bind_template_child (widget_class, AvaRebookBox, due);
  gtk_widget_class_bind_template_child (widget_class, AvaRebookBox, list);
  gtk_widget_class_bind_template_child (widget_class, AvaRebookBox, words);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_close);
  gtk_widget_class_bind_template_callback (widget_class, on_key);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  signals[BOOKED] = g_signal_new ("booked", AVA_TYPE_REBOOK_BOX, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, AVA_TYPE_APPOINTMENT);
  signals[CLOSED] = g_signal_new ("closed", AVA_TYPE_REBOOK_BOX, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
ava_rebook_box_init (AvaRebookBox *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * ava_rebook_box_start:
 *
 * Looks for times of the visit that comes after @appointment.
 */
void
ava_rebook_box_start (AvaRebookBox   *self,
                      AvaBook        *book,
                      AvaAppointment *appointment)
{
  GtkWidget *row;

  g_return_if_fail (AVA_IS_REBOOK_BOX (self));

  g_set_object (&self->book, book);
  g_set_object (&self->appointment, appointment);
  g_clear_object (&self->here);
  self->here = ava_spa_see (ava_context_get_spa (ava_book_get_context (book)), appointment->location_id);
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, row);
  gtk_label_set_text (self->due, _("Next visit"));
  ava_calendar_rows_say (self->words, "");
  ava_store_customer_appointments_async (ava_context_get_store (ava_book_get_context (book)), appointment->customer_id,
                                         self->cancellable, visits_cb, g_object_ref (self));
}
