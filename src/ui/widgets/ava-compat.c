/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

/* The one file that may use newer libadwaita: it is compiled without the upper fence. */
#undef ADW_VERSION_MAX_ALLOWED
#undef GDK_VERSION_MAX_ALLOWED

#include "ava-compat.h"

#include <glib/gi18n.h>

/**
 * ava_compat_show_about:
 *
 * Tells what this program is.
 */
void
ava_compat_show_about (GtkWindow *parent)
{
#if ADW_CHECK_VERSION (1, 5, 0)
  AdwDialog *about = adw_about_dialog_new ();
#else
  GtkWidget *about = adw_about_window_new ();

  gtk_window_set_transient_for (GTK_WINDOW (about), parent);
#endif
  g_object_set (about,
                "application-name", _("Ava Front Desk"),
                "application-icon", AVA_APP_ID,
                "version", AVA_VERSION,
                "developer-name", _("The Ava Front Desk developers"),
                "license-type", GTK_LICENSE_GPL_3_0,
                "comments", _("Ava answers the phone of your spa and books appointments. "
                              "Everything stays on this computer."),
                NULL);
#if ADW_CHECK_VERSION (1, 5, 0)
  adw_dialog_present (about, GTK_WIDGET (parent));
#else
  gtk_window_present (GTK_WINDOW (about));
#endif
}

typedef struct {
  AvaConfirmed confirmed;
  GWeakRef user_data;
} Question;

static void
question_free (gpointer  data,
               GClosure *closure)
{
  Question *question = data;

  g_weak_ref_clear (&question->user_data);
  g_free (question);
}

static void
on_response (gpointer    dialog,
             const char *response,
             Question   *question)
{
  g_autoptr (GObject) user_data = g_weak_ref_get (&question->user_data);

  if (g_str_equal (response, "confirm") && user_data != NULL)
    question->confirmed (user_data);
}

static gpointer
make_dialog (GtkWindow  *parent,
             const char *heading,
             const char *body)
{
#if ADW_CHECK_VERSION (1, 5, 0)
  return adw_alert_dialog_new (heading, body);
#else
  GtkWidget *dialog = adw_message_dialog_new (parent, heading, body);

  gtk_window_set_destroy_with_parent (GTK_WINDOW (dialog), TRUE);
  return dialog;
#endif
}

static void
add_response (gpointer    dialog,
              const char *id,
              const char *label,
              gboolean    destructive)
{
#if ADW_CHECK_VERSION (1, 5, 0)
  adw_alert_dialog_add_response (dialog, id, label);
  if (destructive)
    adw_alert_dialog_set_response_appearance (dialog, id, ADW_RESPONSE_DESTRUCTIVE);
#else
  adw_message_dialog_add_response (dialog, id, label);
  if (destructive)
    adw_message_dialog_set_response_appearance (dialog, id, ADW_RESPONSE_DESTRUCTIVE);
#endif
}

static void
present_dialog (gpointer   dialog,
                GtkWindow *parent)
{
#if ADW_CHECK_VERSION (1, 5, 0)
  adw_dialog_present (dialog, GTK_WIDGET (parent));
#else
  gtk_window_present (dialog);
#endif
}

/**
 * ava_compat_confirm:
 * @confirmed: called with @user_data when the answer is yes
 * @user_data: (transfer none): when it is gone by then, nothing is done
 *
 * Asks before something that ends or loses something.
 */
void
ava_compat_confirm (GtkWindow    *parent,
                    const char   *heading,
                    const char   *body,
                    const char   *confirm_label,
                    AvaConfirmed  confirmed,
                    GObject      *user_data)
{
  gpointer dialog = make_dialog (parent, heading, body);
  Question *question = g_new0 (Question, 1);

  question->confirmed = confirmed;
  g_weak_ref_init (&question->user_data, user_data);
  add_response (dialog, "cancel", _("_Cancel"), FALSE);
  add_response (dialog, "confirm", confirm_label, TRUE);
  g_object_set (dialog, "default-response", "cancel", "close-response", "cancel", NULL);
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_response), question, question_free, 0);
  present_dialog (dialog, parent);
}

/**
 * ava_compat_show_trouble:
 *
 * Says what went wrong and waits until it is read.
 */
void
ava_compat_show_trouble (GtkWindow  *parent,
                         const char *heading,
                         const char *body)
{
  gpointer dialog = make_dialog (parent, heading, body);

  add_response (dialog, "close", _("_Close"), FALSE);
  g_object_set (dialog, "default-response", "close", "close-response", "close", NULL);
  present_dialog (dialog, parent);
}

/**
 * ava_compat_get_color:
 * @name: (nullable): of a named colour; %NULL for the colour of the widget's text
 * @color: (out): it; the text's colour when there is no such name
 */
