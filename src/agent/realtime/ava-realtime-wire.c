/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-realtime-wire.h"

#include "ava-json-shape.h"

#include <string.h>

G_DEFINE_QUARK (ava-wire-error-quark, ava_wire_error)

static gboolean
check_shape (const char  *text,
             gsize        size,
             GError     **error)
{
  AvaJsonShape shape = ava_json_look (text, size, NULL);

  if (shape == AVA_JSON_SHAPE_DEEP)
    g_set_error_literal (error, AVA_WIRE_ERROR, AVA_WIRE_ERROR_TOO_DEEP, "a message is nested too deeply");
  else if (shape == AVA_JSON_SHAPE_STRANGE)
    g_set_error_literal (error, AVA_WIRE_ERROR, AVA_WIRE_ERROR_NOT_JSON, "a message is not JSON");
  return shape == AVA_JSON_SHAPE_FINE;
}

/* json-glib takes more than JSON: what does not begin like an object is none. */
static gboolean
begins_object (const char *text,
               gsize       size)
{
  while (size > 0 && strchr (" \t\r\n", *text) != NULL && *text != '\0')
    text++, size--;
  return size > 0 && *text == '{';
}

/**
 * ava_wire_parse:
 * @text: one frame, not terminated
 *
 * Returns: (transfer full) (nullable): the object, or %NULL with @error set (AVA_WIRE_ERROR)
 */
JsonObject *
ava_wire_parse (const char  *text,
                gsize        size,
                GError     **error)
{
  g_autoptr (JsonParser) parser = NULL;
  g_autoptr (GError) cause = NULL;
  JsonNode *root;

  if (size > AVA_WIRE_MOST_BYTES) {
    g_set_error (error, AVA_WIRE_ERROR, AVA_WIRE_ERROR_TOO_BIG, "a message of %zu bytes is too big", size);
    return NULL;
  }
  if (!begins_object (text, size) || !g_utf8_validate (text, size, NULL)) {
    g_set_error_literal (error, AVA_WIRE_ERROR, AVA_WIRE_ERROR_NOT_JSON, "a message is not a JSON object");
    return NULL;
  }
  if (!check_shape (text, size, error))
    return NULL;
  parser = json_parser_new_immutable ();
  if (!json_parser_load_from_data (parser, text, size, &cause)) {
    g_set_error (error, AVA_WIRE_ERROR, AVA_WIRE_ERROR_NOT_JSON, "a message is not JSON: %s", cause->message);
    return NULL;
  }
  root = json_parser_get_root (parser);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root)) {
    g_set_error_literal (error, AVA_WIRE_ERROR, AVA_WIRE_ERROR_NOT_JSON, "a message is not a JSON object");
    return NULL;
  }
  return json_node_dup_object (root);
}

/**
 * ava_wire_print:
 *
 * Returns: (transfer full): @object as one line
 */
char *
ava_wire_print (JsonObject *object)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  json_node_set_object (node, object);
  return json_to_string (node, FALSE);
}

static JsonNode *
get_value (JsonObject *object,
           const char *member)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, member) : NULL;

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) ? node : NULL;
}

const char *
ava_wire_get_text (JsonObject *object,
                   const char *member)
{
  JsonNode *node = get_value (object, member);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL;
}

gint64
ava_wire_get_int (JsonObject *object,
                  const char *member,
                  gint64      usual)
{
  JsonNode *node = get_value (object, member);

  if (node == NULL)
    return usual;
  if (json_node_get_value_type (node) == G_TYPE_INT64)
    return json_node_get_int (node);
  if (json_node_get_value_type (node) == G_TYPE_DOUBLE && ABS (json_node_get_double (node)) < 9e15)
    return json_node_get_double (node);
  return usual;
}

gboolean
ava_wire_get_bool (JsonObject *object,
                   const char *member,
                   gboolean    usual)
{
  JsonNode *node = get_value (object, member);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_BOOLEAN ? json_node_get_boolean (node) : usual;
}

JsonObject *
ava_wire_get_object (JsonObject *object,
                     const char *member)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, member) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

JsonArray *
ava_wire_get_array (JsonObject *object,
                    const char *member)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, member) : NULL;

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

JsonObject *
ava_wire_get_nth (JsonArray *array,
                  guint      n)
{
  JsonNode *node = array != NULL && n < json_array_get_length (array) ? json_array_get_element (array, n) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}
