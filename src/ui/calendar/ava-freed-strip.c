/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-freed-strip.h"

#include "ava-backfill.h"
#include "ava-display.h"

#include <glib/gi18n.h>

#define MOST_ROWS 9   /* as many as there are digits */

struct _AvaFreedStrip {
  AdwBin parent_instance;

  /* Template Widgets */
  GtkLabel *words;
  GtkToggleButton *open;
  GtkButton *close;
  GtkRevealer *revealer;
  GtkListBox *list;
  GtkLabel *trouble;

  /* Owned References */
  AvaBook *book;
  AvaAppointment *freed;     /* nullable: of which the strip speaks */
  GPtrArray *waiting;        /* AvaBackfill, nullable: as they are shown */
  GCancellable *cancellable;
  gint64 seen;               /* how much of the journal was looked at; -1 at first */
  gboolean asking;           /* a question about the journal is on its way */
  gboolean asked_again;
};

enum { BOOKED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AvaFreedStrip, ava_freed_strip, ADW_TYPE_BIN)

static void look (AvaFreedStrip *self);

static AvaContext *
get_context (AvaFreedStrip *self)
{
  return ava_book_get_context (self->book);
}

static AvaStore *
get_store (AvaFreedStrip *self)
{
  return ava_context_get_store (get_context (self));
}

static void
hide (AvaFreedStrip *self)
{
  g_clear_object (&self->freed);
  g_clear_pointer (&self->waiting, g_ptr_array_unref);
  gtk_toggle_button_set_active (self->open, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/* --- What is shown ------------------------------------------------------------------------------- */

static void
add_row (AvaFreedStrip *self,
         guint          number,
         AvaBackfill   *backfill)
{
  g_autoptr (AvaSpa) spa = ava_spa_see (ava_context_get_spa (get_context (self)), self->freed->location_id);
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *digit;
  GtkWidget *hint;
  g_autofree char *key = g_strdup_printf ("%u", number);
  g_autofree char *time = ava_display_time (backfill->slot->start_us, spa->zone);
  g_autofree char *phone = ava_display_phone (backfill->entry->customer_phone);
  g_autofree char *title = g_strdup_printf ("%s · %s, %s", backfill->entry->customer_name, backfill->entry->service_name, time);
  g_autofree char *subtitle = g_strdup_printf ("%s · %s", phone, backfill->words != NULL ? backfill->words : "");
  /* Translators: a person, a treatment with its time, and why they come here in the list. */
  g_autofree char *label = g_strdup_printf (_("Book %s. %s"), title, subtitle);

  digit = gtk_label_new (key);
  gtk_widget_add_css_class (digit, "dim-label");
  gtk_widget_add_css_class (digit, "numeric");
  hint = gtk_label_new (_("Book"));
  gtk_widget_add_css_class (hint, "dim-label");
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 2);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 3);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), digit);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), hint);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_list_box_append (self->list, row);
}

static char *
word_freed (AvaFreedStrip *self)
{
  g_autoptr (AvaSpa) spa = ava_spa_see (ava_context_get_spa (get_context (self)), self->freed->location_id);
  gint64 now_us = ava_clock_now_us (ava_context_get_clock (get_context (self)));
  g_autofree char *day = ava_display_day (self->freed->start_us, now_us, spa->zone);
  g_autofree char *time = ava_display_time (self->freed->start_us, spa->zone);
  const char *name = ava_spa_name_of (spa, spa->location_id);
  g_autofree char *where = name != NULL ? g_strdup_printf ("%s, %s", time, name) : g_strdup (time);
  guint n = self->waiting->len;

  /* Translators: how many, then whose time came free: "Elena Ortiz, Tomorrow, 10:00 AM", and at which of several locations. */
  return g_strdup_printf (ngettext ("%u person waits for a time like this: %s, %s, %s", "%u people wait for a time like this: %s, %s, %s", n),
                          n, self->freed->provider_name, day, where);
}

