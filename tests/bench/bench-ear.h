/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-recognizer.h"

G_BEGIN_DECLS

AvaHypothesis *bench_ear_hear        (AvaRecognizer *ear,
                                      GBytes        *pcm,
                                      const char    *expect);
GBytes        *bench_ear_speak       (const char    *voice,
                                      const char    *text,
                                      gboolean       telephone);
guint          bench_ear_count_right (const char    *said,
                                      const char    *heard);

G_END_DECLS
