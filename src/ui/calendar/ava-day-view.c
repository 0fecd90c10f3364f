/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-day-view-private.h"

#include "ava-display.h"
#include "ava-wall-time.h"

#include <glib/gi18n.h>
#include <math.h>

#define LINES_PER_HOUR 4.8       /* an appointment of 30 min shows two lines */
#define COLUMN_CHARS 15          /* the narrowest column, in characters */
#define CHIP_GAP 2               /* [px] */

enum { CHOSEN, SLOT_ACTIVATED, LEFT, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AvaDayView, ava_day_view, GTK_TYPE_WIDGET)

AvaBoardItem *
ava_day_view_get_item (AvaDayView        *self,
                       const AvaDayChild *child)
{
  return &g_array_index (self->board->items, AvaBoardItem, child->item);
}

static AvaDayChild *
get_child (AvaDayView *self,
           guint       index)
{
  return &g_array_index (self->children, AvaDayChild, index);
}

static guint
count_columns (AvaDayView *self)
{
  return self->board != NULL ? self->board->columns->len : 0;
}

/* --- measures --- */

static void
measure_text (AvaDayView *self)
{
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (self));
  PangoFontMetrics *metrics = pango_context_get_metrics (context, NULL, NULL);
  g_autofree char *widest = ava_display_minute (22 * 60);
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), widest);
  int width;

  self->line = MAX (PANGO_PIXELS (pango_font_metrics_get_height (metrics)), 8);
  self->column_min = PANGO_PIXELS (pango_font_metrics_get_approximate_char_width (metrics)) * COLUMN_CHARS;
  pango_font_metrics_unref (metrics);
  pango_layout_get_pixel_size (layout, &width, NULL);
  self->gutter = width + self->line;
  self->step = ceil (self->line * LINES_PER_HOUR / AVA_AXIS_STEPS_PER_HOUR);
}

/* [px] from the top of a step of the axis. */
double
ava_day_view_get_step_y (AvaDayView *self,
                         guint       step)
{
  return self->line / 2 + (CLAMP (step, self->board->first_step, self->board->last_step) - (double) self->board->first_step) * self->step;
}

double
ava_day_view_get_y (AvaDayView *self,
                    guint       column,
                    gint64      at_us)
{
  double place = ava_day_axis_place (self->board->axis, ava_day_board_get (self->board, column)->axis_day, at_us);

  return self->line / 2 + (CLAMP (place, self->board->first_step, self->board->last_step) - self->board->first_step) * self->step;
}

/**
 * ava_day_view_get_column:
 * @x: (out): [px] of its start, mirrored where text runs from right to left
 * @column_width: (out): [px]
 */
void
ava_day_view_get_column (AvaDayView *self,
                         guint       index,
                         int         width,
                         int        *x,
                         int        *column_width)
{
  guint n = MAX (count_columns (self), 1);
  int room;
  int start;
  int end;

  if (self->line == 0)
    measure_text (self);
  room = MAX (width - self->gutter, 0);
  start = self->gutter + room * (int) index / (int) n;
  end = self->gutter + room * (int) (index + 1) / (int) n;
  *column_width = end - start;
  *x = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL ? width - end : start;
}

/**
 * ava_day_view_locate:
 * @column: (out):
 * @at_us: (out): [us] UTC
 */
gboolean
ava_day_view_locate (AvaDayView *self,
                     double      x,
                     double      y,
                     guint      *column,
                     gint64     *at_us)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self));

  for (*column = 0; *column < count_columns (self); (*column)++) {
    int start;
    int column_width;

    ava_day_view_get_column (self, *column, width, &start, &column_width);
    if (x < start || x >= start + column_width)
      continue;
    *at_us = ava_day_axis_time (self->board->axis, ava_day_board_get (self->board, *column)->axis_day,
                                self->board->first_step + MAX (y - self->line / 2, 0) / self->step);
    return TRUE;
  }
  return FALSE;
}

/* GTK wants every child measured before it is given its place. */
static void
measure_children (GtkWidget      *widget,
                  GtkOrientation  orientation)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child)) {
    int ignored;

    gtk_widget_measure (child, orientation, -1, &ignored, NULL, NULL, NULL);
  }
}

static void
ava_day_view_measure (GtkWidget      *widget,
                      GtkOrientation  orientation,
                      int             for_size,
                      int            *minimum,
                      int            *natural,
                      int            *minimum_baseline,
                      int            *natural_baseline)
{
  AvaDayView *self = AVA_DAY_VIEW (widget);

  measure_text (self);
  measure_children (widget, orientation);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = *natural = self->gutter + self->column_min * (int) count_columns (self);
  else
    *minimum = *natural = self->board != NULL ? (int) ceil (ava_day_view_get_step_y (self, self->board->last_step)) + self->line : 0;
}

