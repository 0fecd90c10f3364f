/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-call-view.h"

#include "ava-adaptive-box.h"
#include "ava-compat.h"
#include "ava-hearing-button.h"
#include "ava-level-meter.h"
#include "ava-talk-button.h"
#include "ava-display.h"

#include <glib/gi18n.h>

struct _AvaCallView {
  AdwBin parent_instance;

  /* Template Widgets */
  GtkWidget *heading;
  GtkLabel *caller;
  GtkLabel *timer;
  GtkWidget *dot;
  GtkLabel *state;
  GtkLabel *detail;
  GtkLabel *intent;
  GtkLabel *mood;
  GtkMenuButton *steers;
  GtkWidget *levels;
  AvaLevelMeter *caller_meter;
  AvaLevelMeter *ava_meter;
  AvaHearingButton *hearing;
  GtkRevealer *safety;
  GtkLabel *safety_words;
  GtkRevealer *notice;
  GtkLabel *notice_words;
  AvaTranscriptView *transcript;
  AvaCardView *card;
  GtkEntry *steer;
  GtkWidget *controls;
  AvaTalkButton *talk;
  GtkWidget *summary;
  GtkWidget *show_booking;
  GtkWidget *wishes;

  /* Owned References */
  AvaCallSession *session;     /* nullable */
  GSignalGroup *signals;       /* of the session */
  GSignalGroup *card_signals;
  GSignalGroup *supervision_signals;
  gboolean wants_person;       /* the caller in view has asked for one */
};

G_DEFINE_FINAL_TYPE (AvaCallView, ava_call_view, ADW_TYPE_BIN)

static const char *
name_line (const char *kind)
{
  if (g_strcmp0 (kind, "desk") == 0)
    return _("Microphone of this computer");
  if (g_strcmp0 (kind, "simulated") == 0)
    return _("Simulated caller");
  if (g_strcmp0 (kind, "file") == 0)
    return _("Recorded caller");
  return _("Telephone");
}

static void update_strips (AvaCallView *self);

static void
add_part (GString    *line,
          const char *part)
{
  if (part != NULL && *part != '\0')
    g_string_append_printf (line, "%s%s", line->len > 0 ? " · " : "", part);
}

/* One quiet line: by which way, over which connection, how quick Ava is and what it costs; after the
 * call its outcome. */
static void
update_detail (AvaCallView *self)
{
  AvaCallSupervision *supervision = ava_call_session_get_supervision (self->session);
  g_autoptr (GString) line = g_string_new (NULL);
  g_autofree char *outcome = NULL;
  g_autofree char *connection = NULL;
  g_autofree char *cost = NULL;
  g_autofree char *latency = NULL;
  int latency_ms = 0;

  g_object_get (self->session, "latency-ms", &latency_ms, "outcome", &outcome, NULL);
  g_object_get (supervision, "connection", &connection, "cost", &cost, NULL);
  if (ava_call_session_get_state (self->session) == AVA_CALL_ENDED) {
    add_part (line, ava_display_outcome (outcome));
  } else {
    add_part (line, name_line (ava_call_session_get_kind (self->session)));
    add_part (line, connection != NULL ? connection : _("Local voice"));
  }
  if (latency_ms > 0 && ava_call_session_get_state (self->session) != AVA_CALL_ENDED)
    /* Translators: how long Ava took for her last answer. */
    latency = g_strdup_printf (_("%.1f s last answer"), latency_ms / 1000.0);
  add_part (line, latency);
  add_part (line, cost);
  gtk_label_set_text (self->detail, line->str);
}

/* What the caller wants, and how they sound. */
static void
update_wish (AvaCallView *self)
{
  AvaCallSupervision *supervision = ava_call_session_get_supervision (self->session);
  AvaMood mood = ava_call_supervision_get_mood (supervision);
  g_autofree char *intent = NULL;

  g_object_get (supervision, "intent", &intent, NULL);
  gtk_label_set_text (self->intent, ava_display_intent (intent) != NULL ? ava_display_intent (intent) : "");
  gtk_widget_set_visible (GTK_WIDGET (self->intent), ava_display_intent (intent) != NULL);
  gtk_label_set_text (self->mood, ava_display_mood (mood));
  gtk_widget_set_css_classes (GTK_WIDGET (self->mood), (const char *[]) {
    "tag", mood == AVA_MOOD_ANGRY ? "angry" : mood == AVA_MOOD_UPSET ? "upset" : "calm", NULL });
  update_strips (self);
}

