/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-ics.h"

#include "ava-wall-time.h"

#include <glib/gi18n.h>
#include <libical/ical.h>
#include <string.h>

/*
 * Reads a calendar file. libical takes it apart; what times mean is ours: a TZID is looked up in the zones
 * of this machine first and in the file's own rules second, a time without a zone and a whole day are of
 * the location. Events that repeat are written out within the span that is asked for.
 */

#define MOST_BYTES (32 * 1024 * 1024)
#define MOST_TIMES 20000     /* of one event */
#define MOST_EVENTS 200000   /* of a file */

typedef struct {
  GTimeZone *zone;      /* of the location */
  gint64 from_us, to_us;
  icalcomponent *calendar;
  GHashTable *overrides; /* "uid instance": times of repeating events that are told apart */
  GHashTable *latest;    /* "uid instance" -> component: the newest, when a file has several versions of one */
  GHashTable *whole;     /* UIDs of which the file has the event itself; nullable */
  gboolean cancels;      /* the file calls off what is in it */
  GPtrArray *events;
} Reading;

/* A time as the file has it. */
typedef struct {
  struct icaltimetype wall;  /* as written, without zone */
  gboolean utc;
  GTimeZone *zone;           /* owned: of this machine; nullable */
  const icaltimezone *own;   /* else of the file; nullable */
} Stamp;

static void
stamp_clear (Stamp *stamp)
{
  g_clear_pointer (&stamp->zone, g_time_zone_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Stamp, stamp_clear)

/**
 * ava_ics_event_free:
 * @self: (transfer full) (nullable):
 */
void
ava_ics_event_free (AvaIcsEvent *self)
{
  if (self == NULL)
    return;
  g_free (self->uid);
  g_free (self->summary);
  g_free (self->problem);
  g_free (self);
}

/* --- Times ------------------------------------------------------------------------------------- */

/* "/softwarestudio.org/Tzfile/Europe/Berlin" is Europe/Berlin. */
static GTimeZone *
find_zone (const char *name)
{
  for (const char *rest = name; rest != NULL && *rest != '\0'; rest = strchr (rest + 1, '/')) {
    GTimeZone *zone = g_time_zone_new_identifier (*rest == '/' ? rest + 1 : rest);

    if (zone != NULL)
      return zone;
  }
  return NULL;
}

/* Returns: NULL, or what is wrong */
static char *
read_stamp (Reading      *reading,
            icalproperty *property,
            Stamp        *stamp)
{
  icalparameter *parameter = icalproperty_get_first_parameter (property, ICAL_TZID_PARAMETER);
  const char *name = parameter != NULL ? icalparameter_get_tzid (parameter) : NULL;
  icalvalue *value = icalproperty_get_value (property);

  stamp->wall = icalvalue_get_datetime (value);
  if (icaltime_is_null_time (stamp->wall) || !icaltime_is_valid_time (stamp->wall) ||
      stamp->wall.year < 1970 || stamp->wall.year > 9998 || !g_date_valid_dmy (stamp->wall.day, stamp->wall.month, stamp->wall.year))
    return g_strdup (_("Its date or time does not exist."));
  stamp->utc = icaltime_is_utc (stamp->wall);
  if (stamp->utc || name == NULL || stamp->wall.is_date)
    return NULL;
  stamp->zone = find_zone (name);
  if (stamp->zone == NULL)
    stamp->own = icalcomponent_get_timezone (reading->calendar, name);
  return stamp->zone != NULL || stamp->own != NULL ? NULL : g_strdup_printf (_("Its time zone “%s” is not known."), name);
}

static gint64
to_instant (Reading            *reading,
            const Stamp        *stamp,
            struct icaltimetype wall)
{
  GTimeZone *zone = stamp->zone != NULL ? stamp->zone : reading->zone;
  GDate day;

  if (stamp->utc)
    return (gint64) icaltime_as_timet_with_zone (wall, icaltimezone_get_utc_timezone ()) * G_USEC_PER_SEC;
  if (stamp->own != NULL && !wall.is_date)
    return (gint64) icaltime_as_timet_with_zone (wall, stamp->own) * G_USEC_PER_SEC;
  g_date_clear (&day, 1);
  g_date_set_dmy (&day, wall.day, wall.month, wall.year);
  if (wall.is_date)
    return ava_wall_time_first (&day, 0, reading->zone);
  return ava_wall_time_first (&day, wall.hour * 60 + wall.minute, zone) + wall.second * G_USEC_PER_SEC;
}

/* --- One event --------------------------------------------------------------------------------- */

static char *
make_key (const char *uid,
          gint64      instance_us)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT " %s", instance_us, uid);
}

