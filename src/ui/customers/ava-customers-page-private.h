/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-book.h"
#include "ava-client-import-view.h"
#include "ava-customer-filter-button.h"
#include "ava-customers-page.h"
#include "ava-duplicate-view.h"

G_BEGIN_DECLS

struct _AvaCustomersPage {
  AdwBin parent_instance;

  /* Template Widgets */
  AdwLeaflet *leaflet;
  GtkSearchEntry *search;
  GtkStack *stack;
  GtkListView *list;
  AdwStatusPage *nobody;
  GtkStack *card_stack;
  AvaCustomerCard *card;
  AvaCustomerFilterButton *filter;
  GtkLabel *count;
  GtkMenuButton *more;
  AvaCustomerForm *new_form;
  AvaDuplicateView *compare;
  AvaClientImportView *import;
  AdwToastOverlay *toasts;

  /* Owned References */
  AvaContext *context;
  AvaClients *clients;
  AvaBook *book;                   /* takes changes back */
  GPtrArray *pairs;                /* AvaDuplicate that are still to be looked at; nullable */
  GListModel *model;               /* AvaCustomer */
  GtkSliceListModel *head;     /* of the rows: the first ones are on the screen before the others are made */
  GtkSingleSelection *selection;
  guint grow_id;
  GCancellable *cancellable;
};

/* ava-customers-page.c */
void ava_customers_page_show_card       (AvaCustomersPage *self,
                                         AvaCustomer      *customer);
/* @token: for undo, 0 for none */
void ava_customers_page_show_toast      (AvaCustomersPage *self,
                                         const char       *words,
                                         gint64            token);

/* ava-customers-page-sides.c */
void ava_customers_page_show_card_again (AvaCustomersPage *self);
void ava_customers_page_add             (GtkWidget        *widget,
                                         const char       *action,
                                         GVariant         *target);
void ava_customers_page_find_duplicates (GtkWidget        *widget,
                                         const char       *action,
                                         GVariant         *target);
void ava_customers_page_choose_file     (GtkWidget        *widget,
                                         const char       *action,
                                         GVariant         *target);
void ava_customers_page_on_added        (AvaCustomersPage *self,
                                         AvaCustomer      *customer);
void ava_customers_page_on_compare      (AvaCustomersPage *self,
                                         AvaDuplicate     *pair);
void ava_customers_page_on_compared     (AvaCustomersPage *self,
                                         const char       *id);

G_END_DECLS
