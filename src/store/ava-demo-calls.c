/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-demo-private.h"

/* Past calls, texts and tasks of the demo spa. */

typedef struct {
  const char *role;
  const char *text;
} Line;

typedef struct {
  const char *outcome;
  const char *summary;
  Line lines[6];
} Story;

static const Story stories[] = {
  { "answered", "Asked for the price of Botox.",
    { { "caller", "Hi, how much is Botox?" },
      { "ava", "Botox is three hundred and sixty dollars. Would you like to book a time?" },
      { "caller", "Not today, I was only asking. Thank you." },
      { "ava", "You are welcome. Goodbye." } } },
  { "answered", "Asked when the spa is open on Saturday.",
    { { "caller", "Are you open this Saturday?" },
      { "ava", "Yes, on Saturday we are open from ten in the morning until four." },
      { "caller", "Perfect, thanks." },
      { "ava", "You are welcome. Goodbye." } } },
  { "callback", "Wants to talk to a provider about healing after a peel.",
    { { "caller", "I had a peel last week and I would like to ask someone a question." },
      { "ava", "I will ask one of our providers to call you back. Is this the best number?" },
      { "caller", "Yes, it is." },
      { "ava", "Thank you. Someone will call you back today. Goodbye." } } },
  { "changed", "Moved an appointment to another day.",
    { { "caller", "I need to move my appointment to later this week." },
      { "ava", "Of course. I can offer Thursday at three in the afternoon." },
      { "caller", "Thursday at three is good." },
      { "ava", "It is moved to Thursday at three. Goodbye." } } },
  { "escalated", "Asked for a person.",
    { { "caller", "Can I speak to a person please?" },
      { "ava", "Of course, one moment. I am getting someone for you." } } },
  { "spam", "A recorded message.",
    { { "caller", "We have been trying to reach you about your listing." } } },
};

static gboolean
insert_line (AvaDemo     *self,
             const char  *call_id,
             guint        position,
             const char  *role,
             const char  *text,
             GError     **error)
{
  g_autofree char *item_id = g_strdup_printf ("item-%u", position + 1);
  g_autofree char *previous_id = position > 0 ? g_strdup_printf ("item-%u", position) : NULL;
  g_autofree char *id = g_strconcat (call_id, ":", item_id, NULL);
  gint64 start_us = (gint64) position * 5 * AVA_USEC_PER_SEC;

  return ava_sqlite_run (self->db, error,
                         "INSERT INTO transcript_items (id, item_id, call_id, position, previous_id,"
                         " role, text, heard_ms, start_us, end_us, confidence, source)"
                         " VALUES (?, ?, ?, ?, ?, ?, ?, 4500, ?, ?, ?, 'local')", "sssisssiid", id,
                         item_id, call_id, (gint64) position, previous_id, role, text, start_us,
                         start_us + 4500 * AVA_USEC_PER_MSEC, g_str_equal (role, "ava") ? 1.0 : 0.93);
}

static gboolean
insert_call (AvaDemo      *self,
             const char   *id,
             AvaCustomer  *customer,
             const char   *phone,
             gint64        start_us,
             guint         n_lines,
             const char   *outcome,
             const char   *summary,
             GError      **error)
{
  return ava_sqlite_run (self->db, error,
                         "INSERT INTO conversations (id, channel, customer_id, phone, status, start_us,"
                         " end_us, outcome, summary) VALUES (?, 'voice', ?, ?, 'closed', ?, ?, ?, ?)",
                         "sssiiss", id, customer != NULL ? customer->id : NULL, phone, start_us,
                         start_us + (gint64) n_lines * 5 * AVA_USEC_PER_SEC, outcome, summary) &&
         ava_sqlite_run (self->db, error, "INSERT INTO call_details (id, line, agent)"
                         " VALUES (?, 'desk', 'local')", "s", id);
}

static char *
say_time (AvaDemo *self,
          gint64   at_us)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (at_us / AVA_USEC_PER_SEC);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, self->spa->zone);

  return g_date_time_format (local, "%A, %B %-d at %-I:%M %p");
}

