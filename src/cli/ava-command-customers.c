/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-cli.h"
#include "ava-client-import.h"
#include "ava-client-words.h"
#include "ava-clients.h"
#include "ava-customer-fields.h"
#include "ava-phone.h"
#include "ava-region.h"

#include <string.h>

/* avactl customers: the same changes as on the card, each with a token for avactl undo. */

#define ME "staff:avactl"
#define USAGE \
  "list [--filter WORDS] [--limit N] [TEXT …]\n" \
  "       show ID\n" \
  "       add --name NAME [--set FIELD=TEXT …]\n" \
  "       edit ID --set FIELD=TEXT …\n" \
  "       duplicates [ID]\n" \
  "       merge ID OTHER | split ID | apart ID OTHER | household ID [OTHER]\n" \
  "       archive ID | restore ID\n" \
  "       erase ID --role manager --reason TEXT\n" \
  "       import [--dry-run] FILE"

typedef struct {
  AvaCli *cli;
  AvaContext *context;
  AvaClients *clients;
  char **words;            /* what follows the verb */
  int n_words;
  /* Options */
  char *filter, *name, *role, *reason;
  char **set;
  int limit;
  gboolean dry;
} Run;

static int
misuse (const char *words)
{
  g_printerr ("avactl customers: %s\nUsage: avactl customers %s\n", words, USAGE);
  return AVA_EXIT_USAGE;
}

static AvaStore *
get_store (Run *run)
{
  return ava_context_get_store (run->context);
}

/* --- Output ---------------------------------------------------------------------------------- */

static JsonObject *
make_object (AvaCustomer *customer)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "customer_id", customer->id);
  for (const char *const *field = ava_customer_list_fields (); *field != NULL; field++) {
    g_autofree char *text = ava_customer_get_field (customer, *field);

    json_object_set_string_member (object, *field, text);
  }
  json_object_set_string_member (object, "household_id", customer->household_id != NULL ? customer->household_id : "");
  json_object_set_string_member (object, "merged_into", customer->merged_into != NULL ? customer->merged_into : "");
  json_object_set_boolean_member (object, "archived", customer->archived_us != 0);
  json_object_set_boolean_member (object, "erased", customer->erased_us != 0);
  json_object_set_int_member (object, "visits", customer->visits);
  json_object_set_int_member (object, "last_visit_us", customer->last_visit_us);
  json_object_set_int_member (object, "next_visit_us", customer->next_visit_us);
  json_object_set_int_member (object, "spent_cents", customer->spent_cents);
  return object;
}

static void
print_line (Run         *run,
            AvaCustomer *customer)
{
  g_autoptr (JsonObject) object = NULL;
  g_autofree char *phone = NULL;

  if (run->cli->json) {
    object = make_object (customer);
    ava_cli_print_object (object);
    return;
  }
  phone = *customer->phone != '\0' ? ava_phone_format (customer->phone) : g_strdup ("-");
  g_print ("%s  %-28s %-18s %s%s\n", customer->id, customer->name, phone, customer->email != NULL ? customer->email : "-",
           ava_customer_has_flags (customer) ? "  (careful)" : "");
}

static void
print_whole (Run         *run,
             AvaCustomer *customer)
{
  g_autoptr (JsonObject) object = make_object (customer);
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  if (run->cli->json) {
    ava_cli_print_object (object);
    return;
  }
  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &node)) {
    g_autofree char *text = json_node_get_value_type (node) == G_TYPE_STRING ? g_strdup (json_node_get_string (node)) : json_to_string (node, FALSE);

    if (*text != '\0')
      g_print ("%-18s %s\n", name, text);
  }
}

/* --- Looking --------------------------------------------------------------------------------- */

static int
list (Run *run)
{
  g_autofree char *text = g_strjoinv (" ", run->words);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = NULL;

  ava_store_choose_customers_async (get_store (run), text, run->filter, MAX (run->limit, 1), NULL, ava_cli_result_cb, &result);
  found = ava_store_find_customers_finish (get_store (run), ava_cli_wait (&result), &error);
  if (found == NULL)
    return ava_cli_fail (error);
  for (guint i = 0; i < found->len; i++)
    print_line (run, found->pdata[i]);
  return AVA_EXIT_DONE;
}

static int
show (Run *run)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaCustomer) customer = NULL;

  ava_store_get_customer_async (get_store (run), run->words[0], NULL, ava_cli_result_cb, &result);
  customer = ava_store_get_customer_finish (get_store (run), ava_cli_wait (&result), &error);
  if (customer == NULL)
    return ava_cli_fail (error);
  print_whole (run, customer);
  return AVA_EXIT_DONE;
}

