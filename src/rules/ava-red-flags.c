/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "ava-dialogue.h"
#include "ava-words.h"

#include <string.h>

/*
 * Words that stop everything, in speech (also half a sentence) and in messages. What is said is read
 * clause by clause: a "no" counts up to the next comma, "but" or new subject, and no further. What is
 * denied, long past, only asked about or a figure of speech is no emergency; a doubt is one: it is
 * better to stop once too often.
 */

#define GAP 4           /* [words] at most between the parts of a pattern */
#define DENIAL_REACH 5  /* [words] from "no" to what it denies */
#define MOST_CLAUSES 64

typedef enum {
  ASKED_TOO = 1 << 0,   /* counts in a question too: "should I call 911" */
  A_LITTLE_IS_FINE = 1 << 1,
} Traits;

/* A pattern is one or more parts, "a|b > c|d", in this order and close together. */
typedef struct {
  const char *name;
  const char *pattern;
  const char *with;      /* nullable: must be said too, anywhere */
  Traits traits;
} Flag;

#define TREATED "filler|botox|injection|injections|injected|injecting|treatment|laser|peel|microneedling|hair removal|ipl|threads|shot|shots|numbing cream"
#define PARTS "throat|tongue|face|neck|eye|eyes|eyelid|eyelids|mouth"
#define SOMEBODY "he|she|hes|shes|him|her|mom|mother|dad|father|friend|wife|husband|daughter|son|sister|brother|girlfriend|boyfriend|somebody|someone"
#define PILLS "pills|pill|tablets|medication|meds|medicine|sleeping pills"
#define SKIN "skin|lip|lips|nose|cheek|cheeks|chin|area|forehead|spot|face|tip|finger|fingers|it"

