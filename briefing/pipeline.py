"""make_brief: the whole way of the data, pure: pages | clean -P | group | read -P | analyze -P | compose.

`-P` marks the stages that run per item, through one order-preserving `map`: the builtin and a process pool give
the same brief. Clock, language model and processors come in as arguments.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Protocol

from briefing.analyze.novelty import NEW, novelty
from briefing.analyze.stages import Annotate, Names, analyze, outline, read, unite_day
from briefing.clean.distinct import clean_one, distinct, flag_updates, parted, recent
from briefing.compose import NO_WATCHLIST, Ranked, compose, day_of, edition_of, rank
from briefing.config import Site, Watchlist
from briefing.group import group, origins, regroup, sources
from briefing.language.sentences import sentences
from briefing.language.weekdays import day_of_report
from briefing.mapping import Map
from briefing.model import Analysis, Article, Brief, Dropped, Found, Reading, Story

if TYPE_CHECKING:
    from briefing.group.memory import Memory


@dataclass(frozen=True, slots=True)
class Settings:
    """What a user may choose about a brief: title, words of a summary, stories read in depth, the edition's day.

    `aliases` maps another form of a name to the name; with the watchlist it wins over all rules of resolving names.
    `families` maps an outlet to its publisher, so that outlets of one house count as one independent source.
    `sites` are rules for the pages of a domain.
    `strict` leaves out quotations and positions whose speaker the source's own words do not name.
    """

    title: str = "Daily brief"
    words: int = 150
    stories: int = 20
    edition: str | None = None
    days: int = 0  # articles older than that are left out; 0 takes all
    watchlist: Watchlist = NO_WATCHLIST
    aliases: Mapping[str, str] = field(default_factory=dict)
    families: Mapping[str, str] = field(default_factory=dict)
    sites: Mapping[str, Site] = field(default_factory=dict)
    strict: bool = False

    @property
    def names(self) -> Names:
        """What the user says of names: a watched term with a capital is one."""
        return Names(self.aliases, tuple(term for term in self.watchlist.terms if term[:1].isupper()))


@dataclass(frozen=True, slots=True)
class Made:
    """A brief, the articles that prove it, and what grouping remembers, where it was given a memory."""

    brief: Brief
    articles: tuple[Article, ...]
    memory: Memory | None = None


Report = Callable[[str, int], None]


class Known(Protocol):
    """Readings of before; what is in it is not read again."""

    def get(self, article: Article) -> Reading | None:
        """The reading of just this article, or None."""

    def put(self, article: Article, reading: Reading) -> None:
        """Keep a reading."""


DEFAULT = Settings()


def make_brief(
    pages: Iterable[Found],
    *,
    annotate: Annotate,
    now: str,
    settings: Settings = DEFAULT,
    previous: Brief | None = None,
    window: Sequence[Article] = (),
    memory: Memory | None = None,
    known: Known | None = None,
    map: Map = map,
    report: Report = lambda stage, items: None,
) -> Made:
    """The brief of all pages at the time `now` (ISO 8601).

    What was before: `previous` is the last brief, `window` the articles of the last days, `memory` what grouping kept
    of the last run, so that a story has the same id tomorrow and what was told does not come back as news. `known`
    gives the readings of before and takes the new ones; `report(stage, items)` is told as each stage begins.
    """
    found, feeds = parted(pages)
    report("clean", len(found))
    today, dropped = _today(map(partial(clean_one, sites=settings.sites), found), now, settings, previous)
    older = tuple(article for article in window if article.id not in today)
    report("group", len(today) + len(older))
    stories, memory = _stories((*today.values(), *older), memory or _remembered(previous), map)
    ranked, muted = rank(
        tuple(_traced(_dated(story), settings.families) for story in _due(stories, today, previous)),
        sources=sources,
        watchlist=settings.watchlist,
        previous=previous,
        window={article.id for article in older},
    )
    analyses = _analyses(ranked, annotate=annotate, settings=settings, known=known, map=map, report=report)
    report("compose", len(ranked))
    told = {article.id for article in previous.articles} if previous else set[str]()
    marked = [_marked(analysis, item, told) for analysis, item in zip(analyses, ranked, strict=True)]
    united, entities = unite_day(marked, names=settings.names)
    used = tuple(sorted((article for item in ranked for article in item.story.articles), key=lambda a: a.id))
    made = compose(
        ranked,
        united,
        entities,
        title=settings.title,
        edition=settings.edition or edition_of(used) or now[:10],
        generated_at=now,
        inputs=len(found),
        dropped=(*dropped, *muted),
        feeds=feeds,
    )
    return Made(made, used, memory)


def _stories(articles: Sequence[Article], memory: Memory | None, map: Map) -> tuple[tuple[Story, ...], Memory | None]:
    """The stories, with the ids of the last run where there is a memory of it."""
    return (group(articles, map=map), None) if memory is None else regroup(articles, memory, map=map)


def _remembered(previous: Brief | None) -> Memory | None:
    """Which story each article of the last brief was of, where that is all that is known of the last run."""
    if previous is None:
        return None
    from briefing.group.memory import of_names

    return of_names({name: story.id for story in previous.stories for name in story.articles})


def _due(stories: Iterable[Story], today: Collection[str], previous: Brief | None) -> Iterator[Story]:
    """The stories that have an article of today, or were in the last brief and fall quiet; they do so once."""
    before = () if previous is None else previous.stories
    told = {name for was in before if was.status != "quiet" for name in was.articles}
    return (story for story in stories if any(a.id in today or a.id in told for a in story.articles))


def _marked(analysis: Analysis, item: Ranked, told: Collection[str]) -> Analysis:
    """The analysis of an updated story with those sentences of its summary that its told articles do not say."""
    if item.status != "updated":
        return analysis
    before = [a.text[start:end] for a in item.story.articles if a.id in told for start, end in sentences(a.text)]
    new = novelty([passage.text for passage in analysis.summary], before)
    return replace(analysis, fresh=tuple(p for p, score in zip(analysis.summary, new, strict=True) if score >= NEW))


def _analyses(
    ranked: Sequence[Ranked], *, annotate: Annotate, settings: Settings, known: Known | None, map: Map, report: Report
) -> tuple[Analysis, ...]:
    """The first stories with news read in depth, near-copies once; of the others headline and a sentence or two."""
    count = min(settings.stories, sum(not item.is_told for item in ranked))
    stories = tuple(item.story for item in ranked)
    deep, brief = stories[:count], stories[count:]
    originals = tuple(article for story in deep for article in story.articles if article.id not in story.copies)
    readings = {article.id: reading for article in originals if known and (reading := known.get(article))}
    unread = tuple(article for article in originals if article.id not in readings)
    report("read", len(unread))
    for article, reading in zip(
        unread, map(partial(read, annotate=annotate, names=settings.names), unread), strict=True
    ):
        readings[article.id] = reading
        if known:
            known.put(article, reading)
    report("analyze", len(stories))
    told = tuple((story, _of(story, readings)) for story in deep)
    return (
        *map(partial(_analyze, words=settings.words, names=settings.names, strict=settings.strict), told),
        *map(partial(outline, words=max(settings.words // 5, 30)), brief),
    )


def _dated(story: Story) -> Story:
    """An article without a date takes its story's day, or the day near it that its lead names; the flag stays."""
    day = edition_of(story.articles)
    return replace(
        story, articles=tuple(article if article.published else _on(article, day) for article in story.articles)
    )


