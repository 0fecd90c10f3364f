/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-day-sheet-pages.h"

#include <cairo-pdf.h>
#include <gio/gio.h>
#include <glib/gi18n.h>
#include <stdio.h>

/*
 *  +------------------------------------------------------+
 *  | Willow & Sage                          Tue, Dec 1    |  header, each page
 *  |------------------------------------------------------|
 *  | | Elena Ortiz  Nurse Injector, 10 AM to 7 PM         |  heading of a section, again when it goes on
 *  | 10:00 AM       Quinn Zoe       Botox   Confirmed [ ] |  row: time, who, what and where, status
 *  | to 10:30 AM    +1212…          Linden Room           |
 *  |                PREGNANT; ALLERGIC: LIDOCAINE         |  flags, as words in a frame
 *  |                notes, then an empty line to write on |
 *  |------------------------------------------------------|
 *  | Printed …                                Page 1 of 2 |  footer
 *  +------------------------------------------------------+
 *
 * Everything is measured once, in points; drawing only looks up where a piece stands.
 */

#define MARGIN 40.0
#define HEADER 62.0
#define FOOTER 26.0
#define HEADING 34.0
#define GAP 12.0          /* above the second heading of a page */
#define PADDING 7.0       /* above and below a row */
#define WRITING 20.0      /* the empty line for a pen */
#define NOTE_LINES 6      /* a longer note ends with … */
#define TIME_WIDTH 84.0
#define STATUS_WIDTH 92.0

#define FACE "Cantarell, Noto Sans, DejaVu Sans, sans-serif"

typedef struct {
  const AvaDaySheetSection *section;
  const AvaDaySheetRow *row;  /* NULL for a heading */
  gboolean again;             /* a heading that goes on from the page before */
  guint page;
  double y;                   /* [pt] on the page */
  double height;              /* [pt] */
} Piece;

struct _AvaDaySheetPages {
  const AvaDaySheet *sheet;   /* the caller's */
  PangoContext *context;
  double width, height;       /* [pt] */
  GArray *pieces;             /* Piece, in order */
  guint count;                /* of pages */
};

/* --- Text -------------------------------------------------------------------------------------- */

static PangoLayout *
make_text (AvaDaySheetPages *self,
           const char       *text,
           double            size,
           PangoWeight       weight,
           double            width)
{
  PangoLayout *layout = pango_layout_new (self->context);
  PangoFontDescription *font = pango_font_description_from_string (FACE);

  pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
  pango_font_description_set_weight (font, weight);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  pango_layout_set_text (layout, text != NULL ? text : "", -1);
  if (width > 0)
    pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  return layout;
}

static double
get_height (PangoLayout *layout)
{
  int height;

  pango_layout_get_size (layout, NULL, &height);
  return height / (double) PANGO_SCALE;
}

/* A column has one edge, whichever way its words run: Pango takes "left" as where a line begins. */
static void
keep_left (PangoLayout *layout)
{
  if (pango_layout_get_direction (layout, 0) == PANGO_DIRECTION_RTL)
    pango_layout_set_alignment (layout, PANGO_ALIGN_RIGHT);
}

/* Draws, or with @cr NULL only measures. Returns the height, 0 without text. */
static double
put_text (AvaDaySheetPages *self,
          cairo_t          *cr,
          const char       *text,
          double            size,
          PangoWeight       weight,
          double            x,
          double            y,
          double            width,
          int               lines)
{
  g_autoptr (PangoLayout) layout = NULL;

  if (text == NULL || *text == '\0')
    return 0;
  layout = make_text (self, text, size, weight, width);
  keep_left (layout);
  if (lines > 0) {
    pango_layout_set_height (layout, -lines);
    pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  }
  if (cr != NULL) {
    cairo_move_to (cr, x, y);
    pango_cairo_show_layout (cr, layout);
  }
  return get_height (layout);
}

static void
put_right (AvaDaySheetPages *self,
           cairo_t          *cr,
           const char       *text,
           double            size,
           PangoWeight       weight,
           double            right,
           double            y,
           double            width)
{
  g_autoptr (PangoLayout) layout = make_text (self, text, size, weight, width);

  pango_layout_set_alignment (layout, PANGO_ALIGN_RIGHT);
  pango_layout_set_height (layout, -1);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  cairo_move_to (cr, right - width, y);
  pango_cairo_show_layout (cr, layout);
}

static void
set_grey (cairo_t *cr,
          double   light)
{
  if (cr != NULL)
    cairo_set_source_rgb (cr, light, light, light);
}

