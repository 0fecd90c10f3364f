/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-tool-answers.h"

#include <string.h>

/*
 * Which service, provider or location the caller means. From sure to unsure, the first step that finds
 * anything decides, and if it finds several the caller is asked:
 * the id · a whole name · a name within the words · the words within a name · a slip of the ear.
 */

typedef struct {
  const char *id;
  const char *name;
  const char *const *spoken;
} Candidate;

typedef int (*RateFunc) (const char *words,
                         const char *name);

/* Lower case letters and digits with one space between the words, and one at each end. */
static char *
normalise (const char *text)
{
  g_autofree char *lower = g_utf8_strdown (text, -1);
  GString *plain = g_string_new (" ");

  for (const char *at = lower; *at != '\0'; at = g_utf8_next_char (at)) {
    gunichar letter = g_utf8_get_char (at);

    if (g_unichar_isalnum (letter))
      g_string_append_unichar (plain, letter);
    else if (letter != '\'' && letter != 0x2019 && plain->str[plain->len - 1] != ' ')
      g_string_append_c (plain, ' ');
  }
  if (plain->str[plain->len - 1] != ' ')
    g_string_append_c (plain, ' ');
  return g_string_free (plain, FALSE);
}

static int
rate_equal (const char *words,
            const char *name)
{
  return g_str_equal (words, name);
}

static int
rate_contains (const char *words,
               const char *name)
{
  return strlen (name) > 3 && strstr (words, name) != NULL ? (int) strlen (name) : 0;
}

/* Every word of the caller's is a word of the name: "bennett". */
static int
rate_within (const char *words,
             const char *name)
{
  g_auto (GStrv) parts = g_strsplit (words, " ", -1);
  guint count = 0;

  for (guint i = 0; parts[i] != NULL; i++) {
    g_autofree char *word = g_strdup_printf (" %s ", parts[i]);

    if (*parts[i] == '\0' || g_str_equal (parts[i], "the") || g_str_equal (parts[i], "a"))
      continue;
    if (strlen (parts[i]) < 3 || strstr (name, word) == NULL)
      return 0;
    count++;
  }
  return count > 0;
}

static guint
count_edits (const char *a,
             const char *b)
{
  gsize length = strlen (b);
  g_autofree guint *row = g_new (guint, length + 1);

  for (gsize j = 0; j <= length; j++)
    row[j] = j;
  for (gsize i = 0; a[i] != '\0'; i++) {
    guint corner = row[0];

    row[0] = i + 1;
    for (gsize j = 0; j < length; j++) {
      guint old = row[j + 1];

      row[j + 1] = MIN (MIN (row[j], old) + 1, corner + (a[i] != b[j]));
      corner = old;
    }
  }
  return row[length];
}

/* Near enough, spaces aside: "bo tox", "microneedeling". */
static int
rate_near (const char *words,
           const char *name)
{
  g_autoptr (GString) one = g_string_new (words);
  g_autoptr (GString) other = g_string_new (name);
  guint allowed;
  guint edits;

  g_string_replace (one, " ", "", 0);
  g_string_replace (other, " ", "", 0);
  if (one->len < 4 || one->len > 60)
    return 0;
  allowed = other->len < 6 ? 1 : other->len < 12 ? 2 : 3;
  edits = count_edits (one->str, other->str);
  return edits <= allowed ? (int) (10 - edits) : 0;
}

static int
rate_candidate (const Candidate *candidate,
                const char      *words,
                RateFunc         rate)
{
  g_autofree char *name = normalise (candidate->name);
  int best = rate (words, name);

  for (guint i = 0; candidate->spoken != NULL && candidate->spoken[i] != NULL; i++) {
    g_autofree char *spoken = normalise (candidate->spoken[i]);

    best = MAX (best, rate (words, spoken));
  }
  return best;
}

static JsonObject *
ask (GArray     *candidates,
     GArray     *found,
     const char *what)
{
  g_autoptr (GString) names = g_string_new (NULL);
  JsonArray *choices = json_array_new ();
  gboolean some = found->len > 0;
  guint count = some ? found->len : candidates->len;
  JsonObject *answer;

  for (guint i = 0; i < count; i++) {
    Candidate *candidate = &g_array_index (candidates, Candidate, some ? g_array_index (found, guint, i) : i);
    JsonObject *choice = json_object_new ();

    json_object_set_string_member (choice, "id", candidate->id);
    json_object_set_string_member (choice, "name", candidate->name);
    json_array_add_object_element (choices, choice);
    g_string_append_printf (names, "%s%s", i == 0 ? "" : i + 1 == count ? " or " : ", ", candidate->name);
  }
  answer = some ? ava_tool_refuse ("ambiguous", "Do you mean %s?", names->str)
                : ava_tool_refuse ("not_found", "There is no such %s. There is %s.", what, names->str);
  json_object_set_array_member (answer, "choices", choices);
  return answer;
}

