/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-context.h"

#include "ava-call-session-private.h"
#include "ava-practice.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#define MOST_NAMES 4000    /* of customers, in the name grammar */

struct _AvaContext {
  GObject parent_instance;

  /* Owned References */
  AvaClock *clock;
  AvaStore *store;
  AvaSpa *spa;
  AvaToolbox *toolbox;
  AvaSpeechEngines *engines;
  AvaHearing *hearing;
  AvaStaff *staff;
  AvaCloudVoice *cloud;
  AvaCloudReserve *reserve;
  GListStore *calls;           /* AvaCallSession that last */
  GPtrArray *closing;          /* AvaCallSession that ended: kept until all is written */
  GPtrArray *practice;         /* AvaPracticeCaller */
  GCancellable *cancellable;
  char *data_dir;
  char *recordings;            /* folder */
};

enum { PROP_0, PROP_SPA, N_PROPS };
enum { CALL_STARTED, CALL_ENDED, BOOKED, SAFETY_STOP, CHANGED_BY_DESK, NOTICE, N_SIGNALS };

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AvaContext, ava_context, G_TYPE_OBJECT)

static void
ava_context_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  AvaContext *self = AVA_CONTEXT (object);

  switch (prop_id) {
  case PROP_SPA:
    g_value_set_object (value, self->spa);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
ava_context_dispose (GObject *object)
{
  AvaContext *self = AVA_CONTEXT (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->calls);
  g_clear_pointer (&self->closing, g_ptr_array_unref);
  g_clear_object (&self->toolbox);
  g_clear_object (&self->engines);
  g_clear_object (&self->hearing);
  g_clear_object (&self->staff);
  g_clear_object (&self->reserve);
  g_clear_object (&self->cloud);
  g_clear_object (&self->store);
  g_clear_object (&self->spa);
  g_clear_object (&self->clock);

  G_OBJECT_CLASS (ava_context_parent_class)->dispose (object);
}

static void
ava_context_finalize (GObject *object)
{
  AvaContext *self = AVA_CONTEXT (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->practice, g_ptr_array_unref);
  g_free (self->data_dir);
  g_free (self->recordings);

  G_OBJECT_CLASS (ava_context_parent_class)->finalize (object);
}

static void
ava_context_class_init (AvaContextClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GType type = AVA_TYPE_CONTEXT;
  const GSignalFlags flags = G_SIGNAL_RUN_LAST;

  object_class->get_property = ava_context_get_property;
  object_class->dispose = ava_context_dispose;
  object_class->finalize = ava_context_finalize;
  props[PROP_SPA] = g_param_spec_object ("spa", NULL, NULL, AVA_TYPE_SPA,
                                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);

  signals[CALL_STARTED] = g_signal_new ("call-started", type, flags, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 1, AVA_TYPE_CALL_SESSION);
  signals[CALL_ENDED] = g_signal_new ("call-ended", type, flags, 0, NULL, NULL, NULL,
                                      G_TYPE_NONE, 1, AVA_TYPE_CALL_SESSION);
  signals[BOOKED] = g_signal_new ("booked", type, flags, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 2, AVA_TYPE_CALL_SESSION, G_TYPE_STRING);
  signals[SAFETY_STOP] = g_signal_new ("safety-stop", type, flags, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 2, AVA_TYPE_CALL_SESSION, G_TYPE_STRING);
  signals[CHANGED_BY_DESK] = g_signal_new ("changed-by-desk", type, flags, 0, NULL, NULL, NULL,
                                           G_TYPE_NONE, 2, G_TYPE_INT64, G_TYPE_STRING);
  signals[NOTICE] = g_signal_new ("notice", type, flags, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
ava_context_init (AvaContext *self)
{
  self->calls = g_list_store_new (AVA_TYPE_CALL_SESSION);
  self->hearing = ava_hearing_new ();
  self->cloud = ava_cloud_voice_new ();
  self->closing = g_ptr_array_new_with_free_func (g_object_unref);
  self->cancellable = g_cancellable_new ();
}

static void
on_cloud_absent (AvaContext *self,
                 const char *why)
{
  g_autofree char *words = g_strdup_printf (_("%s Until then this computer's own voice answers calls."), why);

  g_signal_emit (self, signals[NOTICE], 0, words);
}

static void
use_spa (AvaContext *self,
         AvaSpa     *spa)
{
  g_set_object (&self->spa, spa);
  ava_toolbox_set_spa (self->toolbox, spa);
  ava_staff_set_spa (self->staff, spa);
  ava_speech_engines_set_spa (self->engines, spa, NULL);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->calls)); i++) {
    g_autoptr (AvaCallSession) session = g_list_model_get_item (G_LIST_MODEL (self->calls), i);

    ava_call_session_set_spa (session, spa);
  }
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SPA]);
}

