/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-frame-port.h"
#include "ava-pacer.h"

G_BEGIN_DECLS

typedef enum {
  AVA_LINE_ERROR_NO_DEVICE,     /* no microphone or speaker */
  AVA_LINE_ERROR_DEVICE_LOST,   /* unplugged in a call */
  AVA_LINE_ERROR_FILE,          /* not a sound file, empty, too long, unreadable */
  AVA_LINE_ERROR_SCRIPT,        /* a caller script with a fault */
  AVA_LINE_ERROR_VOICE,         /* a caller's synthesizer is not installed */
} AvaLineError;

#define AVA_LINE_ERROR (ava_line_error_quark ())
GQuark ava_line_error_quark (void);

/**
 * AvaLineCall:
 *
 * One call on a line: who is calling, the port that carries its audio, and its end. It never
 * assumes that the caller is in this process. Main thread.
 *
 * Signals: "ended" (const char *reason in words): the caller hung up or was lost.
 */
#define AVA_TYPE_LINE_CALL (ava_line_call_get_type ())
G_DECLARE_INTERFACE (AvaLineCall, ava_line_call, AVA, LINE_CALL, GObject)

struct _AvaLineCallInterface {
  GTypeInterface parent_iface;

  AvaFramePort *(*get_port)  (AvaLineCall *self);
  const char   *(*get_kind)  (AvaLineCall *self);   /* "desk", "file", "simulated", "sip" */
  const char   *(*get_phone) (AvaLineCall *self);   /* E.164 caller id, nullable */
  AvaPacer     *(*get_pacer) (AvaLineCall *self);   /* nullable: a device keeps the time */
  void          (*caption)   (AvaLineCall *self,    /* nullable: what Ava says, for callers who read */
                              const char  *text,
                              const char  *expect);
  void          (*hang_up)   (AvaLineCall *self);
};

AvaFramePort *ava_line_call_get_port  (AvaLineCall *self);
const char   *ava_line_call_get_kind  (AvaLineCall *self);
const char   *ava_line_call_get_phone (AvaLineCall *self);
AvaPacer     *ava_line_call_get_pacer (AvaLineCall *self);
void          ava_line_call_caption   (AvaLineCall *self,
                                       const char  *text,
                                       const char  *expect);
void          ava_line_call_hang_up   (AvaLineCall *self);

/* The desk's microphone and speaker, with echo cancellation. */
AvaLineCall *ava_desk_call_new      (void);
/* A recording of a caller: each stretch of speech waits until Ava has finished. */
AvaLineCall *ava_file_call_new      (const char   *path,
                                     AvaPacer     *pacer,
                                     GError      **error);
/* A script spoken by a synthesizer that is not Ava's; answers what Ava asks. */
AvaLineCall *ava_simulated_call_new (const char   *path,
                                     AvaPacer     *pacer,
                                     GError      **error);

G_END_DECLS