static int
duplicates (Run *run)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = NULL;

  ava_store_list_duplicates_async (get_store (run), run->words[0], NULL, ava_cli_result_cb, &result);
  found = ava_store_list_duplicates_finish (get_store (run), ava_cli_wait (&result), &error);
  if (found == NULL)
    return ava_cli_fail (error);
  for (guint i = 0; i < found->len; i++) {
    AvaDuplicate *pair = found->pdata[i];
    g_autofree char *why = ava_client_words_for_reasons (pair->reasons);

    g_print ("%s  %s  %s / %s  %s\n", pair->one->id, pair->other->id, pair->one->name, pair->other->name, why);
  }
  return AVA_EXIT_DONE;
}

/* --- Changing -------------------------------------------------------------------------------- */

static int
finish (Run           *run,
        GAsyncResult **result)
{
  g_autoptr (GError) error = NULL;
  gint64 token = 0;
  g_autoptr (AvaCustomer) customer = ava_clients_change_finish (run->clients, ava_cli_wait (result), &token, &error);
  g_autoptr (JsonObject) object = NULL;

  g_clear_object (result);
  if (customer == NULL)
    return ava_cli_fail (error);
  if (!run->cli->json && customer->erased_us != 0) {
    g_print ("%s  %s  (this cannot be undone)\n", customer->id, customer->name);
    return AVA_EXIT_DONE;
  }
  if (!run->cli->json) {
    g_print ("%s  %s  (undo: avactl undo --token %" G_GINT64_FORMAT ")\n", customer->id, customer->name, token);
    return AVA_EXIT_DONE;
  }
  object = make_object (customer);
  json_object_set_int_member (object, "token", token);
  ava_cli_print_object (object);
  return AVA_EXIT_DONE;
}

/* "phone=212 555 0142" of each --set. */
static JsonObject *
read_values (Run *run)
{
  g_autoptr (JsonObject) values = json_object_new ();

  for (guint i = 0; run->set != NULL && run->set[i] != NULL; i++) {
    const char *text = strchr (run->set[i], '=');
    g_autofree char *field = text != NULL ? g_strndup (run->set[i], text - run->set[i]) : NULL;

    if (field == NULL)
      return NULL;
    json_object_set_string_member (values, field, text + 1);
  }
  return g_steal_pointer (&values);
}

static int
add (Run *run)
{
  g_autoptr (JsonObject) values = read_values (run);
  GAsyncResult *result = NULL;

  if (run->name == NULL || values == NULL)
    return misuse ("--name is missing, or a --set is not FIELD=TEXT");
  json_object_set_string_member (values, "name", run->name);
  ava_clients_add_async (run->clients, values, ava_cli_result_cb, &result);
  return finish (run, &result);
}

static int
edit (Run *run)
{
  const AvaActor actor = { .who = ME };
  g_autoptr (JsonObject) values = read_values (run);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaCustomer) customer = NULL;

  if (values == NULL || json_object_get_size (values) == 0)
    return misuse ("--set FIELD=TEXT is missing");
  ava_store_save_customer_async (get_store (run), &actor, run->words[0], values, NULL, ava_cli_result_cb, &result);
  customer = ava_store_customer_change_finish (get_store (run), ava_cli_wait (&result), NULL, &error);
  if (customer == NULL)
    return ava_cli_fail (error);
  print_whole (run, customer);
  return AVA_EXIT_DONE;
}

static int
merge (Run *run)
{
  GAsyncResult *result = NULL;

  ava_clients_merge_async (run->clients, run->words[0], run->words[1], ava_cli_result_cb, &result);
  return finish (run, &result);
}

static int
split (Run *run)
{
  GAsyncResult *result = NULL;

  ava_clients_split_async (run->clients, run->words[0], ava_cli_result_cb, &result);
  return finish (run, &result);
}

static int
apart (Run *run)
{
  GAsyncResult *result = NULL;

  ava_clients_keep_apart_async (run->clients, run->words[0], run->words[1], ava_cli_result_cb, &result);
  return finish (run, &result);
}

static int
household (Run *run)
{
  GAsyncResult *result = NULL;

  ava_clients_set_household_async (run->clients, run->words[0], run->words[1], ava_cli_result_cb, &result);
  return finish (run, &result);
}

static int
archive (Run *run)
{
  GAsyncResult *result = NULL;

  ava_clients_archive_async (run->clients, run->words[0], TRUE, ava_cli_result_cb, &result);
  return finish (run, &result);
}

static int
restore (Run *run)
{
  GAsyncResult *result = NULL;

  ava_clients_archive_async (run->clients, run->words[0], FALSE, ava_cli_result_cb, &result);
  return finish (run, &result);
}

static int
erase (Run *run)
{
  AvaStaffRole role = ava_staff_role_from_string (run->role);
  GAsyncResult *result = NULL;

  if (run->role == NULL || role == AVA_STAFF_ROLE_NONE)
    return misuse ("--role is missing: front-desk, provider, manager or medical-director");
  ava_clients_set_role (run->clients, role);
  ava_clients_erase_async (run->clients, run->words[0], run->reason != NULL ? run->reason : "", ava_cli_result_cb, &result);
  return finish (run, &result);
}

/* --- Import ---------------------------------------------------------------------------------- */

