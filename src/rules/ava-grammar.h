/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-expect.h"
#include "ava-spa.h"

G_BEGIN_DECLS

/* A JSGF grammar for what a caller may answer when @expect was asked. */
char  *ava_grammar_build  (AvaSpa             *spa,
                           AvaExpect           expect,
                           const char *const  *names);

G_END_DECLS
