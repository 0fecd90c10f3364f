/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-customer-card-private.h"

#include "ava-display.h"

#include <glib/gi18n.h>

/* The rows “So Far” of the card. */

static GTimeZone *
get_zone (AvaCustomerCard *self)
{
  return ava_context_get_spa (self->context)->zone;
}

static gint64
get_now (AvaCustomerCard *self)
{
  return ava_clock_now_us (ava_context_get_clock (self->context));
}

static void
set_row (AdwActionRow *row,
         const char   *words)
{
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_action_row_set_subtitle (row, words != NULL ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (row), words != NULL && *words != '\0');
}

static char *
word_visit (AvaCustomerCard *self,
            gint64           time_us)
{
  g_autofree char *day = NULL;
  g_autofree char *time = NULL;

  if (time_us == 0)
    return g_strdup (_("None"));
  day = ava_display_day (time_us, get_now (self), get_zone (self));
  time = ava_display_time (time_us, get_zone (self));
  return g_strdup_printf ("%s, %s", day, time);
}

static char *
word_kept (const AvaCustomerFigures *figures)
{
  double rate = ava_customer_figures_show_rate (figures);

  if (rate < 0)
    return g_strdup ("");
  return g_strdup_printf (_("%.0f %%: %u came, %u did not, %u cancelled"), rate * 100, figures->visits, figures->no_shows, figures->cancelled);
}

static char *
word_calls (const AvaCustomerFigures *figures)
{
  double rate = ava_customer_figures_booking_rate (figures);

  return rate < 0 ? g_strdup ("") : g_strdup_printf (_("%u, of which %.0f %% ended with a booking"), figures->calls, rate * 100);
}

/* Ends ava_store_customer_figures_async() for a card, of which @user_data is a reference. */
void
ava_customer_card_figures_cb (GObject      *source,
                              GAsyncResult *result,
                              gpointer      user_data)
{
  g_autoptr (AvaCustomerCard) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree AvaCustomerFigures *figures = ava_store_customer_figures_finish (AVA_STORE (source), result, &error);
  g_autofree char *next = NULL;
  g_autofree char *last = NULL;
  g_autofree char *spent = NULL;
  g_autofree char *count = NULL;
  g_autofree char *visits = NULL;
  g_autofree char *kept = NULL;
  g_autofree char *calls = NULL;
  g_autofree char *rhythm = NULL;
  g_autofree char *satisfaction = NULL;

  if (figures == NULL || self->context == NULL)
    return;
  next = word_visit (self, figures->next_visit_us);
  last = word_visit (self, figures->last_visit_us);
  spent = ava_display_money (figures->spent_cents, ava_context_get_spa (self->context)->currency);
  count = g_strdup_printf (ngettext ("%u visit", "%u visits", figures->visits), figures->visits);
  /* Translators: how often, and what it brought in all. */
  visits = g_strdup_printf (_("%s · %s in all"), count, spent);
  kept = word_kept (figures);
  calls = word_calls (figures);
  if (figures->interval_days >= 1)
    rhythm = g_strdup_printf (ngettext ("%.0f day", "%.0f days", (gulong) (figures->interval_days + 0.5)), figures->interval_days);
  if (figures->satisfaction > 0)
    satisfaction = g_strdup_printf (_("%.1f of 5"), figures->satisfaction);
  set_row (self->next, next);
  set_row (self->last, last);
  set_row (self->visits, visits);
  set_row (self->kept, kept);
  set_row (self->rhythm, rhythm);
  set_row (self->calls, calls);
  set_row (self->satisfaction, satisfaction);
}
