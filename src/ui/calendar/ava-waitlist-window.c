/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-waitlist-window.h"

#include "ava-backfill.h"
#include "ava-display.h"
#include "ava-phone.h"

#include <glib/gi18n.h>

#define OFFER_MIN 120   /* how long an offer is held */

struct _AvaWaitlistWindow {
  AdwWindow parent_instance;

  /* Template Widgets */
  GtkStack *stack;
  GtkLabel *notice;
  GtkListBox *list;

  /* Owned References */
  AvaContext *context;
  GPtrArray *plan;           /* AvaBackfill, nullable: as it is shown */
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (AvaWaitlistWindow, ava_waitlist_window, ADW_TYPE_WINDOW)

static void load (AvaWaitlistWindow *self);

static void
show_notice (AvaWaitlistWindow *self,
             const GError      *error)
{
  if (self->context == NULL)   /* closed meanwhile */
    return;
  gtk_widget_set_visible (GTK_WIDGET (self->notice), error != NULL);
  gtk_label_set_text (self->notice, error != NULL ? error->message : "");
}

/* --- What is pressed ----------------------------------------------------------------------------- */

static void
offered_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (AvaWaitlistWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaWaitlistEntry) entry = ava_store_offer_finish (AVA_STORE (source), result, &error);

  show_notice (self, error);
  load (self);
}

static void
accepted_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (AvaWaitlistWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaAppointment) made = ava_store_accept_offer_finish (AVA_STORE (source), result, &error);

  show_notice (self, error);
  load (self);
}

static void
moved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (AvaWaitlistWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaWaitlistEntry) entry = ava_store_move_waiting_finish (AVA_STORE (source), result, &error);

  show_notice (self, error);
  load (self);
}

static void
left_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (AvaWaitlistWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaWaitlistEntry) entry = ava_store_leave_waitlist_finish (AVA_STORE (source), result, &error);

  show_notice (self, error);
  load (self);
}

static AvaActor
get_actor (AvaWaitlistWindow *self)
{
  AvaActor actor = { 0 };

  ava_staff_fill_actor (ava_context_get_staff (self->context), &actor);
  return actor;
}

static AvaBackfill *
find_pressed (AvaWaitlistWindow *self,
              GtkWidget         *button)
{
  const char *id = g_object_get_data (G_OBJECT (button), "entry");

  for (guint i = 0; self->plan != NULL && i < self->plan->len; i++) {
    AvaBackfill *backfill = self->plan->pdata[i];

    if (g_strcmp0 (backfill->entry->id, id) == 0)
      return backfill;
  }
  return NULL;
}

static void
on_offer (AvaWaitlistWindow *self,
          GtkWidget         *button)
{
  AvaBackfill *backfill = find_pressed (self, button);
  const AvaActor actor = get_actor (self);
  gint64 now_us = ava_clock_now_us (ava_context_get_clock (self->context));

  if (backfill != NULL && backfill->slot != NULL)
    ava_store_offer_async (ava_context_get_store (self->context), &actor, backfill->entry->id, backfill->slot,
                           MIN (now_us + OFFER_MIN * AVA_USEC_PER_MIN, backfill->slot->start_us), NULL, offered_cb, g_object_ref (self));
}

static void
on_accept (AvaWaitlistWindow *self,
           GtkWidget         *button)
{
  AvaBackfill *backfill = find_pressed (self, button);
  const AvaActor actor = get_actor (self);

  if (backfill != NULL)
    ava_store_accept_offer_async (ava_context_get_store (self->context), &actor, backfill->entry->id, NULL, accepted_cb, g_object_ref (self));
}

static void
on_decline (AvaWaitlistWindow *self,
            GtkWidget         *button)
{
  AvaBackfill *backfill = find_pressed (self, button);
  const AvaActor actor = get_actor (self);

  if (backfill != NULL)
    ava_store_leave_waitlist_async (ava_context_get_store (self->context), &actor, backfill->entry->id,
                                    backfill->entry->status == AVA_WAITLIST_OFFERED, NULL, left_cb, g_object_ref (self));
}

