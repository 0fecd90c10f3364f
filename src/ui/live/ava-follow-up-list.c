/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-follow-up-list.h"

#include "ava-compat.h"
#include "ava-display.h"

#include <glib/gi18n.h>

#define MOST_SHOWN 3          /* rows before “Show All” */
#define MOST_LISTED 100
#define LATE_US (G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC)           /* who waits longer is marked */
#define OVERDUE_US (G_GINT64_CONSTANT (4) * 3600 * G_USEC_PER_SEC)    /* and then stands out */

struct _AvaFollowUpList {
  AdwBin parent_instance;

  /* Template Widgets */
  GtkLabel *count;
  GtkButton *more;
  GtkRevealer *undo;
  GtkLabel *undo_words;
  GtkListBox *list;

  /* Owned References */
  AvaContext *context;
  GPtrArray *follow_ups;      /* AvaFollowUp, nullable before the first answer */
  GCancellable *cancellable;
  char *done_id;              /* nullable: what was done last, to take it back */
  gboolean all;               /* every row is shown */
};

G_DEFINE_FINAL_TYPE (AvaFollowUpList, ava_follow_up_list, ADW_TYPE_BIN)

static const char *
name_kind (const char *kind)
{
  static const struct { const char *kind; const char *words; } kinds[] = {
    { "callback", N_("Call back") },
    { "message", N_("Message") },
    { "escalation", N_("Asked for a person") },
    { "safety", N_("Possible emergency") },
    { "silence", N_("Call without words") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++) {
    if (g_strcmp0 (kind, kinds[i].kind) == 0)
      return _(kinds[i].words);
  }
  return _("Follow up");
}

static char *
name_person (AvaFollowUp *follow_up)
{
  if (follow_up->name != NULL && *follow_up->name != '\0')
    return g_strdup (follow_up->name);
  if (follow_up->phone != NULL && *follow_up->phone != '\0')
    return ava_display_phone (follow_up->phone);
  return g_strdup (_("Unknown caller"));
}

static void
show_age (AvaFollowUpList *self,
          GtkWidget       *row)
{
  AvaFollowUp *follow_up = g_object_get_data (G_OBJECT (row), "follow-up");
  GtkLabel *age = g_object_get_data (G_OBJECT (row), "age");
  gint64 waited_us = ava_clock_now_us (ava_context_get_clock (self->context)) - follow_up->created_us;
  const char *style = waited_us >= OVERDUE_US ? "error" : waited_us >= LATE_US ? "warning" : "dim-label";
  const char *const classes[] = { "numeric", "caption", style, NULL };
  g_autofree char *words = ava_display_age (waited_us);
  g_autofree char *person = name_person (follow_up);
  /* Translators: what is owed, to whom, and for how long that person has waited. */
  g_autofree char *spoken = g_strdup_printf (_("%s: %s, waiting for %s"), name_kind (follow_up->kind), person, words);

  gtk_label_set_text (age, words);
  gtk_widget_set_css_classes (GTK_WIDGET (age), (const char **) classes);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

static void
tell_done (AvaFollowUpList *self,
           const char      *words)
{
  gtk_label_set_text (self->undo_words, words);
  gtk_widget_set_visible (GTK_WIDGET (self->undo), TRUE);
  gtk_revealer_set_reveal_child (self->undo, TRUE);
}

static void
done_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (AvaFollowUpList) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!ava_store_set_follow_up_done_finish (AVA_STORE (source), result, &error) && self->context != NULL) {
    g_clear_pointer (&self->done_id, g_free);
    tell_done (self, error->message);
  }
}

static void
set_done (AvaFollowUpList *self,
          const char      *id,
          gboolean         done)
{
  AvaActor actor = { .who = "staff", .why = done ? "done at the desk" : "taken back at the desk" };

  ava_store_set_follow_up_done_async (ava_context_get_store (self->context), &actor, id, done, NULL, done_cb,
                                      g_object_ref (self));
}

static void
on_done (GtkButton       *button,
         AvaFollowUpList *self)
{
  GtkWidget *row = gtk_widget_get_ancestor (GTK_WIDGET (button), GTK_TYPE_LIST_BOX_ROW);
  AvaFollowUp *follow_up = g_object_get_data (G_OBJECT (row), "follow-up");
  g_autofree char *person = name_person (follow_up);
  g_autofree char *words = g_strdup_printf (_("%s is done."), person);

  g_free (self->done_id);
  self->done_id = g_strdup (follow_up->id);
  tell_done (self, words);
  set_done (self, follow_up->id, TRUE);
}

static void
on_undo (AvaFollowUpList *self)
{
  if (self->done_id != NULL)
    set_done (self, self->done_id, FALSE);
  g_clear_pointer (&self->done_id, g_free);
  gtk_widget_set_visible (GTK_WIDGET (self->undo), FALSE);
}

