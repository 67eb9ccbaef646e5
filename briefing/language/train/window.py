"""Sentences with their tags in, the perceptron over word vectors out, trained by thinc."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from thinc.api import Adam, Model, Relu, Softmax, chain, fix_random_seed

from briefing.language.clusters import Clusters
from briefing.language.features import pairs_of
from briefing.language.train.naming import Row
from briefing.language.train.vectors import Floats
from briefing.language.window import PLACES, SEATS, Looks, Numbers, Vectors, Window, seats, signs_of

WIDTH = 64  # of the hidden layer
SEEN = 4_000_000  # words that are learnt from, each about twice
BATCH = 512  # words
PEAK, WARM, LAST = 0.002, 100, 0.05  # learning rate, the steps until it is reached, the share of it at the end
DROP = 0.3  # share of the hidden layer that is left out at random
UNSEEN = 0.1  # share of the seats that are left empty at random
RARE = 20  # times that a shape or part of speech must occur to have a number of its own


def train_window(
    sentences: Sequence[Row], labels: Sequence[str], vectors: Vectors, clusters: Clusters, *, seed: int
) -> Window:
    """The perceptron that the sentences teach; its scores come in the order of `labels`."""
    fix_random_seed(seed)
    chance = np.random.default_rng(seed)
    pairs = pairs_of([(words, syntax) for words, syntax, _ in sentences])
    kinds = {pair: number for number, pair in enumerate(dict.fromkeys(pairs), 1)}
    looks = Looks(_signs(pairs), _centres(clusters, vectors))
    table = np.concatenate([np.zeros((1, looks.size), dtype=np.float32), looks.of(list(kinds), vectors, clusters)])
    numbers = np.array([0, *(kinds[pair] for pair in pairs)])
    rows, places = seats([words for words, _, _ in sentences])
    rows, order = numbers[rows], {label: number for number, label in enumerate(labels)}
    gold = np.eye(len(labels), dtype=np.float32)[[order[tag] for _, _, tags in sentences for tag in tags]]
    model: Model[Any, Any] = chain(
        Relu(nO=WIDTH, nI=SEATS * looks.size + PLACES, dropout=DROP), Softmax(nO=len(labels), nI=WIDTH)
    )
    model.initialize()
    optimizer = Adam(PEAK, L2=0.0)
    steps = SEEN // BATCH
    for step, batch in enumerate(_batches(len(rows), steps, chance)):
        optimizer.learn_rate = PEAK * min((step + 1) / WARM, 1 - (1 - LAST) * step / steps)
        full = chance.random((len(batch), SEATS, 1)) >= UNSEEN
        seen = (table[rows[batch]] * full).reshape(len(batch), -1).astype(np.float32)
        shown = np.concatenate([seen, np.eye(PLACES, dtype=np.float32)[places[batch]]], axis=1)
        found, learn = model.begin_update(shown)
        learn((found - gold[batch]) / np.float32(len(batch)))
        model.finish_update(optimizer)
    return _window(model, looks)


def _window(model: Model[Any, Any], looks: Looks) -> Window:
    relu, softmax = (layer if layer.has_param("W") else layer.layers[0] for layer in model.layers)
    inner, start = (np.asarray(relu.get_param(name)) for name in "Wb")
    outer, last = (np.asarray(softmax.get_param(name)) for name in "Wb")
    hidden = inner.T[: SEATS * looks.size].reshape((SEATS, looks.size, WIDTH))
    window = Window(looks, hidden, inner.T[SEATS * looks.size :] + start, outer.T, last)
    return Window.from_bytes(window.to_bytes())  # as it will be read


def _signs(pairs: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    counts = Counter(sign for pair in pairs for sign in signs_of(*pair))
    return tuple(sorted(sign for sign, count in counts.items() if count >= RARE))


def _centres(clusters: Clusters, vectors: Vectors) -> Floats:
    """(finest clusters, dimensions): the mean of the vectors that there are of each cluster's words."""
    centres = [vectors.get_batch(list(words)).sum(axis=0) for words in clusters.words]
    counts = [max(1, sum(word in vectors for word in words)) for words in clusters.words]
    return np.asarray(np.array(centres, dtype=np.float32) / np.array(counts, dtype=np.float32)[:, None])


def _batches(size: int, steps: int, chance: np.random.Generator) -> Iterator[Numbers]:
    order = chance.permutation(size)
    for step in range(steps):
        if (step + 1) * BATCH % size < BATCH:
            order = chance.permutation(size)
        yield order[np.arange(step * BATCH, (step + 1) * BATCH) % size]
