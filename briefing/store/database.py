"""The SQLite file: write-ahead log, numbered migrations, transactions, integrity, backup."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from briefing.errors import BriefingError, InputError

WAIT = 30.0  # seconds that a writer waits for another; a whole run never holds the file, only its last transaction does
TIMES = "times are Unix seconds in UTC"

# Each migration is applied once, in order, inside one transaction; never edit one that has been released.
MIGRATIONS = (
    f"""
    -- {TIMES}
    create table profiles (name text primary key, since real not null);
    create table runs (
        profile text not null, slot real not null, state text not null, owner text, lease real,
        attempts integer not null default 0, began real, ended real, retry real, error text,
        primary key (profile, slot)
    );
    create table editions (
        profile text not null, slot real not null, edition text not null, title text not null, made real not null,
        stories integer not null, primary key (profile, slot)
    );
    create unique index edition_names on editions (profile, edition);
    create table files (
        profile text not null, slot real not null, name text not null, data blob not null,
        primary key (profile, slot, name)
    );
    create table outbox (
        id integer primary key, profile text not null, slot real not null, kind text not null, target text not null,
        message_id text, data blob not null, state text not null default 'waiting', attempts integer not null default 0,
        due real not null, deadline real not null, owner text, lease real, code integer, note text, ended real,
        unique (profile, slot, kind, target)
    );
    create table articles (
        id text not null, sha256 text not null, record text not null, seen real not null, primary key (id, sha256)
    );
    create table readings (key text primary key, record text not null, used real not null);
    create virtual table words using fts5(
        title, body, kind unindexed, reference unindexed, day unindexed, tokenize = 'unicode61 remove_diacritics 2'
    );
    """,
    f"""
    -- {TIMES}
    create table answers (
        url text primary key, final text not null, kind text not null, body blob not null, at real not null,
        etag text, modified text
    );
    create table feeds (
        url text primary key, title text not null, checked real, good real, failures integer not null, error text,
        moved text, gone integer not null, until real, entries integer not null, newest real, usual real
    );
    """,
)


class Database:
    """A store file; created and brought to the newest version when it is opened.

    Raises `InputError` for a file that is no store, is damaged, or was written by a newer version.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        with ExitStack() as undo:
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                self.connection = sqlite3.connect(path, timeout=WAIT, isolation_level=None, check_same_thread=False)
                undo.callback(self.connection.close)
                self.connection.row_factory = sqlite3.Row
                self.connection.execute("pragma journal_mode = wal")
                self.connection.execute("pragma synchronous = full")
                self._migrate()
            except (sqlite3.DatabaseError, OSError) as error:
                raise InputError(
                    f"{path}: cannot be used as a store: {error}; name another file, or restore a backup"
                ) from error
            undo.pop_all()

    def close(self) -> None:
        """Release the file."""
        self.connection.close()

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All of the writes within, or none; one writer at a time. Raises `BriefingError` when the disk refuses."""
        try:
            self.connection.execute("begin immediate")
        except sqlite3.OperationalError as error:
            raise BriefingError(
                f"{self.path}: {error}; another process holds the store, or it cannot be written"
            ) from error
        try:
            yield self.connection
            self.connection.execute("commit")
        except BaseException as error:
            if self.connection.in_transaction:
                self.connection.execute("rollback")
            if isinstance(error, sqlite3.OperationalError):
                raise BriefingError(f"{self.path}: {error}; free disk space or check permissions") from error
            raise

    def check(self) -> str:
        """ "ok", or what SQLite finds damaged."""
        return str(self.connection.execute("pragma integrity_check").fetchone()[0])

    def backup(self, path: Path) -> None:
        """A consistent copy of the store at `path`, whole or not at all, while others go on writing."""
        partial = path.with_name(f"{path.name}.partial")
        try:
            partial.unlink(missing_ok=True)
            copy = sqlite3.connect(partial)
            try:
                self.connection.backup(copy)
            finally:
                copy.close()
            partial.replace(path)
        except (sqlite3.Error, OSError) as error:
            raise BriefingError(
                f"{path}: no copy could be written: {error}; give a file in a folder with room"
            ) from error

    def _migrate(self) -> None:
        version = self.connection.execute("pragma user_version").fetchone()[0]
        if version > len(MIGRATIONS):
            raise InputError(f"{self.path}: written by a newer briefing (version {version}); update briefing")
        if version == len(MIGRATIONS):
            return
        with self.transaction() as db:
            version = db.execute("pragma user_version").fetchone()[0]  # another process may have been first
            for statements in MIGRATIONS[version:]:
                for statement in _statements(statements):
                    db.execute(statement)
            db.execute(f"pragma user_version = {len(MIGRATIONS)}")


def _statements(script: str) -> Iterator[str]:
    """The statements of a script, one by one: `executescript` would commit the transaction around it."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
