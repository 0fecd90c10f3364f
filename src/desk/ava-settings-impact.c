/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-settings-impact-private.h"

#include "ava-availability.h"
#include "ava-store-packages.h"

#include <glib/gi18n.h>
#include <string.h>

/* What a change of the settings would do: the bookings it leaves without a place, and what Ava will
 * say otherwise. Nothing of it is stored, and nothing is cancelled. */

#define LOOK_AHEAD_DAYS 730   /* bookings beyond are not looked at */
#define MOST_SENTENCES 40

static void
broken_free (AvaBrokenBooking *broken)
{
  g_object_unref (broken->appointment);
  g_free (broken->why);
  g_free (broken);
}

void
ava_impact_free (AvaImpact *self)
{
  g_clear_object (&self->spa);
  g_ptr_array_unref (self->broken);
  g_ptr_array_unref (self->sentences);
  g_free (self);
}

/* Why this spa has no place for a booking that is in the book, other bookings aside; %NULL: it has. The booking
 * keeps its own times, however long the service takes from now on. */
static char *
find_obstacle (AvaSpa         *spa,
               AvaAppointment *appointment)
{
  AvaRoom *room = ava_spa_find_room (spa, appointment->room_id);
  g_autoptr (AvaSlot) slot = ava_appointment_get_slot (appointment, appointment->end_us);
  g_autoptr (GPtrArray) why = ava_availability_explain_slot (spa, spa->room_blocks, slot, room != NULL ? room->location_id : NULL, AVA_WRITTEN);

  return why->len > 0 ? g_strdup (((AvaReason *) why->pdata[0])->words) : NULL;
}

static gboolean
is_ahead (AvaAppointment *appointment)
{
  return appointment->status != AVA_APPOINTMENT_CANCELLED && appointment->status != AVA_APPOINTMENT_NO_SHOW &&
         appointment->status != AVA_APPOINTMENT_DONE;
}

/* Only what this change breaks: what was out of place before is no fault of it. */
static void
list_broken (AvaImpact *impact,
             AvaSpa    *now,
             GPtrArray *appointments)
{
  for (guint i = 0; i < appointments->len; i++) {
    AvaAppointment *appointment = appointments->pdata[i];
    g_autofree char *why = is_ahead (appointment) ? find_obstacle (impact->spa, appointment) : NULL;
    g_autofree char *already = why != NULL ? find_obstacle (now, appointment) : NULL;
    AvaBrokenBooking *broken;

    if (why == NULL || already != NULL)
      continue;
    broken = g_new0 (AvaBrokenBooking, 1);
    broken->appointment = g_object_ref (appointment);
    broken->why = g_steal_pointer (&why);
    g_ptr_array_add (impact->broken, broken);
  }
}

static gboolean
differ (const char *a,
        const char *b)
{
  return g_strcmp0 (a != NULL ? a : "", b != NULL ? b : "") != 0;
}

void
ava_impact_say (AvaImpact  *impact,
                const char *format,
                ...)
{
  va_list args;

  va_start (args, format);
  if (impact->sentences->len < MOST_SENTENCES)
    g_ptr_array_add (impact->sentences, g_strdup_vprintf (format, args));
  va_end (args);
}

char *
ava_impact_name_price (AvaSpa *spa,
                       gint64  cents)
{
  return g_strdup_printf ("%.2f %s", cents / 100.0, spa->currency);
}

