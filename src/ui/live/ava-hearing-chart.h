/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-hearing.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * AvaHearingChart:
 *
 * What the speech detector sees, over time: loudness with its threshold, Silero's certainty with
 * its own, and what is taken for speech. It runs along with a live detector, or shows a whole test
 * with the verdict of each mode. Screen readers get thresholds and verdict in words.
 */
#define AVA_TYPE_HEARING_CHART (ava_hearing_chart_get_type ())
G_DECLARE_FINAL_TYPE (AvaHearingChart, ava_hearing_chart, AVA, HEARING_CHART, GtkWidget)

void  ava_hearing_chart_set_thresholds (AvaHearingChart         *self,
                                        double                   loudness,
                                        double                   certainty);
void  ava_hearing_chart_push           (AvaHearingChart         *self,
                                        const AvaHearingReading *reading);
void  ava_hearing_chart_show_take      (AvaHearingChart         *self,
                                        const AvaHearingTake    *take);
guint ava_hearing_chart_get_n_moments  (AvaHearingChart         *self);

G_END_DECLS
