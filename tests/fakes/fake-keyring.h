/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What a keyring can do to those who ask it. */
typedef enum {
  FAKE_KEYRING_NONE,       /* there is none on the bus */
  FAKE_KEYRING_MUTE,       /* it has the name, and answers nothing */
  FAKE_KEYRING_SILENT,     /* locked; the question for the password is never answered */
  FAKE_KEYRING_REFUSES,    /* locked; whoever is asked closes the question */
  FAKE_KEYRING_OPENS,      /* locked; whoever is asked knows the password */
} FakeKeyringKind;

/*
 * org.freedesktop.secrets on a bus of its own, on a thread of its own: one collection with one item whose secret is
 * "sk-of-the-keyring". DBUS_SESSION_BUS_ADDRESS is the bus while it lasts.
 */
typedef struct _FakeKeyring FakeKeyring;

FakeKeyring *fake_keyring_new         (FakeKeyringKind  kind);
void         fake_keyring_free        (FakeKeyring     *self);
guint        fake_keyring_count_asked (FakeKeyring     *self);   /* for the password */

G_END_DECLS
