/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "ava-staff-role.h"

G_BEGIN_DECLS

/**
 * AvaToolSpec:
 *
 * What a tool is called, what it is for, and its parameters as a JSON schema object.
 */
typedef struct {
  const char *name;
  const char *description;
  const char *parameters;  /* JSON schema text */
} AvaToolSpec;

/**
 * AvaToolCall:
 *
 * One request to a tool and, later, its answer. @result is set once, by the toolbox.
 * A refused call answers {"error": code, "message": words} and may carry "alternates".
 */
#define AVA_TYPE_TOOL_CALL (ava_tool_call_get_type ())
G_DECLARE_FINAL_TYPE (AvaToolCall, ava_tool_call, AVA, TOOL_CALL, GObject)

struct _AvaToolCall {
  GObject parent_instance;

  char *id;
  char *name;           /* of the tool */
  char *key;            /* idempotency key: call + intent + slot; nullable for reads */
  JsonObject *args;
  JsonObject *result;   /* NULL until it is done */

  /* Of who acts: never from the arguments, which a model may write. */
  AvaStaffRole role;      /* NONE: may override nothing */
  AvaStaffRights rights;  /* of the person; 0: those that @role brings by itself */
  char *override_reason;  /* nullable: goes on against what the role may override */
  gboolean goes_on;       /* has seen the warnings */
};

AvaToolCall *ava_tool_call_new       (const char  *name,
                                      JsonObject  *args);
const char  *ava_tool_call_get_error (AvaToolCall *self);

G_END_DECLS
