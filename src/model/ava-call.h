/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * AvaCall:
 *
 * One conversation by voice.
 * Filled by its maker before it is shared, never changed after: safe to read from any thread.
 */
#define AVA_TYPE_CALL (ava_call_get_type ())
G_DECLARE_FINAL_TYPE (AvaCall, ava_call, AVA, CALL, GObject)

struct _AvaCall {
  GObject parent_instance;

  char *id;  /* UUIDv7 */
  char *line;  /* "desk", "sip", "file", "simulated" */
  char *agent;  /* "local", "realtime" */
  char *phone;  /* E.164 of the caller, nullable */
  char *customer_id;  /* nullable */
  char *customer_name;  /* joined, nullable */
  gint64 start_us;  /* [us] UTC */
  gint64 end_us;  /* [us] UTC, 0 while it lasts */
  char *outcome;  /* "booked", "changed", "answered", "callback", "escalated", "spam", "interrupted"; nullable while it lasts */
  char *summary;  /* one line in words, nullable */
  char *recording;  /* file below the data folder, nullable */
};

AvaCall *ava_call_new (void);

G_END_DECLS
