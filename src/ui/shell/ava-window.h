/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-context.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * AvaWindow:
 *
 * The shell: sidebar, pages made when they are first shown, and the win.* and call.* actions.
 * Main thread; knows no rule and no query.
 */
#define AVA_TYPE_WINDOW (ava_window_get_type ())
G_DECLARE_FINAL_TYPE (AvaWindow, ava_window, AVA, WINDOW, AdwApplicationWindow)

AvaWindow  *ava_window_new      (GtkApplication *application,
                                 AvaContext     *context);
gboolean    ava_window_has_page (const char     *name);
void        ava_window_show_page(AvaWindow      *self,
                                 const char     *name);
const char *ava_window_get_page (AvaWindow      *self);
GtkWidget  *ava_window_find_page(AvaWindow      *self,
                                 const char     *name);

G_END_DECLS
