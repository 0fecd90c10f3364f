/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-amends.h"

#include "ava-rehearsal-case.h"
#include "ava-store-calls.h"
#include "ava-store-customers.h"
#include "ava-store-outbox.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>

/*
 *   what was said --> move or cancel --> apology into the outbox, of the same change --> case into a file --> note
 */

/* Data of the task. */
typedef struct {
  AvaAppointment *wrong;
  GPtrArray *items;          /* AvaTranscriptItem */
  AvaAmends *amends;
  gboolean moves;
  gint64 start_us;           /* [us] UTC: of the move */
  char *provider_id, *room_id;   /* nullable: of the move */
} Op;

void
ava_amends_free (AvaAmends *self)
{
  g_clear_object (&self->appointment);
  g_free (self->message);
  g_free (self->case_path);
  g_free (self);
}

static void
op_free (Op *op)
{
  g_object_unref (op->wrong);
  g_clear_pointer (&op->items, g_ptr_array_unref);
  g_clear_pointer (&op->amends, ava_amends_free);
  g_free (op->provider_id);
  g_free (op->room_id);
  g_free (op);
}

static AvaContext *
get_context (GTask *task)
{
  return ava_book_get_context (g_task_get_source_object (task));
}

/* @error: (transfer full) */
static void
fail (GTask  *task,
      GError *error)
{
  g_task_return_error (task, error);
  g_object_unref (task);
}

/* --- the note, and the end --- */

static void
noted_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Op *op = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (!ava_store_add_event_finish (AVA_STORE (source), result, &error))
    g_warning ("That Ava misheard is not noted with the call: %s", error->message);
  if (op->amends->token != 0)
    ava_context_tell_change (get_context (task), op->amends->token,
                             op->amends->message != NULL ? _("Put right. An apology waits to be sent, and the call is kept for rehearsal")
                                                         : _("Put right, and the call is kept for rehearsal. There is no number to apologize to"));
  g_task_return_pointer (task, g_steal_pointer (&op->amends), (GDestroyNotify) ava_amends_free);
}

static void
note (GTask *task)
{
  Op *op = g_task_get_task_data (task);
  AvaActor actor = { 0 };
  g_autoptr (JsonObject) data = json_object_new ();
  g_autofree char *name = g_path_get_basename (op->amends->case_path);

  ava_staff_fill_actor (ava_context_get_staff (get_context (task)), &actor);
  actor.call_id = op->wrong->call_id;
  json_object_set_string_member (data, "appointment_id", op->wrong->id);
  json_object_set_string_member (data, "done", op->moves ? "moved" : "cancelled");
  json_object_set_string_member (data, "case", name);
  ava_store_add_event_async (ava_context_get_store (get_context (task)), &actor, "misheard", data, NULL, noted_cb, task);
}

/* --- the case --- */

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  GTask *task = user_data;
  GError *error = NULL;

  if (!g_file_replace_contents_finish (G_FILE (source), result, NULL, &error)) {
    g_prefix_error (&error, "%s", _("The appointment was put right, but the call could not be kept as a rehearsal case: "));
    fail (task, error);
    return;
  }
  note (task);
}

static void
write_case (GTask *task)
{
  Op *op = g_task_get_task_data (task);
  AvaContext *context = get_context (task);
  const AvaRehearsalCall call = {
    .items = op->items, .wrong = op->wrong, .right = op->moves ? op->amends->appointment : NULL, .call_us = op->wrong->created_us,
    .zone = ava_context_get_spa (context)->zone,
  };
  g_autofree char *folder = g_build_filename (ava_context_get_data_dir (context), "rehearsals", NULL);
  g_autofree char *name = g_strconcat (op->wrong->call_id, ".talk", NULL);
  g_autoptr (GFile) file = NULL;
  g_autoptr (GBytes) bytes = NULL;
  char *text = ava_rehearsal_case_write (&call);

  bytes = g_bytes_new_take (text, strlen (text));
  g_mkdir_with_parents (folder, 0700);
  op->amends->case_path = g_build_filename (folder, name, NULL);
  file = g_file_new_for_path (op->amends->case_path);
  g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE, G_FILE_CREATE_PRIVATE | G_FILE_CREATE_REPLACE_DESTINATION, NULL,
                                       written_cb, task);
}

/* --- the apology --- */

static void
queued_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  GTask *task = user_data;
  GError *error = NULL;
  g_autofree char *id = ava_store_queue_message_finish (AVA_STORE (source), result, &error);

  if (id == NULL) {
    g_prefix_error (&error, "%s", _("The appointment was put right, but the apology could not be kept for sending: "));
    fail (task, error);
    return;
  }
  write_case (task);
}

