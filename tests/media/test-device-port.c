/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ava-audio-file.h"
#include "ava-device-port-private.h"
#include "ava-media.h"

#include <gst/gst.h>
#include <string.h>

/*
 * A microphone that takes its time: a bin that opens when the test lets it, and gives frames as long as the test lets it.
 *
 *   [audiotestsrc ! (probe)]
 */

typedef struct {
  GstBin parent_instance;
} SlowSource;

typedef struct {
  GstBinClass parent_class;
} SlowSourceClass;

static GType slow_source_get_type (void);
G_DEFINE_TYPE (SlowSource, slow_source, GST_TYPE_BIN)

static struct {
  gint held;        /* atomic: opening waits until it is 0 */
  gint waits;       /* atomic: so many wait */
  gint living;      /* atomic */
  gint open;        /* atomic */
  gint most_open;   /* device worker only */
  gint closed;      /* atomic: it gives nothing */
} slow;

static GstStateChangeReturn
slow_source_change_state (GstElement     *element,
                          GstStateChange  change)
{
  if (change == GST_STATE_CHANGE_NULL_TO_READY) {
    g_atomic_int_inc (&slow.waits);
    while (g_atomic_int_get (&slow.held) != 0)
      g_usleep (1000);
    g_atomic_int_add (&slow.waits, -1);
    g_atomic_int_inc (&slow.open);
    slow.most_open = MAX (slow.most_open, g_atomic_int_get (&slow.open));
  } else if (change == GST_STATE_CHANGE_READY_TO_NULL) {
    g_atomic_int_add (&slow.open, -1);
  }
  return GST_ELEMENT_CLASS (slow_source_parent_class)->change_state (element, change);
}

/* Streaming thread. */
static GstPadProbeReturn
on_buffer (GstPad          *pad,
           GstPadProbeInfo *info,
           gpointer         user_data)
{
  return g_atomic_int_get (&slow.closed) != 0 ? GST_PAD_PROBE_DROP : GST_PAD_PROBE_OK;
}

static void
slow_source_finalize (GObject *object)
{
  g_atomic_int_add (&slow.living, -1);
  G_OBJECT_CLASS (slow_source_parent_class)->finalize (object);
}

static void
slow_source_class_init (SlowSourceClass *klass)
{
  GST_ELEMENT_CLASS (klass)->change_state = slow_source_change_state;
  G_OBJECT_CLASS (klass)->finalize = slow_source_finalize;
  gst_element_class_set_static_metadata (GST_ELEMENT_CLASS (klass), "Slow source", "Source/Audio", "Opens when it may", "Ava");
}

static void
slow_source_init (SlowSource *self)
{
  GstElement *source = gst_element_factory_make ("audiotestsrc", NULL);
  g_autoptr (GstPad) pad = gst_element_get_static_pad (source, "src");

  g_object_set (source, "is-live", TRUE, "wave", 4 /* silence */, NULL);
  gst_bin_add (GST_BIN (self), source);
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, on_buffer, NULL, NULL);
  gst_element_add_pad (GST_ELEMENT (self), gst_ghost_pad_new ("src", pad));
  g_atomic_int_inc (&slow.living);
}

/* --- a port, and what it says --- */

typedef struct {
  AvaFramePort *port;
  guint opened;
  guint frames;
  guint moved;
  char *failure;      /* nullable */
  gboolean stops;     /* as soon as it is open */
} Desk;

static void
on_opened (AvaFramePort *port,
           Desk         *desk)
{
  g_assert_cmpuint (desk->frames, ==, 0);
  g_assert_cmpuint (++desk->opened, ==, 1);
  if (desk->stops)
    ava_frame_port_stop (port);
}

static void
on_frame (AvaFramePort *port,
          AvaFrame     *frame,
          Desk         *desk)
{
  g_assert_cmpuint (desk->opened, ==, 1);
  g_assert_null (desk->failure);
  desk->frames++;
}

static void
on_failed (AvaFramePort *port,
           GError       *error,
           Desk         *desk)
{
  g_assert_null (desk->failure);
  g_assert_error (error, AVA_MEDIA_ERROR, AVA_MEDIA_ERROR_DEVICE);
  desk->failure = g_strdup (error->message);
}

static void
on_moved (AvaFramePort *port,
          const char   *words,
          Desk         *desk)
{
  desk->moved++;
}

