/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-book-judge.h"
#include "ava-calendar-desk.h"
#include "ava-window-private.h"
#include "stage.h"

/* Pictures of working in the calendar: what is typed onto a free time, the panel, undo, the day's flow.
 * Usage: shots-booking FOLDER */

#define HOUR_US ((gint64) 3600 * G_USEC_PER_SEC)

static const struct { const char *name; AdwColorScheme scheme; } looks[] = {
  { "light", ADW_COLOR_SCHEME_FORCE_LIGHT }, { "dark", ADW_COLOR_SCHEME_FORCE_DARK },
};

static const char *folder;

static void
shoot (Stage      *stage,
       const char *what,
       const char *size)
{
  for (guint i = 0; i < G_N_ELEMENTS (looks); i++) {
    g_autofree char *name = g_strdup_printf ("booking-%s-%s-%s.png", what, looks[i].name, size);
    g_autofree char *path = g_build_filename (folder, name, NULL);

    adw_style_manager_set_color_scheme (adw_style_manager_get_default (), looks[i].scheme);
    if (stage_shoot (stage->window, path))
      g_print ("%s\n", path);
    else
      g_printerr ("shots-booking: %s stayed empty\n", name);
  }
}

/* With large text, where there is room and where there is little. */
static void
shoot_large (Stage      *stage,
             const char *what)
{
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", 96 * 1024 * 3 / 2, NULL);
  shoot (stage, what, "large");
  stage_resize (stage, 600, 760);
  shoot (stage, what, "large-narrow");
  gtk_settings_reset_property (gtk_settings_get_default (), "gtk-xft-dpi");
  stage_resize (stage, 1200, 760);
}

static void
settle (void)
{
  for (guint i = 0; i < 3; i++)
    stage_settle ();
}

static gint64
now (Stage *stage)
{
  return ava_clock_now_us (stage->clock);
}

/* A free time of today's first provider, at or after @hours from now. */
typedef struct {
  GAsyncResult *result;
} Answer;

static void
result_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  ((Answer *) user_data)->result = g_object_ref (result);
}

static gboolean
is_answered (gpointer user_data)
{
  return ((Answer *) user_data)->result != NULL;
}

static AvaSlot *
find_free (Stage      *stage,
           const char *provider_id)
{
  AvaBook *book = ava_calendar_page_get_book (ava_window_get_calendar (stage->window));
  const AvaBookWish wish = { .service_id = "svc-botox", .provider_id = provider_id };
  Answer answer = { 0 };
  g_autoptr (GPtrArray) slots = NULL;
  AvaSlot *slot;

  ava_book_find_async (book, &wish, NULL, now (stage), now (stage) + 48 * HOUR_US, 0, 1440, 1, NULL, result_cb, &answer);
  stage_wait (is_answered, &answer, 10);
  slots = ava_book_find_finish (book, answer.result, NULL);
  slot = slots != NULL && slots->len > 0 ? ava_slot_copy (slots->pdata[0]) : NULL;
  g_object_unref (answer.result);
  return slot;
}

static void
type (Stage      *stage,
      AvaSlot    *slot,
      const char *text)
{
  AvaCalendarDesk *desk = ava_window_get_desk (stage->window);

  g_signal_emit_by_name (ava_calendar_desk_get_page (desk), "slot-activated", slot->provider_id, NULL, slot->start_us, "");
  gtk_editable_set_text (ava_booking_entry_get_field (ava_calendar_desk_get_entry (desk)), text);
  settle ();
}

static void
shoot_entry (Stage   *stage,
             AvaSlot *slot)
{
  AvaBookingEntry *entry = ava_calendar_desk_get_entry (ava_window_get_desk (stage->window));

  type (stage, slot, "g bot");
  shoot (stage, "entry", "wide");
  shoot_large (stage, "entry");
  type (stage, slot, "em ph fil");
  shoot (stage, "refused", "wide");
  shoot_large (stage, "refused");
  type (stage, slot, "new: Jane Roe 555 0142 bot");
  shoot (stage, "new", "wide");
  stage_resize (stage, 600, 760);
  shoot (stage, "entry", "narrow");
  stage_resize (stage, 1200, 760);
  type (stage, slot, "sm b");
  ava_booking_entry_press (entry);
  settle ();
  shoot (stage, "accepted", "wide");
  ava_booking_entry_press (entry);
  settle ();
  shoot (stage, "booked", "wide");
}

/* Whatever is cancelled is late: the box says what that costs. */
static void
set_policy (Stage *stage)
{
  AvaSpa *spa = ava_context_get_spa (stage->context);
  g_autoptr (GString) json = g_string_new ("[");

  for (guint i = 0; i < spa->services->len; i++)
    g_string_append_printf (json, "%s{\"table\":\"services\",\"id\":\"%s\",\"before\":{\"version\":1},"
                                  "\"values\":{\"cancel_hours\":48,\"cancel_fee_cents\":5000,\"no_show_fee_cents\":7500}}", i > 0 ? "," : "",
                            AVA_SERVICE (spa->services->pdata[i])->id);
  stage_change_settings (stage, g_string_append (json, "]")->str);
  settle ();
}

static AvaAppointment *
get_first (Stage *stage)
{
  GtkWidget *chip = ava_day_view_step (ava_calendar_page_get_view (ava_window_get_calendar (stage->window)), GTK_DIR_DOWN, TRUE);

  return chip != NULL ? ava_appointment_chip_get_appointment (AVA_APPOINTMENT_CHIP (chip)) : NULL;
}

