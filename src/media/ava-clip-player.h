/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * AvaClipPlayer:
 *
 * Plays a part of a call's recording on the desk's speaker, also while the recording still grows.
 * One clip at a time; a new one stops the one before. Main thread; the file is read and the speaker
 * opened on a worker.
 *
 * Signals: "ended" (const char *trouble): it was played to its end or stopped; @trouble (nullable) says
 * in words why nothing, or not all, was heard. Once for each ava_clip_player_play().
 */
#define AVA_TYPE_CLIP_PLAYER (ava_clip_player_get_type ())
G_DECLARE_FINAL_TYPE (AvaClipPlayer, ava_clip_player, AVA, CLIP_PLAYER, GObject)

AvaClipPlayer *ava_clip_player_new  (void);
void           ava_clip_player_play (AvaClipPlayer  *self,
                                     const char     *path,
                                     gint64          from_us,
                                     gint64          to_us);
void           ava_clip_player_stop (AvaClipPlayer  *self);
GBytes        *ava_clip_load        (const char     *path,
                                     gint64          from_us,
                                     gint64          to_us,
                                     GError        **error);

G_END_DECLS
