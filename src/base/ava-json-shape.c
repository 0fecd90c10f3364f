/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-json-shape.h"

/* Any thread. What stands in strings does not count; with comments and single quotes it could not be told what does. */
AvaJsonShape
ava_json_look (const char *text,
               gsize       size,
               gsize      *at)
{
  guint depth = 0;
  gboolean in_string = FALSE;
  gsize i;
  AvaJsonShape shape = AVA_JSON_SHAPE_FINE;

  for (i = 0; i < size && shape == AVA_JSON_SHAPE_FINE; i++) {
    char c = text[i];

    if (in_string) {
      if (c == '\\')
        i++;
      else if (c == '"')
        in_string = FALSE;
    } else if (c == '"') {
      in_string = TRUE;
    } else if (c == '\'' || c == '/' || c == '#') {
      shape = AVA_JSON_SHAPE_STRANGE;
    } else if (c == '{' || c == '[') {
      if (++depth > AVA_JSON_MOST_DEEP)
        shape = AVA_JSON_SHAPE_DEEP;
    } else if ((c == '}' || c == ']') && depth > 0) {
      depth--;
    }
  }
  if (at != NULL)
    *at = shape != AVA_JSON_SHAPE_FINE ? i - 1 : MIN (i, size);
  return shape;
}
