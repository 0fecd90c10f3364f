/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-waitlist-entry.h"

G_DEFINE_FINAL_TYPE (AvaWaitlistEntry, ava_waitlist_entry, G_TYPE_OBJECT)

static const char *const names[] = { "waiting", "offered", "booked", "left" };

static void
ava_waitlist_entry_finalize (GObject *object)
{
  AvaWaitlistEntry *self = AVA_WAITLIST_ENTRY (object);
  char *texts[] = {
    self->id, self->customer_id, self->service_id, self->provider_id, self->customer_name, self->customer_phone,
    self->service_name, self->provider_name, self->notes, self->appointment_id, self->location_id, self->location_name, self->offer_room_id,
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_free (texts[i]);

  G_OBJECT_CLASS (ava_waitlist_entry_parent_class)->finalize (object);
}

static void
ava_waitlist_entry_class_init (AvaWaitlistEntryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ava_waitlist_entry_finalize;
}

static void
ava_waitlist_entry_init (AvaWaitlistEntry *self)
{
  self->to_min = 1440;
}

/**
 * ava_waitlist_entry_new:
 *
 * Returns: (transfer full): an empty one, to be filled before it is shared
 */
AvaWaitlistEntry *
ava_waitlist_entry_new (void)
{
  return g_object_new (AVA_TYPE_WAITLIST_ENTRY, NULL);
}

const char *
ava_waitlist_status_to_string (AvaWaitlistStatus status)
{
  return names[status];
}

/* What is not known counts as left: nobody is offered a time by mistake. */
AvaWaitlistStatus
ava_waitlist_status_from_string (const char *text)
{
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    if (g_strcmp0 (names[i], text) == 0)
      return i;
  }
  return AVA_WAITLIST_LEFT;
}
