/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stage.h"

#include "ava-calendar-page.h"

/* What others build on: times and appointments of the calendar page are told of, and widgets can be laid over them. */

typedef struct {
  char *provider_id;
  gint64 start_us;
  char *typed;
  char *command;
  guint n_selected;
} Heard;

static void
take (char       **place,
      const char  *text)
{
  g_free (*place);
  *place = g_strdup (text);
}

static void
on_slot_activated (AvaCalendarPage *page,
                   const char      *provider_id,
                   const char      *room_id,
                   gint64           start_us,
                   const char      *typed,
                   Heard           *heard)
{
  take (&heard->provider_id, provider_id);
  take (&heard->typed, typed);
  heard->start_us = start_us;
}

static void
on_selected (AvaCalendarPage *page,
             AvaAppointment  *appointment,
             Heard           *heard)
{
  heard->n_selected++;
}

static void
on_command (AvaCalendarPage *page,
            AvaAppointment  *appointment,
            const char      *command,
            Heard           *heard)
{
  take (&heard->command, command);
}

static void
heard_clear (Heard *heard)
{
  g_free (heard->provider_id);
  g_free (heard->typed);
  g_free (heard->command);
}

static gboolean
has_chips (gpointer user_data)
{
  return ava_day_view_get_n_chips (user_data) > 0;
}

static AvaCalendarPage *
open_page (Stage *stage,
           Heard *heard)
{
  AvaCalendarPage *page;

  stage_set_up (stage);
  ava_window_show_page (stage->window, "calendar");
  page = AVA_CALENDAR_PAGE (ava_window_find_page (stage->window, "calendar"));
  g_signal_connect (page, "slot-activated", G_CALLBACK (on_slot_activated), heard);
  g_signal_connect (page, "appointment-selected", G_CALLBACK (on_selected), heard);
  g_signal_connect (page, "appointment-command", G_CALLBACK (on_command), heard);
  g_assert_true (stage_wait (has_chips, ava_calendar_page_get_view (page), 10));
  stage_settle ();
  return page;
}

static gint64
at (const char *text)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (text, NULL);

  return g_date_time_to_unix (time) * G_USEC_PER_SEC;
}

static const char *
find_free_provider (AvaCalendarPage *page,
                    AvaSpa          *spa,
                    gint64           start_us)
{
  for (guint i = 0; i < spa->providers->len; i++) {
    AvaProvider *provider = spa->providers->pdata[i];

    if (ava_calendar_page_focus_slot (page, provider->id, NULL, start_us))
      return provider->id;
  }
  return NULL;
}

static void
free_time_is_told_of_when_it_is_entered (void)
{
  gint64 start_us = at ("2026-12-01T15:00:00-05:00");
  Stage stage = { 0 };
  Heard heard = { 0 };
  AvaCalendarPage *page = open_page (&stage, &heard);
  const char *provider_id = find_free_provider (page, ava_context_get_spa (stage.context), start_us);
  AvaSlotCell *cell = ava_day_view_find_slot (ava_calendar_page_get_view (page), provider_id, NULL, start_us);

  g_assert_nonnull (provider_id);
  g_assert_true (gtk_widget_has_focus (GTK_WIDGET (cell)));
  gtk_test_accessible_assert_role (cell, GTK_ACCESSIBLE_ROLE_BUTTON);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (cell), "slot.activate", NULL));
  g_assert_cmpstr (heard.provider_id, ==, provider_id);
  g_assert_cmpint (heard.start_us, ==, start_us);
  g_assert_cmpstr (heard.typed, ==, "");
  heard_clear (&heard);
  stage_tear_down (&stage);
}

static void
widget_lies_over_the_time_until_it_is_taken_off (void)
{
  gint64 start_us = at ("2026-12-01T15:00:00-05:00");
  Stage stage = { 0 };
  Heard heard = { 0 };
  AvaCalendarPage *page = open_page (&stage, &heard);
  GtkWidget *view = GTK_WIDGET (ava_calendar_page_get_view (page));
  const char *provider_id = find_free_provider (page, ava_context_get_spa (stage.context), start_us);
  AvaSlotCell *cell = ava_day_view_find_slot (AVA_DAY_VIEW (view), provider_id, NULL, start_us);
  GtkWidget *entry = g_object_ref_sink (gtk_entry_new ());
  graphene_rect_t slot_place;
  graphene_rect_t entry_place;

  g_assert_false (ava_calendar_page_put_on_slot (page, entry, "nobody", NULL, start_us));
  g_assert_true (ava_calendar_page_put_on_slot (page, entry, provider_id, NULL, start_us));
  stage_settle ();
  g_assert_true (gtk_widget_compute_bounds (GTK_WIDGET (cell), view, &slot_place));
  g_assert_true (gtk_widget_compute_bounds (entry, view, &entry_place));
  g_assert_cmpfloat_with_epsilon (entry_place.origin.y, slot_place.origin.y, 4);
  g_assert_cmpfloat_with_epsilon (entry_place.origin.x, slot_place.origin.x, 8);
  g_assert_true (gtk_widget_get_mapped (entry));
  ava_calendar_page_take_off_slot (page, entry);
  g_assert_null (gtk_widget_get_parent (entry));
  g_object_unref (entry);
  heard_clear (&heard);
  stage_tear_down (&stage);
}

static void
panel_at_the_side_takes_the_place_of_the_popover (void)
{
  Stage stage = { 0 };
  Heard heard = { 0 };
  AvaCalendarPage *page = open_page (&stage, &heard);
  GtkWidget *panel = gtk_label_new ("Details");
  AvaAppointmentChip *chip = AVA_APPOINTMENT_CHIP (ava_day_view_step (ava_calendar_page_get_view (page), GTK_DIR_DOWN, TRUE));

  gtk_widget_set_size_request (panel, 300, -1);
  ava_calendar_page_set_side (page, panel);
  g_assert_false (ava_calendar_page_is_side_revealed (page));
  g_signal_emit_by_name (chip, "clicked");
  g_assert_cmpuint (heard.n_selected, ==, 1);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (ava_calendar_page_get_details (page))));
  g_assert_true (ava_calendar_page_get_selected (page) == ava_appointment_chip_get_appointment (chip));
  ava_calendar_page_reveal_side (page, TRUE);
  stage_settle ();
  g_assert_true (gtk_widget_get_mapped (panel));
  heard_clear (&heard);
  stage_tear_down (&stage);
}

int
main (int   argc,
      char *argv[])
{
  stage_init (&argc, &argv);
  g_test_add_func ("/calendar/free-time-is-told-of", free_time_is_told_of_when_it_is_entered);
  g_test_add_func ("/calendar/widget-over-a-time", widget_lies_over_the_time_until_it_is_taken_off);
  g_test_add_func ("/calendar/panel-at-the-side", panel_at_the_side_takes_the_place_of_the_popover);
  return g_test_run ();
}
