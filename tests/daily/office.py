"""What the tests of daily use share: a small brief that costs nothing, a configuration, a clock, a mail server."""

from __future__ import annotations

import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP

from briefing.config import Config, Mail, Profile, Target
from briefing.daily import Desk
from briefing.model import Article, Brief, BriefStory, Coverage, SourceArticle, Window
from briefing.pipeline import Made
from briefing.render import record
from briefing.store import Database
from briefing.verify import fingerprint

START = datetime(2026, 3, 2, 5, 0, tzinfo=UTC)  # a Monday, half an hour before the slot in Berlin
SLOT = datetime(2026, 3, 2, 5, 30, tzinfo=UTC)

ARTICLE = Article("a", "The harbour bridge of Varnholm was closed on Sunday.", title="Bridge closed")


def make(
    profile: Profile, edition: str, previous: Brief | None = None, *, stories: int = 1
) -> tuple[Made, Mapping[str, bytes]]:
    """A brief without the cost of one."""
    headline = ARTICLE.headline
    told = tuple(BriefStory(f"s{n}", n + 1, "new", headline, ("a",), 1, 1) for n in range(stories))
    listed = (SourceArticle("a", ARTICLE.title, None, None, None, "en", fingerprint(ARTICLE.text), 9),)
    made_at = f"{edition[:10]}T05:30:00+00:00"
    brief = Brief(profile.title, edition, "en", Window(), made_at, listed, (), told, Coverage(1, 1, stories))
    return Made(brief, (ARTICLE,)), {"json": record.render(brief), "pdf": b"%PDF-1.7 " * 50}


@dataclass
class Clock:
    """A clock that a test moves."""

    now: datetime = START

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **by: float) -> None:
        self.now += timedelta(**by)


@dataclass
class Journal:
    """A log that a test reads."""

    events: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def __call__(self, name: str, **what: Any) -> None:
        self.events.append((name, what))

    def names(self) -> list[str]:
        return [name for name, _ in self.events]


def configuration(folder: Path, *, port: int | None = None, **profile: Any) -> Config:
    """One profile, "morning"; with a port, two recipients behind a server on loopback."""
    mail = Mail("127.0.0.1", "Desk <desk@example.org>", port=port, security="none") if port else None
    recipients = ("ann@example.org", "bob@example.org") if port else ()
    given = {"schedule": ("daily 06:30 Europe/Berlin",), "recipients": recipients, **profile}
    return Config((Profile("morning", ("articles",), **given),), mail=mail, folder=folder)


OPENED: list[Database] = []  # for the fixture that closes them


def store(path: Path) -> Database:
    """The store of a test, which is closed behind it."""
    OPENED.append(Database(path))
    return OPENED[-1]


def desk(config: Config, *, clock: Clock, make: Any = make, log: Any = None) -> Desk:
    """A desk on a connection of its own to the store."""
    return Desk(config, store(config.path(config.store)), make=make, clock=clock, log=log or Journal())


def tick(config: Config, clock: Clock) -> int:
    """One tick of a desk that leaves no connection open: SQLite's must not be carried across a fork."""
    here = desk(config, clock=clock)
    try:
        return here.tick()
    finally:
        here.database.close()


def editions(folder: Path) -> list[str]:
    """The names of the editions in the store of a folder, in the order of their slots."""
    database = Database(folder / "briefing.sqlite")
    found = [row[0] for row in database.connection.execute("select edition from editions order by slot")]
    database.close()
    return found


def maildir(folder: Path) -> Target:
    return Target("maildir", path=str(folder))


@dataclass
class Server:
    """A mail server's memory: what it took, and what it answers; `answers` maps a recipient to replies, first first."""

    taken: list[tuple[str, bytes]] = field(default_factory=list)
    answers: dict[str, list[str]] = field(default_factory=dict)
    drop_after_data: int = 0
    port: int = 0

    async def handle_RCPT(self, server: SMTP, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        replies = self.answers.get(address)
        if replies:
            return replies.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Any) -> str:  # noqa: N802
        self.taken += [(address, envelope.original_content or envelope.content) for address in envelope.rcpt_tos]
        if self.drop_after_data:
            self.drop_after_data -= 1
            server.transport.abort()
        return "250 OK"

    def unique(self) -> dict[tuple[str, str], set[bytes]]:
        """(recipient, Message-ID) -> the different bytes that came under it: what a server that honours it keeps."""
        seen: dict[tuple[str, str], set[bytes]] = {}
        for address, data in self.taken:
            message_id = next(line for line in data.splitlines() if line.lower().startswith(b"message-id:")).decode()
            seen.setdefault((address, message_id), set()).add(data)
        return seen


@contextmanager
def mail_server(**options: Any) -> Iterator[Server]:
    """A real SMTP server on loopback."""
    server = Server()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        server.port = free.getsockname()[1]
    controller = Controller(server, hostname="127.0.0.1", port=server.port, **options)
    controller.start()
    try:
        yield server
    finally:
        controller.stop()
