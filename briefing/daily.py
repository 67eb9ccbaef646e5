"""One edition of a profile: claim its slot, make it, store it with its letters in one transaction, send them."""

from __future__ import annotations

import json
import os
import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import takewhile
from pathlib import Path
from zoneinfo import ZoneInfo

from briefing.config import Config, Mail, Profile
from briefing.deliver import deliver
from briefing.deliver.message import make_message
from briefing.errors import BriefingError, InputError
from briefing.files import ARTICLES, json_lines, packed
from briefing.model import Brief
from briefing.pipeline import Made
from briefing.record import to_record
from briefing.store import Archive, Database, Ledger, Letter, Outbox
from briefing.store.ledger import LEASE
from briefing.timing import Schedule, last_slot, next_slots

Clock = Callable[[], datetime]
Make = Callable[[Profile, str], tuple[Made, Mapping[str, bytes]]]  # profile, edition -> brief and its files by format
Log = Callable[..., None]  # event name, then what belongs to it by keyword

__all__ = ["Desk", "edition_name", "utc_now"]


def utc_now() -> datetime:
    """The clock of a run."""
    return datetime.now(UTC)


def edition_name(profile: Profile, schedule: Schedule, slot: datetime) -> str:
    """The day of the slot where the reader is, with the time of day where the profile has several slots that day."""
    local = slot.astimezone(ZoneInfo(schedule.zone))
    day = local.date()
    midnight = datetime.combine(day, datetime.min.time(), local.tzinfo)
    start, end = midnight - timedelta(seconds=1), midnight + timedelta(days=1)
    today = {at for line in profile.schedules for at in takewhile(lambda at: at < end, next_slots(line, start))}
    return day.isoformat() if len(today) < 2 else f"{day.isoformat()}T{local:%H%M}"


@dataclass(frozen=True, slots=True)
class Due:
    """A slot that is to be made."""

    profile: Profile
    slot: datetime
    edition: str


