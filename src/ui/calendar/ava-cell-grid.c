/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-cell-grid.h"

#include "ava-compat.h"

#define TITLE_CHARS 13    /* the widest title of a row, in characters */
#define GHOST_CHARS 26    /* as wide as what is dragged needs to tell where it goes, where cells are narrower */
#define COLUMN_CHARS 17   /* the narrowest column of a week, which scrolls; that of a month is as narrow as it must */

struct _AvaCellGrid {
  GtkWidget parent_instance;

  GPtrArray *cells;       /* AvaDayCell, borrowed as children */
  GPtrArray *titles;      /* GtkLabel of each row, the same; none of a month */
  GTimeZone *zone;
  GtkWidget *ghost;       /* label, borrowed as a child; nullable */
  guint ghost_index;      /* of the cell that it lies over */
};

enum { CHOSEN, OPENED, LEFT, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AvaCellGrid, ava_cell_grid, GTK_TYPE_WIDGET)

static guint
count_rows (AvaCellGrid *self)
{
  return self->cells->len / AVA_CELL_GRID_COLUMNS;
}

static int
measure_char (AvaCellGrid *self)
{
  PangoFontMetrics *metrics = pango_context_get_metrics (gtk_widget_get_pango_context (GTK_WIDGET (self)), NULL, NULL);
  int width = PANGO_PIXELS (pango_font_metrics_get_approximate_char_width (metrics));

  pango_font_metrics_unref (metrics);
  return MAX (width, 4);
}

static int
get_gutter (AvaCellGrid *self)
{
  return self->titles->len > 0 ? measure_char (self) * TITLE_CHARS : 0;
}

/**
 * ava_cell_grid_get_column:
 * @x: (out): [px], mirrored where text runs from right to left
 * @column_width: (out): [px]
 */
void
ava_cell_grid_get_column (AvaCellGrid *self,
                          guint        index,
                          int          width,
                          int         *x,
                          int         *column_width)
{
  int gutter = get_gutter (self);
  int room = MAX (width - gutter, 0);
  int start = gutter + room * (int) index / AVA_CELL_GRID_COLUMNS;
  int end = gutter + room * (int) (index + 1) / AVA_CELL_GRID_COLUMNS;

  *column_width = end - start;
  *x = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL ? width - end : start;
}

static int
measure_row (AvaCellGrid *self,
             guint        row,
             gboolean     natural)
{
  int height = 0;

  for (guint i = 0; i < AVA_CELL_GRID_COLUMNS; i++) {
    int sizes[2];

    gtk_widget_measure (self->cells->pdata[row * AVA_CELL_GRID_COLUMNS + i], GTK_ORIENTATION_VERTICAL, -1, &sizes[0], &sizes[1],
                        NULL, NULL);
    height = MAX (height, sizes[natural ? 1 : 0]);
  }
  if (row < self->titles->len) {
    int title;

    gtk_widget_measure (self->titles->pdata[row], GTK_ORIENTATION_VERTICAL, -1, &title, NULL, NULL, NULL);
    height = MAX (height, title);
  }
  return height;
}

static void
ava_cell_grid_measure (GtkWidget      *widget,
                       GtkOrientation  orientation,
                       int             for_size,
                       int            *minimum,
                       int            *natural,
                       int            *minimum_baseline,
                       int            *natural_baseline)
{
  AvaCellGrid *self = AVA_CELL_GRID (widget);
  gboolean by_need = self->titles->len > 0;

  /* The ghost takes no room of its own. */
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    gtk_widget_measure (child, orientation, -1, NULL, NULL, NULL, NULL);
  *minimum = *natural = 0;
  if (orientation == GTK_ORIENTATION_HORIZONTAL) {
    *minimum = *natural = get_gutter (self) + AVA_CELL_GRID_COLUMNS * measure_char (self) * (by_need ? COLUMN_CHARS : COLUMN_CHARS / 3);
    return;
  }
  for (guint row = 0; row < count_rows (self); row++) {
    *minimum += measure_row (self, row, by_need);
    *natural += measure_row (self, row, TRUE);
  }
}

