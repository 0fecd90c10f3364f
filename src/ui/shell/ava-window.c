/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-window-private.h"

#include "ava-compat.h"
#include "ava-safety-banner.h"
#include "ava-store-customers.h"

#include <glib/gi18n.h>

static const struct { const char *name; const char *title; } pages[] = {
  { "live", N_("Live") },
  { "calendar", N_("Calendar") },
  { "customers", N_("Customers") },
  { "settings", N_("Settings") },
};

G_DEFINE_FINAL_TYPE (AvaWindow, ava_window, ADW_TYPE_APPLICATION_WINDOW)

static int
find_page (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++) {
    if (g_strcmp0 (name, pages[i].name) == 0)
      return i;
  }
  return -1;
}

/**
 * ava_window_has_page:
 *
 * Returns: whether there is a page of that name
 */
gboolean
ava_window_has_page (const char *name)
{
  return find_page (name) >= 0;
}

static void
on_session_changed (AvaWindow *self)
{
  ava_window_update_actions (self);
}

static void
put_page (AvaWindow  *self,
          const char *name,
          GtkWidget  *page)
{
  adw_bin_set_child (ADW_BIN (gtk_stack_get_child_by_name (self->stack, name)), page);
}

/**
 * ava_window_get_live:
 *
 * Returns: (transfer none): the page, made now if it was not shown yet
 */
AvaLivePage *
ava_window_get_live (AvaWindow *self)
{
  if (self->live == NULL) {
    self->live = ava_live_page_new (self->context);
    g_signal_connect_object (self->live, "session-changed", G_CALLBACK (on_session_changed), self,
                             G_CONNECT_SWAPPED);
    put_page (self, "live", GTK_WIDGET (self->live));
  }
  return self->live;
}

/**
 * ava_window_get_desk:
 *
 * Returns: (transfer none): the calendar with all that is worked with, made now if it was not shown yet
 */
AvaCalendarDesk *
ava_window_get_desk (AvaWindow *self)
{
  if (self->calendar == NULL) {
    self->calendar = ava_calendar_desk_new (self->context);
    put_page (self, "calendar", GTK_WIDGET (self->calendar));
  }
  return self->calendar;
}

/**
 * ava_window_get_calendar:
 *
 * Returns: (transfer none): the page, made now if it was not shown yet
 */
AvaCalendarPage *
ava_window_get_calendar (AvaWindow *self)
{
  return ava_calendar_desk_get_page (ava_window_get_desk (self));
}

/**
 * ava_window_get_customers:
 *
 * Returns: (transfer none): the page, made now if it was not shown yet
 */
AvaCustomersPage *
ava_window_get_customers (AvaWindow *self)
{
  if (self->customers == NULL) {
    self->customers = ava_customers_page_new (self->context);
    put_page (self, "customers", GTK_WIDGET (self->customers));
  }
  return self->customers;
}

/**
 * ava_window_get_settings:
 *
 * Returns: (transfer none): the page, made now if it was not shown yet
 */
AvaSettingsPage *
ava_window_get_settings (AvaWindow *self)
{
  if (self->settings == NULL) {
    self->settings = ava_settings_page_new (self->context);
    put_page (self, "settings", GTK_WIDGET (self->settings));
  }
  return self->settings;
}

/**
 * ava_window_find_page:
 *
 * Returns: (transfer none): the page of that name
 */
GtkWidget *
ava_window_find_page (AvaWindow  *self,
                      const char *name)
{
  switch (find_page (name)) {
  case 0:
    return GTK_WIDGET (ava_window_get_live (self));
  case 1:
    return GTK_WIDGET (ava_window_get_calendar (self));
  case 2:
    return GTK_WIDGET (ava_window_get_customers (self));
  case 3:
    return GTK_WIDGET (ava_window_get_settings (self));
  default:
    return NULL;
  }
}

static gboolean
has_property (gpointer    object,
              const char *name)
{
  return g_object_class_find_property (G_OBJECT_GET_CLASS (object), name) != NULL;
}

