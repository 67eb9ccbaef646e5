"""Clusters: what they tell of a word, their file, and how vectors make them."""

from __future__ import annotations

import numpy as np
import pytest

from briefing.language.clusters import NONE, Clusters
from briefing.language.train import clusters as module
from briefing.language.train.clusters import make_clusters

TOWNS, PEOPLE = ("harwell", "quistby", "lundholm"), ("olga", "vera", "pia")
TABLE = Clusters((TOWNS, PEOPLE), ((0, 3), (0, 5)))


def test_words_of_one_cluster_are_told_the_same_in_any_case() -> None:
    assert TABLE.of("Harwell") == TABLE.of("QUISTBY") == (0, 3, 0)
    assert TABLE.of("Vera") == (0, 5, 1)


def test_a_word_not_met_is_looked_up_without_accents_and_in_its_last_part() -> None:
    assert TABLE.of("Pía") == TABLE.of("pia")
    assert TABLE.of("Anna-Pia") == TABLE.of("pia")
    assert TABLE.of("Marsh") == ()
    assert NONE.of("Harwell") == ()


def test_clusters_come_back_from_their_file_the_same() -> None:
    again = Clusters.from_bytes(TABLE.to_bytes())
    assert again == TABLE
    assert again.of("Olga") == TABLE.of("Olga")
    assert again.to_bytes() == TABLE.to_bytes()
    assert Clusters.from_bytes(NONE.to_bytes()) == NONE


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "FINEST", 4)
    monkeypatch.setattr(module, "COARSER", (2,))


def vectors() -> np.ndarray:
    """Three words in each of four directions; two and two of these directions are near each other."""
    chance = np.random.default_rng(7)
    directions = np.array([[4, 4, 0], [4, 3, 0], [-4, 0, 4], [-4, 0, 3]], dtype=np.float32)
    return np.repeat(directions, 3, axis=0) * 3 + chance.normal(0, 0.05, (12, 3)).astype(np.float32)


@pytest.mark.usefixtures("small")
def test_words_with_vectors_of_one_direction_are_in_one_cluster() -> None:
    words = [f"{direction}{number}" for direction in "abcd" for number in range(3)]
    table = make_clusters(words, vectors(), seed=1)
    coarse = {word: table.of(word)[0] for word in words}
    assert coarse["a0"] == coarse["a1"] == coarse["b2"] != coarse["c0"] == coarse["d1"]
    assert sorted(word for members in table.words for word in members) == words


@pytest.mark.usefixtures("small")
def test_the_same_vectors_make_the_same_file() -> None:
    words = [f"w{number}" for number in range(12)]
    assert make_clusters(words, vectors(), seed=3).to_bytes() == make_clusters(words, vectors(), seed=3).to_bytes()
