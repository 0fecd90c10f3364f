/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* The part of JSON Schema that the published client events use, and one rule more: a member that no schema
 * names is refused, as the service refuses it. */
typedef struct _FakeSchema FakeSchema;

FakeSchema *fake_schema_load  (const char  *path);
void        fake_schema_free  (FakeSchema  *self);
/* What is wrong with a client event, in words; NULL when it is right. */
char       *fake_schema_check (FakeSchema  *self,
                               JsonObject  *event);

G_END_DECLS
