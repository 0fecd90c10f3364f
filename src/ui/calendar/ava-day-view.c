/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-day-view.h"

#include "ava-compat.h"
#include "ava-display.h"

#include <glib/gi18n.h>
#include <math.h>
#include <stdlib.h>

#define LINES_PER_HOUR 4.8       /* an appointment of 30 min shows two lines */
#define COLUMN_CHARS 15          /* the narrowest column, in characters */
#define CHIP_GAP 2               /* [px] */
#define MINUTES_PER_DAY (24 * 60)
#define SLOT_MINUTES 15

/* A chip and where it belongs. */
typedef struct {
  AvaAppointmentChip *chip;      /* borrowed as a child */
  int start_min;                 /* [min] since local midnight */
  int end_min;
  int busy_start_min;            /* [min] with set-up */
  int busy_end_min;              /* [min] with clean-up */
  guint column;
  guint lane;                    /* side by side where two overlap */
  guint n_lanes;
  gboolean seen;                 /* still in the model */
} Place;

/* A free time. */
typedef struct {
  AvaSlotCell *cell;             /* borrowed as a child */
  guint column;
  int start_min;                 /* [min] since local midnight */
} Slot;

struct _AvaDayView {
  GtkWidget parent_instance;

  AvaSpa *spa;                   /* owned, nullable */
  GDateTime *day;                /* owned: local midnight */
  GListModel *model;             /* owned, nullable */
  GArray *places;                /* Place, by column and start */
  GArray *slots;                 /* Slot, by column and start */
  GtkWidget *put;                /* nullable: borrowed as a child, over everything */
  Slot put_at;
  int from_min;                  /* [min] the first hour that is shown */
  int to_min;                    /* [min] the last, exclusive */
  gint64 now_us;                 /* [us] UTC */
  gboolean filled;               /* the day was shown: what comes now is new */
  guint update_id;

  /* Measured of the text */
  int line;                      /* [px] */
  int gutter;                    /* [px] for hours */
  int column_min;                /* [px] */
  double hour;                   /* [px] of height */
};

enum { CHOSEN, SLOT_ACTIVATED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AvaDayView, ava_day_view, GTK_TYPE_WIDGET)

static guint
count_columns (AvaDayView *self)
{
  guint n = 0;

  for (guint i = 0; self->spa != NULL && i < self->spa->providers->len; i++)
    n += !((AvaProvider *) self->spa->providers->pdata[i])->archived;
  return n;
}

static AvaProvider *
get_provider (AvaDayView *self,
              guint       column)
{
  for (guint i = 0; i < self->spa->providers->len; i++) {
    AvaProvider *provider = self->spa->providers->pdata[i];

    if (!provider->archived && column-- == 0)
      return provider;
  }
  return NULL;
}

/* --- measures --- */

static void
measure_text (AvaDayView *self)
{
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (self));
  PangoFontMetrics *metrics = pango_context_get_metrics (context, NULL, NULL);
  g_autoptr (PangoLayout) layout = NULL;
  int widest = 0;

  self->line = MAX (PANGO_PIXELS (pango_font_metrics_get_height (metrics)), 8);
  self->column_min = PANGO_PIXELS (pango_font_metrics_get_approximate_char_width (metrics)) * COLUMN_CHARS;
  pango_font_metrics_unref (metrics);
  for (int minute = self->from_min; minute < self->to_min; minute += 60) {
    g_autofree char *text = ava_display_minute (minute);
    int width;

    g_clear_object (&layout);
    layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
    pango_layout_get_pixel_size (layout, &width, NULL);
    widest = MAX (widest, width);
  }
  self->gutter = widest + self->line;
  self->hour = ceil (self->line * LINES_PER_HOUR);
}

