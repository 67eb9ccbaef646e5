"""Articles in, near-copies out: who repeats whose text.

Containment of word 4-grams (Broder 1997): an article repeats another when at least 80 % of the shorter one's 4-grams
stand in the longer one. Only linked articles are compared, for copies are always neighbours. Reports that merely
agree share a few per cent of their 4-grams.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

from briefing.language.terms import words
from briefing.model import Article

SHINGLE = 4  # words; shorter ones are idiom, longer ones break at each small edit
CONTAINED = 0.8  # share of the shorter text's shingles
SHORTEST = 20  # shingles; below it equal words prove nothing


def find_copies(articles: Sequence[Article], pairs: Iterable[tuple[int, int]]) -> dict[int, int]:
    """Row number of each copy -> row number of its original, the earliest row of all that repeat one text.

    `articles` stand in order of time; `pairs` are the rows worth comparing, the lower first.
    """

    @cache
    def shingles(row: int) -> frozenset[tuple[str, ...]]:
        found = words(articles[row].text)
        return frozenset(zip(*(found[start:] for start in range(SHINGLE)), strict=False))

    original = list(range(len(articles)))
    for first, second in sorted(pairs):
        if repeats(shingles(first), shingles(second)):
            one, other = sorted((root(original, first), root(original, second)))
            original[other] = one
    return {row: root(original, row) for row in range(len(articles)) if original[row] != row}


def repeats(one: frozenset[tuple[str, ...]], other: frozenset[tuple[str, ...]]) -> bool:
    """Whether the shorter of two texts, as shingles, stands in the longer one."""
    fewer = min(len(one), len(other))
    return fewer >= SHORTEST and len(one & other) >= CONTAINED * fewer


def root(parents: list[int], row: int) -> int:
    """The row at the end of the chain of parents, which is shortened on the way."""
    while parents[row] != row:
        parents[row] = parents[parents[row]]
        row = parents[row]
    return row
