"""Reading made fast without changing what is read: single-threaded matrix products, words embedded once.

The encoder's first layers see one word at a time, so what they say of a word is kept. Words are embedded in blocks of
one size, so that the numbers for a word do not depend on which words came with it.
"""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from spacy.attrs import NORM, ORTH
from spacy.tokens import Doc
from spacy.vocab import Vocab
from thinc.api import Model, NumpyOps, get_current_ops, set_current_ops
from threadpoolctl import ThreadpoolController

BLOCK = 64  # words embedded at a time, always
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


def keep_embeddings(encoder: Model[Any, Any], vocab: Vocab) -> None:
    """Makes the first layer of an encoder (a chain of embedding and context layers) remember the words it has seen."""
    embed = encoder.layers[0]
    kept = _Kept(embed.predict, vocab)
    encoder.layers[0] = Model("kept_embeddings", lambda model, docs, is_train: (kept(docs), _no_training))


def _no_training(_: Any) -> Any:
    raise NotImplementedError("a pipeline that keeps its embeddings cannot be trained")


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
        for token, (_, norm) in zip(doc, padded, strict=True):
            if token.norm != norm:
                token.norm_ = self.vocab.strings[norm]
        return self.embed([doc])[0][: len(keys)]
