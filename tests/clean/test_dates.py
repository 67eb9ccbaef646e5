"""Dates as pages write them."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.clean.dates import parse_date


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2024-03-05", "2024-03-05"),
        ("2024-03-05T09:30:00+01:00", "2024-03-05T09:30:00+01:00"),
        ("2024-03-05T09:30:00Z", "2024-03-05T09:30:00+00:00"),
        ("2024-03-05T09:30:00", "2024-03-05"),
        ("Tue, 05 Mar 2024 09:30:00 +0100", "2024-03-05T09:30:00+01:00"),
        ("20240305", "2024-03-05"),
        ("March 5, 2024", "2024-03-05"),
        ("Updated: Mar. 5th, 2024 at 9:30 p.m.", "2024-03-05"),
        ("Tuesday 5 March 2024", "2024-03-05"),
        ("5. März 2024", "2024-03-05"),
        ("2016/6/29", "2016-06-29"),
        ("29/06/2016", "2016-06-29"),
        ("05.03.2024", "2024-03-05"),
    ],
)
def test_a_written_date_is_read(written: str, read: str) -> None:
    assert parse_date(written) == read


@pytest.mark.parametrize(
    "written", ["", "05/03/2024", "Mo, 25 Jun", "31 February 2024", "1970-01-01", "yesterday", "5.3"]
)
def test_what_is_no_sure_day_stays_unread(written: str) -> None:
    assert parse_date(written) is None


@given(st.text(max_size=80))
def test_no_text_breaks_it_and_what_it_reads_reads_the_same_again(text: str) -> None:
    read = parse_date(text)
    assert read is None or parse_date(read) == read


@given(st.dates(min_value=datetime.date(1990, 1, 1), max_value=datetime.date(2099, 12, 31)))
def test_every_day_is_read_back(day: datetime.date) -> None:
    assert parse_date(f"{day:%B} {day.day}, {day.year}") == day.isoformat()


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Mo, 25 Jun", "2018-06-25"),
        ("July 3", "2018-07-03"),
        ("July 4", "2017-07-04"),
        ("31 December", "2017-12-31"),
        ("29 Feb", "2016-02-29"),
        ("25 Jun 2001", "2001-06-25"),
        ("31 June", None),
        ("soon", None),
    ],
)
def test_a_date_without_a_year_is_the_last_such_day(written: str, read: str | None) -> None:
    assert parse_date(written, reference=datetime.date(2018, 7, 2)) == read


def test_without_a_reference_a_date_without_a_year_is_none() -> None:
    assert parse_date("Mo, 25 Jun") is None
