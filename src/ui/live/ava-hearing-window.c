/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-hearing-window.h"

#include "ava-hearing-button.h"
#include "ava-hearing-chart.h"

#include <glib/gi18n.h>
#include <math.h>

#define FRAMES_A_SECOND 50.0

struct _AvaHearingWindow {
  AdwWindow parent_instance;

  /* Template Widgets */
  AdwToastOverlay *toasts;
  GtkWidget *trouble_group;
  GtkLabel *trouble;
  GtkLabel *verdict;
  GtkLabel *work;
  AvaHearingChart *chart;
  GtkLabel *hint;
  GtkButton *record;
  GtkWidget *take_group;
  AvaHearingChart *take_chart;
  GtkLabel *take_words;
  GtkButton *play;
  GtkWidget *fit;
  GtkWidget *hybrid;
  GtkWidget *silero;
  AdwActionRow *hybrid_row;
  AdwActionRow *silero_row;
  AdwActionRow *certainty_row;
  GtkWidget *rms;
  GtkAdjustment *loudness;       /* [dB of full scale] */
  GtkAdjustment *certainty;      /* [%] */
  GtkScale *loudness_scale;
  GtkScale *certainty_scale;
  GtkSpinner *spinner;
  GtkWidget *measure;
  GtkGrid *scores;

  /* Owned References */
  AvaHearing *hearing;
  GCancellable *cancellable;

  gint64 readings;               /* since it was opened */
  gboolean updating;             /* the sliders follow, they were not moved */
};

G_DEFINE_FINAL_TYPE (AvaHearingWindow, ava_hearing_window, ADW_TYPE_WINDOW)

static void
show_toast (AvaHearingWindow *self,
            const char       *words)
{
  g_autofree char *escaped = g_markup_escape_text (words, -1);

  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (escaped));
}

/* --- what is heard --- */

static void
on_reading (AvaHearingWindow        *self,
            const AvaHearingReading *reading)
{
  ava_hearing_chart_push (self->chart, reading);
  gtk_label_set_text (self->verdict, reading->speech ? _("Speech") : _("No speech"));
  if (reading->speech)
    gtk_widget_add_css_class (GTK_WIDGET (self->verdict), "accent");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->verdict), "accent");
  if (self->readings++ == 0)
    gtk_label_set_text (self->hint, _("What rises above a dashed line counts as speech. A full line shows where a noise has raised it."));
}

static void
update_work (AvaHearingWindow *self)
{
  gboolean fallen = ava_hearing_get_trouble (self->hearing) != NULL && !g_str_equal (ava_hearing_get_mode (self->hearing), "rms");

  gtk_label_set_text (self->work, ava_hearing_name_work (self->hearing));
  gtk_widget_set_css_classes (GTK_WIDGET (self->work), (const char *[]) { fallen ? "warning" : "dim-label", NULL });
}

static char *
format_loudness (GtkScale *scale,
                 double    value)
{
  /* Translators: decibels of full scale, with a proper minus. */
  return g_strdup_printf (_("−%.0f dB"), fabs (value));
}

static char *
format_certainty (GtkScale *scale,
                  double    value)
{
  return g_strdup_printf (_("%.0f %%"), value);
}

/* The number alone would be read without its unit. */
static void
tell_thresholds (AvaHearingWindow *self)
{
  g_autofree char *loudness = format_loudness (NULL, gtk_adjustment_get_value (self->loudness));
  g_autofree char *certainty = format_certainty (NULL, gtk_adjustment_get_value (self->certainty));

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->loudness_scale), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, loudness, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->certainty_scale), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, certainty, -1);
}

