/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-settings-order.h"

#include <glib/gi18n.h>
#include <string.h>

static int
compare_rank (gconstpointer a,
              gconstpointer b)
{
  gint64 one = ava_settings_get_int (*(JsonObject *const *) a, "rank");
  gint64 other = ava_settings_get_int (*(JsonObject *const *) b, "rank");

  return one < other ? -1 : one > other;
}

GPtrArray *
ava_settings_order_list (AvaSettingsDraft *draft,
                         const char       *table)
{
  JsonArray *rows = ava_settings_draft_list (draft, table);
  GPtrArray *ranked = g_ptr_array_new ();

  for (guint i = 0; i < json_array_get_length (rows); i++) {
    JsonObject *row = json_array_get_object_element (rows, i);

    if (ava_settings_get_int (row, "archived_us") == 0)
      g_ptr_array_add (ranked, row);
  }
  g_ptr_array_sort (ranked, compare_rank);
  return ranked;
}

static GtkWidget *
find_item (GtkWidget  *from,
           const char *item)
{
  if (GTK_IS_LIST_BOX_ROW (from) && g_strcmp0 (g_object_get_data (G_OBJECT (from), "item"), item) == 0)
    return from;
  for (GtkWidget *child = gtk_widget_get_first_child (from); child != NULL; child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find_item (child, item);

    if (found != NULL)
      return found;
  }
  return NULL;
}

/* The keyboard stays on what was moved. */
static void
move (GtkWidget  *row,
      const char *item,
      int         by)
{
  AvaSettingsSection *section = AVA_SETTINGS_SECTION (gtk_widget_get_ancestor (row, AVA_TYPE_SETTINGS_SECTION));
  const char *table = g_object_get_data (G_OBJECT (row), "table");
  g_autofree char *kept = g_strdup (item);
  GtkWidget *moved;

  if (!ava_settings_draft_move (ava_settings_section_get_draft (section), table, item, by))
    return;
  ava_settings_section_rebuild (section);
  moved = find_item (GTK_WIDGET (section), kept);
  if (moved != NULL)
    gtk_widget_grab_focus (moved);
}

static gboolean
on_key (GtkWidget       *row,
        guint            keyval,
        guint            keycode,
        GdkModifierType  state)
{
  if ((state & GDK_ALT_MASK) == 0 || (keyval != GDK_KEY_Up && keyval != GDK_KEY_Down))
    return FALSE;
  move (row, g_object_get_data (G_OBJECT (row), "item"), keyval == GDK_KEY_Up ? -1 : 1);
  return TRUE;
}

static GdkContentProvider *
on_prepare (GtkDragSource *source,
            double         x,
            double         y,
            GtkWidget     *row)
{
  return gdk_content_provider_new_typed (G_TYPE_STRING, g_object_get_data (G_OBJECT (row), "item"));
}

static void
on_drag_begin (GtkDragSource *source,
               GdkDrag       *drag,
               GtkWidget     *row)
{
  g_autoptr (GdkPaintable) picture = gtk_widget_paintable_new (row);

  gtk_drag_source_set_icon (source, picture, 24, 24);
}

static gboolean
on_drop (GtkDropTarget *target,
         const GValue  *value,
         double         x,
         double         y,
         GtkWidget     *row)
{
  GtkWidget *dragged = find_item (gtk_widget_get_parent (row), g_value_get_string (value));
  int from = dragged != NULL ? GPOINTER_TO_INT (g_object_get_data (G_OBJECT (dragged), "place")) : 0;
  int to = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (row), "place"));

  if (dragged == NULL || from == to)
    return FALSE;
  move (dragged, g_value_get_string (value), to - from);
  return TRUE;
}

void
ava_settings_order_make_movable (GtkWidget          *row,
                                 AvaSettingsSection *section,
                                 const char         *table,
                                 guint               place,
                                 guint               count)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkDragSource *source = gtk_drag_source_new ();
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_STRING, GDK_ACTION_MOVE);
  GtkWidget *handle = gtk_image_new_from_icon_name ("list-drag-handle-symbolic");
  /* Translators: the name of a service, its place, and how many there are. */
  g_autofree char *label = g_strdup_printf (_("%s, %u of %u"), adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), place, count);

  gtk_accessible_update_state (GTK_ACCESSIBLE (handle), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  gtk_widget_add_css_class (handle, "dim-label");
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), handle);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_object_set_data_full (G_OBJECT (row), "table", g_strdup (table), g_free);
  g_object_set_data (G_OBJECT (row), "place", GINT_TO_POINTER (place));
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (on_key), row);
  gtk_widget_add_controller (row, keys);
  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  g_signal_connect (source, "prepare", G_CALLBACK (on_prepare), row);
  g_signal_connect (source, "drag-begin", G_CALLBACK (on_drag_begin), row);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (source));
  g_signal_connect (target, "drop", G_CALLBACK (on_drop), row);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (target));
}
