/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-day-board-private.h"

#include "ava-wall-time.h"

#include <string.h>

/*
 *   spa, appointments, holds -> columns -> appointments and holds in lanes -> what is left: free or closed
 *
 * Everything is found in one pass over the appointments, so that a day can be built between two frames.
 */

#define MINUTES_PER_DAY (24 * 60)
#define MIN_SHOWN_US ((gint64) 5 * 60 * G_USEC_PER_SEC)

/* --- Columns --------------------------------------------------------------------------------- */

static void
add_column (AvaDayBoard    *self,
            AvaBoardColumn  column)
{
  const char *note = NULL;

  column.n_spans = ava_spa_list_hours (self->spa, column.room_id != NULL ? NULL : column.provider_id, &column.day,
                                       column.spans, AVA_SPA_MAX_SPANS, &note);
  column.note = note;
  g_array_append_val (self->columns, column);
}

static gboolean
works_here (AvaSpa     *spa,
            const char *provider_id)
{
  if (spa->locations->len < 2)
    return TRUE;
  for (guint i = 0; i < spa->hours->len; i++) {
    AvaHours *hours = &g_array_index (spa->hours, AvaHours, i);

    if (g_strcmp0 (hours->owner_id, provider_id) == 0 && ava_spa_is_here (spa, hours->location_id))
      return TRUE;
  }
  return FALSE;
}

/* Of who has something that day a column is shown, whatever they do else. */
static GHashTable *
list_busy_ids (const AvaBoardQuery *query)
{
  GHashTable *ids = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < query->appointments->len; i++) {
    AvaAppointment *appointment = query->appointments->pdata[i];
    const char *id = query->kind == AVA_BOARD_BY_ROOM ? appointment->room_id : appointment->provider_id;

    if (id != NULL && g_strcmp0 (appointment->location_id, query->spa->location_id) == 0 &&
        appointment->status != AVA_APPOINTMENT_CANCELLED)
      g_hash_table_add (ids, (char *) id);
  }
  return ids;
}

static gboolean
is_off (AvaSpa              *spa,
        const char          *provider_id,
        const AvaBoardQuery *query)
{
  AvaSpan spans[AVA_SPA_MAX_SPANS];

  return query->only_working &&
         ava_spa_list_hours (spa, provider_id, &query->first_day, spans, AVA_SPA_MAX_SPANS, NULL) == 0;
}

static void
add_providers (AvaDayBoard         *self,
               const AvaBoardQuery *query,
               GHashTable          *busy)
{
  for (guint i = 0; i < self->spa->providers->len; i++) {
    AvaProvider *provider = self->spa->providers->pdata[i];
    gboolean has_work = g_hash_table_contains (busy, provider->id);

    if ((query->hidden_ids != NULL && g_hash_table_contains (query->hidden_ids, provider->id)) ||
        (!has_work && (provider->archived || !works_here (self->spa, provider->id) || is_off (self->spa, provider->id, query))))
      continue;
    add_column (self, (AvaBoardColumn) { .day = query->first_day, .provider_id = provider->id, .name = provider->name,
                                         .title = provider->title, .colour = provider->colour, .capacity = 1 });
  }
}

static void
add_rooms (AvaDayBoard         *self,
           const AvaBoardQuery *query,
           GHashTable          *busy)
{
  for (guint i = 0; i < self->spa->rooms->len; i++) {
    AvaRoom *room = self->spa->rooms->pdata[i];

    if ((query->hidden_ids != NULL && g_hash_table_contains (query->hidden_ids, room->id)) ||
        !ava_spa_is_here (self->spa, room->location_id) || (room->archived && !g_hash_table_contains (busy, room->id)))
      continue;
    add_column (self, (AvaBoardColumn) { .day = query->first_day, .room_id = room->id, .name = room->name,
                                         .capacity = MAX (room->capacity, 1) });
  }
}

static void
add_days (AvaDayBoard         *self,
          const AvaBoardQuery *query)
{
  AvaProvider *provider = ava_spa_find_provider (self->spa, query->provider_id);
  GDate day = query->first_day;

  for (guint i = 0; provider != NULL && i < query->n_days; i++) {
    add_column (self, (AvaBoardColumn) { .day = day, .axis_day = i, .provider_id = provider->id, .name = provider->name,
                                         .title = provider->title, .colour = provider->colour, .capacity = 1 });
    g_date_add_days (&day, 1);
  }
}

