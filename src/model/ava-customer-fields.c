/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-customer-fields.h"

#include "ava-phone.h"

#include <stdio.h>
#include <string.h>

/* One table for all that can be written of a customer: where it is kept, and how long it may be. */

typedef enum { TEXT, LINES, NAME, PHONE, EMAIL, DAY, FLAG, TAGS, ID } Kind;

typedef struct {
  const char *name;
  const char *words;     /* as it stands in a sentence */
  Kind kind;
  guint most;            /* [characters] */
  gboolean medical;
  gsize offset;          /* in AvaCustomer */
} Field;

#define AT(member) G_STRUCT_OFFSET (AvaCustomer, member)

static const Field fields[] = {
  { "name", "The name", NAME, 200, FALSE, AT (name) },
  { "phone", "The phone number", PHONE, 60, FALSE, AT (phone) },
  { "email", "The e-mail address", EMAIL, 254, FALSE, AT (email) },
  { "born", "The birthday", DAY, 40, FALSE, AT (born) },
  { "allergies", "The text about allergies", TEXT, 2000, TRUE, AT (allergies) },
  { "medicines", "The text about medicines", TEXT, 2000, TRUE, AT (medicines) },
  { "contraindications", "The text about contraindications", TEXT, 2000, TRUE, AT (contraindications) },
  { "pregnant", "Pregnancy", FLAG, 20, TRUE, AT (pregnant) },
  { "notes", "The note", LINES, 5000, FALSE, AT (notes) },
  { "tags", "The list of tags", TAGS, 1000, FALSE, AT (tags) },
  { "provider_id", "The preferred provider", ID, 100, FALSE, AT (provider_id) },
  { "vip", "VIP", FLAG, 20, FALSE, AT (vip) },
  { "do_not_book", "The reason", TEXT, 500, FALSE, AT (do_not_book) },
};

#define LONGEST_TAG 40       /* [characters] */
#define OLDEST_YEARS 130

G_DEFINE_QUARK (ava-customer-error-quark, ava_customer_error)

static const Field *
find_field (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++) {
    if (g_strcmp0 (name, fields[i].name) == 0)
      return &fields[i];
  }
  return NULL;
}

/* Returns: (transfer none): all names, ended by %NULL */
const char *const *
ava_customer_list_fields (void)
{
  static const char *names[G_N_ELEMENTS (fields) + 1];

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    names[i] = fields[i].name;
  return names;
}

/* Returns: whether the safety gate reads that field */
gboolean
ava_customer_is_medical (const char *field)
{
  const Field *found = find_field (field);

  return found != NULL && found->medical;
}

/**
 * ava_customer_get_field:
 *
 * Returns: (transfer full): the field as text, "" when it is empty
 */
char *
ava_customer_get_field (AvaCustomer *self,
                        const char  *field)
{
  const Field *found = find_field (field);
  gpointer place;

  g_return_val_if_fail (found != NULL, g_strdup (""));

  place = G_STRUCT_MEMBER_P (self, found->offset);
  if (found->kind == FLAG)
    return g_strdup (*(gboolean *) place ? "1" : "");
  if (found->kind == TAGS)
    return *(GStrv *) place != NULL ? g_strjoinv (", ", *(GStrv *) place) : g_strdup ("");
  return g_strdup (*(char **) place != NULL ? *(char **) place : "");
}

/* Sets a field of one that is not shared yet; @text: from ava_customer_clean(). */
void
ava_customer_set_field (AvaCustomer *self,
                        const char  *field,
                        const char  *text)
{
  const Field *found = find_field (field);
  gpointer place;

  g_return_if_fail (found != NULL);

  place = G_STRUCT_MEMBER_P (self, found->offset);
  if (found->kind == FLAG) {
    *(gboolean *) place = *text != '\0';
  } else if (found->kind == TAGS) {
    g_strfreev (*(GStrv *) place);
    *(GStrv *) place = *text != '\0' ? g_strsplit (text, ", ", -1) : NULL;
  } else {
    g_free (*(char **) place);
    *(char **) place = *text != '\0' || found->kind == PHONE ? g_strdup (text) : NULL;
  }
}

