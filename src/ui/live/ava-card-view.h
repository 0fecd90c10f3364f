/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-booking-card.h"
#include "ava-call-supervision.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * AvaCardView:
 *
 * The booking as far as Ava has understood it. Each field says in words and by an icon whether it is
 * missing, heard or confirmed, and from which words; activated it lets them be heard (MS-3).
 */
#define AVA_TYPE_CARD_VIEW (ava_card_view_get_type ())
G_DECLARE_FINAL_TYPE (AvaCardView, ava_card_view, AVA, CARD_VIEW, AdwBin)

void        ava_card_view_set_card  (AvaCardView    *self,
                                     AvaBookingCard *card);
void        ava_card_view_set_supervision (AvaCardView *self,
                                     AvaCallSupervision *supervision);
const char *ava_card_view_get_words (AvaCardView    *self,
                                     AvaCardField    field);
const char *ava_card_view_get_trouble (AvaCardView  *self);
const char *ava_card_view_get_value (AvaCardView    *self,
                                     AvaCardField    field);
const char *ava_card_view_get_mark  (AvaCardView    *self,
                                     AvaCardField    field);

G_END_DECLS
