"""Which edition a slot is: its day where the reader is, and its time where the day has several."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import takewhile
from zoneinfo import ZoneInfo

from briefing.config import Profile
from briefing.timing import Schedule, next_slots

__all__ = ["Due", "edition_name", "line_of", "minute_name"]


@dataclass(frozen=True, slots=True)
class Due:
    """A slot that is to be made."""

    profile: Profile
    slot: datetime
    edition: str


def edition_name(profile: Profile, schedule: Schedule, slot: datetime) -> str:
    """The day of the slot where the reader is, with the time of day where the profile has several slots that day."""
    local = slot.astimezone(ZoneInfo(schedule.zone))
    midnight = datetime.combine(local.date(), datetime.min.time(), local.tzinfo)
    start, end = midnight - timedelta(seconds=1), midnight + timedelta(days=1)
    today = {at for line in profile.schedules for at in takewhile(lambda at: at < end, next_slots(line, start))}
    return local.date().isoformat() if len(today) < 2 else minute_name(profile, slot)


def minute_name(profile: Profile, slot: datetime) -> str:
    """Day and minute of the slot where the reader is; the second of two equal ones, in autumn, adds its offset."""
    local = slot.astimezone(ZoneInfo(profile.schedules[0].zone if profile.schedule else "UTC"))
    return f"{local:%Y-%m-%dT%H%M%z}" if local.fold else f"{local:%Y-%m-%dT%H%M}"


def line_of(profile: Profile, slot: datetime) -> Schedule:
    """The line of the schedule that the slot comes from; the first where the schedule was changed meanwhile."""
    before = slot - timedelta(seconds=1)
    found = (line for line in profile.schedules if next(next_slots(line, before), None) == slot)
    return next(found, profile.schedules[0])
