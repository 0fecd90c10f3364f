/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-hours-editor.h"

#include "ava-hours-painter.h"
#include "ava-hours-rows.h"
#include "ava-settings-fields.h"

#include <glib/gi18n.h>
#include <stdio.h>
#include <string.h>

/* One week: the painter and its seven lines of text show the same rows of the draft. */
typedef struct {
  AvaSettingsDraft *draft;     /* owned */
  char *owner_id;              /* nullable */
  char *location_id;           /* nullable */
  AvaHoursPainter *painter;    /* borrowed, it owns this */
  GtkWidget *entries[7];       /* borrowed */
  gboolean showing;            /* what changes now was not typed */
} Week;

static void
week_free (Week *week)
{
  for (int d = 0; d < 7; d++)
    ava_settings_draft_mark (week->draft, &week->entries[d], NULL);
  g_object_unref (week->draft);
  g_free (week->owner_id);
  g_free (week->location_id);
  g_free (week);
}

static void
mark (Week       *week,
      int         weekday,
      const char *words)
{
  GtkWidget *entry = week->entries[weekday - 1];

  if (words == NULL)
    gtk_widget_remove_css_class (entry, "error");
  else
    gtk_widget_add_css_class (entry, "error");
  ava_settings_draft_mark (week->draft, &week->entries[weekday - 1], words);
}

static void
show_text (Week          *week,
           int            weekday,
           const AvaSpan *spans,
           guint          count)
{
  g_autofree char *text = ava_spans_print (spans, count);

  week->showing = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (week->entries[weekday - 1]), text);
  week->showing = FALSE;
  mark (week, weekday, NULL);
}

static void
on_painted (Week *week,
            int   weekday)
{
  AvaSpan spans[AVA_SPA_MAX_SPANS];
  guint count = ava_hours_painter_get_day (week->painter, weekday, spans);

  ava_hours_rows_write (week->draft, week->owner_id, week->location_id, weekday, spans, count);
  show_text (week, weekday, spans, count);
}

static void
on_typed (GtkEditable *entry,
          Week        *week)
{
  int weekday = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (entry), "weekday"));
  AvaSpan spans[AVA_SPA_MAX_SPANS];
  int count;
  g_autofree char *words = NULL;

  if (week->showing)
    return;
  count = ava_spans_parse (gtk_editable_get_text (entry), spans);
  if (count < 0)
    /* Translators: a weekday. */
    words = g_strdup_printf (_("The hours of %s cannot be read: write them as in 9-12, 13-17:30."), ava_hours_painter_name (weekday));
  mark (week, weekday, words);
  if (count < 0)
    return;
  ava_hours_rows_write (week->draft, week->owner_id, week->location_id, weekday, spans, count);
  ava_hours_painter_set_day (week->painter, weekday, spans, count);
}

static void
on_copy (GtkButton *button,
         Week      *week)
{
  AvaSpan spans[AVA_SPA_MAX_SPANS];
  guint count = ava_hours_painter_get_day (week->painter, 1, spans);

  for (int weekday = 2; weekday <= 5; weekday++) {
    ava_hours_rows_write (week->draft, week->owner_id, week->location_id, weekday, spans, count);
    ava_hours_painter_set_day (week->painter, weekday, spans, count);
    show_text (week, weekday, spans, count);
  }
}

static GtkWidget *
make_entries (Week *week)
{
  GtkWidget *expander = adw_expander_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (expander), _("Write the Hours"));
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (expander), _("As in 9-12, 13-17:30. An empty day is closed."));
  for (int weekday = 1; weekday <= 7; weekday++) {
    GtkWidget *entry = adw_entry_row_new ();

    adw_preferences_row_set_title (ADW_PREFERENCES_ROW (entry), ava_hours_painter_name (weekday));
    g_object_set_data (G_OBJECT (entry), "weekday", GINT_TO_POINTER (weekday));
    g_signal_connect (entry, "changed", G_CALLBACK (on_typed), week);
    week->entries[weekday - 1] = entry;
    adw_expander_row_add_row (ADW_EXPANDER_ROW (expander), entry);
  }
  return expander;
}

