/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-hearing.h"
#include "ava-mode-vad.h"

G_BEGIN_DECLS

/* For the audio of calls. @source: who listens; the newest one is shown. */
void ava_hearing_get_settings (AvaHearing          *self,
                               AvaVadSettings      *settings);
void ava_hearing_join         (AvaHearing          *self,
                               gpointer             source);
void ava_hearing_leave        (AvaHearing          *self,
                               gpointer             source);
void ava_hearing_report       (AvaHearing          *self,
                               gpointer             source,
                               const AvaVadReading *reading);

/* A recording through every mode: see ava-hearing-take.c. */
AvaHearingTake *ava_hearing_take_new    (const gint16         *pcm,
                                         gsize                 n_samples,
                                         const AvaVadSettings *settings);
void            ava_hearing_take_free   (AvaHearingTake       *take);
gboolean        ava_hearing_take_fit    (const AvaHearingTake *take,
                                         AvaVadSettings       *settings);

G_END_DECLS