/* The folded window shows either the list of pages or the page. */
static void
show_content (AvaWindow *self,
              gboolean   content)
{
  if (has_property (self->split, "show-content"))
    g_object_set (self->split, "show-content", content, NULL);
  else
    adw_leaflet_navigate (ADW_LEAFLET (self->split), content ? ADW_NAVIGATION_DIRECTION_FORWARD
                                                             : ADW_NAVIGATION_DIRECTION_BACK);
}

/* Edits stay while another page is looked at; a toast leads back to them. */
static void
remind_of_settings (AvaWindow *self)
{
  AdwToast *toast;

  self->reminded = FALSE;
  if (self->settings == NULL || !ava_settings_page_is_edited (self->settings))
    return;
  toast = adw_toast_new (_("Settings are not saved yet"));
  adw_toast_set_button_label (toast, _("_Show"));
  adw_toast_set_action_name (toast, "win.page");
  adw_toast_set_action_target (toast, "s", "settings");
  adw_toast_overlay_add_toast (self->toasts, toast);
}

/* The keyboard goes along: else it would stay in the list beside the pages, or where nothing is shown any more. */
static void
focus_page (AvaWindow *self)
{
  GtkWidget *page = gtk_stack_get_visible_child (self->stack);
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));

  if (page != NULL && (focus == NULL || !gtk_widget_is_ancestor (focus, page)))
    gtk_widget_child_focus (page, GTK_DIR_TAB_FORWARD);
}

static void
show_page (AvaWindow  *self,
           const char *name)
{
  int index = find_page (name);
  GtkListBoxRow *row;

  if (index < 0)
    return;
  if (g_strcmp0 (ava_window_get_page (self), "settings") == 0 && g_strcmp0 (name, "settings") != 0)
    remind_of_settings (self);
  ava_window_find_page (self, name);
  gtk_stack_set_visible_child_name (self->stack, name);
  adw_window_title_set_title (self->title, _(pages[index].title));
  row = gtk_list_box_get_row_at_index (self->sidebar_list, index);
  if (gtk_list_box_get_selected_row (self->sidebar_list) != row)
    gtk_list_box_select_row (self->sidebar_list, row);
  show_content (self, TRUE);
  ava_window_update_actions (self);
}

/**
 * ava_window_show_page:
 * @name: live, calendar, customers or settings
 *
 * Shows a page; it is made when it is shown for the first time.
 */
void
ava_window_show_page (AvaWindow  *self,
                      const char *name)
{
  g_return_if_fail (AVA_IS_WINDOW (self));

  show_page (self, name);
  focus_page (self);
}

/**
 * ava_window_get_page:
 *
 * Returns: the name of the page that is shown
 */
const char *
ava_window_get_page (AvaWindow *self)
{
  return gtk_stack_get_visible_child_name (self->stack);
}

static void
on_row_selected (AvaWindow     *self,
                 GtkListBoxRow *row)
{
  const char *name = row != NULL ? pages[gtk_list_box_row_get_index (row)].name : NULL;

  if (name != NULL && self->context != NULL && g_strcmp0 (name, ava_window_get_page (self)) != 0)
    show_page (self, name);   /* the arrow keys go on in the list */
}

static void
on_row_activated (AvaWindow     *self,
                  GtkListBoxRow *row)
{
  show_page (self, pages[gtk_list_box_row_get_index (row)].name);
}

static void
on_back (AvaWindow *self)
{
  show_content (self, FALSE);
}

/* --- what the desk tells --- */

static void
on_calls_changed (AvaWindow *self)
{
  guint n = g_list_model_get_n_items (ava_context_get_calls (self->context));
  g_autofree char *text = g_strdup_printf ("%u", n);
  g_autofree char *words = g_strdup_printf (ngettext ("%u call", "%u calls", n), n);

  gtk_label_set_text (self->call_count, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->call_count), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  gtk_widget_set_visible (GTK_WIDGET (self->call_count), n > 0);
}

