"""The names that a text holds: what the recogniser found, mended, and what the article itself gives away.

1. the recogniser's spans, cut free of titles, possessives, marks and glued words
2. persons behind a form of address or a title ("Mr. Grushko", "Spokesman Dmitry Peskov")
3. countries, nationalities and seats of government, from the gazetteer
4. acronyms and what they stand for
5. later short forms of a name that was read in full
6. one label for one string, by majority
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast, get_args

from briefing.analyze import titles
from briefing.analyze.acronyms import find_expansions
from briefing.analyze.names import HONORIFICS, PARTICLES, plain
from briefing.analyze.places import country_of
from briefing.analyze.tokens import ABBREVIATIONS, Word, Words
from briefing.language.gazetteers import region_of
from briefing.model import Label, Mention

if TYPE_CHECKING:
    from spacy.tokens import Doc

LONGEST_COUNTRY = 5  # words: "the United States of America" without its article
MOST_NAMES = 4  # words of a person's name taken up behind a title
_EDGES = " \t\r\n\"'“”‘’«»„‚()[]{}.,;:!?…–—-*|/"
_POSSESSIVE = re.compile(r"['’](?:[sS]\b|(?=\W|$)).*$", re.DOTALL)
_GLUED = re.compile(r"^[A-Z][a-z]+(?=[A-Z][a-z]+)")
_LOWER_PARTICLES = PARTICLES - {"of", "the", "as", "do", "at"}  # "of" and the like join a person to something else
_NAMES = frozenset({"PERSON", "ORG", "GPE", "LOC", "NORP", "EVENT"})


def find_mentions(words: Words, doc: Doc) -> tuple[Mention, ...]:
    """The mentions of a text in order, none overlapping, not yet tied to entities."""
    found = _Found(words.text)
    for mention in _mended(words, doc):
        found.add(mention)
    for step in (_addressed, _titled, _countries, _expanded, _repeated):
        for mention in step(words, found.mentions()):
            found.add(mention)
    return _vote(_as_persons(found.mentions()))


@dataclass(slots=True)
class _Found:
    """Mentions that do not overlap: what came first stays, unless the newcomer holds all of it and more."""

    text: str
    kept: list[Mention]

    def __init__(self, text: str) -> None:
        self.text, self.kept = text, []

    def mentions(self) -> list[Mention]:
        self.kept.sort(key=lambda m: (m.start, m.end))
        return self.kept

    def add(self, new: Mention) -> None:
        touched = [m for m in self.kept if m.start < new.end and new.start < m.end]
        if all(new.start <= m.start and m.end <= new.end and new.end - new.start > m.end - m.start for m in touched):
            self.kept = [m for m in self.kept if m not in touched] + [new]


def _mention(text: str, start: int, end: int, label: Label) -> Mention:
    return Mention(start, end, text[start:end], label)


# ---------------------------------------------------------------- 1. the recogniser's spans, mended


def _mended(words: Words, doc: Doc) -> Iterable[Mention]:
    labels = get_args(Label)
    alone = frozenset(span.text for span in doc.ents)
    for span in doc.ents:
        if span.label_ not in labels:
            continue
        label = cast(Label, span.label_)
        if label == "DATE":
            yield _mention(words.text, span.start_char, span.end_char, label)
        else:
            yield from _mend(words, span.start_char, span.end_char, label, alone)


def _mend(words: Words, start: int, end: int, label: Label, alone: frozenset[str]) -> Iterable[Mention]:
    text = words.text
    line = text[start:end].find("\n")
    end = start + line if line > 0 else end
    start, end = _trim(text, start, end)
    owner = _POSSESSIVE.search(text, start, end)
    if owner and (label in ("PERSON", "GPE", "NORP") or not text[owner.end() - 1 : end].strip("'’s")):
        end = owner.start() if owner.start() > start else end
    start = _unglued(text, start, end, alone)
    inner = list(words.between(start, end))
    while inner and (inner[0].text == "the" or (inner[0].text == "The" and label in ("NORP", "LOC"))):
        inner = inner[1:]
    if label == "PERSON":
        inner = _without_titles(inner)
    elif label in ("ORG", "GPE", "NORP"):
        inner = _without_office(inner)
    if label == "PERSON" and inner and country_of(text[inner[0].start : end]):
        label = "GPE"
    if inner and _names_something(inner, label):
        yield _mention(text, inner[0].start, min(inner[-1].end, end), label)


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
    return last.endswith(".") and (
        "." in last[:-1] or plain(last) in ABBREVIATIONS or follows in set(",;:)") or follows.islower()
    )


def _unglued(text: str, start: int, end: int, alone: frozenset[str]) -> int:
    """Behind a word that has grown together with the name: "PictureRussia", where "Russia" is a name by itself."""
    glued = _GLUED.match(text[start:end])
    if not glued:
        return start
    rest = text[start + glued.end() : end]
    return start + glued.end() if rest in alone or country_of(rest) else start


def _without_titles(inner: list[Word]) -> list[Word]:
    """The words of a person's name, forms of address and titles before it cut off."""
    while inner and (_is_title(inner[0]) or (len(inner) > 2 and country_of(inner[0].text) and _is_title(inner[1]))):
        inner = inner[1:]
    while inner and (not inner[-1].is_word or inner[-1].is_possessive):
        inner = inner[:-1]
    while inner and not inner[0].is_capital and inner[0].text not in _LOWER_PARTICLES:
        inner = inner[1:]
    return inner


