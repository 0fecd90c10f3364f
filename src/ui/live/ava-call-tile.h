/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-call-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * AvaCallTile:
 *
 * One of several calls as a card: who, what happens, for how long, and whether a person is wanted. Pressed
 * while that call is in focus. Follows its session.
 */
#define AVA_TYPE_CALL_TILE (ava_call_tile_get_type ())
G_DECLARE_FINAL_TYPE (AvaCallTile, ava_call_tile, AVA, CALL_TILE, GtkToggleButton)

AvaCallTile    *ava_call_tile_new         (AvaCallSession *session);
AvaCallSession *ava_call_tile_get_session (AvaCallTile    *self);

G_END_DECLS
