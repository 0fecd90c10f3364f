/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-book-words.h"

#include "ava-client-words.h"
#include "ava-telling.h"

#include <glib/gi18n.h>
#include <string.h>

static const char *
get_text (JsonObject *row,
          const char *name)
{
  return json_object_get_string_member_with_default (row, name, "");
}

static gint64
get_int (JsonObject *row,
         const char *name)
{
  return json_object_get_int_member_with_default (row, name, 0);
}

/* @name: of a time in @row, told by the clock of where the row is */
static char *
write_time (JsonObject *row,
            const char *name,
            AvaSpa     *spa,
            gboolean    with_date)
{
  const char *place = get_text (row, "location_id");
  g_autoptr (AvaSpa) here = ava_spa_see (spa, *place != '\0' ? place : NULL);

  return with_date ? ava_tell_start (AVA_WRITTEN, get_int (row, name), here->zone) : ava_tell_time (AVA_WRITTEN, get_int (row, name), here->zone);
}

static const char *
name_status (const char *status)
{
  AvaAppointmentStatus value = AVA_APPOINTMENT_SCHEDULED;
  const char *const names[] = {
    _("scheduled"), _("confirmed"), _("arrived"), _("in room"), _("done"), _("no-show"), _("cancelled"),
  };

  ava_appointment_status_from_string (status, &value);
  return names[value];
}

/* "Botox with Elena Ortiz in the Linden Room, Tue Nov 24, 10:00" */
static char *
write_row (JsonObject *row,
           AvaSpa     *spa)
{
  AvaService *service = ava_spa_find_service (spa, get_text (row, "service_id"));
  AvaProvider *provider = ava_spa_find_provider (spa, get_text (row, "provider_id"));
  g_autofree char *time = write_time (row, "start_us", spa, TRUE);

  return g_strdup_printf (_("%s with %s, %s"), service != NULL ? service->name : _("a service"),
                          provider != NULL ? provider->name : _("a provider"), time);
}

/* What a move changed, each part with its old and new value. */
static char *
write_move (JsonObject *before,
            JsonObject *after,
            AvaSpa     *spa)
{
  g_autoptr (GStrvBuilder) parts = g_strv_builder_new ();
  g_auto (GStrv) words = NULL;
  const char *const names[] = { "service_id", "provider_id", "room_id" };

  if (get_int (before, "start_us") != get_int (after, "start_us")) {
    g_autofree char *old = write_time (before, "start_us", spa, TRUE);
    g_autofree char *new = write_time (after, "start_us", spa, TRUE);
    g_autofree char *text = g_strdup_printf (_("from %s to %s"), old, new);

    g_strv_builder_add (parts, text);
  } else if (get_int (before, "end_us") != get_int (after, "end_us")) {
    g_autofree char *old = write_time (before, "end_us", spa, FALSE);
    g_autofree char *new = write_time (after, "end_us", spa, FALSE);
    g_autofree char *text = g_strdup_printf (_("end from %s to %s"), old, new);

    g_strv_builder_add (parts, text);
  }
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    const char *ids[] = { get_text (before, names[i]), get_text (after, names[i]) };
    const char *found[2];
    g_autofree char *text = NULL;

    if (g_str_equal (ids[0], ids[1]))
      continue;
    for (int j = 0; j < 2; j++) {
      AvaService *service = ava_spa_find_service (spa, ids[j]);
      AvaProvider *provider = ava_spa_find_provider (spa, ids[j]);
      AvaRoom *room = ava_spa_find_room (spa, ids[j]);

      found[j] = service != NULL ? service->name : provider != NULL ? provider->name
               : room != NULL ? room->name : _("one that is gone");
    }
    text = g_strdup_printf (_("from %s to %s"), found[0], found[1]);
    g_strv_builder_add (parts, text);
  }
  words = g_strv_builder_end (parts);
  return g_strjoinv (", ", words);
}

/**
 * ava_book_words_for_appointment:
 *
 * Returns: (transfer full): "Sam Lee: Botox with Elena Ortiz, Tue Nov 24, 10:00"
 */
char *
ava_book_words_for_appointment (AvaAppointment *appointment,
                                AvaSpa         *spa)
{
  g_autoptr (AvaSpa) here = ava_spa_see (spa, appointment->location_id);
  g_autofree char *time = ava_tell_start (AVA_WRITTEN, appointment->start_us, here->zone);

  return g_strdup_printf (_("%s: %s with %s, %s"), appointment->customer_name, appointment->service_name,
                          appointment->provider_name, time);
}

