"""The nouns that pass between the rooms: frozen values, standard library only.

    Page -> Article -> Story -> Analysis -> Brief
                 \\-> Reading -/

Offsets count Unicode code points of `Article.text`, start inclusive, end exclusive. `None` means "not known".
`briefing.record` turns every noun into plain JSON values and back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal


# ---------------------------------------------------------------- words of a source
@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Where in one article's text, and the exact words there."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True, order=True)
class Passage:
    """How words of a source reach a reader: `text == article.<field>[start:end]`; "text", "title" or "captions/N"."""

    article: str
    start: int
    end: int
    text: str
    field: str = "text"


# ---------------------------------------------------------------- what comes in
PageKind = Literal["html", "fragment", "text", "markdown", "record"]  # a fragment: a body in HTML without its page


@dataclass(frozen=True, slots=True)
class Page:
    """One document as it was found, decoded, not yet cleaned.

    `known` holds what the input itself said of the article (a feed entry's title, a record's fields), by the
    names of the article record; it wins over what cleaning finds in `content`.
    """

    origin: str
    content: str
    kind: PageKind
    known: Mapping[str, Any] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Dropped:
    """An input that did not become an article, and why."""

    input: str
    why: str


@dataclass(frozen=True, slots=True)
class FeedNote:
    """A feed that does not do well: its title or host, its address as subscribed; `detail`: why, or where it moved.

    `since`: the ISO day of its newest entry (late, silent) or of its last good reading (failed, gone).
    """

    name: str
    url: str
    state: Literal["late", "silent", "gone", "moved", "failed"]
    since: str | None = None
    detail: str = ""


Found = Page | Dropped | FeedNote  # what collecting brings in


@dataclass(frozen=True, slots=True)
class Article:
    """A cleaned article; the fields are those of the article record, `extra` whatever else a record had."""

    id: str
    text: str
    title: str = ""
    published: str | None = None
    source: str | None = None
    url: str | None = None
    authors: tuple[str, ...] = ()
    language: str = "en"
    captions: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    origin: str | None = None
    extra: Mapping[str, Any] = field(default_factory=dict, hash=False)

    def passage(self, start: int, end: int) -> Passage:
        """The words of the text from `start` to `end`."""
        return Passage(self.id, start, end, self.text[start:end])

    @property
    def headline(self) -> Passage:
        """The title as a passage."""
        return Passage(self.id, 0, len(self.title), self.title, field="title")


@dataclass(frozen=True, slots=True)
class Story:
    """Articles about one event, earliest first; `copies` maps an article id to the id of the article it repeats."""

    id: str
    articles: tuple[Article, ...]
    copies: Mapping[str, str] = field(default_factory=dict, hash=False)
    origins: Mapping[str, str] = field(default_factory=dict, hash=False)

    def origin_of(self, article: str) -> str:
        """The id of the first article of an article's independent source; what is not in `origins` is its own."""
        return self.origins.get(article, article)


# ---------------------------------------------------------------- one article, read in depth
Label = Literal["PERSON", "ORG", "GPE", "LOC", "NORP", "EVENT", "DATE"]
Kind = Literal["person", "organization", "place", "group", "event"]
AttributionKind = Literal["direct", "mixed", "indirect"]
Status = Literal["planned", "held", "cancelled", "past"]
Precision = Literal["day", "month", "year"]
STANCES = tuple("states supports opposes demands rejects denies accuses warns threatens proposes promises hopes"
                " expects doubts".split())  # fmt: skip


@dataclass(frozen=True, slots=True, order=True)
class Mention:
    """A name in the text; `entity`: an index into `Reading.entities`, one for all names of a thing; -1 for a DATE."""

    start: int
    end: int
    text: str
    label: Label
    entity: int = -1


