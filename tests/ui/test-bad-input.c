/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-calendar-desk.h"
#include "ava-customer-card.h"
#include "ava-customer-fields.h"
#include "ava-customers-page.h"
#include "ava-move-entry.h"
#include "ava-settings-page.h"
#include "ava-settings-section.h"
#include "ava-window-private.h"
#include "stage.h"

#include <string.h>

/* Whatever is typed comes back as it was, or is refused with a sentence; none of it is markup, SQL or a format. */

static const char *const bad[] = {
  "<b>Ava</b> & <i>co", "Robert'); DROP TABLE customers;--", "😀 Zoë 👩🏽‍⚕️", "مريم الحسيني", "%s %n %d", "a\\b \"c\" d",
};

static const struct { const char *section; const char *item; } forms[] = {
  { "general", NULL }, { "locations", "loc-main" }, { "services", "svc-botox" }, { "providers", "prov-ortiz" },
  { "rooms", "room-2" }, { "safety", "rule-pregnant-laser" }, { "people", "role:role-manager" },
  { "packages", "pack" }, { "hours", NULL },
};

static char *
make_long (void)
{
  return g_strnfill (10000, 'x');
}

/* --- Settings --------------------------------------------------------------------------------- */

static char *package_id;   /* nullable */

static gboolean
is_reviewed (gpointer user_data)
{
  return ava_settings_draft_get_fault (user_data) != NULL || ava_settings_draft_get_impact (user_data) != NULL ||
         !ava_settings_draft_is_edited (user_data, NULL);
}

static gboolean
is_clean (gpointer user_data)
{
  return !ava_settings_draft_is_edited (user_data, NULL);
}

static void
list_rows (GtkWidget *from,
           GPtrArray *rows)
{
  if (ADW_IS_ENTRY_ROW (from))
    g_ptr_array_add (rows, g_strdup (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (from))));
  for (GtkWidget *child = gtk_widget_get_first_child (from); child != NULL; child = gtk_widget_get_next_sibling (child))
    list_rows (child, rows);
}

static GtkWidget *
find_row (GtkWidget  *from,
          const char *title)
{
  if (ADW_IS_ENTRY_ROW (from) && strcmp (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (from)), title) == 0)
    return from;
  for (GtkWidget *child = gtk_widget_get_first_child (from); child != NULL; child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find_row (child, title);

    if (found != NULL)
      return found;
  }
  return NULL;
}

static gboolean
is_loaded (gpointer user_data)
{
  return ava_settings_draft_is_loaded (user_data);
}

static gboolean
holds (JsonNode   *node,
       const char *text)
{
  if (JSON_NODE_HOLDS_VALUE (node))
    return g_strcmp0 (json_node_get_value_type (node) == G_TYPE_STRING ? json_node_get_string (node) : NULL, text) == 0;
  if (JSON_NODE_HOLDS_ARRAY (node)) {
    JsonArray *array = json_node_get_array (node);

    for (guint i = 0; i < json_array_get_length (array); i++) {
      if (holds (json_array_get_element (array, i), text))
        return TRUE;
    }
  } else if (JSON_NODE_HOLDS_OBJECT (node)) {
    g_autoptr (GList) members = json_object_get_values (json_node_get_object (node));

    for (GList *member = members; member != NULL; member = member->next) {
      if (holds (member->data, text))
        return TRUE;
    }
  }
  return FALSE;
}

/* In the book, as somebody reads it who opens the settings now. */
static gboolean
is_kept (AvaContext *context,
         const char *text)
{
  static const char *const tables[] = {
    "settings", "locations", "services", "providers", "rooms", "hours", "hours_exceptions", "packages", "safety_rules", "roles", "people",
  };
  g_autoptr (AvaSettingsDraft) fresh = ava_settings_draft_new (context);
  gboolean found = FALSE;

  g_assert_true (stage_wait (is_loaded, fresh, 20));
  for (guint i = 0; i < G_N_ELEMENTS (tables) && !found; i++) {
    JsonArray *rows = ava_settings_draft_list (fresh, tables[i]);
    g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);

    json_node_set_array (node, rows);
    found = rows != NULL && holds (node, text);
  }
  ava_settings_draft_close (fresh);
  return found;
}

