"""The words of meetings: verbs, nouns, and what turns them into plans, wishes or something else altogether."""

from __future__ import annotations

import re


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# nouns that name an occasion, and the format each tells of
FORMATS = {
    "lunch": "meeting", "dinner": "meeting", "breakfast": "meeting",
    "meeting": "meeting", "gathering": "meeting", "assembly": "meeting", "encounter": "meeting",
    "talks": "talks", "negotiations": "talks", "negotiation": "talks", "consultations": "talks",
    "audience": "meeting", "consultation": "talks", "discussions": "talks", "summit": "summit", "session": "session",
    "visit": "visit", "trip": "visit", "call": "call", "conversation": "call", "conference": "conference",
}  # fmt: skip
# a call, a conference, a session or a gathering is an occasion of this kind only in such company
CALLS = _set("phone telephone video conference three-way joint hour-long minute leaders")
CONFERENCES = _set("peace security donor donors reconstruction ministerial international summit climate review")
NOT_SESSIONS = _set(
    "training trading court practice photo jam therapy parliamentary legislative plenary question final"
)
NOT_VISITS = _set("hospital home family school site")
REPORTERS = _set("reporter reporters journalist journalists correspondent correspondents anchor presenter interviewer")
HOURS = _set("hour hours minutes")  # spent together, they make a meeting
GRANT = _set("give gave grant granted hold held have had has receive received")  # an audience
MEALS = _set("lunch dinner breakfast")  # with somebody
KIN = _set(
    "wife husband fiancé fiancée girlfriend boyfriend partner father mother son daughter brother sister parents family "
    "relatives uncle aunt cousin grandmother grandfather children friend friends"
)
OF_THE_PRESS = _set("news press")

MEET = _set("meet")  # subject, object and "with" met
CONVERSE = _set("confer consult negotiate huddle talk speak sit dine lunch breakfast")  # subject and "with"
CONFER = _set("confer consult negotiate huddle sit dine")  # done by several, with nobody named behind "with"
FACE = {"across": "from", "opposite": "opposite", "face-to-face": "with"}  # how one sits or stands with another
DISCUSS = _set("discuss")  # by two, or with one: they spoke to each other
SHARE = _set("exchange compare")  # what only those do who meet or speak, of
VIEWS = _set("views view notes proposals ideas words pleasantries greetings information opinions")
BRIEF = _set("brief")  # one by another
CARRIED = _set("drive fly take escort rush hurry whisk lead ferry usher")  # "was driven to the palace to meet"
SIGN = _set("sign initial")
PACTS = _set(
    "accord accords agreement agreements treaty treaties pact pacts memorandum declaration protocol convention "
    "communique communiqué charter armistice truce ceasefire"
)
SHAKE = _set("shake")  # hands
TELEPHONE = _set("telephone phone call")
RECEIVE = _set("host receive welcome")  # subject is the host of the object
SEE = _set("see")  # only as the purpose of a journey
VISIT = _set("visit")
TRAVEL = _set("visit tour travel fly arrive come go head return journey stop land drive sail jet")
ATTEND = _set("attend join participate")
CHAIR = _set("chair preside")
LEAD = _set("lead head")
CONVENE = _set("convene gather assemble")
IRREGULAR = {
    "met": "meet", "spoke": "speak", "held": "hold", "sat": "sit", "flew": "fly", "took": "take", "paid": "pay",
    "spent": "spend", "shook": "shake", "dined": "dine", "dining": "dine", "sitting": "sit",
    "led": "lead", "made": "make", "began": "begin", "went": "go", "came": "come",
}  # fmt: skip
# verbs whose subject takes part in the occasion that is their object or follows their preposition
HOLD = _set(
    "pay make hold have begin open conduct start resume continue conclude finish end enter launch complete wrap attend "
    "join host convene participate chair restart reopen stage lead"
) | TRAVEL  # fmt: skip
GO_ON = _set("move shift follow continue resume proceed return turn go")  # what talks do next, elsewhere
CANCEL = _set("cancel postpone scrap abandon suspend shelve abort delay")