/* --- Cleaning -------------------------------------------------------------------------------- */

static char *
refuse (GError     **error,
        const char  *format,
        const char  *words,
        guint        number)
{
  g_autofree char *count = g_strdup_printf ("%u", number);
  g_auto (GStrv) parts = g_strsplit (format, "#", -1);
  g_autofree char *text = g_strjoinv (count, parts);

  g_set_error (error, AVA_CUSTOMER_ERROR, AVA_CUSTOMER_ERROR_INVALID, "%s %s", words, text);
  return NULL;
}

/* Without blanks around it, and what nobody can see; without line ends where it is one line. */
static char *
tidy (const char *text,
      gboolean    lines)
{
  g_autoptr (GString) out = g_string_new (NULL);
  gboolean blank = FALSE;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    if (lines && c == '\n') {
      g_string_append_c (out, '\n');
      blank = FALSE;
    } else if (g_unichar_isspace (c)) {
      blank = TRUE;
    } else if (!g_unichar_iscntrl (c)) {
      if (blank && out->len > 0 && out->str[out->len - 1] != '\n')
        g_string_append_c (out, ' ');
      g_string_append_unichar (out, c);
      blank = FALSE;
    }
  }
  return g_strstrip (g_string_free (g_steal_pointer (&out), FALSE));
}

/* Something before one @, and a dot within what follows; more only the mail server knows. */
static gboolean
is_email (const char *text)
{
  const char *at = strchr (text, '@');
  const char *dot = at != NULL ? strrchr (at, '.') : NULL;

  return at != NULL && at > text && strchr (at + 1, '@') == NULL && dot != NULL && dot > at + 1 && dot[1] != '\0' &&
         dot[-1] != '.' && at[-1] != '.' && *text != '.' && strpbrk (text, " \"(),:;<>[\\]") == NULL;
}

static char *
clean_email (const char  *text,
             GError     **error)
{
  const char *at;

  if (!is_email (text))
    return refuse (error, "is not complete. It looks like name@example.com.", "The e-mail address", 0);
  at = strchr (text, '@');
  {
    g_autofree char *name = g_strndup (text, at - text);
    g_autofree char *domain = g_utf8_strdown (at, -1);

    return g_strconcat (name, domain, NULL);
  }
}

/* 1985-03-12; 3/12/1985 where the month comes first, else 12/3/1985; 12.3.1985. */
static gboolean
read_day (const char *text,
          const char *region,
          GDate      *day)
{
  guint a, b, c;
  char end;

  g_date_clear (day, 1);
  if (sscanf (text, "%4u-%2u-%2u%c", &a, &b, &c, &end) != 3) {
    if (sscanf (text, "%2u.%2u.%4u%c", &c, &b, &a, &end) != 3) {
      gboolean month_first = g_strcmp0 (region, "US") == 0 || g_strcmp0 (region, "PH") == 0;

      if (sscanf (text, "%2u/%2u/%4u%c", month_first ? &b : &c, month_first ? &c : &b, &a, &end) != 3)
        return FALSE;
    }
  }
  if (a < 1000 || !g_date_valid_dmy (c, b, a))
    return FALSE;
  g_date_set_dmy (day, c, b, a);
  return TRUE;
}

static char *
clean_day (const char  *text,
           const char  *region,
           gint64       now_us,
           GError     **error)
{
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_utc (now_us / G_USEC_PER_SEC);
  GDate day, today;

  if (!read_day (text, region, &day))
    return refuse (error, "cannot be read. Write it like 1985-03-12.", "The birthday", 0);
  g_date_clear (&today, 1);
  g_date_set_dmy (&today, g_date_time_get_day_of_month (now), g_date_time_get_month (now), g_date_time_get_year (now));
  if (g_date_compare (&day, &today) > 0)
    return refuse (error, "lies in the future. Write it like 1985-03-12.", "The birthday", 0);
  if (g_date_get_year (&today) - g_date_get_year (&day) > OLDEST_YEARS)
    return refuse (error, "is more than # years ago. Please look at the year.", "The birthday", OLDEST_YEARS);
  return g_strdup_printf ("%04d-%02d-%02d", g_date_get_year (&day), g_date_get_month (&day), g_date_get_day (&day));
}

