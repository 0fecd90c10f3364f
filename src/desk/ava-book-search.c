/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-book-search.h"

#include "ava-book-phrase.h"
#include "ava-book-private.h"

#include <glib/gi18n.h>
#include <string.h>

/*
 *  text --ava_book_phrase_read()--> readings --store--> customers of each --> matches --> what each
 *  usually has --> best first
 */

#define MOST_TEXTS 6           /* different customers' fragments that are looked up */
#define MOST_CUSTOMERS 24      /* for each of them */
#define NAMED_IN_FULL 0.8      /* for each more word of a name: "zoe nu" is Zoë Núñez rather than some Zoe with the nurse */
#define OFFER_NEW_BELOW 4      /* with so few matches a new customer is offered too */
#define LATELY 6               /* visits that tell what somebody usually has */

typedef struct {
  AvaBookPhrase *phrase;
  char *provider_id;           /* nullable */
  guint limit;
  GPtrArray *texts;            /* char *, looked up */
  GPtrArray *found;            /* of each text a GPtrArray of AvaCustomer */
  GPtrArray *matches;
  guint pending;
  gboolean widened;            /* looked inside of words, too */
  GError *error;               /* the first */
} Search;

/* One query of a search. */
typedef struct {
  GTask *task;
  guint at;
} Part;

static void
search_free (Search *self)
{
  ava_book_phrase_free (self->phrase);
  g_free (self->provider_id);
  g_ptr_array_unref (self->texts);
  g_ptr_array_unref (self->found);
  g_ptr_array_unref (self->matches);
  g_clear_error (&self->error);
  g_free (self);
}

void
ava_book_match_free (AvaBookMatch *self)
{
  g_clear_object (&self->customer);
  g_free (self->new_name);
  g_free (self->new_phone);
  g_free (self->service_id);
  g_free (self->provider_id);
  g_free (self->missing);
  g_free (self);
}

static int
compare_matches (gconstpointer a,
                 gconstpointer b)
{
  const AvaBookMatch *one = *(AvaBookMatch *const *) a;
  const AvaBookMatch *other = *(AvaBookMatch *const *) b;

  return one->score > other->score ? -1 : one->score < other->score;
}

static gboolean
does (AvaSpa     *spa,
      const char *provider_id,
      const char *service_id)
{
  AvaProvider *provider = ava_spa_find_provider (spa, provider_id);

  return provider == NULL || provider->service_ids == NULL ||
         g_strv_contains ((const char *const *) provider->service_ids, service_id);
}

static AvaSpa *
get_spa (GTask *task)
{
  return ava_context_get_spa (((AvaBook *) g_task_get_source_object (task))->context);
}

static void
finish (GTask *task)
{
  Search *search = g_task_get_task_data (task);
  GPtrArray *matches = g_ptr_array_ref (search->matches);

  if (search->error != NULL) {
    g_ptr_array_unref (matches);
    ava_book_fail (task, g_steal_pointer (&search->error));
    return;
  }
  for (guint i = 0; i < matches->len; i++) {
    AvaBookMatch *match = matches->pdata[i];

    if (match->service_id == NULL && match->missing == NULL)
      match->missing = g_strdup (_("Which service? Type a few letters of it."));
  }
  g_ptr_array_sort (matches, compare_matches);
  if (matches->len > search->limit)
    g_ptr_array_set_size (matches, search->limit);
  g_task_return_pointer (task, matches, (GDestroyNotify) g_ptr_array_unref);
  g_object_unref (task);
}

/* --- What they usually have ------------------------------------------------------------------ */

/* The service of most of the last visits; of two the later. */
static const char *
find_usual (GPtrArray *appointments,
            AvaSpa    *spa)
{
  const char *best = NULL;
  guint most = 0;
  guint n = MIN (appointments->len, LATELY);

  for (guint i = 0; i < n; i++) {
    AvaAppointment *one = appointments->pdata[i];
    AvaService *service = ava_spa_find_service (spa, one->service_id);
    guint count = 0;

    for (guint j = 0; j < n; j++)
      count += g_strcmp0 (((AvaAppointment *) appointments->pdata[j])->service_id, one->service_id) == 0;
    if (count > most && service != NULL && !service->archived) {
      most = count;
      best = one->service_id;
    }
  }
  return best;
}

