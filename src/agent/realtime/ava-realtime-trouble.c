/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-realtime-trouble.h"

#include "ava-redact.h"

#include <string.h>

static const struct {
  const char *code;
  AvaTroubleKind kind;
  const char *words;
} codes[] = {
  { "response_cancel_not_active", AVA_TROUBLE_EXPECTED, NULL },
  { "input_audio_buffer_commit_empty", AVA_TROUBLE_EXPECTED, NULL },
  { "item_truncate_invalid_item_id", AVA_TROUBLE_EXPECTED, NULL },
  { "item_retrieve_invalid_item_id", AVA_TROUBLE_EXPECTED, NULL },
  { "item_delete_invalid_item_id", AVA_TROUBLE_EXPECTED, NULL },
  { "conversation_already_has_active_response", AVA_TROUBLE_ACTIVE, NULL },
  { "session_expired", AVA_TROUBLE_EXPIRED, "The cloud voice ends every session after 60 minutes." },
  { "rate_limit_exceeded", AVA_TROUBLE_LIMIT, "The cloud voice is used more than the account allows right now (rate limit)." },
  { "server_error", AVA_TROUBLE_RESPONSE, "The cloud voice had an error of its own." },
  { "invalid_api_key", AVA_TROUBLE_FATAL, "The cloud voice does not accept the key. Check it in the settings." },
  { "beta_api_shape_disabled", AVA_TROUBLE_FATAL, "The cloud voice no longer speaks this old protocol. Remove the beta header from the settings." },
  { "missing_model", AVA_TROUBLE_FATAL, "No model of the cloud voice was named." },
  { "invalid_model", AVA_TROUBLE_FATAL, "The cloud voice does not know the chosen model." },
  { "model_not_found", AVA_TROUBLE_FATAL, "The chosen model of the cloud voice does not exist any more, or the account may not use it." },
  { "insufficient_quota", AVA_TROUBLE_FATAL, "The account of the cloud voice has no credit left." },
  { "billing_hard_limit_reached", AVA_TROUBLE_FATAL, "The spending limit of the account of the cloud voice is reached." },
  { "account_deactivated", AVA_TROUBLE_FATAL, "The account of the cloud voice is switched off." },
  { "unknown_parameter", AVA_TROUBLE_ODD, "The cloud voice does not understand one of our settings." },
  { "missing_required_parameter", AVA_TROUBLE_ODD, "The cloud voice misses something in what we sent." },
  { "invalid_value", AVA_TROUBLE_ODD, "The cloud voice does not accept one of our settings." },
  { "cannot_update_voice", AVA_TROUBLE_ODD, "The voice cannot be changed while Ava is speaking." },
};

/* Silent too: the service gives these no code. */
static const char *const expected_messages[] = {
  "no active response found", "Only model output audio messages can be truncated", "already shorter than",
};

static char *
add_detail (const char *words,
            const char *code,
            const char *message)
{
  g_autofree char *plain = ava_redact (message != NULL ? message : "");
  g_autofree char *plain_code = ava_redact (code != NULL ? code : "");
  g_autofree char *behind = *plain_code != '\0' ? g_strdup_printf (" (%s)", plain_code) : g_strdup ("");

  return *plain == '\0' ? g_strconcat (words, behind, NULL) : g_strdup_printf ("%s It said: %s%s", words, plain, behind);
}

/**
 * ava_trouble_find_wait_us:
 * @words: (nullable): of a service, which may say "Please try again in 1.5s."
 *
 * Returns: [us] that it asks to wait; 0: it does not say
 */
gint64
ava_trouble_find_wait_us (const char *words)
{
  static const char asks[] = "try again in ";
  const char *at = words != NULL ? strstr (words, asks) : NULL;
  double number;
  char *end;

  if (at == NULL)
    return 0;
  number = g_ascii_strtod (at + strlen (asks), &end);
  if (!(number > 0 && number < 1e6))
    return 0;
  end += strspn (end, " ");
  return g_str_has_prefix (end, "ms") || g_str_has_prefix (end, "milli") ? number * 1000 :
         *end == 'm' ? number * 60 * G_USEC_PER_SEC : number * G_USEC_PER_SEC;
}

static gssize
find_code (const char *code)
{
  for (guint i = 0; code != NULL && i < G_N_ELEMENTS (codes); i++) {
    if (strstr (code, codes[i].code) != NULL)
      return i;
  }
  return -1;
}

static AvaTroubleKind
judge (const char  *code,
       const char  *type,
       const char  *message,
       char       **words)
{
  gssize at = find_code (code);

  if (at < 0)
    at = find_code (type);
  for (guint i = 0; at < 0 && message != NULL && i < G_N_ELEMENTS (expected_messages); i++) {
    if (strstr (message, expected_messages[i]) != NULL) {
      *words = NULL;
      return AVA_TROUBLE_EXPECTED;
    }
  }
  if (at >= 0 && codes[at].words == NULL)
    *words = NULL;
  else
    *words = add_detail (at >= 0 ? codes[at].words : "The cloud voice reported an error.", code, message);
  return at >= 0 ? codes[at].kind : AVA_TROUBLE_ODD;
}

/**
 * ava_trouble_judge_error:
 * @event: an AVA_RT_ERROR
 * @words: (out) (transfer full) (nullable): %NULL when nobody need know
 *
 * Returns: what kind of trouble it is
 */
