/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "async-result.h"
#include "ava-context.h"

G_BEGIN_DECLS

#define NOW_US G_GINT64_CONSTANT (1795532700000000)   /* Tuesday 2026-11-24 10:05 in New York */

/* The desk of the demo spa in a folder of its own, without a window. @running: whether the clock goes on from NOW_US. */
AvaContext   *demo_desk_open  (char         **folder,
                               AvaClock     **clock,
                               gboolean       running);
/* Ends all that belongs to it and takes the folder away. */
void          demo_desk_close (AvaContext   **context,
                               AvaClock     **clock,
                               char         **folder);

/* Saves @json, a list of changes, as the settings do, and waits until the desk uses it. */
void          change_settings (AvaContext    *context,
                               const char    *json);

G_END_DECLS