static void
on_saved (AvaSettingsDraft *draft,
          gboolean          undone,
          int              *n_saved)
{
  (*n_saved)++;
}

static gboolean
is_saved (gpointer user_data)
{
  return *(int *) user_data > 0;
}

/* Written to the book, read from it and taken back. */
static void
save_and_take_back (AvaSettingsSection *section,
                    const char         *title,
                    const char         *text)
{
  AvaSettingsDraft *draft = ava_settings_section_get_draft (section);
  int n_saved = 0;
  gulong handler = g_signal_connect (draft, "saved", G_CALLBACK (on_saved), &n_saved);

  ava_settings_draft_save (draft);
  g_assert_true (stage_wait (is_saved, &n_saved, 20));
  stage_settle ();
  if (!is_kept (ava_settings_section_get_context (section), text))
    g_error ("%s: “%s” was saved and is not there", title, text);
  ava_settings_section_rebuild (section);
  stage_settle ();
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (find_row (GTK_WIDGET (section), title))), ==, text);
  n_saved = 0;
  ava_settings_draft_undo (draft);
  g_assert_true (stage_wait (is_saved, &n_saved, 20));
  stage_settle ();
  g_assert_false (is_kept (ava_settings_section_get_context (section), text));
  g_signal_handler_disconnect (draft, handler);
}

/* Returns: whether it was saved */
static gboolean
try_field (AvaSettingsSection *section,
           const char         *title,
           const char         *text,
           gboolean            refused)
{
  GtkWidget *row = find_row (GTK_WIDGET (section), title);
  AvaSettingsDraft *draft = ava_settings_section_get_draft (section);
  const char *fault;

  g_test_message ("%s: %.40s", title, text);
  g_assert_nonnull (row);
  gtk_editable_set_text (GTK_EDITABLE (row), text);
  g_assert_true (stage_wait (is_reviewed, draft, 20));
  stage_settle ();
  fault = ava_settings_draft_get_fault (draft);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (find_row (GTK_WIDGET (section), title))), ==, text);
  if (fault != NULL)
    g_assert_true (g_str_has_suffix (fault, "."));
  if (refused && !g_str_has_prefix (title, "Another"))
    g_assert_nonnull (fault);
  if (fault == NULL && ava_settings_draft_can_save (draft)) {
    save_and_take_back (section, title, text);
    return TRUE;
  }
  ava_settings_draft_discard (draft);
  g_assert_true (stage_wait (is_clean, draft, 20));
  stage_settle ();
  return FALSE;
}

/* One package, as the demo has none. */
static void
add_package (AvaSettingsPage *page)
{
  AvaSettingsSection *section;
  AvaSettingsDraft *draft;
  JsonObject *row = json_object_new ();
  JsonArray *services = json_array_new ();
  int n_saved = 0;

  ava_settings_page_show_section (page, "packages");
  stage_settle ();
  section = AVA_SETTINGS_SECTION (stage_find (GTK_WIDGET (page), AVA_TYPE_SETTINGS_SECTION, NULL));
  draft = ava_settings_section_get_draft (section);
  json_object_set_string_member (row, "id", "pack");
  json_object_set_string_member (row, "name", "Six Peels");
  json_array_add_string_element (services, "svc-peel");
  json_array_add_string_element (services, "svc-peel");
  json_object_set_array_member (row, "service_ids", services);
  json_object_set_int_member (row, "price_cents", 90000);
  json_object_set_int_member (row, "valid_days", 365);
  json_object_set_int_member (row, "rank", 1);
  g_free (package_id);
  package_id = g_strdup (ava_settings_draft_add (draft, "packages", row));
  g_assert_true (stage_wait (is_reviewed, draft, 20));
  g_assert_cmpstr (ava_settings_draft_get_fault (draft), ==, NULL);
  g_signal_connect (draft, "saved", G_CALLBACK (on_saved), &n_saved);
  ava_settings_draft_save (draft);
  g_assert_true (stage_wait (is_saved, &n_saved, 20));
  g_signal_handlers_disconnect_by_func (draft, on_saved, &n_saved);
  stage_settle ();
}

