/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-display.h"

#include "ava-phone.h"
#include "ava-telling.h"
#include "ava-time-of-day.h"

#include <glib/gi18n.h>
#include <string.h>

static GDateTime *
get_local (gint64     time_us,
           GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time_us / G_USEC_PER_SEC);

  return g_date_time_to_timezone (utc, zone);
}

/**
 * ava_display_time:
 *
 * Returns: (transfer full): the time of day: "14:30", or "2:30 PM" where people say it that way
 */
char *
ava_display_time (gint64     time_us,
                  GTimeZone *zone)
{
  g_autoptr (GDateTime) local = get_local (time_us, zone);

  return ava_time_of_day_print (local);
}

/**
 * ava_display_moment:
 *
 * Returns: (transfer full): date and time of day: "Tue Nov 24, 14:30"
 */
char *
ava_display_moment (gint64     time_us,
                    GTimeZone *zone)
{
  return ava_tell_start (AVA_WRITTEN, time_us, zone);
}

/**
 * ava_display_minute:
 * @minute: since local midnight, 1440 included
 *
 * Returns: (transfer full): that time of day
 */
char *
ava_display_minute (int minute)
{
  return ava_time_of_day_print_minute (minute);
}

/**
 * ava_display_span:
 *
 * Returns: (transfer full): "8:00 to 8:30"
 */
char *
ava_display_span (gint64     start_us,
                  gint64     end_us,
                  GTimeZone *zone)
{
  g_autofree char *start = ava_display_time (start_us, zone);
  g_autofree char *end = ava_display_time (end_us, zone);

  /* Translators: from one time of day to another. */
  return g_strdup_printf (_("%s to %s"), start, end);
}

static int
count_days (GDateTime *time)
{
  g_autoptr (GDate) day = g_date_new_dmy (g_date_time_get_day_of_month (time),
                                          g_date_time_get_month (time),
                                          g_date_time_get_year (time));

  return g_date_get_julian (day);
}

/**
 * ava_display_day:
 * @now_us: [us] UTC
 *
 * Returns: (transfer full): "Today", "Tomorrow", "Yesterday", or "Tuesday, December 1"; with the
 *   year when it is another one
 */
char *
ava_display_day (gint64     time_us,
                 gint64     now_us,
                 GTimeZone *zone)
{
  g_autoptr (GDateTime) local = get_local (time_us, zone);
  g_autoptr (GDateTime) now = get_local (now_us, zone);

  switch (count_days (local) - count_days (now)) {
  case 0:
    return g_strdup (_("Today"));
  case 1:
    return g_strdup (_("Tomorrow"));
  case -1:
    return g_strdup (_("Yesterday"));
  default:
    /* Translators: a date with weekday, without and with the year; see strftime. */
    return g_date_time_format (local, g_date_time_get_year (local) == g_date_time_get_year (now)
                                        ? _("%A, %B %-e") : _("%A, %B %-e, %Y"));
  }
}

/**
 * ava_display_age:
 * @age_us: [us] since something happened
 *
 * Returns: (transfer full): "just now", "7 min", "3 h 20 min", "2 days"
 */
char *
ava_display_age (gint64 age_us)
{
  int minutes = MAX (0, age_us) / (60 * G_USEC_PER_SEC);

  if (minutes < 1)
    return g_strdup (_("just now"));
  if (minutes < 60)
    /* Translators: minutes, then hours and minutes, that somebody has waited. */
    return g_strdup_printf (_("%d min"), minutes);
  if (minutes < 60 * 24)
    return g_strdup_printf (_("%d h %d min"), minutes / 60, minutes % 60);
  return g_strdup_printf (ngettext ("%d day", "%d days", minutes / (60 * 24)), minutes / (60 * 24));
}

/**
 * ava_display_when:
 * @time_us: [us] UTC, in the past
 *
 * Returns: (transfer full): as short as it stays clear: "9:42", "Yesterday 9:42", "Tue 9:42", "Nov 12"
 */
char *
ava_display_when (gint64     time_us,
                  gint64     now_us,
                  GTimeZone *zone)
{
  g_autoptr (GDateTime) local = get_local (time_us, zone);
  g_autoptr (GDateTime) now = get_local (now_us, zone);
  g_autofree char *time = ava_time_of_day_print (local);
  g_autofree char *weekday = g_date_time_format (local, "%a");
  int days = count_days (now) - count_days (local);

  if (days == 0)
    return g_steal_pointer (&time);
  if (days == 1)
    return g_strdup_printf (_("Yesterday %s"), time);
  if (days > 1 && days < 7)
    return g_strdup_printf ("%s %s", weekday, time);
  /* Translators: a short date without and with the year; see strftime. */
  return g_date_time_format (local, g_date_time_get_year (local) == g_date_time_get_year (now) ? _("%b %-e") : _("%b %-e, %Y"));
}

