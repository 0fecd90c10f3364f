/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* GLib's queues and locks are not built for the thread sanitizer, which therefore does not see
 * that they order memory. These two tell it, at the places where a job changes hands. */
#ifdef __SANITIZE_THREAD__
void __tsan_acquire (void *address);
void __tsan_release (void *address);
#define AVA_HAPPENS_BEFORE(address) __tsan_release (address)
#define AVA_HAPPENS_AFTER(address)  __tsan_acquire (address)
#else
#define AVA_HAPPENS_BEFORE(address) ((void) (address))
#define AVA_HAPPENS_AFTER(address)  ((void) (address))
#endif
