/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-sqlite.h"

G_BEGIN_DECLS

GStrv    ava_migration_load_steps (void);
gboolean ava_migration_run        (AvaSqlite          *db,
                                   const char *const  *steps,
                                   const char         *backup_path,
                                   GError            **error);

G_END_DECLS
