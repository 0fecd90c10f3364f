/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-customer-index.h"

#include "ava-customer-words.h"
#include "ava-store.h"

#include <string.h>

/*
 * Longer fragments that few customers have are looked up in the FTS5 trigram index; for the others
 * all entries are walked in the order of their names. Two small bit sets a customer - the letters
 * and the pairs of letters that occur - rule out most before a text is looked at, so that fragments
 * of one or two letters are as quick.
 */

#define MOST_INDEX_MATCHES 2000   /* with more it is quicker to walk */
#define TEXTS_BLOCK (256 * 1024)  /* [bytes] */
#define MOST_MISSED 4000          /* with more changes than this it is quicker to read all again */

enum {
  FLAG_ARCHIVED = 1 << 0,
  FLAG_MERGED = 1 << 1,
  FLAG_CAREFUL = 1 << 2,
  FLAG_VIP = 1 << 3,
  FLAG_DO_NOT_BOOK = 1 << 4,
};

#define PAIR_WORDS 4

typedef struct {
  guint64 letters;
  guint64 pairs[PAIR_WORDS];
} Bits;

/* What a walk looks at, side by side in memory: the bits alone rule out most entries, and the texts of the others are
 * not waited for. */
typedef struct {
  gint64 rid;
  const char *text;                             /* folded name, e-mail, phone */
  Bits bits;
  guint flags;
} Probe;

typedef struct {
  gint64 created_us, last_visit_us, booked_us;  /* [us] UTC, 0 for none */
  gint64 spent_cents;
  const char *provider_id;                      /* interned, nullable */
  guint name_length;                            /* [bytes] */
  Probe probe;
  char text[];
} Entry;

struct _AvaCustomerIndex {
  GPtrArray *entries;     /* by folded name, then rid */
  GArray *probes;         /* of the same, in the same order */
  GStringChunk *texts;    /* of those that were read together, in the same order */
  GHashTable *by_rid;     /* of the same */
  gint64 seq;             /* the last change that is in; -1 until all are read */
  gboolean reading;       /* begun, and not read to the end */
  gint64 read_rid;        /* the last one that was read */
  gint64 read_seq;        /* the last change before the reading: later ones are caught up with */
  char *question;         /* the last one, with its answer below */
  GArray *answer;         /* gint64 rids */
};

/* --- Entries --------------------------------------------------------------------------------- */

/* Bytes of folded text: ASCII has no capitals, so each has a bit of its own; all others share one. */
static guint
get_letter (guint8 byte)
{
  return byte >= 128 ? 31 : byte < 96 ? (byte - 32) & 63 : byte - 64;
}

/* Whether the bit alone says that a text of this one letter occurs. */
static gboolean
is_sure (const char *text)
{
  return g_ascii_isalnum (*text) && text[1] == '\0';
}

static void
add_bits (Bits       *bits,
          const char *text,
          gsize       length)
{
  for (gsize i = 0; i < length; i++) {
    guint8 one = text[i];

    bits->letters |= G_GUINT64_CONSTANT (1) << get_letter (one);
    if (i + 1 < length) {
      guint pair = (one * 37u + (guint8) text[i + 1] * 5u) % (PAIR_WORDS * 64);

      bits->pairs[pair >> 6] |= G_GUINT64_CONSTANT (1) << (pair & 63);
    }
  }
}

static gboolean
has_bits (const Bits *bits,
          const Bits *needed)
{
  gboolean all = (bits->letters & needed->letters) == needed->letters;

  for (guint i = 0; i < PAIR_WORDS; i++)
    all &= (bits->pairs[i] & needed->pairs[i]) == needed->pairs[i];
  return all;
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  const Entry *one = *(const Entry *const *) a;
  const Entry *two = *(const Entry *const *) b;
  int order = memcmp (one->text, two->text, MIN (one->name_length, two->name_length));

  if (order == 0)
    order = one->name_length < two->name_length ? -1 : one->name_length > two->name_length;
  return order != 0 ? order : one->probe.rid < two->probe.rid ? -1 : one->probe.rid > two->probe.rid;
}

