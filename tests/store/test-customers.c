/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "book-replay.h"
#include "store-fixture.h"

#include "ava-same-person.h"

#include <glib/gstdio.h>
#include <string.h>

static const AvaActor desk = { .who = "staff:desk" };

static AvaCustomer *
finish (StoreFixture  *self,
        GAsyncResult **result,
        gint64        *token,
        GError       **error)
{
  AvaCustomer *customer = ava_store_customer_change_finish (self->store, test_result_wait (result), token, error);

  g_clear_object (result);
  return customer;
}

/* @fields: name, value, …, NULL */
static AvaCustomer *
save (StoreFixture  *self,
      const char    *id,
      gint64        *token,
      GError       **error,
      ...)
{
  g_autoptr (JsonObject) values = json_object_new ();
  GAsyncResult *result = NULL;
  const char *name;
  va_list args;

  va_start (args, error);
  while ((name = va_arg (args, const char *)) != NULL)
    json_object_set_string_member (values, name, va_arg (args, const char *));
  va_end (args);
  ava_store_save_customer_async (self->store, &desk, id, values, NULL, test_result_cb, &result);
  return finish (self, &result, token, error);
}

static AvaCustomer *
add (StoreFixture *self,
     const char   *name,
     const char   *phone,
     const char   *email,
     const char   *born)
{
  g_autoptr (GError) error = NULL;
  AvaCustomer *customer = save (self, NULL, NULL, &error, "name", name, "phone", phone, "email", email, "born", born, NULL);

  g_assert_no_error (error);
  return customer;
}

static AvaCustomer *
get (StoreFixture *self,
     const char   *id)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  AvaCustomer *customer;

  ava_store_get_customer_async (self->store, id, NULL, test_result_cb, &result);
  customer = ava_store_get_customer_finish (self->store, test_result_wait (&result), &error);
  g_assert_no_error (error);
  return customer;
}

static void
undo (StoreFixture *self,
      gint64        token,
      const char   *trouble)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaChange) change = NULL;

  ava_store_undo_async (self->store, &desk, token, NULL, test_result_cb, &result);
  change = ava_store_undo_finish (self->store, test_result_wait (&result), &error);
  if (trouble == NULL)
    g_assert_no_error (error);
  else
    g_assert_nonnull (strstr (error->message, trouble));
}

static guint
count_found (StoreFixture *self,
             const char   *text,
             const char   *filter)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = NULL;

  ava_store_choose_customers_async (self->store, text, filter, 100, NULL, test_result_cb, &result);
  found = ava_store_find_customers_finish (self->store, test_result_wait (&result), &error);
  g_assert_no_error (error);
  return found->len;
}

static void
edit_is_kept_found_and_undone (StoreFixture  *self,
                               gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaCustomer) added = add (self, "Zoë  Quux ", "(212) 555-0142", "Zoe@Example.COM", "3/12/1985");
  g_autoptr (AvaCustomer) edited = NULL;
  g_autoptr (AvaCustomer) back = NULL;
  gint64 token = 0;

  g_assert_cmpstr (added->name, ==, "Zoë Quux");
  g_assert_cmpstr (added->phone, ==, "+12125550142");
  g_assert_cmpstr (added->email, ==, "Zoe@example.com");
  g_assert_cmpstr (added->born, ==, "1985-03-12");
  edited = save (self, added->id, &token, &error, "name", "Zoë Xylander", "allergies", "latex", "pregnant", "yes", "tags", "a, B,a",
                 "vip", "1", "do_not_book", "Unpaid fees", "provider_id", "prov-ortiz", NULL);
  g_assert_no_error (error);
  g_assert_cmpint (token, !=, 0);
  g_assert_cmpint (edited->screened_us, ==, FIXTURE_NOW_US);
  g_assert_cmpstr (edited->screened_by, ==, "staff:desk");
  g_assert_cmpuint (g_strv_length (edited->tags), ==, 2);
  g_assert_cmpuint (count_found (self, "xylan", NULL), ==, 1);
  g_assert_cmpuint (count_found (self, "quux", NULL), ==, 0);
  g_assert_cmpuint (count_found (self, "xy", "flagged vip do-not-book provider=prov-ortiz"), ==, 1);
  undo (self, token, NULL);
  back = get (self, added->id);
  g_assert_cmpstr (back->name, ==, "Zoë Quux");
  g_assert_null (back->allergies);
  g_assert_false (back->pregnant);
  g_assert_cmpuint (count_found (self, "quux", NULL), ==, 1);
  g_assert_cmpuint (count_found (self, "xylan", NULL), ==, 0);
}

static void
wrong_fields_are_refused_in_words (StoreFixture  *self,
                                   gconstpointer  data)
{
  g_autoptr (AvaCustomer) customer = add (self, "Good One", "", "", "");
  g_autofree char *longest = g_strnfill (10000, 'x');
  const struct { const char *field; const char *text; const char *words; } cases[] = {
    { "name", "  ", "missing" }, { "name", longest, "at most 200" }, { "name", "\xff", "UTF-8" },
    { "phone", "12", "area code" }, { "phone", "212-555-0142 ext 9", "extension" }, { "email", "a@b", "name@example.com" },
    { "email", "a b@c.de", "name@example.com" }, { "born", "1985-02-30", "1985-03-12" }, { "born", "2030-01-01", "future" },
    { "born", "1850-01-01", "130" }, { "pregnant", "perhaps", "yes or no" }, { "notes", longest, "at most 5000" },
    { "provider_id", "nobody", "settings" }, { "shoe_size", "9", "no field" }, { "allergies", longest, "at most 2000" },
  };
  const char *fine[] = { "محمد الأمين", "👩🏽‍⚕️ Emoji", "O'Brien; DROP TABLE customers; --", "<b>Bold</b> & Co", "Line\nbreak", "\xe2\x80\xae" "evil" };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;

    g_assert_null (save (self, customer->id, NULL, &error, cases[i].field, cases[i].text, NULL));
    g_assert_error (error, AVA_STORE_ERROR, AVA_STORE_ERROR_INVALID);
    if (strstr (error->message, cases[i].words) == NULL)
      g_error ("%s: %s", cases[i].field, error->message);
  }
  for (guint i = 0; i < G_N_ELEMENTS (fine); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (AvaCustomer) saved = save (self, customer->id, NULL, &error, "name", fine[i], NULL);

    g_assert_no_error (error);
    g_assert_null (strchr (saved->name, '\n'));
    g_assert_cmpuint (count_found (self, fine[i], NULL), ==, 1);
  }
}

