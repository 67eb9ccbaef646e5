"""Names as the field may read them, settled by the tables."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab

from briefing.language.settling import passed_over, settle


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


def test_a_form_of_address_makes_a_person_of_a_name_that_no_table_has() -> None:
    assert settled("Captain Quistberg", "ORG") == [("Quistberg", "PERSON")]
    assert settled("Captain Quistberg Academy", "ORG") == [("Captain Quistberg Academy", "ORG")]


def test_a_form_of_address_alone_is_nobody() -> None:
    assert settled("Madam President", "PERSON") == []
    assert settled("Madam Quistberg", "PERSON") == [("Quistberg", "PERSON")]


def test_a_known_organization_stays_one_where_a_region_has_its_name() -> None:
    assert settled("Amazon", "ORG") == [("Amazon", "ORG")]
    assert settled("Amazon", "LOC") == [("Amazon", "LOC")]


def test_other_places_are_cut_at_their_joint_unless_one_word_stands_for_all() -> None:
    assert settled("Quistland and Harwell", "LOC") == [("Quistland", "LOC"), ("Harwell", "LOC")]
    assert settled("Quist and Harwell Rivers", "LOC") == [("Quist and Harwell Rivers", "LOC")]
    assert settled("Quist and western Harwell", "LOC") == [("Quist and western Harwell", "LOC")]


def test_organizations_are_cut_where_each_is_known_or_has_its_article() -> None:
    assert settled("Parliament and Council", "ORG") == [("Parliament", "ORG"), ("Council", "ORG")]
    assert settled("Quist Club and the Harwell Group", "ORG") == [("Quist Club", "ORG"), ("Harwell Group", "ORG")]
    assert settled("Quist and Harwell Group", "ORG") == [("Quist and Harwell Group", "ORG")]


def test_what_stands_before_a_title_is_no_part_of_the_person() -> None:
    assert settled("NYPD Commissioner Olga Quist", "PERSON") == [("Olga Quist", "PERSON")]
    assert settled("Olga Bishop Quist", "PERSON") == [("Olga Bishop Quist", "PERSON")]


def test_the_last_word_of_some_names_proves_an_organization() -> None:
    assert settled("Quistland Forum", "LOC") == [("Quistland Forum", "ORG")]
    assert settled("Quistland Heath", "LOC") == [("Quistland Heath", "LOC")]
    assert settled("Forum", "LOC") == [("Forum", "LOC")]


def test_a_feast_is_no_place() -> None:
    assert settled("Christmas", "LOC") == []
    assert settled("Christmas Island", "LOC") == [("Christmas Island", "LOC")]


def test_an_office_is_nobody() -> None:
    assert settled("President of Quistland", "PERSON") == []


def unseen(words: str, *found: tuple[int, int, str], tags: str = "") -> list[tuple[str, str]]:
    vocab, row = Vocab(), words.split()
    kinds = tags.split() or ["NNP" if word[:1].isupper() else "NN" for word in row]
    doc = Doc(vocab, words=row, tags=kinds, sent_starts=[True] + [False] * (len(row) - 1))
    return [(doc[start:end].text, kind) for start, end, kind in passed_over(doc, [token.text for token in doc], found)]


def test_who_stands_behind_a_form_of_address_is_a_person() -> None:
    assert unseen("I thank Mrs Quistberg for it") == [("Quistberg", "PERSON")]
    assert unseen("so Mr Ole van der Quist said") == [("Ole van der Quist", "PERSON")]
    assert unseen("I thank you , Mr President , for it") == []
    assert unseen("I thank Mrs Quistberg for it", (3, 4, "PERSON")) == []


def test_a_body_named_by_its_capital_is_an_organization() -> None:
    assert unseen("They asked the Council and the Commission to act") == [("Council", "ORG"), ("Commission", "ORG")]
    assert unseen("They asked the council to act") == []


@pytest.mark.parametrize(
    "words",
    ["the Council of Elders met", "the Harwell Council met", "they asked Council Leader Quist", "Council members met"],
)
def test_a_body_that_is_part_of_a_longer_name_is_left_alone(words: str) -> None:
    assert unseen(words) == []
