/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-settings-page.h"

#include "ava-settings-fold.h"
#include "ava-settings-review.h"
#include "ava-settings-sections.h"

#include <glib/gi18n.h>

struct _AvaSettingsPage {
  AdwBin parent_instance;

  /* Borrowed References, of the tree of widgets */
  AvaSettingsFold *fold;
  GtkListBox *list;
  GtkStack *stack;
  GtkWidget *bar;              /* the way back to the list, when it is folded */
  GtkLabel *title;
  AvaSettingsReview *review;
  GPtrArray *marks;            /* GtkWidget by section: something is not saved */

  /* Owned References */
  AvaSettingsDraft *draft;
};

G_DEFINE_FINAL_TYPE (AvaSettingsPage, ava_settings_page, ADW_TYPE_BIN)

static const struct {
  const char *name;
  const char *title;
  const char *icon;
  AvaSettingsFill fill;
  const char *tables[4];       /* whose edits are its own */
} sections[] = {
  { "general", N_("General"), "emblem-system-symbolic", ava_general_settings_fill, { "settings", "locations" } },
  { "locations", N_("Locations"), "ava-location-symbolic", ava_locations_settings_fill, { "locations" } },
  { "hours", N_("Opening Hours"), "ava-clock-symbolic", ava_hours_settings_fill, { "hours", "hours_exceptions" } },
  { "services", N_("Services"), "ava-list-symbolic", ava_services_settings_fill, { "services" } },
  { "packages", N_("Packages"), "ava-package-symbolic", ava_packages_settings_fill, { "packages" } },
  { "providers", N_("Providers"), "ava-person-symbolic", ava_providers_settings_fill, { "providers" } },
  { "rooms", N_("Rooms and Devices"), "ava-room-symbolic", ava_rooms_settings_fill, { "rooms", "blocks" } },
  { "safety", N_("Safety"), "ava-shield-symbolic", ava_safety_settings_fill, { "safety_rules" } },
  { "people", N_("People and Roles"), "ava-customers-symbolic", ava_people_settings_fill, { "people", "roles" } },
  { "hearing", N_("Ava's Hearing"), "ava-microphone-symbolic", ava_hearing_settings_fill, { NULL } },
  { "voice", N_("Ava's Voice"), "ava-cloud-symbolic", ava_voice_settings_fill, { NULL } },
  { "file", N_("Import and Export"), "ava-storage-symbolic", ava_file_settings_fill, { NULL } },
};

static int
find_section (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (sections); i++) {
    if (g_strcmp0 (sections[i].name, name) == 0)
      return i;
  }
  return -1;
}

/* Folded there is one way back at a time: to the section, then to the list. */
static void
update_bar (AvaSettingsPage *self)
{
  GtkWidget *section = gtk_stack_get_visible_child (self->stack);

  gtk_widget_set_visible (self->bar, ava_settings_fold_is_folded (self->fold) && section != NULL &&
                                       ava_settings_section_get_item (AVA_SETTINGS_SECTION (section)) == NULL);
}

/* Sections are made when they are first shown. */
static void
show (AvaSettingsPage *self,
      guint            at)
{
  if (gtk_stack_get_child_by_name (self->stack, sections[at].name) == NULL) {
    GtkWidget *section = ava_settings_section_new (self->draft, sections[at].fill);

    g_signal_connect_object (section, "opened", G_CALLBACK (update_bar), self, G_CONNECT_SWAPPED);
    gtk_stack_add_named (self->stack, section, sections[at].name);
  }
  gtk_stack_set_visible_child_name (self->stack, sections[at].name);
  gtk_label_set_text (self->title, _(sections[at].title));
  update_bar (self);
}

static void
on_row_selected (AvaSettingsPage *self,
                 GtkListBoxRow   *row)
{
  if (row != NULL)
    show (self, gtk_list_box_row_get_index (row));
}

static void
on_row_activated (AvaSettingsPage *self,
                  GtkListBoxRow   *row)
{
  AvaSettingsSection *section;

  show (self, gtk_list_box_row_get_index (row));
  section = AVA_SETTINGS_SECTION (gtk_stack_get_visible_child (self->stack));
  ava_settings_section_open (section, NULL);
  ava_settings_fold_set_show_content (self->fold, TRUE);
  ava_settings_section_focus_first (section);
}

static void
on_back (AvaSettingsPage *self)
{
  ava_settings_fold_set_show_content (self->fold, FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (gtk_list_box_get_selected_row (self->list)));
}

static void
update_marks (AvaSettingsPage *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (sections); i++) {
    gboolean edited = FALSE;

    for (guint t = 0; sections[i].tables[t] != NULL; t++)
      edited = edited || ava_settings_draft_is_edited (self->draft, sections[i].tables[t]);
    gtk_widget_set_visible (self->marks->pdata[i], edited);
  }
}

/* A button that was pressed is gone, with the keyboard on it: back to the form. */
static void
on_reviewed (AvaSettingsPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *section = gtk_stack_get_visible_child (self->stack);

  update_marks (self);
  if (section != NULL && gtk_widget_get_mapped (section) && (focus == NULL || !gtk_widget_get_mapped (focus)))
    ava_settings_section_focus_first (AVA_SETTINGS_SECTION (section));
}

