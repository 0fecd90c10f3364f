/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ava-audio-file.h"
#include "ava-echo-delay.h"
#include "ava-paced-port.h"
#include "ava-clip-player.h"
#include "ava-recorder.h"
#include "ava-vad.h"

#include <glib/gstdio.h>
#include <math.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static char *
make_folder (void)
{
  g_autoptr (GError) error = NULL;
  char *folder = g_dir_make_tmp ("ava-media-XXXXXX", &error);

  g_assert_no_error (error);
  return folder;
}

static void
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);

    g_unlink (path);
  }
  g_rmdir (folder);
}

/* --- voice activity --- */

typedef double (*Wave) (guint i);

static double silence (guint i) { return 0; }
static double hum (guint i) { return 0.02 * sin (2 * G_PI * 60 * i / AVA_RATE); }
static double noise (guint i) { return 0.01 * g_test_rand_double_range (-1, 1); }

/* Bursts of a rich tone at the pace of syllables, over a little noise. */
static double
babble (guint i)
{
  double t = (double) i / AVA_RATE;
  double syllable = MAX (0, sin (2 * G_PI * 3.5 * t));

  return 0.002 * g_test_rand_double_range (-1, 1) +
         syllable * 0.2 * (sin (2 * G_PI * 180 * t) + 0.5 * sin (2 * G_PI * 720 * t) + 0.3 * sin (2 * G_PI * 2100 * t));
}

/* Share of frames taken for speech over @seconds, the first second left out. */
static double
detect (Wave  wave,
        guint seconds)
{
  g_autoptr (AvaVad) vad = ava_rms_vad_new ();
  guint frames = seconds * 1000 / AVA_FRAME_MS;
  guint speech = 0;

  for (guint n = 0; n < frames; n++) {
    AvaFrame frame = { 0 };
    double probability;

    for (guint i = 0; i < AVA_FRAME_SAMPLES; i++)
      frame.pcm[i] = 32767 * wave (n * AVA_FRAME_SAMPLES + i);
    probability = ava_vad_process (vad, &frame);
    g_assert_cmpfloat (probability, >=, 0);
    g_assert_cmpfloat (probability, <=, 1);
    speech += n >= 50 && probability >= 0.5;
  }
  return (double) speech / (frames - 50);
}

static void
silence_hum_and_noise_are_not_speech (void)
{
  g_assert_cmpfloat (detect (silence, 5), ==, 0);
  g_assert_cmpfloat (detect (hum, 10), <, 0.01);
  g_assert_cmpfloat (detect (noise, 10), <, 0.01);
}

static void
syllables_are_speech (void)
{
  g_assert_cmpfloat (detect (babble, 10), >, 0.35);
}

static void
the_floor_follows_the_line (void)
{
  g_autoptr (AvaVad) vad = ava_rms_vad_new ();
  double quiet = ava_rms_vad_get_floor (AVA_RMS_VAD (vad));

  for (guint n = 0; n < 300; n++) {
    AvaFrame frame = { 0 };

    for (guint i = 0; i < AVA_FRAME_SAMPLES; i++)
      frame.pcm[i] = 32767 * 0.05 * g_test_rand_double_range (-1, 1);
    ava_vad_process (vad, &frame);
  }
  g_assert_cmpfloat (ava_rms_vad_get_floor (AVA_RMS_VAD (vad)), >, quiet * 2);
  ava_vad_reset (vad);
  g_assert_cmpfloat (ava_rms_vad_get_floor (AVA_RMS_VAD (vad)), ==, quiet);
}

/* --- sound files --- */

static void
assert_refused (const char *path,
                int         code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) pcm = ava_audio_file_load (path, &error);

  g_assert_null (pcm);
  g_assert_error (error, AVA_MEDIA_ERROR, code);
  g_assert_cmpuint (strlen (error->message), >, 10);
}

static void
a_saved_file_is_loaded_again (void)
{
  g_autofree char *folder = make_folder ();
  g_autofree char *path = g_build_filename (folder, "tone.wav", NULL);
  g_autofree gint16 *pcm = g_new (gint16, AVA_RATE);
  g_autoptr (GBytes) loaded = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < AVA_RATE; i++)
    pcm[i] = 8000 * sin (i * 0.1);
  g_assert_true (ava_audio_file_save (path, pcm, AVA_RATE, &error));
  loaded = ava_audio_file_load (path, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (loaded, NULL), g_bytes_get_size (loaded), pcm, AVA_RATE * 2);
  remove_folder (folder);
}

