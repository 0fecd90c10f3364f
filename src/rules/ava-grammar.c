/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-grammar.h"

#include "ava-grammar-private.h"

#include <string.h>

/*
 * JSGF grammars for the recognizer (JSpeech Grammar Format 1.0). Each holds what a caller may answer
 * to one question and, at low weight, what they may say at any time. Weights are likelihoods of the
 * alternatives of one choice; only their proportions count.
 */

#define MOST_DIGITS 12
#define MOST_LETTERS 12

/* --- what does not depend on the spa --- */

static const char common_rules[] =
  "<polite> = please | thanks | thank you;\n"
  "<yes> = yes | yeah | yep | yes please | sure | correct | that is right | that's right | right | "
  "okay | sounds good | perfect | that works | yes that works | yes it is | yes that is correct | "
  "yes that's correct | absolutely | of course | please do | go ahead;\n"
  "<no> = no | no thanks | no thank you | not really | that is wrong | that's wrong | "
  "that's not right | that is not right | no that's all | no that is all | that is all | that's all | "
  "nothing else;\n"
  "<repeat> = repeat that | could you repeat that | say that again | can you say that again | pardon | "
  "what was that | sorry what | sorry could you repeat that;\n"
  "<wait> = hold on | one moment | just a moment | wait a second | give me a second | just a second;\n"
  "<person> = [can i | i want to | i would like to | i'd like to] (speak | talk) (to | with) "
  "(a | an | the) (person | human | real person | receptionist | manager | someone) | "
  "a real person | a human please;\n"
  "<bye> = goodbye | bye | bye bye | thank you goodbye | thanks bye | no thank you goodbye | "
  "that is all goodbye | have a nice day;\n"
  "<ask> = what are your hours | when are you open | what are you hours today | are you open (today | "
  "tomorrow | on saturday | on sunday) | where are you [located] | what is your address | "
  "how do i get there | who are you | are you a robot | am i talking to a (robot | machine) | "
  "what services do you (have | offer) | what do you offer | how much is that | what does it cost;\n"
  "<message> = (can i | i want to | i would like to | i'd like to) leave a message | "
  "take a message | can you take a message;\n"
  "<always> = /4/ <yes> | /4/ <no> | /1/ <repeat> | /1/ <wait> | /0.5/ <person> | /1/ <bye> | "
  "/0.2/ <flag> | /0.1/ <aside> | /1/ <ask> | /0.2/ <message>;\n";

static const char time_rules[] =
  "<weekday> = monday | tuesday | wednesday | thursday | friday | saturday | sunday;\n"
  "<month> = january | february | march | april | may | june | july | august | september | october | "
  "november | december;\n"
  "<nth> = first | second | third | fourth | fifth | sixth | seventh | eighth | ninth | tenth | "
  "eleventh | twelfth | thirteenth | fourteenth | fifteenth | sixteenth | seventeenth | eighteenth | "
  "nineteenth | twentieth | (twenty | thirty) first | twenty (second | third | fourth | fifth | sixth | "
  "seventh | eighth | ninth) | thirtieth;\n"
  "<hour> = one | two | three | four | five | six | seven | eight | nine | ten | eleven | twelve;\n"
  "<minute> = /4/ thirty | /2/ fifteen | /2/ forty five | /0.5/ (ten | twenty | oh five | forty | fifty);\n"
  "<half> = /2/ (a m | p m) | /1/ o'clock | /1/ in the (morning | afternoon | evening);\n"
  "<clock> = /8/ <hour> (/0.75/ <NULL> | /0.25/ <minute>) (/0.75/ <NULL> | /0.25/ <half>) | "
  "/1/ (half past | quarter past | quarter to) <hour>;\n"
  "<part> = morning | afternoon | evening;\n"
  "<date> = /2/ <month> [the] <nth> | /1/ the <nth> (/0.80/ <NULL> | /0.20/ of <month>);\n"
  "<day> = /6/ [this | next | on | this coming] <weekday> (/0.86/ <NULL> | /0.14/ [the] <date>) | /4/ tomorrow | /1/ today | "
  "/1/ the day after tomorrow | /3/ [on] <date> | /2/ (next | this) week | /0.5/ next month | "
  "/0.5/ the end of the (week | month) | /0.5/ a week from <weekday> | "
  "/0.5/ in (one | two | three | a) (week | weeks) | /0.3/ this weekend;\n"
  "<time> = /8/ [at | around | about | after | before | between <hour> and] <clock> | "
  "/4/ [in the] <part> | /0.5/ [at | around] noon | /0.5/ after work | /0.5/ around lunchtime | /0.5/ any time;\n"
  "<near> = [on | next | this] <weekday> | tomorrow | today;\n"
  "<when> = /8/ <day> (/0.50/ <NULL> | /0.50/ <time>) | /3/ <time> (/0.75/ <NULL> | /0.25/ <near>) | "
  "/1/ (as soon as possible | the earliest you have | whenever you have | the first available | any day);\n";

