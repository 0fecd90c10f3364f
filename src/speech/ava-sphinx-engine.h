/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* pocketsphinx, whose two living versions differ in their calls: one thread at a time. */
typedef struct _AvaSphinxEngine AvaSphinxEngine;

AvaSphinxEngine *ava_sphinx_engine_new         (void);
void             ava_sphinx_engine_free        (AvaSphinxEngine *self);
gboolean         ava_sphinx_engine_knows       (AvaSphinxEngine *self,
                                                const char      *word);
gboolean         ava_sphinx_engine_learn       (AvaSphinxEngine *self,
                                                const char      *word,
                                                const char      *phones);
gboolean         ava_sphinx_engine_set_grammar (AvaSphinxEngine *self,
                                                const char      *name,
                                                const char      *jsgf);
/* Words as the engine writes them, fillers included; @fit: mean score a frame, 0 at best */
char            *ava_sphinx_engine_decode      (AvaSphinxEngine *self,
                                                const char      *grammar,
                                                const gint16    *pcm,
                                                gsize            n_samples,
                                                double          *fit);

G_END_DECLS