#define SELECT_ENTRY \
  "SELECT c.rid, c.search, length (CAST (c.sort_name AS BLOB)), c.created_us, c.provider_id," \
  "  (c.archived_us <> 0) * 1 + (c.merged_into IS NOT NULL) * 2" \
  "  + (c.pregnant OR coalesce (c.allergies, '') <> '' OR coalesce (c.medicines, '') <> ''" \
  "     OR coalesce (c.contraindications, '') <> '') * 4" \
  "  + c.vip * 8 + (coalesce (c.do_not_book, '') <> '') * 16," \
  "  coalesce (f.last_visit_us, 0), coalesce (f.booked_us, 0), coalesce (f.spent_cents, 0)" \
  " FROM customers c LEFT JOIN customer_figures f ON f.customer_id = c.id "

static gpointer
read_entry (AvaRow *row)
{
  const char *text = ava_row_text (row, 1);
  gsize length = strlen (text);
  Entry *entry = g_malloc0 (sizeof (Entry) + length + 1);

  entry->probe.rid = ava_row_int (row, 0);
  entry->name_length = MIN ((gsize) ava_row_int (row, 2), length);
  entry->created_us = ava_row_int (row, 3);
  entry->provider_id = g_intern_string (ava_row_text (row, 4));
  entry->probe.flags = ava_row_int (row, 5);
  entry->last_visit_us = ava_row_int (row, 6);
  entry->booked_us = ava_row_int (row, 7);
  entry->spent_cents = ava_row_int (row, 8);
  memcpy (entry->text, text, length + 1);
  entry->probe.text = entry->text;
  add_bits (&entry->probe.bits, text, length);
  return entry;
}

