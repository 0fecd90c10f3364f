/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-appointment-chip.h"

#include "ava-compat.h"
#include "ava-display.h"

#include <glib/gi18n.h>
#include <string.h>

#define EDGE 4            /* [px] of full colour */
#define PAD 6             /* [px] between edge and text */
#define DOT 7             /* [px] of the state's dot */
#define END_GAP 4         /* [px] after the text */
#define RADIUS 7.0        /* [px], as in the style */
#define DETAILS_BREAK " · "
#define FRESH_SECONDS 6
#define MAX_FLAGS 6

struct _AvaAppointmentChip {
  GtkButton parent_instance;

  AvaChipKind kind;
  GtkWidget *flags[MAX_FLAGS];  /* labels, borrowed as children; NULL where there are fewer */
  GtkWidget *sign;              /* "!" in their place where there is no room for them; NULL without flags */
  AvaAppointment *appointment;  /* owned */
  char *label;                  /* for screen readers */
  char *time;                   /* "10:00" */
  char *title;                  /* "10:00 Anna Adams" */
  char *details;                /* "confirmed · Botox" */
  int title_width;              /* [px] for which the title was fitted last */
  gboolean time_below;          /* the title has no room for the time: the details begin with it */
  PangoLayout *title_layout;    /* owned, made when it is drawn first */
  PangoLayout *details_layout;
  GdkRGBA colour;
  int line;                     /* [px] */
  int flags_x;                  /* [px] where the flags begin */
  int flags_line;               /* on which they stand: the last there is */
  guint fresh_id;
};

G_DEFINE_FINAL_TYPE (AvaAppointmentChip, ava_appointment_chip, GTK_TYPE_BUTTON)

/**
 * ava_appointment_chip_get_status_color:
 * @widget: whose style is asked
 * @colour: (out): it
 */
void
ava_appointment_chip_get_status_color (GtkWidget            *widget,
                                       AvaAppointmentStatus  status,
                                       GdkRGBA              *colour)
{
  static const char *const names[] = {
    [AVA_APPOINTMENT_CONFIRMED] = "success_color", [AVA_APPOINTMENT_ARRIVED] = "accent_color",
    [AVA_APPOINTMENT_IN_ROOM] = "purple_3", [AVA_APPOINTMENT_NO_SHOW] = "error_color",
    [AVA_APPOINTMENT_SCHEDULED] = "warning_color", [AVA_APPOINTMENT_CANCELLED] = NULL,
  };

  ava_compat_get_color (widget, status < G_N_ELEMENTS (names) ? names[status] : NULL, colour);
  if (status == AVA_APPOINTMENT_DONE || status == AVA_APPOINTMENT_CANCELLED)
    colour->alpha *= 0.5;
}

/* --- drawing --- */

/* @scale: of the size of text */
static void
set_style (AvaAppointmentChip *self,
           PangoLayout        *layout,
           gboolean            is_bold,
           double              scale)
{
  PangoAttrList *attributes = pango_attr_list_new ();

  if (is_bold)
    pango_attr_list_insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  if (scale < 1)
    pango_attr_list_insert (attributes, pango_attr_scale_new (scale));
  if (self->appointment->status == AVA_APPOINTMENT_CANCELLED)
    pango_attr_list_insert (attributes, pango_attr_strikethrough_new (TRUE));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
}

