/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-store.h"
#include "ava-time-block.h"

G_BEGIN_DECLS

typedef enum {
  AVA_IMPORT_NEW,
  AVA_IMPORT_CHANGED,
  AVA_IMPORT_UNCHANGED,
  AVA_IMPORT_BROKEN,    /* not taken; the words say why */
} AvaImportVerdict;

/* What the whole calendar of @provider_id has no more, between @from_us and @to_us [us UTC]: time that was taken from it
 * before is given back. */
typedef struct {
  char *provider_id;
  gint64 from_us, to_us;
  GHashTable *uids;     /* of which the file has all times */
  GHashTable *kept;     /* id and block_id of every item of the file */
} AvaImportSweep;

/* One line of a table, or one event of a calendar, and what became of it. With a slot it is an appointment,
 * with a block only a block; with both, an appointment when its customer is known, else the block. */
typedef struct {
  char *id;             /* stable across imports: the UID, or a print of the line */
  char *print;          /* of its content: another one means that it was changed */
  char *where;          /* in words: "line 7", "UID 5f3a…" */
  char *block_id;       /* nullable: as id, with whose calendar it is: two people have the same meeting in theirs */
  char *own_id;         /* nullable: the appointment or block of this book that it is about */
  AvaSlot *slot;        /* nullable; start, service and, if it matters, provider */
  char *location_id;    /* nullable: where it is; else at the first location */
  AvaTimeBlock *block;  /* nullable */
  char *customer_name;
  char *phone;          /* E.164, nullable: somebody who is known by name */
  char *email;          /* nullable */
  char *notes;          /* nullable */
  gint64 price_cents;
  gboolean gone;        /* cancelled in the file */
  gboolean free;        /* takes nobody's time */
  AvaImportSweep *sweep; /* nullable: then it is no item but what is left of earlier imports */
  AvaImportVerdict verdict;
  char *words;          /* why it is broken, or what happens */
} AvaImportItem;

AvaImportItem *ava_import_item_new  (void);
void           ava_import_item_free (AvaImportItem *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AvaImportItem, ava_import_item_free)

/* Takes @items, GPtrArray of AvaImportItem, in one transaction: each on its own, through the safety gate
 * and the conflict rules; what was taken before is not taken again. Fills verdict and words of each that is
 * not broken already. @dry: only says what would happen. */
void       ava_store_import_async       (AvaStore *self, const AvaActor *actor, GPtrArray *items, gint64 batch, gboolean dry, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean   ava_store_import_finish      (AvaStore *self, GAsyncResult *result, gint64 *batch, GError **error);

/* Blocks that touch [from_us, to_us), GPtrArray of AvaTimeBlock by start. */
void       ava_store_list_blocks_async  (AvaStore *self, gint64 from_us, gint64 to_us, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *ava_store_list_blocks_finish (AvaStore *self, GAsyncResult *result, GError **error);
/* Takes a block out; it can be undone. */
void       ava_store_remove_block_async (AvaStore *self, const AvaActor *actor, const char *block_id, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean   ava_store_remove_block_finish (AvaStore *self, GAsyncResult *result, GError **error);

G_END_DECLS
