/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-settings-fields.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

/* What a field belongs to; it owns this. */
typedef struct {
  AvaSettingsDraft *draft;      /* borrowed: the section has it for longer */
  AvaSettingsSection *section;  /* borrowed, the same */
  char *table;
  char *id;
  char *column;
  char *member;                 /* nullable */
  GStrv ids;                    /* nullable */
  gboolean rebuilds;
} Field;

static void
field_free (Field *field)
{
  ava_settings_draft_mark (field->draft, field, NULL);
  g_object_unref (field->draft);
  g_free (field->table);
  g_free (field->id);
  g_free (field->column);
  g_free (field->member);
  g_strfreev (field->ids);
  g_free (field);
}

static Field *
bind (gpointer                widget,
      AvaSettingsSection     *section,
      const AvaSettingsPlace *place)
{
  Field *field = g_new0 (Field, 1);

  field->section = section;
  field->draft = g_object_ref (ava_settings_section_get_draft (section));
  field->table = g_strdup (place->table);
  field->id = g_strdup (place->id);
  field->column = g_strdup (place->column);
  g_object_set_data_full (G_OBJECT (widget), "field", field, (GDestroyNotify) field_free);
  return field;
}

static JsonObject *
get_row (Field *field)
{
  return ava_settings_draft_find (field->draft, field->table, field->id);
}

static void
mark (Field      *field,
      GtkWidget  *widget,
      const char *words)
{
  if (words == NULL)
    gtk_widget_remove_css_class (widget, "error");
  else
    gtk_widget_add_css_class (widget, "error");
  ava_settings_draft_mark (field->draft, field, words);
}

static GtkWidget *
make_entry (const char *title,
            const char *text)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_editable_set_text (GTK_EDITABLE (row), text);
  return row;
}

static GtkWidget *
make_line (const char *title,
           const char *subtitle,
           GtkWidget  *control)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  if (control != NULL) {
    gtk_widget_set_valign (control, GTK_ALIGN_CENTER);
    gtk_accessible_update_property (GTK_ACCESSIBLE (control), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), control);
    adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), control);
  }
  return row;
}

/* --- Text ------------------------------------------------------------------------------------- */

static void
on_text (GtkEditable *entry,
         Field       *field)
{
  ava_settings_draft_set_text (field->draft, field->table, field->id, field->column, gtk_editable_get_text (entry));
}

GtkWidget *
ava_settings_make_text (AvaSettingsSection     *section,
                        const char             *title,
                        const AvaSettingsPlace *place)
{
  JsonObject *row = ava_settings_draft_find (ava_settings_section_get_draft (section), place->table, place->id);
  GtkWidget *entry = make_entry (title, ava_settings_get_text (row, place->column));

  g_signal_connect (entry, "changed", G_CALLBACK (on_text), bind (entry, section, place));
  return entry;
}

static void
on_name (GtkEditable *entry,
         Field       *field)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (entry)));
  JsonNode *old = field->member != NULL ? json_object_get_member (get_row (field), field->member) : NULL;

  ava_settings_section_set_title (field->section, *name != '\0' ? name : _("New"));
  if (field->member != NULL && ava_settings_draft_is_new (field->draft, field->table, field->id)) {
    g_autofree char *lower = g_utf8_strdown (name, -1);

    if (old != NULL && JSON_NODE_HOLDS_ARRAY (old))
      ava_settings_draft_set_list (field->draft, field->table, field->id, field->member, (char *[]) { *lower != '\0' ? lower : NULL, NULL });
    else
      ava_settings_draft_set_text (field->draft, field->table, field->id, field->member, name);
  }
  on_text (entry, field);
}

