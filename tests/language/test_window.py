"""The perceptron over word vectors: who is seen, what is learnt, and that its sums are those of the plain formula."""

from __future__ import annotations

import numpy as np
import pytest
from spacy.strings import StringStore
from spacy.tokens import Doc
from spacy.vocab import Vocab

from briefing.language import window as module
from briefing.language.clusters import Clusters
from briefing.language.field import GRAIN, Field
from briefing.language.names import Names
from briefing.language.train import window as training
from briefing.language.train.window import train_window
from briefing.language.vectors import WordVectors
from briefing.language.window import PLACES, Window, seats

LABELS = ("O", "B-PERSON", "I-PERSON", "B-LOC")
TOWNS, PEOPLE, WORDS = ("harwell", "quistby", "norrby"), ("olga", "vera", "marsh"), ("left", "saw", ".", "met")
CLUSTERS = Clusters((TOWNS, PEOPLE, WORDS), ((0, 0, 0), (1, 1, 1), (2, 2, 2)))


def vectors() -> WordVectors:
    """Those of all words but the last of each cluster; the directions are those of the clusters."""
    words = [word for members in CLUSTERS.words for word in members[:-1]]
    rows = [np.eye(3)[place] * 90 for place, members in enumerate(CLUSTERS.words) for _ in members[:-1]]
    return WordVectors(words, np.array(rows, dtype=np.int8), 0.02, strings=StringStore())


def read(line: str) -> tuple[list[str], list[tuple[str, str, str]]]:
    words = line.split()
    return words, [("NNP" if word.istitle() else "NN", "dep", "") for word in words]


TAUGHT = [
    (*read(line), tags.split())
    for line, tags in (
        ("Olga Vera left Harwell .", "B-PERSON I-PERSON O B-LOC O"),
        ("Olga saw Quistby .", "B-PERSON O B-LOC O"),
        ("Vera left .", "B-PERSON O O"),
    )
] * 8


@pytest.fixture(scope="module")
def taught() -> Window:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(training, "SEEN", 60_000)
        patch.setattr(training, "BATCH", 64)
        return train_window(TAUGHT, LABELS, vectors(), CLUSTERS, seed=1)


def scores(window: Window, *lines: str) -> np.ndarray:
    return window.scores([read(line) for line in lines], vectors(), CLUSTERS, GRAIN)


def test_a_word_sees_two_to_each_side_and_the_ends_of_its_run() -> None:
    words = "then Olga Marsh of Harwell met Vera .".split()
    rows = seats([words, ["Olga", "left"]])[0].tolist()
    assert rows[2] == [1, 2, 3, 4, 5, 2, 5, 1, 6]
    assert rows[0] == [0, 0, 1, 2, 3, 0, 0, 0, 0]
    assert rows[7] == [6, 7, 8, 0, 0, 0, 0, 0, 0]
    assert rows[8] == [0, 0, 9, 10, 0, 9, 9, 0, 10]


def test_places_tell_start_and_end_of_a_run_and_fit_their_table() -> None:
    words = "Olga Vera Marsh Holt saw Quist".split()
    places = seats([words])[1].tolist()
    assert places[4] == 0
    assert len({places[0], places[1], places[2], places[3], places[5]}) == 5
    assert seats([["Olga"] * 9])[1].max() < PLACES


def test_what_was_learnt_is_told_of_words_that_only_a_cluster_knows(taught: Window) -> None:
    best = scores(taught, "Marsh left Norrby .").argmax(axis=1)
    assert [LABELS[number] for number in best] == ["B-PERSON", "O", "B-LOC", "O"]


def test_scores_are_those_of_the_plain_formula(taught: Window) -> None:
    words, syntax = read("Olga saw Harwell .")
    looks = taught.looks.of([(word, row[0]) for word, row in zip(words, syntax, strict=True)], vectors(), CLUSTERS)
    table = np.concatenate([np.zeros((1, taught.looks.size)), looks])
    for (row, place), told in zip(zip(*seats([words]), strict=True), scores(taught, "Olga saw Harwell ."), strict=True):
        inner = sum(table[number] @ layer for number, layer in zip(row, taught.hidden, strict=True))
        plain = np.maximum(inner + taught.inside[place], 0) @ taught.outer + taught.last
        assert told * GRAIN == pytest.approx(plain, abs=0.05)


def test_a_sentence_is_told_the_same_in_any_company(taught: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = ("Then Olga met Quistberg .", "Norrby saw Vera Marsh", "Harwell")
    again = Window.from_bytes(taught.to_bytes())
    alone = np.concatenate([scores(Window.from_bytes(taught.to_bytes()), line) for line in lines])
    assert (scores(again, *lines) == alone).all()
    monkeypatch.setattr(module, "KEPT", 2)
    assert all((scores(again, *lines) == alone).all() for _ in range(3))
    assert len(again._kept) <= 2 + 11


def test_a_window_comes_back_from_its_file_the_same(taught: Window) -> None:
    again = Window.from_bytes(taught.to_bytes())
    assert again.to_bytes() == taught.to_bytes()
    assert (scores(again, "Vera left Norrby .") == scores(taught, "Vera left Norrby .")).all()


def test_names_take_its_word_for_what_the_field_does_not_know(taught: Window) -> None:
    blind = Field(LABELS, ("bias",), np.zeros((1, 4), dtype=np.int32), np.zeros((4, 4), dtype=np.int32), CLUSTERS)
    words = "Marsh saw Norrby .".split()
    doc = Doc(Vocab(), words=words, sent_starts=[True, False, False, False], tags=["NNP", "NN", "NNP", "NN"])
    doc.vocab.vectors = vectors()
    assert Names(blind)(doc) == []
    assert [(doc[start].text, label) for start, _, label in Names(blind, taught)(doc)] == [
        ("Marsh", "PERSON"),
        ("Norrby", "GPE"),
    ]