void
ava_compat_get_color (GtkWidget  *widget,
                      const char *name,
                      GdkRGBA    *color)
{
  G_GNUC_BEGIN_IGNORE_DEPRECATIONS
  GtkStyleContext *context = gtk_widget_get_style_context (widget);

  if (name == NULL || !gtk_style_context_lookup_color (context, name, color))
    gtk_style_context_get_color (context, color);
  G_GNUC_END_IGNORE_DEPRECATIONS
}

/**
 * ava_compat_name_menus:
 * @widget: a menu button, or what has one inside
 * @label: what screen readers call it
 *
 * The button that people press lies inside the menu button, and GTK 4.8 gives it no name.
 */
void
ava_compat_name_menus (GtkWidget  *widget,
                       const char *label)
{
  if (GTK_IS_MENU_BUTTON (widget) || GTK_IS_TOGGLE_BUTTON (widget))
    gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  if (GTK_IS_TOGGLE_BUTTON (widget))
    return;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    if (!GTK_IS_POPOVER (child))
      ava_compat_name_menus (child, label);
  }
}

/**
 * ava_compat_name_button:
 * @button: with a text of its own
 * @label: what screen readers call it instead, since the text alone does not say enough
 *
 * A text that is set later takes the name back in newer GTK: name it after that.
 */
void
ava_compat_name_button (GtkWidget  *button,
                        const char *label)
{
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

/**
 * ava_compat_announce:
 * @words: what a screen reader says now
 *
 * GTK before 4.14 cannot: there an alert that appears is what a screen reader notices.
 */
void
ava_compat_announce (GtkWidget  *widget,
                     const char *words)
{
#if GTK_CHECK_VERSION (4, 14, 0)
  gtk_accessible_announce (GTK_ACCESSIBLE (widget), words, GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
#endif
}

/* --- Fields of rows ---------------------------------------------------------------------------- */

static void (*entry_row_constructed) (GObject *object);

/* What stands in a field is its description: the text inside a row has no text of its own on the bus. */
static void
tell_field (GtkWidget *row)
{
  GtkEditable *text = gtk_editable_get_delegate (GTK_EDITABLE (row));
  gboolean secret = ADW_IS_PASSWORD_ENTRY_ROW (row);

  gtk_accessible_update_property (GTK_ACCESSIBLE (text),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, secret ? "" : gtk_editable_get_text (text), -1);
}

static void
construct_entry_row (GObject *object)
{
  GtkEditable *text;

  entry_row_constructed (object);
  text = gtk_editable_get_delegate (GTK_EDITABLE (object));
  g_object_set (text, "accessible-role", GTK_ACCESSIBLE_ROLE_TEXT_BOX, NULL);
  g_signal_connect (object, "notify::title", G_CALLBACK (tell_field), NULL);
  g_signal_connect (object, "changed", G_CALLBACK (tell_field), NULL);
  tell_field (GTK_WIDGET (object));
}

/**
 * ava_compat_tell_fields:
 *
 * A screen reader is told which widget has the keyboard. In an AdwEntryRow that is a text inside it, which GTK before
 * 4.10 hides from the bus, and the row cannot say that it has the keyboard for it: nothing would be heard. So
 * the text is shown there, with the row's name. Once, before the first row is made.
 */
void
ava_compat_tell_fields (void)
{
  GObjectClass *entry_row;

  if (entry_row_constructed != NULL || gtk_check_version (4, 10, 0) == NULL)
    return;
  entry_row = g_type_class_ref (ADW_TYPE_ENTRY_ROW);   /* kept: the class stays as it is made here */
  entry_row_constructed = entry_row->constructed;
  entry_row->constructed = construct_entry_row;
}

/**
 * ava_compat_open_uri:
 *
 * Hands @uri to the program of this computer that is there for it.
 */
void
ava_compat_open_uri (GtkWindow           *parent,
                     const char          *uri,
                     GAsyncReadyCallback  callback,
                     gpointer             user_data)
{
  G_GNUC_BEGIN_IGNORE_DEPRECATIONS   /* GtkUriLauncher, which took its place, is of GTK 4.10 */
  gtk_show_uri_full (parent, uri, GDK_CURRENT_TIME, NULL, callback, user_data);
  G_GNUC_END_IGNORE_DEPRECATIONS
}

/* Returns: whether a program was started */
gboolean
ava_compat_open_uri_finish (GtkWindow     *parent,
                            GAsyncResult  *result,
                            GError       **error)
{
  G_GNUC_BEGIN_IGNORE_DEPRECATIONS
  return gtk_show_uri_full_finish (parent, result, error);
  G_GNUC_END_IGNORE_DEPRECATIONS
}

/**
 * ava_compat_wants_split:
 *
 * Returns: whether the window uses the split view of newer libadwaita. AVA_WINDOW=leaflet or
 *   AVA_WINDOW=split force either, as far as the running libadwaita has it.
 */
gboolean
ava_compat_wants_split (void)
{
  gboolean has_split = adw_get_major_version () > 1 || adw_get_minor_version () >= 4;

  return has_split && g_strcmp0 (g_getenv ("AVA_WINDOW"), "leaflet") != 0;
}
