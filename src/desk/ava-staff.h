/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "ava-actor.h"
#include "ava-spa.h"

G_BEGIN_DECLS

/**
 * AvaStaff:
 *
 * Who works at this desk now, and what they may do. It is remembered in the profile. Nobody has to
 * say who they are while nobody is set up: then this desk may do everything but override a safety
 * rule. Once there are people, a desk where nobody is chosen may do what everybody may. Main thread.
 *
 * Properties: "person-id" (string, nullable). Signals: "changed": somebody else, or other rights.
 */
#define AVA_TYPE_STAFF (ava_staff_get_type ())
G_DECLARE_FINAL_TYPE (AvaStaff, ava_staff, AVA, STAFF, GObject)

AvaStaff        *ava_staff_new         (const char     *data_dir);
void             ava_staff_set_spa     (AvaStaff       *self,
                                        AvaSpa         *spa);
gboolean         ava_staff_choose      (AvaStaff       *self,
                                        const char     *person_id);
const AvaPerson *ava_staff_get_person  (AvaStaff       *self);   /* nullable */
const char      *ava_staff_get_name    (AvaStaff       *self);   /* nullable: nobody chosen */
const char      *ava_staff_get_who     (AvaStaff       *self);   /* "staff:<id>", for the journal */
AvaStaffRights   ava_staff_get_rights  (AvaStaff       *self);
gboolean         ava_staff_may         (AvaStaff       *self,
                                        AvaStaffRights  right);
char            *ava_staff_refuse      (AvaStaff       *self,
                                        AvaStaffRights  right);   /* words, NULL when they may */
void             ava_staff_fill_actor  (AvaStaff       *self,
                                        AvaActor       *actor);   /* who, role, rights: borrowed until "changed" */

G_END_DECLS
