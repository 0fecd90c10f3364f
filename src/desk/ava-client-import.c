/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-client-import.h"

#include "ava-csv.h"
#include "ava-customer-fields.h"

#include <glib/gi18n.h>
#include <string.h>

/*
 * Customers from a file of comma-separated values: read, then shown, then written.
 *
 *   file --> rows --> columns named by the header --> each field cleaned --> good rows | broken rows
 *
 * A broken row never stops a good one, and the same file again adds nobody twice.
 */

#define MOST_ROWS 200000
#define SHOWN_CHARS 40

/* What columns are called by the programs that people come from. */
static const struct { const char *field; const char *names; } headers[] = {   /* the first name is the one that is told */
  { "name", "|name|full name|client|client name|customer|customer name|display name|" },
  { "first", "|first name|first|given name|firstname|" },
  { "last", "|last name|last|surname|family name|lastname|" },
  { "phone", "|phone|phone number|mobile|mobile phone|cell|cell phone|telephone|home phone|" },
  { "email", "|email|e-mail|email address|e-mail address|mail|" },
  { "born", "|birthday|born|birth date|birthdate|date of birth|dob|" },
  { "allergies", "|allergies|allergy|" },
  { "medicines", "|medicines|medication|medications|medicine|" },
  { "contraindications", "|contraindications|conditions|medical conditions|" },
  { "pregnant", "|pregnant|pregnancy|" },
  { "notes", "|notes|note|comments|comment|" },
  { "tags", "|tags|tag|groups|group|labels|" },
  { "vip", "|vip|" },
  { "do_not_book", "|do not book|do_not_book|banned|blocked|" },
};

/* Returns: (transfer full): how a field is told: its first name */
static char *
name_field (const char *field)
{
  for (guint i = 0; i < G_N_ELEMENTS (headers); i++) {
    if (g_str_equal (headers[i].field, field))
      return g_strndup (headers[i].names + 1, strcspn (headers[i].names + 1, "|"));
  }
  return g_strdup (field);
}

static void
broken_row_free (AvaBrokenRow *row)
{
  g_free (row->text);
  g_free (row->reason);
  g_free (row);
}

void
ava_client_import_free (AvaClientImport *self)
{
  g_strfreev (self->columns);
  g_clear_pointer (&self->rows, json_array_unref);
  g_clear_pointer (&self->broken, g_ptr_array_unref);
  g_free (self);
}

static const char *
find_header (const char *title)
{
  g_autofree char *copy = g_strdup (title);
  g_autofree char *lower = g_utf8_strdown (g_strstrip (copy), -1);
  g_autofree char *wanted = g_strconcat ("|", lower, "|", NULL);

  for (guint i = 0; *lower != '\0' && i < G_N_ELEMENTS (headers); i++) {
    if (strstr (headers[i].names, wanted) != NULL)
      return headers[i].field;
  }
  return NULL;
}

/* The field of each column, NULL for those that are left out. */
static GPtrArray *
read_header (AvaClientImport  *self,
             AvaCsvRow        *row,
             GError          **error)
{
  g_autoptr (GPtrArray) fields = g_ptr_array_new ();
  g_autoptr (GStrvBuilder) told = g_strv_builder_new ();
  gboolean named = FALSE;

  for (guint i = 0; row->trouble == NULL && row->fields[i] != NULL; i++) {
    const char *field = find_header (row->fields[i]);
    g_autofree char *told_as = NULL;
    g_autofree char *words = NULL;

    if (field != NULL && g_ptr_array_find_with_equal_func (fields, field, g_str_equal, NULL))
      field = NULL;   /* the second phone of a row is not the first */
    told_as = field != NULL ? name_field (field) : g_strdup (_("(left out)"));
    words = g_strdup_printf ("%s → %s", row->fields[i], told_as);
    g_strv_builder_add (told, words);
    g_ptr_array_add (fields, (gpointer) field);
    named |= field != NULL && (strcmp (field, "name") == 0 || strcmp (field, "last") == 0 || strcmp (field, "first") == 0);
  }
  self->columns = g_strv_builder_end (told);
  if (named)
    return g_steal_pointer (&fields);
  g_set_error_literal (error, AVA_CUSTOMER_ERROR, AVA_CUSTOMER_ERROR_INVALID,
                       _("The first line of the file must name the columns, and one of them must be “Name”, or “First name” and "
                         "“Last name”. Others that are known: Phone, Email, Birthday, Allergies, Medicines, Contraindications, "
                         "Pregnant, Notes, Tags, VIP, Do not book."));
  return NULL;
}

static void
add_broken (AvaClientImport *self,
            AvaCsvRow       *row,
            const char      *reason)
{
  AvaBrokenRow *broken = g_new0 (AvaBrokenRow, 1);
  g_autofree char *all = g_strjoinv (", ", row->fields);
  g_autofree char *valid = g_utf8_make_valid (all, -1);

  valid[strcspn (valid, "\r\n")] = '\0';
  broken->line = row->line;
  broken->text = g_utf8_strlen (valid, -1) > SHOWN_CHARS ? g_utf8_substring (valid, 0, SHOWN_CHARS) : g_strdup (valid);
  broken->reason = g_strdup (reason);
  g_ptr_array_add (self->broken, broken);
}

