/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-store-contacts.h"

#include "ava-customer-change.h"
#include "ava-customer-table.h"
#include "ava-journal.h"

#include <glib/gi18n.h>

/* Reaching a customer from the desk. The one gate: who refused a way is not reached by it, whoever asks. */

static const char *const deeds[AVA_N_CONTACTS] = {
  [AVA_CONTACT_CALL] = "customer-called",
  [AVA_CONTACT_TEXT] = "customer-texted",
  [AVA_CONTACT_EMAIL] = "customer-mailed",
};

/* What was said last about any kind of consent that speaks for the way. Sets @refusal when it was no. */
static gboolean
find_refusal (AvaStore    *self,
              const char  *customer_id,
              AvaContact   contact,
              AvaRefusal **refusal,
              GError     **error)
{
  g_autofree char *kinds = g_strjoinv (" ", (char **) ava_contact_list_consents (contact));
  AvaRow *row = ava_sqlite_query (self->worker.db, error,
                                  "SELECT given AND withdrawn_us = 0, iif (given, withdrawn_us, at_us),"
                                  " (SELECT j.who FROM journal j WHERE j.tbl = 'consents' AND j.row_id = consents.id"
                                  "   AND j.what LIKE 'consent-%' ORDER BY j.id DESC LIMIT 1)"
                                  " FROM consents WHERE customer_id = ?1 AND instr (' ' || ?2 || ' ', ' ' || kind || ' ') > 0"
                                  " ORDER BY max (at_us, withdrawn_us) DESC, id DESC LIMIT 1", "ss", customer_id, kinds);
  g_autoptr (GError) local_error = NULL;

  *refusal = NULL;
  if (row == NULL)
    return FALSE;
  if (!ava_row_next (row, &local_error)) {
    if (local_error == NULL)
      return TRUE;
    g_propagate_error (error, g_steal_pointer (&local_error));
    return FALSE;
  }
  if (ava_row_int (row, 0) == 0) {
    *refusal = g_new0 (AvaRefusal, 1);
    (*refusal)->contact = contact;
    (*refusal)->at_us = ava_row_int (row, 1);
    (*refusal)->who = ava_row_dup (row, 2);
  }
  ava_row_end (row);
  return TRUE;
}

static gpointer
list_refusals (AvaStore      *self,
               AvaSqlite     *db,
               AvaStoreArgs  *args,
               GError       **error)
{
  g_autoptr (GPtrArray) refusals = g_ptr_array_new_with_free_func ((GDestroyNotify) ava_refusal_free);

  g_assert (self->thread == g_thread_self ());

  for (AvaContact contact = 0; contact < AVA_N_CONTACTS; contact++) {
    AvaRefusal *refusal;

    if (!find_refusal (self, args->id, contact, &refusal, error))
      return NULL;
    if (refusal != NULL)
      g_ptr_array_add (refusals, refusal);
  }
  return g_steal_pointer (&refusals);
}

static gboolean
has_address (AvaCustomer *customer,
             AvaContact   contact)
{
  const char *address = contact == AVA_CONTACT_EMAIL ? customer->email : customer->phone;

  return address != NULL && *address != '\0';
}

static gpointer
note_contact (AvaStore      *self,
              AvaSqlite     *db,
              AvaStoreArgs  *args,
              GError       **error)
{
  static const char *const refused[] = { N_("The customer does not want to be called."), N_("The customer does not want text messages."),
                                         N_("The customer does not want e-mails.") };
  g_autoptr (AvaCustomer) customer = ava_customer_table_get (self, args->id, error);
  g_autoptr (AvaRefusal) refusal = NULL;
  AvaContact contact = args->limit;

  g_assert (self->thread == g_thread_self ());

  if (customer == NULL)
    return NULL;
  if (!has_address (customer, contact))
    return ava_customer_change_refuse (error, AVA_STORE_ERROR_INVALID, "%s", contact == AVA_CONTACT_EMAIL
                                       ? _("No e-mail address of this customer is known.") : _("No phone number of this customer is known."));
  if (!find_refusal (self, args->id, contact, &refusal, error))
    return NULL;
  if (refusal != NULL)
    return ava_customer_change_refuse (error, AVA_STORE_ERROR_FORBIDDEN, "%s", _(refused[contact]));
  if (!ava_journal_about (self, args, deeds[contact], "customers", args->id, error))
    return NULL;
  return ava_customer_change_done (self, args->id, error);
}

/* --- Any thread ------------------------------------------------------------------------------ */

void
ava_store_list_refusals_async (AvaStore            *self,
                               const char          *customer_id,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  AvaStoreArgs *args = ava_store_args_new (NULL);

  args->id = g_strdup (customer_id);
  ava_store_run_async (self, AVA_STORE_READ, list_refusals, args, (GDestroyNotify) g_ptr_array_unref,
                       ava_store_list_refusals_async, cancellable, callback, user_data);
}

/* Returns: (transfer full) (nullable): AvaRefusal, at most one a way */
GPtrArray *
ava_store_list_refusals_finish (AvaStore      *self,
                                GAsyncResult  *result,
                                GError       **error)
{
  return ava_store_run_finish (self, result, ava_store_list_refusals_async, error);
}

/**
 * ava_store_note_contact_async:
 * @actor: who reaches for them; why: (nullable): a remark for the history
 */
void
ava_store_note_contact_async (AvaStore            *self,
                              const AvaActor      *actor,
                              const char          *customer_id,
                              AvaContact           contact,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  AvaStoreArgs *args = ava_store_args_new (actor);

  args->id = g_strdup (customer_id);
  args->limit = contact;
  ava_customer_change_run (self, note_contact, args, callback, user_data);
}
