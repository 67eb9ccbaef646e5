"""One edition of a profile: claim its slot, make it, store it with its letters in one transaction, send them."""

from __future__ import annotations

import json
import os
import shutil
import socket
import threading
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from traceback import format_exc

from briefing.config import Config, Profile
from briefing.deliver import Carrier
from briefing.errors import BriefingError
from briefing.files import ARTICLES
from briefing.letters import failure, hours, letters_of
from briefing.model import Brief
from briefing.pipeline import Made
from briefing.record import from_record
from briefing.slots import Due, edition_name, line_of, minute_name
from briefing.store import Archive, Database, Edition, Ledger, Letter, Outbox, held, ledger, outbox
from briefing.timing import last_slot

Clock = Callable[[], datetime]
# profile, edition, the brief before it -> the brief and its files by format, JSON always among them
Make = Callable[[Profile, str, Brief | None], tuple[Made, Mapping[str, bytes]]]
Share = Callable[[Sequence[Profile]], None]  # told which profiles are made next: what they all read is read once
Log = Callable[..., None]  # event name, then what belongs to it by keyword
KEEP_LETTERS = timedelta(days=30)  # after their end; each holds an edition's files, which the archive has anyway

__all__ = ["Desk", "utc_now"]


def utc_now() -> datetime:
    """The clock of a run."""
    return datetime.now(UTC)


