/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-grammar-private.h"

/*
 * <flag>: what callers say of a body in danger, by what happens. It hears less than ava_dialogue_find_red_flag() knows, but
 * every sentence of it is a red flag there. Each rule is named once, since the recognizer copies it wherever it stands; the
 * first rules are the exception, they are a few words.
 *
 * <aside>: ordinary talk that begins or sounds like danger. Words that no rule holds are heard as the nearest that one
 * does; without these, "my skin is dry" is heard as skin that turns white.
 */
const char ava_grammar_dangers[] =
  "<them> = /6/ i | /1/ she | /1/ he | /1/ my (daughter | wife | husband | mother | friend | son | sister);\n"
  "<whose> = /6/ my | /1/ her | /1/ his | /1/ the | /0.5/ (my | her) (daughter's | wife's | husband's | mother's);\n"
  "<very> = (/0.7/ <NULL> | /0.3/ (really | so | very | all | completely));\n"
  "<side> = on (one | the left | the right) side;\n"
  "<eye> = (my | her | his | one | the) [left | right | other] eye;\n"
  "<treated> = [the | my | her | that] (filler | fillers | botox | laser | treatment | injection | injections | peel | shot);\n"
  "<much> = so much | so bad | really bad | like crazy;\n"

  /* Of a person. */
  "<unable> = (can't | cannot | couldn't | can barely | can hardly) (breathe [properly | right | well] | swallow | "
  "see (/0.4/ <NULL> | /0.3/ anything | /0.3/ out of <eye>));\n"
  "<out> = fainted | passed out | collapsed | (almost | nearly) (fainted | passed out) | lost consciousness | "
  "lost (my | her | his) (vision | sight) | lost vision in <eye>;\n"
  "<pain> = (severe | terrible | extreme | unbearable | horrible | awful | so much | a lot of) pain;\n"
  "<breath> = (trouble | difficulty | problems | a hard time) (breathing | swallowing);\n"
  "<reaction> = an allergic reaction | a severe reaction;\n"
  "<am> = having (<breath> | <reaction> | chest (pain | pains)) | struggling to breathe | short of breath | "
  "in <pain> | going to (faint | pass out) | about to (faint | pass out) | seeing double | bleeding a lot;\n"
  "<have> = <breath> | <pain> | [bad] chest (pain | pains) | [a] (hives | rash) (all over [my body | her body] | everywhere) | "
  "(a [high] fever | blisters) (after | since | from) <treated>;\n"
  "<someone> = /4/ <them> (/4/ <unable> | /3/ <out> | /1/ (broke out | am breaking out | is breaking out) in (hives | a rash) [all over]) | "
  "/3/ (i'm | i am | she is | she's | he is | he's) <am> | /3/ (i have | i've got | i got | she has | he has) <have> | "
  "/1/ i feel <very> (dizzy | faint) [and sick] (after | since) <treated>;\n"

  /* Of a part of the body. */
  "<feature> = face | lip | lips | tongue | throat | eye | eyes | eyelid | mouth | cheek | neck;\n"
  "<spot> = skin | face | lip | lips | nose | cheek | chin | forehead;\n"
  "<swells> = swollen [shut | up] | swelling [up | shut] | swelled up | getting swollen;\n"
  "<pales> = [is | are] (turning | going | turned | went) (white | pale | grey | blue | purple | black | mottled) [and (cold | it's cold)] | "
  "(looks | is) (pale | purple | grey) and it (hurts | really hurts) | "
  "(is | looks | got) infected;\n"
  "<body> = /5/ (<whose> [whole] <feature> | both (of my | my) (eyes | lips)) [is | are | keeps] <very> <swells> | "
  "/3/ <whose> <spot> <pales> | "
  "/1/ <whose> skin (looks | is | went | turned) blotchy and (it really hurts | it's spreading) | "
  "/1/ my skin is (blistering | burned) [(after | from) <treated>] | my face is blistering | "
  "/2/ <whose> throat (is | feels) (closing [up] | tight) | "
  "/2/ (<whose> vision | everything) (is | went | got) <very> (blurry | blurred | double | dark | black | fuzzy) | my vision is gone | "
  "/2/ <whose> chest (hurts | feels tight | is tight | feels heavy) | "
  "/1/ one side of (my | her | his) (face | mouth) (is drooping | is numb) | "
  "/1/ (my | her | his) (face | mouth) is drooping <side>;\n"

  /* Of what happens. */
  "<event> = /2/ it's [getting | so | really | very] hard to (breathe | swallow) | "
  "/2/ it (hurts | really hurts) <much> [i can't sleep] | /2/ (the | my) pain is (unbearable | severe | terrible | getting worse | so bad) | "
  "/1/ (the bleeding won't stop | it won't stop bleeding) | /1/ i can't stop the bleeding | "
  "/1/ (there is | there's) pus coming out [of <whose> (lip | face | cheek | skin)] | "
  "/1/ the (laser | peel | treatment) burned (me | my (skin | face | legs)) | "
  "/1/ there is a (white | purple | grey | blue) (spot | patch | area) on my (cheek | lip | face | nose | chin) and it (hurts | is spreading);\n"
  "<despair> = (i want to | i am going to | i'm going to) (kill myself | hurt myself | end my life) | i want to die | "
  "i don't want to (live | be alive) [anymore];\n"

  "<lead> = help | please help | i think | hi | hello | i had (filler | botox | laser | a peel) (today | yesterday) and;\n"
  "<since> = (after | since | from) <treated> | "
  "(right now | since yesterday | since this morning | since last night) | and it (hurts | really hurts) [<much> | a lot] | "
  "and it's getting worse | and i (can't breathe | feel dizzy);\n"
  "<flag> = (/0.8/ <NULL> | /0.2/ <lead>) (/4/ <someone> | /4/ <body> | /2/ <event> | /0.5/ <despair>) "
  "(/0.7/ <NULL> | /0.3/ <since>);\n"

  "<aside> = <them> can't (come [in] | make it | do it | do mornings | do afternoons | do that | get there) | "
  "[my] (skin | face | lips | eyes) (is | are | looks | look | feels) <very> (dry | oily | fine | tired) | "
  "something for my (face | lips | eyes | neck | skin) | my (face | lips | eyes | skin) and my (neck | cheeks | chin | eyes) | "
  "i have (to (ask | check with | call) my (husband | wife | mother | boss) | [some] (fine lines | wrinkles | acne | dark spots) | "
  "(a question | some questions | work | a meeting)) | i need to (check | look at) my calendar | "
  "i had (botox | filler | a facial) (before | last year | last month | with you) | "
  "my (daughter | wife | husband | mother | friend | sister) (told me about you | has (work | school) | will pay | is with me) | "
  "i want (fuller | bigger) lips | i think so | i'm not sure | let me think;\n";
