/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-card-view.h"
#include "ava-context.h"
#include "ava-transcript-view.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * AvaCallView:
 *
 * One call, while it lasts and after: state, levels, conversation, booking card, and what can be
 * done. A view of its session; the commands are the window's call.* actions.
 */
#define AVA_TYPE_CALL_VIEW (ava_call_view_get_type ())
G_DECLARE_FINAL_TYPE (AvaCallView, ava_call_view, AVA, CALL_VIEW, AdwBin)

AvaCallView       *ava_call_view_new            (void);
void               ava_call_view_set_session    (AvaCallView    *self,
                                                 AvaCallSession *session);
void               ava_call_view_set_named      (AvaCallView    *self,
                                                 gboolean        named);
AvaCardView       *ava_call_view_get_card       (AvaCallView    *self);
AvaTranscriptView *ava_call_view_get_transcript (AvaCallView    *self);
const char        *ava_call_view_get_state      (AvaCallView    *self);
const char        *ava_call_view_get_notice     (AvaCallView    *self);
void               ava_call_view_focus_steer    (AvaCallView    *self);

G_END_DECLS
