/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-settings-section.h"

#include <glib/gi18n.h>

struct _AvaSettingsSection {
  AdwBin parent_instance;

  /* Borrowed References, of the tree of widgets */
  GtkWidget *bar;              /* shown while something is opened */
  GtkLabel *title;
  AdwPreferencesPage *form;    /* NULL until it is filled first */
  GtkBox *box;

  /* Owned References */
  AvaSettingsDraft *draft;
  char *item;                  /* nullable */

  AvaSettingsFill fill;
  gboolean stale;              /* not on the screen: filled when it is */
};

enum { OPENED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AvaSettingsSection, ava_settings_section, ADW_TYPE_BIN)

static void
on_back (AvaSettingsSection *self)
{
  ava_settings_section_open (self, NULL);
}

static double
get_scroll (AvaSettingsSection *self)
{
  GtkWidget *scrolled = self->form != NULL ? gtk_widget_get_first_child (GTK_WIDGET (self->form)) : NULL;

  return GTK_IS_SCROLLED_WINDOW (scrolled)
           ? gtk_adjustment_get_value (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled))) : 0;
}

typedef struct {
  GtkAdjustment *place;
  double value;
} Scroll;

static gboolean
scroll_cb (GtkWidget     *widget,
           GdkFrameClock *clock,
           gpointer       user_data)
{
  Scroll *scroll = user_data;

  gtk_adjustment_set_value (scroll->place, scroll->value);
  return G_SOURCE_REMOVE;
}

/* Where in the form the keyboard is: places among siblings, from the bottom up. */
static GArray *
trace_focus (AvaSettingsSection *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *widget = root != NULL ? gtk_root_get_focus (root) : NULL;
  GArray *places = g_array_new (FALSE, FALSE, sizeof (guint));

  if (self->form == NULL || widget == NULL || !gtk_widget_is_ancestor (widget, GTK_WIDGET (self->form)))
    return places;
  for (; widget != GTK_WIDGET (self->form); widget = gtk_widget_get_parent (widget)) {
    guint place = 0;

    for (GtkWidget *before = gtk_widget_get_prev_sibling (widget); before != NULL; before = gtk_widget_get_prev_sibling (before))
      place++;
    g_array_append_val (places, place);
  }
  return places;
}

/* A form that was filled anew has the keyboard where the old one had it, or as near as there is something. */
static void
follow_focus (AvaSettingsSection *self,
              GArray             *places)
{
  GtkWidget *widget = GTK_WIDGET (self->form);

  for (guint i = places->len; i > 0 && widget != NULL; i--) {
    GtkWidget *child = gtk_widget_get_first_child (widget);

    for (guint place = g_array_index (places, guint, i - 1); place > 0 && child != NULL; place--)
      child = gtk_widget_get_next_sibling (child);
    if (child == NULL)
      break;
    widget = child;
  }
  if (places->len > 0 && !gtk_widget_grab_focus (widget))
    gtk_widget_child_focus (widget, GTK_DIR_TAB_FORWARD);
}

static void
fill (AvaSettingsSection *self)
{
  double value = get_scroll (self);
  g_autoptr (GArray) places = trace_focus (self);
  GtkWidget *scrolled;

  self->stale = FALSE;
  if (self->form != NULL)
    gtk_box_remove (self->box, GTK_WIDGET (self->form));
  self->form = ADW_PREFERENCES_PAGE (adw_preferences_page_new ());
  gtk_widget_set_vexpand (GTK_WIDGET (self->form), TRUE);
  gtk_box_append (self->box, GTK_WIDGET (self->form));
  self->fill (self);
  gtk_widget_set_visible (self->bar, self->item != NULL);
  follow_focus (self, places);
  /* Rows that come and go leave the view where it is. */
  scrolled = gtk_widget_get_first_child (GTK_WIDGET (self->form));
  if (value > 0 && GTK_IS_SCROLLED_WINDOW (scrolled)) {
    Scroll *scroll = g_new (Scroll, 1);

    *scroll = (Scroll) { gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled)), value };
    gtk_widget_add_tick_callback (scrolled, scroll_cb, scroll, g_free);
  }
}

static void
on_loaded (AvaSettingsSection *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    fill (self);
  else
    self->stale = TRUE;
}

static void
ava_settings_section_map (GtkWidget *widget)
{
  AvaSettingsSection *self = AVA_SETTINGS_SECTION (widget);

  if ((self->stale || self->form == NULL) && ava_settings_draft_is_loaded (self->draft))
    fill (self);
  GTK_WIDGET_CLASS (ava_settings_section_parent_class)->map (widget);
}

static void
ava_settings_section_dispose (GObject *object)
{
  AvaSettingsSection *self = AVA_SETTINGS_SECTION (object);

  g_clear_object (&self->draft);
  g_clear_pointer (&self->item, g_free);
  G_OBJECT_CLASS (ava_settings_section_parent_class)->dispose (object);
}

