/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-red-flags-private.h"

#include <string.h>

/*
 * Finds signs among words. The signs are compiled once into numbered parts and an index from each first word to
 * the parts that it may begin; of an utterance then every word is looked up once and only the signs whose first
 * part was said are tried. Nothing is written after the first use: any thread may read.
 */

#define UNLESS_REACH 7    /* [words] from a sign to what gives it another meaning */
#define MOST_WORDS 5      /* of one phrase */
#define SHORTEST_STEM 2   /* [letters] */
#define SHORTEST_SLIP 5   /* [letters] of a word in which a slip is mended */
#define LONG_WORD 9       /* [letters] with two slips mended */
#define LONGEST_WORD 32   /* [letters] */

/* One phrase of a part. */
typedef struct {
  char *words[MOST_WORDS];
  gsize lengths[MOST_WORDS];
  gboolean stems[MOST_WORDS];
  guint n;
  guint part;
} Term;

typedef struct {
  const AvaDangerSign *sign;
  guint parts[AVA_DANGER_PARTS];
  guint n;
  gboolean any_order;
  int with;      /* a part, or -1 */
  int unless;
} Compiled;

typedef struct {
  guint part;
  guint at;
  guint next;
} Hit;

typedef struct {
  GHashTable *part_numbers;   /* its text → number + 1 */
  GHashTable *by_word;        /* first word → GPtrArray of Term */
  GHashTable *by_stem;
  GHashTable *words;          /* every word and stem that means something */
  GStrv long_words;           /* in which slips are mended */
  GArray *signs;              /* Compiled */
  guint n_parts;
} Index;

/* --- Compiling -------------------------------------------------------------------------------- */

static const char *
concept_words (const char *name)
{
  for (const AvaDangerConcept *concept = ava_danger_concepts; concept->name != NULL; concept++) {
    if (strcmp (concept->name, name) == 0)
      return concept->words;
  }
  return NULL;
}

static void
file_under (GHashTable *table,
            const char *key,
            Term       *term)
{
  GPtrArray *terms = g_hash_table_lookup (table, key);

  if (terms == NULL) {
    terms = g_ptr_array_new ();
    g_hash_table_insert (table, g_strdup (key), terms);
  }
  g_ptr_array_add (terms, term);
}

static void
add_term (Index      *index,
          guint       part,
          const char *phrase)
{
  g_autofree char *text = ava_danger_plain_phrase (phrase);
  g_auto (GStrv) words = g_strsplit (text, " ", MOST_WORDS);
  Term *term;

  if (words[0] == NULL || *words[0] == '\0')
    return;
  term = g_new0 (Term, 1);
  term->part = part;
  for (guint i = 0; words[i] != NULL; i++) {
    char *star = strchr (words[i], '*');

    term->stems[i] = star != NULL;
    if (star != NULL)
      *star = '\0';
    term->words[i] = g_strdup (words[i]);
    term->lengths[i] = strlen (words[i]);
    term->n++;
    g_hash_table_add (index->words, g_strdup (words[i]));
  }
  file_under (term->stems[0] ? index->by_stem : index->by_word, term->words[0], term);
}

static void
add_terms (Index      *index,
           guint       part,
           const char *phrases)
{
  g_auto (GStrv) all = g_strsplit (phrases, "|", -1);

  for (guint i = 0; all[i] != NULL; i++) {
    const char *concept = g_ascii_isupper (*all[i]) ? concept_words (all[i]) : NULL;

    g_assert (concept != NULL || !g_ascii_isupper (*all[i]));
    if (concept != NULL)
      add_terms (index, part, concept);
    else
      add_term (index, part, all[i]);
  }
}

static guint
part_number (Index      *index,
             const char *text)
{
  gpointer known = g_hash_table_lookup (index->part_numbers, text);

  if (known == NULL) {
    known = GUINT_TO_POINTER (++index->n_parts);
    g_hash_table_insert (index->part_numbers, g_strdup (text), known);
    add_terms (index, index->n_parts - 1, text);
  }
  return GPOINTER_TO_UINT (known) - 1;
}

static void
compile_sign (Index               *index,
              const AvaDangerSign *sign)
{
  Compiled compiled = { .sign = sign, .with = -1, .unless = -1 };
  g_auto (GStrv) parts = NULL;

  compiled.any_order = strstr (sign->pattern, " + ") != NULL;
  parts = g_strsplit (sign->pattern, compiled.any_order ? " + " : " > ", -1);
  compiled.n = g_strv_length (parts);
  g_assert (compiled.n <= (compiled.any_order ? 2 : AVA_DANGER_PARTS));
  for (guint i = 0; i < compiled.n; i++)
    compiled.parts[i] = part_number (index, parts[i]);
  if (sign->with != NULL)
    compiled.with = part_number (index, sign->with);
  if (sign->unless != NULL)
    compiled.unless = part_number (index, sign->unless);
  g_array_append_val (index->signs, compiled);
}

