/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-settings-sections.h"

#include "ava-settings-fields.h"
#include "ava-settings-order.h"
#include "ava-time-of-day.h"

#include <glib/gi18n.h>
#include <string.h>

/* The rules of the safety gate, who stands for them, and where somebody went on against one. */

#define EXAMPLE " (example, to be approved by your medical director)"
#define OVERRIDES "overrides"   /* the item that lists them */
#define MOST_OVERRIDES 200

static const char *const kind_ids[] = { "condition", "interval", "consult", "licence", NULL };
static const char *const action_ids[] = { "refuse", "consult", "warn", NULL };
static const char *const role_ids[] = { "none", "front-desk", "provider", "manager", "medical-director", NULL };

/* --- Approval --------------------------------------------------------------------------------- */

static const char *const judging[] = {
  "kind", "condition", "service_id", "category", "other_service_id", "other_category", "days", "licence", "action", "override_role",
};

/* An approval is of what was approved: a rule that judges otherwise has none. */
static void
watch_approval (AdwActionRow     *row,
                AvaSettingsDraft *draft)
{
  const char *id = g_object_get_data (G_OBJECT (row), "rule");
  const char *seal = g_object_get_data (G_OBJECT (row), "seal");
  JsonObject *rule = ava_settings_draft_find (draft, "safety_rules", id);
  g_autoptr (GString) now = g_string_new (NULL);

  if (rule == NULL || *ava_settings_get_text (rule, "approved_by") == '\0')
    return;
  for (guint i = 0; i < G_N_ELEMENTS (judging); i++)
    g_string_append_printf (now, "%s/%" G_GINT64_FORMAT "/", ava_settings_get_text (rule, judging[i]), ava_settings_get_int (rule, judging[i]));
  if (seal == NULL) {
    g_object_set_data_full (G_OBJECT (row), "seal", g_strdup (now->str), g_free);
  } else if (strcmp (seal, now->str) != 0) {
    ava_settings_draft_set_text (draft, "safety_rules", id, "approved_by", NULL);
    adw_action_row_set_subtitle (row, _("It judges otherwise now, so it must be approved anew"));
  }
}

static void
on_approve (AvaSettingsSection *section)
{
  AvaSettingsDraft *draft = ava_settings_section_get_draft (section);
  AvaStaff *staff = ava_context_get_staff (ava_settings_section_get_context (section));
  g_autofree char *id = g_strdup (ava_settings_section_get_item (section));
  g_autofree char *name = g_strdup (ava_settings_get_text (ava_settings_draft_find (draft, "safety_rules", id), "name"));

  if (g_str_has_suffix (name, EXAMPLE)) {
    name[strlen (name) - strlen (EXAMPLE)] = '\0';
    ava_settings_draft_set_text (draft, "safety_rules", id, "name", name);
  }
  ava_settings_draft_set_text (draft, "safety_rules", id, "approved_by", ava_staff_get_name (staff));
  ava_settings_section_rebuild (section);
}

static void
on_withdraw (AvaSettingsSection *section)
{
  ava_settings_draft_set_text (ava_settings_section_get_draft (section), "safety_rules", ava_settings_section_get_item (section), "approved_by", NULL);
  ava_settings_section_rebuild (section);
}

