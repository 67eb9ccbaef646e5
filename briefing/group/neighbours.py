"""Vectors in, the graph of alike articles out: each article's nearest, near in words and in time."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from briefing.group.vectors import ascending, first_of_each
from briefing.mapping import Map

TOP = 20  # neighbours kept for each article: enough to connect a story of hundreds, few enough for memory
LOWEST = 0.16  # similarity below which a link cannot matter: a little less than what makes a story
SPREAD = 2000  # articles above which a term no longer proposes neighbours (it still counts): keeps the cost linear
DECAY = 12.0  # square days: a day apart counts .92, two .72, three .47, a week .02
DOUBTED = 0.6  # what distance in time cannot take from an article that nothing near in time is like
ASKED = 16  # heaviest terms by which an article asks: half of KEPT give the same stories in two fifths of the time
HINT = 0.12  # product of those terms from which a pair is weighed exactly: three quarters of LOWEST
BLOCK = 500  # rows multiplied at once: bounds memory
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


def nearness(apart: Any, doubt: float, *, spread: Any = 0.0) -> Any:
    """Factor from 1 (same day) to `doubt` by days apart; `spread` is the variance of times around the two means."""
    width = DECAY + 2 * spread
    apart = np.where(np.isnan(apart), 0, apart)
    return doubt + (1 - doubt) * np.sqrt(DECAY / width) * np.exp(-np.square(apart) / width)


def find_links(matrix: Any, days: Any, *, since: int = 0, map: Map = map) -> Links:
    """Links of each row from `since` on to the TOP nearest of all, at least LOWEST near, cosine and time together.

    Blocks of rows are searched through `map`, which keeps their order.
    """
    spread = np.bincount(matrix.indices, minlength=matrix.shape[1])
    telling = matrix.astype(np.float32)
    _empty(telling, spread[telling.indices] > SPREAD)
    search = partial(_search, telling, telling.T.tocsr(), days)
    found = list(map(search, range(since, matrix.shape[0], BLOCK)))
    left, right = np.divmod(ascending(np.concatenate([*found, NO_LINKS.left])), max(matrix.shape[0], 1))
    cosine = products(matrix, left, right)
    near = cosine * nearness(days[left] - days[right], DOUBTED) >= LOWEST
    return Links(left[near], right[near], cosine[near])


def _search(telling: Any, transposed: Any, days: Any, start: int) -> Any:
    """The nearest of some rows, asked for by their heaviest terms alone: each pair as one number, left x rows + right.

    Row, distance and column are packed into one number: plain numbers are sorted several times faster than keys.
    """
    asking = telling[start : start + BLOCK]
    rows = np.repeat(np.arange(asking.shape[0]), np.diff(asking.indptr))
    order = np.lexsort((-asking.data, rows))
    _empty(asking, order[~first_of_each(rows[order], ASKED)])
    product = asking @ transposed
    near = np.flatnonzero(product.data >= HINT)
    rows = np.searchsorted(product.indptr, near, side="right") - 1
    columns = product.indices[near].astype(np.int64)
    value = product.data[near] * nearness(days[start + rows] - days[columns], DOUBTED)
    kept = np.flatnonzero((value >= HINT) & (start + rows != columns))
    distance = ((2 - value[kept]) * SCALE).astype(np.int64)
    packed = np.sort((rows[kept] << 53) | (distance << 32) | columns[kept])
    packed = packed[first_of_each(packed >> 53, TOP)]
    rows, columns = start + (packed >> 53), packed & 0xFFFFFFFF
    return np.minimum(rows, columns) * product.shape[1] + np.maximum(rows, columns)


def _empty(matrix: Any, entries: Any) -> None:
    """Take these entries, a mask or their places, out of the matrix."""
    matrix.data[entries] = 0
    matrix.eliminate_zeros()


def products(matrix: Any, left: Any, right: Any) -> Any:
    """The product of each pair of rows."""
    blocks = (slice(start, start + PAIRS) for start in range(0, len(left), PAIRS))
    parts = [matrix[left[block]].multiply(matrix[right[block]]).sum(axis=1) for block in blocks]
    return np.concatenate([np.asarray(part).ravel() for part in parts]) if parts else np.empty(0)
