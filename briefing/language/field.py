"""Sentences in, a B-, I- or O tag for each word out: a conditional random field (Lafferty et al. 2001), as it is read.

The weights are whole numbers, so that sums are exact and the same everywhere. What a word weighs by itself is kept
from one document to the next, and the sentences of a document are decoded side by side.
"""

from __future__ import annotations

import gzip
import itertools
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from briefing.language.clusters import NONE, Clusters
from briefing.language.features import Row, Syntax, alone, together

Whole = np.ndarray[tuple[int, ...], np.dtype[np.int32]]
Sentences = Sequence[tuple[Sequence[str], Sequence[Syntax]]]  # words and their syntax
STORED = np.dtype("<i2")  # how a weight is written
GRAIN = 1 / 256  # of the weights as they are kept: the tags come out as from the unrounded ones
KEPT = 100_000  # words whose sums are kept: some 25 MB


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
    _kept: dict[tuple[str, str], int] = field(default_factory=dict, repr=False)  # of a word and its part of speech

    def __post_init__(self) -> None:
        self._rows = {name: row for row, name in enumerate(self.names, 1)}
        self._weights = np.concatenate([np.zeros((1, len(self.labels)), dtype=np.int32), self.weights])
        self._words = np.zeros((3, 1024, len(self.labels)), dtype=np.int32)  # for itself, the next word, the last one

    def tag(self, sentences: Sentences, told: Whole | None = None) -> list[list[str]]:
        """The most probable tags of each sentence; a sentence has at least one word.

        `told` (words, labels) is what somebody else says of each label, sentences one behind the other.
        """
        if not sentences:
            return []
        scores = self._placed(sentences) + self._alone(sentences)
        if told is not None:
            scores += told
        paths = best_paths(scores, [len(words) for words, _ in sentences], self.steps)
        return [[self.labels[number] for number in path] for path in paths]

    def _placed(self, sentences: Sentences) -> Whole:
        rows = [row for words, syntax in sentences for row in together(words, syntax, self.clusters)]
        return _sums(self._weights[self._numbers(rows)], map(len, rows))

    def _numbers(self, rows: Iterable[Row]) -> list[int]:
        """Where the weights of the features stand, one row behind the other; 0 for those that weigh nothing."""
        return list(map(self._rows.get, itertools.chain.from_iterable(rows), itertools.repeat(0)))

    def _alone(self, sentences: Sentences) -> Whole:
        if len(self._kept) > KEPT:
            self._kept.clear()
        keys = [(word, tag) for words, syntax in sentences for word, (tag, _, _) in zip(words, syntax, strict=True)]
        places = list(map(self._kept.get, keys))
        if None in places:
            self._keep(dict.fromkeys(key for key, place in zip(keys, places, strict=True) if place is None))
            places = list(map(self._kept.get, keys))
        own, behind, before = self._words[:, np.array(places)]
        ends = np.cumsum([len(words) for words, _ in sentences])
        behind[ends - 1] = 0
        before[0] = before[ends[:-1]] = 0
        own[1:] += behind[:-1]
        own[:-1] += before[1:]
        return np.asarray(own)

    def _keep(self, new: Iterable[tuple[str, str]]) -> None:
        first = len(self._kept)
        self._kept.update((key, place) for place, key in enumerate(new, first))
        while len(self._kept) > self._words.shape[1]:
            self._words = np.concatenate([self._words, np.zeros_like(self._words)], axis=1)
        for part, rows in enumerate(zip(*(alone(*key, self.clusters) for key in new), strict=True)):
            self._words[part, first : len(self._kept)] = _sums(self._weights[self._numbers(rows)], map(len, rows))

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


def _sums(rows: Whole, lengths: Iterable[int]) -> Whole:
    """The sums of so many rows each, one behind the other; none is empty."""
    starts = np.cumsum([0, *lengths])[:-1]
    return np.add.reduceat(rows, starts)


def best_paths(scores: Whole, lengths: Sequence[int], steps: Whole) -> list[list[int]]:
    """The best row of labels of each sentence; `scores` (words, labels) holds the sentences one behind the other.

    The algorithm of Viterbi (1967), one word of every sentence at a time, the longest sentences first.
    """
    order = sorted(range(len(lengths)), key=lambda number: -lengths[number])
    begins = np.cumsum([0, *lengths])[order]
    best, behind = scores[begins], []
    for at in range(1, lengths[order[0]]):
        still = sum(length > at for length in lengths)
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
