/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-store.h"
#include "ava-tool-call.h"

G_BEGIN_DECLS

/**
 * AvaToolbox:
 *
 * Every tool that Ava and the staff can use, by name. The same for voice, text and window.
 * Main thread; each tool works asynchronously on the store.
 */
#define AVA_TYPE_TOOLBOX (ava_toolbox_get_type ())
G_DECLARE_FINAL_TYPE (AvaToolbox, ava_toolbox, AVA, TOOLBOX, GObject)

AvaToolbox *ava_toolbox_new        (AvaStore             *store,
                                    AvaClock             *clock);
void        ava_toolbox_set_spa    (AvaToolbox           *self,
                                    AvaSpa               *spa);
GPtrArray  *ava_toolbox_list_specs (AvaToolbox           *self);   /* AvaToolSpec, borrowed */
/* @who, @call_id: for the journal. Never fails as a whole: refusals and faults are in call->result. */
void        ava_toolbox_run_async  (AvaToolbox           *self,
                                    AvaToolCall          *call,
                                    const char           *who,
                                    const char           *call_id,
                                    GCancellable         *cancellable,
                                    GAsyncReadyCallback   callback,
                                    gpointer              user_data);
gboolean    ava_toolbox_run_finish (AvaToolbox           *self,
                                    GAsyncResult         *result,
                                    GError              **error);

G_END_DECLS
