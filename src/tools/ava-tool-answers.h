/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-tool.h"

G_BEGIN_DECLS

/* The objects of which answers are made; see README.md. */
JsonObject *ava_tool_refuse              (const char     *code,
                                          const char     *format,
                                          ...) G_GNUC_PRINTF (2, 3);
JsonObject *ava_tool_refuse_store        (const GError   *error);
JsonObject *ava_tool_refuse_run          (AvaToolRun     *run,
                                          const GError   *error);
void        ava_tool_put_slot            (AvaSpa         *spa,
                                          const AvaSlot  *slot,
                                          JsonObject     *object);
JsonArray  *ava_tool_write_slots         (AvaSpa         *spa,
                                          GPtrArray      *slots);
JsonObject *ava_tool_write_appointment   (AvaSpa         *spa,
                                          AvaAppointment *appointment);
JsonObject *ava_tool_write_booking       (AvaSpa         *spa,
                                          AvaAppointment *appointment);
char       *ava_tool_speak_price         (gint64          cents,
                                          const char     *currency);

/* Finds what the caller means. Else %NULL, and @refusal is set. */
AvaService  *ava_tool_find_service       (AvaSpa         *spa,
                                          const char     *words,
                                          JsonObject    **refusal);
AvaProvider *ava_tool_find_provider      (AvaSpa         *spa,
                                          const char     *words,
                                          JsonObject    **refusal);
AvaLocation *ava_tool_find_location      (AvaSpa         *spa,
                                          const char     *words,
                                          JsonObject    **refusal);
JsonObject *ava_tool_see_location        (AvaToolRun     *run);

G_END_DECLS
