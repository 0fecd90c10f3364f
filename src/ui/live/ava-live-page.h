/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-call-view.h"
#include "ava-context.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * AvaLivePage:
 *
 * The calls of now. With none it welcomes; with several one is in focus and the others wait in a row
 * above as cards. A call that has ended stays until it is dismissed.
 *
 * Signals: "session-changed": another call is in focus, or its state or muting changed.
 */
#define AVA_TYPE_LIVE_PAGE (ava_live_page_get_type ())
G_DECLARE_FINAL_TYPE (AvaLivePage, ava_live_page, AVA, LIVE_PAGE, AdwBin)

AvaLivePage    *ava_live_page_new         (AvaContext     *context);
void            ava_live_page_add         (AvaLivePage    *self,
                                           AvaCallSession *session);
AvaCallSession *ava_live_page_get_session (AvaLivePage    *self);
AvaCallView    *ava_live_page_get_view    (AvaLivePage    *self);
void            ava_live_page_dismiss     (AvaLivePage    *self);
void            ava_live_page_step        (AvaLivePage    *self,
                                           int             by);
guint           ava_live_page_count       (AvaLivePage    *self);
void            ava_live_page_focus_steer (AvaLivePage    *self);

G_END_DECLS