static void
add_approval (AvaSettingsSection *section,
              JsonObject         *rule)
{
  AdwPreferencesGroup *group = ava_settings_section_add_group (section, _("Approval"), NULL);
  AvaSettingsDraft *draft = ava_settings_section_get_draft (section);
  AvaStaff *staff = ava_context_get_staff (ava_settings_section_get_context (section));
  const char *by = ava_settings_get_text (rule, "approved_by");
  const char *name = ava_staff_get_name (staff);
  g_autofree char *refusal = ava_staff_refuse (staff, AVA_RIGHT_APPROVE_RULES);
  g_autofree char *title = *by != '\0' ? g_strdup_printf (_("Approved by %s"), by) : g_strdup (_("To be approved by your medical director"));
  g_autofree char *mnemonic = g_strdup_printf (_("_Approve as %s"), name != NULL ? name : "");
  GtkWidget *row = ava_settings_make_note (title, *by != '\0' ? _("Changing what it judges takes the approval back")
                                                  : name == NULL ? _("Choose who you are under People and Roles to approve it by name")
                                                  : refusal != NULL ? refusal : _("It counts already; an approval says who stands for it"));

  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  if (*by != '\0')
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), ava_settings_make_button (_("_Take Back"), G_CALLBACK (on_withdraw), section));
  else if (name != NULL && refusal == NULL)
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), ava_settings_make_button (mnemonic, G_CALLBACK (on_approve), section));
  g_object_set_data_full (G_OBJECT (row), "rule", g_strdup (ava_settings_get_text (rule, "id")), g_free);
  g_signal_connect_object (draft, "edited", G_CALLBACK (watch_approval), row, G_CONNECT_SWAPPED);
  watch_approval (ADW_ACTION_ROW (row), draft);
  adw_preferences_group_add (group, row);
}

/* --- One rule --------------------------------------------------------------------------------- */

static void
add_services (AvaSettingsSection  *section,
              AdwPreferencesGroup *group,
              const char          *id,
              const char          *service_title,
              const char          *service_column,
              const char          *category_title,
              const char          *category_column)
{
  g_auto (GStrv) ids = NULL;
  g_auto (GStrv) names = NULL;

  ava_settings_list_choices (ava_settings_section_get_draft (section), "services", _("Any"), &ids, &names);
  adw_preferences_group_add (group, ava_settings_make_choice (section, service_title, &(AvaSettingsPlace) { "safety_rules", id, service_column },
                                                              (const char *const *) ids, (const char *const *) names, FALSE));
  adw_preferences_group_add (group, ava_settings_make_text (section, category_title, &(AvaSettingsPlace) { "safety_rules", id, category_column }));
}

/* What is asked depends on the kind. */
static void
add_judgement (AvaSettingsSection *section,
               const char         *id,
               const char         *kind,
               const char         *action)
{
  gboolean consult = strcmp (kind, "consult") == 0 || strcmp (action, "consult") == 0;
  const char *const kinds[] = { _("The customer has a condition"), _("Too near to another treatment"), _("No valid consultation"),
                                _("The provider lacks a licence"), NULL };
  AdwPreferencesGroup *group = ava_settings_section_add_group (section, _("When It Speaks Against a Booking"), NULL);

  adw_preferences_group_add (group, ava_settings_make_choice (section, _("Because"), &(AvaSettingsPlace) { "safety_rules", id, "kind" }, kind_ids, kinds, TRUE));
  adw_preferences_group_add (group, ava_settings_make_text (section, strcmp (kind, "condition") == 0 ? _("Words of the record, apart by | (“pregnant” also counts when ticked)")
                                                                     : _("Only with this condition; empty for all"),
                                                            &(AvaSettingsPlace) { "safety_rules", id, "condition" }));
  add_services (section, group, id, _("Service"), "service_id", _("Or every service of the category"), "category");
  if (strcmp (kind, "interval") == 0)
    add_services (section, group, id, _("The other treatment"), "other_service_id", _("Or every one of the category"), "other_category");
  if (strcmp (kind, "licence") == 0)
    adw_preferences_group_add (group, ava_settings_make_text (section, _("Licence"), &(AvaSettingsPlace) { "safety_rules", id, "licence" }));
  if (strcmp (kind, "interval") == 0 || consult)
    adw_preferences_group_add (group, ava_settings_make_number (section, strcmp (kind, "interval") == 0 ? _("Days between them") : _("A consultation is valid"),
                                                                strcmp (kind, "interval") == 0 ? NULL : _("Days; 0 for ever"),
                                                                &(AvaSettingsPlace) { "safety_rules", id, "days" }, 0, 3650, 1));
}