static void
spa_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr (AvaContext) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (AvaSpa) spa = ava_store_load_spa_finish (AVA_STORE (source), result, &error);

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (spa == NULL)
    g_signal_emit (self, signals[NOTICE], 0, error->message);
  else
    use_spa (self, spa);
}

static void
on_store_changed (AvaContext         *self,
                  const char *const  *tables)
{
  static const char *const settings[] = {
    "locations", "services", "providers", "rooms", "hours", "hours_exceptions", "settings",
    "safety_rules", "provider_services", "blocks", "roles", "people", "packages", NULL
  };

  for (guint i = 0; tables[i] != NULL; i++) {
    if (g_strv_contains (settings, tables[i])) {
      ava_store_load_spa_async (self->store, self->cancellable, spa_cb, g_object_ref (self));
      return;
    }
  }
}

/* The words of @name that can be said, in plain lower case letters. */
static void
add_name (GHashTable *names,
          const char *name)
{
  g_auto (GStrv) words = g_strsplit_set (name, " -", -1);
  g_autoptr (GString) plain = g_string_new (NULL);

  for (guint i = 0; words[i] != NULL; i++) {
    g_autofree char *lower = g_utf8_strdown (words[i], -1);
    g_autofree char *ascii = g_str_to_ascii (lower, "C");
    gsize letters = strspn (ascii, "abcdefghijklmnopqrstuvwxyz'");

    if (letters >= 2 && ascii[letters] == '\0')
      g_string_append_printf (plain, "%s%s", plain->len > 0 ? " " : "", ascii);
  }
  if (plain->len > 0)
    g_hash_table_add (names, g_strdup (plain->str));
}

static void
names_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (AvaContext) self = user_data;
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) customers = ava_store_find_customers_finish (AVA_STORE (source), result, NULL);
  g_autofree char **list = NULL;

  if (customers == NULL || g_cancellable_is_cancelled (self->cancellable))
    return;
  for (guint i = 0; i < customers->len; i++)
    add_name (names, ((AvaCustomer *) customers->pdata[i])->name);
  list = (char **) g_hash_table_get_keys_as_array (names, NULL);
  ava_speech_engines_set_spa (self->engines, self->spa, (const char *const *) list);
}

static void
recovered_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (AvaContext) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *words = NULL;
  int calls = ava_store_recover_calls_finish (AVA_STORE (source), result, &error);

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (calls < 0)
    g_signal_emit (self, signals[NOTICE], 0, error->message);
  if (calls <= 0)
    return;
  words = g_strdup_printf (ngettext ("%d call was cut off when the program last stopped. What was said is kept, and a call-back is noted.",
                                     "%d calls were cut off when the program last stopped. What was said is kept, and a call-back is noted.",
                                     calls), calls);
  g_signal_emit (self, signals[NOTICE], 0, words);
}

static gboolean
open_store (AvaContext  *self,
            gboolean     demo,
            GError     **error)
{
  g_autofree char *json = NULL;
  g_autofree char *path = NULL;

  if (g_mkdir_with_parents (self->data_dir, 0700) != 0) {
    int code = errno;

    g_set_error (error, AVA_STORE_ERROR, AVA_STORE_ERROR_READ_ONLY,
                 _("The folder %s cannot be made: %s"), self->data_dir, g_strerror (code));
    return FALSE;
  }
  self->store = ava_store_open (self->data_dir, self->clock, error);
  if (self->store == NULL)
    return FALSE;
  if (!demo || !ava_store_is_empty (self->store))
    return TRUE;
  path = ava_practice_find_data ("spa.json");
  return g_file_get_contents (path, &json, NULL, error) &&
         ava_store_fill_demo (self->store, json, 1, 400, 90, 0, error);
}

typedef struct {
  GMainLoop *loop;
  AvaSpa *spa;
  GError **error;
} SpaWait;

static void
first_spa_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  SpaWait *wait = user_data;

  wait->spa = ava_store_load_spa_finish (AVA_STORE (source), result, wait->error);
  g_main_loop_quit (wait->loop);
}

/* Start-up only: nothing is shown before the spa is known. */
static AvaSpa *
load_first_spa (AvaContext  *self,
                GError     **error)
{
  g_autoptr (GMainContext) own = g_main_context_new ();
  SpaWait wait = { .loop = g_main_loop_new (own, FALSE), .error = error };

  g_main_context_push_thread_default (own);
  ava_store_load_spa_async (self->store, NULL, first_spa_cb, &wait);
  g_main_loop_run (wait.loop);
  g_main_context_pop_thread_default (own);
  g_main_loop_unref (wait.loop);
  return wait.spa;
}

