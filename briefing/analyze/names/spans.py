"""A recogniser's spans cut free of titles, possessives, marks and glued words."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, cast, get_args

from briefing.analyze.names import titles
from briefing.analyze.names.people import HONORIFICS, PARTICLES, gender_of, parse_name, plain
from briefing.analyze.names.places import country_of
from briefing.analyze.names.tokens import ABBREVIATIONS, Word, Words
from briefing.language.gazetteers import coordinates, region_of
from briefing.model import Label, Mention

if TYPE_CHECKING:
    from spacy.tokens import Doc

LOWER_PARTICLES = PARTICLES - {"of", "the", "as", "do", "at"}  # "of" and the like join a person to something else
LONGEST_LINK = 3  # letters of a small word inside a name that no list of particles has: "Kengo wa Dondo"
PRONOUNS = frozenset("I We He She They You It Us My Our His Her Their".split())
FRONTED = frozenset("after and as at before but by for from if in of on since to when while with".split())
_EDGES = " \t\r\n\"'“”‘’«»„‚()[]{}.,;:!?…–—-*|/"
_POSSESSIVE = re.compile(r"['’](?:[sS]\b|(?=\W|$)).*$", re.DOTALL)
_OWNED = re.compile(r"(?P<owner>.*\w)['’][sS]\s+(?P<owned>[A-Z].*)", re.DOTALL)
_PAIR = re.compile(r"(?P<one>[A-Z].*\S)\s+and\s+(?P<other>[A-Z].*)", re.DOTALL)
_JOINED = re.compile(
    r"(?P<one>[A-Z].*\S)\s+and\s+(?P<who>[A-Z][\w-]+(?: [A-Z]\.)? [A-Z][\w’'-]+) of (?:the )?(?P<side>[A-Z].*)"
)
_GLUED = re.compile(r"^[A-Z][a-z]+(?=[A-Z][a-z]+)")


def mend_names(words: Words, doc: Doc) -> Iterable[Mention]:
    """The names and dates that the recogniser found in `doc`, mended, in order; what holds no name is left out."""
    labels = get_args(Label)
    alone = frozenset(span.text for span in doc.ents)
    for span in doc.ents:
        if span.label_ not in labels or span.text in PRONOUNS:
            continue
        label = cast(Label, span.label_)
        if label == "DATE":
            yield Mention(span.start_char, span.end_char, span.text, label)
        else:
            for start, end, part in _parted(words.text, span.start_char, span.end_char, label, alone):
                yield from _mended(words, start, end, part, alone)


def _parted(text: str, start: int, end: int, label: Label, alone: frozenset[str]) -> Iterable[tuple[int, int, Label]]:
    """The span as the two names that it is, where it is two: "NATO’s Brussels", "Egypt and Ethiopia"."""
    name = text[start:end]
    pair = None if label == "PERSON" or country_of(name) or region_of(name) else _PAIR.fullmatch(name)
    if pair is not None and _are_two(pair["one"], pair["other"], alone):
        for part in ("one", "other"):
            yield start + pair.start(part), start + pair.end(part), "GPE" if _is_place(pair[part]) else label
        return
    joined = _JOINED.fullmatch(name) if label == "ORG" else None
    if joined is not None and gender_of(parse_name(joined["who"])):
        yield start, start + joined.end("one"), label
        yield start + joined.start("who"), start + joined.end("who"), "PERSON"
        yield start + joined.start("side"), end, label
        return
    owned = _OWNED.fullmatch(name) if label in ("ORG", "LOC") else None
    if owned is not None and label == "ORG" and _is_family(owned["owner"], alone):  # "Solberg's Centre Alliance"
        yield start, start + owned.end("owner"), "PERSON"
        yield start + owned.start("owned"), end, label
        return
    if owned is not None and _is_place(owned["owned"]):
        yield start, start + owned.end("owner"), "GPE" if country_of(owned["owner"]) else label
        yield start + owned.start("owned"), end, "GPE"
        return
    yield start, end, label


def _are_two(one: str, other: str, alone: frozenset[str]) -> bool:
    """Whether both are places, or both are named by themselves as well."""
    return one != other and (all(map(_is_place, (one, other))) or {one, other} <= alone)


def _is_place(name: str) -> bool:
    return country_of(name) is not None or coordinates(name) is not None


def _mended(words: Words, start: int, end: int, label: Label, alone: frozenset[str]) -> Iterable[Mention]:
    text = words.text
    line = text[start:end].find("\n")
    end = start + line if line > 0 else end
    start, end = _trim(text, start, end)
    bare = _unglued(text, start, end, alone)
    end = _without_owned(text, bare, end, label)
    if bare > start:
        yield Mention(bare, end, text[bare:end], "GPE" if country_of(text[bare:end]) else label)
        return
    inner = list(words.between(start, end))
    held = _office_inside(inner) if label != "PERSON" else 0
    if held:
        yield from _mended(words, inner[held].start, end, "PERSON", alone)
        inner, end = inner[:held], inner[held - 1].end
    inner = _cut(inner, label)
    if _completes_title(words, inner, label):
        return
    if not inner or (held and all(map(is_title, inner))):
        return
    start, end = inner[0].start, _grown(words, inner[0], min(inner[-1].end, end), label)
    country = country_of(text[start:end]) if label == "PERSON" else None
    if country is not None and not _is_family(text[start:end], alone):
        label = "NORP" if country.via == "demonym" else "GPE"
    yield Mention(start, end, text[start:end], label)


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without white space and marks at its ends; a full stop that belongs to an abbreviation stays."""
    while start < end and text[start] in _EDGES:
        start += 1
    while start < end and text[end - 1] in _EDGES and not _closes_abbreviation(text, start, end):
        end -= 1
    return start, end


