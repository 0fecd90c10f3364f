/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-move-entry.h"

#include "ava-calendar-rows.h"
#include "ava-compat.h"
#include "ava-display.h"
#include "ava-move-phrase.h"
#include "ava-verdict-box.h"

#include <glib/gi18n.h>

#define MOST_OFFERS 5          /* free times of a span */

struct _AvaMoveEntry {
  AdwBin parent_instance;

  /* Template Widgets */
  GtkLabel *who;
  GtkEditable *field;
  GtkLabel *question;
  GtkListBox *list;
  AvaVerdictBox *verdict_box;
  GtkLabel *hint;

  /* Owned References */
  AvaBook *book;
  AvaAppointment *appointment;
  AvaSpa *here;                /* the spa seen from where the appointment is */
  AvaMovePhrase *phrase;       /* nullable: nothing was typed */
  char *provider_id;           /* nullable: of a place that was pointed at */
  char *room_id;               /* nullable: the same */
  gint64 end_us;               /* [us] UTC, the same; 0: it is moved, else only its end */
  GArray *starts;              /* gint64 [us] UTC, in the order of the rows */
  AvaVerdict *verdict;         /* of the row that is selected; NULL while it is asked for */
  GCancellable *finding;       /* NULL while nothing is looked up */
  GCancellable *judging;

  guint enters;                /* pressed before the answer was there */
  gboolean moving;             /* on its way to the book */
};

enum { MOVED, CLOSED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AvaMoveEntry, ava_move_entry, ADW_TYPE_BIN)

static AvaSpa *
get_spa (AvaMoveEntry *self)
{
  return self->here;
}

static gint64
get_now (AvaMoveEntry *self)
{
  return ava_clock_now_us (ava_context_get_clock (ava_book_get_context (self->book)));
}

/* Returns: [us] UTC: the time that is chosen; 0 while none is */
static gint64
get_start (AvaMoveEntry *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  return row != NULL ? g_array_index (self->starts, gint64, gtk_list_box_row_get_index (row)) : 0;
}

static void
stop (GCancellable **cancellable)
{
  if (*cancellable != NULL)
    g_cancellable_cancel (*cancellable);
  g_clear_object (cancellable);
}

/* Always the weekday and the date: "Thu, Dec 3, 3:00" */
static char *
word_start (AvaMoveEntry *self,
            gint64        start_us)
{
  AvaSpa *spa = get_spa (self);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (start_us / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, spa->zone);
  g_autofree char *day = g_date_time_format (local, _("%A, %B %-e"));
  gint64 end_us = self->end_us != 0 ? self->end_us : start_us + self->appointment->end_us - self->appointment->start_us;
  g_autofree char *span = ava_display_span (start_us, end_us, spa->zone);
  AvaProvider *other = self->provider_id != NULL && g_strcmp0 (self->provider_id, self->appointment->provider_id) != 0
                         ? ava_spa_find_provider (spa, self->provider_id) : NULL;
  const char *zone = g_date_time_get_timezone_abbreviation (local);

  /* Of two that read alike, when the clocks are put back, the zone tells which. */
  for (guint i = 0; i < self->starts->len; i++) {
    gint64 other_us = g_array_index (self->starts, gint64, i);

    if (ABS (other_us - start_us) == (gint64) 3600 * G_USEC_PER_SEC && self->phrase != NULL && self->phrase->question != NULL)
      return g_strdup_printf ("%s, %s (%s)", day, span, zone);
  }
  if (other != NULL)
    return g_strdup_printf ("%s, %s · %s", day, span, other->name);
  return g_strdup_printf ("%s, %s", day, span);
}

static const char *
word_enter (AvaMoveEntry *self)
{
  gboolean longer = self->end_us != 0;

  switch (self->verdict->kind) {
  case AVA_VERDICT_FREE:
    return longer ? _("Enter changes it.") : _("Enter moves it.");
  case AVA_VERDICT_WARNED:
    return longer ? _("Enter changes it all the same.") : _("Enter moves it all the same.");
  case AVA_VERDICT_NEEDS_REASON:
    return longer ? _("It can be changed with a reason.") : _("It can be moved there with a reason.");
  default:
    return NULL;
  }
}

