/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-nlu.h"

#include <string.h>

#define LATE_MIN (17 * 60)     /* [min] of the day that is late */
#define LEAST_FUZZY_LETTERS 6  /* shorter words differ from too many others by one letter */

/* One mention of a service or a person. */
typedef struct {
  const char *id;
  guint at;
  guint next;
} Mention;

static gboolean
is_near (const char *word,
         const char *other)
{
  gsize a = strlen (word);
  gsize b = strlen (other);
  gsize head = 0;
  gsize tail = 0;

  if (a < LEAST_FUZZY_LETTERS || b < LEAST_FUZZY_LETTERS || *word != *other || MAX (a, b) - MIN (a, b) > 1)
    return FALSE;
  while (head < MIN (a, b) && word[head] == other[head])
    head++;
  while (tail < MIN (a, b) - head && word[a - 1 - tail] == other[b - 1 - tail])
    tail++;
  return MAX (a, b) - head - tail <= 1;
}

static void
add_fuzzy (const AvaWords *words,
           const char     *plain,
           const char     *id,
           GArray         *mentions)
{
  for (guint i = 0; strchr (plain, ' ') == NULL && i < words->words->len; i++) {
    Mention mention = { id, i, i + 1 };

    if (is_near (ava_words_get (words, i), plain) && !ava_words_negated (words, i))
      g_array_append_val (mentions, mention);
  }
}

static void
add_mentions (const AvaWords *words,
              const char     *phrase,
              const char     *id,
              gboolean        fuzzy,
              GArray         *mentions)
{
  g_autoptr (AvaWords) form = ava_words_new (phrase);
  g_autofree char *plain = g_strstrip (g_strdup (form->text));
  g_autofree char *both = g_strdup_printf ("%s|%ss", plain, plain);
  Mention mention = { .id = id };

  if (*plain == '\0')
    return;
  while (ava_words_find (words, both, mention.next, &mention.at, &mention.next)) {
    if (!ava_words_negated (words, mention.at))
      g_array_append_val (mentions, mention);
  }
  if (fuzzy)
    add_fuzzy (words, plain, id, mentions);
}

/* The longest at a place wins; then the last when the caller corrects themselves, else the first. */
static const char *
choose_mention (const AvaWords *words,
                GArray         *mentions)
{
  gboolean corrects = ava_words_have (words, "no|actually|instead|i mean|i meant|make it|sorry|wait|rather|change|not|switch");
  const Mention *best = NULL;

  for (guint i = 0; i < mentions->len; i++) {
    const Mention *one = &g_array_index (mentions, Mention, i);

    if (best == NULL ||
        (one->at < best->next && best->at < one->next ? one->next - one->at > best->next - best->at
                                                      : (one->at > best->at) == corrects))
      best = one;
  }
  return best != NULL ? best->id : NULL;
}

/* Two that are joined by "and": neither corrects the other. */
static const char *
find_second (const AvaWords *words,
             GArray         *mentions,
             const char     *first)
{
  const Mention *one = NULL;

  if (first == NULL || !ava_words_have (words, "and|plus|as well as"))
    return NULL;
  for (guint i = 0; i < mentions->len && one == NULL; i++) {
    const Mention *mention = &g_array_index (mentions, Mention, i);

    one = strcmp (mention->id, first) == 0 ? mention : NULL;
  }
  for (guint i = 0; i < mentions->len; i++) {
    const Mention *other = &g_array_index (mentions, Mention, i);
    guint at;
    guint next;

    if (strcmp (other->id, first) != 0 && other->at >= one->next && ava_words_find (words, "and|plus|as well as", one->next, &at, &next) && at < other->at)
      return other->id;
  }
  return NULL;
}

static const char *
choose_first (GArray *mentions)
{
  const Mention *best = NULL;

  for (guint i = 0; i < mentions->len; i++) {
    const Mention *one = &g_array_index (mentions, Mention, i);

    if (best == NULL || one->at < best->at || (one->at == best->at && one->next > best->next))
      best = one;
  }
  return best != NULL ? best->id : NULL;
}

