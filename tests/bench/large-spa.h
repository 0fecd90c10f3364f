/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Returns: (transfer full): the demo spa as JSON, with twelve providers and their rooms */
char *large_spa_read (void);

G_END_DECLS