static void
update_hint (AvaMoveEntry *self)
{
  const char *next = _("Esc leaves it where it is.");
  g_autofree char *room = NULL;

  if (self->moving)
    next = _("Moving…");
  else if (self->starts->len > 0 && get_start (self) == 0)
    next = _("Choose with the arrow keys, then Enter.");
  else if (self->verdict != NULL && word_enter (self) != NULL)
    next = word_enter (self);
  if (self->verdict != NULL && self->verdict->slot != NULL &&
      g_strcmp0 (self->verdict->slot->room_id, self->appointment->room_id) != 0) {
    AvaRoom *other = ava_spa_find_room (get_spa (self), self->verdict->slot->room_id);

    room = g_strdup_printf (_("Changes to the %s. "), other != NULL ? other->name : "");
  }
  if (self->phrase != NULL && self->phrase->assumption != NULL && get_start (self) != 0) {
    g_autofree char *text = g_strdup_printf ("%s%s. %s", room != NULL ? room : "", self->phrase->assumption, next);

    gtk_label_set_text (self->hint, text);
  } else {
    g_autofree char *text = g_strconcat (room != NULL ? room : "", next, NULL);

    gtk_label_set_text (self->hint, text);
  }
}

/* --- What speaks against it ------------------------------------------------------------------ */

static void
judged_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (AvaMoveEntry) self = user_data;
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
  if (self->enters > 0) {
    self->enters = 0;
    if (verdict->kind == AVA_VERDICT_FREE)
      ava_move_entry_press (self);
  }
}

static void
judge (AvaMoveEntry *self)
{
  gint64 start_us = get_start (self);
  AvaBookWish wish = {
    .service_id = self->appointment->service_id, .start_us = start_us, .end_us = self->end_us, .room_id = self->room_id,
    .provider_id = self->provider_id != NULL ? self->provider_id : self->appointment->provider_id,
  };

  stop (&self->judging);
  g_clear_pointer (&self->verdict, ava_verdict_free);
  ava_verdict_box_set_words (self->verdict_box, self->phrase != NULL && self->phrase->problem != NULL ? self->phrase->problem : "");
  if (start_us != 0) {
    self->judging = g_cancellable_new ();
    ava_book_judge_async (self->book, &wish, self->appointment, self->judging, judged_cb, g_object_ref (self));
  }
  update_hint (self);
}

/* --- Times ----------------------------------------------------------------------------------- */

static void
clear_rows (AvaMoveEntry *self)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, row);
}

static void
add_row (AvaMoveEntry *self,
         gint64        start_us)
{
  g_autofree char *words = word_start (self, start_us);
  GtkWidget *row = ava_calendar_rows_add_choice (self->list, words, words);

  gtk_widget_set_focusable (row, FALSE);
  g_object_set_data_full (G_OBJECT (row), "words", g_steal_pointer (&words), g_free);
}

/* One is chosen; of several none is, before somebody says which. */
static void
show_starts (AvaMoveEntry *self)
{
  const char *question = self->phrase != NULL && self->phrase->question != NULL ? self->phrase->question : "";

  clear_rows (self);
  for (guint i = 0; i < self->starts->len; i++)
    add_row (self, g_array_index (self->starts, gint64, i));
  if (*question == '\0' && self->starts->len > 1)
    question = _("These times are free. Which one?");
  gtk_label_set_text (self->question, question);
  gtk_widget_set_visible (GTK_WIDGET (self->question), *question != '\0');
  gtk_widget_set_visible (GTK_WIDGET (self->list), self->starts->len > 0);
  if (*question != '\0')
    ava_compat_announce (GTK_WIDGET (self), question);
  if (self->starts->len == 1)
    gtk_list_box_select_row (self->list, gtk_list_box_get_row_at_index (self->list, 0));
  else
    judge (self);
}

static void
found_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (AvaMoveEntry) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) slots = ava_book_find_finish (AVA_BOOK (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->finding);
  for (guint i = 0; slots != NULL && i < slots->len; i++)
    g_array_append_val (self->starts, ((AvaSlot *) slots->pdata[i])->start_us);
  if (self->starts->len == 0 && self->phrase->problem == NULL)
    self->phrase->problem = slots != NULL ? g_strdup (_("There is no free time then.")) : g_strdup (error->message);
  show_starts (self);
}

static void
find_times (AvaMoveEntry *self)
{
  const AvaMovePhrase *phrase = self->phrase;
  AvaBookWish wish = { .service_id = self->appointment->service_id, .provider_id = self->appointment->provider_id };

  self->finding = g_cancellable_new ();
  ava_book_find_async (self->book, &wish, self->appointment, MAX (phrase->from_us, get_now (self)), phrase->to_us, phrase->from_min,
                       phrase->to_min, MOST_OFFERS, self->finding, found_cb, g_object_ref (self));
}