static void
print_import (Run             *run,
              AvaClientImport *import)
{
  g_autofree char *columns = g_strjoinv (", ", import->columns);

  if (!run->cli->json)
    g_print ("columns: %s\n", columns);
  for (guint i = 0; i < import->broken->len; i++) {
    AvaBrokenRow *broken = import->broken->pdata[i];

    g_printerr ("line %u: %s (%s)\n", broken->line, broken->reason, broken->text);
  }
}

static int
write_import (Run             *run,
              AvaClientImport *import)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gint64 token = 0;
  int good = json_array_get_length (import->rows);
  int added = 0;
  int completed = 0;

  if (!run->dry) {
    ava_client_import_run_async (run->context, import, "import:avactl", ava_cli_result_cb, &result);
    added = ava_client_import_run_finish (run->context, ava_cli_wait (&result), &completed, &token, &error);
    if (added < 0)
      return ava_cli_fail (error);
  }
  if (run->cli->json)
    g_print ("{\"good\":%d,\"added\":%d,\"known\":%d,\"completed\":%d,\"broken\":%u,\"token\":%" G_GINT64_FORMAT "}\n", good, added,
             run->dry ? 0 : good - added, completed, import->broken->len, token);
  else if (run->dry)
    g_print ("%d rows can be taken, %u cannot; nothing was written\n", good, import->broken->len);
  else
    g_print ("%d added, %d in the book already (%d completed), %u rows not taken\n", added, good - added, completed, import->broken->len);
  return import->broken->len == 0 ? AVA_EXIT_DONE : AVA_EXIT_REFUSED;
}

static int
import (Run *run)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaClientImport) read = NULL;
  gsize length = 0;

  if (!g_file_get_contents (run->words[0], &text, &length, &error))
    return ava_cli_fail (error);
  read = ava_client_import_read (text, length, ava_region_of_zone (ava_context_get_spa (run->context)->zone_name),
                                 ava_clock_now_us (run->cli->clock), &error);
  if (read == NULL)
    return ava_cli_fail (error);
  print_import (run, read);
  return write_import (run, read);
}

/* --- The command ----------------------------------------------------------------------------- */

static const struct {
  const char *name;
  int (*func) (Run *run);
  int least, most;       /* words after it */
} verbs[] = {
  { "list", list, 0, 64 }, { "show", show, 1, 1 }, { "add", add, 0, 0 }, { "edit", edit, 1, 1 }, { "duplicates", duplicates, 0, 1 },
  { "merge", merge, 2, 2 }, { "split", split, 1, 1 }, { "apart", apart, 2, 2 }, { "household", household, 1, 2 },
  { "archive", archive, 1, 1 }, { "restore", restore, 1, 1 }, { "erase", erase, 1, 1 }, { "import", import, 1, 1 },
};

static int
run_verb (Run        *run,
          const char *verb)
{
  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++) {
    int status;

    if (strcmp (verb, verbs[i].name) != 0)
      continue;
    if (run->n_words < verbs[i].least || run->n_words > verbs[i].most)
      return misuse (run->n_words < verbs[i].least ? "something is missing" : "there is a word too many");
    run->context = ava_cli_open (run->cli);
    if (run->context == NULL)
      return AVA_EXIT_REFUSED;
    run->clients = ava_clients_new (run->context, ME);
    status = verbs[i].func (run);
    ava_context_shut_down (run->context);
    g_object_unref (run->clients);
    g_object_unref (run->context);
    return status;
  }
  return misuse ("there is no such thing to do");
}

int
ava_command_customers (AvaCli  *cli,
                       int      argc,
                       char   **argv)
{
  Run run = { .cli = cli, .limit = 50 };
  const GOptionEntry entries[] = {
    { "filter", 0, 0, G_OPTION_ARG_STRING, &run.filter, "archived, flagged, vip, do-not-book, upcoming, unseen=MONTHS, provider=ID, sort=…", "WORDS" },
    { "limit", 0, 0, G_OPTION_ARG_INT, &run.limit, "at most so many", "N" },
    { "name", 0, 0, G_OPTION_ARG_STRING, &run.name, "of the new customer", "NAME" },
    { "set", 0, 0, G_OPTION_ARG_STRING_ARRAY, &run.set, "a field", "FIELD=TEXT" },
    { "role", 0, 0, G_OPTION_ARG_STRING, &run.role, "who decides", "ROLE" },
    { "reason", 0, 0, G_OPTION_ARG_STRING, &run.reason, "why", "TEXT" },
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &run.dry, "only look", NULL },
    { NULL }
  };
  int status;

  if (!ava_cli_parse (cli, USAGE, entries, &argc, &argv))
    return AVA_EXIT_USAGE;
  if (argc < 2)
    return misuse ("say what to do");
  run.words = argv + 2;
  run.n_words = argc - 2;
  status = run_verb (&run, argv[1]);
  g_free (run.filter);
  g_free (run.name);
  g_free (run.role);
  g_free (run.reason);
  g_strfreev (run.set);
  return status;
}
