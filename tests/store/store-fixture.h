/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "async-result.h"
#include "ava-sqlite.h"
#include "ava-store.h"

G_BEGIN_DECLS

/* Tuesday 24 November 2026, 15:00 UTC: 10:00 at the demo spa. */
#define FIXTURE_NOW_US ((gint64) 1795532400 * AVA_USEC_PER_SEC)

typedef struct {
  char *dir;
  AvaClock *clock;   /* stands still */
  AvaStore *store;
} StoreFixture;

void            store_fixture_set_up     (StoreFixture *self, gconstpointer data);
void            store_fixture_set_up_demo(StoreFixture *self, gconstpointer data);
void            store_fixture_tear_down  (StoreFixture *self, gconstpointer data);
void            store_fixture_reopen     (StoreFixture *self);
char           *store_fixture_get_path   (StoreFixture *self);
gint64          store_fixture_count      (StoreFixture *self, const char *sql);
char           *store_fixture_text       (StoreFixture *self, const char *sql);
void            store_fixture_remove     (const char *dir);

/* Botox with Elena Ortiz in the Linden Room, @hours after the next hour; 40 minutes busy. */
AvaSlot        *store_fixture_slot       (int hours);
AvaAppointment *store_fixture_book       (AvaStore *store, const char *call_id, const char *key,
                                          const AvaSlot *slot, const char *name, const char *phone,
                                          GError **error);
char           *store_fixture_hold       (AvaStore *store, const char *call_id, const AvaSlot *slot,
                                          gint64 expires_us, GError **error);
GPtrArray      *store_fixture_find       (AvaStore *store, const char *text, guint limit);
char           *store_demo_json          (void);

G_END_DECLS
