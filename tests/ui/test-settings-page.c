/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stage.h"

#include "ava-file-settings.h"
#include "ava-hours-block.h"
#include "ava-hours-painter.h"
#include "ava-settings-fold.h"
#include "ava-settings-page.h"

#include <glib/gstdio.h>
#include <string.h>

/* The settings page on the real desk: what an edit does is seen before it is saved, by mouse or keys. */

typedef struct {
  Stage stage;
  AvaSettingsPage *page;
  const char *text;       /* that is waited for */
  AvaSpa *spa;            /* before */
} Desk;

static GtkWidget *
find (GtkWidget  *from,
      GType       type,
      const char *title)
{
  const char *name = ADW_IS_PREFERENCES_ROW (from) ? adw_preferences_row_get_title (ADW_PREFERENCES_ROW (from))
                     : ADW_IS_PREFERENCES_GROUP (from) ? adw_preferences_group_get_title (ADW_PREFERENCES_GROUP (from))
                     : GTK_IS_BUTTON (from) ? gtk_button_get_label (GTK_BUTTON (from)) : NULL;

  if (g_type_is_a (G_OBJECT_TYPE (from), type) && (title == NULL || g_strcmp0 (name, title) == 0))
    return from;
  for (GtkWidget *child = gtk_widget_get_first_child (from); child != NULL; child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find (child, type, title);

    if (found != NULL)
      return found;
  }
  return NULL;
}

static AvaSettingsSection *
get_section (Desk *desk)
{
  return AVA_SETTINGS_SECTION (stage_find (GTK_WIDGET (desk->page), AVA_TYPE_SETTINGS_SECTION, NULL));
}

static AvaSettingsDraft *
get_draft (Desk *desk)
{
  return ava_settings_section_get_draft (get_section (desk));
}

static gboolean
is_loaded (gpointer user_data)
{
  return ava_settings_draft_is_loaded (get_draft (user_data));
}

static void
set_up (Desk *desk)
{
  stage_set_up (&desk->stage);
  ava_window_show_page (desk->stage.window, "settings");
  desk->page = AVA_SETTINGS_PAGE (ava_window_find_page (desk->stage.window, "settings"));
  g_assert_true (stage_wait (is_loaded, desk, 10));
  desk->spa = ava_context_get_spa (desk->stage.context);
}

static void
tear_down (Desk *desk)
{
  stage_tear_down (&desk->stage);
}

static AvaSettingsSection *
show (Desk       *desk,
      const char *section,
      const char *item)
{
  ava_settings_page_show_section (desk->page, section);
  stage_settle ();
  ava_settings_section_open (get_section (desk), item);
  stage_settle ();
  return get_section (desk);
}

static GtkWidget *
need (Desk       *desk,
      GType       type,
      const char *title)
{
  GtkWidget *found = find (GTK_WIDGET (get_section (desk)), type, title);

  if (found == NULL)
    g_test_message ("there is no “%s”", title);
  g_assert_nonnull (found);
  return found;
}

static void
type (Desk       *desk,
      const char *field,
      const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (need (desk, ADW_TYPE_ENTRY_ROW, field)), text);
}

static void
press (Desk       *desk,
       const char *button)
{
  g_signal_emit_by_name (find (GTK_WIDGET (desk->page), GTK_TYPE_BUTTON, button), "clicked");
}

static gboolean
has_words (GtkWidget  *from,
           const char *words)
{
  if (GTK_IS_LABEL (from) && strstr (gtk_label_get_text (GTK_LABEL (from)), words) != NULL)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (from); child != NULL; child = gtk_widget_get_next_sibling (child)) {
    if (has_words (child, words))
      return TRUE;
  }
  return FALSE;
}

static gboolean
shows (gpointer user_data)
{
  Desk *desk = user_data;

  return has_words (GTK_WIDGET (desk->page), desk->text);
}

static void
expect (Desk       *desk,
        const char *text)
{
  desk->text = text;
  if (!stage_wait (shows, desk, 10))
    g_test_message ("“%s” is not shown", text);
  g_assert_true (shows (desk));
}

