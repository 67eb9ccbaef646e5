"""What was read in depth, by content, model and rules: a second run of the day reads only what is new."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from datetime import datetime
from importlib.resources import files
from importlib.resources.abc import Traversable

from briefing.model import Article, Reading
from briefing.record import from_record, to_record
from briefing.store.database import Database

PACKAGE: Traversable = files("briefing")
RULES = ("analyze", "language", "model.py", "record.py")  # the rooms that make a reading, the nouns, how they are kept
APART = ("__pycache__", "train", "en")  # no rules: compiled code, the maintainers' tool, the model with its own version


def rules_version(package: Traversable | None = None) -> str:
    """16 hex digits that change with the code and the tables of those rooms of the package that make a reading."""
    package, digest = package or PACKAGE, hashlib.sha256()
    for name in RULES:
        for path, data in _files(package / name, name):
            digest.update(f"{path} {len(data)}\n".encode() + data)
    return digest.hexdigest()[:16]


def _files(place: Traversable, name: str) -> Iterator[tuple[str, bytes]]:
    """(path, content) of the files in a place, in the order of their paths."""
    if place.is_file():
        yield name, place.read_bytes()
    elif place.is_dir():
        for inner in sorted(place.iterdir(), key=lambda inner: inner.name):
            if inner.name not in APART:
                yield from _files(inner, f"{name}/{inner.name}")


class Readings:
    """A cache of readings; `version` names all else that a reading depends on: model, rules, the user's names."""

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
