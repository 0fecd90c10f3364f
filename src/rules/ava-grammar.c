/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-grammar.h"

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
  "<flag> = [i | she | he] (can't | cannot) (breathe | see | swallow) | [i have] trouble breathing | "
  "[i have] chest pain | my (face | throat | lips | tongue) (is | are) (swelling | swollen) | "
  "my vision is (blurry | gone) | i lost my vision | my skin (is turning | turned) white | "
  "i am having an allergic reaction;\n"
  "<ask> = what are your hours | when are you open | what are you hours today | are you open (today | "
  "tomorrow | on saturday | on sunday) | where are you [located] | what is your address | "
  "how do i get there | who are you | are you a robot | am i talking to a (robot | machine) | "
  "what services do you (have | offer) | what do you offer | how much is that | what does it cost;\n"
  "<message> = (can i | i want to | i would like to | i'd like to) leave a message | "
  "take a message | can you take a message;\n"
  "<always> = /4/ <yes> | /4/ <no> | /1/ <repeat> | /1/ <wait> | /0.5/ <person> | /1/ <bye> | "
  "/0.2/ <flag> | /1/ <ask> | /0.2/ <message>;\n";

static const char time_rules[] =
  "<weekday> = monday | tuesday | wednesday | thursday | friday | saturday | sunday;\n"
  "<month> = january | february | march | april | may | june | july | august | september | october | "
  "november | december;\n"
  "<nth> = first | second | third | fourth | fifth | sixth | seventh | eighth | ninth | tenth | "
  "eleventh | twelfth | thirteenth | fourteenth | fifteenth | sixteenth | seventeenth | eighteenth | "
  "nineteenth | twentieth | twenty first | twenty second | twenty third | twenty fourth | "
  "twenty fifth | twenty sixth | twenty seventh | twenty eighth | twenty ninth | thirtieth | "
  "thirty first;\n"
  "<hour> = one | two | three | four | five | six | seven | eight | nine | ten | eleven | twelve;\n"
  "<minute> = thirty | fifteen | forty five | ten | twenty | oh five | forty | fifty;\n"
  "<half> = a m | p m | o'clock | in the morning | in the afternoon | in the evening;\n"
  "<clock> = /3/ <hour> | /2/ <hour> <half> | /2/ <hour> <minute> | /1/ <hour> <minute> <half> | "
  "/0.5/ half past <hour> | /0.5/ quarter (past | to) <hour>;\n"
  "<part> = morning | afternoon | evening;\n"
  "<day> = /4/ [this | next | on | this coming] <weekday> | /3/ tomorrow | /1/ today | "
  "/1/ the day after tomorrow | /2/ [on] [<weekday>] [the] <month> [the] <nth> | /1/ [on] the <nth> [of <month>] | "
  "/1/ next week | /0.5/ this week | /0.5/ next month | /0.5/ the end of the (week | month) | "
  "/0.5/ [on] <weekday> the <nth> | /0.5/ a week from <weekday> | /0.5/ in (one | two | three | a) (week | weeks) | "
  "/0.3/ this weekend;\n"
  "<time> = /0.3/ (at | around) noon | /4/ [at | around | about] <clock> | /1/ (after | before) <clock> | /0.5/ between <clock> and <clock> | "
  "/2/ in the <part> | /0.5/ after work | /0.5/ around lunchtime | /0.5/ any time;\n"
  "<when> = /4/ <day> | /4/ <day> <time> | /3/ <time> | /2/ <day> <part> | /1/ <time> <day> | "
  "/1/ (as soon as possible | the earliest you have | whenever you have | the first available | any day);\n";

static const char digit_rules[] =
  "<digit> = zero | oh | one | two | three | four | five | six | seven | eight | nine;\n"
  "<one> = /20/ <digit> | /1/ (double | triple) <digit>;\n";

static const char letter_rules[] =
  "<letter> = a | b | c | d | e | f | g | h | i | j | k | l | m | n | o | p | q | r | s | t | u | v | w | "
  "x | y | z;\n";

static const char offer_rules[] =
  "<offer> = /4/ [i'll take | i would like | i'd like | let's do | i will take] the (first | second | third | last) "
  "[one | option | time] | /3/ [at | the] <clock> [one | works | works for me | is fine | is good | would be great] | "
  "/3/ <weekday> [at] [<clock>] [works | is fine | is good] | /1/ <weekday> <part> | "
  "/1/ (none of those [work] | none of them | do you have anything (else | later | earlier) | "
  "anything (later | earlier) | something (later | earlier)) | /1/ (either one | any of them | either is fine) | "
  "/2/ how about <when> | /1/ what about <when>;\n";

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
  g_string_append (grammar, "<service> = /4/ <treatment> | /3/ a <treatment> | /0.5/ the <treatment> | "
                   "/1/ a <treatment> (appointment | treatment | session) | /1/ <treatment> (appointment | treatment | session);\n");
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

