/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-book-private.h"

#include "ava-book-words.h"
#include "ava-id.h"
#include "ava-override.h"
#include "ava-slot-id.h"

#include <glib/gi18n.h>

G_DEFINE_FINAL_TYPE (AvaBook, ava_book, G_TYPE_OBJECT)
G_DEFINE_QUARK (ava-book-error-quark, ava_book_error)

enum {
  CHANGED_BY_DESK,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* A change on its way: slot, tool or store, appointment, token. */
typedef struct {
  char *key;
  char *service_id, *provider_id, *room_id, *location_id;
  char *customer_id, *customer_name, *phone, *email, *notes;
  gint64 start_us;            /* [us] UTC */
  gboolean goes_on;
  char *override_reason;      /* nullable */
  const char *verb;           /* "Booked", for the words */
  AvaBookFinish finish;         /* of the function of the store that is under way; NULL: a tool's */
  AvaAppointment *moved;      /* nullable */
  AvaSlot *slot;              /* nullable */
  GPtrArray *reasons;         /* AvaReason */
  AvaToolCall *call;
  AvaAppointment *changed;    /* the answer */
  gint64 token;
} Op;

static void
op_free (Op *op)
{
  g_free (op->key);
  g_free (op->service_id);
  g_free (op->provider_id);
  g_free (op->room_id);
  g_free (op->location_id);
  g_free (op->customer_id);
  g_free (op->customer_name);
  g_free (op->phone);
  g_free (op->email);
  g_free (op->notes);
  g_free (op->override_reason);
  g_clear_object (&op->moved);
  g_clear_pointer (&op->slot, ava_slot_free);
  g_clear_pointer (&op->reasons, g_ptr_array_unref);
  g_clear_object (&op->call);
  g_clear_object (&op->changed);
  g_free (op);
}

static AvaStore *
get_store (AvaBook *self)
{
  return ava_context_get_store (self->context);
}

static gint64
get_now_us (AvaBook *self)
{
  return ava_clock_now_us (ava_context_get_clock (self->context));
}

static GTask *
start (AvaBook             *self,
       gpointer             tag,
       const char          *verb,
       GCancellable        *cancellable,
       GAsyncReadyCallback  callback,
       gpointer             user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  g_autofree char *id = ava_id_new (get_now_us (self));
  Op *op = g_new0 (Op, 1);

  op->key = g_strconcat ("desk/", id, NULL);
  op->verb = verb;
  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, op, (GDestroyNotify) op_free);
  return task;
}

static void
take_override (Op                *op,
               const AvaBookWish *wish)
{
  op->goes_on = wish->goes_on;
  op->override_reason = g_strdup (wish->override_reason);
}

/* --- A slot for a wish ----------------------------------------------------------------------- */

static void
take_wish (Op                *op,
           const AvaBookWish *wish)
{
  op->service_id = g_strdup (wish->service_id);
  op->provider_id = g_strdup (wish->provider_id);
  op->room_id = g_strdup (wish->room_id);
  op->location_id = g_strdup (wish->location_id);
  op->customer_id = g_strdup (wish->customer_id);
  op->customer_name = g_strdup (wish->customer_name);
  op->phone = g_strdup (wish->phone);
  op->email = g_strdup (wish->email);
  op->notes = g_strdup (wish->notes);
  op->start_us = wish->start_us;
  take_override (op, wish);
}

/* A slot that is free, or one that this desk may take in spite of what speaks against it. */
static void
find_slot (AvaBook   *self,
           Op        *op,
           GPtrArray *busy)
{
  const AvaBookWish wish = {
    .service_id = op->service_id, .provider_id = op->provider_id, .room_id = op->room_id, .start_us = op->start_us,
    .location_id = op->location_id,
  };
  g_autoptr (AvaSlot) forced = NULL;

  op->slot = ava_book_find_slot (self, &wish, op->moved, busy, &op->reasons, &forced);
  if (op->slot == NULL && forced != NULL &&
      ava_override_allows (op->reasons, ava_book_get_time_role (self), op->override_reason, op->goes_on))
    op->slot = g_steal_pointer (&forced);
}

