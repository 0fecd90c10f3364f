/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-staff.h"

#include <glib/gi18n.h>

#define GROUP "desk"
#define KEY "person"

struct _AvaStaff {
  GObject parent_instance;

  AvaSpa *spa;         /* nullable: not known yet */
  char *path;          /* of the file that remembers */
  char *person_id;     /* nullable; may be of somebody who has left */
  char *who;
};

enum { PROP_0, PROP_PERSON_ID, N_PROPS };
enum { CHANGED, N_SIGNALS };

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (AvaStaff, ava_staff, G_TYPE_OBJECT)

static void
ava_staff_get_property (GObject    *object,
                        guint       prop_id,
                        GValue     *value,
                        GParamSpec *pspec)
{
  AvaStaff *self = AVA_STAFF (object);

  switch (prop_id) {
  case PROP_PERSON_ID:
    g_value_set_string (value, self->person_id);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
ava_staff_finalize (GObject *object)
{
  AvaStaff *self = AVA_STAFF (object);

  g_clear_object (&self->spa);
  g_free (self->path);
  g_free (self->person_id);
  g_free (self->who);

  G_OBJECT_CLASS (ava_staff_parent_class)->finalize (object);
}

static void
ava_staff_class_init (AvaStaffClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = ava_staff_get_property;
  object_class->finalize = ava_staff_finalize;
  props[PROP_PERSON_ID] = g_param_spec_string ("person-id", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  signals[CHANGED] = g_signal_new ("changed", AVA_TYPE_STAFF, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
ava_staff_init (AvaStaff *self)
{
}

static void
name_who (AvaStaff *self)
{
  g_free (self->who);
  self->who = g_strconcat ("staff:", ava_staff_get_person (self) != NULL ? self->person_id : "desk", NULL);
}

/**
 * ava_staff_new:
 * @data_dir: the profile
 *
 * Reads a small file: for start-up.
 *
 * Returns: (transfer full): who was chosen last
 */
AvaStaff *
ava_staff_new (const char *data_dir)
{
  AvaStaff *self = g_object_new (AVA_TYPE_STAFF, NULL);
  g_autoptr (GKeyFile) file = g_key_file_new ();

  self->path = g_build_filename (data_dir, "desk.ini", NULL);
  if (g_key_file_load_from_file (file, self->path, G_KEY_FILE_NONE, NULL))
    self->person_id = g_key_file_get_string (file, GROUP, KEY, NULL);
  name_who (self);
  return self;
}

/**
 * ava_staff_set_spa:
 *
 * The people and roles that count from now on.
 */
void
ava_staff_set_spa (AvaStaff *self,
                   AvaSpa   *spa)
{
  g_return_if_fail (AVA_IS_STAFF (self));

  if (!g_set_object (&self->spa, spa))
    return;
  name_who (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * ava_staff_choose:
 * @person_id: (nullable): %NULL for nobody in particular
 *
 * Returns: whether it will be remembered; it counts in any case
 */
gboolean
ava_staff_choose (AvaStaff   *self,
                  const char *person_id)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();

  g_return_val_if_fail (AVA_IS_STAFF (self), FALSE);

  if (g_strcmp0 (person_id, self->person_id) == 0)
    return TRUE;
  g_free (self->person_id);
  self->person_id = g_strdup (person_id);
  name_who (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PERSON_ID]);
  g_signal_emit (self, signals[CHANGED], 0);
  if (person_id != NULL)
    g_key_file_set_string (file, GROUP, KEY, person_id);
  return g_key_file_save_to_file (file, self->path, NULL);
}

/**
 * ava_staff_get_person:
 *
 * Returns: (nullable) (transfer none): who works here now
 */
const AvaPerson *
ava_staff_get_person (AvaStaff *self)
{
  return self->spa != NULL && self->person_id != NULL ? ava_spa_find_person (self->spa, self->person_id) : NULL;
}

const char *
ava_staff_get_name (AvaStaff *self)
{
  const AvaPerson *person = ava_staff_get_person (self);

  return person != NULL ? person->name : NULL;
}

const char *
ava_staff_get_who (AvaStaff *self)
{
  return self->who;
}

static const AvaPersonRole *
get_role (AvaStaff *self)
{
  const AvaPerson *person = ava_staff_get_person (self);

  return person != NULL ? ava_spa_find_role (self->spa, person->role_id) : NULL;
}

/**
 * ava_staff_get_rights:
 *
 * Returns: what may be done at this desk now
 */
AvaStaffRights
ava_staff_get_rights (AvaStaff *self)
{
  const AvaPersonRole *role = get_role (self);

  if (role != NULL)
    return role->rights;
  if (self->spa == NULL || self->spa->people->len == 0)
    return AVA_RIGHTS_ALL & ~AVA_RIGHT_OVERRIDE_SAFETY;
  return 0;
}

gboolean
ava_staff_may (AvaStaff       *self,
               AvaStaffRights  right)
{
  return (ava_staff_get_rights (self) & right) == right;
}

/**
 * ava_staff_refuse:
 *
 * Returns: (transfer full) (nullable): why not, in words; %NULL when they may
 */
char *
ava_staff_refuse (AvaStaff       *self,
                  AvaStaffRights  right)
{
  const AvaPersonRole *role = get_role (self);

  if (ava_staff_may (self, right))
    return NULL;
  if (role == NULL)
    return g_strdup (_("Choose who you are first: nobody in particular may not do this."));
  /* Translators: the name of a person, and of their role. */
  return g_strdup_printf (_("%s may not do this as %s. Somebody with that right can."), ava_staff_get_name (self), role->name);
}

void
ava_staff_fill_actor (AvaStaff *self,
                      AvaActor *actor)
{
  const AvaPersonRole *role = get_role (self);

  actor->who = self->who;
  actor->rights = ava_staff_get_rights (self) | AVA_RIGHT_AT_DESK;
  actor->role = role != NULL && (role->rights & AVA_RIGHT_OVERRIDE_SAFETY) != 0 ? role->acts_as : AVA_STAFF_ROLE_NONE;
}
