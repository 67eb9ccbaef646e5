"""What is remembered between runs: answers with their validators, and the health of feeds; where, is not said here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer as it was fetched: `url` asked for, `final` after redirects, `at` in Unix seconds."""

    url: str
    final: str
    kind: str
    body: bytes
    at: float
    etag: str | None = None
    modified: str | None = None


@dataclass(frozen=True, slots=True)
class Health:
    """How a feed is doing. Times are Unix seconds; `newest` and `usual` tell of its entries.

    `checked`: last asked. `good`: last read. `failures`: since then. `moved`: where it has gone for good.
    `gone`: it said so (410). `until`: do not ask before. `usual`: seconds between entries, their median.
    """

    url: str
    title: str = ""
    checked: float | None = None
    good: float | None = None
    failures: int = 0
    error: str | None = None
    moved: str | None = None
    gone: bool = False
    until: float | None = None
    entries: int = 0
    newest: float | None = None
    usual: float | None = None


class Cache(Protocol):
    """Where answers and health are kept; each `put` is on disk when it returns."""

    def get(self, url: str) -> Kept | None:
        """The answer kept for an address."""

    def put(self, kept: Kept) -> None:
        """Keep an answer in place of the one before."""

    def health(self, url: str) -> Health | None:
        """How a feed was doing."""

    def note(self, health: Health) -> None:
        """Remember how a feed is doing."""


class Forgetful:
    """A cache that keeps nothing: for a single run without a store."""

    def get(self, url: str) -> Kept | None:
        """Nothing."""
        return None

    def put(self, kept: Kept) -> None:
        """Nothing is kept."""

    def health(self, url: str) -> Health | None:
        """Nothing."""
        return None

    def note(self, health: Health) -> None:
        """Nothing is kept."""
