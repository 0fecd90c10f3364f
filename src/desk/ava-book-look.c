/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-book-private.h"

#include "ava-book-words.h"

/* Looking at the book: history, the book as it was, the day's flow. Changes nothing. */

#define MAX_RANGE_EVENTS 500

static AvaStore *
get_store (AvaBook *self)
{
  return ava_context_get_store (self->context);
}

static GTask *
start (AvaBook             *self,
       gpointer             tag,
       GCancellable        *cancellable,
       GAsyncReadyCallback  callback,
       gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, tag);
  return task;
}

static GPtrArray *
make_events (AvaBook   *self,
             GPtrArray *changes)
{
  GPtrArray *events = g_ptr_array_new_with_free_func ((GDestroyNotify) ava_book_event_free);

  for (guint i = 0; i < changes->len; i++)
    g_ptr_array_add (events, ava_book_words_make_event (changes->pdata[i], ava_context_get_spa (self->context)));
  return events;
}

static void
history_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  GTask *task = user_data;
  gboolean of_one = g_task_get_source_tag (task) == ava_book_history_async;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) changes = of_one ? ava_store_history_finish (AVA_STORE (source), result, &error)
                                         : ava_store_range_history_finish (AVA_STORE (source), result, &error);

  if (changes == NULL) {
    ava_book_fail (task, g_steal_pointer (&error));
    return;
  }
  g_task_return_pointer (task, make_events (g_task_get_source_object (task), changes), (GDestroyNotify) g_ptr_array_unref);
  g_object_unref (task);
}

void
ava_book_history_async (AvaBook             *self,
                        const char          *appointment_id,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_return_if_fail (AVA_IS_BOOK (self));

  ava_store_history_async (get_store (self), "appointments", appointment_id, NULL, history_cb,
                           start (self, ava_book_history_async, NULL, callback, user_data));
}

/* Returns: (transfer full) (nullable): AvaBookEvent, latest first */
GPtrArray *
ava_book_history_finish (AvaBook       *self,
                         GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, ava_book_history_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * ava_book_range_history_async:
 * @from_us: [us] UTC
 * @to_us: [us] UTC, exclusive
 */
void
ava_book_range_history_async (AvaBook             *self,
                              gint64               from_us,
                              gint64               to_us,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_return_if_fail (AVA_IS_BOOK (self));

  ava_store_range_history_async (get_store (self), from_us, to_us, MAX_RANGE_EVENTS, cancellable, history_cb,
                                 start (self, ava_book_range_history_async, cancellable, callback, user_data));
}

/* Returns: (transfer full) (nullable): AvaBookEvent, earliest first */
GPtrArray *
ava_book_range_history_finish (AvaBook       *self,
                               GAsyncResult  *result,
                               GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, ava_book_range_history_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
at_cb (GObject      *source,
       GAsyncResult *result,
       gpointer      user_data)
{
  GTask *task = user_data;
  g_autoptr (GError) error = NULL;
  GPtrArray *appointments = ava_store_book_at_finish (AVA_STORE (source), result, &error);

  if (appointments == NULL) {
    ava_book_fail (task, g_steal_pointer (&error));
    return;
  }
  g_task_return_pointer (task, appointments, (GDestroyNotify) g_ptr_array_unref);
  g_object_unref (task);
}

/**
 * ava_book_at_async:
 * @at_us: [us] UTC: the moment to look back to
 */
void
ava_book_at_async (AvaBook             *self,
                   gint64               from_us,
                   gint64               to_us,
                   gint64               at_us,
                   GCancellable        *cancellable,
                   GAsyncReadyCallback  callback,
                   gpointer             user_data)
{
  g_return_if_fail (AVA_IS_BOOK (self));

  ava_store_book_at_async (get_store (self), from_us, to_us, at_us, cancellable, at_cb,
                           start (self, ava_book_at_async, cancellable, callback, user_data));
}

/* Returns: (transfer full) (nullable): AvaAppointment by start */
GPtrArray *
ava_book_at_finish (AvaBook       *self,
                    GAsyncResult  *result,
                    GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, ava_book_at_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Returns: (transfer full): AvaAppointment by start, kept up to date */
GListModel *
ava_book_list_appointments (AvaBook *self,
                            gint64   from_us,
                            gint64   to_us)
{
  GListModel *model;

  g_return_val_if_fail (AVA_IS_BOOK (self), NULL);

  model = ava_store_appointments_model (get_store (self));
  ava_store_appointments_set_range (model, from_us, to_us);
  return model;
}

void
ava_book_set_range (GListModel *appointments,
                    gint64      from_us,
                    gint64      to_us)
{
  ava_store_appointments_set_range (appointments, from_us, to_us);
}

/* Returns: [us] since the customer came, while nobody has taken them in; else 0 */
gint64
ava_book_get_waiting_us (AvaAppointment *appointment,
                         gint64          now_us)
{
  if (appointment->status != AVA_APPOINTMENT_ARRIVED || appointment->arrived_us == 0)
    return 0;
  return MAX (now_us - appointment->arrived_us, 0);
}

/* Returns: [us] since the customer was taken in, while they are in the room; else 0 */
gint64
ava_book_get_in_room_us (AvaAppointment *appointment,
                         gint64          now_us)
{
  if (appointment->status != AVA_APPOINTMENT_IN_ROOM || appointment->in_room_us == 0)
    return 0;
  return MAX (now_us - appointment->in_room_us, 0);
}

/**
 * ava_book_get_next_status:
 * @next: (out): set when there is a next step
 *
 * Returns: whether the day goes on from @status
 */
gboolean
ava_book_get_next_status (AvaAppointmentStatus  status,
                          AvaAppointmentStatus *next)
{
  if (status >= AVA_APPOINTMENT_DONE)
    return FALSE;
  *next = status + 1;
  return TRUE;
}
