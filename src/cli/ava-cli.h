/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-context.h"

G_BEGIN_DECLS

/* Exit codes of avactl, fixed by contract. */
enum {
  AVA_EXIT_DONE = 0,
  AVA_EXIT_REFUSED = 1,
  AVA_EXIT_USAGE = 2,
};

/* What every command gets. */
typedef struct {
  char *data_dir;
  AvaClock *clock;
  gboolean json;
  GOptionContext *options;   /* of the command, for its usage */
} AvaCli;

typedef int (*AvaCommandFunc) (AvaCli *cli, int argc, char **argv);

int          ava_command_backup       (AvaCli *cli, int argc, char **argv);
int          ava_command_book         (AvaCli *cli, int argc, char **argv);
int          ava_command_call         (AvaCli *cli, int argc, char **argv);
int          ava_command_cancel       (AvaCli *cli, int argc, char **argv);
int          ava_command_chat         (AvaCli *cli, int argc, char **argv);
int          ava_command_customers    (AvaCli *cli, int argc, char **argv);
int          ava_command_day          (AvaCli *cli, int argc, char **argv);
int          ava_command_day_sheet    (AvaCli *cli, int argc, char **argv);
int          ava_command_demo         (AvaCli *cli, int argc, char **argv);
int          ava_command_doctor       (AvaCli *cli, int argc, char **argv);
int          ava_command_dst_check    (AvaCli *cli, int argc, char **argv);
int          ava_command_export       (AvaCli *cli, int argc, char **argv);
int          ava_command_export_ics   (AvaCli *cli, int argc, char **argv);
int          ava_command_history      (AvaCli *cli, int argc, char **argv);
int          ava_command_hold         (AvaCli *cli, int argc, char **argv);
int          ava_command_import       (AvaCli *cli, int argc, char **argv);
int          ava_command_import_appointments (AvaCli *cli, int argc, char **argv);
int          ava_command_import_ics   (AvaCli *cli, int argc, char **argv);
int          ava_command_move         (AvaCli *cli, int argc, char **argv);
int          ava_command_put_right    (AvaCli *cli, int argc, char **argv);
int          ava_command_resolve_date (AvaCli *cli, int argc, char **argv);
int          ava_command_restore      (AvaCli *cli, int argc, char **argv);
int          ava_command_slots        (AvaCli *cli, int argc, char **argv);
int          ava_command_status       (AvaCli *cli, int argc, char **argv);
int          ava_command_undo         (AvaCli *cli, int argc, char **argv);
int          ava_command_vad          (AvaCli *cli, int argc, char **argv);
int          ava_command_waitlist     (AvaCli *cli, int argc, char **argv);

int          ava_command_explain      (AvaCli             *cli,
                                       JsonObject         *args,
                                       const char         *room);

gboolean     ava_cli_parse            (AvaCli             *cli,
                                       const char         *usage,
                                       const GOptionEntry *entries,
                                       int                *argc,
                                       char             ***argv);
int          ava_cli_fail             (GError             *error);
AvaContext  *ava_cli_open             (AvaCli             *cli);
JsonObject  *ava_cli_run_tool         (AvaContext         *context,
                                       const char         *name,
                                       JsonObject         *args,
                                       const char         *key);
gboolean     ava_cli_read_date        (const char         *text,
                                       GDate              *date);
GDate        ava_cli_today            (AvaCli             *cli,
                                       GTimeZone          *zone);
void         ava_cli_result_cb        (GObject            *source,
                                       GAsyncResult       *result,
                                       gpointer            user_data);
GAsyncResult *ava_cli_wait            (GAsyncResult      **result);
void         ava_cli_print_json       (JsonNode           *node);
void         ava_cli_print_object     (JsonObject         *object);

G_END_DECLS