static void
what_is_no_sound_is_refused_in_words (void)
{
  g_autofree char *folder = make_folder ();
  g_autofree char *empty = g_build_filename (folder, "empty.wav", NULL);
  g_autofree char *text = g_build_filename (folder, "text.wav", NULL);
  g_autofree char *missing = g_build_filename (folder, "missing.wav", NULL);
  g_autofree char *header = g_build_filename (folder, "header.wav", NULL);

  g_assert_true (g_file_set_contents (empty, "", 0, NULL));
  g_assert_true (g_file_set_contents (text, "This is not a recording of anybody.\n", -1, NULL));
  g_assert_true (ava_audio_file_save (header, NULL, 0, NULL));
  assert_refused (empty, AVA_MEDIA_ERROR_FILE);
  assert_refused (text, AVA_MEDIA_ERROR_FILE);
  assert_refused (missing, AVA_MEDIA_ERROR_FILE);
  assert_refused (header, AVA_MEDIA_ERROR_FILE);
  assert_refused (folder, AVA_MEDIA_ERROR_FILE);
  remove_folder (folder);
}

static void
three_hours_are_refused (void)
{
  g_autofree char *folder = make_folder ();
  g_autofree char *path = g_build_filename (folder, "long.wav", NULL);
  gint16 sample = 0;
  const guint32 data_bytes = 3u * 3600 * AVA_RATE * 2;
  const guint32 riff_bytes = 36 + data_bytes;
  FILE *file;

  /* A header that promises three hours, and a file with holes of that size. */
  g_assert_true (ava_audio_file_save (path, &sample, 1, NULL));
  file = g_fopen (path, "r+");
  g_assert_cmpint (fseek (file, 4, SEEK_SET), ==, 0);
  g_assert_cmpuint (fwrite (&riff_bytes, 4, 1, file), ==, 1);
  g_assert_cmpint (fseek (file, 40, SEEK_SET), ==, 0);
  g_assert_cmpuint (fwrite (&data_bytes, 4, 1, file), ==, 1);
  fclose (file);
  g_assert_cmpint (truncate (path, 44 + (off_t) data_bytes), ==, 0);
  assert_refused (path, AVA_MEDIA_ERROR_TOO_LONG);
  remove_folder (folder);
}

static void
a_file_that_breaks_off_is_used_as_far_as_it_goes (void)
{
  g_autofree char *folder = make_folder ();
  g_autofree char *path = g_build_filename (folder, "torn.wav", NULL);
  g_autofree gint16 *pcm = g_new0 (gint16, AVA_RATE * 2);
  g_autoptr (GBytes) loaded = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (ava_audio_file_save (path, pcm, AVA_RATE * 2, &error));
  g_assert_cmpint (truncate (path, 44 + AVA_RATE), ==, 0);
  loaded = ava_audio_file_load (path, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (loaded), >=, AVA_RATE - AVA_FRAME_BYTES);
  remove_folder (folder);
}

/* --- recorder --- */

static void
both_sides_are_recorded_in_step (void)
{
  g_autofree char *folder = make_folder ();
  g_autofree char *path = g_build_filename (folder, "call.wav", NULL);
  g_autofree char *contents = NULL;
  g_autoptr (GError) error = NULL;
  gint16 left[AVA_FRAME_SAMPLES];
  gint16 right[AVA_FRAME_SAMPLES];
  AvaRecorder *recorder = ava_recorder_new (path, &error);
  gsize length;

  g_assert_no_error (error);
  for (guint n = 0; n < 100; n++) {
    for (guint i = 0; i < AVA_FRAME_SAMPLES; i++) {
      left[i] = n;
      right[i] = -(int) n;
    }
    ava_recorder_write (recorder, left, right, AVA_FRAME_SAMPLES);
  }
  g_assert_finalize_object (recorder);
  g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
  g_assert_cmpuint (length, ==, 44 + 100 * AVA_FRAME_BYTES * 2);
  g_assert_cmpint (((gint16 *) (contents + 44))[50 * AVA_FRAME_SAMPLES * 2], ==, 50);
  g_assert_cmpint (((gint16 *) (contents + 44))[50 * AVA_FRAME_SAMPLES * 2 + 1], ==, -50);
  remove_folder (folder);
}

