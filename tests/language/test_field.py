"""The field: its paths against all paths, its sums against the plain features, its tags against CRFsuite's."""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import pycrfsuite
import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.language import field as module
from briefing.language.clusters import Clusters
from briefing.language.features import features
from briefing.language.field import Field, best_paths
from briefing.language.train.naming import read_field, train_names

TAGS = ("O", "B-PERSON", "I-PERSON")
ENVOYS = ("Envoys met Olga Marsh .", ("O", "O", "B-PERSON", "I-PERSON", "O"))
HARBOR = ("The harbor stays closed .", ("O",) * 5)
CLUSTERS = Clusters((("vera", "olga", "pia"), ("holt", "marsh"), ("harbor", "the")), ((0, 0), (0, 0), (1, 1)))
VERA = ("Vera Holt left .", ("B-PERSON", "I-PERSON", "O", "O"))


def read(line: str) -> tuple[list[str], list[tuple[str, str, str]]]:
    words = line.split()
    return words, [("NNP" if word.istitle() else "NN", "dep", words[0].lower()) for word in words]


SENTENCES = [(*read(line), list(tags)) for line, tags in (ENVOYS, HARBOR, VERA)] * 5


@pytest.fixture(scope="module")
def taught() -> Field:
    return train_names(SENTENCES, CLUSTERS)


@st.composite
def scored(draw: st.DrawFn) -> tuple[np.ndarray, list[int], np.ndarray]:
    lengths = draw(st.lists(st.integers(1, 4), min_size=1, max_size=4))
    whole = st.integers(-9, 9)
    scores = draw(st.lists(st.lists(whole, min_size=3, max_size=3), min_size=sum(lengths), max_size=sum(lengths)))
    steps = draw(st.lists(st.lists(whole, min_size=3, max_size=3), min_size=3, max_size=3))
    return np.array(scores, dtype=np.int32), lengths, np.array(steps, dtype=np.int32)


def worth(path: tuple[int, ...], scores: np.ndarray, steps: np.ndarray) -> int:
    return sum(int(row[label]) for row, label in zip(scores, path, strict=True)) + sum(
        int(steps[one, two]) for one, two in itertools.pairwise(path)
    )


@given(scored())
def test_no_other_path_is_better(case: tuple[np.ndarray, list[int], np.ndarray]) -> None:
    scores, lengths, steps = case
    start = 0
    for path, length in zip(best_paths(scores, lengths, steps), lengths, strict=True):
        own = scores[start : start + length]
        ways = itertools.product(range(3), repeat=length)
        assert worth(tuple(path), own, steps) == max(worth(way, own, steps) for way in ways)
        start += length


def test_the_best_path_is_that_of_the_plain_sums_of_all_features(taught: Field) -> None:
    weight = dict(zip(taught.names, taught.weights, strict=True))
    none = np.zeros(len(taught.labels), dtype=np.int32)
    for words, syntax, _ in SENTENCES[:3]:
        sums = np.array(
            [sum((weight.get(name, none) for name in row), none) for row in features(words, syntax, CLUSTERS)]
        )
        path = best_paths(sums, [len(words)], taught.steps)[0]
        assert taught.tag([(words, syntax)]) == [[taught.labels[number] for number in path]]


def test_what_was_learnt_is_read_again(taught: Field) -> None:
    sentences = [(words, syntax) for words, syntax, _ in SENTENCES]
    assert taught.tag(sentences) == [tags for _, _, tags in SENTENCES]
    assert set(taught.labels) == set(TAGS)
    assert taught.tag([]) == []


def test_a_sentence_is_read_the_same_in_any_company(taught: Field) -> None:
    new = [read(line) for line in ("Then Olga Holt met envoys .", "Marsh", "Nobody saw Vera Quist or Pia Lund .")]
    alone = [Field.from_bytes(taught.to_bytes(), CLUSTERS).tag([sentence])[0] for sentence in new]
    assert taught.tag(new) == alone
    assert taught.tag(new[::-1]) == alone[::-1]


def test_words_are_forgotten_before_there_are_too_many(taught: Field, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "KEPT", 3)
    field = Field.from_bytes(taught.to_bytes(), CLUSTERS)
    for words, syntax, tags in SENTENCES:
        assert field.tag([(words, syntax)]) == [tags]
        assert len(field._words.places) <= 3 + len(words)


def test_a_field_comes_back_from_its_file_the_same(taught: Field) -> None:
    again = Field.from_bytes(taught.to_bytes(), CLUSTERS)
    assert (again.labels, again.names) == (taught.labels, taught.names)
    assert (again.weights == taught.weights).all()
    assert (again.steps == taught.steps).all()
    assert again.to_bytes() == taught.to_bytes()


def test_tags_are_those_of_crfsuite(tmp_path: Path) -> None:
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    for words, syntax, tags in SENTENCES:
        trainer.append(list(features(words, syntax, CLUSTERS)), tags)
    trainer.train(str(tmp_path / "model"))
    theirs = pycrfsuite.Tagger()
    theirs.open(str(tmp_path / "model"))
    ours = read_field(tmp_path / "model", CLUSTERS)
    for line in ("Envoys met Vera Marsh .", "Olga Holt left the harbor .", "The harbor met Vera ."):
        words, syntax = read(line)
        assert ours.tag([(words, syntax)]) == [theirs.tag(list(features(words, syntax, CLUSTERS)))]