/* Whether it takes nobody's time: a birthday, a note for the day. Outlook has its own word for it. */
static gboolean
is_free (icalcomponent *component)
{
  icalproperty *shown = icalcomponent_get_first_property (component, ICAL_TRANSP_PROPERTY);
  gboolean free = shown != NULL && icalproperty_get_transp (shown) == ICAL_TRANSP_TRANSPARENT;

  for (icalproperty *more = icalcomponent_get_first_property (component, ICAL_X_PROPERTY); more != NULL && !free;
       more = icalcomponent_get_next_property (component, ICAL_X_PROPERTY))
    free = g_strcmp0 (icalproperty_get_x_name (more), "X-MICROSOFT-CDO-BUSYSTATUS") == 0 && g_strcmp0 (icalproperty_get_x (more), "FREE") == 0;
  return free;
}

static AvaIcsEvent *
add_event (Reading       *reading,
           icalcomponent *component,
           guint          line)
{
  AvaIcsEvent *event = g_new0 (AvaIcsEvent, 1);
  const char *summary = icalcomponent_get_summary (component);

  event->uid = g_strdup (icalcomponent_get_uid (component));
  event->line = line;
  event->summary = summary != NULL ? g_utf8_make_valid (summary, -1) : NULL;
  event->cancelled = reading->cancels || icalcomponent_get_status (component) == ICAL_STATUS_CANCELLED;
  event->free = is_free (component);
  g_ptr_array_add (reading->events, event);
  return event;
}

static void
add_broken (Reading       *reading,
            icalcomponent *component,
            guint          line,
            char          *problem)
{
  add_event (reading, component, line)->problem = problem;
}

/* How long it lasts; of whole days in days, as these may have 23 or 25 hours. */
typedef struct {
  gint64 length_us;
  int days;
} Length;

static char *
read_length (Reading       *reading,
             icalcomponent *component,
             const Stamp   *start,
             Length        *length)
{
  icalproperty *end = icalcomponent_get_first_property (component, ICAL_DTEND_PROPERTY);
  icalproperty *duration = icalcomponent_get_first_property (component, ICAL_DURATION_PROPERTY);
  g_auto (Stamp) stamp = { 0 };
  char *problem;

  length->days = start->wall.is_date ? 1 : 0;
  if (end != NULL) {
    problem = read_stamp (reading, end, &stamp);
    if (problem != NULL)
      return problem;
    if (start->wall.is_date && stamp.wall.is_date) {
      GDate first, last;

      g_date_clear (&first, 1);
      g_date_clear (&last, 1);
      g_date_set_dmy (&first, start->wall.day, start->wall.month, start->wall.year);
      g_date_set_dmy (&last, stamp.wall.day, stamp.wall.month, stamp.wall.year);
      length->days = MAX (g_date_days_between (&first, &last), 1);
      return g_date_compare (&last, &first) < 0 ? g_strdup (_("It ends before it begins.")) : NULL;
    }
    length->days = 0;
    length->length_us = to_instant (reading, &stamp, stamp.wall) - to_instant (reading, start, start->wall);
  } else if (duration != NULL) {
    struct icaldurationtype value = icalproperty_get_duration (duration);

    length->length_us = (gint64) icaldurationtype_as_int (value) * G_USEC_PER_SEC;
    if (start->wall.is_date)
      length->days = MAX (length->length_us / AVA_USEC_PER_DAY, 1);
  }
  if (length->days > 0)
    return NULL;
  return length->length_us > 0 ? NULL : g_strdup (length->length_us < 0 ? _("It ends before it begins.") : _("It has no length."));
}

