/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-verdict.h"

#include "ava-safety.h"

/* Returns: (transfer full): one that is free */
AvaVerdict *
ava_verdict_new (void)
{
  AvaVerdict *self = g_new0 (AvaVerdict, 1);

  self->nearest = g_ptr_array_new_with_free_func ((GDestroyNotify) ava_slot_free);
  return self;
}

void
ava_verdict_free (AvaVerdict *self)
{
  g_clear_pointer (&self->slot, ava_slot_free);
  g_strfreev (self->reasons);
  g_free (self->who_may);
  g_free (self->group);
  g_ptr_array_unref (self->nearest);
  g_free (self);
}

/**
 * ava_verdict_to_words:
 *
 * Returns: (transfer full): all of it in one paragraph; "" when nothing speaks against it
 */
char *
ava_verdict_to_words (AvaVerdict *self)
{
  g_autofree char *words = g_strjoinv (" ", self->reasons);

  if (self->who_may == NULL)
    return g_steal_pointer (&words);
  return g_strdup_printf ("%s %s", words, self->who_may);
}

/* --- Summing up ------------------------------------------------------------------------------ */

void
ava_verdict_sum_init (AvaVerdictSum *self)
{
  *self = (AvaVerdictSum) { .least = AVA_STAFF_ROLE_NONE };
  for (guint i = 0; i < G_N_ELEMENTS (self->words); i++)
    self->words[i] = g_ptr_array_new ();
}

void
ava_verdict_sum_clear (AvaVerdictSum *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->words); i++)
    g_clear_pointer (&self->words[i], g_ptr_array_unref);
}

/**
 * ava_verdict_sum_add:
 * @role: of this desk
 * @least: who may go on against it; NONE: nobody
 * @soft: it only warns
 * @words: stay until it is filled in
 */
void
ava_verdict_sum_add (AvaVerdictSum *self,
                     AvaStaffRole   role,
                     AvaStaffRole   least,
                     gboolean       soft,
                     const char    *words)
{
  AvaVerdictKind kind = soft ? AVA_VERDICT_WARNED
                      : least == AVA_STAFF_ROLE_NONE || role < least ? AVA_VERDICT_REFUSED : AVA_VERDICT_NEEDS_REASON;

  if (!soft) {
    self->never = self->never || least == AVA_STAFF_ROLE_NONE;
    self->least = MAX (self->least, least);
  }
  g_ptr_array_add (self->words[kind], (gpointer) words);
}

/**
 * ava_verdict_sum_add_findings:
 * @findings: (element-type AvaSafetyFinding): stay until it is filled in
 */
void
ava_verdict_sum_add_findings (AvaVerdictSum *self,
                              AvaStaffRole   role,
                              GPtrArray     *findings,
                              gboolean       with_warnings)
{
  for (guint i = 0; i < findings->len; i++) {
    const AvaSafetyFinding *finding = findings->pdata[i];
    gboolean soft = finding->action == AVA_SAFETY_WARN;

    if (!soft || with_warnings)
      ava_verdict_sum_add (self, role, finding->override_role, soft, finding->words);
  }
}

/**
 * ava_verdict_sum_fill:
 *
 * Sets the kind and the reasons of @verdict.
 */
void
ava_verdict_sum_fill (AvaVerdictSum *self,
                      AvaVerdict    *verdict)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GPtrArray) seen = g_ptr_array_new ();

  verdict->kind = AVA_VERDICT_FREE;
  for (int kind = AVA_VERDICT_REFUSED; kind >= AVA_VERDICT_WARNED; kind--) {
    for (guint i = 0; i < self->words[kind]->len; i++) {
      const char *words = self->words[kind]->pdata[i];

      verdict->kind = MAX (verdict->kind, (AvaVerdictKind) kind);
      if (g_ptr_array_find_with_equal_func (seen, words, g_str_equal, NULL))
        continue;
      g_ptr_array_add (seen, (gpointer) words);
      g_strv_builder_add (builder, words);
    }
  }
  verdict->reasons = g_strv_builder_end (builder);
}

/**
 * ava_verdict_sum_word_who_may:
 * @provider: a sentence, in case that a provider may go on
 *
 * Returns: (transfer full) (nullable): the sentence of the least role that may go on against all of it
 */
char *
ava_verdict_sum_word_who_may (AvaVerdictSum *self,
                              const char    *provider,
                              const char    *manager,
                              const char    *medical_director)
{
  if (self->never)
    return NULL;
  switch (self->least) {
  case AVA_STAFF_ROLE_PROVIDER:
    return g_strdup (provider);
  case AVA_STAFF_ROLE_MANAGER:
    return g_strdup (manager);
  case AVA_STAFF_ROLE_MEDICAL_DIRECTOR:
    return g_strdup (medical_director);
  default:
    return NULL;
  }
}