static Index *
make_index (void)
{
  Index *index = g_new0 (Index, 1);

  index->part_numbers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  index->by_word = g_hash_table_new (g_str_hash, g_str_equal);
  index->by_stem = g_hash_table_new (g_str_hash, g_str_equal);
  index->words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  index->signs = g_array_new (FALSE, FALSE, sizeof (Compiled));
  for (const AvaDangerSign *sign = ava_danger_signs; sign->name != NULL; sign++)
    compile_sign (index, sign);
  index->long_words = g_strsplit (ava_danger_long_words, "|", -1);
  return index;
}

static const Index *
get_index (void)
{
  static gsize made = 0;

  if (g_once_init_enter (&made))
    g_once_init_leave (&made, (gsize) make_index ());
  return (const Index *) made;
}

/* --- Words ------------------------------------------------------------------------------------ */

/* Calls for each stem that @word begins with; stops when one is taken. */
static GPtrArray *
next_stem (GHashTable *stems,
           const char *word,
           gsize      *length)
{
  gsize whole = strlen (word);
  char stem[32];

  for (gsize size = *length + 1; size <= MIN (whole, sizeof stem - 1); size++) {
    gpointer found;

    memcpy (stem, word, size);
    stem[size] = '\0';
    found = g_hash_table_lookup (stems, stem);
    *length = size;
    if (found != NULL)
      return found;
  }
  *length = whole;
  return NULL;
}

/**
 * ava_danger_is_word:
 *
 * Returns: whether @word as a whole says something to the signs
 */
gboolean
ava_danger_is_word (const char *word)
{
  return g_hash_table_contains (get_index ()->words, word);
}

/* Letters that differ between @a and @b, two swapped ones counted once. */
static guint
count_slips (const char *a,
             const char *b)
{
  guint rows[3][LONGEST_WORD] = { { 0 } };
  gsize a_length = strlen (a);
  gsize b_length = strlen (b);

  if (a_length >= LONGEST_WORD || b_length >= LONGEST_WORD)
    return G_MAXUINT;
  for (gsize j = 0; j <= b_length; j++)
    rows[0][j] = j;
  for (gsize i = 1; i <= a_length; i++) {
    guint *row = rows[i % 3];
    const guint *above = rows[(i + 2) % 3];

    row[0] = i;
    for (gsize j = 1; j <= b_length; j++) {
      row[j] = MIN (MIN (above[j] + 1, row[j - 1] + 1), above[j - 1] + (a[i - 1] != b[j - 1]));
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        row[j] = MIN (row[j], rows[(i + 1) % 3][j - 2] + 1);
    }
  }
  return rows[a_length % 3][b_length];
}

/**
 * ava_danger_guess_word:
 * @word: a word that says nothing to the signs as it stands
 *
 * Returns: (nullable): the long word of danger that it may be a slip for, "swelling" for "sweling"
 */
const char *
ava_danger_guess_word (const char *word)
{
  const Index *index = get_index ();
  gsize length = strlen (word);

  if (length < SHORTEST_SLIP || ava_word_is_one_of (word, ava_danger_not_misheard))
    return NULL;
  for (guint i = 0; index->long_words[i] != NULL; i++) {
    const char *meant = index->long_words[i];
    gsize size = strlen (meant);
    guint most = size >= LONG_WORD ? 2 : 1;

    if (*meant == *word && length + most >= size && length <= size + most && count_slips (meant, word) <= most)
      return meant;
  }
  return NULL;
}

/* --- Matching --------------------------------------------------------------------------------- */

static guint
end_of (const Term     *term,
        const AvaWords *words,
        guint           at)
{
  for (guint i = 0; i < term->n; i++) {
    const char *word = ava_words_get (words, at + i);

    if (term->stems[i] ? strncmp (word, term->words[i], term->lengths[i]) != 0 : strcmp (word, term->words[i]) != 0)
      return 0;
  }
  return at + term->n;
}

static void
add_hits (GPtrArray      *terms,
          const AvaWords *words,
          guint           at,
          GArray         *hits)
{
  for (guint i = 0; terms != NULL && i < terms->len; i++) {
    const Term *term = terms->pdata[i];
    Hit hit = { term->part, at, end_of (term, words, at) };

    if (hit.next > 0)
      g_array_append_val (hits, hit);
  }
}

static int
by_part (gconstpointer a,
         gconstpointer b)
{
  const Hit *left = a;
  const Hit *right = b;

  if (left->part != right->part)
    return left->part < right->part ? -1 : 1;
  return left->at < right->at ? -1 : left->at > right->at;
}

