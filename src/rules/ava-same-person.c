/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-same-person.h"

#include "ava-fold.h"

#include <stdlib.h>
#include <string.h>

/* Whether two records may be of one person. A phone or an address is shared by a family, a birthday by
 * twins, a name by strangers: only two things together count, and one of them is the name. */

#define MOST_WORDS 8
#define SHORT_WORD 4      /* up to so many letters a word has no room for a slip */

static int
compare_words (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* The words of a name, folded and sorted; hyphens and dots part words. */
static GStrv
split_name (const char *name)
{
  g_autofree char *folded = ava_fold_text (name != NULL ? name : "");
  g_auto (GStrv) parts = g_strsplit_set (folded, " -.,'", -1);
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  guint n = 0;
  GStrv list;

  for (guint i = 0; parts[i] != NULL && n < MOST_WORDS; i++) {
    if (*parts[i] != '\0') {
      g_strv_builder_add (words, parts[i]);
      n++;
    }
  }
  list = g_strv_builder_end (words);
  qsort (list, n, sizeof *list, compare_words);
  return list;
}

/* One letter more, less, other, or two swapped. */
static gboolean
is_a_slip_apart (const char *a,
                 const char *b)
{
  gsize long_a = strlen (a);
  gsize long_b = strlen (b);
  gsize same = 0;

  if (MAX (long_a, long_b) <= SHORT_WORD || MAX (long_a, long_b) - MIN (long_a, long_b) > 1)
    return FALSE;
  while (a[same] != '\0' && a[same] == b[same])
    same++;
  if (long_a > long_b)
    return strcmp (a + same + 1, b + same) == 0;
  if (long_a < long_b)
    return strcmp (a + same, b + same + 1) == 0;
  return a[same] == '\0' || strcmp (a + same + 1, b + same + 1) == 0 ||
         (a[same] == b[same + 1] && a[same + 1] == b[same] && strcmp (a + same + 2, b + same + 2) == 0);
}

static gboolean
is_initial_of (const char *a,
               const char *b)
{
  return *a == *b && (a[1] == '\0' || b[1] == '\0');
}

/* Each word of the shorter name has one like it in the other, each used once. */
static gboolean
are_alike (GStrv one,
           GStrv other)
{
  gboolean used[MOST_WORDS] = { FALSE };
  guint same = 0;

  if (g_strv_length (one) > g_strv_length (other))
    return are_alike (other, one);
  for (guint i = 0; one[i] != NULL; i++) {
    gboolean found = FALSE;

    for (int pass = 0; pass < 2 && !found; pass++) {
      for (guint j = 0; other[j] != NULL && !found; j++) {
        found = !used[j] && (pass == 0 ? strcmp (one[i], other[j]) == 0
                                       : is_a_slip_apart (one[i], other[j]) || is_initial_of (one[i], other[j]));
        used[j] |= found;
        same += found && pass == 0;
      }
    }
    if (!found)
      return FALSE;
  }
  return g_strv_length (one) >= 2 && (same > 0 || g_strv_length (one) > 2);
}

static AvaSame
compare_names (const char *one,
               const char *other)
{
  g_auto (GStrv) words = split_name (one);
  g_auto (GStrv) others = split_name (other);
  g_autofree char *first = ava_fold_text (one != NULL ? one : "");
  g_autofree char *other_first = ava_fold_text (other != NULL ? other : "");
  AvaSame same = 0;

  if (words[0] == NULL || others[0] == NULL)
    return 0;
  if (g_strv_equal ((const char *const *) words, (const char *const *) others))
    same = AVA_SAME_NAME;
  else if (are_alike (words, others))
    same = AVA_SAME_LIKE_NAME;
  first[strcspn (first, " ")] = '\0';
  other_first[strcspn (other_first, " ")] = '\0';
  return same | (strcmp (first, other_first) == 0 ? AVA_SAME_FIRST_NAME : 0);
}

static gboolean
are_same (const char *a,
          const char *b)
{
  return a != NULL && b != NULL && *a != '\0' && g_ascii_strcasecmp (a, b) == 0;
}

/* Returns: what the two have in common */
AvaSame
ava_same_person_compare (AvaCustomer *one,
                         AvaCustomer *other)
{
  return compare_names (one->name, other->name) |
         (are_same (one->phone, other->phone) ? AVA_SAME_PHONE : 0) |
         (are_same (one->email, other->email) ? AVA_SAME_EMAIL : 0) |
         (are_same (one->born, other->born) ? AVA_SAME_BIRTHDAY : 0);
}

/* Returns: whether that is enough to ask somebody: a name and one thing more, or somebody of that first
 * name and birthday whom one reaches in the same way, who may have married */
gboolean
ava_same_person_likely (AvaSame reasons)
{
  gboolean reached = (reasons & (AVA_SAME_PHONE | AVA_SAME_EMAIL)) != 0;

  if ((reasons & (AVA_SAME_NAME | AVA_SAME_LIKE_NAME)) != 0)
    return reached || (reasons & AVA_SAME_BIRTHDAY) != 0;
  return reached && (reasons & AVA_SAME_BIRTHDAY) != 0 && (reasons & AVA_SAME_FIRST_NAME) != 0;
}
