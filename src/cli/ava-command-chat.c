/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-chat.h"
#include "ava-cli.h"

#include <stdio.h>
#include <string.h>

#define LONGEST_LINE (64 * 1024)   /* [bytes] read of one turn; the rest of the line is dropped */

typedef struct {
  AvaDialogueTurn *turn;
  gboolean done;
} ChatWait;

static void
heard_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  ChatWait *wait = user_data;

  wait->turn = ava_chat_hear_finish (AVA_CHAT (source), result, NULL);
  wait->done = TRUE;
}

static JsonArray *
list_tools (AvaChat *chat)
{
  GPtrArray *tools = ava_chat_get_tools (chat);
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < tools->len; i++) {
    AvaToolCall *call = tools->pdata[i];
    JsonObject *object = json_object_new ();

    json_object_set_string_member (object, "name", call->name);
    json_object_set_object_member (object, "args", json_object_ref (call->args));
    json_object_set_object_member (object, "result", json_object_ref (call->result));
    json_array_add_object_element (array, object);
  }
  return array;
}

static void
copy_member (JsonObject *from,
             JsonObject *to,
             const char *member)
{
  if (json_object_has_member (from, member))
    json_object_set_member (to, member, json_node_copy (json_object_get_member (from, member)));
  else
    json_object_set_null_member (to, member);
}

static gboolean
take_turn (AvaChat    *chat,
           const char *text)
{
  ChatWait wait = { 0 };
  g_autoptr (AvaDialogueTurn) turn = NULL;
  g_autoptr (JsonObject) state = NULL;
  g_autoptr (JsonObject) object = json_object_new ();

  ava_chat_hear_async (chat, text, 1.0, heard_cb, &wait);
  while (!wait.done)
    g_main_context_iteration (NULL, TRUE);
  turn = wait.turn;
  state = ava_chat_describe (chat);
  json_object_set_string_member (object, "reply", turn->reply);
  json_object_set_string_member (object, "intent", ava_intent_to_string (turn->intent));
  copy_member (state, object, "slots");
  copy_member (state, object, "offers");
  json_object_set_array_member (object, "tool_calls", list_tools (chat));
  copy_member (state, object, "booking");
  copy_member (state, object, "safety");
  json_object_set_boolean_member (object, "ends_call", turn->ends_call);
  ava_cli_print_object (object);
  fflush (stdout);
  return !turn->ends_call;
}

/* Reads one line; what is too long is cut, not split into several turns. */
static gboolean
read_line (GString *line)
{
  int c;

  g_string_truncate (line, 0);
  while ((c = getchar ()) != EOF && c != '\n') {
    if (line->len < LONGEST_LINE)
      g_string_append_c (line, c);
  }
  return c != EOF || line->len > 0;
}

static char *
find_caller (AvaContext  *context,
             const char  *phone,
             char       **name)
{
  g_autoptr (JsonObject) args = json_object_new ();
  g_autoptr (JsonObject) result = NULL;
  JsonArray *customers;
  JsonObject *customer;

  json_object_set_string_member (args, "phone", phone);
  result = ava_cli_run_tool (context, "find_customer", json_object_ref (args), NULL);
  if (!json_object_has_member (result, "customers"))
    return NULL;
  customers = json_object_get_array_member (result, "customers");
  if (json_array_get_length (customers) != 1)
    return NULL;
  customer = json_array_get_object_element (customers, 0);
  *name = g_strdup (json_object_get_string_member (customer, "name"));
  return g_strdup (json_object_get_string_member (customer, "customer_id"));
}

int
ava_command_chat (AvaCli  *cli,
                  int      argc,
                  char   **argv)
{
  g_autofree char *phone = NULL;
  g_autofree char *customer_id = NULL;
  g_autofree char *name = NULL;
  g_autoptr (GString) line = g_string_new (NULL);
  gboolean greet = FALSE;
  const GOptionEntry entries[] = {
    { "caller-phone", 0, 0, G_OPTION_ARG_STRING, &phone, "who writes", "E.164" },
    { "greet", 0, 0, G_OPTION_ARG_NONE, &greet, "print Ava's greeting first", NULL },
    { NULL }
  };
  g_autoptr (AvaContext) context = NULL;
  g_autoptr (AvaChat) chat = NULL;

  if (!ava_cli_parse (cli, "[--caller-phone E.164] [--greet]", entries, &argc, &argv))
    return AVA_EXIT_USAGE;
  context = ava_cli_open (cli);
  if (context == NULL)
    return AVA_EXIT_REFUSED;
  if (phone != NULL)
    customer_id = find_caller (context, phone, &name);
  chat = ava_chat_new (context, phone, customer_id, name);
  if (greet)
    take_turn (chat, NULL);
  while (read_line (line)) {
    g_autofree char *text = g_utf8_make_valid (line->str, line->len);

    if (!take_turn (chat, text))
      break;
  }
  ava_chat_end (chat);
  ava_context_shut_down (context);
  return AVA_EXIT_DONE;
}
