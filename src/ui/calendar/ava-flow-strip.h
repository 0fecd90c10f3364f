/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-book.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * AvaFlowStrip:
 *
 * The flow of today in one line: who is late, who waits and for how long, who is in the room, who comes
 * next, at the location that the calendar shows. Shows today there, whatever day the calendar shows; hidden while there
 * is nobody.
 *
 * Signals: "chosen" (AvaAppointment*)
 */
#define AVA_TYPE_FLOW_STRIP (ava_flow_strip_get_type ())
G_DECLARE_FINAL_TYPE (AvaFlowStrip, ava_flow_strip, AVA, FLOW_STRIP, AdwBin)

AvaFlowStrip *ava_flow_strip_new       (AvaBook      *book);
void          ava_flow_strip_set_spa   (AvaFlowStrip *self,
                                        AvaSpa       *here);
char         *ava_flow_strip_to_words  (AvaFlowStrip *self);   /* all of it, for tests and screen readers */

G_END_DECLS
