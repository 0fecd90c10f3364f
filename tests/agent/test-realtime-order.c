/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "realtime-stage.h"

#include "ava-realtime-agent-private.h"
#include "ava-realtime-wire.h"

#include <string.h>

/*
 * The transcript does not depend on the order of arrival. What the service sent in a call is recorded, and sent
 * again in thousands of other orders, each of which it might have chosen:
 *
 *  life of the session, responses, items of Ava     in their order
 *  the caller's item                                after they stopped; the answer may have begun, nothing of it been heard
 *  what the caller said                             after they began, as late as after everything else
 *  audio of an item | its words                     each in its order, between the item's beginning and its end
 *  an item in the conversation                      its beginning within its response, its end at any time after
 *  limits                                           at any time
 */

#define ORDERS 600   /* of each call */

typedef struct {
  GBytes *frame;
  char *item, *previous;   /* nullable: ids */
  char *strand;        /* events of one strand keep their order */
  gboolean waits;      /* until Ava has been heard */
  GArray *next;        /* guint: events that come after it */
  guint before;        /* events that come before it and are not sent yet */
} Event;

typedef struct {
  AvaRealtimeTransport *line;
  GPtrArray *expected;   /* char *: a row each */
} Replay;

/* --- a line that says what it is told --- */

#define TEST_TYPE_REPLAY_LINE (test_replay_line_get_type ())
G_DECLARE_FINAL_TYPE (TestReplayLine, test_replay_line, TEST, REPLAY_LINE, GObject)
struct _TestReplayLine { GObject parent_instance; };

static void replay_open (AvaRealtimeTransport *line, const AvaRealtimeSettings *settings) { }
static void replay_send (AvaRealtimeTransport *line, const char *text, gsize size) { }
static gboolean replay_is_ready (AvaRealtimeTransport *line) { return TRUE; }
static void replay_close (AvaRealtimeTransport *line) { }

static void
test_replay_line_iface_init (AvaRealtimeTransportInterface *iface)
{
  iface->open = replay_open;
  iface->send = replay_send;
  iface->is_ready = replay_is_ready;
  iface->close = replay_close;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TestReplayLine, test_replay_line, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (AVA_TYPE_REALTIME_TRANSPORT, test_replay_line_iface_init))

static void test_replay_line_class_init (TestReplayLineClass *klass) { }
static void test_replay_line_init (TestReplayLine *self) { }

static AvaRealtimeTransport *
make_line (gpointer user_data)
{
  Replay *replay = ((Stage *) user_data)->user_data;

  replay->line = g_object_new (TEST_TYPE_REPLAY_LINE, NULL);
  return replay->line;
}

/* No local voice: a filler is no part of what the service said. */
static AvaAgent *
make_agent (Stage                  *stage,
            const AvaRealtimeParts *parts)
{
  AvaRealtimeParts own = *parts;

  own.synthesizer = NULL;
  return ava_realtime_agent_new (&own);
}

/* --- what may come before what --- */

static void
event_free (Event *event)
{
  g_bytes_unref (event->frame);
  g_free (event->item);
  g_free (event->previous);
  g_free (event->strand);
  g_array_unref (event->next);
  g_free (event);
}

static char *
find_strand (const char *type,
             const char *item_id,
             const char *role)
{
  if (g_str_equal (type, "input_audio_buffer.committed") || g_strcmp0 (role, "user") == 0)
    return g_strconcat ("turn ", item_id, NULL);
  if (strstr (type, "input_audio_transcription") != NULL)
    return g_strconcat ("heard ", item_id, NULL);
  if (strstr (type, "output_audio.") != NULL)
    return g_strconcat ("audio ", item_id, NULL);
  if (strstr (type, "output_audio_transcript.") != NULL)
    return g_strconcat ("words ", item_id, NULL);
  if (g_str_has_prefix (type, "conversation.item.") && g_strcmp0 (role, "assistant") == 0)
    return g_strconcat ("item ", item_id, NULL);
  return g_str_equal (type, "rate_limits.updated") ? g_strdup ("limits") : g_strdup ("life");
}