def _is_title(word: Word) -> bool:
    return plain(word.text) in HONORIFICS or titles.is_title_word(word.text) or not word.is_word


def _without_office(inner: list[Word]) -> list[Word]:
    """ "NATO Secretary-General" -> "NATO"; "Foreign Minister" -> nothing."""
    if not inner or inner[-1].low not in titles.HOLDERS:
        return inner
    while inner and titles.is_title_word(inner[-1].text):
        inner = inner[:-1]
    return inner


def _names_something(inner: Sequence[Word], label: Label) -> bool:
    """Whether a name is left: some capital, and for a person no page furniture and more than one initial."""
    if label != "PERSON":
        return True
    if not any(word.is_capital for word in inner):
        return False
    letters = [word for word in inner if len(word.low) > 1]
    return bool(letters) and not all(w.low in titles.FURNITURE or titles.is_title_word(w.text) for w in letters)


# ---------------------------------------------------------------- 2. persons behind a title


def _addressed(words: Words, known: Sequence[Mention]) -> Iterable[Mention]:
    """ "Mr. Grushko", whatever the recogniser made of it."""
    for number, word in enumerate(words):
        if word.is_capital and plain(word.text) in HONORIFICS and plain(word.text) != "lord":
            yield from _name_from(words, number + 1, known, least=1)


def _titled(words: Words, known: Sequence[Mention]) -> Iterable[Mention]:
    """ "Spokesman Dmitry Peskov": an office with two capitalized words behind it."""
    for number, word in enumerate(words):
        if titles.is_office(word.text) and word.low in titles.HOLDERS:
            yield from _name_from(words, number + 1, known, least=2)


def _name_from(words: Words, number: int, known: Sequence[Mention], *, least: int) -> Iterable[Mention]:
    first = last = number
    names = 0
    while names < MOST_NAMES and (word := words.get(last)) is not None and _may_be_name(word, names):
        if last > first and "\n" in words.text[words[last - 1].end : word.start]:
            break
        names += 1
        last += 1
    while last > first and not words[last - 1].is_capital:
        last -= 1
    full = [w for w in words.items[first:last] if len(w.low) > 1 and w.is_capital]
    if len(full) < least or any(country_of(w.text) for w in full[:1]):
        return
    start, end = words[first].start, words[last - 1].end
    if not any(m.label in ("ORG", "EVENT") and m.start < end and start < m.end for m in known):
        yield _mention(words.text, start, end, "PERSON")


def _may_be_name(word: Word, place: int) -> bool:
    if place and word.text in _LOWER_PARTICLES:
        return True
    return word.is_capital and word.text[-1:] != "s." and not _is_title(word) and word.low not in titles.NEVER_NAMES


# ---------------------------------------------------------------- 3. countries


def _countries(words: Words, known: Sequence[Mention]) -> Iterable[Mention]:
    """Countries, nationalities and seats of government; a capital's name alone is left to the recogniser."""
    number = 0
    while number < len(words):
        length = _country_at(words, number) if words[number].is_capital and words[number].low != "the" else 0
        if length:
            first, last = words[number], words[number + length - 1]
            found = country_of(words.text[first.start : last.end])
            label: Label = "NORP" if found and found.via == "demonym" else "GPE"
            free = length > 1 or not _stands_in_name(words, number)
            if found and (free or found.via != "name") and words.text[last.end : last.end + 1] != "$":
                yield _mention(words.text, first.start, last.end, label)
        number += length or 1