/* Where @entry stands, or is to be put, among the first @high ones. */
static guint
find_place (AvaCustomerIndex *self,
            Entry            *entry,
            guint             high)
{
  guint low = 0;

  while (low < high) {
    guint middle = low + (high - low) / 2;

    if (compare_names (&self->entries->pdata[middle], &entry) < 0)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

static void
drop_entry (AvaCustomerIndex *self,
            gint64            rid)
{
  Entry *entry = g_hash_table_lookup (self->by_rid, GSIZE_TO_POINTER (rid));
  guint place;

  if (entry == NULL)
    return;
  place = find_place (self, entry, self->entries->len);
  g_hash_table_remove (self->by_rid, GSIZE_TO_POINTER (rid));
  g_array_remove_index (self->probes, place);
  g_ptr_array_remove_index (self->entries, place);
}

static void
put_entry (AvaCustomerIndex *self,
           Entry            *entry)
{
  guint place;

  drop_entry (self, entry->probe.rid);
  place = find_place (self, entry, self->entries->len);
  g_array_insert_val (self->probes, place, entry->probe);
  g_ptr_array_insert (self->entries, place, entry);
  g_hash_table_insert (self->by_rid, GSIZE_TO_POINTER (entry->probe.rid), entry);
}

/* --- Following the table --------------------------------------------------------------------- */

static gboolean
get_newest (AvaSqlite  *db,
            gint64     *seq,
            GError    **error)
{
  *seq = 0;
  return ava_sqlite_get_int (db, seq, error, "SELECT seq FROM sqlite_sequence WHERE name = 'customer_changes'", "");
}

static gboolean
begin_reading (AvaCustomerIndex  *self,
               AvaSqlite         *db,
               GError           **error)
{
  g_clear_pointer (&self->question, g_free);
  g_hash_table_remove_all (self->by_rid);
  g_ptr_array_set_size (self->entries, 0);
  g_array_set_size (self->probes, 0);
  g_string_chunk_clear (self->texts);
  self->seq = -1;
  self->read_rid = G_MININT64;
  self->reading = get_newest (db, &self->read_seq, error);
  return self->reading;
}

/* Those after the last one that was read. Returns: (transfer full) (nullable): by name */
static GPtrArray *
read_next (AvaCustomerIndex  *self,
           AvaSqlite         *db,
           guint              most,
           GError           **error)
{
  GPtrArray *news = ava_row_read_all (ava_sqlite_query (db, error, SELECT_ENTRY "WHERE c.rid > ? ORDER BY c.rid LIMIT ?", "ii",
                                                        self->read_rid, most > 0 ? (gint64) most : -1),
                                      read_entry, g_free, error);

  if (news == NULL)
    return NULL;
  if (news->len > 0)
    self->read_rid = ((Entry *) news->pdata[news->len - 1])->probe.rid;
  g_ptr_array_sort (news, compare_names);
  return news;
}

/* From the last to the first; what stands between two new ones moves as a block. */
static void
merge_entries (AvaCustomerIndex *self,
               GPtrArray        *news)
{
  guint high = self->entries->len;
  gpointer *all;

  g_ptr_array_set_size (self->entries, high + news->len);
  all = self->entries->pdata;
  for (guint i = news->len; i > 0; i--) {
    Entry *entry = news->pdata[i - 1];
    guint place = find_place (self, entry, high);

    memmove (&all[place + i], &all[place], (high - place) * sizeof *all);
    all[place + i - 1] = entry;
    high = place;
    g_hash_table_insert (self->by_rid, GSIZE_TO_POINTER (entry->probe.rid), entry);
  }
  g_ptr_array_set_free_func (news, NULL);
}

static void
add_probe (AvaCustomerIndex *self,
           const Entry      *entry)
{
  Probe probe = entry->probe;

  probe.text = g_string_chunk_insert (self->texts, entry->text);
  g_array_append_val (self->probes, probe);
}

/**
 * ava_customer_index_read_some:
 * @most: how many are read now; 0 for all
 * @whole: (out): whether all are read now
 *
 * Begins to read all customers, or goes on with it; does nothing once all are read.
 */
gboolean
ava_customer_index_read_some (AvaCustomerIndex  *self,
                              AvaSqlite         *db,
                              guint              most,
                              gboolean          *whole,
                              GError           **error)
{
  g_autoptr (GPtrArray) news = NULL;

  *whole = self->seq >= 0;
  if (*whole)
    return TRUE;
  if (!self->reading && !begin_reading (self, db, error))
    return FALSE;
  news = read_next (self, db, most, error);
  if (news == NULL) {
    self->reading = FALSE;   /* the next one begins anew */
    return FALSE;
  }
  merge_entries (self, news);
  *whole = most == 0 || news->len < most;
  if (!*whole)
    return TRUE;
  for (guint i = 0; i < self->entries->len; i++)
    add_probe (self, self->entries->pdata[i]);
  self->reading = FALSE;
  self->seq = self->read_seq;
  return TRUE;
}

/* What is still to be read, in one look at the table. */
static gboolean
read_all (AvaCustomerIndex  *self,
          AvaSqlite         *db,
          GError           **error)
{
  gboolean whole;

  return ava_customer_index_read_some (self, db, 0, &whole, error);
}

/* The rids that changed after the last look, or NULL when they are too many or some are gone. */
static GArray *
list_missed (AvaCustomerIndex  *self,
             AvaSqlite         *db,
             gint64             newest,
             GError           **error)
{
  g_autoptr (GArray) rids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GError) local_error = NULL;
  AvaRow *row;

  if (newest - self->seq > MOST_MISSED || newest < self->seq)
    return NULL;
  row = ava_sqlite_query (db, error, "SELECT rid FROM customer_changes WHERE seq > ?", "i", self->seq);
  if (row == NULL)
    return NULL;
  while (ava_row_next (row, &local_error)) {
    gint64 rid = ava_row_int (row, 0);

    g_array_append_val (rids, rid);
  }
  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  return rids->len == newest - self->seq ? g_steal_pointer (&rids) : NULL;
}

static gboolean
read_one (AvaCustomerIndex  *self,
          AvaSqlite         *db,
          gint64             rid,
          GError           **error)
{
  g_autoptr (GError) local_error = NULL;
  AvaRow *row = ava_sqlite_query (db, error, SELECT_ENTRY "WHERE c.rid = ?", "i", rid);

  if (row == NULL)
    return FALSE;
  if (ava_row_next (row, &local_error)) {
    put_entry (self, read_entry (row));
    ava_row_end (row);
  } else if (local_error == NULL) {
    drop_entry (self, rid);
  }
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static gboolean
catch_up (AvaCustomerIndex  *self,
          AvaSqlite         *db,
          GError           **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GArray) rids = NULL;
  gint64 newest;
  gboolean done = TRUE;

  if (!read_all (self, db, error) || !get_newest (db, &newest, error))
    return FALSE;
  if (newest == self->seq)
    return TRUE;
  g_clear_pointer (&self->question, g_free);
  rids = list_missed (self, db, newest, &local_error);
  if (local_error != NULL) {
    g_propagate_error (error, g_steal_pointer (&local_error));
    return FALSE;
  }
  for (guint i = 0; rids != NULL && i < rids->len && done; i++)
    done = read_one (self, db, g_array_index (rids, gint64, i), error);
  self->seq = rids != NULL && done ? newest : -1;
  return done && read_all (self, db, error);
}

/* --- Finding --------------------------------------------------------------------------------- */

typedef struct {
  AvaCustomerWords words;
  Bits bits;
  guint flags, not_flags;     /* that must be set, and must not */
  const AvaCustomerFilter *filter;
  gint64 now_us, unseen_us;   /* [us] UTC */
  gboolean deep;              /* the filter asks for more than flags */
  GArray *found;              /* gint64 rids */
} Search;

static gboolean
is_chosen (const Search *search,
           const Entry  *entry)
{
  const AvaCustomerFilter *filter = search->filter;

  return (!filter->upcoming || entry->booked_us >= search->now_us) &&
         (filter->unseen_months == 0 ||
          (entry->last_visit_us != 0 && entry->last_visit_us < search->unseen_us && entry->booked_us < search->now_us)) &&
         (filter->provider_id == NULL || entry->provider_id == filter->provider_id);
}

static void
set_flags (Search *search)
{
  const AvaCustomerFilter *filter = search->filter;

  search->flags = (filter->archived ? FLAG_ARCHIVED : 0) | (filter->flagged ? FLAG_CAREFUL : 0) |
                  (filter->vip ? FLAG_VIP : 0) | (filter->do_not_book ? FLAG_DO_NOT_BOOK : 0);
  search->deep = filter->upcoming || filter->unseen_months > 0 || filter->provider_id != NULL;
  search->not_flags = FLAG_MERGED | (filter->archived ? 0 : FLAG_ARCHIVED);
}

static gboolean
may_match (const Search *search,
           const Probe  *probe)
{
  return (probe->flags & search->flags) == search->flags && (probe->flags & search->not_flags) == 0 &&
         has_bits (&probe->bits, &search->bits);
}

static void
look_at (Search      *search,
         const Probe *probe,
         Entry       *entry)
{
  if (!may_match (search, probe) || (search->deep && !is_chosen (search, entry)))
    return;
  for (guint i = 0; i < search->words.n; i++) {
    if (!is_sure (search->words.texts[i]) && strstr (probe->text, search->words.texts[i]) == NULL)
      return;
  }
  g_array_append_val (search->found, probe->rid);
}

/* Answers FALSE when too many match, or on an error. */
static gboolean
look_up (AvaCustomerIndex  *self,
         AvaSqlite         *db,
         Search            *search,
         GError           **error)
{
  g_autoptr (GPtrArray) matches = g_ptr_array_new ();
  g_autoptr (GError) local_error = NULL;
  AvaRow *row = ava_sqlite_query (db, error, "SELECT rowid FROM customers_fts WHERE customers_fts MATCH ? LIMIT ?",
                                  "si", search->words.match, (gint64) MOST_INDEX_MATCHES + 1);

  if (row == NULL)
    return FALSE;
  while (ava_row_next (row, &local_error)) {
    Entry *entry = g_hash_table_lookup (self->by_rid, GSIZE_TO_POINTER (ava_row_int (row, 0)));

    if (entry != NULL)
      g_ptr_array_add (matches, entry);
  }
  if (local_error != NULL) {
    g_propagate_error (error, g_steal_pointer (&local_error));
    return FALSE;
  }
  if (matches->len > MOST_INDEX_MATCHES)
    return FALSE;
  g_ptr_array_sort (matches, compare_names);
  for (guint i = 0; i < matches->len; i++)
    look_at (search, &((Entry *) matches->pdata[i])->probe, matches->pdata[i]);
  return TRUE;
}

static gint64
get_key (const Entry     *entry,
         AvaCustomerSort  sort)
{
  return sort == AVA_CUSTOMER_SORT_LAST_VISIT ? entry->last_visit_us
         : sort == AVA_CUSTOMER_SORT_VALUE ? entry->spent_cents : entry->created_us;
}

/* Most first; those that are the same by name. */
static int
compare_keys (gconstpointer a,
              gconstpointer b,
              gpointer      user_data)
{
  AvaCustomerSort sort = GPOINTER_TO_INT (user_data);
  gint64 one = get_key (*(const Entry *const *) a, sort);
  gint64 two = get_key (*(const Entry *const *) b, sort);

  return one > two ? -1 : one < two ? 1 : compare_names (a, b);
}

static void
sort_answer (AvaCustomerIndex *self,
             AvaCustomerSort   sort)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_sized_new (self->answer->len);

  for (guint i = 0; i < self->answer->len; i++)
    g_ptr_array_add (entries, g_hash_table_lookup (self->by_rid, GSIZE_TO_POINTER (g_array_index (self->answer, gint64, i))));
  g_ptr_array_sort_with_data (entries, compare_keys, GINT_TO_POINTER (sort));
  for (guint i = 0; i < entries->len; i++)
    g_array_index (self->answer, gint64, i) = ((Entry *) entries->pdata[i])->probe.rid;
}

