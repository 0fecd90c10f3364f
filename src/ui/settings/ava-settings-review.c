/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-settings-review.h"

#include "ava-compat.h"
#include "ava-time-of-day.h"

#include <glib/gi18n.h>

#define UNDO_SECONDS 20
#define MOST_EFFECTS 200   /* rows; the rest is counted */

struct _AvaSettingsReview {
  AdwBin parent_instance;

  /* Borrowed References, of the tree of widgets */
  GtkRevealer *revealer;
  GtkLabel *reminder;
  GtkLabel *heading;
  GtkWidget *scrolled;
  GtkListBox *effects;
  GtkWidget *save;
  GtkWidget *discard;
  GtkWidget *undo;

  /* Owned References */
  AvaSettingsDraft *draft;
  guint undo_id;
};

G_DEFINE_FINAL_TYPE (AvaSettingsReview, ava_settings_review, ADW_TYPE_BIN)

static void
clear_effects (AvaSettingsReview *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->effects))) != NULL)
    gtk_list_box_remove (self->effects, child);
}

static void
add_effect (AvaSettingsReview *self,
            const char        *title,
            const char        *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  gtk_list_box_append (self->effects, row);
}

/* A booking without a place: who, when, what, why; opened in the calendar to be moved. */
static void
add_broken (AvaSettingsReview *self,
            AvaImpact         *impact,
            AvaBrokenBooking  *broken)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (broken->appointment->start_us / G_USEC_PER_SEC);
  g_autoptr (GDateTime) here = g_date_time_to_timezone (utc, impact->spa->zone);
  g_autofree char *time = ava_time_of_day_print_date (here, _("%a %-d %b"));
  g_autofree char *title = g_strdup_printf ("%s, %s, %s", time, broken->appointment->customer_name,
                                            broken->appointment->service_name);
  g_autofree char *label = g_strdup_printf (_("Show the appointment of %s in the calendar"), broken->appointment->customer_name);
  GtkWidget *show = gtk_button_new_with_label (_("Show"));

  add_effect (self, title, broken->why);
  gtk_widget_set_valign (show, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (show, "flat");
  ava_compat_name_button (show, label);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (show), "win.show-appointment");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (show), "s", broken->appointment->id);
  adw_action_row_add_suffix (ADW_ACTION_ROW (gtk_widget_get_last_child (GTK_WIDGET (self->effects))), show);
}

static guint
count_by_rule (GPtrArray *broken)
{
  guint n = 0;

  for (guint i = 0; i < broken->len; i++)
    n += ((AvaBrokenBooking *) broken->pdata[i])->by_rule;
  return n;
}

static char *
word_broken (GPtrArray *broken)
{
  guint n = broken->len;
  guint by_rule = count_by_rule (broken);

  if (n == 0)
    return g_strdup (_("No booking is affected"));
  if (by_rule == n)
    return g_strdup_printf (ngettext ("%u booking would be refused if it were made now; it is not cancelled",
                                      "%u bookings would be refused if they were made now; none is cancelled", n), n);
  if (by_rule > 0)
    return g_strdup_printf (_("%u bookings are left without a place or would be refused now; none is cancelled"), n);
  return g_strdup_printf (ngettext ("%u booking is left without a place; it is not cancelled",
                                    "%u bookings are left without a place; none is cancelled", n), n);
}

static void
show_impact (AvaSettingsReview *self,
             AvaImpact         *impact)
{
  guint n = impact->broken->len;
  g_autofree char *words = word_broken (impact->broken);

  gtk_label_set_text (self->heading, words);
  for (guint i = 0; i < MIN (n, MOST_EFFECTS); i++)
    add_broken (self, impact, impact->broken->pdata[i]);
  if (n > MOST_EFFECTS) {
    g_autofree char *rest = g_strdup_printf (ngettext ("%u more booking", "%u more bookings", n - MOST_EFFECTS), n - MOST_EFFECTS);

    add_effect (self, rest, NULL);
  }
  for (guint i = 0; i < impact->sentences->len; i++)
    add_effect (self, impact->sentences->pdata[i], NULL);
}

static void
show_buttons (AvaSettingsReview *self,
              gboolean           edited,
              gboolean           undo)
{
  gtk_widget_set_visible (self->save, edited);
  gtk_widget_set_visible (self->discard, edited);
  gtk_widget_set_visible (self->undo, undo);
  gtk_widget_set_sensitive (self->save, ava_settings_draft_can_save (self->draft));
}

static void
on_reviewed (AvaSettingsReview *self)
{
  AvaImpact *impact = ava_settings_draft_get_impact (self->draft);
  const char *fault = ava_settings_draft_get_fault (self->draft);
  gboolean undo = self->undo_id != 0 && ava_settings_draft_can_undo (self->draft);

  clear_effects (self);
  if (fault != NULL) {
    gtk_label_set_text (self->heading, _("This cannot be saved yet"));
    add_effect (self, fault, NULL);
  } else if (impact != NULL) {
    show_impact (self, impact);
  }
  show_buttons (self, fault != NULL || impact != NULL, undo);
  gtk_widget_set_visible (self->scrolled, gtk_widget_get_first_child (GTK_WIDGET (self->effects)) != NULL);
  if (fault == NULL && impact == NULL)
    gtk_label_set_text (GTK_LABEL (self->reminder), "");
  gtk_widget_set_visible (GTK_WIDGET (self->reminder), *gtk_label_get_text (self->reminder) != '\0');
  gtk_revealer_set_reveal_child (self->revealer, fault != NULL || impact != NULL || undo);
}

