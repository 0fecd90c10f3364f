/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-settings-page.h"

#include "ava-settings.h"

#include <glib/gi18n.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

struct _AvaSettingsPage {
  AdwBin parent_instance;

  /* Borrowed References, of the tree of widgets */
  AdwPreferencesPage *form;
  GtkRevealer *revealer;
  GtkLabel *heading;
  GtkListBox *effects;
  GtkWidget *save;

  /* Owned References */
  AvaContext *context;
  JsonObject *saved;         /* nullable: not loaded yet */
  JsonObject *draft;
  GPtrArray *groups;         /* AdwPreferencesGroup, borrowed */
  GHashTable *wrong;         /* fields whose text means nothing */
  GCancellable *cancellable; /* of the page */
  GCancellable *rehearsal;   /* of the last edit */
  gboolean saving;
};

G_DEFINE_FINAL_TYPE (AvaSettingsPage, ava_settings_page, ADW_TYPE_BIN)

/* Which value of the draft a field shows. */
typedef struct {
  char *table;
  char *id;
  char *column;
} Place;

static void load (AvaSettingsPage *self);
static void show_form (AvaSettingsPage *self);

static void
place_free (Place *place)
{
  g_free (place->table);
  g_free (place->id);
  g_free (place->column);
  g_free (place);
}

static void
set_place (gpointer    widget,
           const char *table,
           const char *id,
           const char *column)
{
  Place *place = g_new0 (Place, 1);

  place->table = g_strdup (table);
  place->id = g_strdup (id);
  place->column = g_strdup (column);
  g_object_set_data_full (widget, "place", place, (GDestroyNotify) place_free);
}

static JsonObject *
find_row (AvaSettingsPage *self,
          Place           *place)
{
  return ava_settings_find_row (self->draft, place->table, place->id);
}

static gint64
now_us (AvaSettingsPage *self)
{
  return ava_clock_now_us (ava_context_get_clock (self->context));
}

static const char *
get_text (JsonObject *row,
          const char *column)
{
  JsonNode *node = json_object_get_member (row, column);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : "";
}

static gint64
get_number (JsonObject *row,
            const char *column)
{
  return json_object_get_int_member_with_default (row, column, 0);
}

/* --- What the draft would do ------------------------------------------------------------------ */

static void
clear_effects (AvaSettingsPage *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->effects))) != NULL)
    gtk_list_box_remove (self->effects, child);
}

static void
add_effect (AvaSettingsPage *self,
            const char      *title,
            const char      *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (subtitle != NULL) {
    g_autofree char *markup = g_markup_escape_text (subtitle, -1);

    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), markup);
  }
  gtk_list_box_append (self->effects, row);
}

static void
show_refusal (AvaSettingsPage *self,
              const char      *words)
{
  clear_effects (self);
  gtk_label_set_text (self->heading, _("This cannot be saved yet"));
  add_effect (self, words, NULL);
  gtk_widget_set_sensitive (self->save, FALSE);
  gtk_revealer_set_reveal_child (self->revealer, TRUE);
}

static void
show_impact (AvaSettingsPage *self,
             AvaImpact       *impact)
{
  guint n = impact->broken->len;
  g_autofree char *words = NULL;

  clear_effects (self);
  words = n == 0 ? g_strdup (_("No booking is affected"))
                 : g_strdup_printf (ngettext ("%u booking is left without a place; it is not cancelled",
                                              "%u bookings are left without a place; none is cancelled", n), n);
  gtk_label_set_text (self->heading, words);
  for (guint i = 0; i < n; i++) {
    AvaBrokenBooking *broken = impact->broken->pdata[i];
    g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (broken->appointment->start_us / G_USEC_PER_SEC);
    g_autoptr (GDateTime) here = g_date_time_to_timezone (utc, impact->spa->zone);
    g_autofree char *time = g_date_time_format (here, "%a %e %b, %R");
    g_autofree char *title = g_strdup_printf ("%s, %s, %s", time, broken->appointment->customer_name,
                                              broken->appointment->service_name);

    add_effect (self, title, broken->why);
  }
  for (guint i = 0; i < impact->sentences->len; i++)
    add_effect (self, impact->sentences->pdata[i], NULL);
  gtk_widget_set_sensitive (self->save, TRUE);
  gtk_revealer_set_reveal_child (self->revealer, TRUE);
}

