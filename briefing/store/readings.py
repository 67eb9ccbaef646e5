"""What was read in depth, by content and model: a second run of the day reads only what is new."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import datetime

from briefing.model import Article, Reading
from briefing.record import from_record, to_record
from briefing.store.database import Database


class Readings:
    """A cache of readings; `version` names all else that a reading depends on: model, code, the user's names."""

    def __init__(self, database: Database, *, version: str, clock: Callable[[], datetime]) -> None:
        self.database, self.version, self.clock = database, version, clock

    def get(self, article: Article) -> Reading | None:
        """The reading of just this article with just this version, or None."""
        db = self.database.connection
        row = db.execute("select record from readings where key = ?", (self._key(article),)).fetchone()
        return None if row is None else from_record(Reading, json.loads(row["record"]))

    def put(self, article: Article, reading: Reading) -> None:
        """Keep a reading."""
        record = json.dumps(to_record(reading), ensure_ascii=False)
        with self.database.transaction() as db:
            row = (self._key(article), record, self.clock().timestamp())
            db.execute("insert or replace into readings values (?, ?, ?)", row)

    def _key(self, article: Article) -> str:
        content = json.dumps([self.version, to_record(article)], ensure_ascii=False, sort_keys=True)
        return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()
