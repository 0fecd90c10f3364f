/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fake-keyring.h"

#define SERVICE_PATH "/org/freedesktop/secrets"
#define COLLECTION_PATH SERVICE_PATH "/collection/login"
#define ITEM_PATH COLLECTION_PATH "/1"
#define SESSION_PATH SERVICE_PATH "/session/1"
#define PROMPT_PATH SERVICE_PATH "/prompt/1"
#define SECRET "sk-of-the-keyring"

/* As much of the Secret Service as libsecret needs to look one item up. */
static const char interfaces[] =
  "<node>"
  "<interface name='org.freedesktop.Secret.Service'>"
  "  <method name='OpenSession'><arg type='s' direction='in'/><arg type='v' direction='in'/><arg type='v' direction='out'/><arg type='o' direction='out'/></method>"
  "  <method name='SearchItems'><arg type='a{ss}' direction='in'/><arg type='ao' direction='out'/><arg type='ao' direction='out'/></method>"
  "  <method name='Unlock'><arg type='ao' direction='in'/><arg type='ao' direction='out'/><arg type='o' direction='out'/></method>"
  "  <method name='GetSecrets'><arg type='ao' direction='in'/><arg type='o' direction='in'/><arg type='a{o(oayays)}' direction='out'/></method>"
  "  <method name='ReadAlias'><arg type='s' direction='in'/><arg type='o' direction='out'/></method>"
  "  <property name='Collections' type='ao' access='read'/>"
  "</interface>"
  "<interface name='org.freedesktop.Secret.Item'>"
  "  <property name='Locked' type='b' access='read'/><property name='Attributes' type='a{ss}' access='read'/>"
  "  <property name='Label' type='s' access='read'/><property name='Created' type='t' access='read'/><property name='Modified' type='t' access='read'/>"
  "</interface>"
  "<interface name='org.freedesktop.Secret.Prompt'>"
  "  <method name='Prompt'><arg type='s' direction='in'/></method><method name='Dismiss'/>"
  "  <signal name='Completed'><arg type='b'/><arg type='v'/></signal>"
  "</interface>"
  "</node>";

struct _FakeKeyring {
  FakeKeyringKind kind;
  GTestDBus *bus;
  GThread *thread;
  GMainContext *context;
  GMainLoop *loop;
  GDBusConnection *connection;
  GDBusNodeInfo *node;
  gboolean locked;
  int asked;               /* atomic */

  GMutex lock;
  GCond ready;
  gboolean is_ready;
};

static GVariant *
list_paths (const char *path)
{
  return path != NULL ? g_variant_new_objv (&path, 1) : g_variant_new_objv (NULL, 0);
}

static GVariant *
pair (GVariant *a,
      GVariant *b)
{
  GVariant *both[] = { a, b };

  return g_variant_new_tuple (both, 2);
}

static GVariant *
write_secrets (const char *session)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{o(oayays)}"));
  g_variant_builder_add (&builder, "{o(o@ay@ays)}", ITEM_PATH, session, g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, "", 0, 1),
                         g_variant_new_fixed_array (G_VARIANT_TYPE_BYTE, SECRET, sizeof SECRET - 1, 1), "text/plain");
  return g_variant_new ("(a{o(oayays)})", &builder);
}

/* The question for the password. */
static void
prompt (FakeKeyring *self)
{
  gboolean refuses = self->kind == FAKE_KEYRING_REFUSES;

  g_atomic_int_inc (&self->asked);
  if (self->kind == FAKE_KEYRING_SILENT)
    return;
  self->locked = refuses;
  g_dbus_connection_emit_signal (self->connection, NULL, PROMPT_PATH, "org.freedesktop.Secret.Prompt", "Completed",
                                 g_variant_new ("(bv)", refuses, list_paths (refuses ? NULL : ITEM_PATH)), NULL);
}

static void
on_call (GDBusConnection       *connection,
         const char            *sender,
         const char            *path,
         const char            *interface,
         const char            *method,
         GVariant              *parameters,
         GDBusMethodInvocation *invocation,
         gpointer               user_data)
{
  FakeKeyring *self = user_data;
  GVariant *answer = NULL;
  const char *algorithm;

  if (self->kind == FAKE_KEYRING_MUTE)
    return;   /* the caller's time runs out */
  if (g_str_equal (method, "OpenSession")) {
    g_variant_get_child (parameters, 0, "&s", &algorithm);
    if (!g_str_equal (algorithm, "plain")) {
      g_dbus_method_invocation_return_error_literal (invocation, G_DBUS_ERROR, G_DBUS_ERROR_NOT_SUPPORTED, "Plain only.");
      return;
    }
    answer = g_variant_new ("(vo)", g_variant_new_string (""), SESSION_PATH);
  } else if (g_str_equal (method, "SearchItems")) {
    answer = pair (list_paths (self->locked ? NULL : ITEM_PATH), list_paths (self->locked ? ITEM_PATH : NULL));
  } else if (g_str_equal (method, "Unlock")) {
    answer = pair (list_paths (self->locked ? NULL : ITEM_PATH), g_variant_new_object_path (self->locked ? PROMPT_PATH : "/"));
  } else if (g_str_equal (method, "GetSecrets")) {
    answer = write_secrets (SESSION_PATH);
  } else if (g_str_equal (method, "ReadAlias")) {
    answer = g_variant_new ("(o)", COLLECTION_PATH);
  }
  g_dbus_method_invocation_return_value (invocation, answer);
  if (g_str_equal (method, "Prompt"))
    prompt (self);
}

