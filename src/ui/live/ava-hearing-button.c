/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-hearing-button.h"

#include "ava-compat.h"

#include <glib/gi18n.h>

struct _AvaHearingButton {
  AdwBin parent_instance;

  GtkMenuButton *button;
  GSignalGroup *signals;       /* of the hearing */
};

G_DEFINE_FINAL_TYPE (AvaHearingButton, ava_hearing_button, ADW_TYPE_BIN)

/**
 * ava_hearing_name_mode:
 * @mode: "rms", "silero" or "hybrid"
 *
 * Returns: what receptionists call it
 */
const char *
ava_hearing_name_mode (const char *mode)
{
  if (g_strcmp0 (mode, "silero") == 0)
    return _("Silero");
  return g_strcmp0 (mode, "rms") == 0 ? _("Loudness") : _("Hybrid");
}

/**
 * ava_hearing_name_work:
 *
 * Returns: by which way speech is detected now, in words: not what was chosen where that cannot be had
 */
const char *
ava_hearing_name_work (AvaHearing *hearing)
{
  const char *mode = ava_hearing_get_mode (hearing);

  if (ava_hearing_get_trouble (hearing) != NULL && g_strcmp0 (mode, "rms") != 0)
    return _("Loudness only");
  return ava_hearing_name_mode (mode);
}

static void
update (AvaHearingButton *self)
{
  g_autoptr (AvaHearing) hearing = g_signal_group_dup_target (self->signals);
  const char *trouble;
  const char *mode;
  g_autofree char *words = NULL;

  if (hearing == NULL)
    return;
  trouble = ava_hearing_get_trouble (hearing);
  mode = ava_hearing_get_mode (hearing);
  gtk_menu_button_set_label (self->button, ava_hearing_name_work (hearing));
  if (trouble != NULL && g_strcmp0 (mode, "rms") != 0) {
    words = g_strdup_printf (_("%s: loudness alone tells speech from noise."), trouble);
    gtk_widget_add_css_class (GTK_WIDGET (self->button), "warning");
  } else {
    words = g_strdup (_("How speech is told from noise"));
    gtk_widget_remove_css_class (GTK_WIDGET (self->button), "warning");
  }
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->button), words);
}

static GMenuModel *
make_menu (void)
{
  static const char *const modes[] = { "hybrid", "silero", "rms" };
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) choices = g_menu_new ();
  g_autoptr (GMenu) more = g_menu_new ();

  for (guint i = 0; i < G_N_ELEMENTS (modes); i++) {
    g_autoptr (GMenuItem) item = g_menu_item_new (ava_hearing_name_mode (modes[i]), NULL);

    g_menu_item_set_action_and_target (item, "win.vad-mode", "s", modes[i]);
    g_menu_append_item (choices, item);
  }
  g_menu_append_section (menu, _("Detect speech by"), G_MENU_MODEL (choices));
  g_menu_append (more, _("_Speech Detection…"), "win.speech-detection");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (more));
  return G_MENU_MODEL (g_steal_pointer (&menu));
}

static void
ava_hearing_button_dispose (GObject *object)
{
  g_clear_object (&AVA_HEARING_BUTTON (object)->signals);

  G_OBJECT_CLASS (ava_hearing_button_parent_class)->dispose (object);
}

static void
ava_hearing_button_class_init (AvaHearingButtonClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = ava_hearing_button_dispose;
}

static void
ava_hearing_button_init (AvaHearingButton *self)
{
  g_autoptr (GMenuModel) menu = make_menu ();

  self->button = GTK_MENU_BUTTON (gtk_menu_button_new ());
  gtk_menu_button_set_menu_model (self->button, menu);
  gtk_widget_add_css_class (GTK_WIDGET (self->button), "flat");
  gtk_widget_add_css_class (GTK_WIDGET (self->button), "caption");
  ava_compat_name_menus (GTK_WIDGET (self->button), _("Detect speech by"));
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->button));
  self->signals = g_signal_group_new (AVA_TYPE_HEARING);
  g_signal_group_connect_swapped (self->signals, "notify::mode", G_CALLBACK (update), self);
}

/**
 * ava_hearing_button_set_hearing:
 * @hearing: (nullable): the desk's
 */
void
ava_hearing_button_set_hearing (AvaHearingButton *self,
                                AvaHearing       *hearing)
{
  g_return_if_fail (AVA_IS_HEARING_BUTTON (self));

  g_signal_group_set_target (self->signals, hearing);
  update (self);
}

/**
 * ava_hearing_button_get_label:
 *
 * Returns: the mode, as it is shown
 */
const char *
ava_hearing_button_get_label (AvaHearingButton *self)
{
  g_return_val_if_fail (AVA_IS_HEARING_BUTTON (self), NULL);

  return gtk_menu_button_get_label (self->button);
}