def _closes_abbreviation(text: str, start: int, end: int) -> bool:
    """Whether the full stop at the end belongs to the name: the sentence goes on, or it is not the only one."""
    last = text[start:end].rsplit(" ", 1)[-1]
    follows = text[end : end + 2].lstrip()[:1]
    if not last.endswith("."):
        return False
    return "." in last[:-1] or plain(last) in ABBREVIATIONS or follows in set(",;:)") or follows.islower()


def _without_owned(text: str, start: int, end: int, label: Label) -> int:
    """The end, put before a possessive: in front of all that a person or country owns, at the very end for others."""
    owner = _POSSESSIVE.search(text, start, end)
    if owner is None or owner.start() == start or (label == "GPE" and country_of(text[start:end]) is not None):
        return end
    last = not text[owner.end() - 1 : end].strip("'’sS") and owner.end() - owner.start() < 3
    return owner.start() if last or label in ("PERSON", "GPE", "NORP") else end


def _unglued(text: str, start: int, end: int, alone: frozenset[str]) -> int:
    """Behind page furniture that has grown together with a name: "PictureRussia"."""
    glued = _GLUED.match(text[start:end])
    if not glued:
        return start
    rest = text[start + glued.end() : end]
    furniture = glued[0].lower() in titles.FURNITURE
    return start + glued.end() if furniture and (rest in alone or country_of(rest)) else start


def _is_family(name: str, alone: frozenset[str]) -> bool:
    """Whether a longer name in the text ends in this one: "Washington" for "Malivai Washington"."""
    return any(other.endswith(" " + name) for other in alone)


def _completes_title(words: Words, inner: Sequence[Word], label: Label) -> bool:
    """Whether a span is only the end of a title: "State" in "Secretary of State"."""
    if label == "PERSON" or len(inner) != 1 or not titles.is_title_word(inner[0].text):
        return False
    number = words.at(inner[0].start)
    link, office = words.get(number - 1), words.get(number - 2)
    return link is not None and office is not None and link.low in ("of", "for") and titles.is_office(office.text)


def _office_inside(inner: Sequence[Word]) -> int:
    """Index of the first of the names behind an office, or a form of address, that a span ends in; 0 if it does not.

    "U.N. Ambassador Ada Stone" is no organization, but "Ambassador Bridge Company" is one.
    """
    for index in range(len(inner) - 1, 0, -1):
        before, names = inner[index - 1], inner[index:]
        office = before.low in titles.HOLDERS and len(names) > 1
        address = plain(before.text) in HONORIFICS and before.is_capital
        if office or address:
            return index if all(_may_be_name(word) for word in names) else 0
    return 0


def _may_be_name(word: Word) -> bool:
    low = word.low
    plainly = word.is_capital and low not in titles.NEVER_NAMES and low not in titles.COMMON_NOUNS
    return (plainly and not country_of(word.text)) or word.text in LOWER_PARTICLES


