/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-day-view-private.h"

#include "ava-compat.h"
#include "ava-display.h"

#include <math.h>

/* What lies behind the appointments: closed times shaded, lines of the hours, set-up and clean-up, and the
 * line of the present. */

static void
draw_label (AvaDayView    *self,
            GtkSnapshot   *snapshot,
            const char    *label,
            double         y,
            const GdkRGBA *colour)
{
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  int width = gtk_widget_get_width (GTK_WIDGET (self));
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), label);
  int text_width;
  int text_height;

  pango_layout_get_pixel_size (layout, &text_width, &text_height);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (rtl ? width - self->gutter + self->line / 2
                                                              : self->gutter - text_width - self->line / 2,
                                                          y - text_height / 2));
  gtk_snapshot_append_layout (snapshot, layout, colour);
  gtk_snapshot_restore (snapshot);
}

static void
draw_hours (AvaDayView    *self,
            GtkSnapshot   *snapshot,
            const GdkRGBA *text)
{
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  int width = gtk_widget_get_width (GTK_WIDGET (self));
  GArray *steps = self->board->axis->steps;
  GdkRGBA dim = *text;
  GdkRGBA full = *text;
  GdkRGBA half = *text;

  dim.alpha *= 0.6;
  full.alpha *= 0.14;
  half.alpha *= 0.06;
  for (guint i = self->board->first_step; i <= self->board->last_step; i++) {
    int minute = i < steps->len ? g_array_index (steps, AvaAxisStep, i).minute : 0;
    double y = floor (ava_day_view_get_step_y (self, i));

    if (minute % 30 != 0)
      continue;
    gtk_snapshot_append_color (snapshot, minute % 60 == 0 ? &full : &half,
                               &GRAPHENE_RECT_INIT (rtl ? 0 : self->gutter, y, width - self->gutter, 1));
    if (minute % 60 == 0 && i < self->board->last_step) {
      g_autofree char *label = ava_display_minute (minute);

      draw_label (self, snapshot, label, y, &dim);
    }
  }
}

static void
draw_band (AvaDayView    *self,
           GtkSnapshot   *snapshot,
           guint          column,
           const GdkRGBA *colour,
           gint64         from_us,
           gint64         to_us)
{
  double top = ava_day_view_get_y (self, column, from_us);
  double bottom = ava_day_view_get_y (self, column, to_us);
  int x;
  int width;

  ava_day_view_get_column (self, column, gtk_widget_get_width (GTK_WIDGET (self)), &x, &width);
  if (bottom > top)
    gtk_snapshot_append_color (snapshot, colour, &GRAPHENE_RECT_INIT (x, top, width, bottom - top));
}

/* Hours that the clock skips that day are as closed as can be. */
static void
draw_skipped (AvaDayView    *self,
              GtkSnapshot   *snapshot,
              guint          column,
              const GdkRGBA *shade)
{
  guint day = ava_day_board_get (self->board, column)->axis_day;
  int x;
  int width;

  ava_day_view_get_column (self, column, gtk_widget_get_width (GTK_WIDGET (self)), &x, &width);
  for (guint i = self->board->first_step; i < self->board->last_step; i++) {
    if (!ava_day_axis_has (self->board->axis, day, i))
      gtk_snapshot_append_color (snapshot, shade, &GRAPHENE_RECT_INIT (x, ava_day_view_get_step_y (self, i), width, self->step));
  }
}

/* Set-up, processing and clean-up: the time is taken, though nobody is told of it. */
static void
draw_busy (AvaDayView   *self,
           GtkSnapshot  *snapshot,
           AvaBoardItem *item)
{
  AvaBoardColumn *column = ava_day_board_get (self->board, item->column);
  AvaAppointment *appointment = item->kind == AVA_ITEM_APPOINTMENT ? item->subject : NULL;
  const char *name = column->colour != NULL ? column->colour : appointment != NULL ? appointment->provider_colour : NULL;
  GdkRGBA colour;

  if (name == NULL || !gdk_rgba_parse (&colour, name))
    gdk_rgba_parse (&colour, "#77767b");
  colour.alpha = 0.12;
  draw_band (self, snapshot, item->column, &colour, item->busy_start_us, item->start_us);
  draw_band (self, snapshot, item->column, &colour, item->end_us, item->busy_end_us);
}