/* @parameter: the id of a location; "" for any */
static void
on_place (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       user_data)
{
  AvaWaitlistWindow *self = user_data;
  const char *location_id = g_variant_get_string (parameter, NULL);
  const AvaActor actor = get_actor (self);

  if (self->context != NULL)
    ava_store_move_waiting_async (ava_context_get_store (self->context), &actor, g_object_get_data (G_OBJECT (action), "entry"),
                                  *location_id != '\0' ? location_id : NULL, NULL, moved_cb, g_object_ref (self));
}

/* --- What is shown ------------------------------------------------------------------------------- */

static void
add_button (AvaWaitlistWindow *self,
            GtkWidget         *row,
            AvaBackfill       *backfill,
            const char        *label,
            const char        *style,
            GCallback          callback)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, style);
  g_object_set_data_full (G_OBJECT (button), "entry", g_strdup (backfill->entry->id), g_free);
  g_signal_connect_object (button, "clicked", callback, self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

/* Where they wait, and a menu of where they could: of a spa with several locations. */
static void
add_place (AvaWaitlistWindow *self,
           GtkWidget         *row,
           AvaBackfill       *backfill)
{
  AvaSpa *spa = ava_context_get_spa (self->context);
  const char *location_id = backfill->entry->location_id != NULL ? backfill->entry->location_id : "";
  const char *name = backfill->entry->location_name != NULL ? backfill->entry->location_name : _("Anywhere");
  g_autoptr (GSimpleAction) action = g_simple_action_new_stateful ("set", G_VARIANT_TYPE_STRING, g_variant_new_string (location_id));
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  g_autoptr (GMenu) menu = g_menu_new ();
  GtkWidget *button = gtk_menu_button_new ();
  GtkWidget *label = gtk_label_new (name);
  /* Translators: at which location somebody waits for a time. */
  g_autofree char *words = g_strdup_printf (_("%s waits for a time at: %s"), backfill->entry->customer_name, name);

  g_object_set_data_full (G_OBJECT (action), "entry", g_strdup (backfill->entry->id), g_free);
  g_signal_connect_object (action, "activate", G_CALLBACK (on_place), self, 0);
  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (action));
  for (guint i = 0; i <= spa->locations->len; i++) {
    AvaLocation *location = i > 0 ? spa->locations->pdata[i - 1] : NULL;
    g_autoptr (GMenuItem) item = g_menu_item_new (location != NULL ? location->name : _("Anywhere"), NULL);

    g_menu_item_set_action_and_target (item, "place.set", "s", location != NULL ? location->id : "");
    g_menu_append_item (menu, item);
  }
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 14);
  gtk_menu_button_set_child (GTK_MENU_BUTTON (button), label);
  gtk_menu_button_set_always_show_arrow (GTK_MENU_BUTTON (button), TRUE);
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  gtk_widget_insert_action_group (button, "place", G_ACTION_GROUP (group));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

static char *
word_offer (AvaWaitlistWindow *self,
            AvaBackfill       *backfill)
{
  AvaSpa *spa = ava_context_get_spa (self->context);
  AvaProvider *provider = backfill->slot != NULL ? ava_spa_find_provider (spa, backfill->slot->provider_id) : NULL;
  gint64 start_us = backfill->slot != NULL ? backfill->slot->start_us : backfill->entry->offer_start_us;
  g_autoptr (AvaSpa) here = ava_backfill_see (backfill, spa);
  const char *name = ava_spa_name_of (spa, here->location_id);
  g_autofree char *moment = start_us != 0 ? ava_display_moment (start_us, here->zone) : NULL;
  /* Translators: a time, and at which location: "Tue Dec 29, 8:00 AM at West". */
  g_autofree char *when = moment != NULL && name != NULL ? g_strdup_printf (_("%s at %s"), moment, name) : g_strdup (moment);
  g_autofree char *until = NULL;

  if (backfill->entry->status == AVA_WAITLIST_OFFERED) {
    until = ava_display_time (backfill->entry->offer_until_us, here->zone);
    return g_strdup_printf (_("%s is held for them until %s"), when, until);
  }
  if (backfill->slot == NULL)
    return g_strdup (_("Nothing that suits is free"));
  return g_strdup_printf (_("Free: %s with %s"), when, provider != NULL ? provider->name : "");
}

