/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ava-realtime-base64.h"
#include "ava-realtime-events.h"
#include "ava-realtime-upstream.h"

#include <string.h>

/* The short ways through the wire say what GLib and json-glib say, on proper input and on spoilt. */

static GBytes *
make_noise (GRand *rand,
            gsize  n)
{
  guint8 *data = g_malloc (n + 1);

  for (gsize i = 0; i < n; i++)
    data[i] = g_rand_int (rand);
  return g_bytes_new_take (data, n);
}

static void
base64_is_that_of_glib (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);

  for (gsize n = 0; n < 2000; n++) {
    g_autoptr (GBytes) bytes = make_noise (rand, n);
    g_autofree char *expected = g_base64_encode (g_bytes_get_data (bytes, NULL), n);
    g_autofree char *text = g_malloc0 (AVA_BASE64_LENGTH (n) + 1);
    g_autoptr (GBytes) back = NULL;

    ava_base64_encode (g_bytes_get_data (bytes, NULL), n, text);
    g_assert_cmpstr (text, ==, expected != NULL ? expected : "");
    back = ava_base64_decode (text, strlen (text));
    g_assert_nonnull (back);
    g_assert_true (g_bytes_equal (back, bytes));
  }
}

static void
spoilt_base64_is_none (void)
{
  static const char *const spoilt[] = { "A", "AB", "ABC", "ABCDE", "A===", "====", "AB=C", "AB\nC", "ABC=DEFG", "AB C", "AB\"C", "\xc3\xa4" "AB" };

  for (guint i = 0; i < G_N_ELEMENTS (spoilt); i++)
    g_assert_null (ava_base64_decode (spoilt[i], strlen (spoilt[i])));
}

static AvaRealtimeEvent *
read_text (const char *text,
           gsize       size)
{
  g_autoptr (GBytes) frame = g_bytes_new (text, size);

  return ava_realtime_event_new (frame);
}

/* What json-glib finds. */
static void
compare_with_tree (AvaRealtimeEvent *event,
                   const char       *text,
                   gsize             size)
{
  JsonObject *tree = ava_wire_parse (text, size, NULL);
  gsize expected_size;
  g_autofree guchar *expected = NULL;

  if (tree == NULL)
    g_error ("no parser takes %.*s", (int) size, text);
  g_assert_cmpstr (event->name, ==, ava_wire_get_text (tree, "type"));
  g_assert_cmpstr (event->response_id, ==, ava_wire_get_text (tree, "response_id"));
  g_assert_cmpstr (event->item_id, ==, ava_wire_get_text (tree, "item_id"));
  expected = g_base64_decode (ava_wire_get_text (tree, "delta"), &expected_size);
  g_assert_cmpmem (g_bytes_get_data (event->audio, NULL), g_bytes_get_size (event->audio), expected, expected_size & ~(gsize) 1);
  json_object_unref (tree);
}

static char *
write_delta (GRand *rand)
{
  static const char *const forms[] = {
    "{\"type\":\"response.output_audio.delta\",\"event_id\":\"e_1\",\"response_id\":\"resp_1\",\"item_id\":\"item_1\",\"output_index\":0,\"content_index\":0,\"delta\":\"@\"}",
    "{ \"delta\" : \"@\" , \"item_id\" : \"i\",\n\t\"response_id\":\"r\", \"type\":\"response.audio.delta\" }\r\n",
    "{\"type\":\"response.output_audio.delta\",\"item_id\":\"a\",\"item_id\":\"b\",\"delta\":\"@\"}",
    "{\"type\":\"response.output_audio.delta\",\"item_id\":\"\",\"delta\":\"@\",\"obfuscation\":\"xyz\",\"n\":-12}",
  };
  g_autoptr (GBytes) audio = make_noise (rand, 2 * g_rand_int_range (rand, 0, 60));
  g_autofree char *base64 = g_base64_encode (g_bytes_get_data (audio, NULL), g_bytes_get_size (audio));
  GString *text;

  text = g_string_new (forms[g_rand_int_range (rand, 0, G_N_ELEMENTS (forms))]);
  g_string_replace (text, "@", base64 != NULL ? base64 : "", 1);
  return g_string_free (text, FALSE);
}

static void
deltas_are_read_without_a_tree (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (2);

  for (guint i = 0; i < 5000; i++) {
    g_autofree char *text = write_delta (rand);
    g_autoptr (AvaRealtimeEvent) event = read_text (text, strlen (text));

    g_assert_cmpint (event->type, ==, AVA_RT_AUDIO_DELTA);
    g_assert_null (event->root);
    compare_with_tree (event, text, strlen (text));
  }
}

static void
spoil (GRand   *rand,
       GString *text)
{
  static const char *const bits[] = { "\"", "\\", "{", "}", ",", ":", "[", "\n", " ", "1", "-", "=", "\\u0041", "\\n", "null", "\"delta\":", "\"type\":\"x\",", "0", ".5", "\xc3\xa4", "\xff" };

  for (guint n = g_rand_int_range (rand, 1, 4); n > 0; n--) {
    gsize at = g_rand_int_range (rand, 0, text->len + 1);
    gsize gone = g_rand_int_range (rand, 1, 6);

    if (g_rand_boolean (rand))
      g_string_insert (text, at, bits[g_rand_int_range (rand, 0, G_N_ELEMENTS (bits))]);
    else if (at < text->len)
      g_string_erase (text, at, MIN (text->len - at, gone));
  }
}

