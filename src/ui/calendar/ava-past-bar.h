/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-book.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * AvaPastBar:
 *
 * Looks back: a scrubber over all that happened to the appointments that are shown, and an entry for any
 * minute. What is looked at can be read only.
 *
 * Signals: "moment" (gint64 at_us): to be looked at, [us] UTC; 0: the present
 */
#define AVA_TYPE_PAST_BAR (ava_past_bar_get_type ())
G_DECLARE_FINAL_TYPE (AvaPastBar, ava_past_bar, AVA, PAST_BAR, GtkWidget)

/* @events: AvaBookEvent of the time that is shown, earliest first */
void        ava_past_bar_set_events (AvaPastBar *self,
                                     GPtrArray  *events,
                                     gint64      now_us,
                                     GTimeZone  *zone);
/* What is looked at now; 0: the present. */
void        ava_past_bar_set_moment (AvaPastBar *self,
                                     gint64      at_us);
guint       ava_past_bar_get_n_events (AvaPastBar *self);
/* After so many of the changes; all of them: the present. */
void        ava_past_bar_scrub      (AvaPastBar *self,
                                     guint       n_changes);
/* "10:15", "yesterday 10:15", "nov 24 at 9am"; FALSE when it is no moment of the past, see the words. */
gboolean    ava_past_bar_enter      (AvaPastBar *self,
                                     const char *phrase);
const char *ava_past_bar_get_words  (AvaPastBar *self);

G_END_DECLS