static void
a_recording_survives_being_killed (void)
{
#ifdef __SANITIZE_THREAD__
  g_test_skip ("the thread sanitizer follows no fork");
#else
  g_autofree char *folder = make_folder ();
  g_autofree char *path = g_build_filename (folder, "call.wav", NULL);
  g_autoptr (GBytes) loaded = NULL;
  g_autoptr (GError) error = NULL;
  int ready[2];
  char byte;
  pid_t child;

  g_assert_cmpint (pipe (ready), ==, 0);
  child = fork ();
  if (child == 0) {
    AvaRecorder *recorder = ava_recorder_new (path, NULL);
    gint16 pcm[AVA_FRAME_SAMPLES] = { 7 };
    struct stat status = { 0 };

    for (guint n = 0; n < 500; n++)
      ava_recorder_write (recorder, pcm, pcm, AVA_FRAME_SAMPLES);
    while (status.st_size < 44 + 400 * AVA_FRAME_BYTES * 2)
      g_assert_cmpint (stat (path, &status), ==, 0);
    g_assert_cmpint (write (ready[1], "x", 1), ==, 1);
    pause ();
  }
  g_assert_cmpint (read (ready[0], &byte, 1), ==, 1);
  kill (child, SIGKILL);
  waitpid (child, NULL, 0);
  close (ready[0]);
  close (ready[1]);
  loaded = ava_audio_file_load (path, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_bytes_get_size (loaded), >=, 400 * AVA_FRAME_BYTES);   /* all that was on the disk */
  remove_folder (folder);
#endif
}

/* --- paced port --- */

typedef struct {
  GMainLoop *loop;
  AvaFramePort *port;
  guint frames;
  guint last;           /* frames to hear */
  guint opened;
  guint drained;
  guint ended;
  guint ends_after;     /* frames of the caller; 0: never */
  gint64 played_at_flush;
} Call;

static gboolean
give_counted_frame (gint16   *pcm,
                    gint64    queued,
                    gpointer  user_data)
{
  Call *call = user_data;

  pcm[0] = call->frames;
  return call->ends_after == 0 || call->frames < call->ends_after;
}

static void
on_opened (AvaFramePort *port,
           Call         *call)
{
  g_assert_cmpuint (call->frames, ==, 0);
  call->opened++;
}

static void
on_frame (AvaFramePort *port,
          AvaFrame     *frame,
          Call         *call)
{
  g_assert_cmpuint (call->opened, ==, 1);
  g_assert_cmpint (frame->pcm[0], ==, (gint16) call->frames);
  call->frames++;
  g_assert_cmpint (frame->time_us, ==, (gint64) call->frames * AVA_FRAME_MS * 1000);
  if (call->frames == call->last)
    g_main_loop_quit (call->loop);
}

static void
on_drained (AvaFramePort *port,
            Call         *call)
{
  call->drained++;
}

static void
on_ended (AvaFramePort *port,
          Call         *call)
{
  call->ended++;
  g_main_loop_quit (call->loop);
}

static void
call_init (Call     *call,
           gboolean  fast,
           guint     last)
{
  g_autoptr (AvaPacer) pacer = ava_pacer_new (fast);

  *call = (Call) { .loop = g_main_loop_new (NULL, FALSE), .last = last };
  call->port = ava_paced_port_new (pacer, give_counted_frame, call);
  g_signal_connect (call->port, "opened", G_CALLBACK (on_opened), call);
  g_signal_connect (call->port, "frame", G_CALLBACK (on_frame), call);
  g_signal_connect (call->port, "drained", G_CALLBACK (on_drained), call);
  g_signal_connect (call->port, "ended", G_CALLBACK (on_ended), call);
}

static void
call_run (Call *call)
{
  ava_frame_port_start (call->port);
  g_main_loop_run (call->loop);
  ava_frame_port_stop (call->port);
}

static void
call_clear (Call *call)
{
  while (g_main_context_iteration (NULL, FALSE));
  g_assert_finalize_object (call->port);
  g_main_loop_unref (call->loop);
}

static void
frames_come_in_order_and_none_is_lost (void)
{
  Call call;

  call_init (&call, TRUE, 5000);
  call_run (&call);
  g_assert_cmpuint (call.frames, ==, 5000);
  call_clear (&call);
}