static double
get_y (AvaDayView *self,
       int         minute)
{
  return self->line / 2 + (CLAMP (minute, self->from_min, self->to_min) - self->from_min) * self->hour / 60;
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
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = *natural = self->gutter + self->column_min * (int) count_columns (self);
  else
    *minimum = *natural = (int) ceil (get_y (self, self->to_min)) + self->line;
  for (guint i = 0; i < self->places->len; i++) {
    int ignored;

    gtk_widget_measure (GTK_WIDGET (g_array_index (self->places, Place, i).chip), orientation, -1,
                        &ignored, NULL, NULL, NULL);
  }
  for (guint i = 0; i < self->slots->len; i++) {
    int ignored;

    gtk_widget_measure (GTK_WIDGET (g_array_index (self->slots, Slot, i).cell), orientation, -1,
                        &ignored, NULL, NULL, NULL);
  }
  if (self->put != NULL) {
    int ignored;

    gtk_widget_measure (self->put, orientation, -1, &ignored, NULL, NULL, NULL);
  }
}

static void
allocate_slots (AvaDayView *self,
                int         width)
{
  for (guint i = 0; i < self->slots->len; i++) {
    Slot *slot = &g_array_index (self->slots, Slot, i);
    int x;
    int column_width;
    int y = get_y (self, slot->start_min) + 1;

    ava_day_view_get_column (self, slot->column, width, &x, &column_width);
    gtk_widget_size_allocate (GTK_WIDGET (slot->cell), &(GtkAllocation) { x + CHIP_GAP, y, MAX (column_width - 2 * CHIP_GAP, 1),
                              MAX (get_y (self, slot->start_min + SLOT_MINUTES) - y - 1, 1) }, -1);
  }
}

static void
allocate_put (AvaDayView *self,
              int         width,
              int         height)
{
  int x;
  int column_width;
  int min_width;
  int min_height;

  if (self->put == NULL)
    return;
  ava_day_view_get_column (self, self->put_at.column, width, &x, &column_width);
  gtk_widget_measure (self->put, GTK_ORIENTATION_HORIZONTAL, -1, &min_width, NULL, NULL, NULL);
  column_width = MAX (column_width, min_width);
  gtk_widget_measure (self->put, GTK_ORIENTATION_VERTICAL, column_width, &min_height, NULL, NULL, NULL);
  gtk_widget_size_allocate (self->put, &(GtkAllocation) { CLAMP (x, 0, MAX (width - column_width, 0)),
                            CLAMP ((int) get_y (self, self->put_at.start_min), 0, MAX (height - min_height, 0)),
                            column_width, min_height }, -1);
}

static void
ava_day_view_size_allocate (GtkWidget *widget,
                            int        width,
                            int        height,
                            int        baseline)
{
  AvaDayView *self = AVA_DAY_VIEW (widget);

  for (guint i = 0; i < self->places->len; i++) {
    Place *place = &g_array_index (self->places, Place, i);
    int x;
    int column_width;
    int min_width;
    int min_height;
    GtkAllocation allocation;

    ava_day_view_get_column (self, place->column, width, &x, &column_width);
    gtk_widget_measure (GTK_WIDGET (place->chip), GTK_ORIENTATION_HORIZONTAL, -1, &min_width, NULL, NULL, NULL);
    allocation.x = x + CHIP_GAP + (column_width - CHIP_GAP) * place->lane / place->n_lanes;
    allocation.width = MAX ((column_width - CHIP_GAP) / (int) place->n_lanes - 2 * CHIP_GAP, min_width);
    gtk_widget_measure (GTK_WIDGET (place->chip), GTK_ORIENTATION_VERTICAL, allocation.width, &min_height,
                        NULL, NULL, NULL);
    allocation.y = get_y (self, place->start_min) + 1;
    /* A short appointment still shows its first line. */
    allocation.height = MAX (get_y (self, place->end_min) - get_y (self, place->start_min) - 2, min_height);
    gtk_widget_size_allocate (GTK_WIDGET (place->chip), &allocation, -1);
  }
  allocate_slots (self, width);
  allocate_put (self, width, height);
}

