/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-availability.h"
#include "ava-cli.h"
#include "ava-date-phrase.h"
#include "ava-slot-id.h"
#include "ava-store-waitlist.h"
#include "ava-tool-answers.h"
#include "ava-waitlist-rank.h"

/* waitlist: who waits, who is asked first when a time becomes free, and the offer to them. */

#define OFFER_MIN 120   /* how long an offer is held */

static const AvaActor me = { .who = "staff:avactl", .role = AVA_STAFF_ROLE_FRONT_DESK };

static GPtrArray *
load (AvaStore    *store,
      const char  *service,
      GError     **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  ava_store_list_waitlist_async (store, service, NULL, ava_cli_result_cb, &result);
  return ava_store_list_waitlist_finish (store, ava_cli_wait (&result), error);
}

static void
print_entry (AvaCli           *cli,
             AvaWaitlistEntry *entry,
             const char       *words,
             double            score)
{
  g_autoptr (JsonObject) object = NULL;

  if (!cli->json) {
    g_print ("%s  %-8s %-24s %-20s %-16s %s%s\n", entry->id, ava_waitlist_status_to_string (entry->status), entry->customer_name,
             entry->service_name, entry->location_name != NULL ? entry->location_name : "anywhere", words != NULL ? words : "",
             entry->provider_name != NULL && words == NULL ? entry->provider_name : "");
    return;
  }
  object = json_object_new ();
  json_object_set_string_member (object, "entry_id", entry->id);
  json_object_set_string_member (object, "status", ava_waitlist_status_to_string (entry->status));
  json_object_set_string_member (object, "customer", entry->customer_name);
  json_object_set_string_member (object, "service", entry->service_name);
  if (entry->location_id != NULL) {
    json_object_set_string_member (object, "location_id", entry->location_id);
    json_object_set_string_member (object, "location", entry->location_name);
  }
  if (words != NULL) {
    json_object_set_string_member (object, "why", words);
    json_object_set_double_member (object, "score", score);
  }
  ava_cli_print_object (object);
}

/* Who would be asked for a slot, best first; without one all who wait, longest first. @location_id: (nullable): only
 * those who would come there */
static gboolean
print_list (AvaCli         *cli,
            AvaContext     *context,
            const AvaSlot  *slot,
            const char     *location_id,
            GError        **error)
{
  AvaSpa *spa = ava_context_get_spa (context);
  g_autoptr (AvaSpa) here = ava_spa_see (spa, slot != NULL ? ava_spa_place_of (spa, slot->room_id) : NULL);
  g_autoptr (GPtrArray) entries = load (ava_context_get_store (context), slot != NULL ? slot->service_id : NULL, error);
  g_autoptr (GPtrArray) ranks = NULL;

  if (entries == NULL)
    return FALSE;
  if (slot != NULL)
    ranks = ava_waitlist_rank (entries, slot, here, ava_clock_now_us (cli->clock));
  for (guint i = 0; ranks != NULL && i < ranks->len; i++) {
    AvaWaitlistRank *rank = ranks->pdata[i];

    print_entry (cli, rank->entry, rank->words, rank->score);
  }
  for (guint i = 0; ranks == NULL && i < entries->len; i++) {
    AvaWaitlistEntry *entry = entries->pdata[i];

    if (location_id == NULL || entry->location_id == NULL || g_str_equal (entry->location_id, location_id))
      print_entry (cli, entry, NULL, 0);
  }
  return TRUE;
}

static gboolean
make_offer (AvaCli         *cli,
            AvaContext     *context,
            const char     *entry_id,
            const AvaSlot  *wanted,
            GError        **error)
{
  AvaStore *store = ava_context_get_store (context);
  gint64 now_us = ava_clock_now_us (cli->clock);
  g_autoptr (GAsyncResult) loaded = NULL;
  g_autoptr (GAsyncResult) offered = NULL;
  g_autoptr (GPtrArray) busy = NULL;
  g_autoptr (AvaSlot) slot = NULL;
  g_autoptr (GPtrArray) reasons = NULL;
  g_autoptr (AvaWaitlistEntry) entry = NULL;

  ava_store_busy_async (store, wanted->start_us - AVA_USEC_PER_DAY, wanted->start_us + AVA_USEC_PER_DAY, NULL, NULL, ava_cli_result_cb, &loaded);
  busy = ava_store_busy_finish (store, ava_cli_wait (&loaded), error);
  if (busy == NULL)
    return FALSE;
  slot = ava_availability_check (ava_context_get_spa (context), busy, wanted, now_us, AVA_SPOKEN, &reasons);
  if (slot == NULL) {
    g_set_error_literal (error, AVA_STORE_ERROR, AVA_STORE_ERROR_TAKEN, reasons->len > 0 ? ((AvaReason *) reasons->pdata[0])->words : "That time is gone.");
    return FALSE;
  }
  ava_store_offer_async (store, &me, entry_id, slot, MIN (now_us + OFFER_MIN * AVA_USEC_PER_MIN, slot->start_us), NULL, ava_cli_result_cb, &offered);
  entry = ava_store_offer_finish (store, ava_cli_wait (&offered), error);
  if (entry != NULL)
    print_entry (cli, entry, "is held for them", 0);
  return entry != NULL;
}

