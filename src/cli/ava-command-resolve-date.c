/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-cli.h"
#include "ava-date-phrase.h"

/* The instant of @minutes since local midnight of @day. */
static char *
format_wall (const GDate *day,
             int          minutes,
             GTimeZone   *zone)
{
  g_autoptr (GDateTime) midnight = g_date_time_new (zone, g_date_get_year (day),
                                                    g_date_get_month (day), g_date_get_day (day),
                                                    MIN (minutes / 60, 23),
                                                    minutes >= 1440 ? 59 : minutes % 60,
                                                    minutes >= 1440 ? 59 : 0);

  return midnight != NULL ? g_date_time_format_iso8601 (midnight) : NULL;
}

static void
set_nullable (JsonObject *object,
              const char *member,
              const char *value)
{
  if (value != NULL)
    json_object_set_string_member (object, member, value);
  else
    json_object_set_null_member (object, member);
}

static void
describe (AvaDatePhrase *phrase,
          GTimeZone     *zone,
          JsonObject    *object)
{
  g_autofree char *start = NULL;
  g_autofree char *end = NULL;
  g_autofree char *wall = NULL;

  if (phrase->has_date) {
    start = format_wall (&phrase->first_day, phrase->has_time ? phrase->from_min : 0, zone);
    end = format_wall (&phrase->last_day, phrase->has_time ? phrase->to_min : 1440, zone);
    wall = ava_date_speak_day (&phrase->first_day);
  }
  set_nullable (object, "start", start);
  set_nullable (object, "end", end);
  set_nullable (object, "wall", wall);
  set_nullable (object, "zone", g_time_zone_get_identifier (zone));
  set_nullable (object, "assumption", phrase->assumption);
  set_nullable (object, "question", phrase->question);
  if (phrase->weekdays != 0) {
    g_autofree char *weekdays = ava_date_weekdays_write (phrase->weekdays);

    json_object_set_string_member (object, "weekdays", weekdays);
  }
  if (phrase->has_time) {
    json_object_set_int_member (object, "from_min", phrase->from_min);
    json_object_set_int_member (object, "to_min", phrase->to_min);
  }
}

int
ava_command_resolve_date (AvaCli  *cli,
                          int      argc,
                          char   **argv)
{
  g_autofree char *zone_name = NULL;
  const GOptionEntry entries[] = {
    { "zone", 0, 0, G_OPTION_ARG_STRING, &zone_name, "IANA zone, America/New_York if not given", "Z" },
    { NULL }
  };
  g_autoptr (GTimeZone) zone = NULL;
  g_autoptr (AvaDatePhrase) phrase = NULL;
  g_autoptr (JsonObject) object = json_object_new ();

  if (!ava_cli_parse (cli, "[--zone Z] \"PHRASE\"", entries, &argc, &argv))
    return AVA_EXIT_USAGE;
  if (argc != 2) {
    g_printerr ("avactl resolve-date: one phrase is wanted\n");
    return AVA_EXIT_USAGE;
  }
  zone = g_time_zone_new_identifier (zone_name != NULL ? zone_name : "America/New_York");
  if (zone == NULL) {
    g_printerr ("avactl: there is no time zone “%s”\n", zone_name);
    return AVA_EXIT_REFUSED;
  }
  phrase = ava_date_phrase_parse (argv[1], ava_clock_now_us (cli->clock), zone);
  if (phrase->problem != NULL || ava_date_phrase_is_empty (phrase)) {
    g_printerr ("avactl: %s\n", phrase->problem != NULL ? phrase->problem
                                                        : "nothing about a time was said");
    return AVA_EXIT_REFUSED;
  }
  describe (phrase, zone, object);
  ava_cli_print_object (object);
  return AVA_EXIT_DONE;
}