static void
rehearsed_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (AvaSettingsPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaImpact) impact = ava_settings_rehearse_finish (AVA_CONTEXT (source), result, &error);

  if (g_cancellable_is_cancelled (g_task_get_cancellable (G_TASK (result))))
    return;
  if (impact == NULL)
    show_refusal (self, error->message);
  else
    show_impact (self, impact);
}

/* After each edit: what would it do? Until that is known, nothing can be saved. */
static void
review (AvaSettingsPage *self)
{
  g_autoptr (JsonArray) changes = ava_settings_diff (self->saved, self->draft, now_us (self));

  if (self->rehearsal != NULL)
    g_cancellable_cancel (self->rehearsal);
  g_clear_object (&self->rehearsal);
  gtk_widget_set_sensitive (self->save, FALSE);
  if (g_hash_table_size (self->wrong) > 0) {
    show_refusal (self, _("One of the fields is not complete: it is marked in red."));
    return;
  }
  if (json_array_get_length (changes) == 0) {
    gtk_revealer_set_reveal_child (self->revealer, FALSE);
    return;
  }
  self->rehearsal = g_cancellable_new ();
  ava_settings_rehearse_async (self->context, changes, self->rehearsal, rehearsed_cb, g_object_ref (self));
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (AvaSettingsPage) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean saved = ava_store_save_settings_finish (AVA_STORE (source), result, &error);

  self->saving = FALSE;
  if (self->cancellable == NULL)
    return;
  if (saved)
    load (self);
  else
    show_refusal (self, error->message);
}

static void
on_save (AvaSettingsPage *self)
{
  const AvaActor actor = { .who = "staff:desk", .why = "settings" };
  g_autoptr (JsonArray) changes = ava_settings_diff (self->saved, self->draft, now_us (self));

  if (self->saving)
    return;
  self->saving = TRUE;
  gtk_widget_set_sensitive (self->save, FALSE);
  ava_store_save_settings_async (ava_context_get_store (self->context), &actor, changes, NULL, saved_cb,
                                 g_object_ref (self));
}

static void
on_discard (AvaSettingsPage *self)
{
  load (self);
}

/* --- Fields ---------------------------------------------------------------------------------- */

static void
mark (AvaSettingsPage *self,
      gpointer         field,
      gboolean         fine)
{
  if (fine) {
    g_hash_table_remove (self->wrong, field);
    gtk_widget_remove_css_class (field, "error");
  } else {
    g_hash_table_add (self->wrong, field);
    gtk_widget_add_css_class (field, "error");
  }
}

static void
on_text (AvaSettingsPage *self,
         GtkEditable     *field)
{
  Place *place = g_object_get_data (G_OBJECT (field), "place");

  json_object_set_string_member (find_row (self, place), place->column, gtk_editable_get_text (field));
  review (self);
}

/* A service that nobody has named otherwise is said as it is written. */
static void
on_service_name (AvaSettingsPage *self,
                 GtkEditable     *field)
{
  Place *place = g_object_get_data (G_OBJECT (field), "place");
  JsonObject *row = find_row (self, place);
  gboolean fresh = ava_settings_find_row (self->saved, place->table, place->id) == NULL;
  g_autofree char *spoken = g_utf8_strdown (gtk_editable_get_text (field), -1);

  if (fresh) {
    JsonArray *ways = json_array_new ();

    if (*g_strstrip (spoken) != '\0')
      json_array_add_string_element (ways, spoken);
    json_object_set_array_member (row, "spoken", ways);
  }
  on_text (self, field);
}

static void
on_price (AvaSettingsPage *self,
          GtkEditable     *field)
{
  Place *place = g_object_get_data (G_OBJECT (field), "place");
  char *end = NULL;
  double price = g_ascii_strtod (gtk_editable_get_text (field), &end);
  gboolean fine = end != gtk_editable_get_text (field) && *end == '\0' && isfinite (price) && price >= 0 && price < 1e6;

  mark (self, field, fine);
  if (fine)
    json_object_set_int_member (find_row (self, place), place->column, llround (price * 100));
  review (self);
}

static void
on_minutes (AvaSettingsPage *self,
            GtkSpinButton   *field)
{
  Place *place = g_object_get_data (G_OBJECT (field), "place");

  json_object_set_int_member (find_row (self, place), place->column, gtk_spin_button_get_value_as_int (field));
  review (self);
}

static GtkWidget *
make_text (AvaSettingsPage *self,
           const char      *title,
           JsonObject      *row,
           const char      *table,
           const char      *column,
           GCallback        changed)
{
  GtkWidget *field = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (field), title);
  gtk_editable_set_text (GTK_EDITABLE (field), get_text (row, column));
  set_place (field, table, get_text (row, "id"), column);
  g_signal_connect_object (field, "changed", changed, self, G_CONNECT_SWAPPED);
  return field;
}

