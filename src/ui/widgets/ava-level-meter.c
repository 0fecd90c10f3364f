/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-level-meter.h"

#include "ava-compat.h"

#include <math.h>

#define BARS 18
#define GAP 3.0            /* [px] between bars */
#define FLOOR_DB -54.0     /* shown as nothing */
#define CEILING_DB -8.0    /* shown as full: speech is rarely louder */
#define SPOKEN_STEP 0.1    /* a smaller change is not told to screen readers */

struct _AvaLevelMeter {
  GtkWidget parent_instance;

  double fraction;         /* 0..1 of the bars */
  double told;             /* the last one that screen readers got */
};

G_DEFINE_FINAL_TYPE (AvaLevelMeter, ava_level_meter, GTK_TYPE_WIDGET)

static int
measure_line (GtkWidget *widget)
{
  PangoContext *context = gtk_widget_get_pango_context (widget);
  PangoFontMetrics *metrics = pango_context_get_metrics (context, NULL, NULL);
  int height = PANGO_PIXELS (pango_font_metrics_get_height (metrics));

  pango_font_metrics_unref (metrics);
  return MAX (height, 8);
}

static void
ava_level_meter_measure (GtkWidget      *widget,
                         GtkOrientation  orientation,
                         int             for_size,
                         int            *minimum,
                         int            *natural,
                         int            *minimum_baseline,
                         int            *natural_baseline)
{
  int line = measure_line (widget);

  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? line * 3 : line * 3 / 4;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? line * 8 : line * 3 / 4;
}

static void
ava_level_meter_snapshot (GtkWidget   *widget,
                          GtkSnapshot *snapshot)
{
  AvaLevelMeter *self = AVA_LEVEL_METER (widget);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  double height = gtk_widget_get_height (widget);
  double bar = (gtk_widget_get_width (widget) - GAP * (BARS - 1)) / BARS;
  GdkRGBA lit;
  GdkRGBA dark;

  if (bar <= 0)
    return;
  ava_compat_get_color (widget, NULL, &lit);
  dark = lit;
  dark.alpha *= 0.18;
  for (int i = 0; i < BARS; i++) {
    int place = rtl ? BARS - 1 - i : i;
    gboolean on = self->fraction * BARS > i;
    graphene_rect_t rect = GRAPHENE_RECT_INIT (place * (bar + GAP), 0, bar, height);
    GskRoundedRect rounded;

    gsk_rounded_rect_init_from_rect (&rounded, &rect, MIN (bar, height) / 2);
    gtk_snapshot_push_rounded_clip (snapshot, &rounded);
    gtk_snapshot_append_color (snapshot, on ? &lit : &dark, &rect);
    gtk_snapshot_pop (snapshot);
  }
}

static void
ava_level_meter_class_init (AvaLevelMeterClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->measure = ava_level_meter_measure;
  widget_class->snapshot = ava_level_meter_snapshot;
  gtk_widget_class_set_css_name (widget_class, "levelmeter");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_METER);
}

static void
tell (AvaLevelMeter *self)
{
  self->told = self->fraction;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_MIN, 0.0,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_MAX, 1.0,
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_NOW, self->fraction,
                                  -1);
}

static void
ava_level_meter_init (AvaLevelMeter *self)
{
  tell (self);
}

/**
 * ava_level_meter_set_level:
 * @level: RMS of full scale, 0..1
 *
 * Shows @level; it falls slower than it rises, so that words can be seen.
 */
void
ava_level_meter_set_level (AvaLevelMeter *self,
                           double         level)
{
  double db = level > 0 ? 20 * log10 (level) : FLOOR_DB;
  double fraction = CLAMP ((db - FLOOR_DB) / (CEILING_DB - FLOOR_DB), 0, 1);

  g_return_if_fail (AVA_IS_LEVEL_METER (self));

  if (fraction < self->fraction)
    fraction = MAX (fraction, self->fraction * 0.6 - 0.02);
  if (fabs (fraction - self->fraction) < 0.005)
    return;
  self->fraction = fraction;
  if (fabs (self->fraction - self->told) >= SPOKEN_STEP || fraction == 0)
    tell (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * ava_level_meter_get_fraction:
 *
 * Returns: 0..1, how much of the meter is lit
 */
double
ava_level_meter_get_fraction (AvaLevelMeter *self)
{
  return self->fraction;
}
