"""The words of meetings: verbs, nouns, and what turns them into plans, wishes or something else altogether."""

from __future__ import annotations

import re


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# nouns that name an occasion, and the format each tells of
FORMATS = {
    "lunch": "meeting", "dinner": "meeting", "breakfast": "meeting", "luncheon": "meeting", "supper": "meeting",
    "banquet": "meeting", "welcome": "meeting", "tea": "meeting", "coffee": "meeting", "reception": "meeting",
    "meeting": "meeting", "gathering": "meeting", "assembly": "meeting", "encounter": "meeting",
    "hour": "meeting", "hours": "meeting", "minutes": "meeting",
    "trilateral": "meeting", "bilateral": "meeting", "retreat": "meeting", "rendezvous": "meeting",
    "roundtable": "meeting", "conclave": "meeting",
    "talks": "talks", "negotiations": "talks", "negotiation": "talks", "consultations": "talks", "table": "talks",
    "deliberations": "talks", "parley": "talks", "huddle": "talks", "dialogue": "talks", "dialog": "talks",
    "mediation": "talks", "exchange": "talks", "discussion": "talks", "arbitration": "talks",
    "audience": "meeting", "consultation": "talks", "discussions": "talks", "summit": "summit", "session": "session",
    "visit": "visit", "trip": "visit", "call": "call", "conversation": "call", "conference": "conference",
    "videoconference": "call", "teleconference": "call",
}  # fmt: skip
TABLES = _set("negotiating bargaining conference negotiation")  # to return to one is to talk
# a call, a conference, a session or a gathering is an occasion of this kind only in such company
CALLS = _set("phone telephone video conference three-way joint hour-long minute leaders courtesy zoom hotline skype")
CONFERENCES = _set(
    "peace security donor donors reconstruction ministerial international summit climate review video tele"
)
NOT_SESSIONS = _set(
    "training trading court practice photo jam therapy parliamentary legislative plenary question final"
)
NOT_VISITS = _set("hospital home family school site")
REPORTERS = _set("reporter reporters journalist journalists correspondent correspondents anchor presenter interviewer")
HOURS = _set(
    "hour hours minutes day days morning afternoon evening weekend time"
)  # spent together, they make a meeting
GRANT = _set("give gave grant granted hold held have had has receive received")  # an audience
WELCOMES = _set("audience welcome reception")  # granted by one to another
WITH_SOMEBODY = _set(
    "lunch dinner breakfast luncheon supper banquet tea coffee reception dialogue dialog exchange mediation "
    "discussion arbitration huddle meetings summits visits gatherings trips encounters dinners lunches conversations"
)  # told as occasions only with those who were there
AMOUNTS = _set(
    "weekend round rounds hour hours day days week weeks month months minutes series string set bout marathon flurry "
    "couple evening morning afternoon night"
)  # of talks
KIN = _set(
    "wife husband fiancé fiancée girlfriend boyfriend partner father mother son daughter brother sister parents "
    "family relatives uncle aunt cousin grandmother grandfather children friend friends"
)
OF_THE_PRESS = _set("news press")