static void
each_field_of_the_settings_takes_it_or_says_why_not (void)
{
  Stage stage = { 0 };
  AvaSettingsPage *page;
  g_autofree char *longest = make_long ();

  stage_set_up (&stage);
  ava_window_show_page (stage.window, "settings");
  stage_settle ();
  page = AVA_SETTINGS_PAGE (ava_window_find_page (stage.window, "settings"));
  add_package (page);
  for (guint f = 0; f < G_N_ELEMENTS (forms); f++) {
    g_autoptr (GPtrArray) titles = g_ptr_array_new_with_free_func (g_free);
    AvaSettingsSection *section;
    guint n_saved = 0;

    ava_settings_page_show_section (page, forms[f].section);
    stage_settle ();
    section = AVA_SETTINGS_SECTION (stage_find (GTK_WIDGET (page), AVA_TYPE_SETTINGS_SECTION, NULL));
    ava_settings_section_open (section, g_strcmp0 (forms[f].item, "pack") == 0 ? package_id : forms[f].item);
    stage_settle ();
    list_rows (GTK_WIDGET (section), titles);
    g_assert_cmpuint (titles->len, >, 0);
    for (guint i = 0; i < titles->len; i++) {
      n_saved += try_field (section, titles->pdata[i], bad[(i + f) % G_N_ELEMENTS (bad)], FALSE);
      try_field (section, titles->pdata[i], longest, TRUE);
    }
    /* Hours are no words. */
    g_assert_cmpint (n_saved > 0, ==, g_str_equal (forms[f].section, "hours") == FALSE);
  }
  stage_tear_down (&stage);
}

static void
names_in_the_settings_are_shown_as_they_are (void)
{
  Stage stage = { 0 };
  AvaSettingsPage *page;
  AvaSettingsSection *section;

  stage_set_up (&stage);
  ava_window_show_page (stage.window, "settings");
  stage_settle ();
  page = AVA_SETTINGS_PAGE (ava_window_find_page (stage.window, "settings"));
  ava_settings_page_show_section (page, "services");
  stage_settle ();
  section = AVA_SETTINGS_SECTION (stage_find (GTK_WIDGET (page), AVA_TYPE_SETTINGS_SECTION, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_test_message ("%s", bad[i]);
    ava_settings_draft_set_text (ava_settings_section_get_draft (section), "services", "svc-botox", "name", bad[i]);
    ava_settings_section_rebuild (section);
    stage_settle ();
    g_assert_true (stage_has_text (GTK_WIDGET (section), bad[i]));
    ava_settings_section_open (section, "svc-botox");
    stage_settle ();
    g_assert_true (stage_has_text (GTK_WIDGET (section), bad[i]));   /* the title over its form */
    ava_settings_section_open (section, NULL);
  }
  stage_tear_down (&stage);
}

/* --- Customers -------------------------------------------------------------------------------- */

typedef struct {
  Stage stage;
  AvaCustomersPage *page;
  const char *name;
} Desk;

static gboolean
has_name (gpointer user_data)
{
  Desk *desk = user_data;

  return g_strcmp0 (ava_customer_card_get_name (ava_customers_page_get_card (desk->page)), desk->name) == 0;
}

static void
customers_keep_the_names_they_have (void)
{
  Desk desk = { 0 };
  AvaCustomerForm *form;
  g_autofree char *longest = make_long ();

  stage_set_up (&desk.stage);
  ava_window_show_page (desk.stage.window, "customers");
  stage_settle ();
  desk.page = AVA_CUSTOMERS_PAGE (ava_window_find_page (desk.stage.window, "customers"));
  form = ava_customers_page_get_new_form (desk.page);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autofree char *phone = g_strdup_printf ("212 555 01%02u", 50 + i);

    g_test_message ("%s", bad[i]);
    gtk_widget_activate_action (GTK_WIDGET (desk.page), "customers.add", NULL);
    ava_customer_form_set_field (form, "name", bad[i]);
    ava_customer_form_set_field (form, "phone", phone);
    ava_customer_form_set_field (form, "allergies", bad[i]);
    ava_customer_form_add (form);
    desk.name = bad[i];
    g_assert_true (stage_wait (has_name, &desk, 15));
    g_assert_true (stage_has_text (GTK_WIDGET (desk.page), bad[i]));
  }
  gtk_widget_activate_action (GTK_WIDGET (desk.page), "customers.add", NULL);
  ava_customer_form_set_field (form, "name", longest);
  ava_customer_form_set_field (form, "phone", "212 555 0170");
  ava_customer_form_add (form);
  desk.name = longest;
  g_assert_false (stage_wait (has_name, &desk, 1));   /* refused: the form stays with what was typed */
  stage_tear_down (&desk.stage);
}

