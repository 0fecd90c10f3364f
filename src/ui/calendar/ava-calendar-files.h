/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-calendar-page.h"

G_BEGIN_DECLS

/* Gives @page the actions "files.print", "files.export", "files.import", about the day that it shows, and
 * "files.waitlist". */
void ava_calendar_files_install (AvaCalendarPage *page,
                                 AvaContext      *context);
/* Prints the day: @path with the action to export is the file, else NULL. */
void ava_calendar_files_print   (AvaCalendarPage         *page,
                                 AvaContext              *context,
                                 GtkPrintOperationAction  action,
                                 const char              *path);

G_END_DECLS
