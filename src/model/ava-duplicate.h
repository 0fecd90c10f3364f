/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-customer.h"

G_BEGIN_DECLS

/* Why two records may be of one person; bits, the more the surer. */
typedef enum {
  AVA_SAME_NAME = 1 << 0,         /* the same words, in any order, whatever accents */
  AVA_SAME_LIKE_NAME = 1 << 1,    /* a letter or two apart, or an initial */
  AVA_SAME_FIRST_NAME = 1 << 2,
  AVA_SAME_PHONE = 1 << 3,
  AVA_SAME_EMAIL = 1 << 4,
  AVA_SAME_BIRTHDAY = 1 << 5,
} AvaSame;

typedef struct {
  AvaCustomer *one;     /* the one with more visits */
  AvaCustomer *other;
  AvaSame reasons;
} AvaDuplicate;

AvaDuplicate *ava_duplicate_new  (AvaCustomer  *one,
                                  AvaCustomer  *other,
                                  AvaSame       reasons);
void          ava_duplicate_free (AvaDuplicate *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AvaDuplicate, ava_duplicate_free)

G_END_DECLS
