"""The lemma table: what it learns, and what the shipped one knows."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefing.language import OWN
from briefing.language.lemmas import Lemmas

ROWS = [
    ("talks", "NNS", "talk"),
    ("walks", "NNS", "walk"),
    ("men", "NNS", "man"),
    ("Said", "VBD", "say"),
    ("walked", "VBD", "walk"),
    ("talked", "VBD", "talk"),
    ("Russian", "JJ", "Russian"),
]


def test_seen_forms_and_known_endings_give_lemmas() -> None:
    table = Lemmas.learn(ROWS)
    assert [table.lemma(word, tag) for word, tag, _ in ROWS] == [lemma for *_, lemma in ROWS]
    assert table.lemma("balked", "VBD") == "balk"
    assert table.lemma("chalks", "NNS") == "chalk"


def test_an_ending_changes_no_letter_before_it() -> None:
    table = Lemmas.learn([*ROWS, ("belgian", "JJ", "Belgian")])
    assert table.lemma("belgian", "JJ") == "Belgian"
    assert table.lemma("Georgian", "JJ") == "georgian"


def test_participles_share_the_endings_of_the_past() -> None:
    assert Lemmas.learn(ROWS).lemma("balked", "VBN") == "balk"


def test_words_without_a_rule_are_their_own_lemma() -> None:
    assert Lemmas.learn(ROWS).lemma("Gleefully", "RB") == "gleefully"


def test_the_table_survives_writing(tmp_path: Path) -> None:
    table = Lemmas.learn(ROWS)
    table.write(tmp_path / "words")
    assert Lemmas.read(tmp_path / "words") == table


@pytest.mark.parametrize(
    ("word", "tag", "lemma"),
    [
        ("warned", "VBD", "warn"),
        ("accused", "VBD", "accuse"),
        ("urged", "VBN", "urge"),
        ("denies", "VBZ", "deny"),
        ("insisted", "VBD", "insist"),
        ("threatening", "VBG", "threaten"),
        ("told", "VBD", "tell"),
        ("chaired", "VBD", "chair"),
        ("Georgian", "JJ", "georgian"),
        ("countries", "NNS", "country"),
        ("allies", "NNS", "ally"),
        ("is", "VBZ", "be"),
        ("Russian", "JJ", "Russian"),
        ("Putin", "NNP", "Putin"),
    ],
)
def test_the_shipped_table_knows_the_words_of_news(word: str, tag: str, lemma: str) -> None:
    assert Lemmas.read(OWN["en"] / "words").lemma(word, tag) == lemma
