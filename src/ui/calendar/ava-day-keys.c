/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-day-view-private.h"

#include <stdlib.h>

/* The keyboard's way through the columns: up and down from time to time, left and right from column to column
 * at the same time; with Control from appointment to appointment. */

AvaDayChild *
ava_day_view_find_focused (AvaDayView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  for (guint i = 0; focus != NULL && i < self->children->len; i++) {
    AvaDayChild *child = &g_array_index (self->children, AvaDayChild, i);

    if (child->widget == focus)
      return child;
  }
  return NULL;
}

static gboolean
is_chip (const AvaDayChild *child)
{
  return AVA_IS_APPOINTMENT_CHIP (child->widget);
}

/* How far @to is from @from in @direction; -1 when it does not lie there. */
static double
rate (AvaDayView       *self,
      AvaBoardItem     *from,
      AvaBoardItem     *to,
      GtkDirectionType  direction)
{
  int columns = (int) to->column - (int) from->column;
  double y = ava_day_view_get_y (self, from->column, from->start_us);
  double top = ava_day_view_get_y (self, to->column, to->start_us);
  double bottom = ava_day_view_get_y (self, to->column, to->end_us);
  double away = y < top ? top - y : y >= bottom ? y - bottom + 0.5 : 0;
  /* Of two that stand at the same time, the one of the same lane. */
  double lane = 0.1 * abs ((int) to->lane - (int) from->lane);
  double across = 100000.0 * abs (columns) + away + lane + (to->kind > AVA_ITEM_HOLD && away == 0 ? 0.3 : 0);

  switch (direction) {
  case GTK_DIR_UP:
    return columns == 0 && (top < y || (top == y && to->lane < from->lane)) ? y - top + lane : -1;
  case GTK_DIR_DOWN:
    return columns == 0 && (top > y || (top == y && to->lane > from->lane)) ? top - y + lane : -1;
  case GTK_DIR_LEFT:
    return columns < 0 ? across : -1;
  case GTK_DIR_RIGHT:
    return columns > 0 ? across : -1;
  default:
    return -1;
  }
}

static GtkWidget *
grab (AvaDayChild *child)
{
  if (child == NULL)
    return NULL;
  gtk_widget_grab_focus (child->widget);
  return child->widget;
}

/* Where the keyboard begins: the present, the first appointment, the first time. */
static AvaDayChild *
find_start (AvaDayView *self,
            gboolean    only_appointments)
{
  AvaDayChild *first = NULL;

  for (guint i = 0; i < self->children->len; i++) {
    AvaDayChild *child = &g_array_index (self->children, AvaDayChild, i);
    AvaBoardItem *item = ava_day_view_get_item (self, child);

    if (only_appointments && !is_chip (child))
      continue;
    if (!only_appointments && item->start_us <= self->now_us && self->now_us < item->end_us)
      return child;
    if (first == NULL || (is_chip (child) && !is_chip (first)))
      first = child;
  }
  return first;
}

/**
 * ava_day_view_step:
 * @direction: as seen on the screen
 *
 * Returns: (transfer none) (nullable): what has the keyboard now; %NULL when nothing lies there
 */
GtkWidget *
ava_day_view_step (AvaDayView       *self,
                   GtkDirectionType  direction,
                   gboolean          only_appointments)
{
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  AvaDayChild *from = ava_day_view_find_focused (self);
  AvaDayChild *best = NULL;
  double best_rate = G_MAXDOUBLE;

  if (rtl && (direction == GTK_DIR_LEFT || direction == GTK_DIR_RIGHT))
    direction = direction == GTK_DIR_LEFT ? GTK_DIR_RIGHT : GTK_DIR_LEFT;
  if (from == NULL)
    return grab (find_start (self, only_appointments));
  for (guint i = 0; i < self->children->len; i++) {
    AvaDayChild *child = &g_array_index (self->children, AvaDayChild, i);
    double this_rate;

    if ((only_appointments && !is_chip (child)) || child == from || !gtk_widget_get_child_visible (child->widget))
      continue;
    this_rate = rate (self, ava_day_view_get_item (self, from), ava_day_view_get_item (self, child), direction);
    if (this_rate >= 0 && this_rate < best_rate) {
      best = child;
      best_rate = this_rate;
    }
  }
  if (best == NULL && (direction == GTK_DIR_LEFT || direction == GTK_DIR_RIGHT))
    g_signal_emit_by_name (self, "left", direction == GTK_DIR_LEFT ? -1 : 1);
  return grab (best);
}

