/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "ava-call-session.h"

G_BEGIN_DECLS

/**
 * AvaTalkButton:
 *
 * Push to talk: the caller is heard as long as it is held, by pointer, by Space or Enter on it, or by F8 anywhere in the
 * window. Assistive technology, which can only click, switches it. Shown only in calls that need it.
 */
#define AVA_TYPE_TALK_BUTTON (ava_talk_button_get_type ())
G_DECLARE_FINAL_TYPE (AvaTalkButton, ava_talk_button, AVA, TALK_BUTTON, AdwBin)

void     ava_talk_button_set_session (AvaTalkButton  *self,
                                      AvaCallSession *session);   /* nullable */
gboolean ava_talk_button_is_held     (AvaTalkButton  *self);

G_END_DECLS
