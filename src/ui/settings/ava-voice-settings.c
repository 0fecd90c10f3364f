/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-settings-sections.h"

#include "ava-cloud-trial.h"
#include "ava-settings-fields.h"

#include <glib/gi18n.h>
#include <string.h>

/* Who speaks for Ava, and how the cloud voice is reached. Each desk has its own: it counts from the next call on, and is
 * not part of the draft. The key goes to the keyring and never back into a field. */

typedef struct { const char *value; const char *name; } Choice;

static AvaCloudVoice *
get_voice (AvaSettingsSection *section)
{
  return ava_context_get_cloud_voice (ava_settings_section_get_context (section));
}

static GSettings *
get_settings (AvaSettingsSection *section)
{
  return ava_cloud_voice_get_followed (get_voice (section));
}

/* --- What happens to the next call ------------------------------------------------------------ */

static void
show_state (AdwActionRow  *row,
            AvaCloudVoice *voice)
{
  const AvaRealtimeSettings *settings = ava_cloud_voice_get_settings (voice);
  GtkWidget *icon = g_object_get_data (G_OBJECT (row), "icon");
  AvaCloudReserve *reserve;
  g_autofree char *trouble = NULL;
  g_autofree char *words = NULL;

  g_object_get (voice, "trouble", &trouble, NULL);
  if (ava_cloud_voice_is_used (voice))
    /* Translators: the name of a voice and of a model. */
    words = g_strdup_printf (_("The next call is answered by the voice “%s” of %s."), settings->voice, settings->model);
  else
    words = g_strdup (_("The next call is answered by this computer's own voice."));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), words);
  reserve = g_object_get_data (G_OBJECT (row), "reserve");
  if (trouble == NULL && ava_cloud_voice_is_used (voice))
    g_object_get (reserve, "trouble", &trouble, NULL);
  adw_action_row_set_subtitle (row, trouble != NULL ? trouble : "");
  gtk_image_set_from_icon_name (GTK_IMAGE (icon), ava_cloud_voice_is_used (voice) ? "ava-cloud-symbolic" : "ava-person-symbolic");
}

static void
show_reserve (AdwActionRow    *row,
              GParamSpec      *pspec,
              AvaCloudReserve *reserve)
{
  show_state (row, g_object_get_data (G_OBJECT (row), "voice"));
}

static GtkWidget *
make_state_row (AvaSettingsSection *section)
{
  AvaCloudReserve *reserve = ava_context_get_cloud_reserve (ava_settings_section_get_context (section));
  AvaCloudVoice *voice = get_voice (section);
  GtkWidget *row = ava_settings_make_note ("", NULL);
  GtkWidget *icon = gtk_image_new ();

  gtk_accessible_update_state (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  g_object_set_data (G_OBJECT (row), "icon", icon);
  g_object_set_data_full (G_OBJECT (row), "voice", g_object_ref (voice), g_object_unref);
  g_object_set_data_full (G_OBJECT (row), "reserve", g_object_ref (reserve), g_object_unref);
  g_signal_connect_object (voice, "changed", G_CALLBACK (show_state), row, G_CONNECT_SWAPPED);
  g_signal_connect_object (reserve, "notify::trouble", G_CALLBACK (show_reserve), row, G_CONNECT_SWAPPED);
  show_state (ADW_ACTION_ROW (row), voice);
  return row;
}

/* --- Rows that are bound to a setting of the app ---------------------------------------------- */

/* For this run the environment decides, and says so. */
static void
mark_override (AvaSettingsSection *section,
               GtkWidget          *row,
               const char         *key)
{
  const char *variable = ava_cloud_voice_find_override (get_voice (section), key);
  g_autofree char *words = NULL;

  if (variable == NULL)
    return;
  words = g_strdup_printf (_("%s decides this until the program is started without it."), variable);
  gtk_widget_set_sensitive (row, FALSE);
  gtk_widget_set_tooltip_text (row, words);
}

static gboolean
read_choice (GValue   *value,
             GVariant *variant,
             gpointer  user_data)
{
  const Choice *choices = user_data;

  for (guint i = 0; choices[i].value != NULL; i++) {
    if (g_strcmp0 (choices[i].value, g_variant_get_string (variant, NULL)) == 0)
      g_value_set_uint (value, i);
  }
  return TRUE;
}

static GVariant *
write_choice (const GValue       *value,
              const GVariantType *type,
              gpointer            user_data)
{
  const Choice *choices = user_data;

  return g_value_get_uint (value) == GTK_INVALID_LIST_POSITION ? NULL : g_variant_new_string (choices[g_value_get_uint (value)].value);
}

/* @choices: static, by a NULL */
static GtkWidget *
make_choice (AvaSettingsSection *section,
             const char         *title,
             const char         *subtitle,
             const char         *key,
             const Choice       *choices)
{
  GtkWidget *row = adw_combo_row_new ();
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  for (guint i = 0; choices[i].value != NULL; i++)
    gtk_string_list_append (names, _(choices[i].name));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (names));
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  g_settings_bind_with_mapping (get_settings (section), key, row, "selected", G_SETTINGS_BIND_DEFAULT, read_choice, write_choice,
                                (gpointer) choices, NULL);
  mark_override (section, row, key);
  return row;
}

