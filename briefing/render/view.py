"""Brief -> Edition: everything a template prints, resolved, numbered and in reading order.

    Brief -> Citations (who is [1]) -> Story views -> Edition

Templates see only the values below; they need no look-ups and hold no rules. Words of a source stand in `Line.text`,
names and roles in `Actor`; every other string is one of our labels.
"""

from __future__ import annotations

import textwrap
from dataclasses import dataclass

from briefing.render.charts import Axis, Bars, Columns, Map, Matrix

HEAD = 46  # characters of a running head in small capitals: half a line
LONG = 90  # characters of a headline: two lines of 17 pt
BRIEFLY = 130  # characters of a headline at a glance: two lines of 12 pt; the whole of it stands over its story
GLANCE = 8  # headlines on the first page: what fits above the fold of an A4 page beside the masthead


@dataclass(frozen=True, slots=True)
class Source:
    """An article as the source list shows it. `number` is the [n] of its citations, `anchor` the id to link to.

    `url` is a checked http(s) address or None; `notes` are what its flags mean; `stories` the numbers that use it.
    """

    number: int
    anchor: str
    title: str
    publisher: str
    date: str
    url: str | None
    language: str
    notes: tuple[str, ...]
    stories: tuple[int, ...]
    words: int
    paraphrased: bool


@dataclass(frozen=True, slots=True)
class Cite:
    """One citation mark: its source, and the sentence behind it where that is not what the reader sees anyway."""

    source: Source
    evidence: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """Verbatim words with their citations. `language` is set where it is not the brief's own.

    `above`: the sentence stands in full above, and `text` is its opening words with an ellipsis of ours.
    `note` says so where it quotes somebody and the source is machine-paraphrased. `fresh`: new since the last brief.
    `alone` says so where no other independent source of the story reports it.
    """

    text: str
    cites: tuple[Cite, ...]
    language: str | None = None
    above: bool = False
    note: str | None = None
    fresh: bool = False
    alone: str | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """A person, organization or place by name; `known` is False for "unattributed"."""

    name: str
    role: str | None = None
    affiliation: str | None = None
    known: bool = True

    @property
    def about(self) -> str:
        """Role and affiliation in one phrase, "" where neither is known."""
        parts = [part for part in (self.role, self.affiliation) if part]
        if len(parts) == 2 and parts[1].casefold() in parts[0].casefold():
            parts.pop()
        return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class Side:
    """The people of one delegation; `name` is None where no side is known."""

    name: str | None
    people: tuple[Actor, ...]


@dataclass(frozen=True, slots=True)
class MeetingView:
    """Who met, with the facts that are known; `evidence` holds only sentences not shown above in the story.

    `alone` says so where one source alone reports it.
    """

    name: str
    facts: tuple[tuple[str, str], ...]
    sides: tuple[Side, ...]
    evidence: tuple[Line, ...]
    cites: tuple[Cite, ...]
    alone: str | None = None


@dataclass(frozen=True, slots=True)
class Holding:
    """One position: stances, who said it where that is not the actor, the sentence, and where else it is said."""

    stances: tuple[str, ...]
    speaker: Actor | None
    line: Line


@dataclass(frozen=True, slots=True)
class Stand:
    """An actor and all its positions."""

    actor: Actor
    holdings: tuple[Holding, ...]


@dataclass(frozen=True, slots=True)
class QuoteView:
    """Words in quotation marks; `note` says so when the source is machine-paraphrased."""

    speaker: Actor
    line: Line
    note: str | None


@dataclass(frozen=True, slots=True)
class ValueView:
    """One value of a figure; `evidence` is None where the sentence is shown above in the story."""

    text: str
    line: Line
    evidence: Line | None


@dataclass(frozen=True, slots=True)
class FigureView:
    """A quantity; where the sources agree it has one value. `alone` says so where one source alone reports it."""

    what: str
    values: tuple[ValueView, ...]
    agree: bool
    alone: str | None = None

    @property
    def brief(self) -> bool:
        """Whether no sentence goes with it, so that a line holds several like it."""
        return self.agree and not any(value.evidence for value in self.values)


