/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-context.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * AvaImportWindow:
 *
 * What a calendar or a table would bring into the book, before it does: each line with what becomes of it.
 * Nothing is written until the button is pressed, and all of it can be undone.
 */
#define AVA_TYPE_IMPORT_WINDOW (ava_import_window_get_type ())
G_DECLARE_FINAL_TYPE (AvaImportWindow, ava_import_window, AVA, IMPORT_WINDOW, AdwWindow)

GtkWindow *ava_import_window_new (AvaContext *context,
                                  const char *name,
                                  GBytes     *contents,
                                  gboolean    calendar,
                                  const char *location_id);

G_END_DECLS
