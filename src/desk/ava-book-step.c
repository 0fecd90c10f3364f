/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-book-step.h"

#include "ava-book-private.h"
#include "ava-safety.h"
#include "ava-store-desk.h"

#include <glib/gi18n.h>

/* The safety gate at check-in and at the door of the room: what was written into the record after it was booked. */

/* The hardest that one finding asks of @role. */
static AvaVerdictKind
weigh (const AvaSafetyFinding *finding,
       AvaStaffRole            role)
{
  if (finding->action == AVA_SAFETY_WARN)
    return AVA_VERDICT_WARNED;
  return finding->override_role == AVA_STAFF_ROLE_NONE || role < finding->override_role ? AVA_VERDICT_REFUSED : AVA_VERDICT_NEEDS_REASON;
}

/* Returns: (transfer full) (nullable): who may let them in, when this desk may not */
static char *
word_who_may (GPtrArray *findings)
{
  AvaStaffRole least = AVA_STAFF_ROLE_NONE;

  for (guint i = 0; i < findings->len; i++) {
    const AvaSafetyFinding *finding = findings->pdata[i];

    if (finding->action == AVA_SAFETY_WARN)
      continue;
    if (finding->override_role == AVA_STAFF_ROLE_NONE)
      return NULL;
    least = MAX (least, finding->override_role);
  }
  switch (least) {
  case AVA_STAFF_ROLE_PROVIDER:
    return g_strdup (_("A provider may go on with a reason."));
  case AVA_STAFF_ROLE_MANAGER:
    return g_strdup (_("A manager may go on with a reason."));
  case AVA_STAFF_ROLE_MEDICAL_DIRECTOR:
    return g_strdup (_("The medical director may go on with a reason."));
  default:
    return NULL;
  }
}

static void
add_words (GPtrArray      *words,
           GPtrArray      *findings,
           AvaStaffRole    role,
           AvaVerdictKind  kind)
{
  for (guint i = 0; i < findings->len; i++) {
    const AvaSafetyFinding *finding = findings->pdata[i];

    if (weigh (finding, role) == kind && !g_ptr_array_find_with_equal_func (words, finding->words, g_str_equal, NULL))
      g_ptr_array_add (words, g_strdup (finding->words));
  }
}

static AvaVerdict *
make_verdict (GPtrArray      *findings,
              AvaAppointment *appointment,
              AvaStaffRole    role)
{
  AvaVerdict *verdict = g_new0 (AvaVerdict, 1);
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  gboolean covered = appointment->override_reason != NULL &&
                     !ava_safety_refuses (findings, ava_staff_role_from_string (appointment->override_role), appointment->override_reason);

  for (guint i = 0; i < findings->len; i++)
    verdict->kind = MAX (verdict->kind, weigh (findings->pdata[i], role));
  for (AvaVerdictKind kind = AVA_VERDICT_REFUSED; kind >= AVA_VERDICT_WARNED; kind--)
    add_words (words, findings, role, kind);
  if (covered && verdict->kind > AVA_VERDICT_WARNED) {
    verdict->kind = AVA_VERDICT_WARNED;
    g_ptr_array_add (words, g_strdup_printf (_("Agreed to already: %s"), appointment->override_reason));
  }
  g_ptr_array_add (words, NULL);
  verdict->reasons = (GStrv) g_ptr_array_free (g_steal_pointer (&words), FALSE);
  verdict->who_may = verdict->kind == AVA_VERDICT_REFUSED ? word_who_may (findings) : NULL;
  verdict->nearest = g_ptr_array_new_with_free_func ((GDestroyNotify) ava_slot_free);
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

void
ava_book_enter_room_async (AvaBook             *self,
                           const char          *appointment_id,
                           const char          *reason,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  GTask *task;
  AvaActor actor = ava_book_get_actor (self);

  g_return_if_fail (AVA_IS_BOOK (self));

  task = ava_book_start_change (self, _("In the room, against a rule"), ava_store_set_status_finish, &actor, callback, user_data);
  actor.why = actor.override_reason = reason;
  ava_store_set_status_async (ava_context_get_store (self->context), &actor, appointment_id, AVA_APPOINTMENT_IN_ROOM, NULL,
                              ava_book_change_cb, task);
}
