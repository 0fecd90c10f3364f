/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-application.h"

G_BEGIN_DECLS

/**
 * AvaErrorWindow:
 *
 * Says why the profile cannot be opened and what to do about it. Nothing is changed on the disk, but for a
 * copy that is put in the place of a damaged book.
 */
#define AVA_TYPE_ERROR_WINDOW (ava_error_window_get_type ())
G_DECLARE_FINAL_TYPE (AvaErrorWindow, ava_error_window, AVA, ERROR_WINDOW, AdwApplicationWindow)

AvaErrorWindow *ava_error_window_new (AvaApplication *application,
                                      const GError   *error,
                                      const char     *data_dir);
void            ava_error_window_put_back (AvaErrorWindow *self,
                                           GFile          *file);

G_END_DECLS
