/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-spa.h"

G_BEGIN_DECLS

guint ava_rebook_days (AvaSpa       *spa,
                       const char   *service_id,
                       const gint64 *visits_us,
                       guint         n_visits,
                       gboolean     *is_own);

G_END_DECLS