/* --- Rows -------------------------------------------------------------------------------------- */

/* Words in a frame: what must not be overlooked. */
static double
put_flags (AvaDaySheetPages *self,
           cairo_t          *cr,
           const char       *flags,
           double            x,
           double            y,
           double            width)
{
  double height;

  if (flags == NULL)
    return 0;
  height = put_text (self, NULL, flags, 9.5, PANGO_WEIGHT_BOLD, 0, 0, width - 16, 0) + 7;
  if (cr != NULL) {
    set_grey (cr, 0.93);
    cairo_rectangle (cr, x, y + 3, width, height);
    cairo_fill (cr);
    set_grey (cr, 0.1);
    cairo_rectangle (cr, x, y + 3, 3, height);
    cairo_fill (cr);
    put_text (self, cr, flags, 9.5, PANGO_WEIGHT_BOLD, x + 10, y + 6, width - 16, 0);
  }
  return height + 5;
}

static void
put_status (AvaDaySheetPages     *self,
            cairo_t              *cr,
            const AvaDaySheetRow *row,
            double                y)
{
  double right = self->width - MARGIN;

  put_right (self, cr, row->status, 9.5, PANGO_WEIGHT_NORMAL, right - 18, y + 0.5, STATUS_WIDTH - 18);
  set_grey (cr, 0.45);
  cairo_set_line_width (cr, 0.8);
  cairo_rectangle (cr, right - 10.5, y + 1.5, 10, 10);
  cairo_stroke (cr);
}

/* Returns the height. */
static double
put_row (AvaDaySheetPages     *self,
         cairo_t              *cr,
         const AvaDaySheetRow *row,
         double                y)
{
  double x = MARGIN + TIME_WIDTH;
  double wide = self->width - MARGIN - x;
  double width = (wide - STATUS_WIDTH) / 2 - 8;
  double left = PADDING;
  double right = PADDING;

  set_grey (cr, row->away ? 0.4 : 0.0);
  put_text (self, cr, row->time, 11, PANGO_WEIGHT_BOLD, MARGIN, y + PADDING, TIME_WIDTH - 6, 1);
  set_grey (cr, row->away ? 0.4 : 0.3);
  put_text (self, cr, row->until, 9.5, PANGO_WEIGHT_NORMAL, MARGIN, y + PADDING + 14.5, TIME_WIDTH - 6, 1);
  if (row->away)
    return MAX (put_text (self, cr, row->title, 10.5, PANGO_WEIGHT_NORMAL, x, y + PADDING + 0.5, wide, 2), row->until != NULL ? 28 : 15) +
           2 * PADDING;
  set_grey (cr, 0.0);
  left += put_text (self, cr, row->title, 11, PANGO_WEIGHT_BOLD, x, y + left, width, 0);
  right += put_text (self, cr, row->service, 10.5, PANGO_WEIGHT_NORMAL, x + width + 12, y + right, width, 0);
  set_grey (cr, 0.3);
  left += put_text (self, cr, row->phone, 9.5, PANGO_WEIGHT_NORMAL, x, y + left, width, 1);
  right += put_text (self, cr, row->place, 9.5, PANGO_WEIGHT_NORMAL, x + width + 12, y + right, width, 0);
  if (cr != NULL)
    put_status (self, cr, row, y + PADDING);
  left = MAX (left, right);
  set_grey (cr, 0.0);
  left += put_flags (self, cr, row->flags, x, y + left, wide);
  left += put_text (self, cr, row->notes, 9.5, PANGO_WEIGHT_NORMAL, x, y + left + 2, wide, NOTE_LINES);
  set_grey (cr, 0.3);
  left += put_text (self, cr, row->money, 9.5, PANGO_WEIGHT_NORMAL, x, y + left + 2, wide, 1);
  left += WRITING;
  if (cr != NULL) {
    set_grey (cr, 0.7);
    cairo_set_line_width (cr, 0.5);
    cairo_set_dash (cr, (double[]) { 1, 2.5 }, 2, 0);
    cairo_move_to (cr, x, y + left - 2);
    cairo_line_to (cr, self->width - MARGIN, y + left - 2);
    cairo_stroke (cr);
    cairo_set_dash (cr, NULL, 0, 0);
  }
  return left + PADDING - 2;
}

/* --- Where everything stands --------------------------------------------------------------------- */

