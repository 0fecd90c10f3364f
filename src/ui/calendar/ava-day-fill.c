/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-day-view-private.h"

#include "ava-calendar-words.h"

/* What a board shows becomes widgets; those of the board before are used again. */

/* Children that stood for what is no longer there, to be used again. */
typedef struct {
  GHashTable *chips;      /* appointment's id and column -> AvaAppointmentChip */
  GPtrArray *spare_chips;
  GPtrArray *cells;
  GPtrArray *ghosts;
} Spares;

static char *
make_key (const char *id,
          guint       column)
{
  return g_strdup_printf ("%u/%s", column, id);
}

static void
spares_init (Spares     *spares,
             AvaDayView *self)
{
  spares->chips = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  spares->spare_chips = g_ptr_array_new ();
  spares->cells = g_ptr_array_new ();
  spares->ghosts = g_ptr_array_new ();
  /* From the end: what is used again first is what came first. */
  for (guint i = self->children->len; i > 0; i--) {
    AvaDayChild *child = &g_array_index (self->children, AvaDayChild, i - 1);

    if (AVA_IS_APPOINTMENT_CHIP (child->widget)) {
      AvaAppointment *appointment = ava_appointment_chip_get_appointment (AVA_APPOINTMENT_CHIP (child->widget));
      char *key = make_key (appointment->id, ava_day_view_get_item (self, child)->column);

      g_hash_table_insert (spares->chips, key, child->widget);
    } else if (AVA_IS_SLOT_CELL (child->widget)) {
      g_ptr_array_add (spares->cells, child->widget);
    } else {
      g_ptr_array_add (spares->ghosts, child->widget);
    }
  }
  g_array_set_size (self->children, 0);
}

static void
drop (GPtrArray *widgets)
{
  for (guint i = 0; i < widgets->len; i++)
    gtk_widget_unparent (widgets->pdata[i]);
  g_ptr_array_unref (widgets);
}

static void
spares_clear (Spares *spares)
{
  GHashTableIter iter;
  gpointer chip;

  g_hash_table_iter_init (&iter, spares->chips);
  while (g_hash_table_iter_next (&iter, NULL, &chip))
    g_ptr_array_add (spares->spare_chips, chip);
  g_hash_table_unref (spares->chips);
  drop (spares->spare_chips);
  drop (spares->cells);
  drop (spares->ghosts);
}

static void
on_chip_clicked (AvaAppointmentChip *chip,
                 AvaDayView         *self)
{
  g_signal_emit_by_name (self, "chosen", chip);
}

static void
on_slot_activated (AvaSlotCell *cell,
                   const char  *typed,
                   AvaDayView  *self)
{
  g_signal_emit_by_name (self, "slot-activated", cell, typed);
}

static gpointer
take_last (GPtrArray *widgets)
{
  return widgets->len > 0 ? g_ptr_array_remove_index (widgets, widgets->len - 1) : NULL;
}

static gpointer
adopt (AvaDayView *self,
       gpointer    widget)
{
  self->n_made++;
  gtk_widget_set_parent (widget, GTK_WIDGET (self));
  return widget;
}

/* The chips of what is still there are kept aside first: @keep is all that the new board shows. */
static void
free_chips (Spares      *spares,
            AvaDayBoard *board)
{
  g_autoptr (GHashTable) kept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer key, chip;

  for (guint i = 0; i < board->items->len; i++) {
    AvaBoardItem *item = &g_array_index (board->items, AvaBoardItem, i);

    if (item->kind == AVA_ITEM_APPOINTMENT)
      g_hash_table_add (kept, make_key (AVA_APPOINTMENT (item->subject)->id, item->column));
  }
  g_hash_table_iter_init (&iter, spares->chips);
  while (g_hash_table_iter_next (&iter, &key, &chip)) {
    if (!g_hash_table_contains (kept, key) && !gtk_widget_has_focus (chip)) {
      g_ptr_array_add (spares->spare_chips, chip);
      g_hash_table_iter_remove (&iter);
    }
  }
}

