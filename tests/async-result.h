/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* To do one thing after another: test_result_cb is the callback, @user_data the place of a result that is NULL. */
void          test_result_cb   (GObject       *source,
                                GAsyncResult  *result,
                                gpointer       user_data);
/* Runs the thread's main loop until it is there. Returns: (transfer none): it; the place owns it */
GAsyncResult *test_result_wait (GAsyncResult **result);

G_END_DECLS
