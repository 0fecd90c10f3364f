/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-vad.h"

G_BEGIN_DECLS

typedef enum {
  AVA_VAD_RMS,       /* energy alone: costs nothing, takes any noise for speech */
  AVA_VAD_SILERO,    /* the network on everything */
  AVA_VAD_HYBRID,    /* energy first, the network confirms (V-17): the default */
} AvaVadMode;

#define AVA_VAD_MODES 3

/* Where speech begins. The defaults suit a quiet room and a telephone line. */
typedef struct {
  AvaVadMode mode;
  double rms_threshold;       /* least loudness, of full scale: V-03 says 0.005 */
  double silero_threshold;    /* least probability, 0..1 */
} AvaVadSettings;

/* What the detector saw in the last frame. */
typedef struct {
  AvaVadMode mode;            /* the one at work: RMS when the network is missing */
  double level;               /* RMS of full scale, rumble taken out */
  double floor;               /* RMS of the noise on the line */
  double rms_threshold;       /* the one that counts now: the setting, or more over a noise */
  double silero;              /* the network's probability; negative while it is not asked */
  double silero_threshold;
  double speech;              /* the verdict: from 0.5 it is speech */
} AvaVadReading;

extern const AvaVadSettings ava_vad_defaults;

/**
 * AvaModeVad:
 *
 * The detector that a call uses: RMS, Silero or both, changed at any frame without losing what it
 * learned of the line (V-18, V-20). One per caller. Where Silero cannot be had, RMS decides and
 * get_trouble() says why.
 */
#define AVA_TYPE_MODE_VAD (ava_mode_vad_get_type ())
G_DECLARE_FINAL_TYPE (AvaModeVad, ava_mode_vad, AVA, MODE_VAD, GObject)

AvaVad     *ava_mode_vad_new         (const AvaVadSettings *settings);
void        ava_mode_vad_configure   (AvaModeVad           *self,
                                      const AvaVadSettings *settings);
void        ava_mode_vad_get_reading (AvaModeVad           *self,
                                      AvaVadReading        *reading);
const char *ava_mode_vad_get_trouble (AvaModeVad           *self);   /* nullable */
guint64     ava_mode_vad_get_steps   (AvaModeVad           *self);   /* chunks that Silero worked on */

const char *ava_vad_mode_to_string   (AvaVadMode            mode);
gboolean    ava_vad_mode_from_string (const char           *name,
                                      AvaVadMode           *mode);

G_END_DECLS