static void
show_waiting (AvaFreedStrip *self)
{
  g_autofree char *words = word_freed (self);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, child);
  for (guint i = 0; i < MIN (self->waiting->len, MOST_ROWS); i++)
    add_row (self, i + 1, self->waiting->pdata[i]);
  gtk_label_set_text (self->words, words);
  gtk_widget_set_visible (GTK_WIDGET (self->trouble), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
}

static void
waiting_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (AvaFreedStrip) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) waiting = ava_backfill_load_finish (AVA_CONTEXT (source), result, &error);

  if (self->book == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->freed == NULL)
    return;
  if (waiting == NULL || waiting->len == 0) {
    hide (self);
    return;
  }
  g_clear_pointer (&self->waiting, g_ptr_array_unref);
  self->waiting = g_steal_pointer (&waiting);
  show_waiting (self);
}

/* --- What is watched ----------------------------------------------------------------------------- */

static void
rank (AvaFreedStrip *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  ava_backfill_freed_async (get_context (self), self->freed, self->cancellable, waiting_cb, g_object_ref (self));
}

static void
still_free_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (AvaFreedStrip) self = user_data;
  g_autoptr (AvaAppointment) now = ava_store_get_appointment_finish (AVA_STORE (source), result, NULL);

  if (self->book == NULL || self->freed == NULL || (now != NULL && g_strcmp0 (now->id, self->freed->id) != 0))
    return;
  if (now == NULL || now->status != AVA_APPOINTMENT_CANCELLED)   /* taken back */
    hide (self);
  else
    rank (self);
}

static void
freed_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (AvaFreedStrip) self = user_data;
  g_autoptr (AvaFreed) freed = ava_store_list_freed_finish (AVA_STORE (source), result, NULL);

  if (self->book == NULL)
    return;
  self->asking = FALSE;
  if (freed != NULL) {
    self->seen = freed->seen;
    if (freed->appointments->len > 0) {
      g_set_object (&self->freed, freed->appointments->pdata[0]);
      rank (self);
    } else if (self->freed != NULL) {
      ava_store_get_appointment_async (get_store (self), self->freed->id, NULL, still_free_cb, g_object_ref (self));
    }
  }
  if (self->asked_again)
    look (self);
}

static void
look (AvaFreedStrip *self)
{
  self->asked_again = self->asking;
  if (self->asking)
    return;
  self->asking = TRUE;
  ava_store_list_freed_async (get_store (self), self->seen, NULL, freed_cb, g_object_ref (self));
}

static void
on_store_changed (AvaFreedStrip      *self,
                  const char *const  *tables)
{
  if (self->book != NULL && (g_strv_contains (tables, "appointments") || g_strv_contains (tables, "waitlist")))
    look (self);
}

/* --- What is pressed ----------------------------------------------------------------------------- */

static void
booked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (AvaFreedStrip) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaAppointment) booked = ava_book_change_finish (AVA_BOOK (source), result, NULL, &error);

  if (self->book == NULL)
    return;
  if (booked == NULL) {
    gtk_label_set_text (self->trouble, error->message);
    gtk_widget_set_visible (GTK_WIDGET (self->trouble), TRUE);
    return;
  }
  hide (self);
  g_signal_emit (self, signals[BOOKED], 0, booked);
}

void
ava_freed_strip_take (AvaFreedStrip *self,
                      guint          index)
{
  AvaBackfill *backfill;

  g_return_if_fail (AVA_IS_FREED_STRIP (self));

  if (self->waiting == NULL || index >= self->waiting->len)
    return;
  backfill = self->waiting->pdata[index];
  ava_book_take_waiting_async (self->book, backfill->entry->id, backfill->slot, booked_cb, g_object_ref (self));
}

static void
on_row (AvaFreedStrip *self,
        GtkListBoxRow *row)
{
  ava_freed_strip_take (self, gtk_list_box_row_get_index (row));
}

static void
on_toggled (AvaFreedStrip *self)
{
  gboolean open = gtk_toggle_button_get_active (self->open);
  GtkListBoxRow *first = gtk_list_box_get_row_at_index (self->list, 0);

  gtk_revealer_set_reveal_child (self->revealer, open);
  if (!open || first == NULL)
    return;
  gtk_list_box_select_row (self->list, first);
  gtk_widget_grab_focus (GTK_WIDGET (first));
}

