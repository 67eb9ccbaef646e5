"""What makes reading fast changes nothing that is read."""

from __future__ import annotations

import numpy as np
import pytest
from spacy.ml.models.tok2vec import MaxoutWindowEncoder
from spacy.vocab import Vocab
from thinc.api import Model, fix_random_seed

from briefing.language import OWN
from briefing.language.components import load, load_plain
from briefing.language.speed import Chunks, make_fast, plain_numpy

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


TEXTS = (
    "Who?",
    "\n\n The harbor stays closed. \n\n“We will see,” she said",
    "The envoy of the two towns, who had come late, told them that nobody would sign before noon. Nobody did.\n\n"
    "Rain fell. Rain fell. What the council wants, and has wanted since May, it never said; the mayor did. Yes!\n\n"
    + "a list of words without an end "
    * 20,
)


@pytest.mark.parametrize("text", TEXTS)
def test_sentences_side_by_side_are_parsed_as_one_behind_the_other(text: str) -> None:
    plain, fast = load_plain(OWN["en"]), load(OWN["en"])
    for doc in (fast(text), fast(text)):  # the second time by the stand-ins of the first
        assert [(t.head.i, t.dep_, t.is_sent_start, t.n_lefts) for t in doc] == [
            (t.head.i, t.dep_, t.is_sent_start, t.n_lefts) for t in plain(text)
        ]


def test_a_sentence_is_parsed_with_the_word_behind_it() -> None:
    abreast = load(OWN["en"]).get_pipe("abreast")
    doc = load(OWN["en"])("Rain fell. Nobody came. Snow fell.")
    first, second, third = abreast.stand_ins(doc, [0, 3, 6], [3, 6, 9])  # type: ignore[attr-defined]
    assert [len(one) for one in (first, second, third)] == [4, 4, 3]
    assert first is not second
    assert (first.tensor == doc.tensor[:4]).all()
    assert first.tensor.base is None  # what is kept holds no document alive
    assert [token.is_sent_start for token in first] == [True, False, False, True]


def test_texts_are_cut_as_by_the_tokenizer_itself() -> None:
    plain, fast = load_plain(OWN["en"]), load(OWN["en"])
    text = (
        "U.S. envoys (who'd come by 5p.m.) don't sign.\n\n“Nobody'll—” she said\u2029 at www.example.org/a-b; cannot?"
    )
    for _ in range(2):
        assert [(t.text, t.norm_, t.whitespace_) for t in fast(text)] == [
            (t.text, t.norm_, t.whitespace_) for t in plain(text)
        ]


def test_what_has_been_cut_is_not_cut_again() -> None:
    asked: list[str] = []

    class Tokenizer:
        rules = ("U.S.",)
        max_cache_size = 0

        def __call__(self, text: str) -> None:
            asked.append(text)

    tokenizer = Chunks(Tokenizer())
    tokenizer("The U.S. envoys"), tokenizer("The envoys came")
    assert asked[:2] in (["The", "envoys"], ["envoys", "The"])
    assert asked[2:] == ["The U.S. envoys", "came", "The envoys came"]
