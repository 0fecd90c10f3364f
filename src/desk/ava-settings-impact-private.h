/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-settings.h"

G_BEGIN_DECLS

/* ava-settings-impact.c */
void     ava_impact_say                     (AvaImpact  *impact,
                                             const char *format,
                                             ...) G_GNUC_PRINTF (2, 3);
char    *ava_impact_name_price              (AvaSpa     *spa,
                                             gint64      cents);

/* ava-settings-impact-packages.c: what the catalogue of packages says otherwise. */
gboolean ava_impact_packages_differ         (AvaSpa     *now,
                                             AvaSpa     *then);
/* @holders: AvaPackageHolder, by package and name */
void     ava_impact_compare_packages        (AvaImpact  *impact,
                                             AvaSpa     *now,
                                             GPtrArray  *holders);

G_END_DECLS