GtkWidget *
ava_settings_make_name (AvaSettingsSection     *section,
                        const AvaSettingsPlace *place,
                        const char             *spoken)
{
  JsonObject *row = ava_settings_draft_find (ava_settings_section_get_draft (section), place->table, place->id);
  const char *name = ava_settings_get_text (row, place->column);
  GtkWidget *entry = make_entry (_("Name"), name);
  Field *field = bind (entry, section, place);

  field->member = g_strdup (spoken);
  ava_settings_section_set_title (section, *name != '\0' ? name : _("New"));
  g_signal_connect (entry, "changed", G_CALLBACK (on_name), field);
  return entry;
}

static void
on_list (GtkEditable *entry,
         Field       *field)
{
  g_auto (GStrv) parts = g_strsplit (gtk_editable_get_text (entry), ",", -1);
  g_autoptr (GStrvBuilder) texts = g_strv_builder_new ();
  g_auto (GStrv) list = NULL;

  for (guint i = 0; parts[i] != NULL; i++) {
    if (*g_strstrip (parts[i]) != '\0')
      g_strv_builder_add (texts, parts[i]);
  }
  list = g_strv_builder_end (texts);
  ava_settings_draft_set_list (field->draft, field->table, field->id, field->column, list);
}

GtkWidget *
ava_settings_make_list (AvaSettingsSection     *section,
                        const char             *title,
                        const AvaSettingsPlace *place)
{
  JsonObject *row = ava_settings_draft_find (ava_settings_section_get_draft (section), place->table, place->id);
  g_auto (GStrv) texts = ava_settings_get_list (row, place->column);
  g_autofree char *text = g_strjoinv (", ", texts);
  GtkWidget *entry = make_entry (title, text);

  g_signal_connect (entry, "changed", G_CALLBACK (on_list), bind (entry, section, place));
  return entry;
}

/* --- Money and numbers ------------------------------------------------------------------------ */

/* "360" or "360.50" */
char *
ava_settings_print_money (gint64 cents)
{
  return cents % 100 == 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, cents / 100)
                          : g_strdup_printf ("%" G_GINT64_FORMAT ".%02d", cents / 100, (int) (cents % 100));
}

static void
on_money (GtkEditable *entry,
          Field       *field)
{
  const char *text = gtk_editable_get_text (entry);
  char *end = NULL;
  double price = g_ascii_strtod (text, &end);
  gboolean fine = end != text && *end == '\0' && isfinite (price) && price >= 0 && price < 1e6;
  g_autofree char *words = NULL;

  if (!fine)
    /* Translators: what was typed instead of a price. */
    words = g_strdup_printf (_("“%.40s” is not an amount like 360 or 360.50."), text);
  mark (field, GTK_WIDGET (entry), words);
  if (fine)
    ava_settings_draft_set_int (field->draft, field->table, field->id, field->column, llround (price * 100));
}

GtkWidget *
ava_settings_make_money (AvaSettingsSection     *section,
                         const char             *title,
                         const AvaSettingsPlace *place)
{
  JsonObject *row = ava_settings_draft_find (ava_settings_section_get_draft (section), place->table, place->id);
  g_autofree char *text = ava_settings_print_money (ava_settings_get_int (row, place->column));
  GtkWidget *entry = make_entry (title, text);

  g_signal_connect (entry, "changed", G_CALLBACK (on_money), bind (entry, section, place));
  return entry;
}

static void
on_number (GtkSpinButton *spin,
           Field         *field)
{
  ava_settings_draft_set_int (field->draft, field->table, field->id, field->column, gtk_spin_button_get_value_as_int (spin));
}

GtkWidget *
ava_settings_make_number (AvaSettingsSection     *section,
                          const char             *title,
                          const char             *subtitle,
                          const AvaSettingsPlace *place,
                          int                     least,
                          int                     most,
                          int                     step)
{
  JsonObject *row = ava_settings_draft_find (ava_settings_section_get_draft (section), place->table, place->id);
  GtkWidget *spin = gtk_spin_button_new_with_range (least, most, step);

  gtk_spin_button_set_value (GTK_SPIN_BUTTON (spin), ava_settings_get_int (row, place->column));
  g_signal_connect (spin, "value-changed", G_CALLBACK (on_number), bind (spin, section, place));
  return make_line (title, subtitle, spin);
}