static PangoLayout *
need_layout (AvaAppointmentChip  *self,
             PangoLayout        **layout,
             const char          *text,
             gboolean             is_bold)
{
  if (*layout != NULL)
    return *layout;
  *layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  set_style (self, *layout, is_bold, 1);
  pango_layout_set_ellipsize (*layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_single_paragraph_mode (*layout, TRUE);
  return *layout;
}

/* The longest form of the name that finds room, else the shortest. Returns: whether it finds room */
static gboolean
try_names (AvaAppointmentChip *self,
           PangoLayout        *layout,
           int                 width,
           gboolean            with_time)
{
  int needed = G_MAXINT;

  for (guint form = 0; form < 3 && needed > width; form++) {
    g_autofree char *name = ava_display_name (self->title + strlen (self->time) + 1, form);
    g_autofree char *text = with_time ? g_strdup_printf ("%s %s", self->time, name) : g_steal_pointer (&name);

    pango_layout_set_text (layout, text, -1);
    pango_layout_get_pixel_size (layout, &needed, NULL);
  }
  return needed <= width;
}

/* Of the size of text, where one line has to hold time, name and sign: as captions have it, and a last step below. */
static const double small[] = { 0.82, 0.74 };

/* Where there is no room for "10:00 Anna Adams": "10:00 A. Adams", else "10:00 Adams". Where not even that has room, the
 * name has the line for itself and the time goes to the next one; of a single line the text is smaller. The whole is in
 * tooltip and label. */
static void
fit_title (AvaAppointmentChip *self,
           PangoLayout        *layout,
           int                 width,
           gboolean            one_line)
{
  gboolean is_bold = self->kind != AVA_CHIP_LINE;

  if (width == self->title_width)
    return;
  self->title_width = width;
  self->time_below = FALSE;
  g_clear_object (&self->details_layout);
  pango_layout_set_width (layout, -1);
  set_style (self, layout, is_bold, 1);
  if (try_names (self, layout, width, TRUE))
    return;
  self->time_below = !one_line;
  if (!one_line)
    try_names (self, layout, width, FALSE);
  for (guint i = 0; one_line && i < G_N_ELEMENTS (small); i++) {
    set_style (self, layout, is_bold, small[i]);
    if (try_names (self, layout, width, TRUE))
      return;
  }
}

/* What is left of a line for the details, behind the state's dot. @end: where the line ends */
static int
get_details_room (int end)
{
  return end - EDGE - PAD - DOT - 5;
}

static char *
word_details (AvaAppointmentChip *self)
{
  return self->time_below ? g_strdup_printf ("%s · %s", self->time, self->details) : g_strdup (self->details);
}

/* The service has a line of its own where it finds no room beside the state and there is one more line.
 * Returns: (transfer none): the details, of one paragraph or two */
static PangoLayout *
need_details (AvaAppointmentChip *self,
              int                 width,
              gboolean            one_more)
{
  g_autofree char *details = NULL;
  char *last;
  int natural;

  if (self->details_layout != NULL)
    return self->details_layout;
  details = word_details (self);
  need_layout (self, &self->details_layout, details, FALSE);
  pango_layout_get_pixel_size (self->details_layout, &natural, NULL);
  last = g_strrstr (details, DETAILS_BREAK);
  if (natural <= width || !one_more || last == NULL)
    return self->details_layout;
  *last = '\n';
  memmove (last + 1, last + strlen (DETAILS_BREAK), strlen (last + strlen (DETAILS_BREAK)) + 1);
  pango_layout_set_single_paragraph_mode (self->details_layout, FALSE);
  pango_layout_set_text (self->details_layout, details, -1);
  return self->details_layout;
}

static void
draw_text (GtkWidget     *widget,
           GtkSnapshot   *snapshot,
           PangoLayout   *layout,
           int            x,
           int            y,
           int            width,
           const GdkRGBA *colour)
{
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;

  if (width <= 0)
    return;
  pango_layout_set_width (layout, width * PANGO_SCALE);
  pango_layout_set_auto_dir (layout, TRUE);
  pango_layout_set_alignment (layout, rtl == (pango_layout_get_direction (layout, 0) == PANGO_DIRECTION_RTL) ? PANGO_ALIGN_LEFT
                                                                                             : PANGO_ALIGN_RIGHT);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (rtl ? gtk_widget_get_width (widget) - x - width : x, y));
  gtk_snapshot_append_layout (snapshot, layout, colour);
  gtk_snapshot_restore (snapshot);
}

/* A border so thick that nothing is left inside: cheaper than a rounded clip, of which a full week has hundreds. */
static void
fill_rounded (GtkSnapshot          *snapshot,
              const GskRoundedRect *rounded,
              const GdkRGBA        *colour)
{
  float half = MAX (rounded->bounds.size.width, rounded->bounds.size.height) / 2 + 1;

  gtk_snapshot_append_border (snapshot, rounded, (float[4]) { half, half, half, half },
                              (GdkRGBA[4]) { *colour, *colour, *colour, *colour });
}