static void
add_time (Reading            *reading,
          icalcomponent      *component,
          guint               line,
          const Stamp        *start,
          struct icaltimetype wall,
          const Length       *length,
          gint64              instance_us)
{
  gint64 start_us = to_instant (reading, start, wall);
  gint64 end_us = start_us + length->length_us;
  AvaIcsEvent *event;

  if (length->days > 0) {
    GDate day;

    g_date_clear (&day, 1);
    g_date_set_dmy (&day, wall.day, wall.month, wall.year);
    g_date_add_days (&day, length->days);
    end_us = ava_wall_time_first (&day, 0, reading->zone);
  }
  if (end_us <= reading->from_us || start_us >= reading->to_us || reading->events->len >= MOST_EVENTS)
    return;
  event = add_event (reading, component, line);
  event->start_us = start_us;
  event->end_us = end_us;
  event->all_day = wall.is_date;
  event->instance_us = instance_us;
}

/* --- Events that repeat ------------------------------------------------------------------------ */

/* A time leaves out what begins then, a day what begins on it. */
static gboolean
is_left_out_by (Reading     *reading,
                const Stamp *out,
                gint64       at_us)
{
  gint64 out_us = to_instant (reading, out, out->wall);
  GDate day;

  if (!out->wall.is_date || out_us == at_us)
    return out_us == at_us;
  ava_wall_time_of (at_us, reading->zone, &day);
  return g_date_get_day (&day) == out->wall.day && (int) g_date_get_month (&day) == out->wall.month && g_date_get_year (&day) == out->wall.year;
}

static gboolean
is_left_out (Reading       *reading,
             icalcomponent *component,
             const char    *uid,
             gint64         at_us)
{
  g_autofree char *key = make_key (uid, at_us);

  if (g_hash_table_contains (reading->overrides, key))
    return TRUE;
  for (icalproperty *out = icalcomponent_get_first_property (component, ICAL_EXDATE_PROPERTY); out != NULL;
       out = icalcomponent_get_next_property (component, ICAL_EXDATE_PROPERTY)) {
    g_auto (Stamp) stamp = { 0 };
    g_autofree char *problem = read_stamp (reading, out, &stamp);

    if (problem == NULL && is_left_out_by (reading, &stamp, at_us))
      return TRUE;
  }
  return FALSE;
}

/* The end of a rule is written in UTC; the rule runs on the wall clock. */
static void
put_until_on_wall (Reading                  *reading,
                   struct icalrecurrencetype *rule,
                   const Stamp              *start)
{
  GTimeZone *zone = start->zone != NULL ? start->zone : reading->zone;
  gint64 until_us;
  GDate day;
  int minute;

  if (!icaltime_is_null_time (rule->until) && rule->until.is_date && !start->wall.is_date) {
    rule->until.is_date = 0;   /* the whole of that day */
    rule->until.hour = 23;
    rule->until.minute = rule->until.second = 59;
  }
  if (icaltime_is_null_time (rule->until) || !icaltime_is_utc (rule->until) || start->utc)
    return;
  if (start->own != NULL) {
    rule->until = icaltime_convert_to_zone (rule->until, (icaltimezone *) start->own);
    rule->until.zone = NULL;
    return;
  }
  until_us = (gint64) icaltime_as_timet_with_zone (rule->until, icaltimezone_get_utc_timezone ()) * G_USEC_PER_SEC;
  minute = ava_wall_time_of (until_us, zone, &day);
  rule->until = icaltime_null_time ();
  rule->until.year = g_date_get_year (&day);
  rule->until.month = g_date_get_month (&day);
  rule->until.day = g_date_get_day (&day);
  rule->until.hour = minute / 60;
  rule->until.minute = minute % 60;
  rule->until.second = 59;
  rule->until.is_date = start->wall.is_date;
}