static gboolean
can_save (gpointer user_data)
{
  return ava_settings_draft_can_save (get_draft (user_data));
}

static gboolean
has_new_spa (gpointer user_data)
{
  Desk *desk = user_data;

  return ava_context_get_spa (desk->stage.context) != desk->spa && !ava_settings_draft_is_edited (get_draft (desk), NULL);
}

/* Presses Save and waits until the desk works with it. */
static void
save (Desk *desk)
{
  g_assert_true (stage_wait (can_save, desk, 10));
  desk->spa = ava_context_get_spa (desk->stage.context);
  press (desk, "Sa_ve");
  if (!stage_wait (has_new_spa, desk, 10))
    g_test_message ("not saved: %s", ava_settings_draft_get_fault (get_draft (desk)));
  g_assert_true (has_new_spa (desk));
  stage_settle ();
  desk->spa = ava_context_get_spa (desk->stage.context);
}

static char *
hours_on (Desk       *desk,
          const char *owner_id,
          int         day)
{
  AvaSpan spans[AVA_SPA_MAX_SPANS];
  GDate date;
  guint n;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, day, 12, 2026);
  n = ava_spa_list_hours (ava_context_get_spa (desk->stage.context), owner_id, &date, spans, G_N_ELEMENTS (spans), NULL);
  return ava_spans_print (spans, n);
}

/* --- Hours ------------------------------------------------------------------------------------ */

static void
closing_a_day_lists_bookings_is_saved_and_taken_back (void)
{
  Desk desk = { 0 };
  g_autofree char *before = NULL;
  g_autofree char *saved = NULL;
  g_autofree char *back = NULL;

  set_up (&desk);
  show (&desk, "hours", NULL);
  type (&desk, "Wednesday", "");
  expect (&desk, "left without a place");
  expect (&desk, "We are closed on Wednesday");
  expect (&desk, "Ava says for Wednesday: closed");
  before = hours_on (&desk, NULL, 9);
  g_assert_cmpstr (before, !=, "");   /* not saved yet */
  save (&desk);
  saved = hours_on (&desk, NULL, 9);
  g_assert_cmpstr (saved, ==, "");
  expect (&desk, "Saved.");
  g_assert_true (ava_settings_draft_can_undo (get_draft (&desk)));
  press (&desk, "_Undo");
  stage_wait (has_new_spa, &desk, 10);
  g_assert_cmpstr (ava_settings_draft_get_fault (get_draft (&desk)), ==, NULL);
  back = hours_on (&desk, NULL, 9);
  g_assert_cmpstr (back, ==, before);
  tear_down (&desk);
}

static void
a_time_that_is_none_cannot_be_saved (void)
{
  static const char *const bad[] = { "25:00-26:00", "18:00-9:00", "nine to five", "9:00-18:00 x", "9:75-10:00", "9-12, 11-14", "😀" };
  Desk desk = { 0 };
  GtkWidget *field;

  set_up (&desk);
  show (&desk, "hours", NULL);
  field = need (&desk, ADW_TYPE_ENTRY_ROW, "Wednesday");
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    gtk_editable_set_text (GTK_EDITABLE (field), bad[i]);
    expect (&desk, "The hours of Wednesday cannot be read");
    g_assert_true (gtk_widget_has_css_class (field, "error"));
    g_assert_false (can_save (&desk));
  }
  gtk_editable_set_text (GTK_EDITABLE (field), "9:30 - 12, 1pm-4pm");
  g_assert_false (gtk_widget_has_css_class (field, "error"));
  g_assert_true (stage_wait (can_save, &desk, 10));
  press (&desk, "_Discard");
  stage_settle ();
  g_assert_true (ava_context_get_spa (desk.stage.context) == desk.spa);
  g_assert_false (ava_settings_page_is_edited (desk.page));
  tear_down (&desk);
}

static void
press_key (GtkWidget       *widget,
           guint            keyval,
           GdkModifierType  state)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++) {
    g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);
    gboolean handled = FALSE;

    if (GTK_IS_EVENT_CONTROLLER_KEY (controller))
      g_signal_emit_by_name (controller, "key-pressed", keyval, 0, state, &handled);
  }
}

