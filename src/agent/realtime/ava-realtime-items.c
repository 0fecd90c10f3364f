/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-realtime-items.h"

#include "ava-realtime-events.h"

#include <string.h>

typedef struct {
  char *id;
  char *previous;            /* nullable: what the service says comes before it */
  AvaTranscriptItem *row;    /* nullable: nothing that is said */
  GString *early;            /* nullable: words that came before the item */
  gboolean early_final;
  gboolean placed;
  char *call_id;             /* nullable: a call of a tool */
  char *name;
  char *arguments;
  char *output;              /* nullable: not answered yet */
  gboolean told;             /* the session of now knows the call */
} Entry;

struct _AvaRealtimeItems {
  AvaRealtimeRowFunc func;
  gpointer user_data;
  GPtrArray *entries;        /* Entry, in the order of the chain; those without a place at the end */
};

static void
entry_free (Entry *entry)
{
  g_free (entry->id);
  g_free (entry->previous);
  g_clear_object (&entry->row);
  if (entry->early != NULL)
    g_string_free (entry->early, TRUE);
  g_free (entry->call_id);
  g_free (entry->name);
  g_free (entry->arguments);
  g_free (entry->output);
  g_free (entry);
}

AvaRealtimeItems *
ava_realtime_items_new (AvaRealtimeRowFunc func,
                        gpointer           user_data)
{
  AvaRealtimeItems *self = g_new0 (AvaRealtimeItems, 1);

  self->func = func;
  self->user_data = user_data;
  self->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) entry_free);
  return self;
}

void
ava_realtime_items_free (AvaRealtimeItems *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->entries);
  g_free (self);
}

static gssize
find_index (AvaRealtimeItems *self,
            const char       *id)
{
  for (guint i = self->entries->len; id != NULL && i > 0; i--) {
    if (g_strcmp0 (((Entry *) self->entries->pdata[i - 1])->id, id) == 0)
      return i - 1;
  }
  return -1;
}

static Entry *
find_entry (AvaRealtimeItems *self,
            const char       *id)
{
  gssize at = find_index (self, id);

  return at >= 0 ? self->entries->pdata[at] : NULL;
}

/* Where the items end that have a place. */
static guint
count_placed (AvaRealtimeItems *self)
{
  guint n = self->entries->len;

  while (n > 0 && !((Entry *) self->entries->pdata[n - 1])->placed)
    n--;
  return n;
}

static Entry *
steal_entry (AvaRealtimeItems *self,
             guint             at)
{
  return g_ptr_array_steal_index (self->entries, at);
}

static const char *
find_row_before (AvaRealtimeItems *self,
                 guint             at)
{
  for (; at > 0; at--) {
    Entry *entry = self->entries->pdata[at - 1];

    if (entry->row != NULL && entry->placed)
      return entry->row->id;
  }
  return NULL;
}

static gboolean
is_unknown_there (Entry *entry)
{
  return entry->placed && (entry->id == NULL || g_str_has_prefix (entry->id, AVA_RT_HERE));
}

/* Behind the item that is before it; when that is not there yet, at the end, and it is moved when that comes. */
static void
put_in_place (AvaRealtimeItems *self,
              Entry            *entry)
{
  gssize before = find_index (self, entry->previous);
  guint at = before >= 0 && ((Entry *) self->entries->pdata[before])->placed ? (guint) before + 1 : count_placed (self);
  gboolean was_placed = entry->placed;

  /* What the service puts behind an item comes behind what this machine has said there meanwhile. */
  while (at < self->entries->len && is_unknown_there (self->entries->pdata[at]))
    at++;
  entry->placed = TRUE;
  g_ptr_array_insert (self->entries, at, entry);
  for (guint i = 0; i < self->entries->len; i++) {
    Entry *orphan = self->entries->pdata[i];

    if (orphan != entry && orphan->placed && g_strcmp0 (orphan->previous, entry->id) == 0 &&
        (i == 0 || self->entries->pdata[i - 1] != entry)) {
      steal_entry (self, i);
      put_in_place (self, orphan);
      break;
    }
  }
  if (entry->row == NULL || was_placed)
    return;
  g_free (entry->row->previous_id);
  entry->row->previous_id = g_strdup (find_row_before (self, find_index (self, entry->id)));
  self->func (entry->row, self->user_data);
}

