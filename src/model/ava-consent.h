/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * AvaConsent:
 *
 * What a customer has agreed to, or refused.
 * Filled by its maker before it is shared, never changed after: safe to read from any thread.
 */
#define AVA_TYPE_CONSENT (ava_consent_get_type ())
G_DECLARE_FINAL_TYPE (AvaConsent, ava_consent, AVA, CONSENT, GObject)

struct _AvaConsent {
  GObject parent_instance;

  char *id;  /* UUIDv7 */
  char *customer_id;
  char *kind;  /* "treatment", "photos", "marketing", "recording", or words of the spa */
  gboolean given;  /* FALSE: refused */
  gint64 signed_us;  /* [us] UTC */
  gint64 expires_us;  /* [us] UTC, 0: never */
  gint64 withdrawn_us;  /* [us] UTC, 0: not withdrawn */
  char *source;  /* how: "paper", "call" …, nullable */
  char *text;  /* nullable */
};

AvaConsent *ava_consent_new (void);
gboolean    ava_consent_stands (AvaConsent *self,
                                gint64      now_us);

G_END_DECLS
