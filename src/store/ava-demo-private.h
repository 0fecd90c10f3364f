/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-store-private.h"

G_BEGIN_DECLS

/* One filling of an empty profile. Worker thread, inside one transaction. */
typedef struct {
  AvaStore *store;
  AvaSqlite *db;
  AvaSpa *spa;
  GRand *rand;
  gint64 now_us;          /* [us] UTC, when it began: the book is built around it */
  guint n_customers;
  guint days;
  guint n_appointments;   /* how many are wanted; 0: what a spa of this size has */
  GPtrArray *customers;   /* AvaCustomer; names and phones for calls and messages */
  guint made;             /* appointments so far */
} AvaDemo;

char       *ava_demo_make_id  (AvaDemo            *self,
                               gint64              at_us);
gboolean    ava_demo_chance   (AvaDemo            *self,
                               double              share);
const char *ava_demo_pick     (AvaDemo            *self,
                               const char *const  *words);
gboolean    ava_demo_fill_people       (AvaDemo *self, GError **error);
gboolean    ava_demo_fill_appointments (AvaDemo *self, GError **error);
gboolean    ava_demo_fill_packages     (AvaDemo *self, GError **error);
gboolean    ava_demo_fill_call         (AvaDemo *self, AvaAppointment *appointment, AvaCustomer *customer,
                                        GError **error);
gboolean    ava_demo_fill_reminder     (AvaDemo *self, AvaAppointment *appointment, AvaCustomer *customer,
                                        GError **error);
gboolean    ava_demo_fill_other_calls  (AvaDemo *self, GError **error);

G_END_DECLS