static void
allocate_child (AvaDayView  *self,
                AvaDayChild *child,
                int          width)
{
  AvaBoardItem *item = ava_day_view_get_item (self, child);
  gboolean is_slot = item->kind >= AVA_ITEM_FREE;
  double top = ava_day_view_get_y (self, item->column, item->start_us);
  double bottom = ava_day_view_get_y (self, item->column, item->end_us);
  GtkAllocation place;
  int min_width = 1;
  int min_height = 1;
  int x;
  int column_width;

  ava_day_view_get_column (self, item->column, width, &x, &column_width);
  if (!is_slot) {
    gtk_widget_measure (child->widget, GTK_ORIENTATION_HORIZONTAL, -1, &min_width, NULL, NULL, NULL);
    gtk_widget_measure (child->widget, GTK_ORIENTATION_VERTICAL, -1, &min_height, NULL, NULL, NULL);
  }
  place.x = x + CHIP_GAP + (column_width - CHIP_GAP) * (int) item->lane / (int) item->n_lanes;
  place.width = MAX ((column_width - CHIP_GAP) / (int) item->n_lanes - 2 * CHIP_GAP, min_width);
  place.y = (int) top + 1;
  /* A short appointment still shows its first line. */
  place.height = MAX ((int) bottom - (int) top - (is_slot ? 1 : 2), min_height);
  gtk_widget_set_child_visible (child->widget, bottom > top);
  gtk_widget_size_allocate (child->widget, &place, -1);
}

static void
allocate_overlay (AvaDayView    *self,
                  AvaDayOverlay *overlay,
                  int            width,
                  int            height)
{
  GtkAllocation place;
  int min_width;
  int min_height;
  guint column;
  int x;
  int column_width;

  if (overlay->widget == NULL)
    return;
  gtk_widget_set_child_visible (overlay->widget, count_columns (self) > 0);
  if (count_columns (self) == 0)
    return;
  /* Where there is room for one column only, what is typed stays before one's eyes. */
  column = MIN (overlay->column, count_columns (self) - 1);
  ava_day_view_get_column (self, column, width, &x, &column_width);
  gtk_widget_measure (overlay->widget, GTK_ORIENTATION_HORIZONTAL, -1, &min_width, NULL, NULL, NULL);
  place.width = MAX (column_width - 2 * CHIP_GAP, min_width);
  gtk_widget_measure (overlay->widget, GTK_ORIENTATION_VERTICAL, place.width, &min_height, NULL, NULL, NULL);
  place.x = CLAMP (x + CHIP_GAP, 0, MAX (width - place.width, 0));
  place.y = (int) ava_day_view_get_y (self, column, overlay->start_us) + 1;
  place.height = min_height;
  if (overlay->end_us != 0)
    place.height = MAX (min_height, (int) ava_day_view_get_y (self, column, overlay->end_us) - place.y - 1);
  place.y = CLAMP (place.y, 0, MAX (height - place.height, 0));
  gtk_widget_size_allocate (overlay->widget, &place, -1);
}

static void
ava_day_view_size_allocate (GtkWidget *widget,
                            int        width,
                            int        height,
                            int        baseline)
{
  AvaDayView *self = AVA_DAY_VIEW (widget);

  for (guint i = 0; self->board != NULL && i < self->children->len; i++)
    allocate_child (self, get_child (self, i), width);
  allocate_overlay (self, &self->hint, width, height);
  allocate_overlay (self, &self->ghost, width, height);
  allocate_overlay (self, &self->put, width, height);
}

static void
ava_day_view_snapshot (GtkWidget   *widget,
                       GtkSnapshot *snapshot)
{
  AvaDayView *self = AVA_DAY_VIEW (widget);
  AvaDayOverlay *overlays[] = { &self->hint, &self->ghost, &self->put };

  if (self->board == NULL)
    return;
  ava_day_view_draw (self, snapshot);
  ava_day_view_draw_now (self, snapshot, FALSE);
  for (guint i = 0; i < self->children->len; i++)
    gtk_widget_snapshot_child (widget, get_child (self, i)->widget, snapshot);
  ava_day_view_draw_now (self, snapshot, TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (overlays); i++) {
    if (overlays[i]->widget != NULL)
      gtk_widget_snapshot_child (widget, overlays[i]->widget, snapshot);
  }
}