/* The call that booked @a. */
gboolean
ava_demo_fill_call (AvaDemo         *self,
                    AvaAppointment  *a,
                    AvaCustomer     *customer,
                    GError         **error)
{
  g_autofree char *when = say_time (self, a->start_us);
  g_autofree char *summary = g_strdup_printf ("Booked %s with %s for %s.", a->service_name,
                                              a->provider_name, when);
  g_autofree char *ask = g_strdup_printf ("Hello, I would like to book %s.", a->service_name);
  g_autofree char *offer = g_strdup_printf ("I can offer %s with %s. Does that suit you?", when,
                                            a->provider_name);
  g_autofree char *name = g_strdup_printf ("Yes. My name is %s.", customer->name);
  g_autofree char *read = g_strdup_printf ("%s with %s on %s. Shall I book it?", a->service_name,
                                           a->provider_name, when);
  const Line lines[] = {
    { "ava", self->spa->greeting }, { "caller", ask }, { "ava", offer }, { "caller", name },
    { "ava", read }, { "caller", "Yes, please." }, { "ava", "It is booked. Goodbye." },
  };

  if (!insert_call (self, a->call_id, customer, customer->phone, a->created_us, G_N_ELEMENTS (lines),
                    "booked", summary, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++) {
    if (!insert_line (self, a->call_id, i, lines[i].role, lines[i].text, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
insert_message (AvaDemo     *self,
                const char  *conversation_id,
                const char  *direction,
                const char  *author,
                const char  *body,
                gint64       at_us,
                GError     **error)
{
  g_autofree char *id = ava_demo_make_id (self, at_us);

  return ava_sqlite_run (self->db, error,
                         "INSERT INTO communication_messages (id, conversation_id, direction, author,"
                         " body, at_us, status) VALUES (?, ?, ?, ?, ?, ?, ?)", "sssssis", id,
                         conversation_id, direction, author, body, at_us,
                         g_str_equal (direction, "out") ? "delivered" : "received");
}

/* The text of the day before, and the answer to it. */
gboolean
ava_demo_fill_reminder (AvaDemo         *self,
                        AvaAppointment  *a,
                        AvaCustomer     *customer,
                        GError         **error)
{
  gint64 at_us = MIN (a->start_us - AVA_USEC_PER_DAY, self->now_us - 10 * AVA_USEC_PER_MIN);
  g_autofree char *id = ava_demo_make_id (self, at_us);
  g_autofree char *when = say_time (self, a->start_us);
  g_autofree char *body = g_strdup_printf ("Ava from %s: we look forward to seeing you on %s. "
                                           "Reply C to confirm.", self->spa->name, when);
  gint64 answered_us = at_us + 7 * AVA_USEC_PER_MIN;

  return ava_sqlite_run (self->db, error,
                         "INSERT INTO conversations (id, channel, customer_id, phone, status, start_us,"
                         " end_us, outcome, summary) VALUES (?, 'sms', ?, ?, 'closed', ?, ?, 'answered',"
                         " 'Reminder, confirmed.')", "sssii", id, customer->id, customer->phone, at_us,
                         answered_us) &&
         ava_sqlite_run (self->db, error, "INSERT INTO sms_details (id, from_phone, to_phone)"
                         " VALUES (?, ?, ?)", "sss", id, self->spa->phone, customer->phone) &&
         insert_message (self, id, "out", "ava", body, at_us, error) &&
         insert_message (self, id, "in", "customer", "C", answered_us, error);
}

static gboolean
insert_task (AvaDemo      *self,
             const char   *call_id,
             AvaCustomer  *customer,
             const char   *text,
             gint64        at_us,
             GError      **error)
{
  g_autofree char *id = ava_demo_make_id (self, at_us);
  gboolean open = self->now_us - at_us < 2 * AVA_USEC_PER_DAY;

  return ava_sqlite_run (self->db, error,
                         "INSERT INTO tasks (id, kind, status, name, phone, text, customer_id, call_id,"
                         " created_us, done_us) VALUES (?, 'callback', ?, ?, ?, ?, ?, ?, ?, ?)",
                         "sssssssii", id, open ? "open" : "done", customer->name, customer->phone, text,
                         customer->id, call_id, at_us, open ? (gint64) 0 : at_us + 3600 * AVA_USEC_PER_SEC);
}

static gboolean
fill_story (AvaDemo      *self,
            const Story  *story,
            gint64        at_us,
            GError      **error)
{
  AvaCustomer *customer = self->customers->pdata[g_rand_int_range (self->rand, 0, self->n_customers)];
  gboolean spam = g_str_equal (story->outcome, "spam");
  g_autofree char *id = ava_demo_make_id (self, at_us);
  guint n = 0;

  while (n < G_N_ELEMENTS (story->lines) && story->lines[n].role != NULL)
    n++;
  if (!insert_call (self, id, spam ? NULL : customer, spam ? NULL : customer->phone, at_us, n + 1,
                    story->outcome, story->summary, error) ||
      !insert_line (self, id, 0, "ava", self->spa->greeting, error))
    return FALSE;
  for (guint i = 0; i < n; i++) {
    if (!insert_line (self, id, i + 1, story->lines[i].role, story->lines[i].text, error))
      return FALSE;
  }
  return !g_str_equal (story->outcome, "callback") ||
         insert_task (self, id, customer, story->summary, at_us, error);
}

/* Two calls on each of the last 60 days that booked nothing. */
gboolean
ava_demo_fill_other_calls (AvaDemo  *self,
                           GError  **error)
{
  guint days = MIN (60, MAX (1, self->days * 2 / 3));

  for (guint i = 0; i < days * 2; i++) {
    gint64 at_us = self->now_us - (gint64) (i / 2) * AVA_USEC_PER_DAY -
                   g_rand_int_range (self->rand, 30, 300) * AVA_USEC_PER_MIN;

    if (!fill_story (self, &stories[g_rand_int_range (self->rand, 0, G_N_ELEMENTS (stories))], at_us,
                     error))
      return FALSE;
  }
  return TRUE;
}
