/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-book.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * AvaHistoryList:
 *
 * What happened to an appointment, latest first: who changed it, from what, why, and on whose words.
 */
#define AVA_TYPE_HISTORY_LIST (ava_history_list_get_type ())
G_DECLARE_FINAL_TYPE (AvaHistoryList, ava_history_list, AVA, HISTORY_LIST, AdwBin)

void ava_history_list_set_events (AvaHistoryList *self,
                                  GPtrArray      *events,
                                  GTimeZone      *zone);

G_END_DECLS