class Desk:
    """A configuration at work on its store. Clock, making and log come in by the door."""

    def __init__(
        self,
        config: Config,
        database: Database,
        *,
        make: Make,
        share: Share = lambda profiles: None,
        clock: Clock = utc_now,
        log: Log,
    ) -> None:
        self.config, self.database = config, database
        self.make, self.share, self.clock, self.log = make, share, clock, log
        self.ledger, self.outbox, self.archive = Ledger(database), Outbox(database), Archive(database)
        self.owner = f"{socket.gethostname()}:{os.getpid()}:{threading.get_ident()}:{id(self)}"
        self.stop = threading.Event()  # set by who wants the work to end: what is under way is finished, no more begun
        self.swept: date | None = None

    def tick(self) -> int:
        """Make what is due, send what waits; how many editions were made. Called as often as one likes, by anybody."""
        made = self.publish_all(self.due())
        self.send()
        self.sweep()
        return made

    # ------------------------------------------------------------ what is due

    def due(self) -> tuple[Due, ...]:
        """The slots to make now: for each profile the last one missed, or the one whose run did not end."""
        now = self.clock()
        found = (self._due(profile, now) for profile in self.config.profiles if profile.enabled and profile.schedule)
        return tuple(due for due in found if due is not None)

    def now(self, profile: Profile) -> Due:
        """The edition that is due, or is being made, or failed; else one of this very minute, due or not."""
        now = self.clock()
        if profile.schedule:
            due = self._due(profile, now, patient=False)
            if due is not None:
                return due
        run = self.ledger.latest(profile.name)
        if run is not None and run.state == "running":
            return self._named(profile, run.slot)
        return self._named(profile, now.replace(second=0, microsecond=0), scheduled=False)

    def _due(self, profile: Profile, now: datetime, *, patient: bool = True) -> Due | None:
        since = self.ledger.since(profile.name, now)
        slots = [slot for line in profile.schedules if (slot := last_slot(line, after=since, until=now))]
        slot = max(slots) if slots else self.ledger.unfinished(profile.name, now, patient=patient)
        return None if slot is None else self._named(profile, slot)

    def _named(self, profile: Profile, slot: datetime, *, scheduled: bool = True) -> Due:
        """The slot with the name of its edition; of a name that another slot has, its minute makes another."""
        if scheduled and profile.schedule:
            name = edition_name(profile, line_of(profile, slot), slot)
            taken = self.archive.find(name, profile=profile.name)
            if taken is None or taken.slot == slot:
                return Due(profile, slot, name)
        return Due(profile, slot, minute_name(profile, slot))

    # ------------------------------------------------------------ making

    def publish_all(self, dues: Sequence[Due]) -> int:
        """Make these editions; how many were made here and now."""
        made = 0
        self.share([due.profile for due in dues])
        try:
            for due in dues:
                made += not self.stop.is_set() and self.publish(due)
        finally:
            self.share(())
        return made

    def publish(self, due: Due) -> bool:
        """Make one edition, unless another process has it; a failure is noted, told to the operator, tried again."""
        profile, slot = due.profile, due.slot
        if not self.ledger.claim(profile.name, slot, self.owner, self.clock()):
            return False
        self.log("begin", profile=profile.name, edition=due.edition, slot=slot.isoformat())
        try:
            with held(self.database, lambda db: self._renewed(db, due), every=ledger.LEASE / 3):
                made, files = self.make(profile, due.edition, self._previous(due))
                return self._store(due, made, files)
        except Exception as error:  # whatever goes wrong in one edition must not end the service
            self._failed(due, error)
            return False
        except BaseException:
            self.ledger.hand_back(profile.name, slot, self.owner)
            raise

    def _renewed(self, database: Database, due: Due) -> bool:
        return Ledger(database).renew(due.profile.name, due.slot, self.owner, self.clock())

    def _previous(self, due: Due) -> Brief | None:
        """The profile's brief before this one, where there is one that can be read."""
        before = self.archive.before(due.profile.name, due.slot)
        data = self.archive.files(before.profile, before.slot).get("json") if before else None
        try:
            return from_record(Brief, json.loads(data)) if data else None
        except ValueError as error:
            self.log("previous brief not read", profile=due.profile.name, error=str(error))
            return None

    def _store(self, due: Due, made: Made, files: Mapping[str, bytes]) -> bool:
        """The edition and its letters, in one transaction; nothing where the lease was lost meanwhile."""
        profile, slot, now = due.profile, due.slot, self.clock()
        asked = {name: data for name, data in files.items() if name in profile.formats}
        letters = letters_of(self.config, due, made, asked, now)
        state = "made" if made.brief.stories else "empty"
        with self.database.transaction() as db:
            if not self.ledger.finish(db, profile.name, slot, self.owner, now, state):
                return False
            self.archive.put(db, profile.name, slot, made.brief, made.articles, files, now)
            self.outbox.put(db, profile.name, slot, letters, now=now, hours=hours(self.config))
        told = {"stories": len(made.brief.stories), "letters": len(letters)}
        self.log(state, profile=profile.name, edition=due.edition, **told)
        return True

    def _failed(self, due: Due, error: Exception) -> None:
        now, what = self.clock(), f"{type(error).__name__}: {error}"
        trace = {} if isinstance(error, (BriefingError, OSError, MemoryError)) else {"trace": format_exc()}
        self.log("failed", profile=due.profile.name, edition=due.edition, error=what, **trace)
        self.ledger.fail(due.profile.name, due.slot, self.owner, now, what)
        letter = failure(self.config, due, what, now)
        if letter is not None:
            with self.database.transaction() as db:
                self.outbox.put(db, due.profile.name, due.slot, [letter], now=now, hours=hours(self.config))

    # ------------------------------------------------------------ sending

    def send(self) -> int:
        """Try every letter that is due once; how many were delivered."""
        delivered = 0
        with Carrier(self.config) as carrier:
            while not self.stop.is_set() and (letter := self.outbox.take(self.owner, self.clock())) is not None:
                delivered += self._sent(letter, carrier)
        if expired := self.outbox.expire(self.clock()):
            self.log("expired", letters=expired)
        return delivered

    def _sent(self, letter: Letter, carrier: Carrier) -> bool:
        with held(self.database, lambda db: self._kept(db, letter), every=outbox.LEASE / 3):
            outcome = carrier.deliver(letter)
        state = self.outbox.settle(letter, self.owner, outcome, self.clock())
        told = {"kind": letter.kind, "target": letter.target, "code": outcome.code, "note": outcome.note}
        self.log(state or "taken over", profile=letter.profile, **told)
        return state == "delivered"

    def _kept(self, database: Database, letter: Letter) -> bool:
        return Outbox(database).renew(letter, self.owner, self.clock())

    # ------------------------------------------------------------ ending and keeping

    def hand_back(self) -> None:
        """Give up the leases that are held, for a process that must end now; called from another thread."""
        database = Database(self.database.path)
        for run in Ledger(database).held_by(self.owner):
            Ledger(database).hand_back(run.profile, run.slot, self.owner)
            self.log("handed back", profile=run.profile, slot=run.slot.isoformat())
        database.close()

    def sweep(self) -> None:
        """Once a day, remove what is older than the configuration wants to keep."""
        now = self.clock()
        if self.swept == now.date():
            return
        self.swept = now.date()
        letters = self.outbox.forget(now - KEEP_LETTERS)
        editions: tuple[Edition, ...] = ()
        if self.config.keep_days:
            before = now - timedelta(days=self.config.keep_days)
            editions = self.archive.forget(before)
            self.ledger.forget(before)
            for edition in editions:
                self._unwrite(edition)
        if letters or editions:
            self.log("swept", letters=letters, editions=len(editions))

    def _unwrite(self, edition: Edition) -> None:
        """Remove the folder of an edition from the output, where it is one that we wrote."""
        output = self.config.path(self.config.output)
        for folder in (output / edition.profile / edition.edition, output / edition.edition):
            if (folder / ARTICLES).is_file():
                shutil.rmtree(folder, ignore_errors=True)
                return
