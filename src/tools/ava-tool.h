/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-store.h"
#include "ava-tool-call.h"

G_BEGIN_DECLS

/**
 * AvaToolRun:
 *
 * What one run of a tool works with. Filled by the toolbox, then only read, but for the location that it works at. Main thread.
 */
#define AVA_TYPE_TOOL_RUN (ava_tool_run_get_type ())
G_DECLARE_FINAL_TYPE (AvaToolRun, ava_tool_run, AVA, TOOL_RUN, GObject)

struct _AvaToolRun {
  GObject parent_instance;

  AvaStore *store;
  AvaClock *clock;
  AvaSpa *spa;        /* seen from the location that is worked at: the first, or that of the slot or appointment */
  JsonObject *args;   /* they fit the tool's parameters */
  char *key;          /* idempotency key, nullable */
  char *who;
  char *call_id;      /* nullable */
  AvaStaffRole role;      /* as in the call */
  AvaStaffRights rights;
  char *override_reason;  /* nullable */
  gboolean goes_on;
  GObject *scratch;   /* what the tool keeps between its steps, nullable */
};

AvaToolRun *ava_tool_run_new       (void);
AvaActor    ava_tool_run_get_actor (AvaToolRun *self,
                                    const char *why);
const char *ava_tool_run_get_text  (AvaToolRun *self,
                                    const char *name);
gint64      ava_tool_run_now_us    (AvaToolRun *self);
void        ava_tool_run_see       (AvaToolRun *self,
                                    const char *location_id);

/**
 * AvaTool:
 *
 * One thing that Ava and the staff can do. A tool has no state of its own: everything about a run is
 * in its AvaToolRun. It answers a JSON object, a refusal included; it has no other errors.
 */
#define AVA_TYPE_TOOL (ava_tool_get_type ())
G_DECLARE_INTERFACE (AvaTool, ava_tool, AVA, TOOL, GObject)

struct _AvaToolInterface {
  GTypeInterface parent_iface;

  const AvaToolSpec *(*get_spec)  (AvaTool      *self);
  /* @task: (transfer full): its task data is the AvaToolRun; answer with ava_tool_answer(). */
  void               (*run)       (AvaTool      *self,
                                   AvaToolRun   *run,
                                   GTask        *task);
};

const AvaToolSpec *ava_tool_get_spec   (AvaTool              *self);
void               ava_tool_run_async  (AvaTool              *self,
                                        AvaToolRun           *run,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data);
JsonObject        *ava_tool_run_finish (AvaTool              *self,
                                        GAsyncResult         *result);
void               ava_tool_answer     (GTask                *task,
                                        JsonObject           *answer);

/* The tools, one file each. */
AvaTool *ava_find_customer_tool_new          (void);
AvaTool *ava_check_availability_tool_new     (void);
AvaTool *ava_hold_slot_tool_new              (void);
AvaTool *ava_book_appointment_tool_new       (void);
AvaTool *ava_reschedule_appointment_tool_new (void);
AvaTool *ava_cancel_appointment_tool_new     (void);
AvaTool *ava_list_services_tool_new          (void);
AvaTool *ava_get_hours_tool_new              (void);
AvaTool *ava_take_message_tool_new           (void);
AvaTool *ava_join_waitlist_tool_new          (void);

/* The part of a tool's file that is always the same. */
#define AVA_DEFINE_TOOL(TypeName, type_name, spec, run_func) \
  typedef struct { GObject parent_instance; } TypeName; \
  typedef struct { GObjectClass parent_class; } TypeName##Class; \
  GType type_name##_get_type (void); \
  static const AvaToolSpec *type_name##_get_spec (AvaTool *self) { return &spec; } \
  static void type_name##_iface_init (AvaToolInterface *iface) \
  { \
    iface->get_spec = type_name##_get_spec; \
    iface->run = run_func; \
  } \
  G_DEFINE_FINAL_TYPE_WITH_CODE (TypeName, type_name, G_TYPE_OBJECT, \
                                 G_IMPLEMENT_INTERFACE (AVA_TYPE_TOOL, type_name##_iface_init)) \
  static void type_name##_class_init (TypeName##Class *klass) { } \
  static void type_name##_init (TypeName *self) { } \
  AvaTool *type_name##_new (void) { return g_object_new (type_name##_get_type (), NULL); }

G_END_DECLS