static void
allocate_row (AvaCellGrid *self,
              guint        row,
              int          y,
              int          width,
              int          height)
{
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  int gutter = get_gutter (self);

  if (row < self->titles->len) {
    int min_width;

    gtk_widget_measure (self->titles->pdata[row], GTK_ORIENTATION_HORIZONTAL, -1, &min_width, NULL, NULL, NULL);
    gtk_widget_size_allocate (self->titles->pdata[row], &(GtkAllocation) { rtl ? width - gutter : 0, y, MAX (gutter, min_width), height }, -1);
  }
  for (guint i = 0; i < AVA_CELL_GRID_COLUMNS; i++) {
    int x;
    int column_width;

    ava_cell_grid_get_column (self, i, width, &x, &column_width);
    gtk_widget_size_allocate (self->cells->pdata[row * AVA_CELL_GRID_COLUMNS + i],
                              &(GtkAllocation) { x, y, MAX (column_width, 24), height }, -1);
  }
}

/* Below the title of its cell; it may reach over others. */
static void
allocate_ghost (AvaCellGrid *self,
                int          width,
                int          height)
{
  graphene_rect_t cell;
  GtkAllocation place;
  int least;

  if (self->ghost == NULL || self->ghost_index >= self->cells->len ||
      !gtk_widget_compute_bounds (self->cells->pdata[self->ghost_index], GTK_WIDGET (self), &cell))
    return;
  gtk_widget_measure (self->ghost, GTK_ORIENTATION_HORIZONTAL, -1, &least, NULL, NULL, NULL);
  place.width = MAX (least, MAX ((int) cell.size.width - 4, MIN (measure_char (self) * GHOST_CHARS, width)));
  gtk_widget_measure (self->ghost, GTK_ORIENTATION_VERTICAL, place.width, &place.height, NULL, NULL, NULL);
  place.x = CLAMP ((int) cell.origin.x + 2, 0, MAX (width - place.width, 0));
  place.y = CLAMP ((int) cell.origin.y + 2, 0, MAX (height - place.height, 0));
  gtk_widget_size_allocate (self->ghost, &place, -1);
}

static void
ava_cell_grid_size_allocate (GtkWidget *widget,
                             int        width,
                             int        height,
                             int        baseline)
{
  AvaCellGrid *self = AVA_CELL_GRID (widget);
  guint rows = count_rows (self);
  int y = 0;

  for (guint row = 0; row < rows; row++) {
    int row_height = self->titles->len > 0 ? measure_row (self, row, TRUE)
                                           : height * (int) (row + 1) / (int) rows - height * (int) row / (int) rows;

    allocate_row (self, row, y, width, row_height);
    y += row_height;
  }
  allocate_ghost (self, width, height);
}

static void
ava_cell_grid_snapshot (GtkWidget   *widget,
                        GtkSnapshot *snapshot)
{
  AvaCellGrid *self = AVA_CELL_GRID (widget);
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  GdkRGBA line;

  ava_compat_get_color (widget, NULL, &line);
  line.alpha *= 0.12;
  for (guint i = 0; i < AVA_CELL_GRID_COLUMNS; i++) {
    int x;
    int column_width;

    ava_cell_grid_get_column (self, i, width, &x, &column_width);
    if (i > 0 || self->titles->len > 0)
      gtk_snapshot_append_color (snapshot, &line, &GRAPHENE_RECT_INIT (x, 0, 1, height));
  }
  for (guint row = 1; row <= count_rows (self); row++) {
    graphene_rect_t bounds;

    if (row < count_rows (self) &&
        gtk_widget_compute_bounds (self->cells->pdata[row * AVA_CELL_GRID_COLUMNS], widget, &bounds))
      gtk_snapshot_append_color (snapshot, &line, &GRAPHENE_RECT_INIT (0, bounds.origin.y, width, 1));
  }
  /* Over the lines, and the ghost, which is the last child, over all. */
  GTK_WIDGET_CLASS (ava_cell_grid_parent_class)->snapshot (widget, snapshot);
}