static void
fill_rule (AvaSettingsSection *section,
           const char         *id)
{
  const char *const actions[] = { _("Refuse"), _("Ask for a consultation first"), _("Warn and go on"), NULL };
  const char *const roles[] = { _("Nobody"), _("The front desk"), _("A provider"), _("A manager"), _("The medical director"), NULL };
  JsonObject *rule = ava_settings_draft_find (ava_settings_section_get_draft (section), "safety_rules", id);
  AdwPreferencesGroup *group = ava_settings_section_add_group (section, NULL, NULL);

  adw_preferences_group_add (group, ava_settings_make_name (section, &(AvaSettingsPlace) { "safety_rules", id, "name" }, "say"));
  adw_preferences_group_add (group, ava_settings_make_text (section, _("What Ava and the desk say"), &(AvaSettingsPlace) { "safety_rules", id, "say" }));
  add_judgement (section, id, ava_settings_get_text (rule, "kind"), ava_settings_get_text (rule, "action"));
  group = ava_settings_section_add_group (section, _("What Happens Then"), _("The same for Ava, the staff and an import."));
  adw_preferences_group_add (group, ava_settings_make_choice (section, _("Then"), &(AvaSettingsPlace) { "safety_rules", id, "action" }, action_ids, actions, TRUE));
  adw_preferences_group_add (group, ava_settings_make_choice (section, _("With a reason may go on"), &(AvaSettingsPlace) { "safety_rules", id, "override_role" },
                                                              role_ids, roles, FALSE));
  add_approval (section, rule);
  ava_settings_add_removal (section, _("_Remove This Rule"), "safety_rules");
}

/* --- Overrides -------------------------------------------------------------------------------- */

static void
add_override (AdwPreferencesGroup *group,
              AvaSpa              *spa,
              AvaOverride         *override)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (override->at_us / G_USEC_PER_SEC);
  g_autoptr (GDateTime) here = g_date_time_to_timezone (utc, spa->zone);
  g_autofree char *when = ava_time_of_day_print_date (here, _("%-d %b %Y"));
  const AvaPerson *person = g_str_has_prefix (override->who, "staff:") ? ava_spa_find_person (spa, override->who + strlen ("staff:")) : NULL;
  const char *role = ava_staff_role_to_words (ava_staff_role_from_string (override->role));
  g_autofree char *title = g_strdup_printf (_("%s for %s"), override->service_name, override->customer_name);
  /* Translators: who, in which role, when, and why. */
  g_autofree char *subtitle = g_strdup_printf (_("%s (%s), %s: “%s”"), person != NULL ? person->name : _("Front desk"), role, when, override->reason);
  GtkWidget *row = ava_settings_make_note (title, subtitle);

  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "win.show-appointment");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", override->appointment_id);
  adw_preferences_group_add (group, row);
}

static void
overrides_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (AvaSettingsSection) section = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) overrides = ava_store_list_overrides_finish (AVA_STORE (source), result, &error);
  AdwPreferencesGroup *group;

  if (g_strcmp0 (ava_settings_section_get_item (section), OVERRIDES) != 0 || !gtk_widget_get_mapped (GTK_WIDGET (section)))
    return;
  group = ava_settings_section_add_group (section, NULL, _("Bookings that somebody made against a rule: who, when and why."));
  for (guint i = 0; overrides != NULL && i < overrides->len; i++)
    add_override (group, ava_context_get_spa (ava_settings_section_get_context (section)), overrides->pdata[i]);
  if (overrides == NULL || overrides->len == 0)
    adw_preferences_group_add (group, ava_settings_make_note (overrides != NULL ? _("Nobody went on against a rule") : error->message, NULL));
}

