/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-hearing.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * AvaHearingButton:
 *
 * By which way speech is detected, in a word; a menu changes it and leads to the whole panel. Where
 * Silero is missing it says what is used instead.
 */
#define AVA_TYPE_HEARING_BUTTON (ava_hearing_button_get_type ())
G_DECLARE_FINAL_TYPE (AvaHearingButton, ava_hearing_button, AVA, HEARING_BUTTON, AdwBin)

void        ava_hearing_button_set_hearing (AvaHearingButton *self,
                                            AvaHearing       *hearing);
const char *ava_hearing_button_get_label   (AvaHearingButton *self);

const char *ava_hearing_name_mode          (const char       *mode);   /* in words */
const char *ava_hearing_name_work          (AvaHearing       *hearing);

G_END_DECLS
