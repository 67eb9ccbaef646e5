"""make_brief: the whole way of the data, pure: pages | clean -P | group | read -P | analyze -P | compose.

`-P` marks the stages that run per item, through one order-preserving `map`: the builtin and a process pool give
the same brief. Clock, language model and processors come in as arguments.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Protocol, TypeVar

from briefing.analyze.stages import Annotate, analyze, outline, read, unite_day
from briefing.clean.distinct import clean_one, distinct
from briefing.compose import compose, edition_of, rank
from briefing.group import group
from briefing.model import Analysis, Article, Brief, Dropped, Page, Reading, Story

T = TypeVar("T")
R = TypeVar("R")


class Map(Protocol):
    """The builtin `map`, or anything that keeps its order."""

    def __call__(self, function: Callable[[T], R], items: Sequence[T], /) -> Iterable[R]:
        """`function` of each item, in the order of the items."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a user may choose about a brief: title, words of a summary, stories read in depth, the edition's day."""

    title: str = "Daily brief"
    words: int = 150
    stories: int = 20
    edition: str | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """A brief, and the articles that prove it."""

    brief: Brief
    articles: tuple[Article, ...]


Report = Callable[[str, int], None]
DEFAULT = Settings()


def make_brief(
    pages: Iterable[Page | Dropped],
    *,
    annotate: Annotate,
    now: str,
    settings: Settings = DEFAULT,
    map: Map = map,
    report: Report = lambda stage, items: None,
) -> Made:
    """The brief of all pages at the time `now` (ISO 8601); `report(stage, items)` is told before each stage begins."""
    found = tuple(pages)
    report("clean", len(found))
    cleaned = tuple(map(clean_one, found))
    articles, dropped = distinct(cleaned)
    report("group", len(articles))
    stories = rank(tuple(_dated(story) for story in group(articles)))
    deep, brief = stories[: settings.stories], stories[settings.stories :]
    originals = tuple(article for story in deep for article in story.articles if article.id not in story.copies)
    report("read", len(originals))
    readings = {reading.article: reading for reading in map(partial(read, annotate=annotate), originals)}
    report("analyze", len(stories))
    analyses = (
        *map(partial(_analyze, words=settings.words), tuple((story, _of(story, readings)) for story in deep)),
        *map(partial(outline, words=settings.words // 5), brief),
    )
    report("compose", len(stories))
    united, entities = unite_day(analyses)
    edition = settings.edition or edition_of(tuple(a for story in stories for a in story.articles)) or now[:10]
    made = compose(
        stories,
        united,
        entities,
        title=settings.title,
        edition=edition,
        generated_at=now,
        inputs=len(found),
        dropped=dropped,
    )
    return Made(made, tuple(sorted((a for story in stories for a in story.articles), key=lambda a: a.id)))


def _dated(story: Story) -> Story:
    """An article without a date takes its story's, so that its weekdays can be resolved; the flag stays."""
    day = edition_of(story.articles)
    return replace(story, articles=tuple(a if a.published else replace(a, published=day) for a in story.articles))


def _of(story: Story, readings: dict[str, Reading]) -> tuple[Reading, ...]:
    return tuple(readings[article.id] for article in story.articles if article.id in readings)


def _analyze(item: tuple[Story, tuple[Reading, ...]], *, words: int) -> Analysis:
    story, readings = item
    return analyze(story, readings, words=words)
