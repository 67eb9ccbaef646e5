"""What a person is told on standard error: notes, progress bars, the time of stages."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from time import perf_counter
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from briefing.mapping import Map
    from briefing.model import Dropped, FeedNote


T = TypeVar("T")
REDRAW = 0.1  # seconds between two drawings of a counting line


class Counting:
    """One line on the terminal: items so far, addresses answered of those known."""

    def __init__(self, label: str, *, hidden: bool) -> None:
        self.label, self.hidden = label, hidden
        self.items, self.answered, self.known, self.drawn = 0, 0, 0, 0.0

    def item(self) -> None:
        """One more item."""
        self.items += 1
        self._draw()

    def of(self, answered: int, known: int) -> None:
        """So many addresses have answered, of so many."""
        self.answered, self.known = answered, known
        self._draw()

    def end(self) -> None:
        """Give the line back."""
        if self.drawn:
            click.echo("\r\033[K", nl=False, err=True)
            self.drawn = 0.0

    def _draw(self) -> None:
        now = perf_counter()
        if self.hidden or now - self.drawn < REDRAW:
            return
        self.drawn = now
        addresses = f", {self.answered:,} of {self.known:,} addresses" if self.known else ""
        click.echo(f"\r\033[K{self.label}: {self.items:,} pages{addresses}", nl=False, err=True)


class Teller:
    """Tells as much as --quiet and --verbose ask for."""

    def __init__(self, *, quiet: bool, verbose: bool) -> None:
        self.quiet, self.verbose = quiet, verbose
        self._stage, self._items, self._began = "", 0, 0.0

    def note(self, message: str) -> None:
        """A line, unless --quiet."""
        if not self.quiet:
            click.echo(f"briefing: {message}", err=True)

    def dropped(self, items: Sequence[Dropped]) -> None:
        """What was left out, and why."""
        for item in items:
            self.note(f"left out {item.input}: {item.why}")

    def feeds(self, notes: Sequence[FeedNote]) -> None:
        """Which feeds do not do well."""
        from briefing.compose import told_of

        for note in notes:
            self.note(told_of(note))

    def stage(self, name: str, items: int) -> None:
        """The stage that begins; with --verbose, the wall time of the one that ended."""
        now = perf_counter()
        if self._stage and self.verbose:
            click.echo(f"briefing: {self._stage} ({self._items}): {now - self._began:.2f} s", err=True)
        self._stage, self._items, self._began = name, items, now

    def event(self, name: str, **what: object) -> None:
        """Something that happened in daily use, as one line of JSON with its time: a log that programs read."""
        if not self.quiet:
            told = {"at": datetime.now(UTC).isoformat(timespec="milliseconds"), "event": name, **what}
            click.echo(json.dumps(told, ensure_ascii=False, default=str), err=True)

    def bar(self, items: Sequence[Any], label: str) -> Any:
        """A progress bar over `items`, drawn on a terminal only."""
        hidden = self.quiet or not sys.stderr.isatty() or len(items) < 2
        return click.progressbar(items, label=label, file=sys.stderr, hidden=hidden)

    @contextmanager
    def counting(self, label: str) -> Iterator[Counting]:
        """A line of counts for work whose end is not known, drawn on a terminal only."""
        count = Counting(label, hidden=self.quiet or not sys.stderr.isatty())
        try:
            yield count
        finally:
            count.end()

    def counted(self, items: Iterable[T], count: Counting) -> Iterator[T]:
        """The items, each of them counted."""
        for item in items:
            count.item()
            yield item

    def watched(self, map: Map) -> Map:
        """`map` with a progress bar labelled with the stage."""

        def progressing(function: Callable[[Any], Any], items: Sequence[Any], /) -> Iterator[Any]:
            results: Iterable[Any] = map(function, items)
            with self.bar(items, self._stage) as bar:
                for result, _ in zip(results, bar, strict=True):
                    yield result

        return progressing
