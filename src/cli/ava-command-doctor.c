/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-cli.h"
#include "ava-hearing.h"
#include "ava-phone.h"
#include "ava-line-call.h"
#include "ava-recognizer.h"
#include "ava-synthesizer.h"

/* Says what works and what does not, naming no person, phone or key. */

typedef struct {
  AvaCli *cli;
  JsonArray *rows;
  guint failures;
} Report;

static void
add_row (Report     *report,
         const char *what,
         gboolean    works,
         gboolean    needed,
         const char *words)
{
  JsonObject *row = json_object_new ();

  json_object_set_string_member (row, "what", what);
  json_object_set_boolean_member (row, "works", works);
  json_object_set_boolean_member (row, "needed", needed);
  json_object_set_string_member (row, "words", words);
  json_array_add_object_element (report->rows, row);
  if (!works && needed)
    report->failures++;
  if (!report->cli->json)
    g_print ("%-12s %-9s %s\n", what, works ? "works" : needed ? "MISSING" : "not there", words);
}

static void
check_store (Report *report)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaStore) store = NULL;

  if (!g_file_test (report->cli->data_dir, G_FILE_TEST_IS_DIR)) {
    add_row (report, "database", FALSE, FALSE, "there is no profile yet; it is made at the first start");
    return;
  }
  store = ava_store_open (report->cli->data_dir, report->cli->clock, &error);
  add_row (report, "database", store != NULL, TRUE,
           store == NULL ? error->message : ava_store_is_empty (store) ? "open, and empty" : "open");
  if (store != NULL)
    ava_store_close (store);
}

static void
check_speech (Report *report)
{
  g_autoptr (GError) voice_error = NULL;
  g_autoptr (GError) ear_error = NULL;
  g_autoptr (AvaSynthesizer) voice = ava_flite_synthesizer_new (&voice_error);
  g_autoptr (AvaRecognizer) ear = ava_sphinx_recognizer_new (&ear_error);
  g_autoptr (AvaHearing) hearing = ava_hearing_new ();
  const char *trouble = ava_hearing_get_trouble (hearing);

  add_row (report, "voice", voice != NULL, TRUE,
           voice != NULL ? "Ava's local voice can speak" : voice_error->message);
  add_row (report, "hearing", ear != NULL, TRUE,
           ear != NULL ? "Ava can understand speech on this machine" : ear_error->message);
  add_row (report, "detection", trouble == NULL, FALSE,
           trouble == NULL ? "Silero tells speech from noise" : trouble);
}

static void
check_phones (Report *report)
{
  add_row (report, "phones", ava_phone_knows_plans (), TRUE,
           ava_phone_knows_plans () ? "phone numbers of all countries can be read"
           : "libebook-contacts was built without libphonenumber, so no phone number can be read");
}

static void
on_microphone_opened (char **words)
{
  *words = g_strdup ("");
}

static void
on_microphone_failed (AvaFramePort *port,
                      GError       *error,
                      char        **words)
{
  *words = g_strdup (error->message);
}

/* Opens it, and waits for its first sound. */
static void
check_microphone (Report *report)
{
  g_autoptr (AvaLineCall) line_call = ava_desk_call_new ();
  AvaFramePort *port = ava_line_call_get_port (line_call);
  g_autofree char *words = NULL;

  g_signal_connect_swapped (port, "opened", G_CALLBACK (on_microphone_opened), &words);
  g_signal_connect (port, "failed", G_CALLBACK (on_microphone_failed), &words);
  ava_frame_port_start (port);
  while (words == NULL)
    g_main_context_iteration (NULL, TRUE);
  ava_line_call_hang_up (line_call);
  add_row (report, "microphone", *words == '\0', FALSE, *words == '\0' ? "the desk's microphone and speaker answer" : words);
}

static void
check_cloud_voice (Report *report)
{
  g_autoptr (AvaCloudVoice) cloud = ava_cloud_voice_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *words = NULL;
  gboolean works = ava_cloud_voice_check (cloud, &error);

  if (works)
    words = g_strdup_printf ("%s by %s; a call will show whether it answers", ava_cloud_voice_get_settings (cloud)->model,
                             ava_cloud_voice_get_settings (cloud)->url);
  add_row (report, "cloud voice", works, FALSE, works ? words : error->message);
}

int
ava_command_doctor (AvaCli  *cli,
                    int      argc,
                    char   **argv)
{
  const GOptionEntry entries[] = { { NULL } };
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);
  Report report = { .cli = cli };

  if (!ava_cli_parse (cli, "", entries, &argc, &argv))
    return AVA_EXIT_USAGE;
  report.rows = json_array_new ();
  check_store (&report);
  check_speech (&report);
  check_phones (&report);
  check_microphone (&report);
  check_cloud_voice (&report);
  json_node_take_array (node, report.rows);
  if (cli->json)
    ava_cli_print_json (node);
  return report.failures == 0 ? AVA_EXIT_DONE : AVA_EXIT_REFUSED;
}