static const Flag flags[] = {
  { "trouble breathing",
    "cant breathe|cant breath|cannot breathe|can not breathe|couldnt breathe|can hardly breathe|can barely breathe|cant hardly breathe|"
    "not able to breathe|unable to breathe|cant catch my breath|cant catch her breath|cant catch his breath|trouble breathing|"
    "difficulty breathing|hard time breathing|problem breathing|problems breathing|short of breath|shortness of breath|not breathing|"
    "stopped breathing|isnt breathing|breathing hurts|hurts to breathe|breathing is getting|breathing is worse|breathing is bad|"
    "breathing feels|breathing isnt good|breathing is not good|wheezing|choking|suffocating|gasping|trouble swallowing|"
    "difficulty swallowing|cant swallow|cannot swallow|hard to swallow|cant get air|cant get enough air|airway|struggling to breathe", NULL, 0 },
  { "trouble breathing", "hard|difficult|struggling|harder > breathe|breath|swallow|get air", NULL, 0 },
  { "trouble breathing", "cant get|cannot get|cant catch|not getting|barely get|hardly get|fighting for|struggling for|gasping for > air|breath|oxygen", NULL, 0 },
  { "trouble breathing", "wheeze|wheezy|wheezes|breathless|cant inhale|cant exhale|cant take a breath|cant take a deep breath|breathes funny|breathing funny|"
    "breathing fast and|turning blue in the face|choke on my|drowning in", NULL, 0 },
  { "trouble breathing", "nothing|food|water > goes down|go down|gets down|wont go down", "throat|swallow|stuck", 0 },
  { "trouble breathing", "breathing > hard|harder|difficult|worse|painful", NULL, 0 },
  { "trouble breathing", "out of breath", "lips|tingling|dizzy|hives|throat|chest|" TREATED, 0 },
  { "swelling of the throat or face",
    PARTS " > swelling|swollen|swelled|swelling up|swells|closing|closing up|tight|tightening", NULL, 0 },
  { "swelling of the throat or face", "swelling|swollen > " PARTS, NULL, 0 },
  { "swelling of the throat or face", "lip|lips > swelling|swollen|swelled", NULL, A_LITTLE_IS_FINE },
  { "swelling of the throat or face", "lump in my throat|tongue feels thick|tongue is thick|cant talk right|cant speak right|throat itches|throat is itchy|throat feels strange|throat feels weird", NULL, 0 },
  { "swelling of the throat or face",
    PARTS "|lips|lip > puffed up|puffing up|ballooned|ballooning|like a balloon|like balloons|blew up|blown up|twice its|twice their|twice the size|double its|"
    "double their|times its|times their|enormous|so big|getting bigger|getting huge|is huge|are huge|feels huge|feel huge|growing", NULL, 0 },
  { "swelling of the throat or face", "cant open|cannot open|wont open|cant even open > eye|eyes|mouth|jaw", NULL, 0 },
  { "swelling of the throat or face", "eye|eyes > wont open|swollen shut|swelled shut|closed up", NULL, 0 },
  { "loss of vision",
    "see double since|see double now|see double and|see double after|see double .|going dark in front|lights went out in my eye|half blind|cant make out|"
    "cant read with|tunnel vision|vision is blurred|eyes are blurry|eye is blurry|vision is fuzzy|looks fuzzy|went fuzzy|all fuzzy|shadow over my", NULL, 0 },
  { "loss of vision", "eye|eyes > stopped working|quit working|isnt working|not working|doesnt work|wont focus|cant focus|cant see|sees nothing|sees only|only sees", NULL, 0 },
  { "loss of vision", "spots|spot|flashes|floaters|shadow|curtain|veil > in front of my|in front of the|before my|over my|across my|in my > eye|eyes|vision|sight", NULL, 0 },
  { "loss of vision",
    "cant see out|cant see anything|cant see well|cant see properly|cant see clearly|cant see right|cant see from|cant see with|cant see at all|"
    "cant see now|cannot see out|cannot see anything|cannot see well|cannot see properly|cannot see clearly|cannot see right|cant see .|cannot see .|"
    "lost vision|lost my vision|lost sight|lost my sight|losing vision|losing my vision|losing sight|losing my sight|loss of vision|vision loss|"
    "going blind|went blind|gone blind|go blind|blurry vision|blurred vision|blurry|double vision|seeing double|vision change|vision changes|"
    "vision changed|vision is going|vision went|vision problem|vision problems|trouble seeing|everything went dark|eyesight is going|"
    "can barely see|can hardly see|everything looks foggy|everything is foggy|looks blurry|sight is going|sight went|flashing lights|see spots|seeing spots|spot in my vision|spots in my vision|curtain", NULL, 0 },
  { "loss of vision", "problem|problems > vision|eyesight|sight", NULL, 0 },
  { "loss of vision", "vision|eyesight|sight > blurred|dark|gone|black|weird|getting worse", NULL, 0 },
  { "loss of vision", "eye|eyes > gone|went|going|turned > dark|black|blind", NULL, 0 },
  { "white or blue skin after a treatment", "blanching|blanched|mottled|dusky|tissue is dying|skin is dying|cold and white|skin is white", NULL, 0 },
  { "white or blue skin after a treatment",
    SKIN " > turning|turned|turns|went|gone|going|goes > white|blue|purple|gray|grey|black|pale|dark", SKIN, 0 },
  { "white or blue skin after a treatment", "skin|lip|lips|nose|cheek|chin|area > is|are|looks|looking > blue|purple|gray|grey|black|pale", NULL, 0 },
  { "white or blue skin after a treatment", "turning > gray|grey|blue|black|purple", "cheek|lip|lips|nose|skin|painful|hurts|numb|cold|" TREATED, 0 },
  { "white or blue skin after a treatment", "skin|lip|lips|nose|chin|cheek|area > is|are|looks > white", "hurts|numb|cold|painful|" TREATED, 0 },
  { "white or blue skin after a treatment", "purple|lacy|lace|net > pattern|net", NULL, 0 },
  { "white or blue skin after a treatment", "lips are white|lip is white", NULL, 0 },
  { "white or blue skin after a treatment", "white patch|pale patch|dark patch|purple patch|purple pattern|lacy pattern|lace pattern", "spreading|cheek|lip|nose|hurts|" TREATED, 0 },
  { "white or blue skin after a treatment", "spot|tip|nostril|jaw|temple|patch|place > turning|turned|turns|went|gone|going > white|blue|purple|gray|grey|black|dark", NULL, 0 },
  { "white or blue skin after a treatment", "cold|icy|freezing > white|pale|blue|grey|gray", TREATED "|skin|lip|lips|nose|cheek|spot", 0 },
  { "white or blue skin after a treatment", "purple|blue|dark|red > lines|veins|web|net|spider web > spreading|around|next to|near|on my", TREATED "|filler|nose|hurts|painful|spreading", 0 },
  { "white or blue skin after a treatment", "skin|tissue > rotting|dying off|dead|turning dead", TREATED, 0 },
  { "severe pain",
    "screaming in pain|crying in pain|crying from the pain|cry from the pain|doubled over|hurts like crazy|hurts terribly|hurts unbearably|hurts more and more|"
    "pain is killing me|pain is crazy|pain is insane|awful pain|agonizing|stabbing pain|burning pain|pain wont go away|pain shoots|shooting pain", NULL, 0 },
  { "severe pain", "throbbing|throbs|pounding|burning > so bad|so badly|badly|like crazy|nonstop|like fire|wont stop", NULL, 0 },
  { "severe pain", "pain > scream|screaming|crying|cry|faint|vomit|throw up", NULL, 0 },
  { "severe pain", "cant stand|cant bear|cant take > pain|hurting|burning", NULL, 0 },
  { "severe pain",
    "severe pain|extreme pain|unbearable|excruciating|terrible pain|worst pain|intense pain|horrible pain|in agony|is agony|so much pain|"
    "throbbing pain|cant stand the pain|cant take the pain|ten out of ten|10 out of 10|hurts so bad|hurts so much|really painful|very painful|extremely painful", NULL, 0 },
  { "severe pain", "pain > worse|getting worse|wont stop|severe", NULL, 0 },
  { "chest pain", "chest pain|pain in my chest|pain in her chest|pain in his chest|heart attack|heart is racing|heart wont stop|pressure in my chest|"
    "pressure on my chest|tightness in my chest|chest tightness", NULL, 0 },
  { "chest pain", "sitting on|weight on > chest", NULL, 0 },
  { "chest pain", "chest > hurts|hurting|tight|aches|pressure", NULL, 0 },
  { "chest pain", "chest|heart > squeezing|crushing|heavy|burning|hurts|stabbing|skipping|racing|pounding|fluttering", "my|her|his", 0 },
  { "chest pain", "squeezing|crushing|stabbing|pressing > chest|heart", NULL, 0 },
  { "severe allergic reaction",
    "hives|welts|rash|itching|bumps > all over|everywhere|spreading|head to toe|whole body|entire body", NULL, 0 },
  { "severe allergic reaction", "breaking out|broke out|broken out|covered > welts|hives|rash|bumps", NULL, 0 },
  { "severe allergic reaction", "throwing up|vomiting|threw up > hives|rash|welts|swelling", NULL, 0 },
  { "severe allergic reaction",
    "anaphylaxis|anaphylactic|severe allergic reaction|bad allergic reaction|having an allergic|its an allergic reaction|is an allergic reaction|"
    "allergic reaction right now|bad reaction|hives all over|hives everywhere|out in hives|have hives|epipen|epi pen|covered in a rash|rash all over", NULL, 0 },
  { "fainting",
    "fainted|fainting|feel faint|about to faint|going to faint|passed out|passing out|pass out|blacked out|unconscious|collapsed|unresponsive|"
    "seizure|seizures|wont wake up|so dizzy|too dizzy|and im dizzy", NULL, 0 },
  { "fainting", "keep|keeps|kept|almost|nearly|about to|going to|was|am|im|hes|shes|started > blacking out|black out|blacked out|passing out|going under", NULL, 0 },
  { "fainting", "room > spinning > and|faint|fall|fell|sit|stand", NULL, 0 },
  { "fainting", "convulsing|convulsions|convulsion|shaking uncontrollably|shaking all over|twitching all over|foaming at|eyes rolled|rolled back in", NULL, 0 },
  { "fainting", SOMEBODY " > doesnt answer me|wont answer me|not answering me|doesnt respond|wont respond|isnt responding|not responding|doesnt react|wont react|"
    "not reacting|isnt moving|not moving|doesnt move|wont move|lying on the floor|on the ground|fell over|fell down|keeled over|went limp|is limp|collapsing", NULL, 0 },
  { "fainting", "he|she|hes|shes|mom|dad|friend|wife|husband|daughter > not responding", NULL, 0 },
  { "signs of a stroke",
    "having a stroke|had a stroke|slurred|slurring|cant move my arm|cannot move my arm|cant move my leg|cant move one side|worst headache", NULL, 0 },
  { "signs of a stroke", "cant feel|cannot feel > face|arm|leg|side", NULL, 0 },
  { "signs of a stroke", "face|mouth|side > drooping|droops", NULL, 0 },
  { "signs of a stroke", "side > numb", NULL, 0 },
  { "signs of a stroke", "mouth|face|smile > wont move|doesnt move|hangs|hanging|sagging|crooked|lopsided|fell on|pulled to", "suddenly|sudden|talk|talking|speech|words|numb|dizzy", 0 },
  { "signs of a stroke", "talk|talking|talks|speech|speaking > funny|slurred|garbled|strange|weird|thick", "mouth|face|arm|side|numb|dizzy|since|suddenly", 0 },
  { "signs of a stroke", "cant find|cant get|cant say > words|word", "suddenly|sudden|mouth|numb|side|dizzy", 0 },
  { "signs of a stroke", "cant lift|cant raise|cant hold|cant feel > arm|arms|leg|legs|hand", NULL, 0 },
  { "signs of a stroke", "side|half > numb|paralyzed|paralysed|weak|tingling|wont move", "body|face|arm|whole|left|right|my", 0 },
  { "heavy bleeding", "blood > running|pouring|gushing|soaked|soaking|dripping|keeps coming|wont stop|spurting", NULL, 0 },
  { "heavy bleeding", "soaked|soaking|gone|bleeding > through > towel|towels|gauze|bandage|bandages|shirt", NULL, 0 },
  { "heavy bleeding", "wont stop bleeding|bleeding wont stop|bleeding heavily|bleeding a lot|heavy bleeding|not stop bleeding|cant stop the bleeding|"
    "bleeding doesnt stop|blood everywhere", NULL, 0 },
  { "heavy bleeding", "bleeding > wont stop|doesnt stop|not stopping|for hours", NULL, 0 },
  { "a burn after a treatment", "burned me|burnt me|blistering|skin is burned|skin is burnt|burned and peeling", NULL, 0 },
  { "a burn after a treatment", "blisters", TREATED, 0 },
  { "a burn after a treatment", "blister|blistered|blisters|open wound|open wounds|raw", TREATED, 0 },
  { "a burn after a treatment", "skin > came off|coming off|comes off|fell off|falling off|melted|melting|is raw|peeled right off", TREATED "|burn|burned|burnt", 0 },
  { "a burn after a treatment", "burned|burnt|burns > skin|face|legs|arms|me", "laser|ipl|peel|hair removal", 0 },
  { "spreading infection", "pus > coming|comes|oozing|leaking|draining|out|in it", NULL, 0 },
  { "spreading infection", "oozing|leaking|draining|weeping > pus|yellow|green|smells|smell", NULL, 0 },
  { "spreading infection", "red and hot|hot and red|hot and swollen|swollen and hot|red hot|hot to the touch|rock hard and", "area|site|spot|cheek|jaw|face|spreading|burning up|fever|" TREATED, 0 },
  { "spreading infection", "burning up|feverish|temperature|shivering", TREATED "|area|red|pus|swollen|infected", 0 },
  { "spreading infection", "pus|fever|red streaks|infected|infection|chills", TREATED "|swollen|spreading", 0 },
  { "danger to life", "kill myself|killing myself|suicide|suicidal|end my life|hurt myself|harm myself|overdose|overdosed|too many pills|"
    "dont want to live .|dont want to live anymore|dont want to live any more|dont want to live like this|want to die", NULL, 0 },
  { "danger to life", "bottle > pills|tablets|medication", NULL, 0 },
  { "danger to life", "ending it all|end it all|ending my life|ending things for good|take my own life|taking my own life|better off without me|better off dead|no reason to live|"
    "no point in living|no point living|dont want to be here anymore|dont want to be alive|dont want to wake up|dont want to go on|rather be dead|wish i was dead|"
    "wish i were dead|cut my wrists|cutting myself|cut myself on purpose|tired of living|nothing to live for", NULL, 0 },
  { "danger to life", "took|taken|swallowed|take|taking > too many|whole bottle|all of|all my|all the|handful|bunch > " PILLS, NULL, 0 },
  { "medical emergency", "medical emergency|going into shock|in shock and|this is an emergency|its an emergency|it is an emergency|something is wrong with my face|"
    "something is really wrong|something is very wrong", NULL, 0 },
  { "medical emergency", "need an ambulance|call an ambulance|call nine one one|call 911|go to the er|going to the er|to the emergency room", NULL, ASKED_TOO },
};

