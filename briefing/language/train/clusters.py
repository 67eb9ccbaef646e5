"""Word vectors in, clusters of words out: spherical k-means (Dhillon and Modha 2001), the coarse ones of the fine ones.

The centres come from the most frequent words; then every word goes to the nearest. Names are rare words, and it is for
them that clusters are made, so all words that have a vector are kept.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from briefing.language.clusters import Clusters
from briefing.language.train.vectors import Floats

FINEST = 4096  # clusters
COARSER = (1024, 256, 64)  # clusters of clusters
FREQUENT = 100_000  # words that the centres are made of
ROUNDS = 12  # after which hardly a word changes its cluster
BLOCK = 4096  # words compared at a time

Numbers = np.ndarray[tuple[int], np.dtype[np.int64]]


def make_clusters(words: Sequence[str], vectors: Floats, *, seed: int) -> Clusters:
    """The clusters of the words, most frequent first; `vectors` (words, dimensions) are theirs."""
    chance = np.random.default_rng(seed)
    rows = _unit(vectors - vectors.mean(axis=0))
    frequent = rows[:FREQUENT]
    centres = _centres(frequent, np.ones(len(frequent), dtype=np.float32), min(FINEST, len(frequent)), chance)
    finest = _nearest(rows, centres)
    sizes = np.bincount(finest, minlength=len(centres)).astype(np.float32)
    levels = [_nearest(centres, _centres(centres, sizes, min(k, len(centres)), chance)) for k in COARSER]
    paths = list(zip(*(level.tolist() for level in reversed(levels)), strict=True))
    members: defaultdict[int, list[str]] = defaultdict(list)
    for word, place in zip(words, finest.tolist(), strict=True):
        members[place].append(word)
    used = sorted(members, key=lambda place: (paths[place], place))
    return Clusters(tuple(tuple(sorted(members[place])) for place in used), tuple(paths[place] for place in used))


def _centres(rows: Floats, weights: Floats, count: int, chance: np.random.Generator) -> Floats:
    """(count, dimensions): the centres of so many clusters of rows of length 1, which count by their weights."""
    centres = rows[np.sort(chance.choice(len(rows), count, replace=False))]
    for _ in range(ROUNDS):
        nearest = _nearest(rows, centres)
        order = np.argsort(nearest, kind="stable")
        filled, starts = np.unique(nearest[order], return_index=True)
        sums = np.add.reduceat((rows * weights[:, None])[order], starts)
        centres = centres.copy()
        centres[filled] = _unit(sums)
    return np.asarray(centres)


def _nearest(rows: Floats, centres: Floats) -> Numbers:
    blocks = [(rows[at : at + BLOCK] @ centres.T).argmax(axis=1) for at in range(0, len(rows), BLOCK)]
    return np.concatenate(blocks)


def _unit(rows: Floats) -> Floats:
    """The rows at length 1; a row of zeros stays one."""
    return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), np.float32(1e-9)))
