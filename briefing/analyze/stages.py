"""The two stages of the room: read takes an Article to its Reading, analyze a Story and its Readings to an Analysis."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from briefing.analyze.agreement import alone
from briefing.analyze.attributions import find_attributions
from briefing.analyze.entities import find_entities
from briefing.analyze.figures import find_differences, find_figures, unite_figures
from briefing.analyze.meetings import find_meetings, unite_meetings
from briefing.analyze.positions import choose_positions
from briefing.analyze.quotes import choose_quotes
from briefing.analyze.rollup import find_places, unite_entities
from briefing.analyze.strict import strictly
from briefing.analyze.summary import headline, summarize
from briefing.analyze.timeline import find_events, unite_events
from briefing.model import Analysis, Article, Entity, Meeting, Reading, Story

if TYPE_CHECKING:
    from spacy.tokens import Doc

Annotate = Callable[[str], "Doc"]


@dataclass(frozen=True, slots=True)
class Names:
    """What the user says of names: other form -> name, and names to look for; both win over all rules."""

    aliases: Mapping[str, str] = field(default_factory=dict)
    watchlist: tuple[str, ...] = ()


NO_NAMES = Names()

__all__ = ["Names", "analyze", "outline", "read", "unite_day"]


def read(article: Article, *, annotate: Annotate, names: Names = NO_NAMES) -> Reading:
    """Everything that one article says of names, speech, meetings, figures and dates."""
    doc = annotate(article.text)
    entities, mentions = find_entities(article, doc, aliases=names.aliases, watchlist=names.watchlist)
    attributions = find_attributions(article, doc, entities, mentions)
    return Reading(
        article=article.id,
        entities=entities,
        mentions=mentions,
        attributions=attributions,
        meetings=find_meetings(article, doc, entities, mentions, attributions),
        figures=find_figures(article, doc),
        events=find_events(article, doc),
    )


def analyze(
    story: Story, readings: Sequence[Reading], *, words: int, names: Names = NO_NAMES, strict: bool = False
) -> Analysis:
    """One story rolled up; `readings` are those of its articles, near-copies left out, `words` the summary's length.

    `strict` keeps only speakers and actors whom the source's own words name.
    """
    readings = tuple(map(strictly, readings)) if strict else readings
    by_id = {article.id: article for article in story.articles}
    articles = tuple(by_id[reading.article] for reading in readings)
    held = [reading.entities for reading in readings]
    entities, ids = unite_entities(held, surnames=True, aliases=names.aliases, watchlist=names.watchlist)
    meetings = tuple(rename(m, new) for reading, new in zip(readings, ids, strict=True) for m in reading.meetings)
    figures = unite_figures(tuple(figure for reading in readings for figure in reading.figures), articles=articles)
    united, summary = unite_meetings(meetings, entities), summarize(story, words=words)
    return Analysis(
        story=story.id,
        headline=headline(story),
        summary=summary,
        alone=alone(story, summary, united, figures),
        entities=entities,
        meetings=united,
        places=find_places(entities, articles, readings, ids),
        positions=choose_positions(articles, readings, ids),
        quotes=choose_quotes(articles, readings, ids),
        people=tuple(e.id for e in sorted(entities, key=lambda e: (-e.mentions, e.id)) if e.kind == "person"),
        figures=figures,
        timeline=unite_events(tuple(event for reading in readings for event in reading.events)),
        differences=find_differences(figures),
    )


def outline(story: Story, *, words: int) -> Analysis:
    """Headline and summary alone, for a story that is not read in depth."""
    summary = summarize(story, words=words)
    return Analysis(story=story.id, headline=headline(story), summary=summary, alone=alone(story, summary))


def unite_day(
    analyses: Sequence[Analysis], *, names: Names = NO_NAMES
) -> tuple[tuple[Analysis, ...], tuple[Entity, ...]]:
    """The analyses with the entity ids of the whole day, and those entities."""
    held = [analysis.entities for analysis in analyses]
    entities, ids = unite_entities(held, surnames=False, aliases=names.aliases, watchlist=names.watchlist)
    return tuple(_renamed(analysis, new) for analysis, new in zip(analyses, ids, strict=True)), entities


def rename(meeting: Meeting, ids: Mapping[str, str]) -> Meeting:
    """The meeting with its entity ids replaced."""
    new = _optional(ids)
    return replace(
        meeting,
        place=new(meeting.place),
        host=new(meeting.host),
        chair=new(meeting.chair),
        participants=tuple(replace(p, entity=ids[p.entity], side=new(p.side)) for p in meeting.participants),
    )


def _renamed(analysis: Analysis, ids: Mapping[str, str]) -> Analysis:
    new = _optional(ids)
    return replace(
        analysis,
        entities=(),
        meetings=tuple(rename(meeting, ids) for meeting in analysis.meetings),
        places=tuple(replace(place, entity=ids[place.entity]) for place in analysis.places),
        positions=tuple(replace(p, actor=new(p.actor), speaker=new(p.speaker)) for p in analysis.positions),
        quotes=tuple(replace(quote, speaker=new(quote.speaker)) for quote in analysis.quotes),
        people=tuple(dict.fromkeys(ids[person] for person in analysis.people)),
    )


def _optional(ids: Mapping[str, str]) -> Callable[[str | None], str | None]:
    return lambda old: None if old is None else ids[old]
