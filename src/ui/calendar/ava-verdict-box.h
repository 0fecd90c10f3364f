/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-book-judge.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * AvaVerdictBox:
 *
 * What speaks against a time, in words, and the ways out: a free time near it, or a reason to go on for
 * who may. Shows nothing where nothing speaks against it.
 *
 * Signals:
 *   "time-chosen" (gint64 start_us): a free time near it is wanted instead
 *   "reason-given" (const char *reason): who may go on says why
 */
#define AVA_TYPE_VERDICT_BOX (ava_verdict_box_get_type ())
G_DECLARE_FINAL_TYPE (AvaVerdictBox, ava_verdict_box, AVA, VERDICT_BOX, AdwBin)

void        ava_verdict_box_set_verdict (AvaVerdictBox *self,
                                         AvaVerdict    *verdict,
                                         GTimeZone     *zone,
                                         gint64         now_us);
void        ava_verdict_box_set_words   (AvaVerdictBox *self,
                                         const char    *words);
const char *ava_verdict_box_get_words   (AvaVerdictBox *self);   /* "" while nothing is shown */
void        ava_verdict_box_set_step    (AvaVerdictBox *self);
void        ava_verdict_box_ask_reason  (AvaVerdictBox *self);

G_END_DECLS