/* Answers the place of the one that is meant, or -1. */
static int
choose (GArray      *candidates,
        const char  *text,
        const char  *what,
        JsonObject **refusal)
{
  static const RateFunc steps[] = { rate_equal, rate_contains, rate_within, rate_near };
  g_autofree char *words = normalise (text);
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint step = 0; step < G_N_ELEMENTS (steps) && found->len == 0; step++) {
    int best = 1;

    for (guint i = 0; i < candidates->len; i++) {
      Candidate *candidate = &g_array_index (candidates, Candidate, i);
      int rated = rate_candidate (candidate, words, steps[step]);

      if (g_str_equal (candidate->id, text))
        return i;
      if (rated > best)
        g_array_set_size (found, 0);
      if (rated >= best) {
        g_array_append_val (found, i);
        best = rated;
      }
    }
  }
  if (found->len == 1)
    return g_array_index (found, guint, 0);
  *refusal = ask (candidates, found, what);
  return -1;
}

/**
 * ava_tool_find_service:
 * @words: an id, or what the caller said
 * @refusal: (out) (transfer full): set when nothing or more than one thing fits
 *
 * Returns: (transfer none) (nullable): the service
 */
AvaService *
ava_tool_find_service (AvaSpa      *spa,
                       const char  *words,
                       JsonObject **refusal)
{
  g_autoptr (GArray) candidates = g_array_new (FALSE, TRUE, sizeof (Candidate));
  int chosen;

  for (guint i = 0; i < spa->services->len; i++) {
    AvaService *service = spa->services->pdata[i];
    Candidate candidate = { service->id, service->name, (const char *const *) service->spoken };

    if (!service->archived)
      g_array_append_val (candidates, candidate);
  }
  chosen = choose (candidates, words, "service", refusal);
  return chosen < 0 ? NULL : ava_spa_find_service (spa, g_array_index (candidates, Candidate, chosen).id);
}

/**
 * ava_tool_find_provider:
 * @words: an id, or what the caller said
 * @refusal: (out) (transfer full): set when nobody or more than one fits
 *
 * Returns: (transfer none) (nullable): the provider
 */
AvaProvider *
ava_tool_find_provider (AvaSpa      *spa,
                        const char  *words,
                        JsonObject **refusal)
{
  g_autoptr (GArray) candidates = g_array_new (FALSE, TRUE, sizeof (Candidate));
  int chosen;

  for (guint i = 0; i < spa->providers->len; i++) {
    AvaProvider *provider = spa->providers->pdata[i];
    Candidate candidate = { provider->id, provider->name, (const char *const *) provider->spoken };

    if (!provider->archived)
      g_array_append_val (candidates, candidate);
  }
  chosen = choose (candidates, words, "provider", refusal);
  return chosen < 0 ? NULL : ava_spa_find_provider (spa, g_array_index (candidates, Candidate, chosen).id);
}

/**
 * ava_tool_find_location:
 * @words: an id, or what the caller said
 * @refusal: (out) (transfer full): set when none or more than one fits
 *
 * Returns: (transfer none) (nullable): the location
 */
AvaLocation *
ava_tool_find_location (AvaSpa      *spa,
                        const char  *words,
                        JsonObject **refusal)
{
  g_autoptr (GArray) candidates = g_array_new (FALSE, TRUE, sizeof (Candidate));
  g_autofree const char **spoken = g_new0 (const char *, 2 * spa->locations->len);
  int chosen;

  for (guint i = 0; i < spa->locations->len; i++) {
    AvaLocation *location = spa->locations->pdata[i];
    Candidate candidate = { location->id, location->name, spoken + 2 * i };

    spoken[2 * i] = location->spoken_name;
    g_array_append_val (candidates, candidate);
  }
  chosen = choose (candidates, words, "location", refusal);
  return chosen < 0 ? NULL : spa->locations->pdata[chosen];
}

/**
 * ava_tool_see_location:
 *
 * The rest of the run is at the location that its argument "location" means; without one it stays where it is.
 *
 * Returns: (transfer full) (nullable): a refusal when there is no such location
 */
JsonObject *
ava_tool_see_location (AvaToolRun *run)
{
  const char *words = ava_tool_run_get_text (run, "location");
  JsonObject *refusal = NULL;
  AvaLocation *location = words != NULL ? ava_tool_find_location (run->spa, words, &refusal) : NULL;

  if (location != NULL)
    ava_tool_run_see (run, location->id);
  return refusal;
}
