/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fake-realtime.h"

G_BEGIN_DECLS

/*
 * The fake service on a loopback WebSocket, on a thread of its own. Beside a session's script:
 *
 *  {"sessions": [{…}, {…}]}                       one script for each connection, the last for all later ones
 *  {"handshake": {"status": 429, "retry_after": "2"}}   an answer instead of an upgrade; status 0: no answer at all
 *  {"handshake": {"ms": 400}}                      an upgrade that takes its time
 *  {"key": "sk-good"}                             the key that it accepts, as a bearer; at an Azure address as api-key alone
 *
 * As the service does, it refuses a missing key (401), a wrong one (close 3000), a missing model and the beta header
 * (close 4000), and an unknown model (close 4004). Where the script names the key, anything but exactly that one in
 * exactly that header is refused at the door (401); a key with "bad" in it is let in and then thrown out.
 */
typedef struct _FakeServer FakeServer;

FakeServer *fake_server_new         (const char *script,
                                     const char *schema_path);
void        fake_server_free        (FakeServer *self);
guint       fake_server_get_port    (FakeServer *self);
char       *fake_server_dup_url     (FakeServer *self);
guint       fake_server_count       (FakeServer *self,
                                     const char *type);   /* client events of that type, in all sessions */
guint       fake_server_count_live  (FakeServer *self);   /* connections that are open */
guint       fake_server_count_all   (FakeServer *self);   /* connections that were made */
GPtrArray  *fake_server_list_wrong  (FakeServer *self);   /* char *, owned by the caller: what clients must not do */

G_END_DECLS