/* All of it in the full colour, then what lies beside the edge over it. */
static void
draw_plain (AvaAppointmentChip *self,
            GtkSnapshot        *snapshot,
            double              width,
            double              height,
            gboolean            rtl,
            const GdkRGBA      *background,
            const GdkRGBA      *tint)
{
  const graphene_size_t round = GRAPHENE_SIZE_INIT (RADIUS, RADIUS);
  const graphene_size_t sharp = GRAPHENE_SIZE_INIT (0, 0);
  GskRoundedRect all;
  GskRoundedRect beside;

  gsk_rounded_rect_init_from_rect (&all, &GRAPHENE_RECT_INIT (0, 0, width, height), RADIUS);
  gsk_rounded_rect_init (&beside, &GRAPHENE_RECT_INIT (rtl ? 0 : EDGE, 0, MAX (width - EDGE, 1), height),
                         rtl ? &round : &sharp, rtl ? &sharp : &round, rtl ? &sharp : &round, rtl ? &round : &sharp);
  fill_rounded (snapshot, &all, &self->colour);
  fill_rounded (snapshot, &beside, background);
  fill_rounded (snapshot, &beside, tint);
}

/* What processes after the active part is lighter: the room is taken, nobody is at work. */
static void
draw_background (AvaAppointmentChip *self,
                 GtkSnapshot        *snapshot,
                 double              width,
                 double              height)
{
  GtkWidget *widget = GTK_WIDGET (self);
  AvaAppointment *appointment = self->appointment;
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  gboolean contrast = adw_style_manager_get_high_contrast (adw_style_manager_get_default ());
  double active = height;
  GdkRGBA background;
  GdkRGBA tint = self->colour;
  GskRoundedRect rounded;

  if (self->kind == AVA_CHIP_OF_ROOM && appointment->active_end_us > appointment->start_us && appointment->end_us > appointment->active_end_us)
    active = height * (appointment->active_end_us - appointment->start_us) / (appointment->end_us - appointment->start_us);
  ava_compat_get_color (widget, "view_bg_color", &background);
  gsk_rounded_rect_init_from_rect (&rounded, &GRAPHENE_RECT_INIT (0, 0, width, height), RADIUS);
  tint.alpha = contrast ? 0.1 : 0.24;
  if (active >= height) {
    draw_plain (self, snapshot, width, height, rtl, &background, &tint);
  } else {
    gtk_snapshot_push_rounded_clip (snapshot, &rounded);
    gtk_snapshot_append_color (snapshot, &background, &rounded.bounds);
    gtk_snapshot_append_color (snapshot, &tint, &GRAPHENE_RECT_INIT (0, 0, width, active));
    tint.alpha = contrast ? 0.05 : 0.1;
    gtk_snapshot_append_color (snapshot, &tint, &GRAPHENE_RECT_INIT (0, active, width, height - active));
    gtk_snapshot_append_color (snapshot, &self->colour, &GRAPHENE_RECT_INIT (rtl ? width - EDGE : 0, 0, EDGE, height));
    gtk_snapshot_pop (snapshot);
  }
  if (contrast) {
    GdkRGBA text;

    ava_compat_get_color (widget, NULL, &text);
    gtk_snapshot_append_border (snapshot, &rounded, (float[4]) { 1, 1, 1, 1 }, (GdkRGBA[4]) { text, text, text, text });
  }
}

static void
draw_dot (AvaAppointmentChip *self,
          GtkSnapshot        *snapshot,
          int                 x,
          int                 middle)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  GskRoundedRect dot;
  GdkRGBA colour;

  ava_appointment_chip_get_status_color (widget, self->appointment->status, &colour);
  gsk_rounded_rect_init_from_rect (&dot, &GRAPHENE_RECT_INIT (rtl ? gtk_widget_get_width (widget) - x - DOT : x, middle - DOT / 2.0,
                                                              DOT, DOT), DOT / 2.0);
  fill_rounded (snapshot, &dot, &colour);
}

