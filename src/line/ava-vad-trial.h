/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-mode-vad.h"

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum {
  AVA_TRIAL_QUIET,
  AVA_TRIAL_TELEPHONE,
  AVA_TRIAL_NOISE_20,   /* [dB] of the voice over the noise */
  AVA_TRIAL_NOISE_10,
  AVA_TRIAL_NOISE_5,
  AVA_TRIAL_NOISE_0,
} AvaTrialLine;

#define AVA_TRIAL_LINES 6

/* How one detector did on one line; counts are frames of 20 ms. */
typedef struct {
  guint hits;           /* speech, and taken for it */
  guint misses;         /* speech, and not taken for it */
  guint false_alarms;   /* no speech, and taken for it */
  guint quiet;          /* no speech, and not taken for it */
  guint utterances;
  guint unheard;        /* utterances of which no frame was taken for speech */
  double onset_ms;      /* [ms] median from the first speech of an utterance to the first hit */
  gint64 cost_ns;       /* [ns] of processor time */
  guint64 steps;        /* chunks of 32 ms that Silero worked on */
} AvaTrialScore;

/**
 * AvaVadTrial:
 *
 * A labelled corpus: sentences of every synthesizer voice there is, loud and soft, with pauses, and
 * what each frame holds. The detectors are measured on it (V-23), by the bench and by the window.
 * Making and running it takes seconds: not for the main thread of a window.
 */
typedef struct _AvaVadTrial AvaVadTrial;

AvaVadTrial *ava_vad_trial_new             (guint              sentences,
                                            GError           **error);
void         ava_vad_trial_free            (AvaVadTrial       *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AvaVadTrial, ava_vad_trial_free)

guint        ava_vad_trial_get_voices      (const AvaVadTrial *self);
double       ava_vad_trial_get_seconds     (const AvaVadTrial *self);
GBytes      *ava_vad_trial_mix             (const AvaVadTrial *self,
                                            AvaTrialLine       line);
void         ava_vad_trial_run             (const AvaVadTrial *self,
                                            AvaVadMode         mode,
                                            AvaTrialLine       line,
                                            AvaTrialScore     *score);
double       ava_trial_score_get_f1        (const AvaTrialScore *score);   /* 0..1 */
const char  *ava_trial_line_to_string      (AvaTrialLine       line);

G_END_DECLS
