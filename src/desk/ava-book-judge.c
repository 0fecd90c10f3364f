/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-book-judge.h"

#include "ava-book-private.h"
#include "ava-override.h"
#include "ava-package-balance.h"
#include "ava-safety.h"

#include <glib/gi18n.h>

#define NEAREST 3              /* free times that are told beside a refusal */
#define NEAREST_DAYS 8
#define STEP_MIN 15
#define LEAST_US (5 * AVA_USEC_PER_MIN)   /* that an appointment lasts */

/* A question on its way: taken time, customer, their other treatments, answer. */
typedef struct {
  char *service_id, *provider_id, *room_id, *location_id, *customer_id;
  gint64 start_us;
  gint64 end_us;               /* 0: as long as the service takes; else the end alone of @moved goes there */
  AvaAppointment *moved;       /* nullable */
  gint64 from_us, to_us;       /* of a search */
  int from_min, to_min;
  guint limit;
  GPtrArray *busy;
  AvaCustomer *customer;       /* nullable */
  GPtrArray *appointments;     /* of the customer, nullable */
  GPtrArray *packages;         /* of the customer, nullable */
} Question;

static void
question_free (Question *self)
{
  g_free (self->service_id);
  g_free (self->provider_id);
  g_free (self->room_id);
  g_free (self->location_id);
  g_free (self->customer_id);
  g_clear_object (&self->moved);
  g_clear_object (&self->customer);
  g_clear_pointer (&self->busy, g_ptr_array_unref);
  g_clear_pointer (&self->appointments, g_ptr_array_unref);
  g_clear_pointer (&self->packages, g_ptr_array_unref);
  g_free (self);
}

/* @error: (transfer full): of the store, becomes one of the book. */
void
ava_book_fail (GTask  *task,
               GError *error)
{
  int code = AVA_BOOK_ERROR_FAILED;

  if (error->domain == AVA_STORE_ERROR) {
    if (error->code == AVA_STORE_ERROR_TAKEN)
      code = AVA_BOOK_ERROR_TAKEN;
    else if (error->code == AVA_STORE_ERROR_NOT_FOUND)
      code = AVA_BOOK_ERROR_NOT_FOUND;
    else if (error->code == AVA_STORE_ERROR_INVALID || error->code == AVA_STORE_ERROR_CONFLICT ||
             error->code == AVA_STORE_ERROR_UNSAFE || error->code == AVA_STORE_ERROR_WARNING || error->code == AVA_STORE_ERROR_BARRED ||
             error->code == AVA_STORE_ERROR_FORBIDDEN)
      code = AVA_BOOK_ERROR_REFUSED;
    error->domain = AVA_BOOK_ERROR;
    error->code = code;
  }
  g_task_return_error (task, error);
  g_object_unref (task);
}

/* --- Slots ----------------------------------------------------------------------------------- */

/* Where a wish is meant: at the room, else at what is moved, else as it says itself; nullable: the first location. */
static const char *
find_place (AvaBook           *self,
            const AvaBookWish *wish,
            AvaAppointment    *moved)
{
  const char *place = ava_spa_place_of (ava_context_get_spa (self->context), wish->room_id);

  return place != NULL ? place : moved != NULL ? moved->location_id : wish->location_id;
}

/* Returns: (transfer full): the spa seen from where @slot is, else from where the question is asked about */
static AvaSpa *
see_spa (AvaBook       *self,
         Question      *question,
         const AvaSlot *slot)
{
  AvaSpa *spa = ava_context_get_spa (self->context);
  const char *place = slot != NULL ? ava_spa_place_of (spa, slot->room_id) : NULL;

  return ava_spa_see (spa, place != NULL ? place : question->location_id);
}

static void
drop_busy (GPtrArray  *busy,
           const char *id)
{
  for (guint i = busy->len; i > 0; i--) {
    if (g_strcmp0 (((AvaBusy *) busy->pdata[i - 1])->id, id) == 0)
      g_ptr_array_remove_index (busy, i - 1);
  }
}