class Desk:
    """A configuration at work on its store. Clock, making and log come in by the door."""

    def __init__(self, config: Config, database: Database, *, make: Make, clock: Clock = utc_now, log: Log) -> None:
        self.config, self.database = config, database
        self.make, self.clock, self.log = make, clock, log
        self.ledger, self.outbox, self.archive = Ledger(database), Outbox(database), Archive(database)
        self.owner = f"{socket.gethostname()}:{os.getpid()}:{threading.get_ident()}"

    def tick(self) -> int:
        """Make what is due, send what waits; how many editions were made. Called as often as one likes, by anybody."""
        made = sum(self.publish(due) for due in self.due())
        self.send()
        return made

    def due(self) -> tuple[Due, ...]:
        """The slots to make now: for each profile the last one missed, or the one whose run did not end."""
        now = self.clock()
        found = (self._due(profile, now) for profile in self.config.profiles if profile.enabled and profile.schedule)
        return tuple(due for due in found if due is not None)

    def _due(self, profile: Profile, now: datetime) -> Due | None:
        since = self.ledger.since(profile.name, now)
        slots = [(slot, line) for line in profile.schedules if (slot := last_slot(line, after=since, until=now))]
        if slots:
            slot, line = max(slots, key=lambda item: item[0])
            return Due(profile, slot, edition_name(profile, line, slot))
        unfinished = self.ledger.unfinished(profile.name, now)
        if unfinished is None:
            return None
        before = unfinished - timedelta(seconds=1)
        lines = [line for line in profile.schedules if next(next_slots(line, before), None) == unfinished]
        return Due(profile, unfinished, edition_name(profile, (lines or profile.schedules)[0], unfinished))

    def now(self, profile: Profile) -> Due:
        """An edition of this very minute, due or not; asked for twice in a minute it is one edition."""
        slot = self.clock().replace(second=0, microsecond=0)
        zone = profile.schedules[0].zone if profile.schedule else "UTC"
        return Due(profile, slot, slot.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%dT%H%M"))

    def pulse(self) -> None:
        """A tick that survives: what goes wrong outside of a run is logged, and the next pulse tries again."""
        try:
            self.tick()
        except BriefingError as error:
            self.log("pulse failed", error=str(error))

    def hand_back(self) -> None:
        """Give up the leases that are held, for a process that must end now."""
        for run in self.ledger.runs(limit=len(self.config.profiles)):
            if run.state == "running":
                self.ledger.hand_back(run.profile, run.slot, self.owner)

    def publish(self, due: Due) -> bool:
        """Make one edition, unless another process has it; a failure is noted, told to the operator, tried again."""
        profile, slot = due.profile, due.slot
        if not self.ledger.claim(profile.name, slot, self.owner, self.clock()):
            return False
        self.log("begin", profile=profile.name, edition=due.edition, slot=slot.isoformat())
        try:
            with self._lease_held(profile.name, slot):
                made, files = self.make(profile, due.edition)
                return self._store(due, made, files)
        except (BriefingError, OSError, MemoryError) as error:
            self._failed(due, error)
            return False
        except BaseException:
            self.ledger.hand_back(profile.name, slot, self.owner)
            raise

    def send(self) -> int:
        """Try every letter that is due once; how many were delivered."""
        delivered = 0
        while (letter := self.outbox.take(self.owner, self.clock())) is not None:
            outcome = deliver(letter, self.config)
            state = self.outbox.settle(letter, self.owner, outcome, self.clock())
            delivered += state == "delivered"
            told = {"kind": letter.kind, "target": letter.target, "code": outcome.code, "note": outcome.note}
            self.log(state, profile=letter.profile, **told)
        return delivered

    def _store(self, due: Due, made: Made, files: Mapping[str, bytes]) -> bool:
        """The edition and its letters, in one transaction; nothing where the lease was lost meanwhile."""
        profile, slot, now = due.profile, due.slot, self.clock()
        letters = self._letters(due, made, files, now)
        state = "made" if made.brief.stories else "empty"
        with self.database.transaction() as db:
            if not self.ledger.finish(db, profile.name, slot, self.owner, now, state):
                return False
            self.archive.put(db, profile.name, slot, made.brief, made.articles, files, now)
            self.outbox.put(db, profile.name, slot, letters, now=now, hours=self.hours())
        told = {"stories": len(made.brief.stories), "letters": len(letters)}
        self.log(state, profile=profile.name, edition=due.edition, **told)
        return True

    def _letters(self, due: Due, made: Made, files: Mapping[str, bytes], now: datetime) -> list[Letter]:
        profile = due.profile
        folder = self.config.path(self.config.output)
        if len(self.config.profiles) > 1:
            folder /= profile.name
        everything = {**{f"brief.{name}": data for name, data in files.items()}, ARTICLES: _articles(made)}
        letters = [Letter("folder", str(folder / due.edition), packed(everything))]
        if profile.quiet and not made.brief.stories:
            return letters
        letters += self._mails(due, made.brief, files, now)
        for target in profile.targets:
            letters += self._other(target.kind, target.path, target.address_env, due, made, everything, now)
        return letters

    def _mails(self, due: Due, brief: Brief, files: Mapping[str, bytes], now: datetime) -> Iterator[Letter]:
        if self.config.mail is None or not due.profile.recipients:
            return
        for recipient in due.profile.recipients:
            message_id, data = self._message(self.config.mail, recipient, due, brief, files, now)
            yield Letter("mail", recipient, data, message_id)

    def _message(
        self, mail: Mail, recipient: str, due: Due, brief: Brief, files: Mapping[str, bytes], now: datetime
    ) -> tuple[str, bytes]:
        from briefing.render.mail import make_digest

        digest = make_digest(brief, templates=self._templates())
        attached = {f"{due.profile.name}-{due.edition}.{name}": data for name, data in files.items() if name == "pdf"}
        return make_message(
            mail,
            recipient,
            key=f"{due.profile.name}/{due.slot.isoformat()}",
            subject=digest.subject,
            text=digest.text,
            html=digest.html,
            attachments=attached,
            sent=now,
            dkim_key=self._dkim_key(mail),
        )

    def _other(
        self,
        kind: str,
        path: str | None,
        address: str | None,
        due: Due,
        made: Made,
        everything: Mapping[str, bytes],
        now: datetime,
    ) -> Iterator[Letter]:
        if kind == "folder" and path:
            yield Letter("folder", str(self.config.path(path) / due.edition), packed(everything))
        elif kind == "maildir" and path:
            mail = self.config.mail or Mail(host="", sender="briefing@localhost")
            files = {name.removeprefix("brief."): data for name, data in everything.items()}
            message_id, data = self._message(mail, mail.sender, due, made.brief, files, now)
            yield Letter("maildir", str(self.config.path(path)), data, message_id)
        elif kind == "webhook" and address:
            key = f"{due.profile.name}/{due.edition}"
            yield Letter("webhook", address, json.dumps(_posted(made.brief), ensure_ascii=False).encode(), key)

    def _failed(self, due: Due, error: BaseException) -> None:
        now, what = self.clock(), f"{type(error).__name__}: {error}"
        self.ledger.fail(due.profile.name, due.slot, self.owner, now, what)
        self.log("failed", profile=due.profile.name, edition=due.edition, error=what)
        mail = self.config.mail
        if mail is None or mail.operator is None:
            return
        text = f"The edition {due.edition} of {due.profile.name} could not be made:\n\n{what}\n\nIt is tried again.\n"
        message_id, data = make_message(
            mail,
            mail.operator,
            key=f"{due.profile.name}/{due.slot.isoformat()}/failed",
            subject=f"briefing: {due.profile.name} {due.edition} failed",
            text=text,
            sent=now,
        )
        with self.database.transaction() as db:
            letter = Letter("operator", mail.operator, data, message_id)
            self.outbox.put(db, due.profile.name, due.slot, [letter], now=now, hours=self.hours())

    @contextmanager
    def _lease_held(self, profile: str, slot: datetime) -> Iterator[None]:
        """The lease renewed by a thread of its own while the edition is made."""
        done = threading.Event()

        def renew() -> None:
            other = Database(self.database.path)
            try:
                while not done.wait(LEASE / 3) and Ledger(other).renew(profile, slot, self.owner, self.clock()):
                    pass
            except BriefingError as error:  # the last transaction of the run finds out whether the lease was lost
                self.log("lease", profile=profile, error=str(error))
            finally:
                other.close()

        thread = threading.Thread(target=renew, name="lease", daemon=True)
        thread.start()
        try:
            yield
        finally:
            done.set()
            thread.join()

    def hours(self) -> int:
        """How long a letter is tried."""
        return self.config.mail.retry_hours if self.config.mail else 24

    def _templates(self) -> Path | None:
        return self.config.path(self.config.templates) if self.config.templates else None

    def _dkim_key(self, mail: Mail) -> bytes | None:
        if mail.dkim_key_file is None:
            return None
        try:
            return self.config.path(mail.dkim_key_file).read_bytes()
        except OSError as error:
            raise InputError(f"mail.dkim_key_file: {mail.dkim_key_file}: {error.strerror}") from error


def _articles(made: Made) -> bytes:
    return json_lines(to_record(article) for article in made.articles)


def _posted(brief: Brief) -> dict[str, str]:
    """What a webhook is told, in the form that Slack and its like read: a title and a line for each story."""
    lines = [f"*{brief.title}* {brief.edition}", *(f"• {story.headline.text}" for story in brief.stories)]
    return {"text": "\n".join(lines)}