static void
load_busy (AvaBook             *self,
           GTask               *task,
           GAsyncReadyCallback  callback)
{
  Op *op = g_task_get_task_data (task);

  if (ava_spa_find_service (ava_context_get_spa (self->context), op->service_id) == NULL) {
    g_task_return_new_error (task, AVA_BOOK_ERROR, AVA_BOOK_ERROR_NOT_FOUND, "%s",
                             _("Choose a service from the catalogue."));
    g_object_unref (task);
    return;
  }
  ava_store_busy_async (get_store (self), op->start_us - AVA_USEC_PER_DAY,
                        op->start_us + AVA_USEC_PER_DAY, NULL, g_task_get_cancellable (task),
                        callback, task);
}

/* --- Changes --------------------------------------------------------------------------------- */

static void
token_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  AvaBook *self = g_task_get_source_object (task);
  Op *op = g_task_get_task_data (task);
  gint64 token = ava_store_find_change_finish (AVA_STORE (source), result, NULL);
  g_autofree char *what = NULL;
  g_autofree char *words = NULL;

  /* The change is made, whether its token can be read or not. */
  op->token = MAX (token, 0);
  if (op->token != 0) {
    what = ava_book_words_for_appointment (op->changed, ava_context_get_spa (self->context));
    words = g_strdup_printf ("%s · %s", op->verb, what);
    g_signal_emit (self, signals[CHANGED_BY_DESK], 0, op->token, words);
    ava_context_tell_change (self->context, op->token, words);
  }
  g_task_return_boolean (task, TRUE);
}

static void
finish_change (GTask          *task,
               AvaAppointment *changed,
               GError         *error)
{
  AvaBook *self = g_task_get_source_object (task);
  Op *op = g_task_get_task_data (task);

  if (changed == NULL) {
    ava_book_fail (task, error);
    return;
  }
  op->changed = changed;
  ava_store_find_change_async (get_store (self), op->key, NULL, token_cb, task);
}

static void
get_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  GError *error = NULL;
  AvaAppointment *appointment = ava_store_get_appointment_finish (AVA_STORE (source), result, &error);

  finish_change (user_data, appointment, error);
}

/* Answers a task of ava_book_start_change(). */
void
ava_book_change_cb (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  Op *op = g_task_get_task_data (user_data);
  GError *error = NULL;
  AvaAppointment *appointment = op->finish (AVA_STORE (source), result, &error);

  finish_change (user_data, appointment, error);
}

/* A change that is one call of the store, answered to ava_book_change_cb() by @finish. @actor: gets the key of the change, which lives as long
 * as the task. */
GTask *
ava_book_start_change (AvaBook             *self,
                       const char          *verb,
                       AvaBookFinish        finish,
                       AvaActor            *actor,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  GTask *task = start (self, ava_book_change_finish, verb, NULL, callback, user_data);
  Op *op = g_task_get_task_data (task);

  op->finish = finish;
  actor->key = op->key;
  return task;
}

static void
tool_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  GTask *task = user_data;
  AvaBook *self = g_task_get_source_object (task);
  Op *op = g_task_get_task_data (task);
  const char *code;

  ava_toolbox_run_finish (AVA_TOOLBOX (source), result, NULL);
  code = ava_tool_call_get_error (op->call);
  if (code == NULL) {
    ava_store_get_appointment_async (get_store (self),
                                     json_object_get_string_member (op->call->result, "appointment_id"),
                                     NULL, get_cb, task);
    return;
  }
  g_task_return_new_error (task, AVA_BOOK_ERROR,
                           g_str_equal (code, "taken") ? AVA_BOOK_ERROR_TAKEN :
                           g_str_equal (code, "not_found") ? AVA_BOOK_ERROR_NOT_FOUND :
                           g_str_equal (code, "unavailable") ? AVA_BOOK_ERROR_FAILED : AVA_BOOK_ERROR_REFUSED,
                           "%s", json_object_get_string_member_with_default (op->call->result, "message", ""));
  g_object_unref (task);
}

static void
run_tool (GTask      *task,
          const char *name,
          JsonObject *args)
{
  AvaBook *self = g_task_get_source_object (task);
  Op *op = g_task_get_task_data (task);

  AvaActor actor = ava_book_get_actor (self);

  op->call = ava_tool_call_new (name, args);
  op->call->key = g_strdup (op->key);
  op->call->role = actor.role;
  op->call->rights = actor.rights;
  op->call->override_reason = g_strdup (op->override_reason);
  op->call->goes_on = op->goes_on;
  ava_toolbox_run_async (ava_context_get_toolbox (self->context), op->call, actor.who, NULL, NULL, tool_cb, task);
}