/* --- drawing --- */

static void
draw_hours (AvaDayView   *self,
            GtkSnapshot  *snapshot,
            const GdkRGBA *text)
{
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  int width = gtk_widget_get_width (GTK_WIDGET (self));
  GdkRGBA dim = *text;
  GdkRGBA full = *text;
  GdkRGBA half = *text;

  dim.alpha *= 0.6;
  full.alpha *= 0.14;
  half.alpha *= 0.06;
  for (int minute = self->from_min; minute <= self->to_min; minute += 30) {
    double y = floor (get_y (self, minute));
    graphene_rect_t line = GRAPHENE_RECT_INIT (rtl ? 0 : self->gutter, y, width - self->gutter, 1);

    gtk_snapshot_append_color (snapshot, minute % 60 == 0 ? &full : &half, &line);
    if (minute % 60 == 0 && minute < self->to_min) {
      g_autofree char *label = ava_display_minute (minute);
      g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), label);
      int text_width;
      int text_height;

      pango_layout_get_pixel_size (layout, &text_width, &text_height);
      gtk_snapshot_save (snapshot);
      gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (rtl ? width - self->gutter + self->line / 2
                                                                  : self->gutter - text_width - self->line / 2,
                                                              y - text_height / 2));
      gtk_snapshot_append_layout (snapshot, layout, &dim);
      gtk_snapshot_restore (snapshot);
    }
  }
}

static void
draw_band (AvaDayView    *self,
           GtkSnapshot   *snapshot,
           const GdkRGBA *colour,
           int            x,
           int            width,
           int            from_min,
           int            to_min)
{
  double top = get_y (self, from_min);
  double bottom = get_y (self, to_min);

  if (bottom > top)
    gtk_snapshot_append_color (snapshot, colour, &GRAPHENE_RECT_INIT (x, top, width, bottom - top));
}

/* What lies outside the provider's hours is shaded. */
static void
draw_column (AvaDayView    *self,
             GtkSnapshot   *snapshot,
             guint          column,
             const GdkRGBA *text)
{
  AvaProvider *provider = get_provider (self, column);
  GdkRGBA shade = *text;
  GdkRGBA line = *text;
  int open_min = 0;
  int close_min = 0;
  int x;
  int width;

  ava_day_view_get_column (self, column, gtk_widget_get_width (GTK_WIDGET (self)), &x, &width);
  shade.alpha *= 0.07;
  line.alpha *= 0.1;
  if (!ava_spa_get_hours (self->spa, provider->id, self->day, &open_min, &close_min, NULL))
    open_min = close_min = self->to_min;
  draw_band (self, snapshot, &shade, x, width, self->from_min, open_min);
  draw_band (self, snapshot, &shade, x, width, close_min, self->to_min);
  draw_band (self, snapshot, &line, x, 1, self->from_min, self->to_min);
}

/* Set-up and clean-up: the time is taken, though nobody is told of it. */
static void
draw_busy (AvaDayView  *self,
           GtkSnapshot *snapshot,
           Place       *place)
{
  AvaProvider *provider = get_provider (self, place->column);
  GdkRGBA colour;
  int x;
  int width;

  if (provider->colour == NULL || !gdk_rgba_parse (&colour, provider->colour))
    return;
  colour.alpha = 0.12;
  ava_day_view_get_column (self, place->column, gtk_widget_get_width (GTK_WIDGET (self)), &x, &width);
  draw_band (self, snapshot, &colour, x + 1, width - 1, place->busy_start_min, place->start_min);
  draw_band (self, snapshot, &colour, x + 1, width - 1, place->end_min, place->busy_end_min);
}

