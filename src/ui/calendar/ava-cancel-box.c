/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-cancel-box.h"

#include "ava-amends.h"
#include "ava-calendar-rows.h"
#include "ava-display.h"

#include <glib/gi18n.h>
#include <string.h>

static const char *const reasons[] = {
  N_("Client is ill"),
  N_("Something came up"),
  N_("Wants another time"),
  N_("Not wanted any more"),
  N_("Booked by mistake"),
  N_("The spa cannot keep it"),
  N_("Ava misheard: apologize and keep the call"),   /* of what Ava booked alone; the last */
};

#define MISHEARD ((int) G_N_ELEMENTS (reasons) - 1)

struct _AvaCancelBox {
  AdwBin parent_instance;

  AvaCancelKind kind;
  gboolean by_ava;             /* and it can be put right */

  /* Template Widgets */
  GtkLabel *question;
  GtkLabel *fee;
  GtkWidget *why;              /* list and field, of a cancellation */
  GtkListBox *list;
  GtkEditable *other;
  GtkWidget *deed;             /* of one who did not come */
  GtkBox *waiving;
  GtkCheckButton *waive;
  GtkEditable *waiver;
};

enum { CHOSEN, CLOSED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AvaCancelBox, ava_cancel_box, ADW_TYPE_BIN)

/* A fee that is to be let go needs its own reason. */
static gboolean
lacks_waiver (AvaCancelBox *self)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (self->waiver)));

  if (!gtk_check_button_get_active (self->waive) || *text != '\0')
    return FALSE;
  gtk_widget_add_css_class (GTK_WIDGET (self->waiver), "error");
  gtk_widget_grab_focus (GTK_WIDGET (self->waiver));
  gtk_widget_error_bell (GTK_WIDGET (self->waiver));
  return TRUE;
}

static void
on_waive (AvaCancelBox *self)
{
  gboolean waive = gtk_check_button_get_active (self->waive);

  gtk_widget_set_visible (GTK_WIDGET (self->waiver), waive);
  gtk_widget_remove_css_class (GTK_WIDGET (self->waiver), "error");
  if (waive)
    gtk_widget_grab_focus (GTK_WIDGET (self->waiver));
}

/* The reason for the fee is written: on to the reason for the cancellation, or to the deed. */
static void
on_waiver (AvaCancelBox *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  if (lacks_waiver (self))
    return;
  if (self->kind == AVA_CANCEL_NO_SHOW)
    gtk_widget_grab_focus (self->deed);
  else if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
choose (AvaCancelBox *self,
        int           index)
{
  if (index < 0 || index >= (int) G_N_ELEMENTS (reasons) || (index == MISHEARD && !self->by_ava) || lacks_waiver (self))
    return;
  g_signal_emit (self, signals[CHOSEN], 0, index == MISHEARD ? AVA_AMENDS_REASON : _(reasons[index]));
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

  if (*text != '\0' && !lacks_waiver (self))
    g_signal_emit (self, signals[CHOSEN], 0, text);
}

static void
on_deed (AvaCancelBox *self)
{
  if (!lacks_waiver (self))
    g_signal_emit (self, signals[CHOSEN], 0, NULL);
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

  return focus != NULL && (gtk_widget_is_ancestor (focus, GTK_WIDGET (self->other)) ||
                           gtk_widget_is_ancestor (focus, GTK_WIDGET (self->waiver)));
}

static gboolean
on_key (AvaCancelBox *self,
        guint         key)
{
  if (key == GDK_KEY_Escape) {
    on_keep (self);
    return TRUE;
  }
  if (self->kind == AVA_CANCEL_NO_SHOW || is_typing (self) || key < GDK_KEY_1 || key >= GDK_KEY_1 + G_N_ELEMENTS (reasons))
    return FALSE;
  choose (self, key - GDK_KEY_1);
  return TRUE;
}

static void
ava_cancel_box_class_init (AvaCancelBoxClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  gtk_widget_class_set_template_from_resource (widget_class, "/com/getevaai/FrontDesk/ava-cancel-box.ui");
  gtk_widget_class_bind_template_child (widget_class, AvaCancelBox, question);
  gtk_widget_class_bind_template_child (widget_class, AvaCancelBox, fee);
  gtk_widget_class_bind_template_child (widget_class, AvaCancelBox, why);
  gtk_widget_class_bind_template_child (widget_class, AvaCancelBox, list);
  gtk_widget_class_bind_template_child (widget_class, AvaCancelBox, other);
  gtk_widget_class_bind_template_child (widget_class, AvaCancelBox, deed);
  gtk_widget_class_bind_template_child (widget_class, AvaCancelBox, waiving);
  gtk_widget_class_bind_template_child (widget_class, AvaCancelBox, waive);
  gtk_widget_class_bind_template_child (widget_class, AvaCancelBox, waiver);
  gtk_widget_class_bind_template_callback (widget_class, on_waive);
  gtk_widget_class_bind_template_callback (widget_class, on_waiver);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_other);
  gtk_widget_class_bind_template_callback (widget_class, on_deed);
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

  ava_calendar_rows_add_choice (self->list, text, words);
}

