"""Schedules in virtual time: every slot once, whatever the clocks do."""

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from itertools import islice, takewhile
from time import process_time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.timing import last_slot, local_day, next_slots, parse_schedule

ZONES = (
    "Europe/Berlin", "Europe/London", "America/New_York", "America/Sao_Paulo", "America/St_Johns", "Asia/Tokyo",
    "Asia/Kolkata", "Asia/Kathmandu", "Asia/Tehran", "Australia/Lord_Howe", "Australia/Sydney", "Pacific/Auckland",
    "Pacific/Apia", "Africa/Cairo", "Africa/Casablanca", "UTC",
)  # fmt: skip


def slots(line: str, after: datetime, until: datetime) -> list[datetime]:
    return list(takewhile(lambda slot: slot < until, next_slots(parse_schedule(line), after)))


HALF_HOURS = [f"{hour:02}:{minute:02}" for hour in range(24) for minute in (0, 30)]
AROUND_CHANGES = ("00:00", "00:30", "02:30", "03:00", "23:30")


def missed_and_double(zone: str, times: Iterable[str]) -> tuple[int, int, int]:
    """How many local days two years have, on how many of them a daily slot was missed, on how many it came twice."""
    local = ZoneInfo(zone)
    first, last = date(2026, 1, 1), date(2028, 1, 1)
    days = {(first + timedelta(n)).isoformat() for n in range((last - first).days)}
    start = datetime.combine(first, datetime.min.time(), local) - timedelta(seconds=1)
    end = datetime.combine(last, datetime.min.time(), local)
    total = missed = double = 0
    for at in times:
        schedule = parse_schedule(f"daily {at} {zone}")
        found = Counter(local_day(schedule, slot) for slot in slots(schedule.line, start, end))
        total += len(days)
        missed += len(days - found.keys())
        double += sum(count - 1 for count in found.values()) + len(found.keys() - days)
    return total, missed, double


@pytest.mark.parametrize("zone", ZONES)
def test_a_daily_slot_comes_once_each_local_day_around_the_clock_changes(zone: str) -> None:
    assert missed_and_double(zone, AROUND_CHANGES)[1:] == (0, 0)


@pytest.mark.slow
def test_sixteen_zones_at_every_half_hour_of_two_years_miss_nothing_and_double_nothing() -> None:
    began = process_time()
    counts = [missed_and_double(zone, HALF_HOURS) for zone in ZONES]
    total, missed, double = (sum(column) for column in zip(*counts, strict=True))
    print(f"{total:,} daily slots: {missed} missed, {double} double, {process_time() - began:.1f} s CPU")
    assert total == 16 * 48 * 730
    assert (missed, double) == (0, 0)


def test_forms_mean_what_they_say() -> None:
    monday = datetime(2026, 11, 23, tzinfo=UTC)
    week = monday + timedelta(days=7)
    assert [s.hour for s in slots("daily 06:30,17:00 UTC", monday, monday + timedelta(1))] == [6, 17]
    assert [s.day for s in slots("weekdays 06:30 UTC", monday, week)] == [23, 24, 25, 26, 27]
    assert [s.day for s in slots("sun,wed 06:30 UTC", monday, week)] == [25, 29]
    assert [s.day for s in slots("cron 0 6 * * 1-5 UTC", monday, week)] == [23, 24, 25, 26, 27]
    assert slots("once 2026-11-24 06:30 Europe/Berlin", monday, week) == [datetime(2026, 11, 24, 5, 30, tzinfo=UTC)]
    assert slots("once 2026-11-22 06:30 Europe/Berlin", monday, week) == []


def test_after_a_pause_only_the_last_missed_slot_is_due() -> None:
    schedule = parse_schedule("daily 06:30 Europe/Berlin")
    friday, monday = datetime(2026, 11, 20, 7, tzinfo=UTC), datetime(2026, 11, 23, 9, tzinfo=UTC)
    due = last_slot(schedule, after=friday, until=monday)
    assert due == datetime(2026, 11, 23, 5, 30, tzinfo=UTC)
    assert last_slot(schedule, after=due, until=monday) is None


@given(st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC)), st.sampled_from(ZONES))
def test_slots_ascend_and_lie_after_the_start(start: datetime, zone: str) -> None:
    found = list(islice(next_slots(parse_schedule(f"daily 02:15,02:45 {zone}"), start), 5))
    assert start < found[0]
    assert found == sorted(set(found))


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("daily", "is no schedule; write daily 06:30 Europe/Berlin"),
        ("daily 06:30 Europe/Berlyn", "no time zone named 'Europe/Berlyn'"),
        ("daily 25:00 UTC", "a time such as 06:30 is needed, not '25:00'"),
        ("fortnightly 06:30 UTC", "'fortnightly' is not daily"),
        ("cron 0 6 31 2 * UTC", "never comes"),
        ("cron 0 6 * * UTC", "has five fields"),
        ("once 2026-02-30 06:30 UTC", "a day and a time such as"),
    ],
)
def test_a_wrong_line_is_named_with_the_way_out(line: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        parse_schedule(line)