static void
update_state (AvaCallView *self)
{
  AvaCallState state = ava_call_session_get_state (self->session);
  AvaAgentState agent_state = ava_call_session_get_agent_state (self->session);
  const char *const classes[] = { "state-dot", ava_display_state_class (state, agent_state), NULL };
  AvaBookingCard *card = ava_call_session_get_card (self->session);
  gboolean ended = state == AVA_CALL_ENDED;
  gboolean muted = FALSE;

  g_object_get (self->session, "muted", &muted, NULL);
  gtk_label_set_text (self->state, ava_display_state (state, agent_state, muted));
  gtk_widget_set_css_classes (self->dot, (const char **) classes);
  gtk_widget_set_visible (self->levels, !ended);
  gtk_widget_set_visible (self->wishes, state != AVA_CALL_RINGING && state != AVA_CALL_OPENING);
  gtk_widget_set_visible (self->controls, !ended);
  gtk_widget_set_visible (self->summary, ended);
  gtk_widget_set_visible (self->show_booking, card->appointment_id != NULL);
  update_detail (self);
  update_strips (self);
}

static void
update_caller (AvaCallView *self)
{
  g_autofree char *caller = NULL;
  g_autofree char *words = NULL;

  g_object_get (self->session, "caller", &caller, NULL);
  words = caller == NULL || *caller == '\0' ? g_strdup (_("Unknown caller")) : ava_display_phone (caller);
  gtk_label_set_text (self->caller, words);
}

static void
update_timer (AvaCallView *self)
{
  AvaCall *record = ava_call_session_get_record (self->session);
  gint64 elapsed_us = 0;
  g_autofree char *text = NULL;

  g_object_get (self->session, "elapsed", &elapsed_us, NULL);
  if (elapsed_us == 0 && record->end_us > record->start_us)
    elapsed_us = record->end_us - record->start_us;
  text = ava_display_duration (elapsed_us);
  gtk_label_set_text (self->timer, text);
  /* U-08: it beats while the call lasts. */
  if (elapsed_us / G_USEC_PER_SEC % 2 == 1 && ava_call_session_get_state (self->session) == AVA_CALL_ACTIVE)
    gtk_widget_add_css_class (self->dot, "beat");
  else
    gtk_widget_remove_css_class (self->dot, "beat");
}

static void
update_levels (AvaCallView *self)
{
  double caller = 0;
  double ava = 0;

  g_object_get (self->session, "caller-level", &caller, "ava-level", &ava, NULL);
  ava_level_meter_set_level (self->caller_meter, caller);
  ava_level_meter_set_level (self->ava_meter, ava);
}

static void
show_strip (GtkRevealer *strip,
            GtkLabel    *label,
            const char  *words)
{
  gboolean shown = words != NULL && *words != '\0';

  if (shown)
    gtk_label_set_text (label, words);
  gtk_revealer_set_reveal_child (strip, shown);
}

static void
update_safety (AvaCallView *self)
{
  const char *alert = ava_call_session_get_card (self->session)->alert;
  g_autofree char *notice = NULL;
  /* Translators: what the caller said, in a few words. */
  g_autofree char *words = alert != NULL && *alert != '\0'
    ? g_strdup_printf (_("Possible emergency: %s. Please take over now."), alert) : NULL;

  show_strip (self->safety, self->safety_words, words);
  /* It says already that a person is wanted. */
  g_object_get (self->session, "notice", &notice, NULL);
  if (words != NULL && notice == NULL)
    show_strip (self->notice, self->notice_words, NULL);
}

/* Trouble comes first, then a caller who is owed a person. */
static void
update_strips (AvaCallView *self)
{
  gboolean ended = ava_call_session_get_state (self->session) == AVA_CALL_ENDED;
  gboolean angry = ava_call_supervision_get_mood (ava_call_session_get_supervision (self->session)) == AVA_MOOD_ANGRY;
  g_autofree char *notice = NULL;
  g_autofree char *advice = NULL;
  const char *words;

  g_object_get (self->session, "notice", &notice, NULL);
  g_object_get (ava_call_session_get_supervision (self->session), "advice", &advice, NULL);
  words = notice != NULL ? notice
          : ended ? NULL
          : advice != NULL ? advice
          : angry ? _("The caller sounds angry. Please take over.")
          : self->wants_person ? _("The caller asks for a person. Please take over.") : NULL;
  show_strip (self->notice, self->notice_words, words);
  update_safety (self);
}

static void
on_wants_person (AvaCallView *self)
{
  self->wants_person = ava_call_supervision_get_mood (ava_call_session_get_supervision (self->session)) != AVA_MOOD_ANGRY ||
                       self->wants_person;
  update_strips (self);
}

static void
update_card (AvaCallView *self)
{
  update_safety (self);
  gtk_widget_set_visible (self->show_booking,
                          ava_call_session_get_card (self->session)->appointment_id != NULL);
}

