/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-application.h"

G_BEGIN_DECLS

void ava_application_watch_desk (AvaApplication *self,
                                 AvaContext     *context);

G_END_DECLS
