/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-context.h"
#include "ava-dialogue.h"

G_BEGIN_DECLS

/**
 * AvaChat:
 *
 * A conversation with Ava in text: the same dialogue and tools as in a call, with no audio.
 * Main thread.
 */
#define AVA_TYPE_CHAT (ava_chat_get_type ())
G_DECLARE_FINAL_TYPE (AvaChat, ava_chat, AVA, CHAT, GObject)

AvaChat         *ava_chat_new         (AvaContext           *context,
                                       const char           *phone,
                                       const char           *customer_id,
                                       const char           *name);
/* @text: NULL greets; "" is a silence. */
void             ava_chat_hear_async  (AvaChat              *self,
                                       const char           *text,
                                       double                confidence,
                                       GAsyncReadyCallback   callback,
                                       gpointer              user_data);
AvaDialogueTurn *ava_chat_hear_finish (AvaChat              *self,
                                       GAsyncResult         *result,
                                       GError              **error);
/* It is over, said or not: what it held is free again, once the store comes to it. */
void             ava_chat_end         (AvaChat              *self);
GPtrArray       *ava_chat_get_tools   (AvaChat              *self);   /* AvaToolCall run in the last turn */
AvaBookingCard  *ava_chat_get_card    (AvaChat              *self);
JsonObject      *ava_chat_describe    (AvaChat              *self);

G_END_DECLS
