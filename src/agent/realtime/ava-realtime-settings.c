/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-realtime-settings.h"

#include "ava-redact.h"

#include <gio/gio.h>
#include <string.h>

#define USUAL_URL "wss://api.openai.com/v1/realtime"

G_DEFINE_QUARK (ava-realtime-error-quark, ava_realtime_error)

/* Gone, or soon to be: a call with one of them would fail at once. */
static const char *const gone[] = {
  "gpt-4o-realtime-preview", "gpt-4o-mini-realtime-preview", "gpt-realtime-mini-2025-10-06",
};

/**
 * ava_realtime_settings_new:
 *
 * Returns: (transfer full): the usual settings, with no key
 */
AvaRealtimeSettings *
ava_realtime_settings_new (void)
{
  AvaRealtimeSettings *self = g_new0 (AvaRealtimeSettings, 1);

  self->url = g_strdup (USUAL_URL);
  self->model = g_strdup ("gpt-realtime-2.1");
  self->voice = g_strdup ("marin");
  self->transcription_model = g_strdup ("gpt-transcribe");
  self->language = g_strdup ("en");
  self->noise_reduction = g_strdup ("");
  self->vad_threshold = 0.6;
  self->vad_prefix_ms = 300;
  self->vad_silence_ms = 600;
  self->connect_ms = 4000;
  self->rotate_s = 3000;
  self->cap_micros = 5 * 1000000;
  return self;
}

/**
 * ava_realtime_settings_copy:
 *
 * Returns: (transfer full): the same
 */
AvaRealtimeSettings *
ava_realtime_settings_copy (const AvaRealtimeSettings *self)
{
  AvaRealtimeSettings *copy = g_memdup2 (self, sizeof *self);

  copy->url = g_strdup (self->url);
  copy->key = g_strdup (self->key);
  copy->model = g_strdup (self->model);
  copy->voice = g_strdup (self->voice);
  copy->transcription_model = g_strdup (self->transcription_model);
  copy->language = g_strdup (self->language);
  copy->noise_reduction = g_strdup (self->noise_reduction);
  copy->ca_file = g_strdup (self->ca_file);
  copy->headers = g_strdupv (self->headers);
  return copy;
}

/**
 * ava_realtime_settings_free:
 * @self: (transfer full) (nullable):
 */
void
ava_realtime_settings_free (AvaRealtimeSettings *self)
{
  if (self == NULL)
    return;
  g_free (self->url);
  g_free (self->key);
  g_free (self->model);
  g_free (self->voice);
  g_free (self->transcription_model);
  g_free (self->language);
  g_free (self->noise_reduction);
  g_free (self->ca_file);
  g_strfreev (self->headers);
  g_free (self);
}

static gboolean
headers_equal (GStrv a,
               GStrv b)
{
  static const char *const none[] = { NULL };

  return g_strv_equal (a != NULL ? (const char *const *) a : none, b != NULL ? (const char *const *) b : none);
}

/**
 * ava_realtime_settings_equal:
 *
 * Returns: whether a line that was opened with @a serves a call that wants @b
 */
gboolean
ava_realtime_settings_equal (const AvaRealtimeSettings *a,
                             const AvaRealtimeSettings *b)
{
  const char *const texts[][2] = {
    { a->url, b->url }, { a->key, b->key }, { a->model, b->model }, { a->voice, b->voice }, { a->language, b->language },
    { a->transcription_model, b->transcription_model }, { a->noise_reduction, b->noise_reduction }, { a->ca_file, b->ca_file },
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    if (g_strcmp0 (texts[i][0], texts[i][1]) != 0)
      return FALSE;
  }
  return headers_equal (a->headers, b->headers) && a->connect_ms == b->connect_ms && a->rotate_s == b->rotate_s &&
         a->reconnects == b->reconnects;
}

static gboolean
is_loopback (const char *host)
{
  g_autoptr (GInetAddress) address = host != NULL ? g_inet_address_new_from_string (host) : NULL;

  return g_strcmp0 (host, "localhost") == 0 || (address != NULL && g_inet_address_get_is_loopback (address));
}

static gboolean
is_safe (const char *scheme)
{
  return g_str_equal (scheme, "wss") || g_str_equal (scheme, "https");
}

static gboolean
check_url (const char  *url,
           GError     **error)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_ENCODED, NULL);
  g_autofree char *plain = ava_redact (url);
  const char *scheme = uri != NULL ? g_uri_get_scheme (uri) : "";
  gboolean safe = is_safe (scheme);

  if (uri == NULL || g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0' ||
      (!safe && !g_str_equal (scheme, "ws") && !g_str_equal (scheme, "http"))) {
    g_set_error (error, AVA_REALTIME_ERROR, AVA_REALTIME_ERROR_URL,
                 "“%s” is not the address of a voice service: it must begin with wss://.", plain);
    return FALSE;
  }
  if (!safe && !is_loopback (g_uri_get_host (uri))) {
    g_set_error (error, AVA_REALTIME_ERROR, AVA_REALTIME_ERROR_URL,
                 "“%s” would send callers' voices over the network unencrypted. Only wss:// is allowed, except for "
                 "this machine itself.", plain);
    return FALSE;
  }
  return TRUE;
}

/* Settings are no place for a secret: it belongs into the keyring. */
static gboolean
is_secret (const char *header)
{
  static const char *const names[] = { "authorization:", "api-key:", "x-api-key:", "proxy-authorization:" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    if (g_ascii_strncasecmp (header, names[i], strlen (names[i])) == 0)
      return TRUE;
  }
  return FALSE;
}