static void
draw_lines (AvaAppointmentChip *self,
            GtkSnapshot        *snapshot,
            int                 width,
            int                 height)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean one_line = self->kind == AVA_CHIP_LINE || height < 2 * self->line;
  int x = EDGE + (one_line ? PAD - 2 : PAD);
  int ends[2] = { width - END_GAP, width - END_GAP };
  int y = 1;
  PangoLayout *title = need_layout (self, &self->title_layout, self->title, self->kind != AVA_CHIP_LINE);
  GdkRGBA text;
  GdkRGBA dim;

  ava_compat_get_color (widget, NULL, &text);
  dim = text;
  dim.alpha *= 0.8;
  if (self->flags[0] != NULL && self->flags_line < 2)
    ends[self->flags_line] = self->flags_x - 2;
  if (one_line) {
    draw_dot (self, snapshot, x, height / 2);
    x += DOT + 4;
  }
  fit_title (self, title, ends[0] - x, one_line);
  if (one_line) {
    pango_layout_get_pixel_size (title, NULL, &y);
    y = MAX ((height - y) / 2, 0);
  }
  draw_text (widget, snapshot, title, x, y, ends[0] - x, &text);
  if (one_line)
    return;
  draw_dot (self, snapshot, x, y + self->line + self->line / 2);
  width = get_details_room (ends[1]);
  draw_text (widget, snapshot, need_details (self, width, self->flags[0] != NULL ? self->flags_line > 2 : height >= 3 * self->line),
             x + DOT + 5, y + self->line, width, &dim);
}

static void
ava_appointment_chip_snapshot (GtkWidget   *widget,
                               GtkSnapshot *snapshot)
{
  AvaAppointmentChip *self = AVA_APPOINTMENT_CHIP (widget);
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);

  if (self->appointment == NULL)
    return;
  draw_background (self, snapshot, width, height);
  gtk_snapshot_push_clip (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  draw_lines (self, snapshot, width, height);
  gtk_snapshot_pop (snapshot);
  for (guint i = 0; i < MAX_FLAGS && self->flags[i] != NULL; i++)
    gtk_widget_snapshot_child (widget, self->flags[i], snapshot);
  if (self->sign != NULL)
    gtk_widget_snapshot_child (widget, self->sign, snapshot);
}

/* --- layout --- */

static void
forget_layouts (AvaAppointmentChip *self)
{
  self->title_width = -1;
  g_clear_object (&self->title_layout);
  g_clear_object (&self->details_layout);
}

static void
measure_line (AvaAppointmentChip *self)
{
  PangoFontMetrics *metrics = pango_context_get_metrics (gtk_widget_get_pango_context (GTK_WIDGET (self)), NULL, NULL);

  self->line = MAX (PANGO_PIXELS_CEIL (pango_font_metrics_get_height (metrics)), 6);
  pango_font_metrics_unref (metrics);
}

static void
ava_appointment_chip_measure (GtkWidget      *widget,
                              GtkOrientation  orientation,
                              int             for_size,
                              int            *minimum,
                              int            *natural,
                              int            *minimum_baseline,
                              int            *natural_baseline)
{
  AvaAppointmentChip *self = AVA_APPOINTMENT_CHIP (widget);

  measure_line (self);
  if (orientation == GTK_ORIENTATION_VERTICAL)
    *minimum = *natural = self->line + 2;
  else
    *minimum = *natural = EDGE + PAD + DOT + 5;
}

static int
measure_width (GtkWidget *label)
{
  int width;

  gtk_widget_measure (label, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &width, NULL, NULL);
  return width;
}

/* Places a label that begins at @x, as wide as it wants and there is room for. Returns: where it ends */
static int
place_flag (AvaAppointmentChip *self,
            GtkWidget          *label,
            gboolean            shown,
            int                 x,
            int                 width,
            int                 height)
{
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  int wanted = measure_width (label);
  int given = CLAMP (width - 3 - x, 0, wanted);
  int min_width;
  int flag_height;

  gtk_widget_measure (label, GTK_ORIENTATION_HORIZONTAL, -1, &min_width, NULL, NULL, NULL);
  gtk_widget_measure (label, GTK_ORIENTATION_VERTICAL, -1, &flag_height, NULL, NULL, NULL);
  given = MAX (given, min_width);
  gtk_widget_set_child_visible (label, shown);
  gtk_widget_size_allocate (label, &(GtkAllocation) { rtl ? width - x - given : x, self->flags_line * self->line + 2, given,
                                                      flag_height }, -1);
  return x + given + 3;
}

