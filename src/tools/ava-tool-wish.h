/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-availability.h"
#include "ava-date-phrase.h"
#include "ava-tool-answers.h"

G_BEGIN_DECLS

/* What a caller would like, and what there is for it. */
typedef struct {
  AvaService *service;
  AvaProvider *provider;  /* nullable: anyone */
  GDate first;            /* local days */
  GDate last;
  guint weekdays;         /* 1 << weekday: only these; 0 for all */
  int from_min;           /* [min] of the local day, earliest start */
  int to_min;             /* [min] latest start */
  gboolean exact;         /* one time */
  gboolean soonest;       /* the earliest count, not a spread */
  guint limit;
  char *assumption;       /* nullable, owned */
} AvaToolWish;

void        ava_tool_wish_clear       (AvaToolWish  *self);
JsonObject *ava_tool_wish_read        (AvaToolWish  *self,
                                       AvaToolRun   *run);
void        ava_tool_wish_set_slot    (AvaToolWish  *self,
                                       AvaSpa       *spa,
                                       const AvaSlot*slot);
void        ava_tool_wish_get_span    (AvaToolWish  *self,
                                       AvaSpa       *spa,
                                       gint64        now_us,
                                       gint64       *from_us,
                                       gint64       *to_us);
GPtrArray  *ava_tool_wish_find        (AvaToolWish  *self,
                                       AvaSpa       *spa,
                                       GPtrArray    *busy,
                                       gint64        now_us);
GPtrArray  *ava_tool_wish_find_others (AvaToolWish  *self,
                                       AvaSpa       *spa,
                                       GPtrArray    *busy,
                                       gint64        now_us);
JsonArray  *ava_tool_wish_explain     (AvaToolWish  *self,
                                       AvaSpa       *spa,
                                       GPtrArray    *busy,
                                       gint64        now_us);
void        ava_tool_drop_busy        (GPtrArray    *busy,
                                       const char   *appointment_id);
JsonObject *ava_tool_refuse_slot      (AvaSpa       *spa,
                                       GPtrArray    *busy,
                                       const AvaSlot*slot,
                                       GPtrArray    *reasons,
                                       gint64        now_us);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AvaToolWish, ava_tool_wish_clear)

G_END_DECLS
