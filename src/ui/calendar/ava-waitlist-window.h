/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-context.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * AvaWaitlistWindow:
 *
 * Who waits for a time, and which time could be offered to them now, best placed first. An offer is held for
 * them; when they say yes it is booked. Follows the book.
 */
#define AVA_TYPE_WAITLIST_WINDOW (ava_waitlist_window_get_type ())
G_DECLARE_FINAL_TYPE (AvaWaitlistWindow, ava_waitlist_window, AVA, WAITLIST_WINDOW, AdwWindow)

GtkWindow *ava_waitlist_window_new (AvaContext *context);

G_END_DECLS