MEET = _set("meet")  # subject, object and "with" met
# subject and "with"
CONVERSE = _set(
    "confer consult negotiate huddle talk speak sit dine lunch breakfast converse chat parley bargain haggle "
    "deliberate caucus closet brainstorm"
)
# done by several, with nobody named behind "with"
CONFER = _set("confer consult negotiate huddle sit dine converse parley bargain haggle deliberate caucus")
FACE = {"across": "from", "opposite": "opposite", "face-to-face": "with"}  # how one sits or stands with another
DISCUSS = _set("discuss thrash hammer iron")  # by two, or with one: they spoke to each other
OUT = _set("thrash hammer iron")  # compromises, "out"
SHARE = _set("exchange compare trade swap share")  # what only those do who meet or speak, of
VIEWS = _set(
    "views view notes proposals ideas words pleasantries greetings information opinions meal table lunch dinner "
    "breakfast gifts handshake stage platform podium"
)
BRIEF = _set("brief")  # one by another
CARRIED = _set("drive fly take escort rush hurry whisk lead ferry usher")  # "was driven to the palace to meet"
SIGN = _set("sign initial")
PACTS = _set(
    "accord accords agreement agreements treaty treaties pact pacts memorandum declaration protocol convention "
    "communique communiqué charter armistice truce ceasefire"
)
SHAKE = _set("shake pose embrace")  # hands; for photographs; each other
BRING = _set("bring reunite")  # together
PRESENT = _set("present hand outline deliver")  # a plan, to someone
INVITE = _set("invite summon")  # for talks; "called in" too
TELEPHONE = _set("telephone phone call ring")
RECEIVE = _set("host receive welcome greet entertain fete")  # subject is the host of the object
SEE = _set("see")  # only as the purpose of a journey
VISIT = _set("visit")
TRAVEL = _set(
    "visit tour travel fly arrive come go head return journey stop land drive sail jet shuttle rush hurry hasten race "
    "cross dash detour emerge"
)
ATTEND = _set("attend join participate")
CHAIR = _set("chair preside")
LEAD = _set("lead head")
CONVENE = _set("convene gather assemble reconvene regroup reassemble congregate")
IRREGULAR = {
    "met": "meet", "spoke": "speak", "held": "hold", "sat": "sit", "flew": "fly", "took": "take", "paid": "pay",
    "spent": "spend", "shook": "shake",
    "brought": "bring", "saw": "see", "seen": "see", "rang": "ring", "dined": "dine", "dining": "dine",
    "sitting": "sit", "spoken": "speak", "shaken": "shake", "flown": "fly", "taken": "take", "begun": "begin",
    "gone": "go", "rung": "ring",
    "led": "lead", "made": "make", "began": "begin", "went": "go", "came": "come",
}  # fmt: skip
# verbs whose subject takes part in the occasion that is their object or follows their preposition
HOLD = _set(
    "pay make hold have begin open conduct start resume continue conclude finish end enter launch complete wrap "
    "attend join host convene participate chair restart reopen stage lead"
) | TRAVEL  # fmt: skip
GO_ON = _set("move shift follow proceed turn go")  # what talks do next, elsewhere
CANCEL = _set("cancel postpone scrap abandon suspend shelve abort delay")

DELEGATIONS = _set("delegation side team facet mission party delegations negotiators negotiator")
# heads of phrases that stand for the country or organization named with them
PLURAL_PEOPLE = _set(
    "officials officers ministers leaders envoys diplomats negotiators representatives counterparts ambassadors "
    "presidents generals commanders secretaries lawmakers senators chiefs advisers advisors delegates delegations "
    "heads partners allies experts mediators aides parliamentarians premiers chancellors monarchs governors mayors "
    "deputies commissioners authorities forces rebels executives managers directors bosses bankers regulators "
    "creditors lenders bondholders unions unionists judges prosecutors lawyers inspectors technocrats principals "
    "kings princes bishops archbishops cardinals patriarchs sherpas attachés councillors councilors councilmen mps "
    "meps spokesmen spokespeople chairmen chairs trustees owners coaches investigators auditors bureaucrats "
    "emissaries ministries chieftains elders clerics leaderships militants insurgents guerrillas separatists monitors "
    "rivals foes enemies"
)
SINGULAR_PEOPLE = _set(
    "official officer minister leader envoy diplomat negotiator representative counterpart ambassador president "
    "general commander secretary secretary-general chief adviser advisor delegate head chancellor premier king queen "
    "prince princess emperor sultan emir sheikh pope cardinal governor mayor deputy commissioner chairman chairwoman "
    "chair director coordinator spokesman spokeswoman spokesperson speaker senator lawmaker mediator prosecutor judge "
    "lawyer banker economist fellow executive boss founder patriarch bishop archbishop consul attaché undersecretary "
    "treasurer rapporteur colleague host guest czar tsar pm fm mp mep ceo cfo congressman congresswoman councillor "
    "councilor councilman councilwoman president-elect monarch dictator strongman emissary whip comptroller ombudsman "
    "archduke duke duchess imam rabbi ayatollah prelate vicar unionist strategist captain coach owner regulator "
    "inspector investigator manager administrator trustee principal superintendent sheriff attorney commandant "
    "provost rector dean vice-president figurehead successor predecessor"
)
RANKS = _set(
    "general admiral sheikh prince princess king queen emir mullah sir lord pope cardinal judge sultan marshal colonel"
)
GROUPS = _set(
    "delegation government team side administration cabinet leadership council commission group mission ministry "
    "party army military union board committee authority management junta regime secretariat embassy"
)


