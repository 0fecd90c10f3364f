/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-hours-painter.h"

#include "ava-compat.h"
#include "ava-display.h"
#include "ava-hours-block.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

/*
 *            6    8    10   12   14   16   18   20
 *   Monday   |    |[===block===]|[==block===]|    |
 *   Tuesday  |    |    |    |    |    |    |    |
 */

#define STEP_MIN 15
#define EDGE_PX 8          /* of a block, where it is resized */
#define THRESHOLD_PX 4     /* a click is no drag */
#define ROW_PX 36
#define GAP_PX 4

typedef struct {
  GtkWidget *name;         /* the button that stands for the day */
  AvaSpan spans[AVA_SPA_MAX_SPANS];
  guint count;
  GPtrArray *blocks;       /* AvaHoursBlock, children */
} Day;

typedef enum { DRAG_NONE, DRAG_OPEN, DRAG_BREAK, DRAG_MOVE, DRAG_START, DRAG_END } Drag;

struct _AvaHoursPainter {
  GtkWidget parent_instance;

  Day days[7];
  int from_min, to_min;    /* of the axis */
  int names_width;         /* [px] */
  int axis_height;         /* [px] */

  Drag drag;
  int drag_day;
  guint drag_block;
  Day before;              /* of the day, when the drag began; only its spans */
  int drag_min;            /* where it began */
};

enum { CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AvaHoursPainter, ava_hours_painter, GTK_TYPE_WIDGET)

/* Returns: "Monday" for 1 */
const char *
ava_hours_painter_name (int weekday)
{
  static const char *const days[] = {
    N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday"), N_("Saturday"), N_("Sunday"),
  };

  g_return_val_if_fail (weekday >= 1 && weekday <= 7, "");

  return _(days[weekday - 1]);
}

/* --- Where things are ------------------------------------------------------------------------- */

static int
get_width (AvaHoursPainter *self)
{
  return MAX (gtk_widget_get_width (GTK_WIDGET (self)) - self->names_width - 2, 1);
}

static gboolean
is_rtl (AvaHoursPainter *self)
{
  return gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
}

static double
get_x (AvaHoursPainter *self,
       int              minute)
{
  double x = (double) (minute - self->from_min) * get_width (self) / (self->to_min - self->from_min);

  return is_rtl (self) ? get_width (self) - x : self->names_width + x;
}

static int
get_minute (AvaHoursPainter *self,
            double           x)
{
  double along = is_rtl (self) ? get_width (self) - x : x - self->names_width;
  double minute = self->from_min + along * (self->to_min - self->from_min) / get_width (self);

  return CLAMP ((int) lround (minute / STEP_MIN) * STEP_MIN, 0, 1440);
}

static int
get_y (AvaHoursPainter *self,
       int              day)
{
  return self->axis_height + day * ROW_PX;
}

/* Office hours at least, and all that is open. */
static void
fit_axis (AvaHoursPainter *self)
{
  self->from_min = 7 * 60;
  self->to_min = 21 * 60;
  for (int d = 0; d < 7; d++) {
    for (guint i = 0; i < self->days[d].count; i++) {
      self->from_min = MIN (self->from_min, self->days[d].spans[i].open_min / 60 * 60);
      self->to_min = MAX (self->to_min, (self->days[d].spans[i].close_min + 59) / 60 * 60);
    }
  }
}

/* --- What a day holds ------------------------------------------------------------------------- */

static void
describe_day (AvaHoursPainter *self,
              int              d)
{
  g_autofree char *hours = ava_spans_print (self->days[d].spans, self->days[d].count);
  g_autofree char *words = g_strdup_printf ("%s, %s", ava_hours_painter_name (d + 1), *hours != '\0' ? hours : _("closed"));

  ava_compat_name_button (self->days[d].name, words);
}

