"""Labelled paragraphs in, altered copies out: other names in the same sentences, and headlines.

A corpus repeats the names of its years; names exchanged at random teach the context and the shape instead. Words are
drawn from the corpora's own names, the gazetteers, and the hand-written names.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from briefing.language.gazetteers import cities, countries, country_of, fold
from briefing.language.known import known_names
from briefing.language.train.corpora import Text

RENAMED = 0.4  # share of the paragraphs with names that get a copy with other names
LOUD, TITLED = 0.02, 0.04  # shares that get a copy in capitals, and one with every word capitalized
KEPT = 0.25  # share of the names that stay in a renamed copy


@dataclass(frozen=True, slots=True)
class Pools:
    """What names are drawn from."""

    given: Sequence[str]
    surnames: Sequence[str]
    organizations: Sequence[str]
    acronyms: Sequence[str]
    places: Sequence[str]
    towns: Sequence[str]
    states: Sequence[str]


def pools(texts: Iterable[Text]) -> Pools:
    """The names of the corpora and of the tables, in a fixed order, each once."""
    known = known_names()
    given, surnames = dict.fromkeys(known["given"]), dict.fromkeys(known["surname"])
    organizations, acronyms, places = (
        dict.fromkeys(known["organization"]),
        dict.fromkeys(["NATO"]),
        dict.fromkeys(["Alps"]),
    )
    for text in texts:
        for start, end, label in text.names:
            name = text.text[start:end]
            if label == "PERSON" and len(parts := name.split()) > 1:
                given[parts[0]] = None
                surnames[parts[-1]] = None
            elif label == "ORG":
                (acronyms if name.isupper() else organizations)[name] = None
            elif label == "LOC":
                places[name] = None
    good = [word for word in surnames if word[:1].isupper() and word.isalpha() and not word.isupper()]
    return Pools(
        [word for word in given if word[:1].isupper() and word.isalpha() and not word.isupper()],
        good,
        [name for name in organizations if name[:1].isupper()],
        list(acronyms),
        [name for name in places if name[:1].isupper()],
        list(cities()),
        [country.name for country in countries()],
    )


def variants(texts: Iterable[Text], drawn: Pools, chance: random.Random) -> Iterator[Text]:
    """Every paragraph, and behind it the altered copies that chance gives it."""
    for text in texts:
        yield text
        if text.names and chance.random() < RENAMED:
            yield renamed(text, drawn, chance)
        if text.names and chance.random() < TITLED:
            yield _cased(text, _title)
        if text.names and chance.random() < LOUD:
            yield _cased(text, str.upper)


def renamed(text: Text, drawn: Pools, chance: random.Random) -> Text:
    """A copy with other names; one name is exchanged for the same one throughout."""
    words: dict[tuple[str, str], str] = {}
    pieces, names, at, size = [], [], 0, 0
    for start, end, label in text.names:
        old = text.text[start:end]
        if (label, old) not in words:
            words[label, old] = old if chance.random() < KEPT else _other(old, label, drawn, words, chance)
        new = words[label, old]
        pieces += [text.text[at:start], new]
        size += start - at
        names.append((size, size + len(new), label))
        size += len(new)
        at = end
    return Text("".join([*pieces, text.text[at:]]), tuple(names))


def _other(old: str, label: str, drawn: Pools, words: dict[tuple[str, str], str], chance: random.Random) -> str:
    if label == "PERSON":
        return " ".join(_part(part, place, old, drawn, words, chance) for place, part in enumerate(old.split()))
    if label == "ORG":
        return chance.choice(drawn.acronyms if old.isupper() else drawn.organizations)
    if label == "LOC":
        country = country_of(old)
        if country is not None and country.via == "name":
            return chance.choice(drawn.states)
        return chance.choice(drawn.towns if chance.random() < 0.5 and " " not in fold(old) else drawn.places)
    return old


def _part(
    part: str, place: int, old: str, drawn: Pools, words: dict[tuple[str, str], str], chance: random.Random
) -> str:
    if not part.isalpha() or not part[0].isupper():
        return part
    if ("part", part) not in words:
        first = place == 0 and " " in old
        words["part", part] = chance.choice(drawn.given if first else drawn.surnames)
    return words["part", part]


def _cased(text: Text, change) -> Text:  # type: ignore[no-untyped-def]
    words = change(text.text)
    return Text(words, text.names) if len(words) == len(text.text) else text


def _title(text: str) -> str:
    return " ".join(word[:1].upper() + word[1:] if len(word) > 3 else word for word in text.split(" "))
