/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-calendar-page.h"

#include "ava-appointment-popover.h"
#include "ava-book-range.h"
#include "ava-day-header.h"

G_BEGIN_DECLS

struct _AvaCalendarPage {
  AdwBin parent_instance;

  /* Template Widgets */
  AdwFlap *flap;
  GtkOverlay *overlay;
  GtkBox *bar;
  GtkWidget *choices;
  GtkWidget *switch_box;
  GtkLabel *title;
  GtkLabel *subtitle;
  GtkWidget *previous;
  GtkWidget *next;
  GtkToggleButton *switches[AVA_CALENDAR_N_VIEWS];
  GtkDropDown *location_choice;
  GtkDropDown *provider_choice;
  GtkWidget *person_bar;
  GtkLabel *person;
  GtkMenuButton *filter_button;
  GtkMenuButton *picker_button;
  GtkWidget *files_button;
  GtkToggleButton *past_button;
  AvaCalendarFilter *filter;
  AvaDateJump *jump;
  AvaPastBar *past;
  GtkStack *stack;
  GtkLabel *said;                /* what is said of a week or a month */
  GtkScrolledWindow *header_scroller;
  GtkScrolledWindow *scroller;
  GtkScrolledWindow *grid_scroller;
  GtkScrolledWindow *week_scroller;
  AvaDayHeader *header;
  AvaDayHeader *grid_header;
  AvaDayHeader *month_header;
  AvaDayView *view;
  AvaCellGrid *week;
  AvaCellGrid *month;

  /* Owned References */
  AvaContext *context;
  AvaBook *book;
  AvaSpa *spa;                   /* seen from the location that is shown */
  AvaBookRange *range;
  AvaAppointmentDrag *drag;
  AvaCellDrag *week_drag;
  AvaCellDrag *month_drag;
  AvaAppointmentPopover *details;
  GDateTime *midnight;           /* of the day, in the location's zone */
  char *week_provider_id;        /* nullable: the week of everyone */
  char *person_id;               /* nullable: whose column is shown where there is room for one */
  char *selected_id;             /* nullable: of the appointment */
  char *wanted;                  /* nullable: an appointment to be pointed at once it is read */
  AvaAppointment *found;         /* nullable: the wanted one, whose day is shown or asked for */
  char *pointed;                 /* nullable: one that is to be scrolled to once it has its place */
  GCancellable *cancellable;

  AvaCalendarView kind;
  GDate day;
  gint64 at_us;                  /* [us] UTC, the past that is looked at; 0: the book as it is */
  gboolean narrow;               /* one column at a time */
  gboolean tight;                /* the bar has two rows */
  gboolean setting;              /* we set the choices, not the user */
  gboolean scroll_wanted;
  gboolean saying;               /* the hint tells what happened, not what lies under the pointer */
  gboolean keep_view;            /* what is wanted is looked for in this view only */
  gboolean focus_wanted;         /* the keyboard goes to the day once it is there */
  guint now_id;
  guint scroll_id;
  guint narrow_id;
  guint hint_id;
};

gint64      ava_calendar_page_get_now    (AvaCalendarPage *self);
/* The answer is there, or what is to be shown of it changed. */
void        ava_calendar_page_fill       (AvaCalendarPage *self,
                                          gboolean         announce);
void        ava_calendar_page_update_title (AvaCalendarPage *self);
/* First and last day that are shown, inclusive. */
void        ava_calendar_page_get_days   (AvaCalendarPage *self,
                                          GDate           *first,
                                          GDate           *last);
void        ava_calendar_page_set_date   (AvaCalendarPage *self,
                                          const GDate     *day);
void        ava_calendar_page_add_keys   (AvaCalendarPage *self);
gboolean    ava_calendar_page_on_key     (AvaCalendarPage *self,
                                          guint            raw_key,
                                          guint            code,
                                          GdkModifierType  raw_state);
/* In ava-calendar-sight.c */
void        ava_calendar_page_point      (AvaCalendarPage *self);
void        ava_calendar_page_show_moved (AvaCalendarPage *self, const char *appointment_id);
void        ava_calendar_page_queue_scroll (AvaCalendarPage *self);
/* In ava-calendar-bar.c */
void        ava_calendar_page_bind_bar   (GtkWidgetClass  *widget_class);
void        ava_calendar_page_show_choices (AvaCalendarPage *self);
void        ava_calendar_page_fill_choices (AvaCalendarPage *self);
void        ava_calendar_page_name_steps (AvaCalendarPage *self);
guint       ava_calendar_page_find_choice (AvaCalendarPage *self,
                                          const char      *provider_id);
void        ava_calendar_page_ask_for_events (AvaCalendarPage *self);
void        ava_calendar_page_say        (AvaCalendarPage *self, const char *words);   /* nullable: it is over */
void        ava_calendar_page_say_at     (AvaCalendarPage *self, guint column, gint64 at_us, const char *words);
GtkWidget  *ava_calendar_page_get_shown  (AvaCalendarPage *self);   /* the view, the week or the month */
AvaAppointmentChip *ava_calendar_page_find_chip (AvaCalendarPage *self,
                                          const char      *appointment_id);
void        ava_calendar_page_step_person (AvaCalendarPage *self,
                                          int              by);

G_END_DECLS
