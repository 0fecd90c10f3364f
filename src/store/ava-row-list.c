/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-row-list.h"

#include "ava-appointment-table.h"
#include "ava-customer-table.h"

#define PAGE_SIZE 64
/* 24 pages are more rows than any screen shows; more are let go, the one unused longest first. */
#define MAX_PAGES 24

typedef struct {
  GPtrArray *items;   /* rows, or placeholders while it is fetched */
  gboolean loaded;
  gboolean fetching;
  guint64 used;       /* when, in turns */
} Page;

struct _AvaRowList {
  GObject parent_instance;

  AvaStore *store;
  const AvaRowListKind *kind;
  GCancellable *cancellable;   /* of the queries of this generation */
  GHashTable *pages;           /* page number -> Page */
  char *search;
  char *filter;                /* nullable; both only the customers' list looks at */
  gint64 from_us, to_us;       /* [us] UTC */
  guint n_items;
  guint generation;            /* grows when what was asked for is out of date */
  guint64 turn;
  gboolean pending;            /* a count is on its way */
  gboolean keep_rows;          /* the refresh is of the same question: compare, do not reset */
};

typedef struct {
  AvaRowList *list;
  guint page;
  guint generation;
} Fetch;

enum { PROP_0, PROP_SEARCH, PROP_FILTER, PROP_PENDING, PROP_N_ITEMS, N_PROPS };

static GParamSpec *props[N_PROPS];

static void ava_row_list_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (AvaRowList, ava_row_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, ava_row_list_list_model_init))

static void
page_free (Page *page)
{
  g_clear_pointer (&page->items, g_ptr_array_unref);
  g_free (page);
}

static guint
count_page_rows (AvaRowList *self,
                 guint       number)
{
  guint first = number * PAGE_SIZE;

  return first >= self->n_items ? 0 : MIN (PAGE_SIZE, self->n_items - first);
}

static AvaStoreArgs *
make_args (AvaRowList *self)
{
  AvaStoreArgs *args = ava_store_args_new (NULL);

  args->text = g_strdup (self->search);
  args->kind = g_strdup (self->filter);
  args->from_us = self->from_us;
  args->to_us = self->to_us;
  args->flag = TRUE;
  return args;
}

/* --- Pages ------------------------------------------------------------------------------------ */

/* Puts the rows in place and tells of those that differ from what was shown. */
static void
fill_page (AvaRowList *self,
           guint       number,
           GPtrArray  *rows)
{
  Page *page = g_hash_table_lookup (self->pages, GUINT_TO_POINTER (number));
  g_autoptr (GPtrArray) old = NULL;
  guint expected = count_page_rows (self, number);
  guint first = 0;
  guint last;

  if (page == NULL || rows->len != expected)
    return;
  old = page->items;
  page->items = g_ptr_array_ref (rows);
  page->loaded = TRUE;
  page->fetching = FALSE;
  if (old->len != rows->len)
    return;
  for (last = rows->len; first < last && self->kind->same (old->pdata[first], rows->pdata[first]);)
    first++;
  while (last > first && self->kind->same (old->pdata[last - 1], rows->pdata[last - 1]))
    last--;
  /* Rows that are the same stay the same objects: who shows them need not look again. */
  for (guint i = 0; i < rows->len; i++) {
    if (i < first || i >= last) {
      g_object_unref (rows->pdata[i]);
      rows->pdata[i] = g_object_ref (old->pdata[i]);
    }
  }
  if (last > first)
    g_list_model_items_changed (G_LIST_MODEL (self), number * PAGE_SIZE + first, last - first,
                                last - first);
}

static void refresh (AvaRowList *self, gboolean keep_rows);

static void
page_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  Fetch *fetch = user_data;
  g_autoptr (AvaRowList) self = fetch->list;
  guint number = fetch->page;
  guint generation = fetch->generation;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = NULL;

  g_free (fetch);
  rows = ava_store_run_finish (AVA_STORE (source), result, page_cb, &error);
  if (generation != self->generation)
    return;
  if (rows == NULL) {
    g_warning ("Rows of a list could not be read: %s", error->message);
    return;
  }
  /* Another program wrote between the count and this page. */
  if (rows->len != count_page_rows (self, number)) {
    refresh (self, TRUE);
    return;
  }
  fill_page (self, number, rows);
}

