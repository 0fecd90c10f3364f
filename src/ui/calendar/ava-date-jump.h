/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * AvaDateJump:
 *
 * Chooses a day: from a month, or by what people say: "thu", "dec 5", "in two weeks".
 *
 * Signals: "picked" (guint julian): the day, as g_date_get_julian() counts
 */
#define AVA_TYPE_DATE_JUMP (ava_date_jump_get_type ())
G_DECLARE_FINAL_TYPE (AvaDateJump, ava_date_jump, AVA, DATE_JUMP, GtkPopover)

/* What phrases are relative to, and the day that is shown. */
void        ava_date_jump_set_now     (AvaDateJump *self,
                                       gint64       now_us,
                                       GTimeZone   *zone);
void        ava_date_jump_set_day     (AvaDateJump *self,
                                       const GDate *day);
void        ava_date_jump_set_phrase  (AvaDateJump *self,
                                       const char  *phrase);
const char *ava_date_jump_get_words   (AvaDateJump *self);   /* what it makes of the phrase */
gboolean    ava_date_jump_go          (AvaDateJump *self);

G_END_DECLS
