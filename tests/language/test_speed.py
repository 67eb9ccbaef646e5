"""What makes reading fast changes nothing that is read."""

from __future__ import annotations

import numpy as np
import pytest
from spacy.ml.models.tok2vec import MaxoutWindowEncoder
from spacy.vocab import Vocab
from thinc.api import Model, fix_random_seed

from briefing.language.speed import make_fast, plain_numpy

WIDTH = 12


@pytest.mark.parametrize("words", [1, 2, 40])
def test_contexts_are_those_of_the_encoder_that_was_trained(words: int) -> None:
    fix_random_seed(3)
    rows = np.random.default_rng(7).normal(size=(words, WIDTH)).astype("f")
    with plain_numpy():
        context = MaxoutWindowEncoder(WIDTH, 1, 3, 5)
        context.initialize([rows], [rows])
        for node in context.walk():
            for name in node.param_names:
                weights = node.get_param(name)
                node.set_param(name, weights + np.random.default_rng(len(name)).normal(size=weights.shape).astype("f"))
        encoder: Model = Model(
            "encoder", lambda model, docs, is_train: (docs, None), layers=[Model("none", _same), context]
        )
        plain = context.predict([rows, rows[:1]])
        make_fast(encoder, Vocab())
        fast = encoder.layers[1].predict([rows, rows[:1]])
    assert all(np.allclose(one, other, rtol=1e-5, atol=1e-5) for one, other in zip(plain, fast, strict=True))
    assert np.abs(plain[0]).max() > 1


def _same(model: Model, docs: list, is_train: bool) -> tuple:  # type: ignore[type-arg]
    return docs, None
