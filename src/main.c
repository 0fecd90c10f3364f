/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-application.h"
#include "ava-log.h"

#include <glib/gi18n.h>
#include <locale.h>

int
main (int   argc,
      char *argv[])
{
  g_autoptr (AvaApplication) application = NULL;

  setlocale (LC_ALL, "");
  bindtextdomain (AVA_GETTEXT_DOMAIN, AVA_LOCALE_DIR);
  bind_textdomain_codeset (AVA_GETTEXT_DOMAIN, "UTF-8");
  textdomain (AVA_GETTEXT_DOMAIN);
  ava_log_init ();
  ava_application_choose_renderer ();

  application = ava_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
