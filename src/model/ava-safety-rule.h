/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "ava-staff-role.h"

G_BEGIN_DECLS

/* Stored by name: append only. */
typedef enum {
  AVA_SAFETY_CONDITION,  /* the customer has it */
  AVA_SAFETY_INTERVAL,   /* too close to another treatment */
  AVA_SAFETY_CONSULT,    /* no consultation that is still valid */
  AVA_SAFETY_LICENCE,    /* the provider lacks a licence on that day */
} AvaSafetyKind;

typedef enum {
  AVA_SAFETY_WARN,       /* say it, and go on */
  AVA_SAFETY_REFUSE,
  AVA_SAFETY_NEED_CONSULT,  /* refuse, unless a consultation of the last @days days took place */
} AvaSafetyAction;

/**
 * AvaSafetyRule:
 *
 * One rule of the safety gate, as data: see rules/ava-safety.h for how it is read. A service or a
 * category that is NULL stands for any.
 * Filled by its maker before it is shared, never changed after: safe to read from any thread.
 */
#define AVA_TYPE_SAFETY_RULE (ava_safety_rule_get_type ())
G_DECLARE_FINAL_TYPE (AvaSafetyRule, ava_safety_rule, AVA, SAFETY_RULE, GObject)

struct _AvaSafetyRule {
  GObject parent_instance;

  char *id;
  char *name;  /* "Pregnancy and injectables" */
  AvaSafetyKind kind;
  char *condition;  /* words of the customer's record, "isotretinoin|accutane"; those of a pregnancy, "pregnan", are ticked too */
  char *service_id;  /* nullable */
  char *category;  /* nullable: every service of that category */
  char *other_service_id;  /* nullable: the other treatment of an interval */
  char *other_category;  /* nullable: the same for a category */
  guint days;  /* [d] least interval, or for how long a consultation is valid */
  char *licence;  /* needed of the provider */
  AvaSafetyAction action;
  AvaStaffRole override_role;  /* the least role that may go on with a reason; NONE: nobody */
  char *say;  /* what Ava and the desk say */
  char *approved_by;  /* nullable: an example that nobody has approved yet */
  guint rank;
  gboolean archived;
};

AvaSafetyRule *ava_safety_rule_new (void);

const char *ava_safety_kind_to_string     (AvaSafetyKind    kind);
gboolean    ava_safety_kind_from_string   (const char      *text,
                                           AvaSafetyKind   *kind);
const char *ava_safety_action_to_string   (AvaSafetyAction  action);
gboolean    ava_safety_action_from_string (const char      *text,
                                           AvaSafetyAction *action);

G_END_DECLS