static GtkWidget *
find_block (GtkWidget *painter,
            guint      at)
{
  for (GtkWidget *child = gtk_widget_get_first_child (painter); child != NULL; child = gtk_widget_get_next_sibling (child)) {
    if (AVA_IS_HOURS_BLOCK (child) && at-- == 0)
      return child;
  }
  return NULL;
}

/* Monday is 9 to 19 at first. */
static void
the_painter_works_by_keys_and_its_words_follow (void)
{
  static const struct { guint key; GdkModifierType state; const char *hours; } steps[] = {
    { GDK_KEY_Right, 0, "9:15–19:15" },
    { GDK_KEY_Right, GDK_SHIFT_MASK, "9:15–19:30" },
    { GDK_KEY_Left, GDK_CONTROL_MASK, "9:00–19:30" },
    { GDK_KEY_b, 0, "9:00–13:30, 14:30–19:30" },
    { GDK_KEY_Delete, 0, "14:30–19:30" },
  };
  Desk desk = { 0 };
  GtkWidget *painter;
  GtkWidget *entry;

  set_up (&desk);
  show (&desk, "hours", NULL);
  painter = need (&desk, AVA_TYPE_HOURS_PAINTER, NULL);
  entry = need (&desk, ADW_TYPE_ENTRY_ROW, "Monday");
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++) {
    gtk_widget_grab_focus (find_block (painter, 0));
    press_key (painter, steps[i].key, steps[i].state);
    g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, steps[i].hours);
  }
  gtk_test_accessible_assert_role (find_block (painter, 0), GTK_ACCESSIBLE_ROLE_BUTTON);
  gtk_editable_set_text (GTK_EDITABLE (entry), "8-10, 11-12");
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (find_block (painter, 1)), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Monday, open from 11:00 to 12:00");
  tear_down (&desk);
}

/* A provider's week at a second location is painted beside that of the first, and is in force there only. */
static void
provider_has_a_week_at_each_location (void)
{
  static const char changes[] =
    "[{\"table\": \"locations\", \"id\": \"west\", \"before\": null, \"values\": {\"name\": \"West\", \"spoken_name\": \"west\","
    "  \"zone\": \"America/Los_Angeles\", \"phone\": \"+12125550199\", \"address\": \"1 Hill\", \"directions\": \"\", \"rank\": 5}}]";
  g_autoptr (AvaSpa) west = NULL;
  g_autofree char *before = NULL;
  g_autofree char *here = NULL;
  g_autofree char *there = NULL;
  AvaSpan spans[AVA_SPA_MAX_SPANS];
  Desk desk = { 0 };
  GtkWidget *group;
  GDate date;

  set_up (&desk);
  stage_change_settings (&desk.stage, changes);
  g_assert_true (stage_wait (has_new_spa, &desk, 10));
  desk.spa = ava_context_get_spa (desk.stage.context);
  stage_settle ();
  before = hours_on (&desk, "prov-ortiz", 2);
  show (&desk, "providers", "prov-ortiz");
  group = need (&desk, ADW_TYPE_PREFERENCES_GROUP, "Working Hours: West");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (find (group, ADW_TYPE_ENTRY_ROW, "Wednesday"))), ==, "");
  gtk_editable_set_text (GTK_EDITABLE (find (group, ADW_TYPE_ENTRY_ROW, "Wednesday")), "8-11");
  save (&desk);
  west = ava_spa_at (ava_context_get_spa (desk.stage.context), "west");
  g_date_clear (&date, 1);
  g_date_set_dmy (&date, 2, 12, 2026);
  there = ava_spans_print (spans, ava_spa_list_hours (west, "prov-ortiz", &date, spans, G_N_ELEMENTS (spans), NULL));
  g_assert_cmpstr (there, ==, "8:00–11:00");
  here = hours_on (&desk, "prov-ortiz", 2);
  g_assert_cmpstr (here, ==, before);
  tear_down (&desk);
}