/* --- filling --- */

/* Tab order and screen readers follow the columns. What is in its place already is not touched. */
static void
order_children (AvaDayView *self)
{
  AvaDayOverlay *overlays[] = { &self->put, &self->ghost, &self->hint };
  GtkWidget *next = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (overlays); i++) {
    if (overlays[i]->widget == NULL)
      continue;
    gtk_widget_insert_before (overlays[i]->widget, GTK_WIDGET (self), next);
    next = overlays[i]->widget;
  }
  for (guint i = self->children->len; i > 0; i--) {
    GtkWidget *child = get_child (self, i - 1)->widget;

    if (gtk_widget_get_next_sibling (child) != next)
      gtk_widget_insert_before (child, GTK_WIDGET (self), next);
    next = child;
  }
}

/* Where the keyboard was, by what it was on: columns and times may mean something else on the next board. */
typedef struct {
  char *id;           /* of the appointment, nullable */
  char *owner_id;     /* of the column */
  GDate day;
  int minute;         /* [min] of the local day */
} Focus;

static gboolean
remember_focus (AvaDayView *self,
                Focus      *focus)
{
  AvaDayChild *child = ava_day_view_find_focused (self);
  AvaBoardItem *item;
  AvaBoardColumn *column;

  if (child == NULL)
    return FALSE;
  item = ava_day_view_get_item (self, child);
  column = ava_day_board_get (self->board, item->column);
  focus->id = item->kind == AVA_ITEM_APPOINTMENT ? g_strdup (AVA_APPOINTMENT (item->subject)->id) : NULL;
  focus->owner_id = g_strdup (column->room_id != NULL ? column->room_id : column->provider_id);
  focus->day = column->day;
  focus->minute = ava_wall_time_of (item->start_us, self->board->spa->zone, NULL);
  return TRUE;
}

static guint
find_column (AvaDayBoard *board,
             const char  *owner_id,
             const GDate *day)
{
  guint same_owner = G_MAXUINT;

  for (guint i = 0; i < board->columns->len; i++) {
    AvaBoardColumn *column = ava_day_board_get (board, i);

    if (g_strcmp0 (column->room_id != NULL ? column->room_id : column->provider_id, owner_id) != 0)
      continue;
    if (g_date_compare (&column->day, day) == 0)
      return i;
    same_owner = MIN (same_owner, i);
  }
  return same_owner;
}

static void
restore_focus (AvaDayView *self,
               Focus      *focus)
{
  AvaAppointmentChip *chip = focus->id != NULL ? ava_day_view_find_chip (self, focus->id) : NULL;
  guint column = find_column (self->board, focus->owner_id, &focus->day);

  if (chip != NULL) {
    gtk_widget_grab_focus (GTK_WIDGET (chip));
  } else if (self->board->columns->len > 0) {
    column = MIN (column, self->board->columns->len - 1);
    ava_day_view_focus (self, column, ava_wall_time_first (&ava_day_board_get (self->board, column)->day, focus->minute,
                                                           self->board->spa->zone));
  }
  g_free (focus->id);
  g_free (focus->owner_id);
}

/**
 * ava_day_view_set_board:
 * @board: (transfer full): what is to be shown
 * @announce: lights up appointments that were not there before
 */
