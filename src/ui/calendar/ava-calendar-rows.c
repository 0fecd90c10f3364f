/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-calendar-rows.h"

#include "ava-compat.h"

#include <glib/gi18n.h>

#define FACT_CHARS 26   /* the widest value before it wraps, in characters */

/**
 * ava_calendar_rows_add_fact:
 * @row: (inout): of the grid, one further when it was used
 * @value: (nullable): what is not known has no row
 */
void
ava_calendar_rows_add_fact (GtkGrid    *grid,
                            int        *row,
                            const char *title,
                            const char *value)
{
  GtkWidget *key;
  GtkWidget *label;

  if (value == NULL || *value == '\0')
    return;
  key = gtk_label_new (title);
  label = gtk_label_new (value);
  gtk_label_set_xalign (GTK_LABEL (key), 1);
  gtk_widget_set_valign (key, GTK_ALIGN_START);
  gtk_widget_add_css_class (key, "dim-label");
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), FACT_CHARS);
  gtk_label_set_selectable (GTK_LABEL (label), TRUE);
  gtk_widget_set_can_focus (label, FALSE);
  gtk_grid_attach (grid, key, 0, *row, 1, 1);
  gtk_grid_attach (grid, label, 1, (*row)++, 1, 1);
}

/**
 * ava_calendar_rows_add_choice:
 * @name: of it for screen readers
 *
 * Returns: (transfer none): the row, for one more choice of the list
 */
GtkWidget *
ava_calendar_rows_add_choice (GtkListBox *list,
                              const char *text,
                              const char *name)
{
  GtkWidget *label = gtk_label_new (text);
  GtkWidget *row = gtk_list_box_row_new ();

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, "numeric");
  gtk_widget_add_css_class (row, "match");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_list_box_append (list, row);
  return row;
}

/**
 * ava_calendar_rows_say:
 * @words: shown there and read aloud; "" takes away what was said
 */
void
ava_calendar_rows_say (GtkLabel   *label,
                       const char *words)
{
  gtk_label_set_text (label, words);
  gtk_widget_set_visible (GTK_WIDGET (label), *words != '\0');
  if (*words != '\0')
    ava_compat_announce (GTK_WIDGET (label), words);
}

/**
 * ava_calendar_rows_word_source:
 * @source: (nullable): of an appointment, as stored
 *
 * Returns: (nullable): by whom it was booked, in words
 */
const char *
ava_calendar_rows_word_source (const char *source)
{
  if (g_strcmp0 (source, "ava") == 0)
    return _("Ava, on the phone");
  if (g_strcmp0 (source, "staff") == 0)
    return _("Front desk");
  return g_strcmp0 (source, "import") == 0 ? _("Imported") : source;
}
