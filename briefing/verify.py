"""The proof: every passage of a brief held against the articles, to the character."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from briefing.model import Article, Brief, Passage, Quote

Why = Literal["not in this article", "in another article", "article unknown", "article changed", "not its segments"]
SEGMENTS = " … "  # what stands between the segments of a quotation that its article broke


@dataclass(frozen=True, slots=True)
class Failure:
    """A passage that is not where the brief says; `where` is its place in the brief, `found` ids of other articles."""

    why: Why
    where: str
    passage: Passage
    found: tuple[str, ...] = ()

    def __str__(self) -> str:
        found = f" (found in {', '.join(self.found)})" if self.found else ""
        span = f"[{self.passage.start}:{self.passage.end}]"
        return (
            f"{self.why}: {self.where}: {self.passage.article} {self.passage.field}{span}{found}: {self.passage.text!r}"
        )


def verify(brief: Brief, articles: Iterable[Article]) -> tuple[Failure, ...]:
    """The failures, in the order of the brief; none means that every word of a source is where the brief says."""
    known = {article.id: article for article in articles}
    failures = [*_changed(brief, known)]
    for where, value in (*_walk(brief.entities, "entities"), *_walk(brief.stories, "stories")):
        if isinstance(value, Passage):
            failures += _check(where, value, known)
        elif value.text != SEGMENTS.join(segment.text for segment in value.segments):
            failures.append(Failure("not its segments", where, dataclasses.replace(value.evidence, text=value.text)))
    return tuple(failures)


def passages(brief: Brief) -> Iterator[Passage]:
    """Every passage of a brief: all words of sources that a reader sees."""
    for value in (brief.entities, brief.stories):
        yield from (found for _, found in _walk(value, "") if isinstance(found, Passage))


def _changed(brief: Brief, known: Mapping[str, Article]) -> Iterator[Failure]:
    for listed in brief.articles:
        article = known.get(listed.id)
        if article is not None and fingerprint(article.text) != listed.sha256:
            yield Failure("article changed", f"articles/{listed.id}", Passage(listed.id, 0, 0, ""))


def fingerprint(text: str) -> str:
    """The SHA-256 of a text in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _check(where: str, passage: Passage, known: Mapping[str, Article]) -> Iterator[Failure]:
    article = known.get(passage.article)
    if article is not None and _stands(passage, article):
        return
    if article is None:
        yield Failure("article unknown", where, passage)
        return
    others = tuple(a.id for a in known.values() if a is not article and passage.text and passage.text in _fields(a))
    yield Failure("in another article" if others else "not in this article", where, passage, others)


def _stands(passage: Passage, article: Article) -> bool:
    held = _field(article, passage.field)
    in_range = held is not None and 0 <= passage.start < passage.end <= len(held)
    return in_range and held is not None and held[passage.start : passage.end] == passage.text


def _field(article: Article, name: str) -> str | None:
    if name in ("text", "title"):
        return article.text if name == "text" else article.title
    kind, _, number = name.partition("/")
    if kind == "captions" and number.isdecimal() and int(number) < len(article.captions):
        return article.captions[int(number)]
    return None


def _fields(article: Article) -> str:
    return "\0".join((article.text, article.title, *article.captions))


def _walk(value: Any, where: str) -> Iterator[tuple[str, Passage | Quote]]:
    """Every passage and quotation below `value`, with its place."""
    if isinstance(value, (Passage, Quote)):
        yield where, value
    if isinstance(value, tuple):
        for number, inner in enumerate(value):
            yield from _walk(inner, f"{where}/{number}")
    elif dataclasses.is_dataclass(value) and not isinstance(value, Passage):
        for field in dataclasses.fields(value):
            yield from _walk(getattr(value, field.name), f"{where}/{field.name}")