static void
who_edits_what_another_changed_is_told (StoreFixture  *self,
                                        gconstpointer  data)
{
  g_autoptr (AvaCustomer) customer = add (self, "Una Quux", "", "", "");
  g_autoptr (JsonObject) values = json_object_new ();
  g_autoptr (JsonObject) seen = json_object_new ();
  g_autoptr (GError) error = NULL;
  GAsyncResult *result = NULL;
  g_autoptr (AvaCustomer) other = save (self, customer->id, NULL, &error, "notes", "from the other desk", NULL);

  g_assert_no_error (error);
  json_object_set_string_member (values, "notes", "mine");
  json_object_set_string_member (seen, "notes", "");
  ava_store_save_customer_async (self->store, &desk, customer->id, values, seen, test_result_cb, &result);
  g_assert_null (finish (self, &result, NULL, &error));
  g_assert_error (error, AVA_STORE_ERROR, AVA_STORE_ERROR_CONFLICT);
  g_assert_nonnull (strstr (error->message, "from the other desk"));
}

/* --- Duplicates, household, merge ------------------------------------------------------------- */

static void
only_two_things_in_common_make_a_duplicate (void)
{
  const struct { const char *one[4]; const char *other[4]; gboolean likely; } cases[] = {
    { { "Ann Lee", "+12125550101", NULL, NULL }, { "Lee Ann", "+12125550101", NULL, NULL }, TRUE },
    { { "Ann Lee", "+12125550101", NULL, NULL }, { "Bob Lee", "+12125550101", NULL, NULL }, FALSE },
    { { "Ann Lee", "+12125550101", "x@y.zz", NULL }, { "Bob Lee", "+12125550101", "X@Y.zz", NULL }, FALSE },
    { { "Ann Lee", "+12125550101", NULL, "1990-01-01" }, { "Eve Lee", "+12125550101", NULL, "1990-01-01" }, FALSE },
    { { "Ann Lee", NULL, "a@y.zz", "1990-01-01" }, { "Ann Smith", NULL, "a@y.zz", "1990-01-01" }, TRUE },
    { { "José Núñez", NULL, NULL, "1990-01-01" }, { "Jose Nunez", NULL, NULL, "1990-01-01" }, TRUE },
    { { "Katherine Adams", NULL, NULL, "1990-01-01" }, { "Katharine Adams", NULL, NULL, "1990-01-01" }, TRUE },
    { { "K. Adams", "+12125550101", NULL, NULL }, { "Katharine Adams", "+12125550101", NULL, NULL }, TRUE },
    { { "Ann Lee", NULL, NULL, NULL }, { "Ann Lee", NULL, NULL, NULL }, FALSE },
    { { "Dan Lee", NULL, NULL, "1990-01-01" }, { "Ian Lee", NULL, NULL, "1990-01-01" }, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (AvaCustomer) one = ava_customer_new ();
    g_autoptr (AvaCustomer) other = ava_customer_new ();
    AvaCustomer *both[] = { one, other };

    for (int j = 0; j < 2; j++) {
      const char *const *texts = j == 0 ? cases[i].one : cases[i].other;

      both[j]->name = g_strdup (texts[0]);
      both[j]->phone = g_strdup (texts[1]);
      both[j]->email = g_strdup (texts[2]);
      both[j]->born = g_strdup (texts[3]);
    }
    g_assert_cmpint (ava_same_person_likely (ava_same_person_compare (one, other)), ==, cases[i].likely);
    g_assert_cmpint (ava_same_person_likely (ava_same_person_compare (other, one)), ==, cases[i].likely);
  }
}

static GPtrArray *
list_duplicates (StoreFixture *self,
                 const char   *id)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *found;

  ava_store_list_duplicates_async (self->store, id, NULL, test_result_cb, &result);
  found = ava_store_list_duplicates_finish (self->store, test_result_wait (&result), &error);
  g_assert_no_error (error);
  return found;
}

static void
duplicates_are_told_until_they_are_two_persons (StoreFixture  *self,
                                                gconstpointer  data)
{
  g_autoptr (AvaCustomer) one = add (self, "Quentin Quux", "2125550142", "", "");
  g_autoptr (AvaCustomer) other = add (self, "Quentim Quux", "2125550142", "", "");
  g_autoptr (AvaCustomer) wife = add (self, "Uma Quux", "2125550142", "", "");
  g_autoptr (GPtrArray) found = list_duplicates (self, one->id);
  g_autoptr (GPtrArray) all = list_duplicates (self, NULL);
  g_autoptr (GPtrArray) left = NULL;
  g_autoptr (GAsyncResult) household = NULL;
  g_autoptr (GPtrArray) family = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *result = NULL;
  g_autoptr (AvaCustomer) apart = NULL;
  guint mine = 0;

  g_assert_cmpuint (found->len, ==, 1);
  g_assert_cmpuint (((AvaDuplicate *) found->pdata[0])->reasons & (AVA_SAME_LIKE_NAME | AVA_SAME_PHONE), ==, AVA_SAME_LIKE_NAME | AVA_SAME_PHONE);
  for (guint i = 0; i < all->len; i++)
    mine += g_str_has_suffix (((AvaDuplicate *) all->pdata[i])->one->name, "Quux");
  g_assert_cmpuint (mine, ==, 1);
  ava_store_list_household_async (self->store, one->id, NULL, test_result_cb, &household);
  family = ava_store_list_household_finish (self->store, test_result_wait (&household), &error);
  g_assert_cmpuint (family->len, ==, 2);
  ava_store_keep_apart_async (self->store, &desk, one->id, other->id, test_result_cb, &result);
  apart = finish (self, &result, NULL, &error);
  g_assert_no_error (error);
  left = list_duplicates (self, one->id);
  g_assert_cmpuint (left->len, ==, 0);
}