/**
 * ava_book_find_slot:
 * @busy: the appointment @moved is taken out of it
 * @reasons: (out) (transfer full): why it is not free
 * @forced: (out) (transfer full) (nullable): when it is not free, the slot in spite of @reasons
 *
 * Returns: (transfer full) (nullable): the slot, when it is free
 */
AvaSlot *
ava_book_find_slot (AvaBook            *self,
                    const AvaBookWish  *wish,
                    AvaAppointment     *moved,
                    GPtrArray          *busy,
                    GPtrArray         **reasons,
                    AvaSlot           **forced)
{
  AvaSpa *spa = ava_context_get_spa (self->context);
  AvaSlotQuery query = {
    .service_id = wish->service_id, .provider_id = wish->provider_id, .room_id = wish->room_id,
    .now_us = ava_clock_now_us (ava_context_get_clock (self->context)),
    .from_us = wish->start_us, .to_us = wish->start_us, .to_min = 1440, .step_min = 1, .limit = 1,
    .location_id = find_place (self, wish, moved), .telling = AVA_WRITTEN,
  };
  g_autoptr (GPtrArray) slots = NULL;

  if (moved != NULL)
    drop_busy (busy, moved->id);
  slots = ava_availability_find (spa, busy, &query);
  if (slots->len > 0) {
    *reasons = g_ptr_array_new_with_free_func ((GDestroyNotify) ava_reason_free);
    return ava_slot_copy (slots->pdata[0]);
  }
  if (wish->provider_id != NULL)
    *forced = ava_override_slot (spa, busy, &query, wish->start_us, reasons);
  else
    *reasons = ava_availability_explain (spa, busy, &query, wish->start_us);
  return NULL;
}

static gboolean
has_block (GPtrArray *reasons,
           AvaBlock   block)
{
  for (guint i = 0; i < reasons->len; i++) {
    if (((AvaReason *) reasons->pdata[i])->block == block)
      return TRUE;
  }
  return FALSE;
}

/* Hours that it is outside of already were seen when it was booked. */
static AvaSlot *
stretch (AvaBook    *self,
         Question   *question,
         GPtrArray **reasons)
{
  AvaSpa *spa = ava_context_get_spa (self->context);
  AvaSlotQuery query = {
    .service_id = question->moved->service_id, .location_id = question->moved->location_id, .telling = AVA_WRITTEN,
    .now_us = ava_clock_now_us (ava_context_get_clock (self->context)),
  };
  g_autoptr (AvaSlot) now = ava_appointment_get_slot (question->moved, question->moved->end_us);
  g_autoptr (GPtrArray) before = NULL;
  AvaSlot *slot = ava_appointment_get_slot (question->moved, question->end_us);

  drop_busy (question->busy, question->moved->id);
  before = ava_override_list (spa, question->busy, &query, now);
  *reasons = ava_override_list (spa, question->busy, &query, slot);
  for (guint i = (*reasons)->len; i > 0; i--) {
    AvaBlock block = ((AvaReason *) (*reasons)->pdata[i - 1])->block;

    if (ava_override_is_soft (block) && has_block (before, block))
      g_ptr_array_remove_index (*reasons, i - 1);
  }
  return slot;
}

static GPtrArray *
find_nearest (AvaBook  *self,
              Question *question)
{
  AvaSpa *spa = ava_context_get_spa (self->context);
  AvaSlotQuery query = {
    .service_id = question->service_id, .provider_id = question->provider_id,
    .now_us = ava_clock_now_us (ava_context_get_clock (self->context)),
    .from_us = question->start_us, .to_us = question->start_us + (NEAREST_DAYS - 1) * AVA_USEC_PER_DAY,
    .to_min = 1440, .step_min = STEP_MIN, .limit = NEAREST, .location_id = question->location_id,
  };

  return ava_availability_find (spa, question->busy, &query);
}

/* --- Verdicts -------------------------------------------------------------------------------- */

static void
add_reasons (AvaVerdictSum *sum,
             AvaBook       *self,
             GPtrArray     *reasons)
{
  for (guint i = 0; i < reasons->len; i++) {
    AvaReason *reason = reasons->pdata[i];

    ava_verdict_sum_add (sum, ava_book_get_time_role (self), ava_override_least_role (reason->block), ava_override_is_soft (reason->block),
                         reason->words);
  }
}

