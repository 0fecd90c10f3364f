/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a caller does when Ava asks for something, or says certain words. */
typedef struct {
  char *expect;         /* name of an AvaExpect, nullable */
  char *words;          /* lower case words of Ava's caption, nullable */
  char *without;        /* lower case words that the caption must not hold, nullable */
  GStrv answers;        /* said one after the other each time; the last one again and again */
  guint next;           /* answer to give */
  double interrupt_s;   /* [s] after which the caller speaks over Ava; < 0: waits for her end */
} AvaCallerRule;

/**
 * AvaCallerScript:
 *
 * A simulated caller as data/demo/callers shows: who calls, how the line sounds, and what they
 * answer.
 */
typedef struct {
  char *title;
  char *phone;          /* E.164, nullable */
  char *voice;          /* "flite slt", "espeak-ng en-gb", "festival kal_diphone" … */
  double noise_db;      /* [dB] signal over noise; 0: no noise */
  gboolean telephone;   /* 300 … 3400 Hz */
  double hang_up_s;     /* [s] after which the caller gives up; 0: never */
  char *opening;        /* first words */
  GPtrArray *rules;     /* AvaCallerRule, the first that fits counts */
} AvaCallerScript;

AvaCallerScript *ava_caller_script_parse (const char       *text,
                                          GError          **error);
void             ava_caller_script_free  (AvaCallerScript  *self);
AvaCallerRule   *ava_caller_script_find  (AvaCallerScript  *self,
                                          const char       *caption,
                                          const char       *expect);
const char      *ava_caller_rule_take    (AvaCallerRule    *rule);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AvaCallerScript, ava_caller_script_free)

G_END_DECLS