static void
update_thresholds (AvaHearingWindow *self)
{
  double loudness = 0;
  double certainty = 0;

  g_object_get (self->hearing, "loudness-threshold", &loudness, "certainty-threshold", &certainty, NULL);
  ava_hearing_chart_set_thresholds (self->chart, loudness, certainty);
  ava_hearing_chart_set_thresholds (self->take_chart, loudness, certainty);
  self->updating = TRUE;
  gtk_adjustment_set_value (self->loudness, 20 * log10 (loudness));
  gtk_adjustment_set_value (self->certainty, 100 * certainty);
  self->updating = FALSE;
  tell_thresholds (self);
}

static void
on_loudness_moved (AvaHearingWindow *self)
{
  if (!self->updating)
    g_object_set (self->hearing, "loudness-threshold", pow (10, gtk_adjustment_get_value (self->loudness) / 20), NULL);
}

static void
on_certainty_moved (AvaHearingWindow *self)
{
  if (!self->updating)
    g_object_set (self->hearing, "certainty-threshold", gtk_adjustment_get_value (self->certainty) / 100, NULL);
}

static void
on_reset (AvaHearingWindow *self)
{
  ava_hearing_reset (self->hearing);
}

/* --- a test --- */

static double
count_seconds (const AvaHearingTake *take,
               guint                 mode)
{
  guint frames = 0;

  for (guint i = 0; i < take->frames; i++)
    frames += take->speech[mode][i];
  return frames / FRAMES_A_SECOND;
}

static char *
describe_take (const AvaHearingTake *take)
{
  if (take->voice <= 0)
    return g_strdup (_("Nobody was heard. Speak a sentence during the test; if you did, the microphone may be muted or far away."));
  if (!take->silero)
    return g_strdup_printf (_("Your voice is %.0f dB above the noise of the room. Speech by loudness: %.1f s of %.1f s. Silero is missing, so no other way listened."),
                            20 * log10 (take->voice / MAX (take->noise, 1e-5)), count_seconds (take, 0), take->frames / FRAMES_A_SECOND);
  return g_strdup_printf (_("Your voice is %.0f dB above the noise of the room. Speech by loudness: %.1f s, by Silero: %.1f s, by both: %.1f s of %.1f s."),
                          20 * log10 (take->voice / MAX (take->noise, 1e-5)), count_seconds (take, 0),
                          count_seconds (take, 1), count_seconds (take, 2), take->frames / FRAMES_A_SECOND);
}

static void
update_test (AvaHearingWindow *self)
{
  gboolean testing = FALSE;
  gboolean playing = FALSE;

  g_object_get (self->hearing, "testing", &testing, "playing", &playing, NULL);
  gtk_button_set_label (self->record, testing ? _("_Stop") : _("_Test the Microphone"));
  gtk_button_set_label (self->play, playing ? _("_Stop") : _("_Play"));
  gtk_widget_set_sensitive (GTK_WIDGET (self->play), !testing);
  gtk_widget_set_sensitive (self->fit, !testing);
}

static void
show_take (AvaHearingWindow *self)
{
  const AvaHearingTake *take = ava_hearing_get_take (self->hearing);
  g_autofree char *words = NULL;

  gtk_widget_set_visible (self->take_group, take != NULL);
  if (take == NULL)
    return;
  words = describe_take (take);
  gtk_label_set_text (self->take_words, words);
  gtk_widget_set_visible (self->fit, take->voice > 0);
  ava_hearing_chart_show_take (self->take_chart, take);
}

static void
on_test_ended (AvaHearingWindow *self,
               const char       *words)
{
  gtk_label_set_text (self->verdict, "");
  if (words != NULL)
    show_toast (self, words);
  else
    show_take (self);
}

static void
on_record (AvaHearingWindow *self)
{
  g_autoptr (GError) error = NULL;
  gboolean testing = FALSE;

  g_object_get (self->hearing, "testing", &testing, NULL);
  if (testing)
    ava_hearing_stop_test (self->hearing);
  else if (ava_hearing_start_test (self->hearing, &error))
    gtk_label_set_text (self->verdict, _("Opening the microphone…"));
  else
    show_toast (self, error->message);
}