void
ava_day_view_set_board (AvaDayView  *self,
                        AvaDayBoard *board,
                        gboolean     announce)
{
  AvaDayBoard *old = self->board;
  Focus focus = { 0 };
  gboolean had_focus;

  g_return_if_fail (AVA_IS_DAY_VIEW (self));

  had_focus = remember_focus (self, &focus);
  ava_day_view_fill (self, board, announce);
  g_clear_pointer (&old, ava_day_board_free);
  ava_day_view_set_hint (self, 0, 0, NULL);
  order_children (self);
  if (had_focus)
    restore_focus (self, &focus);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/* Returns: (transfer none) (nullable): what is shown */
AvaDayBoard *
ava_day_view_get_board (AvaDayView *self)
{
  return self->board;
}

/**
 * ava_day_view_set_now:
 *
 * Moves the line of the present, and counts the holds down.
 */
void
ava_day_view_set_now (AvaDayView *self,
                      gint64      now_us)
{
  gboolean moved = now_us / (20 * G_USEC_PER_SEC) != self->now_us / (20 * G_USEC_PER_SEC);

  self->now_us = now_us;
  for (guint i = 0; i < self->children->len; i++) {
    GtkWidget *widget = get_child (self, i)->widget;

    if (AVA_IS_HOLD_GHOST (widget))
      ava_hold_ghost_set_now (AVA_HOLD_GHOST (widget), now_us);
  }
  if (moved)
    gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* --- finding --- */

/**
 * ava_day_view_get_n_chips:
 *
 * Returns: how many appointments are shown
 */
guint
ava_day_view_get_n_chips (AvaDayView *self)
{
  guint n = 0;

  for (guint i = 0; i < self->children->len; i++)
    n += AVA_IS_APPOINTMENT_CHIP (get_child (self, i)->widget);
  return n;
}

guint
ava_day_view_get_n_made (AvaDayView *self)
{
  return self->n_made;
}

/**
 * ava_day_view_find_chip:
 *
 * Returns: (transfer none) (nullable): the widget of that appointment
 */
AvaAppointmentChip *
ava_day_view_find_chip (AvaDayView *self,
                        const char *appointment_id)
{
  for (guint i = 0; i < self->children->len; i++) {
    GtkWidget *widget = get_child (self, i)->widget;

    if (AVA_IS_APPOINTMENT_CHIP (widget) &&
        g_strcmp0 (ava_appointment_chip_get_appointment (AVA_APPOINTMENT_CHIP (widget))->id, appointment_id) == 0)
      return AVA_APPOINTMENT_CHIP (widget);
  }
  return NULL;
}

static AvaDayChild *
find_slot (AvaDayView *self,
           const char *provider_id,
           const char *room_id,
           gint64      start_us)
{
  for (guint i = 0; i < self->children->len; i++) {
    AvaDayChild *child = get_child (self, i);
    const AvaSlotPlace *place = AVA_IS_SLOT_CELL (child->widget) ? ava_slot_cell_get_place (AVA_SLOT_CELL (child->widget)) : NULL;

    if (place != NULL && place->start_us <= start_us && start_us < place->end_us &&
        g_strcmp0 (place->provider_id, provider_id) == 0 && g_strcmp0 (place->room_id, room_id) == 0)
      return child;
  }
  return NULL;
}

/**
 * ava_day_view_find_slot:
 * @provider_id: (nullable): of the column
 * @room_id: (nullable): of the column, where columns are rooms
 *
 * Returns: (transfer none) (nullable): the free or closed time in which @start_us lies
 */
AvaSlotCell *
ava_day_view_find_slot (AvaDayView *self,
                        const char *provider_id,
                        const char *room_id,
                        gint64      start_us)
{
  AvaDayChild *child = find_slot (self, provider_id, room_id, start_us);

  return child != NULL ? AVA_SLOT_CELL (child->widget) : NULL;
}

/* --- what lies over it --- */

/**
 * ava_day_view_put:
 * @widget: stays there while other days are shown, until it is taken off
 *
 * Returns: %FALSE when that column or time is not shown
 */
gboolean
ava_day_view_put (AvaDayView *self,
                  GtkWidget  *widget,
                  const char *provider_id,
                  const char *room_id,
                  gint64      start_us)
{
  AvaDayChild *child = find_slot (self, provider_id, room_id, start_us);

  if (child == NULL)
    return FALSE;
  if (self->put.widget != widget) {
    g_clear_pointer (&self->put.widget, gtk_widget_unparent);
    gtk_widget_set_parent (widget, GTK_WIDGET (self));
  }
  self->put = (AvaDayOverlay) { widget, ava_day_view_get_item (self, child)->column, start_us, 0 };
  gtk_widget_queue_resize (GTK_WIDGET (self));
  return TRUE;
}

/**
 * ava_day_view_take_off:
 */
void
ava_day_view_take_off (AvaDayView *self,
                       GtkWidget  *widget)
{
  if (self->put.widget == NULL || self->put.widget != widget)
    return;
  self->put.widget = NULL;
  gtk_widget_unparent (widget);
}

static void
set_label (AvaDayView    *self,
           AvaDayOverlay *overlay,
           const char    *name,
           const char    *words)
{
  if (overlay->widget == NULL) {
    overlay->widget = gtk_label_new (NULL);
    gtk_label_set_wrap (GTK_LABEL (overlay->widget), TRUE);
    gtk_label_set_xalign (GTK_LABEL (overlay->widget), 0);
    gtk_label_set_yalign (GTK_LABEL (overlay->widget), 0);
    gtk_label_set_width_chars (GTK_LABEL (overlay->widget), 10);
    gtk_widget_set_can_target (overlay->widget, FALSE);
    gtk_widget_set_parent (overlay->widget, GTK_WIDGET (self));
  }
  gtk_widget_set_css_classes (overlay->widget, (const char *[]) { name, NULL });
  gtk_label_set_text (GTK_LABEL (overlay->widget), words);
}

/**
 * ava_day_view_set_hint:
 * @words: (nullable): shown at that time of the column; %NULL takes them away
 */
void
ava_day_view_set_hint (AvaDayView *self,
                       guint       column,
                       gint64      at_us,
                       const char *words)
{
  if (words == NULL) {
    g_clear_pointer (&self->hint.widget, gtk_widget_unparent);
    return;
  }
  set_label (self, &self->hint, "hint", words);
  self->hint.column = column;
  self->hint.start_us = at_us;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

/* Returns: (nullable): the words that are shown */
const char *
ava_day_view_get_hint (AvaDayView *self)
{
  return self->hint.widget != NULL ? gtk_label_get_text (GTK_LABEL (self->hint.widget)) : NULL;
}

/**
 * ava_day_view_set_ghost:
 * @words: (nullable): what it says; %NULL takes it away
 * @style: class of its style: "ghost", "ghost-warned", "ghost-refused"
 */
void
ava_day_view_set_ghost (AvaDayView *self,
                        guint       column,
                        gint64      start_us,
                        gint64      end_us,
                        const char *words,
                        const char *style)
{
  if (words == NULL) {
    g_clear_pointer (&self->ghost.widget, gtk_widget_unparent);
    return;
  }
  set_label (self, &self->ghost, style, words);
  self->ghost.column = column;
  self->ghost.start_us = start_us;
  self->ghost.end_us = end_us;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

/**
 * ava_day_view_get_focus_y:
 *
 * Returns: [px] from the top, of what one looks for first
 */
double
ava_day_view_get_focus_y (AvaDayView *self)
{
  AvaBoardItem *first = NULL;

  for (guint i = 0; self->board != NULL && i < count_columns (self); i++) {
    AvaBoardColumn *column = ava_day_board_get (self->board, i);

    if (self->now_us >= ava_day_axis_start (self->board->axis, column->axis_day) &&
        self->now_us < ava_day_axis_end (self->board->axis, column->axis_day))
      return MAX (ava_day_view_get_y (self, i, self->now_us - (gint64) 90 * 60 * G_USEC_PER_SEC), 0);
  }
  for (guint i = 0; i < self->children->len; i++) {
    AvaBoardItem *item = ava_day_view_get_item (self, get_child (self, i));

    if (item->kind != AVA_ITEM_CLOSED &&
        (first == NULL || ava_day_view_get_y (self, item->column, item->start_us) < ava_day_view_get_y (self, first->column, first->start_us)))
      first = item;
  }
  return first != NULL ? MAX (ava_day_view_get_y (self, first->column, first->start_us) - 2 * self->step, 0) : 0;
}

static void
ava_day_view_dispose (GObject *object)
{
  AvaDayView *self = AVA_DAY_VIEW (object);

  for (guint i = 0; self->children != NULL && i < self->children->len; i++)
    gtk_widget_unparent (get_child (self, i)->widget);
  g_clear_pointer (&self->children, g_array_unref);
  g_clear_pointer (&self->put.widget, gtk_widget_unparent);
  g_clear_pointer (&self->hint.widget, gtk_widget_unparent);
  g_clear_pointer (&self->ghost.widget, gtk_widget_unparent);
  g_clear_pointer (&self->board, ava_day_board_free);
  G_OBJECT_CLASS (ava_day_view_parent_class)->dispose (object);
}

static void
ava_day_view_class_init (AvaDayViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ava_day_view_dispose;
  widget_class->measure = ava_day_view_measure;
  widget_class->size_allocate = ava_day_view_size_allocate;
  widget_class->snapshot = ava_day_view_snapshot;
  gtk_widget_class_set_css_name (widget_class, "dayview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  ava_day_view_add_keys (widget_class);
  signals[CHOSEN] = g_signal_new ("chosen", AVA_TYPE_DAY_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, AVA_TYPE_APPOINTMENT_CHIP);
  signals[SLOT_ACTIVATED] = g_signal_new ("slot-activated", AVA_TYPE_DAY_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 2, AVA_TYPE_SLOT_CELL, G_TYPE_STRING);
  signals[LEFT] = g_signal_new ("left", AVA_TYPE_DAY_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
}

static void
ava_day_view_init (AvaDayView *self)
{
  self->children = g_array_new (FALSE, TRUE, sizeof (AvaDayChild));
}