void
ava_hours_editor_add_week (AvaSettingsSection *section,
                           const char         *owner_id,
                           const char         *location_id,
                           const char         *title,
                           const char         *description)
{
  AdwPreferencesGroup *group = ava_settings_section_add_group (section, title, description);
  GtkWidget *copy = gtk_button_new_with_mnemonic (_("_Monday to Friday Alike"));
  GtkWidget *row = adw_preferences_row_new ();
  Week *week = g_new0 (Week, 1);

  week->draft = g_object_ref (ava_settings_section_get_draft (section));
  week->owner_id = g_strdup (owner_id);
  week->location_id = g_strdup (location_id);
  week->painter = AVA_HOURS_PAINTER (ava_hours_painter_new (title));
  g_object_set_data_full (G_OBJECT (week->painter), "week", week, (GDestroyNotify) week_free);
  gtk_widget_set_tooltip_text (copy, _("Opens Tuesday to Friday as Monday is"));
  gtk_widget_add_css_class (copy, "flat");
  g_signal_connect (copy, "clicked", G_CALLBACK (on_copy), week);
  adw_preferences_group_set_header_suffix (group, copy);
  g_object_set (week->painter, "margin-start", 12, "margin-end", 12, "margin-top", 10, "margin-bottom", 10, NULL);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), GTK_WIDGET (week->painter));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_widget_set_focusable (row, FALSE);
  adw_preferences_group_add (group, row);
  adw_preferences_group_add (group, make_entries (week));
  for (int weekday = 1; weekday <= 7; weekday++) {
    AvaSpan spans[AVA_SPA_MAX_SPANS];
    guint count = ava_hours_rows_read (week->draft, owner_id, location_id, weekday, spans);

    ava_hours_painter_set_day (week->painter, weekday, spans, count);
    show_text (week, weekday, spans, count);
  }
  g_signal_connect_swapped (week->painter, "changed", G_CALLBACK (on_painted), week);
}

/* A provider may work at each location, and has a week there. */
void
ava_hours_editor_add_weeks (AvaSettingsSection *section,
                            const char         *provider_id)
{
  const char *words = _("Ava offers them while the spa is open too.");
  g_auto (GStrv) ids = NULL;
  g_auto (GStrv) names = NULL;

  ava_settings_list_choices (ava_settings_section_get_draft (section), "locations", NULL, &ids, &names);
  if (g_strv_length (ids) < 2)
    ava_hours_editor_add_week (section, provider_id, NULL, _("Working Hours"), words);
  for (guint i = 0; g_strv_length (ids) > 1 && ids[i] != NULL; i++) {
    /* Translators: a location. */
    g_autofree char *title = g_strdup_printf (_("Working Hours: %s"), names[i]);

    ava_hours_editor_add_week (section, provider_id, ids[i], title, i == 0 ? words : _("By the clock of that location, for bookings of the desk."));
  }
}

/* --- Days that differ ------------------------------------------------------------------------- */

/* What a row of the list belongs to. */
typedef struct {
  AvaSettingsDraft *draft;
  char *id;
  GtkWidget *row;      /* the expander, which owns this */
} Exception;

static void
exception_free (Exception *self)
{
  ava_settings_draft_mark (self->draft, self, NULL);
  ava_settings_draft_mark (self->draft, &self->id, NULL);
  ava_settings_draft_mark (self->draft, &self->row, NULL);
  g_object_unref (self->draft);
  g_free (self->id);
  g_free (self);
}

static JsonObject *
get_row (Exception *self)
{
  return ava_settings_draft_find (self->draft, "hours_exceptions", self->id);
}

static char *
print_hours (JsonObject *row)
{
  AvaSpan span = { ava_settings_get_int (row, "open_min"), ava_settings_get_int (row, "close_min") };

  return ava_spans_print (&span, span.close_min > span.open_min ? 1 : 0);
}

static char *
print_day (const char *iso)
{
  GDate date;
  char text[64];
  int year;
  int month;
  int day;

  if (sscanf (iso, "%4d-%2d-%2d", &year, &month, &day) != 3 || !g_date_valid_dmy (day, month, year))
    return g_strdup (iso);
  g_date_clear (&date, 1);
  g_date_set_dmy (&date, day, month, year);
  g_date_strftime (text, sizeof text, _("%a %-d %b %Y"), &date);
  return g_strdup (text);
}

