/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-book-step.h"

#include "ava-book-private.h"
#include "ava-safety.h"
#include "ava-store-desk.h"

#include <glib/gi18n.h>

/* The safety gate at check-in and at the door of the room: what was written into the record after it was booked. */

static AvaVerdict *
make_verdict (GPtrArray      *findings,
              AvaAppointment *appointment,
              AvaStaffRole    role)
{
  AvaVerdict *verdict = ava_verdict_new ();
  gboolean covered = appointment->override_reason != NULL && ava_safety_refuses (findings, AVA_STAFF_ROLE_NONE, NULL) &&
                     !ava_safety_refuses (findings, ava_staff_role_from_string (appointment->override_role), appointment->override_reason);
  g_autofree char *agreed = covered ? g_strdup_printf (_("Agreed to already: %s"), appointment->override_reason) : NULL;
  g_auto (AvaVerdictSum) sum;

  ava_verdict_sum_init (&sum);
  ava_verdict_sum_add_findings (&sum, role, findings, TRUE);
  if (covered)
    ava_verdict_sum_add (&sum, role, AVA_STAFF_ROLE_NONE, TRUE, agreed);
  ava_verdict_sum_fill (&sum, verdict);
  if (covered)
    verdict->kind = AVA_VERDICT_WARNED;
  if (verdict->kind == AVA_VERDICT_REFUSED)
    verdict->who_may = ava_verdict_sum_word_who_may (&sum, _("A provider may go on with a reason."), _("A manager may go on with a reason."),
                                                     _("The medical director may go on with a reason."));
  return verdict;
}

static void
judge_step_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  GTask *task = user_data;
  GError *error = NULL;
  g_autoptr (GPtrArray) findings = ava_store_judge_step_finish (AVA_STORE (source), result, &error);

  if (findings == NULL) {
    ava_book_fail (task, error);
    return;
  }
  g_task_return_pointer (task, make_verdict (findings, g_task_get_task_data (task), ava_book_get_role (g_task_get_source_object (task))),
                         (GDestroyNotify) ava_verdict_free);
  g_object_unref (task);
}

/**
 * ava_book_judge_step_async:
 * @appointment: of who has come, or goes to the room
 */
void
ava_book_judge_step_async (AvaBook             *self,
                           AvaAppointment      *appointment,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  GTask *task;

  g_return_if_fail (AVA_IS_BOOK (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, ava_book_judge_step_async);
  g_task_set_task_data (task, g_object_ref (appointment), g_object_unref);
  ava_store_judge_step_async (ava_context_get_store (self->context), appointment->id, cancellable, judge_step_cb, task);
}

/* Returns: (transfer full) (nullable): the verdict; %NULL when the book cannot be read */
AvaVerdict *
ava_book_judge_step_finish (AvaBook       *self,
                            GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, ava_book_judge_step_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