/**
 * ava_day_view_step_to_end:
 * @last: to the last time of the column, else to the first
 */
GtkWidget *
ava_day_view_step_to_end (AvaDayView *self,
                          gboolean    last)
{
  AvaDayChild *from = ava_day_view_find_focused (self);
  guint column = from != NULL ? ava_day_view_get_item (self, from)->column : 0;
  AvaDayChild *found = NULL;

  for (guint i = 0; i < self->children->len; i++) {
    AvaDayChild *child = &g_array_index (self->children, AvaDayChild, i);

    if (ava_day_view_get_item (self, child)->column == column && (found == NULL || last))
      found = child;
  }
  return grab (found);
}

/**
 * ava_day_view_focus:
 */
GtkWidget *
ava_day_view_focus (AvaDayView *self,
                    guint       column,
                    gint64      at_us)
{
  AvaDayChild *best = NULL;
  gint64 best_away = G_MAXINT64;

  for (guint i = 0; i < self->children->len; i++) {
    AvaDayChild *child = &g_array_index (self->children, AvaDayChild, i);
    AvaBoardItem *item = ava_day_view_get_item (self, child);
    gint64 away = at_us < item->start_us ? item->start_us - at_us : at_us >= item->end_us ? at_us - item->end_us + 1 : 0;

    if (item->column == column && away < best_away) {
      best = child;
      best_away = away;
    }
  }
  return grab (best);
}

gboolean
ava_day_view_get_focused (AvaDayView *self,
                          guint      *column,
                          gint64     *at_us)
{
  AvaDayChild *child = self->board != NULL ? ava_day_view_find_focused (self) : NULL;

  if (child == NULL)
    return FALSE;
  *column = ava_day_view_get_item (self, child)->column;
  *at_us = ava_day_view_get_item (self, child)->start_us;
  return TRUE;
}

static gboolean
step_cb (GtkWidget *widget,
         GVariant  *args,
         gpointer   user_data)
{
  int direction;
  gboolean only_appointments;

  g_variant_get (args, "(ib)", &direction, &only_appointments);
  ava_day_view_step (AVA_DAY_VIEW (widget), direction, only_appointments);
  return TRUE;
}

static gboolean
end_cb (GtkWidget *widget,
        GVariant  *args,
        gpointer   user_data)
{
  return ava_day_view_step_to_end (AVA_DAY_VIEW (widget), g_variant_get_boolean (args)) != NULL;
}

void
ava_day_view_add_keys (GtkWidgetClass *klass)
{
  static const struct { guint key; guint keypad; GtkDirectionType direction; } arrows[] = {
    { GDK_KEY_Up, GDK_KEY_KP_Up, GTK_DIR_UP }, { GDK_KEY_Down, GDK_KEY_KP_Down, GTK_DIR_DOWN },
    { GDK_KEY_Left, GDK_KEY_KP_Left, GTK_DIR_LEFT }, { GDK_KEY_Right, GDK_KEY_KP_Right, GTK_DIR_RIGHT },
  };

  for (guint i = 0; i < G_N_ELEMENTS (arrows); i++) {
    gtk_widget_class_add_binding (klass, arrows[i].key, 0, step_cb, "(ib)", arrows[i].direction, FALSE);
    gtk_widget_class_add_binding (klass, arrows[i].keypad, 0, step_cb, "(ib)", arrows[i].direction, FALSE);
    gtk_widget_class_add_binding (klass, arrows[i].key, GDK_CONTROL_MASK, step_cb, "(ib)", arrows[i].direction, TRUE);
    gtk_widget_class_add_binding (klass, arrows[i].keypad, GDK_CONTROL_MASK, step_cb, "(ib)", arrows[i].direction, TRUE);
  }
  gtk_widget_class_add_binding (klass, GDK_KEY_Home, 0, end_cb, "b", FALSE);
  gtk_widget_class_add_binding (klass, GDK_KEY_KP_Home, 0, end_cb, "b", FALSE);
  gtk_widget_class_add_binding (klass, GDK_KEY_End, 0, end_cb, "b", TRUE);
  gtk_widget_class_add_binding (klass, GDK_KEY_KP_End, 0, end_cb, "b", TRUE);
}