static const char book_rules[] =
  "<want> = i would like | i'd like | i want | i need | can i get | could i get | can i have | can i book | "
  "could i book | i would like to (book | schedule | make) | i'd like to (book | schedule | make) | "
  "i want to (book | schedule | make) | i need to (book | schedule | make) | "
  "i am calling to (book | schedule | make) | i'm calling to (book | schedule | make) | book | schedule;\n"
  "<thing> = /6/ <service> | /2/ an appointment | /1/ an appointment for <service>;\n"
  "<book> = /20/ <want> <thing> | /10/ <want> <thing> [for | on] <when> | /3/ <want> <thing> <provider> | "
  "/3/ <want> <thing> <provider> [for | on] <when> | /2/ <want> <thing> [for | on] <when> <provider> | "
  "/2/ (hi | hello) <want> <thing> | /1/ (hi | hello) <want> <thing> [for | on] <when>;\n"
  "<move> = [hi | hello] (i need to | i want to | i would like to | i'd like to | can i | could i) "
  "(reschedule | move | change) my appointment [to <when>];\n"
  "<drop> = [hi | hello] (i need to | i want to | i would like to | i'd like to | can i | could i) "
  "cancel my appointment;\n"
  "<price> = (how much is | how much are | what does | what is the price of | what's the price of | how much does) "
  "<service> [cost] ;\n"
  "<has> = do you (have anything | have something | have an opening) [for <service>] [on] <when>;\n"
  "<fix> = (no i said | i said | actually | no | sorry | i mean | make it | actually make it | "
  "can we make it | change it to | no wait) (<when> | <service> | <provider>);\n";

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

/* One list of names: the common ones and those that only the spa knows. */
static void
append_name_list (GString            *grammar,
                  const char         *rule,
                  const char         *common,
                  const char *const  *names)
{
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_auto (GStrv) words = g_strsplit (common, " ", -1);
  gboolean first = TRUE;

  g_string_append_printf (grammar, "<%s> = ", rule);
  for (guint i = 0; words[i] != NULL; i++) {
    if (g_hash_table_add (known, g_strdup (words[i])))
      append_choice (grammar, words[i], &first);
  }
  for (guint i = 0; names != NULL && names[i] != NULL; i++) {
    if (g_hash_table_add (known, g_strdup (names[i])))
      append_choice (grammar, names[i], &first);
  }
  g_string_append (grammar, ";\n");
}

static void
append_names (GString            *grammar,
              const char *const  *names)
{
  append_name_list (grammar, "first", default_first_names, names);
  append_name_list (grammar, "last", default_last_names, names);
  g_string_append (grammar,
                   "<full> = /8/ <first> <last> | /1/ <first>;\n"
                   "<iam> = [yes] [my name is | this is | it's | it is | i am | i'm | the name is] <full>;\n");
}

static const char *
get_answer_rule (AvaExpect expect)
{
  switch (expect) {
  case AVA_EXPECT_YES_NO:
    return "/40/ <yes> | /40/ <no> | /10/ <yes> <polite> | /10/ <no> <polite> | /2/ <fix> | "
           "/1/ <no> <fix> | /0.3/ <when> | /3/ [no | sorry | actually] my name is <full>";
  case AVA_EXPECT_SERVICE:
    return "/10/ <service> | /3/ <want> <service> | /3/ <book> | /2/ <price> | /1/ <fix>";
  case AVA_EXPECT_PROVIDER:
    return "/6/ <who> | /4/ <provider> | /4/ <anyone>";
  case AVA_EXPECT_WHEN:
    return "/10/ <when> | /0.5/ noon | /2/ (how about | what about | maybe | do you have) <when> | /2/ <when> <provider> | "
           "/1/ <provider> | /1/ <fix> | /1/ <when> (works | would be great | if possible)";
  case AVA_EXPECT_OFFER:
    return "/20/ <offer> | /5/ <when> | /3/ <fix> | /1/ <provider>";
  case AVA_EXPECT_NAME:
    return "/20/ <iam> | /0.5/ <spelled>";
  case AVA_EXPECT_SPELL:
    return "/20/ <spelled> | /3/ my name is <full>";
  case AVA_EXPECT_PHONE:
  case AVA_EXPECT_DIGITS:
    return "/20/ <digits> | /3/ (my number is | it's | it is | the number is | sure | yes it's) <digits> | "
           "/2/ (use this number | the number i am calling from | this number | this one)";
  case AVA_EXPECT_EMAIL:
    return "/10/ <email>";
  case AVA_EXPECT_APPOINTMENT:
    return "/6/ [the] <service> | /6/ [the one [on]] <when> | /6/ the (first | second | third | last) [one]";
  case AVA_EXPECT_OPEN:
  case AVA_EXPECT_MESSAGE:
  default:
    return "/10/ <book> | /4/ <move> | /4/ <drop> | /4/ <price> | /3/ <has> | /2/ <service> | /1/ <when> | "
           "/1/ <fix>";
  }
}

static const char name_rules[] =
  "<mailpart> = <first> | <spelled> | <first> <digits>;\n"
  "<email> = <mailpart> [(dot | underscore) <mailpart>] at "
  "(gmail | yahoo | hotmail | outlook | icloud) dot com;\n";

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
  g_string_append (grammar, time_rules);
  g_string_append (grammar, digit_rules);
  g_string_append (grammar, letter_rules);
  append_chain (grammar, "digits", "one", MOST_DIGITS);
  append_chain (grammar, "spelled", "letter", MOST_LETTERS);
  append_services (grammar, spa);
  append_providers (grammar, spa);
  g_string_append (grammar, book_rules);
  g_string_append (grammar, offer_rules);
  append_names (grammar, names);
  g_string_append (grammar, name_rules);
}

/**
 * ava_grammar_build:
 * @names: (nullable): lower case first and last names, beside the common ones
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
