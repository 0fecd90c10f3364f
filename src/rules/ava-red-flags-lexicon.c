/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-red-flags-private.h"

/*
 * What words mean when a body is in danger. The names are used by the signs. Words that only sound alike
 * ("breeding", "my thought is swelling") have concepts of their own, since they count in fewer places.
 */
const AvaDangerConcept ava_danger_concepts[] = {
  /* who, when, whereby */
  { "FAILS", "quit|gave out|given out|giving out|stopped working|isnt working|arent working|not working|wont work|doesnt work|wont move|doesnt move|isnt moving|not moving|cant move|failing|"
             "just hangs|hangs there|hanging there|went dead|feels dead|buckled|paralyz*|paralys*|no feeling|lost feeling|no strength|useless|shut down|shutting down" },
  { "SOMEBODY", "he|she|hes|shes|him|her|mom|mum|mama|mother|dad|father|friend|wife|husband|partner|fiance|fiancee|daughter|son|kid|child|baby|sister|"
                "brother|niece|aunt|grandma|girlfriend|boyfriend|roommate|coworker|client|customer|lady|woman|man|guy|girl|somebody|someone" },
  { "TREATED", "filler*|botox*|dysport|inject*|treatment*|laser*|peel|peels|microneedl*|hair removal|ipl|threads|shot|shots|numbing cream|juvederm|"
               "restylane|sculptra|kybella|prp|facial|lip flip|needle*|hydrafacial|waxing|wax" },
  { "ONSET", "since|after|now|today|tonight|this morning|this afternoon|yesterday|last night|an hour|hours|minutes|injected|suddenly|all of a sudden|all at once|"
             "out of nowhere|where you|where she|where he|where they|right where|just had|just got|got|the filler|my filler|keeps|spreading|worse" },

  /* how it goes on; "wont stop" is whatever does not cease, see hear */
  { "GOES_ON", "wont stop|keep|keeps|kept|still|nonstop|continu*|for hours|more and more|bigger and bigger|worse*|no better|no relief|bigger|every hour|every minute|by the hour|by the minute|on and on|spread*" },

  /* breath and throat */
  { "BREATH", "breath*|inhal*|exhal*|pull air|get air|draw air" },
  { "LIKE_BREATH", "breed|breeds|breeding|breeze|breezing|breezes|bread|breach|breaching|brief" },
  { "AIR", "air|oxygen|breath*" },
  { "CANT", "cant|couldnt|unable|not able|hardly|barely|scarcely|wont let me|wont let her|wont let him|not letting me|isnt able|can no longer|not managing" },
  { "HARD", "hard|harder|difficult*|trouble*|struggl*|tough|tougher|problem*|labor*|labour*|strain*|fight|fighting|shallow|worse*|painful|hurt*|rapid*|ragged|raspy|"
            "uneven|heavily|heavy|wrong|funny|weird*|strange*|tight*|rough|short|shorter|an effort|everything i have|everything she has|everything he has|all my strength|all my energy|a battle|a struggle|a chore|exhaust*" },
  { "WHEEZE", "wheez*|weez*|gasp*|stridor|pant|pants|panting|darth vader|hyperventilat*" },
  { "NOISE", "whistl*|gurgl*|snoring|gurgl*|rattl*|crackl*|squeak*|nois*|rasp*" },
  { "THROAT", "throat*|windpipe|airway*|larynx|voice box|gullet|esophagus" },
  { "LIKE_THROAT", "thought|thoughts|throw|throwed|threat" },
  { "SHUT", "clos*|shut*|shrink*|shrank|shrunk|smaller|narrow*|constrict*|squeez*|block*|seal*|cutting off|locking up|locked up|clamp*|pinch*" },
  { "SWALLOW", "swallow*" },

  /* the face and what it does */
  { "MOUTH", "tongue*|tounge|tong|tung|lip|lips|mouth|gums" },
  { "TONGUE", "tongue*|tounge|tong|tongs|tung" },
  { "FACE", "face|cheek|cheeks|jaw|jawline|chin|eye|eyes|eyelid|eyelids|forehead|nose|neck|lip|lips|mouth|tongue*|tounge|tong|tung|head" },
  { "SWELL", "swell*|swoll*|swole|swilling|swolen|puff*|balloon*|blew up|blown up|blow up|blowing up|bloat*|inflat*|bulg*|engorged" },
  { "SIZE", "huge|enormous|twice as big|twice as large|times as big|as big as|times what|filling up my|big as|sticking out|stretched|fills my whole|fills her whole|fills his whole|filling my|fill my whole|gigantic|massive|humongous|ginormous|so big|times bigger|times its|times their|times the size|times normal|twice the size|twice its|twice their|"
            "double the size|double its|double their|doubled|tripled|getting bigger|got bigger|growing|grew|the size of|big as|golf ball|elephant man|monster" },

  /* the eyes */
  { "EYE", "eye|eyes|eyeball*" },
  { "SIGHT", "sight|vision|visions|eyesight" },
  { "BLUR", "comes and goes|washed out|faint|blur*|fuzz*|fog*|hazy|haze|cloud*|dim|dimmer|dimming|dark*|black*|weird|funny|strange|wavy|gray|grey|milky|missing|gone|double*|distort*|tunnel|half|worse*|"
            "off|messed up|not right|going|goes|went|lost|los*|leaving|disappear*|fad*|cutting out|in and out|wrong|shaky|jumpy" },
  { "VEIL", "cloud*|shadow*|shade|curtain*|veil|film|fog|haze|spot|spots|blob*|smudge*|dots|specks|flash*|floater*|black hole|blind spot|gray area|grey area" },

  /* skin after a treatment */
  { "SKIN", "skin|lip|lips|nose|nostril*|cheek|cheeks|chin|area|spot|patch|tip|forehead|temple|jaw|tissue|finger|fingers|place|site|face|eyelid|under eye" },
  { "COLOR", "white*|whitish|blanch*|pale*|blue|bluish|purpl*|gray*|grey*|black|blackish|mottl*|marbl*|dusky|discolor*|discolour*|ash|ashen|ashy|violet|colorless|no color|color of chalk|color of paper|color of ash|color of a|color of cement|chalk|charcoal|"
             "lost color|lost its color|lost all color|drained of color|bloodless|ghostly" },
  { "TURN", "turn*|went|gone|going|goes|go|getting|became|becoming|changed|changing" },
  { "WEB", "web|webbing|lightning|spiderwebs|branches|rivers|tree|roadmap|road map|vines|weblike|net|netting|lace|lacy|lattice|fishnet|spiderweb*|cobweb|marble*" },
  { "SYMPTOM", "cold|icy|ice|numb*|hurt*|pain*|sore|spread*|creep*|tender|tingl*|throb*|wont pink|press|aches|aching|hard|burn*" },

  /* pain */
  { "PAIN", "pain|pains|painful*|hurt*|ache*|aching|throb*|agony|sore" },
  { "SEVERE", "sever*|unbearabl*|excruciat*|agoniz*|extreme*|terribl*|horribl*|horrend*|awful*|intense*|insane*|crazy|unreal|worst|brutal|hell|a mother|the devil|"
              "so bad|so badly|so much|this bad|this badly|that bad|really bad|real bad|super bad|pretty bad|ton of|tons of|a lot of|whole lot of|kill*|off the charts|through the roof|"
              "out of ten|out of 10|dying|sharp*|stab*|shoot*|worse*|a lot|wont stop|nonstop|splitting|pulsing|pulsat*|still awful|cant sleep|cant take|cant stand|cant handle|cant bear|"
              "couldnt sleep|scream*|cry|crying|cried|crie*|sob|sobbing|tears|beyond|anything ive ever|unlike anything|more than i can|more than she can|more than he can|more than it should|way more|way too much|want to scream|beside myself" },

  /* heart */
  { "CHEST", "chest|heart*|breastbone|sternum" },
  { "CHEST_BAD", "pain*|hurt*|ach*|tight*|pressur*|squeez*|crush*|heavy|heaviness|burn*|stab*|sharp|pounding|racing|races|flutter*|palpitat*|skip*|flips|flip flops|somersault*|"
                 "mile a minute|million miles|hundred miles|out of my chest|out of her chest|out of his chest|through my chest|irregular*|jumping|weird|funny|stopping|brick|elephant|weight" },

  /* consciousness and nerves */
  { "PASS_OUT", "pass out|passed out|passing out|passes out|past out|black out|blacked out|blacking out|out cold|unconscious|unresponsive|collaps*|faint|fainted|fainting|faints|"
                "keel over|keeled over|feint|lose consciousness|lost consciousness|losing consciousness|knocked out" },
  { "ABOUT_TO", "about to|going to|almost|nearly|close to|keep|keeps|kept|feel|feels|feeling|gone|might|started|think im|think ill|think she|want to" },
  { "DIZZY", "dizz*|lightheaded|light headed|woozy|swaying|tilting|faint*|spinning|off balance" },
  { "LIMB", "arm|arms|leg|legs|hand|hands|foot|side|half|fingers" },
  { "DROOP", "droop*|dropp*|sag|sags|sagging|sagged|crooked|lopsided|hang*|slid|sliding|slides|slumped|fell|falling|uneven|melting|paralyz*|paralys*|frozen" },
  { "SUDDEN", "sudden*|all of a sudden|all at once|out of nowhere|since|after|today|this morning|now|just" },
  { "NOT_DOING", "wont|isnt|not|doesnt|cant|never|stopped" },
  { "SPEECH", "talk*|speech|speak*|words|sentence*|say anything" },
  { "GARBLED", "funny|nonsense|scrambl*|slur*|garbl*|strange|weird|jumbl*|mumbl*|gibberish|wont come|not coming|mixed up|thick|drunk|wrong|no sense|sense" },

  /* allergy, infection, burns */
  { "RASH", "hive|hives|welt|welts|rash*|flushing|bump|bumps|itch*|splotch*|blotch*|red spots" },
  { "SPREADING", "all over|everywhere|spread*|like mad|like crazy|head to toe|whole body|entire body|popping up|all up|up and down|covered|body" },
  { "LIKE_HIVES", "highs|hides|heights|hives|high" },
  { "GUNK", "discharge|pus|puss|gunk|goo|goop|slime|fluid|liquid|stuff|green|yellow" },
  { "PUS", "pus|puss|abscess*" },
  { "DRESSING", "towel|towels|gauze|bandage*|dressing|shirt|pad|pads|tissues|tissue|cotton|washcloth*|rag|rags|pillow|pillowcase" },
  { "WEEP", "ooz*|leak*|drain*|weep*|seep*|discharg*|crust*|dripping" },
  { "FOUL", "yellow*|green*|smell*|stink*|stank|rotten|foul|pus|puss|nasty|infect*" },
  { "FEVER", "fever*|chills|burning up|temperature|shivering|shakes|the shivers|hundred and|hundred two" },
  { "BLISTER", "blister*|bubbl*|scald*|second degree|third degree|charred|singed|raw|raw meat|open wound*|open sore*" },

  /* despair */
  { "SELF", "myself|himself|herself|themself|themselves|my life|his life|her life" },
  { "HARM", "kill*|hurt*|harm*|cut|cutting|end|ending|take|taking|do something to|shoot|hang|drown" },
  { "MEANS_TO", "want*|going to|feel|feels|feeling|think*|thought*|urge*|plan*|might|about to|tempted|ready|tried|trying|threaten*|scared ill|afraid ill|talks about|talking about|says" },
  { "PILLS", "percocet|pills|pill|tablets|medication*|meds|medicine*|xanax|tylenol|advil|valium|ambien" },
  { "LIVING", "live|living|alive|life|exist|existing|go on|going on" },

  { NULL, NULL },
};

