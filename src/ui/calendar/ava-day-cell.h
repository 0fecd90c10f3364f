/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-appointment-chip.h"

G_BEGIN_DECLS

/* A day of a month, or a provider's day of a week. Strings are borrowed until it is set. */
typedef struct {
  GDate day;
  const char *provider_id;    /* nullable: everyone */
  const char *title;          /* "1"; nullable where the header says it */
  const char *note;           /* "Closed: Thanksgiving", nullable */
  const char *label;          /* for screen readers */
  gboolean closed;            /* shaded */
  gboolean outside;           /* of another month */
  gboolean today;
  GPtrArray *appointments;    /* AvaAppointment by start, those to be shown */
} AvaDayCellContent;

/**
 * AvaDayCell:
 *
 * A day as a list of its appointments, a line each; of those that find no room it says how many they are.
 *
 * Signals: "chosen" (AvaAppointmentChip*), "opened": the day itself was entered.
 */
#define AVA_TYPE_DAY_CELL (ava_day_cell_get_type ())
G_DECLARE_FINAL_TYPE (AvaDayCell, ava_day_cell, AVA, DAY_CELL, GtkWidget)

AvaDayCell          *ava_day_cell_new         (void);
void                 ava_day_cell_set_content (AvaDayCell              *self,
                                               const AvaDayCellContent *content,
                                               GTimeZone               *zone);
const GDate         *ava_day_cell_get_day     (AvaDayCell              *self);
const char          *ava_day_cell_get_provider (AvaDayCell             *self);
guint                ava_day_cell_get_n_chips (AvaDayCell              *self);
guint                ava_day_cell_get_n_hidden (AvaDayCell             *self);   /* told of in words only */
AvaAppointmentChip  *ava_day_cell_find_chip   (AvaDayCell              *self,
                                               const char              *appointment_id);

G_END_DECLS
