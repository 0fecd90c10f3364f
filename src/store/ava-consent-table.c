/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-customer-change.h"
#include "ava-id.h"
#include "ava-journal.h"

#include <glib/gi18n.h>
#include <string.h>

/* What customers agreed to. A consent is never taken out: it runs out or is withdrawn. */

#define LONGEST_TEXT 2000   /* [characters] */

static gpointer
read_consent (AvaRow *row)
{
  AvaConsent *consent = ava_consent_new ();

  consent->id = ava_row_dup (row, 0);
  consent->customer_id = ava_row_dup (row, 1);
  consent->kind = ava_row_dup (row, 2);
  consent->given = ava_row_int (row, 3) != 0;
  consent->signed_us = ava_row_int (row, 4);
  consent->expires_us = ava_row_int (row, 5);
  consent->withdrawn_us = ava_row_int (row, 6);
  consent->source = ava_row_dup (row, 7);
  consent->text = ava_row_dup (row, 8);
  return consent;
}

static gpointer
list_consents (AvaStore      *self,
               AvaSqlite     *db,
               AvaStoreArgs  *args,
               GError       **error)
{
  g_assert (self->thread == g_thread_self ());

  return ava_row_read_all (ava_sqlite_query (db, error, "SELECT id, customer_id, kind, given, at_us, expires_us, withdrawn_us,"
                                             " source, text FROM consents WHERE customer_id = ? ORDER BY at_us DESC, id DESC",
                                             "s", args->id), read_consent, g_object_unref, error);
}

static gboolean
is_blank (const char *text)
{
  return text == NULL || strspn (text, " \t\n") == strlen (text);
}

static gpointer
save_consent (AvaStore      *self,
              AvaSqlite     *db,
              AvaStoreArgs  *args,
              GError       **error)
{
  AvaConsent *consent = AVA_CONSENT (args->object);
  g_autofree char *id = args->kind != NULL ? g_strdup (args->kind) : ava_id_new (ava_clock_now_us (self->clock));
  g_autofree char *before = NULL;

  g_assert (self->thread == g_thread_self ());

  if (is_blank (consent->kind))
    return ava_customer_change_refuse (error, AVA_STORE_ERROR_INVALID, _("Say what the consent is for."));
  if (consent->text != NULL && g_utf8_strlen (consent->text, -1) > LONGEST_TEXT)
    return ava_customer_change_refuse (error, AVA_STORE_ERROR_INVALID, _("The text of the consent is too long: at most %d letters are kept."), LONGEST_TEXT);
  if (consent->expires_us != 0 && consent->expires_us <= consent->signed_us)
    return ava_customer_change_refuse (error, AVA_STORE_ERROR_INVALID, _("The consent would run out before it was signed. Look at the two dates."));
  if (args->kind != NULL) {
    before = ava_journal_snapshot (self, "consents", id, error);
    if (before == NULL)
      return error != NULL && *error != NULL ? NULL : ava_customer_change_refuse (error, AVA_STORE_ERROR_NOT_FOUND, _("This consent is not in the book."));
  }
  if (!ava_sqlite_run (db, error, "INSERT INTO consents (id, customer_id, kind, given, at_us, expires_us, withdrawn_us, source, text)"
                       " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET kind = excluded.kind,"
                       " given = excluded.given, at_us = excluded.at_us, expires_us = excluded.expires_us,"
                       " withdrawn_us = excluded.withdrawn_us, source = excluded.source, text = excluded.text",
                       "sssiiiiss", id, args->id, consent->kind, (gint64) consent->given, consent->signed_us,
                       consent->expires_us, consent->withdrawn_us, consent->source, consent->text) ||
      !ava_journal_row (self, args, before == NULL ? "consent-added" : consent->withdrawn_us != 0 ? "consent-withdrawn" : "consent-edited",
                        "consents", id, before, error))
    return NULL;
  return ava_customer_change_done (self, args->id, error);
}

/* --- Any thread ------------------------------------------------------------------------------ */

void
ava_store_list_consents_async (AvaStore            *self,
                               const char          *customer_id,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  AvaStoreArgs *args = ava_store_args_new (NULL);

  args->id = g_strdup (customer_id);
  ava_store_run_async (self, AVA_STORE_READ, list_consents, args, (GDestroyNotify) g_ptr_array_unref,
                       ava_store_list_consents_async, cancellable, callback, user_data);
}

/* Returns: (transfer full) (nullable): AvaConsent, latest first */
GPtrArray *
ava_store_list_consents_finish (AvaStore      *self,
                                GAsyncResult  *result,
                                GError       **error)
{
  return ava_store_run_finish (self, result, ava_store_list_consents_async, error);
}

void
ava_store_save_consent_async (AvaStore            *self,
                              const AvaActor      *actor,
                              const char          *customer_id,
                              const char          *consent_id,
                              AvaConsent          *consent,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  AvaStoreArgs *args = ava_store_args_new (actor);

  args->id = g_strdup (customer_id);
  args->kind = g_strdup (consent_id);
  args->object = g_object_ref (G_OBJECT (consent));
  ava_customer_change_run (self, save_consent, args, callback, user_data);
}