static void
compare_terms (AvaImpact  *impact,
               AvaService *old,
               AvaService *service)
{
  g_autofree char *deposit = ava_impact_name_price (impact->spa, service->deposit_cents);
  g_autofree char *fee = ava_impact_name_price (impact->spa, service->cancel_fee_cents);
  g_autofree char *no_show = ava_impact_name_price (impact->spa, service->no_show_fee_cents);

  if (old->deposit_cents != service->deposit_cents)
    ava_impact_say (impact, _("%s is booked with a deposit of %s from now on."), service->name, deposit);
  if (old->cancel_hours != service->cancel_hours || old->cancel_fee_cents != service->cancel_fee_cents)
    ava_impact_say (impact, ngettext ("Cancelling %s is free until %u hour before; later it costs %s.",
                                      "Cancelling %s is free until %u hours before; later it costs %s.", service->cancel_hours),
                    service->name, service->cancel_hours, fee);
  if (old->no_show_fee_cents != service->no_show_fee_cents)
    ava_impact_say (impact, _("Not coming to %s costs %s."), service->name, no_show);
  if (!old->consult_first && service->consult_first)
    ava_impact_say (impact, _("Ava books %s only after a consultation."), service->name);
  if (old->consult_first && !service->consult_first)
    ava_impact_say (impact, _("Ava books %s without a consultation before."), service->name);
  if (old->next_visit_days != service->next_visit_days && service->next_visit_days > 0)
    ava_impact_say (impact, ngettext ("The next visit for %s is suggested after %u day.", "The next visit for %s is suggested after %u days.",
                                      service->next_visit_days), service->name, service->next_visit_days);
  if (old->next_visit_days != service->next_visit_days && service->next_visit_days == 0)
    ava_impact_say (impact, _("The next visit for %s is suggested after four weeks."), service->name);
  if (differ (old->prep, service->prep))
    ava_impact_say (impact, _("Before %s customers are told: “%s”"), service->name, service->prep != NULL ? service->prep : "");
}

/* A service with something missing is saved all the same: it is set up step by step. */
static void
say_offered (AvaImpact  *impact,
             AvaService *service,
             const char *price)
{
  g_auto (GStrv) missing = ava_settings_list_missing (impact->spa, service->id);
  g_autofree char *list = g_strjoinv (", ", missing);

  if (missing[0] == NULL)
    ava_impact_say (impact, _("Ava offers %s, for %s."), service->name, price);
  else
    ava_impact_say (impact, _("Ava cannot book %s yet. Missing: %s."), service->name, list);
}

static void
compare_service (AvaImpact  *impact,
                 AvaSpa     *now,
                 AvaService *service)
{
  AvaService *old = ava_spa_find_service (now, service->id);
  gboolean offered = old != NULL && !old->archived;
  g_autofree char *before = old != NULL ? ava_impact_name_price (now, old->price_cents) : NULL;
  g_autofree char *after = ava_impact_name_price (impact->spa, service->price_cents);

  if (offered && service->archived)
    ava_impact_say (impact, _("Ava no longer offers %s."), service->name);
  else if (!offered && !service->archived)
    say_offered (impact, service, after);
  if (!offered || service->archived)
    return;
  if (differ (old->name, service->name))
    ava_impact_say (impact, _("Ava calls %s “%s”."), old->name, service->name);
  if (strcmp (before, after) != 0)
    ava_impact_say (impact, _("Ava says that %s costs %s, not %s."), service->name, after, before);
  if (old->active_min != service->active_min)
    ava_impact_say (impact, ngettext ("Ava says that %s takes %u minute, not %u.", "Ava says that %s takes %u minutes, not %u.", service->active_min),
                    service->name, service->active_min, old->active_min);
  compare_terms (impact, old, service);
}

static AvaService *
find_first_offered (AvaSpa *spa)
{
  for (guint i = 0; i < spa->services->len; i++) {
    if (!((AvaService *) spa->services->pdata[i])->archived)
      return spa->services->pdata[i];
  }
  return NULL;
}

/* The order of the catalogue is what Ava offers first. */
static void
compare_order (AvaImpact *impact,
               AvaSpa    *now)
{
  AvaService *before = find_first_offered (now);
  AvaService *after = find_first_offered (impact->spa);

  if (before != NULL && after != NULL && strcmp (before->id, after->id) != 0)
    ava_impact_say (impact, _("Ava offers %s first."), after->name);
}

static char *
name_hours (AvaSpa     *spa,
            const char *owner_id,
            GDate      *day)
{
  AvaSpan spans[AVA_SPA_MAX_SPANS];
  guint n = ava_spa_list_hours (spa, owner_id, day, spans, G_N_ELEMENTS (spans), NULL);
  GString *words = g_string_new (n == 0 ? (owner_id != NULL ? _("off") : _("closed")) : NULL);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (words, "%s%02d:%02d–%02d:%02d", i > 0 ? ", " : "", spans[i].open_min / 60,
                            spans[i].open_min % 60, spans[i].close_min / 60, spans[i].close_min % 60);
  return g_string_free (words, FALSE);
}