static int
get_minute (AvaDayView *self,
            gint64      time_us)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time_us / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, self->spa->zone);
  int day = g_date_time_get_year (local) * 366 + g_date_time_get_day_of_year (local);
  int shown = g_date_time_get_year (self->day) * 366 + g_date_time_get_day_of_year (self->day);

  if (day != shown)
    return day < shown ? 0 : MINUTES_PER_DAY;
  return g_date_time_get_hour (local) * 60 + g_date_time_get_minute (local);
}

static gboolean
is_now_shown (AvaDayView *self,
              int        *minute)
{
  if (self->spa == NULL || self->now_us == 0)
    return FALSE;
  *minute = get_minute (self, self->now_us);
  return *minute > self->from_min && *minute < self->to_min;
}

static void
draw_now (AvaDayView  *self,
          GtkSnapshot *snapshot)
{
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  int width = gtk_widget_get_width (GTK_WIDGET (self));
  GskRoundedRect knob;
  GdkRGBA colour;
  int minute;
  double y;
  double x;

  if (!is_now_shown (self, &minute))
    return;
  y = floor (get_y (self, minute));
  x = rtl ? width - self->gutter : self->gutter;
  ava_compat_get_color (GTK_WIDGET (self), "error_color", &colour);
  gtk_snapshot_append_color (snapshot, &colour,
                             &GRAPHENE_RECT_INIT (rtl ? 0 : self->gutter, y - 1, width - self->gutter, 2));
  gsk_rounded_rect_init_from_rect (&knob, &GRAPHENE_RECT_INIT (x - 5, y - 5, 10, 10), 5);
  gtk_snapshot_push_rounded_clip (snapshot, &knob);
  gtk_snapshot_append_color (snapshot, &colour, &knob.bounds);
  gtk_snapshot_pop (snapshot);
}

static void
ava_day_view_snapshot (GtkWidget   *widget,
                       GtkSnapshot *snapshot)
{
  AvaDayView *self = AVA_DAY_VIEW (widget);
  GdkRGBA text;

  if (self->spa == NULL || self->day == NULL)
    return;
  ava_compat_get_color (widget, NULL, &text);
  for (guint i = 0; i < count_columns (self); i++)
    draw_column (self, snapshot, i, &text);
  for (guint i = 0; i < self->places->len; i++)
    draw_busy (self, snapshot, &g_array_index (self->places, Place, i));
  draw_hours (self, snapshot, &text);
  draw_now (self, snapshot);
  GTK_WIDGET_CLASS (ava_day_view_parent_class)->snapshot (widget, snapshot);
}

/* --- filling --- */

static int
compare_places (gconstpointer a,
                gconstpointer b)
{
  const Place *first = a;
  const Place *second = b;

  if (first->column != second->column)
    return first->column < second->column ? -1 : 1;
  if (first->start_min != second->start_min)
    return first->start_min - second->start_min;
  return first->end_min - second->end_min;
}

/* Chips that overlap in a column share its width. */
static void
assign_lanes (AvaDayView *self)
{
  guint first = 0;
  int cluster_end = -1;

  g_array_sort (self->places, compare_places);
  for (guint i = 0; i <= self->places->len; i++) {
    Place *place = i < self->places->len ? &g_array_index (self->places, Place, i) : NULL;
    Place *start = first < self->places->len ? &g_array_index (self->places, Place, first) : NULL;

    if (place == NULL || place->start_min >= cluster_end || place->column != start->column) {
      for (guint j = first; j < i; j++)
        g_array_index (self->places, Place, j).n_lanes = MAX (i - first, 1);
      first = i;
      cluster_end = -1;
    }
    if (place == NULL)
      return;
    place->lane = i - first;
    cluster_end = MAX (cluster_end, place->end_min);
  }
}