/* @words: translated, with %s for the amount */
static char *
write_amount (const char *words,
              gint64      cents,
              AvaSpa     *spa)
{
  g_autofree char *amount = g_strdup_printf ("%" G_GINT64_FORMAT ".%02d %s", cents / 100, (int) (cents % 100),
                                             spa->currency != NULL ? spa->currency : "");
  g_autoptr (GString) text = g_string_new (words);

  g_string_replace (text, "%s", g_strchomp (amount), 1);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
write_notes (const AvaChange *change)
{
  const char *before = get_text (change->before, "notes");
  const char *after = get_text (change->after, "notes");

  if (*before == '\0')
    return g_strdup_printf (_("Noted “%s”"), after);
  if (*after == '\0')
    return g_strdup_printf (_("Struck the note “%s”"), before);
  return g_strdup_printf (_("Changed the note from “%s” to “%s”"), before, after);
}

/**
 * ava_book_words_for_change:
 *
 * Returns: (transfer full): what happened, "Moved from … to …"
 */
char *
ava_book_words_for_change (const AvaChange *change,
                           AvaSpa          *spa)
{
  JsonObject *row = change->after != NULL ? change->after : change->before;
  g_autofree char *words = ava_client_words_for_change (change);

  if (words != NULL)
    return g_steal_pointer (&words);
  if (row == NULL || !json_object_has_member (row, "start_us") || !json_object_has_member (row, "provider_id"))
    return g_strdup (_("a change of the book"));
  if (change->before == NULL) {
    words = write_row (change->after, spa);
    return g_strdup_printf (g_str_equal (change->what, "appointment-booked") ? _("Booked %s") : _("Put back %s"),
                            words);
  }
  if (change->after == NULL) {
    words = write_row (change->before, spa);
    return g_strdup_printf (_("Took out %s"), words);
  }
  if (!g_str_equal (get_text (change->before, "status"), get_text (change->after, "status")))
    return g_strdup_printf (_("Changed from %s to %s"), name_status (get_text (change->before, "status")),
                            name_status (get_text (change->after, "status")));
  if (get_int (change->before, "fee_cents") > 0 && get_int (change->after, "fee_cents") == 0)
    return g_strdup (_("Let the fee go"));
  if (get_int (change->before, "deposit_paid_cents") != get_int (change->after, "deposit_paid_cents"))
    return write_amount (_("Deposit of %s taken"), get_int (change->after, "deposit_paid_cents"), spa);
  if (get_int (change->before, "deposit_refunded_cents") != get_int (change->after, "deposit_refunded_cents"))
    return write_amount (_("%s of the deposit given back"), get_int (change->after, "deposit_refunded_cents"), spa);
  words = write_move (change->before, change->after, spa);
  if (*words == '\0' && !g_str_equal (get_text (change->before, "notes"), get_text (change->after, "notes")))
    return write_notes (change);
  return *words != '\0' ? g_strdup_printf (_("Moved %s"), words) : g_strdup (_("Edited"));
}

/* Returns: (transfer full): the actor of a change by name: "Rosa Diaz", "Front desk", "Ava" */
char *
ava_book_words_for_who (const char *who,
                        AvaSpa     *spa)
{
  const AvaPerson *person = g_str_has_prefix (who, "staff:") ? ava_spa_find_person (spa, who + strlen ("staff:")) : NULL;

  if (person != NULL)
    return g_strdup (person->name);
  if (g_str_equal (who, "ava"))
    return g_strdup (_("Ava"));
  if (g_str_has_prefix (who, "staff"))
    return g_strdup (_("Front desk"));
  if (g_str_has_prefix (who, "import:")) {
    g_autofree char *importer = ava_book_words_for_who (who + strlen ("import:"), spa);

    /* Translators: who took something from a file. */
    return g_strdup_printf (_("%s, by an import"), importer);
  }
  if (g_str_has_prefix (who, "import"))
    return g_strdup (_("Import"));
  return g_strdup (_("The program"));
}

/* Returns: (transfer full): the change for a receptionist to read */
AvaBookEvent *
ava_book_words_make_event (const AvaChange *change,
                           AvaSpa          *spa)
{
  AvaBookEvent *event = g_new0 (AvaBookEvent, 1);
  g_autofree char *words = ava_book_words_for_change (change, spa);

  event->token = change->batch;
  event->at_us = change->at_us;
  event->who = ava_book_words_for_who (change->who, spa);
  event->what = g_str_equal (change->what, "undone") ? g_strdup_printf (_("Undo: %s"), words)
              : g_str_equal (change->what, "redone") ? g_strdup_printf (_("Redo: %s"), words)
              : g_steal_pointer (&words);
  event->why = g_strdup (change->why);
  event->quote = g_strdup (change->quote);
  event->call_id = g_strdup (change->call_id);
  return event;
}

void
ava_book_event_free (AvaBookEvent *self)
{
  g_free (self->who);
  g_free (self->what);
  g_free (self->why);
  g_free (self->quote);
  g_free (self->call_id);
  g_free (self);
}
