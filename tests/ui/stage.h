/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-application.h"
#include "ava-window.h"

G_BEGIN_DECLS

/* A profile of its own with the demo spa, the real desk and the real window, at a fixed morning:
 * Tuesday, December 1, 2026, 10:20 in New York. */
typedef struct {
  char *folder;
  AvaClock *clock;
  AvaContext *context;
  GtkApplication *application;
  AvaWindow *window;
} Stage;

typedef gboolean (*StageCondition) (gpointer user_data);
typedef void     (*StageListener)  (const char *message);   /* that a program logs, on any thread */

void       stage_init        (int            *argc,
                              char         ***argv);
void       stage_listen      (StageListener   heard);
void       stage_start_gtk   (void);
void       stage_set_up      (Stage          *stage);
void       stage_set_up_unsold (Stage        *stage);
void       stage_make        (Stage          *stage);
void       stage_open        (Stage          *stage,
                              gboolean        demo);
void       stage_tear_down   (Stage          *stage);
gboolean   stage_wait        (StageCondition  condition,
                              gpointer        user_data,
                              guint           seconds);
void       stage_settle      (void);
GtkWidget *stage_find        (GtkWidget      *from,
                              GType           type,
                              const char     *text);
gboolean   stage_has_text    (GtkWidget      *from,
                              const char     *text);
void       stage_resize      (Stage          *stage,
                              int             width,
                              int             height);
gboolean   stage_shoot       (AvaWindow      *window,
                              const char     *path);
gboolean   stage_shoot_widget (GtkWidget     *widget,
                              const char     *path);
void       stage_hold        (Stage          *stage,
                              guint           provider_number,
                              gint64          from_us,
                              guint           seconds);
/* Saves @changes, a JSON list, as the settings do, and waits until they are in the book. */
void       stage_change_settings (Stage       *stage,
                              const char      *changes);
/* Of such a list: a second location, three hours behind, with one room. */
#define STAGE_WEST \
  "{\"table\": \"locations\", \"id\": \"west\", \"before\": null, \"values\": {\"name\": \"West\", \"spoken_name\": \"west\"," \
  "  \"zone\": \"America/Los_Angeles\", \"phone\": \"+12125550199\", \"address\": \"1 Hill\", \"directions\": \"\", \"rank\": 5}}," \
  " {\"table\": \"rooms\", \"id\": \"west-1\", \"before\": null, \"values\": {\"name\": \"Hill Room\", \"location_id\": \"west\"," \
  "  \"kinds\": [\"treatment\"], \"capacity\": 1}}"
/* The pointer of the display, through xdotool; @fx, @fy: of the widget, 0 to 1. */
void       stage_pause       (guint           msec);
void       stage_point       (const char     *first,
                              const char     *second,
                              const char     *third);
void       stage_move_pointer (Stage         *stage,
                              GtkWidget      *widget,
                              double          fx,
                              double          fy);
char      *stage_find_caller (const char     *name);

G_END_DECLS
