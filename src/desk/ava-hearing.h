/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define AVA_HEARING_MODES 3     /* "rms", "silero", "hybrid", in this order everywhere */
#define AVA_HEARING_LONGEST 30  /* [s] of a test */

/* What the detector makes of the last 20 ms. Loudness is RMS of full scale. */
typedef struct {
  const char *mode;             /* the one at work: "rms" where Silero is missing */
  double loudness;
  double noise;                 /* that it has learned of the line */
  double loudness_threshold;    /* the one that counts now, never below the setting */
  double certainty;             /* 0..1, Silero's; negative while it is not asked */
  double certainty_threshold;
  gboolean speech;
} AvaHearingReading;

/* What was recorded in a test, and what each mode makes of it. Arrays are of @frames. */
typedef struct {
  guint frames;                 /* of 20 ms */
  double *loudness;
  double *certainty;            /* negative where Silero is missing */
  gboolean *speech[AVA_HEARING_MODES];   /* nothing in the modes that need Silero, where it is missing */
  gboolean silero;              /* whether Silero listened */
  double noise;                 /* loudness of the quiet moments */
  double voice;                 /* loudness of what is speech; 0 when nobody spoke */
} AvaHearingTake;

/* How well a mode does on one line, measured on this computer. Where Silero is missing only "rms" is measured. */
typedef struct {
  const char *mode;
  const char *line;             /* "quiet", "telephone", "noise-10dB" */
  double f1;                    /* 0..1 */
  double cost_us;               /* [us] of processor time for each 20 ms */
} AvaHearingScore;

/**
 * AvaHearing:
 *
 * How this desk tells speech from noise: mode and thresholds for the calls that last and those to
 * come, what the detector sees now, and a test of the microphone without a call. Main thread.
 *
 * Properties: "mode" (string), "loudness-threshold" (double, of full scale), "certainty-threshold"
 *   (double), "trouble" (string, nullable: why loudness alone decides), "testing", "playing" (boolean).
 * Signals: "reading" (const AvaHearingReading*): 50 times a second while a call or a test lasts;
 *   "test-ended" (const char *words): a take is there, or @words say why not, or why it cannot be played (nullable).
 */
#define AVA_TYPE_HEARING (ava_hearing_get_type ())
G_DECLARE_FINAL_TYPE (AvaHearing, ava_hearing, AVA, HEARING, GObject)

AvaHearing           *ava_hearing_new            (void);
gboolean              ava_hearing_set_mode       (AvaHearing           *self,
                                                  const char           *mode);
const char           *ava_hearing_get_mode       (AvaHearing           *self);
const char           *ava_hearing_get_trouble    (AvaHearing           *self);
void                  ava_hearing_reset          (AvaHearing           *self);
gboolean              ava_hearing_start_test     (AvaHearing           *self,
                                                  GError              **error);
void                  ava_hearing_stop_test      (AvaHearing           *self);
const AvaHearingTake *ava_hearing_get_take       (AvaHearing           *self);   /* nullable */
gboolean              ava_hearing_play_take      (AvaHearing           *self,
                                                  GError              **error);
void                  ava_hearing_stop_playing   (AvaHearing           *self);
gboolean              ava_hearing_fit            (AvaHearing           *self);
void                  ava_hearing_measure_async  (AvaHearing           *self,
                                                  GCancellable         *cancellable,
                                                  GAsyncReadyCallback   callback,
                                                  gpointer              user_data);
GArray               *ava_hearing_measure_finish (AvaHearing           *self,     /* AvaHearingScore */
                                                  GAsyncResult         *result,
                                                  GError              **error);

G_END_DECLS