/* How many find room in @width; @total: [px] what they take. */
static guint
count_fitting (AvaAppointmentChip *self,
               int                 width,
               int                *total)
{
  guint n = 0;

  for (*total = 0; n < MAX_FLAGS && self->flags[n] != NULL; n++) {
    int wanted = measure_width (self->flags[n]) + 3;

    if (*total + wanted > width)
      break;
    *total += wanted;
  }
  return n;
}

/* The line for flags: below the service where that will have a line of its own. */
static int
choose_flags_line (AvaAppointmentChip *self,
                   int                 width,
                   int                 height)
{
  g_autofree char *details = NULL;
  g_autoptr (PangoLayout) layout = NULL;
  int natural;

  if (self->kind == AVA_CHIP_LINE || height < 2 * self->line)
    return 0;
  if (height < 4 * self->line)
    return height < 3 * self->line ? 1 : 2;
  details = word_details (self);
  layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), details);
  pango_layout_get_pixel_size (layout, &natural, NULL);
  return natural <= get_details_room (width - END_GAP) ? 2 : 3;
}

/* The labels have a line of their own where there are three, else they end the last one: the name stays whole.
 * A sign stands for what finds no room, and for all of them where they would leave none for the state's words. */
static void
ava_appointment_chip_size_allocate (GtkWidget *widget,
                                    int        width,
                                    int        height,
                                    int        baseline)
{
  AvaAppointmentChip *self = AVA_APPOINTMENT_CHIP (widget);
  gboolean own_line;
  guint n_shown;
  guint n = 0;
  int total = 0;
  int sign;
  int x;

  measure_line (self);
  g_clear_object (&self->details_layout);
  if (self->sign == NULL)
    return;
  while (n < MAX_FLAGS && self->flags[n] != NULL)
    n++;
  sign = measure_width (self->sign) + 3;
  self->flags_line = choose_flags_line (self, width, height);
  own_line = self->flags_line >= 2;
  n_shown = self->kind == AVA_CHIP_LINE ? 0 : count_fitting (self, own_line ? width - EDGE - PAD - 3 : width * 2 / 5, &total);
  if (n_shown < n)
    n_shown = own_line ? count_fitting (self, width - EDGE - PAD - 3 - sign, &total) : 0;
  if (n_shown == 0)
    total = 0;
  x = own_line ? EDGE + PAD : width - 3 - (n_shown > 0 ? total : sign);
  self->flags_x = x;
  for (guint i = 0; i < n; i++) {
    int end = place_flag (self, self->flags[i], i < n_shown, x, width, height);

    if (i < n_shown)
      x = end;
  }
  place_flag (self, self->sign, n_shown < n, x, width, height);
}

static void
ava_appointment_chip_css_changed (GtkWidget         *widget,
                                  GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (ava_appointment_chip_parent_class)->css_changed (widget, change);
  forget_layouts (AVA_APPOINTMENT_CHIP (widget));
}

static void
ava_appointment_chip_dispose (GObject *object)
{
  AvaAppointmentChip *self = AVA_APPOINTMENT_CHIP (object);

  g_clear_handle_id (&self->fresh_id, g_source_remove);
  forget_layouts (self);
  for (guint i = 0; i < MAX_FLAGS; i++)
    g_clear_pointer (&self->flags[i], gtk_widget_unparent);
  g_clear_pointer (&self->sign, gtk_widget_unparent);
  g_clear_object (&self->appointment);
  g_clear_pointer (&self->label, g_free);
  g_clear_pointer (&self->time, g_free);
  g_clear_pointer (&self->title, g_free);
  g_clear_pointer (&self->details, g_free);
  G_OBJECT_CLASS (ava_appointment_chip_parent_class)->dispose (object);
}