static const char digit_rules[] =
  "<digit> = zero | oh | one | two | three | four | five | six | seven | eight | nine;\n"
  "<one> = /20/ <digit> | /1/ (double | triple) <digit>;\n"
  "<three> = <digit> <digit> <digit>;\n"
  "<four> = <three> <digit>;\n"
  "<ten> = <three> <three> <four>;\n";

static const char letter_rules[] =
  "<letter> = a | b | c | d | e | f | g | h | i | j | k | l | m | n | o | p | q | r | s | t | u | v | w | "
  "x | y | z;\n";

static const char offer_rules[] =
  "<offer> = /6/ [i'll take | i would like | i'd like | let's do | i will take] the (first | second | third | last) "
  "(/0.50/ <NULL> | /0.50/ (one | option | time)) | "
  "/5/ [how about | what about | i'll take | the] <when> "
  "(/0.75/ <NULL> | /0.25/ (one | works | works for me | is fine | is good | would be great)) | "
  "/2/ (none of those [work] | none of them | do you have anything (else | later | earlier) | "
  "anything (later | earlier) | something (later | earlier)) | /1/ (either one | any of them | either is fine);\n";

/* --- what comes from the spa --- */

static gboolean
is_sayable (const char *words)
{
  return *words != '\0' && words[strspn (words, "abcdefghijklmnopqrstuvwxyz' ")] == '\0';
}

static void
append_choice (GString    *grammar,
               const char *words,
               gboolean   *first)
{
  if (!is_sayable (words))
    return;
  g_string_append_printf (grammar, "%s%s", *first ? "" : " | ", words);
  *first = FALSE;
}

static void
append_services (GString *grammar,
                 AvaSpa  *spa)
{
  gboolean first = TRUE;

  g_string_append (grammar, "<treatment> = (");
  for (guint i = 0; i < spa->services->len; i++) {
    AvaService *service = spa->services->pdata[i];

    for (guint j = 0; service->spoken != NULL && service->spoken[j] != NULL; j++)
      append_choice (grammar, service->spoken[j], &first);
  }
  g_string_append (grammar, first ? "appointment);\n" : ");\n");
  g_string_append (grammar, "<service> = (/0.53/ <NULL> | /0.40/ a | /0.07/ the) <treatment> "
                   "(/0.75/ <NULL> | /0.25/ (appointment | treatment | session));\n");
}

static void
append_providers (GString *grammar,
                  AvaSpa  *spa)
{
  gboolean first = TRUE;

  g_string_append (grammar, "<who> = ");
  for (guint i = 0; i < spa->providers->len; i++) {
    AvaProvider *provider = spa->providers->pdata[i];

    for (guint j = 0; provider->spoken != NULL && provider->spoken[j] != NULL; j++)
      append_choice (grammar, provider->spoken[j], &first);
  }
  g_string_append (grammar, first ? "anyone;\n" : ";\n");
  g_string_append (grammar, "<provider> = with <who>;\n"
                   "<anyone> = anyone | anybody | no preference | it doesn't matter | whoever is available;\n");
}