static gboolean
has_had (GPtrArray  *appointments,
         const char *service_id)
{
  for (guint i = 0; i < appointments->len; i++) {
    if (g_strcmp0 (((AvaAppointment *) appointments->pdata[i])->service_id, service_id) == 0)
      return TRUE;
  }
  return FALSE;
}

static void
habits_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  Part *part = user_data;
  GTask *task = part->task;
  Search *search = g_task_get_task_data (task);
  AvaCustomer *customer = ((AvaBookMatch *) search->matches->pdata[part->at])->customer;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) appointments = ava_store_customer_appointments_finish (AVA_STORE (source), result, &error);
  const char *usual = appointments != NULL ? find_usual (appointments, get_spa (task)) : NULL;

  for (guint i = 0; appointments != NULL && i < search->matches->len; i++) {
    AvaBookMatch *match = search->matches->pdata[i];

    if (match->customer == NULL || g_strcmp0 (match->customer->id, customer->id) != 0)
      continue;
    if (match->service_id == NULL && usual != NULL) {
      match->service_id = g_strdup (usual);
      match->is_usual = TRUE;
    } else if (match->service_id != NULL && has_had (appointments, match->service_id)) {
      match->score += 0.25;
    }
  }
  if (search->error == NULL)
    search->error = g_steal_pointer (&error);
  g_free (part);
  if (--search->pending == 0)
    finish (task);
}

static gboolean
is_first_of_customer (GPtrArray *matches,
                      guint      at)
{
  AvaBookMatch *match = matches->pdata[at];

  for (guint i = 0; i < at; i++) {
    AvaBookMatch *other = matches->pdata[i];

    if (other->customer != NULL && g_strcmp0 (other->customer->id, match->customer->id) == 0)
      return FALSE;
  }
  return TRUE;
}

static void
look_up_habits (GTask *task)
{
  AvaBook *self = g_task_get_source_object (task);
  Search *search = g_task_get_task_data (task);

  g_ptr_array_sort (search->matches, compare_matches);
  if (search->matches->len > 2 * search->limit)
    g_ptr_array_set_size (search->matches, 2 * search->limit);
  search->pending = 1;   /* keeps the last answer from coming before the last question */
  for (guint i = 0; i < search->matches->len; i++) {
    AvaBookMatch *match = search->matches->pdata[i];
    Part *part;

    if (match->customer == NULL || !is_first_of_customer (search->matches, i))
      continue;
    part = g_new0 (Part, 1);
    part->task = task;
    part->at = i;
    search->pending++;
    ava_store_customer_appointments_async (ava_context_get_store (self->context), match->customer->id,
                                           g_task_get_cancellable (task), habits_cb, part);
  }
  if (--search->pending == 0)
    finish (task);
}

/* --- Matches --------------------------------------------------------------------------------- */

static AvaBookMatch *
add_match (GTask                *task,
           const AvaBookReading *reading,
           double                score)
{
  Search *search = g_task_get_task_data (task);
  AvaBookMatch *match = g_new0 (AvaBookMatch, 1);
  const char *provider_id = reading->provider_id != NULL ? reading->provider_id : search->provider_id;

  match->service_id = g_strdup (reading->service_id);
  match->provider_id = g_strdup (reading->provider_id);
  match->score = score + reading->score;
  if (reading->service_id != NULL && provider_id != NULL && !does (get_spa (task), provider_id, reading->service_id))
    match->score -= 0.5;
  g_ptr_array_add (search->matches, match);
  return match;
}

/* The same customer for the same thing, read in another way. */
static gboolean
is_known (Search               *search,
          AvaCustomer          *customer,
          const AvaBookReading *reading)
{
  for (guint i = 0; i < search->matches->len; i++) {
    AvaBookMatch *match = search->matches->pdata[i];

    if (g_strcmp0 (match->customer->id, customer->id) == 0 &&
        (reading->service_id == NULL || g_strcmp0 (match->service_id, reading->service_id) == 0) &&
        g_strcmp0 (match->provider_id, reading->provider_id) == 0)
      return TRUE;
  }
  return FALSE;
}