/**
 * ava_context_new:
 * @data_dir: the profile: database, recordings, caches; made when it is missing
 * @demo: whether an empty profile is filled with the demo spa
 *
 * Returns: (transfer full) (nullable): the desk, or %NULL with @error set (AVA_STORE_ERROR)
 */
AvaContext *
ava_context_new (const char  *data_dir,
                 AvaClock    *clock,
                 gboolean     demo,
                 GError     **error)
{
  g_autoptr (AvaContext) self = g_object_new (AVA_TYPE_CONTEXT, NULL);
  g_autoptr (AvaSpa) spa = NULL;

  self->data_dir = g_strdup (data_dir);
  self->recordings = g_build_filename (data_dir, "recordings", NULL);
  self->clock = g_object_ref (clock);
  if (!open_store (self, demo, error))
    return NULL;
  spa = load_first_spa (self, error);
  if (spa == NULL)
    return NULL;
  g_mkdir_with_parents (self->recordings, 0700);
  self->toolbox = ava_toolbox_new (self->store, self->clock);
  self->engines = ava_speech_engines_new ();
  self->staff = ava_staff_new (data_dir);
  self->practice = ava_practice_list ();
  self->reserve = ava_cloud_reserve_new (self->cloud, self->store);
  g_signal_connect_object (self->reserve, "absent", G_CALLBACK (on_cloud_absent), self, G_CONNECT_SWAPPED);
  use_spa (self, spa);
  g_signal_connect_object (self->store, "changed", G_CALLBACK (on_store_changed), self,
                           G_CONNECT_SWAPPED);
  ava_store_recover_calls_async (self->store, self->cancellable, recovered_cb, g_object_ref (self));
  ava_store_find_customers_async (self->store, NULL, MOST_NAMES, self->cancellable, names_cb,
                                  g_object_ref (self));
  return g_steal_pointer (&self);
}

static void
drop_written_calls (AvaContext *self)
{
  for (guint i = self->closing->len; i > 0; i--) {
    if (ava_call_session_is_idle (self->closing->pdata[i - 1]))
      g_ptr_array_remove_index_fast (self->closing, i - 1);
  }
}

/**
 * ava_context_shut_down:
 *
 * Ends live calls and closes the database once all is written. Blocks until then.
 */
void
ava_context_shut_down (AvaContext *self)
{
  guint n;

  g_return_if_fail (AVA_IS_CONTEXT (self));

  n = g_list_model_get_n_items (G_LIST_MODEL (self->calls));
  for (guint i = n; i > 0; i--) {
    g_autoptr (AvaCallSession) session = g_list_model_get_item (G_LIST_MODEL (self->calls), i - 1);

    ava_call_session_end (session);
  }
  ava_cloud_reserve_close (self->reserve);
  for (drop_written_calls (self); self->closing->len > 0 || ava_cloud_reserve_is_noting (self->reserve); drop_written_calls (self))
    g_main_context_iteration (NULL, TRUE);
  g_cancellable_cancel (self->cancellable);
  ava_store_close (self->store);
}

/**
 * ava_context_get_clock:
 *
 * Returns: (transfer none): what tells the time
 */
AvaClock *
ava_context_get_clock (AvaContext *self)
{
  return self->clock;
}

/**
 * ava_context_get_store:
 *
 * Returns: (transfer none): the database
 */
AvaStore *
ava_context_get_store (AvaContext *self)
{
  return self->store;
}

/**
 * ava_context_get_spa:
 *
 * Returns: (transfer none): the spa as it is set up now
 */
AvaSpa *
ava_context_get_spa (AvaContext *self)
{
  return self->spa;
}

/**
 * ava_context_get_toolbox:
 *
 * Returns: (transfer none): what Ava and the staff can do
 */
AvaToolbox *
ava_context_get_toolbox (AvaContext *self)
{
  return self->toolbox;
}

/**
 * ava_context_get_data_dir:
 *
 * Returns: the folder of the profile
 */
const char *
ava_context_get_data_dir (AvaContext *self)
{
  return self->data_dir;
}

/**
 * ava_context_get_calls:
 *
 * Returns: (transfer none): AvaCallSession that ring or last
 */
GListModel *
ava_context_get_calls (AvaContext *self)
{
  return G_LIST_MODEL (self->calls);
}

/**
 * ava_context_list_practice:
 *
 * Returns: (transfer none): AvaPracticeCaller who can be called up
 */
GPtrArray *
ava_context_list_practice (AvaContext *self)
{
  return self->practice;
}

