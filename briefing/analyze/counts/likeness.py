"""Which figures of a story count one thing, though their numbers or their nouns differ.

Nearly every pair of unlike numbers in news is about two things. Two are held against each other only where articles
tell of them alike: in sentences that share most of their words, or as the first count that each gives of one kind.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations

from briefing.analyze.counts.counted import ROLES
from briefing.model import Figure, Quantity

ALIKE = 0.5  # share of the shorter sentence's words that two sentences on one sum have in common
FEWEST_ALIKE = 4  # words shared at least; short sentences are alike by chance
FAR_SUM = 1.5  # times; of two sums told alike the greater one is no more than this
FAR_COUNT = 1.3  # times; first counts of one kind that lie farther apart count other things
SMALLEST = 20  # smaller counts lie near each other by chance
# nouns that count one kind of thing in news of damage
_KINDS = dict.fromkeys("home house household residence dwelling".split(), "home")
# nouns under which one number is the same number: an alliance's 30 members are its 30 countries
_SYNONYMS = {
    word: words.split()[0]
    for words in ("member ally country state nation", "people employee worker position job staff", "soldier troop")
    for word in words.split()
} | _KINDS
_WORD = re.compile(r"[A-Za-z][\w’'-]{3,}")


def about(figure: Figure) -> Quantity:
    """What a figure is compared by."""
    return figure.about or Quantity(figure.what.lower())


def is_same(one: Figure, other: Figure) -> bool:
    """True when equal numbers count one thing."""
    if one.unit != other.unit or one.values[0].value != other.values[0].value:
        return False
    mine, yours = about(one), about(other)
    telling = one.values[0].value >= SMALLEST and not {mine.role, yours.role} & ROLES
    if mine.head != yours.head and not (telling and _synonym(mine.head) == _synonym(yours.head)):
        return one.unit is not None and (bool(_terms(one.what) & _terms(other.what)) or _shared(one, other) >= 2)
    shared = set(mine.side) & set(yours.side)
    if (mine.side and yours.side) and not shared:
        return False
    return bool(shared) or not {mine.role, yours.role} & ROLES or mine.role == yours.role


def _synonym(head: str) -> str:
    return _SYNONYMS.get(head.removesuffix("s"), _SYNONYMS.get(head, head))


def pairs_alike(figures: Sequence[Figure]) -> list[tuple[int, int]]:
    """The pairs of figures, by their places in `figures`, that give one quantity with unlike numbers."""
    buckets: dict[tuple[str | None, str], list[int]] = {}
    for number, figure in enumerate(figures):
        kind = "" if figure.unit not in (None, "%", "pp") else _kind(figure)
        buckets.setdefault((figure.unit, kind), []).append(number)
    lone = _lone(figures)
    leads = _leads(figures)
    return [
        (i, j)
        for bucket in buckets.values()
        for i, j in combinations(bucket, 2)
        if figures[i].values[0].evidence.article != figures[j].values[0].evidence.article
        and (
            (i in lone and j in lone and _told_alike(figures[i], figures[j]))
            or (i in leads and j in leads and _near(figures[i], figures[j]))
        )
    ]


def _kind(figure: Figure) -> str:
    quantity = about(figure)
    return quantity.role if quantity.role == "infect" else _KINDS.get(quantity.head, quantity.head)


def _lone(figures: Sequence[Figure]) -> set[int]:
    """The figures that are the only one of their unit in their sentence."""
    seen: dict[object, list[int]] = {}
    for number, figure in enumerate(figures):
        seen.setdefault((figure.values[0].evidence, figure.unit), []).append(number)
    return {numbers[0] for numbers in seen.values() if len(numbers) == 1}


def _leads(figures: Sequence[Figure]) -> set[int]:
    """The figures that are the first of their kind in their article."""
    seen: dict[object, tuple[int, int]] = {}
    for number, figure in enumerate(figures):
        evidence = figure.values[0].evidence
        key = (evidence.article, figure.unit, _kind(figure))
        seen[key] = min(seen.get(key, (evidence.start, number)), (evidence.start, number))
    return {number for _, number in seen.values()}


def _told_alike(one: Figure, other: Figure) -> bool:
    """True when the sentences share most of their words, and the numbers lie near each other."""
    least = min(len(_terms(figure.values[0].evidence.text)) for figure in (one, other))
    shared = _shared(one, other)
    return _within(one, other, FAR_SUM) and shared >= max(FEWEST_ALIKE, ALIKE * least)


def _near(one: Figure, other: Figure) -> bool:
    """True for first counts of one kind, of one side, that lie near each other; of people only the infected."""
    mine, yours = about(one), about(other)
    if one.unit is not None or (mine.side and yours.side and not set(mine.side) & set(yours.side)):
        return False
    if min(one.values[0].value, other.values[0].value) < SMALLEST or _kind(one) not in ("home", "infect"):
        return False
    return _within(one, other, FAR_COUNT)


def _within(one: Figure, other: Figure, times: float) -> bool:
    low, high = sorted((one.values[0].value, other.values[0].value))
    return low > 0 and high <= times * low


def _shared(one: Figure, other: Figure) -> int:
    return len(_terms(one.values[0].evidence.text) & _terms(other.values[0].evidence.text))


def _terms(text: str) -> set[str]:
    """The longer words of a text, cut so that forms of a word are one."""
    return {word.lower()[:6] for word in _WORD.findall(text)}
