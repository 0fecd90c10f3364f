/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-schema.h"

#include <string.h>

struct _FakeSchema {
  JsonParser *parser;
  JsonObject *events;
  JsonObject *definitions;
};

static char *check (FakeSchema *self, JsonObject *schema, JsonNode *node, const char *path);

FakeSchema *
fake_schema_load (const char *path)
{
  FakeSchema *self = g_new0 (FakeSchema, 1);
  g_autoptr (GError) error = NULL;
  JsonObject *root;

  self->parser = json_parser_new ();
  if (!json_parser_load_from_file (self->parser, path, &error))
    g_error ("%s: %s", path, error->message);
  root = json_node_get_object (json_parser_get_root (self->parser));
  self->events = json_object_get_object_member (root, "events");
  self->definitions = json_object_get_object_member (root, "definitions");
  return self;
}

void
fake_schema_free (FakeSchema *self)
{
  if (self == NULL)
    return;
  g_object_unref (self->parser);
  g_free (self);
}

static JsonObject *
resolve (FakeSchema *self,
         JsonObject *schema)
{
  while (json_object_has_member (schema, "$ref")) {
    const char *name = strrchr (json_object_get_string_member (schema, "$ref"), '/') + 1;

    schema = json_object_get_object_member (self->definitions, name);
    g_assert_nonnull (schema);
  }
  return schema;
}

static gboolean
has_type (JsonNode   *node,
          const char *type)
{
  GType value = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_INVALID;

  if (g_str_equal (type, "object"))
    return JSON_NODE_HOLDS_OBJECT (node);
  if (g_str_equal (type, "array"))
    return JSON_NODE_HOLDS_ARRAY (node);
  if (g_str_equal (type, "null"))
    return JSON_NODE_HOLDS_NULL (node);
  if (g_str_equal (type, "string"))
    return value == G_TYPE_STRING;
  if (g_str_equal (type, "boolean"))
    return value == G_TYPE_BOOLEAN;
  if (g_str_equal (type, "integer"))
    return value == G_TYPE_INT64;
  return value == G_TYPE_INT64 || value == G_TYPE_DOUBLE;
}

static char *
check_any (FakeSchema *self,
           JsonArray  *choices,
           JsonNode   *node,
           const char *path)
{
  g_autoptr (GString) all = g_string_new (NULL);

  for (guint i = 0; i < json_array_get_length (choices); i++) {
    g_autofree char *wrong = check (self, json_array_get_object_element (choices, i), node, path);

    if (wrong == NULL)
      return NULL;
    g_string_append_printf (all, "%s%s", i > 0 ? " / " : "", wrong);
  }
  return g_strdup_printf ("%s fits none of its forms (%s)", path, all->str);
}

static char *
check_members (FakeSchema *self,
               JsonObject *schema,
               JsonObject *object,
               const char *path)
{
  g_autoptr (GList) names = json_object_get_members (object);
  JsonObject *properties = json_object_has_member (schema, "properties") ?
                           json_object_get_object_member (schema, "properties") : NULL;
  JsonArray *required = json_object_has_member (schema, "required") ?
                        json_object_get_array_member (schema, "required") : NULL;

  for (guint i = 0; required != NULL && i < json_array_get_length (required); i++) {
    if (!json_object_has_member (object, json_array_get_string_element (required, i)))
      return g_strdup_printf ("%s lacks “%s”", path, json_array_get_string_element (required, i));
  }
  for (GList *at = names; properties != NULL && at != NULL; at = at->next) {
    g_autofree char *inner = g_strdup_printf ("%s.%s", path, (char *) at->data);
    char *wrong;

    if (!json_object_has_member (properties, at->data))
      return g_strdup_printf ("%s is not known", inner);
    wrong = check (self, json_object_get_object_member (properties, at->data),
                   json_object_get_member (object, at->data), inner);
    if (wrong != NULL)
      return wrong;
  }
  return NULL;
}

static char *
check_items (FakeSchema *self,
             JsonObject *schema,
             JsonArray  *array,
             const char *path)
{
  if (json_array_get_length (array) < json_object_get_int_member_with_default (schema, "minItems", 0))
    return g_strdup_printf ("%s has too few", path);
  for (guint i = 0; json_object_has_member (schema, "items") && i < json_array_get_length (array); i++) {
    g_autofree char *inner = g_strdup_printf ("%s[%u]", path, i);
    char *wrong = check (self, json_object_get_object_member (schema, "items"), json_array_get_element (array, i), inner);

    if (wrong != NULL)
      return wrong;
  }
  return NULL;
}

static char *
check_enum (JsonArray  *choices,
            JsonNode   *node,
            const char *path)
{
  for (guint i = 0; i < json_array_get_length (choices); i++) {
    if (json_node_equal (json_array_get_element (choices, i), node))
      return NULL;
  }
  return g_strdup_printf ("%s is none of what it may be", path);
}

static char *
check_value (JsonObject *schema,
             JsonNode   *node,
             const char *path)
{
  if (json_object_has_member (schema, "const") && !json_node_equal (json_object_get_member (schema, "const"), node))
    return g_strdup_printf ("%s is another constant", path);
  if (!JSON_NODE_HOLDS_VALUE (node))
    return NULL;
  if (json_node_get_value_type (node) == G_TYPE_STRING) {
    if (g_utf8_strlen (json_node_get_string (node), -1) >
        json_object_get_int_member_with_default (schema, "maxLength", G_MAXINT64))
      return g_strdup_printf ("%s is too long", path);
    return NULL;
  }
  if (json_node_get_double (node) < json_object_get_double_member_with_default (schema, "minimum", -G_MAXDOUBLE) ||
      json_node_get_double (node) > json_object_get_double_member_with_default (schema, "maximum", G_MAXDOUBLE))
    return g_strdup_printf ("%s is out of its range", path);
  return NULL;
}

static char *
check (FakeSchema *self,
       JsonObject *schema,
       JsonNode   *node,
       const char *path)
{
  char *wrong = NULL;

  schema = resolve (self, schema);
  if (json_object_has_member (schema, "anyOf"))
    return check_any (self, json_object_get_array_member (schema, "anyOf"), node, path);
  if (json_object_has_member (schema, "oneOf"))
    return check_any (self, json_object_get_array_member (schema, "oneOf"), node, path);
  if (json_object_has_member (schema, "type") && !has_type (node, json_object_get_string_member (schema, "type")))
    return g_strdup_printf ("%s is no %s", path, json_object_get_string_member (schema, "type"));
  if (json_object_has_member (schema, "enum"))
    wrong = check_enum (json_object_get_array_member (schema, "enum"), node, path);
  if (wrong == NULL)
    wrong = check_value (schema, node, path);
  if (wrong == NULL && JSON_NODE_HOLDS_OBJECT (node))
    wrong = check_members (self, schema, json_node_get_object (node), path);
  if (wrong == NULL && JSON_NODE_HOLDS_ARRAY (node))
    wrong = check_items (self, schema, json_node_get_array (node), path);
  return wrong;
}

char *
fake_schema_check (FakeSchema *self,
                   JsonObject *event)
{
  const char *type = json_object_get_string_member_with_default (event, "type", NULL);
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  if (type == NULL || !json_object_has_member (self->events, type))
    return g_strdup_printf ("there is no client event “%s”", type != NULL ? type : "");
  json_node_set_object (node, event);
  return check (self, json_object_get_object_member (self->events, type), node, type);
}
