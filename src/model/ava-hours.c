/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-hours.h"

#include <string.h>

/* Hours of a day as people write them: "9-12, 13-17:30", "9:00–18:00", "9 am to 5 pm". */

static void
skip_blank (const char **at)
{
  while (g_ascii_isspace (**at))
    (*at)++;
}

static gboolean
read_number (const char **at,
             int         *number)
{
  *number = 0;
  if (!g_ascii_isdigit (**at))
    return FALSE;
  for (int i = 0; i < 2 && g_ascii_isdigit (**at); i++)
    *number = *number * 10 + g_ascii_digit_value (*(*at)++);
  return !g_ascii_isdigit (**at);
}

/* @half: "" without am or pm. */
static gboolean
read_time (const char **at,
           int         *minute,
           char        *half)
{
  int hour;
  int rest = 0;

  skip_blank (at);
  if (!read_number (at, &hour))
    return FALSE;
  if ((**at == ':' || **at == '.') && ((*at)++, !read_number (at, &rest)))
    return FALSE;
  skip_blank (at);
  *half = '\0';
  if ((g_ascii_tolower (**at) == 'a' || g_ascii_tolower (**at) == 'p') && g_ascii_tolower ((*at)[1]) == 'm') {
    *half = g_ascii_tolower (**at);
    *at += 2;
    if (hour < 1 || hour > 12)
      return FALSE;
    hour = hour % 12 + (*half == 'p' ? 12 : 0);
  }
  *minute = hour * 60 + rest;
  return hour <= 24 && rest < 60 && *minute <= 1440;
}

static gboolean
read_dash (const char **at)
{
  static const char *const dashes[] = { "-", "–", "—", "to" };

  skip_blank (at);
  for (guint i = 0; i < G_N_ELEMENTS (dashes); i++) {
    if (g_str_has_prefix (*at, dashes[i])) {
      *at += strlen (dashes[i]);
      return TRUE;
    }
  }
  return FALSE;
}

/* "9-5" is nine to five in the afternoon. */
static gboolean
read_span (const char **at,
           AvaSpan     *span)
{
  char open_half;
  char close_half;

  if (!read_time (at, &span->open_min, &open_half) || !read_dash (at) || !read_time (at, &span->close_min, &close_half))
    return FALSE;
  if (open_half == '\0' && close_half == 'p' && span->open_min + 720 < span->close_min && span->open_min < 360)
    span->open_min += 720;
  if (close_half == '\0' && span->close_min <= span->open_min && span->open_min < 720)
    span->close_min += 720;
  return span->close_min > span->open_min && span->close_min <= 1440;
}

/**
 * ava_spans_parse:
 * @text: as somebody writes the hours of a day; blank or "closed" for none
 * @spans: (out caller-allocates): at least AVA_SPA_MAX_SPANS
 *
 * Returns: how many spans there are, in order and apart; -1 when @text is none
 */
int
ava_spans_parse (const char *text,
                 AvaSpan    *spans)
{
  const char *at = text;
  int count = 0;

  skip_blank (&at);
  if (*at == '\0' || g_ascii_strcasecmp (at, "closed") == 0 || g_ascii_strcasecmp (at, "off") == 0)
    return 0;
  for (;;) {
    if (count == AVA_SPA_MAX_SPANS || !read_span (&at, &spans[count]) ||
        (count > 0 && spans[count].open_min < spans[count - 1].close_min))
      return -1;
    count++;
    skip_blank (&at);
    if (*at == '\0')
      return count;
    if (*at != ',' && *at != ';')
      return -1;
    at++;
  }
}

/**
 * ava_spans_print:
 *
 * Returns: (transfer full): "9:00–12:00, 13:00–17:30", "" for none
 */
char *
ava_spans_print (const AvaSpan *spans,
                 guint          count)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < count; i++)
    g_string_append_printf (text, "%s%d:%02d–%d:%02d", i > 0 ? ", " : "", spans[i].open_min / 60, spans[i].open_min % 60,
                            spans[i].close_min / 60, spans[i].close_min % 60);
  return g_string_free (text, FALSE);
}

/**
 * ava_spans_add:
 * @spans: (inout): with room for AVA_SPA_MAX_SPANS
 * @count: (inout):
 *
 * Opens @span too; spans that touch become one.
 *
 * Returns: whether there was room for it
 */
gboolean
ava_spans_add (AvaSpan *spans,
               guint   *count,
               AvaSpan  span)
{
  guint kept = 0;
  guint at;

  for (guint i = 0; i < *count; i++) {
    if (spans[i].open_min <= span.close_min && spans[i].close_min >= span.open_min) {
      span.open_min = MIN (span.open_min, spans[i].open_min);
      span.close_min = MAX (span.close_min, spans[i].close_min);
    } else {
      spans[kept++] = spans[i];
    }
  }
  *count = kept;
  if (kept == AVA_SPA_MAX_SPANS || span.close_min <= span.open_min)
    return FALSE;
  for (at = kept; at > 0 && spans[at - 1].open_min > span.open_min; at--)
    spans[at] = spans[at - 1];
  spans[at] = span;
  (*count)++;
  return TRUE;
}

/**
 * ava_spans_cut:
 *
 * Closes what lies in @cut: a break.
 *
 * Returns: whether there was room for what it leaves
 */
gboolean
ava_spans_cut (AvaSpan *spans,
               guint   *count,
               AvaSpan  cut)
{
  AvaSpan left[AVA_SPA_MAX_SPANS * 2];
  guint n = 0;

  for (guint i = 0; i < *count; i++) {
    AvaSpan before = { spans[i].open_min, MIN (spans[i].close_min, cut.open_min) };
    AvaSpan after = { MAX (spans[i].open_min, cut.close_min), spans[i].close_min };

    if (before.close_min > before.open_min)
      left[n++] = before;
    if (after.close_min > after.open_min && (cut.close_min > cut.open_min || before.close_min <= before.open_min))
      left[n++] = after;
  }
  if (n > AVA_SPA_MAX_SPANS)
    return FALSE;
  memcpy (spans, left, n * sizeof *spans);
  *count = n;
  return TRUE;
}