static void
add_piece (AvaDaySheetPages         *self,
           const AvaDaySheetSection *section,
           const AvaDaySheetRow     *row,
           double                   *y,
           double                    height,
           gboolean                  again)
{
  Piece piece = { .section = section, .row = row, .again = again, .page = self->count - 1, .y = *y, .height = height };

  g_array_append_val (self->pieces, piece);
  *y += height;
}

static double
begin_page (AvaDaySheetPages *self)
{
  self->count++;
  return MARGIN + HEADER;
}

static void
lay_out_section (AvaDaySheetPages         *self,
                 const AvaDaySheetSection *section,
                 double                   *y)
{
  double bottom = self->height - MARGIN - FOOTER;
  double top = MARGIN + HEADER;
  double first = section->rows->len > 0 ? put_row (self, NULL, section->rows->pdata[0], 0) : 24;

  if (*y > top)
    *y += GAP;
  /* A heading never stands alone at the end of a page. */
  if (*y > top && *y + HEADING + first > bottom)
    *y = begin_page (self);
  add_piece (self, section, NULL, y, HEADING, FALSE);
  if (section->rows->len == 0)
    *y += 24;
  for (guint i = 0; i < section->rows->len; i++) {
    double height = put_row (self, NULL, section->rows->pdata[i], 0);

    if (*y + height > bottom && *y > top + HEADING) {
      *y = begin_page (self);
      add_piece (self, section, NULL, y, HEADING, TRUE);
    }
    add_piece (self, section, section->rows->pdata[i], y, height, FALSE);
  }
}

/**
 * ava_day_sheet_pages_new:
 * @sheet: must outlive the pages
 * @width: [pt] of the paper
 * @height: [pt] of the paper
 *
 * Returns: (transfer full): the sheet on pages
 */
AvaDaySheetPages *
ava_day_sheet_pages_new (const AvaDaySheet *sheet,
                         PangoContext      *context,
                         double             width,
                         double             height)
{
  AvaDaySheetPages *self = g_new0 (AvaDaySheetPages, 1);
  double y;

  self->sheet = sheet;
  self->context = g_object_ref (context);
  self->width = width;
  self->height = height;
  self->pieces = g_array_new (FALSE, TRUE, sizeof (Piece));
  y = begin_page (self);
  for (guint i = 0; i < sheet->sections->len; i++)
    lay_out_section (self, sheet->sections->pdata[i], &y);
  return self;
}

void
ava_day_sheet_pages_free (AvaDaySheetPages *self)
{
  if (self == NULL)
    return;
  g_clear_object (&self->context);
  g_array_unref (self->pieces);
  g_free (self);
}

guint
ava_day_sheet_pages_count (AvaDaySheetPages *self)
{
  return self->count;
}

/* --- Pages --------------------------------------------------------------------------------------- */

static void
put_line (cairo_t *cr,
          double   y,
          double   from,
          double   to,
          double   width,
          double   light)
{
  set_grey (cr, light);
  cairo_set_line_width (cr, width);
  cairo_move_to (cr, from, y);
  cairo_line_to (cr, to, y);
  cairo_stroke (cr);
}

static void
draw_frame (AvaDaySheetPages *self,
            cairo_t          *cr,
            guint             page)
{
  const AvaDaySheet *sheet = self->sheet;
  double wide = self->width - 2 * MARGIN;
  double right = self->width - MARGIN;
  double bottom = self->height - MARGIN;
  g_autofree char *number = g_strdup_printf (_("Page %u of %u"), page + 1, self->count);

  set_grey (cr, 0.0);
  put_text (self, cr, sheet->date, 18, PANGO_WEIGHT_BOLD, MARGIN, MARGIN, wide * 0.58, 1);
  put_right (self, cr, sheet->spa, 11, PANGO_WEIGHT_BOLD, right, MARGIN + 4, wide * 0.4);
  set_grey (cr, 0.3);
  put_text (self, cr, sheet->summary, 10, PANGO_WEIGHT_NORMAL, MARGIN, MARGIN + 25, wide * 0.5, 1);
  put_right (self, cr, sheet->address, 9.5, PANGO_WEIGHT_NORMAL, right, MARGIN + 25, wide * 0.5);
  put_line (cr, MARGIN + 46, MARGIN, right, 1.2, 0.0);
  put_line (cr, bottom - FOOTER + 10, MARGIN, right, 0.5, 0.6);
  set_grey (cr, 0.3);
  put_text (self, cr, sheet->printed, 8.5, PANGO_WEIGHT_NORMAL, MARGIN, bottom - 11, wide * 0.35, 1);
  put_right (self, cr, _("Confidential: health information. Shred after use."), 8.5, PANGO_WEIGHT_NORMAL, MARGIN + wide * 0.78,
             bottom - 11, wide * 0.43);
  put_right (self, cr, number, 8.5, PANGO_WEIGHT_BOLD, right, bottom - 11, wide * 0.2);
}