static Entry *
get_entry (AvaRealtimeItems *self,
           const char       *id)
{
  Entry *entry = find_entry (self, id);

  if (entry != NULL)
    return entry;
  entry = g_new0 (Entry, 1);
  entry->id = g_strdup (id);
  g_ptr_array_add (self->entries, entry);
  return entry;
}

/* Each row names the one before it, also when that came later. */
static void
link_rows (AvaRealtimeItems *self)
{
  const char *before = NULL;

  for (guint i = 0; i < self->entries->len; i++) {
    Entry *entry = self->entries->pdata[i];

    if (entry->row == NULL || !entry->placed)
      continue;
    if (g_strcmp0 (entry->row->previous_id, before) != 0) {
      g_free (entry->row->previous_id);
      entry->row->previous_id = g_strdup (before);
    }
    before = entry->row->id;
  }
}

static void
place (AvaRealtimeItems *self,
       Entry            *entry,
       const char       *previous_id)
{
  if (entry->placed)
    return;
  g_free (entry->previous);
  entry->previous = g_strdup (previous_id);
  steal_entry (self, find_index (self, entry->id));
  put_in_place (self, entry);
  link_rows (self);
}

static void
apply_early (Entry *entry)
{
  if (entry->early == NULL || entry->row == NULL)
    return;
  ava_transcript_item_set_text (entry->row, entry->early->str, !entry->early_final);
}

AvaTranscriptItem *
ava_realtime_items_place (AvaRealtimeItems *self,
                          const char       *id,
                          const char       *previous_id,
                          AvaRole           role,
                          gint64            now_us)
{
  Entry *entry = get_entry (self, id);

  if (entry->row == NULL && !entry->placed) {
    entry->row = ava_transcript_item_new (id, NULL, role, "realtime");
    entry->row->start_us = entry->row->end_us = now_us;
  }
  place (self, entry, previous_id);
  apply_early (entry);
  return entry->row;
}

void
ava_realtime_items_place_silent (AvaRealtimeItems *self,
                                 const char       *id,
                                 const char       *previous_id)
{
  place (self, get_entry (self, id), previous_id);
}

AvaTranscriptItem *
ava_realtime_items_find (AvaRealtimeItems *self,
                         const char       *id)
{
  Entry *entry = find_entry (self, id);

  return entry != NULL ? entry->row : NULL;
}

gboolean
ava_realtime_items_has (AvaRealtimeItems *self,
                        const char       *id)
{
  Entry *entry = find_entry (self, id);

  return entry != NULL && entry->placed;
}

const char *
ava_realtime_items_get_last (AvaRealtimeItems *self)
{
  guint n = count_placed (self);

  return n > 0 ? ((Entry *) self->entries->pdata[n - 1])->id : NULL;
}

const char *
ava_realtime_items_get_last_row (AvaRealtimeItems *self)
{
  return find_row_before (self, self->entries->len);
}

const char *
ava_realtime_items_hear (AvaRealtimeItems *self,
                         const char       *id,
                         const char       *words,
                         gboolean          final)
{
  Entry *entry = get_entry (self, id);

  if (entry->early == NULL)
    entry->early = g_string_new (NULL);
  if (entry->early_final)
    return entry->early->str;
  if (final)
    g_string_assign (entry->early, words);
  else
    g_string_append (entry->early, words);
  entry->early_final = final;
  apply_early (entry);
  return entry->early->str;
}

void
ava_realtime_items_drop (AvaRealtimeItems *self,
                         const char       *id)
{
  gssize at = find_index (self, id);
  Entry *entry;

  if (at < 0)
    return;
  /* It stays as a link of the chain: others may name it. */
  entry = self->entries->pdata[at];
  if (entry->row != NULL)
    ava_transcript_item_set_text (entry->row, entry->row->text, FALSE);
  g_clear_object (&entry->row);
}

static Entry *
find_call (AvaRealtimeItems *self,
           const char       *call_id)
{
  for (guint i = 0; i < self->entries->len; i++) {
    Entry *entry = self->entries->pdata[i];

    if (g_strcmp0 (entry->call_id, call_id) == 0)
      return entry;
  }
  return NULL;
}