#define NEGATIONS "no|not|never|without|dont|havent|hasnt|isnt|arent|didnt|doesnt|wasnt|werent|neither|nor|zero|denies"
#define RELEASES "but|although|except|now|sure|only|know|believe|understand|because|so|cant|cannot|wont|stop"
#define SUBJECTS "i|im|ive|my|she|shes|he|hes|her|his|its|theres|there|we|they"
/* What somebody has now, even in a question. */
#define OWN "my|i have|i am|im|ive|i cant|i cannot|i see|i feel|help|she|he|her|his|we|right now|shes|hes"
#define ASKING "does|do|can|could|will|would|is|are|has|have|should|what|how|which|whats"
#define FILLERS "hi|hello|hey|um|uh|so|and|wait|oh|okay|ok|well|just|sorry|quick|question"
#define PAST "ago|last year|when i was|as a kid|as a child|as a teenager|used to|once|in high school|in college|years before|in the past|history of|in my twenties"
#define WAS "had|was|were|fainted|passed|used|carried|got|did|have had"
#define OVER "fine|free|stopped|gone|went down|under control|better now|normal"

static gboolean
have_between (const AvaWords *words,
              guint           from,
              guint           to,
              const char     *phrases)
{
  guint at;
  guint next;

  return ava_words_find (words, phrases, from, &at, &next) && at < to;
}