static void
order (GPtrArray *events,
       guint      first,
       guint      second)
{
  Event *event = events->pdata[first];

  g_array_append_val (event->next, second);
}

/* Where the life of the session tells @type of @item. */
static guint
find_in_life (GPtrArray  *events,
              const char *type,
              const char *item)
{
  for (guint i = 0; i < events->len; i++) {
    Event *event = events->pdata[i];
    gsize size;
    const char *text = g_bytes_get_data (event->frame, &size);

    if (g_str_equal (event->strand, "life") && g_strcmp0 (event->item, item) == 0 && g_strstr_len (text, size, type) != NULL)
      return i;
  }
  g_error ("%s of %s was not told", type, item);
}

typedef struct {
  GPtrArray *events;
  GHashTable *first, *last;   /* strand -> index of its event */
} Strands;

static void
order_before_strand (Strands    *self,
                     guint       at,
                     const char *kind,
                     const char *item)
{
  g_autofree char *strand = g_strdup_printf ("%s %s", kind, item);
  gpointer first;

  if (g_hash_table_lookup_extended (self->first, strand, NULL, &first))
    order (self->events, at, GPOINTER_TO_UINT (first));
}

/* Nothing of the answer is heard before what it answers is in the conversation. */
static void
order_turn (Strands    *self,
            const char *item,
            guint       last)
{
  for (guint i = 0; i < self->events->len; i++) {
    Event *event = self->events->pdata[i];

    if (g_strcmp0 (event->previous, item) != 0 || event->item == NULL)
      continue;
    order_before_strand (self, last, "audio", event->item);
    order_before_strand (self, last, "words", event->item);
    order (self->events, last, find_in_life (self->events, "response.output_item.done", event->item));
  }
}

static void
order_strand (Strands    *self,
              const char *strand)
{
  GPtrArray *events = self->events;
  guint first = GPOINTER_TO_UINT (g_hash_table_lookup (self->first, strand));
  guint last = GPOINTER_TO_UINT (g_hash_table_lookup (self->last, strand));
  const char *item = strchr (strand, ' ') != NULL ? strchr (strand, ' ') + 1 : NULL;

  if (g_str_has_prefix (strand, "heard "))
    order (events, find_in_life (events, "speech_started", item), first);
  if (g_str_has_prefix (strand, "turn ")) {
    order (events, find_in_life (events, "speech_stopped", item), first);
    order_turn (self, item, last);
  }
  if (g_str_has_prefix (strand, "audio ") || g_str_has_prefix (strand, "words ")) {
    order (events, find_in_life (events, "response.output_item.added", item), first);
    order (events, last, find_in_life (events, "response.output_item.done", item));
  }
  if (g_str_has_prefix (strand, "item ")) {
    order (events, find_in_life (events, "response.output_item.added", item), first);
    order (events, first, find_in_life (events, "response.output_item.done", item));
  }
}

static void
order_all (GPtrArray *events)
{
  g_autoptr (GHashTable) last = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) first = g_hash_table_new (g_str_hash, g_str_equal);
  Strands strands = { events, first, last };
  GHashTableIter iter;
  gpointer strand, at;

  for (guint i = 0; i < events->len; i++) {
    Event *event = events->pdata[i];

    if (g_hash_table_lookup_extended (last, event->strand, NULL, &at))
      order (events, GPOINTER_TO_UINT (at), i);
    else
      g_hash_table_insert (first, event->strand, GUINT_TO_POINTER (i));
    g_hash_table_insert (last, event->strand, GUINT_TO_POINTER (i));
  }
  g_hash_table_iter_init (&iter, first);
  while (g_hash_table_iter_next (&iter, &strand, NULL))
    order_strand (&strands, strand);
}

static Event *
read_frame (GBytes *frame)
{
  gsize size;
  const char *text = g_bytes_get_data (frame, &size);
  JsonObject *root = ava_wire_parse (text, size, NULL);
  JsonObject *item = ava_wire_get_object (root, "item");
  const char *type = ava_wire_get_text (root, "type");
  const char *id = item != NULL ? ava_wire_get_text (item, "id") : ava_wire_get_text (root, "item_id");
  Event *event = g_new0 (Event, 1);

  event->frame = g_bytes_ref (frame);
  event->next = g_array_new (FALSE, FALSE, sizeof (guint));
  event->item = g_strdup (id);
  event->previous = g_strdup (ava_wire_get_text (root, "previous_item_id"));
  event->strand = find_strand (type, id, ava_wire_get_text (item, "role"));
  event->waits = g_str_equal (type, "input_audio_buffer.speech_started");
  json_object_unref (root);
  return event;
}

