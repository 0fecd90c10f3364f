/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-client-words.h"

#include <glib/gi18n.h>
#include <string.h>

/* Changes of customers, and why two of them look alike, in words for a receptionist. */

static const struct { const char *column; const char *words; } columns[] = {
  { "name", N_("name") }, { "phone", N_("phone") }, { "email", N_("e-mail") }, { "born", N_("birthday") },
  { "allergies", N_("allergies") }, { "medicines", N_("medicines") }, { "contraindications", N_("contraindications") },
  { "pregnant", N_("pregnancy") }, { "notes", N_("notes") }, { "tags", N_("tags") },
  { "provider_id", N_("preferred provider") }, { "vip", N_("VIP") }, { "do_not_book", N_("do not book") },
  { "household_id", N_("household") },
};

static const char *
get_text (JsonObject *row,
          const char *name)
{
  return row != NULL ? json_object_get_string_member_with_default (row, name, "") : "";
}

static gboolean
is_other (const AvaChange *change,
          const char      *name)
{
  JsonNode *before = json_object_get_member (change->before, name);
  JsonNode *after = json_object_get_member (change->after, name);

  return before != NULL && after != NULL && !json_node_equal (before, after);
}

/* "phone, notes" */
static char *
list_columns (const AvaChange *change)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) names = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++) {
    if (is_other (change, columns[i].column))
      g_strv_builder_add (builder, _(columns[i].words));
  }
  names = g_strv_builder_end (builder);
  return g_strjoinv (", ", names);
}

static char *
write_customer (const AvaChange *change)
{
  const char *name = get_text (change->after != NULL ? change->after : change->before, "name");
  g_autofree char *edited = NULL;

  if (change->before == NULL)
    return g_strdup_printf (_("Added %s"), name);
  if (change->after == NULL)
    return g_strdup_printf (_("Took out %s"), name);
  if (is_other (change, "erased_us"))
    return g_strdup (_("Erased a customer on request"));
  if (is_other (change, "merged_into"))
    return g_strdup_printf (*get_text (change->after, "merged_into") != '\0' ? _("Merged %s into another record")
                                                                             : _("Split %s from another record"), name);
  if (is_other (change, "archived_us"))
    return g_strdup_printf (json_object_get_int_member_with_default (change->after, "archived_us", 0) != 0
                              ? _("Archived %s") : _("Brought back %s"), name);
  edited = list_columns (change);
  return *edited != '\0' ? g_strdup_printf (_("%s: changed %s"), name, edited) : g_strdup_printf (_("Changed %s"), name);
}

/**
 * ava_client_words_for_change:
 *
 * Returns: (transfer full) (nullable): what happened; %NULL when it is no change of a customer
 */
char *
ava_client_words_for_change (const AvaChange *change)
{
  if (g_strcmp0 (change->table, "customers") == 0)
    return write_customer (change);
  if (g_strcmp0 (change->table, "consents") == 0)
    return g_strdup_printf (change->before == NULL ? _("Noted a consent: %s") : _("Changed a consent: %s"),
                            get_text (change->after != NULL ? change->after : change->before, "kind"));
  if (g_strcmp0 (change->table, "customer_pairs") == 0)
    return g_strdup (_("Said that two records are two persons"));
  return NULL;
}

/**
 * ava_client_words_for_reasons:
 *
 * Returns: (transfer full): "same name, same phone"
 */
char *
ava_client_words_for_reasons (AvaSame reasons)
{
  const struct { AvaSame reason; const char *words; } words[] = {
    { AVA_SAME_NAME, _("same name") }, { AVA_SAME_LIKE_NAME, _("similar name") },
    { AVA_SAME_FIRST_NAME, _("same first name") }, { AVA_SAME_PHONE, _("same phone") },
    { AVA_SAME_EMAIL, _("same e-mail") }, { AVA_SAME_BIRTHDAY, _("same birthday") },
  };
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) list = NULL;

  /* The whole name says more than its first word. */
  if ((reasons & (AVA_SAME_NAME | AVA_SAME_LIKE_NAME)) != 0)
    reasons &= ~AVA_SAME_FIRST_NAME;
  for (guint i = 0; i < G_N_ELEMENTS (words); i++) {
    if ((reasons & words[i].reason) != 0)
      g_strv_builder_add (builder, words[i].words);
  }
  list = g_strv_builder_end (builder);
  return g_strjoinv (", ", list);
}
