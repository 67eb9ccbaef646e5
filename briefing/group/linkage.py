"""The graph of alike articles in, story numbers out: average linkage, many merges at once.

All pairs of clusters that are each other's nearest are merged in one round, until no pair is near enough. Average
linkage is reducible (Bruynooghe 1977), so this gives the merges of the one-at-a-time algorithm in some twenty
rounds of matrix arithmetic. The average over all pairs of two clusters is exact: it is the product of the sums of
their vectors. Only pairs with a link between them are looked at.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy.sparse as sp

from briefing.group.neighbours import LOWEST, Links, nearness

SAME_STORY = 0.15  # average similarity of two reports of one event and more; see docs/decisions/0005
BLOCK = 100_000  # pairs of rows multiplied at once: bounds memory


@dataclass(frozen=True, slots=True)
class _Clusters:
    """Sums over the members of each cluster: vectors, articles, dated articles, their days and squared days."""

    vectors: Any
    moments: Any  # columns: articles, dated articles, days, squared days

    def merged(self, into: Any) -> _Clusters:
        """The clusters that have the same number in `into` added up."""
        chooser = sp.csr_matrix((np.ones(len(into)), (into, np.arange(len(into)))))
        return _Clusters((chooser @ self.vectors).tocsr(), chooser @ self.moments)

    def similarity(self, left: Any, right: Any, dots: Any) -> Any:
        """Average cosine of the pairs, times the nearness of their average days."""
        size, dated, day, square = self.moments.T
        mean = np.where(dated > 0, day / np.maximum(dated, 1), np.nan)
        spread = np.maximum(square / np.maximum(dated, 1) - np.square(np.nan_to_num(mean)), 0)
        near = nearness(mean[left] - mean[right], spread=spread[left] + spread[right])
        return dots / (size[left] * size[right]) * near


def cluster(matrix: Any, days: Any, links: Links, *, threshold: float = SAME_STORY) -> Any:
    """The cluster number of each row: an array of int, numbered by first row."""
    labels = np.arange(matrix.shape[0])
    dated = ~np.isnan(days)
    known = np.where(dated, days - np.nanmin(days) if dated.any() else 0, 0)
    clusters = _Clusters(matrix, np.column_stack([np.ones(len(days)), dated, known, np.square(known)]))
    left, right, dots = links.left, links.right, links.cosine
    while len(left):
        near = clusters.similarity(left, right, dots)
        alive = near >= LOWEST
        left, right, dots, near = left[alive], right[alive], dots[alive], near[alive]
        ones, others = _nearest_pairs(left, right, near, len(clusters.moments), threshold)
        if not len(ones):
            break
        into = np.arange(len(clusters.moments))
        into[others] = ones
        _, into = np.unique(into, return_inverse=True)
        labels, clusters = into[labels], clusters.merged(into)
        left, right, dots = _contracted(left, right, dots, into, into[ones], clusters.vectors)
    return labels


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


def _contracted(left: Any, right: Any, dots: Any, into: Any, grown: Any, vectors: Any) -> tuple[Any, Any, Any]:
    """The links between clusters after a merge; those of the clusters that have `grown` get new products."""
    one, other = into[left], into[right]
    low, high = np.minimum(one, other), np.maximum(one, other)
    between = low != high
    low, high, dots = low[between], high[between], dots[between]
    _, first = np.unique(low * vectors.shape[0] + high, return_index=True)
    low, high, dots = low[first], high[first], dots[first]
    changed = np.zeros(vectors.shape[0], dtype=bool)
    changed[grown] = True
    stale = changed[low] | changed[high]
    dots[stale] = products(vectors, low[stale], high[stale])
    return low, high, dots


def products(matrix: Any, left: Any, right: Any) -> Any:
    """The product of each pair of rows."""
    blocks = (slice(start, start + BLOCK) for start in range(0, len(left), BLOCK))
    parts = [matrix[left[block]].multiply(matrix[right[block]]).sum(axis=1) for block in blocks]
    return np.concatenate([np.asarray(part).ravel() for part in parts]) if parts else np.empty(0)
