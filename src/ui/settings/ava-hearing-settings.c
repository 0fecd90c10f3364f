/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-settings-sections.h"

#include "ava-settings-fields.h"

#include <glib/gi18n.h>

/* How Ava hears has a panel of its own, with a meter and a test; this leads there. */

void
ava_hearing_settings_fill (AvaSettingsSection *section)
{
  AvaHearing *hearing = ava_context_get_hearing (ava_settings_section_get_context (section));
  AdwPreferencesGroup *group = ava_settings_section_add_group (section, _("Ava's Hearing"),
                                                               _("How this computer tells speech from noise. It counts at once and is not part of "
                                                                 "the configuration file: each desk has its own microphone."));
  const char *trouble = ava_hearing_get_trouble (hearing);
  GtkWidget *row = ava_settings_make_note (_("Speech detection"), trouble != NULL ? trouble : _("Meter, thresholds and a test of the microphone"));
  GtkWidget *button = gtk_button_new_with_mnemonic (_("_Open…"));

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.speech-detection");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), button);
  adw_preferences_group_add (group, row);
}
