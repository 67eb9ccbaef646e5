"""Vectors in, the graph of alike articles out: each article's nearest, near in words and in time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

TOP = 20  # neighbours kept for each article: more changed no group, fewer split large stories
LOWEST = 0.08  # similarity below which no link can matter: half of what makes a story
DECAY = 18.0  # square days: three days apart count 1/e^.5 = .61, a week .07
UNSURE = 0.4  # what distance in time cannot take away: one page in eight gives a wrong date
BLOCK = 2000  # rows multiplied at once: bounds memory


@dataclass(frozen=True, slots=True)
class Links:
    """Pairs of row numbers, `left` < `right`, sorted, and the cosine of each pair (time left out)."""

    left: Any
    right: Any
    cosine: Any


def nearness(apart: Any, *, spread: Any = 0.0) -> Any:
    """Factor from 1 (same day) down to UNSURE by days apart; `spread` is the variance of times around the two means."""
    width = DECAY + 2 * spread
    near = np.sqrt(DECAY / width) * np.exp(-np.square(np.nan_to_num(apart)) / width)
    return UNSURE + (1 - UNSURE) * near


def find_links(matrix: Any, days: Any, *, top: int = TOP, lowest: float = LOWEST) -> Links:
    """Links of each row to its `top` nearest, at least `lowest` near, cosine and time together."""
    transposed = matrix.T.tocsr()
    parts = [
        _nearest(matrix[start : start + BLOCK] @ transposed, start, days, top, lowest)
        for start in range(0, matrix.shape[0], BLOCK)
    ]
    rows, columns, cosines = (np.concatenate([part[k] for part in parts]) if parts else np.empty(0) for k in range(3))
    left, right = np.minimum(rows, columns).astype(np.int64), np.maximum(rows, columns).astype(np.int64)
    _, first = np.unique(left * matrix.shape[0] + right, return_index=True)
    return Links(left[first], right[first], cosines[first])


def _nearest(product: Any, start: int, days: Any, top: int, lowest: float) -> tuple[Any, Any, Any]:
    product = product.tocsr()
    rows = np.repeat(np.arange(start, start + product.shape[0]), np.diff(product.indptr))
    columns, cosines = product.indices, product.data
    near = cosines * nearness(days[rows] - days[columns])
    kept = (near >= lowest) & (rows != columns)
    rows, columns, cosines, near = rows[kept], columns[kept], cosines[kept], near[kept]
    order = np.lexsort((columns, -near, rows))
    rows = rows[order]
    kept = np.arange(len(rows)) - np.searchsorted(rows, rows) < top
    return rows[kept], columns[order][kept], cosines[order][kept]
