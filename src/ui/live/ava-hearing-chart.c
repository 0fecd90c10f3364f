/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-hearing-chart.h"

#include "ava-compat.h"

#include <glib/gi18n.h>
#include <math.h>

/*
 *  Loudness   ..::|||::..   - - - threshold; ___ where a noise has raised it
 *  Certainty  __/----\__    - - - threshold
 *  Speech     ==========    one strip live; one of each mode for a test
 */

#define MOMENTS 300          /* shown live: 6 s */
#define FLOOR_DB -72.0       /* drawn as nothing */
#define CEILING_DB -12.0
#define LANE 70              /* [px] */
#define STRIP 12
#define GAP 10
#define REDRAW_EVERY 2       /* readings: 25 pictures a second */

typedef struct {
  float loudness;
  float threshold;           /* of loudness, as it counted then; 0 where it is not known */
  float certainty;           /* negative: Silero was not asked */
  guint8 speech;             /* one bit a strip */
} Moment;

#define MOMENTS_A_SECOND 50.0

struct _AvaHearingChart {
  GtkWidget parent_instance;

  GArray *moments;           /* Moment, oldest first */
  gboolean whole;            /* a test: all of it */
  guint strips;              /* one live; of a test one a mode that listened */
  double loudness_threshold; /* of full scale */
  double certainty_threshold;
  guint pushed;
  gboolean told;             /* whether screen readers were told that it is speech */
};

G_DEFINE_FINAL_TYPE (AvaHearingChart, ava_hearing_chart, GTK_TYPE_WIDGET)

typedef struct {
  cairo_t *cr;
  double left;               /* [px] of the first moment */
  double width;              /* [px] of all of them */
  double step;               /* [px] */
  GdkRGBA plain;
  GdkRGBA speech;
  GdkRGBA line;
} Pen;

static const char *
get_strip_name (AvaHearingChart *self,
                guint            strip)
{
  const char *const modes[] = { _("Loudness"), _("Silero"), _("Hybrid") };

  return self->whole ? modes[strip] : _("Speech");
}

static void
use_color (Pen     *pen,
           GdkRGBA *color,
           double   alpha)
{
  cairo_set_source_rgba (pen->cr, color->red, color->green, color->blue, color->alpha * alpha);
}

static double
scale_loudness (double loudness)
{
  double db = loudness > 0 ? 20 * log10 (loudness) : FLOOR_DB;

  return CLAMP ((db - FLOOR_DB) / (CEILING_DB - FLOOR_DB), 0, 1);
}

/* Returns: [px] how wide @text is */
static double
write_text (AvaHearingChart *self,
            Pen             *pen,
            const char      *text,
            double           x,
            double           middle,
            gboolean         draw)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  g_autoptr (PangoAttrList) attrs = pango_attr_list_new ();
  int width;
  int height;

  pango_attr_list_insert (attrs, pango_attr_scale_new (PANGO_SCALE_SMALL));
  pango_layout_set_attributes (layout, attrs);
  pango_layout_get_pixel_size (layout, &width, &height);
  if (draw) {
    gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;

    cairo_move_to (pen->cr, rtl ? gtk_widget_get_width (GTK_WIDGET (self)) - x - width : x, middle - height / 2.0);
    pango_cairo_show_layout (pen->cr, layout);
  }
  return width;
}

static double
measure_names (AvaHearingChart *self)
{
  double widest = MAX (write_text (self, NULL, _("Loudness"), 0, 0, FALSE),
                       write_text (self, NULL, _("Certainty"), 0, 0, FALSE));

  for (guint i = 0; i < self->strips; i++)
    widest = MAX (widest, write_text (self, NULL, get_strip_name (self, i), 0, 0, FALSE));
  return widest + GAP;
}

/* A lane's ground, and bars on it: first those without speech, then those with, each in one path. */
static void
draw_bars (AvaHearingChart *self,
           Pen             *pen,
           double           top,
           gboolean         certainty)
{
  use_color (pen, &pen->plain, 0.07);
  cairo_rectangle (pen->cr, pen->left, top, pen->width, LANE);
  cairo_fill (pen->cr);
  for (guint speech = 0; speech < 2; speech++) {
    for (guint i = 0; i < self->moments->len; i++) {
      const Moment *moment = &g_array_index (self->moments, Moment, i);
      double value = certainty ? MAX (moment->certainty, 0) : scale_loudness (moment->loudness);
      gboolean spoken = (moment->speech & 1 << (self->strips - 1)) != 0;

      if (spoken == (speech != 0))
        cairo_rectangle (pen->cr, pen->left + i * pen->step, top + LANE * (1 - value), pen->step, LANE * value);
    }
    use_color (pen, speech ? &pen->speech : &pen->plain, speech ? 0.9 : 0.4);
    cairo_fill (pen->cr);
  }
}

