/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Bytes to JSON and back. Everything that comes from the network is doubted: json-glib alone crashes on deep nesting,
 * takes comments for JSON, and answers NULL where a default was asked for. */

typedef enum {
  AVA_WIRE_ERROR_TOO_BIG,
  AVA_WIRE_ERROR_TOO_DEEP,
  AVA_WIRE_ERROR_NOT_JSON,   /* or not an object, or not UTF-8 */
} AvaWireError;

#define AVA_WIRE_ERROR (ava_wire_error_quark ())
GQuark ava_wire_error_quark (void);

#define AVA_WIRE_MOST_BYTES (32 << 20)

JsonObject *ava_wire_parse      (const char  *text,
                                 gsize        size,
                                 GError     **error);
char       *ava_wire_print      (JsonObject  *object);

/* Members that are missing or of another kind are as if they were not there. @object may be NULL. */
const char *ava_wire_get_text   (JsonObject  *object,
                                 const char  *member);   /* nullable */
gint64      ava_wire_get_int    (JsonObject  *object,
                                 const char  *member,
                                 gint64       usual);
gboolean    ava_wire_get_bool   (JsonObject  *object,
                                 const char  *member,
                                 gboolean     usual);
JsonObject *ava_wire_get_object (JsonObject  *object,
                                 const char  *member);   /* nullable */
JsonArray  *ava_wire_get_array  (JsonObject  *object,
                                 const char  *member);   /* nullable */
JsonObject *ava_wire_get_nth    (JsonArray   *array,
                                 guint        n);        /* nullable */

G_END_DECLS