/* Two weeks are enough to see each weekday, and the holidays that are near. */
static void
compare_hours (AvaImpact   *impact,
               AvaSpa      *now,
               AvaProvider *provider,
               gint64       now_us)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (now_us / G_USEC_PER_SEC);
  g_autoptr (GDateTime) here = g_date_time_to_timezone (utc, impact->spa->zone);
  const char *owner_id = provider != NULL ? provider->id : NULL;
  guint seen = 0;

  for (guint i = 0; i < 14; i++) {
    g_autoptr (GDateTime) day = g_date_time_add_days (here, i);
    guint weekday = 1u << g_date_time_get_day_of_week (day);
    g_autofree char *name = g_date_time_format (day, "%A");
    g_autofree char *before = NULL;
    g_autofree char *after = NULL;
    GDate date;

    g_date_clear (&date, 1);
    g_date_set_dmy (&date, g_date_time_get_day_of_month (day), g_date_time_get_month (day), g_date_time_get_year (day));
    before = name_hours (now, owner_id, &date);
    after = name_hours (impact->spa, owner_id, &date);
    if ((seen & weekday) != 0 || strcmp (before, after) == 0)
      continue;
    seen |= weekday;
    if (provider != NULL)
      ava_impact_say (impact, _("Ava offers %s on %s: %s, not %s."), provider->name, name, after, before);
    else
      ava_impact_say (impact, _("Ava says for %s: %s, not %s."), name, after, before);
  }
}

static AvaSafetyRule *
find_rule (AvaSpa     *spa,
           const char *id)
{
  for (guint i = 0; i < spa->safety_rules->len; i++) {
    AvaSafetyRule *rule = spa->safety_rules->pdata[i];

    if (strcmp (rule->id, id) == 0)
      return rule;
  }
  return NULL;
}

static gboolean
judges_otherwise (AvaSafetyRule *a,
                  AvaSafetyRule *b)
{
  return a->kind != b->kind || a->action != b->action || a->days != b->days || a->override_role != b->override_role ||
         differ (a->condition, b->condition) || differ (a->service_id, b->service_id) || differ (a->category, b->category) ||
         differ (a->other_service_id, b->other_service_id) || differ (a->other_category, b->other_category) ||
         differ (a->licence, b->licence);
}

static void
compare_rules (AvaImpact *impact,
               AvaSpa    *now)
{
  for (guint i = 0; i < impact->spa->safety_rules->len; i++) {
    AvaSafetyRule *rule = impact->spa->safety_rules->pdata[i];
    AvaSafetyRule *old = find_rule (now, rule->id);

    if (old == NULL)
      ava_impact_say (impact, _("A new safety rule counts: %s."), rule->name);
    else if (judges_otherwise (old, rule))
      ava_impact_say (impact, _("The safety rule “%s” judges otherwise."), rule->name);
    if (old != NULL && differ (old->say, rule->say))
      ava_impact_say (impact, _("Where “%s” speaks against it, Ava says: “%s”"), rule->name, rule->say != NULL ? rule->say : rule->name);
    if (old != NULL && differ (old->approved_by, rule->approved_by) && rule->approved_by != NULL && *rule->approved_by != '\0')
      ava_impact_say (impact, _("%s stands for the safety rule “%s”."), rule->approved_by, rule->name);
  }
  for (guint i = 0; i < now->safety_rules->len; i++) {
    AvaSafetyRule *old = now->safety_rules->pdata[i];

    if (find_rule (impact->spa, old->id) == NULL)
      ava_impact_say (impact, _("The safety rule “%s” no longer counts."), old->name);
  }
}

static void
compare_providers (AvaImpact *impact,
                   AvaSpa    *now,
                   gint64     now_us)
{
  for (guint i = 0; i < impact->spa->providers->len; i++) {
    AvaProvider *provider = impact->spa->providers->pdata[i];
    AvaProvider *old = ava_spa_find_provider (now, provider->id);

    if (old != NULL && !old->archived && provider->archived)
      ava_impact_say (impact, _("Ava no longer offers %s."), provider->name);
    else if (old == NULL && !provider->archived)
      ava_impact_say (impact, _("Ava offers %s."), provider->name);
    else if (old != NULL && !provider->archived)
      compare_hours (impact, now, provider, now_us);
  }
}