static void
on_suggestion (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       row)
{
  gtk_editable_set_text (row, g_variant_get_string (parameter, NULL));
}

/* What most people take, beside a field that takes anything: models end, and servers have their own. */
static void
add_suggestions (GtkWidget         *row,
                 const char        *title,
                 const char *const *suggestions)
{
  static const GActionEntry entries[] = { { "take", on_suggestion, "s" } };
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  g_autoptr (GMenu) menu = g_menu_new ();
  GtkWidget *button = gtk_menu_button_new ();
  g_autofree char *label = g_strdup_printf (_("%s: choose"), title);

  for (guint i = 0; suggestions[i] != NULL; i++) {
    g_autoptr (GMenuItem) item = g_menu_item_new (suggestions[i], NULL);

    g_menu_item_set_action_and_target (item, "suggestion.take", "s", suggestions[i]);
    g_menu_append_item (menu, item);
  }
  g_action_map_add_action_entries (G_ACTION_MAP (group), entries, G_N_ELEMENTS (entries), row);
  gtk_widget_insert_action_group (row, "suggestion", G_ACTION_GROUP (group));
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (row), button);
}

static GtkWidget *
make_entry (AvaSettingsSection *section,
            const char         *title,
            const char         *key,
            const char *const  *suggestions)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  g_settings_bind (get_settings (section), key, row, "text", G_SETTINGS_BIND_DEFAULT);
  if (suggestions != NULL)
    add_suggestions (row, title, suggestions);
  mark_override (section, row, key);
  return row;
}

/* --- Headers: one field, by semicolons --------------------------------------------------------- */

static void
on_headers (GtkEditable        *entry,
            AvaSettingsSection *section)
{
  g_auto (GStrv) parts = g_strsplit (gtk_editable_get_text (entry), ";", -1);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) headers = NULL;

  for (guint i = 0; parts[i] != NULL; i++) {
    if (*g_strstrip (parts[i]) != '\0')
      g_strv_builder_add (builder, parts[i]);
  }
  headers = g_strv_builder_end (builder);
  g_settings_set_strv (get_settings (section), "realtime-headers", (const char *const *) headers);
}

static GtkWidget *
make_headers_row (AvaSettingsSection *section)
{
  GtkWidget *row = adw_entry_row_new ();
  g_auto (GStrv) headers = g_settings_get_strv (get_settings (section), "realtime-headers");
  g_autofree char *text = g_strjoinv ("; ", headers);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("Extra headers, by semicolons: “Name: value”"));
  gtk_editable_set_text (GTK_EDITABLE (row), text);
  g_signal_connect_object (row, "changed", G_CALLBACK (on_headers), section, 0);
  mark_override (section, row, "realtime-headers");
  return row;
}

/* --- The key ----------------------------------------------------------------------------------- */

static void
set_key_notice (AvaSettingsSection *section,
                const char         *words)
{
  g_object_set_data_full (G_OBJECT (section), "key-notice", g_strdup (words), g_free);
  ava_settings_section_rebuild (section);
}

static void
stored_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (AvaSettingsSection) section = user_data;
  g_autoptr (GError) error = NULL;

  ava_cloud_voice_store_key_finish (AVA_CLOUD_VOICE (source), result, &error);
  set_key_notice (section, error != NULL ? error->message : NULL);
}

