/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * AvaProvider:
 *
 * Someone who treats customers.
 * Filled by its maker before it is shared, never changed after: safe to read from any thread.
 */
#define AVA_TYPE_PROVIDER (ava_provider_get_type ())
G_DECLARE_FINAL_TYPE (AvaProvider, ava_provider, AVA, PROVIDER, GObject)

struct _AvaProvider {
  GObject parent_instance;

  char *id;
  char *name;
  GStrv spoken;  /* ways callers say it, lower case */
  char *title;
  char *colour;  /* #rrggbb */
  GStrv licences;
  GStrv licence_expiry;  /* of each licence its last day, YYYY-MM-DD, "" for none; may be shorter or NULL */
  GStrv specialties;  /* in words, nullable */
  GStrv service_ids;  /* what they do */
  guint rank;
  gboolean archived;
};

AvaProvider *ava_provider_new             (void);
gboolean     ava_provider_holds           (AvaProvider  *self,
                                           const char   *licence,
                                           const GDate  *day,
                                           const char  **expired);

G_END_DECLS