static void
on_call_started (AvaWindow      *self,
                 AvaCallSession *session)
{
  ava_live_page_add (ava_window_get_live (self), session);
}

static void
on_booked (AvaWindow      *self,
           AvaCallSession *session,
           const char     *appointment_id)
{
  AdwToast *toast = adw_toast_new (_("Ava booked an appointment"));

  adw_toast_set_button_label (toast, _("_Show"));
  adw_toast_set_action_name (toast, "win.show-appointment");
  adw_toast_set_action_target (toast, "s", appointment_id);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static void
on_safety_stop (AvaWindow *self)
{
  ava_window_show_page (self, "live");
}

static void
on_notice (AvaWindow  *self,
           const char *words)
{
  g_autofree char *markup = g_markup_escape_text (words, -1);
  AdwToast *toast = adw_toast_new (markup);

  adw_toast_set_timeout (toast, 10);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static void
watch_desk (AvaWindow *self)
{
  g_signal_connect_object (self->context, "call-started", G_CALLBACK (on_call_started), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->context, "booked", G_CALLBACK (on_booked), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->context, "safety-stop", G_CALLBACK (on_safety_stop), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->context, "notice", G_CALLBACK (on_notice), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (ava_context_get_calls (self->context), "items-changed",
                           G_CALLBACK (on_calls_changed), self, G_CONNECT_SWAPPED);
  on_calls_changed (self);
}

static void
close_at_last (gpointer user_data)
{
  AvaWindow *self = user_data;

  self->closing = TRUE;
  gtk_window_close (GTK_WINDOW (self));
}

static gboolean
ava_window_close_request (GtkWindow *window)
{
  AvaWindow *self = AVA_WINDOW (window);

  if (!self->closing && g_list_model_get_n_items (ava_context_get_calls (self->context)) > 0) {
    ava_compat_confirm (window, _("End the call?"),
                        _("Ava is talking with a caller. Closing the window ends the call; what was said is kept."),
                        _("_End Call and Close"), close_at_last, G_OBJECT (self));
    return TRUE;
  }
  /* Asked once, on the page itself: closing again leaves without saving. */
  if (!self->reminded && self->settings != NULL && ava_settings_page_is_edited (self->settings)) {
    self->reminded = TRUE;
    ava_window_show_page (self, "settings");
    ava_settings_page_remind (self->settings, _("Save or discard these edits. Closing the window once more leaves without saving them."));
    return TRUE;
  }
  return GTK_WINDOW_CLASS (ava_window_parent_class)->close_request (window);
}

static void
ava_window_realize (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (ava_window_parent_class)->realize (widget);
  ava_window_export_actions (AVA_WINDOW (widget));
}

/* The first key of a search is then as quick as the others. */
static gboolean
read_ahead_cb (gpointer user_data)
{
  AvaWindow *self = user_data;

  self->read_ahead_id = 0;
  ava_store_read_ahead_async (ava_context_get_store (self->context), self->reading_ahead, NULL, NULL);
  return G_SOURCE_REMOVE;
}

static void
ava_window_map (GtkWidget *widget)
{
  AvaWindow *self = AVA_WINDOW (widget);

  GTK_WIDGET_CLASS (ava_window_parent_class)->map (widget);
  if (self->reading_ahead != NULL || self->context == NULL)
    return;
  self->reading_ahead = g_cancellable_new ();
  self->read_ahead_id = g_idle_add_full (G_PRIORITY_LOW, read_ahead_cb, self, NULL);
}

static void
ava_window_dispose (GObject *object)
{
  AvaWindow *self = AVA_WINDOW (object);
  GApplication *application = G_APPLICATION (gtk_window_get_application (GTK_WINDOW (self)));

  if (self->export_id != 0 && application != NULL)
    g_dbus_connection_unexport_action_group (g_application_get_dbus_connection (application), self->export_id);
  self->export_id = 0;
  g_clear_handle_id (&self->read_ahead_id, g_source_remove);
  g_cancellable_cancel (self->reading_ahead);
  g_clear_object (&self->reading_ahead);
  self->live = NULL;
  self->calendar = NULL;
  self->customers = NULL;
  self->settings = NULL;
  self->undo_bar = NULL;
  g_clear_object (&self->call_actions);
  g_clear_object (&self->book);
  g_clear_object (&self->context);
  G_OBJECT_CLASS (ava_window_parent_class)->dispose (object);
}

static void
ava_window_class_init (AvaWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ava_window_dispose;
  widget_class->realize = ava_window_realize;
  widget_class->map = ava_window_map;
  GTK_WINDOW_CLASS (klass)->close_request = ava_window_close_request;

  gtk_widget_class_set_template_from_resource (widget_class, ava_compat_wants_split ()
                                                               ? "/com/getevaai/FrontDesk/ava-window-split.ui"
                                                               : "/com/getevaai/FrontDesk/ava-window-leaflet.ui");
  gtk_widget_class_bind_template_child (widget_class, AvaWindow, split);
  gtk_widget_class_bind_template_child (widget_class, AvaWindow, sidebar_list);
  gtk_widget_class_bind_template_child (widget_class, AvaWindow, call_count);
  gtk_widget_class_bind_template_child (widget_class, AvaWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, AvaWindow, title);
  gtk_widget_class_bind_template_child (widget_class, AvaWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, AvaWindow, menu_button);
  gtk_widget_class_bind_template_callback (widget_class, on_row_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_back);
}

static void
ava_window_init (AvaWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  ava_compat_name_menus (GTK_WIDGET (self->menu_button), _("Main Menu"));
}

/* Without the schema, as in a build tree, the window just has its usual size. */
static void
remember_size (AvaWindow *self)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = source != NULL
    ? g_settings_schema_source_lookup (source, AVA_APP_ID, TRUE) : NULL;
  g_autoptr (GSettings) settings = NULL;
  AvaHearing *hearing = ava_context_get_hearing (self->context);

  if (schema == NULL)
    return;
  settings = g_settings_new_full (schema, NULL, NULL);
  g_settings_bind (settings, "window-width", self, "default-width", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "window-height", self, "default-height", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "window-maximized", self, "maximized", G_SETTINGS_BIND_DEFAULT);
  ava_cloud_voice_follow (ava_context_get_cloud_voice (self->context), settings);
  ava_cloud_voice_unlock (ava_context_get_cloud_voice (self->context));
  g_settings_bind (settings, "vad-mode", hearing, "mode", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "vad-loudness-threshold", hearing, "loudness-threshold", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (settings, "vad-certainty-threshold", hearing, "certainty-threshold", G_SETTINGS_BIND_DEFAULT);
}

/* Whatever page is open, a red flag stands above it. */
static void
add_safety_banner (AvaWindow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *stack = g_object_ref (GTK_WIDGET (self->stack));

  adw_toast_overlay_set_child (self->toasts, NULL);
  gtk_widget_set_vexpand (stack, TRUE);
  gtk_box_append (GTK_BOX (box), ava_safety_banner_new (self->context));
  gtk_box_append (GTK_BOX (box), stack);
  adw_toast_overlay_set_child (self->toasts, box);
  g_object_unref (stack);
}

/**
 * ava_window_new:
 *
 * Returns: (transfer none): the window, with the page Live; owned by GTK
 */
AvaWindow *
ava_window_new (GtkApplication *application,
                AvaContext     *context)
{
  AvaWindow *self = g_object_new (AVA_TYPE_WINDOW, "application", application, NULL);
  AvaSpa *spa = ava_context_get_spa (context);

  self->context = g_object_ref (context);
  remember_size (self);
  ava_cloud_reserve_set_on_duty (ava_context_get_cloud_reserve (self->context), TRUE);
  add_safety_banner (self);
  ava_window_add_actions (self);
  ava_window_add_undo (self);
  watch_desk (self);
  if (spa != NULL && spa->name != NULL)
    adw_window_title_set_subtitle (self->title, spa->name);
  ava_window_show_page (self, "live");
  return self;
}
