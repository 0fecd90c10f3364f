/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-duplicate.h"

G_BEGIN_DECLS

AvaSame  ava_same_person_compare (AvaCustomer *one,
                                  AvaCustomer *other);
gboolean ava_same_person_likely  (AvaSame      reasons);

G_END_DECLS
