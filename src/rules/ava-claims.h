/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What somebody says was done. A model may say so only after a tool has done it. */
typedef enum {
  AVA_CLAIM_NONE,
  AVA_CLAIM_BOOKED = 1 << 0,
  AVA_CLAIM_MOVED = 1 << 1,
  AVA_CLAIM_CANCELLED = 1 << 2,
  AVA_CLAIM_NOTED = 1 << 3,      /* a message passed on, a call-back promised */
} AvaClaims;
#define AVA_N_CLAIMS 4

AvaClaims   ava_claims_find    (const char *text);
AvaClaims   ava_claims_of_wish (const char *text);
AvaClaims   ava_claims_of_tool (const char *tool);
const char *ava_claims_deny    (AvaClaims   claims);

G_END_DECLS