static void
choose_hours (AvaDayView *self)
{
  int open_min = 9 * 60;
  int close_min = 17 * 60;
  gboolean open = ava_spa_get_hours (self->spa, NULL, self->day, &open_min, &close_min, NULL);
  int from = open ? open_min : 9 * 60;
  int to = open ? close_min : 17 * 60;

  for (guint i = 0; i < self->places->len; i++) {
    from = MIN (from, g_array_index (self->places, Place, i).start_min);
    to = MAX (to, g_array_index (self->places, Place, i).end_min);
  }
  self->from_min = MAX (from / 60 * 60 - 60, 0);
  self->to_min = MIN ((to + 59) / 60 * 60 + 60, MINUTES_PER_DAY);
}

static gboolean
find_column (AvaDayView *self,
             const char *provider_id,
             guint      *column)
{
  guint n = count_columns (self);

  for (*column = 0; *column < n; (*column)++) {
    if (g_strcmp0 (get_provider (self, *column)->id, provider_id) == 0)
      return TRUE;
  }
  return FALSE;
}

static void
on_chip_clicked (AvaAppointmentChip *chip,
                 AvaDayView         *self)
{
  g_signal_emit (self, signals[CHOSEN], 0, chip);
}

static Place *
find_place (AvaDayView *self,
            const char *id)
{
  for (guint i = 0; i < self->places->len; i++) {
    Place *place = &g_array_index (self->places, Place, i);

    if (g_strcmp0 (ava_appointment_chip_get_appointment (place->chip)->id, id) == 0)
      return place;
  }
  return NULL;
}

static void
show_appointment (AvaDayView     *self,
                  AvaAppointment *appointment)
{
  Place *place = find_place (self, appointment->id);
  Place new_place = { 0 };
  guint column;

  if (appointment->status == AVA_APPOINTMENT_CANCELLED ||
      !find_column (self, appointment->provider_id, &column))
    return;
  if (place == NULL) {
    new_place.chip = ava_appointment_chip_new ();
    gtk_widget_set_parent (GTK_WIDGET (new_place.chip), GTK_WIDGET (self));
    g_signal_connect_object (new_place.chip, "clicked", G_CALLBACK (on_chip_clicked), self, 0);
    if (self->filled)
      ava_appointment_chip_highlight (new_place.chip);
    g_array_append_val (self->places, new_place);
    place = &g_array_index (self->places, Place, self->places->len - 1);
  }
  place->column = column;
  place->start_min = get_minute (self, appointment->start_us);
  place->end_min = MAX (get_minute (self, appointment->end_us), place->start_min + 5);
  place->busy_start_min = appointment->busy_start_us > 0 ? get_minute (self, appointment->busy_start_us)
                                                         : place->start_min;
  place->busy_end_min = appointment->busy_end_us > 0 ? get_minute (self, appointment->busy_end_us)
                                                     : place->end_min;
  place->seen = TRUE;
  ava_appointment_chip_set_appointment (place->chip, appointment, self->spa->zone,
                                        get_provider (self, column)->colour);
}

static void
on_slot_activated (AvaSlotCell *cell,
                   const char  *typed,
                   AvaDayView  *self)
{
  g_signal_emit (self, signals[SLOT_ACTIVATED], 0, cell, typed);
}

static gboolean
is_taken (AvaDayView *self,
          guint       column,
          int         start_min)
{
  for (guint i = 0; i < self->places->len; i++) {
    Place *place = &g_array_index (self->places, Place, i);

    if (place->column == column && place->busy_start_min < start_min + SLOT_MINUTES && place->busy_end_min > start_min)
      return TRUE;
  }
  return FALSE;
}

static void
add_slot (AvaDayView *self,
          guint       column,
          int         start_min)
{
  AvaProvider *provider = get_provider (self, column);
  g_autofree char *time = ava_display_minute (start_min);
  g_autofree char *label = g_strdup_printf (_("%s, %s, free"), provider->name, time);
  gint64 start_us = (g_date_time_to_unix (self->day) + start_min * 60) * G_USEC_PER_SEC;
  Slot slot = { ava_slot_cell_new (), column, start_min };

  ava_slot_cell_set_place (slot.cell, &(AvaSlotPlace) { provider->id, NULL, start_us,
                           start_us + (gint64) SLOT_MINUTES * 60 * G_USEC_PER_SEC, NULL, label });
  g_signal_connect_object (slot.cell, "activated", G_CALLBACK (on_slot_activated), self, 0);
  gtk_widget_set_parent (GTK_WIDGET (slot.cell), GTK_WIDGET (self));
  g_array_append_val (self->slots, slot);
}

