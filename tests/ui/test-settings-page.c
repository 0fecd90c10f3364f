/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stage.h"

#include "ava-settings-page.h"

#include <string.h>

/* The settings page on the real desk: what an edit does is seen before it is saved. */

static GtkWidget *
find_titled (GtkWidget  *from,
             const char *title)
{
  if (ADW_IS_PREFERENCES_ROW (from) && g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (from)), title) == 0)
    return from;
  for (GtkWidget *child = gtk_widget_get_first_child (from); child != NULL; child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find_titled (child, title);

    if (found != NULL)
      return found;
  }
  return NULL;
}

static GtkWidget *
find_button (GtkWidget  *from,
             const char *label)
{
  if (GTK_IS_BUTTON (from) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (from)), label) == 0)
    return from;
  for (GtkWidget *child = gtk_widget_get_first_child (from); child != NULL; child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find_button (child, label);

    if (found != NULL)
      return found;
  }
  return NULL;
}

typedef struct {
  GtkWidget *page;
  const char *text;
  AvaContext *context;
  AvaSpa *spa;
} Wish;

static gboolean
is_filled (gpointer user_data)
{
  return find_titled (((Wish *) user_data)->page, "Wednesday") != NULL;
}

static gboolean
can_save (gpointer user_data)
{
  GtkWidget *save = find_button (((Wish *) user_data)->page, "Sa_ve");

  return gtk_widget_get_sensitive (save) && gtk_widget_get_child_visible (save);
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
shows_text (gpointer user_data)
{
  Wish *wish = user_data;

  return has_words (wish->page, wish->text);
}

static gboolean
has_new_spa (gpointer user_data)
{
  Wish *wish = user_data;

  return ava_context_get_spa (wish->context) != wish->spa;
}

static Wish
open_page (Stage *stage)
{
  Wish wish = { .context = stage->context, .spa = ava_context_get_spa (stage->context) };

  ava_window_show_page (stage->window, "settings");
  wish.page = ava_window_find_page (stage->window, "settings");
  g_assert_true (stage_wait (is_filled, &wish, 10));
  return wish;
}

static int
close_of_wednesday (AvaSpa *spa)
{
  GDate day;
  AvaSpan spans[4];

  g_date_clear (&day, 1);
  g_date_set_dmy (&day, 9, 12, 2026);   /* a Wednesday */
  return ava_spa_list_hours (spa, NULL, &day, spans, G_N_ELEMENTS (spans), NULL) > 0 ? spans[0].close_min : 0;
}

static void
closing_a_day_lists_bookings_before_it_is_saved (void)
{
  Stage stage = { 0 };
  Wish wish;

  stage_set_up (&stage);
  wish = open_page (&stage);
  gtk_editable_set_text (GTK_EDITABLE (find_titled (wish.page, "Wednesday")), "");
  wish.text = "left without a place";
  g_assert_true (stage_wait (shows_text, &wish, 10));
  g_assert_true (stage_wait (can_save, &wish, 10));
  g_assert_true (has_words (wish.page, "Ava says for Wednesday: closed"));
  g_assert_cmpint (close_of_wednesday (ava_context_get_spa (stage.context)), >, 0);   /* not saved yet */
  g_signal_emit_by_name (find_button (wish.page, "Sa_ve"), "clicked");
  g_assert_true (stage_wait (has_new_spa, &wish, 10));
  g_assert_cmpint (close_of_wednesday (ava_context_get_spa (stage.context)), ==, 0);
  stage_tear_down (&stage);
}

static void
a_time_that_is_none_cannot_be_saved (void)
{
  static const char *const bad[] = { "25:00-26:00", "18:00-9:00", "nine to five", "9:00-18:00 x", "9:75-10:00" };
  Stage stage = { 0 };
  GtkWidget *field;
  Wish wish;

  stage_set_up (&stage);
  wish = open_page (&stage);
  field = find_titled (wish.page, "Wednesday");
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    gtk_editable_set_text (GTK_EDITABLE (field), bad[i]);
    stage_settle ();
    g_assert_true (gtk_widget_has_css_class (field, "error"));
    g_assert_false (gtk_widget_get_sensitive (find_button (wish.page, "Sa_ve")));
  }
  gtk_editable_set_text (GTK_EDITABLE (field), "9:30 - 16:00");
  g_assert_false (gtk_widget_has_css_class (field, "error"));
  g_assert_true (stage_wait (can_save, &wish, 10));
  g_signal_emit_by_name (find_button (wish.page, "_Discard"), "clicked");
  stage_settle ();
  g_assert_true (ava_context_get_spa (stage.context) == wish.spa);
  stage_tear_down (&stage);
}

static void
a_new_service_needs_a_name_and_is_then_known_to_ava (void)
{
  Stage stage = { 0 };
  GtkWidget *expander;
  AvaSpa *spa;
  AvaService *service = NULL;
  Wish wish;

  stage_set_up (&stage);
  wish = open_page (&stage);
  g_signal_emit_by_name (find_button (wish.page, "_Add Service"), "clicked");
  wish.text = "the name is missing";
  g_assert_true (stage_wait (shows_text, &wish, 10));
  g_assert_false (gtk_widget_get_sensitive (find_button (wish.page, "Sa_ve")));
  expander = find_titled (wish.page, "New service");
  gtk_editable_set_text (GTK_EDITABLE (find_titled (expander, "Name")), "Cupping <b>");
  gtk_editable_set_text (GTK_EDITABLE (find_titled (expander, "Price")), "90.50");
  wish.text = "Ava offers Cupping <b>, for 90.50 USD.";
  g_assert_true (stage_wait (shows_text, &wish, 10));
  g_assert_true (stage_wait (can_save, &wish, 10));
  g_signal_emit_by_name (find_button (wish.page, "Sa_ve"), "clicked");
  g_assert_true (stage_wait (has_new_spa, &wish, 10));
  spa = ava_context_get_spa (stage.context);
  for (guint i = 0; i < spa->services->len; i++) {
    if (strcmp (((AvaService *) spa->services->pdata[i])->name, "Cupping <b>") == 0)
      service = spa->services->pdata[i];
  }
  g_assert_nonnull (service);
  g_assert_cmpint (service->price_cents, ==, 9050);
  g_assert_cmpstr (service->spoken[0], ==, "cupping <b>");
  stage_tear_down (&stage);
}

int
main (int   argc,
      char *argv[])
{
  stage_init (&argc, &argv);
  g_test_add_func ("/settings-page/impact", closing_a_day_lists_bookings_before_it_is_saved);
  g_test_add_func ("/settings-page/bad-times", a_time_that_is_none_cannot_be_saved);
  g_test_add_func ("/settings-page/new-service", a_new_service_needs_a_name_and_is_then_known_to_ava);
  return g_test_run ();
}