static void
compare_locations (AvaImpact *impact,
                   AvaSpa    *now)
{
  if (differ (now->name, impact->spa->name) || differ (now->spoken_name, impact->spa->spoken_name))
    ava_impact_say (impact, _("Ava calls the spa “%s”."), impact->spa->spoken_name);
  if (differ (now->zone_name, impact->spa->zone_name))
    ava_impact_say (impact, _("All times are those of %s, not of %s."), impact->spa->zone_name, now->zone_name);
  if (differ (now->address, impact->spa->address))
    ava_impact_say (impact, _("Ava gives the address as “%s”."), impact->spa->address != NULL ? impact->spa->address : "");
  if (differ (now->directions, impact->spa->directions))
    ava_impact_say (impact, _("Ava describes the way as “%s”."), impact->spa->directions != NULL ? impact->spa->directions : "");
  if (impact->spa->locations->len != now->locations->len)
    ava_impact_say (impact, ngettext ("There is %u location, not %u.", "There are %u locations, not %u.", impact->spa->locations->len),
                    impact->spa->locations->len, now->locations->len);
}

static void
list_sentences (AvaImpact *impact,
                AvaSpa    *now,
                gint64     now_us)
{
  if (differ (now->greeting, impact->spa->greeting))
    ava_impact_say (impact, _("Ava greets with “%s”"), impact->spa->greeting);
  if (differ (now->persona, impact->spa->persona))
    ava_impact_say (impact, _("Ava's manner is “%s”"), impact->spa->persona != NULL ? impact->spa->persona : "");
  compare_locations (impact, now);
  for (guint i = 0; i < impact->spa->services->len; i++)
    compare_service (impact, now, impact->spa->services->pdata[i]);
  compare_order (impact, now);
  compare_hours (impact, now, NULL, now_us);
  compare_providers (impact, now, now_us);
  compare_rules (impact, now);
}

/* --- The safety gate --------------------------------------------------------------------------- */

static gboolean
judges_services_otherwise (AvaSpa *now,
                           AvaSpa *then)
{
  for (guint i = 0; i < then->services->len; i++) {
    AvaService *service = then->services->pdata[i];
    AvaService *old = ava_spa_find_service (now, service->id);

    if (old != NULL && (old->consult_first != service->consult_first || old->consult_valid_days != service->consult_valid_days ||
                        differ (old->licence, service->licence) || differ (old->category, service->category)))
      return TRUE;
  }
  return FALSE;
}

/* Whether any booking may be judged otherwise: the bookings need not be looked at when not. */
static gboolean
gate_differs (AvaSpa *now,
              AvaSpa *then)
{
  for (guint i = 0; i < then->safety_rules->len; i++) {
    AvaSafetyRule *rule = then->safety_rules->pdata[i];
    AvaSafetyRule *old = find_rule (now, rule->id);

    if (old == NULL || judges_otherwise (old, rule) || old->archived != rule->archived)
      return TRUE;
  }
  return judges_services_otherwise (now, then);
}

static int
compare_starts (gconstpointer a,
                gconstpointer b)
{
  const AvaBrokenBooking *one = *(const AvaBrokenBooking *const *) a;
  const AvaBrokenBooking *two = *(const AvaBrokenBooking *const *) b;

  return one->appointment->start_us < two->appointment->start_us ? -1 : one->appointment->start_us > two->appointment->start_us;
}

static void
add_refused (AvaImpact *impact,
             GPtrArray *refused)
{
  for (guint i = 0; i < refused->len; i++) {
    AvaRefusedBooking *one = refused->pdata[i];
    AvaBrokenBooking *broken = g_new0 (AvaBrokenBooking, 1);

    broken->appointment = g_object_ref (one->appointment);
    broken->why = g_strdup (one->why);
    broken->by_rule = TRUE;
    g_ptr_array_add (impact->broken, broken);
  }
  g_ptr_array_sort (impact->broken, compare_starts);
}

