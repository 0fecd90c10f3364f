/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-tool-answers.h"

static const AvaToolSpec spec = {
  "list_services",
  "List services with prices and durations, or tell about one.",
  "{\"type\": \"object\", \"properties\": {"
  "\"service\": {\"type\": \"string\", \"description\": \"id or the caller's words\"}}}",
};

static JsonObject *
write_service (AvaSpa     *spa,
               AvaService *service)
{
  JsonObject *object = json_object_new ();
  g_autofree char *price = ava_tool_speak_price (service->price_cents, spa->currency);
  gboolean spoken = service->spoken != NULL && service->spoken[0] != NULL;

  json_object_set_string_member (object, "service_id", service->id);
  json_object_set_string_member (object, "name", service->name);
  json_object_set_string_member (object, "spoken_name", spoken ? service->spoken[0] : service->name);
  json_object_set_int_member (object, "price_cents", service->price_cents);
  json_object_set_string_member (object, "spoken_price", price);
  json_object_set_int_member (object, "duration_min", service->active_min + service->processing_min);
  json_object_set_string_member (object, "description", service->description != NULL ? service->description : "");
  return object;
}

static void
list_services (AvaTool    *self,
               AvaToolRun *run,
               GTask      *task)
{
  const char *words = ava_tool_run_get_text (run, "service");
  JsonObject *refusal = NULL;
  JsonArray *array = json_array_new ();
  JsonObject *answer;
  AvaService *only = words != NULL ? ava_tool_find_service (run->spa, words, &refusal) : NULL;

  if (refusal != NULL) {
    json_array_unref (array);
    ava_tool_answer (task, refusal);
    return;
  }
  for (guint i = 0; i < run->spa->services->len; i++) {
    AvaService *service = run->spa->services->pdata[i];

    if (!service->archived && (only == NULL || only == service))
      json_array_add_object_element (array, write_service (run->spa, service));
  }
  answer = json_object_new ();
  json_object_set_array_member (answer, "services", array);
  ava_tool_answer (task, answer);
}

AVA_DEFINE_TOOL (AvaListServicesTool, ava_list_services_tool, spec, list_services)