/* Each large rule is named once in what an answer reaches: the recognizer copies it wherever it stands. */
static const char book_rules[] =
  "<wish> = (/3/ i | /0.5/ hi i | /0.5/ hello i) (would like to | want to | need to | am calling to) | "
  "/2/ (i'd like to | i'm calling to) | /2/ (can i | could i);\n"
  "<want> = /6/ <wish> (book | schedule | make | get | have) | "
  "/4/ [hi | hello] (i would like | i'd like | i want | i need) | /1/ (book | schedule);\n"
  "<thing> = /2/ an appointment | /6/ (/0.86/ <NULL> | /0.14/ an appointment for) <service>;\n"
  "<move> = <wish> (reschedule | move | change) my appointment [to];\n"
  "<drop> = <wish> cancel my appointment;\n"
  "<price> = (how much is | how much are | what does | what is the price of | what's the price of | how much does) "
  "<service> [cost];\n"
  "<has> = do you have (anything | something | an opening) [on];\n"
  "<request> = (/20/ <want> <thing> (/0.86/ <NULL> | /0.14/ <provider>) [for | on] | /4/ <move> | /3/ <has> | /2/ <fixing>) "
  "(/0.43/ <NULL> | /0.57/ <when>) (/0.89/ <NULL> | /0.11/ <provider>);\n"
  "<fixing> = no i said | i said | actually | no | sorry | i mean | make it | actually make it | "
  "can we make it | change it to | no wait | no sorry | how about | what about;\n"
  "<fix> = <fixing> (/3/ <when> | /2/ <service> | /1/ <provider>);\n";

static const char default_first_names[] =
  "james mary john patricia robert jennifer michael linda david elizabeth william barbara richard susan "
  "joseph jessica thomas sarah karen nancy lisa daniel matthew anthony mark sandra ashley kimberly emily "
  "donna michelle carol amanda melissa deborah stephanie rebecca laura sharon cynthia anna amy angela "
  "helen samuel sam kate katie emma olivia sophia isabella mia charlotte amelia harper evelyn grace "
  "maria jose carlos luis ana rosa juan chris alex jordan taylor jamie morgan casey peter paul george "
  "andrew steven kevin brian edward ryan jacob eric nicole rachel julia victoria diana alice nina";

static const char default_last_names[] =
  "smith johnson williams brown jones garcia miller davis rodriguez martinez hernandez lopez gonzalez "
  "wilson anderson thomas taylor moore jackson martin lee perez thompson white harris sanchez clark "
  "ramirez lewis robinson walker young allen king wright scott torres nguyen hill flores green adams "
  "nelson baker hall rivera campbell mitchell carter roberts gomez phillips evans turner diaz parker "
  "cruz edwards collins reyes stewart morris morales murphy cook rogers gutierrez ortiz morgan cooper "
  "peterson bailey reed kelly howard ramos kim cox ward richardson watson brooks chavez wood bennett "
  "gray mendoza ruiz hughes price alvarez castillo sanders patel myers long ross foster jimenez";

/* The common names and those of the spa's customers: of a full name, the first word is a first name
 * and the others are last names. */
static GPtrArray *
list_names (const char        *common,
            const char *const *names,
            gboolean           first_names)
{
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  g_auto (GStrv) words = g_strsplit (common, " ", -1);
  GPtrArray *list = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; words[i] != NULL; i++) {
    if (is_sayable (words[i]) && g_hash_table_add (known, words[i]))
      g_ptr_array_add (list, g_strdup (words[i]));
  }
  for (guint i = 0; names != NULL && names[i] != NULL; i++) {
    g_auto (GStrv) parts = g_strsplit (names[i], " ", -1);
    guint count = g_strv_length (parts);

    for (guint j = 0; j < count; j++) {
      if ((count > 1 && (j == 0) != first_names) || !is_sayable (parts[j]) || g_hash_table_contains (known, parts[j]))
        continue;
      g_ptr_array_add (list, g_strdup (parts[j]));
      g_hash_table_add (known, list->pdata[list->len - 1]);
    }
  }
  return list;
}

