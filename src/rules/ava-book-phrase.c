/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-book-phrase.h"

#include "ava-fold.h"
#include "ava-phone.h"

#include <string.h>

/*
 * What a receptionist types onto a free time: fragments in any order, "sm jo bot". Each may be about
 * the customer, the service or the provider; every way to share them out that makes sense is a
 * reading. Which customer is meant is for who has the customers: ava_book_phrase_rate().
 */

#define MOST_FRAGMENTS 8
#define MOST_READINGS 12
#define DAY_US ((gint64) 24 * 3600 * G_USEC_PER_SEC)
#define FAMILIAR_DAYS 120      /* a customer who was here, or comes, within so many */

typedef enum { ABOUT_CUSTOMER, ABOUT_SERVICE, ABOUT_PROVIDER } About;

typedef struct {
  char *raw;
  char *text;                  /* folded */
  gboolean is_number;
  gboolean may_be[3];
  About about;                 /* in the reading that is being made */
} Fragment;

/* Something of the spa with the phrases that stand for it, each as words. */
typedef struct {
  const char *id;
  GPtrArray *phrases;          /* char **, folded */
} Named;

typedef struct {
  Fragment fragments[MOST_FRAGMENTS];
  guint n;
  gboolean is_new;
  GArray *services;            /* Named */
  GArray *providers;           /* Named */
  GPtrArray *readings;
} Reader;

static void
free_reading (gpointer data)
{
  AvaBookReading *self = data;

  g_free (self->customer);
  g_free (self->typed);
  g_free (self);
}

void
ava_book_phrase_free (AvaBookPhrase *self)
{
  g_free (self->phone);
  g_free (self->digits);
  g_ptr_array_unref (self->readings);
  g_free (self);
}

/* --- how well words fit --- */

/* 1 for the word itself, less for its beginning, 0 when it is another one. */
static double
rate_word (const char *fragment,
           const char *word)
{
  gsize length = strlen (fragment);

  if (length == 0 || strncmp (fragment, word, length) != 0)
    return 0;
  return 0.6 + 0.4 * length / strlen (word);
}

/* Each fragment takes a word of its own. Returns: the mean, 0 when one finds none */
static double
rate_words (const char **fragments,
            guint        n,
            char       **words)
{
  double sum = 0;
  guint used = 0;

  for (guint i = 0; i < n; i++) {
    double best = 0;
    guint at = 0;

    for (guint j = 0; words[j] != NULL && j < 32; j++) {
      double rate = used & (1u << j) ? 0 : rate_word (fragments[i], words[j]);

      if (rate > best) {
        best = rate;
        at = j;
      }
    }
    if (best == 0)
      return 0;
    used |= 1u << at;
    sum += best;
  }
  return n > 0 ? sum / n : 0;
}

static double
rate_named (const Named *named,
            const char **fragments,
            guint        n)
{
  double best = 0;

  for (guint i = 0; i < named->phrases->len; i++) {
    char **words = named->phrases->pdata[i];
    double rate = rate_words (fragments, n, words);
    guint left = g_strv_length (words) - MIN (n, g_strv_length (words));

    if (rate > 0)
      best = MAX (best, rate - 0.03 * left);
  }
  return best;
}

/* --- the spa's words --- */

static void
clear_named (gpointer data)
{
  g_ptr_array_unref (((Named *) data)->phrases);
}

static void
add_phrase (Named      *named,
            const char *text)
{
  g_autofree char *folded = ava_fold_text (text);

  g_ptr_array_add (named->phrases, g_strsplit_set (folded, " -/", -1));
}

static void
add_named (GArray     *all,
           const char *id,
           const char *name,
           GStrv       spoken)
{
  Named named = { id, g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev) };

  add_phrase (&named, name);
  for (guint i = 0; spoken != NULL && spoken[i] != NULL; i++)
    add_phrase (&named, spoken[i]);
  g_array_append_val (all, named);
}

