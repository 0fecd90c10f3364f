/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char     *ava_phone_normalize (const char *text);
gboolean  ava_phone_is_e164   (const char *text);
char     *ava_phone_format    (const char *e164);
char     *ava_phone_speak     (const char *e164);

G_END_DECLS