static void
forgotten_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (AvaSettingsSection) section = user_data;
  g_autoptr (GError) error = NULL;

  ava_cloud_voice_forget_key_finish (AVA_CLOUD_VOICE (source), result, &error);
  set_key_notice (section, error != NULL ? error->message : NULL);
}

static void
on_key_entered (GtkEditable        *entry,
                AvaSettingsSection *section)
{
  ava_cloud_voice_store_key_async (get_voice (section), gtk_editable_get_text (entry), NULL, stored_cb, g_object_ref (section));
  gtk_editable_set_text (entry, "");
}

static void
on_forget (AvaSettingsSection *section)
{
  ava_cloud_voice_forget_key_async (get_voice (section), NULL, forgotten_cb, g_object_ref (section));
}

static void
on_put_back (AvaSettingsSection *section)
{
  ava_cloud_voice_put_back_async (get_voice (section), NULL, stored_cb, g_object_ref (section));
}

static void
describe_key (AvaSettingsSection *section,
              GtkWidget          *row)
{
  AvaCloudVoice *voice = get_voice (section);
  const char *trouble = ava_cloud_voice_get_keyring_trouble (voice);
  const char *words = NULL;
  const char *title = _("No key is stored");

  switch (ava_cloud_voice_get_key_place (voice)) {
  case AVA_KEY_PLACE_ENVIRONMENT:
    title = _("The key comes from AVA_OPENAI_KEY");
    words = _("It counts for this run; one in the keyring is not used");
    break;
  case AVA_KEY_PLACE_KEYRING:
    title = _("A key is stored");
    words = _("In the keyring of this computer. It cannot be shown");
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), ava_settings_make_button (_("_Forget"), G_CALLBACK (on_forget), section));
    break;
  case AVA_KEY_PLACE_NONE:
    words = trouble != NULL ? trouble : _("It will be kept in the keyring of this computer, and in no file");
    if (ava_cloud_voice_can_put_back (voice)) {
      title = _("The key was forgotten");
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), ava_settings_make_button (_("_Undo"), G_CALLBACK (on_put_back), section));
    }
    break;
  }
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), words);
}

static void
add_key_rows (AvaSettingsSection  *section,
              AdwPreferencesGroup *group)
{
  GtkWidget *state = ava_settings_make_note ("", NULL);
  GtkWidget *entry = adw_password_entry_row_new ();
  const char *notice = g_object_get_data (G_OBJECT (section), "key-notice");

  describe_key (section, state);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (state), 0);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (entry),
                                 ava_cloud_voice_get_key_place (get_voice (section)) == AVA_KEY_PLACE_KEYRING ? _("New API key")
                                                                                                              : _("API key"));
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (entry), TRUE);
  g_signal_connect_object (entry, "apply", G_CALLBACK (on_key_entered), section, 0);
  adw_preferences_group_add (group, state);
  adw_preferences_group_add (group, entry);
  if (notice != NULL) {
    GtkWidget *row = ava_settings_make_note (notice, NULL);

    adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
    gtk_widget_add_css_class (row, "error");
    adw_preferences_group_add (group, row);
  }
}

/* --- Trying it ---------------------------------------------------------------------------------- */

static void
trial_free (AvaCloudTrial *trial)
{
  ava_cloud_trial_stop (trial);
  g_object_unref (trial);
}

/* One a section: it goes on while rows come and go. */
static AvaCloudTrial *
get_trial (AvaSettingsSection *section)
{
  AvaContext *context = ava_settings_section_get_context (section);
  AvaCloudTrial *trial = g_object_get_data (G_OBJECT (section), "trial");

  if (trial == NULL) {
    trial = ava_cloud_trial_new (get_voice (section), ava_context_get_store (context), ava_context_get_staff (context));
    g_object_set_data_full (G_OBJECT (section), "trial", trial, (GDestroyNotify) trial_free);
  }
  return trial;
}

static void
on_try (AvaSettingsSection *section)
{
  AvaCloudTrial *trial = get_trial (section);

  if (ava_cloud_trial_is_running (trial))
    ava_cloud_trial_stop (trial);
  else
    ava_cloud_trial_start (trial);
}

