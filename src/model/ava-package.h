/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * AvaPackage:
 *
 * Several treatments sold together, to be used within some time.
 * Filled by its maker before it is shared, never changed after: safe to read from any thread.
 */
#define AVA_TYPE_PACKAGE (ava_package_get_type ())
G_DECLARE_FINAL_TYPE (AvaPackage, ava_package, AVA, PACKAGE, GObject)

struct _AvaPackage {
  GObject parent_instance;

  char *id;
  char *name;
  GStrv service_ids;  /* what it holds, one entry for each visit */
  gint64 price_cents;
  guint valid_days;  /* [d] after it was sold, 0 for ever */
};

AvaPackage *ava_package_new (void);

G_END_DECLS
