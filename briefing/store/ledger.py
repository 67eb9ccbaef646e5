"""The promise: every slot of a profile is made once, whoever asks, however often, whatever crashes."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime

from briefing.store.database import Database

LEASE = 120.0  # seconds; renewed at a third of it, so a crash delays an edition by two minutes at the most
BACK_OFF = (60.0, 300.0, 900.0, 1800.0)  # seconds before a failed run is tried again; the last one repeats
_COLUMNS = "profile, slot, state, attempts, began, ended, retry, error"


@dataclass(frozen=True, slots=True)
class Run:
    """One slot of a profile: state is running, made, empty, failed or handed-back."""

    profile: str
    slot: datetime
    state: str
    attempts: int
    began: datetime | None
    ended: datetime | None
    retry: datetime | None
    error: str | None


class Ledger:
    """`runs(profile, slot)` with leases: who holds an unexpired lease works on the slot, nobody else."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def since(self, profile: str, now: datetime) -> datetime:
        """The latest slot of a profile that was begun, or the moment it was first seen: what came before is not due.

        Slots and sightings of the future count for nothing: they come from a clock that was wrong.
        """
        moment = now.timestamp()
        with self.database.transaction() as db:
            db.execute("insert or ignore into profiles values (?, ?)", (profile, moment))
            db.execute("update profiles set since = ? where name = ? and since > ?", (moment, profile, moment))
            row = db.execute(
                "select max(p.since, coalesce((select max(slot) from runs where profile = p.name and slot <= ?), 0)) "
                "from profiles p where p.name = ?",
                (moment, profile),
            ).fetchone()
        return _time(row[0])

    def unfinished(self, profile: str, now: datetime, *, patient: bool = True) -> datetime | None:
        """The latest slot of the profile, where its run crashed, was handed back, or failed and may be tried again.

        Without patience a failed run counts before its time to be tried again has come.
        """
        moment = now.timestamp()
        row = self.database.connection.execute(
            "select slot from runs where profile = ? and "
            "slot = (select max(slot) from runs where profile = ? and slot <= ?) and "
            "(state = 'handed-back' or (state = 'running' and lease <= ?) or (state = 'failed' and (retry <= ? or ?)))",
            (profile, profile, moment, moment, moment, not patient),
        ).fetchone()
        return _time(row[0]) if row else None

    def claim(self, profile: str, slot: datetime, owner: str, now: datetime) -> bool:
        """Take the lease of a slot; False where it is made, or somebody else holds it."""
        at, moment = slot.timestamp(), now.timestamp()
        with self.database.transaction() as db:
            db.execute("insert or ignore into runs (profile, slot, state) values (?, ?, 'handed-back')", (profile, at))
            changed = db.execute(
                "update runs set state = 'running', owner = ?, lease = ?, began = ?, ended = null, error = null, "
                "attempts = attempts + 1 where profile = ? and slot = ? and "
                "(state in ('handed-back', 'failed') or (state = 'running' and lease <= ?))",
                (owner, moment + LEASE, moment, profile, at, moment),
            )
            return changed.rowcount == 1

    def renew(self, profile: str, slot: datetime, owner: str, now: datetime) -> bool:
        """Hold the lease longer; False where it was lost."""
        with self.database.transaction() as db:
            return _mine(db, profile, slot, owner, "lease = ?", (now.timestamp() + LEASE,))

    def hand_back(self, profile: str, slot: datetime, owner: str) -> None:
        """Give the lease up unfinished: anybody may begin the slot anew."""
        with self.database.transaction() as db:
            _mine(db, profile, slot, owner, "state = 'handed-back', lease = null", ())

    def fail(self, profile: str, slot: datetime, owner: str, now: datetime, error: str) -> None:
        """Note why a run failed, and when it is tried again."""
        with self.database.transaction() as db:
            row = db.execute(
                "select attempts from runs where profile = ? and slot = ?", (profile, slot.timestamp())
            ).fetchone()
            wait = BACK_OFF[min(row["attempts"], len(BACK_OFF)) - 1]
            values = (error, now.timestamp(), now.timestamp() + wait)
            _mine(db, profile, slot, owner, "state = 'failed', error = ?, ended = ?, retry = ?, lease = null", values)

    def finish(
        self, db: sqlite3.Connection, profile: str, slot: datetime, owner: str, now: datetime, state: str
    ) -> bool:
        """Within the transaction that stores the edition: done, unless the lease was lost to another."""
        return _mine(db, profile, slot, owner, "state = ?, ended = ?, lease = null", (state, now.timestamp()))

    def held_by(self, owner: str) -> tuple[Run, ...]:
        """The runs that an owner has begun and not ended."""
        rows = self.database.connection.execute(
            f"select {_COLUMNS} from runs where owner = ? and state = 'running' order by slot, profile", (owner,)
        )
        return tuple(map(_run, rows))

    def latest(self, profile: str) -> Run | None:
        """The run of the profile's latest slot."""
        row = self.database.connection.execute(
            f"select {_COLUMNS} from runs where profile = ? order by slot desc limit 1", (profile,)
        ).fetchone()
        return _run(row) if row else None

    def forget(self, before: datetime) -> None:
        """Remove runs of slots before a moment, the latest of each profile excepted."""
        with self.database.transaction() as db:
            db.execute(
                "delete from runs where slot < ? and slot < (select max(slot) from runs other "
                "where other.profile = runs.profile)",
                (before.timestamp(),),
            )

    def runs(self, *, limit: int = 50) -> tuple[Run, ...]:
        """The latest runs, newest first."""
        rows = self.database.connection.execute(
            f"select {_COLUMNS} from runs order by slot desc, profile limit ?", (limit,)
        )
        return tuple(map(_run, rows))


def _mine(
    db: sqlite3.Connection, profile: str, slot: datetime, owner: str, change: str, values: tuple[object, ...]
) -> bool:
    where = "where profile = ? and slot = ? and owner = ? and state = 'running'"
    changed = db.execute(f"update runs set {change} {where}", (*values, profile, slot.timestamp(), owner))
    return changed.rowcount == 1


def _run(row: sqlite3.Row) -> Run:
    began, ended, retry = (_maybe(row[name]) for name in ("began", "ended", "retry"))
    return Run(row["profile"], _time(row["slot"]), row["state"], row["attempts"], began, ended, retry, row["error"])


def _time(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _maybe(seconds: float | None) -> datetime | None:
    return None if seconds is None else _time(seconds)