static void
show_trial (AdwActionRow  *row,
            GParamSpec    *pspec,
            AvaCloudTrial *trial)
{
  GtkWidget *button = g_object_get_data (G_OBJECT (row), "button");
  GtkWidget *icon = g_object_get_data (G_OBJECT (row), "icon");
  gboolean running = ava_cloud_trial_is_running (trial);
  const char *words = ava_cloud_trial_get_words (trial);

  adw_action_row_set_subtitle (row, running ? _("Asking the service…") : words != NULL ? words
                                    : _("Opens a session and closes it again. Nothing is said, and what is sent stands in the journal"));
  gtk_button_set_label (GTK_BUTTON (button), running ? _("_Stop") : _("_Try the Connection"));
  gtk_image_set_from_icon_name (GTK_IMAGE (icon), ava_cloud_trial_works (trial) ? "ava-confirmed-symbolic" : "ava-warning-symbolic");
  gtk_widget_set_visible (icon, words != NULL && !running);
}

static GtkWidget *
make_trial_row (AvaSettingsSection *section)
{
  AvaCloudTrial *trial = get_trial (section);
  GtkWidget *row = ava_settings_make_note (_("Does it work?"), NULL);
  GtkWidget *button = ava_settings_make_button (_("_Try the Connection"), G_CALLBACK (on_try), section);
  GtkWidget *icon = gtk_image_new ();

  gtk_accessible_update_state (GTK_ACCESSIBLE (icon), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  gtk_button_set_use_underline (GTK_BUTTON (button), TRUE);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  g_object_set_data (G_OBJECT (row), "button", button);
  g_object_set_data (G_OBJECT (row), "icon", icon);
  g_signal_connect_object (trial, "notify", G_CALLBACK (show_trial), row, G_CONNECT_SWAPPED);
  show_trial (ADW_ACTION_ROW (row), NULL, trial);
  return row;
}

/* --- The page ----------------------------------------------------------------------------------- */

static GtkWidget *
make_cap_row (AvaSettingsSection *section)
{
  GtkWidget *row = ava_settings_make_note (_("Most that a call may cost, in US dollars"),
                                           _("Then Ava goes on with her own voice; 0 is no limit"));
  GtkWidget *spin = gtk_spin_button_new_with_range (0, 100, 0.5);

  gtk_spin_button_set_digits (GTK_SPIN_BUTTON (spin), 2);
  gtk_widget_set_valign (spin, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (spin), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Most that a call may cost, in US dollars"), -1);
  g_settings_bind (get_settings (section), "realtime-cost-limit", spin, "value", G_SETTINGS_BIND_DEFAULT);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), spin);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), spin);
  return row;
}

static GtkWidget *
make_reconnect_row (AvaSettingsSection *section)
{
  GtkWidget *row = ava_settings_make_note (_("Wait for a lost connection"),
                                           _("Some seconds, before Ava goes on with her own voice; else she does at once"));
  GtkWidget *control = gtk_switch_new ();

  gtk_widget_set_valign (control, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (control), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Wait for a lost connection"), -1);
  g_settings_bind (get_settings (section), "realtime-reconnects", control, "active", G_SETTINGS_BIND_DEFAULT);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), control);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), control);
  mark_override (section, row, "realtime-reconnects");
  return row;
}

static void
add_service_group (AvaSettingsSection *section)
{
  static const char *const models[] = { "gpt-realtime-2.1", "gpt-realtime-2.1-mini", "gpt-realtime-2", "gpt-realtime-1.5", NULL };
  static const char *const voices[] = { "marin", "cedar", "alloy", "ash", "ballad", "coral", "echo", "sage", "shimmer", "verse", NULL };
  static const char *const writers[] = { "gpt-transcribe", NULL };
  AdwPreferencesGroup *group = ava_settings_section_add_group (section, _("Service"),
                                                               _("OpenAI Realtime, or a server that speaks the same protocol. Callers' voices go there."));

  add_key_rows (section, group);
  adw_preferences_group_add (group, make_entry (section, _("Address"), "realtime-url", NULL));
  adw_preferences_group_add (group, make_entry (section, _("Model"), "realtime-model", models));
  adw_preferences_group_add (group, make_entry (section, _("Voice"), "realtime-voice", voices));
  adw_preferences_group_add (group, make_entry (section, _("Model that writes down what callers say"), "realtime-transcription-model", writers));
  adw_preferences_group_add (group, make_entry (section, _("Language of the callers, “en”; empty for any"), "realtime-language", NULL));
  adw_preferences_group_add (group, make_headers_row (section));
  adw_preferences_group_add (group, make_trial_row (section));
}