@dataclass(frozen=True, slots=True)
class Entity:
    """A person, organization, place, group or event. In a Reading, an Analysis or a Brief.

    `id` is unique in its holder: the index as a string in a Reading, a readable slug ("person/kalle-laanet") later.
    `affiliation`: the id of the country or organization it speaks for. `country`: ISO 3166 alpha-2.
    `role`: words of a source ("deputy foreign minister"). `mentions`: how often it is named.
    """

    id: str
    name: str
    kind: Kind
    aliases: tuple[str, ...] = ()
    role: str | None = None
    affiliation: str | None = None
    country: str | None = None
    mentions: int = 0
    evidence: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who said, thinks, wants or denies what. Quotation marks are outside `content`.

    `speaker`: the resolved name in full; `entity`: its index in `Reading.entities`; `actor`: the index of the
    country, organization or person whose position it is (Moscow for "Russian officials").
    `passage`: the sentence or sentences that hold all of it.
    """

    kind: AttributionKind
    content: tuple[Span, ...]
    passage: Span
    source: Span | None = None
    cue: Span | None = None
    speaker: str | None = None
    stance: str | None = None
    entity: int | None = None
    actor: int | None = None


@dataclass(frozen=True, slots=True)
class Participant:
    """Someone at a meeting: entity id, role in words of a source, side (entity id of the country or organization)."""

    entity: str
    role: str | None = None
    side: str | None = None


@dataclass(frozen=True, slots=True)
class Meeting:
    """Who met whom, where, when. Entities are given by id, within the holder of the meeting."""

    participants: tuple[Participant, ...]
    evidence: tuple[Passage, ...]
    name: str | None = None
    format: str | None = None
    date: str | None = None
    place: str | None = None
    host: str | None = None
    chair: str | None = None
    status: Status = "held"


@dataclass(frozen=True, slots=True)
class Value:
    """One number as one article gives it, the words that bound it ("nearly"), and the ISO date it holds for."""

    value: float
    evidence: Passage
    approximate: str | None = None
    as_of: str | None = None


@dataclass(frozen=True, slots=True)
class Quantity:
    """What two figures must share to be compared: the noun's lemma, what happens to it, whose it is, and where."""

    head: str
    role: str | None = None
    side: tuple[str, ...] = ()
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity ("Russian troops"), its unit, and the values that the articles give for it."""

    what: str
    unit: str | None
    values: tuple[Value, ...]
    agree: bool = True
    about: Quantity | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """A dated event: ISO date cut to its precision ("2014", "2014-04", "2022-01-12")."""

    date: str
    precision: Precision
    evidence: Passage


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading one article in depth gives: the analysis record."""

    article: str
    entities: tuple[Entity, ...] = ()
    mentions: tuple[Mention, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    figures: tuple[Figure, ...] = ()
    events: tuple[Event, ...] = ()


# ---------------------------------------------------------------- one story, rolled up
@dataclass(frozen=True, slots=True)
class Place:
    """A place of the story with its coordinates in degrees (WGS 84)."""

    entity: str
    mentions: int
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class Position:
    """What an actor holds: stance and the sentence that shows it; `also`: the same position said elsewhere."""

    actor: str | None
    speaker: str | None
    stance: str
    evidence: Passage
    also: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True)
class Quote:
    """Words in quotation marks: `text` is the segments joined by " … "; `evidence` the sentences around them."""

    speaker: str | None
    text: str
    kind: AttributionKind
    evidence: Passage
    segments: tuple[Passage, ...] = ()
    also: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """Passages of different sources that do not agree."""

    kind: str
    evidence: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Analysis:
    """A story, rolled up: entity ids are those of `entities`; `fresh` and `alone` as in BriefStory."""

    story: str
    headline: Passage
    summary: tuple[Passage, ...] = ()
    fresh: tuple[Passage, ...] = ()
    alone: tuple[Passage, ...] = ()
    entities: tuple[Entity, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    places: tuple[Place, ...] = ()
    positions: tuple[Position, ...] = ()
    quotes: tuple[Quote, ...] = ()
    people: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    timeline: tuple[Event, ...] = ()
    differences: tuple[Difference, ...] = ()


# ---------------------------------------------------------------- the brief


@dataclass(frozen=True, slots=True)
class SourceArticle:
    """An article as the brief lists it; `sha256` is that of its text in UTF-8, `words` its length."""

    id: str
    title: str
    source: str | None
    url: str | None
    published: str | None
    language: str
    sha256: str
    words: int
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BriefStory:
    """One story of the brief, ranked; status is new, updated, unchanged or quiet, `why` the reasons for its place.

    Of the summary, `fresh` is new since the last brief; `alone`, also of evidence, is what one source alone reports.
    """

    id: str
    rank: int
    status: str
    headline: Passage
    articles: tuple[str, ...]
    sources: int
    independent_sources: int
    summary: tuple[Passage, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    places: tuple[Place, ...] = ()
    positions: tuple[Position, ...] = ()
    quotes: tuple[Quote, ...] = ()
    people: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    timeline: tuple[Event, ...] = ()
    differences: tuple[Difference, ...] = ()
    fresh: tuple[Passage, ...] = ()
    alone: tuple[Passage, ...] = ()
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Window:
    """The time that the articles of a brief cover, both ends ISO 8601, or None where nothing is dated."""

    start: str | None = None
    end: str | None = None


@dataclass(frozen=True, slots=True)
class Coverage:
    """What was read, what was not, and which feeds do not do well."""

    inputs: int
    articles: int
    stories: int
    dropped: tuple[Dropped, ...] = ()
    feeds: tuple[FeedNote, ...] = field(default=(), metadata={"where_any": True})  # in a record only then


@dataclass(frozen=True, slots=True)
class Brief:
    """The one model that feeds every format."""

    title: str
    edition: str
    language: str
    window: Window
    generated_at: str
    articles: tuple[SourceArticle, ...]
    entities: tuple[Entity, ...]
    stories: tuple[BriefStory, ...]
    coverage: Coverage
    format: str = "briefing/1"
