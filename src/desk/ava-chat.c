/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-chat.h"

#include "ava-id.h"

struct _AvaChat {
  GObject parent_instance;

  AvaContext *context;
  AvaDialogue *dialogue;
  AvaBookingCard *card;
  AvaDialogueTurn *turn;  /* nullable: the one under way */
  GPtrArray *tools;       /* AvaToolCall of the last turn */
  GQueue waiting;         /* AvaToolCall to run */
  GString *reply;         /* of the turn so far */
  char *id;
  guint silences;         /* in a row */
};

G_DEFINE_FINAL_TYPE (AvaChat, ava_chat, G_TYPE_OBJECT)

static void
ava_chat_finalize (GObject *object)
{
  AvaChat *self = AVA_CHAT (object);

  g_queue_clear_full (&self->waiting, g_object_unref);
  g_clear_object (&self->context);
  g_clear_object (&self->card);
  g_clear_pointer (&self->dialogue, ava_dialogue_free);
  g_clear_pointer (&self->turn, ava_dialogue_turn_free);
  g_ptr_array_unref (self->tools);
  g_string_free (self->reply, TRUE);
  g_free (self->id);

  G_OBJECT_CLASS (ava_chat_parent_class)->finalize (object);
}

static void
ava_chat_class_init (AvaChatClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ava_chat_finalize;
}

static void
ava_chat_init (AvaChat *self)
{
  g_queue_init (&self->waiting);
  self->card = ava_booking_card_new ();
  self->tools = g_ptr_array_new_with_free_func (g_object_unref);
  self->reply = g_string_new (NULL);
}

static void
on_spa_changed (AvaChat *self)
{
  ava_dialogue_set_spa (self->dialogue, ava_context_get_spa (self->context));
}

/**
 * ava_chat_new:
 * @phone: (nullable): E.164, when it is known who writes
 * @customer_id: (nullable): the one customer with that phone
 * @name: (nullable): of that customer
 *
 * Returns: (transfer full): a conversation that has not begun
 */
AvaChat *
ava_chat_new (AvaContext *context,
              const char *phone,
              const char *customer_id,
              const char *name)
{
  AvaChat *self = g_object_new (AVA_TYPE_CHAT, NULL);
  AvaDialogueCaller caller = { .phone = phone, .customer_id = customer_id, .name = name };

  self->context = g_object_ref (context);
  self->id = ava_id_new (ava_clock_now_us (ava_context_get_clock (context)));
  caller.call_id = self->id;
  self->dialogue = ava_dialogue_new (ava_context_get_spa (context), &caller);
  g_signal_connect_object (context, "notify::spa", G_CALLBACK (on_spa_changed), self, G_CONNECT_SWAPPED);
  return self;
}

static gint64
now_us (AvaChat *self)
{
  return ava_clock_now_us (ava_context_get_clock (self->context));
}

static void run_next (AvaChat *self, GTask *task);

static void
take_turn (AvaChat         *self,
           AvaDialogueTurn *turn,
           GTask           *task)
{
  if (turn->reply != NULL && *turn->reply != '\0') {
    if (self->reply->len > 0)
      g_string_append_c (self->reply, ' ');
    g_string_append (self->reply, turn->reply);
  }
  for (guint i = 0; i < turn->tool_calls->len; i++)
    g_queue_push_tail (&self->waiting, g_object_ref (turn->tool_calls->pdata[i]));
  g_clear_pointer (&self->turn, ava_dialogue_turn_free);
  self->turn = turn;
  run_next (self, task);
}

static void
tool_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (AvaToolCall) call = NULL;
  AvaChat *self = g_task_get_source_object (task);
  AvaDialogueTurn *turn;

  ava_toolbox_run_finish (AVA_TOOLBOX (source), result, NULL);
  call = g_queue_pop_head (&self->waiting);
  g_ptr_array_add (self->tools, g_object_ref (call));
  turn = ava_dialogue_tool_done (self->dialogue, call, now_us (self));
  /* The turn is that of the utterance; the tools only complete it. */
  turn->intent = self->turn->intent;
  turn->safety_stop |= self->turn->safety_stop;
  turn->wants_person |= self->turn->wants_person;
  take_turn (self, turn, g_steal_pointer (&task));
}

static void
run_next (AvaChat *self,
          GTask   *task)
{
  AvaToolCall *call = g_queue_peek_head (&self->waiting);
  AvaDialogueTurn *turn;

  if (call == NULL) {
    turn = g_steal_pointer (&self->turn);
    g_free (turn->reply);
    turn->reply = g_strdup (self->reply->str);
    ava_dialogue_fill_card (self->dialogue, self->card);
    g_task_return_pointer (task, turn, (GDestroyNotify) ava_dialogue_turn_free);
    g_object_unref (task);
    return;
  }
  ava_toolbox_run_async (ava_context_get_toolbox (self->context), call, "ava", self->id, NULL,
                         tool_cb, task);
}

static AvaDialogueTurn *
hear (AvaChat    *self,
      const char *text,
      double      confidence)
{
  AvaUtterance utterance = { .text = text, .confidence = confidence, .now_us = now_us (self) };

  if (text == NULL)
    return ava_dialogue_greet (self->dialogue, now_us (self));
  if (*text == '\0')
    return ava_dialogue_silence (self->dialogue, ++self->silences, now_us (self));
  self->silences = 0;
  return ava_dialogue_hear (self->dialogue, &utterance);
}

/**
 * ava_chat_hear_async:
 * @text: (nullable): what was written; %NULL greets, "" is a silence
 * @confidence: 0..1, 1 for typed text
 */
void
ava_chat_hear_async (AvaChat             *self,
                     const char          *text,
                     double               confidence,
                     GAsyncReadyCallback  callback,
                     gpointer             user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);

  g_task_set_source_tag (task, ava_chat_hear_async);
  g_string_truncate (self->reply, 0);
  g_ptr_array_set_size (self->tools, 0);
  take_turn (self, hear (self, text, confidence), task);
}

/**
 * ava_chat_hear_finish:
 *
 * Returns: (transfer full): the turn, its tools all done; @reply holds all that Ava says
 */
AvaDialogueTurn *
ava_chat_hear_finish (AvaChat       *self,
                      GAsyncResult  *result,
                      GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
released_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GError) error = NULL;

  if (!ava_store_release_holds_finish (AVA_STORE (source), result, &error))
    g_warning ("What a chat held could not be released: %s", error->message);
}

void
ava_chat_end (AvaChat *self)
{
  const AvaActor actor = { .who = "ava", .why = "chat ended", .call_id = self->id };

  g_return_if_fail (AVA_IS_CHAT (self));

  ava_store_release_holds_async (ava_context_get_store (self->context), &actor, NULL, released_cb, NULL);
}

/**
 * ava_chat_get_tools:
 *
 * Returns: (transfer none): AvaToolCall that the last turn ran, with their results
 */
GPtrArray *
ava_chat_get_tools (AvaChat *self)
{
  return self->tools;
}

/**
 * ava_chat_get_card:
 *
 * Returns: (transfer none): what is understood of the booking
 */
AvaBookingCard *
ava_chat_get_card (AvaChat *self)
{
  return self->card;
}

/**
 * ava_chat_describe:
 *
 * Returns: (transfer full): intent, slots, offers, booking and safety of the conversation
 */
JsonObject *
ava_chat_describe (AvaChat *self)
{
  return ava_dialogue_describe (self->dialogue);
}
