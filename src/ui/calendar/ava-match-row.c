/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-match-row.h"

#include "ava-display.h"

#include <glib/gi18n.h>
#include <string.h>

#define TAIL_DIGITS 4          /* of the phone, enough to tell two apart */

struct _AvaMatchRow {
  GtkListBoxRow parent_instance;

  /* Template Widgets */
  GtkLabel *title;
  GtkLabel *details;
  GtkLabel *flags;

  char *label;                 /* for screen readers */
};

G_DEFINE_FINAL_TYPE (AvaMatchRow, ava_match_row, GTK_TYPE_LIST_BOX_ROW)

static void
ava_match_row_finalize (GObject *object)
{
  g_free (AVA_MATCH_ROW (object)->label);
  G_OBJECT_CLASS (ava_match_row_parent_class)->finalize (object);
}

static void
ava_match_row_class_init (AvaMatchRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = ava_match_row_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, "/com/getevaai/FrontDesk/ava-match-row.ui");
  gtk_widget_class_bind_template_child (widget_class, AvaMatchRow, title);
  gtk_widget_class_bind_template_child (widget_class, AvaMatchRow, details);
  gtk_widget_class_bind_template_child (widget_class, AvaMatchRow, flags);
}

static void
ava_match_row_init (AvaMatchRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* "John Smith · Botox" */
static char *
word_title (AvaBookMatch *match,
            AvaSpa       *spa)
{
  AvaService *service = ava_spa_find_service (spa, match->service_id);
  AvaProvider *provider = ava_spa_find_provider (spa, match->provider_id);
  g_autoptr (GString) title = g_string_new (NULL);

  if (match->customer != NULL)
    g_string_append (title, match->customer->name);
  else
    g_string_append_printf (title, _("New client: %s"), match->new_name != NULL && *match->new_name != '\0' ? match->new_name : "…");
  if (service != NULL)
    g_string_append_printf (title, " · %s", service->name);
  if (provider != NULL)
    g_string_append_printf (title, " · %s", provider->name);
  return g_string_free (g_steal_pointer (&title), FALSE);
}

static void
add_part (GString    *text,
          const char *part)
{
  g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", part);
}

static void
add_visit (GString     *text,
           AvaCustomer *customer,
           GTimeZone   *zone,
           gint64       now_us)
{
  g_autofree char *day = NULL;
  g_autofree char *words = NULL;

  if (customer->last_visit_us == 0) {
    add_part (text, customer->next_visit_us > 0 ? _("First visit is to come") : _("Not here yet"));
    return;
  }
  day = ava_display_day (customer->last_visit_us, now_us, zone);
  words = g_strdup_printf (_("Last here %s"), day);
  add_part (text, words);
}

/* What tells two of the same name apart, or what must still be typed. */
static char *
word_details (AvaBookMatch *match,
              AvaSpa       *spa,
              gint64        now_us)
{
  g_autoptr (GString) text = g_string_new (NULL);
  const char *phone = match->customer != NULL ? match->customer->phone : NULL;

  if (match->customer != NULL)
    add_visit (text, match->customer, spa->zone, now_us);
  if (phone != NULL && strlen (phone) > TAIL_DIGITS) {
    g_autofree char *tail = g_strdup_printf ("…%s", phone + strlen (phone) - TAIL_DIGITS);

    add_part (text, tail);
  } else if (match->new_phone != NULL) {
    g_autofree char *written = ava_display_phone (match->new_phone);

    add_part (text, written);
  }
  if (match->is_usual)
    add_part (text, _("the usual"));
  if (match->missing != NULL)
    add_part (text, match->missing);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *
word_flags (AvaCustomer *customer)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (customer == NULL)
    return g_strdup ("");
  if (customer->do_not_book != NULL && *customer->do_not_book != '\0') {
    g_autofree char *words = g_strdup_printf (_("Do not book: %s"), customer->do_not_book);

    add_part (text, words);
  }
  if (customer->pregnant)
    add_part (text, _("Pregnant"));
  if (customer->allergies != NULL && *customer->allergies != '\0') {
    g_autofree char *words = g_strdup_printf (_("Allergic: %s"), customer->allergies);

    add_part (text, words);
  }
  if (customer->medicines != NULL && *customer->medicines != '\0') {
    g_autofree char *words = g_strdup_printf (_("Takes: %s"), customer->medicines);

    add_part (text, words);
  }
  if (customer->contraindications != NULL && *customer->contraindications != '\0')
    add_part (text, customer->contraindications);
  if (customer->vip)
    add_part (text, _("VIP"));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* A name that runs from right to left does not turn the whole line: the client stays first. */
static void
keep_order (AvaMatchRow *self,
            const char  *title)
{
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  gboolean runs_rtl;
  g_autofree char *marked = NULL;

  gtk_label_set_text (self->title, title);
  runs_rtl = pango_layout_get_direction (gtk_label_get_layout (self->title), 0) == PANGO_DIRECTION_RTL;
  if (runs_rtl == rtl)
    return;
  marked = g_strconcat (rtl ? "\u200f" : "\u200e", title, NULL);
  gtk_label_set_text (self->title, marked);
}

/**
 * ava_match_row_new:
 * @now_us: [us] UTC
 */
AvaMatchRow *
ava_match_row_new (AvaBookMatch *match,
                   AvaSpa       *spa,
                   gint64        now_us)
{
  AvaMatchRow *self = g_object_new (AVA_TYPE_MATCH_ROW, NULL);
  g_autofree char *title = word_title (match, spa);
  g_autofree char *details = word_details (match, spa, now_us);
  g_autofree char *flags = word_flags (match->customer);

  keep_order (self, title);
  gtk_label_set_text (self->details, details);
  gtk_widget_set_visible (GTK_WIDGET (self->details), *details != '\0');
  gtk_label_set_text (self->flags, flags);
  gtk_widget_set_visible (GTK_WIDGET (self->flags), *flags != '\0');
  self->label = g_strdup_printf ("%s, %s%s%s", title, details, *flags != '\0' ? ", " : "", flags);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, self->label, -1);
  return self;
}

/* Returns: all of it in one line */
const char *
ava_match_row_get_label (AvaMatchRow *self)
{
  return self->label;
}
