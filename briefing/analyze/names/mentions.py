"""The names that a text holds: what the recogniser found, mended, and what the article itself gives away.

1. the recogniser's spans, cut free of titles, possessives, marks and glued words
2. persons behind a form of address or a title ("Mr. Grushko", "Spokesman Dmitry Peskov"), or before their office
3. countries, nationalities and seats of government, from the gazetteer
4. acronyms and what they stand for
5. later short forms of a name that was read in full
6. labels that agree with each other
"""

from __future__ import annotations

import itertools
from array import array
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from briefing.analyze.names import titles
from briefing.analyze.names.acronyms import find_expansions
from briefing.analyze.names.consistency import repeated, settle, stands_in_name
from briefing.analyze.names.people import HONORIFICS, plain
from briefing.analyze.names.places import country_of, first_words
from briefing.analyze.names.spans import FRONTED, LOWER_PARTICLES, is_title, mend_names
from briefing.analyze.names.tokens import Word, Words
from briefing.model import Label, Mention

if TYPE_CHECKING:
    from spacy.tokens import Doc

LONGEST_COUNTRY = 5  # words: "the United States of America" without its article
_NO_NAME = ("$", "-")  # behind "US" in "US$5" and in "US-led"
MOST_NAMES = 4  # words of a person's name taken up behind a title


def find_mentions(words: Words, doc: Doc) -> tuple[Mention, ...]:
    """The mentions of a text in order, none overlapping, not yet tied to entities."""
    found = _Found(words.text)
    for mention in mend_names(words, doc):
        found.add(mention)
    for step in (_addressed, _titled, _apposed, _countries, _of_nations, _named_bodies, _expanded, repeated):
        for mention in step(words, found.mentions()):
            found.add(mention)
    return settle(words, found.mentions())


class _Found:
    """Mentions that do not overlap: what came first stays, unless the newcomer holds all of it and more."""

    def __init__(self, text: str) -> None:
        self.kept: dict[int, Mention] = {}
        self.cover = array("L", bytes(len(text) * array("L").itemsize))  # for each character, its mention's number or 0
        self.numbers = itertools.count(1)

    def mentions(self) -> list[Mention]:
        return sorted(self.kept.values(), key=lambda m: (m.start, m.end))

    def add(self, new: Mention) -> None:
        touched = set(self.cover[new.start : new.end]) - {0}
        if not all(_holds_more(new, self.kept[number]) for number in touched):
            return
        for number in touched:
            del self.kept[number]
        number = next(self.numbers)
        self.kept[number] = new
        self.cover[new.start : new.end] = array("L", [number]) * (new.end - new.start)


def _holds_more(new: Mention, old: Mention) -> bool:
    """Whether the newcomer holds all of the old one and more, or knows the same words for a person's."""
    if (new.start, new.end) == (old.start, old.end):
        return new.label == "PERSON" != old.label and not country_of(old.text)
    return new.start <= old.start and old.end <= new.end


def _mention(text: str, start: int, end: int, label: Label) -> Mention:
    return Mention(start, end, text[start:end], label)


# ---------------------------------------------------------------- 2. persons behind a title


def _addressed(words: Words, known: Sequence[Mention]) -> Iterable[Mention]:
    """ "Mr. Grushko", whatever the recogniser made of it."""
    for number in words.capitals:
        word = plain(words[number].text)
        if word in HONORIFICS and word != "lord":
            yield from _name_from(words, number + 1, known, least=1)


def _titled(words: Words, known: Sequence[Mention]) -> Iterable[Mention]:
    """ "Spokesman Dmitry Peskov": an office with two capitalized words behind it."""
    for number, word in enumerate(words):
        if word.low in titles.HOLDERS:
            yield from _name_from(words, number + 1, known, least=2)


def _apposed(words: Words, known: Sequence[Mention]) -> Iterable[Mention]:
    """Two or three capitalized words nobody knew, beside one person's office.

    "Ada Stone, an analyst at ..." and "the mayor, Ada Stone, ...".
    """
    for number in words.capitals:
        comma = next((i for i in (number + 2, number + 3) if (word := words.get(i)) and word.text == ","), None)
        before = words.get(number - 1)
        if words[number].low in FRONTED:
            continue  # "For Ada Stone, an analyst, ..."
        if comma is None or (before is not None and (before.is_capital or before.is_possessive)):
            continue
        article, *office = (words.get(i) for i in range(comma + 1, comma + 5))
        ahead = article is not None and article.low in ("a", "an") and _opens_with_office(office)
        if not ahead and not _closes_office(words, number - 1):
            continue
        if all(word.is_capital and word.is_word for word in words.items[number:comma]):
            yield from _name_from(words, number, known, least=2)


