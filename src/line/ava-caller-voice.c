/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-caller-voice.h"

#include "ava-audio-file.h"
#include "ava-frame.h"
#include "ava-line-call.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <math.h>

/* A voice is a program's name and the voice's name in that program: "flite slt". */
static const struct {
  const char *program;
  const char *command;
  const char *package;
} synthesizers[] = {
  { "flite", "flite", "flite" },
  { "espeak-ng", "espeak-ng", "espeak-ng" },
  { "festival", "text2wave", "festival" },
};

static int
find_synthesizer (const char  *voice,
                  const char **name)
{
  for (guint i = 0; i < G_N_ELEMENTS (synthesizers); i++) {
    gsize length = strlen (synthesizers[i].program);

    if (g_str_has_prefix (voice, synthesizers[i].program) && voice[length] == ' ') {
      *name = voice + length + 1;
      return i;
    }
  }
  return -1;
}

/**
 * ava_caller_voice_check:
 * @voice: "flite slt", "espeak-ng en-gb", "festival kal_diphone" …
 *
 * Returns: whether its program is installed; else @error is set (AVA_LINE_ERROR_VOICE)
 */
gboolean
ava_caller_voice_check (const char  *voice,
                        GError     **error)
{
  const char *name = NULL;
  int i = find_synthesizer (voice, &name);
  g_autofree char *path = NULL;

  if (i < 0) {
    g_set_error (error, AVA_LINE_ERROR, AVA_LINE_ERROR_SCRIPT,
                 _("“%s” is no voice; one is written like “flite slt”"), voice);
    return FALSE;
  }
  path = g_find_program_in_path (synthesizers[i].command);
  if (path == NULL) {
    g_set_error (error, AVA_LINE_ERROR, AVA_LINE_ERROR_VOICE,
                 _("The caller's voice needs the package “%s”, which is not installed"),
                 synthesizers[i].package);
    return FALSE;
  }
  return TRUE;
}

/* The words are an argument or standard input of the program, never of a shell. */
static GSubprocess *
start_program (const char  *voice,
               const char  *text,
               const char  *path,
               GError     **error)
{
  const GSubprocessFlags flags = G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE;
  const char *name = NULL;
  g_autofree char *lisp = NULL;

  switch (find_synthesizer (voice, &name)) {
  case 0:
    return g_subprocess_new (flags, error, "flite", "-voice", name, "-t", text, "-o", path, NULL);
  case 1:
    return g_subprocess_new (flags, error, "espeak-ng", "-v", name, "-s", "155", "-w", path, "--", text,
                             NULL);
  default:
    lisp = g_strdup_printf ("(voice_%s)", name);
    return g_subprocess_new (flags | G_SUBPROCESS_FLAGS_STDIN_PIPE, error, "text2wave", "-o", path, "-eval", lisp, NULL);
  }
}

static char *
make_cache_path (const char *voice,
                 const char *text)
{
  g_autofree char *folder = g_build_filename (g_get_user_cache_dir (), "ava-front-desk", "callers", NULL);
  g_autofree char *what = g_strconcat (voice, "\n", text, NULL);
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, what, -1);
  g_autofree char *name = g_strconcat (sum, ".wav", NULL);

  g_mkdir_with_parents (folder, 0700);
  return g_build_filename (folder, name, NULL);
}

/**
 * ava_caller_voice_render:
 *
 * Blocks while the program runs: for a thread of its own. Kept in the user's cache folder.
 *
 * Returns: (transfer full) (nullable): S16 mono samples at 16 kHz, or %NULL with @error set
 */
GBytes *
ava_caller_voice_render (const char  *voice,
                         const char  *text,
                         GError     **error)
{
  g_autofree char *path = make_cache_path (voice, text);
  g_autofree char *fresh = g_strdup_printf ("%s.%08x.wav", path, g_random_int ());
  g_autoptr (GSubprocess) program = NULL;

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return ava_audio_file_load (path, error);
  program = start_program (voice, text, fresh, error);
  if (program == NULL)
    return NULL;
  /* Who takes the words as an argument may end before anything could be written to it. */
  if (!g_subprocess_communicate_utf8 (program, g_subprocess_get_stdin_pipe (program) != NULL ? text : NULL, NULL, NULL, NULL, error))
    return NULL;
  if (g_rename (fresh, path) != 0) {
    g_set_error (error, AVA_LINE_ERROR, AVA_LINE_ERROR_VOICE, _("The voice “%s” could not speak"), voice);
    return NULL;
  }
  return ava_audio_file_load (path, error);
}

/* A second-order section, direct form I. */
typedef struct {
  double b[3];
  double a[3];
  double x[2];
  double y[2];
} Section;

/* Butterworth by the bilinear transform; the cookbook of R. Bristow-Johnson gives the formulas. */
static Section
design (double   hz,
        gboolean high_pass)
{
  double w = 2 * G_PI * hz / AVA_RATE;
  double alpha = sin (w) / G_SQRT2;
  double side = high_pass ? (1 + cos (w)) / 2 : (1 - cos (w)) / 2;
  double a0 = 1 + alpha;

  return (Section) {
    .b = { side / a0, (high_pass ? -2 : 2) * side / a0, side / a0 },
    .a = { 1, -2 * cos (w) / a0, (1 - alpha) / a0 },
  };
}

static double
filter (Section *section,
        double   in)
{
  double out = section->b[0] * in + section->b[1] * section->x[0] + section->b[2] * section->x[1] -
               section->a[1] * section->y[0] - section->a[2] * section->y[1];

  section->x[1] = section->x[0];
  section->x[0] = in;
  section->y[1] = section->y[0];
  section->y[0] = out;
  return out;
}

/**
 * ava_caller_voice_colour:
 * @pcm: changed in place
 * @telephone: whether only 300 … 3400 Hz pass, as on a telephone line
 */
void
ava_caller_voice_colour (gint16   *pcm,
                         gsize     n_samples,
                         gboolean  telephone)
{
  Section sections[] = { design (300, TRUE), design (300, TRUE), design (3400, FALSE), design (3400, FALSE) };

  if (!telephone)
    return;
  for (gsize i = 0; i < n_samples; i++) {
    double sample = pcm[i];

    for (guint j = 0; j < G_N_ELEMENTS (sections); j++)
      sample = filter (&sections[j], sample);
    pcm[i] = CLAMP (sample, G_MININT16, G_MAXINT16);
  }
}

/**
 * ava_caller_voice_level:
 *
 * Returns: RMS of its louder frames, in sample units: the level of the speech without its pauses
 */
double
ava_caller_voice_level (const gint16 *pcm,
                        gsize         n_samples)
{
  double loud = 0;
  double sum = 0;
  guint frames = 0;

  for (gsize i = 0; i + AVA_FRAME_SAMPLES <= n_samples; i += AVA_FRAME_SAMPLES) {
    double power = 0;

    for (guint j = 0; j < AVA_FRAME_SAMPLES; j++)
      power += (double) pcm[i + j] * pcm[i + j];
    power /= AVA_FRAME_SAMPLES;
    loud = MAX (loud, power);
    if (power > loud / 100) {
      sum += power;
      frames++;
    }
  }
  return frames > 0 ? sqrt (sum / frames) : 0;
}
