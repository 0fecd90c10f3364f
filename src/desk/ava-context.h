/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-call-session.h"
#include "ava-speech-engines.h"
#include "ava-staff.h"
#include "ava-cloud-reserve.h"
#include "ava-cloud-voice.h"
#include "ava-line-call.h"
#include "ava-store.h"
#include "ava-toolbox.h"

G_BEGIN_DECLS

/**
 * AvaContext:
 *
 * The composition root: makes and owns clock, store, tools, speech engines and live calls.
 * One is made in main() and passed down. Main thread.
 *
 * Properties: "spa" (AvaSpa, notified when settings change)
 * Signals:
 *   "call-started" (AvaCallSession*), "call-ended" (AvaCallSession*),
 *   "booked" (AvaCallSession*, const char *appointment_id): made by a call,
 *   "safety-stop" (AvaCallSession*, const char *words),
 *   "changed-by-desk" (gint64 token, const char *words): the staff made a change that may be undone,
 *   "notice" (const char *words): trouble that a receptionist should read.
 */
#define AVA_TYPE_CONTEXT (ava_context_get_type ())
G_DECLARE_FINAL_TYPE (AvaContext, ava_context, AVA, CONTEXT, GObject)

/* One who can be called up for practice: a file in the demo folder. */
typedef struct {
  char *title;      /* "Sam books Botox for next Tuesday" */
  char *path;
} AvaPracticeCaller;

AvaContext     *ava_context_new               (const char   *data_dir,
                                               AvaClock     *clock,
                                               gboolean      demo,
                                               GError      **error);
void            ava_context_shut_down         (AvaContext   *self);
AvaClock       *ava_context_get_clock         (AvaContext   *self);
AvaStore       *ava_context_get_store         (AvaContext   *self);
AvaSpa         *ava_context_get_spa           (AvaContext   *self);
AvaToolbox     *ava_context_get_toolbox       (AvaContext   *self);
AvaHearing     *ava_context_get_hearing       (AvaContext   *self);
AvaStaff       *ava_context_get_staff         (AvaContext   *self);   /* who works at this desk */
AvaSpeechEngines *ava_context_get_engines     (AvaContext   *self);
AvaCloudVoice  *ava_context_get_cloud_voice   (AvaContext   *self);
AvaCloudReserve *ava_context_get_cloud_reserve (AvaContext  *self);   /* its line for the next call */
const char     *ava_context_get_data_dir      (AvaContext   *self);
GListModel     *ava_context_get_calls         (AvaContext   *self);   /* AvaCallSession that are live */
GPtrArray      *ava_context_list_practice     (AvaContext   *self);   /* AvaPracticeCaller, borrowed */
AvaCallSession *ava_context_take_call         (AvaContext   *self,
                                               AvaLineCall  *line_call);
/* Who changes the book at this desk tells it here: the window offers to take it back. */
void            ava_context_tell_change       (AvaContext   *self,
                                               gint64        token,
                                               const char   *words);
/* Practice or real: the call is answered at once. @path: a caller script, or NULL for the desk's microphone. */
AvaCallSession *ava_context_start_call        (AvaContext   *self,
                                               const char   *path,
                                               GError      **error);

G_END_DECLS
