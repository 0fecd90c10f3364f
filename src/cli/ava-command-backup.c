/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-cli.h"

/* backup and restore: the whole book as one file. Neither needs the desk: a book that cannot be opened can be put back. */

static gboolean
take_file (AvaCli  *cli,
           int      argc,
           char   **argv)
{
  const GOptionEntry entries[] = { { NULL } };

  if (!ava_cli_parse (cli, "FILE", entries, &argc, &argv))
    return FALSE;
  if (argc == 2)
    return TRUE;
  g_printerr ("Usage: avactl %s FILE\n", argv[0]);
  return FALSE;
}

int
ava_command_backup (AvaCli  *cli,
                    int      argc,
                    char   **argv)
{
  g_autoptr (AvaStore) store = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  if (!take_file (cli, argc, argv))
    return AVA_EXIT_USAGE;
  store = ava_store_open (cli->data_dir, cli->clock, &error);
  if (store == NULL)
    return ava_cli_fail (error);
  ava_store_back_up_async (store, argv[1], NULL, ava_cli_result_cb, &result);
  ava_store_back_up_finish (store, ava_cli_wait (&result), &error);
  ava_store_close (store);
  if (error != NULL)
    return ava_cli_fail (error);
  g_print ("The appointment book is in %s. Recordings of calls are not part of it.\n", argv[1]);
  return AVA_EXIT_DONE;
}

int
ava_command_restore (AvaCli  *cli,
                     int      argc,
                     char   **argv)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *kept = NULL;

  if (!take_file (cli, argc, argv))
    return AVA_EXIT_USAGE;
  if (!ava_store_put_back (cli->data_dir, argv[1], cli->clock, &kept, &error))
    return ava_cli_fail (error);
  g_print ("The appointment book is as it was in %s.\nWhat stood there before is kept in %s.\n", argv[1], kept);
  return AVA_EXIT_DONE;
}
