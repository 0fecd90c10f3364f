/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-cli.h"

/* slots, hold, book, move and cancel: the same tools that Ava and the calendar use. */

static void
set_string (JsonObject *args,
            const char *member,
            const char *value)
{
  if (value != NULL)
    json_object_set_string_member (args, member, value);
}

static void
print_slots (JsonArray *slots)
{
  for (guint i = 0; i < json_array_get_length (slots); i++) {
    JsonObject *slot = json_array_get_object_element (slots, i);

    g_print ("%s  %s  %s  %s", json_object_get_string_member (slot, "start"),
             json_object_get_string_member (slot, "service"),
             json_object_get_string_member (slot, "provider"),
             json_object_get_string_member (slot, "slot_id"));
    if (json_object_has_member (slot, "location"))
      g_print ("  %s", json_object_get_string_member (slot, "location"));
    g_print ("\n");
  }
}

static void
print_reasons (JsonObject *result)
{
  JsonArray *reasons;

  if (!json_object_has_member (result, "reasons"))
    return;
  reasons = json_object_get_array_member (result, "reasons");
  for (guint i = 0; i < json_array_get_length (reasons); i++)
    g_print ("closed: %s\n", json_array_get_string_element (reasons, i));
}

static void
print_words (JsonObject *result)
{
  if (json_object_has_member (result, "slots")) {
    print_slots (json_object_get_array_member (result, "slots"));
    print_reasons (result);
    return;
  }
  g_print ("%s\n", json_object_get_string_member_with_default (
                     result, "spoken",
                     json_object_get_string_member_with_default (result, "hold_id", "done")));
}

/* Runs one tool on the profile and prints what it gives. */
static int
run (AvaCli     *cli,
     const char *tool,
     JsonObject *args,
     const char *key)
{
  g_autoptr (AvaContext) context = ava_cli_open (cli);
  g_autoptr (JsonObject) result = NULL;
  gboolean refused;

  if (context == NULL) {
    json_object_unref (args);
    return AVA_EXIT_REFUSED;
  }
  result = ava_cli_run_tool (context, tool, args, key);
  refused = json_object_has_member (result, "error");
  if (cli->json)
    ava_cli_print_object (result);
  else if (!refused)
    print_words (result);
  if (refused)
    g_printerr ("avactl: %s\n", json_object_get_string_member (result, "message"));
  ava_context_shut_down (context);
  return refused ? AVA_EXIT_REFUSED : AVA_EXIT_DONE;
}

static int
miss (const char *command,
      const char *what)
{
  g_printerr ("avactl %s: %s is missing\n", command, what);
  return AVA_EXIT_USAGE;
}

static int
refuse_option (const char *words)
{
  g_printerr ("avactl slots: %s\n", words);
  return AVA_EXIT_USAGE;
}

static char *
make_key (AvaCli     *cli,
          const char *key,
          const char *intent,
          const char *subject)
{
  if (key != NULL)
    return g_strdup (key);
  return g_strdup_printf ("avactl/%" G_GINT64_FORMAT "/%s/%s", ava_clock_now_us (cli->clock), intent,
                          subject);
}

int
ava_command_slots (AvaCli  *cli,
                   int      argc,
                   char   **argv)
{
  g_autofree char *service = NULL;
  g_autofree char *provider = NULL;
  g_autofree char *room = NULL;
  g_autofree char *location = NULL;
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;
  g_autofree char *when = NULL;
  g_autoptr (JsonObject) args = NULL;
  gboolean explain = FALSE;
  int limit = 0;
  const GOptionEntry entries[] = {
    { "service", 0, 0, G_OPTION_ARG_STRING, &service, "id or words", "S" },
    { "provider", 0, 0, G_OPTION_ARG_STRING, &provider, "id or words", "P" },
    { "room", 0, 0, G_OPTION_ARG_STRING, &room, "id or name, with --explain", "R" },
    { "location", 0, 0, G_OPTION_ARG_STRING, &location, "id or words; else the first one", "L" },
    { "from", 0, 0, G_OPTION_ARG_STRING, &from, "first day", "YYYY-MM-DD" },
    { "to", 0, 0, G_OPTION_ARG_STRING, &to, "last day", "YYYY-MM-DD" },
    { "when", 0, 0, G_OPTION_ARG_STRING, &when, "a phrase instead of days", "PHRASE" },
    { "limit", 0, 0, G_OPTION_ARG_INT, &limit, "at most so many", "N" },
    { "explain", 0, 0, G_OPTION_ARG_NONE, &explain, "each time of the days, and why it is closed", NULL },
    { NULL }
  };

  if (!ava_cli_parse (cli, "--service S [--provider P] [--location L] (--from D --to D | --when PHRASE) [--explain [--room R]]",
                      entries, &argc, &argv))
    return AVA_EXIT_USAGE;
  if (service == NULL)
    return miss ("slots", "--service");
  if (when == NULL && (from == NULL || to == NULL))
    return miss ("slots", "--from and --to, or --when,");
  if (explain && limit > 0)
    return refuse_option ("--limit counts free times, and --explain tells of each: leave one of them out");
  if (room != NULL && !explain)
    return refuse_option ("--room is looked at with --explain only");
  args = json_object_new ();
  set_string (args, "service", service);
  set_string (args, "provider", provider);
  set_string (args, "location", location);
  set_string (args, "from_date", from);
  set_string (args, "to_date", to);
  set_string (args, "when", when);
  if (explain)
    return ava_command_explain (cli, args, room);
  json_object_set_int_member (args, "limit", limit > 0 ? limit : 200);
  return run (cli, "check_availability", g_steal_pointer (&args), NULL);
}

