/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

const char *ava_region_of_zone (const char *zone_name);

G_END_DECLS
