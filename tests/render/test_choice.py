"""What of a story is printed: every sentence once, where it is needed first."""

from __future__ import annotations

import dataclasses

import sample_briefs as samples
from hypothesis import given
from hypothesis import strategies as st

from briefing.model import Event, Passage, Position, Quote
from briefing.render.choice import EVENTS, POSITIONS, QUOTES, Printed, choose
from briefing.render.edition import make_edition

TEXT = "The mayor spoke. “We will build it,” Mayor Osk said. She rejects delay. Trains stop on Monday. The end came."


def cut(words):
    start = TEXT.index(words)
    return Passage("a", start, start + len(words), words)


SAID = cut("“We will build it,” Mayor Osk said.")
QUOTE = Quote("person/osk", "We will build it,", "direct", SAID, (cut("We will build it,"),))


def story(**changes):
    empty = {"meetings": (), "figures": (), "differences": (), "timeline": (), "positions": (), "quotes": ()}
    return dataclasses.replace(samples.make_story(0), **{**empty, "summary": (cut("The mayor spoke."),), **changes})


def chosen(**changes):
    told = story(**changes)
    return choose(told, Printed(told.summary), edition="2031-01-15")


def test_what_somebody_merely_states_in_a_quotation_is_a_quote_and_not_a_position():
    found = chosen(positions=(Position("person/osk", None, "states", SAID),), quotes=(QUOTE,))
    assert found.rows == ()
    assert found.quotes == (QUOTE,)


def test_a_stand_taken_in_a_quotation_is_a_position_and_not_a_quote():
    stand = Position("person/osk", None, "promises", SAID)
    found = chosen(positions=(stand,), quotes=(QUOTE,))
    assert found.rows == ((stand,),)
    assert found.quotes == ()


def test_a_quotation_of_the_summary_is_not_quoted_again():
    assert chosen(summary=(SAID,), quotes=(QUOTE,)).quotes == ()


def test_a_stand_that_the_summary_tells_shows_its_opening_words():
    position = Position("place/estonia", None, "rejects", cut("She rejects delay."))
    brief = dataclasses.replace(
        samples.make_brief(1), stories=(story(articles=("a",), summary=(position.evidence,), positions=(position,)),)
    )
    line = make_edition(brief).stories[0].positions[0].holdings[0].line
    assert line.above
    assert [mark.evidence for mark in line.cites] == ["She rejects delay."]


def test_everybody_is_heard_before_anybody_is_heard_twice():
    passages = [Passage("a", 10 * n, 10 * n + 9, f"words {n:03}") for n in range(20)]
    loud = [Position("person/osk", None, "rejects", passage) for passage in passages[:12]]
    late = Position("place/estonia", None, "warns", passages[15])
    found = chosen(positions=(*loud, late))
    assert len(found.rows) == POSITIONS
    assert (late,) in found.rows
    quotes = tuple(Quote(f"person/{n % 3}", "Words here", "direct", passage) for n, passage in enumerate(passages))
    assert len(chosen(quotes=quotes).quotes) == QUOTES


def test_dates_near_the_edition_are_kept_in_the_order_of_time():
    passages = [Passage("a", 10 * n, 10 * n + 9, f"words {n:03}") for n in range(20)]
    events = [Event(f"20{11 + n:02}-01-15", "day", passage) for n, passage in enumerate(passages)]
    found = chosen(timeline=(Event("1997", "year", cut("The end came.")), *events, Event("2031-01", "month", SAID)))
    days = [row[0].date for row in found.events]
    assert len(days) == EVENTS
    assert "1997" not in days
    assert days == [*[f"20{n}-01-15" for n in range(24, 31)], "2031-01"]


def test_sentences_that_follow_each_other_hold_what_spans_them():
    printed = Printed((cut("She rejects delay."), cut("Trains stop on Monday.")))
    assert printed.holds(cut("She rejects delay. Trains stop on Monday."))
    assert not printed.holds(cut("Mayor Osk said. She rejects delay."))
    assert not printed.holds(cut("Trains stop on Monday. The end came."))
    assert not printed.first_time(dataclasses.replace(cut("She rejects delay."), article="copy"))


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 40)), max_size=8))
def test_what_is_printed_is_held_in_whatever_order_it_came(spans):
    passages = [Passage("a", start, start + size, f"{start} {size}") for start, size in spans]
    printed = Printed(passages)
    assert all(printed.holds(passage) for passage in passages)
    beyond = max((passage.end for passage in passages), default=0)
    assert not printed.holds(Passage("a", beyond, beyond + 1, "beyond"))