AvaTroubleKind
ava_trouble_judge_error (const AvaRealtimeEvent *event,
                         char                  **words)
{
  AvaTroubleKind kind = judge (event->code, ava_wire_get_text (event->error, "type"), event->text, words);

  /* Of the session, not of one response. */
  return kind == AVA_TROUBLE_RESPONSE ? AVA_TROUBLE_ODD : kind;
}

/**
 * ava_trouble_judge_response:
 * @response: of a response.done that was not completed
 * @words: (out) (transfer full) (nullable):
 *
 * Returns: what kind of trouble it is; cancelled is none
 */
AvaTroubleKind
ava_trouble_judge_response (JsonObject  *response,
                            char       **words)
{
  JsonObject *details = ava_wire_get_object (response, "status_details");
  JsonObject *error = ava_wire_get_object (details, "error");
  const char *status = ava_wire_get_text (response, "status");
  const char *reason = ava_wire_get_text (details, "reason");
  AvaTroubleKind kind;

  *words = NULL;
  if (g_strcmp0 (status, "failed") == 0) {
    kind = judge (ava_wire_get_text (error, "code"), ava_wire_get_text (error, "type"), ava_wire_get_text (error, "message"), words);
    return kind == AVA_TROUBLE_FATAL || kind == AVA_TROUBLE_LIMIT ? kind : AVA_TROUBLE_RESPONSE;
  }
  if (g_strcmp0 (status, "incomplete") == 0) {
    g_autofree char *plain = ava_redact (reason != NULL ? reason : "no reason given");

    *words = g_strdup_printf ("The cloud voice stopped in the middle of an answer (%s).", plain);
    return AVA_TROUBLE_ODD;
  }
  return AVA_TROUBLE_EXPECTED;
}

static AvaTroubleKind
judge_handshake (const AvaRealtimeEnd *end,
                 char                **words)
{
  switch (end->status) {
  case 401:
    *words = g_strdup ("The cloud voice does not accept the key (401). Check it in the settings.");
    return AVA_TROUBLE_FATAL;
  case 403:
    *words = g_strdup ("The account may not use the cloud voice (403).");
    return AVA_TROUBLE_FATAL;
  case 404:
    *words = g_strdup ("The cloud voice was not found at its address (404). Check address and model in the settings.");
    return AVA_TROUBLE_FATAL;
  case 429:
    *words = end->retry_s > 0 ?
             g_strdup_printf ("The cloud voice is used more than the account allows (429); it asks to wait %u s.", end->retry_s) :
             g_strdup ("The cloud voice is used more than the account allows, or its credit is used up (429).");
    return AVA_TROUBLE_LINE;
  default:
    *words = g_strdup_printf (end->status >= 500 ? "The cloud voice is out of order (%u)." :
                              "The cloud voice refused the call (%u).", end->status);
    return end->status >= 500 ? AVA_TROUBLE_LINE : AVA_TROUBLE_FATAL;
  }
}

/* No connection came about: what to look at is told, with what the system says. */
static char *
explain_error (const GError *error)
{
  if (error->domain == G_RESOLVER_ERROR)
    return g_strdup_printf ("The address of the cloud voice cannot be found (%s). Check the address in the settings and the internet connection.",
                            error->message);
  if (error->domain == G_TLS_ERROR)
    return g_strdup_printf ("The cloud voice could not prove who it is (%s).", error->message);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED))
    return g_strdup_printf ("Nothing answers at the address of the cloud voice (%s).", error->message);
  return g_strdup_printf ("The cloud voice cannot be reached (%s). Check the internet connection.", error->message);
}

/**
 * ava_trouble_judge_end:
 * @words: (out) (transfer full): why
 *
 * Returns: what kind of trouble it is that a line ended so
 */
AvaTroubleKind
ava_trouble_judge_end (const AvaRealtimeEnd *end,
                       char                **words)
{
  g_autofree char *plain = end->reason != NULL ? ava_redact (end->reason) : NULL;
  const char *reason = plain != NULL && *plain != '\0' ? plain : NULL;
  gssize at = find_code (end->reason);

  if (end->status != 0)
    return judge_handshake (end, words);
  if (end->error != NULL) {
    *words = explain_error (end->error);
    return AVA_TROUBLE_LINE;
  }
  if (at >= 0 && codes[at].words != NULL && codes[at].kind >= AVA_TROUBLE_EXPIRED) {
    *words = g_strdup_printf ("%s (close %u)", codes[at].words, end->close_code);
    return codes[at].kind;
  }
  if (end->close_code == 1001) {
    *words = reason != NULL && strstr (reason, "60 minutes") != NULL ? g_strdup ("The cloud voice ends every session after 60 minutes.") :
             g_strdup_printf ("The cloud voice went away (close 1001%s%s).", reason != NULL ? ", " : "", reason != NULL ? reason : "");
    return reason != NULL && strstr (reason, "maximum duration") != NULL ? AVA_TROUBLE_EXPIRED : AVA_TROUBLE_LINE;
  }
  if (end->close_code == 0 || end->close_code == 1005 || end->close_code == 1006) {
    *words = g_strdup_printf ("The line to the cloud voice was lost%s%s%s.", reason != NULL ? " (" : "", reason != NULL ? reason : "", reason != NULL ? ")" : "");
    return AVA_TROUBLE_LINE;
  }
  *words = g_strdup_printf ("The cloud voice ended the call (close %u%s%s).", end->close_code, reason != NULL ? ", " : "", reason != NULL ? reason : "");
  return end->close_code >= 1011 && end->close_code <= 1013 ? AVA_TROUBLE_LINE : AVA_TROUBLE_FATAL;
}