int
ava_command_hold (AvaCli  *cli,
                  int      argc,
                  char   **argv)
{
  g_autofree char *slot = NULL;
  g_autofree char *key = NULL;
  int minutes = 5;
  const GOptionEntry entries[] = {
    { "slot", 0, 0, G_OPTION_ARG_STRING, &slot, "from avactl slots", "SLOT_ID" },
    { "minutes", 0, 0, G_OPTION_ARG_INT, &minutes, "how long", "N" },
    { NULL }
  };
  JsonObject *args;

  if (!ava_cli_parse (cli, "--slot SLOT_ID [--minutes N]", entries, &argc, &argv))
    return AVA_EXIT_USAGE;
  if (slot == NULL)
    return miss ("hold", "--slot");
  args = json_object_new ();
  set_string (args, "slot_id", slot);
  json_object_set_int_member (args, "minutes", minutes);
  key = make_key (cli, NULL, "hold", slot);
  return run (cli, "hold_slot", args, key);
}

int
ava_command_book (AvaCli  *cli,
                  int      argc,
                  char   **argv)
{
  g_autofree char *slot = NULL;
  g_autofree char *name = NULL;
  g_autofree char *phone = NULL;
  g_autofree char *email = NULL;
  g_autofree char *notes = NULL;
  g_autofree char *given_key = NULL;
  g_autofree char *key = NULL;
  const GOptionEntry entries[] = {
    { "slot", 0, 0, G_OPTION_ARG_STRING, &slot, "from avactl slots", "SLOT_ID" },
    { "name", 0, 0, G_OPTION_ARG_STRING, &name, "of the customer", "NAME" },
    { "phone", 0, 0, G_OPTION_ARG_STRING, &phone, "of the customer", "E.164" },
    { "email", 0, 0, G_OPTION_ARG_STRING, &email, "of the customer", "EMAIL" },
    { "notes", 0, 0, G_OPTION_ARG_STRING, &notes, "for the staff", "TEXT" },
    { "key", 0, 0, G_OPTION_ARG_STRING, &given_key, "the same key books once", "KEY" },
    { NULL }
  };
  JsonObject *args;

  if (!ava_cli_parse (cli, "--slot SLOT_ID --name NAME --phone E.164 [--key KEY]", entries, &argc,
                      &argv))
    return AVA_EXIT_USAGE;
  if (slot == NULL || name == NULL || phone == NULL)
    return miss ("book", "--slot, --name or --phone");
  args = json_object_new ();
  set_string (args, "slot_id", slot);
  set_string (args, "customer_name", name);
  set_string (args, "phone", phone);
  set_string (args, "email", email);
  set_string (args, "notes", notes);
  key = make_key (cli, given_key, "book", slot);
  return run (cli, "book_appointment", args, key);
}

int
ava_command_move (AvaCli  *cli,
                  int      argc,
                  char   **argv)
{
  g_autofree char *appointment = NULL;
  g_autofree char *slot = NULL;
  g_autofree char *key = NULL;
  const GOptionEntry entries[] = {
    { "appointment", 0, 0, G_OPTION_ARG_STRING, &appointment, "its id", "ID" },
    { "slot", 0, 0, G_OPTION_ARG_STRING, &slot, "from avactl slots", "SLOT_ID" },
    { NULL }
  };
  JsonObject *args;

  if (!ava_cli_parse (cli, "--appointment ID --slot SLOT_ID", entries, &argc, &argv))
    return AVA_EXIT_USAGE;
  if (appointment == NULL || slot == NULL)
    return miss ("move", "--appointment or --slot");
  args = json_object_new ();
  set_string (args, "appointment_id", appointment);
  set_string (args, "slot_id", slot);
  key = make_key (cli, NULL, "move", slot);
  return run (cli, "reschedule_appointment", args, key);
}

int
ava_command_cancel (AvaCli  *cli,
                    int      argc,
                    char   **argv)
{
  g_autofree char *appointment = NULL;
  g_autofree char *reason = NULL;
  g_autofree char *key = NULL;
  const GOptionEntry entries[] = {
    { "appointment", 0, 0, G_OPTION_ARG_STRING, &appointment, "its id", "ID" },
    { "reason", 0, 0, G_OPTION_ARG_STRING, &reason, "in words", "TEXT" },
    { NULL }
  };
  JsonObject *args;

  if (!ava_cli_parse (cli, "--appointment ID [--reason TEXT]", entries, &argc, &argv))
    return AVA_EXIT_USAGE;
  if (appointment == NULL)
    return miss ("cancel", "--appointment");
  args = json_object_new ();
  set_string (args, "appointment_id", appointment);
  set_string (args, "reason", reason);
  key = make_key (cli, NULL, "cancel", appointment);
  return run (cli, "cancel_appointment", args, key);
}
