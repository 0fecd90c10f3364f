/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-spa.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * AvaCalendarFilter:
 *
 * Which providers, rooms and states of appointments the calendar shows.
 *
 * Signals: "changed"
 */
#define AVA_TYPE_CALENDAR_FILTER (ava_calendar_filter_get_type ())
G_DECLARE_FINAL_TYPE (AvaCalendarFilter, ava_calendar_filter, AVA, CALENDAR_FILTER, GtkPopover)

void        ava_calendar_filter_set_spa          (AvaCalendarFilter *self,
                                                  AvaSpa            *spa);
GHashTable *ava_calendar_filter_get_hidden       (AvaCalendarFilter *self);   /* ids, borrowed */
guint       ava_calendar_filter_get_statuses     (AvaCalendarFilter *self);   /* bits 1 << AvaAppointmentStatus */
gboolean    ava_calendar_filter_get_only_working (AvaCalendarFilter *self);
gboolean    ava_calendar_filter_is_active        (AvaCalendarFilter *self);
void        ava_calendar_filter_show_status      (AvaCalendarFilter *self,
                                                  guint              status,
                                                  gboolean           shown);
void        ava_calendar_filter_show_owner       (AvaCalendarFilter *self,
                                                  const char        *id,
                                                  gboolean           shown);
void        ava_calendar_filter_reset            (AvaCalendarFilter *self);

G_END_DECLS