static void
on_call_state (AvaCallSession *session,
               GParamSpec     *pspec,
               AvaContext     *self)
{
  guint position;

  if (ava_call_session_get_state (session) != AVA_CALL_ENDED)
    return;
  drop_written_calls (self);
  g_ptr_array_add (self->closing, g_object_ref (session));
  g_signal_emit (self, signals[CALL_ENDED], 0, session);
  if (g_list_store_find (self->calls, session, &position))
    g_list_store_remove (self->calls, position);
}

static void
on_call_booked (AvaCallSession *session,
                const char     *appointment_id,
                AvaContext     *self)
{
  g_signal_emit (self, signals[BOOKED], 0, session, appointment_id);
}

static void
on_call_safety_stop (AvaCallSession *session,
                     const char     *words,
                     AvaContext     *self)
{
  g_signal_emit (self, signals[SAFETY_STOP], 0, session, words);
}

/**
 * ava_context_get_hearing:
 *
 * Returns: (transfer none): how this desk tells speech from noise
 */
AvaHearing *
ava_context_get_hearing (AvaContext *self)
{
  return self->hearing;
}

/**
 * ava_context_get_staff:
 *
 * Returns: (transfer none): who works at this desk, and what they may do
 */
AvaStaff *
ava_context_get_staff (AvaContext *self)
{
  return self->staff;
}

/**
 * ava_context_get_engines:
 *
 * Returns: (transfer none): Ava's ear and voice, loaded when they are first needed
 */
AvaSpeechEngines *
ava_context_get_engines (AvaContext *self)
{
  return self->engines;
}

/**
 * ava_context_get_cloud_voice:
 *
 * Returns: (transfer none): how this desk reaches its voice service
 */
AvaCloudVoice *
ava_context_get_cloud_voice (AvaContext *self)
{
  return self->cloud;
}

/**
 * ava_context_get_cloud_reserve:
 *
 * Returns: (transfer none): the line to the voice service that waits for the next call
 */
AvaCloudReserve *
ava_context_get_cloud_reserve (AvaContext *self)
{
  return self->reserve;
}

/**
 * ava_context_take_call:
 * @line_call: who calls
 *
 * Returns: (transfer none): the call; it is answered as soon as the speech engines are ready
 */
AvaCallSession *
ava_context_take_call (AvaContext  *self,
                       AvaLineCall *line_call)
{
  g_autoptr (AvaCallSession) session = NULL;
  AvaDesk desk = {
    .store = self->store,
    .clock = self->clock,
    .spa = self->spa,
    .toolbox = self->toolbox,
    .engines = self->engines,
    .hearing = self->hearing,
    .cloud = self->cloud,
    .reserve = self->reserve,
    .recordings = self->recordings,
  };

  g_return_val_if_fail (AVA_IS_CONTEXT (self), NULL);

  session = ava_call_session_new (&desk, line_call);
  g_signal_connect_object (session, "notify::state", G_CALLBACK (on_call_state), self, 0);
  g_signal_connect_object (session, "booked", G_CALLBACK (on_call_booked), self, 0);
  g_signal_connect_object (session, "safety-stop", G_CALLBACK (on_call_safety_stop), self, 0);
  g_list_store_append (self->calls, session);
  g_signal_emit (self, signals[CALL_STARTED], 0, session);
  ava_call_session_start (session);
  return session;
}

/**
 * ava_context_start_call:
 * @path: (nullable): a caller's script or recording; %NULL for the desk's microphone
 *
 * A microphone is opened while the call already stands: if there is none, it ends with the outcome "not-started".
 *
 * Returns: (transfer none) (nullable): the call, or %NULL with @error set (AVA_LINE_ERROR)
 */
AvaCallSession *
ava_context_start_call (AvaContext  *self,
                        const char  *path,
                        GError     **error)
{
  g_autoptr (AvaLineCall) line_call = NULL;
  g_autoptr (AvaPacer) pacer = NULL;

  g_return_val_if_fail (AVA_IS_CONTEXT (self), NULL);

  if (path == NULL) {
    line_call = ava_desk_call_new ();
  } else {
    pacer = ava_pacer_new (FALSE);
    line_call = g_str_has_suffix (path, ".caller") ? ava_simulated_call_new (path, pacer, error)
                                                   : ava_file_call_new (path, pacer, error);
  }
  return line_call != NULL ? ava_context_take_call (self, line_call) : NULL;
}

/**
 * ava_context_tell_change:
 * @token: of the change, as ava_book_undo_async() takes it
 * @words: what was done
 */
void
ava_context_tell_change (AvaContext *self,
                         gint64      token,
                         const char *words)
{
  g_return_if_fail (AVA_IS_CONTEXT (self));

  g_signal_emit (self, signals[CHANGED_BY_DESK], 0, token, words);
}
