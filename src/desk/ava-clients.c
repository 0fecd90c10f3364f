/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-clients.h"

#include "ava-client-words.h"
#include "ava-customer-fields.h"
#include "ava-region.h"
#include "ava-store-contacts.h"

#include <glib/gi18n.h>

struct _AvaClients {
  GObject parent_instance;

  AvaContext *context;
  char *who;              /* nullable: whoever works at this desk */
  AvaStaffRole role;      /* of @who */
};

G_DEFINE_FINAL_TYPE (AvaClients, ava_clients, G_TYPE_OBJECT)

enum {
  CHANGED_BY_DESK,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* A change on its way, and what it gave. */
typedef struct {
  const char *deed;       /* translated, with %s for the name */
  gboolean undoable;
  AvaCustomer *customer;
  gint64 token;
} Op;

static void
op_free (Op *op)
{
  g_clear_object (&op->customer);
  g_free (op);
}

static AvaActor
get_actor (AvaClients *self)
{
  AvaActor actor = { .who = self->who, .role = self->role };

  if (self->who == NULL)
    ava_staff_fill_actor (ava_context_get_staff (self->context), &actor);
  return actor;
}

static GTask *
start (AvaClients          *self,
       const char          *deed,
       GAsyncReadyCallback  callback,
       gpointer             user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);
  Op *op = g_new0 (Op, 1);

  op->deed = deed;
  op->undoable = TRUE;
  g_task_set_source_tag (task, ava_clients_change_finish);
  g_task_set_task_data (task, op, (GDestroyNotify) op_free);
  return task;
}

static AvaStore *
get_store (AvaClients *self)
{
  return ava_context_get_store (self->context);
}

static void
changed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  AvaClients *self = g_task_get_source_object (task);
  Op *op = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GString) words = NULL;

  op->customer = ava_store_customer_change_finish (AVA_STORE (source), result, &op->token, &error);
  if (op->customer == NULL) {
    g_task_return_error (task, error);
    return;
  }
  words = g_string_new (op->deed);
  g_string_replace (words, "%s", op->customer->name, 1);
  if (op->token != 0 && op->undoable)
    g_signal_emit (self, signals[CHANGED_BY_DESK], 0, op->token, words->str);
  g_task_return_boolean (task, TRUE);
}

/* Answers @task with why not, when whoever works here has no right to it. */
static gboolean
may (AvaClients     *self,
     AvaStaffRights  right,
     GTask          *task)
{
  g_autofree char *refusal = ava_clients_refuse (self, right);

  if (refusal == NULL)
    return TRUE;
  g_task_return_new_error (task, AVA_STORE_ERROR, AVA_STORE_ERROR_FORBIDDEN, "%s", refusal);
  g_object_unref (task);
  return FALSE;
}

void
ava_clients_add_async (AvaClients          *self,
                       JsonObject          *values,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  const AvaActor actor = get_actor (self);

  ava_store_save_customer_async (get_store (self), &actor, NULL, values, NULL, changed_cb,
                                 start (self, _("%s was added"), callback, user_data));
}

/**
 * ava_clients_set_field_async:
 * @seen: (nullable): what the editor showed before; %NULL writes in any case
 */
void
ava_clients_set_field_async (AvaClients          *self,
                             const char          *id,
                             const char          *field,
                             const char          *text,
                             const char          *seen,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  const AvaActor actor = get_actor (self);
  g_autoptr (JsonObject) values = json_object_new ();
  g_autoptr (JsonObject) before = seen != NULL ? json_object_new () : NULL;

  json_object_set_string_member (values, field, text);
  if (before != NULL)
    json_object_set_string_member (before, field, seen);
  ava_store_save_customer_async (get_store (self), &actor, id, values, before, changed_cb,
                                 start (self, _("%s was changed"), callback, user_data));
}

void
ava_clients_archive_async (AvaClients          *self,
                           const char          *id,
                           gboolean             archive,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  const AvaActor actor = get_actor (self);
  GTask *task = start (self, archive ? _("%s was archived") : _("%s is back"), callback, user_data);

  if (may (self, AVA_RIGHT_MERGE_CUSTOMERS, task))
    ava_store_archive_customer_async (get_store (self), &actor, id, archive, changed_cb, task);
}

/**
 * ava_clients_erase_async:
 * @reason: is kept in the journal
 *
 * For whoever has the right to erase. Cannot be undone.
 */
void
ava_clients_erase_async (AvaClients          *self,
                         const char          *id,
                         const char          *reason,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  AvaActor actor = get_actor (self);
  GTask *task = start (self, "%s", callback, user_data);

  actor.why = reason;
  ((Op *) g_task_get_task_data (task))->undoable = FALSE;
  if (may (self, AVA_RIGHT_ERASE_CUSTOMERS, task))
    ava_store_erase_customer_async (get_store (self), &actor, id, changed_cb, task);
}

void
ava_clients_merge_async (AvaClients          *self,
                         const char          *id,
                         const char          *other,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  const AvaActor actor = get_actor (self);
  GTask *task = start (self, _("Two records of %s are one now"), callback, user_data);

  if (may (self, AVA_RIGHT_MERGE_CUSTOMERS, task))
    ava_store_merge_customers_async (get_store (self), &actor, id, other, changed_cb, task);
}

