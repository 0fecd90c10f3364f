/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-safety-rule.h"

G_DEFINE_FINAL_TYPE (AvaSafetyRule, ava_safety_rule, G_TYPE_OBJECT)

static void
ava_safety_rule_finalize (GObject *object)
{
  AvaSafetyRule *self = AVA_SAFETY_RULE (object);

  g_free (self->id);
  g_free (self->name);
  g_free (self->condition);
  g_free (self->service_id);
  g_free (self->category);
  g_free (self->other_service_id);
  g_free (self->other_category);
  g_free (self->licence);
  g_free (self->say);
  g_free (self->approved_by);

  G_OBJECT_CLASS (ava_safety_rule_parent_class)->finalize (object);
}

static void
ava_safety_rule_class_init (AvaSafetyRuleClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ava_safety_rule_finalize;
}

static void
ava_safety_rule_init (AvaSafetyRule *self)
{
}

/**
 * ava_safety_rule_new:
 *
 * Returns: (transfer full): an empty one, to be filled before it is shared
 */
AvaSafetyRule *
ava_safety_rule_new (void)
{
  return g_object_new (AVA_TYPE_SAFETY_RULE, NULL);
}

static const char *const kind_names[] = { "condition", "interval", "consult", "licence" };
static const char *const action_names[] = { "warn", "refuse", "consult" };

static gboolean
find_name (const char *const *names,
           guint              count,
           const char        *text,
           int               *found)
{
  for (guint i = 0; i < count; i++) {
    if (g_strcmp0 (names[i], text) == 0) {
      *found = i;
      return TRUE;
    }
  }
  return FALSE;
}

/* Returns: the stored name of @kind */
const char *
ava_safety_kind_to_string (AvaSafetyKind kind)
{
  g_return_val_if_fail ((guint) kind < G_N_ELEMENTS (kind_names), "");

  return kind_names[kind];
}

/* Returns: whether @text names a kind; @kind is untouched when not */
gboolean
ava_safety_kind_from_string (const char    *text,
                             AvaSafetyKind *kind)
{
  int found;

  if (!find_name (kind_names, G_N_ELEMENTS (kind_names), text, &found))
    return FALSE;
  *kind = found;
  return TRUE;
}

/* Returns: the stored name of @action */
const char *
ava_safety_action_to_string (AvaSafetyAction action)
{
  g_return_val_if_fail ((guint) action < G_N_ELEMENTS (action_names), "");

  return action_names[action];
}

/* Returns: whether @text names an action; @action is untouched when not */
gboolean
ava_safety_action_from_string (const char      *text,
                               AvaSafetyAction *action)
{
  int found;

  if (!find_name (action_names, G_N_ELEMENTS (action_names), text, &found))
    return FALSE;
  *action = found;
  return TRUE;
}