static gboolean
is_negation (const char *word)
{
  return ava_word_is_one_of (word, NEGATIONS);
}

/* "no trouble breathing"; with @between also "my throat isn't swelling": the parts of the pattern are apart. */
static gboolean
is_denied (const AvaWords *words,
           guint           at,
           guint           next,
           gboolean        between)
{
  const char *first = ava_words_get (words, at);

  for (guint i = at + 1; between && i + 1 < next; i++) {
    if (is_negation (ava_words_get (words, i)))
      return TRUE;
  }
  /* "cannot breathe" carries its own "not"; before it, a second one would be odd. */
  if (ava_word_is_one_of (first, "cant|cannot|couldnt|wont|not|isnt|stopped|dont|unable"))
    return FALSE;
  for (guint back = 1; back <= DENIAL_REACH && back <= at; back++) {
    const char *word = ava_words_get (words, at - back);

    if (ava_word_is_one_of (word, RELEASES) || ava_word_is_one_of (word, SUBJECTS))
      return FALSE;
    if (is_negation (word))
      return TRUE;
  }
  return FALSE;
}

/* "if I have chest pain", but not "I am not sure if" */
static gboolean
is_supposed (const AvaWords *words,
             guint           at)
{
  for (guint back = 1; back <= at && back <= 8; back++) {
    if (strcmp (ava_words_get (words, at - back), "if") == 0)
      return back == at || !ava_word_is_one_of (ava_words_get (words, at - back - 1), "sure|know|wondering|wonder|sounds");
  }
  return FALSE;
}

