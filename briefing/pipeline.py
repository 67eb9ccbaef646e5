"""make_brief: the whole way of the data, pure: pages | clean -P | group | read -P | analyze -P | compose.

`-P` marks the stages that run per item, through one order-preserving `map`: the builtin and a process pool give
the same brief. Clock, language model and processors come in as arguments.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import partial
from typing import Protocol, TypeVar

from briefing.analyze.stages import Annotate, Names, analyze, outline, read, unite_day
from briefing.clean.distinct import clean_one, distinct
from briefing.compose import NO_WATCHLIST, compose, day_of, edition_of, rank
from briefing.config import Watchlist
from briefing.group import group, independent_sources, sources
from briefing.language.weekdays import day_of_report
from briefing.model import Analysis, Article, Brief, Dropped, Page, Reading, Story

T = TypeVar("T")
R = TypeVar("R")


class Map(Protocol):
    """The builtin `map`, or anything that keeps its order."""

    def __call__(self, function: Callable[[T], R], items: Sequence[T], /) -> Iterable[R]:
        """`function` of each item, in the order of the items."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a user may choose about a brief: title, words of a summary, stories read in depth, the edition's day.

    `aliases` maps another form of a name to the name; with the watchlist it wins over all rules of resolving names.
    `families` maps an outlet to its publisher, so that outlets of one house count as one independent source.
    """

    title: str = "Daily brief"
    words: int = 150
    stories: int = 20
    edition: str | None = None
    watchlist: Watchlist = NO_WATCHLIST
    aliases: Mapping[str, str] = field(default_factory=dict)
    families: Mapping[str, str] = field(default_factory=dict)

    @property
    def names(self) -> Names:
        """What the user says of names: a watched term with a capital is one."""
        return Names(self.aliases, tuple(term for term in self.watchlist.terms if term[:1].isupper()))


@dataclass(frozen=True, slots=True)
class Made:
    """A brief, and the articles that prove it."""

    brief: Brief
    articles: tuple[Article, ...]


Report = Callable[[str, int], None]


class Known(Protocol):
    """Readings of before; what is in it is not read again."""

    def get(self, article: Article) -> Reading | None:
        """The reading of just this article, or None."""

    def put(self, article: Article, reading: Reading) -> None:
        """Keep a reading."""


DEFAULT = Settings()


def make_brief(
    pages: Iterable[Page | Dropped],
    *,
    annotate: Annotate,
    now: str,
    settings: Settings = DEFAULT,
    previous: Brief | None = None,
    known: Known | None = None,
    map: Map = map,
    report: Report = lambda stage, items: None,
) -> Made:
    """The brief of all pages at the time `now` (ISO 8601); `previous` is the brief before it, for what is new.

    `known` gives the readings of before and takes the new ones; `report(stage, items)` is told as each stage begins.
    """
    found = tuple(pages)
    report("clean", len(found))
    cleaned = tuple(map(clean_one, found))
    articles, dropped = distinct(cleaned)
    articles = tuple(_not_later(article, now) for article in articles)
    report("group", len(articles))
    ranked, muted = rank(
        tuple(_dated(story) for story in group(articles)),
        sources=sources,
        independent=partial(independent_sources, families=settings.families),
        watchlist=settings.watchlist,
    )
    stories = tuple(item.story for item in ranked)
    analyses = _analyses(stories, annotate=annotate, settings=settings, known=known, map=map, report=report)
    report("compose", len(stories))
    united, entities = unite_day(analyses, names=settings.names)
    used = tuple(sorted((article for story in stories for article in story.articles), key=lambda a: a.id))
    made = compose(
        ranked,
        united,
        entities,
        title=settings.title,
        edition=settings.edition or edition_of(used) or now[:10],
        generated_at=now,
        inputs=len(found),
        dropped=(*dropped, *muted),
        previous=previous,
    )
    return Made(made, used)


def _analyses(
    stories: Sequence[Story], *, annotate: Annotate, settings: Settings, known: Known | None, map: Map, report: Report
) -> tuple[Analysis, ...]:
    """The first stories read in depth, near-copies once; of the others headline and a sentence or two."""
    deep, brief = stories[: settings.stories], stories[settings.stories :]
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
        *map(partial(_analyze, words=settings.words, names=settings.names), told),
        *map(partial(outline, words=max(settings.words // 5, 30)), brief),
    )


def _dated(story: Story) -> Story:
    """An article without a date takes its story's day, or the day near it that its lead names; the flag stays."""
    day = edition_of(story.articles)
    return replace(
        story, articles=tuple(article if article.published else _on(article, day) for article in story.articles)
    )


def _on(article: Article, day: str | None) -> Article:
    if day is None:
        return article
    return replace(article, published=day_of_report(article.text, date.fromisoformat(day)).isoformat())


def _not_later(article: Article, now: str) -> Article:
    """A date that lies more than a day ahead of `now` is none: clocks differ by less, typing errors by more."""
    day = day_of(article.published)
    if day is None or day <= date.fromisoformat(now[:10]) + timedelta(days=1):
        return article
    return replace(article, published=None, flags=tuple(sorted({*article.flags, "undated"})))


def _of(story: Story, readings: dict[str, Reading]) -> tuple[Reading, ...]:
    return tuple(readings[article.id] for article in story.articles if article.id in readings)


def _analyze(item: tuple[Story, tuple[Reading, ...]], *, words: int, names: Names) -> Analysis:
    story, readings = item
    return analyze(story, readings, words=words, names=names)