static void
ava_appointment_chip_class_init (AvaAppointmentChipClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ava_appointment_chip_dispose;
  widget_class->measure = ava_appointment_chip_measure;
  widget_class->size_allocate = ava_appointment_chip_size_allocate;
  widget_class->snapshot = ava_appointment_chip_snapshot;
  widget_class->css_changed = ava_appointment_chip_css_changed;
}

static void
ava_appointment_chip_init (AvaAppointmentChip *self)
{
  /* Text is drawn, so that a full day is not a thousand labels. */
  gtk_widget_set_layout_manager (GTK_WIDGET (self), NULL);
  gtk_widget_add_css_class (GTK_WIDGET (self), "chip");
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
}

/**
 * ava_appointment_chip_new:
 *
 * Returns: (transfer floating): an empty chip
 */
AvaAppointmentChip *
ava_appointment_chip_new (AvaChipKind kind)
{
  AvaAppointmentChip *self = g_object_new (AVA_TYPE_APPOINTMENT_CHIP, NULL);

  self->kind = kind;
  return self;
}

/**
 * ava_appointment_chip_set_kind:
 *
 * To be followed by ava_appointment_chip_set_appointment().
 */
void
ava_appointment_chip_set_kind (AvaAppointmentChip *self,
                               AvaChipKind         kind)
{
  g_return_if_fail (AVA_IS_APPOINTMENT_CHIP (self));

  if (self->kind == kind)
    return;
  self->kind = kind;
  g_clear_object (&self->appointment);
}

/* --- content --- */

/* The kinds of warnings there are, gravest first, each a word or two. */
static guint
list_flags (AvaWarning  warnings,
            const char *words[MAX_FLAGS],
            const char *styles[MAX_FLAGS])
{
  const struct { AvaWarning warning; const char *word; const char *style; } kinds[MAX_FLAGS] = {
    { AVA_WARNING_DO_NOT_BOOK, _("Do not book"), "stop" },
    { AVA_WARNING_PREGNANT, _("Pregnant"), "care" },
    { AVA_WARNING_ALLERGY, _("Allergy"), "care" },
    { AVA_WARNING_MEDICINE, _("Medicine"), "care" },
    /* Translators: a short warning that something speaks against some treatments. */
    { AVA_WARNING_CAUTION, _("Caution"), "care" },
    { AVA_WARNING_VIP, _("VIP"), "vip" },
  };
  guint count = 0;

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++) {
    if ((warnings & kinds[i].warning) == 0)
      continue;
    words[count] = kinds[i].word;
    styles[count++] = kinds[i].style;
  }
  return count;
}

static GtkWidget *
make_flag (AvaAppointmentChip *self)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_widget_add_css_class (label, "flag-chip");
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_can_target (label, FALSE);
  gtk_widget_set_parent (label, GTK_WIDGET (self));
  return label;
}

static void
show_flag (AvaAppointmentChip *self,
           GtkWidget         **flag,
           const char         *word,
           const char         *style)
{
  if (*flag == NULL)
    *flag = make_flag (self);
  gtk_widget_set_css_classes (*flag, (const char *[]) { "flag-chip", style, self->kind == AVA_CHIP_LINE ? "tight" : NULL, NULL });
  gtk_label_set_text (GTK_LABEL (*flag), word);
  gtk_accessible_update_property (GTK_ACCESSIBLE (*flag), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, self->appointment->flags, -1);
}

static void
update_flags (AvaAppointmentChip *self)
{
  const char *words[MAX_FLAGS];
  const char *styles[MAX_FLAGS];
  guint count = list_flags (self->appointment->warnings, words, styles);

  for (guint i = 0; i < MAX_FLAGS; i++) {
    if (i < count)
      show_flag (self, &self->flags[i], words[i], styles[i]);
    else
      g_clear_pointer (&self->flags[i], gtk_widget_unparent);
  }
  if (count == 0) {
    g_clear_pointer (&self->sign, gtk_widget_unparent);
    return;
  }
  show_flag (self, &self->sign, self->appointment->warnings == AVA_WARNING_VIP ? words[0] : "!", styles[0]);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->sign), GTK_ACCESSIBLE_PROPERTY_LABEL, self->appointment->flags, -1);
}