static void
learn_words (Reader *self,
             AvaSpa *spa)
{
  self->services = g_array_new (FALSE, FALSE, sizeof (Named));
  self->providers = g_array_new (FALSE, FALSE, sizeof (Named));
  g_array_set_clear_func (self->services, clear_named);
  g_array_set_clear_func (self->providers, clear_named);
  for (guint i = 0; i < spa->services->len; i++) {
    AvaService *service = spa->services->pdata[i];

    if (!service->archived)
      add_named (self->services, service->id, service->name, service->spoken);
  }
  for (guint i = 0; i < spa->providers->len; i++) {
    AvaProvider *provider = spa->providers->pdata[i];

    if (!provider->archived)
      add_named (self->providers, provider->id, provider->name, provider->spoken);
  }
}

static gboolean
is_among (GArray     *all,
          const char *fragment)
{
  for (guint i = 0; i < all->len; i++) {
    if (rate_named (&g_array_index (all, Named, i), &fragment, 1) > 0)
      return TRUE;
  }
  return FALSE;
}

/* --- readings --- */

static guint
collect (Reader      *self,
         About        about,
         const char **fragments)
{
  guint n = 0;

  for (guint i = 0; i < self->n; i++) {
    if (self->fragments[i].about == about)
      fragments[n++] = self->fragments[i].text;
  }
  return n;
}