def _closes_office(words: Words, comma: int) -> bool:
    """Whether the comma stands behind an office in lower case: "Harrow's mayor,"."""
    mark, office = words.get(comma), words.get(comma - 1)
    if mark is None or office is None or mark.text != ",":
        return False
    return not office.is_capital and titles.is_office(office.text)


def _opens_with_office(inner: Sequence[Word | None]) -> bool:
    """Whether a noun of office stands among the first words of an apposition, nothing but its own words before it."""
    for word in inner:
        if word is None or not word.is_word or word.low in titles.STOPS:
            return False
        if titles.is_office(word.text):
            return True
    return False


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
    others = (m for m in known if m.label in ("ORG", "EVENT") and m.start < end and start < m.end)
    if all(start <= m.start and m.end <= end and not country_of(m.text) for m in others):
        yield _mention(words.text, start, end, "PERSON")


def _may_be_name(word: Word, place: int) -> bool:
    if place and word.text in LOWER_PARTICLES:
        return True
    if not word.is_capital or not word.is_word or word.low in titles.NEVER_NAMES:
        return False
    return not (is_title(word) if place == 0 else word.low in titles.HOLDERS)


# ---------------------------------------------------------------- 3. countries


def _countries(words: Words, known: Sequence[Mention]) -> Iterable[Mention]:
    """Countries, nationalities and seats of government; a capital's name alone is left to the recogniser."""
    behind = 0
    for number in words.capitals:
        length = _country_at(words, number) if number >= behind and words[number].low != "the" else 0
        behind = max(behind, number + length)
        if length:
            first, last = words[number], words[number + length - 1]
            found = country_of(words.text[first.start : last.end])
            label: Label = "NORP" if found and found.via == "demonym" else "GPE"
            free = length > 1 or not stands_in_name(words, number)
            if found and (free or found.via != "name") and words.text[last.end : last.end + 1] not in _NO_NAME:
                yield _mention(words.text, first.start, last.end, label)


def _country_at(words: Words, number: int) -> int:
    """How many words from `number` name a country, or 0."""
    first = words[number].text
    if first.isascii() and first not in first_words():
        return 0
    for length in range(min(LONGEST_COUNTRY, len(words) - number), 0, -1):
        last = words[number + length - 1]
        if (
            last.is_word
            and (found := country_of(words.text[words[number].start : last.end]))
            and found.via != "capital"
        ):
            return length
    return 0


def _of_nations(words: Words, known: Sequence[Mention]) -> Iterable[Mention]:
    """ "The Canadian Press": a nationality with one or two capitalized words behind it, the last a noun of bodies."""
    starts = {mention.start for mention in known}
    for mention in known:
        number = words.at(mention.end)
        if mention.label != "NORP" or " " in mention.text or number == 0 or not words[number - 1].is_capital:
            continue
        body = _capitalized(words, number)
        if not 0 < len(body) < MOST_NAMES or body[0].start != mention.end + 1 or starts & {word.start for word in body}:
            continue
        if body[-1].low in titles.ORGANIZATION_NOUNS:
            yield _mention(words.text, mention.start, body[-1].end, "ORG")


def _named_bodies(words: Words, known: Sequence[Mention]) -> Iterable[Mention]:
    """One to three capitalized words nobody knew, behind what they are: "the trade union Verdana"."""
    taken = {word.start for mention in known for word in words.between(mention.start, mention.end)}
    for number in words.capitals:
        before = words.get(number - 1)
        if before is None or before.text not in titles.NAMED_BODIES | titles.NAMED_GROUPS:
            continue
        name = _capitalized(words, number)
        tagged = all(word.pos in ("", "PROPN") and word.start not in taken for word in name)
        glued = words.text[before.end : words[number].start] == " "
        if tagged and glued and len(name) < MOST_NAMES and not any(is_title(word) for word in name):
            yield _mention(words.text, name[0].start, name[-1].end, "ORG")


def _capitalized(words: Words, number: int) -> list[Word]:
    """The capitalized words from a place on, `MOST_NAMES` at most: as many are too many for a name."""
    ahead = words.items[number : number + MOST_NAMES]
    return list(itertools.takewhile(lambda word: word.is_capital and word.is_word, ahead))


# ---------------------------------------------------------------- 4. acronyms


def _expanded(words: Words, known: Sequence[Mention]) -> Iterable[Mention]:
    """The names and acronyms of expansions, except where a country or a person was read."""
    labels = {(m.start, m.end): m.label for m in known}
    for found in find_expansions(words):
        label = labels.get((found.start, found.end), "ORG")
        yield _mention(words.text, found.start, found.end, label)
        if not country_of(words.text[found.short_start : found.short_end]):
            yield _mention(words.text, found.short_start, found.short_end, label)
