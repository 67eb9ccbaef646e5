"""A word's company in, scores of the labels out: a perceptron with one hidden layer over word vectors.

The words two to each side, and those that begin, end and touch the run of capitals a word stands in (after the window
of Collobert and others, 2011). A field weighs signs one by one and so learns its corpora by heart; vectors say the
same of words that no corpus held. Numbers are whole where they are added, so that sums are the same everywhere.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

import numpy as np

from briefing.language.clusters import Clusters
from briefing.language.features import Sentences, pairs_of, runs, shape

SEATS = 9  # words seen at a time: two before, the word, two behind; first, last, one before and one behind of its run
ROW = 5  # of them the first, that stand in a row
PLACES = 19  # of a word in its run: of three from the start, of three from the end, in a run that opens the sentence
KEPT = 20_000  # words whose sums are kept: 50 MB at a width of 64
FINE = 1024  # parts of one in the sums of the hidden layer
STORED = np.dtype("<f2")  # how a weight is written

Floats = np.ndarray[Any, np.dtype[np.float32]]
Whole = np.ndarray[Any, np.dtype[np.int32]]
Numbers = np.ndarray[Any, np.dtype[np.int64]]


class Vectors(Protocol):
    """Word vectors, as a pipeline holds them."""

    def __contains__(self, key: str) -> bool: ...

    def get_batch(self, keys: list[str]) -> Floats:
        """(keys, dimensions): their vectors."""


@dataclass
class Looks:
    """What a word looks like, in numbers: its vector or that of its cluster, its shape, its part of speech.

    `centres` (finest clusters, dimensions) stand for words without a vector; `signs` are the shapes and tags known.
    """

    signs: tuple[str, ...]
    centres: Floats

    def __post_init__(self) -> None:
        self._places = {sign: place for place, sign in enumerate(self.signs, self.centres.shape[1])}

    @property
    def size(self) -> int:
        """How many numbers a look has."""
        return int(self.centres.shape[1]) + len(self.signs)

    def of(self, words: Sequence[tuple[str, str]], vectors: Vectors, clusters: Clusters) -> Floats:
        """(words, size): the looks of words with their parts of speech."""
        looks = np.zeros((len(words), self.size), dtype=np.float32)
        dimensions = self.centres.shape[1]
        looks[:, :dimensions] = vectors.get_batch([word for word, _ in words])
        for look, (word, tag) in zip(looks, words, strict=True):
            if word not in vectors and (cluster := clusters.of(word)):
                look[:dimensions] = self.centres[cluster[-1]]
            for sign in signs_of(word, tag):
                if (place := self._places.get(sign)) is not None:
                    look[place] = 1
        return looks


def signs_of(word: str, tag: str) -> tuple[str, str]:
    """The shape and the part of speech of a word, as a look names them."""
    return f"s={shape(word)}", f"t={tag}"


def seats(sentences: Sequence[Sequence[str]]) -> tuple[Numbers, Numbers]:
    """(words, SEATS): who is in the seats of each word, 0 for nobody, else numbers from 1 on; and (words,): its place.

    Sentences of words stand one behind the other. The place says where in its run of capitals the word stands, and is
    0 outside one, at most `PLACES` - 1.
    """
    lengths = [len(words) for words in sentences]
    size = sum(lengths)
    rows, places = np.zeros((size, SEATS), dtype=np.int64), np.zeros(size, dtype=np.int64)
    row = np.zeros(size + 2 * len(lengths) + 2, dtype=np.int64)  # nobody twice before, between and behind sentences
    at = np.arange(size) + 2 * np.repeat(np.arange(1, len(lengths) + 1), lengths)
    row[at] = np.arange(1, size + 1)
    rows[:, :ROW] = np.lib.stride_tricks.sliding_window_view(row, ROW)[at - 2]
    first = 0
    for words in sentences:
        for start, end in runs(words):
            before, behind = first + start if start else 0, first + end + 1 if end < len(words) else 0
            rows[first + start : first + end, ROW:] = first + start + 1, first + end, before, behind
            places[first + start : first + end] = [
                1 + 6 * min(word - start, 2) + 2 * min(end - word - 1, 2) + (start == 0) for word in range(start, end)
            ]
        first += len(words)
    return rows, places


@dataclass
class Window:
    """Weights: `hidden` (SEATS, look, width), `inside` (PLACES, width), `outer` (width, labels), `last` (labels)."""

    looks: Looks
    hidden: Floats
    inside: Floats
    outer: Floats
    last: Floats
    _kept: dict[tuple[str, str], int] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        self._sums = np.zeros((1, SEATS, self.hidden.shape[2]), dtype=np.int32)
        self._hidden = self.hidden.transpose(1, 0, 2).reshape(self.looks.size, -1).astype(np.float64)
        self._inside = _fine(self.inside)
        self._outer = _fine(self.outer).astype(np.float64)

    def scores(self, sentences: Sentences, vectors: Vectors, clusters: Clusters, grain: float) -> Whole:
        """(words, labels): what each label gets, in whole numbers of `grain`; sentences one behind the other."""
        pairs = pairs_of(sentences)
        if len(self._kept) > KEPT:
            self._kept.clear()
        if new := [pair for pair in dict.fromkeys(pairs) if pair not in self._kept]:
            self._keep(new, vectors, clusters)
        numbers = np.array([0, *(self._kept[pair] for pair in pairs)])
        rows, places = seats([words for words, _ in sentences])
        sums = self._inside[places]
        for seat in range(ROW):
            sums += self._sums[numbers[rows[:, seat]], seat]
        loud = places.nonzero()[0]  # in a run of capitals; the last seats of the others are empty
        sums[loud] += self._sums[numbers[rows[loud, ROW:]], np.arange(ROW, SEATS)].sum(axis=1)
        outer = np.maximum(sums, 0).astype(np.float64) @ self._outer  # whole numbers below 2**53: exact in any order
        return np.asarray(np.round((outer / FINE**2 + self.last) / grain).astype(np.int32))

    def _keep(self, new: Sequence[tuple[str, str]], vectors: Vectors, clusters: Clusters) -> None:
        first = len(self._kept) + 1
        self._kept.update((pair, place) for place, pair in enumerate(new, first))
        while len(self._kept) >= len(self._sums):
            self._sums = np.concatenate([self._sums, np.zeros_like(self._sums)])
        sums = self.looks.of(new, vectors, clusters).astype(np.float64) @ self._hidden
        self._sums[first : first + len(new)] = _fine(sums).reshape(len(new), SEATS, -1)

    def to_bytes(self) -> bytes:
        """The perceptron for a file."""
        arrays = (self.looks.centres, self.hidden, self.inside, self.outer, self.last)
        head = {"signs": self.looks.signs, "shapes": [array.shape for array in arrays]}
        data = b"".join(array.astype(STORED).tobytes() for array in arrays)
        return gzip.compress(json.dumps(head).encode() + b"\n" + data, mtime=0)

    @classmethod
    def from_bytes(cls, data: bytes) -> Window:
        """The perceptron that `to_bytes` wrote."""
        head, numbers = gzip.decompress(data).split(b"\n", 1)
        facts = json.loads(head)
        ends = np.cumsum([int(np.prod(shape)) for shape in facts["shapes"]])
        parts = np.split(np.frombuffer(numbers, dtype=STORED).astype(np.float32), ends[:-1])
        centres, hidden, inside, outer, last = (
            part.reshape(shape) for part, shape in zip(parts, facts["shapes"], strict=True)
        )
        return cls(Looks(tuple(facts["signs"]), centres), hidden, inside, outer, last)


def _fine(weights: np.ndarray[Any, Any]) -> Whole:
    return np.asarray(np.round(weights * FINE).astype(np.int32))