static gint64
months_before (gint64 now_us,
               guint  months)
{
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_utc (now_us / G_USEC_PER_SEC);
  g_autoptr (GDateTime) then = g_date_time_add_months (now, -(int) months);

  return g_date_time_to_unix (then) * G_USEC_PER_SEC;
}

static gboolean
answer (AvaCustomerIndex         *self,
        AvaSqlite                *db,
        const char               *text,
        const AvaCustomerFilter  *filter,
        gint64                    now_us,
        GError                  **error)
{
  g_autoptr (GError) local_error = NULL;
  Search search = { .filter = filter, .now_us = now_us, .unseen_us = months_before (now_us, filter->unseen_months), .found = self->answer };
  gboolean done = FALSE;

  g_array_set_size (self->answer, 0);
  ava_customer_words_init (&search.words, text);
  set_flags (&search);
  for (guint i = 0; i < search.words.n; i++)
    add_bits (&search.bits, search.words.texts[i], strlen (search.words.texts[i]));
  if (search.words.match != NULL)
    done = look_up (self, db, &search, &local_error);
  for (guint i = 0; !done && local_error == NULL && i < self->entries->len; i++)
    look_at (&search, &g_array_index (self->probes, Probe, i), self->entries->pdata[i]);
  ava_customer_words_clear (&search.words);
  if (local_error != NULL) {
    g_propagate_error (error, g_steal_pointer (&local_error));
    return FALSE;
  }
  if (filter->sort != AVA_CUSTOMER_SORT_NAME)
    sort_answer (self, filter->sort);
  return TRUE;
}

