"""Marks in, stretches out: every sentence here is a text and what stands between its quotation marks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.analyze.speech.quotations import Quotation, find_quotations, speech_marks


def inner(text: str, *, depth: int | None = 0) -> list[str]:
    return [text[q.start : q.end] for q in find_quotations(text) if depth is None or q.depth == depth]


@pytest.mark.parametrize(
    "text",
    [
        "“We are ready,” she said. “Let us go.”",
        '"We are ready," she said. "Let us go."',
        "”We are ready,” she said. ”Let us go.”",
        "„We are ready,“ she said. „Let us go.“",
        "»We are ready,« she said. »Let us go.«",
        "« We are ready, » she said. « Let us go. »",
        "``We are ready,'' she said. ``Let us go.''",
        "''We are ready,'' she said. ''Let us go.''",
        "‘We are ready,’ she said. ‘Let us go.’",
        "「We are ready,」 she said. 「Let us go.」",
    ],
)
def test_marks_of_many_hands_are_paired_alike(text: str):
    assert inner(text) == ["We are ready,", "Let us go."]


def test_marks_glued_to_the_words_outside_still_pair():
    assert inner('She said:"We are ready,"and left.') == ["We are ready,"]
    assert inner('Wilk said," We liked it". Nobody else did.') == ["We liked it"]


def test_quotations_within_quotations_have_a_depth():
    text = "“He told me ‘no way’ twice,” she said."
    assert inner(text) == ["He told me ‘no way’ twice,"]
    assert inner(text, depth=1) == ["no way"]


def test_the_same_marks_may_nest():
    assert inner('"The "big" one is here."') == ['The "big" one is here.']


def test_apostrophes_inches_and_decades_are_no_marks():
    for text in ["It's the dogs' fault, isn't it?", 'A 6\'2" man with a 12" pipe', "music of the '90s and '00s"]:
        assert inner(text, depth=None) == []


def test_a_possessive_plural_does_not_close_single_marks():
    assert inner("‘It is the dogs’ fault,’ she said.") == ["It is the dogs’ fault,"]


def test_speech_over_paragraphs_is_open_until_the_last():
    text = "“First we talked.\n\n“Then we “voted” again.\n\n“Now we rest,” she said.\n\n“You?” he asked."
    pieces = [q for q in find_quotations(text) if q.depth == 0]
    assert [text[q.start : q.end] for q in pieces] == [
        "First we talked.",
        "Then we “voted” again.",
        "Now we rest,",
        "You?",
    ]
    assert [q.closed for q in pieces] == [False, False, True, True]
    assert [q.continues for q in pieces] == [False, True, True, False]


def test_a_lost_opening_mark_does_not_swallow_the_paragraph():
    assert inner('"We lost, said Wilk. Then she said "no."') == ["no."]


def test_single_marks_beside_double_ones_are_not_those_of_speech():
    text = "‘Too late’ for a deal\n\n“We are ready,” she said."
    assert [text[q.start : q.end] for q in speech_marks(text, find_quotations(text))] == ["We are ready,"]
    only = "‘We are ready,’ she said."
    assert len(speech_marks(only, find_quotations(only))) == 1


def check(text: str, quotation: Quotation) -> None:
    assert quotation.outer_start < quotation.start < quotation.end <= quotation.outer_end <= len(text)
    words = text[quotation.start : quotation.end]
    assert words == words.strip()
    assert "\n" not in words


@given(st.text(alphabet="ab .,?\n'\"“”„‘’«»-", max_size=120))
def test_any_text_gives_stretches_in_order_within_one_paragraph(text: str):
    found = find_quotations(text)
    for quotation in found:
        check(text, quotation)
    assert [q.outer_start for q in found] == sorted(q.outer_start for q in found)


@given(st.lists(st.text(alphabet="abc ,", min_size=1, max_size=20).filter(str.strip), min_size=1, max_size=5))
def test_what_is_put_between_marks_comes_back(pieces: list[str]):
    text = " x ".join(f"“{piece}”" for piece in pieces)
    assert inner(text) == [piece.strip() for piece in pieces]


def test_speech_behind_a_full_stop_runs_on_where_the_next_paragraph_goes_on():
    first, last = "“It is late,” she said. “We have waited for years.", "“Now we go home,” she said."
    assert inner(f"{first}\n{last}") == ["It is late,", "We have waited for years.", "Now we go home,"]
    assert inner(f"{first}\nNobody answered.") == ["It is late,"]


def test_a_blocks_straight_mark_is_no_speech_in_a_text_of_curly_ones():
    text = '“It is late,” she said.\n\n"Karl was asleep.\n\n“Wake up,” she said.'
    assert inner(text) == ["It is late,", "Wake up,"]
    going_on = '“It is late,” she said.\n\n"Karl was asleep.\n\n"The house was dark.\n\nSo it ends.'
    assert inner(going_on) == ["It is late,", "Karl was asleep."]


def test_a_straight_mark_that_is_not_closed_is_speech_in_a_text_of_straight_ones():
    text = '"It is late," she said.\n\n"Karl was asleep.\n\n"Wake up," she said.'
    assert inner(text) == ["It is late,", "Karl was asleep.", "Wake up,"]