static GtkWidget *
make_row (AvaSettingsPage *self,
          guint            at)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *icon = gtk_image_new_from_icon_name (sections[at].icon);
  GtkWidget *label = gtk_label_new (_(sections[at].title));
  GtkWidget *dot = gtk_label_new ("•");

  gtk_accessible_update_state (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (dot, "accent");
  gtk_widget_set_tooltip_text (dot, _("Not saved yet"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (dot), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Not saved yet"), -1);
  gtk_widget_set_visible (dot, FALSE);
  g_ptr_array_add (self->marks, dot);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), dot);
  g_object_set (box, "margin-start", 6, "margin-end", 6, NULL);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, _(sections[at].title), -1);
  return row;
}

static GtkWidget *
make_list (AvaSettingsPage *self)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "navigation-sidebar");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Sections of the settings"), -1);
  for (guint i = 0; i < G_N_ELEMENTS (sections); i++)
    gtk_list_box_append (self->list, make_row (self, i));
  g_signal_connect_object (self->list, "row-selected", G_CALLBACK (on_row_selected), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (on_row_activated), self, G_CONNECT_SWAPPED);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->list));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_width (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  return scrolled;
}

static GtkWidget *
make_content (AvaSettingsPage *self)
{
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *back = gtk_button_new_from_icon_name ("go-previous-symbolic");

  self->bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->title = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (self->bar, "page-bar");
  gtk_widget_add_css_class (back, "flat");
  gtk_widget_add_css_class (GTK_WIDGET (self->title), "heading");
  gtk_widget_set_tooltip_text (back, _("All Settings"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (back), GTK_ACCESSIBLE_PROPERTY_LABEL, _("All Settings"), -1);
  g_signal_connect_object (back, "clicked", G_CALLBACK (on_back), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->bar), back);
  gtk_box_append (GTK_BOX (self->bar), GTK_WIDGET (self->title));
  gtk_widget_set_visible (self->bar, FALSE);
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_set_hhomogeneous (self->stack, FALSE);
  gtk_stack_set_vhomogeneous (self->stack, FALSE);
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  self->review = AVA_SETTINGS_REVIEW (ava_settings_review_new (self->draft));
  gtk_box_append (GTK_BOX (content), self->bar);
  gtk_box_append (GTK_BOX (content), GTK_WIDGET (self->stack));
  gtk_box_append (GTK_BOX (content), GTK_WIDGET (self->review));
  return content;
}

static void
ava_settings_page_dispose (GObject *object)
{
  AvaSettingsPage *self = AVA_SETTINGS_PAGE (object);

  if (self->draft != NULL)
    ava_settings_draft_close (self->draft);
  g_clear_object (&self->draft);
  g_clear_pointer (&self->marks, g_ptr_array_unref);
  G_OBJECT_CLASS (ava_settings_page_parent_class)->dispose (object);
}

static void
ava_settings_page_class_init (AvaSettingsPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ava_settings_page_dispose;
}

static void
ava_settings_page_init (AvaSettingsPage *self)
{
  self->marks = g_ptr_array_new ();
}

/**
 * ava_settings_page_new:
 *
 * Returns: (transfer floating): the page; it fills once the settings are read
 */
AvaSettingsPage *
ava_settings_page_new (AvaContext *context)
{
  AvaSettingsPage *self = g_object_new (AVA_TYPE_SETTINGS_PAGE, NULL);
  GtkWidget *list = make_list (self);

  self->draft = ava_settings_draft_new (context);
  self->fold = AVA_SETTINGS_FOLD (ava_settings_fold_new (list, make_content (self)));
  g_signal_connect_object (self->fold, "notify::folded", G_CALLBACK (update_bar), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->draft, "edited", G_CALLBACK (update_marks), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->draft, "reviewed", G_CALLBACK (on_reviewed), self, G_CONNECT_SWAPPED);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->fold));
  gtk_list_box_select_row (self->list, gtk_list_box_get_row_at_index (self->list, 0));
  return self;
}

void
ava_settings_page_show_section (AvaSettingsPage *self,
                                const char      *section)
{
  int at = find_section (section);

  g_return_if_fail (AVA_IS_SETTINGS_PAGE (self) && at >= 0);

  gtk_list_box_select_row (self->list, gtk_list_box_get_row_at_index (self->list, at));
  ava_settings_fold_set_show_content (self->fold, TRUE);
}

const char *
ava_settings_page_get_section (AvaSettingsPage *self)
{
  return gtk_stack_get_visible_child_name (self->stack);
}

gboolean
ava_settings_page_is_edited (AvaSettingsPage *self)
{
  return ava_settings_draft_is_edited (self->draft, NULL);
}

/* Somebody is about to leave with edits that are not saved. */
void
ava_settings_page_remind (AvaSettingsPage *self,
                          const char      *words)
{
  ava_settings_fold_set_show_content (self->fold, TRUE);
  ava_settings_review_remind (self->review, words);
}
