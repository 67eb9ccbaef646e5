"""Many pages at once: what was dropped stays dropped, and no article comes twice."""

from __future__ import annotations

from collections.abc import Iterable

from briefing.clean import clean
from briefing.model import Article, Dropped, Page


def clean_one(page: Page | Dropped) -> Article | Dropped:
    """The article of a page; what was dropped before stays dropped."""
    return page if isinstance(page, Dropped) else clean(page)


def distinct(cleaned: Iterable[Article | Dropped]) -> tuple[tuple[Article, ...], tuple[Dropped, ...]]:
    """The articles, one for each id, and everything dropped; of several with one id the first by content stays."""
    kept: dict[str, Article] = {}
    dropped = [item for item in cleaned if isinstance(item, Dropped)]
    articles = [item for item in cleaned if isinstance(item, Article)]
    for article in sorted(articles, key=lambda a: (a.id, a.published or "", a.text, a.origin or "")):
        if article.id in kept:
            first = kept[article.id]
            dropped.append(Dropped(article.origin or article.id, f"same article as {first.origin or first.id}"))
        else:
            kept[article.id] = article
    return tuple(kept.values()), tuple(sorted(dropped, key=lambda item: (item.input, item.why)))