/* One that may still come, or not. */
static AvaAppointment *
get_expected (Stage *stage)
{
  AvaDayView *view = ava_calendar_page_get_view (ava_window_get_calendar (stage->window));

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (view)); child != NULL; child = gtk_widget_get_next_sibling (child)) {
    AvaAppointment *one = AVA_IS_APPOINTMENT_CHIP (child) ? ava_appointment_chip_get_appointment (AVA_APPOINTMENT_CHIP (child)) : NULL;

    if (one != NULL && one->status <= AVA_APPOINTMENT_CONFIRMED)
      return one;
  }
  return NULL;
}

static void
shoot_panel (Stage *stage)
{
  AvaCalendarDesk *desk = ava_window_get_desk (stage->window);
  AvaAppointmentPanel *panel = ava_calendar_desk_get_panel (desk);
  AvaAppointment *appointment = get_first (stage);

  g_signal_emit_by_name (ava_calendar_desk_get_page (desk), "appointment-selected", appointment);
  settle ();
  shoot (stage, "panel", "wide");
  shoot_large (stage, "panel");
  ava_appointment_panel_run (panel, "move");
  settle ();
  shoot (stage, "move", "wide");
  shoot_large (stage, "move");
  ava_appointment_panel_run (panel, "cancel");
  settle ();
  shoot (stage, "cancel", "wide");
  g_signal_emit_by_name (ava_calendar_desk_get_page (desk), "appointment-selected", get_expected (stage));
  settle ();
  ava_appointment_panel_run (panel, "no-show");
  settle ();
  shoot (stage, "no-show", "wide");
  shoot_large (stage, "no-show");
  ava_appointment_panel_run (panel, "rebook");
  settle ();
  shoot (stage, "rebook", "wide");
  stage_resize (stage, 600, 760);
  shoot (stage, "panel", "narrow");
  stage_resize (stage, 360, 680);
  shoot (stage, "panel", "phone");
}

static void
joined_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (AvaWaitlistEntry) entry = ava_store_join_waitlist_finish (AVA_STORE (source), result, NULL);

  *(gboolean *) user_data = entry != NULL;
}

/* The appointment at @slot is cancelled, and three wait for such a time. */
static void
shoot_freed (Stage   *stage,
             AvaSlot *slot)
{
  static const char *const people[][3] = {
    { "Wanda Whitaker", "+12125550172", "prov-ortiz" }, { "Walt Nguyen", "+12125550173", NULL }, { "Zoë Ångström", "+12125550174", NULL },
  };
  AvaCalendarDesk *desk = ava_window_get_desk (stage->window);
  AvaCalendarPage *page = ava_calendar_desk_get_page (desk);
  AvaStore *store = ava_context_get_store (ava_calendar_page_get_context (page));
  const AvaActor actor = { .who = "ava" };
  AvaAppointment *selected;

  for (guint i = 0; i < G_N_ELEMENTS (people); i++) {
    const AvaWaitlistWish wish = {
      .customer_name = people[i][0], .phone = people[i][1], .service_id = "svc-botox", .provider_id = people[i][2],
    };
    gboolean joined = FALSE;

    ava_store_join_waitlist_async (store, &actor, &wish, NULL, joined_cb, &joined);
    while (!joined)
      g_main_context_iteration (NULL, TRUE);
  }
  selected = NULL;
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (ava_calendar_page_get_view (page))); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    AvaAppointment *one = AVA_IS_APPOINTMENT_CHIP (child) ? ava_appointment_chip_get_appointment (AVA_APPOINTMENT_CHIP (child)) : NULL;

    if (one != NULL && one->start_us == slot->start_us && g_str_equal (one->provider_id, "prov-ortiz"))
      selected = one;
  }
  if (selected == NULL) {
    g_printerr ("shots-booking: nothing was booked that could be cancelled\n");
    return;
  }
  ava_book_cancel_async (ava_calendar_page_get_book (page), selected->id, "Client is ill", NULL, NULL);
  settle ();
  settle ();
  shoot (stage, "freed", "wide");
  ava_freed_strip_open (ava_calendar_desk_get_freed (desk));
  settle ();
  shoot (stage, "freed-open", "wide");
  stage_resize (stage, 600, 760);
  shoot (stage, "freed-open", "narrow");
  gtk_widget_set_visible (GTK_WIDGET (ava_calendar_desk_get_freed (desk)), FALSE);
  stage_resize (stage, 1200, 760);
}

int
main (int   argc,
      char *argv[])
{
  Stage stage = { 0 };
  AvaSlot *slot;

  folder = argc > 1 ? argv[1] : NULL;
  if (folder == NULL || g_mkdir_with_parents (folder, 0755) != 0) {
    g_printerr ("Usage: shots-booking FOLDER\n");
    return 2;
  }
  argc = 1;
  stage_init (&argc, &argv);
  stage_set_up (&stage);
  stage_resize (&stage, 1200, 760);
  ava_window_show_page (stage.window, "calendar");
  settle ();
  slot = find_free (&stage, "prov-ortiz");
  if (slot != NULL) {
    ava_calendar_page_show_time (ava_window_get_calendar (stage.window), slot->start_us);
    settle ();
    shoot_entry (&stage, slot);
    shoot_freed (&stage, slot);
  }
  set_policy (&stage);
  shoot_panel (&stage);
  if (slot != NULL)
    ava_slot_free (slot);
  stage_tear_down (&stage);
  return 0;
}
