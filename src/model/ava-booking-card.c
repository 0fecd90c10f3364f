/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-booking-card.h"

enum { CHANGED, N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AvaBookingCard, ava_booking_card, G_TYPE_OBJECT)

static void
ava_booking_card_finalize (GObject *object)
{
  AvaBookingCard *self = AVA_BOOKING_CARD (object);

  for (guint i = 0; i < AVA_CARD_N_FIELDS; i++) {
    g_free (self->values[i]);
    g_clear_pointer (&self->evidence[i], ava_evidence_free);
  }
  g_free (self->status);
  g_free (self->appointment_id);
  g_free (self->alert);

  G_OBJECT_CLASS (ava_booking_card_parent_class)->finalize (object);
}

static void
ava_booking_card_class_init (AvaBookingCardClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ava_booking_card_finalize;
  signals[CHANGED] = g_signal_new ("changed", AVA_TYPE_BOOKING_CARD, G_SIGNAL_RUN_LAST,
                                   0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
ava_booking_card_init (AvaBookingCard *self)
{
  self->status = g_strdup ("collecting");
}

/**
 * ava_booking_card_new:
 *
 * Returns: (transfer full): an empty card
 */
AvaBookingCard *
ava_booking_card_new (void)
{
  return g_object_new (AVA_TYPE_BOOKING_CARD, NULL);
}

static gboolean
replace_string (char       **field,
                const char  *value)
{
  if (g_strcmp0 (*field, value) == 0)
    return FALSE;
  g_free (*field);
  *field = g_strdup (value);
  return TRUE;
}

/**
 * ava_booking_card_set_field:
 * @value: (nullable): in words
 */
void
ava_booking_card_set_field (AvaBookingCard *self,
                            AvaCardField    field,
                            const char     *value,
                            AvaCardState    state)
{
  gboolean changed;

  g_return_if_fail (AVA_IS_BOOKING_CARD (self));
  g_return_if_fail (field < AVA_CARD_N_FIELDS);

  changed = replace_string (&self->values[field], value);
  changed |= self->states[field] != state;
  self->states[field] = state;
  if (changed)
    g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * ava_booking_card_set_evidence:
 * @evidence: (transfer full) (nullable): where the value of @field comes from
 */
void
ava_booking_card_set_evidence (AvaBookingCard *self,
                               AvaCardField    field,
                               AvaEvidence    *evidence)
{
  g_return_if_fail (AVA_IS_BOOKING_CARD (self));
  g_return_if_fail (field < AVA_CARD_N_FIELDS);

  if (evidence == NULL && self->evidence[field] == NULL)
    return;
  g_clear_pointer (&self->evidence[field], ava_evidence_free);
  self->evidence[field] = evidence;
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * ava_booking_card_set_status:
 * @appointment_id: (nullable): once it stands in the book
 */
void
ava_booking_card_set_status (AvaBookingCard *self,
                             const char     *status,
                             const char     *appointment_id)
{
  gboolean changed;

  g_return_if_fail (AVA_IS_BOOKING_CARD (self));

  changed = replace_string (&self->status, status);
  changed |= replace_string (&self->appointment_id, appointment_id);
  if (changed)
    g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * ava_booking_card_set_alert:
 * @alert: (nullable): a safety stop in words
 */
void
ava_booking_card_set_alert (AvaBookingCard *self,
                            const char     *alert)
{
  g_return_if_fail (AVA_IS_BOOKING_CARD (self));

  if (replace_string (&self->alert, alert))
    g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * ava_card_field_to_string:
 *
 * Returns: the stored name of @field
 */
const char *
ava_card_field_to_string (AvaCardField field)
{
  static const char *const names[] = { "service", "provider", "when", "name", "phone", "email" };

  g_return_val_if_fail (field < G_N_ELEMENTS (names), "service");

  return names[field];
}
