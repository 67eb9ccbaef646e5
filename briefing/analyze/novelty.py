"""Sentences and what was told before in, how new each is out.

A sentence is as old as its nearest earlier sentence (Allan, Wade and Bolivar 2003): cosine of weighted terms. Terms are
weighed by how rare they are in what was told before, mixed with ordinary news: the names of a story that runs for
weeks stand in every sentence of it and say nothing about what is new.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from briefing.language.terms import frequencies, terms

PRIOR = 200  # ordinary sentences that are added to the earlier ones, so that the first day has weights too
USUAL = 20  # terms of a sentence of news
SPREAD = 0.06  # what a sentence e times as long loses of its nearest cosine: its weight lies on more terms
NEW = 0.55  # novelty from which a sentence is marked new: its nearest earlier one shares less than half its weight


def novelty(sentences: Sequence[str], before: Sequence[str]) -> tuple[float, ...]:
    """How new each sentence is after those `before`: from 0, told word for word, to 1, nothing in common."""
    told = [Counter(terms(sentence)) for sentence in before]
    weights = _Weights(told)
    holders: dict[str, list[int]] = {}
    for number, counts in enumerate(told):
        for term in counts:
            holders.setdefault(term, []).append(number)
    lengths = [weights.length(counts) for counts in told]
    return tuple(1 - _nearest(Counter(terms(sentence)), told, lengths, holders, weights) for sentence in sentences)


class _Weights(dict[str, float]):
    """Squared weight of a term: how rare it is in the earlier sentences and in ordinary news."""

    def __init__(self, told: Sequence[Counter[str]]) -> None:
        self.found = Counter(term for counts in told for term in counts)
        self.count = len(told) + PRIOR

    def __missing__(self, term: str) -> float:
        known = frequencies()
        ordinary = (known.terms.get(term, 0) + 0.5) * PRIOR / known.documents
        weight = self[term] = math.log(self.count / min(self.found[term] + ordinary, self.count)) ** 2
        return weight

    def length(self, counts: Counter[str]) -> float:
        return math.sqrt(math.fsum(self[term] * count * count for term, count in counts.items()))


def _nearest(
    counts: Counter[str],
    told: Sequence[Counter[str]],
    lengths: Sequence[float],
    holders: dict[str, list[int]],
    weights: _Weights,
) -> float:
    """The highest cosine with an earlier sentence, as it would be at usual length."""
    products: dict[int, float] = {}
    for term, count in counts.items():
        for number in holders.get(term, ()):
            products[number] = products.get(number, 0.0) + weights[term] * count * told[number][term]
    length = weights.length(counts)
    nearest = max((product / (length * lengths[k]) for k, product in products.items() if product > 0), default=0.0)
    if nearest == 0 or nearest > 1 - 1e-9:  # nothing shared, or told word for word
        return round(nearest)
    return min(1.0, max(0.0, nearest + SPREAD * math.log(counts.total() / USUAL)))