/* --- keyboard --- */

/* The cell that has the keyboard, or in which it is. */
static int
find_focused (AvaCellGrid *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  for (guint i = 0; focus != NULL && i < self->cells->len; i++) {
    if (focus == self->cells->pdata[i] || gtk_widget_is_ancestor (focus, self->cells->pdata[i]))
      return i;
  }
  return -1;
}

/* Inside a cell up and down go along its appointments. */
static GtkWidget *
step_inside (AvaCellGrid      *self,
             AvaDayCell       *cell,
             GtkDirectionType  direction)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));
  GtkWidget *next = NULL;

  if (direction == GTK_DIR_DOWN)
    next = focus == GTK_WIDGET (cell) ? gtk_widget_get_first_child (focus) : gtk_widget_get_next_sibling (focus);
  else if (direction == GTK_DIR_UP && focus != GTK_WIDGET (cell))
    next = gtk_widget_get_prev_sibling (focus);
  while (next != NULL && !(AVA_IS_APPOINTMENT_CHIP (next) && gtk_widget_get_child_visible (next)))
    next = direction == GTK_DIR_DOWN ? gtk_widget_get_next_sibling (next) : gtk_widget_get_prev_sibling (next);
  if (next == NULL && direction == GTK_DIR_UP && focus != GTK_WIDGET (cell))
    next = GTK_WIDGET (cell);
  return next;
}

/**
 * ava_cell_grid_step:
 * @direction: as seen on the screen
 *
 * Returns: (transfer none) (nullable): what has the keyboard now; %NULL when nothing lies there
 */
GtkWidget *
ava_cell_grid_step (AvaCellGrid      *self,
                    GtkDirectionType  direction)
{
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  int at = find_focused (self);
  int column = at % AVA_CELL_GRID_COLUMNS;
  GtkWidget *next = NULL;

  if (at < 0 || self->cells->len == 0)
    return NULL;
  if (rtl && (direction == GTK_DIR_LEFT || direction == GTK_DIR_RIGHT))
    direction = direction == GTK_DIR_LEFT ? GTK_DIR_RIGHT : GTK_DIR_LEFT;
  next = step_inside (self, self->cells->pdata[at], direction);
  if (next == NULL) {
    int to = direction == GTK_DIR_UP ? at - AVA_CELL_GRID_COLUMNS : direction == GTK_DIR_DOWN ? at + AVA_CELL_GRID_COLUMNS
             : direction == GTK_DIR_LEFT ? (column > 0 ? at - 1 : -1)
             : (column < AVA_CELL_GRID_COLUMNS - 1 ? at + 1 : -1);

    if (to >= 0 && to < (int) self->cells->len)
      next = self->cells->pdata[to];
    else if (direction == GTK_DIR_UP || direction == GTK_DIR_DOWN)
      g_signal_emit (self, signals[LEFT], 0, direction == GTK_DIR_UP ? -1 : 1);
  }
  if (next != NULL)
    gtk_widget_grab_focus (next);
  return next;
}

/**
 * ava_cell_grid_focus_day:
 */
void
ava_cell_grid_focus_day (AvaCellGrid *self,
                         const GDate *day)
{
  for (guint i = 0; i < self->cells->len; i++) {
    if (g_date_compare (ava_day_cell_get_day (self->cells->pdata[i]), day) == 0) {
      gtk_widget_grab_focus (self->cells->pdata[i]);
      return;
    }
  }
}

static gboolean
step_cb (GtkWidget *widget,
         GVariant  *args,
         gpointer   user_data)
{
  ava_cell_grid_step (AVA_CELL_GRID (widget), g_variant_get_int32 (args));
  return TRUE;
}

/* --- content --- */

static void
on_chosen (AvaDayCell         *cell,
           AvaAppointmentChip *chip,
           AvaCellGrid        *self)
{
  g_signal_emit (self, signals[CHOSEN], 0, chip);
}