/* --- Switches and choices --------------------------------------------------------------------- */

static void
on_switch (GtkSwitch  *control,
           GParamSpec *pspec,
           Field      *field)
{
  ava_settings_draft_set_int (field->draft, field->table, field->id, field->column, gtk_switch_get_active (control));
}

GtkWidget *
ava_settings_make_switch (AvaSettingsSection     *section,
                          const char             *title,
                          const char             *subtitle,
                          const AvaSettingsPlace *place)
{
  JsonObject *row = ava_settings_draft_find (ava_settings_section_get_draft (section), place->table, place->id);
  GtkWidget *control = gtk_switch_new ();

  gtk_switch_set_active (GTK_SWITCH (control), ava_settings_get_int (row, place->column) != 0);
  g_signal_connect (control, "notify::active", G_CALLBACK (on_switch), bind (control, section, place));
  return make_line (title, subtitle, control);
}

static void
on_member (GtkSwitch  *control,
           GParamSpec *pspec,
           Field      *field)
{
  g_auto (GStrv) old = ava_settings_get_list (get_row (field), field->column);
  g_autoptr (GStrvBuilder) texts = g_strv_builder_new ();
  g_auto (GStrv) list = NULL;

  for (guint i = 0; old[i] != NULL; i++) {
    if (strcmp (old[i], field->member) != 0)
      g_strv_builder_add (texts, old[i]);
  }
  if (gtk_switch_get_active (control))
    g_strv_builder_add (texts, field->member);
  list = g_strv_builder_end (texts);
  ava_settings_draft_set_list (field->draft, field->table, field->id, field->column, list);
}

GtkWidget *
ava_settings_make_member (AvaSettingsSection     *section,
                          const char             *title,
                          const char             *subtitle,
                          const AvaSettingsPlace *place,
                          const char             *member)
{
  JsonObject *row = ava_settings_draft_find (ava_settings_section_get_draft (section), place->table, place->id);
  g_auto (GStrv) texts = ava_settings_get_list (row, place->column);
  GtkWidget *control = gtk_switch_new ();
  Field *field = bind (control, section, place);

  field->member = g_strdup (member);
  gtk_switch_set_active (GTK_SWITCH (control), g_strv_contains ((const char *const *) texts, member));
  g_signal_connect (control, "notify::active", G_CALLBACK (on_member), field);
  return make_line (title, subtitle, control);
}

static void
rebuild_cb (gpointer user_data)
{
  g_autoptr (AvaSettingsSection) section = user_data;

  ava_settings_section_rebuild (section);
}

static void
on_choice (GtkDropDown *control,
           GParamSpec  *pspec,
           Field       *field)
{
  guint selected = gtk_drop_down_get_selected (control);

  if (selected >= g_strv_length (field->ids))
    return;
  ava_settings_draft_set_text (field->draft, field->table, field->id, field->column,
                               *field->ids[selected] != '\0' ? field->ids[selected] : NULL);
  if (field->rebuilds)
    g_idle_add_once (rebuild_cb, g_object_ref (field->section));
}

GtkWidget *
ava_settings_make_choice (AvaSettingsSection     *section,
                          const char             *title,
                          const AvaSettingsPlace *place,
                          const char *const      *ids,
                          const char *const      *names,
                          gboolean                rebuilds)
{
  JsonObject *row = ava_settings_draft_find (ava_settings_section_get_draft (section), place->table, place->id);
  const char *value = ava_settings_get_text (row, place->column);
  GtkWidget *control = gtk_drop_down_new_from_strings (names);
  Field *field = bind (control, section, place);

  field->ids = g_strdupv ((GStrv) ids);
  field->rebuilds = rebuilds;
  gtk_drop_down_set_selected (GTK_DROP_DOWN (control), GTK_INVALID_LIST_POSITION);
  for (guint i = 0; ids[i] != NULL; i++) {
    if (strcmp (ids[i], value) == 0)
      gtk_drop_down_set_selected (GTK_DROP_DOWN (control), i);
  }
  g_signal_connect (control, "notify::selected", G_CALLBACK (on_choice), field);
  return make_line (title, NULL, control);
}

