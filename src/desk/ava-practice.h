/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-context.h"

G_BEGIN_DECLS

GPtrArray *ava_practice_list      (void);
char      *ava_practice_find_data (const char *name);

G_END_DECLS
