/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* JSGF rules <flag> and <aside>, and those they are made of; they need no other. */
extern const char ava_grammar_dangers[];

G_END_DECLS