static void
on_play (AvaHearingWindow *self)
{
  g_autoptr (GError) error = NULL;
  gboolean playing = FALSE;

  g_object_get (self->hearing, "playing", &playing, NULL);
  if (playing)
    ava_hearing_stop_playing (self->hearing);
  else if (!ava_hearing_play_take (self->hearing, &error))
    show_toast (self, error->message);
}

static void
on_fit (AvaHearingWindow *self)
{
  g_autofree char *words = NULL;
  double loudness = 0;

  if (!ava_hearing_fit (self->hearing))
    return;
  g_object_get (self->hearing, "loudness-threshold", &loudness, NULL);
  words = g_strdup_printf (_("The loudness threshold is −%.0f dB now."), fabs (20 * log10 (loudness)));
  show_toast (self, words);
}

/* --- how well each mode does --- */

static GtkWidget *
attach (AvaHearingWindow *self,
        const char       *words,
        const char       *style,
        int               column,
        int               row)
{
  GtkWidget *label = gtk_label_new (words);

  gtk_label_set_xalign (GTK_LABEL (label), column == 0 ? 0 : 1);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, style);
  gtk_grid_attach (self->scores, label, column, row, 1, 1);
  return label;
}

/* A cell that is read alone must say what it is about. */
static void
attach_figure (AvaHearingWindow *self,
               const char       *words,
               const char       *mode,
               const char       *heading,
               int               column,
               int               row)
{
  GtkWidget *label = attach (self, words, "numeric", column, row);
  g_autofree char *about = g_strdup_printf ("%s, %s", ava_hearing_name_mode (mode), heading);

  gtk_accessible_update_property (GTK_ACCESSIBLE (label), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, about, -1);
}

static const char *
name_line (const char *line)
{
  if (g_str_equal (line, "telephone"))
    return _("Telephone");
  return g_str_equal (line, "quiet") ? _("Quiet room") : _("Noisy room");
}

/* What stands in the place of figures for the ways that need Silero. */
static void
show_missing (AvaHearingWindow *self,
              guint             lines)
{
  static const char *const modes[] = { "silero", "hybrid" };

  for (guint i = 0; i < G_N_ELEMENTS (modes); i++) {
    GtkWidget *label = gtk_label_new (_("Silero is missing: works as Loudness"));

    attach (self, ava_hearing_name_mode (modes[i]), "heading", 0, i + 2);
    gtk_label_set_wrap (GTK_LABEL (label), TRUE);
    gtk_widget_add_css_class (label, "warning");
    gtk_grid_attach (self->scores, label, 1, i + 2, lines + 1, 1);
  }
}

static void
show_scores (AvaHearingWindow *self,
             GArray           *scores)
{
  const gboolean whole = ava_hearing_get_trouble (self->hearing) == NULL;
  const guint lines = scores->len / (whole ? AVA_HEARING_MODES : 1);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->scores))) != NULL)
    gtk_grid_remove (self->scores, child);
  for (guint i = 0; i < scores->len; i++) {
    const AvaHearingScore *score = &g_array_index (scores, AvaHearingScore, i);
    int row = i / lines + 1;
    g_autofree char *share = g_strdup_printf (_("%.0f %%"), 100 * score->f1);

    if (i < lines)
      attach (self, name_line (score->line), "dim-label", i + 1, 0);
    if (i % lines == 0)
      attach (self, ava_hearing_name_mode (score->mode), "heading", 0, row);
    attach_figure (self, share, score->mode, name_line (score->line), i % lines + 1, row);
    if (i % lines == lines - 1) {
      /* Translators: share of one processor's time while a call lasts. */
      g_autofree char *cost = g_strdup_printf (_("%.3f %%"), score->cost_us / 20000 * 100);

      attach_figure (self, cost, score->mode, _("Processor"), lines + 1, row);
    }
  }
  attach (self, _("Processor"), "dim-label", lines + 1, 0);
  if (!whole)
    show_missing (self, lines);
  gtk_widget_set_visible (GTK_WIDGET (self->scores), TRUE);
}