void
ava_realtime_items_add_call (AvaRealtimeItems *self,
                             const char       *call_id,
                             const char       *name,
                             const char       *arguments)
{
  Entry *entry = g_new0 (Entry, 1);

  entry->call_id = g_strdup (call_id);
  entry->name = g_strdup (name);
  entry->arguments = g_strdup (arguments);
  entry->placed = entry->told = TRUE;
  g_ptr_array_insert (self->entries, count_placed (self), entry);
}

void
ava_realtime_items_add_output (AvaRealtimeItems *self,
                               const char       *call_id,
                               const char       *output)
{
  Entry *entry = find_call (self, call_id);

  if (entry != NULL && entry->output == NULL)
    entry->output = g_strdup (output);
}

/**
 * ava_realtime_items_tell_call:
 *
 * Returns: (transfer full) (nullable): what must be sent before that call's output, where a session does not know it
 */
JsonObject *
ava_realtime_items_tell_call (AvaRealtimeItems *self,
                              const char       *call_id)
{
  Entry *entry = find_call (self, call_id);

  if (entry == NULL || entry->told)
    return NULL;
  entry->told = TRUE;
  return ava_realtime_write_call (entry->call_id, entry->name, entry->arguments);
}

/**
 * ava_realtime_items_awaits:
 *
 * Returns: whether words are due of which the caller said the last at @since_us or later
 */
gboolean
ava_realtime_items_awaits (AvaRealtimeItems *self,
                           gint64            since_us)
{
  for (guint i = self->entries->len; i > 0; i--) {
    Entry *entry = self->entries->pdata[i - 1];

    if (entry->id != NULL && entry->row != NULL && entry->row->role == AVA_ROLE_CALLER && entry->row->interim &&
        entry->row->end_us >= since_us)
      return TRUE;
  }
  return FALSE;
}

static void
replay_entry (Entry     *entry,
              GPtrArray *events)
{
  if (entry->call_id != NULL && entry->output != NULL) {
    g_ptr_array_add (events, ava_realtime_write_call (entry->call_id, entry->name, entry->arguments));
    g_ptr_array_add (events, ava_realtime_write_output (entry->call_id, entry->output));
  }
  if (entry->row == NULL || entry->row->text == NULL || *entry->row->text == '\0')
    return;
  if (entry->row->role == AVA_ROLE_AVA && entry->row->interrupted) {
    g_autofree char *heard = g_strconcat (entry->row->text, " [interrupted]", NULL);

    g_ptr_array_add (events, ava_realtime_write_message ("assistant", heard, NULL));
    return;
  }
  g_ptr_array_add (events, ava_realtime_write_message (entry->row->role == AVA_ROLE_AVA ? "assistant" :
                                                       entry->row->role == AVA_ROLE_CALLER ? "user" : "system",
                                                       entry->row->text, NULL));
}

GPtrArray *
ava_realtime_items_replay (AvaRealtimeItems *self)
{
  GPtrArray *events = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);

  for (guint i = 0; i < self->entries->len; i++)
    replay_entry (self->entries->pdata[i], events);
  return events;
}

void
ava_realtime_items_cut (AvaRealtimeItems *self)
{
  for (guint i = 0; i < self->entries->len; i++) {
    Entry *entry = self->entries->pdata[i];

    g_clear_pointer (&entry->id, g_free);
    g_clear_pointer (&entry->previous, g_free);
    entry->told = FALSE;
  }
}

void
ava_realtime_items_settle (AvaRealtimeItems *self,
                           gint64            now_us)
{
  guint n = self->entries->len;

  for (guint i = count_placed (self); i < n; i++) {
    Entry *entry = self->entries->pdata[i];

    if (entry->early != NULL && entry->early->len > 0 && !entry->placed)
      ava_realtime_items_place (self, entry->id, ava_realtime_items_get_last (self), AVA_ROLE_CALLER, now_us);
  }
  for (guint i = 0; i < n; i++) {
    Entry *entry = self->entries->pdata[i];

    if (entry->row != NULL && entry->row->role == AVA_ROLE_CALLER && entry->row->interim)
      ava_transcript_item_set_text (entry->row, entry->row->text, FALSE);
  }
}
