"""Desk and scheduler together in virtual time: APScheduler without threads, the clock moved by hand."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from apscheduler.executors.debug import DebugExecutor
from apscheduler.schedulers.base import BaseScheduler

from briefing.config import Config, Profile
from briefing.daily import utc_now
from briefing.schedule import add_pulses, catch_up
from tests.daily.office import desk

PULSE = 1200.0  # seconds; coarser than in use, for the sake of the test's time
EARLY = [f"{hour:02}:{minute:02}" for hour in range(5) for minute in (0, 30)]
CHANGES = [  # zone, a day around which its clocks change
    ("Europe/Berlin", "2026-03-29"),
    ("Europe/Berlin", "2026-10-25"),
    ("America/Sao_Paulo", "2026-02-15"),
    ("Australia/Lord_Howe", "2026-04-05"),
    ("Africa/Cairo", "2026-04-24"),
    ("Africa/Casablanca", "2026-03-22"),
]


class Threadless(BaseScheduler):  # type: ignore[misc]
    """A scheduler that does what is due when it is asked to."""

    def wakeup(self) -> None:
        """Nothing sleeps here."""

    def shutdown(self, wait: bool = True) -> None:
        super().shutdown(wait)

    def look(self) -> None:
        self._process_jobs()


def scheduler(work: Any) -> Threadless:
    made = Threadless(timezone="UTC", executors={"default": DebugExecutor()})
    add_pulses(made, [work], pulse=PULSE)
    made.start()
    return made


@pytest.mark.slow
@pytest.mark.parametrize(("zone", "day"), CHANGES)
def test_each_profile_has_one_edition_a_day_around_a_change_of_the_clocks(tmp_path: Path, zone: str, day: str) -> None:
    profiles = tuple(Profile(f"at-{at.replace(':', '-')}", (), schedule=(f"daily {at} {zone}",)) for at in EARLY)
    first = datetime.fromisoformat(day).replace(tzinfo=ZoneInfo(zone)) - timedelta(days=2)
    with time_machine.travel(first - timedelta(minutes=10), tick=False) as traveller:
        here = desk(Config(profiles, folder=tmp_path), clock=utc_now)  # type: ignore[arg-type]
        clock = scheduler(here.tick)
        end = (first + timedelta(days=4)).astimezone(UTC) - timedelta(minutes=10)  # 4 local days, whatever their hours
        while utc_now() < end:
            clock.look()
            traveller.shift(PULSE)
    made = sorted((edition.profile, edition.edition) for edition in here.archive.editions(limit=10_000))
    days = [(first.date() + timedelta(n)).isoformat() for n in range(4)]
    assert made == sorted((profile.name, name) for profile in profiles for name in days)


def test_a_clock_set_back_by_hours_does_not_stop_the_pulse() -> None:
    looks = []
    with time_machine.travel(datetime(2026, 3, 2, 12, tzinfo=UTC), tick=False) as traveller:
        clock = scheduler(lambda: looks.append(utc_now()))
        clock.look()
        traveller.move_to(datetime(2026, 3, 2, 9, tzinfo=UTC))
        clock.look()
        assert len(looks) == 1
        catch_up(clock, pulse=PULSE)
        clock.look()
        assert len(looks) == 2