static void
leave_is_never_refused_and_holidays_are_added_once (void)
{
  Desk desk = { 0 };
  guint rows;
  g_autofree char *off = NULL;
  g_autofree char *christmas = NULL;

  set_up (&desk);
  show (&desk, "providers", "prov-ortiz");
  press (&desk, "Add _Leave");
  expect (&desk, "are left without a place");   /* today is the first day that is offered */
  expect (&desk, "Elena Ortiz");
  save (&desk);
  off = hours_on (&desk, "prov-ortiz", 1);
  g_assert_cmpstr (off, ==, "");
  show (&desk, "hours", NULL);
  press (&desk, "US _Holidays");
  rows = json_array_get_length (ava_settings_draft_list (get_draft (&desk), "hours_exceptions"));
  g_assert_cmpuint (rows, ==, 12);   /* eleven holidays of a year, and the leave */
  press (&desk, "US _Holidays");
  g_assert_cmpuint (json_array_get_length (ava_settings_draft_list (get_draft (&desk), "hours_exceptions")), ==, rows);
  save (&desk);
  christmas = hours_on (&desk, NULL, 25);
  g_assert_cmpstr (christmas, ==, "");
  tear_down (&desk);
}

/* --- Edits that wait --------------------------------------------------------------------------- */

static void
edits_stay_while_other_pages_are_looked_at (void)
{
  Desk desk = { 0 };

  set_up (&desk);
  show (&desk, "general", NULL);
  type (&desk, "Greeting", "Hello <b>there</b> & welcome.");
  expect (&desk, "Ava greets with “Hello <b>there</b> & welcome.”");
  show (&desk, "services", NULL);
  expect (&desk, "Ava greets with");
  ava_window_show_page (desk.stage.window, "calendar");
  stage_settle ();
  g_assert_true (has_words (GTK_WIDGET (desk.stage.window), "Settings are not saved yet"));
  ava_window_show_page (desk.stage.window, "settings");
  show (&desk, "general", NULL);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (need (&desk, ADW_TYPE_ENTRY_ROW, "Greeting"))), ==, "Hello <b>there</b> & welcome.");
  /* Asked on the page, not in a dialog. */
  gtk_window_close (GTK_WINDOW (desk.stage.window));
  stage_settle ();
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (desk.stage.window)));
  expect (&desk, "Save or discard these edits");
  save (&desk);
  g_assert_cmpstr (ava_context_get_spa (desk.stage.context)->greeting, ==, "Hello <b>there</b> & welcome.");
  tear_down (&desk);
}

static void
narrow_shows_the_list_or_the_section (void)
{
  Desk desk = { 0 };
  GtkWidget *fold;

  set_up (&desk);
  fold = find (GTK_WIDGET (desk.page), AVA_TYPE_SETTINGS_FOLD, NULL);
  g_assert_false (ava_settings_fold_is_folded (AVA_SETTINGS_FOLD (fold)));
  stage_resize (&desk.stage, 600, 760);
  g_assert_true (ava_settings_fold_is_folded (AVA_SETTINGS_FOLD (fold)));
  show (&desk, "rooms", NULL);
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (get_section (&desk))));
  g_assert_true (has_words (GTK_WIDGET (get_section (&desk)), "Linden Room"));
  ava_settings_fold_set_show_content (AVA_SETTINGS_FOLD (fold), FALSE);
  stage_settle ();
  g_assert_null (get_section (&desk));
  tear_down (&desk);
}

/* --- Services --------------------------------------------------------------------------------- */

static AvaService *
find_service (Desk       *desk,
              const char *name)
{
  AvaSpa *spa = ava_context_get_spa (desk->stage.context);

  for (guint i = 0; i < spa->services->len; i++) {
    if (strcmp (((AvaService *) spa->services->pdata[i])->name, name) == 0)
      return spa->services->pdata[i];
  }
  return NULL;
}