static void
on_close (AvaFreedStrip *self)
{
  hide (self);
}

static gboolean
on_key (AvaFreedStrip   *self,
        guint            key,
        guint            code,
        GdkModifierType  modifiers)
{
  if ((modifiers & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return FALSE;
  if (key == GDK_KEY_Escape) {
    if (gtk_toggle_button_get_active (self->open))
      gtk_toggle_button_set_active (self->open, FALSE), gtk_widget_grab_focus (GTK_WIDGET (self->open));
    else
      hide (self);
    return TRUE;
  }
  if (!gtk_toggle_button_get_active (self->open) || key < GDK_KEY_1 || key >= GDK_KEY_1 + MOST_ROWS)
    return FALSE;
  ava_freed_strip_take (self, key - GDK_KEY_1);
  return TRUE;
}

/* --- The object ---------------------------------------------------------------------------------- */

static void
ava_freed_strip_dispose (GObject *object)
{
  AvaFreedStrip *self = AVA_FREED_STRIP (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->freed);
  g_clear_pointer (&self->waiting, g_ptr_array_unref);
  g_clear_object (&self->book);

  G_OBJECT_CLASS (ava_freed_strip_parent_class)->dispose (object);
}

static void
ava_freed_strip_class_init (AvaFreedStripClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ava_freed_strip_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/com/getevaai/FrontDesk/ava-freed-strip.ui");
  gtk_widget_class_bind_template_child (widget_class, AvaFreedStrip, words);
  gtk_widget_class_bind_template_child (widget_class, AvaFreedStrip, open);
  gtk_widget_class_bind_template_child (widget_class, AvaFreedStrip, close);
  gtk_widget_class_bind_template_child (widget_class, AvaFreedStrip, revealer);
  gtk_widget_class_bind_template_child (widget_class, AvaFreedStrip, list);
  gtk_widget_class_bind_template_child (widget_class, AvaFreedStrip, trouble);
  gtk_widget_class_bind_template_callback (widget_class, on_toggled);
  gtk_widget_class_bind_template_callback (widget_class, on_close);
  gtk_widget_class_bind_template_callback (widget_class, on_row);
  gtk_widget_class_bind_template_callback (widget_class, on_key);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  signals[BOOKED] = g_signal_new ("booked", AVA_TYPE_FREED_STRIP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                  AVA_TYPE_APPOINTMENT);
}

static void
ava_freed_strip_init (AvaFreedStrip *self)
{
  self->seen = -1;
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->close), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Not Now"), -1);
}

/**
 * ava_freed_strip_new:
 *
 * Returns: (transfer floating): a strip that watches from now on
 */
AvaFreedStrip *
ava_freed_strip_new (AvaBook *book)
{
  AvaFreedStrip *self = g_object_new (AVA_TYPE_FREED_STRIP, NULL);

  self->book = g_object_ref (book);
  g_signal_connect_object (get_store (self), "changed", G_CALLBACK (on_store_changed), self, G_CONNECT_SWAPPED);
  look (self);
  return self;
}

gboolean
ava_freed_strip_is_shown (AvaFreedStrip *self)
{
  return gtk_widget_get_visible (GTK_WIDGET (self));
}

const char *
ava_freed_strip_get_words (AvaFreedStrip *self)
{
  return gtk_label_get_text (self->words);
}

guint
ava_freed_strip_get_count (AvaFreedStrip *self)
{
  return self->waiting != NULL ? self->waiting->len : 0;
}

gboolean
ava_freed_strip_open (AvaFreedStrip *self)
{
  g_return_val_if_fail (AVA_IS_FREED_STRIP (self), FALSE);

  if (!ava_freed_strip_is_shown (self))
    return FALSE;
  if (gtk_toggle_button_get_active (self->open))
    on_toggled (self);
  gtk_toggle_button_set_active (self->open, TRUE);
  return TRUE;
}
