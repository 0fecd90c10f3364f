/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-red-flags-private.h"

#define BREATHING "trouble breathing"
#define SWELLING "swelling of the throat or face"
#define SEEING "loss of vision"
#define PALING "white or blue skin after a treatment"
#define HURTING "severe pain"
#define HEART "chest pain"
#define ALLERGY "severe allergic reaction"
#define FAINTING "fainting"
#define STROKE "signs of a stroke"
#define BLEEDING "heavy bleeding"
#define BURN "a burn after a treatment"
#define INFECTION "spreading infection"
#define DESPAIR "danger to life"
#define EMERGENCY "medical emergency"

/* What makes a danger's word a figure of speech. */
#define MONEY "price|prices|priced|expensive|waiting list|waitlist|pricing|bill|cost|costs|fee|fees|invoice|receipt|charge|charged|bank account|credit card|tip jar"
#define SCREEN "website|site map|online|app|calendar|page|link|screen|font|print|availability|openings|entrance|number on|address|email|text message|your sign|sign from|slots"
#define CLOTHES "dress|jeans|pants|spanx|corset|skirt|bra|waistband"
#define BUSY "work|emails|paperwork|laundry|debt|bills|meetings|deadlines|homework"

const AvaDangerSign ava_danger_signs[] = {
  /* --- breath and swallowing --- */
  { BREATHING, "CANT > BREATH|LIKE_BREATH", NULL, CLOTHES "|schedule|calendar|this week|without my coffee|breeze through|bread", 0 },
  { BREATHING, "trouble*|difficult*|struggl*|hard time|problem*|hard|harder|tough > LIKE_BREATH", NULL, "bread|a breeze|dog|puppies", 0 },
  { BREATHING, "HARD + BREATH", NULL, "through my nose during|yoga|smell*|" MONEY, 0 },
  { BREATHING, "CANT > get|catch|draw|take|pull|suck|enough|grab > AIR", NULL, NULL, 0 },
  { BREATHING, "not|isnt|arent|dont|doesnt > get|getting|enough|taking > AIR", NULL, NULL, 0 },
  { BREATHING, "fighting|struggling|struggle|gasping|hungry|desperate|starving|begging|trying > for|to get > AIR", NULL, NULL, 0 },
  { BREATHING, "every|each > breath > is|hurts|takes|feels|sounds|a", NULL, NULL, 0 },
  { BREATHING, "breath* > is|are|sounds|feels|getting|gets|gone|not|isnt > good|bad|worse|weird|off|going|loud|fast|quick|noisy|right|labored|short|tight|strange|ragged|raspy", NULL, "bad breath|mints|garlic", 0 },
  { BREATHING, "short of breath|shortness of breath|not breathing|stopped breathing|isnt breathing|forgot to breathe|breathless|breathes funny|breathing funny|breathing fast|"
    "choking|suffocat*|smother*|asphyxiat*|strangl*|choke on my|cut off my air|turning blue in the face|turned blue in the face|cant get a breath|barely a breath|out of air|air hunger", NULL, MONEY "|choking up|choked|gorgeous|looks amazing|so pretty|beautiful|dust|smoke|perfume|fumes", 0 },
  { BREATHING, "WHEEZE", NULL, MONEY "|gasped when|snor*", 0 },
  { BREATHING, "no|little|less > air|oxygen > coming|getting|going|in|through|left|.", NULL, "air conditioning|airbrush", 0 },
  { BREATHING, "lung|lungs > fill*|work*|burn*|tight*|clos*|hurt*|collaps*|full|cant|wont|fail*|empty|FAILS", NULL, NULL, 0 },
  { BREATHING, "stop|pause|sit up|stand up|bend over|lean over|window > to|for|just > get|catch|take|air|breath* > AIR|.", NULL, "pick up|by", 0 },
  { BREATHING, "breath* > underwater|under water|water", NULL, NULL, 0 },
  { BREATHING, "breath* > sounds|sounding|like > snoring|darth|a whistle|a seal|a train|awful|horrible|terrible|scary", NULL, NULL, 0 },
  { BREATHING, "THROAT|TONGUE > FAILS|something pushing|blocked", NULL, NULL, 0 },
  { BREATHING, "pushing|pressing|pressure|weight|squeez* > THROAT", NULL, NULL, 0 },
  { BREATHING, "water|drink|liquid|food > out my nose|out of my nose|up my nose|down wrong|the wrong way", NULL, NULL, 0 },
  { BREATHING, "cant|couldnt > get|keep > it|anything|water|food|liquids > down", "swallow*|throat", NULL, 0 },
  { BREATHING, "BREATH|airway*|throat|chest + NOISE", NULL, NULL, 0 },
  { BREATHING, "breath* > through > straw|cloth|pillow|snorkel|wet|towel|pinhole|tube|coffee stirrer", NULL, NULL, 0 },
  { BREATHING, "hand|hands|someone|somebody|something|rope|band|noose|squeez*|tight* > neck|throat|windpipe", "breath*|throat|chok*|squeez*|closing|hands|tight*", "massage|stiff|lift|filler in|botox in", 0 },
  { BREATHING, "im|hes|shes|he is|she is|is|feel|feels|sounds|person > drowning", NULL, BUSY, 0 },
  { BREATHING, "out of breath|winded", "lips|tingling|dizz*|hives|throat|chest|TREATED", "stairs|ran|running|rushed", 0 },
  { BREATHING, "SWALLOW + CANT|HARD", NULL, MONEY "|pride", 0 },
  { BREATHING, "nothing|food|water|spit|saliva|liquids > goes down|go down|gets down|pass|passes|passing|comes back|come back|stuck|stay down|through", "throat|swallow*|stuck", "sink|toilet|drain", 0 },
  { BREATHING, "drool*|choking|gagging > cant|spit|saliva|swallow*|everywhere|uncontrollably", NULL, NULL, 0 },
  { BREATHING, "lips|lip|fingertips|fingernails|nails > is|are|turned|turning|going|went|look > blue|bluish", NULL, "polish|lipstick|gel|manicure", 0 },

  /* --- throat, tongue, face --- */
  { SWELLING, "THROAT|TONGUE + SWELL|SIZE|fat|fatter|thick|thicker", NULL, NULL, 0 },
  { SWELLING, "THROAT|LIKE_THROAT|TONGUE|neck > SHUT|tight*|itch*|strange|funny|weird", NULL, "massage|stiff|lift|bands|lines|necklace", 0 },
  { SWELLING, "LIKE_THROAT > SWELL", NULL, NULL, 0 },
  { SWELLING, "SHUT|tight*|itch* > THROAT|TONGUE", NULL, NULL, 0 },
  { SWELLING, "lump|ball|knot|something stuck|stuck|frog|marble > in|stuck > THROAT", NULL, NULL, 0 },
  { SWELLING, "cant|couldnt|wont|hard to|trouble > talk|speak|talking|speaking > right|properly|my|anymore|any more|because|tongue", NULL, "to a person|right now|at work|long|phone|to anyone", 0 },
  { SWELLING, "voice > gone|hoarse|disappear*|raspy|croak*|changed|squeak*|muffled", "THROAT|BREATH|SWELL|tongue|lips|TREATED|hives", "cold|flu|allergies", 0 },
  { SWELLING, "FACE > SWELL", NULL, "go down|goes down|went down|going down|gone down|hair|in the morning|mornings|bags|every spring|every morning|every year|always|under my eyes", AVA_DANGER_A_LITTLE_IS_FINE },
  { SWELLING, "SWELL > FACE", NULL, "went down|going down|gone down|hair|in the morning|mornings|bags|every spring|every morning|every year|always|under my eyes", AVA_DANGER_A_LITTLE_IS_FINE },
  { SWELLING, "its|it is|im|shes|hes|she is|he is > SWELL", "FACE|hives", "went down|going down|gone down|normal|in the morning|price*", AVA_DANGER_A_LITTLE_IS_FINE },
  { SWELLING, "throat > full|scratchy|raw|burning|numb|thick|sore|hurts|off", "tight*|BREATH|SWELL|ONSET|TREATED|hive*|rash", "cold|flu|cancel*|reschedul*|strep", 0 },
  { SWELLING, "face|eye|eyes|cheek|cheeks|lip|lips|mouth|neck|head > SIZE|like a balloon|like balloons|a watermelon|a basketball|a boxer", NULL, "hair|hairs|photo|picture|pores", 0 },
  { SWELLING, "SIZE > face|eye|eyes|lip|lips|neck|tongue", "SWELL|ONSET|suddenly", "hair|hairs|i want|id like", 0 },
  { SWELLING, "face|lip|lips|eye|eyes|jaw|neck > TURN|getting|keeps|keep|got|kept > big|bigger|growing|fat|fatter|huge|round|puffy|puffier", NULL, "hair|photo|look bigger", 0 },
  { SWELLING, "cant|wont|couldnt|barely|hardly > open > EYE|mouth|jaw|lids", NULL, NULL, 0 },
  { SWELLING, "EYE|eyelid|eyelids > wont open|shut|slit|slits|closed|closing|sealed|glued", NULL, "mask|during|keep my|ring", 0 },
  { SWELLING, "elephant man|look like a monster|like a blowfish|like a pufferfish|like a chipmunk|unrecognizable|dont recognize", NULL, "always", 0 },

  /* --- eyes --- */
  { SEEING, "SIGHT + BLUR|flicker*|VEIL|problem*|trouble*|chang*|shut*", NULL, "lost sight of|lose sight of|sight of blood|glasses|contacts|vision board|television|price*|in sight", 0 },
  { SEEING, "EYE + blur*|fuzz*|fog|foggy|hazy|haze|cloudy|blind|milky|dimm*", NULL, "cream|cloud cream|black eye|color", 0 },
  { SEEING, "lost|losing|lose|trouble with|problem with > my|her|his > site|cite|vision|sight|eyesight", NULL, "website|lost sight of", 0 },
  { SEEING, "eye|eyes > gone|went|going|turned|goes|is > dark|black|blind|white|weird|funny|blank|gray|grey", NULL, "under|circles|around|lashes|liner|shadow", 0 },
  { SEEING, "eye|eyes > stopped|quit|isnt|not|doesnt|wont|cant|sees|only|dont|arent > working|work|focus|see|nothing|only|sees|seeing|shadows", NULL, SCREEN, 0 },
  { SEEING, "VEIL > in|over|across|before|front of|came down|down over|moved|covering > EYE|SIGHT|everything", NULL, "under my|under the|eye shadow|eyeshadow|around", 0 },
  { SEEING, "CANT > see|read|make out|focus > out|anything|nothing|well|right|clearly|straight|properly|proper|at all|letters|from|with|EYE|side|good|my hand|faces|shit|a thing|either|on one|on the left|on the right",
    NULL, SCREEN "|results|difference|myself|until", 0 },
  { SEEING, "CANT > see .|read .|see and|see i|see my|see because", NULL, SCREEN "|price", 0 },
  { SEEING, "CANT > see > now|anymore|any more|since|after|because", NULL, SCREEN "|results|difference|myself|until|why not|doctor", 0 },
  { SEEING, "see|seeing|sees|saw > double|two of|everything twice|triple|halos|rings|stars|spots|flash*|floater*|lights|black|dark|rainbow*|zigzag*|wavy|only half|half of|nothing|only gray|only grey|only black", NULL,
    MONEY "|movie|show|on tv|spots on|spots open|black friday|nothing open|nothing available|dark spots|the stars", 0 },
  { SEEING, "look*|seeing|see > through > wax*|fog*|water|cloud*|haze|vaseline|smoke|dirty|milk*|film|steam*|frosted|gauze|plastic|mud", NULL, NULL, 0 },
  { SEEING, "half|part|piece|chunk|corner|center|middle > vision|sight|what i see|what i look|what she look*|what he look*|what she see*|what he see*|picture|everything > gone|missing|black|dark|isnt there|blank", NULL, NULL, 0 },
  { SEEING, "see|sees|seeing > only|just > light|lights|shadows|shapes|outlines|movement|colors|fog|gray|grey|black|half", NULL, "price*|slots", 0 },
  { SEEING, "no sight|no vision|no eyesight|zero vision > in|on|from|out|at all|left", NULL, "in sight", 0 },
  { SEEING, "everything|world|letters|words|faces > a blur|all blur*|blur*|swim*|wav*|melting together", NULL, "week|day|year|month", 0 },
  { SEEING, "block* > view|vision|sight|eye", NULL, "driveway|building|street", 0 },
  { SEEING, "eye|eyes > FAILS|quit on me|died on me|went on me", NULL, "lift|botox", 0 },
  { SEEING, "everything|things|all|room|it|one side > is|are|went|gone|looks|look|goes|going|getting|got|turned > double*|dark|black|blurry|fuzzy|foggy|hazy|dim|blurred|double|gray|grey|tunnel*", NULL, "hair|dark outside|black friday", 0 },
  { SEEING, "its|all > blur*|fuzzy|foggy|hazy|double|dark", "side|eye|eyes|see|sudden*", "hair|photo*", 0 },
  { SEEING, "going|went|gone|go|goes|turned|almost|half|suddenly|practically|basically > blind", NULL, "legally|bat|tiny|website|font|print|date|trial|looking at|reading", 0 },
  { SEEING, "blurry|blurry vision|double vision|tunnel vision|seeing double|trouble seeing|hard to see|problems seeing|lost vision|vision loss|loss of vision|lights went out|"
    "sight went|vision is going|blindness|went blind|flashing lights|half blind|partially blind|curtain|eyesight", NULL, "photo*|picture*|glasses|copy|website|drapes|hard to see the|legally", 0 },

  /* --- skin after filler --- */
  { PALING, "SKIN > TURN|is turning|has gone > COLOR|dark|darker|a marble|another color|a weird color|a funny color|a different color|weird color", NULL, "hair|hairs|tattoo|photo|laser remove|tan|a peel to", 0 },
  { PALING, "TURN > COLOR", "cheek|lip|lips|nose|skin|painful|hurts|numb|cold|TREATED", "hair|hairs|embarrass*|tattoo", 0 },
  { PALING, "SKIN + COLOR", "SYMPTOM", "cold weather|teeth|veins on my legs|hair", 0 },
  { PALING, "skin|lip|lips|nose|nostril*|cheek|chin|tip|forehead|temple > is|are|looks|looking|look|got|stays|feels|has > COLOR", NULL,
    "dry|chapped|burn|okay for|ok for|safe for|lipstick|teeth|complexion|tone|type|naturally|tired|dull|hair|always|black heads|white heads|spots|freckles|scar*", 0 },
  { PALING, "COLOR > splotch*|blotch*|tint|tinge|hue|look|looking|cast|patch|discoloration > around|where|near|by|over|next", NULL, "tan|teeth", 0 },
  { PALING, "SKIN > chang* > color|colors", NULL, "hair|mole|tattoo|makeup", 0 },
  { PALING, "COLOR > ring|mark|marks|circle|halo|line|lines|streak*|spot|dot|trail > around|from|where|near|going|up|on|above|below|next", "inject*|filler*|needle|spread*|sting*|hurt*|lightning|WEB", "laser off|remove|fade|tan|stretch marks", 0 },
  { PALING, "skin|lip|nose|cheek|chin|tissue > breaking down|ulcer*|dying|scab*|crusting|sloughing|opening up|falling apart|cracking open", "filler*|inject*|thread*|where|black|hole", "dry|cold sore*", 0 },
  { PALING, "no > blood|circulation|blood flow > to|in|getting|going|reaching > SKIN|my|.", NULL, "work|test", 0 },
  { PALING, "injected|injection|you put|she put|he put|they put|filler|around it > is|are|looks|turn*|went|gone|going|spot|area|has > COLOR", NULL, "teeth|dark spots", 0 },
  { PALING, "blanch*|mottled|modeled|branching|dusky", NULL, "modeled for|branching out|vegetables", 0 },
  { PALING, "occlusion*|occluded|vascular > problem|compromise|inclusion|conclusion|collusion|exclusion|.|event|after|in|on|at|from", NULL, "spider|lesion*|treatments for", 0 },
  { PALING, "occlusion*|occluded|necrosis|necrotic|vascular occlusion|vascular compromise|livedo|blocked artery|blocked vessel|clogged artery", NULL, NULL, 0 },
  { PALING, "WEB|purple lines|blue lines|red lines|purple veins|blue veins|pattern > on|around|next|near|creeping|spreading|pattern|up|across|over|lines|like|where", "TREATED|SYMPTOM|spreading|purple|filler", "fix|treat|remove|shirt|website|web page|legs|vein treatment", 0 },
  { PALING, "purple|blue|lacy|lace|net|web|red|bruis* > pattern|web|net|lace|lines", "spreading|cheek|lip|lips|nose|hurts|filler|TREATED|creep*", "fix|treat|remove|legs", 0 },
  { PALING, "SKIN + cold|icy|ice|freezing", "COLOR|numb*|filler*|inject*", "cold sore*|i have a cold|cold weather|cream|pack|packs|compress*", 0 },
  { PALING, "cold|icy|freezing|numb > and > COLOR", NULL, NULL, 0 },
  { PALING, "COLOR > and > cold|icy|freezing|numb|hurts|painful", "SKIN|it|there", "weather", 0 },
  { PALING, "skin|tissue|lip|nose|it > rotting|dying|dead|rotten|dies|decaying|necro*", "TREATED|black|spot|injected|tissue", "hair|dying to|phone|dead skin|deadline", 0 },
  { PALING, "nose|lip|cheek|skin|chin|tissue|area|spot > looks|is|are|feels|went|look|turned > dead|lifeless|dying", NULL, "dry|flaky|dull|dead skin", 0 },
  { PALING, "filler > in|into|inside|block*|hit|reached > artery|vessel|vein|blood vessel|bloodstream", NULL, NULL, 0 },
  { PALING, "white|pale|dark|purple|blue|gray|grey|black > patch|spot|area|circle|blotch", "spreading|hurts|painful|numb|cold|wont pink|press|getting bigger|filler|injected", "dark spots|laser|remove|fade|lighten|treat", 0 },
  { PALING, "press|push|touch > stays|white|pink|blanch*|color", NULL, "nails", 0 },
  { PALING, "wont|doesnt|not|isnt|no > pink|pinking|refill*|color > up|back|come|comes|coming|returning|.", "SKIN|press|filler", "hair|nail|polish|lipstick", 0 },

  /* --- pain --- */
  { HURTING, "PAIN + SEVERE", NULL, "traffic|weather|heat|humidity|noise|music|wait|pain in the neck|pain in the butt|low pain|pain tolerance|" MONEY "|my feelings|to cancel|so excited", 0 },
  { HURTING, "unbearable|excruciating|agonizing|agony|unbearably|excruciatingly", NULL, "traffic|weather|heat|humidity|noise|music|wait|" MONEY, 0 },
  { HURTING, "cheek|cheeks|face|lip|lips|nose|jaw|eye|eyes|chin|forehead|skin|head|temple > is killing|killing me|kills me|is murder|on fire|feels on fire", NULL, "social media|point", 0 },
  { HURTING, "seven|eight|nine|ten|7|8|9|10|eleven > out of > ten|10", "pain*|hurt*|ache*|throb*|burn*", "recommend|stars|rate|rating", 0 },
  { HURTING, "pain > scale|level|is > eight|nine|ten|8|9|10|eleven", NULL, NULL, 0 },
  { HURTING, "its|it is|at|like > nine|ten|eleven|9|10|11 > out of ten|out of 10", NULL, "recommend|stars|rate|rating|experience|service|love|results|staff", 0 },
  { HURTING, "pain|hurts|hurting|throbbing > woke|keeps me up|kept me up|all night|up all night|cant|unable|making me sick|threw up|throw up|so i", NULL, "old|back pain", 0 },
  { HURTING, "hurts > hurts|please", NULL, NULL, 0 },
  { HURTING, "severe|extreme|intense|terrible|awful|horrible|unbearable|excruciating|insane|crazy > burning|stinging|cramp*|pressure|soreness|discomfort|headache|throbbing", NULL, MONEY "|period", 0 },
  { HURTING, "never|worst > hurt|pain|hurting|felt pain > bad|badly|much|life|ever|had|like this|.", NULL, "feelings", 0 },
  { HURTING, "somebody|someone|something|knife|knives|needle|needles|glass|razor* > stabbing|knifing|cutting|twisting|in my|through my|under my", "FACE|skin|pain|hurt*|feel*", "scared of|afraid of|phobia", 0 },
  { HURTING, "feel|feels|feeling|its > acid|fire|on fire|knife|knives|glass|razor*|hot iron|hot poker|lava|lightning|electric shocks", NULL, "career|summer|outside|hair", 0 },
  { HURTING, "skin|face|body|legs|eye|eyes|cheek|lips|back|arms > on fire|burning up|is burning|burning so|burning like|burns so", NULL, "social media|look on fire", 0 },
  { HURTING, "throb*|pound*|burn*|sting* > so bad|so badly|badly|crazy|nonstop|fire|wont stop|hell|insane|really bad|unbearabl*|all night", NULL, "vacation|cash|question", 0 },
  { HURTING, "cant|couldnt > stand|bear|take|handle|deal with > pain|hurting|burning|it > .|anymore|any more|much longer|longer|pain", "pain*|hurt*|burn*|throb*|ach*|acid|skin|injected", "traffic", 0 },
  { HURTING, "screaming in|crying in|writhing in|doubled over in|rolling in|moaning in > pain|agony", NULL, NULL, 0 },
  { HURTING, "doubled over|curled up|writhing|crying from the pain|screaming from|cry from the pain", "pain|hurt*|stomach|cramp*", NULL, 0 },
  { HURTING, "really hurts|really really hurts|really painful|very painful|extremely painful|super painful|so painful|incredibly painful|more and more painful|stabbing pain|burning pain|shooting pain|sharp pain|throbbing pain", NULL,
    "traffic|goodbye|decision|" MONEY, 0 },
  { HURTING, "pain* > shoot*|scream*|faint|vomit|throw up|throwing up|radiat*|into my eye|behind my eye|down my", NULL, NULL, 0 },

  /* --- chest and heart --- */
  { HEART, "CHEST + CHEST_BAD", "my|her|his|the|im|i|a|across", "heavy heart|skipped a beat|chest wax|chest hair|chest tattoo|heart set|broke my heart|breaks my heart|heart goes out|laughing|hospital|" MONEY, 0 },
  { HEART, "chest pain|chest pains|pain in chest|chest tightness", NULL, "hospital|cleared", 0 },
  { HEART, "chess|jest > pain|pains|hurts|tight", NULL, "play|game", 0 },
  { HEART, "tight* > across|in|around > chest|ribs|heart", NULL, "bra|dress", 0 },
  { HEART, "sitting on|weight on|standing on|pressing on|pressing|stone on|rock on > chest", NULL, NULL, 0 },
  { HEART, "vise|vice|band|belt|rope|strap|clamp|fist|elephant|brick|rock|boulder|truck > around|on|in|over > chest|heart|ribs", NULL, NULL, 0 },
  { HEART, "heart attack|palpitation*|cardiac arrest", NULL, "when i saw|when i heard|when my|when you|when they|gave me a|give me a|nearly gave|about had|cancel*|" MONEY, 0 },
  { HEART, "arm|jaw|shoulder > tingl*|hurt*|pain*|ach*|numb|heavy", "chest|heart", "hair|wax", 0 },
  { HEART, "heart|pulse > wont stop|stopped|stops|wont slow|wont calm|too fast|really fast|so fast|going crazy|all over the place|out of control|going to explode|a mile", NULL, "broken|when i saw|when i heard|waiting list", 0 },

  /* --- allergy --- */
  { ALLERGY, "RASH + SPREADING", NULL, "goosebumps|questions|get rid|ideas|speed bump*", 0 },
  { ALLERGY, "LIKE_HIVES > all over|everywhere|all up|from head", "break*|broke|out|covered|skin|itch*", "high heels|rates", 0 },
  { ALLERGY, "out in > LIKE_HIVES|RASH", NULL, "hours", 0 },
  { ALLERGY, "break*|broke|broken|covered|erupt*|come out|came out > RASH", NULL, NULL, 0 },
  { ALLERGY, "have|got|getting|has|gets|big|red|raised|giant > hive|hives|welt|welts", NULL, "had|from strawberries|penicillin", 0 },
  { ALLERGY, "throwing up|vomit*|threw up|nause* > hive*|rash|welts|swell*|swoll*|dizzy", NULL, NULL, 0 },
  { ALLERGY, "having|have|think|got|getting|bad|severe|serious|horrible|terrible|major|big|this is|is this|some kind of|this|awful|crazy|scary|some > reaction", NULL,
    "mixed|his reaction|friends reaction|reaction to my new look|priceless|how do|reaction time", 0 },
  { ALLERGY, "allergic > to > whatever|something|the stuff|what you|that stuff|the filler|the numbing|it", NULL, NULL, 0 },
  { ALLERGY, "allergic reaction > right now|now|to the|after|since|from the|.", "having|have|think|im|is|its|my", "had|history", 0 },
  { ALLERGY, "anaphyla*|anafyl*|anafil*|anaphila*|anna phyla*|ana phyla*|anna phylactic|anna filactic|epipen*|epi pen*|happy pen|epinephrine", NULL, "on site|on hand|carry|keep an", 0 },
  { ALLERGY, "throat|tongue*|lips|mouth|tung|tong > itch*|tingl*|prickl*|burning", "ONSET|swell*|swoll*|hive*|rash|BREATH|TREATED|fire", "lip balm|plumper", 0 },
  { ALLERGY, "itch*|tingl* > throat|tongue*|lips|mouth", "ONSET|swell*|swoll*|hive*|rash|BREATH|TREATED|fire|all over", "lip balm|plumper", 0 },
  { ALLERGY, "itching|itchy|itches > crazy|all over|everywhere|insane|out of my skin", NULL, "to try|to get", 0 },

  /* --- consciousness --- */
  { FAINTING, "ABOUT_TO|i|she|he|hes|shes|just|SOMEBODY|and|totally > PASS_OUT", NULL,
    "flyers|cards|calendar|date|dates|days|schedule|window|windows|faint line*|faint wrinkle*|faint scar*|when i saw|when she saw|when he saw|looks|" MONEY, 0 },
  { FAINTING, "unconscious|unresponsive|fainted|fainting|collapsed|collapsing|passed out|passing out|past out|blacked out|black out|out cold|lost consciousness|losing consciousness", NULL,
    "flyers|cards|calendar|date|dates|days|schedule|window|windows|when i saw|when she saw|when he saw|past out of|" MONEY, 0 },
  { FAINTING, "so|too|super|really|very|extremely|feel|feeling|feels|getting|got|and|im|shes|hes|all > DIZZY", NULL,
    "faint line*|faint wrinkle*|faint scar*|when i dont eat|when i skip|excite*|with joy|" MONEY "|when i saw|rather faint", 0 },
  { FAINTING, "ABOUT_TO|nearly > went down|go down|fall over|fell over|fall down|fell down|tip over|hit the floor|hit the ground|go under|going under", "dizz*|spin*|faint*|room|black|weak|lightheaded|SOMEBODY|TREATED", "swelling|redness|price*|tripped|slipped", 0 },
  { FAINTING, "room|world|everything|head > spinning|spins|is spinning", NULL, "with ideas|work", 0 },
  { FAINTING, "head|heads > spin*|swimming", NULL, "with ideas|work|numbers|price*", 0 },
  { FAINTING, "SOMEBODY|hes|shes > slump*|crumpl*|keel*|sank|sinking|drooling|limp|floppy|grey|gray|blue", NULL, "sales|ship|hair|eyes", 0 },
  { FAINTING, "SOMEBODY|hes|shes > wont|isnt|not|doesnt|cant > talk|talking|speak|speaking > to me|.|at all|anymore|properly|right", "chair|floor|slump*|pale|TREATED|SUDDEN|head", "mad at|angry|english", 0 },
  { FAINTING, "everything|it|things|vision > going|goes|went|getting|gone > black|dark|white", "faint*|dizz*|lightheaded|feel*|eyes|side|sweat*", "hair|snow|sun", 0 },
  { FAINTING, "SOMEBODY > dropped|drops > down|to the|on the|flat|.|hes|shes|and|like|in the|unconscious", NULL, "dropped me|dropped off|me off|her off|phone|keys|price*|card", 0 },
  { FAINTING, "SOMEBODY > went|gone|is|on|goes|lying|fell|laying|falling > down on|limp|floor|ground|out cold|floppy|stiff", NULL, "beach|ground floor|pilates|yoga|wet|slipped", 0 },
  { FAINTING, "SOMEBODY|hes|shes > wont|cant|isnt|not|doesnt|cannot|never > wake*|waking|woke|rous*|respond*|react*|answer*|mov*|coming to|come to|open her eyes|open his eyes", NULL,
    "phone|text*|call*|email*|new look|door|moving to|moving her|moving the|coming to the|come to the|come to my|come to her|botox|forehead", 0 },
  { FAINTING, "cant|wont|couldnt > wake > him|her|up|them|my", NULL, "early|alarm|that early|in time", 0 },
  { FAINTING, "seizure*|seizing|convuls*|shaking uncontrollably|shaking all over|twitching all over|foaming at|jerking|jerking around", NULL, "excite*|medication|meds|disorder|under control", 0 },
  { FAINTING, "eyes > rolled|rolling|roll > back|up|in", NULL, "rolled my eyes", 0 },

  /* --- nerves --- */
  { STROKE, "face|mouth|smile|lip|cheek > DROOP", "side|half|SUDDEN|talk*|speech|words|arm|numb|slur*", "years|age|aging|jowls|lift", 0 },
  { STROKE, "side|half|left|right > of > face|mouth|smile|body > DROOP|numb|weak|dead|wont move|isnt moving|not moving|paralyz*|tingl*|gone", NULL, "years|age|aging|lift", 0 },
  { STROKE, "face|mouth > DROOP|droopy > one side|left|right|half|side|talk*", NULL, NULL, 0 },
  { STROKE, "face|mouth|side > droop*", NULL, "do you treat|age|aging|years|lift", 0 },
  { STROKE, "mouth|smile|face > wont move|doesnt move|isnt moving|not moving|pulled to|pulling to|crooked|lopsided", "SUDDEN|SPEECH|numb|dizz*|side", "always|botox fix|years", 0 },
  { STROKE, "cant|couldnt|wont > smile|blink|wink|whistle|close > right|properly|on one|one|side|my eye|.", "side|SUDDEN|one|droop*", "stop smiling|wait", 0 },
  { STROKE, "arm|arms|leg|legs|hand|hands|knees > FAILS", NULL, "massage gun|broken", 0 },
  { STROKE, "SPEECH + GARBLED", "mouth|face|arm|side|numb|dizz*|SUDDEN|slur*|SOMEBODY", "website|price*|stop talking|funny story", 0 },
  { STROKE, "slur*", NULL, "racial", 0 },
  { STROKE, "cant|couldnt > find|get|say|form|remember > words|word|sentence* > .|out|anymore|right|now", "sudden*|mouth|numb|side|dizz*|hand|arm|face|out|talk*", "website", 0 },
  { STROKE, "cant|couldnt > get|find > my words|words|sentences|words out", "sudden*|mouth|numb|side|dizz*|hand|arm|face|now", "website", 0 },
  { STROKE, "SOMEBODY > not|isnt|doesnt > making|make > sense", NULL, "website|bill|schedule|price*", 0 },
  { STROKE, "SOMEBODY > confused|disoriented|doesnt know where|doesnt know who|cant remember her|cant remember his|cant remember my", "sudden*|all of a sudden|since|after the|mouth|face|arm|TREATED", "about|price*", 0 },
  { STROKE, "cant|couldnt|unable|trouble|hard > lift|lifting|raise|raising|hold|feel|move|moving|use > LIMB|face", NULL, "half price|half an hour|song", 0 },
  { STROKE, "LIMB|face > numb*|weak|limp|paralyz*|paralys*|dead|wont move|wont work|stopped working|tingl*", "sudden*|all of a sudden|SPEECH|chest|one side|left side|right side|whole side|half|since the|after the|mouth|words|dizz*", "carpal|nothing new|asleep", 0 },
  { STROKE, "side|half > numb|paralyzed|paralysed|weak|tingling|wont move", "body|face|arm|whole|left|right|my", NULL, 0 },
  { STROKE, "having|had|has|have|think|a mini|mini > stroke|strokes", "having|think|now|today|just|his|her|face|hes|shes|had a stroke|mini", "stroke of|history|years", 0 },
  { STROKE, "worst|sudden*|thunderclap|splitting|explosive > headache", NULL, NULL, 0 },

  /* --- bleeding --- */
  { BLEEDING, "blood > running|pouring|gushing|soaked|soaking|dripping|keeps coming|wont stop|spurting|squirting|everywhere|all over", NULL, "blood work|pressure|thinner*", 0 },
  { BLEEDING, "soaked|soaking|gone|bleeding|bled|went > through > towel|towels|gauze|bandage*|shirt|pad|pads|tissues", NULL, NULL, 0 },
  { BLEEDING, "bleed*|bled > wont stop|doesnt stop|not stop*|isnt stopping|for hours|heavily|a lot|like crazy|crazy|everywhere|nonstop|so much|bad|badly|keeps|buckets|profusely", NULL, "red this week|calendar|money|cash", 0 },
  { BLEEDING, "wont|not|cant|doesnt|isnt|cant get it to|never > stop|stopping|stopped > bleed*|.", "bleed*|blood", "blood thinner*|blood pressure", 0 },
  { BLEEDING, "heavy bleeding|hemorrhag*|haemorrhag*", NULL, NULL, 0 },

  /* --- burns --- */
  { BURN, "burned me|burnt me|blistering|skin is burned|skin is burnt|burned and peeling|burned my|burnt my|fried my|fried me|melted my", "TREATED|skin|face|laser|you|legs|arms", "tongue on|coffee|mouth on|dinner|pizza|ears", 0 },
  { BURN, "BLISTER", "TREATED|skin|face|legs|arms|lip|lips", "running|shoes|sunburn|sushi|fish|bubble bath|bubbly personality|heels", 0 },
  { BURN, "got|was|were|been|am > burned|burnt|scorched|singed|scalded > by|from|during|with|in|on|.", "TREATED|skin|face|machine", "coffee|cooking|stove|sun|dinner|out", 0 },
  { BURN, "skin > came off|coming off|comes off|fell off|falling off|melt*|raw|peeled right off|peeling off|sloughing|bubbl*|cooked|fried", "TREATED|burn*|raw", "normal|flaky", 0 },
  { BURN, "burn* > skin|face|legs|arms|me|line|area|neck|chest|body", "laser|ipl|peel|hair removal|you guys|zapped", "question|fat|calories", 0 },
  { BURN, "have|got|gave me|left me|bad|with|severe|chemical > burn|burns", "laser|ipl|peel|hair removal|face|skin|treatment", "question|cooking|could|stove|years", 0 },

  /* --- infection --- */
  { INFECTION, "PUS", "TREATED|SKIN|swoll*|spreading|coming|out|oozing|leaking|draining|pocket|smell*", NULL, 0 },
  { INFECTION, "WEEP + FOUL", NULL, "candle|lotion|cream|soap", 0 },
  { INFECTION, "GUNK > coming|comes|came|running|leaking|dripping|oozing|pouring > out|from|of", "FACE|SKIN|wound|hole|it", "sink|bottle|jar|tube|sale|coming out with", 0 },
  { INFECTION, "smell*|stink*|reek*|stank|foul > wound|hole|cut|site|stitches|incision|spot|lip|cheek", NULL, "candle", 0 },
  { INFECTION, "wound|hole|cut|site|stitches|incision|lump > smell*|stink*|reek*|leak*|ooz*|open|opened|hot|burst", NULL, "hours|booking", 0 },
  { INFECTION, "infect* + FOUL|spread*|hot|swoll*|swell*|worse|fever*|red", NULL, "ear|sinus|kidney|bladder|uti|yeast", 0 },
  { INFECTION, "is|its|looks|got|getting|seems|think|became|gotten > infected|an infection|infection", "TREATED|SKIN|wound|it", "ear infection|sinus|kidney|bladder|uti|yeast|eye infection", 0 },
  { INFECTION, "hot|warm > and|to the touch|to touch > red|swollen|hard|throbbing|touch|.|tender|puffy", "SKIN|FACE|area|site|spot|spreading|TREATED", "stones|towel*|room|tub|chocolate|water|coffee|flash*", 0 },
  { INFECTION, "red|hard|swollen > and > hot|warm|spreading|throbbing|growing", "SKIN|FACE|area|site|spot|spreading|TREATED", "light|wine", 0 },
  { INFECTION, "hot > red|hard|swollen", "SKIN|FACE|area|site|spot|spreading|TREATED", "stones", 0 },
  { INFECTION, "red streak*|red lines|red stripes|red line", "spread*|going|up|from|inject*|TREATED|arm|leg|face", "veins|wine|treat", 0 },
  { INFECTION, "FEVER", "TREATED|infect*|red|pus|swoll*|area|bump|lump|throb*", "cancel*|reschedul*|move my|move the|push my|cabin fever|hay fever|room temperature|kid has|son has|daughter has|kids have|cold and", 0 },
  { INFECTION, "rock hard and|rock hard", "inject*|site|chills|fever|red|hot|pain*|lump", "abs|pillow|bed", 0 },

  /* --- danger to life --- */
  { DESPAIR, "MEANS_TO > HARM > SELF", NULL, "gym|shaving|shave|cooking|workout|running|stairs|in the mirror|a favor|take my life back|laughing", AVA_DANGER_WISHED_TOO },
  { DESPAIR, "kill*|harming|cutting > myself|himself|herself|themselves|themself", NULL, "laughing|shaving|at the gym|for forgetting|cutting myself off", AVA_DANGER_WISHED_TOO },
  { DESPAIR, "cut|slit > wrists|wrist|myself on purpose", NULL, NULL, AVA_DANGER_WISHED_TOO },
  { DESPAIR, "hurt myself|harm myself|end my life|ending my life|take my own life|taking my own life|taking her own life|taking his own life|end her life|end his life|self harm*|self harming", NULL,
    "gym|workout|running|stairs|playing|lifting|skiing|hiking", AVA_DANGER_WISHED_TOO },
  { DESPAIR, "suicid*|overdos*|od on|oded|hang myself|drown myself|shoot myself|jump off|jump in front", NULL, "suicide squad|in the foot|on botox|on filler|trampoline", AVA_DANGER_WISHED_TOO },
  { DESPAIR, "want to|wanted to|going to|ready to|thinking about|thinking of|thought about|feel|just > end it|ending it|end things|end it all|ending it all|ending things|end everything", NULL,
    "membership|package|call|early|subscription|plan|contract|by five|by six|boyfriend|relationship|with the", AVA_DANGER_WISHED_TOO },
  { DESPAIR, "ending it all|end it all|ending things for good", NULL, "membership|package|by five|by six|by noon", AVA_DANGER_WISHED_TOO },
  { DESPAIR, "dont|doesnt|didnt|not > want > to live|to be alive|to wake up|to exist|to go on|live|to be here anymore|to be here any more|to be here no more|be alive", NULL,
    "without|with these|with this|with my|wrinkles|in|near|that far|with that", AVA_DANGER_WISHED_TOO },
  { DESPAIR, "dont|doesnt|no|what > see|point|reason|use|sense > LIVING", NULL, "membership|live nearby|live in", AVA_DANGER_WISHED_TOO },
  { DESPAIR, "dont|doesnt|not > feel|care|wish|bother|enjoy > LIVING|being here|anything anymore|if i live", NULL, "live nearby|lively", AVA_DANGER_WISHED_TOO },
  { DESPAIR, "life > isnt|not|no longer|has no|is > worth living|worth it|pointless|meaningless|over|meaning|point", NULL, "membership|party", AVA_DANGER_WISHED_TOO },
  { DESPAIR, "nothing|nobody|no one|noone > to live for|would miss|will miss|cares if i|would care if|would notice if", NULL, "the meeting|the deadline", AVA_DANGER_WISHED_TOO },
  { DESPAIR, "better off > without me|dead|if i was gone|if i were gone|if i wasnt", NULL, NULL, AVA_DANGER_WISHED_TOO },
  { DESPAIR, "rather|wish|want|wants|wanted|ready|hope > die|dead|to die|not wake up|disappear forever|never born", NULL, "rather die than|dead skin|phone|battery|want to die laughing|die laughing|hair|want it dead", AVA_DANGER_WISHED_TOO },
  { DESPAIR, "tired of|sick of|done with|hate|finished with > living|life|being alive|existing", NULL, "in|wrinkles|long|commute|dating|nightlife|love life|with", AVA_DANGER_WISHED_TOO },
  { DESPAIR, "cant > do this|go on|take it|keep going|live like|take this > anymore|any more|no more|like this|.|longer", "die|dead|live|living|life|alive|end|kill*|point|gone", "wrinkles|hair", AVA_DANGER_WISHED_TOO },
  { DESPAIR, "took|taken|swallowed|take|taking|ate|downed|takes|popped > too many|too much|whole|all|handful|bunch|lot|bottle|overdose > PILLS", NULL, "allergy list|list of|all my vitamins|before the visit|stopped", AVA_DANGER_WISHED_TOO },
  { DESPAIR, "bottle|handful|bunch > PILLS", NULL, "refill", AVA_DANGER_WISHED_TOO },
  { DESPAIR, "too many > PILLS", NULL, NULL, AVA_DANGER_WISHED_TOO },
  { DESPAIR, "have|got|holding|with > knife|gun|rope|razor*|blade > and|to", "cut|shoot|myself|kill*|end|hurt*|die", "sharpening|kitchen", AVA_DANGER_WISHED_TOO },

  /* --- plain words --- */
  { EMERGENCY, "medical emergency|going into shock|in shock and|this is an emergency|its an emergency|it is an emergency|something is wrong with my face|something is wrong with my eye|"
    "something is really wrong|something is very wrong|something really wrong|something is seriously wrong|not responding to anything", NULL, "beauty emergency|when i|wedding|roots|hair|nail|lash|lashes|brows", 0 },
  { EMERGENCY, "need an ambulance|call an ambulance|call nine one one|call 911|call 9 1 1|go to the er|going to the er|go to er|to the er .|to the emergency room|to the hospital|go to urgent care|send an ambulance|send help|called 911|called an ambulance|ambulance is",
    NULL, "visiting|to the hospital to visit|work at|works at|he works|she works|my shift|had to rush|to see my|directions|next to", AVA_DANGER_ASKED_TOO | AVA_DANGER_WISHED_TOO },
  { EMERGENCY, "think im|feel|feels|i feel im|help im|shes|hes|he is|she is > dying|going to die", NULL, "dying to|dying for|dying laughing|of happiness|phone|of hunger|boredom|if i dont|if i cant", 0 },
  { EMERGENCY, "FACE|SKIN|EYE > looks|is|feels|went|gone|getting|doesnt > wrong|weird|strange|funny|not right|right|off|terrible|horrible|scary", "freaking out|panick*|terrified|scared|emergency|please hurry|please help|hurry|scary|urgent|urgently",
    "lighting|makeup|photo*", 0 },

  { NULL, NULL, NULL, NULL, 0 },
};