static void
append_name_list (GString    *grammar,
                  const char *rule,
                  GPtrArray  *names)
{
  g_string_append_printf (grammar, "<%s> = ", rule);
  for (guint i = 0; i < names->len; i++)
    g_string_append_printf (grammar, "%s%s", i > 0 ? " | " : "", (const char *) names->pdata[i]);
  g_string_append (grammar, ";\n");
}

static const char *
get_answer_rule (AvaExpect expect)
{
  switch (expect) {
  case AVA_EXPECT_YES_NO:
    return "/40/ <yes> | /40/ <no> | /10/ <yes> <polite> | /10/ <no> <polite> | /3/ <fix> | "
           "/3/ [no | sorry | actually] my name is <full>";
  case AVA_EXPECT_SERVICE:
    return "/13/ (/0.73/ <NULL> | /0.18/ <want> | /0.09/ <fixing>) <service> | /2/ <price>";
  case AVA_EXPECT_PROVIDER:
    return "/6/ <who> | /4/ <provider> | /4/ <anyone>";
  case AVA_EXPECT_WHEN:
    return "/10/ (/0.75/ <NULL> | /0.12/ (maybe | do you have) | /0.12/ <fixing>) <when> "
           "(/0.80/ <NULL> | /0.10/ <provider> | /0.10/ (works | would be great | if possible)) | /1/ <provider>";
  case AVA_EXPECT_OFFER:
    return "/20/ <offer> | /1/ [no] <provider>";
  case AVA_EXPECT_NAME:
    return "/20/ <iam>";
  case AVA_EXPECT_SPELL:
    return "/20/ (/0.9/ <NULL> | /0.1/ (it's | that is | yes | sure)) <firsttree>";
  case AVA_EXPECT_SPELL_LAST:
    return "/20/ (/0.9/ <NULL> | /0.1/ (it's | that is | yes | sure)) <lasttree>";
  case AVA_EXPECT_LETTERS:
    return "/20/ <letters>";
  case AVA_EXPECT_PHONE:
    return "/20/ (/0.89/ <NULL> | /0.11/ (my number is | it's | it is | the number is | sure | yes it's)) (/0.8/ <ten> | /0.1/ <three> | /0.1/ <digits>) | "
           "/2/ (use this number | the number i am calling from | this number | this one)";
  case AVA_EXPECT_DIGITS:
    return "/20/ [it's | it is | then | and] (/0.5/ <three> | /0.4/ <four> | /0.1/ <digits>)";
  case AVA_EXPECT_EMAIL:
    return "/10/ <email>";
  case AVA_EXPECT_APPOINTMENT:
    return "/6/ [the] <service> | /6/ [the one [on]] <when> | /6/ the (first | second | third | last) [one]";
  case AVA_EXPECT_OPEN:
  case AVA_EXPECT_MESSAGE:
  default:
    return "/20/ <request> | /4/ <drop> | /4/ <price> | /2/ <service> | /1/ <day>";
  }
}

static const char name_rules[] =
  "<mailpart> = <first> | <letters> | <first> <digits>;\n"
  "<email> = <mailpart> [(dot | underscore) <mailpart>] at "
  "(gmail | yahoo | hotmail | outlook | icloud) dot com;\n";

/* --- names letter by letter --- */

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* The sorted @names from @from to @to share their first @depth letters: "a (n (n | n a) | l)". */
static void
append_branch (GString    *grammar,
               GPtrArray  *names,
               guint       from,
               guint       to,
               guint       depth)
{
  gboolean may_end = ((const char *) names->pdata[from])[depth] == '\0';
  gboolean first = TRUE;
  guint i = from + may_end;

  if (i == to)
    return;
  g_string_append (grammar, may_end ? " [" : " (");
  while (i < to) {
    char letter = ((const char *) names->pdata[i])[depth];
    guint next = i;

    while (next < to && ((const char *) names->pdata[next])[depth] == letter)
      next++;
    g_string_append_printf (grammar, "%s%c", first ? "" : " | ", letter);
    append_branch (grammar, names, i, next, depth + 1);
    first = FALSE;
    i = next;
  }
  g_string_append (grammar, may_end ? "]" : ")");
}