static void
draw_columns (AvaDayView    *self,
              GtkSnapshot   *snapshot,
              const GdkRGBA *text)
{
  GdkRGBA shade = *text;
  GdkRGBA line = *text;
  double top = ava_day_view_get_step_y (self, self->board->first_step);
  double bottom = ava_day_view_get_step_y (self, self->board->last_step);

  shade.alpha *= 0.07;
  line.alpha *= 0.1;
  for (guint i = 0; i < self->board->items->len; i++) {
    AvaBoardItem *item = &g_array_index (self->board->items, AvaBoardItem, i);

    if (item->kind == AVA_ITEM_CLOSED)
      draw_band (self, snapshot, item->column, &shade, item->start_us, item->end_us);
    else if (item->kind == AVA_ITEM_APPOINTMENT || item->kind == AVA_ITEM_HOLD)
      draw_busy (self, snapshot, item);
  }
  for (guint i = 0; i < self->board->columns->len; i++) {
    int x;
    int width;

    draw_skipped (self, snapshot, i, &shade);
    ava_day_view_get_column (self, i, gtk_widget_get_width (GTK_WIDGET (self)), &x, &width);
    gtk_snapshot_append_color (snapshot, &line, &GRAPHENE_RECT_INIT (x, top, 1, bottom - top));
  }
}

void
ava_day_view_draw (AvaDayView  *self,
                   GtkSnapshot *snapshot)
{
  GdkRGBA text;

  ava_compat_get_color (GTK_WIDGET (self), NULL, &text);
  draw_columns (self, snapshot, &text);
  draw_hours (self, snapshot, &text);
}

static void
draw_knob (GtkSnapshot   *snapshot,
           double         x,
           double         y,
           const GdkRGBA *colour)
{
  GskRoundedRect knob;

  gsk_rounded_rect_init_from_rect (&knob, &GRAPHENE_RECT_INIT (x - 5, y - 5, 10, 10), 5);
  gtk_snapshot_push_rounded_clip (snapshot, &knob);
  gtk_snapshot_append_color (snapshot, colour, &knob.bounds);
  gtk_snapshot_pop (snapshot);
}

/* In the columns of today; of a week that is one. Over the appointments it is faint: they are to be read. */
void
ava_day_view_draw_now (AvaDayView  *self,
                       GtkSnapshot *snapshot,
                       gboolean     over)
{
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  AvaDayAxis *axis = self->board->axis;
  gboolean knobbed = FALSE;
  GdkRGBA colour;

  ava_compat_get_color (GTK_WIDGET (self), "error_color", &colour);
  colour.alpha *= over ? 0.3 : 1;
  for (guint i = 0; i < self->board->columns->len; i++) {
    guint day = ava_day_board_get (self->board, i)->axis_day;
    double place = ava_day_axis_place (axis, day, self->now_us);
    double y = floor (ava_day_view_get_y (self, i, self->now_us));
    int x;
    int width;

    if (self->now_us < ava_day_axis_start (axis, day) || place <= self->board->first_step || place >= self->board->last_step)
      continue;
    ava_day_view_get_column (self, i, gtk_widget_get_width (GTK_WIDGET (self)), &x, &width);
    gtk_snapshot_append_color (snapshot, &colour, &GRAPHENE_RECT_INIT (x, y - 1, width, 2));
    if (!knobbed && !over)
      draw_knob (snapshot, rtl ? x + width : x, y, &colour);
    knobbed = TRUE;
  }
}
