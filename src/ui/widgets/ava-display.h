/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ava-appointment.h"
#include "ava-agent.h"
#include "ava-call-session.h"
#include "ava-mood.h"

G_BEGIN_DECLS

/* Times, states and outcomes as the front desk reads them, in the spa's zone and the user's language. */
char       *ava_display_time        (gint64                time_us,
                                     GTimeZone            *zone);
char       *ava_display_moment      (gint64                time_us,
                                     GTimeZone            *zone);
char       *ava_display_minute      (int                   minute);
char       *ava_display_span        (gint64                start_us,
                                     gint64                end_us,
                                     GTimeZone            *zone);
char       *ava_display_day         (gint64                time_us,
                                     gint64                now_us,
                                     GTimeZone            *zone);
char       *ava_display_duration    (gint64                duration_us);
char       *ava_display_age         (gint64                age_us);
char       *ava_display_when        (gint64                time_us,
                                     gint64                now_us,
                                     GTimeZone            *zone);
char       *ava_display_phone       (const char           *e164);
char       *ava_display_money       (gint64                cents,
                                     const char           *currency);
/* What of a deposit is asked for, held, applied or given back; NULL without one. */
char       *ava_display_deposit     (AvaAppointment       *appointment,
                                     const char           *currency);
char       *ava_display_name        (const char           *name,
                                     guint                 form);
char       *ava_display_appointment (AvaAppointment       *appointment,
                                     GTimeZone            *zone);
const char *ava_display_status      (AvaAppointmentStatus  status);
const char *ava_display_outcome     (const char           *outcome);
const char *ava_display_state       (AvaCallState          state,
                                     AvaAgentState         agent_state,
                                     gboolean              muted);
const char *ava_display_state_class (AvaCallState          state,
                                     AvaAgentState         agent_state);
const char *ava_display_intent      (const char           *intent);
const char *ava_display_mood        (AvaMood               mood);

G_END_DECLS