static void
draw_threshold (Pen    *pen,
                double  y)
{
  const double dashes[] = { 5, 3 };

  use_color (pen, &pen->line, 1);
  cairo_set_line_width (pen->cr, 1.5);
  cairo_set_dash (pen->cr, dashes, 2, 0);
  cairo_move_to (pen->cr, pen->left, y);
  cairo_line_to (pen->cr, pen->left + pen->width, y);
  cairo_stroke (pen->cr);
  cairo_set_dash (pen->cr, NULL, 0, 0);
}

/* Above a noise the threshold is higher than it was set: a full line shows where it was. */
static void
draw_learned (AvaHearingChart *self,
              Pen             *pen,
              double           top)
{
  gboolean begun = FALSE;

  for (guint i = 0; i < self->moments->len; i++) {
    const Moment *moment = &g_array_index (self->moments, Moment, i);
    double y = top + LANE * (1 - scale_loudness (moment->threshold));

    if (moment->threshold <= self->loudness_threshold * 1.01) {
      begun = FALSE;
    } else if (begun) {
      cairo_line_to (pen->cr, pen->left + i * pen->step, y);
    } else {
      cairo_move_to (pen->cr, pen->left + i * pen->step, y);
      begun = TRUE;
    }
  }
  use_color (pen, &pen->line, 0.8);
  cairo_set_line_width (pen->cr, 1.5);
  cairo_stroke (pen->cr);
}

static void
draw_strip (AvaHearingChart *self,
            Pen             *pen,
            double           top,
            guint            strip)
{
  use_color (pen, &pen->plain, 0.07);
  cairo_rectangle (pen->cr, pen->left, top, pen->width, STRIP);
  cairo_fill (pen->cr);
  for (guint i = 0; i < self->moments->len; i++) {
    if (g_array_index (self->moments, Moment, i).speech & 1 << strip)
      cairo_rectangle (pen->cr, pen->left + i * pen->step, top, pen->step + 0.2, STRIP);
  }
  use_color (pen, &pen->speech, 0.9);
  cairo_fill (pen->cr);
}

static void
draw_names (AvaHearingChart *self,
            Pen             *pen)
{
  use_color (pen, &pen->plain, 0.8);
  write_text (self, pen, _("Loudness"), 0, LANE / 2.0, TRUE);
  write_text (self, pen, _("Certainty"), 0, LANE + GAP + LANE / 2.0, TRUE);
  for (guint i = 0; i < self->strips; i++)
    write_text (self, pen, get_strip_name (self, i), 0,
                2 * (LANE + GAP) + i * (STRIP + GAP) + STRIP / 2.0, TRUE);
}

static void
ava_hearing_chart_snapshot (GtkWidget   *widget,
                            GtkSnapshot *snapshot)
{
  AvaHearingChart *self = AVA_HEARING_CHART (widget);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  double width = gtk_widget_get_width (widget);
  double names = measure_names (self);
  Pen pen = { .width = MAX (width - names, 0), .left = rtl ? 0 : names };

  pen.cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, gtk_widget_get_height (widget)));
  pen.step = pen.width / (self->whole ? MAX (self->moments->len, 1) : MOMENTS);
  ava_compat_get_color (widget, NULL, &pen.plain);
  ava_compat_get_color (widget, "accent_color", &pen.speech);
  ava_compat_get_color (widget, "warning_color", &pen.line);
  draw_bars (self, &pen, 0, FALSE);
  draw_learned (self, &pen, 0);
  draw_threshold (&pen, LANE * (1 - scale_loudness (self->loudness_threshold)));
  draw_bars (self, &pen, LANE + GAP, TRUE);
  draw_threshold (&pen, LANE + GAP + LANE * (1 - self->certainty_threshold));
  for (guint i = 0; i < self->strips; i++)
    draw_strip (self, &pen, 2 * (LANE + GAP) + i * (STRIP + GAP), i);
  draw_names (self, &pen);
  cairo_destroy (pen.cr);
}

static void
ava_hearing_chart_measure (GtkWidget      *widget,
                           GtkOrientation  orientation,
                           int             for_size,
                           int            *minimum,
                           int            *natural,
                           int            *minimum_baseline,
                           int            *natural_baseline)
{
  int height = 2 * (LANE + GAP) + AVA_HEARING_CHART (widget)->strips * (STRIP + GAP);

  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 200 : height;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 480 : height;
}

