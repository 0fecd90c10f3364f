/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-book-span.h"
#include "ava-cli.h"
#include "ava-day-sheet-pages.h"

#include <string.h>

/* day-sheet: the printed page of a day. */

static gboolean
read_paper (const char *text,
            AvaPaper   *paper)
{
  *paper = AVA_PAPER_A4;
  if (text == NULL || g_ascii_strcasecmp (text, "a4") == 0)
    return TRUE;
  *paper = AVA_PAPER_LETTER;
  return g_ascii_strcasecmp (text, "letter") == 0;
}

static gboolean
write_sheet (AvaCli      *cli,
             AvaContext  *context,
             const GDate *day,
             const char  *location,
             const char  *provider,
             AvaPaper     paper,
             const char  *path,
             GError     **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (AvaBookSpan) span = NULL;
  g_autoptr (AvaDaySheet) sheet = NULL;

  if (provider != NULL && ava_spa_find_provider (ava_context_get_spa (context), provider) == NULL) {
    g_set_error (error, AVA_STORE_ERROR, AVA_STORE_ERROR_NOT_FOUND, "There is no provider “%s”.", provider);
    return FALSE;
  }
  ava_book_span_load_async (context, location, day, day, NULL, ava_cli_result_cb, &result);
  span = ava_book_span_load_finish (context, ava_cli_wait (&result), error);
  if (span == NULL)
    return FALSE;
  sheet = ava_day_sheet_new (span->spa, span->appointments, span->blocks, day, provider, ava_clock_now_us (cli->clock));
  return ava_day_sheet_write_pdf (sheet, path, paper, error);
}

int
ava_command_day_sheet (AvaCli  *cli,
                       int      argc,
                       char   **argv)
{
  g_autofree char *date = NULL;
  g_autofree char *out = NULL;
  g_autofree char *size = NULL;
  g_autofree char *location = NULL;
  g_autofree char *provider = NULL;
  const GOptionEntry entries[] = {
    { "date", 0, 0, G_OPTION_ARG_STRING, &date, "the day; else today", "YYYY-MM-DD" },
    { "out", 0, 0, G_OPTION_ARG_FILENAME, &out, "the file to write", "FILE.pdf" },
    { "paper", 0, 0, G_OPTION_ARG_STRING, &size, "a4 or letter", "PAPER" },
    { "location", 0, 0, G_OPTION_ARG_STRING, &location, "its id; else the first one", "ID" },
    { "provider", 0, 0, G_OPTION_ARG_STRING, &provider, "only this one, by id", "ID" },
    { NULL }
  };
  g_autoptr (AvaContext) context = NULL;
  g_autoptr (GError) error = NULL;
  AvaPaper paper;
  GDate day;
  gboolean done;

  if (!ava_cli_parse (cli, "[--date YYYY-MM-DD] --out FILE.pdf [--paper a4|letter] [--provider ID]", entries, &argc, &argv))
    return AVA_EXIT_USAGE;
  if (out == NULL || !read_paper (size, &paper) || (date != NULL && !ava_cli_read_date (date, &day))) {
    g_printerr ("avactl day-sheet: %s\n", out == NULL ? "--out is missing"
                                          : date != NULL && !ava_cli_read_date (date, &day) ? "there is no such day; write it like 2026-12-01"
                                                                                           : "the paper is a4 or letter");
    return AVA_EXIT_USAGE;
  }
  context = ava_cli_open (cli);
  if (context == NULL)
    return AVA_EXIT_REFUSED;
  if (date == NULL)
    day = ava_cli_today (cli, ava_context_get_spa (context)->zone);
  done = write_sheet (cli, context, &day, location, provider, paper, out, &error);
  ava_context_shut_down (context);
  if (!done)
    return ava_cli_fail (error);
  g_print ("The sheet is in %s.\n", out);
  return AVA_EXIT_DONE;
}