static void
a_new_service_is_copied_completed_and_known_to_ava (void)
{
  Desk desk = { 0 };
  AvaService *service;
  g_auto (GStrv) missing = NULL;

  set_up (&desk);
  show (&desk, "services", NULL);
  press (&desk, "_Add Service");
  stage_settle ();
  expect (&desk, "A service has no name yet");
  g_assert_false (can_save (&desk));
  type (&desk, "Name", "Cupping <b>");
  type (&desk, "Price", "ninety");
  expect (&desk, "“ninety” is not an amount");
  type (&desk, "Price", "90.50");
  expect (&desk, "Ava cannot book Cupping <b> yet. Missing: a provider who does it");
  press (&desk, "_Copy");   /* like the first one, a consultation */
  type (&desk, "Price", "90.50");
  expect (&desk, "Nothing is missing");
  expect (&desk, "Ava offers Cupping <b>, for 90.50 USD.");
  save (&desk);
  service = find_service (&desk, "Cupping <b>");
  g_assert_nonnull (service);
  g_assert_cmpint (service->price_cents, ==, 9050);
  g_assert_cmpstr (service->spoken[0], ==, "cupping <b>");
  g_assert_cmpstr (service->category, ==, "Consultation");
  missing = ava_settings_list_missing (ava_context_get_spa (desk.stage.context), service->id);
  g_assert_cmpuint (g_strv_length (missing), ==, 0);
  tear_down (&desk);
}

static void
alt_and_arrows_change_what_is_offered_first (void)
{
  Desk desk = { 0 };
  GtkWidget *row;

  set_up (&desk);
  show (&desk, "services", NULL);
  row = need (&desk, ADW_TYPE_ACTION_ROW, "Botox");
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, "Botox, 2 of 9");
  press_key (row, GDK_KEY_Up, GDK_ALT_MASK);
  expect (&desk, "Ava offers Botox first.");
  row = need (&desk, ADW_TYPE_ACTION_ROW, "Botox");
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, "Botox, 1 of 9");
  save (&desk);
  g_assert_cmpstr (((AvaService *) ava_context_get_spa (desk.stage.context)->services->pdata[0])->id, ==, "svc-botox");
  tear_down (&desk);
}

static void
every_field_of_a_service_reaches_the_spa (void)
{
  Desk desk = { 0 };
  AvaService *service;

  set_up (&desk);
  show (&desk, "services", "svc-peel");
  type (&desk, "Deposit", "50");
  type (&desk, "Fee for a later cancellation", "25");
  type (&desk, "Fee for not coming", "80");
  type (&desk, "Kind of device, if any", "steamer");
  type (&desk, "Preparation, as the customer is told", "No retinol for three days.");
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (find (need (&desk, ADW_TYPE_ACTION_ROW, "Next visit"), GTK_TYPE_SPIN_BUTTON, NULL)), 42);
  expect (&desk, "The next visit for Chemical Peel is suggested after 42 days.");
  expect (&desk, "a device of its kind");
  expect (&desk, "Before Chemical Peel customers are told: “No retinol for three days.”");
  save (&desk);
  service = find_service (&desk, "Chemical Peel");
  g_assert_cmpint (service->deposit_cents, ==, 5000);
  g_assert_cmpint (service->cancel_fee_cents, ==, 2500);
  g_assert_cmpint (service->no_show_fee_cents, ==, 8000);
  g_assert_cmpstr (service->device_kind, ==, "steamer");
  g_assert_cmpuint (service->next_visit_days, ==, 42);
  g_assert_cmpstr (service->prep, ==, "No retinol for three days.");
  tear_down (&desk);
}

/* --- Rooms ------------------------------------------------------------------------------------ */

static void
maintenance_lists_the_bookings_of_the_room (void)
{
  Desk desk = { 0 };

  set_up (&desk);
  show (&desk, "rooms", "room-2");
  press (&desk, "_Add Time");
  type (&desk, "Until", "2026-13-40 9:00");
  expect (&desk, "must be like 2026-12-01 9:00");
  type (&desk, "Until", "2026-12-05 18:00");
  expect (&desk, "The Laser Suite is out of use then: Maintenance.");
  save (&desk);
  g_assert_cmpuint (ava_context_get_spa (desk.stage.context)->room_blocks->len, ==, 1);
  tear_down (&desk);
}