static void
add_columns (AvaDayBoard         *self,
             const AvaBoardQuery *query)
{
  g_autoptr (GHashTable) busy = list_busy_ids (query);

  if (query->kind == AVA_BOARD_BY_PROVIDER)
    add_providers (self, query, busy);
  else if (query->kind == AVA_BOARD_BY_ROOM)
    add_rooms (self, query, busy);
  else
    add_days (self, query);
}

/* --- Appointments and holds ------------------------------------------------------------------ */

static gboolean
is_shown (const AvaBoardQuery *query,
          AvaAppointment      *appointment)
{
  return (query->statuses & (1u << appointment->status)) != 0 &&
         g_strcmp0 (appointment->location_id, query->spa->location_id) == 0;
}

static AvaBoardItem
make_item (AvaAppointment *appointment,
           gboolean        by_room)
{
  AvaBoardItem item = {
    .kind = AVA_ITEM_APPOINTMENT,
    .start_us = appointment->start_us,
    .end_us = appointment->end_us,
    .busy_start_us = appointment->busy_start_us != 0 ? MIN (appointment->busy_start_us, appointment->start_us) : appointment->start_us,
    .busy_end_us = MAX (appointment->busy_end_us, appointment->end_us),
    .n_lanes = 1,
    .subject = appointment,
  };

  if (!by_room && appointment->active_end_us > appointment->start_us)
    item.end_us = MIN (appointment->active_end_us, appointment->end_us);
  item.end_us = MAX (item.end_us, item.start_us + MIN_SHOWN_US);
  return item;
}

/* The columns in which something with that provider, room and time belongs. */
static void
place_item (AvaDayBoard  *self,
            AvaBoardItem  item,
            const char   *provider_id,
            const char   *room_id,
            gboolean      elsewhere)
{
  for (guint i = 0; i < self->columns->len; i++) {
    AvaBoardColumn *column = &g_array_index (self->columns, AvaBoardColumn, i);

    if (g_strcmp0 (column->room_id != NULL ? room_id : provider_id,
                   column->room_id != NULL ? column->room_id : column->provider_id) != 0 ||
        item.busy_end_us <= ava_day_axis_start (self->axis, column->axis_day) ||
        item.busy_start_us >= ava_day_axis_end (self->axis, column->axis_day))
      continue;
    item.column = i;
    if (elsewhere) {
      item.kind = AVA_ITEM_CLOSED;
      item.block = column->room_id != NULL ? AVA_BLOCKED_ROOM_BUSY : AVA_BLOCKED_PROVIDER_BUSY;
    }
    g_array_append_val (self->items, item);
  }
}

static void
add_appointments (AvaDayBoard         *self,
                  const AvaBoardQuery *query)
{
  for (guint i = 0; i < query->appointments->len; i++) {
    AvaAppointment *appointment = query->appointments->pdata[i];
    gboolean shown = is_shown (query, appointment);

    /* What is not shown takes its time all the same, unless it was cancelled. */
    if (appointment->id == NULL || (!shown && (appointment->status == AVA_APPOINTMENT_CANCELLED ||
                                               appointment->status == AVA_APPOINTMENT_NO_SHOW)))
      continue;
    place_item (self, make_item (appointment, query->kind == AVA_BOARD_BY_ROOM), appointment->provider_id,
                appointment->room_id, !shown);
  }
}

static void
add_holds (AvaDayBoard         *self,
           const AvaBoardQuery *query)
{
  for (guint i = 0; query->holds != NULL && i < query->holds->len; i++) {
    AvaBusy *hold = query->holds->pdata[i];
    AvaBoardItem item = {
      .kind = AVA_ITEM_HOLD,
      .start_us = MAX (hold->session_us, hold->start_us),
      .end_us = hold->free_from_us != 0 && query->kind != AVA_BOARD_BY_ROOM ? hold->free_from_us : hold->end_us,
      .busy_start_us = hold->start_us,
      .busy_end_us = hold->end_us,
      .n_lanes = 1,
      .subject = hold,
    };

    /* A block is no appointment and nobody's hold: the time is closed, with its reason. */
    if (hold->is_block) {
      item.start_us = hold->start_us;
      item.end_us = hold->end_us;
      item.subject = NULL;
      item.note = hold->what;
    }
    place_item (self, item, hold->provider_id, hold->room_id, hold->is_block);
  }
}

/* --- Lanes ----------------------------------------------------------------------------------- */