/* Long words of danger in which a slip of the hand or of a recogniser is mended: "swolen", "anaphilactic". */
const char *const ava_danger_long_words =
  "breath|breathe|breathing|throat|tongue|swelling|swollen|swelled|swallow|swallowed|swallowing|wheezing|gasping|choking|suffocating|vision|"
  "eyesight|blurry|blurred|blurring|blindness|flashes|curtain|shadows|blanching|blanched|mottled|purple|purplish|whitish|turning|turned|"
  "changing|changed|occlusion|necrosis|discolored|unbearable|excruciating|agonizing|throbbing|stabbing|severe|terrible|intense|painful|killing|"
  "hurting|burning|chest|pressure|tightness|heaviness|squeezing|crushing|pounding|fluttering|palpitations|fainted|fainting|unconscious|"
  "consciousness|collapsed|collapsing|unresponsive|responding|blacked|dizzy|lightheaded|spinning|seizure|convulsing|allergic|reaction|"
  "anaphylaxis|anaphylactic|epipen|itching|everywhere|covered|slurring|slurred|gibberish|drooping|crooked|suddenly|paralyzed|stroke|blister|"
  "blisters|blistering|blistered|bubbling|infected|infection|streaks|shivering|oozing|leaking|fever|bleeding|suicide|suicidal|overdose|"
  "overdosed|myself|himself|herself|anymore|everything|ambulance|emergency|difficulty|trouble|struggling|problem|problems|properly|closing|spreading|"
  "growing|drowning|inhales|windpipe|nostril|forehead|missing|headache|injected|injection|filler|treatment|daughter";

