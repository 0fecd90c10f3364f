/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-slot.h"
#include "ava-staff-role.h"

#include <glib-object.h>

G_BEGIN_DECLS

typedef enum {
  AVA_VERDICT_FREE,          /* nothing speaks against it */
  AVA_VERDICT_WARNED,        /* may be done by who has read the reasons */
  AVA_VERDICT_NEEDS_REASON,  /* this desk may go on, and says why */
  AVA_VERDICT_REFUSED,       /* this desk may not */
} AvaVerdictKind;

/* What there is to say about a wish before it is carried out. */
typedef struct {
  AvaVerdictKind kind;
  AvaSlot *slot;             /* with provider, room and device chosen; NULL when there is none */
  GStrv reasons;             /* in words, each once, those that weigh most in front; empty when free */
  char *who_may;             /* nullable: who may go on where this desk may not, in words */
  char *group;               /* nullable: what it would join or use: a group, a visit of a package */
  GPtrArray *nearest;        /* AvaSlot: free times near it, when it is not free */
} AvaVerdict;

AvaVerdict *ava_verdict_new       (void);
void        ava_verdict_free      (AvaVerdict *self);
char       *ava_verdict_to_words  (AvaVerdict *self);

/* What speaks against a wish, summed up. */
typedef struct {
  GPtrArray *words[AVA_VERDICT_REFUSED + 1];   /* borrowed, by what each asks for */
  AvaStaffRole least;        /* who may go on against all of them */
  gboolean never;            /* one gives way to nobody */
} AvaVerdictSum;

void        ava_verdict_sum_init         (AvaVerdictSum *self);
void        ava_verdict_sum_clear        (AvaVerdictSum *self);
void        ava_verdict_sum_add          (AvaVerdictSum *self,
                                          AvaStaffRole   role,
                                          AvaStaffRole   least,
                                          gboolean       soft,
                                          const char    *words);
void        ava_verdict_sum_add_findings (AvaVerdictSum *self,
                                          AvaStaffRole   role,
                                          GPtrArray     *findings,
                                          gboolean       with_warnings);
void        ava_verdict_sum_fill         (AvaVerdictSum *self,
                                          AvaVerdict    *verdict);
char       *ava_verdict_sum_word_who_may (AvaVerdictSum *self,
                                          const char    *provider,
                                          const char    *manager,
                                          const char    *medical_director);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AvaVerdict, ava_verdict_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AvaVerdictSum, ava_verdict_sum_clear)

G_END_DECLS