static void
desk_start (Desk       *desk,
            const char *source,
            guint       patience_ms)
{
  g_setenv ("AVA_AUDIO_SRC", source, TRUE);
  desk->port = ava_device_port_new ();
  if (patience_ms > 0)
    ava_device_port_set_patience (desk->port, patience_ms);
  g_signal_connect (desk->port, "opened", G_CALLBACK (on_opened), desk);
  g_signal_connect (desk->port, "frame", G_CALLBACK (on_frame), desk);
  g_signal_connect (desk->port, "failed", G_CALLBACK (on_failed), desk);
  g_signal_connect (desk->port, "moved", G_CALLBACK (on_moved), desk);
  ava_frame_port_start (desk->port);
  g_assert_cmpuint (desk->opened, ==, 0);   /* never at once */
  g_assert_null (desk->failure);
}

static void
wait_for_frames (Desk *desk,
                 guint frames)
{
  while (desk->frames < frames && desk->failure == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_null (desk->failure);
}

static void
wait_for_failure (Desk       *desk,
                  const char *words)
{
  while (desk->failure == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_nonnull (strstr (desk->failure, words));
}

/* Closed, gone, and its devices too, once the device worker has come to it. */
static void
desk_clear (Desk *desk)
{
  g_assert_finalize_object (desk->port);
  g_atomic_int_set (&slow.held, 0);
  g_atomic_int_set (&slow.closed, 0);
  for (guint i = 0; i < 20000 && (g_atomic_int_get (&slow.living) > 0 || g_main_context_pending (NULL)); i++) {
    g_main_context_iteration (NULL, FALSE);
    g_usleep (1000);
  }
  g_assert_cmpint (g_atomic_int_get (&slow.living), ==, 0);
  g_assert_cmpint (g_atomic_int_get (&slow.open), ==, 0);
  g_clear_pointer (&desk->failure, g_free);
}

static gboolean
on_tick (gpointer data)
{
  return ++*(guint *) data < 50 ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static void
wait_until_it_opens (void)
{
  while (g_atomic_int_get (&slow.waits) == 0)
    g_main_context_iteration (NULL, FALSE);
}

/* --- tests --- */

/* Only the main loop lets the device open: if it waited for it, nothing would ever happen. */
static void
the_main_loop_goes_on_while_a_device_opens (void)
{
  Desk desk = { 0 };
  guint ticks = 0;
  gint16 pcm[AVA_FRAME_SAMPLES] = { 0 };

  g_atomic_int_set (&slow.held, 1);
  desk_start (&desk, "avaslowsource", 0);
  ava_frame_port_write (desk.port, pcm, AVA_FRAME_SAMPLES);
  g_timeout_add (2, on_tick, &ticks);
  while (ticks < 50)
    g_main_context_iteration (NULL, TRUE);
  wait_until_it_opens ();
  g_assert_cmpuint (desk.opened, ==, 0);
  g_assert_cmpint (ava_frame_port_get_queued (desk.port), ==, AVA_FRAME_SAMPLES);
  g_atomic_int_set (&slow.held, 0);
  wait_for_frames (&desk, 20);
  g_assert_cmpuint (desk.moved, ==, 0);
  ava_frame_port_stop (desk.port);
  desk_clear (&desk);
}

static void
what_is_closed_while_it_opens_leaves_nothing (void)
{
  Desk desk = { 0 };

  g_atomic_int_set (&slow.held, 1);
  desk_start (&desk, "avaslowsource", 0);
  wait_until_it_opens ();
  ava_frame_port_stop (desk.port);
  ava_frame_port_stop (desk.port);
  desk_clear (&desk);
  g_assert_cmpuint (desk.opened + desk.frames, ==, 0);
}

/* It is dropped with its pipeline open and its answer on the way. */
static void
what_is_dropped_when_it_has_opened_leaves_nothing (void)
{
  Desk desk = { 0 };

  desk_start (&desk, "avaslowsource", 0);
  while (g_atomic_int_get (&slow.open) == 0)
    g_usleep (1000);   /* the main loop learns nothing of it */
  desk_clear (&desk);
  g_assert_cmpuint (desk.opened + desk.frames, ==, 0);
}

static void
who_stops_at_its_opening_gets_no_frame (void)
{
  Desk desk = { .stops = TRUE };

  desk_start (&desk, "avaslowsource", 0);
  while (desk.opened == 0)
    g_main_context_iteration (NULL, TRUE);
  for (guint i = 0; i < 50; i++) {
    g_main_context_iteration (NULL, FALSE);
    g_usleep (1000);
  }
  desk_clear (&desk);
  g_assert_cmpuint (desk.frames, ==, 0);
}

static void
a_sound_system_that_hangs_is_told (void)
{
  Desk desk = { 0 };

  g_atomic_int_set (&slow.held, 1);
  desk_start (&desk, "avaslowsource", 160);
  wait_for_failure (&desk, "does not answer");
  g_assert_nonnull (strstr (desk.failure, "microphone"));
  desk_clear (&desk);
  g_assert_cmpuint (desk.opened + desk.frames, ==, 0);
}

/* Another one waits its turn behind the one that hangs, and is told as well. */
static void
nobody_waits_for_ever_behind_a_device_that_hangs (void)
{
  Desk first = { 0 };
  Desk second = { 0 };

  g_atomic_int_set (&slow.held, 1);
  desk_start (&first, "avaslowsource", 160);
  wait_for_failure (&first, "does not answer");
  desk_start (&second, "avaslowsource", 160);
  wait_for_failure (&second, "does not answer");
  g_assert_finalize_object (first.port);
  g_free (first.failure);
  desk_clear (&second);
}

static void
a_device_that_opens_and_gives_nothing_is_told (void)
{
  Desk desk = { 0 };

  g_atomic_int_set (&slow.closed, 1);
  desk_start (&desk, "avaslowsource", 400);
  wait_for_failure (&desk, "does not open");
  desk_clear (&desk);
  g_assert_cmpuint (desk.opened, ==, 0);
}

static void
a_device_that_falls_silent_in_a_call_is_told (void)
{
  Desk desk = { 0 };

  desk_start (&desk, "avaslowsource", 2000);
  wait_for_frames (&desk, 10);
  g_atomic_int_set (&slow.closed, 1);
  wait_for_failure (&desk, "no sound any more");
  desk_clear (&desk);
}

static void
a_device_that_cannot_be_opened_is_told (void)
{
  static const char *const sources[] = { "filesrc location=/nowhere/at/all ! wavparse", "audiotestsrc num-buffers=3 ! fakesink audiotestsrc ! identity error-after=1" };

  for (guint i = 0; i < G_N_ELEMENTS (sources); i++) {
    Desk desk = { 0 };

    desk_start (&desk, sources[i], 0);
    wait_for_failure (&desk, "could not be opened");
    desk_clear (&desk);
    g_assert_cmpuint (desk.opened, ==, 0);
  }
}

/* A device that only one may use: the call that follows another at once gets it. */
static void
one_is_closed_before_the_next_is_opened (void)
{
  slow.most_open = 0;
  for (guint i = 0; i < 5; i++) {
    Desk desk = { 0 };

    desk_start (&desk, "avaslowsource", 0);
    wait_for_frames (&desk, 2);
    ava_frame_port_stop (desk.port);
    g_assert_finalize_object (desk.port);
  }
  for (guint i = 0; i < 20000 && g_atomic_int_get (&slow.living) > 0; i++)
    g_usleep (1000);
  g_assert_cmpint (g_atomic_int_get (&slow.living), ==, 0);
  g_assert_cmpint (slow.most_open, ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ava_media_init ();
  g_setenv ("AVA_AUDIO_SINK", "fakesink sync=true", TRUE);
  gst_element_register (NULL, "avaslowsource", GST_RANK_NONE, slow_source_get_type ());
  g_test_add_func ("/device-port/main-loop-goes-on", the_main_loop_goes_on_while_a_device_opens);
  g_test_add_func ("/device-port/closed-while-opening", what_is_closed_while_it_opens_leaves_nothing);
  g_test_add_func ("/device-port/dropped-when-open", what_is_dropped_when_it_has_opened_leaves_nothing);
  g_test_add_func ("/device-port/stopped-at-opening", who_stops_at_its_opening_gets_no_frame);
  g_test_add_func ("/device-port/hangs", a_sound_system_that_hangs_is_told);
  g_test_add_func ("/device-port/hangs-for-two", nobody_waits_for_ever_behind_a_device_that_hangs);
  g_test_add_func ("/device-port/gives-nothing", a_device_that_opens_and_gives_nothing_is_told);
  g_test_add_func ("/device-port/falls-silent", a_device_that_falls_silent_in_a_call_is_told);
  g_test_add_func ("/device-port/cannot-be-opened", a_device_that_cannot_be_opened_is_told);
  g_test_add_func ("/device-port/one-after-the-other", one_is_closed_before_the_next_is_opened);
  return g_test_run ();
}