# what somebody has "with" another who is not therefore at the table
RELATIONS = _set(
    "relations relation relationship ties tie border borders frontier war wars conflict trade deal deals agreement "
    "agreements treaty pact accord truce ceasefire dispute disputes cooperation links peace contract contracts clash "
    "clashes row tensions tension contacts problem problems partnership friendship alliance business differences "
    "contact rivalry standoff feud integration reconciliation engagement collaboration settlement merger competition "
    "compliance armed gap gaps division divisions rift violence fighting distrust mistrust hostility hostilities "
    "similarities link distinction difference choice swap transfers"
)
# verbs that make an occasion their topic: their subject need not have been there
ABOUT = _set(
    "criticize criticise condemn oppose report mention discuss organize organise arrange facilitate broker mediate "
    "monitor watch follow await welcome describe oversee cover defend attack blame see hail praise"
)
# verbs that bring whom they have for object to the same occasion
JOINING = _set(
    "join invite accompany host receive welcome greet lead bring draw engage meet see summon take entertain fete"
)
# verbs of speaking to somebody
ADDRESS = _set(
    "tell inform assure warn urge ask remind thank congratulate brief reassure promise press pressure implore beg "
    "advise reprimand praise embrace persuade notify question challenge console"
)
HANDS = re.compile(r"\s*hands\b")
# what only those do who speak to each other
AMONG_THEM = re.compile(
    r"\b(?:for (?:about |nearly |almost |over |more than |some )*[\w-]+ (?:minutes|hours?)|briefly|privately|"
    r"face[- ]to[- ]face|in private|one[- ]on[- ]one|to each other|with each other|together|twice|"
    r"on the (?:sidelines|margins)|"
    r"behind closed doors|by (?:tele)?phone|by video(?: link)?|over (?:lunch|dinner|breakfast|coffee|tea))\b",
    re.IGNORECASE,
)


CLOSED = re.compile(r"[^aeiou]+[aeiou][^aeiouwxy]$")  # "chat", "swap", "scrap": chatted


def _forms(verb: str) -> tuple[str, ...]:
    """The regular forms of a verb ("chair": chairs, chaired, chairing)."""
    stem = verb[:-1] if verb.endswith("e") else verb
    doubled = verb + verb[-1] if verb in ("confer", "cancel", "travel") or CLOSED.match(verb) else stem
    return (f"{verb}s", f"{stem}ed", f"{stem}ing", f"{doubled}ed", f"{doubled}ing")


_VERBS = MEET | CONVERSE | TELEPHONE | RECEIVE | VISIT | TRAVEL | ATTEND | CHAIR | LEAD | CONVENE | HOLD | CANCEL
_VERBS |= DISCUSS | SIGN | SHARE | BRIEF
LEMMAS = {form: verb for verb in sorted(_VERBS) for form in _forms(verb)} | IRREGULAR
_READ = MEET | CONVERSE | DISCUSS | SHARE | BRIEF | SIGN | SHAKE | TELEPHONE | RECEIVE | SEE | VISIT | CHAIR | CONVENE
_READ |= BRING | PRESENT | INVITE | {"attend", "spend", "represent"}
_NOUNS = {form for noun in FORMATS for form in (noun, noun + "s", noun + "es", noun[:-1] + "ies")}
# all words that a reader is asked about
TRIGGERS = (
    _READ
    | {form for verb in _READ for form in _forms(verb)}
    | {form for form, verb in IRREGULAR.items() if verb in _READ}
    | _NOUNS
    | {"delegation", "delegations", "side", "team", "facet", "mission", "headquarters", "face"}
)