/* First and last name become the name, where there is none. */
static void
join_names (JsonObject *texts)
{
  const char *first = json_object_get_string_member_with_default (texts, "first", "");
  const char *last = json_object_get_string_member_with_default (texts, "last", "");
  g_autofree char *name = g_strstrip (g_strconcat (first, " ", last, NULL));

  if (*json_object_get_string_member_with_default (texts, "name", "") == '\0')
    json_object_set_string_member (texts, "name", name);
  json_object_remove_member (texts, "first");
  json_object_remove_member (texts, "last");
}

/* Answers the cleaned fields, or NULL with the reason. */
static JsonObject *
clean_row (AvaCsvRow   *row,
           GPtrArray   *fields,
           const char  *region,
           gint64       now_us,
           GError     **error)
{
  g_autoptr (JsonObject) texts = json_object_new ();
  g_autoptr (JsonObject) cleaned = json_object_new ();
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  if (g_strv_length (row->fields) > fields->len) {
    g_set_error (error, AVA_CUSTOMER_ERROR, AVA_CUSTOMER_ERROR_INVALID, _("It has %u values, but the first line names only %u columns. "
                   "A value with a comma must stand in quotes."), g_strv_length (row->fields), fields->len);
    return NULL;
  }
  for (guint i = 0; row->fields[i] != NULL; i++) {
    if (fields->pdata[i] != NULL)
      json_object_set_string_member (texts, fields->pdata[i], row->fields[i]);
  }
  join_names (texts);
  json_object_iter_init_ordered (&iter, texts);
  while (json_object_iter_next_ordered (&iter, &name, &node)) {
    g_autofree char *text = ava_customer_clean (name, json_node_get_string (node), region, now_us, error);

    if (text == NULL)
      return NULL;
    if (*text != '\0')
      json_object_set_string_member (cleaned, name, text);
  }
  return g_steal_pointer (&cleaned);
}

/**
 * ava_client_import_read:
 * @region: where phone numbers without a country code are
 *
 * Looks at a file; nothing is written.
 *
 * Returns: (transfer full) (nullable): what it holds; %NULL with AVA_CUSTOMER_ERROR when it is no list of customers
 */
AvaClientImport *
ava_client_import_read (const char  *text,
                        gsize        length,
                        const char  *region,
                        gint64       now_us,
                        GError     **error)
{
  g_autoptr (AvaClientImport) self = g_new0 (AvaClientImport, 1);
  g_autoptr (GPtrArray) rows = ava_csv_read (text, length);
  g_autoptr (GPtrArray) fields = NULL;

  self->rows = json_array_new ();
  self->broken = g_ptr_array_new_with_free_func ((GDestroyNotify) broken_row_free);
  if (rows->len == 0 || rows->len > MOST_ROWS) {
    g_set_error (error, AVA_CUSTOMER_ERROR, AVA_CUSTOMER_ERROR_INVALID, rows->len == 0 ? _("The file is empty.")
                 : _("The file has %u rows. Please split it: at most %d are taken at once."), rows->len, MOST_ROWS);
    return NULL;
  }
  fields = read_header (self, rows->pdata[0], error);
  if (fields == NULL)
    return NULL;
  for (guint i = 1; i < rows->len; i++) {
    AvaCsvRow *row = rows->pdata[i];
    g_autoptr (GError) trouble = NULL;
    JsonObject *cleaned = row->trouble == NULL ? clean_row (row, fields, region, now_us, &trouble) : NULL;

    if (cleaned != NULL)
      json_array_add_object_element (self->rows, cleaned);
    else
      add_broken (self, row, row->trouble != NULL ? row->trouble : trouble->message);
  }
  return g_steal_pointer (&self);
}

typedef struct {
  int added;
  int completed;
  gint64 token;
} Written;

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Written *written = g_task_get_task_data (task);
  GError *error = NULL;

  written->added = ava_store_add_customers_finish (AVA_STORE (source), result, &written->completed, &written->token, &error);
  if (written->added < 0)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

void
ava_client_import_run_async (AvaContext          *context,
                             AvaClientImport     *self,
                             const char          *who,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  GTask *task = g_task_new (context, NULL, callback, user_data);
  const AvaActor actor = { .who = who, .why = "import of customers" };

  g_task_set_source_tag (task, ava_client_import_run_async);
  g_task_set_task_data (task, g_new0 (Written, 1), g_free);
  ava_store_add_customers_async (ava_context_get_store (context), &actor, self->rows, written_cb, task);
}

/**
 * ava_client_import_run_finish:
 * @completed: (out) (optional): how many were in the book and got what it lacked of them
 * @token: (out) (optional): for undo of the whole import; 0 when nothing was changed
 *
 * Returns: how many were added, -1 on failure: then none was
 */
int
ava_client_import_run_finish (AvaContext    *context,
                              GAsyncResult  *result,
                              int           *completed,
                              gint64        *token,
                              GError       **error)
{
  Written *written;

  g_return_val_if_fail (g_async_result_is_tagged (result, ava_client_import_run_async), -1);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return -1;
  written = g_task_get_task_data (G_TASK (result));
  if (completed != NULL)
    *completed = written->completed;
  if (token != NULL)
    *token = written->token;
  return written->added;
}
