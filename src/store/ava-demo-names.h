/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the people of the demo spa are called, and where they phone from. NULL-terminated. */
extern const char *const ava_demo_first_names[];
extern const char *const ava_demo_last_names[];
extern const char *const ava_demo_area_codes[];
extern const char *const ava_demo_allergies[];
extern const char *const ava_demo_notes[];

G_END_DECLS