/* Blocks keep their place in the row, and with it the keyboard. */
static void
show_day (AvaHoursPainter *self,
          int              d)
{
  Day *day = &self->days[d];

  while (day->blocks->len > day->count) {
    gtk_widget_unparent (day->blocks->pdata[day->blocks->len - 1]);
    g_ptr_array_set_size (day->blocks, day->blocks->len - 1);
  }
  while (day->blocks->len < day->count) {
    GtkWidget *block = ava_hours_block_new ();
    GtkWidget *before = day->blocks->len > 0 ? day->blocks->pdata[day->blocks->len - 1] : day->name;

    gtk_widget_insert_after (block, GTK_WIDGET (self), before);
    g_ptr_array_add (day->blocks, block);
  }
  for (guint i = 0; i < day->count; i++)
    ava_hours_block_set (day->blocks->pdata[i], ava_hours_painter_name (d + 1), day->spans[i]);
  describe_day (self, d);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
tell (AvaHoursPainter *self,
      int              d)
{
  if (self->drag == DRAG_NONE)
    fit_axis (self);
  show_day (self, d);
  g_signal_emit (self, signals[CHANGED], 0, d + 1);
}

static void
on_name (AvaHoursPainter *self,
         GtkWidget       *name)
{
  for (int d = 0; d < 7; d++) {
    Day *day = &self->days[d];
    AvaSpan span = { 9 * 60, 17 * 60 };

    if (day->name != name)
      continue;
    if (day->count > 0) {
      span.open_min = day->spans[day->count - 1].close_min + 60;
      span.close_min = MIN (span.open_min + 120, 1440);
    }
    if (ava_spans_add (day->spans, &day->count, span))
      tell (self, d);
    else
      gtk_widget_error_bell (GTK_WIDGET (self));
  }
}

/* --- Keys ------------------------------------------------------------------------------------- */

static gboolean
find_focus (AvaHoursPainter *self,
            int             *d,
            guint           *block)
{
  GtkWidget *focus = gtk_widget_get_focus_child (GTK_WIDGET (self));

  for (*d = 0; focus != NULL && *d < 7; (*d)++) {
    if (g_ptr_array_find (self->days[*d].blocks, focus, block))
      return TRUE;
  }
  return FALSE;
}

static void
shift (Day   *day,
       guint  at,
       int    start_by,
       int    end_by)
{
  int least = at > 0 ? day->spans[at - 1].close_min + STEP_MIN : 0;
  int most = at + 1 < day->count ? day->spans[at + 1].open_min - STEP_MIN : 1440;
  AvaSpan *span = &day->spans[at];

  if (span->open_min + start_by < least || span->close_min + end_by > most ||
      span->close_min + end_by - span->open_min - start_by < STEP_MIN)
    return;
  span->open_min += start_by;
  span->close_min += end_by;
}

/* An hour in the middle, or half of one where there is less room. */
static void
add_break (Day   *day,
           guint  at)
{
  int length = day->spans[at].close_min - day->spans[at].open_min;
  int pause = length >= 180 ? 60 : 30;
  int from = (day->spans[at].open_min + (length - pause) / 2) / 30 * 30;

  if (length >= 60)
    ava_spans_cut (day->spans, &day->count, (AvaSpan) { from, from + pause });
}

static void
focus_near (AvaHoursPainter *self,
            int              d,
            int              by)
{
  for (int other = d + by; other >= 0 && other < 7; other += by) {
    if (self->days[other].blocks->len > 0) {
      gtk_widget_grab_focus (self->days[other].blocks->pdata[0]);
      return;
    }
  }
}

static gboolean
on_key (AvaHoursPainter *self,
        guint            keyval,
        guint            keycode,
        GdkModifierType  state)
{
  int by = keyval == GDK_KEY_Left || keyval == GDK_KEY_KP_Left ? -STEP_MIN : STEP_MIN;
  guint at;
  int d;

  if (!find_focus (self, &d, &at))
    return FALSE;
  by = is_rtl (self) ? -by : by;
  switch (keyval) {
  case GDK_KEY_Left: case GDK_KEY_KP_Left: case GDK_KEY_Right: case GDK_KEY_KP_Right:
    shift (&self->days[d], at, (state & GDK_SHIFT_MASK) != 0 ? 0 : by, (state & GDK_CONTROL_MASK) != 0 ? 0 : by);
    break;
  case GDK_KEY_Delete: case GDK_KEY_KP_Delete: case GDK_KEY_BackSpace:
    ava_spans_cut (self->days[d].spans, &self->days[d].count, self->days[d].spans[at]);
    gtk_widget_grab_focus (self->days[d].name);
    break;
  case GDK_KEY_b: case GDK_KEY_B:
    add_break (&self->days[d], at);
    break;
  case GDK_KEY_Up: case GDK_KEY_Down:
    focus_near (self, d, keyval == GDK_KEY_Up ? -1 : 1);
    return TRUE;
  default:
    return FALSE;
  }
  tell (self, d);
  return TRUE;
}

/* --- The mouse -------------------------------------------------------------------------------- */

static Drag
find_drag (AvaHoursPainter *self,
           double           x,
           int              minute,
           gboolean         cut)
{
  Day *day = &self->days[self->drag_day];

  for (guint i = 0; i < day->count && !cut; i++) {
    double start = get_x (self, day->spans[i].open_min);
    double end = get_x (self, day->spans[i].close_min);

    if (x < MIN (start, end) - 2 || x > MAX (start, end) + 2)
      continue;
    self->drag_block = i;
    if (fabs (x - start) <= EDGE_PX)
      return DRAG_START;
    return fabs (x - end) <= EDGE_PX ? DRAG_END : DRAG_MOVE;
  }
  return cut ? DRAG_BREAK : DRAG_OPEN;
}

static void
on_drag_begin (AvaHoursPainter *self,
               double           x,
               double           y,
               GtkGestureDrag  *gesture)
{
  int d = (int) ((y - self->axis_height) / ROW_PX);
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));
  gboolean named = is_rtl (self) ? x > get_width (self) : x < self->names_width;

  if (y < self->axis_height || d < 0 || d > 6 || named) {
    gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_DENIED);
    return;
  }
  self->drag_day = d;
  self->drag_min = get_minute (self, x);
  self->before = self->days[d];
  self->drag = find_drag (self, x, self->drag_min, (state & GDK_SHIFT_MASK) != 0);
  if (self->drag >= DRAG_MOVE)
    gtk_widget_grab_focus (self->days[d].blocks->pdata[self->drag_block]);
}

