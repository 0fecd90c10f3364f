/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-tool-args.h"

#include <string.h>

/* Checks arguments against the parameters that a tool's spec names: the part of JSON schema that the
 * specs use (type, enum, minimum, maximum, required; what is not named is refused). */

#define MAX_TEXT 4000

static const char *
describe_type (const char *type)
{
  if (g_str_equal (type, "string"))
    return "text";
  if (g_str_equal (type, "integer"))
    return "a whole number";
  return g_str_equal (type, "boolean") ? "true or false" : "a number";
}

static gboolean
has_type (JsonNode   *node,
          const char *type)
{
  GType value = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_INVALID;

  if (g_str_equal (type, "string"))
    return value == G_TYPE_STRING;
  if (g_str_equal (type, "integer"))
    return value == G_TYPE_INT64;
  if (g_str_equal (type, "boolean"))
    return value == G_TYPE_BOOLEAN;
  return value == G_TYPE_INT64 || value == G_TYPE_DOUBLE;
}

static char *
check_enum (const char *name,
            JsonObject *property,
            const char *text)
{
  g_autoptr (GString) choices = g_string_new (NULL);
  JsonArray *array;

  if (!json_object_has_member (property, "enum"))
    return NULL;
  array = json_object_get_array_member (property, "enum");
  for (guint i = 0; i < json_array_get_length (array); i++) {
    const char *choice = json_array_get_string_element (array, i);

    if (g_strcmp0 (choice, text) == 0)
      return NULL;
    g_string_append_printf (choices, "%s“%s”", i > 0 ? ", " : "", choice);
  }
  return g_strdup_printf ("“%s” must be one of %s.", name, choices->str);
}

static char *
check_value (const char *name,
             JsonObject *property,
             JsonNode   *node)
{
  const char *type = json_object_get_string_member_with_default (property, "type", "string");

  if (!has_type (node, type))
    return g_strdup_printf ("“%s” must be %s.", name, describe_type (type));
  if (g_str_equal (type, "string")) {
    const char *text = json_node_get_string (node);

    if (strlen (text) > MAX_TEXT)
      return g_strdup_printf ("“%s” is too long.", name);
    if (!g_utf8_validate (text, -1, NULL))
      return g_strdup_printf ("“%s” is not readable text.", name);
    return check_enum (name, property, text);
  }
  if (g_str_equal (type, "integer")) {
    gint64 value = json_node_get_int (node);
    gint64 low = json_object_get_int_member_with_default (property, "minimum", G_MININT64);
    gint64 high = json_object_get_int_member_with_default (property, "maximum", G_MAXINT64);

    if (value < low || value > high)
      return g_strdup_printf ("“%s” must be from %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT ".", name, low, high);
  }
  return NULL;
}

static char *
check_required (JsonObject *schema,
                JsonObject *args)
{
  JsonArray *required;

  if (!json_object_has_member (schema, "required"))
    return NULL;
  required = json_object_get_array_member (schema, "required");
  for (guint i = 0; i < json_array_get_length (required); i++) {
    const char *name = json_array_get_string_element (required, i);

    if (!json_object_has_member (args, name) || json_object_get_null_member (args, name))
      return g_strdup_printf ("“%s” is missing.", name);
  }
  return NULL;
}

/**
 * ava_tool_args_check:
 * @args: (nullable): null members count as missing
 *
 * Returns: (transfer full) (nullable): in words, the first thing wrong; %NULL when @args fit
 */
char *
ava_tool_args_check (const AvaToolSpec *spec,
                     JsonObject        *args)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GList) names = NULL;
  JsonObject *schema;
  JsonObject *properties;

  if (args == NULL)
    return g_strdup ("There are no arguments.");
  if (!json_parser_load_from_data (parser, spec->parameters, -1, &error)) {
    g_critical ("Parameters of tool %s: %s", spec->name, error->message);
    return g_strdup ("This tool is broken.");
  }
  schema = json_node_get_object (json_parser_get_root (parser));
  properties = json_object_get_object_member (schema, "properties");
  names = json_object_get_members (args);
  for (GList *item = names; item != NULL; item = item->next) {
    const char *name = item->data;
    JsonNode *node = json_object_get_member (args, name);
    char *wrong;

    if (!json_object_has_member (properties, name))
      return g_strdup_printf ("There is no argument “%s”.", name);
    if (JSON_NODE_HOLDS_NULL (node))
      continue;
    wrong = check_value (name, json_object_get_object_member (properties, name), node);
    if (wrong != NULL)
      return wrong;
  }
  return check_required (schema, args);
}

/**
 * ava_tool_args_is_e164:
 *
 * Returns: whether @phone is "+", then 8 to 15 digits of which the first is no 0
 */
gboolean
ava_tool_args_is_e164 (const char *phone)
{
  gsize digits;

  if (phone == NULL || phone[0] != '+' || phone[1] == '0')
    return FALSE;
  digits = strspn (phone + 1, "0123456789");
  return phone[1 + digits] == '\0' && digits >= 8 && digits <= 15;
}

/**
 * ava_tool_args_is_email:
 *
 * Returns: whether @email looks like an address
 */
gboolean
ava_tool_args_is_email (const char *email)
{
  const char *at = strchr (email, '@');
  const char *dot = at != NULL ? strrchr (at, '.') : NULL;

  return at != NULL && at != email && strchr (at + 1, '@') == NULL && dot != NULL && dot > at + 1 && dot[1] != '\0' &&
         strpbrk (email, " \t\r\n,;<>\"") == NULL;
}

/**
 * ava_tool_args_is_name:
 *
 * Returns: whether @name can be someone's: it has a letter and is not endless
 */
gboolean
ava_tool_args_is_name (const char *name)
{
  if (name == NULL || g_utf8_strlen (name, -1) > 120)
    return FALSE;
  for (const char *at = name; *at != '\0'; at = g_utf8_next_char (at)) {
    if (g_unichar_isalpha (g_utf8_get_char (at)))
      return TRUE;
  }
  return FALSE;
}
