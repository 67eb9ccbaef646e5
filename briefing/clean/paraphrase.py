"""Tell machine-paraphrased ("spun") text from ordinary news, so that its quotations are not taken for verbatim speech.

Word-by-word synonym replacement does not know names: it writes "Overseas Minister", "Chilly Battle" and "Center East".
Three kinds of traces are counted, each distinct one once:

    tortured    a fixed expression with one of its words replaced (`FIXED` by way of `SWAPS`)
    broken      grammar that no writer produces and replacement does ("has change into", "for the primary time")
    speech      quotations that are "mentioned" and "instructed" where news says "said" and "told"

The idea of tortured phrases is that of Cabanac, Labbé and Magazinov (2021), who found them in scientific papers.
"""

from __future__ import annotations

import functools
import itertools
import re

ENOUGH = 2.0  # traces; one alone occurs in ordinary news (a "Citizen Protection Minister"), two do in under 1 %

SWAPS = {  # a word and what replacement programs put for it
    "affairs": (
        "issues",
        "matters",
    ),
    "agencies": ("companies",),
    "agency": ("company",),
    "agreement": ("settlement",),
    "artificial": (
        "synthetic",
        "counterfeit",
        "man-made",
    ),
    "attorney": (
        "lawyer",
        "legal professional",
    ),
    "back": ("again",),
    "bank": ("financial institution",),
    "bill": ("invoice",),
    "center": ("heart",),
    "change": ("alternate",),
    "climate": ("local weather",),
    "cold": ("chilly",),
    "commission": ("fee",),
    "conference": ("convention",),
    "country": ("nation",),
    "court": (
        "courtroom",
        "court docket",
    ),
    "defence": ("protection",),
    "defense": ("protection",),
    "department": ("division",),
    "eastern": ("japanese",),
    "executive": ("government",),
    "exercises": (
        "workout routines",
        "workouts",
    ),
    "financial": ("monetary",),
    "first": ("primary",),
    "force": (
        "pressure",
        "drive",
    ),
    "foreign": ("overseas",),
    "games": ("video games",),
    "general": (
        "common",
        "basic",
        "normal",
    ),
    "health": (
        "well being",
        "well-being",
    ),
    "high": ("excessive",),
    "house": ("home",),
    "interior": ("inside",),
    "judge": (
        "choose",
        "decide",
    ),
    "law": (
        "legislation",
        "regulation",
    ),
    "leader": ("chief",),
    "mental": ("psychological",),
    "middle": ("center",),
    "military": ("army",),
    "national": ("nationwide",),
    "natural": ("pure",),
    "news": ("information",),
    "organization": ("group",),
    "permanent": ("everlasting",),
    "post": ("submit",),
    "power": ("energy",),
    "red": ("purple",),
    "representative": ("consultant",),
    "right": ("proper",),
    "security": ("safety",),
    "solar": ("photo voltaic",),
    "special": ("particular",),
    "stock": ("inventory",),
    "street": ("road",),
    "task": (
        "process",
        "activity",
    ),
    "think": (
        "suppose",
        "assume",
    ),
    "times": (
        "occasions",
        "instances",
    ),
    "war": (
        "battle",
        "struggle",
    ),
    "year": (
        "yr",
        "12 months",
    ),
}

FIXED = (
    "foreign minister, foreign ministry, foreign affairs, foreign secretary, defense minister, defense ministry,"
    " defense secretary, defence minister, defence ministry, interior minister, interior ministry, health minister,"
    " health secretary, health care, public health, mental health, world health organization, attorney general,"
    " surgeon general, inspector general, secretary general, director general, general election, general assembly,"
    " permanent representative, permanent member, special envoy, special representative, security council,"
    " national security, homeland security, european security, security and cooperation in europe, social security,"
    " cold war, world war, civil war, eastern europe, eastern ukraine, eastern border, think tank, middle east,"
    " white house, house of representatives, house speaker, supreme court, appeals court, federal judge,"
    " district judge, high school, chief executive officer, chief executive, central bank, world bank, stock market,"
    " wall street, climate change, natural gas, solar system, artificial intelligence,"
    " task force, law enforcement, red cross, state department, justice department, european commission,"
    " electoral commission, new york times, washington post, financial times, military exercises,"
    " military exercise, news agencies, news agency, news conference, right-wing, far-right, human rights law,"
    " majority leader, minority leader, opposition leader, war games, war crimes, prisoner of war, peace agreement"
)

