/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A stretch of text that is synthesized at once, written as it is spoken. */
typedef struct {
  char *words;          /* what the voice is given: plain words and pauses */
  GArray *ends;         /* gsize: for each word given, [bytes] of the source text said with it */
  gsize end;            /* [bytes] of the source text said when it is over */
} AvaSpokenPart;

void       ava_spoken_part_free  (AvaSpokenPart *self);
GPtrArray *ava_spoken_text_split (const char    *text);

G_END_DECLS
