"""Dates in text: found in every form, resolved against the day of publication, or left out."""

from __future__ import annotations

import datetime
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.language import dates as module
from briefing.language.dates import MONTHS, DateMention, day_of, find_dates

WEDNESDAY = datetime.date(2024, 3, 13)


def dates(text: str, anchor: datetime.date | None = WEDNESDAY) -> list[str]:
    return [
        date.date if date.until is None else f"{date.date}/{date.until}" for date in find_dates(text, anchor=anchor)
    ]


def test_what_comes_after_and_is_another_deed():
    text = "She met the mayor in Riga on Sunday and will brief the council on Friday."
    assert [date.date for date in find_dates(text, anchor=datetime.date(2024, 3, 13))] == ["2024-03-10", "2024-03-15"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The bridge opened on May 4, 1987.", ["1987-05-04"]),
        ("The bridge opened on 4 May 1987.", ["1987-05-04"]),
        ("It opened on the 4th of May, 1987.", ["1987-05-04"]),
        ("By | January 12, 2022", ["2022-01-12"]),
        ("Posted Wed., Jan. 12th 2022 by the desk", ["2022-01-12"]),
        ("JANUARY 3, 2020 - The port", ["2020-01-03"]),
        ("Updated 2022-01-12T10:30:00Z", ["2022-01-12"]),
        ("Updated 2022/1/9 at noon", ["2022-01-09"]),
        ("am 01.12.2021 in Bonn", ["2021-12-01"]),
        ("on 13/01/2022 and 1/13/2022", ["2022-01-13", "2022-01-13"]),
        ("In April 2014 the mine closed.", ["2014-04"]),
        ("It closed in 2014.", ["2014"]),
        ("The mine's 2014 closure hurt.", ["2014"]),
        ("in early 2014 and late 2016", ["2014", "2016"]),
        ("He served from 2012 to 2018.", ["2012/2018"]),
        ("The fair ran Jan. 10-12, 2022.", ["2022-01-10/2022-01-12"]),
        ("from January 10 to February 3, 2021", ["2021-01-10", "2021-02-03"]),
        ("between March and May 2019", ["2019-05"]),
        ("March to May 2019", ["2019-03/2019-05"]),
    ],
)
def test_a_date_that_carries_its_year_needs_no_anchor(text: str, expected: list[str]):
    assert dates(text, None) == expected
    assert dates(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The port closed on Monday.", "2024-03-11"),
        ("The port closed on Wednesday.", "2024-03-13"),
        ("The port closed on Thursday.", "2024-03-07"),
        ("The port will close on Thursday.", "2024-03-14"),
        ("The port is due to close on Thursday.", "2024-03-14"),
        ("Ministers meet on Thursday.", "2024-03-14"),
        ("The vote on Thursday might decide it.", "2024-03-14"),
        ("Ms. Berg said on Tuesday that the port will close.", "2024-03-12"),
        ("They will pay more than Tuesday’s closing price.", "2024-03-12"),
        ("She promised a wall: begun in April and done by winter.", "2024-04"),
        ("A wall, begun in April and finished before next winter, is promised.", "2024-04"),
        ("It closed last Wednesday.", "2024-03-06"),
        ("It opens next Wednesday.", "2024-03-20"),
        ("It closed on Monday of last week.", "2024-03-04"),
        ("It closed yesterday.", "2024-03-12"),
        ("It closed last night.", "2024-03-12"),
        ("It closed two days ago.", "2024-03-11"),
        ("It closed last month.", "2024-02"),
        ("It closed three months ago.", "2023-12"),
        ("It closed last year.", "2023"),
        ("It closed 20 years ago.", "2004"),
        ("It closed in November.", "2023-11"),
        ("It will close in November.", "2024-11"),
        ("It closed in July last year.", "2023-07"),
        ("It closed on March 1.", "2024-03-01"),
        ("It closed on Dec. 28.", "2023-12-28"),
        ("It will close on Sept. 1.", "2024-09-01"),
    ],
)
def test_a_date_without_its_year_is_resolved_against_the_anchor(text: str, expected: str):
    assert dates(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "It closed on Monday, in November, on March 1, last year.",
        "It closed two days ago.",
    ],
)
def test_without_an_anchor_relative_dates_are_left_out(text: str):
    assert dates(text, None) == []