static char *
dump (StoreFixture *self)
{
  return store_fixture_text (self,
    "SELECT group_concat (line, x'0a') FROM (SELECT id || name || sort_name || search || phone || coalesce (email, '') || coalesce (born, '')"
    "   || coalesce (allergies, '') || coalesce (notes, '') || tags || pregnant || coalesce (merged_into, '') || archived_us AS line FROM customers"
    "  UNION ALL SELECT id || customer_id FROM appointments UNION ALL SELECT id || coalesce (customer_id, '') FROM conversations"
    "  UNION ALL SELECT customer_id || visits || ' ' || last_visit_us || ' ' || booked_us || ' ' || spent_cents FROM customer_figures WHERE visits + booked_us > 0"
    "  ORDER BY 1)");
}

static AvaCustomer *
merge (StoreFixture  *self,
       const char    *id,
       const char    *other,
       gint64        *token,
       GError       **error)
{
  GAsyncResult *result = NULL;

  ava_store_merge_customers_async (self->store, &desk, id, other, test_result_cb, &result);
  return finish (self, &result, token, error);
}

/* Two of the demo, both with appointments and calls. */
static char *
find_id (StoreFixture *self,
         int           place)
{
  g_autofree char *sql = g_strdup_printf ("SELECT c.id FROM customers c JOIN conversations v ON v.customer_id = c.id"
                                          " GROUP BY c.id ORDER BY c.id LIMIT 1 OFFSET %d", place);

  return store_fixture_text (self, sql);
}

static void
set_up_busy (StoreFixture  *self,
             gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *json = store_demo_json ();

  store_fixture_set_up (self, data);
  ava_store_fill_demo (self->store, json, 7, 40, 60, 0, &error);
  g_assert_no_error (error);
  book_replay_begin (self->dir);
}

static void
merge_takes_all_along_and_undo_gives_all_back (StoreFixture  *self,
                                               gconstpointer  data)
{
  g_autofree char *one = find_id (self, 0);
  g_autofree char *other = find_id (self, 1);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *of_other = g_strdup_printf ("SELECT (SELECT count(*) FROM appointments WHERE customer_id = '%s')"
    " + (SELECT count(*) FROM conversations WHERE customer_id = '%s')", other, other);
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaCustomer) careful = save (self, other, NULL, &error, "allergies", "latex", "notes", "Likes tea", "tags", "tea", NULL);
  g_autoptr (AvaCustomer) merged = NULL;
  g_autoptr (AvaCustomer) pointer = NULL;
  gint64 token = 0;

  g_assert_no_error (error);
  before = dump (self);
  g_assert_cmpint (store_fixture_count (self, of_other), >, 0);
  merged = merge (self, one, other, &token, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (merged->allergies, "latex"));
  g_assert_nonnull (strstr (merged->notes, "Likes tea"));
  g_assert_cmpint (store_fixture_count (self, of_other), ==, 0);
  pointer = get (self, other);
  g_assert_cmpstr (pointer->merged_into, ==, one);
  g_assert_cmpuint (count_found (self, pointer->name, "archived"), ==, 0);
  g_assert_null (merge (self, one, other, NULL, &error));
  g_assert_error (error, AVA_STORE_ERROR, AVA_STORE_ERROR_INVALID);
  undo (self, token, NULL);
  after = dump (self);
  g_assert_cmpstr (after, ==, before);
}

static void
split_gives_back_what_was_not_changed_since (StoreFixture  *self,
                                             gconstpointer  data)
{
  g_autofree char *one = find_id (self, 0);
  g_autofree char *other = find_id (self, 1);
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaCustomer) careful = save (self, other, NULL, &error, "allergies", "latex", "notes", "Likes tea", NULL);
  g_autoptr (AvaCustomer) merged = merge (self, one, other, NULL, &error);
  g_autoptr (AvaCustomer) edited = save (self, one, NULL, &error, "notes", "Written after the merge", NULL);
  g_autofree char *of_other = g_strdup_printf ("SELECT (SELECT count(*) FROM appointments WHERE customer_id = '%s')", other);
  g_autoptr (AvaCustomer) split = NULL;
  g_autoptr (AvaCustomer) kept = NULL;
  GAsyncResult *result = NULL;

  g_assert_no_error (error);
  ava_store_split_customer_async (self->store, &desk, other, test_result_cb, &result);
  split = finish (self, &result, NULL, &error);
  g_assert_no_error (error);
  g_assert_null (split->merged_into);
  g_assert_cmpint (split->archived_us, ==, 0);
  g_assert_cmpint (store_fixture_count (self, of_other), >, 0);
  kept = get (self, one);
  g_assert_cmpstr (kept->notes, ==, "Written after the merge");
  g_assert_true (kept->allergies == NULL || strstr (kept->allergies, "latex") == NULL);
}

