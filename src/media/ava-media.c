/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-media.h"

#include <gst/gst.h>

void
ava_media_init (void)
{
  gst_init_check (NULL, NULL, NULL);
}