DELEGATIONS = _set("delegation side team facet mission party delegations negotiators negotiator")
# heads of phrases that stand for the country or organization named with them
PLURAL_PEOPLE = _set(
    "officials officers ministers leaders envoys diplomats negotiators representatives counterparts ambassadors "
    "presidents generals commanders secretaries lawmakers senators chiefs advisers advisors delegates delegations "
    "heads partners allies experts mediators foreign-ministers aides parliamentarians premiers chancellors "
    "monarchs governors mayors deputies commissioners authorities forces rebels executives managers directors"
)
SINGULAR_PEOPLE = _set(
    "official officer minister leader envoy diplomat negotiator representative counterpart ambassador president "
    "general commander secretary secretary-general chief adviser advisor delegate head chancellor premier king "
    "queen prince princess emperor sultan emir sheikh pope cardinal governor mayor deputy commissioner chairman "
    "chairwoman chair director coordinator spokesman spokeswoman spokesperson speaker senator lawmaker mediator "
    "prosecutor judge lawyer banker economist fellow executive boss founder patriarch bishop archbishop consul "
    "attaché undersecretary treasurer rapporteur colleague host guest czar"
)
RANKS = _set(
    "general admiral sheikh prince princess king queen emir mullah sir lord pope cardinal judge sultan marshal colonel"
)
GROUPS = _set("delegation government team side administration cabinet leadership council commission group mission")


HANDS = re.compile(r"\s*hands\b")
# what only those do who speak to each other
AMONG_THEM = re.compile(
    r"\b(?:for (?:about |nearly |almost |over |more than |some )*[\w-]+ (?:minutes|hours?)|briefly|privately|"
    r"face[- ]to[- ]face|in private|one[- ]on[- ]one|to each other|with each other|together|twice|"
    r"on the (?:sidelines|margins)|"
    r"behind closed doors|by (?:tele)?phone|by video(?: link)?|over (?:lunch|dinner|breakfast|coffee|tea))\b",
    re.IGNORECASE,
)


def _forms(verb: str) -> tuple[str, ...]:
    """The regular forms of a verb ("chair": chairs, chaired, chairing)."""
    stem = verb[:-1] if verb.endswith("e") else verb
    doubled = verb + verb[-1] if verb in ("confer", "cancel", "travel") else stem
    return (f"{verb}s", f"{stem}ed", f"{stem}ing", f"{doubled}ed", f"{doubled}ing")


_VERBS = MEET | CONVERSE | TELEPHONE | RECEIVE | VISIT | TRAVEL | ATTEND | CHAIR | LEAD | CONVENE | HOLD | CANCEL
_VERBS |= DISCUSS | SIGN | SHARE | BRIEF
LEMMAS = {form: verb for verb in sorted(_VERBS) for form in _forms(verb)} | IRREGULAR

# ---------------------------------------------------------------- modality

PLANNING = _set(
    "expect schedule set due plan agree prepare slate arrange intend poise announce confirm bind promise pledge predict"
)
WISHING = _set(
    "call want hope seek offer ask urge try need ready willing demand propose invite suggest request wish press "
    "encourage consider discuss refuse decline reject fail avoid mull weigh threaten advise prefer oppose exclude "
    "insist plead beg recommend explore pursue call allow enable persuade convince advocate deny doubt dispute "
    "dismiss question ban forbid prevent rule accept push appeal aim attempt able unable likely unlikely possible "
    "reluctant eager keen rumor float"
)
DENIED = _set("deny doubt dispute refute dismiss reject")
REPORTING = _set("say tell announce confirm add state report declare mention note write disclose reveal")
UNREAL_ADJECTIVES = _set(
    "next possible potential proposed hypothetical eventual future further such any no another prospective rumored "
    "alleged more new-style direct-style"
)
PLANNED_ADJECTIVES = _set("planned scheduled upcoming forthcoming next coming expected")
CANCELLED_ADJECTIVES = _set("cancelled canceled postponed aborted scrapped abandoned")

AGO = re.compile(
    r"\b(?:years|decades|generations|a (?:decade|century|generation)) (?:ago|earlier|before)\b", re.IGNORECASE
)
# those who meet to play or to fight
ATHLETES = re.compile(
    r"\b(?:strikers?|goalkeepers?|midfielders?|defenders?|wingers?|forwards?|quarterbacks?|pitchers?|batsm[ae]n|bowlers?|"
    r"boxers?|wrestlers?|heavyweights?|champions?|grandmasters?|seeds?|seeded|rivals in the ring|duel)\b", re.IGNORECASE
)  # fmt: skip
# a meeting of teams is a match
SPORT = re.compile(
    r"\b(?:(?:the|cup|in|world) finals?|semi-?finals?|quarter-?finals?|match(?:es)?|cup|league|"
    r"tournament|championships?|kick-?off|playoffs?|clubs?|fans|referee|tickets|innings|stadium|goals?|coach|striker|olympics?|qualifiers?|game|season|scored|fixture|derby)\b",
    re.IGNORECASE,
)
BY_PHONE = re.compile(
    r"\b(?:by|over the|via) (?:tele)?phone\b|\b(?:phone|telephone|video) (?:call|link|conference)", re.IGNORECASE
)
BODY = re.compile(
    r"\b(?:Council|Summit|Conference|Forum|Commission|Assembly|Committee|Congress|Bureau|Dialogue|"
    r"G-?\d+|Group of \w+)\b"
)
