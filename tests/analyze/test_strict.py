"""Strict reading: only who is named in the words of the source."""

from __future__ import annotations

import pytest

from briefing.analyze.strict import strictly
from briefing.model import Attribution, Entity, Reading, Span

WILK = Entity("0", "Marta Wilk", "person", aliases=("Ms. Wilk",), role="mayor")
NORWAY = Entity("1", "Norway", "place", aliases=("Norwegian", "Oslo"))


def read(source: str | None, entity: int | None, actor: int | None) -> Attribution:
    words = None if source is None else Span(0, len(source), source)
    speaker = None if entity is None else (WILK, NORWAY)[entity].name
    content, passage = (Span(20, 25, "words"),), Span(0, 25, "...")
    said = Attribution("direct", content, passage, words, None, speaker, "states", entity, actor)
    (strict,) = strictly(Reading("a", (WILK, NORWAY), attributions=(said,))).attributions
    return strict


@pytest.mark.parametrize("source", ["Marta Wilk, the mayor,", "Ms. Wilk", "Wilk", "the mayor, Marta Wilk,"])
def test_a_named_speaker_stays(source: str):
    strict = read(source, 0, 0)
    assert (strict.speaker, strict.entity, strict.actor) == ("Marta Wilk", 0, 0)


@pytest.mark.parametrize("source", ["she", "the mayor", "Marta", "a spokesman for Anna Wilkens", None])
def test_a_speaker_who_is_only_meant_goes(source: str | None):
    strict = read(source, 0, 0)
    assert (strict.speaker, strict.entity, strict.actor) == (None, None, None)


def test_a_position_stays_with_the_country_that_the_source_names():
    assert read("Norwegian officials", None, 1).actor == 1
    assert read("the ministry", None, 1).actor is None


def test_what_one_tells_of_another_is_no_position_of_the_other():
    strict = read("Ms. Wilk", 0, 1)
    assert (strict.entity, strict.actor) == (0, None)
