/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-customer-row.h"

#include "ava-customer-fields.h"
#include "ava-display.h"

#include <glib/gi18n.h>

struct _AvaCustomerRow {
  AdwBin parent_instance;

  GtkWidget *avatar;
  GtkWidget *name;
  GtkWidget *line;
  GtkWidget *vip;
  GtkWidget *warning;
};

G_DEFINE_FINAL_TYPE (AvaCustomerRow, ava_customer_row, ADW_TYPE_BIN)

/* "Mar 1985": the month is enough to tell two apart, and the day is nobody's business. */
static char *
word_birth (const char *born)
{
  g_autofree char *first = born != NULL ? g_strdup_printf ("%.7s-01T00:00:00Z", born) : NULL;
  g_autoptr (GDateTime) month = first != NULL ? g_date_time_new_from_iso8601 (first, NULL) : NULL;

  /* Translators: month and year of birth, short; see strftime. */
  return month != NULL ? g_date_time_format (month, _("born %b %Y")) : NULL;
}

static char *
word_seen (AvaCustomer *customer,
           AvaContext  *context)
{
  g_autofree char *day = NULL;

  if (customer->last_visit_us == 0)
    return NULL;
  day = ava_display_day (customer->last_visit_us, ava_clock_now_us (ava_context_get_clock (context)),
                         ava_context_get_spa (context)->zone);
  return g_strdup_printf (_("seen %s"), day);
}

static void
add_part (GString    *line,
          const char *part)
{
  if (part != NULL && *part != '\0')
    g_string_append_printf (line, "%s%s", line->len > 0 ? " · " : "", part);
}

/**
 * ava_customer_row_show:
 * @customer: one without a name is not there yet
 */
void
ava_customer_row_show (AvaCustomerRow *self,
                       AvaCustomer    *customer,
                       AvaContext     *context)
{
  gboolean known = customer->name != NULL;
  gboolean careful = known && (ava_customer_has_flags (customer) || customer->do_not_book != NULL);
  g_autofree char *phone = known && customer->phone != NULL && *customer->phone != '\0' ? ava_display_phone (customer->phone) : NULL;
  g_autofree char *birth = known ? word_birth (customer->born) : NULL;
  g_autofree char *seen = known ? word_seen (customer, context) : NULL;
  g_autoptr (GString) line = g_string_new (NULL);
  g_autofree char *spoken = NULL;

  add_part (line, phone);
  add_part (line, birth);
  add_part (line, seen);
  adw_avatar_set_text (ADW_AVATAR (self->avatar), customer->name);
  gtk_label_set_text (GTK_LABEL (self->name), known ? customer->name : "…");
  gtk_label_set_text (GTK_LABEL (self->line), line->str);
  gtk_widget_set_visible (self->vip, known && customer->vip);
  gtk_widget_set_visible (self->warning, careful);
  spoken = g_strdup_printf ("%s, %s%s%s", known ? customer->name : "", line->str, known && customer->vip ? _(", VIP") : "",
                            careful ? _(", with a warning") : "");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

static GtkWidget *
make_label (const char *style,
            const char *other)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, style);
  if (other != NULL)
    gtk_widget_add_css_class (label, other);
  return label;
}

/* A text that is set asks the X server where the pointer is, for each of hundreds of rows. */
static gboolean
on_query_tooltip (GtkWidget  *warning,
                  int         x,
                  int         y,
                  gboolean    keyboard,
                  GtkTooltip *tooltip)
{
  gtk_tooltip_set_text (tooltip, _("Something to be careful about"));
  return TRUE;
}

static void
ava_customer_row_class_init (AvaCustomerRowClass *klass)
{
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
ava_customer_row_init (AvaCustomerRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1);

  self->avatar = adw_avatar_new (32, NULL, TRUE);
  self->name = make_label ("body", NULL);
  self->line = make_label ("caption", "dim-label");
  self->vip = make_label ("caption", "vip");
  self->warning = gtk_image_new_from_icon_name ("ava-warning-symbolic");
  gtk_label_set_text (GTK_LABEL (self->vip), _("VIP"));
  gtk_label_set_ellipsize (GTK_LABEL (self->vip), PANGO_ELLIPSIZE_NONE);
  gtk_widget_set_valign (self->vip, GTK_ALIGN_CENTER);
  gtk_widget_set_has_tooltip (self->warning, TRUE);
  g_signal_connect (self->warning, "query-tooltip", G_CALLBACK (on_query_tooltip), NULL);
  gtk_widget_add_css_class (self->warning, "careful");
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (texts), self->name);
  gtk_box_append (GTK_BOX (texts), self->line);
  gtk_box_append (GTK_BOX (box), self->avatar);
  gtk_box_append (GTK_BOX (box), texts);
  gtk_box_append (GTK_BOX (box), self->vip);
  gtk_box_append (GTK_BOX (box), self->warning);
  gtk_widget_set_margin_top (box, 5);
  gtk_widget_set_margin_bottom (box, 5);
  adw_bin_set_child (ADW_BIN (self), box);
}

/* Returns: (transfer floating): an empty one, for a list to fill */
GtkWidget *
ava_customer_row_new (void)
{
  return g_object_new (AVA_TYPE_CUSTOMER_ROW, NULL);
}
