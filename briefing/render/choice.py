"""BriefStory -> Choice: what of a story is printed, so that each sentence stands in full once; the JSON holds all.

    summary -> positions -> quotes -> who met -> figures -> timeline

A sentence belongs to the first of these that needs it; what comes later shows its opening words and its mark.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from briefing.model import BriefStory, Event, Figure, Passage, Position, Quote
from briefing.render.charts import NEUTRAL
from briefing.render.text import tidy

# What fits two pages beside a summary of 150 words.
POSITIONS = 6  # rows of the table
QUOTES = 5
FIGURES = 6
EVENTS = 8  # sentences of the timeline
GAP = 3  # characters between two sentences of one paragraph: a space, a line end, a closing mark


class Printed:
    """The sentences that stand on the page, by place and by wording: copies of a report share their words."""

    def __init__(self, passages: Iterable[Passage] = ()) -> None:
        """Begin with `passages`."""
        self._ranges: dict[tuple[str, str], list[tuple[int, int]]] = {}
        self._words: set[str] = set()
        for passage in passages:
            self.add(passage)

    def add(self, passage: Passage) -> None:
        """Print a passage."""
        ranges = self._ranges.setdefault((passage.article, passage.field), [])
        ranges.append((passage.start, passage.end))
        ranges.sort()
        self._words.add(tidy(passage.text))

    def holds(self, passage: Passage) -> bool:
        """Whether all of a passage is printed, in one piece or as sentences that follow each other."""
        if tidy(passage.text) in self._words:
            return True
        reached = passage.start
        for start, end in self._ranges.get((passage.article, passage.field), ()):
            if start > reached + (GAP if reached > passage.start else 0):
                break
            reached = max(reached, end)
        return reached >= passage.end

    def first_time(self, passage: Passage) -> bool:
        """Whether a passage is not printed yet; from now on it is."""
        held = self.holds(passage)
        if not held:
            self.add(passage)
        return not held


T = TypeVar("T")
Row = tuple[Position, ...]  # what one actor holds in one sentence


@dataclass(frozen=True, slots=True)
class Choice:
    """What of a story is printed: rows of positions, quotes, figures, and dates by their sentence."""

    rows: tuple[Row, ...]
    quotes: tuple[Quote, ...]
    figures: tuple[Figure, ...]
    events: tuple[tuple[Event, ...], ...]


def choose(story: BriefStory, printed: Printed, *, edition: str) -> Choice:
    """The choice for a story whose summary is `printed`; positions and quotes are added to it.

    Dates near the day of the `edition` (ISO) come before dates far from it.
    """
    fresh = [quote for quote in story.quotes if not _told(quote, printed)]
    rows = _positions(story.positions, fresh, printed)
    for row in rows:
        printed.add(row[0].evidence)
    quotes = _best(
        [quote for quote in fresh if not _told(quote, printed)],
        QUOTES,
        worth=lambda quote: quote.text[:1].islower(),  # words cut out of a sentence come last
        share=lambda quote: quote.speaker,
    )
    for quote in quotes:
        for passage in _words(quote):
            printed.add(passage)
        if _mostly(quote):
            printed.add(quote.evidence)
    figures = _best(story.figures, FIGURES, worth=lambda figure: (figure.agree, -len(_sources(figure))))
    return Choice(rows, quotes, figures, _events(story.timeline, edition))


def _positions(positions: Sequence[Position], quotes: Sequence[Quote], printed: Printed) -> tuple[Row, ...]:
    """The rows: where actors stand, then what they merely state, unless the summary or a quotation says it."""
    groups: dict[tuple[str | None, Passage], list[Position]] = {}
    for position in positions:
        groups.setdefault((position.actor or position.speaker, position.evidence), []).append(position)
    rows = [tuple(group) for group in groups.values()]
    telling = [row for row in rows if not _states(row) or not _said(row[0].evidence, quotes, printed)]
    return _best(telling, POSITIONS, worth=_states, share=lambda row: row[0].actor or row[0].speaker)


def _states(row: Row) -> bool:
    return all(position.stance == NEUTRAL for position in row)


def _said(evidence: Passage, quotes: Sequence[Quote], printed: Printed) -> bool:
    return printed.holds(evidence) or any(_overlap(evidence, quote.evidence) for quote in quotes)


def _overlap(one: Passage, other: Passage) -> bool:
    same = (one.article, one.field) == (other.article, other.field)
    return same and one.start < other.end and other.start < one.end


def _words(quote: Quote) -> tuple[Passage, ...]:
    return quote.segments or (quote.evidence,)


def _told(quote: Quote, printed: Printed) -> bool:
    return all(printed.holds(passage) for passage in _words(quote))


def _mostly(quote: Quote) -> bool:
    """Whether the quotation is more than half of its sentences: then they need not be printed again."""
    return 2 * len(quote.text) > len(quote.evidence.text)


def _sources(figure: Figure) -> set[str]:
    return {value.evidence.article for value in figure.values}


def _events(events: Sequence[Event], edition: str) -> tuple[tuple[Event, ...], ...]:
    """Dates by sentence, those near the edition before others; in order of time."""
    groups: dict[Passage, list[Event]] = {}
    for event in events:
        groups.setdefault(event.evidence, []).append(event)
    rows = [tuple(group) for group in groups.values()]
    return _best(rows, EVENTS, worth=lambda row: _distance(row[0].date, edition))


def _distance(day: str, edition: str) -> int:
    """Days between two ISO dates; a coarse one counts from its middle. 0 where one cannot be read."""
    filled = {4: f"{day}-07-01", 7: f"{day}-15"}.get(len(day), day[:10])
    try:
        return abs((date.fromisoformat(filled) - date.fromisoformat(edition[:10])).days)
    except ValueError:
        return 0


def _best(
    items: Sequence[T],
    count: int,
    *,
    worth: Callable[[T], Any],
    share: Callable[[T], Hashable] | None = None,
) -> tuple[T, ...]:
    """The `count` items of least `worth`, in their old order; with `share`, everybody's first before seconds."""
    seen: Counter[Hashable] = Counter()
    keys: list[tuple[Any, int, int]] = []
    for place, item in enumerate(items):
        turn = seen[share(item)] if share else 0
        if share:
            seen[share(item)] += 1
        keys.append((worth(item), turn, place))
    return tuple(items[place] for place in sorted(place for _, _, place in sorted(keys)[:count]))
