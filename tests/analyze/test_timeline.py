"""Dated events: the sentence that tells of a day, each day and event once, in order."""

from __future__ import annotations

import itertools

import pytest
import spacy
from spacy.tokens import Doc

from briefing.analyze.timeline import MOST, PER_DATE, find_events, unite_events
from briefing.language.sentences import sentences
from briefing.model import Article, Event, Passage

NLP = spacy.blank("en")


def annotate(text: str) -> Doc:
    doc = NLP(text)
    starts = {start for start, _ in sentences(text)}
    for token in doc:
        token.is_sent_start = token.idx in starts or token.i == 0
    return doc


def events(text: str, id: str = "a") -> tuple[Event, ...]:
    return find_events(Article(id, text, published="2024-03-13"), annotate(text))


def test_an_event_is_a_date_with_the_sentence_that_tells_of_it():
    text = "The harbour at Lund froze over. It was closed to ships on Monday for the first time. Nobody was hurt."
    (event,) = events(text)
    assert (event.date, event.precision) == ("2024-03-11", "day")
    assert event.evidence == Passage("a", 32, 84, "It was closed to ships on Monday for the first time.")


def test_precision_is_that_of_the_words():
    text = "The quarry was opened by the town in 1921. It was sold to a rival in April 2014."
    assert [(event.date, event.precision) for event in events(text)] == [("1921", "year"), ("2014-04", "month")]


@pytest.mark.parametrize(
    "text",
    [
        "“We will never sell the quarry,” Ms. Holm said on Tuesday.",
        "Ms. Holm told the town council on Tuesday that the quarry was safe.",
        "The talks are led by Carl Holm, who was the town's mayor from 2012 to 2018.",
        "Under the 1949 Lund Treaty the quarry belongs to both towns.",
        "The town hopes to do without the quarry by 2030.",
        "Prices of gravel and sand have gone up this year.",
        "The paper wrote of “the biggest sale since 1921” in its leader.",
        "Jan. 12, 2022 5:14 p.m.",
        "The quarry sold 71 tons of stone, up from 66 tons four years ago.",
        "Sales of stone have fallen from 110 tons in 2005 to 21 tons, the town hall said.",
    ],
    ids=["speech", "telling", "a life", "a name", "a limit", "too wide", "quoted", "no sentence", "compared", "level"],
)
def test_a_date_of_something_else_is_no_event(text: str):
    assert events(text) == ()


def test_sentences_on_one_event_of_one_day_are_one_entry():
    texts = {
        "a": "On Monday the quarry at Lund was sold to its rival Ekdal.",
        "b": "The rival Ekdal bought the quarry at Lund on Monday for a song.",
        "c": "A storm closed the northern harbour on Monday.",
    }
    found = [event for id, text in texts.items() for event in events(text, id)]
    united = unite_events(found)
    assert [event.evidence.article for event in united] == ["a", "c"]


def test_the_sentence_that_stands_alone_is_preferred():
    found = [
        *events("It sold the old quarry at Lund to Ekdal on Monday.", "a"),
        *events("The council sold the old quarry at Lund to Ekdal on Monday.", "b"),
    ]
    assert [event.evidence.article for event in unite_events(found)] == ["b"]


def test_the_timeline_runs_forward_and_is_bounded():
    found = [
        Event(f"2024-03-{day:02}", "day", Passage("a", 100 * day + n, 100 * day + n + 9, text))
        for day in range(1, 12)
        for n, text in enumerate(["alpha quarry", "bravo harbour", "charlie market", "delta bridge"])
    ]
    united = unite_events(found)
    assert [event.date for event in united] == sorted(event.date for event in united)
    assert len(united) == MOST
    assert max(sum(event.date == date for event in united) for date in {event.date for event in united}) <= PER_DATE


def test_order_of_arrival_does_not_matter():
    found = [
        *events("On Monday the quarry at Lund was sold. The mine shut on Tuesday morning.", "a"),
        *events("The quarry at Lund was sold on Monday. A storm closed the harbour on Friday.", "b"),
    ]
    assert len({unite_events(order) for order in itertools.permutations(found)}) == 1


def test_a_sentence_stands_in_the_timeline_once():
    text = "The quarry at Lund opened in 1943 and was closed by the council on March 4, 2024."
    assert [event.date for event in unite_events(events(text))] == ["2024-03-04"]


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("Shareholders will receive a premium of 24 percent over Tuesday’s closing price.", []),
        (
            "The secretary promised the town a higher wall: begun in April and finished by May 2025.",
            ["2024-04", "2025-05"],
        ),
        ("The work, started in July and done before next winter, is to cost a fortune.", ["2024-07"]),
    ],
)
def test_a_date_looks_back_or_ahead_with_what_is_told_of_it(text: str, dates: list[str]):
    assert [event.date for event in events(text)] == dates


def test_what_is_said_to_come_has_its_own_day():
    (event,) = events("She said members would vote on Friday on whether to sell the old quarry.")
    assert event.date == "2024-03-15"
