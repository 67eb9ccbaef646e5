"""Undated reports take the day that their lead names."""

from datetime import date

import pytest

from briefing.language.weekdays import day_of_report

WEDNESDAY = date(2022, 1, 12)


@pytest.mark.parametrize(
    ("lead", "day"),
    [
        ("The council met in Varnholm on Thursday.", 13),
        ("The council met in Varnholm on Wednesday.", 12),
        ("Fire broke out late on Tuesday.", 11),
        ("The council met in Varnholm.", 12),
        ("The council will meet next Thursday.", 12),
        ("After Thursday's vote the council went home.", 12),
        ("The council met on Thursday, after talks on Monday.", 12),
        ("The match is on Saturday.", 12),
        ("The council met.\n\nIt meets again on Thursday.", 12),
    ],
)
def test_the_only_weekday_of_the_lead_is_the_day_of_the_report(lead: str, day: int) -> None:
    assert day_of_report(lead, WEDNESDAY) == date(2022, 1, day)
