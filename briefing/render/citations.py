"""Passage -> Line: which source is [1], and the words with their marks."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import replace

from briefing.model import Brief, BriefStory, Passage, SourceArticle
from briefing.render import labels
from briefing.render.text import tidy, web_address
from briefing.render.view import Cite, Line, Source

AGAIN = 56  # characters of a sentence that stands above: enough to know it by, and less than a line
MERGED_CITES = 6  # marks after one sentence; more say nothing that the source list does not

QUOTATION = re.compile(r"[\"“”„«»]")


def story_passages(story: BriefStory) -> Iterator[Passage]:
    """Every passage of a story, in reading order."""
    yield story.headline
    yield from story.summary
    for meeting in story.meetings:
        yield from meeting.evidence
    for position in story.positions:
        yield from (position.evidence, *position.also)
    for quote in story.quotes:
        yield from (quote.evidence, *quote.segments, *quote.also)
    for figure in story.figures:
        yield from (value.evidence for value in figure.values)
    yield from (event.evidence for event in story.timeline)
    for difference in story.differences:
        yield from difference.evidence


class Citations:
    """The sources of a brief, numbered in the order in which a reader meets them."""

    def __init__(self, brief: Brief) -> None:
        """Number every article of `brief`; an article that is cited but not listed gets its id as title."""
        self._language = brief.language
        self._listed = {article.id: article for article in brief.articles}
        order = dict.fromkeys(self._met(brief))
        cited_by = {story.rank: set(self._articles(story)) for story in brief.stories}
        self._sources = {
            article: self._source(number, article, tuple(rank for rank, ids in cited_by.items() if article in ids))
            for number, article in enumerate(order, start=1)
        }

    @staticmethod
    def _articles(story: BriefStory) -> Iterator[str]:
        yield from (passage.article for passage in story_passages(story))
        yield from story.articles

    def _met(self, brief: Brief) -> Iterator[str]:
        for story in brief.stories:
            yield from self._articles(story)
        yield from self._listed

    def _source(self, number: int, article: str, stories: tuple[int, ...]) -> Source:
        listed = self._listed.get(article) or SourceArticle(article, article, None, None, None, "", "", 0)
        return Source(
            number=number,
            anchor=f"source{number}",
            title=tidy(listed.title) or f"Untitled, {labels.count(listed.words, 'word')}",
            publisher=tidy(listed.source or ""),
            date=labels.short_day(listed.published) or labels.FLAG_NOTES["undated"],
            url=web_address(listed.url),
            language=listed.language or self._language,
            notes=tuple(labels.flag_note(flag) for flag in listed.flags if flag != "undated"),
            stories=stories,
            words=listed.words,
            paraphrased="paraphrased" in listed.flags,
        )

    @property
    def sources(self) -> tuple[Source, ...]:
        """All sources, by number."""
        return tuple(self._sources.values())

    def of(self, articles: Iterable[str]) -> tuple[Source, ...]:
        """The sources of these articles, by number, once each."""
        return tuple(sorted({self._sources[article] for article in articles}, key=lambda source: source.number))

    def line(self, passage: Passage, also: Iterable[Passage] = (), *, text: str | None = None) -> Line:
        """The words of a passage, or `text` from within it, with a mark for its source and each further one."""
        shown = tidy(passage.text if text is None else text)
        source = self._sources[passage.article]
        language = source.language if source.language != self._language else None
        note = labels.PARAPHRASED_QUOTE if source.paraphrased and QUOTATION.search(shown) else None
        return Line(shown, self.cites((passage, *also), shown), language, note=note)

    def again(self, passage: Passage, also: Iterable[Passage] = (), *, most: int = AGAIN) -> Line:
        """The opening words of a passage that stands in full above, `most` characters of it, with its marks."""
        shown = tidy(passage.text)
        opening = textwrap.shorten(shown, most, placeholder="…")
        line = self.line(passage, text=shown[:most] + "…" if len(opening) < 2 else opening)
        return replace(line, cites=self.cites((passage, *also)), above=True, note=None)

    def cites(self, passages: Iterable[Passage], shown: str = "") -> tuple[Cite, ...]:
        """One mark for each source, with its sentence where `shown` does not already say it."""
        first: dict[str, Passage] = {}
        for passage in passages:
            first.setdefault(passage.article, passage)
        cites = (Cite(self._sources[key], _unseen(passage, shown)) for key, passage in first.items())
        return tuple(cites)[:MERGED_CITES]


def _unseen(passage: Passage, shown: str) -> str | None:
    evidence = tidy(passage.text)
    return None if evidence == shown else evidence
