"""Who reports a story: outlets, and which articles are of one independent source."""

from __future__ import annotations

from collections.abc import Mapping

from briefing.group.copies import root
from briefing.model import Article, Story

NO_FAMILIES: Mapping[str, str] = {}


def sources(story: Story) -> tuple[str, ...]:
    """The outlets of the story, sorted; an article without a source stands for itself."""
    return tuple(sorted({_outlet(article) for article in story.articles}))


def origins(story: Story, *, families: Mapping[str, str] = NO_FAMILIES) -> dict[str, str]:
    """The independent source of each article, by ids, named by its first article.

    Outlets that print one text, or belong to one family, are one source. `families` maps an outlet, as articles name
    it, to the name of its publisher.
    """
    parents: list[int] = []
    numbers: dict[tuple[str, str], int] = {}

    def number(kind: str, name: str) -> int:
        if (kind, name) not in numbers:
            numbers[kind, name] = len(parents)
            parents.append(len(parents))
        return numbers[kind, name]

    for article in story.articles:
        outlet = _outlet(article)
        text = number("text", story.copies.get(article.id, article.id))
        family = number("family", families.get(outlet, outlet))
        one, other = root(parents, text), root(parents, family)
        parents[max(one, other)] = min(one, other)
    first: dict[int, str] = {}
    texts = {article.id: number("text", story.copies.get(article.id, article.id)) for article in story.articles}
    return {name: first.setdefault(root(parents, text), name) for name, text in texts.items()}


def _outlet(article: Article) -> str:
    return article.source or f"article {article.id}"
