/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-book.h"

G_BEGIN_DECLS

struct _AvaBook {
  GObject parent_instance;

  AvaContext *context;
  gboolean role_set;         /* else who works at this desk decides */
  AvaStaffRole role;
};

/* Takes the changed appointment out of the store's answer. */
typedef AvaAppointment *(*AvaBookFinish) (AvaStore      *store,
                                          GAsyncResult  *result,
                                          GError       **error);

void     ava_book_fail      (GTask              *task,
                             GError             *error);
/* A change that is one call of the store, answered to ava_book_change_cb(). @actor: gets the key of the change. */
GTask   *ava_book_start_change (AvaBook             *self,
                                const char          *verb,
                                AvaBookFinish        finish,
                                AvaActor            *actor,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data);
void     ava_book_change_cb    (GObject             *source,
                                GAsyncResult        *result,
                                gpointer             user_data);
/* Who acts, and what they may: borrowed until somebody else works at this desk. */
AvaActor     ava_book_get_actor     (AvaBook  *self);
/* The role that counts where hours and others' time speak against it. */
AvaStaffRole ava_book_get_time_role (AvaBook  *self);
AvaSlot *ava_book_find_slot (AvaBook            *self,
                             const AvaBookWish  *wish,
                             AvaAppointment     *moved,
                             GPtrArray          *busy,
                             GPtrArray         **reasons,
                             AvaSlot           **forced);

G_END_DECLS