/* Ordinary words of a front desk that are a letter away from one of them, and no slip for it. */
const char *const ava_danger_not_misheard =
  "ambiance|babbling|backed|balanchine|balancing|batching|bathing|beaching|beating|benching|berating|berthing|blandness|blanked|blanking|"
  "blankness|blaster|blasters|bleaching|bleating|bleeping|blenched|blenching|blending|blinkered|blinkering|blondness|blotching|bluntness|"
  "blurted|blurting|bluster|blustered|blustering|blusters|bobbling|bolstered|bolstering|branched|breading|breadth|breasting|broaching|brunching|"
  "bumbling|bunching|burbling|burping|burred|burring|burying|certain|chanced|chancing|chanted|chanting|charging|cheat|chocking|chowing|clanged|"
  "clanging|cloning|cloying|cohered|coking|confusing|consulting|contusing|conversing|coveted|cowered|crashing|crest|croaked|crocked|crooned|"
  "disclosed|dishonored|downing|droning|dropping|drowsing|feller|fettering|fewer|filter|fiver|flattening|flattering|fleshes|flushes|flustering|"
  "frittering|fuller|gaping|gashing|gassing|glowing|grasping|groping|growling|haziness|heartiness|hoariness|hunting|hurling|hurtling|inaction|"
  "incense|inception|inching|induction|infested|inflation|inflected|inflection|inflections|infliction|infraction|ingestion|injections|"
  "injunction|insertion|inspection|intention|invention|kilning|kipling|leading|leafing|leaning|leaping|leasing|massing|messing|misting|misusing|"
  "mussing|neurosis|occasion|overjoyed|overused|pailful|parlayed|pouncing|rescinding|resounding|sallow|sallower|scabbing|scalloped|scalloping|"
  "selling|serenading|severing|shallower|sheering|shelled|shelling|shimmering|shinning|shirring|shoveling|showering|shredding|shriveling|"
  "shrugging|silvering|sinning|skinning|slabbing|slavering|slivering|slurped|slurping|smelled|smelling|smuggling|sneezing|sniveling|snuggling|"
  "spading|spanning|spearing|speeding|spelled|spelling|spending|spraying|spreeing|spurred|spurring|squeaking|squealing|stabling|steaks|stoke|"
  "straggling|strangling|streaking|streaming|strike|strobe|strode|strove|stubbing|swabbing|swiveling|thronging|tuned|tuning|turfed|turfing|"
  "turing|unbreakable|unreadable|wheeling";
