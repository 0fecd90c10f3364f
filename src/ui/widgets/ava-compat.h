/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

typedef void (*AvaConfirmed) (gpointer user_data);

void     ava_compat_show_about   (GtkWindow    *parent);
void     ava_compat_confirm      (GtkWindow    *parent,
                                  const char   *heading,
                                  const char   *body,
                                  const char   *confirm_label,
                                  AvaConfirmed  confirmed,
                                  GObject      *user_data);
void     ava_compat_show_trouble (GtkWindow    *parent,
                                  const char   *heading,
                                  const char   *body);
void     ava_compat_get_color    (GtkWidget    *widget,
                                  const char   *name,
                                  GdkRGBA      *color);
void     ava_compat_name_menus   (GtkWidget    *widget,
                                  const char   *label);
void     ava_compat_name_button  (GtkWidget    *button,
                                  const char   *label);
void     ava_compat_announce     (GtkWidget    *widget,
                                  const char   *words);
void     ava_compat_open_uri     (GtkWindow    *parent,
                                  const char   *uri,
                                  GAsyncReadyCallback callback,
                                  gpointer      user_data);
gboolean ava_compat_open_uri_finish (GtkWindow *parent,
                                  GAsyncResult *result,
                                  GError      **error);
void     ava_compat_tell_fields  (void);
gboolean ava_compat_wants_split  (void);

G_END_DECLS
