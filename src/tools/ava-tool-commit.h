/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-tool-wish.h"

G_BEGIN_DECLS

/**
 * AvaToolCommit:
 *
 * A slot on its way into the book: read from its id, checked against live availability, then
 * written; when it is taken, answered with alternates. Holding, booking and moving differ only in
 * what they write.
 */
#define AVA_TYPE_TOOL_COMMIT (ava_tool_commit_get_type ())
G_DECLARE_FINAL_TYPE (AvaToolCommit, ava_tool_commit, AVA, TOOL_COMMIT, GObject)

/* @slot as it can be had; @task's data is the run, whose scratch is the commit. */
typedef void (*AvaToolWrite) (AvaToolRun *run,
                              AvaSlot    *slot,
                              GTask      *task);

struct _AvaToolCommit {
  GObject parent_instance;

  AvaSlot *slot;                 /* wanted, then as it can be had */
  GPtrArray *busy;               /* AvaBusy */
  AvaToolWrite write;
  gint64 expires_us;             /* [us] UTC, of a hold */
  AvaAppointment *appointment;   /* nullable: the one that is being moved */
};

void ava_tool_commit_start  (AvaToolRun     *run,
                             AvaAppointment *moved,
                             AvaToolWrite    write,
                             GTask          *task);
void ava_tool_commit_fail   (GTask          *task,
                             const GError   *error);

G_END_DECLS