static void
ava_cancel_box_init (AvaCancelBox *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
    add_reason (self, i + 1, _(reasons[i]));
}

/* What it costs, as of @now_us; NULL when it costs nothing and will not. */
static char *
word_fee (AvaCancelKind  kind,
          AvaService    *service,
          gint64         start_us,
          gint64         now_us,
          AvaSpa        *here)
{
  gint64 until_us = ava_cancel_policy_free_until (service, start_us, here->zone);
  gint64 cents = kind == AVA_CANCEL_NO_SHOW ? service->no_show_fee_cents : service->cancel_fee_cents;
  g_autofree char *fee = ava_display_money (cents, here->currency);
  g_autofree char *until = NULL;

  if (cents <= 0 || (kind == AVA_CANCEL_BY_CUSTOMER && service->cancel_hours == 0))
    return NULL;
  if (kind == AVA_CANCEL_NO_SHOW)
    return g_strdup_printf (_("For not coming the fee is %s."), fee);
  until = ava_display_moment (until_us, here->zone);
  /* Translators: a date with its time, an amount of money. */
  return now_us < until_us ? g_strdup_printf (_("Cancelling is free until %s; after that the fee is %s."), until, fee)
                           : g_strdup_printf (_("Cancelling was free until %s; now the fee is %s."), until, fee);
}

/**
 * ava_cancel_box_find_fee:
 *
 * Returns: [cents] that giving up @appointment like that costs at @now_us
 */
gint64
ava_cancel_box_find_fee (AvaCancelKind   kind,
                         AvaAppointment *appointment,
                         AvaSpa         *spa,
                         gint64          now_us)
{
  g_autoptr (AvaSpa) here = ava_spa_at (spa, appointment->location_id);
  AvaService *service = ava_spa_find_service (spa, appointment->service_id);

  return service != NULL ? ava_cancel_policy_fee (service, appointment->start_us, now_us, (here != NULL ? here : spa)->zone, kind) : 0;
}

static void
ask_kind (AvaCancelBox  *self,
          AvaCancelKind  kind)
{
  gboolean missed = kind == AVA_CANCEL_NO_SHOW;

  self->kind = kind;
  gtk_label_set_text (self->question, missed ? _("Did the client not come?") : _("Why is it cancelled?"));
  gtk_widget_set_visible (self->why, !missed);
  gtk_widget_set_visible (self->deed, missed);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  missed ? _("The client did not come") : _("Cancel the appointment"), -1);
}

/**
 * ava_cancel_box_start:
 * @may_waive: whether a fee may be let go here
 * @now_us: [us] UTC
 *
 * Asks about that appointment and takes the keyboard.
 */
void
ava_cancel_box_start (AvaCancelBox   *self,
                      AvaCancelKind   kind,
                      AvaAppointment *appointment,
                      AvaSpa         *spa,
                      gboolean        may_waive,
                      gint64          now_us)
{
  AvaService *service = ava_spa_find_service (spa, appointment->service_id);
  g_autoptr (AvaSpa) here = ava_spa_at (spa, appointment->location_id);
  g_autofree char *fee = service != NULL ? word_fee (kind, service, appointment->start_us, now_us, here != NULL ? here : spa) : NULL;
  gboolean costs = ava_cancel_box_find_fee (kind, appointment, spa, now_us) > 0;
  GtkListBoxRow *first = gtk_list_box_get_row_at_index (self->list, 0);

  g_return_if_fail (AVA_IS_CANCEL_BOX (self));

  ask_kind (self, kind);
  self->by_ava = ava_amends_fits (appointment);
  gtk_widget_set_visible (GTK_WIDGET (gtk_list_box_get_row_at_index (self->list, MISHEARD)), self->by_ava);
  gtk_label_set_text (self->fee, fee != NULL ? fee : "");
  gtk_widget_set_visible (GTK_WIDGET (self->fee), fee != NULL);
  gtk_editable_set_text (self->other, "");
  gtk_editable_set_text (self->waiver, "");
  gtk_check_button_set_active (self->waive, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->waiving), costs);
  gtk_widget_set_sensitive (GTK_WIDGET (self->waive), may_waive);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->waiving), may_waive ? NULL : _("Only who has the right to it may let a fee go"));
  gtk_list_box_select_row (self->list, first);
  gtk_widget_grab_focus (kind == AVA_CANCEL_NO_SHOW ? self->deed : GTK_WIDGET (first));
}

/* Returns: (transfer none) (nullable): why the fee is let go; %NULL when it is not */
const char *
ava_cancel_box_get_waiver (AvaCancelBox *self)
{
  g_return_val_if_fail (AVA_IS_CANCEL_BOX (self), NULL);

  return gtk_check_button_get_active (self->waive) ? gtk_editable_get_text (self->waiver) : NULL;
}