/* Returns: NULL, or what is wrong */
static char *
expand_rule (Reading       *reading,
             icalcomponent *component,
             icalproperty  *property,
             guint          line,
             const Stamp   *start,
             const Length  *length)
{
  struct icalrecurrencetype rule = icalproperty_get_rrule (property);
  const char *uid = icalcomponent_get_uid (component);
  struct icaltimetype wall = start->wall;
  icalrecur_iterator *times;
  struct icaltimetype next;
  guint count = 0;

  wall.zone = NULL;
  put_until_on_wall (reading, &rule, start);
  times = rule.freq != ICAL_NO_RECURRENCE ? icalrecur_iterator_new (rule, wall) : NULL;
  if (times == NULL)
    return g_strdup (_("How it repeats cannot be understood."));
  for (next = icalrecur_iterator_next (times); !icaltime_is_null_time (next) && count < MOST_TIMES; next = icalrecur_iterator_next (times)) {
    gint64 at_us;

    count++;
    next.is_date = start->wall.is_date;
    if (next.year < 1970 || next.year > 9998)
      break;
    at_us = to_instant (reading, start, next);
    if (at_us >= reading->to_us)
      break;
    if (!is_left_out (reading, component, uid, at_us))
      add_time (reading, component, line, start, next, length, at_us);
  }
  icalrecur_iterator_free (times);
  return count >= MOST_TIMES ? g_strdup (_("It repeats too often to be read.")) : NULL;
}

/* All at once, as a component can be walked through only once at a time. */
static GPtrArray *
list_dates (icalcomponent *component)
{
  GPtrArray *dates = g_ptr_array_new ();

  for (icalproperty *date = icalcomponent_get_first_property (component, ICAL_RDATE_PROPERTY); date != NULL;
       date = icalcomponent_get_next_property (component, ICAL_RDATE_PROPERTY))
    g_ptr_array_add (dates, date);
  return dates;
}

/* Returns: NULL, or what is wrong */
static char *
add_dates (Reading       *reading,
           icalcomponent *component,
           guint          line,
           const Length  *length)
{
  g_autoptr (GPtrArray) dates = list_dates (component);
  char *trouble = NULL;

  for (guint i = 0; i < dates->len; i++) {
    g_auto (Stamp) stamp = { 0 };
    g_autofree char *problem = read_stamp (reading, dates->pdata[i], &stamp);
    gint64 at_us = problem == NULL ? to_instant (reading, &stamp, stamp.wall) : 0;

    if (problem != NULL && trouble == NULL)
      trouble = g_strdup_printf (_("One of the times at which it repeats cannot be read: %s"), problem);
    else if (problem == NULL && !is_left_out (reading, component, icalcomponent_get_uid (component), at_us))
      add_time (reading, component, line, &stamp, stamp.wall, length, at_us);
  }
  return trouble;
}

/* What repeats: by a rule, or at times that are listed, the first of which is its start. */
static char *
add_times (Reading       *reading,
           icalcomponent *component,
           icalproperty  *rule,
           guint          line,
           const Stamp   *start,
           const Length  *length)
{
  gint64 first_us = to_instant (reading, start, start->wall);
  char *problem = NULL;
  char *trouble;

  if (rule != NULL)
    problem = expand_rule (reading, component, rule, line, start, length);
  else if (!is_left_out (reading, component, icalcomponent_get_uid (component), first_us))
    add_time (reading, component, line, start, start->wall, length, first_us);
  trouble = add_dates (reading, component, line, length);
  if (problem != NULL)
    g_free (g_steal_pointer (&trouble));
  return problem != NULL ? problem : trouble;
}

