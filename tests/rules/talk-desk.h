/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-availability.h"
#include "ava-dialogue.h"

G_BEGIN_DECLS

/* A small appointment book in memory that answers the tools of src/tools/README.md on the real
 * availability engine, so that scripted dialogues need no store. */
typedef struct {
  AvaSpa *spa;
  gint64 now_us;            /* [us] UTC */
  GPtrArray *busy;          /* AvaBusy */
  GPtrArray *slots;         /* AvaSlot: "slot-3" is the fourth */
  GPtrArray *customers;     /* JsonObject: customer_id, name, phone */
  GPtrArray *appointments;  /* JsonObject: as in the contract, and customer_id, notes */
  GHashTable *keys;         /* idempotency keys that were written */
  gboolean take_next;       /* someone else is faster at the next booking */
  guint books;              /* successful writes of each kind */
  guint moves;
  guint cancels;
  JsonObject *last;         /* nullable: appointment that was last written */
  char *last_message;       /* nullable: kind of the last message */
  guint repeated_keys;
} TalkDesk;

TalkDesk   *talk_desk_new         (AvaSpa      *spa);
void        talk_desk_free        (TalkDesk    *self);
JsonObject *talk_desk_add_customer(TalkDesk    *self,
                                   const char  *name,
                                   const char  *phone);
/* Of a service, by its name: notice in hours, and dollars when it is later. Goes with the desk. */
gboolean    talk_desk_set_fee     (TalkDesk    *self,
                                   const char  *service,
                                   guint        hours,
                                   guint        dollars);
gboolean    talk_desk_bar_customer(TalkDesk    *self,
                                   const char  *name,
                                   const char  *why);
gboolean    talk_desk_add_appointment (TalkDesk   *self,
                                   const char  *customer,
                                   const char  *service,
                                   const char  *provider,
                                   gint64       start_us);
gboolean    talk_desk_add_busy    (TalkDesk    *self,
                                   const char  *provider,
                                   gint64       from_us,
                                   gint64       to_us);
void        talk_desk_run         (TalkDesk    *self,
                                   AvaToolCall *call);
char       *talk_desk_write_local (TalkDesk    *self,
                                   gint64       at_us);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TalkDesk, talk_desk_free)

G_END_DECLS