static void
ava_settings_section_class_init (AvaSettingsSectionClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ava_settings_section_dispose;
  GTK_WIDGET_CLASS (klass)->map = ava_settings_section_map;
  signals[OPENED] = g_signal_new ("opened", AVA_TYPE_SETTINGS_SECTION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static gboolean
on_key (AvaSettingsSection *self,
        guint               keyval,
        guint               keycode,
        GdkModifierType     state)
{
  gboolean back = keyval == GDK_KEY_Escape || (keyval == GDK_KEY_Left && (state & GDK_ALT_MASK) != 0);

  if (!back || self->item == NULL)
    return FALSE;
  on_back (self);
  return TRUE;
}

static void
ava_settings_section_init (AvaSettingsSection *self)
{
  GtkWidget *back = gtk_button_new_from_icon_name ("go-previous-symbolic");
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 0));
  self->bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->title = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (self->bar, "page-bar");
  gtk_widget_add_css_class (back, "flat");
  gtk_widget_set_tooltip_text (back, _("Back"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (back), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Back"), -1);
  gtk_widget_add_css_class (GTK_WIDGET (self->title), "heading");
  gtk_label_set_ellipsize (self->title, PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (self->bar), back);
  gtk_box_append (GTK_BOX (self->bar), GTK_WIDGET (self->title));
  gtk_widget_set_visible (self->bar, FALSE);
  gtk_box_append (self->box, self->bar);
  g_signal_connect_object (back, "clicked", G_CALLBACK (on_back), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (on_key), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->box));
}

/**
 * ava_settings_section_new:
 *
 * Returns: (transfer floating): filled once it is shown and the draft is loaded
 */
GtkWidget *
ava_settings_section_new (AvaSettingsDraft *draft,
                          AvaSettingsFill   fill_form)
{
  AvaSettingsSection *self = g_object_new (AVA_TYPE_SETTINGS_SECTION, NULL);

  self->draft = g_object_ref (draft);
  self->fill = fill_form;
  g_signal_connect_object (draft, "loaded", G_CALLBACK (on_loaded), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

AvaSettingsDraft *
ava_settings_section_get_draft (AvaSettingsSection *self)
{
  return self->draft;
}

AvaContext *
ava_settings_section_get_context (AvaSettingsSection *self)
{
  return ava_settings_draft_get_context (self->draft);
}

const char *
ava_settings_section_get_item (AvaSettingsSection *self)
{
  return self->item;
}

/**
 * ava_settings_section_open:
 * @item: (nullable): what to show alone; %NULL for all of the section
 */
void
ava_settings_section_open (AvaSettingsSection *self,
                           const char         *item)
{
  g_return_if_fail (AVA_IS_SETTINGS_SECTION (self));

  if (g_strcmp0 (self->item, item) == 0)
    return;
  g_free (self->item);
  self->item = g_strdup (item);
  if (self->form != NULL)
    gtk_box_remove (self->box, GTK_WIDGET (self->form));
  self->form = NULL;
  if (ava_settings_draft_is_loaded (self->draft))
    fill (self);
  ava_settings_section_focus_first (self);
  g_signal_emit (self, signals[OPENED], 0);
}

/**
 * ava_settings_section_keeps:
 * @id: of the row that is opened
 *
 * For the function that fills the section: what was discarded, or taken away by another desk, is closed.
 *
 * Returns: whether the row is still there; otherwise nothing is opened any more
 */
gboolean
ava_settings_section_keeps (AvaSettingsSection *self,
                            const char         *table,
                            const char         *id)
{
  g_return_val_if_fail (AVA_IS_SETTINGS_SECTION (self), FALSE);

  if (ava_settings_draft_find (self->draft, table, id) != NULL)
    return TRUE;
  g_clear_pointer (&self->item, g_free);
  g_signal_emit (self, signals[OPENED], 0);
  return FALSE;
}

void
ava_settings_section_set_title (AvaSettingsSection *self,
                                const char         *title)
{
  gtk_label_set_text (self->title, title);
}

/* Rows came or went. */
void
ava_settings_section_rebuild (AvaSettingsSection *self)
{
  fill (self);
}

static GtkWidget *
find_field (GtkWidget *from)
{
  if (GTK_IS_EDITABLE (from) && gtk_widget_get_mapped (from))
    return from;
  for (GtkWidget *child = gtk_widget_get_first_child (from); child != NULL; child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find_field (child);

    if (found != NULL)
      return found;
  }
  return NULL;
}

/* The keyboard goes to the first thing of the form: when something is opened, to its name. */
void
ava_settings_section_focus_first (AvaSettingsSection *self)
{
  GtkWidget *field = self->form != NULL && self->item != NULL ? find_field (GTK_WIDGET (self->form)) : NULL;

  GtkWidget *focus;

  if (self->form == NULL || gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;
  if (field == NULL || !gtk_widget_grab_focus (field))
    gtk_widget_child_focus (GTK_WIDGET (self->form), GTK_DIR_TAB_FORWARD);
  focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));
  if (GTK_IS_TEXT (focus))
    gtk_editable_set_position (GTK_EDITABLE (focus), -1);   /* what stands there is not typed over by mistake */
}

/**
 * ava_settings_section_add_group:
 * @title: (nullable):
 * @description: (nullable):
 *
 * Returns: (transfer none): a new group at the end of the form
 */
AdwPreferencesGroup *
ava_settings_section_add_group (AvaSettingsSection *self,
                                const char         *title,
                                const char         *description)
{
  GtkWidget *group = adw_preferences_group_new ();
  g_autofree char *title_markup = title != NULL ? g_markup_escape_text (title, -1) : NULL;
  g_autofree char *markup = description != NULL ? g_markup_escape_text (description, -1) : NULL;

  if (title != NULL)
    adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title_markup);
  if (description != NULL)
    adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), markup);
  adw_preferences_page_add (self->form, ADW_PREFERENCES_GROUP (group));
  return ADW_PREFERENCES_GROUP (group);
}
