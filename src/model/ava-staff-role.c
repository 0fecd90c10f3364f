/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-staff-role.h"

static const char *const names[] = { "none", "front-desk", "provider", "manager", "medical-director" };
static const char *const words[] = { "nobody", "the front desk", "a provider", "a manager", "the medical director" };

/* Returns: the stored name of @role */
const char *
ava_staff_role_to_string (AvaStaffRole role)
{
  g_return_val_if_fail ((guint) role < G_N_ELEMENTS (names), "none");

  return names[role];
}

/* Returns: @role as it stands in a sentence: "the medical director" */
const char *
ava_staff_role_to_words (AvaStaffRole role)
{
  g_return_val_if_fail ((guint) role < G_N_ELEMENTS (words), "nobody");

  return words[role];
}

/* Returns: the role with that stored name; AVA_STAFF_ROLE_NONE, which may do nothing, when there is none */
AvaStaffRole
ava_staff_role_from_string (const char *text)
{
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    if (g_strcmp0 (names[i], text) == 0)
      return i;
  }
  return AVA_STAFF_ROLE_NONE;
}
