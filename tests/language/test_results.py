"""Lists of results: teams, and persons, and what is no list."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc
from spacy.vocab import Vocab

from briefing.language.results import teams


def read(words: str, **labels: str) -> dict[str, str]:
    """What each name is read as; `labels` are those of single words as the field read them."""
    doc = Doc(Vocab(), words=words.split())
    found = [(token.i, token.i + 1, labels[token.text]) for token in doc if token.text in labels]
    return {doc[start:end].text: label for start, end, label in teams(doc, [token.text for token in doc], found)}


def test_towns_that_score_are_teams_and_countries_stay() -> None:
    words = "Results of the league : Harwell 3 Quistby United 1 Lundholm 0 Norway 2"
    assert read(words, Harwell="LOC", Norway="LOC") == {
        "Harwell": "ORG",
        "Quistby United": "ORG",
        "Lundholm": "ORG",
        "Norway": "LOC",
    }


def test_rows_of_a_table_have_several_numbers() -> None:
    words = "W L in the division : Harwell 9 1 .900 - Quistby 's Park 7 3 .700 2 Lundholm 1 9 .100 8"
    assert read(words) == {"Harwell": "ORG", "Quistby 's Park": "ORG", "Lundholm": "ORG"}


def test_a_remark_in_brackets_does_not_break_the_list() -> None:
    words = "After the match Harwell 3 Quistby 1 ( halftime 1 ) Lundholm 0 Norrby 2 ( penalties ) ."
    assert list(read(words)) == ["Harwell", "Quistby", "Lundholm", "Norrby"]


def test_players_stay_persons_and_take_the_rest_with_them() -> None:
    words = "Scores in the tournament : Holt 66 68 Marsh 67 70 Quistberg 71 71"
    assert read(words, Holt="PERSON", Marsh="PERSON") == {"Holt": "PERSON", "Marsh": "PERSON", "Quistberg": "PERSON"}


def test_the_head_of_a_list_is_no_part_of_a_name() -> None:
    words = "Games played . Northern League HARWELL 4 Quistby 2 Group B Lundholm 1 Norrby 3"
    assert list(read(words)) == ["HARWELL", "Quistby", "Lundholm", "Norrby"]


@pytest.mark.parametrize(
    "words",
    [
        "Degrees at noon : Harwell 15 Quistby 18 Lundholm 21",  # no games
        "The match ended Harwell 3 Quistby 1",  # two rows
        "The match ended Harwell 3 , Quistby 1 , Lundholm 2",  # not on end
        "The match in Harwell drew Quistby and Lundholm",
    ],
)
def test_other_names_beside_numbers_stay_as_they_were(words: str) -> None:
    assert read(words, Harwell="LOC") == {"Harwell": "LOC"}


def test_a_name_read_over_several_rows_is_taken_apart() -> None:
    doc = Doc(Vocab(), words="League : Harwell 3 Quistby 1 Lundholm 0 ; Marsh spoke".split())
    assert teams(doc, [token.text for token in doc], [(2, 5, "ORG"), (9, 10, "PERSON")]) == [
        (2, 3, "ORG"),
        (4, 5, "ORG"),
        (6, 7, "ORG"),
        (9, 10, "PERSON"),
    ]