@pytest.mark.parametrize(
    "text",
    [
        "every Monday",
        "on Good Friday",
        "in the 1990s",
        "last week and next summer",
        "about 20 years ago",
        "the September 11 attacks",
        "The Sunday Times wrote",
        "after 2000 people had left",
        "some 5,000 men",
        "the May government may march on",
        "on February 31, 2020",
        "on 1/2/2022",
        "version 1.12.3 of 2.5 May",
        "over the last year",
    ],
)
def test_what_has_no_honest_date_is_left_out(text: str):
    assert dates(text) == []


def test_offsets_hold_the_words_of_the_date_without_its_preposition():
    text = "Since April 2014 it has met twice, in 2016 and on Monday."
    found = find_dates(text, anchor=WEDNESDAY)
    assert [date.text for date in found] == ["April 2014", "2016", "Monday"]
    assert all(text[date.start : date.end] == date.text for date in found)
    assert [date.explicit for date in found] == [True, True, False]
    assert [date.precision for date in found] == ["month", "year", "day"]


@given(st.dates(datetime.date(1700, 1, 1), datetime.date(2150, 12, 31)), st.sampled_from(["md", "dm", "iso"]))
def test_any_full_date_comes_back_as_it_was(day: datetime.date, form: str):
    month = MONTHS[day.month - 1]
    written = {
        "md": f"{month} {day.day}, {day.year}",
        "dm": f"{day.day} {month} {day.year}",
        "iso": day.isoformat(),
    }[form]
    assert dates(f"It closed on {written}.", None) == [day.isoformat()]


@given(st.dates(datetime.date(1990, 1, 1), datetime.date(2050, 1, 1)), st.integers(0, 6))
def test_a_weekday_is_within_a_week_of_the_anchor_on_the_side_its_verb_looks(anchor: datetime.date, number: int):
    name = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")[number]
    past, future = (
        datetime.date.fromisoformat(dates(f"It {verb} on {name}.", anchor)[0]) for verb in ("closed", "will close")
    )
    assert past.weekday() == future.weekday() == number
    assert 0 <= (anchor - past).days < 7
    assert 0 <= (future - anchor).days < 7


@given(st.text(max_size=200))
def test_any_text_can_be_read_and_mentions_never_overlap(text: str):
    found = find_dates(text, anchor=WEDNESDAY)
    assert all(text[date.start : date.end] == date.text for date in found)
    assert all(one.end <= other.start for one, other in itertools.pairwise(found))


def test_the_day_of_publication_is_read_from_dates_and_times():
    assert day_of("2024-03-13T22:15:00+01:00") == WEDNESDAY
    assert day_of("2024-03-13") == WEDNESDAY
    assert day_of("March") is None
    assert day_of(None) is None


def test_looking_near_the_signs_finds_what_looking_everywhere_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    filler = "The harbor stayed closed and nobody was hurt. " * 5
    mentions = (
        "On Wednesday, January 12th, 2022, and ", "of 3 to 5 March 2021 ", "(2003 to 2005) ", "in July ", "2022-01-12 ",
        "the day before yesterday ", "thirty years ago ", "Tuesday evening of next week ", "May 1 to June 3, 2020 ",
    )  # fmt: skip
    text = filler.join(mentions)

    def found(reach: int) -> tuple[DateMention, ...]:
        monkeypatch.setattr(module, "REACH", reach)
        return find_dates.__wrapped__(text, anchor=WEDNESDAY)

    near = find_dates.__wrapped__(text, anchor=WEDNESDAY)
    monkeypatch.setattr(module, "_longest", module._longest.__wrapped__)
    assert near == found(len(text))
    assert len(near) >= len(mentions), near
    assert near != found(3)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They were due to meet on Thursday, but his office said no.", "2024-03-14"),
        ("They agreed to meet on Friday.", "2024-03-15"),
        ("It opens next Friday.", "2024-03-22"),
        ("It opens next Monday.", "2024-03-18"),
        ("The council convenes on Monday to debate the cable.", "2024-03-18"),
    ],
)
def test_a_weekday_looks_where_its_own_clause_looks(text: str, expected: str):
    assert dates(text) == [expected]