static gboolean
has_rows (gpointer user_data)
{
  GListModel *rows = G_LIST_MODEL (ava_customers_page_get_selection (user_data));
  g_autoptr (AvaCustomer) second = g_list_model_get_item (rows, 1);

  return second != NULL && second->name != NULL;
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  *(AvaCustomer **) user_data = ava_store_get_customer_finish (AVA_STORE (source), result, NULL);
}

static gboolean
is_read (gpointer user_data)
{
  return *(AvaCustomer **) user_data != NULL;
}

static char *
read_stored (Desk       *desk,
             const char *id,
             const char *field)
{
  g_autoptr (AvaCustomer) customer = NULL;

  ava_store_get_customer_async (ava_context_get_store (desk->stage.context), id, NULL, read_cb, &customer);
  g_assert_true (stage_wait (is_read, &customer, 10));
  return ava_customer_get_field (customer, field);
}

/* One of the four labels of the form says what is wrong. */
static const char *
get_trouble (AvaCustomerForm *form)
{
  static const char *const names[] = { "contact_trouble", "safety_trouble", "desk_trouble", "notes_trouble" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    GObject *label = gtk_widget_get_template_child (GTK_WIDGET (form), AVA_TYPE_CUSTOMER_FORM, names[i]);

    if (gtk_widget_get_visible (GTK_WIDGET (label)) && *gtk_label_get_text (GTK_LABEL (label)) != '\0')
      return gtk_label_get_text (GTK_LABEL (label));
  }
  return NULL;
}

typedef struct {
  Desk *desk;
  AvaCustomerForm *form;
  const char *id;
  const char *field;
  const char *text;
} Writing;

static gboolean
is_answered (gpointer user_data)
{
  Writing *writing = user_data;
  g_autofree char *stored = read_stored (writing->desk, writing->id, writing->field);

  return get_trouble (writing->form) != NULL || strcmp (stored, writing->text) == 0;
}

/* Typed into the card of somebody who is in the book, then Enter. @kept: it is text like any other there. */
static void
try_customer_field (Writing    *writing,
                    const char *text,
                    gboolean    kept)
{
  GObject *row = gtk_widget_get_template_child (GTK_WIDGET (writing->form), AVA_TYPE_CUSTOMER_FORM, writing->field);
  g_autofree char *before = read_stored (writing->desk, writing->id, writing->field);
  g_autofree char *after = NULL;
  g_autofree char *listed = NULL;

  g_test_message ("%s: %.40s", writing->field, text);
  g_assert_true (ADW_IS_ENTRY_ROW (row));
  g_assert_cmpstr (before, !=, text);
  /* A semicolon ends a tag as a comma does. */
  listed = kept && g_str_equal (writing->field, "tags") ? ava_customer_clean ("tags", text, NULL, 0, NULL) : g_strdup (text);
  g_assert_nonnull (listed);
  writing->text = listed;
  gtk_editable_set_text (GTK_EDITABLE (row), text);
  g_signal_emit_by_name (row, "apply");
  g_assert_true (stage_wait (is_answered, writing, 10));
  stage_settle ();
  after = read_stored (writing->desk, writing->id, writing->field);
  g_assert_cmpstr (after, ==, kept ? listed : before);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (row)), ==, listed);
  if (kept) {
    g_assert_null (get_trouble (writing->form));
    return;
  }
  g_assert_true (g_str_has_suffix (get_trouble (writing->form), "."));
  g_assert_cmpuint (g_utf8_strlen (get_trouble (writing->form), -1), <, 200);
  /* Back to what it was, which is no trouble. */
  gtk_editable_set_text (GTK_EDITABLE (row), before);
  g_signal_emit_by_name (row, "apply");
  stage_settle ();
  g_assert_null (get_trouble (writing->form));
}