static GVariant *
on_get (GDBusConnection *connection,
        const char      *sender,
        const char      *path,
        const char      *interface,
        const char      *property,
        GError         **error,
        gpointer         user_data)
{
  FakeKeyring *self = user_data;
  GVariantBuilder builder;

  if (g_str_equal (property, "Collections"))
    return list_paths (COLLECTION_PATH);
  if (g_str_equal (property, "Locked"))
    return g_variant_new_boolean (self->locked);
  if (g_str_equal (property, "Label"))
    return g_variant_new_string ("Of the test");
  if (!g_str_equal (property, "Attributes"))
    return g_variant_new_uint64 (0);
  g_variant_builder_init (&builder, G_VARIANT_TYPE ("a{ss}"));
  g_variant_builder_add (&builder, "{ss}", "service", "openai");
  return g_variant_builder_end (&builder);
}

static void
publish (FakeKeyring *self)
{
  static const GDBusInterfaceVTable vtable = { on_call, on_get, NULL, { 0 } };
  static const struct { const char *path; const char *interface; } objects[] = {
    { SERVICE_PATH, "org.freedesktop.Secret.Service" }, { ITEM_PATH, "org.freedesktop.Secret.Item" },
    { PROMPT_PATH, "org.freedesktop.Secret.Prompt" },
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) owner = NULL;

  self->connection = g_dbus_connection_new_for_address_sync (g_test_dbus_get_bus_address (self->bus),
                                                             G_DBUS_CONNECTION_FLAGS_AUTHENTICATION_CLIENT |
                                                             G_DBUS_CONNECTION_FLAGS_MESSAGE_BUS_CONNECTION, NULL, NULL, &error);
  g_assert_no_error (error);
  g_dbus_connection_set_exit_on_close (self->connection, FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (objects); i++) {
    GDBusInterfaceInfo *info = g_dbus_node_info_lookup_interface (self->node, objects[i].interface);

    g_assert_cmpuint (g_dbus_connection_register_object (self->connection, objects[i].path, info, &vtable, self, NULL, &error), >, 0);
  }
  owner = g_dbus_connection_call_sync (self->connection, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "RequestName",
                                       g_variant_new ("(su)", "org.freedesktop.secrets", 0), NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);
}

static gpointer
serve (gpointer data)
{
  FakeKeyring *self = data;

  g_main_context_push_thread_default (self->context);
  if (self->kind != FAKE_KEYRING_NONE)
    publish (self);
  g_mutex_lock (&self->lock);
  self->is_ready = TRUE;
  g_cond_signal (&self->ready);
  g_mutex_unlock (&self->lock);
  g_main_loop_run (self->loop);
  if (self->connection != NULL)
    g_dbus_connection_close_sync (self->connection, NULL, NULL);
  g_clear_object (&self->connection);
  g_main_context_pop_thread_default (self->context);
  return NULL;
}

FakeKeyring *
fake_keyring_new (FakeKeyringKind kind)
{
  FakeKeyring *self = g_new0 (FakeKeyring, 1);

  self->kind = kind;
  self->locked = TRUE;
  self->bus = g_test_dbus_new (G_TEST_DBUS_NONE);
  self->node = g_dbus_node_info_new_for_xml (interfaces, NULL);
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  g_mutex_init (&self->lock);
  g_cond_init (&self->ready);
  g_test_dbus_up (self->bus);
  self->thread = g_thread_new ("fake-keyring", serve, self);
  g_mutex_lock (&self->lock);
  while (!self->is_ready)
    g_cond_wait (&self->ready, &self->lock);
  g_mutex_unlock (&self->lock);
  return self;
}

static gboolean
quit (gpointer data)
{
  g_main_loop_quit (data);
  return G_SOURCE_REMOVE;
}

void
fake_keyring_free (FakeKeyring *self)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_callback (source, quit, self->loop, NULL);
  g_source_attach (source, self->context);
  g_thread_join (self->thread);
  g_test_dbus_stop (self->bus);
  g_object_unref (self->bus);
  g_dbus_node_info_unref (self->node);
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->ready);
  g_free (self);
}

guint
fake_keyring_count_asked (FakeKeyring *self)
{
  return g_atomic_int_get (&self->asked);
}
