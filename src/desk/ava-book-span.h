/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-context.h"
#include "ava-time-block.h"

G_BEGIN_DECLS

/* All that stands in the book between two instants, for paper and files. */
typedef struct {
  AvaSpa *spa;              /* seen from the location */
  GPtrArray *appointments;  /* AvaAppointment of the location by start, cancelled ones too */
  GPtrArray *blocks;        /* AvaTimeBlock by start */
  gint64 from_us;           /* [us] UTC */
  gint64 to_us;             /* [us] UTC, exclusive */
} AvaBookSpan;

void         ava_book_span_free        (AvaBookSpan          *self);
/* Whole local days from @first to @last of a location; @location_id: (nullable): the first one. */
void         ava_book_span_load_async  (AvaContext           *context,
                                        const char           *location_id,
                                        const GDate          *first,
                                        const GDate          *last,
                                        GCancellable         *cancellable,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data);
AvaBookSpan *ava_book_span_load_finish (AvaContext           *context,
                                        GAsyncResult         *result,
                                        GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AvaBookSpan, ava_book_span_free)

G_END_DECLS
