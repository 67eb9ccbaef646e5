"""Reading made fast without changing what is read: single-threaded matrix products, words embedded once.

The encoder's first layers see one word at a time, so what they say of a word is kept. Words are embedded in blocks of
one size, so that the numbers for a word do not depend on which words came with it. The layers behind them are written
out in numpy: the same sums as thinc's to the last bits, in less than half the time, for nothing is kept for training.
"""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from spacy.attrs import NORM, ORTH
from spacy.tokens import Doc
from spacy.vocab import Vocab
from thinc.api import Model, NumpyOps, get_current_ops, set_current_ops
from threadpoolctl import ThreadpoolController

BLOCK = 64  # words embedded at a time, always
TINY = 1e-8  # what thinc adds to a variance
KEPT = 100_000  # words whose numbers are kept: 40 MB at a width of 96

Floats = np.ndarray[Any, Any]


@contextlib.contextmanager
def plain_numpy() -> Iterator[None]:
    """Models made or read inside multiply by numpy's BLAS: three times as fast as thinc's own on current processors."""
    before = get_current_ops()
    set_current_ops(NumpyOps(use_blis=False))
    try:
        yield
    finally:
        set_current_ops(before)


@functools.cache
def _controller() -> ThreadpoolController:
    return ThreadpoolController()


@contextlib.contextmanager
def one_thread() -> Iterator[None]:
    """Matrix products inside run in one thread: these matrices are too small to share, and sums keep their order."""
    with _controller().limit(limits=1, user_api="blas"):
        yield


def make_fast(encoder: Model[Any, Any], vocab: Vocab) -> None:
    """Makes an encoder (a chain of embedding and context) remember words and read contexts fast; for good."""
    embed, context = encoder.layers
    kept, layers = _Kept(embed.predict, vocab), _layers(context)
    encoder.layers[0] = Model("kept_embeddings", lambda model, docs, is_train: (kept(docs), _no_training))
    encoder.layers[1] = Model(
        "plain_context", lambda model, rows, is_train: ([in_context(row, layers) for row in rows], _no_training)
    )


class Chunks:
    """A spaCy tokenizer that keeps how each run of letters and marks between white space is cut.

    spaCy's own stops keeping them where a text has the first that it has a rule for ("U.S."), which is soon.
    """

    def __init__(self, tokenizer: Any) -> None:
        self.cut, self.seen = tokenizer, set(tokenizer.rules)
        tokenizer.max_cache_size = KEPT

    def __call__(self, text: str) -> Doc:
        """The document of a text, as the tokenizer makes it."""
        if len(self.seen) < KEPT:
            new = set(text.split()) - self.seen
            for chunk in new:
                self.cut(chunk)
            self.seen |= new
        doc: Doc = self.cut(text)
        return doc


def _no_training(_: Any) -> Any:
    raise NotImplementedError("a pipeline that was made fast cannot be trained")


@dataclass(frozen=True, slots=True)
class _Layer:
    """A convolution over three words with maxout and layer normalization: `weights` (3 x width, pieces x width)."""

    weights: Floats
    bias: Floats
    gain: Floats
    shift: Floats


def _layers(context: Model[Any, Any]) -> list[_Layer]:
    nodes = list(context.walk())
    maxouts = [_weights(node) for node in nodes if node.name == "maxout"]
    norms = [_weights(node) for node in nodes if node.name == "layernorm"]
    layers = []
    for (weights, bias), (gain, shift) in zip(maxouts, norms, strict=True):
        by_piece = weights.transpose(1, 0, 2).reshape(-1, weights.shape[2])  # from (width, pieces, 3 x width)
        layers.append(_Layer(np.ascontiguousarray(by_piece.T), bias.T.reshape(-1), gain, shift))
    return layers


def _weights(node: Model[Any, Any]) -> tuple[Floats, Floats]:
    """What the node multiplies by, and what it adds."""
    factor = node.get_param("W" if node.has_param("W") else "G")
    return np.asarray(factor), np.asarray(node.get_param("b"))


def in_context(rows: Floats, layers: Sequence[_Layer]) -> Floats:
    """(words, width) in and out: spaCy's `MaxoutWindowEncoder` with a window of one word on either side.

    As there, blank rows stand before and behind, as many as there are layers, and take part.
    """
    size, width = len(rows) + 2 * len(layers), rows.shape[1]
    framed = np.zeros((size + 2, width), dtype="f")
    here = framed[1:-1]
    here[len(layers) : len(layers) + len(rows)] = rows
    triples = np.lib.stride_tricks.sliding_window_view(framed.reshape(-1), 3 * width)[::width]
    for layer in layers:
        pieces = triples @ layer.weights
        pieces += layer.bias
        best = functools.reduce(np.maximum, np.split(pieces, pieces.shape[1] // width, axis=1))
        best -= best.mean(axis=1, keepdims=True)
        best *= (np.square(best).mean(axis=1, keepdims=True) + TINY) ** -0.5
        best *= layer.gain
        best += layer.shift
        here += best
    return here[len(layers) : len(layers) + len(rows)].copy()


class _Kept:
    """The embedding of words, remembered by form and norm."""

    def __init__(self, embed: Callable[[list[Doc]], list[Floats]], vocab: Vocab) -> None:
        self.embed, self.vocab = embed, vocab
        self.places: dict[tuple[int, int], int] = {}
        self.rows: Floats = np.zeros((0, 0), dtype="f")

    def __call__(self, docs: list[Doc]) -> list[Floats]:
        """An array of (tokens, width) per document."""
        keys = [list(map(tuple, doc.to_array([ORTH, NORM]).tolist())) for doc in docs]
        new = list(dict.fromkeys(key for row in keys for key in row if key not in self.places))
        if len(self.places) + len(new) > KEPT:
            self.places.clear()
            new = list(dict.fromkeys(key for row in keys for key in row))
        for at in range(0, len(new), BLOCK):
            self._add(new[at : at + BLOCK])
        return [self.rows[[self.places[key] for key in row]] for row in keys]

    def _add(self, keys: list[tuple[int, int]]) -> None:
        block, first = self._block(keys), len(self.places)
        if first + len(keys) > len(self.rows):
            room = np.zeros((2 * first + BLOCK, block.shape[1]), dtype="f")
            room[:first] = self.rows[:first] if first else 0
            self.rows = room
        self.rows[first : first + len(keys)] = block
        self.places.update({key: first + number for number, key in enumerate(keys)})

    def _block(self, keys: list[tuple[int, int]]) -> Floats:
        padded = keys + keys[:1] * (BLOCK - len(keys))
        doc = Doc(self.vocab, words=[self.vocab.strings[orth] for orth, _ in padded])
        norms = np.array([norm for _, norm in padded], dtype=np.uint64)
        for at in np.flatnonzero(doc.to_array(NORM) != norms).tolist():
            doc[at].norm_ = self.vocab.strings[padded[at][1]]
        return self.embed([doc])[0][: len(keys)]
