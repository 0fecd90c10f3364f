/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-card-view.h"

#include "ava-display.h"

#include <glib/gi18n.h>

#define VALUE_CHARS 21
#define MARK_CHARS 9

typedef struct {
  GtkWidget *row;
  GtkImage *icon;
  GtkLabel *value;
  GtkLabel *words;    /* of the caller, from which it was understood */
  GtkLabel *mark;
  GtkImage *play;
} Field;

struct _AvaCardView {
  AdwBin parent_instance;

  /* Template Widgets */
  GtkListBox *list;
  GtkLabel *status;
  GtkLabel *trouble;

  AvaBookingCard *card;                /* owned, nullable */
  GSignalGroup *supervision;           /* of the call */
  Field fields[AVA_CARD_N_FIELDS];     /* borrowed of the list */
};

G_DEFINE_FINAL_TYPE (AvaCardView, ava_card_view, ADW_TYPE_BIN)

static const struct { const char *title; } fields[AVA_CARD_N_FIELDS] = {
  [AVA_CARD_SERVICE] = { N_("Service") },
  [AVA_CARD_PROVIDER] = { N_("Provider") },
  [AVA_CARD_WHEN] = { N_("When") },
  [AVA_CARD_NAME] = { N_("Name") },
  [AVA_CARD_PHONE] = { N_("Phone") },
  [AVA_CARD_EMAIL] = { N_("E-mail") },
};

static const struct { const char *style; const char *icon; const char *words; } marks[] = {
  [AVA_CARD_EMPTY] = { "empty", "ava-empty-symbolic", N_("missing") },
  [AVA_CARD_HEARD] = { "heard", "ava-heard-symbolic", N_("heard") },
  [AVA_CARD_CONFIRMED] = { "confirmed", "ava-confirmed-symbolic", N_("confirmed") },
};

static char *
word_value (AvaCardView  *self,
            AvaCardField  field)
{
  const char *value = self->card != NULL ? self->card->values[field] : NULL;

  if (value == NULL || *value == '\0')
    return g_strdup ("—");
  return field == AVA_CARD_PHONE ? ava_display_phone (value) : g_strdup (value);
}

static const char *
word_mark (AvaCardField field,
           AvaCardState state)
{
  /* B-07: nobody needs an e-mail address. */
  if (field == AVA_CARD_EMAIL && state == AVA_CARD_EMPTY)
    return _("optional");
  return _(marks[state].words);
}

/* The caller's words, when they were said, and how sure the ear was. */
static char *
word_evidence (const AvaEvidence *evidence)
{
  g_autofree char *time = ava_display_duration (evidence->said_us);

  /* Translators: the caller's words, the time in the call, and how sure the recognizer was of them. */
  return g_strdup_printf (_("“%s” · %s · %.0f %% sure"), evidence->words, time, evidence->confidence * 100);
}