/* --- Safety, people --------------------------------------------------------------------------- */

static void
choose_person (Desk       *desk,
               const char *id)
{
  ava_staff_choose (ava_context_get_staff (desk->stage.context), id);
}

static const char *
add_person (Desk       *desk,
            const char *name,
            const char *role_id)
{
  AvaSettingsDraft *draft = get_draft (desk);
  const char *item;

  show (desk, "people", NULL);
  press (desk, "Add _Person");
  stage_settle ();
  type (desk, "Name", name);
  item = ava_settings_section_get_item (get_section (desk)) + strlen ("person:");
  ava_settings_draft_set_text (draft, "people", item, "role_id", role_id);
  return item;
}

static void
rights_follow_the_person_at_the_desk (void)
{
  Desk desk = { 0 };
  g_autofree char *olive = NULL;
  g_autofree char *sam = NULL;
  AvaStaff *staff;
  AvaActor actor = { 0 };

  set_up (&desk);
  staff = ava_context_get_staff (desk.stage.context);
  sam = g_strdup (add_person (&desk, "Sam Staff", "role-staff"));
  expect (&desk, "Nobody could change the settings any more");
  g_assert_false (can_save (&desk));
  olive = g_strdup (add_person (&desk, "Olive Owner", "role-owner"));
  save (&desk);
  /* Nobody in particular may no longer do everything. */
  g_assert_false (ava_staff_may (staff, AVA_RIGHT_EDIT_SETTINGS));
  choose_person (&desk, sam);
  ava_staff_fill_actor (staff, &actor);
  g_assert_true (g_str_has_suffix (actor.who, sam));
  g_assert_cmpint (actor.role, ==, AVA_STAFF_ROLE_NONE);
  show (&desk, "general", NULL);
  type (&desk, "Greeting", "Hi.");
  expect (&desk, "Sam Staff may not do this as Staff.");
  choose_person (&desk, olive);
  save (&desk);
  g_assert_cmpstr (ava_context_get_spa (desk.stage.context)->greeting, ==, "Hi.");
  ava_staff_fill_actor (staff, &actor);
  g_assert_cmpint (actor.role, ==, AVA_STAFF_ROLE_MANAGER);
  tear_down (&desk);
}

static AvaSafetyRule *
find_rule (Desk       *desk,
           const char *id)
{
  GPtrArray *rules = ava_context_get_spa (desk->stage.context)->safety_rules;

  for (guint i = 0; i < rules->len; i++) {
    if (strcmp (((AvaSafetyRule *) rules->pdata[i])->id, id) == 0)
      return rules->pdata[i];
  }
  return NULL;
}

static void
an_example_is_approved_by_name_and_a_change_takes_it_back (void)
{
  Desk desk = { 0 };
  g_autofree char *director = NULL;

  set_up (&desk);
  director = g_strdup (add_person (&desk, "Dr. Maya Bennett", "role-director"));
  save (&desk);
  show (&desk, "safety", "rule-pregnant-laser");
  expect (&desk, "Choose who you are under People and Roles");
  choose_person (&desk, director);
  ava_settings_section_rebuild (get_section (&desk));
  press (&desk, "_Approve as Dr. Maya Bennett");
  expect (&desk, "Dr. Maya Bennett stands for the safety rule");
  save (&desk);
  g_assert_cmpstr (find_rule (&desk, "rule-pregnant-laser")->approved_by, ==, "Dr. Maya Bennett");
  g_assert_cmpstr (find_rule (&desk, "rule-pregnant-laser")->name, ==, "Pregnancy and laser");
  type (&desk, "Or every service of the category", "Body");
  expect (&desk, "it must be approved anew");
  save (&desk);
  g_assert_null (find_rule (&desk, "rule-pregnant-laser")->approved_by);
  tear_down (&desk);
}

/* --- The file, and the voice ------------------------------------------------------------------- */