static int
add_rows (StoreFixture *self,
          const char   *json,
          int          *completed,
          gint64       *token)
{
  g_autoptr (JsonNode) rows = json_from_string (json, NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  int added;

  ava_store_add_customers_async (self->store, &desk, json_node_get_array (rows), test_result_cb, &result);
  added = ava_store_add_customers_finish (self->store, test_result_wait (&result), completed, token, &error);
  g_assert_no_error (error);
  return added;
}

/* A file tells of an allergy of somebody who is in the book: it is not passed over. */
static void
import_completes_who_is_there (StoreFixture  *self,
                               gconstpointer  data)
{
  static const char rows[] = "[{\"name\":\"ZORA QUUX\",\"phone\":\"212 555 0142\",\"allergies\":\"Latex, nuts\",\"pregnant\":\"yes\","
                             "\"email\":\"other@quux.example\",\"born\":\"1985-03-12\"}]";
  g_autoptr (AvaCustomer) zora = add (self, "Zora Quux", "212 555 0142", "zora@quux.example", "");
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaCustomer) screened = save (self, zora->id, NULL, &error, "allergies", "peanuts; latex", NULL);
  g_autoptr (AvaCustomer) after = NULL;
  g_autoptr (AvaCustomer) before = NULL;
  int completed;
  gint64 token;

  g_assert_cmpint (add_rows (self, rows, &completed, &token), ==, 0);
  g_assert_cmpint (completed, ==, 1);
  after = get (self, zora->id);
  g_assert_cmpstr (after->name, ==, "Zora Quux");
  g_assert_cmpstr (after->allergies, ==, "peanuts; latex; nuts");
  g_assert_cmpstr (after->email, ==, "zora@quux.example");
  g_assert_cmpstr (after->born, ==, "1985-03-12");
  g_assert_true (after->pregnant);
  g_assert_cmpint (add_rows (self, rows, &completed, NULL), ==, 0);
  g_assert_cmpint (completed, ==, 0);
  undo (self, token, NULL);
  before = get (self, zora->id);
  g_assert_cmpstr (before->allergies, ==, "peanuts; latex");
  g_assert_false (before->pregnant);
}

/* --- Archive and erase ------------------------------------------------------------------------ */

static void
archive_is_refused_while_appointments_are_to_come (StoreFixture  *self,
                                                   gconstpointer  data)
{
  g_autoptr (AvaSlot) slot = store_fixture_slot (0);
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaAppointment) booked = store_fixture_book (self->store, NULL, NULL, slot, "Una Quux", "+12125550142", &error);
  g_autoptr (AvaCustomer) other = add (self, "Nobody Quux", "", "", "");
  g_autoptr (AvaCustomer) archived = NULL;
  GAsyncResult *result = NULL;
  gint64 token = 0;

  ava_store_archive_customer_async (self->store, &desk, booked->customer_id, TRUE, test_result_cb, &result);
  g_assert_null (finish (self, &result, NULL, &error));
  g_assert_error (error, AVA_STORE_ERROR, AVA_STORE_ERROR_UNSAFE);
  g_assert_nonnull (strstr (error->message, "Botox with Elena Ortiz"));
  g_clear_error (&error);
  ava_store_archive_customer_async (self->store, &desk, other->id, TRUE, test_result_cb, &result);
  archived = finish (self, &result, &token, &error);
  g_assert_no_error (error);
  g_assert_cmpint (archived->archived_us, >, 0);
  g_assert_cmpuint (count_found (self, "nobody quux", NULL), ==, 0);
  g_assert_cmpuint (count_found (self, "nobody quux", "archived"), ==, 1);
  undo (self, token, NULL);
  g_assert_cmpuint (count_found (self, "nobody quux", NULL), ==, 1);
}

/* Whether @text stands anywhere in a file of the profile. */
static gboolean
file_has (const char *dir,
          const char *text)
{
  g_autoptr (GDir) entries = g_dir_open (dir, 0, NULL);
  const char *name;
  gboolean found = FALSE;

  while (!found && (name = g_dir_read_name (entries)) != NULL) {
    g_autofree char *path = g_build_filename (dir, name, NULL);
    g_autofree char *bytes = NULL;
    gsize length = 0, needle = strlen (text);

    if (g_file_test (path, G_FILE_TEST_IS_DIR) || !g_file_get_contents (path, &bytes, &length, NULL))
      continue;
    for (gsize i = 0; !found && i + needle <= length; i++)
      found = memcmp (bytes + i, text, needle) == 0;
  }
  return found;
}

static AvaCustomer *
erase (StoreFixture    *self,
       const AvaActor  *actor,
       const char      *id,
       GError         **error)
{
  GAsyncResult *result = NULL;

  ava_store_erase_customer_async (self->store, actor, id, test_result_cb, &result);
  return finish (self, &result, NULL, error);
}

static void
erased_customer_is_nowhere_and_the_book_still_adds_up (StoreFixture  *self,
                                                       gconstpointer  data)
{
  const AvaActor manager = { .who = "staff:desk", .role = AVA_STAFF_ROLE_MANAGER, .why = "asked by letter" };
  const AvaActor nobody = { .who = "staff:desk", .role = AVA_STAFF_ROLE_FRONT_DESK, .why = "asked by letter" };
  const AvaActor silent = { .who = "staff:desk", .role = AVA_STAFF_ROLE_MANAGER };
  g_autofree char *id = store_fixture_text (self, "SELECT c.id FROM customers c JOIN conversations v ON v.customer_id = c.id"
    " WHERE NOT EXISTS (SELECT 1 FROM appointments a WHERE a.customer_id = c.id AND a.status IN ('scheduled', 'confirmed', 'arrived', 'in-room'))"
    " AND EXISTS (SELECT 1 FROM appointments a WHERE a.customer_id = c.id AND a.status = 'done') LIMIT 1");
  g_autofree char *money = store_fixture_text (self, "SELECT sum (price_cents) || ' ' || count(*) FROM appointments");
  g_autofree char *later = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaCustomer) edited = NULL;
  g_autoptr (AvaCustomer) erased = NULL;
  g_autoptr (AvaCustomer) other = NULL;
  g_autoptr (AvaCustomer) apart = NULL;
  GAsyncResult *result = NULL;
  gint64 token = 0;

  g_assert_nonnull (id);
  edited = save (self, id, &token, &error, "name", "Zerubbabel Quuxington", "email", "zerub@quux.example", "phone", "+442079460999",
                 "notes", "Zsecretnote", "allergies", "Zallergy", NULL);
  g_assert_no_error (error);
  g_clear_object (&edited);
  edited = save (self, id, NULL, &error, "notes", "Zsecretnote two", NULL);
  g_assert_true (file_has (self->dir, "Zsecretnote"));
  other = add (self, "Quentin Quux", "2125550142", "", "");
  ava_store_keep_apart_async (self->store, &desk, id, other->id, test_result_cb, &result);
  apart = finish (self, &result, NULL, &error);
  g_assert_no_error (error);
  g_assert_null (erase (self, &nobody, id, &error));
  g_assert_error (error, AVA_STORE_ERROR, AVA_STORE_ERROR_FORBIDDEN);
  g_clear_error (&error);
  g_assert_null (erase (self, &silent, id, &error));
  g_assert_error (error, AVA_STORE_ERROR, AVA_STORE_ERROR_INVALID);
  g_clear_error (&error);
  erased = erase (self, &manager, id, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (erased->name, ==, "Erased customer");
  g_assert_cmpint (erased->erased_us, >, 0);
  g_assert_cmpint (store_fixture_count (self, "SELECT count(*) FROM customer_pairs"), ==, 0);   /* told, as the fixture sees */
  g_assert_cmpuint (count_found (self, "quuxington", NULL), ==, 0);
  g_assert_cmpuint (count_found (self, "quuxington", "archived"), ==, 0);
  later = store_fixture_text (self, "SELECT sum (price_cents) || ' ' || count(*) FROM appointments");
  g_assert_cmpstr (later, ==, money);
  undo (self, token, "");
  g_assert_null (save (self, id, NULL, &error, "name", "Again", NULL));
  g_assert_error (error, AVA_STORE_ERROR, AVA_STORE_ERROR_INVALID);
  store_fixture_reopen (self);
  for (const char *const *word = (const char *const[]) { "Zerubbabel", "zerubbabel", "quuxington", "zerub@quux", "2079460999", "Zsecretnote", "Zallergy", NULL }; *word != NULL; word++) {
    if (file_has (self->dir, *word))
      g_error ("“%s” is still in the file", *word);
  }
  g_assert_cmpint (store_fixture_count (self, "SELECT count(*) FROM journal WHERE what = 'customer-erased' AND why = 'asked by letter'"), >, 0);
  g_assert_true (file_has (self->dir, "asked by letter"));
}