/* Returns: NULL, or what is wrong */
static char *
read_event (Reading       *reading,
            icalcomponent *component,
            guint          line)
{
  icalproperty *start_property = icalcomponent_get_first_property (component, ICAL_DTSTART_PROPERTY);
  icalproperty *rule = icalcomponent_get_first_property (component, ICAL_RRULE_PROPERTY);
  icalproperty *own_id = icalcomponent_get_first_property (component, ICAL_RECURRENCEID_PROPERTY);
  const char *uid = icalcomponent_get_uid (component);
  g_auto (Stamp) start = { 0 };
  g_auto (Stamp) instance = { 0 };
  Length length = { 0 };
  char *problem;

  if (uid == NULL || *uid == '\0')
    return g_strdup (_("It has no UID, so it could not be known again."));
  if (strlen (uid) > 1000 || !g_utf8_validate (uid, -1, NULL))
    return g_strdup (_("Its UID cannot be read."));
  if (start_property == NULL)
    return g_strdup (_("It has no start, or one that cannot be read."));
  problem = read_stamp (reading, start_property, &start);
  if (problem == NULL)
    problem = read_length (reading, component, &start, &length);
  if (problem == NULL && own_id != NULL)
    problem = read_stamp (reading, own_id, &instance);
  if (problem != NULL)
    return problem;
  if (own_id != NULL || (rule == NULL && icalcomponent_get_first_property (component, ICAL_RDATE_PROPERTY) == NULL)) {
    add_time (reading, component, line, &start, start.wall, &length, own_id != NULL ? to_instant (reading, &instance, instance.wall) : 0);
    return NULL;
  }
  return add_times (reading, component, rule, line, &start, &length);
}

/* --- The file ---------------------------------------------------------------------------------- */

/* On which line each event begins, in the order of the file. */
static GArray *
find_lines (const char *text)
{
  GArray *lines = g_array_new (FALSE, FALSE, sizeof (guint));
  guint line = 1;

  for (const char *at = text; at != NULL; line++) {
    if (g_ascii_strncasecmp (at, "BEGIN:VEVENT", 12) == 0)
      g_array_append_val (lines, line);
    at = strchr (at, '\n');
    if (at != NULL)
      at++;
  }
  return lines;
}

/* Which of two versions of one event was written later. */
static gboolean
is_newer (icalcomponent *event,
          icalcomponent *other)
{
  int sequence = icalcomponent_get_sequence (event);
  int earlier = icalcomponent_get_sequence (other);

  if (sequence != earlier)
    return sequence > earlier;
  return icaltime_compare (icalcomponent_get_dtstamp (event), icalcomponent_get_dtstamp (other)) >= 0;
}

static void
note_version (Reading       *reading,
              icalcomponent *event,
              gint64         instance_us)
{
  g_autofree char *key = make_key (icalcomponent_get_uid (event), instance_us);
  icalcomponent *other = g_hash_table_lookup (reading->latest, key);

  if (other == NULL || is_newer (event, other))
    g_hash_table_replace (reading->latest, g_steal_pointer (&key), event);
}

static void
note_overrides (Reading       *reading,
                icalcomponent *calendar)
{
  for (icalcomponent *event = icalcomponent_get_first_component (calendar, ICAL_VEVENT_COMPONENT); event != NULL;
       event = icalcomponent_get_next_component (calendar, ICAL_VEVENT_COMPONENT)) {
    icalproperty *property = icalcomponent_get_first_property (event, ICAL_RECURRENCEID_PROPERTY);
    g_auto (Stamp) stamp = { 0 };
    g_autofree char *problem = property != NULL ? read_stamp (reading, property, &stamp) : NULL;
    gint64 instance_us = property != NULL && problem == NULL ? to_instant (reading, &stamp, stamp.wall) : 0;

    if (icalcomponent_get_uid (event) == NULL || problem != NULL)
      continue;
    note_version (reading, event, instance_us);
    if (property != NULL)
      g_hash_table_add (reading->overrides, make_key (icalcomponent_get_uid (event), instance_us));
  }
}