static void
written_audio_is_heard_to_the_sample (void)
{
  Call call;
  g_autofree gint16 *pcm = g_new0 (gint16, 10000);

  call_init (&call, TRUE, 20);
  ava_frame_port_write (call.port, pcm, 10000);
  call_run (&call);
  g_assert_cmpint (ava_frame_port_get_played (call.port), ==, 20 * AVA_FRAME_SAMPLES);
  g_assert_cmpint (ava_frame_port_get_queued (call.port), ==, 10000 - 20 * AVA_FRAME_SAMPLES);
  g_assert_cmpuint (call.drained, ==, 0);
  call_clear (&call);
}

static void
draining_is_told_once (void)
{
  Call call;
  g_autofree gint16 *pcm = g_new0 (gint16, 1000);

  call_init (&call, TRUE, 50);
  ava_frame_port_write (call.port, pcm, 1000);
  call_run (&call);
  g_assert_cmpint (ava_frame_port_get_played (call.port), ==, 1000);
  g_assert_cmpuint (call.drained, ==, 1);
  call_clear (&call);
}

static void
a_flush_silences_at_once_and_does_not_count (void)
{
  Call call;
  AvaPortStats stats;
  g_autofree gint16 *pcm = g_new0 (gint16, 32000);

  call_init (&call, TRUE, 10);
  ava_frame_port_write (call.port, pcm, 32000);
  call_run (&call);
  ava_frame_port_flush (call.port);
  g_assert_cmpint (ava_frame_port_get_played (call.port), ==, 10 * AVA_FRAME_SAMPLES);
  g_assert_cmpint (ava_frame_port_get_queued (call.port), ==, 0);
  ava_frame_port_get_stats (call.port, &stats);
  g_assert_cmpuint (stats.flushes, ==, 1);
  call_clear (&call);
}

static void
the_caller_can_end (void)
{
  Call call;

  call_init (&call, TRUE, 1000);
  call.ends_after = 30;
  call_run (&call);
  g_assert_cmpuint (call.ended, ==, 1);
  g_assert_cmpuint (call.frames, ==, 30);
  call_clear (&call);
}

static void
a_live_port_keeps_real_time (void)
{
  Call call;
  gint64 start_us = g_get_monotonic_time ();

  call_init (&call, FALSE, 25);
  call_run (&call);
  /* Never early; how late depends on the machine. */
  g_assert_cmpint (g_get_monotonic_time () - start_us, >=, 24 * AVA_FRAME_MS * 1000);
  call_clear (&call);
}

/* Somebody who works and holds the pacer meanwhile, in a thread of their own. */
typedef struct {
  AvaPacer *pacer;
  gint frames;         /* that were due, atomic */
  gint holding;        /* atomic */
  gint frames_asleep;  /* of them, while they slept */
  gint frames_worked;  /* of them, until their work was charged */
} Worker;