static void
fill_overrides (AvaSettingsSection *section)
{
  ava_settings_section_set_title (section, _("Overrides"));
  ava_store_list_overrides_async (ava_context_get_store (ava_settings_section_get_context (section)), MOST_OVERRIDES, NULL, overrides_cb,
                                  g_object_ref (section));
}

/* --- All rules -------------------------------------------------------------------------------- */

static void
on_add (AvaSettingsSection *section)
{
  AvaSettingsDraft *draft = ava_settings_section_get_draft (section);
  JsonObject *row = json_object_new ();

  json_object_set_string_member (row, "name", "");
  json_object_set_string_member (row, "say", "");
  json_object_set_string_member (row, "kind", "condition");
  json_object_set_string_member (row, "condition", "");
  json_object_set_string_member (row, "action", "refuse");
  json_object_set_string_member (row, "override_role", "medical-director");
  json_object_set_int_member (row, "days", 0);
  json_object_set_int_member (row, "rank", json_array_get_length (ava_settings_draft_list (draft, "safety_rules")) + 1);
  ava_settings_section_open (section, ava_settings_draft_add (draft, "safety_rules", row));
}

/* "Injectables: refuse. Not approved yet" */
static char *
describe (AvaSettingsDraft *draft,
          JsonObject       *rule)
{
  JsonObject *service = ava_settings_draft_find (draft, "services", ava_settings_get_text (rule, "service_id"));
  const char *category = ava_settings_get_text (rule, "category");
  const char *action = ava_settings_get_text (rule, "action");
  const char *by = ava_settings_get_text (rule, "approved_by");
  const char *what = service != NULL ? ava_settings_get_text (service, "name") : *category != '\0' ? category : _("Every service");
  const char *then = strcmp (action, "warn") == 0 ? _("warn") : strcmp (action, "consult") == 0 ? _("consultation first") : _("refuse");

  if (*by != '\0')
    return g_strdup_printf (_("%s: %s. Approved by %s"), what, then, by);
  return g_strdup_printf (_("%s: %s. To be approved by your medical director"), what, then);
}

static char *
name_rule (JsonObject *rule)
{
  const char *name = ava_settings_get_text (rule, "name");

  if (*name == '\0')
    return g_strdup (_("New rule"));
  return g_strndup (name, g_str_has_suffix (name, EXAMPLE) ? strlen (name) - strlen (EXAMPLE) : strlen (name));
}

void
ava_safety_settings_fill (AvaSettingsSection *section)
{
  const char *item = ava_settings_section_get_item (section);
  AdwPreferencesGroup *group;
  g_autoptr (GPtrArray) rules = NULL;

  if (g_strcmp0 (item, OVERRIDES) == 0) {
    fill_overrides (section);
    return;
  }
  if (item != NULL && ava_settings_section_keeps (section, "safety_rules", item)) {
    fill_rule (section, item);
    return;
  }
  group = ava_settings_section_add_group (section, _("Safety Rules"), _("They judge every booking, whoever makes it. The rules that came with this program are "
                                                                        "examples: your medical director decides which of them are right for your spa."));
  ava_settings_add_button (group, _("_Add Rule"), G_CALLBACK (on_add), section);
  rules = ava_settings_order_list (ava_settings_section_get_draft (section), "safety_rules");
  for (guint i = 0; i < rules->len; i++) {
    g_autofree char *title = name_rule (rules->pdata[i]);
    g_autofree char *subtitle = describe (ava_settings_section_get_draft (section), rules->pdata[i]);

    adw_preferences_group_add (group, ava_settings_make_link (section, title, subtitle, ava_settings_get_text (rules->pdata[i], "id")));
  }
  if (rules->len == 0)
    adw_preferences_group_add (group, ava_settings_make_note (_("There are no rules: nothing is refused"), NULL));
  group = ava_settings_section_add_group (section, NULL, NULL);
  adw_preferences_group_add (group, ava_settings_make_link (section, _("Overrides"), _("Where somebody went on against a rule"), OVERRIDES));
}