# ---------------------------------------------------------------- modality

PLANNING = _set(
    "expect schedule set due plan agree prepare slate arrange intend poise announce confirm bind promise pledge predict"
)
WISHING = _set(
    "call want hope seek offer ask urge try need ready willing demand propose invite suggest request wish press "
    "encourage consider discuss refuse decline reject fail avoid mull weigh threaten advise prefer oppose exclude "
    "insist plead beg recommend explore pursue allow enable persuade convince advocate deny doubt dispute dismiss "
    "question ban forbid prevent rule accept push appeal aim attempt able unable likely unlikely possible reluctant "
    "eager keen rumor float"
)
DENIED = _set("deny doubt dispute refute dismiss reject")
REPORTING = _set("say tell announce confirm add state report declare mention note write disclose reveal")
UNREAL_ADJECTIVES = _set("possible potential proposed hypothetical eventual such any no prospective rumored alleged")
ANOTHER = _set("next future further another more new")  # real once a day is set
PLANNED_ADJECTIVES = _set("planned scheduled upcoming forthcoming next coming expected")
CANCELLED_ADJECTIVES = _set("cancelled canceled postponed aborted scrapped abandoned")

AGO = re.compile(
    r"\b(?:years|decades|generations|a (?:decade|century|generation)) (?:ago|earlier|before)\b", re.IGNORECASE
)
# what is told of a work of art, or only in case it comes to pass
FICTION = re.compile(
    r"\b(?:in|of) (?:the|a|his|her|their|this|one) (?:\w+ )?(?:play|novel|film|movie|opera|series|drama|comedy|"
    r"thriller|story|sitcom|painting|musical|book|episode)\b|"
    r"\b(?:play|novel|film|movie|opera|series|drama|comedy|thriller|musical) "
    r"(?:tells|shows|depicts|imagines|recounts)\b|"
    r"\bif (?:it|they|one|that|this) (?:\w+ )?(?:happens?|takes? place|goes? ahead|comes? (?:off|about)|"
    r"materiali[sz]es?|is (?:ever )?held)\b",
    re.IGNORECASE,
)
# those who meet to play or to fight
ATHLETES = re.compile(
    r"\b(?:strikers?|goalkeepers?|midfielders?|defenders?|wingers?|forwards?|quarterbacks?|pitchers?|batsm[ae]n|bowlers?|"
    r"boxers?|wrestlers?|heavyweights?|champions?|grandmasters?|seeds?|seeded|rivals in the ring|duel)\b", re.IGNORECASE
)  # fmt: skip
# a meeting of teams is a match
SPORT = re.compile(
    r"\b(?:(?:the|cup|in|world) finals?|semi-?finals?|quarter-?finals?|match(?:es)?|cup|league|"
    r"tournament|championships?|kick-?off|playoffs?|clubs?|fans|referee|tickets|innings|stadium|goals?|"
    r"coach|striker|squads?|players?|(?<!negotiating )(?<!technical )teams|bundesliga|serie a|la liga|ligue 1|"
    r"olympics?|qualifiers?|game|season|scored|fixture|derby)\b",
    re.IGNORECASE,
)
BY_PHONE = re.compile(
    r"\b(?:by|over the|via) (?:tele)?phone\b|\b(?:phone|telephone|video) (?:call|link|conference)", re.IGNORECASE
)
BODY = re.compile(
    r"\b(?:Council|Summit|Conference|Forum|Commission|Assembly|Committee|Congress|Bureau|Dialogue|"
    r"G-?\d+|Group of \w+)\b"
)
