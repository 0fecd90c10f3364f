/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-expect.h"

/**
 * ava_expect_to_string:
 *
 * Returns: the name of @expect, as grammars and journals write it
 */
const char *
ava_expect_to_string (AvaExpect expect)
{
  static const char *const names[] = {
    "open", "yes-no", "service", "provider", "when", "offer", "name", "spell", "spell-last", "letters",
    "phone", "digits", "email", "appointment", "message", "nothing",
  };

  G_STATIC_ASSERT (G_N_ELEMENTS (names) == AVA_EXPECT_N);
  g_return_val_if_fail (expect < AVA_EXPECT_N, "open");

  return names[expect];
}