/* The name for a new customer, as it was typed; small letters become a name's. */
static char *
write_name (const char *typed)
{
  g_autoptr (GString) name = g_string_new (NULL);
  gboolean start = TRUE;

  for (const char *c = typed; *c != '\0'; c = g_utf8_next_char (c)) {
    gunichar letter = g_utf8_get_char (c);

    g_string_append_unichar (name, start ? g_unichar_toupper (letter) : letter);
    start = letter == ' ' || letter == '-';
  }
  return g_string_free (g_steal_pointer (&name), FALSE);
}

static gboolean
has_letters (const char *text)
{
  for (; *text != '\0'; text = g_utf8_next_char (text)) {
    if (g_unichar_isalpha (g_utf8_get_char (text)))
      return TRUE;
  }
  return FALSE;
}

static void
add_new (GTask                *task,
         const AvaBookReading *reading,
         double                score)
{
  Search *search = g_task_get_task_data (task);
  AvaBookMatch *match = add_match (task, reading, score);

  match->new_name = write_name (reading->typed);
  match->new_phone = g_strdup (search->phrase->phone);
  if (!has_letters (match->new_name))
    match->missing = g_strdup (_("What is the new client called?"));
  else if (search->phrase->digits == NULL)
    match->missing = g_strdup (_("A new client needs a phone number. Type it after the name."));
  else if (match->new_phone == NULL)
    match->missing = g_strdup (_("This phone number is not complete."));
}

/* Beside those who were found one may be new: the likeliest reading, for which a phone is still to be typed. */
static void
offer_new (GTask *task)
{
  Search *search = g_task_get_task_data (task);

  for (guint i = 0; search->matches->len < OFFER_NEW_BELOW && i < search->phrase->readings->len; i++) {
    AvaBookReading *reading = search->phrase->readings->pdata[i];

    if (has_letters (reading->customer) && strpbrk (reading->customer, "0123456789") == NULL) {
      add_new (task, reading, -10);
      return;
    }
  }
}

static double
rate_words (const char *fragments)
{
  double rate = 0;

  for (const char *c = strchr (fragments, ' '); c != NULL; c = strchr (c + 1, ' '))
    rate += NAMED_IN_FULL;
  return rate;
}

static gpointer
find_customers_of (Search     *search,
                   const char *text)
{
  for (guint i = 0; i < search->texts->len; i++) {
    if (g_str_equal (search->texts->pdata[i], text))
      return search->found->pdata[i];
  }
  return NULL;
}

static void
look_up (GTask *task);

static void
join (GTask *task)
{
  AvaBook *self = g_task_get_source_object (task);
  Search *search = g_task_get_task_data (task);
  gint64 now_us = ava_clock_now_us (ava_context_get_clock (self->context));

  for (guint i = 0; i < search->phrase->readings->len; i++) {
    AvaBookReading *reading = search->phrase->readings->pdata[i];
    GPtrArray *customers = find_customers_of (search, reading->customer);

    for (guint j = 0; customers != NULL && j < customers->len; j++) {
      double rate = ava_book_phrase_rate (reading->customer, customers->pdata[j], now_us);

      if (rate > 0 && !is_known (search, customers->pdata[j], reading))
        add_match (task, reading, 2 * rate + rate_words (reading->customer))->customer = g_object_ref (customers->pdata[j]);
    }
  }
  if (search->matches->len == 0 && !search->widened && search->error == NULL) {
    search->widened = TRUE;
    look_up (task);
    return;
  }
  offer_new (task);
  look_up_habits (task);
}

/* --- Looking up ------------------------------------------------------------------------------ */

