/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * AvaAdaptiveBox:
 *
 * Two children: "main" and "side". Where there is room the side stands beside main, else below it
 * with at most two fifths of the height. Room is judged by what the children need, so that large
 * text folds earlier.
 */
#define AVA_TYPE_ADAPTIVE_BOX (ava_adaptive_box_get_type ())
G_DECLARE_FINAL_TYPE (AvaAdaptiveBox, ava_adaptive_box, AVA, ADAPTIVE_BOX, GtkWidget)

G_END_DECLS
