"""A forest of boosted decision trees, as plain numbers in a JSON file, and the probability that it gives."""

from __future__ import annotations

import functools
import json
from dataclasses import dataclass
from importlib import resources

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Forest:
    """Trees side by side, one row each: at a node, `feature` <= `threshold` goes left; a leaf's children are itself.

    `value`: what a leaf adds to the log-odds. `depth`: the longest way from a root to a leaf.
    """

    start: float
    depth: int
    feature: NDArray[np.int32]
    threshold: NDArray[np.float32]
    left: NDArray[np.int32]
    right: NDArray[np.int32]
    value: NDArray[np.float32]

    def probabilities(self, rows: NDArray[np.float32]) -> NDArray[np.float64]:
        """The probability of the positive class for each row of features."""
        trees = np.arange(len(self.feature))[None, :]
        node = np.zeros((len(rows), len(self.feature)), dtype=np.int32)
        at = np.arange(len(rows))[:, None]
        for _ in range(self.depth):
            goes_left = rows[at, self.feature[trees, node]] <= self.threshold[trees, node]
            node = np.where(goes_left, self.left[trees, node], self.right[trees, node])
        odds = self.start + self.value[trees, node].sum(axis=1, dtype=np.float64)
        return np.asarray(1.0 / (1.0 + np.exp(-odds)))


@functools.cache
def load(name: str) -> Forest:
    """The forest in this package's file `name`.json; read once per process."""
    record = json.loads(resources.files("briefing.clean").joinpath(f"{name}.json").read_text(encoding="utf-8"))
    return Forest(
        start=float(record["start"]),
        depth=int(record["depth"]),
        feature=np.array(record["feature"], dtype=np.int32),
        threshold=np.array(record["threshold"], dtype=np.float32),
        left=np.array(record["left"], dtype=np.int32),
        right=np.array(record["right"], dtype=np.int32),
        value=np.array(record["value"], dtype=np.float32),
    )