static GPtrArray *
judge_safety (AvaSpa    *here,
              Question  *question,
              AvaSlot   *slot,
              GPtrArray *appointments)
{
  g_autoptr (GArray) treatments = g_array_new (FALSE, TRUE, sizeof (AvaTreatment));
  AvaSafetyCase wanted = {
    .service_id = question->service_id, .provider_id = slot != NULL ? slot->provider_id : question->provider_id,
    .start_us = question->start_us, .customer = question->customer,
  };

  for (guint i = 0; appointments != NULL && i < appointments->len; i++) {
    AvaAppointment *other = appointments->pdata[i];
    AvaTreatment treatment = { other->service_id, other->start_us, other->status == AVA_APPOINTMENT_DONE };

    if (other->status < AVA_APPOINTMENT_NO_SHOW &&
        (question->moved == NULL || g_strcmp0 (other->id, question->moved->id) != 0))
      g_array_append_val (treatments, treatment);
  }
  wanted.treatments = (const AvaTreatment *) (gpointer) treatments->data;
  wanted.n_treatments = treatments->len;
  /* Without a provider the gate would miss a licence that nobody needs to show yet. */
  return wanted.provider_id != NULL ? ava_safety_judge (here, &wanted)
                                    : g_ptr_array_new_with_free_func ((GDestroyNotify) ava_safety_finding_free);
}

static char *
word_group (AvaBook   *self,
            Question  *question,
            AvaSlot   *slot)
{
  AvaService *service = ava_spa_find_service (ava_context_get_spa (self->context), question->service_id);
  guint places = 0;

  if (slot == NULL || service == NULL || service->group_size <= 1)
    return NULL;
  for (guint i = 0; i < question->busy->len; i++) {
    AvaBusy *busy = question->busy->pdata[i];

    places += busy->session_us == slot->start_us && g_strcmp0 (busy->service_id, slot->service_id) == 0 &&
              g_strcmp0 (busy->provider_id, slot->provider_id) == 0;
  }
  if (places == 0)
    return g_strdup_printf (_("Begins a group of up to %u."), service->group_size);
  return g_strdup_printf (_("Joins the group: %u of %u places are taken."), places, service->group_size);
}

/* A visit that was paid for already, once it takes place. */
static char *
word_package (Question *question)
{
  AvaCustomerPackage *package = question->packages != NULL
    ? ava_package_choose (question->packages, question->service_id, question->start_us) : NULL;

  if (package == NULL)
    return NULL;
  return g_strdup_printf (_("From the package %s: %u left."), package->name, ava_package_balance (package, question->service_id));
}

static char *
join_words (char *one,
            char *two)
{
  g_autofree char *first = one;
  g_autofree char *second = two;

  return first != NULL && second != NULL ? g_strdup_printf ("%s %s", first, second) : g_strdup (first != NULL ? first : second);
}

