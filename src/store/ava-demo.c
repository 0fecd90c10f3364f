/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-demo-private.h"

#include "ava-customer-table.h"
#include "ava-demo-names.h"
#include "ava-fold.h"
#include "ava-journal.h"
#include "ava-spa-table.h"

#include <glib/gi18n.h>

/* The demo spa: the same seed, spa and time make the same book, byte for byte of its rows. */

/* Area codes times the hundred lines 555-0100 … 555-0199 that are kept for fiction. */
#define FICTIONAL_LINES 100

/* A UUIDv7 like that of ava_id_new(), from the demo's own random numbers. */
char *
ava_demo_make_id (AvaDemo *self,
                  gint64   at_us)
{
  guint64 ms = (guint64) (at_us / 1000);
  guint32 a = g_rand_int (self->rand);
  guint32 b = g_rand_int (self->rand);
  guint32 c = g_rand_int (self->rand);

  return g_strdup_printf ("%08x-%04x-7%03x-%04x-%04x%08x", (guint32) (ms >> 16),
                          (guint32) (ms & 0xffff), a & 0xfff, 0x8000 | ((a >> 12) & 0x3fff),
                          b & 0xffff, c);
}

gboolean
ava_demo_chance (AvaDemo *self,
                 double   share)
{
  return g_rand_double (self->rand) < share;
}

const char *
ava_demo_pick (AvaDemo            *self,
               const char *const  *words)
{
  return words[g_rand_int_range (self->rand, 0, g_strv_length ((GStrv) words))];
}

/* The fictional lines first; a spa with more customers than those goes on within 555. */
static char *
make_phone (guint index)
{
  guint n_codes = g_strv_length ((GStrv) ava_demo_area_codes);
  guint line = 100 + index / n_codes;

  if (line >= 100 + FICTIONAL_LINES && line >= 10000)
    line = line % 10000;
  return g_strdup_printf ("+1%s555%04u", ava_demo_area_codes[index % n_codes], line);
}

static char *
make_email (const char *name,
            guint       index)
{
  g_autofree char *folded = ava_fold_text (name);
  GString *email = g_string_new (NULL);

  for (const char *p = folded; *p != '\0'; p++) {
    if (g_ascii_isalnum (*p))
      g_string_append_c (email, *p);
    else if (*p == ' ')
      g_string_append_c (email, '.');
  }
  g_string_append_printf (email, "%u@example.com", index + 1);
  return g_string_free (email, FALSE);
}

static void
add_health (AvaDemo     *self,
            AvaCustomer *customer)
{
  if (ava_demo_chance (self, 0.08))
    customer->allergies = g_strdup (ava_demo_pick (self, ava_demo_allergies));
  if (ava_demo_chance (self, 0.03))
    customer->medicines = g_strdup (ava_demo_chance (self, 0.5) ? "blood thinner" : "isotretinoin");
  if (ava_demo_chance (self, 0.02))
    customer->contraindications = g_strdup ("History of keloid scars");
  customer->pregnant = ava_demo_chance (self, 0.015);
  if (ava_demo_chance (self, 0.15))
    customer->notes = g_strdup (ava_demo_pick (self, ava_demo_notes));
}

/* @relative: (nullable): who shares a phone and a home with them */
static AvaCustomer *
make_customer (AvaDemo     *self,
               guint        index,
               AvaCustomer *relative)
{
  AvaCustomer *customer = ava_customer_new ();
  gint64 age_days = g_rand_int_range (self->rand, 200, 900);

  customer->created_us = self->now_us - age_days * AVA_USEC_PER_DAY;
  customer->id = ava_demo_make_id (self, customer->created_us);
  if (relative != NULL) {
    const char *last = strrchr (relative->name, ' ') + 1;

    customer->name = g_strdup_printf ("%s %s", ava_demo_pick (self, ava_demo_first_names), last);
    customer->phone = g_strdup (relative->phone);
    if (relative->household_id == NULL)
      relative->household_id = g_strdup (relative->id);
    customer->household_id = g_strdup (relative->household_id);
  } else {
    customer->name = g_strdup_printf ("%s %s", ava_demo_pick (self, ava_demo_first_names),
                                      ava_demo_pick (self, ava_demo_last_names));
    customer->phone = make_phone (index);
  }
  if (ava_demo_chance (self, 0.8))
    customer->email = make_email (customer->name, index);
  customer->born = g_strdup_printf ("%d-%02d-%02d", g_rand_int_range (self->rand, 1948, 2006),
                                    g_rand_int_range (self->rand, 1, 13),
                                    g_rand_int_range (self->rand, 1, 29));
  add_health (self, customer);
  return customer;
}

static gboolean
insert_consent (AvaDemo      *self,
                AvaCustomer  *customer,
                GError      **error)
{
  g_autofree char *id = ava_demo_make_id (self, customer->created_us);

  return ava_sqlite_run (self->db, error,
                         "INSERT INTO consents (id, customer_id, kind, given, at_us, source)"
                         " VALUES (?, ?, 'texts', ?, ?, 'staff')", "ssii", id, customer->id,
                         (gint64) ava_demo_chance (self, 0.9), customer->created_us);
}

