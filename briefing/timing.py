"""Schedule lines and their slots: exact around daylight saving, without a clock.

A slot is a moment at which an edition is due. Forms: "daily 06:30 Europe/Berlin", "weekdays 06:30,17:00 Europe/Berlin",
"mon,thu 07:15 Asia/Tokyo", "cron 30 6 * * 1-5 Europe/Berlin", "once 2026-12-01 06:30 Europe/Berlin". Times in the gap
of a spring change run right after it and times in the doubled hour of autumn run once, as Debian's cron does it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from itertools import takewhile
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from cronsim import CronSim, CronSimError

DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
FORMS = (
    "daily 06:30 Europe/Berlin, weekdays 06:30,17:00 Europe/Berlin, mon,thu 07:15 Asia/Tokyo, "
    "cron 30 6 * * 1-5 Europe/Berlin or once 2026-12-01 06:30 Europe/Berlin"
)

__all__ = ["Schedule", "last_slot", "local_day", "next_slots", "parse_schedule"]


@dataclass(frozen=True, slots=True)
class Schedule:
    """A parsed schedule line: cron expressions in a zone, or one moment."""

    line: str
    zone: str
    crons: tuple[str, ...] = ()
    once: datetime | None = None


def parse_schedule(line: str) -> Schedule:
    """The schedule of a line. Raises `ValueError` saying what is wrong and which forms there are."""
    words = line.split()
    if len(words) < 3:
        raise ValueError(f"{line!r} is no schedule; write {FORMS}")
    kind, zone = words[0].lower(), words[-1]
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(f"{line!r}: no time zone named {zone!r}; write one such as Europe/Berlin or UTC") from None
    if kind == "once":
        return Schedule(line, zone, once=_moment(line, words[1:-1], ZoneInfo(zone)))
    crons = (" ".join(words[1:-1]),) if kind == "cron" else tuple(_crons(line, kind, words[1:-1]))
    for expression in crons:
        _check(line, expression)
    return Schedule(line, zone, crons)


def next_slots(schedule: Schedule, after: datetime) -> Iterator[datetime]:
    """The slots later than `after`, in UTC, ascending; without end unless the schedule is a one-off."""
    if schedule.once is not None:
        if schedule.once > after:
            yield schedule.once
        return
    last = after
    ticks = [_ticks(expression, schedule.zone, after) for expression in schedule.crons]
    heads = [next(tick) for tick in ticks]
    while True:
        slot = min(heads)
        heads = [next(tick) if head == slot else head for head, tick in zip(heads, ticks, strict=True)]
        if slot > last:
            yield slot
            last = slot


def last_slot(schedule: Schedule, *, after: datetime, until: datetime) -> datetime | None:
    """The latest slot later than `after` and not later than `until`, in UTC, or None: what is due after a pause."""
    latest = None
    for slot in takewhile(lambda slot: slot <= until, next_slots(schedule, after)):
        latest = slot
    return latest


def local_day(schedule: Schedule, slot: datetime) -> str:
    """The day of a slot where the reader is, as an ISO date: the edition that is due."""
    return slot.astimezone(ZoneInfo(schedule.zone)).date().isoformat()


def _ticks(expression: str, zone: str, after: datetime) -> Iterator[datetime]:
    for tick in CronSim(expression, after.astimezone(ZoneInfo(zone))):
        yield tick.astimezone(UTC)


def _crons(line: str, kind: str, words: list[str]) -> Iterator[str]:
    for hour, minute in _times(line, "".join(words)):
        yield f"{minute} {hour} * * {_weekdays(line, kind)}"


def _weekdays(line: str, kind: str) -> str:
    if kind in ("daily", "weekdays", "weekends"):
        return {"daily": "*", "weekdays": "1-5", "weekends": "0,6"}[kind]
    days = kind.split(",")
    if not all(day in DAYS for day in days):
        raise ValueError(f"{line!r}: {kind!r} is not daily, weekdays, weekends, cron, once or days such as mon,thu")
    return ",".join(str(DAYS.index(day)) for day in days)


def _times(line: str, words: str) -> Iterator[tuple[int, int]]:
    for word in words.split(","):
        found = re.fullmatch(r"(\d{1,2}):(\d{2})", word)
        if not found or int(found[1]) > 23 or int(found[2]) > 59:
            raise ValueError(f"{line!r}: a time such as 06:30 is needed, not {word!r}")
        yield int(found[1]), int(found[2])


def _moment(line: str, words: list[str], zone: ZoneInfo) -> datetime:
    try:
        day, at = words
        return datetime.combine(date.fromisoformat(day), time.fromisoformat(at), zone).astimezone(UTC)
    except ValueError:
        raise ValueError(f"{line!r}: a day and a time such as 2026-12-01 06:30 are needed") from None


def _check(line: str, expression: str) -> None:
    """A cron expression that is malformed, or that never comes (31 February), is refused."""
    if len(expression.split()) != 5:
        raise ValueError(f"{line!r}: a cron expression has five fields: minute hour day month weekday")
    try:
        next(CronSim(expression, datetime(2000, 1, 1, tzinfo=UTC)))
    except (CronSimError, StopIteration) as error:
        raise ValueError(f"{line!r}: {expression!r} is no cron expression or never comes: {error}") from None
