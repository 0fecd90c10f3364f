/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-day-cell.h"

#include "ava-compat.h"

#include <glib/gi18n.h>

#define MAX_CHIPS 12      /* of a provider's day */
#define MAX_MONTH_CHIPS 6 /* more find no room in a day of a month */
#define PAD 4             /* [px] */
#define GAP 2             /* [px] */

struct _AvaDayCell {
  GtkWidget parent_instance;

  GtkWidget *title;       /* label, borrowed as a child */
  GPtrArray *chips;       /* AvaAppointmentChip, borrowed as children */
  GDate day;
  char *provider_id;      /* nullable */
  guint n_appointments;
  guint n_shown;
  gboolean has_title;
  int more_y;             /* [px] where it says how many more there are; 0: there are none */
};

enum { CHOSEN, OPENED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AvaDayCell, ava_day_cell, GTK_TYPE_WIDGET)

static int
measure_height (GtkWidget *child)
{
  int height;

  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, -1, &height, NULL, NULL, NULL);
  return height;
}

static int
measure_line (AvaDayCell *self)
{
  PangoFontMetrics *metrics = pango_context_get_metrics (gtk_widget_get_pango_context (self->title), NULL, NULL);
  int line = PANGO_PIXELS_CEIL (pango_font_metrics_get_height (metrics));

  pango_font_metrics_unref (metrics);
  return line;
}

static int
measure_chip (AvaDayCell *self)
{
  return self->chips->len > 0 ? measure_height (self->chips->pdata[0]) : 0;
}

static void
ava_day_cell_measure (GtkWidget      *widget,
                      GtkOrientation  orientation,
                      int             for_size,
                      int            *minimum,
                      int            *natural,
                      int            *minimum_baseline,
                      int            *natural_baseline)
{
  AvaDayCell *self = AVA_DAY_CELL (widget);
  int title = measure_height (self->title);
  int more = measure_line (self);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    gtk_widget_measure (child, orientation, -1, NULL, NULL, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL) {
    *minimum = *natural = 24;
    return;
  }
  if (!self->has_title)
    title = 0;
  *minimum = 2 * PAD + title + more;
  *natural = 2 * PAD + title + MAX ((int) self->chips->len * (measure_chip (self) + GAP), more) +
             (self->n_appointments > self->chips->len ? more : 0);
}

static void
place (GtkWidget *child,
       int        y,
       int        width,
       int        height)
{
  int min_width;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &min_width, NULL, NULL, NULL);
  gtk_widget_size_allocate (child, &(GtkAllocation) { PAD, y, MAX (width - 2 * PAD, min_width), height }, -1);
}

/* Drawn, since how many find room is known only while they are laid out. */
static void
ava_day_cell_snapshot (GtkWidget   *widget,
                       GtkSnapshot *snapshot)
{
  AvaDayCell *self = AVA_DAY_CELL (widget);
  guint hidden = ava_day_cell_get_n_hidden (self);
  int width = gtk_widget_get_width (widget) - 2 * PAD;
  g_autofree char *words = NULL;
  g_autoptr (PangoLayout) layout = NULL;
  PangoAttrList *attributes;
  GdkRGBA colour;

  GTK_WIDGET_CLASS (ava_day_cell_parent_class)->snapshot (widget, snapshot);
  if (hidden == 0 || width <= 0)
    return;
  /* Where there is no room for words, the number alone. */
  words = self->n_shown > 0 ? g_strdup_printf (ngettext ("%u more", "%u more", hidden), hidden)
          : width < 7 * measure_line (self) ? g_strdup_printf ("%u", hidden)
          : g_strdup_printf (ngettext ("%u appointment", "%u appointments", hidden), hidden);
  layout = gtk_widget_create_pango_layout (widget, words);
  attributes = pango_attr_list_new ();
  pango_attr_list_insert (attributes, pango_attr_scale_new (PANGO_SCALE_SMALL));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
  pango_layout_set_width (layout, width * PANGO_SCALE);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  ava_compat_get_color (widget, NULL, &colour);
  colour.alpha *= 0.65;
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (PAD, self->more_y));
  gtk_snapshot_append_layout (snapshot, layout, &colour);
  gtk_snapshot_restore (snapshot);
}

