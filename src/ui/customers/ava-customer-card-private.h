/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-consent-list.h"
#include "ava-customer-actions.h"
#include "ava-customer-card.h"
#include "ava-customer-timeline.h"
#include "ava-package-list.h"

G_BEGIN_DECLS

struct _AvaCustomerCard {
  AdwBin parent_instance;

  /* Template Widgets */
  AdwAvatar *avatar;
  GtkLabel *name;
  GtkLabel *since;
  GtkBox *state;
  GtkLabel *state_words;
  GtkButton *state_button;
  GtkBox *flags;
  AvaCustomerActions *actions;
  GtkListBox *duplicates;
  AvaCustomerForm *form;
  AvaConsentList *consents;
  AvaPackageList *packages;
  AdwPreferencesGroup *household_group;
  GtkListBox *household;
  AdwActionRow *next;
  AdwActionRow *last;
  AdwActionRow *visits;
  AdwActionRow *kept;
  AdwActionRow *rhythm;
  AdwActionRow *calls;
  AdwActionRow *satisfaction;
  AvaCustomerTimeline *timeline;
  AdwPreferencesGroup *leaving;
  AdwExpanderRow *erase_row;
  AdwEntryRow *erase_reason;
  AdwActionRow *erase_who;
  GtkButton *erase_button;
  GtkButton *archive_button;
  GtkLabel *trouble;
  GtkScrolledWindow *scroller;

  /* Owned References */
  AvaContext *context;
  AvaClients *clients;
  AvaCustomer *customer;       /* nullable */
  GCancellable *reading;       /* nullable: what belongs to the customer is being read */
};

/* ava-customer-card-figures.c */
void ava_customer_card_figures_cb (GObject      *source,
                                   GAsyncResult *result,
                                   gpointer      user_data);

G_END_DECLS
