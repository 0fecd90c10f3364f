/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "large-spa.h"
#include "stage.h"

#include "ava-calendar-page.h"

#include <string.h>

/* Pictures of the calendar where twelve people work and a hundred and twenty clients come each day.
 * Usage: shots-busy FOLDER */

#define CUSTOMERS 1500
#define DAYS 30

static const struct { const char *name; int width; int height; } sizes[] = { { "wide", 1200, 760 }, { "narrow", 600, 760 } };
static const struct { const char *name; AdwColorScheme scheme; } looks[] = {
  { "light", ADW_COLOR_SCHEME_FORCE_LIGHT }, { "dark", ADW_COLOR_SCHEME_FORCE_DARK },
};

static void
fill (Stage *stage)
{
  g_autofree char *large = large_spa_read ();
  g_autoptr (GError) error = NULL;
  AvaStore *store = ava_store_open (stage->folder, stage->clock, &error);

  if (store == NULL || !ava_store_fill_demo (store, large, 1, CUSTOMERS, DAYS, 0, &error))
    g_error ("%s", error->message);
  ava_store_close (store);
  g_object_unref (store);
}

static void
shoot (Stage      *stage,
       const char *folder,
       const char *page)
{
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++) {
    stage_resize (stage, sizes[i].width, sizes[i].height);
    for (guint j = 0; j < G_N_ELEMENTS (looks); j++) {
      g_autofree char *name = g_strdup_printf ("busy-%s-%s-%s.png", page, looks[j].name, sizes[i].name);
      g_autofree char *path = g_build_filename (folder, name, NULL);

      adw_style_manager_set_color_scheme (adw_style_manager_get_default (), looks[j].scheme);
      if (stage_shoot (stage->window, path))
        g_print ("%s\n", path);
      else
        g_printerr ("shots-busy: %s stayed empty\n", name);
    }
  }
}

static gboolean
has_chips (gpointer user_data)
{
  return ava_day_view_get_n_chips (user_data) > 20;
}

int
main (int   argc,
      char *argv[])
{
  Stage stage = { 0 };
  AvaCalendarPage *page;
  AvaDayView *view;

  if (argc != 2)
    return 2;
  stage_start_gtk ();
  stage_make (&stage);
  fill (&stage);
  stage_open (&stage, FALSE);
  ava_window_show_page (stage.window, "calendar");
  page = AVA_CALENDAR_PAGE (ava_window_find_page (stage.window, "calendar"));
  view = ava_calendar_page_get_view (page);
  stage_wait (has_chips, view, 20);
  g_print ("%u appointments today\n", ava_day_view_get_n_chips (view));
  shoot (&stage, argv[1], "day");
  /* By key to the last of the columns and its last time: what has the keyboard is in sight, and so is whose it is. */
  stage_resize (&stage, sizes[0].width, sizes[0].height);
  stage_settle ();
  for (guint i = 0; i < 11; i++)
    ava_day_view_step (view, GTK_DIR_RIGHT, FALSE);
  ava_day_view_step_to_end (view, TRUE);
  shoot (&stage, argv[1], "day-end");
  ava_calendar_page_set_view (page, AVA_CALENDAR_WEEK);
  shoot (&stage, argv[1], "week");
  ava_calendar_page_set_view (page, AVA_CALENDAR_MONTH);
  shoot (&stage, argv[1], "month");
  stage_tear_down (&stage);
  return 0;
}