void
ava_settings_list_choices (AvaSettingsDraft *draft,
                           const char       *table,
                           const char       *none,
                           GStrv            *ids,
                           GStrv            *names)
{
  g_autoptr (GStrvBuilder) id_builder = g_strv_builder_new ();
  g_autoptr (GStrvBuilder) name_builder = g_strv_builder_new ();
  JsonArray *rows = ava_settings_draft_list (draft, table);

  if (none != NULL) {
    g_strv_builder_add (id_builder, "");
    g_strv_builder_add (name_builder, none);
  }
  for (guint i = 0; i < json_array_get_length (rows); i++) {
    JsonObject *row = json_array_get_object_element (rows, i);

    if (ava_settings_get_int (row, "archived_us") != 0)
      continue;
    g_strv_builder_add (id_builder, ava_settings_get_text (row, "id"));
    g_strv_builder_add (name_builder, ava_settings_get_text (row, "name"));
  }
  *ids = g_strv_builder_end (id_builder);
  *names = g_strv_builder_end (name_builder);
}

/* --- Links, notes and buttons ----------------------------------------------------------------- */

static void
on_link (AdwActionRow *row)
{
  GtkWidget *section = gtk_widget_get_ancestor (GTK_WIDGET (row), AVA_TYPE_SETTINGS_SECTION);
  g_autofree char *item = g_strdup (g_object_get_data (G_OBJECT (row), "item"));

  ava_settings_section_open (AVA_SETTINGS_SECTION (section), item);
}

GtkWidget *
ava_settings_make_link (AvaSettingsSection *section,
                        const char         *title,
                        const char         *subtitle,
                        const char         *item)
{
  GtkWidget *row = make_line (title, subtitle, NULL);
  GtkWidget *arrow = gtk_image_new_from_icon_name ("go-next-symbolic");

  gtk_accessible_update_state (GTK_ACCESSIBLE (arrow), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), arrow);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "item", g_strdup (item), g_free);
  g_signal_connect (row, "activated", G_CALLBACK (on_link), NULL);
  return row;
}

/* Words that nobody changes here. */
GtkWidget *
ava_settings_make_note (const char *title,
                        const char *subtitle)
{
  return make_line (title, subtitle, NULL);
}

GtkWidget *
ava_settings_make_button (const char         *mnemonic,
                          GCallback           clicked,
                          AvaSettingsSection *section)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (mnemonic);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect_object (button, "clicked", clicked, section, G_CONNECT_SWAPPED);
  return button;
}

void
ava_settings_add_button (AdwPreferencesGroup *group,
                         const char          *mnemonic,
                         GCallback            clicked,
                         AvaSettingsSection  *section)
{
  GtkWidget *button = ava_settings_make_button (mnemonic, clicked, section);

  gtk_widget_set_margin_start (button, 12);   /* the group leaves none between its description and this */
  adw_preferences_group_set_header_suffix (group, button);
}

static void
on_remove (AvaSettingsSection *section,
           GtkButton          *button)
{
  g_autofree char *item = g_strdup (ava_settings_section_get_item (section));

  ava_settings_draft_remove (ava_settings_section_get_draft (section), g_object_get_data (G_OBJECT (button), "table"), item);
  ava_settings_section_open (section, NULL);
}

void
ava_settings_add_removal (AvaSettingsSection *section,
                          const char         *mnemonic,
                          const char         *table)
{
  AdwPreferencesGroup *group = ava_settings_section_add_group (section, NULL, NULL);
  GtkWidget *button = ava_settings_make_button (mnemonic, G_CALLBACK (on_remove), section);

  g_object_set_data_full (G_OBJECT (button), "table", g_strdup (table), g_free);
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "destructive-action");
  adw_preferences_group_add (group, button);
}