static gboolean
accept_offer (AvaCli      *cli,
              AvaContext  *context,
              const char  *entry_id,
              GError     **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (AvaAppointment) made = NULL;
  g_autoptr (AvaSpa) here = NULL;
  g_autofree char *when = NULL;
  const char *name;

  ava_store_accept_offer_async (ava_context_get_store (context), &me, entry_id, NULL, ava_cli_result_cb, &result);
  made = ava_store_accept_offer_finish (ava_context_get_store (context), ava_cli_wait (&result), error);
  if (made == NULL)
    return FALSE;
  here = ava_spa_see (ava_context_get_spa (context), made->location_id);
  name = ava_spa_name_of (here, here->location_id);
  when = ava_date_speak_start (made->start_us, here->zone);
  g_print ("%s  %s  %s  %s%s%s\n", made->id, when, made->customer_name, made->service_name, name != NULL ? "  " : "", name != NULL ? name : "");
  return TRUE;
}

static gboolean
leave (AvaContext  *context,
       const char  *entry_id,
       gboolean     stays,
       GError     **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (AvaWaitlistEntry) entry = NULL;

  ava_store_leave_waitlist_async (ava_context_get_store (context), &me, entry_id, stays, NULL, ava_cli_result_cb, &result);
  entry = ava_store_leave_waitlist_finish (ava_context_get_store (context), ava_cli_wait (&result), error);
  return entry != NULL;
}

static gboolean
move (AvaCli      *cli,
      AvaContext  *context,
      const char  *entry_id,
      const char  *location_id,
      GError     **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (AvaWaitlistEntry) entry = NULL;

  ava_store_move_waiting_async (ava_context_get_store (context), &me, entry_id, location_id, NULL, ava_cli_result_cb, &result);
  entry = ava_store_move_waiting_finish (ava_context_get_store (context), ava_cli_wait (&result), error);
  if (entry != NULL)
    print_entry (cli, entry, NULL, 0);
  return entry != NULL;
}

/* @words: (nullable): as they are written; @location_id: (out) (nullable): NULL for any */
static gboolean
read_location (AvaContext  *context,
               const char  *words,
               const char **location_id,
               GError     **error)
{
  g_autoptr (JsonObject) refusal = NULL;
  JsonObject *refused = NULL;
  AvaLocation *location;

  *location_id = NULL;
  if (words == NULL || g_ascii_strcasecmp (words, "any") == 0)
    return TRUE;
  location = ava_tool_find_location (ava_context_get_spa (context), words, &refused);
  refusal = refused;
  if (location == NULL)
    g_set_error_literal (error, AVA_STORE_ERROR, AVA_STORE_ERROR_NOT_FOUND, json_object_get_string_member (refusal, "message"));
  else
    *location_id = location->id;
  return location != NULL;
}

int
ava_command_waitlist (AvaCli  *cli,
                      int      argc,
                      char   **argv)
{
  g_autofree char *slot_id = NULL, *offer = NULL, *accept = NULL, *decline = NULL, *leaving = NULL, *moving = NULL, *location = NULL;
  const GOptionEntry entries[] = {
    { "slot", 0, 0, G_OPTION_ARG_STRING, &slot_id, "a freed time, from avactl slots: who is asked first, and why", "SLOT_ID" },
    { "offer", 0, 0, G_OPTION_ARG_STRING, &offer, "hold --slot for this one", "ENTRY" },
    { "accept", 0, 0, G_OPTION_ARG_STRING, &accept, "book what is held for this one", "ENTRY" },
    { "decline", 0, 0, G_OPTION_ARG_STRING, &decline, "give the offer back, and wait on", "ENTRY" },
    { "leave", 0, 0, G_OPTION_ARG_STRING, &leaving, "off the list", "ENTRY" },
    { "move", 0, 0, G_OPTION_ARG_STRING, &moving, "this one waits for a time at --location from now on", "ENTRY" },
    { "location", 0, 0, G_OPTION_ARG_STRING, &location, "id or words: who would come there; with --move also any", "L" },
    { NULL }
  };
  g_autoptr (AvaContext) context = NULL;
  g_autoptr (AvaSlot) slot = NULL;
  g_autoptr (GError) error = NULL;
  const char *location_id;
  gboolean done;

  if (!ava_cli_parse (cli, "[--location L] [--slot SLOT_ID [--offer ENTRY]] [--accept ENTRY | --decline ENTRY | --leave ENTRY | --move ENTRY --location L]", entries, &argc, &argv))
    return AVA_EXIT_USAGE;
  slot = slot_id != NULL ? ava_slot_id_parse (slot_id) : NULL;
  if ((slot_id != NULL && slot == NULL) || (offer != NULL && slot == NULL)) {
    g_printerr ("avactl waitlist: --slot is an id of avactl slots\n");
    return AVA_EXIT_USAGE;
  }
  if (moving != NULL && location == NULL) {
    g_printerr ("avactl waitlist: --move needs --location, or --location any\n");
    return AVA_EXIT_USAGE;
  }
  context = ava_cli_open (cli);
  if (context == NULL)
    return AVA_EXIT_REFUSED;
  if (!read_location (context, location, &location_id, &error))
    done = FALSE;
  else if (moving != NULL)
    done = move (cli, context, moving, location_id, &error);
  else if (offer != NULL)
    done = make_offer (cli, context, offer, slot, &error);
  else if (accept != NULL)
    done = accept_offer (cli, context, accept, &error);
  else if (decline != NULL || leaving != NULL)
    done = leave (context, decline != NULL ? decline : leaving, decline != NULL, &error);
  else
    done = print_list (cli, context, slot, location_id, &error);
  ava_context_shut_down (context);
  return done ? AVA_EXIT_DONE : ava_cli_fail (error);
}