static int
compare_items (gconstpointer a,
               gconstpointer b)
{
  const AvaBoardItem *first = a;
  const AvaBoardItem *second = b;

  if (first->column != second->column)
    return first->column < second->column ? -1 : 1;
  if (first->start_us != second->start_us)
    return first->start_us < second->start_us ? -1 : 1;
  if (first->end_us != second->end_us)
    return first->end_us < second->end_us ? -1 : 1;
  return first->kind < second->kind ? -1 : first->kind > second->kind;
}

/* Of a group session: who does what when; %FALSE when the item is none. */
static gboolean
read_session (AvaDayBoard        *self,
              const AvaBoardItem *item,
              AvaSlot            *session)
{
  gboolean is_hold = item->kind == AVA_ITEM_HOLD;
  AvaBusy *hold = item->subject;
  AvaAppointment *appointment = item->subject;
  AvaService *service;

  if (item->subject == NULL)
    return FALSE;
  session->service_id = is_hold ? hold->service_id : appointment->service_id;
  session->provider_id = is_hold ? hold->provider_id : appointment->provider_id;
  session->start_us = is_hold ? hold->session_us : appointment->start_us;
  service = session->service_id != NULL ? ava_spa_find_service (self->spa, session->service_id) : NULL;
  return service != NULL && service->group_size > 1 && session->start_us != 0;
}

gboolean
ava_day_board_is_guest (AvaDayBoard *self,
                        guint        number)
{
  AvaBoardItem *item = &g_array_index (self->items, AvaBoardItem, number);
  AvaSlot mine = { 0 };

  if (!read_session (self, item, &mine))
    return FALSE;
  for (guint i = 0; i < number; i++) {
    AvaBoardItem *other = &g_array_index (self->items, AvaBoardItem, i);
    AvaSlot theirs = { 0 };

    if (other->column == item->column && other->busy_start_us == item->busy_start_us && read_session (self, other, &theirs) && theirs.start_us == mine.start_us &&
        strcmp (theirs.service_id, mine.service_id) == 0 && g_strcmp0 (theirs.provider_id, mine.provider_id) == 0)
      return TRUE;
  }
  return FALSE;
}

/* The first lane that is free again at @start_us. */
static guint
take_lane (GArray *ends,
           gint64  start_us,
           gint64  end_us)
{
  guint lane = 0;

  while (lane < ends->len && g_array_index (ends, gint64, lane) > start_us)
    lane++;
  if (lane == ends->len)
    g_array_append_val (ends, end_us);
  else
    g_array_index (ends, gint64, lane) = end_us;
  return lane;
}

/* In a room for several one lane stays for what may come, while there is a place for it. */
static guint
count_lanes (AvaDayBoard *self,
             guint        first,
             guint        last,
             GArray      *ends)
{
  guint capacity = first < last ? ava_day_board_get (self, g_array_index (self->items, AvaBoardItem, first).column)->capacity : 1;
  gboolean guests = FALSE;

  for (guint i = first; i < last && capacity > 1; i++)
    guests = guests || ava_day_board_is_guest (self, i);
  return capacity > ends->len || guests ? ends->len + (capacity > 1) : ends->len;
}

static void
close_cluster (AvaDayBoard *self,
               guint        first,
               guint        last,
               GArray      *ends)
{
  guint n_lanes = count_lanes (self, first, last, ends);

  for (guint i = first; i < last; i++)
    g_array_index (self->items, AvaBoardItem, i).n_lanes = MAX (n_lanes, 1);
  g_array_set_size (ends, 0);
}

/* Items that overlap in a column share its width. */
static void
assign_lanes (AvaDayBoard *self)
{
  g_autoptr (GArray) ends = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 cluster_end_us = G_MININT64;
  guint first = 0;

  for (guint i = 0; i < self->items->len; i++) {
    AvaBoardItem *item = &g_array_index (self->items, AvaBoardItem, i);

    if (i > first && (item->start_us >= cluster_end_us || item->column != (item - 1)->column)) {
      close_cluster (self, first, i, ends);
      first = i;
      cluster_end_us = G_MININT64;
    }
    item->lane = take_lane (ends, item->start_us, item->end_us);
    cluster_end_us = MAX (cluster_end_us, item->end_us);
  }
  close_cluster (self, first, self->items->len, ends);
}

/* --- The hours that are shown ---------------------------------------------------------------- */

static guint
find_step (AvaDayBoard *self,
           int          minute)
{
  guint step = 0;

  while (step < self->axis->steps->len && g_array_index (self->axis->steps, AvaAxisStep, step).minute < minute)
    step++;
  return step;
}

