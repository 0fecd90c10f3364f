/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-book-private.h"

#include "ava-book-words.h"
#include "ava-undo-gate.h"

#include <glib/gi18n.h>

/* Taking back and making again: what it would be is read first, and whoever works here must have the rights to it. */

static void
undone_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  GTask *task = user_data;
  AvaBook *self = g_task_get_source_object (task);
  gboolean redone = GPOINTER_TO_INT (g_task_get_task_data (task));
  GError *error = NULL;
  g_autoptr (AvaChange) undone = ava_store_undo_finish (AVA_STORE (source), result, &error);
  g_autofree char *words = NULL;

  if (undone == NULL) {
    ava_book_fail (task, error);
    return;
  }
  words = ava_book_words_for_change (undone, ava_context_get_spa (self->context));
  /* Translators: what was taken back, or made again, follows. */
  g_task_return_pointer (task, redone ? g_strdup_printf (_("Redone: %s"), words)
                                      : g_strdup_printf (_("Undone: %s"), words), g_free);
  g_object_unref (task);
}

static void
plan_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  GTask *task = user_data;
  AvaBook *self = g_task_get_source_object (task);
  const AvaActor actor = ava_book_get_actor (self);
  GError *error = NULL;
  g_autoptr (AvaUndoPlan) plan = ava_store_plan_undo_finish (AVA_STORE (source), result, &error);
  g_autofree char *refusal = NULL;

  if (plan == NULL) {
    ava_book_fail (task, error);
    return;
  }
  refusal = ava_undo_gate_refuse (plan, &actor, ava_clock_now_us (ava_context_get_clock (self->context)));
  if (refusal != NULL) {
    g_task_return_new_error (task, AVA_BOOK_ERROR, AVA_BOOK_ERROR_REFUSED, "%s", refusal);
    g_object_unref (task);
    return;
  }
  ava_store_undo_async (AVA_STORE (source), &actor, plan->batch, NULL, undone_cb, task);
}

static void
take_back (AvaBook             *self,
           gint64               token,
           gboolean             redo,
           GAsyncReadyCallback  callback,
           gpointer             user_data)
{
  const AvaActor actor = ava_book_get_actor (self);
  GTask *task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, ava_book_undo_finish);
  g_task_set_task_data (task, GINT_TO_POINTER (redo), NULL);
  ava_store_plan_undo_async (ava_context_get_store (self->context), &actor, token, redo, NULL, plan_cb, task);
}

/**
 * ava_book_undo_async:
 * @token: of the change; 0 for the last of this desk
 *
 * Refused in words when whoever works here has no right to it; see ava_undo_gate_refuse().
 */
void
ava_book_undo_async (AvaBook             *self,
                     gint64               token,
                     GAsyncReadyCallback  callback,
                     gpointer             user_data)
{
  g_return_if_fail (AVA_IS_BOOK (self));

  take_back (self, token, FALSE, callback, user_data);
}

void
ava_book_redo_async (AvaBook             *self,
                     GAsyncReadyCallback  callback,
                     gpointer             user_data)
{
  g_return_if_fail (AVA_IS_BOOK (self));

  take_back (self, 0, TRUE, callback, user_data);
}

/* Returns: (transfer full) (nullable): words for what was done */
char *
ava_book_undo_finish (AvaBook       *self,
                      GAsyncResult  *result,
                      GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, ava_book_undo_finish), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