def _traced(story: Story, families: Mapping[str, str]) -> Story:
    return replace(story, origins=origins(story, families=families))


def _on(article: Article, day: str | None) -> Article:
    if day is None:
        return article
    return replace(article, published=day_of_report(article.text, date.fromisoformat(day)).isoformat())


def _today(
    cleaned: Iterable[Article | Dropped], now: str, settings: Settings, previous: Brief | None
) -> tuple[dict[str, Article], tuple[Dropped, ...]]:
    """The articles to tell of by id: each once, young enough, flagged where edited; and everything dropped."""
    articles, dropped = distinct(cleaned)
    if settings.days:
        articles, old = recent(articles, now=now, days=settings.days)
        dropped += old
    told = {article.id: article.sha256 for article in previous.articles} if previous else {}
    return {article.id: _not_later(article, now) for article in flag_updates(articles, told)}, dropped


def _not_later(article: Article, now: str) -> Article:
    """A date that lies more than a day ahead of `now` is none: clocks differ by less, typing errors by more."""
    day = day_of(article.published)
    if day is None or day <= date.fromisoformat(now[:10]) + timedelta(days=1):
        return article
    return replace(article, published=None, flags=tuple(sorted({*article.flags, "undated"})))


def _of(story: Story, readings: dict[str, Reading]) -> tuple[Reading, ...]:
    return tuple(readings[article.id] for article in story.articles if article.id in readings)


def _analyze(item: tuple[Story, tuple[Reading, ...]], *, words: int, names: Names, strict: bool) -> Analysis:
    story, readings = item
    return analyze(story, readings, words=words, names=names, strict=strict)