static GtkWidget *
make_minutes (AvaSettingsPage *self,
              const char      *title,
              JsonObject      *row,
              const char      *column,
              int              least)
{
  GtkWidget *line = adw_action_row_new ();
  GtkWidget *field = gtk_spin_button_new_with_range (least, 720, 5);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (line), title);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (field), get_number (row, column));
  gtk_widget_set_valign (field, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (field), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  set_place (field, "services", get_text (row, "id"), column);
  g_signal_connect_object (field, "value-changed", G_CALLBACK (on_minutes), self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (line), field);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (line), field);
  return line;
}

static AdwPreferencesGroup *
add_group (AvaSettingsPage *self,
           const char      *title,
           const char      *description)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), description);
  adw_preferences_page_add (self->form, ADW_PREFERENCES_GROUP (group));
  g_ptr_array_add (self->groups, group);
  return ADW_PREFERENCES_GROUP (group);
}

/* --- General --------------------------------------------------------------------------------- */

static void
show_general (AvaSettingsPage *self)
{
  static const struct { const char *column; const char *title; } fields[] = {
    { "name", N_("Name") }, { "spoken_name", N_("Name as Ava says it") }, { "greeting", N_("Greeting") },
    { "zone", N_("Time zone") }, { "currency", N_("Currency") }, { "phone", N_("Phone") },
    { "address", N_("Address") }, { "directions", N_("Directions as Ava says them") },
  };
  JsonArray *rows = json_object_get_array_member (self->draft, "locations");
  AdwPreferencesGroup *group;

  if (json_array_get_length (rows) == 0)
    return;
  group = add_group (self, _("General"), NULL);
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    adw_preferences_group_add (group, make_text (self, _(fields[i].title), json_array_get_object_element (rows, 0),
                                                 "locations", fields[i].column, G_CALLBACK (on_text)));
}

/* --- Opening hours --------------------------------------------------------------------------- */

static JsonObject *
find_hours (AvaSettingsPage *self,
            int              weekday,
            guint           *index)
{
  JsonArray *rows = json_object_get_array_member (self->draft, "hours");

  for (guint i = 0; i < json_array_get_length (rows); i++) {
    JsonObject *row = json_array_get_object_element (rows, i);

    if (json_object_get_null_member (row, "owner_id") && get_number (row, "weekday") == weekday) {
      if (index != NULL)
        *index = i;
      return row;
    }
  }
  return NULL;
}

/* "9:00-18:00", "9:00 – 18:00" or nothing at all: closed. */
static gboolean
read_span (const char *text,
           int        *open_min,
           int        *close_min)
{
  g_auto (GStrv) parts = g_strsplit (text, "–", 2);
  g_autofree char *plain = g_strjoinv ("-", parts);
  int h1, m1, h2, m2, n = 0;

  if (sscanf (plain, " %2d:%2d - %2d:%2d %n", &h1, &m1, &h2, &m2, &n) != 4 || plain[n] != '\0' ||
      h1 < 0 || m1 < 0 || m1 > 59 || m2 < 0 || m2 > 59 || h2 > 24)
    return FALSE;
  *open_min = h1 * 60 + m1;
  *close_min = h2 * 60 + m2;
  return *close_min > *open_min && *close_min <= 1440;
}

static void
on_hours (AvaSettingsPage *self,
          GtkEditable     *field)
{
  int weekday = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (field), "weekday"));
  JsonArray *rows = json_object_get_array_member (self->draft, "hours");
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (field)));
  guint index = 0;
  JsonObject *row = find_hours (self, weekday, &index);
  int open_min = 0;
  int close_min = 0;

  mark (self, field, *text == '\0' || read_span (text, &open_min, &close_min));
  if (*text == '\0' && row != NULL) {
    json_array_remove_element (rows, index);
  } else if (close_min > open_min) {
    if (row == NULL) {
      g_autofree char *id = g_strdup_printf ("%s-day-%d", ava_context_get_spa (self->context)->location_id, weekday);
      /* Closed and opened again in one go: it is the row that was there. */
      JsonObject *old = ava_settings_find_row (self->saved, "hours", id);

      row = old != NULL ? ava_settings_copy (old) : json_object_new ();
      json_object_set_string_member (row, "id", id);
      json_object_set_null_member (row, "owner_id");
      json_object_set_int_member (row, "weekday", weekday);
      json_array_add_object_element (rows, row);
    }
    json_object_set_int_member (row, "open_min", open_min);
    json_object_set_int_member (row, "close_min", close_min);
  }
  review (self);
}

