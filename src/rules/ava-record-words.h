/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Which part of a customer's record: "no lidocaine" says that none is taken, or that none may be given. */
typedef enum {
  AVA_RECORD_TAKEN,   /* medicines */
  AVA_RECORD_AGAINST, /* allergies and contraindications */
} AvaRecordPart;

/* Whether a record has one of @words ("isotretin|accutane") and does not plainly deny it. A word of five letters or
 * more counts inside another one too, a shorter one at its beginning; case and accents do not count.
 * @year: of the treatment: what was stopped two years before or earlier is denied. */
gboolean ava_record_words_have      (const char    *record,
                                     AvaRecordPart  part,
                                     const char    *words,
                                     int            year);
/* Whether @words mean a pregnancy, which is ticked elsewhere. */
gboolean ava_record_words_pregnancy (const char    *words);

G_END_DECLS