static void
a_file_goes_out_and_comes_back_with_its_differences (void)
{
  Desk desk = { 0 };
  AvaSettingsSection *section;
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GFile) file = NULL;
  g_autoptr (GString) changed = NULL;

  set_up (&desk);
  section = show (&desk, "file", NULL);
  path = g_build_filename (desk.stage.folder, "out.json", NULL);
  file = g_file_new_for_path (path);
  ava_file_settings_export (section, file);
  expect (&desk, "The settings are in");
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_true (g_file_set_contents (path, "{ \"format\": \n nonsense", -1, NULL));
  ava_file_settings_import (section, file);
  expect (&desk, "line 2 is not JSON");
  g_assert_false (ava_settings_page_is_edited (desk.page));
  changed = g_string_new (text);
  g_string_replace (changed, "36000", "39900", 0);
  g_assert_true (g_file_set_contents (path, changed->str, -1, NULL));
  ava_file_settings_import (section, file);
  expect (&desk, "1 Difference Not Saved Yet");
  expect (&desk, "Service “Botox”: price 360.00 to 399.00");
  expect (&desk, "Ava says that Botox costs 399.00 USD, not 360.00 USD.");
  save (&desk);
  g_assert_cmpint (find_service (&desk, "Botox")->price_cents, ==, 39900);
  tear_down (&desk);
}

static void
the_greeting_is_heard_or_it_says_why_not (void)
{
  Desk desk = { 0 };

  set_up (&desk);
  show (&desk, "general", NULL);
  g_setenv ("AVA_AUDIO_SRC", "audiotestsrc is-live=true wave=silence", TRUE);
  g_setenv ("AVA_AUDIO_SINK", "fakesink sync=true", TRUE);
  type (&desk, "Greeting", "Hi.");
  press (&desk, "_Hear It Now");
  expect (&desk, "Ava is speaking");
  desk.text = "seconds to say";
  g_assert_true (stage_wait (shows, &desk, 60));
  g_setenv ("AVA_AUDIO_SINK", "filesink location=" "/nowhere/at/all", TRUE);
  press (&desk, "_Hear It Now");
  desk.text = "The greeting itself is fine";
  g_assert_true (stage_wait (shows, &desk, 60));
  g_unsetenv ("AVA_AUDIO_SRC");
  g_unsetenv ("AVA_AUDIO_SINK");
  tear_down (&desk);
}

/* --- What is opened --------------------------------------------------------------------------- */

static GtkWidget *
get_focused_field (Desk *desk)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (desk->stage.window));

  return focus != NULL ? gtk_widget_get_ancestor (focus, ADW_TYPE_ENTRY_ROW) : NULL;
}

static gboolean
is_list_again (gpointer user_data)
{
  Desk *desk = user_data;

  return ava_settings_section_get_item (get_section (desk)) == NULL && !ava_settings_draft_is_edited (get_draft (desk), NULL);
}

static void
what_is_added_takes_its_name_and_goes_when_it_is_discarded (void)
{
  static const struct { const char *section; const char *button; } things[] = {
    { "services", "_Add Service" }, { "providers", "_Add Provider" }, { "locations", "_Add Location" }, { "rooms", "Add _Room" },
    { "rooms", "Add _Device" }, { "safety", "_Add Rule" }, { "people", "Add _Person" }, { "people", "Add R_ole" },
  };
  Desk desk = { 0 };

  set_up (&desk);
  for (guint i = 0; i < G_N_ELEMENTS (things); i++) {
    GtkWidget *field;

    g_test_message ("%s", things[i].button);
    show (&desk, things[i].section, NULL);
    press (&desk, things[i].button);
    stage_settle ();
    field = get_focused_field (&desk);
    g_assert_nonnull (field);
    g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (field)), ==, "Name");
    expect (&desk, "This cannot be saved yet");
    g_assert_nonnull (strstr (ava_settings_draft_get_fault (get_draft (&desk)), "has no name yet"));
    press (&desk, "_Discard");
    g_assert_true (stage_wait (is_list_again, &desk, 10));
    stage_settle ();
    g_assert_nonnull (gtk_window_get_focus (GTK_WINDOW (desk.stage.window)));
  }
  tear_down (&desk);
}