static void
clear_slots (AvaDayView *self)
{
  for (guint i = 0; i < self->slots->len; i++)
    gtk_widget_unparent (GTK_WIDGET (g_array_index (self->slots, Slot, i).cell));
  g_array_set_size (self->slots, 0);
}

static void
fill_slots (AvaDayView *self)
{
  clear_slots (self);
  for (guint column = 0; column < count_columns (self); column++) {
    int open_min;
    int close_min;

    if (!ava_spa_get_hours (self->spa, get_provider (self, column)->id, self->day, &open_min, &close_min, NULL))
      continue;
    for (int minute = open_min; minute + SLOT_MINUTES <= close_min; minute += SLOT_MINUTES) {
      if (!is_taken (self, column, minute))
        add_slot (self, column, minute);
    }
  }
}

/* Tab order and screen readers follow the columns. */
static void
order_chips (AvaDayView *self)
{
  for (guint i = 0; i < self->places->len; i++)
    gtk_widget_insert_before (GTK_WIDGET (g_array_index (self->places, Place, i).chip), GTK_WIDGET (self), NULL);
}

static void
update (AvaDayView *self)
{
  guint n = self->model != NULL ? g_list_model_get_n_items (self->model) : 0;
  guint shown = 0;

  if (self->spa == NULL || self->day == NULL)
    return;
  for (guint i = 0; i < self->places->len; i++)
    g_array_index (self->places, Place, i).seen = FALSE;
  for (guint i = 0; i < n; i++) {
    g_autoptr (AvaAppointment) appointment = g_list_model_get_item (self->model, i);

    if (appointment != NULL && appointment->id != NULL)
      show_appointment (self, appointment);
  }
  for (guint i = self->places->len; i > 0; i--) {
    Place *place = &g_array_index (self->places, Place, i - 1);

    shown += place->seen;
    if (!place->seen) {
      gtk_widget_unparent (GTK_WIDGET (place->chip));
      g_array_remove_index (self->places, i - 1);
    }
  }
  /* Of an empty day that was never filled nobody knows yet whether it is just being read. */
  self->filled = self->filled || shown > 0;
  choose_hours (self);
  assign_lanes (self);
  fill_slots (self);
  order_chips (self);
  if (self->put != NULL)
    gtk_widget_insert_before (self->put, GTK_WIDGET (self), NULL);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static gboolean
update_cb (gpointer user_data)
{
  AvaDayView *self = user_data;

  self->update_id = 0;
  update (self);
  return G_SOURCE_REMOVE;
}

static void
queue_update (AvaDayView *self)
{
  if (self->update_id == 0)
    self->update_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, update_cb, self, NULL);
}

/**
 * ava_day_view_set_day:
 * @day: local midnight, in the spa's zone
 *
 * Shows another day, or the same one of a spa whose settings changed.
 */
void
ava_day_view_set_day (AvaDayView *self,
                      AvaSpa     *spa,
                      GDateTime  *day)
{
  g_return_if_fail (AVA_IS_DAY_VIEW (self));

  g_set_object (&self->spa, spa);
  g_clear_pointer (&self->day, g_date_time_unref);
  self->day = g_date_time_ref (day);
  self->filled = FALSE;
  update (self);
}

/**
 * ava_day_view_set_model:
 * @model: (nullable): AvaAppointment of the day
 */
