/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-rehearsal-case.h"

#include <string.h>

/* Nobody: numbers that are given to no one, and a name that half the town has. */
#define FIRST "sam"
#define LAST "jones"
#define PHONE "+12125550142"
#define SPOKEN_PHONE "two one two five five five oh one four two"
#define WRITTEN_PHONE "212 555 0142"
#define EMAIL "sam.jones@example.com"

#define DIGIT "(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|double|triple)"

/* What may name somebody wherever it is said. */
static const struct { const char *pattern; const char *with; } secrets[] = {
  { "[\\w.+-]+@[\\w-]+(?:\\.[\\w-]+)+", EMAIL },
  { "\\b[\\w'-]+(?: dot [\\w'-]+)* at [\\w'-]+(?: dot [\\w'-]+)+", "sam dot jones at example dot com" },
  { "\\+?\\d(?:[ ().,-]*\\d){6,}", WRITTEN_PHONE },
  { "\\b" DIGIT "(?:[ ,.-]+" DIGIT "){4,}\\b", SPOKEN_PHONE },
  { "\\b(my name is|my name's|name is|this is for|i am called|i'm called) [\\p{L}'-]+(?: [\\p{L}'-]+)?", "\\1 " FIRST " " LAST },
  { "^(this is|it's|it is) (?!fine|good|ok|okay|right|great|about|for\\b|a\\b|the\\b|not\\b|my\\b|all\\b)[\\p{L}'-]+(?: [\\p{L}'-]+)?$", "\\1 " FIRST " " LAST },
  { "\\b\\p{L}(?:[ ,.-]+\\p{L}\\b){2,}", "s a m" },   /* spelled */
};

static char *
replace (const char *text,
         const char *pattern,
         const char *with)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GRegex) regex = g_regex_new (pattern, G_REGEX_CASELESS | G_REGEX_OPTIMIZE, 0, &error);
  char *made;

  g_assert_no_error (error);
  made = g_regex_replace (regex, text, -1, 0, with, 0, NULL);
  return made != NULL ? made : g_strdup ("");
}

/* Each word of the name that Ava wrote down, wherever it is said. */
static char *
replace_name (char       *text,
              const char *name)
{
  g_auto (GStrv) words = g_strsplit_set (name != NULL ? name : "", " -", -1);
  guint n = g_strv_length (words);

  for (guint i = 0; i < n; i++) {
    g_autofree char *escaped = g_regex_escape_string (words[i], -1);
    g_autofree char *pattern = g_strdup_printf ("\\b%s\\b", escaped);
    char *before = text;

    if (strlen (words[i]) < 2)
      continue;
    text = replace (before, pattern, i + 1 < n || n == 1 ? FIRST : LAST);
    g_free (before);
  }
  return text;
}

/* What the caller answers when asked for it is a name or a number, however it was heard. */
static const char *
find_stand_in (const char *question,
               const char *answer)
{
  static const struct { const char *asks; const char *with; } questions[] = {
    { "spell", "s a m" }, { "phone number", SPOKEN_PHONE }, { "number", NULL }, { "your name", "my name is " FIRST " " LAST },
    { "name", "my name is " FIRST " " LAST },
  };
  static const char *const plain[] = { "yes", "no", "that's right", "that is right", "correct", "right", "yes please", "yeah", "nope", NULL };
  g_autofree char *asked = g_utf8_strdown (question != NULL ? question : "", -1);
  g_autofree char *said = g_utf8_strdown (answer, -1);
  gboolean asks = strchr (asked, '?') != NULL;

  g_strdelimit (said, ".,!", ' ');
  g_strstrip (said);
  for (guint i = 0; asks && !g_strv_contains (plain, said) && i < G_N_ELEMENTS (questions); i++) {
    if (strstr (asked, questions[i].asks) != NULL)
      return questions[i].with;
  }
  return NULL;
}

static char *
clean (const char     *text,
       const char     *question,
       AvaAppointment *wrong)
{
  const char *stand_in = find_stand_in (question, text);
  char *clean;

  if (stand_in != NULL)
    return g_strdup (stand_in);
  clean = g_strdelimit (g_strdup (text), "\r\n", ' ');
  for (guint i = 0; i < G_N_ELEMENTS (secrets); i++) {
    g_autofree char *before = clean;

    clean = replace (before, secrets[i].pattern, secrets[i].with);
  }
  return replace_name (clean, wrong->customer_name);
}

static char *
write_moment (gint64     at_us,
              GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (at_us / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);

  return g_date_time_format (local, "%Y-%m-%d %H:%M");
}

char *
ava_rehearsal_case_write (const AvaRehearsalCall *call)
{
  GString *out = g_string_new (NULL);
  g_autofree char *now = write_moment (call->call_us, call->zone);
  g_autofree char *wrong = write_moment (call->wrong->start_us, call->zone);
  const char *question = NULL;

  g_string_append_printf (out, "# Ava misheard: not %s with %s at %s\nNow: %s\nCaller id: " PHONE "\n", call->wrong->service_name,
                          call->wrong->provider_name, wrong, now);
  for (guint i = 0; i < call->items->len; i++) {
    AvaTranscriptItem *item = call->items->pdata[i];
    g_autofree char *said = NULL;

    if (item->role == AVA_ROLE_AVA)
      question = item->text;
    if (item->role != AVA_ROLE_CALLER || item->text == NULL || *item->text == '\0')
      continue;
    said = clean (item->text, question, call->wrong);
    g_string_append_printf (out, "Caller: %s\n", said);
  }
  if (call->right != NULL) {
    g_autofree char *right = write_moment (call->right->start_us, call->zone);

    g_string_append_printf (out, "Booked: %s | %s | %s\n", call->right->service_name, call->right->provider_name, right);
  } else {
    g_string_append (out, "Booked: nothing\n");
  }
  return g_string_free (out, FALSE);
}
