"""Brief -> Edition: one pass over the stories, then the lists that look across them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from briefing.model import Brief, BriefStory, Passage
from briefing.render import labels
from briefing.render.charts import bars, locate, over_time
from briefing.render.citations import Citations, story_passages
from briefing.render.outlines import Ring
from briefing.render.story import Cast, StoryMaker, anchor, scenes
from briefing.render.text import tidy
from briefing.render.view import GLANCE, Ahead, Drawings, Edition, IndexEntry

QUIET = "quiet"


def make_edition(
    brief: Brief, *, rings: tuple[Ring, ...] | None = None, missing_glyphs: tuple[str, ...] = ()
) -> Edition:
    """The brief as templates see it.

    `rings` are the coasts for maps; without them nothing is drawn. `missing_glyphs` are warnings for the coverage box.
    """
    cast, citations = Cast(brief.entities), Citations(brief)
    marked = len({story.status for story in brief.stories}) > 1
    views = tuple(StoryMaker(story, cast, citations).view(marked=marked, rings=rings) for story in brief.stories)
    awake = tuple(view for view in views if view.status != QUIET)
    full = tuple(view for view in awake if not view.short)
    return Edition(
        title=tidy(brief.title),
        edition=brief.edition,
        day=labels.long_day(brief.edition),
        language=brief.language,
        window=_window(brief),
        generated_at=brief.generated_at,
        generated=labels.moment(brief.generated_at),
        minutes=labels.minutes(_words(brief)),
        publishers=len({source.publisher or source.anchor for source in citations.sources}),
        articles=len(brief.articles),
        glance=full[:GLANCE],
        more=full[GLANCE:],
        stories=full,
        shorts=tuple(view for view in awake if view.short),
        quiet=tuple(view for view in views if view.status == QUIET),
        watched=tuple((reason, view) for view in awake for reason in view.why),
        ahead=_ahead(brief, cast, citations),
        index=_index(brief, cast),
        coverage=_coverage(brief),
        dropped=tuple((tidy(dropped.input), tidy(dropped.why)) for dropped in brief.coverage.dropped),
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


def _words(brief: Brief) -> int:
    """How many words of sources the brief shows."""
    return sum(len(passage.text.split()) for story in brief.stories for passage in story_passages(story))


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


def _ahead(brief: Brief, cast: Cast, citations: Citations) -> tuple[Ahead, ...]:
    """What is dated after the edition, soonest first, each sentence once."""
    dated: dict[Passage, tuple[str, BriefStory]] = {}
    for story in brief.stories:
        for day, passage in _dated(story):
            if day > brief.edition[: len(day)]:
                dated.setdefault(passage, (day, story))
    rows = sorted(dated.items(), key=lambda row: (row[1][0], row[1][1].rank, row[0]))
    return tuple(
        Ahead(labels.short_day(day), citations.line(passage), story.rank, anchor(story))
        for passage, (day, story) in rows
    )


def _dated(story: BriefStory) -> Iterator[tuple[str, Passage]]:
    for event in story.timeline:
        yield event.date, event.evidence
    for meeting in story.meetings:
        if meeting.date and meeting.status == "planned" and meeting.evidence:
            yield meeting.date, meeting.evidence[0]


def _index(brief: Brief, cast: Cast) -> tuple[IndexEntry, ...]:
    """People and organizations that a story shows by name, in alphabetical order."""
    where: dict[str, dict[int, None]] = {}
    for story in brief.stories:
        for entity in _named(story):
            where.setdefault(entity, {})[story.rank] = None
    entries = (
        IndexEntry(cast.actor(entity), kind, tuple(stories))
        for entity, stories in where.items()
        if (kind := cast.kind(entity)) in {"person", "organization"}
    )
    return tuple(sorted(entries, key=lambda entry: (_surname(entry), entry.actor.name)))


def _surname(entry: IndexEntry) -> str:
    return (entry.actor.name.split()[-1] if entry.kind == "person" else entry.actor.name).casefold()


def _named(story: BriefStory) -> Iterator[str]:
    for meeting in story.meetings:
        yield from (person.entity for person in meeting.participants)
        yield from (entity for entity in (meeting.host, meeting.chair) if entity)
    for position in story.positions:
        yield from (entity for entity in (position.actor, position.speaker) if entity)
    yield from (quote.speaker for quote in story.quotes if quote.speaker)
    yield from story.people