/* What no erasing need touch: names of rows, words of the program, and what is about the spa. */
static const char *const impersonal[] = {
  "channel", "status", "kind", "direction", "role", "line", "agent", "author", "opener", "item_id", "previous_id", "service_ids",
  "override_role", "merged_into", "screened_by", "customer_packages.name", "transcript_items.source", "appointments.source",
  "conversations.outcome", NULL
};

static gboolean
may_name_a_person (const char *table,
                   const char *column,
                   const char *type)
{
  g_autofree char *full = g_strconcat (table, ".", column, NULL);

  return strcmp (type, "TEXT") == 0 && strcmp (column, "id") != 0 && !g_str_has_suffix (column, "_id") &&
         !g_strv_contains (impersonal, column) && !g_strv_contains (impersonal, full);
}

/* What a column of a new row gets, as SQL; NULL: its default. */
static char *
choose_value (const char *table,
              const char *column,
              const char *type,
              gboolean    needed,
              const char *customer_id,
              const char *call_id)
{
  if (strcmp (column, "id") == 0)
    return g_str_has_suffix (table, "_details") ? g_strdup_printf ("'%s'", call_id) : g_strdup_printf ("'z-%s'", table);
  if (strcmp (column, "customer_id") == 0)
    return g_strdup_printf ("'%s'", customer_id);
  if (strcmp (column, "call_id") == 0 || strcmp (column, "conversation_id") == 0)
    return g_strdup_printf ("'%s'", call_id);
  if (strcmp (column, "service_id") == 0)
    return g_strdup ("'svc-botox'");
  if (strcmp (column, "provider_id") == 0)
    return g_strdup ("'prov-ortiz'");
  if (strcmp (column, "room_id") == 0)
    return g_strdup ("'room-1'");
  if (may_name_a_person (table, column, type))
    return g_strdup_printf (strcmp (column, "tags") == 0 ? "'[\"Zsecret %s %s\"]'" : "'Zsecret %s %s'", table, column);
  if (strcmp (column, "end_us") == 0 || strcmp (column, "busy_end_us") == 0)
    return g_strdup ("60000000");
  return needed ? g_strdup (strcmp (type, "TEXT") == 0 ? "'z'" : "1") : NULL;
}

static void
run (AvaSqlite  *db,
     const char *format,
     ...) G_GNUC_PRINTF (2, 3);

static void
run (AvaSqlite  *db,
     const char *format,
     ...)
{
  g_autofree char *sql = NULL;
  g_autoptr (GError) error = NULL;
  va_list args;

  va_start (args, format);
  sql = g_strdup_vprintf (format, args);
  va_end (args);
  if (!ava_sqlite_exec (db, sql, &error))
    g_error ("%s: %s", sql, error->message);
}

/* A row of @table, or what a customer has already, with words of theirs in every column that may have some;
 * the same in a line of the journal and in a change that waits to be sent. */
static void
fill_row (AvaSqlite  *db,
          const char *table,
          const char *customer_id,
          const char *call_id)
{
  g_autoptr (GString) names = g_string_new (NULL);
  g_autoptr (GString) values = g_string_new (NULL);
  g_autoptr (GString) sets = g_string_new ("version = version");
  g_autoptr (GString) pairs = g_string_new ("'id', id");
  g_autoptr (GError) error = NULL;
  gboolean is_there = strcmp (table, "customers") == 0 || strcmp (table, "conversations") == 0;
  AvaRow *row = ava_sqlite_query (db, &error, "SELECT name, type, \"notnull\" AND dflt_value IS NULL FROM pragma_table_info (?)", "s", table);
  g_autofree char *id = is_there ? g_strdup (strcmp (table, "customers") == 0 ? customer_id : call_id)
                        : g_str_has_suffix (table, "_details") ? g_strdup (call_id) : g_strconcat ("z-", table, NULL);

  while (ava_row_next (row, &error)) {
    const char *name = ava_row_text (row, 0);
    const char *type = ava_row_text (row, 1);
    g_autofree char *value = choose_value (table, name, type, ava_row_int (row, 2) != 0, customer_id, call_id);

    if (value == NULL)
      continue;
    g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", name);
    g_string_append_printf (values, "%s%s", values->len > 0 ? ", " : "", value);
    if (may_name_a_person (table, name, type)) {
      g_string_append_printf (sets, ", %s = %s", name, value);
      g_string_append_printf (pairs, ", '%s', %s", name, name);
    }
  }
  g_assert_no_error (error);
  if (is_there)
    run (db, "UPDATE %s SET %s WHERE id = '%s'", table, sets->str, id);
  else
    run (db, "INSERT OR REPLACE INTO %s (%s) VALUES (%s)", table, names->str, values->str);
  run (db, "INSERT INTO journal (at_us, who, what, why, tbl, row_id, before, after)"
           " SELECT 1, 'staff:desk', 'changed', 'Zsecret why %s', '%s', id, json_object (%s), json_object (%s) FROM %s WHERE id = '%s'",
       table, table, pairs->str, pairs->str, table, id);
  run (db, "INSERT INTO sync_outbox (hlc, ops, created_us)"
           " SELECT 'h', json_array (json_object ('tbl', '%s', 'id', id, 'fields', json_object (%s))), 1 FROM %s WHERE id = '%s'",
       table, pairs->str, table, id);
}

