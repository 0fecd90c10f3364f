/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-amends.h"
#include "ava-cli.h"
#include "ava-store-changes.h"

/* put-right: one action about an appointment that Ava booked wrongly (BD-03). */

static void
print_amends (AvaCli    *cli,
              AvaAmends *amends)
{
  g_autoptr (JsonObject) object = NULL;

  if (!cli->json) {
    g_print ("%s\n%s%s\nRehearsal case: %s\n", ava_appointment_status_to_string (amends->appointment->status),
             amends->message != NULL ? "Waiting to be sent: " : "There is no number to send an apology to.",
             amends->message != NULL ? amends->message : "", amends->case_path);
    return;
  }
  object = json_object_new ();
  json_object_set_string_member (object, "appointment_id", amends->appointment->id);
  json_object_set_string_member (object, "status", ava_appointment_status_to_string (amends->appointment->status));
  json_object_set_string_member (object, "message", amends->message);
  json_object_set_string_member (object, "message_status", amends->message != NULL ? "waiting" : NULL);
  json_object_set_string_member (object, "case", amends->case_path);
  ava_cli_print_object (object);
}

static int
put_right (AvaCli     *cli,
           const char *id,
           GDateTime  *start)
{
  g_autoptr (AvaContext) context = ava_cli_open (cli);
  g_autoptr (AvaBook) book = context != NULL ? ava_book_new (context) : NULL;
  const AvaBookWish to = { .start_us = start != NULL ? g_date_time_to_unix (start) * G_USEC_PER_SEC : 0 };
  g_autoptr (GAsyncResult) found = NULL;
  g_autoptr (GAsyncResult) made = NULL;
  g_autoptr (AvaAppointment) appointment = NULL;
  g_autoptr (AvaAmends) amends = NULL;
  g_autoptr (GError) error = NULL;

  if (context == NULL)
    return AVA_EXIT_REFUSED;
  ava_store_get_appointment_async (ava_context_get_store (context), id, NULL, ava_cli_result_cb, &found);
  appointment = ava_store_get_appointment_finish (ava_context_get_store (context), ava_cli_wait (&found), &error);
  if (appointment != NULL) {
    ava_amends_make_async (book, appointment, start != NULL ? &to : NULL, ava_cli_result_cb, &made);
    amends = ava_amends_make_finish (book, ava_cli_wait (&made), &error);
  }
  if (amends != NULL)
    print_amends (cli, amends);
  ava_context_shut_down (context);
  return amends != NULL ? AVA_EXIT_DONE : ava_cli_fail (error);
}

int
ava_command_put_right (AvaCli  *cli,
                       int      argc,
                       char   **argv)
{
  g_autofree char *id = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GDateTime) start = NULL;
  const GOptionEntry entries[] = {
    { "appointment", 0, 0, G_OPTION_ARG_STRING, &id, "its id", "ID" },
    { "start", 0, 0, G_OPTION_ARG_STRING, &text, "when it should have been; without, it is cancelled", "TIME" },
    { NULL }
  };

  if (!ava_cli_parse (cli, "--appointment ID [--start TIME]", entries, &argc, &argv))
    return AVA_EXIT_USAGE;
  if (id == NULL) {
    g_printerr ("avactl put-right: --appointment is missing\n");
    return AVA_EXIT_USAGE;
  }
  start = text != NULL ? g_date_time_new_from_iso8601 (text, NULL) : NULL;
  if (text != NULL && start == NULL) {
    g_printerr ("avactl put-right: “%s” is not a time like 2026-12-01T15:00:00-05:00\n", text);
    return AVA_EXIT_USAGE;
  }
  return put_right (cli, id, start);
}
