/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-store-private.h"

G_BEGIN_DECLS

/* Inside the transaction that gives @before the status @args->status: uses a visit of a package when the
 * treatment is done, and gives it back when it is not done after all. */
gboolean ava_package_table_follow (AvaStore        *self,
                                   AvaStoreArgs    *args,
                                   AvaAppointment  *before,
                                   GError         **error);
/* Who lets a fee go and why; NULL when the actor may not, or does not say why. */
char    *ava_package_table_word_waiver (const AvaStoreArgs *args,
                                        GError            **error);

G_END_DECLS
