/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-call-journal.h"

#include "ava-phone.h"

struct _AvaCallJournal {
  GObject parent_instance;

  AvaStore *store;
  AvaClock *clock;
  char *call_id;
  guint pending;      /* writes that are not confirmed yet */
  gboolean failed;    /* the receptionist was told */
};

enum { EVENT, FAILED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AvaCallJournal, ava_call_journal, G_TYPE_OBJECT)

static void
ava_call_journal_finalize (GObject *object)
{
  AvaCallJournal *self = AVA_CALL_JOURNAL (object);

  g_clear_object (&self->store);
  g_clear_object (&self->clock);
  g_free (self->call_id);

  G_OBJECT_CLASS (ava_call_journal_parent_class)->finalize (object);
}

static void
ava_call_journal_class_init (AvaCallJournalClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ava_call_journal_finalize;
  signals[EVENT] = g_signal_new ("event", AVA_TYPE_CALL_JOURNAL, G_SIGNAL_RUN_LAST,
                                 0, NULL, NULL, NULL, G_TYPE_NONE, 1, JSON_TYPE_OBJECT);
  signals[FAILED] = g_signal_new ("failed", AVA_TYPE_CALL_JOURNAL, G_SIGNAL_RUN_LAST,
                                  0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
ava_call_journal_init (AvaCallJournal *self)
{
}

/**
 * ava_call_journal_new:
 *
 * Returns: (transfer full): an empty journal of that call
 */
AvaCallJournal *
ava_call_journal_new (AvaStore   *store,
                      AvaClock   *clock,
                      const char *call_id)
{
  AvaCallJournal *self = g_object_new (AVA_TYPE_CALL_JOURNAL, NULL);

  self->store = g_object_ref (store);
  self->clock = g_object_ref (clock);
  self->call_id = g_strdup (call_id);
  return self;
}

static void
note_written (AvaCallJournal *self,
              GError         *error)
{
  self->pending--;
  if (error == NULL)
    return;
  g_warning ("A call could not be written down: %s", error->message);
  if (!self->failed) {
    self->failed = TRUE;
    g_signal_emit (self, signals[FAILED], 0, error->message);
  }
}

static void
start_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (AvaCallJournal) self = user_data;
  g_autoptr (GError) error = NULL;

  ava_store_start_call_finish (AVA_STORE (source), result, &error);
  note_written (self, error);
}

static void
event_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (AvaCallJournal) self = user_data;
  g_autoptr (GError) error = NULL;

  ava_store_add_event_finish (AVA_STORE (source), result, &error);
  note_written (self, error);
}

static void
item_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (AvaCallJournal) self = user_data;
  g_autoptr (GError) error = NULL;

  ava_store_add_item_finish (AVA_STORE (source), result, &error);
  note_written (self, error);
}

static void
end_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr (AvaCallJournal) self = user_data;
  g_autoptr (GError) error = NULL;

  ava_store_end_call_finish (AVA_STORE (source), result, &error);
  note_written (self, error);
}

static void
emit_line (AvaCallJournal *self,
           const char     *kind,
           JsonObject     *data)
{
  g_autoptr (JsonObject) line = json_object_new ();

  json_object_set_int_member (line, "at_us", ava_clock_now_us (self->clock));
  json_object_set_string_member (line, "call_id", self->call_id);
  json_object_set_string_member (line, "kind", kind);
  json_object_set_object_member (line, "data", json_object_ref (data));
  g_signal_emit (self, signals[EVENT], 0, line);
}

/**
 * ava_call_journal_start:
 *
 * The call has begun: from here on a crash leaves it to be found.
 */
void
ava_call_journal_start (AvaCallJournal *self,
                        AvaCall        *call)
{
  g_autoptr (JsonObject) data = json_object_new ();

  json_object_set_string_member (data, "line", call->line);
  json_object_set_string_member (data, "agent", call->agent);
  emit_line (self, "call-started", data);
  self->pending++;
  ava_store_start_call_async (self->store, call, NULL, start_cb, g_object_ref (self));
}

/**
 * ava_call_journal_event:
 * @data: its facts
 */
void
ava_call_journal_event (AvaCallJournal *self,
                        const char     *kind,
                        JsonObject     *data)
{
  AvaActor actor = { .who = "ava", .call_id = self->call_id };

  emit_line (self, kind, data);
  self->pending++;
  ava_store_add_event_async (self->store, &actor, kind, data, NULL, event_cb, g_object_ref (self));
}

/**
 * ava_call_journal_item:
 * @item: finished, or changed again since
 */
void
ava_call_journal_item (AvaCallJournal    *self,
                       AvaTranscriptItem *item)
{
  g_autoptr (JsonObject) data = ava_transcript_item_to_json (item);

  emit_line (self, "item", data);
  self->pending++;
  ava_store_add_item_async (self->store, self->call_id, item, NULL, item_cb, g_object_ref (self));
}

/**
 * ava_call_journal_end:
 * @call: with its end and outcome
 * @card: what was understood of the caller: whom to call back, and where
 *
 * No call is left behind (MS-16): its holds are released, and who was cut off is owed a call.
 */
void
ava_call_journal_end (AvaCallJournal *self,
                      AvaCall        *call,
                      AvaBookingCard *card)
{
  g_autoptr (JsonObject) data = json_object_new ();
  const char *given = card->values[AVA_CARD_PHONE];
  g_autofree char *phone = given != NULL ? ava_phone_normalize (given) : NULL;

  json_object_set_string_member (data, "outcome", call->outcome);
  json_object_set_int_member (data, "duration_us", call->end_us - call->start_us);
  emit_line (self, "call-ended", data);
  self->pending++;
  ava_store_end_call_async (self->store, call, card->values[AVA_CARD_NAME], phone, NULL, end_cb, g_object_ref (self));
}

/**
 * ava_call_journal_is_idle:
 *
 * Returns: whether everything is written
 */
gboolean
ava_call_journal_is_idle (AvaCallJournal *self)
{
  return self->pending == 0;
}

/**
 * ava_call_journal_tool:
 * @call: with its result
 */
void
ava_call_journal_tool (AvaCallJournal *self,
                       AvaToolCall    *call)
{
  g_autoptr (JsonObject) data = json_object_new ();

  json_object_set_string_member (data, "id", call->id);
  json_object_set_string_member (data, "name", call->name);
  if (call->key != NULL)
    json_object_set_string_member (data, "key", call->key);
  json_object_set_object_member (data, "args", json_object_ref (call->args));
  if (call->result != NULL)
    json_object_set_object_member (data, "result", json_object_ref (call->result));
  ava_call_journal_event (self, "tool", data);
}
