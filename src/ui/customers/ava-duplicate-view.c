/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-duplicate-view.h"

#include "ava-client-words.h"
#include "ava-customer-fields.h"
#include "ava-display.h"

#include <glib/gi18n.h>
#include <string.h>

struct _AvaDuplicateView {
  AdwBin parent_instance;

  /* Template Widgets */
  GtkLabel *why;
  GtkGrid *grid;
  GtkLabel *trouble;
  GtkButton *merge;

  /* Owned References */
  AvaContext *context;
  AvaClients *clients;
  AvaCustomer *one;          /* nullable; stays when they become one */
  AvaCustomer *other;        /* nullable */
};

enum { DONE, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AvaDuplicateView, ava_duplicate_view, ADW_TYPE_BIN)

static void
tell (AvaDuplicateView *self,
      const char       *words)
{
  gtk_label_set_text (self->trouble, words != NULL ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->trouble), words != NULL);
}

static void
changed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (AvaDuplicateView) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaCustomer) customer = ava_clients_change_finish (AVA_CLIENTS (source), result, NULL, &error);

  if (self->context == NULL)
    return;
  tell (self, error != NULL ? error->message : NULL);
  if (customer != NULL)
    g_signal_emit (self, signals[DONE], 0, customer->id);
}

static void
on_merge (AvaDuplicateView *self)
{
  ava_clients_merge_async (self->clients, self->one->id, self->other->id, changed_cb, g_object_ref (self));
}

static void
on_apart (AvaDuplicateView *self)
{
  ava_clients_keep_apart_async (self->clients, self->one->id, self->other->id, changed_cb, g_object_ref (self));
}

static void
on_later (AvaDuplicateView *self)
{
  g_signal_emit (self, signals[DONE], 0, self->one->id);
}

static void
add_cell (AvaDuplicateView *self,
          int               column,
          int               line,
          const char       *text,
          const char       *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_yalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_hexpand (label, column > 0);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  gtk_grid_attach (self->grid, label, column, line, 1, 1);
}

static void
add_line (AvaDuplicateView *self,
          int              *line,
          const char       *title,
          const char       *one,
          const char       *other)
{
  gboolean differs = strcmp (one, other) != 0;

  if (*one == '\0' && *other == '\0')
    return;
  add_cell (self, 0, *line, title, "dim-label");
  add_cell (self, 1, *line, *one != '\0' ? one : "–", differs ? "heading" : NULL);
  add_cell (self, 2, *line, *other != '\0' ? other : "–", differs ? "heading" : NULL);
  (*line)++;
}

static char *
word_field (AvaCustomer *customer,
            const char  *field)
{
  g_autofree char *text = ava_customer_get_field (customer, field);

  if (strcmp (field, "phone") == 0 && *text != '\0')
    return ava_display_phone (text);
  if (strcmp (field, "pregnant") == 0)
    return g_strdup (*text != '\0' ? _("Yes") : "");
  return g_steal_pointer (&text);
}

static char *
word_day (AvaDuplicateView *self,
          gint64            time_us)
{
  return time_us != 0 ? ava_display_day (time_us, ava_clock_now_us (ava_context_get_clock (self->context)),
                                         ava_context_get_spa (self->context)->zone) : g_strdup ("");
}

static void
fill (AvaDuplicateView *self)
{
  const struct { const char *field; const char *title; } lines[] = {
    { "name", _("Name") }, { "phone", _("Phone") }, { "email", _("E-mail") }, { "born", _("Birthday") }, { "allergies", _("Allergies") },
    { "medicines", _("Medicines") }, { "contraindications", _("Not to be treated with") }, { "pregnant", _("Pregnant") },
    { "tags", _("Tags") }, { "notes", _("Notes") },
  };
  g_autofree char *visits = g_strdup_printf ("%u", self->one->visits);
  g_autofree char *other_visits = g_strdup_printf ("%u", self->other->visits);
  g_autofree char *last = word_day (self, self->one->last_visit_us);
  g_autofree char *other_last = word_day (self, self->other->last_visit_us);
  g_autofree char *created = word_day (self, self->one->created_us);
  g_autofree char *other_created = word_day (self, self->other->created_us);
  GtkWidget *child;
  int line = 1;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->grid))) != NULL)
    gtk_grid_remove (self->grid, child);
  add_cell (self, 1, 0, _("Stays"), "caption");
  add_cell (self, 2, 0, _("Goes into it"), "caption");
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++) {
    g_autofree char *one = word_field (self->one, lines[i].field);
    g_autofree char *other = word_field (self->other, lines[i].field);

    add_line (self, &line, lines[i].title, one, other);
  }
  add_line (self, &line, _("Visits"), visits, other_visits);
  add_line (self, &line, _("Last visit"), last, other_last);
  add_line (self, &line, _("Added"), created, other_created);
}

/**
 * ava_duplicate_view_show:
 * @one: stays when they become one
 */
void
ava_duplicate_view_show (AvaDuplicateView *self,
                         AvaCustomer      *one,
                         AvaCustomer      *other,
                         AvaSame           reasons)
{
  g_autofree char *why = ava_client_words_for_reasons (reasons);

  g_return_if_fail (AVA_IS_DUPLICATE_VIEW (self));

  g_set_object (&self->one, one);
  g_set_object (&self->other, other);
  gtk_label_set_text (self->why, why);
  tell (self, NULL);
  fill (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->merge));
}

void
ava_duplicate_view_set_desk (AvaDuplicateView *self,
                             AvaContext       *context,
                             AvaClients       *clients)
{
  g_set_object (&self->context, context);
  g_set_object (&self->clients, clients);
}

static void
ava_duplicate_view_dispose (GObject *object)
{
  AvaDuplicateView *self = AVA_DUPLICATE_VIEW (object);

  g_clear_object (&self->context);
  g_clear_object (&self->clients);
  g_clear_object (&self->one);
  g_clear_object (&self->other);
  G_OBJECT_CLASS (ava_duplicate_view_parent_class)->dispose (object);
}

static void
ava_duplicate_view_class_init (AvaDuplicateViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ava_duplicate_view_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/com/getevaai/FrontDesk/ava-duplicate-view.ui");
  gtk_widget_class_bind_template_child (widget_class, AvaDuplicateView, why);
  gtk_widget_class_bind_template_child (widget_class, AvaDuplicateView, grid);
  gtk_widget_class_bind_template_child (widget_class, AvaDuplicateView, trouble);
  gtk_widget_class_bind_template_child (widget_class, AvaDuplicateView, merge);
  gtk_widget_class_bind_template_callback (widget_class, on_merge);
  gtk_widget_class_bind_template_callback (widget_class, on_apart);
  gtk_widget_class_bind_template_callback (widget_class, on_later);

  /**
   * AvaDuplicateView::done:
   * @id: the record to show
   */
  signals[DONE] = g_signal_new ("done", AVA_TYPE_DUPLICATE_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
ava_duplicate_view_init (AvaDuplicateView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