/* An older version of an event that stands in the file twice. */
static gboolean
is_outdated (Reading       *reading,
             icalcomponent *event)
{
  icalproperty *property = icalcomponent_get_first_property (event, ICAL_RECURRENCEID_PROPERTY);
  g_auto (Stamp) stamp = { 0 };
  g_autofree char *problem = property != NULL ? read_stamp (reading, property, &stamp) : NULL;
  g_autofree char *key = NULL;

  if (icalcomponent_get_uid (event) == NULL || problem != NULL)
    return FALSE;
  key = make_key (icalcomponent_get_uid (event), property != NULL ? to_instant (reading, &stamp, stamp.wall) : 0);
  return g_hash_table_lookup (reading->latest, key) != event;
}

static void
read_calendar (Reading       *reading,
               icalcomponent *calendar,
               GArray        *lines,
               guint         *number)
{
  reading->calendar = calendar;
  reading->cancels = icalcomponent_get_method (calendar) == ICAL_METHOD_CANCEL;
  note_overrides (reading, calendar);
  for (icalcompiter at = icalcomponent_begin_component (calendar, ICAL_VEVENT_COMPONENT); icalcompiter_deref (&at) != NULL;
       icalcompiter_next (&at)) {
    icalcomponent *event = icalcompiter_deref (&at);
    guint line = *number < lines->len ? g_array_index (lines, guint, *number) : 0;
    char *problem;

    (*number)++;
    problem = is_outdated (reading, event) ? g_strdup (_("The file has a later version of it: that one counts."))
                                           : read_event (reading, event, line);
    if (problem != NULL)
      add_broken (reading, event, line, problem);
    else if (reading->whole != NULL && icalcomponent_get_first_property (event, ICAL_RECURRENCEID_PROPERTY) == NULL)
      g_hash_table_add (reading->whole, g_strdup (icalcomponent_get_uid (event)));
  }
}

/**
 * ava_ics_parse:
 * @length: of @text, -1 when it ends with NUL
 * @zone: of the location, for whole days and times without a zone
 * @from_us: [us] UTC: what ends before it is left out
 * @to_us: [us] UTC, exclusive
 * @whole_uids: (nullable): a set that gets the UIDs of which the file has the event itself, not only some of its times
 *
 * Returns: (transfer full) (nullable) (element-type AvaIcsEvent): in the order of the file, broken ones with
 *   a problem; %NULL when it is no calendar at all
 */
GPtrArray *
ava_ics_parse (const char  *text,
               gssize       length,
               GTimeZone   *zone,
               gint64       from_us,
               gint64       to_us,
               GHashTable  *whole_uids,
               GError     **error)
{
  g_autoptr (GHashTable) overrides = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) latest = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func ((GDestroyNotify) ava_ics_event_free);
  g_autoptr (GArray) lines = NULL;
  g_autofree char *copy = NULL;
  Reading reading = { .zone = zone, .from_us = from_us, .to_us = to_us, .overrides = overrides, .events = events,
                      .latest = latest, .whole = whole_uids };
  icalcomponent *root = NULL;
  guint number = 0;

  if (length < 0)
    length = strlen (text);
  if (length > MOST_BYTES || memchr (text, '\0', length) != NULL || !g_utf8_validate (text, length, NULL)) {
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _("This file is no text that could be a calendar, or it is too large."));
    return NULL;
  }
  copy = g_strndup (text, length);
  icalerror_set_errors_are_fatal (0);
  lines = find_lines (copy);
  if (lines->len > 0 || strstr (copy, "BEGIN:VCALENDAR") != NULL)
    root = icalparser_parse_string (g_str_has_prefix (copy, "\xEF\xBB\xBF") ? copy + 3 : copy);
  if (root == NULL) {
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _("This file is no calendar: it does not begin with BEGIN:VCALENDAR."));
    return NULL;
  }
  if (icalcomponent_isa (root) == ICAL_XROOT_COMPONENT) {
    for (icalcompiter at = icalcomponent_begin_component (root, ICAL_VCALENDAR_COMPONENT); icalcompiter_deref (&at) != NULL;
         icalcompiter_next (&at))
      read_calendar (&reading, icalcompiter_deref (&at), lines, &number);
  } else {
    read_calendar (&reading, root, lines, &number);
  }
  icalcomponent_free (root);
  return g_steal_pointer (&events);
}
