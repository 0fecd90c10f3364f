/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-store-private.h"

G_BEGIN_DECLS

/* What the tables of the settings hold: reading, checks and the SQL all follow these two lists. */

typedef enum {
  AVA_SETTINGS_NAME,  /* text, never blank */
  AVA_SETTINGS_TEXT,  /* nullable */
  AVA_SETTINGS_PLAIN,  /* text, may be blank */
  AVA_SETTINGS_LIST,  /* array of text */
  AVA_SETTINGS_COUNT,  /* integer from min to max */
  AVA_SETTINGS_CURRENCY,
  AVA_SETTINGS_ZONE,
  AVA_SETTINGS_DATE,
  AVA_SETTINGS_DAY,  /* nullable date */
  AVA_SETTINGS_COLOUR,  /* nullable */
  AVA_SETTINGS_DATES,  /* array of dates and "" */
  AVA_SETTINGS_CHOICE,  /* one of @more, separated by "|" */
  AVA_SETTINGS_CHOICES,  /* array of those */
  AVA_SETTINGS_REF,  /* nullable: a row of the table @more */
} AvaSettingsKind;

typedef struct {
  const char *table;
  const char *name;
  AvaSettingsKind kind;
  const char *words;   /* what a receptionist calls it */
  gint64 min, max;
  const char *more;
} AvaSettingsColumn;

typedef struct {
  const char *table;
  const char *words;
  gboolean versioned;
  const char *order;
  const char *where;   /* nullable: which rows are settings */
} AvaSettingsTable;

extern const AvaSettingsColumn ava_settings_columns[];
extern const guint ava_settings_n_columns;
extern const AvaSettingsTable ava_settings_tables[];   /* in the order in which rows may refer to one another */
extern const guint ava_settings_n_tables;

int      ava_settings_find_table   (const char       *name);
int      ava_settings_find_column  (const char       *table,
                                    const char       *name);
gboolean ava_settings_is_array     (AvaSettingsKind   kind);

/* ava-settings-check.c. @table: a place in the list; @named: a row with the name that is told. */
#define AVA_SETTINGS_MOST_IN_NAME 200   /* [characters] */

gboolean ava_settings_is_blank     (const char       *text);
gboolean ava_settings_is_list      (JsonNode         *node);
gboolean ava_settings_refuse       (GError          **error,
                                    guint             table,
                                    const char       *id,
                                    JsonObject       *values,
                                    const char       *field,
                                    const char       *fault);
gboolean ava_settings_check_values (guint             table,
                                    const char       *id,
                                    JsonObject       *values,
                                    JsonObject       *before,
                                    GError          **error);
gboolean ava_settings_check_refs   (AvaStore         *self,
                                    guint             table,
                                    const char       *id,
                                    JsonObject       *values,
                                    GError          **error);
gboolean ava_settings_check_row    (AvaStore         *self,
                                    guint             table,
                                    const char       *id,
                                    JsonObject       *named,
                                    GError          **error);
gboolean ava_settings_check_before (guint             table,
                                    const char       *id,
                                    JsonObject       *before,
                                    const char       *snapshot,
                                    GError          **error);

G_END_DECLS
