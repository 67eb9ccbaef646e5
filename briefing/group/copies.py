"""Articles in, near-copies out: who repeats whose text.

Containment of word 4-grams (Broder 1997): an article repeats another when at least 80 % of the shorter one's 4-grams
stand in the longer one. Only linked articles are compared, for copies are always neighbours. Reports that merely
agree share a few per cent of their 4-grams.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

import numpy as np

from briefing.group.vectors import ascending
from briefing.language.terms import words

SHINGLE = 4  # words; shorter ones are idiom, longer ones break at each small edit
CONTAINED = 0.8  # share of the shorter text's shingles
SHORTEST = 20  # shingles; below it equal words prove nothing
LEAST = SHORTEST + SHINGLE  # characters of a text with that many shingles; a script without spaces has two to a word
HELD = 4096  # texts held as shingles at once: bounds memory
BASE = np.uint64(0x9E3779B97F4A7C15)  # odd, so that no bit of a word's number is lost in a shingle of 64 bits


def find_copies(text_of: Callable[[int], str], pairs: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The pairs of row numbers, of those worth comparing, whose texts repeat one another, sorted."""
    numbers = _Numbers()

    @lru_cache(HELD)
    def shingles(row: int) -> Any:
        return _shingles(words(text_of(row)), numbers)

    asked = sorted(pairs)
    told = {row for row in {row for pair in asked for row in pair} if len(text_of(row)) >= LEAST}
    asked = [(one, other) for one, other in asked if one in told and other in told]
    return [(one, other) for one, other in asked if repeats(shingles(one), shingles(other))]


class _Numbers(dict[str, int]):
    """A number for each word, in order of appearance."""

    def __missing__(self, word: str) -> int:
        number = self[word] = len(self) + 1
        return number


def _shingles(text: list[str], numbers: _Numbers) -> Any:
    """The SHINGLE neighbouring words of a text, each as one number of 64 bits, ascending, each once."""
    found = np.fromiter(map(numbers.__getitem__, text), np.uint64, len(text))
    count = max(len(found) - SHINGLE + 1, 0)
    coded = np.zeros(count, np.uint64)
    for place in range(SHINGLE):
        coded = coded * BASE + found[place : place + count]
    return ascending(coded)


def originals(count: int, pairs: Iterable[tuple[int, int]]) -> list[int]:
    """For each of `count` rows the first row that has its text, itself where it repeats none."""
    parents = list(range(count))
    for pair in pairs:
        one, other = sorted(root(parents, row) for row in pair)
        parents[other] = one
    return [root(parents, row) for row in range(count)]


def repeats(one: Any, other: Any) -> bool:
    """Whether the shorter of two texts, as ascending shingles, stands in the longer one."""
    shorter, longer = (one, other) if len(one) <= len(other) else (other, one)
    if len(shorter) < SHORTEST:
        return False
    places = np.minimum(np.searchsorted(longer, shorter), len(longer) - 1)
    return bool(np.count_nonzero(longer[places] == shorter) >= CONTAINED * len(shorter))


def root(parents: list[int], row: int) -> int:
    """The row at the end of the chain of parents, which is shortened on the way."""
    while parents[row] != row:
        parents[row] = parents[parents[row]]
        row = parents[row]
    return row