static void
set_text (JsonObject *args,
          const char *name,
          const char *text)
{
  if (text != NULL && *text != '\0')
    json_object_set_string_member (args, name, text);
}

/* All reasons at once: who fixes one wants to know the next. */
static void
refuse (GTask     *task,
        GPtrArray *reasons)
{
  g_autoptr (GString) words = g_string_new (NULL);
  gboolean taken = reasons->len > 0;

  for (guint i = 0; i < reasons->len; i++) {
    AvaReason *reason = reasons->pdata[i];

    g_string_append_printf (words, "%s%s", i > 0 ? "; " : "", reason->words);
    taken = taken && (reason->block == AVA_BLOCKED_PROVIDER_BUSY || reason->block == AVA_BLOCKED_ROOM_BUSY);
  }
  g_task_return_new_error (task, AVA_BOOK_ERROR, taken ? AVA_BOOK_ERROR_TAKEN : AVA_BOOK_ERROR_REFUSED, "%s",
                           words->len > 0 ? words->str : _("This time cannot be had."));
  g_object_unref (task);
}

static void
write_slot (GTask *task)
{
  Op *op = g_task_get_task_data (task);
  g_autofree char *slot_id = ava_slot_id_new (op->slot);
  JsonObject *args = json_object_new ();

  json_object_set_string_member (args, "slot_id", slot_id);
  if (op->moved != NULL) {
    json_object_set_string_member (args, "appointment_id", op->moved->id);
    run_tool (task, "reschedule_appointment", args);
    return;
  }
  set_text (args, "customer_id", op->customer_id);
  json_object_set_string_member (args, "customer_name", op->customer_name != NULL ? op->customer_name : "");
  json_object_set_string_member (args, "phone", op->phone != NULL ? op->phone : "");
  set_text (args, "email", op->email);
  set_text (args, "notes", op->notes);
  run_tool (task, "book_appointment", args);
}

static void
slot_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  GTask *task = user_data;
  Op *op = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) busy = ava_store_busy_finish (AVA_STORE (source), result, &error);

  if (busy == NULL) {
    ava_book_fail (task, g_steal_pointer (&error));
    return;
  }
  find_slot (g_task_get_source_object (task), op, busy);
  if (op->slot != NULL)
    write_slot (task);
  else
    refuse (task, op->reasons);
}

static void
customer_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  GTask *task = user_data;
  Op *op = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaCustomer) customer = ava_store_get_customer_finish (AVA_STORE (source), result, &error);

  if (customer == NULL) {
    ava_book_fail (task, g_steal_pointer (&error));
    return;
  }
  g_free (op->customer_name);
  op->customer_name = g_strdup (customer->name);
  if (op->phone == NULL)
    op->phone = g_strdup (customer->phone);
  load_busy (g_task_get_source_object (task), task, slot_cb);
}

/**
 * ava_book_make_async:
 * @wish: what is to be booked; without a provider or room, the first that fits
 */
void
ava_book_make_async (AvaBook             *self,
                     const AvaBookWish   *wish,
                     GAsyncReadyCallback  callback,
                     gpointer             user_data)
{
  GTask *task;
  Op *op;

  g_return_if_fail (AVA_IS_BOOK (self));

  task = start (self, ava_book_change_finish, _("Booked"), NULL, callback, user_data);
  op = g_task_get_task_data (task);
  take_wish (op, wish);
  if (op->customer_id != NULL)
    ava_store_get_customer_async (get_store (self), op->customer_id, NULL, customer_cb, task);
  else
    load_busy (self, task, slot_cb);
}

/**
 * ava_book_move_async:
 * @to: a %NULL or 0 in it stands for what the appointment has
 *
 * When the room is not asked for and that of the appointment is taken then, another that fits is
 * not chosen silently: the move is refused with the reason.
 */
void
ava_book_move_async (AvaBook             *self,
                     AvaAppointment      *appointment,
                     const AvaBookWish   *to,
                     GAsyncReadyCallback  callback,
                     gpointer             user_data)
{
  GTask *task;
  Op *op;

  g_return_if_fail (AVA_IS_BOOK (self));
  g_return_if_fail (AVA_IS_APPOINTMENT (appointment));

  task = start (self, ava_book_change_finish, _("Moved"), NULL, callback, user_data);
  op = g_task_get_task_data (task);
  take_override (op, to);
  op->moved = g_object_ref (appointment);
  op->service_id = g_strdup (appointment->service_id);
  op->provider_id = g_strdup (to->provider_id != NULL ? to->provider_id : appointment->provider_id);
  op->room_id = g_strdup (to->room_id != NULL ? to->room_id : appointment->room_id);
  op->start_us = to->start_us != 0 ? to->start_us : appointment->start_us;
  load_busy (self, task, slot_cb);
}