static void
on_drag_update (AvaHoursPainter *self,
                double           dx,
                double           dy,
                GtkGestureDrag  *gesture)
{
  Day *day = &self->days[self->drag_day];
  double x;
  double y;
  int minute;
  int by;

  if (self->drag == DRAG_NONE || fabs (dx) < THRESHOLD_PX)
    return;
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_gesture_drag_get_start_point (gesture, &x, &y);
  minute = get_minute (self, x + dx);
  by = minute - self->drag_min;
  memcpy (day->spans, self->before.spans, sizeof day->spans);
  day->count = self->before.count;
  if (self->drag == DRAG_OPEN)
    ava_spans_add (day->spans, &day->count, (AvaSpan) { MIN (self->drag_min, minute), MAX (self->drag_min, minute) });
  else if (self->drag == DRAG_BREAK)
    ava_spans_cut (day->spans, &day->count, (AvaSpan) { MIN (self->drag_min, minute), MAX (self->drag_min, minute) });
  else
    shift (day, self->drag_block, self->drag == DRAG_END ? 0 : by, self->drag == DRAG_START ? 0 : by);
  show_day (self, self->drag_day);
}

static void
on_drag_end (AvaHoursPainter *self,
             double           dx,
             double           dy,
             GtkGestureDrag  *gesture)
{
  Day *day = &self->days[self->drag_day];
  gboolean same = day->count == self->before.count &&
                  memcmp (day->spans, self->before.spans, day->count * sizeof *day->spans) == 0;

  if (self->drag == DRAG_NONE)
    return;
  self->drag = DRAG_NONE;
  if (!same)
    tell (self, self->drag_day);
}

/* --- The widget ------------------------------------------------------------------------------- */