static void
ava_day_cell_size_allocate (GtkWidget *widget,
                            int        width,
                            int        height,
                            int        baseline)
{
  AvaDayCell *self = AVA_DAY_CELL (widget);
  int chip = measure_chip (self) + GAP;
  int more = measure_line (self);
  int y = PAD;
  int room;
  guint fit;

  if (self->has_title) {
    int title = measure_height (self->title);

    place (self->title, y, width, title);
    y += title;
  }
  room = height - PAD - y;
  /* A line of a narrow cell would tell nothing. */
  fit = chip > 0 && width >= 4 * chip ? MAX (room / chip, 0) : 0;
  if (fit < self->n_appointments)
    fit = MIN (fit, (guint) (chip > 0 ? MAX ((room - more) / chip, 0) : 0));
  self->n_shown = MIN (fit, self->chips->len);
  for (guint i = 0; i < self->chips->len; i++) {
    gtk_widget_set_child_visible (self->chips->pdata[i], i < self->n_shown);
    place (self->chips->pdata[i], y, width, MAX (chip - GAP, 1));
    if (i < self->n_shown)
      y += chip;
  }
  self->more_y = y;
}

static void
activate_action (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  g_signal_emit (widget, signals[OPENED], 0);
}

static gboolean
activate_cb (GtkWidget *widget,
             GVariant  *args,
             gpointer   user_data)
{
  if (!gtk_widget_has_focus (widget))
    return GDK_EVENT_PROPAGATE;
  g_signal_emit (widget, signals[OPENED], 0);
  return GDK_EVENT_STOP;
}

static void
on_pressed (AvaDayCell *self,
            int         n_press,
            double      x,
            double      y)
{
  GtkWidget *child = gtk_widget_pick (GTK_WIDGET (self), x, y, GTK_PICK_DEFAULT);
  gboolean on_more = ava_day_cell_get_n_hidden (self) > 0 && y >= self->more_y;

  if (child != GTK_WIDGET (self) && child != self->title)
    return;
  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (n_press == 2 || on_more)
    g_signal_emit (self, signals[OPENED], 0);
}

static void
on_chip_clicked (AvaAppointmentChip *chip,
                 AvaDayCell         *self)
{
  g_signal_emit (self, signals[CHOSEN], 0, chip);
}

static void
ava_day_cell_dispose (GObject *object)
{
  AvaDayCell *self = AVA_DAY_CELL (object);

  for (guint i = 0; self->chips != NULL && i < self->chips->len; i++)
    gtk_widget_unparent (self->chips->pdata[i]);
  g_clear_pointer (&self->chips, g_ptr_array_unref);
  g_clear_pointer (&self->title, gtk_widget_unparent);
  g_clear_pointer (&self->provider_id, g_free);
  G_OBJECT_CLASS (ava_day_cell_parent_class)->dispose (object);
}

