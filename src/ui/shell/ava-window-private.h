/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-calendar-desk.h"
#include "ava-customers-page.h"
#include "ava-live-page.h"
#include "ava-settings-page.h"
#include "ava-undo-bar.h"
#include "ava-window.h"

G_BEGIN_DECLS

struct _AvaWindow {
  AdwApplicationWindow parent_instance;

  /* Template Widgets */
  GtkWidget *split;              /* AdwLeaflet or AdwNavigationSplitView */
  GtkListBox *sidebar_list;
  GtkLabel *call_count;
  GtkStack *stack;
  AdwWindowTitle *title;
  AdwToastOverlay *toasts;
  GtkMenuButton *menu_button;

  /* Borrowed References, of the stack; NULL until they are shown first */
  AvaLivePage *live;
  AvaCalendarDesk *calendar;
  AvaCustomersPage *customers;
  AvaSettingsPage *settings;

  AvaUndoBar *undo_bar;          /* borrowed, of the tree */

  /* Owned References */
  AvaContext *context;
  AvaBook *book;                 /* for taking back */
  GSimpleActionGroup *call_actions;
  GCancellable *reading_ahead;   /* NULL before the window is shown */
  guint read_ahead_id;           /* the idle source that begins it */
  guint export_id;               /* of the call.* actions on the bus */
  gboolean closing;              /* the user said yes to ending the call */
  gboolean reminded;             /* of edits of the settings that are not saved */
};

AvaLivePage      *ava_window_get_live       (AvaWindow *self);
AvaCalendarPage  *ava_window_get_calendar   (AvaWindow *self);
AvaCalendarDesk  *ava_window_get_desk       (AvaWindow *self);
AvaCustomersPage *ava_window_get_customers  (AvaWindow *self);
AvaSettingsPage  *ava_window_get_settings   (AvaWindow *self);

void              ava_window_add_actions    (AvaWindow *self);
void              ava_window_update_actions (AvaWindow *self);
void              ava_window_export_actions (AvaWindow *self);
void              ava_window_add_undo       (AvaWindow *self);

G_END_DECLS