static GPtrArray *
record (const char *script,
        guint       turns)
{
  GPtrArray *events = g_ptr_array_new_with_free_func ((GDestroyNotify) event_free);
  Stage stage;

  stage_init (&stage, script, AVA_TURN_MODE_SERVER_VAD);
  stage.make_agent = make_agent;
  stage.record = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  stage_start (&stage);
  stage_hear_out (&stage);
  for (guint i = 0; i < turns; i++)
    stage_say (&stage, 800);
  stage_play (&stage, FALSE, 3000);
  g_assert_null (strstr (stage.events->str, "barge-in"));
  for (guint i = 0; i < stage.record->len; i++)
    g_ptr_array_add (events, read_frame (stage.record->pdata[i]));
  g_ptr_array_unref (stage.record);
  stage_clear (&stage);
  order_all (events);
  return events;
}

/* --- another order --- */

/* Returns: (transfer full): guint, the order in which events come; @rand NULL: as they came */
static GArray *
choose_order (GPtrArray *events,
              GRand     *rand)
{
  GArray *chosen = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GArray) ready = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < events->len; i++)
    ((Event *) events->pdata[i])->before = 0;
  for (guint i = 0; i < events->len; i++) {
    Event *event = events->pdata[i];

    for (guint j = 0; j < event->next->len; j++)
      ((Event *) events->pdata[g_array_index (event->next, guint, j)])->before++;
  }
  for (guint i = 0; i < events->len; i++) {
    if (((Event *) events->pdata[i])->before == 0)
      g_array_append_val (ready, i);
  }
  while (ready->len > 0) {
    guint at = rand != NULL ? (guint) g_rand_int_range (rand, 0, ready->len) : 0;
    guint i = g_array_index (ready, guint, at);
    Event *event = events->pdata[i];

    g_array_remove_index (ready, at);
    g_array_append_val (chosen, i);
    for (guint j = 0; j < event->next->len; j++) {
      guint next = g_array_index (event->next, guint, j);

      if (--((Event *) events->pdata[next])->before == 0)
        g_array_append_val (ready, next);
    }
  }
  g_assert_cmpuint (chosen->len, ==, events->len);
  return chosen;
}

static void
hear_out (Stage *stage)
{
  for (guint i = 0; i < 3000 && (i == 0 || ava_realtime_playout_is_busy (AVA_REALTIME_AGENT (stage->agent)->playout)); i++)
    stage_play (stage, FALSE, AVA_FRAME_MS);
}

static GPtrArray *
list_rows (Stage *stage)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < stage->rows->len; i++) {
    AvaTranscriptItem *row = stage->rows->pdata[i];

    g_ptr_array_add (rows, g_strdup_printf ("%s after %s, %s: %s%s%s", row->id, row->previous_id != NULL ? row->previous_id : "nothing",
                                            ava_role_to_string (row->role), row->text, row->interim ? " [open]" : "",
                                            row->interrupted ? " [cut]" : ""));
  }
  return rows;
}

/* Returns: (transfer full): the transcript, char * */
static GPtrArray *
replay_in_order (GPtrArray *events,
                 GArray    *chosen,
                 GRand     *rand)
{
  Replay replay = { 0 };
  Stage stage;
  GPtrArray *rows;

  stage_init (&stage, "{}", AVA_TURN_MODE_SERVER_VAD);
  stage.make_agent = make_agent;
  stage.make_line = make_line;
  stage.user_data = &replay;
  stage_start (&stage);
  for (guint i = 0; i < chosen->len; i++) {
    Event *event = events->pdata[g_array_index (chosen, guint, i)];

    if (event->waits)
      hear_out (&stage);
    g_signal_emit_by_name (replay.line, "message", event->frame);
    if (rand != NULL && g_rand_int_range (rand, 0, 4) == 0)
      stage_play (&stage, FALSE, AVA_FRAME_MS);
  }
  hear_out (&stage);
  ava_agent_stop (stage.agent);
  g_assert_false (stage.lost);
  rows = list_rows (&stage);
  stage_clear (&stage);
  return rows;
}

