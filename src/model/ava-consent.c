/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-consent.h"

G_DEFINE_FINAL_TYPE (AvaConsent, ava_consent, G_TYPE_OBJECT)

static void
ava_consent_finalize (GObject *object)
{
  AvaConsent *self = AVA_CONSENT (object);

  g_free (self->id);
  g_free (self->customer_id);
  g_free (self->kind);
  g_free (self->source);
  g_free (self->text);

  G_OBJECT_CLASS (ava_consent_parent_class)->finalize (object);
}

static void
ava_consent_class_init (AvaConsentClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ava_consent_finalize;
}

static void
ava_consent_init (AvaConsent *self)
{
}

/**
 * ava_consent_new:
 *
 * Returns: (transfer full): an empty one, to be filled before it is shared
 */
AvaConsent *
ava_consent_new (void)
{
  return g_object_new (AVA_TYPE_CONSENT, NULL);
}

/* Returns: whether it was given and is still valid at @now_us, [us] UTC */
gboolean
ava_consent_stands (AvaConsent *self,
                    gint64      now_us)
{
  return self->given && self->withdrawn_us == 0 && (self->expires_us == 0 || self->expires_us > now_us);
}
