/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-settings-section.h"

G_BEGIN_DECLS

/* Rows of a form, each bound to one value of the draft: what is typed goes there at once. */

/* Where a value stands. */
typedef struct {
  const char *table;
  const char *id;
  const char *column;
} AvaSettingsPlace;

GtkWidget *ava_settings_make_text   (AvaSettingsSection     *section,
                                     const char             *title,
                                     const AvaSettingsPlace *place);
/* A name; while its row is new, it is also how it is said: @spoken is a column of text or a list, or NULL. */
GtkWidget *ava_settings_make_name   (AvaSettingsSection     *section,
                                     const AvaSettingsPlace *place,
                                     const char             *spoken);
GtkWidget *ava_settings_make_list   (AvaSettingsSection     *section,   /* texts, by commas */
                                     const char             *title,
                                     const AvaSettingsPlace *place);
GtkWidget *ava_settings_make_money  (AvaSettingsSection     *section,
                                     const char             *title,
                                     const AvaSettingsPlace *place);
GtkWidget *ava_settings_make_number (AvaSettingsSection     *section,
                                     const char             *title,
                                     const char             *subtitle,
                                     const AvaSettingsPlace *place,
                                     int                     least,
                                     int                     most,
                                     int                     step);
GtkWidget *ava_settings_make_switch (AvaSettingsSection     *section,
                                     const char             *title,
                                     const char             *subtitle,
                                     const AvaSettingsPlace *place);
/* @ids and @names: by NULL; an id "" stands for no value. */
GtkWidget *ava_settings_make_choice (AvaSettingsSection     *section,
                                     const char             *title,
                                     const AvaSettingsPlace *place,
                                     const char *const      *ids,
                                     const char *const      *names,
                                     gboolean                rebuilds);
/* A switch for one text of a list. */
GtkWidget *ava_settings_make_member (AvaSettingsSection     *section,
                                     const char             *title,
                                     const char             *subtitle,
                                     const AvaSettingsPlace *place,
                                     const char             *member);
/* The colour of a provider. */
GtkWidget *ava_settings_make_colour (AvaSettingsSection     *section,
                                     const char             *provider_id);
const char *ava_settings_pick_colour(guint                   providers);   /* of the next one, after so many */
/* Opens something of the section; @icon_name nullable. */
GtkWidget *ava_settings_make_link   (AvaSettingsSection     *section,
                                     const char             *title,
                                     const char             *subtitle,
                                     const char             *item);
GtkWidget *ava_settings_make_note   (const char             *title,
                                     const char             *subtitle);
GtkWidget *ava_settings_make_button (const char             *mnemonic,
                                     GCallback               clicked,
                                     AvaSettingsSection     *section);
/* Beside the title of a group. */
void       ava_settings_add_button  (AdwPreferencesGroup    *group,
                                     const char             *mnemonic,
                                     GCallback               clicked,
                                     AvaSettingsSection     *section);
/* At the end of the form of one thing: takes it out of use and goes back. */
void       ava_settings_add_removal (AvaSettingsSection     *section,
                                     const char             *mnemonic,
                                     const char             *table);
/* Live rows of @table as ids and names for a choice, with an entry for none when @none is given. */
void       ava_settings_list_choices(AvaSettingsDraft       *draft,
                                     const char             *table,
                                     const char             *none,
                                     GStrv                  *ids,
                                     GStrv                  *names);
char      *ava_settings_print_money (gint64                  cents);

G_END_DECLS