static GtkWidget *
show_chip (AvaDayView   *self,
           AvaBoardItem *item,
           Spares       *spares,
           gboolean      announce)
{
  AvaAppointment *appointment = item->subject;
  AvaBoardColumn *column = ava_day_board_get (self->board, item->column);
  g_autofree char *key = make_key (appointment->id, item->column);
  AvaAppointmentChip *chip = g_hash_table_lookup (spares->chips, key);
  gboolean is_new = chip == NULL;

  if (chip != NULL)
    g_hash_table_remove (spares->chips, key);
  else
    chip = take_last (spares->spare_chips);
  if (chip == NULL) {
    chip = adopt (self, ava_appointment_chip_new (column->room_id != NULL ? AVA_CHIP_OF_ROOM : AVA_CHIP_OF_PROVIDER));
    g_signal_connect_object (chip, "clicked", G_CALLBACK (on_chip_clicked), self, 0);
  }
  ava_appointment_chip_set_kind (chip, column->room_id != NULL ? AVA_CHIP_OF_ROOM : AVA_CHIP_OF_PROVIDER);
  ava_appointment_chip_set_appointment (chip, appointment, self->board->spa->zone,
                                        column->colour != NULL ? column->colour : appointment->provider_colour);
  if (is_new && announce)
    ava_appointment_chip_highlight (chip);
  return GTK_WIDGET (chip);
}

static GtkWidget *
show_slot (AvaDayView   *self,
           AvaBoardItem *item,
           Spares       *spares)
{
  AvaBoardColumn *column = ava_day_board_get (self->board, item->column);
  AvaSlotCell *cell = take_last (spares->cells);
  g_autofree char *why = item->kind == AVA_ITEM_CLOSED
    ? ava_calendar_words_for_why (self->board, item->column, item->start_us, 0) : NULL;
  g_autofree char *label = ava_calendar_words_for_slot (self->board, item, why);

  if (cell == NULL) {
    cell = adopt (self, ava_slot_cell_new ());
    g_signal_connect_object (cell, "activated", G_CALLBACK (on_slot_activated), self, 0);
  }
  ava_slot_cell_set_place (cell, &(AvaSlotPlace) { column->provider_id, column->room_id, item->start_us, item->end_us, why, label });
  return GTK_WIDGET (cell);
}

static GtkWidget *
show_hold (AvaDayView   *self,
           AvaBoardItem *item,
           Spares       *spares)
{
  AvaBusy *hold = item->subject;
  AvaService *service = hold->service_id != NULL ? ava_spa_find_service (self->board->spa, hold->service_id) : NULL;
  AvaHoldGhost *ghost = take_last (spares->ghosts);

  if (ghost == NULL)
    ghost = adopt (self, ava_hold_ghost_new ());
  ava_hold_ghost_set_hold (ghost, hold, service != NULL ? service->name : NULL, self->board->spa->zone);
  ava_hold_ghost_set_now (ghost, self->now_us);
  return GTK_WIDGET (ghost);
}

static void
fill (AvaDayView *self,
      Spares     *spares,
      gboolean    announce)
{
  free_chips (spares, self->board);
  for (guint i = 0; i < self->board->items->len; i++) {
    AvaBoardItem *item = &g_array_index (self->board->items, AvaBoardItem, i);
    AvaDayChild child = { .item = i };

    if (item->kind == AVA_ITEM_APPOINTMENT)
      child.widget = show_chip (self, item, spares, announce);
    else if (item->kind == AVA_ITEM_HOLD)
      child.widget = show_hold (self, item, spares);
    else
      child.widget = show_slot (self, item, spares);
    g_array_append_val (self->children, child);
  }
}

/**
 * ava_day_view_fill:
 * @board: (transfer full): the one before is left to the caller, who still needs it
 */
void
ava_day_view_fill (AvaDayView  *self,
                   AvaDayBoard *board,
                   gboolean     announce)
{
  Spares spares;

  spares_init (&spares, self);
  self->board = board;
  fill (self, &spares, announce);
  spares_clear (&spares);
}
