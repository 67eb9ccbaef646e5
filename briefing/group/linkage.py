"""The graph of alike articles in, story numbers out: agglomeration, many merges at once.

All pairs of clusters that are each other's nearest are merged in one round, until no pair is near enough; for
reducible similarities this gives the merges of the one-at-a-time algorithm (Bruynooghe 1977), in some twenty rounds
of matrix arithmetic. Averages over all pairs of two clusters are the products of the sums of their vectors.
Only pairs with a link between them are looked at.

The similarity stands between average linkage, which breaks up large stories, and the cosine of centroids,
which chains small ones: the average over the pairs, divided by a root of the clusters' own averages. Clusters that lie
apart in time are less near, so that what recurs every week is told apart.

The date of an article that stays alone is doubted: pages show the day of their capture, and nothing of that day is like
them. It is adopted by the story it is most like, as the stories then stand; so the adopted can form no chain.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy.sparse as sp

from briefing.group.neighbours import DOUBTED, Links, nearness, products
from briefing.group.vectors import ascending, first_of_each

SAME_STORY = 0.18  # similarity from which two clusters are one story; see docs/decisions/0005
WIDE = 256  # terms of a cluster; what a large story says beyond its heaviest terms does not tell it from others
HOPE = 0.5  # share of the threshold below which a pair is given up: merges seldom bring clusters nearer
COHERENCE = 0.35  # exponent of the clusters' own averages: 0 is average linkage, 0.5 the cosine of centroids


@dataclass(frozen=True, slots=True)
class _Clusters:
    """Sums over the members of each cluster: vectors, articles, dated articles, their days and squared days."""

    vectors: Any
    moments: Any  # columns: articles, dated articles, days, squared days
    squares: Any  # square length of the summed vector

    def merged(self, into: Any, grown: Any) -> _Clusters:
        """The clusters that have the same number in `into` added up; `grown` are the numbers that more than one has."""
        chooser = sp.csr_matrix((np.ones(len(into)), (into, np.arange(len(into)))))
        vectors = _heaviest((chooser @ self.vectors).tocsr())
        squares = np.zeros(vectors.shape[0])
        squares[into] = self.squares
        squares[grown] = products(vectors, grown, grown)
        return _Clusters(vectors, chooser @ self.moments, squares)

    def similarity(self, left: Any, right: Any, dots: Any, *, doubt: float = 0.0) -> Any:
        """How near the two clusters of each pair are; `dots`: the products of their vectors; `doubt` as in nearness."""
        size, dated, day, square = self.moments.T
        mean = np.where(dated > 0, day / np.maximum(dated, 1), np.nan)
        spread = np.where(dated > 0, np.maximum(square / np.maximum(dated, 1) - np.square(mean), 0), 0)
        near = nearness(mean[left] - mean[right], doubt, spread=spread[left] + spread[right])
        own = np.maximum(self.squares / np.square(size), 1e-12) ** COHERENCE
        return dots / (size[left] * size[right]) / (own[left] * own[right]) * near


def cluster(matrix: Any, days: Any, links: Links, *, start: Any = None, threshold: float = SAME_STORY) -> Any:
    """The cluster number of each row: an array of int; rows with one number in `start` are together from the outset."""
    clusters, labels = _merged(_each(matrix, days), links, start, threshold)
    return _adopted(clusters, labels, links, threshold)


def _each(matrix: Any, days: Any) -> _Clusters:
    """Each row as a cluster of its own."""
    dated = ~np.isnan(days)
    known = np.where(dated, days - np.nanmin(days) if dated.any() else 0, 0)
    moments = np.column_stack([np.ones(len(days)), dated, known, np.square(known)])
    return _Clusters(matrix, moments, np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())


def _merged(clusters: _Clusters, links: Links, start: Any, threshold: float) -> tuple[_Clusters, Any]:
    """The clusters merged until none are near enough, and the cluster number of each row."""
    labels = np.arange(len(clusters.moments))
    left, right, dots = links.left, links.right, links.cosine
    if start is not None:
        _, labels, size = np.unique(start, return_inverse=True, return_counts=True)
        clusters = clusters.merged(labels, np.flatnonzero(size > 1))
        left, right, dots = _contracted(left, right, dots, labels, clusters.vectors)
    while len(left):
        near = clusters.similarity(left, right, dots)
        alive = near >= HOPE * threshold
        left, right, dots, near = left[alive], right[alive], dots[alive], near[alive]
        ones, others = _nearest_pairs(left, right, near, len(clusters.moments), threshold)
        if not len(ones):
            break
        into = np.arange(len(clusters.moments))
        into[others] = ones
        _, into = np.unique(into, return_inverse=True)
        labels, clusters = into[labels], clusters.merged(into, into[ones])
        left, right, dots = _contracted(left, right, dots, into, clusters.vectors)
    return clusters, labels


def _adopted(clusters: _Clusters, labels: Any, links: Links, threshold: float) -> Any:
    """The numbers with those of articles alone changed to that of the story each is most like, where near enough."""
    size = clusters.moments[:, 0]
    one, other = labels[links.left], labels[links.right]
    alone, story = np.where(size[one] == 1, one, other), np.where(size[one] == 1, other, one)
    asked = (size[alone] == 1) & (size[story] > 1)
    alone, story = np.divmod(ascending(alone[asked] * len(size) + story[asked]), len(size))
    near = clusters.similarity(alone, story, products(clusters.vectors, alone, story), doubt=DOUBTED)
    order = np.lexsort((story, -near, alone))
    order = order[first_of_each(alone[order], 1) & (near[order] >= threshold)]
    into = np.arange(len(size))
    into[alone[order]] = story[order]
    return into[labels]


def _nearest_pairs(left: Any, right: Any, near: Any, number: int, threshold: float) -> tuple[Any, Any]:
    """The pairs that are each other's nearest; of equally near ones the lowest number counts as nearest."""
    enough = near >= threshold
    left, right, near = left[enough], right[enough], near[enough]
    best, partner = np.zeros(number), np.full(number, number)
    for ends in (left, right):
        np.maximum.at(best, ends, near)
    for one, other in ((left, right), (right, left)):
        equal = near == best[one]
        np.minimum.at(partner, one[equal], other[equal])
    mutual = (partner[left] == right) & (partner[right] == left)
    return left[mutual], right[mutual]