static GtkWidget *
find_swatch (GtkWidget  *from,
             const char *name)
{
  if (GTK_IS_TOGGLE_BUTTON (from) && g_strcmp0 (gtk_widget_get_tooltip_text (from), name) == 0)
    return from;
  for (GtkWidget *child = gtk_widget_get_first_child (from); child != NULL; child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find_swatch (child, name);

    if (found != NULL)
      return found;
  }
  return NULL;
}

static void
a_provider_takes_another_colour (void)
{
  Desk desk = { 0 };
  GtkWidget *section;

  set_up (&desk);
  section = GTK_WIDGET (show (&desk, "providers", "prov-ortiz"));
  g_assert_true (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (find_swatch (section, "Purple"))));
  g_assert_null (find_swatch (section, "Their own colour"));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (find_swatch (section, "Green")), TRUE);
  save (&desk);
  g_assert_cmpstr (ava_spa_find_provider (desk.spa, "prov-ortiz")->colour, ==, "#2ec27e");
  ava_settings_draft_set_text (get_draft (&desk), "providers", "prov-ortiz", "colour", "#123456");
  ava_settings_section_rebuild (get_section (&desk));
  g_assert_true (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (find_swatch (section, "Their own colour"))));
  tear_down (&desk);
}

static gboolean
is_kept_unsaved (gpointer user_data)
{
  Desk *desk = user_data;

  return ava_context_get_spa (desk->stage.context) != desk->spa && ava_settings_draft_can_save (get_draft (desk));
}

static void
what_is_typed_while_it_is_being_saved_is_kept (void)
{
  Desk desk = { 0 };
  GtkWidget *category;

  set_up (&desk);
  show (&desk, "services", "svc-peel");
  type (&desk, "Price", "180");
  g_assert_true (stage_wait (can_save, &desk, 10));
  press (&desk, "Sa_ve");
  category = need (&desk, ADW_TYPE_ENTRY_ROW, "Category");
  gtk_editable_set_text (GTK_EDITABLE (category), "Peels");   /* before the store has answered */
  g_assert_true (stage_wait (is_kept_unsaved, &desk, 10));
  g_assert_cmpint (find_service (&desk, "Chemical Peel")->price_cents, ==, 18000);
  g_assert_cmpstr (find_service (&desk, "Chemical Peel")->category, ==, "Skin");
  g_assert_true (need (&desk, ADW_TYPE_ENTRY_ROW, "Category") == category);   /* the form was left alone */
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (category)), ==, "Peels");
  save (&desk);
  g_assert_cmpstr (find_service (&desk, "Chemical Peel")->category, ==, "Peels");
  g_assert_cmpint (find_service (&desk, "Chemical Peel")->price_cents, ==, 18000);
  tear_down (&desk);
}

int
main (int   argc,
      char *argv[])
{
  stage_init (&argc, &argv);
#define TEST(name) g_test_add_func ("/settings-page/" #name, name)
  TEST (closing_a_day_lists_bookings_is_saved_and_taken_back);
  TEST (a_time_that_is_none_cannot_be_saved);
  TEST (the_painter_works_by_keys_and_its_words_follow);
  TEST (provider_has_a_week_at_each_location);
  TEST (leave_is_never_refused_and_holidays_are_added_once);
  TEST (edits_stay_while_other_pages_are_looked_at);
  TEST (narrow_shows_the_list_or_the_section);
  TEST (a_new_service_is_copied_completed_and_known_to_ava);
  TEST (alt_and_arrows_change_what_is_offered_first);
  TEST (every_field_of_a_service_reaches_the_spa);
  TEST (maintenance_lists_the_bookings_of_the_room);
  TEST (rights_follow_the_person_at_the_desk);
  TEST (an_example_is_approved_by_name_and_a_change_takes_it_back);
  TEST (a_file_goes_out_and_comes_back_with_its_differences);
  TEST (what_is_added_takes_its_name_and_goes_when_it_is_discarded);
  TEST (a_provider_takes_another_colour);
  TEST (what_is_typed_while_it_is_being_saved_is_kept);
  TEST (the_greeting_is_heard_or_it_says_why_not);
  return g_test_run ();
}
