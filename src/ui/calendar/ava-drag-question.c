/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-drag-question.h"

#include "ava-calendar-words.h"

/* The answer stays; only what is on its way is called off. */
void
ava_drag_question_stop (AvaDragQuestion *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

void
ava_drag_question_clear (AvaDragQuestion *self)
{
  ava_drag_question_stop (self);
  g_clear_pointer (&self->words, g_free);
  self->kind = AVA_VERDICT_FREE;
  self->answered = FALSE;
}

/**
 * ava_drag_question_ask:
 * @callback: gives the answer to ava_drag_question_answer()
 */
void
ava_drag_question_ask (AvaDragQuestion     *self,
                       AvaBook             *book,
                       const AvaBookWish   *wish,
                       AvaAppointment      *appointment,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  ava_drag_question_clear (self);
  self->cancellable = g_cancellable_new ();
  ava_book_judge_async (book, wish, appointment, self->cancellable, callback, user_data);
}

/* Returns: %FALSE when it was called off */
gboolean
ava_drag_question_answer (AvaDragQuestion *self,
                          AvaBook         *book,
                          GAsyncResult    *result)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaVerdict) verdict = ava_book_judge_finish (book, result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return FALSE;
  g_clear_object (&self->cancellable);
  g_free (self->words);
  self->words = verdict != NULL ? ava_calendar_words_for_verdict (verdict) : g_strdup (error->message);
  self->kind = verdict != NULL ? verdict->kind : AVA_VERDICT_REFUSED;
  self->answered = TRUE;
  return TRUE;
}

gboolean
ava_drag_question_goes_on (AvaDragQuestion *self)
{
  return self->kind == AVA_VERDICT_WARNED || self->kind == AVA_VERDICT_NEEDS_REASON;
}