static void
fetch_page (AvaRowList *self,
            guint       number,
            Page       *page)
{
  AvaStoreArgs *args = make_args (self);
  Fetch *fetch = g_new0 (Fetch, 1);

  page->fetching = TRUE;
  fetch->list = g_object_ref (self);
  fetch->page = number;
  fetch->generation = self->generation;
  args->limit = PAGE_SIZE;
  args->offset = number * PAGE_SIZE;
  ava_store_run_async (self->store, AVA_STORE_READ, self->kind->page, args,
                       (GDestroyNotify) g_ptr_array_unref, page_cb, self->cancellable, page_cb, fetch);
}

static void
drop_oldest_page (AvaRowList *self)
{
  GHashTableIter iter;
  gpointer number, value;
  gpointer oldest = NULL;
  guint64 used = G_MAXUINT64;

  if (g_hash_table_size (self->pages) <= MAX_PAGES)
    return;
  g_hash_table_iter_init (&iter, self->pages);
  while (g_hash_table_iter_next (&iter, &number, &value)) {
    if (((Page *) value)->used < used) {
      used = ((Page *) value)->used;
      oldest = number;
    }
  }
  g_hash_table_remove (self->pages, oldest);
}

static void
pad_page (AvaRowList *self,
          Page       *page,
          guint       rows)
{
  while (page->items->len < rows)
    g_ptr_array_add (page->items, g_object_new (self->kind->get_type (), NULL));
  if (page->items->len > rows)
    g_ptr_array_remove_range (page->items, rows, page->items->len - rows);
}

static Page *
need_page (AvaRowList *self,
           guint       number)
{
  Page *page = g_hash_table_lookup (self->pages, GUINT_TO_POINTER (number));

  if (page == NULL) {
    page = g_new0 (Page, 1);
    page->items = g_ptr_array_new_with_free_func (g_object_unref);
    pad_page (self, page, count_page_rows (self, number));
    page->used = ++self->turn;
    g_hash_table_insert (self->pages, GUINT_TO_POINTER (number), page);
    drop_oldest_page (self);
  }
  page->used = ++self->turn;
  if (!page->loaded && !page->fetching)
    fetch_page (self, number, page);
  return page;
}

/* --- Looking again ---------------------------------------------------------------------------- */

static void
set_pending (AvaRowList *self,
             gboolean    pending)
{
  if (self->pending == pending)
    return;
  self->pending = pending;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PENDING]);
}

/* The same question: pages that are shown are read again and compared, row by row. */
static void
reload_pages (AvaRowList *self)
{
  g_autoptr (GList) numbers = g_hash_table_get_keys (self->pages);

  for (GList *l = numbers; l != NULL; l = l->next) {
    guint number = GPOINTER_TO_UINT (l->data);
    Page *page = g_hash_table_lookup (self->pages, l->data);

    if (count_page_rows (self, number) == 0) {
      g_hash_table_remove (self->pages, l->data);
      continue;
    }
    pad_page (self, page, count_page_rows (self, number));
    fetch_page (self, number, page);
  }
}

static void
count_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  Fetch *fetch = user_data;
  g_autoptr (AvaRowList) self = fetch->list;
  guint generation = fetch->generation;
  g_autoptr (GError) error = NULL;
  guint removed = self->n_items;
  guint count;

  g_free (fetch);
  count = GPOINTER_TO_UINT (ava_store_run_finish (AVA_STORE (source), result, count_cb, &error));
  if (generation != self->generation)
    return;
  if (error != NULL) {
    g_warning ("A list could not be counted: %s", error->message);
    set_pending (self, FALSE);
    return;
  }
  self->n_items = count;
  if (!self->keep_rows) {
    g_hash_table_remove_all (self->pages);
    if (removed > 0 || count > 0)
      g_list_model_items_changed (G_LIST_MODEL (self), 0, removed, count);
  } else {
    /* Rows came or went: told at the end, then each page tells which of its rows differ. */
    reload_pages (self);
    if (count > removed)
      g_list_model_items_changed (G_LIST_MODEL (self), removed, 0, count - removed);
    else if (count < removed)
      g_list_model_items_changed (G_LIST_MODEL (self), count, removed - count, 0);
  }
  if (removed != count)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_N_ITEMS]);
  set_pending (self, FALSE);
}