@dataclass(frozen=True, slots=True)
class EventView:
    """A dated sentence."""

    iso: str
    date: str
    line: Line


@dataclass(frozen=True, slots=True)
class Spot:
    """A place of the story; coordinates in degrees or None."""

    name: str
    mentions: int
    latitude: float | None
    longitude: float | None

    @property
    def at(self) -> tuple[float, float] | None:
        """Latitude and longitude where both are known."""
        return None if self.latitude is None or self.longitude is None else (self.latitude, self.longitude)


@dataclass(frozen=True, slots=True)
class StoryDrawings:
    """The pictures of a story; None where one would say nothing or none are asked for."""

    map: Map | None = None
    matrix: Matrix | None = None
    axis: Axis | None = None


@dataclass(frozen=True, slots=True)
class Drawings:
    """The pictures of an edition: where its stories are, who is quoted, when the articles appeared."""

    map: Map | None = None
    quoted: Bars | None = None
    flow: Columns | None = None


@dataclass(frozen=True, slots=True)
class StoryView:
    """One story. `short` says that a headline and a line are all there is.

    `why` are the reasons for its place in words, `watched` the entries of the watchlist among them.
    """

    number: int
    anchor: str
    headline: Line
    status: str
    mark: str | None
    reach: str
    why: tuple[str, ...]
    watched: tuple[str, ...]
    summary: tuple[Line, ...]
    meetings: tuple[MeetingView, ...]
    places: tuple[Spot, ...]
    positions: tuple[Stand, ...]
    quotes: tuple[QuoteView, ...]
    people: tuple[Actor, ...]
    figures: tuple[FigureView, ...]
    timeline: tuple[EventView, ...]
    differences: tuple[tuple[str, tuple[Line, ...]], ...]
    sources: tuple[Source, ...]
    drawings: StoryDrawings

    @property
    def long(self) -> bool:
        """Whether the headline is a sentence rather than a title, and is set smaller."""
        return len(self.headline.text) > LONG

    @property
    def teaser(self) -> str:
        """The headline at a glance: a sentence that stands in for a title is cut after a word."""
        return _cut(self.headline.text, BRIEFLY)

    @property
    def head(self) -> str:
        """The headline as a running head, cut after a word."""
        return _cut(self.headline.text, HEAD)

    @property
    def short(self) -> bool:
        """Whether a headline and at most one sentence are all there is."""
        deep = (self.meetings, self.positions, self.quotes, self.figures, self.timeline, self.differences)
        return not any(deep) and len(self.summary) <= 1


def _cut(text: str, most: int) -> str:
    """The text, or its first words and an ellipsis of ours; a single long word is cut inside."""
    return textwrap.shorten(text, most, placeholder="…").removeprefix("…") or text[:most]


@dataclass(frozen=True, slots=True)
class Ahead:
    """Something dated after the edition, and the number and anchor of its story."""

    date: str
    line: Line
    story: int
    anchor: str


@dataclass(frozen=True, slots=True)
class IndexEntry:
    """A person or organization, the numbers of the first stories that hold it, and how many further ones do."""

    actor: Actor
    kind: str
    stories: tuple[int, ...]
    further: int


@dataclass(frozen=True, slots=True)
class Edition:
    """A whole brief, ready for a template; see docs in templates/README.md."""

    title: str
    edition: str
    day: str
    language: str
    window: str
    changes: str
    generated_at: str
    generated: str
    minutes: str
    publishers: int
    articles: int
    glance: tuple[StoryView, ...]
    more: tuple[StoryView, ...]
    stories: tuple[StoryView, ...]
    shorts: tuple[StoryView, ...]
    quiet: tuple[StoryView, ...]
    watched: tuple[tuple[str, StoryView], ...]
    ahead: tuple[Ahead, ...]
    index: tuple[IndexEntry, ...]
    coverage: tuple[tuple[str, str], ...]
    dropped: tuple[tuple[str, str], ...]
    feeds: tuple[tuple[str, str], ...]
    missing_glyphs: tuple[str, ...]
    sources: tuple[Source, ...]
    drawings: Drawings

    @property
    def empty(self) -> bool:
        """Whether there is no story at all."""
        return not (self.stories or self.shorts or self.quiet)
