"""Sentences in, a B-, I- or O tag for each word out: a conditional random field (Lafferty et al. 2001), as it is read.

The weights are whole numbers, so that sums are exact and the same everywhere. What a word weighs by itself is kept
from one document to the next, and the sentences of a document are decoded side by side.
"""

from __future__ import annotations

import functools
import gzip
import itertools
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from briefing.language.clusters import NONE, Clusters
from briefing.language.features import Row, Sentences, Told, alone, pairs_of, shaped, together, trios

Whole = np.ndarray[tuple[int, ...], np.dtype[np.int32]]
Numbers = np.ndarray[tuple[int], np.dtype[np.int64]]
Key = tuple[str, ...]  # a word and its part of speech, or three shapes
STORED = np.dtype("<i2")  # how a weight is written
GRAIN = 1 / 256  # of the weights as they are kept: the tags come out as from the unrounded ones
KEPT = 100_000  # words whose sums are kept: some 40 MB
NOTHING = [""]  # no feature has this name


class _Kept:
    """What words (or trios of shapes) add to the labels of themselves and of the words around them, once weighed.

    `tell` gives the features of a key, `weigh` the sums of rows of them; `around`: how far behind a word those stand
    that it tells something of, itself first.
    """

    def __init__(
        self, tell: Callable[..., Told], weigh: Callable[[Sequence[Row]], Whole], around: tuple[int, ...]
    ) -> None:
        self.places: dict[Key, int] = {}
        self._tell, self._weigh, self._around = tell, weigh, around
        self._table = np.repeat(weigh([NOTHING])[None], len(around), axis=0)  # (around, places, labels)

    def sums(self, keys: Sequence[Key], home: Numbers) -> Whole:
        """(keys, labels): what each word is told by itself and those around it in its sentence, number `home`."""
        if len(self.places) > KEPT:
            self.places.clear()
        if new := [key for key in dict.fromkeys(keys) if key not in self.places]:
            self._keep(new)
        parts = self._table[:, [self.places[key] for key in keys]]
        total: Whole = parts[0]
        for by, part in zip(self._around[1:], parts[1:], strict=True):
            near, far = (slice(-by), slice(by, None)) if by > 0 else (slice(-by, None), slice(by))
            total[far] += part[near] * (home[near] == home[far])[:, None]
        return total

    def _keep(self, new: Sequence[Key]) -> None:
        first, told = len(self.places), [self._tell(*key) for key in new]
        self.places.update((key, place) for place, key in enumerate(new, first))
        while len(self.places) > self._table.shape[1]:
            self._table = np.concatenate([self._table, np.zeros_like(self._table)], axis=1)
        sums = self._weigh([row.get(by, NOTHING) for by in self._around for row in told])
        self._table[:, first : len(self.places)] = sums.reshape(len(self._around), len(new), -1)


@dataclass
class Field:
    """`weights[i, j]`: what feature i adds to label j; `steps[i, j]`: what label j gets behind label i.

    `clusters` are those of the words as in training.
    """

    labels: tuple[str, ...]
    names: tuple[str, ...]  # of the features
    weights: Whole
    steps: Whole
    clusters: Clusters = NONE

    def __post_init__(self) -> None:
        self._rows = {name: row for row, name in enumerate(self.names, 1)}
        self._weights = np.concatenate([np.zeros((1, len(self.labels)), dtype=np.int32), self.weights])
        self._words = _Kept(functools.partial(alone, clusters=self.clusters), self._weigh, (0, 1, -1, 2, -2))
        self._shapes = _Kept(shaped, self._weigh, (0, 1, -1))

    def tag(self, sentences: Sentences, told: Whole | None = None) -> list[list[str]]:
        """The most probable tags of each sentence; a sentence has at least one word.

        `told` (words, labels) is what somebody else says of each label, sentences one behind the other.
        """
        if not sentences:
            return []
        lengths = [len(words) for words, _ in sentences]
        home = np.repeat(np.arange(len(lengths)), lengths)
        scores = self._weigh([row for words, syntax in sentences for row in together(words, syntax, self.clusters)])
        scores += self._words.sums(pairs_of(sentences), home)
        scores += self._shapes.sums([trio for words, _ in sentences for trio in trios(words)], home)
        if told is not None:
            scores += told
        paths = best_paths(scores, lengths, self.steps)
        return [[self.labels[number] for number in path] for path in paths]

    def _weigh(self, rows: Sequence[Row]) -> Whole:
        """(rows, labels): the sums of the weights of each row of features, none of them empty."""
        numbers = list(map(self._rows.get, itertools.chain.from_iterable(rows), itertools.repeat(0)))
        starts = np.cumsum([0, *map(len, rows)])[:-1]
        return np.add.reduceat(self._weights[numbers], starts)

    def to_bytes(self) -> bytes:
        """The field for a file."""
        head = json.dumps({"labels": self.labels, "features": len(self.names)}).encode()
        names = "\n".join(self.names).encode()
        arrays = self.steps.astype(STORED).tobytes() + self.weights.T.astype(STORED).tobytes()
        return gzip.compress(b"%s\n%d\n%s%s" % (head, len(names), names, arrays), mtime=0)

    @classmethod
    def from_bytes(cls, data: bytes, clusters: Clusters = NONE) -> Field:
        """The field that `to_bytes` wrote; the clusters have a file of their own."""
        head, size, rest = gzip.decompress(data).split(b"\n", 2)
        labels, count = json.loads(head)["labels"], json.loads(head)["features"]
        names = rest[: int(size)].decode().split("\n")
        numbers = np.frombuffer(rest[int(size) :], dtype=STORED).astype(np.int32)
        steps, weights = np.split(numbers, [len(labels) ** 2])
        return cls(
            tuple(labels),
            tuple(names),
            np.ascontiguousarray(weights.reshape(len(labels), count).T),
            steps.reshape(len(labels), len(labels)),
            clusters,
        )


def best_paths(scores: Whole, lengths: Sequence[int], steps: Whole) -> list[list[int]]:
    """The best row of labels of each sentence; `scores` (words, labels) holds the sentences one behind the other.

    The algorithm of Viterbi (1967), one word of every sentence at a time, the longest sentences first.
    """
    order = sorted(range(len(lengths)), key=lambda number: -lengths[number])
    going = np.searchsorted([-lengths[number] for number in order], -np.arange(lengths[order[0]])).tolist()
    begins = np.cumsum([0, *lengths])[order]
    best, behind = scores[begins], []
    for at in range(1, lengths[order[0]]):
        still = going[at]
        ways = best[:still, :, None] + steps
        behind.append(ways.argmax(axis=1).tolist())
        best[:still] = ways.max(axis=1) + scores[begins[:still] + at]
    paths: list[list[int]] = [[] for _ in lengths]
    for place, number in enumerate(order):
        path = [int(best[place].argmax())]
        for at in range(lengths[number] - 2, -1, -1):
            path.append(behind[at][place][path[-1]])
        paths[number] = path[::-1]
    return paths
