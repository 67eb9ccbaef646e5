"""Editions with their files, the articles that prove them, and the words of both for searching."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from briefing.model import Article, Brief
from briefing.record import from_record, to_record
from briefing.store.database import Database
from briefing.verify import fingerprint, passages


@dataclass(frozen=True, slots=True)
class Edition:
    """A brief that was made."""

    profile: str
    slot: datetime
    edition: str
    title: str
    made: datetime
    stories: int


@dataclass(frozen=True, slots=True)
class Hit:
    """Where words were found: an edition or an article, with the words around them."""

    kind: str
    reference: str
    day: str
    title: str
    excerpt: str


class Archive:
    """What was made, and from what."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def put(
        self,
        db: sqlite3.Connection,
        profile: str,
        slot: datetime,
        brief: Brief,
        articles: Sequence[Article],
        files: Mapping[str, bytes],
        now: datetime,
    ) -> None:
        """Within one transaction: an edition, its files and its articles."""
        key = (profile, slot.timestamp())
        row = (*key, brief.edition, brief.title, now.timestamp(), len(brief.stories))
        db.execute("insert into editions values (?, ?, ?, ?, ?, ?)", row)
        db.executemany("insert into files values (?, ?, ?, ?)", [(*key, name, data) for name, data in files.items()])
        body = "\n".join(dict.fromkeys(passage.text for passage in passages(brief)))
        reference = f"{profile}/{brief.edition}"
        _index(db, brief.title, body, "edition", reference, brief.edition)
        for article in articles:
            self._keep(db, article, now)

    def _keep(self, db: sqlite3.Connection, article: Article, now: datetime) -> None:
        """An article, beside its older selves: briefs of before still verify."""
        record = json.dumps(to_record(article), ensure_ascii=False)
        sha256, moment = fingerprint(article.text), now.timestamp()
        known = "update articles set seen = ? where id = ? and sha256 = ?"
        if db.execute(known, (moment, article.id, sha256)).rowcount:
            return
        db.execute("insert into articles values (?, ?, ?, ?)", (article.id, sha256, record, moment))
        _index(db, article.title, article.text, "article", article.id, (article.published or "")[:10])

    def editions(self, *, limit: int = 50) -> tuple[Edition, ...]:
        """The latest editions, newest first."""
        rows = self.database.connection.execute("select * from editions order by slot desc, profile limit ?", (limit,))
        return tuple(map(_edition, rows))

    def find(self, edition: str, *, profile: str | None = None) -> Edition | None:
        """The edition of a name, the latest where several profiles have one."""
        row = self.database.connection.execute(
            "select * from editions where edition = ? and (? is null or profile = ?) order by slot desc limit 1",
            (edition, profile, profile),
        ).fetchone()
        return _edition(row) if row else None

    def before(self, profile: str, slot: datetime) -> Edition | None:
        """The profile's latest edition before a slot."""
        row = self.database.connection.execute(
            "select * from editions where profile = ? and slot < ? order by slot desc limit 1",
            (profile, slot.timestamp()),
        ).fetchone()
        return _edition(row) if row else None

    def files(self, profile: str, slot: datetime) -> dict[str, bytes]:
        """The files of an edition, as they were made."""
        rows = self.database.connection.execute(
            "select name, data from files where profile = ? and slot = ? order by name", (profile, slot.timestamp())
        )
        return {row["name"]: row["data"] for row in rows}

    def articles(self, sha256s: Iterable[str]) -> tuple[Article, ...]:
        """The articles with these texts."""
        found = []
        for sha256 in sha256s:
            rows = self.database.connection.execute("select record from articles where sha256 = ?", (sha256,))
            found += [from_record(Article, json.loads(row["record"])) for row in rows]
        return tuple(found)

    def search(self, words: str, *, limit: int = 20) -> tuple[Hit, ...]:
        """Where all of the words stand, best first; accents and case do not matter."""
        query = " ".join('"' + word.replace('"', '""') + '"' for word in words.split())
        if not query:
            return ()
        rows = self.database.connection.execute(
            "select kind, reference, day, title, snippet(words, 1, '', '', ' … ', 24) excerpt from words "
            "where words match ? order by rank limit ?",
            (query, limit),
        )
        return tuple(Hit(*row) for row in rows)

    def forget(self, before: datetime) -> tuple[Edition, ...]:
        """Remove editions older than `before` with their files, and articles last used before; which editions."""
        moment = (before.timestamp(),)
        with self.database.transaction() as db:
            old = tuple(map(_edition, db.execute("select * from editions where slot < ?", moment).fetchall()))
            for edition in old:
                reference = f"{edition.profile}/{edition.edition}"
                db.execute("delete from words where kind = 'edition' and reference = ?", (reference,))
            for table in ("editions", "files"):
                db.execute(f"delete from {table} where slot < ?", moment)
            db.execute(
                "delete from words where kind = 'article' and reference in (select id from articles where seen < ?) "
                "and reference not in (select id from articles where seen >= ?)",
                moment * 2,
            )
            db.execute("delete from articles where seen < ?", moment)
            db.execute("delete from readings where used < ?", moment)
            db.execute("delete from answers where at < ?", moment)
        return old


def _index(db: sqlite3.Connection, title: str, body: str, kind: str, reference: str, day: str) -> None:
    db.execute("insert into words values (?, ?, ?, ?, ?)", (title, body, kind, reference, day))


def _edition(row: sqlite3.Row) -> Edition:
    slot, made = (datetime.fromtimestamp(row[name], UTC) for name in ("slot", "made"))
    return Edition(row["profile"], slot, row["edition"], row["title"], made, row["stories"])
