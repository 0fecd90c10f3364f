/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "ava-settings-draft.h"

G_BEGIN_DECLS

/**
 * AvaSettingsReview:
 *
 * The bar below every sub-page while something is edited: what it would do, Save and Discard; after a
 * save for a while Undo. Hidden when there is nothing to say. Nothing is asked in a dialog.
 */
#define AVA_TYPE_SETTINGS_REVIEW (ava_settings_review_get_type ())
G_DECLARE_FINAL_TYPE (AvaSettingsReview, ava_settings_review, AVA, SETTINGS_REVIEW, AdwBin)

GtkWidget *ava_settings_review_new     (AvaSettingsDraft  *draft);
/* Says @words above the impact until the next edit: why it is shown again. */
void       ava_settings_review_remind  (AvaSettingsReview *self,
                                        const char        *words);

G_END_DECLS