static AvaVerdict *
judge (AvaBook   *self,
       Question  *question,
       GPtrArray *appointments)
{
  AvaVerdict *verdict = ava_verdict_new ();
  const AvaBookWish wish = {
    .service_id = question->service_id, .provider_id = question->provider_id, .room_id = question->room_id,
    .start_us = question->start_us, .location_id = question->location_id,
  };
  g_autoptr (GPtrArray) reasons = NULL;
  g_autoptr (GPtrArray) warnings = NULL;
  g_autoptr (GPtrArray) findings = NULL;
  g_autoptr (GPtrArray) bars = g_ptr_array_new_with_free_func ((GDestroyNotify) ava_reason_free);
  g_autoptr (AvaSlot) forced = NULL;
  g_autoptr (AvaSpa) here = NULL;
  AvaReason *bar;
  gboolean stays = question->end_us != 0;
  g_auto (AvaVerdictSum) sum;

  ava_verdict_sum_init (&sum);
  verdict->slot = stays ? stretch (self, question, &reasons)
                        : ava_book_find_slot (self, &wish, question->moved, question->busy, &reasons, &forced);
  if (verdict->slot == NULL)
    verdict->slot = g_steal_pointer (&forced);
  here = see_spa (self, question, verdict->slot);
  findings = judge_safety (here, question, verdict->slot, appointments);
  warnings = verdict->slot != NULL ? ava_availability_warn (here, question->busy, verdict->slot, question->customer_id, AVA_WRITTEN)
                                   : g_ptr_array_new ();
  if (!stays && question->customer != NULL && (bar = ava_override_bar (question->customer->do_not_book)) != NULL)
    g_ptr_array_add (bars, bar);
  if (stays && question->end_us - question->start_us < LEAST_US)
    ava_verdict_sum_add (&sum, ava_book_get_time_role (self), AVA_STAFF_ROLE_NONE, FALSE, _("Too short: five minutes at least."));
  add_reasons (&sum, self, bars);
  add_reasons (&sum, self, reasons);
  /* Where it stays, what only warns was seen when it was booked. */
  ava_verdict_sum_add_findings (&sum, ava_book_get_role (self), findings, !stays);
  add_reasons (&sum, self, warnings);
  ava_verdict_sum_fill (&sum, verdict);
  if (verdict->slot == NULL)
    verdict->kind = AVA_VERDICT_REFUSED;
  else if (verdict->kind == AVA_VERDICT_REFUSED)
    verdict->who_may = ava_verdict_sum_word_who_may (&sum, _("A provider may book it with a reason."), _("A manager may book it with a reason."),
                                                     _("The medical director may book it with a reason."));
  if (!stays) {
    verdict->group = join_words (word_group (self, question, verdict->slot), word_package (question));
    if (reasons->len > 0)
      g_ptr_array_extend_and_steal (verdict->nearest, find_nearest (self, question));
  }
  return verdict;
}

/* --- Questions ------------------------------------------------------------------------------- */

static void
packages_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  GTask *task = user_data;
  Question *question = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  question->packages = ava_store_list_packages_finish (AVA_STORE (source), result, &error);
  if (question->packages == NULL) {
    ava_book_fail (task, g_steal_pointer (&error));
    return;
  }
  g_task_return_pointer (task, judge (g_task_get_source_object (task), question, question->appointments), (GDestroyNotify) ava_verdict_free);
  g_object_unref (task);
}

static void
appointments_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  GTask *task = user_data;
  Question *question = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  question->appointments = ava_store_customer_appointments_finish (AVA_STORE (source), result, &error);
  if (question->appointments == NULL)
    ava_book_fail (task, g_steal_pointer (&error));
  else
    ava_store_list_packages_async (AVA_STORE (source), question->customer_id, g_task_get_cancellable (task), packages_cb, task);
}

static void
customer_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  GTask *task = user_data;
  Question *question = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  question->customer = ava_store_get_customer_finish (AVA_STORE (source), result, &error);
  if (question->customer == NULL)
    ava_book_fail (task, g_steal_pointer (&error));
  else
    ava_store_customer_appointments_async (AVA_STORE (source), question->customer_id, g_task_get_cancellable (task),
                                           appointments_cb, task);
}

static void
judge_busy_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  GTask *task = user_data;
  Question *question = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  question->busy = ava_store_busy_finish (AVA_STORE (source), result, &error);
  if (question->busy == NULL) {
    ava_book_fail (task, g_steal_pointer (&error));
  } else if (question->customer_id != NULL) {
    ava_store_get_customer_async (AVA_STORE (source), question->customer_id, g_task_get_cancellable (task), customer_cb, task);
  } else {
    g_task_return_pointer (task, judge (g_task_get_source_object (task), question, NULL), (GDestroyNotify) ava_verdict_free);
    g_object_unref (task);
  }
}