static void
add_row (AvaFollowUpList *self,
         AvaFollowUp     *follow_up)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *age = gtk_label_new (NULL);
  GtkWidget *done = gtk_button_new_with_mnemonic (_("_Done"));
  g_autofree char *person = name_person (follow_up);
  g_autofree char *subtitle = follow_up->text != NULL && *follow_up->text != '\0'
    ? g_strdup_printf ("%s · %s", name_kind (follow_up->kind), follow_up->text) : g_strdup (name_kind (follow_up->kind));
  g_autofree char *spoken = g_strdup_printf (_("Done: %s"), person);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), person);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 2);
  gtk_widget_set_valign (done, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (done, "flat");
  ava_compat_name_button (done, spoken);
  g_signal_connect_object (done, "clicked", G_CALLBACK (on_done), self, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), age);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), done);
  if (follow_up->customer_id != NULL) {
    gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
    gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "win.show-customer");
    gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", follow_up->customer_id);
  }
  g_object_set_data_full (G_OBJECT (row), "follow-up", g_object_ref (follow_up), g_object_unref);
  g_object_set_data (G_OBJECT (row), "age", age);
  show_age (self, row);
  gtk_list_box_append (self->list, row);
}

static void
update (AvaFollowUpList *self)
{
  guint count = self->follow_ups->len;
  guint shown = self->all ? count : MIN (count, MOST_SHOWN);
  g_autofree char *number = g_strdup_printf (count < MOST_LISTED ? "%u" : "%u+", count);
  g_autofree char *more = g_strdup_printf (_("Show All %s"), number);
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, row);
  for (guint i = 0; i < shown; i++)
    add_row (self, self->follow_ups->pdata[i]);
  gtk_label_set_text (self->count, number);
  gtk_widget_set_visible (GTK_WIDGET (self->list), count > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->more), shown < count);
  gtk_button_set_label (self->more, more);
  gtk_widget_set_visible (GTK_WIDGET (self), count > 0 || self->done_id != NULL);
}

static void
listed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (AvaFollowUpList) self = user_data;
  g_autoptr (GPtrArray) follow_ups = ava_store_list_follow_ups_finish (AVA_STORE (source), result, NULL);

  /* What could not be read is shown as it was: Q-46. */
  if (follow_ups == NULL || self->context == NULL)
    return;
  g_clear_pointer (&self->follow_ups, g_ptr_array_unref);
  self->follow_ups = g_steal_pointer (&follow_ups);
  update (self);
}

static void
load (AvaFollowUpList *self)
{
  ava_store_list_follow_ups_async (ava_context_get_store (self->context), MOST_LISTED, self->cancellable, listed_cb,
                                   g_object_ref (self));
}

static void
on_changed (AvaFollowUpList    *self,
            const char *const  *tables)
{
  if (g_strv_contains (tables, "tasks"))
    load (self);
}

static void
on_more (AvaFollowUpList *self)
{
  self->all = TRUE;
  update (self);
  gtk_widget_child_focus (GTK_WIDGET (self->list), GTK_DIR_TAB_FORWARD);
}

static void
ava_follow_up_list_dispose (GObject *object)
{
  AvaFollowUpList *self = AVA_FOLLOW_UP_LIST (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->context);
  g_clear_pointer (&self->follow_ups, g_ptr_array_unref);
  g_clear_pointer (&self->done_id, g_free);
  G_OBJECT_CLASS (ava_follow_up_list_parent_class)->dispose (object);
}

static void
ava_follow_up_list_finalize (GObject *object)
{
  g_clear_object (&AVA_FOLLOW_UP_LIST (object)->cancellable);
  G_OBJECT_CLASS (ava_follow_up_list_parent_class)->finalize (object);
}

static void
ava_follow_up_list_class_init (AvaFollowUpListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ava_follow_up_list_dispose;
  G_OBJECT_CLASS (klass)->finalize = ava_follow_up_list_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/com/getevaai/FrontDesk/ava-follow-up-list.ui");
  gtk_widget_class_bind_template_child (widget_class, AvaFollowUpList, count);
  gtk_widget_class_bind_template_child (widget_class, AvaFollowUpList, more);
  gtk_widget_class_bind_template_child (widget_class, AvaFollowUpList, undo);
  gtk_widget_class_bind_template_child (widget_class, AvaFollowUpList, undo_words);
  gtk_widget_class_bind_template_child (widget_class, AvaFollowUpList, list);
  gtk_widget_class_bind_template_callback (widget_class, on_more);
  gtk_widget_class_bind_template_callback (widget_class, on_undo);
}

static void
ava_follow_up_list_init (AvaFollowUpList *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
}

/**
 * ava_follow_up_list_new:
 *
 * Returns: (transfer floating): the list, invisible until it knows of somebody
 */
AvaFollowUpList *
ava_follow_up_list_new (AvaContext *context)
{
  AvaFollowUpList *self = g_object_new (AVA_TYPE_FOLLOW_UP_LIST, "visible", FALSE, NULL);

  self->context = g_object_ref (context);
  g_signal_connect_object (ava_context_get_store (context), "changed", G_CALLBACK (on_changed), self,
                           G_CONNECT_SWAPPED);
  load (self);
  return self;
}

/**
 * ava_follow_up_list_update_ages:
 *
 * Time has passed.
 */
void
ava_follow_up_list_update_ages (AvaFollowUpList *self)
{
  g_return_if_fail (AVA_IS_FOLLOW_UP_LIST (self));

  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->list)); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    show_age (self, row);
}

/**
 * ava_follow_up_list_count:
 *
 * Returns: how many wait
 */
guint
ava_follow_up_list_count (AvaFollowUpList *self)
{
  return self->follow_ups != NULL ? self->follow_ups->len : 0;
}
