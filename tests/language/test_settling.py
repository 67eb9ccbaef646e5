"""Names as the field may read them, settled by the tables."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab

from briefing.language.settling import settle


def settled(words: str, label: str) -> list[tuple[str, str]]:
    doc = Doc(Vocab(), words=words.split())
    return [(doc[start:end].text, kind) for start, end, kind in settle(doc, 0, len(doc), label)]


@pytest.mark.parametrize("label", ["ORG", "LOC", "PERSON"])
def test_a_pair_of_countries_is_two_places(label: str) -> None:
    assert settled("Egypt and Ethiopia", label) == [("Egypt", "LOC"), ("Ethiopia", "LOC")]
    assert settled("England and Wales", label) == [("England", "LOC"), ("Wales", "LOC")]


def test_a_list_of_countries_is_as_many_places() -> None:
    assert [name for name, _ in settled("Egypt , Sudan and Ethiopia", "ORG")] == ["Egypt", "Sudan", "Ethiopia"]


@pytest.mark.parametrize(
    ("words", "label"),
    [
        ("Trinidad and Tobago", "LOC"),
        ("Bosnia and Herzegovina", "LOC"),
        ("Harwell and Quist", "ORG"),
        ("Norway and Harwell", "ORG"),
        ("Bank of Norway and Sweden", "ORG"),
    ],
)
def test_names_with_a_joint_that_are_one_name_stay_whole(words: str, label: str) -> None:
    assert settled(words, label) == [(words, label)]


@pytest.mark.parametrize("label", ["ORG", "LOC", "PERSON"])
def test_a_title_before_a_given_name_makes_a_person(label: str) -> None:
    assert settled("Mullah Karim Zahir", label) == [("Karim Zahir", "PERSON")]


@pytest.mark.parametrize(
    "words", ["General Motors", "Justice Department", "Father Victor Academy", "Sierra Leone Chair"]
)
def test_titles_in_the_names_of_institutions_make_no_person(words: str) -> None:
    assert settled(words, "ORG") == [(words, "ORG")]


def test_a_known_given_name_before_a_known_surname_makes_a_person() -> None:
    assert settled("Adam Anderson", "LOC") == [("Adam Anderson", "PERSON")]
    assert settled("Adam Harbor", "LOC") == [("Adam Harbor", "LOC")]


def test_demonyms_are_peoples_and_countries_places() -> None:
    assert settled("Kuwaiti", "LOC") == [("Kuwaiti", "NORP")]
    assert settled("Qatar", "ORG") == [("Qatar", "LOC")]


def test_what_is_left_of_an_office_is_no_part_of_a_person() -> None:
    assert settled("State Wendy Marsh", "PERSON") == [("Wendy Marsh", "PERSON")]
    assert settled("J. Edgar Marsh", "PERSON") == [("J. Edgar Marsh", "PERSON")]