static void
update_evidence (AvaCardView  *self,
                 AvaCardField  index)
{
  Field *field = &self->fields[index];
  const AvaEvidence *evidence = self->card != NULL ? self->card->evidence[index] : NULL;
  g_autofree char *words = evidence != NULL ? word_evidence (evidence) : NULL;
  g_autoptr (AvaCallSupervision) supervision = g_signal_group_dup_target (self->supervision);
  int playing = -1;

  if (supervision != NULL)
    g_object_get (supervision, "playing", &playing, NULL);
  gtk_label_set_text (field->words, words != NULL ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (field->words), words != NULL);
  gtk_widget_set_opacity (GTK_WIDGET (field->play), evidence != NULL ? 1 : 0);
  gtk_image_set_from_icon_name (field->play, playing == (int) index ? "ava-stop-symbolic" : "ava-play-symbolic");
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (field->row), evidence != NULL);
  gtk_widget_set_tooltip_text (field->row, evidence == NULL ? NULL
                               : playing == (int) index ? _("Stop (Space)") : _("Hear the caller say it (Space)"));
  /* After the tooltip, which would be read out instead. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (field->row), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  words != NULL ? words : "", -1);
}

static void
update_field (AvaCardView  *self,
              AvaCardField  index)
{
  Field *field = &self->fields[index];
  AvaCardState state = self->card != NULL ? self->card->states[index] : AVA_CARD_EMPTY;
  const char *const classes[] = { "card-mark", marks[state].style, NULL };
  const char *const mark_classes[] = { "card-mark", "caption", marks[state].style, NULL };
  g_autofree char *value = word_value (self, index);
  g_autofree char *spoken = g_strdup_printf ("%s: %s, %s", _(fields[index].title), value,
                                             word_mark (index, state));

  gtk_label_set_text (field->value, value);
  gtk_label_set_text (field->mark, word_mark (index, state));
  gtk_image_set_from_icon_name (field->icon, marks[state].icon);
  gtk_widget_set_css_classes (GTK_WIDGET (field->icon), (const char **) classes);
  gtk_widget_set_css_classes (GTK_WIDGET (field->mark), (const char **) mark_classes);
  gtk_accessible_update_property (GTK_ACCESSIBLE (field->row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  update_evidence (self, index);
}

static const char *
word_status (AvaBookingCard *card)
{
  static const struct { const char *name; const char *words; } words[] = {
    { "offered", N_("Ava has offered times") },
    { "confirming", N_("Waiting for the caller’s yes") },
    { "booked", N_("Booked") },
    { "moved", N_("Moved to another time") },
    { "cancelled", N_("Cancelled") },
    { "message", N_("A message was taken") },
  };

  for (guint i = 0; card != NULL && i < G_N_ELEMENTS (words); i++) {
    if (g_strcmp0 (card->status, words[i].name) == 0)
      return _(words[i].words);
  }
  return _("Nothing booked yet");
}

static void
update (AvaCardView *self)
{
  for (AvaCardField i = 0; i < AVA_CARD_N_FIELDS; i++)
    update_field (self, i);
  gtk_label_set_text (self->status, word_status (self->card));
}

static void
add_field (AvaCardView  *self,
           AvaCardField  index)
{
  Field *field = &self->fields[index];
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1);
  GtkWidget *title = gtk_label_new (_(fields[index].title));
  GtkWidget *value = gtk_label_new (NULL);
  GtkWidget *mark = gtk_label_new (NULL);
  GtkWidget *words = gtk_label_new (NULL);
  GtkWidget *icon = gtk_image_new ();
  GtkWidget *play = gtk_image_new ();

  gtk_widget_add_css_class (title, "caption");
  gtk_widget_add_css_class (title, "dim-label");
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_xalign (GTK_LABEL (value), 0);
  gtk_label_set_wrap (GTK_LABEL (value), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (value), PANGO_WRAP_WORD_CHAR);
  /* Of one width, so that the window stands still while words come in. */
  gtk_label_set_width_chars (GTK_LABEL (value), VALUE_CHARS);
  gtk_label_set_max_width_chars (GTK_LABEL (value), VALUE_CHARS);
  gtk_label_set_xalign (GTK_LABEL (words), 0);
  gtk_label_set_wrap (GTK_LABEL (words), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (words), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_width_chars (GTK_LABEL (words), VALUE_CHARS);
  gtk_label_set_max_width_chars (GTK_LABEL (words), VALUE_CHARS);
  gtk_label_set_lines (GTK_LABEL (words), 3);
  gtk_label_set_ellipsize (GTK_LABEL (words), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (words, "caption");
  gtk_widget_add_css_class (words, "dim-label");
  gtk_widget_add_css_class (play, "dim-label");
  gtk_accessible_update_property (GTK_ACCESSIBLE (play), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Hear the caller say it"), -1);
  gtk_label_set_width_chars (GTK_LABEL (mark), MARK_CHARS);
  gtk_label_set_xalign (GTK_LABEL (mark), 1);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (texts), title);
  gtk_box_append (GTK_BOX (texts), value);
  gtk_box_append (GTK_BOX (texts), words);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), texts);
  gtk_box_append (GTK_BOX (box), mark);
  gtk_box_append (GTK_BOX (box), play);
  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_widget_set_margin_top (box, 7);
  gtk_widget_set_margin_bottom (box, 7);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_append (self->list, row);
  *field = (Field) { row, GTK_IMAGE (icon), GTK_LABEL (value), GTK_LABEL (words), GTK_LABEL (mark), GTK_IMAGE (play) };
}