/* Whatever the short way takes means the same to a parser; and what no parser takes, it does not either. */
static void
spoilt_deltas_mean_what_a_parser_finds (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);
  guint taken = 0, left = 0;

  for (guint i = 0; i < 100000; i++) {
    g_autofree char *good = write_delta (rand);
    g_autoptr (GString) text = g_string_new (good);
    g_autoptr (AvaRealtimeEvent) event = NULL;

    spoil (rand, text);
    event = read_text (text->str, text->len);
    if (event->type == AVA_RT_AUDIO_DELTA && event->root == NULL) {
      compare_with_tree (event, text->str, text->len);
      taken++;
    } else {
      left++;
    }
  }
  g_test_message ("%u taken, %u left to the parser", taken, left);
  g_assert_cmpuint (taken, >, 1000);
  g_assert_cmpuint (left, >, 1000);
}

static JsonObject *
take (AvaRealtimeUpstream *upstream,
      guint                serial)
{
  gsize size;
  const char *text = ava_realtime_upstream_take (upstream, serial, &size);

  return ava_wire_parse (text, size, NULL);
}

static void
frames_that_wait_share_an_event (void)
{
  AvaRealtimeUpstream *upstream = ava_realtime_upstream_new ();
  gint16 pcm[320] = { 0 };

  g_assert_true (ava_realtime_upstream_is_empty (upstream));
  for (guint frames = 1; frames < 4; frames++) {
    JsonObject *event;

    for (guint i = 0; i < frames; i++)
      ava_realtime_upstream_add (upstream, pcm, 320);
    event = take (upstream, 6 + frames);
    g_assert_cmpstr (ava_wire_get_text (event, "type"), ==, "input_audio_buffer.append");
    g_assert_cmpuint (ava_wire_get_text (event, "event_id")[4], ==, '6' + frames);
    g_assert_cmpuint (strlen (ava_wire_get_text (event, "audio")), ==, 1280 * frames);
    json_object_unref (event);
    g_assert_true (ava_realtime_upstream_is_empty (upstream));
  }
  ava_realtime_upstream_free (upstream);
}

static void
only_the_last_second_is_kept (void)
{
  AvaRealtimeUpstream *upstream = ava_realtime_upstream_new ();
  gint16 pcm[320] = { 0 };
  JsonObject *event;

  for (guint i = 0; i < 120; i++)
    ava_realtime_upstream_add (upstream, pcm, 320);
  event = take (upstream, 1);
  g_assert_cmpuint (strlen (ava_wire_get_text (event, "audio")), ==, 64000);
  json_object_unref (event);
  ava_realtime_upstream_free (upstream);
}

/* json-glib alone takes comments and single quotes for JSON, and crashes on what nests deeply behind them. */
static void
nothing_nests_deeply_in_disguise (void)
{
  static const char *const heads[] = { "{\"a\":", "{'\"':", "{/*\"*/\"a\":", "{//\"\n\"a\":", "{#\"\n\"a\":", "{\"a\\\"\":" };
  static const char *const none[] = { "{'a':1}", "{\"a\":/* one */1}", "{\"a\":1}// end", "{\"a\":1}#" };

  for (guint i = 0; i < G_N_ELEMENTS (heads); i++) {
    g_autofree char *text = g_malloc (300000);
    g_autoptr (GError) error = NULL;

    memset (text, '[', 300000);
    memcpy (text, heads[i], strlen (heads[i]));
    g_assert_null (ava_wire_parse (text, 300000, &error));
    g_assert_true (error->domain == AVA_WIRE_ERROR);
  }
  for (guint i = 0; i < G_N_ELEMENTS (none); i++)
    g_assert_null (ava_wire_parse (none[i], strlen (none[i]), NULL));
}

static void
what_only_looks_like_a_comment_is_text (void)
{
  static const char text[] = "{\"a\":\"it's // no /* comment # [[[\"}";
  JsonObject *object = ava_wire_parse (text, strlen (text), NULL);

  g_assert_cmpstr (ava_wire_get_text (object, "a"), ==, "it's // no /* comment # [[[");
  json_object_unref (object);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/realtime-wire/base64", base64_is_that_of_glib);
  g_test_add_func ("/realtime-wire/spoilt-base64", spoilt_base64_is_none);
  g_test_add_func ("/realtime-wire/deltas", deltas_are_read_without_a_tree);
  g_test_add_func ("/realtime-wire/spoilt-deltas", spoilt_deltas_mean_what_a_parser_finds);
  g_test_add_func ("/realtime-wire/events", frames_that_wait_share_an_event);
  g_test_add_func ("/realtime-wire/second", only_the_last_second_is_kept);
  g_test_add_func ("/realtime-wire/deep", nothing_nests_deeply_in_disguise);
  g_test_add_func ("/realtime-wire/text", what_only_looks_like_a_comment_is_text);
  return g_test_run ();
}