/* Spelled names go along a tree of the known ones: a letter that sounds like another rarely fits. */
static void
append_tree (GString    *grammar,
             const char *rule,
             GPtrArray  *names)
{
  g_autoptr (GPtrArray) sorted = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < names->len; i++) {
    const char *name = names->pdata[i];

    if (name[strspn (name, "abcdefghijklmnopqrstuvwxyz")] == '\0' && strlen (name) > 1)
      g_ptr_array_add (sorted, g_strdup (name));
  }
  g_ptr_array_sort (sorted, compare_names);
  g_string_append_printf (grammar, "<%s> =", rule);
  append_branch (grammar, sorted, 0, sorted->len, 0);
  g_string_append (grammar, ";\n");
}

static void
append_names (GString            *grammar,
              const char *const  *names)
{
  g_autoptr (GPtrArray) first = list_names (default_first_names, names, TRUE);
  g_autoptr (GPtrArray) last = list_names (default_last_names, names, FALSE);

  append_name_list (grammar, "first", first);
  append_name_list (grammar, "last", last);
  g_string_append (grammar,
                   "<full> = /8/ <first> <last> | /1/ <first>;\n"
                   "<iam> = [yes] [my name is | this is | it's | it is | i am | i'm | the name is] <full>;\n");
  append_tree (grammar, "firsttree", first);
  append_tree (grammar, "lasttree", last);
}

/* A chain of 1 to @most: repetition by "+" lets a decoder leave the rule in the wrong place. */
static void
append_chain (GString    *grammar,
              const char *name,
              const char *link,
              guint       most)
{
  g_string_append_printf (grammar, "<%s1> = <%s>;\n", name, link);
  for (guint i = 2; i < most; i++)
    g_string_append_printf (grammar, "<%s%u> = <%s> [<%s%u>];\n", name, i, link, name, i - 1);
  g_string_append_printf (grammar, "<%s> = <%s> [<%s%u>];\n", name, link, name, most - 1);
}

static void
append_rules (GString           *grammar,
              AvaSpa            *spa,
              const char *const *names)
{
  g_string_append (grammar, common_rules);
  g_string_append (grammar, ava_grammar_dangers);
  g_string_append (grammar, time_rules);
  g_string_append (grammar, digit_rules);
  g_string_append (grammar, letter_rules);
  append_chain (grammar, "digits", "one", MOST_DIGITS);
  append_chain (grammar, "letters", "letter", MOST_LETTERS);
  append_services (grammar, spa);
  append_providers (grammar, spa);
  g_string_append (grammar, book_rules);
  g_string_append (grammar, offer_rules);
  append_names (grammar, names);
  g_string_append (grammar, name_rules);
}

/**
 * ava_grammar_build:
 * @names: (nullable): lower case full names of customers: their words are names beside the common ones
 *
 * Rules that @expect does not reach cost nothing: the recognizer only builds what it can reach.
 *
 * Returns: (transfer full): JSGF text with one public rule
 */
char *
ava_grammar_build (AvaSpa            *spa,
                   AvaExpect          expect,
                   const char *const *names)
{
  g_autoptr (GString) grammar = g_string_new ("#JSGF V1.0;\ngrammar ava;\n");

  g_return_val_if_fail (AVA_IS_SPA (spa), NULL);

  append_rules (grammar, spa, names);
  g_string_append_printf (grammar, "<answer> = %s;\n", get_answer_rule (expect));
  g_string_append (grammar, "public <utterance> = /10/ (/3/ <answer> | /1/ <answer> <polite>) | /1/ <always>;\n");
  return g_string_free (g_steal_pointer (&grammar), FALSE);
}
