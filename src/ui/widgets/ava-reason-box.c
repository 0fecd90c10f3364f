/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-reason-box.h"

#include <glib/gi18n.h>

struct _AvaReasonBox {
  AdwBin parent_instance;

  /* Template Widgets */
  GtkLabel *question;
  GtkEditable *field;
  GtkButton *deed;
};

enum { GIVEN, CLOSED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AvaReasonBox, ava_reason_box, ADW_TYPE_BIN)

static char *
get_reason (AvaReasonBox *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (self->field)));
}

static void
on_changed (AvaReasonBox *self)
{
  g_autofree char *reason = get_reason (self);

  gtk_widget_set_sensitive (GTK_WIDGET (self->deed), *reason != '\0');
}

static void
on_give (AvaReasonBox *self)
{
  g_autofree char *reason = get_reason (self);

  if (*reason != '\0')
    g_signal_emit (self, signals[GIVEN], 0, reason);
  else
    gtk_widget_error_bell (GTK_WIDGET (self));
}

static void
on_leave (AvaReasonBox *self)
{
  g_signal_emit (self, signals[CLOSED], 0);
}

static gboolean
on_key (AvaReasonBox *self,
        guint         key)
{
  if (key != GDK_KEY_Escape)
    return FALSE;
  on_leave (self);
  return TRUE;
}

static void
ava_reason_box_class_init (AvaReasonBoxClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, "/com/getevaai/FrontDesk/ava-reason-box.ui");
  gtk_widget_class_bind_template_child (widget_class, AvaReasonBox, question);
  gtk_widget_class_bind_template_child (widget_class, AvaReasonBox, field);
  gtk_widget_class_bind_template_child (widget_class, AvaReasonBox, deed);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_give);
  gtk_widget_class_bind_template_callback (widget_class, on_leave);
  gtk_widget_class_bind_template_callback (widget_class, on_key);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  signals[GIVEN] = g_signal_new ("given", AVA_TYPE_REASON_BOX, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[CLOSED] = g_signal_new ("closed", AVA_TYPE_REASON_BOX, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
ava_reason_box_init (AvaReasonBox *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * ava_reason_box_new:
 * @question: "Why is the fee let go?"
 * @deed: of the button, with a mnemonic
 */
AvaReasonBox *
ava_reason_box_new (const char *question,
                    const char *deed)
{
  AvaReasonBox *self = g_object_new (AVA_TYPE_REASON_BOX, NULL);

  gtk_label_set_text (self->question, question);
  gtk_button_set_label (self->deed, deed);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, question, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->field), GTK_ACCESSIBLE_PROPERTY_LABEL, question, -1);
  return self;
}

void
ava_reason_box_focus (AvaReasonBox *self)
{
  g_return_if_fail (AVA_IS_REASON_BOX (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->field));
}

GtkEditable *
ava_reason_box_get_field (AvaReasonBox *self)
{
  g_return_val_if_fail (AVA_IS_REASON_BOX (self), NULL);

  return self->field;
}