static void
each_field_of_a_customer_takes_it_or_says_why_not (void)
{
  static const char *const words[] = { "name", "allergies", "medicines", "contraindications", "tags", "do_not_book", NULL };
  static const char *const elsewhere[] = { "pregnant", "vip", "provider_id", "notes", NULL };   /* switches and a choice; notes below */
  static const char *const days[] = { "2026-02-30", "13/45/1990", "0000-00-00", "2090-01-01", "1700-01-01", "1990-02-29" };
  Desk desk = { 0 };
  Writing writing = { .desk = &desk };
  g_autofree char *longest = make_long ();
  g_autofree char *id = NULL;

  stage_set_up (&desk.stage);
  ava_window_show_page (desk.stage.window, "customers");
  stage_settle ();
  desk.page = AVA_CUSTOMERS_PAGE (ava_window_find_page (desk.stage.window, "customers"));
  g_assert_true (stage_wait (has_rows, desk.page, 20));
  gtk_selection_model_select_item (ava_customers_page_get_selection (desk.page), 0, TRUE);
  stage_settle ();
  stage_settle ();
  writing.form = ava_customer_card_get_form (ava_customers_page_get_card (desk.page));
  writing.id = id = g_strdup (ava_customer_card_get_id (ava_customers_page_get_card (desk.page)));
  for (const char *const *field = ava_customer_list_fields (); *field != NULL; field++) {
    if (g_strv_contains (elsewhere, *field))
      continue;
    writing.field = *field;
    for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
      try_customer_field (&writing, bad[i], g_strv_contains (words, *field));
    try_customer_field (&writing, longest, FALSE);
    for (guint i = 0; g_str_equal (*field, "born") && i < G_N_ELEMENTS (days); i++)
      try_customer_field (&writing, days[i], FALSE);
  }
  stage_tear_down (&desk.stage);
}

/* Returns: the field of the notes of the customer in that row */
static GtkWidget *
show_notes (Desk  *desk,
            guint  row)
{
  gtk_selection_model_select_item (ava_customers_page_get_selection (desk->page), row, TRUE);
  stage_settle ();
  stage_settle ();
  return stage_find (GTK_WIDGET (ava_customers_page_get_card (desk->page)), GTK_TYPE_TEXT_VIEW, NULL);
}

static char *
read_notes (GtkWidget *notes)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (notes));
  GtkTextIter start;
  GtkTextIter end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

/* Written, and the keyboard goes on to the search. */
static void
write_notes (Desk       *desk,
             GtkWidget  *notes,
             const char *text)
{
  gtk_widget_grab_focus (notes);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (notes)), text, -1);
  gtk_widget_child_focus (GTK_WIDGET (desk->stage.window), GTK_DIR_TAB_BACKWARD);
  stage_settle ();
}

static gboolean
says_too_long (gpointer user_data)
{
  return stage_has_text (user_data, "The note is too long: at most 5000 letters are kept.");
}

