/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-customer-index.h"
#include "ava-sqlite.h"
#include "ava-store.h"

G_BEGIN_DECLS

#define AVA_STORE_APPLICATION_ID 0x41564631  /* "AVF1" */
#define AVA_STORE_FILE_NAME      "ava.db"

/* Everything a job may need; a copy, so that the caller's memory may go. Each job uses its part. */
typedef struct {
  char *who, *why, *call_id, *key;  /* of the actor */
  char *owner;                      /* of holds, when it is neither the call nor who */
  char *id;
  char *kind;
  char *name;
  char *phone;
  char *email;
  char *text;
  gint64 from_us, to_us, at_us;     /* [us] UTC */
  gint64 price_cents;
  guint limit, offset;
  gboolean flag;
  AvaStaffRights rights;            /* of the actor, as the next three */
  AvaStaffRole role;
  char *override_reason;
  gboolean goes_on;
  AvaAppointmentStatus status;
  AvaSlot *slot;
  GObject *object;
  JsonObject *data;
} AvaStoreArgs;

/* Worker thread. Answers the result; a set @error means failure, and a write is rolled back. */
typedef gpointer (*AvaStoreFunc) (AvaStore      *self,
                                  AvaSqlite     *db,
                                  AvaStoreArgs  *args,
                                  GError       **error);

typedef enum {
  AVA_STORE_READ,
  AVA_STORE_WRITE,  /* in one immediate transaction */
} AvaStoreMode;

struct _AvaStore {
  GObject parent_instance;

  AvaClock *clock;
  char *data_dir;
  char *path;
  char *opener;              /* names this opening of the file, see ava-opener.c */
  GMainContext *context;     /* where "changed" is emitted */
  GThread *thread;
  GAsyncQueue *queue;        /* of jobs */
  gboolean closed;

  struct {                   /* the worker's alone */
    AvaSqlite *db;
    JsonArray *ops;          /* of this transaction, for the sync outbox */
    gint64 batch;            /* of this transaction's journal lines, 0 before the first */
    gint64 undoes;           /* the batch that this transaction takes back, 0 for none */
    GHashTable *touched;     /* tables written in this transaction */
    AvaCustomerIndex *customers; /* what is searched */
    gint64 data_version;     /* moves when another program writes */
  } worker;

  GMutex lock;               /* of the two below */
  GHashTable *changed;       /* tables not yet told */
  GSource *changed_source;
};

AvaStoreArgs *ava_store_args_new      (const AvaActor       *actor);
void          ava_store_args_free     (AvaStoreArgs         *args);
void          ava_store_run_async     (AvaStore             *self,
                                       AvaStoreMode          mode,
                                       AvaStoreFunc          func,
                                       AvaStoreArgs         *args,
                                       GDestroyNotify        free_result,
                                       gpointer              tag,
                                       GCancellable         *cancellable,
                                       GAsyncReadyCallback   callback,
                                       gpointer              user_data);
gpointer      ava_store_run_finish    (AvaStore             *self,
                                       GAsyncResult         *result,
                                       gpointer              tag,
                                       GError              **error);
gpointer      ava_store_run_sync      (AvaStore             *self,
                                       AvaStoreMode          mode,
                                       AvaStoreFunc          func,
                                       AvaStoreArgs         *args,
                                       GError              **error);
void          ava_store_touch         (AvaStore             *self,
                                       const char           *table);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AvaStoreArgs, ava_store_args_free)

/* ava-opening.c */
AvaSqlite *ava_store_open_file (const char  *path,
                                gint64       now_us,
                                GError     **error);
gboolean   ava_store_check_copy   (const char  *path,
                                GError     **error);
char      *ava_store_make_opener  (void);
void       ava_store_close_opener (const char *opener);
gboolean   ava_store_opener_lives (const char *opener);

G_END_DECLS