void
ava_day_view_set_model (AvaDayView *self,
                        GListModel *model)
{
  g_return_if_fail (AVA_IS_DAY_VIEW (self));

  if (self->model != NULL)
    g_signal_handlers_disconnect_by_func (self->model, queue_update, self);
  g_set_object (&self->model, model);
  if (model != NULL)
    g_signal_connect_swapped (model, "items-changed", G_CALLBACK (queue_update), self);
  queue_update (self);
}

/**
 * ava_day_view_set_now:
 *
 * Moves the line of the present.
 */
void
ava_day_view_set_now (AvaDayView *self,
                      gint64      now_us)
{
  self->now_us = now_us;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * ava_day_view_get_n_chips:
 *
 * Returns: how many appointments are shown
 */
guint
ava_day_view_get_n_chips (AvaDayView *self)
{
  return self->places->len;
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
  Place *place = find_place (self, appointment_id);

  return place != NULL ? place->chip : NULL;
}

static Slot *
find_slot (AvaDayView *self,
           const char *provider_id,
           gint64      start_us)
{
  for (guint i = 0; i < self->slots->len; i++) {
    Slot *slot = &g_array_index (self->slots, Slot, i);
    const AvaSlotPlace *place = ava_slot_cell_get_place (slot->cell);

    if (place->start_us <= start_us && start_us < place->end_us && g_strcmp0 (place->provider_id, provider_id) == 0)
      return slot;
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
  Slot *slot = find_slot (self, provider_id, start_us);

  return slot != NULL ? slot->cell : NULL;
}

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
  Slot *slot = find_slot (self, provider_id, start_us);

  if (slot == NULL)
    return FALSE;
  if (self->put != NULL && self->put != widget)
    gtk_widget_unparent (self->put);
  self->put_at = *slot;
  if (self->put != widget)
    gtk_widget_set_parent (widget, GTK_WIDGET (self));
  self->put = widget;
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
  if (self->put == NULL || self->put != widget)
    return;
  self->put = NULL;
  gtk_widget_unparent (widget);
}

static Place *
find_focused (AvaDayView *self)
{
  for (guint i = 0; i < self->places->len; i++) {
    Place *place = &g_array_index (self->places, Place, i);

    if (gtk_widget_has_focus (GTK_WIDGET (place->chip)))
      return place;
  }
  return NULL;
}

/* How far @place is from @from in @direction; -1 when it does not lie there. */
static int
rate_step (Place            *from,
           Place            *place,
           GtkDirectionType  direction)
{
  int columns = (int) place->column - (int) from->column;
  int minutes = place->start_min - from->start_min;

  switch (direction) {
  case GTK_DIR_UP:
    return columns == 0 && minutes < 0 ? -minutes : -1;
  case GTK_DIR_DOWN:
    return columns == 0 && minutes > 0 ? minutes : -1;
  case GTK_DIR_LEFT:
    return columns < 0 ? -columns * MINUTES_PER_DAY + abs (minutes) : -1;
  case GTK_DIR_RIGHT:
    return columns > 0 ? columns * MINUTES_PER_DAY + abs (minutes) : -1;
  default:
    return -1;
  }
}

/**
 * ava_day_view_step:
 * @direction: as seen on the screen
 *
 * Moves the keyboard to the next appointment in that direction, or to the first.
 *
 * Returns: (transfer none) (nullable): the one that has the keyboard now; %NULL when there is none
 */
AvaAppointmentChip *
ava_day_view_step (AvaDayView       *self,
                   GtkDirectionType  direction)
{
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  Place *from = find_focused (self);
  Place *best = NULL;
  int best_rate = G_MAXINT;

  if (rtl && (direction == GTK_DIR_LEFT || direction == GTK_DIR_RIGHT))
    direction = direction == GTK_DIR_LEFT ? GTK_DIR_RIGHT : GTK_DIR_LEFT;
  if (from == NULL && self->places->len > 0)
    best = &g_array_index (self->places, Place, 0);
  for (guint i = 0; from != NULL && i < self->places->len; i++) {
    Place *place = &g_array_index (self->places, Place, i);
    int rate = rate_step (from, place, direction);

    if (rate >= 0 && rate < best_rate) {
      best = place;
      best_rate = rate;
    }
  }
  if (best != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (best->chip));
  return best != NULL ? best->chip : NULL;
}

static gboolean
step_cb (GtkWidget *widget,
         GVariant  *args,
         gpointer   user_data)
{
  return ava_day_view_step (AVA_DAY_VIEW (widget), g_variant_get_int32 (args)) != NULL;
}

/**
 * ava_day_view_get_focus_y:
 *
 * Returns: [px] from the top, of what one looks for first
 */
double
ava_day_view_get_focus_y (AvaDayView *self)
{
  int minute;
  int open_min = 9 * 60;
  int close_min;

  if (self->spa == NULL || self->day == NULL)
    return 0;
  if (is_now_shown (self, &minute))
    return MAX (get_y (self, minute - 90), 0);
  ava_spa_get_hours (self->spa, NULL, self->day, &open_min, &close_min, NULL);
  return MAX (get_y (self, open_min - 30), 0);
}

static void
ava_day_view_dispose (GObject *object)
{
  AvaDayView *self = AVA_DAY_VIEW (object);

  g_clear_handle_id (&self->update_id, g_source_remove);
  if (self->model != NULL)
    g_signal_handlers_disconnect_by_func (self->model, queue_update, self);
  for (guint i = 0; self->places != NULL && i < self->places->len; i++)
    gtk_widget_unparent (GTK_WIDGET (g_array_index (self->places, Place, i).chip));
  if (self->slots != NULL)
    clear_slots (self);
  g_clear_pointer (&self->put, gtk_widget_unparent);
  g_clear_pointer (&self->places, g_array_unref);
  g_clear_pointer (&self->slots, g_array_unref);
  g_clear_object (&self->model);
  g_clear_object (&self->spa);
  g_clear_pointer (&self->day, g_date_time_unref);
  G_OBJECT_CLASS (ava_day_view_parent_class)->dispose (object);
}

static void
ava_day_view_class_init (AvaDayViewClass *klass)
{
  static const struct { guint key; guint keypad; GtkDirectionType direction; } arrows[] = {
    { GDK_KEY_Up, GDK_KEY_KP_Up, GTK_DIR_UP }, { GDK_KEY_Down, GDK_KEY_KP_Down, GTK_DIR_DOWN },
    { GDK_KEY_Left, GDK_KEY_KP_Left, GTK_DIR_LEFT }, { GDK_KEY_Right, GDK_KEY_KP_Right, GTK_DIR_RIGHT },
  };
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ava_day_view_dispose;
  widget_class->measure = ava_day_view_measure;
  widget_class->size_allocate = ava_day_view_size_allocate;
  widget_class->snapshot = ava_day_view_snapshot;
  gtk_widget_class_set_css_name (widget_class, "dayview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  signals[CHOSEN] = g_signal_new ("chosen", AVA_TYPE_DAY_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, AVA_TYPE_APPOINTMENT_CHIP);
  signals[SLOT_ACTIVATED] = g_signal_new ("slot-activated", AVA_TYPE_DAY_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 2, AVA_TYPE_SLOT_CELL, G_TYPE_STRING);
  for (guint i = 0; i < G_N_ELEMENTS (arrows); i++) {
    gtk_widget_class_add_binding (widget_class, arrows[i].key, 0, step_cb, "i", arrows[i].direction);
    gtk_widget_class_add_binding (widget_class, arrows[i].keypad, 0, step_cb, "i", arrows[i].direction);
  }
}

static void
ava_day_view_init (AvaDayView *self)
{
  self->places = g_array_new (FALSE, TRUE, sizeof (Place));
  self->slots = g_array_new (FALSE, TRUE, sizeof (Slot));
  self->from_min = 8 * 60;
  self->to_min = 18 * 60;
}