static void
on_steer (AvaCallView *self)
{
  g_autofree char *words = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->steer))));

  if (*words == '\0' || !gtk_widget_activate_action (GTK_WIDGET (self), "call.steer", "s", words))
    return;
  gtk_editable_set_text (GTK_EDITABLE (self->steer), "");
}

/* What Ava understands without being asked twice (MS-2). */
static void
fill_steers (AvaCallView *self)
{
  static const char *const steers[] = {
    N_("Offer only after 3"), N_("Offer only mornings"), N_("Offer any time again"), N_("Ask about allergies"), N_("No discount"),
  };
  g_autoptr (GMenu) menu = g_menu_new ();

  for (guint i = 0; i < G_N_ELEMENTS (steers); i++) {
    g_autoptr (GMenuItem) item = g_menu_item_new (_(steers[i]), NULL);

    /* Ava is told in her own language. */
    g_menu_item_set_action_and_target (item, "call.steer", "s", steers[i]);
    g_menu_append_item (menu, item);
  }
  gtk_menu_button_set_menu_model (self->steers, G_MENU_MODEL (menu));
  ava_compat_name_menus (GTK_WIDGET (self->steers), _("Choose what to tell Ava"));
}

static void
ava_call_view_dispose (GObject *object)
{
  AvaCallView *self = AVA_CALL_VIEW (object);

  g_clear_object (&self->signals);
  g_clear_object (&self->card_signals);
  g_clear_object (&self->supervision_signals);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (ava_call_view_parent_class)->dispose (object);
}

