/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-context.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * AvaApplication:
 *
 * The program: one instance, one desk, one window. Reads the command line, opens the profile (or
 * says in words why it cannot be opened), and owns the app.* actions. Main thread.
 */
#define AVA_TYPE_APPLICATION (ava_application_get_type ())
G_DECLARE_FINAL_TYPE (AvaApplication, ava_application, AVA, APPLICATION, AdwApplication)

AvaApplication *ava_application_new             (void);
void            ava_application_choose_renderer (void);
void            ava_application_open_desk       (AvaApplication *self);
AvaContext     *ava_application_get_context     (AvaApplication *self);

G_END_DECLS
