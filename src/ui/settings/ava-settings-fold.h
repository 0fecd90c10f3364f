/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * AvaSettingsFold:
 *
 * A list beside its content where there is room for both, one of them at a time where there is not.
 * Room is judged by what the two need, so that large text folds earlier.
 *
 * Properties: "folded", "show-content" (boolean).
 */
#define AVA_TYPE_SETTINGS_FOLD (ava_settings_fold_get_type ())
G_DECLARE_FINAL_TYPE (AvaSettingsFold, ava_settings_fold, AVA, SETTINGS_FOLD, GtkWidget)

GtkWidget *ava_settings_fold_new              (GtkWidget       *list,
                                               GtkWidget       *content);
gboolean   ava_settings_fold_is_folded        (AvaSettingsFold *self);
void       ava_settings_fold_set_show_content (AvaSettingsFold *self,
                                               gboolean         shown);

G_END_DECLS