def _country_at(words: Words, number: int) -> int:
    """How many words from `number` name a country, or 0."""
    for length in range(min(LONGEST_COUNTRY, len(words) - number), 0, -1):
        last = words[number + length - 1]
        if (
            last.is_word
            and (found := country_of(words.text[words[number].start : last.end]))
            and found.via != "capital"
        ):
            return length
    return 0


def _stands_in_name(words: Words, number: int) -> bool:
    """Whether a capitalized word touches the word at `number`, which may then be part of a longer name."""
    before, after = words.get(number - 1), words.get(number + 1)
    if after is not None and after.is_capital and after.pos in ("", "PROPN") and not titles.is_title_word(after.text):
        return True
    if before is None or not before.is_capital or before.pos not in ("", "PROPN"):
        return False
    return not titles.is_title_word(before.text) and before.low not in titles.STOPS


# ---------------------------------------------------------------- 4. acronyms


def _expanded(words: Words, known: Sequence[Mention]) -> Iterable[Mention]:
    """The names and acronyms of expansions, except where a country or a person was read."""
    labels = {(m.start, m.end): m.label for m in known}
    for found in find_expansions(words):
        label = labels.get((found.start, found.end), "ORG")
        yield _mention(words.text, found.start, found.end, label)
        if not country_of(words.text[found.short_start : found.short_end]):
            yield _mention(words.text, found.short_start, found.short_end, label)


# ---------------------------------------------------------------- 5. names read once


def _repeated(words: Words, known: Sequence[Mention]) -> Iterable[Mention]:
    """Later short forms of a full name, and the same name again where the recogniser missed it."""
    forms = _forms(known)
    lower = {word.text for word in words if word.text.islower()}
    longest = max((form.count(" ") + 1 for form in forms), default=0)
    for number, word in enumerate(words):
        if not word.is_capital:
            continue
        for length in range(longest, 0, -1):
            last = words.get(number + length - 1)
            form = words.text[word.start : last.end] if last is not None else ""
            if form in forms and not (length == 1 and (word.low in lower or _stands_in_name(words, number))):
                yield _mention(words.text, word.start, word.start + len(form), forms[form])
                break


def _forms(known: Sequence[Mention]) -> dict[str, Label]:
    """The forms to look for: full names, family names of persons, and acronyms, with their most frequent label."""
    counts: dict[str, Counter[Label]] = {}
    for mention in known:
        if mention.label == "DATE" or country_of(mention.text):
            continue
        counts.setdefault(mention.text, Counter())[mention.label] += 1
        *given, family = mention.text.split()
        if mention.label == "PERSON" and given and len(family) > 2 and family[0].isupper() and not country_of(family):
            counts.setdefault(family, Counter())["PERSON"] += 1
    return {form: label.most_common(1)[0][0] for form, label in counts.items()}


def _is_place(name: str) -> bool:
    return country_of(name) is not None or region_of(name) is not None


# ---------------------------------------------------------------- 6. one label for one string


def _as_persons(mentions: Sequence[Mention]) -> list[Mention]:
    """A place or organization that bears the family name of somebody named in full is that person."""
    families = {m.text.split()[-1] for m in mentions if m.label == "PERSON" and " " in m.text}
    named = {m.text for m in mentions if m.label != "PERSON" and " " in m.text}
    return [
        replace(m, label="PERSON")
        if m.text in families and m.text not in named and m.label in _NAMES and not _is_place(m.text)
        else m
        for m in mentions
    ]


def _vote(mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """The label that a string has most often; what a gazetteer knows as a country keeps its own."""
    votes: dict[str, Counter[Label]] = {}
    for mention in mentions:
        votes.setdefault(mention.text, Counter())[mention.label] += 1
    voted = []
    for mention in mentions:
        (first, count), *others = votes[mention.text].most_common()
        clear = not others or count > others[0][1]
        fixed = mention.label == "DATE" or first == "DATE" or country_of(mention.text) is not None
        voted.append(mention if fixed or not clear else replace(mention, label=first))
    return tuple(voted)