/* Every text that a row of theirs can have, whatever the column: one that is added later fails here until erasing knows it. */
static void
erasing_leaves_no_word_in_any_column (StoreFixture  *self,
                                      gconstpointer  data)
{
  static const char *const tables[] = {
    "conversations", "call_details", "sms_details", "email_details", "transcript_items", "communication_messages",
    "communication_events", "insights", "appointments", "consents", "waitlist", "message_outbox", "tasks", "consultations",
    "customer_packages", "customers", NULL
  };
  const AvaActor manager = { .who = "staff:desk", .role = AVA_STAFF_ROLE_MANAGER, .why = "asked by letter" };
  g_autofree char *id = store_fixture_text (self, "SELECT c.id FROM customers c JOIN conversations v ON v.customer_id = c.id"
    " WHERE NOT EXISTS (SELECT 1 FROM appointments a WHERE a.customer_id = c.id AND a.status IN ('scheduled', 'confirmed', 'arrived', 'in-room')) LIMIT 1");
  g_autofree char *find_call = g_strdup_printf ("SELECT id FROM conversations WHERE customer_id = '%s' LIMIT 1", id);
  g_autofree char *call_id = store_fixture_text (self, find_call);
  g_autofree char *path = store_fixture_get_path (self);
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaSqlite) db = ava_sqlite_open (path, &error);
  g_autoptr (AvaCustomer) erased = NULL;

  book_replay_forget (self->dir);
  g_assert_no_error (error);
  for (guint i = 0; tables[i] != NULL; i++)
    fill_row (db, tables[i], id, call_id);
  run (db, "UPDATE appointments SET status = 'done' WHERE id = 'z-appointments'");
  g_assert_true (file_has (self->dir, "Zsecret appointments fee_waiver"));
  erased = erase (self, &manager, id, &error);
  g_assert_no_error (error);
  for (guint i = 0; tables[i] != NULL; i++) {
    g_autofree char *count = g_strdup_printf ("SELECT count(*) FROM journal WHERE tbl = '%s' AND"
                                              " (coalesce (before, '') || coalesce (after, '') || coalesce (why, '')) LIKE '%%Zsecret%%'", tables[i]);

    if (store_fixture_count (self, count) > 0)
      g_error ("the journal of %s still has their words", tables[i]);
  }
  g_assert_cmpint (store_fixture_count (self, "SELECT count(*) FROM sync_outbox WHERE ops LIKE '%Zsecret%'"), ==, 0);
  g_clear_pointer (&db, ava_sqlite_close);
  store_fixture_reopen (self);
  g_assert_false (file_has (self->dir, "Zsecret"));
}

static AvaAppointment *
book_for (StoreFixture  *self,
          const char    *customer_id,
          const char    *notes,
          GError       **error)
{
  g_autoptr (AvaSlot) slot = store_fixture_slot (3);
  const AvaBooking booking = { .slot = slot, .customer_id = customer_id, .notes = notes };
  g_autoptr (GAsyncResult) result = NULL;

  ava_store_book_async (self->store, &desk, &booking, NULL, test_result_cb, &result);
  return ava_store_book_finish (self->store, test_result_wait (&result), error);
}

/* A merged into B, B into C: who asks for C to be erased is A and B as well. */
static void
erasing_reaches_every_record_that_was_merged (StoreFixture  *self,
                                              gconstpointer  data)
{
  const AvaActor manager = { .who = "staff:desk", .role = AVA_STAFF_ROLE_MANAGER, .why = "asked by letter" };
  static const char *const names[] = { "Zfirst Quux", "Zsecond Quux", "Zthird Quux" };
  g_autoptr (AvaCustomer) erased = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *result = NULL;
  AvaCustomer *people[3];

  for (guint i = 0; i < 3; i++)
    people[i] = add (self, names[i], "212 555 0142", "", "");
  for (guint i = 0; i < 2; i++) {
    g_autoptr (AvaCustomer) merged = merge (self, people[i + 1]->id, people[i]->id, NULL, &error);

    g_assert_no_error (error);
  }
  erased = erase (self, &manager, people[2]->id, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 2; i++) {
    g_autoptr (AvaCustomer) record = get (self, people[i]->id);

    g_assert_cmpstr (record->name, ==, "Erased customer");
    g_assert_cmpint (record->erased_us, >, 0);
    ava_store_split_customer_async (self->store, &desk, record->id, test_result_cb, &result);
    g_assert_null (finish (self, &result, NULL, &error));
    g_assert_error (error, AVA_STORE_ERROR, AVA_STORE_ERROR_INVALID);
    g_clear_error (&error);
  }
  for (guint i = 0; i < 3; i++)
    g_object_unref (people[i]);
  store_fixture_reopen (self);
  for (guint i = 0; i < 3; i++)
    g_assert_false (file_has (self->dir, names[i]));
}

