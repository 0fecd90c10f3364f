/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How a caller sounds by what they say, from well to bad. */
typedef enum {
  AVA_MOOD_PLEASED,
  AVA_MOOD_CALM,
  AVA_MOOD_WORRIED,
  AVA_MOOD_UPSET,
  AVA_MOOD_ANGRY,
} AvaMood;

AvaMood     ava_mood_hear      (AvaMood     before,
                                const char *text);
const char *ava_mood_to_string (AvaMood     mood);

G_END_DECLS
