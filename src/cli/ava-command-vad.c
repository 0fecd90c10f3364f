/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-audio-file.h"
#include "ava-cli.h"
#include "ava-mode-vad.h"

#include <string.h>

static void
print_frames (AvaVad       *vad,
              const gint16 *pcm,
              gsize         n_samples)
{
  AvaFrame frame = { 0 };

  g_print ("t_ms,probability,speech\n");
  for (gsize i = 0; i + AVA_FRAME_SAMPLES <= n_samples; i += AVA_FRAME_SAMPLES) {
    char number[G_ASCII_DTOSTR_BUF_SIZE];
    double probability;

    memcpy (frame.pcm, pcm + i, AVA_FRAME_BYTES);
    frame.time_us = (gint64) i * G_USEC_PER_SEC / AVA_RATE;
    probability = ava_vad_process (vad, &frame);
    g_print ("%" G_GINT64_FORMAT ",%s,%d\n", frame.time_us / 1000,
             g_ascii_formatd (number, sizeof number, "%.3f", probability), probability >= 0.5);
  }
}

int
ava_command_vad (AvaCli  *cli,
                 int      argc,
                 char   **argv)
{
  g_autofree char *mode = NULL;
  const GOptionEntry entries[] = {
    { "mode", 0, 0, G_OPTION_ARG_STRING, &mode, "rms, silero or hybrid (the default)", "M" },
    { NULL }
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pcm = NULL;
  g_autoptr (AvaVad) vad = NULL;
  AvaVadSettings settings = ava_vad_defaults;
  const char *trouble;
  gsize size;

  if (!ava_cli_parse (cli, "--mode M F.wav", entries, &argc, &argv))
    return AVA_EXIT_USAGE;
  if (argc != 2) {
    g_printerr ("avactl vad: one sound file is wanted\n");
    return AVA_EXIT_USAGE;
  }
  if (mode != NULL && !ava_vad_mode_from_string (mode, &settings.mode)) {
    g_printerr ("avactl vad: there is no speech detector “%s”; rms, silero and hybrid are\n", mode);
    return AVA_EXIT_USAGE;
  }
  pcm = ava_audio_file_load (argv[1], &error);
  if (pcm == NULL)
    return ava_cli_fail (error);
  vad = ava_mode_vad_new (&settings);
  trouble = ava_mode_vad_get_trouble (AVA_MODE_VAD (vad));
  if (trouble != NULL && settings.mode == AVA_VAD_SILERO) {
    g_printerr ("avactl vad: %s; rms works without them\n", trouble);
    return AVA_EXIT_REFUSED;
  }
  if (trouble != NULL && settings.mode == AVA_VAD_HYBRID)
    g_printerr ("avactl vad: %s; loudness alone (rms) decides\n", trouble);
  size = g_bytes_get_size (pcm);
  print_frames (vad, g_bytes_get_data (pcm, NULL), size / sizeof (gint16));
  return AVA_EXIT_DONE;
}
