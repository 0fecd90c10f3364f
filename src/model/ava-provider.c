/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-provider.h"

#include <string.h>

G_DEFINE_FINAL_TYPE (AvaProvider, ava_provider, G_TYPE_OBJECT)

static void
ava_provider_finalize (GObject *object)
{
  AvaProvider *self = AVA_PROVIDER (object);

  g_free (self->id);
  g_free (self->name);
  g_strfreev (self->spoken);
  g_free (self->title);
  g_free (self->colour);
  g_strfreev (self->licences);
  g_strfreev (self->licence_expiry);
  g_strfreev (self->specialties);
  g_strfreev (self->service_ids);

  G_OBJECT_CLASS (ava_provider_parent_class)->finalize (object);
}

static void
ava_provider_class_init (AvaProviderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = ava_provider_finalize;
}

static void
ava_provider_init (AvaProvider *self)
{
}

/**
 * ava_provider_new:
 *
 * Returns: (transfer full): an empty one, to be filled before it is shared
 */
AvaProvider *
ava_provider_new (void)
{
  return g_object_new (AVA_TYPE_PROVIDER, NULL);
}

/**
 * ava_provider_holds:
 * @licence: (nullable): what a service needs
 * @day: on which it is needed
 * @expired: (out) (optional) (nullable) (transfer none): the last day of a licence that has run out by then
 *
 * Returns: whether they hold the licence on that day; none needed is always held
 */
gboolean
ava_provider_holds (AvaProvider  *self,
                    const char   *licence,
                    const GDate  *day,
                    const char  **expired)
{
  guint expiries = self->licence_expiry != NULL ? g_strv_length (self->licence_expiry) : 0;
  char date[16];

  if (expired != NULL)
    *expired = NULL;
  if (licence == NULL || *licence == '\0')
    return TRUE;
  g_date_strftime (date, sizeof date, "%Y-%m-%d", day);
  for (guint i = 0; self->licences != NULL && self->licences[i] != NULL; i++) {
    const char *last = i < expiries ? self->licence_expiry[i] : "";

    if (g_strcmp0 (self->licences[i], licence) != 0)
      continue;
    if (*last == '\0' || strcmp (date, last) <= 0)
      return TRUE;
    if (expired != NULL)
      *expired = last;
  }
  return FALSE;
}