/* "does Botox cause blurred vision?" has nobody who has it. */
static gboolean
is_asked (const AvaWords *words)
{
  guint first = 0;

  while (ava_word_is_one_of (ava_words_get (words, first), FILLERS))
    first++;
  return ava_word_is_one_of (ava_words_get (words, first), ASKING) && !ava_words_have (words, OWN);
}

static gboolean
names_a_year (const AvaWords *words)
{
  for (guint i = 0; i < words->words->len; i++) {
    const char *word = ava_words_get (words, i);

    if (strlen (word) == 4 && strspn (word, "0123456789") == 4 && (g_str_has_prefix (word, "19") || g_str_has_prefix (word, "20")))
      return TRUE;
  }
  return FALSE;
}

/* Something that was, and long ago. What is going on is told in another tense. */
static gboolean
is_past (const AvaWords *words,
         guint           at,
         guint           next)
{
  return (ava_words_have (words, PAST) || names_a_year (words)) && !ava_words_have (words, "still|now|again|today|since") &&
         have_between (words, at > 5 ? at - 5 : 0, next, WAS);
}

/* What is said just after it: "breathing is fine", "chest pain is gone". */
static gboolean
is_over (const AvaWords *words,
         guint           next)
{
  return have_between (words, next, next + 4, OVER) && !have_between (words, next, next + 4, NEGATIONS);
}