static void
erasing_strikes_out_what_was_taken_back (StoreFixture  *self,
                                         gconstpointer  data)
{
  const AvaActor manager = { .who = "staff:desk", .role = AVA_STAFF_ROLE_MANAGER, .why = "asked by letter" };
  g_autoptr (AvaCustomer) customer = add (self, "Zora Quux", "212 555 0142", "", "");
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaAppointment) booked = book_for (self, customer->id, "Zsecret of a booking", &error);
  g_autoptr (AvaCustomer) erased = NULL;

  g_assert_no_error (error);
  undo (self, 0, NULL);
  g_assert_true (file_has (self->dir, "Zsecret of a booking"));
  erased = erase (self, &manager, customer->id, &error);
  g_assert_no_error (error);
  store_fixture_reopen (self);
  g_assert_false (file_has (self->dir, "Zsecret of a booking"));
}

/* The card was open while somebody merged the record, or erased it. */
static void
booking_for_a_merged_record_is_for_the_one_it_became (StoreFixture  *self,
                                                      gconstpointer  data)
{
  const AvaActor manager = { .who = "staff:desk", .role = AVA_STAFF_ROLE_MANAGER, .why = "asked by letter" };
  g_autoptr (AvaCustomer) one = add (self, "Zora Quux", "212 555 0142", "", "");
  g_autoptr (AvaCustomer) other = add (self, "Zorah Quux", "212 555 0142", "", "");
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaCustomer) merged = merge (self, one->id, other->id, NULL, &error);
  g_autoptr (AvaCustomer) pregnant = save (self, one->id, NULL, &error, "pregnant", "yes", NULL);
  g_autoptr (AvaCustomer) well = NULL;
  g_autoptr (AvaCustomer) erased = NULL;
  g_autoptr (AvaAppointment) booked = NULL;

  g_assert_null (book_for (self, other->id, NULL, &error));
  g_assert_error (error, AVA_STORE_ERROR, AVA_STORE_ERROR_UNSAFE);
  g_clear_error (&error);
  well = save (self, one->id, NULL, &error, "pregnant", "", NULL);
  booked = book_for (self, other->id, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (booked->customer_id, ==, one->id);
  undo (self, 0, NULL);
  erased = erase (self, &manager, one->id, &error);
  g_assert_no_error (error);
  g_assert_null (book_for (self, other->id, NULL, &error));
  g_assert_error (error, AVA_STORE_ERROR, AVA_STORE_ERROR_INVALID);
}

static void
journal_is_still_only_appended_to (StoreFixture  *self,
                                   gconstpointer  data)
{
  g_autofree char *path = store_fixture_get_path (self);
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaSqlite) db = ava_sqlite_open (path, &error);
  g_autoptr (AvaCustomer) customer = add (self, "Una Quux", "", "", "");

  g_assert_false (ava_sqlite_exec (db, "UPDATE journal SET why = 'x'", NULL));
  g_assert_false (ava_sqlite_exec (db, "UPDATE journal SET who = 'x', redacted_us = 1", NULL));
  g_assert_false (ava_sqlite_exec (db, "UPDATE journal SET redacted_us = 0, after = NULL", NULL));
}

/* The gate reads what is written on the card. */
static void
safety_gate_reads_what_was_edited (StoreFixture  *self,
                                   gconstpointer  data)
{
  g_autoptr (AvaCustomer) customer = add (self, "Una Quux", "2125550142", "", "");
  g_autoptr (AvaSlot) slot = store_fixture_slot (0);
  g_autoptr (AvaSlot) later = store_fixture_slot (48);
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaAppointment) fine = store_fixture_book (self->store, NULL, NULL, slot, "Una Quux", "+12125550142", &error);
  g_autoptr (AvaCustomer) edited = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (fine->customer_id, ==, customer->id);
  edited = save (self, customer->id, NULL, &error, "pregnant", "yes", NULL);
  g_assert_no_error (error);
  g_assert_null (store_fixture_book (self->store, NULL, NULL, later, "Una Quux", "+12125550142", &error));
  g_assert_error (error, AVA_STORE_ERROR, AVA_STORE_ERROR_UNSAFE);
}

/* --- Consents, timeline, figures -------------------------------------------------------------- */

static void
consent_is_given_and_withdrawn (StoreFixture  *self,
                                gconstpointer  data)
{
  g_autoptr (AvaCustomer) customer = add (self, "Una Quux", "", "", "");
  g_autoptr (AvaConsent) consent = ava_consent_new ();
  g_autoptr (AvaConsent) withdrawn = ava_consent_new ();
  g_autoptr (GAsyncResult) listed = NULL;
  g_autoptr (GPtrArray) consents = NULL;
  g_autoptr (GPtrArray) again = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaCustomer) done = NULL;
  GAsyncResult *result = NULL;
  gint64 token = 0;

  consent->kind = g_strdup ("treatment");
  consent->given = TRUE;
  consent->signed_us = FIXTURE_NOW_US;
  consent->expires_us = FIXTURE_NOW_US - 1;
  ava_store_save_consent_async (self->store, &desk, customer->id, NULL, consent, test_result_cb, &result);
  g_assert_null (finish (self, &result, NULL, &error));
  g_assert_error (error, AVA_STORE_ERROR, AVA_STORE_ERROR_INVALID);
  g_clear_error (&error);
  consent->expires_us = FIXTURE_NOW_US + 365 * AVA_USEC_PER_DAY;
  ava_store_save_consent_async (self->store, &desk, customer->id, NULL, consent, test_result_cb, &result);
  done = finish (self, &result, NULL, &error);
  g_assert_no_error (error);
  ava_store_list_consents_async (self->store, customer->id, NULL, test_result_cb, &listed);
  consents = ava_store_list_consents_finish (self->store, test_result_wait (&listed), &error);
  g_assert_cmpuint (consents->len, ==, 1);
  g_assert_true (ava_consent_stands (consents->pdata[0], FIXTURE_NOW_US));
  g_assert_false (ava_consent_stands (consents->pdata[0], FIXTURE_NOW_US + 366 * AVA_USEC_PER_DAY));
  withdrawn->kind = g_strdup ("treatment");
  withdrawn->given = TRUE;
  withdrawn->signed_us = consent->signed_us;
  withdrawn->withdrawn_us = FIXTURE_NOW_US;
  ava_store_save_consent_async (self->store, &desk, customer->id, ((AvaConsent *) consents->pdata[0])->id, withdrawn, test_result_cb, &result);
  g_clear_object (&done);
  done = finish (self, &result, &token, &error);
  g_assert_no_error (error);
  g_assert_cmpint (store_fixture_count (self, "SELECT count(*) FROM consents WHERE withdrawn_us > 0"), ==, 1);
  undo (self, token, NULL);
  g_assert_cmpint (store_fixture_count (self, "SELECT count(*) FROM consents WHERE withdrawn_us > 0"), ==, 0);
}