static void
assert_same_rows (GPtrArray *rows,
                  GPtrArray *expected,
                  guint      seed)
{
  for (guint i = 0; i < MAX (rows->len, expected->len); i++) {
    const char *row = i < rows->len ? rows->pdata[i] : "no row";
    const char *other = i < expected->len ? expected->pdata[i] : "no row";

    if (!g_str_equal (row, other))
      g_error ("order %u, row %u: “%s”, expected “%s”", seed, i, row, other);
  }
}

#define START "{\"ms_per_char\": 12, \"delta_ms\": 40, \"pace\": 10, \"think_ms\": 100, \"greeting\": [{\"say\": \"Hello, this is Ava.\"}], \"turns\": ["

static const struct {
  const char *name, *script;
  guint turns;
} calls[] = {
  { "talk", START "{\"hear\": \"Who does Botox?\", \"steps\": [{\"say\": \"Elena does.\"}]}, {\"hear\": \"And fillers?\", \"transcribe_ms\": 2500, \"steps\": [{\"say\": \"Elena too.\"}]},"
    "{\"hear\": \"Thank you so much.\", \"transcribe_ms\": 20, \"steps\": [{\"say\": \"Of course. What else?\"}]}]}", 3 },
  { "failed", START "{\"hear\": \"x\", \"transcription\": \"failed\", \"steps\": [{\"say\": \"I heard you.\"}]}, {\"hear\": \"Is it open?\", \"steps\": [{\"say\": \"Yes, until seven.\"}]},"
    "{\"hear\": \"x\", \"transcription\": \"missing\", \"steps\": [{\"say\": \"I see.\"}]}]}", 3 },
  { "tool", START "{\"hear\": \"Botox tomorrow?\", \"steps\": [{\"say\": \"Let me look.\", \"calls\": [{\"name\": \"check_availability\", \"arguments\": {\"service\": \"botox\"}}]},"
    "{\"say\": \"At half past three.\"}]}, {\"hear\": \"Let me think about it.\", \"steps\": [{\"say\": \"Sure.\"}]}]}", 2 },
  { "items", START "{\"hear\": \"Where are you?\", \"steps\": [{\"say\": \"On Main Street.\"}, {\"say\": \"Next to the park.\"}]}, {\"hear\": \"Is there parking?\", \"steps\": [{\"say\": \"Yes.\"}]},"
    "{\"hear\": \"Good.\", \"steps\": [{\"say\": \"Anything else?\"}]}, {\"hear\": \"Just a question.\", \"steps\": [{\"say\": \"Please go ahead.\"}]}]}", 4 },
};

static void
any_order_gives_the_same_transcript (gconstpointer data)
{
  guint n = GPOINTER_TO_UINT (data);
  g_autoptr (GPtrArray) events = record (calls[n].script, calls[n].turns);
  g_autoptr (GArray) as_it_was = choose_order (events, NULL);
  g_autoptr (GPtrArray) expected = replay_in_order (events, as_it_was, NULL);

  for (guint i = 0; i < expected->len; i++)
    g_test_message ("%s", (char *) expected->pdata[i]);
  g_assert_cmpuint (expected->len, >=, 2 * calls[n].turns + 1);
  for (guint seed = 1; seed <= (g_test_slow () ? 20 : 1) * ORDERS; seed++) {
    g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
    g_autoptr (GArray) chosen = choose_order (events, rand);
    g_autoptr (GPtrArray) rows = replay_in_order (events, chosen, rand);

    assert_same_rows (rows, expected, seed);
  }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (calls); i++) {
    g_autofree char *path = g_strconcat ("/realtime-order/", calls[i].name, NULL);

    g_test_add_data_func (path, GUINT_TO_POINTER (i), any_order_gives_the_same_transcript);
  }
  return g_test_run ();
}