static void
add_row (AvaWaitlistWindow *self,
         AvaBackfill       *backfill)
{
  GtkWidget *row = adw_action_row_new ();
  gboolean offered = backfill->entry->status == AVA_WAITLIST_OFFERED;
  g_autofree char *offer = word_offer (self, backfill);
  g_autofree char *phone = ava_phone_format (backfill->entry->customer_phone);
  g_autofree char *title = g_strdup_printf ("%s · %s", backfill->entry->customer_name, backfill->entry->service_name);
  g_autofree char *lines = g_strdup_printf ("%s\n%s%s%s", offer, phone != NULL ? phone : "", backfill->words != NULL ? " · " : "",
                                            backfill->words != NULL ? backfill->words : "");
  g_autofree char *escaped_title = g_markup_escape_text (title, -1);
  g_autofree char *escaped_lines = g_markup_escape_text (lines, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), escaped_title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 2);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), escaped_lines);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 4);
  if (ava_context_get_spa (self->context)->locations->len > 1 && !offered)
    add_place (self, row, backfill);
  if (offered)
    add_button (self, row, backfill, _("_Book"), "suggested-action", G_CALLBACK (on_accept));
  else if (backfill->slot != NULL)
    add_button (self, row, backfill, _("_Offer"), "raised", G_CALLBACK (on_offer));
  add_button (self, row, backfill, offered ? _("_Give Back") : _("_Remove"), "flat", G_CALLBACK (on_decline));
  gtk_list_box_append (self->list, row);
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (AvaWaitlistWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  GPtrArray *plan = ava_backfill_load_finish (AVA_CONTEXT (source), result, &error);
  GtkWidget *child;

  if (plan == NULL) {
    if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
      show_notice (self, error);
    return;
  }
  g_clear_pointer (&self->plan, g_ptr_array_unref);
  self->plan = plan;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, child);
  for (guint i = 0; i < plan->len; i++)
    add_row (self, plan->pdata[i]);
  gtk_stack_set_visible_child_name (self->stack, plan->len > 0 ? "list" : "empty");
}

static void
load (AvaWaitlistWindow *self)
{
  if (self->context == NULL)
    return;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  ava_backfill_load_async (self->context, self->cancellable, loaded_cb, g_object_ref (self));
}

static void
on_changed (AvaWaitlistWindow  *self,
            const char *const  *tables)
{
  if (g_strv_contains (tables, "waitlist") || g_strv_contains (tables, "appointments") || g_strv_contains (tables, "holds"))
    load (self);
}

static void
ava_waitlist_window_dispose (GObject *object)
{
  AvaWaitlistWindow *self = AVA_WAITLIST_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->context);
  g_clear_pointer (&self->plan, g_ptr_array_unref);

  G_OBJECT_CLASS (ava_waitlist_window_parent_class)->dispose (object);
}

static void
ava_waitlist_window_class_init (AvaWaitlistWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ava_waitlist_window_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/com/getevaai/FrontDesk/ava-waitlist-window.ui");
  gtk_widget_class_bind_template_child (widget_class, AvaWaitlistWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, AvaWaitlistWindow, notice);
  gtk_widget_class_bind_template_child (widget_class, AvaWaitlistWindow, list);
}

static void
ava_waitlist_window_init (AvaWaitlistWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * ava_waitlist_window_new:
 *
 * Returns: (transfer none): the window, which begins to read
 */
GtkWindow *
ava_waitlist_window_new (AvaContext *context)
{
  AvaWaitlistWindow *self = g_object_new (AVA_TYPE_WAITLIST_WINDOW, NULL);

  self->context = g_object_ref (context);
  g_signal_connect_object (ava_context_get_store (context), "changed", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
  load (self);
  return GTK_WINDOW (self);
}
