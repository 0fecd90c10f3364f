/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-store.h"

G_BEGIN_DECLS

char *ava_client_words_for_change  (const AvaChange *change);
char *ava_client_words_for_reasons (AvaSame          reasons);

G_END_DECLS