static void
describe (Exception *self)
{
  JsonObject *row = get_row (self);
  const char *first = ava_settings_get_text (row, "date");
  const char *last = ava_settings_get_text (row, "last_date");
  g_autofree char *from = print_day (first);
  g_autofree char *to = print_day (last);
  g_autofree char *hours = print_hours (row);
  g_autofree char *days = *last != '\0' && strcmp (first, last) != 0 ? g_strdup_printf ("%s – %s", from, to) : g_strdup (from);
  const char *reason = ava_settings_get_text (row, "reason");
  g_autofree char *what = *hours != '\0' ? g_strdup (hours)
                          : g_strdup (*ava_settings_get_text (row, "owner_id") != '\0' ? _("Off") : _("Closed"));
  g_autofree char *subtitle = *reason != '\0' ? g_strdup_printf ("%s, %s", what, reason) : g_strdup (what);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->row), *first != '\0' ? days : _("New day"));
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self->row), subtitle);
}

static gboolean
is_day (const char *text)
{
  GDate date;
  int year;
  int month;
  int day;
  int n = 0;

  g_date_clear (&date, 1);
  return sscanf (text, "%4d-%2d-%2d%n", &year, &month, &day, &n) == 3 && text[n] == '\0' && n == 10 &&
         g_date_valid_dmy (day, month, year);
}

static void
mark_entry (Exception     *self,
            gpointer       entry,
            gconstpointer  key,
            const char    *words)
{
  if (words == NULL)
    gtk_widget_remove_css_class (entry, "error");
  else
    gtk_widget_add_css_class (entry, "error");
  ava_settings_draft_mark (self->draft, key, words);
}

static void
on_first (GtkEditable *entry,
          Exception   *self)
{
  const char *text = gtk_editable_get_text (entry);

  mark_entry (self, entry, self, is_day (text) ? NULL : _("The first day must be like 2026-12-25."));
  if (is_day (text))
    ava_settings_draft_set_text (self->draft, "hours_exceptions", self->id, "date", text);
  describe (self);
}

static void
on_last (GtkEditable *entry,
         Exception   *self)
{
  const char *text = gtk_editable_get_text (entry);

  mark_entry (self, entry, &self->id, *text == '\0' || is_day (text) ? NULL : _("The last day must be like 2026-12-26, or empty."));
  if (*text == '\0' || is_day (text))
    ava_settings_draft_set_text (self->draft, "hours_exceptions", self->id, "last_date", *text != '\0' ? text : NULL);
  describe (self);
}

static void
on_exception_hours (GtkEditable *entry,
                    Exception   *self)
{
  AvaSpan spans[AVA_SPA_MAX_SPANS];
  int count = ava_spans_parse (gtk_editable_get_text (entry), spans);

  mark_entry (self, entry, &self->row, count == 0 || count == 1 ? NULL : _("The hours of that day must be one span like 10-14, or empty."));
  if (count != 0 && count != 1)
    return;
  ava_settings_draft_set_int (self->draft, "hours_exceptions", self->id, "open_min", count == 1 ? spans[0].open_min : 0);
  ava_settings_draft_set_int (self->draft, "hours_exceptions", self->id, "close_min", count == 1 ? spans[0].close_min : 0);
  describe (self);
}

static void
on_reason (GtkEditable *entry,
           Exception   *self)
{
  ava_settings_draft_set_text (self->draft, "hours_exceptions", self->id, "reason", gtk_editable_get_text (entry));
  describe (self);
}

static void
on_remove_day (GtkWidget *button,
               Exception *self)
{
  GtkWidget *section = gtk_widget_get_ancestor (self->row, AVA_TYPE_SETTINGS_SECTION);

  ava_settings_draft_remove (self->draft, "hours_exceptions", self->id);
  ava_settings_section_rebuild (AVA_SETTINGS_SECTION (section));
}

static void
add_entry (Exception  *self,
           const char *title,
           const char *text,
           GCallback   changed)
{
  GtkWidget *entry = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (entry), title);
  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  g_signal_connect (entry, "changed", changed, self);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self->row), entry);
}