static void
on_row_activated (AvaCardView   *self,
                  GtkListBoxRow *row)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "call.play-field", "i", gtk_list_box_row_get_index (row));
}

static void
update_playing (AvaCardView *self)
{
  g_autoptr (AvaCallSupervision) supervision = g_signal_group_dup_target (self->supervision);
  g_autofree char *trouble = NULL;

  for (AvaCardField i = 0; i < AVA_CARD_N_FIELDS; i++)
    update_evidence (self, i);
  if (supervision != NULL)
    g_object_get (supervision, "trouble", &trouble, NULL);
  gtk_label_set_text (self->trouble, trouble != NULL ? trouble : "");
  gtk_widget_set_visible (GTK_WIDGET (self->trouble), trouble != NULL);
}

static void
ava_card_view_dispose (GObject *object)
{
  AvaCardView *self = AVA_CARD_VIEW (object);

  if (self->card != NULL)
    g_signal_handlers_disconnect_by_func (self->card, update, self);
  g_clear_object (&self->card);
  g_clear_object (&self->supervision);
  G_OBJECT_CLASS (ava_card_view_parent_class)->dispose (object);
}

static void
ava_card_view_class_init (AvaCardViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ava_card_view_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/com/getevaai/FrontDesk/ava-card-view.ui");
  gtk_widget_class_bind_template_child (widget_class, AvaCardView, list);
  gtk_widget_class_bind_template_child (widget_class, AvaCardView, status);
  gtk_widget_class_bind_template_child (widget_class, AvaCardView, trouble);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
}

static void
ava_card_view_init (AvaCardView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->supervision = g_signal_group_new (AVA_TYPE_CALL_SUPERVISION);
  g_signal_group_connect_swapped (self->supervision, "notify::playing", G_CALLBACK (update_playing), self);
  g_signal_group_connect_swapped (self->supervision, "notify::trouble", G_CALLBACK (update_playing), self);
  for (AvaCardField i = 0; i < AVA_CARD_N_FIELDS; i++)
    add_field (self, i);
  update (self);
}

/**
 * ava_card_view_set_card:
 * @card: (nullable): the booking to follow from now on
 */
void
ava_card_view_set_card (AvaCardView    *self,
                        AvaBookingCard *card)
{
  g_return_if_fail (AVA_IS_CARD_VIEW (self));

  if (self->card != NULL)
    g_signal_handlers_disconnect_by_func (self->card, update, self);
  g_set_object (&self->card, card);
  if (card != NULL)
    g_signal_connect_swapped (card, "changed", G_CALLBACK (update), self);
  update (self);
}

/**
 * ava_card_view_set_supervision:
 * @supervision: (nullable): of the same call: what plays, and why it does not
 */
void
ava_card_view_set_supervision (AvaCardView        *self,
                               AvaCallSupervision *supervision)
{
  g_return_if_fail (AVA_IS_CARD_VIEW (self));

  g_signal_group_set_target (self->supervision, supervision);
  update_playing (self);
}

/**
 * ava_card_view_get_words:
 *
 * Returns: the caller's words behind a field as they are shown; "" for none
 */
const char *
ava_card_view_get_words (AvaCardView  *self,
                         AvaCardField  field)
{
  return gtk_label_get_text (self->fields[field].words);
}

/**
 * ava_card_view_get_trouble:
 *
 * Returns: why the last clip was not heard, as it is shown; "" for none
 */
const char *
ava_card_view_get_trouble (AvaCardView *self)
{
  return gtk_label_get_text (self->trouble);
}

/**
 * ava_card_view_get_value:
 *
 * Returns: the value of a field as it is shown
 */
const char *
ava_card_view_get_value (AvaCardView  *self,
                         AvaCardField  field)
{
  return gtk_label_get_text (self->fields[field].value);
}

/**
 * ava_card_view_get_mark:
 *
 * Returns: the state of a field in words
 */
const char *
ava_card_view_get_mark (AvaCardView  *self,
                        AvaCardField  field)
{
  return gtk_label_get_text (self->fields[field].mark);
}
