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

/* What a role may do beside working in the book. Stored by name: append only. */
typedef enum {
  AVA_RIGHT_OVERRIDE_SAFETY = 1 << 0, /* go on against a safety rule that the role's rank reaches */
  AVA_RIGHT_BOOK_ANYWAY     = 1 << 1, /* give a provider two customers at a time */
  AVA_RIGHT_EDIT_SETTINGS   = 1 << 2,
  AVA_RIGHT_APPROVE_RULES   = 1 << 3, /* put their name to a safety rule */
  AVA_RIGHT_ERASE_CUSTOMERS = 1 << 4,
  AVA_RIGHT_MERGE_CUSTOMERS = 1 << 5, /* merge, split and archive their records */
  AVA_RIGHT_WAIVE_FEES      = 1 << 6, /* let a fee of the cancellation policy go */
  AVA_RIGHT_AT_DESK         = 1 << 16, /* marks rights that are known; never stored */
} AvaStaffRights;

#define AVA_RIGHTS_ALL (AVA_RIGHT_OVERRIDE_SAFETY | AVA_RIGHT_BOOK_ANYWAY | AVA_RIGHT_EDIT_SETTINGS | \
                        AVA_RIGHT_APPROVE_RULES | AVA_RIGHT_ERASE_CUSTOMERS | AVA_RIGHT_MERGE_CUSTOMERS | AVA_RIGHT_WAIVE_FEES)

/* What somebody is at this spa: a set of rights with a name. Never changed once it is shared. */
typedef struct {
  char *id;
  char *name;             /* "Manager" */
  AvaStaffRole acts_as;   /* how far its overrides reach */
  AvaStaffRights rights;
} AvaPersonRole;

/* Somebody who works at a desk. Never changed once it is shared. */
typedef struct {
  char *id;
  char *name;
  char *role_id;
  char *provider_id;      /* nullable: who they are in the calendar */
} AvaPerson;

void ava_person_role_free   (AvaPersonRole   *self);
void ava_person_free (AvaPerson *self);

const char     *ava_staff_right_to_string (AvaStaffRights right);
AvaStaffRights  ava_staff_right_from_string (const char *text);

const char *ava_staff_role_to_string   (AvaStaffRole     role);
const char *ava_staff_role_to_words    (AvaStaffRole     role);
AvaStaffRole     ava_staff_role_from_string (const char *text);

G_END_DECLS
