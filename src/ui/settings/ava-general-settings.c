/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-settings-sections.h"

#include "ava-audition.h"
#include "ava-settings-fields.h"

#include <glib/gi18n.h>

/* The spa as Ava speaks of it: names, greeting, manner, and how that sounds. */

static void
audition_free (AvaAudition *audition)
{
  ava_audition_stop (audition);
  g_object_unref (audition);
}

/* One a section: it plays on while rows come and go. */
static AvaAudition *
get_audition (AvaSettingsSection *section)
{
  AvaAudition *audition = g_object_get_data (G_OBJECT (section), "audition");

  if (audition == NULL) {
    audition = ava_audition_new (ava_context_get_engines (ava_settings_section_get_context (section)));
    g_object_set_data_full (G_OBJECT (section), "audition", audition, (GDestroyNotify) audition_free);
  }
  return audition;
}

static JsonObject *
get_first_location (AvaSettingsDraft *draft)
{
  JsonArray *rows = ava_settings_draft_list (draft, "locations");

  for (guint i = 0; i < json_array_get_length (rows); i++) {
    JsonObject *row = json_array_get_object_element (rows, i);

    if (ava_settings_get_int (row, "archived_us") == 0)
      return row;
  }
  return NULL;
}

static void
on_hear (AvaSettingsSection *section)
{
  AvaAudition *audition = get_audition (section);
  JsonObject *location = get_first_location (ava_settings_section_get_draft (section));

  if (ava_audition_is_playing (audition))
    ava_audition_stop (audition);
  else
    ava_audition_play (audition, ava_settings_get_text (location, "greeting"));
}

/* What stands beside the button: how it goes, or why nothing is heard. */
static void
show_audition (AdwActionRow *row,
               GParamSpec   *pspec,
               AvaAudition  *audition)
{
  GtkWidget *button = g_object_get_data (G_OBJECT (row), "button");
  GtkWidget *icon = g_object_get_data (G_OBJECT (row), "icon");
  const char *trouble = ava_audition_get_trouble (audition);
  gboolean playing = ava_audition_is_playing (audition);
  double seconds = ava_audition_get_length (audition) / (double) G_USEC_PER_SEC;
  g_autofree char *words = NULL;

  if (trouble != NULL && seconds > 0)
    /* Translators: why it is not heard, and how many seconds of speech were made. */
    words = g_strdup_printf (_("%s The greeting itself is fine: it takes %.1f seconds to say."), trouble, seconds);
  else if (trouble != NULL)
    words = g_strdup (trouble);
  else if (playing)
    words = g_strdup (_("Ava is speaking"));
  else if (seconds > 0)
    words = g_strdup_printf (_("It takes %.1f seconds to say"), seconds);
  else
    words = g_strdup (_("With Ava's own voice, through the speaker of this computer"));
  adw_action_row_set_subtitle (row, words);
  gtk_button_set_label (GTK_BUTTON (button), playing && trouble == NULL ? _("_Stop") : _("_Hear It Now"));
  gtk_image_set_from_icon_name (GTK_IMAGE (icon), trouble != NULL ? "audio-volume-muted-symbolic" : "audio-volume-high-symbolic");
}

static GtkWidget *
make_audition_row (AvaSettingsSection *section)
{
  AvaAudition *audition = get_audition (section);
  GtkWidget *row = ava_settings_make_note (_("How it sounds"), NULL);
  GtkWidget *button = ava_settings_make_button (_("_Hear It Now"), G_CALLBACK (on_hear), section);
  GtkWidget *icon = gtk_image_new ();

  gtk_accessible_update_state (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  gtk_button_set_use_underline (GTK_BUTTON (button), TRUE);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  g_object_set_data (G_OBJECT (row), "button", button);
  g_object_set_data (G_OBJECT (row), "icon", icon);
  g_signal_connect_object (audition, "notify", G_CALLBACK (show_audition), row, G_CONNECT_SWAPPED);
  show_audition (ADW_ACTION_ROW (row), NULL, audition);
  return row;
}

static void
on_set_up (AvaSettingsSection *section)
{
  AvaSpa *spa = ava_context_get_spa (ava_settings_section_get_context (section));
  JsonObject *row = json_object_new ();

  json_object_set_string_member (row, "id", spa->location_id);
  json_object_set_string_member (row, "name", spa->name);
  json_object_set_string_member (row, "spoken_name", spa->spoken_name);
  json_object_set_string_member (row, "zone", spa->zone_name);
  json_object_set_string_member (row, "currency", spa->currency);
  json_object_set_string_member (row, "greeting", spa->greeting);
  json_object_set_int_member (row, "rank", 1);
  ava_settings_draft_add (ava_settings_section_get_draft (section), "locations", row);
  ava_settings_section_rebuild (section);
}

/* A profile that nobody has set up yet. */
static void
fill_blank (AvaSettingsSection *section)
{
  AdwPreferencesGroup *group = ava_settings_section_add_group (section, _("Your Spa"), _("Nothing is set up yet."));
  GtkWidget *row = ava_settings_make_note (_("Begin with its name, address and hours"), NULL);

  adw_action_row_add_suffix (ADW_ACTION_ROW (row), ava_settings_make_button (_("_Set Up"), G_CALLBACK (on_set_up), section));
  adw_preferences_group_add (group, row);
}

void
ava_general_settings_fill (AvaSettingsSection *section)
{
  static const struct { const char *column; const char *title; } fields[] = {
    { "name", N_("Name") }, { "spoken_name", N_("Name as Ava says it") }, { "zone", N_("Time zone") }, { "currency", N_("Currency") },
  };
  JsonObject *location = get_first_location (ava_settings_section_get_draft (section));
  AdwPreferencesGroup *group;
  const char *id;

  if (location == NULL) {
    fill_blank (section);
    return;
  }
  id = ava_settings_get_text (location, "id");
  group = ava_settings_section_add_group (section, _("Spa"), NULL);
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    adw_preferences_group_add (group, ava_settings_make_text (section, _(fields[i].title),
                                                              &(AvaSettingsPlace) { "locations", id, fields[i].column }));
  group = ava_settings_section_add_group (section, "Ava", _("What she says first, and in which manner she speaks. A saved change counts at once, "
                                                           "also in a call that is under way."));
  adw_preferences_group_add (group, ava_settings_make_text (section, _("Greeting"), &(AvaSettingsPlace) { "locations", id, "greeting" }));
  adw_preferences_group_add (group, make_audition_row (section));
  adw_preferences_group_add (group, ava_settings_make_text (section, _("Manner, for a cloud voice: “warm and brief”"),
                                                            &(AvaSettingsPlace) { "settings", "persona", "value" }));
}
