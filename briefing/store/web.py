"""What the network answered, and how feeds are doing: in the store before it is used, so that a crash loses nothing."""

from __future__ import annotations

import zlib
from typing import Any

from briefing.store.database import Database

ANSWER = ("url", "final", "kind", "body", "at", "etag", "modified")
FEED = (
    "url title checked good failures error moved gone until entries newest usual".split()
)  # the columns, by the names of `briefing.collect.keep.Health`


class Answers:
    """Rows of the tables `answers` and `feeds`, as dicts by the names of their columns; bodies are packed here."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def get(self, url: str) -> dict[str, Any] | None:
        """What an address answered last."""
        row = self._row("select * from answers where url = ?", url)
        try:
            return None if row is None else {**row, "body": zlib.decompress(row["body"])}
        except zlib.error:  # not what was put there: as good as nothing
            return None

    def put(self, answer: dict[str, Any]) -> None:
        """Keep an answer in place of the one before."""
        row = [answer[name] for name in ANSWER]
        row[ANSWER.index("body")] = zlib.compress(answer["body"], 1)
        with self.database.transaction() as db:
            db.execute(f"insert or replace into answers values ({', '.join('?' * len(row))})", row)

    def health(self, url: str) -> dict[str, Any] | None:
        """How a feed is doing."""
        row = self._row("select * from feeds where url = ?", url)
        return None if row is None else _plain(row)

    def note(self, health: dict[str, Any]) -> None:
        """Remember how a feed is doing."""
        with self.database.transaction() as db:
            row = [health[name] for name in FEED]
            db.execute(f"insert or replace into feeds values ({', '.join('?' * len(row))})", row)

    def feeds(self) -> tuple[dict[str, Any], ...]:
        """Every feed that was ever asked, by address."""
        rows = self.database.connection.execute("select * from feeds order by url")
        return tuple(_plain(dict(row)) for row in rows)

    def addresses(self) -> tuple[str, ...]:
        """The addresses of all feeds that were ever asked."""
        return tuple(row["url"] for row in self.feeds())

    def forget_feed(self, url: str) -> bool:
        """Start anew with a feed that is gone, moved or resting; whether there was one."""
        with self.database.transaction() as db:
            db.execute("delete from answers where url = ?", (url,))
            return bool(db.execute("delete from feeds where url = ?", (url,)).rowcount)

    def _row(self, query: str, url: str) -> dict[str, Any] | None:
        row = self.database.connection.execute(query, (url,)).fetchone()
        return None if row is None else dict(row)


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "gone": bool(row["gone"])}