static void
show_who (AvaMoveEntry *self)
{
  AvaAppointment *one = self->appointment;
  g_autofree char *text = self->end_us != 0 ? g_strdup_printf (_("New end: %s · %s"), one->customer_name, one->service_name)
                                            : g_strdup_printf (_("Move %s · %s"), one->customer_name, one->service_name);

  gtk_label_set_text (self->who, text);
}

static void
forget_place (AvaMoveEntry *self)
{
  g_clear_pointer (&self->provider_id, g_free);
  g_clear_pointer (&self->room_id, g_free);
  self->end_us = 0;
}

static void
on_changed (AvaMoveEntry *self)
{
  const char *text = gtk_editable_get_text (self->field);

  if (self->appointment == NULL)
    return;
  forget_place (self);
  show_who (self);
  stop (&self->finding);
  self->enters = 0;
  g_clear_pointer (&self->phrase, ava_move_phrase_free);
  g_array_set_size (self->starts, 0);
  if (*text != '\0') {
    self->phrase = ava_move_phrase_read (get_spa (self), text, self->appointment->provider_id, self->appointment->start_us, get_now (self));
    g_array_append_vals (self->starts, self->phrase->starts->data, self->phrase->starts->len);
  }
  if (self->phrase != NULL && self->phrase->is_span)
    find_times (self);
  else
    show_starts (self);
}

static void
on_row_selected (AvaMoveEntry *self)
{
  if (self->appointment != NULL)   /* not going */
    judge (self);
}

/* --- Moving ---------------------------------------------------------------------------------- */

static void
moved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (AvaMoveEntry) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaAppointment) appointment = ava_book_change_finish (AVA_BOOK (source), result, NULL, &error);

  self->moving = FALSE;
  if (appointment != NULL) {
    g_signal_emit (self, signals[MOVED], 0, appointment);
    return;
  }
  judge (self);
  ava_verdict_box_set_words (self->verdict_box, error->message);
}

static void
move (AvaMoveEntry *self,
      const char   *reason)
{
  AvaBookWish to = { 0 };

  if (self->verdict == NULL || self->verdict->slot == NULL || self->moving)
    return;
  to.provider_id = self->verdict->slot->provider_id;
  to.room_id = self->verdict->slot->room_id;
  to.start_us = self->verdict->slot->start_us;
  to.goes_on = self->verdict->kind != AVA_VERDICT_FREE;
  to.override_reason = reason;
  self->moving = TRUE;
  if (self->end_us != 0)
    ava_book_resize_anyway_async (self->book, self->appointment->id, self->end_us, reason, moved_cb, g_object_ref (self));
  else
    ava_book_move_async (self->book, self->appointment, &to, moved_cb, g_object_ref (self));
  update_hint (self);
}

/**
 * ava_move_entry_press:
 *
 * Enter: moves it, when it is clear where to and nothing refuses it.
 */
void
ava_move_entry_press (AvaMoveEntry *self)
{
  g_return_if_fail (AVA_IS_MOVE_ENTRY (self));

  if (self->finding != NULL || self->judging != NULL) {
    self->enters = 1;
    return;
  }
  if (self->verdict == NULL) {
    gtk_widget_error_bell (GTK_WIDGET (self));
    return;
  }
  if (self->verdict->kind <= AVA_VERDICT_WARNED)
    move (self, NULL);
  else if (self->verdict->kind == AVA_VERDICT_NEEDS_REASON)
    ava_verdict_box_ask_reason (self->verdict_box);
  else
    gtk_widget_error_bell (GTK_WIDGET (self));
}

static void
on_row_activated (AvaMoveEntry *self)
{
  ava_move_entry_press (self);
}

static void
on_time_chosen (AvaMoveEntry *self,
                gint64        start_us)
{
  g_array_set_size (self->starts, 0);
  g_array_append_val (self->starts, start_us);
  if (self->phrase != NULL)
    g_clear_pointer (&self->phrase->question, g_free);
  show_starts (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->field));
  gtk_editable_set_position (self->field, -1);
}

static void
on_reason_given (AvaMoveEntry *self,
                 const char   *reason)
{
  g_autofree char *copy = g_strdup (reason);

  move (self, copy);
}

static void
step (AvaMoveEntry *self,
      int           by)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  int at = row != NULL ? gtk_list_box_row_get_index (row) + by : by > 0 ? 0 : (int) self->starts->len - 1;
  GtkListBoxRow *next = at >= 0 ? gtk_list_box_get_row_at_index (self->list, at) : NULL;

  if (next != NULL)
    gtk_list_box_select_row (self->list, next);
}