static gboolean
is_figure_of_speech (const AvaWords *all,
                     const AvaWords *words)
{
  return ava_words_have (all, "ha ha|haha|lol|just kidding|im kidding|im joking|laughed so hard|laughing so hard|cant breathe without|"
                              "passed out flyers|passed out cards|feel faint lines|with embarrassment|choking up|choked up|in shock when|from laughing|"
                              "laughing too hard|laughing that hard|made me laugh|with excitement|with joy|with laughter") ||
         (ava_words_have (words, "heart attack|choking|faint|fainted") && ava_words_have (words, "price|prices|bill|cost|costs|the line|lines")) ||
         (ava_words_have (words, "blacked out|blacking out|black out") && ava_words_have (words, "calendar|date|dates|day|days|schedule|window|windows")) ||
         (ava_words_have (words, "unbearable|excruciating|agony") && ava_words_have (words, "traffic|weather|heat|price|prices|wait|noise|music|humidity"));
}

/* Finds the parts of @pattern one after the other, the first of them at @from or later. */
static gboolean
find_pattern (const AvaWords *words,
              const char     *pattern,
              guint           from,
              guint          *at,
              guint          *next)
{
  g_auto (GStrv) parts = g_strsplit (pattern, " > ", -1);

  while (ava_words_find (words, parts[0], from, at, next)) {
    gboolean whole = TRUE;

    for (guint i = 1; whole && parts[i] != NULL; i++) {
      guint part_at = 0;
      guint part_next = 0;

      whole = ava_words_find (words, parts[i], *next, &part_at, &part_next) && part_at <= *next + GAP;
      *next = whole ? part_next : *next;
    }
    if (whole)
      return TRUE;
    from = *at + 1;
  }
  return FALSE;
}