/* Questions about what is to come are asked anew each minute. */
static char *
make_question (const char              *text,
               const AvaCustomerFilter *filter,
               gint64                   now_us)
{
  g_autofree char *chosen = ava_customer_filter_print (filter);
  gint64 minute = filter->upcoming || filter->unseen_months > 0 ? now_us / (60 * G_USEC_PER_SEC) : 0;

  return g_strdup_printf ("%" G_GINT64_FORMAT "|%s|%s", minute, chosen, text != NULL ? text : "");
}

/**
 * ava_customer_index_find:
 * @text: (nullable): any fragments of name, phone or e-mail, in any order
 *
 * Returns: (transfer none) (nullable): gint64 rids in order, until the next question
 */
GArray *
ava_customer_index_find (AvaCustomerIndex         *self,
                         AvaSqlite                *db,
                         const char               *text,
                         const AvaCustomerFilter  *filter,
                         gint64                    now_us,
                         GError                  **error)
{
  g_autofree char *question = make_question (text, filter, now_us);

  if (!catch_up (self, db, error))
    return NULL;
  if (g_strcmp0 (question, self->question) == 0)
    return self->answer;
  g_clear_pointer (&self->question, g_free);
  if (!answer (self, db, text, filter, now_us, error))
    return NULL;
  self->question = g_steal_pointer (&question);
  return self->answer;
}

AvaCustomerIndex *
ava_customer_index_new (void)
{
  AvaCustomerIndex *self = g_new0 (AvaCustomerIndex, 1);

  self->entries = g_ptr_array_new_with_free_func (g_free);
  self->probes = g_array_new (FALSE, FALSE, sizeof (Probe));
  self->texts = g_string_chunk_new (TEXTS_BLOCK);
  self->by_rid = g_hash_table_new (NULL, NULL);
  self->answer = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->seq = -1;
  return self;
}

void
ava_customer_index_free (AvaCustomerIndex *self)
{
  g_hash_table_unref (self->by_rid);
  g_ptr_array_unref (self->entries);
  g_array_unref (self->probes);
  g_string_chunk_free (self->texts);
  g_array_unref (self->answer);
  g_free (self->question);
  g_free (self);
}