def _cut(inner: list[Word], label: Label) -> list[Word]:
    """The words that are the name, without articles, titles and words that only stand beside it; none when none is."""
    if label == "PERSON":
        inner = _without_titles(inner)
        return inner if _names_somebody(inner) else []
    while inner and (inner[0].text == "the" or (inner[0].text == "The" and label in ("NORP", "LOC"))):
        inner = inner[1:]
    while len(inner) > 1 and inner[0].low in FRONTED:
        inner = inner[1:]
    while label == "ORG" and len(inner) > 1 and inner[-1].text.islower() and inner[-1].pos == "NOUN":
        inner = inner[:-1]  # "EU fisheries" commissioner
    return _without_office(inner) if label in ("ORG", "GPE", "NORP") else inner


def _grown(words: Words, first: Word, end: int, label: Label) -> int:
    """The end, put behind "and Cooperation" and "in Europe" where these belong to an "Organization for ..."."""
    kind = words.get(words.at(first.start) + 1)
    if label != "ORG" or kind is None or kind.low not in ("for", "on") or first.low not in titles.ORGANIZATION_NOUNS:
        return end
    behind = words.at(end)
    joint, part = words.get(behind), words.get(behind + 1)
    if joint is not None and part is not None and joint.low == "and" and part.is_capital:
        end, behind = part.end, behind + 2
        joint, part = words.get(behind), words.get(behind + 1)
    region = region_of(part.text) if joint is not None and part is not None and joint.low == "in" else None
    return part.end if part is not None and region is not None and region.country is None else end


def _without_titles(inner: list[Word]) -> list[Word]:
    """The words of a person's name: forms of address and titles before it cut off, and all behind its first stop.

    "Isabel of France" is a name, "Ada Stone of the Grain Council" is a name and a side.
    """
    while len(inner) > 2 and inner[0].low in FRONTED:
        inner = inner[1:]  # "For Ada Stone, the night was long"
    while inner and (is_title(inner[0]) or (len(inner) > 2 and country_of(inner[0].text) and is_title(inner[1]))):
        inner = inner[1:]
    while inner and inner[0].text.islower() and inner[0].text not in LOWER_PARTICLES:
        inner = inner[1:]
    described = [number for number, word in enumerate(inner) if word.pos == "NOUN" and _is_common(word)]
    inner = (
        inner[described[-1] + 1 :] if described and described[-1] + 1 < len(inner) else inner
    )  # "Cubs fan Ada Stone"
    addressed = [number for number, word in enumerate(inner) if number and plain(word.text) in HONORIFICS]
    inner = inner[addressed[-1] + 1 :] if addressed else inner
    quoted = any(word.text in '"“”' for word in inner)
    name = inner if quoted else list(itertools.takewhile(_may_stand_in_name, inner))
    joints = [number for number, word in enumerate(name) if word.text == "of"]
    name = name[: joints[0]] if joints and joints[0] > 1 and not quoted else name
    while name and (name[-1].text.islower() or not name[-1].is_word or name[-1].is_possessive):
        name = name[:-1]
    return name


def _is_common(word: Word) -> bool:
    return word.text.islower() and word.is_word and word.text not in LOWER_PARTICLES


def _may_stand_in_name(word: Word) -> bool:
    """Whether a word can be inside a person's name: all but verbs and the like; small ones that link may."""
    short = len(word.text) <= LONGEST_LINK and word.low not in titles.STOPS
    return not word.text.islower() or word.text in ("of", "the") or word.text in LOWER_PARTICLES or short


def is_title(word: Word) -> bool:
    """Whether a word is a form of address, a title's word or a mark: no part of the name behind it."""
    return plain(word.text) in HONORIFICS or titles.is_title_word(word.text) or not word.is_word


def _without_office(inner: list[Word]) -> list[Word]:
    """ "NATO Secretary-General" -> "NATO"; "Foreign Minister" -> nothing."""
    if not inner or inner[-1].low not in titles.HOLDERS:
        return inner
    while inner and titles.is_title_word(inner[-1].text):
        inner = inner[:-1]
    return inner


def _names_somebody(inner: Sequence[Word]) -> bool:
    """Whether a person's name is left: more than initials, titles and page furniture."""
    letters = [word for word in inner if len(word.low) > 1 and word.is_word]
    nobody = titles.FURNITURE | titles.DIRECTIONS
    return bool(letters) and not all(w.low in nobody or titles.is_title_word(w.text) for w in letters)