static GtkWidget *
make_exception (AvaSettingsSection *section,
                JsonObject         *row)
{
  Exception *self = g_new0 (Exception, 1);
  GtkWidget *remove = gtk_button_new_from_icon_name ("user-trash-symbolic");
  g_autofree char *hours = print_hours (row);
  g_autofree char *label = g_strdup_printf (_("Remove %s"), ava_settings_get_text (row, "date"));

  self->draft = g_object_ref (ava_settings_section_get_draft (section));
  self->id = g_strdup (ava_settings_get_text (row, "id"));
  self->row = adw_expander_row_new ();
  g_object_set_data_full (G_OBJECT (self->row), "exception", self, (GDestroyNotify) exception_free);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->row), FALSE);
  add_entry (self, _("First day"), ava_settings_get_text (row, "date"), G_CALLBACK (on_first));
  add_entry (self, _("Last day, if several"), ava_settings_get_text (row, "last_date"), G_CALLBACK (on_last));
  add_entry (self, _("Hours, as in 10-14; empty for none"), hours, G_CALLBACK (on_exception_hours));
  add_entry (self, _("Reason"), ava_settings_get_text (row, "reason"), G_CALLBACK (on_reason));
  gtk_widget_set_valign (remove, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (remove, "flat");
  gtk_widget_set_tooltip_text (remove, _("Remove"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (remove), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_signal_connect (remove, "clicked", G_CALLBACK (on_remove_day), self);
  adw_expander_row_add_action (ADW_EXPANDER_ROW (self->row), remove);
  describe (self);
  return self->row;
}

static void
on_add_day (AvaSettingsSection *section,
            GtkWidget          *button)
{
  const char *owner_id = g_object_get_data (G_OBJECT (button), "owner");
  const char *location_id = g_object_get_data (G_OBJECT (button), "location");

  ava_hours_rows_add_day (ava_settings_section_get_draft (section), owner_id, location_id, NULL, "");
  ava_settings_section_rebuild (section);
}

static void
on_add_holidays (AvaSettingsSection *section,
                 GtkWidget          *button)
{
  ava_hours_rows_add_holidays (ava_settings_section_get_draft (section), g_object_get_data (G_OBJECT (button), "location"));
  ava_settings_section_rebuild (section);
}

static GtkWidget *
make_button (AvaSettingsSection *section,
             const char         *mnemonic,
             const char         *owner_id,
             const char         *location_id,
             GCallback           clicked)
{
  GtkWidget *button = ava_settings_make_button (mnemonic, clicked, section);

  g_object_set_data_full (G_OBJECT (button), "owner", g_strdup (owner_id), g_free);
  g_object_set_data_full (G_OBJECT (button), "location", g_strdup (location_id), g_free);
  gtk_widget_add_css_class (button, "flat");
  return button;
}

void
ava_hours_editor_add_days (AvaSettingsSection *section,
                           const char         *owner_id,
                           const char         *location_id,
                           const char         *title,
                           const char         *description)
{
  AvaSettingsDraft *draft = ava_settings_section_get_draft (section);
  AdwPreferencesGroup *group = ava_settings_section_add_group (section, title, description);
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  g_autoptr (GPtrArray) rows = ava_hours_rows_list_days (draft, owner_id, location_id);

  if (owner_id == NULL)
    gtk_box_append (GTK_BOX (buttons), make_button (section, _("US _Holidays"), NULL, location_id, G_CALLBACK (on_add_holidays)));
  gtk_box_append (GTK_BOX (buttons), make_button (section, owner_id != NULL ? _("Add _Leave") : _("_Add Day"), owner_id, location_id,
                                                  G_CALLBACK (on_add_day)));
  adw_preferences_group_set_header_suffix (group, buttons);
  for (guint i = 0; i < rows->len; i++)
    adw_preferences_group_add (group, make_exception (section, rows->pdata[i]));
  if (rows->len == 0)
    adw_preferences_group_add (group, ava_settings_make_note (owner_id != NULL ? _("No leave is planned") : _("No other days are planned"), NULL));
}