static void
show_hours (AvaSettingsPage *self)
{
  static const char *const days[] = {
    N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday"), N_("Saturday"), N_("Sunday"),
  };
  AdwPreferencesGroup *group = add_group (self, _("Opening hours"), _("As in 9:00–18:00. Leave a day empty when you are closed."));

  for (int i = 0; i < 7; i++) {
    JsonObject *row = find_hours (self, i + 1, NULL);
    GtkWidget *field = adw_entry_row_new ();
    int open_min = row != NULL ? get_number (row, "open_min") : 0;
    int close_min = row != NULL ? get_number (row, "close_min") : 0;
    g_autofree char *text = g_strdup_printf ("%d:%02d–%d:%02d", open_min / 60, open_min % 60, close_min / 60, close_min % 60);

    adw_preferences_row_set_title (ADW_PREFERENCES_ROW (field), _(days[i]));
    gtk_editable_set_text (GTK_EDITABLE (field), row != NULL ? text : "");
    g_object_set_data (G_OBJECT (field), "weekday", GINT_TO_POINTER (i + 1));
    g_signal_connect_object (field, "changed", G_CALLBACK (on_hours), self, G_CONNECT_SWAPPED);
    adw_preferences_group_add (group, field);
  }
}

/* --- Services -------------------------------------------------------------------------------- */

static void
on_done_by (AvaSettingsPage *self,
            GParamSpec      *pspec,
            GtkSwitch       *field)
{
  Place *place = g_object_get_data (G_OBJECT (field), "place");
  JsonObject *row = find_row (self, place);
  JsonArray *old = json_object_get_array_member (row, "service_ids");
  JsonArray *new = json_array_new ();

  for (guint i = 0; i < json_array_get_length (old); i++) {
    if (strcmp (json_array_get_string_element (old, i), place->column) != 0)
      json_array_add_string_element (new, json_array_get_string_element (old, i));
  }
  if (gtk_switch_get_active (field))
    json_array_add_string_element (new, place->column);
  json_object_set_array_member (row, "service_ids", new);
  review (self);
}

static gboolean
does (JsonObject *provider,
      const char *service_id)
{
  JsonArray *ids = json_object_get_array_member (provider, "service_ids");

  for (guint i = 0; i < json_array_get_length (ids); i++) {
    if (strcmp (json_array_get_string_element (ids, i), service_id) == 0)
      return TRUE;
  }
  return FALSE;
}

static void
add_providers (AvaSettingsPage *self,
               AdwExpanderRow  *expander,
               const char      *service_id)
{
  JsonArray *rows = json_object_get_array_member (self->draft, "providers");

  for (guint i = 0; i < json_array_get_length (rows); i++) {
    JsonObject *provider = json_array_get_object_element (rows, i);
    g_autofree char *title = g_strdup_printf (_("Done by %s"), get_text (provider, "name"));
    GtkWidget *line = adw_action_row_new ();
    GtkWidget *field = gtk_switch_new ();

    if (get_number (provider, "archived_us") != 0)
      continue;
    adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (line), FALSE);
    adw_preferences_row_set_title (ADW_PREFERENCES_ROW (line), title);
    gtk_switch_set_active (GTK_SWITCH (field), does (provider, service_id));
    gtk_widget_set_valign (field, GTK_ALIGN_CENTER);
    gtk_accessible_update_property (GTK_ACCESSIBLE (field), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
    set_place (field, "providers", get_text (provider, "id"), service_id);
    g_signal_connect_object (field, "notify::active", G_CALLBACK (on_done_by), self, G_CONNECT_SWAPPED);
    adw_action_row_add_suffix (ADW_ACTION_ROW (line), field);
    adw_action_row_set_activatable_widget (ADW_ACTION_ROW (line), field);
    adw_expander_row_add_row (expander, line);
  }
}

static void
on_archive (AvaSettingsPage *self,
            GtkWidget       *button)
{
  Place *place = g_object_get_data (G_OBJECT (button), "place");

  json_object_set_int_member (find_row (self, place), "archived_us", now_us (self));
  gtk_widget_set_sensitive (button, FALSE);
  review (self);
}

