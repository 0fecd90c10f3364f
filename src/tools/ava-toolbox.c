/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-toolbox.h"

#include "ava-tool-answers.h"
#include "ava-tool-args.h"

struct _AvaToolbox {
  GObject parent_instance;

  AvaStore *store;
  AvaClock *clock;
  AvaSpa *spa;           /* nullable: then loaded from the store for each call */
  GPtrArray *tools;      /* AvaTool */
  GPtrArray *specs;      /* AvaToolSpec, of the tools */
  GHashTable *answers;   /* key -> JsonObject: writes that were done */
  GHashTable *running;   /* key -> GPtrArray of GTask: writes under way, and who waits for them */
};

G_DEFINE_FINAL_TYPE (AvaToolbox, ava_toolbox, G_TYPE_OBJECT)

/* Answers kept for repeats; the store knows the older ones. */
#define MAX_ANSWERS 256

typedef struct {
  AvaToolCall *call;
  AvaTool *tool;
  AvaToolRun *run;
} Op;

static void
op_free (Op *self)
{
  g_clear_object (&self->call);
  g_clear_object (&self->tool);
  g_clear_object (&self->run);
  g_free (self);
}

static void
ava_toolbox_dispose (GObject *object)
{
  AvaToolbox *self = AVA_TOOLBOX (object);

  g_clear_object (&self->store);
  g_clear_object (&self->clock);
  g_clear_object (&self->spa);
  g_clear_pointer (&self->tools, g_ptr_array_unref);
  g_clear_pointer (&self->specs, g_ptr_array_unref);
  g_clear_pointer (&self->answers, g_hash_table_unref);
  g_clear_pointer (&self->running, g_hash_table_unref);

  G_OBJECT_CLASS (ava_toolbox_parent_class)->dispose (object);
}

static void
ava_toolbox_class_init (AvaToolboxClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ava_toolbox_dispose;
}

static void
ava_toolbox_init (AvaToolbox *self)
{
  AvaTool *tools[] = {
    ava_find_customer_tool_new (),
    ava_check_availability_tool_new (),
    ava_hold_slot_tool_new (),
    ava_book_appointment_tool_new (),
    ava_reschedule_appointment_tool_new (),
    ava_cancel_appointment_tool_new (),
    ava_list_services_tool_new (),
    ava_get_hours_tool_new (),
    ava_take_message_tool_new (),
    ava_join_waitlist_tool_new (),
  };

  self->tools = g_ptr_array_new_with_free_func (g_object_unref);
  self->specs = g_ptr_array_new ();
  for (guint i = 0; i < G_N_ELEMENTS (tools); i++) {
    g_ptr_array_add (self->tools, tools[i]);
    g_ptr_array_add (self->specs, (gpointer) ava_tool_get_spec (tools[i]));
  }
  self->answers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) json_object_unref);
  self->running = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
}

/**
 * ava_toolbox_new:
 *
 * Returns: (transfer full): a toolbox that works on @store
 */
AvaToolbox *
ava_toolbox_new (AvaStore *store,
                 AvaClock *clock)
{
  AvaToolbox *self = g_object_new (AVA_TYPE_TOOLBOX, NULL);

  self->store = g_object_ref (store);
  self->clock = g_object_ref (clock);
  return self;
}

/**
 * ava_toolbox_set_spa:
 * @spa: (nullable): the spa as it is set up now; %NULL to load it from the store for each call
 */
void
ava_toolbox_set_spa (AvaToolbox *self,
                     AvaSpa     *spa)
{
  g_return_if_fail (AVA_IS_TOOLBOX (self));

  g_set_object (&self->spa, spa);
}

/**
 * ava_toolbox_list_specs:
 *
 * Returns: (transfer none) (element-type AvaToolSpec): what the tools are called and take
 */
GPtrArray *
ava_toolbox_list_specs (AvaToolbox *self)
{
  g_return_val_if_fail (AVA_IS_TOOLBOX (self), NULL);

  return self->specs;
}

static AvaTool *
find_tool (AvaToolbox *self,
           const char *name)
{
  for (guint i = 0; i < self->tools->len; i++) {
    if (g_strcmp0 (ava_tool_get_spec (self->tools->pdata[i])->name, name) == 0)
      return self->tools->pdata[i];
  }
  return NULL;
}

/* Hash keys name the tool too: one intent may hold and then book the same slot. */
static char *
make_key (Op *op)
{
  return op->call->key == NULL ? NULL : g_strdup_printf ("%s %s", op->call->name, op->call->key);
}

static void
give (GTask      *task,
      JsonObject *answer)
{
  Op *op = g_task_get_task_data (task);

  g_clear_pointer (&op->call->result, json_object_unref);
  op->call->result = json_object_ref (answer);
  g_task_return_boolean (task, TRUE);
}