static void
measured_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (AvaHearingWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) scores = ava_hearing_measure_finish (AVA_HEARING (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  gtk_spinner_stop (self->spinner);
  gtk_widget_set_sensitive (self->measure, TRUE);
  if (scores == NULL)
    show_toast (self, error->message);
  else
    show_scores (self, scores);
}

static void
on_measure (AvaHearingWindow *self)
{
  gtk_spinner_start (self->spinner);
  gtk_widget_set_sensitive (self->measure, FALSE);
  ava_hearing_measure_async (self->hearing, self->cancellable, measured_cb, g_object_ref (self));
}

/* --- the window --- */

static gboolean
ava_hearing_window_close_request (GtkWindow *window)
{
  AvaHearingWindow *self = AVA_HEARING_WINDOW (window);

  g_cancellable_cancel (self->cancellable);
  ava_hearing_stop_playing (self->hearing);
  ava_hearing_stop_test (self->hearing);
  return GTK_WINDOW_CLASS (ava_hearing_window_parent_class)->close_request (window);
}

static void
ava_hearing_window_dispose (GObject *object)
{
  AvaHearingWindow *self = AVA_HEARING_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->hearing != NULL)
    g_signal_handlers_disconnect_by_data (self->hearing, self);
  g_clear_object (&self->hearing);

  G_OBJECT_CLASS (ava_hearing_window_parent_class)->dispose (object);
}

