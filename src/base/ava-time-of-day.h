/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The time of day as people of the user's locale write it: "14:30", or "2:30 PM". */
gboolean ava_time_of_day_has_halves (const char *locale_format);
char    *ava_time_of_day_print      (GDateTime  *time);
char    *ava_time_of_day_print_minute (int      minute);
char    *ava_time_of_day_print_date (GDateTime  *time,
                                     const char *date_format);

G_END_DECLS
