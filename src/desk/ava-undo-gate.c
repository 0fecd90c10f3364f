/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-undo-gate.h"

#include "ava-override.h"

#include <glib/gi18n.h>
#include <string.h>

/* The bar offers it for twenty seconds, which stand still while somebody looks at it. */
#define FRESH_US (60 * (gint64) G_USEC_PER_SEC)

static const char *
get_text (JsonObject *row,
          const char *name)
{
  JsonNode *node = row != NULL ? json_object_get_member (row, name) : NULL;
  const char *text = node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;

  return text != NULL ? text : "";
}

static gint64
get_int (JsonObject *row,
         const char *name)
{
  return row != NULL ? json_object_get_int_member_with_default (row, name, 0) : 0;
}

/* As the store has it: rights that are not known are those of the role. */
static gboolean
has (const AvaActor *actor,
     AvaStaffRights  right)
{
  return actor->rights != 0 ? (actor->rights & right) != 0 : actor->role >= AVA_STAFF_ROLE_MANAGER;
}

static const char *
judge_customer (const AvaActor *actor,
                const char     *what,
                JsonObject     *from,
                JsonObject     *to)
{
  static const char *const records[] = { "customer-merged", "customer-archived", "customer-restored", "customers-apart", NULL };
  const char *mark = get_text (from, "do_not_book");

  if (g_strv_contains (records, what) && !has (actor, AVA_RIGHT_MERGE_CUSTOMERS))
    return _("It merges, splits or archives customers, which needs the right to it.");
  if (from != NULL && to != NULL && *mark != '\0' && strcmp (mark, get_text (to, "do_not_book")) != 0 && !has (actor, AVA_RIGHT_BOOK_ANYWAY))
    return _("It changes “do not book”, which needs the right to book anyway.");
  return NULL;
}

static const char *
judge_appointment (const AvaActor *actor,
                   JsonObject     *from,
                   JsonObject     *to)
{
  const char *waiver = get_text (to, "fee_waiver");
  const char *override = get_text (to, "override_reason");
  AvaStaffRole least = ava_staff_role_from_string (get_text (to, "override_role"));

  if ((get_int (from, "fee_cents") > get_int (to, "fee_cents") || (*waiver != '\0' && strcmp (waiver, get_text (from, "fee_waiver")) != 0)) &&
      !has (actor, AVA_RIGHT_WAIVE_FEES))
    return _("It lets a fee go, which needs the right to it.");
  if (*override != '\0' && strcmp (override, get_text (from, "override_reason")) != 0 &&
      MAX (actor->role, ava_override_time_role (actor->role, actor->rights)) < least)
    return _("It goes over a rule, which needs the right to it.");
  return NULL;
}

/* What one line asks for that the actor has not, when its row goes from @from to @to. */
static const char *
judge (const AvaActor  *actor,
       const AvaChange *change,
       JsonObject      *from,
       JsonObject      *to)
{
  if (g_strcmp0 (change->table, "appointments") == 0 && !g_str_equal (change->what, "customer-merged"))
    return judge_appointment (actor, from, to);
  return judge_customer (actor, change->what, from, to);
}

/**
 * ava_undo_gate_refuse:
 * @plan: what is to be taken back, or made again
 *
 * Returns: (transfer full) (nullable): why @actor may not; %NULL when they may
 */
char *
ava_undo_gate_refuse (const AvaUndoPlan *plan,
                      const AvaActor    *actor,
                      gint64             now_us)
{
  for (guint i = 0; i < plan->changes->len; i++) {
    const AvaChange *change = plan->changes->pdata[i];
    const char *who = g_str_has_prefix (change->who, "import:") ? change->who + strlen ("import:") : change->who;
    gboolean own_slip = g_strcmp0 (who, actor->who) == 0 && now_us - change->at_us <= FRESH_US;
    const char *why = judge (actor, change, change->before, change->after);

    if (why == NULL && !plan->again && !own_slip)
      why = judge (actor, change, change->after, change->before);
    if (why != NULL)
      return g_strdup_printf (plan->again ? _("This cannot be done again here. %s") : _("This cannot be undone here. %s"), why);
  }
  return NULL;
}
