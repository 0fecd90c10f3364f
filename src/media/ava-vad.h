/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "ava-frame.h"

G_BEGIN_DECLS

/**
 * AvaVad:
 *
 * Says of each frame how likely it holds speech. One per caller; keeps its own history.
 */
#define AVA_TYPE_VAD (ava_vad_get_type ())
G_DECLARE_INTERFACE (AvaVad, ava_vad, AVA, VAD, GObject)

struct _AvaVadInterface {
  GTypeInterface parent_iface;

  double (*process) (AvaVad         *self,
                     const AvaFrame *frame);
  void   (*reset)   (AvaVad         *self);
};

double ava_vad_process (AvaVad         *self,
                        const AvaFrame *frame);   /* probability of speech, 0..1 */
void   ava_vad_reset   (AvaVad         *self);

/* Energy above an adaptive noise floor (V-03: never below 0.005 of full scale). */
#define AVA_TYPE_RMS_VAD (ava_rms_vad_get_type ())
G_DECLARE_FINAL_TYPE (AvaRmsVad, ava_rms_vad, AVA, RMS_VAD, GObject)
AvaVad *ava_rms_vad_new           (void);
double  ava_rms_vad_get_floor     (AvaRmsVad *self);  /* all of full scale */
double  ava_rms_vad_get_level     (AvaRmsVad *self);
double  ava_rms_vad_get_threshold (AvaRmsVad *self);
void    ava_rms_vad_set_least     (AvaRmsVad *self,
                                   double     least);

G_END_DECLS