static char *
describe_service (AvaSettingsPage *self,
                  JsonObject      *row)
{
  AvaSpa *spa = ava_context_get_spa (self->context);
  g_auto (GStrv) missing = ava_settings_list_missing (spa, get_text (row, "id"));
  g_autofree char *list = g_strjoinv (", ", missing);
  g_autofree char *facts = g_strdup_printf (_("%d min, %.2f %s"), (int) get_number (row, "active_min"),
                                            get_number (row, "price_cents") / 100.0, spa->currency);
  g_autofree char *words = missing[0] != NULL ? g_strdup_printf (_("%s. Missing: %s"), facts, list) : g_strdup (facts);

  return g_markup_escape_text (words, -1);
}

static GtkWidget *
make_service (AvaSettingsPage *self,
              JsonObject      *row)
{
  GtkWidget *expander = adw_expander_row_new ();
  GtkWidget *price = adw_entry_row_new ();
  GtkWidget *archive = gtk_button_new_with_mnemonic (_("_Stop Offering"));
  g_autofree char *subtitle = describe_service (self, row);
  g_autofree char *amount = g_strdup_printf ("%d.%02d", (int) (get_number (row, "price_cents") / 100),
                                             (int) (get_number (row, "price_cents") % 100));
  const char *name = get_text (row, "name");

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (expander), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (expander), *name != '\0' ? name : _("New service"));
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (expander), subtitle);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (expander), make_text (self, _("Name"), row, "services", "name", G_CALLBACK (on_service_name)));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (price), _("Price"));
  gtk_editable_set_text (GTK_EDITABLE (price), amount);
  set_place (price, "services", get_text (row, "id"), "price_cents");
  g_signal_connect_object (price, "changed", G_CALLBACK (on_price), self, G_CONNECT_SWAPPED);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (expander), price);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (expander), make_minutes (self, _("Set-up, minutes"), row, "pre_min", 0));
  adw_expander_row_add_row (ADW_EXPANDER_ROW (expander), make_minutes (self, _("Treatment, minutes"), row, "active_min", 1));
  adw_expander_row_add_row (ADW_EXPANDER_ROW (expander), make_minutes (self, _("Processing, minutes"), row, "processing_min", 0));
  adw_expander_row_add_row (ADW_EXPANDER_ROW (expander), make_minutes (self, _("Clean-up, minutes"), row, "post_min", 0));
  adw_expander_row_add_row (ADW_EXPANDER_ROW (expander), make_text (self, _("Licence"), row, "services", "licence", G_CALLBACK (on_text)));
  adw_expander_row_add_row (ADW_EXPANDER_ROW (expander), make_text (self, _("Kind of room"), row, "services", "room_kind", G_CALLBACK (on_text)));
  add_providers (self, ADW_EXPANDER_ROW (expander), get_text (row, "id"));
  set_place (archive, "services", get_text (row, "id"), "archived_us");
  gtk_widget_set_margin_top (archive, 6);
  gtk_widget_set_margin_bottom (archive, 6);
  gtk_widget_set_halign (archive, GTK_ALIGN_CENTER);
  g_signal_connect_object (archive, "clicked", G_CALLBACK (on_archive), self, G_CONNECT_SWAPPED);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (expander), archive);
  return expander;
}

static void
on_add_service (AvaSettingsPage *self)
{
  JsonObject *row = json_object_new ();
  g_autofree char *id = g_uuid_string_random ();
  JsonArray *rows = json_object_get_array_member (self->draft, "services");

  json_object_set_string_member (row, "id", id);
  json_object_set_string_member (row, "name", "");
  json_object_set_array_member (row, "spoken", json_array_new ());
  json_object_set_int_member (row, "price_cents", 0);
  json_object_set_int_member (row, "active_min", 30);
  json_object_set_int_member (row, "rank", json_array_get_length (rows) + 1);
  json_array_add_object_element (rows, row);
  g_hash_table_remove_all (self->wrong);
  show_form (self);
  review (self);
}

static void
show_services (AvaSettingsPage *self)
{
  AdwPreferencesGroup *group = add_group (self, _("Services"), _("Ava offers these in this order."));
  JsonArray *rows = json_object_get_array_member (self->draft, "services");
  GtkWidget *add = gtk_button_new_with_mnemonic (_("_Add Service"));

  for (guint i = 0; i < json_array_get_length (rows); i++) {
    JsonObject *row = json_array_get_object_element (rows, i);
    GtkWidget *expander;

    if (get_number (row, "archived_us") != 0)
      continue;
    expander = make_service (self, row);
    adw_preferences_group_add (group, expander);
    if (*get_text (row, "name") == '\0') {
      adw_expander_row_set_expanded (ADW_EXPANDER_ROW (expander), TRUE);
      gtk_widget_child_focus (expander, GTK_DIR_TAB_FORWARD);
    }
  }
  g_signal_connect_object (add, "clicked", G_CALLBACK (on_add_service), self, G_CONNECT_SWAPPED);
  adw_preferences_group_set_header_suffix (group, add);
}