static gint64
read_cpu_us (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return (gint64) time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

/* Sleeps, then computes for ten frames and idles. */
static gpointer
hold_and_work (gpointer data)
{
  Worker *self = data;
  clockid_t clock;
  gint64 until_us;

  pthread_getcpuclockid (pthread_self (), &clock);
  until_us = read_cpu_us () + 10 * AVA_FRAME_MS * 1000;
  ava_pacer_hold (self->pacer, clock);
  g_atomic_int_set (&self->holding, 1);
  g_usleep (400 * 1000);
  self->frames_asleep = g_atomic_int_get (&self->frames);
  while (read_cpu_us () < until_us);
  for (guint i = 0; i < 1000 && g_atomic_int_get (&self->frames) - self->frames_asleep < 10; i++)
    g_usleep (1000);
  g_usleep (200 * 1000);
  g_atomic_int_set (&self->frames_worked, g_atomic_int_get (&self->frames));
  ava_pacer_release (self->pacer, clock);
  return NULL;
}

static void
a_held_fast_pacer_charges_computing_not_waiting (void)
{
  Worker worker = { .pacer = ava_pacer_new (TRUE) };
  gint never = 0;
  g_autoptr (GThread) thread = NULL;

  thread = g_thread_new ("worker", hold_and_work, &worker);
  while (g_atomic_int_get (&worker.holding) == 0)
    g_usleep (1000);
  while (g_atomic_int_get (&worker.frames_worked) == 0) {
    ava_pacer_wait (worker.pacer, &never);
    g_atomic_int_inc (&worker.frames);
  }
  g_thread_join (g_steal_pointer (&thread));
  /* The frame of the hold itself is due at once; a little is computed around the loop. */
  g_assert_cmpint (worker.frames_asleep, <=, 2);
  g_assert_cmpint (worker.frames_worked - worker.frames_asleep, >=, 9);
  g_assert_cmpint (worker.frames_worked - worker.frames_asleep, <=, 12);
  g_object_unref (worker.pacer);
}

static gpointer
sleep_until_released (gpointer data)
{
  while (g_atomic_int_get ((gint *) data) == 0)
    g_usleep (10 * 1000);
  return NULL;
}

/* Whoever waits for something else than the processor must not stop the call for good. */
static void
a_held_fast_pacer_goes_on_when_nobody_computes (void)
{
  g_autoptr (AvaPacer) pacer = ava_pacer_new (TRUE);
  gint released = 0;
  gint never = 0;
  pthread_t sleeper;
  clockid_t clock;
  gint64 start_us = g_get_monotonic_time ();

  g_assert_cmpint (pthread_create (&sleeper, NULL, sleep_until_released, &released), ==, 0);
  g_assert_cmpint (pthread_getcpuclockid (sleeper, &clock), ==, 0);
  ava_pacer_hold (pacer, clock);
  for (guint i = 0; i < 5; i++)
    g_assert_true (ava_pacer_wait (pacer, &never));
  g_assert_cmpint (g_get_monotonic_time () - start_us, >=, G_USEC_PER_SEC);
  ava_pacer_release (pacer, clock);
  g_atomic_int_set (&released, 1);
  pthread_join (sleeper, NULL);
}

typedef struct {
  AvaPacer *pacer;
  gint stop;       /* atomic */
  gint waiting;    /* atomic */
} Waiter;

static gpointer
wait_for_frame (gpointer data)
{
  Waiter *self = data;

  g_atomic_int_set (&self->waiting, 1);
  g_assert_false (ava_pacer_wait (self->pacer, &self->stop));
  return NULL;
}

/* A frame that is never due keeps nobody who wants to stop: here the pacer is held by one who computes nothing, or is
 * paused. */
static void
who_waits_for_a_frame_can_be_stopped (void)
{
  for (guint paused = 0; paused < 2; paused++) {
    Waiter waiter = { .pacer = ava_pacer_new (TRUE) };
    gint never = 0;
    GThread *thread;

    g_assert_true (ava_pacer_wait (waiter.pacer, &never));
    if (paused)
      ava_pacer_pause (waiter.pacer);
    else
      ava_pacer_hold (waiter.pacer, CLOCK_THREAD_CPUTIME_ID);
    thread = g_thread_new ("waiter", wait_for_frame, &waiter);
    while (g_atomic_int_get (&waiter.waiting) == 0)
      g_usleep (100);
    g_atomic_int_set (&waiter.stop, 1);
    ava_pacer_wake (waiter.pacer);
    g_thread_join (thread);
    if (!paused)
      ava_pacer_release (waiter.pacer, CLOCK_THREAD_CPUTIME_ID);
    g_object_unref (waiter.pacer);
  }
}

/* --- clips --- */

#define CLIP_FRAMES 100     /* 2 s */

static void
write_ramp (AvaRecorder *recorder,
            guint        from,
            guint        frames)
{
  for (guint n = from; n < from + frames; n++) {
    gint16 left[AVA_FRAME_SAMPLES];
    gint16 right[AVA_FRAME_SAMPLES];

    for (guint i = 0; i < AVA_FRAME_SAMPLES; i++) {
      left[i] = n;
      right[i] = -1;
    }
    ava_recorder_write (recorder, left, right, AVA_FRAME_SAMPLES);
  }
}

static GBytes *
load_clip (const char *path,
           gint64      from_us,
           gint64      to_us)
{
  g_autoptr (GError) error = NULL;
  GBytes *pcm = NULL;

  /* The file is written on a thread of its own: what was just spoken may need a moment. */
  for (guint i = 0; i < 500; i++) {
    g_clear_error (&error);
    g_clear_pointer (&pcm, g_bytes_unref);
    pcm = ava_clip_load (path, from_us, to_us, &error);
    if (pcm != NULL && g_bytes_get_size (pcm) == (gsize) ((to_us - from_us) * AVA_RATE / G_USEC_PER_SEC * 2))
      return pcm;
    g_usleep (10000);
  }
  g_assert_no_error (error);
  return pcm;
}

static void
a_clip_is_read_while_the_recording_grows (void)
{
  g_autofree char *folder = make_folder ();
  g_autofree char *path = g_build_filename (folder, "call.wav", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaRecorder) recorder = ava_recorder_new (path, &error);
  g_autoptr (GBytes) clip = NULL;
  g_autoptr (GBytes) end = NULL;
  const gint16 *pcm;
  gsize size;

  g_assert_no_error (error);
  write_ramp (recorder, 0, CLIP_FRAMES);
  clip = load_clip (path, 1000000, 1500000);
  pcm = g_bytes_get_data (clip, &size);
  g_assert_cmpuint (size, ==, 500 * AVA_RATE / 1000 * 2);
  g_assert_cmpint (pcm[0], ==, 50);                                 /* the caller's side, frame 50 */
  g_assert_cmpint (pcm[size / 2 - 1], ==, 74);
  write_ramp (recorder, CLIP_FRAMES, 50);
  end = load_clip (path, 2000000, 2500000);
  g_assert_cmpint (((const gint16 *) g_bytes_get_data (end, NULL))[0], ==, CLIP_FRAMES);

  g_assert_null (ava_clip_load (path, 90000000, 93000000, &error));   /* not spoken yet */
  g_assert_error (error, AVA_MEDIA_ERROR, AVA_MEDIA_ERROR_FILE);
  g_clear_error (&error);
  g_assert_null (ava_clip_load ("/nowhere/call.wav", 0, 1000000, &error));
  g_assert_error (error, AVA_MEDIA_ERROR, AVA_MEDIA_ERROR_FILE);
  g_assert_nonnull (strstr (error->message, "not recorded"));
  g_clear_object (&recorder);
  remove_folder (folder);
}

static void
on_clip_ended (AvaClipPlayer *player,
               const char    *trouble,
               GPtrArray     *endings)
{
  g_ptr_array_add (endings, g_strdup (trouble != NULL ? trouble : "heard"));
}

static void
a_clip_is_played_or_it_is_said_why_not (void)
{
  g_autofree char *folder = make_folder ();
  g_autofree char *path = g_build_filename (folder, "call.wav", NULL);
  g_autofree char *heard = g_build_filename (folder, "heard.raw", NULL);
  g_autofree char *sink = g_strdup_printf ("audioconvert ! audio/x-raw,format=S16LE,channels=1 ! filesink location=%s", heard);
  g_autoptr (AvaRecorder) recorder = ava_recorder_new (path, NULL);
  g_autoptr (AvaClipPlayer) player = ava_clip_player_new ();
  g_autoptr (GPtrArray) endings = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *data = NULL;
  gsize size = 0;

  write_ramp (recorder, 0, CLIP_FRAMES);
  g_clear_object (&recorder);
  g_signal_connect (player, "ended", G_CALLBACK (on_clip_ended), endings);

  g_setenv ("AVA_AUDIO_SINK", sink, TRUE);
  ava_clip_player_play (player, path, 500000, 1500000);
  while (endings->len < 1)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (endings->pdata[0], ==, "heard");
  g_assert_true (g_file_get_contents (heard, &data, &size, NULL));
  g_assert_cmpuint (size, ==, AVA_RATE * 2);
  g_assert_cmpint (((const gint16 *) data)[0], ==, 25);

  /* A second one stops the first; each ends once. */
  ava_clip_player_play (player, path, 0, 1000000);
  ava_clip_player_play (player, path, 0, 1000000);
  ava_clip_player_stop (player);
  g_assert_cmpuint (endings->len, ==, 3);

  g_setenv ("AVA_AUDIO_SINK", "no-such-speaker", TRUE);
  ava_clip_player_play (player, path, 0, 1000000);
  while (endings->len < 4)
    g_main_context_iteration (NULL, TRUE);
  g_assert_nonnull (strstr (endings->pdata[3], "speaker cannot be used"));
  ava_clip_player_play (player, "/nowhere/call.wav", 0, 1000000);
  while (endings->len < 5)
    g_main_context_iteration (NULL, TRUE);
  g_assert_nonnull (strstr (endings->pdata[4], "not recorded"));
  g_unsetenv ("AVA_AUDIO_SINK");
  remove_folder (folder);
}

/* Bursts of noise of odd lengths, 10 ms a call. */
static void
make_bursts (gint16 *pcm,
             guint   slot,
             guint   seed)
{
  gboolean loud = (slot * 2654435761u + (slot / 7 + seed) * 40503u) >> 29 & 1;

  for (guint i = 0; i < AVA_RATE / 100; i++)
    pcm[i] = loud ? g_test_rand_int_range (-6000, 6000) : 0;
}

/* Plays for 3 s; @delay 10 ms later it comes back, at a quarter of it, or something else is heard. */
static AvaEchoState
play_and_hear (AvaEchoDelay *echo,
               guint         delay,
               gboolean      comes_back,
               gint64       *found_us)
{
  static gint16 played[300][AVA_RATE / 100];

  for (guint slot = 0; slot < 300; slot++) {
    gint16 heard[AVA_RATE / 100] = { 0 };

    make_bursts (played[slot], slot / 3, 1);
    if (!comes_back)
      make_bursts (heard, slot / 5, 77);
    for (guint i = 0; comes_back && slot >= delay && i < AVA_RATE / 100; i++)
      heard[i] = played[slot - delay][i] / 4;
    ava_echo_delay_play (echo, played[slot], AVA_RATE / 100, slot * 10000);
    ava_echo_delay_hear (echo, heard, AVA_RATE / 100, slot * 10000);
  }
  return ava_echo_delay_get_state (echo, found_us);
}

static void
the_delay_of_an_echo_is_found (void)
{
  static const guint delays[] = { 2, 13, 27, 40 };

  for (guint i = 0; i < G_N_ELEMENTS (delays); i++) {
    g_autoptr (AvaEchoDelay) echo = ava_echo_delay_new ();
    gint64 found_us;

    g_assert_cmpint (play_and_hear (echo, delays[i], TRUE, &found_us), ==, AVA_ECHO_FOUND);
    g_assert_cmpint (ABS (found_us - delays[i] * 10000), <=, 10000);
    g_assert_false (ava_echo_delay_is_deaf (echo));
  }
}

/* Whoever wears a headset is heard, soon. */
static void
where_there_is_no_echo_nobody_is_silenced (void)
{
  g_autoptr (AvaEchoDelay) echo = ava_echo_delay_new ();
  gint64 found_us;

  g_assert_false (ava_echo_delay_is_deaf (echo));
  g_assert_cmpint (play_and_hear (echo, 0, FALSE, &found_us), ==, AVA_ECHO_NONE);
  g_assert_false (ava_echo_delay_is_deaf (echo));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/vad/not-speech", silence_hum_and_noise_are_not_speech);
  g_test_add_func ("/vad/speech", syllables_are_speech);
  g_test_add_func ("/vad/floor", the_floor_follows_the_line);
  g_test_add_func ("/recorder/killed", a_recording_survives_being_killed);
  g_test_add_func ("/recorder/in-step", both_sides_are_recorded_in_step);
  g_test_add_func ("/clip/grows", a_clip_is_read_while_the_recording_grows);
  g_test_add_func ("/clip/played", a_clip_is_played_or_it_is_said_why_not);
  g_test_add_func ("/file/saved-and-loaded", a_saved_file_is_loaded_again);
  g_test_add_func ("/file/no-sound", what_is_no_sound_is_refused_in_words);
  g_test_add_func ("/file/three-hours", three_hours_are_refused);
  g_test_add_func ("/file/breaks-off", a_file_that_breaks_off_is_used_as_far_as_it_goes);
  g_test_add_func ("/port/in-order", frames_come_in_order_and_none_is_lost);
  g_test_add_func ("/port/to-the-sample", written_audio_is_heard_to_the_sample);
  g_test_add_func ("/port/drained-once", draining_is_told_once);
  g_test_add_func ("/port/flush", a_flush_silences_at_once_and_does_not_count);
  g_test_add_func ("/port/ends", the_caller_can_end);
  g_test_add_func ("/port/real-time", a_live_port_keeps_real_time);
  g_test_add_func ("/echo/delay", the_delay_of_an_echo_is_found);
  g_test_add_func ("/echo/none", where_there_is_no_echo_nobody_is_silenced);
  g_test_add_func ("/pacer/charges-computing", a_held_fast_pacer_charges_computing_not_waiting);
  g_test_add_func ("/pacer/nobody-computes", a_held_fast_pacer_goes_on_when_nobody_computes);
  g_test_add_func ("/pacer/stopped", who_waits_for_a_frame_can_be_stopped);
  return g_test_run ();
}
