/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-book-span.h"

#include "ava-wall-time.h"

#include <glib/gi18n.h>

/* Reads some days of the book of one location. */

/**
 * ava_book_span_free:
 * @self: (transfer full) (nullable):
 */
void
ava_book_span_free (AvaBookSpan *self)
{
  if (self == NULL)
    return;
  g_clear_object (&self->spa);
  g_clear_pointer (&self->appointments, g_ptr_array_unref);
  g_clear_pointer (&self->blocks, g_ptr_array_unref);
  g_free (self);
}

/* Only what is in this location; a day's last minute may belong to the evening before. */
static void
keep_own (AvaBookSpan *self)
{
  for (guint i = self->appointments->len; i > 0; i--) {
    AvaAppointment *appointment = self->appointments->pdata[i - 1];

    if (!ava_spa_is_here (self->spa, appointment->location_id) || appointment->start_us < self->from_us)
      g_ptr_array_remove_index (self->appointments, i - 1);
  }
}

static void
blocks_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  AvaBookSpan *span = g_task_get_task_data (task);
  GError *error = NULL;

  span->blocks = ava_store_list_blocks_finish (AVA_STORE (source), result, &error);
  if (span->blocks == NULL) {
    g_task_return_error (task, error);
    return;
  }
  keep_own (span);
  g_task_return_boolean (task, TRUE);
}

static void
appointments_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  AvaBookSpan *span = g_task_get_task_data (task);
  GError *error = NULL;

  span->appointments = ava_store_list_appointments_finish (AVA_STORE (source), result, &error);
  if (span->appointments == NULL) {
    g_task_return_error (task, error);
    return;
  }
  ava_store_list_blocks_async (AVA_STORE (source), span->from_us, span->to_us, g_task_get_cancellable (task), blocks_cb,
                               g_object_ref (task));
}

void
ava_book_span_load_async (AvaContext          *context,
                          const char          *location_id,
                          const GDate         *first,
                          const GDate         *last,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (context, cancellable, callback, user_data);
  AvaBookSpan *span = g_new0 (AvaBookSpan, 1);

  g_task_set_source_tag (task, ava_book_span_load_async);
  span->spa = ava_spa_at (ava_context_get_spa (context), location_id);
  if (span->spa == NULL) {
    ava_book_span_free (span);
    g_task_return_new_error (task, AVA_STORE_ERROR, AVA_STORE_ERROR_NOT_FOUND, _("There is no such location."));
    return;
  }
  g_task_set_task_data (task, span, (GDestroyNotify) ava_book_span_free);
  span->from_us = ava_wall_time_first (first, 0, span->spa->zone);
  span->to_us = ava_wall_time_first (last, 1440, span->spa->zone);
  ava_store_list_appointments_async (ava_context_get_store (context), span->from_us, span->to_us, TRUE, cancellable, appointments_cb,
                                     g_object_ref (task));
}

/* Returns: (transfer full) (nullable): the days */
AvaBookSpan *
ava_book_span_load_finish (AvaContext    *context,
                           GAsyncResult  *result,
                           GError       **error)
{
  AvaBookSpan *span = g_task_get_task_data (G_TASK (result));
  AvaBookSpan *taken;

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;
  taken = g_new0 (AvaBookSpan, 1);
  *taken = *span;
  g_object_ref (taken->spa);
  g_ptr_array_ref (taken->appointments);
  g_ptr_array_ref (taken->blocks);
  return taken;
}