/* (transfer full) (element-type Hit): all that is said of the signs, sorted by part and place */
static GArray *
find_hits (const Index    *index,
           const AvaWords *words)
{
  GArray *hits = g_array_new (FALSE, FALSE, sizeof (Hit));

  for (guint at = 0; at < words->words->len; at++) {
    const char *word = ava_words_get (words, at);
    gsize length = SHORTEST_STEM - 1;
    GPtrArray *terms;

    add_hits (g_hash_table_lookup (index->by_word, word), words, at, hits);
    while ((terms = next_stem (index->by_stem, word, &length)) != NULL)
      add_hits (terms, words, at, hits);
  }
  g_array_sort (hits, by_part);
  return hits;
}

/* The first hit of @part in @hits, or their number. */
static guint
first_hit (const GArray *hits,
           guint         part)
{
  guint low = 0;
  guint high = hits->len;

  while (low < high) {
    guint middle = (low + high) / 2;

    if (g_array_index (hits, Hit, middle).part < part)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

static gboolean
is_hit (const GArray *hits,
        guint         at,
        guint         part)
{
  return at < hits->len && g_array_index (hits, Hit, at).part == part;
}

typedef struct {
  GPtrArray *clauses;
  guint clause;
  const GArray *hits;
  const Compiled *compiled;
} Search;

static gboolean
follows_not (const Search *search,
             guint         at)
{
  const AvaWords *words = search->clauses->pdata[search->clause];

  return (at > 0 && strcmp (ava_words_get (words, at - 1), "not") == 0) || (at > 1 && strcmp (ava_words_get (words, at - 2), "not") == 0);
}

/* Another meaning is said near the words: "the price gave me a heart attack", but "it is not the price". */
static gboolean
is_something_else (const Search         *search,
                   const AvaDangerPlace *place)
{
  int part = search->compiled->unless;

  for (guint i = part >= 0 ? first_hit (search->hits, part) : search->hits->len; is_hit (search->hits, i, part); i++) {
    const Hit *hit = &g_array_index (search->hits, Hit, i);

    if (follows_not (search, hit->at))
      continue;
    if (hit->at + UNLESS_REACH >= place->at[0] && hit->at <= place->next[place->n - 1] + UNLESS_REACH)
      return TRUE;
  }
  return FALSE;
}

/* Completes @place with the parts after its last, nearby, and asks whether what it says is meant. */
static gboolean
complete (const Search   *search,
          const guint    *parts,
          AvaDangerPlace *place)
{
  guint from = place->next[place->n - 1];

  if (place->n == search->compiled->n)
    return !is_something_else (search, place) &&
           ava_danger_is_meant (search->clauses, search->clause, search->compiled->sign, place);
  for (guint i = first_hit (search->hits, parts[place->n]); is_hit (search->hits, i, parts[place->n]); i++) {
    const Hit *hit = &g_array_index (search->hits, Hit, i);

    if (hit->at < from || hit->at > from + AVA_DANGER_GAP)
      continue;
    place->at[place->n] = hit->at;
    place->next[place->n] = hit->next;
    place->n++;
    if (complete (search, parts, place))
      return TRUE;
    place->n--;
  }
  return FALSE;
}

static gboolean
search_order (const Search *search,
              const guint  *parts)
{
  for (guint i = first_hit (search->hits, parts[0]); is_hit (search->hits, i, parts[0]); i++) {
    const Hit *hit = &g_array_index (search->hits, Hit, i);
    AvaDangerPlace place = { 1, { hit->at }, { hit->next } };

    if (complete (search, parts, &place))
      return TRUE;
  }
  return FALSE;
}

static gboolean
is_found (const Search *search)
{
  const guint *parts = search->compiled->parts;
  const guint turned[2] = { parts[1], parts[0] };

  return search_order (search, parts) || (search->compiled->any_order && search_order (search, turned));
}

static gboolean
is_said (GPtrArray *all_hits,
         int        part)
{
  for (guint c = 0; part >= 0 && c < all_hits->len; c++) {
    if (is_hit (all_hits->pdata[c], first_hit (all_hits->pdata[c], part), part))
      return TRUE;
  }
  return FALSE;
}

/**
 * ava_danger_find:
 * @clauses: (element-type AvaWords): what was heard
 *
 * Returns: (nullable): the name of the first danger that is meant
 */
const char *
ava_danger_find (GPtrArray *clauses)
{
  const Index *index = get_index ();
  g_autoptr (GPtrArray) hits = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);

  for (guint c = 0; c < clauses->len; c++)
    g_ptr_array_add (hits, find_hits (index, clauses->pdata[c]));
  for (guint i = 0; i < index->signs->len; i++) {
    const Compiled *compiled = &g_array_index (index->signs, Compiled, i);

    if (compiled->with >= 0 && !is_said (hits, compiled->with))
      continue;
    for (guint c = 0; c < clauses->len; c++) {
      Search search = { clauses, c, hits->pdata[c], compiled };

      if (is_found (&search))
        return compiled->sign->name;
    }
  }
  return NULL;
}
