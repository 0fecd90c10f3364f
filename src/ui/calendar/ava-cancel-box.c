/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-cancel-box.h"

#include "ava-cancel-policy.h"

#include <glib/gi18n.h>
#include <string.h>

static const char *const reasons[] = {
  N_("Client is ill"),
  N_("Something came up"),
  N_("Wants another time"),
  N_("Not wanted any more"),
  N_("Booked by mistake"),
  N_("The spa cannot keep it"),
};

struct _AvaCancelBox {
  AdwBin parent_instance;

  /* Template Widgets */
  GtkLabel *fee;
  GtkListBox *list;
  GtkEditable *other;
};

enum { CHOSEN, CLOSED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AvaCancelBox, ava_cancel_box, ADW_TYPE_BIN)

static void
choose (AvaCancelBox *self,
        int           index)
{
  if (index >= 0 && index < (int) G_N_ELEMENTS (reasons))
    g_signal_emit (self, signals[CHOSEN], 0, _(reasons[index]));
}

static void
on_row_activated (AvaCancelBox  *self,
                  GtkListBoxRow *row)
{
  choose (self, gtk_list_box_row_get_index (row));
}

static void
on_other (AvaCancelBox *self)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (self->other)));

  if (*text != '\0')
    g_signal_emit (self, signals[CHOSEN], 0, text);
}

static void
on_keep (AvaCancelBox *self)
{
  g_signal_emit (self, signals[CLOSED], 0);
}

static gboolean
is_typing (AvaCancelBox *self)
{
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));

  return focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->other));
}

static gboolean
on_key (AvaCancelBox *self,
        guint         key)
{
  if (key == GDK_KEY_Escape) {
    on_keep (self);
    return TRUE;
  }
  if (is_typing (self) || key < GDK_KEY_1 || key >= GDK_KEY_1 + G_N_ELEMENTS (reasons))
    return FALSE;
  choose (self, key - GDK_KEY_1);
  return TRUE;
}

static void
ava_cancel_box_class_init (AvaCancelBoxClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, "/com/getevaai/FrontDesk/ava-cancel-box.ui");
  gtk_widget_class_bind_template_child (widget_class, AvaCancelBox, fee);
  gtk_widget_class_bind_template_child (widget_class, AvaCancelBox, list);
  gtk_widget_class_bind_template_child (widget_class, AvaCancelBox, other);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_other);
  gtk_widget_class_bind_template_callback (widget_class, on_keep);
  gtk_widget_class_bind_template_callback (widget_class, on_key);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  signals[CHOSEN] = g_signal_new ("chosen", AVA_TYPE_CANCEL_BOX, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[CLOSED] = g_signal_new ("closed", AVA_TYPE_CANCEL_BOX, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
add_reason (AvaCancelBox *self,
            guint         number,
            const char   *words)
{
  g_autofree char *text = g_strdup_printf ("%u  %s", number, words);
  GtkWidget *label = gtk_label_new (text);
  GtkWidget *row = gtk_list_box_row_new ();

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "numeric");
  gtk_widget_add_css_class (row, "match");
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  gtk_list_box_append (self->list, row);
}

static void
ava_cancel_box_init (AvaCancelBox *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
    add_reason (self, i + 1, _(reasons[i]));
}

/**
 * ava_cancel_box_start:
 * @now_us: [us] UTC
 *
 * Asks about that appointment and takes the keyboard.
 */
void
ava_cancel_box_start (AvaCancelBox   *self,
                      AvaAppointment *appointment,
                      AvaSpa         *spa,
                      gint64          now_us)
{
  AvaService *service = ava_spa_find_service (spa, appointment->service_id);
  g_autofree char *fee = service != NULL
    ? ava_cancel_policy_speak (service, appointment->start_us, now_us, spa->zone, spa->currency) : NULL;
  GtkListBoxRow *first = gtk_list_box_get_row_at_index (self->list, 0);

  g_return_if_fail (AVA_IS_CANCEL_BOX (self));

  gtk_label_set_text (self->fee, fee != NULL ? fee : "");
  gtk_widget_set_visible (GTK_WIDGET (self->fee), fee != NULL && *fee != '\0');
  gtk_editable_set_text (self->other, "");
  gtk_list_box_select_row (self->list, first);
  gtk_widget_grab_focus (GTK_WIDGET (first));
}