/**
 * ava_display_duration:
 *
 * Returns: (transfer full): "0:07", "12:34", "1:02:03"
 */
char *
ava_display_duration (gint64 duration_us)
{
  int seconds = MAX (duration_us, 0) / G_USEC_PER_SEC;

  if (seconds >= 3600)
    return g_strdup_printf ("%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
  return g_strdup_printf ("%d:%02d", seconds / 60, seconds % 60);
}

/**
 * ava_display_phone:
 * @e164: (nullable): a phone
 *
 * Returns: (transfer full): as people write it; what is no phone comes back as it is
 */
char *
ava_display_phone (const char *e164)
{
  if (e164 == NULL || *e164 == '\0')
    return g_strdup (_("No phone"));
  return ava_phone_is_e164 (e164) ? ava_phone_format (e164) : g_strdup (e164);
}

/**
 * ava_display_money:
 * @currency: ISO 4217
 *
 * Returns: (transfer full): "$360", "$99.50", "360 EUR"
 */
char *
ava_display_money (gint64      cents,
                   const char *currency)
{
  g_autofree char *number = cents % 100 == 0
    ? g_strdup_printf ("%" G_GINT64_FORMAT, cents / 100)
    : g_strdup_printf ("%" G_GINT64_FORMAT ".%02d", cents / 100, (int) ABS (cents % 100));

  return g_strcmp0 (currency, "USD") == 0 ? g_strconcat ("$", number, NULL)
                                          : g_strconcat (number, " ", currency, NULL);
}

/**
 * ava_display_status:
 *
 * Returns: the state of an appointment
 */
const char *
ava_display_status (AvaAppointmentStatus status)
{
  switch (status) {
  case AVA_APPOINTMENT_CONFIRMED:
    return _("confirmed");
  case AVA_APPOINTMENT_ARRIVED:
    return _("arrived");
  case AVA_APPOINTMENT_IN_ROOM:
    return _("in the room");
  case AVA_APPOINTMENT_DONE:
    return _("done");
  case AVA_APPOINTMENT_NO_SHOW:
    return _("did not come");
  case AVA_APPOINTMENT_CANCELLED:
    return _("cancelled");
  case AVA_APPOINTMENT_SCHEDULED:
  default:
    return _("scheduled");
  }
}

/**
 * ava_display_name:
 * @form: 0: "Anna Maria Adams", 1: "A. Adams", 2: "Adams"
 *
 * A name as short as there is room for; what shows it keeps the whole within reach.
 *
 * Returns: (transfer full): the name, which stays whole where it is one word
 */
char *
ava_display_name (const char *name,
                  guint       form)
{
  const char *last = strrchr (name, ' ');

  if (form == 0 || last == NULL || last[1] == '\0')
    return g_strdup (name);
  if (form == 2)
    return g_strdup (last + 1);
  return g_strdup_printf ("%.*s.%s", (int) (g_utf8_next_char (name) - name), name, last);
}

/**
 * ava_display_appointment:
 *
 * Returns: (transfer full): the appointment in one sentence, for screen readers
 */
char *
ava_display_appointment (AvaAppointment *appointment,
                         GTimeZone      *zone)
{
  g_autofree char *span = ava_display_span (appointment->start_us, appointment->end_us, zone);

  /* Translators: customer, service, provider, from-to, state. */
  return g_strdup_printf (_("%s, %s with %s, %s, %s"),
                          appointment->customer_name != NULL ? appointment->customer_name : _("Unknown"),
                          appointment->service_name != NULL ? appointment->service_name : _("Appointment"),
                          appointment->provider_name != NULL ? appointment->provider_name : _("anyone"),
                          span, ava_display_status (appointment->status));
}

/**
 * ava_display_outcome:
 * @outcome: (nullable): of a call, as stored
 *
 * Returns: it in words
 */
const char *
ava_display_outcome (const char *outcome)
{
  static const struct { const char *name; const char *words; } outcomes[] = {
    { "booked", N_("An appointment was booked") },
    { "changed", N_("An appointment was changed") },
    { "answered", N_("Questions were answered") },
    { "callback", N_("The caller should be called back") },
    { "escalated", N_("A person should take over") },
    { "message", N_("A message was taken") },
    { "spam", N_("Unwanted call") },
    { "interrupted", N_("The call was cut off") },
    { "not-started", N_("The call did not begin") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (outcomes); i++) {
    if (g_strcmp0 (outcome, outcomes[i].name) == 0)
      return _(outcomes[i].words);
  }
  return _("The call is over");
}

/**
 * ava_display_state:
 *
 * Returns: what happens in a call right now
 */
const char *
ava_display_state (AvaCallState  state,
                   AvaAgentState agent_state,
                   gboolean      muted)
{
  if (state == AVA_CALL_RINGING)
    return _("Answering…");
  if (state == AVA_CALL_OPENING)
    return _("Opening the microphone…");
  if (state == AVA_CALL_ENDED)
    return _("Call ended");
  if (muted)
    return _("Ava is muted");
  switch (agent_state) {
  case AVA_AGENT_LISTENING:
    return _("Listening");
  case AVA_AGENT_HEARING:
    return _("Caller is speaking");
  case AVA_AGENT_THINKING:
    return _("Ava is thinking");
  case AVA_AGENT_SPEAKING:
    return _("Ava is speaking");
  case AVA_AGENT_ENDED:
    return _("Saying goodbye");
  case AVA_AGENT_IDLE:
  default:
    return _("Connected");
  }
}

/**
 * ava_display_state_class:
 *
 * Returns: the style of the dot that stands beside the words of ava_display_state()
 */
const char *
ava_display_state_class (AvaCallState  state,
                         AvaAgentState agent_state)
{
  if (state != AVA_CALL_ACTIVE)
    return "idle";
  switch (agent_state) {
  case AVA_AGENT_LISTENING:
    return "listening";
  case AVA_AGENT_HEARING:
    return "hearing";
  case AVA_AGENT_THINKING:
    return "thinking";
  case AVA_AGENT_SPEAKING:
    return "speaking";
  default:
    return "idle";
  }
}

/**
 * ava_display_intent:
 * @intent: (nullable): as ava_intent_to_string()
 *
 * Returns: (nullable): what the caller wants, in words
 */
const char *
ava_display_intent (const char *intent)
{
  static const struct { const char *name; const char *words; } intents[] = {
    { "book", N_("Wants an appointment") },
    { "reschedule", N_("Wants another time") },
    { "cancel", N_("Wants to cancel") },
    { "price", N_("Asks for a price") },
    { "hours", N_("Asks for opening hours") },
    { "services", N_("Asks what is offered") },
    { "directions", N_("Asks the way") },
    { "who-are-you", N_("Asks who Ava is") },
    { "person", N_("Wants a person") },
    { "message", N_("Leaves a message") },
    { "emergency", N_("Possible emergency") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (intents); i++) {
    if (g_strcmp0 (intent, intents[i].name) == 0)
      return _(intents[i].words);
  }
  return NULL;
}

/**
 * ava_display_mood:
 *
 * Returns: how the caller sounds
 */
const char *
ava_display_mood (AvaMood mood)
{
  switch (mood) {
  case AVA_MOOD_PLEASED:
    return _("Pleased");
  case AVA_MOOD_WORRIED:
    return _("Worried");
  case AVA_MOOD_UPSET:
    return _("Upset");
  case AVA_MOOD_ANGRY:
    return _("Angry");
  case AVA_MOOD_CALM:
  default:
    return _("Calm");
  }
}

/**
 * ava_display_deposit:
 *
 * Returns: (transfer full) (nullable): "$50.00, held"; %NULL when none is asked for and none was paid
 */
char *
ava_display_deposit (AvaAppointment *appointment,
                     const char     *currency)
{
  gint64 held = appointment->deposit_paid_cents - appointment->deposit_refunded_cents;
  gint64 cents = appointment->deposit_paid_cents > 0 ? appointment->deposit_paid_cents : appointment->deposit_cents;
  g_autofree char *money = ava_display_money (cents, currency);

  if (cents <= 0)
    return NULL;
  if (appointment->deposit_paid_cents == 0)
    return g_strdup_printf (appointment->status >= AVA_APPOINTMENT_DONE ? _("%s, was not taken") : _("%s, not taken yet"), money);
  if (held <= 0)
    return g_strdup_printf (_("%s, given back"), money);
  return g_strdup_printf (appointment->status == AVA_APPOINTMENT_DONE ? _("%s, applied") : _("%s, held"), money);
}
