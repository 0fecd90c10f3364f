/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * AvaFollowUp:
 *
 * What a person still owes a caller: a call-back, an answer to a message. Open until somebody has
 * done it (MS-16).
 * Filled by its maker before it is shared, never changed after: safe to read from any thread.
 */
#define AVA_TYPE_FOLLOW_UP (ava_follow_up_get_type ())
G_DECLARE_FINAL_TYPE (AvaFollowUp, ava_follow_up, AVA, FOLLOW_UP, GObject)

struct _AvaFollowUp {
  GObject parent_instance;

  char *id;           /* UUIDv7 */
  char *kind;         /* "callback", "message", "escalation", "safety", … */
  char *name;         /* nullable */
  char *phone;        /* E.164, nullable */
  char *text;         /* in words, nullable */
  char *customer_id;  /* nullable */
  char *call_id;      /* nullable */
  gint64 created_us;  /* [us] UTC */
};

AvaFollowUp *ava_follow_up_new (void);

G_END_DECLS
