/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-customer-filter.h"

#include <string.h>

static const char *const sorts[] = { "name", "last-visit", "value", "newest" };

#define MOST_MONTHS 240

static gboolean
take_value (const char        *word,
            AvaCustomerFilter *filter)
{
  const char *value = strchr (word, '=');
  char *end = NULL;

  if (value == NULL || *++value == '\0')
    return FALSE;
  if (g_str_has_prefix (word, "unseen=")) {
    filter->unseen_months = g_ascii_strtoull (value, &end, 10);
    return *end == '\0' && filter->unseen_months > 0 && filter->unseen_months <= MOST_MONTHS;
  }
  if (g_str_has_prefix (word, "provider=")) {
    filter->provider_id = g_intern_string (value);
    return TRUE;
  }
  for (guint i = 0; g_str_has_prefix (word, "sort=") && i < G_N_ELEMENTS (sorts); i++) {
    if (strcmp (value, sorts[i]) == 0) {
      filter->sort = i;
      return TRUE;
    }
  }
  return FALSE;
}

/**
 * ava_customer_filter_parse:
 * @words: (nullable): archived, flagged, vip, do-not-book, upcoming, unseen=MONTHS, provider=ID,
 *   sort=name|last-visit|value|newest, in any order
 *
 * Returns: %FALSE with G_OPTION_ERROR when there is another word
 */
gboolean
ava_customer_filter_parse (const char         *words,
                           AvaCustomerFilter  *filter,
                           GError            **error)
{
  g_auto (GStrv) list = g_strsplit (words != NULL ? words : "", " ", -1);
  struct { const char *name; gboolean *value; } flags[] = {
    { "archived", &filter->archived }, { "flagged", &filter->flagged }, { "vip", &filter->vip },
    { "do-not-book", &filter->do_not_book }, { "upcoming", &filter->upcoming },
  };

  memset (filter, 0, sizeof *filter);
  for (guint i = 0; list[i] != NULL; i++) {
    gboolean known = *list[i] == '\0' || take_value (list[i], filter);

    for (guint j = 0; j < G_N_ELEMENTS (flags) && !known; j++) {
      known = strcmp (list[i], flags[j].name) == 0;
      *flags[j].value |= known;
    }
    if (known)
      continue;
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "“%s” is no way to choose customers. Use archived, flagged, vip,"
                 " do-not-book, upcoming, unseen=MONTHS, provider=ID or sort=name|last-visit|value|newest.", list[i]);
    return FALSE;
  }
  return TRUE;
}

/* Returns: (transfer full): the words for it */
char *
ava_customer_filter_print (const AvaCustomerFilter *filter)
{
  g_autoptr (GString) words = g_string_new (NULL);

  g_string_append_printf (words, "sort=%s", sorts[filter->sort]);
  if (filter->archived)
    g_string_append (words, " archived");
  if (filter->flagged)
    g_string_append (words, " flagged");
  if (filter->vip)
    g_string_append (words, " vip");
  if (filter->do_not_book)
    g_string_append (words, " do-not-book");
  if (filter->upcoming)
    g_string_append (words, " upcoming");
  if (filter->unseen_months > 0)
    g_string_append_printf (words, " unseen=%u", filter->unseen_months);
  if (filter->provider_id != NULL)
    g_string_append_printf (words, " provider=%s", filter->provider_id);
  return g_string_free (g_steal_pointer (&words), FALSE);
}