static char *
join_customer (Reader   *self,
               gboolean  raw)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < self->n; i++) {
    const Fragment *fragment = &self->fragments[i];

    if (fragment->about == ABOUT_CUSTOMER)
      g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", raw ? fragment->raw : fragment->text);
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* People write the customer first, and what belongs together side by side. */
static double
rate_order (Reader *self)
{
  double rate = 0;
  guint changes = 0;

  for (guint i = 1; i < self->n; i++)
    changes += self->fragments[i].about != self->fragments[i - 1].about;
  if (self->n > 1 && self->fragments[0].about == ABOUT_CUSTOMER)
    rate += 0.05;
  return rate - 0.1 * (changes > 2 ? changes - 2 : 0);
}

static void
add_reading (Reader     *self,
             const char *service_id,
             const char *provider_id,
             double      score)
{
  AvaBookReading *reading = g_new0 (AvaBookReading, 1);

  reading->customer = join_customer (self, self->is_new);
  reading->typed = join_customer (self, TRUE);
  reading->service_id = service_id;
  reading->provider_id = provider_id;
  reading->score = score + rate_order (self);
  g_ptr_array_add (self->readings, reading);
}

static void
add_readings (Reader *self)
{
  const char *service[MOST_FRAGMENTS];
  const char *provider[MOST_FRAGMENTS];
  guint n_service = collect (self, ABOUT_SERVICE, service);
  guint n_provider = collect (self, ABOUT_PROVIDER, provider);

  for (guint i = 0; i < (n_service > 0 ? self->services->len : 1); i++) {
    const Named *one = n_service > 0 ? &g_array_index (self->services, Named, i) : NULL;
    double score = one != NULL ? rate_named (one, service, n_service) : 0;

    if (one != NULL && score == 0)
      continue;
    /* More of its words are a better sign; of two that fit alike the catalogue's order decides. */
    score += one != NULL ? 1 + 0.1 * (n_service - 1) - 0.001 * i : 0;
    for (guint j = 0; j < (n_provider > 0 ? self->providers->len : 1); j++) {
      const Named *who = n_provider > 0 ? &g_array_index (self->providers, Named, j) : NULL;
      double rate = who != NULL ? rate_named (who, provider, n_provider) : 0;

      if (who == NULL || rate > 0)
        add_reading (self, one != NULL ? one->id : NULL, who != NULL ? who->id : NULL,
                     score + (who != NULL ? 0.2 + 0.3 * rate : 0));
    }
  }
}

/* The name of a new customer stands in front; a known one's fragments may stand anywhere. */
static gboolean
may_follow (Reader *self,
            guint   at,
            About   about)
{
  return self->fragments[at].may_be[about] &&
         !(self->is_new && about == ABOUT_CUSTOMER && at > 0 && self->fragments[at - 1].about != ABOUT_CUSTOMER) &&
         !(self->is_new && about != ABOUT_CUSTOMER && at == 0);
}

static void
share_out (Reader *self,
           guint   at)
{
  if (at == self->n) {
    add_readings (self);
    return;
  }
  for (About about = ABOUT_CUSTOMER; about <= ABOUT_PROVIDER; about++) {
    if (!may_follow (self, at, about))
      continue;
    self->fragments[at].about = about;
    share_out (self, at + 1);
  }
}

static int
compare_readings (gconstpointer a,
                  gconstpointer b)
{
  const AvaBookReading *one = *(AvaBookReading *const *) a;
  const AvaBookReading *other = *(AvaBookReading *const *) b;

  return one->score > other->score ? -1 : one->score < other->score;
}

/* --- fragments --- */

static gboolean
is_number (const char *text)
{
  return strpbrk (text, "0123456789") != NULL && strspn (text, "0123456789()+-./") == strlen (text);
}

static char *
strip_marks (const char *text)
{
  g_autoptr (GString) digits = g_string_new (NULL);

  for (const char *c = text; *c != '\0'; c++) {
    if (g_ascii_isdigit (*c))
      g_string_append_c (digits, *c);
  }
  return g_string_free (g_steal_pointer (&digits), FALSE);
}

/* "new: …", "new …" or "+ …". Returns: where the rest begins, or %NULL */
static const char *
skip_new (const char *text)
{
  if (*text == '+' && !g_ascii_isdigit (text[1]))
    return text + 1;
  if (g_ascii_strncasecmp (text, "new", 3) == 0 && (text[3] == ':' || text[3] == ' ' || text[3] == '\0'))
    return text + (text[3] == '\0' ? 3 : 4);
  return NULL;
}

/* A number without its area code is taken for one of the spa's own. */
static char *
complete_phone (const char *digits,
                AvaSpa     *spa)
{
  g_autofree char *local = NULL;

  if (strlen (digits) == 7 && spa->phone != NULL && g_str_has_prefix (spa->phone, "+1") && strlen (spa->phone) == 12) {
    local = g_strdup_printf ("%.5s%s", spa->phone, digits);
    return ava_phone_normalize (local);
  }
  return ava_phone_normalize (digits);
}

static void
read_phone (AvaBookPhrase *phrase,
            AvaSpa        *spa,
            char         **words)
{
  g_autoptr (GString) digits = g_string_new (NULL);

  for (guint i = 0; words[i] != NULL; i++) {
    if (!is_number (words[i]))
      continue;
    if (digits->len == 0 && words[i][0] == '+')
      g_string_append_c (digits, '+');
    g_autofree char *part = strip_marks (words[i]);
    g_string_append (digits, part);
  }
  if (digits->len == 0)
    return;
  phrase->digits = g_strdup (digits->str);
  phrase->phone = complete_phone (digits->str, spa);
}

static void
read_fragments (Reader  *self,
                char   **words)
{
  gboolean after_number = FALSE;

  for (guint i = 0; words[i] != NULL && self->n < MOST_FRAGMENTS; i++) {
    Fragment *fragment = &self->fragments[self->n];
    gboolean number = is_number (words[i]);

    if (*words[i] == '\0')
      continue;
    if (number && self->is_new) {
      after_number = TRUE;
      continue;
    }
    fragment->raw = g_strdup (words[i]);
    fragment->text = number ? strip_marks (words[i]) : ava_fold_text (words[i]);
    fragment->is_number = number;
    fragment->may_be[ABOUT_CUSTOMER] = !after_number;
    fragment->may_be[ABOUT_SERVICE] = !number && is_among (self->services, fragment->text);
    fragment->may_be[ABOUT_PROVIDER] = !number && is_among (self->providers, fragment->text);
    if (!fragment->may_be[ABOUT_SERVICE] && !fragment->may_be[ABOUT_PROVIDER])
      fragment->may_be[ABOUT_CUSTOMER] = TRUE;
    self->n++;
  }
}

static void
reader_clear (Reader *self)
{
  for (guint i = 0; i < self->n; i++) {
    g_free (self->fragments[i].raw);
    g_free (self->fragments[i].text);
  }
  g_array_unref (self->services);
  g_array_unref (self->providers);
}

/**
 * ava_book_phrase_read:
 * @text: what was typed
 *
 * Returns: (transfer full): all that it may mean
 */
AvaBookPhrase *
ava_book_phrase_read (AvaSpa     *spa,
                      const char *text)
{
  AvaBookPhrase *phrase = g_new0 (AvaBookPhrase, 1);
  g_autofree char *valid = g_strstrip (g_utf8_make_valid (text, -1));
  const char *rest = skip_new (valid);
  g_auto (GStrv) words = g_strsplit_set (rest != NULL ? rest : valid, " \t\n,;", -1);
  Reader reader = { .is_new = rest != NULL };

  phrase->is_new = reader.is_new;
  phrase->readings = reader.readings = g_ptr_array_new_with_free_func (free_reading);
  learn_words (&reader, spa);
  if (phrase->is_new)
    read_phone (phrase, spa, words);
  read_fragments (&reader, words);
  share_out (&reader, 0);
  if (reader.readings->len == 0)
    add_reading (&reader, NULL, NULL, 0);
  g_ptr_array_sort (reader.readings, compare_readings);
  if (reader.readings->len > MOST_READINGS)
    g_ptr_array_set_size (reader.readings, MOST_READINGS);
  reader_clear (&reader);
  return phrase;
}

/* --- customers --- */

static double
rate_phone (const char *digits,
            const char *phone)
{
  if (phone == NULL || strstr (phone, digits) == NULL)
    return 0;
  return g_str_has_suffix (phone, digits) ? 1 : 0.6;
}

/* A fragment in the middle of the name or in the email is a weak sign, but one. */
static double
rate_elsewhere (const char  *fragment,
                const char  *name,
                AvaCustomer *customer)
{
  g_autofree char *email = customer->email != NULL ? ava_fold_text (customer->email) : NULL;

  if (email != NULL && g_str_has_prefix (email, fragment))
    return 0.5;
  if (strlen (fragment) >= 3 && strstr (name, fragment) != NULL)
    return 0.4;
  return strlen (fragment) >= 3 && email != NULL && strstr (email, fragment) != NULL ? 0.3 : 0;
}

static double
rate_familiar (AvaCustomer *customer,
               gint64       now_us)
{
  gboolean recent = customer->last_visit_us > now_us - FAMILIAR_DAYS * DAY_US || customer->next_visit_us > 0;

  return (customer->visits > 0 ? 0.05 : 0) + (recent ? 0.1 : 0);
}

/**
 * ava_book_phrase_rate:
 * @fragments: of one reading, as in AvaBookReading
 *
 * Returns: how well @customer is meant by them, 0 (not at all) to 1.15 (a regular, in full)
 */
double
ava_book_phrase_rate (const char  *fragments,
                      AvaCustomer *customer,
                      gint64       now_us)
{
  g_auto (GStrv) parts = g_strsplit_set (fragments, " ", -1);
  g_autofree char *name = ava_fold_text (customer->name);
  g_auto (GStrv) words = g_strsplit_set (name, " -'", -1);
  guint used = 0;
  double sum = 0;
  guint n = 0;

  for (guint i = 0; parts[i] != NULL; i++) {
    g_autofree char *part = ava_fold_text (parts[i]);
    double best = 0;
    guint at = 32;

    if (*part == '\0')
      continue;
    if (is_number (part))
      best = rate_phone (part, customer->phone);
    for (guint j = 0; words[j] != NULL && j < 32; j++) {
      double rate = used & (1u << j) ? 0 : rate_word (part, words[j]);

      at = rate > best ? j : at;
      best = MAX (best, rate);
    }
    if (at < 32)
      used |= 1u << at;
    if (best == 0)
      best = rate_elsewhere (part, name, customer);
    if (best == 0)
      return 0;
    sum += best;
    n++;
  }
  return n > 0 ? sum / n + rate_familiar (customer, now_us) : 0;
}