static void
add_call_group (AvaSettingsSection *section)
{
  static const Choice modes[] = {
    { "server-vad", N_("The service, by silence") }, { "semantic-vad", N_("The service, by what was said") },
    { "client-vad", N_("This computer") }, { "push-to-talk", N_("A person, by a button (push to talk)") }, { NULL, NULL },
  };
  static const Choice noises[] = {
    { "", N_("None") }, { "near_field", N_("For a headset or telephone") }, { "far_field", N_("For a microphone in the room") }, { NULL, NULL },
  };
  AdwPreferencesGroup *group = ava_settings_section_add_group (section, _("In a Call"), NULL);

  adw_preferences_group_add (group, make_choice (section, _("Who decides that the caller has finished"), NULL, "realtime-turn-mode", modes));
  adw_preferences_group_add (group, make_choice (section, _("Noise reduction of the service"), NULL, "realtime-noise-reduction", noises));
  adw_preferences_group_add (group, make_cap_row (section));
  adw_preferences_group_add (group, make_reconnect_row (section));
}

/* Who may not change settings sees why. */
static void
restrict_to_rights (AvaSettingsSection  *section,
                    AdwPreferencesGroup *first)
{
  AvaStaff *staff = ava_context_get_staff (ava_settings_section_get_context (section));
  g_autofree char *refusal = ava_staff_refuse (staff, AVA_RIGHT_EDIT_SETTINGS);
  g_autofree char *markup = NULL;
  GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (first));

  if (refusal == NULL)
    return;
  for (GtkWidget *group = gtk_widget_get_first_child (parent); group != NULL; group = gtk_widget_get_next_sibling (group))
    gtk_widget_set_sensitive (group, FALSE);
  markup = g_markup_escape_text (refusal, -1);
  adw_preferences_group_set_description (first, markup);
}

static void
on_key_place (AvaSettingsSection *section)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (section)))
    ava_settings_section_rebuild (section);
}

void
ava_voice_settings_fill (AvaSettingsSection *section)
{
  static const Choice answers[] = {
    { "auto", N_("Cloud voice, if set up") }, { "realtime", N_("Cloud voice, and tell me when it cannot") },
    { "local", N_("This computer alone") }, { NULL, NULL },
  };
  AdwPreferencesGroup *group = ava_settings_section_add_group (section, _("Ava's Voice"),
                                                               _("Ava can always speak with the voice of this computer. A cloud voice sounds more natural; "
                                                                 "when it is lost in a call, her own goes on. It counts from the next call on."));

  if (get_settings (section) == NULL) {
    adw_preferences_group_add (group, ava_settings_make_note (_("These settings cannot be kept on this computer"),
                                                              _("The program is not installed completely: its settings schema is missing.")));
    return;
  }
  adw_preferences_group_add (group, make_choice (section, _("Who answers calls"), NULL, "answered-by", answers));
  adw_preferences_group_add (group, make_state_row (section));
  add_service_group (section);
  add_call_group (section);
  restrict_to_rights (section, group);
  if (g_object_get_data (G_OBJECT (section), "watching") == NULL) {
    AvaStaff *staff = ava_context_get_staff (ava_settings_section_get_context (section));

    g_object_set_data (G_OBJECT (section), "watching", GINT_TO_POINTER (TRUE));
    g_signal_connect_object (get_voice (section), "notify::key-place", G_CALLBACK (on_key_place), section, G_CONNECT_SWAPPED);
    g_signal_connect_object (get_voice (section), "notify::keyring-trouble", G_CALLBACK (on_key_place), section, G_CONNECT_SWAPPED);
    g_signal_connect_object (staff, "changed", G_CALLBACK (on_key_place), section, G_CONNECT_SWAPPED);
  }
}
