/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What json-glib must not be given: it recurses until the stack is used up. */
typedef enum {
  AVA_JSON_SHAPE_FINE,      /* may still be no JSON */
  AVA_JSON_SHAPE_STRANGE,   /* a comment, or a string in single quotes: json-glib takes them, they are no JSON */
  AVA_JSON_SHAPE_DEEP,      /* nested more deeply than anybody means */
} AvaJsonShape;

#define AVA_JSON_MOST_DEEP 64

/* To be asked of every text from outside before it is parsed. @at: (out) (nullable): [bytes] where it is found */
AvaJsonShape ava_json_look (const char *text,
                            gsize       size,
                            gsize      *at);

G_END_DECLS
