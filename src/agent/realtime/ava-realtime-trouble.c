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
  { "rate_limit_exceeded", AVA_TROUBLE_RESPONSE, "The cloud voice is used more than the account allows right now (rate limit)." },
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

  if (*plain == '\0')
    return g_strdup_printf ("%s%s%s%s", words, code != NULL ? " (" : "", code != NULL ? code : "", code != NULL ? ")" : "");
  return g_strdup_printf ("%s It said: %s%s%s%s", words, plain, code != NULL ? " (" : "", code != NULL ? code : "", code != NULL ? ")" : "");
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
    return kind == AVA_TROUBLE_FATAL ? kind : AVA_TROUBLE_RESPONSE;
  }
  if (g_strcmp0 (status, "incomplete") == 0) {
    *words = g_strdup_printf ("The cloud voice stopped in the middle of an answer (%s).", reason != NULL ? reason : "no reason given");
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
    *words = end->retry_after != NULL ?
             g_strdup_printf ("The cloud voice is used more than the account allows (429); it asks to wait %s s.", end->retry_after) :
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
  const char *reason = end->reason != NULL && *end->reason != '\0' ? end->reason : NULL;
  gssize at = find_code (reason);

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