static void
update_words (AvaAppointmentChip *self,
              GTimeZone          *zone)
{
  AvaAppointment *appointment = self->appointment;
  g_autofree char *sentence = ava_display_appointment (appointment, zone);
  const char *service = appointment->service_name != NULL ? appointment->service_name : "";

  g_free (self->label);
  g_free (self->time);
  g_free (self->title);
  g_free (self->details);
  self->label = appointment->flags != NULL ? g_strdup_printf ("%s. %s", sentence, appointment->flags) : g_steal_pointer (&sentence);
  self->time = ava_display_time (appointment->start_us, zone);
  self->title = g_strdup_printf ("%s %s", self->time, appointment->customer_name != NULL ? appointment->customer_name : _("Unknown"));
  self->details = self->kind == AVA_CHIP_OF_ROOM && appointment->provider_name != NULL
                    ? g_strdup_printf ("%s · %s · %s", ava_display_status (appointment->status), service, appointment->provider_name)
                    : g_strdup_printf ("%s · %s", ava_display_status (appointment->status), service);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), self->label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, self->label, -1);
}

/**
 * ava_appointment_chip_set_appointment:
 * @zone: of the location
 * @colour: (nullable): of the provider, "#rrggbb"
 *
 * Nothing is done when it shows this very one already.
 */
void
ava_appointment_chip_set_appointment (AvaAppointmentChip *self,
                                      AvaAppointment     *appointment,
                                      GTimeZone          *zone,
                                      const char         *colour)
{
  GdkRGBA parsed;

  g_return_if_fail (AVA_IS_APPOINTMENT_CHIP (self));

  if (colour == NULL || !gdk_rgba_parse (&parsed, colour))
    gdk_rgba_parse (&parsed, "#77767b");
  if (self->appointment == appointment && gdk_rgba_equal (&parsed, &self->colour))
    return;
  self->colour = parsed;
  g_set_object (&self->appointment, appointment);
  update_words (self, zone);
  update_flags (self);
  forget_layouts (self);
  if (appointment->status >= AVA_APPOINTMENT_DONE)
    gtk_widget_add_css_class (GTK_WIDGET (self), "past");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "past");
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/**
 * ava_appointment_chip_get_appointment:
 *
 * Returns: (transfer none): what it shows
 */
AvaAppointment *
ava_appointment_chip_get_appointment (AvaAppointmentChip *self)
{
  return self->appointment;
}

/**
 * ava_appointment_chip_get_label:
 *
 * Returns: the appointment in one sentence, as screen readers say it
 */
const char *
ava_appointment_chip_get_label (AvaAppointmentChip *self)
{
  return self->label;
}

/**
 * ava_appointment_chip_is_cut:
 *
 * Returns: whether, as it was drawn last, a part of time and name found no room
 */
gboolean
ava_appointment_chip_is_cut (AvaAppointmentChip *self)
{
  g_return_val_if_fail (AVA_IS_APPOINTMENT_CHIP (self), FALSE);

  return self->title_layout != NULL && pango_layout_is_ellipsized (self->title_layout);
}

static gboolean
fade_cb (gpointer user_data)
{
  AvaAppointmentChip *self = user_data;

  self->fresh_id = 0;
  gtk_widget_remove_css_class (GTK_WIDGET (self), "fresh");
  return G_SOURCE_REMOVE;
}

/**
 * ava_appointment_chip_highlight:
 *
 * Shows for a few seconds that this one is new.
 */
void
ava_appointment_chip_highlight (AvaAppointmentChip *self)
{
  g_return_if_fail (AVA_IS_APPOINTMENT_CHIP (self));

  gtk_widget_add_css_class (GTK_WIDGET (self), "fresh");
  g_clear_handle_id (&self->fresh_id, g_source_remove);
  self->fresh_id = g_timeout_add_seconds (FRESH_SECONDS, fade_cb, self);
}
