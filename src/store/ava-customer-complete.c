/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-customer-change.h"
#include "ava-customer-fields.h"
#include "ava-customer-table.h"
#include "ava-fold.h"

/*
 * A row of a file about somebody who is in the book. What the book knows stays as it is, what it lacks is added: an empty
 * field is filled, and an allergy that is new stands beside those that are known. Nothing that may be dangerous is lost.
 */

static const char *const gaps[] = { "phone", "email", "born", "notes", "do_not_book" };
static const char *const medical[] = { "allergies", "medicines", "contraindications" };

static const char *
get_text (GHashTable *texts,
          const char *name)
{
  const char *text = g_hash_table_lookup (texts, name);

  return text != NULL ? text : "";
}

/* What @theirs names that @mine does not, one by one; NULL for nothing. */
static char *
find_new (const char *mine,
          const char *theirs)
{
  g_autofree char *folded_mine = ava_fold_text (mine);
  g_auto (GStrv) known = g_strsplit_set (folded_mine, ",;\n", -1);
  g_auto (GStrv) parts = g_strsplit_set (theirs, ",;\n", -1);
  g_autoptr (GString) fresh = g_string_new (NULL);

  for (guint i = 0; known[i] != NULL; i++)
    g_strstrip (known[i]);

  for (guint i = 0; parts[i] != NULL; i++) {
    g_autofree char *folded = ava_fold_text (g_strstrip (parts[i]));

    if (*folded != '\0' && !g_strv_contains ((const char *const *) known, folded))
      g_string_append_printf (fresh, "%s%s", fresh->len > 0 ? ", " : "", parts[i]);
  }
  return fresh->len > 0 ? g_string_free (g_steal_pointer (&fresh), FALSE) : NULL;
}

static void
add_medical (JsonObject  *columns,
             AvaCustomer *customer,
             GHashTable  *texts)
{
  for (guint i = 0; i < G_N_ELEMENTS (medical); i++) {
    g_autofree char *mine = ava_customer_get_field (customer, medical[i]);
    g_autofree char *fresh = find_new (mine, get_text (texts, medical[i]));
    g_autofree char *both = fresh != NULL ? g_strconcat (mine, *mine != '\0' ? "; " : "", fresh, NULL) : NULL;

    if (both != NULL)
      json_object_set_string_member (columns, medical[i], both);
  }
  if (*get_text (texts, "pregnant") != '\0' && !customer->pregnant)
    json_object_set_int_member (columns, "pregnant", 1);
}

/**
 * ava_customer_complete:
 * @id: who is in the book
 * @texts: fields as text, cleaned
 * @completed: (out): whether something was added
 *
 * Returns: %FALSE on failure
 */
gboolean
ava_customer_complete (AvaStore      *self,
                       AvaStoreArgs  *args,
                       const char    *id,
                       GHashTable    *texts,
                       gboolean      *completed,
                       GError       **error)
{
  g_autoptr (AvaCustomer) customer = ava_customer_table_get (self, id, error);
  g_autoptr (JsonObject) columns = json_object_new ();

  g_assert (self->thread == g_thread_self ());

  *completed = FALSE;
  if (customer == NULL)
    return FALSE;
  add_medical (columns, customer, texts);
  if (json_object_get_size (columns) > 0) {
    json_object_set_int_member (columns, "screened_us", ava_clock_now_us (self->clock));
    json_object_set_string_member (columns, "screened_by", args->who);
  }
  for (guint i = 0; i < G_N_ELEMENTS (gaps); i++) {
    g_autofree char *mine = ava_customer_get_field (customer, gaps[i]);

    if (*mine == '\0' && *get_text (texts, gaps[i]) != '\0')
      json_object_set_string_member (columns, gaps[i], get_text (texts, gaps[i]));
  }
  *completed = json_object_get_size (columns) > 0;
  return !*completed || ava_customer_change_set (self, args, "customer-edited", id, columns, error);
}
