/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-clients.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * AvaDuplicateView:
 *
 * Two records side by side, what differs in bold, and what can be done: make them one, or say that they are two.
 *
 * Signals: "done" (const char *id): which record is to be shown now; NULL: the next pair
 */
#define AVA_TYPE_DUPLICATE_VIEW (ava_duplicate_view_get_type ())
G_DECLARE_FINAL_TYPE (AvaDuplicateView, ava_duplicate_view, AVA, DUPLICATE_VIEW, AdwBin)

void ava_duplicate_view_set_desk (AvaDuplicateView *self,
                                  AvaContext       *context,
                                  AvaClients       *clients);
void ava_duplicate_view_show     (AvaDuplicateView *self,
                                  AvaCustomer      *one,
                                  AvaCustomer      *other,
                                  AvaSame           reasons);

G_END_DECLS