gboolean
ava_demo_fill_people (AvaDemo  *self,
                      GError  **error)
{
  for (guint i = 0; i < self->n_customers; i++) {
    AvaCustomer *relative = i > 0 && ava_demo_chance (self, 0.06) ? self->customers->pdata[i - 1] : NULL;

    g_ptr_array_add (self->customers, make_customer (self, i, relative));
  }
  for (guint i = 0; i < self->n_customers; i++) {
    if (!ava_customer_table_insert_row (self->store, self->customers->pdata[i], error) ||
        !insert_consent (self, self->customers->pdata[i], error))
      return FALSE;
  }
  return TRUE;
}

/* --- The whole ---------------------------------------------------------------------------------- */

static gpointer
is_empty (AvaStore      *self,
          AvaSqlite     *db,
          AvaStoreArgs  *args,
          GError       **error)
{
  gint64 rows = 1;

  g_assert (self->thread == g_thread_self ());

  ava_sqlite_get_int (db, &rows, error,
                      "SELECT EXISTS (SELECT 1 FROM locations) + EXISTS (SELECT 1 FROM customers)"
                      " + EXISTS (SELECT 1 FROM services) + EXISTS (SELECT 1 FROM appointments)"
                      " + EXISTS (SELECT 1 FROM conversations)", "");
  return GINT_TO_POINTER (rows == 0);
}

static gboolean
fill (AvaDemo  *self,
      GError  **error)
{
  static const char *const tables[] = {
    "locations", "services", "providers", "rooms", "hours", "customers", "consents", "appointments",
    "conversations", "tasks", "packages", "customer_packages", "package_uses",
  };
  const AvaActor actor = { .who = "system", .why = "A demo spa was asked for" };
  g_autoptr (AvaStoreArgs) args = ava_store_args_new (&actor);

  if (!ava_spa_table_insert (self->store, self->spa, error) || !ava_demo_fill_people (self, error) ||
      !ava_demo_fill_appointments (self, error) || !ava_demo_fill_other_calls (self, error) ||
      !ava_demo_fill_packages (self, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    ava_store_touch (self->store, tables[i]);
  return ava_journal_note (self->store, args, "demo-filled", NULL, error);
}

/* The arguments stand in: object the spa, limit customers, offset days, from_us seed, to_us number. */
static gpointer
fill_demo (AvaStore      *self,
           AvaSqlite     *db,
           AvaStoreArgs  *args,
           GError       **error)
{
  AvaDemo demo = {
    .store = self, .db = db, .spa = AVA_SPA (args->object), .now_us = ava_clock_now_us (self->clock),
    .n_customers = args->limit, .days = args->offset, .n_appointments = (guint) args->to_us,
  };
  gboolean done;

  g_assert (self->thread == g_thread_self ());

  if (!is_empty (self, db, args, error)) {
    if (error != NULL && *error == NULL)
      g_set_error_literal (error, AVA_STORE_ERROR, AVA_STORE_ERROR_INVALID,
                           _("This profile is in use already; the demo spa only fills an empty one."));
    return NULL;
  }
  demo.rand = g_rand_new_with_seed ((guint32) args->from_us);
  demo.customers = g_ptr_array_new_with_free_func (g_object_unref);
  done = fill (&demo, error);
  g_ptr_array_unref (demo.customers);
  g_rand_free (demo.rand);
  return GINT_TO_POINTER (done);
}

/**
 * ava_store_fill_demo:
 * @spa_json: the spa, as in data/demo/spa.json
 * @customers: how many, at least 1
 * @days: of appointments around now: two thirds past, one third to come
 * @appointments: how many; 0 for what such a spa has. More than fit into @days are packed round the
 *   clock over as many days as it takes.
 *
 * Fills an empty profile in one transaction. It is not synced: a demo stays on its machine. Blocks.
 */
gboolean
ava_store_fill_demo (AvaStore    *self,
                     const char  *spa_json,
                     guint        seed,
                     guint        customers,
                     guint        days,
                     guint        appointments,
                     GError     **error)
{
  g_autoptr (JsonNode) node = NULL;
  AvaStoreArgs *args;
  AvaSpa *spa;

  g_return_val_if_fail (AVA_IS_STORE (self), FALSE);
  g_return_val_if_fail (customers > 0 && days > 0, FALSE);

  node = json_from_string (spa_json, error);
  if (node == NULL)
    return FALSE;
  if (!JSON_NODE_HOLDS_OBJECT (node)) {
    g_set_error_literal (error, AVA_STORE_ERROR, AVA_STORE_ERROR_INVALID,
                         _("The description of the demo spa is not a JSON object."));
    return FALSE;
  }
  spa = ava_spa_new_from_json (json_node_get_object (node), error);
  if (spa == NULL)
    return FALSE;
  args = ava_store_args_new (NULL);
  args->object = G_OBJECT (spa);
  args->from_us = seed;
  args->limit = customers;
  args->offset = days;
  args->to_us = appointments;
  return ava_store_run_sync (self, AVA_STORE_WRITE, fill_demo, args, error) != NULL;
}

/* Whether nothing was ever set up or booked here. Blocks. */
gboolean
ava_store_is_empty (AvaStore *self)
{
  g_return_val_if_fail (AVA_IS_STORE (self), FALSE);

  return ava_store_run_sync (self, AVA_STORE_READ, is_empty, ava_store_args_new (NULL), NULL) != NULL;
}