static gboolean
is_raised (const Flag     *flag,
           const AvaWords *all,
           const AvaWords *words)
{
  guint at = 0;
  guint next = 0;

  if (flag->with != NULL && !ava_words_have (all, flag->with))
    return FALSE;
  for (guint from = 0; find_pattern (words, flag->pattern, from, &at, &next); from = at + 1) {
    if (is_denied (words, at, next, strstr (flag->pattern, " > ") != NULL && strstr (flag->pattern, "> not ") == NULL) || is_supposed (words, at) || is_past (words, at, next) || is_over (words, next) ||
        ((flag->traits & ASKED_TOO) == 0 && is_asked (words)) ||
        ((flag->traits & A_LITTLE_IS_FINE) != 0 && have_between (words, at, next, "a bit|a little|little|bit|slightly|mildly")))
      continue;
    return !is_figure_of_speech (all, words);
  }
  return FALSE;
}

/* --- Clauses ---------------------------------------------------------------------------------- */

static gboolean
ends_clause (gunichar c)
{
  return c == ',' || c == ';' || c == '.' || c == '!' || c == '?' || c == ':' || c == '\n' || c == 0x2026 || c == 0x2014;
}

/* A last word "." stands for the end of a clause, so that a pattern can ask for it. */
static void
add_clause (GPtrArray  *clauses,
            const char *start,
            gsize       length)
{
  g_autofree char *text = g_strndup (start, length);
  AvaWords *words;

  if (clauses->len >= MOST_CLAUSES)
    return;
  words = ava_words_new (text);
  if (words->words->len == 0) {
    ava_words_free (words);
    return;
  }
  g_ptr_array_add (words->words, g_strdup ("."));
  g_ptr_array_add (clauses, words);
}

/* "but" begins a clause, as if there were a comma before it. */
static gboolean
begins_clause (const char *at)
{
  static const char *const words[] = { "but", "although", "though", "however", "except" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++) {
    if (g_ascii_strncasecmp (at, words[i], strlen (words[i])) == 0 && !g_ascii_isalpha (at[strlen (words[i])]))
      return TRUE;
  }
  return FALSE;
}

static GPtrArray *
split (const char *text)
{
  GPtrArray *clauses = g_ptr_array_new_with_free_func ((GDestroyNotify) ava_words_free);
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  const char *start = valid;

  for (const char *at = valid; *at != '\0'; at = g_utf8_next_char (at)) {
    gunichar c = g_utf8_get_char (at);

    if (ends_clause (c)) {
      add_clause (clauses, start, at - start);
      start = g_utf8_next_char (at);
    } else if (c == ' ' && begins_clause (at + 1)) {
      add_clause (clauses, start, at - start);
      start = at + 1;
    }
  }
  add_clause (clauses, start, strlen (start));
  return clauses;
}

/* "no fever, chills, or trouble breathing": the "or" goes on denying. */
static gboolean
goes_on_denying (GPtrArray *clauses,
                 guint      at)
{
  if (at == 0 || !ava_word_is_one_of (ava_words_get (clauses->pdata[at], 0), "or|nor"))
    return FALSE;
  for (guint i = 0; i < at; i++) {
    if (ava_words_have (clauses->pdata[i], NEGATIONS))
      return TRUE;
  }
  return FALSE;
}

/**
 * ava_dialogue_find_red_flag:
 * @text: (nullable): what was said or written so far; may be half a sentence
 *
 * Returns: (nullable): the red flag in words, or %NULL when there is none
 */
const char *
ava_dialogue_find_red_flag (const char *text)
{
  g_autoptr (AvaWords) all = NULL;
  g_autoptr (GPtrArray) clauses = NULL;

  if (text == NULL || *text == '\0')
    return NULL;
  all = ava_words_new (text);
  clauses = split (text);
  for (guint i = 0; i < G_N_ELEMENTS (flags); i++) {
    for (guint c = 0; c < clauses->len; c++) {
      if (!goes_on_denying (clauses, c) && is_raised (&flags[i], all, clauses->pdata[c]))
        return flags[i].name;
    }
  }
  return NULL;
}
