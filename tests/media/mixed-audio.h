/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#define MIXED_SECONDS 60

/* Voices, hum, noise, beeps, clicks and silence, the same on every computer. */
GBytes *mixed_audio_make (void);