static void
refresh (AvaRowList *self,
         gboolean    keep_rows)
{
  Fetch *fetch = g_new0 (Fetch, 1);

  /* A refresh that is overtaken must still do what it was for. */
  self->keep_rows = keep_rows && (!self->pending || self->keep_rows);
  self->generation++;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  fetch->list = g_object_ref (self);
  fetch->generation = self->generation;
  set_pending (self, TRUE);
  ava_store_run_async (self->store, AVA_STORE_READ, self->kind->count, make_args (self), NULL, count_cb,
                       self->cancellable, count_cb, fetch);
}

static void
on_changed (AvaStore           *store,
            const char *const  *tables,
            AvaRowList         *self)
{
  for (guint i = 0; self->kind->tables[i] != NULL; i++) {
    if (g_strv_contains (tables, self->kind->tables[i])) {
      refresh (self, TRUE);
      return;
    }
  }
}

/* --- GListModel and GObject ------------------------------------------------------------------- */

static GType
ava_row_list_get_item_type (GListModel *model)
{
  return AVA_ROW_LIST (model)->kind->get_type ();
}

static guint
ava_row_list_get_n_items (GListModel *model)
{
  return AVA_ROW_LIST (model)->n_items;
}

static gpointer
ava_row_list_get_item (GListModel *model,
                       guint       position)
{
  AvaRowList *self = AVA_ROW_LIST (model);
  Page *page;

  if (position >= self->n_items)
    return NULL;
  page = need_page (self, position / PAGE_SIZE);
  return g_object_ref (page->items->pdata[position % PAGE_SIZE]);
}

static void
ava_row_list_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = ava_row_list_get_item_type;
  iface->get_n_items = ava_row_list_get_n_items;
  iface->get_item = ava_row_list_get_item;
}

static void
ava_row_list_dispose (GObject *object)
{
  AvaRowList *self = AVA_ROW_LIST (object);

  self->generation++;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->store);
  g_clear_pointer (&self->pages, g_hash_table_unref);
  g_clear_pointer (&self->search, g_free);
  g_clear_pointer (&self->filter, g_free);

  G_OBJECT_CLASS (ava_row_list_parent_class)->dispose (object);
}