static void
on_opened (AvaDayCell  *cell,
           AvaCellGrid *self)
{
  g_signal_emit (self, signals[OPENED], 0, cell);
}

static void
ava_cell_grid_dispose (GObject *object)
{
  AvaCellGrid *self = AVA_CELL_GRID (object);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  self->ghost = NULL;
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_clear_pointer (&self->cells, g_ptr_array_unref);
  g_clear_pointer (&self->titles, g_ptr_array_unref);
  G_OBJECT_CLASS (ava_cell_grid_parent_class)->dispose (object);
}

static void
ava_cell_grid_class_init (AvaCellGridClass *klass)
{
  static const struct { guint key; guint keypad; GtkDirectionType direction; } arrows[] = {
    { GDK_KEY_Up, GDK_KEY_KP_Up, GTK_DIR_UP }, { GDK_KEY_Down, GDK_KEY_KP_Down, GTK_DIR_DOWN },
    { GDK_KEY_Left, GDK_KEY_KP_Left, GTK_DIR_LEFT }, { GDK_KEY_Right, GDK_KEY_KP_Right, GTK_DIR_RIGHT },
  };
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ava_cell_grid_dispose;
  widget_class->measure = ava_cell_grid_measure;
  widget_class->size_allocate = ava_cell_grid_size_allocate;
  widget_class->snapshot = ava_cell_grid_snapshot;
  gtk_widget_class_set_css_name (widget_class, "cellgrid");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  for (guint i = 0; i < G_N_ELEMENTS (arrows); i++) {
    gtk_widget_class_add_binding (widget_class, arrows[i].key, 0, step_cb, "i", arrows[i].direction);
    gtk_widget_class_add_binding (widget_class, arrows[i].keypad, 0, step_cb, "i", arrows[i].direction);
  }
  signals[CHOSEN] = g_signal_new ("chosen", AVA_TYPE_CELL_GRID, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, AVA_TYPE_APPOINTMENT_CHIP);
  signals[OPENED] = g_signal_new ("opened", AVA_TYPE_CELL_GRID, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, AVA_TYPE_DAY_CELL);
  signals[LEFT] = g_signal_new ("left", AVA_TYPE_CELL_GRID, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
}

static void
ava_cell_grid_init (AvaCellGrid *self)
{
  self->cells = g_ptr_array_new ();
  self->titles = g_ptr_array_new ();
}

static void
set_titles (AvaCellGrid       *self,
            const char *const *row_titles,
            guint              rows)
{
  guint wanted = row_titles != NULL ? rows : 0;

  while (self->titles->len > wanted)
    gtk_widget_unparent (g_ptr_array_remove_index (self->titles, self->titles->len - 1));
  for (guint i = 0; i < wanted; i++) {
    if (i == self->titles->len) {
      GtkWidget *title = gtk_label_new (NULL);

      gtk_label_set_xalign (GTK_LABEL (title), 0);
      gtk_label_set_yalign (GTK_LABEL (title), 0);
      gtk_label_set_wrap (GTK_LABEL (title), TRUE);
      gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
      gtk_label_set_lines (GTK_LABEL (title), 2);
      gtk_widget_add_css_class (title, "row-title");
      gtk_widget_set_parent (title, GTK_WIDGET (self));
      g_ptr_array_add (self->titles, title);
    }
    gtk_label_set_text (self->titles->pdata[i], row_titles[i]);
  }
}

/**
 * ava_cell_grid_set_cells:
 */
void
ava_cell_grid_set_cells (AvaCellGrid             *self,
                         const AvaDayCellContent *cells,
                         guint                    n_cells,
                         const char *const       *row_titles,
                         GTimeZone               *zone)
{
  g_return_if_fail (AVA_IS_CELL_GRID (self));

  while (self->cells->len > n_cells)
    gtk_widget_unparent (g_ptr_array_remove_index (self->cells, self->cells->len - 1));
  for (guint i = 0; i < n_cells; i++) {
    if (i == self->cells->len) {
      AvaDayCell *cell = ava_day_cell_new ();

      gtk_widget_set_parent (GTK_WIDGET (cell), GTK_WIDGET (self));
      g_signal_connect_object (cell, "chosen", G_CALLBACK (on_chosen), self, 0);
      g_signal_connect_object (cell, "opened", G_CALLBACK (on_opened), self, 0);
      g_ptr_array_add (self->cells, cell);
    }
    ava_day_cell_set_content (self->cells->pdata[i], &cells[i], zone);
  }
  set_titles (self, row_titles, n_cells / AVA_CELL_GRID_COLUMNS);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  self->zone = g_time_zone_ref (zone);
  /* What came now lies below it. */
  if (self->ghost != NULL)
    gtk_widget_insert_before (self->ghost, GTK_WIDGET (self), NULL);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

guint
ava_cell_grid_get_n_cells (AvaCellGrid *self)
{
  return self->cells->len;
}

/* Returns: (transfer none): that cell */
AvaDayCell *
ava_cell_grid_get_cell (AvaCellGrid *self,
                        guint        index)
{
  return self->cells->pdata[index];
}

/* Returns: (transfer none) (nullable): the line of that appointment */
AvaAppointmentChip *
ava_cell_grid_find_chip (AvaCellGrid *self,
                         const char  *appointment_id)
{
  AvaAppointmentChip *chip = NULL;

  for (guint i = 0; i < self->cells->len && chip == NULL; i++)
    chip = ava_day_cell_find_chip (self->cells->pdata[i], appointment_id);
  return chip;
}

GTimeZone *
ava_cell_grid_get_zone (AvaCellGrid *self)
{
  return self->zone;
}

/* --- what is dragged over it --- */

/**
 * ava_cell_grid_locate:
 * @x: [px] of the grid
 *
 * Returns: the cell at that point, or -1
 */
int
ava_cell_grid_locate (AvaCellGrid *self,
                      double       x,
                      double       y)
{
  for (guint i = 0; i < self->cells->len; i++) {
    graphene_rect_t bounds;

    if (gtk_widget_compute_bounds (self->cells->pdata[i], GTK_WIDGET (self), &bounds) &&
        graphene_rect_contains_point (&bounds, &GRAPHENE_POINT_INIT (x, y)))
      return i;
  }
  return -1;
}

/**
 * ava_cell_grid_set_ghost:
 */
void
ava_cell_grid_set_ghost (AvaCellGrid *self,
                         guint        index,
                         const char  *words,
                         const char  *style)
{
  g_return_if_fail (AVA_IS_CELL_GRID (self));

  if (self->ghost != NULL && self->ghost_index < self->cells->len)
    gtk_widget_remove_css_class (self->cells->pdata[self->ghost_index], "drop");
  if (words == NULL || index >= self->cells->len) {
    g_clear_pointer (&self->ghost, gtk_widget_unparent);
    return;
  }
  if (self->ghost == NULL) {
    self->ghost = gtk_label_new (NULL);
    gtk_label_set_wrap (GTK_LABEL (self->ghost), TRUE);
    gtk_label_set_xalign (GTK_LABEL (self->ghost), 0);
    gtk_label_set_width_chars (GTK_LABEL (self->ghost), 10);
    gtk_widget_set_can_target (self->ghost, FALSE);
    gtk_widget_set_parent (self->ghost, GTK_WIDGET (self));
  }
  self->ghost_index = index;
  gtk_widget_add_css_class (self->cells->pdata[index], "drop");
  gtk_widget_set_css_classes (self->ghost, (const char *[]) { style, NULL });
  gtk_label_set_text (GTK_LABEL (self->ghost), words);
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

/* Returns: (nullable): what it says */
const char *
ava_cell_grid_get_ghost (AvaCellGrid *self)
{
  return self->ghost != NULL ? gtk_label_get_text (GTK_LABEL (self->ghost)) : NULL;
}