/**
 * ava_book_cancel_async:
 * @reason: (nullable): in the customer's words
 */
void
ava_book_cancel_async (AvaBook             *self,
                       const char          *appointment_id,
                       const char          *reason,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  JsonObject *args;

  g_return_if_fail (AVA_IS_BOOK (self));

  args = json_object_new ();
  json_object_set_string_member (args, "appointment_id", appointment_id);
  set_text (args, "reason", reason);
  run_tool (start (self, ava_book_change_finish, _("Cancelled"), NULL, callback, user_data), "cancel_appointment", args);
}

/**
 * ava_book_cancel_waived_async:
 * @reason: (nullable): in the customer's words
 * @waiver: why the fee of a late cancellation is let go
 *
 * For whoever has the right to let fees go; where there is no fee it is a cancellation like any other.
 */
void
ava_book_cancel_waived_async (AvaBook             *self,
                              const char          *appointment_id,
                              const char          *reason,
                              const char          *waiver,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  JsonObject *args;
  GTask *task;

  g_return_if_fail (AVA_IS_BOOK (self));

  args = json_object_new ();
  json_object_set_string_member (args, "appointment_id", appointment_id);
  set_text (args, "reason", reason);
  task = start (self, ava_book_change_finish, _("Cancelled without a fee"), NULL, callback, user_data);
  ((Op *) g_task_get_task_data (task))->override_reason = g_strdup (waiver);
  run_tool (task, "cancel_appointment", args);
}

/**
 * ava_book_change_finish:
 * @token: (out) (optional): for undo; 0 when nothing was changed
 *
 * Returns: (transfer full) (nullable): the appointment as it is now
 */
AvaAppointment *
ava_book_change_finish (AvaBook       *self,
                        GAsyncResult  *result,
                        gint64        *token,
                        GError       **error)
{
  Op *op;

  g_return_val_if_fail (g_async_result_is_tagged (result, ava_book_change_finish), NULL);

  if (token != NULL)
    *token = 0;
  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;
  op = g_task_get_task_data (G_TASK (result));
  if (token != NULL)
    *token = op->token;
  return g_steal_pointer (&op->changed);
}

static void
ava_book_dispose (GObject *object)
{
  AvaBook *self = AVA_BOOK (object);

  g_clear_object (&self->context);
  G_OBJECT_CLASS (ava_book_parent_class)->dispose (object);
}

static void
ava_book_class_init (AvaBookClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ava_book_dispose;

  signals[CHANGED_BY_DESK] = g_signal_new ("changed-by-desk", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                           NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_INT64, G_TYPE_STRING);
}

static void
ava_book_init (AvaBook *self)
{
}

/**
 * ava_book_new:
 *
 * Returns: (transfer full): a book that works on the store and the tools of @context
 */
AvaBook *
ava_book_new (AvaContext *context)
{
  AvaBook *self = g_object_new (AVA_TYPE_BOOK, NULL);

  self->context = g_object_ref (context);
  return self;
}

/* Returns: (transfer none): what it works on */
AvaContext *
ava_book_get_context (AvaBook *self)
{
  g_return_val_if_fail (AVA_IS_BOOK (self), NULL);

  return self->context;
}

AvaStaffRole
ava_book_get_role (AvaBook *self)
{
  g_return_val_if_fail (AVA_IS_BOOK (self), AVA_STAFF_ROLE_NONE);

  return ava_book_get_actor (self).role;
}

void
ava_book_set_role (AvaBook      *self,
                   AvaStaffRole  role)
{
  g_return_if_fail (AVA_IS_BOOK (self));

  self->role_set = TRUE;
  self->role = role;
}

AvaActor
ava_book_get_actor (AvaBook *self)
{
  AvaActor actor = { 0 };

  ava_staff_fill_actor (ava_context_get_staff (self->context), &actor);
  if (self->role_set) {
    actor.role = self->role;
    actor.rights = 0;
  }
  return actor;
}

AvaStaffRole
ava_book_get_time_role (AvaBook *self)
{
  AvaActor actor = ava_book_get_actor (self);

  return ava_override_time_role (actor.role, actor.rights);
}