static void
ava_day_cell_class_init (AvaDayCellClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ava_day_cell_dispose;
  widget_class->measure = ava_day_cell_measure;
  widget_class->size_allocate = ava_day_cell_size_allocate;
  widget_class->snapshot = ava_day_cell_snapshot;
  gtk_widget_class_set_css_name (widget_class, "daycell");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_BUTTON);
  gtk_widget_class_install_action (widget_class, "day.open", NULL, activate_action);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Return, 0, activate_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_KP_Enter, 0, activate_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_space, 0, activate_cb, NULL);
  signals[CHOSEN] = g_signal_new ("chosen", AVA_TYPE_DAY_CELL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, AVA_TYPE_APPOINTMENT_CHIP);
  signals[OPENED] = g_signal_new ("opened", AVA_TYPE_DAY_CELL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
ava_day_cell_init (AvaDayCell *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  g_signal_connect_swapped (click, "pressed", G_CALLBACK (on_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  self->chips = g_ptr_array_new ();
  self->title = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->title), 0);
  gtk_label_set_ellipsize (GTK_LABEL (self->title), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (self->title, "caption");
  gtk_widget_add_css_class (self->title, "day-title");
  gtk_widget_set_parent (self->title, GTK_WIDGET (self));
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  g_date_clear (&self->day, 1);
}

/**
 * ava_day_cell_new:
 *
 * Returns: (transfer floating): an empty day
 */
AvaDayCell *
ava_day_cell_new (void)
{
  return g_object_new (AVA_TYPE_DAY_CELL, NULL);
}

static void
set_class (GtkWidget  *widget,
           const char *name,
           gboolean    set)
{
  if (set)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

static void
show_appointments (AvaDayCell *self,
                   GPtrArray  *appointments,
                   GTimeZone  *zone)
{
  guint n = MIN (appointments->len, self->provider_id != NULL ? MAX_CHIPS : MAX_MONTH_CHIPS);

  while (self->chips->len > n)
    gtk_widget_unparent (g_ptr_array_remove_index (self->chips, self->chips->len - 1));
  for (guint i = 0; i < n; i++) {
    AvaAppointment *appointment = appointments->pdata[i];

    if (i == self->chips->len) {
      AvaAppointmentChip *chip = ava_appointment_chip_new (AVA_CHIP_LINE);

      gtk_widget_set_parent (GTK_WIDGET (chip), GTK_WIDGET (self));
      g_signal_connect_object (chip, "clicked", G_CALLBACK (on_chip_clicked), self, 0);
      g_ptr_array_add (self->chips, chip);
    }
    ava_appointment_chip_set_appointment (self->chips->pdata[i], appointment, zone, appointment->provider_colour);
  }
  self->n_appointments = appointments->len;
  self->n_shown = n;
}

/**
 * ava_day_cell_set_content:
 * @zone: of the location
 */
void
ava_day_cell_set_content (AvaDayCell              *self,
                          const AvaDayCellContent *content,
                          GTimeZone               *zone)
{
  g_autofree char *title = content->note != NULL && content->title != NULL
    ? g_strdup_printf ("%s · %s", content->title, content->note) : g_strdup (content->title != NULL ? content->title : content->note);

  g_return_if_fail (AVA_IS_DAY_CELL (self));

  self->day = content->day;
  g_free (self->provider_id);
  self->provider_id = g_strdup (content->provider_id);
  self->has_title = title != NULL;
  gtk_widget_set_child_visible (self->title, self->has_title);
  gtk_label_set_text (GTK_LABEL (self->title), title != NULL ? title : "");
  set_class (GTK_WIDGET (self), "closed", content->closed);
  set_class (GTK_WIDGET (self), "outside", content->outside);
  set_class (GTK_WIDGET (self), "today", content->today);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, content->label, -1);
  show_appointments (self, content->appointments, zone);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

const GDate *
ava_day_cell_get_day (AvaDayCell *self)
{
  return &self->day;
}

/* Returns: (nullable): whose day it is */
const char *
ava_day_cell_get_provider (AvaDayCell *self)
{
  return self->provider_id;
}

guint
ava_day_cell_get_n_chips (AvaDayCell *self)
{
  return self->n_shown;
}

guint
ava_day_cell_get_n_hidden (AvaDayCell *self)
{
  return self->n_appointments - self->n_shown;
}

/* Returns: (transfer none) (nullable): the line of that appointment */
AvaAppointmentChip *
ava_day_cell_find_chip (AvaDayCell *self,
                        const char *appointment_id)
{
  for (guint i = 0; i < self->chips->len; i++) {
    AvaAppointmentChip *chip = self->chips->pdata[i];

    if (g_strcmp0 (ava_appointment_chip_get_appointment (chip)->id, appointment_id) == 0)
      return chip;
  }
  return NULL;
}
