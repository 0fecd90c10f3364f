/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-cli.h"
#include "ava-practice.h"

#include <glib/gstdio.h>

static gboolean
fill (AvaStore  *store,
      int        seed,
      int        customers,
      int        days,
      int        appointments,
      GError   **error)
{
  g_autofree char *path = ava_practice_find_data ("spa.json");
  g_autofree char *json = NULL;

  return g_file_get_contents (path, &json, NULL, error) &&
         ava_store_fill_demo (store, json, seed, customers, days, appointments, error);
}

int
ava_command_demo (AvaCli  *cli,
                  int      argc,
                  char   **argv)
{
  int seed = 1;
  int customers = 400;
  int days = 90;
  int appointments = 0;
  const GOptionEntry entries[] = {
    { "seed", 0, 0, G_OPTION_ARG_INT, &seed, "the same seed gives the same spa", "N" },
    { "customers", 0, 0, G_OPTION_ARG_INT, &customers, "how many", "N" },
    { "days", 0, 0, G_OPTION_ARG_INT, &days, "of appointments", "N" },
    { "appointments", 0, 0, G_OPTION_ARG_INT, &appointments, "how many; 0 for a believable number", "N" },
    { NULL }
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaStore) store = NULL;

  if (!ava_cli_parse (cli, "[--seed N] [--customers N] [--days N]", entries, &argc, &argv))
    return AVA_EXIT_USAGE;
  if (customers < 1 || days < 1 || appointments < 0) {
    g_printerr ("avactl demo: numbers must be 1 or more\n");
    return AVA_EXIT_USAGE;
  }
  g_mkdir_with_parents (cli->data_dir, 0700);
  store = ava_store_open (cli->data_dir, cli->clock, &error);
  if (store == NULL)
    return ava_cli_fail (error);
  if (!ava_store_is_empty (store)) {
    ava_store_close (store);
    g_printerr ("avactl: this profile is in use already; the demo spa only fills an empty one\n");
    return AVA_EXIT_REFUSED;
  }
  if (!fill (store, seed, customers, days, appointments, &error)) {
    ava_store_close (store);
    return ava_cli_fail (error);
  }
  ava_store_close (store);
  g_print ("The demo spa is ready: %d customers, %d days.\n", customers, days);
  return AVA_EXIT_DONE;
}
