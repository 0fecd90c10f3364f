/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

/**
 * AvaSqlite:
 *
 * One connection with its cached statements. Belongs to the thread that made it. Arguments are
 * bound by a string of types: "s" text (nullable), "i" gint64, "d" double.
 */
typedef struct _AvaSqlite AvaSqlite;
typedef sqlite3_stmt AvaRow;

AvaSqlite  *ava_sqlite_open       (const char  *path,
                                   GError     **error);
AvaSqlite  *ava_sqlite_open_uri   (const char  *uri,
                                   GError     **error);
void        ava_sqlite_close      (AvaSqlite   *db);
sqlite3    *ava_sqlite_get_handle (AvaSqlite   *db);
gboolean    ava_sqlite_exec       (AvaSqlite   *db,
                                   const char  *sql,
                                   GError     **error);
AvaRow     *ava_sqlite_query      (AvaSqlite   *db,
                                   GError     **error,
                                   const char  *sql,
                                   const char  *types,
                                   ...);
gboolean    ava_sqlite_run        (AvaSqlite   *db,
                                   GError     **error,
                                   const char  *sql,
                                   const char  *types,
                                   ...);
gboolean    ava_sqlite_get_int    (AvaSqlite   *db,
                                   gint64      *value,
                                   GError     **error,
                                   const char  *sql,
                                   const char  *types,
                                   ...);
gboolean    ava_sqlite_get_text   (AvaSqlite   *db,
                                   char       **value,
                                   GError     **error,
                                   const char  *sql,
                                   const char  *types,
                                   ...);
guint       ava_sqlite_changes    (AvaSqlite   *db);
void        ava_sqlite_set_error  (GError     **error,
                                   int          code,
                                   const char  *detail);

gboolean    ava_row_next          (AvaRow      *row,
                                   GError     **error);
void        ava_row_end           (AvaRow      *row);
const char *ava_row_text          (AvaRow      *row,
                                   int          column);
char       *ava_row_dup           (AvaRow      *row,
                                   int          column);
gint64      ava_row_int           (AvaRow      *row,
                                   int          column);
double      ava_row_double        (AvaRow      *row,
                                   int          column);

/* All rows, to the end; @row may be NULL after an error. @read answers one, which @free_func frees. */
GPtrArray  *ava_row_read_all      (AvaRow        *row,
                                   gpointer     (*read) (AvaRow *row),
                                   GDestroyNotify free_func,
                                   GError       **error);
/* The first column of all rows, the same. */
GPtrArray  *ava_row_read_texts        (AvaRow       *row,
                                       GError      **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (AvaSqlite, ava_sqlite_close)

G_END_DECLS