static void
notes_come_back_as_they_were (void)
{
  Desk desk = { 0 };
  GtkWidget *notes;
  g_autofree char *longest = make_long ();
  g_autofree char *kept = NULL;
  g_autofree char *stored = NULL;

  stage_set_up (&desk.stage);
  ava_window_show_page (desk.stage.window, "customers");
  stage_settle ();
  desk.page = AVA_CUSTOMERS_PAGE (ava_window_find_page (desk.stage.window, "customers"));
  g_assert_true (stage_wait (has_rows, desk.page, 20));
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autofree char *text = g_strdup_printf ("%s\n%s", bad[i], bad[(i + 1) % G_N_ELEMENTS (bad)]);
    g_autofree char *found = NULL;

    g_test_message ("%s", text);
    write_notes (&desk, show_notes (&desk, 0), text);
    show_notes (&desk, 1);
    found = read_notes (show_notes (&desk, 0));
    g_assert_cmpstr (found, ==, text);
  }
  /* Too much is refused in words and stays in the field; what was there is not lost. */
  notes = show_notes (&desk, 0);
  stored = read_notes (notes);
  write_notes (&desk, notes, longest);
  g_assert_true (stage_wait (says_too_long, ava_customers_page_get_card (desk.page), 10));
  kept = read_notes (notes);
  g_assert_cmpstr (kept, ==, longest);
  g_clear_pointer (&kept, g_free);
  show_notes (&desk, 1);
  kept = read_notes (show_notes (&desk, 0));
  g_assert_cmpstr (kept, ==, stored);
  stage_tear_down (&desk.stage);
}

/* --- The calendar ----------------------------------------------------------------------------- */

static AvaAppointment *
find_appointment (AvaCalendarPage *page)
{
  AvaDayBoard *board = ava_day_view_get_board (ava_calendar_page_get_view (page));

  for (guint i = 0; i < board->items->len; i++) {
    AvaBoardItem *item = &g_array_index (board->items, AvaBoardItem, i);

    if (item->kind == AVA_ITEM_APPOINTMENT && AVA_APPOINTMENT (item->subject)->status < AVA_APPOINTMENT_ARRIVED)
      return item->subject;
  }
  g_assert_not_reached ();
}

/* Nothing moves, and a sentence that can be read says why. */
static void
try_phrase (AvaMoveEntry *entry,
            const char   *text)
{
  g_test_message ("%.40s", text);
  gtk_editable_set_text (ava_move_entry_get_field (entry), text);
  stage_settle ();
  ava_move_entry_press (entry);
  stage_settle ();
  g_assert_null (ava_move_entry_get_choice (entry));
  g_assert_cmpstr (gtk_editable_get_text (ava_move_entry_get_field (entry)), ==, text);
  g_assert_true (*ava_move_entry_get_words (entry) != '\0' || *ava_move_entry_get_question (entry) != '\0');
  g_assert_cmpuint (g_utf8_strlen (ava_move_entry_get_words (entry), -1), <, 300);
}

static void
phrases_that_make_no_sense_move_nothing (void)
{
  static const char *const more[] = { "february 30 at 25:61", "next <b>tue</b> & 3", "+99999999999999999999m", "الثلاثاء ٣", "'; DROP TABLE appointments;--" };
  Stage stage = { 0 };
  AvaCalendarPage *page;
  AvaAppointment *appointment;
  AvaMoveEntry *entry;
  g_autofree char *longest = make_long ();
  gint64 start_us;

  stage_set_up (&stage);
  ava_window_show_page (stage.window, "calendar");
  stage_settle ();
  page = ava_calendar_desk_get_page (ava_window_get_desk (stage.window));
  appointment = find_appointment (page);
  start_us = appointment->start_us;
  g_signal_emit_by_name (page, "appointment-command", appointment, "move");
  stage_settle ();
  entry = AVA_MOVE_ENTRY (stage_find (GTK_WIDGET (stage.window), AVA_TYPE_MOVE_ENTRY, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    try_phrase (entry, bad[i]);
  for (guint i = 0; i < G_N_ELEMENTS (more); i++)
    try_phrase (entry, more[i]);
  try_phrase (entry, longest);
  g_assert_cmpint (find_appointment (page)->start_us, ==, start_us);
  stage_tear_down (&stage);
}

int
main (int   argc,
      char *argv[])
{
  stage_init (&argc, &argv);
#define TEST(name) g_test_add_func ("/bad-input/" #name, name)
  TEST (each_field_of_the_settings_takes_it_or_says_why_not);
  TEST (names_in_the_settings_are_shown_as_they_are);
  TEST (customers_keep_the_names_they_have);
  TEST (each_field_of_a_customer_takes_it_or_says_why_not);
  TEST (notes_come_back_as_they_were);
  TEST (phrases_that_make_no_sense_move_nothing);
  return g_test_run ();
}
