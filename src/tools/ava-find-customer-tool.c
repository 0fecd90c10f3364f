/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-tool-answers.h"
#include "ava-tool-appointment.h"
#include "ava-tool-args.h"

static const AvaToolSpec spec = {
  "find_customer",
  "Find a customer by phone number or name, with the appointments to come.",
  "{\"type\": \"object\", \"properties\": {"
  "\"phone\": {\"type\": \"string\", \"description\": \"E.164\"},"
  "\"name\": {\"type\": \"string\"}}}",
};

#define MAX_CUSTOMERS 5

/* Customers found, and the answer as it grows: one look-up of appointments after the other. */
typedef struct {
  GPtrArray *customers;   /* AvaCustomer */
  guint at;
  JsonArray *array;
} Search;

static void
search_free (Search *self)
{
  g_clear_pointer (&self->customers, g_ptr_array_unref);
  g_clear_pointer (&self->array, json_array_unref);
  g_free (self);
}

static void load_next (GTask *task);

static void
add_flag (JsonArray  *flags,
          const char *what,
          const char *words)
{
  g_autofree char *flag = NULL;

  if (words == NULL || *words == '\0')
    return;
  flag = g_strdup_printf ("%s: %s", what, words);
  json_array_add_string_element (flags, flag);
}

/* With what cancelling it would cost now. */
static JsonObject *
write_appointment (AvaToolRun     *run,
                   AvaAppointment *appointment)
{
  JsonObject *object = ava_tool_write_appointment (run->spa, appointment);
  gint64 fee_cents = ava_tool_find_cancel_fee (run, appointment);
  g_autofree char *fee = NULL;

  if (fee_cents <= 0)
    return object;
  fee = ava_tool_speak_price (fee_cents, run->spa->currency);
  json_object_set_int_member (object, "cancel_fee_cents", fee_cents);
  json_object_set_string_member (object, "spoken_cancel_fee", fee);
  return object;
}

static JsonObject *
write_customer (AvaToolRun  *run,
                AvaCustomer *customer,
                GPtrArray   *appointments)
{
  JsonObject *object = json_object_new ();
  JsonArray *flags = json_array_new ();
  JsonArray *array = json_array_new ();

  json_object_set_string_member (object, "customer_id", customer->id);
  json_object_set_string_member (object, "name", customer->name);
  json_object_set_string_member (object, "phone", customer->phone);
  json_object_set_string_member (object, "email", customer->email);
  add_flag (flags, "allergies", customer->allergies);
  add_flag (flags, "medicines", customer->medicines);
  add_flag (flags, "contraindications", customer->contraindications);
  if (customer->pregnant)
    json_array_add_string_element (flags, "pregnant");
  json_object_set_array_member (object, "flags", flags);

  /* The store lists the latest first. */
  for (guint i = appointments->len; i-- > 0;) {
    AvaAppointment *appointment = appointments->pdata[i];

    if (appointment->start_us >= ava_tool_run_now_us (run) && appointment->status != AVA_APPOINTMENT_CANCELLED)
      json_array_add_object_element (array, write_appointment (run, appointment));
  }
  json_object_set_array_member (object, "appointments", array);
  return object;
}

static void
appointments_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  GTask *task = user_data;
  AvaToolRun *run = g_task_get_task_data (task);
  Search *search = g_object_get_data (G_OBJECT (run), "search");
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) appointments = ava_store_customer_appointments_finish (AVA_STORE (source), result, &error);

  if (error != NULL) {
    ava_tool_answer (task, ava_tool_refuse_store (error));
    return;
  }
  json_array_add_object_element (search->array,
                                 write_customer (run, search->customers->pdata[search->at], appointments));
  search->at++;
  load_next (task);
}

static void
load_next (GTask *task)
{
  AvaToolRun *run = g_task_get_task_data (task);
  Search *search = g_object_get_data (G_OBJECT (run), "search");
  AvaCustomer *customer;
  JsonObject *answer;

  if (search->at < MIN (search->customers->len, MAX_CUSTOMERS)) {
    customer = search->customers->pdata[search->at];
    ava_store_customer_appointments_async (run->store, customer->id, NULL, appointments_cb, task);
    return;
  }
  answer = json_object_new ();
  json_object_set_array_member (answer, "customers", g_steal_pointer (&search->array));
  ava_tool_answer (task, answer);
}

/* Whether every word of @name is in the customer's name, or the other way round. */
static gboolean
has_name (AvaCustomer *customer,
          const char  *name)
{
  return g_str_match_string (name, customer->name, FALSE) || g_str_match_string (customer->name, name, FALSE);
}

/* Several may share a phone; the name chooses, when it fits any. */
static GPtrArray *
choose_by_name (GPtrArray  *customers,
                const char *name)
{
  g_autoptr (GPtrArray) chosen = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; name != NULL && i < customers->len; i++) {
    if (has_name (customers->pdata[i], name))
      g_ptr_array_add (chosen, g_object_ref (customers->pdata[i]));
  }
  return chosen->len > 0 ? g_steal_pointer (&chosen) : g_ptr_array_ref (customers);
}

static void
take_customers (GTask     *task,
                GPtrArray *customers)
{
  AvaToolRun *run = g_task_get_task_data (task);
  Search *search = g_new0 (Search, 1);

  search->customers = choose_by_name (customers, ava_tool_run_get_text (run, "name"));
  search->array = json_array_new ();
  g_object_set_data_full (G_OBJECT (run), "search", search, (GDestroyNotify) search_free);
  load_next (task);
}

static void
by_phone_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  GTask *task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) customers = ava_store_customers_by_phone_finish (AVA_STORE (source), result, &error);

  if (error != NULL)
    ava_tool_answer (task, ava_tool_refuse_store (error));
  else
    take_customers (task, customers);
}

static void
by_name_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  GTask *task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) customers = ava_store_find_customers_finish (AVA_STORE (source), result, &error);

  if (error != NULL)
    ava_tool_answer (task, ava_tool_refuse_store (error));
  else
    take_customers (task, customers);
}

static void
find_customer (AvaTool    *self,
               AvaToolRun *run,
               GTask      *task)
{
  const char *phone = ava_tool_run_get_text (run, "phone");
  const char *name = ava_tool_run_get_text (run, "name");

  if (phone == NULL && name == NULL)
    ava_tool_answer (task, ava_tool_refuse ("invalid", "I need a phone number or a name."));
  else if (phone != NULL && !ava_tool_args_is_e164 (phone))
    ava_tool_answer (task, ava_tool_refuse ("invalid", "I need a phone number with its area code."));
  else if (phone != NULL)
    ava_store_customers_by_phone_async (run->store, phone, NULL, by_phone_cb, task);
  else
    ava_store_find_customers_async (run->store, name, MAX_CUSTOMERS, NULL, by_name_cb, task);
}

AVA_DEFINE_TOOL (AvaFindCustomerTool, ava_find_customer_tool, spec, find_customer)
