"""Articles in, near-copies out: who repeats whose text.

Containment of word 4-grams (Broder 1997): an article repeats another when at least 80 % of the shorter one's 4-grams
stand in the longer one. Only linked articles are compared, for copies are always neighbours. Reports that merely
agree share a few per cent of their 4-grams.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache

from briefing.language.terms import words

SHINGLE = 4  # words; shorter ones are idiom, longer ones break at each small edit
CONTAINED = 0.8  # share of the shorter text's shingles
SHORTEST = 20  # shingles; below it equal words prove nothing
HELD = 4096  # texts held as shingles at once: bounds memory


def find_copies(text_of: Callable[[int], str], pairs: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The pairs of row numbers, of those worth comparing, whose texts repeat one another, sorted."""

    @lru_cache(HELD)
    def shingles(row: int) -> frozenset[tuple[str, ...]]:
        found = words(text_of(row))
        return frozenset(zip(*(found[start:] for start in range(SHINGLE)), strict=False))

    return [(one, other) for one, other in sorted(pairs) if repeats(shingles(one), shingles(other))]


def originals(count: int, pairs: Iterable[tuple[int, int]]) -> list[int]:
    """For each of `count` rows the first row that has its text, itself where it repeats none."""
    parents = list(range(count))
    for pair in pairs:
        one, other = sorted(root(parents, row) for row in pair)
        parents[other] = one
    return [root(parents, row) for row in range(count)]


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
