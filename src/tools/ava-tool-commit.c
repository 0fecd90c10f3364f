/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-tool-commit.h"

#include "ava-override.h"
#include "ava-slot-id.h"

G_DEFINE_FINAL_TYPE (AvaToolCommit, ava_tool_commit, G_TYPE_OBJECT)

static void
ava_tool_commit_finalize (GObject *object)
{
  AvaToolCommit *self = AVA_TOOL_COMMIT (object);

  g_clear_pointer (&self->slot, ava_slot_free);
  g_clear_pointer (&self->busy, g_ptr_array_unref);
  g_clear_object (&self->appointment);

  G_OBJECT_CLASS (ava_tool_commit_parent_class)->finalize (object);
}

static void
ava_tool_commit_class_init (AvaToolCommitClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ava_tool_commit_finalize;
}

static void
ava_tool_commit_init (AvaToolCommit *self)
{
}

/* A repeated write finds its own first result in its way: the store knows its key, and refuses
 * anything else that is in the way. */
static gboolean
may_be_repeated (AvaToolRun *run,
                 GPtrArray  *reasons)
{
  if (run->key == NULL)
    return FALSE;
  for (guint i = 0; i < reasons->len; i++) {
    AvaReason *reason = reasons->pdata[i];

    if (reason->block != AVA_BLOCKED_PROVIDER_BUSY && reason->block != AVA_BLOCKED_ROOM_BUSY &&
        reason->block != AVA_BLOCKED_DEVICE_BUSY && reason->block != AVA_BLOCKED_GROUP_FULL)
      return FALSE;
  }
  return TRUE;
}

static gboolean
may_go_on (AvaToolRun *run,
           GPtrArray  *reasons)
{
  return ava_override_allows (reasons, ava_override_time_role (run->role, run->rights), run->override_reason, run->goes_on);
}

static void
measure (AvaSpa  *spa,
         AvaSlot *slot)
{
  AvaService *service = ava_spa_find_service (spa, slot->service_id);
  gint64 minute = 60 * G_USEC_PER_SEC;

  slot->active_end_us = slot->start_us + minute * service->active_min;
  slot->end_us = slot->active_end_us + minute * service->processing_min;
  slot->busy_start_us = slot->start_us - minute * service->pre_min;
  slot->busy_end_us = slot->end_us + minute * service->post_min;
}

static void
load_busy_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  GTask *task = user_data;
  AvaToolRun *run = g_task_get_task_data (task);
  AvaToolCommit *self = AVA_TOOL_COMMIT (run->scratch);
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaSlot) slot = NULL;
  g_autoptr (GPtrArray) reasons = NULL;

  self->busy = ava_store_busy_finish (AVA_STORE (source), result, &error);
  if (error != NULL) {
    ava_tool_answer (task, ava_tool_refuse_store (error));
    return;
  }
  if (self->appointment != NULL)
    ava_tool_drop_busy (self->busy, self->appointment->id);
  slot = ava_availability_check (run->spa, self->busy, self->slot, ava_tool_run_now_us (run),
                                 g_str_has_prefix (run->who, "staff:") ? AVA_WRITTEN : AVA_SPOKEN, &reasons);
  if (slot != NULL) {
    ava_slot_free (self->slot);
    self->slot = g_steal_pointer (&slot);
  } else if (may_be_repeated (run, reasons) || may_go_on (run, reasons)) {
    measure (run->spa, self->slot);
  } else {
    ava_tool_answer (task, ava_tool_refuse_slot (run->spa, self->busy, self->slot, reasons, ava_tool_run_now_us (run)));
    return;
  }
  self->write (run, self->slot, task);
}

/**
 * ava_tool_commit_start:
 * @moved: (nullable): the appointment that gets the slot; %NULL for a new one
 * @write: writes the slot and answers @task
 * @task: (transfer full): of the run
 *
 * Reads "slot_id" of the arguments, checks the slot, and calls @write or answers why not.
 */
void
ava_tool_commit_start (AvaToolRun     *run,
                       AvaAppointment *moved,
                       AvaToolWrite    write,
                       GTask          *task)
{
  g_autoptr (AvaToolCommit) self = g_object_new (AVA_TYPE_TOOL_COMMIT, NULL);
  g_auto (AvaToolWish) wish = { 0 };
  gint64 from_us;
  gint64 to_us;

  self->slot = ava_slot_id_parse (json_object_get_string_member (run->args, "slot_id"));
  self->write = write;
  g_set_object (&self->appointment, moved);
  if (self->slot == NULL) {
    ava_tool_answer (task, ava_tool_refuse ("invalid", "That is not a time that was offered. Please check availability again."));
    return;
  }
  ava_tool_run_see (run, ava_spa_place_of (run->spa, self->slot->room_id));
  ava_tool_wish_set_slot (&wish, run->spa, self->slot);
  if (wish.service == NULL || wish.provider == NULL) {
    ava_tool_answer (task, ava_tool_refuse ("not_found", "That service or provider is no longer there."));
    return;
  }
  if (moved != NULL && g_strcmp0 (moved->service_id, self->slot->service_id) != 0) {
    ava_tool_answer (task, ava_tool_refuse ("invalid", "That time was offered for another service."));
    return;
  }
  ava_tool_wish_get_span (&wish, run->spa, ava_tool_run_now_us (run), &from_us, &to_us);
  g_set_object (&run->scratch, G_OBJECT (self));
  ava_store_busy_async (run->store, from_us, to_us, run->call_id, NULL, load_busy_cb, task);
}

static void
reload_busy_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  GTask *task = user_data;
  AvaToolRun *run = g_task_get_task_data (task);
  AvaToolCommit *self = AVA_TOOL_COMMIT (run->scratch);
  g_autoptr (GPtrArray) busy = ava_store_busy_finish (AVA_STORE (source), result, NULL);

  if (busy != NULL && self->appointment != NULL)
    ava_tool_drop_busy (busy, self->appointment->id);
  ava_tool_answer (task, ava_tool_refuse_slot (run->spa, busy != NULL ? busy : self->busy, self->slot, NULL,
                                               ava_tool_run_now_us (run)));
}

/**
 * ava_tool_commit_fail:
 * @task: (transfer full): of the run
 * @error: of the store
 *
 * Answers @task; when someone was faster, with alternates as they are now.
 */
void
ava_tool_commit_fail (GTask        *task,
                      const GError *error)
{
  AvaToolRun *run = g_task_get_task_data (task);
  AvaToolCommit *self = AVA_TOOL_COMMIT (run->scratch);
  g_auto (AvaToolWish) wish = { 0 };
  gint64 from_us;
  gint64 to_us;

  if (!g_error_matches (error, AVA_STORE_ERROR, AVA_STORE_ERROR_TAKEN)) {
    ava_tool_answer (task, ava_tool_refuse_run (run, error));
    return;
  }
  ava_tool_wish_set_slot (&wish, run->spa, self->slot);
  ava_tool_wish_get_span (&wish, run->spa, ava_tool_run_now_us (run), &from_us, &to_us);
  ava_store_busy_async (run->store, from_us, to_us, run->call_id, NULL, reload_busy_cb, task);
}
