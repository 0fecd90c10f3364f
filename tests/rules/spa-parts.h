/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-spa.h"

G_BEGIN_DECLS

/* Lists are of words with spaces between. */
void     add_provider (AvaSpa     *spa,
                       const char *id,
                       const char *name,
                       const char *licences,
                       const char *services);
/* A device where the id begins with "d". */
AvaRoom *add_room     (AvaSpa     *spa,
                       const char *id,
                       const char *kinds,
                       guint       capacity);

G_END_DECLS