static void
ava_hearing_window_class_init (AvaHearingWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ava_hearing_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = ava_hearing_window_close_request;
  g_type_ensure (AVA_TYPE_HEARING_CHART);
  gtk_widget_class_set_template_from_resource (widget_class, "/com/getevaai/FrontDesk/ava-hearing-window.ui");
  gtk_widget_class_bind_template_child (widget_class, AvaHearingWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, AvaHearingWindow, trouble_group);
  gtk_widget_class_bind_template_child (widget_class, AvaHearingWindow, trouble);
  gtk_widget_class_bind_template_child (widget_class, AvaHearingWindow, verdict);
  gtk_widget_class_bind_template_child (widget_class, AvaHearingWindow, work);
  gtk_widget_class_bind_template_child (widget_class, AvaHearingWindow, chart);
  gtk_widget_class_bind_template_child (widget_class, AvaHearingWindow, hint);
  gtk_widget_class_bind_template_child (widget_class, AvaHearingWindow, record);
  gtk_widget_class_bind_template_child (widget_class, AvaHearingWindow, take_group);
  gtk_widget_class_bind_template_child (widget_class, AvaHearingWindow, take_chart);
  gtk_widget_class_bind_template_child (widget_class, AvaHearingWindow, take_words);
  gtk_widget_class_bind_template_child (widget_class, AvaHearingWindow, play);
  gtk_widget_class_bind_template_child (widget_class, AvaHearingWindow, fit);
  gtk_widget_class_bind_template_child (widget_class, AvaHearingWindow, hybrid);
  gtk_widget_class_bind_template_child (widget_class, AvaHearingWindow, silero);
  gtk_widget_class_bind_template_child (widget_class, AvaHearingWindow, rms);
  gtk_widget_class_bind_template_child (widget_class, AvaHearingWindow, hybrid_row);
  gtk_widget_class_bind_template_child (widget_class, AvaHearingWindow, silero_row);
  gtk_widget_class_bind_template_child (widget_class, AvaHearingWindow, certainty_row);
  gtk_widget_class_bind_template_child (widget_class, AvaHearingWindow, loudness);
  gtk_widget_class_bind_template_child (widget_class, AvaHearingWindow, certainty);
  gtk_widget_class_bind_template_child (widget_class, AvaHearingWindow, loudness_scale);
  gtk_widget_class_bind_template_child (widget_class, AvaHearingWindow, certainty_scale);
  gtk_widget_class_bind_template_child (widget_class, AvaHearingWindow, spinner);
  gtk_widget_class_bind_template_child (widget_class, AvaHearingWindow, measure);
  gtk_widget_class_bind_template_child (widget_class, AvaHearingWindow, scores);
  gtk_widget_class_bind_template_callback (widget_class, on_loudness_moved);
  gtk_widget_class_bind_template_callback (widget_class, on_certainty_moved);
  gtk_widget_class_bind_template_callback (widget_class, on_record);
  gtk_widget_class_bind_template_callback (widget_class, on_play);
  gtk_widget_class_bind_template_callback (widget_class, on_fit);
  gtk_widget_class_bind_template_callback (widget_class, on_reset);
  gtk_widget_class_bind_template_callback (widget_class, on_measure);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
ava_hearing_window_init (AvaHearingWindow *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_scale_set_format_value_func (self->loudness_scale, (GtkScaleFormatValueFunc) format_loudness, NULL, NULL);
  gtk_scale_set_format_value_func (self->certainty_scale, (GtkScaleFormatValueFunc) format_certainty, NULL, NULL);
  gtk_label_set_text (self->hint, _("Test the microphone, or take a call, to see here what is heard."));
}

static void
show_trouble (AvaHearingWindow *self,
              const char       *trouble)
{
  g_autofree char *words = g_strdup_printf (_("%s. Until then loudness alone tells speech from noise, whatever is chosen below."), trouble);

  gtk_label_set_text (self->trouble, words);
  gtk_widget_set_visible (self->trouble_group, TRUE);
  adw_action_row_set_subtitle (self->hybrid_row, _("Works as Loudness until Silero is installed."));
  adw_action_row_set_subtitle (self->silero_row, _("Works as Loudness until Silero is installed."));
  adw_action_row_set_subtitle (self->certainty_row, _("Counts once Silero is installed"));
}

static void
use_hearing (AvaHearingWindow *self,
             AvaHearing       *hearing)
{
  static const struct { const char *signal; GCallback callback; } handlers[] = {
    { "reading", G_CALLBACK (on_reading) }, { "test-ended", G_CALLBACK (on_test_ended) },
    { "notify::loudness-threshold", G_CALLBACK (update_thresholds) }, { "notify::mode", G_CALLBACK (update_work) },
    { "notify::certainty-threshold", G_CALLBACK (update_thresholds) },
    { "notify::testing", G_CALLBACK (update_test) }, { "notify::playing", G_CALLBACK (update_test) },
  };
  g_autoptr (GSimpleActionGroup) actions = g_simple_action_group_new ();
  g_autoptr (GPropertyAction) mode = g_property_action_new ("vad-mode", hearing, "mode");
  const char *trouble = ava_hearing_get_trouble (hearing);

  self->hearing = g_object_ref (hearing);
  g_action_map_add_action (G_ACTION_MAP (actions), G_ACTION (mode));
  gtk_widget_insert_action_group (GTK_WIDGET (self), "win", G_ACTION_GROUP (actions));
  for (guint i = 0; i < G_N_ELEMENTS (handlers); i++)
    g_signal_connect_object (hearing, handlers[i].signal, handlers[i].callback, self, G_CONNECT_SWAPPED);
  if (trouble != NULL)
    show_trouble (self, trouble);
  update_thresholds (self);
  update_work (self);
  update_test (self);
  show_take (self);
}

/**
 * ava_hearing_window_new:
 * @hearing: the desk's
 *
 * Returns: (transfer none): the panel; owned by GTK
 */
AvaHearingWindow *
ava_hearing_window_new (GtkWindow  *parent,
                        AvaHearing *hearing)
{
  AvaHearingWindow *self = g_object_new (AVA_TYPE_HEARING_WINDOW, "transient-for", parent,
                                         "destroy-with-parent", TRUE, NULL);

  use_hearing (self, hearing);
  return self;
}