/* "Cancel my Botox and book a facial instead": the first is the one to cancel. */
static const char *
read_service (const AvaWords *words,
              AvaSpa         *spa,
              gboolean        changes,
              const char    **second)
{
  const char *first;

  g_autoptr (GArray) mentions = g_array_new (FALSE, FALSE, sizeof (Mention));

  for (guint pass = 0; pass < 2 && mentions->len == 0; pass++) {
    for (guint i = 0; i < spa->services->len; i++) {
      AvaService *service = spa->services->pdata[i];

      if (service->archived)
        continue;
      add_mentions (words, service->name, service->id, pass == 1, mentions);
      for (guint j = 0; service->spoken != NULL && service->spoken[j] != NULL; j++)
        add_mentions (words, service->spoken[j], service->id, pass == 1, mentions);
    }
  }
  first = changes && ava_words_have (words, "and book|and make|book a|book an") ? choose_first (mentions) : choose_mention (words, mentions);
  *second = find_second (words, mentions, first);
  return first;
}

/* "I want my lips done": the only treatment whose description names that part of the body. */
static const char *
guess_service (const AvaWords *words,
               AvaSpa         *spa)
{
  static const char parts[] = "lips|cheeks|forehead|frown|scars|wrinkles|chin|legs|bikini";
  const char *found = NULL;
  guint at = 0;
  guint next = 0;

  if (!ava_words_have (words, "done|fixed|fix|treat|something for|anything for|plump|fuller|get rid of|touched up"))
    return NULL;
  if (!ava_words_find (words, parts, 0, &at, &next))
    return NULL;
  for (guint i = 0; i < spa->services->len; i++) {
    AvaService *service = spa->services->pdata[i];
    g_autoptr (AvaWords) description = service->description != NULL && !service->archived ? ava_words_new (service->description) : NULL;

    if (description == NULL || !ava_words_have (description, ava_words_get (words, at)))
      continue;
    if (found != NULL)
      return NULL;
    found = service->id;
  }
  return found;
}

/* @from to @to is the caller's own name, which may be that of one of the staff. */
static const char *
read_provider (const AvaWords *words,
               AvaSpa         *spa,
               guint           from,
               guint           to)
{
  g_autoptr (GArray) mentions = g_array_new (FALSE, FALSE, sizeof (Mention));

  for (guint i = 0; i < spa->providers->len; i++) {
    AvaProvider *provider = spa->providers->pdata[i];

    if (provider->archived)
      continue;
    add_mentions (words, provider->name, provider->id, FALSE, mentions);
    for (guint j = 0; provider->spoken != NULL && provider->spoken[j] != NULL; j++)
      add_mentions (words, provider->spoken[j], provider->id, FALSE, mentions);
  }
  for (guint i = mentions->len; i > 0; i--) {
    const Mention *mention = &g_array_index (mentions, Mention, i - 1);

    if (mention->at < to && from < mention->next)
      g_array_remove_index (mentions, i - 1);
  }
  return choose_mention (words, mentions);
}

