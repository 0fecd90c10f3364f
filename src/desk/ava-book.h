/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-availability.h"
#include "ava-context.h"

G_BEGIN_DECLS

typedef enum {
  AVA_BOOK_ERROR_REFUSED,     /* a rule or the safety gate says no; the message says why */
  AVA_BOOK_ERROR_TAKEN,       /* the time is gone */
  AVA_BOOK_ERROR_NOT_FOUND,
  AVA_BOOK_ERROR_FAILED,      /* the book cannot be used just now */
} AvaBookError;

#define AVA_BOOK_ERROR (ava_book_error_quark ())
GQuark ava_book_error_quark (void);

/* What is to be booked, or where an appointment is to go. Copied by who takes it. */
typedef struct {
  const char *service_id;
  const char *provider_id;    /* nullable: anyone who does the service */
  const char *room_id;        /* nullable: any room that fits */
  const char *location_id;    /* nullable: the first location; a room says it itself, a move stays where the appointment is */
  gint64 start_us;            /* [us] UTC */
  gint64 end_us;              /* [us] UTC; 0: as long as the service takes. Else only the end of an appointment goes there */
  const char *customer_id;    /* nullable: found by name and phone, or made */
  const char *customer_name;
  const char *phone;          /* E.164 */
  const char *email;          /* nullable */
  const char *notes;          /* nullable */
  gboolean goes_on;           /* the warnings of ava_book_judge_async() were seen */
  const char *override_reason; /* nullable: why the role of this desk goes over what it may */
} AvaBookWish;

/* One line of an appointment's history, in words for a receptionist. */
typedef struct {
  gint64 token;               /* for ava_book_undo_async */
  gint64 at_us;               /* [us] UTC */
  char *who;                  /* "Ava", "Front desk", "Import" */
  char *what;                 /* "Moved from Tue Nov 24, 10:00 AM to …" */
  char *why;                  /* nullable */
  char *quote;                /* the caller's words before it, nullable */
  char *call_id;              /* nullable */
} AvaBookEvent;

void ava_book_event_free (AvaBookEvent *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AvaBookEvent, ava_book_event_free)

/**
 * AvaBook:
 *
 * The appointment book as the window works with it. Each change goes through the tools that Ava
 * uses, and gives a token with which it can be taken back. Main thread.
 *
 * Signals: "changed-by-desk" (gint64 token, const char *words): a change that may be undone was made
 */
#define AVA_TYPE_BOOK (ava_book_get_type ())
G_DECLARE_FINAL_TYPE (AvaBook, ava_book, AVA, BOOK, GObject)

AvaBook     *ava_book_new         (AvaContext   *context);
AvaContext  *ava_book_get_context (AvaBook      *self);
/* How far overrides of safety rules reach: that of AvaStaff, until another is set. */
AvaStaffRole ava_book_get_role    (AvaBook      *self);
void         ava_book_set_role    (AvaBook      *self,
                                   AvaStaffRole  role);

/* Changes. Each ends in ava_book_change_finish(); @token: (out) (optional): for undo, 0 when nothing was changed. */
void ava_book_make_async       (AvaBook *self, const AvaBookWish *wish, GAsyncReadyCallback callback, gpointer user_data);
/* NULL of @to stands for what the appointment has; a @to->start_us of 0 too. */
void ava_book_move_async       (AvaBook *self, AvaAppointment *appointment, const AvaBookWish *to, GAsyncReadyCallback callback, gpointer user_data);
void ava_book_resize_async     (AvaBook *self, const char *appointment_id, gint64 end_us, GAsyncReadyCallback callback, gpointer user_data);
/* The warnings of ava_book_judge_async() were seen; @reason: (nullable): why it goes over what it may. */
void ava_book_resize_anyway_async (AvaBook *self, const char *appointment_id, gint64 end_us, const char *reason, GAsyncReadyCallback callback, gpointer user_data);
void ava_book_cancel_async     (AvaBook *self, const char *appointment_id, const char *reason, GAsyncReadyCallback callback, gpointer user_data);
void ava_book_set_status_async (AvaBook *self, const char *appointment_id, AvaAppointmentStatus status, GAsyncReadyCallback callback, gpointer user_data);
/* Without the fee that it would cost; @waiver is kept. And letting a fee go that stands already. */
void ava_book_cancel_waived_async (AvaBook *self, const char *appointment_id, const char *reason, const char *waiver, GAsyncReadyCallback callback, gpointer user_data);
void ava_book_no_show_waived_async (AvaBook *self, const char *appointment_id, const char *waiver, GAsyncReadyCallback callback, gpointer user_data);
/* To the room in spite of what the safety gate says, for whoever may; @reason is kept. */
void ava_book_enter_room_async (AvaBook *self, const char *appointment_id, const char *reason, GAsyncReadyCallback callback, gpointer user_data);
void ava_book_waive_fee_async     (AvaBook *self, const char *appointment_id, const char *reason, GAsyncReadyCallback callback, gpointer user_data);
/* What was taken of the deposit, or given back of it. */
void ava_book_set_deposit_async  (AvaBook *self, const char *appointment_id, gint64 cents, gboolean refunded, GAsyncReadyCallback callback, gpointer user_data);
/* Books one of the waitlist at that time, and takes them off the list. */
void ava_book_take_waiting_async (AvaBook *self, const char *entry_id, const AvaSlot *slot, GAsyncReadyCallback callback, gpointer user_data);
/* @notes: (nullable). */
void ava_book_set_notes_async  (AvaBook *self, const char *appointment_id, const char *seen, const char *notes, GAsyncReadyCallback callback, gpointer user_data);
AvaAppointment *ava_book_change_finish (AvaBook *self, GAsyncResult *result, gint64 *token, GError **error);

/* Undo of @token, or of the last change of this desk with 0; redo of the last undo. Answers words: "Undone: …". */
void  ava_book_undo_async      (AvaBook *self, gint64 token, GAsyncReadyCallback callback, gpointer user_data);
void  ava_book_redo_async      (AvaBook *self, GAsyncReadyCallback callback, gpointer user_data);
char *ava_book_undo_finish     (AvaBook *self, GAsyncResult *result, GError **error);

/* GPtrArray of AvaBookEvent, latest first. */
void       ava_book_history_async  (AvaBook *self, const char *appointment_id, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *ava_book_history_finish (AvaBook *self, GAsyncResult *result, GError **error);
/* Of all appointments that are, or ever were, in that time, earliest first. */
void       ava_book_range_history_async  (AvaBook *self, gint64 from_us, gint64 to_us, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *ava_book_range_history_finish (AvaBook *self, GAsyncResult *result, GError **error);
/* The book as it stood at @at_us: GPtrArray of AvaAppointment by start. */
void       ava_book_at_async       (AvaBook *self, gint64 from_us, gint64 to_us, gint64 at_us, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *ava_book_at_finish      (AvaBook *self, GAsyncResult *result, GError **error);

GListModel *ava_book_list_appointments (AvaBook *self, gint64 from_us, gint64 to_us);
void        ava_book_set_range         (GListModel *appointments, gint64 from_us, gint64 to_us);
/* [us] that the customer has waited for the room, 0 when not waiting; then that the treatment lasts. */
gint64      ava_book_get_waiting_us    (AvaAppointment *appointment, gint64 now_us);
gint64      ava_book_get_in_room_us    (AvaAppointment *appointment, gint64 now_us);
/* What Space makes of it: scheduled, confirmed, arrived, in room, done. FALSE when it is over. */
gboolean    ava_book_get_next_status   (AvaAppointmentStatus status, AvaAppointmentStatus *next);

G_END_DECLS