static void
answer_impact (GTask *task)
{
  AvaImpact *impact = g_task_get_task_data (task);
  AvaImpact *answer = g_new0 (AvaImpact, 1);

  answer->spa = g_object_ref (impact->spa);
  answer->broken = g_ptr_array_ref (impact->broken);
  answer->sentences = g_ptr_array_ref (impact->sentences);
  g_task_return_pointer (task, answer, (GDestroyNotify) ava_impact_free);
}

static void
holders_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  AvaSpa *now = ava_context_get_spa (g_task_get_source_object (task));
  GError *error = NULL;
  g_autoptr (GPtrArray) holders = ava_store_list_package_holders_finish (AVA_STORE (source), result, &error);

  if (holders == NULL) {
    g_task_return_error (task, error);
    return;
  }
  ava_impact_compare_packages (g_task_get_task_data (task), now, holders);
  answer_impact (task);
}

/* The last of it: who keeps packages that are changed. */
static void
look_at_packages (GTask *task)
{
  AvaContext *context = g_task_get_source_object (task);
  AvaImpact *impact = g_task_get_task_data (task);

  if (ava_impact_packages_differ (ava_context_get_spa (context), impact->spa))
    ava_store_list_package_holders_async (ava_context_get_store (context), g_task_get_cancellable (task), holders_cb, g_object_ref (task));
  else
    answer_impact (task);
}

static void
refused_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (GPtrArray) refused = ava_store_list_refused_finish (AVA_STORE (source), result, &error);

  if (refused == NULL) {
    g_task_return_error (task, error);
    return;
  }
  add_refused (g_task_get_task_data (task), refused);
  look_at_packages (task);
}

static void
appointments_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  AvaContext *context = g_task_get_source_object (task);
  AvaImpact *impact = g_task_get_task_data (task);
  AvaSpa *now = ava_context_get_spa (context);
  gint64 now_us = ava_clock_now_us (ava_context_get_clock (context));
  GError *error = NULL;
  g_autoptr (GPtrArray) appointments = ava_store_list_appointments_finish (AVA_STORE (source), result, &error);

  if (appointments == NULL) {
    g_task_return_error (task, error);
    return;
  }
  list_broken (impact, now, appointments);
  list_sentences (impact, now, now_us);
  if (gate_differs (now, impact->spa))
    ava_store_list_refused_async (AVA_STORE (source), now, impact->spa, now_us, now_us + LOOK_AHEAD_DAYS * AVA_USEC_PER_DAY,
                                  g_task_get_cancellable (task), refused_cb, g_object_ref (task));
  else
    look_at_packages (task);
}

static void
rehearsed_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  AvaContext *context = g_task_get_source_object (task);
  AvaImpact *impact = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  gint64 now_us = ava_clock_now_us (ava_context_get_clock (context));
  GError *error = NULL;

  impact->spa = ava_store_rehearse_settings_finish (AVA_STORE (source), result, &error);
  if (impact->spa == NULL) {
    g_task_return_error (task, error);
    return;
  }
  ava_store_list_appointments_async (AVA_STORE (source), now_us, now_us + LOOK_AHEAD_DAYS * 1440 * AVA_USEC_PER_MIN, FALSE,
                                     cancellable, appointments_cb, g_steal_pointer (&task));
}

/**
 * ava_settings_rehearse_async:
 * @changes: from ava_settings_diff()
 *
 * Finds what the changes would break and what Ava would say otherwise. Nothing is written.
 */
void
ava_settings_rehearse_async (AvaContext          *context,
                             JsonArray           *changes,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  GTask *task = g_task_new (context, cancellable, callback, user_data);
  AvaImpact *impact = g_new0 (AvaImpact, 1);

  g_task_set_source_tag (task, ava_settings_rehearse_async);
  impact->broken = g_ptr_array_new_with_free_func ((GDestroyNotify) broken_free);
  impact->sentences = g_ptr_array_new_with_free_func (g_free);
  g_task_set_task_data (task, impact, (GDestroyNotify) ava_impact_free);
  ava_store_rehearse_settings_async (ava_context_get_store (context), changes, cancellable, rehearsed_cb, task);
}

/* Returns: (transfer full) (nullable): the impact; AVA_STORE_ERROR_INVALID when it could not be saved */
AvaImpact *
ava_settings_rehearse_finish (AvaContext    *context,
                              GAsyncResult  *result,
                              GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
