/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-hearing.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * AvaHearingWindow:
 *
 * The panel of speech detection (V-18, V-20): what is heard now, the mode, the thresholds, a test of
 * the microphone, and how well each mode does on this computer.
 */
#define AVA_TYPE_HEARING_WINDOW (ava_hearing_window_get_type ())
G_DECLARE_FINAL_TYPE (AvaHearingWindow, ava_hearing_window, AVA, HEARING_WINDOW, AdwWindow)

AvaHearingWindow *ava_hearing_window_new (GtkWindow  *parent,
                                          AvaHearing *hearing);

G_END_DECLS
