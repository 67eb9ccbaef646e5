"""How things stand: the last and the next edition of each profile, the outbox, and what needs a person."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from briefing.config import Config, Profile
from briefing.files import write
from briefing.record import to_record
from briefing.store import Database, Ledger, Outbox, Run
from briefing.timing import last_slot, next_slots

LATE = timedelta(minutes=15)  # after its slot an edition that was not even begun is late: nobody looks at the schedule
FRESH = timedelta(minutes=15)  # a health file that is older has neither a daemon behind it nor a timer of five minutes
ASK = "is `briefing run` or a timer running?"

__all__ = ["Standing", "health_problem", "standing", "write_health"]


@dataclass(frozen=True, slots=True)
class ProfileStanding:
    """One profile: its latest run and its next slot; times ISO 8601 in UTC."""

    name: str
    state: str | None
    slot: str | None
    error: str | None
    next: str | None


@dataclass(frozen=True, slots=True)
class Standing:
    """Everything at one moment; `ok` where `problems` is empty."""

    at: str
    ok: bool
    problems: tuple[str, ...]
    profiles: tuple[ProfileStanding, ...]
    outbox: dict[str, int]


def standing(config: Config, database: Database, now: datetime) -> Standing:
    """How things stand now."""
    runs = {profile.name: Ledger(database).latest(profile.name) for profile in config.profiles}
    problems = tuple(_problems(config, database, runs, now))
    profiles = tuple(_profile(profile, runs[profile.name], now) for profile in config.profiles)
    return Standing(now.isoformat(timespec="seconds"), not problems, problems, profiles, Outbox(database).counts())


def write_health(config: Config, database: Database, now: datetime) -> None:
    """Write the standing to the file that the configuration names for monitors, whole or not at all."""
    if config.health is not None:
        data = json.dumps(to_record(standing(config, database, now)), ensure_ascii=False, indent=2) + "\n"
        write(config.path(config.health), data.encode())


def health_problem(config: Config, now: datetime) -> str | None:
    """What is wrong with the health file: absent, or older than a running daemon would leave it."""
    if config.health is None:
        return None
    try:
        at = datetime.fromisoformat(json.loads(config.path(config.health).read_text("utf-8"))["at"])
    except (OSError, ValueError, KeyError, TypeError):
        return f"{config.health}: no health file that can be read; {ASK}"
    return None if now - at <= FRESH else f"{config.health}: last written {at.isoformat()}; {ASK}"


def _profile(profile: Profile, run: Run | None, now: datetime) -> ProfileStanding:
    coming = (
        [slot for line in profile.schedules for slot in islice(next_slots(line, now), 1)] if profile.enabled else []
    )
    return ProfileStanding(
        profile.name,
        run.state if run else None,
        run.slot.isoformat() if run else None,
        run.error if run else None,
        min(coming).isoformat() if coming else None,
    )


def _problems(config: Config, database: Database, runs: dict[str, Run | None], now: datetime) -> Iterator[str]:
    outbox = Outbox(database)
    for profile in config.profiles:
        run = runs[profile.name]
        if run is not None and run.state == "failed":
            yield f"{profile.name}: the run of {run.slot.isoformat()} failed: {run.error}"
        since = Ledger(database).since(profile.name, now) if profile.enabled else now
        missed = [slot for line in profile.schedules if (slot := last_slot(line, after=since, until=now - LATE))]
        if missed:
            late = max(missed).isoformat()
            yield f"{profile.name}: the edition of {late} was not begun; {ASK}"
        if run is not None:
            for letter in outbox.letters(profile=profile.name, slot=run.slot):
                if letter.state in ("refused", "expired"):
                    yield f"{profile.name}: {letter.kind} to {letter.target} {letter.state}: {letter.note}"