static void
ava_call_view_class_init (AvaCallViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = ava_call_view_dispose;
  g_type_ensure (AVA_TYPE_ADAPTIVE_BOX);
  g_type_ensure (AVA_TYPE_CARD_VIEW);
  g_type_ensure (AVA_TYPE_HEARING_BUTTON);
  g_type_ensure (AVA_TYPE_LEVEL_METER);
  g_type_ensure (AVA_TYPE_TALK_BUTTON);
  g_type_ensure (AVA_TYPE_TRANSCRIPT_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/com/getevaai/FrontDesk/ava-call-view.ui");
  gtk_widget_class_bind_template_child (widget_class, AvaCallView, heading);
  gtk_widget_class_bind_template_child (widget_class, AvaCallView, caller);
  gtk_widget_class_bind_template_child (widget_class, AvaCallView, timer);
  gtk_widget_class_bind_template_child (widget_class, AvaCallView, dot);
  gtk_widget_class_bind_template_child (widget_class, AvaCallView, state);
  gtk_widget_class_bind_template_child (widget_class, AvaCallView, detail);
  gtk_widget_class_bind_template_child (widget_class, AvaCallView, intent);
  gtk_widget_class_bind_template_child (widget_class, AvaCallView, mood);
  gtk_widget_class_bind_template_child (widget_class, AvaCallView, wishes);
  gtk_widget_class_bind_template_child (widget_class, AvaCallView, steers);
  gtk_widget_class_bind_template_child (widget_class, AvaCallView, levels);
  gtk_widget_class_bind_template_child (widget_class, AvaCallView, caller_meter);
  gtk_widget_class_bind_template_child (widget_class, AvaCallView, ava_meter);
  gtk_widget_class_bind_template_child (widget_class, AvaCallView, hearing);
  gtk_widget_class_bind_template_child (widget_class, AvaCallView, safety);
  gtk_widget_class_bind_template_child (widget_class, AvaCallView, safety_words);
  gtk_widget_class_bind_template_child (widget_class, AvaCallView, notice);
  gtk_widget_class_bind_template_child (widget_class, AvaCallView, notice_words);
  gtk_widget_class_bind_template_child (widget_class, AvaCallView, transcript);
  gtk_widget_class_bind_template_child (widget_class, AvaCallView, card);
  gtk_widget_class_bind_template_child (widget_class, AvaCallView, steer);
  gtk_widget_class_bind_template_child (widget_class, AvaCallView, controls);
  gtk_widget_class_bind_template_child (widget_class, AvaCallView, talk);
  gtk_widget_class_bind_template_child (widget_class, AvaCallView, summary);
  gtk_widget_class_bind_template_child (widget_class, AvaCallView, show_booking);
  gtk_widget_class_bind_template_callback (widget_class, on_steer);
}

static void
ava_call_view_init (AvaCallView *self)
{
  static const struct { const char *signal; GCallback callback; } handlers[] = {
    { "notify::state", G_CALLBACK (update_state) }, { "notify::state", G_CALLBACK (update_timer) },
    { "notify::agent-state", G_CALLBACK (update_state) }, { "notify::muted", G_CALLBACK (update_state) },
    { "notify::caller", G_CALLBACK (update_caller) }, { "notify::elapsed", G_CALLBACK (update_timer) },
    { "notify::caller-level", G_CALLBACK (update_levels) }, { "notify::ava-level", G_CALLBACK (update_levels) },
    { "notify::latency-ms", G_CALLBACK (update_detail) }, { "notify::outcome", G_CALLBACK (update_detail) },
    { "notify::notice", G_CALLBACK (update_strips) }, { "wants-person", G_CALLBACK (on_wants_person) },
  };

  gtk_widget_init_template (GTK_WIDGET (self));
  self->signals = g_signal_group_new (AVA_TYPE_CALL_SESSION);
  for (guint i = 0; i < G_N_ELEMENTS (handlers); i++)
    g_signal_group_connect_swapped (self->signals, handlers[i].signal, handlers[i].callback, self);
  self->card_signals = g_signal_group_new (AVA_TYPE_BOOKING_CARD);
  g_signal_group_connect_swapped (self->card_signals, "changed", G_CALLBACK (update_card), self);
  self->supervision_signals = g_signal_group_new (AVA_TYPE_CALL_SUPERVISION);
  g_signal_group_connect_swapped (self->supervision_signals, "notify::intent", G_CALLBACK (update_wish), self);
  g_signal_group_connect_swapped (self->supervision_signals, "notify::mood", G_CALLBACK (update_wish), self);
  g_signal_group_connect_swapped (self->supervision_signals, "notify::connection", G_CALLBACK (update_detail), self);
  g_signal_group_connect_swapped (self->supervision_signals, "notify::cost", G_CALLBACK (update_detail), self);
  g_signal_group_connect_swapped (self->supervision_signals, "notify::advice", G_CALLBACK (update_strips), self);
  fill_steers (self);
}

/**
 * ava_call_view_new:
 *
 * Returns: (transfer floating): the view of no call yet
 */
AvaCallView *
ava_call_view_new (void)
{
  return g_object_new (AVA_TYPE_CALL_VIEW, NULL);
}

/**
 * ava_call_view_set_session:
 * @session: (nullable): the call to show from now on
 */
void
ava_call_view_set_session (AvaCallView    *self,
                           AvaCallSession *session)
{
  g_return_if_fail (AVA_IS_CALL_VIEW (self));

  if (!g_set_object (&self->session, session))
    return;
  g_signal_group_set_target (self->signals, session);
  g_signal_group_set_target (self->card_signals, session != NULL ? ava_call_session_get_card (session) : NULL);
  ava_transcript_view_set_model (self->transcript,
                                 session != NULL ? ava_call_session_get_transcript (session) : NULL);
  ava_card_view_set_card (self->card, session != NULL ? ava_call_session_get_card (session) : NULL);
  self->wants_person = FALSE;
  g_signal_group_set_target (self->supervision_signals,
                             session != NULL ? ava_call_session_get_supervision (session) : NULL);
  ava_card_view_set_supervision (self->card, session != NULL ? ava_call_session_get_supervision (session) : NULL);
  gtk_editable_set_text (GTK_EDITABLE (self->steer), "");
  ava_talk_button_set_session (self->talk, session);
  ava_hearing_button_set_hearing (self->hearing, session != NULL ? ava_call_session_get_hearing (session) : NULL);
  if (session == NULL)
    return;
  update_state (self);
  update_caller (self);
  update_timer (self);
  update_levels (self);
  update_wish (self);
}

/**
 * ava_call_view_set_named:
 * @named: whether caller and time stand somewhere else already
 */
void
ava_call_view_set_named (AvaCallView *self,
                         gboolean     named)
{
  g_return_if_fail (AVA_IS_CALL_VIEW (self));

  gtk_widget_set_visible (self->heading, !named);
}

/**
 * ava_call_view_get_card:
 *
 * Returns: (transfer none): the view of the booking
 */
AvaCardView *
ava_call_view_get_card (AvaCallView *self)
{
  return self->card;
}

/**
 * ava_call_view_get_transcript:
 *
 * Returns: (transfer none): the view of the conversation
 */
AvaTranscriptView *
ava_call_view_get_transcript (AvaCallView *self)
{
  return self->transcript;
}

/**
 * ava_call_view_get_state:
 *
 * Returns: the state in words, as it is shown
 */
const char *
ava_call_view_get_state (AvaCallView *self)
{
  return gtk_label_get_text (self->state);
}

/**
 * ava_call_view_get_notice:
 *
 * Returns: the strip above the call as it is shown; "" while there is none
 */
const char *
ava_call_view_get_notice (AvaCallView *self)
{
  return gtk_revealer_get_reveal_child (self->notice) ? gtk_label_get_text (self->notice_words) : "";
}

/**
 * ava_call_view_focus_steer:
 *
 * Moves the keyboard to the field in which Ava is told something.
 */
void
ava_call_view_focus_steer (AvaCallView *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->steer));
}
