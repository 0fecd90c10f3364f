/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-customers-page.h"
#include "stage.h"

G_BEGIN_DECLS

void shots_customers (Stage            *stage,
                      AvaCustomersPage *page,
                      const char       *folder);

G_END_DECLS