static void
on_edited (AvaSettingsReview *self)
{
  g_clear_handle_id (&self->undo_id, g_source_remove);
  gtk_widget_set_sensitive (self->save, FALSE);
  gtk_label_set_text (self->reminder, "");
  gtk_widget_set_visible (GTK_WIDGET (self->reminder), FALSE);
}

static gboolean
forget_undo_cb (gpointer user_data)
{
  AvaSettingsReview *self = user_data;

  self->undo_id = 0;
  on_reviewed (self);
  return G_SOURCE_REMOVE;
}

static void
on_saved (AvaSettingsReview *self,
          gboolean           undone)
{
  g_clear_handle_id (&self->undo_id, g_source_remove);
  gtk_label_set_text (self->heading, undone ? _("Taken back. Ava uses the settings from before")
                                            : _("Saved. Ava uses the new settings from now on"));
  self->undo_id = g_timeout_add_seconds (UNDO_SECONDS, forget_undo_cb, self);
}

/**
 * ava_settings_review_remind:
 *
 * For when somebody is about to leave.
 */
void
ava_settings_review_remind (AvaSettingsReview *self,
                            const char        *words)
{
  g_return_if_fail (AVA_IS_SETTINGS_REVIEW (self));

  gtk_label_set_text (self->reminder, words);
  gtk_widget_set_visible (GTK_WIDGET (self->reminder), TRUE);
  gtk_widget_grab_focus (gtk_widget_get_sensitive (self->save) ? self->save : self->discard);
}

static void
ava_settings_review_dispose (GObject *object)
{
  AvaSettingsReview *self = AVA_SETTINGS_REVIEW (object);

  g_clear_handle_id (&self->undo_id, g_source_remove);
  g_clear_object (&self->draft);
  G_OBJECT_CLASS (ava_settings_review_parent_class)->dispose (object);
}

static void
ava_settings_review_class_init (AvaSettingsReviewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ava_settings_review_dispose;
}

static GtkWidget *
make_effects (AvaSettingsReview *self)
{
  self->effects = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->effects, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->effects), "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->effects), GTK_ACCESSIBLE_PROPERTY_LABEL, _("What the change does"), -1);
  self->scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scrolled), GTK_WIDGET (self->effects));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (self->scrolled), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (self->scrolled), 190);
  return self->scrolled;
}

static GtkWidget *
make_head (AvaSettingsReview *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  self->heading = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->heading, TRUE);
  gtk_label_set_xalign (self->heading, 0);
  gtk_widget_set_hexpand (GTK_WIDGET (self->heading), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->heading), "heading");
  self->discard = gtk_button_new_with_mnemonic (_("_Discard"));
  self->undo = gtk_button_new_with_mnemonic (_("_Undo"));
  self->save = gtk_button_new_with_mnemonic (_("Sa_ve"));
  gtk_widget_add_css_class (self->save, "suggested-action");
  g_signal_connect_swapped (self->discard, "clicked", G_CALLBACK (ava_settings_draft_discard), self->draft);
  g_signal_connect_swapped (self->undo, "clicked", G_CALLBACK (ava_settings_draft_undo), self->draft);
  g_signal_connect_swapped (self->save, "clicked", G_CALLBACK (ava_settings_draft_save), self->draft);
  gtk_box_append (GTK_BOX (head), GTK_WIDGET (self->heading));
  gtk_box_append (GTK_BOX (head), self->discard);
  gtk_box_append (GTK_BOX (head), self->undo);
  gtk_box_append (GTK_BOX (head), self->save);
  return head;
}

static void
fill (AvaSettingsReview *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
  GtkWidget *clamp = adw_clamp_new ();
  GtkWidget *frame = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->reminder = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->reminder, TRUE);
  gtk_label_set_xalign (self->reminder, 0);
  gtk_widget_set_visible (GTK_WIDGET (self->reminder), FALSE);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->reminder));
  gtk_box_append (GTK_BOX (box), make_head (self));
  gtk_box_append (GTK_BOX (box), make_effects (self));
  g_object_set (box, "margin-start", 12, "margin-end", 12, "margin-top", 10, "margin-bottom", 12, NULL);
  adw_clamp_set_child (ADW_CLAMP (clamp), box);
  gtk_widget_add_css_class (frame, "settings-review");
  gtk_box_append (GTK_BOX (frame), clamp);
  self->revealer = GTK_REVEALER (gtk_revealer_new ());
  gtk_revealer_set_transition_type (self->revealer, GTK_REVEALER_TRANSITION_TYPE_SLIDE_UP);
  gtk_revealer_set_child (self->revealer, frame);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->revealer));
}

static void
ava_settings_review_init (AvaSettingsReview *self)
{
}

/**
 * ava_settings_review_new:
 *
 * Returns: (transfer floating): hidden until something is edited
 */
GtkWidget *
ava_settings_review_new (AvaSettingsDraft *draft)
{
  AvaSettingsReview *self = g_object_new (AVA_TYPE_SETTINGS_REVIEW, NULL);

  self->draft = g_object_ref (draft);
  fill (self);
  g_signal_connect_object (draft, "edited", G_CALLBACK (on_edited), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (draft, "reviewed", G_CALLBACK (on_reviewed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (draft, "saved", G_CALLBACK (on_saved), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}