static void
found_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  Part *part = user_data;
  GTask *task = part->task;
  Search *search = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  GPtrArray *customers = search->widened ? ava_store_find_customers_finish (AVA_STORE (source), result, &error)
                                         : ava_store_match_customers_finish (AVA_STORE (source), result, &error);

  if (customers != NULL) {
    g_clear_pointer ((GPtrArray **) &search->found->pdata[part->at], g_ptr_array_unref);
    search->found->pdata[part->at] = customers;
  }
  if (search->error == NULL)
    search->error = g_steal_pointer (&error);
  g_free (part);
  if (--search->pending == 0)
    join (task);
}

static void
look_up (GTask *task)
{
  AvaBook *self = g_task_get_source_object (task);
  Search *search = g_task_get_task_data (task);
  AvaStore *store = ava_context_get_store (self->context);

  search->pending = search->texts->len;
  if (search->pending == 0) {
    join (task);
    return;
  }
  for (guint i = 0; i < search->texts->len; i++) {
    Part *part = g_new0 (Part, 1);

    part->task = task;
    part->at = i;
    if (search->widened)
      ava_store_find_customers_async (store, search->texts->pdata[i], MOST_CUSTOMERS, g_task_get_cancellable (task), found_cb, part);
    else
      ava_store_match_customers_async (store, search->texts->pdata[i], MOST_CUSTOMERS, g_task_get_cancellable (task), found_cb, part);
  }
}

/* Somebody with that phone may be in the book already: they go before a second record of them. */
static void
phone_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  GTask *task = user_data;
  Search *search = g_task_get_task_data (task);
  AvaBookReading *best = search->phrase->readings->pdata[0];
  g_autoptr (GPtrArray) customers = ava_store_customers_by_phone_finish (AVA_STORE (source), result, &search->error);

  for (guint i = 0; customers != NULL && i < customers->len; i++) {
    gboolean named = ava_book_phrase_rate (best->customer, customers->pdata[i], 0) > 0;

    add_match (task, best, named ? 10 : -5)->customer = g_object_ref (customers->pdata[i]);
  }
  for (guint i = 0; i < search->phrase->readings->len; i++)
    add_new (task, search->phrase->readings->pdata[i], 0);
  look_up_habits (task);
}

static void
free_found (gpointer data)
{
  if (data != NULL)
    g_ptr_array_unref (data);
}

static void
list_texts (Search *search)
{
  for (guint i = 0; i < search->phrase->readings->len && search->texts->len < MOST_TEXTS; i++) {
    AvaBookReading *reading = search->phrase->readings->pdata[i];

    if (*reading->customer == '\0' || g_ptr_array_find_with_equal_func (search->texts, reading->customer, g_str_equal, NULL))
      continue;
    g_ptr_array_add (search->texts, g_strdup (reading->customer));
    g_ptr_array_add (search->found, NULL);
  }
}

/**
 * ava_book_search_async:
 * @text: "sm jo bot", or "new: Jane Roe 555 0142 bot"
 * @provider_id: (nullable): of the time onto which it is typed
 * @limit: at most so many
 */
void
ava_book_search_async (AvaBook             *self,
                       const char          *text,
                       const char          *provider_id,
                       guint                limit,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  GTask *task;
  Search *search;

  g_return_if_fail (AVA_IS_BOOK (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, ava_book_search_async);
  search = g_new0 (Search, 1);
  search->phrase = ava_book_phrase_read (ava_context_get_spa (self->context), text);
  search->provider_id = g_strdup (provider_id);
  search->limit = limit;
  search->texts = g_ptr_array_new_with_free_func (g_free);
  search->found = g_ptr_array_new_with_free_func (free_found);
  search->matches = g_ptr_array_new_with_free_func ((GDestroyNotify) ava_book_match_free);
  g_task_set_task_data (task, search, (GDestroyNotify) search_free);
  if (search->phrase->is_new) {
    ava_store_customers_by_phone_async (ava_context_get_store (self->context),
                                        search->phrase->phone != NULL ? search->phrase->phone : "", cancellable, phone_cb, task);
    return;
  }
  list_texts (search);
  look_up (task);
}

/* Returns: (transfer full) (nullable): AvaBookMatch, likeliest first */
GPtrArray *
ava_book_search_finish (AvaBook       *self,
                        GAsyncResult  *result,
                        GError       **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, ava_book_search_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