static GPtrArray *
read_timeline (StoreFixture     *self,
               const char       *id,
               guint             kinds,
               AvaCustomerEvent *before,
               guint             limit)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *events;

  ava_store_timeline_async (self->store, id, kinds, before, limit, NULL, test_result_cb, &result);
  events = ava_store_timeline_finish (self->store, test_result_wait (&result), &error);
  g_assert_no_error (error);
  return events;
}

/* By pages of three, all of it is the same as all at once. */
static void
timeline_is_whole_by_pages (StoreFixture  *self,
                            gconstpointer  data)
{
  g_autofree char *id = find_id (self, 2);
  g_autofree char *sql = g_strdup_printf ("SELECT (SELECT count(*) FROM appointments WHERE customer_id = '%1$s') + (SELECT count(*) FROM conversations"
    " WHERE customer_id = '%1$s') + (SELECT count(*) FROM tasks WHERE customer_id = '%1$s') + (SELECT count(*) FROM message_outbox"
    " WHERE customer_id = '%1$s')", id);
  g_autoptr (GPtrArray) all = read_timeline (self, id, 0, NULL, 200);
  g_autoptr (GPtrArray) calls = read_timeline (self, id, AVA_CUSTOMER_EVENT_CALL, NULL, 200);
  g_autoptr (AvaCustomerEvent) last = NULL;
  guint seen = 0;

  g_assert_cmpint (all->len, ==, store_fixture_count (self, sql));
  g_assert_cmpuint (all->len, >, 4);
  for (guint i = 0; i < calls->len; i++)
    g_assert_cmpint (((AvaCustomerEvent *) calls->pdata[i])->kind, ==, AVA_CUSTOMER_EVENT_CALL);
  for (;;) {
    g_autoptr (GPtrArray) page = read_timeline (self, id, 0, last, 3);

    for (guint i = 0; i < page->len; i++)
      g_assert_cmpstr (((AvaCustomerEvent *) page->pdata[i])->id, ==, ((AvaCustomerEvent *) all->pdata[seen++])->id);
    if (page->len < 3)
      break;
    g_set_object (&last, page->pdata[2]);
  }
  g_assert_cmpuint (seen, ==, all->len);
}

static void
figures_are_those_of_the_book (StoreFixture  *self,
                               gconstpointer  data)
{
  g_autofree char *kept = store_fixture_text (self, "SELECT group_concat (customer_id || visits || ' ' || last_visit_us || ' ' || booked_us || ' ' || spent_cents)"
    " FROM (SELECT * FROM customer_figures ORDER BY customer_id)");
  g_autofree char *counted = store_fixture_text (self, "SELECT group_concat (line) FROM (SELECT customer_id || count(*) FILTER (WHERE status = 'done') || ' ' ||"
    " coalesce (max (start_us) FILTER (WHERE status = 'done'), 0) || ' ' || coalesce (max (start_us) FILTER (WHERE status NOT IN ('done', 'no-show', 'cancelled')), 0)"
    " || ' ' || coalesce (sum (price_cents) FILTER (WHERE status = 'done'), 0) AS line FROM appointments GROUP BY customer_id ORDER BY customer_id)");
  g_autofree char *id = find_id (self, 1);
  g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM appointments WHERE status = 'done' AND customer_id = '%s'", id);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree AvaCustomerFigures *figures = NULL;

  g_assert_cmpstr (kept, ==, counted);
  ava_store_customer_figures_async (self->store, id, NULL, test_result_cb, &result);
  figures = ava_store_customer_figures_finish (self->store, test_result_wait (&result), &error);
  g_assert_no_error (error);
  g_assert_cmpint (figures->visits, ==, store_fixture_count (self, sql));
  g_assert_cmpint (figures->booked_calls, <=, figures->calls);
  g_assert_true (ava_customer_figures_show_rate (figures) <= 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define TEST(name) \
  g_test_add ("/store/customers/" #name, StoreFixture, NULL, store_fixture_set_up_demo, name, store_fixture_tear_down)
#define BUSY(name) \
  g_test_add ("/store/customers/" #name, StoreFixture, NULL, set_up_busy, name, store_fixture_tear_down)
  TEST (edit_is_kept_found_and_undone);
  TEST (wrong_fields_are_refused_in_words);
  TEST (who_edits_what_another_changed_is_told);
  g_test_add_func ("/store/customers/only_two_things_in_common_make_a_duplicate", only_two_things_in_common_make_a_duplicate);
  TEST (duplicates_are_told_until_they_are_two_persons);
  BUSY (merge_takes_all_along_and_undo_gives_all_back);
  BUSY (split_gives_back_what_was_not_changed_since);
  TEST (import_completes_who_is_there);
  TEST (archive_is_refused_while_appointments_are_to_come);
  BUSY (erased_customer_is_nowhere_and_the_book_still_adds_up);
  BUSY (erasing_leaves_no_word_in_any_column);
  TEST (erasing_reaches_every_record_that_was_merged);
  TEST (erasing_strikes_out_what_was_taken_back);
  TEST (booking_for_a_merged_record_is_for_the_one_it_became);
  TEST (journal_is_still_only_appended_to);
  TEST (safety_gate_reads_what_was_edited);
  TEST (consent_is_given_and_withdrawn);
  BUSY (timeline_is_whole_by_pages);
  BUSY (figures_are_those_of_the_book);
  return g_test_run ();
}