static void
finish (GTask      *task,
        JsonObject *answer)
{
  AvaToolbox *self = g_task_get_source_object (task);
  Op *op = g_task_get_task_data (task);
  g_autofree char *key = make_key (op);
  g_autoptr (GPtrArray) waiting = NULL;
  gboolean done = !json_object_has_member (answer, "error");

  give (task, answer);
  if (key == NULL)
    return;
  waiting = g_hash_table_lookup (self->running, key);
  if (waiting != NULL)
    g_ptr_array_ref (waiting);
  g_hash_table_remove (self->running, key);
  /* After a cancellation the same time may be booked anew, and a hold is renewed, not repeated. */
  if (done && g_str_equal (op->call->name, "cancel_appointment"))
    g_hash_table_remove_all (self->answers);
  if (done && !g_str_equal (op->call->name, "hold_slot")) {
    if (g_hash_table_size (self->answers) >= MAX_ANSWERS)
      g_hash_table_remove_all (self->answers);
    g_hash_table_insert (self->answers, g_steal_pointer (&key), json_object_ref (answer));
  }
  for (guint i = 0; waiting != NULL && i < waiting->len; i++)
    give (waiting->pdata[i], answer);
}

static void
run_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (JsonObject) answer = ava_tool_run_finish (AVA_TOOL (source), result);

  finish (task, answer);
}

static void
load_spa_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Op *op = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  op->run->spa = ava_store_load_spa_finish (AVA_STORE (source), result, &error);
  if (op->run->spa == NULL) {
    g_autoptr (JsonObject) refusal = ava_tool_refuse_store (error);

    finish (task, refusal);
    return;
  }
  ava_tool_run_async (op->tool, op->run, run_cb, g_steal_pointer (&task));
}

/* Whether @task need not run: it has been done before, or is being done. */
static gboolean
is_repeated (AvaToolbox *self,
             GTask      *task)
{
  Op *op = g_task_get_task_data (task);
  g_autofree char *key = make_key (op);
  JsonObject *answer;
  GPtrArray *waiting;

  if (key == NULL)
    return FALSE;
  answer = g_hash_table_lookup (self->answers, key);
  if (answer != NULL) {
    give (task, answer);
    return TRUE;
  }
  waiting = g_hash_table_lookup (self->running, key);
  if (waiting != NULL) {
    g_ptr_array_add (waiting, g_object_ref (task));
    return TRUE;
  }
  g_hash_table_insert (self->running, g_steal_pointer (&key), g_ptr_array_new_with_free_func (g_object_unref));
  return FALSE;
}

static Op *
make_op (AvaToolbox  *self,
         AvaToolCall *call,
         const char  *who,
         const char  *call_id)
{
  Op *op = g_new0 (Op, 1);

  op->call = g_object_ref (call);
  op->run = ava_tool_run_new ();
  op->run->store = g_object_ref (self->store);
  op->run->clock = g_object_ref (self->clock);
  op->run->key = g_strdup (call->key);
  op->run->who = g_strdup (who != NULL ? who : "system");
  op->run->call_id = g_strdup (call_id);
  op->run->role = call->role;
  op->run->rights = call->rights;
  op->run->override_reason = g_strdup (call->override_reason);
  op->run->goes_on = call->goes_on;
  return op;
}

/* Leaves out members that are null, so that tools need not look for them. */
static JsonObject *
copy_args (JsonObject *args)
{
  JsonObject *copy = json_object_new ();
  g_autoptr (GList) names = json_object_get_members (args);

  for (GList *item = names; item != NULL; item = item->next) {
    if (!json_object_get_null_member (args, item->data))
      json_object_set_member (copy, item->data, json_node_copy (json_object_get_member (args, item->data)));
  }
  return copy;
}

/**
 * ava_toolbox_run_async:
 * @call: its result is set when it is done
 * @who: "ava", "staff:<id>", …: for the journal
 * @call_id: (nullable): of the phone call
 * @cancellable: (nullable): stops nothing that writes: a write runs to its end
 *
 * Runs @call. A call with a key that was done, or is being done, gets that answer.
 */
void
ava_toolbox_run_async (AvaToolbox          *self,
                       AvaToolCall         *call,
                       const char          *who,
                       const char          *call_id,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (JsonObject) refusal = NULL;
  g_autofree char *wrong = NULL;
  AvaTool *tool;
  Op *op;

  g_return_if_fail (AVA_IS_TOOLBOX (self));
  g_return_if_fail (AVA_IS_TOOL_CALL (call));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, ava_toolbox_run_async);
  g_task_set_check_cancellable (task, FALSE);
  op = make_op (self, call, who, call_id);
  g_task_set_task_data (task, op, (GDestroyNotify) op_free);

  tool = find_tool (self, call->name);
  if (tool == NULL)
    refusal = ava_tool_refuse ("invalid", "There is no tool “%s”.", call->name != NULL ? call->name : "");
  else if ((wrong = ava_tool_args_check (ava_tool_get_spec (tool), call->args)) != NULL)
    refusal = ava_tool_refuse ("invalid", "%s", wrong);
  if (refusal != NULL) {
    give (task, refusal);
    return;
  }
  op->tool = g_object_ref (tool);
  op->run->args = copy_args (call->args);
  if (is_repeated (self, task))
    return;
  if (self->spa == NULL) {
    ava_store_load_spa_async (self->store, NULL, load_spa_cb, g_steal_pointer (&task));
    return;
  }
  op->run->spa = g_object_ref (self->spa);
  ava_tool_run_async (tool, op->run, run_cb, g_steal_pointer (&task));
}

/**
 * ava_toolbox_run_finish:
 *
 * Returns: whether the call has its result; a refusal is one
 */
gboolean
ava_toolbox_run_finish (AvaToolbox    *self,
                        GAsyncResult  *result,
                        GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