static void
draw_heading (AvaDaySheetPages *self,
              cairo_t          *cr,
              const Piece      *piece)
{
  const AvaDaySheetSection *section = piece->section;
  unsigned red = 0x60, green = 0x60, blue = 0x60;
  double wide = self->width - 2 * MARGIN;
  g_autofree char *name = piece->again ? g_strdup_printf (_("%s, continued"), section->name) : g_strdup (section->name);
  g_autoptr (PangoLayout) layout = make_text (self, name, 13.5, PANGO_WEIGHT_BOLD, wide * 0.55);
  int width;

  if (section->colour != NULL && sscanf (section->colour, "#%2x%2x%2x", &red, &green, &blue) != 3)
    red = green = blue = 0x60;
  cairo_set_source_rgb (cr, red / 255.0, green / 255.0, blue / 255.0);
  cairo_rectangle (cr, MARGIN, piece->y + 6, 4, 20);
  cairo_fill (cr);
  pango_layout_set_height (layout, -1);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  pango_layout_get_size (layout, &width, NULL);
  set_grey (cr, 0.0);
  cairo_move_to (cr, MARGIN + 12, piece->y + 7);
  pango_cairo_show_layout (cr, layout);
  set_grey (cr, 0.3);
  put_right (self, cr, section->detail, 9.5, PANGO_WEIGHT_NORMAL, self->width - MARGIN, piece->y + 11, wide * 0.43);
  put_line (cr, piece->y + HEADING - 2, MARGIN, self->width - MARGIN, 0.8, 0.35);
  if (section->rows->len > 0)
    return;
  set_grey (cr, 0.4);
  put_text (self, cr, _("No appointments"), 10.5, PANGO_WEIGHT_NORMAL, MARGIN + 12, piece->y + HEADING + 6, wide, 1);
}

/**
 * ava_day_sheet_pages_draw:
 * @page: from 0
 */
void
ava_day_sheet_pages_draw (AvaDaySheetPages *self,
                          cairo_t          *cr,
                          guint             page)
{
  draw_frame (self, cr, page);
  for (guint i = 0; i < self->pieces->len; i++) {
    const Piece *piece = &g_array_index (self->pieces, Piece, i);

    if (piece->page != page)
      continue;
    if (piece->row == NULL) {
      draw_heading (self, cr, piece);
      continue;
    }
    put_row (self, cr, piece->row, piece->y);
    put_line (cr, piece->y + piece->height, MARGIN, self->width - MARGIN, 0.4, 0.75);
  }
}

static const struct { double width, height; } papers[] = {
  [AVA_PAPER_A4] = { 595.276, 841.89 },
  [AVA_PAPER_LETTER] = { 612, 792 },
};

static cairo_status_t
write_cb (void                *closure,
          const unsigned char *data,
          unsigned int         length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

/**
 * ava_day_sheet_write_pdf:
 *
 * Writes the file whole or not at all. Blocks: for the command line and threads.
 */
gboolean
ava_day_sheet_write_pdf (const AvaDaySheet *sheet,
                         const char        *path,
                         AvaPaper           paper,
                         GError           **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (write_cb, bytes, papers[paper].width, papers[paper].height);
  cairo_t *cr = cairo_create (surface);
  PangoContext *context = pango_cairo_create_context (cr);
  g_autofree char *title = g_strdup_printf ("%s, %s", sheet->spa, sheet->date);
  g_autoptr (AvaDaySheetPages) pages = NULL;
  cairo_status_t status;

  /* Glyphs are placed as on paper, not fitted to the pixels of some screen. */
  pango_context_set_round_glyph_positions (context, FALSE);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, title);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR, "Ava Front Desk");
  pages = ava_day_sheet_pages_new (sheet, context, papers[paper].width, papers[paper].height);
  for (guint i = 0; i < pages->count; i++) {
    ava_day_sheet_pages_draw (pages, cr, i);
    cairo_show_page (cr);
  }
  g_clear_pointer (&pages, ava_day_sheet_pages_free);
  g_object_unref (context);
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    return g_file_set_contents (path, (const char *) bytes->data, bytes->len, error);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, _("The sheet could not be drawn: %s"), cairo_status_to_string (status));
  return FALSE;
}