static char *
clean_flag (const char  *text,
            const char  *words,
            GError     **error)
{
  static const char *const yes[] = { "1", "yes", "y", "true", "x", NULL };
  static const char *const no[] = { "0", "no", "n", "false", "-", NULL };
  g_autofree char *lower = g_ascii_strdown (text, -1);

  if (g_strv_contains (yes, lower))
    return g_strdup ("1");
  if (g_strv_contains (no, lower))
    return g_strdup ("");
  return refuse (error, "is either yes or no.", words, 0);
}

static char *
clean_tags (const char  *text,
            GError     **error)
{
  g_auto (GStrv) words = g_strsplit_set (text, ",;\n", -1);
  g_autoptr (GStrvBuilder) tags = g_strv_builder_new ();
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_auto (GStrv) list = NULL;

  for (guint i = 0; words[i] != NULL; i++) {
    g_autofree char *folded = g_utf8_casefold (g_strstrip (words[i]), -1);

    if (g_utf8_strlen (words[i], -1) > LONGEST_TAG)
      return refuse (error, "is longer than # letters.", "A tag", LONGEST_TAG);
    if (*folded != '\0' && g_hash_table_add (seen, g_steal_pointer (&folded)))
      g_strv_builder_add (tags, words[i]);
  }
  list = g_strv_builder_end (tags);
  return g_strjoinv (", ", list);
}

/**
 * ava_customer_clean:
 * @text: as it was written
 * @region: where phone numbers without a country code are
 * @now_us: [us] UTC
 *
 * Returns: (transfer full) (nullable): @text as it is kept, "" for nothing; %NULL with AVA_CUSTOMER_ERROR_INVALID
 */
char *
ava_customer_clean (const char  *field,
                    const char  *text,
                    const char  *region,
                    gint64       now_us,
                    GError     **error)
{
  const Field *found = find_field (field);
  g_autofree char *tidied = NULL;
  g_autoptr (GError) phone_error = NULL;
  char *phone;

  if (found == NULL)
    return refuse (error, "is no field of a customer.", field, 0);
  if (!g_utf8_validate (text, -1, NULL))
    return refuse (error, "cannot be read: it is not written in UTF-8.", found->words, 0);
  tidied = tidy (text, found->kind == LINES);
  if (g_utf8_strlen (tidied, -1) > found->most)
    return refuse (error, "is too long: at most # letters are kept.", found->words, found->most);
  if (*tidied == '\0')
    return found->kind == NAME ? refuse (error, "is missing.", found->words, 0) : g_steal_pointer (&tidied);
  switch (found->kind) {
  case PHONE:
    phone = ava_phone_parse (tidied, region, &phone_error);
    if (phone == NULL)
      g_set_error_literal (error, AVA_CUSTOMER_ERROR, AVA_CUSTOMER_ERROR_INVALID, phone_error->message);
    return phone;
  case EMAIL:
    return clean_email (tidied, error);
  case DAY:
    return clean_day (tidied, region, now_us, error);
  case FLAG:
    return clean_flag (tidied, found->words, error);
  case TAGS:
    return clean_tags (tidied, error);
  case TEXT:
  case LINES:
  case NAME:
  case ID:
  default:
    return g_steal_pointer (&tidied);
  }
}

/* Returns: whether there is something to be careful about at a treatment */
gboolean
ava_customer_has_flags (AvaCustomer *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++) {
    g_autofree char *text = fields[i].medical ? ava_customer_get_field (self, fields[i].name) : NULL;

    if (text != NULL && *text != '\0')
      return TRUE;
  }
  return FALSE;
}