/* --- The page -------------------------------------------------------------------------------- */

static void
show_form (AvaSettingsPage *self)
{
  for (guint i = 0; i < self->groups->len; i++)
    adw_preferences_page_remove (self->form, self->groups->pdata[i]);
  g_ptr_array_set_size (self->groups, 0);
  show_general (self);
  show_hours (self);
  show_services (self);
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (AvaSettingsPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) settings = ava_store_load_settings_finish (AVA_STORE (source), result, &error);

  if (self->cancellable == NULL || g_cancellable_is_cancelled (self->cancellable))
    return;
  if (settings == NULL) {
    show_refusal (self, error->message);
    return;
  }
  if (self->rehearsal != NULL)
    g_cancellable_cancel (self->rehearsal);
  g_hash_table_remove_all (self->wrong);
  g_clear_pointer (&self->saved, json_object_unref);
  g_clear_pointer (&self->draft, json_object_unref);
  self->saved = json_object_ref (settings);
  self->draft = ava_settings_copy (settings);
  gtk_revealer_set_reveal_child (self->revealer, FALSE);
  show_form (self);
}

static void
load (AvaSettingsPage *self)
{
  ava_store_load_settings_async (ava_context_get_store (self->context), self->cancellable, loaded_cb, g_object_ref (self));
}

/* Another window or Ava's tools changed the settings: shown unless an edit is under way here. */
static void
on_spa_changed (AvaSettingsPage *self)
{
  if (!gtk_revealer_get_reveal_child (self->revealer))
    load (self);
}

static GtkWidget *
make_review (AvaSettingsPage *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *discard = gtk_button_new_with_mnemonic (_("_Discard"));

  self->heading = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->heading, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->heading), "heading");
  self->effects = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->effects, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->effects), "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->effects), GTK_ACCESSIBLE_PROPERTY_LABEL, _("What the change does"), -1);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->effects));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), 200);
  self->save = gtk_button_new_with_mnemonic (_("Sa_ve"));
  gtk_widget_add_css_class (self->save, "suggested-action");
  g_signal_connect_object (self->save, "clicked", G_CALLBACK (on_save), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (discard, "clicked", G_CALLBACK (on_discard), self, G_CONNECT_SWAPPED);
  gtk_widget_set_halign (buttons, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (buttons), discard);
  gtk_box_append (GTK_BOX (buttons), self->save);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->heading));
  gtk_box_append (GTK_BOX (box), scrolled);
  gtk_box_append (GTK_BOX (box), buttons);
  g_object_set (box, "margin-start", 12, "margin-end", 12, "margin-top", 12, "margin-bottom", 12, NULL);
  return box;
}

static void
ava_settings_page_dispose (GObject *object)
{
  AvaSettingsPage *self = AVA_SETTINGS_PAGE (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  if (self->rehearsal != NULL)
    g_cancellable_cancel (self->rehearsal);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->rehearsal);
  g_clear_object (&self->context);
  g_clear_pointer (&self->saved, json_object_unref);
  g_clear_pointer (&self->draft, json_object_unref);
  g_clear_pointer (&self->groups, g_ptr_array_unref);
  g_clear_pointer (&self->wrong, g_hash_table_unref);
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
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->cancellable = g_cancellable_new ();
  self->groups = g_ptr_array_new ();
  self->wrong = g_hash_table_new (NULL, NULL);
  self->form = ADW_PREFERENCES_PAGE (adw_preferences_page_new ());
  gtk_widget_set_vexpand (GTK_WIDGET (self->form), TRUE);
  self->revealer = GTK_REVEALER (gtk_revealer_new ());
  gtk_revealer_set_transition_type (self->revealer, GTK_REVEALER_TRANSITION_TYPE_SLIDE_UP);
  gtk_revealer_set_child (self->revealer, make_review (self));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->form));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->revealer));
  adw_bin_set_child (ADW_BIN (self), box);
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

  self->context = g_object_ref (context);
  g_signal_connect_object (context, "notify::spa", G_CALLBACK (on_spa_changed), self, G_CONNECT_SWAPPED);
  load (self);
  return self;
}
