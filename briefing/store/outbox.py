"""What is to be sent, with its bytes: each (edition, target) ends delivered, refused or expired."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from briefing.store.database import Database

LEASE = 300.0  # seconds; renewed at a third of it while an attempt lasts, so a crash delays a letter by five minutes
FIRST_WAIT, LONGEST_WAIT = 60.0, 3600.0  # seconds between attempts: doubled each time

Kind = Literal["mail", "operator", "folder", "maildir", "webhook"]
State = Literal["waiting", "delivered", "refused", "expired"]


@dataclass(frozen=True, slots=True)
class Letter:
    """One message for one target; `data` are the bytes that are sent at every attempt."""

    kind: Kind
    target: str
    data: bytes
    message_id: str | None = None
    id: int = 0
    profile: str = ""
    slot: datetime | None = None
    state: State = "waiting"
    attempts: int = 0
    code: int | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """How an attempt ended: `again` where trying later may help; `code` as an SMTP server or a web server gave it."""

    delivered: bool
    again: bool = False
    code: int | None = None
    note: str = ""


class Outbox:
    """The letters of all editions."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def put(
        self,
        db: sqlite3.Connection,
        profile: str,
        slot: datetime,
        letters: Sequence[Letter],
        *,
        now: datetime,
        hours: int,
    ) -> None:
        """Within the transaction that stores the edition: its letters, each tried for `hours` at the most."""
        deadline = (now + timedelta(hours=hours)).timestamp()
        db.executemany(
            "insert or ignore into outbox (profile, slot, kind, target, message_id, data, due, deadline) "
            "values (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (profile, slot.timestamp(), x.kind, x.target, x.message_id, x.data, now.timestamp(), deadline)
                for x in letters
            ],
        )

    def take(self, owner: str, now: datetime) -> Letter | None:
        """The next letter that is due, leased to `owner`; None where there is none."""
        moment = now.timestamp()
        with self.database.transaction() as db:
            row = db.execute(
                "select * from outbox where state = 'waiting' and due <= ? and (lease is null or lease <= ?) "
                "order by due, id limit 1",
                (moment, moment),
            ).fetchone()
            if row is None:
                return None
            db.execute("update outbox set owner = ?, lease = ? where id = ?", (owner, moment + LEASE, row["id"]))
        return _letter(row)

    def renew(self, letter: Letter, owner: str, now: datetime) -> bool:
        """Hold a letter longer; False where it was lost."""
        with self.database.transaction() as db:
            changed = db.execute(
                "update outbox set lease = ? where id = ? and owner = ?", (now.timestamp() + LEASE, letter.id, owner)
            )
            return changed.rowcount == 1

    def settle(self, letter: Letter, owner: str, outcome: Outcome, now: datetime) -> State | None:
        """Note how an attempt ended; what may be tried again waits, longer each time, until its deadline.

        None where another process has taken the letter over meanwhile: what it finds is noted, not this.
        """
        moment = now.timestamp()
        with self.database.transaction() as db:
            row = db.execute("select attempts, deadline from outbox where id = ?", (letter.id,)).fetchone()
            wait = min(FIRST_WAIT * 2.0 ** min(row["attempts"], 30), LONGEST_WAIT)
            state: State = "delivered" if outcome.delivered else "refused"
            if outcome.again and not outcome.delivered:
                state = "waiting" if moment + wait <= row["deadline"] else "expired"
            changed = db.execute(
                "update outbox set state = ?, attempts = attempts + 1, code = ?, note = ?, due = ?, ended = ?, "
                "owner = null, lease = null where id = ? and owner = ?",
                (state, outcome.code, outcome.note, moment + wait, moment, letter.id, owner),
            )
            return state if changed.rowcount else None

    def expire(self, now: datetime) -> int:
        """End what waits beyond its deadline, because nobody was there to try; how many letters that are."""
        with self.database.transaction() as db:
            changed = db.execute(
                "update outbox set state = 'expired', ended = ?, note = coalesce(note, 'not tried in time') "
                "where state = 'waiting' and deadline < ? and (lease is null or lease <= ?)",
                (now.timestamp(),) * 3,
            )
            return changed.rowcount

    def counts(self) -> dict[str, int]:
        """How many letters are in each state."""
        rows = self.database.connection.execute("select state, count(*) from outbox group by state order by state")
        return {row[0]: row[1] for row in rows}

    def forget(self, before: datetime) -> int:
        """Remove letters that ended before a moment; how many."""
        with self.database.transaction() as db:
            gone = db.execute("delete from outbox where state <> 'waiting' and ended < ?", (before.timestamp(),))
            return gone.rowcount

    def letters(
        self, *, profile: str | None = None, slot: datetime | None = None, limit: int = 100
    ) -> tuple[Letter, ...]:
        """The latest letters without their data, newest first, of one edition where profile and slot are given."""
        rows = self.database.connection.execute(
            "select id, profile, slot, kind, target, message_id, x'' data, state, attempts, code, note from outbox "
            "where (? is null or profile = ?) and (? is null or slot = ?) "
            "order by id desc limit ?",
            (profile, profile, *((slot.timestamp() if slot else None),) * 2, limit),
        )
        return tuple(map(_letter, rows))

    def again(self, profile: str, slot: datetime, *, now: datetime, hours: int, everything: bool = False) -> int:
        """Put back what was refused or expired of an edition, or `everything` that was sent; how many letters."""
        states = ("refused", "expired", "delivered") if everything else ("refused", "expired")
        deadline = (now + timedelta(hours=hours)).timestamp()
        with self.database.transaction() as db:
            changed = db.execute(
                "update outbox set state = 'waiting', attempts = 0, due = ?, deadline = ? "
                f"where profile = ? and slot = ? and state in ({', '.join('?' * len(states))})",
                (now.timestamp(), deadline, profile, slot.timestamp(), *states),
            )
            return changed.rowcount


def _letter(row: sqlite3.Row) -> Letter:
    return Letter(
        kind=row["kind"],
        target=row["target"],
        data=row["data"],
        message_id=row["message_id"],
        id=row["id"],
        profile=row["profile"],
        slot=datetime.fromtimestamp(row["slot"], UTC),
        state=row["state"],
        attempts=row["attempts"],
        code=row["code"],
        note=row["note"],
    )
