"""Brief -> Edition: one pass over the stories, then the lists that look across them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any

from briefing.model import Brief, BriefStory, Passage
from briefing.render import labels
from briefing.render.charts import bars, locate, over_time
from briefing.render.citations import Citations
from briefing.render.outlines import Ring
from briefing.render.story import Cast, StoryMaker, anchor, scenes
from briefing.render.text import tidy
from briefing.render.view import GLANCE, Ahead, Drawings, Edition, IndexEntry, Line

QUIET = "quiet"
AHEAD = 12  # coming dates; further ones stand in their stories
TOLD = 160  # characters of its sentence where that stands in the story: two lines, for a date says little without
NUMBERED = 10  # stories that an entry of the index names; nobody looks up more, and a page cannot break inside one


def make_edition(
    brief: Brief, *, rings: tuple[Ring, ...] | None = None, missing_glyphs: tuple[str, ...] = ()
) -> Edition:
    """The brief as templates see it.

    `rings` are the coasts for maps; without them nothing is drawn. `missing_glyphs` are warnings for the coverage box.
    """
    cast, citations = Cast(brief.entities), Citations(brief)
    makers = [StoryMaker(story, cast, citations, edition=brief.edition) for story in brief.stories]
    marked = any(story.status != "new" for story in brief.stories)  # in a first edition all are
    views = tuple(maker.view(marked=marked, rings=rings) for maker in makers)
    awake = tuple(view for view in views if view.status != QUIET)
    full = tuple(view for view in awake if not view.short)
    return Edition(
        title=tidy(brief.title),
        edition=brief.edition,
        day=labels.long_day(brief.edition),
        language=brief.language,
        window=_window(brief),
        changes=_changes(brief) if marked else "",
        generated_at=brief.generated_at,
        generated=labels.moment(brief.generated_at),
        minutes=labels.minutes(sum(map(_words, views))),
        publishers=len({source.publisher or source.anchor for source in citations.sources}),
        articles=len(brief.articles),
        glance=full[:GLANCE],
        more=full[GLANCE:],
        stories=full,
        shorts=tuple(view for view in awake if view.short),
        quiet=tuple(view for view in views if view.status == QUIET),
        watched=tuple((reason, view) for view in awake for reason in view.watched),
        ahead=_ahead(brief, makers, citations),
        index=_index(makers, cast),
        coverage=_coverage(brief),
        dropped=tuple((tidy(dropped.input), tidy(dropped.why)) for dropped in brief.coverage.dropped),
        feeds=_feeds(brief),
        missing_glyphs=missing_glyphs,
        sources=citations.sources,
        drawings=Drawings() if rings is None else _draw(brief, cast, rings),
    )


def _draw(brief: Brief, cast: Cast, rings: tuple[Ring, ...]) -> Drawings:
    centres = ((story.rank, scenes(story, cast)[:1]) for story in brief.stories[:GLANCE] if story.status != QUIET)
    places = [(str(rank), spot.name, *spot.at) for rank, spots in centres for spot in spots if spot.at]
    speakers = Counter(quote.speaker for story in brief.stories for quote in story.quotes)
    named = [(name, count) for speaker, count in speakers.items() if (name := cast.name(speaker))]
    return Drawings(
        map=locate(places, rings) if len(places) > 1 else None,  # a story's own map shows a single place
        quoted=bars(named, of="Quotations by speaker"),
        flow=over_time(article.published for article in brief.articles),
    )


def _window(brief: Brief) -> str:
    """The window in words, "" where it says no more than the day of the edition."""
    span = labels.span(brief.window.start, brief.window.end)
    return "" if span == labels.moment(brief.edition) else span


def _changes(brief: Brief) -> str:
    """What is new since the last brief: "2 new, 1 updated, 3 unchanged"."""
    counts = Counter(story.status for story in brief.stories)
    return ", ".join(
        f"{counts[status]} {note.lower()}" for status, note in labels.STATUS_NOTES.items() if counts[status]
    )


def _words(value: Any) -> int:
    """How many words of sources a view shows: those of every line in it."""
    if isinstance(value, Line):
        return len(value.text.split())
    if isinstance(value, tuple):
        return sum(map(_words, value))
    return sum(_words(getattr(value, part.name)) for part in fields(value)) if is_dataclass(value) else 0


def _coverage(brief: Brief) -> tuple[tuple[str, str], ...]:
    coverage = brief.coverage
    rows = [
        ("Inputs", f"{coverage.inputs:,}"),
        ("Articles read", f"{coverage.articles:,}"),
        ("Stories found", f"{coverage.stories:,}"),
        ("Stories in this edition", f"{len(brief.stories):,}"),
        ("Not used", f"{len(coverage.dropped):,}"),
    ]
    return tuple(rows)


def _feeds(brief: Brief) -> tuple[tuple[str, str], ...]:
    """Feeds that do not do well, by what is the matter with them: ("Silent since 14 Jan 2031", "Harbour Gazette")."""
    matters: dict[str, list[str]] = {}
    for note in brief.coverage.feeds:
        name = tidy(note.name) or tidy(note.url)
        told = f"{name} (to {tidy(note.detail)})" if note.state == "moved" else f"{name} ({tidy(note.detail)})"
        matters.setdefault(labels.feed_note(note.state, note.since), []).append(told if note.detail else name)
    return tuple((matter, ", ".join(names)) for matter, names in matters.items())


def _ahead(brief: Brief, makers: Sequence[StoryMaker], citations: Citations) -> tuple[Ahead, ...]:
    """What is dated after the edition and its articles, soonest first, each sentence once."""
    today = max(brief.edition, (brief.window.end or "")[:10])
    dated: dict[Passage, tuple[str, StoryMaker]] = {}
    for maker in makers:
        for day, passage in _dated(maker.story):
            if day > today[: len(day)]:
                dated.setdefault(passage, (day, maker))
    rows = sorted(dated.items(), key=lambda row: (row[1][0], row[1][1].story.rank, row[0]))
    ahead = []
    for passage, (day, maker) in rows[:AHEAD]:
        told = maker.printed.holds(passage)
        line = replace(citations.again(passage, most=TOLD), above=False) if told else citations.line(passage)
        ahead.append(Ahead(labels.short_day(day), line, maker.story.rank, anchor(maker.story)))
    return tuple(ahead)


def _dated(story: BriefStory) -> Iterator[tuple[str, Passage]]:
    for event in story.timeline:
        yield event.date, event.evidence
    for meeting in story.meetings:
        if meeting.date and meeting.status == "planned" and meeting.evidence:
            yield meeting.date, meeting.evidence[0]


def _index(makers: Sequence[StoryMaker], cast: Cast) -> tuple[IndexEntry, ...]:
    """People and organizations that a story shows by name, in alphabetical order."""
    where: dict[str, dict[int, None]] = {}
    for maker in makers:
        for entity in _named(maker):
            where.setdefault(entity, {})[maker.story.rank] = None
    entries = (
        IndexEntry(cast.actor(entity), kind, tuple(stories)[:NUMBERED], max(0, len(stories) - NUMBERED))
        for entity, stories in where.items()
        if (kind := cast.kind(entity)) in {"person", "organization"}
    )
    return tuple(sorted(entries, key=lambda entry: (_surname(entry), entry.actor.name)))


def _surname(entry: IndexEntry) -> str:
    return (entry.actor.name.split()[-1] if entry.kind == "person" else entry.actor.name).casefold()


def _named(maker: StoryMaker) -> Iterator[str]:
    for meeting in maker.story.meetings:
        yield from (person.entity for person in meeting.participants)
        yield from (entity for entity in (meeting.host, meeting.chair) if entity)
    for row in maker.choice.rows:
        yield from (entity for position in row for entity in (position.actor, position.speaker) if entity)
    yield from (quote.speaker for quote in maker.choice.quotes if quote.speaker)