_DAY = "(?:mon|tues|wednes|thurs|fri|satur|sun)day"
BROKEN = (
    r"(?:has|have|had|having) change into",  # become
    r"(?:had|have|has) been as soon as",  # once
    r"calls for to (?:be|cease|finish|withdraw|\w+e)\b",  # demands to
    r"for the primary time|the primary time",  # first
    r"on the similar time|the similar (?:day|time|way|method)",  # same
    r"extra than|extra importantly",  # more
    r"(?:this|final|previous|subsequent|per|a|every) yr",  # year
    r"final (?:week|month|year)[’']s?\b|(?:late|early|since|in) final (?:week|month|year|yr)",  # last
    r"\d+[- ](?:year|yr)s?[- ](?:outdated|previous)",  # old
    r"(?:to|will|would|may|can) (?:pull|roll|drag|push|strain) again (?:nato|the|its|their|towards|"
    r"in opposition)",  # back
    r"in keeping with (?:\w+ ){0,3}(?:officials?|police|reports?|companies|information|sources|authorities|knowledge)",
    r"in response to (?:the )?(?:police|officials|authorities|reuters|afp|sources|"
    r"information)(?= ?[.,])",  # according to
    r"credit score ?[…:.]",  # credit
    r"international locations (?:like|equivalent|akin|corresponding|within|that|to|have|are|will|"
    r"in europe)",  # countries
    r"(?:nato|army|bloc|alliance|european|\d+) international locations|international locations like",
    r"in the course of the (?:nato|army|match|sport|assembly|convention|talks)",  # during
    r"(?:u\.s\.|russian|american|ukrainian|european|nato|senior|police|high|prime) officers (?:say|mentioned|met)",
)

_SPUN_SPEECH = re.compile(
    rf"\bmentioned (?:{_DAY}|on {_DAY}|in (?:a|an) (?:assertion|announcement|interview)|that)\b"
    rf"|[,!?][”\"’'] (?:\w+[. ]+){{1,5}}mentioned\b|[,!?][”\"’'] mentioned \w+|\b(?:he|she|they) mentioned\b"
    rf"|, (?:[\w.]+ ){{1,4}}mentioned(?=[,.])"
    rf"|\b(?:instructed|advised) (?:reporters|journalists|lawmakers|broadcaster|public broadcaster|state tv|afp|"
    rf"reuters|cnn|"
    rf"(?:the )?(?:bbc|ap|associated press|guardian))\b(?! to\b| not\b)",
    re.IGNORECASE,
)
_PLAIN_SPEECH = re.compile(r"\b(?:said|told|says)\b", re.IGNORECASE)


def is_paraphrased(text: str, *, context: str = "") -> bool:
    """Whether the text looks machine-spun; `context` is what stands around it (title, captions)."""
    return trace_score(f"{context}\n{text}" if context else text) >= ENOUGH


def trace_score(text: str) -> float:
    """How many distinct traces of word-by-word replacement the text has; a habit of speech counts up to one "
    "and a half."""
    return len(traces(text)) + _speech_score(text)


def traces(text: str) -> tuple[str, ...]:
    """The distinct tortured phrases and broken frames in the text, lower-cased, in alphabetical order."""
    plain = " ".join(text.casefold().replace("’", "'").split())
    found = {match.group() for match in _tortured().finditer(plain)}
    found.update(shape.pattern for shape in _broken() if shape.search(plain))
    return tuple(sorted(found))


def _speech_score(text: str) -> float:
    """Above zero when replaced verbs of speech carry much of the reporting; never enough by itself."""
    spun, plain = len(_SPUN_SPEECH.findall(text)), len(_PLAIN_SPEECH.findall(text))
    if spun < 2:
        return 0.0
    return 1.5 if spun > plain else 1.0 if 3 * spun > plain else 0.0


@functools.cache
def _tortured() -> re.Pattern[str]:
    """Every fixed expression with at least one word replaced."""
    phrases = sorted({spun for phrase in FIXED.split(",") for spun in _spun(phrase.strip())})
    return re.compile(r"\b(?:" + "|".join(re.escape(phrase).replace(r"\ ", "[ -]") for phrase in phrases) + r")\b")


def _spun(phrase: str) -> list[str]:
    words = re.split("([ -])", phrase)
    choices = [(word, *SWAPS.get(word, ())) for word in words]
    return [spun for choice in itertools.product(*choices) if (spun := "".join(choice)) != phrase]


@functools.cache
def _broken() -> tuple[re.Pattern[str], ...]:
    return tuple(
        re.compile(rf"\b(?:{shape})" if shape[0].isalpha() or shape[0] in "(\\" else shape) for shape in BROKEN
    )