static gboolean
on_key (AvaMoveEntry *self,
        guint         key)
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
ava_move_entry_dispose (GObject *object)
{
  AvaMoveEntry *self = AVA_MOVE_ENTRY (object);

  stop (&self->finding);
  stop (&self->judging);
  forget_place (self);
  g_clear_pointer (&self->phrase, ava_move_phrase_free);
  g_clear_pointer (&self->verdict, ava_verdict_free);
  g_clear_object (&self->appointment);
  g_clear_object (&self->here);
  g_clear_object (&self->book);
  G_OBJECT_CLASS (ava_move_entry_parent_class)->dispose (object);
}

static void
ava_move_entry_finalize (GObject *object)
{
  g_array_unref (AVA_MOVE_ENTRY (object)->starts);
  G_OBJECT_CLASS (ava_move_entry_parent_class)->finalize (object);
}

static void
ava_move_entry_class_init (AvaMoveEntryClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ava_move_entry_dispose;
  G_OBJECT_CLASS (klass)->finalize = ava_move_entry_finalize;
  g_type_ensure (AVA_TYPE_VERDICT_BOX);
  gtk_widget_class_set_template_from_resource (widget_class, "/com/getevaai/FrontDesk/ava-move-entry.ui");
  gtk_widget_class_bind_template_child (widget_class, AvaMoveEntry, who);
  gtk_widget_class_bind_template_child (widget_class, AvaMoveEntry, field);
  gtk_widget_class_bind_template_child (widget_class, AvaMoveEntry, question);
  gtk_widget_class_bind_template_child (widget_class, AvaMoveEntry, list);
  gtk_widget_class_bind_template_child (widget_class, AvaMoveEntry, verdict_box);
  gtk_widget_class_bind_template_child (widget_class, AvaMoveEntry, hint);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_row_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_time_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_reason_given);
  gtk_widget_class_bind_template_callback (widget_class, on_key);
  gtk_widget_class_bind_template_callback (widget_class, ava_move_entry_press);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  signals[MOVED] = g_signal_new ("moved", AVA_TYPE_MOVE_ENTRY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, AVA_TYPE_APPOINTMENT);
  signals[CLOSED] = g_signal_new ("closed", AVA_TYPE_MOVE_ENTRY, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
ava_move_entry_init (AvaMoveEntry *self)
{
  self->starts = g_array_new (FALSE, FALSE, sizeof (gint64));
  gtk_widget_init_template (GTK_WIDGET (self));
}

AvaMoveEntry *
ava_move_entry_new (AvaBook *book)
{
  AvaMoveEntry *self = g_object_new (AVA_TYPE_MOVE_ENTRY, NULL);

  self->book = g_object_ref (book);
  return self;
}

/**
 * ava_move_entry_start:
 *
 * Begins anew with that appointment and takes the keyboard.
 */
void
ava_move_entry_start (AvaMoveEntry   *self,
                      AvaAppointment *appointment)
{
  g_return_if_fail (AVA_IS_MOVE_ENTRY (self));

  g_set_object (&self->appointment, appointment);
  g_clear_object (&self->here);
  self->here = ava_spa_see (ava_context_get_spa (ava_book_get_context (self->book)), appointment->location_id);
  gtk_editable_set_text (self->field, "");
  on_changed (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->field));
}

/**
 * ava_move_entry_start_at:
 * @to: start, provider and room; or the end alone
 *
 * The same, with that place chosen and what speaks against it shown. Another can be typed instead.
 */
void
ava_move_entry_start_at (AvaMoveEntry      *self,
                         AvaAppointment    *appointment,
                         const AvaBookWish *to)
{
  g_return_if_fail (AVA_IS_MOVE_ENTRY (self));

  ava_move_entry_start (self, appointment);
  self->provider_id = g_strdup (to->provider_id);
  self->room_id = g_strdup (to->room_id);
  self->end_us = to->end_us;
  show_who (self);
  g_array_append_val (self->starts, to->start_us);
  show_starts (self);
}

GtkEditable *
ava_move_entry_get_field (AvaMoveEntry *self)
{
  return self->field;
}

const char *
ava_move_entry_get_question (AvaMoveEntry *self)
{
  return gtk_label_get_text (self->question);
}

const char *
ava_move_entry_get_words (AvaMoveEntry *self)
{
  return ava_verdict_box_get_words (self->verdict_box);
}

const char *
ava_move_entry_get_choice (AvaMoveEntry *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  return row != NULL ? g_object_get_data (G_OBJECT (row), "words") : NULL;
}
