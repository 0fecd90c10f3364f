/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-tool-call.h"

G_BEGIN_DECLS

char    *ava_tool_args_check   (const AvaToolSpec *spec,
                                JsonObject        *args);
gboolean ava_tool_args_is_e164 (const char        *phone);
gboolean ava_tool_args_is_email(const char        *email);
gboolean ava_tool_args_is_name (const char        *name);

G_END_DECLS
