/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-date-phrase-private.h"

/* What the clock shows: "half past two", "1430", "three pm"; a bare number is a weak time. */

#define HALF_DAY 720

static const char *const units =
  "dollars|dollar|bucks|units|people|persons|syringes|syringe|areas|area|sessions|session|treatments|treatment|times|percent|"
  "years|year|months|month|weeks|week|days|day|hours|hour|minutes|minute|seconds|kids|children|appointments|appointment|more|"
  "friends|services|of|others|visits|visit|ladies|girls|guests|weeks|slots|options|questions|things|vials|lips|eyes";

/* Answers 1 for am, 2 for pm, 0 for neither. */
static int
read_meridiem (GArray *tokens,
               guint  *at)
{
  guint next;

  if (ava_date_tokens_fit (tokens, *at, "am", &next) || ava_date_tokens_fit (tokens, *at, "a m", &next)) {
    *at = next;
    return 1;
  }
  if (ava_date_tokens_fit (tokens, *at, "pm", &next) || ava_date_tokens_fit (tokens, *at, "p m", &next)) {
    *at = next;
    return 2;
  }
  return 0;
}

static void
apply_meridiem (AvaWallTime *clock,
                int          meridiem)
{
  if (meridiem == 0)
    return;
  clock->open = clock->weak = FALSE;
  if (clock->minute >= 780)
    return;
  clock->minute %= HALF_DAY;
  if (meridiem == 2)
    clock->minute += HALF_DAY;
}

static void
set_clock (AvaWallTime *clock,
           int          hour,
           int          minute,
           gboolean     definite)
{
  clock->minute = hour * 60 + minute;
  clock->open = !definite && hour >= 1 && hour <= 12;
  clock->weak = FALSE;
}

/* "half past two", "a quarter to four", "ten after nine". */
static gboolean
scan_fraction (GArray      *tokens,
               guint        at,
               AvaWallTime *clock,
               guint       *next)
{
  int minutes = 0;
  int hour;
  int sign;

  if (ava_date_tokens_fit (tokens, at, "half past", next)) {
    minutes = 30;
    sign = 1;
  } else if (ava_date_tokens_is (tokens, at, "half") && ava_date_tokens_number (tokens, at + 1, &hour, next) &&
             hour >= 1 && hour <= 12 && !ava_date_tokens_is (tokens, *next, units)) {
    *next = at + 1;   /* "half three" is half past three */
    minutes = 30;
    sign = 1;
  } else if (ava_date_tokens_fit (tokens, at, "?a quarter past|after", next)) {
    minutes = 15;
    sign = 1;
  } else if (ava_date_tokens_fit (tokens, at, "?a quarter to|till|til|of|before", next)) {
    minutes = 15;
    sign = -1;
  } else {
    if (!ava_date_token_is_word (tokens, at) || !ava_date_tokens_number (tokens, at, &minutes, next) ||
        (minutes != 5 && minutes != 10 && minutes != 20 && minutes != 25))
      return FALSE;
    *next += ava_date_tokens_is (tokens, *next, "minutes");
    if (ava_date_tokens_is (tokens, *next, "past|after"))
      sign = 1;
    else if (ava_date_tokens_is (tokens, *next, "to|till|til|before") &&
             !(at > 0 && ava_date_tokens_is (tokens, at - 1, "from|between")))
      sign = -1;
    else
      return FALSE;
    *next += 1;
  }
  if (ava_date_tokens_is (tokens, *next, "noon")) {
    set_clock (clock, 12, 0, TRUE);
    *next += 1;
  } else {
    if (!ava_date_tokens_number (tokens, *next, &hour, next) || hour < 1 || hour > 23)
      return FALSE;
    set_clock (clock, hour, 0, FALSE);
  }
  clock->minute += sign * minutes;
  if (clock->minute < 60 && clock->open)
    clock->minute += HALF_DAY;
  *next += ava_date_tokens_is (tokens, *next, "oclock");
  apply_meridiem (clock, read_meridiem (tokens, next));
  return TRUE;
}