static void
ava_hearing_chart_finalize (GObject *object)
{
  g_array_unref (AVA_HEARING_CHART (object)->moments);

  G_OBJECT_CLASS (ava_hearing_chart_parent_class)->finalize (object);
}

static void
ava_hearing_chart_class_init (AvaHearingChartClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = ava_hearing_chart_finalize;
  widget_class->measure = ava_hearing_chart_measure;
  widget_class->snapshot = ava_hearing_chart_snapshot;
  gtk_widget_class_set_css_name (widget_class, "hearingchart");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
ava_hearing_chart_init (AvaHearingChart *self)
{
  self->moments = g_array_new (FALSE, TRUE, sizeof (Moment));
  self->strips = 1;
  self->loudness_threshold = 0.005;
  self->certainty_threshold = 0.5;
}

/* How long each strip took something for speech. */
static void
add_strips (AvaHearingChart *self,
            GString         *words)
{
  for (guint strip = 0; strip < self->strips; strip++) {
    guint n = 0;

    for (guint i = 0; i < self->moments->len; i++)
      n += g_array_index (self->moments, Moment, i).speech >> strip & 1;
    /* Translators: a way to detect speech, and for how long it heard some. */
    g_string_append_printf (words, _(" %s: %.1f s."), get_strip_name (self, strip), n / MOMENTS_A_SECOND);
  }
}

/* What the drawing says, for who does not see it. */
static void
describe (AvaHearingChart *self)
{
  g_autoptr (GString) words = g_string_new (NULL);

  g_string_append_printf (words, _("Speech is louder than −%.0f dB and at least %.0f %% certain."),
                          fabs (20 * log10 (self->loudness_threshold)), 100 * self->certainty_threshold);
  if (self->whole)
    add_strips (self, words);
  else if (self->moments->len > 0)
    g_string_append_printf (words, " %s", self->told ? _("Speech") : _("No speech"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words->str, -1);
}

/**
 * ava_hearing_chart_set_thresholds:
 * @loudness: of full scale
 * @certainty: 0..1
 *
 * Draws the lines above which it is speech.
 */
void
ava_hearing_chart_set_thresholds (AvaHearingChart *self,
                                  double           loudness,
                                  double           certainty)
{
  g_return_if_fail (AVA_IS_HEARING_CHART (self));

  self->loudness_threshold = loudness;
  self->certainty_threshold = certainty;
  describe (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * ava_hearing_chart_push:
 *
 * Shows one more moment; the oldest goes.
 */
void
ava_hearing_chart_push (AvaHearingChart         *self,
                        const AvaHearingReading *reading)
{
  Moment moment = {
    .loudness = reading->loudness,
    .threshold = reading->loudness_threshold,
    .certainty = reading->certainty,
    .speech = reading->speech,
  };

  g_return_if_fail (AVA_IS_HEARING_CHART (self) && !self->whole);

  if (self->moments->len >= MOMENTS)
    g_array_remove_index (self->moments, 0);
  g_array_append_val (self->moments, moment);
  /* Not each moment, only the turns. */
  if (self->told != reading->speech || self->pushed == 0) {
    self->told = reading->speech;
    describe (self);
  }
  if (++self->pushed % REDRAW_EVERY == 0)
    gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * ava_hearing_chart_show_take:
 * @take: a test, copied
 *
 * Shows all of it from now on, with the verdict of each mode.
 */
void
ava_hearing_chart_show_take (AvaHearingChart      *self,
                             const AvaHearingTake *take)
{
  g_return_if_fail (AVA_IS_HEARING_CHART (self));

  self->whole = TRUE;
  self->strips = take->silero ? AVA_HEARING_MODES : 1;
  g_array_set_size (self->moments, take->frames);
  for (guint i = 0; i < take->frames; i++) {
    Moment *moment = &g_array_index (self->moments, Moment, i);

    *moment = (Moment) { .loudness = take->loudness[i], .certainty = take->certainty[i] };
    for (guint mode = 0; mode < AVA_HEARING_MODES; mode++)
      moment->speech |= (take->speech[mode][i] ? 1 : 0) << mode;
  }
  describe (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * ava_hearing_chart_get_n_moments:
 *
 * Returns: how many moments of 20 ms are shown
 */
guint
ava_hearing_chart_get_n_moments (AvaHearingChart *self)
{
  return self->moments->len;
}