static void
ava_hours_painter_measure (GtkWidget      *widget,
                           GtkOrientation  orientation,
                           int             for_size,
                           int            *minimum,
                           int            *natural,
                           int            *minimum_baseline,
                           int            *natural_baseline)
{
  AvaHoursPainter *self = AVA_HOURS_PAINTER (widget);
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (widget, "20");
  int widest = 0;
  int height;

  pango_layout_get_pixel_size (layout, NULL, &height);
  for (int d = 0; d < 7; d++) {
    int needed;

    gtk_widget_measure (self->days[d].name, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &needed, NULL, NULL);
    widest = MAX (widest, needed);
  }
  if (orientation == GTK_ORIENTATION_HORIZONTAL) {
    *minimum = widest + 140;
    *natural = widest + 480;
  } else {
    *minimum = *natural = height + 6 + 7 * ROW_PX;
  }
}

static void
ava_hours_painter_size_allocate (GtkWidget *widget,
                                 int        width,
                                 int        height,
                                 int        baseline)
{
  AvaHoursPainter *self = AVA_HOURS_PAINTER (widget);

  self->names_width = 0;
  self->axis_height = height - 7 * ROW_PX;
  for (int d = 0; d < 7; d++) {
    int needed;

    gtk_widget_measure (self->days[d].name, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &needed, NULL, NULL);
    self->names_width = MAX (self->names_width, needed + 6);
  }
  for (int d = 0; d < 7; d++) {
    Day *day = &self->days[d];

    gtk_widget_size_allocate (day->name, &(GtkAllocation) {
      is_rtl (self) ? width - self->names_width + 6 : 0, get_y (self, d) + 1, self->names_width - 6, ROW_PX - 2 }, -1);
    for (guint i = 0; i < day->blocks->len; i++) {
      int a = lround (get_x (self, day->spans[i].open_min));
      int b = lround (get_x (self, day->spans[i].close_min));

      gtk_widget_size_allocate (day->blocks->pdata[i], &(GtkAllocation) {
        MIN (a, b), get_y (self, d) + GAP_PX, MAX (ABS (b - a), 2), ROW_PX - 2 * GAP_PX }, -1);
    }
  }
}

static void
draw_axis (AvaHoursPainter *self,
           GtkSnapshot     *snapshot,
           const GdkRGBA   *color)
{
  int hours = (self->to_min - self->from_min) / 60;
  g_autoptr (PangoLayout) widest = gtk_widget_create_pango_layout (GTK_WIDGET (self), "20 ");
  int needed;
  int every = 1;

  pango_layout_get_pixel_size (widest, &needed, NULL);
  while (every < 6 && get_width (self) * every / MAX (hours, 1) < needed)
    every = every == 1 ? 2 : every + 2;

  for (int minute = self->from_min; minute <= self->to_min; minute += 60) {
    gboolean told = (minute / 60) % every == 0;
    GdkRGBA faint = *color;
    g_autofree char *text = g_strdup_printf ("%d", minute / 60 % 24);
    g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
    int width;

    faint.alpha *= told ? 0.16 : 0.07;
    gtk_snapshot_append_color (snapshot, &faint, &GRAPHENE_RECT_INIT (round (get_x (self, minute)), self->axis_height, 1, 7 * ROW_PX));
    if (!told)
      continue;
    faint.alpha = color->alpha * 0.65;
    pango_layout_get_pixel_size (layout, &width, NULL);
    gtk_snapshot_save (snapshot);
    gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (
      CLAMP (get_x (self, minute) - width / 2.0, 0, gtk_widget_get_width (GTK_WIDGET (self)) - width), 0));
    gtk_snapshot_append_layout (snapshot, layout, &faint);
    gtk_snapshot_restore (snapshot);
  }
}

