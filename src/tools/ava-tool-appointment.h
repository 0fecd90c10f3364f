/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-tool-answers.h"

G_BEGIN_DECLS

void            ava_tool_load_appointment_async  (AvaToolRun          *run,
                                                  GAsyncReadyCallback  callback,
                                                  gpointer             user_data);
AvaAppointment *ava_tool_load_appointment_finish (AvaToolRun          *run,
                                                  GAsyncResult        *result,
                                                  JsonObject         **refusal);

gint64          ava_tool_find_cancel_fee         (AvaToolRun           *run,
                                                  AvaAppointment       *appointment);

G_END_DECLS
