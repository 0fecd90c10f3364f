/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-cli.h"
#include "ava-log.h"

#include <glib/gi18n.h>
#include <locale.h>

/* avactl: the desk without a display. Finds the command and runs it. */

static const struct {
  const char *name;
  AvaCommandFunc func;
  const char *help;
} commands[] = {
  { "demo", ava_command_demo, "fill an empty profile with the demo spa" },
  { "call", ava_command_call, "take one whole call" },
  { "chat", ava_command_chat, "talk with Ava in text, one line a turn" },
  { "slots", ava_command_slots, "when a service can be had" },
  { "hold", ava_command_hold, "hold a slot for a few minutes" },
  { "book", ava_command_book, "book an appointment" },
  { "move", ava_command_move, "give an appointment another time" },
  { "cancel", ava_command_cancel, "cancel an appointment" },
  { "put-right", ava_command_put_right, "what Ava booked wrongly: moved or cancelled, with an apology and a rehearsal case" },
  { "status", ava_command_status, "say that someone has come, is in the room, is done" },
  { "undo", ava_command_undo, "take back a change, or make it again" },
  { "history", ava_command_history, "who changed an appointment, and on whose words" },
  { "day", ava_command_day, "the appointments of a day, now or as the book once stood" },
  { "day-sheet", ava_command_day_sheet, "the printed page of a day, as a PDF" },
  { "waitlist", ava_command_waitlist, "who waits for a time, and the offer to them" },
  { "export-ics", ava_command_export_ics, "write days of the book as a calendar file" },
  { "import-ics", ava_command_import_ics, "take a calendar file: leave, and appointments that match" },
  { "import-appointments", ava_command_import_appointments, "take appointments from a table" },
  { "dst-check", ava_command_dst_check, "what the next change of the clocks touches" },
  { "customers", ava_command_customers, "find, show, add, edit, merge, archive, erase or import customers" },
  { "resolve-date", ava_command_resolve_date, "what a phrase about time means" },
  { "export", ava_command_export, "write the whole configuration into one file" },
  { "import", ava_command_import, "take the configuration from such a file" },
  { "backup", ava_command_backup, "write the whole appointment book into one file" },
  { "restore", ava_command_restore, "put such a file in its place; what stood there is kept" },
  { "vad", ava_command_vad, "speech detection over a sound file" },
  { "doctor", ava_command_doctor, "what works on this machine and what does not" },
};

static void
print_usage (void)
{
  g_printerr ("Usage: avactl [--data-dir DIR] [--now RFC3339] [--json] COMMAND …\n\nCommands:\n");
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    g_printerr ("  %-14s %s\n", commands[i].name, commands[i].help);
}

static AvaClock *
make_clock (const char *now)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) start = NULL;

  if (now == NULL)
    return ava_system_clock_new ();
  start = g_date_time_new_from_iso8601 (now, utc);
  if (start == NULL)
    return NULL;
  return ava_virtual_clock_new (g_date_time_to_unix (start) * G_USEC_PER_SEC, TRUE);
}

/* Takes the options before the command; what follows it is the command's own. */
static int
take_globals (AvaCli *cli,
              int     argc,
              char  **argv)
{
  const char *now = NULL;
  int i;

  for (i = 1; i < argc && g_str_has_prefix (argv[i], "--"); i++) {
    if (g_str_equal (argv[i], "--json")) {
      cli->json = TRUE;
    } else if (g_str_equal (argv[i], "--data-dir") && i + 1 < argc) {
      g_free (cli->data_dir);
      cli->data_dir = g_strdup (argv[++i]);
    } else if (g_str_equal (argv[i], "--now") && i + 1 < argc) {
      now = argv[++i];
    } else {
      return -1;
    }
  }
  cli->clock = make_clock (now);
  if (cli->clock == NULL) {
    g_printerr ("avactl: “%s” is not a time like 2026-12-01T09:30:00-05:00\n", now);
    return -1;
  }
  return i;
}

static int
run_command (AvaCli *cli,
             int     argc,
             char  **argv)
{
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++) {
    if (g_str_equal (argv[0], commands[i].name))
      return commands[i].func (cli, argc, argv);
  }
  g_printerr ("avactl: there is no command “%s”\n", argv[0]);
  print_usage ();
  return AVA_EXIT_USAGE;
}

int
main (int   argc,
      char *argv[])
{
  AvaCli cli = { 0 };
  const char *profile = g_getenv ("AVA_DATA_DIR");
  int status = AVA_EXIT_USAGE;
  int first;

  setlocale (LC_ALL, "");
  bindtextdomain (AVA_GETTEXT_DOMAIN, AVA_LOCALE_DIR);
  bind_textdomain_codeset (AVA_GETTEXT_DOMAIN, "UTF-8");
  textdomain (AVA_GETTEXT_DOMAIN);
  ava_log_init ();
  cli.data_dir = profile != NULL ? g_strdup (profile)
                                 : g_build_filename (g_get_user_data_dir (), "ava-front-desk", NULL);
  first = take_globals (&cli, argc, argv);
  if (first > 0 && first < argc)
    status = run_command (&cli, argc - first, argv + first);
  else
    print_usage ();
  g_clear_object (&cli.clock);
  g_free (cli.data_dir);
  return status;
}
