/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-context.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * AvaClientImportView:
 *
 * What a file of customers would add, and which of its rows cannot be taken; then adds the good ones.
 *
 * Signals: "imported" (gint64 token, const char *words), "closed"
 */
#define AVA_TYPE_CLIENT_IMPORT_VIEW (ava_client_import_view_get_type ())
G_DECLARE_FINAL_TYPE (AvaClientImportView, ava_client_import_view, AVA, CLIENT_IMPORT_VIEW, AdwBin)

void ava_client_import_view_set_context (AvaClientImportView *self,
                                         AvaContext          *context);
void ava_client_import_view_load        (AvaClientImportView *self,
                                         GFile               *file);
void ava_client_import_view_add         (AvaClientImportView *self);

G_END_DECLS