def _heaviest(vectors: Any) -> Any:
    """The vectors, those with more than WIDE terms cut down to their heaviest half of that."""
    wide = np.flatnonzero(np.diff(vectors.indptr) > WIDE)
    if not len(wide):
        return vectors
    kept = np.ones(vectors.nnz, dtype=bool)
    for row in wide.tolist():
        values = vectors.data[vectors.indptr[row] : vectors.indptr[row + 1]]
        lightest = np.argsort(-values, kind="stable")[WIDE // 2 :]
        kept[vectors.indptr[row] + lightest] = False
    vectors.data[~kept] = 0
    vectors.eliminate_zeros()
    return vectors


def _contracted(left: Any, right: Any, dots: Any, into: Any, vectors: Any) -> tuple[Any, Any, Any]:
    """The links between clusters after a merge; products add up where all parts were linked, else are made anew."""
    one, other = into[left], into[right]
    low, high = np.minimum(one, other), np.maximum(one, other)
    between = low != high
    keys, place, found = np.unique((low * vectors.shape[0] + high)[between], return_inverse=True, return_counts=True)
    dots = np.bincount(place, weights=dots[between], minlength=len(keys))
    low, high = np.divmod(keys, vectors.shape[0])
    parts = np.bincount(into)
    stale = found < parts[low] * parts[high]
    dots[stale] = products(vectors, low[stale], high[stale])
    return low, high, dots