static gboolean
scan_named (GArray      *tokens,
            guint        at,
            AvaWallTime *clock,
            guint       *next)
{
  if (ava_date_tokens_fit (tokens, at, "?high|twelve|12 noon", next)) {
    set_clock (clock, 12, 0, TRUE);
    return TRUE;
  }
  if (ava_date_tokens_fit (tokens, at, "after noon", next) || !ava_date_tokens_fit (tokens, at, "?twelve|12 midnight", next))
    return FALSE;
  set_clock (clock, 0, 0, TRUE);
  return TRUE;
}

/* "1430 hours", "330 pm", "at 1430". */
static gboolean
scan_packed (GArray      *tokens,
             guint        at,
             AvaWallTime *clock,
             guint       *next)
{
  const AvaDateToken *token = &g_array_index (tokens, AvaDateToken, at);
  int hour = token->number / 100;
  int minute = token->number % 100;
  gboolean hours;
  int meridiem;

  if (token->kind != AVA_TOKEN_NUMBER || token->ordinal || token->digits < 3 || token->digits > 4 ||
      hour > 23 || minute > 59)
    return FALSE;
  *next = at + 1;
  meridiem = read_meridiem (tokens, next);
  hours = ava_date_tokens_is (tokens, *next, "hours|h");
  if (meridiem == 0 && !hours &&
      !(token->digits == 4 && at > 0 && ava_date_tokens_is (tokens, at - 1, "at|after|before|around|by|between")))
    return FALSE;
  *next += hours;
  set_clock (clock, hour, minute, hours || token->text[0] == '0');
  apply_meridiem (clock, meridiem);
  return TRUE;
}

/* The minutes after an hour: "oh five", "thirty", "hundred". */
static gboolean
scan_minutes (GArray   *tokens,
              guint    *at,
              int      *minute,
              gboolean *military)
{
  int value;
  guint next;

  if (ava_date_tokens_is (tokens, *at, "hundred")) {
    *military = TRUE;
    *at += 1;
    *at += ava_date_tokens_is (tokens, *at, "hours");
    return TRUE;
  }
  if (ava_date_tokens_is (tokens, *at, "oh|o|zero") && ava_date_tokens_number (tokens, *at + 1, &value, &next) &&
      value > 0 && value < 10) {
    *minute = value;
    *at = next;
    return TRUE;
  }
  if (!ava_date_token_is_word (tokens, *at) && !(*at < tokens->len && g_array_index (tokens, AvaDateToken, *at).digits == 2))
    return FALSE;
  if (!ava_date_tokens_number (tokens, *at, &value, &next) || value < 10 || value > 59)
    return FALSE;
  *minute = value;
  *at = next;
  return TRUE;
}

/**
 * ava_date_scan_clock: (skip)
 * @clock: (out): what the clock shows then
 *
 * Returns: whether a time of the clock begins at @at; a bare number gives a weak one
 */
gboolean
ava_date_scan_clock (GArray      *tokens,
                     guint        at,
                     AvaWallTime *clock,
                     guint       *next)
{
  const AvaDateToken *token;
  gboolean military = FALSE;
  gboolean exact;
  gboolean oclock;
  int hour;
  int minute = 0;
  int meridiem;

  if (at >= tokens->len)
    return FALSE;
  token = &g_array_index (tokens, AvaDateToken, at);
  if (token->kind == AVA_TOKEN_CLOCK) {
    *next = at + 1;
    set_clock (clock, token->number / 60, token->number % 60, token->digits == 2 && token->number < 600);
    apply_meridiem (clock, read_meridiem (tokens, next));
    return !ava_date_tokens_is (tokens, *next, units);
  }
  if (scan_named (tokens, at, clock, next) || scan_fraction (tokens, at, clock, next) ||
      scan_packed (tokens, at, clock, next))
    return TRUE;
  if (!ava_date_tokens_number (tokens, at, &hour, next) || hour > 23 || token->digits > 2)
    return FALSE;
  exact = scan_minutes (tokens, next, &minute, &military);
  oclock = ava_date_tokens_is (tokens, *next, "oclock");
  if (oclock)
    *next += 1;
  else if (ava_date_tokens_fit (tokens, *next, "o clock", next))
    oclock = TRUE;
  meridiem = read_meridiem (tokens, next);
  set_clock (clock, hour, minute, military);
  clock->weak = !exact && !oclock;
  apply_meridiem (clock, meridiem);
  if (hour == 0 && clock->weak)
    return FALSE;
  return meridiem != 0 || oclock || !ava_date_tokens_is (tokens, *next, units);
}
