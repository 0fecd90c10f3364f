/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-settings-fields.h"

#include <glib/gi18n.h>
#include <string.h>

/* The colour of a provider in the calendar: one of a few that are told apart, by mouse or arrow keys. */

#define SIZE 20   /* [px] of a swatch */

static const struct { const char *code; const char *name; } palette[] = {
  { "#3584e4", NC_("colour", "Blue") }, { "#2ec27e", NC_("colour", "Green") }, { "#e5a50a", NC_("colour", "Yellow") },
  { "#e66100", NC_("colour", "Orange") }, { "#e01b24", NC_("colour", "Red") }, { "#c061cb", NC_("colour", "Purple") },
  { "#986a44", NC_("colour", "Brown") }, { "#77767b", NC_("colour", "Grey") },
};

static void
draw (GtkDrawingArea *area,
      cairo_t        *cr,
      int             width,
      int             height,
      gpointer        user_data)
{
  GdkRGBA rgba;

  if (!gdk_rgba_parse (&rgba, user_data))
    return;
  gdk_cairo_set_source_rgba (cr, &rgba);
  cairo_arc (cr, width / 2.0, height / 2.0, MIN (width, height) / 2.0, 0, 2 * G_PI);
  cairo_fill (cr);
}

static void
on_toggled (GtkToggleButton    *button,
            AvaSettingsSection *section)
{
  const char *provider = g_object_get_data (G_OBJECT (button), "provider");
  const char *code = g_object_get_data (G_OBJECT (button), "code");

  if (gtk_toggle_button_get_active (button))
    ava_settings_draft_set_text (ava_settings_section_get_draft (section), "providers", provider, "colour", code);
}

static GtkWidget *
make_swatch (AvaSettingsSection *section,
             const char         *provider_id,
             const char         *code,
             const char         *name,
             gboolean            chosen)
{
  GtkWidget *button = gtk_toggle_button_new ();
  GtkWidget *area = gtk_drawing_area_new ();

  gtk_drawing_area_set_content_width (GTK_DRAWING_AREA (area), SIZE);
  gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (area), SIZE);
  gtk_widget_set_halign (area, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (area, GTK_ALIGN_CENTER);
  g_object_set_data_full (G_OBJECT (button), "code", g_strdup (code), g_free);
  g_object_set_data_full (G_OBJECT (button), "provider", g_strdup (provider_id), g_free);
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (area), draw, g_strdup (code), g_free);
  gtk_button_set_child (GTK_BUTTON (button), area);
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "swatch");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), chosen);
  g_signal_connect_object (button, "toggled", G_CALLBACK (on_toggled), section, 0);
  return button;
}

static void
append (GtkWidget  *box,
        GtkWidget  *swatch)
{
  GtkWidget *first = gtk_widget_get_first_child (box);

  if (first != NULL)
    gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (swatch), GTK_TOGGLE_BUTTON (first));
  gtk_box_append (GTK_BOX (box), swatch);
}

/* The colour that the fewest rows before this one have, when each took the next. */
const char *
ava_settings_pick_colour (guint providers)
{
  return palette[providers % G_N_ELEMENTS (palette)].code;
}

/* Returns: (transfer floating): a row to choose from; a colour of the provider's own, from a file, stays among them */
GtkWidget *
ava_settings_make_colour (AvaSettingsSection *section,
                          const char         *provider_id)
{
  JsonObject *row = ava_settings_draft_find (ava_settings_section_get_draft (section), "providers", provider_id);
  const char *colour = ava_settings_get_text (row, "colour");
  GtkWidget *line = ava_settings_make_note (_("Colour in the calendar"), NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gboolean known = *colour == '\0';

  for (guint i = 0; i < G_N_ELEMENTS (palette); i++) {
    gboolean chosen = g_ascii_strcasecmp (palette[i].code, colour) == 0;

    known = known || chosen;
    append (box, make_swatch (section, provider_id, palette[i].code, g_dpgettext2 (NULL, "colour", palette[i].name), chosen));
  }
  if (!known)
    append (box, make_swatch (section, provider_id, colour, _("Their own colour"), TRUE));
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (line), box);
  return line;
}
