/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  AVA_PHONE_ERROR_NOT_A_PHONE,   /* the message says what is wrong with it */
} AvaPhoneError;

#define AVA_PHONE_ERROR (ava_phone_error_quark ())
GQuark ava_phone_error_quark (void);

char       *ava_phone_parse        (const char  *text,
                                    const char  *region,
                                    GError     **error);
char       *ava_phone_normalize    (const char  *text);
gboolean    ava_phone_is_e164      (const char  *text);
char       *ava_phone_format       (const char  *e164);
char       *ava_phone_speak        (const char  *e164);
gboolean    ava_phone_knows_plans  (void);

G_END_DECLS