static GTask *
ask (AvaBook             *self,
     gpointer             tag,
     const AvaBookWish   *wish,
     AvaAppointment      *moved,
     GCancellable        *cancellable,
     GAsyncReadyCallback  callback,
     gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Question *question = g_new0 (Question, 1);

  question->service_id = g_strdup (wish->service_id);
  question->provider_id = g_strdup (wish->provider_id);
  question->room_id = g_strdup (wish->room_id);
  question->location_id = g_strdup (find_place (self, wish, moved));
  question->customer_id = g_strdup (wish->customer_id != NULL ? wish->customer_id : moved != NULL ? moved->customer_id : NULL);
  question->start_us = wish->start_us;
  question->end_us = moved != NULL ? wish->end_us : 0;
  g_set_object (&question->moved, moved);
  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, question, (GDestroyNotify) question_free);
  return task;
}

/**
 * ava_book_judge_async:
 * @wish: service and start are needed
 * @moved: (nullable): an appointment that does not stand in its own way; with an end in @wish it stays where it is
 *   and only ends then
 */
void
ava_book_judge_async (AvaBook             *self,
                      const AvaBookWish   *wish,
                      AvaAppointment      *moved,
                      GCancellable        *cancellable,
                      GAsyncReadyCallback  callback,
                      gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (AVA_IS_BOOK (self));

  task = ask (self, ava_book_judge_async, wish, moved, cancellable, callback, user_data);
  ava_store_busy_async (ava_context_get_store (self->context), wish->start_us - AVA_USEC_PER_DAY,
                        wish->start_us + NEAREST_DAYS * AVA_USEC_PER_DAY, NULL, cancellable, judge_busy_cb, task);
}

/* Returns: (transfer full) (nullable): the verdict; %NULL when the book cannot be read */
AvaVerdict *
ava_book_judge_finish (AvaBook       *self,
                       GAsyncResult  *result,
                       GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, ava_book_judge_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
find_busy_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  GTask *task = user_data;
  AvaBook *self = g_task_get_source_object (task);
  Question *question = g_task_get_task_data (task);
  AvaSlotQuery query = {
    .service_id = question->service_id, .provider_id = question->provider_id, .room_id = question->room_id,
    .now_us = ava_clock_now_us (ava_context_get_clock (self->context)), .from_us = question->from_us,
    .to_us = question->to_us, .from_min = question->from_min, .to_min = question->to_min, .step_min = STEP_MIN,
    .limit = question->limit, .location_id = question->location_id,
  };
  GError *error = NULL;

  question->busy = ava_store_busy_finish (AVA_STORE (source), result, &error);
  if (question->busy == NULL) {
    ava_book_fail (task, error);
    return;
  }
  if (question->moved != NULL)
    drop_busy (question->busy, question->moved->id);
  g_task_return_pointer (task, ava_availability_find (ava_context_get_spa (self->context), question->busy, &query),
                         (GDestroyNotify) g_ptr_array_unref);
  g_object_unref (task);
}

/**
 * ava_book_find_async:
 * @from_us: [us] UTC, earliest start
 * @to_us: [us] UTC, latest start
 * @limit: at most so many
 */
void
ava_book_find_async (AvaBook             *self,
                     const AvaBookWish   *wish,
                     AvaAppointment      *moved,
                     gint64               from_us,
                     gint64               to_us,
                     int                  from_min,
                     int                  to_min,
                     guint                limit,
                     GCancellable        *cancellable,
                     GAsyncReadyCallback  callback,
                     gpointer             user_data)
{
  GTask *task;
  Question *question;

  g_return_if_fail (AVA_IS_BOOK (self));

  task = ask (self, ava_book_find_async, wish, moved, cancellable, callback, user_data);
  question = g_task_get_task_data (task);
  question->from_us = from_us;
  question->to_us = to_us;
  question->from_min = from_min;
  question->to_min = to_min;
  question->limit = limit;
  ava_store_busy_async (ava_context_get_store (self->context), from_us - AVA_USEC_PER_DAY, to_us + AVA_USEC_PER_DAY, NULL,
                        cancellable, find_busy_cb, task);
}

/* Returns: (transfer full) (nullable): AvaSlot by start */
GPtrArray *
ava_book_find_finish (AvaBook       *self,
                      GAsyncResult  *result,
                      GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, ava_book_find_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