void
ava_clients_split_async (AvaClients          *self,
                         const char          *id,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  const AvaActor actor = get_actor (self);
  GTask *task = start (self, _("%s has a record of their own again"), callback, user_data);

  if (may (self, AVA_RIGHT_MERGE_CUSTOMERS, task))
    ava_store_split_customer_async (get_store (self), &actor, id, changed_cb, task);
}

void
ava_clients_keep_apart_async (AvaClients          *self,
                              const char          *id,
                              const char          *other,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  const AvaActor actor = get_actor (self);
  GTask *task = start (self, _("%s and the other one are two persons"), callback, user_data);

  if (may (self, AVA_RIGHT_MERGE_CUSTOMERS, task))
    ava_store_keep_apart_async (get_store (self), &actor, id, other, changed_cb, task);
}

void
ava_clients_set_household_async (AvaClients          *self,
                                 const char          *id,
                                 const char          *other,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  const AvaActor actor = get_actor (self);

  ava_store_set_household_async (get_store (self), &actor, id, other, changed_cb,
                                 start (self, other != NULL ? _("%s joined the household") : _("%s left the household"),
                                        callback, user_data));
}

void
ava_clients_save_consent_async (AvaClients          *self,
                                const char          *id,
                                const char          *consent_id,
                                AvaConsent          *consent,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  const AvaActor actor = get_actor (self);

  ava_store_save_consent_async (get_store (self), &actor, id, consent_id, consent, changed_cb,
                                start (self, _("A consent of %s was noted"), callback, user_data));
}

/**
 * ava_clients_sell_package_async:
 * @package: whose it is, and a package_id of the catalogue or what was agreed on
 */
void
ava_clients_sell_package_async (AvaClients          *self,
                                AvaCustomerPackage  *package,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  const AvaActor actor = get_actor (self);

  ava_store_add_package_async (get_store (self), &actor, package, changed_cb,
                               start (self, _("%s has bought a package"), callback, user_data));
}

/**
 * ava_clients_note_contact_async:
 * @remark: (nullable): stands beside it in the history
 *
 * To be asked before a program is opened: it is refused when the customer does not want it, and answers the
 * address that counts now. Cannot be undone.
 */
void
ava_clients_note_contact_async (AvaClients          *self,
                                const char          *id,
                                AvaContact           contact,
                                const char          *remark,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  AvaActor actor = get_actor (self);
  GTask *task = start (self, "%s", callback, user_data);

  actor.why = remark;
  ((Op *) g_task_get_task_data (task))->undoable = FALSE;
  ava_store_note_contact_async (get_store (self), &actor, id, contact, changed_cb, task);
}

/**
 * ava_clients_change_finish:
 * @token: (out) (optional): for ava_book_undo_async(); 0 when nothing was changed
 *
 * Returns: (transfer full) (nullable): the customer as it is now; else AVA_STORE_ERROR
 */
AvaCustomer *
ava_clients_change_finish (AvaClients    *self,
                           GAsyncResult  *result,
                           gint64        *token,
                           GError       **error)
{
  Op *op;

  g_return_val_if_fail (g_async_result_is_tagged (result, ava_clients_change_finish), NULL);

  if (token != NULL)
    *token = 0;
  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;
  op = g_task_get_task_data (G_TASK (result));
  if (token != NULL)
    *token = op->token;
  return g_steal_pointer (&op->customer);
}

/* Returns: (transfer full) (nullable): what is wrong with @text; %NULL when it may be saved */
char *
ava_clients_check_field (AvaClients *self,
                         const char *field,
                         const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *clean = ava_customer_clean (field, text, ava_region_of_zone (ava_context_get_spa (self->context)->zone_name),
                                               ava_clock_now_us (ava_context_get_clock (self->context)), &error);

  return clean == NULL ? g_strdup (error->message) : NULL;
}

static void
ava_clients_dispose (GObject *object)
{
  AvaClients *self = AVA_CLIENTS (object);

  g_clear_object (&self->context);
  g_clear_pointer (&self->who, g_free);
  G_OBJECT_CLASS (ava_clients_parent_class)->dispose (object);
}

static void
ava_clients_class_init (AvaClientsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ava_clients_dispose;

  signals[CHANGED_BY_DESK] = g_signal_new ("changed-by-desk", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                           NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_INT64, G_TYPE_STRING);
}

static void
ava_clients_init (AvaClients *self)
{
}

/**
 * ava_clients_new:
 * @who: (nullable): in whose name changes are made; %NULL for whoever works at this desk, with their rights
 *
 * Returns: (transfer full): the customers of @context
 */
AvaClients *
ava_clients_new (AvaContext *context,
                 const char *who)
{
  AvaClients *self = g_object_new (AVA_TYPE_CLIENTS, NULL);

  self->context = g_object_ref (context);
  self->who = g_strdup (who);
  return self;
}

/**
 * ava_clients_set_role:
 *
 * What @who of ava_clients_new() acts as: for commands, whose rights nobody has set up.
 */
void
ava_clients_set_role (AvaClients   *self,
                      AvaStaffRole  role)
{
  g_return_if_fail (AVA_IS_CLIENTS (self));

  self->role = role;
}

/* Returns: (transfer full) (nullable): why whoever works here may not do that, in words; %NULL when they may */
char *
ava_clients_refuse (AvaClients     *self,
                    AvaStaffRights  right)
{
  g_return_val_if_fail (AVA_IS_CLIENTS (self), NULL);

  return self->who == NULL ? ava_staff_refuse (ava_context_get_staff (self->context), right) : NULL;
}