static void
ava_hours_painter_snapshot (GtkWidget   *widget,
                            GtkSnapshot *snapshot)
{
  AvaHoursPainter *self = AVA_HOURS_PAINTER (widget);
  GdkRGBA color;

  ava_compat_get_color (widget, NULL, &color);
  draw_axis (self, snapshot, &color);
  for (int d = 0; d < 7; d++) {
    GskRoundedRect track;
    GdkRGBA faint = color;

    faint.alpha *= 0.05;
    gsk_rounded_rect_init_from_rect (&track, &GRAPHENE_RECT_INIT (is_rtl (self) ? 0 : self->names_width, get_y (self, d) + GAP_PX,
                                                                  get_width (self), ROW_PX - 2 * GAP_PX), 7);
    gtk_snapshot_push_rounded_clip (snapshot, &track);
    gtk_snapshot_append_color (snapshot, &faint, &track.bounds);
    gtk_snapshot_pop (snapshot);
  }
  GTK_WIDGET_CLASS (ava_hours_painter_parent_class)->snapshot (widget, snapshot);
}

static void
ava_hours_painter_dispose (GObject *object)
{
  AvaHoursPainter *self = AVA_HOURS_PAINTER (object);

  for (int d = 0; d < 7; d++) {
    for (guint i = 0; self->days[d].blocks != NULL && i < self->days[d].blocks->len; i++)
      gtk_widget_unparent (self->days[d].blocks->pdata[i]);
    g_clear_pointer (&self->days[d].blocks, g_ptr_array_unref);
    g_clear_pointer (&self->days[d].name, gtk_widget_unparent);
  }
  G_OBJECT_CLASS (ava_hours_painter_parent_class)->dispose (object);
}

static void
ava_hours_painter_class_init (AvaHoursPainterClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ava_hours_painter_dispose;
  widget_class->measure = ava_hours_painter_measure;
  widget_class->size_allocate = ava_hours_painter_size_allocate;
  widget_class->snapshot = ava_hours_painter_snapshot;
  gtk_widget_class_set_css_name (widget_class, "hourspainter");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  signals[CHANGED] = g_signal_new ("changed", AVA_TYPE_HOURS_PAINTER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_INT);
}

static void
ava_hours_painter_init (AvaHoursPainter *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  for (int d = 0; d < 7; d++) {
    self->days[d].blocks = g_ptr_array_new ();
    self->days[d].name = gtk_button_new_with_label (ava_hours_painter_name (d + 1));
    gtk_widget_add_css_class (self->days[d].name, "flat");
    gtk_widget_set_halign (gtk_button_get_child (GTK_BUTTON (self->days[d].name)), GTK_ALIGN_START);
    gtk_widget_set_tooltip_text (self->days[d].name, _("Open more hours on this day"));
    g_signal_connect_swapped (self->days[d].name, "clicked", G_CALLBACK (on_name), self);
    gtk_widget_set_parent (self->days[d].name, GTK_WIDGET (self));
  }
  fit_axis (self);
  g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (on_drag_begin), self);
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (on_drag_update), self);
  g_signal_connect_swapped (drag, "drag-end", G_CALLBACK (on_drag_end), self);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

/**
 * ava_hours_painter_new:
 *
 * Returns: (transfer floating): a week in which all is closed
 */
GtkWidget *
ava_hours_painter_new (const char *what)
{
  GtkWidget *self = g_object_new (AVA_TYPE_HOURS_PAINTER, NULL);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, what, -1);
  for (int d = 0; d < 7; d++)
    describe_day (AVA_HOURS_PAINTER (self), d);
  return self;
}

void
ava_hours_painter_set_day (AvaHoursPainter *self,
                           int              weekday,
                           const AvaSpan   *spans,
                           guint            count)
{
  Day *day = &self->days[weekday - 1];

  g_return_if_fail (AVA_IS_HOURS_PAINTER (self) && count <= AVA_SPA_MAX_SPANS);

  if (count > 0)
    memcpy (day->spans, spans, count * sizeof *spans);
  day->count = count;
  fit_axis (self);
  show_day (self, weekday - 1);
}

/* @spans: with room for AVA_SPA_MAX_SPANS. Returns: how many there are */
guint
ava_hours_painter_get_day (AvaHoursPainter *self,
                           int              weekday,
                           AvaSpan         *spans)
{
  Day *day = &self->days[weekday - 1];

  memcpy (spans, day->spans, day->count * sizeof *spans);
  return day->count;
}
