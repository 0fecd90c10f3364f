/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What somebody may do, the more the later. Stored by name: append only. */
typedef enum {
  AVA_STAFF_ROLE_NONE,              /* Ava, imports, callers: never override */
  AVA_STAFF_ROLE_FRONT_DESK,
  AVA_STAFF_ROLE_PROVIDER,
  AVA_STAFF_ROLE_MANAGER,
  AVA_STAFF_ROLE_MEDICAL_DIRECTOR,
} AvaStaffRole;

const char *ava_staff_role_to_string   (AvaStaffRole     role);
const char *ava_staff_role_to_words    (AvaStaffRole     role);
AvaStaffRole     ava_staff_role_from_string (const char *text);

G_END_DECLS
