"""Choose and order: the analyses of a day's stories become one brief."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime

from briefing.model import (
    Analysis,
    Article,
    Brief,
    BriefStory,
    Coverage,
    Dropped,
    Entity,
    SourceArticle,
    Story,
    Window,
)
from briefing.verify import fingerprint

__all__ = ["compose", "day_of", "edition_of", "independent", "rank"]


def day_of(published: str | None) -> date | None:
    """The day of an ISO 8601 date or time, or None where there is none."""
    try:
        return datetime.fromisoformat(published).date() if published else None
    except ValueError:
        return None


def edition_of(articles: Sequence[Article]) -> str | None:
    """The day the news is about, an ISO date: that of most articles, then the latest; None if none is dated."""
    days = Counter(day for article in articles if (day := day_of(article.published)))
    return max(days, key=lambda day: (days[day], day)).isoformat() if days else None


def independent(story: Story) -> int:
    """How many publishers tell the story in words of their own: near-copies do not count."""
    return len({article.source or article.id for article in story.articles if article.id not in story.copies})


def rank(stories: Sequence[Story]) -> tuple[Story, ...]:
    """The stories, first what most independent sources tell, then what most articles tell, then the latest."""

    def prominence(story: Story) -> tuple[int, int, str, str]:
        latest = max((article.published or "" for article in story.articles), default="")
        return independent(story), len(story.articles), latest, story.id

    return tuple(sorted(stories, key=prominence, reverse=True))


def compose(
    stories: Sequence[Story],
    analyses: Sequence[Analysis],
    entities: Sequence[Entity],
    *,
    title: str,
    edition: str,
    generated_at: str,
    inputs: int,
    dropped: Sequence[Dropped] = (),
) -> Brief:
    """The brief of ranked stories and their analyses, which are parallel."""
    articles = sorted((article for story in stories for article in story.articles), key=_listed)
    dates = sorted(article.published for article in articles if article.published)
    languages = Counter(article.language for article in articles)
    return Brief(
        title=title,
        edition=edition,
        language=min(languages, key=lambda code: (-languages[code], code), default="en"),
        window=Window(dates[0], dates[-1]) if dates else Window(),
        generated_at=generated_at,
        articles=tuple(map(_source, articles)),
        entities=tuple(entities),
        stories=tuple(_story(n, s, a) for n, (s, a) in enumerate(zip(stories, analyses, strict=True), 1)),
        coverage=Coverage(inputs, len(articles), len(stories), tuple(dropped)),
    )


def _listed(article: Article) -> tuple[str, str]:
    return article.published or "", article.id


def _source(article: Article) -> SourceArticle:
    return SourceArticle(
        id=article.id,
        title=article.title,
        source=article.source,
        url=article.url,
        published=article.published,
        language=article.language,
        sha256=fingerprint(article.text),
        words=len(article.text.split()),
        flags=article.flags,
    )


def _story(number: int, story: Story, analysis: Analysis) -> BriefStory:
    sources = len({article.source or article.id for article in story.articles})
    return BriefStory(
        id=story.id,
        rank=number,
        status="new",
        headline=analysis.headline,
        articles=tuple(article.id for article in story.articles),
        sources=sources,
        independent_sources=independent(story),
        summary=analysis.summary,
        meetings=analysis.meetings,
        places=analysis.places,
        positions=analysis.positions,
        quotes=analysis.quotes,
        people=analysis.people,
        figures=analysis.figures,
        timeline=analysis.timeline,
        differences=analysis.differences,
    )