static int
read_choice (const AvaWords *words)
{
  static const struct { const char *phrases; int choice; } rows[] = {
    { "the last|last one|the latest one|the final one", AVA_CHOICE_LAST },
    { "either|any of them|whichever|any of those|you choose|you pick|doesnt matter|does not matter|all of them work|"
      "they all work|dont care", AVA_CHOICE_ANY },
    { "first one|the first|first option|first time|number one|option one|earliest one|the earliest|first|the former|1st", 1 },
    { "second one|the second|second option|second time|number two|option two|the middle one|middle one|2nd|the latter", 2 },
    { "third one|the third|third option|third time|number three|option three|3rd", 3 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    if (ava_words_wish (words, rows[i].phrases) || (rows[i].choice == AVA_CHOICE_ANY && ava_words_have (words, "doesnt matter|dont care")))
      return rows[i].choice;
  }
  return AVA_CHOICE_NONE;
}

/* "Move my Tuesday appointment to Friday": what stands before the last "to" is the old time. */
static void
split_when (AvaHeard   *self,
            const char *text,
            gint64      now_us,
            GTimeZone  *zone)
{
  g_autofree char *lower = g_ascii_strdown (text, -1);
  const char *to = g_strrstr (lower, " to ");

  if (to == NULL)
    return;
  {
    g_autoptr (AvaDatePhrase) after = ava_date_phrase_parse (text + (to - lower) + 4, now_us, zone);
    g_autofree char *before = g_strndup (text, to - lower);

    if (!after->has_date && !after->has_time && !after->first_available)
      return;
    ava_date_phrase_free (self->when);
    self->when = g_steal_pointer (&after);
    self->old_when = ava_date_phrase_parse (before, now_us, zone);
  }
}

/* "Push it back an hour", "half an hour earlier": [min], 0 when nothing of the kind is said */
static int
read_shift (const AvaWords *words)
{
  static const struct { const char *phrases; int minutes; } lengths[] = {
    { "half an hour|thirty minutes|30 minutes|a half hour|half hour", 30 }, { "fifteen minutes|15 minutes|a quarter of an hour", 15 },
    { "two hours|2 hours|a couple hours|a couple of hours", 120 }, { "an hour|one hour|1 hour", 60 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++) {
    if (!ava_words_have (words, lengths[i].phrases))
      continue;
    if (ava_words_have (words, "earlier|forward|sooner|up"))
      return -lengths[i].minutes;
    return ava_words_have (words, "later|back|push") ? lengths[i].minutes : 0;
  }
  return 0;
}

/**
 * ava_nlu_read_slots:
 *
 * Reads service, people, name and choice of @self's words.
 */
void
ava_nlu_read_slots (AvaHeard  *self,
                    AvaSpa    *spa,
                    AvaExpect  expect)
{
  gboolean spelling = expect == AVA_EXPECT_SPELL || expect == AVA_EXPECT_SPELL_LAST || expect == AVA_EXPECT_LETTERS;
  gboolean name_asked = expect == AVA_EXPECT_NAME || spelling;
  guint from = 0;
  guint to = 0;

  self->name = ava_nlu_read_name (self->words, name_asked, &from, &to);
  if (self->name == NULL)
    from = to = 0;
  self->guest = name_asked || self->name != NULL ? ava_nlu_read_guest (self->words) : NULL;
  self->spelled = ava_nlu_read_spelled (self->words, name_asked);
  self->service_id = read_service (self->words, spa, ava_heard_has (self, AVA_INTENT_CANCEL), &self->second_service_id);
  if (self->service_id == NULL && !name_asked)
    self->service_id = guess_service (self->words, spa);
  if (self->service_id != NULL && name_asked && self->name != NULL && !ava_words_have (self->words, "name|this is"))
    g_clear_pointer (&self->name, g_free);
  self->provider_id = read_provider (self->words, spa, from, to);
  self->any_provider = ava_words_have (self->words, "anyone|anybody|no preference|whoever|any provider|anyone is fine|"
                                       "doesnt matter who|dont care who|either of them|somebody else|someone else|who else|anyone else|anybody else|another provider|"
                                       "someone different");
  self->last_name = self->name != NULL && ava_words_have (self->words, "last name is|last names|surname is|family name is");
  self->companion = ava_words_have (self->words, "needs one too|wants one too|needs one as well|wants one as well|my husband too|my wife too|my friend too|my daughter too|my sister too|my mom too|"
                                    "both of us|two of us|for both|both for a|both want|both need|we both|for me and|me and my|and one for my|for myself and|for two people|one for her too|one for him too");
  self->shift_min = read_shift (self->words);
  self->this_number = ava_words_have (self->words, "this number|number i am calling from|number im calling from|this one|"
                                      "calling from|same number|my number you have|the one im calling|use this|number you have");
  self->choice = read_choice (self->words);
  self->none_of_them = ava_words_have (self->words, "none of those|none of them|none of these|neither|dont work|doesnt work|"
                                       "do not work|wont work|something else|another time|another day|other times|"
                                       "different time|different day|anything else|not those|any other|more options|cant do|"
                                       "other options|cant make|something different|none work");
  self->later = ava_words_have (self->words, "anything later|something later|later than that|later time|bit later|any later|later please|later in the day|later|little later");
  self->earlier = ava_words_have (self->words, "anything earlier|something earlier|earlier than that|earlier time|bit earlier|"
                                  "any earlier|earlier please|earlier in the day|sooner|earlier|anything sooner");
}

/* "The one in the morning" is no one o'clock. */
static char *
drop_pronoun (const char *text)
{
  g_autoptr (GRegex) regex = g_regex_new ("\\b(the|that|this|first|second|third|last|noon|morning|afternoon|evening) one\\b"
                                          "(?! (o'?clock|thirty|fifteen|forty|[ap]\\.? ?m))", G_REGEX_CASELESS, 0, NULL);
  char *plain = g_regex_replace (regex, text, -1, 0, "\\1 time", 0, NULL);

  return plain != NULL ? plain : g_strdup (text);
}

/* "I work until five, so after that" is after five, and "like yesterday" is no day. */
static char *
drop_reasons (const char *text)
{
  static GRegex *busy = NULL;
  static GRegex *idiom = NULL;
  static gsize made = 0;
  g_autofree char *after = NULL;

  if (g_once_init_enter (&made)) {
    busy = g_regex_new ("\\b(?:i|we|im|i'm|she|he)\\b[a-z' ]{0,14}?\\b(?:work|working|busy|class|school|meeting|meetings|off|out|off work|finish|done)\\b(?: work)?(?: until| till| til| at| by)",
                        G_REGEX_CASELESS, 0, NULL);
    idiom = g_regex_new ("\\blike yesterday\\b|\\bafter that\\b(?= for)|\\bwork(?:s)? out\\b", G_REGEX_CASELESS, 0, NULL);
    g_once_init_leave (&made, 1);
  }
  after = g_regex_replace_literal (busy, text, -1, 0, "after", 0, NULL);
  return g_regex_replace_literal (idiom, after != NULL ? after : text, -1, 0, "", 0, NULL);
}

/* "Smith, Dana", as one types it: the last name first. */
static AvaWords *
words_of_name (const char *text)
{
  static const char fillers[] = "yes|yeah|sure|ok|okay|hi|hello|well|please|thanks|thank|no|sorry|um|uh|ma|sir|ava";
  g_autoptr (GRegex) regex = g_regex_new ("^\\s*(?:it'?s |under )?(\\p{L}[\\p{L}'-]+), *(\\p{L}[\\p{L}'-]+)(?=\\W*$|[,;: ]+[+(]?\\d)", G_REGEX_CASELESS, 0, NULL);
  g_autofree char *turned = NULL;
  g_autoptr (AvaWords) words = ava_words_new (text);

  if (!g_regex_match (regex, text, 0, NULL))
    return g_steal_pointer (&words);
  if (ava_words_have (words, fillers))
    return g_steal_pointer (&words);
  turned = g_regex_replace (regex, text, -1, 0, "\\2 \\1", 0, NULL);
  return ava_words_new (turned);
}

/**
 * ava_heard_new:
 * @expect: what was asked
 * @text: as typed or heard
 * @now_us: [us] UTC
 *
 * Returns: (transfer full): what @text says
 */
AvaHeard *
ava_heard_new (AvaSpa     *spa,
               AvaExpect   expect,
               const char *text,
               gint64      now_us)
{
  AvaHeard *self = g_new0 (AvaHeard, 1);
  g_autofree char *valid = g_utf8_make_valid (text, strnlen (text, 4000));
  gboolean digits_asked = expect == AVA_EXPECT_PHONE || expect == AVA_EXPECT_DIGITS;
  g_autofree char *phrase = NULL;
  g_autofree char *told = NULL;
  gboolean numbers_only;

  self->words = expect == AVA_EXPECT_NAME ? words_of_name (valid) : ava_words_new (valid);
  self->intents = ava_nlu_read_intents (self->words);
  self->manipulation = ava_nlu_is_manipulation (self->words);
  self->chit_chat = ava_nlu_is_chit_chat (self->words);
  self->health = ava_nlu_read_health (self->words);
  ava_nlu_read_slots (self, spa, expect);
  self->email = ava_nlu_read_email (self->words, valid);
  self->digits = ava_nlu_read_digits (self->words, valid, digits_asked && self->email == NULL);
  /* A number that was asked for is no time, unless a day or an hour is plainly said. */
  if (self->email != NULL) {
    char *email = g_strrstr (valid, "email");

    *(email != NULL ? email : valid) = '\0';
  }
  numbers_only = (digits_asked && !ava_words_have (self->words, "monday|tuesday|wednesday|thursday|friday|saturday|sunday|"
                                                   "tomorrow|today|noon|morning|afternoon|a m|p m|am|pm|week")) ||
                 (self->digits != NULL && self->words->words->len < 14 && strlen (self->digits) >= 10) ||
                 expect == AVA_EXPECT_EMAIL || expect == AVA_EXPECT_SPELL || expect == AVA_EXPECT_SPELL_LAST ||
                 expect == AVA_EXPECT_LETTERS || expect == AVA_EXPECT_MESSAGE;
  told = drop_reasons (valid);
  phrase = expect == AVA_EXPECT_OFFER || expect == AVA_EXPECT_APPOINTMENT ? drop_pronoun (told) : g_strdup (told);
  self->when = ava_date_phrase_parse (numbers_only ? "" : phrase, now_us, spa->zone);
  /* "I had it two weeks ago" tells of the past and wishes for nothing. */
  if (self->when->bygone && ava_words_have (self->words, "had|got|did|was|were|came|been|went|saw|made|missed|booked|started|noticed|happened|visited|"
                                            "felt|gave|told|said|called|tried|used|since|my last")) {
    ava_date_phrase_free (self->when);
    self->when = ava_date_phrase_parse ("", now_us, spa->zone);
  }
  /* "The latest you have": the evening hours, of which the caller chooses. */
  if (ava_words_have (self->words, "whats the latest|what is the latest|the latest you|latest appointment|latest time|latest slot|last appointment of the day|last slot") &&
      !self->when->has_time) {
    self->when->has_time = TRUE;
    self->when->from_min = LATE_MIN;
    self->when->to_min = 1439;
  }
  if (ava_heard_has (self, AVA_INTENT_RESCHEDULE))
    split_when (self, valid, now_us, spa->zone);
  return self;
}

/**
 * ava_heard_free:
 * @self: (transfer full) (nullable):
 */
void
ava_heard_free (AvaHeard *self)
{
  if (self == NULL)
    return;
  ava_words_free (self->words);
  ava_date_phrase_free (self->when);
  ava_date_phrase_free (self->old_when);
  g_free (self->name);
  g_free (self->guest);
  g_free (self->spelled);
  g_free (self->digits);
  g_free (self->email);
  g_free (self);
}

gboolean
ava_heard_has (const AvaHeard *self,
               AvaIntent       intent)
{
  return (self->intents & 1u << intent) != 0;
}

gboolean
ava_heard_has_when (const AvaHeard *self)
{
  return !ava_date_phrase_is_empty (self->when);
}
