/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-clients.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * AvaConsentList:
 *
 * What a customer has agreed to: each can be withdrawn, and a new one noted.
 */
#define AVA_TYPE_CONSENT_LIST (ava_consent_list_get_type ())
G_DECLARE_FINAL_TYPE (AvaConsentList, ava_consent_list, AVA, CONSENT_LIST, AdwBin)

void ava_consent_list_set_desk     (AvaConsentList *self,
                                    AvaContext     *context,
                                    AvaClients     *clients);
void ava_consent_list_set_customer (AvaConsentList *self,
                                    const char     *customer_id);

G_END_DECLS
