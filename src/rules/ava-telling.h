/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How times are put into words: as Ava says them, or as the calendar writes them. Who asks for words decides. */
typedef enum {
  AVA_SPOKEN,      /* "Tuesday, December 1st", "3:30 PM" */
  AVA_WRITTEN,     /* "Tuesday, December 1", "15:30", or "3:30 PM" where people write it that way */
} AvaTelling;

char *ava_tell_day    (AvaTelling   telling,
                       const GDate *day);
char *ava_tell_minute (AvaTelling   telling,
                       int          minute);
char *ava_tell_time   (AvaTelling   telling,
                       gint64       at_us,
                       GTimeZone   *zone);
char *ava_tell_start  (AvaTelling   telling,
                       gint64       at_us,
                       GTimeZone   *zone);

G_END_DECLS
