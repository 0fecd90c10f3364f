/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What Ava has just asked for: chooses the recognizer's grammar and how an answer is read. */
typedef enum {
  AVA_EXPECT_OPEN,         /* "How can I help?": any intent */
  AVA_EXPECT_YES_NO,
  AVA_EXPECT_SERVICE,
  AVA_EXPECT_PROVIDER,
  AVA_EXPECT_WHEN,         /* day and/or time */
  AVA_EXPECT_OFFER,        /* choose one of the offered times, or say another time */
  AVA_EXPECT_NAME,
  AVA_EXPECT_SPELL,        /* letters of a first name that is known, or common */
  AVA_EXPECT_SPELL_LAST,   /* of a last name */
  AVA_EXPECT_LETTERS,      /* letters of any name */
  AVA_EXPECT_PHONE,        /* a whole phone number or its first group */
  AVA_EXPECT_DIGITS,       /* the next group of digits */
  AVA_EXPECT_EMAIL,
  AVA_EXPECT_APPOINTMENT,  /* which of the caller's appointments */
  AVA_EXPECT_MESSAGE,      /* free words for a message */
  AVA_EXPECT_NOTHING,      /* the call is ending */
  AVA_EXPECT_N,
} AvaExpect;

const char *ava_expect_to_string (AvaExpect expect);

G_END_DECLS
