/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-spa.h"

G_BEGIN_DECLS

/* One conversation of a dialogues/.talk file, whose form is told in dialogues/README.md. */
typedef struct {
  char *path;       /* of the test: file and sentence */
  GPtrArray *lines; /* char * */
} Talk;

GPtrArray *talk_read_folder (const char *folder);
char      *talk_run         (const Talk *talk,
                             AvaSpa     *spa,
                             GArray     *costs_us);

G_END_DECLS
