"""Choose and order: the analyses of a day's stories become one brief."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from briefing.config import Watchlist
from briefing.model import (
    Analysis,
    Article,
    Brief,
    BriefStory,
    Coverage,
    Dropped,
    Entity,
    FeedNote,
    SourceArticle,
    Story,
    Window,
)
from briefing.verify import fingerprint

__all__ = ["Ranked", "Told", "compose", "day_of", "edition_of", "explain", "rank", "status_of", "told_of"]

NO_WATCHLIST = Watchlist()


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


@dataclass(frozen=True, slots=True)
class Ranked:
    """A story in its place, and why it stands there."""

    story: Story
    sources: int
    status: str = "new"
    why: tuple[str, ...] = ()

    @property
    def is_told(self) -> bool:
        """Whether the last brief had all of it."""
        return self.status in ("unchanged", "quiet")


def rank(
    stories: Sequence[Story],
    *,
    sources: Callable[[Story], Sequence[str]],
    watchlist: Watchlist = NO_WATCHLIST,
    previous: Brief | None = None,
    window: Collection[str] = (),
) -> tuple[tuple[Ranked, ...], tuple[Dropped, ...]]:
    """The stories in order, and those that a muted term keeps out.

    `previous` is the last brief, `window` the ids of articles of earlier days. First what is new since then, in it what
    the watchlist names, then what most independent sources tell, then what most articles tell, then the
    latest. A term is found as a whole word in a title or a text, whatever its case.
    """
    told = None if previous is None else Told.by(previous)
    ranked: list[tuple[tuple[bool, int, int, int, str, str], Ranked]] = []
    dropped: list[Dropped] = []
    for story in stories:
        outlets = tuple(sources(story))
        muted = _terms_in(story, watchlist.muted)
        if muted:
            dropped += [Dropped(article.origin or article.id, f"muted: {muted[0]}") for article in story.articles]
            continue
        hits = (*_terms_in(story, watchlist.terms), *(name for name in watchlist.sources if name in outlets))
        count, latest = len(_origins(story)), max((article.published or "" for article in story.articles), default="")
        why = (*(f"watchlist: {hit}" for hit in hits), _counted(count, "independent source"))
        why = (*why, _counted(len(story.articles), "article"), *((f"latest {latest[:10]}",) if latest else ()))
        item = Ranked(story, len(outlets), status_of(story, told, window), why)
        ranked.append(((not item.is_told, len(hits), count, len(story.articles), latest, story.id), item))
    ranked.sort(key=lambda item: item[0], reverse=True)
    return tuple(item for _, item in ranked), tuple(dropped)


def _origins(story: Story) -> set[str]:
    return {story.origin_of(article.id) for article in story.articles}


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _terms_in(story: Story, terms: Sequence[str]) -> tuple[str, ...]:
    return tuple(term for term in terms if any(_holds(article, term) for article in story.articles))


def _holds(article: Article, term: str) -> bool:
    word = re.compile(rf"(?<!\w){re.escape(term)}(?!\w)", re.IGNORECASE)
    return bool(word.search(article.title) or word.search(article.text))


@dataclass(frozen=True, slots=True)
class Told:
    """What a brief told: the fingerprints of its articles by id, and the ids of its stories."""

    articles: Mapping[str, str]
    stories: frozenset[str]

    @classmethod
    def by(cls, brief: Brief) -> Told:
        """What this brief told."""
        articles = {article.id: article.sha256 for article in brief.articles}
        return cls(articles, frozenset(story.id for story in brief.stories))


def status_of(story: Story, told: Told | None, window: Collection[str] = ()) -> str:
    """ "new", "updated" where the last brief had a part of the story, "unchanged" where it had all of it.

    "quiet" where besides nothing of it came today: all its articles are of the `window` of earlier days.
    """
    if told is None:
        return "new"
    if all(told.articles.get(article.id) == fingerprint(article.text) for article in story.articles):
        return "quiet" if all(article.id in window for article in story.articles) else "unchanged"
    known = story.id in told.stories or any(article.id in told.articles for article in story.articles)
    return "updated" if known else "new"


def compose(
    ranked: Sequence[Ranked],
    analyses: Sequence[Analysis],
    entities: Sequence[Entity],
    *,
    title: str,
    edition: str,
    generated_at: str,
    inputs: int,
    dropped: Sequence[Dropped] = (),
    feeds: Sequence[FeedNote] = (),
) -> Brief:
    """The brief of ranked stories and their analyses, which are parallel."""
    articles = sorted((article for item in ranked for article in item.story.articles), key=_listed)
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
        stories=tuple(_story(n, item, a) for n, (item, a) in enumerate(zip(ranked, analyses, strict=True), 1)),
        coverage=Coverage(inputs, len(articles), len(ranked), tuple(dropped), tuple(feeds)),
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


def _story(number: int, item: Ranked, analysis: Analysis) -> BriefStory:
    return BriefStory(
        id=item.story.id,
        rank=number,
        status=item.status,
        headline=analysis.headline,
        articles=tuple(article.id for article in item.story.articles),
        sources=item.sources,
        independent_sources=len(_origins(item.story)),
        summary=analysis.summary,
        fresh=analysis.fresh,
        alone=analysis.alone,
        meetings=analysis.meetings,
        places=analysis.places,
        positions=analysis.positions,
        quotes=analysis.quotes,
        people=analysis.people,
        figures=analysis.figures,
        timeline=analysis.timeline,
        differences=analysis.differences,
        why=item.why,
    )


def told_of(note: FeedNote) -> str:
    """What there is to say of a feed, as one line."""
    since = {"late": "its newest entry is of ", "silent": "its newest entry is of "}.get(note.state, "last read on ")
    detail = f"to {note.detail}, and is read there" if note.state == "moved" else note.detail
    said = ", ".join(filter(None, (f"{since}{note.since}" if note.since else "", detail)))
    return f"{note.url}: {note.state}" + (f": {said}" if said else "")


def explain(brief: Brief, what: str) -> tuple[str, ...]:
    """Why each article that has `what` in its id, address or title is in the brief, and why each such input is not."""
    lines = []
    for story in brief.stories:
        for article in brief.articles:
            if article.id in story.articles and _names(what, article.id, article.url, article.title, article.source):
                others = len(story.articles) - 1
                merged = f", with {_counted(others, 'other article')}" if others else ""
                place = f"{article.id}: in story {story.rank}, {story.headline.text!r}{merged}"
                lines.append(f"{place}; {', '.join(story.why)}")
    lines += [f"{item.input}: left out: {item.why}" for item in brief.coverage.dropped if _names(what, item.input)]
    lines += [told_of(note) for note in brief.coverage.feeds if _names(what, note.name, note.url)]
    return tuple(lines)


def _names(what: str, *fields: str | None) -> bool:
    return any(what.casefold() in field.casefold() for field in fields if field)
