/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "ava-realtime-settings.h"

G_BEGIN_DECLS

/* Who answers calls. */
typedef enum {
  AVA_ANSWERED_BY_AUTO,      /* the cloud voice where it is set up and can be reached, else this machine, without a word */
  AVA_ANSWERED_BY_LOCAL,
  AVA_ANSWERED_BY_REALTIME,  /* the cloud voice; when it cannot, this machine, and the receptionist is told, before a call too */
} AvaAnsweredBy;

/* Where the secret comes from. */
typedef enum {
  AVA_KEY_PLACE_NONE,
  AVA_KEY_PLACE_KEYRING,
  AVA_KEY_PLACE_ENVIRONMENT,   /* AVA_OPENAI_KEY: for this run only */
} AvaKeyPlace;

/**
 * AvaCloudVoice:
 *
 * How this desk reaches its voice service, and whether it does: settings, their override by the environment, and the
 * secret, which is kept in the keyring and in no file. Main thread.
 *
 * Properties: "trouble" (string, nullable: why the cloud voice cannot be used, in words), "key-place" (int
 * AvaKeyPlace), "keyring-trouble" (string, nullable: why the keyring cannot be asked, in words), "looking" (boolean:
 *   the keyring is being asked, which takes seconds at most).
 * Signals: "changed": any of the settings, or the secret.
 */
#define AVA_TYPE_CLOUD_VOICE (ava_cloud_voice_get_type ())
G_DECLARE_FINAL_TYPE (AvaCloudVoice, ava_cloud_voice, AVA, CLOUD_VOICE, GObject)

AvaCloudVoice             *ava_cloud_voice_new             (void);
/* Takes the settings of the app over; they are followed. */
void                       ava_cloud_voice_follow          (AvaCloudVoice       *self,
                                                            GSettings           *settings);
/* Fetches the secret from the keyring, unless the environment names one; again, when it could not be read. */
void                       ava_cloud_voice_unlock          (AvaCloudVoice       *self);
void                       ava_cloud_voice_store_key_async (AvaCloudVoice       *self,
                                                            const char          *key,
                                                            GCancellable        *cancellable,
                                                            GAsyncReadyCallback  callback,
                                                            gpointer             user_data);
gboolean                   ava_cloud_voice_store_key_finish(AvaCloudVoice       *self,
                                                            GAsyncResult        *result,
                                                            GError             **error);
/* The keyring gives it up; until the end of the run it can be put back. */
void                       ava_cloud_voice_forget_key_async (AvaCloudVoice      *self,
                                                            GCancellable        *cancellable,
                                                            GAsyncReadyCallback  callback,
                                                            gpointer             user_data);
gboolean                   ava_cloud_voice_forget_key_finish(AvaCloudVoice      *self,
                                                            GAsyncResult        *result,
                                                            GError             **error);
gboolean                   ava_cloud_voice_can_put_back    (AvaCloudVoice       *self);
void                       ava_cloud_voice_put_back_async  (AvaCloudVoice       *self,   /* ends with …_store_key_finish() */
                                                            GCancellable        *cancellable,
                                                            GAsyncReadyCallback  callback,
                                                            gpointer             user_data);
AvaKeyPlace                ava_cloud_voice_get_key_place   (AvaCloudVoice       *self);
const char                *ava_cloud_voice_get_keyring_trouble (AvaCloudVoice   *self);   /* nullable */
gboolean                   ava_cloud_voice_is_looking      (AvaCloudVoice       *self);
GSettings                 *ava_cloud_voice_get_followed    (AvaCloudVoice       *self);   /* of the app, nullable */
const char                *ava_cloud_voice_find_override   (AvaCloudVoice       *self,    /* variable that overrides @key, nullable */
                                                            const char          *key);
void                       ava_cloud_voice_choose          (AvaCloudVoice       *self,
                                                            AvaAnsweredBy        by);
AvaAnsweredBy              ava_cloud_voice_get_answered_by (AvaCloudVoice       *self);
gboolean                   ava_cloud_voice_is_used         (AvaCloudVoice       *self);
char                      *ava_cloud_voice_explain_absence (AvaCloudVoice       *self);   /* transfer full, nullable */
gboolean                   ava_cloud_voice_check           (AvaCloudVoice       *self,
                                                            GError             **error);
const AvaRealtimeSettings *ava_cloud_voice_get_settings    (AvaCloudVoice       *self);
gboolean                   ava_answered_by_from_string     (const char          *text,
                                                            AvaAnsweredBy       *by);

G_END_DECLS