static void
ava_row_list_get_property (GObject    *object,
                           guint       id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  AvaRowList *self = AVA_ROW_LIST (object);

  switch (id) {
    case PROP_SEARCH:
      g_value_set_string (value, self->search);
      break;
    case PROP_FILTER:
      g_value_set_string (value, self->filter);
      break;
    case PROP_PENDING:
      g_value_set_boolean (value, self->pending);
      break;
    case PROP_N_ITEMS:
      g_value_set_uint (value, self->n_items);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

/* Another question: the rows are other ones. */
static void
ask (AvaRowList  *self,
     char       **place,
     const char  *text,
     GParamSpec  *pspec)
{
  if (g_strcmp0 (*place != NULL ? *place : "", text != NULL ? text : "") == 0)
    return;
  g_free (*place);
  *place = g_strdup (text);
  g_object_notify_by_pspec (G_OBJECT (self), pspec);
  refresh (self, FALSE);
}

static void
ava_row_list_set_property (GObject      *object,
                           guint         id,
                           const GValue *value,
                           GParamSpec   *pspec)
{
  AvaRowList *self = AVA_ROW_LIST (object);

  switch (id) {
    case PROP_SEARCH:
      ask (self, &self->search, g_value_get_string (value), pspec);
      break;
    case PROP_FILTER:
      ask (self, &self->filter, g_value_get_string (value), pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
ava_row_list_class_init (AvaRowListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = ava_row_list_dispose;
  object_class->get_property = ava_row_list_get_property;
  object_class->set_property = ava_row_list_set_property;

  /* Fragments that all rows must have, in any order; only the customers' list looks at it. */
  props[PROP_SEARCH] = g_param_spec_string ("search", NULL, NULL, NULL, G_PARAM_READWRITE |
                                            G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  /* Which of them, and in what order: see ava_customer_filter_parse(). */
  props[PROP_FILTER] = g_param_spec_string ("filter", NULL, NULL, NULL, G_PARAM_READWRITE |
                                            G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  /* Whether an answer is on its way, so that an empty list does not yet mean "none". */
  props[PROP_PENDING] = g_param_spec_boolean ("pending", NULL, NULL, FALSE, G_PARAM_READABLE |
                                              G_PARAM_STATIC_STRINGS);
  props[PROP_N_ITEMS] = g_param_spec_uint ("n-items", NULL, NULL, 0, G_MAXUINT, 0, G_PARAM_READABLE |
                                           G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
ava_row_list_init (AvaRowList *self)
{
  self->pages = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) page_free);
}

AvaRowList *
ava_row_list_new (AvaStore             *store,
                  const AvaRowListKind *kind)
{
  AvaRowList *self = g_object_new (AVA_TYPE_ROW_LIST, NULL);

  self->store = g_object_ref (store);
  self->kind = kind;
  g_signal_connect_object (store, "changed", G_CALLBACK (on_changed), self, 0);
  refresh (self, FALSE);
  return self;
}

void
ava_row_list_set_range (AvaRowList *self,
                        gint64      from_us,
                        gint64      to_us)
{
  if (self->from_us == from_us && self->to_us == to_us)
    return;
  self->from_us = from_us;
  self->to_us = to_us;
  refresh (self, FALSE);
}

/* --- The two lists ---------------------------------------------------------------------------- */

static gboolean
same_customer (gpointer a,
               gpointer b)
{
  AvaCustomer *one = a;
  AvaCustomer *two = b;

  return one->id != NULL && g_strcmp0 (one->id, two->id) == 0 && one->version == two->version &&
         one->visits == two->visits && one->last_visit_us == two->last_visit_us &&
         one->next_visit_us == two->next_visit_us && one->spent_cents == two->spent_cents;
}

static gboolean
same_appointment (gpointer a,
                  gpointer b)
{
  AvaAppointment *one = a;
  AvaAppointment *two = b;

  return one->id != NULL && g_strcmp0 (one->id, two->id) == 0 && one->version == two->version &&
         g_strcmp0 (one->customer_name, two->customer_name) == 0 &&
         g_strcmp0 (one->flags, two->flags) == 0;
}

/**
 * ava_store_customers_model:
 *
 * Returns: (transfer full): AvaCustomer; properties "search", "filter" and "pending"
 */
GListModel *
ava_store_customers_model (AvaStore *self)
{
  static const char *const tables[] = { "customers", "appointments", NULL };
  static const AvaRowListKind kind = {
    ava_customer_get_type, ava_customer_table_count, ava_customer_table_page, same_customer, tables
  };

  g_return_val_if_fail (AVA_IS_STORE (self), NULL);

  return G_LIST_MODEL (ava_row_list_new (self, &kind));
}

/**
 * ava_store_appointments_model:
 *
 * Empty until it is given a range with ava_store_appointments_set_range(); cancelled ones are in it.
 *
 * Returns: (transfer full): AvaAppointment by start
 */
GListModel *
ava_store_appointments_model (AvaStore *self)
{
  static const char *const tables[] = {
    "appointments", "customers", "services", "providers", "rooms", NULL
  };
  static const AvaRowListKind kind = {
    ava_appointment_get_type, ava_appointment_table_count, ava_appointment_table_page,
    same_appointment, tables
  };

  g_return_val_if_fail (AVA_IS_STORE (self), NULL);

  return G_LIST_MODEL (ava_row_list_new (self, &kind));
}

void
ava_store_appointments_set_range (GListModel *model,
                                  gint64      from_us,
                                  gint64      to_us)
{
  g_return_if_fail (AVA_IS_ROW_LIST (model));

  ava_row_list_set_range (AVA_ROW_LIST (model), from_us, to_us);
}