static char *
write_time (GTask  *task,
            gint64  at_us)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (at_us / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, ava_context_get_spa (get_context (task))->zone);

  /* Translators: a day and a time in a text message, as “Tuesday, December 1, 3:00 PM”. */
  return g_date_time_format (local, _("%A, %B %-d, %-I:%M %p"));
}

static char *
write_apology (GTask *task)
{
  Op *op = g_task_get_task_data (task);
  g_autofree char *first = g_strndup (op->wrong->customer_name, strcspn (op->wrong->customer_name, " "));
  g_autofree char *wrong = write_time (task, op->wrong->start_us);
  g_autofree char *right = write_time (task, op->amends->appointment->start_us);

  if (op->moves)
    /* Translators: first name, treatment, and two times. */
    return g_strdup_printf (_("Hello %s, we are sorry: we misheard you on the phone. Your %s is on %s, not %s. Please call us if that does not suit you."),
                            first, op->amends->appointment->service_name, right, wrong);
  return g_strdup_printf (_("Hello %s, we are sorry: we misheard you on the phone. The %s on %s is cancelled, at no cost. Please call us, we gladly find "
                            "you the right time."), first, op->wrong->service_name, wrong);
}

static void
apologize (GTask *task)
{
  Op *op = g_task_get_task_data (task);
  AvaActor actor = { .why = AVA_AMENDS_REASON };
  AvaMessage message = { op->wrong->customer_id, op->wrong->id, "sms", op->wrong->customer_phone, NULL };

  if (message.address == NULL || *message.address == '\0') {
    write_case (task);
    return;
  }
  ava_staff_fill_actor (ava_context_get_staff (get_context (task)), &actor);
  message.body = op->amends->message = write_apology (task);
  ava_store_queue_message_async (ava_context_get_store (get_context (task)), &actor, &message, op->amends->token, NULL, queued_cb, task);
}

/* --- the appointment --- */

static void
changed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  GTask *task = user_data;
  Op *op = g_task_get_task_data (task);
  GError *error = NULL;

  op->amends->appointment = ava_book_change_finish (AVA_BOOK (source), result, &op->amends->token, &error);
  if (op->amends->appointment == NULL)
    fail (task, error);
  else
    apologize (task);
}

/* What was said is read first: nothing is changed when there is no case to be made of it. */
static void
items_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  GTask *task = user_data;
  AvaBook *book = g_task_get_source_object (task);
  Op *op = g_task_get_task_data (task);
  const AvaBookWish to = { .start_us = op->start_us, .provider_id = op->provider_id, .room_id = op->room_id };
  GError *error = NULL;

  op->items = ava_store_list_items_finish (AVA_STORE (source), result, &error);
  if (op->items == NULL)
    fail (task, error);
  else if (op->moves)
    ava_book_move_async (book, op->wrong, &to, changed_cb, task);
  else
    ava_book_cancel_waived_async (book, op->wrong->id, AVA_AMENDS_REASON, AVA_AMENDS_REASON, changed_cb, task);
}

gboolean
ava_amends_fits (AvaAppointment *appointment)
{
  return g_strcmp0 (appointment->source, "ava") == 0 && appointment->call_id != NULL &&
         (appointment->status == AVA_APPOINTMENT_SCHEDULED || appointment->status == AVA_APPOINTMENT_CONFIRMED);
}

/**
 * ava_amends_make_async:
 * @to: (nullable): where it belongs; %NULL: it is cancelled
 */
void
ava_amends_make_async (AvaBook             *book,
                       AvaAppointment      *appointment,
                       const AvaBookWish   *to,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  GTask *task;
  Op *op;

  g_return_if_fail (AVA_IS_BOOK (book) && AVA_IS_APPOINTMENT (appointment));

  task = g_task_new (book, NULL, callback, user_data);
  op = g_new0 (Op, 1);
  op->wrong = g_object_ref (appointment);
  op->amends = g_new0 (AvaAmends, 1);
  op->moves = to != NULL;
  op->start_us = to != NULL ? to->start_us : 0;
  op->provider_id = g_strdup (to != NULL ? to->provider_id : NULL);
  op->room_id = g_strdup (to != NULL ? to->room_id : NULL);
  g_task_set_source_tag (task, ava_amends_make_async);
  g_task_set_task_data (task, op, (GDestroyNotify) op_free);
  if (!ava_amends_fits (appointment))
    fail (task, g_error_new_literal (AVA_BOOK_ERROR, AVA_BOOK_ERROR_REFUSED,
                                     _("Only an appointment that Ava booked in a call, and that is still to come, can be put right like this.")));
  else
    ava_store_list_items_async (ava_context_get_store (ava_book_get_context (book)), appointment->call_id, NULL, items_cb, task);
}

AvaAmends *
ava_amends_make_finish (AvaBook       *book,
                        GAsyncResult  *result,
                        GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
