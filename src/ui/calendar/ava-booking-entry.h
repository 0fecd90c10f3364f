/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-book-search.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * AvaBookingEntry:
 *
 * Books onto a free time as one types: fragments of client, service and provider, the likeliest
 * bookings below, and what speaks against the one that is chosen. Enter takes it, Enter again books.
 * Asks the book; owns no page.
 *
 * Signals:
 *   "booked" (AvaAppointment*)
 *   "moved" (gint64 start_us): another time is wanted; it is set already
 *   "closed": given up
 */
#define AVA_TYPE_BOOKING_ENTRY (ava_booking_entry_get_type ())
G_DECLARE_FINAL_TYPE (AvaBookingEntry, ava_booking_entry, AVA, BOOKING_ENTRY, AdwBin)

AvaBookingEntry *ava_booking_entry_new       (AvaBook         *book);
void             ava_booking_entry_start     (AvaBookingEntry *self,
                                              const char      *location_id,
                                              const char      *provider_id,
                                              const char      *room_id,
                                              gint64           start_us,
                                              const char      *typed);
/* What Enter does. */
void             ava_booking_entry_press     (AvaBookingEntry *self);
GtkEditable     *ava_booking_entry_get_field (AvaBookingEntry *self);
const char      *ava_booking_entry_get_words (AvaBookingEntry *self);   /* what speaks against it, "" for nothing */
const char      *ava_booking_entry_get_first (AvaBookingEntry *self);   /* the likeliest booking in words, nullable */

G_END_DECLS
