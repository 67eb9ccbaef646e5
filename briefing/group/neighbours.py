"""Vectors in, the graph of alike articles out: each article's nearest, near in words and in time."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from briefing.group.vectors import first_of_each
from briefing.mapping import Map

TOP = 20  # neighbours kept for each article: enough to connect a story of hundreds, few enough for memory
LOWEST = 0.14  # similarity below which a link cannot matter: a little less than what makes a story
SPREAD = 2000  # articles above which a term no longer proposes neighbours (it still counts): keeps the cost linear
DECAY = 12.0  # square days: a day apart counts .92, two .72, three .47, a week .02
UNSURE = 0.35  # what distance in time cannot take from one article: its date may be that of its capture
BLOCK = 1000  # rows multiplied at once: bounds memory
SCALE = 1 << 20  # steps in which distances are packed
PAIRS = 100_000  # pairs of rows multiplied at once: bounds memory


@dataclass(frozen=True, slots=True)
class Links:
    """Pairs of row numbers, `left` < `right`, sorted, and the cosine of each pair (time left out)."""

    left: Any
    right: Any
    cosine: Any

    def joined(self, other: Links) -> Links:
        """These links and the others."""
        ends = zip((self.left, self.right, self.cosine), (other.left, other.right, other.cosine), strict=True)
        left, right, cosine = (np.concatenate(pair) for pair in ends)
        order = np.lexsort((right, left))
        return Links(left[order], right[order], cosine[order])


NO_LINKS = Links(np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0))


def nearness(apart: Any, unsure: Any, *, spread: Any = 0.0) -> Any:
    """Factor from 1 (same day) to `unsure` by days apart; `spread` is the variance of times around the two means."""
    width = DECAY + 2 * spread
    apart = np.where(np.isnan(apart), 0, apart)
    return unsure + (1 - unsure) * np.sqrt(DECAY / width) * np.exp(-np.square(apart) / width)


def find_links(matrix: Any, days: Any, *, since: int = 0, map: Map = map) -> Links:
    """Links of each row from `since` on to the TOP nearest of all, at least LOWEST near, cosine and time together.

    Blocks of rows are searched through `map`, which keeps their order.
    """
    spread = np.bincount(matrix.indices, minlength=matrix.shape[1])
    telling = _columns(matrix.astype(np.float32), spread <= SPREAD)
    common = _columns(matrix.copy(), spread > SPREAD)
    transposed = telling.T.tocsr()
    blocks = range(since, matrix.shape[0], BLOCK)
    parts = list(map(partial(_search, telling, transposed, days), blocks))
    pairs, cosines = (np.concatenate([part[k] for part in parts] or [[]]) for k in (0, 1))
    pairs, first = np.unique(pairs.astype(np.int64), return_index=True)
    left, right = np.divmod(pairs, max(matrix.shape[0], 1))
    return Links(left, right, cosines[first] + products(common, left, right))


def _search(telling: Any, transposed: Any, days: Any, start: int) -> tuple[Any, Any]:
    return _nearest(telling[start : start + BLOCK] @ transposed, start, days)


def _columns(matrix: Any, chosen: Any) -> Any:
    """The matrix, emptied outside the chosen columns."""
    matrix.data[~chosen[matrix.indices]] = 0
    matrix.eliminate_zeros()
    return matrix


def _nearest(product: Any, start: int, days: Any) -> tuple[Any, Any]:
    """The nearest of some rows' products with all: each pair as one number, left x rows + right, and its product.

    Row, distance and column are packed into one number: plain numbers are sorted several times faster than keys.
    The product comes back from the distance, exact to six places.
    """
    near = np.flatnonzero(product.data >= LOWEST)
    rows = np.searchsorted(product.indptr, near, side="right") - 1
    columns = product.indices[near].astype(np.int64)
    value = product.data[near] * nearness(days[start + rows] - days[columns], UNSURE)
    kept = np.flatnonzero((value >= LOWEST) & (start + rows != columns))
    distance = ((2 - value[kept]) * SCALE).astype(np.int64)
    packed = np.sort((rows[kept] << 53) | (distance << 32) | columns[kept])
    packed = packed[first_of_each(packed >> 53, TOP)]
    rows, distance, columns = start + (packed >> 53), (packed >> 32) & 0x1FFFFF, packed & 0xFFFFFFFF
    cosine = (2 - distance / SCALE) / nearness(days[rows] - days[columns], UNSURE)
    return np.minimum(rows, columns) * product.shape[1] + np.maximum(rows, columns), cosine


def products(matrix: Any, left: Any, right: Any) -> Any:
    """The product of each pair of rows."""
    blocks = (slice(start, start + PAIRS) for start in range(0, len(left), PAIRS))
    parts = [matrix[left[block]].multiply(matrix[right[block]]).sum(axis=1) for block in blocks]
    return np.concatenate([np.asarray(part).ravel() for part in parts]) if parts else np.empty(0)
