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

static const char *const right_names[] = {
  "override-safety", "book-anyway", "edit-settings", "approve-rules", "erase-customers", "merge-customers", "waive-fees",
};

/* Returns: the stored name of one right */
const char *
ava_staff_right_to_string (AvaStaffRights right)
{
  for (guint i = 0; i < G_N_ELEMENTS (right_names); i++) {
    if (right == 1u << i)
      return right_names[i];
  }
  return "";
}

/* Returns: the right with that stored name; 0 when there is none */
AvaStaffRights
ava_staff_right_from_string (const char *text)
{
  for (guint i = 0; i < G_N_ELEMENTS (right_names); i++) {
    if (g_strcmp0 (right_names[i], text) == 0)
      return 1u << i;
  }
  return 0;
}

void
ava_person_role_free (AvaPersonRole *self)
{
  g_free (self->id);
  g_free (self->name);
  g_free (self);
}

void
ava_person_free (AvaPerson *self)
{
  g_free (self->id);
  g_free (self->name);
  g_free (self->role_id);
  g_free (self->provider_id);
  g_free (self);
}