static gboolean
check_headers (GStrv    headers,
               GError **error)
{
  for (guint i = 0; headers != NULL && headers[i] != NULL; i++) {
    const char *colon = strchr (headers[i], ':');

    if (is_secret (headers[i])) {
      g_set_error_literal (error, AVA_REALTIME_ERROR, AVA_REALTIME_ERROR_HEADER,
                           "A key does not belong among the extra headers: enter it as the key, so that it is kept in the keyring.");
      return FALSE;
    }
    if (colon == NULL || colon == headers[i] || strpbrk (headers[i], "\r\n") != NULL ||
        g_ascii_strncasecmp (headers[i], "openai-beta", 11) == 0) {
      /* It may hold a key, and these words are written down. */
      g_set_error (error, AVA_REALTIME_ERROR, AVA_REALTIME_ERROR_HEADER,
                   "Extra header %u cannot be sent to the voice service: a header is a name, a colon and a value.", i + 1);
      return FALSE;
    }
  }
  return TRUE;
}

/**
 * ava_realtime_settings_check:
 *
 * Returns: whether a call can be tried with these; else @error says in words what is missing (AVA_REALTIME_ERROR, Q-50)
 */
gboolean
ava_realtime_settings_check (const AvaRealtimeSettings  *self,
                             GError                    **error)
{
  if (!check_url (self->url, error) || !check_headers (self->headers, error))
    return FALSE;
  if (self->key == NULL || *self->key == '\0') {
    g_set_error_literal (error, AVA_REALTIME_ERROR, AVA_REALTIME_ERROR_KEY,
                         "There is no key for the cloud voice. Enter one in the settings, or set AVA_OPENAI_KEY.");
    return FALSE;
  }
  if (strpbrk (self->key, "\r\n ") != NULL) {
    g_set_error_literal (error, AVA_REALTIME_ERROR, AVA_REALTIME_ERROR_KEY,
                         "The key of the cloud voice has a blank or a line break in it: it was not copied whole.");
    return FALSE;
  }
  if (*self->model == '\0') {
    g_set_error_literal (error, AVA_REALTIME_ERROR, AVA_REALTIME_ERROR_MODEL, "No model of the cloud voice is chosen.");
    return FALSE;
  }
  for (guint i = 0; i < G_N_ELEMENTS (gone); i++) {
    if (g_str_has_prefix (self->model, gone[i])) {
      g_set_error (error, AVA_REALTIME_ERROR, AVA_REALTIME_ERROR_MODEL,
                   "The model “%s” has been shut down by its maker. Choose another one.", self->model);
      return FALSE;
    }
  }
  return TRUE;
}

/**
 * ava_realtime_settings_get_url:
 *
 * Returns: (transfer full): where to connect to, with the model in the query
 */
char *
ava_realtime_settings_get_url (const AvaRealtimeSettings *self)
{
  g_autoptr (GUri) uri = g_uri_parse (self->url, G_URI_FLAGS_ENCODED, NULL);
  g_autofree char *model = g_uri_escape_string (self->model, NULL, FALSE);
  const char *scheme = is_safe (g_uri_get_scheme (uri)) ? "wss" : "ws";
  const char *path = g_uri_get_path (uri);
  const char *query = g_uri_get_query (uri);
  g_autofree char *all = query != NULL && *query != '\0' ? g_strdup_printf ("%s&model=%s", query, model)
                                                        : g_strdup_printf ("model=%s", model);
  g_autofree char *whole = NULL;

  if (query != NULL && strstr (query, "model=") != NULL) {
    g_free (all);
    all = g_strdup (query);
  }
  if (*path == '\0' || g_str_equal (path, "/"))
    whole = g_strdup ("/v1/realtime");
  else if (g_str_has_suffix (path, "/v1"))
    whole = g_strconcat (path, "/realtime", NULL);
  else
    whole = g_strdup (path);
  return g_uri_join (G_URI_FLAGS_ENCODED, scheme, NULL, g_uri_get_host (uri), g_uri_get_port (uri), whole, all, NULL);
}

/**
 * ava_realtime_settings_list_headers:
 *
 * Returns: (transfer full): "Name: value" for the handshake, the secret among them
 */
GStrv
ava_realtime_settings_list_headers (const AvaRealtimeSettings *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GUri) uri = g_uri_parse (self->url, G_URI_FLAGS_ENCODED, NULL);
  gboolean azure = uri != NULL && g_str_has_suffix (g_uri_get_host (uri), ".azure.com");
  g_autofree char *secret = g_strdup_printf (azure ? "api-key: %s" : "Authorization: Bearer %s", self->key);

  g_strv_builder_add (builder, secret);
  for (guint i = 0; self->headers != NULL && self->headers[i] != NULL; i++)
    g_strv_builder_add (builder, self->headers[i]);
  return g_strv_builder_end (builder);
}

static const char *const mode_names[] = { "server-vad", "semantic-vad", "client-vad", "push-to-talk" };

/**
 * ava_turn_mode_from_string:
 * @mode: (out):
 *
 * Returns: whether @text names a mode
 */
gboolean
ava_turn_mode_from_string (const char  *text,
                           AvaTurnMode *mode)
{
  for (guint i = 0; i < G_N_ELEMENTS (mode_names); i++) {
    if (g_strcmp0 (mode_names[i], text) == 0) {
      *mode = i;
      return TRUE;
    }
  }
  return FALSE;
}

/**
 * ava_turn_mode_to_string:
 *
 * Returns: the name of @mode, as settings and journals write it
 */
const char *
ava_turn_mode_to_string (AvaTurnMode mode)
{
  return mode_names[mode];
}
