"""How feeds are doing: what was heard of them, and what that means now. Pure: times come in as arguments."""

from __future__ import annotations

import email.utils
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise
from statistics import median
from typing import Literal

from briefing.collect.addresses import host_of, without_password
from briefing.collect.keep import Health
from briefing.model import FeedNote

State = Literal["ok", "new", "late", "silent", "failing", "gone", "moved"]

DAY = 86_400.0
LATE = 4.0  # times its usual interval without an entry; a daily feed is late after a long weekend
SILENT = 30 * DAY  # without an entry, whatever its interval
EARLIEST_LATE = 1 * DAY  # no feed is late within a day
RETRY = 6 * 3600.0  # longest time for which a server's Retry-After is believed


def state_of(health: Health, now: float) -> State:
    """What is known of a feed in one word."""
    if health.gone:
        return "gone"
    if health.failures:
        return "failing"
    if health.moved:
        return "moved"
    if health.good is None or health.newest is None:
        return "new" if health.good is None else "ok"
    quiet = now - health.newest
    if quiet > SILENT:
        return "silent"
    return "late" if quiet > max(EARLIEST_LATE, LATE * (health.usual or DAY)) else "ok"


def note_of(health: Health, now: float) -> FeedNote | None:
    """What a reader should know of a feed, or None when all is well."""
    state = state_of(health, now)
    name, url = health.title or host_of(health.url) or health.url, without_password(health.url)
    if state in ("late", "silent") and health.newest is not None:
        return FeedNote(name, url, "silent" if state == "silent" else "late", _day(health.newest))
    if state == "moved":
        return FeedNote(name, url, "moved", None, without_password(health.moved or ""))
    if state in ("gone", "failing"):
        since = None if health.good is None else _day(health.good)
        return FeedNote(name, url, "gone" if state == "gone" else "failed", since, health.error or "")
    return None


def heard(health: Health, now: float, *, title: str, stamps: Iterable[str | None]) -> Health:
    """The health of a feed that was read, with the times of its entries as they were written."""
    written = list(stamps)
    times = sorted({moment for stamp in written if stamp and (moment := seconds_of(stamp)) and moment <= now + DAY})
    gaps = [later - earlier for earlier, later in pairwise(times)]
    return replace(
        health,
        title=title or health.title,
        checked=now,
        good=now,
        failures=0,
        error=None,
        until=None,
        entries=len(written),
        newest=times[-1] if times else health.newest,
        usual=median(gaps) if gaps else health.usual,
    )


def failed(health: Health, now: float, why: str, *, status: int | None = None, until: float | None = None) -> Health:
    """The health of a feed that could not be read; 410 means that it is gone for good."""
    until = min(until, now + RETRY) if until is not None else None
    return replace(
        health,
        checked=now,
        failures=health.failures + 1,
        error=why,
        gone=health.gone or status == 410,
        until=until,
    )


def refusal(health: Health, now: float) -> str | None:
    """Why a feed is not asked now, or None."""
    if health.gone:
        return "gone for good (410) since " + (_day(health.checked) if health.checked else "some time")
    if health.until is not None and health.until > now:
        return f"asked to be left alone until {datetime.fromtimestamp(health.until, UTC):%Y-%m-%d %H:%M} UTC"
    return None


def seconds_of(stamp: str) -> float | None:
    """Unix seconds of a feed's time stamp; without an offset it is taken as UTC. None when it cannot be read."""
    for read in (datetime.fromisoformat, email.utils.parsedate_to_datetime):
        try:
            moment = read(stamp.strip())
            return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
        except (ValueError, TypeError, IndexError, OverflowError, OSError):
            continue
    return None


def _day(seconds: float) -> str:
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%d}"