/* An hour more than is worked, or than there is something, on both sides. */
static void
choose_hours (AvaDayBoard *self)
{
  int from_min = MINUTES_PER_DAY;
  int to_min = 0;
  guint first;
  guint last;

  for (guint i = 0; i < self->columns->len; i++) {
    AvaBoardColumn *column = ava_day_board_get (self, i);

    if (column->n_spans > 0) {
      from_min = MIN (from_min, column->spans[0].open_min);
      to_min = MAX (to_min, column->spans[column->n_spans - 1].close_min);
    }
  }
  if (to_min <= from_min) {
    from_min = 9 * 60;
    to_min = 17 * 60;
  }
  first = find_step (self, from_min);
  last = find_step (self, to_min);
  for (guint i = 0; i < self->items->len; i++) {
    AvaBoardItem *item = &g_array_index (self->items, AvaBoardItem, i);
    guint day = ava_day_board_get (self, item->column)->axis_day;

    first = MIN (first, (guint) ava_day_axis_place (self->axis, day, item->start_us));
    last = MAX (last, (guint) (ava_day_axis_place (self->axis, day, item->end_us) + 0.999));
  }
  first = first > AVA_AXIS_STEPS_PER_HOUR ? first - AVA_AXIS_STEPS_PER_HOUR : 0;
  while (first > 0 && g_array_index (self->axis->steps, AvaAxisStep, first).minute % 60 != 0)
    first--;
  last = MIN (last + AVA_AXIS_STEPS_PER_HOUR, self->axis->steps->len);
  while (last < self->axis->steps->len && g_array_index (self->axis->steps, AvaAxisStep, last).minute % 60 != 0)
    last++;
  self->first_step = first;
  self->last_step = last;
}

/* --- All of it ------------------------------------------------------------------------------- */

static AvaDayAxis *
make_axis (const AvaBoardQuery *query)
{
  GDate days[42];
  guint n_days = query->kind == AVA_BOARD_BY_DAY ? CLAMP (query->n_days, 1, G_N_ELEMENTS (days)) : 1;

  for (guint i = 0; i < n_days; i++) {
    days[i] = query->first_day;
    g_date_add_days (&days[i], i);
  }
  return ava_day_axis_new (days, n_days, query->spa->zone);
}

/**
 * ava_day_board_build:
 *
 * Returns: (transfer full): the board; of a spa without providers or rooms one without columns
 */
AvaDayBoard *
ava_day_board_build (const AvaBoardQuery *query)
{
  AvaDayBoard *self = g_new0 (AvaDayBoard, 1);

  self->spa = g_object_ref (query->spa);
  self->appointments = g_ptr_array_ref (query->appointments);
  self->holds = query->holds != NULL ? g_ptr_array_ref (query->holds) : NULL;
  self->axis = make_axis (query);
  self->columns = g_array_new (FALSE, TRUE, sizeof (AvaBoardColumn));
  self->items = g_array_new (FALSE, TRUE, sizeof (AvaBoardItem));
  add_columns (self, query);
  add_appointments (self, query);
  add_holds (self, query);
  g_array_sort (self->items, compare_items);
  assign_lanes (self);
  choose_hours (self);
  ava_day_board_add_gaps (self);
  g_array_sort (self->items, compare_items);
  return self;
}

void
ava_day_board_free (AvaDayBoard *self)
{
  g_array_unref (self->items);
  g_array_unref (self->columns);
  ava_day_axis_free (self->axis);
  g_clear_pointer (&self->holds, g_ptr_array_unref);
  g_ptr_array_unref (self->appointments);
  g_object_unref (self->spa);
  g_free (self);
}

/* Returns: (transfer none): that column */
AvaBoardColumn *
ava_day_board_get (AvaDayBoard *self,
                   guint        column)
{
  return &g_array_index (self->columns, AvaBoardColumn, column);
}

AvaBoardItem *
ava_day_board_find (AvaDayBoard *self,
                    guint        column,
                    gint64       at_us)
{
  AvaBoardItem *found = NULL;

  for (guint i = 0; i < self->items->len; i++) {
    AvaBoardItem *item = &g_array_index (self->items, AvaBoardItem, i);

    if (item->column == column && item->start_us <= at_us && at_us < item->end_us &&
        (found == NULL || item->kind < found->kind))
      found = item;
  }
  return found;
}
