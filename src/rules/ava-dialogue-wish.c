/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-dialogue-private.h"

/*
 * A wish without a treatment: "I want something for my face". What it is about is looked for in what the spa says of
 * its own treatments; a consultation fits whatever it is.
 */

#define MOST_FITTING 3

/* What callers name, and the words by which treatments tell that they are for that. */
static const struct { const char *said; const char *told; } concerns[] = {
  { "wrinkle|wrinkles|fine lines|line|lines|forehead|crows feet|frown|frown lines|elevens|eleven lines", "wrinkle|wrinkles|lines|forehead|frown" },
  { "lips|lip|thin lips", "lips|lip" },
  { "cheek|cheeks|hollow cheeks", "cheeks|cheek" },
  { "scar|scars|acne|acne scars|pores|texture|breakouts|pimples|blackheads", "scars|texture|acne|cleansing|pores" },
  { "spots|sun spots|age spots|dark spots|pigmentation|melasma|dull|tone|glow|redness", "surface|tone|exfoliation|pigmentation" },
  { "unwanted hair|facial hair|leg hair|armpits|bikini|hair on my|hairs", "hair" },
  { "fat|belly|stomach|tummy|love handles|thighs|my body", "body" },
  { "face|skin|complexion|younger|fresher|refreshed|aging|ageing|old|tired|wedding|married|best", "wrinkle|lines|facial|face|skin" },
};

static const char wishes[] =
  "look younger|look my best|look better|look good|look great|look fresher|look refreshed|look rested|look less tired|look amazing|feel younger|freshen up|something for my face|something for my skin|"
  "something for the face|something done|get something done|anti aging|anti ageing|do something about|do something for|what do you suggest|want to try something|try something new|pamper myself|treat myself|"
  "dont really know what i want|dont know what i want|not sure what i want|not sure what i need|dont know what i need|what should i have|what should i get|what should i do|what do you recommend|"
  "what would you recommend|what would you suggest";
static const char longing[] =
  "i want|i need|id like|i would like|i have|i got|ive got|looking for|something for|something about|anything for|anything about|can you do|you do for|you do about|you have for|help with|helps with|help me|"
  "get rid of|gone|fix|improve|tighten|smooth|treat|good for|best for|works for|hate|bothers|bother|bothering";
static const char unsure[] = "dont know|no idea|not sure|you tell me|you choose|you pick|whatever you think|whatever you recommend|up to you|anything|whatever|surprise me|idk|not certain";

static AvaService *
find_consultation (AvaSpa *spa)
{
  for (guint i = 0; i < spa->services->len; i++) {
    AvaService *service = spa->services->pdata[i];
    g_autoptr (AvaWords) name = ava_words_new (service->name);

    if (!service->archived && ava_words_have (name, "consultation|consult"))
      return service;
  }
  return NULL;
}

static gboolean
is_for (AvaService *service,
        const char *told)
{
  g_autofree char *all = g_strconcat (service->name, " ", service->description != NULL ? service->description : "", NULL);
  g_autoptr (AvaWords) words = ava_words_new (all);

  return ava_words_have (words, told);
}

static const char *
find_concern (AvaHeard *heard)
{
  for (guint i = 0; i < G_N_ELEMENTS (concerns); i++) {
    if (ava_words_have (heard->words, concerns[i].said))
      return concerns[i].told;
  }
  return NULL;
}

/* "Botox, Laser Skin Resurfacing, or a Consultation to find what suits you best" */
static char *
list_fitting (AvaDialogue *self,
              const char  *told)
{
  AvaService *consultation = find_consultation (self->spa);
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint i = 0; told != NULL && i < self->spa->services->len && names->len < MOST_FITTING; i++) {
    AvaService *service = self->spa->services->pdata[i];

    if (!service->archived && service != consultation && is_for (service, told))
      g_ptr_array_add (names, service->name);
  }
  if (names->len == 0)
    return NULL;
  for (guint i = 0; i < names->len; i++)
    g_string_append_printf (list, "%s%s", i == 0 ? "" : i + 1 < names->len || consultation != NULL ? ", " : " or ", (char *) names->pdata[i]);
  if (consultation != NULL)
    g_string_append_printf (list, ", or a %s to find what suits you best", consultation->name);
  return g_string_free (g_steal_pointer (&list), FALSE);
}

/* Asked which treatment, the caller does not know: a consultation is where that is found out. */
static gboolean
choose_consultation (AvaDialogue     *self,
                     AvaDialogueTurn *turn,
                     AvaHeard        *heard)
{
  AvaService *consultation = find_consultation (self->spa);

  if (self->asked != AVA_ASK_SERVICE || consultation == NULL || !ava_words_have (heard->words, unsure))
    return FALSE;
  ava_dialogue_set_text (&self->service_id, consultation->id);
  ava_dialogue_fold (self, heard);
  AVA_LEAD (self, AVA_SAY_CONSULT_FIRST, "service", consultation->name);
  ava_dialogue_turn_act (turn, "choose:consultation");
  ava_dialogue_advance (self, turn);
  return TRUE;
}

/**
 * ava_dialogue_answer_wish:
 *
 * Names what fits a wish that no treatment was named for, and asks which it shall be.
 *
 * Returns: whether there was such a wish
 */
gboolean
ava_dialogue_answer_wish (AvaDialogue     *self,
                          AvaDialogueTurn *turn,
                          AvaHeard        *heard)
{
  gboolean open = self->asked == AVA_ASK_HELP || self->asked == AVA_ASK_SERVICE || self->asked == AVA_ASK_MORE || self->asked == AVA_ASK_BOOK_IT;
  const char *told = find_concern (heard);
  g_autofree char *fitting = NULL;

  if (!open || heard->service_id != NULL || self->service_id != NULL || (self->task != AVA_TASK_NONE && self->task != AVA_TASK_BOOK) ||
      ava_heard_has (heard, AVA_INTENT_CANCEL) || ava_heard_has (heard, AVA_INTENT_RESCHEDULE) || ava_heard_has (heard, AVA_INTENT_MESSAGE))
    return FALSE;
  if (!ava_words_have (heard->words, wishes) && !(told != NULL && ava_words_have (heard->words, longing)))
    return choose_consultation (self, turn, heard);
  if (self->task == AVA_TASK_NONE)
    ava_dialogue_begin (self, AVA_TASK_BOOK);
  /* The day of the wedding is not that of the visit. */
  if (ava_words_have (heard->words, "wedding|married|party|reunion|gala|event|prom|vacation|photo shoot"))
    ava_dialogue_fold_person (self, heard);
  else
    ava_dialogue_fold (self, heard);
  fitting = list_fitting (self, told);
  if (fitting != NULL)
    AVA_LEAD (self, AVA_SAY_FITTING, "services", fitting);
  else
    AVA_LEAD (self, AVA_SAY_CONSULT);
  ava_dialogue_turn_act (turn, "suggest");
  ava_dialogue_advance (self, turn);
  return TRUE;
}
